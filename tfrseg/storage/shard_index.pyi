# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ShardFacts as ShardFacts, ShardIndex as ShardIndex, count_records as count_records,
    index_fits as index_fits, index_layout as index_layout, index_path as index_path,
    keep_index as keep_index, kept_indexes as kept_indexes, locate_features as locate_features,
    locate_pixels as locate_pixels, make_index as make_index, map_bytes as map_bytes,
    open_index as open_index, read_index as read_index, record_names as record_names,
    spare_index_path as spare_index_path, write_index as write_index,
)
