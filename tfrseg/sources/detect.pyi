# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FILE_LAYOUTS as FILE_LAYOUTS, LAYOUTS as LAYOUTS, choose_layout as choose_layout,
    detect_layouts as detect_layouts, layout_options as layout_options,
    layout_parameters as layout_parameters, layouts_below as layouts_below, open_layout as open_layout,
)
