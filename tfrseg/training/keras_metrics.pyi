# Written by tools/stubs.py from the sources; do not edit.

import keras
from collections.abc import Sequence
from typing import Any
from ..storage import DatasetInfo, LabelMap
from . import Confusion
from . import (
    BoundaryF1 as BoundaryF1, MeanDice as MeanDice, MeanIoU as MeanIoU, PixelAccuracy as PixelAccuracy,
)

class _ClassMetric(keras.metrics.Metric):
    """A metric that knows its classes.

    Parameters
    ----------
    labels : LabelMap | DatasetInfo | int | Sequence[str]
        classes: an info, labels, names, or K
    ignore_label : int | None, default None
        id of pixels that do not count; None: that of the labels, or 255
    by_class : bool, default True
        True: logs one value a class too
    threshold : float | None, default None
        for one channel of scores: 0.5 for probabilities, 0 for logits
    name : str, default ""
        in logs; '': the usual one
    **options : Any
        of `keras.metrics.Metric`
    """
    labels: LabelMap
    by_class: bool
    threshold: float | None

    def __init__(
        self,
        labels: LabelMap | DatasetInfo | int | Sequence[str],
        ignore_label: int | None = None,
        by_class: bool = True,
        threshold: float | None = None,
        name: str = "",
        **options: Any,
    ) -> None: ...
    def get_config(self) -> dict:
        """What makes the same metric again."""

class _TableMetric(_ClassMetric):
    """Keeps the table of true and predicted classes."""
    parts: Any
    def __init__(self, labels, *arguments, **options) -> None: ...

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Counts one more batch. Raises `ValueError` for another number of channels than classes.

        Parameters
        ----------
        y_true : Any
            [B, H, W, 1] or [B, H, W] class ids
        y_pred : Any
            [B, H, W, K] scores, ids, or with `threshold` one channel of scores
        sample_weight : Any, default None
            [B], [B, H, W] or [B, H, W, 1], 0 or more; None: 1
        """
    def confusion(self) -> Confusion:
        """The counts so far. Raises `DataError` where ids that are no class were counted."""
