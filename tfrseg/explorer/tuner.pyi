# Written by tools/stubs.py from the sources; do not edit.

from typing import Any
from ..augmenter import Operation
from . import (
    AugmentExplorer as AugmentExplorer, MODES as MODES, OperationRow as OperationRow,
    OperationRows as OperationRows, explore_augment as explore_augment, rows_of as rows_of,
)

class _ListByCode(_ByCode):
    """The list of operations of an explorer, changed by code."""

    def add(self, operation: Operation) -> None:
        """Adds an operation.

        Parameters
        ----------
        operation : Operation
            at the end of the list
        """

    def remove(self, place: int) -> None:
        """Removes an operation.

        Parameters
        ----------
        place : int
            of an operation in the list, from 0
        """

    def move(self, place: int, by: int) -> None:
        """Moves an operation in the list.

        Parameters
        ----------
        place : int
            of an operation in the list, from 0
        by : int
            places, down the list
        """

class _ByCode:
    """The operations of an explorer, changed by code."""

    def change(self, place: int, **values: Any) -> None:
        """Changes parameters of an operation. Raises: `ValueError` for a value that is refused.

        Parameters
        ----------
        place : int
            of an operation in the list, from 0
        **values : Any
            by name of its parameters
        """

    def mute(self, place: int, on: bool = True) -> None:
        """Mutes an operation: it does nothing, and the draws of all others stay.

        Parameters
        ----------
        place : int
            of an operation in the list, from 0
        on : bool, default True
            False: it is heard again
        """

class _SeedControls:
    """The seed of an explorer of augmentations, those before it, and what is seen."""

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
    def mode(self) -> str:
        """What is seen: 'before | after', 'nine draws' or 'batch'; it can be set."""
    @mode.setter
    def mode(self, value: str):
        """Parameters
        ----------
        value : str
            one of these three
        """

class _Tuning:
    """What an explorer does when the panel asks."""
    operation: Any
    panel: dict[str, Any]

class _Edits:
    """What can be done with the rows of an explorer; what is `asked` may come from a browser."""

class _ListEdits:
    """What can be done with the list of rows of an explorer."""

class _Sizes:
    """Sizes and presets of an explorer."""

class _AugmentPictures:
    """The pictures of an explorer of augmentations."""

class _AugmentNotes:
    """What is said of the pictures of an explorer."""

class _Exchange:
    """How an explorer sends pictures."""
