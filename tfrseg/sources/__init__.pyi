# Written by tools/stubs.py from the sources; do not edit.
"""Ways in: folders, arrays, tiles, and datasets as other tools write them; without TensorFlow."""

import numpy as np
import re
from PIL import Image
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element
from .. import DataError, Finding, Pair
from ..core import ArrayHeader, LazyArray, LazyImage, LazyMask, Limit
from .file_layouts import _MarkedLayout
from .finder import _PairNames
from .source import _SourceFields
from ..storage import DecodedImageCache, Flag, LabelMap, Loss, PlainPng, Schema, Target

__all__ = [
    "ADE20K", "ADE20K_COLORS", "ADE20K_FULL", "AnnotatedImage", "ArrayElements", "ArrayForm", "ArrayImage",
    "BACKGROUNDS", "BOX_ADVICE", "BOX_CHOICES", "BROKEN", "CAMVID", "CAMVID_CLASSES", "CAMVID_COLORS",
    "CITYSCAPES", "CITYSCAPES_LABELS", "CLOUD38", "COCO", "CVAT", "CaseMask", "ChannelsOf", "ClassFiles",
    "ClassPlanes", "CodedMask", "DATUMARO", "DECATHLON", "DRAWN_FIRST", "ENCODINGS", "EXPORT_NAME",
    "ElementArray", "ElementImage", "EmbeddedImage", "Exported", "FACTS_NAME", "FILE_LAYOUTS", "FileLayout",
    "FoundLabels", "FoundTarget", "GEOJSON", "Georeference", "ImageFinder", "JoinedChannels", "KAGGLE_RLE",
    "KITTI", "KNOWN_FORMATS", "KnownFormat", "LABELME", "LABEL_STUDIO", "LAYOUTS", "Layout", "MASK_VALUES",
    "MOST_FINDINGS", "MappedMask", "NNUNET", "NoAreaError", "OBJECTS_LIMIT", "OBJECT_MASKS", "PAGE_XML",
    "PANOPTIC", "PairStats", "PanopticMask", "PixelBudget", "PlainPair", "PolygonMask", "ROBOFLOW_MASKS",
    "RecordImage", "RecordInstances", "RecordMask", "RecordTile", "RegionBits", "SUPERVISELY", "SeenArray",
    "SeenFile", "Shape", "ShardFile", "SimilarPair", "Source", "StoredArray", "StudioTask", "TEXT_LEVELS",
    "TargetArray", "TargetRules", "Tile", "TileImage", "TileMask", "UNKNOWN_FOLDER", "Unchecked", "VIA",
    "VOC", "VOC_CLASSES", "VOC_VOID_COLOR", "ViaImage", "YAML_LIMIT", "YOLO", "ade20k_full_source",
    "ade20k_source", "annotated_source", "apply_box_choice", "array_ending", "array_folder", "array_source",
    "as_tensors", "bit_labels", "bits_rle", "box_assumptions", "box_points", "box_shape", "build_source",
    "camvid_source", "case_name", "check_listed", "check_shape", "check_shape_count", "check_source",
    "check_window", "checked_rle", "choose_annotation", "choose_coordinates", "choose_layout", "city_ids",
    "cityscapes_labels", "cityscapes_source", "class_attribute", "classes_per_mask", "cloud38_source",
    "coco_source", "code_names", "collect_findings", "compile_pattern", "cvat_source", "datumaro_source",
    "decathlon_source", "detect_layouts", "difference_hash", "difference_hashes", "drop_empty",
    "ellipse_points", "export_layout", "exported_sources", "fact_targets", "facts_of", "feature_class",
    "feature_property", "file_stems", "find_form", "find_labels", "find_leaks", "find_similar", "find_target",
    "folder_source", "folder_splits", "free_encodings", "geojson_source", "group_names", "hash_fraction",
    "hex_colors", "hidden_shapes", "holds_markers", "hollow_voc", "image_entry", "image_key", "image_options",
    "image_size", "inspect_mask", "inspect_pair", "is_hidden", "is_rgb", "is_tensor", "join_sources",
    "kaggle_rle_source", "kept_image", "kitti_source", "known_name", "label_studio_source", "labelme_source",
    "layout_options", "layout_parameters", "layouts_below", "list_images", "list_source", "listed_names",
    "load_exported", "load_pair", "load_seen", "look_at_all", "look_at_array", "map_pairs", "margin_problem",
    "mask_array", "mask_target", "match_pairs", "match_schema", "merge_classes", "merge_instances",
    "merge_labels", "merge_objects", "merge_similar", "mixer_size", "name_format", "name_order",
    "nnunet_source", "nodata_by_target", "object_masks_source", "one_pass", "open_layout", "optional_size",
    "outline_length", "page_xml_source", "panoptic_source", "parse_int", "parse_label", "parse_points",
    "parse_size", "path_readings", "pattern_source", "pluralize", "polygon_rle", "polygons_of", "read_alto",
    "read_class_table", "read_codes", "read_geojson", "read_georeference", "read_groups", "read_json",
    "read_levels", "read_names", "read_objects", "read_page", "read_plain_pair", "read_runs", "read_shape",
    "read_splits", "read_table", "read_tasks", "read_via", "read_xml", "reading", "record_sources",
    "relative_name", "repeated_images", "require_one_file", "rle_spans", "roboflow_masks_source",
    "rotate_points", "run_columns", "run_numbers", "run_order", "same_ends", "same_named_image",
    "same_targets", "sample_tile", "save_exported", "save_seen", "scan_on", "seen_before", "settle_splits",
    "shapes_with_area", "show_grid", "source_table", "spans_rle", "split_by_folder", "split_files",
    "split_others", "split_source", "spool_elements", "stitch_predictions", "stitch_tiles",
    "stratified_fractions", "studio_shape", "supervisely_source", "table_in_words", "table_source",
    "tensor_schema", "tfds_form", "tfds_schema", "third_party_reader", "tile_depth", "tile_grid",
    "tile_source", "to_array", "to_image", "unchanged_export", "unpack_brush", "verify_source", "via_shape",
    "via_source", "visible_files", "voc_source", "window_rle", "window_spans", "yolo_source",
]

@dataclass(frozen=True)
class ArrayImage(LazyImage):
    """An array as an image: a mask of ids, or RGB of 8 bits.

    Parameters
    ----------
    array : LazyArray
        [H, W, 1], or [H, W, 3] uint8
    mask : bool, default False
        True: ids, whole numbers of any dtype
    """
    array: LazyArray
    mask: bool = False

    @property
    def path(self) -> Path | str:
        """The file of the array."""

    @property
    def is_tile(self) -> bool:
        """Whether the array is a tile of a larger one."""
    def fields(self) -> dict:
        """The tile fields of the array."""
    def open(self) -> Image.Image:
        """The pixels as an image. Raises `DataError` for a mask that holds no ids."""

@dataclass(frozen=True)
class ChannelsOf(LazyArray):
    """Some channels of an array, such as all but alpha.

    Parameters
    ----------
    array : LazyArray
        [H, W, C]
    channels : tuple[int, ...]
        numbers from 0
    """
    array: LazyArray
    channels: tuple[int, ...]

    @property
    def path(self) -> Path | str:
        """The file of the array."""

    @property
    def in_parts(self) -> bool:
        """Whether a window costs less than the whole."""
    def look(self) -> ArrayHeader:
        """The header of these channels."""
    def load(self) -> np.ndarray:
        """The pixels, [H, W, C]."""

    def read(self, top: int, left: int, height: int, width: int) -> np.ndarray:
        """A part of the pixels.

        Parameters
        ----------
        top : int
            first row
        left : int
            first column
        height : int
            rows
        width : int
            columns

        Returns
        -------
        np.ndarray
            [height, width, C]
        """

class FoundTarget(NamedTuple):
    """What the arrays of one name are.

    Parameters
    ----------
    target : Target
        dtype and channels as they are kept
    findings : Mapping[str, Finding]
        what does not fit, by name of the pair
    lines : tuple[str, ...], default ()
        what was taken for granted
    """
    target: Target
    findings: Mapping[str, Finding]
    lines: tuple[str, ...] = ()

@dataclass(frozen=True)
class RegionBits(LazyArray):
    """Bits of a mask of values: each value stands for the regions that it is part of.

    Parameters
    ----------
    array : LazyArray
        [H, W, 1] whole numbers
    bits : tuple[tuple[int, int], ...]
        (value, bits)
    dtype : str
        of the bits
    """
    array: LazyArray
    bits: tuple[tuple[int, int], ...]
    dtype: str

    @property
    def path(self) -> Path | str:
        """The file of the mask."""
    def look(self) -> ArrayHeader:
        """The header of the bits."""
    def load(self) -> np.ndarray:
        """The bits, [H, W, 1]. Raises `DataError` for a value that stands for nothing."""

class SeenArray(NamedTuple):
    """What was seen of one array.

    Parameters
    ----------
    header : ArrayHeader
        its size, channels, dtype, bands and nodata
    low : float, default 0
        smallest value but nodata; 0 where values were not looked at
    high : float, default 0
        largest value but nodata
    values : int, default 0
        how many values were looked at
    missing : int, default 0
        of them nodata
    not_finite : int, default 0
        of them NaN or infinite, and not nodata
    """
    header: ArrayHeader
    low: float = 0
    high: float = 0
    values: int = 0
    missing: int = 0
    not_finite: int = 0

@dataclass(frozen=True)
class TargetRules:
    """What is known of the targets of a source before a file of it is read.

    Parameters
    ----------
    wanted : Mapping[str, Target], default None
        by name, those of which the user said a kind or more; None: none
    nodata : Mapping[str, float], default None
        by name; None: as the files say
    """
    wanted: Mapping[str, Target] = None
    nodata: Mapping[str, float] = None

    def target(self, name: str) -> Target | None:
        """What was said of a target.

        Parameters
        ----------
        name : str
            of a target

        Returns
        -------
        Target | None
            None: it is guessed
        """

    def nodata_of(self, name: str) -> float | None:
        """The value that means that nothing was measured.

        Parameters
        ----------
        name : str
            of a target

        Returns
        -------
        float | None
            None: as its files say
        """

def bit_labels(class_names: Sequence[str]) -> LabelMap:
    """The labels of classes that overlap. Raises `DataError` for more than 63.

    Parameters
    ----------
    class_names : Sequence[str]
        K, by bit
    """

def fact_targets(pairs: Sequence[Pair]) -> tuple[Target, ...]:
    """The targets of facts, by the type of their values. Raises `DataError` for a pair that lacks one.

    Parameters
    ----------
    pairs : Sequence[Pair]
        one or more

    Returns
    -------
    tuple[Target, ...]
        one for each name, of kind 'fact'
    """

def find_target(
    name: str,
    seen: Mapping[str, tuple[LazyArray, SeenArray]],
    rules: TargetRules = ...,
) -> FoundTarget:
    """Decides what the arrays of one name are. Raises `DataError` where that is not what the user said.

    Parameters
    ----------
    name : str
        of the target
    seen : Mapping[str, tuple[LazyArray, SeenArray]]
        by name of the pair, one or more
    rules : TargetRules, default TargetRules()
        what the user said
    """

def look_at_array(array: LazyArray, nodata: float | None = None, all_values: bool = False) -> SeenArray:
    """Looks at an array, by blocks. Raises `DataError` for one that is damaged, or not as its header says.

    Parameters
    ----------
    array : LazyArray
        of a file, or made of files
    nodata : float | None, default None
        the value that means that nothing was measured; None: as its file says
    all_values : bool, default False
        True: looks at every value, whatever the dtype
    """

def mask_array(array: np.ndarray, name: str = "element") -> np.ndarray:
    """Ids as Pillow takes them. Raises `DataError` for fractions, for scores, and for ids beyond 16 bits.

    Parameters
    ----------
    array : np.ndarray
        [H, W], [H, W, 1], or [H, W, 3] uint8 colours
    name : str, default "element"
        its name in errors

    Returns
    -------
    np.ndarray
        [H, W] bool, uint8, uint16, or int32 where some are below 0, or the colours
    """

def mask_target(labels: LabelMap) -> Target:
    """The target of masks of class ids, or of bits where classes overlap.

    Parameters
    ----------
    labels : LabelMap
        of a source with masks
    """

def source_table(
    found: Sequence[Target],
    facts: Sequence[Target],
    labels: LabelMap | None,
) -> tuple[Target, ...]:
    """The whole table of a source.

    Parameters
    ----------
    found : Sequence[Target]
        of images, if they are not RGB, and of further arrays
    facts : Sequence[Target]
        of values of the whole record
    labels : LabelMap | None
        None: there are no masks

    Returns
    -------
    tuple[Target, ...]
        () for the usual table
    """

def split_others(others: Mapping) -> tuple[dict[str, object], dict[str, Target]]:
    """Parts where further arrays lie from what they are. Raises `ValueError` for a kind that is none.

    Parameters
    ----------
    others : Mapping
        by name: a folder or pattern, or (that, kind or `Target`)

    Returns
    -------
    tuple[dict[str, object], dict[str, Target]]
        folder or pattern by name, and what was said, by name
    """

MASK_VALUES: tuple[str, str, str, str]

class FoundLabels(NamedTuple):
    """What masks mean, and what was assumed to decide it.

    Parameters
    ----------
    labels : LabelMap
        classes, their colours and their coding
    assumptions : tuple[str, ...], default ()
        one line each, with the option that changes it
    """
    labels: LabelMap
    assumptions: tuple[str, ...] = ()

@dataclass(frozen=True, slots=True)
class PairStats:
    """What was seen of one pair.

    Parameters
    ----------
    size : tuple[int, int]
        (height, width) of the image, pixels
    nbytes : int
        of both files
    kind : str, default "none"
        of the mask, as above
    values : Mapping, default dict()
        pixels by id, grey level or colour (r, g, b)
    palette : tuple, default ()
        colours (r, g, b) by index
    exif_rotated : bool, default False
        whether EXIF rotates or flips the image
    loss : Loss, default Loss()
        what RGB of 8 bits would lose of the image
    mask_loss : bool, default False
        whether alpha or further bands of the mask are left out
    arrays : Mapping, default field(default_factory=lambda: _NO_ARRAYS, repr=False)
        what was seen of arrays, by target
    seen : tuple[SeenFile | None, SeenFile | None], default field(default=(None, None), repr=False, compare=False)
        image and mask for the writer; None: made anew there
    """
    size: tuple[int, int]
    nbytes: int
    kind: str = "none"
    values: Mapping = ...
    palette: tuple = ()
    exif_rotated: bool = False
    loss: Loss = ...
    mask_loss: bool = False
    arrays: Mapping = ...
    seen: tuple[SeenFile | None, SeenFile | None] = ...

class SeenFile(NamedTuple):
    """What was seen of an image or a grey mask whose bytes can go into a record as they are.

    Parameters
    ----------
    state : tuple[int, ...]
        of the file, from `file_state`
    crc : int
        CRC-32C of its bytes
    kind : str
        'png' or 'jpeg'
    size : tuple[int, int]
        (height, width), pixels
    values : Mapping[int, int] | None, default None
        of a mask: pixels by value
    """
    state: tuple[int, ...]
    crc: int
    kind: str
    size: tuple[int, int]
    values: Mapping[int, int] | None = None

def find_labels(
    facts: Sequence[PairStats],
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    unknown: str = "raise",
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
) -> FoundLabels:
    """What the masks of a dataset mean. Raises `DataError` that names the options where that is open.

    Parameters
    ----------
    facts : Sequence[PairStats]
        what was seen of every pair
    class_names : Sequence[str] | None, default None
        K names by id, if known
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, if known
    unknown : str, default "raise"
        for values the labels lack: 'raise', 'ignore', 'nearest'
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        value to ignore; 'none': no value; None: 255 or 65535

    Returns
    -------
    FoundLabels
        labels, and what was assumed
    """

def load_seen(path: Any) -> dict[str, SeenFile]:
    """Loads what was seen of files.

    Parameters
    ----------
    path : Any
        from `save_seen`

    Returns
    -------
    dict[str, SeenFile]
        by path; empty where there is no such file, or it is not understood
    """

def save_seen(seen: Mapping[str, SeenFile], path: Any) -> None:
    """Saves what was seen of files.

    Parameters
    ----------
    seen : Mapping[str, SeenFile]
        by path
    path : Any
        a JSON file, from `as_path`
    """

BROKEN: tuple[Any, ...]

MOST_FINDINGS: int

class PixelBudget:
    """The number of pixels that may be decoded at the same time; a thread that wants more than is left waits.
    An image larger than the whole budget waits until nothing else is decoded.

    Parameters
    ----------
    pixels : int, default 1 << 27
        that may be decoded at a time
    """
    def __init__(self, pixels: int = ...) -> None: ...

    @contextmanager
    def hold(self, pixels: int) -> Iterator[None]:
        """Holds so many pixels inside the block, and gives them back.

        Parameters
        ----------
        pixels : int
            of what is decoded in the block
        """

class PlainPair(NamedTuple):
    """Both files of a pair, read once: a PNG or JPEG image that needs no change, and a grey mask of its size.

    Parameters
    ----------
    image : bytes
        the file
    png : PlainPng | None
        the same as PNG; None: it is JPEG
    size : tuple[int, int]
        (height, width), pixels
    mask : PlainPng
        of one channel of values
    states : tuple[tuple, tuple]
        of both files before they were read, from `file_state`
    """
    image: bytes
    png: PlainPng | None
    size: tuple[int, int]
    mask: PlainPng
    states: tuple[tuple, tuple]

    @property
    def kind(self) -> str:
        """The format of the image: 'png' or 'jpeg'."""

    def pixels(self, name: str = "image") -> np.ndarray:
        """Decodes the image. Raises `DataError` for a damaged file.

        Parameters
        ----------
        name : str, default "image"
            of the image in errors

        Returns
        -------
        np.ndarray
            [H, W, 3] uint8
        """

@dataclass(frozen=True)
class Source(_SourceFields):
    """Pairs of images and masks, what the masks mean, and how large everything is; `folder_source` and its
    like make it.

    Parameters
    ----------
    pairs : tuple[Pair, ...]
        in the order in which they are written
    labels : LabelMap
        what mask values mean, for all pairs
    sizes : tuple[tuple[int, int], ...]
        (height, width) of each image, pixels
    nbytes : tuple[int, ...]
        of image and mask file of each pair
    skipped : tuple[str, ...], default ()
        a line for each file that was left out
    exif_rotated : frozenset[str], default frozenset()
        names of images that EXIF rotates or flips
    assumptions : tuple[str, ...], default ()
        what was taken for granted, and the option that changes it
    seen : Mapping[str, SeenFile], default field(default_factory=dict, repr=False, compare=False)
        files that the writer need not decode again, by path
    unchecked : Unchecked | None, default field(default=None, repr=False, compare=False)
        what the writer has still to check; None: every pair was looked at
    targets : tuple[Target, ...], default ()
        the whole table; (): images are RGB of 8 bits, masks are class ids

    Example: `source.take(range(10)).pairs[0].name`
    """

    def take(self, numbers: Sequence[int]) -> Source:
        """The same source with only the pairs of these numbers.

        Parameters
        ----------
        numbers : Sequence[int]
            positions of pairs, from 0

        Returns
        -------
        Source
            in the order of the numbers
        """

    def with_target(self, name: str, **known: Any) -> Source:
        """The same source with more that is known of a target. Raises `ValueError` for what its files decide.

        Parameters
        ----------
        name : str
            of one of `targets`
        **known : Any
            what is known of it: shown, limits, bands, nodata, fill, interpolation, encoding
        """

class Unchecked:
    """Pairs of a source that were left to the writer.

    Parameters
    ----------
    pairs : tuple[Pair, ...]
        all of them
    labels : LabelMap
        the given class table
    context : Path | str
        folder or file that was read, for errors
    show_progress : bool
        a bar on stderr for long work
    assumptions : tuple[str, ...]
        of the source
    """
    pairs: tuple[Pair, ...]
    labels: LabelMap
    context: Path | str
    show_progress: bool
    assumptions: tuple[str, ...]

    def __init__(
        self,
        pairs: tuple[Pair, ...],
        labels: LabelMap,
        context: Path | str,
        show_progress: bool,
        assumptions: tuple[str, ...],
    ) -> None: ...

    @cached_property
    def source(self) -> Source:
        """The source after its scan, which is done once. Raises `DataError` with all findings."""

    @cached_property
    def pairs_by_name(self) -> dict[str, Pair]:
        """The scanned pairs; images that are reduced when they are opened are other objects than before."""

def array_ending(path: Path | str) -> str:
    """The ending of a file that holds an array and is of no format of images.

    Parameters
    ----------
    path : Path | str
        a file

    Returns
    -------
    str
        such as '.nii.gz'; '': another format
    """

def build_source(
    pairs: Sequence[Pair],
    labels: LabelMap | Callable,
    context: Path | str,
    findings: Sequence[Finding] = (),
    on_error: str = "raise",
    show_progress: bool = True,
    assumptions: Sequence[str] = (),
    beside: Sequence[Pair] = (),
    rules: TargetRules = ...,
) -> Source:
    """Looks at every pair and keeps those that fit. Raises `DataError` with all findings, unless they are
    to be skipped.

    Parameters
    ----------
    pairs : Sequence[Pair]
        of names that differ
    labels : LabelMap | Callable
        what masks mean, or what finds it, such as `find_labels`
    context : Path | str
        folder or file that was read, for errors
    findings : Sequence[Finding], default ()
        what is known to be wrong already
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work
    assumptions : Sequence[str], default ()
        what was taken for granted already, one line each
    beside : Sequence[Pair], default ()
        pairs of other splits: their masks decide, too, what values mean
    rules : TargetRules, default TargetRules()
        what the user said of further arrays

    Returns
    -------
    Source
        pairs that fit, in their order
    """

def check_listed(root: Path | str) -> None:
    """Raises `PermissionError` that names a folder below it which may not be listed: what is in there
    would be left out in silence.

    Parameters
    ----------
    root : Path | str
        a folder
    """

def check_source(source: Source, show_progress: bool = True) -> list[Finding]:
    """Loads every pair in full and returns all problems instead of stopping at the first.

    Parameters
    ----------
    source : Source
        pairs to check
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[Finding]
        every problem; empty when all is well
    """

def folder_source(
    images: Path | str,
    masks: Path | str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    labels: LabelMap | None = None,
    mask_suffix: str = "",
    list_file: Path | str | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    pixels: str | None = None,
    alpha: str | None = None,
    others: Mapping | None = None,
    nodata: Mapping[str, float] | float | None = None,
    overlap: bool = False,
    axis: int = 2,
    around: int = 0,
    channels_first: bool | None = None,
    unknown: str = "raise",
    allow_lossy_mask: bool = False,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Pairs the images of two folders by name, checks them, and finds out what the masks mean.

    Parameters
    ----------
    images : Path | str
        folder of images
    masks : Path | str | None, default None
        folder of masks; None: images alone, for prediction
    class_names : Sequence[str] | None, default None
        K names by id; None: made up from what occurs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: found where masks hold colours
    labels : LabelMap | None, default None
        settled labels, such as those of another split
    mask_suffix : str, default ""
        what mask names have behind the image's, such as '_mask'
    list_file : Path | str | None, default None
        text file with the names to take, one per line
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value to ignore; 'none': no value; None: 255 beside ids
    pixels : str | None, default None
        more than 8 bits, more bands: 'kept', 'stretch', 'high'; None: refused
    alpha : str | None, default None
        alpha that is not opaque: 'keep', 'drop'; None: refused
    others : Mapping | None, default None
        by name: folder of further arrays, or (folder, kind or `Target`)
    nodata : Mapping[str, float] | float | None, default None
        of the image, or by target; None: as files say
    overlap : bool, default False
        True: each band of a mask is a class of its own
    axis : int, default 2
        of volumes: 0, 1 or 2, across which slices are cut
    around : int, default 0
        of volumes: slices on each side that are channels, too
    channels_first : bool | None, default None
        True: arrays are [C, H, W]; None: as their shapes say
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    allow_lossy_mask : bool, default False
        True: JPEG masks, each pixel to the nearest class
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs that fit, sorted by name

    Raises: `DataError` with all findings, `FileNotFoundError` for a missing folder.
    Example: `source = folder_source("img", "seg", class_names=["background", "cell"])`
    """

@contextmanager
def image_options(
    pixels: str | None = None,
    alpha: str | None = None,
    nodata: Mapping[str, float] | None = None,
    channels_first: bool | None = None,
) -> Iterator[None]:
    """What becomes, in the block, of images that RGB of 8 bits cannot hold. Raises `ValueError` for
    another choice.

    Parameters
    ----------
    pixels : str | None, default None
        'kept', 'stretch' or 'high', of more than 8 bits; None: they are refused
    alpha : str | None, default None
        'drop' or 'keep', of alpha (and 'drop' of further bands); None: refused
    nodata : Mapping[str, float] | None, default None
        by target, such as {'image': -9999}; None: as files say
    channels_first : bool | None, default None
        True: arrays are [C, H, W]; None: as their shapes say
    """

def inspect_mask(path: Path | str) -> PairStats | None:
    """The facts of a mask alone. Each state of a file is decoded once, however many splits ask for it.

    Parameters
    ----------
    path : Path | str
        a mask file

    Returns
    -------
    PairStats | None
        its kind, values and palette, without an image; None where it cannot be read
    """

def inspect_pair(
    pair: Pair,
    pixels: str | None = None,
    alpha: str | None = None,
    budget: PixelBudget | None = None,
) -> PairStats | Finding:
    """The facts of one pair, or what is wrong with it: unreadable, image and mask of different size, or
    pixels that would be lost.

    Parameters
    ----------
    pair : Pair
        files to look at
    pixels : str | None, default None
        images of more than 8 bits: 'stretch', 'high'; None: a finding
    alpha : str | None, default None
        what becomes of alpha and further bands: 'drop'; None: a finding
    budget : PixelBudget | None, default None
        where its pixels wait until there is budget; None: at once
    """

def kept_image(
    image: Path | str | LazyImage | LazyArray,
    pixels: str | None = "kept",
    alpha: str | None = None,
    channels_first: bool | None = None,
) -> Path | str | LazyImage | LazyArray:
    """Opens an image file with all its bits and bands. Raises `DataError` for alpha that is not opaque.

    Parameters
    ----------
    image : Path | str | LazyImage | LazyArray
        of a pair
    pixels : str | None, default "kept"
        'kept'; otherwise deeper images stay files
    alpha : str | None, default None
        'keep', 'drop'; None: what is not opaque is refused
    channels_first : bool | None, default None
        True: arrays are [C, H, W]; None: as their shapes say

    Returns
    -------
    Path | str | LazyImage | LazyArray
        an array for what RGB of 8 bits cannot hold, else the same
    """

def known_name(line: str, known: set[str]) -> str | None:
    """A name as it is, without its ending, or with its letters encoded in another way (NFC, NFD).

    Parameters
    ----------
    line : str
        a name as it stands in a list, with or without an image's ending
    known : set[str]
        names that exist

    Returns
    -------
    str | None
        the one that is meant
    """

def list_images(folder: Path | str, suffix: str = "", arrays: bool = False) -> Mapping[str, list[Path]]:
    """Image files by name; files and folders that begin with a point are hidden, and not taken.

    Parameters
    ----------
    folder : Path | str
        a folder of images, also in folders below it
    suffix : str, default ""
        only names that end with this, which is cut off
    arrays : bool, default False
        True: also .npy, .npz, NIfTI and DICOM, which no image format is

    Returns
    -------
    Mapping[str, list[Path]]
        files by name, sorted

    Raises: `FileNotFoundError` where there is no such folder, `DataError` where it has no images.
    """

def listed_names(
    path: Path | str,
    known: Iterable[str],
    missing: str = "raise",
) -> tuple[list[str], tuple[str, ...]]:
    """The known names that a list names. Raises `DataError` with every line that names none.

    Parameters
    ----------
    path : Path | str
        a text file, one name per line, with or without ending
    known : Iterable[str]
        names that exist
    missing : str, default "raise"
        names that do not exist: 'raise', 'keep' them, or 'skip' and count them

    Returns
    -------
    tuple[list[str], tuple[str, ...]]
        known names in the order of the list, and what was assumed
    """

def load_pair(pair: Pair, labels: LabelMap | None = None) -> dict:
    """Reads one pair as a sample.

    Parameters
    ----------
    pair : Pair
        files of the pair
    labels : LabelMap | None, default None
        what its mask means; None: values are ids

    Returns
    -------
    dict
        image [H, W, C], mask [H, W, 1] ids (where there is one), others, name, facts

    Raises: `DataError` where image and mask differ in size, or one cannot be read.
    Example: `sample = load_pair(source.pairs[0], source.labels)`
    """

def look_at_all(look: Callable, items: Sequence, what: str, show_progress: bool) -> Iterator:
    """Looks at each item, on threads or on the engine of `scan_on`. Raises the error of the first that fails.

    Parameters
    ----------
    look : Callable
        called with an item; what an engine sends to a process is pickled
    items : Sequence
        such as pairs
    what : str
        what is being done, such as 'looking at pairs'
    show_progress : bool
        a bar on stderr for long work

    Returns
    -------
    Iterator
        what the function says of each item, in order
    """

def match_pairs(
    images: dict[str, list[Path]],
    masks: dict[str, list[Path]] | None,
) -> tuple[list[Pair], list[Finding]]:
    """Pairs of the same name; a file without a partner and a name that occurs twice are findings.

    Parameters
    ----------
    images : dict[str, list[Path]]
        from `list_images`
    masks : dict[str, list[Path]] | None
        the same for masks; None: images alone

    Returns
    -------
    tuple[list[Pair], list[Finding]]
        pairs by name, and what did not fit
    """

def nodata_by_target(nodata: Mapping[str, float] | float | None) -> dict[str, float]:
    """The values that mean that nothing was measured.

    Parameters
    ----------
    nodata : Mapping[str, float] | float | None
        of the image, or by target

    Returns
    -------
    dict[str, float]
        by target
    """

@contextmanager
def one_pass(wanted: bool = True) -> Iterator[None]:
    """Inside the block, a source of plain pairs with a given class table leaves its checks to `write_shards`.

    Parameters
    ----------
    wanted : bool, default True
        False: sources look at every pair, as they do outside of such a block
    """

def read_names(path: Path | str) -> list[str]:
    """The lines of a list file. Raises `DataError` for names that lead outside and for an empty list.

    Parameters
    ----------
    path : Path | str
        a text file, one name per line

    Returns
    -------
    list[str]
        the lines as they are
    """

def read_plain_pair(pair: Pair, indexed: bool = False, fetch: Callable | None = None) -> PlainPair | None:
    """Reads the two files of a pair, and checks their chunks, but decodes no pixels.

    Parameters
    ----------
    pair : Pair
        files to read
    indexed : bool, default False
        True: the mask may hold indices of a palette instead of grey values
    fetch : Callable | None, default None
        gives the bytes of a file; None: `image_bytes`

    Returns
    -------
    PlainPair | None
        None: it is not plain, or damaged
    """

@contextmanager
def reading(path: Path | str) -> Iterator[None]:
    """Turns whatever broken data raises inside the block into a `DataError` that names the file.

    Parameters
    ----------
    path : Path | str
        what is read

    Raises: `DataError`; other errors of the system, and a plain `ValueError`, stay what they are.
    """

def same_ends(sources: Mapping[str, Source]) -> dict[str, Source]:
    """One linear map for all splits: the darkest and the brightest value of any of them become 0 and 255.

    Parameters
    ----------
    sources : Mapping[str, Source]
        a source by split

    Returns
    -------
    dict[str, Source]
        the same, whose stretched images share their ends
    """

def same_targets(sources: Mapping[str, Source]) -> dict[str, Source]:
    """Raises `DataError` that lists both tables where two splits hold arrays of different kinds.

    Parameters
    ----------
    sources : Mapping[str, Source]
        a source by split

    Returns
    -------
    dict[str, Source]
        the same
    """

@contextmanager
def scan_on(engine: Callable | None) -> Iterator[None]:
    """Inside the block, an engine looks at the files of each source, instead of threads.

    Parameters
    ----------
    engine : Callable | None
        called like `map`, such as that of a pool; None: as outside of the block

    Example: with scan_on(pool.map): source = folder_source("img", "seg")
    """

@contextmanager
def seen_before(out: Path | str | None) -> Iterator[None]:
    """Inside the block, files that have not changed since a stopped writer are not decoded again.

    Parameters
    ----------
    out : Path | str | None
        folder of a dataset whose writer was stopped; None: looks at every file
    """

def table_in_words(targets: Sequence[Target]) -> str:
    """Says what the arrays of a sample are.

    Parameters
    ----------
    targets : Sequence[Target]
        a table

    Returns
    -------
    str
        such as 'image uint16 x 4 (red green blue nir), mask ids uint8'
    """

def third_party_reader(source: Callable) -> Callable:
    """Decorates a function that reads third-party files.

    Parameters
    ----------
    source : Callable
        gets a path first, and gives a `Source`

    Returns
    -------
    Callable
        the same, inside `reading`
    """

def verify_source(source: Source, on_error: str = "raise", show_progress: bool = True) -> Source:
    """Loads every pair in full. Raises one `DataError` with all findings, or leaves out what cannot be loaded.

    Parameters
    ----------
    source : Source
        pairs to load
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs that can be loaded
    """

@dataclass(frozen=True)
class SimilarPair:
    """Two pairs whose images look alike.

    Parameters
    ----------
    name : str
        of the first pair
    other : str
        of the second
    similarity : float
        share of common bits, above 0; 1 for equal hashes
    """
    name: str
    other: str
    similarity: float

def classes_per_mask(source: Source, show_progress: bool = True) -> list[frozenset[int]]:
    """Finds the classes of each mask, all of which are read. Raises `DataError` for a pair without a mask.

    Parameters
    ----------
    source : Source
        pairs with masks
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[frozenset[int]]
        class ids in each pair's mask, in order, without the ignore label
    """

def difference_hash(image: Path | str | LazyImage | LazyArray | np.ndarray) -> np.ndarray:
    """Says for each of 16 x 16 pixels of the shrunk image whether the pixel to the right, then the pixel
    below, is brighter by more than one level.

    Parameters
    ----------
    image : Path | str | LazyImage | LazyArray | np.ndarray
        an image file, what makes one, an array of any channels and dtype, or [H, W, 3] uint8

    Returns
    -------
    np.ndarray
        [512] bool
    """

def difference_hashes(hashes: np.ndarray, similarity: float = 0.75) -> list[tuple[int, int, float]]:
    """All pairs of hashes that are similar. Raises `ValueError` for a similarity outside of (0, 1].

    Parameters
    ----------
    hashes : np.ndarray
        [N, 512] bool, from `difference_hash`
    similarity : float, default 0.75
        least share of common bits, above 0 to 1

    Returns
    -------
    list[tuple[int, int, float]]
        numbers of two images, the lower first, and their similarity
    """

def drop_empty(source: Source, show_progress: bool = True) -> Source:
    """Leaves out pairs whose masks hold background and ignore label alone. Reads every mask.

    Parameters
    ----------
    source : Source
        pairs with masks; tiles are pairs as well
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs whose masks show another class than the background, id 0

    Raises: `DataError` where none is left, and where class 0 is not the background.
    Example: `source = drop_empty(tile_source(source))`
    """

def find_leaks(
    splits: Mapping[str, Source],
    similarity: float = 0.75,
    show_progress: bool = True,
) -> list[Finding]:
    """Finds images that look alike in different splits.

    Parameters
    ----------
    splits : Mapping[str, Source]
        a source by split
    similarity : float, default 0.75
        least share of common bits of two hashes, above 0 to 1
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[Finding]
        one for each two images, the most alike first

    Raises: `ValueError` for a similarity outside of (0, 1].
    Example: `find_leaks({"train": train, "val": val})`
    """

def find_similar(
    source: Source,
    similarity: float = 0.75,
    show_progress: bool = True,
) -> list[SimilarPair]:
    """Finds pairs whose images look alike. Reads every image.

    Parameters
    ----------
    source : Source
        pairs
    similarity : float, default 0.75
        least share of common bits of two hashes, above 0 to 1
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[SimilarPair]
        the most alike first

    Raises: `ValueError` for a similarity outside of (0, 1].
    Example: `find_similar(source, similarity=0.9)`
    """

def group_names(
    names: Sequence[str],
    rule: str | Mapping[str, str],
    context: Path | str = "groups",
) -> dict[str, str]:
    """Finds the group of each name.

    Parameters
    ----------
    names : Sequence[str]
        names of pairs
    rule : str | Mapping[str, str]
        a regular expression whose brackets hold the group, or the group by name
    context : Path | str, default "groups"
        what errors call the rule, such as the file of a table

    Returns
    -------
    dict[str, str]
        group by name

    Raises: `DataError` with all names that have no group.
    Example: `group_names(["street_0041", "street_0042"], r"(.*)_\\d+")`
    """

def hash_fraction(name: str, seed: int = 0) -> float:
    """A number that only the name and the seed decide.

    Parameters
    ----------
    name : str
        of a pair or a group
    seed : int, default 0
        another seed gives other fractions

    Returns
    -------
    float
        from 0 to 1, the same everywhere
    """

def merge_similar(groups: Mapping[str, str], alike: Sequence[SimilarPair]) -> dict[str, str]:
    """Merges groups whose images look alike.

    Parameters
    ----------
    groups : Mapping[str, str]
        group by name
    alike : Sequence[SimilarPair]
        from `find_similar`

    Returns
    -------
    dict[str, str]
        group by name; joined ones have the name of the first of them

    Example: `merge_similar({"a": "a", "b": "b"}, find_similar(source))`
    """

def read_groups(path: Path | str, column: str = "group", names: str = "name") -> dict[str, str]:
    """Groups from a table. Raises `DataError` for a missing column and for a name with two groups.

    Parameters
    ----------
    path : Path | str
        a CSV file whose first line names the columns
    column : str, default "group"
        the column with the groups
    names : str, default "name"
        the column with the pairs' names, with or without an image's ending

    Returns
    -------
    dict[str, str]
        group by name
    """

def read_splits(path: Path | str) -> dict[str, str]:
    """Which pairs are in which split of a dataset. Raises `DataError` where its records have no names.

    Parameters
    ----------
    path : Path | str
        folder of a dataset

    Returns
    -------
    dict[str, str]
        split by name
    """

def split_by_folder(source: Source) -> dict[str, Source]:
    """Divides a source by the folders its names begin with. Raises `DataError` for names without.

    Parameters
    ----------
    source : Source
        pairs whose names begin with a folder, such as train/0001

    Returns
    -------
    dict[str, Source]
        a source by first folder; `valid`, `validation` are val, `training` train
    """

def split_source(
    source: Source,
    seed: int = 0,
    *,
    groups: str | Mapping[str, str] | None = None,
    classes: Sequence[frozenset[int]] | None = None,
    keep: Mapping[str, str] | None = None,
    **shares: float,
) -> dict[str, Source]:
    """Divides a source by the hash of each pair's name, or of its group.

    Parameters
    ----------
    source : Source
        pairs to divide
    seed : int, default 0
        another seed gives another division
    groups : str | Mapping[str, str] | None, default None
        what goes together, as in `group_names`; None: nothing
    classes : Sequence[frozenset[int]] | None, default None
        from `classes_per_mask`; None: the hash alone
    keep : Mapping[str, str] | None, default None
        split by name, settled before, such as from `read_splits`
    **shares : float
        share of each split, such as val=0.2; their sum is 1

    Returns
    -------
    dict[str, Source]
        a source by split, none of them empty

    Raises: `ValueError` for shares that do not add up to 1, `DataError` where a split would be empty.
    Example: `parts = split_source(source, train=0.8, val=0.2)`
    """

def stratified_fractions(
    groups: Sequence[str],
    classes: Sequence[frozenset[int]],
    seed: int = 0,
) -> dict[str, float]:
    """Fractions in equal steps within the groups of one rarest class, each as wide as the group has pairs.

    Parameters
    ----------
    groups : Sequence[str]
        the group of each pair
    classes : Sequence[frozenset[int]]
        class ids in each pair's mask
    seed : int, default 0
        another seed gives other fractions

    Returns
    -------
    dict[str, float]
        a fraction from 0 to 1 by group
    """

@dataclass(frozen=True)
class MappedMask(LazyMask):
    """A mask whose ids are looked up in a table: id `i` becomes `table[i]`.

    Parameters
    ----------
    mask : Path | str | LazyMask
        with the old ids
    labels : LabelMap
        what the old mask means
    table : tuple[int, ...]
        new id by old id
    ignore_label : int, default IGNORE_LABEL
        id of ignored pixels in the new mask
    dtype : str, default "uint8"
        of the new ids: 'uint8' or 'uint16'
    """
    mask: Path | str | LazyMask
    labels: LabelMap
    table: tuple[int, ...]
    ignore_label: int = ...
    dtype: str = "uint8"

    @property
    def path(self) -> Path | str:
        """The file of the mask that is looked up."""

    @property
    def nbytes(self) -> int:
        """Bytes of the mask that is looked up."""
    def load(self) -> np.ndarray:
        """New ids, [H, W, 1]."""

def merge_classes(source: Source, class_map: str | Sequence[str] | Mapping) -> Source:
    """Renames, merges and ignores classes of a source.

    Parameters
    ----------
    source : Source
        pairs with classes
    class_map : str | Sequence[str] | Mapping
        'old+old=new', some of these, or {new: (old, ...)}

    Returns
    -------
    Source
        the same pairs, with other classes

    Raises: `ValueError` that names every class name that does not fit.
    Example: `source = merge_classes(source, ["road+pavement=ground", "sky=ignore"])`
    """

def merge_labels(
    labels: LabelMap,
    class_map: str | Sequence[str] | Mapping,
) -> tuple[LabelMap, tuple[int, ...]]:
    """Applies a class map to labels. Raises `ValueError` with every name that does not fit.

    Parameters
    ----------
    labels : LabelMap
        K classes, each of another name
    class_map : str | Sequence[str] | Mapping
        'old+old=new', some of these, or {new: (old, ...)}

    Returns
    -------
    tuple[LabelMap, tuple[int, ...]]
        new labels, and the new id of each old one
    """

@dataclass(frozen=True)
class Tile:
    """A rectangle of a larger image; all numbers are pixels.

    Parameters
    ----------
    y : int
        first row in the whole
    x : int
        first column in the whole
    height : int
        of the tile
    width : int
        of the tile
    whole_height : int
        of the image it is cut out of
    whole_width : int
        of the image it is cut out of
    """
    y: int
    x: int
    height: int
    width: int
    whole_height: int
    whole_width: int

    @property
    def area(self) -> tuple[slice, slice]:
        """Its rows and columns in the whole."""

@dataclass(frozen=True)
class TileImage(LazyImage):
    """A tile of an image, which is a file or lazy itself.

    Parameters
    ----------
    whole : Path | str | LazyImage
        the image it is cut out of
    tile : Tile
        where it lies
    parent : str
        name of the whole
    wholes : DecodedImageCache, default field(default_factory=DecodedImageCache, repr=False, compare=False)
        shared
    """
    whole: Path | str | LazyImage
    tile: Tile
    parent: str
    wholes: DecodedImageCache = ...
    is_tile = True

    @property
    def path(self) -> Path | str:
        """Where the whole comes from."""
    def open(self) -> Image.Image:
        """The tile's pixels."""
    def fields(self) -> dict:
        """What a sample says of it: its parent, and (y, x, whole height, whole width) in pixels."""

@dataclass(frozen=True)
class TileMask(LazyMask):
    """A tile of a mask, which is read by its `labels`.

    Parameters
    ----------
    whole : Path | str | LazyImage | LazyMask
        the mask it is cut out of
    tile : Tile
        where it lies
    labels : LabelMap
        what the whole mask means
    wholes : DecodedImageCache, default field(default_factory=DecodedImageCache, repr=False, compare=False)
        shared
    """
    whole: Path | str | LazyImage | LazyMask
    tile: Tile
    labels: LabelMap
    wholes: DecodedImageCache = ...

    @property
    def path(self) -> Path | str:
        """Where the whole comes from."""

    @property
    def nbytes(self) -> int:
        """About the bytes of the tile as a PNG file."""
    def load(self) -> np.ndarray:
        """Its ids [h, w, 1]. Raises `DataError` where the whole mask is not as large as the image."""

def sample_tile(sample: Mapping) -> Tile:
    """Which tile a sample is. Raises `DataError` for a sample without a tile.

    Parameters
    ----------
    sample : Mapping
        image [h, w, 3], and tile: y, x, whole height and whole width in pixels

    Returns
    -------
    Tile
        where it lies
    """

def show_grid(image: np.ndarray, tiles: Sequence[Tile]) -> Any:
    """Tiles drawn over an image: lighter where they overlap, one of them marked.

    Parameters
    ----------
    image : np.ndarray
        [H, W, 3] uint8
    tiles : Sequence[Tile]
        from `tile_grid`

    Returns
    -------
    Any
        a figure of Matplotlib: the image under the tiles
    """

def stitch_predictions(
    samples: Iterable[Mapping],
    predict: Callable[[np.ndarray], Any],
    batch_size: int = 8,
) -> Iterator[tuple[str, np.ndarray]]:
    """Predicts whole images from the predictions of their tiles.

    Parameters
    ----------
    samples : Iterable[Mapping]
        of a tiled dataset, in order, such as from `read_dataset`
    predict : Callable[[np.ndarray], Any]
        images [B, h, w, 3] uint8 to ids or scores [B, h, w, K]
    batch_size : int, default 8
        tiles B that go through the model at a time

    Returns
    -------
    Iterator[tuple[str, np.ndarray]]
        name of each whole image, and its ids [H, W, 1] or scores [H, W, K]

    Raises: `DataError` for tiles that do not follow each other, `ValueError` for a wrong number of answers.
    Example: `for name, ids in stitch_predictions(samples, model.predict): ...`
    """

def stitch_tiles(parts: Iterable[tuple[Tile, np.ndarray]]) -> np.ndarray:
    """Puts tiles together: whole numbers from the tile where a pixel lies deepest, floats as a mean.

    Parameters
    ----------
    parts : Iterable[tuple[Tile, np.ndarray]]
        ids or pixels [h, w, C] or [h, w], or float scores [h, w, K]

    Returns
    -------
    np.ndarray
        [H, W, C] of the parts' dtype; scores as float32

    Raises: `DataError` where pixels are missing, `ValueError` for a part that does not fit its tile.
    Example: `image = stitch_tiles((tile, image[tile.area]) for tile in tile_grid(image.shape[:2]))`
    """

def tile_depth(tile: Tile) -> np.ndarray:
    """How far each pixel is from the tile's inner edges, in pixels.

    Parameters
    ----------
    tile : Tile
        where it lies

    Returns
    -------
    np.ndarray
        [height, width] float32, 1 at the edge, more inside
    """

def tile_grid(
    whole: tuple[int, int],
    size: tuple[int, int] = (512, 512),
    overlap: int = 64,
) -> list[Tile]:
    """Cuts an image's area into tiles. Raises `DataError` where a tile is larger than the image.

    Parameters
    ----------
    whole : tuple[int, int]
        (height, width) of the image, pixels
    size : tuple[int, int], default (512, 512)
        (height, width) of a tile, pixels
    overlap : int, default 64
        pixels that neighbours share, at least

    Returns
    -------
    list[Tile]
        row by row; together they cover every pixel
    """

def tile_source(source: Source, size: tuple[int, int] = (512, 512), overlap: int = 64) -> Source:
    """Cuts every image of a source into tiles. Reads nothing: pixels are cut when they are written.

    Parameters
    ----------
    source : Source
        whole images
    size : tuple[int, int], default (512, 512)
        (height, width) of a tile, pixels
    overlap : int, default 64
        pixels that neighbours share, at least

    Returns
    -------
    Source
        a pair for each tile, image after image

    Raises: `DataError` with all images that are smaller than a tile, `ValueError` for too large an overlap.
    Example: `tiles = tile_source(source, (512, 512), overlap=64)`
    """

class ArrayElements:
    """The elements of a container by number, fetched one at a time; each thread keeps its last. No two
    have the same `repr`.

    Parameters
    ----------
    data : Sequence
        elements by number; needs no lock of its own
    """
    data: Sequence
    token: Any
    def __init__(self, data: Sequence) -> None: ...
    def __getitem__(self, number: int) -> Any: ...

@dataclass(frozen=True)
class ElementArray(LazyArray):
    """An array of one element, as it is.

    Parameters
    ----------
    elements : ArrayElements
        what it is fetched from
    number : int
        of the element, from 0
    key : str | int | None, default None
        where in the element it is; None: the element is the image
    target : str, default "image"
        its name in a sample
    """
    elements: ArrayElements
    number: int
    key: str | int | None = None
    target: str = "image"

    @property
    def path(self) -> str:
        """What errors call it."""
    def load(self) -> np.ndarray:
        """The pixels, fetched now, [H, W, C]."""
    def as_image(self) -> ElementImage:
        """The same as an RGB image, whose file stays as it is."""

@dataclass(frozen=True)
class ElementImage(LazyImage):
    """The image or the mask of one element.

    Parameters
    ----------
    elements : ArrayElements
        what it is fetched from
    number : int
        of the element, from 0
    key : str | int | None, default None
        where in the element it is; None: the element is the image
    mask : bool, default False
        True: a mask

    Attributes
    ----------
    can_be_kept : default True
        what RGB of 8 bits cannot hold, `pixels='kept'` keeps
    """
    elements: ArrayElements
    number: int
    key: str | int | None = None
    mask: bool = False
    can_be_kept = True

    @property
    def path(self) -> str:
        """What errors call it."""
    def open(self) -> Image.Image | bytes:
        """The image, fetched now."""

def array_source(
    data: Iterable,
    *,
    image: str | int | None = None,
    mask: str | int | None = None,
    name: str | int | None = None,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    labels: LabelMap | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    pixels: str | None = None,
    alpha: str | None = None,
    others: Sequence | Mapping = (),
    facts: Sequence[str] = (),
    nodata: Mapping[str, float] | float | None = None,
    overlap: bool = False,
    unknown: str = "raise",
    spool: Path | str | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Makes pairs of arrays, a generator, or a Hugging Face dataset, checked like files.

    Parameters
    ----------
    data : Iterable
        (image, mask), dicts, or images: a list, a generator, a Hugging Face dataset
    image : str | int | None, default None
        key of the image; None: 'image', or 0, or the element itself
    mask : str | int | None, default None
        key of the mask; None: 'mask' or 1 where there is one; '': none
    name : str | int | None, default None
        key of the name; None: numbers such as 000007
    class_names : Sequence[str] | None, default None
        K names by id; None: made up from what occurs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: found where masks hold colours
    labels : LabelMap | None, default None
        settled labels, such as those of another split
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value to ignore; 'none': no value; None: 255 beside ids
    pixels : str | None, default None
        'kept': dtype and channels stay; uint16: 'stretch', 'high'; None: refused
    alpha : str | None, default None
        of images: 'keep', 'drop'; None: refused
    others : Sequence | Mapping, default ()
        keys of further arrays, each with a kind or a `Target`
    facts : Sequence[str], default ()
        keys of values of the whole record, such as 'patient'
    nodata : Mapping[str, float] | float | None, default None
        of the image, or by target; None: there is none
    overlap : bool, default False
        True: masks are [H, W, K], each plane a class of its own
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    spool : Path | str | None, default None
        folder for what is iterated only once; None: a temporary one
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the elements

    Raises: `DataError` with all findings, `ValueError` or `TypeError` for what is no container of elements.
    Example: `source = array_source([(image, mask)], class_names=["background", "cell"])`
    """

def spool_elements(
    data: Iterable,
    folder: Path | str,
    keys: tuple,
    show_progress: bool = True,
) -> tuple[list[Pair], list[Finding]]:
    """Writes each element as files, one at a time.

    Parameters
    ----------
    data : Iterable
        elements
    folder : Path | str
        gets images/ and masks/
    keys : tuple
        where in an element image, mask and name are
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    tuple[list[Pair], list[Finding]]
        pairs of files, and what could not be saved
    """

def to_array(value: Any, name: str = "element") -> np.ndarray:
    """Gives pixels as they are. Raises `DataError` for what holds none.

    Parameters
    ----------
    value : Any
        array [H, W], [H, W, C], PIL.Image, path, bytes of a file, {'bytes', 'path'}
    name : str, default "element"
        what errors call it

    Returns
    -------
    np.ndarray
        [H, W, C], in the machine's byte order
    """

def to_image(value: Any, mask: bool = False, name: str = "element") -> Image.Image | bytes:
    """Gives an image, or the bytes of its file. Raises `DataError` for what can be neither.

    Parameters
    ----------
    value : Any
        array [H, W], [H, W, C], PIL.Image, path, bytes of a file, or {'bytes', 'path'}
    mask : bool, default False
        True: a mask, whose values are ids, 0 and 255, or colours
    name : str, default "element"
        what errors call it

    Returns
    -------
    Image.Image | bytes
        as `LazyImage.open` gives it
    """

class ImageFinder(_PairNames):
    """Finds images below a folder, its neighbours, or `images`; counts how each was found.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    images : Path | str | None, default None
        folder of the images, where the user says it; None: found
    above : bool, default False
        images may lie in the parent folder itself, as of Transkribus
    """

    def find(
        self,
        stated: str,
        file: Path | str,
        folders: Iterable[Path | str] = (),
        single: bool = True,
    ) -> Path:
        """The image that is meant. Raises `DataError` where there is none, or where several have its name.

        Parameters
        ----------
        stated : str
            path of the image as the file has it; '' where it does not
        file : Path | str
            the annotation file, whose stem may be the image's
        folders : Iterable[Path | str], default ()
            where to start from, the likeliest first
        single : bool, default True
            the file describes one image alone: its stem may be the image's

        Returns
        -------
        Path
            an existing image
        """

    def find_stated(
        self,
        stated: str,
        file: Path | str,
        folders: Iterable[Path | str] = (),
    ) -> Path | None:
        """The image at a plain relative path below one of the folders or the root; None where there is none.

        Parameters
        ----------
        stated : str
            path of the image as the file has it
        file : Path | str
            the annotation file
        folders : Iterable[Path | str], default ()
            where to start from, the likeliest first
        """

def file_stems(file: Path | str) -> list[str]:
    """Stems that the image of an annotation file may have: its own, and without what converters add.

    Parameters
    ----------
    file : Path | str
        an annotation file, such as page.ocr.xml

    Returns
    -------
    list[str]
        'page.ocr', 'page'
    """

def folder_splits(root: Path | str, files: Iterable[Path]) -> list[str]:
    """Finds splits that are folders called train, val or test, as the dataset spells them.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    files : Iterable[Path]
        annotation files below it

    Returns
    -------
    list[str]
        such as ['train', 'val']; empty where a file lies in no such folder
    """

def is_hidden(path: Path, root: Path) -> bool:
    """Whether a path is hidden below a root, such as `._a.json`, or lies in `__MACOSX`.

    Parameters
    ----------
    path : Path
        a file or folder
    root : Path
        folder of the dataset, which may be hidden itself
    """

def path_readings(stated: str) -> list[tuple[str, ...]]:
    """Lists the ways to read a path, without drive, host, leading slashes and `..`.

    Parameters
    ----------
    stated : str
        a path or a URL as an annotation file has it

    Returns
    -------
    list[tuple[str, ...]]
        folders and name, as they are and unquoted; empty for a blank
    """

def split_files(root: Path | str, files: Iterable[Path], split: str) -> list[Path]:
    """The files of a split. Raises `DataError` where there are none.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    files : Iterable[Path]
        annotation files below it
    split : str
        one of `folder_splits`

    Returns
    -------
    list[Path]
        in the same order
    """

def visible_files(root: Path | str, *patterns: str) -> list[Path]:
    """Files below a folder that are not hidden.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    *patterns : str
        of `Path.glob`, such as '**/*.json'

    Returns
    -------
    list[Path]
        sorted by pattern, then path
    """

def image_key(image: Any) -> Hashable:
    """Identifies an image by its file behind all links, or by what makes it.

    Parameters
    ----------
    image : Any
        file of an image, or what makes one

    Returns
    -------
    Hashable
        equal for the same file
    """

def name_order(
    labels: Iterable[str | None],
    class_names: Sequence[str] | None = None,
    background: str | None = None,
) -> tuple[list[str], tuple[str, ...]]:
    """Gives the user's names, or those that occur, sorted, and the line that says so.

    Parameters
    ----------
    labels : Iterable[str | None]
        names that occur, with repetitions; None is not one
    class_names : Sequence[str] | None, default None
        names in the order of their ids; None: those that occur
    background : str | None, default None
        the name of id 0, which is not one of them

    Returns
    -------
    tuple[list[str], tuple[str, ...]]
        names in the order of their ids, and what to report
    """

def read_table(path: Path | str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """A table with the line of each row. Raises `DataError` without a header, and for rows longer than it.

    Parameters
    ----------
    path : Path | str
        a CSV file with a header

    Returns
    -------
    tuple[list[str], list[tuple[int, dict[str, str]]]]
        names of columns; line and cells of each row
    """

def repeated_images(entries: Iterable[tuple[Any, Any]]) -> dict[Hashable, list]:
    """Finds images that are named more than once.

    Parameters
    ----------
    entries : Iterable[tuple[Any, Any]]
        an image and what names it, each

    Returns
    -------
    dict[Hashable, list]
        what names it, by image; only where that is several
    """

def settle_splits(sources: Mapping[str, Source]) -> tuple[dict[str, Source], tuple[str, ...]]:
    """Leaves out splits that are the union of others; reports images in more than one, or twice in one.

    Parameters
    ----------
    sources : Mapping[str, Source]
        a source by split

    Returns
    -------
    tuple[dict[str, Source], tuple[str, ...]]
        the splits that stay, and what to report
    """

ADE20K: Layout

ADE20K_COLORS: Any

CAMVID: Layout

CAMVID_CLASSES: list[str]

CAMVID_COLORS: tuple[tuple[int, int, int], ...]

CITYSCAPES: Layout

CITYSCAPES_LABELS: Any

VOC: Layout

VOC_CLASSES: list[str]

VOC_VOID_COLOR: tuple[int, int, int]

@dataclass(frozen=True)
class Layout:
    """How a dataset lies on disk, and how that is recognized.

    Parameters
    ----------
    name : str
        as `--layout` takes it, such as 'voc'
    source : Callable
        reads it: `source(root, ...)` returns a `Source`
    required : tuple[str, ...]
        glob patterns; `|` divides alternatives
    markers : tuple[str, ...], default ()
        texts that one file of the first pattern contains
    splits : Callable[[Path], Sequence[str]], default _no_splits
        names of its splits, given the folder
    parallel_folders : tuple[str, ...], default ()
        folders that share the name of a subfolder
    """
    name: str
    source: Callable
    required: tuple[str, ...]
    markers: tuple[str, ...] = ()
    splits: Callable[[Path], Sequence[str]] = ...
    parallel_folders: tuple[str, ...] = ()

    def missing(self, root: Path | str) -> list[str]:
        """Lists what was looked for and not found.

        Parameters
        ----------
        root : Path | str
            folder of a dataset

        Returns
        -------
        list[str]
            what is not there; empty where the layout fits
        """

    def holds(self, path: Path) -> bool:
        """Tests one file for the markers of this layout.

        Parameters
        ----------
        path : Path
            a file

        Returns
        -------
        bool
            whether it contains all `markers`
        """

    def check(self, root: Path | str) -> Path:
        """Raises `DataError` where the layout does not fit, `FileNotFoundError` without the folder.

        Parameters
        ----------
        root : Path | str
            folder of a dataset

        Returns
        -------
        Path
            the same as a path
        """

def ade20k_source(
    root: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    reduce_zero_label: bool | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads ADE20K's scene parsing benchmark, and other datasets in folders of the same names.

    Parameters
    ----------
    root : Path | str
        folder with images/ and annotations/
    split : str | None, default None
        a folder in both, such as 'training'; None: all
    class_names : Sequence[str] | None, default None
        K names, from 1 on where 0 is ignored; None: of the file
    reduce_zero_label : bool | None, default None
        True: 0 is ignored, 1 is id 0; False: 0 is a class
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found or asked
    ignore_label : int | str | None, default None
        mask value to ignore; 'none': no value; None: 255 beside ids
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad pairs
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `DataError` where the layout does not fit, or it is open whether 0 is a class.
    Example: `ade20k_source("ADEChallengeData2016", "training")`
    """

def camvid_source(
    root: Path | str,
    split: str | None = None,
    *,
    ignore: Sequence[str] | None = None,
    class_names: Sequence[str] | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    unknown: str = "raise",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads CamVid, its usual copies, and other datasets in such folders.

    Parameters
    ----------
    root : Path | str
        folder with images, masks, and a table of colours
    split : str | None, default None
        a folder of images, such as 'train'; None: all
    ignore : Sequence[str] | None, default None
        classes that become the ignore label; None: 'Void', if any
    class_names : Sequence[str] | None, default None
        other names for the rows of the table, or names by id
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found or asked
    ignore_label : int | str | None, default None
        mask value to ignore; 'none': no value; None: 255 beside ids
    unknown : str, default "raise"
        colours the table lacks: 'raise', 'ignore', 'nearest'
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad pairs
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `DataError` where the layout does not fit, for an unknown split, and with all bad pairs.
    Example: `camvid_source("CamVid", "train")`
    """

def cityscapes_labels() -> LabelMap:
    """Makes the labels of the classes that Cityscapes learns.

    Returns
    -------
    LabelMap
        19 names and colours by train id
    """

def cityscapes_source(
    root: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    masks: str = "labelIds",
    gt: str = "gtFine",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Cityscapes with its 19 train ids; all other ids are ignored.

    Parameters
    ----------
    root : Path | str
        folder with leftImg8bit/ and gtFine/
    split : str | None, default None
        'train', 'val', or another folder; None: all but 'test'
    class_names : Sequence[str] | None, default None
        K names by mask value of other classes; None: Cityscapes' 19
    masks : str, default "labelIds"
        which files: 'labelIds', 'labelTrainIds' or 'color'
    gt : str, default "gtFine"
        folder of masks: 'gtFine' or 'gtCoarse'
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad pairs
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs of 19 classes, by city

    Raises: `ValueError` for other `masks`; `DataError` where the layout does not fit, where a table beside it
    names other classes, or where the ids of the masks look like those of other classes.
    Example: `cityscapes_source("cityscapes", "train")`
    """

def holds_markers(path: Path, markers: Sequence[str]) -> bool:
    """Tests whether a file contains all markers, in UTF-8 or UTF-16 (which has a zero beside each letter).

    Parameters
    ----------
    path : Path
        a file
    markers : Sequence[str]
        texts, or several divided by `|`, of which one is enough

    Returns
    -------
    bool
        False also where the file cannot be read
    """

def list_source(
    list_file: Path | str,
    root: Path | str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    unknown: str = "raise",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads pairs of image and mask from a list file, such as DeepLab's and PaddleSeg's.

    Parameters
    ----------
    list_file : Path | str
        text file, one image and one mask per line
    root : Path | str | None, default None
        folder the paths start from; None: the list's
    class_names : Sequence[str] | None, default None
        K names by id; None: made up from what occurs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: found where masks hold colours
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found or asked
    ignore_label : int | str | None, default None
        mask value to ignore; 'none': no value; None: 255 beside ids
    unknown : str, default "raise"
        values the labels lack: 'raise', 'ignore', 'nearest'
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad pairs
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the list's order

    Raises: `DataError` with every bad line.
    Example: `list_source("train.txt", class_names=["road", "car"])`
    """

def map_pairs(pairs: Sequence[Pair], labels: LabelMap, table: tuple[int, ...]) -> list[Pair]:
    """Replaces the masks of pairs by the same masks with other ids, mapped as they are read.

    Parameters
    ----------
    pairs : Sequence[Pair]
        pairs with masks
    labels : LabelMap
        what these mean
    table : tuple[int, ...]
        new id of each class, `IGNORE_LABEL` among them

    Returns
    -------
    list[Pair]
        pairs with a `MappedMask` each
    """

def read_class_table(path: Path | str) -> dict[str, tuple[int, int, int]]:
    """Reads names and colours of classes.

    Parameters
    ----------
    path : Path | str
        label_colors.txt, class_dict.csv or labelmap.txt

    Returns
    -------
    dict[str, tuple[int, int, int]]
        (r, g, b) by class name, in order

    Raises: `DataError` with every bad line.
    """

def table_source(
    pairs: Sequence[Pair],
    table: Mapping[str, tuple[int, int, int]],
    context: Path | str,
    *,
    findings: Sequence[Finding] = (),
    ignore: Sequence[str] | None = (),
    class_names: Sequence[str] | None = None,
    answers: Mapping | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
    assumptions: Sequence[str] = (),
    beside: Sequence[Pair] = (),
) -> Source:
    """Makes a source of pairs whose masks are coded by a table of classes and colours.

    Parameters
    ----------
    pairs : Sequence[Pair]
        pairs with mask files
    table : Mapping[str, tuple[int, int, int]]
        (r, g, b) by class name; its position is the id
    context : Path | str
        folder or file that was read, for errors
    findings : Sequence[Finding], default ()
        what is known to be wrong already
    ignore : Sequence[str] | None, default ()
        classes that become the ignore label; None: 'Void', if any
    class_names : Sequence[str] | None, default None
        other names for the rows of the table
    answers : Mapping | None, default None
        further arguments of `find_labels`
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad pairs
    show_progress : bool, default True
        a bar on stderr for long work
    assumptions : Sequence[str], default ()
        what was taken for granted already, one line each
    beside : Sequence[Pair], default ()
        pairs of other splits, whose masks are coded alike

    Returns
    -------
    Source
        pairs in their order

    Raises: `ValueError` for classes that the table lacks or names that do not fit; `DataError` for bad masks.
    """

def voc_source(
    root: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    unknown: str = "raise",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Pascal VOC, the mask export of CVAT and Datumaro, and what LabelMe's labelme2voc makes.

    Parameters
    ----------
    root : Path | str
        folder with JPEGImages/ and SegmentationClass/
    split : str | None, default None
        a list of ImageSets/Segmentation/, as 'train'; None: all
    class_names : Sequence[str] | None, default None
        K names by id; None: those of a file there, or VOC's
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: those of labelmap.txt, or VOC's
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found or asked
    ignore_label : int | str | None, default None
        mask value to ignore; 'none': no value; None: 255 beside ids
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad pairs
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the list's order

    Raises: `DataError` where the layout does not fit, or with everything that is wrong with the pairs.
    Example: `voc_source("VOCdevkit/VOC2012", "train")`
    """

BACKGROUNDS: tuple[str, str]

BOX_ADVICE: dict[str, str]

BOX_CHOICES: tuple[str, str, str]

DRAWN_FIRST: Any

@dataclass(frozen=True)
class AnnotatedImage:
    """An image and the shapes that an annotation file describes on it.

    Parameters
    ----------
    name : str
        name of the pair, without suffix
    image : Path | LazyImage
        its file, or a lazy image
    path : Path
        the annotation file
    shapes : tuple[Shape, ...]
        in the order of the file
    size : tuple[int, int] | None, default None
        (height, width) in pixels as the file says; None: it does not
    location : str, default ""
        where in the file, for findings
    """
    name: str
    image: Path | LazyImage
    path: Path
    shapes: tuple[Shape, ...]
    size: tuple[int, int] | None = None
    location: str = ""

class NoAreaError(DataError):
    """Raised for a shape that covers no pixel by its kind, such as a line. `kind` is what the report counts.

    Parameters
    ----------
    kind : str
        such as 'line', 'point', 'box'
    """
    kind: str
    def __init__(self, kind: str) -> None: ...

@dataclass(frozen=True)
class PolygonMask(LazyMask):
    """A mask of shapes, which are drawn in their order on the background when it is loaded.

    Parameters
    ----------
    path : Path | str
        file that describes the shapes, for errors
    size : tuple[int, int]
        (height, width) in pixels
    shapes : tuple[tuple[int, bytes], ...]
        (id, COCO's compressed run lengths) each
    background : int, default 0
        id of pixels that no shape covers
    dtype : str, default "uint8"
        of the ids, 'uint8' or 'uint16'
    """
    path: Path | str
    size: tuple[int, int]
    shapes: tuple[tuple[int, bytes], ...]
    background: int = 0
    dtype: str = "uint8"

    @property
    def nbytes(self) -> int:
        """About as many bytes as the mask takes as a PNG file."""
    def load(self) -> np.ndarray:
        """Class ids, [H, W, 1] uint8 or uint16. Raises `DataError` that names the file."""
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]:
        """(height, width) in pixels, and the ids that occur. Makes the whole mask; a kind may know sooner."""

@dataclass(frozen=True)
class Shape:
    """An area as a file describes it: `polygons` without `holes`, or run lengths.

    Parameters
    ----------
    label : str | None
        class name; None: its pixels are ignored, such as those of COCO's crowds
    location : str
        what findings call it, such as 'annotation 7'
    polygons : tuple, default ()
        [N, 2] corners x, y in pixels each; their union is filled
    holes : tuple, default ()
        [N, 2] likewise; cut out of the union
    rle : Mapping | None, default None
        {'size', 'counts'} as COCO has it, in place of polygons
    order : float, default 0
        a higher one is drawn later, on top
    error : str, default ""
        why it could not be read; '' where it could
    left_out : str, default ""
        its kind, such as 'line', where it has no area
    """
    label: str | None
    location: str
    polygons: tuple = ()
    holes: tuple = ()
    rle: Mapping | None = None
    order: float = 0
    error: str = ""
    left_out: str = ""

def annotated_source(
    annotated_images: Iterable[AnnotatedImage],
    class_names: Sequence[str] | None,
    context: Path | str,
    *,
    findings: Sequence[Finding] = (),
    background: str | None = "background",
    smaller_on_top: bool = False,
    margin: float = 1.0,
    palette: Mapping | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
    assumptions: Sequence[str] = (),
    advice: Mapping[str, str] | None = None,
    empty: bool = False,
) -> Source:
    """Checks all shapes and makes a source of the images on which everything fits.

    Parameters
    ----------
    annotated_images : Iterable[AnnotatedImage]
        images with their shapes
    class_names : Sequence[str] | None
        names by id, without background; None: what occurs, sorted
    context : Path | str
        folder or file that was read, for errors
    findings : Sequence[Finding], default ()
        what is known to be wrong already
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    smaller_on_top : bool, default False
        True: among shapes of one order, those of smaller area
    margin : float, default 1.0
        how far corners may lie outside, pixels
    palette : Mapping | None, default None
        (r, g, b) by class name
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work
    assumptions : Sequence[str], default ()
        what was taken for granted already, one line each
    advice : Mapping[str, str] | None, default None
        what to do about shapes left out, by kind; '': about none
    empty : bool, default False
        True: no shape at all is fine, as other splits hold some

    Returns
    -------
    Source
        pairs whose masks are drawn

    Raises: `DataError` with everything that is wrong, or where there is no shape at all.
    """

def bits_rle(bits: np.ndarray) -> bytes:
    """Encodes a mask of one shape as run lengths.

    Parameters
    ----------
    bits : np.ndarray
        [H, W] bool

    Returns
    -------
    bytes
        COCO's compressed run lengths
    """

def box_points(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    """Makes a polygon of a box.

    Parameters
    ----------
    left : float
        x of a corner, pixels
    top : float
        y of it
    right : float
        x of the corner across, pixels
    bottom : float
        y of it

    Returns
    -------
    np.ndarray
        [4, 2] corners x, y
    """

def box_shape(label: str, location: str, points: np.ndarray, boxes: str) -> Shape:
    """Makes a shape of a box among polygons.

    Parameters
    ----------
    label : str
        its class
    location : str
        what findings call it
    points : np.ndarray
        [4, 2] corners x, y in pixels, as of `box_points`
    boxes : str
        one of `BOX_CHOICES`

    Raises: `NoAreaError` where boxes are left out, `ValueError` for another choice.
    """

def check_shape(shape: Shape, size: tuple[int, int], margin: float = 1.0) -> list[str]:
    """Lists everything that is wrong with the corners of a shape, or with its run lengths.

    Parameters
    ----------
    shape : Shape
        as a file describes it
    size : tuple[int, int]
        (height, width) of its image in pixels
    margin : float, default 1.0
        how far corners may lie outside, pixels

    Returns
    -------
    list[str]
        what is wrong; empty when it can be drawn
    """

def check_shape_count(rows: Sequence) -> Sequence:
    """Returns the entries. Raises `DataError` where there are more than 100 000 of one image.

    Parameters
    ----------
    rows : Sequence
        entries of a file, one for each shape of one image

    Returns
    -------
    Sequence
        the same
    """

def checked_rle(rle: Mapping, size: tuple[int, int] | None = None) -> bytes:
    """Checks run lengths and packs them. Raises `DataError` where they do not fit the size.

    Parameters
    ----------
    rle : Mapping
        {'size': [height, width], 'counts': list, text or bytes}
    size : tuple[int, int] | None, default None
        (height, width) of the image; None: any

    Returns
    -------
    bytes
        COCO's compressed run lengths
    """

@contextmanager
def collect_findings(findings: list[Finding], path: Path | str, location: str = ""):
    """Turns what a broken entry raises into a finding, except `NoAreaError`.

    Parameters
    ----------
    findings : list[Finding]
        gets what is wrong
    path : Path | str
        file that is read
    location : str, default ""
        place in it
    """

def ellipse_points(x: float, y: float, rx: float, ry: float, angle: float = 0.0) -> np.ndarray:
    """Makes a polygon of an ellipse. Raises `DataError` for radii of more than a million pixels.

    Parameters
    ----------
    x : float
        centre from the left, pixels
    y : float
        centre from above, pixels
    rx : float
        radius along x before the rotation, pixels
    ry : float
        radius along y before the rotation, pixels
    angle : float, default 0.0
        rotation, degrees, clockwise on the screen

    Returns
    -------
    np.ndarray
        [N, 2] corners x, y
    """

def hidden_shapes(
    rows: Sequence[tuple[str | None, bytes]],
    size: tuple[int, int],
) -> tuple[bool, Counter]:
    """Finds overlaps of different labels, and shapes that are covered altogether.

    Parameters
    ----------
    rows : Sequence[tuple[str | None, bytes]]
        label and run lengths, in the order of drawing
    size : tuple[int, int]
        (height, width) in pixels

    Returns
    -------
    tuple[bool, Counter]
        whether different labels overlap; hidden shapes by label
    """

def image_size(path: Path) -> tuple[int, int] | None:
    """Reads the size of an image from its header, for annotation files that do not say it.

    Parameters
    ----------
    path : Path
        an image

    Returns
    -------
    tuple[int, int] | None
        (height, width) in pixels, upright; None where there is no such file
    """

def margin_problem(size: tuple[int, int], margin: float, beyond: float) -> str:
    """Says why a shape is refused, and which option cuts it at the edge.

    Parameters
    ----------
    size : tuple[int, int]
        (height, width) of the image, pixels
    margin : float
        how far a shape may lie outside, pixels
    beyond : float
        how far it does

    Returns
    -------
    str
        for an error
    """

def optional_size(height: int | str | None, width: int | str | None) -> tuple[int, int] | None:
    """Reads the size of an image, where a file says it. Raises `DataError` as `parse_size`.

    Parameters
    ----------
    height : int | str | None
        as a file has it; None, '' or 0 where it does not say it
    width : int | str | None
        likewise

    Returns
    -------
    tuple[int, int] | None
        (height, width) in pixels; None where the file does not say it
    """

def outline_length(points: np.ndarray) -> float:
    """Measures the way along a polygon.

    Parameters
    ----------
    points : np.ndarray
        [N, 2] corners x, y in pixels

    Returns
    -------
    float
        pixels, the larger of both directions at each step
    """

def parse_int(value: int | float | str) -> int:
    """Reads a whole number as files write it. Raises `DataError` for anything else.

    Parameters
    ----------
    value : int | float | str
        such as 96, 96.0, '96' or '96.0'

    Returns
    -------
    int
        the same as an int
    """

def parse_label(name: str | int) -> str:
    """Reads the name of a class. Raises `DataError` for an empty one, and for what is not text.

    Parameters
    ----------
    name : str | int
        of a class, as a file has it

    Returns
    -------
    str
        the same as text
    """

def parse_points(numbers: Sequence[float]) -> np.ndarray:
    """Reads corners from a flat list. Raises `DataError` where a number is left over.

    Parameters
    ----------
    numbers : Sequence[float]
        x, y, x, y, ...

    Returns
    -------
    np.ndarray
        [N, 2]
    """

def parse_size(height: int | str | None, width: int | str | None) -> tuple[int, int]:
    """Reads the size of an image from a file. Raises `DataError` for a size that Pillow would not open.

    Parameters
    ----------
    height : int | str | None
        as a file has it
    width : int | str | None
        likewise

    Returns
    -------
    tuple[int, int]
        (height, width) in pixels
    """

def pluralize(n: int, thing: str) -> str:
    """Writes a number with its noun.

    Parameters
    ----------
    n : int
        how many
    thing : str
        one of them

    Returns
    -------
    str
        such as '1 shape' and '2 shapes'
    """

def polygon_rle(
    polygons: Sequence[np.ndarray],
    size: tuple[int, int],
    holes: Sequence[np.ndarray] = (),
) -> bytes:
    """Fills polygons and returns their run lengths; what reaches beyond the image is cut off.

    Parameters
    ----------
    polygons : Sequence[np.ndarray]
        N corners x, y in pixels each, [N, 2]; their union is filled
    size : tuple[int, int]
        (height, width) in pixels
    holes : Sequence[np.ndarray], default ()
        [N, 2] each; cut out of the union

    Returns
    -------
    bytes
        COCO's compressed run lengths

    Raises: `DataError` for corners that are not finite, and for outlines of more than 16 million pixels.
    """

def read_json(path: Path | str) -> dict | list:
    """Reads a JSON file. Raises `DataError` that names the file and the line.

    Parameters
    ----------
    path : Path | str
        a file

    Returns
    -------
    dict | list
        what it holds
    """

def read_shape(location: str, read: Callable[[], Shape]) -> Shape:
    """Reads a shape without raising.

    Parameters
    ----------
    location : str
        what findings call it
    read : Callable[[], Shape]
        reads it

    Returns
    -------
    Shape
        with its error, or the kind that has no area, where it could not be read
    """

def read_xml(path: Path | str) -> Element:
    """Reads an XML file. Raises `DataError` for invalid XML, and for entities.

    Parameters
    ----------
    path : Path | str
        a file

    Returns
    -------
    Element
        names without their namespace; the line of each element as its attribute ':line'
    """

def rle_spans(counts: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Finds the runs of an area, counted down the columns, without unpacking its pixels.

    Parameters
    ----------
    counts : bytes
        COCO's compressed run lengths

    Returns
    -------
    tuple[np.ndarray, np.ndarray]
        [N] first pixel of each run inside, [N] pixel behind its last
    """

def rotate_points(points: np.ndarray, angle: float) -> np.ndarray:
    """Rotates corners about the middle of their box.

    Parameters
    ----------
    points : np.ndarray
        [N, 2] corners x, y
    angle : float
        degrees, clockwise on the screen, about the middle of their box

    Returns
    -------
    np.ndarray
        [N, 2]
    """

def shapes_with_area(shapes: Iterable[Shape]) -> tuple[list[Shape], Counter]:
    """Leaves out shapes without area, and rings without area among good ones.

    Parameters
    ----------
    shapes : Iterable[Shape]
        as they were read

    Returns
    -------
    tuple[list[Shape], Counter]
        those that can cover a pixel, and how many were left out by kind
    """

def spans_rle(starts: np.ndarray, ends: np.ndarray, size: tuple[int, int]) -> bytes:
    """Encodes an area from its runs, without unpacking its pixels.

    Parameters
    ----------
    starts : np.ndarray
        [N] first pixel of each run, ascending, counted down the columns
    ends : np.ndarray
        [N] the pixel behind its last, no more than the next start
    size : tuple[int, int]
        (height, width) in pixels

    Returns
    -------
    bytes
        COCO's compressed run lengths
    """

def window_spans(bits: np.ndarray, left: int, top: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Finds the runs of a small mask in an image.

    Parameters
    ----------
    bits : np.ndarray
        [h, w] bool
    left : int
        x of its corner in the image, pixels
    top : int
        y of it
    height : int
        of the image, pixels

    Returns
    -------
    tuple[np.ndarray, np.ndarray]
        as of `rle_spans`
    """

COCO: Layout

PANOPTIC: Layout

@dataclass(frozen=True)
class PanopticMask(LazyMask):
    """A mask in a PNG file of segment numbers; number 0 is ignored.

    Parameters
    ----------
    path : Path | str
        the PNG file
    segments : tuple[tuple[int, int], ...]
        (number, class id) of each segment
    ignore_label : int, default IGNORE_LABEL
        id of unlabelled pixels
    dtype : str, default "uint8"
        of the ids, 'uint8' or 'uint16'
    """
    path: Path | str
    segments: tuple[tuple[int, int], ...]
    ignore_label: int = ...
    dtype: str = "uint8"

    @property
    def nbytes(self) -> int:
        """About as many bytes as the mask takes as a PNG file."""
    def load(self) -> np.ndarray:
        """Class ids, [H, W, 1] uint8 or uint16. Raises `DataError` that names the file."""

def coco_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    crowd: str | None = None,
    boxes: str = "leave",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads COCO's instances: polygons and run lengths, small ones on top.

    Parameters
    ----------
    path : Path | str
        the JSON file, or a folder with it, also in annotations/
    split : str | None, default None
        which file of a folder, such as 'val2017'; None: all
    images : Path | str | None, default None
        folder of images; None: found
    class_names : Sequence[str] | None, default None
        categories by id, without background; None: by number
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    crowd : str | None, default None
        crowds: 'ignore' or 'draw'; None: decided, and reported
    boxes : str, default "leave"
        annotations of a box alone: 'leave' out, 'draw', 'ignore'
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file

    Raises: `ValueError` for an unknown choice; `DataError` with all errors, or where crowds are a question.
    Example: `coco_source("coco", "val2017")`
    """

def panoptic_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    masks: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads COCO's panoptic segmentation: categories as ids, crowds and unlabelled pixels ignored.

    Parameters
    ----------
    path : Path | str
        the JSON file, or a folder with it, also in annotations/
    split : str | None, default None
        which file of a folder, such as 'val2017'; None: all
    images : Path | str | None, default None
        folder of images; None: found
    masks : Path | str | None, default None
        folder of PNG files; None: called as the JSON file, beside it
    class_names : Sequence[str] | None, default None
        categories by id; None: by their numbers
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file

    Raises: `DataError` with everything that is wrong.
    Example: `panoptic_source("coco", "val2017")`
    """

DATUMARO: Layout

LABELME: Layout

SUPERVISELY: Layout

@dataclass(frozen=True)
class EmbeddedImage(LazyImage):
    """An image inside a JSON file, in base64, as LabelMe saves it; decoded when asked for.

    Parameters
    ----------
    path : Path
        the JSON file
    key : str, default "imageData"
        the entry that holds the image
    """
    path: Path
    key: str = "imageData"
    def open(self) -> bytes:
        """Returns the bytes of the image file. Raises `DataError` that names the JSON file."""

def check_window(
    window: tuple[int, int],
    left: int,
    top: int,
    size: tuple[int, int],
    margin: float = 0.0,
) -> None:
    """Raises `DataError` where a window reaches too far over the edge.

    Parameters
    ----------
    window : tuple[int, int]
        (height, width) of a small mask, pixels
    left : int
        x of its corner, pixels
    top : int
        y of it
    size : tuple[int, int]
        (height, width) of the image
    margin : float, default 0.0
        how far it may reach over the edge, pixels
    """

def datumaro_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Datumaro's JSON: polygons, boxes, ellipses and masks by their z-order.

    Parameters
    ----------
    root : Path | str
        folder with annotations/ and images/
    split : str | None, default None
        a file of annotations/, such as 'train'; None: all
    images : Path | str | None, default None
        folder of images; None: found
    class_names : Sequence[str] | None, default None
        names by id, without background; None: those of the file
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the files

    Raises: `DataError` where the layout does not fit, for an unknown split, or with everything that is wrong.
    Example: `datumaro_source("export", "train")`
    """

def hex_colors(colors: Mapping[str, str | None]) -> dict[str, tuple[int, int, int]]:
    """Reads colours of classes. What is not a colour is left out, as it only decorates.

    Parameters
    ----------
    colors : Mapping[str, str | None]
        such as '#ff8000', by class name

    Returns
    -------
    dict[str, tuple[int, int, int]]
        (r, g, b) by class name
    """

def labelme_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads LabelMe's JSON files, and the XML files of the first LabelMe; what was drawn later lies on top.

    Parameters
    ----------
    root : Path | str
        folder with JSON files, also in folders below it
    split : str | None, default None
        of folders such as train/ and val/: which; None: all
    images : Path | str | None, default None
        folder of images; None: found
    class_names : Sequence[str] | None, default None
        names by id, without background; None: labels.txt, or found
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `DataError` where the layout does not fit, or with everything that is wrong.
    Example: `labelme_source("photos", class_names=["cat", "dog"])`
    """

def supervisely_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Supervisely's JSON; what was drawn later lies on top.

    Parameters
    ----------
    root : Path | str
        folder with meta.json
    split : str | None, default None
        one of its datasets; None: all
    images : Path | str | None, default None
        folder of images; None: img/ beside ann/
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `DataError` where the layout does not fit, for an unknown split, or with everything that is wrong.
    Example: `supervisely_source("project", "ds0")`
    """

def window_rle(bits: np.ndarray, left: int, top: int, size: tuple[int, int], margin: float = 0.0) -> dict:
    """Encodes a small mask in an image as run lengths. Raises `DataError` where it reaches over the margin.

    Parameters
    ----------
    bits : np.ndarray
        [h, w] bool
    left : int
        x of its corner, pixels
    top : int
        y of it
    size : tuple[int, int]
        (height, width) of the image
    margin : float, default 0.0
        how far it may reach over the edge, pixels

    Returns
    -------
    dict
        {'size', 'counts'}, as a `Shape` has it
    """

CVAT: Layout

YAML_LIMIT: Limit

YOLO: Layout

def cvat_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads CVAT's annotations by their z-order, for images, and for video where its frames are images.

    Parameters
    ----------
    path : Path | str
        annotations.xml, or a folder that holds it
    split : str | None, default None
        a subset of the task, such as 'Train'; None: all
    images : Path | str | None, default None
        folder of images; None: images/, or beside the file
    class_names : Sequence[str] | None, default None
        names by id, without background; None: those of the task
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file

    Raises: `DataError` where the layout does not fit, or with everything that is wrong.
    Example: `cvat_source("annotations.xml", "Train")`
    """

def yolo_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    background: str | None = "background",
    boxes: str = "leave",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads YOLO's segmentation sets: one line per polygon, small ones on top.

    Parameters
    ----------
    root : Path | str
        folder with data.yaml
    split : str | None, default None
        'train', 'val' or 'test', as in data.yaml; None: all
    images : Path | str | None, default None
        folder where the paths of data.yaml begin; None: its own
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    boxes : str, default "leave"
        of boxes among the polygons: 'leave' out, 'draw', 'ignore'
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `ValueError` for an unknown choice; `DataError` where the layout does not fit, for an unknown
    split, or with everything that is wrong.
    Example: `yolo_source("coco8-seg", "train")`
    """

PAGE_XML: Layout

TEXT_LEVELS: tuple[str, str, str]

def page_xml_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    levels: Sequence[str] = ('region',),
    by_type: bool = False,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads PAGE-XML and ALTO as masks.

    Parameters
    ----------
    root : Path | str
        folder of XML files, also in folders below it
    split : str | None, default None
        of folders such as train/ and val/: which; None: all
    images : Path | str | None, default None
        folder of images; None: beside the XML files, or near them
    levels : Sequence[str], default ("region",)
        what is drawn: 'region', 'line', 'word'; finer over coarser
    by_type : bool, default False
        True: classes such as 'TextRegion/heading'
    class_names : Sequence[str] | None, default None
        names by id, without background; None: what occurs, sorted
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `ValueError` for unknown levels; `DataError` with everything that is wrong, or where several files
    describe one image.
    Example: `page_xml_source("page", levels=("line",))`
    """

def read_alto(
    path: Path | str,
    levels: Sequence[str] = ('region',),
    by_type: bool = False,
    size: tuple[int, int] | None = None,
) -> tuple[str, tuple[int, int] | None, list[Shape]]:
    """Reads the shapes of a page in ALTO (Library of Congress, versions 2 to 4), coarse before fine.

    Parameters
    ----------
    path : Path | str
        an ALTO file
    levels : Sequence[str], default ("region",)
        of 'region', 'line', 'word'
    by_type : bool, default False
        True: classes such as 'TextBlock/Heading' where there is a tag
    size : tuple[int, int] | None, default None
        (height, width) of the image, pixels; None: the page's

    Returns
    -------
    tuple[str, tuple[int, int] | None, list[Shape]]
        name of the image or '', its (height, width), shapes

    Raises: `DataError` for invalid XML, for other formats, and where nothing gives the scale.
    """

def read_page(
    path: Path | str,
    levels: Sequence[str] = ('region',),
    by_type: bool = False,
) -> tuple[str, tuple[int, int] | None, list[Shape]]:
    """Reads the shapes of a page in PAGE-XML (PRImA, versions of 2010 to 2019), coarse before fine.

    Parameters
    ----------
    path : Path | str
        a PAGE-XML file
    levels : Sequence[str], default ("region",)
        of 'region', 'line', 'word'
    by_type : bool, default False
        True: classes such as 'TextRegion/heading' where there is a type

    Returns
    -------
    tuple[str, tuple[int, int] | None, list[Shape]]
        name of the image or '', its (height, width), shapes

    Raises: `DataError` for invalid XML, and for other formats.
    """

@dataclass(frozen=True)
class FileLayout(_MarkedLayout):
    """A layout of marked files, whose folders are its splits.

    Parameters
    ----------
    name : str
        as `--layout` takes it, such as 'voc'
    source : Callable
        reads it: `source(root, ...)` returns a `Source`
    required : tuple[str, ...]
        glob patterns; `|` divides alternatives
    markers : tuple[str, ...], default ()
        texts that one file of the first pattern contains
    splits : Callable[[Path], Sequence[str]], default _no_splits
        names of its splits, given the folder
    parallel_folders : tuple[str, ...], default ()
        folders that share the name of a subfolder
    test : Callable[[Path], bool] | None, default None
        a further test of a file; None: none
    description : str, default ""
        what `test` looks for, for errors
    """

    def find_files(self, path: Path | str, split: str | None = None) -> list[Path]:
        """Finds the files that a source is made of. Raises `DataError` where there are none.

        Parameters
        ----------
        path : Path | str
            a file of this layout, or the folder of a dataset
        split : str | None, default None
            a folder below; None: the folder itself, or all below

        Returns
        -------
        list[Path]
            files of this layout, sorted
        """

    def split_folders(self, root: Path | str) -> list[str]:
        """Names the splits of a dataset.

        Parameters
        ----------
        root : Path | str
            folder of a dataset

        Returns
        -------
        list[str]
            folders below; empty where the folder itself has a file of this layout
        """

def apply_box_choice(shape: Shape, boxes: str) -> Shape:
    """Applies the user's choice to a box. Raises `NoAreaError` where it shall be left out.

    Parameters
    ----------
    shape : Shape
        made of a box
    boxes : str
        what becomes of it: 'draw' as an area, 'ignore' its pixels, or 'leave' it out

    Returns
    -------
    Shape
        the same, or one that is ignored
    """

def box_assumptions(count: int, others: int, boxes: str) -> tuple[str, ...]:
    """Writes what is reported of boxes.

    Parameters
    ----------
    count : int
        areas that are boxes
    others : int
        areas that are not
    boxes : str
        what becomes of boxes

    Returns
    -------
    tuple[str, ...]
        for `Source.assumptions`; empty where there are no boxes
    """

def relative_name(image: Path, folders: Sequence[Path]) -> str:
    """Names an image by its path below the first folder that holds it, or by its file name.

    Parameters
    ----------
    image : Path
        file of an image
    folders : Sequence[Path]
        folders that may hold it, in order of preference

    Returns
    -------
    str
        with forward slashes, without the ending
    """

def require_one_file(files: Sequence[Path], layout: str) -> Sequence[Path]:
    """Returns the files. Raises `DataError` where a folder holds two of them.

    Parameters
    ----------
    files : Sequence[Path]
        files of one layout
    layout : str
        its name

    Returns
    -------
    Sequence[Path]
        the same, one in each folder
    """

def same_named_image(file: Path, finder: ImageFinder, folders: Sequence[Path]) -> Path:
    """Finds the image that has the name of an annotation file. Raises `DataError` where there is none.

    Parameters
    ----------
    file : Path
        an annotation file
    finder : ImageFinder
        finds what does not lie where it should
    folders : Sequence[Path]
        folders where it should lie

    Returns
    -------
    Path
        an existing image
    """

VIA: FileLayout

@dataclass(frozen=True)
class ViaImage:
    """An image of a VIA file.

    Parameters
    ----------
    file_name : str
        as the file has it, perhaps a path or an address
    location : str
        what findings call it
    regions : tuple[tuple[str, Mapping, Mapping], ...], default ()
        location, shape and attributes of each region
    """
    file_name: str
    location: str
    regions: tuple[tuple[str, Mapping, Mapping], ...] = ()

def class_attribute(
    attributes: Iterable[Mapping],
    context: Path | str,
    attribute: str | None = None,
) -> tuple[str | None, tuple[str, ...]]:
    """Finds the attribute whose values are the classes. Raises `DataError` where that is open.

    Parameters
    ----------
    attributes : Iterable[Mapping]
        of every region
    context : Path | str
        file or folder that was read, for errors
    attribute : str | None, default None
        its name, as the user says; None: found

    Returns
    -------
    tuple[str | None, tuple[str, ...]]
        the attribute, None where there is none; and assumptions
    """

def read_via(
    path: Path | str,
    findings: list[Finding],
) -> tuple[list[ViaImage], dict[str, dict[str, str]]]:
    """Reads images and regions of a VIA file. Raises `DataError` for a file that is not VIA's.

    Parameters
    ----------
    path : Path | str
        a JSON or CSV file of VIA 1 or 2, or a project
    findings : list[Finding]
        gets what is wrong

    Returns
    -------
    tuple[list[ViaImage], dict[str, dict[str, str]]]
        images, and names by value of declared attributes
    """

def via_shape(shape: Mapping, label: str | None, location: str, boxes: str = "draw") -> Shape:
    """Makes a shape of a region. Raises `NoAreaError` for lines and points.

    Parameters
    ----------
    shape : Mapping
        `shape_attributes` of a region
    label : str | None
        its class; None: its pixels are ignored
    location : str
        what findings call it
    boxes : str, default "draw"
        what becomes of rectangles: 'draw', 'ignore', 'leave'
    """

def via_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    attribute: str | None = None,
    boxes: str = "draw",
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads VIA's polygons, rectangles, circles and ellipses; what was drawn later lies on top.

    Parameters
    ----------
    path : Path | str
        a VIA file, or a folder with one, or with one for each split
    split : str | None, default None
        a folder below, such as 'train'; None: all
    images : Path | str | None, default None
        folder of images; None: beside the file, or near it
    attribute : str | None, default None
        which attribute of a region is its class; None: found
    boxes : str, default "draw"
        rectangles: 'draw', 'ignore' their pixels, or 'leave' out
    class_names : Sequence[str] | None, default None
        names by id, without the background; None: as the file says
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file

    Raises: `ValueError` for an unknown choice; `DataError` with all errors, or where the class is open.
    Example: `via_source("via_region_data.json", attribute="kind")`
    """

LABEL_STUDIO: FileLayout

@dataclass(frozen=True)
class StudioTask:
    """A task of Label Studio: an image, and what people drew on it.

    Parameters
    ----------
    location : str
        what findings call it, such as 'task 31'
    data : Mapping
        its entries, of which one is the image
    annotations : tuple[Mapping, ...], default ()
        that count, each with a list `result`
    """
    location: str
    data: Mapping
    annotations: tuple[Mapping, ...] = ()

def choose_annotation(task: StudioTask, annotator: str | None = None) -> tuple[Mapping | None, str]:
    """Chooses the annotation of a task that counts.

    Parameters
    ----------
    task : StudioTask
        with one annotation or more
    annotator : str | None, default None
        number or address of one person; None: any

    Returns
    -------
    tuple[Mapping | None, str]
        the annotation, None where there is none; and why this of several, or ''
    """

def image_entry(tasks: Sequence[StudioTask], context: Path | str, key: str | None = None) -> str:
    """Finds the entry of a task's data that is the image. Raises `DataError` where that is open.

    Parameters
    ----------
    tasks : Sequence[StudioTask]
        of one export
    context : Path | str
        file that was read, for errors
    key : str | None, default None
        the entry, as the user says; None: found

    Returns
    -------
    str
        a key of each task's data
    """

def label_studio_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    key: str | None = None,
    annotator: str | None = None,
    boxes: str = "draw",
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Label Studio's polygons, boxes, ellipses and brushes; what was drawn later lies on top.

    Parameters
    ----------
    path : Path | str
        an export, or a folder with one, or with one for each split
    split : str | None, default None
        a folder below, such as 'train'; None: all
    images : Path | str | None, default None
        folder of images; None: beside the file, or near it
    key : str | None, default None
        entry of a task's data that is its image; None: found
    annotator : str | None, default None
        number or address of the one who counts; None: as tasks say
    boxes : str, default "draw"
        boxes: 'draw', 'ignore' their pixels, or 'leave' out
    class_names : Sequence[str] | None, default None
        names by id, without background; None: what occurs, sorted
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file

    Raises: `ValueError` for an unknown choice; `DataError` with everything that is wrong, or where it is open
    which entry is the image.
    Example: `label_studio_source("export.json", key="image")`
    """

def read_tasks(path: Path | str, findings: list[Finding]) -> list[StudioTask]:
    """Reads the tasks of an export. Raises `DataError` for a file that is not one.

    Parameters
    ----------
    path : Path | str
        a JSON or JSON-MIN export of Label Studio
    findings : list[Finding]
        gets what is wrong

    Returns
    -------
    list[StudioTask]
        in the order of the file
    """

def studio_shape(
    value: Mapping,
    label: str | None,
    location: str,
    size: tuple[int, int],
    boxes: str = "draw",
) -> Shape:
    """Makes a shape of a result. Raises `NoAreaError` for points, lines, and brushes without strokes.

    Parameters
    ----------
    value : Mapping
        `value` of a result
    label : str | None
        its class; None: its pixels are ignored
    location : str
        what findings call it
    size : tuple[int, int]
        (height, width) of the image in pixels
    boxes : str, default "draw"
        what becomes of boxes: 'draw', 'ignore', 'leave'
    """

def unpack_brush(packed: Sequence[int] | bytes, size: tuple[int, int]) -> np.ndarray:
    """Unpacks brush strokes of Label Studio (rle-pack of thi.ng). Raises `DataError` for another size.

    Parameters
    ----------
    packed : Sequence[int] | bytes
        the bytes of `value.rle`
    size : tuple[int, int]
        (height, width) of the image in pixels

    Returns
    -------
    np.ndarray
        [H, W] bool: what is painted
    """

KAGGLE_RLE: FileLayout

def kaggle_rle_source(
    path: Path | str,
    *,
    images: Path | str | None = None,
    order: str = "columns",
    first: int | str = 1,
    unlisted: str = "leave",
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads run lengths in a table, as Kaggle has them: small objects on top.

    Parameters
    ----------
    path : Path | str
        the table, or a folder that holds it
    images : Path | str | None, default None
        folder of images; None: beside the table, or below it
    order : str, default "columns"
        pixels are counted down 'columns', or along 'rows'
    first : int | str, default 1
        number of the first pixel: 1 or 0
    unlisted : str, default "leave"
        images without a row: 'leave' out, or 'background'
    class_names : Sequence[str] | None, default None
        names by id, without the background; None: what occurs
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the table

    Raises: `ValueError` for an unknown choice; `DataError` with all errors, or where the order looks wrong.
    Example: `kaggle_rle_source("train.csv", images="train_images")`
    """

def read_runs(text: str, size: tuple[int, int], order: str = "columns", first: int = 1) -> np.ndarray:
    """Reads run lengths as a mask. Raises `DataError` if they do not fit, `NoAreaError` for an empty cell.

    Parameters
    ----------
    text : str
        a cell: starts and lengths by turns; empty or -1: no object
    size : tuple[int, int]
        (height, width) of the image in pixels
    order : str, default "columns"
        pixels are counted down 'columns', or along 'rows'
    first : int, default 1
        number of the first pixel

    Returns
    -------
    np.ndarray
        [H, W] bool
    """

def run_columns(names: Sequence[str]) -> tuple[str, str, str | None] | None:
    """Finds the columns. Where the class follows the image's name, both are one column.

    Parameters
    ----------
    names : Sequence[str]
        columns of a table

    Returns
    -------
    tuple[str, str, str | None] | None
        of the runs, the image, the class; None: another table
    """

def run_numbers(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Reads the numbers of a cell. Raises `NoAreaError` for an empty one, `DataError` for a bad one.

    Parameters
    ----------
    text : str
        a cell

    Returns
    -------
    tuple[np.ndarray, np.ndarray]
        [N] starts, [N] lengths, in pixels
    """

def run_order(cells: Iterable[tuple[str, tuple[int, int]]]) -> tuple[int, int]:
    """Counts neighbouring runs that lie a column apart, and those that lie a row apart.

    Parameters
    ----------
    cells : Iterable[tuple[str, tuple[int, int]]]
        text and (height, width) of its image each

    Returns
    -------
    tuple[int, int]
        steps of about a height, and steps of about a width
    """

ADE20K_FULL: FileLayout

KITTI: Layout

@dataclass(frozen=True)
class CodedMask(LazyMask):
    """A mask in a file of codes, decoded when it is loaded.

    Parameters
    ----------
    path : Path | str
        the file
    scheme : str
        'grey', 'ade20k' or 'kitti', as of `read_codes`
    codes : tuple[tuple[int, int], ...]
        (code, class id) each
    dtype : str, default "uint8"
        of the ids, 'uint8' or 'uint16'
    """
    path: Path | str
    scheme: str
    codes: tuple[tuple[int, int], ...]
    dtype: str = "uint8"

    @property
    def nbytes(self) -> int:
        """About as many bytes as the mask takes as a PNG file."""
    def load(self) -> np.ndarray:
        """Class ids, [H, W, 1] uint8 or uint16. Raises `DataError` that names the file."""

def ade20k_full_source(
    root: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    unlabelled: str = "ignore",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads ADE20K as it is published (MIT, 2016 and 2021): colours decoded to classes, objects dropped.

    Parameters
    ----------
    root : Path | str
        folder with *_seg.png beside *.jpg, also in folders below it
    split : str | None, default None
        a folder that holds a part, such as 'training'; None: all
    class_names : Sequence[str] | None, default None
        K names by ascending code; None: those beside the images
    unlabelled : str, default "ignore"
        code 0: 'ignore', or the name of a class that gets id 0
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad pairs
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `DataError` where the layout does not fit, or with everything that is wrong.
    Example: `ade20k_full_source("ADE20K_2021_17_01", "training")`
    """

def code_names(codes: Sequence[int], names: Mapping[int, str]) -> list[str]:
    """Chooses a name for each code: its first name, all names where that is taken, or its number.

    Parameters
    ----------
    codes : Sequence[int]
        codes that occur
    names : Mapping[int, str]
        all names of a class, divided by commas, by its code

    Returns
    -------
    list[str]
        one for each code, in their order, all different
    """

def kitti_source(
    root: Path | str,
    split: str | None = None,
    *,
    masks: str | None = None,
    class_names: Sequence[str] | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads KITTI's semantic segmentation, from masks of classes or of objects.

    Parameters
    ----------
    root : Path | str
        with image_2/ and semantic/ or instance/, or the one above
    split : str | None, default None
        a folder that has them, such as 'training'; None: all
    masks : str | None, default None
        'semantic' or 'instance'; None: semantic where it is there
    class_names : Sequence[str] | None, default None
        K names by id; None: of label_colors.txt, or Cityscapes' 19
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad pairs
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `ValueError` for other `masks`; `DataError` where the layout does not fit, or with all bad pairs.
    Example: `kitti_source("data_semantics")`
    """

def read_codes(path: Path | str, scheme: str) -> np.ndarray:
    """Reads the class codes of a mask, without the number of the object. Raises `DataError` for other masks.

    Parameters
    ----------
    path : Path | str
        a mask
    scheme : str
        'grey': values as they are; 'ade20k': R / 10 * 256 + G; 'kitti': value / 256

    Returns
    -------
    np.ndarray
        [H, W] int32
    """

def read_objects(mask: Path | str) -> dict[int, str]:
    """Reads names of classes from the JSON or text file beside a mask. Raises `DataError` for invalid JSON.

    Parameters
    ----------
    mask : Path | str
        a file `*_seg.png` of ADE20K

    Returns
    -------
    dict[int, str]
        names by code; empty where there is no file
    """

OBJECT_MASKS: Layout

ROBOFLOW_MASKS: FileLayout

def merge_objects(
    files: Sequence[Path],
    size: tuple[int, int] | None,
    findings: list[Finding],
) -> tuple[np.ndarray, int, int]:
    """Merges the masks of objects, each in a file of its own.

    Parameters
    ----------
    files : Sequence[Path]
        mask files of one image, one for each object
    size : tuple[int, int] | None
        (height, width) of the image in pixels; None: that of the first file
    findings : list[Finding]
        gets what is wrong

    Returns
    -------
    tuple[np.ndarray, int, int]
        [H, W] bool; pixels of several objects; files without an object
    """

def object_masks_source(
    root: Path | str,
    *,
    class_names: Sequence[str] | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads a mask file for each object, as the Data Science Bowl of 2018 has them, and merges them by image.

    Parameters
    ----------
    root : Path | str
        with ID/images/, ID/masks/, or images/ID.png, masks/ID/
    class_names : Sequence[str] | None, default None
        of background and object; None: 'background' and 'object'
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `ValueError` unless there are two class names; `DataError` with all bad files.
    Example: `object_masks_source("stage1_train", class_names=("background", "nucleus"))`
    """

def read_levels(path: Path | str) -> dict[int, str]:
    """Reads grey levels and names of Roboflow's table. Raises `DataError` with every bad line.

    Parameters
    ----------
    path : Path | str
        `_classes.csv`

    Returns
    -------
    dict[int, str]
        class names by grey level, in ascending order
    """

def roboflow_masks_source(
    path: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    mask_suffix: str = "_mask",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Roboflow's semantic segmentation masks: a mask beside each image, and names of grey levels.

    Parameters
    ----------
    path : Path | str
        folder with _classes.csv, or with one below for each split
    split : str | None, default None
        a folder below, such as 'train' or 'valid'; None: all
    class_names : Sequence[str] | None, default None
        K names by id, with the background; None: those of the table
    mask_suffix : str, default "_mask"
        what the names of masks have behind those of images
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad pairs
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `DataError` where the layout does not fit, where tables differ, or with all bad pairs.
    Example: `roboflow_masks_source("export", "train")`
    """

GEOJSON: FileLayout

@dataclass(frozen=True)
class Georeference:
    """Where on a map an image lies: x, y = matrix @ (column, row) + corner.

    Parameters
    ----------
    matrix : tuple[tuple[float, float], tuple[float, float]]
        2 x 2, units of the map by pixel
    corner : tuple[float, float]
        x, y of the upper left corner of the image
    read_from : str
        such as 'GeoTIFF tags', for errors
    projection : str, default ""
        such as 'EPSG:32633'; '': unknown
    """
    matrix: tuple[tuple[float, float], tuple[float, float]]
    corner: tuple[float, float]
    read_from: str
    projection: str = ""

    def pixels(self, points: np.ndarray) -> np.ndarray:
        """Converts points on the map to pixels.

        Parameters
        ----------
        points : np.ndarray
            [N, 2] x, y on the map

        Returns
        -------
        np.ndarray
            [N, 2] columns and rows, from the upper left corner of the image
        """

def choose_coordinates(
    points: np.ndarray,
    crs: str,
    georeference: Georeference | None,
    size: tuple[int, int],
    wanted: str = "auto",
) -> str:
    """Decides what coordinates a file has. Raises `DataError` for another projection, or where both fit.

    Parameters
    ----------
    points : np.ndarray
        [N, 2] x, y of all corners of a file
    crs : str
        the projection in the file, '' for none
    georeference : Georeference | None
        where the image lies
    size : tuple[int, int]
        (height, width) of the image in pixels
    wanted : str, default "auto"
        the choice of the user: 'pixels', 'map' or 'auto'

    Returns
    -------
    str
        'pixels' or 'map'
    """

def feature_class(properties: Mapping, key: str | None) -> str | None:
    """Reads the class of a feature.

    Parameters
    ----------
    properties : Mapping
        of a feature
    key : str | None
        the property that holds the class

    Returns
    -------
    str | None
        its name; None where there is none
    """

def feature_property(
    rows: Iterable[Mapping],
    context: Path | str,
    key: str | None = None,
) -> tuple[str | None, tuple[str, ...]]:
    """Finds the property that holds the class. Raises `DataError` where that is open.

    Parameters
    ----------
    rows : Iterable[Mapping]
        properties of every feature
    context : Path | str
        file or folder that was read, for errors
    key : str | None, default None
        its name, as the user says; None: found

    Returns
    -------
    tuple[str | None, tuple[str, ...]]
        the property, None for one class of all; and assumptions
    """

def geojson_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    key: str | None = None,
    coordinates: str = "auto",
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads GeoJSON in pixels or on a map: polygons with their holes, small ones on top.

    Parameters
    ----------
    path : Path | str
        a file, or a folder of files, or of a folder for each split
    split : str | None, default None
        a folder below, such as 'train'; None: all
    images : Path | str | None, default None
        folder of images; None: beside the files, or near them
    key : str | None, default None
        property of a feature that holds its class; None: found
    coordinates : str, default "auto"
        'pixels', 'map', or 'auto', which looks where corners are
    class_names : Sequence[str] | None, default None
        names by id, without background; None: what occurs, sorted
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad images
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name

    Raises: `ValueError` for other `coordinates`; `DataError` with everything that is wrong.
    Example: `geojson_source("slides", key="classification")`
    """

def polygons_of(geometry: Mapping) -> list[list[np.ndarray]]:
    """Lists the polygons of a geometry, also of a collection. Raises `NoAreaError` for lines and points.

    Parameters
    ----------
    geometry : Mapping
        a geometry of GeoJSON

    Returns
    -------
    list[list[np.ndarray]]
        for each polygon its outline and its holes, [N, 2] of x, y each
    """

def read_geojson(path: Path | str) -> tuple[list[tuple[str, Mapping, Mapping]], str]:
    """Reads the features of a file. Raises `DataError` for what is not GeoJSON.

    Parameters
    ----------
    path : Path | str
        a GeoJSON file

    Returns
    -------
    tuple[list[tuple[str, Mapping, Mapping]], str]
        location, properties, geometry of each; projection or ''
    """

def read_georeference(image: Path | str) -> Georeference | None:
    """Reads where an image lies, from its world file or tags. Raises `DataError` for an invalid world file.

    Parameters
    ----------
    image : Path | str
        an image

    Returns
    -------
    Georeference | None
        None where there is none
    """

KNOWN_FORMATS: tuple[Any, ...]

@dataclass(frozen=True)
class KnownFormat:
    """A format that tfrseg does not read.

    Parameters
    ----------
    name : str
        as the error calls it
    endings : tuple[str, ...]
        of its files, lower case
    instead : str
        what to do
    words : tuple[str, ...], default ()
        what a file must hold, 'a|b' for one of two; empty: its ending is enough
    never : tuple[str, ...], default ()
        what no file of it holds
    """
    name: str
    endings: tuple[str, ...]
    instead: str
    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def fits(self, path: Path) -> bool:
        """Whether a file is of this format.

        Parameters
        ----------
        path : Path
            a file
        """

def hollow_voc(path: Path | str) -> str:
    """What to read where an old labelme2voc wrote arrays to SegmentationClass/ and images beside it.

    Parameters
    ----------
    path : Path | str
        folder of a dataset

    Returns
    -------
    str
        one line, '' where SegmentationClass/ has images
    """

def name_format(path: Path | str) -> str:
    """Names files that no layout reads, and says what to do; folders of images and masks come first.

    Parameters
    ----------
    path : Path | str
        a file, or a folder, two levels of which are looked through

    Returns
    -------
    str
        one line, '' where nothing is known
    """

EXPORT_NAME: str

FACTS_NAME: tuple[str, str]

UNKNOWN_FOLDER: tuple[str, str]

@dataclass(frozen=True)
class CaseMask(LazyMask):
    """A mask of nnU-Net's values: value `i` becomes `table[i]`.

    Parameters
    ----------
    array : LazyArray
        [H, W, 1] whole numbers
    table : tuple[int, ...]
        id by value
    dtype : str
        of the ids, 'uint8' or 'uint16'
    """
    array: LazyArray
    table: tuple[int, ...]
    dtype: str

    @property
    def path(self) -> Path | str:
        """The file of the mask."""

    @property
    def nbytes(self) -> int:
        """Bytes of the file."""
    def load(self) -> np.ndarray:
        """Ids, [H, W, 1]. Raises `DataError` for a value that dataset.json lacks."""

@dataclass(frozen=True)
class ClassPlanes(LazyArray):
    """Bits [H, W, 1] from a file for each class, and one that says of which pixels nothing is known.

    Parameters
    ----------
    files : tuple[LazyArray, ...]
        [H, W, 1] each, by bit; what is not 0 is of the class
    unknown : LazyArray | None
        [H, W, 1], not 0 where nothing is known; None: everything is known
    dtype : str
        of the bits
    """
    files: tuple[LazyArray, ...]
    unknown: LazyArray | None
    dtype: str

    @property
    def path(self) -> Path | str:
        """The first file."""
    def look(self) -> ArrayHeader:
        """What the bits are."""
    def load(self) -> np.ndarray:
        """The bits. Raises `DataError` that names a file of another size, or of several channels."""

@dataclass(frozen=True)
class Exported:
    """What was exported, as the note beside the files keeps it.

    Parameters
    ----------
    layout : str
        'folder', 'voc', 'cityscapes', 'coco', 'nnunet', 'labelme', 'cvat' or 'tfds'
    labels : LabelMap | None
        what mask files hold; None: colours of unknown meaning
    splits : tuple[str, ...]
        in their order
    masks : bool, default True
        whether there are masks
    names : Mapping[str, Mapping[str, str]], default dict()
        by split and file
    targets : tuple[Target, ...], default ()
        the table of the records; (): RGB of 8 bits and class ids
    """
    layout: str
    labels: LabelMap | None
    splits: tuple[str, ...]
    masks: bool = True
    names: Mapping[str, Mapping[str, str]] = ...
    targets: tuple[Target, ...] = ()

def array_folder(name: str) -> str:
    """The folder of the files of a target.

    Parameters
    ----------
    name : str
        of a target that is neither image nor mask

    Returns
    -------
    str
        the same, but for names of other folders
    """

def case_name(name: str) -> str:
    """What nnU-Net calls a record: there are no folders of cases.

    Parameters
    ----------
    name : str
        of a record
    """

def city_ids(labels: LabelMap) -> tuple[int, ...]:
    """The ids that Cityscapes gives to classes of these names.

    Parameters
    ----------
    labels : LabelMap
        of a dataset

    Returns
    -------
    tuple[int, ...]
        Cityscapes' id of each class; () where not all classes are called as there
    """

def export_layout(folder: Path | str) -> str | None:
    """The layout that reads an export again. Raises `DataError` for shards, which `convert_shards` reads.

    Parameters
    ----------
    folder : Path | str
        perhaps of an export

    Returns
    -------
    str | None
        a name of `LAYOUTS`; None where it is not an export, or was changed
    """

def exported_sources(
    folder: Path | str,
    on_error: str = "raise",
    show_progress: bool = True,
) -> dict[str, Source]:
    """Reads what `export_shards` wrote. Raises `DataError` where it is not an export, or with all that is
    wrong with its files.

    Parameters
    ----------
    folder : Path | str
        of an export
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    dict[str, Source]
        a source by split, in the order in which they were written
    """

def is_rgb(target: Target) -> bool:
    """Whether the pixels are three channels of 8 bits, which image files hold as they are.

    Parameters
    ----------
    target : Target
        of an image
    """

def join_sources(sources: Mapping[str, Source]) -> Source:
    """The pairs of all splits in one source.

    Parameters
    ----------
    sources : Mapping[str, Source]
        by split, of the same labels

    Returns
    -------
    Source
        names with the split before them, where a name occurs in two
    """

def load_exported(folder: Path | str) -> Exported | None:
    """Reads the note of an export. Raises `DataError` where it cannot be understood.

    Parameters
    ----------
    folder : Path | str
        perhaps of an export

    Returns
    -------
    Exported | None
        None where there is no note
    """

def save_exported(exported: Exported, folder: Path | str) -> Path:
    """Writes the note of an export: complete, or not at all.

    Parameters
    ----------
    exported : Exported
        what was exported
    folder : Path | str
        to where

    Returns
    -------
    Path
        the note
    """

def unchanged_export(folder: Path | str) -> Exported | None:
    """The note of an export whose splits are still those that were written.

    Parameters
    ----------
    folder : Path | str
        perhaps of an export

    Returns
    -------
    Exported | None
        None where there is no note, or where the lists have changed
    """

@dataclass(frozen=True)
class ArrayForm:
    """How an array lies in third-party records.

    Parameters
    ----------
    keys : tuple[str, ...]
        its key, or one for each channel
    form : str
        'file', 'floats', 'bytes', 'zlib', 'float png'
    dtype : str, default "uint8"
        of 'bytes' and 'zlib'
    shape : tuple[int, ...], default ()
        [H, W] or [H, W, C]; -1: any; (): as large as the image
    size_key : str, default ""
        of an image file that is as large
    divisor : int, default 0
        of panoptic labels; 0: plain values
    part : str, default ""
        of panoptic labels: 'class' or 'object'
    """
    keys: tuple[str, ...]
    form: str
    dtype: str = "uint8"
    shape: tuple[int, ...] = ()
    size_key: str = ""
    divisor: int = 0
    part: str = ""

    @property
    def bands(self) -> tuple[str, ...]:
        """Names of channels, where each has a key."""

@dataclass(frozen=True)
class StoredArray(LazyArray):
    """An array in a third-party record.

    Parameters
    ----------
    shard : Any
        gives `features(row)`, `where(row)` and `version`
    row : int
        of the record in there
    form : ArrayForm
        how it is stored
    """
    shard: Any
    row: int
    form: ArrayForm

    @property
    def path(self) -> str:
        """File, record and key."""
    def look(self) -> ArrayHeader:
        """What the array is. Raises `DataError` for values that do not fit the form."""
    def load(self) -> np.ndarray:
        """The pixels, [H, W, C]. Raises `DataError` that names file, record and key."""

@dataclass(frozen=True)
class TargetArray(LazyArray):
    """One array of a record of a tfrseg dataset.

    Parameters
    ----------
    shard : Any
        gives `features(row)`, `where(row)` and `version`
    row : int
        of the record in there
    schema : Schema
        with a table of targets
    name : str
        of the target
    """
    shard: Any
    row: int
    schema: Schema
    name: str

    @property
    def path(self) -> str:
        """File, record and key."""

    @property
    def is_tile(self) -> bool:
        """Whether the record is a tile of a larger image."""
    def fields(self) -> dict:
        """Of a tile its parent, and (y, x, whole height, whole width) in pixels."""
    def look(self) -> ArrayHeader:
        """What the table of targets says of it, and the size of the record."""
    def load(self) -> np.ndarray:
        """The pixels, [H, W, C]. Raises `DataError` that names file, record and key."""

def as_tensors(
    features: dict[str, list],
    schema: Schema,
) -> dict[str, bytes | int | float | tuple[int, ...]]:
    """The features of a record as TensorFlow Datasets reads them.

    Parameters
    ----------
    features : dict[str, list]
        of a record with a table of targets, from `read_features`
    schema : Schema
        its schema

    Returns
    -------
    dict[str, bytes | int | float | tuple[int, ...]]
        as `serialize_example` takes them
    """

def facts_of(features: dict[str, list], schema: Schema) -> tuple[tuple[str, str | int | float], ...]:
    """The facts of a record.

    Parameters
    ----------
    features : dict[str, list]
        of a record, checked
    schema : Schema
        with a table of targets

    Returns
    -------
    tuple[tuple[str, str | int | float], ...]
        (name, value) of each fact
    """

def find_form(
    features: dict[str, list],
    keys: Sequence[str],
    image_key: str = "",
    size: tuple[int, int] | None = None,
) -> ArrayForm:
    """How an array lies in records. Raises `DataError` for values that are no array.

    Parameters
    ----------
    features : dict[str, list]
        of the first record
    keys : Sequence[str]
        of the array, one or one for each channel
    image_key : str, default ""
        of an image file that is as large; '': there is none
    size : tuple[int, int] | None, default None
        (height, width) of lists of floats; None: square
    """

def free_encodings(schema: Schema) -> tuple[Target, ...]:
    """The table of targets without the encodings that the schema chose itself.

    Parameters
    ----------
    schema : Schema
        of records

    Returns
    -------
    tuple[Target, ...]
        its table; () where it has none
    """

def is_tensor(target: Target) -> bool:
    """Whether a target is a `Tensor` in a dataset of TensorFlow Datasets, not an `Image`.

    Parameters
    ----------
    target : Target
        with pixels, and its encoding
    """

def mixer_size(file: Path | str) -> tuple[tuple[int, int], str] | None:
    """The size of Earth Engine's patches. Raises `DataError` for a file that does not say it.

    Parameters
    ----------
    file : Path | str
        a shard

    Returns
    -------
    tuple[tuple[int, int], str] | None
        (height, width) in pixels, and the name of the file that says it
    """

def tensor_schema(schema: Schema) -> Schema:
    """The schema of records with a table of targets as TensorFlow Datasets reads them.

    Parameters
    ----------
    schema : Schema
        with a table of targets

    Returns
    -------
    Schema
        the same, tensors under other keys, PNG of two channels as zlib
    """

def tfds_form(key: str, described: dict) -> ArrayForm | None:
    """How TensorFlow Datasets keeps an array.

    Parameters
    ----------
    key : str
        of the feature
    described : dict
        what features.json says of it

    Returns
    -------
    ArrayForm | None
        None for what is no array, and for images of 8 bits with one or three channels
    """

ENCODINGS: tuple[str, str, str]

OBJECTS_LIMIT: Limit

@dataclass(frozen=True)
class RecordImage(LazyImage):
    """An image or a mask inside a record; an image in the encoding that is wanted.

    Parameters
    ----------
    shard : ShardFile
        that holds the record
    row : int
        of the record in there
    schema : Schema
        its keys
    role : str, default "image"
        'image', 'mask' or 'instances'
    encoding : str, default "keep"
        what an image becomes: 'keep', 'png' or 'jpeg'
    """
    shard: ShardFile
    row: int
    schema: Schema
    role: str = "image"
    encoding: str = "keep"

    @property
    def path(self) -> str:
        """File, record and key."""

    @property
    def nbytes(self) -> int:
        """Bytes of the image as it is kept."""

    @property
    def can_be_kept(self) -> bool:
        """Whether it is a file, all of whose bits and bands can be kept."""
    def open(self) -> bytes | Image.Image:
        """A PNG or JPEG file, or raw pixels."""

@dataclass(frozen=True)
class RecordInstances(LazyMask):
    """The class mask of a record that has one mask for each object.

    Parameters
    ----------
    path : RecordImage
        the object masks in the record
    dtype : str, default "uint8"
        of the ids: 'uint8' or 'uint16'
    """
    path: RecordImage
    dtype: str = "uint8"

    @property
    def nbytes(self) -> int:
        """Bytes of all masks as they are kept."""
    def load(self) -> np.ndarray:
        """Class ids, [H, W, 1] uint8 or uint16."""

@dataclass(frozen=True)
class RecordMask(LazyMask):
    """The ids that a record of a tfrseg dataset holds.

    Parameters
    ----------
    path : RecordImage
        the mask's image in the record
    dtype : str, default "uint8"
        of the ids: 'uint8' or 'uint16'
    """
    path: RecordImage
    dtype: str = "uint8"

    @property
    def nbytes(self) -> int:
        """Bytes of the mask as it is kept."""
    def load(self) -> np.ndarray:
        """Class ids, [H, W, 1] uint8 or uint16."""

class RecordTile(RecordImage):
    """An image that is a tile of a larger one, as its record says.

    Parameters
    ----------
    shard : ShardFile
        that holds the record
    row : int
        of the record in there
    schema : Schema
        its keys
    role : str, default "image"
        'image', 'mask' or 'instances'
    encoding : str, default "keep"
        what an image becomes: 'keep', 'png' or 'jpeg'
    """
    is_tile: bool
    def fields(self) -> dict:
        """Its parent, and (y, x, whole height, whole width) in pixels."""

@dataclass(frozen=True, eq=False)
class ShardFile:
    """A shard that is read by row: its good records, and what is wrong with the others.

    Parameters
    ----------
    file : Path
        as the user names it
    plain : Path
        the same, or its unpacked copy where it is compressed
    records : np.ndarray
        [N, 3] int64: number, byte offset and length of each good record
    findings : tuple[Finding, ...], default ()
        of the records that cannot be read
    version : tuple[int, ...], default (0,)
        `file_state` when it was opened
    """
    file: Path
    plain: Path
    records: np.ndarray
    findings: tuple[Finding, ...] = ()
    version: tuple[int, ...] = (0,)

    @classmethod
    def open(cls, file: Path) -> ShardFile:
        """Finds the records of a file; a file that cannot be unpacked has findings alone.

        Parameters
        ----------
        file : Path
            a shard
        """

    def where(self, row: int) -> str:
        """File and number of a record, as errors name it.

        Parameters
        ----------
        row : int
            of a good record, from 0
        """

    def features(self, row: int) -> dict[str, list]:
        """What a record holds, by key. Raises `DataError` that names it.

        Parameters
        ----------
        row : int
            of a good record, from 0
        """

def match_schema(keys: Mapping[str, str], features: Mapping[str, list], where: str = "record") -> Schema:
    """The schema of keys that a user gives; the record shows whether pixels are files, raw, or tensors.

    Parameters
    ----------
    keys : Mapping[str, str]
        key by role: 'image', 'mask', 'name', 'height', 'width', 'mask_format'
    features : Mapping[str, list]
        of one record, from `read_features`
    where : str, default "record"
        what errors call it

    Raises: `ValueError` for an unknown role, `DataError` for a key that the record lacks.
    """

def merge_instances(masks: Sequence[np.ndarray], ids: Sequence[int], size: tuple[int, int]) -> np.ndarray:
    """One mask of classes from a mask for each object: the smaller one lies on top, of equals the later.

    Parameters
    ----------
    masks : Sequence[np.ndarray]
        [H, W] each, not 0 where the object is
    ids : Sequence[int]
        class of each object
    size : tuple[int, int]
        (height, width), pixels

    Returns
    -------
    np.ndarray
        [H, W, 1] ids, 0 where no object is; uint16 where an id needs it
    """

def record_sources(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | Mapping | None = None,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    unknown: str = "raise",
    allow_lossy_mask: bool = False,
    encoding: str = "keep",
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    pixels: str | None = None,
    alpha: str | None = None,
    size: tuple[int, int] | None = None,
    divisor: int | None = None,
    nodata: Mapping[str, float] | float | None = None,
    leave_out: Sequence[str | Flag] = (),
    on_error: str = "raise",
    show_progress: bool = True,
) -> dict[str, Source]:
    """Makes pairs of the records of shards, all of them looked at.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a dataset, a folder, a file, a pattern, or a list of them
    split : str | None, default None
        only this split; None: all
    schema : Schema | Mapping | None, default None
        a schema, or by role a key or keys of bands; None: found
    class_names : Sequence[str] | None, default None
        K names by id; None: as the data says, or made up
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for masks that hold colours
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    allow_lossy_mask : bool, default False
        True: JPEG masks, each pixel to the nearest class
    encoding : str, default "keep"
        images that are files: 'keep' byte for byte, 'png' or 'jpeg'
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value to ignore; 'none': no value; None: 255 beside ids
    pixels : str | None, default None
        images of more than 8 bits: 'kept', 'stretch', 'high'; None: refused
    alpha : str | None, default None
        alpha and further bands: 'keep', 'drop'; None: refused
    size : tuple[int, int] | None, default None
        (height, width) of lists of floats; None: found, or square
    divisor : int | None, default None
        of DeepLab2's panoptic labels; None: 1000
    nodata : Mapping[str, float] | float | None, default None
        of the image, or by target; None: there is none
    leave_out : Sequence[str | Flag], default ()
        names of records to leave out, or flags from a list
    on_error : str, default "raise"
        'raise', or 'skip' to leave out what is damaged or does not fit
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    dict[str, Source]
        a source by split, in order

    Raises: `DataError` with all findings, `ValueError` for arguments that exclude each other.
    Example: `sources = record_sources("deeplab", class_names=["background", "road"])`
    """

def tfds_schema(folder: Path | str) -> tuple[Schema, tuple[str, ...]] | None:
    """Which keys hold image and mask, as `features.json` says. Raises `DataError` where none does, or
    where more than one may.

    Parameters
    ----------
    folder : Path | str
        with shards of TensorFlow Datasets

    Returns
    -------
    tuple[Schema, tuple[str, ...]] | None
        its keys and class names; None without `features.json`
    """

CLOUD38: Layout

@dataclass(frozen=True)
class ClassFiles(LazyMask):
    """A mask of ids from a file for each class; what is not 0 in a file is of its class.

    Parameters
    ----------
    planes : tuple[LazyArray, ...]
        one for each class, [H, W, 1]
    names : tuple[str, ...]
        of the classes, from id 1
    dtype : str
        of the ids
    """
    planes: tuple[LazyArray, ...]
    names: tuple[str, ...]
    dtype: str

    @property
    def path(self) -> Path | str:
        """The first file."""

    @property
    def nbytes(self) -> int:
        """Bytes of all files."""
    def load(self) -> np.ndarray:
        """Ids, [H, W, 1]. Raises `DataError` where two classes share a pixel, or the files differ in size."""

def cloud38_source(
    root: Path | str,
    *,
    class_names: Sequence[str] = ('clear', 'cloud'),
    nonempty: bool = False,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads the training patches of 38-Cloud or 95-Cloud.

    Parameters
    ----------
    root : Path | str
        folder with train_red/, _green/, _blue/, _nir/ and train_gt/
    class_names : Sequence[str], default ("clear", "cloud")
        two names
    nonempty : bool, default False
        True: the list of patches that are not empty, which must be there
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad patches
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs, sorted by name

    Raises: `DataError` where the layout does not fit, or with everything that is wrong with the patches.
    Example: `cloud38_source("38-Cloud_training")`
    """

def compile_pattern(pattern: str, words: Mapping[str, Sequence[str]]) -> re.Pattern:
    """A pattern as a regular expression. Raises `ValueError` for other words than the three.

    Parameters
    ----------
    pattern : str
        a path below a folder, such as 'train_{band}/{band}_{name}.TIF'
    words : Mapping[str, Sequence[str]]
        what 'band' and 'class' may be; what is not in it may be anything

    Returns
    -------
    re.Pattern
        with a group for each word
    """

def pattern_source(
    root: Path | str,
    *,
    image: str,
    mask: str | None = None,
    bands: Sequence[str] = (),
    others: Mapping | None = None,
    class_names: Sequence[str] | None = None,
    overlap: bool = False,
    palette: Mapping | Sequence | None = None,
    labels: LabelMap | None = None,
    list_file: Path | str | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    pixels: str | None = "kept",
    alpha: str | None = None,
    nodata: Mapping[str, float] | float | None = None,
    channels_first: bool | None = None,
    unknown: str = "raise",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Pairs files by patterns of their paths: a file a band, a mask file a class.

    Parameters
    ----------
    root : Path | str
        folder below which all files lie
    image : str
        pattern of the images, such as '{name}_{band}.tif'
    mask : str | None, default None
        pattern of the masks, such as 'masks/{class}/{name}.png'
    bands : Sequence[str], default ()
        what {band} may be, in the order of the channels
    others : Mapping | None, default None
        by name: pattern of further arrays, or (pattern, kind or `Target`)
    class_names : Sequence[str] | None, default None
        K names by id or by bit; None: found, or made up
    overlap : bool, default False
        True: classes may share pixels; the mask holds bits
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: found where masks hold colours
    labels : LabelMap | None, default None
        settled labels, such as those of another split
    list_file : Path | str | None, default None
        text file with the names to take, one per line
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value to ignore; 'none': no value; None: 255 beside ids
    pixels : str | None, default "kept"
        of images in one file: 'kept', 'stretch', 'high', None
    alpha : str | None, default None
        of images in one file: 'keep', 'drop'; None: refused
    nodata : Mapping[str, float] | float | None, default None
        of the image, or by target; None: as files say
    channels_first : bool | None, default None
        True: arrays are [C, H, W]; None: as their shapes say
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs that fit, sorted by name

    Raises: `DataError` with all findings, `ValueError` for a pattern that cannot be.
    Example: `source = pattern_source("cells", image="{name}_{band}.tif", bands=("DAPI", "GFP"))`
    """

DECATHLON: Layout

NNUNET: Layout

@dataclass(frozen=True)
class JoinedChannels(LazyArray):
    """The channels of several arrays, one behind the other.

    Parameters
    ----------
    arrays : tuple[LazyArray, ...]
        of one size and dtype
    """
    arrays: tuple[LazyArray, ...]

    @property
    def path(self) -> Path | str:
        """The file of the first."""
    def look(self) -> ArrayHeader:
        """The header of all channels. Raises `DataError` for arrays of different sizes."""
    def load(self) -> np.ndarray:
        """All channels, [H, W, C]."""

def decathlon_source(
    root: Path | str,
    *,
    axis: int = 2,
    around: int = 0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads slices of the training volumes of a task of the Medical Segmentation Decathlon.

    Parameters
    ----------
    root : Path | str
        folder with dataset.json, imagesTr/ and labelsTr/
    axis : int, default 2
        of volumes: 0, 1 or 2, across which slices are cut
    around : int, default 0
        of volumes: slices on each side that are channels, too
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad cases
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the list

    Raises: `DataError` where the layout does not fit, or with everything that is wrong with the cases.
    Example: `decathlon_source("Task04_Hippocampus")`
    """

def nnunet_source(
    root: Path | str,
    split: str | None = None,
    *,
    axis: int = 2,
    around: int = 0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads a dataset of nnU-Net; of volumes, slices.

    Parameters
    ----------
    root : Path | str
        folder with dataset.json, imagesTr/ and labelsTr/
    split : str | None, default None
        'train' or 'test'; None: 'train'
    axis : int, default 2
        of volumes: 0, 1 or 2, across which slices are cut
    around : int, default 0
        of volumes: slices on each side that are channels, too
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad cases
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs, sorted by case and slice

    Raises: `DataError` where the layout does not fit, or with everything that is wrong with the cases.
    Example: `nnunet_source("Dataset004_Hippocampus")`
    """

FILE_LAYOUTS: tuple[str, ...]

LAYOUTS: Any

def choose_layout(path: Path | str, layout: str = "auto") -> str:
    """Chooses the layout of a folder.

    Parameters
    ----------
    path : Path | str
        a folder, or a file that such a layout begins with
    layout : str, default "auto"
        a name of `LAYOUTS`; 'auto': the one that fits

    Returns
    -------
    str
        a name of `LAYOUTS` that fits

    Raises: `DataError` that says what was looked for and what would fit, `ValueError` for another name.
    """

def detect_layouts(path: Path | str) -> list[str]:
    """Finds the layouts that a folder can have, by its files. Raises `FileNotFoundError` for a missing path.

    Parameters
    ----------
    path : Path | str
        a folder, or a file that such a layout begins with

    Returns
    -------
    list[str]
        names of layouts that fit; empty where none does
    """

def layout_options(layout: str, words: Sequence[str]) -> dict[str, Any]:
    """Arguments from text. Raises `ValueError` for what the layout does not take.

    Parameters
    ----------
    layout : str
        a name of `LAYOUTS`
    words : Sequence[str]
        NAME=VALUE each, such as 'levels=line,word' or 'reduce_zero_label=no'

    Returns
    -------
    dict[str, Any]
        arguments of the layout's function
    """

def layout_parameters(layout: Layout) -> dict[str, Any]:
    """Lists the keyword arguments of a layout's function.

    Parameters
    ----------
    layout : Layout
        one of `LAYOUTS`

    Returns
    -------
    dict[str, Any]
        default by name
    """

def layouts_below(path: Path | str, levels: int = 2) -> dict[Path, list[str]]:
    """Which folders below a folder fit which layouts; of many the first hundred are looked at.

    Parameters
    ----------
    path : Path | str
        a folder
    levels : int, default 2
        how far down

    Returns
    -------
    dict[Path, list[str]]
        names of layouts that fit, by folder; nothing below a folder that fits
    """

def open_layout(
    path: Path | str,
    layout: str = "auto",
    by_split: bool = True,
    encoding: str | None = None,
    **options: Any,
) -> dict[str, Source]:
    """Opens a dataset of any layout.

    Parameters
    ----------
    path : Path | str
        what the layout's function reads: a folder, or a file
    layout : str, default "auto"
        a name of `LAYOUTS`; 'auto': the one that fits
    by_split : bool, default True
        False: all splits as one, 'train'
    encoding : str | None, default None
        codec of text without a byte order mark, such as 'cp1252'; None: UTF-8
    **options : Any
        further arguments of the layout's function

    Returns
    -------
    dict[str, Source]
        a source by split

    Raises: `DataError` where it does not fit, saying what would, `ValueError` for an option the layout lacks.
    Example: `sources = open_layout("VOCdevkit/VOC2012", "voc")`
    """
