"""Images per second of `apply_aug_train`, against a plain restatement of what the function did of old.

    python benchmarks/apply_aug_train.py [--rounds 7] [--seconds 2]

Both augment the same raw batches, 480 x 360 pictures in batches of 16 to 256 x 256, in turns (A B A B ...) in one process;
the medians of all rounds are compared. The restatement follows the algorithm: one picture after another, eagerly, whole pictures
flipped, turned and cut with `tf.image`, one number deciding both flip and turn, and the results gathered through NumPy.
"""
from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from types import SimpleNamespace

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

from tfrseg.augmenter.presets import apply_aug_train
from tfrseg.cards import CARD_PALETTE, make_card
from tfrseg.storage.example import encode_example
from tfrseg.storage.schema import RAW


def as_of_old(features: dict, args: SimpleNamespace) -> dict:
    "The old algorithm, one picture at a time."
    both = [], []
    for n in range(args.batch_size):
        size = int(features["image/height"][n]), int(features["image/width"][n])
        pictures = [tf.reshape(tf.io.decode_raw(features[key][n], tf.uint8), (1, *size, 3))
                    for key in ("image/image_raw", "image/segmentation_raw")]
        if random.random() > 0.5: pictures = [tf.image.flip_left_right(p) for p in pictures]
        draw = random.random()
        if draw > 0.5: pictures = [tf.image.flip_up_down(p) for p in pictures]
        for _ in range(1 if draw <= 0.33 else 3 if draw <= 0.67 else 0): pictures = [tf.image.rot90(p) for p in pictures]
        height, width = args.target_height, args.target_width
        if random.random() > 0.5 and pictures[0].shape[1] >= height and pictures[0].shape[2] >= width:
            offset = int(50 * random.random())
            pictures = [tf.image.crop_to_bounding_box(p, 0, offset, height, width - offset) for p in pictures]
            pictures = [tf.image.pad_to_bounding_box(p, 0, offset // 2, height, width) for p in pictures]
        else:
            pictures = [tf.image.resize_with_crop_or_pad(p, height, width) for p in pictures]
        for done, picture in zip(both, pictures): done.append(picture)
    image, mask = (tf.convert_to_tensor(np.asarray(done), tf.float32) for done in both)
    return {"img": image, "seg": np.asarray(mask)}


def make_batches(count: int, size: tuple[int, int], batch: int) -> list[dict]:
    "Raw batches of cards, as `read_tfrecord` gives them."
    cards = [make_card(n, size) for n in range(batch)]
    colors = np.array(CARD_PALETTE, np.uint8)
    records = [encode_example(c | {"mask": colors[c["mask"][..., 0]]}, RAW) for c in cards]
    orders = [np.random.default_rng(k).permutation(batch) for k in range(count)]
    return [{key: tf.constant([records[n][key] for n in order]) for key in records[0]} for order in orders]


def measure(augment: Callable, batches: list[dict], args: SimpleNamespace, seconds: float) -> tuple[float, float]:
    "(images per second, CPU microseconds per image) over about so many seconds."
    wall, cpu, images = perf_counter(), process_time(), 0
    while perf_counter() - wall < seconds:
        for features in batches:
            float(np.asarray(augment(features, args)["img"]).flat[-1])
            images += args.batch_size
    return images / (perf_counter() - wall), (process_time() - cpu) * 1e6 / images


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0)
    options = parser.parse_args()
    args = SimpleNamespace(batch_size=16, target_width=256, target_height=256)
    batches = make_batches(4, (360, 480), args.batch_size)
    runners = {"of old": as_of_old, "tfrseg": apply_aug_train}
    for augment in runners.values(): measure(augment, batches, args, 0.1)
    found = {name: [] for name in runners}
    for k in range(options.rounds):
        for name, augment in runners.items(): found[name].append(measure(augment, batches, args, options.seconds))
        print(f"round {k + 1}: " + ", ".join(f"{name} {found[name][-1][0]:.0f} images/s" for name in runners), flush=True)
    rate, cpu = ({name: median(f[k] for f in found[name]) for name in runners} for k in (0, 1))
    for name in runners: print(f"{name:8} {rate[name]:8.0f} images/s {cpu[name]:8.0f} CPU us/image")
    print(f"ratio    {rate['tfrseg'] / rate['of old']:8.1f} by wall time {cpu['of old'] / cpu['tfrseg']:8.1f} by CPU time")


if __name__ == "__main__":
    main()
