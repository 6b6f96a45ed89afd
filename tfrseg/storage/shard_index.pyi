# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from dataclasses import dataclass
from . import (
    ShardFacts as ShardFacts, ShardIndex as ShardIndex, StoredRows as StoredRows,
    count_records as count_records, index_columns as index_columns, index_fits as index_fits,
    index_layout as index_layout, index_path as index_path, keep_index as keep_index,
    kept_indexes as kept_indexes, locate_features as locate_features, locate_pixels as locate_pixels,
    make_index as make_index, map_bytes as map_bytes, open_index as open_index, read_index as read_index,
    record_names as record_names, records_of as records_of, spare_index_path as spare_index_path,
    write_index as write_index,
)

@dataclass(frozen=True, eq=False)
class _IndexTable:
    """A table with one column for each record.

    Parameters
    ----------
    names : tuple[str, ...]
        of the rows of the table, such as 'offset' or 'pixels 3'
    table : np.ndarray
        [names, N] int64
    """
    names: tuple[str, ...]
    table: np.ndarray

    @property
    def records(self) -> np.ndarray:
        """[N, 2]: offset and length of each record, as `index_records` gives them."""

    @property
    def places(self) -> np.ndarray:
        """[N, 4 + T]: where image and mask begin, height, width, where others begin."""

    @property
    def base(self) -> int:
        """Number of rows before the pixels by class."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The class ids that occur, if they are counted."""
