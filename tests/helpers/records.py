"""Records as plain TensorFlow makes them."""
import tensorflow as tf


def example(**features) -> bytes:
    "A record as TensorFlow makes it; '__' stands for '/'."
    kinds = {bytes: ("bytes_list", tf.train.BytesList), int: ("int64_list", tf.train.Int64List)}
    made = {}
    for key, value in features.items():
        values = value if isinstance(value, list) else [value]
        name, kind = kinds[type(values[0]) if values else bytes]
        made[key.replace("__", "/")] = tf.train.Feature(**{name: kind(value=values)})
    return tf.train.Example(features=tf.train.Features(feature=made)).SerializeToString()
