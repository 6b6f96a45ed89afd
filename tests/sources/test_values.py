"""What mask values mean is decided in one place, for every way in; what is assumed is said, and what is open is asked."""
import json
import unicodedata

import numpy as np
import pytest
from PIL import Image

import tfrseg
from tfrseg.sources.arrays import array_source
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.sources.layouts import camvid_source, list_source, voc_source
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import folder_source, same_ends

SIZE = (24, 32)
QUIET = dict(show_progress=False)


def box(value=1, dtype=np.uint8, **more):
    "A mask of zeros with a rectangle of 10 x 20 pixels; `more`: rows by value, such as _255=2."
    mask = np.zeros(SIZE, dtype)
    mask[4:14, 6:26] = value
    for name, rows in more.items(): mask[20:20 + rows] = int(name[1:])
    return mask


def save(path, pixels, palette=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(pixels)
    if palette is not None: picture.putpalette(np.asarray(palette, np.uint8).tobytes().ljust(768, b"\0"))
    picture.save(path)


def image(seed=0): return np.random.default_rng(seed).integers(0, 256, (*SIZE, 3), dtype=np.uint8)


def as_folder(root, masks):
    for k, mask in enumerate(masks):
        save(root / f"img/{k}.png", image(k))
        save(root / f"seg/{k}.png", mask)
    return lambda **options: folder_source(root / "img", root / "seg", **QUIET, **options)


def as_list(root, masks):
    as_folder(root, masks)
    (root / "list.txt").write_text("\n".join(f"img/{k}.png seg/{k}.png" for k in range(len(masks))))
    return lambda **options: list_source(root / "list.txt", **QUIET, **options)


def as_voc(root, masks):
    for k, mask in enumerate(masks):
        save(root / f"JPEGImages/{k}.jpg", image(k))
        save(root / f"SegmentationClass/{k}.png", mask)
    return lambda **options: voc_source(root, **QUIET, **options)


def as_annot(root, masks):
    for k, mask in enumerate(masks):
        save(root / f"train/{k}.png", image(k))
        save(root / f"trainannot/{k}.png", mask)
    return lambda **options: camvid_source(root, "train", **QUIET, **options)


def as_arrays(root, masks): return lambda **options: array_source([(image(k), mask) for k, mask in enumerate(masks)], **QUIET, **options)


WAYS = {"folder": as_folder, "list": as_list, "voc": as_voc, "annot": as_annot, "arrays": as_arrays}
OBJECTS = [np.repeat(np.arange(32, dtype=np.uint8) // 3 + 11 * k, 24).reshape(32, 24).T.copy() for k in range(2)]
ASKED = {
    "levels": ([box(127, _255=2)], "--mask-values ids"), "two levels": ([box(75)], "levels"), "ignored": ([box(255, _1=1)], "--ignore-label none"),
    "objects": (OBJECTS, "objects instead of classes"), "counted": ([np.minimum(box(n) * 0 + np.arange(32, dtype=np.uint8), n) for n in (3, 6, 9, 5)], "objects"),
    "numbers": ([box(26001, np.uint16)], "class \\* 256"), "below zero": ([box(-1, np.int32)], "--ignore-label -1"), "blurred": ([box(250, _255=2)], "blurred"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.fault("mask values that can be read in two ways: 0, 127, 255; numbered objects; -1; 255 on most labelled pixels", plain="values are ids: empty classes, or no foreground",
                   ours="`DataError` that names the option which answers, for every way in")
def test_two_readings_are_a_question(tmp_path, way, kind):
    masks, text = ASKED[kind]
    if kind == "below zero" and way in ("folder", "list", "voc", "annot"): pytest.skip("PNG holds no numbers below zero")
    masks = [mask.astype(np.uint16) if mask.max() > 255 else mask for mask in masks]
    with pytest.raises(DataError, match=text) as raised: WAYS[way](tmp_path, masks)()
    assert "\n" not in str(raised.value) and str(raised.value).startswith((str(tmp_path)[:20], "elements"))


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_decides_alike(tmp_path, way):
    read = lambda masks, name, **options: WAYS[way](tmp_path / name, masks)(**options).labels
    two = read([box(255)], "two")
    assert (two.coding, two.class_names) == ("binary", ("background", "foreground"))
    assert read([box(1, _255=2)], "void").ignore_label == 255 and read([box(1, _255=2)], "void").class_names == ("class 0", "class 1")
    levels = read([box(127, _255=2)], "levels", mask_values="levels")
    assert (levels.coding, levels.levels) == ("levels", {0: 0, 1: 127, 2: 255})
    assert read([box(127, _255=2)], "ids", mask_values="ids").num_classes == 128
    assert read(OBJECTS, "objects", mask_values="objects").class_names == ("background", "object")
    assert read([box(2, _1=2)], "zero", ignore_label=0).levels == {0: 1, 1: 2, 255: 0}
    assert read([box(1, _255=2)], "none", ignore_label="none").ignore_label == 65535


@pytest.mark.parametrize("options, wanted", [
    ({"mask_values": "levels"}, {0: 0, 127: 1, 255: 2}), ({"mask_values": "ids"}, {0: 0, 127: 127, 255: 255}), ({"mask_values": "objects"}, {0: 0, 127: 1, 255: 1}),
    ({"palette": [(0, 0, 0), (127,) * 3, (255,) * 3]}, {0: 0, 127: 1, 255: 2}), ({"mask_values": "colors"}, {0: 0, 127: 1, 255: 2}),
    ({"ignore_label": 127, "mask_values": "levels"}, {0: 0, 127: 255, 255: 1})])
def test_every_answer_gives_its_pixels(tmp_path, write, options, wanted):
    mask = box(127, _255=2)
    out = write(as_folder(tmp_path, [mask])(**options))
    got = tfrseg.open_shards(out).sample(0)["mask"][..., 0]
    for value, label in wanted.items(): assert (got[mask == value] == label).all(), value


def test_palettes_that_disagree(tmp_path):
    "Indices of files that number the classes anew: the colours, or the indices, as the user says."
    for k, color in enumerate(((255, 0, 0), (0, 0, 255))):
        save(tmp_path / f"img/{k}.png", image(k))
        save(tmp_path / f"seg/{k}.png", box(), [(0, 0, 0), color])
    read = lambda **options: folder_source(tmp_path / "img", tmp_path / "seg", **QUIET, **options)
    with pytest.raises(DataError, match="index 1 is #0000ff in 1 masks and #ff0000 in 1"): read()
    assert read(mask_values="ids").labels.num_classes == 2
    colored = read(mask_values="colors")
    masks = [tfrseg.load_pair(p, colored.labels)["mask"] for p in colored.pairs]
    assert colored.labels.num_classes == 3 and masks[0].max() == 2 and masks[1].max() == 1


def test_what_is_assumed_is_said_and_kept(tmp_path, capsys):
    as_folder(tmp_path, [box(255), box(255)])
    assert main(["write", str(tmp_path / "img"), str(tmp_path / "seg"), str(tmp_path / "out")]) == 0
    said, kept = capsys.readouterr().out, json.loads((tmp_path / "out/dataset_info.json").read_text())["assumptions"]
    assert len(kept) == 2 and all(line in said for line in kept) and "--mask-values ids" in kept[0]
    assert load_info(tmp_path / "out").assumptions == tuple(kept)


DEEP = {"grey": np.linspace(100, 800, SIZE[0] * SIZE[1]).reshape(SIZE).astype(np.uint16), "wide": np.linspace(-1000, 3000, SIZE[0] * SIZE[1]).reshape(SIZE).astype(np.int32),
        "float": np.linspace(0, 1, SIZE[0] * SIZE[1]).reshape(SIZE).astype(np.float32)}


@pytest.mark.parametrize("kind", DEEP)
@pytest.mark.fault("images of 16 bits or floats", plain="the high byte, or a black image, without a word", ours="refused with counts; `--pixels stretch` or `high`")
def test_deep_images_are_refused_with_counts_or_stretched(tmp_path, write, kind):
    save(tmp_path / "img/a.tif", DEEP[kind])
    save(tmp_path / "seg/a.png", box())
    read = lambda **options: folder_source(tmp_path / "img", tmp_path / "seg", **QUIET, **options)
    with pytest.raises(DataError, match=r"a.tif: .*grey values from .*--pixels stretch"): read()
    source = read(pixels="stretch")
    got = tfrseg.open_shards(write(source)).sample(0)["image"]
    low, high = DEEP[kind].min(), DEEP[kind].max()
    assert (got[..., 0] == np.rint((DEEP[kind].astype(float) - low) * 255 / (high - low))).all() and "--pixels stretch" in source.assumptions[-1]


def test_one_stretch_for_all_splits(tmp_path):
    parts = {}
    for split, scale in (("train", 1), ("val", 2)):
        save(tmp_path / split / "img/a.png", DEEP["grey"] * scale)
        save(tmp_path / split / "seg/a.png", box())
        parts[split] = folder_source(tmp_path / split / "img", tmp_path / split / "seg", pixels="stretch", **QUIET)
    assert {p.image.ends for part in same_ends(parts).values() for p in part.pairs} == {(100, 1600)}


def test_sixteen_bits_in_color_and_spread_bytes(tmp_path):
    "A PNG of 16 bits a channel is refused or reduced; grey of 8 bits that a tool wrote as 16 loses nothing."
    deep = (image().astype(np.uint16) << 8) + 7
    import tensorflow as tf

    (tmp_path / "img").mkdir()
    (tmp_path / "img/a.png").write_bytes(tf.io.encode_png(deep).numpy())
    with pytest.raises(DataError, match="16 bits a channel"): folder_source(tmp_path / "img", **QUIET)
    high = folder_source(tmp_path / "img", pixels="high", **QUIET)
    assert (tfrseg.load_pair(high.pairs[0])["image"] == image()).all()
    save(tmp_path / "spread/a.png", image()[..., 0].astype(np.uint16) * 257)
    assert (tfrseg.load_pair(folder_source(tmp_path / "spread", **QUIET).pairs[0])["image"][..., 0] == image()[..., 0]).all()


@pytest.mark.fault("an image with alpha that is not opaque, or a mask whose alpha holds the shape", plain="alpha is dropped without a word", ours="refused with counts; `--alpha drop`")
def test_alpha_of_images_and_masks(tmp_path, write):
    clear = np.dstack([image(), np.full(SIZE, 90, np.uint8)])
    opaque = np.dstack([image(), np.full(SIZE, 255, np.uint8)])
    cut = np.dstack([np.full((*SIZE, 3), 255, np.uint8), box(255)])
    save(tmp_path / "img/a.png", clear)
    save(tmp_path / "seg/a.png", box())
    with pytest.raises(DataError, match=f"alpha that is not opaque on {SIZE[0] * SIZE[1]} of"): folder_source(tmp_path / "img", tmp_path / "seg", **QUIET)
    dropped = folder_source(tmp_path / "img", tmp_path / "seg", alpha="drop", **QUIET)
    assert (tfrseg.open_shards(write(dropped)).sample(0)["image"] == image()).all()
    save(tmp_path / "img/a.png", opaque)
    assert folder_source(tmp_path / "img", tmp_path / "seg", **QUIET).pairs[0].image == tmp_path / "img/a.png"
    save(tmp_path / "seg/a.png", cut)
    with pytest.raises(DataError, match="seg/a.png: the mask has alpha that is not opaque"): folder_source(tmp_path / "img", tmp_path / "seg", **QUIET)


NAMES = ["img one", " lead", "trail ", "# remark", "a,b", "e\tf", "1.0", "v1.png", "c.tar", "caf\u00e9", "x" * 240]


@pytest.mark.fault("names with blanks, `#`, commas, tabs and dots in a list of names", plain="cut at the blank: another image, or none", ours="the whole line is the name")
def test_names_are_data(tmp_path, write):
    for k, name in enumerate(["img", "e", "a", "v1", *NAMES]):
        save(tmp_path / "img" / f"{name}.png", image(k))
        save(tmp_path / "seg" / f"{name}.png", box())
    (tmp_path / "list.txt").write_text("\n".join(NAMES) + "\n")
    source = folder_source(tmp_path / "img", tmp_path / "seg", list_file=tmp_path / "list.txt", **QUIET)
    assert [p.name for p in source.pairs] == NAMES
    shards = tfrseg.open_shards(write(source))
    assert [shards.sample(n)["name"].decode() for n in range(len(NAMES))] == NAMES
    (tmp_path / "voc.txt").write_text("img  1\r\na -1\r\n")
    voc = folder_source(tmp_path / "img", tmp_path / "seg", list_file=tmp_path / "voc.txt", **QUIET)
    assert [p.name for p in voc.pairs] == ["img", "a"] and "first word" in voc.assumptions[0]


def test_listed_names_without_an_image_are_counted_under_skip(tmp_path):
    as_folder(tmp_path, [box(), box()])
    (tmp_path / "list.txt").write_text("0\nnope\n1 -1\n")
    with pytest.raises(DataError, match="line 2: no image named 'nope'"): folder_source(tmp_path / "img", tmp_path / "seg", list_file=tmp_path / "list.txt", **QUIET)
    kept = folder_source(tmp_path / "img", tmp_path / "seg", list_file=tmp_path / "list.txt", on_error="skip", **QUIET)
    assert [p.name for p in kept.pairs] == ["0", "1"] and any("1 listed names have no image" in line and "'nope'" in line for line in kept.assumptions)


def test_letters_written_in_two_ways_and_links(tmp_path):
    save(tmp_path / "img" / unicodedata.normalize("NFC", "caf\u00e9.png"), image())
    save(tmp_path / "seg" / unicodedata.normalize("NFD", "caf\u00e9.png"), box())
    source = folder_source(tmp_path / "img", tmp_path / "seg", **QUIET)
    assert len(source) == 1 and "NFC" in source.assumptions[0]
    save(tmp_path / "far/b.png", image())
    save(tmp_path / "seg/far/b.png", box())
    (tmp_path / "img/far").symlink_to(tmp_path / "far")
    (tmp_path / "far/loop").symlink_to(tmp_path / "far")
    assert [p.name for p in folder_source(tmp_path / "img", tmp_path / "seg", **QUIET).pairs] == ["caf\u00e9", "far/b"]


def test_names_that_are_no_text(tmp_path):
    save(tmp_path / "img/a.png", image())
    try: (tmp_path / "img/a.png").rename(tmp_path / "img/caf\udce9.png")
    except OSError: pytest.skip("this file system takes valid UTF-8 alone")
    with pytest.raises(DataError, match="is not valid UTF-8"): folder_source(tmp_path / "img", **QUIET)


def test_a_folder_is_not_its_own_masks(tmp_path):
    for name in ("a", "b"):
        save(tmp_path / f"{name}.jpg", image())
        save(tmp_path / f"{name}_mask.png", box())
    with pytest.raises(DataError, match="one folder.*mask_suffix='_mask'"): folder_source(tmp_path, tmp_path, **QUIET)
    assert len(folder_source(tmp_path, tmp_path, mask_suffix="_mask", **QUIET)) == 2


def test_images_that_show_nothing(tmp_path, capsys):
    as_folder(tmp_path, [box(), box(0), box(0)])
    words = ["write", str(tmp_path / "img"), str(tmp_path / "seg")]
    assert main([*words, str(tmp_path / "all"), "--classes", "background", "thing"]) == 0
    assert "2 of 3 records show nothing but 'background'; --empty drop" in capsys.readouterr().out
    assert main([*words, str(tmp_path / "some"), "--empty", "drop"]) == 0
    assert load_info(tmp_path / "some").records() == 1 and "2 of 3 images show nothing" in capsys.readouterr().out


def test_other_files_are_named(tmp_path):
    for start, what in ((b"PK\3\4", "ZIP archive"), (b"version https://git-lfs.github.com", "git lfs pull"), (b"\x93NUMPY", "--pixels kept"), (b"", "empty")):
        (tmp_path / "a.png").write_bytes(start + b"\0" * 9 * bool(start))
        with pytest.raises(DataError, match=what): folder_source(tmp_path, **QUIET)


@pytest.mark.parametrize("kind", ["voc", "annot", "ade20k", "table"])
def test_all_splits_decide_together(tmp_path, kind):
    "A split that shows little, or nothing, is read as the others are."
    masks = {"train": [box(255), box(255)], "val": [box(0)]}
    for split, found in masks.items():
        for k, mask in enumerate(found):
            name = f"{split}{k}"
            image_path, mask_path = {"voc": (f"JPEGImages/{name}.jpg", f"SegmentationClass/{name}.png"), "annot": (f"{split}/{name}.png", f"{split}annot/{name}.png"),
                                     "ade20k": (f"images/{split}/{name}.jpg", f"annotations/{split}/{name}.png"),
                                     "table": (f"{split}/{name}.png", f"{split}_labels/{name}.png")}[kind]
            save(tmp_path / "set" / image_path, image(k))
            save(tmp_path / "set" / mask_path, mask)
        if kind == "voc":
            (tmp_path / "set/ImageSets/Segmentation").mkdir(parents=True, exist_ok=True)
            (tmp_path / f"set/ImageSets/Segmentation/{split}.txt").write_text("\n".join(f"{split}{k}" for k in range(len(found))) + "\n")
    if kind == "table": (tmp_path / "set/class_dict.csv").write_text("name,r,g,b\nground,0,0,0\nthing,255,0,0\n")
    assert main(["write", "--layout", "auto", str(tmp_path / "set"), str(tmp_path / "out")]) == 0
    info = load_info(tmp_path / "out")
    assert {split: info.records(split) for split in info.splits} == {"train": 2, "val": 1} and info.total("pixels") == {0: 3 * 768 - 400, 1: 400}
