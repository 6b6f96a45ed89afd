"""NVIDIA DALI on the CPU: TFRecords with an index, mapped files, conditionals for the transposition.

As its documentation has it: `fn.readers.tfrecord` with `random_shuffle` and an index by `tfrecord2idx`, one thread a core,
https://docs.nvidia.com/deeplearning/dali/user-guide/docs/examples/general/data_loading/dataloading_tfrecord.html
"""
from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from .contract import BATCH, CORES, CROP, Peer, Track
from .ordinary import shard_files


def prepare(track: Track) -> None:
    "The index that `tfrecord2idx` writes: a line with offset and length of each record."
    for name in shard_files(track):
        lines, start = [], 0
        with open(name, "rb") as file:
            while header := file.read(8):
                length = struct.unpack("<Q", header)[0] + 16
                lines.append(f"{start} {length}\n")
                start = file.seek(start + length)
        Path(name).with_suffix(".idx").write_text("".join(lines))


def _samples(track, shuffle):
    "Image and mask of the next records, as nodes of DALI's graph."
    from nvidia.dali import fn, tfrecord, types

    files = shard_files(track)
    features = fn.readers.tfrecord(path=files, index_path=[f.removesuffix("tfrecord") + "idx" for f in files],
                                   features={k: tfrecord.FixedLenFeature((), tfrecord.string, "") for k in ("image", "mask")},
                                   random_shuffle=shuffle, initial_fill=min(track.count, 256), name="reader")
    if track.encoding == "png":
        return (fn.decoders.image(features["image"], output_type=types.RGB, device="cpu"),
                fn.decoders.image(features["mask"], output_type=types.GRAY, device="cpu"))
    size = (track.height, track.width)
    return tuple(fn.reshape(features[key], shape=(*size, n), layout="HWC") for key, n in (("image", 3), ("mask", 1)))


def _run(track, augment):
    "Batches without end."
    from nvidia.dali import fn, pipeline_def, types

    @pipeline_def(batch_size=BATCH, num_threads=CORES, device_id=None, prefetch_queue_depth=2, enable_conditionals=True)
    def pipeline():
        image, mask = _samples(track, augment)
        if not augment: return image, mask
        x, y = (fn.random.uniform(range=(0.0, 1.0)) for _ in range(2))
        at = {"crop": (CROP, CROP), "crop_pos_x": x, "crop_pos_y": y}
        sides = {"horizontal": fn.random.coin_flip(), "vertical": fn.random.coin_flip()}
        image, mask = (fn.flip(fn.crop(pixels, **at), **sides) for pixels in (image, mask))
        if fn.random.coin_flip(dtype=types.BOOL):
            image, mask = (fn.transpose(pixels, perm=[1, 0, 2], transpose_layout=False) for pixels in (image, mask))
        return fn.cast(image, dtype=types.FLOAT), mask

    pipe = pipeline()
    pipe.build()
    while True: yield tuple(part.as_tensor() for part in pipe.run())


def read(track: Track) -> Iterator: return map(_arrays, _run(track, False))
def augment(track: Track) -> Iterator: return map(_arrays, _run(track, True))


def _arrays(pair):
    import numpy as np

    return tuple(np.asarray(part) for part in pair)


PEERS = (
    Peer("NVIDIA DALI, CPU", prepare=prepare, read=read, augment=augment, environment="dali",
         setting="readers.tfrecord with index, mapped files, a thread a core; docs.nvidia.com, dataloading_tfrecord",
         packages=("nvidia-dali-cuda120", "numpy")),
)
