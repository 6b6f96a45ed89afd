"""The best ordinary tf.data pipeline: records interleaved, shuffled, decoded and cropped in one parallel map, cast by the batch.

The steps and their order are those of https://www.tensorflow.org/guide/data_performance: parallel interleave, parallel map,
vectorised cast after the batch, prefetch, no demand for determinism.
"""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from .contract import BATCH, CROP, Peer, Track, once


def write(track: Track, out: Path) -> None:
    "tf.train.Examples with raw pixels or with the files' bytes, by TFRecordWriter."
    import numpy as np
    import tensorflow as tf

    out.mkdir(parents=True)
    value = lambda data: tf.train.Feature(bytes_list=tf.train.BytesList(value=[data]))
    files = list(zip(track.files("img"), track.files("seg")))
    def contents(path):
        data = path.read_bytes()
        return data if track.encoding == "png" else np.ascontiguousarray(tf.io.decode_png(data)).tobytes()
    for k in range(track.shards):
        with tf.io.TFRecordWriter(str(out / f"train-{k:05d}-of-{track.shards:05d}.tfrecord")) as writer:
            for image, mask in files[k::track.shards]:
                features = {"image": value(contents(image)), "mask": value(contents(mask))}
                writer.write(tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString())


def prepare(track: Track) -> None:
    once(track, "tfrecord", partial(write, track))


def shard_files(track: Track) -> list[str]:
    "The TFRecord files, for the other peers that read them."
    return sorted(map(str, track.folder("tfrecord").glob("*.tfrecord")))


def decode(record, track: Track):
    "One record as image [H, W, 3] and mask [H, W, 1], uint8."
    import tensorflow as tf

    spec = {key: tf.io.FixedLenFeature([], tf.string) for key in ("image", "mask")}
    features = tf.io.parse_single_example(record, spec)
    size = (track.height, track.width)
    if track.encoding == "png":
        pixels = tf.io.decode_png(features["image"], 3), tf.io.decode_png(features["mask"], 1)
    else: pixels = tf.io.decode_raw(features["image"], tf.uint8), tf.io.decode_raw(features["mask"], tf.uint8)
    return tf.reshape(pixels[0], (*size, 3)), tf.reshape(pixels[1], (*size, 1))


def crop_and_turn(image, mask, track: Track):
    "The same random crop and symmetry for both, on uint8; rows by `gather`, which is faster than `reverse`."
    import tensorflow as tf

    draw = tf.random.uniform([3])
    y = tf.cast(tf.random.uniform([]) * (track.height - CROP + 1), tf.int32)
    x = tf.cast(tf.random.uniform([]) * (track.width - CROP + 1), tf.int32)
    turned = []
    for pixels in (image, mask):
        piece = pixels[y:y + CROP, x:x + CROP]
        rows = tf.cond(draw[0] < 0.5, lambda: tf.range(CROP), lambda: tf.range(CROP - 1, -1, -1))
        piece = tf.gather(piece, rows)
        piece = tf.cond(draw[1] < 0.5, lambda: piece, lambda: tf.reverse(piece, [1]))
        piece = tf.cond(draw[2] < 0.5, lambda: piece, lambda: tf.transpose(piece, (1, 0, 2)))
        turned.append(tf.ensure_shape(piece, (CROP, CROP, pixels.shape[2])))
    return tuple(turned)


def read(track: Track) -> Iterator:
    import tensorflow as tf

    records = tf.data.TFRecordDataset(shard_files(track), buffer_size=0 if track.encoding == "raw" else None)
    samples = records.repeat().map(lambda r: decode(r, track), num_parallel_calls=tf.data.AUTOTUNE, deterministic=False)
    return iter(samples.batch(BATCH, True).prefetch(tf.data.AUTOTUNE))


def shuffled(track: Track):
    "All records, endlessly, in another order each time."
    import tensorflow as tf

    files = tf.data.Dataset.from_tensor_slices(shard_files(track)).shuffle(track.shards).repeat()
    read = lambda file: tf.data.TFRecordDataset(file, buffer_size=0 if track.encoding == "raw" else None)
    records = files.interleave(read, cycle_length=4, num_parallel_calls=tf.data.AUTOTUNE, deterministic=False)
    return records.shuffle(min(track.count, 256))


def augment(track: Track) -> Iterator:
    import tensorflow as tf

    step = lambda record: crop_and_turn(*decode(record, track), track)
    samples = shuffled(track).map(step, num_parallel_calls=tf.data.AUTOTUNE, deterministic=False)
    cast = lambda image, mask: (tf.cast(image, tf.float32), mask)
    return iter(samples.batch(BATCH, True).map(cast, num_parallel_calls=tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE))


PEERS = (
    Peer("tf.data, by an expert", prepare=prepare, read=read, augment=augment, write=write,
         setting="parallel interleave and map, crop on uint8, cast by the batch; tensorflow.org/guide/data_performance"),
)
