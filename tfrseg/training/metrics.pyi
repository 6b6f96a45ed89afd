# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from . import (
    Confusion as Confusion, as_labels as as_labels, class_iou as class_iou,
    count_confusion as count_confusion,
)

class _Report(_Means):
    """The measures of a table as a dict and as text."""
    def as_dict(self) -> dict:
        """The measures as plain numbers, for JSON; None for what has no value."""

class _Means(_Measures):
    """What follows from the table for all classes."""

    @property
    def mean_iou(self) -> float:
        """The mean over classes that occur in truth or prediction; NaN where nothing was counted."""

    @property
    def mean_dice(self) -> float:
        """The mean over classes that occur in truth or prediction; NaN where nothing was counted."""

    @property
    def pixel_accuracy(self) -> float:
        """The share of counted pixels that are right; NaN where nothing was counted."""

class _Measures:
    """What follows from a table of true and predicted classes, `matrix`."""

    @property
    def iou(self) -> np.ndarray:
        """Of each class [K]: pixels of both, divided by pixels of either; NaN where it occurs in neither."""

    @property
    def dice(self) -> np.ndarray:
        """Of each class [K]: twice the pixels of both, divided by the sum of each; NaN where there are none."""

    @property
    def precision(self) -> np.ndarray:
        """Of each class [K]: the share of its predicted pixels that are right; NaN where it is not predicted."""

    @property
    def recall(self) -> np.ndarray:
        """Of each class [K]: the share of its true pixels that are found; NaN where there are none."""
