# Written by tools/stubs.py from the sources; do not edit.

import tensorflow as tf
from . import Operation
from . import (
    CutOut as CutOut, GaussianBlur as GaussianBlur, GaussianNoise as GaussianNoise,
    JpegArtifacts as JpegArtifacts, MotionBlur as MotionBlur,
)

class _Holed(Operation):
    """What draws rectangles, and says where they lie."""

    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """Gives holes as (top, left, height, width), pixels; `NOT_APPLIED` where there are none. Eagerly.

        Parameters
        ----------
        sample : dict
            whose image has a height and a width
        seed : tf.Tensor
            [2] int32
        """
