# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ENCODINGS as ENCODINGS, OBJECTS_LIMIT as OBJECTS_LIMIT, RecordImage as RecordImage,
    RecordInstances as RecordInstances, RecordMask as RecordMask, RecordTile as RecordTile,
    ShardFile as ShardFile, match_schema as match_schema, merge_instances as merge_instances,
    record_sources as record_sources, tfds_schema as tfds_schema,
)
