"""WebDataset: tar shards read in sequence by the workers of a WebLoader, crops and symmetries by Albumentations, batches made in the workers.

As its documentation has it, https://webdataset.github.io/webdataset/: `WebDataset(..., shardshuffle, nodesplitter)`, `shuffle`, `batched`
inside the data set, and `WebLoader(batch_size=None)`, with a persistent worker a core.
"""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from .albumentations_torch import crop_and_turn, endless, quiet_worker
from .contract import BATCH, CORES, Peer, Track, once


def write(track: Track, out: Path) -> None:
    "A tar member for the image and one for the mask: pixels, or the PNG files as they are."
    import cv2
    import webdataset

    out.mkdir(parents=True)
    end = "png" if track.encoding == "png" else "bin"
    def contents(path, flag):
        if track.encoding == "png": return path.read_bytes()
        pixels = cv2.imread(str(path), flag)
        return (pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)).tobytes()
    files = list(zip(track.files("img"), track.files("seg")))
    for k in range(track.shards):
        with webdataset.TarWriter(str(out / f"train-{k:05d}.tar")) as writer:
            for image, mask in files[k::track.shards]:
                writer.write({"__key__": image.stem, f"image.{end}": contents(image, cv2.IMREAD_COLOR),
                              f"mask.{end}": contents(mask, cv2.IMREAD_UNCHANGED)})


def prepare(track: Track) -> None:
    once(track, "webdataset", partial(write, track))


def _decode(sample, track):
    "(image, mask) of one tar sample."
    end = "png" if track.encoding == "png" else "bin"
    data = [np.frombuffer(sample[f"{role}.{end}"], np.uint8) for role in ("image", "mask")]
    if end == "bin": return data[0].reshape(track.height, track.width, 3), data[1].reshape(track.height, track.width)
    import cv2

    return cv2.imdecode(data[0], cv2.IMREAD_COLOR_RGB), cv2.imdecode(data[1], cv2.IMREAD_UNCHANGED)


def _turn(pair, transform):
    "Image and mask by one draw."
    done = transform(image=pair[0], mask=pair[1])
    return np.ascontiguousarray(done["image"]), np.ascontiguousarray(done["mask"])


def _stack(pairs):
    "A batch as two tensors, which cross to the main process in shared memory."
    import torch

    return tuple(torch.from_numpy(np.stack(part)) for part in zip(*pairs))


def _loader(track, augment):
    "The pipeline."
    import webdataset

    shards = sorted(map(str, track.folder("webdataset").glob("*.tar")))
    dataset = webdataset.WebDataset(shards, shardshuffle=track.shards if augment else False, empty_check=False)
    if augment: dataset = dataset.shuffle(256)
    dataset = dataset.map(partial(_decode, track=track))
    if augment: dataset = dataset.map(partial(_turn, transform=crop_and_turn()))
    dataset = dataset.batched(BATCH, partial=False, collation_fn=_stack)
    return webdataset.WebLoader(dataset, batch_size=None, num_workers=CORES, persistent_workers=True, prefetch_factor=4,
                                worker_init_fn=quiet_worker)


def read(track: Track) -> Iterator: return endless(_loader(track, False), False)
def augment(track: Track) -> Iterator: return endless(_loader(track, True), True)


PEERS = (
    Peer("WebDataset, torch WebLoader", prepare=prepare, read=read, augment=augment, write=write, environment="webdataset",
         setting="tar shards, batches made in persistent workers, a worker a core; webdataset.github.io",
         packages=("torch", "webdataset", "albumentations", "opencv-python-headless>=4.11", "numpy")),
)
