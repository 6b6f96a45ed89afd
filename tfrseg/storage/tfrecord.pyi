# Written by tools/stubs.py from the sources; do not edit.

from . import (
    RECORD_LIMIT as RECORD_LIMIT, Scanned as Scanned, UNPACK_LIMIT as UNPACK_LIMIT,
    compression_of as compression_of, frame_parts as frame_parts, frame_record as frame_record,
    holds_records as holds_records, index_records as index_records, masked_crc as masked_crc,
    name_copy as name_copy, original as original, read_record as read_record, scan_records as scan_records,
    unpack_records as unpack_records, walk_records as walk_records, write_records as write_records,
)
