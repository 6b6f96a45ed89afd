# Written by tools/stubs.py from the sources; do not edit.

from . import (
    RemotePath as RemotePath, as_path as as_path, atomic_file as atomic_file, file_sha256 as file_sha256,
    lock_file as lock_file, locked_folder as locked_folder, sync_file as sync_file,
    sync_folder as sync_folder,
)
