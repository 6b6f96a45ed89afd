# Written by tools/stubs.py from the sources; do not edit.

from . import Truth as Truth, truth_of as truth_of
