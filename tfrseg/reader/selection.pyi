# Written by tools/stubs.py from the sources; do not edit.

from . import (
    chosen_numbers as chosen_numbers, class_presence as class_presence, names_of as names_of,
    open_weighted as open_weighted, repeat_factors as repeat_factors, select_records as select_records,
)
