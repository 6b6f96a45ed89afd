# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ArrayElements as ArrayElements, ElementImage as ElementImage, array_source as array_source,
    spool_elements as spool_elements, to_image as to_image,
)
