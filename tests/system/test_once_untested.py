"Small changes of the code that no test noticed once: what is turned, where a pixel goes, which record is looked at."
import io
from itertools import permutations

import numpy as np
import pytest
import tensorflow as tf
from annotation_files import coco, datumaro_with, save, save_image
from PIL import Image, ImageOps
from raw_shards import blobs, write_raw
from records import read_samples

from tfrseg.augmenter.elastic import GridDistortion
from tfrseg.core import DataError
from tfrseg.explorer.summary import summarize
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.stream import read_dataset
from tfrseg.sources.annotation_json import datumaro_source
from tfrseg.sources.coco import coco_source
from tfrseg.sources.records import record_sources
from tfrseg.sources.source import folder_source
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.image import encode_png, image_shape, probe_image
from tfrseg.storage.schema import TFVISION
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import write_records
from tfrseg.writer.convert import convert_shards
from tfrseg.writer.write import plan_shards, write_shards

QUIET = {"show_progress": False}
pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")


@pytest.mark.parametrize("kind", ("png", "jpg"))
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation(tmp_path, orientation, kind):
    "Size, pixels and mask are those of the upright image, which is asked of Pillow."
    for name in ("img", "seg"): (tmp_path / name).mkdir()
    note = Image.Exif()
    note[0x0112] = orientation
    Image.fromarray(blobs(3, (24, 40))["image"]).save(tmp_path / f"img/a.{kind}", exif=note, **({"quality": 95} if kind == "jpg" else {}))
    upright = np.asarray(ImageOps.exif_transpose(Image.open(tmp_path / f"img/a.{kind}")))
    size = (24, 40) if orientation < 5 else (40, 24)
    mask = np.arange(960, dtype=np.uint8).reshape(size) % 3
    Image.fromarray(mask).save(tmp_path / "seg/a.png")
    assert upright.shape[:2] == size
    source = folder_source(tmp_path / "img", tmp_path / "seg", class_names=("a", "b", "c"), **QUIET)
    assert set(source.sizes) == {size} and source.exif_rotated == ({"a"} if orientation > 1 else set())
    assert tuple(probe_image(tmp_path / f"img/a.{kind}").size) == size
    assert tuple(image_shape(tmp_path / f"img/a.{kind}").size) == size
    write_shards(plan_shards(source, tmp_path / "out"), **QUIET)
    sample, = read_samples(tmp_path / "out")
    assert np.array_equal(sample["mask"][..., 0], mask) and sample["image"].shape == upright.shape
    if kind == "png": assert np.array_equal(sample["image"], upright)
    else: assert np.abs(sample["image"].astype(int) - upright).mean() < 12
    (tmp_path / "seg/a.png").unlink()
    Image.fromarray(np.zeros((size[1], size[0]), np.uint8)).save(tmp_path / "seg/a.png")
    with pytest.raises(DataError, match=f"wanted {size[0]} x {size[1]}"): folder_source(tmp_path / "img", tmp_path / "seg", class_names=("a", "b", "c"), **QUIET)


@pytest.mark.parametrize("cells", (1, 2, 5))
def test_where_a_distorted_grid_puts_a_pixel(cells):
    "Each border between cells lies at the sum of the widths before it; in between, places are in proportion."
    op, seed, height, width = GridDistortion(0.6, cells), tf.constant([3, cells]), 60, 90
    places = np.stack(np.meshgrid(np.arange(height), np.arange(width), indexing="ij"), -1).astype(np.float32)
    ramp = np.concatenate([places, places[..., :1]], -1)
    out = op({"image": tf.constant(ramp), "mask": tf.constant((places[..., 1:]).astype(np.int32))}, seed=seed)
    _, rows, columns = (np.asarray(n) for n in op._drawn(seed))
    for axis, changes, length in ((0, rows, height), (1, columns, width)):
        stops = np.concatenate([[0], np.cumsum(1 + changes)])
        wanted = np.interp(np.arange(length) + 0.5, np.linspace(0, length, cells + 1), stops / stops[-1] * length) - 0.5
        got = np.asarray(out["image"])[..., axis].mean(1 - axis)
        inner = (wanted > 0) & (wanted < length - 1)
        np.testing.assert_allclose(got[inner], wanted[inner], atol=0.02)
        assert inner.sum() > length * 0.9


@pytest.mark.parametrize("at", (0, 1, 3))
@pytest.mark.parametrize("how", ({"reader": "stream"}, {"cache": True}))
def test_a_palette_mask_in_any_record(tmp_path, at, how):
    "Whichever record holds it, its grey levels never become ids."
    palette, out = Image.fromarray(np.full((8, 6), 1, np.uint8), "P"), io.BytesIO()
    palette.putpalette([0, 0, 0, 255, 0, 0])
    palette.save(out, "PNG")
    samples = [blobs(k, (8, 6), top=3) for k in range(4)]
    write_raw(tmp_path / "x", samples, schema=TFVISION)
    records = [spoiled(sample, out.getvalue() if k == at else None) for k, sample in enumerate(samples)]
    write_records(tmp_path / "x" / "train-00000-of-00001.tfrecord", records)
    if how.get("cache"): how = {"cache": tmp_path / "cache"}
    with pytest.raises((DataError, tf.errors.OpError), match="palette"): list(make_dataset(tmp_path / "x", None, size=(8, 6), batch_size=2, **how))
    with pytest.raises(DataError, match="palette"): open_shards(tmp_path / "x").sample(at)
    with pytest.raises((DataError, tf.errors.OpError), match="palette"): list(read_dataset(tmp_path / "x"))


def spoiled(sample, mask):
    "The record of a sample, with another mask."
    features = encode_example(sample, TFVISION)
    if mask is not None: features[TFVISION.key("mask")] = mask
    return serialize_example(features)


@pytest.mark.parametrize("order", list(permutations((8, 40, 90))))
def test_the_widest_record_in_any_shard(tmp_path, order):
    "Shards of one size each, the widest first, last or between: mapped, they hold what is in them."
    samples = [blobs(k, (20, width)) for k, width in enumerate(order)]
    write_raw(tmp_path / "x", samples, 3)
    found = list(make_dataset(tmp_path / "x", None, batch_size=None, shuffle=False, dtype="uint8", reader="mapped").as_numpy_iterator())
    assert len(found) == 3
    for (image, mask), sample in zip(found, samples): assert np.array_equal(image, sample["image"]) and np.array_equal(mask, sample["mask"])


def test_a_list_of_files(tmp_path):
    "Any of the files of a dataset are converted and read, in the order of the list."
    files = write_raw(tmp_path / "x", [blobs(k, (6, 7)) for k in range(6)], 3)
    chosen = [files[2], str(files[0])]
    info = convert_shards(chosen, tmp_path / "out", class_names=tuple("abcde"), **QUIET)
    assert info.records() == 4
    wanted = {f"b{k}" for k in (4, 5, 0, 1)}
    assert {sample["name"].decode() for sample in read_samples(tmp_path / "out")} == wanted
    found = record_sources(chosen, class_names=tuple("abcde"), **QUIET)
    assert {pair.name for source in found.values() for pair in source.pairs} == wanted


def test_an_image_number_of_coco_that_occurs_twice(tmp_path):
    save_image(tmp_path / "a.png")
    save_image(tmp_path / "b.png")
    data = coco()
    first = dict(data["images"][0])
    data["images"] = [first | {"file_name": "a.png"}, first | {"file_name": "b.png"}]
    save(tmp_path / "c.json", data)
    with pytest.raises(DataError, match="occurs twice"): coco_source(tmp_path / "c.json", **QUIET)


def test_a_split_of_datumaro_that_is_none(tmp_path):
    save_image(tmp_path / "images/train/a.png")
    datumaro_with({"type": "polygon", "points": [1, 1, 9, 1, 9, 9]})(tmp_path)
    with pytest.raises(DataError, match="holdout.*train"): datumaro_source(tmp_path, "holdout", **QUIET)


def test_the_summary_of_images_alone(tmp_path):
    "Without masks there is no table of classes, and no empty one."
    (tmp_path / "img").mkdir()
    (tmp_path / "img/a.png").write_bytes(encode_png(blobs(0)["image"]))
    write_shards(plan_shards(folder_source(tmp_path / "img", None, **QUIET), tmp_path / "out"), **QUIET)
    text = str(summarize(tmp_path / "out"))
    assert "records  1" in text and "share" not in text.lower().split("weights")[-1] and not text.endswith("\n")
