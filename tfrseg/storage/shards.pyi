# Written by tools/stubs.py from the sources; do not edit.

from dataclasses import dataclass
from pathlib import Path
from . import (
    RecordLocation as RecordLocation, Shards as Shards, open_shards as open_shards,
    read_sample as read_sample,
)

@dataclass(frozen=True)
class _RecordFiles:
    """Records by their number over several files.

    Parameters
    ----------
    files : tuple[Path, ...]
        in order, uncompressed
    counts : tuple[int, ...]
        records in each file
    """
    files: tuple[Path, ...]
    counts: tuple[int, ...]

    @property
    def records(self) -> int:
        """Number of records in all."""

    def locate(self, number: int) -> RecordLocation:
        """Says which file holds a record, and its number in there. Raises `IndexError` beyond the last.

        Parameters
        ----------
        number : int
            over all files, from 0; negative counts from the end
        """
