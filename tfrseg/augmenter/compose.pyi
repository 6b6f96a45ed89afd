# Written by tools/stubs.py from the sources; do not edit.

import tensorflow as tf
from . import Cut, Window
from . import (
    Combinator as Combinator, Compose as Compose, OneOf as OneOf, RandomApply as RandomApply,
    SomeOf as SomeOf, select_branch as select_branch,
)

class _Chain(Combinator):
    """What a row of operations does with windows and pixels; `_seeded` pairs each operation with its seed."""

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """Returns
        -------
        Window
            what is shown; [..., 2] int32
        """

    def fold(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after the exact operations at the beginning.

        Returns
        -------
        Window
            both [..., 2] may be those of many records
        """

    def finish(self, sample: dict, cut: Cut, seed: tf.Tensor) -> dict:
        """The sample through the cut (a warp that comes first reads for itself), and all other operations.

        Returns
        -------
        dict
            cut of `fold`'s window, same seed
        """

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """Returns
        -------
        dict
            image, mask; [2] int32
        """

    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """The batch after all operations, each member with its own seed.

        Returns
        -------
        dict
            [B, H, W, C] each; [B, 2] int32
        """
