# Written by tools/stubs.py from the sources; do not edit.

from . import (
    MaskedLoss as MaskedLoss, SegmentationLoss as SegmentationLoss, pixel_weights as pixel_weights,
    weights_by_id as weights_by_id, with_sample_weights as with_sample_weights,
)
from ..storage import class_weights as class_weights, count_classes as count_classes
