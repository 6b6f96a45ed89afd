# Written by tools/stubs.py from the sources; do not edit.

from . import (
    MADE_FROM as MADE_FROM, SEEN_NAME as SEEN_NAME, bucket_folder as bucket_folder, read_job as read_job,
    settle_bucket as settle_bucket, settle_target as settle_target, target_folder as target_folder,
)
