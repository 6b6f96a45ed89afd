# Written by tools/stubs.py from the sources; do not edit.

import keras
import tensorflow as tf
from typing import Any
from . import MultilabelIoU as MultilabelIoU, MultilabelLoss as MultilabelLoss, planes as planes

class _MultilabelCounts(keras.metrics.Metric):
    """Counts, by class, known pixels where it is found, where it is there, and where both hold.

    Parameters
    ----------
    classes : int
        K
    threshold : float, default 0.5
        scores from here on mean that the class is there; of logits 0
    dice : bool, default False
        True: twice the intersection over the sum of both, instead of IoU
    name : str, default ""
        in logs; '': 'iou' or 'dice'
    **options : Any
        of `keras.metrics.Metric`
    """
    classes: int
    threshold: float
    dice: bool
    counts: Any

    def __init__(
        self,
        classes: int,
        threshold: float = 0.5,
        dice: bool = False,
        name: str = "",
        **options: Any,
    ) -> None: ...

    def update_state(
        self,
        y_true: tf.Tensor,
        y_pred: tf.Tensor,
        sample_weight: tf.Tensor | None = None,
    ) -> None:
        """Counts one more batch.

        Parameters
        ----------
        y_true : tf.Tensor
            [B, H, W, 1] bits, or [B, H, W, K] planes
        y_pred : tf.Tensor
            [B, H, W, K] scores
        sample_weight : tf.Tensor | None, default None
            [B, H, W], 0 where nothing counts; None: everything does
        """
