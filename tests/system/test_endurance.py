"""A hundred thousand records, epoch after epoch: memory stays flat, and files and mappings are given back. Minutes; `pytest -m slow`."""
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import HELPERS

from tfrseg.storage.tfrecord import write_records
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW_IDS

RECORDS, SHARDS, EPOCHS = 100_000, 20, 4


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    "Shards of 16 x 16 pixels."
    folder, rng = tmp_path_factory.mktemp("many"), np.random.default_rng(0)
    pixels = rng.integers(0, 256, (64, 16, 16, 3), dtype=np.uint8)
    records = [serialize_example(encode_example({"image": image, "mask": image[..., :1] % 3, "name": str(k)}, RAW_IDS)) for k, image in enumerate(pixels)]
    for k in range(SHARDS):
        write_records(folder / f"train-{k:05d}-of-{SHARDS:05d}.tfrecord", (records[n % 64] for n in range(RECORDS // SHARDS)))
    return folder


@pytest.mark.slow
@pytest.mark.fault("10^5 records, epoch after epoch", "memory grows with shuffle and cache", "flat memory; files and mappings are given back")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="counts memory and mappings where /proc tells")
@pytest.mark.parametrize("reader", ("mapped", "stream"))
def test_memory_is_flat_and_files_are_given_back(many, reader):
    command = [sys.executable, HELPERS / "endurance.py", many, reader, str(EPOCHS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800, env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"})
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    print(reader, json.dumps(told))
    after = told["after"]
    assert told["seen"] == RECORDS and all(a["mapped"] == (SHARDS if reader == "mapped" else 0) for a in after)
    assert max(a["kib"] for a in after[2:]) - after[1]["kib"] < 12 << 10, [a["kib"] for a in after]  # after two epochs of warm-up
    assert max(a["files"] for a in after[1:]) == min(a["files"] for a in after[1:])
    assert told["at the end"]["mapped"] == told["at the end"]["open"] == 0
    assert told["at the end"]["files"] <= after[0]["files"]
