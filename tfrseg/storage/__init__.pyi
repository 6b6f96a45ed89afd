# Written by tools/stubs.py from the sources; do not edit.
"""What lies on disk: image files, labels, schemas, records, shards and the info beside them; without TensorFlow."""

import numpy as np
from PIL import Image
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, NamedTuple
from .. import Finding
from ..core import LazyImage, LazyMask, Limit
from .shards import _RecordFiles

__all__ = [
    "Counts", "DatasetInfo", "Feature", "Flag", "FramedFile", "HOW_TO_REDUCE", "Header", "IMAGE_LIMIT",
    "IMAGE_SUFFIXES", "INFO_LIMIT", "INFO_NAME", "INSTANCES", "ImageProbe", "LabelMap", "Loss", "RAW",
    "RAW_IDS", "RECORD_LIMIT", "RecordLocation", "ReducedImage", "RemotePath", "SCHEMAS", "SPLIT_WORDS",
    "Scanned", "Schema", "ShardCounts", "ShardFacts", "ShardIndex", "ShardInfo", "ShardList", "ShardWriter",
    "Shards", "TFVISION", "THIRD_PARTY_SCHEMAS", "TILE_FEATURES", "UNPACK_LIMIT", "WriterAtWork", "as_ids",
    "as_path", "atomic_file", "change_flags", "check_example", "check_features", "check_flag_file",
    "check_ids", "check_shards", "class_weights", "clear_staging", "colors_to_ids", "compression_of",
    "count_classes", "count_ids", "count_records", "decode_features", "decode_record", "deep_pixels",
    "describe_file", "detect_schema", "encode_example", "encode_image", "encode_png", "file_sha256",
    "file_state", "find_duplicates", "find_shards", "find_unions", "first_column", "flag_line",
    "flagged_rows", "frame_parts", "frame_record", "holds_records", "ids_to_image", "image_kind",
    "image_name", "index_fits", "index_layout", "index_path", "index_records", "job_of", "keep_index",
    "kept_indexes", "kind_of", "list_shards", "load_image", "load_info", "load_mask", "locate_features",
    "locate_pixels", "lock_file", "locked_folder", "lost_in_rgb", "lost_pixels", "make_index", "map_bytes",
    "mask_values", "masked_crc", "one_value", "open_header", "open_image", "open_index", "open_shards",
    "original", "palette_colors", "parse_flag", "peek_feature", "pixel_problems", "probe_image",
    "raw_mask_dtype", "read_features", "read_flags", "read_header", "read_image", "read_index", "read_record",
    "read_sample", "record_names", "record_problems", "reduce_image", "repair_shards", "rgb_pixels",
    "same_split", "save_info", "scan_records", "schema_from_keys", "serialize_example", "serialize_parts",
    "settle_folder", "shard_path", "spare_index_path", "split_from_name", "split_told", "staging_folder",
    "stored_ids", "stored_image", "sync_folder", "unpack_records", "values_to_ids", "walk_records",
    "whole_numbers", "write_flags", "write_index", "write_records", "writer_at_work", "written_index",
]

@dataclass(frozen=True, order=True)
class RemotePath:
    """A file or folder behind a prefix that `tf.io.gfile` knows, for reading; it is used as a `pathlib.Path` is.

    Parameters
    ----------
    url : str
        such as 'gs://bucket/cards'
    """
    url: str
    def __fspath__(self) -> str: ...
    def __truediv__(self, name: str) -> RemotePath: ...

    @property
    def name(self) -> str:
        """What stands behind the last slash."""

    @property
    def parent(self) -> RemotePath:
        """The folder it is in."""
    def exists(self) -> bool: ...
    def is_dir(self) -> bool: ...
    def iterdir(self) -> list[RemotePath]: ...
    def glob(self) -> list[RemotePath]: ...
    def absolute(self) -> RemotePath: ...
    def resolve(self) -> RemotePath: ...
    def stat(self) -> SimpleNamespace: ...

    def read_text(self, encoding: str = "utf-8") -> str:
        """Parameters
        ----------
        encoding : str, default "utf-8"
            a codec of Python
        """

    def open(self, mode: str = "rb"):
        """Opens the file. Raises `FileNotFoundError`.

        Parameters
        ----------
        mode : str, default "rb"
            as for `open`
        """

def as_path(path: Path | RemotePath | str) -> Path | RemotePath:
    """A path, here or elsewhere.

    Parameters
    ----------
    path : Path | RemotePath | str
        a path, or a text such as 'cards/shards' or 'gs://bucket/cards'
    """

@contextmanager
def atomic_file(path: Path | str, sweep: bool = False):
    """A binary file to write that appears as `path` when the block ends well, and not at all when it fails.

    Parameters
    ----------
    path : Path | str
        final name; its folder must exist
    sweep : bool, default False
        True: removes what killed processes left of this file, too
    """

def file_sha256(path: Path | str) -> str:
    """The checksum of a whole file, read in pieces.

    Parameters
    ----------
    path : Path | str
        a file

    Returns
    -------
    str
        64 hexadecimal digits
    """

def lock_file(file: int | BinaryIO, wait: bool = True) -> bool | None:
    """Locks an open file until it is closed.

    Parameters
    ----------
    file : int | BinaryIO
        an open file or folder, or its descriptor
    wait : bool, default True
        False: does not wait for another process

    Returns
    -------
    bool | None
        True: locked; False: another process holds it; None: there are no locks here
    """

@contextmanager
def locked_folder(folder: Path | str) -> Iterator[None]:
    """Inside the block no other process is inside such a block of the same folder, where the system has locks.

    Parameters
    ----------
    folder : Path | str
        a folder that is there
    """

def sync_folder(path: Path | str) -> None:
    """Forces a folder's list of names to the disk, where the system allows that.

    Parameters
    ----------
    path : Path | str
        a folder
    """

HOW_TO_REDUCE: str

IMAGE_LIMIT: Limit

IMAGE_SUFFIXES: frozenset[Any]

@dataclass(frozen=True)
class Header:
    """What the header of an image file says.

    Parameters
    ----------
    kind : str
        'png', 'jpeg', or '' for all else
    depth : int, default 8
        bits a channel
    channels : int, default 3
        with alpha
    alpha : bool, default False
        True: one of the channels is alpha
    clear : bool, default False
        True: some pixel may be transparent
    """
    kind: str
    depth: int = 8
    channels: int = 3
    alpha: bool = False
    clear: bool = False

@dataclass(frozen=True)
class ImageProbe:
    """An image file that was checked and not decoded.

    Parameters
    ----------
    data : bytes
        the file; b'' for pixels from memory
    image : Image.Image
        opened by its header
    orientation : int
        its EXIF orientation, 1 to 8; 1: upright
    plain : bool
        True: a PNG or JPEG file that TensorFlow decodes to what `load_image` gives
    """
    data: bytes
    image: Image.Image
    orientation: int
    plain: bool

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) in pixels, when it stands upright."""

    @property
    def nbytes(self) -> int:
        """Bytes of the file; of pixels from memory about what a PNG file takes."""

    def decode(self, name: str = "image") -> Image.Image:
        """Decodes the pixels. Raises `DataError` for what cannot be decoded.

        Parameters
        ----------
        name : str, default "image"
            what errors call it

        Returns
        -------
        Image.Image
            the same image with its pixels, as they lie in the file
        """

@dataclass(frozen=True)
class Loss:
    """What an image holds beyond RGB of 8 bits.

    Parameters
    ----------
    kinds : frozenset[str], default frozenset()
        some of 'depth', 'bands', 'alpha'
    text : str, default ""
        counts what would be lost; '': nothing
    ends : tuple[float, float] | None, default None
        darkest and brightest value of an image of more than 8 bits
    """
    kinds: frozenset[str] = ...
    text: str = ""
    ends: tuple[float, float] | None = None

@dataclass(frozen=True)
class ReducedImage(LazyImage):
    """An image as RGB of 8 bits, without alpha and further bands.

    Parameters
    ----------
    image : Path | str | LazyImage
        an image file, or what makes the image
    ends : tuple[float, float] | None, default None
        values that become 0 and 255, in between in a line; None: the high byte is kept
    """
    image: Path | str | LazyImage
    ends: tuple[float, float] | None = None

    @property
    def path(self) -> Path | str:
        """Where the image comes from."""

    @property
    def is_tile(self) -> bool:
        """Whether the image is a tile of a larger one."""
    def fields(self) -> dict:
        """What the image that is reduced says of itself."""
    def open(self) -> Image.Image:
        """Upright, [H, W] or [H, W, 3] uint8."""

def deep_pixels(picture: Image.Image, data: bytes = b'') -> np.ndarray:
    """The pixels of a deep image as they are.

    Parameters
    ----------
    picture : Image.Image
        an image of more than 8 bits
    data : bytes, default b""
        its file, where there is one

    Returns
    -------
    np.ndarray
        [H, W] or [H, W, 3] with all bits

    Colours of 16 bits are read from PNG, and from TIFF where `tifffile` is installed.
    """

def describe_file(source: Path | str | bytes) -> str:
    """What a file is that Pillow cannot read as an image, by its first bytes, and what to do about it.

    Parameters
    ----------
    source : Path | str | bytes
        a file, or its bytes

    Returns
    -------
    str
        such as "a ZIP archive; unpack it first"
    """

def encode_image(source: Path | str | LazyImage | np.ndarray) -> tuple[bytes, str, tuple[int, int]]:
    """An image as PNG or JPEG bytes that TensorFlow decodes to what `load_image` gives.

    Parameters
    ----------
    source : Path | str | LazyImage | np.ndarray
        a file, what makes it, or [H, W, 3] uint8

    Returns
    -------
    tuple[bytes, str, tuple[int, int]]
        file bytes, 'png' or 'jpeg', (height, width)
    """

def encode_png(pixels: np.ndarray) -> bytes:
    """Pixels as PNG, without loss: grey, grey and alpha, RGB or RGBA by the number of channels, of 8 or 16 bits.

    Parameters
    ----------
    pixels : np.ndarray
        [H, W, 3] uint8, [H, W, 1] uint8, or [H, W, C] uint16

    Returns
    -------
    bytes
        a PNG file
    """

def image_kind(data: bytes) -> str:
    """Tells PNG and JPEG, the two formats that records hold, by their first bytes.

    Parameters
    ----------
    data : bytes
        a file, or its first 8 bytes

    Returns
    -------
    str
        'png', 'jpeg', or '' for all else
    """

def image_name(file: Path | str) -> str:
    """A name without the ending of a picture.

    Parameters
    ----------
    file : Path | str
        a file name or relative path

    Returns
    -------
    str
        with forward slashes
    """

def load_image(source: Path | str | bytes | LazyImage | Image.Image, name: str = "image") -> np.ndarray:
    """An image of any kind as RGB, upright by its EXIF orientation.

    Parameters
    ----------
    source : Path | str | bytes | LazyImage | Image.Image
        a file, its bytes, what makes it, or an opened picture
    name : str, default "image"
        what errors call it when `source` is bytes

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8 RGB

    Raises `DataError` where that would lose bits, bands or alpha.
    """

def lost_in_rgb(picture: Image.Image, data: bytes = b'') -> Loss:
    """What RGB of 8 bits would lose of an image. Decodes only where the header leaves it open.

    Parameters
    ----------
    picture : Image.Image
        an opened image
    data : bytes, default b""
        its file, where there is one
    """

def lost_pixels(data: bytes, mask: bool = False) -> str:
    """What three channels of eight bits would lose of an image, as `lost_in_rgb` says it; most headers tell that it is nothing. Raises `DataError` for what cannot be decoded.

    Parameters
    ----------
    data : bytes
        an image file
    mask : bool, default False
        True: its grey values are ids

    Returns
    -------
    str
        '' where nothing is lost
    """

def open_header(source: Path | str | bytes, name: str = "image") -> Image.Image:
    """An image by its header.

    Parameters
    ----------
    source : Path | str | bytes
        a file, or the bytes of one
    name : str, default "image"
        what errors call it when `source` is bytes

    Returns
    -------
    Image.Image
        not decoded: pixels are read when they are asked for

    Raises `DataError` for what is none, and for more pixels than `PIL.Image.MAX_IMAGE_PIXELS` allows twice.
    """

def open_image(
    source: Path | str | bytes | LazyImage,
    name: str = "picture",
    check: Callable[[Image.Image], None] | None = None,
) -> Image.Image:
    """Opens and decodes a picture with Pillow. Raises `DataError` for what is no whole, still picture.

    Parameters
    ----------
    source : Path | str | bytes | LazyImage
        a file, the bytes of one, or what makes it
    name : str, default "picture"
        what errors call it when `source` is bytes
    check : Callable[[Image.Image], None] | None, default None
        looks at the header; what it raises keeps the pixels from being decoded

    Returns
    -------
    Image.Image
        decoded, in its own mode
    """

def probe_image(source: Path | str | bytes | LazyImage, name: str = "picture") -> ImageProbe:
    """Size, kind and turn of a picture without decoding it.

    Parameters
    ----------
    source : Path | str | bytes | LazyImage
        a file, the bytes of one, or what makes it
    name : str, default "picture"
        what errors call it when `source` is bytes

    Returns
    -------
    ImageProbe
        looked through

    Raises `DataError` for what is no whole, still picture.
    """

def read_header(data: bytes) -> Header:
    """Depth and channels of a PNG or JPEG file, from its first bytes.

    Parameters
    ----------
    data : bytes
        an image file

    Returns
    -------
    Header
        kind '' of what is neither PNG nor JPEG
    """

def read_image(path: Path | str | LazyImage) -> np.ndarray:
    """The pixels of an image that was checked: those of `load_image`, for PNG and JPEG files without a look at what RGB loses.

    Parameters
    ----------
    path : Path | str | LazyImage
        an image file, or what makes the image

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8 RGB
    """

def reduce_image(image: Path | str | LazyImage, ends: tuple[float, float] | None = None) -> ReducedImage:
    """An image as RGB of 8 bits, which is still a tile where it was one.

    Parameters
    ----------
    image : Path | str | LazyImage
        an image file, or what makes the image
    ends : tuple[float, float] | None, default None
        values that become 0 and 255; None: the high byte is kept
    """

def rgb_pixels(image: Image.Image) -> np.ndarray:
    """An image as TensorFlow decodes it: not turned, without alpha, of 16 bits the high byte.

    Parameters
    ----------
    image : Image.Image
        decoded, of a PNG or JPEG file

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8
    """

@dataclass(frozen=True)
class LabelMap:
    """What the pixels of a data set's masks mean. Raises `ValueError` for an option that is not known.

    Parameters
    ----------
    class_names : tuple[str, ...], default ()
        by id; (): not known
    palette : dict[int, tuple[int, int, int]], default dict()
        (r, g, b) by id, 0 to 255
    coding : str, default "ids"
        of the source files: 'ids', 'binary', 'levels', 'objects' or 'colors'
    ignore_label : int, default IGNORE_LABEL
        the id of pixels that are not learned
    dtype : str, default "uint8"
        of ids: 'uint8' or 'uint16'
    unknown : str, default "raise"
        what a value that is not covered becomes: 'raise', 'ignore' or 'nearest'
    levels : dict[int, int], default dict()
        stored value by id, also of the ignore label; for coding 'levels'

    Example: `LabelMap(("background", "cell"), coding="binary")`
    """
    class_names: tuple[str, ...] = ()
    palette: dict[int, tuple[int, int, int]] = ...
    coding: str = "ids"
    ignore_label: int = ...
    dtype: str = "uint8"
    unknown: str = "raise"
    levels: dict[int, int] = ...

    @property
    def num_classes(self) -> int:
        """Number of classes K; ids run from 0 to K-1, and the ignore label is not one of them."""

def as_ids(predicted: np.ndarray) -> np.ndarray:
    """The prediction of a model for one image, as class ids. Raises `ValueError` for scores beyond 0 to 1.

    Parameters
    ----------
    predicted : np.ndarray
        [H, W, K] scores, [H, W, 1] or [H, W] ids, or floats up to 1: of class 1 above 0.5

    Returns
    -------
    np.ndarray
        [H, W, 1] ids
    """

def check_ids(ids: np.ndarray, labels: LabelMap, name: str = "mask") -> np.ndarray:
    """Checks ids. Raises `DataError` for one that is neither below the number of classes nor the ignore label.

    Parameters
    ----------
    ids : np.ndarray
        class ids of any shape
    labels : LabelMap
        class names and ignore label
    name : str, default "mask"
        what errors call it

    Returns
    -------
    np.ndarray
        the same ids
    """

def colors_to_ids(colors: np.ndarray, labels: LabelMap, name: str = "mask") -> np.ndarray:
    """Maps each colour to its id in the palette; `labels.unknown` says what becomes of the others.

    Parameters
    ----------
    colors : np.ndarray
        [H, W, 3] uint8
    labels : LabelMap
        its palette: {id: (r, g, b)}
    name : str, default "mask"
        what errors call it

    Returns
    -------
    np.ndarray
        [H, W] ids, uint8 or uint16 as `labels` say
    """

def count_ids(ids: np.ndarray) -> dict[int, int]:
    """Counts the pixels of each id.

    Parameters
    ----------
    ids : np.ndarray
        class ids of any shape

    Returns
    -------
    dict[int, int]
        pixels by id, sorted; only ids that occur
    """

def ids_to_image(ids: np.ndarray, labels: LabelMap) -> Image.Image:
    """Class ids as a mask picture: 0 and 255, colours, palette indices, or plain values.

    Parameters
    ----------
    ids : np.ndarray
        [H, W, 1] or [H, W] ids
    labels : LabelMap
        how the mask's source was coded

    Returns
    -------
    Image.Image
        to be saved as PNG
    """

def load_mask(
    source: Path | str | bytes | LazyImage | LazyMask,
    labels: LabelMap | None = None,
    name: str = "mask",
) -> np.ndarray:
    """Loads a mask of any kind as class ids. Its EXIF orientation is not applied: ids were drawn upright.

    Parameters
    ----------
    source : Path | str | bytes | LazyImage | LazyMask
        a file, the bytes of one, or what makes the picture or the ids
    labels : LabelMap | None, default None
        coding, classes and palette; None: values are ids
    name : str, default "mask"
        what errors call it when `source` is bytes

    Returns
    -------
    np.ndarray
        [H, W, 1] ids, uint8 or uint16

    Raises: `DataError` for values that `labels` do not cover, and for what is not a mask.
    Example: `load_mask("seg/card-0000.png", LabelMap(("table", "card")))`
    """

def mask_values(picture: Image.Image, name: str = "mask") -> np.ndarray:
    """The stored values of a mask: palette index, grey level, whole number, or colour, without alpha.

    Parameters
    ----------
    picture : Image.Image
        an opened mask
    name : str, default "mask"
        what errors call it

    Returns
    -------
    np.ndarray
        [H, W] values (bool where one bit a pixel, int32 where some are below 0), or [H, W, 3] uint8 colours

    Raises `DataError` for other modes.
    """

def palette_colors(picture: Image.Image, values: np.ndarray) -> dict[tuple[int, int, int], int] | None:
    """The colours of the indices that occur.

    Parameters
    ----------
    picture : Image.Image
        a mask with a palette
    values : np.ndarray
        [H, W] its indices

    Returns
    -------
    dict[tuple[int, int, int], int] | None
        index by the colour (r, g, b); None: two used indices share one
    """

def values_to_ids(
    values: np.ndarray,
    labels: LabelMap,
    indexed: bool = False,
    name: str = "mask",
) -> np.ndarray:
    """Mask values as class ids, by the coding of `labels`. Raises `DataError` for values it does not cover.

    Parameters
    ----------
    values : np.ndarray
        [H, W] values or [H, W, 3] colours, from `mask_values`
    labels : LabelMap
        how they are coded
    indexed : bool, default False
        True: values are palette indices
    name : str, default "mask"
        what errors call it

    Returns
    -------
    np.ndarray
        [H, W, 1] ids, uint8 or uint16 as `labels` say
    """

def whole_numbers(values: np.ndarray, name: str = "mask") -> np.ndarray:
    """Ids stored as floats or wide integers.

    Parameters
    ----------
    values : np.ndarray
        of any shape, whole numbers or floats
    name : str, default "mask"
        what errors call it

    Returns
    -------
    np.ndarray
        the same as int64

    Raises `DataError` for fractions, and for what 16 bits cannot hold.
    """

INSTANCES: Schema

RAW: Schema

RAW_IDS: Schema

SCHEMAS: Any

TFVISION: Schema

THIRD_PARTY_SCHEMAS: Any

TILE_FEATURES: tuple[Feature, ...]

@dataclass(frozen=True)
class Feature:
    """One key of a `tf.train.Example`.

    Parameters
    ----------
    role : str
        what tfrseg calls it, such as 'mask'
    key : str
        what the record calls it
    kind : type, default bytes
        `bytes` or `int`
    required : bool, default False
        True: every record must have it
    """
    role: str
    key: str
    kind: type = ...
    required: bool = False

@dataclass(frozen=True)
class Schema:
    """The table of all keys of a record.

    Parameters
    ----------
    name : str
        of the schema
    pixels : str
        'raw': bytes, rows first; 'encoded': PNG, JPEG; 'any': as the bytes tell, to be converted
    features : tuple[Feature, ...]
        one for each key
    mask_channels : int, default 1
        of a raw mask: 1, or 3 where the id is repeated

    Example: `Schema("mine", "encoded", (Feature("image", "jpg"), Feature("mask", "png"))).key("mask")`
    """
    name: str
    pixels: str
    features: tuple[Feature, ...]
    mask_channels: int = 1

    def key(self, role: str) -> str:
        """The key of a role; `KeyError` where the schema has no such role.

        Parameters
        ----------
        role : str
            such as 'image'
        """
    def __contains__(self, role: str) -> bool: ...
    def without(self, *roles: str) -> Schema:
        """The same schema without some roles: `without('mask')` is for images alone."""

    def tiled(self) -> Schema:
        """The same schema with the roles of tiles: where in which larger image a record lies.

        Raises `DataError` for `RAW`.
        """

def schema_from_keys(keys: Iterable[str], where: str = "record") -> Schema:
    """The schema that has these keys. Raises `DataError` that lists them where there is none.

    Parameters
    ----------
    keys : Iterable[str]
        all keys of a record
    where : str, default "record"
        what errors call it

    Returns
    -------
    Schema
        without the role `mask` where none of the keys holds one
    """

def check_example(record: bytes, schema: Schema = ...) -> list[str]:
    """Missing keys, wrong types, several values, and byte counts that do not fit the size.

    Parameters
    ----------
    record : bytes
        a serialised `tf.train.Example`
    schema : Schema, default TFVISION
        what it should hold

    Returns
    -------
    list[str]
        one line a problem
    """

def check_features(found: dict[str, list], schema: Schema = ...) -> list[str]:
    """The same for a record that was read.

    Parameters
    ----------
    found : dict[str, list]
        from `read_features`
    schema : Schema, default TFVISION
        what they should be

    Returns
    -------
    list[str]
        one line a problem
    """

def decode_features(
    features: dict[str, list],
    schema: Schema = ...,
    mask_dtype: str = "uint8",
    palette: Mapping[int, tuple[int, int, int]] | None = None,
) -> dict[str, np.ndarray | bytes]:
    """Decodes the features of one record to a sample.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    schema : Schema, default TFVISION
        whose keys they have
    mask_dtype : str, default "uint8"
        as for `decode_record`
    palette : Mapping[int, tuple[int, int, int]] | None, default None
        as for `decode_record`

    Returns
    -------
    dict[str, np.ndarray | bytes]
        as of `decode_record`

    Raises `DataError` that names the key of what cannot be decoded.
    """

def decode_record(
    record: bytes,
    schema: Schema = ...,
    mask_dtype: str = "uint8",
    palette: Mapping[int, tuple[int, int, int]] | None = None,
    where: str = "record",
) -> dict[str, np.ndarray | bytes]:
    """Decodes one record to a sample, without a mask where the schema has none. Raises `DataError` for what cannot be decoded.

    Parameters
    ----------
    record : bytes
        a serialised `tf.train.Example`
    schema : Schema, default TFVISION
        which keys it has
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', as the mask was written
    palette : Mapping[int, tuple[int, int, int]] | None, default None
        {id: (r, g, b)}, for raw masks that hold colours; None: they hold ids
    where : str, default "record"
        what errors call it

    Returns
    -------
    dict[str, np.ndarray | bytes]
        image [H, W, 3] uint8, mask [H, W, 1] ids, name; of a tile parent and tile [4] int64

    Example: `decode_record(read_record("cards/train-00000-of-00001.tfrecord", 0))["image"].shape`
    """

def detect_schema(record: bytes, where: str = "record") -> Schema:
    """The schema whose keys this record has. Raises `DataError` that lists the keys it found.

    Parameters
    ----------
    record : bytes
        a serialised `tf.train.Example`
    where : str, default "record"
        what errors call it

    Returns
    -------
    Schema
        without the role `mask` where the record has none, with those of tiles where it has them
    """

def encode_example(
    sample: dict,
    schema: Schema = ...,
    encoded: tuple | None = None,
) -> dict[str, bytes | int]:
    """A sample as the features of one example. Raises `DataError` when image and mask do not fit.

    Parameters
    ----------
    sample : dict
        image [H, W, 3] uint8, mask [H, W, 1] ids or [H, W, 3] RGB, name; of a tile parent and tile
    schema : Schema, default TFVISION
        which keys
    encoded : tuple | None, default None
        from `encode_image`, instead of the sample's image

    Returns
    -------
    dict[str, bytes | int]
        features by key
    """

def kind_of(values: list) -> str:
    """Kind and length of a feature, in words.

    Parameters
    ----------
    values : list
        of a feature, from `read_features`

    Returns
    -------
    str
        such as 'a float_list of 18432 values'
    """

def one_value(features: dict[str, list], key: str) -> bytes:
    """The one value of a feature, as bytes. Raises `DataError` that names its kind and length.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    key : str
        of an image
    """

def peek_feature(record: bytes | memoryview, key: str) -> bytes:
    """The one value of a small feature, found from length to length, among the first 65 536.

    Parameters
    ----------
    record : bytes | memoryview
        a serialised `tf.train.Example`; the others of its values are not read
    key : str
        of one text

    Returns
    -------
    bytes
        b'' where there is none
    """

def raw_mask_dtype(features: dict[str, list], schema: Schema = ...) -> str:
    """The dtype of a raw mask, as its format key says. Raises `DataError` for another.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    schema : Schema, default RAW_IDS
        their raw schema

    Returns
    -------
    str
        'uint8' or 'uint16'
    """

def read_features(record: bytes, where: str = "record") -> dict[str, list[bytes | int | float]]:
    """All features of a record, whatever they are called. Raises `DataError` for what is no example.

    Parameters
    ----------
    record : bytes
        a serialised `tf.train.Example`
    where : str, default "record"
        what errors call it

    Returns
    -------
    dict[str, list[bytes | int | float]]
        values by key
    """

def serialize_example(features: dict[str, bytes | int]) -> bytes:
    """Features as the bytes of one record, the same bytes every time.

    Parameters
    ----------
    features : dict[str, bytes | int]
        from `encode_example`

    Returns
    -------
    bytes
        a serialised `tf.train.Example`
    """

def serialize_parts(features: dict[str, bytes | int]) -> list[bytes]:
    """Features as the bytes of one record in pieces: large values are handed on, not copied.

    Parameters
    ----------
    features : dict[str, bytes | int]
        from `encode_example`

    Returns
    -------
    list[bytes]
        pieces of a serialised `tf.train.Example`
    """

def stored_image(
    features: dict[str, list],
    schema: Schema = ...,
    role: str = "image",
) -> bytes | np.ndarray:
    """A picture of a record as it is kept. Raises `DataError` for raw bytes that do not fit the size.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    schema : Schema, default TFVISION
        whose keys they have
    role : str, default "image"
        'image' or 'mask'

    Returns
    -------
    bytes | np.ndarray
        a picture file; or [H, W, C] uint8, uint16 or, of a mask, int32 where pixels are raw
    """

RECORD_LIMIT: Limit

UNPACK_LIMIT: Limit

class Scanned(NamedTuple):
    """A record of a scan, whole or damaged.

    Parameters
    ----------
    number : int
        of the record in its file, from 0
    offset : int
        byte where its data begins, or its header where that is damaged
    data : bytes | None
        None where it cannot be trusted
    finding : Finding | None
        what is wrong with it; None: it is whole
    """
    number: int
    offset: int
    data: bytes | None
    finding: Finding | None

def compression_of(path: Path | str) -> str:
    """How a file is compressed, from its first bytes. A plain record's checksum tells it from both.

    Parameters
    ----------
    path : Path | str
        a TFRecord file

    Returns
    -------
    str
        'GZIP', 'ZLIB' or '' for plain
    """

def frame_parts(parts: Sequence[bytes]) -> list[bytes]:
    """A record as it stands in a file, in pieces: large ones are handed on, not copied.

    Parameters
    ----------
    parts : Sequence[bytes]
        the data of one record, in pieces

    Returns
    -------
    list[bytes]
        the same with header and footer, 16 bytes more
    """

def frame_record(data: bytes) -> bytes:
    """A record as it stands in a file.

    Parameters
    ----------
    data : bytes
        any bytes, usually a serialised example

    Returns
    -------
    bytes
        the same with header and footer, 16 bytes longer
    """

def holds_records(path: Path | str) -> bool:
    """Whether a file begins with a TFRecord, plain or behind gzip or zlib: by the checksum of the first length, whatever its name.

    Parameters
    ----------
    path : Path | str
        any file

    Returns
    -------
    bool
        False, too, where it cannot be read
    """

def index_records(path: Path | str) -> np.ndarray:
    """Where each record lies. Reads headers only; raises `DataError` where the framing breaks.

    Parameters
    ----------
    path : Path | str
        a TFRecord file, uncompressed

    Returns
    -------
    np.ndarray
        [N, 2] int64: byte offset and length of each record's data
    """

def masked_crc(data: bytes) -> int:
    """The masked CRC-32C of some bytes, as TFRecord stores it.

    Parameters
    ----------
    data : bytes
        any bytes

    Returns
    -------
    int
        32 bits
    """

def original(path: Path | str) -> Path | str:
    """The file that a user knows, for errors.

    Parameters
    ----------
    path : Path | str
        a file, perhaps from `unpack_records`

    Returns
    -------
    Path | str
        the file that it was unpacked from, as it was named there; or the same
    """

def read_record(path: Path | str, number: int, index: np.ndarray | None = None) -> bytes:
    """One record by its number. Raises `IndexError` beyond the last, `DataError` on a wrong checksum.

    Parameters
    ----------
    path : Path | str
        a TFRecord file, uncompressed
    number : int
        record number, from 0; negative counts from the end
    index : np.ndarray | None, default None
        [N, 2] from `index_records`; None: it is made

    Returns
    -------
    bytes
        the record's data
    """

def scan_records(path: Path | str) -> Iterator[Scanned]:
    """Every record of a file, those that are damaged, too.

    Parameters
    ----------
    path : Path | str
        a TFRecord file, uncompressed
    """

def unpack_records(path: Path | str, limit: Limit = ...) -> Path:
    """Unpacks a compressed TFRecord file. Raises `DataError` for one that is cut, damaged or beyond a limit.

    Parameters
    ----------
    path : Path | str
        a TFRecord file, plain or compressed
    limit : Limit, default UNPACK_LIMIT
        the most it may unpack to

    Returns
    -------
    Path
        the file itself where it is plain, else an unpacked copy for this process
    """

def walk_records(path: Path | str) -> Iterator[tuple[int, int]]:
    """`(offset, length)` of the data of each record, in order. Raises `DataError` where the framing breaks.

    Parameters
    ----------
    path : Path | str
        a TFRecord file, uncompressed
    """

def write_records(path: Path | str, records: Iterable[bytes]) -> int:
    """Writes a TFRecord file that appears under its name only when it is complete.

    Parameters
    ----------
    path : Path | str
        final name of the file
    records : Iterable[bytes]
        one record each

    Returns
    -------
    int
        how many were written

    Example: `write_records("words.tfrecord", [b"card", b"photo"])`
    """

@dataclass(frozen=True)
class ShardFacts:
    """What tells one version of a file from another.

    Parameters
    ----------
    size : int
        bytes
    changed : int, default 0
        time of change, ns; 0: not known
    touched : int, default 0
        time of the inode's change, ns; 0: not known
    inode : int, default 0
        its number; 0: not known
    """
    size: int
    changed: int = 0
    touched: int = 0
    inode: int = 0

    @classmethod
    def of(cls, file: Path | str) -> ShardFacts:
        """The facts of a file as it is now.

        Parameters
        ----------
        file : Path | str
            a shard
        """
    @property
    def known(self) -> bool: ...

@dataclass(frozen=True, eq=False)
class ShardIndex:
    """What is known of the records of a shard.

    Parameters
    ----------
    names : tuple[str, ...]
        of the columns
    table : np.ndarray
        [columns, N] int64
    layout : str
        how the shard was read, from `index_layout`
    facts : ShardFacts
        of the version that was read
    checksums : str, default ""
        a hash over the checksums of all records
    sha256 : str, default ""
        of the file; '': not known
    checked : bool, default False
        True: all checksums were right
    counted : bool, default False
        True: there are columns of pixels by class
    """
    names: tuple[str, ...]
    table: np.ndarray
    layout: str
    facts: ShardFacts
    checksums: str = ""
    sha256: str = ""
    checked: bool = False
    counted: bool = False
    def __len__(self) -> int: ...
    def __eq__(self, other) -> bool:
        """The same numbers of the same shard."""

    def column(self, name: str) -> np.ndarray:
        """One column [N]. Raises `KeyError` for one that is not there.

        Parameters
        ----------
        name : str
            such as 'offset' or 'pixels 3'
        """

    @property
    def records(self) -> np.ndarray:
        """[N, 2]: offset and length of each record, as `index_records` gives them."""

    @property
    def places(self) -> np.ndarray:
        """[N, 4]: where image and mask begin, height, width."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The class ids that occur, where they are counted."""

    def with_pixels(self, counts: Sequence[Mapping[int, int]]) -> ShardIndex:
        """The same with columns of pixels by class; without them where there are more than 256 ids.

        Parameters
        ----------
        counts : Sequence[Mapping[int, int]]
            pixels by class id of each record
        """

def count_records(
    file: Path | str,
    index: ShardIndex,
    schema: Schema,
    mask_dtype: str = "uint8",
    palette: dict | None = None,
) -> Iterator[dict[int, int]]:
    """Counts the classes of each record, in order.

    Parameters
    ----------
    file : Path | str
        a shard, plain
    index : ShardIndex
        of it
    schema : Schema
        its keys
    mask_dtype : str, default "uint8"
        of mask values
    palette : dict | None, default None
        {id: (r, g, b)}, for raw masks that hold colours

    Returns
    -------
    Iterator[dict[int, int]]
        pixels by class id; {} where there is no sound mask
    """

def index_fits(index: ShardIndex, schema: Schema, mask_dtype: str = "uint8") -> bool:
    """Whether the records of an index fill their shard without a gap, and each picture lies in its own record.

    Parameters
    ----------
    index : ShardIndex
        from a file
    schema : Schema
        of the records
    mask_dtype : str, default "uint8"
        of mask values
    """

def index_layout(schema: Schema, mask_dtype: str = "uint8", palette: Mapping | None = None) -> str:
    """How a shard is read: an index made for another way is none.

    Parameters
    ----------
    schema : Schema
        of the records
    mask_dtype : str, default "uint8"
        of mask values
    palette : Mapping | None, default None
        {id: (r, g, b)}, for masks of three channels that hold colours

    Returns
    -------
    str
        32 hexadecimal digits
    """

def index_path(file: Path | str) -> Path:
    """Where a reader may keep what it has learnt of a shard.

    Parameters
    ----------
    file : Path | str
        a shard

    Returns
    -------
    Path
        .train-00003-of-00008.tfrecord.index
    """

def keep_index(index: ShardIndex, file: Path | str) -> None:
    """Keeps an index where that is possible: beside the shard, in the user's cache folder, or in memory.

    Parameters
    ----------
    index : ShardIndex
        of the shard as it is now
    file : Path | str
        the shard
    """

def kept_indexes(
    file: Path | str,
    layout: str,
    schema: Schema,
    mask_dtype: str = "uint8",
) -> Iterator[ShardIndex]:
    """The indexes that are kept of a shard and could be those of one of its size.

    Parameters
    ----------
    file : Path | str
        a shard
    layout : str
        from `index_layout`
    schema : Schema
        of the records
    mask_dtype : str, default "uint8"
        of mask values
    """

def locate_features(
    data: np.ndarray,
    records: np.ndarray,
    keys: Mapping[str, type],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Single values of every record, found without parsing it.

    Parameters
    ----------
    data : np.ndarray
        [bytes] uint8: a shard
    records : np.ndarray
        [N, 2] from `index_records`
    keys : Mapping[str, type]
        which to find, K of them: `bytes` or `int` by key

    Returns
    -------
    tuple[np.ndarray, np.ndarray, np.ndarray]
        [N, K] int64 where bytes begin, or the integer (-1: not there); [N, K] how many bytes; [N] bool: whole
    """

def locate_pixels(
    data: np.ndarray,
    index: np.ndarray,
    schema: Schema,
    mask_dtype: str = "uint8",
) -> np.ndarray:
    """Finds the pixels of every record. A record that is not laid out as it should be gets a height of -1.

    Parameters
    ----------
    data : np.ndarray
        [bytes] uint8: a shard
    index : np.ndarray
        [N, 2] from `index_records`
    schema : Schema
        raw pixels: which keys to find
    mask_dtype : str, default "uint8"
        of mask values

    Returns
    -------
    np.ndarray
        [N, 4] int64: where image and mask begin (-1: not there), height, width
    """

def make_index(
    file: Path | str,
    schema: Schema,
    mask_dtype: str = "uint8",
    palette: dict | None = None,
    verify: bool = True,
) -> ShardIndex:
    """The index of a shard from its bytes. Raises `DataError` with every problem of the shard.

    Parameters
    ----------
    file : Path | str
        a shard, plain
    schema : Schema
        its keys
    mask_dtype : str, default "uint8"
        of mask values
    palette : dict | None, default None
        {id: (r, g, b)}, as for `open_index`
    verify : bool, default True
        False: no checksums

    Returns
    -------
    ShardIndex
        without pixels by class
    """

def map_bytes(file: Path | str) -> np.ndarray:
    """The bytes of a file, mapped for reading.

    Parameters
    ----------
    file : Path | str
        a local file

    Returns
    -------
    np.ndarray
        [bytes] uint8
    """

def open_index(
    file: Path | str,
    schema: Schema,
    mask_dtype: str = "uint8",
    palette: dict | None = None,
    verify: bool = True,
    count: bool = False,
    adopt: bool = False,
) -> ShardIndex:
    """The index of a shard, kept or made. Raises `DataError` with every problem of the shard.

    Parameters
    ----------
    file : Path | str
        a shard, plain
    schema : Schema
        its keys
    mask_dtype : str, default "uint8"
        of mask values
    palette : dict | None, default None
        {id: (r, g, b)}, for masks of three channels that hold colours; None: they hold ids
    verify : bool, default True
        False: no checksums
    count : bool, default False
        True: with pixels by class, where there are no more than 256 ids
    adopt : bool, default False
        True: with pixels by class where an index has them, after a look at the checksums if it is of another copy
    """

def read_index(
    path: Path | str,
    layout: str,
    schema: Schema,
    mask_dtype: str = "uint8",
) -> ShardIndex | None:
    """An index that fits its shard; None where there is none that can be used, or one of another layout.

    Parameters
    ----------
    path : Path | str
        an index file
    layout : str
        from `index_layout`
    schema : Schema
        of the records
    mask_dtype : str, default "uint8"
        of mask values
    """

def record_names(file: Path | str, index: ShardIndex, schema: Schema) -> list[str]:
    """The name of each record, found without decoding anything.

    Parameters
    ----------
    file : Path | str
        a shard, plain
    index : ShardIndex
        of it
    schema : Schema
        its keys

    Returns
    -------
    list[str]
        '' where a record has none
    """

def spare_index_path(file: Path | str) -> Path:
    """Where an index is kept that the shard's folder refuses.

    Parameters
    ----------
    file : Path | str
        a shard

    Returns
    -------
    Path
        in the user's cache folder, `XDG_CACHE_HOME` or ~/.cache
    """

def write_index(index: ShardIndex, path: Path | str) -> None:
    """Writes an index, whole or not at all. Raises `OSError` where the folder refuses it.

    Parameters
    ----------
    index : ShardIndex
        to be kept
    path : Path | str
        its file, as `index_path` says
    """

def written_index(
    file: Path | str,
    schema: Schema,
    mask_dtype: str,
    counts: Sequence[Mapping[int, int]],
    sha256: str = "",
) -> ShardIndex:
    """The index of a new shard, without facts that change from one writing to the next.

    Parameters
    ----------
    file : Path | str
        a shard that was just written
    schema : Schema
        its keys
    mask_dtype : str
        of mask values
    counts : Sequence[Mapping[int, int]]
        pixels by class id of each record
    sha256 : str, default ""
        of the file
    """

@dataclass(frozen=True)
class Flag:
    """A record on a list.

    Parameters
    ----------
    name : str
        of the sample; '' where it has none
    shard : str, default ""
        file name of its shard; '': every record of this name is meant
    number : int | None, default None
        of the record in its shard, from 0
    tags : str, default ""
        words that somebody set, such as 'blurred'
    note : str, default ""
        what somebody wrote about it
    """
    name: str
    shard: str = ""
    number: int | None = None
    tags: str = ""
    note: str = ""

    @property
    def record(self) -> tuple[str, int | None]:
        """Identifies the record: shard and number, or the name where these are unknown."""

def change_flags(
    path: Path | str,
    flagged: Iterable[Flag] = (),
    unflagged: Iterable[Flag] = (),
) -> list[Flag]:
    """Adds records to a list and removes others. Raises as `write_flags` does.

    Parameters
    ----------
    path : Path | str
        a list, which is made where it does not exist
    flagged : Iterable[Flag], default ()
        records to add; one that is listed keeps its tags and note
    unflagged : Iterable[Flag], default ()
        records to remove

    Returns
    -------
    list[Flag]
        the list afterwards
    """

def check_flag_file(path: Path | str) -> Path:
    """Checks that a list can be written.

    Parameters
    ----------
    path : Path | str
        where a list is, or is to be

    Returns
    -------
    Path
        the same

    Raises `DataError` for a link, for what is not a file, and for a folder that refuses it.
    """

def first_column(path: Path | str) -> list[str]:
    """The names of a list: the first column of each line. Raises `DataError` for a record that has none.

    Parameters
    ----------
    path : Path | str
        a text file, as for `read_flags`

    Returns
    -------
    list[str]
        in the order of the file, with repetitions
    """

def flag_line(flag: Flag) -> str:
    """A flag as a line of a list.

    Parameters
    ----------
    flag : Flag
        to be written

    Returns
    -------
    str
        without its line feed
    """

def flagged_rows(
    flags: Iterable[Flag],
    rows: Iterable[tuple[Path | str, int, str]],
) -> tuple[set[int], list[Flag]]:
    """Finds the records that flags mean: exactly those, where shard and number are known.

    Parameters
    ----------
    flags : Iterable[Flag]
        from a list
    rows : Iterable[tuple[Path | str, int, str]]
        shard, number in there, and name of each record; '' for none

    Returns
    -------
    tuple[set[int], list[Flag]]
        indexes into `rows` that are meant, and flags that mean none

    Raises: `DataError` where several shards have the name of a flag's shard.
    """

def parse_flag(line: str) -> Flag:
    """Parses a line of a list.

    Parameters
    ----------
    line : str
        of a list, without its end

    Returns
    -------
    Flag
        a name alone, or all five columns
    """

def read_flags(path: Path | str) -> list[Flag]:
    """The flags of a list.

    Parameters
    ----------
    path : Path | str
        a text file: flags as `write_flags` writes them, or a name a line

    Returns
    -------
    list[Flag]
        in the order of the file, each record once
    """

def write_flags(flags: Iterable[Flag], path: Path | str) -> Path:
    """Writes a list at once: another reader sees the old one or the new one.

    Parameters
    ----------
    flags : Iterable[Flag]
        in the order of the file
    path : Path | str
        a text file, which is replaced where it exists

    Returns
    -------
    Path
        the same

    Raises: `DataError` for a link or what is not a file, `OSError` where it cannot be written.
    """

INFO_LIMIT: tuple[str, Limit]

INFO_NAME: tuple[str, Limit]

SPLIT_WORDS: Any

@dataclass(frozen=True)
class DatasetInfo:
    """What a data set holds: schema, labels, and the shards of each split, in order. `assumptions` are lines that say what was taken for
    granted when it was written.

    Parameters
    ----------
    schema : str
        name of the schema: 'tfvision', 'raw_ids' or 'raw'
    labels : LabelMap
        what ids mean, and how masks were coded in the source
    splits : dict[str, tuple[ShardInfo, ...]]
        shards of each split, in order
    masks : bool, default True
        False: images alone
    skipped : tuple[str, ...], default ()
        a line for each pair that the source left out
    format_version : int, default 1
        of the file `dataset_info.json`
    tiles : bool, default False
        True: records are tiles of larger images
    assumptions : tuple[str, ...], default ()
        lines that say what was taken for granted
    """
    schema: str
    labels: LabelMap
    splits: dict[str, tuple[ShardInfo, ...]]
    masks: bool = True
    skipped: tuple[str, ...] = ()
    format_version: int = 1
    tiles: bool = False
    assumptions: tuple[str, ...] = ()

    @property
    def record_schema(self) -> Schema:
        """The schema of its records: without masks where there are none, with the place of tiles where they are."""
    def shards(self, split: str | None = None) -> tuple[ShardInfo, ...]:
        """The shards of a split, or of all. Raises `ValueError` for a split that is not there."""
    def records(self, split: str | None = None) -> int:
        """Number of records of a split, or of all."""
    def total(self, what: str, split: str | None = None) -> dict:
        """Sums over shards of 'sizes', 'pixels', 'images' or 'formats', sorted by key."""
    def size(self, split: str | None = None) -> tuple[int, int] | None:
        """(height, width) that all images share, or None."""

class FramedFile:
    """A file of framed records that appears under its name when the `with` block ends well, and not at all when it fails.

    Parameters
    ----------
    path : Path | str
        final name of the file

    Example: with FramedFile("a.tfrecord") as file: file.write([record])
    """
    path: Any
    size: int
    def __init__(self, path: Path | str) -> None: ...

    @property
    def sha256(self) -> str:
        """The checksum of all bytes that were written, 64 hexadecimal digits."""
    def __enter__(self): ...
    def __exit__(self, *error): ...

    def write(self, parts: Sequence[bytes]) -> bytes:
        """Writes one record.

        Parameters
        ----------
        parts : Sequence[bytes]
            a serialized example in pieces

        Returns
        -------
        bytes
            the footer of its frame, 4 bytes
        """

class ShardCounts:
    """Sizes, formats and classes of the records of a shard, counted one by one.

    Parameters
    ----------
    ignore_label : int | None, default None
        masks of class 0 and this id alone count as empty; None: none does
    """
    ignore_label: int | None
    records: int
    empty: int
    tables: Any
    def __init__(self, ignore_label: int | None = None) -> None: ...

    def add(self, size: tuple[int, int], kind: str, mask: np.ndarray | None) -> dict[int, int]:
        """Counts one more record.

        Parameters
        ----------
        size : tuple[int, int]
            (height, width) of the image, pixels
        kind : str
            'png', 'jpeg' or 'raw'
        mask : np.ndarray | None
            [H, W, 1] ids; None: nothing to count

        Returns
        -------
        dict[int, int]
            pixels by class id of this record
        """
    def sorted(self) -> dict[str, dict]:
        """The tables as `ShardInfo` has them, each sorted by key."""

@dataclass(frozen=True)
class ShardInfo:
    """What one shard holds. `pixels` and `images` count by class id, `sizes` by 'HxW'; `exif_rotated` counts images that were turned upright, `empty` masks
    that show class 0 and the ignore label alone.

    Parameters
    ----------
    file : str
        name of the shard in the folder of the data set
    records : int
        number of records
    bytes : int
        size of the file
    sha256 : str
        checksum of the file, 64 hexadecimal digits
    sizes : dict[str, int], default dict()
        images by size 'HxW'
    pixels : dict[int, int], default dict()
        pixels by class id
    images : dict[int, int], default dict()
        images that show a class, by its id
    formats : dict[str, int], default dict()
        images by format: 'png', 'jpeg' or 'raw'
    skipped : tuple[str, ...], default ()
        a line for each pair that was left out
    exif_rotated : int, default 0
        images that were turned upright, as their EXIF data says
    empty : int, default 0
        masks of class 0 and the ignore label alone
    """
    file: str
    records: int
    bytes: int
    sha256: str
    sizes: dict[str, int] = ...
    pixels: dict[int, int] = ...
    images: dict[int, int] = ...
    formats: dict[str, int] = ...
    skipped: tuple[str, ...] = ()
    exif_rotated: int = 0
    empty: int = 0

    @classmethod
    def of_json(cls, saved: dict) -> ShardInfo:
        """A shard as `dataset_info.json` describes it: its ids are text, `turned` stands for `exif_rotated`.

        Raises `ValueError` for what it cannot be.
        """

@dataclass(frozen=True)
class ShardList:
    """Shard files with the split of each, the info where one speaks for them, and lines that say what was taken for granted.

    Parameters
    ----------
    files : tuple[Path, ...]
        existing files, in order
    splits : tuple[str, ...]
        the split of each file
    info : DatasetInfo | None, default None
        what `dataset_info.json` says; None: there is none
    assumptions : tuple[str, ...], default ()
        lines that say what was taken for granted
    """
    files: tuple[Path, ...]
    splits: tuple[str, ...]
    info: DatasetInfo | None = None
    assumptions: tuple[str, ...] = ()
    def by_split(self) -> dict[str, list[Path]]:
        """The files of each split, in order."""
    def take(self, splits: Sequence[str]) -> ShardList:
        """Only the files of these splits."""

class ShardWriter(FramedFile):
    """Writes one shard, all of it or nothing, and knows afterwards what is in it.

    Parameters
    ----------
    path : Path | str
        final name of the file
    schema : Schema, default TFVISION
        of the records
    mask_dtype : str, default "uint8"
        of mask values, 'uint8' or 'uint16'
    ignore_label : int | None, default None
        masks of class 0 and this id alone count as empty; None: none does

    Example: with ShardWriter("a.tfrecord") as writer: writer.add(encode_example(sample), sample["mask"])
    """
    schema: Schema
    counts: ShardCounts

    def __init__(
        self,
        path: Path | str,
        schema: Schema = ...,
        mask_dtype: str = "uint8",
        ignore_label: int | None = None,
    ) -> None: ...

    def add(self, features: dict[str, bytes | int], mask: np.ndarray | None = None) -> int:
        """Writes one record.

        Parameters
        ----------
        features : dict[str, bytes | int]
            from `encode_example`, with the keys of the schema
        mask : np.ndarray | None, default None
            [H, W, 1] ids, to be counted

        Returns
        -------
        int
            bytes it takes in the file
        """
    def info(self) -> ShardInfo:
        """What the shard holds, once it is finished."""

    def save_index(self) -> None:
        """Keeps the index beside the finished shard, where the folder allows that.

        Raises `OSError` where the disk is full.
        """

class WriterAtWork(FileExistsError):
    """Another process writes into the folder at this moment."""

def clear_staging(staging: Path | str) -> None:
    """Removes a staging folder, its mark last: one that was half removed can still be told from one that somebody else made. `staging_folder` then ends without a target.

    Parameters
    ----------
    staging : Path | str
        from `staging_folder`, when what is in it turns out not to be wanted
    """

def file_state(path: Path | str) -> tuple[int, ...]:
    """What changes when a file is written or replaced, even by one of the same size and time.

    Parameters
    ----------
    path : Path | str
        a file

    Returns
    -------
    tuple[int, ...]
        bytes, time of change, inode, and time of the inode's change; () where there is no such file
    """

def find_shards(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    unions: bool = True,
) -> ShardList:
    """The shards that `path` means.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a folder, a file, a pattern such as 'out/*.tfrecord', or a list of them
    split : str | None, default None
        only shards of this split; None: all
    unions : bool, default True
        False: of a folder without the splits that only join others, as trainval joins train and val

    Returns
    -------
    ShardList
        existing files, in order

    Raises `FileNotFoundError` where there are none, `ValueError` for a split that is not there, `DataError`
    for a shard that is not whole.
    """

def find_unions(parts: Mapping[str, Sequence[Path]]) -> dict[str, tuple[str, ...]]:
    """Splits that hold just the records of two or more others.

    Parameters
    ----------
    parts : Mapping[str, Sequence[Path]]
        shards by split

    Returns
    -------
    dict[str, tuple[str, ...]]
        the others that a split joins, by its name
    """

def job_of(*said: object, files: Iterable[Path] = ()) -> str:
    """A checksum over what a writer does, by which its work is known again after it was killed: what is made, and of which files in which state.

    Parameters
    ----------
    *said : object
        all that decides what is made; its `repr` is taken
    files : Iterable[Path], default ()
        what it is made of

    Returns
    -------
    str
        64 hexadecimal digits
    """

def list_shards(path: Path | str | Sequence[Path | str], split: str | None = None) -> list[Path]:
    """The shard files that `path` means; errors as those of `find_shards`.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        as for `find_shards`
    split : str | None, default None
        only shards of this split; None: all

    Returns
    -------
    list[Path]
        existing files, in order
    """

def load_info(folder: Path | str) -> DatasetInfo | None:
    """Reads `dataset_info.json`. Raises `DataError` when it cannot be understood, or says what cannot be.

    Parameters
    ----------
    folder : Path | str
        folder of the data set

    Returns
    -------
    DatasetInfo | None
        None where the folder has no info
    """

def same_split(split: str, there: Iterable[str]) -> list[str]:
    """The splits that a name means: the one called so, else those with the same word in `SPLIT_WORDS`.

    Parameters
    ----------
    split : str
        as somebody calls it
    there : Iterable[str]
        splits that are there

    Returns
    -------
    list[str]
        those of them that are meant
    """

def save_info(info: DatasetInfo, folder: Path | str) -> Path:
    """Writes `dataset_info.json`: complete, or not at all.

    Parameters
    ----------
    info : DatasetInfo
        what the shards hold
    folder : Path | str
        folder of the data set

    Returns
    -------
    Path
        the file
    """

def settle_folder(out: Path | str, job: str = "") -> bool:
    """Ends what is left to do in a folder whose writer was killed after it got its name.

    Parameters
    ----------
    out : Path | str
        final name of a folder
    job : str, default ""
        from `job_of`

    Returns
    -------
    bool
        whether the folder holds what `job` makes, written by a process that was killed just afterwards

    Any other folder stays as it is.
    """

def shard_path(folder: Path | str, split: str, number: int, count: int) -> Path:
    """The path of one shard of a split.

    Parameters
    ----------
    folder : Path | str
        folder of the data set
    split : str
        such as 'train'
    number : int
        from 0
    count : int
        shards of this split in all

    Returns
    -------
    Path
        folder/train-00003-of-00008.tfrecord
    """

def split_from_name(file: Path | str) -> str:
    """The split that the name of a shard tells.

    Parameters
    ----------
    file : Path | str
        a shard

    Returns
    -------
    str
        letters, digits and '_'; 'train' where the name tells nothing
    """

def split_told(file: Path | str) -> str | None:
    """The split that a name tells: by the words of `SPLIT_WORDS`, else by its form.

    Parameters
    ----------
    file : Path | str
        a shard, or a folder of shards

    Returns
    -------
    str | None
        letters, digits and '_'; None where the name tells nothing
    """

@contextmanager
def staging_folder(
    out: Path | str,
    overwrite: bool = False,
    keep: bool = False,
    job: str = "",
) -> Iterator[Path]:
    """A folder to fill that becomes `out` when the block ends well, and goes away when it fails. Raises `FileExistsError` for what is in the way,
    `WriterAtWork` where another process writes, and `DataError` for a full disk.

    Parameters
    ----------
    out : Path | str
        final name of the folder
    overwrite : bool, default False
        True: replace a data set that is there
    keep : bool, default False
        True: keep what a stopped writer left, and what this one leaves when it fails
    job : str, default ""
        what is written, from `job_of`, so that `settle_folder` knows it again

    Returns
    -------
    Iterator[Path]
        the folder to write into
    """

def writer_at_work(out: Path | str) -> str:
    """Who writes a folder at this moment.

    Parameters
    ----------
    out : Path | str
        the final name of a folder

    Returns
    -------
    str
        such as 'process 7 on thishost, since 2026-11-27 09:00:00'; '' where nobody is at work
    """

def pixel_problems(record: bytes, schema: Schema, labels: LabelMap | None = None) -> list[str]:
    """Finds what is wrong with the pixels of a record: decodes the image and the masks, and compares sizes and ids.

    Parameters
    ----------
    record : bytes
        a serialized example that `record_problems` found nothing wrong with
    schema : Schema
        what it holds
    labels : LabelMap | None, default None
        which ids there are and their dtype; None: a third-party shard, of which nothing is known

    Returns
    -------
    list[str]
        one line a problem; empty where all is well

    Example: pixel_problems(read_record("a.tfrecord", 0), TFVISION, LabelMap(("sky", "ground")))
    """

def record_problems(
    record: bytes,
    schema: Schema,
    mask_dtype: str = "uint8",
    trusted: bool = False,
) -> list[str]:
    """Finds what is wrong with a record without decoding its pixels.

    Parameters
    ----------
    record : bytes
        a serialized example
    schema : Schema
        what it should hold
    mask_dtype : str, default "uint8"
        of mask values, 'uint8' or 'uint16'
    trusted : bool, default False
        True: tfrseg wrote it, so its image is known to have 8 bits and 3 channels

    Returns
    -------
    list[str]
        one line a problem; empty where all is well

    Example: record_problems(read_record("a.tfrecord", 0), TFVISION)
    """

def stored_ids(labels: LabelMap | None) -> LabelMap | None:
    """Labels for the masks inside records: there a mask is ids, whatever it was before.

    Parameters
    ----------
    labels : LabelMap | None
        of a data set, which say how masks were coded in its source

    Returns
    -------
    LabelMap | None
        the same for its records, whose masks hold ids
    """

class RecordLocation(NamedTuple):
    """Where a record lies.

    Parameters
    ----------
    file : Path
        the shard
    number : int
        of the record in this file, from 0
    """
    file: Path
    number: int

@dataclass(frozen=True)
class Shards(_RecordFiles):
    """Shards that are ready to be read, as a sequence of samples: image [H, W, 3] uint8, mask [H, W, 1] ids, name; `open_shards` makes it.

    Parameters
    ----------
    files : tuple[Path, ...]
        in order, uncompressed
    counts : tuple[int, ...]
        records in each file
    schema : Schema
        of the records
    mask_dtype : str, default "uint8"
        of mask values, 'uint8' or 'uint16'
    palette : Mapping | None, default None
        {id: (r, g, b)}, for raw masks that hold colours; None: masks hold ids
    info : DatasetInfo | None, default None
        what `dataset_info.json` says; None: third-party shards
    splits : tuple[str, ...], default ()
        the split of each file
    assumptions : tuple[str, ...], default ()
        lines about what was taken for granted, such as a split that was left out

    Raises: `IndexError` beyond the last record; `DataError` that names file, record and byte of one that is damaged.
    Example: open_shards("cards")[0]["mask"]
    """
    schema: Schema
    mask_dtype: str = "uint8"
    palette: Mapping | None = None
    info: DatasetInfo | None = None
    splits: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[dict[str, np.ndarray | bytes]]: ...
    def __getitem__(self, number: int) -> dict[str, np.ndarray | bytes]: ...

    def sample(self, number: int) -> dict[str, np.ndarray | bytes]:
        """Decodes one record, as `shards[number]` does. Raises as the class says.

        Parameters
        ----------
        number : int
            over all files, from 0; negative counts from the end

        Returns
        -------
        dict[str, np.ndarray | bytes]
            image [H, W, 3] uint8, mask [H, W, 1] ids, name; of a tile parent and tile [4] int64
        """

    def record(self, number: int) -> bytes:
        """Reads one record and checks all but its pixels. Raises as the class says.

        Parameters
        ----------
        number : int
            as for `sample`

        Returns
        -------
        bytes
            a serialized example
        """

    def name(self, number: int) -> str:
        """Reads the name of one record, whatever else is in it. Raises as the class says.

        Parameters
        ----------
        number : int
            as for `sample`

        Returns
        -------
        str
            '' where the record holds none
        """
    def unasked(self) -> str:
        """What nobody says of third-party masks that hold 0 and 255 alone, in up to 32 records from all over; '' of all others."""

    @property
    def unmappable_reason(self) -> str:
        """Why these shards cannot be mapped, in a few words; '' where they can."""

def open_shards(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    schema: Schema | None = None,
    palette: Mapping | Sequence | None = None,
) -> Shards:
    """Lists, checks and counts shards. Of all splits of a folder without info, those that only join others are left out.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a data set, a folder, a file, a pattern, or a list of them
    split : str | None, default None
        only this split; None: all
    schema : Schema | None, default None
        None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours

    Returns
    -------
    Shards
        files checked and counted

    Raises: `DataError` for shards that are cut, empty, or of another schema; `FileNotFoundError` where there are none; `ValueError` for a
    split that is not there.
    Example: len(open_shards("cards", "train"))
    """

def read_sample(
    path: Path | str | Sequence[Path | str],
    number: int = 0,
    split: str | None = None,
    *,
    schema: Schema | None = None,
    palette: Mapping | Sequence | None = None,
) -> dict[str, np.ndarray]:
    """Reads one sample by its number.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        as for `open_shards`
    number : int, default 0
        over all files, from 0; negative counts from the end
    split : str | None, default None
        only this split; None: all
    schema : Schema | None, default None
        None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours

    Returns
    -------
    dict[str, np.ndarray]
        image [H, W, 3] uint8, mask [H, W, 1] ids, name

    Raises: `IndexError` beyond the last; `DataError` and `FileNotFoundError` as `open_shards` does.
    Example: read_sample("cards", 6)["image"].shape
    """

class Counts(dict):
    """'pixels' and 'images' by class id, 'sizes' by 'HxW'; and the ignore label of what was counted.

    Attributes
    ----------
    ignore_label : int | None, default None
        of the shards, or 255
    """
    ignore_label: int | None

def class_weights(
    pixels: Mapping[int, int] | DatasetInfo | Path | str | Sequence[Path | str],
    images: Mapping[int, int] | None = None,
    method: str = "inverse",
    ignore_label: int | None = None,
    beta: float = 0.999,
    *,
    split: str | None = None,
) -> dict[int, float]:
    """Gives each class a weight, larger where it is rarer; of shards, those of the split `train`.

    Parameters
    ----------
    pixels : Mapping[int, int] | DatasetInfo | Path | str | Sequence[Path | str]
        shards, as for `open_shards`, or pixels by class id
    images : Mapping[int, int] | None, default None
        beside pixels: images by class id, for 'median' and 'effective'
    method : str, default "inverse"
        'inverse', 'median' or 'effective'
    ignore_label : int | None, default None
        an id that gets no weight; None: as the shards say
    beta : float, default 0.999
        of 'effective', 0 to below 1: 0 weighs all alike, near 1 by the inverse of images
    split : str | None, default None
        of shards; None: 'train' where there is one, or all

    Returns
    -------
    dict[int, float]
        a weight by class id, for classes that occur

    Raises: `ValueError` for another method, `beta`, or counts that are missing; `TypeError` for what is neither shards nor counts.
    Example: class_weights("cards", method="median")
    """

def count_classes(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | None = None,
    palette: Mapping | Sequence | None = None,
    show_progress: bool = True,
) -> Counts:
    """Counts pixels and images by class, and images by size. Reads and decodes every record, on all processor cores.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all
    schema : Schema | None, default None
        None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Counts
        'pixels' and 'images' by class id, 'sizes' by 'HxW'

    Raises: `DataError` that names a record that cannot be decoded, or says what nobody knows of the masks; errors as those of `open_shards`.
    Example: count_classes("cards", "train")["pixels"]
    """

def check_shards(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | None = None,
    deep: bool = False,
    workers: int | None = None,
    show_progress: bool = True,
) -> list[Finding]:
    """Reads every byte of every shard and returns all problems, with file, record and byte.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all
    schema : Schema | None, default None
        None: as the info or each file's first record says
    deep : bool, default False
        True: decode images and check labels, too
    workers : int | None, default None
        threads, a shard each; None: as many as help
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[Finding]
        every problem; empty when all is well

    Raises: `FileNotFoundError` where there are no shards; `ValueError` for a split that is not there.
    Example: for finding in check_shards("cards", deep=True): print(finding)
    """

def find_duplicates(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | None = None,
    show_progress: bool = True,
) -> list[Finding]:
    """Finds records whose image has the same bytes as that of an earlier record.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all, and so across splits
    schema : Schema | None, default None
        None: as the info or the first record says
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[Finding]
        one for each record whose image was there before

    Raises: errors as those of `open_shards`.
    Example: len(find_duplicates("cards"))
    """

def repair_shards(
    path: Path | str,
    out: Path | str,
    *,
    schema: Schema | None = None,
    workers: int | None = None,
    show_progress: bool = True,
) -> DatasetInfo:
    """Writes a data set of all good records of another one, images decoded and checked.

    Parameters
    ----------
    path : Path | str
        a data set's folder, a folder of shards, a shard, or a pattern
    out : Path | str
        folder of the new data set
    schema : Schema | None, default None
        None: as the info or the first good record says
    workers : int | None, default None
        threads, a shard each; None: as many as help. The bytes are the same for any number
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    DatasetInfo
        of the new data set; its `skipped` says what was lost

    Raises: `DataError` where not one record is good; `FileExistsError` for a folder that is not empty.
    Example: print(*repair_shards("cards", "repaired").skipped)
    """
