"""What needs a fresh process of its own: a million records, and the time to the first batch. Prints one JSON line.

    python single.py million READER DATA      10^6 tiny records in 100 files of 10 000, which are hard links of one;
                                              READER 'mapped, new' forgets the indices first
    python single.py start READER SHARDS      from TensorFlow's import to the first augmented batch
"""
from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

FILES, RECORDS = 100, 10_000


def make_million(folder: Path) -> Path:
    "A data set of a million records of 8 x 8 pixels that takes the room of ten thousand."
    import hashlib

    import numpy as np

    from tfrseg.storage import (RAW_IDS, DatasetInfo, LabelMap, ShardInfo, encode_example, save_info, serialize_example,
                                shard_path, write_records)

    if folder.exists(): return folder
    unfinished = folder.with_name(folder.name + ".unfinished")
    unfinished.mkdir(parents=True, exist_ok=True)
    rng, first = np.random.default_rng(0), shard_path(unfinished, "train", 0, FILES)
    draw = lambda: {"image": rng.integers(0, 256, (8, 8, 3), np.uint8), "mask": rng.integers(0, 5, (8, 8, 1), np.uint8)}
    write_records(first, (serialize_example(encode_example(draw(), RAW_IDS)) for _ in range(RECORDS)))
    names = [shard_path(unfinished, "train", k, FILES) for k in range(FILES)]
    for name in names[1:]: os.link(first, name)
    what = RECORDS, first.stat().st_size, hashlib.sha256(first.read_bytes()).hexdigest(), {"8x8": RECORDS}
    labels = LabelMap(class_names=tuple("abcde"))
    save_info(DatasetInfo("raw_ids", labels, {"train": tuple(ShardInfo(n.name, *what) for n in names)}), unfinished)
    unfinished.rename(folder)
    return folder


def anonymous_mib() -> float:
    "Memory of this process that is no file's, MiB."
    for line in open("/proc/self/status"):
        if line.startswith("RssAnon"): return int(line.split()[1]) / 1024
    return float("nan")


def million(reader: str, data: str) -> dict:
    "Seconds and memory of opening, of the first batch, and of 2 000 batches more."
    import tensorflow as tf

    from tfrseg import make_dataset

    folder = make_million(Path(data) / "million")
    if reader.endswith(", new"):
        for index in folder.glob(".*.index"): index.unlink()
    tf.data.Dataset.range(2).map(lambda n: n + 1, num_parallel_calls=2).batch(2).get_single_element()
    found, memory, start = {"reader": reader}, anonymous_mib(), time.perf_counter()
    batches = iter(make_dataset(folder, batch_size=16, reader=reader.removesuffix(", new"), shuffle=True))
    found |= {"open_seconds": time.perf_counter() - start, "open_mib": anonymous_mib() - memory}
    next(batches)
    found |= {"first_batch_seconds": time.perf_counter() - start, "first_batch_mib": anonymous_mib() - memory}
    for _ in range(2000): next(batches)
    return found | {"later_mib": anonymous_mib() - memory}


def start(reader: str, shards: str) -> dict:
    "Seconds from after TensorFlow's import to the first batch of 16 augmented crops."
    began = time.perf_counter()
    import tensorflow as tf

    imported = time.perf_counter()
    from tfrseg import RandomCrop, RandomFlip, RandomRotate90, make_dataset

    dataset = make_dataset(shards, batch_size=16, augment=[RandomCrop((256, 256)), RandomFlip(), RandomRotate90()], reader=reader)
    image, _ = next(iter(dataset))
    assert tf.is_tensor(image)
    return {"reader": reader, "import_seconds": imported - began, "first_batch_seconds": time.perf_counter() - imported}


if __name__ == "__main__":
    print(json.dumps({"million": million, "start": start}[sys.argv[1]](*sys.argv[2:])))
