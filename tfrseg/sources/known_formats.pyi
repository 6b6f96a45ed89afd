# Written by tools/stubs.py from the sources; do not edit.

from . import (
    KNOWN_FORMATS as KNOWN_FORMATS, KnownFormat as KnownFormat, hollow_voc as hollow_voc,
    name_format as name_format,
)
