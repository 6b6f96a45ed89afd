# Written by tools/stubs.py from the sources; do not edit.

from typing import Any
from . import ViewerServer as ViewerServer, record_bytes as record_bytes, serve_viewer as serve_viewer

class _ViewerAnswers:
    """What a server answers for its viewer."""

    def answer(self, what: str, query: dict) -> tuple[str, bytes] | None:
        """The answer to a request.

        Parameters
        ----------
        what : str
            '' (the page), 'meta', 'news' or 'record'
        query : dict
            of the address; 'position' for a record

        Returns
        -------
        tuple[str, bytes] | None
            MIME type and bytes; None: there is nothing of this name
        """

    def tell(self, message: dict) -> None:
        """Hands a message on to the viewer.

        Parameters
        ----------
        message : dict
            from the canvas
        """
    def meta(self) -> dict:
        """What the canvas is given of all records. A page that is loaded again stands where it stood."""
    def news(self) -> dict:
        """What may have changed: all but the classes, of which there may be thousands."""

class _ConnectionLimits:
    """Few connections, none of which only waits."""
    most: int
    patience: float
    open: Any

    def process_request(self, request, client_address):
        """A thread for a connection; if there are too many, the oldest that has not asked is closed.

        Parameters
        ----------
        request
        client_address
            a socket; (address, port)
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
