# Written by tools/stubs.py from the sources; do not edit.

from . import (
    image_key as image_key, name_order as name_order, read_table as read_table,
    repeated_images as repeated_images, settle_splits as settle_splits,
)
