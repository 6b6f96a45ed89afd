# Written by tools/stubs.py from the sources; do not edit.
"""Look: summaries, a viewer, and explorers of records, augmentations and predictions."""

import anywidget
import ipywidgets as widgets
import numpy as np
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from ..augmenter import Operation
from ..display import Style
from .browser import (
    _FlagChanges, _FlagFile, _FlagKeeping, _IndexChanges, _LabelKeeping, _RecordInView, _Selecting,
)
from .comparison import _ComparisonRecords
from .server import _ConnectionLimits, _ViewerAnswers
from .tuner import _AugmentPictures, _OperationControls, _SeedControls
from .viewer import _Relabelling, _ViewerMessages, _ViewerOutputs, _ViewerPage, _ViewerRecords
from ..storage import LabelMap, Schema, Shards, Target, TargetStats, ValueCounts
from ..training import Confusion

__all__ = [
    "AugmentExplorer", "ClassRow", "Comparison", "OperationPanel", "PageImages", "Panels", "Query",
    "RecordBrowser", "RecordFacts", "Scan", "Selection", "Summary", "ValueRow", "Viewer", "ViewerServer",
    "as_code", "asset", "canvas_sample", "canvas_script", "class_table", "compare", "draw_images",
    "draw_records", "explore_augment", "explore_records", "for_page", "make_control", "make_page",
    "make_server_page", "mean_maps", "number_of", "pack_images", "page_policy", "plain_value", "plot_summary",
    "plot_values", "record_bytes", "save_figure", "serve_viewer", "show_batch", "summarize",
    "target_pictures", "targets_in_words", "value_lines", "value_rows", "write_whole",
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

@dataclass(frozen=True)
class Query:
    """Says which records are wanted, in which order.

    Parameters
    ----------
    text : str, default ""
        part of a name, case aside
    class_id : int | None, default None
        that the record has; None: any
    sort : str, default ""
        '' (as they are), 'rarest' or 'largest' first
    only_flagged : bool, default False
        True: flagged records alone
    """
    text: str = ""
    class_id: int | None = None
    sort: str = ""
    only_flagged: bool = False

    @property
    def needs_facts(self) -> bool:
        """True when only a scan of all records can answer."""

    @property
    def words(self) -> dict[str, str]:
        """The same for the canvas: text, filter ('', 'flagged', '4' or 'flagged 4') and sort."""

    @classmethod
    def from_words(cls, words: Mapping) -> Query | None:
        """Reads the query of the canvas; unknown words are left out.

        Parameters
        ----------
        words : Mapping
            from the canvas

        Returns
        -------
        Query | None
            None: invalid words
        """

class RecordBrowser(
    _LabelKeeping,
    _FlagKeeping,
    _FlagFile,
    _FlagChanges,
    _Selecting,
    _RecordInView,
    _IndexChanges,
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

    `index` is the record in view, `record` its sample, `flagged` the numbers of flagged records.
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

class RecordFacts:
    """Names and class areas of the first records, as far as they were scanned.

    Parameters
    ----------
    ignore_label : int
        id of pixels that do not count
    background : int | None, default 0
        id of the background, which has no area; None: there is none
    classes : int, default 0
        K, where masks hold bits of classes that overlap; 0: they hold ids
    """
    ignore_label: int
    background: int | None
    classes: int
    names: list[Any]
    def __init__(self, ignore_label: int, background: int | None = 0, classes: int = 0) -> None: ...
    def __len__(self) -> int: ...

    def add_all(self, names: Sequence[str], counts: Mapping[int, np.ndarray]) -> None:
        """Adds the next records.

        Parameters
        ----------
        names : Sequence[str]
            of the next N records
        counts : Mapping[int, np.ndarray]
            pixels of each class id, by record [N]
        """

    def add(self, name: str, mask: np.ndarray | None) -> None:
        """Adds the next record.

        Parameters
        ----------
        name : str
            of the next record
        mask : np.ndarray | None
            [H, W, 1] ids; None: there is none
        """

    def select(self, text: str = "", class_id: int | None = None, sort: str = "") -> np.ndarray:
        """Finds records by name and class, in order.

        Parameters
        ----------
        text : str, default ""
            part of a name, case aside
        class_id : int | None, default None
            that the record has; None: any
        sort : str, default ""
            '' (as they are), 'rarest' or 'largest' first

        Returns
        -------
        np.ndarray
            numbers of records
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

class Selection:
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
    def __init__(self, shards: Shards, ignore_label: int, background: int | None = 0) -> None: ...
    def __len__(self) -> int: ...

    @property
    def wants_scan(self) -> bool:
        """True when the query needs a scan that is not done."""

    def update(self, flagged: Sequence[int] = ()) -> None:
        """Finds the records of the query, by what is known now.

        Parameters
        ----------
        flagged : Sequence[int], default ()
            numbers of flagged records
        """

    def number(self, position: int) -> int:
        """The record at a position.

        Parameters
        ----------
        position : int
            on the canvas, from 0

        Returns
        -------
        int
            of the record
        """

    def position(self, number: int) -> int:
        """The position of a record.

        Parameters
        ----------
        number : int
            of the record

        Returns
        -------
        int
            on the canvas; 0 where it is not shown
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

class AugmentExplorer(_AugmentPictures, _SeedControls, _OperationControls, widgets.VBox):
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
    mask_fill : int, default IGNORE_LABEL
        id of what an operation leaves empty
    style : Style | None, default None
        of samples with a table of their own; None: RGB and class ids
    """
    operation: Any
    viewer: Viewer

    def __init__(
        self,
        load: Callable[[int], Mapping],
        count: int,
        operations: Sequence[Operation],
        classes: Sequence[dict],
        seed: int = 0,
        mask_fill: int = ...,
        style: Style | None = None,
    ) -> None: ...

    @property
    def seed(self) -> int:
        """The seed of the draw; it can be set."""
    @seed.setter
    def seed(self, value: int):
        """Parameters
        ----------
        value : int
            any whole number
        """

    @property
    def code(self) -> str:
        """The operations as a program."""

class OperationPanel(widgets.VBox):
    """Shows controls for the fields of an operation.

    Parameters
    ----------
    operation : Operation
        at first
    on_change : Callable[[], None]
        called when a control was moved
    """
    def __init__(self, operation: Operation, on_change: Callable[[], None]) -> None: ...

    @property
    def operation(self) -> Operation:
        """The operation that the controls describe. Raises: `ValueError` where it refuses its parameters."""

class Panels(widgets.VBox):
    """Shows panels one below the other.

    Parameters
    ----------
    operations : Sequence[Operation]
        at first
    on_change : Callable[[], None]
        called when a control was moved
    """
    def __init__(self, operations: Sequence[Operation], on_change: Callable[[], None]) -> None: ...

    @property
    def operations(self) -> tuple:
        """The operations that the panels describe."""

def as_code(operation: Operation | Sequence[Operation], indent: str = "") -> str:
    """Writes an operation as the code that makes it.

    Parameters
    ----------
    operation : Operation | Sequence[Operation]
        one, or several
    indent : str, default ""
        before each line but the first

    Returns
    -------
    str
        an expression; needs the names of its classes
    """

def explore_augment(
    data: Any,
    operations: Operation | Sequence[Operation] | str | None = None,
    *,
    seed: int = 0,
    class_names: Sequence[str] = (),
    palette: Mapping | Sequence | None = None,
) -> AugmentExplorer:
    """Shows sliders for augmentation, in Jupyter.

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

def make_control(name: str, value: Any, length: int | None = None) -> widgets.Widget:
    """Makes a control for a value.

    Parameters
    ----------
    name : str
        stands beside it
    value : Any
        at first
    length : int | None, default None
        of a tuple of fixed length; None: any length

    Returns
    -------
    widgets.Widget
        has the value as `.value`, or as `.literal` where it is typed
    """

def plain_value(value: Any) -> Any:
    """Gives a value without NumPy.

    Parameters
    ----------
    value : Any
        of a parameter

    Returns
    -------
    Any
        numbers of Python, and tuples instead of arrays and lists
    """

class Comparison(_ComparisonRecords, Viewer):
    """Shows truth and prediction, worst first. `scores`, `confusion`, `sample_iou` and `order` can be read.

    Parameters
    ----------
    samples : Sequence[Mapping]
        image [H, W, 3], mask [H, W, 1], name
    predicted : Sequence[np.ndarray]
        ids, as large as the masks
    class_names : Sequence[str], default ()
        by id
    palette : Any, default None
        (r, g, b) by id
    ignore_label : int, default IGNORE_LABEL
        id in the truth of pixels that do not count
    source : str, default ""
        what the samples are, for the status line
    """
    samples: Sequence[Mapping]
    predicted: Sequence[np.ndarray]
    ignore_label: int
    confusions: Any
    sample_iou: Any
    order: Any

    def __init__(
        self,
        samples: Sequence[Mapping],
        predicted: Sequence[np.ndarray],
        class_names: Sequence[str] = (),
        palette: Any = None,
        ignore_label: int = ...,
        source: str = "",
    ) -> None: ...

    @property
    def confusion(self) -> Confusion:
        """The table of true and predicted classes over all samples; `confusion.plot()` draws it."""

    @property
    def scores(self) -> dict[str, float]:
        """IoU of each class over all samples, by name; without classes that occur nowhere."""

    @property
    def mean_iou(self) -> float:
        """The mean of `scores`."""

def compare(
    data: Iterable | str | os.PathLike,
    predict: Callable | Sequence,
    *,
    split: str | None = None,
    n: int = 64,
    class_names: Sequence[str] = (),
    palette: Mapping | Sequence | None = None,
    ignore_label: int | None = None,
) -> Comparison:
    """Shows truth and prediction on the canvas, worst first.

    Parameters
    ----------
    data : Iterable | str | os.PathLike
        batches (images, masks), samples, or a path of shards
    predict : Callable | Sequence
        [B, H, W, 3] to ids or scores; or these, one a sample
    split : str | None, default None
        of shards; None: 'val', or 'test', or all
    n : int, default 64
        samples to compare
    class_names : Sequence[str], default ()
        by id; shards bring theirs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; the same
    ignore_label : int | None, default None
        id that does not count; None: as the shards say, or 255

    Returns
    -------
    Comparison
        a widget

    Raises: `ValueError` where there is nothing to compare, `TypeError` for data of another kind,
    `DataError` for shards without masks.
    Example: `compare("shards", model.predict)`
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
