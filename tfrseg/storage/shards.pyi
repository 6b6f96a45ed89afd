# Written by tools/stubs.py from the sources; do not edit.

from . import Shards as Shards, open_shards as open_shards, read_sample as read_sample
