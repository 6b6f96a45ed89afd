# Written by tools/stubs.py from the sources; do not edit.

from . import (
    WriterAtWork as WriterAtWork, as_path as as_path, atomic_file as atomic_file, file_sha256 as file_sha256,
    file_stat as file_stat, forget_listing as forget_listing, glob_files as glob_files, is_path as is_path,
    list_folder as list_folder, lock_file as lock_file, locked_folder as locked_folder,
    own_folder as own_folder, read_range as read_range, sync_file as sync_file, sync_folder as sync_folder,
)
