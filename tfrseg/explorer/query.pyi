# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ClassRange as ClassRange, Found as Found, Group as Group, Known as Known, MOST_BARS as MOST_BARS,
    Query as Query, SHARES as SHARES, SORTS as SORTS, Selection as Selection, make_facets as make_facets,
    select_records as select_records,
)

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
