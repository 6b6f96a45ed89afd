# Written by tools/stubs.py from the sources; do not edit.

from . import (
    PAGE_XML as PAGE_XML, TEXT_LEVELS as TEXT_LEVELS, page_xml_source as page_xml_source,
    read_alto as read_alto, read_page as read_page,
)
