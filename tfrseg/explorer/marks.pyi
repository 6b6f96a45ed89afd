# Written by tools/stubs.py from the sources; do not edit.

import traitlets
from pathlib import Path
from typing import Any
from ..storage import Flag
from . import (
    FlagChanges as FlagChanges, FlagTable as FlagTable, Tagging as Tagging, ThreadRoles as ThreadRoles,
    tag_words as tag_words,
)

class _FlagWriting(ThreadRoles):
    """How a change of flags gets into the list."""

class _FlagFile(_Marks):
    """The list that keeps the flags of a browser."""
    flagged: Any

    def keep_flags(self, path: Path | str) -> None:
        """Keeps the flags in a list from now on. Raises: `DataError` for a list of other records.

        Parameters
        ----------
        path : Path | str
            a text file, which need not be there yet
        """

class _Marks(_FlagKeeping):
    """Tags and notes of flagged records.

    Attributes
    ----------
    marks : default traitlets.Dict().tag(sync=True)
        tags and note by number of the record, as text
    """
    marks: Any

    @property
    def tags(self) -> dict[int, tuple[str, ...]]:
        """The tags of each flagged record that has some."""

    @property
    def notes(self) -> dict[int, str]:
        """The note of each flagged record that has one."""

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

class _FlagTable:
    """The flag of each record.

    Parameters
    ----------
    shards
        from `open_shards`
    """
    shards: Any
    def __init__(self, shards) -> None: ...

    def flag(self, number: int) -> Flag:
        """The flag of a record, with the name it was shown with.

        Parameters
        ----------
        number : int
            of a record

        Returns
        -------
        Flag
            the one it has, or would get
        """

    def put(self, number: int, flag: Flag) -> None:
        """Keeps a flag with its tags and note, also while the record is not flagged.

        Parameters
        ----------
        number : int
            of a record
        flag : Flag
            of it
        """

    def remember(self, number: int, name: str) -> None:
        """Keeps the name that a record was shown with, of the last thousand.

        Parameters
        ----------
        number : int
            of a record
        name : str
            of it
        """
