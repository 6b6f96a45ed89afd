# Written by tools/stubs.py from the sources; do not edit.

import tensorflow as tf
from . import Cut, Window
from . import (
    Combinator as Combinator, Compose as Compose, OneOf as OneOf, RandomApply as RandomApply,
    SomeOf as SomeOf, select_branch as select_branch,
)

class _Chain(_Finishing):
    """What a sequence of operations does with pixels."""

    def finish(self, sample: dict, cut: Cut, seed: tf.Tensor) -> dict:
        """The sample after the cut and all other operations; a warp that comes first reads the image itself.

        Parameters
        ----------
        sample : dict
            image, mask as arrays or readers
        cut : Cut
            of the window from `fold`
        seed : tf.Tensor
            [2] int32, as for `fold`
        """

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image, mask
        seed : tf.Tensor
            [2] int32
        """

    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """The batch after all operations, each member with its own seed.

        Parameters
        ----------
        batch : dict
            [B, H, W, C] each
        seeds : tf.Tensor
            [B, 2] int32
        """

class _Finishing(_Folding):
    """What a sequence of operations does with the pixels of its cut."""

    def finish_cropped(self, sample: dict, seed: tf.Tensor, done: int = 0) -> dict:
        """The sample after all operations behind the cut.

        Parameters
        ----------
        sample : dict
            image, mask after the cut, and after `done` operations behind it
        seed : tf.Tensor
            [2] int32, as for `fold`
        done : int, default 0
            how many operations behind the cut were applied
        """

    def finish_batch(self, batch: dict, seeds: tf.Tensor, count: int | None = None) -> dict:
        """The batch after operations behind the cut, each member with its own seed.

        Parameters
        ----------
        batch : dict
            image, mask after the cut, [B, H, W, C] each
        seeds : tf.Tensor
            [B, 2] int32, as for `fold`
        count : int | None, default None
            of operations; None: all
        """

    @property
    def is_cut(self) -> bool:
        """True when a cut is all that it does."""

    @property
    def batch_steps(self) -> int:
        """How many operations behind the cut are at least as fast on a batch as on its members."""

    @property
    def finishes_batches(self) -> bool:
        """True when these are all."""

class _Folding(Combinator):
    """What a sequence of operations does with windows; `_seeded` pairs each operation with its seed."""

    def transform_window(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after this operation; only where it `folds`.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

    def fold(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after the exact operations at the beginning.

        Parameters
        ----------
        window : Window
            what is shown before
        seed : tf.Tensor
            [..., 2] int32
        """

    def fold_next(self, window: Window, seed: tf.Tensor) -> Window:
        """The window after the operations behind these, as far as they fold.

        Parameters
        ----------
        window : Window
            all of what the exact operations at the beginning leave
        seed : tf.Tensor
            [..., 2] int32, as for `fold`
        """

class _Choice(Combinator):
    """A combinator that draws which of its parts are applied; `_branched` runs them where they do not fold."""

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after what was drawn.

        Parameters
        ----------
        sample : dict
            image, mask as arrays or readers
        seed : tf.Tensor
            [2] int32
        """
