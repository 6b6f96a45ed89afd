# Written by tools/stubs.py from the sources; do not edit.

from . import (
    BLOCK as BLOCK, epoch_seed as epoch_seed, epoch_seeds as epoch_seeds, record_order as record_order,
)
