"""Bytes from strangers: infos that say what cannot be, records that claim too much, compressed shards, and what is left behind."""
import gzip
import json
import math
import os
import shutil
import signal
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

import tfrseg.storage.files as files
import tfrseg.storage.tfrecord as record
from tfrseg.cards import make_folder
from tfrseg.storage.image import encode_png
from tfrseg.sources.records import OBJECTS_LIMIT
from tfrseg.writer.convert import convert_shards
from tfrseg.core import LARGEST_RECORD, DataError, Limit
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import (frame_record, masked_crc, original, read_record, scan_records,
    unpack_records, write_records)
from tfrseg.explorer.summary import summarize
from tfrseg.storage.check import check_shards, find_duplicates, repair_shards
from tfrseg.storage.example import encode_example, peek_feature, read_features, serialize_example
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION
from tfrseg.storage.dataset import INFO_NAME, load_info
from tfrseg.sources.source import folder_source
from tfrseg.writer.write import plan_shards, write_shards

QUIET = dict(show_progress=False)
PNG, MASK = encode_png(np.zeros((4, 5, 3), np.uint8)), encode_png(np.zeros((4, 5, 1), np.uint8))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    "A dataset of four records in one shard."
    folder = tmp_path_factory.mktemp("made")
    make_folder(folder / "cards", 4)
    write_shards(plan_shards(folder_source(folder / "cards/img", folder / "cards/seg", **QUIET), folder / "set"), **QUIET)
    return folder / "set"


@pytest.fixture
def there(made, tmp_path):
    "A copy of it, whose info can be changed."
    shutil.copytree(made, tmp_path / "set")
    return tmp_path / "set"


def change(folder, *keys_and_value):
    "Puts a value into the info; the place is told by keys, of shards by 0."
    *keys, last, value = keys_and_value
    info = json.loads((folder / INFO_NAME).read_text())
    inner = info
    for key in keys: inner = inner[key]
    if callable(value): value = value(inner[last])
    inner[last] = value
    (folder / INFO_NAME).write_text(json.dumps(info))


def one_line(error, folder):
    "An error is one line of at most 500 letters that names a file."
    text = str(error.value)
    assert "\n" not in text and len(text) <= 500 and str(folder) in text, text


SHARD = "splits", "train", 0
WRONG = [("version", ("format_version", math.nan)), ("version of text", ("format_version", "1")), ("version of none", ("format_version", 0)), ("masks", ("masks", "no")),
         ("tiles", ("tiles", 1)), ("skipped", ("skipped", "none")), ("skipped numbers", ("skipped", [1])), ("assumptions", ("assumptions", {"a": 1})),
         ("schema", ("schema", ["tfvision"])), ("splits", ("splits", [1])), ("a path as split", ("splits", lambda s: {"../up": s["train"]})),
         ("an absolute split", ("splits", lambda s: {"/tmp/x": s["train"]})), ("an empty split name", ("splits", lambda s: {"": s["train"]})),
         ("a shard twice", ("splits", "train", lambda s: s * 2)), ("records beyond the bytes", (*SHARD, "records", 10**12)), ("records beyond numbers", (*SHARD, "records", 10**30)),
         ("records of none", (*SHARD, "records", 0)), ("records true", (*SHARD, "records", True)), ("records below 0", (*SHARD, "records", -1)),
         ("bytes", (*SHARD, "bytes", 1.5)), ("pixels", (*SHARD, "pixels", {"0": 10**400})), ("pixels beyond images", (*SHARD, "pixels", {"0": 10**12})),
         ("id below 0", (*SHARD, "pixels", {"-1": 1})), ("id of 17 bits", (*SHARD, "images", {"65536": 1})), ("id in words", (*SHARD, "images", {"1_0": 1})),
         ("images beyond records", (*SHARD, "images", {"0": 5})), ("sizes", (*SHARD, "sizes", {"0x5": 4})), ("sizes beyond records", (*SHARD, "sizes", {"4x5": 10**9})),
         ("turned", (*SHARD, "turned", 9)), ("sha256", (*SHARD, "sha256", 0)), ("file with a folder", (*SHARD, "file", "../x")), ("file of no text", (*SHARD, "file", 7)),
         ("surrogate", ("labels", "class_names", ["\ud800"])), ("names too many", ("labels", "class_names", ["a"] * 70_000)), ("name", ("labels", "class_names", [None])),
         ("palette id", ("labels", "palette", {"70000": [0, 0, 0]})), ("palette", ("labels", "palette", {"0": [0, 0, 256]})), ("palette text", ("labels", "palette", {"0": "abc"})),
         ("ignore", ("labels", "ignore_label", True)), ("level", ("labels", "levels", {"0": 10**20})), ("key", ("labels", "more", 1))]


@pytest.mark.fault("an info that says what cannot be: 10^12 records, a split called `../up`, a class id of -1", "no such file there",
                   "one line that says what, before anything is read or made by it")
@pytest.mark.parametrize("what, changed", WRONG, ids=[what for what, _ in WRONG])
def test_an_info_is_typed_and_held_against_its_shards(there, what, changed):
    change(there, *changed)
    with pytest.raises(DataError, match=INFO_NAME) as error: load_info(there)
    one_line(error, there)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"format_version":' + "9" * 5000 + "}", "[1]", '"a"', "nul", "\xff", '{"format_version": 1, "splits": 1e999}', "{}"])
def test_whatever_json_says_is_one_line(there, text):
    (there / INFO_NAME).write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError, match=INFO_NAME) as error: load_info(there)
    one_line(error, there)


def test_infos_have_limits_that_are_said(there, monkeypatch):
    change(there, *SHARD, lambda shard: shard)
    change(there, "splits", "train", lambda shards: [shards[0] | {"file": f"{k}.tfrecord"} for k in range(9_000)])
    monkeypatch.setenv("TFRSEG_MAX_INFO_MIB", "128")
    monkeypatch.setattr("tfrseg.storage.dataset._MOST_SHARDS", 8_000)
    with pytest.raises(DataError, match="9000 shards; 8000 are the most"): load_info(there)
    monkeypatch.setenv("TFRSEG_MAX_INFO_MIB", "1")
    with pytest.raises(DataError, match="Set TFRSEG_MAX_INFO_MIB"): load_info(there)
    (there / INFO_NAME).write_text("[" + "[]," * 300_000 + "[]]")
    with pytest.raises(DataError, match="values; .* are the most"): load_info(there)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.fault("a named pipe, a device or a link to nothing in the place of an info or a shard", "waits for ever, or fills the memory", "one line, at once")
def test_what_is_no_file(there, tmp_path):
    (there / INFO_NAME).unlink()
    os.mkfifo(there / INFO_NAME)
    for call in (load_info, summarize, check_shards, lambda f: convert_shards(f, tmp_path / "o", **QUIET)):
        with pytest.raises(DataError, match="a named pipe; wanted a file"): call(there)
    for target, said in (("/dev/zero", "a device"), ("nowhere", "a broken link"), ("/tmp", "a folder")):
        (there / INFO_NAME).unlink()
        (there / INFO_NAME).symlink_to(target)
        with pytest.raises(DataError, match=said): load_info(there)
    (there / INFO_NAME).unlink()
    os.mkfifo(there / "val.tfrecord")
    assert [f.what for f in check_shards(there, **QUIET)] == ["a named pipe; wanted a file."]
    with pytest.raises(DataError, match="val.tfrecord: a named pipe"): open_shards(there)


@pytest.mark.fault("a dataset, a split or a shard without a record", "an empty dataset, and a `fit` that ends at once", "said in words; `check` does not call it well")
def test_of_nothing_nothing_is_said_to_be_well(there, tmp_path):
    shard = next(there.glob("*.tfrecord")).name
    none = {"file": "val-00000-of-00001.tfrecord", "records": 0, "bytes": 0, "sha256": "", "sizes": {}, "pixels": {}, "images": {}, "formats": {}, "skipped": []}
    change(there, "splits", lambda s: s | {"test": [], "val": [none]})
    (there / none["file"]).touch()
    assert [f.what for split in ("test", "val") for f in check_shards(there, split, **QUIET)] == ["no records in split 'test'", "no records in split 'val'"]
    assert load_info(there).records() == 4 and len(list(read_dataset(there))) == 4
    for split in ("test", "val"):
        for call in (open_shards, summarize, read_dataset, find_duplicates):
            with pytest.raises(DataError, match=f"no records.*{split}"): call(there, split)
    change(there, "splits", lambda s: {})
    assert [f.what for f in check_shards(there, **QUIET)] == ["no records"]
    for call in (open_shards, summarize, lambda f: repair_shards(f, tmp_path / "new", **QUIET), lambda f: convert_shards(f, tmp_path / "new", **QUIET)):
        with pytest.raises(DataError, match="no records"): call(there)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / shard).touch()
    for call in (lambda f: repair_shards(f, tmp_path / "new", **QUIET), open_shards):
        with pytest.raises(DataError): call(tmp_path / "empty")
    assert not (tmp_path / "new").exists() and not (tmp_path / "new.incomplete").exists()


def test_an_info_that_counts_other_records_than_its_shard(there):
    change(there, *SHARD, "records", 5)
    with pytest.raises((DataError, tf.errors.OpError), match="the record is lost: the file holds 4 records; 5 are expected"): list(read_dataset(there))
    skipped = []
    assert len(list(read_dataset(there, on_error="skip", skipped=skipped))) == 4 and [f.record for f in skipped] == [4]
    change(there, *SHARD, {k: v for k, v in json.loads((there / INFO_NAME).read_text())["splits"]["train"][0].items() if k not in ("sizes", "formats")}
           | {"records": 3, "images": {}, "pixels": {}, "empty": 0})
    with pytest.raises((DataError, tf.errors.OpError), match="4 records; 3 are expected"): list(read_dataset(there))


@pytest.mark.fault("bit flip in a length, `on_error='skip'`", "the rest of the shard is lost, uncounted", "the records before and behind it come, each lost one is counted")
def test_skipping_loses_no_good_record(there, capfd):
    file = next(there.glob("*.tfrecord"))
    places, data = record.index_records(file), bytearray(file.read_bytes())
    data[places[1, 0] - 12] ^= 1
    file.write_bytes(data)
    skipped = []
    names = [s["name"] for s in read_dataset(there, on_error="skip", skipped=skipped).as_numpy_iterator()]
    assert len(names) == 3 and [f.record for f in skipped] == [1] and "the length has a wrong checksum" in skipped[0].what
    assert "left out 1 of 4 records" in capfd.readouterr().err
    file.write_bytes(data[:places[2, 0] + 5])  # and cut: records 2 and 3 are gone
    change(there, *SHARD, "bytes", int(places[2, 0]) + 5)
    skipped.clear()
    assert len(list(read_dataset(there, on_error="skip", skipped=skipped))) == 1 and sorted(f.record for f in skipped) == [1, 2, 3]


def large(tmp_path, size):
    "A file of a small record, one of so many bytes that takes no disk, and a small one."
    with open(tmp_path / "large.tfrecord", "wb") as file:
        small = frame_record(serialize_example(encode_example({"image": np.zeros((4, 5, 3), np.uint8), "mask": np.zeros((4, 5, 1), np.uint8), "name": "a"}, RAW_IDS)))
        file.write(small + (head := struct.pack("<Q", size)) + struct.pack("<I", masked_crc(head)))
        file.seek(size + 4, 1)
        file.write(small)
    return tmp_path / "large.tfrecord"


@pytest.mark.fault("a record of more than 2 GiB", "`Wire format was corrupt`, wherever it is read", "refused when it is written, and named where it is read: cut it into tiles")
def test_records_beyond_what_protobuf_reads(tmp_path):
    zeros = lambda depth: np.broadcast_to(np.uint8(0), (24_000, 24_000, depth))
    for schema in (RAW, RAW_IDS):
        with pytest.raises(DataError, match=r"huge: the record would take \d+ MiB \(24000 x 24000 pixels\).*--tile"):
            encode_example({"image": zeros(3), "mask": zeros(1), "name": "huge"}, schema)
    file = large(tmp_path, LARGEST_RECORD + 1)
    with pytest.raises(DataError, match="record 1, byte .*: the record takes 2048 MiB; .*tiles"): read_record(file, 1)
    assert [(n, data is None) for n, _, data, _ in scan_records(file)] == [(0, False), (1, True), (2, False)]
    assert ["takes 2048 MiB" in f.what for f in check_shards(file, **QUIET)] == [True]
    assert len(list(read_dataset(file, on_error="skip"))) == 2
    with pytest.raises((DataError, tf.errors.OpError), match="record 1, byte .*: the record takes 2048 MiB"): list(read_dataset(file))


def varint(n):
    out = b""
    while n > 127: out, n = out + bytes((n & 127 | 128,)), n >> 7
    return out + bytes((n,))


part = lambda number, data: varint(number << 3 | 2) + varint(len(data)) + data
feature = lambda key, data, kind=1: part(1, part(1, key) + part(2, part(kind, data)))


@pytest.mark.fault("a few kB that unpack to 10^8 numbers of a record", "GiB of memory", "refused before they are unpacked")
@pytest.mark.parametrize("what, data", [("packed", part(1, feature(b"a", part(1, bytes(5 << 20)), 3))), ("single", part(1, feature(b"a", b"\x08\x00" * (5 << 18), 3))),
                                        ("floats", part(1, feature(b"a", part(1, bytes(5 << 22)), 2))), ("texts", part(1, feature(b"a", b"\x0a\x00" * (5 << 18)))),
                                        ("keys", part(1, b"\x0a\x00" * (5 << 18))), ("fields of none", b"\x10\x00" * (5 << 18)), ("a group first", b"\x0b\x0c" + bytes(5 << 20)),
                                        ("a number without end", b"\xff" * (5 << 20))])
def test_values_are_counted_before_they_take_memory(what, data):
    with pytest.raises(DataError, match="too many values|not a tf.train.Example"): read_features(data, "x.tfrecord, record 0")
    assert peek_feature(data, "b") == b""


def test_a_list_of_numbers_where_an_image_should_be_is_still_named(tmp_path):
    write_records(tmp_path / "a.tfrecord", [part(1, feature(b"image/encoded", part(1, bytes(1 << 20)), 3))])
    assert "int64_list of 1048576 values" in check_shards(tmp_path / "a.tfrecord", schema=TFVISION, **QUIET)[0].what


def bomb(path, length, mib):
    "A compressed file whose first record claims so many bytes."
    with gzip.open(path, "wb", 1) as file:
        file.write((head := struct.pack("<Q", length)) + struct.pack("<I", masked_crc(head)))
        for _ in range(mib): file.write(bytes(1 << 20))
    return path


def left(folder): return sorted(p.name for p in folder.glob("tfrseg-scratch-*/*/*"))


def test_a_record_has_a_limit_before_it_is_unpacked(tmp_path, temporary, monkeypatch):
    path = bomb(tmp_path / "b.tfrecord", 3 << 30, 4)
    for call in (unpack_records, open_shards, summarize, lambda f: convert_shards(f, tmp_path / "o", **QUIET)):
        with pytest.raises(DataError, match="record 0 takes 3072 MiB; 1024 MiB are the most. Set TFRSEG_MAX_RECORD_MIB=3073") as error: call(path)
        one_line(error, path)
    assert left(temporary) == []
    monkeypatch.setenv("TFRSEG_MAX_UNPACKED_MIB", "2")
    with pytest.raises(DataError, match="more than 2 MiB. Set TFRSEG_MAX_UNPACKED_MIB"): unpack_records(bomb(path, 1 << 21, 4))
    assert left(temporary) == []


@pytest.mark.fault("a full temporary folder under compressed shards", "is not needed: each pass unpacks anew", "one line that names the folder and `TMPDIR`; nothing is left")
def test_a_full_temporary_folder(tmp_path, temporary, monkeypatch):
    write_records(tmp_path / "plain", [bytes(3 << 20)])
    (tmp_path / "a.tfrecord").write_bytes(gzip.compress((tmp_path / "plain").read_bytes()))
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(record.shutil, "disk_usage", lambda _: usage._replace(total=10 << 20, free=1 << 19))
    monkeypatch.setenv("TMPDIR", "elsewhere")  # where the next process will unpack; this one has its folder
    for call in (unpack_records, open_shards, summarize, lambda f: repair_shards(f, tmp_path / "o", **QUIET)):
        with pytest.raises(DataError, match="no room to unpack it in the temporary folder .*TMPDIR") as error: call(tmp_path / "a.tfrecord")
        one_line(error, f"/{temporary.name} (")  # what is above it may be an ellipsis: the text has 500 letters
    assert [f.path for f in check_shards(tmp_path / "a.tfrecord", **QUIET)] == [tmp_path / "a.tfrecord"] and left(temporary) == []


def test_errors_name_the_file_that_was_given(tmp_path, made):
    data = bytearray(next(made.glob("*.tfrecord")).read_bytes())
    index = record.index_records(next(made.glob("*.tfrecord")))
    data[index[1, 0] + 40] ^= 1
    path = tmp_path / "a.tfrecord"
    path.write_bytes(gzip.compress(bytes(data)))
    assert original(unpack_records(path)) == path and unpack_records(path) == unpack_records(path)
    skipped = []
    list(read_dataset(path, on_error="skip", skipped=skipped))
    assert [f.path for f in skipped] == [path] and all(f.path == path for f in [*check_shards(path, **QUIET), *find_duplicates(path, **QUIET)])
    for call in (lambda: list(read_dataset(path)), lambda: open_shards(path).record(1), lambda: convert_shards(path, tmp_path / "o", **QUIET)):
        with pytest.raises((DataError, tf.errors.OpError), match=f"{path}, record 1, byte"): call()


UNPACKS = """
import signal, sys
from tfrseg.storage.tfrecord import unpack_records
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
print(unpack_records(sys.argv[1]), flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(files.fcntl is None, reason="no locks of this kind here")
@pytest.mark.fault("processes that read compressed shards are killed", "leave nothing", "the next one removes what they left; a forked child removes nothing of its parent's")
def test_copies_of_the_dead_go_and_those_of_the_living_stay(tmp_path):
    write_records(tmp_path / "plain", [b"card"])
    path, folder = tmp_path / "a.tfrecord", tmp_path / "temporary"
    path.write_bytes(gzip.compress((tmp_path / "plain").read_bytes()))
    folder.mkdir()
    start = lambda: subprocess.Popen([sys.executable, "-c", UNPACKS, path], env=os.environ | {"TMPDIR": str(folder)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    copy = lambda process: Path(process.stdout.readline().strip())
    killed, ended, alive = start(), start(), start()
    copies = [copy(p) for p in (killed, ended, alive)]
    assert all(c.exists() for c in copies)
    killed.kill()
    ended.send_signal(signal.SIGTERM)
    assert killed.wait() == -signal.SIGKILL and ended.wait() == 143
    assert [c.exists() for c in copies] == [True, False, True]
    last = start()
    assert copy(last).exists() and [c.exists() for c in copies] == [False, False, True]
    for process in (alive, last): process.communicate()
    assert not list(folder.iterdir())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_leaves_what_is_its_parents(tmp_path):
    write_records(tmp_path / "plain", [b"card"])
    (tmp_path / "a.tfrecord").write_bytes(gzip.compress((tmp_path / "plain").read_bytes()))
    code = ("import os, sys\nfrom tfrseg.storage.tfrecord import unpack_records\ncopy = unpack_records(sys.argv[1])\nchild = os.fork()\nif not child: sys.exit()\n"
            "os.waitpid(child, 0)\nprint(copy.exists(), copy.parent.parent.exists())")
    said = subprocess.run([sys.executable, "-c", code, tmp_path / "a.tfrecord"], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["True", "True"]


def objects(label=1, masks=(MASK,), more=b""):
    "A record with a mask for each object."
    labels = part(1, b"".join(varint(label & (1 << 64) - 1) for _ in masks))
    return part(1, feature(b"image/encoded", part(1, PNG)) + feature(b"image/object/mask", b"".join(part(1, m) for m in masks))
                + feature(b"image/object/class/label", labels, 3) + feature(b"image/filename", part(1, b"x")) + more)


@pytest.mark.fault("records with a mask for each object: a class label of 2^63 - 1, masks of another size than the image", "assorted errors", "refused before a mask is decoded")
@pytest.mark.parametrize("data, said", [
    (objects((1 << 63) - 1), "class labels 9223372036854775807 to .*; wanted 1 to 65534"), (objects(0), "class labels 0"), (objects(-1), "class labels -1"),
    (objects(masks=[encode_png(np.zeros((9, 9, 1), np.uint8))] * 60), r"object 0: the mask has \(9, 9\) pixels"),
    (objects(masks=[MASK] * 2, more=feature(b"image/object/is_crowd", part(1, b"\0"), 3)), "1 marks of crowds and 2 class labels"),
    (part(1, feature(b"image/encoded", part(1, PNG)) + feature(b"image/object/mask", part(1, MASK)) + feature(b"image/object/class/label", part(1, b"a"))), "wanted int"),
    (part(1, feature(b"image/encoded", part(1, PNG)) + feature(b"image/object/mask", part(1, b"\1"), 3) + feature(b"image/object/class/label", part(1, b"\1"), 3)), "wanted bytes")])
def test_objects_are_looked_at_before_they_are_drawn(tmp_path, data, said):
    write_records(tmp_path / "a.tfrecord", [data])
    with pytest.raises(DataError, match=said) as error: convert_shards(tmp_path / "a.tfrecord", tmp_path / "o", **QUIET)
    one_line(error, tmp_path)
    assert not list(tmp_path.glob("o*"))


def test_masks_of_objects_have_a_limit(tmp_path, monkeypatch):
    write_records(tmp_path / "a.tfrecord", [objects(masks=[MASK] * 3)])
    monkeypatch.setattr(Limit, "bytes", property(lambda self: 6 if self == OBJECTS_LIMIT else self.mib << 20))
    with pytest.raises(DataError, match="3 masks of 4 x 5 pixels takes 0 MiB.*TFRSEG_MAX_OBJECTS_MIB=1"): convert_shards(tmp_path / "a.tfrecord", tmp_path / "o", **QUIET)


@pytest.mark.parametrize("text", ["[" * 100_000, "{}", '{"featuresDict": {"features": {"a": 1}}}', '{"featuresDict": {"features": {"a": {"image": {"shape": {"dimensions": 5}}}}}}', "\xff"])
def test_features_of_tfds(tmp_path, text):
    write_records(tmp_path / "a.tfrecord", [b""])
    (tmp_path / "features.json").write_bytes(text.encode("latin-1"))
    write_records(tmp_path / "a-train.tfrecord-00000-of-00001", [part(1, feature(b"image/encoded", part(1, PNG)))])
    with pytest.raises(DataError, match="features.json") as error: convert_shards(tmp_path, tmp_path / "o", **QUIET)
    one_line(error, tmp_path)


def test_names_reach_no_terminal_as_they_are(there):
    change(there, "labels", "class_names", ["\x1b]0;owned\x07\x1b[2J\n  all well, every byte of 1 shard\u202e"])
    text = str(summarize(there))
    assert "\x1b" not in text and "\u202e" not in text and "\\x1b" in text and not any(line.startswith("  all well") for line in text.splitlines())
    assert "\u202e" not in summarize(there)._repr_html_()
