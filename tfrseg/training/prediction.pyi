# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Images as Images, NOTE_NAME as NOTE_NAME, Predictions as Predictions, check_classes as check_classes,
    images_of as images_of, predict as predict, settled_labels as settled_labels,
)
