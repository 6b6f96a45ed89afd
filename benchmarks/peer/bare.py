"""The bare limit of records in TensorFlow: `TFRecordDataset`, nothing parsed, nothing decoded."""
from __future__ import annotations

from collections.abc import Iterator

from .contract import BATCH, Peer, Track
from .ordinary import shard_files


def read(track: Track) -> Iterator:
    import tensorflow as tf

    records = tf.data.TFRecordDataset(shard_files(track), buffer_size=0 if track.encoding == "raw" else None)
    return ((batch, None) for batch in records.repeat().batch(BATCH, True).prefetch(tf.data.AUTOTUNE))


PEERS = (Peer("bare TFRecordDataset", "the records' bytes, nothing parsed: a limit, not a reader", read=read, pixels=False),)
