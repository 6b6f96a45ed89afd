# Written by tools/stubs.py from the sources; do not edit.

from . import RegionReader as RegionReader, as_region as as_region, raw_region as raw_region
