# Written by tools/stubs.py from the sources; do not edit.

from . import (
    epoch_order as epoch_order, epoch_words as epoch_words, philox_words as philox_words,
    shuffle_positions as shuffle_positions,
)
