# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ImageFinder as ImageFinder, file_stems as file_stems, folder_splits as folder_splits,
    is_hidden as is_hidden, split_files as split_files, told_parts as told_parts,
    visible_files as visible_files,
)
