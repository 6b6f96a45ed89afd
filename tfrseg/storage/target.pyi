# Written by tools/stubs.py from the sources; do not edit.

from collections.abc import Sequence
from dataclasses import dataclass
from . import (
    IDS as IDS, KINDS as KINDS, PERCENTS as PERCENTS, RGB as RGB, Rule as Rule, Target as Target,
    TargetStats as TargetStats, as_table as as_table, bits_to_planes as bits_to_planes,
    check_and_count as check_and_count, check_array as check_array, count_bits as count_bits,
    decode_array as decode_array, default_table as default_table, dtype_for_bits as dtype_for_bits,
    dtype_range as dtype_range, encode_array as encode_array, fits_png as fits_png, holds as holds,
    is_default as is_default, is_nodata as is_nodata, planes_to_bits as planes_to_bits,
    stats_of_json as stats_of_json, targets_of_json as targets_of_json, targets_to_json as targets_to_json,
    unknown_bit as unknown_bit,
)

@dataclass(frozen=True, eq=False)
class _TargetFields:
    """What is known of one array of a sample.

    Parameters
    ----------
    name : str
        its key in a sample: 'image', 'mask', 'depth', 'weight'
    kind : str, default "image"
        'image', 'ids', 'bits', 'field'; 'fact' has no height and width
    channels : int, default 0
        C of [H, W, C]; 0: 3 of an image, else 1
    dtype : str, default ""
        such as 'uint16'; of a fact 'text', 'int64', 'float32'; '': the usual one
    encoding : str, default ""
        in a record: 'raw', 'png', 'zlib'; '': as schema and dtype suggest
    fill : float | None, default None
        value beyond the border; None: ignore label, unknown bit, or 0, by kind
    interpolation : str, default ""
        'nearest' or 'bilinear'; '': by kind, and for an image the operation's
    bands : Sequence[str], default ()
        a name for each channel, such as 'red' or 'B8'; (): numbers
    shown : Sequence[int | str], default ()
        one channel or band to look at, or three as red, green, blue; (): first
    limits : Sequence[float], default ()
        darkest and brightest value; (): those of the dtype, of floats 0 and 1
    nodata : float | None, default None
        the value that means: nothing was measured here; None: there is none
    """
    name: str
    kind: str = "image"
    channels: int = 0
    dtype: str = ""
    encoding: str = ""
    fill: float | None = None
    interpolation: str = ""
    bands: Sequence[str] = ()
    shown: Sequence[int | str] = ()
    limits: Sequence[float] = ()
    nodata: float | None = None
    def __eq__(self, other) -> bool: ...
