# Written by tools/stubs.py from the sources; do not edit.

from . import (
    CARD_CLASSES as CARD_CLASSES, CARD_PALETTE as CARD_PALETTE, make_card as make_card,
    make_folder as make_folder,
)
