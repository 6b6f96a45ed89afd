# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FactTable as FactTable, NameList as NameList, RecordFacts as RecordFacts, Scan as Scan,
    canvas_sample as canvas_sample,
)

class _Facts:
    """The arrays of facts.

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
    names: NameList
    def __init__(self, ignore_label: int, background: int | None = 0, classes: int = 0) -> None: ...
    def __len__(self) -> int: ...

    def table(self) -> FactTable:
        """What is known now.

        Returns
        -------
        FactTable
            which further records do not change
        """
