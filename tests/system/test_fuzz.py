"""Any bytes at the doors: what fuzzing has found stays found; structured values that are hostile run with the other tests, a minute of fuzzing with those that are slow."""
import gzip
import json
import os
import shutil
import struct
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

HERE = Path(__file__).resolve().parent / "fuzz"
sys.path.insert(0, str(HERE))

import targets

from tfrseg.writer.convert import convert_shards
from tfrseg.core import DataError
from tfrseg.storage.shards import open_shards
from tfrseg.storage.check import check_shards

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
KEPT = sorted((HERE / "corpus").glob("*/*"))


@pytest.fixture(autouse=True)
def pixels(monkeypatch):
    "What a target sets is set back."
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", targets.PIXELS)


@pytest.mark.parametrize("path", KEPT, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_was_found_stays_mended(path): targets.TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", targets.TARGETS)
def test_whole_files_and_each_of_their_cuts_keep_the_promise(target):
    for data in targets.seeds(target):
        for end in {*range(0, len(data), 1 + len(data) // 60), len(data)}: targets.TARGETS[target](data[:end])


@pytest.mark.fault("any bytes as a shard, a picture, a record or an info",
                   "SIGSEGV, SIGABRT, or assorted errors",
                   "one kind of error, on one line, with bounded memory: fuzzed with atheris")
@pytest.mark.skipif(find_spec("atheris") is None,
                    reason="atheris is not installed; it has wheels for Linux on x86-64")
@pytest.mark.slow
def test_a_minute_of_fuzzing(tmp_path):
    "All targets side by side, forked from one process."
    command = [sys.executable, HERE / "targets.py", ",".join(targets.TARGETS), "-max_total_time=60",
               "-print_final_stats=1"]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | {"TMPDIR": str(tmp_path)},
                          capture_output=True, timeout=900)
    said = {target: (tmp_path / target / "log").read_text(errors="replace") for target in targets.TARGETS}
    assert done.returncode == 0, [text[-3000:] for text in said.values()]
    for target, text in said.items():
        assert int(text.split("stat::number_of_executed_units:")[1].split()[0]) > 50, text[-3000:]
        assert not list((tmp_path / target).glob("crash-*")), target


# Structured: whole infos, records and shards with one thing replaced by what a stranger may put there.

HOSTILE = st.sampled_from([None, True, False, 0, -1, 1 << 31, 1 << 63, 10**30, 10**60, 1e308, float("nan"),
                           float("inf"), "", " ", "0", "-1", "1e9", "no", "..", "../up", "/tmp/up", "a/b",
                           "\0", "\x1b[2J",
                           "\ud800", "\u202e", "a" * 70_000, "4x5", "0x0", "999999999x999999999", [], [1],
                           ["a"], ["a", "a"], [[]] * 300, {}, {"a": 1}, {"0": 10**30}, {"-1": 1},
                           {"70000": 1}, {"0": [0, 0]}])


def places(value, path=()):
    "The path of each value inside a JSON, the whole first."
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner: yield from places(each, (*path, key))


def replaced(value, path, new, rename):
    "The same JSON with another value, or another key, at a place."
    if not path: return new
    key, copy = path[0], dict(value) if isinstance(value, dict) else list(value)
    if len(path) > 1 or not (rename and isinstance(value, dict) and isinstance(new, str)):
        copy[key] = replaced(value[key], path[1:], new, rename)
    else: copy[new] = copy.pop(key)
    return copy


def held(folder, call):
    "What a call gives, or nothing where it ends as promised."
    try: return call()
    except (DataError, OSError) as e:
        text = str(e)
        assert "\n" not in text and len(text) <= 500 and text.isprintable() and (str(folder) in text
                                                                                 or "\u2026" in text), text


def law(test):
    "Seconds with the other tests; as long as `TFRSEG_FUZZ_EXAMPLES` says on demand."
    few = settings(max_examples=int(os.environ.get("TFRSEG_FUZZ_EXAMPLES", 100)), deadline=None,
                   suppress_health_check=list(HealthCheck))
    return few(test)


@pytest.mark.fault("one value of an info replaced by a hostile one", "no such file there",
                   "an error in one line that names the file, or a sound reading of it: fuzzed with Hypothesis")
@law
@given(st.data())
def test_infos_with_one_hostile_value(data):
    folder = targets.HOME / "hostile"
    folder.mkdir(exist_ok=True)
    whole = json.loads(targets.seeds("infos")[0])
    info = replaced(whole, data.draw(st.sampled_from(list(places(whole)))), data.draw(HOSTILE),
                    data.draw(st.booleans()))
    (folder / targets.INFO_NAME).write_text(json.dumps(info))
    if not (loaded := held(folder, lambda: targets.load_info(folder))): return
    assert all(type(s.records) is int and 16 * s.records <= s.bytes for s in loaded.shards())
    assert (all(0 <= i < 1 << 16 for what in ("pixels", "images") for i in loaded.total(what))
            and type(loaded.masks) is type(loaded.tiles) is bool)
    str(loaded).encode(), json.dumps([*loaded.skipped, *loaded.assumptions, *loaded.labels.class_names],
                                     ensure_ascii=False).encode()
    held(folder, lambda: targets.list_shards(folder))


def varint(n):
    out = b""
    while n > 127: out, n = out + bytes((n & 127 | 128,)), n >> 7
    return out + bytes((n,))


part = lambda number, data: varint(number << 3 | 2) + varint(len(data)) + data
VALUES = st.one_of(st.tuples(st.just(1),
                             st.lists(st.sampled_from([b"", b"a", targets.PICTURE, targets.PICTURE[:40],
                                                       b"\xff\xd8\xff", bytes(60), b"\xff" * 20]),
                                                       max_size=4)),
                   st.tuples(st.just(3),
                             st.lists(st.sampled_from([0, 1, 4, 5, 1 << 31, (1 << 63) - 1, (1 << 64) - 1]),
                                      max_size=4)), st.tuples(st.just(2), st.lists(st.just(0.0), max_size=3)))
KEYS = ["image/encoded", "image/segmentation/class/encoded", "image/image_raw",
        "image/segmentation/class/raw", "image/segmentation_raw", "image/height", "image/width",
        "image/filename",
        "image/object/mask", "image/object/class/label", "image/object/class/text", "image/object/is_crowd",
        "image/segmentation/class/format", "image/tile/y", "a"]


def example(features):
    "A record of any values under known keys."
    lists = {1: lambda v: b"".join(part(1, each) for each in v),
             2: lambda v: part(1, struct.pack(f"<{len(v)}f", *v)),
             3: lambda v: part(1, b"".join(map(varint, v)))}
    return part(1, b"".join(part(1, part(1, key.encode()) + part(2, part(kind, lists[kind](values))))
                            for key, (kind, values) in features.items()))


@pytest.mark.fault("records of any kinds of values under the known keys", "assorted errors",
                   "every verb says in one line what is wrong with which record: fuzzed with Hypothesis")
@law
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=6), min_size=1,
                max_size=2), st.sampled_from(["plain", "gzip", "cut", "frame"]), st.integers(0, 200))
def test_shards_of_records_of_any_kinds(records, how, at):
    folder = targets.HOME / "kinds"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    data = b"".join(targets.frame_record(example(r)) for r in records)
    if how == "gzip": data = gzip.compress(data, 1)
    if how == "cut": data = data[:-min(at, len(data) - 1)]
    if how == "frame":
        length = struct.pack("<Q", at << 40)
        data += length + struct.pack("<I", targets.masked_crc(length)) + bytes(at)
    (folder / "a.tfrecord").write_bytes(data)
    for finding in held(folder, lambda: check_shards(folder, deep=True, show_progress=False)) or ():
        assert "\n" not in str(finding) and "a.tfrecord" in str(finding)
    held(folder, lambda: open_shards(folder).sample(0))
    held(folder, lambda: convert_shards(folder, folder / "o", mask_values="ids", show_progress=False))
    assert not [p for p in folder.iterdir() if p.name not in ("a.tfrecord", "o")]
