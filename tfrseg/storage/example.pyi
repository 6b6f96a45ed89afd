# Written by tools/stubs.py from the sources; do not edit.

from . import (
    check_example as check_example, check_features as check_features, declared_size as declared_size,
    decode_features as decode_features, decode_record as decode_record, detect_schema as detect_schema,
    encode_example as encode_example, kind_of as kind_of, one_value as one_value,
    peek_feature as peek_feature, peek_number as peek_number, raw_mask_dtype as raw_mask_dtype,
    read_features as read_features, rgb_mask_ids as rgb_mask_ids, serialize_example as serialize_example,
    serialize_parts as serialize_parts, stored_array as stored_array, stored_image as stored_image,
)
