"""Cityscapes, ADE20K and CamVid have colours of their own, which the written data set keeps; VOC keeps VOC's."""
import numpy as np
import pytest
from scenes import CARDS, build_cityscapes, build_voc, save, save_text

from tfrseg.palette import label_colors
from tfrseg.sources.layouts import (ADE20K_COLORS, CAMVID_CLASSES, CAMVID_COLORS, CITYSCAPES_LABELS, ade20k_source, camvid_source,
                                    cityscapes_source, voc_source)
from tfrseg.storage.dataset import load_info
from tfrseg.writer.write import plan_shards, write_shards


def kept(source, path):
    "The palette of a data set that was written from a source."
    write_shards(plan_shards(source, path), show_progress=False)
    return load_info(path).labels.palette


def build_ade(root, names=150):
    save(CARDS[0]["image"], root / "images/training/a.jpg")
    save(CARDS[0]["mask"] * 30, root / "annotations/training/a.png")
    save_text(root / "objectInfo150.txt", "Idx\tRatio\tTrain\tVal\tName\n" + "\n".join(f"{i}\t0.1\t9\t1\tclass {i}, thing" for i in range(1, names + 1)))


def test_ade20k(tmp_path):
    "By id where 0 is ignored, one higher where 0 is a class; a table of other classes has no colours."
    build_ade(tmp_path / "ade")
    palette = kept(ade20k_source(tmp_path / "ade", "training"), tmp_path / "out")
    assert palette == ADE20K_COLORS and palette[0] == (120, 120, 120) and palette[149] == (92, 0, 255) and 48 not in palette
    assert ade20k_source(tmp_path / "ade", "training", reduce_zero_label=False).labels.palette == {i + 1: c for i, c in ADE20K_COLORS.items()}
    build_ade(tmp_path / "few", 130)
    assert ade20k_source(tmp_path / "few", "training").labels.palette == {}


def test_camvid_of_segnet(tmp_path):
    ids = np.array([11, 3, 4, 8, 9], np.uint8)[CARDS[0]["mask"]]
    save(CARDS[0]["image"], tmp_path / "segnet/train/a.png")
    save(ids, tmp_path / "segnet/trainannot/a.png")
    palette = kept(camvid_source(tmp_path / "segnet", "train"), tmp_path / "out")
    assert len(palette) == len(CAMVID_CLASSES) == 11
    assert [palette[CAMVID_CLASSES.index(name)] for name in ("sky", "road", "pavement", "bicyclist")] == [
        (128, 128, 128), (128, 64, 128), (0, 0, 192), (0, 128, 192)]
    assert camvid_source(tmp_path / "segnet", "train", class_names=[f"c{i}" for i in range(12)]).labels.palette == {}


def test_camvid_keeps_its_table(tmp_path):
    "All classes of the table, in its colours; `Void` is ignored."
    colors = {"Void": (0, 0, 0), "Animal": (64, 128, 64), "Archway": (192, 0, 128), "Bicyclist": (0, 128, 192), "Sidewalk": (0, 0, 192)}
    save(CARDS[0]["image"], tmp_path / "full/701_StillsRaw_full/a.png")
    save(np.uint8(list(colors.values()))[CARDS[0]["mask"][..., 0]], tmp_path / "full/LabeledApproved_full/a_L.png")
    save_text(tmp_path / "full/label_colors.txt", "\n".join(f"{r} {g} {b}\t{name}" for name, (r, g, b) in colors.items()))
    palette = kept(camvid_source(tmp_path / "full"), tmp_path / "out")
    assert list(palette.values()) == list(colors.values())[1:] and set(CAMVID_COLORS) > {palette[2], palette[3]}


def test_cityscapes(tmp_path):
    "19 train ids by default; 34 ids where all names are given, and none where these are other names."
    build_cityscapes(tmp_path / "city")
    assert [*kept(cityscapes_source(tmp_path / "city"), tmp_path / "out").values()] == [
        color for train, color in sorted(CITYSCAPES_LABELS.values()) if train != 255]
    own = kept(cityscapes_source(tmp_path / "city", class_names=list(CITYSCAPES_LABELS)), tmp_path / "all")
    table = list(CITYSCAPES_LABELS.values())
    assert all(table[i][1] == color for i, color in own.items())
    assert set(range(34)) - set(own) == {1, 2, 3, 4, 18}  # black and one grey stand for the first of their ids
    assert cityscapes_source(tmp_path / "city", class_names=[f"c{i}" for i in range(34)]).labels.palette == {}


@pytest.mark.parametrize("as_colors", (False, True))
def test_voc_keeps_the_palette_of_voc(tmp_path, as_colors):
    build_voc(tmp_path / "voc")
    for k, card in enumerate(CARDS[:3]):
        ids = card["mask"][..., 0]
        save(label_colors()[ids] if as_colors else ids, tmp_path / f"voc/SegmentationClass/card-{k}.png", *(() if as_colors else (label_colors(),)))
    (tmp_path / "voc/labelmap.txt").unlink(missing_ok=True)
    palette = kept(voc_source(tmp_path / "voc"), tmp_path / "out")
    assert all(tuple(label_colors()[i]) == color for i, color in palette.items()) and set(range(5)) <= set(palette)
