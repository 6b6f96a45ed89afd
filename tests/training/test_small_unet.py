"""The small U-Net: what it refuses, and what it is made of."""
import keras
import numpy as np
import pytest

from tfrseg.training.small_unet import unet


@pytest.mark.parametrize(("arguments", "said"), [
    ({"classes": 1}, "wanted 2 or more"), ({"classes": 0, "activation": "sigmoid"}, "wanted 1 or more"),
    ({"size": (64, 65)}, "such as (64, 72)"), ({"size": (20, None), "depth": 3}, "such as (24, None)"),
    ({"size": (0, 8)}, "such as (8, 8)"), ({"size": (8, 8, 3)}, "wanted (height, width)"),
])
def test_what_cannot_be_is_refused(arguments, said):
    with pytest.raises(ValueError) as e: unet(**{"classes": 3} | arguments)
    assert said in str(e.value) and "\n" not in str(e.value)


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_scores_are_as_large_as_the_image(depth):
    step = 2**depth
    model = unet(3, channels=2, width=2, depth=depth, limits=(0, 65535), activation=None)
    for rows, columns in ((step, 3 * step), (2 * step, step)):
        assert model(np.zeros((2, rows, columns, 2), "uint16")).shape == (2, rows, columns, 3)


def test_limits_become_minus_one_and_one():
    model = unet(2, channels=1, width=2, depth=1, limits=(100, 300))
    scale = next(layer for layer in model.layers if isinstance(layer, keras.layers.Rescaling))
    assert np.allclose(keras.ops.convert_to_numpy(scale(np.array([100.0, 200.0, 300.0]))), [-1, 0, 1])


def test_probabilities_of_mixed_precision_are_float32():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try: model = unet(3, (8, 8), width=2)
    finally: keras.config.set_dtype_policy("float32")
    scores = keras.ops.convert_to_numpy(model(np.ones((1, 8, 8, 3))))
    assert scores.dtype == np.float32 and np.allclose(scores.sum(-1), 1, atol=1e-5)
    assert model.layers[2].compute_dtype == "bfloat16"


def test_values_are_left_out_at_the_lowest_level_alone():
    def rates(**options): return [layer.rate for layer in unet(3, (16, 16), width=2, depth=2, **options).layers if isinstance(layer, keras.layers.Dropout)]

    assert rates() == [] and rates(dropout=0.25) == [0.25]
