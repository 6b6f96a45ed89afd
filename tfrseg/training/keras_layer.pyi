# Written by tools/stubs.py from the sources; do not edit.

import keras
from . import Augment as Augment, augment_batch as augment_batch

class _SavedLayer(keras.layers.Layer):
    """A layer that is saved with its operation."""
    def get_config(self) -> dict:
        """What makes the same layer again, with the operation's configuration."""

    @classmethod
    def from_config(cls, config: dict) -> _SavedLayer:
        """The layer of a configuration.

        Parameters
        ----------
        config : dict
            from `get_config`
        """
