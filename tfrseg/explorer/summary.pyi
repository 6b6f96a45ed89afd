# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ClassRow as ClassRow, Summary as Summary, mean_maps as mean_maps, plot_summary as plot_summary,
    summarize as summarize,
)
