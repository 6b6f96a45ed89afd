"""A source of six kinds of pixels in memory, and the arrays that it is made of."""
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tfrseg.core import LazyArray, Pair
from tfrseg.sources.source import Source
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.target import Target, as_table

TABLE = as_table([
    Target("image", channels=5, dtype="uint16", bands=("blue", "green", "red", "nir", "swir")),
    Target("mask", "bits", dtype="uint16"),
    Target("depth", "field"),
    Target("objects", "ids", dtype="int32", fill=-1),
    Target("scan", "image", channels=1, dtype="int16", fill=-1024),
    Target("weight", "field", dtype="uint8", interpolation="nearest"),
    Target("patient", "fact"), Target("age", "fact", dtype="int64"), Target("dose", "fact", dtype="float32")])
CLASSES = tuple(f"class {k}" for k in range(9))


@dataclass(frozen=True)
class InMemory(LazyArray):
    "An array that is there already."
    path: Path | str
    array: np.ndarray = field(repr=False, compare=False)

    def load(self): return self.array


def make_arrays(number: int, size: tuple[int, int]) -> dict[str, np.ndarray]:
    "Random pixels of each target of `TABLE`, over the whole range of its dtype where it matters."
    draw, (height, width) = np.random.default_rng(number), size
    bits = draw.integers(0, 1 << 9, (height, width, 1)).astype(np.uint16)
    bits[draw.random((height, width, 1)) < 0.05] = 1 << 15
    return {"image": draw.integers(0, 4100, (height, width, 5)).astype(np.uint16), "mask": bits,
            "depth": draw.random((height, width, 1), np.float32) * 80,
            "objects": draw.integers(-1, 280_020, (height, width, 1)).astype(np.int32),
            "scan": draw.integers(-1024, 3072, (height, width, 1)).astype(np.int16),
            "weight": draw.integers(0, 256, (height, width, 1)).astype(np.uint8)}


def make_source(count: int = 6, size: tuple[int, int] | None = None, table=TABLE) -> tuple[Source, list[dict]]:
    "A source of so many pairs, of one size or of different ones; and the arrays of each."
    sizes = [size or (48 + 8 * k, 64 - 4 * (k % 3)) for k in range(count)]
    samples = [make_arrays(k, sizes[k]) for k in range(count)]
    names = [t.name for t in table if t.moves and t.name not in ("image", "mask")]
    facts = [{"patient": f"P{k}", "age": 40 + k, "dose": k / 2} for k in range(count)]
    known = [t.name for t in table if not t.moves]
    pairs = tuple(Pair(f"p{k}", InMemory(f"image {k}", a["image"]), InMemory(f"mask {k}", a["mask"]),
                       tuple((n, InMemory(f"{n} {k}", a[n])) for n in names),
                       tuple((n, facts[k][n]) for n in known)) for k, a in enumerate(samples))
    labels = LabelMap(CLASSES, coding="bits", ignore_label=1 << 15, dtype="uint16")
    return Source(pairs, labels, tuple(sizes), (1000,) * count, targets=table), samples
