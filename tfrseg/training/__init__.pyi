# Written by tools/stubs.py from the sources; do not edit.
"""What stands between batches and a trained model."""

import keras
import numpy as np
import tensorflow as tf
from collections.abc import Mapping, Sequence
from typing import Any
from ..augmenter import Operation

__all__ = [
    "Augment", "SegmentationLoss", "augment_batch", "pixel_weights", "weights_by_id", "with_sample_weights",
]

class SegmentationLoss(keras.losses.Loss):
    """Cross-entropy of masks [B, H, W, 1] and scores [B, H, W, K]: the mean weighted by class, without ignored pixels."""
    class_weights: np.ndarray
    ignore_label: int
    from_logits: bool

    def __init__(
        self,
        class_weights: Mapping[int, float] | Sequence[float],
        ignore_label: int = ...,
        from_logits: bool = False,
        reduction: str = "sum_over_batch_size",
        name: str = "segmentation_loss",
        **options: Any,
    ) -> None: ...
    def call(self, y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
        """The weighted cross-entropy of each pixel [B, H, W], scaled so that its mean is the weighted mean."""
    def get_config(self) -> dict:
        """What makes the same loss again."""

def pixel_weights(ids: tf.Tensor, table: np.ndarray, ignore_label: int = ...) -> tf.Tensor:
    """The weight of each pixel.

    Parameters
    ----------
    ids : tf.Tensor
        any shape, class ids
    table : np.ndarray
        from `weights_by_id`
    ignore_label : int, default IGNORE_LABEL
        id that weighs nothing

    Returns
    -------
    tf.Tensor
        float32, the shape of `ids`
    """

def weights_by_id(class_weights: Mapping[int, float] | Sequence[float]) -> np.ndarray:
    """Weights by id as an array. Raises `ValueError` for ids or weights that are negative, and for weights that are no numbers.

    Parameters
    ----------
    class_weights : Mapping[int, float] | Sequence[float]
        by id

    Returns
    -------
    np.ndarray
        [n] float32, up to the highest id; ids without a weight have 1
    """

def with_sample_weights(
    dataset: tf.data.Dataset,
    class_weights: Mapping[int, float] | Sequence[float],
    ignore_label: int = ...,
) -> tf.data.Dataset:
    """Adds a map of sample weights to each batch.

    Parameters
    ----------
    dataset : tf.data.Dataset
        batches or samples (image, mask), such as from `make_dataset`
    class_weights : Mapping[int, float] | Sequence[float]
        by id; ids without one weigh 1
    ignore_label : int, default IGNORE_LABEL
        id that weighs nothing

    Returns
    -------
    tf.data.Dataset
        (image, mask, weights): float32, the mask's shape without its last axis
    """

class Augment(keras.layers.Layer):
    """An operation as a Keras layer: `Augment(RandomFlip())((images, masks), training=True)`."""
    operation: Operation
    seed: int
    ignore_label: Any
    calls: Any

    def __init__(
        self,
        operation: Operation,
        seed: int = 0,
        ignore_label: int | None = None,
        **kwargs,
    ) -> None: ...
    def build(self, input_shape: Any) -> None:
        """Makes the counter of calls."""
    def call(self, inputs: Any, training: bool = False) -> Any:
        """Images [B, H, W, 3], a pair with masks [B, H, W, 1], or a dict of both."""
    def get_config(self) -> dict:
        """The layer's configuration, with the operation's."""

    @classmethod
    def from_config(cls, config: dict) -> Augment:
        """The layer of a configuration."""

def augment_batch(
    operation: Operation,
    batch: dict,
    seed: int | tf.Tensor = 0,
    ignore_label: int | None = None,
) -> dict:
    """An operation on every member of a batch. All must come out in one size.

    Parameters
    ----------
    operation : Operation
        any
    batch : dict
        image [B, H, W, 3], mask [B, H, W, 1]
    seed : int | tf.Tensor, default 0
        one seed; member k gets the k-th of `split_seed(seed, B)`
    ignore_label : int | None, default None
        id beyond the border of masks; None: the operation's own

    Returns
    -------
    dict
        the same keys, each member changed by its own draw
    """
