# Written by tools/stubs.py from the sources; do not edit.

from . import (
    PageImages as PageImages, asset as asset, canvas_script as canvas_script, for_page as for_page,
    make_page as make_page, make_server_page as make_server_page, page_policy as page_policy,
)
