# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Difference as Difference, MaskChange as MaskChange, Moved as Moved, diff_shards as diff_shards,
    difference_findings as difference_findings, difference_json as difference_json,
)
