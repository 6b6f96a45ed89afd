# Written by tools/stubs.py from the sources; do not edit.

from . import (
    SimilarPair as SimilarPair, classes_per_mask as classes_per_mask, difference_hash as difference_hash,
    difference_hashes as difference_hashes, drop_empty as drop_empty, find_leaks as find_leaks,
    find_similar as find_similar, group_names as group_names, hash_fraction as hash_fraction,
    merge_similar as merge_similar, read_groups as read_groups, read_splits as read_splits,
    split_by_folder as split_by_folder, split_source as split_source,
    stratified_fractions as stratified_fractions,
)
