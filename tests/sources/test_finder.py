"""Images are found wherever they lie; what was assumed is reported."""
import json

import pytest
from annotation_files import (FLAT, SQUARE, coco, cvat, datumaro_with, labelme, pixels, save, save_image,
    supervisely, supervisely_polygon, told)

from tfrseg.sources.coco import coco_source
from tfrseg.core import DataError
from tfrseg.sources.detect import detect_layouts
from tfrseg.sources.finder import ImageFinder, visible_files
from tfrseg.sources.annotation_json import datumaro_source, labelme_source, supervisely_source
from tfrseg.sources.annotation_tools import cvat_source


# Where images lie

@pytest.mark.fault("image paths of another machine in annotation files", "file not found",
                   "found by the longest end of the path, the name or the stem below the dataset, and told; "
                   "two of one name are a question")
@pytest.mark.parametrize("name, there", (
    ("images\\1/a.png", "images/a.png"), ("..\\..\\upload\\4\\a.png", "images/a.png"),
    ("/home/me/set/images/a.png", "images/a.png"),
    ("C:\\set\\images\\a.png", "images/a.png"), ("images/a.png", "a.png"),
    ("/data/local-files/?d=set/a%20b.png", "images/a b.png"),
    ("http://host/x/a.png?t=1", "a.png"), ("a.jpg", "images/a.PNG"), ("train2017/a.jpg", "train2017/a.png"),
    ("A.png", "deep/er/a.png")))
@pytest.mark.parametrize("layout", ("coco", "cvat", "labelme", "datumaro"))
def test_an_image_is_found_wherever_it_lies(tmp_path, name, there, layout):
    root = tmp_path / "set"
    save_image(root / there)
    if layout == "coco": save(root / "result.json", coco({"segmentation": [FLAT]}, image={"file_name": name}))
    if layout == "cvat": save(root / "annotations.xml", cvat().replace('name="a.png"', f'name="{name}"'))
    if layout == "labelme": save(root / "x/y.json", labelme(("thing", "polygon", SQUARE), imagePath=name))
    if layout == "datumaro":
        datumaro_with({"type": "points"})(root)
        data = json.loads((root / "annotations/train.json").read_text())
        save(root / "annotations/train.json",
             data | {"items": [data["items"][0] | {"id": "item", "image": {"path": name}}]})
    read = {"coco": coco_source, "cvat": cvat_source, "labelme": labelme_source,
            "datumaro": datumaro_source}[layout]
    source = read(root, show_progress=False)
    assert source.pairs[0].image == root / there and pixels(source)["thing"] == 600
    assert not (".." in source.pairs[0].name or "\\" in source.pairs[0].name
                or source.pairs[0].name.startswith("/"))
    assert read(root, images=root / there.rpartition("/")[0],
                show_progress=False).pairs[0].image == root / there


def test_a_detour_is_told_and_a_straight_way_is_not(tmp_path):
    save_image(tmp_path / "images/a.png")
    for name, lines in (("a.png", 0), ("./a.png", 0), ("a", 0), ("/x/a.png", 1), ("b/a.png", 1)):
        save(tmp_path / "c.json", coco({"segmentation": [FLAT]}, image={"file_name": name}))
        assert told(coco_source(tmp_path, show_progress=False)).count("1 image found by") == lines, name
    save_image(tmp_path / "other/z.png")
    save_image(tmp_path / "more/z.png")
    save(tmp_path / "c.json", coco({"segmentation": [FLAT]}, image={"file_name": "q/z.png"}))
    with pytest.raises(DataError, match="2 images are called 'z.png', such as .* Say which folder with "
                                        "--option images=FOLDER"):
        coco_source(tmp_path, show_progress=False)


def test_the_name_of_a_file_of_many_is_no_image(tmp_path):
    "A lost image is not the one that happens to be called as the annotation file."
    root = tmp_path / "set"
    save_image(root / "train.png")
    save_image(tmp_path / "strangers/lost.png")
    save(root / "train.json", coco({"segmentation": [FLAT]}, image={"file_name": "lost.png"}))
    with pytest.raises(DataError, match="no image 'lost.png'"): coco_source(root, show_progress=False)


def test_two_names_of_one_image_are_found_out(tmp_path):
    save_image(tmp_path / "images/a.png")
    data = coco({"segmentation": [FLAT]}, image={"file_name": "/x/a.png"})
    data["images"].append({"id": 2, "file_name": "C:\\y\\a.png"})
    save(tmp_path / "c.json", data)
    with pytest.raises(DataError, match="the image 'images/a' occurs twice"):
        coco_source(tmp_path, show_progress=False)


def test_other_endings_and_maps_of_the_same_stem(tmp_path):
    "An image of another ending is found where its path says, although a mask has the same stem."
    for folder in ("images/train2017", "stuff/train2017"): save_image(tmp_path / folder / "x.png")
    save(tmp_path / "c.json", coco({"segmentation": [FLAT]}, image={"file_name": "train2017/x.jpg"}))
    assert coco_source(tmp_path, show_progress=False).pairs[0].image == tmp_path / "images/train2017/x.png"


@pytest.mark.fault("hidden files of macOS among annotations and images", "read as data, or an error",
                   "passed over")
def test_hidden_files_are_passed_over(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json", labelme(("thing", "polygon", SQUARE)))
    for name in ("._a.json", "__MACOSX/._a.json", "__MACOSX/a.json", ".cache/b.json", "__MACOSX/a.png"):
        save(tmp_path / name, b"\0\5\x16\7")
    assert [p.name for p in labelme_source(tmp_path, show_progress=False).pairs] == ["a"]
    assert detect_layouts(tmp_path) == ["labelme"]
    assert visible_files(tmp_path, "**/*.json") == [tmp_path / "a.json"]
    assert ImageFinder(tmp_path).find("q/a.png", tmp_path / "a.json") == tmp_path / "a.png"
    (tmp_path / ".hidden/set").mkdir(parents=True)
    save(tmp_path / ".hidden/set/b.json", "{}")
    assert visible_files(tmp_path / ".hidden/set", "*.json")


def test_a_mask_never_becomes_the_image(tmp_path):
    save_image(tmp_path / "images/b.png")
    for place in ("masks/a.png", "SegmentationClass/a.png", "gt/a.png", "x/a_mask.png", "annotations/a.png"):
        save_image(tmp_path / place)
    for name, image in (("a.jpg", None), ("pics/a.png", None), ("a_mask.jpg", None),
                        ("masks/a.png", "masks/a.png")):
        save(tmp_path / "annotations/x.json", coco({"segmentation": [FLAT]}, image={"file_name": name}))
        if image: assert coco_source(tmp_path, show_progress=False).pairs[0].image == tmp_path / image
        else:
            with pytest.raises(DataError, match="no image"): coco_source(tmp_path, show_progress=False)
    save(tmp_path / "annotations/a.json", labelme(("thing", "polygon", SQUARE), imagePath="gone.jpg"))
    found = labelme_source(tmp_path / "annotations", on_error="skip", show_progress=False).pairs[0].image
    assert found == tmp_path / "annotations/a.png"  # beside the file that tells of it


def test_images_that_no_annotation_tells_of_are_counted(tmp_path):
    for root in ("coco", "labelme", "sly/d/img"):
        for name in "abc": save_image(tmp_path / root / f"{name}.png", seed=ord(name))
    save_image(tmp_path / "coco/a_mask.png")
    save(tmp_path / "coco/x.json", coco({"segmentation": [FLAT]}))
    save(tmp_path / "labelme/a.json", labelme(("thing", "polygon", SQUARE)))
    save(tmp_path / "sly/meta.json", {"classes": [{"title": "thing"}]})
    save(tmp_path / "sly/d/ann/a.png.json", supervisely(supervisely_polygon()))
    for read, root in ((coco_source, "coco"), (labelme_source, "labelme"), (supervisely_source, "sly")):
        line = "2 images are left out, as no annotation file names them, such as"
        assert told(read(tmp_path / root, show_progress=False)).count(line) == 1
