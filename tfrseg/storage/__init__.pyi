# Written by tools/stubs.py from the sources; do not edit.
"""What lies on disk: image files, labels, schemas, records, shards and the info beside them; without TensorFlow."""

import numpy as np
import os
from PIL import Image
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, NamedTuple
from .. import Finding
from ..core import ArrayHeader, LazyArray, LazyImage, LazyMask, Limit
from .counts import _Counting
from .dataset import _ShardTotals
from .schema import _Keys
from .shard_index import _IndexTable
from .shards import _DecodedRecords
from .target import _TargetFields

__all__ = [
    "ARRAY_LIMIT", "BandFiles", "CLAIM_NAME", "CastArray", "Components", "Counts", "DatasetInfo",
    "DecodedImageCache", "Difference", "Feature", "FetchedFiles", "FileArray", "Flag", "FramedFile",
    "HOW_TO_REDUCE", "Header", "IDS", "IMAGE_LIMIT", "IMAGE_SUFFIXES", "INFO_LIMIT", "INFO_NAME", "INSTANCES",
    "ImageProbe", "ImageShape", "KINDS", "LabelMap", "Listed", "Loss", "MADE_FROM", "MaskChange", "Moved",
    "PERCENTS", "PlainPng", "PlaneFiles", "RAW", "RAW_IDS", "RECORD_LIMIT", "RGB", "RecordLocation",
    "RecordOffsets", "ReducedImage", "Rule", "SCHEMAS", "SEEN_NAME", "SPLIT_WORDS", "Scanned", "Schema",
    "ShardCounts", "ShardFacts", "ShardIndex", "ShardInfo", "ShardList", "ShardWriter", "Shards",
    "StoredRows", "TFVISION", "THIRD_PARTY_SCHEMAS", "TILE_FEATURES", "TagChange", "Target", "TargetStats",
    "TiffFacts", "TiffPage", "UNPACK_LIMIT", "ValueCounts", "VolumeSlice", "WindowArray", "WriterAtWork",
    "add_stats", "as_ids", "as_path", "as_schema", "as_table", "atomic_file", "bits_to_planes",
    "bucket_folder", "cast_pixels", "change_flags", "change_info", "check_and_count", "check_array",
    "check_example", "check_features", "check_flag_file", "check_ids", "check_inside", "check_object_size",
    "check_shards", "claim_folder", "claim_of", "claim_text", "class_weights", "clear_staging",
    "colors_to_ids", "compression_of", "count_any_classes", "count_bits", "count_classes", "count_ids",
    "count_records", "count_values", "create_file", "declared_size", "decode_array", "decode_features",
    "decode_record", "deep_pixels", "default_table", "describe_file", "detect_schema", "diff_shards",
    "difference_findings", "difference_json", "dtype_for_bits", "dtype_range", "encode_array",
    "encode_example", "encode_image", "encode_png", "fetch_file", "file_sha256", "file_stat", "file_state",
    "find_components", "find_duplicates", "find_listed", "find_shards", "find_unions", "first_column",
    "fits_png", "flag_line", "flagged_rows", "forget_listing", "frame_parts", "frame_record", "glob_files",
    "holds", "holds_records", "ids_to_image", "image_array", "image_bytes", "image_kind", "image_name",
    "image_shape", "index_columns", "index_fits", "index_layout", "index_path", "index_records", "is_default",
    "is_grey_png", "is_nodata", "is_path", "is_volume", "job_of", "keep_index", "keep_only", "kept_indexes",
    "kind_of", "labels_of_json", "list_folder", "list_shards", "load_image", "load_info", "load_mask",
    "load_object_mask", "locate_features", "locate_pixels", "lock_file", "locked_folder", "look_valid",
    "lost_in_rgb", "lost_pixels", "make_index", "map_bytes", "mapped_numbers", "mask_values", "masked_crc",
    "merge_counts", "name_copy", "new_claim", "nodata_of", "one_value", "open_array", "open_header",
    "open_image", "open_index", "open_shards", "original", "own_folder", "palette_colors", "parse_flag",
    "peek_feature", "peek_number", "pixel_problems", "plain_png", "planes_to_bits", "png_array",
    "probe_image", "raw_mask_dtype", "read_claim", "read_features", "read_flags", "read_header", "read_image",
    "read_index", "read_job", "read_range", "read_record", "read_sample", "read_tiff_page", "read_window",
    "reads_parts", "reassign_component", "record_names", "record_problems", "record_rows", "records_of",
    "reduce_image", "relabel", "relabel_dataset", "remove_files", "repair_shards", "rgb_mask_ids",
    "rgb_pixels", "same_split", "save_info", "scan_records", "schema_from_keys", "serialize_example",
    "serialize_parts", "settle_bucket", "settle_folder", "settle_target", "shard_names", "shard_path",
    "spare_index_path", "split_from_name", "split_told", "staging_folder", "stats_of", "stats_of_json",
    "storable_dtype", "stored_array", "stored_encoding", "stored_ids", "stored_image", "sync_file",
    "sync_folder", "tag_list", "target_folder", "targets_of_json", "targets_to_json", "tiff_facts",
    "tiff_pages", "tiff_reader", "training_split", "unknown_bit", "unpack_records", "upload_file",
    "upload_folder", "upright", "value_counts", "values_to_ids", "volume_slices", "walk_records",
    "whole_numbers", "why_missing", "with_targets", "write_flags", "write_index", "write_plain",
    "write_records", "writer_at_work",
]

class WriterAtWork(FileExistsError):
    """Another process writes into the folder at this moment."""

def as_path(path: Any) -> Any:
    """Makes a path of a text that may contain `://`.

    Parameters
    ----------
    path : Any
        a path, or a text such as 'cards/shards' or 's3://bucket/cards'

    Returns
    -------
    Any
        a local `Path`, or a `BucketPath`

    Raises: `ValueError` for an unknown kind of address, or one that holds a password; `ImportError` where a
    package is missing.
    Example: `as_path("s3://bucket/cards") / "dataset_info.json"`
    """

@contextmanager
def atomic_file(path: Path | str, sweep: bool = False, sync: bool = True):
    """Opens a binary file that appears as `path` when the block ends, and not at all when it raises.

    Parameters
    ----------
    path : Path | str
        final name; its folder must exist
    sweep : bool, default False
        True: first removes temporary files that killed processes left of this one
    sync : bool, default True
        False: does not wait for the disk; for files that are checked before they are used
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

def file_stat(path: Any) -> os.stat_result | SimpleNamespace:
    """Looks at a file. Raises `FileNotFoundError`, and for a remote one as `remote_errors`.

    Parameters
    ----------
    path : Any
        from `as_path`

    Returns
    -------
    os.stat_result | SimpleNamespace
        st_size, bytes; st_mtime_ns; st_ino; st_ctime_ns
    """

def forget_listing(path: Any) -> None:
    """Lets the next question about a remote path, and what is in it, be asked anew.

    Parameters
    ----------
    path : Any
        from `as_path`
    """

def glob_files(pattern: Any) -> list:
    """Finds what fits a pattern.

    Parameters
    ----------
    pattern : Any
        from `as_path`, such as `cards/*.tfrecord`

    Returns
    -------
    list
        paths, by name; [] where none fits
    """

def is_path(thing: Any) -> bool:
    """Tells whether something is one path, local or remote.

    Parameters
    ----------
    thing : Any
        a path, a text, or anything else

    Returns
    -------
    bool
        False for a list of paths
    """

def list_folder(folder: Any) -> list:
    """Lists a folder as it is now. Raises `FileNotFoundError`, and for a remote one as `remote_errors`.

    Parameters
    ----------
    folder : Any
        from `as_path`

    Returns
    -------
    list
        paths of what is in it, by name
    """

def lock_file(file: int | BinaryIO, wait: bool = True, shared: bool = False) -> bool | None:
    """Locks an open file until it is closed.

    Parameters
    ----------
    file : int | BinaryIO
        an open file or folder, or its descriptor
    wait : bool, default True
        False: does not wait for another process
    shared : bool, default False
        True: other shared locks are allowed beside it

    Returns
    -------
    bool | None
        True: locked; False: another process holds it; None: there are no locks here
    """

@contextmanager
def locked_folder(folder: Path | str) -> Iterator[None]:
    """Keeps other processes out of such a block for the same folder, where the system has locks.

    Parameters
    ----------
    folder : Path | str
        an existing folder
    """

def own_folder() -> Path:
    """The temporary folder of this process, which goes when Python ends, or with a later process after a kill.

    Returns
    -------
    Path
        an existing folder, for `tempfile.mkdtemp(dir=...)`
    """

def read_range(path: Any, start: int, stop: int) -> bytes:
    """Reads some bytes of a file. Raises as `open_plain`.

    Parameters
    ----------
    path : Any
        from `as_path`
    start : int
        first byte
    stop : int
        the byte after the last

    Returns
    -------
    bytes
        fewer where the file ends before
    """

def sync_file(path: Path | str) -> None:
    """Forces the content of a file to the disk.

    Parameters
    ----------
    path : Path | str
        a file
    """

def sync_folder(path: Path | str) -> None:
    """Forces the names in a folder to the disk, where the system allows that.

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
        'png', 'jpeg', or '' for any other format
    depth : int, default 8
        bits a channel
    channels : int, default 3
        with alpha
    alpha : bool, default False
        True: one of the channels is alpha
    clear : bool, default False
        True: some pixel may be transparent
    size : tuple[int, int], default (0, 0)
        (height, width), pixels, before its EXIF orientation
    indexed : bool, default False
        True: pixels are indices of a palette
    """
    kind: str
    depth: int = 8
    channels: int = 3
    alpha: bool = False
    clear: bool = False
    size: tuple[int, int] = (0, 0)
    indexed: bool = False

@dataclass(frozen=True)
class ImageProbe:
    """An image file that was checked and not yet decoded.

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
        """(height, width) in pixels, after its EXIF orientation."""

    @property
    def nbytes(self) -> int:
        """Bytes of the file; for pixels from memory, about the size of a PNG file."""

    def decode(self, name: str = "image") -> Image.Image:
        """Decodes the pixels. Raises `DataError` for a damaged file.

        Parameters
        ----------
        name : str, default "image"
            its name in errors

        Returns
        -------
        Image.Image
            the same image with its pixels, not yet oriented
        """

class ImageShape(NamedTuple):
    """What `image_array` gives of an image.

    Parameters
    ----------
    size : tuple[int, int]
        (height, width), pixels, upright
    channels : int
        1 to 4; alpha is the last
    dtype : str
        'uint8', 'uint16', 'int32' or 'float32'
    """
    size: tuple[int, int]
    channels: int
    dtype: str

@dataclass(frozen=True)
class Loss:
    """What an image holds beyond RGB of 8 bits.

    Parameters
    ----------
    kinds : frozenset[str], default frozenset()
        some of 'depth', 'bands', 'alpha'
    text : str, default ""
        says what would be lost, in numbers; '': nothing
    ends : tuple[float, float] | None, default None
        darkest and brightest value of an image of more than 8 bits
    """
    kinds: frozenset[str] = ...
    text: str = ""
    ends: tuple[float, float] | None = None

class PlainPng(NamedTuple):
    """A PNG file of 8 bits, grey or RGB, whose chunks were checked.

    Parameters
    ----------
    data : bytes
        the file
    size : tuple[int, int]
        (height, width), pixels
    channels : int
        1 or 3
    spans : tuple[tuple[int, int], ...]
        start and end of each piece of compressed pixels
    """
    data: bytes
    size: tuple[int, int]
    channels: int
    spans: tuple[tuple[int, int], ...]

    def decode(self, name: str = "image") -> np.ndarray:
        """Decodes the pixels. Raises `DataError` for a damaged file.

        Parameters
        ----------
        name : str, default "image"
            its name in errors

        Returns
        -------
        np.ndarray
            [H, W, 1] or [H, W, 3] uint8, read-only
        """

    def rgb(self, name: str = "image") -> np.ndarray:
        """Decodes the pixels as RGB. Raises `DataError` for a damaged file.

        Parameters
        ----------
        name : str, default "image"
            its name in errors

        Returns
        -------
        np.ndarray
            [H, W, 3] uint8
        """

@dataclass(frozen=True)
class ReducedImage(LazyImage):
    """An image as RGB of 8 bits, without alpha and further bands.

    Parameters
    ----------
    image : Path | str | LazyImage
        an image file, or a lazy image
    ends : tuple[float, float] | None, default None
        values that become 0 and 255, linearly; None: the high byte
    """
    image: Path | str | LazyImage
    ends: tuple[float, float] | None = None

    @property
    def path(self) -> Path | str:
        """The file that the image comes from."""

    @property
    def is_tile(self) -> bool:
        """Whether the image is a tile of a larger one."""
    def fields(self) -> dict:
        """The tile fields of the image that is reduced."""
    def open(self) -> Image.Image:
        """Opens the image upright, [H, W] or [H, W, 3] uint8."""

def deep_pixels(image: Image.Image, data: bytes = b'') -> np.ndarray:
    """The pixels of an image of more than 8 bits, unchanged.

    Parameters
    ----------
    image : Image.Image
        an image of more than 8 bits
    data : bytes, default b""
        its file, where there is one

    Returns
    -------
    np.ndarray
        [H, W] or [H, W, 3] with all bits

    Colours of 16 bits are read from PNG, and from TIFF where `tifffile` is installed. Raises `DataError` for
    other formats, and for pixels that do not fit the header.
    """

def describe_file(source: Path | str | bytes) -> str:
    """Says what a file is that Pillow cannot read, by its first bytes, and what to do about it.

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
    """Encodes an image as PNG or JPEG bytes that TensorFlow decodes to what `load_image` gives.

    Parameters
    ----------
    source : Path | str | LazyImage | np.ndarray
        a file, a lazy image, or [H, W, 3] uint8

    Returns
    -------
    tuple[bytes, str, tuple[int, int]]
        file bytes, 'png' or 'jpeg', (height, width)
    """

def encode_png(pixels: np.ndarray) -> bytes:
    """Encodes pixels as PNG: grey, grey and alpha, RGB or RGBA by their channels, of 8 or 16 bits.

    Parameters
    ----------
    pixels : np.ndarray
        [H, W, 3] uint8, [H, W, 1] uint8, or [H, W, C] uint16

    Returns
    -------
    bytes
        a PNG file
    """

def image_array(source: Path | str | bytes, name: str = "image") -> np.ndarray:
    """All bits and channels of an image, upright. Raises `DataError` for an invalid image.

    Parameters
    ----------
    source : Path | str | bytes
        an image file, or its bytes
    name : str, default "image"
        its name in errors when `source` is bytes

    Returns
    -------
    np.ndarray
        [H, W, C], as `image_shape` says
    """

def image_bytes(source: Path | str | bytes) -> bytes:
    """The bytes of a file. Raises `DataError` for more of them than its pixels can fill.

    Parameters
    ----------
    source : Path | str | bytes
        an image file, or its bytes

    Returns
    -------
    bytes
        all of it
    """

def image_kind(data: bytes) -> str:
    """Recognizes PNG and JPEG, the two formats that records hold, by their first bytes.

    Parameters
    ----------
    data : bytes
        a file, or its first 8 bytes

    Returns
    -------
    str
        'png', 'jpeg', or '' for any other format
    """

def image_name(file: Path | str) -> str:
    """A name without its image ending; other endings stay.

    Parameters
    ----------
    file : Path | str
        a file name or relative path

    Returns
    -------
    str
        with forward slashes
    """

def image_shape(source: Path | str | bytes, name: str = "image") -> ImageShape:
    """Size, channels and dtype of an image, by its header. Raises `DataError` for an invalid image.

    Parameters
    ----------
    source : Path | str | bytes
        an image file, or its bytes
    name : str, default "image"
        its name in errors when `source` is bytes
    """

def is_grey_png(data: bytes) -> bool:
    """Whether every decoder reads this file as one grey channel of 8 bits, and it is compressed to a quarter.

    Parameters
    ----------
    data : bytes
        a file that `open_image` decodes
    """

def load_image(source: Path | str | bytes | LazyImage | Image.Image, name: str = "image") -> np.ndarray:
    """Loads an image as RGB, upright by its EXIF orientation.

    Parameters
    ----------
    source : Path | str | bytes | LazyImage | Image.Image
        a file, its bytes, a lazy or an opened image
    name : str, default "image"
        its name in errors when `source` is bytes

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8 RGB

    Raises `DataError` where that would lose bits, bands or alpha, and for an invalid image.
    Example: `load_image("img/card-0000.png").shape`
    """

def lost_in_rgb(image: Image.Image, data: bytes = b'') -> Loss:
    """What RGB of 8 bits would lose of an image. Decodes it only if the header does not tell.

    Parameters
    ----------
    image : Image.Image
        an opened image
    data : bytes, default b""
        its file, where there is one
    """

def lost_pixels(data: bytes, mask: bool = False) -> str:
    """What RGB of 8 bits would lose of an image file, as text; most headers show that it is nothing.

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

    Raises `DataError` for an invalid image.
    """

def open_header(source: Path | str | bytes, name: str = "image") -> Image.Image:
    """Opens an image by its header.

    Parameters
    ----------
    source : Path | str | bytes
        a file, or the bytes of one
    name : str, default "image"
        its name in errors when `source` is bytes

    Returns
    -------
    Image.Image
        not decoded: Pillow decodes the pixels on first use

    Raises `DataError` for an invalid image, and for more than twice `PIL.Image.MAX_IMAGE_PIXELS` pixels.
    """

def open_image(
    source: Path | str | bytes | LazyImage,
    name: str = "image",
    check: Callable[[Image.Image], None] | None = None,
) -> Image.Image:
    """Opens and decodes an image with Pillow. Raises `DataError` for an incomplete, damaged or animated one.

    Parameters
    ----------
    source : Path | str | bytes | LazyImage
        a file, its bytes, or a lazy image
    name : str, default "image"
        its name in errors when `source` is bytes
    check : Callable[[Image.Image], None] | None, default None
        looks at the header, and may raise before decoding

    Returns
    -------
    Image.Image
        decoded, in its own mode
    """

def plain_png(data: bytes, indexed: bool = False) -> PlainPng | None:
    """Recognizes a PNG file of 8 bits, grey or RGB, of which `open_image` keeps every pixel as it is stored.

    Parameters
    ----------
    data : bytes
        a file
    indexed : bool, default False
        True: also one with a palette, whose indices are taken as one channel

    Returns
    -------
    PlainPng | None
        None: another format, another kind of PNG, or damaged
    """

def png_array(data: bytes, name: str = "image") -> np.ndarray:
    """The pixels of a PNG file, every bit of every channel. Raises `DataError` for another or a damaged file.

    Parameters
    ----------
    data : bytes
        a PNG file, grey or of colours, with or without alpha; without a palette
    name : str, default "image"
        its name in errors

    Returns
    -------
    np.ndarray
        [H, W, 1 to 4] uint8 or uint16
    """

def probe_image(source: Path | str | bytes | LazyImage, name: str = "image") -> ImageProbe:
    """Size, mode and orientation of an image without decoding it.

    Parameters
    ----------
    source : Path | str | bytes | LazyImage
        a file, its bytes, or a lazy image
    name : str, default "image"
        its name in errors when `source` is bytes

    Raises `DataError` for an incomplete, damaged or animated image.
    """

def read_header(data: bytes) -> Header:
    """Size, depth and channels of a PNG or JPEG file, from its first bytes.

    Parameters
    ----------
    data : bytes
        an image file

    Returns
    -------
    Header
        its kind is '' for any other format
    """

def read_image(path: Path | str | LazyImage) -> np.ndarray:
    """Loads an image as `load_image` does; PNG and JPEG files without a second check of what RGB would lose.

    Parameters
    ----------
    path : Path | str | LazyImage
        an image file, or a lazy image

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8 RGB
    """

def reduce_image(image: Path | str | LazyImage, ends: tuple[float, float] | None = None) -> ReducedImage:
    """Reduces an image to RGB of 8 bits when it is opened.

    Parameters
    ----------
    image : Path | str | LazyImage
        an image file, or a lazy image
    ends : tuple[float, float] | None, default None
        values that become 0 and 255; None: the high byte is kept
    """

def rgb_pixels(image: Image.Image) -> np.ndarray:
    """The pixels as TensorFlow decodes them: not rotated, without alpha, the high byte of 16 bits.

    Parameters
    ----------
    image : Image.Image
        decoded, of a PNG or JPEG file

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8
    """

def upright(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """Turns pixels by an EXIF orientation (tag 274).

    Parameters
    ----------
    pixels : np.ndarray
        [H, W, C] or [H, W]
    orientation : int
        as EXIF has it, 1 to 8; 1: upright

    Returns
    -------
    np.ndarray
        the same pixels, flipped and turned
    """

@dataclass(frozen=True)
class LabelMap:
    """What the pixels of a data set's masks mean.

    Parameters
    ----------
    class_names : Sequence[str], default ()
        by id; (): not known
    palette : Mapping[int, Sequence[int]] | Sequence[Sequence[int]], default dict()
        (r, g, b) by id, each 0 to 255; kept as a dict
    coding : str, default "ids"
        of the mask files: 'ids', 'binary', 'levels', 'objects', 'colors', or 'bits' of classes that overlap
    ignore_label : int, default IGNORE_LABEL
        id of the pixels that are ignored in training
    dtype : str, default "uint8"
        of ids: 'uint8' or 'uint16'; of bits also 'int32' or 'int64'
    unknown : str, default "raise"
        for values that are not covered: 'raise', 'ignore' or 'nearest'
    levels : Mapping[int, int] | Sequence[int], default dict()
        stored value by id, for coding 'levels'; kept as a dict

    Raises `ValueError` for an unknown option or an invalid colour, `TypeError` for names in no sequence.
    Example: `LabelMap(("background", "cell"), coding="binary")`
    """
    class_names: Sequence[str] = ()
    palette: Mapping[int, Sequence[int]] | Sequence[Sequence[int]] = ...
    coding: str = "ids"
    ignore_label: int = ...
    dtype: str = "uint8"
    unknown: str = "raise"
    levels: Mapping[int, int] | Sequence[int] = ...

    @property
    def num_classes(self) -> int:
        """Number of classes K. Ids run from 0 to K-1; the ignore label is not one of them."""

def as_ids(predicted: np.ndarray) -> np.ndarray:
    """The prediction of a model for one image, as class ids. Raises `ValueError` for scores outside 0 to 1.

    Parameters
    ----------
    predicted : np.ndarray
        [H, W, K] scores, [H, W, 1] or [H, W] ids, or floats from 0 to 1 (threshold 0.5)

    Returns
    -------
    np.ndarray
        [H, W, 1] ids
    """

def check_ids(ids: np.ndarray, labels: LabelMap, name: str = "mask") -> np.ndarray:
    """Checks ids. Raises `DataError` for one that is neither a class nor the ignore label.

    Parameters
    ----------
    ids : np.ndarray
        class ids of any shape
    labels : LabelMap
        class names and ignore label
    name : str, default "mask"
        its name in errors

    Returns
    -------
    np.ndarray
        the same ids
    """

def colors_to_ids(colors: np.ndarray, labels: LabelMap, name: str = "mask") -> np.ndarray:
    """Maps colours to ids. Raises `DataError` for unknown ones if `labels.unknown` is 'raise'.

    Parameters
    ----------
    colors : np.ndarray
        [H, W, 3] uint8
    labels : LabelMap
        its palette: {id: (r, g, b)}
    name : str, default "mask"
        its name in errors

    Returns
    -------
    np.ndarray
        [H, W] ids, uint8 or uint16 as `labels` say
    """

def count_ids(ids: np.ndarray) -> dict[int, int]:
    """Counts the pixels of each id; ids that do not occur are left out.

    Parameters
    ----------
    ids : np.ndarray
        class ids of any shape

    Returns
    -------
    dict[int, int]
        pixels by id, sorted
    """

def ids_to_image(ids: np.ndarray, labels: LabelMap) -> Image.Image:
    """Class ids as a mask file: 0 and 255, colours, palette indices, or plain values.

    Parameters
    ----------
    ids : np.ndarray
        [H, W, 1] or [H, W] ids
    labels : LabelMap
        coding and palette of the mask

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
    """Loads a mask as class ids, without its EXIF orientation: masks are drawn upright.

    Parameters
    ----------
    source : Path | str | bytes | LazyImage | LazyMask
        a file, its bytes, or a lazy image or mask
    labels : LabelMap | None, default None
        coding, classes and palette; None: values are ids
    name : str, default "mask"
        its name in errors when `source` is bytes

    Returns
    -------
    np.ndarray
        [H, W, 1] ids, uint8 or uint16

    Raises `DataError` for values that `labels` does not cover, and for an invalid mask file.
    Example: `load_mask("seg/card-0000.png", LabelMap(("table", "card")))`
    """

def mask_values(image: Image.Image, name: str = "mask") -> np.ndarray:
    """The stored values of a mask: palette index, grey level, whole number, or colour, without alpha.

    Parameters
    ----------
    image : Image.Image
        an opened mask
    name : str, default "mask"
        its name in errors

    Returns
    -------
    np.ndarray
        [H, W] values (bool of one bit, int32 if some are negative), or [H, W, 3] uint8

    Raises `DataError` for other modes.
    """

def palette_colors(image: Image.Image, values: np.ndarray) -> dict[tuple[int, int, int], int] | None:
    """The colours of the palette indices that occur.

    Parameters
    ----------
    image : Image.Image
        a mask with a palette
    values : np.ndarray
        [H, W] its indices

    Returns
    -------
    dict[tuple[int, int, int], int] | None
        index by (r, g, b); None: two used indices share a colour
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
        their coding, classes and dtype
    indexed : bool, default False
        True: values are palette indices
    name : str, default "mask"
        its name in errors

    Returns
    -------
    np.ndarray
        [H, W, 1] ids, uint8 or uint16 as `labels` say
    """

def whole_numbers(values: np.ndarray, name: str = "mask") -> np.ndarray:
    """Ids that were stored as floats or wide integers.

    Parameters
    ----------
    values : np.ndarray
        of any shape, whole numbers or floats
    name : str, default "mask"
        its name in errors

    Returns
    -------
    np.ndarray
        the same as int64

    Raises `DataError` for fractions, and for values that 16 bits cannot hold.
    """

IDS: tuple[Target, Target]

KINDS: dict[str, Rule]

PERCENTS: tuple[int, ...]

RGB: tuple[Target, Target]

class Rule(NamedTuple):
    """How the arrays of one kind are treated.

    Parameters
    ----------
    interpolation : str
        between pixels: 'bilinear' or 'nearest'; '' for what does not move
    dtypes : tuple[str, ...]
        that are allowed, the usual one first
    channels : int
        where nothing is said
    """
    interpolation: str
    dtypes: tuple[str, ...]
    channels: int

@dataclass(frozen=True, eq=False)
class Target(_TargetFields):
    """One array of a sample, [H, W, channels] of `dtype`, and what is known of it.

    Parameters
    ----------
    name : str
        its key in a sample: 'image', 'mask', 'depth', 'weight'
    kind : str, default "image"
        'image', 'ids', 'bits', 'field'; 'fact' has no height and width
    channels : int, default 0
        C of [H, W, C]; 0: 3 of an image, else 1
    dtype : str, default ""
        such as 'uint16'; of a fact 'text', 'int64', 'float32'; '': the usual one
    encoding : str, default ""
        in a record: 'raw', 'png', 'zlib'; '': as schema and dtype suggest
    fill : float | None, default None
        value beyond the border; None: ignore label, unknown bit, or 0, by kind
    interpolation : str, default ""
        'nearest' or 'bilinear'; '': by kind, and for an image the operation's
    bands : Sequence[str], default ()
        a name for each channel, such as 'red' or 'B8'; (): numbers
    shown : Sequence[int | str], default ()
        one channel or band to look at, or three as red, green, blue; (): first
    limits : Sequence[float], default ()
        darkest and brightest value; (): those of the dtype, of floats 0 and 1
    nodata : float | None, default None
        the value that means: nothing was measured here; None: there is none

    Raises: `ValueError` for a name, kind, dtype, band or limit that cannot be.
    Example: `Target("depth", "field", limits=(0, 80)).dtype`
    """

    @property
    def moves(self) -> bool:
        """Whether it is an array as large as the image; a fact is not."""

    @property
    def method(self) -> str:
        """The interpolation between its pixels, 'bilinear' or 'nearest'."""

    @property
    def border(self) -> float:
        """The value beyond the border, where nothing else is said."""

    @property
    def pixel_bytes(self) -> int:
        """Bytes of one pixel, of all channels together."""

    @property
    def value_range(self) -> tuple[float, float]:
        """Darkest and brightest value: its limits, else those of the dtype; of floats 0 and 1."""

@dataclass(frozen=True)
class TargetStats:
    """What is known of the values of one target, by channel.

    Parameters
    ----------
    pixels : int
        that were measured, without those of no data
    nodata : int
        pixels in which nothing was measured
    mean : Sequence[float]
        C numbers, in the values of the pixels
    std : Sequence[float]
        C numbers, of the whole population
    low : Sequence[float]
        C smallest values
    high : Sequence[float]
        C largest values
    percentiles : Sequence[Sequence[float]]
        C rows of nine values, at `PERCENTS`

    Example: `info.stats["image"].mean`
    """
    pixels: int
    nodata: int
    mean: Sequence[float]
    std: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    percentiles: Sequence[Sequence[float]]

def as_table(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Orders targets. Raises `ValueError` for a missing image, a name that stands twice, or a mask of no ids.

    Parameters
    ----------
    targets : Iterable[Target]
        in any order, each name once

    Returns
    -------
    tuple[Target, ...]
        image, mask (if any), the others, facts last
    """

def bits_to_planes(bits: np.ndarray, classes: int) -> np.ndarray:
    """Unpacks bits into planes.

    Parameters
    ----------
    bits : np.ndarray
        [..., H, W, 1] whole numbers
    classes : int
        K

    Returns
    -------
    np.ndarray
        [..., H, W, K] bool; False where nothing is known
    """

def check_and_count(mask: np.ndarray, labels: LabelMap, name: str = "mask") -> dict[int, int]:
    """Checks a mask and counts its pixels. Raises `DataError` for a class that the labels lack.

    Parameters
    ----------
    mask : np.ndarray
        [H, W, 1] ids, or bits where the labels say so
    labels : LabelMap
        class names, coding and ignore label
    name : str, default "mask"
        its name in errors

    Returns
    -------
    dict[int, int]
        pixels by class; those that are ignored under the ignore label
    """

def check_array(array: np.ndarray, target: Target, size: tuple[int, int], where: str = "sample") -> None:
    """Raises `DataError` for another shape or dtype, and for floats that are not finite.

    Parameters
    ----------
    array : np.ndarray
        should be [H, W, C]
    target : Target
        what it should be
    size : tuple[int, int]
        (height, width) of the image, pixels
    where : str, default "sample"
        its name in errors
    """

def count_bits(bits: np.ndarray, classes: int) -> dict[int, int]:
    """Counts the pixels of each class. Raises `DataError` for a bit beyond the classes.

    Parameters
    ----------
    bits : np.ndarray
        [H, W, 1] whole numbers
    classes : int
        K

    Returns
    -------
    dict[int, int]
        pixels by class; those of which nothing is known under the value of the top bit
    """

def decode_array(data: bytes, target: Target, size: tuple[int, int], key: str = "array") -> np.ndarray:
    """Decodes the pixels of a target. Raises `DataError` for another size, and for damaged bytes.

    Parameters
    ----------
    data : bytes
        from a record
    target : Target
        what it should hold, with its encoding
    size : tuple[int, int]
        (height, width), pixels
    key : str, default "array"
        its name in errors

    Returns
    -------
    np.ndarray
        [H, W, C], read-only where the bytes are plain
    """

def default_table(mask_dtype: str = "uint8", masks: bool = True) -> tuple[Target, ...]:
    """The table of RGB images of 8 bits, and masks of class ids.

    Parameters
    ----------
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', of the mask
    masks : bool, default True
        False: images alone
    """

def dtype_for_bits(classes: int) -> str:
    """The smallest dtype that has a bit for each class and one for 'unknown'. Raises `DataError` beyond 63.

    Parameters
    ----------
    classes : int
        K, how many may overlap
    """

def dtype_range(dtype: str) -> tuple[float, float]:
    """The smallest and the largest number of a dtype.

    Parameters
    ----------
    dtype : str
        such as 'uint16'
    """

def encode_array(array: np.ndarray, target: Target) -> bytes:
    """Encodes the pixels of a target.

    Parameters
    ----------
    array : np.ndarray
        [H, W, C], as its target says
    target : Target
        whose encoding is 'raw', 'png' or 'zlib'

    Returns
    -------
    bytes
        as `decode_array` takes them
    """

def fits_png(target: Target) -> bool:
    """Whether PNG can hold its pixels: 8 or 16 bits, one to four channels.

    Parameters
    ----------
    target : Target
        whose dtype and channels are asked
    """

def holds(dtype: str, value: float) -> bool:
    """Whether a dtype has exactly this number; of floats NaN and about this number.

    Parameters
    ----------
    dtype : str
        such as 'uint8'
    value : float
        any number
    """

def is_default(targets: Sequence[Target]) -> bool:
    """Whether records of this table are those of the default one.

    Parameters
    ----------
    targets : Sequence[Target]
        a table
    """

def is_nodata(array: np.ndarray, nodata: float | None) -> np.ndarray:
    """Finds where nothing was measured.

    Parameters
    ----------
    array : np.ndarray
        of any shape and dtype
    nodata : float | None
        the value that means: nothing was measured here; None: there is none

    Returns
    -------
    np.ndarray
        bool, the same shape
    """

def planes_to_bits(planes: np.ndarray, known: np.ndarray | None = None, dtype: str = "") -> np.ndarray:
    """Packs planes into bits. Raises `DataError` for more classes than the dtype has bits.

    Parameters
    ----------
    planes : np.ndarray
        [H, W, K]: not 0 where class k is
    known : np.ndarray | None, default None
        [H, W]: 0 where nothing is known; None: everything is
    dtype : str, default ""
        of the result; '': the smallest

    Returns
    -------
    np.ndarray
        [H, W, 1] whole numbers

    Example: `planes_to_bits(np.stack([cell, nucleus], -1))`
    """

def stats_of_json(saved: object) -> dict[str, TargetStats]:
    """Makes statistics of what JSON held. Raises `ValueError` for anything else.

    Parameters
    ----------
    saved : object
        from JSON: a table by name of a target
    """

def targets_of_json(saved: object) -> tuple[Target, ...]:
    """Makes a table of what JSON held. Raises `ValueError` for anything else.

    Parameters
    ----------
    saved : object
        from JSON
    """

def targets_to_json(targets: Iterable[Target]) -> list[dict]:
    """Gives a table as JSON can hold it.

    Parameters
    ----------
    targets : Iterable[Target]
        a table

    Returns
    -------
    list[dict]
        plain names, numbers and lists
    """

def unknown_bit(dtype: str) -> int:
    """The value that says that nothing is known of a pixel: the top bit alone.

    Parameters
    ----------
    dtype : str
        of a target of bits
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
        tfrseg's name for it, such as 'mask'
    key : str
        its key in the record
    kind : type, default bytes
        `bytes`, `int` or `float`
    required : bool, default False
        True: every record must have it

    Example: `Feature("mask", "image/segmentation/class/encoded", required=True)`
    """
    role: str
    key: str
    kind: type = ...
    required: bool = False

@dataclass(frozen=True)
class Schema(_Keys):
    """The table of all keys of a record: which role has which key.

    Parameters
    ----------
    name : str
        such as 'tfvision'
    pixels : str
        'raw': plain bytes; 'encoded': PNG, JPEG; 'any': detected, read only
    features : tuple[Feature, ...]
        one for each key
    mask_channels : int, default 1
        of a raw mask: 1, or 3 where each id is repeated three times
    targets : tuple[Target, ...], default ()
        what the records hold, from `with_targets`; (): RGB of 8 bits and ids

    Example: `Schema("mine", "encoded", (Feature("image", "jpg"), Feature("mask", "png"))).key("mask")`
    """
    def without(self, *roles: str) -> Schema:
        """The same schema without some roles: `without('mask')` is for records without masks."""

    def arrays(self, mask_dtype: str = "uint8", names: Collection[str] = ()) -> tuple[Target, ...]:
        """The targets that have pixels.

        Parameters
        ----------
        mask_dtype : str, default "uint8"
            'uint8' or 'uint16', of ids where the schema has no table of targets
        names : Collection[str], default ()
            only these; (): all

        Returns
        -------
        tuple[Target, ...]
            image, mask (if any), the others
        """

    @property
    def others(self) -> tuple[Target, ...]:
        """The targets that have pixels, besides image and mask."""

    @property
    def has_bits(self) -> bool:
        """Whether the classes of its masks overlap: bits instead of ids."""

    @property
    def is_mappable(self) -> bool:
        """Whether all pixels of its records are raw, so that they can be read where they lie."""

    def tiled(self) -> Schema:
        """The same schema with the keys of a tile: its parent image, its offset there, and that image's size.

        Raises `DataError` for `RAW`.
        """

def as_schema(schema: Schema | str | None) -> Schema | None:
    """Finds a schema by its name. Raises `ValueError` for an unknown name, `TypeError` for anything else.

    Parameters
    ----------
    schema : Schema | str | None
        a schema or its name, such as 'raw_ids'

    Returns
    -------
    Schema | None
        None of None
    """

def schema_from_keys(keys: Iterable[str], where: str = "record") -> Schema:
    """The schema that has these keys. Raises `DataError` that lists the keys if no schema fits.

    Parameters
    ----------
    keys : Iterable[str]
        all keys of a record
    where : str, default "record"
        its name in errors

    Returns
    -------
    Schema
        without the role `mask` for a record without a mask
    """

def stored_encoding(target: Target, pixels: str) -> str:
    """How a target is stored where it does not say: plainly, as PNG where PNG can hold it, else by zlib.

    Parameters
    ----------
    target : Target
        with pixels
    pixels : str
        of the schema, 'raw' or 'encoded'

    Returns
    -------
    str
        'raw', 'png', 'zlib'; '' for an RGB image as a PNG or JPEG file
    """

def with_targets(schema: Schema, targets: Iterable[Target]) -> Schema:
    """The schema of records of these targets.

    Parameters
    ----------
    schema : Schema
        `RAW_IDS` or `TFVISION`, perhaps without masks, or of tiles
    targets : Iterable[Target]
        what the records hold

    Returns
    -------
    Schema
        with their keys; the same schema for RGB of 8 bits and class ids

    Raises `DataError` for another schema, and for an encoding that it has no key for.
    Example: `with_targets(RAW_IDS, [Target("image", channels=4, dtype="uint16"), Target("mask", "ids")])`
    """

def check_example(record: bytes, schema: Schema = ...) -> list[str]:
    """Finds missing keys, wrong types, repeated values, and byte counts that do not fit the size.

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

def check_features(features: dict[str, list], schema: Schema = ...) -> list[str]:
    """Finds what `check_example` finds, in the features of a record.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    schema : Schema, default TFVISION
        what they should be

    Returns
    -------
    list[str]
        one line a problem
    """

def declared_size(features: dict[str, list], schema: Schema) -> tuple[int, int]:
    """The size that a record states. Raises `DataError` for one that is not positive.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    schema : Schema
        one with a table of targets

    Returns
    -------
    tuple[int, int]
        (height, width), pixels
    """

def decode_features(
    features: dict[str, list],
    schema: Schema = ...,
    mask_dtype: str = "uint8",
    palette: Mapping[int, tuple[int, int, int]] | None = None,
) -> dict[str, np.ndarray | bytes]:
    """Decodes the features of one record to a sample. Raises `DataError` with the key of an invalid value.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    schema : Schema, default TFVISION
        their keys
    mask_dtype : str, default "uint8"
        as for `decode_record`
    palette : Mapping[int, tuple[int, int, int]] | None, default None
        as for `decode_record`

    Returns
    -------
    dict[str, np.ndarray | bytes]
        as from `decode_record`
    """

def decode_record(
    record: bytes,
    schema: Schema = ...,
    mask_dtype: str = "uint8",
    palette: Mapping[int, tuple[int, int, int]] | None = None,
    where: str = "record",
) -> dict[str, np.ndarray | bytes]:
    """Decodes one record to a sample. Raises `DataError` for an invalid record.

    Parameters
    ----------
    record : bytes
        a serialised `tf.train.Example`
    schema : Schema, default TFVISION
        its keys; without the role 'mask' the sample has no mask
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', as the mask was written
    palette : Mapping[int, tuple[int, int, int]] | None, default None
        {id: (r, g, b)}, for raw masks that hold colours; None: they hold ids
    where : str, default "record"
        its name in errors

    Returns
    -------
    dict[str, np.ndarray | bytes]
        image [H, W, 3] uint8, mask [H, W, 1], or what the schema's targets

    Example: `decode_record(read_record("cards/train-00000-of-00001.tfrecord", 0))["image"].shape`
    """

def detect_schema(record: bytes, where: str = "record") -> Schema:
    """The schema whose keys this record has. Raises `DataError` that lists the keys if no schema fits.

    Parameters
    ----------
    record : bytes
        a serialised `tf.train.Example`
    where : str, default "record"
        its name in errors

    Returns
    -------
    Schema
        with the roles that the record has: a mask or none, those of tiles or none
    """

def encode_example(
    sample: dict,
    schema: Schema = ...,
    encoded: tuple | None = None,
    mask_file: bytes | None = None,
) -> dict[str, bytes | int | float]:
    """Encodes a sample as the features of one example. Raises `DataError` if image and mask do not fit.

    Parameters
    ----------
    sample : dict
        image [H, W, 3] uint8, mask [H, W, 1] ids or [H, W, 3] RGB, or what the schema's targets are; name; of a tile parent and tile [4]
    schema : Schema, default TFVISION
        its keys
    encoded : tuple | None, default None
        from `encode_image`, instead of the sample's image
    mask_file : bytes | None, default None
        a grey PNG file of the sample's mask; None: the mask is encoded

    Returns
    -------
    dict[str, bytes | int | float]
        features by key
    """

def kind_of(values: list) -> str:
    """Describes kind and number of the values of a feature.

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
    """The one value of bytes of a feature. Raises `DataError` for values of another kind or number.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    key : str
        of an image
    """

def peek_feature(record: bytes | memoryview, key: str) -> bytes:
    """Finds the value of one feature without parsing the record, among its first 65 536 features.

    Parameters
    ----------
    record : bytes | memoryview
        a serialised `tf.train.Example`; its other values are not read
    key : str
        of a feature with one value of bytes

    Returns
    -------
    bytes
        b'' without such a feature
    """

def peek_number(record: bytes | memoryview, key: str) -> int | float | None:
    """Finds the number of one feature without parsing the record, among its first 65 536 features.

    Parameters
    ----------
    record : bytes | memoryview
        a serialised `tf.train.Example`; its other values are not read
    key : str
        of a feature with one number

    Returns
    -------
    int | float | None
        None without such a feature
    """

def raw_mask_dtype(features: dict[str, list], schema: Schema = ...) -> str:
    """The dtype of a raw mask, from its format key. Raises `DataError` for any other format.

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
    """Parses a record to all of its features. Raises `DataError` for an invalid example.

    Parameters
    ----------
    record : bytes
        a serialised `tf.train.Example`
    where : str, default "record"
        its name in errors

    Returns
    -------
    dict[str, list[bytes | int | float]]
        values by key
    """

def rgb_mask_ids(
    rgb: np.ndarray,
    palette: Mapping[int, tuple[int, int, int]] | None = None,
) -> np.ndarray:
    """Reads ids from an RGB mask. Raises `DataError` for colours without a palette, and for those not in it.

    Parameters
    ----------
    rgb : np.ndarray
        [H, W, 3] uint8: a raw mask of three channels
    palette : Mapping[int, tuple[int, int, int]] | None, default None
        {id: (r, g, b)}; None: all channels are ids

    Returns
    -------
    np.ndarray
        [H, W, 1] uint8
    """

def serialize_example(features: dict[str, bytes | int | float | tuple[int, ...]]) -> bytes:
    """Serializes features to the bytes of one record, the same bytes every time.

    Parameters
    ----------
    features : dict[str, bytes | int | float | tuple[int, ...]]
        from `encode_example`

    Returns
    -------
    bytes
        a serialised `tf.train.Example`
    """

def serialize_parts(features: dict[str, bytes | int | float | tuple[int, ...]]) -> list[bytes]:
    """Serializes features to the bytes of one record, in pieces: large values are passed on, not copied.

    Parameters
    ----------
    features : dict[str, bytes | int | float | tuple[int, ...]]
        from `encode_example`

    Returns
    -------
    list[bytes]
        pieces of a serialised `tf.train.Example`
    """

def stored_array(features: dict[str, list], schema: Schema, name: str) -> bytes | np.ndarray:
    """One array of a record. Raises `DataError` where the bytes are not what the target says.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`, checked
    schema : Schema
        one with a table of targets
    name : str
        of a target with pixels

    Returns
    -------
    bytes | np.ndarray
        [H, W, C]; of an RGB image that is stored as PNG or JPEG, its file
    """

def stored_image(
    features: dict[str, list],
    schema: Schema = ...,
    role: str = "image",
) -> bytes | np.ndarray:
    """The image or mask of a record as stored. Raises `DataError` for raw bytes of another size.

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
        an image file; or pixels [H, W, C]
    """

RECORD_LIMIT: Limit

UNPACK_LIMIT: Limit

class Scanned(NamedTuple):
    """A record found by a scan, whole or damaged.

    Parameters
    ----------
    number : int
        of the record in its file, from 0
    offset : int
        byte where its data begins, or its header if that is damaged
    data : bytes | None
        None: damaged
    finding : Finding | None
        its problem; None: it is whole
    """
    number: int
    offset: int
    data: bytes | None
    finding: Finding | None

def compression_of(path: Path | str) -> str:
    """How a file is compressed, from its first bytes.

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
    """Frames a record, in pieces: large ones are passed on, not copied.

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
    """Frames a record as it is stored in a file.

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
    """Whether a file begins with a TFRecord, plain or compressed, by the checksum of the first length.

    Parameters
    ----------
    path : Path | str
        any file

    Returns
    -------
    bool
        also False for a file that cannot be read
    """

def index_records(path: Path | str) -> np.ndarray:
    """Offset and length of each record, from headers only. Raises `DataError` at a damaged header.

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

def name_copy(copy: Path, path: Any) -> None:
    """Lets errors about a copy name the file that it was made of.

    Parameters
    ----------
    copy : Path
        a local file
    path : Any
        the file that it was made of, as the user knows it
    """

def original(path: Path | str) -> Path | str:
    """The file that the user knows, for errors.

    Parameters
    ----------
    path : Path | str
        a file, perhaps from `unpack_records`

    Returns
    -------
    Path | str
        the compressed file of a copy, or the same path
    """

def read_record(path: Path | str, number: int, index: np.ndarray | None = None) -> bytes:
    """Reads one record. Raises `IndexError` beyond the last, and `DataError` for a wrong checksum.

    Parameters
    ----------
    path : Path | str
        a TFRecord file, uncompressed
    number : int
        record number, from 0; negative counts from the end
    index : np.ndarray | None, default None
        [N, 2] from `index_records`; None: it is made first

    Returns
    -------
    bytes
        the record's data
    """

def scan_records(path: Path | str) -> Iterator[Scanned]:
    """Yields every record of a file, also those that are damaged.

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
        largest size of the copy

    Returns
    -------
    Path
        the file itself if it is plain, else a copy for this process
    """

def walk_records(path: Path | str) -> Iterator[tuple[int, int]]:
    """`(offset, length)` of the data of each record, in order. Raises `DataError` at a damaged header.

    Parameters
    ----------
    path : Path | str
        a TFRecord file, uncompressed
    """

def write_records(path: Path | str, records: Iterable[bytes]) -> int:
    """Writes a TFRecord file that gets its name only when it is complete.

    Parameters
    ----------
    path : Path | str
        final name of the file
    records : Iterable[bytes]
        the data of each record

    Returns
    -------
    int
        number of records

    Example: `write_records("words.tfrecord", [b"card", b"photo"])`
    """

@dataclass(frozen=True)
class ShardFacts:
    """What distinguishes one version of a file from another.

    Parameters
    ----------
    size : int
        bytes
    changed : int, default 0
        time of change, ns; 0: not known
    touched : int, default 0
        time of the inode's change, ns; 0: not known
    inode : int, default 0
        number of the inode; 0: not known
    """
    size: int
    changed: int = 0
    touched: int = 0
    inode: int = 0

    @classmethod
    def of(cls, file: Path | str) -> ShardFacts:
        """The facts of a file as it is now. Raises `OSError`.

        Parameters
        ----------
        file : Path | str
            a shard
        """

    @classmethod
    def of_open(cls, file: BinaryIO) -> ShardFacts:
        """The facts of an open file, whatever has its name by now. Raises `OSError`.

        Parameters
        ----------
        file : BinaryIO
            an open file
        """
    @property
    def known(self) -> bool: ...

@dataclass(frozen=True, eq=False)
class ShardIndex(_IndexTable):
    """What is known of the records of a shard, as a table with one column for each record.

    Parameters
    ----------
    names : tuple[str, ...]
        of the rows of the table, such as 'offset' or 'pixels 3'
    table : np.ndarray
        [names, N] int64
    layout : str
        hash of schema and options, from `index_layout`
    facts : ShardFacts
        of the version of the shard
    checksums : str, default ""
        hash of the checksums of all records
    sha256 : str, default ""
        of the file; '': not known
    checked : bool, default False
        True: the checksums of all records were right
    counted : bool, default False
        True: it has pixels by class
    """
    layout: str
    facts: ShardFacts
    checksums: str = ""
    sha256: str = ""
    checked: bool = False
    counted: bool = False
    def __len__(self) -> int: ...
    def __eq__(self, other) -> bool: ...

    def column(self, name: str) -> np.ndarray:
        """The values of one name [N]. Raises `KeyError` for an unknown one.

        Parameters
        ----------
        name : str
            such as 'offset' or 'pixels 3'
        """

    def with_pixels(self, counts: Sequence[Mapping[int, int]]) -> ShardIndex:
        """The same with pixels by class; without them if there are more than 256 ids.

        Parameters
        ----------
        counts : Sequence[Mapping[int, int]]
            pixels by class id of each record
        """

class StoredRows:
    """The rows of an index file, read when they are asked for. `read_index` found that it fits its shard.

    Parameters
    ----------
    path : Path | str
        an index file

    Raises: `OSError`, `ValueError`, `KeyError` or `TypeError` for a file that is missing or no index.
    """
    facts: ShardFacts
    version: Any
    def __init__(self, path: Path | str) -> None: ...
    def __len__(self) -> int: ...

    def row(self, number: int, columns: int) -> list[int]:
        """Reads the first numbers of a row. Raises `IndexError` beyond the last.

        Parameters
        ----------
        number : int
            of a record
        columns : int
            how many, from the first; each is read by itself

        Returns
        -------
        list[int]
            as many numbers
        """

def count_records(
    file: Path | str,
    index: ShardIndex,
    schema: Schema,
    mask_dtype: str = "uint8",
    palette: Mapping | None = None,
) -> Iterator[dict[int, int]]:
    """Counts the pixels of each class in each record, in order.

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
    palette : Mapping | None, default None
        {id: (r, g, b)}, for raw masks that hold colours

    Returns
    -------
    Iterator[dict[int, int]]
        pixels by class id; {} without a valid mask
    """

def index_columns(schema: Schema) -> tuple[str, ...]:
    """Names what an index knows of each record.

    Parameters
    ----------
    schema : Schema
        of the records

    Returns
    -------
    tuple[str, ...]
        names of the rows of an index, before the pixels by class
    """

def index_fits(index: ShardIndex, schema: Schema, mask_dtype: str = "uint8") -> bool:
    """Whether the records of an index fill their shard without a gap, and each image lies in its own record.

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
    """A hash of schema and options; an index of another one is not used.

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
    """The index file beside a shard.

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
    """Keeps an index in the first place that works: beside the shard, in the cache folder, or in memory.

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
    """Yields the kept indexes of a shard that have its size.

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
    """Finds single values in every record without parsing it.

    Parameters
    ----------
    data : np.ndarray
        [bytes] uint8: a shard
    records : np.ndarray
        [N, 2] from `index_records`
    keys : Mapping[str, type]
        the K keys to find, with the type of their values, `bytes` or `int`

    Returns
    -------
    tuple[np.ndarray, np.ndarray, np.ndarray]
        three arrays, as the docstring says

    [N, K] int64: where bytes begin, or the integer, -1 for a missing one; [N, K] int64: number of bytes;
    [N] bool: whether the record is an example.
    """

def locate_pixels(
    data: np.ndarray,
    index: np.ndarray,
    schema: Schema,
    mask_dtype: str = "uint8",
) -> np.ndarray:
    """Finds the pixels of every record. All numbers of an invalid record are -1.

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
        [N, 4 + T] int64: where image and mask begin (-1: missing), height, width; others begin
    """

def make_index(
    file: Path | str,
    schema: Schema,
    mask_dtype: str = "uint8",
    palette: Mapping | None = None,
    verify: bool = True,
) -> ShardIndex:
    """Makes the index of a shard from its bytes. Raises `DataError` with every problem of the shard.

    Parameters
    ----------
    file : Path | str
        a shard, plain
    schema : Schema
        its keys
    mask_dtype : str, default "uint8"
        of mask values
    palette : Mapping | None, default None
        {id: (r, g, b)}, as for `open_index`
    verify : bool, default True
        False: no checksums are verified

    Returns
    -------
    ShardIndex
        without pixels by class
    """

def map_bytes(file: Path | str) -> np.ndarray:
    """The bytes of a file, mapped for reading. Raises `OSError`.

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
    palette: Mapping | None = None,
    verify: bool = True,
    count: bool = False,
    adopt: bool = False,
) -> ShardIndex:
    """Opens the kept index of a shard, or makes one. Raises `DataError` with every problem of the shard.

    Parameters
    ----------
    file : Path | str
        a shard, plain
    schema : Schema
        its keys
    mask_dtype : str, default "uint8"
        of mask values
    palette : Mapping | None, default None
        {id: (r, g, b)}, for masks of three channels with colours; None: ids
    verify : bool, default True
        False: no checksums are verified
    count : bool, default False
        True: counts pixels by class, of up to 256 ids
    adopt : bool, default False
        True: keeps pixels by class of an older index, if the checksums agree
    """

def read_index(
    path: Path | str,
    layout: str,
    schema: Schema,
    mask_dtype: str = "uint8",
) -> ShardIndex | None:
    """Reads an index. None if it is missing, damaged, of another layout, or does not fit its shard.

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

def record_names(file: Path | str, records: np.ndarray, schema: Schema) -> list[str]:
    """The name of each record, found without parsing any.

    Parameters
    ----------
    file : Path | str
        a shard, plain
    records : np.ndarray
        [N, 2] from `index_records`
    schema : Schema
        its keys

    Returns
    -------
    list[str]
        '' for a record without a name
    """

def records_of(file: Path | Any) -> np.ndarray:
    """Finds the records of a shard. Raises `DataError` at a damaged header.

    Parameters
    ----------
    file : Path | Any
        a shard, plain, local or remote

    Returns
    -------
    np.ndarray
        [N, 2] int64: byte offset and length of each record's data
    """

def spare_index_path(file: Path | str) -> Path:
    """The index file of a shard whose folder is read-only.

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
    """Writes an index, completely or not at all. Raises `OSError` if the folder cannot be written.

    Parameters
    ----------
    index : ShardIndex
        the index of a shard
    path : Path | str
        its file, from `index_path`
    """

class Components(NamedTuple):
    """The components of a mask, in the order of their first pixel.

    Parameters
    ----------
    numbers : np.ndarray
        [H, W] int64: the component of each pixel, from 0
    ids : np.ndarray
        [N]: class id of each component, of the dtype of the mask
    pixels : np.ndarray
        [N] int64: how many pixels it has
    """
    numbers: np.ndarray
    ids: np.ndarray
    pixels: np.ndarray

def find_components(mask: np.ndarray) -> Components:
    """Finds the regions of equal ids whose pixels share sides.

    Parameters
    ----------
    mask : np.ndarray
        [H, W] or [H, W, 1] class ids, of any integer dtype

    Returns
    -------
    Components
        of all ids, the ignore label too

    Raises: `ValueError` for an array of another shape.
    """

def reassign_component(mask: np.ndarray, row: int, column: int, class_id: int) -> np.ndarray:
    """Gives a component another class.

    Parameters
    ----------
    mask : np.ndarray
        [H, W, 1] class ids
    row : int
        of a pixel of the component, from the top
    column : int
        of the same, from the left
    class_id : int
        what the component becomes

    Returns
    -------
    np.ndarray
        a new mask of the same shape and dtype

    Raises: `IndexError` outside the mask, `ValueError` for an id that its dtype does not hold.
    """

def relabel(
    labels: LabelMap,
    names: Mapping[int, str] = ...,
    colors: Mapping[int, Sequence[int]] = ...,
) -> LabelMap:
    """Renames and colours classes; ids stay as they are.

    Parameters
    ----------
    labels : LabelMap
        of a dataset
    names : Mapping[int, str], default {}
        new names, by class id
    colors : Mapping[int, Sequence[int]], default {}
        new (r, g, b) by class id, each 0 to 255

    Returns
    -------
    LabelMap
        the same ids with other names and colours

    Raises: `ValueError` for an id out of range or the ignore label, an empty name, a name twice or an
    invalid colour.
    """

def relabel_dataset(
    folder: Path | str,
    names: Mapping[int, str] = ...,
    colors: Mapping[int, Sequence[int]] = ...,
) -> DatasetInfo:
    """Renames and colours classes in `dataset_info.json`: all of it, or nothing.

    Parameters
    ----------
    folder : Path | str
        of a dataset with `dataset_info.json`, not in a bucket
    names : Mapping[int, str], default {}
        new names, by class id
    colors : Mapping[int, Sequence[int]], default {}
        new (r, g, b) by class id, each 0 to 255

    Returns
    -------
    DatasetInfo
        the new info

    Raises: errors as those of `relabel`; `DataError` where there is no info or the dataset lies in a bucket,
    `WriterAtWork` where it is being replaced.
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
        words of the user, such as 'blurred'
    note : str, default ""
        a remark of the user
    """
    name: str
    shard: str = ""
    number: int | None = None
    tags: str = ""
    note: str = ""

    @property
    def record(self) -> tuple[str, int | None]:
        """Identifies the record: by shard and number, or by name where these are unknown."""

@dataclass(frozen=True)
class TagChange:
    """What becomes of the tags and the note of a record.

    Parameters
    ----------
    flag : Flag
        of the record, as it is listed where it is not on the list yet
    added : tuple[str, ...], default ()
        tags; one with a comma is several
    removed : tuple[str, ...], default ()
        tags
    note : str | None, default None
        which replaces the one there; None: it stays
    """
    flag: Flag
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    note: str | None = None

    def applied_to(self, flag: Flag) -> Flag:
        """Changes a flag.

        Parameters
        ----------
        flag : Flag
            of the same record, as it is on the list

        Returns
        -------
        Flag
            with its tags and note changed
        """

def change_flags(
    path: Path | str,
    flagged: Iterable[Flag] = (),
    unflagged: Iterable[Flag] = (),
    tagged: Iterable[TagChange] = (),
) -> list[Flag]:
    """Adds records to a list, removes others, and changes tags and notes.

    Parameters
    ----------
    path : Path | str
        a list; a missing one is made
    flagged : Iterable[Flag], default ()
        records to add; one that is listed keeps its tags and note
    unflagged : Iterable[Flag], default ()
        records to remove
    tagged : Iterable[TagChange], default ()
        changes of tags and notes; a record that is not listed is added

    Returns
    -------
    list[Flag]
        the list afterwards

    Raises: errors as those of `write_flags`.
    """

def check_flag_file(path: Path | str) -> Path:
    """Checks that a list can be written.

    Parameters
    ----------
    path : Path | str
        of a list, which need not exist

    Returns
    -------
    Path
        the same

    Raises: `DataError` for a path that is a link, not a file or in a bucket, and for a missing or read-only
    folder.
    """

def first_column(path: Path | str) -> list[str]:
    """Reads the names of a list: the first column of each line.

    Parameters
    ----------
    path : Path | str
        a text file, as for `read_flags`

    Returns
    -------
    list[str]
        in the order of the file, repetitions too

    Raises: `DataError` for a record that has no name.
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
    """Finds the records that flags mean: by shard and number where these are known, otherwise by name.

    Parameters
    ----------
    flags : Iterable[Flag]
        from a list
    rows : Iterable[tuple[Path | str, int, str]]
        shard, number in the shard, and name of each record; '' for no name

    Returns
    -------
    tuple[set[int], list[Flag]]
        indexes into `rows`, and flags that match no record

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
    """Reads the flags of a list.

    Parameters
    ----------
    path : Path | str
        a text file: flags as `write_flags` writes them, or a name a line

    Returns
    -------
    list[Flag]
        in the order of the file, each record once
    """

def tag_list(flag: Flag) -> tuple[str, ...]:
    """Reads the tags of a flag.

    Parameters
    ----------
    flag : Flag
        of a record

    Returns
    -------
    tuple[str, ...]
        its tags, each once, in order
    """

def write_flags(flags: Iterable[Flag], path: Path | str) -> Path:
    """Writes a list of flags, all of it or nothing.

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

    Raises: `DataError` for a path that is a link or not a file; `OSError` where it cannot be written.
    """

CLAIM_NAME: str

class FetchedFiles:
    """Remote files as local ones, each fetched once, the next few while one is read; to be read in order.

    Parameters
    ----------
    files : Sequence
        from `as_path`
    sums : Sequence[str]
        sha256 of each, '': not known
    folder : Path
        where they are kept
    ahead : int, default 4
        files that are fetched at a time
    """
    files: Sequence
    sums: Sequence[str]
    folder: Path
    ahead: int
    def __init__(self, files: Sequence, sums: Sequence[str], folder: Path, ahead: int = 4) -> None: ...
    def __enter__(self): ...
    def __exit__(self, *error): ...

    def get(self, k: int) -> Path:
        """Waits for a file. Raises as `fetch_file`.

        Parameters
        ----------
        k : int
            which file

        Returns
        -------
        Path
            its copy
        """

    def drop_before(self, k: int) -> None:
        """Removes the copies of all files before one, which nobody reads any more.

        Parameters
        ----------
        k : int
            which file
        """

def claim_folder(folder: Any, job: str, resume: bool = False, overwrite: bool = False) -> bool:
    """Makes the lock of a folder, or takes it over.

    Parameters
    ----------
    folder : Any
        a remote folder
    job : str
        checksum of the work
    resume : bool, default False
        True: go on with the same work of a writer that may be gone
    overwrite : bool, default False
        True: take the folder from a writer of other work

    Returns
    -------
    bool
        True: the same work was begun before, and its finished shards may be kept

    Raises: `WriterAtWork` where another writer has it, as `remote_errors` where the bucket refuses.
    """

def claim_of(data: bytes) -> dict | None:
    """Reads what a lock says.

    Parameters
    ----------
    data : bytes
        the content of a lock

    Returns
    -------
    dict | None
        as from `new_claim`; None where it is not tfrseg's
    """

def claim_text(claim: dict) -> str:
    """Names the writer of a claim.

    Parameters
    ----------
    claim : dict
        from `read_claim`

    Returns
    -------
    str
        such as 'process 7 on thishost, since 2026-11-27 09:00:00'
    """

def create_file(path: Any, data: bytes) -> bool:
    """Makes a small file unless there is one. Of several processes that try, one succeeds.

    Parameters
    ----------
    path : Any
        from `as_path`
    data : bytes
        its content

    Returns
    -------
    bool
        False: there is a file of this name with another content
    """

def fetch_file(path: Any, local: Path, sha256: str = "") -> None:
    """Fetches a whole file. Raises as `remote_errors`, `DataError` for a wrong size or checksum.

    Parameters
    ----------
    path : Any
        from `as_path`
    local : Path
        where it goes; a file of this name is replaced
    sha256 : str, default ""
        its checksum, 64 hexadecimal digits; '': not known
    """

def new_claim(job: str) -> dict:
    """What the lock of this process says, in a bucket and on a disk.

    Parameters
    ----------
    job : str
        checksum of the work

    Returns
    -------
    dict
        process, host, since, job
    """

def read_claim(folder: Any) -> dict | None:
    """Reads who writes into a folder. Raises `FileExistsError` where a file of this name is not tfrseg's.

    Parameters
    ----------
    folder : Any
        a remote folder

    Returns
    -------
    dict | None
        process, host, since, job; None where nobody writes
    """

def remove_files(paths: Iterable) -> None:
    """Removes files; one that is gone already is no error. Raises as `remote_errors`.

    Parameters
    ----------
    paths : Iterable
        from `as_path`
    """

def upload_file(local: Path, path: Any) -> None:
    """Sends a file. It appears whole, or not at all. Raises as `remote_errors`, `DataError` for a wrong size.

    Parameters
    ----------
    local : Path
        a file on this machine
    path : Any
        its name in a bucket, from `as_path`; a file of this name is replaced
    """

def upload_folder(local: Path, folder: Any, last: str) -> None:
    """Sends all files in a folder and below. Raises `FileExistsError` where the last one is there already.

    Parameters
    ----------
    local : Path
        a folder on this machine
    folder : Any
        where its content goes, from `as_path`
    last : str
        name of the file that is sent after all others, and only if there is none; '': none
    """

def write_plain(path: Any, data: bytes) -> None:
    """Writes a small file, which appears whole, or not at all. Raises for a remote one as `remote_errors`.

    Parameters
    ----------
    path : Any
        from `as_path`; a file of this name is replaced
    data : bytes
        its content
    """

INFO_LIMIT: tuple[str, Limit]

INFO_NAME: tuple[str, Limit]

SPLIT_WORDS: Any

@dataclass(frozen=True)
class DatasetInfo(_ShardTotals):
    """What a dataset holds: schema, labels, and the shards of each split.

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
        one line for each pair that the source left out
    format_version : int, default 1
        of the file `dataset_info.json`
    tiles : bool, default False
        True: records are tiles of larger images
    assumptions : tuple[str, ...], default ()
        lines that say what was assumed when the dataset was written
    targets : tuple[Target, ...], default ()
        of the records; (): RGB of 8 bits and ids. Others are format version 2
    stats : dict[str, TargetStats], default dict()
        by name of a target: of the split 'train' if there is one, else of all; {}: not measured
    """
    schema: str
    labels: LabelMap
    splits: dict[str, tuple[ShardInfo, ...]]
    masks: bool = True
    skipped: tuple[str, ...] = ()
    format_version: int = 1
    tiles: bool = False
    assumptions: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    stats: dict[str, TargetStats] = ...

    @property
    def record_schema(self) -> Schema:
        """The schema of its records: without masks for images alone, with offsets for tiles."""

class FramedFile:
    """A file of framed records. It gets its name when the `with` block ends well, and is removed if it fails.

    Parameters
    ----------
    path : Path | str
        final name of the file
    sync : bool, default True
        False: the caller waits for the disk, by `sync_file`

    Example: with FramedFile("a.tfrecord") as file: file.write([record])
    """
    path: Any
    size: int
    def __init__(self, path: Path | str, sync: bool = True) -> None: ...

    @property
    def sha256(self) -> str:
        """The checksum of all written bytes, 64 hexadecimal digits."""
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
    """Counts the records of a shard by size and format, and their pixels by class.

    Parameters
    ----------
    ignore_label : int | None, default None
        masks of class 0 and this id alone are empty; None: no mask is
    has_bits : bool, default False
        True: masks hold bits of classes that overlap; none: empty
    """
    ignore_label: int | None
    has_bits: bool
    records: int
    empty: int
    tables: Any
    def __init__(self, ignore_label: int | None = None, has_bits: bool = False) -> None: ...

    def add(
        self,
        size: tuple[int, int],
        kind: str,
        mask: np.ndarray | Mapping[int, int] | None,
    ) -> dict[int, int]:
        """Counts one more record.

        Parameters
        ----------
        size : tuple[int, int]
            (height, width) of the image, pixels
        kind : str
            'png', 'jpeg' or 'raw'
        mask : np.ndarray | Mapping[int, int] | None
            [H, W, 1] ids, or pixels by id; None: the record has no mask

        Returns
        -------
        dict[int, int]
            pixels of this record by class id
        """
    def sorted(self) -> dict[str, dict]:
        """The tables of `ShardInfo`, each sorted by key."""

@dataclass(frozen=True)
class ShardInfo:
    """What one shard holds.

    Parameters
    ----------
    file : str
        name of the shard in the folder of the dataset
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
        one line for each pair that was left out
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
        """Makes the info of a shard from JSON.

        Parameters
        ----------
        saved : dict
            as in `dataset_info.json`: ids are text, `turned` means `exif_rotated`

        Raises: `ValueError` for values that are invalid.
        """

@dataclass(frozen=True)
class ShardList:
    """Shard files with the split of each.

    Parameters
    ----------
    files : tuple[Path, ...]
        existing files, in order
    splits : tuple[str, ...]
        the split of each file
    info : DatasetInfo | None, default None
        from `dataset_info.json`; None: there is no such file
    assumptions : tuple[str, ...], default ()
        lines that say what was assumed
    """
    files: tuple[Path, ...]
    splits: tuple[str, ...]
    info: DatasetInfo | None = None
    assumptions: tuple[str, ...] = ()
    def by_split(self) -> dict[str, list[Path]]:
        """The files of each split, in order."""

    def take(self, splits: Sequence[str]) -> ShardList:
        """The files of these splits alone.

        Parameters
        ----------
        splits : Sequence[str]
            names of splits
        """

class ShardWriter(FramedFile):
    """Writes one shard, all of it or nothing, and counts what it holds.

    Parameters
    ----------
    path : Path | str
        final name of the file
    schema : Schema, default TFVISION
        of the records
    mask_dtype : str, default "uint8"
        of mask values, 'uint8' or 'uint16'
    ignore_label : int | None, default None
        masks of class 0 and this id alone are empty; None: no mask is
    sync : bool, default True
        False: the caller waits for the disk, by `sync_file`

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
        sync: bool = True,
    ) -> None: ...

    def add(
        self,
        features: dict[str, bytes | int | float],
        mask: np.ndarray | Mapping[int, int] | None = None,
    ) -> int:
        """Writes one record.

        Parameters
        ----------
        features : dict[str, bytes | int | float]
            from `encode_example`, with the keys of the schema
        mask : np.ndarray | Mapping[int, int] | None, default None
            [H, W, 1] ids or bits to count, or pixels by id; None: the record has no mask

        Returns
        -------
        int
            bytes that the record takes in the file
        """
    def info(self) -> ShardInfo:
        """What the finished shard holds."""
    def save_index(self) -> None:
        """Writes the index beside the shard if the folder allows it. Raises `OSError` for a full disk."""

def change_info(
    folder: Path | str,
    known: DatasetInfo,
    change: Callable[[DatasetInfo], DatasetInfo],
) -> DatasetInfo:
    """Changes `dataset_info.json`: whole, or not at all.

    Parameters
    ----------
    folder : Path | str
        of a dataset with an info
    known : DatasetInfo
        the info when the change was decided on
    change : Callable[[DatasetInfo], DatasetInfo]
        the present info to the new one

    Returns
    -------
    DatasetInfo
        the new one

    Raises: `DataError` where the shards are others now or lie in a bucket, `WriterAtWork` where they are
    being replaced.
    """

def clear_staging(staging: Path | str) -> None:
    """Removes a staging folder. `staging_folder` then makes no target.

    Parameters
    ----------
    staging : Path | str
        from `staging_folder`, where its content turns out not to be wanted
    """

def file_state(path: Path | str) -> tuple[int, ...]:
    """Identifies a version of a file: differs after a change, even one that keeps size and time.

    Parameters
    ----------
    path : Path | str
        a file, local or remote

    Returns
    -------
    tuple[int, ...]
        size, time of change, inode, its time of change; () for a missing file
    """

def find_shards(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    unions: bool = True,
) -> ShardList:
    """Finds the shards that `path` means.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a folder, a file, a pattern such as 'out/*.tfrecord', or a list of them
    split : str | None, default None
        only shards of this split; None: all
    unions : bool, default True
        False: leaves out splits that only join others, as trainval joins train and val, if a folder is given

    Returns
    -------
    ShardList
        existing files, in order

    Raises: `FileNotFoundError` where there are none; `ValueError` for a split that does not exist;
    `DataError` for a shard that is cut.
    """

def find_unions(parts: Mapping[str, Sequence[Path]]) -> dict[str, tuple[str, ...]]:
    """Finds splits that hold exactly the records of two or more others.

    Parameters
    ----------
    parts : Mapping[str, Sequence[Path]]
        shards by split

    Returns
    -------
    dict[str, tuple[str, ...]]
        the splits that a split joins, by its name
    """

def job_of(*parts: object, files: Iterable[Path] = ()) -> str:
    """A checksum of the work of a writer: what it makes, and from which files in which state.

    Parameters
    ----------
    *parts : object
        all that decides what is made; their `repr` is taken
    files : Iterable[Path], default ()
        the files that it is made of

    Returns
    -------
    str
        64 hexadecimal digits
    """

def keep_only(staging: Path, names: Collection[str]) -> None:
    """Removes all but the mark and some files from a staging folder. Links are removed, not what they lead to.

    Parameters
    ----------
    staging : Path
        from `staging_folder`
    names : Collection[str]
        of files to keep
    """

def labels_of_json(saved: dict) -> LabelMap:
    """Makes labels from JSON.

    Parameters
    ----------
    saved : dict
        the object `labels` of an info file; its ids are text

    Raises: `ValueError`, `KeyError`, `TypeError` or `AttributeError` for invalid names, colours, levels or
    ignore label.
    """

def list_shards(path: Path | str | Sequence[Path | str], split: str | None = None) -> list[Path]:
    """Finds the shard files that `path` means.

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

    Raises: errors as those of `find_shards`.
    """

def load_info(folder: Path | str) -> DatasetInfo | None:
    """Reads `dataset_info.json`.

    Parameters
    ----------
    folder : Path | str
        folder of the dataset

    Returns
    -------
    DatasetInfo | None
        None where the folder has no info

    Raises: `DataError` for a file that is invalid.
    Example: load_info("cards").records("train")
    """

def same_split(split: str, there: Iterable[str]) -> list[str]:
    """Finds the splits that a name means: the one of this name, or those of the same word in `SPLIT_WORDS`.

    Parameters
    ----------
    split : str
        a split as the user calls it
    there : Iterable[str]
        splits of the dataset

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
        folder of the dataset

    Returns
    -------
    Path
        the file
    """

def settle_folder(out: Path | str, job: str = "") -> bool:
    """Completes the last steps of a killed writer in a folder that already has its final name.

    Parameters
    ----------
    out : Path | str
        final name of a folder
    job : str, default ""
        from `job_of`

    Returns
    -------
    bool
        True: the folder holds the result of `job`, and its writer was killed just afterwards

    Any other folder stays as it is.
    """

def shard_names(file: Path | Any, keys: Iterable[str]) -> Iterator[bytes]:
    """Reads the name of each record. Only the pages of a local file that hold names are read.

    Parameters
    ----------
    file : Path | Any
        a shard, plain, local or remote
    keys : Iterable[str]
        features that may hold a name; the first that does counts

    Returns
    -------
    Iterator[bytes]
        b'' for a record that has none
    """

def shard_path(folder: Path | str, split: str, number: int, count: int) -> Path:
    """The path of one shard of a split.

    Parameters
    ----------
    folder : Path | str
        folder of the dataset, local or remote
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
    """Reads the split of a shard from its name.

    Parameters
    ----------
    file : Path | str
        a shard

    Returns
    -------
    str
        letters, digits and '_'; 'train' where the name holds no split
    """

def split_told(file: Path | str) -> str | None:
    """Reads the split from a name: from a word of `SPLIT_WORDS`, or from the form NAME-00000-of-00010.

    Parameters
    ----------
    file : Path | str
        a shard, or a folder of shards

    Returns
    -------
    str | None
        letters, digits and '_'; None where the name holds no split
    """

@contextmanager
def staging_folder(
    out: Path | str,
    overwrite: bool = False,
    keep: bool = False,
    job: str = "",
) -> Iterator[Path]:
    """Makes a folder that becomes `out` when the block ends well, and is removed when it fails.

    Parameters
    ----------
    out : Path | str
        final name of the folder
    overwrite : bool, default False
        True: replace a dataset that is there
    keep : bool, default False
        True: keep what a stopped writer left, and what this one leaves when it fails
    job : str, default ""
        checksum of the work from `job_of`, by which `settle_folder` recognizes it

    Returns
    -------
    Iterator[Path]
        the folder to write into

    Raises: `FileExistsError` for something that is in the way; `WriterAtWork` where another process writes;
    `DataError` for a full disk; `ValueError` for a name that is not a local folder.
    """

def why_missing(out: Path | str) -> str:
    """Explains why a dataset does not exist: its writer is still at work, or was stopped.

    Parameters
    ----------
    out : Path | str
        a path where nothing is

    Returns
    -------
    str
        one line; '' where no writer has begun
    """

def writer_at_work(out: Path | str) -> str:
    """Names the process that writes a folder at this moment.

    Parameters
    ----------
    out : Path | str
        the final name of a folder

    Returns
    -------
    str
        such as 'process 7 on thishost, since 2026-11-27 09:00:00'; '' where no process does
    """

MADE_FROM: str

SEEN_NAME: str

@contextmanager
def bucket_folder(out: Any, overwrite: bool = False, keep: bool = False, job: str = "") -> Iterator[Any]:
    """Writes a folder of a bucket that is complete when the block ends well, and not there when it fails.

    Parameters
    ----------
    out : Any
        a remote folder, from `as_path`
    overwrite : bool, default False
        True: replace a dataset that is there
    keep : bool, default False
        True: keep what the same work has left, and what this one leaves when it fails
    job : str, default ""
        checksum of the work

    Returns
    -------
    Iterator[Any]
        the folder to send files to; `INFO_NAME` last

    Raises: `FileExistsError` for something in the way; `WriterAtWork` where another process writes; as
    `remote_errors` where the bucket refuses.
    """

def read_job(out: Any) -> str:
    """Reads what a dataset in a bucket was made from.

    Parameters
    ----------
    out : Any
        a remote folder

    Returns
    -------
    str
        the checksum of the work that made it; '' where that is not known
    """

def settle_bucket(out: Any, take: bool = False) -> None:
    """Completes the last steps of a writer that was killed. Raises `WriterAtWork` where it may still live.

    Parameters
    ----------
    out : Any
        a remote folder
    take : bool, default False
        True: also from a writer that may still be at work
    """

def settle_target(out: Any, job: str) -> bool:
    """Tells whether a folder was made by the same work, after completing what a killed writer left to do.

    Parameters
    ----------
    out : Any
        a folder, local or remote
    job : str
        from `job_of`

    Returns
    -------
    bool
        True: it holds the result of this work
    """

@contextmanager
def target_folder(out: Any, overwrite: bool = False, keep: bool = False, job: str = "") -> Iterator[Path]:
    """Makes a folder that becomes `out` when the block ends well: renamed, or sent to its bucket.

    Parameters
    ----------
    out : Any
        final name of the folder, local or remote
    overwrite : bool, default False
        True: replace a dataset that is there
    keep : bool, default False
        True: as for `staging_folder`; of a remote folder nothing is kept
    job : str, default ""
        checksum of the work

    Returns
    -------
    Iterator[Path]
        a local folder to write into

    Raises: as `staging_folder` and `bucket_folder` do.
    """

def check_object_size(got: tuple[int, int], wanted: tuple[int, int], where: str) -> None:
    """Raises `DataError` where the mask of an object has another size than its image.

    Parameters
    ----------
    got : tuple[int, int]
        (height, width) of the mask, pixels
    wanted : tuple[int, int]
        (height, width) of the image, pixels
    where : str
        what errors call the mask
    """

def load_object_mask(data: bytes, where: str, size: tuple[int, int]) -> np.ndarray:
    """Decodes the mask of an object. Raises `DataError` for another size, and for more than two values.

    Parameters
    ----------
    data : bytes
        a PNG file
    where : str
        what errors call it
    size : tuple[int, int]
        (height, width) of the image, pixels

    Returns
    -------
    np.ndarray
        [H, W] bool
    """

def look_valid(
    features: dict[str, list],
    schema: Schema,
    mask_dtype: str = "uint8",
    trusted: bool = False,
) -> bool:
    """Tells by keys, byte counts and headers whether image and mask are as most are.

    Parameters
    ----------
    features : dict[str, list]
        from `read_features`
    schema : Schema
        what they should be
    mask_dtype : str, default "uint8"
        of mask values, 'uint8' or 'uint16'
    trusted : bool, default False
        as for `record_problems`

    Returns
    -------
    bool
        False: `record_problems` tells whether they are
    """

def pixel_problems(record: bytes, schema: Schema, labels: LabelMap | None = None) -> list[str]:
    """Decodes the image and the masks of a record, and finds what is wrong with sizes and ids.

    Parameters
    ----------
    record : bytes
        a serialized example that `record_problems` found nothing wrong with
    schema : Schema
        what it holds
    labels : LabelMap | None, default None
        valid ids and their dtype; None: a third-party shard, where both are unknown

    Returns
    -------
    list[str]
        one line per problem; empty for a valid record

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
        True: tfrseg wrote it, so its image has 8 bits and 3 channels

    Returns
    -------
    list[str]
        one line per problem; empty for a valid record

    Example: record_problems(read_record("a.tfrecord", 0), TFVISION)
    """

def stored_ids(labels: LabelMap | None) -> LabelMap | None:
    """Makes labels for the masks inside records, which hold ids however masks were coded in the source.

    Parameters
    ----------
    labels : LabelMap | None
        of a dataset; they say how masks were coded in its source

    Returns
    -------
    LabelMap | None
        the same classes for masks of ids; None for None
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
class RecordOffsets:
    """Where the records of a file lie, and which of them cannot be read.

    Parameters
    ----------
    index : np.ndarray
        [N, 2] int64: offset and length of each record, bytes
    findings : Mapping[int, Finding]
        by number, for records that are lost or damaged
    """
    index: np.ndarray
    findings: Mapping[int, Finding]

@dataclass(frozen=True)
class Shards(_DecodedRecords):
    """Samples in shards, as a sequence: image [H, W, 3] uint8, mask [H, W, 1] ids, name, or as `targets` has.

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
        from `dataset_info.json`; None: third-party shards
    splits : tuple[str, ...], default ()
        the split of each file
    assumptions : tuple[str, ...], default ()
        lines about what was assumed, such as a split that was left out
    transform : Callable | None, default field(default=None, repr=False)
        of each sample that is read; None: none

    Raises: `IndexError` beyond the last record; `DataError` for a damaged record, with its file and byte.
    Example: open_shards("cards")[0]["mask"]
    """
    transform: Callable | None = ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator: ...
    def __getitem__(self, number: int) -> dict[str, np.ndarray | bytes] | Any: ...
    def __getitems__(self, numbers: Iterable[int]) -> list: ...

    @property
    def targets(self) -> tuple[Target, ...]:
        """What each array of a sample is, with the ignore label as the fill of class ids; and its facts."""
    def unasked(self) -> str:
        """Says what is unknown about third-party masks if those of 32 records hold 0 and 255 alone; else ''."""

    @property
    def is_local(self) -> bool:
        """Whether all files lie on a disk, none in a bucket."""

    @property
    def unmappable_reason(self) -> str:
        """Why these shards cannot be mapped, in a few words; '' where they can."""

def open_shards(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    schema: Schema | str | None = None,
    palette: Mapping | Sequence | None = None,
    *,
    transform: Callable | None = None,
) -> Shards:
    """Lists, checks and counts shards. Without an info, splits that only join others are left out.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a dataset, a folder, a file, a pattern, or a list of them
    split : str | None, default None
        only this split; None: all
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours
    transform : Callable | None, default None
        of each sample when it is read; None: none

    Returns
    -------
    Shards
        files checked and counted

    Raises: `DataError` for shards that are cut, empty, or of another schema; `FileNotFoundError` where there
    are none; `ValueError` for a split that does not exist.
    Example: len(open_shards("cards", "train"))
    """

def read_sample(
    path: Path | str | Sequence[Path | str],
    number: int = 0,
    split: str | None = None,
    *,
    schema: Schema | str | None = None,
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
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
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
    """The tables 'pixels' and 'images' by class id and 'sizes' by 'HxW', and the ignore label of the shards.

    Attributes
    ----------
    ignore_label : int | None, default None
        of the dataset, or 255 for shards without an info
    """
    ignore_label: int | None

class ValueCounts(_Counting):
    """Counts the values of one target over many arrays.

    Parameters
    ----------
    target : Target
        an image or a field
    """
    def to_json(self) -> dict:
        """Gives what was counted as plain text and numbers."""

    @classmethod
    def of_json(cls, saved: dict, target: Target) -> ValueCounts:
        """Makes counts of what `to_json` gave.

        Parameters
        ----------
        saved : dict
            from `to_json`
        target : Target
            whose values were counted
        """

def add_stats(folder: Path | str, stats: Mapping[str, TargetStats], counted: DatasetInfo) -> DatasetInfo:
    """Adds statistics to `dataset_info.json`: whole, or not at all.

    Parameters
    ----------
    folder : Path | str
        of a dataset with an info
    stats : Mapping[str, TargetStats]
        from `count_values`, of the split `train` if there is one, or all
    counted : DatasetInfo
        the info when they were counted

    Returns
    -------
    DatasetInfo
        with the statistics

    Raises: `DataError` where the dataset is another one now, `WriterAtWork` where it is being replaced.
    """

def class_weights(
    pixels: Mapping[int, int] | DatasetInfo | Path | str | Sequence[Path | str],
    images: Mapping[int, int] | None = None,
    method: str = "inverse",
    ignore_label: int | None = None,
    beta: float = 0.999,
    *,
    split: str | None = None,
) -> dict[int, float]:
    """Gives each class a weight, larger where the class is rarer; for shards, from the split `train`.

    Parameters
    ----------
    pixels : Mapping[int, int] | DatasetInfo | Path | str | Sequence[Path | str]
        shards, as for `open_shards`, or pixels by class id
    images : Mapping[int, int] | None, default None
        with pixels: images by class id, for 'median' and 'effective'
    method : str, default "inverse"
        'inverse', 'median' or 'effective'
    ignore_label : int | None, default None
        an id that gets no weight; None: that of the shards
    beta : float, default 0.999
        for 'effective', 0 to below 1; 0: equal weights, near 1: inverse to the number of images
    split : str | None, default None
        of shards; None: 'train' if there is one, else all

    Returns
    -------
    dict[int, float]
        weight by class id, for classes that occur

    A class of an info that never occurs has no weight, and one line says so.

    Raises: `ValueError` for another method or `beta`, and for missing counts; `TypeError` for anything but
    shards or counts.
    Example: class_weights("cards", method="median")
    """

def count_any_classes(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    schema: Schema | str | None = None,
    palette: Mapping | Sequence | None = None,
    show_progress: bool = True,
) -> Counts:
    """Counts shards as `count_classes` does, even if the meaning of the masks is unknown.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Counts
        as from `count_classes`
    """

def count_classes(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | str | None = None,
    palette: Mapping | Sequence | None = None,
    show_progress: bool = True,
) -> Counts:
    """Counts pixels and images by class, and images by size. Decodes every record, on all processor cores.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Counts
        'pixels' and 'images' by class id, 'sizes' by 'HxW'

    Raises: `DataError` for a record that cannot be decoded, and for masks whose meaning is unknown; errors as
    those of `open_shards`.
    Example: count_classes("cards", "train")["pixels"]
    """

def count_values(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | str | None = None,
    show_progress: bool = True,
) -> dict[str, TargetStats]:
    """Counts the values of images and fields by channel. Decodes every record, on all processor cores.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    dict[str, TargetStats]
        of each image and field, by name; exact for 8 and 16 bits

    Raises: `DataError` for a record that cannot be decoded; errors as those of `open_shards`.
    Example: count_values("cards", "train")["image"].mean
    """

def merge_counts(parts: Sequence[ValueCounts]) -> ValueCounts:
    """Adds up what was counted in several parts.

    Parameters
    ----------
    parts : Sequence[ValueCounts]
        of the same target, one or more
    """

def stats_of(counts: ValueCounts) -> TargetStats:
    """Computes statistics by channel.

    Parameters
    ----------
    counts : ValueCounts
        of one pixel or more
    """

def training_split(shards: DatasetInfo | Path | str | Sequence[Path | str]) -> str | None:
    """Names the split `train` if there is one beside others.

    Parameters
    ----------
    shards : DatasetInfo | Path | str | Sequence[Path | str]
        an info, or shards as for `open_shards`

    Returns
    -------
    str | None
        'train', or None
    """

def value_counts(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    schema: Schema | str | None = None,
    show_progress: bool = True,
) -> dict[str, ValueCounts]:
    """Counts as `count_values` does, and keeps the histograms.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    dict[str, ValueCounts]
        of each image and field, by name
    """

def check_shards(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | str | None = None,
    deep: bool = False,
    workers: int | None = None,
    engine: Callable | None = None,
    show_progress: bool = True,
) -> list[Finding]:
    """Reads every byte of every shard and returns all problems, with file, record and byte.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all
    schema : Schema | str | None, default None
        or its name; None: as the info or each first record says
    deep : bool, default False
        True: decode images and check ids, too
    workers : int | None, default None
        threads, at least 1; None: one per processor core
    engine : Callable | None, default None
        called like `map`, such as `ray_engine()`; None: threads
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[Finding]
        every problem; empty for valid shards

    Raises: `FileNotFoundError` where there are no shards; `ValueError` for a split that does not exist, or
    for an engine beside workers.
    Example: for finding in check_shards("cards", deep=True): print(finding)
    """

def find_duplicates(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | str | None = None,
    show_progress: bool = True,
) -> list[Finding]:
    """Finds records whose image has the same bytes as that of an earlier record.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all splits together
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[Finding]
        one for each record whose image occurred before

    Raises: errors as those of `open_shards`.
    Example: len(find_duplicates("cards"))
    """

def repair_shards(
    path: Path | str,
    out: Path | str,
    *,
    schema: Schema | str | None = None,
    workers: int | None = None,
    engine: Callable | None = None,
    show_progress: bool = True,
) -> DatasetInfo:
    """Writes a new dataset of the good records of a damaged one, after decoding every image.

    Parameters
    ----------
    path : Path | str
        a dataset, a folder of shards, a shard, or a pattern
    out : Path | str
        folder of the new dataset
    schema : Schema | str | None, default None
        or its name; None: as the info or the first good record says
    workers : int | None, default None
        threads, at least 1; None: one per processor core. The bytes are the same for any number
    engine : Callable | None, default None
        called like `map`, such as `ray_engine()`; None: threads
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    DatasetInfo
        of the new dataset; its `skipped` lists what is lost

    Raises: `DataError` where no record is good; `FileExistsError` for a folder that is not empty.
    Example: print(*repair_shards("cards", "repaired").skipped)
    """

ARRAY_LIMIT: Limit

class TiffFacts(NamedTuple):
    """What a file says of its axes and bands.

    Parameters
    ----------
    axes : str
        'HWC', 'CHW': pages are channels; '': an array of any order; '?': not told
    bands : tuple[str, ...]
        names; (): none
    """
    axes: str
    bands: tuple[str, ...]

@dataclass(frozen=True)
class TiffPage:
    """One page of a TIFF file, as its directory describes it.

    Parameters
    ----------
    order : str
        byte order, '<' or '>'
    tags : Mapping[int, Any]
        values by tag: a text, or an array of numbers
    """
    order: str
    tags: Mapping[int, Any]

    def tag(self, number: int, usual: int = 0) -> int:
        """A number of the directory.

        Parameters
        ----------
        number : int
            of the tag
        usual : int, default 0
            what it is where the file does not say

        Returns
        -------
        int
            the first value
        """

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) as stored, pixels."""

    @property
    def samples(self) -> int:
        """Bands of a pixel."""

    @property
    def is_planar(self) -> bool:
        """Whether each band has strips or tiles of its own."""

    @cached_property
    def dtype(self) -> np.dtype:
        """Of its pixels, in the machine's byte order. Raises `ValueError` for one that NumPy does not have."""

    @property
    def is_picture(self) -> bool:
        """Whether its numbers are colours that Pillow turns into RGB: a palette, CMYK, Lab, fax, 1 bit."""

def nodata_of(page: TiffPage) -> float | None:
    """The value that means: nothing was measured here (GDAL's tag 42113).

    Parameters
    ----------
    page : TiffPage
        of a file

    Returns
    -------
    float | None
        None: none is told, or one that no pixel can have
    """

def read_tiff_page(
    file: BinaryIO,
    page: TiffPage,
    top: int,
    left: int,
    height: int,
    width: int,
    name: str = "image",
) -> np.ndarray:
    """Reads a window of a page.

    Parameters
    ----------
    file : BinaryIO
        the TIFF file
    page : TiffPage
        one of its pages, for which `tiff_reader` says 'pieces'
    top : int
        first row, as stored
    left : int
        first column, as stored
    height : int
        of the window, pixels
    width : int
        of the window, pixels
    name : str, default "image"
        of the file, in errors

    Returns
    -------
    np.ndarray
        [height, width, bands] in the machine's byte order

    Raises: `ValueError` for pixels that cannot be decoded, `DataError` for too many.
    """

def tiff_facts(pages: Sequence[TiffPage]) -> TiffFacts:
    """Axes of the pages together, and names of bands. Raises `ValueError` for pages that differ.

    Parameters
    ----------
    pages : Sequence[TiffPage]
        of a file
    """

def tiff_pages(file: BinaryIO) -> list[TiffPage]:
    """The pages of a TIFF file, from their directories; no pixel is read.

    Parameters
    ----------
    file : BinaryIO
        a TIFF file, opened for reading

    Returns
    -------
    list[TiffPage]
        without thumbnails, overviews and masks

    Raises: `ValueError` for a directory that is cut, loops, or claims what the file does not hold.
    """

def tiff_reader(page: TiffPage) -> str:
    """Says which library reads a page.

    Parameters
    ----------
    page : TiffPage
        of a file

    Returns
    -------
    str
        'pieces', 'pillow', 'rasterio', or what is missing, as a command
    """

@dataclass(frozen=True)
class FileArray(LazyArray):
    """An array of pixels in a file, [H, W, C] of the dtype that the file has.

    Parameters
    ----------
    path : Path | str
        the file
    channels_first : bool | None, default None
        True: it is [C, H, W], or pages are channels; None: as the file says
    name : str, default ""
        of the array in a file `.npz`; '': the only one
    """
    path: Path | str
    channels_first: bool | None = None
    name: str = ""

    @property
    def axes(self) -> str:
        """The order in the file: 'HWC', 'CHW' or 'HW'."""

    @property
    def in_parts(self) -> bool:
        """Whether a window costs less than the whole."""
    def look(self) -> ArrayHeader:
        """Size, channels, dtype, names of bands and nodata. Raises `DataError` that names the file."""
    def load(self) -> np.ndarray:
        """All pixels, [H, W, C]. Raises `DataError` that names the file."""

    def read(self, top: int, left: int, height: int, width: int) -> np.ndarray:
        """A window of the pixels. Raises `DataError` that names the file.

        Parameters
        ----------
        top : int
            first row
        left : int
            first column
        height : int
            pixels
        width : int
            pixels

        Returns
        -------
        np.ndarray
            [height, width, C]
        """

def check_inside(
    size: tuple[int, int],
    top: int,
    left: int,
    height: int,
    width: int,
    where: object,
) -> None:
    """Raises `ValueError` for a window that is empty or reaches beyond the whole.

    Parameters
    ----------
    size : tuple[int, int]
        (height, width) of the whole, pixels
    top : int
        first row
    left : int
        first column
    height : int
        of the window, pixels
    width : int
        of the window, pixels
    where : object
        the whole, for the error
    """

def is_volume(path: Path | str) -> bool:
    """Whether a file is called like NIfTI or DICOM.

    Parameters
    ----------
    path : Path | str
        a file
    """

def mapped_numbers(
    file: BinaryIO,
    dtype: np.dtype,
    start: int,
    shape: tuple[int, ...],
    order: str,
) -> np.ndarray:
    """The numbers in a file as an array. Raises: `ValueError` for a file that is too short.

    Parameters
    ----------
    file : BinaryIO
        opened for reading
    dtype : np.dtype
        of the numbers
    start : int
        first byte
    shape : tuple[int, ...]
        of the array
    order : str
        'C', or 'F' where the first axis runs fastest

    Returns
    -------
    np.ndarray
        read-only
    """

def open_array(path: Path | str, channels_first: bool | None = None, name: str = "") -> FileArray:
    """Opens a file of pixels of any bands and depth; only its header is read.

    Parameters
    ----------
    path : Path | str
        a file
    channels_first : bool | None, default None
        True: [C, H, W], or pages are channels; None: as the file says
    name : str, default ""
        of the array in a file `.npz`; '': the only one

    Raises: `DataError` that names the file for one that is no array, or whose axes must be said.
    Example: `open_array("scene.tif").read(0, 0, 512, 512).shape`
    """

@dataclass(frozen=True)
class BandFiles(LazyArray):
    """An array whose channels are files, one each.

    Parameters
    ----------
    files : tuple[LazyArray, ...]
        of one channel each, in the order of the channels
    bands : tuple[str, ...]
        a name for each

    Raises: `ValueError` for another number of names than of files.
    """
    files: tuple[LazyArray, ...]
    bands: tuple[str, ...]

    @property
    def path(self) -> Path | str:
        """The file of the first band."""

    @property
    def in_parts(self) -> bool:
        """Whether a window costs less than the whole."""
    def look(self) -> ArrayHeader:
        """What the array is. Raises `DataError` with every file that differs from the others."""
    def load(self) -> np.ndarray:
        """The bands, [H, W, C]. Raises `DataError` that names the file."""

    def read(self, top: int, left: int, height: int, width: int) -> np.ndarray:
        """A window of all bands. Raises `DataError` that names the file.

        Parameters
        ----------
        top : int
            first row
        left : int
            first column
        height : int
            pixels
        width : int
            pixels

        Returns
        -------
        np.ndarray
            [height, width, C]
        """

@dataclass(frozen=True)
class CastArray(LazyArray):
    """An array as another dtype.

    Parameters
    ----------
    array : LazyArray
        what is cast
    dtype : str
        of the result, such as 'float32'
    """
    array: LazyArray
    dtype: str

    @property
    def path(self) -> Path | str:
        """The file of the array."""

    @property
    def is_tile(self) -> bool:
        """Whether the array is a tile of a larger one."""

    @property
    def in_parts(self) -> bool:
        """Whether a window costs less than the whole."""
    def fields(self) -> dict:
        """The tile fields of the array."""
    def look(self) -> ArrayHeader:
        """What the array is, with the new dtype."""
    def load(self) -> np.ndarray:
        """The pixels, [H, W, C]. Raises `DataError` for values that the dtype does not have."""

    def read(self, top: int, left: int, height: int, width: int) -> np.ndarray:
        """A window of the pixels. Raises `DataError` for values that the dtype does not have.

        Parameters
        ----------
        top : int
            first row
        left : int
            first column
        height : int
            pixels
        width : int
            pixels

        Returns
        -------
        np.ndarray
            [height, width, C]
        """

class DecodedImageCache:
    """Decoded images: each thread keeps its last image and its last mask, and shares them with other threads."""
    def __init__(self) -> None: ...

    def get(self, kind: str, key: Any, decode: Callable[[], np.ndarray]) -> np.ndarray:
        """Decodes an image once, however many of its tiles are asked for.

        Parameters
        ----------
        kind : str
            such as 'image' or 'mask'
        key : Any
            which one, such as its path
        decode : Callable[[], np.ndarray]
            makes the array where no thread has it

        Returns
        -------
        np.ndarray
            the array of this kind and key
        """

@dataclass(frozen=True)
class PlaneFiles(LazyArray):
    """Masks of single classes as bits [H, W, 1]: bit k says whether class k is there.

    Parameters
    ----------
    planes : tuple[LazyArray | None, ...]
        a mask a class, None: nowhere; or one array, a channel a class
    dtype : str, default ""
        of the bits; '': the smallest that has one for each class

    Raises: `ValueError` where there is no file at all.
    """
    planes: tuple[LazyArray | None, ...]
    dtype: str = ""

    @property
    def given(self) -> tuple[LazyArray, ...]:
        """The masks that there are."""

    @property
    def path(self) -> Path | str:
        """The file of the first mask."""

    @property
    def in_parts(self) -> bool:
        """Whether a window costs less than the whole."""
    def look(self) -> ArrayHeader:
        """What the bits are. Raises `DataError` for masks of different sizes, and for more classes than bits."""
    def load(self) -> np.ndarray:
        """The bits, [H, W, 1]. Raises `DataError` that names the file."""

    def read(self, top: int, left: int, height: int, width: int) -> np.ndarray:
        """A window of the bits. Raises `DataError` that names the file.

        Parameters
        ----------
        top : int
            first row
        left : int
            first column
        height : int
            pixels
        width : int
            pixels

        Returns
        -------
        np.ndarray
            [height, width, 1]
        """

@dataclass(frozen=True)
class WindowArray(LazyArray):
    """A rectangle of an array: a tile. It lies inside the whole; nothing is padded.

    Parameters
    ----------
    array : LazyArray
        the whole
    top : int
        first row in the whole
    left : int
        first column in the whole
    height : int
        pixels
    width : int
        pixels
    parent : str, default ""
        name of the whole; '': that of its file
    whole : tuple[int, int] | None, default None
        (height, width) that the whole must have; None: any
    cache : DecodedImageCache | None, default field(default=None, repr=False, compare=False)
        keeps what neighbours share; None: each window is read alone
    role : str, default "image"
        what the array is in a pair: 'image', 'mask', a name
    """
    array: LazyArray
    top: int
    left: int
    height: int
    width: int
    parent: str = ""
    whole: tuple[int, int] | None = None
    cache: DecodedImageCache | None = ...
    role: str = "image"
    is_tile = True

    @property
    def path(self) -> Path | str:
        """The file of the whole."""
    def fields(self) -> dict:
        """What a sample says of it: its parent, and (y, x, whole height, whole width) in pixels."""
    def look(self) -> ArrayHeader:
        """What the window is. Raises `DataError` where the whole is not as large as it must be."""
    def load(self) -> np.ndarray:
        """Its pixels, [height, width, C]. Raises `DataError` that names the file."""

def cast_pixels(pixels: np.ndarray, dtype: str, where: str) -> np.ndarray:
    """Casts pixels without a change of their values. Raises `DataError` with those that do not fit.

    Parameters
    ----------
    pixels : np.ndarray
        of any dtype
    dtype : str
        wanted, such as 'int32'
    where : str
        the file, for the error

    Returns
    -------
    np.ndarray
        of the same shape
    """

def read_window(array: LazyArray, top: int, left: int, height: int, width: int) -> np.ndarray:
    """A window of a lazy array, without the rest where the array can. Raises `DataError` as `load()` does.

    Parameters
    ----------
    array : LazyArray
        any
    top : int
        first row
    left : int
        first column
    height : int
        pixels
    width : int
        pixels

    Returns
    -------
    np.ndarray
        [height, width, C]
    """

def reads_parts(array: LazyArray) -> bool:
    """Whether a window of an array costs less than the whole.

    Parameters
    ----------
    array : LazyArray
        any
    """

def storable_dtype(dtype: str) -> str:
    """The dtype by which an array is kept in records.

    Parameters
    ----------
    dtype : str
        such as 'float64'

    Returns
    -------
    str
        the same, or the nearest one that images and fields may have
    """

@dataclass(frozen=True)
class VolumeSlice(LazyArray):
    """A slice of a volume, and its neighbours as channels; the first and last slice stand for those beyond.

    Parameters
    ----------
    volume : Any
        what `volume_slices` opened
    axis : int
        along which slices follow one another, 0 to 2
    number : int
        of the slice, from 0
    around : int, default 0
        neighbours on each side
    """
    volume: Any
    axis: int
    number: int
    around: int = 0

    @property
    def path(self) -> Path | str:
        """The file of the volume, or the first of its files."""
    def look(self) -> ArrayHeader:
        """What the slice is. Raises `DataError` that names the file."""
    def load(self) -> np.ndarray:
        """The values, [H, W, C]: the slice before, this one, the one behind. Raises `DataError` with the file."""

def volume_slices(path: Path | str, axis: int = 2, around: int = 0) -> list[VolumeSlice]:
    """Cuts a volume into slices, each an array [H, W, C], by its header.

    Parameters
    ----------
    path : Path | str
        a file .nii, .nii.gz or DICOM, or a folder of the DICOM files of one series
    axis : int, default 2
        along which to cut, 0 to 2
    around : int, default 0
        neighbours on each side that become channels

    Returns
    -------
    list[VolumeSlice]
        one for each slice, in order

    Raises: `DataError` that names the file for a volume that cannot be read, `ValueError` for another axis.
    Example: `volume_slices("ct.nii.gz", axis=2, around=1)[40].load().shape`
    """

class Listed(NamedTuple):
    """The records that a list means.

    Parameters
    ----------
    numbers : tuple[int, ...]
        over all records, ascending
    missing : tuple[Flag, ...]
        entries of the list that mean no record
    """
    numbers: tuple[int, ...]
    missing: tuple[Flag, ...]

def find_listed(
    shards: Shards,
    records: Path | str | Sequence[str | int | Flag] | Iterable[Flag],
    tagged: str = "",
) -> Listed:
    """Finds the records of a list.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    records : Path | str | Sequence[str | int | Flag] | Iterable[Flag]
        a list of flags or of names, as a file; or names, numbers over all records, and flags
    tagged : str, default ""
        only entries with this tag; '': all

    Raises: `DataError` where the list is empty or means no record, as that of another dataset, or where no
    entry has the tag; `IndexError` for a number beyond the last record.
    Example: `find_listed(open_shards("shards"), ["a", "b"]).numbers`
    """

def record_rows(shards: Shards) -> list[tuple[str, int, str]]:
    """Where each record lies and what it is called, in order. Raises `DataError` for a damaged shard.

    Parameters
    ----------
    shards : Shards
        from `open_shards`

    Returns
    -------
    list[tuple[str, int, str]]
        shard, number in the shard, and name of each record; '' for no name
    """

@dataclass(frozen=True)
class Difference:
    """What differs between two datasets.

    Parameters
    ----------
    paths : tuple[str, str]
        of the two datasets
    records : tuple[int, int]
        of each
    only_a : tuple[str, ...], default ()
        names of records that the second one lacks
    only_b : tuple[str, ...], default ()
        names of records that the first one lacks
    images : tuple[str, ...], default ()
        names of records whose image has other pixels
    masks : tuple[MaskChange, ...], default ()
        masks with other classes
    others : tuple[str, ...], default ()
        names of records whose further arrays or facts differ
    moved : tuple[Moved, ...], default ()
        records in another split
    labels : tuple[str, ...], default ()
        what differs in names, ids and colours of classes, a line each
    same : int, default 0
        records with the same pixels, in whatever split
    recoded : int, default 0
        of these, records whose bytes differ

    Example: `print(diff_shards("shards", "corrected"))`
    """
    paths: tuple[str, str]
    records: tuple[int, int]
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    masks: tuple[MaskChange, ...] = ()
    others: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    labels: tuple[str, ...] = ()
    same: int = 0
    recoded: int = 0

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of records that both have and whose pixels or facts differ, each once."""

    @property
    def classes(self) -> dict[tuple[str, str], int]:
        """Pixels of all masks by (class before, class after), most first."""
    def __bool__(self) -> bool:
        """Whether anything differs."""

class MaskChange(NamedTuple):
    """A mask that is another one.

    Parameters
    ----------
    name : str
        of the record
    pixels : int
        how many changed; of a mask of another size all of the larger one
    classes : dict[tuple[str, str], int]
        pixels by (class before, class after), most first; {}: another size
    """
    name: str
    pixels: int
    classes: dict[tuple[str, str], int]

class Moved(NamedTuple):
    """A record in another split.

    Parameters
    ----------
    name : str
        of the record
    before : str
        its split in the first dataset
    after : str
        its split in the second one
    """
    name: str
    before: str
    after: str

def diff_shards(
    a: Path | str,
    b: Path | str,
    split: str | None = None,
    *,
    show_progress: bool = True,
) -> Difference:
    """Compares two datasets record by record.

    Parameters
    ----------
    a : Path | str
        a dataset or shards, as for `open_shards`
    b : Path | str
        another one
    split : str | None, default None
        only this split of both; None: all
    show_progress : bool, default True
        True: a bar on stderr for long work

    Raises: `DataError` for damaged records, and errors as those of `open_shards`.
    Example: `diff_shards("shards", "corrected").changed`
    """

def difference_findings(found: Difference) -> list[Finding]:
    """All that differs, as findings about the second dataset, or about the first for records that are gone.

    Parameters
    ----------
    found : Difference
        from `diff_shards`

    Returns
    -------
    list[Finding]
        one for each record and each kind of change
    """

def difference_json(found: Difference) -> str:
    """A difference as JSON.

    Parameters
    ----------
    found : Difference
        from `diff_shards`

    Returns
    -------
    str
        one object
    """
