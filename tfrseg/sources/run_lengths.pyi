# Written by tools/stubs.py from the sources; do not edit.

from . import (
    KAGGLE_RLE as KAGGLE_RLE, kaggle_rle_source as kaggle_rle_source, read_runs as read_runs,
    run_columns as run_columns, run_numbers as run_numbers, run_order as run_order,
)
