# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ArrayImage as ArrayImage, ChannelsOf as ChannelsOf, FoundTarget as FoundTarget, RegionBits as RegionBits,
    SeenArray as SeenArray, TargetRules as TargetRules, bit_labels as bit_labels,
    fact_targets as fact_targets, find_target as find_target, look_at_array as look_at_array,
    mask_array as mask_array, mask_target as mask_target, source_table as source_table,
    split_others as split_others,
)
