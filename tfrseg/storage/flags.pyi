# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Flag as Flag, TagChange as TagChange, change_flags as change_flags, check_flag_file as check_flag_file,
    first_column as first_column, flag_line as flag_line, flagged_rows as flagged_rows,
    parse_flag as parse_flag, read_flags as read_flags, tag_list as tag_list, write_flags as write_flags,
)
