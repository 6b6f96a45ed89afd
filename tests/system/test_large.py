"""Ten thousand shards and a hundred million records by simulation: what is read, in which order, with which errors, and how much memory that takes."""
import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from conftest import HELPERS
from large import simulate_pairs, simulate_shards
from raw_shards import blobs, write_raw

from tfrseg.core import DataError
from tfrseg.reader.mapped import map_shards
from tfrseg.reader.order import epoch_seed
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.dataset import load_info
from tfrseg.storage.schema import RAW_IDS
from tfrseg.storage.shard_index import index_path
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import index_records

SHARDS, RECORDS = 10_000, 10_000
needs_proc = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="measures memory where /proc tells it")


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    yield simulate_shards(folder / "x", SHARDS, RECORDS)
    shutil.rmtree(folder)  # pytest would keep twenty thousand names


@pytest.fixture
def late(monkeypatch):
    "Shards are opened when they are read, however few they are; returns a function that maps them so."
    monkeypatch.setattr("tfrseg.reader.mapped._MOST_AT_ONCE", 0)

    def open_late(files, counts, sizes=None, **options):
        return map_shards(files, RAW_IDS, counts=counts, sizes=sizes or {"9x11": sum(counts)}, show_progress=False, **options)

    return open_late


def names_of(dataset, batches):
    return [name.decode() for _, names in dataset.take(batches).as_numpy_iterator() for name in names]


def positions(seed, first, count):
    "The records at some positions of an epoch, by the formula."
    last = tf.constant(SHARDS * RECORDS - 1, tf.int64)
    return tf.random.experimental.index_shuffle(tf.range(first, first + count, dtype=tf.int64), seed, last).numpy()


class TestOrder:
    @pytest.mark.parametrize("reader", ("mapped", "stream"))
    def test_a_hundred_million_records_have_one_order(self, large, reader):
        dataset = make_dataset(large, batch_size=8, seed=5, outputs=("image", "name"), dtype="uint8", reader=reader, show_progress=False)
        assert len(dataset) == SHARDS * RECORDS // 8
        assert names_of(dataset, 4) == [str(n % RECORDS) for n in positions(epoch_seed(5, 0), 0, 32)]
        later = make_dataset(large, batch_size=8, seed=5, start=(3, 9_000_000), outputs=("image", "name"), dtype="uint8", reader=reader, show_progress=False)
        assert names_of(later, 4) == [str(n % RECORDS) for n in positions(epoch_seed(5, 3), 72_000_000, 32)]

    def test_any_record_by_its_number(self, large):
        shards = open_shards(large)
        assert len(shards) == SHARDS * RECORDS
        for number in (0, 7_777, 99_999_999, 31_415_926, -1):
            inside = number % (SHARDS * RECORDS) % RECORDS
            assert shards[number]["name"] == str(inside).encode() and (shards[number]["image"] == inside % 251).all()
        assert shards.locate(31_415_926) == (large / f"train-03141-of-{SHARDS:05d}.tfrecord", 5_926)


@needs_proc
class TestMemory:
    "In a process of its own, which reads a thousand records first: what counts is by how much the large one is above it."
    @pytest.mark.slow
    @pytest.mark.parametrize("reader", ("mapped", "stream"))
    def test_reading(self, large, tmp_path, reader):
        told = self.run("read", simulate_shards(tmp_path / "small", 10, 100), large, reader)
        assert told["large"]["records"] == SHARDS * RECORDS and told["small"]["records"] == 1000 + 8
        assert told["growth"]["first batch, peak MiB"] < 60, told["growth"]
        assert told["growth"]["300 more, MiB"] < 150, told["growth"]

    @pytest.mark.slow
    def test_planning(self, tmp_path):
        "A thousand bytes a pair are a million pairs in less than a GiB."
        few, many = (self.run("plan", simulate_pairs(tmp_path / str(n), n), "unseen") for n in (500, 8_500))
        each = (many["plan, peak MiB"] - many["before, MiB"] - few["plan, peak MiB"] + few["before, MiB"]) * 2**20 / 8_000
        assert each < 1_000, (few, many)

    def run(self, *command):
        done = subprocess.run([sys.executable, HELPERS / "large.py", *map(str, command)], capture_output=True, text=True, timeout=600,
                              env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"})
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])


class TestOpenedLate:
    COUNTS = (5, 5, 5, 5)

    @pytest.fixture
    def files(self, tmp_path):
        return write_raw(tmp_path / "x", [blobs(n, (9, 11)) for n in range(20)], 4)

    def check_all(self, mapped, order=range(20)):
        for n in order:
            assert (mapped[n]["image"] == blobs(n, (9, 11))["image"]).all() and (mapped[n]["mask"] == blobs(n, (9, 11))["mask"]).all()

    def test_nothing_is_opened_before_it_is_read(self, files, late):
        mapped = late(files, self.COUNTS)
        assert len(mapped) == 20 and mapped.static == (9, 11) and mapped.largest == 99 and not list(mapped.files)
        mapped.check(np.array([7, 8]))
        assert [name for _, _, name in mapped.files] == [files[1]]
        self.check_all(mapped)

    @pytest.mark.parametrize("most", (1, 2, 3, 100))
    def test_shards_are_let_go_and_opened_again(self, files, late, monkeypatch, most):
        monkeypatch.setattr("tfrseg.reader.mapped.most_mapped", lambda: most)
        mapped, rng = late(files, self.COUNTS), np.random.default_rng(0)
        for _ in range(5): self.check_all(mapped, rng.permutation(20).tolist())
        assert mapped.memory.used <= max(most, 2)

    def test_rows_on_disk_are_those_in_memory(self, files, monkeypatch):
        in_memory = map_shards(files, RAW_IDS, show_progress=False)
        monkeypatch.setattr("tfrseg.reader.mapped._MOST_ROWS", 0)
        on_disk = map_shards(files, RAW_IDS, show_progress=False)
        assert len(in_memory.memory.tables) == 4 and not on_disk.memory.tables
        assert [on_disk.memory.find(n)[1] for n in range(20)] == [in_memory.memory.find(n)[1] for n in range(20)]
        self.check_all(on_disk)

    def test_an_index_is_made_for_a_shard_without_one(self, files, late):
        mapped = late(files, self.COUNTS)
        assert not index_path(files[2]).exists()
        self.check_all(mapped, [12])
        assert index_path(files[2]).exists() and not index_path(files[0]).exists()

    def test_an_index_that_can_be_kept_nowhere(self, files, late, monkeypatch):
        monkeypatch.setattr("tfrseg.storage.shard_index.write_index", lambda *given: (_ for _ in ()).throw(OSError("read-only")))
        self.check_all(late(files, self.COUNTS))

    def test_a_damaged_record_is_named_when_its_shard_is_opened(self, files, late):
        data = bytearray(files[1].read_bytes())
        data[int(index_records(files[1])[2].sum()) - 9] ^= 1
        files[1].write_bytes(data)
        mapped = late(files, self.COUNTS)
        self.check_all(mapped, [0, 19])
        with pytest.raises(DataError, match=f"{files[1].name}, record 2, byte .*wrong checksum"): mapped[5]

    def test_a_shard_that_holds_other_records_than_the_info_says(self, files, late):
        with pytest.raises(DataError, match=f"{files[3].name}: 5 records; 6 are expected"): late(files, (5, 5, 5, 6))[16]
        with pytest.raises(DataError, match=f"{files[0].name}, record 0: image is 9 x 11 pixels; wanted 9 x 12"):
            late(files, self.COUNTS, {"9x12": 20})[0]
        assert late(files, self.COUNTS, {"9x12": 10, "9x11": 10})[0]["image"].shape == (9, 11, 3)

    def test_a_shard_that_is_gone(self, files, late):
        mapped = late(files, self.COUNTS)
        files[1].unlink()
        with pytest.raises(DataError, match=f"{files[1].name}: it was there when the dataset was opened"): mapped[5]

    def test_a_shard_that_is_replaced_after_it_was_let_go(self, files, late, monkeypatch):
        monkeypatch.setattr("tfrseg.reader.mapped.most_mapped", lambda: 1)
        mapped = late(files, self.COUNTS)
        self.check_all(mapped, [0, 5])
        write_raw(files[0].parent, [blobs(n + 50, (9, 11)) for n in range(20)], 4)
        with pytest.raises(DataError, match="open the data set again"): mapped[0]

    def test_a_changed_working_folder(self, files, late, monkeypatch, tmp_path):
        monkeypatch.chdir(files[0].parent)
        mapped = late([file.name for file in files], self.COUNTS)
        monkeypatch.chdir(tmp_path)
        self.check_all(mapped)
        assert mapped.name(6) == f"{files[1].name}, record 1"

    def test_sizes_in_a_graph(self, files, late):
        mapped = late(files, self.COUNTS)
        found = tf.data.Dataset.from_tensors(np.arange(20)).map(mapped.sizes)
        assert (next(iter(found)).numpy() == [9, 11]).all()

    def test_a_pickle_holds_no_pixels(self, files, late):
        for mapped in (late(files, self.COUNTS), map_shards(files, RAW_IDS, show_progress=False)):
            self.check_all(mapped, [3, 14])
            data = pickle.dumps(mapped)
            assert len(data) < 8_000
            self.check_all(pickle.loads(data))


class TestIndexedRecords:
    "A record of a shard of many records is found by the index beside it, as long as that is right."
    @pytest.fixture
    def file(self, tmp_path):
        folder = simulate_shards(tmp_path / "x", 1, 1500, size=(4, 4))
        return folder / "train-00000-of-00001.tfrecord"

    def test_the_file_is_not_walked_through(self, file, monkeypatch):
        monkeypatch.setattr("tfrseg.storage.shards.index_records", None)
        assert open_shards(file.parent)[1234]["name"] == b"1234"

    @pytest.mark.parametrize("spoil", (lambda index: index.unlink(), lambda index: index.write_bytes(b"no index"), lambda index: os.truncate(index, 5000),
                                       lambda index: index.write_bytes(index.read_bytes()[:448] + bytes(8 * 1500) + index.read_bytes()[448 + 8 * 1500:])),
                             ids=("gone", "other", "cut", "zeros"))
    def test_an_index_that_is_wrong_is_not_believed(self, file, spoil):
        spoil(index_path(file))
        assert open_shards(file.parent)[1234]["name"] == b"1234"

    def test_a_damaged_record_is_found_by_walking(self, file):
        data, (offset, length) = bytearray(file.read_bytes()), index_records(file)[1234].tolist()
        data[offset + length - 5] ^= 1
        file.write_bytes(data)
        shards = open_shards(file.parent)
        with pytest.raises(DataError, match=f"{file.name}, record 1234, byte {offset}: the data has a wrong checksum"): shards[1234]
        assert shards[1235]["name"] == b"1235"


class TestInfo:
    def test_many_shards_share_what_is_the_same(self, large):
        info = load_info(large)
        assert len(info.shards()) == SHARDS and len({id(shard.sizes) for shard in info.shards()}) == 1
        assert info.total("sizes") == {"16x16": SHARDS * RECORDS}

    @pytest.mark.parametrize("old, new, said", (
        ('"records": 10000', '"records": true', "records, bytes or a count is not a whole number"), ('"empty": 0', '"empty": -1', "not a whole number"),
        ('"16x16": 10000', '"16x0": 10000', "size '16x0'; wanted 'HxW'"), ('"raw": 10000', '"raw": 10001', "more images than records"),
        ('"0": 853504', '"0": 85350400', "more pixels than its images have"), ('"0": 853504', '"70000": 853504', "id '70000'; wanted 0 to 65535"),
        ('"file": "train-00077', '"file": "../train-00077', "is not a plain file name"), ('"skipped": []', '"skipped": [1]', "skipped is not a list of texts"),
        ('"turned": 0,', "", None)))
    def test_one_shard_among_many_that_is_wrong(self, large, tmp_path, old, new, said):
        text = (large / "dataset_info.json").read_text()
        at = text.index(old, len(text) // 150)
        (tmp_path / "dataset_info.json").write_text(text[:at] + new + text[at + len(old):])
        if said is None:
            assert len(load_info(tmp_path).shards()) == SHARDS
        else:
            with pytest.raises(DataError, match=said): load_info(tmp_path)
