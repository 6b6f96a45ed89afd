# Written by tools/stubs.py from the sources; do not edit.
"""Operations that move image and mask together, drawn from a seed."""

import numpy as np
import tensorflow as tf
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, NamedTuple
from .bands import _ByBand, _OnBands
from .color import _Colored, _Drawn
from .compose import _Chain, _Choice
from .elastic import _Bend
from .from_numpy import _FromFunction
from .geometry import _Tried
from .noise import _Holed
from .operation import _Kind
from .window import _Rectangle
from ..storage import Target

__all__ = [
    "BandDrop", "BandJitter", "BatchOperation", "Bindable", "ColorJitter", "Combinator", "Compose",
    "CropOrPad", "Cut", "CutMix", "CutOut", "DEFAULT_MOVEMENTS", "ElasticTransform", "FAR_OUTSIDE",
    "FIXED_ONE", "FieldKind", "FromNumpy", "GaussianBlur", "GaussianNoise", "GridDistortion",
    "INTERPOLATIONS", "JpegArtifacts", "LightGradient", "MemoryPool", "MixUp", "Mosaic", "MotionBlur",
    "Movement", "NOT_APPLIED", "Normalize", "OnBands", "OneOf", "Operation", "PRESETS", "PadToSize",
    "Parameter", "Photometric", "RandAugment", "RandomAffine", "RandomApply", "RandomClassCrop", "RandomCrop",
    "RandomFlip", "RandomGamma", "RandomPerspective", "RandomRotate90", "RandomRotation", "RandomScale",
    "RandomShadow", "RandomShear", "RandomShift", "RandomShiftCrop", "RegionPart", "RegionReader", "Resize",
    "SomeOf", "Step", "ToGray", "TupleFields", "Warp", "Window", "accepts", "aerial_or_cells",
    "affine_matrix", "allowed_end", "apply_aug_train", "as_4096ths", "as_code", "as_region", "as_seed",
    "as_warp", "axis_offsets", "between", "bind_targets", "check_channels", "check_fill",
    "check_interpolation", "check_mask", "check_one_size", "check_probability", "check_range", "check_seed",
    "check_size", "check_targets", "copy_cut", "crop_like", "crop_sample", "crop_to_window", "cut_window",
    "describe_window", "document", "draws", "find_opencv", "fold_in", "grow_image", "grown_count",
    "grown_row", "grown_size", "is_batch", "is_known", "kind_of", "make_matrix", "map_samples",
    "materialize_sample", "movements_of", "mute_operation", "muted_in", "natural", "needed_source",
    "operation_kinds", "operations_by_text", "origin", "padded_length", "parameters_of", "perspective_matrix",
    "plain_value", "preset_by_name", "program_of", "raw_region", "roles_of", "sample_area", "sample_pixels",
    "sample_window", "scale_bands", "select_branch", "sizes_of", "source_positions", "split_seed",
    "stack_numbers", "surrounding_pixels", "take_batch", "take_cut", "take_window", "transform_sample",
    "turn_pixels", "uniform", "uniform_int", "warp_window", "whole_window", "with_defaults",
    "with_ignore_label",
]

def as_seed(seed: int | Sequence[int] | tf.Tensor) -> tf.Tensor:
    """Makes a seed for stateless random operations.

    Parameters
    ----------
    seed : int | Sequence[int] | tf.Tensor
        a number, or two

    Returns
    -------
    tf.Tensor
        [2] int32

    Raises: `ValueError` for a value that is not a whole number, or too large.
    Example: `as_seed(7)`
    """

def between(
    draw: tf.Tensor,
    ends: tuple[float, float],
    on: bool | tf.Tensor = True,
    neutral: float = 0.0,
) -> tf.Tensor:
    """Makes one draw a number of a range, or the neutral one where `on` is false.

    Parameters
    ----------
    draw : tf.Tensor
        [...] in [0, 1), from `draws`
    ends : tuple[float, float]
        (low, high) of the range
    on : bool | tf.Tensor, default True
        [...] bool: where to draw at all
    neutral : float, default 0.0
        the number elsewhere, which changes nothing

    Returns
    -------
    tf.Tensor
        [...] low to high
    """

def check_seed(seed: int, low: int = ..., high: int = ...) -> int:
    """Checks that a value is a whole number that may be a seed.

    Parameters
    ----------
    seed : int
        of whatever integer type
    low : int, default -2**31
        the least that is accepted
    high : int, default 2**63 - 1
        the most that is accepted

    Returns
    -------
    int
        the same number, as a Python int

    Raises: `ValueError` for anything else.
    """

def draws(seed: tf.Tensor, count: int) -> list[tf.Tensor]:
    """Uniform floats in [0, 1), one by one.

    Parameters
    ----------
    seed : tf.Tensor
        [..., 2] int32: one seed, or many
    count : int
        numbers for each seed

    Returns
    -------
    list[tf.Tensor]
        `count` scalars for one seed, or tensors [...] for many
    """

def fold_in(seed: tf.Tensor, number: int | tf.Tensor) -> tf.Tensor:
    """Makes a seed for a number, such as that of a record or an epoch.

    Parameters
    ----------
    seed : tf.Tensor
        [..., 2] int32
    number : int | tf.Tensor
        [...] integer, 0 or more; the shapes broadcast

    Returns
    -------
    tf.Tensor
        [..., 2] int32
    """

def split_seed(seed: tf.Tensor, count: int) -> tf.Tensor:
    """Splits a seed into several.

    Parameters
    ----------
    seed : tf.Tensor
        [..., 2] int32
    count : int
        seeds wanted of each seed

    Returns
    -------
    tf.Tensor
        [..., count, 2] int32
    """

def uniform(seed: tf.Tensor, count: int) -> tf.Tensor:
    """Uniform floats in [0, 1).

    Parameters
    ----------
    seed : tf.Tensor
        [..., 2] int32: one seed, or many
    count : int
        numbers for each seed

    Returns
    -------
    tf.Tensor
        [..., count] float32
    """

def uniform_int(draw: tf.Tensor, count: int | tf.Tensor) -> tf.Tensor:
    """Makes one draw a whole number.

    Parameters
    ----------
    draw : tf.Tensor
        [...] in [0, 1), from `draws`
    count : int | tf.Tensor
        how many there are to choose from

    Returns
    -------
    tf.Tensor
        [...] int32, 0 to count - 1
    """

@dataclass(frozen=True)
class RegionReader:
    """An image that is read in part: `read(top, left, height, width)` gives [height, width, C] pixels.

    Parameters
    ----------
    size : tuple
        (height, width) in pixels, int32 scalars
    read : Callable
        (top, left, height, width) to pixels; inside the image, perhaps empty
    channels : int, default 3
        C
    dtype : tf.DType, default tf.uint8
        of the pixels
    static : tuple[int | None, int | None], default (None, None)
        the size where it is known before any record is
    """
    size: tuple
    read: Callable
    channels: int = 3
    dtype: tf.DType = ...
    static: tuple[int | None, int | None] = (None, None)
    def read_all(self) -> tf.Tensor:
        """Reads all pixels, [H, W, C]."""

def as_region(pixels: RegionReader | tf.Tensor) -> RegionReader:
    """Makes an array a `RegionReader`; a reader stays as it is.

    Parameters
    ----------
    pixels : RegionReader | tf.Tensor
        a reader, or an array [H, W, C]
    """

def raw_region(
    data: tf.Tensor,
    size: tuple,
    channels: int = 3,
    dtype: str = "uint8",
    static: tuple[int | None, int | None] = (None, None),
) -> RegionReader:
    """Reads the pixels of a byte string in part.

    Parameters
    ----------
    data : tf.Tensor
        scalar string: H * W * C values, little-endian
    size : tuple
        (height, width)
    channels : int, default 3
        C
    dtype : str, default "uint8"
        'uint8', 'uint16', 'int16', 'int32' or 'float32'
    static : tuple[int | None, int | None], default (None, None)
        (height, width) where known
    """

@dataclass(frozen=True)
class Cut:
    """Read `piece`, flip it, transpose it, and paste it at `paste_at` in an image of `size`; pixels, int32.

    Parameters
    ----------
    piece : tuple
        (top, left, height, width) in the source
    flips : tuple
        (vertical, horizontal): bool, or a bool tensor
    transposed : Any
        bool, or a bool tensor: rows and columns swapped, after flipping
    paste_at : tuple
        (top, left) of the turned piece in the result
    size : tuple
        (height, width) of the result
    whole : Any
        bool, or a bool tensor: the piece fills the result, so nothing need be pasted
    static : tuple[int | None, int | None]
        the size, where known before the draw
    """
    piece: tuple
    flips: tuple
    transposed: Any
    paste_at: tuple
    size: tuple
    whole: Any
    static: tuple[int | None, int | None]
    def pack(self) -> tf.Tensor:
        """Its numbers as [..., 12] int32."""

    @classmethod
    def unpack(cls, row: tf.Tensor, like: Window) -> Cut:
        """Makes a cut of its packed numbers.

        Parameters
        ----------
        row : tf.Tensor
            [12] int32, of `pack`
        like : Window
            one folded in the same way, for what is known before the draw
        """

@dataclass(frozen=True)
class Window(_Rectangle):
    """A rectangle of the source, flipped, then transposed; each method gives another window.

    Parameters
    ----------
    rect : tuple
        (top, left, height, width) in the source
    valid : tuple
        (top, left, bottom, right) of the part of the source that is still in sight
    static : tuple[int | None, int | None]
        the (height, width) that comes out, where known before the draw
    flips : tuple, default (False, False)
        (vertical, horizontal): bool, or a bool tensor
    transposed : Any, default False
        bool, or a bool tensor: rows and columns swapped, after flipping
    inside : bool, default False
        True: known not to reach beyond the source
    """

    def crop(
        self,
        top: int | tf.Tensor,
        left: int | tf.Tensor,
        height: int | tf.Tensor,
        width: int | tf.Tensor,
        inside: bool = False,
    ) -> Window:
        """The part of the output that begins at (top, left); where it reaches beyond, it is padded.

        Parameters
        ----------
        top : int | tf.Tensor
            where the part begins in the output, pixels from its upper edge
        left : int | tf.Tensor
            pixels from the output's left edge
        height : int | tf.Tensor
            of the part, pixels
        width : int | tf.Tensor
            of the part, pixels
        inside : bool, default False
            True: the part is known not to reach beyond the output
        """

    def flip(self, vertical: bool | tf.Tensor = False, horizontal: bool | tf.Tensor = False) -> Window:
        """The output turned over, top to bottom and left to right.

        Parameters
        ----------
        vertical : bool | tf.Tensor, default False
            top to bottom; a tensor is a scalar or [B]
        horizontal : bool | tf.Tensor, default False
            left to right
        """

    def turn(self, quarters: int | tf.Tensor) -> Window:
        """The output turned by some quarters.

        Parameters
        ----------
        quarters : int | tf.Tensor
            0 to 3, counterclockwise
        """

    def where(self, condition: tf.Tensor, other: Window) -> Window:
        """This window where the condition holds, else the other.

        Parameters
        ----------
        condition : tf.Tensor
            bool, scalar or [B]
        other : Window
            what is shown where it is false
        """

    def take_all(self, targets: list, fills: list, methods: list) -> list:
        """Takes the pixels of several images.

        Parameters
        ----------
        targets : list
            readers or arrays [H, W, C] of one size, or batches [B, H, W, C]
        fills : list
            values beyond the border, one for each
        methods : list
            of windows that mix pixels; not used here

        Returns
        -------
        list
            [h, w, C] or [B, h, w, C] of each, dtypes kept
        """

def axis_offsets(window: Window, line: Callable) -> tuple[tf.Tensor, tf.Tensor]:
    """What each column and each row of the output adds to a position in the source.

    Parameters
    ----------
    window : Window
        of one image, or of B
    line : Callable
        (axis of the source, steps [N]) to [..., K, N]

    Returns
    -------
    tuple[tf.Tensor, tf.Tensor]
        of the output's columns [..., K, w], and of its rows [..., K, h]
    """

def crop_to_window(window: Window, out: tf.Tensor, pixels: tf.Tensor) -> tf.Tensor:
    """Cuts off the rows and columns that were computed beyond the window's size.

    Parameters
    ----------
    window : Window
        what is shown
    out : tf.Tensor
        [..., h, w, C], perhaps with rows and columns too many
    pixels : tf.Tensor
        [..., H, W, C], the source

    Returns
    -------
    tf.Tensor
        [..., h, w, C] of the window's size, in the shape that is known before the draw
    """

def cut_window(window: Window, size: tuple) -> Cut:
    """Finds the piece of an image that a window shows, and where it goes.

    Parameters
    ----------
    window : Window
        a rectangle of an image
    size : tuple
        (height, width) of that image, pixels
    """

def describe_window(window: Window) -> dict:
    """Says what became of an image that is seen through a window. Eagerly.

    Parameters
    ----------
    window : Window
        what is shown of an image, exactly or not

    Returns
    -------
    dict
        degrees counterclockwise, scale, shear in degrees; size (height, width); corners (x, y)
    """

def grown_row(row: tf.Tensor, multiple: int = 1) -> tf.Tensor:
    """Pads rows of numbers to one of a few lengths, powers of two.

    Parameters
    ----------
    row : tf.Tensor
        [..., N]
    multiple : int, default 1
        of which N is a multiple, as what comes out is

    Returns
    -------
    tf.Tensor
        [..., M], zeros behind
    """

def grown_size(size: int | tf.Tensor) -> int | tf.Tensor:
    """Rounds a size up to one of a few, so that XLA compiles few functions.

    Parameters
    ----------
    size : int | tf.Tensor
        pixels along an axis, of any image

    Returns
    -------
    int | tf.Tensor
        as many or more
    """

def is_known(shape: Sequence[int | None]) -> bool:
    """Whether a size is always the same: it is known, and this is a graph.

    Parameters
    ----------
    shape : Sequence[int | None]
        of what XLA is to be called with
    """

def padded_length(window: Window, axis: int) -> int | tf.Tensor:
    """How many rows or columns of the output are computed.

    Parameters
    ----------
    window : Window
        of one image, or of many that come out in one size
    axis : int
        0: rows, 1: columns

    Returns
    -------
    int | tf.Tensor
        pixels, as `grown_size` says where they differ from call to call
    """

def source_positions(window: Window, axis: int, steps: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Where output rows or columns come from.

    Parameters
    ----------
    window : Window
        of one image, or of B
    axis : int
        of the source: 0 or 1
    steps : tf.Tensor
        [N] positions in the output, along whatever axis lies there

    Returns
    -------
    tuple[tf.Tensor, tf.Tensor]
        [..., N] positions in the source, int32; whether out of sight, bool
    """

def stack_numbers(numbers: Sequence, dtype: tf.DType = ...) -> tf.Tensor:
    """Stacks numbers side by side, each scalar repeated for the others' B.

    Parameters
    ----------
    numbers : Sequence
        scalars or vectors [B], also mixed
    dtype : tf.DType, default tf.int32
        of what comes out

    Returns
    -------
    tf.Tensor
        [N], or [B, N]
    """

def take_batch(pixels: tf.Tensor, window: Window, fill: float = 0) -> tf.Tensor:
    """Takes the pixels of a window on each member of a batch, which come out in one size.

    Parameters
    ----------
    pixels : tf.Tensor
        [B, H, W, C]
    window : Window
        which parts, how turned: scalars for all, or vectors [B]
    fill : float, default 0
        value beyond the border

    Returns
    -------
    tf.Tensor
        [B, h, w, C], dtype kept
    """

def take_cut(regions: Sequence[RegionReader], cut: Cut, fills: Sequence[float]) -> list[tf.Tensor]:
    """Takes the pixels of a cut from several images at once.

    Parameters
    ----------
    regions : Sequence[RegionReader]
        where the pixels come from, all of one size
    cut : Cut
        which, how turned, where they go
    fills : Sequence[float]
        values beyond the border, one a region

    Returns
    -------
    list[tf.Tensor]
        [h, w, C] of each, dtype kept
    """

def take_window(pixels: RegionReader | tf.Tensor, window: Window, fill: float = 0) -> tf.Tensor:
    """Takes the pixels of a window.

    Parameters
    ----------
    pixels : RegionReader | tf.Tensor
        an image: a reader, or an array [H, W, C]
    window : Window
        which part, how turned
    fill : float, default 0
        value beyond the border

    Returns
    -------
    tf.Tensor
        [h, w, C], dtype kept
    """

def whole_window(
    size: tf.Tensor | Sequence[int],
    static: tuple[int | None, int | None] = (None, None),
) -> Window:
    """Makes the window that shows a whole image.

    Parameters
    ----------
    size : tf.Tensor | Sequence[int]
        [2] height, width
    static : tuple[int | None, int | None], default (None, None)
        the same, where known

    Returns
    -------
    Window
        all of it, as it is
    """

class Bindable:
    """What is bound to a table of targets, and to an ignore label."""

    @property
    def bound_targets(self) -> tuple[Target, ...] | None:
        """The table that `bind_targets` has set, or None."""

    @property
    def bound_label(self) -> int | None:
        """The ignore label that `with_ignore_label` has set, or None."""

    @property
    def targets(self) -> tuple[Target, ...]:
        """What the arrays of a sample are: the bound table, else RGB and class ids."""

    @property
    def border_label(self) -> int:
        """The id that comes from beyond the border of a mask: the bound one, else that of its target, or 255."""

    @property
    def movements(self) -> dict[str, Movement]:
        """How the arrays of a sample move, by name."""

    def target(self, name: str) -> Target | None:
        """The target of this name, or None.

        Parameters
        ----------
        name : str
            such as 'image'
        """

DEFAULT_MOVEMENTS: dict[str, Movement]

class FieldKind(NamedTuple):
    """What a field of an operation takes.

    Parameters
    ----------
    kind : str
        'float', 'int', 'bool' or 'str'
    count : int | None
        of values in a tuple: 2, or 0 for any number; None: a single value
    optional : bool
        whether it may be None
    """
    kind: str
    count: int | None
    optional: bool

INTERPOLATIONS: tuple[str, str, str]

class Movement(NamedTuple):
    """How the pixels of one array of a sample move.

    Parameters
    ----------
    method : str | None
        'nearest', 'bilinear'; None: the interpolation of the operation
    fill : float
        value beyond the border
    """
    method: str | None
    fill: float

NOT_APPLIED: dict[str, str]

class Operation(_Kind):
    """The base of all operations, which move image and mask together: `op(sample, seed) -> sample`.

    Example: `Operation.from_config(RandomFlip(0.5).get_config())(make_card(0), seed=1)`
    """

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, mask as arrays or readers
        seed : tf.Tensor
            [2] int32
        """

    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """The batch after this operation, each member with its own seed; at once where possible.

        Parameters
        ----------
        batch : dict
            [B, H, W, C] each
        seeds : tf.Tensor
            [B, 2] int32
        """

    def __call__(self, sample: dict, seed: int | tf.Tensor = 0) -> dict:
        """Augments a sample: all targets together; other keys pass, unless as large as the image.

        Parameters
        ----------
        sample : dict
            image, mask, and anything else
        seed : int | tf.Tensor, default 0
            see `as_seed`
        """

@dataclass(frozen=True)
class Step:
    """One operation as it was drawn: `operation(sample, seed)` does it again.

    Parameters
    ----------
    operation : Operation
        a single one, not a choice
    seed : tuple[int, int]
        its own
    drawn : dict
        what it drew, numbers by name; `NOT_APPLIED` where nothing was done
    """
    operation: Operation
    seed: tuple[int, int]
    drawn: dict

class TupleFields:
    """A frozen dataclass that checks the kinds of its values, and holds tuples, also where it is given lists."""
    def __init_subclass__(cls, **options: Any): ...

def bind_targets(operation: Operation, targets: Iterable[Target] | None) -> Operation:
    """Sets the table of targets in an operation and all inside it; an ignore label that was set stays.

    Parameters
    ----------
    operation : Operation
        any, or one on batches
    targets : Iterable[Target] | None
        what the samples hold, see `as_table`; None: nothing changes

    Returns
    -------
    Operation
        equal, with the same draws

    Raises: `TypeError` for anything but an operation and targets, `ValueError` for a table that cannot be.
    Example: `bind_targets(RandomFlip(), (RGB, IDS, Target("depth", "field")))`
    """

def check_fill(fill: float, dtype: tf.DType | str | None, whole: Any = False, name: str = "mask") -> None:
    """Checks that an array can hold the value beyond the border. Raises `ValueError` where it cannot.

    Parameters
    ----------
    fill : float
        value beyond the border
    dtype : tf.DType | str | None
        of the array; None: there is none
    whole : Any, default False
        True: nothing lies beyond the border
    name : str, default "mask"
        of the array in the sample
    """

def check_interpolation(operation: Operation) -> None:
    """Checks an operation's interpolation.

    Parameters
    ----------
    operation : Operation
        one with a field `interpolation`, or without

    Raises: `ValueError` for an unknown one.
    """

def check_mask(operation: Operation, mask: RegionReader | tf.Tensor) -> None:
    """Checks a mask.

    Parameters
    ----------
    operation : Operation
        whose name the error begins with
    mask : RegionReader | tf.Tensor
        should be [H, W, 1] of an integer dtype

    Raises: `ValueError` for one that does not hold whole numbers in one channel.
    """

def check_one_size(window: Window) -> None:
    """Checks that all members of a batch come out in one size.

    Parameters
    ----------
    window : Window
        of many images

    Raises: `ValueError` where they do not; `InvalidArgumentError` in a graph.
    """

def check_probability(operation: Operation, **probabilities: float) -> None:
    """Checks probabilities.

    Parameters
    ----------
    operation : Operation
        whose name the error begins with
    **probabilities : float
        by name of the field

    Raises: `ValueError` for one outside [0, 1].
    """

def check_size(operation: Operation, size: Sequence[int]) -> None:
    """Checks a size.

    Parameters
    ----------
    operation : Operation
        whose name the error begins with
    size : Sequence[int]
        (height, width) in pixels

    Raises: `ValueError` for anything but two positive numbers.
    """

def check_targets(sample: dict, name: str = "", movements: Mapping[str, Movement] = ...) -> None:
    """Checks that a sample holds no array as large as the image that no rule moves.

    Parameters
    ----------
    sample : dict
        image [H, W, C], or a `RegionReader`, or [B, H, W, C], and anything else
    name : str, default ""
        of the operation that is to move it, for the error
    movements : Mapping[str, Movement], default DEFAULT_MOVEMENTS
        by name

    Raises: `ValueError` where one does; `InvalidArgumentError` in a graph where sizes are not known before.
    """

def crop_sample(sample: dict, cut: Cut, movements: Mapping[str, Movement] = ...) -> dict:
    """Takes every target of a sample through one cut.

    Parameters
    ----------
    sample : dict
        image [H, W, C], mask [H, W, 1], as arrays or readers
    cut : Cut
        what to show of it
    movements : Mapping[str, Movement], default DEFAULT_MOVEMENTS
        by name, as `Operation.movements`

    Returns
    -------
    dict
        the same keys
    """

def is_batch(sample: dict) -> bool:
    """Whether there are several images.

    Parameters
    ----------
    sample : dict
        image [H, W, 3], or a `RegionReader`, or [B, H, W, 3]

    Returns
    -------
    bool
        True for the last
    """

def map_samples(
    apply: Callable,
    batch: dict,
    seeds: tf.Tensor,
    movements: Mapping[str, Movement] = ...,
) -> dict:
    """Applies a function to each member of a batch, with its own seed.

    Parameters
    ----------
    apply : Callable
        (sample, seed) to sample
    batch : dict
        image [B, H, W, C], mask [B, H, W, 1]
    seeds : tf.Tensor
        [B, 2] int32
    movements : Mapping[str, Movement], default DEFAULT_MOVEMENTS
        by name

    Returns
    -------
    dict
        the same keys

    Raises: `ValueError` where the members come out in different sizes.
    """

def kind_of(field: Any) -> FieldKind | None:
    """Finds what a field takes, by its annotation.

    Parameters
    ----------
    field : Any
        of a dataclass

    Returns
    -------
    FieldKind | None
        None: its annotation is none of those that are known
    """

def materialize_sample(sample: dict, movements: Mapping[str, Movement] = ...) -> dict:
    """Reads every target of a sample as a tensor, all of it.

    Parameters
    ----------
    sample : dict
        image, mask, as arrays or readers
    movements : Mapping[str, Movement], default DEFAULT_MOVEMENTS
        by name

    Returns
    -------
    dict
        the same keys
    """

def movements_of(targets: Iterable[Target], label: int | None = None) -> dict[str, Movement]:
    """Finds how the arrays of a table move; a fact does not.

    Parameters
    ----------
    targets : Iterable[Target]
        a table
    label : int | None, default None
        id beyond the border of the mask; None: as its target says

    Returns
    -------
    dict[str, Movement]
        by name; `soft_mask` is always among them
    """

def operation_kinds(kind: type = ...) -> dict[str, type]:
    """Lists all kinds of operations by name.

    Parameters
    ----------
    kind : type, default Operation
        the base class

    Returns
    -------
    dict[str, type]
        classes, your own among them

    Of two classes with one name, tfrseg's comes before yours, and a later one of yours before an earlier.
    """

def roles_of(sample: dict, movements: Mapping[str, Movement] = ...) -> list[str]:
    """Lists what of a sample moves.

    Parameters
    ----------
    sample : dict
        image [H, W, C], mask [H, W, 1], or a batch of them, and more
    movements : Mapping[str, Movement], default DEFAULT_MOVEMENTS
        by name

    Returns
    -------
    list[str]
        names in the table, in its order
    """

def sample_window(sample: dict) -> Window:
    """Makes the window that shows a whole sample, or every member of a batch.

    Parameters
    ----------
    sample : dict
        image [H, W, 3], or a `RegionReader`, or [B, H, W, 3]

    Returns
    -------
    Window
        all of it
    """

def transform_sample(sample: dict, window: Window, movements: Mapping[str, Movement] = ...) -> dict:
    """Takes every target of a sample through one window.

    Parameters
    ----------
    sample : dict
        image [H, W, C], mask [H, W, 1], as arrays or readers, or a batch
    window : Window
        what to show of it
    movements : Mapping[str, Movement], default DEFAULT_MOVEMENTS
        by name, as `Operation.movements`

    Returns
    -------
    dict
        the same keys

    Raises: `ValueError` for a fill that an array cannot hold, an array that no rule moves, different sizes.
    """

def with_ignore_label(operation: Operation, label: int | None) -> Operation:
    """Sets the value beyond the border of masks in an operation and all inside it, whatever they had before.

    Parameters
    ----------
    operation : Operation
        any, or one on batches
    label : int | None
        id of ignored pixels, which the mask's dtype can hold; None: nothing changes

    Returns
    -------
    Operation
        equal, with the same draws

    Raises: `TypeError` for anything but an operation, `ValueError` for a label that is not a whole number.
    """

@dataclass(frozen=True)
class CropOrPad(Operation):
    """Takes the middle of image and mask at a size, cropped or padded; nothing is drawn.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out, pixels

    Raises: `ValueError` for a size that is not two positive numbers.
    Example: `CropOrPad((224, 224))(make_card(0))`
    """
    size: tuple[int, int] | list[int] = (256, 256)
    exact = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            not used
        """

@dataclass(frozen=True)
class PadToSize(Operation):
    """Pads image and mask below and to the right to at least a size, and never crops.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out at least, pixels

    Raises: `ValueError` for a size that is not two positive numbers.
    Example: `PadToSize((512, 512))(make_card(0))`
    """
    size: tuple[int, int] | list[int] = (256, 256)
    exact = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            not used
        """

@dataclass(frozen=True)
class RandomClassCrop(_Tried):
    """Crops image and mask where enough pixels belong to some classes: the first such of several crops.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out, pixels
    classes : tuple[int, ...] | list[int], default (1,)
        class ids that are wanted
    share : float, default 0.01
        of a crop's pixels in these classes, at least, 0 to 1
    tries : int, default 8
        crops that are drawn, 1 or more

    Where no crop has enough of them, the one with most is taken.
    Raises: `ValueError` for a size that is not positive, a share outside [0, 1], no class or no try.
    Example: `RandomClassCrop((120, 120), classes=(4,), share=0.05)(make_card(0), seed=1)`
    """
    size: tuple[int, int] | list[int] = (256, 256)
    classes: tuple[int, ...] | list[int] = (1,)
    share: float = 0.01
    tries: int = 8
    exact = True
    folds = False
    is_geometric = True

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, mask
        seed : tf.Tensor
            [2] int32
        """

    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """Gives where the crop lies, and its share of the classes. Eagerly.

        Parameters
        ----------
        sample : dict
            image, mask
        seed : tf.Tensor
            [2] int32
        """

@dataclass(frozen=True)
class RandomCrop(Operation):
    """Crops a piece from anywhere in image and mask; a smaller image is padded on all sides.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out, pixels

    Raises: `ValueError` for a size that is not two positive numbers.
    Example: `RandomCrop((224, 224))(make_card(0), seed=1)`
    """
    size: tuple[int, int] | list[int] = (256, 256)
    exact = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class RandomFlip(Operation):
    """Flips image and mask, left to right and top to bottom, each with its own probability.

    Parameters
    ----------
    horizontal : float, default 0.5
        probability of a flip left to right, 0 to 1
    vertical : float, default 0.0
        probability of a flip top to bottom, 0 to 1

    Raises: `ValueError` if a probability is outside [0, 1].
    Example: `RandomFlip(0.5)(make_card(0), seed=1)`
    """
    horizontal: float = 0.5
    vertical: float = 0.0
    exact = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class RandomRotate90(Operation):
    """Turns image and mask counterclockwise by a number of quarters, drawn with equal probability.

    Parameters
    ----------
    turns : tuple[int, ...] | list[int], default (0, 1, 2, 3)
        quarter turns to choose from, each 0 to 3

    Raises: `ValueError` for quarters other than 0, 1, 2 and 3.
    Example: `RandomRotate90((1, 3))(make_card(0), seed=1)`
    """
    turns: tuple[int, ...] | list[int] = (0, 1, 2, 3)
    exact = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class RandomShift(Operation):
    """Shifts image and mask by whole pixels, black and ignored where nothing is; the size stays.

    Parameters
    ----------
    height : int, default 0
        largest shift up or down, pixels, 0 or more
    width : int, default 50
        largest shift left or right, pixels, 0 or more
    probability : float, default 0.5
        of a shift, 0 to 1

    Raises: `ValueError` for a negative shift, or a probability outside [0, 1].
    Example: `RandomShift(20, 40)(make_card(0), seed=1)`
    """
    height: int = 0
    width: int = 50
    probability: float = 0.5
    exact = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class Resize(Operation):
    """Scales image and mask to a size: the image without aliasing, the mask by nearest pixels.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out, pixels
    interpolation : str, default INTERPOLATIONS[0]
        of the image: 'bilinear', 'bicubic' or 'area'

    Raises: `ValueError` for a size that is not positive, or an unknown interpolation.
    Example: `Resize((120, 160))(make_card(0))`
    """
    size: tuple[int, int] | list[int] = (256, 256)
    interpolation: str = ...
    supports_batch = True
    is_geometric = True

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, mask, or a batch
        seed : tf.Tensor
            not used
        """

class Combinator(Operation):
    """An operation made of others, its `parts`: exact when all of them are, and folding when all of them do."""

    @property
    def parts(self) -> tuple[Operation, ...]:
        """The operations that it holds."""

    @property
    def exact(self) -> bool:
        """True when all of its operations are."""

    @property
    def folds(self) -> bool:
        """True when all of its operations fold."""

    @property
    def is_geometric(self) -> bool:
        """True when one of its operations moves pixels."""

    @property
    def bound_label(self) -> int | None:
        """The ignore label that `with_ignore_label` has set in it, or else in the first of them that has one."""

    @property
    def bound_targets(self) -> tuple[Target, ...] | None:
        """The table that `bind_targets` has set in it, or else in the first of them that has one."""

@dataclass(frozen=True)
class Compose(_Chain):
    """Applies operations one after another, each with its own seed.

    Parameters
    ----------
    operations : tuple[Operation, ...] | list[Operation], default ()
        in order; a single one may stand alone
    mask_fill : int, default IGNORE_LABEL
        id beyond the border of masks; other than 255: in those inside, too

    Raises: `TypeError` for anything but operations.
    Example: `Compose((RandomFlip(), RandomCrop((224, 224))))(make_card(0), seed=1)`
    """
    operations: tuple[Operation, ...] | list[Operation] = ()
    mask_fill: int = ...

    @property
    def border_label(self) -> int:
        """The id that comes from beyond the border of a mask: the bound label, else `mask_fill`."""

    def drawn_operations(self, seed: tf.Tensor) -> list[tuple[Operation, tf.Tensor]]:
        """Lists the single operations of all of them, each with its own seed. Eagerly.

        Parameters
        ----------
        seed : tf.Tensor
            [2] int32
        """

@dataclass(frozen=True)
class OneOf(_Choice):
    """Applies one of several operations, drawn with equal probability.

    Parameters
    ----------
    operations : tuple[Operation, ...] | list[Operation]
        to choose from

    Raises: `ValueError` for no operations, `TypeError` for anything but operations.
    Example: `OneOf((RandomFlip(1.0), RandomRotate90((2,))))(make_card(0), seed=1)`
    """
    operations: tuple[Operation, ...] | list[Operation]

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

    def drawn_operations(self, seed: tf.Tensor) -> list[tuple[Operation, tf.Tensor]]:
        """Lists those of the chosen operation. Eagerly.

        Parameters
        ----------
        seed : tf.Tensor
            [2] int32
        """

@dataclass(frozen=True)
class RandomApply(_Choice):
    """Applies an operation with a probability, and else leaves image and mask as they are.

    Parameters
    ----------
    operation : Operation
        what is applied
    probability : float, default 0.5
        of applying it, 0 to 1

    Raises: `ValueError` if the probability is outside [0, 1], `TypeError` for anything but an operation.
    Example: `RandomApply(RandomRotate90((1, 2, 3)), 0.3)(make_card(0), seed=1)`
    """
    operation: Operation
    probability: float = 0.5

    @property
    def parts(self) -> tuple[Operation, ...]:
        """The operation, alone."""

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

    def drawn_operations(self, seed: tf.Tensor) -> list[tuple[Operation, tf.Tensor]]:
        """Lists the single operations of its operation, or nothing. Eagerly.

        Parameters
        ----------
        seed : tf.Tensor
            [2] int32
        """

@dataclass(frozen=True)
class SomeOf(_Choice):
    """Applies a number of several operations, drawn with equal probability, in their order.

    Parameters
    ----------
    operations : tuple[Operation, ...] | list[Operation]
        to choose from
    count : int, default 2
        how many are applied, 1 or more, at most all

    Raises: `ValueError` for a count beyond the operations, `TypeError` for anything but operations.
    Example: `SomeOf((RandomFlip(1.0), RandomRotate90(), RandomShift()), 2)(make_card(0), seed=1)`
    """
    operations: tuple[Operation, ...] | list[Operation]
    count: int = 2

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

    def drawn_operations(self, seed: tf.Tensor) -> list[tuple[Operation, tf.Tensor]]:
        """Lists those of the chosen operations. Eagerly.

        Parameters
        ----------
        seed : tf.Tensor
            [2] int32
        """

def select_branch(
    index: tf.Tensor,
    branches: Sequence[Callable],
    sample: dict,
    movements: Mapping[str, Movement] = ...,
) -> dict:
    """Runs one of several branches.

    Parameters
    ----------
    index : tf.Tensor
        which branch, int32
    branches : Sequence[Callable]
        functions without arguments that give a sample
    sample : dict
        what they begin with; its keys that do not move pass through
    movements : Mapping[str, Movement], default DEFAULT_MOVEMENTS
        by name

    Returns
    -------
    dict
        the sample of one branch

    Raises: `TypeError` where one branch changes the image's dtype and another does not.
    """

FAR_OUTSIDE: int

FIXED_ONE: int

def affine_matrix(
    size: tuple,
    degrees: float | tf.Tensor = 0.0,
    scale: float | tf.Tensor = 1.0,
    shift: tuple[float, float] = (0.0, 0.0),
    shear: tuple[float, float] = (0.0, 0.0),
) -> tf.Tensor:
    """Makes the matrix that shears, turns and scales about the middle, then shifts.

    Parameters
    ----------
    size : tuple
        (height, width) in pixels
    degrees : float | tf.Tensor, default 0.0
        turn, counterclockwise
    scale : float | tf.Tensor, default 1.0
        above 1 enlarges
    shift : tuple[float, float], default (0.0, 0.0)
        down and right, in pixels
    shear : tuple[float, float], default (0.0, 0.0)
        degrees by which columns and rows lean

    Returns
    -------
    tf.Tensor
        [..., 3, 3] float64, output to source
    """

def make_matrix(*numbers: float | tf.Tensor) -> tf.Tensor:
    """Makes a matrix from its numbers.

    Parameters
    ----------
    *numbers : float | tf.Tensor
        6 (affine) or 9, row by row; tensors [...] make many matrices

    Returns
    -------
    tf.Tensor
        [..., 3, 3] float64
    """

def perspective_matrix(size: tuple, corners: tf.Tensor) -> tf.Tensor:
    """Makes the view in which four points of the source fill the image, corner by corner (Heckbert, 1989).

    Parameters
    ----------
    size : tuple
        (height, width) in pixels
    corners : tf.Tensor
        [..., 4, 2] (x, y) of the source, seen in the corners, clockwise from top left

    Returns
    -------
    tf.Tensor
        [..., 3, 3] float64, output to source
    """

def sample_area(
    pixels: tf.Tensor,
    columns: tf.Tensor,
    rows: tf.Tensor,
    seen: tf.Tensor,
    half: tf.Tensor,
    fill: float,
    pull: Sequence[tf.Tensor] | None = None,
) -> tf.Tensor:
    """Takes the mean of what each output pixel covers of the source (summed areas: Crow, 1984).

    Parameters
    ----------
    pixels : tf.Tensor
        [H, W, C], or [B, H, W, C]: the source
    columns : tf.Tensor
        as for `surrounding_pixels`
    rows : tf.Tensor
        as for `surrounding_pixels`
    seen : tf.Tensor
        [..., 4] int32: (top, left, bottom, right) of the source in sight, pixels
    half : tf.Tensor
        [..., 2] int32: half of what an output pixel covers, (x, y) in fixed point
    fill : float
        value where the nearest pixel is out of sight
    pull : Sequence[tf.Tensor] | None, default None
        as for `surrounding_pixels`

    Returns
    -------
    tf.Tensor
        [..., h, w, C], dtype kept
    """

def sample_pixels(
    method: str,
    index: tf.Tensor,
    bits: tf.Tensor,
    width: tf.Tensor,
    pixels: tf.Tensor,
    fill: float,
) -> tf.Tensor:
    """Samples images at located positions.

    Parameters
    ----------
    method : str
        'nearest', 'bilinear' or 'bicubic'
    index : tf.Tensor
        [..., h, w] int32, from `surrounding_pixels`
    bits : tf.Tensor
        [..., h, w] int32, from `surrounding_pixels`
    width : tf.Tensor
        of the source, pixels
    pixels : tf.Tensor
        [H, W, C], or [B, H, W, C]: the source
    fill : float
        value where the nearest pixel is out of sight

    Returns
    -------
    tf.Tensor
        [..., h, w, C], dtype kept
    """

def surrounding_pixels(
    pixels: tf.Tensor,
    columns: tf.Tensor,
    rows: tf.Tensor,
    seen: tf.Tensor,
    width: tf.Tensor,
    pull: Sequence[tf.Tensor] | None = None,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Finds the source pixels around the position of each output pixel.

    Parameters
    ----------
    pixels : tf.Tensor
        [H, W, C], or [B, H, W, C]: the source
    columns : tf.Tensor
        [..., 2, w] int32: what columns add to x and y; [..., 3, w] float32: also to depth
    rows : tf.Tensor
        [..., 2, h] or [..., 3, h]: what rows add; all in fixed point, see `FIXED_ONE`
    seen : tf.Tensor
        [..., 4] int32: (top, left, bottom, right) of the source in sight, pixels
    width : tf.Tensor
        of the source, pixels
    pull : Sequence[tf.Tensor] | None, default None
        [..., h, K] and [..., 2, K, w], whose product is added

    Returns
    -------
    tuple[tf.Tensor, tf.Tensor]
        [..., h, w] int32: number of the first of four pixels; bits of both axes
    """

@dataclass(frozen=True)
class RandomAffine(Operation):
    """Shears, scales and turns image and mask about the middle, then shifts them; the size stays.

    Parameters
    ----------
    degrees : tuple[float, float] | list[float], default (-10.0, 10.0)
        (low, high) of the turn, counterclockwise
    scale : tuple[float, float] | list[float], default (0.9, 1.1)
        (low, high) of the factor, 0.05 to 20
    shift : tuple[float, float] | list[float], default (0.1, 0.1)
        largest one, part of (height, width), 0 to 1
    shear : tuple[float, float] | list[float], default (-5.0, 5.0)
        (low, high) columns lean by, degrees, ±40
    probability : float, default 1.0
        of all of it, 0 to 1
    interpolation : str, default INTERPOLATIONS[0]
        of the image: 'bilinear', 'bicubic' or 'area'

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `RandomAffine((-20, 20), (0.8, 1.2))(make_card(0), seed=1)`
    """
    degrees: tuple[float, float] | list[float] = (-10.0, 10.0)
    scale: tuple[float, float] | list[float] = (0.9, 1.1)
    shift: tuple[float, float] | list[float] = (0.1, 0.1)
    shear: tuple[float, float] | list[float] = (-5.0, 5.0)
    probability: float = 1.0
    interpolation: str = ...
    folds = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class RandomPerspective(Operation):
    """Tilts image and mask: each corner looks at a drawn point near it; the size stays.

    Parameters
    ----------
    distortion : float, default 0.1
        largest way of a corner, fraction of height and width, 0 to 0.249
    probability : float, default 1.0
        of a tilt, 0 to 1
    interpolation : str, default INTERPOLATIONS[0]
        of the image: 'bilinear', 'bicubic' or 'area'

    Raises: `ValueError` for a distortion that is out of bounds, or a probability outside [0, 1].
    Example: `RandomPerspective(0.2)(make_card(0), seed=1)`
    """
    distortion: float = 0.1
    probability: float = 1.0
    interpolation: str = ...
    folds = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class RandomRotation(Operation):
    """Turns image and mask about the middle by a drawn angle; the size stays.

    Parameters
    ----------
    degrees : tuple[float, float] | list[float], default (-15.0, 15.0)
        (low, high) of the angle, counterclockwise
    probability : float, default 1.0
        of a turn, 0 to 1
    interpolation : str, default INTERPOLATIONS[0]
        of the image: 'bilinear', 'bicubic' or 'area'

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `RandomRotation((-30, 30))(make_card(0), seed=1)`
    """
    degrees: tuple[float, float] | list[float] = (-15.0, 15.0)
    probability: float = 1.0
    interpolation: str = ...
    folds = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class RandomScale(Operation):
    """Scales image and mask, and their size; for a fixed size follow with `RandomCrop` or `CropOrPad`.

    Parameters
    ----------
    scale : tuple[float, float] | list[float], default (0.5, 2.0)
        (low, high) of the factor, 0.05 to 20; 2 enlarges
    probability : float, default 1.0
        of scaling, 0 to 1
    interpolation : str, default INTERPOLATIONS[0]
        of the image: 'bilinear', 'bicubic' or 'area'

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `Compose((RandomScale((0.5, 2)), RandomCrop((224, 224))))(make_card(0), seed=1)`
    """
    scale: tuple[float, float] | list[float] = (0.5, 2.0)
    probability: float = 1.0
    interpolation: str = ...
    folds = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class RandomShear(Operation):
    """Shears image and mask about the middle by drawn angles; the size stays.

    Parameters
    ----------
    horizontal : tuple[float, float] | list[float], default (-10.0, 10.0)
        (low, high) columns lean by, degrees, ±40
    vertical : tuple[float, float] | list[float], default (0.0, 0.0)
        (low, high) rows lean by, degrees, ±40
    probability : float, default 1.0
        of a shear, 0 to 1
    interpolation : str, default INTERPOLATIONS[0]
        of the image: 'bilinear', 'bicubic' or 'area'

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `RandomShear((-20, 20))(make_card(0), seed=1)`
    """
    horizontal: tuple[float, float] | list[float] = (-10.0, 10.0)
    vertical: tuple[float, float] | list[float] = (0.0, 0.0)
    probability: float = 1.0
    interpolation: str = ...
    folds = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class RegionPart(RegionReader):
    """An image of which one part was read already; more than that is not there.

    Parameters
    ----------
    size : tuple
        (height, width) in pixels, int32 scalars
    read : Callable
        (top, left, height, width) to pixels; inside the image, perhaps empty
    channels : int, default 3
        C
    dtype : tf.DType, default tf.uint8
        of the pixels
    static : tuple[int | None, int | None], default (None, None)
        the size where it is known before any record is
    start : tuple, default (0, 0)
        (top, left) where the part begins, pixels
    pixels : Any, default None
        [h, w, C] of the part; or [B, h, w, C], perhaps with more at right and below
    """
    start: tuple = (0, 0)
    pixels: Any = None

    @classmethod
    def of(
        cls,
        pixels: tf.Tensor,
        start: tuple,
        size: tuple,
        static: tuple[int | None, int | None],
    ) -> RegionPart:
        """Makes the reader of an image that has been read in part.

        Parameters
        ----------
        pixels : tf.Tensor
            [h, w, C] of the part, or [B, h, w, C]
        start : tuple
            (top, left) where it begins, pixels: scalars, or [B]
        size : tuple
            (height, width) of the whole image, pixels
        static : tuple[int | None, int | None]
            the same, where known
        """

@dataclass(frozen=True)
class Warp(Window):
    """A window on a canvas whose pixels come from the source by a matrix.

    Parameters
    ----------
    rect : tuple
        (top, left, height, width) in the source
    valid : tuple
        (top, left, bottom, right) of the part of the source that is still in sight
    static : tuple[int | None, int | None]
        the (height, width) that comes out, where known before the draw
    flips : tuple, default (False, False)
        (vertical, horizontal): bool, or a bool tensor
    transposed : Any, default False
        bool, or a bool tensor: rows and columns swapped, after flipping
    inside : bool, default False
        True: known not to reach beyond the source
    matrix : Any, default None
        [..., 3, 3] float64, from the canvas to the source
    seen : tuple, default ()
        (top, left, bottom, right) of the source in sight, as `valid` is of the canvas
    affine : bool, default True
        False: the matrix may be a perspective
    interpolation : str, default INTERPOLATIONS[0]
        of the image: 'bilinear', 'bicubic' or 'area'
    start : tuple, default (0, 0)
        (top, left) in the source where the pixels that are given begin
    """
    matrix: Any = None
    seen: tuple = ()
    affine: bool = True
    interpolation: str = ...
    start: tuple = (0, 0)

    def take(
        self,
        pixels: RegionReader | tf.Tensor,
        fill: float = 0,
        method: str | None = None,
    ) -> tf.Tensor:
        """Takes the pixels of this view.

        Parameters
        ----------
        pixels : RegionReader | tf.Tensor
            [H, W, C], or [B, H, W, C]
        fill : float, default 0
            value beyond the border
        method : str | None, default None
            'nearest', or an interpolation in place of the view's own

        Returns
        -------
        tf.Tensor
            [h, w, C], or [B, h, w, C]
        """

    def take_all(self, targets: list, fills: list, methods: list) -> list:
        """Takes the pixels of several images of one size; of a `RegionReader`, only what is needed is read.

        Parameters
        ----------
        targets : list
            readers or arrays [H, W, C] of one size, or batches [B, H, W, C]
        fills : list
            values beyond the border, one for each
        methods : list
            'nearest', an interpolation, or None for the view's own, one for each

        Returns
        -------
        list
            [h, w, C] or [B, h, w, C] of each, dtypes kept
        """

    def where(self, condition: tf.Tensor, other: Window) -> Window:
        """This view where the condition holds, else the other.

        Parameters
        ----------
        condition : tf.Tensor
            bool, scalar or [B]
        other : Window
            what is elsewhere
        """
    def to_source(self) -> np.ndarray:
        """Gives the matrix [3, 3] from (x, y, 1) of the output to the source. Eagerly."""

def as_warp(window: Window) -> Warp:
    """Makes a window a warp: rectangle, flips and transposition become part of the matrix.

    Parameters
    ----------
    window : Window
        any view

    Returns
    -------
    Warp
        the same view, its canvas being exactly what it shows
    """

def check_range(
    operation: Operation,
    low: float = ...,
    high: float = ...,
    **ranges: Sequence[float],
) -> None:
    """Checks the ranges of an operation.

    Parameters
    ----------
    operation : Operation
        whose `probability` and `interpolation`, if any, are checked too
    low : float, default -math.inf
        lowest end allowed
    high : float, default math.inf
        highest end allowed
    **ranges : Sequence[float]
        (low, high) by name of the field

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    """

def needed_source(warp: Warp) -> tuple:
    """Finds what a view needs of the source, and a pixel around it; for a perspective, all that may be seen.

    Parameters
    ----------
    warp : Warp
        of one image, or of B

    Returns
    -------
    tuple
        ((top, left), (height, width)) of the source, pixels: int32 scalars, or [B]
    """

def warp_window(
    window: Window,
    matrix: tf.Tensor,
    size: tuple | None = None,
    affine: bool = True,
    interpolation: str = ...,
) -> Warp:
    """Looks at a window through a matrix: the matrices are multiplied.

    Parameters
    ----------
    window : Window
        what one looks at
    matrix : tf.Tensor
        [..., 3, 3] from the new output to that view's pixels
    size : tuple | None, default None
        (height, width) that comes out, pixels; None: the same
    affine : bool, default True
        False: the matrix may be a perspective
    interpolation : str, default INTERPOLATIONS[0]
        of the image; the view's own where that is finer

    Returns
    -------
    Warp
        the two as one
    """

@dataclass(frozen=True)
class ElasticTransform(_Bend):
    """Bends image and mask smoothly, by a grid of points that are pulled; the size stays.

    Parameters
    ----------
    strength : float, default 20.0
        largest pull of a point each way, pixels, 0 or more
    cells : int, default 5
        of the grid along each axis, 1 to 64
    probability : float, default 1.0
        of a bend, 0 to 1
    interpolation : str, default INTERPOLATIONS[0]
        of the image: 'bilinear', 'bicubic' or 'area'

    Raises: `ValueError` for a strength or cells out of bounds, or a probability outside [0, 1].
    Example: `ElasticTransform(30.0, 8)(make_card(0), seed=1)`
    """
    strength: float = 20.0
    cells: int = 5
    probability: float = 1.0
    interpolation: str = ...
    supports_batch = True
    is_geometric = True

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, mask, or a batch
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class GridDistortion(_Bend):
    """Stretches and presses rows and columns of image and mask; the size and all four borders stay.

    Parameters
    ----------
    distortion : float, default 0.3
        by what fraction a cell is wider or narrower at most, 0 to 0.9
    cells : int, default 5
        of the grid along each axis, 1 to 64
    probability : float, default 1.0
        of a distortion, 0 to 1
    interpolation : str, default INTERPOLATIONS[0]
        of the image: 'bilinear', 'bicubic' or 'area'

    Raises: `ValueError` for a distortion or cells out of bounds, or a probability outside [0, 1].
    Example: `GridDistortion(0.5)(make_card(0), seed=1)`
    """
    distortion: float = 0.3
    cells: int = 5
    probability: float = 1.0
    interpolation: str = ...
    supports_batch = True
    is_geometric = True

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, mask, or a batch
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class ColorJitter(_Colored):
    """Changes brightness, contrast, saturation and hue of the image; the mask stays.

    Parameters
    ----------
    brightness : float, default 0.2
        times 1 ± up to this fraction, 0 to 1
    contrast : float, default 0.2
        times 1 ± up to this fraction, 0 to 1
    saturation : float, default 0.2
        times 1 ± up to this fraction, 0 to 1
    hue : float, default 8.0
        largest turn, degrees, 0 to 180
    probability : float, default 1.0
        of a change, 0 to 1

    Raises: `ValueError` for a number or a probability out of bounds; for an image of other channels.
    Example: `ColorJitter(hue=20.0)(make_card(0), seed=1)`
    """
    brightness: float = 0.2
    contrast: float = 0.2
    saturation: float = 0.2
    hue: float = 8.0
    probability: float = 1.0
    supports_batch = True

    def make_params(self, seed: tf.Tensor) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C] uint8, or floats
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class LightGradient(Photometric):
    """Brightens the image at one end of a drawn direction and darkens it at the other; the mask stays.

    Parameters
    ----------
    strength : float, default 0.3
        largest fraction added at one end and taken away at the other, 0 to 0.9
    probability : float, default 1.0
        of a gradient, 0 to 1

    Raises: `ValueError` for a strength out of bounds, or a probability outside [0, 1].
    Example: `LightGradient(0.6)(make_card(0), seed=1)`
    """
    strength: float = 0.3
    probability: float = 1.0
    supports_batch = True

    def make_params(self, seed: tf.Tensor) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C] uint8, or floats
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class Normalize(Operation):
    """Normalizes the image by channel, `(image / max_value - mean) / std`, as float32; the mask stays.

    Parameters
    ----------
    mean : tuple[float, ...] | list[float], default (0.485, 0.456, 0.406)
        of each channel over `max_value`, or one
    std : tuple[float, ...] | list[float], default (0.229, 0.224, 0.225)
        of each channel, above 0, or one
    max_value : float, default 255.0
        the value that becomes 1, above 0

    Raises: `ValueError` for a deviation or a maximum that is not above 0; for an image of other channels.
    Example: `Normalize()(make_card(0))`
    """
    mean: tuple[float, ...] | list[float] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] | list[float] = (0.229, 0.224, 0.225)
    max_value: float = 255.0
    supports_batch = True
    is_geometric = False

    @classmethod
    def of(cls, info: Any) -> Normalize:
        """Makes the operation of a dataset's statistics. Raises `DataError` where the info has none.

        Parameters
        ----------
        info : Any
            a `DatasetInfo`, whose `stats` has 'image' with `mean` and `std` by channel

        Returns
        -------
        Normalize
            with `max_value` 1
        """

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, or a batch
        seed : tf.Tensor
            not used
        """

class Photometric(_Drawn):
    """The base of operations on the image alone, applied with a probability."""

    def check_image(self, image: tf.Tensor) -> None:
        """Raises `ValueError` for an image that the operation cannot change; here for none.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C]
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [H, W, C] uint8, or floats in 255ths; many where it `supports_batch`
        seed : tf.Tensor
            [..., 2] int32, from `draw_apply`

        Returns
        -------
        tf.Tensor
            the same shape and dtype
        """

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample with its image changed.

        Parameters
        ----------
        sample : dict
            image [H, W, C], of the dtype that its target says
        seed : tf.Tensor
            [2] int32
        """

    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """The batch after this operation, each member with its own seed; at once where possible.

        Parameters
        ----------
        batch : dict
            image [B, H, W, C], of the dtype that its target says
        seeds : tf.Tensor
            [B, 2] int32
        """

@dataclass(frozen=True)
class RandomGamma(Photometric):
    """Raises the image to a drawn power, `255 * (image / 255) ** gamma`; the mask stays.

    Parameters
    ----------
    gamma : tuple[float, float] | list[float], default (0.7, 1.5)
        (low, high) of the exponent, 0.05 to 20
    probability : float, default 1.0
        of a change, 0 to 1

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `RandomGamma((0.5, 2.0))(make_card(0), seed=1)`
    """
    gamma: tuple[float, float] | list[float] = (0.7, 1.5)
    probability: float = 1.0
    supports_batch = True

    def make_params(self, seed: tf.Tensor) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C] uint8, or floats
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class RandomShadow(Photometric):
    """Darkens one side of a drawn straight line with a soft edge; the mask stays.

    Parameters
    ----------
    strength : tuple[float, float] | list[float], default (0.2, 0.6)
        (low, high) share of light taken away, 0 to 1
    softness : float, default 0.1
        width of the edge, a fraction of the image's diagonal, 0.001 to 1
    probability : float, default 1.0
        of a shadow, 0 to 1

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `RandomShadow((0.3, 0.7))(make_card(0), seed=1)`
    """
    strength: tuple[float, float] | list[float] = (0.2, 0.6)
    softness: float = 0.1
    probability: float = 1.0
    supports_batch = True

    def make_params(self, seed: tf.Tensor) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C] uint8, or floats
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class ToGray(Photometric):
    """Makes the image grey (Rec. 601), in three equal channels; the mask stays.

    Parameters
    ----------
    probability : float, default 0.1
        of grey, 0 to 1

    Raises: `ValueError` if the probability is outside [0, 1]; for an image of other channels than three.
    Example: `ToGray(1.0)(make_card(0))`
    """
    probability: float = 0.1
    supports_batch = True

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, 3] uint8, or floats
        seed : tf.Tensor
            not used
        """

    def check_image(self, image: tf.Tensor) -> None:
        """Raises `ValueError` for other channels than three.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C]
        """

def as_4096ths(numbers: tf.Tensor, dtype: tf.DType) -> tf.Tensor:
    """Makes factors and offsets for pixels: whole 4096ths for uint8.

    Parameters
    ----------
    numbers : tf.Tensor
        [...] float64
    dtype : tf.DType
        of the pixels that are to be mixed

    Returns
    -------
    tf.Tensor
        [...] int32, or of the dtype of floats
    """

def check_channels(
    operation: Operation,
    image: tf.Tensor,
    counts: Sequence[int] = (3,),
    wanted: str = "red, green, blue",
) -> None:
    """Checks the channels of an image.

    Parameters
    ----------
    operation : Operation
        whose name the error begins with
    image : tf.Tensor
        [..., H, W, C]
    counts : Sequence[int], default (3,)
        the numbers of channels that it takes
    wanted : str, default "red, green, blue"
        the same in words

    Raises: `ValueError` for another number of them, which is known.
    """

def crop_like(pixels: tf.Tensor, like: tf.Tensor) -> tf.Tensor:
    """Cuts off what `grow_image` has added behind.

    Parameters
    ----------
    pixels : tf.Tensor
        [..., h, w, C], perhaps grown
    like : tf.Tensor
        [..., H, W, C]

    Returns
    -------
    tf.Tensor
        [..., H, W, C]
    """

def grow_image(pixels: tf.Tensor, margin: int = 0) -> tf.Tensor:
    """Pads images to one of few sizes.

    Parameters
    ----------
    pixels : tf.Tensor
        [..., H, W, C]
    margin : int, default 0
        rows and columns by which the border is repeated on each side

    Returns
    -------
    tf.Tensor
        [..., h, w, C]: with margins, and zeros up to `grown_size` where sizes are unknown
    """

def grown_count(image: tf.Tensor, axis: int) -> int | tf.Tensor:
    """How many rows or columns are computed: as many as `grow_image` makes.

    Parameters
    ----------
    image : tf.Tensor
        [..., H, W, C]
    axis : int
        -3: rows, -2: columns
    """

def scale_bands(pixels: tf.Tensor, gain: tf.Tensor, offset: tf.Tensor) -> tf.Tensor:
    """Multiplies channels, and adds to them.

    Parameters
    ----------
    pixels : tf.Tensor
        [..., H, W, C] uint8, or floats
    gain : tf.Tensor
        [..., C] or [..., 1], from `as_4096ths`
    offset : tf.Tensor
        [..., C] or [..., 1], from `as_4096ths`

    Returns
    -------
    tf.Tensor
        [..., H, W, C], dtype kept
    """

def sizes_of(pixels: tf.Tensor | np.ndarray) -> list[int | tf.Tensor]:
    """Gives the size of each axis, as a number where it is known before the draw.

    Parameters
    ----------
    pixels : tf.Tensor | np.ndarray
        of a known number of axes

    Returns
    -------
    list[int | tf.Tensor]
        the size of each axis
    """

@dataclass(frozen=True)
class CutOut(_Holed):
    """Fills drawn rectangles of the image; the mask stays, unless `mask_fill` is given.

    Parameters
    ----------
    holes : int, default 1
        rectangles, 1 to 64
    size : tuple[float, float] | list[float], default (0.1, 0.3)
        (low, high) of a side, part of the image's, 0 to 1
    fill : int, default 0
        value of the image in the holes, 0 to 255, in 255ths of its limits
    mask_fill : int | None, default None
        id of the mask in the holes; None: as it was
    probability : float, default 1.0
        of holes, 0 to 1

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `CutOut(8, (0.1, 0.2), mask_fill=255)(make_card(0), seed=1)`
    """
    holes: int = 1
    size: tuple[float, float] | list[float] = (0.1, 0.3)
    fill: int = 0
    mask_fill: int | None = None
    probability: float = 1.0
    supports_batch = True
    is_geometric = False

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, mask, or a batch
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class GaussianBlur(Photometric):
    """Blurs the image with a Gaussian of drawn width; the mask stays.

    Parameters
    ----------
    sigma : tuple[float, float] | list[float], default (0.3, 1.5)
        (low, high) of its deviation, pixels, 0 to 20
    probability : float, default 1.0
        of a blur, 0 to 1

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `GaussianBlur((1.0, 3.0))(make_card(0), seed=1)`
    """
    sigma: tuple[float, float] | list[float] = (0.3, 1.5)
    probability: float = 1.0

    @property
    def supports_batch(self) -> bool:
        """True where most members are blurred."""

    def make_params(self, seed: tf.Tensor) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C] uint8, or floats
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class GaussianNoise(Photometric):
    """Adds noise of a drawn standard deviation to the image, at most 3.45 of it; the mask stays.

    Parameters
    ----------
    std : tuple[float, float] | list[float], default (2.0, 10.0)
        (low, high) of it, grey levels, 0 to 100
    probability : float, default 1.0
        of noise, 0 to 1

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `GaussianNoise((10, 20))(make_card(0), seed=1)`
    """
    std: tuple[float, float] | list[float] = (2.0, 10.0)
    probability: float = 1.0
    supports_batch = True

    def make_params(self, seed: tf.Tensor) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C] uint8, or floats
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class JpegArtifacts(Photometric):
    """Turns the image to JPEG and back, at a drawn quality; the mask stays.

    Parameters
    ----------
    quality : tuple[int, int] | list[int], default (40, 95)
        (low, high) of the quality, 1 to 100
    probability : float, default 1.0
        of compression, 0 to 1

    Raises: `ValueError` for a range or a probability out of bounds; for an image that JPEG cannot hold.
    Example: `JpegArtifacts((10, 50))(make_card(0), seed=1)`
    """
    quality: tuple[int, int] | list[int] = (40, 95)
    probability: float = 1.0

    def make_params(self, seed: tf.Tensor) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [2] int32
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [H, W, C] uint8, 1 or 3 channels
        seed : tf.Tensor
            [2] int32
        """

    def check_image(self, image: tf.Tensor) -> None:
        """Raises `ValueError` for what JPEG cannot hold.

        Parameters
        ----------
        image : tf.Tensor
            [H, W, C]
        """

@dataclass(frozen=True)
class MotionBlur(Photometric):
    """Blurs the image along a straight line of drawn direction; the mask stays.

    Parameters
    ----------
    length : tuple[float, float] | list[float], default (3.0, 9.0)
        (low, high) of the line, pixels, 1 to 64
    probability : float, default 1.0
        of a blur, 0 to 1

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `MotionBlur((5.0, 15.0))(make_card(0), seed=1)`
    """
    length: tuple[float, float] | list[float] = (3.0, 9.0)
    probability: float = 1.0

    def make_params(self, seed: tf.Tensor) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [2] int32
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [H, W, C] uint8, or floats
        seed : tf.Tensor
            [2] int32
        """

@dataclass(frozen=True)
class BandDrop(_ByBand):
    """Fills drawn channels of the image with one value; the others and the mask stay.

    Parameters
    ----------
    count : int, default 1
        how many channels, 1 or more
    fill : int, default 0
        value of what is dropped, 0 to 255, in 255ths of the limits
    probability : float, default 0.5
        of dropping any, 0 to 1

    Raises: `ValueError` for a count, fill or probability out of bounds; where no channel would stay.
    Example: `BandDrop(1, probability=1.0)(make_card(0), seed=1)`
    """
    count: int = 1
    fill: int = 0
    probability: float = 0.5

    def make_params(self, seed: tf.Tensor, channels: int = 3) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32
        channels : int, default 3
            C

        Returns
        -------
        dict
            [..., C] bool
        """

    def check_image(self, image: tf.Tensor) -> None:
        """Raises `ValueError` where no channel would stay.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C]
        """

@dataclass(frozen=True)
class BandJitter(_ByBand):
    """Multiplies each channel of the image by a drawn gain and adds a drawn offset; the mask stays.

    Parameters
    ----------
    gain : tuple[float, float] | list[float], default (0.9, 1.1)
        (low, high) of the factor, 0 to 10
    offset : tuple[float, float] | list[float], default (-10.0, 10.0)
        (low, high), 255ths of the limits, ±255
    probability : float, default 1.0
        of a change, 0 to 1

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `BandJitter((0.7, 1.3))(make_card(0), seed=1)`
    """
    gain: tuple[float, float] | list[float] = (0.9, 1.1)
    offset: tuple[float, float] | list[float] = (-10.0, 10.0)
    probability: float = 1.0

    def make_params(self, seed: tf.Tensor, channels: int = 3) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32
        channels : int, default 3
            C

        Returns
        -------
        dict
            [..., C] each
        """

    def transform_image(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """Changes an image.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C] uint8, or floats
        seed : tf.Tensor
            [..., 2] int32
        """

@dataclass(frozen=True)
class OnBands(_OnBands):
    """Applies an operation of light and colour to some channels of the image; all else stays.

    Parameters
    ----------
    bands : tuple[int | str, ...] | list[int | str]
        channels by number from 0, or by name, in this order
    operation : Operation
        such as `ToGray()`; it keeps dtype and channels

    Raises: `ValueError` for no bands, or an operation that moves pixels; for a band that the image has not.
    Example: `OnBands((2, 1, 0), ToGray(1.0))(make_card(0))`
    """
    bands: tuple[int | str, ...] | list[int | str]
    operation: Operation
    exact = False
    folds = False

class BatchOperation(Bindable, TupleFields):
    """The base of what mixes a batch: `op(batch, seed) -> batch`. Not an `Operation`, which takes one sample."""

    def mix(self, batch: dict, seed: tf.Tensor) -> dict:
        """The batch after this operation.

        Parameters
        ----------
        batch : dict
            tensors [B, H, W, C]
        seed : tf.Tensor
            [2] int32
        """

    def __call__(self, batch: dict, seed: int | tf.Tensor = 0) -> dict:
        """Mixes the members of a batch.

        Parameters
        ----------
        batch : dict
            image [B, H, W, 3], mask [B, H, W, 1], and anything else
        seed : int | tf.Tensor, default 0
            see `as_seed`

        Returns
        -------
        dict
            the same keys; other values pass, unless as large as the images

        Raises: `ValueError` for a single sample, or an array that no rule mixes.
        """

@dataclass(frozen=True)
class CutMix(BatchOperation):
    """Pastes a rectangle of another member into image and mask, labels and all (Yun and others, 2019).

    Parameters
    ----------
    area : tuple[float, float] | list[float], default (0.1, 0.4)
        (low, high) of its part of the image, 0 to 1
    probability : float, default 0.5
        of a rectangle, for each member, 0 to 1

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `CutMix()({"image": tf.zeros((4, 8, 8, 3)), "mask": tf.zeros((4, 8, 8, 1), tf.int32)}, seed=1)`
    """
    area: tuple[float, float] | list[float] = (0.1, 0.4)
    probability: float = 0.5

    def mix(self, batch: dict, seed: tf.Tensor) -> dict:
        """The batch after this operation.

        Parameters
        ----------
        batch : dict
            [B, H, W, C] each
        seed : tf.Tensor
            [2] int32
        """

@dataclass(frozen=True)
class MixUp(BatchOperation):
    """Blends each member with another; `mask` gives way to `soft_mask` [B, H, W, K] (Zhang and others, 2018).

    Parameters
    ----------
    classes : int
        K, number of classes
    strength : float, default 0.5
        largest part of the other member, 0 to 0.5 (half and half)
    ignore_label : int, default IGNORE_LABEL
        id of pixels that do not count

    Raises: `ValueError` for a number out of bounds, or more than 255 classes with the ignore label 255.
    Example: `MixUp(5)({"image": tf.zeros((4, 8, 8, 3)), "mask": tf.zeros((4, 8, 8, 1), tf.int32)}, seed=1)`
    """
    classes: int
    strength: float = 0.5
    ignore_label: int = ...

    def mix(self, batch: dict, seed: tf.Tensor) -> dict:
        """The batch after this operation.

        Parameters
        ----------
        batch : dict
            [B, H, W, C] each
        seed : tf.Tensor
            [2] int32
        """

@dataclass(frozen=True)
class Mosaic(BatchOperation):
    """Joins four members of image and mask at a drawn point, each with its own quarter.

    Parameters
    ----------
    point : tuple[float, float] | list[float], default (0.3, 0.7)
        (low, high) of it, part of height and width
    probability : float, default 0.5
        of a mosaic, for each member, 0 to 1

    Raises: `ValueError` if a range is reversed or out of bounds, or a probability is outside [0, 1].
    Example: `Mosaic()({"image": tf.zeros((4, 8, 8, 3)), "mask": tf.zeros((4, 8, 8, 1), tf.int32)}, seed=1)`
    """
    point: tuple[float, float] | list[float] = (0.3, 0.7)
    probability: float = 0.5

    def mix(self, batch: dict, seed: tf.Tensor) -> dict:
        """The batch after this operation.

        Parameters
        ----------
        batch : dict
            [B, H, W, C] each
        seed : tf.Tensor
            [2] int32
        """

PRESETS: Any

@dataclass(frozen=True)
class RandAugment(Operation):
    """Applies operations drawn from twelve, all of one strength (RandAugment, Cubuk and others, 2020).

    Parameters
    ----------
    count : int, default 2
        operations, one after another, 1 or more
    magnitude : float, default 0.5
        strength of each, 0 to 1: nothing to the strongest

    Raises: `ValueError` for a count below 1, or a magnitude outside [0, 1].
    Example: `RandAugment(2, 0.7)(make_card(0), seed=1)`
    """
    count: int = 2
    magnitude: float = 0.5
    is_geometric = True

    @property
    def chain(self) -> Compose:
        """What it is made of."""

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, mask
        seed : tf.Tensor
            [2] int32
        """

    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """The batch after the operations, each member with its own seed.

        Parameters
        ----------
        batch : dict
            [B, H, W, C] each
        seeds : tf.Tensor
            [B, 2] int32
        """

    def drawn_operations(self, seed: tf.Tensor) -> list[tuple[Operation, tf.Tensor]]:
        """Lists the operations that were drawn. Eagerly.

        Parameters
        ----------
        seed : tf.Tensor
            [2] int32
        """

@dataclass(frozen=True)
class RandomShiftCrop(Operation):
    """Crops the top left of image and mask and moves it left between black bars, or else does as `CropOrPad`.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out, pixels
    shift : int, default 50
        pixels cut off on the left at most, 1 or more; half is the move
    probability : float, default 0.5
        of the shift, where the image is large enough, 0 to 1

    Raises: `ValueError` for a size or a shift that is not positive, or a probability outside [0, 1].
    Example: `RandomShiftCrop((300, 300), 150)(make_card(0), seed=1)`
    """
    size: tuple[int, int] | list[int] = (256, 256)
    shift: int = 50
    probability: float = 0.5
    exact = True

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

def aerial_or_cells(size: tuple[int, int] | list[int] = (256, 256)) -> Compose:
    """Makes a policy for images without up or down: any angle, all symmetries, a gentle bend, uneven light.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out, pixels

    Returns
    -------
    Compose
        with `mask_fill` 255

    Raises: `ValueError` for a size that is not two positive numbers.
    Example: `aerial_or_cells((224, 224))(make_card(0), seed=1)`
    """

def apply_aug_train(
    image_features: dict,
    args: Any,
    seed: int | tf.Tensor | None = None,
) -> dict[str, tf.Tensor]:
    """Augments a batch of raw images and masks alike; eagerly and inside `tf.data`'s `map`, for mixed sizes.

    Parameters
    ----------
    image_features : dict
        a batch of `read_tfrecord`: raw strings [B], height and width [B]
    args : Any
        has batch_size, target_height and target_width
    seed : int | tf.Tensor | None, default None
        makes it repeatable; None: another draw each time

    Returns
    -------
    dict[str, tf.Tensor]
        'img' and 'seg', [B, height, width, 3] float32, 0 to 255

    Raises: `ValueError` for sizes that are not positive, or a batch of another length.
    Example: `dataset.batch(4, drop_remainder=True).map(lambda batch: apply_aug_train(batch, args))`
    """

def document(size: tuple[int, int] | list[int] = (256, 256)) -> Compose:
    """Makes a policy for photographs of documents: tilts, shadows, blur, compression; never a mirror image.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out, pixels

    Returns
    -------
    Compose
        with `mask_fill` 255

    Raises: `ValueError` for a size that is not two positive numbers.
    Example: `document((224, 224))(make_card(0), seed=1)`
    """

def natural(size: tuple[int, int] | list[int] = (256, 256)) -> Compose:
    """Makes a policy for photographs of the world: scale, mirror images, colour.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out, pixels

    Returns
    -------
    Compose
        with `mask_fill` 255

    Raises: `ValueError` for a size that is not two positive numbers.
    Example: `natural((224, 224))(make_card(0), seed=1)`
    """

def operations_by_text(text: str) -> Operation:
    """Makes a preset or operations from text, as a command line gives them.

    Parameters
    ----------
    text : str
        a preset, or operations such as 'RandomFlip(), RandomCrop((256, 256))'

    Returns
    -------
    Operation
        a single one, or several as a `Compose`

    Raises: `ValueError` for a text that is neither.
    """

def origin(size: tuple[int, int] | list[int] = (256, 256)) -> Compose:
    """Makes the policy of `apply_aug_train`: flips, quarter turns and a peculiar shift.

    Parameters
    ----------
    size : tuple[int, int] | list[int], default (256, 256)
        (height, width) that comes out, pixels

    Returns
    -------
    Compose
        exact, with `mask_fill` 0

    Raises: `ValueError` for a size that is not two positive numbers.
    Example: `origin((224, 224))(make_card(0), seed=1)`
    """

def preset_by_name(text: str) -> Compose:
    """Makes a preset from its name and size.

    Parameters
    ----------
    text : str
        'natural', 'natural:256' or 'natural:256x384', height before width

    Returns
    -------
    Compose
        of 256 x 256 where no size is given

    Raises: `ValueError` that lists the presets.
    """

@dataclass(frozen=True, repr=False)
class FromNumpy(_FromFunction):
    """Applies a function of NumPy arrays, such as a pipeline of Albumentations, to all targets of a sample.

    Parameters
    ----------
    function : Callable
        (arrays [H, W, C] by name, seed 0 to 2**32 - 1) to arrays of the same names

    Raises: `TypeError` for anything but a function; `ValueError` (`InvalidArgumentError` in a graph) where it
    fails, or gives other names, dtypes, channels or sizes.
    Example: `FromNumpy(lambda arrays, seed: {name: a[::-1] for name, a in arrays.items()})(make_card(0))`
    """
    function: Callable
    is_geometric = True

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, mask, and other targets
        seed : tf.Tensor
            [2] int32
        """

class MemoryPool:
    """Arrays whose memory is used again when nobody holds them."""
    def __init__(self) -> None: ...

    def take(self, shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
        """Takes an array. It begins at a multiple of 64 bytes.

        Parameters
        ----------
        shape : Sequence[int]
            of the array
        dtype : np.dtype
            of the array

        Returns
        -------
        np.ndarray
            of that shape and dtype, with any content
        """

    def take_block(self, size: int) -> np.ndarray:
        """Takes memory out of the pool; `give_block` puts it back.

        Parameters
        ----------
        size : int
            bytes

        Returns
        -------
        np.ndarray
            [n] uint8, `size` or more, about twice that at most
        """

    def give_block(self, block: np.ndarray) -> None:
        """Puts memory back.

        Parameters
        ----------
        block : np.ndarray
            from `take_block`, which nobody uses any more
        """

def copy_cut(piece: np.ndarray, cut: Sequence[int], target: np.ndarray, fill: float = 0) -> None:
    """Copies the piece of a cut into the image that the cut gives.

    Parameters
    ----------
    piece : np.ndarray
        [h, w, C] of the source: rows `cut[0]` to `cut[0] + cut[2]`, columns likewise
    cut : Sequence[int]
        12 numbers of `Cut.pack`
    target : np.ndarray
        [H, W, C] of the size `cut[9:11]`, of any dtype
    fill : float, default 0
        value beyond the border
    """

def find_opencv() -> ModuleType | None:
    """Finds OpenCV.

    Returns
    -------
    ModuleType | None
        the module `cv2`; None where it is not installed, or does not load
    """

def turn_pixels(
    source: np.ndarray,
    target: np.ndarray,
    vertical: bool = False,
    horizontal: bool = False,
    transposed: bool = False,
) -> None:
    """Copies pixels into an array, flipped, then transposed.

    Parameters
    ----------
    source : np.ndarray
        [h, w, C]
    target : np.ndarray
        [h, w, C], or [w, h, C] where transposed; of any dtype
    vertical : bool, default False
        rows reversed
    horizontal : bool, default False
        columns reversed
    transposed : bool, default False
        rows and columns swapped, after flipping
    """

class Parameter(NamedTuple):
    """What a field of an operation takes.

    Parameters
    ----------
    name : str
        of the field
    kind : FieldKind | None
        None: another kind, such as operations inside
    low : float | None
        lowest value; None: open
    high : float | None
        highest value; None: open
    unit : str
        such as 'degrees'; empty: none
    choices : tuple[str, ...]
        of a text; empty: any
    comment : str
        beside the field in the source
    """
    name: str
    kind: FieldKind | None
    low: float | None
    high: float | None
    unit: str
    choices: tuple[str, ...]
    comment: str

def accepts(operation: Operation, **values: Any) -> bool:
    """Whether an operation takes other values.

    Parameters
    ----------
    operation : Operation
        that is valid
    **values : Any
        of some of its fields
    """

def allowed_end(accepted: Callable[[float], bool], value: float, end: float) -> float:
    """Finds the value nearest to an end that is taken, by halves.

    Parameters
    ----------
    accepted : Callable[[float], bool]
        whether a value is taken
    value : float
        one that is
    end : float
        perhaps one that is not

    Returns
    -------
    float
        whole where both are
    """

def parameters_of(cls: type) -> list[Parameter]:
    """Lists what the parameters of an operation take.

    Returns
    -------
    list[Parameter]
        in the order of its fields
    """

def with_defaults(
    cls: type,
    size: tuple[int, int] = (256, 256),
    inside: tuple[Operation, ...] = (),
) -> Operation:
    """Makes an operation with its defaults. Raises `TypeError` for one that needs more.

    Parameters
    ----------
    size : tuple[int, int], default (256, 256)
        (height, width) of those that have a size, pixels
    inside : tuple[Operation, ...], default ()
        of those that hold others; a single one: the first
    """

def as_code(operation: Operation | Sequence[Operation], indent: str = "") -> str:
    """Writes an operation as the code that makes it.

    Parameters
    ----------
    operation : Operation | Sequence[Operation]
        one, or several
    indent : str, default ""
        before each line but the first

    Returns
    -------
    str
        an expression; needs the names of its classes
    """

def mute_operation(operation: Operation) -> Compose:
    """Makes a stand-in that does nothing, and is written with what it stands for.

    Parameters
    ----------
    operation : Operation
        any

    Returns
    -------
    Compose
        equal to `Compose()`, which does nothing
    """

def muted_in(operation: Operation) -> Operation | None:
    """Gives what a stand-in stands for.

    Parameters
    ----------
    operation : Operation
        any

    Returns
    -------
    Operation | None
        None: nothing is muted
    """

def plain_value(value: Any) -> Any:
    """Gives a value without NumPy.

    Parameters
    ----------
    value : Any
        of a parameter

    Returns
    -------
    Any
        numbers of Python, and tuples instead of arrays and lists
    """

def program_of(operations: Operation | Sequence[Operation]) -> str:
    """Writes operations as a program; one that does not run says why in its first line.

    Parameters
    ----------
    operations : Operation | Sequence[Operation]
        one, or several

    Returns
    -------
    str
        imports, and the operations as `augment`
    """
