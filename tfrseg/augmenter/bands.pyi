# Written by tools/stubs.py from the sources; do not edit.

import tensorflow as tf
from . import Combinator, Operation, Photometric
from . import BandDrop as BandDrop, BandJitter as BandJitter, OnBands as OnBands

class _ByBand(Photometric):
    """What draws numbers for each channel."""
    supports_batch: bool

    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """Gives what was drawn, rounded for reading. Eagerly.

        Parameters
        ----------
        sample : dict
            whose image says how many channels there are
        seed : tf.Tensor
            [2] int32
        """

class _OnBands(Combinator):
    """What an operation on some channels does with a sample, and what it says of itself."""

    @property
    def parts(self) -> tuple[Operation, ...]:
        """The operation, alone."""

    @property
    def supports_batch(self) -> bool:
        """True where its operation does."""

    def apply(self, sample: dict, seed: tf.Tensor) -> dict:
        """The sample after this operation.

        Parameters
        ----------
        sample : dict
            image [H, W, C]
        seed : tf.Tensor
            [2] int32
        """

    def apply_batch(self, batch: dict, seeds: tf.Tensor) -> dict:
        """The batch after this operation, each member with its own seed.

        Parameters
        ----------
        batch : dict
            image [B, H, W, C]
        seeds : tf.Tensor
            [B, 2] int32
        """

    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """Gives the channels, and what the operations inside draw for them. Eagerly.

        Parameters
        ----------
        sample : dict
            whose image has the channels
        seed : tf.Tensor
            [2] int32
        """
