# Written by tools/stubs.py from the sources; do not edit.

from . import (
    AssumptionWarning as AssumptionWarning, make_dataset as make_dataset, normalize_layer as normalize_layer,
    padded_share as padded_share,
)
