# Written by tools/stubs.py from the sources; do not edit.

from pathlib import Path
from typing import Any
from . import Resume as Resume, TellEpoch as TellEpoch

class _Restore(TellEpoch):
    """Begins where a training was kept.

    Parameters
    ----------
    folder : Path | str
        that keeps the training, one for each training; made where missing
    every : int | None, default 500
        batches between two times, 1 or more; None: only at the end of epochs
    """
    folder: Any
    every: int | None
    path: Any
    def __init__(self, folder: Path | str, every: int | None = 500) -> None: ...

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Sets the model to what was kept.

        Parameters
        ----------
        logs : dict | None, default None
            not used
        """

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        """Keeps the epoch before, and tells where this one begins.

        Parameters
        ----------
        epoch : int
            from 0
        logs : dict | None, default None
            not used
        """
