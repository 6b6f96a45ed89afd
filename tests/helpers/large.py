"""Data sets that are large by simulation, and what a process takes to read or to plan them.

    python tests/helpers/large.py read SMALL LARGE [READER]     # prints JSON: seconds and MiB, and by how much LARGE is above SMALL
    python tests/helpers/large.py plan ROOT [unseen] [write]    # prints JSON: MiB before and at the peak of source, plan and writing

A data set of a hundred thousand shards is two real shards with their real indexes under a hundred thousand names each (hard links; a file has at most
65 000 names on ext4), and an info that lists all of them. Every name is opened, mapped and checked as a file of its own; what is shared is the disk's cache.
"""
from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

MOST_NAMES = 60_000  # of one file


def simulate_shards(folder: Path, shards: int, records: int, schema=None, size: tuple[int, int] = (16, 16)) -> Path:
    "A data set of many shards, each with as many records; record r of a shard shows r % 251, its mask r % 3, and its name is 'r'."
    from tfrseg.storage.dataset import DatasetInfo, ShardWriter, save_info, shard_path
    from tfrseg.storage.example import encode_example
    from tfrseg.storage.labels import LabelMap
    from tfrseg.storage.schema import RAW_IDS
    from tfrseg.storage.shard_index import index_path, open_index

    schema, originals = schema or RAW_IDS, -(-shards // MOST_NAMES)
    folder.mkdir(parents=True)
    paths = [shard_path(folder, "train", number, shards) for number in range(shards)]
    infos = []
    for path in paths[:originals]:
        with ShardWriter(path, schema) as writer:
            for r in range(records):
                mask = np.full((*size, 1), r % 3, np.uint8)
                writer.add(encode_example({"image": np.full((*size, 3), r % 251, np.uint8), "mask": mask, "name": str(r)}, schema), mask)
        infos.append(writer.info())
        writer.save_index()
    for number in range(originals, shards): os.link(paths[number % originals], paths[number])
    for path in paths[:originals]: open_index(path, schema, count=True)  # after the last name: that is a change of the inode
    for number in range(originals, shards): os.link(index_path(paths[number % originals]), index_path(paths[number]))
    listed = tuple(replace(infos[number % originals], file=path.name) for number, path in enumerate(paths))
    save_info(DatasetInfo(schema.name, LabelMap(("a", "b", "c")), {"train": listed}), folder)
    return folder


def simulate_pairs(root: Path, count: int, size: tuple[int, int] = (32, 32)) -> Path:
    "Folders `img` and `seg` of so many pairs of PNG files, which are a few files under many names."
    from PIL import Image

    rng, originals = np.random.default_rng(0), -(-count // MOST_NAMES)
    for kind, channels, values in (("img", (3,), 256), ("seg", (), 3)):
        (root / kind).mkdir(parents=True)
        for n in range(originals): Image.fromarray(rng.integers(0, values, (*size, *channels), np.uint8)).save(root / kind / f"{n:07d}.png")
        for n in range(originals, count): os.link(root / kind / f"{n % originals:07d}.png", f"{root}/{kind}/{n:07d}.png")
    return root


def memory() -> dict[str, float]:
    "MiB of this process: all, and the most since `forget_peak`."
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return {name: int(status[key].split()[0]) / 1024 for name, key in (("now", "VmRSS"), ("peak", "VmHWM"))}


def forget_peak() -> None:
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")


def read(path: str, reader: str) -> dict[str, float]:
    "Seconds and MiB to open a data set, to its first batch, and of many batches; then once more in the middle of an epoch."
    from tfrseg import RandomCrop, RandomFlip, make_dataset, open_shards

    options = dict(batch_size=16, augment=[RandomCrop((8, 8)), RandomFlip()], seed=3, dtype="uint8", reader=reader, show_progress=False)
    told = {}

    def timed(name, function):
        wall, cpu = perf_counter(), process_time()
        result = function()
        told[f"{name}, s"], told[f"{name}, CPU s"] = perf_counter() - wall, process_time() - cpu
        return result

    dataset = timed("open", lambda: make_dataset(path, **options))
    told["batches"], told["records"] = len(dataset), len(dataset) * 16
    batches = iter(dataset)
    timed("first batch", batches.__next__)
    told["first batch, MiB"], told["first batch, peak MiB"] = memory()["now"], memory()["peak"]
    timed("300 more", partial(list, islice(batches, 300)))
    told["300 more, MiB"] = memory()["now"]
    del dataset, batches
    dataset = timed("open at start=", lambda: make_dataset(path, start=(5, told["batches"] // 2), **options))
    timed("first batch at start=", iter(dataset).__next__)
    del dataset
    shards = timed("open_shards", lambda: open_shards(path, "train"))
    timed("open_shards()[n]", lambda: shards[2 * len(shards) // 3])
    return told


def main(what, *given):
    if what == "read":
        import tensorflow  # noqa: F401

        small, large, reader = (*given, "auto")[:3]
        read(small, reader)  # what TensorFlow takes for the first graph of its life
        forget_peak()
        one = read(small, reader)
        forget_peak()
        two = read(large, reader)
        growth = {name: two[name] - one[name] for name in one if "MiB" in name}
        print(json.dumps({"small": one, "large": two, "growth": growth}))
    else:
        from tfrseg.sources.source import folder_source
        from tfrseg.writer.write import plan_shards, write_shards

        if "unseen" in given:
            import tfrseg.sources.source
            tfrseg.sources.source._MOST_SEEN = 100  # as most of a million pairs are, of which nothing is kept for the writer
        root = Path(given[0])
        forget_peak()
        told = {"before, MiB": memory()["now"]}
        start = perf_counter(), process_time()
        source = folder_source(root / "img", root / "seg", show_progress=False)
        told |= {"pairs": len(source), "source, s": perf_counter() - start[0], "source, CPU s": process_time() - start[1], "source, peak MiB": memory()["peak"]}
        plan = plan_shards(source, root / "out")
        told |= {"shards": len(plan), "plan, s": perf_counter() - start[0], "plan, peak MiB": memory()["peak"]}
        if "write" in given:
            write_shards(plan, show_progress=False, workers=2)
            told |= {"write, s": perf_counter() - start[0], "write, CPU s": process_time() - start[1], "write, peak MiB": memory()["peak"]}
        print(json.dumps(told))


if __name__ == "__main__": main(*sys.argv[1:])
