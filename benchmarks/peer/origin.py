"""What many projects begin with, restated: raw RGB records, shuffled and batched as bytes, decoded and augmented one by one, eagerly."""
from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from .contract import BATCH, CROP, Peer, Track, once


def write(track: Track, out: Path) -> None:
    "One record after another; the mask as RGB."
    import numpy as np
    import tensorflow as tf
    from PIL import Image

    out.mkdir(parents=True)
    value = lambda data: tf.train.Feature(bytes_list=tf.train.BytesList(value=[data]))
    number = lambda n: tf.train.Feature(int64_list=tf.train.Int64List(value=[n]))
    with tf.io.TFRecordWriter(str(out / "0000_images.tfrecords")) as writer:
        for paths in zip(track.files("img"), track.files("seg")):
            image, mask = (np.array(Image.open(p).convert("RGB")) for p in paths)
            features = {"image/image_raw": value(image.tobytes()), "image/segmentation_raw": value(mask.tobytes()),
                        "image/format": value(b"png"), "image/height": number(image.shape[0]), "image/width": number(image.shape[1])}
            writer.write(tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString())


def prepare(track: Track) -> None:
    once(track, "origin", partial(write, track))


def augment(track: Track) -> Iterator:
    import numpy as np
    import tensorflow as tf

    kinds = {"image/image_raw": tf.string, "image/segmentation_raw": tf.string, "image/height": tf.int64, "image/width": tf.int64}
    spec = {key: tf.io.FixedLenFeature([], kind) for key, kind in kinds.items()}
    records = tf.data.TFRecordDataset([str(f) for f in track.folder("origin").glob("*.tfrecords")], num_parallel_reads=8)
    for features in records.shuffle(8).repeat().map(lambda r: tf.io.parse_single_example(r, spec)).batch(BATCH, True).prefetch(1):
        images, masks = zip(*(_one(features, n, tf) for n in range(BATCH)))
        yield np.asarray(tf.convert_to_tensor(images)), np.asarray(tf.convert_to_tensor(masks))[..., :1]


def _one(features, n, tf):
    "One picture and its mask, whole ones flipped and turned, then cut."
    size = int(features["image/height"][n]), int(features["image/width"][n])
    pair = [tf.reshape(tf.io.decode_raw(features[key][n], tf.uint8), (*size, 3)) for key in ("image/image_raw", "image/segmentation_raw")]
    if random.random() > 0.5: pair = [tf.image.flip_left_right(p) for p in pair]
    if random.random() > 0.5: pair = [tf.image.flip_up_down(p) for p in pair]
    if random.random() > 0.5: pair = [tf.image.rot90(p) for p in pair]
    y, x = (random.randrange(n - CROP + 1) for n in pair[0].shape[:2])
    image, mask = (tf.image.crop_to_bounding_box(p, y, x, CROP, CROP) for p in pair)
    return tf.cast(image, tf.float32), mask


PEERS = (
    Peer("the origin's code", tracks=("raw",), prepare=prepare, augment=augment, write=write,
         setting="its algorithm restated, with this crop and these symmetries; records of raw RGB image and RGB mask"),
)
