# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FileArray as FileArray, check_inside as check_inside, is_volume as is_volume,
    mapped_numbers as mapped_numbers, open_array as open_array,
)
