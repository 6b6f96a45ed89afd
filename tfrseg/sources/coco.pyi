# Written by tools/stubs.py from the sources; do not edit.

from . import (
    COCO as COCO, PANOPTIC as PANOPTIC, PanopticMask as PanopticMask, coco_source as coco_source,
    panoptic_source as panoptic_source,
)
