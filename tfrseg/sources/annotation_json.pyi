# Written by tools/stubs.py from the sources; do not edit.

from . import (
    DATUMARO as DATUMARO, EmbeddedImage as EmbeddedImage, LABELME as LABELME, SUPERVISELY as SUPERVISELY,
    check_window as check_window, datumaro_source as datumaro_source, hex_colors as hex_colors,
    labelme_source as labelme_source, supervisely_source as supervisely_source, window_rle as window_rle,
)
