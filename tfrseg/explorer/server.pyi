# Written by tools/stubs.py from the sources; do not edit.

from typing import Any
from . import ViewerServer as ViewerServer, record_bytes as record_bytes, serve_viewer as serve_viewer

class _ViewerAnswers(_ManyAnswers):
    """What a server answers for its viewer."""

    def answer(self, what: str, query: dict) -> tuple[str, bytes] | None:
        """Answers a request.

        Parameters
        ----------
        what : str
            '' (the page), 'meta', 'news', 'record', 'thumbs' or 'facets'
        query : dict
            of the address: 'position' of a record, 'from' and 'count' of thumbnails, 'share' of facets

        Returns
        -------
        tuple[str, bytes] | None
            MIME type and bytes; None: there is nothing of this name
        """

class _ManyAnswers(_ViewerState):
    """What a server answers about many records."""

class _ViewerState:
    """What a page may know of its viewer, and tell it."""
    def meta(self) -> dict:
        """What the canvas is told about all records; a page that is loaded again shows the same record."""
    def news(self) -> dict:
        """What may have changed: all but the classes, of which there may be thousands."""

    def tell(self, message: dict) -> None:
        """Hands a message on to the viewer.

        Parameters
        ----------
        message : dict
            from the canvas
        """

class _ConnectionLimits:
    """Limits connections, and how long one may wait.

    Attributes
    ----------
    request_queue_size : default 128
        connections that may wait to be accepted
    """
    most: int
    patience: float
    request_queue_size: int
    open: Any

    def process_request(self, request, client_address):
        """Starts a thread for a connection; if there are too many, closes the oldest that has not asked.

        Parameters
        ----------
        request
            a socket
        client_address
            (address, port)
        """

    def shutdown_request(self, request):
        """Ends a connection.

        Parameters
        ----------
        request
            a socket
        """
    def service_actions(self):
        """Twice a second: closes connections that have waited too long."""
