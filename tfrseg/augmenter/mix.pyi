# Written by tools/stubs.py from the sources; do not edit.

from . import BatchOperation as BatchOperation, CutMix as CutMix, MixUp as MixUp, Mosaic as Mosaic
