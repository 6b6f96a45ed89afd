# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Updated as Updated, append_shards as append_shards, dataset_there as dataset_there,
    update_shards as update_shards,
)
