# Written by tools/stubs.py from the sources; do not edit.

from . import unet as unet
