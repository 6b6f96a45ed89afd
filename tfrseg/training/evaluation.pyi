# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from . import (
    Evaluation as Evaluation, RecordScore as RecordScore, evaluate as evaluate, table_lines as table_lines,
)

class _Measured:
    """What follows from the confusion of an evaluation."""

    @property
    def names(self) -> tuple[str, ...]:
        """Class names by id."""

    @property
    def iou(self) -> np.ndarray:
        """Of each class [K], 0 to 1; NaN where it occurs in neither truth nor prediction."""

    @property
    def dice(self) -> np.ndarray:
        """Of each class [K], 0 to 1; NaN where it occurs in neither truth nor prediction."""

    @property
    def mean_iou(self) -> float:
        """The mean over classes that occur; NaN where nothing counts."""

    @property
    def pixel_accuracy(self) -> float:
        """The share of pixels that are right, 0 to 1; NaN where nothing counts."""
