# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from collections.abc import Mapping, Sequence
from typing import Any
from . import colorize as colorize, overlay as overlay, show_pair as show_pair, show_steps as show_steps

def shown_channels(channels: int, target: Any = None, shown: Sequence[int | str] = ()) -> list[int]:
    """Chooses the channels of an image that are shown.

    Parameters
    ----------
    channels : int
        C of the image
    target : Any, default None
        a `Target`, with `bands` and `shown`; None: nothing is known
    shown : Sequence[int | str], default ()
        numbers or names of bands, one to three; (): as the target says

    Returns
    -------
    list[int]
        one to three numbers of channels: grey, red and green, or all three

    Raises: `ValueError` for a band that does not exist, and for more than three.
    """

def unmeasured(image: np.ndarray, target: Any = None) -> np.ndarray:
    """Finds the pixels in which nothing was measured: NaN or infinity in one channel, nodata in all of them.

    Parameters
    ----------
    image : np.ndarray
        [H, W, C]
    target : Any, default None
        a `Target`, with `nodata` and `border`; None: NaN and infinity alone

    Returns
    -------
    np.ndarray
        [H, W] bool
    """

def value_ends(
    values: np.ndarray,
    channels: Sequence[int],
    target: Any = None,
    stretch: Sequence[float] | None = None,
    stats: Any = None,
) -> np.ndarray:
    """Finds the values that are black and white, by channel. Raises `ValueError` for an invalid stretch.

    Parameters
    ----------
    values : np.ndarray
        [N, C], measured ones alone
    channels : Sequence[int]
        their numbers in the image
    target : Any, default None
        a `Target`, with `limits`; None: nothing is known
    stretch : Sequence[float] | None, default None
        two percentages; None: `limits`, else 2 and 98
    stats : Any, default None
        `TargetStats` of the data set; None: not known

    Returns
    -------
    np.ndarray
        [C, 2]: the values that are black and white; equal ones where there is one value
    """

def as_rgb(
    image: np.ndarray,
    target: Any = None,
    shown: Sequence[int | str] = (),
    stretch: Sequence[float] | None = None,
    stats: Any = None,
) -> np.ndarray:
    """An image to be shown: bytes as they are, floats scaled, other pixels between two percentiles.

    Parameters
    ----------
    image : np.ndarray
        [H, W, C] or [H, W], any dtype
    target : Any, default None
        the `Target` that it is of: bands, shown, limits, nodata; None: nothing is known
    shown : Sequence[int | str], default ()
        bands to show, one to three; (): the target's, else the first
    stretch : Sequence[float] | None, default None
        percentages of values that are black and white; None: see above
    stats : Any, default None
        `TargetStats` of the data set, for its percentiles; None: those of the picture

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8; chequered grey where nothing was measured

    Raises: `ValueError` for what is not an image, for unknown bands, and for an invalid stretch.
    """

def scaled(values: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Scales values to 0 to 255 between two ends; what lies beyond gets the nearer end.

    Parameters
    ----------
    values : np.ndarray
        [..., C], any dtype
    ends : np.ndarray
        [C, 2]: black and white

    Returns
    -------
    np.ndarray
        [..., C] uint8; 127 where both ends are the same
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
        id of pixels to stripe; None: no id

    Returns
    -------
    Any
        a figure: images, overlays, and what looks wrong in red

    Raises: `ValueError` for an empty batch, `TypeError` for what is not a batch.
    """
