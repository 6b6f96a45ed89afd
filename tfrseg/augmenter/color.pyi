# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ColorJitter as ColorJitter, LightGradient as LightGradient, Normalize as Normalize,
    Photometric as Photometric, RandomGamma as RandomGamma, RandomShadow as RandomShadow, ToGray as ToGray,
)
