# Written by tools/stubs.py from the sources; do not edit.
"""Pairs to shards, shards to shards, shards to files; without TensorFlow."""

import numpy as np
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from .. import Pair
from ..sources import Source
from ..storage import DatasetInfo, Flag, LabelMap, Schema, ShardInfo, Shards

__all__ = [
    "EXPORT_LAYOUTS", "Item", "ShardSpec", "convert_shards", "encode_pair", "export_folder", "export_shards",
    "export_tfds", "named_labels", "plan_shards", "read_items", "record_files", "record_name", "save_file",
    "save_record", "write_shard", "write_shards", "write_tfrecords",
]

@dataclass(frozen=True)
class ShardSpec:
    """One shard to be written: where, which pairs, how. `nbytes` is an estimate, `exif_rotated` holds the names of images that EXIF turns, `made_from` is a
    checksum over the state of all files that `write_shards` takes.

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
        of the records
    nbytes : int
        about as many bytes as the shard takes
    skipped : tuple[str, ...], default ()
        a line for each pair that the source left out
    exif_rotated : frozenset[str], default frozenset()
        names of images that EXIF turns
    assumptions : tuple[str, ...], default ()
        lines that say what was taken for granted
    made_from : str, default field(default="", repr=False)
        checksum over the state of all files; `write_shards` takes it
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

def encode_pair(pair: Pair, labels: LabelMap, schema: Schema = ...) -> tuple[dict, np.ndarray | None]:
    """The features of one pair. Raises `DataError` that names the file.

    Parameters
    ----------
    pair : Pair
        files to read
    labels : LabelMap
        what the mask means
    schema : Schema, default TFVISION
        keys of the record

    Returns
    -------
    tuple[dict, np.ndarray | None]
        features by key, and the mask [H, W, 1]
    """

def plan_shards(
    source: Source | Mapping[str, Source],
    out: Path | str,
    *,
    schema: Schema = ...,
    shard_mib: float | None = None,
    records_per_shard: int | None = None,
) -> list[ShardSpec]:
    """Cuts pairs into shards, in their order. Reads and writes nothing.

    Parameters
    ----------
    source : Source | Mapping[str, Source]
        pairs, all of them for 'train', or a source by split
    out : Path | str
        folder of the data set to be
    schema : Schema, default TFVISION
        TFVISION (PNG, JPEG), RAW_IDS or RAW (plain pixels)
    shard_mib : float | None, default None
        size aimed at, MiB; None: 128, or 16 to 128 for eight shards
    records_per_shard : int | None, default None
        records in each shard but the last; None: by size

    Returns
    -------
    list[ShardSpec]
        in order
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
        called after each pair with the bytes written, for progress

    Returns
    -------
    ShardInfo
        what the shard holds

    Raises: `DataError` that names a file that cannot be read, unless `on_error` says to skip it; `OSError` for a full disk.
    """

def write_shards(
    plan: Sequence[ShardSpec],
    *,
    workers: int | None = None,
    engine: Callable | None = None,
    overwrite: bool = False,
    resume: bool = False,
    on_error: str = "raise",
    show_progress: bool = True,
) -> DatasetInfo:
    """Writes a planned data set: all of it, or nothing under its name.

    Parameters
    ----------
    plan : Sequence[ShardSpec]
        from `plan_shards`
    workers : int | None, default None
        threads, each with a shard at a time; None: one a processor core
    engine : Callable | None, default None
        a `map`, such as that of a pool, instead of threads
    overwrite : bool, default False
        True: replace a data set that is there
    resume : bool, default False
        True: keep what is finished, all of it or the shards of a writer that was stopped, and leave them if this one is
    on_error : str, default "raise"
        'raise', or 'skip' to leave out pairs that cannot be read
    show_progress : bool, default True
        a bar on stderr for long work, and a line where nothing is to do

    Returns
    -------
    DatasetInfo
        what was written, as in `dataset_info.json`
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
    """

def convert_shards(
    path: Path | str | Sequence[Path | str],
    out: Path | str,
    split: str | None = None,
    *,
    schema: Schema = ...,
    encoding: str = "keep",
    pixels: str | None = None,
    alpha: str | None = None,
    features: Schema | Mapping[str, str] | None = None,
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
    overwrite: bool = False,
    resume: bool = False,
    on_error: str = "raise",
    show_progress: bool = True,
) -> DatasetInfo:
    """Writes the records of shards, whoever wrote them, as a data set of ours: splits, names, order and classes stay.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a data set, a folder, a file, a pattern, or a list of them
    out : Path | str
        folder of the data set to be
    split : str | None, default None
        only this split; None: all
    schema : Schema, default TFVISION
        of the new records: TFVISION, RAW_IDS or RAW
    encoding : str, default "keep"
        images that are files: 'keep' byte for byte, 'png' or 'jpeg'
    pixels : str | None, default None
        images of more than 8 bits: as for `build_source`; None: refused
    alpha : str | None, default None
        images with transparent pixels: as for `build_source`; None: refused
    features : Schema | Mapping[str, str] | None, default None
        keys of the old records: a schema, or key by role; None: found
    class_names : Sequence[str] | None, default None
        K names by id; None: as the data says, or made up from what occurs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for masks that hold colours
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    allow_lossy_mask : bool, default False
        True: JPEG masks, each pixel to the nearest class
    mask_values : str | None, default None
        what mask values are: 'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value that means ignore; 'none': no value does; None: 255 beside ids
    leave_out : Sequence[str | Flag], default ()
        names of records to leave out, or flags from a list
    shard_mib : float | None, default None
        size of a shard, as for `plan_shards`
    records_per_shard : int | None, default None
        records in each shard but the last; None: by size
    workers : int | None, default None
        threads, each with a shard at a time; None: one a processor core
    overwrite : bool, default False
        True: replace a data set that is there
    resume : bool, default False
        True: go on where a conversion was stopped
    on_error : str, default "raise"
        'raise', or 'skip' to leave out what is damaged or does not fit
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    DatasetInfo
        what was written
    """

EXPORT_LAYOUTS: dict[str, tuple[Any, Any]]

@dataclass(frozen=True)
class Item:
    """A record on its way out:

    Parameters
    ----------
    split : str
        of its shard
    name : str
        with forward slashes
    data : bytes
        a PNG or JPEG file
    kind : str
        its ending, 'png' or 'jpg'
    mask : np.ndarray | None, default None
        [H, W, 1] ids or [H, W, 3] colours; None: there is none

    `data` is a PNG or JPEG file, `kind` its ending, `mask` [H, W, 1] ids or [H, W, 3] colours.
    """
    split: str
    name: str
    data: bytes
    kind: str
    mask: np.ndarray | None = None
    def png(self) -> bytes:
        """The image as a PNG file, pixels the same."""

def export_folder(
    path: Path | str | Sequence[Path | str],
    folder: Path | str,
    split: str | None = None,
    *,
    schema: Schema | None = None,
    show_progress: bool = True,
) -> int:
    """Writes each record as an image and a mask file, equal to what went in: all of them, or nothing under the folder's name.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `read_dataset`
    folder : Path | str
        gets `images/` and `masks/`; must be new or empty
    split : str | None, default None
        only this split; None: all
    schema : Schema | None, default None
        None: as the info or the first record says
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    int
        records written
    """

def export_shards(
    path: Path | str | Sequence[Path | str],
    folder: Path | str,
    layout: str = "folder",
    split: str | None = None,
    *,
    predict: Callable | None = None,
    batch_size: int = 8,
    schema: Schema | None = None,
    show_progress: bool = True,
) -> int:
    """Writes each record as files of a layout, with a class table beside them and a note that leads home: all of them, or nothing under the
    folder's name. Raises `DataError` at once for names that the layout cannot hold.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `read_dataset`
    folder : Path | str
        folder to be; must be new or empty
    layout : str, default "folder"
        'folder', 'voc', 'cityscapes' or 'coco'
    split : str | None, default None
        only this split; None: all
    predict : Callable | None, default None
        images [B, H, W, 3] uint8 to scores [B, H, W, K] or ids; None: masks as they are
    batch_size : int, default 8
        B, at most
    schema : Schema | None, default None
        None: as the info or the first record says
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    int
        records written
    """

def export_tfds(path: Path | str, folder: Path | str) -> int:
    """A folder that TensorFlow Datasets reads: the same shards, and its two files about them.

    Parameters
    ----------
    path : Path | str
        folder of a data set of ours, in the schema TFVISION
    folder : Path | str
        folder to be; must be new or empty

    Returns
    -------
    int
        records
    """

def named_labels(labels: LabelMap, top: int = -1) -> LabelMap:
    """The same labels, nothing left without a name or a colour.

    Parameters
    ----------
    labels : LabelMap
        as the data set has them
    top : int, default -1
        highest id that occurs; -1: none

    Returns
    -------
    LabelMap
        with a name and a colour for each class
    """

def read_items(shards: Shards) -> Iterator[Item]:
    """Every record, in order. Raises `DataError` that names file and record.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    """

def record_files(
    features: dict[str, list],
    schema: Schema,
    dtype: str = "uint8",
    name: str = "record",
) -> tuple[bytes, str, np.ndarray | None]:
    """A record's image as a file, byte for byte where it is kept as one, and its mask.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    schema : Schema
        whose keys they have
    dtype : str, default "uint8"
        of encoded masks, 'uint8' or 'uint16'
    name : str, default "record"
        what errors call it

    Returns
    -------
    tuple[bytes, str, np.ndarray | None]
        image file, 'jpg' or 'png', and mask: [H, W, 1] ids or [H, W, 3] colours
    """

def record_name(features: dict[str, list], shards: Shards, number: int) -> str:
    """The name of a record, or its number; shards from elsewhere often keep the ending of a picture in the name.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    shards : Shards
        where the record is
    number : int
        its number over all files

    Returns
    -------
    str
        with forward slashes
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

    Raises `DataError` for a name that leads outside, or that another record has.
    """

def save_record(
    folder: Path | str,
    name: str,
    data: bytes,
    kind: str,
    mask: np.ndarray | None,
    labels: LabelMap,
) -> None:
    """Writes the image and the mask of a record.

    Parameters
    ----------
    folder : Path | str
        gets `images/` and `masks/`
    name : str
        of the record
    data : bytes
        image file
    kind : str
        its ending
    mask : np.ndarray | None
        [H, W, 1] ids or [H, W, 3] colours
    labels : LabelMap
        how masks were coded in the source
    """
