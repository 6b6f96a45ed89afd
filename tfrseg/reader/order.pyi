# Written by tools/stubs.py from the sources; do not edit.

from . import (
    RecordChoice as RecordChoice, WorkerRows as WorkerRows, epoch_seed as epoch_seed,
    epoch_starts as epoch_starts, record_order as record_order,
)
