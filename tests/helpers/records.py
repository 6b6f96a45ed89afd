"""Records as plain TensorFlow makes them, and samples as it decodes them."""
import numpy as np
import tensorflow as tf

from tfrseg.reader.decode import sample_of
from tfrseg.storage.shards import open_shards


def example(**features) -> bytes:
    "A record as TensorFlow makes it; '__' stands for '/'."
    kinds = {bytes: ("bytes_list", tf.train.BytesList), int: ("int64_list", tf.train.Int64List)}
    made = {}
    for key, value in features.items():
        values = value if isinstance(value, list) else [value]
        name, kind = kinds[type(values[0]) if values else bytes]
        made[key.replace("__", "/")] = tf.train.Feature(**{name: kind(value=values)})
    return tf.train.Example(features=tf.train.Features(feature=made)).SerializeToString()


def read_samples(path, *how, **options) -> list[dict]:
    "All samples of shards, as NumPy and TensorFlow decode them alike; TensorFlow without a graph, whose tracing takes far longer."
    shards = open_shards(path, *how, **options)
    samples = list(shards)
    for number, sample in enumerate(samples):
        theirs = sample_of(tf.constant(shards.record(number)), shards)
        assert theirs.keys() == sample.keys()
        for key, value in sample.items(): np.testing.assert_array_equal(theirs[key].numpy(), value)
    return samples
