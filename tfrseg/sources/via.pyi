# Written by tools/stubs.py from the sources; do not edit.

from . import (
    VIA as VIA, ViaImage as ViaImage, class_attribute as class_attribute, read_via as read_via,
    via_shape as via_shape, via_source as via_source,
)
