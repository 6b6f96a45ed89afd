# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FILES as FILES, array_file as array_file, file_kind as file_kind, npy_line as npy_line,
    plane_files as plane_files, recoded as recoded, region_labels as region_labels,
    region_values as region_values,
)
