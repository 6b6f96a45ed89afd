# Written by tools/stubs.py from the sources; do not edit.

from . import (
    check_shards as check_shards, find_duplicates as find_duplicates, repair_shards as repair_shards,
)
