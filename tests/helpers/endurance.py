"""Reads and augments a data set for some epochs and prints what the process holds after each: memory, open files, mapped files.

    python tests/helpers/endurance.py SHARDS READER EPOCHS
"""
import ctypes
import gc
import json
import os
import sys
from pathlib import Path

from tfrseg import RandomCrop, RandomFlip, RandomRotate90, make_dataset


def held(folder: str) -> dict[str, int]:
    "KiB of memory that is not of files, open files, and the shards of a folder that are mapped or open; freed memory is given back first."
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    names = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd") if os.path.islink(f"/proc/self/fd/{n}")]
    maps = Path("/proc/self/maps").read_text().splitlines()
    return {"kib": int(status["RssAnon"].split()[0]), "files": len(names), "open": sum(folder in n for n in names), "mapped": sum(folder in line for line in maps)}


def run(folder: str, reader: str, epochs: int) -> tuple[int, list[dict]]:
    "Records seen in an epoch, and what is held after each."
    operations = [RandomFlip(), RandomRotate90(), RandomCrop((12, 12))]
    dataset, after = make_dataset(folder, None, augment=operations, batch_size=64, drop_remainder=False, reader=reader), []
    assert dataset.reader.startswith(reader)
    for _ in range(epochs):
        seen = sum(int(image.shape[0]) for image, _ in dataset)
        after.append(held(folder))
    return seen, after


if __name__ == "__main__":
    folder, reader, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    before = held(folder)
    seen, after = run(folder, reader, epochs)
    print(json.dumps({"before": before, "seen": seen, "after": after, "at the end": held(folder)}))
