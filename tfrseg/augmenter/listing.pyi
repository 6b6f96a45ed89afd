# Written by tools/stubs.py from the sources; do not edit.

from . import (
    as_code as as_code, mute_operation as mute_operation, muted_in as muted_in, plain_value as plain_value,
    program_of as program_of,
)
