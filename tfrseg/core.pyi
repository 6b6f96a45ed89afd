# Written by tools/stubs.py from the sources; do not edit.

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO
from . import DataError as DataError, Finding as Finding, IGNORE_LABEL as IGNORE_LABEL, Pair as Pair

class LazyImage:
    """A picture that is made when it is asked for. Kinds of it are frozen dataclasses with a `path`."""
    path: Path | str
    def open(self):
        """A `PIL.Image`, or the bytes of a picture file. Raises `DataError` that names what it is made of."""

class LazyMask:
    """A mask that is made when it is asked for. Kinds of it are frozen dataclasses with a `path`."""
    path: Path | str

    @property
    def nbytes(self) -> int:
        """About as many bytes as the mask takes as a PNG file."""
    def load(self):
        """Class ids, [H, W, 1] uint8 or uint16. Raises `DataError` that names the file."""
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]:
        """(height, width) in pixels, and the ids that occur."""

@dataclass(frozen=True)
class Limit:
    """The most MiB that one file of a kind may take, on disk or unpacked. `TFRSEG_MAX_KIND_MIB` in the environment says another number."""
    kind: str
    mib: int

    @property
    def variable(self) -> str:
        """The name of its variable."""

    @property
    def bytes(self) -> int:
        """The limit in bytes. Raises `ValueError` for a variable that holds no number."""
    def check(self, size: int, where: Path | str, what: str = "the file") -> None:
        """Raises `DataError` where `what` of `where` takes more bytes than that."""

TEXT_LIMIT: Limit

LARGEST_RECORD: int

def shown(text: object, most: int = 500) -> str:
    """A text as a terminal can be given it: what would act is escaped, and the middle of a long one is left out.

    Parameters
    ----------
    text : object
        anything; its `str` is taken
    most : int, default 500
        letters it may have; 0: any number

    Returns
    -------
    str
        one line
    """

def say(
    *words: object,
    sep: str = " ",
    end: str = "\n",
    file: TextIO | None = None,
    flush: bool = False,
) -> None:
    """`print` for text from data: nothing in it acts on the terminal, forges a line, or ends the process.

    Parameters
    ----------
    *words : object
        each a line's part, escaped by `shown`; a line break in one of them makes no line
    sep : str, default " "
        between the words; a line break makes each word a line
    end : str, default "\\n"
        after the last
    file : TextIO | None, default None
        None: `sys.stdout`
    flush : bool, default False
        True: at once
    """

def mute(stream: TextIO) -> None:
    """Nobody reads any longer: what else is written goes nowhere, also what Python writes when it ends.

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
    """Raises one `DataError` that holds all `findings`; does nothing where there are none.

    Parameters
    ----------
    findings : Sequence[Finding]
        what a check found
    where : Path | str
        folder or file that was checked
    remedy : str, default ""
        what the user can do about it
    shown : int, default 3
        findings spelled out in the text
    """

def safe_join(folder: Path | str, name: str) -> Path:
    """A path below a folder. Raises `DataError` for names that lead outside.

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
    """A name that is to be part of a path. Raises `DataError` that names the file where it is none.

    Parameters
    ----------
    name : object
        from data
    what : str
        what it is the name of, such as `split`
    where : Path | str
        the file it stands in

    Returns
    -------
    str
        the same name
    """

def open_plain(path: Path | str, limit: Limit | None = None, buffering: int = -1) -> BinaryIO:
    """Opens a file for reading, at once. Raises `DataError` for a pipe, a device or a socket, and for a file beyond the limit.

    Parameters
    ----------
    path : Path | str
        a local file; what is no `str` and no `pathlib.Path` opens itself
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
    """The bytes of a file. Errors as those of `open_plain`.

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
    """Inside the block `read_text` decodes files that carry no byte order mark by this encoding.

    Parameters
    ----------
    name : str | None
        a Python codec such as 'cp1252' or 'gb18030'; None: UTF-8, or as a byte order mark tells
    """

def read_text(path: Path | str, encoding: str | None = None) -> str:
    """The text of a file. Raises `DataError` that names the file where the bytes are not of the encoding.

    Parameters
    ----------
    path : Path | str
        a text file
    encoding : str | None, default None
        its codec; None: that of `text_encoding`, else UTF-8; a byte order mark decides first

    Returns
    -------
    str
        line ends as they are in the file
    """

def read_lines(path: Path | str) -> list[str]:
    """The lines of a list of names. A line ends at `\\n` or `\\r\\n` (`\\r` where there is no other end); all before that, blanks and '#' too, is the name.

    Parameters
    ----------
    path : Path | str
        a text file, a name a line

    Returns
    -------
    list[str]
        its lines as they are, without empty ones
    """

def parse_json(text: str, path: Path | str) -> Any:
    """What a JSON text says. Raises `DataError` that names the file for invalid JSON, however it fails.

    Parameters
    ----------
    text : str
        what a JSON file holds
    path : Path | str
        the file, which errors name

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
    """A `tqdm` bar on stderr that appears only when the work takes more than half a second; where stderr is no terminal, a line every 30 seconds.

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
    """Moves a bar one step, and hands on the value of the step.

    Parameters
    ----------
    bar : Any
        from `progress`
    value : Any, default None
        what the step gives

    Returns
    -------
    Any
        the same value
    """
