# Written by tools/stubs.py from the sources; do not edit.

from . import (
    BROKEN as BROKEN, MOST_FINDINGS as MOST_FINDINGS, PixelBudget as PixelBudget, PlainPair as PlainPair,
    SEEN_NAME as SEEN_NAME, Source as Source, Unchecked as Unchecked, build_source as build_source,
    check_listed as check_listed, check_source as check_source, folder_source as folder_source,
    image_options as image_options, inspect_mask as inspect_mask, inspect_pair as inspect_pair,
    known_name as known_name, list_images as list_images, listed_names as listed_names,
    load_pair as load_pair, match_pairs as match_pairs, one_pass as one_pass, read_names as read_names,
    read_plain_pair as read_plain_pair, reading as reading, same_ends as same_ends,
    seen_before as seen_before, third_party_reader as third_party_reader, verify_source as verify_source,
)
