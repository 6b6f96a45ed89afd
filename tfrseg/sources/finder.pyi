# Written by tools/stubs.py from the sources; do not edit.

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from . import (
    ImageFinder as ImageFinder, file_stems as file_stems, folder_splits as folder_splits,
    is_hidden as is_hidden, path_readings as path_readings, split_files as split_files,
    visible_files as visible_files,
)

class _PairNames(_DetourReport):
    """Names of pairs, from where their images were found.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    images : Path | str | None, default None
        folder of the images, where the user says it; None: found
    above : bool, default False
        images may lie in the parent folder itself, as of Transkribus
    """

    def name_of(self, stated: str, found: Path) -> str:
        """The name of a pair: as stated where the image lies at such a path, else as it lies in the dataset.

        Parameters
        ----------
        stated : str
            path of the image as the file has it
        found : Path
            where `find` found it

        Returns
        -------
        str
            with forward slashes, without the ending
        """

class _DetourReport(_Search):
    """What was found in another way than the file says, counted by kind.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    images : Path | str | None, default None
        folder of the images, where the user says it; None: found
    above : bool, default False
        images may lie in the parent folder itself, as of Transkribus
    """
    def assumptions(self) -> tuple[str, ...]:
        """A line for each kind of detour: how many images, an example, and the option that decides."""

    def unlisted(self, found: Iterable[Path], stated: Iterable[str]) -> tuple[str, ...]:
        """Reports images beside the found ones that no annotation file names.

        Parameters
        ----------
        found : Iterable[Path]
            images that were found
        stated : Iterable[str]
            paths or names in the annotation files, also of what was not found

        Returns
        -------
        tuple[str, ...]
            a line; empty where there is none
        """

class _Search(_ImageLookup):
    """The ways to find an image that does not lie where the file says.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    images : Path | str | None, default None
        folder of the images, where the user says it; None: found
    above : bool, default False
        images may lie in the parent folder itself, as of Transkribus
    """

class _ImageLookup:
    """Images below a folder, its neighbours, or `images`, by path, by the end of a path, by stem or by name.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    images : Path | str | None, default None
        folder of the images, where the user says it; None: found
    above : bool, default False
        images may lie in the parent folder itself, as of Transkribus
    """
    root: Any
    beside: Any
    above: bool
    def __init__(self, root: Path | str, images: Path | str | None = None, above: bool = False) -> None: ...
