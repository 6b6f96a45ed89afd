# Written by tools/stubs.py from the sources; do not edit.

from . import (
    RandomAffine as RandomAffine, RandomPerspective as RandomPerspective, RandomRotation as RandomRotation,
    RandomScale as RandomScale, RandomShear as RandomShear, RegionPart as RegionPart, Warp as Warp,
    as_warp as as_warp, check_range as check_range, needed_source as needed_source,
    warp_window as warp_window,
)
