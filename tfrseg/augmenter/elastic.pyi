# Written by tools/stubs.py from the sources; do not edit.

import tensorflow as tf
from . import Operation
from . import ElasticTransform as ElasticTransform, GridDistortion as GridDistortion

class _Bend(Operation):
    """What bends, with a probability, and says how much."""

    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """Gives the largest number that was drawn; `NOT_APPLIED` where nothing is bent. Eagerly.

        Parameters
        ----------
        sample : dict
            not used
        seed : tf.Tensor
            [2] int32
        """
