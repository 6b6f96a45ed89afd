# Written by tools/stubs.py from the sources; do not edit.

from . import Resume as Resume, TellEpoch as TellEpoch
