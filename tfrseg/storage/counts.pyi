# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from typing import Any
from . import Target
from . import (
    Counts as Counts, ValueCounts as ValueCounts, add_stats as add_stats, class_weights as class_weights,
    count_any_classes as count_any_classes, count_classes as count_classes, count_values as count_values,
    merge_counts as merge_counts, stats_of as stats_of, training_split as training_split,
    value_counts as value_counts,
)

class _Counting:
    """What is counted, and how.

    Parameters
    ----------
    target : Target
        an image or a field
    """
    target: Target
    pixels: int
    nodata: int
    is_exact: Any
    low: Any
    high: Any
    sums: Any
    table: Any
    stride: tuple[int, int]
    def __init__(self, target: Target) -> None: ...

    def add(self, array: np.ndarray, lost: np.ndarray | None = None) -> None:
        """Counts one array.

        Parameters
        ----------
        array : np.ndarray
            [H, W, C] as its target says
        lost : np.ndarray | None, default None
            [H, W] bool: pixels in which nothing was measured; None: none
        """
