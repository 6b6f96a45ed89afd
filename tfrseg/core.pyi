# Written by tools/stubs.py from the sources; do not edit.

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO
from . import DataError as DataError, Finding as Finding, IGNORE_LABEL as IGNORE_LABEL, Pair as Pair

class LazyArray:
    """An array of pixels, loaded when it is asked for. Kinds of it are frozen dataclasses with a `path`.

    Attributes
    ----------
    is_tile : default False
        True: a tile of a larger array, and `fields()` says where it lies
    """
    path: Path | str
    is_tile: bool
    def look(self) -> ArrayHeader:
        """What the array is. Raises `DataError` that names the file."""
    def load(self):
        """The pixels, [H, W, C] in the machine's byte order. Raises `DataError` that names the file."""
    def fields(self) -> dict:
        """What a sample says of the array besides its pixels, such as the corner of a tile."""

class ArrayHeader(NamedTuple):
    """What is known of an array before it is loaded.

    Parameters
    ----------
    size : tuple[int, int]
        (height, width), pixels
    channels : int
        C of [H, W, C]
    dtype : str
        such as 'uint16'
    bands : tuple[str, ...], default ()
        a name for each channel; (): not known
    nodata : float | None, default None
        the value that means: nothing was measured here; None: none is known
    nbytes : int, default 0
        of its file or files; 0: not known
    """
    size: tuple[int, int]
    channels: int
    dtype: str
    bands: tuple[str, ...] = ()
    nodata: float | None = None
    nbytes: int = 0

class LazyImage:
    """An image that is made when it is asked for. Kinds of it are frozen dataclasses with a `path`.

    Attributes
    ----------
    is_tile : default False
        True: a tile of a larger image, and `fields()` says where it lies
    """
    path: Path | str
    is_tile: bool
    def open(self):
        """A `PIL.Image`, or the bytes of an image file. Raises `DataError` that names what it is made of."""
    def fields(self) -> dict:
        """What a sample says of the image besides its pixels, such as the corner of a tile."""

class LazyMask:
    """A mask that is made when it is asked for. Kinds of it are frozen dataclasses with a `path`."""
    path: Path | str

    @property
    def nbytes(self) -> int:
        """About as many bytes as the mask takes as a PNG file."""
    def load(self):
        """Class ids, [H, W, 1] uint8 or uint16. Raises `DataError` that names the file."""
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]:
        """(height, width) in pixels, and the ids that occur. Makes the whole mask; a kind may know sooner."""

@dataclass(frozen=True)
class Limit:
    """The most MiB that one file of a kind may take; `TFRSEG_MAX_KIND_MIB` in the environment overrides it.

    Parameters
    ----------
    kind : str
        such as `text`; part of the variable's name
    mib : int
        MiB, where the variable is not set
    """
    kind: str
    mib: int

    @property
    def variable(self) -> str:
        """The name of its variable."""

    @property
    def bytes(self) -> int:
        """The limit in bytes. Raises: `ValueError` for a variable that is not a number."""

    def check(self, size: int, where: Path | str, what: str = "the file") -> None:
        """Raises: `DataError` where something takes more bytes than the limit.

        Parameters
        ----------
        size : int
            bytes
        where : Path | str
            the file, for the error
        what : str, default "the file"
            what takes them, for the error
        """

TEXT_LIMIT: Limit

LARGEST_RECORD: int

def shown(text: object, most: int = 500) -> str:
    """A text that is safe on a terminal: controls are escaped, and a long text is cut in its middle.

    Parameters
    ----------
    text : object
        anything; its `str` is taken
    most : int, default 500
        letters of the result at most; 0: any number

    Returns
    -------
    str
        one line
    """

def as_text(name: Any) -> str:
    """A name as text.

    Parameters
    ----------
    name : Any
        text, bytes, or a tensor or array of one of them

    Returns
    -------
    str
        the same as text; what is not UTF-8 is replaced
    """

def say(
    *words: object,
    sep: str = " ",
    end: str = "\n",
    file: TextIO | None = None,
    flush: bool = False,
    wrap: bool = True,
) -> None:
    """`print` for text from data: nothing in it acts on the terminal, forges a line, or ends the process.

    Parameters
    ----------
    *words : object
        parts of a line, each escaped by `shown`, line breaks too
    sep : str, default " "
        between the words; a line break here makes each word a line
    end : str, default "\\n"
        after the last
    file : TextIO | None, default None
        None: `sys.stdout`
    flush : bool, default False
        True: at once
    wrap : bool, default True
        False: lines stay whole on a terminal, too, as JSON must
    """

def mute(stream: TextIO) -> None:
    """Sends all further output of a stream to the null device, also what Python writes when it ends.

    Parameters
    ----------
    stream : TextIO
        such as `sys.stdout`
    """

def raise_findings(
    findings: Sequence[Finding],
    where: Path | str,
    remedy: str = "",
    shown: int = 3,
) -> None:
    """Does nothing if there are no findings. Raises: `DataError` that holds all of them.

    Parameters
    ----------
    findings : Sequence[Finding]
        what a check found
    where : Path | str
        folder or file that was checked
    remedy : str, default ""
        what the user can do about it
    shown : int, default 3
        findings that the text spells out
    """

def check_choice(name: str, value: object, choices: Sequence[object]) -> None:
    """Raises `ValueError` for an argument that is none of its choices.

    Parameters
    ----------
    name : str
        of the argument
    value : object
        what it is
    choices : Sequence[object]
        what it may be, two or more
    """

def safe_join(folder: Path | str, name: str) -> Path:
    """A path below a folder. Raises: `DataError` for names that lead outside.

    Parameters
    ----------
    folder : Path | str
        the folder that must hold it
    name : str
        a relative path from data

    Returns
    -------
    Path
        folder/name
    """

def plain_name(name: object, what: str, where: Path | str) -> str:
    """A name that is to be part of a path. Raises: `DataError` for a name that cannot be.

    Parameters
    ----------
    name : object
        from data
    what : str
        what it names, such as `split`
    where : Path | str
        the file it stands in

    Returns
    -------
    str
        the same name
    """

@contextmanager
def remote_errors(path: Any) -> Iterator[None]:
    """Names the path in errors of its library, in the library's own words.

    Parameters
    ----------
    path : Any
        a path with the attribute `fs`

    Raises: `FileNotFoundError`, `PermissionError`, or `DataError` for any other.
    """

def remote_bytes(path: Any, start: int = 0, stop: int | None = None) -> bytes:
    """Some bytes of a file in a bucket, by one request. Raises: what its library raises.

    Parameters
    ----------
    path : Any
        a path with the attributes `fs` and `path`
    start : int, default 0
        first byte
    stop : int | None, default None
        the byte after the last; None: to the end

    Returns
    -------
    bytes
        fewer where the file ends before
    """

def open_plain(path: Path | str, limit: Limit | None = None, buffering: int = -1) -> BinaryIO:
    """Opens a regular file for reading. Raises: `DataError` for anything else, or beyond the limit.

    Parameters
    ----------
    path : Path | str
        a local file, or a path in a bucket
    limit : Limit | None, default None
        the most it may take; None: any size
    buffering : int, default -1
        as for `open`

    Returns
    -------
    BinaryIO
        to be read
    """

def read_plain(path: Path | str, limit: Limit | None = ...) -> bytes:
    """The bytes of a file. Raises: as `open_plain`.

    Parameters
    ----------
    path : Path | str
        a file, as for `open_plain`
    limit : Limit | None, default TEXT_LIMIT
        the most it may take; None: any size

    Returns
    -------
    bytes
        all of it
    """

@contextmanager
def text_encoding(name: str | None) -> Iterator[None]:
    """Inside the block `read_text` decodes files by this encoding. Raises: `ValueError` for an unknown one.

    Parameters
    ----------
    name : str | None
        a Python codec such as 'cp1252'; None: UTF-8, or as a byte order mark tells
    """

def read_text(path: Path | str, encoding: str | None = None) -> str:
    """The text of a file. Raises: `DataError` that names the file, where the bytes are not of the encoding.

    Parameters
    ----------
    path : Path | str
        a text file
    encoding : str | None, default None
        a Python codec; None: that of `text_encoding`, or UTF-8

    Returns
    -------
    str
        line ends as they are in the file
    """

def read_lines(path: Path | str) -> list[str]:
    """The lines of a list of names, blanks and '#' kept. A line ends at a line feed, or else at a return.

    Parameters
    ----------
    path : Path | str
        a text file, a name a line

    Returns
    -------
    list[str]
        its lines as they are, without empty ones
    """

def parse_json(text: str, path: Path | str, long: bool = False) -> Any:
    """The value of a JSON text. Raises: `DataError` that names the file, for invalid JSON, however it fails.

    Parameters
    ----------
    text : str
        what a JSON file holds
    path : Path | str
        the file, which errors name
    long : bool, default False
        True: takes numbers of any length, which the caller has to bound

    Returns
    -------
    Any
        dicts, lists, texts and numbers
    """

@contextmanager
def quiet_progress() -> Iterator[None]:
    """Inside the block no progress is shown, whoever asks for it."""

def is_quiet() -> bool:
    """True inside of `quiet_progress`."""

def progress(total: int, what: str, show: bool = True, unit: str = "rec"):
    """A `tqdm` bar on stderr after half a second of work; a line every 30 seconds where that is a file.

    Parameters
    ----------
    total : int
        steps in all
    what : str
        what is being done, such as `writing`
    show : bool, default True
        False: silent
    unit : str, default "rec"
        what one step is
    """

def tick(bar: Any, value: Any = None) -> Any:
    """Moves a bar one step, and returns the result of the step.

    Parameters
    ----------
    bar : Any
        from `progress`
    value : Any, default None
        the result of the step

    Returns
    -------
    Any
        the same value
    """

def run_threads(
    work: Callable,
    items: Sequence,
    on_step: Callable[[int], object],
    workers: int | None = None,
) -> list:
    """Runs work on threads. The first error, and Ctrl-C, stops all of them at their next record.

    Parameters
    ----------
    work : Callable
        called as `work(item, on_step)`; calls `on_step(n)` after each record, bytes n
    items : Sequence
        one call each
    on_step : Callable[[int], object]
        what `n` is handed on to, by one thread at a time: moves a progress bar
    workers : int | None, default None
        threads, at least 1; None: one a processor core

    Returns
    -------
    list
        what the calls return, in the order of the items

    Raises: `ValueError` for `workers` below 1; the error of the first item that failed.
    Example: run_threads(lambda n, on_step: n * n, range(4), print)
    """

def run_engine(
    engine: Callable,
    work: Callable,
    items: Sequence,
    on_step: Callable[[int], object] | None,
    on_item: Callable[[Any, bool], object],
) -> list:
    """Runs work on an engine, such as the `map` of a pool of processes.

    Parameters
    ----------
    engine : Callable
        called like `map`, or as `engine.counted(work, items, on_step)`
    work : Callable
        called as `work(item)`, or as `work(item, on_step)` by an engine that counts
    items : Sequence
        one call each; what an engine sends to a process is pickled
    on_step : Callable[[int], object] | None
        called in this process with the `n` of each step that is counted; None: the engine is called like `map`
    on_item : Callable[[Any, bool], object]
        called as `on_item(item, is_counted)` when its result is here; not counted: none of its steps were told

    Returns
    -------
    list
        what the calls return, in the order of the items

    Raises: `ValueError` for an engine that does not return a result for each item; the error of an item.
    Example: run_engine(map, lambda n: n * n, range(4), print, print)
    """
