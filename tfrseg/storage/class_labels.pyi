# Written by tools/stubs.py from the sources; do not edit.

from . import relabel as relabel, relabel_dataset as relabel_dataset
