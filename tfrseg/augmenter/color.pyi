# Written by tools/stubs.py from the sources; do not edit.

import tensorflow as tf
from . import Operation
from . import (
    ColorJitter as ColorJitter, LightGradient as LightGradient, Normalize as Normalize,
    Photometric as Photometric, RandomGamma as RandomGamma, RandomShadow as RandomShadow, ToGray as ToGray,
    as_4096ths as as_4096ths, check_channels as check_channels, crop_like as crop_like,
    grow_image as grow_image, grown_count as grown_count, scale_bands as scale_bands, sizes_of as sizes_of,
)

class _Colored(Photometric):
    """What has a saturation and a hue."""

    def check_image(self, image: tf.Tensor) -> None:
        """Raises `ValueError` for other channels than three, unless saturation and hue are 0.

        Parameters
        ----------
        image : tf.Tensor
            [..., H, W, C]
        """

class _Drawn(Operation):
    """What draws whether it is applied, and its numbers."""
    probability: float
    is_geometric: bool

    def make_params(self, seed: tf.Tensor) -> dict:
        """Draws the numbers of the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32

        Returns
        -------
        dict
            tensors [...] by name
        """

    def draw_apply(self, seed: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Draws whether to apply the operation.

        Parameters
        ----------
        seed : tf.Tensor
            [..., 2] int32

        Returns
        -------
        tuple[tf.Tensor, tf.Tensor]
            [...] bool: whether to apply it; [..., 2] int32: seed of its numbers
        """

    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """Gives what was drawn, rounded for reading; `NOT_APPLIED` where nothing is done. Eagerly.

        Parameters
        ----------
        sample : dict
            not used
        seed : tf.Tensor
            [2] int32
        """
