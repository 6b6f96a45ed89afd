# Written by tools/stubs.py from the sources; do not edit.

from . import (
    MappedShards as MappedShards, check_files as check_files, epoch_rows as epoch_rows, map_file as map_file,
    map_shards as map_shards, mapped_samples as mapped_samples, most_mapped as most_mapped,
)
