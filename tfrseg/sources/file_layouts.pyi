# Written by tools/stubs.py from the sources; do not edit.

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from . import Layout
from . import (
    FileLayout as FileLayout, apply_box_choice as apply_box_choice, box_assumptions as box_assumptions,
    relative_name as relative_name, require_one_file as require_one_file,
    same_named_image as same_named_image,
)

@dataclass(frozen=True)
class _MarkedLayout(Layout):
    """A layout of files that are recognized by their content, in a folder or in one below it for each split.

    Parameters
    ----------
    name : str
        as `--layout` takes it, such as 'voc'
    source : Callable
        reads it: `source(root, ...)` returns a `Source`
    required : tuple[str, ...]
        glob patterns; `|` divides alternatives
    markers : tuple[str, ...], default ()
        texts that one file of the first pattern contains
    splits : Callable[[Path], Sequence[str]], default _no_splits
        names of its splits, given the folder
    parallel_folders : tuple[str, ...], default ()
        folders that share the name of a subfolder
    test : Callable[[Path], bool] | None, default None
        a further test of a file; None: none
    description : str, default ""
        what `test` looks for, for errors
    """
    test: Callable[[Path], bool] | None = None
    description: str = ""

    def holds(self, path: Path) -> bool:
        """Tests the name and the content of a file.

        Parameters
        ----------
        path : Path
            a file

        Returns
        -------
        bool
            whether it belongs to this layout
        """

    def missing(self, root: Path | str) -> list[str]:
        """Lists what was looked for and not found.

        Parameters
        ----------
        root : Path | str
            folder of a dataset

        Returns
        -------
        list[str]
            what is not there; empty where the layout fits
        """
