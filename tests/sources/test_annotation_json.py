"""LabelMe, Datumaro and Supervisely as they are written, old and new."""
import base64
import io
import pickle
import zlib

import numpy as np
import pytest
from PIL import Image
from annotation_files import (DOT, FLAT, H, SQUARE, W, coco, labelme, pixels, save, save_image, supervisely,
    supervisely_polygon, told)

from tfrseg.sources.coco import coco_source
from tfrseg.storage.image import load_image
from tfrseg.core import DataError
from tfrseg.sources.detect import detect_layouts, open_layout
from tfrseg.sources.annotation_json import EmbeddedImage, labelme_source, supervisely_source
from tfrseg.writer.write import plan_shards, write_shards


@pytest.mark.fault("LabelMe's __ignore__ over other shapes", "-",
                   "obeys the order of drawing, as in LabelMe; what it hides is counted")
def test_labelmes_ignore_obeys_the_order(tmp_path):
    save_image(tmp_path / "a.png")
    shapes = ("thing", "polygon", SQUARE), ("__ignore__", "polygon", DOT)
    save(tmp_path / "a.json", labelme(*shapes))
    assert pixels(labelme_source(tmp_path, show_progress=False)) == {"background": 1800, "thing": 584,
                                                                     "ignored": 16}
    save(tmp_path / "a.json", labelme(*shapes[::-1]))
    under = labelme_source(tmp_path, show_progress=False)
    assert pixels(under) == {"background": 1800, "thing": 600}
    assert "1 shape vanishes altogether, covered by shapes on top: 1 ignored" in told(under)
    save(tmp_path / "a.json",
         labelme(("thing", "polygon", SQUARE), ("dot", "polygon", DOT), ("_background_", "polygon", DOT)))
    over = labelme_source(tmp_path, show_progress=False)
    assert pixels(over) == {"background": 1816, "thing": 584} and "1 dot" in told(over)


# Backgrounds and names

def test_the_background_of_labelmes_converters_is_no_class(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "c.json",
         coco({"segmentation": [FLAT]},
              categories=[{"id": 0, "name": "_background_"}, {"id": 1, "name": "thing"}]))
    source = coco_source(tmp_path, show_progress=False)
    assert source.class_names == ("background", "thing")
    assert "'_background_' is taken for the background, id 0" in told(source)
    named = coco_source(tmp_path, background="_background_", show_progress=False)
    assert named.class_names == ("_background_", "thing") and "taken for" not in told(named)


def test_invalid_json_is_called_so(tmp_path):
    save(tmp_path / "a.json", '{"shapes": [], "imagePath": \n ,}')
    with pytest.raises(DataError, match="invalid JSON .*line 2 column 2"):
        labelme_source(tmp_path, show_progress=False)


def bitmap(height, width):
    out = io.BytesIO()
    Image.fromarray(np.full((height, width), 255, np.uint8)).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


@pytest.mark.parametrize("shape, wanted", (
    (("thing", "polygon", [[-12, 5], [72, 5], [72, 25], [-12, 25]]), 1200),
    (("thing", "mask", [[50, 10], [69, 29]], {"mask": bitmap(20, 20)}), 200),
    (("thing", "mask", [[-9, -12], [10, 7]], {"mask": bitmap(20, 20)}), 88)))
def test_what_reaches_over_the_edge_names_its_option(tmp_path, shape, wanted):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json", labelme(shape))
    with pytest.raises(DataError, match="by more than margin=1; --option margin=1[02] cuts it") as error:
        labelme_source(tmp_path, show_progress=False)
    margin = float(str(error.value).partition("--option margin=")[2].split()[0])
    assert pixels(labelme_source(tmp_path, margin=margin, show_progress=False))["thing"] == wanted


# LabelMe's ways

@pytest.mark.fault("LabelMe's JSON without the image file", "file not found",
                   "imageData is decoded, and told")
@pytest.mark.parametrize("more", ({"imagePath": "a.json"}, {"imagePath": "..\\x\\b.png"}, {"imagePath": None},
                                  {"imagePath": "", "imageHeight": None, "imageWidth": None}))
def test_the_picture_inside_the_json(tmp_path, more):
    save_image(tmp_path / "else/x.png")
    data, root = (tmp_path / "else/x.png").read_bytes(), tmp_path / "deep/set"
    save(root / "a.json",
         labelme(("thing", "polygon", SQUARE), imageData=base64.b64encode(data).decode(), **more))
    source = labelme_source(root, show_progress=False)
    image = source.pairs[0].image
    assert isinstance(image, EmbeddedImage)
    assert (load_image(image) == load_image(data)).all()
    assert len(repr(image)) < 300
    assert "1 of 1 image taken out of imageData" in told(source)
    assert pickle.loads(pickle.dumps(source.pairs)) == source.pairs
    write_shards(plan_shards(source, tmp_path / "out"), show_progress=False)
    for text in ("%%%", "AAAA", base64.b64encode(data[:99]).decode()):
        save(root / "a.json", labelme(("thing", "polygon", SQUARE), imagePath="b.png", imageData=text))
        with pytest.raises(DataError, match="a.json"): labelme_source(root, show_progress=False)


def test_no_image_data_where_none_is(tmp_path):
    save(tmp_path / "set/a.json",
         {k: v for k, v in labelme(("thing", "polygon", SQUARE)).items() if k != "imagePath"})
    with pytest.raises(DataError, match="no image ''"): labelme_source(tmp_path / "set", show_progress=False)


def test_turned_boxes_and_old_files(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json",
         labelme(("thing", "oriented_rectangle", [[20, 5], [30, 15], [20, 25], [10, 15]])))
    assert abs(pixels(labelme_source(tmp_path, show_progress=False))["thing"] - 200) <= 20
    old = {"shapes": [{"label": "thing", "line_color": None, "fill_color": None, "points": SQUARE}],
           "lineColor": [0, 255, 0, 128],
           "fillColor": [255, 0, 0, 128], "imagePath": "a.png", "imageData": None}
    save(tmp_path / "a.json", old)
    assert pixels(labelme_source(tmp_path, show_progress=False))["thing"] == 600


def test_the_first_labelme_wrote_xml(tmp_path):
    save_image(tmp_path / "images/a.png")
    corners = "".join(f"<pt><x>{x}</x><y>{y}</y></pt>" for x, y in SQUARE)
    thing = f"<object><name>thing\n</name><deleted>0</deleted><polygon>{corners}</polygon></object>"
    head = "<annotation><filename>a.png</filename>"
    size = f"<imagesize><nrows>{H}</nrows><ncols>{W}</ncols></imagesize>"
    gone = thing.replace("<deleted>0", "<deleted>1").replace("thing", "gone")
    save(tmp_path / "ann/a.xml", f"{head}{size}{thing}{gone}</annotation>")
    assert detect_layouts(tmp_path) == ["labelme"]
    assert pixels(labelme_source(tmp_path, show_progress=False)) == {"background": 1800, "thing": 600}
    painted = thing.replace("<polygon>", "<segm><mask>m.png</mask></segm><polygon>")
    save(tmp_path / "ann/a.xml", f"{head}{painted}</annotation>")
    with pytest.raises(DataError, match="a painted mask in a separate file"):
        labelme_source(tmp_path, show_progress=False)


@pytest.mark.parametrize("label", (None, "", [], {"a": 1}))
def test_a_label_that_is_none_is_wrong(tmp_path, label):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json", labelme((label, "polygon", SQUARE)))
    with pytest.raises(DataError, match="shape 1: a class called"):
        labelme_source(tmp_path, show_progress=False)


def test_nested_datasets_of_supervisely_are_read(tmp_path):
    save(tmp_path / "meta.json", {"classes": [{"title": "thing"}]})
    for folder, name in (("ds0", "a"), ("ds0/datasets/night", "b"), ("ds1/datasets/day", "c")):
        save_image(tmp_path / folder / f"img/{name}.png", seed=ord(name))
        save(tmp_path / folder / f"ann/{name}.png.json", supervisely(supervisely_polygon()))
    sources = open_layout(tmp_path, show_progress=False)
    assert {split: len(source) for split, source in sources.items()} == {"ds0": 2, "ds1": 1}


def test_an_alpha_mask_is_drawn_and_an_unknown_kind_is_counted(tmp_path):
    save(tmp_path / "meta.json", {"classes": [{"title": "thing"}]})
    data = io.BytesIO()
    Image.fromarray(np.full((5, 10, 4), 255, np.uint8)).save(data, "PNG")
    mask = {"data": base64.b64encode(zlib.compress(data.getvalue())).decode(), "origin": [40, 30]}
    rows = supervisely_polygon("alpha_mask", bitmap=mask), supervisely_polygon("oriented_bbox")
    save_image(tmp_path / "d/img/a.png")
    save(tmp_path / "d/ann/a.png.json", supervisely(*rows))
    source = supervisely_source(tmp_path, show_progress=False)
    assert pixels(source)["thing"] == 50 and "1 oriented_bbox (a kind that is not known)" in told(source)


def test_a_turned_box_of_x_anylabeling_is_drawn(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json", labelme(("thing", "rotation", SQUARE)))
    assert pixels(labelme_source(tmp_path, show_progress=False))["thing"] == 600


def test_folders_of_splits_stay_splits_in_labelme(tmp_path):
    for split, label in (("train", "b"), ("val", "a")):
        save_image(tmp_path / split / "1.png", seed=len(split))
        save(tmp_path / split / "1.json", labelme((label, "polygon", SQUARE), imagePath="1.png"))
    sources = open_layout(tmp_path, show_progress=False)
    assert [len(source) for source in sources.values()] == [1, 1] and list(sources) == ["train", "val"]
    assert {source.class_names for source in sources.values()} == {("background", "a", "b")}
    assert len(open_layout(tmp_path, by_split=False, show_progress=False)["train"]) == 2
    save_image(tmp_path / "2.png")
    save(tmp_path / "2.json", labelme(("a", "polygon", SQUARE), imagePath="2.png"))
    assert len(open_layout(tmp_path, show_progress=False)["train"]) == 3


def test_other_json_files_are_not_labelmes(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json", labelme(("thing", "polygon", SQUARE)))
    save(tmp_path / "out/dataset_info.json", {"splits": {}})
    source = labelme_source(tmp_path, show_progress=False)
    assert len(source) == 1 and "1 JSON file without shapes is left out" in told(source)
