# Written by tools/stubs.py from the sources; do not edit.
"""Operations that move image and mask together, drawn from a seed."""

import numpy as np
import tensorflow as tf
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = [
    "BatchOperation", "ColorJitter", "Combinator", "Compose", "CropOrPad", "Cut", "CutMix", "CutOut",
    "DEFAULT_INTERPOLATION", "ElasticTransform", "FILL_VALUE", "GaussianBlur", "GaussianNoise",
    "GridDistortion", "INTERPOLATIONS", "JpegArtifacts", "LightGradient", "MixUp", "Mosaic", "MotionBlur",
    "Normalize", "OneOf", "Operation", "PRESETS", "PadToSize", "Photometric", "RandAugment", "RandomAffine",
    "RandomApply", "RandomClassCrop", "RandomCrop", "RandomFlip", "RandomGamma", "RandomPerspective",
    "RandomRotate90", "RandomRotation", "RandomScale", "RandomShadow", "RandomShear", "RandomShift",
    "RandomShiftCrop", "RegionReader", "Resize", "SomeOf", "Step", "ToGray", "Warp", "Window",
    "aerial_or_cells", "affine_matrix", "apply_aug_train", "as_region", "as_seed", "as_warp", "axis_offsets",
    "check_interpolation", "check_mask", "check_one_size", "check_range", "check_seed", "check_targets",
    "crop_sample", "crop_to_window", "cut_window", "describe_window", "document", "fold_in", "grown_row",
    "grown_size", "is_batch", "is_known", "make_matrix", "map_samples", "materialize_sample", "natural",
    "operation_kinds", "operations_by_text", "origin", "padded_length", "perspective_matrix", "philox_words",
    "preset_by_name", "raw_region", "roles_of", "sample_window", "select_branch", "source_positions",
    "split_seed", "stack_numbers", "take_batch", "take_cut", "take_window", "transform_sample", "uniform",
    "uniform_int", "warp_window", "whole_window", "with_ignore_label",
]

def as_seed(seed: int | Sequence[int] | tf.Tensor) -> tf.Tensor:
    """A seed for stateless random operations. Raises `ValueError` for what is no whole number, or too large.

    Parameters
    ----------
    seed : int | Sequence[int] | tf.Tensor
        a number, or two

    Returns
    -------
    tf.Tensor
        [2] int32
    """

def check_seed(seed: int, low: int = ..., high: int = ...) -> int:
    """A whole number that may be a seed. Raises `ValueError` for any other.

    Parameters
    ----------
    seed : int
        of whatever type
    low : int, default -2**31
        the least
    high : int, default 2**63 - 1
        the most

    Returns
    -------
    int
        the same
    """

def fold_in(seed: tf.Tensor, number: int | tf.Tensor) -> tf.Tensor:
    """A seed for a number.

    Parameters
    ----------
    seed : tf.Tensor
        [..., 2] int32
    number : int | tf.Tensor
        [...] a whole number, 0 or more; the shapes broadcast

    Returns
    -------
    tf.Tensor
        [..., 2] int32
    """

def philox_words(key: int, counter: tuple[int, int]) -> list[int]:
    """The words that the generator gives for one key and one counter; in plain Python, for what is wanted once.

    Parameters
    ----------
    key : int
        64 bits
    counter : tuple[int, int]
        lower and upper 64 bits

    Returns
    -------
    list[int]
        four of 32 bits
    """

def split_seed(seed: tf.Tensor, count: int) -> tf.Tensor:
    """Several seeds out of one.

    Parameters
    ----------
    seed : tf.Tensor
        [..., 2] int32
    count : int
        seeds wanted of each

    Returns
    -------
    tf.Tensor
        [..., count, 2] int32
    """

def uniform(seed: tf.Tensor, count: int) -> tf.Tensor:
    """Random numbers, alike likely everywhere.

    Parameters
    ----------
    seed : tf.Tensor
        [..., 2] int32: one seed, or many
    count : int
        numbers for each

    Returns
    -------
    tf.Tensor
        [..., count] float32, from 0 to just below 1
    """

def uniform_int(draw: tf.Tensor, count: int | tf.Tensor) -> tf.Tensor:
    """A whole number out of one draw.

    Parameters
    ----------
    draw : tf.Tensor
        from `uniform`
    count : int | tf.Tensor
        how many there are to choose from

    Returns
    -------
    tf.Tensor
        int32, from 0 to count-1
    """

@dataclass(frozen=True)
class RegionReader:
    """A picture that is read in part: `read(top, left, height, width)` gives [height, width, C] pixels.

    `size` is (height, width) as int32 scalars; `static` is the same where it is known before any record is, else None.
    The rectangle lies inside the picture; it may be empty.
    """
    size: tuple
    read: Callable
    channels: int = 3
    dtype: tf.DType = ...
    static: tuple[int | None, int | None] = (None, None)
    def read_all(self) -> tf.Tensor:
        """All of its pixels, [H, W, C]."""
    def map_pixels(self, change: Callable, channels: int, dtype: tf.DType) -> RegionReader:
        """The same picture with each piece changed pixel by pixel, such as colours to ids."""

def as_region(pixels: RegionReader | tf.Tensor) -> RegionReader:
    """An array as a picture; a picture as it is.

    Parameters
    ----------
    pixels : RegionReader | tf.Tensor
        a picture, or [H, W, C]
    """

def raw_region(
    data: tf.Tensor,
    size: tuple,
    channels: int = 3,
    dtype: str = "uint8",
    static: tuple[int | None, int | None] = (None, None),
) -> RegionReader:
    """The pixels of a byte string.

    Parameters
    ----------
    data : tf.Tensor
        scalar string: H * W * C values, rows first, little-endian
    size : tuple
        (height, width)
    channels : int, default 3
        C
    dtype : str, default "uint8"
        'uint8' or 'uint16'
    static : tuple[int | None, int | None], default (None, None)
        (height, width) where known
    """

@dataclass(frozen=True)
class Cut:
    """Read `piece` (top, left, height, width), flip it, transpose it, and put it at `place` in a picture of `size`.

    `whole` says that the piece fills the size, so that nothing need be put anywhere. What is known before the draw (no
    operation flips, say) is a Python `bool`, and costs nothing.
    """
    piece: tuple
    flips: tuple
    transposed: Any
    place: tuple
    size: tuple
    whole: Any
    static: tuple[int | None, int | None]
    def pack(self) -> tf.Tensor:
        """Its numbers as [..., 12] int32."""

    @classmethod
    def unpack(cls, row: tf.Tensor, like: Window) -> Cut:
        """The cut of one row [12] of `pack`. A window that was folded in the same way says what is known before the draw."""

@dataclass(frozen=True)
class Window:
    """A rectangle (top, left, height, width) of the source, flipped, then transposed: `out = T(F(source[rect]))`.

    `valid` is the part of the source still in sight: top, left, bottom, right. `static` is the (height, width) that
    comes out, where it is known before the draw, else None; `inside` that the window is known not to reach beyond the source.
    All numbers are pixels: int32 scalars, or vectors of many records.
    """
    rect: tuple
    valid: tuple
    static: tuple[int | None, int | None]
    flips: tuple = (False, False)
    transposed: Any = False
    inside: bool = False

    @property
    def size(self) -> tuple:
        """(height, width) that comes out."""
    def crop(self, top, left, height, width, inside=False) -> Window:
        """The part of the output that begins at (top, left); it may reach beyond, which pads, unless known to lie `inside`."""
    def holds(self, height, width) -> bool:
        """Whether a part of this size is known to fit."""
    def flip(self, vertical=False, horizontal=False) -> Window:
        """The output turned over, top to bottom and left to right."""
    def turn(self, quarters) -> Window:
        """The output turned counterclockwise by 0 to 3 quarters."""
    def where(self, condition, other: Window) -> Window:
        """This window where the condition holds, else the other."""
    def to_source(self) -> np.ndarray:
        """[3, 3]: where in the source (x, y, 1) of the output lies. Eagerly."""

def axis_offsets(window: Window, line: Callable) -> tuple:
    """What each column and each row of the output adds to a place in the source.

    Parameters
    ----------
    window : Window
        of one picture, or of B
    line : Callable
        (axis of the source, steps [N]) to [..., K, N]

    Returns
    -------
    tuple
        the output's columns [..., K, w] and rows [..., K, h]
    """

def crop_to_window(window: Window, out: tf.Tensor, pixels: tf.Tensor) -> tf.Tensor:
    """Cut to size, and of the shape that is known before.

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
        of the window's size
    """

def cut_window(window: Window, size: tuple) -> Cut:
    """The piece of a picture that a window shows, and where it goes.

    Parameters
    ----------
    window : Window
        a rectangle of a picture
    size : tuple
        (height, width) of that picture
    """

def describe_window(window: Window) -> dict:
    """What became of a picture that is seen through a window. Eagerly.

    Parameters
    ----------
    window : Window
        what is shown of a picture, exactly or not

    Returns
    -------
    dict
        degrees counterclockwise, scale, shear; size (height, width); (x, y) in the source
    """

def grown_row(row: tf.Tensor, several: int = 1) -> tf.Tensor:
    """Rows of numbers, of a length that few rows do not share.

    Parameters
    ----------
    row : tf.Tensor
        [..., N]
    several : int, default 1
        of which N is a multiple, as what comes out is

    Returns
    -------
    tf.Tensor
        [..., M], zeros behind
    """

def grown_size(size: int | tf.Tensor) -> int | tf.Tensor:
    """The size that a function of XLA's is called with: one that few sizes do not share.

    Parameters
    ----------
    size : int | tf.Tensor
        pixels along an axis, of any picture

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
        of one picture, or of many that come out in one size
    axis : int
        0: rows, 1: columns

    Returns
    -------
    int | tf.Tensor
        pixels, as `grown_size` says where they differ from call to call
    """

def source_positions(window: Window, axis: int, steps: tf.Tensor) -> tuple:
    """Where output rows or columns come from.

    Parameters
    ----------
    window : Window
        of one picture, or of B
    axis : int
        of the source: 0 or 1
    steps : tf.Tensor
        [N] places in the output, along whatever axis lies there

    Returns
    -------
    tuple
        [..., N] places in the source, and whether they are out of sight
    """

def stack_numbers(numbers: Sequence, dtype: tf.DType = ...) -> tf.Tensor:
    """Numbers side by side, each scalar repeated for the others' B.

    Parameters
    ----------
    numbers : Sequence
        scalars, or vectors [B]; both in one list, if need be
    dtype : tf.DType, default tf.int32
        of what comes out

    Returns
    -------
    tf.Tensor
        [N], or [B, N]
    """

def take_batch(pixels: tf.Tensor, window: Window, fill: int = 0) -> tf.Tensor:
    """The pixels of a window on each member of a batch, which come out in one size.

    Parameters
    ----------
    pixels : tf.Tensor
        [B, H, W, C]
    window : Window
        which parts, how turned: scalars for all, or vectors [B]
    fill : int, default 0
        value beyond the border

    Returns
    -------
    tf.Tensor
        [B, h, w, C], dtype kept
    """

def take_cut(pictures: Sequence[RegionReader], cut: Cut, fills: Sequence[int]) -> list[tf.Tensor]:
    """The pixels of a cut.

    Parameters
    ----------
    pictures : Sequence[RegionReader]
        where the pixels come from, all of one size
    cut : Cut
        which, how turned, where they go
    fills : Sequence[int]
        values beyond the border, one a picture

    Returns
    -------
    list[tf.Tensor]
        [h, w, C] of each, dtype kept
    """

def take_window(pixels: RegionReader | tf.Tensor, window: Window, fill: int = 0) -> tf.Tensor:
    """The pixels of a window.

    Parameters
    ----------
    pixels : RegionReader | tf.Tensor
        a picture, or [H, W, C]
    window : Window
        which part, how turned
    fill : int, default 0
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
    """The window that shows a whole picture.

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

DEFAULT_INTERPOLATION: dict[str, str]

FILL_VALUE: dict[str, Any]

INTERPOLATIONS: tuple[str, str, str]

class Operation:
    """What every operation is: `op(sample, seed) -> sample`. One that moves the window, exactly or not, says how.

    Attributes
    ----------
    broadcasts : default False
        True: a batch goes at once, `apply` taking [B, H, W, C] and seeds [B, 2] too
    """
    exact: bool
    broadcasts: bool

    @property
    def moves(self) -> bool:
        """True when `move` says all there is to say."""

    @property
    def geometric(self) -> bool:
        """True when it moves pixels, and so must move every array that is as large as the image."""

    @property
    def border_label(self) -> int:
        """The id that comes from beyond the border of a mask: what `with_ignore_label` said, else 255."""

    @property
    def told_label(self):
        """What `with_ignore_label` said, or None."""
    def move(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `moves`."""
    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation."""
    def get_config(self) -> dict:
        """Plain names, numbers and lists, for JSON: from them `Operation.from_config` makes the operation again."""

    @classmethod
    def from_config(cls, config: dict) -> Operation:
        """The operation of a configuration."""
    def unfold(self, seed: tf.Tensor) -> list:
        """The single operations that a seed leads to, each with its own seed. Eagerly."""
    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """What this operation draws, in numbers by name. Eagerly."""
    def explain(self, sample: dict, seed: int | tf.Tensor = 0) -> list[Step]:
        """What is done to a sample with a seed, in order. Applied one by one, the steps give the sample, but for folding. Eagerly."""
    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """image [B, H, W, 3] and mask [B, H, W, 1], each member with its own seed, [B, 2]: at once where it moves the window or `broadcasts`."""
    def __call__(self, sample: dict, seed: int | tf.Tensor = 0) -> dict:
        """Image [H, W, 3] and mask [H, W, 1] moved together; other keys pass, unless as large as the image."""

@dataclass(frozen=True)
class Step:
    """One operation as it was drawn: with this `seed`, `operation(sample, seed)` does it again."""
    operation: Operation
    seed: tuple[int, int]
    drawn: dict

def check_interpolation(operation: Operation) -> None:
    """Raises `ValueError` for an interpolation that is none.

    Parameters
    ----------
    operation : Operation
        one with a field `interpolation`, or without
    """

def check_mask(operation: Operation, mask: RegionReader | tf.Tensor) -> None:
    """Raises `ValueError` for a mask that does not hold whole numbers in one channel.

    Parameters
    ----------
    operation : Operation
        whose name is said
    mask : RegionReader | tf.Tensor
        [H, W, 1] of whole numbers, one would hope
    """

def check_one_size(window: Window) -> None:
    """Raises `ValueError`, in a graph `InvalidArgumentError`, where they do not come out in one size.

    Parameters
    ----------
    window : Window
        of many pictures
    """

def check_targets(sample: dict, name: str = "") -> None:
    """Raises `ValueError` for an array as large as the image that no rule moves; where sizes come late, when run.

    Parameters
    ----------
    sample : dict
        image [H, W, 3], or a `RegionReader`, or [B, H, W, 3], and anything else
    name : str, default ""
        of the operation that is to move it
    """

def crop_sample(sample: dict, cut: Cut, mask_fill: int = ...) -> dict:
    """Every target of a sample through one cut.

    Parameters
    ----------
    sample : dict
        image [H, W, 3], mask [H, W, 1], or pictures of them
    cut : Cut
        what to show of it
    mask_fill : int, default IGNORE_LABEL
        id beyond the border

    Returns
    -------
    dict
        the same keys
    """

def is_batch(sample: dict) -> bool:
    """Whether there are several.

    Parameters
    ----------
    sample : dict
        image [H, W, 3], or a `RegionReader`, or [B, H, W, 3]
    """

def map_samples(apply: Callable, batch: dict, seeds: tf.Tensor) -> dict:
    """Each member by itself, with its own seed.

    Parameters
    ----------
    apply : Callable
        (sample, seed) to sample
    batch : dict
        image [B, H, W, 3], mask [B, H, W, 1]
    seeds : tf.Tensor
        [B, 2] int32

    Returns
    -------
    dict
        the same keys
    """

def materialize_sample(sample: dict) -> dict:
    """Every target of a sample as a tensor, all of it.

    Parameters
    ----------
    sample : dict
        image, mask, as arrays or pictures

    Returns
    -------
    dict
        the same keys
    """

def operation_kinds(kind: type = ...) -> dict[str, type]:
    """All kinds of operations by name.

    Parameters
    ----------
    kind : type, default Operation
        those of this kind

    Returns
    -------
    dict[str, type]
        classes, your own among them
    """

def roles_of(sample: dict) -> list:
    """What of a sample moves; `shares` only where they are an array, no number or vector of that name.

    Parameters
    ----------
    sample : dict
        image [H, W, 3], mask [H, W, 1], shares [H, W, K], or a batch of them, and anything else

    Returns
    -------
    list
        keys of the two tables
    """

def sample_window(sample: dict) -> Window:
    """The window that shows a whole sample, or every member of a batch.

    Parameters
    ----------
    sample : dict
        image [H, W, 3], or a `RegionReader`, or [B, H, W, 3]

    Returns
    -------
    Window
        all of it
    """

def transform_sample(sample: dict, window: Window, mask_fill: int = ...) -> dict:
    """Every target of a sample through one window.

    Parameters
    ----------
    sample : dict
        image [H, W, 3], mask [H, W, 1], or pictures of them
    window : Window
        what to show of it
    mask_fill : int, default IGNORE_LABEL
        id beyond the border

    Returns
    -------
    dict
        the same keys
    """

def with_ignore_label(operation: Operation, label: int | None) -> Operation:
    """The same operation, and all inside it, with this id beyond the border of masks, whatever they said before.

    Parameters
    ----------
    operation : Operation
        any, or one on batches
    label : int | None
        id of pixels that do not count, which the mask's dtype can hold; None: as it was

    Returns
    -------
    Operation
        equal, with the same draws
    """

@dataclass(frozen=True)
class CropOrPad(Operation):
    """The middle at `size` (height, width), cut or padded."""
    size: tuple[int, int] = (256, 256)
    exact = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class PadToSize(Operation):
    """At least `size` (height, width): padded below and to the right, never cut."""
    size: tuple[int, int] = (256, 256)
    exact = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class RandomClassCrop(Operation):
    """The first of `tries` random crops of `size` with at least `share` (0 to 1) of its pixels in `classes`, or the one with most."""
    size: tuple[int, int] = (256, 256)
    classes: tuple[int, ...] = (1,)
    share: float = 0.01
    tries: int = 8
    exact = True
    moves = False
    geometric = True
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...

@dataclass(frozen=True)
class RandomCrop(Operation):
    """A piece of `size` (height, width) from anywhere; a smaller picture is padded on all sides."""
    size: tuple[int, int] = (256, 256)
    exact = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class RandomFlip(Operation):
    """Turns the picture over, left to right and top to bottom, each with its own probability."""
    horizontal: float = 0.5
    vertical: float = 0.0
    exact = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class RandomRotate90(Operation):
    """Turns the picture counterclockwise by a number of quarters drawn from `turns`, all alike."""
    turns: tuple[int, ...] = (0, 1, 2, 3)
    exact = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class RandomShift(Operation):
    """Moves the picture by up to `height` pixels up or down and `width` pixels left or right; the size stays."""
    height: int = 0
    width: int = 50
    probability: float = 0.5
    exact = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class Resize(Operation):
    """Scales to `size` (height, width): image bilinear, bicubic or area, without aliasing when it shrinks; mask nearest."""
    size: tuple[int, int] = (256, 256)
    interpolation: str = ...
    broadcasts = True
    geometric = True
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...

class Combinator(Operation):
    """What holds other operations: exact when all of its `parts` are, and moving the window when all of them do."""

    @property
    def parts(self) -> tuple[Operation, ...]:
        """The operations that it holds."""

    @property
    def exact(self) -> bool:
        """True when all of its operations are."""

    @property
    def moves(self) -> bool:
        """True when all of its operations move the window."""

    @property
    def geometric(self) -> bool:
        """True when one of its operations moves pixels."""

    @property
    def told_label(self):
        """What `with_ignore_label` said to it, or else to the first of its operations that was told anything."""

@dataclass(frozen=True)
class Compose(Combinator):
    """Operations one after another, each with its own seed. `mask_fill` is the id beyond borders; not 255: inside, too."""
    operations: tuple[Operation, ...] = ()
    mask_fill: int = ...

    @property
    def border_label(self) -> int:
        """The id that comes from beyond the border of a mask: what `with_ignore_label` said, else `mask_fill`."""
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...
    def fold(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after the exact operations at the beginning. Window and seed [..., 2] may be those of many records."""
    def finish(self, sample: dict, cut: Cut, seed: tf.Tensor) -> dict:
        """The sample through the cut of `fold`'s window (a warp that comes first reads for itself), and all other operations."""
    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """image [B, H, W, 3] and mask [B, H, W, 1], each member with its own seed, [B, 2]."""
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...
    def unfold(self, seed: tf.Tensor) -> list:
        """The single operations that a seed leads to, each with its own seed. Eagerly."""

@dataclass(frozen=True)
class OneOf(Combinator):
    """One of several operations, all alike likely."""
    operations: tuple[Operation, ...]
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...
    def unfold(self, seed: tf.Tensor) -> list:
        """Those of the chosen operation. Eagerly."""

@dataclass(frozen=True)
class RandomApply(Combinator):
    """An operation, with a probability."""
    operation: Operation
    probability: float = 0.5
    @property
    def parts(self) -> tuple[Operation, ...]: ...
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...
    def unfold(self, seed: tf.Tensor) -> list:
        """The operation's own, or none. Eagerly."""

@dataclass(frozen=True)
class SomeOf(Combinator):
    """A `count` of several operations, all alike likely, in their order."""
    operations: tuple[Operation, ...]
    count: int = 2
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...
    def unfold(self, seed: tf.Tensor) -> list:
        """Those of the chosen operations. Eagerly."""

def select_branch(index: tf.Tensor, branches: Sequence, sample: dict) -> dict:
    """The sample of one branch. A branch that changes the image's dtype must not stand beside one that does not.

    Parameters
    ----------
    index : tf.Tensor
        which branch, int32
    branches : Sequence
        functions without arguments that give a sample
    sample : dict
        what they begin with: its other keys pass through
    """

def affine_matrix(
    size: tuple,
    degrees: float | tf.Tensor = 0.0,
    scale: float | tf.Tensor = 1.0,
    shift: tuple = (0.0, 0.0),
    shear: tuple = (0.0, 0.0),
) -> tf.Tensor:
    """Sheared, turned and scaled about the middle, then shifted.

    Parameters
    ----------
    size : tuple
        (height, width) in pixels
    degrees : float | tf.Tensor, default 0.0
        turn, counterclockwise
    scale : float | tf.Tensor, default 1.0
        above 1 enlarges
    shift : tuple, default (0.0, 0.0)
        down and right, in pixels
    shear : tuple, default (0.0, 0.0)
        degrees by which columns and rows lean

    Returns
    -------
    tf.Tensor
        [3, 3], output to source
    """

def make_matrix(*numbers: float | tf.Tensor) -> tf.Tensor:
    """A matrix from its numbers.

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
    """The view in which four points of the source fill the picture, corner by corner.

    Parameters
    ----------
    size : tuple
        (height, width) in pixels
    corners : tf.Tensor
        [..., 4, 2] (x, y) of the source, seen at top left, top right, bottom right, bottom left

    Returns
    -------
    tf.Tensor
        [..., 3, 3], output to source
    """

@dataclass(frozen=True)
class RandomAffine(Operation):
    """Shears, scales and turns about the middle, then shifts by up to `shift` of (height, width); the size stays."""
    degrees: tuple[float, float] = (-10.0, 10.0)
    scale: tuple[float, float] = (0.9, 1.1)
    shift: tuple[float, float] = (0.1, 0.1)
    shear: tuple[float, float] = (-5.0, 5.0)
    probability: float = 1.0
    interpolation: str = ...
    moves = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class RandomPerspective(Operation):
    """Each corner looks at a point up to `distortion` of the picture's height and width away from it; the size stays."""
    distortion: float = 0.1
    probability: float = 1.0
    interpolation: str = ...
    moves = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class RandomRotation(Operation):
    """Turns about the middle by an angle between two `degrees`, counterclockwise; the size stays."""
    degrees: tuple[float, float] = (-15.0, 15.0)
    probability: float = 1.0
    interpolation: str = ...
    moves = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class RandomScale(Operation):
    """Scales the picture, and its size, by a number between two; for a fixed size follow with `RandomCrop` or `CropOrPad`."""
    scale: tuple[float, float] = (0.5, 2.0)
    probability: float = 1.0
    interpolation: str = ...
    moves = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class RandomShear(Operation):
    """Leans columns by some `horizontal` degrees and rows by some `vertical` ones, about the middle; the size stays."""
    horizontal: tuple[float, float] = (-10.0, 10.0)
    vertical: tuple[float, float] = (0.0, 0.0)
    probability: float = 1.0
    interpolation: str = ...
    moves = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

@dataclass(frozen=True)
class Warp(Window):
    """A window on a canvas of which `matrix` says where its pixels come from; `seen` bounds the source as `valid` does."""
    matrix: Any = None
    seen: tuple = ()
    affine: bool = True
    interpolation: str = ...
    def take(self, pixels: RegionReader | tf.Tensor, fill: int = 0, how: str | None = None) -> tf.Tensor:
        """The pixels [h, w, C] of this view, or [B, h, w, C] of many; `how` is 'nearest', or an interpolation in place of its own."""
    def take_all(self, targets: list, fills: list, hows: list) -> list:
        """Several pictures of one size through this view, each sampled once; of a `RegionReader`, only the part that is needed is read."""
    def where(self, condition: tf.Tensor, other: Window) -> Window:
        """This view where the condition holds, else the other."""
    def to_source(self) -> np.ndarray:
        """[3, 3]: where in the source (x, y, 1) of the output lies. Eagerly."""

def as_warp(window: Window) -> Warp:
    """A window as a warp: rectangle, flips and transposition become part of the matrix.

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
    **ranges: tuple[float, float],
) -> None:
    """Raises `ValueError` for a range that is upside down or goes too far, or a probability that is none.

    Parameters
    ----------
    operation : Operation
        the one that is made; its `probability` and `interpolation`, if any, are checked too
    low : float, default -math.inf
        nothing below
    high : float, default math.inf
        nothing above
    **ranges : tuple[float, float]
        (low, high) by name of the field
    """

def warp_window(
    window: Window,
    matrix: tf.Tensor,
    size: tuple | None = None,
    affine: bool = True,
    interpolation: str = ...,
) -> Warp:
    """A view of a view: the matrices are multiplied.

    Parameters
    ----------
    window : Window
        what one looks at
    matrix : tf.Tensor
        [..., 3, 3] from the new output to that view's pixels
    size : tuple | None, default None
        (height, width) that comes out; None: the same
    affine : bool, default True
        False: the matrix may be a perspective
    interpolation : str, default DEFAULT_INTERPOLATION["image"]
        of the image; the view's own where that is finer

    Returns
    -------
    Warp
        the two as one
    """

@dataclass(frozen=True)
class ElasticTransform(Operation):
    """A smooth random bend: the knots of a grid of `cells` by `cells` pulled by up to `strength` pixels each way; the size stays."""
    strength: float = 20.0
    cells: int = 5
    probability: float = 1.0
    interpolation: str = ...
    broadcasts = True
    geometric = True
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...

@dataclass(frozen=True)
class GridDistortion(Operation):
    """Each row and column of a grid of `cells` by `cells` up to a fraction `distortion` wider or narrower; the size stays."""
    distortion: float = 0.3
    cells: int = 5
    probability: float = 1.0
    interpolation: str = ...
    broadcasts = True
    geometric = True
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...

@dataclass(frozen=True)
class ColorJitter(Photometric):
    """Brightness, contrast and saturation times 1 ± up to a fraction each, hue turned by up to so many degrees."""
    brightness: float = 0.2
    contrast: float = 0.2
    saturation: float = 0.2
    hue: float = 8.0
    probability: float = 1.0
    broadcasts = True
    def drawn(self, seed: tf.Tensor) -> dict: ...
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor: ...

@dataclass(frozen=True)
class LightGradient(Photometric):
    """Brighter at one end and darker at the other, of a drawn direction, by up to a fraction `strength` each."""
    strength: float = 0.3
    probability: float = 1.0
    broadcasts = True
    def drawn(self, seed: tf.Tensor) -> dict: ...
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor: ...

@dataclass(frozen=True)
class Normalize(Operation):
    """`(image / max_value - mean) / std` by channel, as float32; the mask stays."""
    mean: tuple[float, float, float] = (0.485, 0.456, 0.406)
    std: tuple[float, float, float] = (0.229, 0.224, 0.225)
    max_value: float = 255.0
    broadcasts = True
    geometric = False
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...

class Photometric(Operation):
    """An operation on the image alone: `change(image, seed)` says how, with its `probability`; of batches too, where it `broadcasts`."""
    probability: float
    geometric: bool
    def drawn(self, seed: tf.Tensor) -> dict:
        """The numbers drawn, by name."""
    def decide(self, seed: tf.Tensor) -> tuple:
        """Whether to do it, and the seed of the numbers."""
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        """The changed image [H, W, 3] uint8."""
    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """What was drawn, rounded for reading. Eagerly."""
    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """image [B, H, W, 3] and mask [B, H, W, 1], each member with its own seed, [B, 2]: at once where it `broadcasts`."""
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...

@dataclass(frozen=True)
class RandomGamma(Photometric):
    """`255 * (image / 255) ** gamma`, the exponent drawn between two; above 1 darkens."""
    gamma: tuple[float, float] = (0.7, 1.5)
    probability: float = 1.0
    broadcasts = True
    def drawn(self, seed: tf.Tensor) -> dict: ...
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor: ...

@dataclass(frozen=True)
class RandomShadow(Photometric):
    """Darkens one side of a straight line by a fraction between two; the edge is `softness` of the picture's diagonal wide."""
    strength: tuple[float, float] = (0.2, 0.6)
    softness: float = 0.1
    probability: float = 1.0
    broadcasts = True
    def drawn(self, seed: tf.Tensor) -> dict: ...
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor: ...

@dataclass(frozen=True)
class ToGray(Photometric):
    """Grey (Rec. 601), in three equal channels."""
    probability: float = 0.1
    broadcasts = True
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor: ...

@dataclass(frozen=True)
class CutOut(Operation):
    """Fills `holes` rectangles, their sides between two fractions of the picture's; `mask_fill` is the id there, None: as it was."""
    holes: int = 1
    size: tuple[float, float] = (0.1, 0.3)
    fill: int = 0
    mask_fill: int | None = None
    probability: float = 1.0
    broadcasts = True
    geometric = False
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...

@dataclass(frozen=True)
class GaussianBlur(Photometric):
    """Blurs with a Gaussian whose `sigma`, in pixels, is drawn between two."""
    sigma: tuple[float, float] = (0.3, 1.5)
    probability: float = 1.0

    @property
    def broadcasts(self) -> bool:
        """True where most members are blurred: to blur all for a few is not cheaper."""
    def drawn(self, seed: tf.Tensor) -> dict: ...
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor: ...

@dataclass(frozen=True)
class GaussianNoise(Photometric):
    """Adds noise of a standard deviation `std` between two, in grey levels of 0 to 255; no pixel by more than 3.45 of them, beyond which one in 1800 of a normal noise lies."""
    std: tuple[float, float] = (2.0, 10.0)
    probability: float = 1.0
    broadcasts = True
    def drawn(self, seed: tf.Tensor) -> dict: ...
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor: ...

@dataclass(frozen=True)
class JpegArtifacts(Photometric):
    """To JPEG and back, at a `quality` between two, 1 to 100."""
    quality: tuple[int, int] = (40, 95)
    probability: float = 1.0
    def drawn(self, seed: tf.Tensor) -> dict: ...
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor: ...

@dataclass(frozen=True)
class MotionBlur(Photometric):
    """Blurs along a straight line of drawn direction and a `length` between two, in pixels."""
    length: tuple[float, float] = (3.0, 9.0)
    probability: float = 1.0
    def drawn(self, seed: tf.Tensor) -> dict: ...
    def change(self, image: tf.Tensor, seed: tf.Tensor) -> tf.Tensor: ...

class BatchOperation:
    """What mixes a batch: `op(batch, seed) -> batch`. No `Operation`: it cannot work on one sample."""
    def mix(self, batch: dict, seed: tf.Tensor) -> dict:
        """The batch after this operation."""
    def __call__(self, batch: dict, seed: int | tf.Tensor = 0) -> dict:
        """image [B, H, W, 3] and mask [B, H, W, 1] mixed; other keys pass, unless as large as the images."""

@dataclass(frozen=True)
class CutMix(BatchOperation):
    """Pastes a rectangle of another member, labels and all, over an area between two fractions (Yun and others, 2019)."""
    area: tuple[float, float] = (0.1, 0.4)
    probability: float = 0.5
    def mix(self, batch: dict, seed: tf.Tensor) -> dict: ...

@dataclass(frozen=True)
class MixUp(BatchOperation):
    """Blends each member with another, by up to `strength` (0.5: half and half); `mask` gives way to `shares` of `classes` classes."""
    classes: int
    strength: float = 0.5
    ignore_label: int = ...
    def mix(self, batch: dict, seed: tf.Tensor) -> dict: ...

@dataclass(frozen=True)
class Mosaic(BatchOperation):
    """Four members meet at a point between two fractions of height and width, each with its own quarter."""
    point: tuple[float, float] = (0.3, 0.7)
    probability: float = 0.5
    def mix(self, batch: dict, seed: tf.Tensor) -> dict: ...

PRESETS: Any

@dataclass(frozen=True)
class RandAugment(Operation):
    """`count` operations drawn from twelve, each as strong as `magnitude` says, 0 (nothing) to 1 (about as much as anyone wants)."""
    count: int = 2
    magnitude: float = 0.5
    geometric = True

    @property
    def chain(self) -> Compose:
        """What it is made of."""
    def apply(self, sample: dict, seed: tf.Tensor) -> dict: ...
    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """image [B, H, W, 3] and mask [B, H, W, 1], each member with its own seed, [B, 2]."""
    def unfold(self, seed: tf.Tensor) -> list:
        """The operations that were drawn. Eagerly."""

@dataclass(frozen=True)
class RandomShiftCrop(Operation):
    """With a probability, the top left `size` moved left by up to `shift`/2 pixels between black bars; else `CropOrPad`."""
    size: tuple[int, int] = (256, 256)
    shift: int = 50
    probability: float = 0.5
    exact = True
    def move(self, window: Window, seed: tf.Tensor) -> Window: ...

def aerial_or_cells(size: tuple[int, int] = (256, 256)) -> Compose:
    """For pictures without up or down: any angle, all symmetries, a gentle bend, uneven light.

    Parameters
    ----------
    size : tuple[int, int], default (256, 256)
        (height, width) that comes out, in pixels
    """

def apply_aug_train(
    image_features: dict,
    args: Any,
    seed: int | tf.Tensor | None = None,
) -> dict[str, tf.Tensor]:
    """Augments a batch of raw images and masks alike. Runs eagerly and inside `tf.data`'s `map`, for mixed sizes.

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
        'img' and 'seg', [B, target_height, target_width, 3] float32, 0 to 255
    """

def document(size: tuple[int, int] = (256, 256)) -> Compose:
    """For photographs of documents: tilts, shadows, blur and compression, and never a mirror image.

    Parameters
    ----------
    size : tuple[int, int], default (256, 256)
        (height, width) that comes out, in pixels
    """

def natural(size: tuple[int, int] = (256, 256)) -> Compose:
    """For photographs of the world: scale, mirror images, colour.

    Parameters
    ----------
    size : tuple[int, int], default (256, 256)
        (height, width) that comes out, in pixels
    """

def operations_by_text(text: str) -> Operation:
    """A preset or operations, as a command line can say them. Raises `ValueError` for what is neither.

    Parameters
    ----------
    text : str
        a preset, or operations such as 'RandomFlip(), RandomCrop((256, 256))'

    Returns
    -------
    Operation
        the one that is meant, or all of them as a `Compose`
    """

def origin(size: tuple[int, int] = (256, 256)) -> Compose:
    """Flips, quarter turns and the peculiar shift of `apply_aug_train`; exact.

    Parameters
    ----------
    size : tuple[int, int], default (256, 256)
        (height, width) that comes out, in pixels
    """

def preset_by_name(text: str) -> Compose:
    """A preset and its size, of 256 x 256 where none is said. Raises `ValueError` that lists the presets.

    Parameters
    ----------
    text : str
        'natural', 'natural:256' or 'natural:256x384', height before width
    """
