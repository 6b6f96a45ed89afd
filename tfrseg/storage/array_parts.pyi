# Written by tools/stubs.py from the sources; do not edit.

from . import (
    BandFiles as BandFiles, CastArray as CastArray, DecodedImageCache as DecodedImageCache,
    PlaneFiles as PlaneFiles, WindowArray as WindowArray, cast_pixels as cast_pixels,
    read_window as read_window, reads_parts as reads_parts, storable_dtype as storable_dtype,
)
