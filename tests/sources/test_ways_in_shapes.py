"""Outlines as people have them: shapes without area, images that were moved, crowds, tracks; all is told."""
import base64
import io
import json
import pickle
import zlib
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from tfrseg.sources.coco import coco_source
from tfrseg.storage.image import load_image
from tfrseg.core import DataError, text_encoding
from tfrseg.sources.detect import detect_layouts, open_layout
from tfrseg.sources.finder import ImageFinder, visible_files
from tfrseg.sources.annotation_json import EmbeddedImage, datumaro_source, labelme_source, supervisely_source
from tfrseg.sources.annotation_tools import YOLO, cvat_source, yolo_source
from tfrseg.sources.shapes import AnnotatedImage, Shape, bits_rle, annotated_source, hidden_shapes, polygon_rle
from tfrseg.sources.source import load_pair
from tfrseg.writer.write import plan_shards, write_shards

H, W = 40, 60
SQUARE = [[5, 5], [35, 5], [35, 25], [5, 25]]  # 30 x 20 = 600 pixels
DOT = [[10, 10], [14, 10], [14, 14], [10, 14]]
FLAT = [v for corner in SQUARE for v in corner]
LINE = [[1, 1], [30, 30]]


def save_image(path, size=(H, W), seed=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.random.default_rng(seed).integers(0, 256, (*size, 3), dtype=np.uint8)).save(path)


def save(path, what):
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(what, bytes): path.write_bytes(what)
    else: path.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
    return path


def labelme(*shapes, **more):
    rows = [{"label": label, "shape_type": kind, "points": points} | (extra[0] if extra else {})
            for label, kind, points, *extra in shapes]
    return {"shapes": rows, "imagePath": "a.png", "imageData": None, "imageHeight": H, "imageWidth": W} | more


def coco(*rows, image=None, categories=({"id": 1, "name": "thing"},), **more):
    rows = [{"id": k, "image_id": 1, "category_id": 1, "iscrowd": 0, "area": 600,
             "bbox": [5, 5, 30, 20]} | row
            for k, row in enumerate(rows, 1)]
    return {"images": [{"id": 1, "width": W, "height": H, "file_name": "a.png"} | (image or {})],
            "annotations": rows,
            "categories": list(categories)} | more


def cvat(*tags):
    corners = ";".join(f"{x},{y}" for x, y in SQUARE)
    good = f'<polygon label="thing" points="{corners}" z_order="0"/>'
    return (f'<annotations><image id="0" name="a.png" width="{W}" height="{H}">{good}{"".join(tags)}'
            "</image></annotations>")


def pixels(source, n=0):
    "Pixels by class name of one pair."
    names, mask = source.class_names, load_pair(source.pairs[n], source.labels)["mask"]
    return {names[i] if i < len(names) else "ignored": int(k)
            for i, k in zip(*np.unique(mask, return_counts=True))}


def told(source): return "\n".join(source.assumptions)


# Three grades

def labelme_with(kind, points):
    return lambda root: save(root / "a.json", labelme(("thing", "polygon", SQUARE), ("other", kind, points)))


def cvat_with(tag): return lambda root: save(root / "annotations.xml", cvat(tag))


def supervisely_with(kind, points):
    def build(root):
        thing = {"id": 1, "classTitle": "thing", "geometryType": "polygon",
                 "points": {"exterior": SQUARE, "interior": []}}
        other = {"id": 2, "classTitle": "other", "geometryType": kind,
                 "points": {"exterior": points, "interior": []}}
        save(root / "meta.json", {"classes": [{"title": n} for n in ("thing", "other")]})
        save(root / "ds/ann/a.png.json", {"size": {"height": H, "width": W}, "objects": [thing, other]})
        save_image(root / "ds/img/a.png")
    return build


def datumaro_with(row):
    def build(root):
        rows = [{"id": 0, "type": "polygon", "label_id": 0, "points": FLAT}, {"id": 1, "label_id": 1} | row]
        save(root / "annotations/train.json",
             {"categories": {"label": {"labels": [{"name": "thing"}, {"name": "other"}]}},
                                               "items": [{"id": "a", "annotations": rows}]})
    return build


def coco_with(**row):
    return lambda root: save(root / "c.json", coco({"segmentation": [FLAT]}, row))


def yolo_with(line):
    def build(root):
        corners = " ".join(f"{x / W:.8f} {y / H:.8f}" for x, y in SQUARE)
        save_image(root / "images/train/a.png")
        save(root / "labels/train/a.txt", f"0 {corners}\n{line}\n")
        save(root / "data.yaml", "train: images/train\nnames: [thing, other]\n")
    return build


NO_AREA = {
    "LabelMe line": (labelme_source, labelme_with("line", LINE), "line"),
    "LabelMe point": (labelme_source, labelme_with("point", [[5, 5]]), "point"),
    "LabelMe linestrip": (labelme_source, labelme_with("linestrip", LINE), "linestrip"),
    "LabelMe cube": (labelme_source, labelme_with("cube", SQUARE), "cube (a kind that is not known)"),
    "LabelMe points": (labelme_source, labelme_with("points", LINE), "points"),
    "LabelMe two corners": (labelme_source, labelme_with("polygon", LINE), "polygon of two corners"),
    "LabelMe nothing": (labelme_source, labelme_with("polygon", []), "polygon without corners"),
    "LabelMe circle": (labelme_source, labelme_with("circle", [[5, 5]]), "circle without a radius"),
    "LabelMe flat box": (labelme_source, labelme_with("rectangle", [[5, 5]]), "polygon that covers no pixel"),
    "CVAT polyline": (cvat_source, cvat_with('<polyline label="lane" points="1,1;9,9"/>'), "polyline"),
    "CVAT points": (cvat_source, cvat_with('<points label="p" points="1,1"/>'), "points"),
    "CVAT cuboid": (cvat_source, cvat_with('<cuboid label="p" xtl1="1"/>'), "cuboid"),
    "CVAT skeleton": (cvat_source, cvat_with('<skeleton label="s"><points label="1"/></skeleton>'),
                      "skeleton"),
    "CVAT two corners": (cvat_source, cvat_with('<polygon label="thing" points="1,1;9,9"/>'),
                         "polygon of two corners"),
    "CVAT no corner": (cvat_source, cvat_with('<polygon label="thing" points=""/>'),
                       "polygon without corners"),
    "Supervisely line": (supervisely_source, supervisely_with("line", LINE), "line"),
    "Supervisely point": (supervisely_source, supervisely_with("point", [[5, 5]]), "point"),
    "Supervisely graph": (supervisely_source, supervisely_with("graph", []), "graph"),
    "Supervisely nothing": (supervisely_source, supervisely_with("polygon", []), "polygon without corners"),
    "Datumaro polyline": (datumaro_source, datumaro_with({"type": "polyline", "points": [1, 1, 9, 9]}),
                          "polyline"),
    "Datumaro points": (datumaro_source, datumaro_with({"type": "points", "points": [1, 1]}), "points"),
    "Datumaro two corners": (datumaro_source, datumaro_with({"type": "polygon", "points": [1, 1, 9, 9]}),
                             "polygon of two corners"),
    "COCO box": (coco_source, coco_with(segmentation=[]), "box"),
    "COCO null": (coco_source, coco_with(segmentation=None), "box"),
    "COCO empty ring": (coco_source, coco_with(segmentation=[[]]), "box"),
    "COCO nothing at all": (coco_source, coco_with(segmentation=[], bbox=None),
                            "annotation without segmentation"),
    "COCO two corners": (coco_source, coco_with(segmentation=[[1, 1, 9, 9]]), "polygon of two corners"),
    "COCO thin ring": (coco_source, coco_with(segmentation=[[1, 1, 9, 9], FLAT]), "polygon of two corners"),
    "COCO empty mask": (coco_source, coco_with(segmentation={"size": [H, W], "counts": [H * W]}),
                        "empty mask"),
    "YOLO box": (yolo_source, yolo_with("0 0.9 0.9 0.1 0.1"), "box"),
    "YOLO one corner": (yolo_source, yolo_with("1 0.9 0.9"), "polygon of one corner"),
    "YOLO class alone": (yolo_source, yolo_with("1"), "polygon without corners")}


@pytest.mark.fault("a line, a point, a box or a polygon of two corners among good polygons", "-",
                   "left out shape by shape and counted by kind; the others are drawn")
@pytest.mark.parametrize("name", NO_AREA)
def test_what_has_no_area_costs_the_shape_alone(tmp_path, name):
    read, build, kind = NO_AREA[name]
    save_image(tmp_path / "a.png")
    build(tmp_path)
    source = read(tmp_path, show_progress=False)
    assert pixels(source)["thing"] == 600 and not source.skipped
    assert f"1 shape without area was left out: 1 {kind}" in told(source)


@pytest.mark.parametrize("build, read, said", (
    (labelme_with("polygon", [[0, 0], [9, 9], [float("nan"), 3]]), labelme_source,
     "corners that are not finite"),
    (cvat_with('<polygon label="thing" points="1,1;x,9;3,3"/>'), cvat_source, "not understood"),
    (cvat_with('<mask label="thing" rle="9,1" left="0" top="0" width="4" height="4"/>'), cvat_source,
     "run lengths of 10 pixels"),
    (cvat_with('<mask label="thing" rle="90000000000" left="0" top="0" width="300000" height="300000"/>'),
     cvat_source,
     "a mask of 300000 x 300000 pixels at x=0, y=0, outside the image of 40 x 60"),
    (coco_with(segmentation=[FLAT], category_id=9), coco_source, "no category has the number 9"),
    (coco_with(segmentation=[[1, 2, 3]]), coco_source, "3 numbers; wanted an x and a y"),
    (coco_with(segmentation={"size": [W, H], "counts": [H * W]}), coco_source,
     "run lengths of 60 x 40 pixels; wanted 40 x 60"),
    (yolo_with("7 0 0 1 0 1 1"), yolo_source, "no class has the number 7"),
    (yolo_with("7 0.5 0.5 0.1 0.1"), yolo_source, "no class has the number 7")))
def test_what_is_wrong_is_a_finding_of_its_image(tmp_path, build, read, said):
    "The image is not written, whatever else lies on it."
    save_image(tmp_path / "a.png")
    build(tmp_path)
    for on_error in ("raise", "skip"):
        with pytest.raises(DataError, match="1 problem") as error:
            read(tmp_path, on_error=on_error, show_progress=False)
        assert said in str(error.value) and len(error.value.findings) == 1


def test_an_image_with_something_wrong_costs_no_other(tmp_path):
    "And gives no class: names are those of the images that stay."
    for n in "ab": save_image(tmp_path / f"{n}.png", seed=ord(n))
    save(tmp_path / "a.json", labelme(("thing", "polygon", SQUARE)))
    save(tmp_path / "b.json",
         labelme(("strange", "polygon", SQUARE), ("thing", "polygon", [[0, 0], [900, 0], [0, 9]]),
                 imagePath="b.png"))
    source = labelme_source(tmp_path, on_error="skip", show_progress=False)
    assert source.class_names == ("background", "thing") and len(source) == 1 and len(source.skipped) == 1


def test_names_are_settled_when_images_were_looked_at(tmp_path):
    "An image that cannot be read, or is of another size, is found out last; its classes go with it."
    for n in "ab": save_image(tmp_path / f"{n}.png", (H, W) if n == "b" else (W, H))
    for n, label in (("a", "aardvark"), ("b", "thing")):
        save(tmp_path / f"{n}.json", labelme((label, "polygon", SQUARE), imagePath=f"{n}.png"))
    source = labelme_source(tmp_path, on_error="skip", show_progress=False)
    assert source.class_names == ("background", "thing") and pixels(source)["thing"] == 600


def coco_box(root):
    box = {"category_id": 2, "bbox": ["42", 26.0, 6, 8]}
    save(root / "c.json", coco({"segmentation": [FLAT]}, box,
                               categories=[{"id": 1, "name": "thing"}, {"id": 2, "name": "other"}]))


@pytest.mark.fault("boxes among the polygons of YOLO and COCO",
                   "boxes are read as polygons of two corners, or the file is refused",
                   "left out and counted; boxes=draw and boxes=ignore say otherwise")
@pytest.mark.parametrize("build, read", ((yolo_with("1 0.75 0.75 0.1 0.2"), yolo_source),
                                         (coco_box, coco_source)))
def test_boxes_are_left_drawn_or_ignored(tmp_path, build, read):
    save_image(tmp_path / "a.png")
    build(tmp_path)
    left, drawn, ignored = (read(tmp_path, boxes=boxes, show_progress=False)
                            for boxes in ("leave", "draw", "ignore"))
    assert "1 box; --option boxes=draw fills them, --option boxes=ignore" in told(left)
    assert "box" not in told(drawn) + told(ignored)
    assert pixels(left) == {"background": 1800, "thing": 600}
    assert pixels(drawn) == {"background": 1752, "thing": 600, "other": 48}
    assert pixels(ignored) == {"background": 1752, "thing": 600, "ignored": 48}
    with pytest.raises(ValueError, match="boxes='keep'; wanted one of leave, draw, ignore"):
        read(tmp_path, boxes="keep")


def test_ignored_boxes_lie_under_polygons(tmp_path):
    yolo_with("0 0.5 0.5 1.0 1.0")(tmp_path)
    assert pixels(yolo_source(tmp_path, boxes="ignore",
                              show_progress=False)) == {"thing": 600, "ignored": 1800}


# Images without shapes

@pytest.mark.fault("images for which no shape was found", "they are background, and nobody knows",
                   "counted in the report; where it is all of them, an error that says what to do")
def test_images_without_shapes_are_counted(tmp_path):
    for n in "abc": save_image(tmp_path / f"{n}.png")
    data = coco({"segmentation": [FLAT]}, {"segmentation": [], "image_id": 2})
    data["images"] += [{"id": k, "width": W, "height": H, "file_name": f"{n}.png"}
                       for k, n in ((2, "b"), (3, "c"))]
    save(tmp_path / "c.json", data)
    assert "2 of 3 images hold no shape" in told(coco_source(tmp_path, show_progress=False))


@pytest.mark.parametrize("build, read, said", (
    (lambda root: save(root / "a.json", labelme()), labelme_source,
     "1 of 1 image holds no shape to draw. Draw polygons, or read the images alone"),
    (lambda root: save(root / "a.json", labelme(("x", "line", LINE))), labelme_source,
     "no shape to draw (1 line without area)"),
    (lambda root: save(root / "annotations.xml", cvat().replace("polygon", "tag")), cvat_source,
     "no shape to draw"),
    (lambda root: save(root / "c.json", coco({"segmentation": []})), coco_source,
     "(1 box without area). --option boxes=draw fills them"),
    (lambda root: (yolo_with("")(root), (root / "labels/train/a.txt").unlink()), yolo_source,
     "Label files are looked for such as")))
def test_no_shape_at_all_is_an_error(tmp_path, build, read, said):
    "Under skip too, with a finding, so that other splits go on."
    save_image(tmp_path / "a.png")
    build(tmp_path)
    for on_error in ("raise", "skip"):
        with pytest.raises(DataError) as error: read(tmp_path, on_error=on_error, show_progress=False)
        assert said in str(error.value) and error.value.findings and "\n" not in str(error.value)


# What lies on top

def test_hidden_shapes_are_counted_by_class(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json",
         labelme(("small", "polygon", DOT), ("small", "polygon", DOT), ("large", "polygon", SQUARE)))
    source = labelme_source(tmp_path, show_progress=False)
    assert pixels(source) == {"background": 1800, "large": 600}
    assert "2 shapes vanish altogether, covered by shapes on top: 2 small" in told(source)
    assert "shapes of different classes overlap in 1 image: the one drawn later lies on top" in told(source)


def test_coco_draws_the_small_one_on_top(tmp_path):
    save_image(tmp_path / "a.png")
    dot = [v for corner in DOT for v in corner]
    save(tmp_path / "c.json", coco({"segmentation": [dot], "category_id": 2}, {"segmentation": [FLAT]},
                                   categories=[{"id": 1, "name": "large"}, {"id": 2, "name": "small"}]))
    source = coco_source(tmp_path, show_progress=False)
    assert pixels(source) == {"background": 1800, "large": 584, "small": 16} and "vanish" not in told(source)
    assert "overlap in 1 image: the smaller one lies on top" in told(source)


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


def test_hidden_shapes_as_a_drawing_shows_them():
    "Against ids that are drawn here, over random boxes in few classes."
    rng = np.random.default_rng(0)
    for _ in range(150):
        boxes = [(rng.integers(0, 3), *np.sort(rng.integers(0, 12, 2)), *np.sort(rng.integers(0, 12, 2)))
                 for _ in range(rng.integers(1, 7))]
        boxes = [(k, y, y2 + 1, x, x2 + 1) for k, y, y2, x, x2 in boxes]
        ids, covers = np.full((12, 12), -1), np.zeros((3, 12, 12), bool)
        for k, y, y2, x, x2 in boxes: ids[y:y2, x:x2], covers[k, y:y2, x:x2] = k, True
        wanted = Counter(int(k) for k, y, y2, x, x2 in boxes if not (ids[y:y2, x:x2] == k).any())
        rows = [(int(k), polygon_rle([np.array([(x, y), (x2, y), (x2, y2), (x, y2)])], (12, 12)))
                for k, y, y2, x, x2 in boxes]
        assert hidden_shapes(rows, (12, 12)) == ((covers.sum(0) > 1).any(), wanted)


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


def test_another_background_is_told(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json", labelme(("Background", "polygon", DOT), ("thing", "polygon", SQUARE)))
    source = labelme_source(tmp_path, show_progress=False)
    assert "'Background' is taken for the background, id 0; --option background=Background" in told(source)
    assert source.class_names == ("background", "thing")
    assert labelme_source(tmp_path, background="Background",
                          show_progress=False).class_names == ("Background", "thing")


# Categories and numbers of COCO

@pytest.mark.fault("Roboflow's root category, also under the name of a class",
                   "an empty class, or the ids of others",
                   "left out and told")
@pytest.mark.parametrize("project", ("sharks", "shark"))
def test_the_root_category_is_no_class(tmp_path, project):
    for split in ("train", "valid"):
        save_image(tmp_path / split / f"{split}.png")
        rows = [{"segmentation": [FLAT]}] if split == "train" else []
        save(tmp_path / split / "_annotations.coco.json",
             coco(*rows, image={"file_name": f"{split}.png"}, categories=[
            {"id": 0, "name": project, "supercategory": "none"},
            {"id": 1, "name": "shark", "supercategory": project}]))
    train = coco_source(tmp_path, "train", show_progress=False)
    assert train.class_names == ("background", "shark")
    assert f"the category {project!r}, number 0, is left out" in told(train)
    assert coco_source(tmp_path, show_progress=False).class_names == train.class_names


@pytest.mark.parametrize("categories, annotated", (
    ([{"id": 0, "name": "a", "supercategory": "none"}, {"id": 1, "name": "b", "supercategory": "a"}], 0),
    ([{"id": 1, "name": "a", "supercategory": "a"}, {"id": 2, "name": "b", "supercategory": "b"}], 2),
    ([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}], 2)))
def test_other_categories_without_annotation_stay(tmp_path, categories, annotated):
    save_image(tmp_path / "a.png")
    save(tmp_path / "c.json", coco({"segmentation": [FLAT], "category_id": annotated}, categories=categories))
    assert coco_source(tmp_path, show_progress=False).class_names == ("background", "a", "b")


def test_two_categories_of_one_name_are_one_class(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "c.json",
         coco({"segmentation": [FLAT]}, {"segmentation": [[40, 5, 50, 5, 50, 15, 40, 15]], "category_id": 2},
                                   categories=[{"id": 1, "name": "thing"}, {"id": 2, "name": "thing"}]))
    source = coco_source(tmp_path, show_progress=False)
    assert pixels(source) == {"background": 1700, "thing": 700}
    assert "2 categories are called 'thing': they are one class" in told(source)


def test_ids_that_do_not_follow_the_file_are_told(tmp_path):
    save_image(tmp_path / "a.png")
    rows = [{"id": 7, "name": "zebra"}, {"id": 1, "name": "thing"}]
    save(tmp_path / "c.json", coco({"segmentation": [FLAT]}, categories=rows))
    source = coco_source(tmp_path, show_progress=False)
    assert "follow the numbers of the categories, not their order in the file: thing, zebra" in told(source)
    save(tmp_path / "c.json", coco({"segmentation": [FLAT]}, categories=rows[::-1]))
    assert told(coco_source(tmp_path, show_progress=False)) == ""


RUNS = [5 * H + 5, *[20, 20] * 29, 20, 15 + 24 * H + 0]
RUNS[-1] = H * W - sum(RUNS[:-1])


@pytest.mark.parametrize("segmentation, more", (
    ([FLAT], {"image": {"width": "60.0", "height": 40.0, "id": "1"}}),
    ([FLAT], {"image": {"width": 0, "height": None}}),
    ([[str(v) for v in FLAT]], {}), (FLAT, {}), (SQUARE, {}), ([SQUARE], {}), (json.dumps([FLAT]), {}),
    ({"size": [H, W], "counts": RUNS}, {}), ({"size": ["40", "60.0"], "counts": [str(n) for n in RUNS]}, {}),
    ({"counts": RUNS}, {}),
    ([{"size": [H, W], "counts": RUNS}], {}), (RUNS, {}), ([RUNS], {}),
    (json.dumps({"size": [H, W], "counts": RUNS}), {}),
    ([FLAT, [1, 1, 2, 2]], {}), ([[], FLAT], {})))
def test_numbers_and_segmentations_of_all_kinds_are_read(tmp_path, segmentation, more):
    save_image(tmp_path / "a.png")
    row = {"segmentation": segmentation, "category_id": "1", "image_id": "1", "area": "600.0",
           "bbox": ["5", "5", 30.0, 20], "id": "x"}
    save(tmp_path / "c.json", coco(row, **more))
    assert pixels(coco_source(tmp_path, show_progress=False)) == {"background": 1800, "thing": 600}


# Crowds

def crowds(*flags, runs=True):
    rows = [{"category_id": k, "iscrowd": crowd, "area": 600,
             "segmentation": {"size": [H, W], "counts": RUNS} if runs == crowd else [FLAT]}
            for k, crowd in flags]
    return coco(*rows, categories=[{"id": k, "name": f"c{k}"} for k in sorted({k for k, _ in flags})])


@pytest.mark.fault("iscrowd=1 on every painted mask, as Datumaro and CVAT export it",
                   "all of them become the ignore label, or vanish",
                   "drawn and told; where it is a question, an error that names --option crowd=draw and "
                   "crowd=ignore")
def test_crowds_that_are_all_there_is_are_drawn(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "c.json", crowds((1, 1)))
    source = coco_source(tmp_path, show_progress=False)
    assert pixels(source) == {"background": 1800, "c1": 600}
    assert "1 of 1 annotations are crowds" in told(source)
    assert "they are drawn; --option crowd=ignore" in told(source)
    assert pixels(coco_source(tmp_path, crowd="ignore", show_progress=False)) == {"background": 1800,
                                                                                  "ignored": 600}
    assert "drawn as instances" in told(coco_source(tmp_path, crowd="draw", show_progress=False))


def test_a_few_crowds_are_ignored_and_told(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "c.json", crowds((1, 0), (1, 0), (1, 1)))
    source = coco_source(tmp_path, show_progress=False)
    assert "1 of 3 annotations are crowds (iscrowd=1): ignored; --option crowd=draw draws" in told(source)
    assert pixels(source)["c1"] == 600


@pytest.mark.parametrize("data, said", (
    (crowds((1, 0), (1, 0), (1, 0), (2, 1), runs=False), "would leave nothing of the class 'c2'"),
    (crowds((1, 0), (1, 1), (1, 1), runs=False), "would ignore 67% of the annotated area")))
def test_crowds_that_may_be_anything_are_a_question(tmp_path, data, said):
    save_image(tmp_path / "a.png")
    save(tmp_path / "c.json", data)
    with pytest.raises(DataError) as error: coco_source(tmp_path, show_progress=False)
    assert said in str(error.value)
    assert "Say --option crowd=draw or --option crowd=ignore." in str(error.value)
    assert error.value.findings
    for crowd in ("draw", "ignore"): assert coco_source(tmp_path, crowd=crowd, show_progress=False)


def test_splits_agree_about_crowds(tmp_path):
    "What is decided for one file is decided for its neighbours."
    for split, data in (("train", crowds((1, 1), (1, 1), (1, 1))),
                        ("val", crowds((1, 0), (1, 0), (1, 0), (1, 1)))):
        save_image(tmp_path / f"images/{split}.png")
        data["images"][0]["file_name"] = f"{split}.png"
        save(tmp_path / f"annotations/instances_{split}.json", data)
    save(tmp_path / "annotations/instances_torn.json", '{"images": [], "annotations": [], "categories": [], '
                                                       '"segmentation')
    train, val = (coco_source(tmp_path, split, show_progress=False) for split in ("train", "val"))
    assert train.assumptions[0] == val.assumptions[0]
    assert "4 of 7 annotations are crowds" in told(val)
    assert "they are drawn" in told(val)


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
    with pytest.raises(DataError, match="the image 'images/a' is there a second time"):
        coco_source(tmp_path, show_progress=False)


def test_stuff_of_coco_lies_where_instances_lie(tmp_path):
    save_image(tmp_path / "train2017/a.png")
    data = coco({"segmentation": [FLAT]})
    del data["images"][0]["file_name"]
    data["images"][0]["coco_url"] = "http://images.cocodataset.org/train2017/a.png"
    save(tmp_path / "annotations/stuff_train2017.json", data)
    assert coco_source(tmp_path, show_progress=False).pairs[0].image == tmp_path / "train2017/a.png"


def test_other_endings_and_maps_of_the_same_stem(tmp_path):
    "An image of another ending is found where its path says, although a mask has the same stem."
    for folder in ("images/train2017", "stuff/train2017"): save_image(tmp_path / folder / "x.png")
    save(tmp_path / "c.json", coco({"segmentation": [FLAT]}, image={"file_name": "train2017/x.jpg"}))
    assert coco_source(tmp_path, show_progress=False).pairs[0].image == tmp_path / "images/train2017/x.png"


def test_a_torn_file_costs_its_split(tmp_path):
    "It is a finding, so that whoever reads the splits one by one can go on."
    save_image(tmp_path / "images/a.png")
    save(tmp_path / "annotations/instances_train.json", coco({"segmentation": [FLAT]}))
    save(tmp_path / "annotations/instances_val.json",
         json.dumps(coco({"segmentation": [FLAT]}))[:-3])
    with pytest.raises(DataError, match="invalid JSON") as error:
        coco_source(tmp_path, "val", on_error="skip")
    assert error.value.findings
    assert len(coco_source(tmp_path, "train", show_progress=False)) == 1
    both = coco_source(tmp_path, on_error="skip", show_progress=False)
    assert len(both) == 1 and "instances_val.json: invalid JSON" in both.skipped[0]


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


# data.yaml

def yolo(root, yaml, splits=(("train", "a"), ("valid", "b")), box=""):
    for split, name in splits:
        save_image(root / split / "images" / f"{name}.png", seed=ord(name))
        save(root / split / "labels" / f"{name}.txt",
             "0 " + " ".join(f"{x / W:.8f} {y / H:.8f}" for x, y in SQUARE) + box)
    save(root / "data.yaml", yaml if "names" in yaml else f"{yaml}\nnames: [thing]\n")
    return root


PATHS = {"absolute": "train: /Users/u/tmp/set/train/images\nval: /Users/u/tmp/set/valid/images",
         "brackets": "train: '/content/drive/My Drive/[Lab]/set/train/images'\nval: '/content/drive/My "
                     "Drive/[Lab]/set/valid/images'",
         "Windows": "train: C:\\Users\\u\\set\\train\\images\nval: C:\\Users\\u\\set\\valid\\images",
         "relative, Windows": "train: ..\\train\\images\nval: ..\\valid\\images",
         "lists": "train: [train/images]\nval:\n- valid/images",
         "files": "train: train.txt\nval: val.txt", "absolute files": "train: /x/y/train.txt\nval: "
                                                                      "D:\\y\\val.txt",
         "path": "path: ../datasets/set\ntrain: train/images\nval: valid/images",
         "path of here": "path: .\ntrain: train/images\nval: valid/images",
         "path, absolute": "path: /x/set\ntrain: train/images\nval: valid/images",
         "called valid": "train: train/images\nvalid: valid/images",
         "test is lost": "train: train/images\nval: valid/images\ntest: ../test/images",
         "slash at the end": "train: ./train/images/\nval: ./valid/images/",
         "names by text": "train: train/images\nval: valid/images\nnames: {'0': thing}",
         "names as text": "train: train/images\nval: valid/images\nnames: thing",
         "names in brackets": "train: train/images\nval: valid/images\nnames: \"['thing']\""}


@pytest.mark.fault("data.yaml with the paths of another machine", "a missing folder",
                   "the longest end of a path that exists is read, and told; a split that is nowhere is "
                   "told, and the others are read")
@pytest.mark.parametrize("what", PATHS)
def test_the_yaml_of_another_machine(tmp_path, what):
    root = yolo(tmp_path / "set", PATHS[what])
    save(root / "train.txt", "/home/u/set/train/images/a.png\n\n")
    save(root / "val.txt", "D:\\u\\set\\valid\\images\\b.png\r\n")
    assert YOLO.splits(root) == ["train", "val"]
    for split, name in (("train", "a"), ("val", "b")):
        source = yolo_source(root, split, show_progress=False)
        assert [p.name for p in source.pairs] == [name]
        assert pixels(source) == {"background": 1800, "thing": 600}
        if what == "test is lost":
            assert "data.yaml names test '../test/images', where no images are: left out" in told(source)
        if what in ("absolute", "Windows", "path"):
            assert "2 paths of data.yaml found by the end, such as" in told(source)
        if "files" in what: assert "2 images found by the end of the told path" in told(source)
        if what in ("lists", "slash at the end", "called valid", "path of here"): assert told(source) == ""


def test_a_yaml_that_leads_nowhere(tmp_path):
    root = yolo(tmp_path / "set", "train: /x/nothing/images\nval: ''")
    with pytest.raises(DataError, match="none of its folders holds an image here: train '/x/nothing/images'; "
                                        "wanted folders of images below .* --option images=FOLDER"):
        yolo_source(root, show_progress=False)
    assert YOLO.splits(root) == ["train"]
    save_image(tmp_path / "else/nothing/images/a.png")
    save(tmp_path / "else/nothing/labels/a.txt", "0 0 0 1 0 1 1")
    assert len(yolo_source(root, "train", images=tmp_path / "else", show_progress=False)) == 1
    save(root / "data.yaml", "names: [thing]")
    with pytest.raises(DataError, match="no train, val or test"): yolo_source(root, show_progress=False)
    save(root / "data.yaml", "train: {a: b}\nnames: [thing]")
    with pytest.raises(DataError, match="train: wanted a path or a list of paths"):
        yolo_source(root, show_progress=False)
    save(root / "data.yaml", "names: [thing]\ntrain: [")
    with pytest.raises(DataError, match="data.yaml: invalid YAML"): yolo_source(root, show_progress=False)


def test_a_folder_of_all_is_not_one_split(tmp_path):
    "`../test/images` is not the `images/` that hold train and val."
    root = tmp_path / "set"
    yolo_with("")(root)
    save(root / "data.yaml", "train: images/train\ntest: ../test/images\nnames: [thing, other]")
    assert YOLO.splits(root) == ["train"]


@pytest.mark.fault("one image in two splits of data.yaml", "validation on images that were trained on",
                   "told, with the number")
def test_splits_that_share_images_are_told(tmp_path):
    root = yolo(tmp_path / "set", "train: train/images\nval: train/images\ntest: valid/images")
    for split in ("train", "val"):
        source = yolo_source(root, split, show_progress=False)
        assert "1 image is twice in data.yaml: train and val overlap and hold the same" in told(source)
    whole = yolo_source(root, show_progress=False)
    assert [p.name for p in whole.pairs] == ["train/a", "test/b"]


def test_lists_of_some_images_leave_the_others(tmp_path):
    "Text files of images that are not listed are no orphans; several folders keep their names apart."
    root = yolo(tmp_path / "set", "train: [train.txt]", (("train", "a"), ("train", "b"), ("more", "a")))
    save(root / "train.txt", "./train/images/a.png\nmore/images/a.png\n./train/images/a.png\n")
    assert [p.name for p in yolo_source(root, show_progress=False).pairs] == ["train/images/a",
                                                                              "more/images/a"]
    save(root / "train.txt", "./train/images/a.png\nnone.png\n")
    with pytest.raises(DataError, match="train.txt: line 2: no image 'none.png'"):
        yolo_source(root, show_progress=False)


# Text, numbers, margins

@pytest.mark.fault("annotation files in a Windows code page",
                   "a codec error without the file, or wrong letters",
                   "the file is named, with the option that says its encoding")
def test_code_pages_name_the_file_and_the_way(tmp_path):
    save_image(tmp_path / "l/a.png")
    name = "\u4eba"
    save(tmp_path / "l/a.json",
         json.dumps(labelme((name, "polygon", SQUARE)), ensure_ascii=False).encode("gb18030"))
    with pytest.raises(DataError, match="a.json: not UTF-8 text .*--text-encoding"):
        labelme_source(tmp_path / "l", show_progress=False)
    with text_encoding("gb18030"):
        assert labelme_source(tmp_path / "l", show_progress=False).class_names == ("background", name)
    save(tmp_path / "l/a.json",
         json.dumps(labelme((name, "polygon", SQUARE)), ensure_ascii=False).encode("utf-16"))
    assert detect_layouts(tmp_path / "l") == ["labelme"]
    assert labelme_source(tmp_path / "l", show_progress=False).class_names[1] == name
    root = yolo(tmp_path / "y", "train: train/images\nnames: [x]")
    for file, text in (("data.yaml", "train: train/images\nnames: [caf\xe9]"),
                       ("train/labels/a.txt", "0 0 0 1 0 1 1 \xe9")):
        kept = (root / file).read_bytes()
        save(root / file, text.encode("cp1252"))
        with pytest.raises(DataError, match=f"{file}: not UTF-8 text"):
            yolo_source(root, "train", show_progress=False)
        save(root / file, kept)


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
    with pytest.raises(DataError, match="a painted mask in a file of its own"):
        labelme_source(tmp_path, show_progress=False)


@pytest.mark.parametrize("label", (None, "", [], {"a": 1}))
def test_a_label_that_is_none_is_wrong(tmp_path, label):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json", labelme((label, "polygon", SQUARE)))
    with pytest.raises(DataError, match="shape 1: a class called"):
        labelme_source(tmp_path, show_progress=False)


# CVAT

def tracks(*by_frame, size=None, shape="polygon"):
    "A track for each argument: frames with a shape; a frame below 0 has it outside."
    body = "".join(f'<track id="{k}" label="thing">' + "".join(
        f'<{shape} frame="{abs(n)}" keyframe="1" outside="{int(n < 0)}" '
        f'points="{";".join(f"{x + 10 * k},{y}" for x, y in SQUARE)}"/>'
        for n in frames) + "</track>" for k, frames in enumerate(by_frame))
    meta = f"<size>{size}</size>" if size else ""
    return f"<annotations><meta><task>{meta}</task></meta>{body}</annotations>"


@pytest.mark.fault("CVAT for video", "-", "the frames that lie there as images are read, without made-up "
                                          "shapes; else it is said how to export")
def test_tracks_are_drawn_where_frames_are_images(tmp_path):
    for n in (2, 10, 9, 1): save_image(tmp_path / f"images/f{n}.png")
    file = save(tmp_path / "annotations.xml", tracks([0, 1, 2], [1, -2], size=4))
    assert detect_layouts(tmp_path) == detect_layouts(file) == ["cvat"]
    source = cvat_source(tmp_path, show_progress=False)
    assert [p.name for p in source.pairs] == ["f1", "f2", "f9"]
    assert [pixels(source, n)["thing"] for n in range(3)] == [600, 800, 600]
    assert "2 tracks of CVAT for video drawn on 3 frames: images in the order of their names" in told(source)
    assert "1 image left out, of frames without a track" in told(source)


def test_frames_by_their_numbers(tmp_path):
    for n in (5, 7, 8): save_image(tmp_path / f"images/frame_{n:06d}.PNG")
    save(tmp_path / "annotations.xml", tracks([5, 8], [7], size=100))
    source = cvat_source(tmp_path, show_progress=False)
    assert [p.name for p in source.pairs] == ["frame_000005", "frame_000008"]
    assert "images by their numbers" in told(source)
    assert "1 frame left out, between keyframes of a track" in told(source)
    save(tmp_path / "annotations.xml", tracks([5, -6, 8], [7], [99], size=100))
    with pytest.raises(DataError, match="frames have no image, such as frame 6"):
        cvat_source(tmp_path, show_progress=False)
    kept = cvat_source(tmp_path, on_error="skip", show_progress=False)
    assert [p.name for p in kept.pairs] == ["frame_000005", "frame_000007", "frame_000008"]
    assert len(kept.skipped) == 1


@pytest.mark.parametrize("text, images",
                         ((tracks([0]), 0), (tracks([0]), 1), (tracks([0], size=30), 3),
                          (tracks([9], size=3), 3),
                          ("<annotations><track id='0'/></annotations>", 1)))
def test_tracks_without_images_say_how_to_export(tmp_path, text, images):
    for n in range(images): save_image(tmp_path / f"images/f{n}.png")
    save(tmp_path / "annotations.xml", text)
    with pytest.raises(DataError, match="line 1: tracks, as of CVAT for video") as error:
        cvat_source(tmp_path, show_progress=False)
    assert "Export as 'CVAT for images'" in str(error.value) and error.value.findings


def test_lines_of_tracks_have_no_area(tmp_path):
    save_image(tmp_path / "images/a.png")
    save(tmp_path / "annotations.xml",
         tracks([0], size=1).replace("</annotations>", tracks([0], shape="polyline").partition("</meta>")[2]))
    source = cvat_source(tmp_path, show_progress=False)
    assert pixels(source)["thing"] == 600 and "1 polyline" in told(source)


def test_images_of_no_subset_are_not_lost(tmp_path):
    from tfrseg.sources.annotation_tools import CVAT
    for n in "ab": save_image(tmp_path / f"images/{n}.png")
    image = cvat().removeprefix("<annotations>").removesuffix("</annotations>")
    other = image.replace("a.png", "b.png").replace("<image ", '<image subset="Train" ')
    save(tmp_path / "annotations.xml", f"<annotations>{image}{other}</annotations>")
    assert CVAT.splits(tmp_path) == ["Train", "default"]
    assert [[p.name for p in cvat_source(tmp_path, split, show_progress=False).pairs]
            for split in CVAT.splits(tmp_path)] == [["b"], ["a"]]


# One source of drawings for all

def test_whatever_a_reader_hands_over_is_sorted_out(tmp_path):
    "Rings of PAGE and ALTO come here too: a thin one among good ones costs itself."
    save_image(tmp_path / "a.png")
    ring = np.array(SQUARE, float)
    shapes = (Shape("line", "l1", (ring, ring[:2], ring[:0])), Shape("line", "l2", (ring[:1],)),
              Shape("line", "l3", (ring * 0 + 3,)),
              Shape("line", "l4", (ring,), holes=(ring[:2],)))
    source = annotated_source([AnnotatedImage("a", tmp_path / "a.png", tmp_path / "a.xml", shapes)], None, tmp_path,
                         show_progress=False)
    assert pixels(source) == {"background": 1800, "line": 600}
    assert ("5 shapes without area were left out: 1 polygon of one corner, 2 polygon of two corners, "
            "1 polygon that covers no pixel, 1 polygon without corners") in told(source)


# Second round: what was lost or taken in silence

def test_a_split_of_images_without_annotations_is_kept(tmp_path):
    "Roboflow's null images, alone in a split."
    for split, rows in (("train", [{"segmentation": [FLAT]}]), ("test", [])):
        save_image(tmp_path / split / "a.png", seed=len(split))
        save(tmp_path / split / "_annotations.coco.json", coco(*rows))
    sources = open_layout(tmp_path, show_progress=False)
    assert pixels(sources["test"]) == {"background": H * W} and len(sources["train"]) == 1


def test_a_coco_file_without_annotations_says_so(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "x.json", coco())
    with pytest.raises(DataError, match="1 of 1 image holds no shape to draw"):
        open_layout(tmp_path, show_progress=False)


def test_a_split_of_boxes_alone_is_told(tmp_path):
    for split, rows in (("train", {"segmentation": [FLAT]}), ("test", {})):
        save_image(tmp_path / split / "a.png", seed=len(split))
        save(tmp_path / split / "_annotations.coco.json", coco(rows))
    sources = open_layout(tmp_path, show_progress=False)
    assert list(sources) == ["train"]
    assert "test/_annotations.coco.json has boxes alone: left out" in told(sources["train"])


POSE = "0 0.4 0.4 0.3 0.3 0.2 0.2 0.5 0.3"


def test_key_points_are_no_outline(tmp_path):
    save_image(tmp_path / "images/train/a.png")
    save(tmp_path / "labels/train/a.txt", POSE)
    save(tmp_path / "data.yaml", "train: images/train\nkpt_shape: [2, 2]\nnames: [thing]\n")
    with pytest.raises(DataError, match="1 box with key points"): yolo_source(tmp_path, show_progress=False)
    drawn = yolo_source(tmp_path, boxes="draw", show_progress=False)
    assert abs(pixels(drawn)["thing"] - 0.09 * H * W) < 20
    save(tmp_path / "labels/train/a.txt", POSE + " 0.5 0.5")
    with pytest.raises(DataError, match="10 numbers; wanted a box and 4 numbers of key points"):
        yolo_source(tmp_path, show_progress=False)


def test_pixels_are_no_fractions(tmp_path):
    yolo_with("1 10 10 60 10 60 40 10 40")(tmp_path)
    with pytest.raises(DataError, match="a number 10; wanted fractions from 0 to 1") as error:
        yolo_source(tmp_path, show_progress=False)
    assert "margin" not in str(error.value)


def test_no_margin_is_advised_beyond_the_size(tmp_path):
    save_image(tmp_path / "a.png")
    for far, advised in ((W + 20, True), (5 * W, False)):
        save(tmp_path / "a.json", labelme(("thing", "polygon", [[0, 0], [far, 0], [0, 9]])))
        with pytest.raises(DataError) as error: labelme_source(tmp_path, show_progress=False)
        assert ("--option margin=" in str(error.value)) == advised


def test_the_yaml_of_the_set_is_taken(tmp_path):
    yolo(tmp_path, "train: train/images\nval: valid/images")
    (tmp_path / "data.yaml").rename(tmp_path / "my.yaml")
    save(tmp_path / "args.yaml", "task: segment\nnames: [wrong]\n")
    save(tmp_path / "broken.yaml", "names: [")
    assert yolo_source(tmp_path, show_progress=False).class_names == ("background", "thing")
    save(tmp_path / "z.yaml", "train: train/images\nnames: [other]\n")
    with pytest.raises(DataError, match="2 files with names and folders: my.yaml, z.yaml"):
        yolo_source(tmp_path, show_progress=False)
    (tmp_path / "my.yaml").rename(tmp_path / "data.yaml")
    source = yolo_source(tmp_path, show_progress=False)
    assert source.class_names == ("background", "thing") and "z.yaml" in told(source)


def test_yolo_labels_may_lie_anywhere(tmp_path):
    "A YAML file beside the set, by a path above it or a path of this machine; label files beside the images."
    there = yolo(tmp_path / "sets/x", "train: train/images")
    for n, path in enumerate(("../sets/x", there.as_posix())):
        save(tmp_path / f"cfg{n}/x.yaml", f"path: {path}\ntrain: train/images\nnames: [thing]\n")
        assert len(open_layout(tmp_path / f"cfg{n}", show_progress=False)["train"]) == 1
    moved = save(tmp_path / "cfg/x.yaml", "path: /gone\ntrain: train/images\nnames: [thing]\n").parent
    assert len(open_layout(moved, "yolo", images=there, show_progress=False)["train"]) == 1
    with pytest.raises(DataError, match="images=FOLDER"): open_layout(moved, show_progress=False)
    save_image(tmp_path / "d/train/a.png")
    save(tmp_path / "d/train/a.txt", (there / "train/labels/a.txt").read_text())
    save(tmp_path / "d/data.yaml", "train: train\nnames: [thing]\n")
    assert pixels(open_layout(tmp_path / "d", show_progress=False)["train"])["thing"] == 600


def supervisely(*rows):
    return {"size": {"height": H, "width": W}, "objects": list(rows)}


def supervisely_polygon(kind="polygon", **more):
    return {"classTitle": "thing", "geometryType": kind,
            "points": {"exterior": SQUARE, "interior": []}} | more


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


def test_images_that_no_annotation_tells_of_are_counted(tmp_path):
    for root in ("coco", "labelme", "sly/d/img"):
        for name in "abc": save_image(tmp_path / root / f"{name}.png", seed=ord(name))
    save_image(tmp_path / "coco/a_mask.png")
    save(tmp_path / "coco/x.json", coco({"segmentation": [FLAT]}))
    save(tmp_path / "labelme/a.json", labelme(("thing", "polygon", SQUARE)))
    save(tmp_path / "sly/meta.json", {"classes": [{"title": "thing"}]})
    save(tmp_path / "sly/d/ann/a.png.json", supervisely(supervisely_polygon()))
    for read, root in ((coco_source, "coco"), (labelme_source, "labelme"), (supervisely_source, "sly")):
        line = "2 images are left out, as no annotation tells of them, such as"
        assert told(read(tmp_path / root, show_progress=False)).count(line) == 1


def test_images_of_another_split_are_not_left_out(tmp_path):
    for split, name in (("train", "a"), ("val", "b")):
        save_image(tmp_path / f"images/{name}.png", seed=ord(name))
        save(tmp_path / f"annotations/{split}.json",
             coco({"segmentation": [FLAT]}, image={"file_name": f"{name}.png"}))
    assert all("left out" not in told(s) for s in open_layout(tmp_path, show_progress=False).values())


def test_other_json_files_are_not_labelmes(tmp_path):
    save_image(tmp_path / "a.png")
    save(tmp_path / "a.json", labelme(("thing", "polygon", SQUARE)))
    save(tmp_path / "out/dataset_info.json", {"splits": {}})
    source = labelme_source(tmp_path, show_progress=False)
    assert len(source) == 1 and "1 JSON file without shapes is left out" in told(source)


def test_hidden_shapes_agree_with_drawing_them_all():
    "Against the definition: a shape is hidden where no pixel of it shows its label at the end."
    rng, size, hidden_ones = np.random.default_rng(5), (H, W), 0
    for _ in range(60):
        corners = [np.sort(rng.uniform(0, W, (2, 2)), 0) for _ in range(12)]
        bits = [polygon_bits(*box.T) for box in corners]
        labels = rng.choice(["a", "b", "c"], len(bits)).tolist()
        final = np.full(size, "", object)
        for label, area in zip(labels, bits): final[area] = label
        there = [(label, area) for label, area in zip(labels, bits) if area.any()]
        want = Counter(label for label, area in there if not (final[area] == label).any())
        got = hidden_shapes([(label, bits_rle(area)) for label, area in there], size)[1]
        hidden_ones += sum(want.values())
        assert got == want
    assert hidden_ones > 20


def polygon_bits(xs, ys):
    bits = np.zeros((H, W), bool)
    bits[int(ys[0]):int(ys[1]), int(xs[0]):int(xs[1])] = True
    return bits


def test_hidden_shapes_draw_each_shape_once(monkeypatch):
    "The work grows with the number of shapes, not with its square."
    import tfrseg.sources.shapes as shapes
    drawn, bits = [], shapes._bits
    monkeypatch.setattr(shapes, "_bits", lambda rle: drawn.append(1) or bits(rle))
    whole = bits_rle(np.ones((H, W), bool))
    assert hidden_shapes([(str(n), whole) for n in range(50)], (H, W))[1].total() == 49
    assert len(drawn) <= 100
