"""Albumentations in a torch DataLoader: mapped .npy arrays or picture files, uint8 through shared memory.

OpenCV's threads off in workers and RandomCrop + D4 as https://albumentations.ai/docs/ has them; `persistent_workers` and one
worker a core as https://docs.pytorch.org/docs/stable/data.html has them. The cast is made by the batch, by torch, where the
batch arrives.
"""
from __future__ import annotations

from collections.abc import Iterator

from .contract import BATCH, CORES, CROP, Peer, Track


def quiet_worker(_) -> None:
    "One thread in each worker: the workers are the parallelism."
    import cv2
    import torch

    cv2.setNumThreads(0)
    cv2.ocl.setUseOpenCL(False)
    torch.set_num_threads(1)


class Pairs:
    "The pictures by number, as a torch Dataset of the map kind."

    def __init__(self, track: Track, transform=None):
        self.track, self.transform, self.arrays = track, transform, None
        self.files = list(zip(map(str, track.files("img")), map(str, track.files("seg"))))

    def __len__(self): return self.track.count

    def __getitem__(self, n):
        import numpy as np

        image, mask = self.load(n)
        if self.transform: image, mask = self.transform(image=image, mask=mask).values()
        return np.ascontiguousarray(image), np.ascontiguousarray(mask)

    def load(self, n):
        "Whole pixels: out of the mapped arrays, or out of two PNG files."
        import cv2

        if self.track.encoding == "png":
            image, mask = self.files[n]
            return cv2.imread(image, cv2.IMREAD_COLOR_RGB), cv2.imread(mask, cv2.IMREAD_UNCHANGED)
        if self.arrays is None: self.arrays = [self.track.pixels(kind, "c") for kind in ("img", "seg")]
        return tuple(array[n] for array in self.arrays)


def crop_and_turn():
    "Albumentations' crop and its eight symmetries."
    import albumentations

    return albumentations.Compose([albumentations.RandomCrop(CROP, CROP), albumentations.D4(p=1)])


def loader(dataset, **options):
    "A DataLoader at its best on this machine."
    from torch.utils.data import DataLoader

    return DataLoader(dataset, num_workers=CORES, persistent_workers=True, prefetch_factor=4,
                      worker_init_fn=quiet_worker, **options)


def endless(batches, cast: bool) -> Iterator:
    "Epoch after epoch."
    import torch

    while True:
        for image, mask in batches: yield (image.to(torch.float32) if cast else image), mask


def read(track: Track) -> Iterator:
    return endless(loader(Pairs(track), batch_size=BATCH, drop_last=True), False)


def augment(track: Track) -> Iterator:
    return endless(loader(Pairs(track, crop_and_turn()), batch_size=BATCH, shuffle=True, drop_last=True), True)


PEERS = (
    Peer("Albumentations, torch DataLoader", read=read, augment=augment, environment="albumentations",
         setting="mapped .npy or PNG files, a persistent worker a core, uint8 to the loader; albumentations.ai, pytorch.org",
         packages=("torch", "albumentations", "opencv-python-headless>=4.11", "numpy")),
)
