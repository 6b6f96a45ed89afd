# Written by tools/stubs.py from the sources; do not edit.

from . import Augment as Augment, augment_batch as augment_batch
