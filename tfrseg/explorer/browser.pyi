# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
import traitlets
from collections.abc import Sequence
from typing import Any
from . import RecordNames, Selection, ThreadRoles
from . import (
    MOST_THUMBS as MOST_THUMBS, RecordBrowser as RecordBrowser, explore_records as explore_records,
    target_pictures as target_pictures,
)

class _LabelKeeping(traitlets.HasTraits):
    """How changed names and colours get into the info."""
    def keep_labels(self) -> None:
        """Writes the names and colours that differ into the info. Raises: as `relabel_dataset`."""

class _DatasetOfBrowser:
    """The dataset whose records a browser shows."""
    shards: Any
    selection: Selection

class _Similar(_ShownGroups):
    """How records that look alike are found."""

    def show_similar(
        self,
        similarity: float = 0.9,
        show_progress: bool = True,
    ) -> list[tuple[str, tuple[int, ...]]]:
        """Shows images that look alike in groups. Raises: `ValueError` for a similarity outside (0, 1].

        Parameters
        ----------
        similarity : float, default 0.9
            least share of common bits of two hashes, above 0 to 1
        show_progress : bool, default True
            a bar on stderr for long work

        Returns
        -------
        list[tuple[str, tuple[int, ...]]]
            title and record numbers of each group
        """

class _ShownGroups(_Groups):
    """How groups are shown."""

    def show_groups(self, found: Any) -> list[tuple[str, tuple[int, ...]]]:
        """Shows records in groups. Raises: `TypeError` for what names no records.

        Parameters
        ----------
        found : Any
            of find_duplicates, find_similar or find_leaks; or lists of records, with or without titles

        Returns
        -------
        list[tuple[str, tuple[int, ...]]]
            title and record numbers of each group
        """

class _Groups(_Selecting):
    """How records are found by their names."""
    def record_names(self) -> RecordNames:
        """Finds records by name; scans them first."""

    def find_record(self, name: str) -> int:
        """Finds a record. Raises: `ValueError` where there is none.

        Parameters
        ----------
        name : str
            of a record, or its number from 0

        Returns
        -------
        int
            its number
        """

class _Selecting(_Status):
    """How records are selected."""

    def select(
        self,
        text: str = "",
        with_class: Any = None,
        sort: str = "",
        only_flagged: bool | None = False,
        *,
        size: tuple[int, int] | None = None,
        empty: bool | None = None,
        unreadable: bool | None = None,
        flagged: bool | None = None,
        splits: Sequence[str] = (),
        tags: Sequence[str] = (),
        records: Sequence[int] | None = None,
        by: int | str | None = None,
        reverse: bool = False,
    ) -> np.ndarray:
        """Shows only some records, in an order. Raises: `ValueError` for an unknown class, split or order.

        Parameters
        ----------
        text : str, default ""
            part of a name, tag or note, case aside
        with_class : Any, default None
            id or name of a class, several, or {class: (low, high) share}
        sort : str, default ""
            '', 'name', 'size', 'classes', 'share', 'rarest' or 'largest'
        only_flagged : bool | None, default False
            True: flagged records alone
        size : tuple[int, int] | None, default None
            least and most pixels of the longer side
        empty : bool | None, default None
            True: no class but background and ignored; False: some class
        unreadable : bool | None, default None
            True: records that cannot be read; False: the others
        flagged : bool | None, default None
            True: flagged records; False: the others
        splits : Sequence[str], default ()
            of which one fits
        tags : Sequence[str], default ()
            all of which the record has
        records : Sequence[int] | None, default None
            numbers, in this order
        by : int | str | None, default None
            the class whose share or area sorts; None: that of `with_class`
        reverse : bool, default False
            True: the other way round

        Returns
        -------
        np.ndarray
            numbers of the records that are shown, in order
        """

class _Status(_Queries):
    """The line that says what is waited for."""

class _Queries(traitlets.HasTraits):
    """How a query becomes what is shown."""
    position: Any

class _Gallery(traitlets.HasTraits):
    """How many records are sent at once."""

    def thumbs(self, start: int, count: int) -> tuple[list[dict], list[bytes]]:
        """Thumbnails of the records at some positions.

        Parameters
        ----------
        start : int
            first position, from 0
        count : int
            number of records

        Returns
        -------
        tuple[list[dict], list[bytes]]
            a description of each record, and the buffers that these number
        """

class _Facets(traitlets.HasTraits):
    """How records are counted."""

    def facets(self, share_of: int | None = None) -> dict:
        """Histograms of the records that are shown, as far as they are scanned; starts the scan.

        Parameters
        ----------
        share_of : int | None, default None
            the class whose shares are counted; None: of none

        Returns
        -------
        dict
            as from `make_facets`
        """

class _PageFacts(_PageMeta):
    """The facts of some records."""

class _PageMeta(traitlets.HasTraits):
    """What a page knows of its records."""

class _RecordInView(ThreadRoles, traitlets.HasTraits):
    """Which record is in view."""
    flagged: Any
    index: Any

class _BrowserMessages(_IndexChanges):
    """How a browser answers the canvas."""

class _IndexChanges(ThreadRoles, traitlets.HasTraits):
    """What happens when another record comes into view."""
    position: Any
