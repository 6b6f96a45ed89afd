# Written by tools/stubs.py from the sources; do not edit.

import traitlets
from collections.abc import Mapping, Sequence
from typing import Any
from . import PageImages
from . import (
    Viewer as Viewer, class_table as class_table, draw_images as draw_images, number_of as number_of,
    pack_images as pack_images,
)

class _Relabelling(traitlets.HasTraits):
    """How names and colours of classes change."""

    def relabel(self, class_id: int, name: str = "", color: Sequence[int] = ()) -> None:
        """Names or colours a class. Raises: `ValueError` for an invalid id, name or colour.

        Parameters
        ----------
        class_id : int
            of the class
        name : str, default ""
            its new name; '': as it is
        color : Sequence[int], default ()
            its new (r, g, b), each 0 to 255; (): as it is
        """

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

class _ViewerPage:
    """A viewer as a page of HTML."""

    def to_html(
        self,
        positions: Sequence[int] | None = None,
        title: str = "tfrseg",
        *,
        images: PageImages | None = None,
    ) -> str:
        """A page of some records that needs neither kernel nor network.

        Parameters
        ----------
        positions : Sequence[int] | None, default None
            of the records; None: all
        title : str, default "tfrseg"
            of the page
        images : PageImages | None, default None
            how they are kept; None: large photographs as JPEG

        Returns
        -------
        str
            HTML
        """

class _ViewerOutputs(_ViewerFigure):
    """A viewer as an output of a notebook, and as text."""
    def png(self) -> dict[str, str]:
        """The figure as an output of a notebook, by its MIME type; empty where nothing can be drawn."""

    def with_png(self, data: Mapping[str, Any], metadata: Mapping[str, Any] = ...) -> tuple[dict, dict]:
        """Adds the figure to an output; nothing where nothing can be drawn.

        Parameters
        ----------
        data : Mapping[str, Any]
            an output of a notebook, by its MIME type
        metadata : Mapping[str, Any], default {}
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

class _ViewerFigure:
    """A viewer as a figure."""

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
