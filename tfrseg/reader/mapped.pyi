# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
import tensorflow as tf
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from ..storage import Schema, ShardFacts, Target
from . import (
    MappedShards as MappedShards, check_files as check_files, map_file as map_file, map_shards as map_shards,
    most_mapped as most_mapped,
)

class _MappedPlaces(_MappedTable):
    """Sizes and names of mapped records, and what they have besides pixels.

    Parameters
    ----------
    places : np.ndarray
        [N, 5 + T] int64: file, offsets of image and mask, height, width, offsets of other arrays
    schema : Schema
        keys of the records
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', of mask values
    palette : Mapping[int, tuple] | None, default None
        {id: (r, g, b)}, for masks that hold colours; None: ids
    files : tuple[tuple[str, ShardFacts, Path | str], ...], default ()
        (absolute path, facts, path as given)
    spans : np.ndarray | None, default field(default=None, repr=False)
        [N, 2] int64: offset and length of each record
    wanted : tuple[str, ...], default ()
        names of the arrays that are read; (): all
    memory : Sequence[np.ndarray], default field(default=(), repr=False)
        [bytes] uint8 of each file
    """

    @property
    def static(self) -> tuple[int | None, int | None]:
        """(height, width), each where all records share it, else None."""

    def sizes(self, numbers: tf.Tensor) -> tf.Tensor:
        """Looks up the sizes of images, in a graph.

        Parameters
        ----------
        numbers : tf.Tensor
            [n] int64, of records

        Returns
        -------
        tf.Tensor
            [n, 2] int32: height and width
        """

    def check(self, numbers: np.ndarray) -> None:
        """Checks the files of some records. Raises `DataError` as `check_files`.

        Parameters
        ----------
        numbers : np.ndarray
            [n] int64, of records
        """

    @property
    def largest(self) -> int:
        """Pixels of the largest image."""

    def values(self, number: int, names: Sequence[str]) -> list[bytes | int | float]:
        """Reads what a record has besides pixels.

        Parameters
        ----------
        number : int
            of a record
        names : Sequence[str]
            'name', or facts
        """

@dataclass(frozen=True, eq=False)
class _MappedTable:
    """Where the pixels of records lie in mapped files.

    Parameters
    ----------
    places : np.ndarray
        [N, 5 + T] int64: file, offsets of image and mask, height, width, offsets of other arrays
    schema : Schema
        keys of the records
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', of mask values
    palette : Mapping[int, tuple] | None, default None
        {id: (r, g, b)}, for masks that hold colours; None: ids
    files : tuple[tuple[str, ShardFacts, Path | str], ...], default ()
        (absolute path, facts, path as given)
    spans : np.ndarray | None, default field(default=None, repr=False)
        [N, 2] int64: offset and length of each record
    wanted : tuple[str, ...], default ()
        names of the arrays that are read; (): all
    memory : Sequence[np.ndarray], default field(default=(), repr=False)
        [bytes] uint8 of each file
    """
    places: np.ndarray
    schema: Schema
    mask_dtype: str = "uint8"
    palette: Mapping[int, tuple] | None = None
    files: tuple[tuple[str, ShardFacts, Path | str], ...] = ()
    spans: np.ndarray | None = ...
    wanted: tuple[str, ...] = ()
    memory: Sequence[np.ndarray] = ...

    @cached_property
    def arrays(self) -> tuple[Target, ...]:
        """What `pieces` gives, in order."""

    def name(self, number: int) -> str:
        """Names file and record, as errors do.

        Parameters
        ----------
        number : int
            of a record
        """
