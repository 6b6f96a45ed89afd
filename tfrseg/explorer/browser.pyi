# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Places as Places, RecordBrowser as RecordBrowser, RecordFacts as RecordFacts,
    RecordReader as RecordReader, Scan as Scan, Selection as Selection, explore_records as explore_records,
)
