"""Roboflow's masks, and a mask file for each object."""
import numpy as np
import pytest
from scenes import CARDS, H, W, masks_of, save, save_text
from annotation_scenes import build_roboflow

from tfrseg.sources.object_masks import object_masks_source, roboflow_masks_source
from tfrseg.cards import CARD_CLASSES
from tfrseg.core import DataError
from tfrseg.sources.detect import detect_layouts, open_layout


# Masks beside images, and of objects

def test_roboflow_in_one_folder(tmp_path):
    build_roboflow(tmp_path)
    source = open_layout(tmp_path / "train")["train"]
    assert [p.name.split("_")[0]
            for p in source.pairs] == ["card-0"] and source.class_names == tuple(CARD_CLASSES)
    assert set(open_layout(tmp_path)) == {"train", "val", "test"}


@pytest.mark.parametrize("change, said", (
    (lambda r: (r / "train/extra.jpg").write_bytes(
        (r / "train" / f"card-0_jpg.rf.{0:032x}.jpg").read_bytes()), "no mask named 'extra'"),
    (lambda r: save(np.full((H, W), 9), r / f"train/card-0_jpg.rf.{0:032x}_mask.png"),
     "the value 9 on 4800 pixels"),
    (lambda r: save_text(r / "train/_classes.csv", "Pixel Value, Class\n0, background\n0, card\n"),
     "line 3: the grey level 0 occurs twice"),
    (lambda r: save_text(r / "train/_classes.csv", "Pixel Value, Class\n"), "no classes"),
    (lambda r: save_text(r / "train/_classes.csv", "Pixel Value, Class\n"
                         + "\n".join(f"{i}, x" for i in range(5))), "two grey levels are called 'x'")))
def test_what_is_wrong_with_masks_of_roboflow(tmp_path, change, said):
    build_roboflow(tmp_path)
    change(tmp_path)
    with pytest.raises(DataError, match=said): roboflow_masks_source(tmp_path / "train")


def test_a_header_without_blanks_and_names_with_commas(tmp_path):
    build_roboflow(tmp_path)
    save_text(tmp_path / "train/_classes.csv", "\ufeffPixel Value,Class\r\n0,background\r\n"
              + "".join(f'{i},"a, {i}"\r\n' for i in range(1, 5)))
    names = roboflow_masks_source(tmp_path / "train").class_names
    assert names == ("background", "a, 1", "a, 2", "a, 3", "a, 4")


@pytest.mark.fault("a mask file for each object", "each file becomes an image paired with itself",
                   "merged into one mask; pixels of two objects are counted")
def test_objects_that_overlap_are_counted(tmp_path):
    save(CARDS[0]["image"], tmp_path / "stage1_train/id/images/id.png")
    for k in range(3):
        save(np.pad(np.ones((20, 30), int), ((5 + 10 * k, 35 - 10 * k), (5, 45))),
             tmp_path / f"stage1_train/id/masks/{k}.png")
    save(np.zeros((H, W), int), tmp_path / "stage1_train/id/masks/none.png")
    save(CARDS[1]["image"], tmp_path / "stage1_test/t/images/t.png")
    source = object_masks_source(tmp_path)
    assert len(source) == 1 and masks_of(source)[0].sum() == 40 * 30
    for text in ("4 objects", "two objects or more: 600, in 1 images", "without an object: 1",
                 "without a mask, which are left out: 1"):
        assert any(text in line for line in source.assumptions), text


@pytest.mark.parametrize("names", (("train/images", "train/masks"), ("a/images", "a/masks")))
def test_folders_of_many_images_are_not_masks_of_objects(tmp_path, names):
    for folder in names:
        for n, card in enumerate(CARDS): save(card["mask"], tmp_path / folder / f"{n}.png")
    assert "object_masks" not in detect_layouts(tmp_path)
