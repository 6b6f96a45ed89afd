# Written by tools/stubs.py from the sources; do not edit.

import tensorflow as tf
from . import Operation
from . import FromNumpy as FromNumpy

class _FromFunction(Operation):
    """What an operation made of a function says of itself."""
    def get_config(self) -> dict:
        """Raises `TypeError`: a function cannot be saved."""

    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """Gives the number that the function is given. Eagerly.

        Parameters
        ----------
        sample : dict
            not used
        seed : tf.Tensor
            [2] int32
        """
