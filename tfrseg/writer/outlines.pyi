# Written by tools/stubs.py from the sources; do not edit.

from . import (
    BACKGROUND as BACKGROUND, IGNORE as IGNORE, Ring as Ring, cvat_head as cvat_head,
    cvat_image as cvat_image, cvat_masks as cvat_masks, labelme_file as labelme_file,
    labelme_shapes as labelme_shapes, odd_label as odd_label, odd_letters as odd_letters,
    outer_rings as outer_rings,
)
