"""The index of a shard: what is believed of it, what is kept, and what it saves."""
import json
import os
import pickle
import struct
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from raw_shards import blobs, write_raw

from tfrseg.storage.labels import count_ids
from tfrseg.core import DataError
from tfrseg.explorer.facts import Scan
from tfrseg.reader.mapped import map_shards
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import frame_record, write_records
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION
from tfrseg.storage.shard_index import (ShardFacts, ShardIndex, count_records, index_path, locate_pixels,
    open_index, read_index, record_names, spare_index_path, write_index)
from tfrseg.writer.write import plan_shards, write_shards


@pytest.fixture
def shard(tmp_path):
    return write_raw(tmp_path / "x", [blobs(n) for n in range(5)])[0]


def header(path):
    "The JSON header of an index, and where it ends."
    data = path.read_bytes()
    before, = struct.unpack_from("<I", data, 12)
    return json.loads(data[16:before]), before


def test_the_file_is_a_header_and_plain_numbers(shard):
    index = open_index(shard, RAW_IDS, count=True)
    said, before = header(index_path(shard))
    assert index_path(shard).read_bytes()[:8] == b"TFRSEGIX" and before % 64 == 0
    assert said["columns"] == ["offset", "length", "image", "mask", "height", "width", *(f"pixels {i}" for i in range(5))] and said["records"] == 5
    numbers = np.fromfile(index_path(shard), "<i8", offset=before).reshape(11, 5)
    assert (numbers == index.table).all() and (index.column("height") == 50).all()
    with pytest.raises(KeyError): index.column("depth")


def test_equal_and_pickled(shard):
    first, second = (open_index(shard, RAW_IDS) for _ in range(2))
    assert first == second and pickle.loads(pickle.dumps(first)) == first and first != replace(first, table=first.table + 1) and first != 5


def places(image=None, mask=None, height=None, width=None):
    "A change of the first record's columns."
    def change(index):
        table = index.table.copy()
        for row, value in zip(range(2, 6), (image, mask, height, width)):
            if value is not None: table[row, 0] = value
        return replace(index, table=table)
    return change


FORGED = {
    "no record": lambda index: replace(index, table=index.table[:, :0]), "too few": lambda index: replace(index, table=index.table[:, :3]),
    "too many": lambda index: replace(index, table=np.concatenate([index.table, index.table], 1)), "mask before the shard": places(mask=-1),
    "mask in the next record": places(mask=14000), "image before its record": places(image=3), "a size that wraps": places(height=1 << 62, width=4),
    "height and width that wrap": places(height=1 << 32, width=1 << 32), "the least number": places(image=-1 << 63), "the largest": places(image=(1 << 63) - 1),
    "other columns": lambda index: replace(index, names=("length", "offset", *index.names[2:])),
    "pixels without end": lambda index: index.with_pixels([{0: 1 << 62, 1: 1 << 62}] * len(index)),
}


@pytest.mark.fault("an index beside the shards that somebody forged: records missing, pictures elsewhere, sizes that wrap", plain="(has no index)",
                   ours="used where it fits the shard, record by record; made anew otherwise")
@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_index_is_made_anew(shard, forged):
    first = open_index(shard, RAW_IDS)
    write_index(forged(first), index_path(shard))
    assert open_index(shard, RAW_IDS) == first
    assert len(map_shards([shard], RAW_IDS)) == 5


@pytest.mark.parametrize("change", (lambda d: d[:8] + struct.pack("<I", 2) + d[12:], lambda d: d[:12] + struct.pack("<I", 1 << 31) + d[16:], lambda d: d[:-8], lambda d: d + bytes(8),
                                    lambda d: d.replace(b'"records": 5', b'"records": 6'), lambda d: d.replace(b'"records": 5', b'"records":1e9'), lambda d: d[:16] + b"[" * 400 + d[416:],
                                    lambda d: d.replace(b'"columns": ["offset"', b'"columns": ["offsat"'), lambda d: d[:10], lambda d: b""))
def test_a_damaged_header_is_no_index(shard, change):
    first = open_index(shard, RAW_IDS)
    index_path(shard).write_bytes(change(index_path(shard).read_bytes()))
    assert read_index(index_path(shard), first.layout, RAW_IDS) is None
    assert open_index(shard, RAW_IDS) == first and read_index(index_path(shard), first.layout, RAW_IDS) == first


@pytest.mark.parametrize("make", (lambda path: os.mkfifo(path), lambda path: path.symlink_to("/dev/zero"), lambda path: path.mkdir()), ids=("pipe", "device", "folder"))
def test_an_index_that_is_no_file(shard, make, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    make(index_path(shard))
    assert len(open_index(shard, RAW_IDS)) == 5


def test_a_folder_that_refuses_it(shard, tmp_path, monkeypatch):
    "It is kept in the user's folder, and where that is refused, too, in memory."
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    (index_path(shard) / "in the way").mkdir(parents=True)
    first = open_index(shard, RAW_IDS)
    assert spare_index_path(shard).is_relative_to(tmp_path / "home") and read_index(spare_index_path(shard), first.layout, RAW_IDS) == first
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    second = open_index(shard, RAW_IDS)
    assert open_index(shard, RAW_IDS) is second


def test_a_shard_replaced_by_one_of_the_same_size_and_time(shard, tmp_path):
    "As rsync -t and cp -p do it."
    assert (next(iter(make_dataset(shard, None, batch_size=None, dtype="uint8")))[0] == blobs(0)["image"]).numpy().all()
    status = shard.stat()
    other, = write_raw(tmp_path / "y", [blobs(n) | {"image": blobs(n)["image"] // 2} for n in range(5)])
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    os.replace(other, shard)
    assert shard.stat().st_size == status.st_size and shard.stat().st_mtime_ns == status.st_mtime_ns
    assert (next(iter(make_dataset(shard, None, batch_size=None, dtype="uint8")))[0] == blobs(0)["image"] // 2).numpy().all()


def test_what_killed_writers_left_goes(shard):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, alive = (shard.with_name(f".{index_path(shard).name}.{pid}.incomplete") for pid in (dead.pid, os.getppid()))
    for path in (left, alive): path.write_bytes(b"half")
    open_index(shard, RAW_IDS)
    assert not left.exists() and alive.exists() and index_path(shard).exists()


def test_a_copy_keeps_its_counts_and_a_changed_copy_does_not(shard, tmp_path):
    index = open_index(shard, RAW_IDS, count=True)
    for name, change in (("same", False), ("other", True)):
        copy = tmp_path / name / shard.name
        copy.parent.mkdir()
        copy.write_bytes(shard.read_bytes())
        if change: write_records(copy, [serialize_example(encode_example(blobs(n) | {"image": blobs(n)["image"][::-1]}, RAW_IDS)) for n in range(5)])
        index_path(copy).write_bytes(index_path(shard).read_bytes())
        found = open_index(copy, RAW_IDS)
        assert found.counted != change and (found.table[:6] == index.table[:6]).all()
        assert open_index(copy, RAW_IDS) == found


def test_opening_without_verify_keeps_the_counts(shard, tmp_path):
    index = open_index(shard, RAW_IDS, count=True)
    write_index(replace(index, facts=ShardFacts(index.facts.size)), index_path(shard))
    assert not open_index(shard, RAW_IDS, verify=False).counted
    assert open_index(shard, RAW_IDS, verify=False, adopt=True).counted


@pytest.mark.parametrize("schema, mask_dtype", ((RAW, "uint8"), (RAW_IDS, "uint8"), (RAW_IDS, "uint16"), (TFVISION, "uint8"), (TFVISION, "uint16")), ids=str)
def test_counts(tmp_path, schema, mask_dtype):
    samples = [blobs(n, (9, 11), mask_dtype, 300 if mask_dtype == "uint16" else 6) for n in range(3)]
    file, = write_raw(tmp_path / "x", samples, schema=schema)
    index = open_index(file, schema, mask_dtype, count=True)
    assert list(count_records(file, index, schema, mask_dtype)) == [count_ids(s["mask"]) for s in samples]
    if len(set().union(*(count_ids(s["mask"]) for s in samples))) <= 256:
        for n, s in enumerate(samples): assert {i: int(index.column(f"pixels {i}")[n]) for i in index.ids if index.column(f"pixels {i}")[n]} == count_ids(s["mask"])


def test_counts_of_colours_and_of_pictures_alone(tmp_path):
    palette = {0: (0, 0, 0), 3: (9, 8, 7)}
    ids = np.random.default_rng(0).choice([0, 3], (2, 4, 5, 1)).astype(np.uint8)
    colors = np.where(ids == 3, np.uint8([9, 8, 7]), np.uint8(0))
    file, = write_raw(tmp_path / "x", [blobs(n, (4, 5)) | {"mask": m} for n, m in enumerate(colors)], schema=RAW)
    index = open_index(file, RAW, palette=palette, count=True)
    assert index.column("pixels 3").tolist() == (ids == 3).sum((1, 2, 3)).tolist()
    file, = write_raw(tmp_path / "y", [{k: v for k, v in blobs(n).items() if k != "mask"} for n in range(2)])
    assert open_index(file, RAW_IDS.without("mask"), count=True).ids == ()


def test_more_ids_than_columns(tmp_path):
    samples = [blobs(n, (40, 40), "uint16", 2000) for n in range(2)]
    file, = write_raw(tmp_path / "x", samples)
    index = open_index(file, RAW_IDS, "uint16", count=True)
    assert not index.counted and index.ids == () and len(index.names) == 6
    scan = Scan(open_shards(file), 255)
    assert len(scan.run(False)) == 2 and scan.facts.table().share(int(samples[1]["mask"][0, 0, 0])).any()


def test_the_writer_keeps_it(source, tmp_path):
    for schema in (RAW, RAW_IDS, TFVISION):
        out = tmp_path / schema.name
        write_shards(plan_shards(source, out, schema=schema, records_per_shard=5), show_progress=False)
        shards = open_shards(out)
        written = [read_index(index_path(f), open_index(f, shards.schema, verify=False).layout, shards.schema) for f in shards.files]
        for file, index in zip(shards.files, written):
            assert index.counted and index.sha256 == next(s.sha256 for s in shards.info.shards() if s.file == file.name)
            assert record_names(file, index.records, shards.schema)
            found = open_index(file, shards.schema)
            assert found.counted and (found.table == index.table).all() and found.facts == ShardFacts.of(file)


def test_the_writer_keeps_the_same_index_each_time(source, tmp_path):
    for out in ("a", "b"): write_shards(plan_shards(source, tmp_path / out, schema=RAW_IDS, records_per_shard=5), show_progress=False)
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / out).iterdir()} for out in ("a", "b"))
    assert first == second and sum(name.endswith(".index") for name in first) == 3


def test_filters_read_the_index(source, tmp_path, monkeypatch):
    "A scan of a new dataset decodes nothing."
    write_shards(plan_shards(source, tmp_path / "x", records_per_shard=5), show_progress=False)
    shards = open_shards(tmp_path / "x")
    wanted = [set(count_ids(shards.sample(n)["mask"])) for n in range(12)]
    monkeypatch.setattr("tfrseg.explorer.facts.count_records", lambda *_: pytest.fail("masks are decoded"))
    monkeypatch.setattr("tfrseg.explorer.facts.canvas_sample", lambda *_: pytest.fail("images are decoded"))
    facts = Scan(shards, 255).run(False)
    for i in set().union(*wanted): assert np.flatnonzero(facts.table().share(i)).tolist() == [n for n, ids in enumerate(wanted) if i in ids]
    assert list(facts.names) == [p.name for p in source.pairs]


def test_a_stopped_scan_goes_on(tmp_path):
    write_records(tmp_path / "a.tfrecord", [serialize_example(encode_example(blobs(n, (8, 9)))) for n in range(6)])
    scan = Scan(open_shards(tmp_path / "a.tfrecord"), 255)
    steps = scan.steps()
    assert [next(steps), next(steps)] == [1, 2]
    scan.stopped.set()
    assert list(steps) == []
    scan.stopped.clear()
    assert len(scan.run(False)) == 6 and list(scan.facts.names) == [f"b{n}" for n in range(6)]


def test_a_damaged_shard_is_scanned_record_by_record(tmp_path):
    file = tmp_path / "a.tfrecord"
    write_records(file, [serialize_example(encode_example(blobs(n, (8, 9)))) for n in range(6)])
    data = bytearray(file.read_bytes())
    data[len(data) // 2 + 100] ^= 1
    file.write_bytes(data)
    for _ in range(2): assert len(Scan(open_shards(file), 255).run(False)) == 6


class TestHostile:
    def test_lengths_of_all_kinds(self, tmp_path):
        "Records of random tags and lengths: none is believed, none fails."
        rng = np.random.default_rng(3)
        good = serialize_example(encode_example(blobs(0, (4, 5)), RAW_IDS))
        records = [good]
        for _ in range(600):
            record = bytearray(good)
            for place in rng.integers(0, len(record), rng.integers(1, 9)): record[place] = rng.choice([0, 1, 10, 18, 26, 127, 128, 255, rng.integers(256)])
            records.append(bytes(record[:rng.integers(1, len(record) + 1)]))
        file = tmp_path / "x.tfrecord"
        write_records(file, records)
        data = np.fromfile(file, np.uint8)
        found = locate_pixels(data, np.array([[12, len(good)]]), RAW_IDS)
        assert found[0, 2] == 4
        with pytest.raises(DataError, match="x.tfrecord: .* problems"): open_index(file, RAW_IDS)

    @pytest.mark.parametrize("height, width", ((1 << 62, 4), (4, 1 << 62), (1 << 32, 1 << 32), ((1 << 63) - 1, 3)))
    def test_a_size_that_wraps(self, tmp_path, height, width):
        good = serialize_example(encode_example(blobs(0), RAW_IDS))
        bad = serialize_example(encode_example(blobs(0), RAW_IDS) | {"image/height": height, "image/width": width, RAW_IDS.key("image"): b"", RAW_IDS.key("mask"): b""})
        write_records(tmp_path / "x.tfrecord", [good, bad, good])
        with pytest.raises(DataError) as error: open_index(tmp_path / "x.tfrecord", RAW_IDS)
        assert [f.record for f in error.value.findings] == [1]

    def test_a_key_behind_the_end(self, tmp_path):
        "The last checksum of the file looks like a key that goes on behind it."
        good = serialize_example(encode_example(blobs(0, (2, 2)), RAW_IDS))
        body = good[1 + (good[1] > 127) + 1:] + b"\x0a"
        body = bytes([10, len(body) & 127 | 128, len(body) >> 7]) + body
        data = np.frombuffer(frame_record(body)[:-4] + bytes([200, 100, 10, 15]), np.uint8)
        assert locate_pixels(data, np.array([[12, len(body)]]), RAW_IDS)[0, 2] == -1


def test_an_index_of_another_version_is_no_index(shard):
    index = open_index(shard, RAW_IDS)
    assert isinstance(index, ShardIndex)
    data = bytearray(index_path(shard).read_bytes())
    data[8] = 9
    index_path(shard).write_bytes(data)
    assert open_index(shard, RAW_IDS) == index and index_path(shard).read_bytes()[8] == 1
