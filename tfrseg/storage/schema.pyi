# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Feature as Feature, INSTANCES as INSTANCES, RAW as RAW, RAW_IDS as RAW_IDS, SCHEMAS as SCHEMAS,
    Schema as Schema, TFVISION as TFVISION, THIRD_PARTY_SCHEMAS as THIRD_PARTY_SCHEMAS,
    TILE_FEATURES as TILE_FEATURES, schema_from_keys as schema_from_keys,
)
