# Written by tools/stubs.py from the sources; do not edit.

from . import (
    OBJECT_MASKS as OBJECT_MASKS, ROBOFLOW_MASKS as ROBOFLOW_MASKS, merge_objects as merge_objects,
    object_masks_source as object_masks_source, read_levels as read_levels,
    roboflow_masks_source as roboflow_masks_source,
)
