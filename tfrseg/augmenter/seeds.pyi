# Written by tools/stubs.py from the sources; do not edit.

from . import (
    as_seed as as_seed, between as between, check_seed as check_seed, draws as draws, fold_in as fold_in,
    split_seed as split_seed, uniform as uniform, uniform_int as uniform_int,
)
