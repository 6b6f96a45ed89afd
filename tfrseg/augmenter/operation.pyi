# Written by tools/stubs.py from the sources; do not edit.

import tensorflow as tf
from . import (
    DEFAULT_INTERPOLATION as DEFAULT_INTERPOLATION, FILL_VALUE as FILL_VALUE,
    INTERPOLATIONS as INTERPOLATIONS, Operation as Operation, Step as Step,
    check_interpolation as check_interpolation, check_mask as check_mask, check_one_size as check_one_size,
    check_probability as check_probability, check_size as check_size, check_targets as check_targets,
    crop_sample as crop_sample, is_batch as is_batch, map_samples as map_samples,
    materialize_sample as materialize_sample, operation_kinds as operation_kinds, roles_of as roles_of,
    sample_window as sample_window, transform_sample as transform_sample,
    with_ignore_label as with_ignore_label,
)

class _Configurable:
    """What can be saved as plain data and made again of it: a dataclass of numbers, texts, tuples, operations."""
    def get_config(self) -> dict:
        """Gives plain names, numbers and lists, for JSON, of which `from_config` makes the operation again."""

    @classmethod
    def from_config(cls, config: dict) -> Operation:
        """Makes the operation of a configuration.

        Returns
        -------
        Operation
            as `get_config` gives it

        Raises: ValueError for an unknown class name.
        """

class _Explainable:
    """What can say what it does with a seed."""

    def drawn_operations(self, seed: tf.Tensor) -> list[tuple[Operation, tf.Tensor]]:
        """Lists the single operations that a seed leads to, each with its own seed. Eagerly.

        Returns
        -------
        list[tuple[Operation, tf.Tensor]]
            [2] int32
        """

    def describe(self, sample: dict, seed: tf.Tensor) -> dict:
        """Says what this operation draws, numbers by name. Eagerly.

        Returns
        -------
        dict
            the sample it is given; [2] int32
        """

    def explain(self, sample: dict, seed: int | tf.Tensor = 0) -> list[Step]:
        """Lists what is done to a sample with a seed, in order; the steps give the result, but for folding.

        Returns
        -------
        list[Step]
            as for the call
        """
