# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Viewer as Viewer, class_table as class_table, draw_images as draw_images, make_page as make_page,
    make_server_page as make_server_page, pack_images as pack_images, page_policy as page_policy,
    told_number as told_number,
)
