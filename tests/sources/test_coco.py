"""COCO as many tools write it: categories, crowds, segmentations and splits."""
import json

import pytest
from annotation_files import DOT, FLAT, H, RUNS, SQUARE, W, coco, pixels, save, save_image, told

from tfrseg.sources.coco import coco_source
from tfrseg.core import DataError
from tfrseg.sources.detect import open_layout


def test_coco_draws_the_small_one_on_top(tmp_path):
    save_image(tmp_path / "a.png")
    dot = [v for corner in DOT for v in corner]
    save(tmp_path / "c.json", coco({"segmentation": [dot], "category_id": 2}, {"segmentation": [FLAT]},
                                   categories=[{"id": 1, "name": "large"}, {"id": 2, "name": "small"}]))
    source = coco_source(tmp_path, show_progress=False)
    assert pixels(source) == {"background": 1800, "large": 584, "small": 16} and "vanish" not in told(source)
    assert "overlap in 1 image: the smaller one lies on top" in told(source)


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


def test_stuff_of_coco_lies_where_instances_lie(tmp_path):
    save_image(tmp_path / "train2017/a.png")
    data = coco({"segmentation": [FLAT]})
    del data["images"][0]["file_name"]
    data["images"][0]["coco_url"] = "http://images.cocodataset.org/train2017/a.png"
    save(tmp_path / "annotations/stuff_train2017.json", data)
    assert coco_source(tmp_path, show_progress=False).pairs[0].image == tmp_path / "train2017/a.png"


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


def test_images_of_another_split_are_not_left_out(tmp_path):
    for split, name in (("train", "a"), ("val", "b")):
        save_image(tmp_path / f"images/{name}.png", seed=ord(name))
        save(tmp_path / f"annotations/{split}.json",
             coco({"segmentation": [FLAT]}, image={"file_name": f"{name}.png"}))
    assert all("left out" not in told(s) for s in open_layout(tmp_path, show_progress=False).values())
