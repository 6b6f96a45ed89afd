"""What photometric operations do, held against Pillow, SciPy, TensorFlow and Python's own colorsys, for the numbers they have drawn.

Ours count in whole numbers, 1/4096 or 1/256 a step, and round once or twice; so they may be some levels off, how many is said with each, and on average about half a level.
"""
import colorsys
import io

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image, ImageEnhance
from scipy import ndimage

from tfrseg.cards import make_card
from tfrseg.augmenter.color import ColorJitter, LightGradient, RandomGamma, ToGray
from tfrseg.augmenter.noise import GaussianBlur, GaussianNoise, JpegArtifacts, MotionBlur
from tfrseg.augmenter.seeds import as_seed

IMAGE = make_card(3, (90, 120))["image"]
PICTURE = Image.fromarray(IMAGE)
SEEDS = range(5)


def done(op, seed):
    "What came out, and the numbers that were drawn for it."
    _, own = op.draw_apply(as_seed(seed))
    return op({"image": IMAGE}, seed)["image"].numpy(), {name: float(value) for name, value in op.make_params(own).items()}


def near(got, wanted, most, mean=0.6):
    "No pixel is off by more than `most` levels, nor all by more than `mean` on average."
    off = np.abs(got.astype(float) - np.clip(np.asarray(wanted, float), 0, 255))
    assert off.max() <= most and off.mean() <= mean, (off.max(), off.mean())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name, enhance", (("brightness", ImageEnhance.Brightness), ("contrast", ImageEnhance.Contrast), ("saturation", ImageEnhance.Color)))
def test_jitter_is_what_pillow_enhances(name, enhance, seed):
    "Pillow cuts off what ours rounds, and rounds the mean of contrast and the grey of saturation beforehand."
    got, drawn = done(ColorJitter(**{"brightness": 0.0, "contrast": 0.0, "saturation": 0.0, "hue": 0.0, name: 0.6}), seed)
    assert abs(drawn[name] - 1) > 0.01
    near(got, enhance(PICTURE).enhance(drawn[name]), 2, 0.8)


@pytest.mark.parametrize("seed", SEEDS)
def test_hue_is_a_turn_in_yiq(seed):
    "colorsys has the matrix with three digits; its way back cuts off at 0 and 1."
    got, drawn = done(ColorJitter(0.0, 0.0, 0.0, 25.0), seed)
    wanted, turn = np.empty(IMAGE.shape), np.exp(1j * np.radians(drawn["hue"]))
    for place in np.ndindex(IMAGE.shape[:2]):
        y, i, q = colorsys.rgb_to_yiq(*IMAGE[place] / 255)
        i, q = ((i + 1j * q) * turn).real, ((i + 1j * q) * turn).imag
        wanted[place] = colorsys.yiq_to_rgb(y, i, q)
    near(got, 255 * wanted, 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_gamma_is_what_tensorflow_adjusts(seed):
    got, drawn = done(RandomGamma((0.3, 3.0)), seed)
    near(got, 255 * tf.image.adjust_gamma(IMAGE / 255, drawn["gamma"]).numpy(), 0.5 + 1e-3)


def test_grey_is_what_pillow_converts():
    "Rec. 601 weights, ours in 256ths, Pillow's in 65536ths."
    got, _ = done(ToGray(1.0), 0)
    near(got, np.asarray(PICTURE.convert("L"))[..., None].repeat(3, -1), 1)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("sigma", ((0.4, 0.8), (1.0, 1.6), (2.0, 3.0)))
def test_blur_is_what_scipy_filters(sigma, seed):
    "Weights in 256ths, each pass rounded: up to three levels where black meets white."
    got, drawn = done(GaussianBlur(sigma), seed)
    wanted = ndimage.gaussian_filter(IMAGE.astype(float), (drawn["sigma"], drawn["sigma"], 0), mode="nearest")
    near(got, wanted, 3, 0.8)


@pytest.mark.parametrize("seed", SEEDS)
def test_motion_blur_is_a_convolution(seed):
    "SciPy's, with the line that the numbers describe: each step at its nearest pixel, ends in part. Nine weights in 256ths: up to three levels."
    got, drawn = done(MotionBlur((3, 9)), seed)
    step, kernel = np.arange(-4, 5), np.zeros((9, 9))
    weight = np.clip(drawn["length"] / 2 + 0.5 - np.abs(step), 0, 1)
    angle = np.radians(drawn["degrees"])
    for n, w in zip(step, weight / weight.sum()): kernel[4 + int(np.round(n * np.sin(angle))), 4 + int(np.round(n * np.cos(angle)))] += w
    wanted = np.stack([ndimage.correlate(IMAGE[..., k].astype(float), kernel, mode="nearest") for k in range(3)], -1)
    near(got, wanted, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_jpeg_is_what_pillow_saves(seed):
    "Both stand on libjpeg, with colour at half the size; they may differ in how they take it apart again."
    got, drawn = done(JpegArtifacts((30, 90)), seed)
    PICTURE.save(file := io.BytesIO(), "JPEG", quality=int(drawn["quality"]))
    with Image.open(file) as wanted: near(got, wanted, 6, 1.2)


@pytest.mark.parametrize("seed", SEEDS)
def test_noise_has_the_spread_it_says(seed):
    "On grey that nothing cuts off: mean 0, the standard deviation that was drawn, to 3 percent; and near to a bell."
    op = GaussianNoise((4, 12))
    _, own = op.draw_apply(as_seed(seed))
    noise = op({"image": np.full((200, 300, 3), 128, np.uint8)}, seed)["image"].numpy().astype(float) - 128
    std = float(op.make_params(own)["std"])
    assert abs(noise.mean()) < 0.1 and abs(noise.std() / std - 1) < 0.03
    assert abs((np.abs(noise) < std).mean() - 0.683) < 0.06 and abs((np.abs(noise) < 2 * std).mean() - 0.954) < 0.02
    rows = noise[..., 0]
    assert abs((rows[:, 1:] * rows[:, :-1]).mean()) < 0.02 * std**2 and abs((noise[..., 0] * noise[..., 1]).mean()) < 0.02 * std**2


@pytest.mark.parametrize("seed", SEEDS)
def test_light_is_a_plane(seed):
    "A factor that grows evenly along the direction that was drawn, from one corner's reach to the other's."
    got, drawn = done(LightGradient(0.5), seed)
    height, width = IMAGE.shape[:2]
    y, x = np.mgrid[:height, :width]
    angle = np.radians(drawn["degrees"])
    along = ((x - (width - 1) / 2) * np.cos(angle) + (y - (height - 1) / 2) * np.sin(angle)) / np.hypot(height, width)
    near(got, IMAGE * (1 - 2 * drawn["strength"] * along)[..., None], 1)
