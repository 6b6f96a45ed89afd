# Written by tools/stubs.py from the sources; do not edit.
"""Images and masks to TFRecord shards, and back as augmented TensorFlow batches, seen at every step."""

import numpy as np
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from .core import LazyArray, LazyImage, LazyMask
from . import (
    augmenter as augmenter, explorer as explorer, reader as reader, sources as sources, storage as storage,
    training as training, writer as writer,
)
from .storage import (
    LabelMap as LabelMap, RAW as RAW, RAW_IDS as RAW_IDS, Schema as Schema, TFVISION as TFVISION,
    Target as Target, check_shards as check_shards, class_weights as class_weights,
    count_classes as count_classes, find_duplicates as find_duplicates, load_image as load_image,
    load_info as load_info, load_mask as load_mask, open_shards as open_shards, read_sample as read_sample,
    repair_shards as repair_shards, with_targets as with_targets, write_records as write_records,
)
from .sources import (
    Source as Source, array_source as array_source, find_leaks as find_leaks, find_similar as find_similar,
    folder_source as folder_source, load_pair as load_pair, merge_classes as merge_classes,
    merge_similar as merge_similar, open_layout as open_layout, pattern_source as pattern_source,
    scan_on as scan_on, split_source as split_source, stitch_predictions as stitch_predictions,
    stitch_tiles as stitch_tiles, tile_source as tile_source,
)
from .writer import (
    convert_shards as convert_shards, export_shards as export_shards, plan_shards as plan_shards,
    ray_engine as ray_engine, write_shards as write_shards, write_tfrecords as write_tfrecords,
)
from .augmenter import (
    BandDrop as BandDrop, BandJitter as BandJitter, ColorJitter as ColorJitter, Compose as Compose,
    CropOrPad as CropOrPad, CutMix as CutMix, CutOut as CutOut, ElasticTransform as ElasticTransform,
    FromNumpy as FromNumpy, GaussianBlur as GaussianBlur, GaussianNoise as GaussianNoise,
    GridDistortion as GridDistortion, JpegArtifacts as JpegArtifacts, LightGradient as LightGradient,
    MixUp as MixUp, Mosaic as Mosaic, MotionBlur as MotionBlur, Normalize as Normalize, OnBands as OnBands,
    OneOf as OneOf, Operation as Operation, PadToSize as PadToSize, RandAugment as RandAugment,
    RandomAffine as RandomAffine, RandomApply as RandomApply, RandomClassCrop as RandomClassCrop,
    RandomCrop as RandomCrop, RandomFlip as RandomFlip, RandomGamma as RandomGamma,
    RandomPerspective as RandomPerspective, RandomRotate90 as RandomRotate90,
    RandomRotation as RandomRotation, RandomScale as RandomScale, RandomShadow as RandomShadow,
    RandomShear as RandomShear, RandomShift as RandomShift, RandomShiftCrop as RandomShiftCrop,
    Resize as Resize, SomeOf as SomeOf, ToGray as ToGray, aerial_or_cells as aerial_or_cells,
    apply_aug_train as apply_aug_train, bind_targets as bind_targets, document as document,
    natural as natural, origin as origin,
)
from .reader import (
    bench_dataset as bench_dataset, distribute as distribute, epoch_order as epoch_order,
    make_dataset as make_dataset, normalize_layer as normalize_layer, read_dataset as read_dataset,
    read_tfrecord as read_tfrecord,
)
from .training import (
    Augment as Augment, Confusion as Confusion, MeanIoU as MeanIoU, MultilabelIoU as MultilabelIoU,
    MultilabelLoss as MultilabelLoss, Resume as Resume, SegmentationLoss as SegmentationLoss,
    augment_batch as augment_batch, evaluate as evaluate, export_model as export_model,
    load_model as load_model, planes as planes, predict as predict, predict_image as predict_image,
    save_model as save_model, unet as unet, with_sample_weights as with_sample_weights,
)
from .explorer import (
    compare as compare, explore_augment as explore_augment, explore_records as explore_records,
    plot_summary as plot_summary, serve_viewer as serve_viewer, show_batch as show_batch,
    summarize as summarize,
)

__all__ = [
    "Augment", "BandDrop", "BandJitter", "CARD_CLASSES", "CARD_PALETTE", "ColorJitter", "Compose",
    "Confusion", "CropOrPad", "CutMix", "CutOut", "DataError", "ElasticTransform", "Finding", "FromNumpy",
    "GaussianBlur", "GaussianNoise", "GridDistortion", "IGNORE_LABEL", "JpegArtifacts", "LabelMap",
    "LightGradient", "MeanIoU", "MixUp", "Mosaic", "MotionBlur", "MultilabelIoU", "MultilabelLoss",
    "Normalize", "OnBands", "OneOf", "Operation", "PadToSize", "Pair", "RAW", "RAW_IDS", "RandAugment",
    "RandomAffine", "RandomApply", "RandomClassCrop", "RandomCrop", "RandomFlip", "RandomGamma",
    "RandomPerspective", "RandomRotate90", "RandomRotation", "RandomScale", "RandomShadow", "RandomShear",
    "RandomShift", "RandomShiftCrop", "Resize", "Resume", "Schema", "SegmentationLoss", "SomeOf", "Source",
    "TFVISION", "Target", "ToGray", "aerial_or_cells", "apply_aug_train", "array_source", "augment_batch",
    "bench_dataset", "bind_targets", "check_shards", "class_weights", "colorize", "compare", "convert_shards",
    "count_classes", "distribute", "document", "epoch_order", "evaluate", "explore_augment",
    "explore_records", "export_model", "export_shards", "find_duplicates", "find_leaks", "find_similar",
    "folder_source", "load_image", "load_info", "load_mask", "load_model", "load_pair", "make_card",
    "make_dataset", "make_folder", "merge_classes", "merge_similar", "natural", "normalize_layer",
    "open_layout", "open_shards", "origin", "overlay", "pattern_source", "plan_shards", "planes",
    "plot_summary", "predict", "predict_image", "ray_engine", "read_dataset", "read_sample", "read_tfrecord",
    "repair_shards", "save_model", "scan_on", "serve_viewer", "show_batch", "show_pair", "show_steps",
    "split_source", "stitch_predictions", "stitch_tiles", "summarize", "tile_source", "unet",
    "with_sample_weights", "with_targets", "write_records", "write_shards", "write_tfrecords",
]

__version__: str

IGNORE_LABEL: int

class DataError(ValueError):
    """Bad data, on one line; `findings` holds every problem.

    Parameters
    ----------
    message : str
        where, what, wanted and got, what to do
    findings : Sequence[Finding], default ()
        every problem behind it
    most : int, default 500
        letters of the text; more where it holds a command to copy

    Example: raise DataError("a.png: empty")
    """
    findings: tuple[Any, ...]
    def __init__(self, message: str, findings: Sequence[Finding] = (), most: int = 500) -> None: ...

@dataclass(frozen=True)
class Finding:
    """One problem in the data.

    Parameters
    ----------
    path : Path | str
        the file
    what : str
        what is wrong there
    record : int | None, default None
        number of the record in the file, from 0; None: not of one record
    offset : int | None, default None
        first byte of the record, or of what is wrong; None: not known

    Example: Finding("a.tfrecord", "the file ends early", record=17)
    """
    path: Path | str
    what: str
    record: int | None = None
    offset: int | None = None

@dataclass(frozen=True)
class Pair:
    """The files of one image and its mask, and their name.

    Parameters
    ----------
    name : str
        what image and mask share, such as a file's stem
    image : Path | str | LazyImage | LazyArray, default _PathField()
        an image file, or what makes the image
    mask : Path | str | LazyImage | LazyMask | LazyArray | None, default _PathField(None)
        the same for the mask; None: for prediction
    others : tuple[tuple[str, LazyArray], ...], default field(default=(), repr=False)
        (name, array) each
    facts : tuple[tuple[str, str | int | float], ...], default field(default=(), repr=False)
        (name, value)

    Example: Pair("a", "img/a.jpg", "seg/a.png")
    """
    name: str
    image: Path | str | LazyImage | LazyArray = ...
    mask: Path | str | LazyImage | LazyMask | LazyArray | None = ...
    others: tuple[tuple[str, LazyArray], ...] = ...
    facts: tuple[tuple[str, str | int | float], ...] = ...

CARD_CLASSES: tuple[str, ...]

CARD_PALETTE: tuple[tuple[int, int, int], ...]

def make_card(i: int, size: tuple[int, int] = (360, 480)) -> dict:
    """Draws an identity card on a table, and its exact mask.

    Parameters
    ----------
    i : int
        number of the card; the same number, the same card
    size : tuple[int, int], default (360, 480)
        (height, width) in pixels, at least 32

    Returns
    -------
    dict
        image [H, W, 3] uint8, mask [H, W, 1] uint8 ids, name

    Raises: `ValueError` for a size below 32 pixels.
    Example: make_card(3)["mask"]
    """

def make_folder(
    path: Path | str,
    n: int = 64,
    size: tuple[int, int] = (360, 480),
    on_card: Callable[[], object] | None = None,
) -> Path:
    """Writes cards as files: RGB images in `img/`, masks with a palette in `seg/`.

    Parameters
    ----------
    path : Path | str
        gets `img/` and `seg/`, made where they are missing
    n : int, default 64
        number of cards, at least 1
    size : tuple[int, int], default (360, 480)
        (height, width) in pixels, at least 32
    on_card : Callable[[], object] | None, default None
        called after each card, for progress

    Returns
    -------
    Path
        the folder

    Raises: `ValueError` for less than one card.
    Example: make_folder("cards", n=8)
    """

def colorize(
    mask: np.ndarray,
    palette: Mapping | Sequence | None = None,
    background: int | None = 0,
) -> np.ndarray:
    """Gives each id of a mask its colour; a mask of colours stays as it is.

    Parameters
    ----------
    mask : np.ndarray
        [H, W] or [H, W, 1] ids; [H, W, 3] ids thrice, or colours
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, 0 to 255; the others get `default_colors`
    background : int | None, default 0
        id of the background; None: 0 is a class, and has a colour

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8

    Raises: `ValueError` for what is not a mask.
    Example: colorize(make_card(3)["mask"])
    """

def overlay(
    image: np.ndarray,
    mask: np.ndarray,
    alpha: float = 0.5,
    palette: Mapping | Sequence | None = None,
    background: int | Sequence[int] | None | str = "auto",
    class_names: Sequence[str] | None = None,
) -> np.ndarray:
    """Draws a mask in colours over its image.

    Parameters
    ----------
    image : np.ndarray
        [H, W, 3]
    mask : np.ndarray
        [H, W], [H, W, 1] or [H, W, 3]
    alpha : float, default 0.5
        0: image only, 1: mask only
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id
    background : int | Sequence[int] | None | str, default "auto"
        ids left clear; 'auto': the background
    class_names : Sequence[str] | None, default None
        by id, for 'auto'

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8

    Raises: `ValueError` where image and mask differ in size, or `alpha` is outside [0, 1].
    Example: overlay(make_card(3)["image"], make_card(3)["mask"], alpha=0.3)
    """

def show_pair(
    sample: Mapping,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    background: int | Sequence[int] | None | str = "auto",
    ignore_label: int | None | str = "auto",
) -> Any:
    """Draws a sample: image, mask, overlay, and a legend of its classes.

    Parameters
    ----------
    sample : Mapping
        image [H, W, 3], mask [H, W, 1] ids (if there is one), name
    class_names : Sequence[str] | None, default None
        by id, for the legend
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id
    background : int | Sequence[int] | None | str, default "auto"
        as for `overlay`
    ignore_label : int | None | str, default "auto"
        id to stripe; 'auto': 255 and 65535, where no class has them

    Returns
    -------
    Any
        a figure: image | mask | overlay

    Raises: `TypeError` for what is not a sample.
    Example: show_pair(make_card(3), CARD_CLASSES)
    """

def show_steps(
    rows: Sequence[Sequence],
    titles: Sequence[str] = (),
    palette: Mapping | Sequence | None = None,
    class_names: Sequence[str] | None = None,
    background: int | Sequence[int] | None | str = "auto",
    ignore_label: int | None | str = "auto",
) -> Any:
    """Draws a grid of images; samples are drawn as overlays.

    Parameters
    ----------
    rows : Sequence[Sequence]
        images [H, W, 3] or [H, W], or samples {'image', 'mask'}
    titles : Sequence[str], default ()
        above the columns
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id
    class_names : Sequence[str] | None, default None
        by id, for a legend of the samples; None: no legend
    background : int | Sequence[int] | None | str, default "auto"
        as for `overlay`; 'auto' goes by all masks
    ignore_label : int | None | str, default "auto"
        id to stripe; 'auto': 255 and 65535, where no class has them

    Returns
    -------
    Any
        a figure: one image in each cell

    Raises: `ValueError` if there is nothing to show.
    Example: show_steps([[make_card(0), make_card(1)]], ["first", "second"])
    """
