# Written by tools/stubs.py from the sources; do not edit.

from . import (
    LABEL_STUDIO as LABEL_STUDIO, StudioTask as StudioTask, choose_annotation as choose_annotation,
    image_entry as image_entry, label_studio_source as label_studio_source, read_tasks as read_tasks,
    studio_shape as studio_shape, unpack_brush as unpack_brush,
)
