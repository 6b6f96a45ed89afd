# Written by tools/stubs.py from the sources; do not edit.

from . import Comparison as Comparison, compare as compare

class _ComparisonRecords:
    """What a comparison shows of a sample."""
