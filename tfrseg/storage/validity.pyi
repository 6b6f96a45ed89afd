# Written by tools/stubs.py from the sources; do not edit.

from . import (
    check_object_size as check_object_size, load_object_mask as load_object_mask, look_valid as look_valid,
    pixel_problems as pixel_problems, record_problems as record_problems, stored_ids as stored_ids,
)
