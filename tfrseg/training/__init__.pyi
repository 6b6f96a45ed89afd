# Written by tools/stubs.py from the sources; do not edit.
"""What stands between batches and a trained model."""

import keras
import numpy as np
import tensorflow as tf
from collections.abc import Mapping, Sequence
from typing import Any
from ..augmenter import Operation
from .keras_layer import _SavedLayer
from .multilabel import _MultilabelCounts
from .resume import _Restore
from ..storage import class_weights as class_weights, count_classes as count_classes

__all__ = [
    "Augment", "MultilabelIoU", "MultilabelLoss", "Resume", "SegmentationLoss", "TellEpoch", "augment_batch",
    "class_weights", "count_classes", "pixel_weights", "planes", "unet", "weights_by_id",
    "with_sample_weights",
]

class SegmentationLoss(keras.losses.Loss):
    """Computes the cross-entropy of masks and scores: the mean weighted by class, without ignored pixels.

    Parameters
    ----------
    class_weights : Mapping[int, float] | Sequence[float]
        by id, 0 or more; 1 for ids without
    ignore_label : int, default IGNORE_LABEL
        id of pixels that do not count
    from_logits : bool, default False
        True: scores are logits; False: probabilities, 0 to 1
    reduction : str, default "sum_over_batch_size"
        as of every Keras loss
    name : str, default "segmentation_loss"
        in logs and errors
    **options : Any
        of `keras.losses.Loss`

    Raises: `ValueError` for weights that cannot be, and for scores of one channel.
    Example: `model.compile("adam", SegmentationLoss(class_weights("shards"), from_logits=True))`
    """
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
        """Computes the weighted cross-entropy of each pixel, scaled so that its mean is the weighted mean.

        Parameters
        ----------
        y_true : tf.Tensor
            [B, H, W, 1] or [B, H, W] class ids
        y_pred : tf.Tensor
            [B, H, W, K] scores

        Returns
        -------
        tf.Tensor
            [B, H, W]
        """
    def get_config(self) -> dict:
        """What makes the same loss again."""

def pixel_weights(ids: tf.Tensor, table: np.ndarray, ignore_label: int = ...) -> tf.Tensor:
    """Looks up the weight of each pixel.

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
    """Makes a table of weights by id.

    Parameters
    ----------
    class_weights : Mapping[int, float] | Sequence[float]
        by id, 0 or more

    Returns
    -------
    np.ndarray
        [n] float32, up to the highest id; ids without a weight have 1

    Raises: `ValueError` for negative ids or weights, weights that are not numbers, and where none is above 0.
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
        (image, mask), such as from `make_dataset`
    class_weights : Mapping[int, float] | Sequence[float]
        by id, 0 or more; ids without one weigh 1
    ignore_label : int, default IGNORE_LABEL
        id that weighs nothing

    Returns
    -------
    tf.data.Dataset
        (image, mask, weights): float32, the mask's shape without its last axis

    Raises: `ValueError` for elements other than (image, mask), and for weights that cannot be.
    Example: `model.fit(with_sample_weights(make_dataset("shards"), class_weights("shards")))`
    """

class Augment(_SavedLayer):
    """Augments batches inside a model while it is trained.

    Parameters
    ----------
    operation : Operation | Sequence[Operation]
        for image and mask, several in turn
    seed : int, default 0
        of the draws, 32 bits; each call has its own
    ignore_label : int | None, default None
        id beyond the border of masks; None: the operation's own
    images_only : bool, default False
        True: images alone may be moved, as there are no masks
    **kwargs : Any
        of `keras.layers.Layer`

    Raises: `TypeError` for anything but operations, `ValueError` for more than two inputs, images that would
    move without their masks, and Keras on another backend than TensorFlow.
    Example: `Augment(RandomFlip())((images, masks), training=True)`
    """
    operation: Operation
    seed: int
    ignore_label: Any
    images_only: bool
    calls: Any

    def __init__(
        self,
        operation: Operation | Sequence[Operation],
        seed: int = 0,
        ignore_label: int | None = None,
        images_only: bool = False,
        **kwargs: Any,
    ) -> None: ...

    def build(self, input_shape: Any) -> None:
        """Makes the counter of calls.

        Parameters
        ----------
        input_shape : Any
            of the inputs, any
        """

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Changes each member by its own draw, another one at each call.

        Parameters
        ----------
        inputs : Any
            images [B, H, W, 3], a pair with masks [B, H, W, 1], or a dict of both
        training : bool, default False
            False: the inputs as they are

        Returns
        -------
        Any
            as the inputs
        """

def augment_batch(
    operation: Operation,
    batch: dict,
    seed: int | tf.Tensor = 0,
    ignore_label: int | None = None,
) -> dict:
    """Applies an operation to every member of a batch.

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

    Raises: `ValueError` for arrays that are no batch, a mask that cannot hold the label, mixed sizes.
    Example: `augment_batch(RandomFlip(), {"image": images, "mask": masks}, seed=1)`
    """

class MultilabelIoU(_MultilabelCounts):
    """Measures the mean IoU (or Dice) of overlapping classes; `by_class` has that of each.

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

    Example: `model.compile("adam", MultilabelLoss(), metrics=[MultilabelIoU(2)])`
    """

    def by_class(self) -> np.ndarray:
        """Gives the measure of each class.

        Returns
        -------
        np.ndarray
            [K] float32; NaN of a class that is neither there nor found
        """
    def result(self) -> tf.Tensor:
        """The mean over the classes that are there or found; 0 where there is none."""
    def get_config(self) -> dict:
        """What makes the same metric again."""

class MultilabelLoss(keras.losses.Loss):
    """Computes the binary cross-entropy of overlapping classes: the mean over known pixels, by class weight.

    Parameters
    ----------
    class_weights : Mapping[int, float] | Sequence[float], default ()
        by class, 0 or more; (): 1 each
    from_logits : bool, default False
        True: scores are logits; False: probabilities, 0 to 1
    reduction : str, default "sum_over_batch_size"
        as of every Keras loss
    name : str, default "multilabel_loss"
        in logs and errors
    **options : Any
        of `keras.losses.Loss`

    Raises: `ValueError` for masks that are neither bits nor planes of as many classes as there are scores.
    Example: `model.compile("adam", MultilabelLoss(from_logits=True))`
    """
    class_weights: Any
    from_logits: bool

    def __init__(
        self,
        class_weights: Mapping[int, float] | Sequence[float] = (),
        from_logits: bool = False,
        reduction: str = "sum_over_batch_size",
        name: str = "multilabel_loss",
        **options: Any,
    ) -> None: ...

    def call(self, y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
        """Computes the mean over classes of each pixel, scaled so that its mean is that of known pixels.

        Parameters
        ----------
        y_true : tf.Tensor
            [B, H, W, 1] bits, or [B, H, W, K] planes
        y_pred : tf.Tensor
            [B, H, W, K] scores

        Returns
        -------
        tf.Tensor
            [B, H, W]
        """
    def get_config(self) -> dict:
        """What makes the same loss again."""

def planes(bits: tf.Tensor, classes: int) -> tuple[tf.Tensor, tf.Tensor]:
    """Unpacks overlapping classes.

    Parameters
    ----------
    bits : tf.Tensor
        [..., H, W, 1] whole numbers, bit k for class k
    classes : int
        K

    Returns
    -------
    tuple[tf.Tensor, tf.Tensor]
        [..., H, W, K] float32, 1 where class k is; [..., H, W] 1 where known

    Raises: `ValueError` for more classes than the dtype has bits.
    Example: `batches.map(lambda image, bits: (image, *planes(bits, 2)))`
    """

def unet(
    classes: int,
    size: Sequence[int | None] = (None, None),
    *,
    channels: int = 3,
    width: int = 16,
    depth: int = 3,
    dropout: float = 0.0,
    limits: tuple[float, float] = (0, 255),
    activation: str | None = "softmax",
) -> keras.Model:
    """Makes a small U-Net (Ronneberger et al. 2015), for examples and smoke tests.

    Parameters
    ----------
    classes : int
        K, 2 or more, the background is one of them
    size : Sequence[int | None], default (None, None)
        (height, width), multiples of 2^depth; None: any
    channels : int, default 3
        of images
    width : int, default 16
        channels of the first level; each next has twice as many
    depth : int, default 3
        how often height and width are halved, 1 or more
    dropout : float, default 0.0
        share of values left out at the lowest level, 0 to 1
    limits : tuple[float, float], default (0, 255)
        values of images that become -1 and 1
    activation : str | None, default "softmax"
        'sigmoid': classes overlap; None: logits

    Returns
    -------
    keras.Model
        [B, H, W, channels] to [B, H, W, K] float32

    Raises: `ValueError` for less than two classes, and for a size that cannot be halved as often.
    Example: `model = unet(5, (256, 256)); model.compile("adam", SegmentationLoss([1] * 5))`
    """

class Resume(_Restore):
    """Keeps a training, so that the same script goes on where it was killed, with bit-equal weights.

    Parameters
    ----------
    folder : Path | str
        that keeps the training, one for each training; made where missing
    every : int | None, default 500
        batches between two times, 1 or more; None: only at the end of epochs

    Raises: `ValueError` for what cannot be resumed, and a folder of another model or of other data;
    `DataError` for a damaged file in it.
    Example: `model.fit(make_dataset("shards"), epochs=9, callbacks=[Resume("run", every=500)])`
    """

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Keeps the training where it is time.

        Parameters
        ----------
        batch : int
            number in this epoch, from 0, from where it began
        logs : dict | None, default None
            not used
        """

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Notes that the epoch has ended, or was ended.

        Parameters
        ----------
        epoch : int
            from 0
        logs : dict | None, default None
            not used
        """

    def on_train_end(self, logs: dict | None = None) -> None:
        """Keeps the end.

        Parameters
        ----------
        logs : dict | None, default None
            not used
        """

class TellEpoch(keras.callbacks.Callback):
    """Tells the data set of `fit` which epoch begins, as `BackupAndRestore` and `initial_epoch` need it.

    Raises: `ValueError` where `fit` reads another data set than one of `make_dataset`.
    Example: `model.fit(train, callbacks=[keras.callbacks.BackupAndRestore("backup"), TellEpoch()])`
    """

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Looks for the data set.

        Parameters
        ----------
        logs : dict | None, default None
            not used
        """

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        """Tells where the epoch begins.

        Parameters
        ----------
        epoch : int
            from 0
        logs : dict | None, default None
            not used
        """

    def on_train_end(self, logs: dict | None = None) -> None:
        """Lets the data set count again.

        Parameters
        ----------
        logs : dict | None, default None
            not used
        """
