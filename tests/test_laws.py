"""The laws of every operation in the augmenter, whatever its name: add an instance for a new one."""
from dataclasses import FrozenInstanceError, fields, is_dataclass

import numpy as np
import pytest
import tensorflow as tf

from tfrseg import augmenter
from tfrseg.augmenter import (Compose, CropOrPad, Normalize, OneOf, Operation, PadToSize, RandomApply, RandomCrop, RandomFlip,
                              RandomRotate90, RandomShift, RandomShiftCrop, Resize)
from tfrseg.core import IGNORE_LABEL
from tfrseg.draws import as_seed, split_seed

INSTANCES = [
    RandomFlip(0.5, 0.5), RandomFlip(1.0), RandomRotate90(), RandomRotate90((1, 3)), RandomShift(9, 14, 0.8), RandomShift(60, 80, 1.0),
    RandomCrop((17, 23)), RandomCrop((64, 20)), CropOrPad((20, 60)), CropOrPad((33, 31)), PadToSize((50, 30)), Resize((24, 60)),
    Normalize(), RandomShiftCrop((24, 32), 20, 0.7), RandomApply(RandomRotate90(), 0.6), RandomApply(Resize((20, 20)), 0.5),
    OneOf((RandomFlip(1.0), RandomRotate90((2,)), RandomCrop((10, 12)))), OneOf((Resize((9, 9)), RandomFlip(1.0))),
    Compose((RandomRotate90(), RandomCrop((21, 30)), RandomFlip(0.5, 0.5), RandomShift(4, 4, 1.0), PadToSize((40, 40)))),
    Compose((RandomFlip(0.5, 0.5), Resize((30, 44)), RandomCrop((20, 20)), Normalize())),
]
SEEDS = range(6)


def names(ops): return [repr(op) for op in ops]


def mixes(op):
    "Whether pixels may be interpolated."
    return isinstance(op, Resize) or any(mixes(o) for o in (*getattr(op, "operations", ()), getattr(op, "operation", None)) if o)


def photometric(op): return isinstance(op, Normalize) or any(photometric(o) for o in getattr(op, "operations", ()))


def make_sample(height=37, width=45, dtype=np.uint8):
    "Blobs of five labels, and an image that is the mask thrice."
    rng = np.random.default_rng(height * width)
    coarse = rng.integers(0, 5, (height // 6 + 1, width // 6 + 1))
    mask = np.kron(coarse, np.ones((6, 6), int))[:height, :width, None].astype(dtype)
    return {"image": np.repeat(mask, 3, 2).astype(np.uint8), "mask": mask, "name": "blobs"}


def values(sample): return {k: v.numpy() if hasattr(v, "numpy") else v for k, v in sample.items()}


def test_every_operation_of_the_module_is_here():
    found = {c for c in vars(augmenter).values() if isinstance(c, type) and issubclass(c, Operation)} - {Operation}
    assert found == {type(op) for op in INSTANCES}


@pytest.mark.parametrize("op", INSTANCES, ids=names(INSTANCES))
class TestLaws:
    def test_is_frozen_and_its_repr_makes_it_again(self, op):
        assert is_dataclass(op) and eval(repr(op)) == op and hash(op) == hash(eval(repr(op)))
        with pytest.raises(FrozenInstanceError): setattr(op, fields(op)[0].name, None)

    def test_image_and_mask_move_alike(self, op):
        "Fed the mask as the image, the two come out equal; where pixels are mixed, up to one pixel from a border of labels."
        if photometric(op): op = Compose(tuple(o for o in op.operations if not photometric(o))) if isinstance(op, Compose) else Compose()
        for seed in SEEDS:
            out = values(op(make_sample(), seed))
            image, mask = out["image"].astype(int), out["mask"].astype(int)
            assert image.shape == (*mask.shape[:2], 3)
            expected = np.where(mask == IGNORE_LABEL, 0, mask)
            differs = (image != expected).any(-1)
            if mixes(op):
                padded = np.pad(expected[..., 0], 1, mode="edge")
                around = np.stack([padded[y:y + mask.shape[0], x:x + mask.shape[1]] for y in range(3) for x in range(3)])
                differs &= (around == around[4]).all(0)
            assert not differs.any(), f"seed {seed}: {differs.sum()} pixels"

    @pytest.mark.parametrize("dtype", (np.uint8, np.uint16))
    def test_no_label_is_made_up_and_dtypes_stay(self, op, dtype):
        sample = make_sample(dtype=dtype)
        for seed in SEEDS:
            out = values(op(sample, seed))
            assert out["mask"].dtype == dtype and set(np.unique(out["mask"])) <= set(np.unique(sample["mask"])) | {IGNORE_LABEL}
            assert out["image"].dtype == (np.float32 if photometric(op) else np.uint8)
            assert out["name"] == "blobs"

    def test_the_same_seed_gives_the_same(self, op):
        for seed in SEEDS:
            first, second = values(op(make_sample(), seed)), values(op(make_sample(), (0, seed)))
            assert (first["image"] == second["image"]).all() and (first["mask"] == second["mask"]).all()

    def test_in_tf_data_as_eagerly_at_any_parallelism(self, op):
        sample = {k: v for k, v in make_sample().items() if k != "name"}
        eager = [values(op(sample, seed)) for seed in SEEDS]
        for parallel in (1, 4):
            seeds = tf.data.Dataset.range(len(SEEDS))
            mapped = seeds.map(lambda seed: op(sample, tf.stack([0, tf.cast(seed, tf.int32)])), num_parallel_calls=parallel)
            for before, after in zip(eager, mapped.as_numpy_iterator(), strict=True):
                assert (before["mask"] == after["mask"]).all()
                assert np.allclose(before["image"], after["image"], atol=1e-5)

    def test_the_shape_it_promises_is_the_one_that_comes(self, op):
        "What tf.data is told of the shape before the draw is what comes out."
        sample = {k: v for k, v in make_sample().items() if k != "name"}
        mapped = tf.data.Dataset.range(6).map(lambda seed: op(sample, tf.stack([0, tf.cast(seed, tf.int32)])))
        for out in mapped:
            for role in ("image", "mask"): assert mapped.element_spec[role].shape.is_compatible_with(out[role].shape)

    def test_without_mask_and_on_one_pixel(self, op):
        with_mask, without = (values(op(s, 3)) for s in (make_sample(), {"image": make_sample()["image"]}))
        assert "mask" not in without and (with_mask["image"] == without["image"]).all()
        assert values(op(make_sample(1, 1), 1))["mask"].ndim == 3


def test_folding_changes_nothing():
    "Operations in one Compose give what they give one after another, with the seeds that Compose deals out."
    rng = np.random.default_rng(0)
    exact = [op for op in INSTANCES if op.exact and not isinstance(op, (Compose, RandomCrop, RandomShiftCrop))]
    for trial in range(20):
        chain = tuple(exact[k] for k in rng.integers(len(exact), size=4))
        at_once = values(Compose(chain)(make_sample(), trial))
        sample = make_sample()
        for op, seed in zip(chain, tf.unstack(split_seed(as_seed(trial), len(chain)))): sample = op(sample, seed)
        for role in ("image", "mask"): assert (at_once[role] == values(sample)[role]).all(), f"{chain}, seed {trial}"


def test_draws_have_the_promised_frequencies():
    "Each symmetry of RandomFlip and RandomRotate90 as often as it should be, over 600 seeds."
    sample = {"image": np.arange(12, dtype=np.uint8).reshape(2, 2, 3)}
    op = tf.function(Compose((RandomFlip(0.5, 0.5), RandomRotate90((0, 1, 3)))))
    corners = [int(op(sample, tf.constant([0, seed]))["image"][0, 0, 0]) for seed in range(600)]
    counts = np.unique(corners, return_counts=True)[1]
    assert len(counts) == 4 and abs(counts - 150).max() < 50


def test_crops_reach_every_place():
    sample = {"image": np.repeat(np.arange(20, dtype=np.uint8).reshape(4, 5, 1), 3, 2)}
    op = tf.function(RandomCrop((2, 3)))
    found = {int(op(sample, tf.constant([0, seed]))["image"][0, 0, 0]) for seed in range(200)}
    assert found == {0, 1, 2, 5, 6, 7, 10, 11, 12}


def test_the_ignore_label_of_a_data_set_fills_the_border():
    out = Compose(PadToSize((40, 60)), mask_fill=65535)(make_sample(dtype=np.uint16))
    assert set(np.unique(out["mask"])) == {0, 1, 2, 3, 4, 65535}


@pytest.mark.parametrize("make, said", (
    (lambda: RandomFlip(1.5), "horizontal=1.5"), (lambda: RandomRotate90((4,)), "turns=(4,)"), (lambda: RandomRotate90(()), "turns=()"),
    (lambda: RandomCrop((0, 5)), "size=(0, 5)"), (lambda: Resize((3,)), "size=(3,)"), (lambda: RandomShift(-1), "0 or more"),
    (lambda: Normalize(std=(0, 1, 1)), "above 0"), (lambda: OneOf(()), "at least one"), (lambda: RandomShiftCrop(shift=0), "at least 1"),
    (lambda: RandomApply(RandomFlip(), 2), "probability=2"), (lambda: Compose([tf.image.rot90]), "no Operation")))
def test_wrong_parameters_are_said(make, said):
    with pytest.raises((ValueError, TypeError)) as error: make()
    assert said in str(error.value) and "\n" not in str(error.value)
