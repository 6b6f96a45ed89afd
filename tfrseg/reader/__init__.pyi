# Written by tools/stubs.py from the sources; do not edit.
"""Out: records to samples and batches."""

import numpy as np
import tensorflow as tf
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from .. import Finding
from ..augmenter import Compose, Operation, RegionReader
from ..core import Limit
from ..storage import DatasetInfo, Schema, ShardFacts, Shards

__all__ = [
    "AssumptionWarning", "BLOCK", "Bench", "CACHE_NAME", "FLIGHT_LIMIT", "KeptCache", "MappedShards", "Rate",
    "advise", "at_home", "bare_error", "bare_errors", "bench_dataset", "build_cache", "cache_shards",
    "cache_size", "call_python", "check_files", "checked_records", "checked_samples", "count_pixels",
    "decode_example", "decode_image", "decode_mask", "decoded_samples", "encoded_region", "enumerate_records",
    "epoch_seed", "epoch_seeds", "example_regions", "find_cache", "fingerprint", "headers_look_valid",
    "jpeg_region", "largest_image", "list_caches", "loses_nothing", "make_dataset", "map_files", "map_room",
    "map_shards", "mapped_region", "mapped_sample", "mapped_samples", "measure_rate", "normalize_layer",
    "padded_share", "parse_example", "prune_caches", "read_dataset", "read_tfrecord", "record_order",
    "rgb_to_ids", "sample_of", "side_by_side", "split_costs", "stream_sample", "walk_framing",
]

def decode_example(
    features: dict[str, tf.Tensor],
    schema: Schema = ...,
    mask_dtype: str = "uint8",
    palette: dict[int, tuple] | None = None,
) -> dict[str, tf.Tensor]:
    """One sample from its features. A schema without the role `mask` gives a sample without mask; a tiled one says (y, x, whole height, whole width).

    Parameters
    ----------
    features : dict[str, tf.Tensor]
        from `parse_example`
    schema : Schema, default TFVISION
        the same as there
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', as it was written
    palette : dict[int, tuple] | None, default None
        {id: (r, g, b)}, for raw masks that hold colours

    Returns
    -------
    dict[str, tf.Tensor]
        image [H, W, 3] uint8, mask [H, W, 1] ids, name; of a tile parent, tile [4] int64
    """

def decode_image(data: tf.Tensor) -> tf.Tensor:
    """PNG or JPEG bytes as RGB, equal to `load_image`.

    Parameters
    ----------
    data : tf.Tensor
        scalar string: a PNG or JPEG file

    Returns
    -------
    tf.Tensor
        [H, W, 3] uint8
    """

def decode_mask(data: tf.Tensor, dtype: str = "uint8") -> tf.Tensor:
    """PNG bytes as class ids, equal to `load_mask`. The bit depth is not guessed: 8 bits read as 16 are scaled.

    Parameters
    ----------
    data : tf.Tensor
        scalar string: a single-channel PNG
    dtype : str, default "uint8"
        'uint8' or 'uint16', as it was written

    Returns
    -------
    tf.Tensor
        [H, W, 1] ids
    """

def encoded_region(
    data: tf.Tensor,
    static: tuple[int | None, int | None] = (None, None),
    kind: str | None = None,
) -> RegionReader:
    """The pixels of a picture file, equal to `decode_image`.

    Parameters
    ----------
    data : tf.Tensor
        scalar string: a JPEG or PNG file
    static : tuple[int | None, int | None], default (None, None)
        (height, width) where known
    kind : str | None, default None
        'jpeg' or 'png' where it is known; None: looked at
    """

def example_regions(
    features: dict[str, tf.Tensor],
    schema: Schema = ...,
    mask_dtype: str = "uint8",
    palette: dict[int, tuple] | None = None,
    static: tuple = (None, None),
    kind: str | None = None,
) -> dict[str, RegionReader]:
    """The pictures of one record, to be read in part or whole.

    Parameters
    ----------
    features : dict[str, tf.Tensor]
        from `parse_example`
    schema : Schema, default TFVISION
        the same as there
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', as it was written
    palette : dict[int, tuple] | None, default None
        {id: (r, g, b)}, for raw masks that hold colours
    static : tuple, default (None, None)
        (height, width) where all records share them
    kind : str | None, default None
        'jpeg' or 'png' where all images are; None: looked at

    Returns
    -------
    dict[str, RegionReader]
        image [H, W, 3] uint8; mask [H, W, 1] ids, where the schema has it
    """

def jpeg_region(data: tf.Tensor, static: tuple[int | None, int | None] = (None, None)) -> RegionReader:
    """The pixels of a JPEG file, equal to `decode_image`.

    Parameters
    ----------
    data : tf.Tensor
        scalar string: a JPEG file
    static : tuple[int | None, int | None], default (None, None)
        (height, width) where known
    """

def loses_nothing(data: tf.Tensor) -> tf.Tensor:
    """Whether three channels of eight bits hold an image; in a graph what `lost_pixels` says outside of one.

    Parameters
    ----------
    data : tf.Tensor
        scalar string: a PNG or JPEG file of 45 bytes or more

    Returns
    -------
    tf.Tensor
        scalar bool
    """

def parse_example(record: tf.Tensor, schema: Schema = ...) -> dict[str, tf.Tensor]:
    """The features of one record, by key.

    Parameters
    ----------
    record : tf.Tensor
        scalar string: a serialised example
    schema : Schema, default TFVISION
        which keys

    Returns
    -------
    dict[str, tf.Tensor]
        scalar string or int64 by key
    """

def rgb_to_ids(rgb: tf.Tensor, palette: dict[int, tuple] | None = None) -> tf.Tensor:
    """Ids from an RGB mask: by its colours, or the one value that all channels share.

    Parameters
    ----------
    rgb : tf.Tensor
        [H, W, 3] uint8: a mask of three channels
    palette : dict[int, tuple] | None, default None
        {id: (r, g, b)}; None: all channels share the id

    Returns
    -------
    tf.Tensor
        [H, W, 1] uint8
    """

def sample_of(record: tf.Tensor, shards: Shards) -> dict[str, tf.Tensor]:
    """Decodes one record in a graph; `shards[i]` is the same in NumPy.

    Parameters
    ----------
    record : tf.Tensor
        scalar string: a serialised record of the shards
    shards : Shards
        from `open_shards`

    Returns
    -------
    dict[str, tf.Tensor]
        image [H, W, 3] uint8, mask [H, W, 1] ids, name
    """

BLOCK: int

def epoch_seed(seed: int = 0, epoch: int = 0) -> tf.Tensor:
    """The seed of an epoch.

    Parameters
    ----------
    seed : int, default 0
        the seed of the training, of 64 bits
    epoch : int, default 0
        its number

    Returns
    -------
    tf.Tensor
        [2] int32
    """

def epoch_seeds(seed: int = 0, first: int = 0) -> tf.data.Dataset:
    """The seed of the epoch: a data set of one element, which is new whenever it is asked for.

    Parameters
    ----------
    seed : int, default 0
        the seed of the training
    first : int, default 0
        the epoch of the first pass

    Returns
    -------
    tf.data.Dataset
        one [2] int32; another in each pass
    """

def record_order(
    records: int,
    epoch_seed: tf.Tensor,
    shuffle: bool = True,
    first: int | tf.Tensor = 0,
) -> tf.data.Dataset:
    """All record numbers in the order of an epoch, some at a time.

    Parameters
    ----------
    records : int
        N
    epoch_seed : tf.Tensor
        [2] int32
    shuffle : bool, default True
        False: 0 .. N-1
    first : int | tf.Tensor, default 0
        place to begin at

    Returns
    -------
    tf.data.Dataset
        blocks [n] int64 of record numbers
    """

FLIGHT_LIMIT: Limit

def at_home(shards: Shards) -> Shards:
    """Shards that are found from any working folder.

    Parameters
    ----------
    shards : Shards
        from `open_shards`

    Returns
    -------
    Shards
        the same by absolute paths
    """

def bare_error(error: tf.errors.OpError) -> str:
    """What our own error said inside a graph, or else TensorFlow's first line, without where in TensorFlow it was.

    Parameters
    ----------
    error : tf.errors.OpError
        of TensorFlow

    Returns
    -------
    str
        one line
    """

@contextmanager
def bare_errors() -> Iterator[None]:
    """Inside the block an error of TensorFlow's becomes a `DataError` of one line: what our own error said, or else TensorFlow's first line."""

def call_python(
    function: Callable,
    inputs: Sequence[tf.Tensor],
    dtype: tf.DType,
    shape: Sequence[int] = (),
    stateful: bool = True,
) -> tf.Tensor:
    """`tf.numpy_function` for data sets; a process that ends while threads of TensorFlow's are in there does end.

    Parameters
    ----------
    function : Callable
        of NumPy arrays
    inputs : Sequence[tf.Tensor]
        what it is called with
    dtype : tf.DType
        of what it gives
    shape : Sequence[int], default ()
        the same
    stateful : bool, default True
        False: tf.data may save an iterator over it

    Returns
    -------
    tf.Tensor
        of that dtype and shape
    """

def checked_records(shards: Shards, numbers: tf.data.Dataset, lenient: bool = False) -> tf.data.Dataset:
    """Records by number, each looked at before TensorFlow sees it.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    numbers : tf.data.Dataset
        which records, int64
    lenient : bool, default False
        True: b'' for a bad one; False: an error that names file and record

    Returns
    -------
    tf.data.Dataset
        (record number int64, serialised record)
    """

def checked_samples(
    shards: Shards,
    records: Callable,
    function: Callable,
    epochs: tf.data.Dataset | None = None,
    skipped: list | None = None,
    parallel: int = ...,
) -> tf.data.Dataset:
    """What a function makes of each record, in order. Where it fails, the error names file and record, or the record is left out.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    records : Callable
        (epoch seed, first) to a data set of (record number int64, serialised record), b'' for one that cannot be read
    function : Callable
        (number, record, epoch seed) to a sample
    epochs : tf.data.Dataset | None, default None
        one (epoch seed [2] int32, place int64 to begin at); None: from the first record on
    skipped : list | None, default None
        gets a `Finding` for each record left out, counted on stderr at the end; None: raise
    parallel : int, default tf.data.AUTOTUNE
        samples made side by side

    Returns
    -------
    tf.data.Dataset
        samples
    """

def count_pixels(data: tf.Tensor) -> tf.Tensor:
    """Height times width, as the header of a file says.

    Parameters
    ----------
    data : tf.Tensor
        scalar string: a PNG or JPEG file of 45 bytes or more

    Returns
    -------
    tf.Tensor
        scalar int64; 0 of what is neither
    """

def enumerate_records(
    shards: Shards,
    epoch_seed: tf.Tensor | None = None,
    shuffle_mib: float = 256,
) -> tf.data.Dataset:
    """Every record with its number in the data set; b'' for those of a file from the first on that cannot be read.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    epoch_seed : tf.Tensor | None, default None
        [2] int32 decides the order; None: in order
    shuffle_mib : float, default 256
        memory for the shuffle buffer, MiB

    Returns
    -------
    tf.data.Dataset
        (record number int64, serialised record)
    """

def headers_look_valid(
    features: dict[str, tf.Tensor],
    schema: Schema,
    mask_dtype: str = "uint8",
    own: bool = True,
) -> tf.Tensor:
    """Whether the pictures of a record look as sound ones do.

    Parameters
    ----------
    features : dict[str, tf.Tensor]
        from `parse_example`
    schema : Schema
        where to find what; of encoded pictures
    mask_dtype : str, default "uint8"
        of mask values
    own : bool, default True
        False: images of others, of which eight bits and three channels may lose something

    Returns
    -------
    tf.Tensor
        scalar bool
    """

def largest_image(shards: Shards) -> int:
    """Pixels of the largest image, as the info says, or of those in up to 32 records from all over.

    Parameters
    ----------
    shards : Shards
        from `open_shards`

    Returns
    -------
    int
        pixels; 0 where nothing tells
    """

def read_dataset(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | None = None,
    palette: Mapping | Sequence | None = None,
    on_error: str = "raise",
    skipped: list | None = None,
) -> tf.data.Dataset:
    """Samples of all records, in order; `len()` gives their number, unless some may be left out.

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
    on_error : str, default "raise"
        'raise', or 'skip' to leave out bad records, counted on stderr after each epoch
    skipped : list | None, default None
        gets a `Finding` for each record left out

    Returns
    -------
    tf.data.Dataset
        image [H, W, 3] uint8, mask [H, W, 1] ids, name
    """

def read_tfrecord(
    imageTFRecords: Path | str | Sequence[Path | str],
    num_parallel_reads: int = 8,
    shuffle_buffer_size: int = 8,
    batch_size: int = 16,
) -> tf.data.Dataset:
    """Shuffled batches of raw records. Raises `DataError` when there is not one full batch.

    Parameters
    ----------
    imageTFRecords : Path | str | Sequence[Path | str]
        one file, a pattern, or a list of files
    num_parallel_reads : int, default 8
        files read side by side
    shuffle_buffer_size : int, default 8
        records that are shuffled at a time
    batch_size : int, default 16
        records in a batch B; a remainder is dropped

    Returns
    -------
    tf.data.Dataset
        the five features of `RAW` by key, each [B]
    """

def side_by_side(each: int) -> int:
    """How many may be in flight at once.

    Parameters
    ----------
    each : int
        bytes that one takes

    Returns
    -------
    int
        a number, or `tf.data.AUTOTUNE`: as many as processors
    """

def stream_sample(shards: Shards, operation: Compose):
    """A function that decodes a record, no more of it than the operations want, and augments it.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    operation : Compose
        for image and mask

    Returns
    -------
    object
        (number, record, epoch seed) to samples
    """

def walk_framing(shards: Shards, k: int) -> tuple[np.ndarray, Finding | None]:
    """The framing of a shard as it is now. Raises `DataError` for one that is gone, or holds another number of records than it should.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    k : int
        which of its files

    Returns
    -------
    tuple[np.ndarray, Finding | None]
        [N, 2] int64: offset and length of each record; what is wrong behind them
    """

@dataclass(frozen=True, eq=False)
class MappedShards:
    """Shards in one span of memory, [bytes] uint8. `places` [N, 4] int64: where image and mask begin in it, height, width."""
    span: tf.Tensor
    places: tf.Tensor
    schema: Schema
    mask_dtype: str = "uint8"
    palette: dict | None = None
    files: tuple[tuple[str, ShardFacts], ...] = ()
    def __len__(self) -> int: ...
    def __getitem__(self, number: int) -> dict[str, np.ndarray]:
        """The sample of a record: image [H, W, 3] uint8, mask [H, W, 1] ids. Raises `IndexError` beyond the last."""
    def check_files(self) -> None:
        """As `check_files`, of its files."""

    @property
    def static(self) -> tuple[int | None, int | None]:
        """(height, width), each where all records share it, else None."""
    def pictures(self, place: tf.Tensor) -> dict[str, RegionReader]:
        """Image and mask of one line [4] of `places`."""

def check_files(files: Sequence[tuple]) -> None:
    """Raises `DataError` where a shard was cut or written over in place since it was opened. One that was removed, or replaced by another file of
    its name, is still there for whoever has it mapped.

    Parameters
    ----------
    files : Sequence[tuple]
        path and `ShardFacts` of each, as `MappedShards.files` has them
    """

def map_files(
    files: Sequence[Path | str],
    sizes: Sequence[int],
    spare: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """All files in one array. Nothing is read. Raises `DataError` for a file of another size.

    Parameters
    ----------
    files : Sequence[Path | str]
        local files
    sizes : Sequence[int]
        bytes of each, as they are known
    spare : int, default 0
        bytes behind the last one that may be read

    Returns
    -------
    tuple[np.ndarray, np.ndarray]
        [bytes] uint8, read-only memory; where each file begins in it
    """

def map_room() -> int:
    """How many more files this process may map, by `vm.max_map_count`.

    Returns
    -------
    int
        a large number where the system does not say
    """

def map_shards(
    files: Sequence[Path | str],
    schema: Schema,
    *,
    mask_dtype: str = "uint8",
    palette: dict | None = None,
    verify: bool = True,
    show_progress: bool = True,
) -> MappedShards:
    """Opens shards for mapped reading. Raises `DataError` with every problem of the shards, and for more of them than the system maps.

    Parameters
    ----------
    files : Sequence[Path | str]
        local shards of raw pixels, uncompressed
    schema : Schema
        their keys
    mask_dtype : str, default "uint8"
        of mask values
    palette : dict | None, default None
        {id: (r, g, b)}, for masks of three channels that hold colours
    verify : bool, default True
        False: shards that are new here are taken without a look at their checksums
    show_progress : bool, default True
        a bar on stderr for long work
    """

def mapped_region(
    span: tf.Tensor,
    begin: tf.Tensor,
    size: tuple,
    channels: int = 3,
    dtype: str = "uint8",
    static: tuple[int | None, int | None] = (None, None),
) -> RegionReader:
    """Pixels that lie in a span of mapped files.

    Parameters
    ----------
    span : tf.Tensor
        [bytes] uint8, with 64 spare rows behind the pixels
    begin : tf.Tensor
        scalar int64: where the pixels begin
    size : tuple
        (height, width)
    channels : int, default 3
        C
    dtype : str, default "uint8"
        'uint8' or 'uint16', little-endian
    static : tuple[int | None, int | None], default (None, None)
        (height, width) where known
    """

def mapped_sample(mapped: MappedShards, operation: Compose):
    """A function that takes a record's pixels through its cut, and then through the other operations.

    Parameters
    ----------
    mapped : MappedShards
        from `map_shards`
    operation : Compose
        as for `mapped_samples`

    Returns
    -------
    object
        rows [18] to samples
    """

def mapped_samples(
    mapped: MappedShards,
    operation: Compose,
    epoch_seed: tf.Tensor,
    shuffle: bool = False,
    first: int | tf.Tensor = 0,
) -> tf.data.Dataset:
    """What is to be done for each record, in order.

    Parameters
    ----------
    mapped : MappedShards
        from `map_shards`
    operation : Compose
        for image and mask
    epoch_seed : tf.Tensor
        [2] int32
    shuffle : bool, default False
        True: the order of the epoch
    first : int | tf.Tensor, default 0
        place in it to begin at

    Returns
    -------
    tf.data.Dataset
        rows [18] int64 for `mapped_sample`
    """

CACHE_NAME: str

@dataclass(frozen=True)
class KeptCache:
    """A cache: its folder, the data set it was made of, records, bytes, time of the last use in seconds since 1970, whether it is whole, whether its data set is there."""
    path: Path
    dataset: str
    records: int
    bytes: int
    used: float
    whole: bool
    needed: bool

def build_cache(
    shards: Shards,
    out: Path | str,
    shard_mib: float = 256,
    show_progress: bool = True,
    on_error: str = "raise",
) -> DatasetInfo:
    """Decodes every record into a data set of raw pixels: all of it, or nothing under its name. Raises `DataError` that names a bad record.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    out : Path | str
        the folder to be
    shard_mib : float, default 256
        size of its shards, MiB
    show_progress : bool, default True
        a bar on stderr for long work
    on_error : str, default "raise"
        'skip': bad records are left out, and counted on stderr
    """

def cache_shards(
    shards: Shards,
    folder: Path | str,
    show_progress: bool = True,
    on_error: str = "raise",
) -> Shards:
    """The shards as raw pixels, fetched and decoded once, and kept. Raises `DataError` for a folder that cannot keep them.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    folder : Path | str
        where caches are kept
    show_progress : bool, default True
        a bar on stderr for long work
    on_error : str, default "raise"
        'skip': bad records are left out, and counted on stderr

    Returns
    -------
    Shards
        the same samples as raw pixels
    """

def cache_size(shards: Shards) -> int:
    """About how large the cache of some shards is.

    Parameters
    ----------
    shards : Shards
        from `open_shards`

    Returns
    -------
    int
        bytes
    """

def decoded_samples(shards: Shards, skipped: list | None = None) -> Iterator[dict]:
    """Every record decoded, in order, by as many threads as there are cores. Raises `DataError` that names file and record.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    skipped : list | None, default None
        gets a `Finding` for each record left out; None: raise

    Returns
    -------
    Iterator[dict]
        image [H, W, 3] uint8, mask [H, W, 1] ids, name
    """

def find_cache(shards: Shards, folder: Path | str, on_error: str = "raise") -> Path | None:
    """The cache that was made of just these shards, if there is one, whatever they are called now.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    folder : Path | str
        where caches are kept
    on_error : str, default "raise"
        as it was built with

    Returns
    -------
    Path | None
        its folder
    """

def fingerprint(shards: Shards, on_error: str = "raise") -> str:
    """A name for what shards hold, by where and when they are and how they are decoded. Equal names, equal samples.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    on_error : str, default "raise"
        'skip': bad records are left out

    Returns
    -------
    str
        16 hexadecimal digits
    """

def list_caches(folder: Path | str) -> list[KeptCache]:
    """The caches in a folder. Raises `FileNotFoundError` where there is no such folder.

    Parameters
    ----------
    folder : Path | str
        where caches are kept

    Returns
    -------
    list[KeptCache]
        the one used last comes last
    """

def prune_caches(
    folder: Path | str,
    days: float | None = None,
    mib: float | None = None,
    gone: bool = True,
) -> list[KeptCache]:
    """Removes caches that nobody needs; only what carries their mark. Raises `DataError` for one that holds other things.

    Parameters
    ----------
    folder : Path | str
        where caches are kept
    days : float | None, default None
        remove what was not used for so long
    mib : float | None, default None
        remove what was used longest ago, until no more than this is left
    gone : bool, default True
        remove what belongs to no dataset that is there, and what is not whole

    Returns
    -------
    list[KeptCache]
        what was removed
    """

class AssumptionWarning(UserWarning):
    """Something was decided that nobody asked for; an argument says what is wanted instead."""

def make_dataset(
    path: Path | str | Sequence[Path | str],
    split: str | None = "train",
    *,
    size: tuple[int, int] | None = None,
    batch_size: int | None = 16,
    augment: Operation | Sequence[Operation] | None = None,
    seed: int = 0,
    shuffle: bool | None = None,
    dtype: str = "float32",
    drop_remainder: bool = False,
    schema: Schema | None = None,
    palette: Mapping | Sequence | None = None,
    ignore_label: int | None = None,
    shuffle_mib: float = 256,
    reader: str = "auto",
    cache: Path | str | None = None,
    start: tuple[int, int] = (0, 0),
    verify: bool = True,
    on_error: str = "raise",
    show_progress: bool = True,
) -> tf.data.Dataset:
    """Batches ready for `model.fit`, with a length, repeatable, another order and other draws each epoch.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a data set, a folder, a file, a pattern, or a list of them
    split : str | None, default "train"
        which split; None: all
    size : tuple[int, int] | None, default None
        (height, width) of every picture; None: as they are
    batch_size : int | None, default 16
        pictures in a batch B; None: single ones
    augment : Operation | Sequence[Operation] | None, default None
        operations for image and mask; None: only `size`
    seed : int, default 0
        repeats order and draws
    shuffle : bool | None, default None
        another order each epoch; None: for the split 'train' alone
    dtype : str, default "float32"
        of images: 'float32' (0 to 255) or 'uint8'
    drop_remainder : bool, default False
        True: only full batches
    schema : Schema | None, default None
        None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours
    ignore_label : int | None, default None
        id beyond borders; None: the info's, without an info 255
    shuffle_mib : float, default 256
        memory for the shuffle buffer of a stream, MiB
    reader : str, default "auto"
        'mapped', 'stream', or 'auto': mapped where possible
    cache : Path | str | None, default None
        a folder where encoded pictures are kept decoded, to be mapped
    start : tuple[int, int], default (0, 0)
        (epoch, batches already taken of it) to begin at
    verify : bool, default True
        False: no checksums when mapped shards are first opened
    on_error : str, default "raise"
        'skip' streams, and leaves out bad records, counted on stderr after each epoch
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    tf.data.Dataset
        image [B, H, W, 3], mask [B, H, W, 1] ids; image alone without masks
    """

def normalize_layer(
    mean: Sequence[float] = (0.485, 0.456, 0.406),
    std: Sequence[float] = (0.229, 0.224, 0.225),
) -> tf.keras.layers.Layer:
    """A layer that casts and normalises where the model runs.

    Parameters
    ----------
    mean : Sequence[float], default (0.485, 0.456, 0.406)
        by channel, of values from 0 to 1 (ImageNet)
    std : Sequence[float], default (0.229, 0.224, 0.225)
        by channel

    Returns
    -------
    tf.keras.layers.Layer
        images [B, H, W, 3] of 0 to 255 to float32
    """

def padded_share(operation: Operation, sizes: Mapping[str, int]) -> float:
    """How much of what comes out lies beyond the images because crops are larger; turns, shifts do not count.

    Parameters
    ----------
    operation : Operation
        for image and mask
    sizes : Mapping[str, int]
        images by size 'HxW', as in `DatasetInfo.total("sizes")`

    Returns
    -------
    float
        0 to 1, on average; 0 where an operation does not tell its size beforehand
    """

@dataclass(frozen=True, repr=False)
class Bench:
    """What was measured. `rates` are of pipelines by the stage that each adds, the last one being the whole; `bare` is
    `TFRecordDataset` with nothing parsed; `copy` the finished batches copied in memory, images a second; `bytes` those
    of a record on average; `mixes` says whether some operation does more than move pixels.
    """
    path: str
    reader: str
    encoding: str
    size: tuple[int, int] | None
    batch_size: int
    dtype: str
    records: int
    first_batch: float
    rates: dict[str, Rate]
    bare: Rate
    copy: float
    bytes: float
    mixes: bool = False

    @property
    def whole(self) -> Rate:
        """The whole pipeline."""

    @property
    def from_disk(self) -> float:
        """Share of the bytes that bare reading had to fetch from the disk."""

    @property
    def of_bare(self) -> float:
        """The whole as a fraction of bare reading."""

    @property
    def of_copy(self) -> float:
        """The whole as a fraction of a memory copy of its batches."""

    @property
    def costs(self) -> dict[str, float]:
        """CPU microseconds an image by stage."""

    @property
    def shares(self) -> dict[str, float]:
        """Each stage's share of the CPU time, 0 to 1."""

    @property
    def advice(self) -> str:
        """One line."""

@dataclass(frozen=True)
class Rate:
    """What was counted in a stretch of time: images, seconds by the clock, seconds of CPU, bytes from the disk."""
    images: int
    wall: float
    cpu: float
    fetched: int = 0

    @property
    def per_second(self) -> float:
        """Images per second."""

    @property
    def cost(self) -> float:
        """CPU microseconds an image."""

    @property
    def busy(self) -> float:
        """Cores at work, on average."""

def advise(bench: Bench) -> str:
    """The advice that the figures bear.

    Parameters
    ----------
    bench : Bench
        what was measured

    Returns
    -------
    str
        one line: what holds it up, by which figure, and what helps
    """

def bench_dataset(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    augment: Operation | Sequence[Operation] | None = None,
    size: tuple[int, int] | None = None,
    batch_size: int = 16,
    dtype: str = "float32",
    reader: str = "auto",
    cache: Path | str | None = None,
    seconds: float = 6.0,
    rounds: int = 3,
) -> Bench:
    """Images per second and CPU time by stage, of your own data and augmentation.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a data set, a folder, a file, a pattern, or a list of them
    split : str | None, default None
        only this split; None: all
    augment : Operation | Sequence[Operation] | None, default None
        your operations, as for `make_dataset`
    size : tuple[int, int] | None, default None
        (height, width) of every picture; None: as they are
    batch_size : int, default 16
        pictures in a batch B
    dtype : str, default "float32"
        of images: 'float32' or 'uint8'
    reader : str, default "auto"
        'mapped', 'stream', or 'auto': mapped where possible
    cache : Path | str | None, default None
        a folder where encoded pictures are kept decoded, to be mapped
    seconds : float, default 6.0
        about how long to measure, in all
    rounds : int, default 3
        turns of each pipeline

    Returns
    -------
    Bench
        prints as a table
    """

def measure_rate(
    batches: Iterator,
    seconds: float = 1.0,
    clock: Callable[[], float] = ...,
    cpu_clock: Callable[[], float] = ...,
) -> Rate:
    """Counts what an iterator gives; what it had ready before does not count.

    Parameters
    ----------
    batches : Iterator
        endless, of tensors or tuples of them, [B, ...]
    seconds : float, default 1.0
        how long
    clock : Callable[[], float], default perf_counter
        wall time, seconds
    cpu_clock : Callable[[], float], default process_time
        CPU time of the process, seconds

    Returns
    -------
    Rate
        what came in that time
    """

def split_costs(rates: dict[str, Rate]) -> dict[str, float]:
    """What each stage adds to the one before. A pipeline that cost more than a longer one was disturbed: the longer one counts.

    Parameters
    ----------
    rates : dict[str, Rate]
        of pipelines by the stage that each adds, in order

    Returns
    -------
    dict[str, float]
        CPU microseconds an image by stage, none negative; their sum is the last pipeline's
    """
