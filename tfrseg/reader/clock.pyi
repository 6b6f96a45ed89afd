# Written by tools/stubs.py from the sources; do not edit.

from typing import NamedTuple
from . import EpochClock as EpochClock, clock_starts as clock_starts

class _Told(NamedTuple):
    """Where passes begin.

    Parameters
    ----------
    epoch : int
    batch : int, default 0
    follows : bool, default False
        each pass is the epoch behind the one before
    """
    epoch: int
    batch: int = 0
    follows: bool = False
    def next(self):
        """Where the pass behind this one begins."""
