"""Arrays in third-party records: Earth Engine's bands, DeepLab2's depth and panoptic labels, tensors of TFDS, images of more than RGB; kept bit by bit, or named."""
import json
import zlib

import numpy as np
import pytest
import tensorflow as tf

from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.sources.record_arrays import find_form
from tfrseg.storage.image import encode_png
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import write_records
from tfrseg.writer.convert import convert_shards

QUIET = {"show_progress": False}
RNG = np.random.default_rng(4)
BANDS = ("B2", "B3", "B8")
RGB = RNG.integers(0, 256, (9, 11, 3)).astype(np.uint8)
MASK = RNG.integers(0, 4, (9, 11, 1)).astype(np.uint8)
DEPTH = RNG.integers(0, 60000, (9, 11, 1)).astype(np.uint16)
PANOPTIC = (RNG.integers(0, 4, (9, 11, 1)) * 1000 + RNG.integers(0, 7, (9, 11, 1))).astype("<i4")


def example(**features):
    made = tf.train.Example()
    for key, value in features.items():
        feature = made.features.feature[key.replace("__", "/")]
        if isinstance(value, bytes): feature.bytes_list.value.append(value)
        elif isinstance(value, np.ndarray) and value.dtype.kind == "f": feature.float_list.value.extend(value.ravel().tolist())
        else: feature.int64_list.value.extend(np.atleast_1d(value).ravel().tolist())
    return made.SerializeToString()


def write(folder, *records, name="train-00000-of-00001.tfrecord"):
    folder.mkdir(exist_ok=True)
    write_records(folder / name, records)
    return folder


# --- Earth Engine ---

def patches(size=(10, 20), count=3):
    return [{band: RNG.normal(size=size).astype(np.float32) for band in BANDS} | {"landcover": RNG.integers(0, 4, size).astype(np.float32)} for _ in range(count)]


def export(folder, some, mixer=(20, 10)):
    "As Earth Engine writes it: gzip, a list of floats for each band; the width of a patch stands first in the mixer."
    folder.mkdir()
    with tf.io.TFRecordWriter(str(folder / "scene-00000.tfrecord.gz"), options="GZIP") as file:
        for patch in some: file.write(example(**patch))
    if mixer: (folder / "scenemixer.json").write_text(json.dumps({"patchDimensions": mixer, "patchesPerRow": 1, "totalPatches": len(some)}))
    return folder


KEYS = {"image": BANDS, "mask": "landcover"}


def test_bands_of_earth_engine_become_channels(tmp_path, capsys):
    some = patches()
    folder = export(tmp_path / "ee", some)
    assert main(["convert", str(folder / "scene-00000.tfrecord.gz"), str(tmp_path / "a"), "--features", "image=B2,B3,B8", "mask=landcover"]) == 0
    assert "lists of floats are 10 x 20 pixels, as scenemixer.json says (--size HEIGHT WIDTH says another size)" in capsys.readouterr().out
    shards = open_shards(tmp_path / "a")
    assert (shards.targets[0].dtype, shards.targets[0].bands) == ("float32", BANDS)
    for patch, sample in zip(some, shards, strict=True):
        assert np.array_equal(sample["image"], np.stack([patch[b] for b in BANDS], -1)) and np.array_equal(sample["mask"][..., 0], patch["landcover"])


def test_sizes_that_are_said_or_square(tmp_path):
    some = patches()
    flat = export(tmp_path / "ee", some, None)
    with pytest.raises(DataError, match="B2 holds a float_list of 200 values: no square; say --size HEIGHT WIDTH"): convert_shards(flat, tmp_path / "a", features=KEYS, **QUIET)
    with pytest.raises(DataError, match="B2 holds a float_list of 200 values; wanted 8 x 8 = 64 floats"): convert_shards(flat, tmp_path / "a", features=KEYS, size=(8, 8), **QUIET)
    convert_shards(flat, tmp_path / "a", features=KEYS, size=(10, 20), **QUIET)
    assert np.array_equal(open_shards(tmp_path / "a")[1]["image"][..., 1], some[1]["B3"])
    convert_shards(export(tmp_path / "square", patches((6, 6)), None), tmp_path / "b", features=KEYS, **QUIET)
    table = export(tmp_path / "pixels", patches((1, 1)), None)
    with pytest.raises(DataError, match="a table of pixels; export patches"): find_form({"B2": [0.5]}, ("B2",))
    with pytest.raises(DataError): convert_shards(table, tmp_path / "c", features=KEYS, **QUIET)
    (flat / "scenemixer.json").write_text("{}")
    with pytest.raises(DataError, match=r"scenemixer.json: no patchDimensions \[width, height\]"): convert_shards(flat, tmp_path / "d", features=KEYS, **QUIET)


def test_what_was_not_measured_is_said(tmp_path):
    some = patches()
    some[1]["B3"][2, 3] = np.nan
    folder = export(tmp_path / "ee", some)
    with pytest.raises(DataError, match="image: 1 of 600 values are not finite .* such as --nodata image=nan"): convert_shards(folder, tmp_path / "a", features=KEYS, **QUIET)
    assert main(["convert", str(folder), str(tmp_path / "a"), "--features", "image=B2,B3,B8", "mask=landcover", "--nodata", "nan"]) == 0
    shards = open_shards(tmp_path / "a")
    assert shards[1]["image"][2, 3, 1] == 0 and shards.info.stats["image"].nodata == 1 and np.isnan(shards.targets[0].nodata)


def test_bands_that_are_missing_or_left(tmp_path):
    folder = export(tmp_path / "ee", patches())
    info = convert_shards(folder, tmp_path / "a", features={"image": "B8", "mask": "landcover"}, **QUIET)
    assert any(line.startswith("lists of floats B2, B3 are not read") for line in info.assumptions) and info.targets[0].channels == 1
    with pytest.raises(DataError, match="record 0: no feature B4; it has"): convert_shards(folder, tmp_path / "b", features={"image": ("B2", "B4")}, **QUIET)
    some = patches(count=2)
    del some[1]["B8"]
    with pytest.raises(DataError, match="record 1.*B8 holds no value; wanted 10 x 20 = 200 floats"): convert_shards(export(tmp_path / "gap", some), tmp_path / "c", features=KEYS, **QUIET)
    assert convert_shards(tmp_path / "gap", tmp_path / "c", features=KEYS, on_error="skip", **QUIET).records() == 1


# --- DeepLab2 ---

def deeplab2(**change):
    return example(**{"image__encoded": encode_png(RGB), "image__filename": b"a.png", "image__format": b"png", "image__height": 9, "image__width": 11, "image__channels": 3,
                      "image__segmentation__class__encoded": PANOPTIC.tobytes(), "image__segmentation__class__format": b"raw",
                      "image__depth__encoded": encode_png(DEPTH), "image__depth__format": b"png"} | change)


@pytest.mark.fault("an array under a key of no known role, such as image/depth/encoded", "ignored without a word", "named, with the option that keeps it")
def test_depth_is_named_then_kept(tmp_path):
    folder = write(tmp_path / "s", deeplab2())
    info = convert_shards(folder, tmp_path / "a", **QUIET)
    assert "image/depth/encoded holds an array that is not read (--features depth=image/depth/encoded keeps it as depth)" in info.assumptions
    assert main(["convert", str(folder), str(tmp_path / "b"), "--features", "depth=image/depth/encoded"]) == 0
    shards = open_shards(tmp_path / "b")
    sample, depth = shards[0], next(t for t in shards.targets if t.name == "depth")
    assert (depth.kind, depth.dtype) == ("field", "uint16") and np.array_equal(sample["depth"], DEPTH) and np.array_equal(sample["image"], RGB)
    assert "depth: numbers of image/depth/encoded are kept; in datasets of DeepLab2 they are metres x 256" in shards.info.assumptions
    assert any("--features depth:ids=image/depth/encoded makes it ids" in line for line in shards.info.assumptions)
    info = convert_shards(folder, tmp_path / "c", features={"depth:ids": "image/depth/encoded"}, **QUIET)
    assert next(t for t in info.targets if t.name == "depth").kind == "ids"


@pytest.mark.parametrize("divisor", (None, 256, 1))
def test_panoptic_labels_are_classes_and_objects(tmp_path, divisor):
    labels = PANOPTIC if divisor != 1 else PANOPTIC // 1000
    info = convert_shards(write(tmp_path / "s", deeplab2(image__segmentation__class__encoded=labels.tobytes())), tmp_path / "a", divisor=divisor, **QUIET)
    sample, by = open_shards(tmp_path / "a")[0], divisor or 1000
    assert np.array_equal(sample["mask"], labels // by)
    assert ("instances" in sample) == (by > 1) and (by == 1 or sample["instances"].dtype == np.int32 and np.array_equal(sample["instances"], labels % by))
    assert any(f"taken for panoptic labels: {by} x class + number of the object (--divisor N" in line for line in info.assumptions)


def test_panoptic_labels_of_another_size_and_names_that_are_none(tmp_path):
    with pytest.raises(DataError, match="record 0.*image/segmentation/class/encoded has 392 bytes; wanted 9 x 11 x 1 of int32"):
        convert_shards(write(tmp_path / "s", deeplab2(image__segmentation__class__encoded=PANOPTIC.tobytes()[:-4])), tmp_path / "a", **QUIET)
    folder = write(tmp_path / "t", deeplab2())
    with pytest.raises(DataError, match="no feature image/nothing; it has"): convert_shards(folder, tmp_path / "a", features={"edges": "image/nothing"}, **QUIET)
    with pytest.raises(ValueError, match="'Depth'"): convert_shards(folder, tmp_path / "a", features={"Depth": "image/depth/encoded"}, **QUIET)
    with pytest.raises(DataError, match="image/height holds a int64_list of 1 value; wanted an image file"): convert_shards(folder, tmp_path / "a", features={"high": "image/height"}, **QUIET)


# --- images of more than RGB ---

DEEP = {name: RNG.integers(0, 60000, (9, 11, channels)).astype(np.uint16) for name, channels in (("grey", 1), ("grey and alpha", 2), ("RGB", 3), ("RGBA", 4))}


def deeplab(image, name=b"a"): return example(image__encoded=encode_png(image), image__filename=name, image__segmentation__class__encoded=encode_png(MASK))


@pytest.mark.parametrize("kind", DEEP)
def test_sixteen_bits_are_kept_where_the_user_says_so(tmp_path, kind):
    image, has_alpha = DEEP[kind], "A" in kind or "alpha" in kind
    folder = write(tmp_path / "s", deeplab(image), deeplab(image // 2, b"b"))
    with pytest.raises(DataError, match="would be left") as e: convert_shards(folder, tmp_path / "a", **QUIET)
    assert all("--pixels kept (all bits and bands stay)" in finding.what for finding in e.value.findings)
    how = {"alpha": "keep"} if has_alpha else {}
    convert_shards(folder, tmp_path / "a", pixels="kept", **how, **QUIET)
    for sample, wanted in zip(open_shards(tmp_path / "a"), (image, image // 2), strict=True):
        assert sample["image"].dtype == np.uint16 and np.array_equal(sample["image"], wanted) and np.array_equal(sample["mask"], MASK)
    if not has_alpha: return
    with pytest.raises(DataError, match="2 problems") as e: convert_shards(folder, tmp_path / "b", pixels="kept", **QUIET)
    assert all("alpha that is not opaque" in finding.what for finding in e.value.findings)
    convert_shards(folder, tmp_path / "b", pixels="kept", alpha="drop", **QUIET)
    assert np.array_equal(open_shards(tmp_path / "b")[0]["image"], image[..., :-1])


def test_alpha_of_eight_bits_is_kept_as_a_channel(tmp_path):
    image = RNG.integers(0, 255, (9, 11, 4)).astype(np.uint8)
    folder = write(tmp_path / "s", deeplab(image))
    assert main(["convert", str(folder), str(tmp_path / "a"), "--alpha", "keep"]) == 0
    assert np.array_equal(open_shards(tmp_path / "a")[0]["image"], image)


def test_rgb_stays_rgb_where_deeper_pixels_would_be_kept(tmp_path):
    info = convert_shards(write(tmp_path / "s", deeplab(RGB)), tmp_path / "a", pixels="kept", **QUIET)
    assert info.targets == () and info.total("formats") == {"png": 1}
    with pytest.raises(DataError, match="image is uint16 x 3; wanted uint8 x 3|image is uint8 x 3; wanted uint16 x 3"): convert_shards(write(tmp_path / "t", deeplab(RGB), deeplab(DEEP["RGB"], b"b")), tmp_path / "b", pixels="kept", **QUIET)


# --- features.json of TensorFlow Datasets, without the package ---

def test_tensors_by_features_json(tmp_path):
    cube, relief = RNG.integers(0, 60000, (9, 11, 5)).astype(np.uint16), RNG.normal(size=(9, 11, 1)).astype(np.float32)
    def dims(*n): return {"dimensions": [str(k) for k in n]}
    features = {"image": {"image": {"shape": dims(-1, -1, 3), "dtype": "uint8"}}, "segmentation_mask": {"image": {"shape": dims(-1, -1, 1), "dtype": "uint8"}, "pythonClassName": "x.LabeledImage"},
                "cube": {"tensor": {"shape": dims(-1, -1, 5), "dtype": "uint16", "encoding": "zlib"}}, "relief": {"image": {"shape": dims(-1, -1, 1), "dtype": "float32"}},
                "strip": {"tensor": {"shape": dims(-1, 11, 5), "dtype": "uint16", "encoding": "zlib"}}}
    record = example(image=encode_png(RGB), segmentation_mask=encode_png(MASK), cube__value=zlib.compress(cube.tobytes()), cube__shape=np.array(cube.shape), strip=zlib.compress(cube.tobytes()),
                     relief=encode_png(np.ascontiguousarray(relief).view(np.uint8).reshape(9, 11, 4)))
    folder = write(tmp_path / "s", record)
    (folder / "features.json").write_text(json.dumps({"content": {"features": features}}))
    info = convert_shards(folder, tmp_path / "a", **QUIET)
    assert [line.split(" holds")[0] for line in info.assumptions if "is not read" in line] == ["cube", "relief", "strip"]
    convert_shards(folder, tmp_path / "b", features={name: name for name in ("cube", "relief", "strip")}, **QUIET)
    sample = open_shards(tmp_path / "b")[0]
    for name, wanted in (("image", RGB), ("mask", MASK), ("cube", cube), ("relief", relief), ("strip", cube)): assert sample[name].dtype == wanted.dtype and np.array_equal(sample[name], wanted), name
