# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
import tensorflow as tf
from dataclasses import dataclass, field
from functools import cached_property
from ..storage import Schema, Shards, Target
from . import (
    FLIGHT_LIMIT as FLIGHT_LIMIT, SkippedRecords as SkippedRecords, StoredShards as StoredShards,
    arrange_parts as arrange_parts, bare_error as bare_error, bare_errors as bare_errors,
    call_python as call_python, checked_records as checked_records, largest_image as largest_image,
    pixel_bytes as pixel_bytes, read_dataset as read_dataset, read_tfrecord as read_tfrecord,
    side_by_side as side_by_side, with_absolute_paths as with_absolute_paths,
)

class _StoredFacts(_StoredTable):
    """Sizes of the images in such shards.

    Parameters
    ----------
    shards : Shards
        from `with_absolute_paths`
    skipped : SkippedRecords | None, default None
        gets the records left out; None: bad ones raise
    wanted : tuple[str, ...], default ()
        names of the arrays that are read; (): all
    """

    @cached_property
    def static(self) -> tuple[int | None, int | None]:
        """(height, width) where the info tells that all images share them, else None."""

    def sizes(self, numbers: tf.Tensor) -> tf.Tensor:
        """Reads the sizes of images from their headers, in a graph.

        Parameters
        ----------
        numbers : tf.Tensor
            [n] int64, of records

        Returns
        -------
        tf.Tensor
            [n, 2] int32: height and width; 1 and 1 of a record that cannot be read
        """

    def check(self, numbers: np.ndarray) -> None:
        """Checks nothing beforehand: each record is checked when it is read.

        Parameters
        ----------
        numbers : np.ndarray
            [n] int64, of records
        """

    @cached_property
    def largest(self) -> int:
        """Pixels of the largest image."""

@dataclass(frozen=True, eq=False)
class _StoredTable:
    """What is known of shards whose records are read and decoded by number.

    Parameters
    ----------
    shards : Shards
        from `with_absolute_paths`
    skipped : SkippedRecords | None, default None
        gets the records left out; None: bad ones raise
    wanted : tuple[str, ...], default ()
        names of the arrays that are read; (): all

    Attributes
    ----------
    files : tuple, default field(default=(), init=False)
        to be checked before an epoch: none, each record is
    """
    shards: Shards
    skipped: SkippedRecords | None = None
    wanted: tuple[str, ...] = ()
    files: tuple = field(default=(), init=False)
    def __len__(self) -> int: ...

    @cached_property
    def is_remote(self) -> bool:
        """Whether a record is read by a request, which takes long and leaves the processor idle."""

    @property
    def schema(self) -> Schema:
        """Keys of the records."""

    @property
    def mask_dtype(self) -> str:
        """'uint8' or 'uint16', of mask values."""

    @cached_property
    def arrays(self) -> tuple[Target, ...]:
        """What `pieces` gives, in order."""
