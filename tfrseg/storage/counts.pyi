# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Counts as Counts, class_weights as class_weights, count_any_classes as count_any_classes,
    count_classes as count_classes, training_split as training_split,
)
