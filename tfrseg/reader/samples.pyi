# Written by tools/stubs.py from the sources; do not edit.

from . import epoch_rows as epoch_rows, training_samples as training_samples
