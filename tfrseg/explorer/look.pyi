# Written by tools/stubs.py from the sources; do not edit.

from . import (
    draw_records as draw_records, save_figure as save_figure, show_batch as show_batch,
    write_whole as write_whole,
)
