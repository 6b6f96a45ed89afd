"""Keras's preprocessing layers on the ordinary pipeline: crop and flips of image and mask together, in the parallel map.

Image and mask as a dict with "images" and "segmentation_masks", each picture by itself so that each has its own draw, as
https://keras.io/api/layers/preprocessing_layers/image_augmentation/ has it. Keras has no layer for quarter turns alone, so the
transposition is TensorFlow's; the layers give masks as float32, which are cast back. Two flips, as one layer with
"horizontal_and_vertical" draws once for both (Keras 3.15).
"""
from __future__ import annotations

from collections.abc import Iterator

from .contract import BATCH, CROP, Peer, Track
from .ordinary import decode, shuffled


def augment(track: Track) -> Iterator:
    import keras
    import tensorflow as tf

    crop = keras.layers.RandomCrop(CROP, CROP)
    left_right, up_down = keras.layers.RandomFlip("horizontal"), keras.layers.RandomFlip("vertical")

    def step(record):
        image, mask = decode(record, track)
        both = {"images": image, "segmentation_masks": mask}
        for layer in (crop, left_right, up_down): both = layer(both, training=True)
        image, mask = both["images"], tf.cast(both["segmentation_masks"], tf.uint8)
        turn = tf.random.uniform([]) < 0.5
        image, mask = (tf.cond(turn, lambda: tf.transpose(p, (1, 0, 2)), lambda: p) for p in (image, mask))
        return tf.ensure_shape(image, (CROP, CROP, 3)), tf.ensure_shape(mask, (CROP, CROP, 1))

    samples = shuffled(track).map(step, num_parallel_calls=tf.data.AUTOTUNE, deterministic=False)
    return iter(samples.batch(BATCH, True).prefetch(tf.data.AUTOTUNE))


PEERS = (
    Peer("Keras layers in tf.data", augment=augment,
         setting="RandomCrop and two RandomFlip, picture by picture in the parallel map of the expert's pipeline; keras.io"),
)
