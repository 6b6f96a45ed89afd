# Written by tools/stubs.py from the sources; do not edit.

from collections.abc import Mapping, Sequence
from typing import Any
from . import (
    Viewer as Viewer, class_table as class_table, draw_images as draw_images, make_page as make_page,
    make_server_page as make_server_page, number_of as number_of, pack_images as pack_images,
    page_policy as page_policy,
)

class _ViewerRecords:
    """How a viewer loads a record. In a subclass the number of a record may differ from its position."""
    meta: Any

class _ViewerMessages:
    """How a viewer answers the canvas."""
    position: Any
    flagged: Any

    def set_state(self, sync_data: dict) -> None:
        """Takes traits from the front end; invalid ones are refused.

        Parameters
        ----------
        sync_data : dict
            traits that the front end sets
        """

class _ViewerOutputs:
    """A viewer as a figure, as a page, and as text."""

    def figure(self, position: int = 0) -> Any:
        """The record at a position as a figure, with the classes hidden that are hidden.

        Parameters
        ----------
        position : int, default 0
            of the record

        Returns
        -------
        Any
            a figure: image, mask over image, ...
        """

    def to_html(self, positions: Sequence[int] | None = None, title: str = "tfrseg") -> str:
        """A page of some records that needs neither kernel nor network.

        Parameters
        ----------
        positions : Sequence[int] | None, default None
            of the records; None: all
        title : str, default "tfrseg"
            of the page

        Returns
        -------
        str
            HTML
        """
    def png(self) -> dict[str, str]:
        """The figure as an output of a notebook, by its MIME type; empty where nothing can be drawn."""

    def with_png(self, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> tuple[dict, dict]:
        """Adds the figure to an output; nothing where nothing can be drawn.

        Parameters
        ----------
        data : Mapping[str, Any]
            an output of a notebook, by its MIME type
        metadata : Mapping[str, Any]
            the same

        Returns
        -------
        tuple[dict, dict]
            both, with the figure and its size on the page
        """

    def publish(self, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
        """Shows an output in Jupyter, and the picture for a notebook that is opened again.

        Parameters
        ----------
        data : Mapping[str, Any]
            an output of a notebook, by its MIME type, from `with_png`
        metadata : Mapping[str, Any]
            the same
        """
