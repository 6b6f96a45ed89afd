# Written by tools/stubs.py from the sources; do not edit.

from . import (
    EXPORT_NAME as EXPORT_NAME, Exported as Exported, city_ids as city_ids, export_layout as export_layout,
    exported_sources as exported_sources, join_sources as join_sources, load_exported as load_exported,
    save_exported as save_exported, unchanged_export as unchanged_export,
)
