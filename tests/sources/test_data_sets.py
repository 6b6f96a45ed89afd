"""VOC, Cityscapes, ADE20K and CamVid: which values are which classes."""
import numpy as np
import pytest
from scenes import CARDS, NAMES, build_camvid, build_cityscapes, build_voc, masks_of, save, save_text

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE
from tfrseg.core import DataError
from tfrseg.sources.layouts import camvid_source, cityscapes_source, voc_source
from tfrseg.palette import label_colors
from tfrseg.plot import colorize


def test_cityscapes_of_other_classes_is_refused(tmp_path):
    "Datumaro writes any classes in this layout, with a table; their ids are not those of Cityscapes."
    build_cityscapes(tmp_path)
    save_text(tmp_path / "label_colors.txt", "0 0 0 nothing\n1 1 1 card\n")
    with pytest.raises(DataError, match="other classes than Cityscapes has"): cityscapes_source(tmp_path)
    save_text(tmp_path / "label_colors.txt", "128 64 128 road\n")
    assert len(cityscapes_source(tmp_path)) == 3


def test_voc_void_stays_ignored(tmp_path):
    "255 in the palette file, and its pale colour in coloured copies."
    build_voc(tmp_path)
    mask = CARDS[0]["mask"][..., 0].copy()
    mask[:3] = 255
    save(mask, tmp_path / "SegmentationClass/card-0.png", CARD_PALETTE)
    assert (masks_of(voc_source(tmp_path, class_names=CARD_CLASSES))[0] == mask).all()
    colors = label_colors(256)
    colors[255] = (224, 224, 192)
    for n, ids in enumerate((mask, CARDS[1]["mask"][..., 0], CARDS[2]["mask"][..., 0])): save(colors[ids],
                                                                                              tmp_path / f"SegmentationClass/card-{n}.png")
    assert (masks_of(voc_source(tmp_path))[0] == mask).all()


def test_camvid_of_segnet_and_of_the_original(tmp_path):
    ids = np.array([11, 3, 4, 8, 9], np.uint8)[CARDS[0]["mask"]]
    save(CARDS[0]["image"], tmp_path / "segnet/train/a.png")
    save(ids, tmp_path / "segnet/trainannot/a.png")
    assert (masks_of(camvid_source(tmp_path / "segnet", "train"))[0] == np.where(ids == 11, 255, ids)[..., 0]).all()
    save(CARDS[0]["image"], tmp_path / "full/701_StillsRaw_full/0001TP.png")
    save(colorize(CARDS[0]["mask"], CARD_PALETTE), tmp_path / "full/LabeledApproved_full/0001TP_L.png")
    save_text(tmp_path / "full/label_colors.txt",
              "\n".join(f"{r} {g} {b}\t\t{n}" for n, (r, g, b) in zip(("Void", *NAMES), CARD_PALETTE)))
    source = camvid_source(tmp_path / "full")
    assert source.pairs[0].name == "0001TP" and (masks_of(source)[0] == np.where(CARDS[0]["mask"] == 0, 255,
                                                                                 CARDS[0]["mask"] - 1)[..., 0]).all()


@pytest.mark.fault("a table of classes with one colour or one name twice", "-", "refused, with both lines")
@pytest.mark.parametrize("text, said", (
    ("0 0 0 a\n0 0 0 b\n", "line 2: 'b' has the colour (0, 0, 0) of 'a' in line 1"),
                                        ("0 0 0 a\n1 0 0 a\n", "line 2: the class 'a' occurs twice"),
    ("0 0 a\n", "line 1: '0 0 a'; wanted a name and three numbers"), ("0 0 256 a\n", "line 1"),
                                        ("# nothing\n", "no classes")))
def test_bad_tables_of_colours(tmp_path, text, said):
    build_camvid(tmp_path)
    save_text(tmp_path / "label_colors.txt", text)
    with pytest.raises(DataError) as caught: camvid_source(tmp_path)
    assert said in str(caught.value) and "label_colors.txt" in str(caught.value)
