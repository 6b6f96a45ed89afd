# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ARRAY_LIMIT as ARRAY_LIMIT, TiffFacts as TiffFacts, TiffPage as TiffPage, nodata_of as nodata_of,
    read_tiff_page as read_tiff_page, tiff_facts as tiff_facts, tiff_pages as tiff_pages,
    tiff_reader as tiff_reader,
)
