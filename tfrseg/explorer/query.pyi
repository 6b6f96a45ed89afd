# Written by tools/stubs.py from the sources; do not edit.

from dataclasses import dataclass
from . import (
    ClassRange as ClassRange, Found as Found, Group as Group, Known as Known, MOST_BARS as MOST_BARS,
    Query as Query, SHARES as SHARES, SORTS as SORTS, Selection as Selection, make_facets as make_facets,
    select_records as select_records,
)

@dataclass(frozen=True)
class _Conditions:
    """What must hold for a record, and the order.

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
    text: str = ""
    classes: tuple[ClassRange, ...] = ()
    size: tuple[int, int] | None = None
    empty: bool | None = None
    unreadable: bool | None = None
    flagged: bool | None = None
    splits: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    records: tuple[int, ...] | None = None
    groups: tuple[Group, ...] = ()
    sort: str = ""
    by: int | None = None
    reverse: bool = False

    @property
    def needs_facts(self) -> bool:
        """True when only a scan of all records can answer."""

class _Positions:
    """Numbers of records, and their positions on the canvas."""

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

    def heads(self) -> list[list]:
        """The groups that are shown, in order.

        Returns
        -------
        list[list]
            [title, number of records] of each group that has records
        """
