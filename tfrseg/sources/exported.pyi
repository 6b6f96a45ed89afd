# Written by tools/stubs.py from the sources; do not edit.

from . import (
    EXPORT_NAME as EXPORT_NAME, Exported as Exported, city_ids as city_ids,
    exported_sources as exported_sources, home_layout as home_layout, is_home as is_home,
    join_sources as join_sources, load_exported as load_exported, save_exported as save_exported,
)
