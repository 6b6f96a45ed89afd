# Written by tools/stubs.py from the sources; do not edit.

from . import (
    CVAT as CVAT, YAML_LIMIT as YAML_LIMIT, YOLO as YOLO, cvat_source as cvat_source,
    yolo_source as yolo_source,
)
