# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FLIGHT_LIMIT as FLIGHT_LIMIT, bare_error as bare_error, bare_errors as bare_errors,
    call_python as call_python, checked_records as checked_records, checked_samples as checked_samples,
    count_pixels as count_pixels, enumerate_records as enumerate_records,
    headers_look_valid as headers_look_valid, largest_image as largest_image, pixel_bytes as pixel_bytes,
    read_dataset as read_dataset, read_tfrecord as read_tfrecord, readable_records as readable_records,
    side_by_side as side_by_side, stream_sample as stream_sample, stream_samples as stream_samples,
    training_pair as training_pair, with_absolute_paths as with_absolute_paths,
)
