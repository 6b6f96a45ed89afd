"""Operations for the tests: an instance of every kind, samples and batches for them, and what they give.

    python tests/helpers/operations.py [all]    maps one of each class, or all, by a plain lambda, in a process of its own
"""
import logging
import sys
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from tfrseg.augmenter.bands import BandDrop, BandJitter, OnBands
from tfrseg.augmenter.color import ColorJitter, LightGradient, Normalize, RandomGamma, RandomShadow, ToGray
from tfrseg.augmenter.compose import Compose, OneOf, RandomApply, SomeOf
from tfrseg.augmenter.elastic import ElasticTransform, GridDistortion
from tfrseg.augmenter.geometry import (CropOrPad, PadToSize, RandomClassCrop, RandomCrop, RandomFlip,
    RandomRotate90, RandomShift, Resize)
from tfrseg.augmenter.mix import BatchOperation
from tfrseg.augmenter.noise import CutOut, GaussianBlur, GaussianNoise, JpegArtifacts, MotionBlur
from tfrseg.augmenter.presets import RandAugment, RandomShiftCrop
from tfrseg.augmenter.warp import RandomAffine, RandomPerspective, RandomRotation, RandomScale, RandomShear

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(p.stem.split("_", 1)[1] for p in (ROOT / "nbs" / "4_augmenter").glob("*.ipynb"))

INSTANCES = [
    RandomFlip(0.5, 0.5), RandomFlip(1.0), RandomRotate90(), RandomRotate90((1, 3)), RandomShift(9, 14, 0.8), RandomShift(60, 80, 1.0),
    RandomCrop((17, 23)), RandomCrop((64, 20)), CropOrPad((20, 60)), CropOrPad((33, 31)), PadToSize((50, 30)), Resize((24, 60)),
    Normalize(), RandomShiftCrop((24, 32), 20, 0.7), RandomApply(RandomRotate90(), 0.6), RandomApply(Resize((20, 20)), 0.5),
    OneOf((RandomFlip(1.0), RandomRotate90((2,)), RandomCrop((10, 12)))), OneOf((Resize((9, 9)), RandomFlip(1.0))),
    Compose((RandomRotate90(), RandomCrop((21, 30)), RandomFlip(0.5, 0.5), RandomShift(4, 4, 1.0), PadToSize((40, 40)))),
    Compose((RandomFlip(0.5, 0.5), Resize((30, 44)), RandomCrop((20, 20)), Normalize())),
    RandomRotation((-90, 90)), RandomShear((-20, 20), (-10, 10), 0.7), RandomScale((0.6, 1.7)), RandomAffine(probability=0.8),
    RandomPerspective(0.2), ElasticTransform(3.0, 4), GridDistortion(0.6, 3), OneOf((RandomRotation(), RandomFlip(1.0), RandomPerspective())),
    RandomApply(RandomScale(), 0.5), Compose((RandomFlip(), RandomRotation(), RandomRotate90(), RandomScale((0.8, 1.2)), RandomCrop((24, 28)))),
    Compose((RandomCrop((30, 30)), RandomPerspective(), RandomShift(3, 3, 1.0), RandomAffine(), CropOrPad((33, 33)), ElasticTransform(2.0))),
    RandomClassCrop((20, 24), (2, 4), 0.3, 3), SomeOf((RandomFlip(1.0), RandomRotation(), RandomRotate90((1,)), RandomPerspective()), 2),
    SomeOf((RandomFlip(1.0), GaussianNoise(), Resize((20, 20))), 1), RandAugment(1, 0.7),
    ColorJitter(0.3, 0.3, 0.5, 20.0), RandomGamma(), ToGray(0.5), GaussianBlur(), MotionBlur(), GaussianNoise(probability=0.6), JpegArtifacts(),
    RandomShadow(), LightGradient(), CutOut(3), CutOut(4, (0.1, 0.5), mask_fill=255), RandomApply(GaussianNoise(), 0.5),
    GaussianBlur(probability=0.6), CutOut(40, probability=0.5), ElasticTransform(3.0, 4, 0.5), RandomApply(Compose((GaussianBlur(), CutOut(2, mask_fill=255))), 0.6),
    RandomApply(GaussianBlur(), 0.2),
    Compose((RandomRotation(), RandomCrop((20, 20)), OneOf((ColorJitter(), GaussianBlur())), CutOut(mask_fill=255))),
    Resize((24, 60), "bicubic"), Resize((20, 30), "area"), RandomRotation((-90, 90), interpolation="bicubic"), RandomScale((0.4, 1.5), interpolation="area"),
    RandomPerspective(0.2, interpolation="bicubic"), ElasticTransform(3.0, 4, interpolation="area"), GridDistortion(0.5, 3, interpolation="bicubic"),
    Compose((RandomScale((0.3, 0.6), interpolation="area"), RandomRotation(), RandomFlip(), CropOrPad((20, 24)))),
    BandJitter(), BandDrop(), OnBands((2, 0), BandJitter()), OnBands((2, 1, 0), RandomApply(ToGray(1.0), 0.5)),
]


def names(ops): return [repr(op) for op in ops]


def in_graphs(ops, more=(), wanted=lambda op: True):
    """Parameters for laws that trace graphs, which takes seconds an operation: the first of each class, if it is wanted, and
    more; of `RandAugment`, which holds a dozen others, none. With `-m slow` all are tested."""
    first = {type(op): op for op in reversed(ops) if wanted(op) and not isinstance(op, RandAugment)}
    at_once = [op is first.get(type(op)) for op in ops] + [True] * len(more)
    return [pytest.param(op, id=repr(op), marks=[] if now else [pytest.mark.slow]) for op, now in zip([*ops, *more], at_once)]


def make_sample(height=37, width=45, dtype=np.uint8):
    "Blobs of five labels, and an image that is the mask thrice."
    rng = np.random.default_rng(height * width)
    coarse = rng.integers(0, 5, (height // 6 + 1, width // 6 + 1))
    mask = np.kron(coarse, np.ones((6, 6), int))[:height, :width, None].astype(dtype)
    return {"image": np.repeat(mask, 3, 2).astype(np.uint8), "mask": mask, "name": "blobs"}


def values(sample): return {k: v.numpy() if hasattr(v, "numpy") else v for k, v in sample.items()}


@lru_cache(maxsize=None)
def eager_values(op, seed: int) -> dict:
    "What an operation gives the usual sample, eagerly; made once, for all tests. Not to be changed."
    return values(op(make_sample(), seed))


@lru_cache(maxsize=None)
def mapped_values(op) -> tuple[dict, list]:
    "The element spec of a parallel map over the usual sample, and what comes out for seeds 0 to 7; traced once, for all tests."
    sample = {role: make_sample()[role] for role in ("image", "mask")}
    mapped = tf.data.Dataset.range(8).map(lambda seed: op(sample, tf.stack([0, tf.cast(seed, tf.int32)])), num_parallel_calls=4)
    return mapped.element_spec, list(mapped.as_numpy_iterator())


def mixing():
    "Every operation on batches that the chapters define, required fields being numbers of classes."
    found = {c for m in MODULES for c in vars(import_module(f"tfrseg.augmenter.{m}")).values()
             if isinstance(c, type) and issubclass(c, BatchOperation) and is_dataclass(c)}
    return [c(**{f.name: 6 for f in fields(c) if f.default is MISSING}) for c in sorted(found, key=lambda c: c.__name__)]


def batch_of(count=5, dtype=np.uint8):
    samples = [make_sample(30 + n, 45)["mask"][:30].astype(dtype) for n in range(count)]
    return {"image": np.stack([np.repeat(m, 3, 2) for m in samples]).astype(np.uint8), "mask": np.stack(samples), "name": np.arange(count)}


def map_everything():
    "Maps each operation by a plain lambda, which AutoGraph then rewrites, and prints what it has to say."
    tf.get_logger().addHandler(logging.StreamHandler(sys.stdout))
    samples, batches = (tf.data.Dataset.from_tensors({role: s[role] for role in ("image", "mask")}) for s in (make_sample(), batch_of()))
    for op in INSTANCES if "all" in sys.argv else {type(op): op for op in INSTANCES}.values():
        samples.map(lambda sample: op(sample, 1))
    for op in mixing(): batches.map(lambda batch: op(batch, 1))
    print("all mapped")


if __name__ == "__main__": map_everything()
