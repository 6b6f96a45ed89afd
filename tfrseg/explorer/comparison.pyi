# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Comparison as Comparison, class_iou as class_iou, compare as compare, count_confusion as count_confusion,
)

class _ComparisonRecords:
    """What a comparison shows of a sample."""
