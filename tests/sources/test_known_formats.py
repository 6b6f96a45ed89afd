"""Formats that are known by name, and what to do about them."""
import pytest
from scenes import CARDS, save, save_text

from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.sources.detect import choose_layout
from tfrseg.sources.known_formats import name_format


# What is known by name

KNOWN = {
    "a.zip": "unpack", "task.tar.gz": "unpack", "._x.zip": None,
    "voc.xml": ("<annotation><object><bndbox><xmin>1</xmin></bndbox></object></annotation>",
                "boxes of Pascal VOC"),
    "person_keypoints.json": ({"images": [], "annotations": [{"keypoints": [1, 2, 2]}], "categories": []},
                              "key points of COCO"),
    "det.json": ({"images": [], "annotations": [{"bbox": [1, 2, 3, 4]}], "categories": []},
                 "boxes of COCO.*segmentation"),
    "sa_1.json": ({"image": {"image_id": 1},
                   "annotations": [{"segmentation": {"size": [1, 1], "counts": "x"}, "predicted_iou": 0.9}]},
                  "SA-1B"),
    "a-asset.json": ({"asset": {"name": "a.jpg"}, "regions": [], "version": "2.2.0"}, "VoTT"),
    "p.vott": "VoTT",
    "video.mp4.json": ({"size": {}, "framesCount": 9, "frames": [{"index": 0, "figures": []}], "objects": []},
                       "Supervisely"),
    "boxes.csv": ("filename,width,height,class,xmin,ymin,xmax,ymax\n", "boxes in a table"),
    "scan.nii.gz": "NIfTI", "scan.dcm": "DICOM", "a.mat": "MATLAB", "a.npz": "array_source", "a.h5": "HDF5",
    "a.parquet": "datasets", "a.tfrecord": "tfrseg convert", "a.svs": "slide", "a.mp4": "video",
    "a.shp": "GeoJSON", "p.hocr": "ALTO", "x.psd": "PNG",
    "via3.json": ({"project": {}, "config": {}, "attribute": {}, "file": {}, "view": {},
                   "metadata": {"1_a": {"vid": "1", "xy": [7, 1, 2]}}}, "VIA 3")}


@pytest.mark.fault("a format that is not read, or an archive", "-",
                   "named, with what to export instead; an archive must be unpacked")
@pytest.mark.parametrize("name", KNOWN)
def test_formats_that_are_known_by_name(tmp_path, name):
    told = KNOWN[name]
    text, said = told if isinstance(told, tuple) else ("x", told)
    root = tmp_path / "set"
    save_text(root / "deep" / name, text)
    if said is None: assert name_format(root) == ""
    for path in (root, root / "deep", root / "deep" / name) if said else ():
        with pytest.raises(DataError, match=said): choose_layout(path)
    if said: assert f"(deep/{name})" in name_format(root)


@pytest.mark.parametrize("name, text, layout", (
    ("a.json", {"images": [], "annotations": [{"bbox": [1, 2, 3, 4]}], "categories": []}, "coco"),
    ("annotations.xml", "<annotation><object><bndbox/><bndbox></bndbox></object></annotation>", "cvat")))
def test_a_file_that_is_called_what_it_is_not(tmp_path, name, text, layout):
    save_text(tmp_path / name, text)
    for path in (tmp_path, tmp_path / name):
        with pytest.raises(DataError, match=f"not of the layout {layout}.*Found "):
            choose_layout(path, layout)


@pytest.mark.parametrize("names, said", (
    (("a.jpg", "a_mask.png", "b.jpg", "b_mask.png"), "tfrseg write SET SET OUT --mask-suffix _mask$"),
    (("img/a.jpg", "ground_truth/a.png"), "tfrseg write SET/img SET/ground_truth OUT$"),
    (("images/a.jpg", "labels/a.txt"), "boxes of YOLO.*data.yaml"),
    (("a.jpg", "b.jpg"), "None of the known layouts fits.*tfrseg write IMAGES MASKS OUT$")))
def test_folders_of_images_are_answered_with_a_command(tmp_path, capfd, names, said):
    root = tmp_path / "set"
    for name in names: save_text(root / name, "0 0.5 0.5 0.1 0.1")
    assert main(["write", "--layout", "auto", str(root), str(tmp_path / "out")]) == 1
    line = capfd.readouterr().err.strip().splitlines()[-1].replace(str(root), "SET").rstrip(".")
    import re
    assert re.search(said, line) and "folder_source" not in line and "Python" not in line, line


def test_one_file_of_a_layout_of_folders_is_told_so(tmp_path):
    text = "<annotation><object><polygon><pt><x>1</x><y>2</y></pt></polygon></object></annotation>"
    save_text(tmp_path / "old.xml", text)
    with pytest.raises(DataError, match="give the folder of such files"): choose_layout(tmp_path / "old.xml")


def test_the_library_says_what_to_call(tmp_path):
    with pytest.raises(DataError, match=r"\(Python: folder_source\(images, masks\)\)"):
        choose_layout(tmp_path)


@pytest.mark.fault("a folder one or two levels too high", "-", "what lies below and fits is named, with the "
                                                               "command that reads it")
@pytest.mark.parametrize("below", ("VOC2012", "VOCdevkit/VOC2012"))
def test_what_lies_below_is_named(tmp_path, capfd, below):
    for n, card in enumerate(CARDS):
        save(card["image"], tmp_path / "set" / below / f"JPEGImages/{n}.jpg")
        save(card["mask"], tmp_path / "set" / below / f"SegmentationClass/{n}.png")
    save_text(tmp_path / "set/VOCtrainval.zip", "PK")
    assert main(["write", "--layout", "auto", str(tmp_path / "set"), str(tmp_path / "out")]) == 1
    wanted = f"{below} below fits voc: tfrseg write --layout voc {tmp_path / 'set' / below} OUT"
    assert wanted in capfd.readouterr().err
