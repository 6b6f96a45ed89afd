# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FoundLabels as FoundLabels, MASK_VALUES as MASK_VALUES, PairStats as PairStats,
    find_labels as find_labels,
)
