# Written by tools/stubs.py from the sources; do not edit.

from . import (
    MemoryPool as MemoryPool, copy_cut as copy_cut, find_opencv as find_opencv, turn_pixels as turn_pixels,
)
