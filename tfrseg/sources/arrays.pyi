# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ArrayElements as ArrayElements, ElementArray as ElementArray, ElementImage as ElementImage,
    array_source as array_source, spool_elements as spool_elements, to_array as to_array,
    to_image as to_image,
)
