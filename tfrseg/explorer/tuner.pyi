# Written by tools/stubs.py from the sources; do not edit.

from . import (
    AugmentExplorer as AugmentExplorer, OperationPanel as OperationPanel, Panels as Panels,
    Several as Several, Typed as Typed, as_code as as_code, explore_augment as explore_augment,
    make_control as make_control, plain_value as plain_value,
)
