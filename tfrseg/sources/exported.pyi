# Written by tools/stubs.py from the sources; do not edit.

from . import (
    CaseMask as CaseMask, ClassPlanes as ClassPlanes, EXPORT_NAME as EXPORT_NAME, Exported as Exported,
    FACTS_NAME as FACTS_NAME, UNKNOWN_FOLDER as UNKNOWN_FOLDER, array_folder as array_folder,
    case_name as case_name, city_ids as city_ids, export_layout as export_layout,
    exported_sources as exported_sources, is_rgb as is_rgb, join_sources as join_sources,
    load_exported as load_exported, save_exported as save_exported, unchanged_export as unchanged_export,
)
