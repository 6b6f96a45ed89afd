# Written by tools/stubs.py from the sources; do not edit.

from . import convert_shards as convert_shards
