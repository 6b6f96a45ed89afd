# Written by tools/stubs.py from the sources; do not edit.
"""Pairs to shards, shards to shards, shards to files; without TensorFlow."""

import numpy as np
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from .. import Finding, Pair
from ..sources import SeenFile, Source, Unchecked
from ..storage import (
    DatasetInfo, Flag, LabelMap, Schema, ShardInfo, Shards, Target, TargetStats, ValueCounts,
)

__all__ = [
    "BACKGROUND", "EXPORT_LAYOUTS", "FILES", "IGNORE", "Item", "Merged", "Ring", "ShardSpec", "Updated",
    "append_shards", "array_file", "convert_shards", "cvat_head", "cvat_image", "cvat_masks", "dataset_there",
    "encode_pair", "export_shards", "export_tfds", "file_kind", "joined_info", "label_difference",
    "labelme_file", "labelme_shapes", "link_shard", "merge_shards", "named_labels", "npy_line", "odd_label",
    "odd_letters", "outer_rings", "plan_shards", "plane_files", "ray_engine", "read_items", "recoded",
    "region_labels", "region_values", "rewrite_shard", "save_file", "update_shards", "values_of",
    "write_shard", "write_shards", "write_tfrecords",
]

@dataclass(frozen=True)
class ShardSpec:
    """One shard to be written: where it goes, which pairs it gets, and how they are stored.

    Parameters
    ----------
    path : Path
        final name of the file
    split : str
        such as 'train'
    pairs : tuple[Pair, ...]
        what goes in, in order
    labels : LabelMap
        what mask values mean
    schema : Schema
        keys and encoding of the records
    nbytes : int
        estimated size of the file, bytes
    skipped : tuple[str, ...], default ()
        one line for each pair that the source left out
    exif_rotated : frozenset[str], default frozenset()
        names of images that EXIF rotates
    assumptions : tuple[str, ...], default ()
        lines that say what the source takes for granted
    made_from : str, default field(default="", repr=False)
        checksum over the state of all files, by `write_shards`
    seen : Mapping[str, SeenFile], default field(default_factory=dict, repr=False, compare=False)
        files that need not be decoded again, by path
    unchecked : Unchecked | None, default field(default=None, repr=False, compare=False)
        what is checked while it is written; None: it was checked
    """
    path: Path
    split: str
    pairs: tuple[Pair, ...]
    labels: LabelMap
    schema: Schema
    nbytes: int
    skipped: tuple[str, ...] = ()
    exif_rotated: frozenset[str] = ...
    assumptions: tuple[str, ...] = ()
    made_from: str = ...
    seen: Mapping[str, SeenFile] = ...
    unchecked: Unchecked | None = ...

def encode_pair(
    pair: Pair,
    labels: LabelMap,
    schema: Schema = ...,
    seen: Mapping[str, SeenFile] | None = None,
    values: Mapping[str, ValueCounts] | None = None,
) -> tuple[dict, np.ndarray | Mapping | None]:
    """The features of one pair, and its mask or the pixels of each id; None for a pair without a mask.

    Parameters
    ----------
    pair : Pair
        files to read
    labels : LabelMap
        what the mask means
    schema : Schema, default TFVISION
        keys of the record
    seen : Mapping[str, SeenFile] | None, default None
        what the source has seen of its files, by path
    values : Mapping[str, ValueCounts] | None, default None
        count the values of images and fields; None: nothing

    Returns
    -------
    tuple[dict, np.ndarray | Mapping | None]
        features by key; mask [H, W, 1], or pixels by id, or None

    Raises: `DataError` that names the file.
    """

def plan_shards(
    source: Source | Mapping[str, Source],
    out: Path | str,
    *,
    schema: Schema | str | None = None,
    shard_mib: float | None = None,
    records_per_shard: int | None = None,
) -> list[ShardSpec]:
    """Cuts pairs into shards, in their order. Reads and writes nothing.

    Parameters
    ----------
    source : Source | Mapping[str, Source]
        pairs, all of them for 'train', or a source by split
    out : Path | str
        folder of the dataset to be
    schema : Schema | str | None, default None
        TFVISION (PNG, JPEG), RAW_IDS or RAW (plain pixels), or its name; None: TFVISION of RGB, else RAW_IDS
    shard_mib : float | None, default None
        size of a shard, MiB; None: 16 to 128, so that there are eight
    records_per_shard : int | None, default None
        records in each shard but the last; None: by size

    Returns
    -------
    list[ShardSpec]
        in order

    Raises: `ValueError` for a size that is not positive, a split's name, or splits with different labels;
    `DataError` for pairs that do not fit into one dataset.
    Example: `plan = plan_shards(folder_source("img", "seg"), "shards")`
    """

def write_shard(
    spec: ShardSpec,
    on_error: str = "raise",
    on_record: Callable[[int], object] | None = None,
) -> ShardInfo:
    """Writes one shard; the same spec gives the same bytes. The file appears when it is complete.

    Parameters
    ----------
    spec : ShardSpec
        one part of a plan
    on_error : str, default "raise"
        'raise', or 'skip' to leave out pairs that cannot be read
    on_record : Callable[[int], object] | None, default None
        called after each pair with the bytes written

    Returns
    -------
    ShardInfo
        what the shard holds

    Raises: `DataError` that names a file that cannot be read, unless `on_error` skips it; `OSError` for a
    full disk.
    """

def write_shards(
    plan: Sequence[ShardSpec],
    *,
    workers: int | None = None,
    engine: Callable | None = None,
    overwrite: bool = False,
    resume: bool = False,
    on_error: str = "raise",
    stats: Mapping[str, TargetStats] | None = None,
    show_progress: bool = True,
) -> DatasetInfo:
    """Writes a planned dataset: all of it, or nothing under its name.

    Parameters
    ----------
    plan : Sequence[ShardSpec]
        from `plan_shards`
    workers : int | None, default None
        threads, each with a shard at a time; None: one a processor core
    engine : Callable | None, default None
        called like `map`, such as `ray_engine()`; None: threads
    overwrite : bool, default False
        True: replace a dataset that is there
    resume : bool, default False
        True: keep finished shards, and leave them if this writer is stopped
    on_error : str, default "raise"
        'raise', or 'skip' to leave out pairs that cannot be read
    stats : Mapping[str, TargetStats] | None, default None
        of the same arrays, known already; None: measured
    show_progress : bool, default True
        True: a bar on stderr for long work, and a line where nothing is to do

    Returns
    -------
    DatasetInfo
        what was written, as in `dataset_info.json`

    Raises: `ValueError` for arguments that cannot work; `FileExistsError` for a folder that is taken;
    `DataError` for a pair that cannot be read, or a full disk; `WriterAtWork` where another process writes.
    Example: `info = write_shards(plan_shards(folder_source("img", "seg"), "shards"))`
    """

def write_tfrecords(
    i: int,
    path2base: Path | str,
    path2imgs: Path | str,
    path2segs: Path | str,
    list_images_inatfrecord: Sequence[str],
) -> Path:
    """Writes one TFRecord file of raw RGB images and masks (schema `RAW`).

    Parameters
    ----------
    i : int
        number in the file's name
    path2base : Path | str
        folder that gets `tfrecords/{i:04d}_images.tfrecords`
    path2imgs : Path | str
        folder of images
    path2segs : Path | str
        folder of masks, under the same names
    list_images_inatfrecord : Sequence[str]
        file names, one record each, in this order

    Returns
    -------
    Path
        the file; an older one of this name is replaced

    Raises: `ValueError` for an empty list; `FileNotFoundError` for files that are missing; `DataError` for a
    name that leads out of its folder, or a file that cannot be read.
    Example: `write_tfrecords(0, ".", "img", "seg", ["a.png", "b.png"])`
    """

def convert_shards(
    path: Path | str | Sequence[Path | str],
    out: Path | str,
    split: str | None = None,
    *,
    schema: Schema | str = ...,
    encoding: str = "keep",
    pixels: str | None = None,
    alpha: str | None = None,
    features: Schema | Mapping | None = None,
    size: tuple[int, int] | None = None,
    divisor: int | None = None,
    nodata: Mapping[str, float] | float | None = None,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    unknown: str = "raise",
    allow_lossy_mask: bool = False,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    leave_out: Sequence[str | Flag] = (),
    shard_mib: float | None = None,
    records_per_shard: int | None = None,
    workers: int | None = None,
    engine: Callable | None = None,
    overwrite: bool = False,
    resume: bool = False,
    on_error: str = "raise",
    show_progress: bool = True,
) -> DatasetInfo:
    """Writes shards of any origin as a tfrseg dataset: splits, names, order and classes stay.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a dataset, a folder, a file, a pattern, or a list of them
    out : Path | str
        folder of the dataset to be
    split : str | None, default None
        only this split; None: all
    schema : Schema | str, default TFVISION
        of the new records: TFVISION, RAW_IDS or RAW, or its name
    encoding : str, default "keep"
        images that are files: 'keep' byte for byte, 'png' or 'jpeg'
    pixels : str | None, default None
        images of more than 8 bits: 'kept', 'stretch', 'high'; None: refused
    alpha : str | None, default None
        alpha and further bands: 'keep', 'drop'; None: refused
    features : Schema | Mapping | None, default None
        old keys: a schema, or by role a key or keys of bands
    size : tuple[int, int] | None, default None
        (height, width) of lists of floats; None: found, or square
    divisor : int | None, default None
        of DeepLab2's panoptic labels; None: 1000
    nodata : Mapping[str, float] | float | None, default None
        of the image, or by target; None: there is none
    class_names : Sequence[str] | None, default None
        K names by id; None: as the data says, or made up
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for masks that hold colours
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    allow_lossy_mask : bool, default False
        True: JPEG masks, each pixel to the nearest class
    mask_values : str | None, default None
        'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value to ignore; 'none': no value; None: 255 beside ids
    leave_out : Sequence[str | Flag], default ()
        names of records to leave out, or flags from a list
    shard_mib : float | None, default None
        size of a shard, as for `plan_shards`
    records_per_shard : int | None, default None
        records in each shard but the last; None: by size
    workers : int | None, default None
        threads, a shard at a time; None: one a processor core
    engine : Callable | None, default None
        called like `map`, such as `ray_engine()`; None: threads
    overwrite : bool, default False
        True: replace a dataset that is there
    resume : bool, default False
        True: resume a conversion that was stopped
    on_error : str, default "raise"
        'raise', or 'skip' records that are damaged or do not fit
    show_progress : bool, default True
        True: a bar on stderr for long work

    Returns
    -------
    DatasetInfo
        what was written

    Raises: `ValueError` for arguments that cannot work; `DataError` for records that cannot be read, or that
    leave a question open; `FileExistsError` for a folder that is taken; `OSError` for missing shards.
    Example: `info = convert_shards("deeplab", "shards", class_names=["background", "road"])`
    """

BACKGROUND: tuple[str, str]

IGNORE: tuple[str, str]

class Ring(NamedTuple):
    """The outline of a region.

    Parameters
    ----------
    id : int
        of its class
    points : np.ndarray
        [N, 2] int64 corners x, y in pixels, clockwise
    area : int
        pixels that it encloses, holes among them
    """
    id: int
    points: np.ndarray
    area: int

def cvat_head(colors: Mapping[str, Sequence[int]], count: int) -> str:
    """The beginning of CVAT's XML: version and labels.

    Parameters
    ----------
    colors : Mapping[str, Sequence[int]]
        (r, g, b) by label, in their order
    count : int
        images

    Returns
    -------
    str
        up to the first image
    """

def cvat_image(
    number: int,
    name: str,
    subset: str,
    size: tuple[int, int],
    masks: Iterable[Mapping[str, Any]],
) -> str:
    """An image as CVAT's XML has it.

    Parameters
    ----------
    number : int
        of the image in the file, from 0
    name : str
        of the image file, below images/
    subset : str
        its split
    size : tuple[int, int]
        (height, width), pixels
    masks : Iterable[Mapping[str, Any]]
        from `cvat_masks`

    Returns
    -------
    str
        an element `<image>`, with a line feed at its end
    """

def cvat_masks(ids: np.ndarray, class_names: Sequence[str], ignore_label: int) -> list[dict[str, Any]]:
    """Makes CVAT's masks, one for each class that occurs; none for a class 0 that is called background.

    Parameters
    ----------
    ids : np.ndarray
        [H, W, 1] class ids
    class_names : Sequence[str]
        by id
    ignore_label : int
        id of ignored pixels

    Returns
    -------
    list[dict[str, Any]]
        attributes of an element `<mask>` each
    """

def labelme_file(
    shapes: Sequence[Mapping[str, Any]],
    image_name: str,
    size: tuple[int, int],
) -> dict[str, Any]:
    """What LabelMe's JSON file of an image holds (version 5, https://github.com/wkentaro/labelme).

    Parameters
    ----------
    shapes : Sequence[Mapping[str, Any]]
        from `labelme_shapes`
    image_name : str
        of the image file, beside the JSON file
    size : tuple[int, int]
        (height, width), pixels

    Returns
    -------
    dict[str, Any]
        the content of the JSON file
    """

def labelme_shapes(
    ids: np.ndarray,
    class_names: Sequence[str],
    ignore_label: int,
    name: str = "mask",
) -> list[dict[str, Any]]:
    """Makes polygons of a mask, islands in holes, too. Raises `DataError` for more than 100 000 regions.

    Parameters
    ----------
    ids : np.ndarray
        [H, W, 1] class ids
    class_names : Sequence[str]
        by id
    ignore_label : int
        id of ignored pixels
    name : str, default "mask"
        of the record, for errors

    Returns
    -------
    list[dict[str, Any]]
        as LabelMe's JSON has them, in the order of drawing
    """

def odd_label(name: str) -> str:
    """Why a class name cannot stand in the files of LabelMe and CVAT.

    Parameters
    ----------
    name : str
        of a class

    Returns
    -------
    str
        such as 'begins or ends with a blank'; '' where nothing is wrong
    """

def odd_letters(text: str) -> bool:
    """Whether a text holds what XML 1.0 cannot: control characters, halves of characters, U+FFFE and U+FFFF.

    Parameters
    ----------
    text : str
        a name
    """

def outer_rings(ids: np.ndarray) -> list[Ring]:
    """Traces all regions along the sides of pixels, without their holes: drawn in order they give the mask.

    Parameters
    ----------
    ids : np.ndarray
        [H, W] or [H, W, 1], class ids

    Returns
    -------
    list[Ring]
        one a region, what encloses more first
    """

FILES: tuple[str, str, str]

def array_file(array: np.ndarray, target: Target, kind: str) -> bytes:
    """The file of an array.

    Parameters
    ----------
    array : np.ndarray
        [H, W, C], as its target says
    target : Target
        what it is
    kind : str
        from `file_kind`
    """

def file_kind(target: Target, files: str = "") -> str:
    """Chooses the kind of file. Raises `ValueError` for one that cannot hold the target, or be written here.

    Parameters
    ----------
    target : Target
        with pixels
    files : str, default ""
        one of `FILES`; '': PNG where it fits, else TIFF, or npy where tifffile is missing

    Returns
    -------
    str
        ending of the file, 'png', 'tif' or 'npy'
    """

def npy_line(targets: Sequence[Target], files: str = "") -> str:
    """Says which arrays become npy files since tifffile is missing.

    Parameters
    ----------
    targets : Sequence[Target]
        a table
    files : str, default ""
        as for `file_kind`

    Returns
    -------
    str
        one line; '' where there is nothing to say
    """

def plane_files(
    bits: np.ndarray,
    class_names: Sequence[str],
    unknown: bool,
) -> Iterator[tuple[str, bytes]]:
    """A PNG file for each class.

    Parameters
    ----------
    bits : np.ndarray
        [H, W, 1]
    class_names : Sequence[str]
        by bit
    unknown : bool
        True: a file says where nothing is known

    Returns
    -------
    Iterator[tuple[str, bytes]]
        folder and PNG file, 0 and 255
    """

def recoded(mask: np.ndarray, values: dict[int, int]) -> np.ndarray:
    """A mask with other values.

    Parameters
    ----------
    mask : np.ndarray
        [H, W, 1] whole numbers
    values : dict[int, int]
        new by old, of all that occur

    Returns
    -------
    np.ndarray
        [H, W, 1] uint8, or uint16 where one of all values needs it
    """

def region_labels(
    values: dict[int, int],
    class_names: Sequence[str],
    unknown: int,
) -> dict[str, int | list[int]]:
    """What nnU-Net calls labels: the values of each class.

    Parameters
    ----------
    values : dict[int, int]
        from `region_values`
    class_names : Sequence[str]
        by bit
    unknown : int
        the bits that say that nothing is known
    """

def region_values(found: Sequence[int], classes: int, unknown: int) -> dict[int, int]:
    """Numbers each combination of classes. Raises `DataError` for more than 65535 of them.

    Parameters
    ----------
    found : Sequence[int]
        the bits that occur
    classes : int
        K
    unknown : int
        the bits that say that nothing is known

    Returns
    -------
    dict[int, int]
        value by bits
    """

EXPORT_LAYOUTS: dict[str, Any]

@dataclass(frozen=True)
class Item:
    """A record on its way out.

    Parameters
    ----------
    split : str
        of its shard
    name : str
        with forward slashes, without an ending
    data : bytes
        the image, a PNG or JPEG file
    kind : str
        its ending, 'png' or 'jpg'; '' where the image is one of `arrays`
    mask : np.ndarray | None, default None
        [H, W, 1] ids or [H, W, 3] colours; None: there is none
    arrays : tuple[tuple[Target, np.ndarray], ...], default ()
        (target, [H, W, C]) of all else, bits of a mask, too
    facts : tuple[tuple[str, str | int | float], ...], default ()
        (name, value)
    """
    split: str
    name: str
    data: bytes
    kind: str
    mask: np.ndarray | None = None
    arrays: tuple[tuple[Target, np.ndarray], ...] = ()
    facts: tuple[tuple[str, str | int | float], ...] = ()
    def png(self) -> bytes:
        """The image as a PNG file, pixels the same."""

def export_shards(
    path: Path | str | Sequence[Path | str],
    folder: Path | str,
    layout: str = "folder",
    split: str | None = None,
    *,
    records: Path | str | Sequence[str | int | Flag] | None = None,
    tagged: str = "",
    files: str = "",
    predict: Callable | None = None,
    batch_size: int = 8,
    schema: Schema | str | None = None,
    show_progress: bool = True,
) -> int:
    """Writes each record as files of a layout: all of them, or nothing under the folder's name.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    folder : Path | str
        folder to be; must be new or empty
    layout : str, default "folder"
        'folder', 'voc', 'cityscapes', 'coco', 'nnunet', 'labelme' or 'cvat'
    split : str | None, default None
        only this split; None: all
    records : Path | str | Sequence[str | int | Flag] | None, default None
        only these: a list of flags or names, as a file; or names, numbers over all records, flags; None: all
    tagged : str, default ""
        only those of `records` with this tag; '': all of them
    files : str, default ""
        of arrays: 'png', 'tiff', 'npy'; '': PNG or, if it must, TIFF
    predict : Callable | None, default None
        [B, H, W, 3] uint8 to [B, H, W, K] scores, or ids; None: none
    batch_size : int, default 8
        B, at most
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    show_progress : bool, default True
        True: a bar on stderr for long work

    Returns
    -------
    int
        records written

    Raises: `ValueError` for an unknown layout, files that cannot hold an array, or predictions that do not
    fit; `DataError` for names and arrays that the layout cannot hold, and for a list that names what is not
    there, before the first file; `FileExistsError` for a folder that is not empty.
    Example: `export_shards("shards", "voc", "voc")`
    """

def export_tfds(path: Path | str, folder: Path | str) -> int:
    """Makes a folder that TensorFlow Datasets reads: the shards, and its two files about them.

    Parameters
    ----------
    path : Path | str
        folder of a tfrseg dataset, in the schema TFVISION, or with a table of targets
    folder : Path | str
        folder to be; must be new or empty

    Returns
    -------
    int
        records

    Raises: `DataError` for anything but such a dataset; `FileExistsError` for a folder that is not empty.
    Example: `export_tfds("shards", "shards_tfds")`
    """

def named_labels(labels: LabelMap, top: int = -1) -> LabelMap:
    """The same labels, nothing left without a name or a colour.

    Parameters
    ----------
    labels : LabelMap
        as the dataset has them
    top : int, default -1
        highest id that occurs; -1: none

    Returns
    -------
    LabelMap
        with a name and a colour for each class
    """

def read_items(shards: Shards, numbers: Sequence[int] | None = None) -> Iterator[Item]:
    """Reads records, in order.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    numbers : Sequence[int] | None, default None
        over all records, ascending; None: all

    Returns
    -------
    Iterator[Item]
        one a record

    Raises: `DataError` that names file and record.
    """

def save_file(folder: Path | str, name: str, data: bytes) -> None:
    """Writes a file, whole or not at all.

    Parameters
    ----------
    folder : Path | str
        folder of an export
    name : str
        path below it
    data : bytes
        what goes in

    Raises: `DataError` for a name that leads out of the folder, or that another record has.
    """

def ray_engine(
    address: str | None = None,
    *,
    retries: int = 3,
    in_flight: int | None = None,
    workers: int | None = None,
) -> Callable:
    """Writes, checks and scans on Ray, on many machines: called like `map`, and counts records.

    Parameters
    ----------
    address : str | None, default None
        of a cluster, 'HOST:PORT' or 'auto'; None: Ray starts on this machine
    retries : int, default 3
        how often an item is given to another worker, when its worker dies
    in_flight : int | None, default None
        items that Ray has at a time; None: `workers`, or two a processor core
    workers : int | None, default None
        at a time, a processor core each; None: one for each core there is

    Returns
    -------
    Callable
        an engine for `write_shards` and others; `close()` leaves Ray

    Raises: `ValueError` for numbers that cannot work. When called: `ImportError` without Ray, or for a node
    with other versions; `ConnectionError` where no cluster answers; `FileNotFoundError` for a place that a
    node does not see; `ChildProcessError` where workers die again and again.
    Example: `write_shards(plan, engine=ray_engine("10.0.0.1:6379"), resume=True)`
    """

class Merged(NamedTuple):
    """What a merge has made.

    Parameters
    ----------
    info : DatasetInfo
        of the new dataset
    linked : int, default 0
        shards with a second name
    copied : int, default 0
        shards copied, as they lie on another disk
    written : int, default 0
        shards written again, as names of their records changed
    is_new : bool, default True
        False: it was there already, made of the same
    lost_stats : bool, default False
        True: statistics of pixels are to be counted again, by `tfrseg stats`
    """
    info: DatasetInfo
    linked: int = 0
    copied: int = 0
    written: int = 0
    is_new: bool = True
    lost_stats: bool = False

def joined_info(
    info: DatasetInfo,
    parts: Sequence[DatasetInfo],
    splits: dict[str, tuple[ShardInfo, ...]],
) -> DatasetInfo:
    """One info for all shards, without statistics of pixels.

    Parameters
    ----------
    info : DatasetInfo
        what all parts agree on
    parts : Sequence[DatasetInfo]
        whose lines are joined
    splits : dict[str, tuple[ShardInfo, ...]]
        the shards of all
    """

def label_difference(one: LabelMap, other: LabelMap) -> str:
    """Says how the meaning of ids differs between two tables of classes; colours and coding do not count.

    Parameters
    ----------
    one : LabelMap
        of a dataset
    other : LabelMap
        of another one, or of a source

    Returns
    -------
    str
        such as "class 2 is 'pen', not 'card'"; '' where records of both mean the same
    """

def link_shard(file: Path, target: Path) -> bool:
    """Gives a shard, and the index beside it, a second name.

    Parameters
    ----------
    file : Path
        a shard
    target : Path
        its new name

    Returns
    -------
    bool
        True: linked; False: copied, as the disk is another one or has no links
    """

def merge_shards(
    paths: Sequence[Path | str],
    out: Path | str,
    *,
    prefix: Sequence[str] | None = None,
    map_classes: bool = False,
    show_progress: bool = True,
) -> Merged:
    """Makes one dataset of several: shards linked where the disk is the same, one new info.

    Parameters
    ----------
    paths : Sequence[Path | str]
        folders of datasets, two or more
    out : Path | str
        folder of the dataset to be
    prefix : Sequence[str] | None, default None
        a word before the names of each dataset, '' for none; None: none
    map_classes : bool, default False
        True: match classes by name, where one dataset knows more of them
    show_progress : bool, default True
        True: a bar on stderr for long work

    Returns
    -------
    Merged
        what was made

    Raises: `DataError` for datasets that differ in schema or classes, and for a name in two of them;
    `ValueError` for arguments that cannot work; `FileExistsError` for a folder that holds something else.
    Example: `merge_shards(["may", "june"], "all").info`
    """

def rewrite_shard(
    file: Path,
    target: Path,
    schema: Schema,
    labels: LabelMap,
    change: Callable[[int, bytes], bytes],
) -> ShardInfo:
    """Writes a shard with some of its records changed. Raises `DataError` for a damaged one.

    Parameters
    ----------
    file : Path
        a shard
    target : Path
        the new shard
    schema : Schema
        of its records
    labels : LabelMap
        of the dataset
    change : Callable[[int, bytes], bytes]
        of number and record, to the record as it is written

    Returns
    -------
    ShardInfo
        what the new one holds
    """

def values_of(record: bytes) -> dict:
    """The features of a record, so that some can be changed.

    Parameters
    ----------
    record : bytes
        a serialised example

    Returns
    -------
    dict
        as `serialize_example` takes them: a value, or a tuple of several
    """

class Updated(NamedTuple):
    """What became of a dataset.

    Parameters
    ----------
    info : DatasetInfo
        as it is now
    changed : tuple[str, ...], default ()
        names of the records that were replaced
    unchanged : int, default 0
        pairs whose record stayed as it was
    added : int, default 0
        records that were added
    shards_written : int, default 0
        shards with a changed record; all others were linked
    skipped : tuple[Finding, ...], default ()
        pairs that were left out, by on_error='skip' here or of the source
    lost_stats : bool, default False
        True: statistics of pixels are to be counted again, by `tfrseg stats`
    """
    info: DatasetInfo
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    added: int = 0
    shards_written: int = 0
    skipped: tuple[Finding, ...] = ()
    lost_stats: bool = False

def append_shards(
    source: Source | Mapping[str, Source],
    out: Path | str,
    *,
    on_error: str = "raise",
    shard_mib: float | None = None,
    records_per_shard: int | None = None,
    workers: int | None = None,
    show_progress: bool = True,
) -> Updated:
    """Adds pairs to a dataset: new shards, one new info, all at once; old shards stay byte by byte.

    Parameters
    ----------
    source : Source | Mapping[str, Source]
        new pairs, all of them for 'train', or a source by split
    out : Path | str
        folder of a dataset on a local disk
    on_error : str, default "raise"
        'raise', or 'skip' to leave out pairs that are there already or do not fit
    shard_mib : float | None, default None
        of added shards, as for `plan_shards`
    records_per_shard : int | None, default None
        of added shards but the last; None: by size
    workers : int | None, default None
        threads that write; None: one a processor core
    show_progress : bool, default True
        True: a bar on stderr for long work

    Returns
    -------
    Updated
        what was added

    Raises: `DataError` for names that are there already, other classes or another schema; `FileNotFoundError`
    where there is no dataset; `WriterAtWork` where another process writes.
    Example: `append_shards(folder_source("new/img", "new/seg"), "shards").added`
    """

def dataset_there(out: Path | str) -> Path:
    """Finds the dataset that is to be changed.

    Parameters
    ----------
    out : Path | str
        a local folder

    Returns
    -------
    Path
        where the dataset is at this moment: the same, or beside it

    Raises: `ValueError` for a bucket; `FileNotFoundError` where there is none.
    """

def update_shards(
    source: Source | Mapping[str, Source],
    out: Path | str,
    *,
    append: bool = False,
    images: str = "same",
    on_error: str = "raise",
    shard_mib: float | None = None,
    records_per_shard: int | None = None,
    workers: int | None = None,
    show_progress: bool = True,
) -> Updated:
    """Replaces masks that have changed: their shards are written anew, all others stay byte by byte.

    Parameters
    ----------
    source : Source | Mapping[str, Source]
        corrected pairs, or by split; their names are those of records
    out : Path | str
        folder of a dataset on a local disk
    append : bool, default False
        True: pairs of unknown names are added; False: they are an error
    images : str, default "same"
        where the image of a pair differs: 'same' is an error, 'keep' takes its mask alone, 'replace' both
    on_error : str, default "raise"
        'raise', or 'skip' to leave out pairs that do not fit
    shard_mib : float | None, default None
        of added shards, as for `plan_shards`
    records_per_shard : int | None, default None
        of added shards but the last; None: by size
    workers : int | None, default None
        threads that write added shards; None: one a processor core
    show_progress : bool, default True
        True: a bar on stderr for long work

    Returns
    -------
    Updated
        what was changed

    Raises: `DataError` with all pairs that do not fit, before anything is changed; `FileNotFoundError` where
    there is no dataset; `WriterAtWork` where another process writes.
    Example: `update_shards(open_layout("corrected", "labelme"), "shards").changed`
    """
