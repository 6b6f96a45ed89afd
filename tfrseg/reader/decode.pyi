# Written by tools/stubs.py from the sources; do not edit.

from . import (
    decode_example as decode_example, decode_image as decode_image, decode_mask as decode_mask,
    encoded_region as encoded_region, example_regions as example_regions, is_jpeg as is_jpeg,
    is_png as is_png, jpeg_region as jpeg_region, loses_nothing as loses_nothing,
    parse_example as parse_example, rgb_to_ids as rgb_to_ids, sample_of as sample_of,
)
