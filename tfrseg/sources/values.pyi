# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FoundLabels as FoundLabels, MASK_VALUES as MASK_VALUES, PairStats as PairStats, SeenFile as SeenFile,
    find_labels as find_labels, load_seen as load_seen, save_seen as save_seen,
)
