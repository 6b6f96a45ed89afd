# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ShardSpec as ShardSpec, encode_pair as encode_pair, plan_shards as plan_shards,
    write_shard as write_shard, write_shards as write_shards, write_tfrecords as write_tfrecords,
)
