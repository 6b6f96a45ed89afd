# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from collections.abc import Mapping, Sequence
from typing import Any
from . import colorize as colorize, overlay as overlay, show_pair as show_pair, show_steps as show_steps

def as_rgb(image: np.ndarray) -> np.ndarray:
    """An image to be shown: floats up to 1 are scaled, floats that reach below 0 stretched.

    Parameters
    ----------
    image : np.ndarray
        [H, W, 3], [H, W, 1] or [H, W], any dtype; floats to 1, to 255, or around 0

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8

    Raises: `ValueError` for what is not an image.
    """

def cut_middle(rows: Sequence, most: int) -> tuple[Sequence, int, Sequence]:
    """The two ends of a list that is too long; all of a short one is in the first part.

    Parameters
    ----------
    rows : Sequence
        all of them
    most : int
        rows that there is room for, 3 or more, with the line that counts the others

    Returns
    -------
    tuple[Sequence, int, Sequence]
        the first rows, how many are left out, the last rows
    """

def plain_text(figure: Any) -> Any:
    """Turns off formulas and TeX in every text of a figure.

    Parameters
    ----------
    figure : Any
        of Matplotlib, with all its text

    Returns
    -------
    Any
        a figure: the same
    """

def check_batch(
    samples: Sequence[Mapping],
    class_names: Sequence[str] | None = None,
    normalize: Any = None,
    ignore_label: int = 255,
) -> list[str]:
    """Problems of a batch: flat images, values of another range, masks of background alone, unknown ids.

    Parameters
    ----------
    samples : Sequence[Mapping]
        image [H, W, 3] and mask [H, W, 1] each
    class_names : Sequence[str] | None, default None
        by id; None: any id may occur
    normalize : Any, default None
        the `Normalize` that the images went through; None: none
    ignore_label : int, default 255
        id of pixels that do not count

    Returns
    -------
    list[str]
        one line for each thing that looks wrong
    """

def draw_batch(
    batch: Any,
    n: int = 4,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    *,
    normalize: Any = None,
    ignore_label: int | None = 255,
) -> Any:
    """Draws what a model gets: the first samples of a batch, class shares of all of it, and what looks wrong.

    Parameters
    ----------
    batch : Any
        (images, masks), a dict of both, samples, or a pipeline
    n : int, default 4
        samples to show
    class_names : Sequence[str] | None, default None
        by id, for the legend
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id
    normalize : Any, default None
        the `Normalize` to be undone; None: none
    ignore_label : int | None, default 255
        id of pixels to hatch; None: no id

    Returns
    -------
    Any
        a figure: images, overlays, and what looks wrong in red

    Raises: `ValueError` for an empty batch, `TypeError` for what is not a batch.
    """
