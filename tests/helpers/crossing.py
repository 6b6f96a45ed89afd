"Combinations of parameters: by default a part of them in which each value occurs, with `-m slow` the rest."
from itertools import product

import pytest


def crossed(*axes, every=2):
    """Parameters of `parametrize` for all combinations of some axes. Of each value, every second combination with the values of another axis runs by
    default; `every=3` lets a third run."""
    numbered = (list(enumerate(axis)) for axis in axes)
    return [pytest.param(*(value for _, value in cell), id="-".join(name_of(value) for _, value in cell),
                         marks=[pytest.mark.slow] * (sum(number for number, _ in cell) % every > 0)) for cell in product(*numbered)]


def name_of(value):
    "What the id of a test says of a value."
    if isinstance(value, tuple): return " ".join(filter(None, map(name_of, value)))
    return str(getattr(value, "name", None) or getattr(value, "__name__", None) or value)
