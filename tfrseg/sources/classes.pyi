# Written by tools/stubs.py from the sources; do not edit.

from . import MappedMask as MappedMask, merge_classes as merge_classes, merge_labels as merge_labels
