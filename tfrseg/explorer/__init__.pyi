# Written by tools/stubs.py from the sources; do not edit.
"""Look: summaries, a viewer, and explorers of records, augmentations and predictions."""

import anywidget
import keras
import numpy as np
import traitlets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from ..augmenter import Operation
from ..display import Style
from .browser import (
    _BrowserMessages, _DatasetOfBrowser, _Facets, _Gallery, _LabelKeeping, _PageFacts, _RecordInView,
    _Similar,
)
from .compared import _ComparedRecords
from .comparison import _ComparedFlags, _ComparedNumbers, _ComparedOutputs, _ComparedQueries
from .facts import _Facts
from .marks import _FlagFile, _FlagTable, _FlagWriting
from .query import _Conditions, _Positions
from .server import _ConnectionLimits, _ViewerAnswers
from .tuner import (
    _AugmentNotes, _AugmentPictures, _Edits, _Exchange, _ListByCode, _ListEdits, _SeedControls, _Sizes,
    _Tuning,
)
from .viewer import _Relabelling, _ViewerMessages, _ViewerOutputs, _ViewerPage, _ViewerRecords
from .worst_samples import _WorstShowing
from ..sources import Source
from ..storage import Flag, LabelMap, Schema, Shards, Target, TargetStats, ValueCounts
from ..training import Confusion
from ..writer import Updated

__all__ = [
    "AugmentExplorer", "ClassRange", "ClassRow", "ClassScores", "Compared", "Comparison", "ComparisonQuery",
    "FactTable", "FlagChanges", "FlagTable", "Found", "FoundGroups", "Group", "Known", "LabelFacts", "MODES",
    "MOST_BARS", "MOST_THUMBS", "MaskRepairs", "ModelAnswers", "NameList", "OperationRow", "OperationRows",
    "PackedMask", "PageImages", "PairCounts", "Pieces", "Query", "RecordBrowser", "RecordFacts",
    "RecordNames", "Repair", "RepairKeeping", "Repairing", "SHARES", "SORTS", "Samples", "Scan", "Selection",
    "Summary", "THUMB", "Tagging", "ThreadRoles", "ThumbMaker", "ValueRow", "Viewer", "ViewerServer",
    "WorstEpoch", "WorstSamples", "answers_of", "asset", "canvas_sample", "canvas_script", "class_scores",
    "class_table", "compare", "compare_records", "draw_images", "draw_records", "explore_augment",
    "explore_records", "for_page", "group_records", "keep_repairs", "label_facts", "make_facets", "make_page",
    "make_server_page", "make_thumb", "mean_maps", "number_of", "pack_images", "pack_mask", "page_policy",
    "plot_label_facts", "plot_summary", "plot_values", "query_from_json", "record_bytes", "record_iou",
    "repaired_source", "rows_of", "samples_of", "save_figure", "select_records", "serve_viewer", "show_batch",
    "small_image", "small_mask", "summarize", "tag_words", "target_pictures", "targets_in_words",
    "value_lines", "value_rows", "write_whole",
]

class ClassRow(NamedTuple):
    """A class of a dataset: a row of `Summary.classes`.

    Parameters
    ----------
    id : int
        in masks
    name : str
        the ignore label is called '(ignored)'
    pixels : int
        in all images
    share : float
        of all pixels, 0 to 1
    images : int
        that hold the class
    weight : float | None
        in a loss; None: the class does not occur, or is ignored
    """
    id: int
    name: str
    pixels: int
    share: float
    images: int
    weight: float | None

@dataclass(frozen=True)
class Summary:
    """What a dataset holds; prints as text, shows as a table in Jupyter.

    Parameters
    ----------
    path : str
        of the shards
    facts : dict[str, str]
        lines by their title, such as records and sizes
    classes : tuple[ClassRow, ...]
        named classes and those that occur, by id; the ignore label last
    assumptions : tuple[str, ...], default ()
        lines that say what was taken for granted
    values : tuple[ValueRow, ...], default ()
        of images and fields, by channel, where they were counted

    Example: `summarize("shards").classes`
    """
    path: str
    facts: dict[str, str]
    classes: tuple[ClassRow, ...]
    assumptions: tuple[str, ...] = ()
    values: tuple[ValueRow, ...] = ()

class ValueRow(NamedTuple):
    """A channel of an image or a field: a row of `Summary.values`.

    Parameters
    ----------
    target : str
        such as 'image'
    channel : str
        the name of its band, of RGB its colour, else its number
    mean : float
        in the values of the pixels
    std : float
        of all pixels
    low : float
        at 2 %
    high : float
        at 98 %
    """
    target: str
    channel: str
    mean: float
    std: float
    low: float
    high: float

def mean_maps(
    samples: Sequence[Mapping],
    size: tuple[int, int] = (48, 64),
    classes: int = 0,
) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """Gives the mean image, and for each class where it lies, over images stretched to one size.

    Parameters
    ----------
    samples : Sequence[Mapping]
        image [H, W, 3] and perhaps mask [H, W, 1] each
    size : tuple[int, int], default (48, 64)
        of the grid: rows and columns
    classes : int, default 0
        K, where masks hold bits of classes that overlap; 0: ids

    Returns
    -------
    tuple[np.ndarray, dict[int, np.ndarray]]
        mean image [h, w, 3]; by id, share of samples [h, w], 0 to 1
    """

def plot_summary(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | str | None = None,
    palette: Mapping | Sequence | None = None,
    looked_at: int = 64,
) -> Any:
    """Draws a dataset on one figure.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `read_dataset`
    split : str | None, default None
        only this split; None: all
    schema : Schema | str | None, default None
        or its name; None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours
    looked_at : int, default 64
        records, spread over all, that sizes and maps are made from

    Returns
    -------
    Any
        a figure: shares, sizes, mean image, and a map for each class

    Raises: as `summarize`.
    Example: `plot_summary("shards").savefig("shards.png")`
    """

def plot_values(counts: Mapping[str, ValueCounts], title: str = "") -> Any:
    """Draws the histogram of each image and field, by channel.

    Parameters
    ----------
    counts : Mapping[str, ValueCounts]
        by name of target, from `value_counts`
    title : str, default ""
        above the figure

    Returns
    -------
    Any
        a figure: for each target, how many pixels have which value
    """

def summarize(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | str | None = None,
    palette: Mapping | Sequence | None = None,
    show_progress: bool = True,
) -> Summary:
    """Tells what shards hold: records, sizes, and for each class pixels, share, images and its weight.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `read_dataset`
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
    Summary
        facts and a table of classes

    Raises: `DataError` for bad shards, `ValueError` for an unknown split, `OSError` for a missing path.
    Example: `summarize("shards")`
    """

def targets_in_words(targets: Sequence[Target], classes: int = 0) -> str:
    """Says what each array of a sample is.

    Parameters
    ----------
    targets : Sequence[Target]
        a table
    classes : int, default 0
        K, how many classes may overlap; 0: not known

    Returns
    -------
    str
        such as 'image uint16 x 4 (red green blue nir), depth float32 field'
    """

def value_lines(rows: Sequence[ValueRow]) -> list[str]:
    """Writes statistics as text.

    Parameters
    ----------
    rows : Sequence[ValueRow]
        from `value_rows`

    Returns
    -------
    list[str]
        a head, and a line a channel, in columns
    """

def value_rows(stats: Mapping[str, TargetStats], targets: Sequence[Target]) -> tuple[ValueRow, ...]:
    """Lists statistics by channel.

    Parameters
    ----------
    stats : Mapping[str, TargetStats]
        by name of target
    targets : Sequence[Target]
        the table, for the names of bands
    """

class FactTable(NamedTuple):
    """What is known of the first N records, and of the R classes in them.

    Parameters
    ----------
    records : np.ndarray
        [R] uint32: number of the record
    ids : np.ndarray
        [R] uint16: class id
    pixels : np.ndarray
        [R] uint32: pixels of this class there
    height : np.ndarray
        [N] uint32, pixels; 0: not known
    width : np.ndarray
        [N] uint32, pixels; 0: not known
    unreadable : np.ndarray
        [N] bool
    """
    records: np.ndarray
    ids: np.ndarray
    pixels: np.ndarray
    height: np.ndarray
    width: np.ndarray
    unreadable: np.ndarray
    def __len__(self) -> int: ...

    def area(self) -> np.ndarray:
        """Pixels of each record: of its image, or of its mask where the size is not known.

        Returns
        -------
        np.ndarray
            [N] int64, pixels
        """

    def share(self, class_id: int) -> np.ndarray:
        """The share of the pixels of each record that one class has.

        Parameters
        ----------
        class_id : int
            whose share is wanted

        Returns
        -------
        np.ndarray
            [N] float64, 0 to 1
        """

class NameList(Sequence):
    """Names of records, as bytes of UTF-8."""
    def __init__(self) -> None: ...
    def __len__(self) -> int: ...
    def __getitem__(self, number): ...

    def extend(self, names: Iterable[str]) -> None:
        """Adds names.

        Parameters
        ----------
        names : Iterable[str]
            of the next records
        """

    def folded(self) -> list[str]:
        """The names for a search: without case, and without the ends of lines.

        Returns
        -------
        list[str]
            of every name
        """

class RecordFacts(_Facts):
    """Names, sizes and class areas of the first records, as far as they were scanned.

    Parameters
    ----------
    ignore_label : int
        id of pixels that do not count
    background : int | None, default 0
        id of the background, which has no area; None: there is none
    classes : int, default 0
        K, where masks hold bits of classes that overlap; 0: they hold ids
    """

    def add_all(
        self,
        names: Sequence[str],
        counts: Mapping[int, np.ndarray],
        sizes: tuple[Any, Any] = (0, 0),
        unreadable: Any = False,
    ) -> None:
        """Adds the next records.

        Parameters
        ----------
        names : Sequence[str]
            of the next N records
        counts : Mapping[int, np.ndarray]
            pixels of each class id, by record [N]
        sizes : tuple[Any, Any], default (0, 0)
            heights [N] and widths [N], or one for all; 0: not known
        unreadable : Any, default False
            [N] bool, or one for all
        """

    def add(self, name: str, mask: np.ndarray | None, unreadable: bool = False) -> None:
        """Adds the next record.

        Parameters
        ----------
        name : str
            of the next record
        mask : np.ndarray | None
            [H, W, 1] ids; None: there is none
        unreadable : bool, default False
            True: an error stands where the record would
        """

class Scan:
    """Collects the `RecordFacts` of all records, once.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    ignore_label : int
        as for `RecordFacts`
    background : int | None, default 0
        as for `RecordFacts`
    """
    shards: Shards
    stopped: Any
    facts: RecordFacts
    def __init__(self, shards: Shards, ignore_label: int, background: int | None = 0) -> None: ...

    @property
    def done(self) -> bool:
        """True when every record was seen."""
    def steps(self) -> Iterator[int]:
        """Continues the scan; each step gives the number of records seen."""
    def status(self) -> str:
        """How far the scan is."""

    def run(self, show_progress: bool = True) -> RecordFacts:
        """Scans to the end.

        Parameters
        ----------
        show_progress : bool, default True
            a bar on stderr for long work

        Returns
        -------
        RecordFacts
            of all records
        """

    def start(self, on_news: Callable[[], None]) -> None:
        """Scans in the background; does nothing while that is going on.

        Parameters
        ----------
        on_news : Callable[[], None]
            called twice a second, and at the end
        """

def canvas_sample(shards: Shards, number: int) -> dict:
    """Reads a record, with its image as it is stored.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    number : int
        of the record over all files, from 0

    Returns
    -------
    dict
        image (bytes of its file, or [H, W, 3] uint8), mask [H, W, 1] ids, name as text

    Raises: `IndexError` beyond the last record, `DataError` for a bad one.
    """

class ClassRange(NamedTuple):
    """A class that records have, and how much of it.

    Parameters
    ----------
    id : int
        of the class
    low : float, default 0.0
        least share of the pixels, 0 to 1; there is at least one pixel
    high : float, default 1.0
        highest share; 0: records without this class
    """
    id: int
    low: float = 0.0
    high: float = 1.0

class Found(NamedTuple):
    """Records in order.

    Parameters
    ----------
    numbers : np.ndarray
        [N] int64, of the records
    groups : np.ndarray | None
        [N] int64, which group each is of; None: there are no groups
    """
    numbers: np.ndarray
    groups: np.ndarray | None

class Group(NamedTuple):
    """Records that belong together.

    Parameters
    ----------
    title : str
        what they have in common
    records : tuple[int, ...]
        their numbers
    """
    title: str
    records: tuple[int, ...]

@dataclass(frozen=True)
class Known:
    """What is known of the records that a query chooses from.

    Parameters
    ----------
    facts : RecordFacts
        of the scan, as far as it has come
    count : int
        records in all
    splits : tuple[tuple[str, int], ...], default ()
        (split, records) of each shard, in order
    marks : Mapping[int, Flag], default dict()
        the flag of each flagged record
    """
    facts: RecordFacts
    count: int
    splits: tuple[tuple[str, int], ...] = ()
    marks: Mapping[int, Flag] = ...
    def split_names(self) -> list[str]:
        """The splits that have a name, in order."""

    def split_of(self) -> np.ndarray:
        """The split of each record.

        Returns
        -------
        np.ndarray
            [count] int64: index into `split_names`, -1: of no name
        """

MOST_BARS: int

@dataclass(frozen=True)
class Query(_Conditions):
    """Says which records are wanted, in which order.

    Parameters
    ----------
    text : str, default ""
        part of a name, a tag or a note, case aside
    classes : tuple[ClassRange, ...], default ()
        classes that the record has, all of them
    size : tuple[int, int] | None, default None
        least and most pixels of the longer side
    empty : bool | None, default None
        True: no class but background and ignored; False: some class
    unreadable : bool | None, default None
        True: an error stands where the record would; False: none
    flagged : bool | None, default None
        True: flagged records; False: the others
    splits : tuple[str, ...], default ()
        names of splits, of which one fits
    tags : tuple[str, ...], default ()
        tags that the record has, all of them
    records : tuple[int, ...] | None, default None
        their numbers, in this order
    groups : tuple[Group, ...], default ()
        of which the record is in one; shown group by group
    sort : str, default ""
        one of `SORTS`; '': in their order
    by : int | None, default None
        id of the class whose share or area sorts; None: see `sort`
    reverse : bool, default False
        True: the other way round
    """

    def to_json(self) -> dict:
        """The parts that say something, as lists, numbers and texts.

        Returns
        -------
        dict
            empty where all records are wanted
        """

    @classmethod
    def from_json(cls, words: Any) -> Query | None:
        """Reads a query.

        Parameters
        ----------
        words : Any
            from the canvas or an address; further keys are left out

        Returns
        -------
        Query | None
            None: a part makes no sense
        """

SHARES: tuple[float | int, ...]

SORTS: tuple[str, ...]

class Selection(_Positions):
    """The records that are shown, in order: all as they are, or those of a query, as far as the scan has come.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    ignore_label : int
        as for `RecordFacts`
    background : int | None, default 0
        as for `RecordFacts`
    """
    shards: Shards
    scan: Scan
    query: Query
    order: Any
    group_of: Any
    def __init__(self, shards: Shards, ignore_label: int, background: int | None = 0) -> None: ...
    def __len__(self) -> int: ...

    @property
    def wants_scan(self) -> bool:
        """True when the query needs a scan that is not done."""

    def known(self, marks: Mapping[int, Flag] = ...) -> Known:
        """What queries and facets are answered from.

        Parameters
        ----------
        marks : Mapping[int, Flag], default {}
            the flag of each flagged record
        """

    def update(self, marks: Mapping[int, Flag] = ...) -> None:
        """Finds the records of the query, by what is known now.

        Parameters
        ----------
        marks : Mapping[int, Flag], default {}
            the flag of each flagged record
        """

def make_facets(numbers: np.ndarray | None, known: Known, share_of: int | None = None) -> dict:
    """Counts the records found by everything that one may filter for.

    Parameters
    ----------
    numbers : np.ndarray | None
        [N] of the records found; None: all
    known : Known
        of the records
    share_of : int | None, default None
        the class whose shares are counted; None: of none

    Returns
    -------
    dict
        JSON: lists of [name, found, all], and histograms
    """

def select_records(query: Query, known: Known) -> Found:
    """Finds records, in order.

    Parameters
    ----------
    query : Query
        what is wanted
    known : Known
        of the records

    Returns
    -------
    Found
        those that fit
    """

class FlagChanges(_FlagWriting, _FlagFile):
    """What happens when flags and tags change."""

class FlagTable(_FlagTable):
    """Flags of records by their number, and the numbers of flags.

    Parameters
    ----------
    shards
        from `open_shards`
    """

    def numbers(self, flags: Iterable[Flag]) -> set[int]:
        """The numbers of the records that flags mean; a flag of other records means none.

        Parameters
        ----------
        flags : Iterable[Flag]
            from a list
        """

class Tagging(FlagChanges):
    """How records are tagged."""
    flagged: Any

    def tag(
        self,
        numbers: int | Sequence[int],
        *tags: str,
        remove: Sequence[str] = (),
        note: str | None = None,
    ) -> None:
        """Tags records, and flags them. Raises: `IndexError` for a record that does not exist.

        Parameters
        ----------
        numbers : int | Sequence[int]
            of records
        *tags : str
            to add
        remove : Sequence[str], default ()
            tags to take away
        note : str | None, default None
            which replaces the one there; None: it stays
        """

class ThreadRoles:
    """What the present thread is doing."""

def tag_words(message: dict, records: int) -> dict | None:
    """Reads a change of tags.

    Parameters
    ----------
    message : dict
        from the canvas: numbers, add, remove and note
    records : int
        that there are

    Returns
    -------
    dict | None
        as `Tagging.tag` takes them; None: they make no sense
    """

THUMB: int

class ThumbMaker:
    """Makes thumbnails of records, and keeps the last ones.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    make : Callable[[int], dict]
        number of a record to its thumbnail, or an error

    Attributes
    ----------
    room : default 64 << 20
        bytes that are kept
    """
    room: int
    shards: Shards
    make: Callable[[int], dict]
    def __init__(self, shards: Shards, make: Callable[[int], dict]) -> None: ...

    def thumbs(self, numbers: Sequence[int]) -> list[dict]:
        """Gives thumbnails, kept ones or new ones.

        Parameters
        ----------
        numbers : Sequence[int]
            of records

        Returns
        -------
        list[dict]
            of each its thumbnail, or {'error': an exception}
        """

def make_thumb(shards: Shards, number: int, style: Style, ignore_label: int) -> dict:
    """Makes the thumbnail of a record.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    number : int
        of the record, from 0
    style : Style
        how it is drawn
    ignore_label : int
        id of pixels that do not count, or the bit of unknown ones

    Returns
    -------
    dict
        a picture as `pack_images` takes it, with the name of the record

    Raises: as `canvas_sample` does.
    """

def small_image(image: bytes | np.ndarray) -> bytes:
    """Makes an image small.

    Parameters
    ----------
    image : bytes | np.ndarray
        a PNG or JPEG file, or [H, W, 3] uint8

    Returns
    -------
    bytes
        a JPEG file
    """

def small_mask(mask: np.ndarray) -> np.ndarray:
    """Makes a mask small.

    Parameters
    ----------
    mask : np.ndarray
        [H, W, 1] ids or bits

    Returns
    -------
    np.ndarray
        [h, w, 1]
    """

@dataclass(frozen=True)
class LabelFacts:
    """Facts of the labels of a dataset. K classes that are named or occur, S splits; prints as text.

    Parameters
    ----------
    path : str
        of the shards
    ids : tuple[int, ...]
        [K] class ids, without the ignore label
    names : tuple[str, ...]
        [K] their names
    splits : tuple[str, ...]
        [S] names of splits
    records : np.ndarray
        [S] int64: records
    pixels : np.ndarray
        [S, K] int64: pixels of each class
    images : np.ndarray
        [S, K] int64: records that hold it
    together : np.ndarray
        [K, K] int64: records that hold both
    empty : np.ndarray
        [S] int64: records that hold nothing but background and ignored pixels
    unreadable : int, default 0
        records that cannot be read
    background : int | None, default None
        id of the background; None: there is none
    pieces : Pieces | None, default None
        connected regions; None: not counted
    """
    path: str
    ids: tuple[int, ...]
    names: tuple[str, ...]
    splits: tuple[str, ...]
    records: np.ndarray
    pixels: np.ndarray
    images: np.ndarray
    together: np.ndarray
    empty: np.ndarray
    unreadable: int = 0
    background: int | None = None
    pieces: Pieces | None = None

    @property
    def shares(self) -> np.ndarray:
        """The share of the labelled pixels of each split that a class has.

        Returns
        -------
        np.ndarray
            [S, K] float64, 0 to 1
        """
    def as_json(self) -> dict:
        """The facts as numbers, lists and text."""

@dataclass
class Pieces:
    """Connected regions of each class, over all records that were read.

    Parameters
    ----------
    count : dict[int, int], default dict()
        by class id
    single : dict[int, int], default dict()
        pieces of one pixel, by class id
    sizes : dict[int, list[int]], default dict()
        pixels of pieces, 10,000 a class at most
    unread : int, default 0
        records whose mask cannot be read
    """
    count: dict[int, int] = ...
    single: dict[int, int] = ...
    sizes: dict[int, list[int]] = ...
    unread: int = 0

    def add(self, mask: np.ndarray) -> None:
        """Counts the pieces of a mask.

        Parameters
        ----------
        mask : np.ndarray
            [H, W, 1] class ids
        """

    def median(self, class_id: int) -> float:
        """The size in the middle of the pieces of a class (of its first 10,000).

        Parameters
        ----------
        class_id : int
            of a class that has pieces

        Returns
        -------
        float
            pixels
        """

def label_facts(
    path: Path | str | Sequence[Path | str] | Shards,
    split: str | None = None,
    *,
    pieces: bool = False,
    show_progress: bool = True,
) -> LabelFacts:
    """Counts classes by split, together and alone, empty masks, and pieces.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str] | Shards
        shards, as for `open_shards`
    split : str | None, default None
        only this split; None: all
    pieces : bool, default False
        True: also count connected regions, which decodes every mask
    show_progress : bool, default True
        True: a bar on stderr for long work

    Raises: `ValueError` for shards without masks or, with `pieces`, with classes that overlap; errors as
    those of `open_shards`.
    Example: `label_facts("shards")`
    """

def plot_label_facts(facts: LabelFacts) -> Any:
    """Draws the shares of classes by split, and which classes come together.

    Parameters
    ----------
    facts : LabelFacts
        from `label_facts`

    Returns
    -------
    Any
        a figure of Matplotlib
    """

class MaskRepairs:
    """The repairs of records of shards, in the order in which they were made.

    Parameters
    ----------
    shards : Shards
        from `open_shards`, with masks of class ids
    """
    shards: Shards
    def __init__(self, shards: Shards) -> None: ...

    @property
    def numbers(self) -> list[int]:
        """The records that were repaired."""

    def mask(self, number: int) -> np.ndarray:
        """The mask of a record with its repairs. Raises: `DataError` for a bad record.

        Parameters
        ----------
        number : int
            of a record

        Returns
        -------
        np.ndarray
            [H, W, 1] ids, a mask of its own
        """

    def add(self, number: int, repair: Repair) -> None:
        """Adds a repair. Raises: errors as those of `reassign_component`.

        Parameters
        ----------
        number : int
            of a record
        repair : Repair
            one more, made on the mask as `mask` gives it
        """

    def undo(self, number: int) -> None:
        """Takes back the last repair of a record; nothing where there is none.

        Parameters
        ----------
        number : int
            of a record
        """

class Repair(NamedTuple):
    """A region of a mask that gets another class.

    Parameters
    ----------
    row : int
        of a pixel of the region, from the top
    column : int
        of the same, from the left
    class_id : int
        what the region becomes
    """
    row: int
    column: int
    class_id: int

class RepairKeeping(Repairing):
    """How repairs get into the dataset."""
    def keep_repairs(self) -> Updated:
        """Writes the repaired masks into the dataset. Raises: errors as those of `update_shards`."""

class Repairing(traitlets.HasTraits):
    """How a browser of records repairs masks. It has `shards`, and `_folder()`, the folder of its dataset."""

    @property
    def repairs(self) -> MaskRepairs:
        """The repairs that were made and not kept yet."""

    def repair(self, row: int, column: int, class_id: int) -> None:
        """Gives a region of the record in view another class. Raises: as `MaskRepairs.add`.

        Parameters
        ----------
        row : int
            of a pixel of the region, from the top
        column : int
            of the same, from the left
        class_id : int
            what the region becomes
        """
    def undo_repair(self) -> None:
        """Takes back the last repair of the record in view."""

def keep_repairs(repairs: MaskRepairs, folder: Path | str) -> Updated:
    """Writes repaired masks into their dataset; every other record stays byte by byte.

    Parameters
    ----------
    repairs : MaskRepairs
        of shards of the dataset
    folder : Path | str
        of the dataset

    Returns
    -------
    Updated
        what was changed

    Raises: errors as those of `update_shards`.
    """

def repaired_source(repairs: MaskRepairs) -> Source:
    """Gives repaired records as pairs of image and mask. Raises: `DataError` for a record without a name.

    Parameters
    ----------
    repairs : MaskRepairs
        with at least one repair

    Returns
    -------
    Source
        the repaired records, by their names
    """

class Viewer(
    _Relabelling,
    _ViewerRecords,
    _ViewerMessages,
    _ViewerPage,
    _ViewerOutputs,
    anywidget.AnyWidget,
):
    """Shows records on a canvas.

    Parameters
    ----------
    load : Callable[[int], dict]
        position to pictures (`pack_images`), name, number, note
    count : int
        records
    classes : Sequence[dict], default ()
        from `class_table`
    hidden : Sequence[int] | None, default None
        ids that are hidden at first; None: the background
    **meta
        what else the canvas is given, such as title and status

    Attributes
    ----------
    meta : default traitlets.Dict().tag(sync=True)
        count, classes, what the controls show
    view : default traitlets.Dict().tag(sync=True)
        alpha, hidden, solo, outline, side, wipe, ...
    flagged : default traitlets.List(traitlets.Int()).tag(sync=True)
        numbers of records
    position : default traitlets.Int(0).tag(sync=True)
        of the record in view

    Example: `Viewer(lambda k: {"pictures": [make_card(k)]}, 64)`
    """
    meta: Any
    view: Any
    flagged: Any
    position: Any
    load: Callable[[int], dict]

    def __init__(
        self,
        load: Callable[[int], dict],
        count: int,
        classes: Sequence[dict] = (),
        hidden: Sequence[int] | None = None,
        **meta,
    ) -> None: ...

    def show(self, **view) -> None:
        """Sets parts of `view`. Raises: `ValueError` for an unknown part.

        Parameters
        ----------
        **view
            alpha (0 to 1), hidden (class ids), solo (a class id, or None), outline, side (by side), wipe, theme ('dark', 'light', ''), target (its name), shown (three numbers of bands), stretch, light ({'brightness': -1 to 1, 'contrast': 0.2 to 4, 'gamma': 0.2 to 5})
        """
    def refresh(self) -> None:
        """Loads the record in view again, and shows it."""

def class_table(
    class_names: Sequence[str] = (),
    palette: Mapping | Sequence | None = None,
    ignore_label: int = ...,
    ignored: str = "ignored",
) -> list[dict]:
    """Lists the classes of a legend, the ignore label last.

    Parameters
    ----------
    class_names : Sequence[str], default ()
        by id
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; others: `default_colors`
    ignore_label : int, default IGNORE_LABEL
        the id of pixels that do not count
    ignored : str, default "ignored"
        what these are called where they have no name

    Returns
    -------
    list[dict]
        id, name and colour of each class
    """

def draw_images(
    pictures: Sequence[Mapping],
    classes: Sequence[Mapping] = (),
    maps: Mapping[str, Sequence[Mapping]] = ...,
    hidden: Sequence[int] | None = None,
    name: str = "",
    ignore: int = ...,
) -> Any:
    """Draws pictures as a figure: each image once, each mask over its image, and a legend.

    Parameters
    ----------
    pictures : Sequence[Mapping]
        as for `pack_images`
    classes : Sequence[Mapping], default ()
        from `class_table`
    maps : Mapping[str, Sequence[Mapping]], default {}
        other tables, which a picture names as its 'map'
    hidden : Sequence[int] | None, default None
        ids left clear; None: the background
    name : str, default ""
        of the record, above the pictures
    ignore : int, default IGNORE_LABEL
        id of pixels that do not count, which are striped

    Returns
    -------
    Any
        a figure: image, mask over image, ...

    Raises: `ValueError` if there is nothing to show.
    """

def number_of(message: Mapping, key: str, below: int) -> int | None:
    """A number from 0 that a message holds.

    Parameters
    ----------
    message : Mapping
        from the canvas
    key : str
        of the number
    below : int
        the first number that is too large

    Returns
    -------
    int | None
        None: there is no such number
    """

def pack_images(pictures: Sequence[Mapping]) -> tuple[list[dict], list[bytes]]:
    """Encodes pictures for the canvas.

    Parameters
    ----------
    pictures : Sequence[Mapping]
        each: image [H, W, 3], or bytes of a PNG or JPEG; mask [H, W, 1]; title

    Returns
    -------
    tuple[list[dict], list[bytes]]
        a description of each picture, and the buffers that these number

    Raises: `DataError` where image and mask differ in size, `ValueError` for a picture without both.
    """

@dataclass
class PageImages:
    """How images go into a page. Raises: `ValueError` for a number out of range.

    Parameters
    ----------
    quality : int | None, default 85
        of JPEG, 1 to 95, where that saves a third; None: exact pixels
    max_side : int, default 0
        pixels of the longer side; 0: as it is
    small : int, default 48 << 10
        bytes: smaller images stay as they are
    jpegs : int, default 0
        images that became JPEG
    reduced : int, default 0
        images that became smaller
    """
    quality: int | None = 85
    max_side: int = 0
    small: int = ...
    jpegs: int = 0
    reduced: int = 0

    @property
    def said(self) -> str:
        """What was changed, in words; '' for nothing."""

def asset(name: str) -> str:
    """The text of a file of this package.

    Parameters
    ----------
    name : str
        of a file, such as 'viewer.css'
    """

def canvas_script() -> str:
    """The script of the canvas."""

def for_page(pictures: Sequence[Mapping], images: PageImages | None) -> Sequence[Mapping]:
    """Makes pictures fit for a page. An image that several pictures share stays one.

    Parameters
    ----------
    pictures : Sequence[Mapping]
        as `pack_images` takes them
    images : PageImages | None
        how images go into the page; counts what was changed; None: as they are

    Returns
    -------
    Sequence[Mapping]
        the same, smaller
    """

def make_page(
    records: Iterable[tuple[dict, Sequence[bytes]]],
    meta: Mapping,
    view: Mapping,
    title: str = "tfrseg",
) -> str:
    """Makes a page that shows records without kernel and without network.

    Parameters
    ----------
    records : Iterable[tuple[dict, Sequence[bytes]]]
        of each record its description and its buffers
    meta : Mapping
        as of a `Viewer`
    view : Mapping
        as of a `Viewer`
    title : str, default "tfrseg"
        of the page

    Returns
    -------
    str
        HTML
    """

def make_server_page(title: str = "tfrseg") -> str:
    """Makes a page that asks its server for `meta`, `record` and `tell`.

    Parameters
    ----------
    title : str, default "tfrseg"
        of the page

    Returns
    -------
    str
        HTML
    """

def page_policy(css: str, js: str, connect: str = "'none'") -> str:
    """Writes a Content Security Policy (W3C, level 3) that allows this style and script, and nothing else.

    Parameters
    ----------
    css : str
        the style of the page
    js : str
        its script
    connect : str, default "'none'"
        where the script may ask for more

    Returns
    -------
    str
        for a meta element, or a header
    """

class FoundGroups(NamedTuple):
    """Groups of records.

    Parameters
    ----------
    groups : list[tuple[str, tuple[int, ...]]]
        title, and numbers of records, two at least
    missing : int
        links or records that are not of these shards
    """
    groups: list[tuple[str, tuple[int, ...]]]
    missing: int

class RecordNames:
    """Finds records by name, by the file of their image, or by shard and number.

    Parameters
    ----------
    names : Sequence[str]
        of each record
    shards : Sequence[tuple[str, int]], default ()
        file name and number of records of each shard, in order
    splits : Sequence[str], default ()
        of each record; (): not known
    """

    def __init__(
        self,
        names: Sequence[str],
        shards: Sequence[tuple[str, int]] = (),
        splits: Sequence[str] = (),
    ) -> None: ...

    def named(self, name: str, split: str = "") -> int | None:
        """Finds a record by its name; of several of one name the first one.

        Parameters
        ----------
        name : str
            of a record
        split : str, default ""
            that it is in; '': any

        Returns
        -------
        int | None
            its number; None: there is none
        """

    def of_image(self, path: Any, split: str = "") -> int | None:
        """Finds the record of an image file: its name is the end of the path, with or without the suffix.

        Parameters
        ----------
        path : Any
            of an image file
        split : str, default ""
            that it is in; '': any

        Returns
        -------
        int | None
            number of the record; None: there is none
        """

    def at(self, file: str, inside: int) -> int | None:
        """Finds a record by its shard.

        Parameters
        ----------
        file : str
            name of a shard
        inside : int
            number of the record there

        Returns
        -------
        int | None
            over all shards; None: there is no such shard
        """

def group_records(found: Iterable[Any] | Mapping[str, Iterable], records: RecordNames) -> FoundGroups:
    """Makes groups of records of what was found.

    Parameters
    ----------
    found : Iterable[Any] | Mapping[str, Iterable]
        findings, pairs, or lists of record numbers or names
    records : RecordNames
        which records there are

    Returns
    -------
    FoundGroups
        the groups in the order of `found`

    Raises: `TypeError` for what is neither a finding of images nor a list.
    """

MOST_THUMBS: int

class RecordBrowser(
    _LabelKeeping,
    _DatasetOfBrowser,
    RepairKeeping,
    Tagging,
    _Similar,
    _Gallery,
    _Facets,
    _PageFacts,
    _RecordInView,
    _BrowserMessages,
    Viewer,
):
    """Shows shards on a canvas.

    Parameters
    ----------
    shards : Shards
        from `open_shards`
    title : str, default ""
        of the page
    style : Style | None, default None
        how it is drawn; None: as the shards say

    Attributes
    ----------
    index : default traitlets.Int(0)
        number of the record in view

    `index` is the record in view, `record` its sample, `flagged` the numbers of flagged records, `tags` and
    `notes` what was said of them.
    """
    index: Any
    shards: Shards
    selection: Selection
    def __init__(self, shards: Shards, title: str = "", style: Style | None = None) -> None: ...

    @property
    def record(self) -> dict[str, np.ndarray]:
        """The sample in view: image [H, W, 3] uint8, mask [H, W, 1] ids, name.

        Raises: `DataError` for a bad record.
        """

def explore_records(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | str | None = None,
    palette: Mapping | Sequence | None = None,
    shown: Sequence[int | str] = (),
    stretch: Sequence[float] | None = None,
) -> RecordBrowser:
    """Browses shards in Jupyter; `to_html` makes a page of them.

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
    shown : Sequence[int | str], default ()
        bands of the image to show at first; (): as the dataset says
    stretch : Sequence[float] | None, default None
        percentages that are black and white; None: as it says

    Returns
    -------
    RecordBrowser
        a widget

    Raises: `DataError` for shards without records or of an unknown schema, `ValueError` for an unknown
    split, `OSError` for a missing path.
    Example: `explore_records("shards", "val")`
    """

def target_pictures(sample: Mapping, style: Style, ignore_label: int, **words: str) -> list[dict]:
    """Makes the pictures of each target of a sample.

    Parameters
    ----------
    sample : Mapping
        arrays [H, W, C] by name
    style : Style
        of its data set
    ignore_label : int
        id of pixels that do not count, or the bit of unknown ones
    **words : str
        of each picture, such as its title

    Returns
    -------
    list[dict]
        as `pack_images` takes them, the image first
    """

class AugmentExplorer(
    _ListByCode,
    _SeedControls,
    _Tuning,
    _Edits,
    _ListEdits,
    _Sizes,
    _AugmentPictures,
    _AugmentNotes,
    _Exchange,
    Viewer,
):
    """Shows a sample before and after augmentation, with controls. `operation`, `seed` and `code` can be read.

    Parameters
    ----------
    load : Callable[[int], Mapping]
        position to sample: image [H, W, 3], mask [H, W, 1], name
    count : int
        samples
    operations : Sequence[Operation]
        at first
    classes : Sequence[dict]
        from `class_table`
    seed : int, default 0
        at first
    label : int | None, default None
        the ignore label of the data; None: what the operations fill with
    mask_fill : int, default IGNORE_LABEL
        of the `Compose` of the operations, as `Compose.mask_fill`
    style : Style | None, default None
        of samples with a table of their own; None: RGB and class ids

    Attributes
    ----------
    panel : default traitlets.Dict().tag(sync=True)
        rows of operations with their controls, seed, mode, errors
    """
    panel: Any
    operation: Any

    def __init__(
        self,
        load: Callable[[int], Mapping],
        count: int,
        operations: Sequence[Operation],
        classes: Sequence[dict],
        seed: int = 0,
        label: int | None = None,
        mask_fill: int = ...,
        style: Style | None = None,
    ) -> None: ...

    @property
    def code(self) -> str:
        """The operations as a program."""

MODES: tuple[str, str, str]

@dataclass(eq=False)
class OperationRow:
    """An operation as it is tuned: values that may be refused, and the last that were not.

    Parameters
    ----------
    valid : Operation
        the last operation that was made
    values : dict
        by name of the field; of operations inside: their rows
    muted : bool, default False
        it does nothing
    open : bool, default True
        its controls are shown
    error : str, default ""
        why its values are refused
    number : int, default field(default_factory=counter(1).__next__)
        of the row, to speak of it
    """
    valid: Operation
    values: dict
    muted: bool = False
    open: bool = True
    error: str = ""
    number: int = ...
    def operation(self) -> Operation:
        """Makes the operation. Raises: `ValueError` where it, or one inside, refuses its values."""

class OperationRows(list):
    """The rows of operations in a row.

    Attributes
    ----------
    single : default False
        whether there is always exactly one
    """
    single: bool
    def operations(self) -> tuple[Operation, ...] | Operation:
        """Makes all operations; one alone where it is single. Raises: `ValueError` for refused values."""
    def every(self) -> Iterator[tuple[OperationRow, OperationRows]]:
        """Gives all rows with the rows that they stand in, however deep."""

def explore_augment(
    data: Any,
    operations: Operation | Sequence[Operation] | str | None = None,
    *,
    seed: int = 0,
    class_names: Sequence[str] = (),
    palette: Mapping | Sequence | None = None,
) -> AugmentExplorer:
    """Shows operations with controls beside what they make of samples, in Jupyter.

    Parameters
    ----------
    data : Any
        a sample, a list of them, a `Source`, or a path of shards
    operations : Operation | Sequence[Operation] | str | None, default None
        at first, or 'natural:256'
    seed : int, default 0
        of the first draw
    class_names : Sequence[str], default ()
        by id; sources and shards bring theirs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; the same

    Returns
    -------
    AugmentExplorer
        a widget

    Raises: `TypeError` for what has no samples or is not an operation, `ValueError` for an unknown preset,
    `DataError` for bad shards.
    Example: `explore_augment("shards", "natural:256")`
    """

def rows_of(operations: Operation | Sequence[Operation]) -> OperationRows:
    """Makes rows of operations.

    Parameters
    ----------
    operations : Operation | Sequence[Operation]
        a single one stays single

    Returns
    -------
    OperationRows
        whose `operations()` are equal
    """

class ModelAnswers:
    """What a model predicts for samples. Raises as `as_predictor`, and `DataError` for other classes.

    Parameters
    ----------
    model : Any
        a Keras model, a method of one, its path, a function, or a `Predictor`
    samples : Any
        the truth, with `labels` and `where`
    how : tuple, default ()
        tile and overlap, as for `predict_each`
    """
    labels: Any
    predictor: Any
    how: tuple
    kind: Any
    lines: list[Any]
    named: Any
    def __init__(self, model: Any, samples: Any, how: tuple = ()) -> None: ...

    def __call__(self, batch: Sequence[Mapping]) -> list[np.ndarray]:
        """Predicts.

        Parameters
        ----------
        batch : Sequence[Mapping]
            samples: image [H, W, C], name, number

        Returns
        -------
        list[np.ndarray]
            ids [H, W, 1] of each
        """

class ClassScores(NamedTuple):
    """The IoU of each class in each record where it occurs.

    Parameters
    ----------
    records : np.ndarray
        [M] int64, positions, sorted
    classes : np.ndarray
        [M] int64, ids
    iou : np.ndarray
        [M] float, 0 to 1
    """
    records: np.ndarray
    classes: np.ndarray
    iou: np.ndarray

class Compared(_ComparedRecords):
    """Truth and predictions of records, packed, and counted.

    Parameters
    ----------
    labels : LabelMap
        names of the classes; `ignore_label` is that of the packed masks
    models : dict[str, PairCounts]
        counts by the name of what predicts
    where : str
        what the records are
    lines : list[str]
        what was taken for granted, found out, or left out
    total : int | None, default None
        records that there are; None: not known
    shards : Any, default None
        that they are of; None: none
    palette : Any, default None
        (r, g, b) by id
    names : list[str], default list()
        of each record
    numbers : list[int], default list()
        of each record, in the data
    truth : list[PackedMask], default list()
        of each record
    predicted : dict[str, list], default dict()
        packed masks by name of what predicts
    pictures : list, default list()
        image [H, W, 3] of each record; None: it is read again
    again : Callable | None, default None
        (number) to the image, read again
    """

    def image(self, record: int) -> Any:
        """The image of a record.

        Parameters
        ----------
        record : int
            position

        Returns
        -------
        Any
            [H, W, 3] uint8, or the bytes of a file
        """

    def confusion(self, model: str) -> Confusion:
        """Pixels by true and predicted class, over all records.

        Parameters
        ----------
        model : str
            its name
        """

class PackedMask(NamedTuple):
    """Ids of one mask, compressed.

    Parameters
    ----------
    size : tuple[int, int]
        (height, width), pixels
    dtype : str
        of the ids, 'uint8' or 'uint16'
    data : bytes
        the ids row by row, zlib
    """
    size: tuple[int, int]
    dtype: str
    data: bytes

    @property
    def ids(self) -> np.ndarray:
        """The ids [H, W, 1]."""

class PairCounts:
    """Pixels by record, true class and predicted class, of the pairs that occur."""
    pixels: list[Any]
    def __init__(self) -> None: ...
    def __len__(self) -> int: ...

    @cached_property
    def rows(self) -> np.ndarray:
        """Record, true class, predicted class and pixels of each pair: [M, 4] int64, sorted by record."""

    def add(self, truth: np.ndarray, predicted: np.ndarray, ignore_label: int) -> int:
        """Counts the next record.

        Parameters
        ----------
        truth : np.ndarray
            ids [H, W, 1]
        predicted : np.ndarray
            ids [H, W, 1]
        ignore_label : int
            id of pixels that do not count

        Returns
        -------
        int
            pixels that the prediction alone ignores
        """

class Samples(NamedTuple):
    """Samples with masks, one after the other.

    Parameters
    ----------
    each : Iterator[dict]
        image [H, W, C] for the model, mask, name, number, split; picture
    where : str
        what they are
    count : int | None, default None
        of them; None: not known
    labels : LabelMap | None, default None
        None: nobody names the classes
    lines : tuple[str, ...], default ()
        what was taken for granted
    shards : Any, default None
        that they are of; None: none
    again : Callable | None, default None
        (number) to the picture, read again; None: it is kept
    """
    each: Iterator[dict]
    where: str
    count: int | None = None
    labels: LabelMap | None = None
    lines: tuple[str, ...] = ()
    shards: Any = None
    again: Callable | None = None

def answers_of(predict: Any, samples: Samples, how: tuple = ()) -> Callable:
    """Opens what is compared with the truth. Raises: `TypeError` for anything else.

    Parameters
    ----------
    predict : Any
        a model, its path, a function, masks or scores, a folder of masks, or shards
    samples : Samples
        the truth
    how : tuple, default ()
        tile and overlap, as for `predict_each`

    Returns
    -------
    Callable
        samples to ids [H, W, 1], None of one without; with `labels`, `lines` and `named`
    """

def class_scores(rows: np.ndarray) -> ClassScores:
    """Measures each class in each record.

    Parameters
    ----------
    rows : np.ndarray
        [M, 4] of `PairCounts`
    """

def compare_records(
    samples: Samples,
    answers: Mapping[str, Callable],
    n: int | None = None,
    *,
    class_names: Sequence[str] = (),
    palette: Mapping | Sequence | None = None,
    ignore_label: int | None = None,
    show_progress: bool = True,
) -> Compared:
    """Goes through truth and predictions, and keeps what a comparison shows.

    Parameters
    ----------
    samples : Samples
        from `samples_of`
    answers : Mapping[str, Callable]
        from `answers_of`, by name
    n : int | None, default None
        records to compare; None: all
    class_names : Sequence[str], default ()
        by id; (): as the data says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: as the data says
    ignore_label : int | None, default None
        id that does not count; None: as the data says, or 255
    show_progress : bool, default True
        a bar on stderr for long work

    Raises: `ValueError` where there is nothing to compare, `DataError` for masks that do not fit.
    """

def pack_mask(ids: np.ndarray) -> PackedMask:
    """Compresses a mask.

    Parameters
    ----------
    ids : np.ndarray
        [H, W, 1], 0 to 65535
    """

def record_iou(scores: ClassScores, count: int, class_id: int | None = None) -> np.ndarray:
    """Finds the IoU of each record.

    Parameters
    ----------
    scores : ClassScores
        of all records
    count : int
        N, records
    class_id : int | None, default None
        of one class; None: the mean over the classes of each record

    Returns
    -------
    np.ndarray
        [N] float, 0 to 1; NaN where there is none
    """

def samples_of(
    data: Iterable | Path | str | Shards | Source,
    split: str | None = None,
    ignore_label: int | None = None,
) -> Samples:
    """Opens the truth. Raises: `TypeError` for data of another kind, `DataError` for what has no masks.

    Parameters
    ----------
    data : Iterable | Path | str | Shards | Source
        shards, a path, a source, a pipeline, batches, samples
    split : str | None, default None
        of a path; None: 'val', or 'test', or all
    ignore_label : int | None, default None
        id that does not count; None: as the data says
    """

class Comparison(_ComparedNumbers, _ComparedOutputs, _ComparedFlags, _ComparedQueries, Viewer):
    """Shows truth and predictions, worst first.

    Parameters
    ----------
    compared : Compared
        from `compare_records`
    title : str, default ""
        of the page

    `scores`, `confusion`, `sample_iou`, `order`, `samples`, `lines` can be read; `select` sorts, filters.
    """
    compared: Compared
    lines: tuple[Any, ...]
    samples: Any
    confusions: Any
    query: ComparisonQuery
    order: Any
    def __init__(self, compared: Compared, title: str = "") -> None: ...

@dataclass(frozen=True)
class ComparisonQuery:
    """Says which records of a comparison are wanted, in which order.

    Parameters
    ----------
    text : str, default ""
        part of a name, case aside
    sort : str, default ""
        '' (lowest mean IoU first), 'iou' of a class, 'difference', 'order'
    by : int | None, default None
        the class of 'iou'
    cell : tuple[int, int] | None, default None
        true and predicted class; None: any
    model : int, default 0
        whose predictions are judged, from 0
    flagged : bool, default False
        True: flagged records alone
    reverse : bool, default False
        True: the other way round
    """
    text: str = ""
    sort: str = ""
    by: int | None = None
    cell: tuple[int, int] | None = None
    model: int = 0
    flagged: bool = False
    reverse: bool = False

    def to_json(self) -> dict:
        """The same for the canvas.

        Returns
        -------
        dict
            empty where all records are wanted, worst first
        """

def compare(
    data: Iterable | str | Path | Shards | Source,
    predict: Any,
    *,
    split: str | None = None,
    n: int | None = 64,
    class_names: Sequence[str] = (),
    palette: Mapping | Sequence | None = None,
    ignore_label: int | None = None,
    tile: tuple[int, int] | int | None = None,
    overlap: int | None = None,
    show_progress: bool = True,
) -> Comparison:
    """Shows truth and predictions on the canvas, worst first.

    Parameters
    ----------
    data : Iterable | str | Path | Shards | Source
        shards, a path of them, a source, a pipeline of `make_dataset`, batches (images, masks), or samples
    predict : Any
        a model, its path, a function, masks, a folder of masks, other shards, or two by name
    split : str | None, default None
        of a path; None: 'val', or 'test', or all
    n : int | None, default 64
        samples to compare; None: all
    class_names : Sequence[str], default ()
        by id; (): as the data says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: as the data says
    ignore_label : int | None, default None
        id that does not count; None: as the data says, or 255
    tile : tuple[int, int] | int | None, default None
        (height, width), pixels; None: as the model wants
    overlap : int | None, default None
        pixels that tiles share; None: a quarter of a tile
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Comparison
        a widget

    Raises: `ValueError` where there is nothing to compare, `TypeError` for data of another kind,
    `DataError` for shards without masks and masks that do not fit, `OSError` for a missing path.
    Example: `compare("shards", {"old": "old.keras", "new": model}).select(cell=("road", "car"))`
    """

def query_from_json(words: Any, models: int, classes: int) -> ComparisonQuery | None:
    """Reads a query. Words that it does not know are left out.

    Parameters
    ----------
    words : Any
        from the canvas
    models : int
        how many there are
    classes : int
        K

    Returns
    -------
    ComparisonQuery | None
        None: invalid words
    """

class ViewerServer(_ViewerAnswers, _ConnectionLimits, ThreadingHTTPServer):
    """Serves one viewer to this machine alone, at `url`.

    Parameters
    ----------
    viewer : Viewer
        what is shown
    port : int, default 0
        1 to 65535; 0: one that is free

    Attributes
    ----------
    longest : default 1 << 20
        bytes of a message

    Raises: `ValueError` for an invalid port, `OSError` for one that is taken.
    """
    daemon_threads: bool
    block_on_close: bool
    longest: int
    viewer: Viewer
    lock: Any
    token: Any
    asking: dict[Any, Any]
    open: int
    host: str
    url: str
    def __init__(self, viewer: Viewer, port: int = 0) -> None: ...

    def handle_error(self, request, client_address):
        """Prints one line of an error, and nothing of a page that was closed.

        Parameters
        ----------
        request
            a socket
        client_address
            (address, port)
        """

def record_bytes(record: dict, buffers: list[bytes]) -> bytes:
    """Packs a record into one answer: four bytes of length (little endian), JSON, buffers.

    Parameters
    ----------
    record : dict
        its description
    buffers : list[bytes]
        images and masks, which the description numbers

    Returns
    -------
    bytes
        both in one
    """

def serve_viewer(viewer: Viewer, port: int = 0) -> ViewerServer:
    """Makes a server of one viewer for this machine alone.

    Parameters
    ----------
    viewer : Viewer
        such as from `explore_records`
    port : int, default 0
        1 to 65535; 0: one that is free

    Returns
    -------
    ViewerServer
        has a `url`; `serve_forever()` answers until `shutdown()`

    Raises: `ValueError` for an invalid port, `OSError` for one that is taken.
    Example: `serve_viewer(explore_records("shards")).url`
    """

class WorstEpoch(NamedTuple):
    """The worst samples of an epoch.

    Parameters
    ----------
    epoch : int
        from 1
    mean_iou : float
        over all samples that are predicted, 0 to 1
    names : list[str]
        of the worst samples, worst first
    iou : list[float]
        the mean IoU of each of them, 0 to 1
    """
    epoch: int
    mean_iou: float
    names: list[str]
    iou: list[float]

class WorstSamples(_WorstShowing, keras.callbacks.Callback):
    """Keeps the worst samples of each epoch in a folder, and shows them in TensorBoard.

    Parameters
    ----------
    data : Iterable | str | Path | Shards | Source
        with masks, as for `compare`
    folder : str | Path
        of what is kept; new, empty, or of an earlier training
    k : int, default 4
        worst samples of an epoch
    n : int, default 64
        samples that are predicted; they stay in memory
    split : str | None, default None
        of a path; None: 'val', or 'test', or all
    keep : int, default 20
        epochs whose pictures stay
    every : int, default 1
        epochs from one look to the next
    tensorboard : str | Path | None, default None
        folder of its logs; None: none are written
    tile : tuple[int, int] | int | None, default None
        (height, width), pixels; None: as the model wants
    class_names : Sequence[str], default ()
        by id; (): as the data says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: as the data says
    ignore_label : int | None, default None
        id that does not count; None: as the data says, or 255

    Raises: as `compare` for data, as `LabelMap` for a palette; `FileExistsError` for a folder of other files.
    Example: `model.fit(train, epochs=5, callbacks=[WorstSamples("shards", "worst", tensorboard="logs")])`
    """
    folder: Any
    k: int
    keep: int
    every: int
    epochs: Any
    tensorboard: str | Path | None

    def __init__(
        self,
        data: Iterable | str | Path | Shards | Source,
        folder: str | Path,
        k: int = 4,
        n: int = 64,
        *,
        split: str | None = None,
        keep: int = 20,
        every: int = 1,
        tensorboard: str | Path | None = None,
        tile: tuple[int, int] | int | None = None,
        class_names: Sequence[str] = (),
        palette: Mapping | Sequence | None = None,
        ignore_label: int | None = None,
    ) -> None: ...

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Predicts the samples, and keeps the worst.

        Parameters
        ----------
        epoch : int
            from 0
        logs : dict | None, default None
            not used
        """

def draw_records(
    samples: Sequence[Mapping],
    labels: LabelMap | None = None,
    augment: Callable | None = None,
    seed: int = 0,
    style: Style | None = None,
) -> Any:
    """Draws samples as rows: image, mask, overlay, every other target, and two augmented ones.

    Parameters
    ----------
    samples : Sequence[Mapping]
        image [H, W, 3] uint8; in all or none of them mask [H, W, 1]
    labels : LabelMap | None, default None
        gives colours and names of classes
    augment : Callable | None, default None
        (sample, seed) to a sample; None: two columns less
    seed : int, default 0
        of the first sample's draws; each next sample has the next seed
    style : Style | None, default None
        of a data set of other pixels; None: RGB of 8 bits and class ids

    Returns
    -------
    Any
        a figure of Matplotlib, a row for each sample

    Example: `draw_records([make_card(0)])`
    """

def save_figure(figure: Any, path: Path | str, dpi: int = 160) -> None:
    """Writes a figure, whole or not at all.

    Parameters
    ----------
    figure : Any
        from `draw_records`, or any other of Matplotlib
    path : Path | str
        a file, local or remote; the suffix tells the format, without one it is PNG
    dpi : int, default 160
        pixels an inch

    Raises: `ValueError` for a format that Matplotlib does not know, `OSError` for a path that cannot be
    written.
    """

def show_batch(
    batch: Any,
    n: int = 4,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    *,
    normalize: Any = None,
    ignore_label: int | None = None,
    shown: Sequence[int | str] = (),
    stretch: Sequence[float] | None = None,
) -> Any:
    """Draws what a model gets: the first samples of a batch, class shares, and what looks wrong.

    Parameters
    ----------
    batch : Any
        (images, masks), a dict, samples, a pipeline, or shards
    n : int, default 4
        samples to show
    class_names : Sequence[str] | None, default None
        by id, for the legend; None: as the shards say
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: as the shards say
    normalize : Any, default None
        the `Normalize` to be undone; None: none
    ignore_label : int | None, default None
        id of pixels to hatch; None: as the shards say, or 255
    shown : Sequence[int | str], default ()
        bands of the image to show; (): as the data set says
    stretch : Sequence[float] | None, default None
        percentages that are black and white; None: as it says

    Returns
    -------
    Any
        a figure: images, overlays, and what looks wrong in red

    Raises: `ValueError` for an empty batch, `TypeError` for what is not a batch, `DataError` for bad shards.
    Example: show_batch("shards")
    """

def write_whole(path: Path | str, data: bytes) -> None:
    """Writes a file, whole or not at all. Raises: `OSError` that names the file.

    Parameters
    ----------
    path : Path | str
        a file, new or not, a link to one, a device or a pipe; or one in a bucket
    data : bytes
        all of it
    """
