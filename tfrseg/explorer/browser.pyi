# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
import traitlets
from pathlib import Path
from typing import Any
from ..storage import Flag
from . import (
    Query as Query, RecordBrowser as RecordBrowser, RecordFacts as RecordFacts, Scan as Scan,
    Selection as Selection, canvas_sample as canvas_sample, explore_records as explore_records,
    target_pictures as target_pictures,
)

class _LabelKeeping(traitlets.HasTraits):
    """How changed names and colours get into the info."""
    def keep_labels(self) -> None:
        """Writes the names and colours that differ into the info. Raises: as `relabel_dataset`."""

class _FlagKeeping(traitlets.HasTraits):
    """The flags of a browser."""

    @property
    def flags(self) -> list[Flag]:
        """The flagged records: file, number in there, and the name they were shown with."""

    @property
    def flagged_names(self) -> list[str]:
        """Names of the flagged records; one without a name goes by its file and its number there."""

    def save_flagged(self, path: Path | str) -> Path:
        """Writes the flagged records to a list, one a line, as `read_flags` and every `--leave-out` read it.

        Parameters
        ----------
        path : Path | str
            a text file, written anew

        Returns
        -------
        Path
            the same
        """

class _FlagFile(traitlets.HasTraits):
    """The list that keeps the flags of a browser."""
    flagged: Any

    def keep_flags(self, path: Path | str) -> None:
        """Keeps the flags in a list from now on. Raises: `DataError` for a file that is not such a list.

        Parameters
        ----------
        path : Path | str
            a text file, which need not be there yet
        """

class _FlagChanges(_FlagWriting, traitlets.HasTraits):
    """What happens when flags change."""

class _FlagWriting(_ThreadRoles):
    """How a change of flags gets into the list."""

class _ThreadRoles:
    """What the present thread is doing."""

class _Selecting(_Queries):
    """How records are selected."""

    def select(
        self,
        text: str = "",
        with_class: int | str | None = None,
        sort: str = "",
        only_flagged: bool = False,
    ) -> np.ndarray:
        """Shows only some records, in an order. Raises: `ValueError` for an unknown class or order.

        Parameters
        ----------
        text : str, default ""
            part of a name, case aside
        with_class : int | str | None, default None
            id or name of a class that the record has; None: any
        sort : str, default ""
            '' (as they are), 'rarest' or 'largest' first
        only_flagged : bool, default False
            True: flagged records alone

        Returns
        -------
        np.ndarray
            numbers of the records that are shown, in order
        """

class _Queries(traitlets.HasTraits):
    """How a query becomes what is shown."""
    position: Any

class _RecordInView(_ThreadRoles, traitlets.HasTraits):
    """Which record is in view."""
    flagged: Any
    index: Any

class _IndexChanges(_ThreadRoles, traitlets.HasTraits):
    """What happens when another record comes into view."""
    position: Any
