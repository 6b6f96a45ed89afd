"""What every peer is given, what it must give back, and how that is checked.

A peer reads pictures from a copy of the data that it wrote itself, in the format its own documentation advises:

    read     batches of 16 whole pictures as they are: uint8 images [16, H, W, 3], integer masks [16, H, W] or [16, H, W, 1]
    augment  batches of 16 crops of 256 x 256 from a random place, in one of the eight symmetries, drawn anew for each picture and
             the same for its mask, in shuffled order: float32 images 0 to 255 (uint8 where the row says so), integer masks
    write    picture files into the peer's format: pixels (track 'raw') or PNG bytes as they are (track 'png')

`read` and `augment` are endless iterators over (image, mask); a peer shuffles as it advises. Only this file, NumPy and the
standard library are shared, so that each peer runs in an environment of its own.
"""
from __future__ import annotations

import json
import mmap
import os
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BATCH, CROP, CORES = 16, 256, os.cpu_count() or 1


@dataclass(frozen=True)
class Track:
    "Pictures of one size in one encoding, 'raw' or 'png', below a folder that all tracks share, and in how many shards."
    root: Path
    encoding: str
    height: int
    width: int
    count: int
    shards: int = 8

    @property
    def name(self) -> str: return f"{self.encoding} {self.width}x{self.height}"

    @property
    def pictures(self) -> Path:
        "img/ and seg/ with `count` PNG files each: RGB, and one channel of ids."
        return self.root / f"pictures-{self.width}x{self.height}-{self.count}"

    def files(self, kind: str) -> list[Path]:
        "The picture files of 'img' or 'seg', in order."
        return sorted((self.pictures / kind).glob("*.png"))

    def folder(self, what: str) -> Path:
        "Where a peer keeps its copy."
        return self.root / f"{what}-{self.encoding}-{self.width}x{self.height}-{self.count}-in-{self.shards}"

    def pixels(self, kind: str, mode: str = "r") -> np.ndarray:
        "All pixels of 'img' [N, H, W, 3] or 'seg' [N, H, W], mapped from one file."
        return np.load(self.pictures / f"{kind}.npy", mmap_mode=mode)


@dataclass(frozen=True)
class Peer:
    "One row of the table. `packages` are for its environment; none: the interpreter that runs the driver."
    name: str
    setting: str
    packages: tuple[str, ...] = ()
    environment: str = ""
    tracks: tuple[str, ...] = ("raw", "png")
    prepare: Callable[[Track], None] | None = None
    read: Callable[[Track], Iterator] | None = None
    augment: Callable[[Track], Iterator] | None = None
    write: Callable[[Track, Path], None] | None = None
    pixels: bool = True


def once(track: Track, what: str, make: Callable[[Path], None]) -> Path:
    "The folder of a peer's copy, made by `make(folder)` where it is missing; an unfinished one is made anew."
    import shutil

    folder = track.folder(what)
    if folder.exists(): return folder
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    make(unfinished)
    unfinished.rename(folder)
    return folder


def cpu_seconds() -> float:
    "CPU time of this process and of all its children, the living ones too, in seconds."
    gone = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + gone.ru_utime + gone.ru_stime + sum(map(_tree_seconds, _children(os.getpid())))


def _children(pid):
    try: return [int(c) for t in os.listdir(f"/proc/{pid}/task") for c in open(f"/proc/{pid}/task/{t}/children").read().split()]
    except OSError: return []


def _tree_seconds(pid):
    "A living child, and what lives and has lived below it."
    try: fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError: return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") + sum(map(_tree_seconds, _children(pid)))


def measure(batches: Iterator, seconds: float) -> dict:
    "Images, wall and CPU seconds of about so many seconds in the middle of an endless iterator."
    images, start, cpu = 0, time.perf_counter(), cpu_seconds()
    while time.perf_counter() - start < seconds:
        image, _ = next(batches)
        images += len(image)
    return {"images": images, "wall": time.perf_counter() - start, "cpu": cpu_seconds() - cpu}


def as_array(value) -> np.ndarray:
    "A batch of any library as NumPy."
    return value.numpy() if hasattr(value, "numpy") else np.asarray(value)


def check(peer: Peer, job: str, track: Track) -> str:
    "Compares what a peer gives with the truth, pixel for pixel. Returns a line; raises `AssertionError` that says what is wrong."
    batches = getattr(peer, job)(track)
    first = [tuple(map(as_array, next(batches))) for _ in range(4)]
    image, mask = first[0]
    size = (track.height, track.width) if job == "read" else (CROP, CROP)
    assert image.shape == (BATCH, *size, 3), f"images {image.shape}"
    assert mask.reshape(mask.shape[:3]).shape == (BATCH, *size), f"masks {mask.shape}"
    assert np.issubdtype(mask.dtype, np.integer), f"masks {mask.dtype}"
    wanted = ("uint8",) if job == "read" else ("float32", "uint8") if "uint8" in peer.name else ("float32",)
    assert image.dtype in wanted, f"images {image.dtype}"
    images, masks = (np.concatenate(part).astype(np.uint8) for part in zip(*first))
    masks = masks.reshape(masks.shape[:3])
    count = 8 if track.height > 500 else 24
    found = [locate(images[k], masks[k], track) for k in range(count)]
    if job == "augment":
        assert len({f[1] for f in found}) > (2 if count == 8 else 4), f"symmetries {[f[1] for f in found]}"
        assert len({f[2] for f in found}) > count // 2, f"places {[f[2] for f in found]}"
    else: assert {f[1] for f in found} == {0}, "pictures are turned"
    assert len({f[0] for f in found}) > count // 2, f"records {[f[0] for f in found]}"
    return f"image {image.dtype} {list(image.shape)}, mask {mask.dtype}, {count} pictures found in the source"


def symmetries(pixels: np.ndarray) -> Iterator[np.ndarray]:
    "The eight ways a square can lie; the first is the picture as it is."
    for turned in (pixels, pixels.swapaxes(0, 1)):
        yield from (turned, turned[::-1], turned[:, ::-1], turned[::-1, ::-1])


def locate(image: np.ndarray, mask: np.ndarray, track: Track) -> tuple[int, int, tuple[int, int]]:
    "(record, symmetry, place) where a piece and its mask stand in the source. Raises `AssertionError` where they do not."
    truth, ids = track.pixels("img"), track.pixels("seg")
    with open(track.pictures / "img.npy", "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for k, (piece, labels) in enumerate(zip(symmetries(image), symmetries(mask))):
            row = int(piece.reshape(len(piece), -1).std(1).argmax())  # a lively one: it stands in one place only
            at = data.find(np.ascontiguousarray(piece[row]).tobytes())
            if at < 0: continue
            record, rest = divmod(at - truth.offset, track.height * track.width * 3)
            y, x = divmod(rest // 3, track.width)
            y -= row
            part = np.s_[record, y:y + piece.shape[0], x:x + piece.shape[1]]
            if not np.array_equal(truth[part], piece): continue  # a flipped piece has rows of the source, in another order
            assert np.array_equal(ids[part], labels), f"the mask is not that of the image, record {record}, symmetry {k}"
            return record, k, (y, x)
    raise AssertionError("a piece that is in no picture: not a plain crop in one of the eight symmetries")


def track_from(text: str) -> Track:
    "A track from its JSON."
    fields = json.loads(text)
    return Track(Path(fields.pop("root")), **fields)
