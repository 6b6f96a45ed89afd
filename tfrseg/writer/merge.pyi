# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Merged as Merged, joined_info as joined_info, label_difference as label_difference,
    link_shard as link_shard, merge_shards as merge_shards, rewrite_shard as rewrite_shard,
    values_of as values_of,
)
