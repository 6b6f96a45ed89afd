"""The law of exports: what goes out in a layout comes home by `write --layout auto` (TFDS: `convert`) with its pixels, names, classes and splits, or is refused at once by name."""
import io
import json

import numpy as np
import pytest
from crossing import crossed
from PIL import Image

from tfrseg.sources.arrays import array_source
from tfrseg.cli import main
from tfrseg.storage.image import encode_png
from tfrseg.storage.labels import LabelMap
from tfrseg.core import DataError
from tfrseg.writer.convert import convert_shards
from tfrseg.sources.detect import open_layout
from tfrseg.writer.export import EXPORT_LAYOUTS, export_shards, export_tfds
from tfrseg.sources.exported import EXPORT_NAME, unchanged_export, load_exported
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import write_records
from tfrseg.storage.example import serialize_example
from tfrseg.storage.schema import RAW_IDS, TFVISION
from tfrseg.storage.dataset import load_info
from tfrseg.writer.write import plan_shards, write_shards

QUIET = {"show_progress": False}
LAYOUTS = (*EXPORT_LAYOUTS, "tfds")
COLORS = np.uint8([(0, 0, 0), (224, 224, 192), (9, 8, 7), (200, 0, 0)])  # one of them is what VOC paints ignored pixels with
NAMES = (" lead", "trail ", "# remark", "#1", "a,b", "c;d", "e\tf", "1.0", "a.", "b..", "c.tar", "v1.png", "x.jpg", "\u00e9\u6f22", "100%", "a+b", "$x$", "[x]*", "'q\"", "sub dir/x", "deep/er/x", "x" * 230)


def ids(top=3, ignore=None, dtype=np.uint8):
    "A mask maker: random ids up to a highest, some pixels ignored."
    def draw(rng):
        mask = rng.integers(0, top + 1, (18, 23, 1)).astype(dtype)
        mask[0, :2, 0] = 0, top
        if ignore is not None: mask[3:5] = ignore
        return mask, mask
    return draw


def colors(rng):
    "Colours, some of them unknown."
    mask, _ = ids()(rng)
    rgb = COLORS[mask[..., 0]]
    rgb[3:5], mask[3:5] = (1, 2, 3), 255
    return rgb, mask


def binary(rng):
    mask, _ = ids(1)(rng)
    return mask * 255, mask


K4 = ("background", "a thing", "x,y", "\u00e9")
SETS = {"ids, some ignored": (ids(3, 255), LabelMap(K4)), "ids with colours": (ids(), LabelMap(K4, dict(enumerate(map(tuple, COLORS.tolist()))))),
        "0 and 255": (binary, LabelMap(("background", "foreground"), {}, "binary")),
        "colours, some ignored": (colors, LabelMap(K4, dict(enumerate(map(tuple, COLORS.tolist()))), "colors", unknown="ignore")),
        "16 bits": (ids(700, 65535, np.uint16), LabelMap(tuple(f"n{i}" for i in range(701)), {}, "ids", 65535, "uint16")),
        "no background": (ids(2), LabelMap(("table", "card", "pen"))), "a class that never occurs": (ids(1), LabelMap(("background", "card", "pen"))),
        "names of Cityscapes": (ids(3, 255), LabelMap(("road", "parking", "car", "sky"))), "one class": (ids(0, 255), LabelMap(("card",)))}


def make(out, draw, labels, names={"train": ("a", "b"), "val": ("c",)}, **how):
    "A data set of ours; gives {split: {name: (image, mask)}}."
    rng, truth, sources = np.random.default_rng(3), {}, {}
    for split, some in names.items():
        truth[split], elements = {}, []
        for name in some:
            image, (mask, wanted) = rng.integers(0, 256, (18, 23, 3), dtype=np.uint8), draw(rng) if draw else (None, None)
            elements.append({"image": image, "name": name} | ({} if mask is None else {"mask": mask}))
            truth[split][name] = image, wanted
        sources[split] = array_source(elements, name="name", labels=labels, **QUIET)
    write_shards(plan_shards(sources, out, **how), **QUIET)
    return truth


def records(folder):
    "The same of what was written."
    info = load_info(folder)
    some = {split: list(open_shards(folder, split)) for split in info.splits}
    return {split: {s["name"].decode(): (s["image"], s.get("mask")) for s in samples} for split, samples in some.items()}


def there_and_back(first, layout, home, capsys=None):
    "Out and in again by the command line; gives the status of each."
    out = home.with_name(f"{home.name} {layout}")
    status = main(["export", str(first), str(out), "--layout", layout])
    if status: return status, None
    return status, main(["convert", str(out), str(home)] if layout == "tfds" else ["write", "--layout", "auto", str(out), str(home)])


def same(found, truth):
    assert {split: set(some) for split, some in found.items()} == {split: set(some) for split, some in truth.items()}
    assert list(found) == list(truth)
    for split, some in truth.items():
        for name, (image, mask) in some.items():
            assert (found[split][name][0] == image).all(), name
            assert found[split][name][1] is None if mask is None else (found[split][name][1] == mask).all(), name


@pytest.mark.parametrize("kind, layout", crossed(SETS, LAYOUTS))
def test_what_goes_out_comes_home(tmp_path, kind, layout):
    draw, labels = SETS[kind]
    truth = make(tmp_path / "first", draw, labels)
    assert there_and_back(tmp_path / "first", layout, tmp_path / "home") == (0, 0)
    same(records(tmp_path / "home"), truth)
    first, home = (load_info(tmp_path / name).labels for name in ("first", "home"))
    assert home.class_names == first.class_names
    if layout != "coco": assert (home.dtype, home.ignore_label) == (first.dtype, first.ignore_label)
    assert {i: c for i, c in home.palette.items() if i != home.ignore_label} == {i: c for i, c in first.palette.items() if i != first.ignore_label}


@pytest.mark.parametrize("layout, schema", crossed(EXPORT_LAYOUTS, (RAW_IDS, TFVISION)))
def test_names_are_data(tmp_path, layout, schema):
    "Blanks at the ends, '#', commas, tabs, dots, endings inside, long ones: the same name comes home."
    truth = make(tmp_path / "first", *SETS["ids, some ignored"], names={"train": NAMES[::2], "val": NAMES[1::2]}, schema=schema)
    assert there_and_back(tmp_path / "first", layout, tmp_path / "home") == (0, 0)
    same(records(tmp_path / "home"), truth)


def test_any_name_comes_home_with_tfds(tmp_path):
    names = (*NAMES, "a\nb", "c\rd", "\ufeffx", "back\\slash", "x" * 400)
    truth = make(tmp_path / "first", *SETS["ids, some ignored"], names={"train": names, "validation": ("a", "b")})
    assert there_and_back(tmp_path / "first", "tfds", tmp_path / "home") == (0, 0)
    same(records(tmp_path / "home"), truth)


@pytest.mark.fault("names that a layout cannot hold, exported", "files or lists under other names", "refused at once, by name")
@pytest.mark.parametrize("layout", EXPORT_LAYOUTS)
@pytest.mark.parametrize("name,said", [("a\nb", r"'a\\nb' holds a line break"), ("c\rd", "holds a line break"), ("../x", "leads out of the folder"), ("/x", "leads out of the folder"),
                                       ("x" * 253, "gives a file name of 2.. bytes; 255 are the most"), ("\u00e9" * 127, "255 are the most")])
def test_a_name_that_cannot_be_held_is_refused_at_once(tmp_path, layout, name, said):
    write_records(tmp_path / "train.tfrecord", [serialize_example({"image/encoded": encode_png(np.zeros((4, 5, 3), np.uint8)), "image/filename": n.encode(),
                                                                  "image/segmentation/class/encoded": encode_png(np.zeros((4, 5, 1), np.uint8))}) for n in ("good", name)])
    with pytest.raises(DataError, match=f"layout {layout}: 1 problem: .*train.tfrecord, record 1: .*{said}") as e: export_shards(tmp_path / "train.tfrecord", tmp_path / "out", layout, **QUIET)
    assert "\n" not in str(e.value) and not list(tmp_path.glob("out*"))


def test_a_long_name_is_exported_and_comes_home(tmp_path):
    "As long as a file system takes it, with its ending."
    truth = make(tmp_path / "first", *SETS["ids, some ignored"], names={"train": ("x" * 251, "\u00e9" * 125)})
    for layout in ("folder", "voc", "coco"):
        assert there_and_back(tmp_path / "first", layout, tmp_path / f"{layout} home") == (0, 0)
        same(records(tmp_path / f"{layout} home"), truth)


@pytest.mark.parametrize("layout", EXPORT_LAYOUTS)
def test_equal_names_in_two_splits(tmp_path, layout):
    "Where each split has a folder they come home; where all share one they are refused."
    truth = make(tmp_path / "first", *SETS["ids, some ignored"], names={"train": ("a", "b"), "val": ("a",)})
    if layout in ("folder", "voc", "nnunet", "labelme", "cvat"):
        with pytest.raises(DataError, match="'a': two records have this name"): export_shards(tmp_path / "first", tmp_path / "out", layout, **QUIET)
    else:
        assert there_and_back(tmp_path / "first", layout, tmp_path / "home") == (0, 0)
        same(records(tmp_path / "home"), truth)
        every = open_layout(tmp_path / f"home {layout}", by_split=False, **QUIET)["train"]
        assert sorted(p.name for p in every.pairs) == ["train/a", "train/b", "val/a"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_images_without_masks(tmp_path, layout):
    truth = make(tmp_path / "first", None, None)
    assert there_and_back(tmp_path / "first", layout, tmp_path / "home") == (0, 0)
    same(records(tmp_path / "home"), truth)


def test_one_split_goes_out_and_comes_home(tmp_path):
    truth = make(tmp_path / "first", *SETS["0 and 255"])
    for layout in EXPORT_LAYOUTS:
        assert main(["export", str(tmp_path / "first"), str(tmp_path / layout), "--layout", layout, "--split", "val"]) == 0
        assert main(["write", "--layout", "auto", str(tmp_path / layout), str(tmp_path / f"{layout} home")]) == 0
        same(records(tmp_path / f"{layout} home"), {"val": truth["val"]})


@pytest.mark.parametrize("layout,names,said", [("voc", ("a", "b:c"), "the class name 'b:c' cannot stand in labelmap.txt"), ("folder", ("a", "b\nc"), "holds a line break"),
                                               ("coco", ("a", "a"), "the class name 'a' stands twice"), ("tfds", ("a", "b\nc"), "holds a line break")])
def test_class_names_that_a_table_cannot_hold(tmp_path, layout, names, said):
    make(tmp_path / "first", ids(1), LabelMap(names))
    export = export_tfds if layout == "tfds" else lambda *paths: export_shards(*paths, layout, **QUIET)
    with pytest.raises(DataError, match=f"layout {layout}: .*{said}.* tfrseg convert OUT NEW --classes"): export(tmp_path / "first", tmp_path / "out")
    assert not list(tmp_path.glob("out*"))


def test_a_list_made_anew_is_read_as_anybodys(tmp_path):
    "Names struck off a list stay out, and images of no list are told; with another list the folder is no export any more."
    make(tmp_path / "first", *SETS["ids with colours"])
    export_shards(tmp_path / "first", tmp_path / "voc", "voc", **QUIET)
    (tmp_path / "voc/ImageSets/Segmentation/train.txt").write_text("b\n")
    home = open_layout(tmp_path / "voc", **QUIET)
    assert [p.name for p in home["train"].pairs] == ["b"] and "1 images in no list, such as JPEGImages/a.png, are left out" in home["train"].assumptions[0]
    (tmp_path / "voc/ImageSets/Segmentation/test.txt").write_text("a\n")
    assert unchanged_export(tmp_path / "voc") is None and load_exported(tmp_path / "voc").layout == "voc"
    assert set(open_layout(tmp_path / "voc", **QUIET)) == {"train", "val", "test"}
    (tmp_path / "voc" / EXPORT_NAME).write_text("{}")
    with pytest.raises(DataError, match=f"{EXPORT_NAME}: not the note of an export"): open_layout(tmp_path / "voc", **QUIET)


def test_files_that_went_missing_are_named(tmp_path):
    make(tmp_path / "first", *SETS["ids, some ignored"])
    for layout, file in (("folder", "masks/a.png"), ("voc", "JPEGImages/a.png"), ("cityscapes", "gtFine/train/train/a_gtFine_labelIds.png")):
        export_shards(tmp_path / "first", tmp_path / layout, layout, **QUIET)
        (tmp_path / layout / file).unlink()
        with pytest.raises(DataError, match="1 problem: .*(no mask|no image|no file)"): open_layout(tmp_path / layout, **QUIET)
        home = open_layout(tmp_path / layout, on_error="skip", **QUIET)
        assert [p.name for p in home["train"].pairs] == ["b"] and len(home["train"].skipped) == 1


def test_masks_that_were_painted_over_are_read_as_they_are_now(tmp_path):
    make(tmp_path / "first", *SETS["0 and 255"])
    export_shards(tmp_path / "first", tmp_path / "out", **QUIET)
    Image.fromarray(np.full((18, 23), 255, np.uint8)).save(tmp_path / "out/masks/a.png")
    assert main(["write", "--layout", "auto", str(tmp_path / "out"), str(tmp_path / "home")]) == 0
    assert (records(tmp_path / "home")["train"]["a"][1] == 1).all()


def test_what_a_model_says_comes_home(tmp_path):
    truth = make(tmp_path / "first", *SETS["0 and 255"])
    for layout in EXPORT_LAYOUTS:
        export_shards(tmp_path / "first", tmp_path / layout, layout, predict=lambda images: images[..., :1] // 128, **QUIET)
        assert main(["write", "--layout", "auto", str(tmp_path / layout), str(tmp_path / f"{layout} home")]) == 0
        same(records(tmp_path / f"{layout} home"), {split: {n: (image, image[..., :1] // 128) for n, (image, _) in some.items()} for split, some in truth.items()})


def test_shards_of_others_go_out_upright(tmp_path):
    "A turn that EXIF tells of an image inside a record was never applied to its mask; on the way out the pixels stand as in the record."
    exif = Image.Exif()
    exif[0x0112] = 6
    image, mask = np.random.default_rng(0).integers(0, 256, (8, 12, 3), dtype=np.uint8), np.arange(96, dtype=np.uint8).reshape(8, 12, 1) % 4
    Image.fromarray(image).save(out := io.BytesIO(), "PNG", exif=exif)
    (tmp_path / "in").mkdir()
    write_records(tmp_path / "in/train.tfrecord", [serialize_example({"image/encoded": out.getvalue(), "image/filename": b"a", "image/segmentation/class/encoded": encode_png(mask)})])
    for layout in EXPORT_LAYOUTS:
        assert there_and_back(tmp_path / "in", layout, tmp_path / f"{layout} home") == (0, 0)
        same(records(tmp_path / f"{layout} home"), {"train": {"a": (image, mask)}})


def test_the_note_of_tfds_is_what_convert_reads(tmp_path):
    "Without it the keys are found by features.json, as those of anybody; `write` names the verb that reads shards."
    make(tmp_path / "first", *SETS["0 and 255"])
    export_tfds(tmp_path / "first", tmp_path / "tfds")
    with pytest.raises(DataError, match="Read them with tfrseg convert"): open_layout(tmp_path / "tfds")
    (tmp_path / "tfds" / EXPORT_NAME).unlink()
    info = convert_shards(tmp_path / "tfds", tmp_path / "home", **QUIET)
    assert info.labels.class_names == ("background", "foreground") and json.loads((tmp_path / "tfds/features.json").read_text())
