"""What was seen of a file while a source was made is not found out again by the writer, and never believed of another version of the file."""
import io
import os
import pickle
import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from tfrseg.core import DataError
from tfrseg.storage.check import check_shards
from tfrseg.storage.dataset import load_info
from tfrseg.storage.image import is_grey_png
from tfrseg.storage.labels import load_mask
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION
from tfrseg.storage.shards import open_shards
from tfrseg.sources import source as sources
from tfrseg.sources.source import folder_source, seen_before
from tfrseg.sources.values import load_seen, save_seen
from tfrseg.writer import write as writer
from tfrseg.writer.write import encode_pair, plan_shards, write_shards

QUIET = dict(show_progress=False)
NAMES = ("ground", "thing", "other")
MASK_KEY = TFVISION.key("mask")


def ids(n=0, top=3): return (np.indices((40, 48)).sum(0) // 8 + n).astype(np.uint8) % top


def png(pixels, **options) -> bytes:
    out = io.BytesIO()
    (pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)).save(out, "PNG", **options)
    return out.getvalue()


def chunk(kind, body): return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunk(data, kind, body): return data[:33] + chunk(kind, body) + data[33:]


@pytest.fixture
def folder(tmp_path):
    "Six pairs; images are PNG and JPEG in turn."
    (tmp_path / "img").mkdir(), (tmp_path / "seg").mkdir()
    rng = np.random.default_rng(0)
    for n in range(6):
        Image.fromarray(rng.integers(0, 256, (40, 48, 3), np.uint8)).save(tmp_path / "img" / f"{n}.{('png', 'jpg')[n % 2]}")
        (tmp_path / "seg" / f"{n}.png").write_bytes(png(ids(n)))
    return tmp_path


def make(folder, **options): return folder_source(folder / "img", folder / "seg", class_names=NAMES, **QUIET, **options)


def written(source, out, schema=TFVISION, **options):
    write_shards(plan_shards(source, out, schema=schema, records_per_shard=2), **QUIET, **options)
    return {p.name: p.read_bytes() for p in sorted(out.iterdir())}


PASSED = {"grey": png(ids()), "a text": with_chunk(png(ids()), b"tEXt", b"a\0b"), "with a gamma": with_chunk(png(ids()), b"gAMA", struct.pack(">I", 22727))}
palette = Image.fromarray(ids())
palette.putpalette([0, 0, 0, 9, 9, 9, 20, 20, 20])
MADE_ANEW = {
    "palette": png(palette), "16 bits": png(ids().astype(np.uint16)), "one bit": png(Image.fromarray(ids() == 1)),
    "three channels": png(np.repeat(ids()[..., None], 3, 2)), "transparent": with_chunk(png(ids()), b"tRNS", b"\0\1"),
    "an orientation": png(ids(), exif=(lambda e: (e.__setitem__(0x0112, 6), e)[1])(Image.Exif())),
    "not compressed": png(np.random.default_rng(0).integers(0, 3, (100, 100), np.uint8), compress_level=0),
    "a bitmap": b""}
out = io.BytesIO()
Image.fromarray(ids()).save(out, "BMP")
MADE_ANEW["a bitmap"] = out.getvalue()


@pytest.mark.parametrize("kind", PASSED)
def test_grey_masks_of_ids_are_kept(folder, kind):
    (folder / "seg" / "0.png").write_bytes(PASSED[kind])
    source = make(folder)
    for seen in (source.seen, None):
        features, _ = encode_pair(source.pairs[0], source.labels, TFVISION, seen)
        assert features[MASK_KEY] == PASSED[kind]
    assert (tf.io.decode_png(PASSED[kind]).numpy() == load_mask(PASSED[kind], source.labels)).all()
    written(source, folder / "out")
    assert check_shards(folder / "out", deep=True, **QUIET) == [] and open_shards(folder / "out")[0]["mask"].shape == (40, 48, 1)


@pytest.mark.parametrize("kind", MADE_ANEW)
def test_other_masks_are_made_anew(tmp_path, kind):
    mask = tmp_path / ("a.bmp" if kind == "a bitmap" else "a.png")
    mask.write_bytes(MADE_ANEW[kind])
    assert not is_grey_png(MADE_ANEW[kind])
    expected = load_mask(mask)
    Image.fromarray(np.zeros((*expected.shape[:2], 3), np.uint8)).save(tmp_path / "image.png")
    labels = sources.LabelMap(NAMES)
    features, found = encode_pair(sources.Pair("a", tmp_path / "image.png", mask), labels)
    assert features[MASK_KEY] != MADE_ANEW[kind] and (found == expected).all()
    assert (tf.io.decode_png(features[MASK_KEY]).numpy() == expected).all()


def test_ids_that_the_coding_changes_are_made_anew(folder):
    "Grey values that are levels, and ids of 16 bits, are no bytes to pass."
    for n in range(6): (folder / "seg" / f"{n}.png").write_bytes(png(ids(n) * 100))
    source = make(folder, mask_values="levels")
    features, mask = encode_pair(source.pairs[0], source.labels, TFVISION, source.seen)
    assert (tf.io.decode_png(features[MASK_KEY]).numpy()[..., 0] == ids()).all() and (mask[..., 0] == ids()).all()
    wide = replace(source.labels, coding="ids", levels={}, dtype="uint16", class_names=tuple(map(str, range(300))))
    features, _ = encode_pair(source.pairs[0], wide, TFVISION, source.seen)
    assert tf.io.decode_png(features[MASK_KEY], dtype=tf.uint16).numpy().max() == 200 and features[MASK_KEY][24] == 16


@pytest.mark.parametrize("schema", (TFVISION, RAW_IDS, RAW), ids=lambda s: s.name)
def test_the_same_bytes_whether_files_were_seen_or_not(folder, schema):
    source = make(folder)
    assert len(source.seen) == 12
    assert written(source, folder / "a", schema) == written(replace(source, seen={}), folder / "b", schema)


def test_what_was_seen_is_not_decoded_again(folder, monkeypatch):
    source = make(folder)
    for name in ("load_mask", "encode_image", "is_grey_png"): monkeypatch.delattr(writer, name)
    written(source, folder / "out", workers=2)
    info = load_info(folder / "out")
    assert info.total("pixels") == {i: int(sum((ids(n) == i).sum() for n in range(6))) for i in range(3)}
    assert info.total("formats") == {"png": 3, "jpeg": 3}


@pytest.mark.fault("mask that changes between the look and the writing, with the same size and time", "written with old counts",
                   "read as it is now")
@pytest.mark.parametrize("same_state", (False, True), ids=("another inode time", "a clock that is too coarse"))
def test_a_changed_mask_is_never_taken_for_the_old_one(folder, same_state, monkeypatch):
    "The same size and time; with `same_state` even the inode's time is the same, and the checksum of the bytes tells."
    mask, old, new = folder / "seg" / "0.png", png(ids()), png((ids() + 1) % 3)
    mask.write_bytes(with_chunk(old, b"tEXt", bytes(99)))
    source, before = make(folder), os.stat(mask)
    data = with_chunk(new, b"tEXt", bytes(99 + len(old) - len(new)))
    mask.write_bytes(data)
    os.utime(mask, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert os.stat(mask).st_size == before.st_size and os.stat(mask).st_mtime_ns == before.st_mtime_ns
    if same_state:
        states = {path: file.state for path, file in source.seen.items()}
        monkeypatch.setattr(writer, "file_state", lambda path: states[str(path)])
    features, found = encode_pair(source.pairs[0], source.labels, TFVISION, source.seen)
    assert features[MASK_KEY] == data and (found[..., 0] == (ids() + 1) % 3).all()


def test_a_changed_image_is_looked_at_again(folder):
    source, image = make(folder), folder / "img" / "0.png"
    data = image.read_bytes()
    image.write_bytes(data[:-20] + bytes(20))
    with pytest.raises(DataError, match="0.png"): written(source, folder / "out")
    Image.fromarray(np.zeros((41, 48, 3), np.uint8)).save(image)
    with pytest.raises(DataError, match="wanted the same size"): written(source, folder / "out")
    assert not (folder / "out").exists()


def test_a_mask_that_gets_an_unknown_id_is_refused(folder):
    source = make(folder)
    (folder / "seg" / "3.png").write_bytes(png(ids(3) + 5))
    with pytest.raises(DataError, match="3.png: label"): written(source, folder / "out")
    assert not (folder / "out").exists()


def test_other_labels_than_those_of_the_look_are_checked(folder):
    source = make(folder)
    with pytest.raises(DataError, match="label 2"): written(replace(source, labels=replace(source.labels, class_names=NAMES[:2])), folder / "out")


def test_a_plan_takes_along_what_was_seen_of_its_own_files(folder):
    plan = plan_shards(make(folder), folder / "out", records_per_shard=2)
    assert [len(spec.seen) for spec in plan] == [4, 4, 4] and pickle.loads(pickle.dumps(plan))[1].seen == plan[1].seen


def test_memory_is_bounded(folder, monkeypatch):
    monkeypatch.setattr(sources, "_MOST_SEEN", 2)
    source = make(folder)
    assert len(source) == 6 and len(source.seen) == 4
    assert written(source, folder / "a") == written(replace(source, seen={}), folder / "b")


@pytest.fixture
def stopped(folder):
    "A writer that was stopped before its first shard, and left what was seen."
    def power_cut(write, specs): raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt): written(make(folder), folder / "out", engine=power_cut, resume=True)
    assert sorted(os.listdir(folder / "out.incomplete")) == [".lock", sources.SEEN_NAME]
    return folder


def test_what_is_resumed_is_not_decoded_again(stopped, monkeypatch):
    expected = written(make(stopped), stopped / "whole")
    with monkeypatch.context() as patch, seen_before(stopped / "out"):
        patch.delattr(sources, "open_image")
        patch.delattr(sources, "probe_image")
        source = make(stopped)
    fresh = make(stopped)
    assert source == fresh and source.seen == fresh.seen
    assert written(source, stopped / "out", resume=True) == expected and not (stopped / "out.incomplete").exists()


def test_what_changed_since_is_looked_at_again(stopped):
    mask = stopped / "seg" / "2.png"
    before, data = os.stat(mask), png((ids(2) + 1) % 3)
    mask.write_bytes(with_chunk(data, b"tEXt", b"") if len(data) + 12 <= before.st_size else data)
    os.utime(mask, ns=(before.st_atime_ns, before.st_mtime_ns))
    (stopped / "seg" / "4.png").write_bytes(png(ids(4)[:-1]))
    with seen_before(stopped / "out"), pytest.raises(DataError, match="4.png: the mask has 39 x 48"): make(stopped)
    (stopped / "seg" / "4.png").write_bytes(png(ids(4)))
    with seen_before(stopped / "out"): source = make(stopped)
    assert source.seen == make(stopped).seen
    features, _ = encode_pair(source.pairs[2], source.labels, TFVISION, source.seen)
    assert (tf.io.decode_png(features[MASK_KEY]).numpy()[..., 0] == (ids(2) + 1) % 3).all()


def test_a_look_that_was_wrong_is_found_by_the_writer(stopped, monkeypatch):
    "Even if a change leaves every number of a file's state as it was, an id without a class is refused."
    path = stopped / "out.incomplete" / sources.SEEN_NAME
    (stopped / "seg" / "2.png").write_bytes(png(ids(2) + 5))
    seen = {name: file._replace(state=sources.file_state(name)) for name, file in load_seen(path).items()}
    save_seen(seen, path)
    with seen_before(stopped / "out"): source = make(stopped)
    with pytest.raises(DataError, match="2.png: label"): written(source, stopped / "out", resume=True)


@pytest.mark.parametrize("text", ("", "{", "[]", '{"a": 1}', "\xff"))
def test_what_is_not_understood_is_not_believed(stopped, text):
    expected = written(make(stopped), stopped / "whole")
    (stopped / "out.incomplete" / sources.SEEN_NAME).write_text(text, "latin-1")
    with seen_before(stopped / "out"): source = make(stopped)
    assert written(source, stopped / "out", resume=True) == expected


def test_the_command_resumes_with_what_was_seen(stopped, monkeypatch):
    from tfrseg.cli import main

    monkeypatch.delattr(sources, "open_image")
    line = ["write", stopped / "img", stopped / "seg", stopped / "out", "--classes", *NAMES, "--resume"]
    assert main(list(map(str, line))) == 0 and load_info(stopped / "out").records() == 6


@pytest.fixture
def older(folder):
    "A finished dataset of an older version, which stored every mask in bytes of its own, and kept no fingerprint."
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "is_grey_png", lambda data: False)
        files = written(replace(make(folder), seen={}), folder / "out")
    for name in os.listxattr(folder / "out" / "dataset_info.json"): os.removexattr(folder / "out" / "dataset_info.json", name)
    assert files != written(make(folder), folder / "now")
    return files


@pytest.mark.fault("resume of a dataset that an older version finished in other bytes", "refused, as if its pairs had changed",
                   "complete already: its records hold the same pixels")
def test_what_an_older_version_finished_is_complete(folder, older, capsys):
    for wanted in (dict(resume=True), dict(resume=True), dict(resume=True, overwrite=True)):
        info = write_shards(plan_shards(make(folder), folder / "out", records_per_shard=2), **wanted)
        assert info == load_info(folder / "out") and "complete already" in capsys.readouterr().err
        assert {p.name: p.read_bytes() for p in sorted((folder / "out").iterdir())} == older


@pytest.mark.parametrize("change", ("mask", "image", "name"))
def test_changed_pairs_beside_other_bytes_are_refused(folder, older, change):
    "Also a mask with as many pixels of each class, an image of the same size, and another name for the same pair."
    if change == "mask": (folder / "seg" / "2.png").write_bytes(png(ids(2)[:, ::-1]))
    if change == "image": (folder / "img" / "2.png").write_bytes(png(np.zeros((40, 48, 3), np.uint8)))
    if change == "name":
        for path in (folder / "img" / "2.png", folder / "seg" / "2.png"): path.rename(path.with_name("2a.png"))
    with pytest.raises(FileExistsError, match="changed since"): written(make(folder), folder / "out", resume=True)
    assert not (folder / "out.incomplete").exists() and {p.name: p.read_bytes() for p in sorted((folder / "out").iterdir())} == older
