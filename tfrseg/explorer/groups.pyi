# Written by tools/stubs.py from the sources; do not edit.

from . import FoundGroups as FoundGroups, RecordNames as RecordNames, group_records as group_records
