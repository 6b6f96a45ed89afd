# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from .. import DataError
from . import DatasetInfo, Schema
from . import (
    RecordLocation as RecordLocation, RecordOffsets as RecordOffsets, Shards as Shards,
    open_shards as open_shards, read_sample as read_sample,
)

@dataclass(frozen=True)
class _DecodedRecords(_PickledRecords):
    """Records that are decoded by number.

    Parameters
    ----------
    files : tuple[Path, ...]
        in order, uncompressed
    counts : tuple[int, ...]
        records in each file
    schema : Schema
        of the records
    mask_dtype : str, default "uint8"
        of mask values, 'uint8' or 'uint16'
    palette : Mapping | None, default None
        {id: (r, g, b)}, for raw masks that hold colours; None: masks hold ids
    info : DatasetInfo | None, default None
        from `dataset_info.json`; None: third-party shards
    splits : tuple[str, ...], default ()
        the split of each file
    assumptions : tuple[str, ...], default ()
        lines about what was assumed, such as a split that was left out
    """

    def sample(self, number: int) -> dict[str, np.ndarray | bytes]:
        """Decodes one record, as `shards[number]` does without a transform. Raises as the class does.

        Parameters
        ----------
        number : int
            over all files, from 0; negative counts from the end

        Returns
        -------
        dict[str, np.ndarray | bytes]
            image, mask, name; of a tile also parent, and tile [4] int64
        """

class _PickledRecords(_CheckedRecords):
    """Records that can be sent to another process.

    Parameters
    ----------
    files : tuple[Path, ...]
        in order, uncompressed
    counts : tuple[int, ...]
        records in each file
    schema : Schema
        of the records
    mask_dtype : str, default "uint8"
        of mask values, 'uint8' or 'uint16'
    palette : Mapping | None, default None
        {id: (r, g, b)}, for raw masks that hold colours; None: masks hold ids
    info : DatasetInfo | None, default None
        from `dataset_info.json`; None: third-party shards
    splits : tuple[str, ...], default ()
        the split of each file
    assumptions : tuple[str, ...], default ()
        lines about what was assumed, such as a split that was left out
    """

@dataclass(frozen=True)
class _CheckedRecords(_StoredRecords):
    """Records of a known schema.

    Parameters
    ----------
    files : tuple[Path, ...]
        in order, uncompressed
    counts : tuple[int, ...]
        records in each file
    schema : Schema
        of the records
    mask_dtype : str, default "uint8"
        of mask values, 'uint8' or 'uint16'
    palette : Mapping | None, default None
        {id: (r, g, b)}, for raw masks that hold colours; None: masks hold ids
    info : DatasetInfo | None, default None
        from `dataset_info.json`; None: third-party shards
    splits : tuple[str, ...], default ()
        the split of each file
    assumptions : tuple[str, ...], default ()
        lines about what was assumed, such as a split that was left out
    """
    schema: Schema
    mask_dtype: str = "uint8"
    palette: Mapping | None = None
    info: DatasetInfo | None = None
    splits: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    def record(self, number: int) -> bytes:
        """Reads one record and checks all but its pixels. Raises as `Shards` does.

        Parameters
        ----------
        number : int
            over all files, from 0; negative counts from the end

        Returns
        -------
        bytes
            a serialized example
        """

    def features(self, number: int) -> dict[str, list]:
        """Reads and checks one record as `record` does, and parses it. Raises as `Shards` does.

        Parameters
        ----------
        number : int
            over all files, from 0; negative counts from the end

        Returns
        -------
        dict[str, list]
            values by key, as from `read_features`
        """

    def name(self, number: int) -> str:
        """Reads the name of one record, whatever else it contains. Raises as `Shards` does.

        Parameters
        ----------
        number : int
            over all files, from 0; negative counts from the end

        Returns
        -------
        str
            '' where the record has no name
        """

class _StoredRecords(_RecordFiles):
    """The same with their bytes.

    Parameters
    ----------
    files : tuple[Path, ...]
        in order, uncompressed
    counts : tuple[int, ...]
        records in each file
    """

    def offsets(self, k: int) -> RecordOffsets:
        """Finds the records of a file. Raises `DataError` if it holds too many, `OSError` if it is missing.

        Parameters
        ----------
        k : int
            which of the files, from 0
        """

    def record_error(self, number: int, what: str) -> DataError:
        """Makes the error that names the file, the record and the byte of a problem.

        Parameters
        ----------
        number : int
            of a record, over all files
        what : str
            what is wrong with it

        Returns
        -------
        DataError
            with one finding
        """

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
        """Finds the file of a record. Raises `IndexError` beyond the last record.

        Parameters
        ----------
        number : int
            over all files, from 0; negative counts from the end
        """
