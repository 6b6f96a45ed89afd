"""Bad input is answered by one line that says where, what and what to do; nothing half-written stays."""
import shutil
import signal
import struct
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from tfrseg.storage.image import encode_png, load_image
from tfrseg.storage.labels import LabelMap, load_mask
from tfrseg.core import DataError, safe_join
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.shards import open_shards, read_sample
from tfrseg.writer.export import export_folder
from tfrseg.storage.tfrecord import index_records, write_records
from tfrseg.storage.check import check_shards
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW, RAW_IDS, SCHEMAS, TFVISION
from tfrseg.storage.dataset import DatasetInfo, ShardInfo, list_shards, load_info, save_info, shard_path
from tfrseg.sources.source import folder_source
from tfrseg.sources.splits import split_source
from tfrseg.writer.write import plan_shards, write_shards


@pytest.fixture
def folder(cards, tmp_path):
    "Four cards to spoil."
    for sub in ("img", "seg"):
        (tmp_path / sub).mkdir()
        for k in range(4): shutil.copy(cards / sub / f"card-{k:04d}.png", tmp_path / sub)
    return tmp_path


@pytest.fixture
def spoiled(shards, tmp_path):
    "Shards to spoil."
    return shutil.copytree(shards, tmp_path / "spoiled")


def make(folder, **options): return folder_source(folder / "img", folder / "seg", show_progress=False, **options)


def said_by(error, *parts):
    "The text of an error is one line that holds all parts."
    text = str(error.value)
    assert "\n" not in text
    for part in parts: assert part in text, text


class TestSources:
    def test_missing_folder(self, folder):
        with pytest.raises(FileNotFoundError) as error: folder_source(folder / "nowhere", folder / "seg")
        said_by(error, "nowhere: no such folder")

    def test_empty_folder(self, folder):
        (folder / "empty").mkdir()
        with pytest.raises(DataError) as error: folder_source(folder / "img", folder / "empty")
        said_by(error, "empty: no images; wanted files with one of", ".png")

    @pytest.mark.fault("missing mask, orphan mask, duplicate names, image and mask of different size", "crash in mid-file, or silence",
                       "all findings listed before the first byte is written")
    def test_all_problems_at_once(self, folder):
        "An orphan on both sides, an unreadable image, another size, a name that stands twice."
        (folder / "img" / "card-0000.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
        Image.new("L", (9, 9)).save(folder / "seg" / "card-0001.png")
        Image.new("RGB", (9, 9)).save(folder / "img" / "alone.png")
        Image.new("L", (9, 9)).save(folder / "seg" / "astray.png")
        Image.new("RGB", (120, 90)).save(folder / "img" / "card-0002.jpg")
        with pytest.raises(DataError) as error: make(folder)
        said_by(error, "5 problems", "and 2 more", "on_error='skip'")
        texts = sorted(str(f) for f in error.value.findings)
        for part in ("alone.png: no mask of the name 'alone'", "astray.png: no image of the name 'astray'", "card-0000.png: cannot be read",
                     "the mask has 9 x 9 pixels; wanted 90 x 120", "a second file of the name 'card-0002'"):
            assert sum(part in t for t in texts) == 1, texts

    def test_no_name_fits(self, folder):
        for path in sorted((folder / "seg").iterdir()): path.rename(path.with_name(f"{path.stem}_mask.png"))
        with pytest.raises(DataError) as error: make(folder)
        said_by(error, "Did you mean mask_suffix='_mask'?")
        assert len(make(folder, mask_suffix="_mask")) == 4

    @pytest.mark.fault("mask truncated, with a bad checksum, empty, no picture", "assorted errors",
                       "DataError that names the file")
    @pytest.mark.parametrize("damage", (lambda data: data[:-200], lambda data: b"", lambda data: b"text", lambda data: data[:60] + b"????" + data[64:],
                                        lambda data: data[:-30] + b"????" + data[-26:]))
    def test_unreadable_mask(self, folder, damage):
        path = folder / "seg" / "card-0003.png"
        path.write_bytes(damage(path.read_bytes()))
        with pytest.raises(DataError) as error: make(folder)
        said_by(error, "card-0003.png")

    @pytest.mark.fault("RGB colour mask with a colour that is not in the palette", "-",
                       "DataError with colour, count and first pixel; or the ignore label when asked")
    def test_unknown_colour(self, folder):
        for path in (folder / "seg").iterdir(): Image.open(path).convert("RGB").save(path)
        mask = Image.open(folder / "seg" / "card-0001.png")
        for x in (7, 8): mask.putpixel((x, 5), (1, 2, 3))
        mask.save(folder / "seg" / "card-0001.png")
        palette = [(0, 0, 0), (58, 124, 196), (240, 148, 52), (246, 214, 84), (214, 62, 110)]
        with pytest.raises(DataError) as error: make(folder, palette=palette)
        said_by(error, "card-0001.png", "colour (1, 2, 3)", "2 pixels", "row 5, column 7", "unknown='ignore'")
        ids = load_mask(folder / "seg" / "card-0001.png", make(folder, palette=palette, unknown="ignore").labels)
        assert (ids == 255).sum() == 2

    @pytest.mark.fault("label outside the classes", "silent",
                       "DataError at write, with label and count")
    def test_label_beyond_the_classes(self, folder):
        with pytest.raises(DataError) as error: make(folder, class_names=("a", "b", "c", "d"))
        said_by(error, "label 4 on", "wanted 0 to 3 or 255")

    @pytest.mark.fault("names such as ../../x, or absolute, in a list file", "the path escapes",
                       "refused")
    @pytest.mark.parametrize("name", ("../img/card-0000", "/etc/passwd", "a/../../b"))
    def test_list_that_leads_outside(self, folder, name):
        (folder / "list.txt").write_text(f"card-0001\n{name}\n")
        with pytest.raises(DataError) as error: make(folder, list_file=folder / "list.txt")
        said_by(error, repr(name), "leads out")

    def test_list_with_a_name_that_is_not_there(self, folder):
        (folder / "list.txt").write_text("card-0001\ncard-0999\n")
        with pytest.raises(DataError) as error: make(folder, list_file=folder / "list.txt")
        said_by(error, "no image of the listed name 'card-0999'")

    def test_list_is_obeyed_in_order(self, folder):
        (folder / "list.txt").write_text("card-0003.png 1\n\ncard-0001.png 2\n")
        assert [p.name for p in make(folder, list_file=folder / "list.txt").pairs] == ["card-0003", "card-0001"]

    @pytest.mark.fault("mask stored as JPEG", "4 to 5 % of the pixels wrong at quality 95",
                       "refused, with allow_lossy_mask=True as the way out")
    def test_jpeg_masks_are_refused(self, folder):
        for path in sorted((folder / "seg").iterdir()):
            Image.fromarray(np.uint8(np.asarray(Image.open(path)) > 0) * 255).save(path.with_suffix(".jpg"), quality=70)
            path.unlink()
        with pytest.raises(DataError) as error: make(folder)
        said_by(error, "stored as JPEG", "allow_lossy_mask=True")
        source = make(folder, allow_lossy_mask=True)
        assert set(np.unique(load_mask(source.pairs[0].mask, source.labels))) == {0, 1}

    @pytest.mark.fault("animated picture", "the first frame, or a crash",
                       "refused")
    def test_animations_are_refused(self, folder):
        frames = [Image.new("RGB", (120, 90), c) for c in ("red", "blue")]
        frames[0].save(folder / "img" / "card-0009.gif", save_all=True, append_images=frames[1:])
        with pytest.raises(DataError, match="more than one frame; wanted a still picture"): load_image(folder / "img" / "card-0009.gif")

    def test_too_many_pixels(self, folder, monkeypatch):
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
        with pytest.raises(DataError, match="MAX_IMAGE_PIXELS"): load_image(folder / "img" / "card-0000.png")

    @pytest.mark.parametrize("name", ("..", "../x", "a/../../x", "/x", "", " ", "a\0b"))
    def test_names_stay_inside(self, tmp_path, name):
        with pytest.raises(DataError): safe_join(tmp_path, name)


class TestWriting:
    @pytest.mark.fault("the target exists", "old data gone at once",
                       "refused unless overwrite=True; replaced only when the new one is complete")
    def test_existing_target(self, folder):
        plan = plan_shards(make(folder), folder / "out")
        write_shards(plan, show_progress=False)
        before = {p: p.read_bytes() for p in (folder / "out").iterdir()}
        with pytest.raises(FileExistsError) as error: write_shards(plan, show_progress=False)
        said_by(error, "out: the folder is not empty", "overwrite=True")
        assert {p: p.read_bytes() for p in (folder / "out").iterdir()} == before
        write_shards(plan_shards(make(folder), folder / "out", records_per_shard=1), overwrite=True, show_progress=False)
        assert len(list((folder / "out").glob("*.tfrecord"))) == 4

    def test_a_folder_of_something_else_is_never_replaced(self, folder):
        with pytest.raises(FileExistsError): write_shards(plan_shards(make(folder), folder / "img"), overwrite=True, show_progress=False)
        assert len(list((folder / "img").iterdir())) == 4

    @pytest.mark.fault("an exception in mid-shard", "a short file under its final name, which reads clean",
                       "nothing new, and what was there is whole")
    @pytest.mark.parametrize("overwrite", (False, True))
    def test_failure_in_the_middle_leaves_nothing_new(self, folder, overwrite):
        source = make(folder)
        if overwrite: write_shards(plan_shards(source, folder / "out"), show_progress=False)
        before = sorted(p.name for p in folder.rglob("*"))
        (folder / "seg" / "card-0003.png").write_bytes(b"spoiled since it was looked at")
        with pytest.raises(DataError, match="card-0003.png"):
            write_shards(plan_shards(source, folder / "out", records_per_shard=2), overwrite=overwrite, show_progress=False)
        assert sorted(p.name for p in folder.rglob("*")) == before

    def test_killed_in_the_middle(self, folder):
        "After kill -9 there is no data set under the final name, and the next run succeeds."
        script = ("import os, signal, sys; from pathlib import Path; from tfrseg.sources.source import folder_source; from tfrseg.writer import *\n"
                  f"source = folder_source({str(folder / 'img')!r}, {str(folder / 'seg')!r}, show_progress=False)\n"
                  "def engine(write, specs):\n"
                  "    specs = list(specs); write(specs[0]); os.kill(os.getpid(), signal.SIGKILL)\n"
                  f"write_shards(plan_shards(source, {str(folder / 'out')!r}, records_per_shard=1), engine=engine, show_progress=False)")
        done = subprocess.run([sys.executable, "-c", script], capture_output=True)
        assert done.returncode == -signal.SIGKILL and not (folder / "out").exists()
        write_shards(plan_shards(make(folder), folder / "out"), show_progress=False)
        assert load_info(folder / "out").records() == 4 and not list(folder.glob("*.incomplete"))

    def test_two_writers(self, folder):
        plan = plan_shards(make(folder), folder / "out", records_per_shard=1)

        def second_writer_meanwhile(write, specs):
            with pytest.raises(FileExistsError) as error: write_shards(plan, show_progress=False)
            said_by(error, "another writer is at work")
            return map(write, specs)

        assert write_shards(plan, engine=second_writer_meanwhile, show_progress=False).records() == 4

    def test_full_disk(self, folder, monkeypatch):
        usage = shutil.disk_usage(folder)._replace(free=1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
        with pytest.raises(DataError, match="Free some space"): write_shards(plan_shards(make(folder), folder / "out"), show_progress=False)
        assert not list(folder.glob("out*"))

    def test_splits_with_other_labels(self, folder):
        source = make(folder)
        other = replace(source, labels=LabelMap(("x",) * 5))
        with pytest.raises(ValueError, match="have different labels"): plan_shards({"train": source, "val": other}, folder / "out")

    def test_too_few_pairs_for_the_splits(self, folder):
        with pytest.raises(DataError, match="1 groups for 2 splits"): split_source(make(folder).take([0]))

    @pytest.mark.parametrize("sample, said", (
        ({"image": np.zeros((4, 5, 3), np.uint8), "mask": np.zeros((5, 4, 1), np.uint8)}, "wanted the same size"),
        ({"image": np.zeros((4, 5, 3), np.float32)}, "wanted uint8 [H, W, 3]"), ({"image": np.zeros((0, 5, 3), np.uint8)}, "at least one pixel"),
        ({"image": np.zeros((4, 5, 3), np.uint8), "mask": np.zeros((4, 5, 2), np.uint8)}, "channels")))
    def test_samples_that_do_not_fit_are_not_encoded(self, sample, said):
        for schema in SCHEMAS.values():
            with pytest.raises(DataError) as error: encode_example(sample, schema)
            said_by(error, said)


def flip(path, place, bit=1):
    "One bit of a file, turned over."
    data = bytearray(path.read_bytes())
    data[place] ^= bit
    path.write_bytes(data)


class TestDamagedShards:
    @pytest.mark.fault("file cut inside a header, at a record border, inside data, or empty", "silent short read, or DataLossError without file name",
                       "finding against dataset_info; the reader refuses the file by name")
    def test_cut_at_every_kind_of_place(self, spoiled):
        "Inside a header, at a border of records, inside data, to nothing: found by the check, refused by the reader."
        path = list_shards(spoiled, "train")[0]
        whole, index = path.read_bytes(), index_records(path)
        for length in (0, 5, int(index[1, 0]) - 12, int(index[1, 0]) - 7, int(index[1, 0]) + 20, len(whole) - 1):
            path.write_bytes(whole[:length])
            assert len(check_shards(spoiled, show_progress=False)) == 1, length
            for read in (read_dataset, make_dataset, read_sample, lambda p: export_folder(p, spoiled.parent / "x", show_progress=False)):
                with pytest.raises(DataError) as error: read(spoiled)
                said_by(error, path.name, f"{length} bytes; dataset_info.json says {len(whole)}")

    def test_cut_without_info(self, spoiled):
        (spoiled / "dataset_info.json").unlink()
        path = sorted(spoiled.glob("train-*"))[0]
        path.write_bytes(path.read_bytes()[:-30])
        with pytest.raises(DataError) as error: read_dataset(path)
        said_by(error, path.name, "record 2", "the file ends inside the data")

    @pytest.mark.fault("a flipped bit anywhere", "the rest of the shard is lost",
                       "found, with file, record and byte; what follows is read")
    def test_every_flipped_bit_is_found(self, spoiled):
        "Forty bits all over a shard, one after another; a bad payload does not hide what follows."
        path = list_shards(spoiled, "train")[1]
        whole, rng = path.read_bytes(), np.random.default_rng(0)
        for place in rng.integers(0, len(whole), 40):
            flip(path, place)
            findings = check_shards(path, show_progress=False)
            assert findings, place
            path.write_bytes(whole)
        offsets = index_records(path)[:, 0]
        for number in (0, 2): flip(path, int(offsets[number]) + 30)
        found = [(f.record, f.offset) for f in check_shards(spoiled, show_progress=False)]
        assert found == [(0, offsets[0]), (2, offsets[2])]

    @pytest.mark.fault("length field of 1 TiB or 2^62 with a valid checksum", "SIGSEGV, the process dies",
                       "length is held against the bytes left before anything is read")
    @pytest.mark.parametrize("length", (1 << 40, 1 << 62))
    def test_absurd_length_with_a_valid_checksum(self, spoiled, length):
        from tfrseg.storage.tfrecord import masked_crc

        path = list_shards(spoiled, "train")[0]
        header = struct.pack("<Q", length)
        path.write_bytes(header + struct.pack("<I", masked_crc(header)) + path.read_bytes()[12:])
        finding, = check_shards(spoiled, show_progress=False)
        assert (finding.record, finding.offset) == (0, 0) and "ends inside the data" in finding.what
        with pytest.raises(DataError): open_shards(path)

    def test_missing_shard(self, spoiled):
        list_shards(spoiled, "val")[0].unlink()
        assert ["the shard is missing"] == [f.what for f in check_shards(spoiled, show_progress=False)]
        with pytest.raises(FileNotFoundError) as error: read_dataset(spoiled)
        said_by(error, "val-00000-of-00001.tfrecord: the shard is missing")

    @pytest.mark.fault("a shard exchanged for another of the same size", "silent",
                       "its sha256 tells")
    def test_exchanged_shard(self, spoiled):
        "Same size, other content, valid checksums: only the sha256 tells."
        first, second = list_shards(spoiled, "train")[:2]
        records = [r.numpy() for r in tf.data.TFRecordDataset(str(first))]
        write_records(first, records[::-1])
        finding, = check_shards(spoiled, show_progress=False)
        assert "the file was changed" in finding.what and first.name in str(finding)

    @pytest.mark.parametrize("text", ("", "{", "[]", "{}", '{"format_version": 99}', '{"format_version": 1, "labels": 3}'))
    def test_broken_info(self, spoiled, text):
        (spoiled / "dataset_info.json").write_text(text)
        with pytest.raises(DataError) as error: read_dataset(spoiled)
        said_by(error, "dataset_info.json")

    def test_info_that_leads_outside(self, spoiled):
        path = spoiled / "dataset_info.json"
        path.write_text(path.read_text().replace("train-00000-of-00003.tfrecord", "../outside.tfrecord"))
        with pytest.raises(DataError, match="not a plain file name"): read_dataset(spoiled)


def sample(height=4, width=5): return {"image": np.zeros((height, width, 3), np.uint8), "mask": np.zeros((height, width, 1), np.uint8), "name": "x"}


class TestForeignShards:
    def changed(self, tmp_path, schema, **roles):
        "A file of one record with some features replaced; None takes one away."
        features = encode_example(sample(), schema)
        for role, value in roles.items():
            if value is None: del features[schema.key(role)]
            else: features[schema.key(role)] = value
        path = tmp_path / "one.tfrecord"
        write_records(path, [serialize_example(features)])
        return path

    def test_asked_for_the_wrong_schema(self, shards):
        with pytest.raises(DataError) as error: read_dataset(sorted(shards.glob("*.tfrecord"))[0], schema=RAW)
        said_by(error, "record 0: no feature image/image_raw; schema raw wants it. Try schema=TFVISION.")

    def test_unknown_schema(self, tmp_path):
        path = tmp_path / "a.tfrecord"
        write_records(path, [serialize_example({"pixels": b"123"})])
        with pytest.raises(DataError) as error: read_dataset(path)
        said_by(error, "a.tfrecord", "keys ['pixels'] fit no schema")

    @pytest.mark.parametrize("payload", (b"", b"\xff\xff\xff\xff", b"not an example"))
    def test_no_example_at_all(self, tmp_path, payload):
        path = tmp_path / "a.tfrecord"
        write_records(path, [payload])
        with pytest.raises(DataError) as error: read_dataset(path)
        said_by(error, "a.tfrecord")
        assert len(check_shards(path, show_progress=False)) == 1

    @pytest.mark.fault("height and width that do not fit the bytes", "silent wrong picture, or a reshape error",
                       "finding that names both")
    @pytest.mark.parametrize("roles, said", (
        ({"height": 5}, "wanted 5 x 5 x 3 = 75"), ({"height": -1}, "wanted positive"), ({"width": None}, "no feature image/width"),
        ({"height": b"4"}, "holds bytes; wanted int"), ({"mask": b"abc"}, "has 3 bytes")))
    def test_raw_records_that_do_not_add_up(self, tmp_path, roles, said):
        path = self.changed(tmp_path, RAW, **roles)
        findings = check_shards(path, schema=RAW, show_progress=False)
        assert said in findings[0].what and all((f.record, f.offset) == (0, 12) for f in findings)

    @pytest.mark.parametrize("roles, said", (
        ({"height": 5}, "wanted 5 x 5 x 1 = 25"), ({"mask_format": b"uint16"}, "has 20 bytes; wanted 4 x 5 x 2 = 40"),
        ({"mask_format": b"png"}, "is 'png'; wanted 'uint8' or 'uint16'"), ({"mask": b"abc"}, "has 3 bytes")))
    def test_raw_ids_that_do_not_add_up(self, tmp_path, roles, said):
        path = self.changed(tmp_path, RAW_IDS, **roles)
        assert said in check_shards(path, show_progress=False)[-1].what
        with pytest.raises(DataError, match="one.tfrecord, record 0: "): read_dataset(path)

    @pytest.mark.parametrize("schema", (RAW, RAW_IDS), ids=lambda s: s.name)
    @pytest.mark.parametrize("roles", ({"height": 5}, {"height": -1}, {"mask": b"abc"}, {"width": b"5"}))
    def test_raw_records_that_do_not_add_up_are_not_read(self, tmp_path, schema, roles):
        with pytest.raises(DataError, match="one.tfrecord, record 0: "): read_dataset(self.changed(tmp_path, schema, **roles))

    @pytest.mark.parametrize("schema, roles, said", (
        (TFVISION, {"height": 5, "width": 4}, "say [5, 4]; the image has [4, 5]"), (TFVISION, {"image": b"no picture"}, "cannot be read"),
        (TFVISION, {"mask": encode_png(np.zeros((3, 5, 1), np.uint8))}, "wanted the same size"),
        (TFVISION, {"mask": encode_png(np.full((4, 5, 1), 9, np.uint8))}, "label 9 on 20 pixels"), (RAW, {"mask": b"\t" * 60}, "label 9 on 60 pixels"),
        (RAW_IDS, {"mask": b"\t" * 20}, "label 9 on 20 pixels"),
        (RAW_IDS, {"mask": bytes(40), "mask_format": b"uint16"}, "holds uint16; wanted uint8, as dataset_info.json says")))
    def test_a_deep_check_looks_into_the_pictures(self, tmp_path, schema, roles, said):
        path = self.changed(tmp_path, schema, **roles)
        path = path.rename(shard_path(tmp_path, "train", 0, 1))
        data = path.read_bytes()
        save_info(DatasetInfo(schema.name, LabelMap(("a", "b")), {"train": (ShardInfo(path.name, 1, len(data), sha256(data).hexdigest()),)}), tmp_path)
        assert check_shards(tmp_path, show_progress=False) == []
        finding, = check_shards(tmp_path, deep=True, show_progress=False)
        assert said in finding.what and (finding.record, finding.offset) == (0, 12)

    @pytest.mark.fault("palette PNG as a mask inside a record", "ids 1, 2 become grey levels 38, 75",
                       "refused at open")
    def test_palette_png_inside(self, tmp_path):
        "TensorFlow would read the ids 0, 1, 2 as grey levels."
        import io

        picture, out = Image.new("P", (5, 4)), io.BytesIO()
        picture.putpalette([0, 0, 0, 255, 0, 0])
        picture.save(out, "PNG")
        with pytest.raises(DataError, match="the mask PNG has a palette"): read_dataset(self.changed(tmp_path, TFVISION, mask=out.getvalue()))

    def test_no_records(self, tmp_path):
        (tmp_path / "empty.tfrecord").write_bytes(b"")
        with pytest.raises(DataError, match="no records"): read_dataset(tmp_path / "empty.tfrecord")

    @pytest.mark.fault("file names with [ ] *, spaces, other letters", "No files matched; the order differs from run to run",
                       "explicit, sorted lists; patterns only where no file has the name")
    def test_strange_file_names(self, tmp_path):
        "Brackets, stars and spaces are letters; a pattern is only used where no file has the name."
        for name in ("a[1] *.tfrecord", "\u00e4 b.tfrecord"):
            write_records(tmp_path / name, [serialize_example(encode_example(sample()))])
            assert len(read_dataset(tmp_path / name)) == 1
        assert len(read_dataset(tmp_path)) == 2

    def test_record_beyond_the_last(self, shards):
        with pytest.raises(IndexError, match="no record 12; wanted 0 to 11"): read_sample(shards, 12)

    def test_export_into_a_folder_in_use(self, shards, folder):
        with pytest.raises(FileExistsError, match="not empty"): export_folder(shards, folder, show_progress=False)

    @pytest.mark.fault("a record's name that leads outside at export", "-",
                       "refused")
    def test_exported_names_stay_inside(self, tmp_path):
        path = self.changed(tmp_path, TFVISION, name=b"../../escaped")
        with pytest.raises(DataError, match="leads out"): export_folder(path, tmp_path / "back", show_progress=False)
        assert not (tmp_path.parent / "escaped.png").exists() and not list(tmp_path.rglob("escaped*"))
