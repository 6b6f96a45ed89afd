# Written by tools/stubs.py from the sources; do not edit.
"""Out: records to samples and batches."""

import numpy as np
import tensorflow as tf
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from .. import DataError
from ..augmenter import Compose, Operation
from ..core import Limit
from .clock import _Told
from .mapped import _MappedPlaces
from .stream import _StoredFacts
from ..storage import DatasetInfo, Schema, ShardFacts, Shards, Target

__all__ = [
    "AssumptionWarning", "Bench", "CACHE_NAME", "EpochClock", "Estimate", "FLIGHT_LIMIT", "KeptCache",
    "MappedShards", "Measured", "Rate", "RecordChoice", "SkippedRecords", "StoredShards", "WorkerRows",
    "advise", "arrange_parts", "bare_error", "bare_errors", "bench_dataset", "build_cache", "cache_shards",
    "cache_size", "call_python", "check_files", "checked_records", "chosen_numbers", "class_presence",
    "clock_starts", "decode_example", "decode_image", "decode_mask", "decode_part", "decoded_samples",
    "distribute", "epoch_order", "epoch_rows", "epoch_seed", "epoch_starts", "epoch_words", "estimate",
    "find_cache", "fingerprint", "largest_image", "list_caches", "make_dataset", "map_file", "map_shards",
    "measure_rate", "most_mapped", "names_of", "normalize_layer", "open_weighted", "padded_share",
    "parse_example", "philox_words", "pixel_bytes", "prune_caches", "read_dataset", "read_tfrecord",
    "record_order", "repeat_factors", "rgb_to_ids", "sample_of", "select_records", "shuffle_positions",
    "side_by_side", "split_costs", "training_samples", "with_absolute_paths",
]

def decode_example(
    features: dict[str, tf.Tensor],
    schema: Schema = ...,
    mask_dtype: str = "uint8",
    palette: Mapping[int, tuple] | None = None,
) -> dict[str, tf.Tensor]:
    """Decodes the features of one record to a sample.

    Parameters
    ----------
    features : dict[str, tf.Tensor]
        from `parse_example`
    schema : Schema, default TFVISION
        the same as there
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', as it was written
    palette : Mapping[int, tuple] | None, default None
        {id: (r, g, b)}, for raw masks that hold colours

    Returns
    -------
    dict[str, tf.Tensor]
        image [H, W, 3] uint8, mask [H, W, 1] ids (if any), or what targets say; name

    A tile has `parent` and `tile` as well: [4] int64, (y, x, height of the whole, width of the whole).

    Raises: `tf.errors.InvalidArgumentError` for damaged images, and for sizes that do not agree.
    """

def decode_image(data: tf.Tensor) -> tf.Tensor:
    """Decodes a PNG or JPEG file to RGB, equal to `load_image`.

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
    """Decodes a PNG file to class ids, equal to `load_mask`.

    Parameters
    ----------
    data : tf.Tensor
        scalar string: a single-channel PNG file
    dtype : str, default "uint8"
        'uint8' or 'uint16', as it was written: 8 bits that are read as 16 are scaled

    Returns
    -------
    tf.Tensor
        [H, W, 1] class ids
    """

def decode_part(
    data: bytes,
    top: int,
    left: int,
    height: int,
    width: int,
) -> tuple[np.ndarray, tuple[int, int]]:
    """Decodes a rectangle of an image file outside of a graph, equal to that of `decode_image`.

    Parameters
    ----------
    data : bytes
        a PNG or JPEG file
    top : int
        first row
    left : int
        first column
    height : int
        rows; what lies beyond the image is left out
    width : int
        columns, likewise

    Returns
    -------
    tuple[np.ndarray, tuple[int, int]]
        [h, w, 3] uint8, and (height, width) of the whole image

    Raises: `tf.errors.InvalidArgumentError` for a damaged file.
    """

def parse_example(record: tf.Tensor, schema: Schema = ...) -> dict[str, tf.Tensor]:
    """Parses the features of one record.

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

    Raises: `tf.errors.InvalidArgumentError` for bytes that are not an example, or lack a required key.
    """

def rgb_to_ids(rgb: tf.Tensor, palette: Mapping[int, tuple] | None = None) -> tf.Tensor:
    """Reads ids from an RGB mask, by its colours or from the one value that all channels share.

    Parameters
    ----------
    rgb : tf.Tensor
        [H, W, 3] uint8: a mask of three channels
    palette : Mapping[int, tuple] | None, default None
        {id: (r, g, b)}; None: all channels hold the id

    Returns
    -------
    tf.Tensor
        [H, W, 1] uint8

    Raises: `tf.errors.InvalidArgumentError` for colours without a palette, and for those not in it.
    """

def sample_of(record: tf.Tensor, shards: Shards) -> dict[str, tf.Tensor]:
    """Decodes one record in a graph; `shards[i]` gives the same in NumPy.

    Parameters
    ----------
    record : tf.Tensor
        scalar string: a serialised record of the shards
    shards : Shards
        from `open_shards`

    Returns
    -------
    dict[str, tf.Tensor]
        image [H, W, 3] uint8, mask [H, W, 1] ids (if any), or what targets say; name

    Raises: `tf.errors.InvalidArgumentError` for a damaged record.
    """

def epoch_order(
    records: int,
    seed: int = 0,
    epoch: int = 0,
    *,
    first: int = 0,
    stop: int | None = None,
    shuffle: bool = True,
    batch_size: int | None = None,
    worker: Sequence[int] = (0, 1),
    shares: Sequence[float] | None = None,
) -> np.ndarray:
    """Lists record numbers in the order of an epoch, the order of `make_dataset`.

    Parameters
    ----------
    records : int
        N, 1 or more
    seed : int, default 0
        the seed of the training, -2**31 to 2**63 - 1
    epoch : int, default 0
        number of the epoch, from 0
    first : int, default 0
        position to begin at, 0 to N
    stop : int | None, default None
        position to end before; None: N
    shuffle : bool, default True
        False: 0 .. N - 1 in each epoch
    batch_size : int | None, default None
        rows of one worker in a global batch; None: no batches
    worker : Sequence[int], default (0, 1)
        (index, count) of workers
    shares : Sequence[float] | None, default None
        [N] how often each record is drawn; None: each once

    Returns
    -------
    np.ndarray
        [n] int64 record numbers; with `batch_size` [steps, batch_size]

    Raises: `ValueError` for numbers that make no order.
    Example: `DataLoader(shards, batch_sampler=epoch_order(len(shards), epoch=3, batch_size=16))`
    """

def epoch_words(seed: int = 0, epoch: int = 0) -> list[int]:
    """Computes the seed of an epoch.

    Parameters
    ----------
    seed : int, default 0
        the seed of the training, of 64 bits
    epoch : int, default 0
        number of the epoch, from 0

    Returns
    -------
    list[int]
        two words of 32 bits
    """

def philox_words(key: int, counter: tuple[int, int]) -> list[int]:
    """Computes the generator's words for one key and one counter, in plain Python (Philox 4x32-10).

    Parameters
    ----------
    key : int
        64 bits
    counter : tuple[int, int]
        lower and upper 64 bits

    Returns
    -------
    list[int]
        four words of 32 bits
    """

def shuffle_positions(positions: np.ndarray, records: int, words: Sequence[int]) -> np.ndarray:
    """Finds what comes at some positions of a permutation of 0 .. N - 1, as TensorFlow's `index_shuffle` does.

    Parameters
    ----------
    positions : np.ndarray
        [n] integers, 0 to N - 1
    records : int
        N, 1 or more
    words : Sequence[int]
        two words of 32 bits, from `epoch_words`

    Returns
    -------
    np.ndarray
        [n] int64, 0 to N - 1
    """

@dataclass(frozen=True, eq=False)
class RecordChoice:
    """Which records an epoch takes.

    Parameters
    ----------
    length : int
        samples of an epoch
    numbers : np.ndarray | None, default None
        [M] int64, of the records to choose from; None: all, from 0
    ends : np.ndarray | None, default None
        [M] float64: running sum of shares, 1 at the end; None: each once
    worker : WorkerRows | None, default None
        who reads its rows of them; None: all are read
    """
    length: int
    numbers: np.ndarray | None = None
    ends: np.ndarray | None = None
    worker: WorkerRows | None = None

    @property
    def share(self) -> int:
        """Counts the samples of an epoch that are read here."""

    def take(self, positions: tf.Tensor, epoch_seed: tf.Tensor) -> tf.Tensor:
        """Finds the numbers of the records at some positions.

        Parameters
        ----------
        positions : tf.Tensor
            [n] int64, 0 to `length` - 1
        epoch_seed : tf.Tensor
            [2] int32

        Returns
        -------
        tf.Tensor
            [n] int64
        """

@dataclass(frozen=True)
class WorkerRows:
    """Which positions of an epoch are read by one of several workers.

    Parameters
    ----------
    index : int
        of the worker, 0 to `count` - 1
    count : int
        number of workers, 1 or more
    rows : int
        of each worker in a global batch, 1 or more
    """
    index: int
    count: int
    rows: int

    @property
    def global_batch(self) -> int:
        """Counts the rows of a global batch."""

    def share(self, records: int | tf.Tensor) -> int | tf.Tensor:
        """Counts the rows that this worker reads of them.

        Parameters
        ----------
        records : int | tf.Tensor
            positions to read, of all workers together, 0 or more

        Returns
        -------
        int | tf.Tensor
            the same for each worker
        """

    def positions(
        self,
        numbers: np.ndarray | tf.Tensor,
        first: int | tf.Tensor = 0,
    ) -> np.ndarray | tf.Tensor:
        """Computes at which positions of the epoch its rows are.

        Parameters
        ----------
        numbers : np.ndarray | tf.Tensor
            [n] int64, of rows of this worker, from 0
        first : int | tf.Tensor, default 0
            position where the first global batch begins

        Returns
        -------
        np.ndarray | tf.Tensor
            [n] int64
        """

def epoch_seed(seed: int = 0, epoch: int = 0) -> tf.Tensor:
    """Computes the seed of an epoch.

    Parameters
    ----------
    seed : int, default 0
        the seed of the training, of 64 bits
    epoch : int, default 0
        number of the epoch, from 0

    Returns
    -------
    tf.Tensor
        [2] int32
    """

def epoch_starts(
    seed: int = 0,
    epoch: int = 0,
    records: int = 0,
    ask: Callable | None = None,
) -> tf.data.Dataset:
    """Makes a data set of one element: the seed of the epoch, and where in it to begin.

    Parameters
    ----------
    seed : int, default 0
        the seed of the training, of 64 bits
    epoch : int, default 0
        the epoch of the first pass
    records : int, default 0
        records to skip in that epoch
    ask : Callable | None, default None
        what gives both in place of these two, in the graph; None: these

    Returns
    -------
    tf.data.Dataset
        one element (epoch seed [2] int32, position to begin at int64), in each pass
    """

def record_order(
    records: int,
    epoch_seed: tf.Tensor,
    shuffle: bool = True,
    first: int | tf.Tensor = 0,
    block: int = 1024,
    worker: WorkerRows | None = None,
    then: Callable | None = None,
) -> tf.data.Dataset:
    """Lists record numbers in the order of an epoch, a block at a time: all, or those of one worker.

    Parameters
    ----------
    records : int
        N, 1 or more
    epoch_seed : tf.Tensor
        [2] int32
    shuffle : bool, default True
        False: 0 .. N-1
    first : int | tf.Tensor, default 0
        position to begin at, 0 to N
    block : int, default 1024
        numbers that are computed at once
    worker : WorkerRows | None, default None
        whose rows; None: all
    then : Callable | None, default None
        makes something of each block, in the graph; None: it stays

    Returns
    -------
    tf.data.Dataset
        blocks [n] int64 of record numbers, or what is made of them
    """

FLIGHT_LIMIT: Limit

@dataclass(frozen=True, eq=False)
class SkippedRecords:
    """Records that are left out of a data set.

    Parameters
    ----------
    records : int
        number of all
    findings : list, default list()
        a `Finding` for each record left out, in order
    errors : dict, default dict()
        `DataError` by number, for records not yet listed
    """
    records: int
    findings: list = ...
    errors: dict = ...

    def note(self, number: int, error: DataError) -> None:
        """Notes a bad record. Raises an error without findings again.

        Parameters
        ----------
        number : int
            of a record
        error : DataError
            about it
        """

    def drop(self, made: tf.data.Dataset) -> tf.data.Dataset:
        """Drops samples that are not valid and lists them; tells at the end of an epoch how many there were.

        Parameters
        ----------
        made : tf.data.Dataset
            (number of the record, -1 at the end of an epoch; valid bool; a sample)

        Returns
        -------
        tf.data.Dataset
            samples
        """

class StoredShards(_StoredFacts):
    """Shards whose records are read and decoded by number.

    Parameters
    ----------
    shards : Shards
        from `with_absolute_paths`
    skipped : SkippedRecords | None, default None
        gets the records left out; None: bad ones raise
    wanted : tuple[str, ...], default ()
        names of the arrays that are read; (): all
    """

    def pieces(self, number: int, top: int, left: int, height: int, width: int) -> list[np.ndarray]:
        """Reads a rectangle of every array. Raises `DataError` that names file and record.

        Parameters
        ----------
        number : int
            of a record
        top : int
            first row of the rectangle
        left : int
            its first column
        height : int
            rows, none of them beyond the image
        width : int
            columns, likewise

        Returns
        -------
        list[np.ndarray]
            [h, w, C] of each of `arrays`
        """

    def features(self, number: int) -> dict[str, list]:
        """Reads and checks a record. Raises `DataError` that names file and record, also where a file is gone.

        Parameters
        ----------
        number : int
            of a record

        Returns
        -------
        dict[str, list]
            values by key
        """

    def values(self, number: int, names: Sequence[str]) -> list[bytes | int | float]:
        """Reads what a record has besides pixels. Raises `DataError` that names file and record.

        Parameters
        ----------
        number : int
            of a record
        names : Sequence[str]
            'name', or facts
        """

    def name(self, number: int) -> str:
        """Names file and record, as errors do.

        Parameters
        ----------
        number : int
            of a record
        """

def arrange_parts(sample: Mapping[str, tf.Tensor], outputs: Any, arrays: Sequence[Target] = ()) -> Any:
    """Arranges a sample as `model.fit` takes it.

    Parameters
    ----------
    sample : Mapping[str, tf.Tensor]
        arrays [H, W, C] or [B, H, W, C], and other parts, by name
    outputs : Any
        names in any structure, such as ('image', 'mask')
    arrays : Sequence[Target], default ()
        whose number of channels is set where an operation has lost it

    Returns
    -------
    Any
        the parts in the same structure
    """

def bare_error(error: tf.errors.OpError) -> str:
    """Finds the message of tfrseg's own error inside a graph, or else TensorFlow's first line.

    Parameters
    ----------
    error : tf.errors.OpError
        raised while a data set is read

    Returns
    -------
    str
        one line
    """

@contextmanager
def bare_errors() -> Iterator[None]:
    """Turns an error of TensorFlow inside the block into one line.

    Raises: `DataError` with the message of tfrseg's own error, or else TensorFlow's first line.
    """

def call_python(
    function: Callable,
    inputs: Sequence[tf.Tensor],
    dtype: tf.DType | Sequence[tf.DType],
    shape: Sequence[int] | None = (),
    stateful: bool = True,
) -> tf.Tensor:
    """Calls Python from a data set, as `tf.numpy_function` does; the process can end at any moment.

    Parameters
    ----------
    function : Callable
        takes NumPy arrays, gives one
    inputs : Sequence[tf.Tensor]
        its arguments
    dtype : tf.DType | Sequence[tf.DType]
        dtype of the result, or of each of several
    shape : Sequence[int] | None, default ()
        shape of the result; None: unknown
    stateful : bool, default True
        False: tf.data may save an iterator over it

    Returns
    -------
    tf.Tensor
        the result, of that dtype and shape
    """

def checked_records(shards: Shards, numbers: tf.data.Dataset) -> tf.data.Dataset:
    """Reads records by number, each checked before TensorFlow sees it.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    numbers : tf.data.Dataset
        which records, int64

    Returns
    -------
    tf.data.Dataset
        (record number int64, serialised record)
    """

def largest_image(shards: Shards) -> int:
    """Finds the pixels of the largest image, by the info or else by up to 32 records, evenly spaced.

    Parameters
    ----------
    shards : Shards
        from `open_shards`

    Returns
    -------
    int
        pixels; 0 where no size is known
    """

def pixel_bytes(shards: Shards) -> int:
    """Counts the bytes of one pixel, of all arrays together.

    Parameters
    ----------
    shards : Shards
        from `open_shards`

    Returns
    -------
    int
        bytes
    """

def read_dataset(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | str | None = None,
    palette: Mapping | Sequence | None = None,
    on_error: str = "raise",
    skipped: list | None = None,
) -> tf.data.Dataset:
    """Reads the samples of all records, in order; `len()` gives their number, unless bad ones are left out.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a data set, a folder, a file, a pattern, or a list of them
    split : str | None, default None
        which split; None: all
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours; None: ids
    on_error : str, default "raise"
        'raise', or 'skip': bad records are left out and counted
    skipped : list | None, default None
        gets a `Finding` for each record left out; None: no list

    Returns
    -------
    tf.data.Dataset
        image [H, W, 3] uint8, mask [H, W, 1] ids (if any), or what targets say; name

    Raises: `FileNotFoundError` for a path without shards, `ValueError` for an unknown split or option,
    `DataError` for shards that cannot be read; `tf.errors.InvalidArgumentError` while it is read, with file
    and record.
    Example: `for sample in read_dataset("shards", "val"): print(sample["name"])`
    """

def read_tfrecord(
    imageTFRecords: Path | str | Sequence[Path | str],
    num_parallel_reads: int = 8,
    shuffle_buffer_size: int = 8,
    batch_size: int = 16,
) -> tf.data.Dataset:
    """Reads shuffled batches of raw records.

    Parameters
    ----------
    imageTFRecords : Path | str | Sequence[Path | str]
        one file, a pattern, or a list of files
    num_parallel_reads : int, default 8
        files read side by side, 1 or more
    shuffle_buffer_size : int, default 8
        records that are shuffled at a time, 1 or more
    batch_size : int, default 16
        records in a batch B, 1 or more; the rest is dropped

    Returns
    -------
    tf.data.Dataset
        the five features of `RAW` by key, each [B]

    Raises: `ValueError` for numbers below 1 and an empty list, `FileNotFoundError` for files that are not
    there, `DataError` for shards that cannot be read or hold less than one batch.
    Example: `for batch in read_tfrecord("out/*.tfrecords", batch_size=4): print(batch["image/height"])`
    """

def side_by_side(each: int, is_remote: bool = False) -> int:
    """Computes how many may be in flight at once.

    Parameters
    ----------
    each : int
        bytes of one image or batch
    is_remote : bool, default False
        True: each waits for a request

    Returns
    -------
    int
        1 or more, or `tf.data.AUTOTUNE`: as many as processors
    """

def with_absolute_paths(shards: Shards) -> Shards:
    """Makes shards that are found from any working folder, and are named in errors as they were given.

    Parameters
    ----------
    shards : Shards
        from `open_shards`

    Returns
    -------
    Shards
        the same samples and the same `files`
    """

@dataclass(eq=False)
class EpochClock:
    """Says where a pass begins: counted from a start, or told.

    Parameters
    ----------
    seed : int
        of the training
    length : int
        positions of an epoch
    rows : int
        positions of a batch, of all workers together
    batches : int | None
        of an epoch; None: not known before, as bad records are left out
    facts : Mapping[str, Any], default dict()
        what data it is, as JSON has it
    in_order : bool, default False
        an epoch is every record once, in the order of the shards
    """
    seed: int
    length: int
    rows: int
    batches: int | None
    facts: Mapping[str, Any] = ...
    in_order: bool = False
    _told: _Told | None = None
    _lock: Lock = ...

    def tell(self, epoch: int, batch: int = 0, follows: bool = False) -> None:
        """Tells which epoch begins. Raises `ValueError` for a batch that the epoch does not have.

        Parameters
        ----------
        epoch : int
            of passes that begin from now on, from 0
        batch : int, default 0
            of it, where they begin
        follows : bool, default False
            True: the next passes are the epochs behind it
        """
    def count(self) -> None:
        """Lets passes be counted again."""

    def begin(self, seed: np.ndarray, first: np.ndarray) -> np.ndarray:
        """Begins a pass.

        Parameters
        ----------
        seed : np.ndarray
            [2] int32, of the epoch by count
        first : np.ndarray
            position by count

        Returns
        -------
        np.ndarray
            [3] int64: seed, position to begin at
        """

def clock_starts(clock: EpochClock, epoch: int = 0, records: int = 0) -> tf.data.Dataset:
    """Makes a data set of one element, in each pass what the clock says.

    Parameters
    ----------
    clock : EpochClock
        that is asked
    epoch : int, default 0
        the epoch of the first pass, where passes are counted
    records : int, default 0
        records to skip in that epoch

    Returns
    -------
    tf.data.Dataset
        one element (epoch seed [2] int32, position to begin at int64)
    """

@dataclass(frozen=True, eq=False)
class MappedShards(_MappedPlaces):
    """Shards in mapped memory: a list of samples.

    Parameters
    ----------
    memory : _OpenShards, default field(repr=False)
        shards by number; they know where records lie
    schema : Schema
        keys of the records
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', of mask values
    palette : Mapping[int, tuple] | None, default None
        {id: (r, g, b)}, for masks that hold colours; None: ids
    files : _ShardPaths, default ()
        (absolute path, facts, path as given) of opened shards
    ends : tuple[int, ...], default field(default=(), repr=False)
        records up to the end of each shard
    known : _Sizes, default _Sizes()
        what is known of the sizes of images
    wanted : tuple[str, ...], default ()
        names of the arrays that are read; (): all
    """

    def __getitem__(self, number: int) -> dict[str, np.ndarray]:
        """Copies the sample of a record: image [H, W, 3] uint8, mask [H, W, 1] ids, or what `arrays` says.

        Raises: `IndexError` beyond the last.
        """

    def pieces(self, number: int, top: int, left: int, height: int, width: int) -> list[np.ndarray]:
        """Gives a rectangle of every array as views of the mapped file.

        Parameters
        ----------
        number : int
            of a record
        top : int
            first row of the rectangle
        left : int
            its first column
        height : int
            rows, none of them beyond the image
        width : int
            columns, likewise

        Returns
        -------
        list[np.ndarray]
            [h, w, C] of each of `arrays`
        """

def check_files(files: Iterable[tuple[str, ShardFacts, Path | str]]) -> None:
    """Checks that no mapped shard was cut or written over in place. One that was removed is still mapped.

    Parameters
    ----------
    files : Iterable[tuple[str, ShardFacts, Path | str]]
        as `MappedShards.files` has them

    Raises: `DataError` for a shard that was cut or written over.
    """

def map_file(path: Path | str, facts: ShardFacts, name: Path | str) -> np.ndarray:
    """Maps a file. Nothing is read. Raises `DataError` where it is not the file that was looked at.

    Parameters
    ----------
    path : Path | str
        a local file
    facts : ShardFacts
        of the version that was looked at
    name : Path | str
        how errors name it

    Returns
    -------
    np.ndarray
        [bytes] uint8, read-only
    """

def map_shards(
    files: Sequence[Path | str],
    schema: Schema,
    *,
    mask_dtype: str = "uint8",
    palette: Mapping[int, tuple] | None = None,
    verify: bool = True,
    show_progress: bool = True,
    counts: Sequence[int] | None = None,
    sizes: Mapping[str, int] | None = None,
) -> MappedShards:
    """Opens shards for mapped reading; more than 4096 of them when they are read, where the info is known.

    Parameters
    ----------
    files : Sequence[Path | str]
        local shards of raw pixels, uncompressed
    schema : Schema
        keys of the records
    mask_dtype : str, default "uint8"
        'uint8' or 'uint16', of mask values
    palette : Mapping[int, tuple] | None, default None
        {id: (r, g, b)}, for masks that hold colours; None: ids
    verify : bool, default True
        False: no checksums when a shard is indexed for the first time
    show_progress : bool, default True
        a bar on stderr for long work
    counts : Sequence[int] | None, default None
        records in each file, as an info says; None: not known before
    sizes : Mapping[str, int] | None, default None
        images by size 'HxW', as an info says; None: not known before

    Raises: `DataError` with every problem of the shards.
    """

def most_mapped() -> int:
    """Counts how many files are held open at the same time: half of those that the process may open.

    Returns
    -------
    int
        64 or more
    """

CACHE_NAME: str

@dataclass(frozen=True)
class KeptCache:
    """A cache, and whether it is complete and needed.

    Parameters
    ----------
    path : Path
        its folder
    dataset : str
        the folder of the data set it was made of
    records : int
        number of records, 0 or more
    bytes : int
        of all of its files
    used : float
        when it was last used, seconds since 1970
    whole : bool
        False: shards are missing or cut
    needed : bool
        False: its data set is gone or was changed
    """
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
    """Decodes every record into a data set of raw pixels, which is complete or does not exist.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    out : Path | str
        the folder to make
    shard_mib : float, default 256
        size of its shards, MiB
    show_progress : bool, default True
        a bar on stderr for long work
    on_error : str, default "raise"
        'skip': bad records are left out, and counted on stderr

    Raises: `DataError` for a bad record, for shards that change meanwhile, and for a full disk.
    """

def cache_shards(
    shards: Shards,
    folder: Path | str,
    show_progress: bool = True,
    on_error: str = "raise",
) -> Shards:
    """Decodes shards once, and keeps them as raw pixels.

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

    Raises: `DataError` for a folder that cannot hold caches, and for bad records.
    """

def cache_size(shards: Shards) -> int:
    """Estimates how large the cache of some shards is.

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
    """Decodes every record, in order, by as many threads as there are cores.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    skipped : list | None, default None
        gets a `Finding` for each record left out; None: raise

    Returns
    -------
    Iterator[dict]
        image [H, W, 3] uint8, mask [H, W, 1] ids (if any), name

    Raises: `DataError` that names file and record.
    """

def find_cache(shards: Shards, folder: Path | str, on_error: str = "raise") -> Path | None:
    """Finds the cache that was made of these shards, if there is one, also after they were moved or copied.

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
    """Names shards by path, time and how they are decoded. Equal names mean equal samples.

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
    """Lists the caches in a folder.

    Parameters
    ----------
    folder : Path | str
        where caches are kept

    Returns
    -------
    list[KeptCache]
        the one used last comes last

    Raises: `FileNotFoundError` where there is no such folder.
    """

def prune_caches(
    folder: Path | str,
    days: float | None = None,
    mib: float | None = None,
    gone: bool = True,
) -> list[KeptCache]:
    """Removes caches that are not needed, and nothing without their mark.

    Parameters
    ----------
    folder : Path | str
        where caches are kept
    days : float | None, default None
        remove caches that were not used for so many days; None: of any age stay
    mib : float | None, default None
        remove the caches used longest ago until so many MiB are left; None: all
    gone : bool, default True
        remove caches whose data set is gone or changed, and incomplete ones

    Returns
    -------
    list[KeptCache]
        the removed ones

    Raises: `DataError` for one that holds other files, `FileNotFoundError` where there is no such folder.
    """

def epoch_rows(
    records: MappedShards | StoredShards,
    operation: Compose,
    epoch_seed: tf.Tensor,
    shuffle: bool = False,
    first: int | tf.Tensor = 0,
    choice: RecordChoice | None = None,
) -> tf.data.Dataset:
    """Makes one row per record in epoch order: its number, cut and seed.

    Parameters
    ----------
    records : MappedShards | StoredShards
        whose rectangles are to be read
    operation : Compose
        for image and mask
    epoch_seed : tf.Tensor
        [2] int32
    shuffle : bool, default False
        True: the order of the epoch
    first : int | tf.Tensor, default 0
        position in it to begin at
    choice : RecordChoice | None, default None
        which records; None: all, once

    Returns
    -------
    tf.data.Dataset
        blocks of rows [n, 15] int64, or [n, 19] where parts are read
    """

def training_samples(
    records: MappedShards | StoredShards,
    operation: Compose,
    starts: tf.data.Dataset,
    shuffle: bool = False,
    batch_size: int | None = None,
    drop_remainder: bool = False,
    dtype: str = "uint8",
    choice: RecordChoice | None = None,
    outputs: Any = None,
) -> tf.data.Dataset:
    """Reads the records of each epoch, cropped and augmented. Errors name file and record.

    Parameters
    ----------
    records : MappedShards | StoredShards
        to be read by number
    operation : Compose
        for image and mask
    starts : tf.data.Dataset
        from `epoch_starts` or `clock_starts`
    shuffle : bool, default False
        True: another order each epoch
    batch_size : int | None, default None
        of batches, where they can be made whole; None: single samples
    drop_remainder : bool, default False
        True: only full batches
    dtype : str, default "uint8"
        of the images of batches
    choice : RecordChoice | None, default None
        which records an epoch takes; None: all, once
    outputs : Any, default None
        names in any structure; None: ('image', 'mask'), or 'image' without masks

    Returns
    -------
    tf.data.Dataset
        batches or samples in this structure
    """

def chosen_numbers(
    shards: Shards,
    records: Sequence[int] | Sequence[str] | np.ndarray | Callable[[str], bool],
) -> np.ndarray:
    """Finds the numbers of chosen records.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    records : Sequence[int] | Sequence[str] | np.ndarray | Callable[[str], bool]
        numbers from 0, names, or a function that tells by the name whether a record is taken

    Returns
    -------
    np.ndarray
        [M] int64, in the order given; for a function, in the order of the shards

    Raises: `ValueError` for numbers and names that do not exist, and for a choice of none; `TypeError` for
    anything else.
    """

def class_presence(shards: Shards, show_progress: bool = True) -> dict[int, np.ndarray]:
    """Finds which classes each record shows; masks that were never counted are counted now.

    Parameters
    ----------
    shards : Shards
        from `open_shards`, local
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    dict[int, np.ndarray]
        [N] bool by class id: which records show it

    Raises: `ValueError` for shards without masks, `DataError` for remote ones and for more than 256 ids.
    """

def names_of(shards: Shards) -> list[str]:
    """Reads the names of all records.

    Parameters
    ----------
    shards : Shards
        from `open_shards`

    Returns
    -------
    list[str]
        '' for a record without a name
    """

def open_weighted(weights: Mapping[Path | str, float], opener: Callable) -> tuple[Shards, np.ndarray]:
    """Opens several data sets as one.

    Parameters
    ----------
    weights : Mapping[Path | str, float]
        share of the samples by path, above 0; only their ratios count
    opener : Callable
        path, or a list of them, to shards

    Returns
    -------
    tuple[Shards, np.ndarray]
        all in one; the share of each record [N] float64, their sum is 1

    Raises: `ValueError` for weights that are not above 0, `DataError` for data sets of different classes.
    """

def repeat_factors(shown: Mapping[int, np.ndarray], balance: float) -> np.ndarray:
    """Computes how often each record is to be drawn, relative to one without a rare class.

    Parameters
    ----------
    shown : Mapping[int, np.ndarray]
        [N] bool by class id, from `class_presence`
    balance : float
        classes are rare that a smaller share of images shows, above 0 to 1

    Returns
    -------
    np.ndarray
        [N] float64, 1 or more
    """

def select_records(
    shards: Shards,
    records: Sequence | Callable | None = None,
    shares: np.ndarray | None = None,
    balance: float = 0,
    show_progress: bool = True,
) -> tuple[RecordChoice, list[str]]:
    """Selects the records of an epoch. Raises `ValueError`, `TypeError`, `DataError` as the functions above.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    records : Sequence | Callable | None, default None
        as for `chosen_numbers`; None: all
    shares : np.ndarray | None, default None
        [N] float64, from `open_weighted`; None: equal
    balance : float, default 0
        as for `repeat_factors`; 0: no balance
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    tuple[RecordChoice, list[str]]
        which records an epoch takes; lines that tell probabilities
    """

class AssumptionWarning(UserWarning):
    """Says what `make_dataset` decided by itself, and which argument decides it."""

def make_dataset(
    path: Path | str | Sequence | Mapping,
    split: str | None = "train",
    *,
    size: Sequence[int] | None = None,
    batch_size: int | None = 16,
    augment: Operation | Sequence[Operation] | None = None,
    seed: int = 0,
    shuffle: bool | None = None,
    dtype: str = "float32",
    outputs: Any = None,
    drop_remainder: bool = False,
    schema: Schema | str | None = None,
    palette: Mapping | Sequence | None = None,
    ignore_label: int | None = None,
    records: Sequence | Callable | None = None,
    balance: float = 0,
    reader: str = "auto",
    cache: Path | str | None = None,
    worker: Sequence[int] | None = None,
    start: Sequence[int] = (0, 0),
    verify: bool = True,
    on_error: str = "raise",
    show_progress: bool = True,
) -> tf.data.Dataset:
    """Makes batches for `model.fit`, with a length, repeatable, each epoch in another order.

    Parameters
    ----------
    path : Path | str | Sequence | Mapping
        a data set, folder, file, pattern, a list, or {path: weight}
    split : str | None, default "train"
        which split; None: all
    size : Sequence[int] | None, default None
        (height, width) of every image, pixels; None: as they are
    batch_size : int | None, default 16
        images in a batch B; None: single ones
    augment : Operation | Sequence[Operation] | None, default None
        for image and mask, in turn; None: only `size`
    seed : int, default 0
        repeats order and draws, 64 bits
    shuffle : bool | None, default None
        another order each epoch; None: for the split 'train' alone
    dtype : str, default "float32"
        of images, values unchanged: 'float32', 'uint8', or 'kept'
    outputs : Any, default None
        names of parts in any structure; None: ('image', 'mask'), 'image' without masks
    drop_remainder : bool, default False
        True: only full batches
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours; None: ids
    ignore_label : int | None, default None
        id beyond borders; None: the info's, without an info 255
    records : Sequence | Callable | None, default None
        numbers, names, or a function of a name; None: all
    balance : float, default 0
        classes that fewer images show come more often; 0: none
    reader : str, default "auto"
        'mapped', 'stream', or 'auto': mapped where possible
    cache : Path | str | None, default None
        folder that keeps encoded images decoded; None: no cache
    worker : Sequence[int] | None, default None
        (index, count) of workers with a batch each; None: reads all
    start : Sequence[int], default (0, 0)
        (epoch, batches of it to skip[, records besides]), from 0
    verify : bool, default True
        False: no checksums when mapped shards are first opened
    on_error : str, default "raise"
        'raise', or 'skip': bad records are left out and counted
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    tf.data.Dataset
        image [B, H, W, C], mask [B, H, W, 1] ids, image alone without masks; or `outputs`

    Besides: `.assumptions`, `.reader`, `.draws`, `.outputs`, `.shards`, `.targets`, `.info`, `.clock`.
    Raises: `FileNotFoundError`, `ValueError` for an argument, `DataError` for shards that cannot be read or
    make no batch; `tf.errors.InvalidArgumentError` while it is read, with file and record.
    Example: `model.fit(make_dataset("shards", size=(256, 256), augment=[RandomFlip()]), epochs=5)`
    """

def normalize_layer(
    mean: Sequence[float] = (0.485, 0.456, 0.406),
    std: Sequence[float] = (0.229, 0.224, 0.225),
) -> tf.keras.layers.Layer:
    """Makes a Keras layer that casts and normalises images on the device where the model runs.

    Parameters
    ----------
    mean : Sequence[float], default (0.485, 0.456, 0.406)
        by channel, of values from 0 to 1 (ImageNet)
    std : Sequence[float], default (0.229, 0.224, 0.225)
        by channel, above 0

    Returns
    -------
    tf.keras.layers.Layer
        images [B, H, W, 3] of 0 to 255 to float32

    Example: `model = keras.Sequential([normalize_layer(), keras.layers.Conv2D(5, 1)])`
    """

def padded_share(operation: Operation, sizes: Mapping[str, int]) -> float:
    """Estimates which share of the output is padding because crops are larger than images.

    Parameters
    ----------
    operation : Operation
        for image and mask
    sizes : Mapping[str, int]
        number of images by size 'HxW', as in `DatasetInfo.total("sizes")`

    Returns
    -------
    float
        0 to 1, on average; 0 where the size of an output is not known before
    """

class Bench(Measured):
    """A measurement with its ratios and an advice; prints as a table.

    Parameters
    ----------
    path : str
        the data set's; of a list the first one
    split : str | None
        which split; None: all that there are
    reader : str
        'mapped', or 'stream: ' and the reason
    encoding : str
        'raw', 'PNG' or 'JPEG', of the first record
    size : tuple[int, int] | None
        (height, width) of an image in a batch, pixels
    batch_size : int
        images in a batch B
    dtype : str
        of images: 'float32', 'uint8' or 'kept'
    records : int
        in the data set
    first_batch : float
        seconds from the call of `make_dataset` to the first batch
    bytes : float
        of a record on average
    turns : dict[str, Sequence[Rate]]
        by stage, by round; the last stage's pipeline is the whole
    bare : Sequence[Rate]
        of `TFRecordDataset` with nothing parsed, by round; (): not of a bucket
    copy : Sequence[Rate]
        when finished batches are only copied in memory, by round
    tried : dict[str, Sequence[Rate]], default dict()
        the whole with a change, by change
    """

    @property
    def rounds(self) -> Sequence[Rate]:
        """The whole pipeline, by round."""

    @property
    def whole(self) -> Rate:
        """The whole pipeline, in the round of the median cost."""

    @property
    def from_disk(self) -> float:
        """Share of the bytes of bare reading that came from the disk, 0 to 1; 0 where that was not measured."""

    @property
    def costs(self) -> dict[str, Estimate]:
        """CPU microseconds an image by stage."""

    @property
    def shares(self) -> dict[str, float]:
        """The share of the CPU time, 0 to 1, of each stage whose cost is clear."""

    @property
    def advice(self) -> str:
        """What takes the time and what helps, in one line."""

class Estimate(NamedTuple):
    """A median over rounds and its spread.

    Parameters
    ----------
    value : float
        the median
    spread : float
        width of the middle four fifths; infinite for fewer than 3 rounds
    """
    value: float
    spread: float

    @property
    def is_clear(self) -> bool:
        """Whether the value is larger than the spread."""

@dataclass(frozen=True, repr=False)
class Measured:
    """What `bench_dataset` measured.

    Parameters
    ----------
    path : str
        the data set's; of a list the first one
    split : str | None
        which split; None: all that there are
    reader : str
        'mapped', or 'stream: ' and the reason
    encoding : str
        'raw', 'PNG' or 'JPEG', of the first record
    size : tuple[int, int] | None
        (height, width) of an image in a batch, pixels
    batch_size : int
        images in a batch B
    dtype : str
        of images: 'float32', 'uint8' or 'kept'
    records : int
        in the data set
    first_batch : float
        seconds from the call of `make_dataset` to the first batch
    bytes : float
        of a record on average
    turns : dict[str, Sequence[Rate]]
        by stage, by round; the last stage's pipeline is the whole
    bare : Sequence[Rate]
        of `TFRecordDataset` with nothing parsed, by round; (): not of a bucket
    copy : Sequence[Rate]
        when finished batches are only copied in memory, by round
    tried : dict[str, Sequence[Rate]], default dict()
        the whole with a change, by change
    """
    path: str
    split: str | None
    reader: str
    encoding: str
    size: tuple[int, int] | None
    batch_size: int
    dtype: str
    records: int
    first_batch: float
    bytes: float
    turns: dict[str, Sequence[Rate]]
    bare: Sequence[Rate]
    copy: Sequence[Rate]
    tried: dict[str, Sequence[Rate]] = ...

@dataclass(frozen=True)
class Rate:
    """Images, time and bytes of one measurement.

    Parameters
    ----------
    images : int
        images that came, 1 or more
    wall : float
        seconds by the clock
    cpu : float
        seconds of CPU, of all cores together
    fetched : int, default 0
        bytes that came from the disk
    """
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
    """Makes the advice that the figures support.

    Parameters
    ----------
    bench : Bench
        what was measured

    Returns
    -------
    str
        one line: what takes the time, by which figure, and what helps
    """

def bench_dataset(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    augment: Operation | Sequence[Operation] | None = None,
    size: Sequence[int] | None = None,
    batch_size: int = 16,
    dtype: str = "float32",
    reader: str = "auto",
    cache: Path | str | None = None,
    seconds: float = 6.0,
    rounds: int = 7,
) -> Bench:
    """Measures images per second and CPU time by stage, of your own data and augmentation.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a data set, a folder, a file, a pattern, or a list of them
    split : str | None, default None
        which split; None: train where there is one
    augment : Operation | Sequence[Operation] | None, default None
        your operations; None: only `size`
    size : Sequence[int] | None, default None
        (height, width) of every image, pixels; None: as they are
    batch_size : int, default 16
        images in a batch B, 1 or more
    dtype : str, default "float32"
        of images: 'float32', 'uint8' or 'kept'
    reader : str, default "auto"
        'mapped', 'stream', or 'auto': mapped where possible
    cache : Path | str | None, default None
        folder that keeps encoded images decoded; None: no cache
    seconds : float, default 6.0
        about how long to measure, in all, above 0
    rounds : int, default 7
        of all pipelines; with fewer than 3 no difference is clear

    Returns
    -------
    Bench
        prints as a table

    Raises: `ValueError` for numbers that are not positive, and whatever `make_dataset` raises.
    Example: `bench_dataset("shards", augment=[RandomFlip(), RandomCrop((256, 256))])`
    """

def estimate(values: Sequence[float]) -> Estimate:
    """Computes the median and the spread of several rounds.

    Parameters
    ----------
    values : Sequence[float]
        one of each round, 1 or more

    Returns
    -------
    Estimate
        clear where most rounds agree
    """

def measure_rate(
    batches: Iterator,
    seconds: float = 1.0,
    clock: Callable[[], float] = ...,
    cpu_clock: Callable[[], float] = ...,
    pause: Callable[[float], None] = ...,
    step: int = 1,
) -> Rate:
    """Counts the images that an iterator gives, and all the work behind them, until nothing is left to do.

    Parameters
    ----------
    batches : Iterator
        endless, of tensors or tuples of them, [B, ...]
    seconds : float, default 1.0
        how long to count, above 0; each wait takes at most ten times as long
    clock : Callable[[], float], default perf_counter
        wall time, seconds
    cpu_clock : Callable[[], float], default process_time
        CPU time of the process, seconds
    pause : Callable[[float], None], default sleep
        waits for so many seconds
    step : int, default 1
        batches to draw at a time, 1 or more

    Returns
    -------
    Rate
        of that time
    """

def split_costs(turns: dict[str, Sequence[Rate]]) -> dict[str, Estimate]:
    """Computes the cost that each stage adds to the one before, and how sure it is.

    Parameters
    ----------
    turns : dict[str, Sequence[Rate]]
        of pipelines by the stage that each adds, in order; by round

    Returns
    -------
    dict[str, Estimate]
        CPU microseconds an image by stage
    """

def distribute(
    strategy: tf.distribute.Strategy,
    path: Path | str | Sequence | Mapping,
    split: str | None = "train",
    *,
    batch_size: int = 16,
    **options: Any,
) -> tf.distribute.DistributedDataset:
    """Makes a data set of which each worker of a strategy reads its own rows, all of them each record once.

    Parameters
    ----------
    strategy : tf.distribute.Strategy
        of `tf.distribute`, such as `MultiWorkerMirroredStrategy()`
    path : Path | str | Sequence | Mapping
        as for `make_dataset`
    split : str | None, default "train"
        which split; None: all
    batch_size : int, default 16
        images of each worker, for all its replicas together
    **options : Any
        others of `make_dataset`

    Returns
    -------
    tf.distribute.DistributedDataset
        for the default strategy a `tf.data.Dataset`

    Raises: `TypeError` for what is no strategy, `ValueError` for a `ParameterServerStrategy` and for a batch
    that replicas cannot share, and what `make_dataset` raises.
    Example: `for batch in distribute(strategy, "shards", size=(256, 256)): strategy.run(step, args=batch)`
    """
