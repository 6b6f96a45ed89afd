"""Shards of raw pixels as other writers leave them: noise, ids, and no info beside."""
import numpy as np

from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW_IDS
from tfrseg.storage.tfrecord import write_records


def blobs(n, size=(50, 70), dtype="uint8", top=5):
    "A sample of noise with a mask of ids."
    rng = np.random.default_rng(n)
    return {"image": rng.integers(0, 256, (*size, 3), dtype=np.uint8),
            "mask": rng.integers(0, top, (*size, 1)).astype(dtype), "name": f"b{n}"}


def write_raw(folder, samples, shards=1, schema=RAW_IDS, **changes):
    "Samples as raw shards without an info."
    folder.mkdir(exist_ok=True)
    records = [serialize_example(encode_example(s, schema) | changes) for s in samples]
    files = [folder / f"train-{k:05d}-of-{shards:05d}.tfrecord" for k in range(shards)]
    for k, file in enumerate(files):
        write_records(file, records[k * len(records) // shards:(k + 1) * len(records) // shards])
    return files
