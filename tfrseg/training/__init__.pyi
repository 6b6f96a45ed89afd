# Written by tools/stubs.py from the sources; do not edit.
"""What stands between batches and a trained model."""

import keras
import numpy as np
import tensorflow as tf
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from ..augmenter import Operation
from ..storage import DatasetInfo, LabelMap
from .keras_metrics import _ClassMetric, _TableMetric
from .metrics import _Report
from .multilabel import _MultilabelCounts
from ..storage import class_weights as class_weights, count_classes as count_classes

__all__ = [
    "Augment", "BoundaryF1", "Confusion", "ExportedModel", "MaskedLoss", "MeanDice", "MeanIoU",
    "MultilabelIoU", "MultilabelLoss", "PixelAccuracy", "SegmentationLoss", "as_labels", "augment_batch",
    "class_iou", "class_weights", "count_classes", "count_confusion", "export_model", "load_model",
    "model_labels", "pixel_weights", "planes", "save_model", "weights_by_id", "with_sample_weights",
]

class MaskedLoss(keras.losses.Loss):
    """Computes a loss of Keras for one-hot masks, such as `Dice`, from ids and without ignored pixels.

    Parameters
    ----------
    loss : keras.losses.Loss
        of one-hot masks and probabilities: Dice, Tversky, focal
    ignore_label : int, default IGNORE_LABEL
        id of pixels that do not count
    from_logits : bool, default False
        True: scores are logits; False: probabilities, 0 to 1
    reduction : str, default "sum_over_batch_size"
        as of every Keras loss
    name : str, default "masked_loss"
        in logs and errors
    **options : Any
        of `keras.losses.Loss`

    Raises: `ValueError` for scores of one channel.
    Example: `model.compile("adam", MaskedLoss(keras.losses.Dice(axis=(0, 1, 2)), from_logits=True))`
    """
    loss: keras.losses.Loss
    ignore_label: int
    from_logits: bool

    def __init__(
        self,
        loss: keras.losses.Loss,
        ignore_label: int = ...,
        from_logits: bool = False,
        reduction: str = "sum_over_batch_size",
        name: str = "masked_loss",
        **options: Any,
    ) -> None: ...

    def call(self, y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
        """Computes the loss of the pixels that count; 0 where there are none.

        Parameters
        ----------
        y_true : tf.Tensor
            [B, H, W, 1] or [B, H, W] class ids
        y_pred : tf.Tensor
            [B, H, W, K] scores

        Returns
        -------
        tf.Tensor
            as of the loss
        """
    def get_config(self) -> dict:
        """What makes the same loss again."""

    @classmethod
    def from_config(cls, config: dict) -> MaskedLoss:
        """The loss of a configuration.

        Parameters
        ----------
        config : dict
            from `get_config`
        """

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

class Augment(keras.layers.Layer):
    """Augments batches inside a model while it is trained.

    Parameters
    ----------
    operation : Operation
        for image and mask
    seed : int, default 0
        of the draws, 32 bits; each call has its own
    ignore_label : int | None, default None
        id beyond the border of masks; None: the operation's own
    **kwargs : Any
        of `keras.layers.Layer`

    Raises: `TypeError` for anything but an operation, `ValueError` for more than two inputs.
    Example: `Augment(RandomFlip())((images, masks), training=True)`
    """
    operation: Operation
    seed: int
    ignore_label: Any
    calls: Any

    def __init__(
        self,
        operation: Operation,
        seed: int = 0,
        ignore_label: int | None = None,
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
    def get_config(self) -> dict:
        """What makes the same layer again, with the operation's configuration."""

    @classmethod
    def from_config(cls, config: dict) -> Augment:
        """The layer of a configuration.

        Parameters
        ----------
        config : dict
            from `get_config`
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

class Confusion(_Report):
    """Counts pixels by true and predicted class, batch after batch; `iou`, `mean_iou` and others follow.

    Parameters
    ----------
    labels : LabelMap | DatasetInfo | int | Sequence[str]
        classes: an info, labels, names, or K
    ignore_label : int | None, default None
        id of pixels that do not count; None: that of the labels, or 255

    Raises: `TypeError` and `ValueError` for classes that are not known, as `as_labels` does.
    Example: `Confusion(info).add(masks, predicted_ids).mean_iou`
    """
    labels: LabelMap
    matrix: Any
    ignored: int

    def __init__(
        self,
        labels: LabelMap | DatasetInfo | int | Sequence[str],
        ignore_label: int | None = None,
    ) -> None: ...

    def add(self, truth: np.ndarray, predicted: np.ndarray) -> Confusion:
        """Counts more pixels. Raises `DataError` for ids beyond the classes, `ValueError` for other shapes.

        Parameters
        ----------
        truth : np.ndarray
            ids, such as [B, H, W, 1] or [H, W]
        predicted : np.ndarray
            ids, the same shape, with or without a last axis of 1

        Returns
        -------
        Confusion
            the same
        """

    def plot(self) -> Any:
        """Draws, for each true class, what its pixels were predicted as.

        Returns
        -------
        Any
            a figure
        """
    def __add__(self, other: Confusion) -> Confusion: ...

def as_labels(
    labels: LabelMap | DatasetInfo | int | Sequence[str],
    ignore_label: int | None = None,
) -> LabelMap:
    """Says what the classes are.

    Parameters
    ----------
    labels : LabelMap | DatasetInfo | int | Sequence[str]
        or a source: anything with `labels`
    ignore_label : int | None, default None
        id of pixels that do not count; None: that of the labels, or 255

    Returns
    -------
    LabelMap
        with a name for each class: its number where it has none

    Raises: `TypeError` for anything else, `ValueError` for labels without classes or with overlapping ones.
    """

def class_iou(confusion: np.ndarray) -> np.ndarray:
    """Intersection over union of each class: pixels of both, divided by pixels of either.

    Parameters
    ----------
    confusion : np.ndarray
        [K, K], from `count_confusion`, or a sum of such tables

    Returns
    -------
    np.ndarray
        [K] from 0 to 1; NaN where a class occurs in neither
    """

def count_confusion(
    truth: np.ndarray,
    prediction: np.ndarray,
    num_classes: int,
    ignore_label: int = ...,
) -> np.ndarray:
    """Counts pixels by true class and predicted class.

    Parameters
    ----------
    truth : np.ndarray
        ids, any shape, such as [H, W, 1]
    prediction : np.ndarray
        ids, the same shape, with or without a last axis of 1
    num_classes : int
        K; ids run from 0 to K-1
    ignore_label : int, default IGNORE_LABEL
        id in the truth of pixels that do not count

    Returns
    -------
    np.ndarray
        [K, K] int64: pixels by true class (rows) and predicted class

    Raises: `DataError` for ids beyond the classes, `ValueError` for arrays of different shape and fractions.
    """

class BoundaryF1(_ClassMetric):
    """Measures how well boundaries fit: F1 of each class (`boundary_f1_NAME`), and its mean (`boundary_f1`).

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
    tolerance : float, default 0.0075
        pixels, or below 1 a share of the diagonal, rounded up
    name : str, default ""
        in logs; '': 'boundary_f1'
    **options : Any
        of `keras.metrics.Metric`

    Raises: as `as_labels`, and `ValueError` for a tolerance that is neither pixels nor a share.
    Example: `model.compile("adam", loss, metrics=[BoundaryF1(info, tolerance=3)])`
    """
    tolerance: float
    sums: Any

    def __init__(
        self,
        labels: LabelMap | DatasetInfo | int | Sequence[str],
        ignore_label: int | None = None,
        by_class: bool = True,
        threshold: float | None = None,
        tolerance: float = 0.0075,
        name: str = "",
        **options: Any,
    ) -> None: ...

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Counts one more batch. Raises `ValueError` for another number of channels than classes.

        Parameters
        ----------
        y_true : Any
            [B, H, W, 1] or [B, H, W] class ids
        y_pred : Any
            [B, H, W, K] scores, ids, or with `threshold` one channel of scores
        sample_weight : Any, default None
            [B], [B, H, W] or [B, H, W, 1]; pixels of weight 0 are ignored
        """
    def result(self) -> Any:
        """The mean over the classes that have boundaries, and each class by name; NaN of nothing."""
    def get_config(self) -> dict:
        """What makes the same metric again."""

class MeanDice(_TableMetric):
    """Measures the Dice coefficient, or F1, of each class (`dice_NAME`), and their mean (`mean_dice`).

    Raises: as `as_labels`.
    Example: `model.compile("adam", loss, metrics=[MeanDice(info)])`
    """
    def result(self) -> Any:
        """The mean over the classes that occur, and each class by name; NaN of nothing."""

class MeanIoU(_TableMetric):
    """Measures the intersection over union of each class (`iou_NAME`), and their mean (`mean_iou`).

    Raises: as `as_labels`.
    Example: `model.compile("adam", loss, metrics=[MeanIoU(info)])`
    """
    def result(self) -> Any:
        """The mean over the classes that occur, and each class by name; NaN of nothing."""

class PixelAccuracy(_TableMetric):
    """Measures the share of right pixels (`pixel_accuracy`), and the same by class (`accuracy_NAME`).

    Raises: as `as_labels`.
    Example: `model.compile("adam", loss, metrics=[PixelAccuracy(info, by_class=False)])`
    """
    def result(self) -> Any:
        """The share of all pixels, and that of the pixels of each class by name; NaN of nothing."""

class ExportedModel(NamedTuple):
    """A model that was exported and compared.

    Parameters
    ----------
    path : Path
        file, or folder of a SavedModel
    format : str
        'tf_saved_model', 'litert' or 'onnx'
    pixels : int
        that were compared
    differing : int
        of them, that got another class
    score_error : float
        largest difference of a score
    """
    path: Path
    format: str
    pixels: int
    differing: int
    score_error: float

def export_model(
    model: Any,
    path: Path | str,
    format: str = "tf_saved_model",
    images: np.ndarray | None = None,
) -> ExportedModel:
    """Exports a model, and compares its masks with those of the model.

    Parameters
    ----------
    model : Any
        of Keras, or the path of a .keras file
    path : Path | str
        file to write, or folder for a SavedModel; must not be there
    format : str, default "tf_saved_model"
        or 'litert' (TFLite), or 'onnx'
    images : np.ndarray | None, default None
        [N, H, W, C] uint8 to compare masks of; None: two random images

    Returns
    -------
    ExportedModel
        what was compared

    Raises: `ValueError` for another format and where more than 0.1 % of the pixels differ; `ImportError` for
    a package that is missing, `FileExistsError` for a path that is there.
    Example: `export_model("model.keras", "model.onnx", "onnx", images).differing`
    """

def load_model(path: Path | str, **options: Any) -> Any:
    """Loads a model, with tfrseg's losses, metrics and layers, and with its classes.

    Parameters
    ----------
    path : Path | str
        of a .keras file
    **options : Any
        of `keras.saving.load_model`, such as compile=False

    Returns
    -------
    Any
        the model; its attribute `labels` holds its classes, or None

    Raises: as `model_labels` and `keras.saving.load_model`.
    Example: `load_model("model.keras").labels.class_names`
    """

def model_labels(path: Path | str) -> LabelMap | None:
    """Reads the classes of a saved model.

    Parameters
    ----------
    path : Path | str
        of a .keras file

    Returns
    -------
    LabelMap | None
        its classes; None where the file has no table

    Raises: `DataError` for a file that is no .keras archive, or whose table is damaged.
    Example: `model_labels("model.keras").class_names`
    """

def save_model(
    model: Any,
    path: Path | str,
    labels: LabelMap | DatasetInfo | Sequence[str],
    preprocessing: Any = None,
) -> Path:
    """Saves a model with its preprocessing and its classes in one file that Keras alone loads.

    Parameters
    ----------
    model : Any
        of Keras, Sequential or functional, with one output
    path : Path | str
        file to write, ending in .keras
    labels : LabelMap | DatasetInfo | Sequence[str]
        classes: an info, labels, or names
    preprocessing : Any, default None
        a layer in front, such as `normalize_layer()`; None: nothing

    Returns
    -------
    Path
        the file

    Raises: `ValueError` for another number of channels than classes, layers that Keras does not know, and a
    file that gives other scores; `TypeError` for what is no built model of Keras.
    Example: `save_model(model, "model.keras", info)`
    """
