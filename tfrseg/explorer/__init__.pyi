# Written by tools/stubs.py from the sources; do not edit.
"""Look: summaries, a viewer, and explorers of records, augmentations and predictions."""

import anywidget
import ipywidgets as widgets
import numpy as np
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from matplotlib.figure import Figure
from pathlib import Path
from typing import Any, ClassVar
from ..augmenter import Operation
from ..storage import DatasetInfo, Flag, Schema, Shards

__all__ = [
    "AugmentExplorer", "Comparison", "OperationPanel", "Panels", "Places", "RecordBrowser", "RecordFacts",
    "RecordReader", "Scan", "Selection", "Several", "Summary", "Typed", "Viewer", "ViewerServer", "as_code",
    "class_iou", "class_table", "compare", "count_confusion", "draw_images", "draw_records",
    "explore_augment", "explore_records", "make_control", "make_page", "make_server_page", "mean_maps",
    "pack_images", "page_policy", "plain_value", "plot_summary", "record_bytes", "save_figure",
    "serve_viewer", "summarize", "told_number", "write_whole",
]

@dataclass(frozen=True)
class Summary:
    """What a data set holds; prints as text, shows as a table in Jupyter."""
    path: str
    facts: dict[str, str]
    classes: tuple[tuple, ...]
    assumptions: tuple[str, ...] = ()
    columns: ClassVar[tuple[str, ...]]
    shown = 100

def mean_maps(
    samples: Sequence[Mapping],
    size: tuple[int, int] = (48, 64),
) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """The mean image, and for each class where it lies, over pictures stretched to one size.

    Parameters
    ----------
    samples : Sequence[Mapping]
        image [H, W, 3] and perhaps mask [H, W, 1] each
    size : tuple[int, int], default (48, 64)
        of the grid: rows and columns

    Returns
    -------
    tuple[np.ndarray, dict[int, np.ndarray]]
        mean image [h, w, 3] uint8; by id, share of samples [h, w], 0 to 1
    """

def plot_summary(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | None = None,
    palette: Mapping | Sequence | None = None,
    looked_at: int = 64,
) -> Figure:
    """A data set on one figure.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `read_dataset`
    split : str | None, default None
        only this split; None: all
    schema : Schema | None, default None
        None: as the info or the first record says
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for raw masks that hold colours
    looked_at : int, default 64
        records that the maps are made from

    Returns
    -------
    Figure
        shares, sizes, mean image, and a map for each class
    """

def summarize(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | None = None,
    palette: Mapping | Sequence | None = None,
    show_progress: bool = True,
) -> Summary:
    """Records, sizes, shards, schema, and for each class pixels, share, images and the weight it has in training.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        shards, as for `read_dataset`
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
    Summary
        facts and a table of classes
    """

class Viewer(anywidget.AnyWidget):
    """Records on a canvas. `load(position)` gives one: pictures (see `pack_images`), name, number, note, code."""
    about: Any
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
        **about,
    ) -> None: ...
    def set_state(self, sync_data: dict) -> None:
        """The front end sets traits; those that they cannot be stay as they are."""
    def renew(self) -> None:
        """Loads the record in view again, and shows it."""
    def show(self, **view) -> None:
        """Sets parts of `view`: alpha (0 to 1), hidden (class ids), outline, side (by side), theme ('dark', 'light', '')."""
    def figure(self, position: int = 0) -> Figure:
        """The record at a position as a figure, with the classes hidden that are hidden."""
    def to_html(self, positions: Sequence[int] | None = None, title: str = "tfrseg") -> str:
        """A page with the records at some positions, by default all, that needs neither kernel nor network."""
    def png(self) -> dict[str, str]:
        """The figure as an output of a notebook, by its MIME type; empty where nothing can be drawn."""

def class_table(
    class_names: Sequence[str] = (),
    palette: Mapping | Sequence | None = None,
    ignore_label: int = ...,
) -> list[dict]:
    """The classes of a legend, the ignore label last.

    Parameters
    ----------
    class_names : Sequence[str], default ()
        by id
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; ids without one get VOC's
    ignore_label : int, default IGNORE_LABEL
        the id of pixels that do not count

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
) -> Figure:
    """Pictures as a figure: each image once, and each mask over its image.

    Parameters
    ----------
    pictures : Sequence[Mapping]
        as for `pack_images`
    classes : Sequence[Mapping], default ()
        from `class_table`
    maps : Mapping[str, Sequence[Mapping]], default {}
        other tables of classes, for pictures that name one as 'map'
    hidden : Sequence[int] | None, default None
        ids left clear; None: the background, as `background_id` says

    Returns
    -------
    Figure
        image, mask over image, ...
    """

def make_page(
    records: Sequence[tuple[dict, Sequence[bytes]]],
    about: Mapping,
    view: Mapping,
    title: str = "tfrseg",
) -> str:
    """One page that shows records with neither kernel nor network.

    Parameters
    ----------
    records : Sequence[tuple[dict, Sequence[bytes]]]
        what the canvas is told of each, and its buffers
    about : Mapping
        as a `Viewer` has it
    view : Mapping
        the same
    title : str, default "tfrseg"
        of the page

    Returns
    -------
    str
        HTML
    """

def make_server_page(title: str = "tfrseg") -> str:
    """The page that asks the server it came from for records: its `about`, `record` and `tell`.

    Parameters
    ----------
    title : str, default "tfrseg"
        of the page

    Returns
    -------
    str
        HTML
    """

def pack_images(pictures: Sequence[Mapping]) -> tuple[list[dict], list[bytes]]:
    """Pictures as the canvas takes them. Raises `DataError` where image and mask differ in size.

    Parameters
    ----------
    pictures : Sequence[Mapping]
        each: image ([H, W, 3], or the bytes of a PNG or JPEG), mask [H, W, 1] ids, title

    Returns
    -------
    tuple[list[dict], list[bytes]]
        what the canvas is told of each, and the buffers that this points into
    """

def page_policy(css: str, js: str, asks: str = "'none'") -> str:
    """A Content Security Policy (W3C, level 3) under which this style and this script work, and nothing else.

    Parameters
    ----------
    css : str
        the page's style
    js : str
        its script
    asks : str, default "'none'"
        where the script may ask for more

    Returns
    -------
    str
        for a meta element, or a header
    """

def told_number(message: Mapping, key: str, below: int) -> int | None:
    """A number from 0 that a message tells.

    Parameters
    ----------
    message : Mapping
        what the canvas says
    key : str
        of the number
    below : int
        the first that is too large

    Returns
    -------
    int | None
        None: there is no such number
    """

class Places:
    """Offset and length of each record of a shard, found as far as they are asked for."""
    file: Path
    count: int
    found: list[Any]
    def __init__(self, file: Path, count: int) -> None: ...
    def __len__(self) -> int: ...
    def __getitem__(self, number: int) -> tuple[int, int]: ...

class RecordBrowser(Viewer):
    """Shards on a canvas. `index` is the record in view, `record` its sample, `flagged` the numbers of flagged records."""
    index: Any
    reader: RecordReader
    selection: Selection
    flagged: Any
    position: Any
    def __init__(self, shards: Shards, title: str = "") -> None: ...

    @property
    def record(self) -> dict[str, np.ndarray]:
        """The sample in view: image [H, W, 3] uint8, mask [H, W, 1] ids, name."""

    @property
    def flags(self) -> list[Flag]:
        """The flagged records: file, number in there, and the name they were shown with."""

    @property
    def flagged_names(self) -> list[str]:
        """Names of the flagged records; one without a name is called by its file and its number there."""
    def save_flagged(self, path: Path | str) -> Path:
        """Writes the flagged records to a list, one a line, as `read_flags` and every `--leave-out` read it."""
    def keep_flags(self, path: Path | str) -> None:
        """From now on a list holds the flags: those it has are flagged here, and each change is written at once. Raises `DataError` for what can be none."""

    def select(
        self,
        text: str = "",
        with_class: int | str | None = None,
        sort: str = "",
        only_flagged: bool = False,
    ) -> np.ndarray:
        """Shows only some records, sorted '' (as they are), 'rarest' or 'largest' first; returns their numbers."""

class RecordFacts:
    """Names and class areas of the first records, as far as they were scanned."""
    ignore_label: int
    background: int | None
    names: list[Any]
    def __init__(self, ignore_label: int, background: int | None = 0) -> None: ...
    def __len__(self) -> int: ...
    def add(self, name: str, mask: np.ndarray | None) -> None:
        """The facts of the next record."""
    def add_all(self, names: Sequence[str], counts: Mapping[int, np.ndarray]) -> None:
        """The facts of the next records: pixels of each class id, by record [N]."""
    def select(self, text: str = "", class_id: int | None = None, sort: str = "") -> np.ndarray:
        """Numbers of records whose name holds `text` and that have a class; sorted '' (as they are), 'rarest' or 'largest' first."""

class RecordReader:
    """Records of shards by number, read one at a time, with what has been learnt of each shard remembered."""
    shards: Shards
    def __init__(self, shards: Shards) -> None: ...
    def __len__(self) -> int: ...
    def place(self, number: int) -> tuple[int, int]:
        """The shard of a record, and its number there. Raises `IndexError` beyond the last."""
    def record(self, number: int) -> bytes:
        """A serialised record."""
    def name(self, number: int) -> str:
        """The name that a record holds; '' where it holds none."""
    def sample(self, number: int) -> dict[str, np.ndarray]:
        """A record decoded: image [H, W, 3] uint8, mask [H, W, 1] ids, name."""
    def picture(self, number: int) -> dict:
        """A record as the canvas likes it: image (pixels, or the bytes of its file), mask [H, W, 1] ids, name."""

class Scan:
    """Collects `RecordFacts` of all records, once, in the background or while one waits."""
    reader: RecordReader
    facts: RecordFacts
    stopped: Any
    def __init__(self, reader: RecordReader, ignore_label: int, background: int | None = 0) -> None: ...

    @property
    def done(self) -> bool:
        """True when every record was seen."""
    def steps(self) -> Iterator[int]:
        """Scans on, and gives the number of records seen, again and again."""
    def run(self, show_progress: bool = True) -> RecordFacts:
        """Scans to the end."""
    def start(self, tell) -> None:
        """Scans in the background; `tell()` is called twice a second and at the end. Does nothing while that is going on."""

class Selection:
    """The records that are shown, in order: all as they are, or what was asked for, as far as the scan has come."""
    reader: RecordReader
    scan: Scan
    order: Any
    def __init__(self, reader: RecordReader, ignore_label: int, background: int | None = 0) -> None: ...
    def __len__(self) -> int: ...

    def ask(
        self,
        text: str = "",
        class_id: int | None = None,
        sort: str = "",
        only_flagged: bool = False,
    ) -> None:
        """Asks for other records; `update` finds them."""

    @property
    def query(self) -> dict[str, str]:
        """What is asked for, as the canvas says it: text, filter ('', 'flagged', '4' or 'flagged 4') and sort."""

    @property
    def wants_scan(self) -> bool:
        """True when only a scan of all records can answer, and it is not done."""
    def update(self, flagged: Sequence[int] = ()) -> None:
        """Finds the records, by what is known now."""
    def number(self, position: int) -> int:
        """The record at a position."""
    def position(self, number: int) -> int:
        """Where a record stands; the first place where it is not shown."""
    def status(self) -> str:
        """How far the scan is, while it matters."""

def explore_records(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | None = None,
    palette: Mapping | Sequence | None = None,
) -> RecordBrowser:
    """Browses shards in Jupyter; `to_html` makes a page of them. Raises `DataError` for shards without records.

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
    RecordBrowser
        a widget
    """

class AugmentExplorer(widgets.VBox):
    """A sample before and after, with controls. `operation`, `seed` and `code` are what they say."""
    operation: Operation
    viewer: Viewer

    def __init__(
        self,
        load: Callable[[int], Mapping],
        count: int,
        operations: Sequence[Operation],
        classes: Sequence[dict],
        seed: int = 0,
        mask_fill: int = ...,
    ) -> None: ...

    @property
    def seed(self) -> int:
        """The seed of the draw."""
    @seed.setter
    def seed(self, value: int): ...

    @property
    def code(self) -> str:
        """The operations as a program."""

class OperationPanel(widgets.VBox):
    """Controls for the fields of an operation; `operation` is what they say."""
    def __init__(self, operation: Operation, changed: Callable[[], None]) -> None: ...

    @property
    def operation(self) -> Operation:
        """The operation. Raises `ValueError` where it refuses its parameters."""

class Panels(widgets.VBox):
    """Panels one below the other; `operations` are theirs."""
    def __init__(self, operations: Sequence[Operation], changed: Callable[[], None]) -> None: ...
    @property
    def operations(self) -> tuple: ...

class Several(widgets.VBox):
    """Controls in a column; the value is a tuple."""
    @property
    def value(self) -> tuple: ...

class Typed(widgets.Text):
    """A value typed as Python writes it; `.value` stays text, `literal` is what it means."""
    def __init__(self, value, **options) -> None: ...

    @property
    def literal(self) -> Any:
        """The value that is meant. Raises `ValueError` for what is none."""

def as_code(operation: Operation | Sequence[Operation], indent: str = "") -> str:
    """An operation as the code that makes it.

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
    """Sliders for augmentation, in Jupyter. Raises `TypeError` for what is no operation, `ValueError` for a preset that is not there.

    Parameters
    ----------
    data : Any
        a sample, a list of samples, a `Source`, or what `open_shards` takes
    operations : Operation | Sequence[Operation] | str | None, default None
        to begin with; or a preset as text, such as 'natural:256'; None: `natural`
    seed : int, default 0
        the first draw
    class_names : Sequence[str], default ()
        by id, where the data does not bring them
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, the same

    Returns
    -------
    AugmentExplorer
        a widget
    """

def make_control(name: str, value: Any, length: int | None = None) -> widgets.Widget:
    """A control by the kind of a value.

    Parameters
    ----------
    name : str
        what stands beside it
    value : Any
        the value it begins with
    length : int | None, default None
        of a tuple, where that is fixed; None: any

    Returns
    -------
    widgets.Widget
        has the value as `.value`, a tuple for a box of several
    """

def plain_value(value: Any) -> Any:
    """A value as it would have been typed.

    Parameters
    ----------
    value : Any
        of a parameter

    Returns
    -------
    Any
        without NumPy: numbers of Python, and tuples for arrays and lists of them
    """

class Comparison(Viewer):
    """Truth and prediction, worst first. `scores` has each class's IoU by name, `mean_iou` their mean, `order` the samples' numbers."""
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
    def scores(self) -> dict[str, float]:
        """IoU of each class over all samples, by name; without those that occur nowhere."""

    @property
    def mean_iou(self) -> float:
        """The mean of `scores`."""

def class_iou(confusion: np.ndarray) -> np.ndarray:
    """Intersection over union of each class.

    Parameters
    ----------
    confusion : np.ndarray
        [K, K], from `count_confusion`; sums of such tables are one, too

    Returns
    -------
    np.ndarray
        [K] from 0 to 1; NaN where a class occurs in neither
    """

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
    """Truth and prediction on the canvas, the worst sample first. Raises `ValueError` where there is nothing to compare.

    Parameters
    ----------
    data : Iterable | str | os.PathLike
        batches (images [B, H, W, 3], masks [B, H, W, 1]), samples, or a path of shards
    predict : Callable | Sequence
        images [B, H, W, 3] to what `as_ids` takes, or such answers, one a sample
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
    """

def count_confusion(
    truth: np.ndarray,
    prediction: np.ndarray,
    num_classes: int,
    ignore_label: int = ...,
) -> np.ndarray:
    """How often each class was taken for each. Raises `ValueError` for ids beyond the classes.

    Parameters
    ----------
    truth : np.ndarray
        [H, W, 1] or [H, W] ids
    prediction : np.ndarray
        the same shape
    num_classes : int
        K; ids run from 0 to K-1
    ignore_label : int, default IGNORE_LABEL
        id in the truth of pixels that do not count

    Returns
    -------
    np.ndarray
        [K, K] int64: pixels by true class and predicted class
    """

class ViewerServer(ThreadingHTTPServer):
    """Serves one viewer to this machine alone, at `url`. Raises `ValueError` for a port that is none, `OSError` for one that is taken."""
    daemon_threads: bool
    block_on_close: bool
    most: int
    patience: float
    longest: int
    viewer: Viewer
    lock: Any
    token: Any
    asking: dict[Any, Any]
    open: Any
    host: str
    url: str
    def __init__(self, viewer: Viewer, port: int = 0) -> None: ...
    def answer(self, what: str, query: dict) -> tuple[str, bytes] | None:
        """The kind and bytes of an answer; None where there is none."""
    def tell(self, message: dict) -> None:
        """What the canvas says."""
    def about(self) -> dict:
        """What the canvas is told of all records. A page that is loaded again stands where it stood."""
    def news(self) -> dict:
        """What may have changed: all but the classes, of which there may be thousands."""
    def process_request(self, request, client_address):
        """A thread for a connection, where there is room; else the oldest that only waits makes room, or this one is closed."""
    def shutdown_request(self, request):
        """The connection is at its end."""
    def service_actions(self):
        """Twice a second: whoever has waited too long is sent away."""
    def handle_error(self, request, client_address):
        """A page that was closed is no error; anything else is a line."""

def record_bytes(record: dict, buffers: list[bytes]) -> bytes:
    """A record as one answer: four bytes of length, JSON, buffers.

    Parameters
    ----------
    record : dict
        what the canvas is told
    buffers : list[bytes]
        what that points into

    Returns
    -------
    bytes
        both in one
    """

def serve_viewer(viewer: Viewer, port: int = 0) -> ViewerServer:
    """A server of one viewer for this machine alone.

    Parameters
    ----------
    viewer : Viewer
        such as from `explore_records`
    port : int, default 0
        0: one that is free

    Returns
    -------
    ViewerServer
        has a `url`; `serve_forever()` answers until `shutdown()`
    """

def draw_records(
    samples: Sequence[Mapping],
    info: DatasetInfo | None = None,
    augment: Callable | None = None,
    seed: int = 0,
) -> Figure:
    """Draws samples as rows: image, mask, overlay, and two augmented ones. Example: `draw_records([make_card(0)])`

    Parameters
    ----------
    samples : Sequence[Mapping]
        image [H, W, 3] uint8 and, in all or none of them, mask [H, W, 1] ids
    info : DatasetInfo | None, default None
        gives colours and names of classes
    augment : Callable | None, default None
        (sample, seed) to a sample; None: two columns less
    seed : int, default 0
        of the first sample's draws; each next sample has the next seed

    Returns
    -------
    Figure
        a row for each sample
    """

def save_figure(figure: Figure, path: Path | str, dpi: int = 160) -> None:
    """Writes a figure, whole or not at all. Raises `ValueError` for a format that Matplotlib does not know, `OSError` where nothing can be written.

    Parameters
    ----------
    figure : Figure
        from `draw_records` or any other of Matplotlib
    path : Path | str
        the suffix tells the format; without one it is PNG
    dpi : int, default 160
        pixels an inch
    """

def write_whole(path: Path | str, data: bytes) -> None:
    """Writes a file, whole or not at all. Raises `OSError` that names it.

    Parameters
    ----------
    path : Path | str
        a file, new or not, a link to one, a device or a pipe
    data : bytes
        all of it
    """
