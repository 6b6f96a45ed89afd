"""What a user of a small data set would write: decode each record once, `.cache()` it in memory, then shuffle, crop, turn and batch.

https://www.tensorflow.org/guide/data_performance#caching: the cache stands after the costly map and before the random one. Measured
from the second epoch on, when all pixels lie decoded in memory: `read` and `augment` draw the first epoch before they return.
"""
from __future__ import annotations

from collections.abc import Iterator

from .contract import BATCH, Peer, Track
from .ordinary import crop_and_turn, decode, shard_files


def decoded(track: Track):
    "All samples in memory, an epoch."
    import tensorflow as tf

    records = tf.data.TFRecordDataset(shard_files(track))
    return records.map(lambda record: decode(record, track), num_parallel_calls=tf.data.AUTOTUNE).cache()


def filled(batches, track: Track) -> Iterator:
    "An iterator whose cache is complete."
    iterator = iter(batches)
    for _ in range(-(-track.count // BATCH) + 1): next(iterator)
    return iterator


def read(track: Track) -> Iterator:
    import tensorflow as tf

    return filled(decoded(track).repeat().batch(BATCH, True).prefetch(tf.data.AUTOTUNE), track)


def augment(track: Track) -> Iterator:
    import tensorflow as tf

    def step(image, mask):
        image, mask = crop_and_turn(image, mask, track)
        return tf.cast(image, tf.float32), mask

    samples = decoded(track).shuffle(track.count).repeat().map(step, num_parallel_calls=tf.data.AUTOTUNE)
    return filled(samples.batch(BATCH, True).prefetch(tf.data.AUTOTUNE), track)


PEERS = (
    Peer("tf.data, .cache() in memory", read=read, augment=augment,
         setting="decoded by map, cached in memory, shuffled whole, crop and symmetries by tf ops, cast, batch; all pixels in RAM, "
                 "from the second epoch on"),
)
