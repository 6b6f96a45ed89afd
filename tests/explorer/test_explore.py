"""The explorer behind the canvas: it opens without reading, reads what is asked for, and bears bad data."""
import json
import os
from dataclasses import replace

import numpy as np
import pytest

import tfrseg.storage.shards
from tfrseg.storage.labels import LabelMap
from tfrseg.core import DataError
from tfrseg.explorer.browser import explore_records
from tfrseg.explorer.facts import canvas_sample
from tfrseg.storage.tfrecord import frame_record
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW, TFVISION
from tfrseg.storage.dataset import DatasetInfo, ShardInfo, save_info
from tfrseg.explorer.tuner import explore_augment
from tfrseg.explorer.page import _SCRIPT
from tfrseg.explorer.viewer import Viewer


def sample(k=0, size=(4, 6), dtype=np.uint8):
    rng = np.random.default_rng(k)
    return {"image": rng.integers(0, 255, (*size, 3), np.uint8), "mask": rng.integers(0, 3, (*size, 1)).astype(dtype), "name": f"n{k}"}


@pytest.fixture
def million(tmp_path):
    "10^6 records: a hundred names of one file of ten thousand."
    data = frame_record(serialize_example(encode_example(sample(), TFVISION))) * 10_000
    first = tmp_path / "train-00000-of-00100.tfrecord"
    first.write_bytes(data)
    files = [tmp_path / f"train-{k:05d}-of-00100.tfrecord" for k in range(100)]
    for file in files[1:]: os.link(first, file)
    shards = tuple(ShardInfo(file.name, 10_000, len(data), "") for file in files)
    save_info(DatasetInfo("tfvision", LabelMap(("a", "b", "c")), {"train": shards}), tmp_path)
    return tmp_path


def test_a_million_records_open_like_ten(million, monkeypatch):
    "Opening reads no header; a record in the middle costs the headers of its shard, once, and no other shard is touched."
    indexed, opened = [], []
    records_of, read_record = tfrseg.storage.shards.records_of, tfrseg.storage.shards.read_record
    monkeypatch.setattr(tfrseg.storage.shards, "records_of", lambda path: indexed.append(path.name) or records_of(path))
    monkeypatch.setattr(tfrseg.storage.shards, "read_record", lambda path, *rest: opened.append(path.name) or read_record(path, *rest))
    browser = explore_records(million)
    assert browser.meta["count"] == 1_000_000 and not indexed and set(opened) <= {"train-00000-of-00100.tfrecord"} and len(opened) <= 1
    assert len(json.dumps(browser.meta)) < 2_000
    opened.clear()
    browser.index = 420_007
    assert browser.record["name"] == b"n0" and indexed == opened == ["train-00042-of-00100.tfrecord"]
    browser._packed(420_009)
    assert len(indexed) == 1 and len(opened) == 2


def test_indexes_do_not_keep_many_files_open(million):
    browser = explore_records(million)
    before = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else pytest.skip("wants /proc")
    for k in range(100): browser.shards.record(k * 10_000)
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("schema", (RAW, TFVISION))
def test_pictures_are_what_was_written(tmp_path, schema):
    "Pixels arrive in the browser as they were, by either schema; a JPEG or PNG file as the very bytes."
    from zlib import decompress

    from tfrseg.storage.image import load_image

    path = tmp_path / "x.tfrecord"
    path.write_bytes(b"".join(frame_record(serialize_example(encode_example(sample(k), schema))) for k in range(3)))
    browser = explore_records(path)
    for k in range(3):
        record, buffers = browser._packed(k)
        picture, = record["pictures"]
        assert (load_image(buffers[picture["image"]]) == sample(k)["image"]).all()
        assert decompress(buffers[picture["mask"]]) == sample(k)["mask"].tobytes()
        assert record["name"] == ("n%d" % k if schema is TFVISION else "")


def test_sixteen_bits(tmp_path):
    path = tmp_path / "x.tfrecord"
    one = sample() | {"mask": np.full((4, 6, 1), 1000, np.uint16)}
    path.write_bytes(frame_record(serialize_example(encode_example(one, TFVISION))))
    browser = explore_records(path)
    assert browser._packed(0)[0]["pictures"][0]["bits"] == 16
    assert browser.select(with_class=1000).tolist() == [0] and browser.select(with_class=999).tolist() == []
    assert browser.meta["count"] == 0


def test_images_alone(tmp_path):
    path = tmp_path / "x.tfrecord"
    pictures = replace(TFVISION.without("mask"))
    path.write_bytes(frame_record(serialize_example(encode_example({"image": sample()["image"], "name": "a"}, pictures))))
    browser = explore_records(path)
    assert browser._packed(0)[0]["pictures"][0]["mask"] == -1 and browser.select(sort="rarest").tolist() == [0]
    assert browser.png()


def test_empty(tmp_path):
    (tmp_path / "x.tfrecord").write_bytes(b"")
    with pytest.raises(DataError, match="no records"): explore_records(tmp_path / "x.tfrecord")
    assert not Viewer(lambda k: 1 / 0, 0).png()


def test_a_damaged_record_among_good_ones(shards, tmp_path):
    "Its error names file and record; the scan passes over it."
    import shutil

    shutil.copytree(shards, tmp_path / "s")
    path = sorted((tmp_path / "s").glob("train-*"))[1]
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    browser = explore_records(tmp_path / "s", "train")
    error = browser._packed(3)[0]["error"]
    assert path.name in error and "record 0" in error and "checksum" in error
    assert 3 not in browser.select(with_class=1) and len(browser.select()) == 9


def test_a_shard_that_was_gone_for_a_while(tmp_path):
    "What failed once is tried anew."
    file = tmp_path / "x.tfrecord"
    file.write_bytes(b"".join(frame_record(serialize_example(encode_example(sample(k), TFVISION))) for k in range(2)))
    browser = explore_records(file)
    browser._packed(0)
    file.rename(tmp_path / "elsewhere")
    for _ in range(2):
        with pytest.raises(FileNotFoundError): browser.shards.record(0)
    (tmp_path / "elsewhere").rename(file)
    assert browser.shards.sample(1)["name"] == b"n1"


def test_numbers_of_no_record(tmp_path):
    "An index below 0 or beyond the last is an error, and the record in view stays."
    file = tmp_path / "x.tfrecord"
    file.write_bytes(frame_record(serialize_example(encode_example(sample(), TFVISION))))
    browser = explore_records(file)
    for number in (-1, 1):
        with pytest.raises(IndexError, match="wanted 0 to 0"): browser.index = number
        assert browser.position == 0


def test_the_scan_in_the_background(shards):
    "Answers come while it runs, and stay when it is done; it runs once."
    from threading import Event

    browser, told = explore_records(shards), Event()
    apply = browser._apply
    browser._apply = lambda: (apply(), told.set() if browser.selection.scan.done else None)
    browser._on_message({"select": {"text": "card-000", "classes": [[1, 0, 1]], "sort": "largest"}})
    assert told.wait(30)
    expected = browser.select("card-000", 1, "largest")
    assert browser.meta["count"] == len(expected) > 0 and browser.meta["status"] == ""
    scanned = len(browser.selection.scan.facts)
    browser._on_message({"select": {}})
    assert browser.meta["count"] == 12 and len(browser.selection.scan.facts) == scanned == 12


def test_augmentation_of_any_data(source, shards):
    "Files, shards and samples alike; the classes come along where the data knows them."
    from tfrseg.augmenter.geometry import RandomCrop

    samples = [explore_records(shards).shards.sample(k) for k in range(2)]
    for data, count, classes in ((source, 12, 6), (shards, 12, 6), (samples, 2, 1), (samples[0], 1, 1)):
        explorer = explore_augment(data, RandomCrop((40, 40)))
        assert (explorer.meta["count"], len(explorer.meta["classes"])) == (count, classes)
        record, _ = explorer._packed(count - 1)
        assert [(p["height"], p["width"]) for p in record["pictures"]] == [(90, 120), (40, 40)] and record["name"].startswith("card-")
        assert "RandomCrop" in record["note"] and "image/png" in explorer._repr_mimebundle_()[0]


def test_a_picture_where_widgets_are_unknown(shards):
    data, _ = explore_records(shards)._repr_mimebundle_()
    assert {"image/png", "text/plain", "application/vnd.jupyter.widget-view+json"} <= set(data)
    assert data["text/plain"] == "RecordBrowser(12 records)"


def test_the_script_is_in_the_package():
    "Style and script are named where wheels and source archives are made."
    from conftest import PACKAGE, ROOT

    for name in ("canvas/*.js", "*.css"):
        assert name in (ROOT / "setup.py").read_text() and name in (ROOT / "MANIFEST.in").read_text()
    found = {path.stem for path in (PACKAGE / "explorer" / "canvas").iterdir()}
    assert found == {*_SCRIPT, "widget", "tuner"} and len(_SCRIPT) == len({*_SCRIPT})


def grey(width, height, color=0, data=None, more=b""):
    "A PNG file that says a size; `data` is what its pixels unpack to."
    from zlib import compress, crc32

    chunk = lambda kind, body: len(body).to_bytes(4, "big") + kind + body + crc32(kind + body).to_bytes(4, "big")
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, color, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", compress(data if data is not None else bytes((width + 1) * height))) + chunk(b"IEND", b"")


def odd_masks():
    "Masks of 6 x 4 pixels that no reader takes, and what is said of them."
    from io import BytesIO

    from PIL import Image

    def saved(kind, mode="L", **options):
        file = BytesIO()
        Image.new(mode, (6, 4)).save(file, kind, **options)
        return file.getvalue()

    frames = [Image.new("L", (6, 4), k) for k in range(2)]
    yield "palette", saved("PNG", "P"), "wanted PNG L"
    yield "gif", saved("GIF"), "GIF"
    yield "animated", saved("WEBP", save_all=True, append_images=frames), ""
    yield "noise", b"noise" * 20, "of no known format"
    yield "empty", b"", ""
    yield "bomb", grey(60_000, 60_000, data=b"\0"), ""
    yield "broken", grey(6, 4, data=b"\0"), "truncated"
    yield "another size", grey(7, 4), "wanted the same size"


@pytest.mark.fault("a record whose mask is a bomb, has a palette, is animated or broken, in the explorer", plain="memory is filled, grey levels are taken for ids",
                   ours="its header is looked at first; the record is named and refused")
@pytest.mark.parametrize("what, mask, said", list(odd_masks()), ids=lambda value: value if isinstance(value, str) and " " not in value else "")
def test_masks_are_looked_at_before_they_are_decoded(tmp_path, what, mask, said):
    "On the canvas, in a page, and under a filter: an error that names the record, as `read_dataset` does."
    records = [encode_example(sample(k), TFVISION) for k in range(2)]
    key = TFVISION.key("mask")
    records[1][key] = [mask] if isinstance(records[1][key], list) else mask
    path = tmp_path / "x.tfrecord"
    path.write_bytes(b"".join(frame_record(serialize_example(record)) for record in records))
    browser = explore_records(path)
    error = browser._packed(1)[0]["error"]
    assert "x.tfrecord, record 1" in error and said in error and len(error) <= 500
    assert "record 1" in browser.to_html() and browser.select(with_class=1).tolist() in ([0], [])
    with pytest.raises(DataError, match="record 1"): browser.shards.sample(1)
    browser.index = 1
    with pytest.raises(DataError, match="record 1"): browser.record


def odd_images():
    "Images of 6 x 4 pixels that no reader takes, and what is said of them."
    from io import BytesIO

    from PIL import Image

    file, frames = BytesIO(), [Image.new("RGB", (6, 4), (k, k, k)) for k in range(2)]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    yield "animated", file.getvalue(), "more than one frame"
    yield "noise", b"noise" * 20, "of no known format"
    yield "another size", grey(7, 4), "wanted"


@pytest.mark.parametrize("what, image, said", list(odd_images()), ids=lambda value: value if isinstance(value, str) and " " not in value else "")
def test_no_unchecked_bytes_are_handed_on(tmp_path, what, image, said):
    "An animated WebP, noise, or an image that does not fit its mask: neither the browser nor the tuner decodes it, or gives its bytes."
    records = [encode_example(sample(k), TFVISION) for k in range(2)]
    records[1][TFVISION.key("image")] = [image] if isinstance(records[1][TFVISION.key("image")], list) else image
    path = tmp_path / "x.tfrecord"
    path.write_bytes(b"".join(frame_record(serialize_example(record)) for record in records))
    browser = explore_records(path)
    browser.index = 1
    for read in (lambda: browser.record, lambda: browser.shards.record(1), lambda: canvas_sample(browser.shards, 1)):
        with pytest.raises(DataError, match="x.tfrecord, record 1") as error: read()
        assert said in str(error.value)
    from tfrseg.augmenter.geometry import RandomFlip

    record, buffers = explore_augment(path, RandomFlip())._packed(1)
    assert said in record["error"] and "record 1" in record["error"] and not buffers
    assert browser._packed(1)[1] == [] and "error" not in browser._packed(0)[0]


def test_no_file_stays_open(shards, monkeypatch):
    "However often a cell is run, and however many shards it looks at."
    kept, before = [], len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else pytest.skip("wants /proc")
    for _ in range(3):
        kept.append(explore_records(shards))
        for k in range(12): kept[-1]._packed(k)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_reader_can_be_sent(shards):
    "To another process, with what it has learnt."
    import pickle

    reader = explore_records(shards).shards
    canvas_sample(reader, 7)
    again = pickle.loads(pickle.dumps(reader))
    assert again.name(7) == reader.name(7) and (again.sample(3)["image"] == reader.sample(3)["image"]).all()


def test_a_shard_that_is_replaced(tmp_path):
    "It is noticed, also where size and time of change are the same."
    path = tmp_path / "x.tfrecord"
    write = lambda numbers: path.write_bytes(b"".join(frame_record(serialize_example(encode_example(sample(k), TFVISION))) for k in numbers))
    write((1, 2))
    browser = explore_records(path)
    assert browser._packed(1)[0]["name"] == "n2"
    (new := tmp_path / "new").write_bytes(b"".join(frame_record(serialize_example(encode_example(sample(k, (8, 10)), TFVISION))) for k in (3, 4)))
    os.utime(new, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    os.replace(new, path)
    assert [browser._packed(k)[0]["name"] for k in (1, 0)] == ["n4", "n3"]
