# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Flag as Flag, change_flags as change_flags, check_flag_file as check_flag_file,
    first_column as first_column, flag_line as flag_line, flagged_rows as flagged_rows,
    parse_flag as parse_flag, parse_tags as parse_tags, read_flags as read_flags, write_flags as write_flags,
)
