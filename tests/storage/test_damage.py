"""Damage of every kind on shards of every size, and whole data of every kind there and back."""
import io
import resource
import shutil
import struct
import zlib

import numpy as np
import pytest
from conftest import damaged_png
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from records import read_samples

from tfrseg.reader.decode import decode_image
from tfrseg.storage.image import encode_image, encode_png, load_image, open_image, probe_image
from tfrseg.storage.labels import load_mask
from tfrseg.core import DataError
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.shards import open_shards, read_sample
from tfrseg.writer.export import export_shards
from tfrseg.storage.tfrecord import index_records, scan_records, write_records
from tfrseg.storage.check import check_shards, repair_shards
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW, RAW_IDS, SCHEMAS, TFVISION
from tfrseg.storage.dataset import list_shards, load_info
from tfrseg.sources.source import folder_source
from tfrseg.writer.write import plan_shards, write_shards


def content(path): return {p.name: p.read_bytes() for p in path.iterdir()}


def noise(n, size=(4, 5), top=3, dtype="uint8", name=None):
    rng = np.random.default_rng(n)
    mask = rng.integers(0, top, (*size, 1)).astype(dtype)
    return {"image": rng.integers(0, 256, (*size, 3), dtype=np.uint8), "mask": mask, "name": f"n{n}" if name is None else name}


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    "A shard of 24 MiB: raw pixels, black and noise, whose zeros look like lengths."
    path = tmp_path_factory.mktemp("large") / "large.tfrecord"
    samples = (noise(n, (480, 640)) if n % 3 else {"image": np.zeros((480, 640, 3), np.uint8), "mask": np.zeros((480, 640, 1), np.uint8)} for n in range(20))
    write_records(path, (serialize_example(encode_example(s, RAW_IDS)) for s in samples))
    return path


class TestFlipsAndCuts:
    @pytest.mark.fault("a flipped bit in a large shard", "DataLossError without file name", "found, with file, record and byte; every other record is read")
    def test_random_bits_of_a_large_shard(self, large, tmp_path):
        "Thirty bits anywhere, and one in each kind of place of a random record."
        path = shutil.copy(large, tmp_path / large.name)
        data, index, rng = bytearray(large.read_bytes()), index_records(large), np.random.default_rng(7)
        start, length = index[int(rng.integers(1, 19))].tolist()
        places = [*rng.integers(0, len(data), 30).tolist(), *(start + k for k in (-12, -9, -5, -4, -1, 0, 7, length - 1, length, length + 3))]
        for place in places:
            with open(path, "r+b") as file:
                file.seek(place)
                file.write(bytes([data[place] ^ 1 << int(rng.integers(8))]))
            found = list(scan_records(path))
            (finding, number), = [(f, n) for n, _, _, f in found if f]
            hit = int(np.searchsorted(index[:, 0] - 12, place, side="right")) - 1
            assert (finding.record, number, len(found)) == (hit, hit, 20) and index[hit, 0] - finding.offset in (0, 12) and str(path) in str(finding)
            with open(path, "r+b") as file:
                file.seek(place)
                file.write(data[place:place + 1])

    def test_every_cut_of_a_small_shard(self, tmp_path):
        "With an info no length but the right one is taken; without, none but the borders of records."
        for sub in ("img", "seg"): (tmp_path / sub).mkdir()
        for n in range(3):
            Image.fromarray(noise(n)["image"]).save(tmp_path / "img" / f"{n}.png")
            Image.fromarray(noise(n)["mask"][..., 0]).save(tmp_path / "seg" / f"{n}.png")
        write_shards(plan_shards(folder_source(tmp_path / "img", tmp_path / "seg", show_progress=False), tmp_path / "out", schema=RAW_IDS), show_progress=False)
        path, = list_shards(tmp_path / "out")
        whole, borders = path.read_bytes(), {0, *(index_records(path).sum(1) + 4).tolist()}
        for length in range(len(whole)):
            path.write_bytes(whole[:length])
            with pytest.raises(DataError, match=f"{length} bytes; dataset_info.json says"): list_shards(tmp_path / "out")
            if length % 5 == 0 or length in borders:
                finding, = check_shards(tmp_path / "out", show_progress=False)
                assert finding.path == path
            if length not in borders:
                with pytest.raises(DataError, match="record [012], byte"): index_records(path)

    def test_a_search_through_zeros_looks_at_few_places(self, tmp_path, monkeypatch):
        "A broken length before 8 MB of black pixels, where four zeros in a row look like the upper half of a length."
        from tfrseg.storage import tfrecord as record

        path, looked, real = tmp_path / "black.tfrecord", [], record._length
        write_records(path, [bytes(8_000_000), b"behind"])
        with open(path, "r+b") as file: file.write(b"\1")
        monkeypatch.setattr(record, "_length", lambda *a: looked.append(a[1]) or real(*a))
        assert [data for *_, data, _ in scan_records(path)] == [None, b"behind"] and len(looked) < 10


class TestSideBySide:
    @pytest.fixture
    def damaged(self, source, tmp_path):
        "Twelve shards of one record, some damaged."
        out = tmp_path / "damaged"
        write_shards(plan_shards(source, out, records_per_shard=1), show_progress=False)
        files = list_shards(out)
        for k, place in ((1, 40), (4, -100), (7, 3)):
            data = bytearray(files[k].read_bytes())
            data[place] ^= 2
            files[k].write_bytes(data)
        files[9].unlink()
        return out

    def test_findings_do_not_depend_on_threads(self, damaged):
        found = [check_shards(damaged, deep=True, workers=n, show_progress=False) for n in (1, 2, 5, None)]
        assert found[0] == found[1] == found[2] == found[3] and len(found[0]) == 4

    @pytest.mark.parametrize("known", (True, False), ids=("info", "no info"))
    def test_repair_writes_the_same_bytes_by_any_number_of_threads(self, damaged, tmp_path, known):
        if not known: (damaged / "dataset_info.json").unlink()
        infos = [repair_shards(damaged, tmp_path / str(n), workers=n, show_progress=False) for n in (1, 2, 5)]
        assert content(tmp_path / "1") == content(tmp_path / "2") == content(tmp_path / "5") and infos[0] == infos[1] == infos[2]
        assert infos[0].records() == 8 and len(infos[0].skipped) == (4 if known else 3) and load_info(tmp_path / "1") == infos[0]
        assert check_shards(tmp_path / "2", deep=True, show_progress=False) == []
        with pytest.raises(ValueError, match="workers=0"): repair_shards(damaged, tmp_path / "none", workers=0, show_progress=False)
        assert not (tmp_path / "none").exists()

    def test_an_error_stops_the_repair_and_leaves_nothing(self, damaged, tmp_path, monkeypatch):
        from tfrseg.storage import check as report

        seen = []

        def full(counts, data, *rest):
            seen.append(1)
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(report, "_count_record", full)
        with pytest.raises(DataError, match="the disk is full; nothing was written"): repair_shards(damaged, tmp_path / "new", workers=2, show_progress=False)
        assert len(seen) <= 2 and not list(tmp_path.glob("new*"))


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\\0"), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=4),
       st.sampled_from(sorted(SCHEMAS)), st.sampled_from(("uint8", "uint16")), st.integers(0, 2**31))
def test_records_of_any_size_ids_and_names_come_back(tmp_path_factory, facts, kind, dtype, seed):
    schema = SCHEMAS[kind]
    if schema is RAW: dtype = "uint8"
    top = np.iinfo(dtype).max + 1
    samples = [noise(seed + k, (h, w), top, dtype, name) for k, (name, h, w) in enumerate(facts)]
    path = tmp_path_factory.mktemp("any") / "a.tfrecord"
    write_records(path, [serialize_example(encode_example(s, schema)) for s in samples])
    shards = open_shards(path)
    assert shards.schema == schema and check_shards(path, deep=True, show_progress=False) == []
    for n, s in enumerate(samples):
        got = shards.sample(n)
        assert (got["image"] == s["image"]).all() and (got["mask"] == s["mask"]).all() and got["mask"].dtype == dtype
        assert got["name"].decode() == (s["name"] if "name" in schema else "")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NAMES.filter(lambda n: n.strip(". ") and n[0] != "." and len(n.encode()) < 200), min_size=1, max_size=3, unique_by=lambda n: n.casefold()))
def test_files_of_any_name_come_back(tmp_path_factory, names):
    "Spaces, brackets, other scripts, points (but for the first, which hides a file): paired, written, read and exported under the same name."
    folder = tmp_path_factory.mktemp("names")
    for sub in ("img", "seg"): (folder / sub).mkdir()
    for k, name in enumerate(names):
        Image.fromarray(noise(k)["image"]).save(folder / "img" / f"{name}.png", "PNG")
        Image.fromarray(noise(k)["mask"][..., 0]).save(folder / "seg" / f"{name}.png", "PNG")
    write_shards(plan_shards(folder_source(folder / "img", folder / "seg", show_progress=False), folder / "out"), show_progress=False)
    assert {s["name"].decode() for s in read_samples(folder / "out")} == set(names)
    export_shards(folder / "out", folder / "back", show_progress=False)
    assert content(folder / "back" / "images") == content(folder / "img")


def interlaced(pixels: np.ndarray) -> bytes:
    "An interlaced PNG: seven passes over a grid of 8 x 8, each row behind a zero (PNG specification, section 8.2)."
    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
    rows = b"".join(b"\0" + row.tobytes() for top, left, down, right in passes for row in pixels[top::down, left::right] if row.size)
    head = struct.pack(">II5B", pixels.shape[1], pixels.shape[0], 8, 2 if pixels.shape[2] == 3 else 0, 0, 0, 1)
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class TestPictures:
    @pytest.mark.fault("interlaced PNG", "read", "kept byte for byte as an image; as a mask its ids are kept")
    def test_interlaced(self, tmp_path):
        some = noise(1, (13, 19))
        (tmp_path / "a.png").write_bytes(interlaced(some["image"]))
        (tmp_path / "m.png").write_bytes(interlaced(some["mask"]))
        assert (load_image(tmp_path / "a.png") == some["image"]).all() and (load_mask(tmp_path / "m.png") == some["mask"]).all()
        data, kind, size = encode_image(tmp_path / "a.png")
        assert data == (tmp_path / "a.png").read_bytes() and (kind, size) == ("png", (13, 19)) and (decode_image(data).numpy() == some["image"]).all()

    @pytest.mark.fault("a header of any kind that claims 20000 x 20000 pixels or more", "memory for all of them", "refused by its header, before memory is taken")
    @pytest.mark.parametrize("kind", ("PNG", "GIF", "BMP", "WEBP", "JPEG", "TIFF", "PPM", "TGA"))
    def test_bombs_of_every_kind(self, kind):
        out = io.BytesIO()
        Image.new("RGB", (257, 259), (9, 9, 9)).save(out, kind, **({"lossless": True} if kind == "WEBP" else {}))
        data, side = out.getvalue(), 30000
        if kind == "PPM": data = data.replace(b"257 259", b"%d %d" % (side, side), 1)
        elif kind == "PNG":
            data = data[:16] + struct.pack(">II", side, side) + data[24:29] + struct.pack(">I", zlib.crc32(data[12:16] + struct.pack(">II", side, side) + data[24:29])) + data[33:]
        elif kind == "WEBP":
            at = data.index(b"VP8L") + 9
            bits = int.from_bytes(data[at:at + 4], "little")
            data = data[:at] + (bits & ~((1 << 28) - 1) | 16382 << 14 | 16382).to_bytes(4, "little") + data[at + 4:]
        else:
            small, large = ((">HH", 259, 257), (">HH", side, side)) if kind == "JPEG" else (("<HH", 257, 259), ("<HH", side, side))
            if kind == "BMP": small, large = ("<ii", 257, 259), ("<ii", side, side)
            if kind == "TIFF": data = data.replace(struct.pack("<H", 257) + bytes(2), struct.pack("<I", side), 1).replace(struct.pack("<H", 259) + bytes(2), struct.pack("<I", side), 1)
            else: data = data.replace(struct.pack(*small), struct.pack(*large))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for look in (probe_image, open_image, load_image):
            with pytest.raises(DataError, match="^bomb: .*MAX_IMAGE_PIXELS"): look(data, "bomb")
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000

    def test_a_repair_knows_masks_of_16_bits_and_records_without_masks(self, tmp_path):
        write_records(tmp_path / "deep.tfrecord", [serialize_example(encode_example(noise(n, top=top, dtype="uint16"))) for n, top in enumerate((3, 900))])
        maskless = [serialize_example(encode_example(noise(n), TFVISION.without("mask"))) for n in range(2)]
        write_records(tmp_path / "images.tfrecord", maskless)
        deep, images = (repair_shards(tmp_path / f"{name}.tfrecord", tmp_path / name, show_progress=False) for name in ("deep", "images"))
        assert deep.labels.dtype == "uint16" and read_sample(tmp_path / "deep", 1)["mask"].max() > 255
        assert images.labels.dtype == "uint8" and images.records() == 2 and images.skipped == () and "mask" not in read_sample(tmp_path / "images", 1)

    @pytest.mark.fault("PNG whose checksums are right and whose compressed pixels are not", "Invalid PNG data, without file or record",
                       "named by every reader, with file and record; left out where asked, and by repair; found by check with deep=True")
    def test_pixels_that_tensorflow_does_not_decode(self, tmp_path):
        bad = damaged_png(encode_png(noise(0)["image"]))
        records = [serialize_example(encode_example(noise(n)) | ({TFVISION.key("image"): bad} if n == 1 else {})) for n in range(3)]
        folder = tmp_path / "s"
        folder.mkdir()
        write_records(folder / "a.tfrecord", records)
        with pytest.raises(DataError, match="a.tfrecord, record 1, byte .*: .*cannot be "): read_sample(folder, 1)
        finding, = check_shards(folder, deep=True, show_progress=False)
        assert finding.record == 1 and "cannot be read as an image" in finding.what
        assert repair_shards(folder, tmp_path / "new", show_progress=False).records() == 2
        assert len(list(read_dataset(tmp_path / "new"))) == 2
        for n, one in enumerate((folder / "a.tfrecord", str(folder / "*.tfrecord"))):
            assert repair_shards(one, tmp_path / f"one{n}", show_progress=False).records() == 2
        shutil.copytree(folder, tmp_path / "t")
        with pytest.raises(DataError, match="two files of one name"): repair_shards(tmp_path / "?" / "*.tfrecord", tmp_path / "no", show_progress=False)

    def test_a_record_holds_png_or_jpeg(self, tmp_path):
        out = io.BytesIO()
        Image.fromarray(noise(0)["image"]).save(out, "BMP")
        write_records(tmp_path / "a.tfrecord", [serialize_example(encode_example(noise(0)) | {TFVISION.key("image"): out.getvalue()})])
        finding, = check_shards(tmp_path / "a.tfrecord", deep=True, show_progress=False)
        assert "image/encoded is BMP; wanted PNG or JPEG" in finding.what


@pytest.mark.parametrize("change", ({"records": "2"}, {"bytes": -1}, {"sizes": {"4x": 1}}, {"pixels": {"0": 1.5}}, {"file": 3}, {"file": "a\0b"}, {"skipped": 3}))
def test_an_info_with_another_type_in_it_is_refused(shards, tmp_path, change):
    import json

    folder = shutil.copytree(shards, tmp_path / "s")
    path = folder / "dataset_info.json"
    saved = json.loads(path.read_text())
    saved["splits"]["train"][0] |= change
    path.write_text(json.dumps(saved))
    with pytest.raises(DataError, match="dataset_info.json: not a dataset info"): read_dataset(folder)


@pytest.mark.parametrize("text", ("[" * 100_000, '{"format_version": 1, "splits": {}, "schema": ["raw"]}', '{"format_version": 1, "labels": {"class_names": [1]}}'))
def test_strange_infos(tmp_path, text):
    (tmp_path / "dataset_info.json").write_text(text)
    with pytest.raises(DataError, match="not a dataset info|invalid JSON"): load_info(tmp_path)


def recoloured(data, kind):
    "A mask as another kind of file with the same pixels."
    out = io.BytesIO()
    mode, format = ("L", "JPEG") if kind == "JPEG" else (kind, "PNG")
    Image.open(io.BytesIO(data)).convert(mode).save(out, format)
    return out.getvalue()


@pytest.mark.parametrize("kind", ("P", "RGB", "JPEG"))
def test_a_later_mask_that_is_no_png_of_grey_ids_is_found_without_an_info(tmp_path, kind):
    "As reading would refuse it, or take colours for ids."
    examples = [encode_example(noise(n), TFVISION) for n in range(3)]
    key = TFVISION.key("mask")
    good = [serialize_example(example) for example in examples]
    examples[1][key] = recoloured(examples[1][key], kind)
    path = tmp_path / "a.tfrecord"
    write_records(path, [good[0], serialize_example(examples[1]), good[2]])
    finding, = check_shards(path, deep=True, show_progress=False)
    assert finding.record == 1 and f"{key} is {'JPEG L' if kind == 'JPEG' else f'PNG {kind}'}; wanted PNG L or I;16" in finding.what
