# Written by tools/stubs.py from the sources; do not edit.
"""Pairs to shards, shards to shards, shards to files; without TensorFlow."""

import numpy as np
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from .. import Pair
from ..sources import SeenFile, Source, Unchecked
from ..storage import (
    DatasetInfo, Flag, LabelMap, Schema, ShardInfo, Shards, Target, TargetStats, ValueCounts,
)

__all__ = [
    "EXPORT_LAYOUTS", "FILES", "Item", "ShardSpec", "array_file", "convert_shards", "encode_pair",
    "export_shards", "export_tfds", "file_kind", "named_labels", "npy_line", "plan_shards", "plane_files",
    "ray_engine", "read_items", "recoded", "region_labels", "region_values", "save_file", "write_shard",
    "write_shards", "write_tfrecords",
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
        'folder', 'voc', 'cityscapes', 'coco' or 'nnunet'
    split : str | None, default None
        only this split; None: all
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
    fit; `DataError` for names and arrays that the layout cannot hold, before the first file;
    `FileExistsError` for a folder that is not empty.
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

def read_items(shards: Shards) -> Iterator[Item]:
    """Reads every record, in order.

    Parameters
    ----------
    shards : Shards
        from `open_shards`

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
