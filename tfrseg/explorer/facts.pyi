# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FactTable as FactTable, NameList as NameList, RecordFacts as RecordFacts, Scan as Scan,
    canvas_sample as canvas_sample,
)
