# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FileLayout as FileLayout, box_lines as box_lines, check_boxes as check_boxes, name_below as name_below,
    one_file as one_file, own_image as own_image, settle_box as settle_box,
)
