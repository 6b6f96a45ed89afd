# Written by tools/stubs.py from the sources; do not edit.

import tensorflow as tf
from . import (
    Bindable as Bindable, DEFAULT_MOVEMENTS as DEFAULT_MOVEMENTS, FieldKind as FieldKind,
    INTERPOLATIONS as INTERPOLATIONS, Movement as Movement, NOT_APPLIED as NOT_APPLIED,
    Operation as Operation, Step as Step, TupleFields as TupleFields, bind_targets as bind_targets,
    check_fill as check_fill, check_interpolation as check_interpolation, check_mask as check_mask,
    check_one_size as check_one_size, check_probability as check_probability, check_size as check_size,
    check_targets as check_targets, crop_sample as crop_sample, is_batch as is_batch, kind_of as kind_of,
    map_samples as map_samples, materialize_sample as materialize_sample, movements_of as movements_of,
    operation_kinds as operation_kinds, roles_of as roles_of, sample_window as sample_window,
    transform_sample as transform_sample, with_ignore_label as with_ignore_label,
)

class _Kind(Bindable, TupleFields, _Configurable, _Explainable):
    """What an operation is: exact or not, folding or not.

    Attributes
    ----------
    exact : default False
        True: only moves whole pixels
    supports_batch : default False
        True: `apply` takes [B, H, W, C] and seeds [B, 2] too
    """
    exact: bool
    supports_batch: bool

    @property
    def folds(self) -> bool:
        """True when `transform_window` alone defines the operation."""

    @property
    def is_geometric(self) -> bool:
        """True when it moves pixels, and so must move every array that is as large as the image."""

class _Configurable:
    """Saves a dataclass of numbers, texts, tuples and operations as plain data, and makes it again."""
    def get_config(self) -> dict:
        """Gives plain names, numbers and lists for JSON; `from_config` makes the operation again."""

    @classmethod
    def from_config(cls, config: dict) -> Operation:
        """Makes the operation of a configuration.

        Parameters
        ----------
        config : dict
            from `get_config`

        Raises: `ValueError` for an unknown class name.
        """

class _Explainable:
    """Explains what an operation does with a seed."""

    def drawn_operations(self, seed: tf.Tensor) -> list[tuple[Operation, tf.Tensor]]:
        """Lists the single operations that a seed leads to, each with its own seed. Eagerly.

        Parameters
        ----------
        seed : tf.Tensor
            [2] int32
        """

    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """Gives the numbers that this operation draws, by name; `NOT_APPLIED` where it does nothing. Eagerly.

        Parameters
        ----------
        sample : dict
            the sample it is given
        seed : tf.Tensor
            [2] int32
        """

    def explain(self, sample: dict, seed: int | tf.Tensor = 0) -> list[Step]:
        """Lists what is done to a sample with a seed, in order; the steps give the result, but for folding.

        Parameters
        ----------
        sample : dict
            image, mask, and anything else, as for the call
        seed : int | tf.Tensor, default 0
            see `as_seed`
        """
