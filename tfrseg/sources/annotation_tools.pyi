# Written by tools/stubs.py from the sources; do not edit.

from . import (
    CVAT as CVAT, DATUMARO as DATUMARO, EmbeddedImage as EmbeddedImage, LABELME as LABELME,
    SUPERVISELY as SUPERVISELY, YAML_LIMIT as YAML_LIMIT, YOLO as YOLO, check_window as check_window,
    cvat_source as cvat_source, datumaro_source as datumaro_source, labelme_source as labelme_source,
    supervisely_source as supervisely_source, window_rle as window_rle, yolo_source as yolo_source,
)
