# Written by tools/stubs.py from the sources; do not edit.

from . import (
    CLAIM_NAME as CLAIM_NAME, FetchedFiles as FetchedFiles, claim_folder as claim_folder,
    claim_of as claim_of, claim_text as claim_text, create_file as create_file, fetch_file as fetch_file,
    new_claim as new_claim, read_claim as read_claim, remove_files as remove_files,
    upload_file as upload_file, upload_folder as upload_folder, write_plain as write_plain,
)
