"""Annotation files, lists and tables of strangers: one value of a sound file becomes a hostile one, and the answer is a source or one line.

A hundred and more such files are read with the other tests. `TFRSEG_FUZZ=20000 pytest tests/sources/test_hostile_files.py` reads as many of each layout."""
import json
import os
import re
import struct
import subprocess
import sys
import warnings
import zlib
from base64 import b64encode
from pathlib import Path

import numpy as np
import pytest
from conftest import PACKAGE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tfrseg.storage.image import encode_png, load_image, open_header, open_image
from tfrseg.core import DataError
from tfrseg.sources.detect import open_layout
from tfrseg.sources.shapes import AnnotatedImage, Shape, annotated_source, hidden_shapes, polygon_rle
from tfrseg.sources.source import folder_source, load_pair

pytestmark = pytest.mark.filterwarnings("ignore")
H, W, RING = 20, 30, [1, 1, 9, 1, 9, 9]
CORNERS = [[1, 1], [9, 1], [9, 9]]


def png(channels=3, value=0): return encode_png(np.full((H, W, channels), value, np.uint8))


MASK = b64encode(png(1, 255)).decode()
BITMAP = b64encode(zlib.compress(encode_png(np.full((4, 5, 3), 255, np.uint8)))).decode()
COCO = {"images": [{"id": 1, "file_name": "a.png", "height": H, "width": W}], "categories": [{"id": 1, "name": "x", "supercategory": ""}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "iscrowd": 0, "area": 9, "bbox": [1, 1, 8, 8], "segmentation": [RING]},
                        {"id": 2, "image_id": 1, "category_id": 1, "segmentation": {"size": [H, W], "counts": [100, 50, H * W - 150]}}]}
PANOPTIC = {"images": COCO["images"], "categories": [{"id": 1, "name": "x", "isthing": 1, "color": [1, 2, 3]}],
            "annotations": [{"image_id": 1, "file_name": "a.png", "segments_info": [{"id": 5, "category_id": 1, "iscrowd": 0}]}]}
LABELME = {"version": "5", "imagePath": "a.png", "imageHeight": H, "imageWidth": W, "imageData": None,
           "shapes": [{"label": "x", "shape_type": "polygon", "points": CORNERS}, {"label": "x", "shape_type": "circle", "points": [[5, 5], [7, 5]]},
                      {"label": "y", "shape_type": "mask", "points": [[0, 0], [W, H]], "mask": MASK}]}
DATUMARO = {"categories": {"label": {"labels": [{"name": "x"}]}},
            "items": [{"id": "a", "media": {"path": "a.png", "size": [H, W]}, "image": {"path": "a.png", "size": [H, W]}, "annotations": [
                {"id": 1, "type": "polygon", "label_id": 0, "z_order": 0, "points": RING}, {"id": 2, "type": "bbox", "label_id": 0, "bbox": [1, 1, 5, 5]},
                {"id": 3, "type": "ellipse", "label_id": 0, "points": [1, 1, 9, 9]},
                {"id": 4, "type": "mask", "label_id": 0, "rle": {"size": [H, W], "counts": [100, 50, H * W - 150]}}]}]}
SUPERVISELY = {"size": {"height": H, "width": W}, "objects": [
    {"id": 1, "classTitle": "x", "geometryType": "polygon", "points": {"exterior": CORNERS, "interior": [[[2, 2], [3, 2], [3, 3]]]}},
    {"id": 2, "classTitle": "x", "geometryType": "bitmap", "bitmap": {"origin": [1, 1], "data": BITMAP}}]}
VIA = {"a.png9": {"filename": "a.png", "size": 9, "file_attributes": {}, "regions": [
    {"shape_attributes": {"name": "polygon", "all_points_x": [1, 9, 9], "all_points_y": [1, 1, 9]}, "region_attributes": {"class": "x"}},
    {"shape_attributes": {"name": "circle", "cx": 5, "cy": 5, "r": 3}, "region_attributes": {"class": "y"}}]}}
STUDIO = [{"id": 1, "data": {"image": "a.png"}, "annotations": [{"id": 2, "completed_by": 3, "was_cancelled": False, "result": [
    {"id": "r", "type": "polygonlabels", "original_width": W, "original_height": H, "value": {"points": CORNERS, "polygonlabels": ["x"]}},
    {"id": "s", "type": "ellipselabels", "original_width": W, "original_height": H,
     "value": {"x": 30, "y": 30, "radiusX": 9, "radiusY": 9, "rotation": 0, "ellipselabels": ["x"]}}]}]}]
GEOJSON = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"class": "x"}, "geometry": {"type": "Polygon", "coordinates": [[*CORNERS, CORNERS[0]]]}},
    {"type": "Feature", "properties": {"class": "y"}, "geometry": {"type": "GeometryCollection", "geometries": [
        {"type": "MultiPolygon", "coordinates": [[[*CORNERS, CORNERS[0]]]]}]}}]}
ON_MAP = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"class": "x"}, "geometry": {
    "type": "Polygon", "coordinates": [[[x + 100, y + 100] for x, y in (*CORNERS, CORNERS[0])]]}}]}
CVAT = ('<?xml version="1.0" encoding="utf-8"?><annotations><meta><task><size>1</size><labels><label><name>x</name><color>#ff0000</color></label></labels></task>'
        f'</meta><image id="0" name="a.png" subset="train" width="{W}" height="{H}"><polygon label="x" points="1,1;9,1;9,9" z_order="0"/>'
        '<ellipse label="x" cx="9" cy="9" rx="3" ry="3" rotation="5" z_order="1"/><box label="x" xtl="1" ytl="1" xbr="5" ybr="5" z_order="2"/>'
        '<mask label="x" rle="1,3" width="2" height="2" left="4" top="4" z_order="3"/></image></annotations>')
PAGE = (f'<PcGts><Page imageFilename="a.png" imageWidth="{W}" imageHeight="{H}"><TextRegion id="r" type="heading"><Coords points="1,1 9,1 9,9"/>'
        '</TextRegion></Page></PcGts>')
ALTO = ('<alto><Description><MeasurementUnit>pixel</MeasurementUnit><sourceImageInformation><fileName>a.png</fileName></sourceImageInformation></Description>'
        f'<Layout><Page WIDTH="{W}" HEIGHT="{H}"><TextBlock ID="b" HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"><Shape><Polygon POINTS="1,1 9,1 9,9"/></Shape>'
        '</TextBlock></Page></Layout></alto>')
CODES = np.zeros((H, W, 3), np.uint8)
CODES[5:9, 5:9, 0] = 5
IMAGE = {"a.png": png()}
SETS = {  # a layout, the file that is changed, and all files
    "coco": ("coco", "instances_train.json", {"images/a.png": png(), "instances_train.json": COCO}),
    "panoptic": ("coco_panoptic", "panoptic_train.json", {"images/a.png": png(), "panoptic_train/a.png": encode_png(np.full((H, W, 3), (5, 0, 0), np.uint8)),
                                                          "panoptic_train.json": PANOPTIC}),
    "labelme": ("labelme", "a.json", IMAGE | {"a.json": LABELME}),
    "datumaro": ("datumaro", "annotations/train.json", {"images/train/a.png": png(), "annotations/train.json": DATUMARO}),
    "supervisely": ("supervisely", "ds/ann/a.png.json", {"ds/img/a.png": png(), "meta.json": {"classes": [{"title": "x", "color": "#ff0000"}]},
                                                         "ds/ann/a.png.json": SUPERVISELY}),
    "supervisely meta": ("supervisely", "meta.json", {"ds/img/a.png": png(), "meta.json": {"classes": [{"title": "x", "color": "#ff0000"}]},
                                                      "ds/ann/a.png.json": SUPERVISELY}),
    "via": ("via", "via.json", IMAGE | {"via.json": VIA}),
    "label studio": ("label_studio", "p.json", IMAGE | {"p.json": STUDIO}),
    "geojson": ("geojson", "a.geojson", IMAGE | {"a.geojson": GEOJSON}),
    "ade20k": ("ade20k_full", "a.json", {"a.jpg": png(), "a_seg.png": encode_png(CODES // 5 * 10),
                                         "a.json": {"annotation": {"object": [{"name_ndx": 256, "name": "x", "parts": {"part_level": 0}}]}}}),
    "export note": ("auto", "tfrseg_export.json", {
        "images/a.png": png(), "masks/a.png": png(1), "train.txt": "a", "label_colors.txt": "0 0 0 x\n9 9 9 y",
        "tfrseg_export.json": {"format_version": 1, "layout": "folder", "splits": ["train"], "masks": True, "names": {}, "labels": {
            "class_names": ["x", "y"], "palette": {}, "coding": "ids", "ignore_label": 255, "dtype": "uint8", "unknown": "raise", "levels": {}}}}),
    "cvat": ("cvat", "annotations.xml", {"images/a.png": png(), "annotations.xml": CVAT}),
    "page": ("pages", "a.xml", IMAGE | {"a.xml": PAGE}),
    "alto": ("pages", "a.xml", IMAGE | {"a.xml": ALTO}),
    "world file": ("geojson", "a.pgw", IMAGE | {"a.geojson": ON_MAP, "a.pgw": "1\n0\n0\n1\n100.5\n100.5\n"}),
    "yolo": ("yolo", "data.yaml", {"images/train/a.png": png(), "labels/train/a.txt": "0 0.1 0.1 0.9 0.1 0.9 0.9\n",
                                   "data.yaml": "path: .\ntrain: images/train\nnames:\n  0: x\n  1: y\n"}),
    "yolo labels": ("yolo", "labels/train/a.txt", {"images/train/a.png": png(), "labels/train/a.txt": "0 0.1 0.1 0.9 0.1 0.9 0.9\n",
                                                   "data.yaml": "path: .\ntrain: images/train\nnames: [x, y]\n"}),
    "yolo list": ("yolo", "train.txt", {"images/train/a.png": png(), "labels/train/a.txt": "0 0.1 0.1 0.9 0.1 0.9 0.9\n", "train.txt": "./images/train/a.png\n",
                                        "data.yaml": "train: train.txt\nnames: [x, y]\n"}),
    "kaggle": ("kaggle_rle", "train.csv", IMAGE | {"train.csv": "ImageId,EncodedPixels,ClassId\na.png,1 3 30 4,1\na.png,90 5,2\n"}),
    "roboflow": ("roboflow_masks", "_classes.csv", IMAGE | {"a_mask.png": png(1), "_classes.csv": "Pixel Value, Class\n0, background\n1, x\n"}),
    "voc list": ("voc", "ImageSets/Segmentation/train.txt", {"JPEGImages/a.png": png(), "SegmentationClass/a.png": png(1),
                                                             "ImageSets/Segmentation/train.txt": "a\n"}),
    "voc table": ("voc", "labelmap.txt", {"JPEGImages/a.png": png(), "SegmentationClass/a.png": png(3), "labelmap.txt": "x:0,0,0::\ny:9,9,9::\n"}),
    "camvid": ("camvid", "class_dict.csv", {"train/a.png": png(), "train_labels/a.png": png(3), "class_dict.csv": "name,r,g,b\nx,0,0,0\ny,9,9,9\n"}),
    "list": ("list", "all.txt", IMAGE | {"m.png": png(1), "all.txt": "a.png\tm.png\n"}),
}
DEEP, LONG = "[" * 3000 + "]" * 3000, '"' + "x" * 3000 + '"'
VALUES = ["null", "true", "-1", "0", "1.5", "1e30", "1e400", "-1e400", "NaN", "Infinity", "9" * 5000, "4" + "0" * 14, "1" + "0" * 30, '""', '"x"', '"\\ud800"',
          '"../../../etc/passwd"', '"/etc/passwd"', '"\\u0000"', '"\\u001b[2J\\r\\nforged"', '"\\u202e"', LONG, DEEP, "[]", "{}", "[[]]", "[null]", '{"a": 1}', "[1, 2]",
          '"1e400"', '"nan"', '"' + "a/" * 3000 + '"', '"9' * 1 + "9" * 400 + '"', "[[1, 2], [3]]", "2147483648", "9223372036854775808"]
WORDS = ["", "-1", "0", "1e30", "1e400", "-inf", "nan", "9" * 5000, "4" + "0" * 14, "x", "../../../etc/passwd", "/etc/passwd", "\x1b[2J", "\u202e", "x" * 3000, "[" * 3000,
         "a/" * 3000, '"', "&amp;", "<", "*a", "!!python/object:os.system", "1:" * 900 + "1", "\x00", "\r", "\udcff", "0x" + "f" * 3000, "2147483648", "foo"]


def places(node, path=()):
    "The way to every value in a tree of JSON."
    yield path
    for key in (node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()): yield from places(node[key], (*path, key))


def spoiled(held, draw):
    "A file with one hostile value, as text."
    if isinstance(held, str):
        words = list(re.finditer(r"[^\s<>\"'=,;:\[\]]+", held))
        word = words[draw(st.integers(0, len(words) - 1))]
        return held[:word.start()] + draw(st.sampled_from(WORDS)) + held[word.end():]
    tree = json.loads(json.dumps(held))
    *way, last = draw(st.sampled_from([path for path in places(tree) if path]))
    node = tree
    for key in way: node = node[key]
    node[last] = "hostile value"
    return json.dumps(tree).replace('"hostile value"', draw(st.sampled_from(VALUES)), 1)


def written(root, files):
    for name, held in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = held if isinstance(held, (bytes, str)) else json.dumps(held)
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape"))
    return root


def answered(root, layout, on_error="raise"):
    "A source of the right sizes, or one line that names the dataset, at least by the end of its path."
    try:
        for source in open_layout(root / "all.txt" if layout == "list" else root, layout, show_progress=False, on_error=on_error).values():
            for text in (*source.class_names, *(pair.name for pair in source.pairs)): text.encode()
            for sample in (load_pair(pair, source.labels) for pair in source.pairs): assert sample["image"].shape[:2] == sample.get("mask", sample["image"]).shape[:2] == (H, W)
    except (DataError, FileNotFoundError) as e:
        told = [str(e), *map(str, getattr(e, "findings", ()))]
        assert all((len(line) <= 500 or "tfrseg write" in line) and line.isprintable() for line in told), told
        assert "/".join(root.parts[-2:]) in str(e), e


EXAMPLES = int(os.environ.get("TFRSEG_FUZZ", 25))


@pytest.mark.fault("an annotation file, list or table with one hostile value: 1e400, 5 000 digits, deep lists, lone surrogates, `..`",
                   "any exception, or pixels of another file", "a source, or one line of at most 500 letters that names the file: fuzzed for every layout")
@pytest.mark.parametrize("name", SETS)
def test_one_hostile_value_is_answered_in_one_line(tmp_path_factory, name):
    layout, file, files = SETS[name]
    root = written(tmp_path_factory.mktemp("sound") / "set", files)
    assert open_layout(root / "all.txt" if layout == "list" else root, layout, show_progress=False), "the sound file is read"
    there = sorted(p.relative_to(root) for p in root.rglob("*"))

    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize="TFRSEG_FUZZ" not in os.environ, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def law(data):
        written(root, {file: spoiled(files[file], data.draw)})
        answered(root, layout, data.draw(st.sampled_from(["raise", "skip"])))
        assert sorted(p.relative_to(root) for p in root.rglob("*")) == there

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        law()


# Images

def tiff(entries, more=b"", pages=1):
    "A TIFF file of these (tag, type, count, value), again and again."
    size = 2 + 12 * len(entries) + 4
    page = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *row) for row in entries)
    following = [8 + len(more) + (k + 1) * size for k in range(pages - 1)] + [0]
    return b"".join([b"II*\0", struct.pack("<I", 8 + len(more)), more, *(page + struct.pack("<I", place) for place in following)])


GREY = [(256, 3, 1, 30), (257, 3, 1, 20), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (278, 3, 1, 20), (279, 4, 1, 600)]
chunk = lambda kind, data=b"": struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg_of_scans(path, count):
    Image.fromarray(np.zeros((16, 16, 3), np.uint8)).save(path, "JPEG", progressive=True)
    data = path.read_bytes()
    scan = data[data.rindex(b"\xff\xda"):-2]
    return data[:-2] + scan * count + b"\xff\xd9"


@pytest.mark.parametrize("data, wanted", (
    (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 30 20\n%%EOF\n", "PostScript"),
    (b"SIMPLE  =                    T" + b" " * 3000, "cannot be read"),
    (tiff(GREY, bytes(600), 50_000), "more than one frame"),
    (tiff(sorted([*GREY, *((40_000 + k, 7, 1 << 20, 8) for k in range(2000))]), bytes(1 << 20)), "tags of 2097"),
    (tiff(sorted([row for row in GREY if row[0] != 273] + [(273, 4, 3 << 20, 8)]), bytes(12 << 20)), "3145728 strips"),
    (png()[:33] + chunk(b"teST") * (1 << 18) + png()[33:], "more than 262144 chunks"),
    (png()[:33] + chunk(b"eXIf", b"II*\0" + struct.pack("<IH", 8, 5000) + struct.pack("<HHII", 37510, 7, 50_000, 8) * 5000 + bytes(4)) + png()[33:], "tags of 250000000"),
), ids="postscript fits frames tags strips chunks exif".split())
def test_what_no_program_saves_is_refused_by_its_header(tmp_path, data, wanted):
    (tmp_path / "a.png").write_bytes(data)
    for read in (open_header, open_image, load_image):
        with pytest.raises(DataError, match=wanted) as caught: read(tmp_path / "a.png")
        assert "a.png" in str(caught.value) and len(str(caught.value)) <= 500


def test_a_jpeg_of_many_scans_is_refused(tmp_path):
    (tmp_path / "a.jpg").write_bytes(jpeg_of_scans(tmp_path / "b.jpg", 200))
    with pytest.raises(DataError, match="more than 100 scans"): open_image(tmp_path / "a.jpg")


@pytest.mark.fault("a sparse image of 20 GiB, a dangling link, a pipe or a device as an image or a mask", "MemoryError, or it waits for ever", "one line that names the file")
@pytest.mark.parametrize("part", ("img", "seg"))
@pytest.mark.parametrize("kind, wanted", (("sparse", "20480 MiB"), ("large", "MiB for 20 x 30 pixels"), ("link", "a link to nothing"), ("pipe", "a named pipe"), ("device", "a device")))
def test_what_is_no_image_file_is_one_line(tmp_path, part, kind, wanted):
    root = written(tmp_path, {f"{folder}/{name}.png": png(3 if folder == "img" else 1) for folder in ("img", "seg") for name in "ab"})
    path = root / part / "b.png"
    if kind in ("sparse", "large"): os.truncate(path, 20 << 30 if kind == "sparse" else 200 << 20)
    else:
        path.unlink()
        if kind == "pipe": os.mkfifo(path)
        else: path.symlink_to("/dev/zero" if kind == "device" else root / "nowhere.png")
    with pytest.raises(DataError, match=wanted) as caught: folder_source(root / "img", root / "seg", show_progress=False)
    assert str(path) in str(caught.value)
    assert len(folder_source(root / "img", root / "seg", on_error="skip", show_progress=False)) == 1


def test_a_mask_of_another_size_is_not_decoded(tmp_path, monkeypatch):
    written(tmp_path, {"img/a.png": png(), "seg/a.png": encode_png(np.zeros((400, 300, 1), np.uint8))})
    loads = []
    monkeypatch.setattr(Image.Image, "load", lambda *a: loads.append(1))
    with pytest.raises(DataError, match="400 x 300 pixels; wanted 20 x 30"): folder_source(tmp_path / "img", tmp_path / "seg", show_progress=False)
    assert not loads


@pytest.mark.parametrize("values", ((0, 255), (0, 120, 255), (10, 200)))
def test_lossy_masks_of_given_colours_are_read(tmp_path, values):
    "The nearest class of each pixel, whatever JPEG made of it."
    colors = [(0, 0, 0), (255, 0, 0), (0, 0, 255)][: len(values)]
    ids = np.repeat(np.arange(len(colors)), 32)[None].repeat(32, 0)
    written(tmp_path, {"img/a.png": encode_png(np.zeros((*ids.shape, 3), np.uint8))})
    (tmp_path / "seg").mkdir()
    Image.fromarray(np.array(colors, np.uint8)[ids]).save(tmp_path / "seg/a.jpg", quality=60)
    source = folder_source(tmp_path / "img", tmp_path / "seg", palette=colors, allow_lossy_mask=True, show_progress=False)
    assert (load_pair(source.pairs[0], source.labels)["mask"][..., 0] == ids).mean() > 0.9


# Shapes

def test_many_shapes_hide_each_other_as_few_do():
    rng = np.random.default_rng(0)
    rows = [(f"c{n % 3}", polygon_rle([rng.random((4, 2)) * 12 + rng.integers(0, 28, 2)], (40, 40))) for n in range(700)]
    few = hidden_shapes(rows[-400:], (40, 40))
    import tfrseg.sources.shapes as shapes
    many = shapes._hidden_of_many(rows[-400:], (40, 40))
    assert few == many and hidden_shapes(rows, (40, 40))[1].total() > few[1].total()


@pytest.mark.parametrize("ring, wanted", (([(0, 0), (29, 1)] * 600_000, "outline of"), ([(0, 0), (1e300, 0), (5, 5)], "corner at x=1e[+]300"), ([(0, 0), (float("inf"), 0), (5, 5)], "not finite")))
def test_an_outline_without_end_is_a_finding(tmp_path, ring, wanted):
    written(tmp_path, IMAGE)
    drawing = AnnotatedImage("a", tmp_path / "a.png", tmp_path / "a.json", (Shape("x", "shape 1", (np.array(ring, float),)),), (H, W))
    with pytest.raises(DataError, match=wanted): annotated_source([drawing], None, tmp_path / "a.json", show_progress=False)


BOMBS = r"""
import json, resource, sys, zlib
from base64 import b64encode
from pathlib import Path
from tfrseg.core import DataError
from tfrseg.sources.detect import open_layout
root = Path(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
space = int(next(line for line in open("/proc/self/status") if line.startswith("VmSize")).split()[1])
resource.setrlimit(resource.RLIMIT_AS, (space * 1024 + (1 << 30),) * 2)
def tell(name):
    try: said = str(open_layout(root / name, "auto" if name == "deep" else name.split("-")[0], show_progress=False))
    except DataError as e: said = str(e)
    print(json.dumps([name, said, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before >> 10]))
for name in sys.argv[2:]: tell(name)
"""


@pytest.mark.fault("annotations that unfold to gigabytes: zlib bitmaps, YAML anchors, run lengths, radii", "the memory fills", "one line, within a few hundred MiB")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="limits of memory are those of Linux")
def test_what_unfolds_to_gigabytes_is_refused(tmp_path):
    packer = zlib.compressobj(9)
    block = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)  # can stand again and again, but for the two bytes of its head
    checksum = ((1 << 30) % 65521 << 16) + 1  # of so many zeros, by the definition of Adler-32
    bomb = b64encode(block + block[2:] * 63 + b"\3\0" + checksum.to_bytes(4, "big")).decode()
    bitmap = {**SUPERVISELY, "objects": [{**SUPERVISELY["objects"][1], "bitmap": {"origin": [1, 1], "data": bomb}}]}
    wide = b64encode(zlib.compress(png()[:16] + struct.pack(">II", 12_000, 12_000) + png()[24:29] + struct.pack(">I", zlib.crc32(b"IHDR" + struct.pack(">II", 12_000, 12_000) + png()[24:29])) + png()[33:])).decode()
    anchors = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{k}: &a{k} [{','.join(['*a%d' % (k - 1)] * 10)}]\n" for k in range(1, 10))
    circle = {**LABELME, "shapes": [{"label": "x", "shape_type": "circle", "points": [[5, 5], [4e14, 5]]}]}
    letters = {**COCO, "annotations": [{**COCO["annotations"][1], "segmentation": {"size": [H, W], "counts": "o" * 1_000_000 + "0"}}]}
    lied = CVAT.replace(f'width="{W}" height="{H}"><poly', 'width="13000" height="13000"><poly')
    sets = {"supervisely-zlib": SETS["supervisely"][2] | {"ds/ann/a.png.json": bitmap},
            "supervisely-header": SETS["supervisely"][2] | {"ds/ann/a.png.json": {**bitmap, "objects": [{**bitmap["objects"][0], "bitmap": {"origin": [1, 1], "data": wide}}]}},
            "yolo-anchors": SETS["yolo"][2] | {"data.yaml": anchors + "train: images/train\nnames: *a9\n"},
            "yolo-depth": SETS["yolo"][2] | {"data.yaml": "train: images/train\nnames: " + "[" * 100_000},
            "labelme-radius": IMAGE | {"a.json": circle}, "coco-letters": SETS["coco"][2] | {"instances_train.json": letters},
            "coco-classes": SETS["coco"][2] | {"instances_train.json": {**COCO, "categories": [{"id": k, "name": f"c{k}"} for k in range(70_000)]}},
            "labelme-shapes": IMAGE | {"a.json": {**LABELME, "shapes": LABELME["shapes"][:1] * 200_000}},
            "cvat-lied": SETS["cvat"][2] | {"annotations.xml": lied},
            "cvat-runs": SETS["cvat"][2] | {"annotations.xml": CVAT.replace('rle="1,3" width="2" height="2"', 'rle="10000000000" width="100000" height="100000"')}}
    for name, files in sets.items(): written(tmp_path / name, files)
    done = subprocess.run([sys.executable, "-c", BOMBS, str(tmp_path), *sets], capture_output=True, text=True, timeout=900)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, *_ in told] == list(sets), done.stderr[-2000:]
    for name, said, grown in told:
        assert str(tmp_path / name) in said and len(said) <= 500 and not said.startswith("{"), (name, said)
        assert grown < 600, (name, grown)


# Where a name leads

@pytest.mark.parametrize("held", ("/{secret}", "../{secret}", "../../{secret}"))
def test_folders_of_a_yaml_file_stay_beside_the_dataset(tmp_path, held):
    written(tmp_path, {"far/away/private/a.png": png()})
    root = written(tmp_path / "x/set", {"images/train/b.png": png(), "labels/train/b.txt": ""})
    told = held.format(secret=str(tmp_path / "far/away/private").lstrip("/") if held.startswith("/") else "far/away/private")
    written(root, {"data.yaml": json.dumps({"names": ["x"], "train": told})})
    with pytest.raises(DataError, match="none of its folders holds an image"): open_layout(root, "yolo", show_progress=False)


@pytest.mark.parametrize("subset", ("{secret}", "../../secret"))
def test_a_subset_of_cvat_stays_in_the_dataset(tmp_path, subset):
    written(tmp_path, {"secret/private.png": png()})
    text = CVAT.replace('name="a.png" subset="train"', f'name="private.png" subset="{subset.format(secret=tmp_path / "secret")}"')
    written(tmp_path / "set", {"images/a.png": png(), "annotations.xml": text})
    with pytest.raises(DataError, match="no image 'private.png'"): open_layout(tmp_path / "set", "cvat", show_progress=False)


def test_an_image_is_opened_in_one_place_and_files_of_strangers_by_core():
    "`Image.open` stands in one line of the package; the readers open no file by themselves."
    package = PACKAGE
    opened = {path.relative_to(package).as_posix() for path in package.rglob("*.py")
              if "Image.open(" in path.read_text()}
    image = package / "storage" / "image.py"
    assert opened == {"storage/image.py"} and image.read_text().count("Image.open(") == 1
    readers = [image, package / "storage" / "labels.py", *sorted((package / "sources").glob("*.py"))]
    for path in readers:
        name, text = path.stem, path.read_text()
        assert not re.search(r"(?<!def )(?<![\w.])open\(|\.read_bytes\(|\.read_text\(|\.open\(\"r", text), name
