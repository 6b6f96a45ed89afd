# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from dataclasses import dataclass
from typing import Any
from . import (
    Cut as Cut, Window as Window, axis_offsets as axis_offsets, crop_to_window as crop_to_window,
    cut_window as cut_window, describe_window as describe_window, grown_row as grown_row,
    grown_size as grown_size, is_known as is_known, padded_length as padded_length,
    source_positions as source_positions, stack_numbers as stack_numbers, take_batch as take_batch,
    take_cut as take_cut, take_window as take_window, whole_window as whole_window,
)

@dataclass(frozen=True)
class _Rectangle:
    """The numbers of a window, in pixels: int32 scalars, or vectors [B] of many records.

    Parameters
    ----------
    rect : tuple
        (top, left, height, width) in the source
    valid : tuple
        (top, left, bottom, right) of the part of the source that is still in sight
    static : tuple[int | None, int | None]
        the (height, width) that comes out, where known before the draw
    flips : tuple, default (False, False)
        (vertical, horizontal): bool, or a bool tensor
    transposed : Any, default False
        bool, or a bool tensor: rows and columns swapped, after flipping
    inside : bool, default False
        True: known not to reach beyond the source
    """
    rect: tuple
    valid: tuple
    static: tuple[int | None, int | None]
    flips: tuple = (False, False)
    transposed: Any = False
    inside: bool = False

    @property
    def size(self) -> tuple:
        """The (height, width) that comes out."""

    @property
    def in_sight(self) -> tuple:
        """The (top, left, bottom, right) of what it shows of the source."""

    def holds(self, height: int, width: int) -> bool:
        """Whether a part of this size is known to fit.

        Parameters
        ----------
        height : int
            pixels
        width : int
            pixels
        """
    def to_source(self) -> np.ndarray:
        """Gives the matrix [3, 3] from (x, y, 1) of the output to the source. Eagerly."""
