"""TensorFlow Datasets: a builder of its own for writing, `as_dataset` for reading, then the steps of the ordinary pipeline.

`ReadConfig` as in https://www.tensorflow.org/datasets/performances, without its caching of small data sets in memory, since what is
measured here is reading; decoding by the features of https://www.tensorflow.org/datasets/api_docs/python/tfds/features.
"""
from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

from .contract import BATCH, Peer, Track, once
from .ordinary import crop_and_turn


def _builder(track, folder):
    "A builder for these pictures: raw tensors, or PNG images whose bytes pass through."
    return _pictures(track)(data_dir=str(folder))


@cache
def _pictures(track):
    "The builder's class; TFDS wants one of each name in a process."
    import numpy as np
    import tensorflow as tf
    import tensorflow_datasets as tfds

    class Pictures(tfds.core.GeneratorBasedBuilder):
        name = f"pictures_{track.encoding}_{track.width}_{track.count}"
        VERSION = tfds.core.Version("1.0.0")

        def _info(self):
            shapes = {"image": (track.height, track.width, 3), "segmentation_mask": (track.height, track.width, 1)}
            make = tfds.features.Image if track.encoding == "png" else partial(tfds.features.Tensor, dtype=np.uint8, encoding="bytes")
            return self.dataset_info_from_configs(features=tfds.features.FeaturesDict({k: make(shape=s) for k, s in shapes.items()}))

        def _split_generators(self, manager): return {"train": self._generate_examples()}

        def _generate_examples(self):
            as_is = str if track.encoding == "png" else lambda path: tf.io.decode_png(tf.io.read_file(str(path))).numpy()
            for n, (image, mask) in enumerate(zip(track.files("img"), track.files("seg"))):
                yield n, {"image": as_is(image), "segmentation_mask": as_is(mask)}

    return Pictures


def write(track: Track, out: Path) -> None:
    import tensorflow_datasets as tfds

    tfds.disable_progress_bar()
    out.mkdir(parents=True)
    _builder(track, out).download_and_prepare()


def prepare(track: Track) -> None:
    once(track, "tfds", partial(write, track))


def _dataset(track, shuffle):
    "Endless samples of (image, mask), whole."
    import tensorflow_datasets as tfds

    config = tfds.ReadConfig(try_autocache=False, interleave_cycle_length=4)
    dataset = _builder(track, track.folder("tfds")).as_dataset(split="train", shuffle_files=shuffle, read_config=config)
    if shuffle: dataset = dataset.shuffle(256)
    return dataset.repeat()


def read(track: Track) -> Iterator:
    import tensorflow as tf

    return iter(_dataset(track, False).map(lambda s: (s["image"], s["segmentation_mask"])).batch(BATCH, True).prefetch(tf.data.AUTOTUNE))


def augment(track: Track) -> Iterator:
    import tensorflow as tf

    step = lambda s: crop_and_turn(s["image"], s["segmentation_mask"], track)
    samples = _dataset(track, True).map(step, num_parallel_calls=tf.data.AUTOTUNE, deterministic=False)
    cast = lambda image, mask: (tf.cast(image, tf.float32), mask)
    return iter(samples.batch(BATCH, True).map(cast, num_parallel_calls=tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE))


PEERS = (
    Peer("TFDS", prepare=prepare, read=read, augment=augment, write=write, environment="tfds",
         setting="ReadConfig of tensorflow.org/datasets/performances, no cache in memory; then the expert's tf.data steps",
         packages=("tensorflow", "tensorflow-datasets", "importlib_resources")),
)
