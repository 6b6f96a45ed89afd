# Written by tools/stubs.py from the sources; do not edit.

from . import Listed as Listed, find_listed as find_listed, record_rows as record_rows
