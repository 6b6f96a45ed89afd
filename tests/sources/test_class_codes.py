"""Codes of ADE20K and KITTI."""
import numpy as np
import pytest
from PIL import Image
from scenes import CARDS, NAMES, W, masks_of, save
from annotation_scenes import ade_codes, build_ade, ids_of

from tfrseg.sources.class_codes import ade20k_full_source, kitti_source
from tfrseg.sources.detect import open_layout


# Codes

def test_the_classes_of_ade20k_are_those_of_all_splits(tmp_path):
    build_ade(tmp_path)
    sources = open_layout(tmp_path)
    assert list(sources) == ["train", "val"]
    assert {s.class_names for s in sources.values()} == {tuple(NAMES)}
    assert all((mask == 255).any() for s in sources.values() for mask in masks_of(s))
    assert any("code 0, which nobody annotated, is ignored" in line
               for line in sources["train"].assumptions)


def test_classes_of_ade20k_without_names_are_numbers(tmp_path):
    build_ade(tmp_path)
    for file in tmp_path.rglob("*.json"): file.unlink()
    source = ade20k_full_source(tmp_path)
    assert source.class_names == tuple(f"class {code}" for code in ade_codes()[1:]) and any(
        "called by their number: 4" in line for line in source.assumptions)
    assert ade20k_full_source(tmp_path, class_names=NAMES).class_names == tuple(NAMES)


def test_names_by_the_older_text_file(tmp_path):
    "The nth object is the nth value of blue; parts are passed over; the file is in Latin-1."
    build_ade(tmp_path)
    for mask in tmp_path.rglob("*_seg.png"):
        told = mask.with_name(mask.name.replace("_seg.png", ".json"))
        told.unlink()
        colors = np.array(Image.open(mask))
        colors[..., 2] = np.searchsorted(np.unique(colors[..., 1]), colors[..., 1]) * 50
        Image.fromarray(colors).save(mask)
        order = sorted(range(1, 5), key=lambda i: ade_codes()[i] % 256)
        rows = [f'{k:03d} # 0 # 0 # {NAMES[i - 1]}é # raw # ""' for k, i in enumerate(order, 1)] + [
            '005 # 1 # 0 # knob # raw # "old"']
        mask.with_name(mask.name.replace("_seg.png", "_atr.txt")).write_bytes(
            "\n".join(rows).encode("latin-1"))
    assert ade20k_full_source(tmp_path).class_names == tuple(f"{name}é" for name in NAMES)


@pytest.mark.fault("masks of KITTI with class and object in one number", "thousands of classes",
                   "decoded to the classes of Cityscapes, the same from masks of classes and of objects")
def test_kitti_gives_the_same_from_classes_and_objects(tmp_path):
    ids = np.array([7, 24, 26, 4, 33])
    for n, card in enumerate(CARDS):
        save(card["image"], tmp_path / f"training/image_2/{n:06d}_10.png")
        save(ids[ids_of(n)], tmp_path / f"training/semantic/{n:06d}_10.png")
        (tmp_path / "training/instance").mkdir(exist_ok=True)
        Image.fromarray((ids[ids_of(n)] * 256 + np.arange(W) // 7).astype(np.uint16)).save(
            tmp_path / f"training/instance/{n:06d}_10.png")
    by_class, by_object = (kitti_source(tmp_path, masks=masks) for masks in ("semantic", "instance"))
    for n, (a, b) in enumerate(zip(masks_of(by_class), masks_of(by_object))):
        assert (a == b).all() and (a == np.array([0, 11, 13, 255, 18])[ids_of(n)]).all()
    assert by_class.class_names[0] == "road" and any("decoded from objects" in line
                                                     for line in by_object.assumptions)
