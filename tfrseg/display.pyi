# Written by tools/stubs.py from the sources; do not edit.

import numpy as np
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

@dataclass(frozen=True)
class Style:
    """What is known of a data set that is drawn, and what is asked for.

    Parameters
    ----------
    targets : Sequence[Any], default ()
        its table of `Target`s; (): RGB of 8 bits, and class ids
    class_names : Sequence[str], default ()
        by id, or by bit
    palette : Any, default None
        (r, g, b) by id, or by bit; None: `default_colors`
    stats : Mapping, default dict()
        `TargetStats` by name of a target
    shown : Sequence[int | str], default ()
        bands of the image to show; (): the target's, else the first
    stretch : Sequence[float] | None, default None
        percentages that are black and white; None: limits or 2 and 98
    """
    targets: Sequence[Any] = ()
    class_names: Sequence[str] = ()
    palette: Any = None
    stats: Mapping = ...
    shown: Sequence[int | str] = ()
    stretch: Sequence[float] | None = None

    def target(self, name: str) -> Any:
        """Finds a target by its name.

        Parameters
        ----------
        name : str
            such as 'depth'

        Returns
        -------
        Any
            the target; None: there is none of this name
        """

    @property
    def is_usual(self) -> bool:
        """Whether everything is drawn as RGB of 8 bits and class ids always were."""

    @property
    def classes(self) -> int:
        """How many classes may overlap; 0 where the mask holds ids, or is missing."""

def field_colors() -> np.ndarray:
    """The colours of fields: Matplotlib's viridis.

    Returns
    -------
    np.ndarray
        [256, 3] uint8, dark to bright
    """

def field_ends(
    array: np.ndarray,
    target: Any = None,
    stretch: Sequence[float] | None = None,
    stats: Any = None,
) -> tuple[float, float]:
    """Finds the ends of the colour bar of a field's first channel that is shown.

    Parameters
    ----------
    array : np.ndarray
        [H, W, C]
    target : Any, default None
        as for `as_rgb`
    stretch : Sequence[float] | None, default None
        as for `as_rgb`
    stats : Any, default None
        as for `as_rgb`

    Returns
    -------
    tuple[float, float]
        the values that are darkest and brightest, in the unit of the pixels
    """

def draw_field(
    array: np.ndarray,
    target: Any = None,
    stretch: Sequence[float] | None = None,
    stats: Any = None,
) -> np.ndarray:
    """Draws a quantity in colours; three channels of it, such as normals, as red, green and blue.

    Parameters
    ----------
    array : np.ndarray
        [H, W, C], of which one channel is shown, or three
    target : Any, default None
        as for `as_rgb`
    stretch : Sequence[float] | None, default None
        as for `as_rgb`
    stats : Any, default None
        as for `as_rgb`

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8; chequered grey where nothing was measured
    """

def draw_objects(ids: np.ndarray, target: Any = None) -> np.ndarray:
    """Draws numbers of objects in colours that look random and stay the same.

    Parameters
    ----------
    ids : np.ndarray
        [H, W, 1] or [H, W] whole numbers
    target : Any, default None
        a `Target` with `border`; None: 0 alone is no object

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8
    """

def class_colors(classes: int, palette: Mapping | Sequence | None = None) -> np.ndarray:
    """The colours of classes that overlap; none is a background, so none is black.

    Parameters
    ----------
    classes : int
        K
    palette : Mapping | Sequence | None, default None
        (r, g, b) by class; the others get `default_colors`

    Returns
    -------
    np.ndarray
        [K, 3] uint8
    """

def class_planes(bits: np.ndarray, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Unpacks bits by class.

    Parameters
    ----------
    bits : np.ndarray
        [H, W, 1] or [H, W] whole numbers
    classes : int
        K

    Returns
    -------
    tuple[np.ndarray, np.ndarray]
        [K, H, W] bool: where classes are; [H, W] bool: what is unknown
    """

def outline(plane: np.ndarray) -> np.ndarray:
    """The pixels of a region that have a neighbour outside it.

    Parameters
    ----------
    plane : np.ndarray
        [H, W] bool

    Returns
    -------
    np.ndarray
        [H, W] bool
    """

def draw_bits(
    bits: np.ndarray,
    classes: int,
    palette: Mapping | Sequence | None = None,
    image: np.ndarray | None = None,
    alpha: float = 0.4,
) -> np.ndarray:
    """Draws overlapping classes: colours that add, outlines over an image, hatched where nothing is known.

    Parameters
    ----------
    bits : np.ndarray
        [H, W, 1] whole numbers
    classes : int
        K
    palette : Mapping | Sequence | None, default None
        (r, g, b) by class
    image : np.ndarray | None, default None
        [H, W, 3] uint8 below; None: black
    alpha : float, default 0.4
        of the areas over the image, 0 to 1; outlines are drawn whole

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8
    """

def style_of(
    shards: Any,
    shown: Sequence[int | str] = (),
    stretch: Sequence[float] | None = None,
) -> Style:
    """Tells how shards are drawn. Raises `ValueError` for an unknown band.

    Parameters
    ----------
    shards : Any
        with `targets` and `info`: `Shards`, or what `make_dataset` gives
    shown : Sequence[int | str], default ()
        as in `Style`
    stretch : Sequence[float] | None, default None
        as in `Style`
    """

def draw_target(sample: Mapping, name: str, style: Style, over: bool = False) -> np.ndarray:
    """Draws one target of a sample by its kind.

    Parameters
    ----------
    sample : Mapping
        arrays [H, W, C] by name
    name : str
        of the target to draw
    style : Style
        of the data set
    over : bool, default False
        True: a mask over its image; False: alone

    Returns
    -------
    np.ndarray
        [H, W, 3] uint8
    """

def facts_text(sample: Mapping, style: Style) -> str:
    """Says the name of a sample and its facts, on one line.

    Parameters
    ----------
    sample : Mapping
        with facts, such as text or a number
    style : Style
        of the data set

    Returns
    -------
    str
        such as 'card, patient A 17'; '' where there is nothing to say
    """

def target_title(target: Any, style: Style) -> str:
    """The title of a picture: the target, and which of its bands are shown.

    Parameters
    ----------
    target : Any
        a `Target`
    style : Style
        of the data set

    Returns
    -------
    str
        such as 'image' and 'nir red green' below it
    """

def draw_samples(
    samples: Sequence[Mapping],
    style: Style,
    more: Sequence[Sequence[np.ndarray]] = (),
    titles: Sequence[str] = (),
    above: str = "",
    below: Sequence[str] = (),
) -> Any:
    """Draws every target of some samples, a row each, with bars of fields and a legend of classes.

    Parameters
    ----------
    samples : Sequence[Mapping]
        arrays [H, W, C] and facts by name
    style : Style
        of the data set, with its table
    more : Sequence[Sequence[np.ndarray]], default ()
        of each sample: further pictures [H, W, 3] uint8
    titles : Sequence[str], default ()
        of the further pictures
    above : str, default ""
        a line above the figure
    below : Sequence[str], default ()
        lines below it, in red

    Returns
    -------
    Any
        a figure of Matplotlib

    Raises: `ValueError` if there is nothing to show.
    """

def batch_caption(samples: Sequence[Mapping], style: Style) -> str:
    """Says shapes, dtypes and ranges of a batch.

    Parameters
    ----------
    samples : Sequence[Mapping]
        arrays [H, W, C] by name
    style : Style
        of the data set

    Returns
    -------
    str
        up to two arrays a line
    """

def batch_problems(samples: Sequence[Mapping], style: Style) -> list[str]:
    """Says what looks wrong: flat images, values that are not finite, masks of nothing.

    Parameters
    ----------
    samples : Sequence[Mapping]
        arrays [H, W, C] by name
    style : Style
        of the data set

    Returns
    -------
    list[str]
        a line each
    """
