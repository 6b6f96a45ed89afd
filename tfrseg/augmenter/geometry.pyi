# Written by tools/stubs.py from the sources; do not edit.

from . import Operation
from . import (
    CropOrPad as CropOrPad, PadToSize as PadToSize, RandomClassCrop as RandomClassCrop,
    RandomCrop as RandomCrop, RandomFlip as RandomFlip, RandomRotate90 as RandomRotate90,
    RandomShift as RandomShift, Resize as Resize,
)

class _Tried(Operation):
    """What draws several crops and takes one of them."""
