# Written by tools/stubs.py from the sources; do not edit.

from . import ViewerServer as ViewerServer, record_bytes as record_bytes, serve_viewer as serve_viewer
