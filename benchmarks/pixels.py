"""What other pixels than RGB of 8 bits cost: a mapped data set of each kind, in turns, medians.

    python benchmarks/pixels.py [--size 512] [--records 48] [--rounds 5]

Prints milliseconds a sample, and the ratio to RGB with a class mask. Ratios of one run are what counts.
"""
import argparse
import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from tfrseg import (RAW_IDS, RandomCrop, RandomFlip, RandomRotate90, RandomRotation, array_source, make_dataset, plan_shards,
                    write_shards)

KINDS = {"RGB uint8": ("uint8", 3, False), "uint16 x 1": ("uint16", 1, False), "uint16 x 5": ("uint16", 5, False),
         "float32 x 3": ("float32", 3, False), "RGB + depth float32": ("uint8", 3, True)}
WORK = {"crop 256": [RandomCrop((256, 256))], "crop + turns": [RandomCrop((256, 256)), RandomFlip(0.5, 0.5), RandomRotate90()],
        "rotation + crop": [RandomRotation((-30, 30)), RandomCrop((256, 256))]}


def write(folder, kind, size, records):
    "Shards of one kind of pixels, with a class mask."
    dtype, channels, depth = KINDS[kind]
    draw, elements = np.random.default_rng(0), []
    for _ in range(records):
        light = draw.random((size, size, channels)) * (1 if dtype == "float32" else np.iinfo(dtype).max)
        element = {"image": light.astype(dtype), "mask": draw.integers(0, 4, (size, size, 1)).astype(np.uint8)}
        elements.append(element | ({"depth": draw.random((size, size, 1), np.float32)} if depth else {}))
    source = array_source(elements, pixels="kept", others=("depth",) if depth else (), class_names=list("abcd"), show_progress=False)
    write_shards(plan_shards(source, folder, schema=RAW_IDS), show_progress=False)


def seconds(batches, count):
    "How long it takes to make so many batches."
    walk = iter(batches)
    for _ in range(2): next(walk)
    start = time.perf_counter()
    for _ in range(count): next(walk)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("size", 512), ("records", 48), ("rounds", 5), ("batch", 8), ("batches", 12)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        for kind in KINDS: write(Path(root) / kind, kind, given.size, given.records)
        print(f"{'milliseconds a sample':22}" + "".join(f"{kind:>22}" for kind in KINDS))
        for name, operations in WORK.items():
            made = {}
            for kind in KINDS:
                outputs = ("image", "mask", "depth") if KINDS[kind][2] else None
                made[kind] = make_dataset(Path(root) / kind, None, batch_size=given.batch, augment=operations, dtype="kept", shuffle=True,
                                          outputs=outputs, show_progress=False).repeat()
            times = {kind: [] for kind in KINDS}
            for _ in range(given.rounds):
                for kind in KINDS: times[kind].append(seconds(made[kind], given.batches))
            each = {kind: np.median(some) / given.batches / given.batch * 1e3 for kind, some in times.items()}
            print(f"{name:22}" + "".join(f"{each[kind]:14.2f} ({each[kind] / each['RGB uint8']:4.2f})" for kind in KINDS), flush=True)


if __name__ == "__main__":
    main()
