"""Grain with ArrayRecord, reading on threads; crops and symmetries as NumPy views, which are copied once, into the batch.

Records of their own group, as https://google-grain.readthedocs.io/en/latest/data_sources/arrayrecord_data_source.html advises for
random access, and uncompressed for raw pixels; `ReadOptions` and the order of steps as in Grain's guide to `Dataset`.
"""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from .contract import BATCH, CORES, CROP, Peer, Track, once


def write(track: Track, out: Path) -> None:
    "A record: the image's pixels, then the mask's; or two PNG files with the length of the first ahead."
    import cv2
    from array_record.python.array_record_module import ArrayRecordWriter

    out.mkdir(parents=True)
    files = list(zip(track.files("img"), track.files("seg")))
    for k in range(track.shards):
        writer = ArrayRecordWriter(str(out / f"train-{k:05d}-of-{track.shards:05d}.array_record"), "group_size:1,uncompressed")
        for image, mask in files[k::track.shards]:
            if track.encoding == "png":
                data = image.read_bytes()
                writer.write(len(data).to_bytes(8, "little") + data + mask.read_bytes())
            else:
                pixels = cv2.cvtColor(cv2.imread(str(image)), cv2.COLOR_BGR2RGB)
                writer.write(pixels.tobytes() + cv2.imread(str(mask), cv2.IMREAD_UNCHANGED).tobytes())
        writer.close()


def prepare(track: Track) -> None:
    once(track, "arrayrecord", partial(write, track))


def _decode(record, track):
    "(image [H, W, 3], mask [H, W, 1]) of one record."
    size = (track.height, track.width)
    if track.encoding == "raw":
        pixels, cut = np.frombuffer(record, np.uint8), track.height * track.width * 3
        return pixels[:cut].reshape(*size, 3), pixels[cut:].reshape(*size, 1)
    import cv2

    data, length = np.frombuffer(record, np.uint8), int.from_bytes(record[:8], "little")
    image = cv2.imdecode(data[8:8 + length], cv2.IMREAD_COLOR_RGB)
    return image, cv2.imdecode(data[8 + length:], cv2.IMREAD_UNCHANGED)[..., None]


def _turn(sample, rng):
    "The same crop and symmetry of both, as views."
    image, mask = sample
    y, x = rng.integers(image.shape[0] - CROP + 1), rng.integers(image.shape[1] - CROP + 1)
    symmetry = rng.integers(8)
    turned = []
    for pixels in (image, mask):
        piece = pixels[y:y + CROP, x:x + CROP]
        if symmetry & 1: piece = piece[::-1]
        if symmetry & 2: piece = piece[:, ::-1]
        if symmetry & 4: piece = piece.swapaxes(0, 1)
        turned.append(piece)
    return tuple(turned)


def _batches(track, augment):
    "The pipeline."
    import cv2
    import grain
    from grain.sources import ArrayRecordDataSource

    cv2.setNumThreads(0)
    source = ArrayRecordDataSource(sorted(map(str, track.folder("arrayrecord").glob("*.array_record"))))
    dataset = grain.MapDataset.source(source).seed(0)
    if augment: dataset = dataset.shuffle()
    dataset = dataset.repeat().map(lambda record: _decode(record, track))
    if augment: dataset = dataset.random_map(_turn)
    dataset = dataset.batch(BATCH)
    if augment: dataset = dataset.map(lambda pair: (pair[0].astype(np.float32), pair[1]))
    return iter(dataset.to_iter_dataset(grain.ReadOptions(num_threads=2 * CORES, prefetch_buffer_size=16)))


def read(track: Track) -> Iterator: return _batches(track, False)
def augment(track: Track) -> Iterator: return _batches(track, True)


PEERS = (
    Peer("Grain + ArrayRecord", prepare=prepare, read=read, augment=augment, write=write, environment="grain",
         setting="group_size:1, uncompressed, threads, NumPy views; google-grain.readthedocs.io",
         packages=("grain", "array-record", "opencv-python-headless>=4.11", "numpy")),
)
