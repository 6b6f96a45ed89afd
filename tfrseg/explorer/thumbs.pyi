# Written by tools/stubs.py from the sources; do not edit.

from . import (
    THUMB as THUMB, ThumbMaker as ThumbMaker, make_thumb as make_thumb, small_image as small_image,
    small_mask as small_mask,
)
