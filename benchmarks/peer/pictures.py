"""The pictures of every track: tfrseg's cards, whose grain makes PNG files as large as photographs' (about 5 bits a pixel and channel)."""
from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from .contract import CORES, Track


def make_pictures(track: Track) -> Path:
    "img/ and seg/ as PNG files, and all pixels in img.npy and seg.npy; kept once they are made."
    if track.pictures.exists(): return track.pictures
    folder = track.pictures.with_name(track.pictures.name + ".unfinished")
    for kind, channels in (("img", (3,)), ("seg", ())):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        shape = (track.count, track.height, track.width, *channels)
        np.lib.format.open_memmap(folder / f"{kind}.npy", "w+", np.uint8, shape).flush()
    with ProcessPoolExecutor(CORES) as pool:
        for _ in pool.map(partial(_draw, folder, (track.height, track.width)), range(track.count), chunksize=4): pass
    folder.rename(track.pictures)
    return track.pictures


def _draw(folder, size, n):
    "One card: two files, and its place in the arrays."
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from tfrseg.cards import make_card

    card = make_card(n, size)
    for kind, pixels in (("img", card["image"]), ("seg", card["mask"][..., 0])):
        Image.fromarray(pixels).save(folder / kind / f"{n:05d}.png")
        np.lib.format.open_memmap(folder / f"{kind}.npy", "r+")[n] = pixels


def kilobytes(track: Track) -> float:
    "Mean size of an image's PNG file, kB."
    files = track.files("img")
    return sum(f.stat().st_size for f in files) / len(files) / 1000
