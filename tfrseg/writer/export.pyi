# Written by tools/stubs.py from the sources; do not edit.

from . import (
    EXPORT_LAYOUTS as EXPORT_LAYOUTS, Item as Item, export_shards as export_shards,
    export_tfds as export_tfds, named_labels as named_labels, read_items as read_items,
    save_file as save_file,
)
