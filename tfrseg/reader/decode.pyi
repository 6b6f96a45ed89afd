# Written by tools/stubs.py from the sources; do not edit.

from . import (
    decode_example as decode_example, decode_image as decode_image, decode_mask as decode_mask,
    decode_part as decode_part, parse_example as parse_example, rgb_to_ids as rgb_to_ids,
    sample_of as sample_of,
)
