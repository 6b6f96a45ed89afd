# Written by tools/stubs.py from the sources; do not edit.

from . import (
    LabelMap as LabelMap, as_ids as as_ids, check_ids as check_ids, colors_to_ids as colors_to_ids,
    count_ids as count_ids, ids_to_image as ids_to_image, load_mask as load_mask, mask_values as mask_values,
    palette_colors as palette_colors, values_to_ids as values_to_ids, whole_numbers as whole_numbers,
)
