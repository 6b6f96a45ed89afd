# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
import tensorflow as tf
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from ..storage import Schema, Target
from . import (
    MappedShards as MappedShards, check_files as check_files, map_file as map_file, map_shards as map_shards,
    most_mapped as most_mapped,
)

class _MappedPlaces(_MappedSizes):
    """What mapped records have besides pixels.

    Parameters
    ----------
    memory : _OpenShards, default field(repr=False)
        shards by number; they know where records lie
    schema : Schema
        keys of the records
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', of mask values
    palette : Mapping[int, tuple] | None, default None
        {id: (r, g, b)}, for masks that hold colours; None: ids
    files : _ShardPaths, default ()
        (absolute path, facts, path as given) of opened shards
    ends : tuple[int, ...], default field(default=(), repr=False)
        records up to the end of each shard
    known : _Sizes, default _Sizes()
        what is known of the sizes of images
    wanted : tuple[str, ...], default ()
        names of the arrays that are read; (): all
    """

    def check(self, numbers: np.ndarray) -> None:
        """Checks the files of some records. Raises `DataError` as `check_files`, or for a shard opened now.

        Parameters
        ----------
        numbers : np.ndarray
            [n] int64, of records
        """

    def values(self, number: int, names: Sequence[str]) -> list[bytes | int | float]:
        """Reads what a record has besides pixels.

        Parameters
        ----------
        number : int
            of a record
        names : Sequence[str]
            'name', or facts
        """

class _MappedSizes(_MappedTable):
    """Sizes of mapped records.

    Parameters
    ----------
    memory : _OpenShards, default field(repr=False)
        shards by number; they know where records lie
    schema : Schema
        keys of the records
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', of mask values
    palette : Mapping[int, tuple] | None, default None
        {id: (r, g, b)}, for masks that hold colours; None: ids
    files : _ShardPaths, default ()
        (absolute path, facts, path as given) of opened shards
    ends : tuple[int, ...], default field(default=(), repr=False)
        records up to the end of each shard
    known : _Sizes, default _Sizes()
        what is known of the sizes of images
    wanted : tuple[str, ...], default ()
        names of the arrays that are read; (): all
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

    @property
    def largest(self) -> int:
        """Pixels of the largest image."""

@dataclass(frozen=True, eq=False)
class _MappedTable:
    """Records in mapped files.

    Parameters
    ----------
    memory : _OpenShards, default field(repr=False)
        shards by number; they know where records lie
    schema : Schema
        keys of the records
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', of mask values
    palette : Mapping[int, tuple] | None, default None
        {id: (r, g, b)}, for masks that hold colours; None: ids
    files : _ShardPaths, default ()
        (absolute path, facts, path as given) of opened shards
    ends : tuple[int, ...], default field(default=(), repr=False)
        records up to the end of each shard
    known : _Sizes, default _Sizes()
        what is known of the sizes of images
    wanted : tuple[str, ...], default ()
        names of the arrays that are read; (): all
    """
    memory: _OpenShards = ...
    schema: Schema
    mask_dtype: str = "uint8"
    palette: Mapping[int, tuple] | None = None
    files: _ShardPaths = ()
    ends: tuple[int, ...] = ...
    known: _Sizes = ...
    wanted: tuple[str, ...] = ()
    def __len__(self) -> int: ...

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

class _OpenShards(_KnownShards):
    """Shards by number, each opened when it is read; beyond a number of files, those that were read last."""
    most: Any
    held: Any
    used: int
    is_full: bool
    def __init__(self, *what) -> None: ...
    def __getitem__(self, number): ...
    def find(self, number):
        """The memory of the shard of a record, and the row of the record."""

class _KnownShards:
    """What indexes say of shards that were opened once."""
    paths: Any
    ends: Any
    how: Any
    size: Any
    columns: Any
    room: Any
    tables: dict[Any, Any]
    versions: dict[Any, Any]
    lock: Any
    def __init__(self, paths, ends, how, size=None) -> None: ...
    def add(self, number, index):
        """Notes which version of a shard was opened, and keeps its rows where there is room."""
    def index(self, number):
        """The index of a shard that is opened late, or again. Raises `DataError` where it has changed."""

class _ShardPaths:
    """Paths of shards, and facts of those that were opened: a list of (absolute path, facts, path as given)."""
    names: tuple[Any, ...]
    folder: Any
    facts: dict[Any, Any]
    def __init__(self, files) -> None: ...
    def path(self, number): ...
    def __getitem__(self, number): ...
    def __iter__(self): ...

class _Sizes(NamedTuple):
    """The sizes of all images of a data set.

    Parameters
    ----------
    height : int | None, default None
        None: images differ
    width : int | None, default None
        likewise
    pixels : int, default 0
        of the largest
    """
    height: int | None = None
    width: int | None = None
    pixels: int = 0

    @classmethod
    def of(cls, sizes):
        """The sizes among some [N, 3]: height, width, pixels."""
