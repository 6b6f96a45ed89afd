# Written by tools/stubs.py from the sources; do not edit.

from . import pixel_problems as pixel_problems, record_problems as record_problems, stored_ids as stored_ids
