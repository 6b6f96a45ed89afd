# Written by tools/stubs.py from the sources; do not edit.

from PIL import Image
from typing import Any
from . import WorstEpoch as WorstEpoch, WorstSamples as WorstSamples

class _WorstShowing(_WorstLooking):
    """What can be seen of the worst samples."""

    def show(self, epoch: int | None = None) -> Image.Image:
        """Draws the worst samples of an epoch. Raises: `ValueError` for one that is not kept.

        Parameters
        ----------
        epoch : int | None, default None
            from 1; None: the last one

        Returns
        -------
        Image.Image
            image, truth, prediction and errors of each
        """

class _WorstLooking:
    """How a callback looks at samples, and what it keeps."""
    epochs: Any
