"""Workers that are real processes: two of a strategy of TensorFlow, and two of which one is killed, after which three go on."""
import json
import os
import subprocess
import sys

import pytest
from conftest import HELPERS, ROOT
from warm import warm

from tfrseg.cards import make_folder
from tfrseg.reader.pipeline import make_dataset
from tfrseg.sources.source import folder_source
from tfrseg.storage.schema import RAW_IDS
from tfrseg.writer.write import plan_shards, write_shards

RECORDS = 29


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = make_folder(tmp_path_factory.mktemp("workers"), RECORDS, (32, 40))
    source = folder_source(root / "img", root / "seg", show_progress=False)
    write_shards(plan_shards(source, root / "shards", schema=RAW_IDS), show_progress=False)
    return root / "shards"


@pytest.fixture(scope="module")
def read(folder):
    "By case: what its processes read. One process forks those of all cases."
    places = os.pathsep.join([str(ROOT), *sys.path])
    env = {key: value for key, value in os.environ.items() if key not in ("TF_CONFIG", "WORLD_SIZE")}
    done = subprocess.run([*warm(), str(HELPERS / "worker_processes.py"), str(folder)], capture_output=True, text=True, timeout=300,
                          env=env | {"PYTHONPATH": places, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""})
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def order(folder, epoch):
    "The names of an epoch as one machine reads them."
    data = make_dataset(folder, outputs=("image", "name"), dtype="uint8", seed=5, batch_size=1, start=(epoch, 0), show_progress=False)
    return [name.decode() for _, batch in data.as_numpy_iterator() for name in batch]


@pytest.mark.fault("a strategy of two workers, `distribute_datasets_from_function`", "each worker reads all records, both in the same order",
                   "each reads its own rows of one order, each record once, in the same number of steps")
def test_a_strategy_of_two_processes_reads_each_record_once(folder, read):
    first, second = read["strategy"]
    for epoch in range(2):
        steps = list(zip(first[epoch], second[epoch], strict=True))
        assert [ours[0] + theirs[0] for ours, theirs in steps] == [order(folder, epoch)[k:k + 6] for k in range(0, 24, 6)]
        assert {rows for step in steps for _, rows in step} == {6}  # of all replicas, in each step


@pytest.mark.fault("one of two workers is killed in mid-epoch, and three go on", "the service of tf.data loses half of the records, or hangs",
                   "each record of that epoch is read once")
def test_a_worker_is_killed_and_another_number_goes_on(folder, read):
    before, after = read["killed"]
    names = [name for steps in (before, after) for step in steps for part in step for name in part]
    assert [len(before), len(after)] == [2, 1] and names == order(folder, 1)[:2 * 6 + 9]
