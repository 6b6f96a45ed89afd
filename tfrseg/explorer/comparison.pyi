# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
import traitlets
from collections.abc import Sequence
from typing import Any
from . import Tagging
from ..training import Confusion
from . import (
    Comparison as Comparison, ComparisonQuery as ComparisonQuery, compare as compare,
    query_from_json as query_from_json,
)

class _ComparedNumbers:
    """What can be read of a comparison."""

    @property
    def models(self) -> tuple[str, ...]:
        """The names of what predicts."""

    @property
    def confusion(self) -> Confusion:
        """The table of true and predicted classes over all samples; `confusion.plot()` draws it."""

    @property
    def scores(self) -> dict[str, float]:
        """IoU of each class over all samples, by name; without classes that occur nowhere."""

    @property
    def mean_iou(self) -> float:
        """The mean of `scores`; NaN where nothing counts."""

    @property
    def sample_iou(self) -> np.ndarray:
        """The mean IoU of each sample [N], 0 to 1; NaN where all of it is ignored."""

    def record_iou(self, model: str, class_id: int | None = None) -> np.ndarray:
        """The IoU of each sample.

        Parameters
        ----------
        model : str
            its name
        class_id : int | None, default None
            of one class; None: the mean

        Returns
        -------
        np.ndarray
            [N], 0 to 1; NaN where there is none
        """

class _ComparedOutputs:
    """A comparison as a page."""
    query: Any

class _ComparedFlags(Tagging):
    """The flags and tags of a comparison."""
    flagged: Any

    def tag(
        self,
        numbers: int | Sequence[int],
        *tags: str,
        remove: Sequence[str] = (),
        note: str | None = None,
    ) -> None:
        """Tags records, and flags them. Raises: `IndexError` for a record that is not compared.

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

class _ComparedQueries(_ComparedSelecting):
    """How a query becomes what is shown."""
    query: Any
    order: Any
    position: int

class _ComparedSelecting(traitlets.HasTraits):
    """How records of a comparison are selected."""

    def select(
        self,
        text: str = "",
        sort: str = "iou",
        cell: Sequence | None = None,
        model: str | None = None,
        only_flagged: bool = False,
    ) -> np.ndarray:
        """Shows only some records, in an order. Raises: `ValueError` for an unknown class, order or model.

        Parameters
        ----------
        text : str, default ""
            part of a name, case aside
        sort : str, default "iou"
            'iou' (worst first), 'iou CLASS', 'difference' of two models, 'order'
        cell : Sequence | None, default None
            (true class, predicted class), ids or names; None: any
        model : str | None, default None
            whose predictions are judged; None: the first one's
        only_flagged : bool, default False
            True: flagged records alone

        Returns
        -------
        np.ndarray
            positions in `samples` of what is shown, in order
        """
