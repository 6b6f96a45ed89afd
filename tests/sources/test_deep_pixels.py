"""Pixels of any kind as sources give them: kept bit by bit, or refused with what would be lost."""
import io
import json
import re
from functools import partial

import nibabel
import numpy as np
import pytest
import tifffile
from PIL import Image

from tfrseg.cli import main
from tfrseg.core import DataError, Pair
from tfrseg.sources.arrays import array_source
from tfrseg.sources.classes import merge_classes
from tfrseg.sources.detect import detect_layouts, open_layout
from tfrseg.sources.medical import nnunet_source
from tfrseg.sources.patterns import cloud38_source, compile_pattern, pattern_source
from tfrseg.sources.source import (Source, check_source, folder_source, kept_image, load_pair, same_targets,
                                   verify_source)
from tfrseg.sources.splits import classes_per_mask, drop_empty, find_similar, split_source
from tfrseg.sources.tiles import tile_source
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.target import Target, bits_to_planes

H, W = 24, 36
RNG = np.random.default_rng(7)


def numbers(dtype, low, high, *channels):
    shape = (H, W, *channels)
    if np.dtype(dtype).kind == "f": return RNG.uniform(low, high, shape).astype(dtype)
    return RNG.integers(low, high, shape, endpoint=True).astype(dtype)


def save_png16(path, array):
    "A PNG of 16 bits and any colour type, by its chunks."
    import struct
    import zlib
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[array.shape[2]]
    rows = np.zeros((H, 1 + array[0].nbytes), np.uint8)
    rows[:, 1:] = array.astype(">u2").reshape(H, -1).view(np.uint8)
    chunks = ((b"IHDR", struct.pack(">II5B", W, H, 16, kind, 0, 0, 0)), (b"IDAT", zlib.compress(rows.tobytes())),
              (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks))


def save_file(path, array, **how):
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".npy": np.save(path, array)
    elif path.suffix == ".gz": nibabel.save(nibabel.Nifti1Image(array, np.eye(4)), path)
    elif path.suffix.lower() == ".tif": tifffile.imwrite(path, array, **({"photometric": "minisblack"} | how))
    elif array.dtype == np.uint16: save_png16(path, array.reshape(H, W, -1))
    else: Image.fromarray(array.squeeze()).save(path)
    return path


def folder_of(root, what, arrays, ending=".png", **how):
    for n, array in enumerate(arrays): save_file(root / what / f"a{n}{ending}", array, **how)
    return root / what


@pytest.fixture
def seg(tmp_path): return folder_of(tmp_path, "seg", [np.uint8(numbers("uint8", 0, 2)) for _ in range(2)])


quiet = partial(folder_source, show_progress=False)

# image files as a user has them: ending, array, options of the writer, what refuses it without a word
KEPT = {
    "16-bit grey PNG 100..800": (".png", numbers("uint16", 100, 800, 1), {}, "grey values"),
    "12 bits in 16-bit PNG": (".png", numbers("uint16", 0, 4095, 1), {}, "grey values"),
    "16-bit RGB PNG": (".png", numbers("uint16", 0, 4095, 3), {}, "16 bits a channel"),
    "uint16 grey TIFF": (".tif", numbers("uint16", 0, 700), {}, "grey values"),
    "uint16 grey TIFF, deflate and predictor": (".tif", numbers("uint16", 0, 700),
                                                {"compression": "zlib", "predictor": True}, "grey values"),
    "uint16 RGB TIFF": (".tif", numbers("uint16", 0, 60000, 3), {"photometric": "rgb"}, "16 bits a channel"),
    "int16 TIFF of CT": (".tif", numbers("int16", -1000, 3000), {}, "grey values"),
    "int32 TIFF": (".tif", numbers("int32", 0, 100000), {}, "grey values"),
    "float32 grey TIFF": (".tif", numbers("float32", -3, 5), {}, "float"),
    "float32 RGB TIFF": (".tif", numbers("float32", 0, 1, 3), {"photometric": "rgb"}, "float"),
    "4 bands uint8, minisblack": (".tif", numbers("uint8", 0, 255, 4), {"planarconfig": "contig"}, "4 bands"),
    "4 bands uint8, planar": (".tif", np.moveaxis(numbers("uint8", 0, 255, 4), -1, 0),
                              {"planarconfig": "separate"}, "4 bands"),
    "RGB and NIR uint8": (".tif", numbers("uint8", 0, 255, 4), {"photometric": "rgb", "extrasamples": [0]}, "4 bands"),
    "4 bands uint16": (".tif", numbers("uint16", 0, 4095, 4), {"planarconfig": "contig"}, "4 bands"),
    "RGB and NIR uint16": (".tif", numbers("uint16", 0, 4095, 4), {"photometric": "rgb", "extrasamples": [0]},
                           "bands|16 bits"),
    "13 bands uint16": (".tif", numbers("uint16", 0, 10000, 13), {"planarconfig": "contig"}, "13 bands"),
    "2 bands uint8": (".tif", numbers("uint8", 0, 255, 2), {"planarconfig": "contig"}, "2 bands"),
    "big-endian uint16": (".tif", numbers("uint16", 0, 700), {"byteorder": ">"}, "grey values"),
    ".npy uint16": (".npy", numbers("uint16", 0, 700, 5), {}, "--pixels kept"),
    ".npy big-endian": (".npy", numbers("uint16", 0, 700, 5).astype(">u2"), {}, "--pixels kept"),
}


@pytest.mark.parametrize("name", KEPT)
def test_images_are_kept_bit_by_bit(name, tmp_path, seg):
    "Without a word they are refused, and the text names --pixels kept; with it they are what an independent reader gives."
    ending, array, how, refusal = KEPT[name]
    img = folder_of(tmp_path, "img", [array, array], ending, **how)
    with pytest.raises(DataError, match=refusal) as caught: quiet(img, seg)
    assert "--pixels kept" in str(caught.value)
    source = quiet(img, seg, pixels="kept")
    expected = array.reshape(H, W, -1) if how.get("planarconfig") != "separate" else np.moveaxis(array, 0, -1)
    for pair, (height, width) in zip(source.pairs, source.sizes):
        loaded = pair.image.load()
        assert (loaded == expected).all() and loaded.dtype == expected.dtype.newbyteorder("=")
        assert loaded.dtype.isnative and (height, width) == (H, W)
    image = source.targets[0]
    assert (image.dtype, image.channels) == (expected.dtype.name, expected.shape[2])
    assert check_source(source, show_progress=False) == [] and len(verify_source(source, show_progress=False)) == 2


@pytest.mark.parametrize("dtype, kept", (("float64", "float32"), ("uint32", "int32"), ("int64", "int32"), ("int8", "int16"),
                                         ("float16", "float32"), ("bool", "uint8")))
def test_dtypes_that_no_target_has_are_cast(dtype, kept, tmp_path, seg):
    img = folder_of(tmp_path, "img", [numbers(dtype, 0, 1, 2)] * 2, ".npy")
    source = quiet(img, seg, pixels="kept")
    assert f"image: {dtype} is kept as {kept}" in source.assumptions
    loaded = source.pairs[0].image.load()
    assert loaded.dtype == kept and (loaded == np.load(img / "a0.npy").astype(kept)).all()


def test_eight_bits_are_rgb_as_ever(tmp_path, seg):
    "Grey or colours of 8 bits make the usual table, whatever was said of deeper pixels."
    for kind, array in {"grey": numbers("uint8", 0, 255), "rgb": numbers("uint8", 0, 255, 3)}.items():
        img = folder_of(tmp_path, kind, [array, array])
        source, plain = quiet(img, seg, pixels="kept"), quiet(img, seg)
        assert source.targets == () and source.pairs == plain.pairs and source == plain


@pytest.mark.parametrize("channels, bits", ((2, 8), (4, 8), (2, 16), (4, 16)))
def test_alpha_wants_a_word(channels, bits, tmp_path, seg):
    top = (1 << bits) - 1
    array = numbers(f"uint{bits}", 0, top, channels)
    img = folder_of(tmp_path, "img", [array, array])
    with pytest.raises(DataError, match="alpha that is not opaque.*--alpha keep"): quiet(img, seg, pixels="kept")
    kept = quiet(img, seg, pixels="kept", alpha="keep")
    assert (kept.pairs[0].image.load() == array).all() and kept.targets[0].channels == channels
    dropped = load_pair(quiet(img, seg, pixels="kept", alpha="drop").pairs[0])["image"]
    bare = array[..., :channels - 1]
    assert (dropped == bare).all() and dropped.dtype == array.dtype
    array[..., -1] = top
    img = folder_of(tmp_path, "opaque", [array, array])
    assert (load_pair(quiet(img, seg, pixels="kept").pairs[0])["image"] == bare).all()


def test_options_that_contradict(tmp_path, seg):
    with pytest.raises(ValueError, match="alpha='keep' with pixels='high'"): quiet(seg, pixels="high", alpha="keep")
    with pytest.raises(ValueError, match="pixels='deep'; wanted 'kept', 'stretch' or 'high'"): quiet(seg, pixels="deep")


def test_files_that_disagree_are_findings_with_counts(tmp_path, seg):
    "dtype, channels, size, cut files: all of them at once, before anything is written."
    img = tmp_path / "img"
    for n in range(6): save_file(seg / f"a{n}.png", numbers("uint8", 0, 1))
    for n in range(3): save_file(img / f"a{n}.tif", numbers("uint16", 0, 9), byteorder="<")
    save_file(img / "a3.tif", numbers("uint8", 0, 9))
    save_file(img / "a4.tif", numbers("uint16", 0, 9, 2), planarconfig="contig")
    save_file(img / "a5.tif", numbers("uint16", 0, 9)[:10])
    (img / "a2.tif").write_bytes((img / "a2.tif").read_bytes()[:-40])
    with pytest.raises(DataError) as caught: quiet(img, seg, pixels="kept")
    said = {re.search(r"a\d", str(f.path))[0]: f.what for f in caught.value.findings}
    assert said["a3"] == "image is uint8 x 1; wanted uint16 x 1, as 2 of 4 files have"
    assert "uint16 x 2; wanted uint16 x 1" in said["a4"] and "10 x 36" in said["a5"] + str(caught.value.findings)
    assert "a2" in said
    kept = quiet(img, seg, pixels="kept", on_error="skip")
    assert [pair.name for pair in kept.pairs] == ["a0", "a1"] and len(kept.skipped) == 4


def test_nodata_of_files(tmp_path, seg):
    "It must be the same in all files, and may not be everything."
    def tiff(path, nodata, array): save_file(path, array, extratags=[(42113, "s", 0, str(nodata), True)])
    array = numbers("float32", 0, 5)
    array[:3] = -9999
    for n in range(3): save_file(seg / f"a{n}.png", numbers("uint8", 0, 1))
    for n in range(3): tiff(tmp_path / "img" / f"a{n}.tif", -9999, array)
    source = quiet(tmp_path / "img", seg, pixels="kept")
    assert source.targets[0].nodata == -9999 and (source.pairs[0].image.load()[..., 0] == array).all()
    assert any("nodata is -9999" in line for line in source.assumptions)
    tiff(tmp_path / "img" / "a1.tif", -1, array)
    tiff(tmp_path / "img" / "a2.tif", -9999, np.full_like(array, -9999))
    with pytest.raises(DataError) as caught: quiet(tmp_path / "img", seg, pixels="kept")
    said = [f.what for f in caught.value.findings]
    assert len(said) == 2 and "nodata -1; wanted float32 x 1, nodata -9999" in said[0]
    assert "nothing but nodata (-9999)" in said[1]


def test_values_that_are_not_finite(tmp_path, seg):
    array = numbers("float32", 0, 5)
    array[0, :4], array[1, 0] = np.nan, np.inf
    img = folder_of(tmp_path, "img", [array] * 2, ".npy")
    with pytest.raises(DataError, match=r"5 of 864 values are not finite \(NaN or infinity\)"): quiet(img, seg, pixels="kept")
    array[1, 0] = 1
    img = folder_of(tmp_path, "img", [array] * 2, ".npy")
    source = quiet(img, seg, pixels="kept", nodata=np.nan)
    assert np.isnan(source.targets[0].nodata)
    assert quiet(img, seg, pixels="kept", nodata={"image": np.nan}).targets[0].dtype == "float32"


def test_nodata_of_what_has_none(tmp_path, seg):
    "Said of images of 8 bits, or of a target that is not there, it would be lost without a word."
    rgb = folder_of(tmp_path, "rgb", [numbers("uint8", 0, 255, 3)] * 2)
    with pytest.raises(ValueError, match="nodata of 'image'.*have none"): quiet(rgb, seg, pixels="kept", nodata=0)
    with pytest.raises(ValueError, match="nodata of 'height'"): quiet(rgb, seg, nodata={"height": -1})


# ---- further arrays

def test_others_are_found_and_told(tmp_path, seg):
    rgb = folder_of(tmp_path, "rgb", [numbers("uint8", 0, 255, 3)] * 2)
    depth = folder_of(tmp_path, "depth", [numbers("uint16", 0, 60000)] * 2)
    weight = folder_of(tmp_path, "weight", [numbers("float32", 0, 1)] * 2, ".npy")
    things = folder_of(tmp_path, "things", [numbers("int32", 0, 100000)] * 2, ".tif")
    source = quiet(rgb, seg, others={"depth": depth, "weight": (weight, Target("weight", "field", limits=(0, 2))),
                                     "instances": things})
    assert [(t.name, t.kind, t.dtype) for t in source.targets] == [
        ("image", "image", "uint8"), ("mask", "ids", "uint8"), ("depth", "field", "uint16"),
        ("weight", "field", "float32"), ("instances", "ids", "int32")]
    assert source.targets[3].limits == (0, 2)
    line = next(line for line in source.assumptions if line.startswith("depth"))
    assert "--target depth:ids=FOLDER" in line and not any(line.startswith("weight") for line in source.assumptions)
    sample = load_pair(source.pairs[1], source.labels)
    assert (sample["depth"][..., 0] == tifffile_or_png(depth / "a1.png")).all()
    assert (sample["weight"][..., 0] == np.load(weight / "a1.npy")).all()
    assert (sample["instances"][..., 0] == tifffile.imread(things / "a1.tif")).all()
    assert isinstance(source.pairs[0].image, type(rgb)) and source.nbytes[0] > (depth / "a0.png").stat().st_size


def tifffile_or_png(path): return np.asarray(Image.open(path)).astype(np.uint16)


def test_others_that_are_missing_or_do_not_fit(tmp_path, seg):
    rgb = folder_of(tmp_path, "rgb", [numbers("uint8", 0, 255, 3)] * 2)
    depth = folder_of(tmp_path, "depth", [numbers("uint16", 0, 60000)])
    save_file(depth / "b.png", numbers("uint16", 0, 9))
    things = folder_of(tmp_path, "things", [np.int64([[-1, 2]]), numbers("int64", 0, 2**40)], ".npy")
    with pytest.raises(DataError) as caught: quiet(rgb, seg, others={"depth": depth, "objects": things})
    said = "\n".join(map(str, caught.value.findings))
    assert "no depth named 'a1'" in said and "no image named 'b'" in said and "objects has 1 x 2 pixels" in said
    things = folder_of(tmp_path, "more", [np.where(numbers("int64", 0, 1), -1, 2), numbers("int64", 2**33, 2**40)], ".npy")
    with pytest.raises(DataError) as caught: quiet(rgb, seg, others={"objects": things})
    said = "\n".join(map(str, caught.value.findings))
    assert "values from -1 to 2; wanted ids from 0" in said and "which int32 cannot hold" in said
    with pytest.raises(DataError, match="files of float32 .*wanted ids, as was said"):
        quiet(rgb, seg, others={"w": (folder_of(tmp_path, "w", [numbers("float32", 0, 1)] * 2, ".npy"), "ids")})


def test_the_table_goes_with_the_source(tmp_path, seg):
    img = folder_of(tmp_path, "img", [numbers("uint16", 0, 900, 1)] * 2)
    source = quiet(img, seg, pixels="kept")
    parts = split_source(source, train=0.5, val=0.5)
    assert {part.targets for part in parts.values()} == {source.targets}
    assert source.take([0]).targets == source.targets and "image uint16 x 1, mask ids uint8" in repr(source)
    shown = source.with_target("image", limits=(0, 900), bands=("light",))
    assert shown.targets[0] == Target("image", channels=1, dtype="uint16", limits=(0, 900), bands=("light",))
    with pytest.raises(ValueError, match="dtype is as the files say"): source.with_target("image", dtype="uint8")
    with pytest.raises(ValueError, match="'depth' is none of the targets"): source.with_target("depth", limits=(0, 1))
    plain = Source((Pair("a", "a"),), LabelMap(), ((1, 1),), (1,))
    with pytest.raises(DataError, match="split a has image uint16 x 1.*split b has image uint8 x 3"):
        same_targets({"a": source, "b": plain})
    assert same_targets({"a": source, "b": shown.take([0]).with_target("image", limits=(), bands=())})


# ---- masks

def test_masks_of_planes(tmp_path):
    "Bands of one file as classes that overlap."
    rgb = folder_of(tmp_path, "rgb", [numbers("uint8", 0, 255, 3)] * 2)
    planes = [numbers("uint8", 0, 1, 5) for _ in range(2)]
    seg = folder_of(tmp_path, "planes", planes, ".npy")
    with pytest.raises(DataError, match="--pixels kept|no masks"): quiet(rgb, seg)
    source = quiet(rgb, seg, pixels="kept", overlap=True, class_names="abcde")
    labels = source.labels
    assert (labels.coding, labels.ignore_label, labels.dtype) == ("bits", 128, "uint8") and labels.class_names == (*"abcde",)
    for pair, expected in zip(source.pairs, planes):
        assert (bits_to_planes(pair.mask.load(), 5) == expected).all()
    assert classes_per_mask(source, False) == [frozenset(range(5))] * 2
    with pytest.raises(ValueError, match="classes that overlap are not merged"): merge_classes(source, "a=b")
    with pytest.raises(DataError, match="5 bands; wanted 4"): quiet(rgb, seg, pixels="kept", overlap=True, class_names="abcd")
    tiff = folder_of(tmp_path, "tiff", planes, ".tif", planarconfig="contig")
    again = quiet(rgb, tiff, overlap=True)
    assert again.class_names == tuple(f"class {k}" for k in range(5))
    assert (again.pairs[0].mask.load() == source.pairs[0].mask.load()).all()
    wide = quiet(rgb, folder_of(tmp_path, "wide", [numbers("uint8", 0, 1, 9)] * 2, ".npy"), pixels="kept", overlap=True)
    assert (wide.labels.dtype, wide.labels.ignore_label) == ("uint16", 32768)


def test_more_classes_than_bits(tmp_path):
    rgb = folder_of(tmp_path, "rgb", [numbers("uint8", 0, 255, 3)])
    seg = folder_of(tmp_path, "planes", [numbers("uint8", 0, 1, 64)], ".tif", planarconfig="contig")
    with pytest.raises(DataError, match="64 classes that overlap; 63 are the most"): quiet(rgb, seg, overlap=True)


def test_empty_masks_of_bits(tmp_path):
    rgb = folder_of(tmp_path, "rgb", [numbers("uint8", 0, 255, 3)] * 3)
    planes = [numbers("uint8", 0, 1, 2), np.zeros((H, W, 2), np.uint8), numbers("uint8", 0, 1, 2)]
    source = quiet(rgb, folder_of(tmp_path, "planes", planes, ".tif", planarconfig="contig"), overlap=True)
    assert [pair.name for pair in drop_empty(source, False).pairs] == ["a0", "a2"]


def test_ids_in_arrays(tmp_path):
    "Masks as .npy of any whole dtype, as floats without fractions too; fractions and 70000 are refused as in files."
    rgb = folder_of(tmp_path, "rgb", [numbers("uint8", 0, 255, 3)] * 2)
    ids = numbers("int64", 0, 300)
    for kind in ("int64", "float32"):
        seg = folder_of(tmp_path, kind, [ids.astype(kind)] * 2, ".npy")
        source = quiet(rgb, seg, pixels="kept", mask_values="ids")
        assert source.labels.num_classes == 301 and source.targets == ()
        assert (load_pair(source.pairs[0], source.labels)["mask"][..., 0] == ids).all()
    for array, what in ((ids + 0.5, "fractions"), (ids + 70000, "wanted ids from 0 to 65535")):
        seg = folder_of(tmp_path, "bad", [array] * 2, ".npy")
        with pytest.raises(DataError, match=what): quiet(rgb, seg, pixels="kept")


# ---- patterns

def test_patterns_of_bands_and_classes(tmp_path):
    stored, masks = {}, {}
    for name in ("x_1", "x_2"):
        for band in ("DAPI", "GFP"):
            stored[name, band] = numbers("uint16", 0, 4095)
            save_file(tmp_path / f"{name}_{band}.tif", stored[name, band])
        for kind in ("nucleus", "cell"):
            masks[name, kind] = numbers("uint8", 0, 1)
            save_file(tmp_path / "masks" / kind / f"{name}.png", masks[name, kind] * 255)
        save_file(tmp_path / "z" / f"{name}.npy", numbers("float32", 0, 1))
    source = pattern_source(tmp_path, image="{name}_{band}.tif", bands=("DAPI", "GFP"), mask="masks/{class}/{name}.png",
                            class_names=("nucleus", "cell"), overlap=True, others={"depth": "z/{name}.npy"}, show_progress=False)
    assert [pair.name for pair in source.pairs] == ["x_1", "x_2"]
    assert source.targets[0] == Target("image", channels=2, dtype="uint16", bands=("DAPI", "GFP"))
    for pair in source.pairs:
        sample = load_pair(pair, source.labels)
        for k, band in enumerate(("DAPI", "GFP")):
            assert (sample["image"][..., k] == tifffile.imread(tmp_path / f"{pair.name}_{band}.tif")).all()
        planes = bits_to_planes(sample["mask"], 2)
        assert all((planes[..., k] == masks[pair.name, kind]).all() for k, kind in enumerate(("nucleus", "cell")))
        assert (sample["depth"][..., 0] == np.load(tmp_path / "z" / f"{pair.name}.npy")).all()
    with pytest.raises(DataError, match="Classes that overlap are read with overlap=True"):
        pattern_source(tmp_path, image="{name}_{band}.tif", bands=("DAPI", "GFP"), mask="masks/{class}/{name}.png", show_progress=False)


def test_classes_that_exclude_one_another(tmp_path):
    "A mask file a class makes ids; what no file shows is the background."
    save_file(tmp_path / "i" / "a.png", numbers("uint8", 0, 255, 3))
    ids = numbers("uint8", 0, 2)
    for k, kind in ((1, "road"), (2, "car")): save_file(tmp_path / "m" / f"a_{kind}.png", np.uint8(ids == k) * 255)
    source = pattern_source(tmp_path, image="i/{name}.png", mask="m/{name}_{class}.png", class_names=("road", "car"),
                            show_progress=False)
    assert source.class_names == ("background", "road", "car") and source.targets == ()
    assert (load_pair(source.pairs[0], source.labels)["mask"][..., 0] == ids).all()


def test_all_that_a_pattern_misses_at_once(tmp_path):
    for name in "ab":
        for band in ("r", "g"): save_file(tmp_path / band / f"{name}.tif", numbers("uint16", 0, 9))
        save_file(tmp_path / "m" / f"{name}.png", numbers("uint8", 0, 1))
    save_file(tmp_path / "r" / "c.tif", numbers("uint16", 0, 9)), save_file(tmp_path / "g" / "c.tif", numbers("uint16", 0, 9))
    (tmp_path / "g" / "a.tif").unlink()
    save_file(tmp_path / "m" / "d.png", numbers("uint8", 0, 1))
    save_file(tmp_path / "g" / "b.tif", numbers("uint8", 0, 9))
    with pytest.raises(DataError) as caught:
        pattern_source(tmp_path, image="{band}/{name}.tif", bands=("r", "g"), mask="m/{name}.png", show_progress=False)
    said = "\n".join(map(str, caught.value.findings))
    for what in ("no file of band 'g' for 'a': wanted g/a.tif", "no mask named 'c'", "no image named 'd'", "uint8"):
        assert what in said, what


@pytest.mark.parametrize("text", ("{name}.{ext}", "{name}*{", "a.png", "{Name}.png", "{}"))
def test_a_pattern_has_three_words(text):
    with pytest.raises(ValueError, match="pattern"): compile_pattern(text, {})


def test_letters_of_a_pattern_mean_themselves():
    assert compile_pattern("a.b+(1)/{name}.png", {}).fullmatch("a.b+(1)/x.png")["name"] == "x"
    assert not compile_pattern("a.b/{name}.png", {}).fullmatch("aXb/x.png")
    assert not compile_pattern("{name}.png", {}).fullmatch("deep/x.png")


# ---- layouts

def cloud(root, names=("p1", "p2")):
    for name in names:
        for band in ("red", "green", "blue", "nir"):
            save_file(root / f"train_{band}" / f"{band}_{name}.TIF", numbers("uint16", 0, 60000))
        save_file(root / "train_gt" / f"gt_{name}.TIF", numbers("uint8", 0, 1) * 255)
    return root


def test_cloud38(tmp_path):
    root = cloud(tmp_path / "38-Cloud_training")
    assert detect_layouts(root) == ["cloud38"]
    source = open_layout(root)["train"]
    assert source.targets[0].bands == ("red", "green", "blue", "nir") and source.class_names == ("clear", "cloud")
    sample = load_pair(source.pairs[0], source.labels)
    assert (sample["image"][..., 3] == tifffile.imread(root / "train_nir" / "nir_p1.TIF")).all()
    assert set(np.unique(sample["mask"])) == {0, 1}
    (root / "training_patches_38-cloud_nonempty.csv").write_text("name\np2\n")
    assert len(open_layout(root)["train"]) == 2
    assert [p.name for p in cloud38_source(root, nonempty=True, show_progress=False).pairs] == ["p2"]


def nnunet(root, labels, ending=".nii.gz", channels=2, parts=("Tr",), values=3):
    for part in parts:
        for name in ("case_a", "case_b"):
            for n in range(channels):
                array = RNG.integers(-1000, 1000, (8, 6, 4)).astype(np.int16) if ending != ".png" else numbers("uint16", 0, 999)
                save_file(root / f"images{part}" / f"{name}_{n:04d}{ending}", array)
            mask = RNG.integers(0, values, (8, 6, 4)).astype(np.uint8) if ending != ".png" else numbers("uint8", 0, values - 1)
            save_file(root / f"labels{part}" / f"{name}{ending}", mask)
    (root / "dataset.json").write_text(json.dumps({"channel_names": {str(n): f"T{n}" for n in range(channels)}, "labels": labels,
                                                   "numTraining": 2, "file_ending": ending}))
    return root


def test_nnunet_volumes_by_slices(tmp_path):
    root = nnunet(tmp_path / "d", {"background": 0, "whole": [1, 2], "core": [2]}, parts=("Tr", "Ts"))
    assert detect_layouts(root) == ["nnunet"]
    sources = open_layout(root)
    assert list(sources) == ["train", "test"] and len(sources["train"]) == 8
    source = sources["train"]
    assert source.targets[0] == Target("image", channels=2, dtype="int16", bands=("T0", "T1"))
    assert (source.class_names, source.labels.coding) == (("whole", "core"), "bits")
    pair = source.pairs[5]
    assert pair.name == "case_b_z001"
    sample = load_pair(pair, source.labels)
    volumes = [np.asarray(nibabel.load(root / "imagesTr" / f"case_b_{n:04d}.nii.gz").dataobj) for n in (0, 1)]
    label = np.asarray(nibabel.load(root / "labelsTr" / "case_b.nii.gz").dataobj)[:, :, 1]
    assert (sample["image"] == np.stack([v[:, :, 1] for v in volumes], -1)).all()
    planes = bits_to_planes(sample["mask"], 2)
    assert (planes[..., 0] == (label > 0)).all() and (planes[..., 1] == (label == 2)).all()
    near = nnunet_source(root, axis=0, around=1, show_progress=False)
    assert len(near) == 16 and near.targets[0].channels == 6
    assert (near.pairs[11].image.load() == np.concatenate([np.moveaxis(v[2:5], 0, -1) for v in volumes], -1)).all()


def test_nnunet_flat_images_and_ignored(tmp_path):
    root = nnunet(tmp_path, {"background": 0, "cell": 1, "ignore": 2}, ".png", 1)
    source = nnunet_source(root, show_progress=False)
    assert source.targets[0].dtype == "uint16" and source.class_names == ("background", "cell")
    sample = load_pair(source.pairs[0], source.labels)
    stored = np.asarray(Image.open(root / "labelsTr" / "case_a.png"))
    assert (sample["mask"][..., 0] == np.where(stored == 2, 255, stored)).all()
    (root / "labelsTr" / "case_a.png").unlink()
    with pytest.raises(DataError, match="no mask named 'case_a' in labelsTr"): nnunet_source(root)
    (root / "dataset.json").write_text('{"channel_names": 3}')
    with pytest.raises(DataError, match="no 'channel_names'"): nnunet_source(root)


def test_decathlon(tmp_path):
    rows = []
    for name in ("b_1", "b_2"):
        save_file(tmp_path / "imagesTr" / f"{name}.nii.gz", RNG.normal(size=(8, 6, 4, 2)).astype(np.float32))
        save_file(tmp_path / "labelsTr" / f"{name}.nii.gz", RNG.integers(0, 2, (8, 6, 4)).astype(np.uint8))
        rows.append({"image": f"./imagesTr/{name}.nii.gz", "label": f"./labelsTr/{name}.nii.gz"})
    (tmp_path / "dataset.json").write_text(json.dumps({"modality": {"0": "FLAIR", "1": "T1w"}, "training": rows,
                                                       "labels": {"0": "background", "1": "tumour"}}))
    assert detect_layouts(tmp_path) == ["decathlon"]
    source = open_layout(tmp_path)["train"]
    assert source.targets[0].bands == ("FLAIR", "T1w") and len(source) == 8 and source.class_names == ("background", "tumour")
    volume = np.asarray(nibabel.load(tmp_path / "imagesTr" / "b_1.nii.gz").dataobj)
    assert (source.pairs[2].image.load() == volume[:, :, 2]).all()
    rows[0]["image"] = "./imagesTr/none.nii.gz"
    (tmp_path / "dataset.json").write_text(json.dumps({"modality": {"0": "CT"}, "training": rows, "labels": {"0": "a", "1": "b"}}))
    with pytest.raises(DataError, match="no such file, which dataset.json names"): open_layout(tmp_path, "decathlon")


def test_folders_of_volumes(tmp_path):
    for name in ("a", "b"):
        save_file(tmp_path / "ct" / f"{name}.nii.gz", RNG.integers(-1000, 1000, (8, 6, 4)).astype(np.int16))
        mask = RNG.integers(0, 3, (8, 6, 4)).astype(np.uint8)
        mask[:, :, 0] = 0
        save_file(tmp_path / "seg" / f"{name}.nii.gz", mask)
    with pytest.raises(DataError, match="2 arrays such as a.nii.gz want --pixels kept"): quiet(tmp_path / "ct", tmp_path / "seg")
    source = quiet(tmp_path / "ct", tmp_path / "seg", pixels="kept", around=1)
    assert [p.name for p in source.pairs] == [f"{n}_z{k:03d}" for n in "ab" for k in range(4)]
    volume = np.asarray(nibabel.load(tmp_path / "ct" / "a.nii.gz").dataobj)
    assert (source.pairs[0].image.load() == volume[:, :, [0, 0, 1]]).all()
    assert (load_pair(source.pairs[6], source.labels)["mask"][..., 0] == np.asarray(
        nibabel.load(tmp_path / "seg" / "b.nii.gz").dataobj)[:, :, 2]).all()
    assert len(drop_empty(source, False)) == 6
    save_file(tmp_path / "seg" / "b.nii.gz", RNG.integers(0, 3, (8, 6, 3)).astype(np.uint8))
    with pytest.raises(DataError, match="3 slices; wanted 4"): quiet(tmp_path / "ct", tmp_path / "seg", pixels="kept")


# ---- arrays

@pytest.mark.parametrize("again", (True, False))
@pytest.mark.parametrize("dtype, channels", (("uint8", 1), ("uint8", 2), ("uint8", 5), ("uint16", 1), ("uint16", 13),
                                             ("int16", 1), ("float32", 3), ("int32", 2)))
def test_arrays_are_kept(dtype, channels, again, tmp_path):
    pairs = [(numbers(dtype, 0, 100 if dtype == "uint8" else 900, channels), numbers("uint8", 0, 2)) for _ in range(2)]
    if not (dtype == "uint8" and channels == 1):
        with pytest.raises(DataError, match="pixels='kept'|--pixels kept"):
            array_source(iter(pairs) if not again else pairs, show_progress=False, spool=tmp_path / "refused")
    source = array_source(pairs if again else iter(pairs), pixels="kept", spool=tmp_path / "kept", show_progress=False)
    assert (source.targets[0].dtype, source.targets[0].channels) == (dtype, channels)
    assert all((pair.image.load() == image).all() for pair, (image, _) in zip(source.pairs, pairs))


def test_rgb_arrays_are_the_usual_table(tmp_path):
    pairs = [(numbers("uint8", 0, 255, 3), numbers("uint8", 0, 2)) for _ in range(2)]
    kept, plain = (array_source(pairs, pixels=pixels, show_progress=False) for pixels in ("kept", None))
    assert kept.targets == () and (load_pair(kept.pairs[0])["image"] == load_pair(plain.pairs[0])["image"]).all()


@pytest.mark.parametrize("again", (True, False))
def test_further_keys_of_elements(again, tmp_path):
    element = {"image": numbers("uint16", 0, 900, 4), "mask": numbers("uint8", 0, 2), "depth": numbers("float32", 0, 5),
               "instances": numbers("int32", 0, 99999), "patient": "p7", "age": np.int64(61), "left": 1}
    data = [element, element | {"patient": "p8"}]
    plain = array_source(data, pixels="kept", show_progress=False)
    assert any("'depth', 'instances', 'patient', 'age', 'left' are not read" in line and "others=" in line
               for line in plain.assumptions)
    source = array_source(data if again else iter(data), pixels="kept", others=("depth", "instances"), facts=("patient", "age"),
                          spool=tmp_path / "s", show_progress=False)
    assert [(t.name, t.kind, t.dtype) for t in source.targets[2:]] == [
        ("depth", "field", "float32"), ("instances", "ids", "int32"), ("patient", "fact", "text"), ("age", "fact", "int64")]
    assert [dict(pair.facts)["patient"] for pair in source.pairs] == ["p7", "p8"]
    sample = load_pair(source.pairs[0], source.labels)
    assert all((sample[name].squeeze() == element[name].squeeze()).all() for name in ("image", "mask", "depth", "instances"))
    assert any("of each element 'left' are not read" in line for line in source.assumptions)


def test_places_in_tuples(tmp_path):
    rows = [(numbers("uint8", 0, 255, 3), numbers("uint8", 0, 2), numbers("float32", 0, 1))]
    source = array_source(rows, others={2: Target("weight", "field")}, show_progress=False)
    assert source.targets[2].name == "weight" and (source.pairs[0].others[0][1].load()[..., 0] == rows[0][2]).all()


def test_masks_of_planes_in_arrays():
    rows = [(numbers("uint8", 0, 255, 3), numbers("uint8", 0, 1, 2)) for _ in range(2)]
    with pytest.raises(DataError, match="overlap=True"): array_source(rows, show_progress=False)
    source = array_source(rows, overlap=True, class_names=("a", "b"), show_progress=False)
    assert (bits_to_planes(source.pairs[1].mask.load(), 2) == rows[1][1]).all() and source.labels.coding == "bits"


def test_pillow_of_sixteen_bits_and_files_in_memory():
    deep = numbers("uint16", 100, 800)
    picture = Image.frombytes("I;16", (W, H), deep.astype("<u2").tobytes())
    out = io.BytesIO()
    Image.fromarray(deep).save(out, "PNG")
    for value in (picture, out.getvalue(), {"bytes": out.getvalue(), "path": None}):
        with pytest.raises(DataError, match="grey values"): array_source([value], show_progress=False)
        source = array_source([value], pixels="kept", show_progress=False)
        assert (source.pairs[0].image.load()[..., 0] == deep).all()


# ---- what comes after

def test_tiles_and_likeness_of_deep_images(tmp_path, seg):
    arrays = [numbers("uint16", 0, 9000, 5), numbers("uint16", 0, 9000, 5)]
    img = folder_of(tmp_path, "img", [*arrays], ".npy")
    source = quiet(img, seg, pixels="kept")
    tiles = tile_source(source, (12, 12), 0)
    assert tiles.targets == source.targets and (tiles.pairs[1].image.load() == arrays[0][:12, 12:24]).all()
    assert [(a.name, a.other) for a in find_similar(quiet(folder_of(tmp_path, "same", [arrays[0]] * 2, ".npy"), seg, pixels="kept"),
                                                    0.9, False)] == [("a0", "a1")]


def test_the_whole_road(tmp_path, seg, write):
    "What the records hold is what the files held."
    from tfrseg.storage.shards import open_shards
    img = folder_of(tmp_path, "img", [numbers("uint16", 0, 60000, 3) for _ in range(2)], ".tif", photometric="rgb")
    depth = folder_of(tmp_path, "depth", [numbers("float32", 0, 9) for _ in range(2)], ".npy")
    shards = open_shards(write(quiet(img, seg, pixels="kept", others={"depth": depth})))
    for n in range(2):
        sample = shards.sample(n)
        assert (sample["image"] == tifffile.imread(img / f"a{n}.tif")).all() and sample["image"].dtype == np.uint16
        assert (sample["depth"][..., 0] == np.load(depth / f"a{n}.npy")).all()


def tfrseg(*words): return main([str(word) for word in words])


def test_words_of_the_command(tmp_path, seg, capsys):
    img = folder_of(tmp_path, "img", [numbers("uint16", 100, 800, 1)] * 2)
    depth = folder_of(tmp_path, "depth", [numbers("uint16", 0, 60000)] * 2)
    assert tfrseg("write", img, seg, tmp_path / "o") == 1 and "--pixels kept" in capsys.readouterr().err
    assert tfrseg("write", img, seg, tmp_path / "o", "--pixels", "kept", "--target", f"depth:ids={depth}", "--nodata", "image=0") == 0
    assert tfrseg("check", tmp_path / "o", "--deep") == 0
    root = cloud(tmp_path / "clouds")
    assert tfrseg("write", root, tmp_path / "c", "--pattern", "image=train_{band}/{band}_{name}.TIF", "mask=train_gt/gt_{name}.TIF",
                  "--bands", "red", "green", "blue", "nir", "--classes", "clear", "cloud") == 0
    assert tfrseg("write", "--layout", "auto", root, tmp_path / "c2") == 0
    capsys.readouterr()
    for words, what in ((("--target", "depth"), "--target depth; wanted NAME=VALUE"), (("--bands", "a"), "only with --pattern"),
                        (("--nodata", "x=y"), "wanted [NAME=]VALUE"), (("--target", "depth:deep=d"), "kind='deep'")):
        assert tfrseg("write", img, seg, tmp_path / "no", *words) == 2 and what in capsys.readouterr().err
    assert tfrseg("write", root, tmp_path / "no", "--pattern", "mask={name}.png") == 2
    assert tfrseg("write", "--layout", "cloud38", root, tmp_path / "no", "--target", "a=b") == 2


def test_kept_image_leaves_what_is_no_file(tmp_path):
    array = numbers("uint8", 0, 255, 3)
    path = save_file(tmp_path / "a.png", array)
    assert kept_image(path) == path and kept_image(path, None, "keep") == path
