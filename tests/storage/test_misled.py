"What misleads a reader: a length that reaches into the next record, a count that is not so, a table with holes, words without end."
import json
import struct
import warnings
import zlib

import numpy as np
import pytest

from tfrseg import cli
from tfrseg.storage.image import open_header
from tfrseg.sources.records import tfds_schema
from tfrseg.writer.convert import convert_shards
from tfrseg.core import DataError
from tfrseg.writer.export import EXPORT_LAYOUTS, export_shards
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.tfrecord import frame_record, scan_records
from tfrseg.storage.check import repair_shards
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import TFVISION
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import read_names
from tfrseg.sources.splits import group_names, read_groups, read_splits


def example(n, name=None):
    rng = np.random.default_rng(n)
    sample = {"image": rng.integers(0, 256, (20, 30, 3), np.uint8), "mask": np.full((20, 30, 1), n % 3, np.uint8), "name": name or f"good{n}"}
    return serialize_example(encode_example(sample, TFVISION))


def shard(folder, *frames):
    folder.mkdir(exist_ok=True)
    path = folder / "train-00000-of-00001.tfrecord"
    path.write_bytes(b"".join(frames))
    return path


def retold(folder, **values):
    "The info of a data set of one shard says something else."
    path = folder / "dataset_info.json"
    info = json.loads(path.read_text())
    info["splits"]["train"][0].update(values)
    path.write_text(json.dumps(info))


def count(info): return sum(s.records for s in info.shards())


class TestLengthsThatReachTooFar:
    @pytest.mark.fault("a record cut short in front of whole ones", "DataLossError, all behind it is lost", "the whole records behind it are found")
    @pytest.mark.parametrize("kept", [13, 400, 1000])
    def test_whole_records_behind_a_cut_one_are_found(self, tmp_path, kept):
        path = shard(tmp_path / "s", frame_record(example(1)), frame_record(example(3))[:kept], frame_record(example(2)), frame_record(example(4)))
        found = list(scan_records(path))
        assert [d for *_, d, _ in found if d] == [example(1), example(2), example(4)]
        assert [str(path) in str(f) for *_, f in found if f] == [True]
        written = convert_shards(path, tmp_path / "o", on_error="skip", show_progress=False)
        assert count(written) == 3
        repair_shards(path, tmp_path / "r", show_progress=False)
        assert [d for *_, d, _ in scan_records(tmp_path / "r" / path.name)] == [example(1), example(2), example(4)]

    def test_a_data_set_is_read_behind_a_cut_record(self, tmp_path):
        shard(tmp_path / "s", *(frame_record(example(n)) for n in (1, 3, 2, 4)))
        convert_shards(tmp_path / "s", tmp_path / "d", show_progress=False)
        frames = [frame_record(d) for *_, d, _ in scan_records(tmp_path / "d/train-00000-of-00001.tfrecord")]
        path = shard(tmp_path / "d", frames[0], frames[1][:400], *frames[2:])
        retold(tmp_path / "d", bytes=path.stat().st_size)
        assert [s["name"] for s in read_dataset(tmp_path / "d", on_error="skip").as_numpy_iterator()] == [b"good1", b"good2", b"good4"]

    def test_two_cut_records_in_a_row(self, tmp_path):
        path = shard(tmp_path / "s", frame_record(example(1))[:500], frame_record(example(3))[:400], frame_record(example(2)))
        assert [d for *_, d, _ in scan_records(path) if d] == [example(2)]

    def test_a_record_inside_a_damaged_one_is_none(self, tmp_path):
        "A length that leads to the next length is believed."
        inner = frame_record(example(3))
        outer = bytearray(frame_record(b"1234" + inner + b"567"))
        outer[-1] ^= 1
        path = shard(tmp_path / "s", frame_record(example(1)), bytes(outer), frame_record(example(2)))
        assert [d for *_, d, _ in scan_records(path) if d] == [example(1), example(2)]


class TestCounts:
    @pytest.mark.parametrize("told", [1, 3])
    def test_convert_tells_a_count_that_is_not_so(self, tmp_path, told):
        shard(tmp_path / "s", frame_record(example(1)), frame_record(example(2)))
        convert_shards(tmp_path / "s", tmp_path / "d", show_progress=False)
        retold(tmp_path / "d", records=told, sizes={}, formats={}, pixels={}, images={})
        with pytest.raises(DataError, match=rf"tfrecord: it holds 2 records, while dataset_info.json says {told}"):
            convert_shards(tmp_path / "d", tmp_path / "o", show_progress=False)
        assert not (tmp_path / "o").exists()
        convert_shards(tmp_path / "d", tmp_path / "o", on_error="skip", show_progress=False)
        assert count(load_info(tmp_path / "o")) == 2


class TestTables:
    def test_a_row_without_its_group_is_refused(self, tmp_path):
        (tmp_path / "t.csv").write_text("name,group\np0.png\np1.png,b\n")
        with pytest.raises(DataError, match=r"t\.csv.*'p0\.png' has no group"): read_groups(tmp_path / "t.csv")
        (tmp_path / "t.csv").write_text("name,group\np0.png,a\n,\np1.png,b\n")
        assert read_groups(tmp_path / "t.csv") == {"p0": "a", "p1": "b"}

    def test_a_name_without_a_row_names_the_table(self):
        with pytest.raises(DataError, match=r"^t\.csv: 1 problem"): group_names(["a", "b"], {"a": "x"}, "t.csv")

    def test_a_long_list_is_looked_through_at_once(self, tmp_path):
        (tmp_path / "t.txt").write_text("a\n" * 300_000 + "../x\n")
        with pytest.raises(DataError, match="line 300001: .*leads out"): read_names(tmp_path / "t.txt")
        for bad in ("/etc/passwd", "a/../b", "a/..", "..", "../a"):
            (tmp_path / "t.txt").write_text(f"{bad}\n")
            with pytest.raises(DataError, match="leads out"): read_names(tmp_path / "t.txt")

    def test_split_as_names_the_shard_that_is_none(self, tmp_path):
        path = shard(tmp_path / "s", frame_record(example(1)), frame_record(example(2)))
        convert_shards(tmp_path / "s", tmp_path / "d", show_progress=False)
        path = shard(tmp_path / "d", frame_record(b"\xff\xff"), frame_record(example(2)))
        retold(tmp_path / "d", bytes=path.stat().st_size)
        with pytest.raises(DataError, match=r"d/train-00000-of-00001\.tfrecord, record 0"): read_splits(tmp_path / "d")

    def test_too_many_labels_name_their_file(self, tmp_path):
        image = lambda n: {"image": {"shape": {"dimensions": ["-1", "-1", n]}, "label": {}}}
        (tmp_path / "features.json").write_text(json.dumps({"content": {"features": {"image": image("3"), "mask": image("1")}}}))
        (tmp_path / "mask.labels.txt").write_text("a\n" * 70_000)
        with pytest.raises(DataError, match=r"mask\.labels\.txt: 70000 names"): tfds_schema(tmp_path)


class TestWords:
    def test_a_word_without_end_is_cut(self, capsys):
        with pytest.raises(SystemExit): cli.main(["write", "a", "b", "c", "--seed", "1" * 5000 + "\x1b[31mx"])
        told = capsys.readouterr().err
        assert max(map(len, told.split("\n"))) < 560 and "\x1b" not in told and "--seed" in told

    def test_large_images_are_not_warned_of_by_the_decoder(self):
        "The limit is twice as many pixels, and beyond it an error says it."
        chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        png = lambda n: b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">II5B", n, n, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            assert open_header(png(13000)).size == (13000, 13000)
            with pytest.raises(DataError, match="decompression bomb"): open_header(png(30000))
        assert not told


def test_what_masks_may_mean_is_asked_with_the_shards_name(tmp_path):
    "One shard is named itself; of several, which are looked at together, their folder."
    rng = np.random.default_rng(0)
    sample = {"image": rng.integers(0, 256, (20, 30, 3), np.uint8), "mask": np.full((20, 30, 1), 700, np.uint16), "name": "a"}
    path = shard(tmp_path / "s", frame_record(serialize_example(encode_example(sample, TFVISION))))
    with pytest.raises(DataError, match=r"^[^ ]*train-00000-of-00001\.tfrecord: .*--mask-values"): convert_shards(path, tmp_path / "o", show_progress=False)


@pytest.mark.parametrize("name", [".", "..", "../x", "/abs", "a/../../b"])
@pytest.mark.parametrize("layout", sorted(EXPORT_LAYOUTS))
def test_a_name_that_is_no_file_is_refused(tmp_path, layout, name):
    path = shard(tmp_path / "s", frame_record(example(1, name)), frame_record(example(2)))
    with pytest.raises(DataError, match=r"train-00000-of-00001\.tfrecord, record 0: .*name"): export_shards(path, tmp_path / "o", layout=layout, show_progress=False)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s"]
