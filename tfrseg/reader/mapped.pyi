# Written by tools/stubs.py from the sources; do not edit.

from . import (
    MappedShards as MappedShards, check_files as check_files, epoch_rows as epoch_rows,
    map_files as map_files, map_room as map_room, map_shards as map_shards, mapped_region as mapped_region,
    mapped_sample as mapped_sample, mapped_samples as mapped_samples,
)
