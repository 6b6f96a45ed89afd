# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Cut as Cut, Window as Window, axis_offsets as axis_offsets, crop_to_window as crop_to_window,
    cut_window as cut_window, describe_window as describe_window, grown_row as grown_row,
    grown_size as grown_size, is_known as is_known, padded_length as padded_length,
    source_positions as source_positions, stack_numbers as stack_numbers, take_batch as take_batch,
    take_cut as take_cut, take_window as take_window, whole_window as whole_window,
)
