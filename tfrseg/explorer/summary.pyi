# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ClassRow as ClassRow, Summary as Summary, ValueRow as ValueRow, mean_maps as mean_maps,
    plot_summary as plot_summary, plot_values as plot_values, summarize as summarize,
    targets_in_words as targets_in_words, value_lines as value_lines, value_rows as value_rows,
)
