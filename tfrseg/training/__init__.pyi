# Written by tools/stubs.py from the sources; do not edit.
"""What stands between batches and a trained model."""

import keras
import numpy as np
import tensorflow as tf
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from ..augmenter import Operation
from ..sources import Source, Tile
from ..storage import DatasetInfo, LabelMap, Shards
from .evaluation import _Measured
from .keras_layer import _SavedLayer
from .keras_metrics import _ClassMetric, _TableMetric
from .metrics import _Report
from .multilabel import _MultilabelCounts
from .resume import _Restore
from ..storage import class_weights as class_weights, count_classes as count_classes

__all__ = [
    "Augment", "BoundaryF1", "Confusion", "Evaluation", "ExportedModel", "Images", "KINDS_OF_SCORES",
    "MaskedLoss", "MeanDice", "MeanIoU", "MultilabelIoU", "MultilabelLoss", "NOTE_NAME", "PixelAccuracy",
    "Predicted", "Predictions", "Predictor", "RecordScore", "Resume", "SegmentationLoss", "TellEpoch",
    "TilePlan", "Truth", "as_labels", "as_predictor", "as_probabilities", "ask", "augment_batch",
    "check_classes", "check_image", "class_iou", "class_weights", "count_classes", "count_confusion",
    "evaluate", "export_model", "images_of", "inner_rows", "kind_line", "load_model", "model_labels",
    "pixel_weights", "plan_tiles", "planes", "predict", "predict_each", "predict_image", "predict_rows",
    "read_ahead", "save_model", "scores_kind", "scores_to_ids", "settled_labels", "table_lines", "tell",
    "tile_pixels", "truth_of", "unet", "weights_by_id", "with_sample_weights",
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

    Raises: `ValueError` for weights that cannot be, and for scores of fewer classes than have weights.
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

    def on_train_batch_begin(self, batch: int, logs: dict | None = None) -> None:
        """Sets the random numbers that the first batch begins with.

        Parameters
        ----------
        batch : int
            not used
        logs : dict | None, default None
            not used
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

KINDS_OF_SCORES: tuple[str, str, str]

class Predicted(NamedTuple):
    """An image on its way out.

    Parameters
    ----------
    key : Any
        what came with the image
    image : np.ndarray
        [H, W, C]
    plan : TilePlan
        how it went through the model
    rows : Iterator[np.ndarray]
        scores or ids [n, W, K], top to bottom; to be read before the next image
    """
    key: Any
    image: np.ndarray
    plan: TilePlan
    rows: Iterator[np.ndarray]

@dataclass(frozen=True)
class Predictor:
    """A model as a function of a batch, and what is known of it.

    Parameters
    ----------
    call : Callable, default field(repr=False)
        images [B, h, w, C] to scores [B, h, w, K], or ids [B, h, w, 1]
    size : tuple[int | None, int | None], default (None, None)
        (height, width) that it takes, pixels; None: any
    batch : int | None, default None
        B that it takes; None: any
    channels : int | None, default None
        C that it takes; None: not known
    classes : int | None, default None
        K that it answers; None: not known
    multiple : int, default 1
        heights and widths that it takes are multiples of this, pixels
    scores : str, default ""
        one of `KINDS_OF_SCORES`; '': the first answer shows it
    dtype : str, default "float32"
        of the images that it takes
    top : float | None, default None
        about the highest value that it is made for; None: not known
    identity : str, default ""
        checksum of its weights, 64 hexadecimal digits; '': there is none
    name : str, default "a function"
        for lines and errors
    lines : tuple[str, ...], default field(default=(), repr=False)
        what was found out or taken for granted
    saved : Any, default field(default=None, repr=False)
        the Keras model or the path; None: a function
    labels : LabelMap | None, default field(default=None, repr=False)
        its class table; None: it has none
    """
    call: Callable = ...
    size: tuple[int | None, int | None] = (None, None)
    batch: int | None = None
    channels: int | None = None
    classes: int | None = None
    multiple: int = 1
    scores: str = ""
    dtype: str = "float32"
    top: float | None = None
    identity: str = ""
    name: str = "a function"
    lines: tuple[str, ...] = ...
    saved: Any = ...
    labels: LabelMap | None = ...

class TilePlan(NamedTuple):
    """How an image goes through a model.

    Parameters
    ----------
    tiles : list[Tile]
        row by row; they cover the image and its border
    before : tuple[int, int]
        rows above and columns left of the image that are reflected, pixels
    size : tuple[int, int]
        (height, width) of the image, pixels
    line : str, default ""
        what was decided; '': nothing
    """
    tiles: list[Tile]
    before: tuple[int, int]
    size: tuple[int, int]
    line: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether one tile holds all."""

def as_predictor(model: Any, *, multiple: int | None = None, scores: str | None = None) -> Predictor:
    """Makes a function of a batch out of a model, and finds out what the model takes.

    Parameters
    ----------
    model : Any
        a Keras model, a path of one, or a function of [B, h, w, C] float32
    multiple : int | None, default None
        heights and widths that it takes are multiples, pixels; None: found, or 1
    scores : str | None, default None
        'logits', 'probabilities' or 'ids'; None: found

    Raises: `ValueError` for a model that gives no masks, `TypeError` for what is no model.
    Example: `predictor = as_predictor("model.keras")`
    """

def as_probabilities(scores: np.ndarray, kind: str) -> np.ndarray:
    """Scores as probabilities.

    Parameters
    ----------
    scores : np.ndarray
        [n, W, K]
    kind : str
        'logits' or 'probabilities'

    Returns
    -------
    np.ndarray
        [n, W, K] float32 from 0 to 1
    """

def ask(predictor: Predictor, images: np.ndarray) -> np.ndarray:
    """Asks a model. Raises `ValueError` for an answer that does not fit, `DataError` where memory is short.

    Parameters
    ----------
    predictor : Predictor
        from `as_predictor`
    images : np.ndarray
        [B, h, w, C]

    Returns
    -------
    np.ndarray
        [B, h, w, K] float32 scores, or [B, h, w, 1] ids of whole numbers
    """

def check_image(predictor: Predictor, image: np.ndarray, name: str = "image") -> None:
    """Raises `DataError` for an image of other channels or values than those the model was made for.

    Parameters
    ----------
    predictor : Predictor
        from `as_predictor`
    image : np.ndarray
        [H, W, C]
    name : str, default "image"
        for the error
    """

def inner_rows(rows: Iterable[np.ndarray], plan: TilePlan) -> Iterator[np.ndarray]:
    """Cuts off the border.

    Parameters
    ----------
    rows : Iterable[np.ndarray]
        [n, width, K] each, top to bottom, with the border
    plan : TilePlan
        of the image

    Returns
    -------
    Iterator[np.ndarray]
        [n, W, K] each
    """

def kind_line(answer: np.ndarray, kind: str) -> str:
    """Says what an answer was taken for.

    Parameters
    ----------
    answer : np.ndarray
        [..., K], of one batch
    kind : str
        what it was taken for

    Returns
    -------
    str
        one line
    """

def plan_tiles(
    predictor: Predictor,
    size: tuple[int, int],
    tile: tuple[int, int] | int | None = None,
    overlap: int | None = None,
) -> TilePlan:
    """Decides how an image goes through a model.

    Parameters
    ----------
    predictor : Predictor
        from `as_predictor`
    size : tuple[int, int]
        (height, width) of the image, pixels
    tile : tuple[int, int] | int | None, default None
        (height, width) of a tile, pixels; None: as the model wants
    overlap : int | None, default None
        pixels that tiles share, at least; None: a quarter of a tile

    Raises: `ValueError` for tiles that the model cannot take, or for too large an overlap.
    """

def predict_each(
    predictor: Predictor,
    images: Iterable[tuple[Any, np.ndarray]],
    tile: tuple[int, int] | int | None = None,
    overlap: int | None = None,
    batch_size: int = 8,
) -> Iterator[Predicted]:
    """Predicts images one after the other, those of one size together. Raises as `predict_image`.

    Parameters
    ----------
    predictor : Predictor
        from `as_predictor`
    images : Iterable[tuple[Any, np.ndarray]]
        (key, image [H, W, C]) each
    tile : tuple[int, int] | int | None, default None
        as for `predict_image`
    overlap : int | None, default None
        as for `predict_image`
    batch_size : int, default 8
        images or tiles that go through the model at a time

    Returns
    -------
    Iterator[Predicted]
        in the order of the images
    """

def predict_image(
    model: Any,
    image: np.ndarray,
    tile: tuple[int, int] | int | None = None,
    overlap: int | None = None,
    *,
    batch_size: int = 8,
    multiple: int | None = None,
) -> np.ndarray:
    """Predicts an image of any size, whole or by tiles that fade into each other.

    Parameters
    ----------
    model : Any
        a Keras model, its path, a function, or a `Predictor`
    image : np.ndarray
        [H, W, C], any size, values as in training
    tile : tuple[int, int] | int | None, default None
        (height, width), pixels; None: whole, or as the model wants
    overlap : int | None, default None
        pixels that tiles share, at least; None: a quarter of a tile
    batch_size : int, default 8
        tiles that go through the model at a time
    multiple : int | None, default None
        sides that the model takes are multiples; None: found, or 1

    Returns
    -------
    np.ndarray
        [H, W, K] float32 scores, or [H, W, 1] ids

    Raises: `DataError` for an image of other channels or values than the model takes, `ValueError` for tiles
    or answers that do not fit.
    Example: `scores = predict_image(model, image, tile=(512, 512))`
    """

def predict_rows(
    predictor: Predictor,
    image: np.ndarray,
    plan: TilePlan,
    batch_size: int = 8,
) -> Iterator[np.ndarray]:
    """Predicts an image row by row. What is in memory: the image, one row of tiles, one batch.

    Parameters
    ----------
    predictor : Predictor
        from `as_predictor`
    image : np.ndarray
        [H, W, C]
    plan : TilePlan
        from `plan_tiles`
    batch_size : int, default 8
        tiles that go through the model at a time

    Returns
    -------
    Iterator[np.ndarray]
        scores or ids [n, W, K] of some rows each, top to bottom
    """

def read_ahead(load: Callable, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Reads the next items while the ones before are worked on. An error is raised when its item is due.

    Parameters
    ----------
    load : Callable
        (item) to what is read; called in another thread
    items : Iterable[Any]
        one call each

    Returns
    -------
    Iterator[tuple[Any, Any]]
        (item, what was read), in their order
    """

def scores_kind(answer: np.ndarray) -> str:
    """Tells what an answer is, from its dtype, its channels and its values.

    Parameters
    ----------
    answer : np.ndarray
        [..., K], of one batch

    Returns
    -------
    str
        one of `KINDS_OF_SCORES`
    """

def scores_to_ids(scores: np.ndarray, kind: str, name: str = "image") -> np.ndarray:
    """The class of each pixel. Raises `DataError` for scores that are not numbers, or beyond their kind.

    Parameters
    ----------
    scores : np.ndarray
        [n, W, K] scores, or [n, W, 1] ids
    kind : str
        one of `KINDS_OF_SCORES`
    name : str, default "image"
        for the error

    Returns
    -------
    np.ndarray
        [n, W, 1] uint8 or uint16
    """

def tell(*lines: str) -> None:
    """Says what was decided, each on a line of stderr; not inside of `quiet_progress`.

    Parameters
    ----------
    *lines : str
        '' is left out
    """

def tile_pixels(image: np.ndarray, plan: TilePlan, tile: Tile) -> np.ndarray:
    """Cuts a tile.

    Parameters
    ----------
    image : np.ndarray
        [H, W, C]
    plan : TilePlan
        of this image
    tile : Tile
        one of its tiles

    Returns
    -------
    np.ndarray
        [h, w, C], reflected where the tile reaches beyond the image
    """

class Images(NamedTuple):
    """Images to be predicted.

    Parameters
    ----------
    names : Sequence[str]
        of each mask, below the folder, without an ending
    load : Callable
        (number from 0) to the image [H, W, C]
    changed : Callable
        (number from 0) to the time of its last change, ns; 0: not known
    labels : LabelMap | None
        what is known of the classes; None: nothing
    origin : str
        which images these are
    lines : tuple[str, ...], default ()
        what was taken for granted
    """
    names: Sequence[str]
    load: Callable
    changed: Callable
    labels: LabelMap | None
    origin: str
    lines: tuple[str, ...] = ()

NOTE_NAME: str

@dataclass(frozen=True)
class Predictions:
    """What `predict` wrote.

    Parameters
    ----------
    folder : Path
        where the masks are
    written : int
        masks that were made by this call
    kept : int
        masks that were there already
    labels : LabelMap | None
        names and colours of the classes; None: nothing was to be done
    scores : str
        what the model's answers are; '': nothing was to be done
    lines : tuple[str, ...], default ()
        what was found out or taken for granted
    """
    folder: Path
    written: int
    kept: int
    labels: LabelMap | None
    scores: str
    lines: tuple[str, ...] = ()

def check_classes(labels: LabelMap | None, channels: int | None, scores: str, name: str) -> None:
    """Raises `DataError` for a model of another number of classes than its table.

    Parameters
    ----------
    labels : LabelMap | None
        the class table; None: there is none
    channels : int | None
        K that the model answers with; None: not known
    scores : str
        what they are; '': not known
    name : str
        of the model
    """

def images_of(
    what: Source | Path | str,
    split: str | None = None,
    *,
    pixels: str | None = None,
    alpha: str | None = None,
    show_progress: bool = True,
) -> Images:
    """Lists what is to be predicted.

    Parameters
    ----------
    what : Source | Path | str
        a source, a folder of images, or shards as for `open_shards`
    split : str | None, default None
        of shards; None: all
    pixels : str | None, default None
        of a folder, more than 8 bits, more bands: 'kept', 'high'; None: refused
    alpha : str | None, default None
        of a folder, alpha that is not opaque: 'keep', 'drop'; None: refused
    show_progress : bool, default True
        a bar on stderr for long work

    Raises: `DataError` for names that are there twice, `ValueError` for options that do not belong to it.
    """

def predict(
    model: Any,
    what: Source | Path | str,
    out: Path | str,
    tile: tuple[int, int] | int | None = None,
    overlap: int | None = None,
    *,
    split: str | None = None,
    batch_size: int = 8,
    probabilities: bool = False,
    labels: LabelMap | None = None,
    scores: str | None = None,
    multiple: int | None = None,
    pixels: str | None = None,
    alpha: str | None = None,
    show_progress: bool = True,
) -> Predictions:
    """Writes the mask of each image as a PNG of the same name; goes on where the same call was stopped.

    Parameters
    ----------
    model : Any
        a Keras model, its path, a function, or a `Predictor`
    what : Source | Path | str
        a source, a folder of images, or shards
    out : Path | str
        folder of the masks; new, empty, or of the same run
    tile : tuple[int, int] | int | None, default None
        (height, width), pixels; None: whole, or as the model wants
    overlap : int | None, default None
        pixels that tiles share, at least; None: a quarter of a tile
    split : str | None, default None
        of shards; None: all, each in a folder of its own
    batch_size : int, default 8
        images or tiles that go through the model at a time
    probabilities : bool, default False
        True: also NAME.npy, [H, W, K] float16
    labels : LabelMap | None, default None
        the classes; None: as the model or the data says
    scores : str | None, default None
        'logits', 'probabilities', 'ids'; None: found
    multiple : int | None, default None
        sides that the model takes are multiples; None: found, or 1
    pixels : str | None, default None
        of a folder: 'kept' or 'high', as for `folder_source`
    alpha : str | None, default None
        of a folder: 'keep' or 'drop', as for `folder_source`
    show_progress : bool, default True
        a bar on stderr for long work

    Raises: `DataError` for images or classes that the model does not take, before the first step;
    `FileExistsError` for a folder of other files or of another run; `ValueError` for invalid options.
    Example: `predict("model.keras", "photos", "masks", tile=(512, 512))`
    """

def settled_labels(
    labels: LabelMap | None,
    known: LabelMap | None,
    predictor: Predictor,
    where: str = "the data",
) -> LabelMap | None:
    """The class table. Raises `DataError` where tables and model disagree.

    Parameters
    ----------
    labels : LabelMap | None
        as the user gives them; None: those of the model, or of the data
    known : LabelMap | None
        of the data; None: it has none
    predictor : Predictor
        the model
    where : str, default "the data"
        what has the classes, for the error

    Returns
    -------
    LabelMap | None
        None: nobody names the classes
    """

class Truth(NamedTuple):
    """Samples with masks.

    Parameters
    ----------
    count : int
        of them
    sample : Callable
        (number from 0) to image [H, W, C], mask [H, W, 1] ids, name
    labels : LabelMap | None
        None: nobody names the classes
    splits : Sequence[str]
        of each sample
    where : str
        what they are
    lines : tuple[str, ...]
        what was taken for granted
    target : Any, default None
        what the images are, for pictures; None: RGB
    shards : Any, default None
        that they are of; None: of a source
    """
    count: int
    sample: Callable
    labels: LabelMap | None
    splits: Sequence[str]
    where: str
    lines: tuple[str, ...]
    target: Any = None
    shards: Any = None

def truth_of(
    what: Path | str | Source | Shards,
    split: str | None = None,
    ignore_label: int | None = None,
) -> Truth:
    """Opens samples with masks.

    Parameters
    ----------
    what : Path | str | Source | Shards
        a dataset, shards as for `open_shards` or from it, or a source
    split : str | None, default None
        only this split of a path; None: all
    ignore_label : int | None, default None
        id that does not count; None: as the data says

    Returns
    -------
    Truth
        samples one by one

    Raises: `DataError` for those that have no ids, `ValueError` for a split of what has none.
    """

@dataclass(frozen=True, repr=False)
class Evaluation(_Measured):
    """How well a model predicts some records. Printed, it is a table.

    Parameters
    ----------
    where : str
        what was evaluated
    confusion : Confusion
        over all pixels
    records : tuple[RecordScore, ...]
        worst first
    lines : tuple[str, ...], default ()
        what was found out or taken for granted, and what does not count
    """
    where: str
    confusion: Confusion
    records: tuple[RecordScore, ...]
    lines: tuple[str, ...] = ()
    _again: Callable | None = ...
    def plot(self) -> Any:
        """Draws what the pixels of each true class were predicted as."""

    def worst(self, n: int = 4) -> Any:
        """Draws the worst records; they are predicted once more.

        Parameters
        ----------
        n : int, default 4
            records, at least 1

        Returns
        -------
        Any
            a figure: image, truth, prediction, errors
        """
    def to_dict(self) -> dict:
        """All numbers as plain ones, for JSON; None for what has no value."""

class RecordScore(NamedTuple):
    """How well one record is predicted.

    Parameters
    ----------
    name : str
        of the record
    split : str
        '' where there are no splits
    number : int
        in the evaluated records, from 0
    mean_iou : float
        0 to 1; NaN where every pixel is ignored
    pixels : int
        that count
    """
    name: str
    split: str
    number: int
    mean_iou: float
    pixels: int

def evaluate(
    model: Any,
    shards: Path | str | Source,
    split: str | None = None,
    tile: tuple[int, int] | int | None = None,
    overlap: int | None = None,
    *,
    batch_size: int = 8,
    labels: LabelMap | None = None,
    ignore_label: int | None = None,
    scores: str | None = None,
    multiple: int | None = None,
    show_progress: bool = True,
) -> Evaluation:
    """Predicts every record at its full size, and counts its pixels by true and predicted class.

    Parameters
    ----------
    model : Any
        a Keras model, its path, a function, or a `Predictor`
    shards : Path | str | Source
        a dataset, shards as for `open_shards`, or a source
    split : str | None, default None
        only this split; None: all
    tile : tuple[int, int] | int | None, default None
        (height, width), pixels; None: whole, or as the model wants
    overlap : int | None, default None
        pixels that tiles share, at least; None: a quarter of a tile
    batch_size : int, default 8
        images or tiles that go through the model at a time
    labels : LabelMap | None, default None
        the classes; None: as the model or the data says
    ignore_label : int | None, default None
        id in the truth that does not count; None: as the data says
    scores : str | None, default None
        'logits', 'probabilities', 'ids'; None: found
    multiple : int | None, default None
        sides that the model takes are multiples; None: found, or 1
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Evaluation
        a table, and the records, worst first

    Raises: `DataError` for data that the model does not fit, before the first step; `ValueError` for invalid
    options.
    Example: `evaluate("model.keras", "shards", "val").mean_iou`
    """

def table_lines(evaluation: Evaluation, worst: int) -> list[str]:
    """An evaluation as text: one line about all, the table, and the worst records.

    Parameters
    ----------
    evaluation : Evaluation
        from `evaluate`
    worst : int
        so many of the worst records, at most

    Returns
    -------
    list[str]
        lines of at most 80 letters
    """
