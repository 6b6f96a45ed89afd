"What a folder is taken for: splits and their names, advice that can be typed, options as text, ids of Cityscapes."
import re
import shlex

import numpy as np
import pytest
from PIL import Image

from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.sources.detect import layout_options, open_layout
from tfrseg.sources.known_formats import name_format
from tfrseg.sources.layouts import cityscapes_source
from tfrseg.storage.dataset import load_info

H, W = 24, 32


def image(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.random.default_rng(len(str(path))).integers(0, 255, (H, W, 3), np.uint8)).save(path)


def mask(path, *values):
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = np.resize(np.array(values or (0, 1), np.uint8), H)
    Image.fromarray(np.repeat(rows[:, None], W, 1)).save(path)


def text(path, words):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)


def follow(line, out):
    "Types each command of a line; the folders that it wrote."
    commands = re.findall(r"tfrseg (write .+? OUT(?: --[^(,]+?)?)(?=, then|\.$|;| \(|$)", line)
    assert commands, line
    done = []
    for k, command in enumerate(commands):
        done.append(out / f"out{k}")
        words = [str(done[-1]) if word == "OUT" else word for word in shlex.split(command)]
        assert main(words) == 0, command
    return done


# Splits

def build_voc(root, split, n):
    image(root / f"JPEGImages/{n}.jpg")
    mask(root / f"SegmentationClass/{n}.png")
    with (root / f"{split}.part").open("a") as file: file.write(f"{n}\n")
    text(root / f"ImageSets/Segmentation/{split}.txt", (root / f"{split}.part").read_text())
    return root / f"SegmentationClass/{n}.png"


def build_city(root, split, n):
    image(root / f"leftImg8bit/{split}/x/{n}_leftImg8bit.png")
    mask(root / f"gtFine/{split}/x/{n}_gtFine_labelIds.png", 7, 26)
    return root / f"gtFine/{split}/x/{n}_gtFine_labelIds.png"


def build_ade(root, split, n):
    image(root / f"images/{split}/{n}.jpg")
    mask(root / f"annotations/{split}/{n}.png")
    return root / f"annotations/{split}/{n}.png"


def build_camvid(root, split, n):
    image(root / f"{split}/{n}.png")
    mask(root / f"{split}annot/{n}.png")
    return root / f"{split}annot/{n}.png"


def build_roboflow(root, split, n):
    image(root / f"{split}/{n}.jpg")
    mask(root / f"{split}/{n}_mask.png")
    text(root / f"{split}/_classes.csv", "Pixel Value, Class\n0, background\n1, cat\n")
    return root / f"{split}/{n}_mask.png"


@pytest.mark.fault("one mask of a split is missing",
                   "the pairs that a glob of masks and one of images make are off by one from there on",
                   ours="an error that names the image; under skip the others of the split are kept")
@pytest.mark.parametrize("build", [build_voc, build_city, build_ade, build_camvid, build_roboflow])
def test_one_missing_mask_does_not_cost_a_split(tmp_path, build):
    masks = [build(tmp_path, "val" if n == "d" else "train", n) for n in "abcd"]
    masks[1].unlink()
    with pytest.raises(DataError, match=r"b[\w]*\.(jpg|png): no mask"): open_layout(tmp_path)
    left = open_layout(tmp_path, on_error="skip")
    assert {split: len(source.pairs) for split, source in left.items()} == {"train": 2, "val": 1}
    assert any("no mask" in line for line in left["train"].skipped)
    for path in (masks[0], masks[2]): path.unlink()
    if build is build_camvid: (tmp_path / "trainannot").mkdir(exist_ok=True)
    if build is build_city: mask(tmp_path / "gtFine/train/x/other_gtFine_color.png")
    if build in (build_voc, build_roboflow):
        only = open_layout(tmp_path)
        assert list(only) == ["val"]
        assert "split train is left out: none of its 3 images has a mask" in only["val"].assumptions


def test_skip_is_no_advice_for_those_who_skip(tmp_path):
    for n in "ab": build_ade(tmp_path, "train", n).unlink()
    mask(tmp_path / "annotations/train/c.png")
    build_ade(tmp_path, "val", "d").rename(tmp_path / "annotations/val/e.png")
    with pytest.raises(DataError) as caught: open_layout(tmp_path, "ade20k", on_error="skip")
    assert "on_error" not in str(caught.value)
    with pytest.raises(DataError, match="on_error='skip'"): open_layout(tmp_path, "ade20k")


@pytest.mark.parametrize("said, names", [
    (("Train", "Validation", "Test"), ("train", "val", "test")), (("training", "validation"), ("train", "val")),
    (("train", "valid"), ("train", "val")), (("train", "dev"), ("train", "val")),
    (("train", "dev", "val"), ("train", "dev", "val")), (("train", "training"), ("train", "training"))])
def test_names_of_splits(tmp_path, said, names):
    for n, split in enumerate(said): build_ade(tmp_path, split, str(n))
    sources = open_layout(tmp_path)
    assert sorted(sources) == sorted(names)
    told = [line for source in sources.values() for line in source.assumptions if " is called " in line]
    assert sorted(told) == sorted(f"split {a!r} is called {b!r}" for a, b in zip(said, names) if a != b)


def test_the_layout_that_was_found_is_told_first(tmp_path):
    build_ade(tmp_path, "train", "a")
    build_ade(tmp_path, "val", "b")
    first = "read as layout ade20k, which fits by its files; --layout ade20k says it"
    assert open_layout(tmp_path)["train"].assumptions[0] == first
    assert first not in open_layout(tmp_path, "ade20k")["train"].assumptions


# Options

def test_options_by_their_declaration():
    assert layout_options("camvid", ["ignore=bushes"]) == {"ignore": ("bushes",)}
    assert layout_options("camvid", ["ignore=none"]) == {"ignore": ()}
    assert layout_options("voc", ["class_names=thing", "palette=ff8000"]) == {
        "class_names": ("thing",), "palette": [(255, 128, 0)]}
    assert layout_options("voc", ["ignore_label=none"]) == {"ignore_label": "none"}
    for word in ("on_error=skip", "show_progress=no", "palette=red"):
        with pytest.raises(ValueError) as caught: layout_options("voc", [word])
        assert not re.search("on_error|show_progress", str(caught.value).replace(word, ""))


# Cityscapes

def test_own_ids_in_the_folders_of_cityscapes(tmp_path):
    for n in "ab":
        image(tmp_path / f"leftImg8bit/train/x/{n}_leftImg8bit.png")
        mask(tmp_path / f"gtFine/train/x/{n}_gtFine_labelIds.png", 0, 1, 2, 3)
    with pytest.raises(DataError, match="would ignore 100 % of the pixels.*class_names="): open_layout(tmp_path)
    source = cityscapes_source(tmp_path, class_names=("a", "b", "c", "d"))
    assert source.class_names == ("a", "b", "c", "d") and len(source.pairs) == 2
    assert main(["write", "--layout", "auto", str(tmp_path), str(tmp_path / "o"), "--classes", *"abcd"]) == 0
    assert load_info(tmp_path / "o").labels.class_names == tuple("abcd")


def test_much_that_cityscapes_ignores_is_told(tmp_path):
    image(tmp_path / "leftImg8bit/train/x/a_leftImg8bit.png")
    mask(tmp_path / "gtFine/train/x/a_gtFine_labelIds.png", 4, 18, 26)
    lines = cityscapes_source(tmp_path).assumptions
    assert any("67 % of the pixels are ignored" in line and "4, 18" in line for line in lines)
    mask(tmp_path / "gtFine/train/x/a_gtFine_labelIds.png", 7, 18, 26)
    assert not cityscapes_source(tmp_path).assumptions
    image(tmp_path / "leftImg8bit/train/x/b_leftImg8bit.png")
    mask(tmp_path / "gtFine/train/x/b_gtFine_labelIds.png", 4, 5, 18)  # of few masks, each is looked at
    assert any("67 % of the pixels are ignored" in line for line in cityscapes_source(tmp_path).assumptions)


@pytest.mark.parametrize("gt, kind, option", [("gtFine", "labelTrainIds", "masks=labelTrainIds"),
                                              ("gtCoarse", "labelIds", "gt=gtCoarse")])
def test_other_masks_of_cityscapes_are_named(tmp_path, gt, kind, option):
    image(tmp_path / "leftImg8bit/train/x/a_leftImg8bit.png")
    mask(tmp_path / f"{gt}/train/x/a_{gt}_{kind}.png", 7, 11)
    with pytest.raises(DataError, match=f"--option {option}"): open_layout(tmp_path)
    assert len(open_layout(tmp_path, **dict([option.split("=")]))["train"].pairs) == 1


# Advice that can be typed

KINDS = [
    ("images/{}.jpg", "masks/{}.png"), ("My Folder/{}.jpg", "My Folder/{} mask.png"),
    ("in/{}.jpg", "GroundTruth/{}_segmentation.png"), ("in/{}.png", "labels/{}_P.png"),
    ("train/images/{}.jpg", "train/masks/{}.png"), ("images/train/{}.tif", "masks/train/{}.png"),
    ("train2017/{}.jpg", "stuffthingmaps/train2017/{}.png"),
    ("training/images/{}.jpg", "training/v1.2/labels/{}.png"),
    ("JPEGImages/{}.jpg", "SegmentationClassPNG/{}.png")]
STRAY = ["all.zip", "clip.mp4", "facts.npz", "boxes.csv", "labels/a.txt"]


@pytest.mark.parametrize("files, stray", [(files, "all.zip") for files in KINDS] + [(KINDS[0], s) for s in STRAY[1:]])
def test_two_folders_are_named_whatever_lies_beside(tmp_path, files, stray):
    root = tmp_path / "a set"
    for n in "ab":
        image(root / files[0].format(n))
        mask(root / files[1].format(n))
    if "PNG" in files[1]: (root / "SegmentationClass").mkdir()
    text(root / stray, "image,xmin,ymin,xmax,ymax\n" if stray.endswith("csv") else "0 0.5 0.5 0.1 0.1\n")
    with pytest.raises(DataError) as caught: open_layout(root)
    done = follow(re.sub(r" ?\(Python: (?:[^()]|\([^()]*\))*\)", "", str(caught.value)), tmp_path)
    assert sum(shard.records for shard in load_info(done[0]).splits["train"]) == 2


@pytest.mark.parametrize("files", [("{}/images/{}.jpg", "{}/masks/{}.png"), ("images/{}/{}.jpg", "masks/{}/{}.png")])
def test_one_command_for_each_split(tmp_path, files):
    for split in ("train", "val"):
        image(tmp_path / "s" / files[0].format(split, split))
        mask(tmp_path / "s" / files[1].format(split, split))
    line = name_format(tmp_path / "s")
    assert "one command per split" in line
    done = follow(re.sub(r" ?\(Python.*", "", line), tmp_path)
    assert [list(load_info(out).splits) for out in done] == [["train"], ["val"]]


def test_a_table_of_pairs(tmp_path):
    image(tmp_path / "i/a.png")
    mask(tmp_path / "m/a.png")
    text(tmp_path / "train.csv", "image,mask\ni/a.png,m/a.png\n")
    follow(name_format(tmp_path / "train.csv").split(" (Python")[0], tmp_path)
    text(tmp_path / "train.csv", "image,mask\ni/a.png,n/a.png\n")
    assert "--layout list" in name_format(tmp_path / "train.csv")
    text(tmp_path / "lines/x.jsonl", "{}\n")
    assert "found JSON lines (x.jsonl)" in name_format(tmp_path / "lines")


def test_halves_of_sets(tmp_path):
    mask(tmp_path / "cvat/SegmentationClass/a.png")
    assert "masks of VOC or CVAT without images" in name_format(tmp_path / "cvat")
    image(tmp_path / "city/one/leftImg8bit/train/x/a_leftImg8bit.png")
    mask(tmp_path / "city/two/gtFine/train/x/a_gtFine_labelIds.png", 7)
    assert "one/leftImg8bit and two/gtFine: move both into one folder" in name_format(tmp_path / "city")
    image(tmp_path / "loose/a.png")
    mask(tmp_path / "loose/masks/a.png")
    assert "images lie beside masks/" in name_format(tmp_path / "loose")


def test_the_labelme_of_2008_with_its_images(tmp_path):
    root = tmp_path / "a set"
    image(root / "Images/users/x/a.jpg")
    corners = "".join(f"<pt><x>{x}</x><y>{y}</y></pt>" for x, y in ((2, 2), (20, 2), (20, 12), (2, 12)))
    text(root / "Annotations/users/x/a.xml",
         "<annotation><filename>a.jpg</filename><folder>users/x</folder><imagesize><nrows>24</nrows><ncols>32</ncols>"
         "</imagesize><object><name>car</name><deleted>0</deleted>"
         f"<polygon>{corners}</polygon></object></annotation>")
    with pytest.raises(DataError) as caught: open_layout(root)
    done = follow(str(caught.value).split(" (Python")[0], tmp_path)
    assert load_info(done[0]).labels.class_names == ("background", "car")


def test_images_and_masks_of_cityscapes_in_two_folders(tmp_path):
    image(tmp_path / "left" / "leftImg8bit" / "train" / "a" / "a_000000_000019_leftImg8bit.png")
    mask(tmp_path / "right" / "gtFine" / "train" / "a" / "a_000000_000019_gtFine_labelIds.png")
    with pytest.raises(DataError, match="Found images and masks of Cityscapes in left/leftImg8bit and right/gtFine: move both into one folder"):
        open_layout(tmp_path)
