# Written by tools/stubs.py from the sources; do not edit.

from . import (
    DEFAULT_INTERPOLATION as DEFAULT_INTERPOLATION, FILL_VALUE as FILL_VALUE,
    INTERPOLATIONS as INTERPOLATIONS, Operation as Operation, Step as Step,
    check_interpolation as check_interpolation, check_mask as check_mask, check_one_size as check_one_size,
    check_targets as check_targets, crop_sample as crop_sample, is_batch as is_batch,
    map_samples as map_samples, materialize_sample as materialize_sample, operation_kinds as operation_kinds,
    roles_of as roles_of, sample_window as sample_window, transform_sample as transform_sample,
    with_ignore_label as with_ignore_label,
)
