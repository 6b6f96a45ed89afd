# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FLIGHT_LIMIT as FLIGHT_LIMIT, at_home as at_home, bare_error as bare_error, bare_errors as bare_errors,
    call_python as call_python, checked_records as checked_records, checked_samples as checked_samples,
    count_pixels as count_pixels, enumerate_records as enumerate_records,
    headers_look_valid as headers_look_valid, largest_image as largest_image, read_dataset as read_dataset,
    read_tfrecord as read_tfrecord, side_by_side as side_by_side, stream_sample as stream_sample,
    walk_framing as walk_framing,
)
