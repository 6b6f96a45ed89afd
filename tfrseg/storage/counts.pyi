# Written by tools/stubs.py from the sources; do not edit.

from . import Counts as Counts, class_weights as class_weights, count_classes as count_classes
