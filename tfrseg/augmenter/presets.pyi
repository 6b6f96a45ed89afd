# Written by tools/stubs.py from the sources; do not edit.

from . import (
    PRESETS as PRESETS, RandAugment as RandAugment, RandomShiftCrop as RandomShiftCrop,
    aerial_or_cells as aerial_or_cells, apply_aug_train as apply_aug_train, document as document,
    natural as natural, operations_by_text as operations_by_text, origin as origin,
    preset_by_name as preset_by_name,
)
