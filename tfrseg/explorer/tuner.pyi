# Written by tools/stubs.py from the sources; do not edit.

from typing import Any
from . import (
    AugmentExplorer as AugmentExplorer, OperationPanel as OperationPanel, Panels as Panels,
    as_code as as_code, explore_augment as explore_augment, make_control as make_control,
    plain_value as plain_value,
)

class _AugmentPictures:
    """The pictures of an explorer of augmentations: before and after, or nine draws."""

class _SeedControls:
    """The seed of an explorer of augmentations, and those before it."""
    seed: Any

class _OperationControls:
    """What the panels of an explorer of augmentations do."""
    operation: Any
