# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Components as Components, find_components as find_components, reassign_component as reassign_component,
)
