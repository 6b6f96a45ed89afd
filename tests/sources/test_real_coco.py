"""COCO's real files, its order, crowds and ids."""
import shutil

import numpy as np
import pytest
from conftest import ROOT
from pycocotools.coco import COCO as CocoApi
from scenes import CARDS, H, W, coco_data, masks_of, save, save_text, truth, write_images

from tfrseg.sources.classes import merge_classes
from tfrseg.cli import main
from tfrseg.sources.coco import coco_source
from tfrseg.core import DataError
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import folder_source, load_pair
from tfrseg.writer.write import plan_shards, write_shards


DATA = ROOT.parent / "shared" / "data" / "coco_pixelwise"


# Rules

@pytest.mark.skipif(not DATA.is_dir(), reason=f"the real pictures are not at {DATA}")
def test_real_polygons_and_run_lengths_give_the_real_masks():
    """COCO polygons and run lengths beside RGB masks that somebody else drew of them.

    Equal to the last pixel, but for pixels that two instances claim: there the smaller one is on top with us and the later one with them. Drawn
    in their order, nothing differs at all. The shares say how little that is.
    """
    source = coco_source(DATA / "instances.json", show_progress=False)
    theirs = folder_source(DATA / "images", DATA / "pixelwise_masks", class_names=source.class_names,
                           palette=[(0, 0, 0), (255, 0, 0), (0, 255, 0), (0, 0, 255)], show_progress=False)
    api = CocoApi(str(DATA / "instances.json"))
    assert len(source) == len(theirs) == 6 and source.class_names == ("background", "Laptop", "Pizza", "Table")
    for pair in source.pairs:
        mask = load_pair(pair, source.labels)["mask"][..., 0]
        drawn, = (load_pair(p, theirs.labels)["mask"][..., 0] for p in theirs.pairs if p.name == pair.name)
        image, = (i for i in api.imgs.values() if i["file_name"].startswith(pair.name))
        rows = [a for a in api.anns.values() if a["image_id"] == image["id"]]
        areas = [api.annToMask(a).astype(bool) for a in rows]
        contested, in_file_order = np.sum(areas, 0) > 1, np.zeros_like(mask)
        for row, area in zip(rows, areas): in_file_order[area] = row["category_id"]
        assert (in_file_order == drawn).all()
        assert (mask == drawn)[~contested].all() and (mask != drawn).mean() < 0.006


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the real pictures are not at {DATA}")
def test_real_coco_by_the_command(tmp_path):
    shutil.copytree(DATA, tmp_path / "in", ignore=shutil.ignore_patterns("pixelwise_masks"))
    assert main(["write", "--layout", "auto", str(tmp_path / "in"), str(tmp_path / "out"), "--map",
                 "Laptop+Pizza=thing"]) == 0
    info, source = load_info(tmp_path / "out"), merge_classes(coco_source(tmp_path / "in", show_progress=False),
                                                              "Laptop+Pizza=thing")
    assert info.labels.class_names == ("background", "thing", "Table") and info.records() == 6
    for sample, mask in zip(read_dataset(tmp_path / "out"),
                            masks_of(source)): assert (sample["mask"].numpy()[..., 0] == mask).all()


def test_coco_order_crowds_and_ids(tmp_path):
    "Small on top whatever the file's order; crowds ignored and below; ids by category number, or the user's."
    root = tmp_path
    save(CARDS[0]["image"], root / "a.jpg")
    box = lambda x0, y0, x1, y1: [[x0, y0, x1, y0, x1, y1, x0, y1]]
    rows = [{"id": 1, "image_id": 1, "category_id": 90, "segmentation": box(10, 10, 20, 20)},
            {"id": 2, "image_id": 1, "category_id": 2, "segmentation": box(5, 5, 40, 40), "iscrowd": 0},
            {"id": 3, "image_id": 1, "category_id": 2, "segmentation": {"size": [H, W], "counts": [0, H * W]},
             "iscrowd": 1}]
    data = {"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": rows,
            "categories": [{"id": 90, "name": "toothbrush"}, {"id": 2, "name": "bicycle"}]}
    for order in (rows, rows[::-1]):
        save_text(root / "c.json", data | {"annotations": order})
        mask, = masks_of(source := coco_source(root / "c.json"))
        assert source.class_names == ("background", "bicycle", "toothbrush") and (mask[15, 15], mask[30, 30],
                                                                                  mask[50, 50]) == (2, 1, 255)
    mine = coco_source(root / "c.json", class_names=("toothbrush", "bicycle"), background=None)
    assert (masks_of(mine)[0][15, 15], masks_of(mine)[0][30, 30], mine.class_names) == (0, 1, ("toothbrush", "bicycle"))
    with pytest.raises(DataError, match="annotation 1: no class is called 'toothbrush'"): coco_source(root / "c.json",
                                                                                                      class_names=("bicycle",))


def test_crowds_of_datumaro_and_cvat_can_be_drawn(tmp_path):
    "Both mark every painted mask as a crowd."
    write_images(tmp_path / "images")
    data = coco_data(lambda points: [points.ravel().tolist()])
    for row in data["annotations"]: row["iscrowd"] = int(row["category_id"] == 7 * 4)
    save_text(tmp_path / "instances.json", data)
    for n, mask in enumerate(masks_of(coco_source(tmp_path, crowd="draw"))):
        ids, sure = truth(n)
        assert (mask[sure] == ids[sure]).all()
    assert not any((mask == 4).any() for mask in masks_of(coco_source(tmp_path, crowd="ignore")))
    with pytest.raises(DataError, match="leave nothing of the class 'stamp'. Say --option crowd=draw or"): coco_source(tmp_path)
    with pytest.raises(ValueError, match="crowd='keep'"): coco_source(tmp_path, crowd="keep")


def test_many_categories_need_sixteen_bits(tmp_path):
    data = coco_data(lambda points: [points.ravel().tolist()])
    data["categories"] += [{"id": 1000 + i, "name": f"thing {i}"} for i in range(300)]
    data["annotations"][0]["category_id"] = 1299
    data["annotations"][2]["iscrowd"] = 1
    write_images(tmp_path)
    save_text(tmp_path / "c.json", data)
    source = coco_source(tmp_path / "c.json")
    assert (source.labels.dtype, source.labels.ignore_label) == ("uint16", 65535)
    mask = load_pair(source.pairs[0], source.labels)["mask"]
    assert mask.dtype == np.uint16 and {304, 65535} <= set(np.unique(mask))
    write_shards(plan_shards(source, tmp_path / "out"), show_progress=False)
    assert (next(iter(read_dataset(tmp_path / "out")))["mask"].numpy() == mask).all()
