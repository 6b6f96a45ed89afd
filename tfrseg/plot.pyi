# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from collections.abc import Mapping, Sequence
from matplotlib.figure import Figure
from typing import Any
from . import (
    colorize as colorize, overlay as overlay, show_batch as show_batch, show_pair as show_pair,
    show_steps as show_steps,
)

def as_rgb(image: np.ndarray) -> np.ndarray:
    """Something to look at: floats up to 1 are scaled, floats below 0 stretched.

    Parameters
    ----------
    image : np.ndarray
        [H, W, 3], [H, W, 1] or [H, W], any dtype; floats from 0 to 1, from 0 to 255, or around 0

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8
    """

def cut_middle(rows: Sequence, most: int) -> tuple[Sequence, int, Sequence]:
    """The two ends of a list that is too long. A short one is all in the first part.

    Parameters
    ----------
    rows : Sequence
        what is to be listed
    most : int
        rows that there is room for, 3 or more; the line that counts the others is one

    Returns
    -------
    tuple[Sequence, int, Sequence]
        the first rows, how many are left out, the last rows
    """

def plain_text(figure: Figure) -> Figure:
    """Has every text of a figure shown as it is written: no formulas, no TeX.

    Parameters
    ----------
    figure : Figure
        as it is to be shown

    Returns
    -------
    Figure
        the same
    """

def as_text(name: Any) -> str:
    """A name as text.

    Parameters
    ----------
    name : Any
        text, bytes, or a tensor or array of one of them

    Returns
    -------
    str
        the same as text; what is no UTF-8 is replaced
    """

def check_batch(
    samples: Sequence[Mapping],
    class_names: Sequence[str] | None = None,
    normalize: Any = None,
    ignore_label: int = 255,
) -> list[str]:
    """What a model should not be fed, in words: flat images, values of another range, masks of background alone, unknown ids.

    Parameters
    ----------
    samples : Sequence[Mapping]
        image [H, W, 3] and mask [H, W, 1] each
    class_names : Sequence[str] | None, default None
        by id; None: any id may occur
    normalize : Any, default None
        what the images went through: has mean, std and max_value; None: nothing
    ignore_label : int, default 255
        id of pixels that do not count

    Returns
    -------
    list[str]
        one line for each thing that looks wrong
    """
