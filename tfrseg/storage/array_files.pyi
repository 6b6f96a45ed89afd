# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FileArray as FileArray, check_inside as check_inside, is_volume as is_volume, open_array as open_array,
)
