"""Every layout: the same cards as many tools lay them, detected, read, written, and with everything wrong."""
import base64
import io
import json
import pickle
import shutil
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask
from scenes import (CARDS, H, NAMES, STRANGE, W, build_camvid, build_cityscapes, build_voc, centres_inside,
    coco_data, masks_of, places, save, save_text, scene, truth, with_value, write_images)

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE
from tfrseg.sources.classes import MappedMask, merge_classes, merge_labels
from tfrseg.cli import LAYOUT_NAMES, main
from tfrseg.storage.labels import LabelMap
from tfrseg.sources.coco import coco_source, panoptic_source
from tfrseg.core import DataError
from tfrseg.sources.detect import LAYOUTS, detect_layouts, open_layout
from tfrseg.sources.layouts import (CITYSCAPES_LABELS, ade20k_source, camvid_source, cityscapes_source,
    list_source, voc_source)
from tfrseg.sources.page_xml import page_xml_source
from tfrseg.plot import colorize
from tfrseg.sources.annotation_json import datumaro_source, labelme_source, supervisely_source
from tfrseg.sources.annotation_tools import cvat_source, yolo_source
from tfrseg.reader.stream import read_dataset
from tfrseg.sources.shapes import PolygonMask
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import check_source
from tfrseg.sources.splits import split_source
from tfrseg.writer.write import plan_shards, write_shards


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>\n'
THIEF = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n'


def build_cvat_masks(root):
    build_voc(root)
    for n, card in enumerate(CARDS): save(colorize(card["mask"], CARD_PALETTE),
                                          root / "SegmentationClass" / f"card-{n}.png")
    save_text(root / "labelmap.txt", "# label:color_rgb:parts:actions\n" + "\n".join(
        f"{n}:{r},{g},{b}::" for n, (r, g, b) in zip(CARD_CLASSES, CARD_PALETTE)))
    return voc_source(root)


def build_ade20k(root):
    for n, card in enumerate(CARDS):
        part = "validation" if n == 2 else "training"
        save(card["image"], root / f"images/{part}/ADE_{n:08d}.jpg")
        save(card["mask"], root / f"annotations/{part}/ADE_{n:08d}.png")
    return ade20k_source(root, class_names=NAMES, reduce_zero_label=True)


def build_list(root):
    write_images(root / "im")
    for n, card in enumerate(CARDS): save(card["mask"], root / "gt" / f"{n}.png")
    save_text(root / "all.txt", "\n".join(f"/im/card-{n}.jpg /gt/{n}.png" for n in range(3)))
    return list_source(root / "all.txt", class_names=CARD_CLASSES)


def build_coco(root):
    write_images(root / "images")
    save_text(root / "annotations/instances_default.json", coco_data(lambda points: [points.ravel().tolist()]))
    return coco_source(root)


def build_coco_rle(root):
    write_images(root / "val2017")
    packed = lambda points: {"size": [H, W],
                             "counts": coco_mask.encode(np.asfortranarray(centres_inside(points),
                                                                          np.uint8))["counts"].decode()}
    save_text(root / "annotations/instances_val2017.json", coco_data(packed))
    return coco_source(root)


def build_panoptic(root):
    write_images(root / "val2017")
    colors = np.array([(10, 20, 30), (1, 0, 0), (0, 2, 0), (0, 0, 3), (255, 255, 255)])
    segments = [{"id": int(c @ (1, 256, 65536)), "category_id": 50 + i} for i, c in enumerate(colors)]
    for n, card in enumerate(CARDS): save(colors[card["mask"][..., 0]],
                                          root / f"annotations/panoptic_val2017/card-{n}.png")
    there = lambda card: [s for i, s in enumerate(segments) if (card["mask"] == i).any()]
    save_text(root / "annotations/panoptic_val2017.json", {
        "images": coco_data(lambda p: [])["images"], "categories": [{"id": 50 + i, "name": n} for i,
                                                                    n in enumerate(CARD_CLASSES)],
        "annotations": [{"image_id": n + 1, "file_name": f"card-{n}.png", "segments_info": there(card)} for n,
                        card in enumerate(CARDS)]})
    return panoptic_source(root)


def build_labelme(root):
    write_images(root)
    for n in range(3):
        shapes = [{"label": label, "points": points.tolist(), "group_id": None, "shape_type": "polygon", "flags": {}}
                  for label, points in scene(n)]
        save_text(root / f"card-{n}.json",
                  {"version": "5.5.0", "flags": {}, "shapes": shapes, "imagePath": f"card-{n}.jpg", "imageData": None,
                                            "imageHeight": H, "imageWidth": W})
    return labelme_source(root, class_names=NAMES)


def cvat_text(shapes, head=""):
    labels = "".join(f"<label><name>{n}</name><color>#{bytes(c).hex()}</color></label>" for n,
                     c in zip(NAMES, CARD_PALETTE[1:]))
    images = "\n".join(f'<image id="{n}" name="card-{n}.jpg" width="{W}" height="{H}">\n{rows}\n</image>' for n,
                       rows in enumerate(shapes))
    return (f'<?xml version="1.0" '
            f'encoding="utf-8"?>\n{head}<annotations>\n<version>1.1</version><meta><task><labels>{labels}</labels></task></meta>\n'
            f"{images}\n</annotations>")


def build_cvat(root):
    write_images(root / "images")
    row = lambda k, label, points: f'<polygon label="{label}" points="{";".join(f"{x},{y}" for x, y in points)}" z_order="{k}"/>'
    save_text(root / "annotations.xml",
              cvat_text(["\n".join([row(k, *s) for k, s in enumerate(scene(n))][::-1]) for n in range(3)]))
    return cvat_source(root)


def build_datumaro(root):
    write_images(root / "images" / "default")
    items = [{"id": f"card-{n}", "image": {"path": f"card-{n}.jpg", "size": [H, W]}, "annotations": [
        {"id": k, "type": "polygon", "label_id": CARD_CLASSES.index(label), "points": points.ravel().tolist(),
         "z_order": k, "group": 0, "attributes": {}}
        for k, (label, points) in enumerate(scene(n))][::-1]} for n in range(3)]
    save_text(root / "annotations/default.json",
              {"info": {}, "categories": {"label": {"labels": [{"name": n, "parent": ""} for n in CARD_CLASSES]}},
               "items": items})
    return datumaro_source(root)


def build_yolo(root):
    write_images(root / "train" / "images")
    for n in range(3):
        save_text(root / f"train/labels/card-{n}.txt",
                  "\n".join(f"{CARD_CLASSES.index(label) - 1} "
                            + " ".join(f"{v:.8f}" for v in (points / (W, H)).ravel())
                                                                for label, points in scene(n)[::-1]))
    save_text(root / "data.yaml", f"train: ../train/images\nnc: 4\nnames: [{', '.join(NAMES)}]\n")
    return yolo_source(root)


def build_supervisely(root):
    write_images(root / "ds0" / "img")
    save_text(root / "meta.json", {"classes": [{"title": n, "shape": "polygon", "color": f"#{bytes(c).hex()}"} for n,
                                               c in zip(NAMES, CARD_PALETTE[1:])]})
    for n in range(3):
        save_text(root / f"ds0/ann/card-{n}.jpg.json", {"size": {"height": H, "width": W}, "objects": [
            {"id": k, "classTitle": label, "geometryType": "polygon",
             "points": {"exterior": points.tolist(), "interior": []}} for k, (label, points) in enumerate(scene(n))]})
    return supervisely_source(root)


def page_text(n, head="", size=(H, W)):
    kinds = {"card": "TextRegion", "photo": "TextLine", "stamp": "Word"}
    close, rows = "", []
    for label, points in scene(n):
        corners = " ".join(f"{x},{y}" for x, y in points)
        rows.append(f'<{kinds[label]} id="{label}{n}"><Coords points="{corners}"/>')
        close = f"</{kinds[label]}>" + close
    return (f'<?xml version="1.0"?>\n{head}<PcGts '
            f'xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata/>\n'
            f'<Page imageFilename="card-{n}.jpg" imageHeight="{size[0]}" imageWidth="{size[1]}">\n' + "\n".join(rows)
            + close + "</Page></PcGts>")


def build_pages(root):
    write_images(root)
    for n in range(3): save_text(root / "page" / f"card-{n}.xml", page_text(n))
    source = page_xml_source(root, levels=("region", "line", "word"),
                          class_names=("TextRegion", "TextLine", "text", "Word"))
    return merge_classes(source, ["TextRegion=card", "TextLine=photo", "Word=stamp"])


def build_alto(root):
    write_images(root)
    kinds = {"card": "TextBlock", "photo": "TextLine", "stamp": "String"}
    for n in range(3):
        rows, close = [], ""
        for label, points in scene(n):
            rows.append(f'<{kinds[label]} ID="{label}{n}" HPOS="0" VPOS="0" WIDTH="9" HEIGHT="9"><Shape><Polygon '
                        f'POINTS="{" ".join(f"{x},{y}" for x, y in points * 10)}"/></Shape>')
            close = f"</{kinds[label]}>" + close
        save_text(root / f"card-{n}.xml",
                  f'<?xml version="1.0"?>\n<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>mm10</MeasurementUnit>'
                  f'<sourceImageInformation><fileName>file:///scans/card-{n}.jpg</fileName></sourceImageInformation></Description>\n<Layout><Page WIDTH="{W * 10}" HEIGHT="{H * 10}">'
                  f"<PrintSpace>\n" + "\n".join(rows) + close + "</PrintSpace></Page></Layout></alto>")
    source = page_xml_source(root, levels=("region", "line", "word"),
                          class_names=("TextBlock", "TextLine", "text", "String"))
    return merge_classes(source, ["TextBlock=card", "TextLine=photo", "String=stamp"])


FILES = {"voc": build_voc, "cvat masks": build_cvat_masks, "list": build_list, "panoptic": build_panoptic}
DRAWN = {"coco": build_coco, "coco rle": build_coco_rle, "labelme": build_labelme, "cvat": build_cvat,
         "datumaro": build_datumaro, "yolo": build_yolo,
         "supervisely": build_supervisely, "page": build_pages, "alto": build_alto}
CODED = {"cityscapes": build_cityscapes, "ade20k": build_ade20k, "camvid": build_camvid}
ALL = FILES | DRAWN | CODED


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    "Root and source of a layout, built once; not to be changed."
    made = {}

    def build(name):
        if name not in made:
            root = tmp_path_factory.mktemp(name.replace(" ", "_"))
            made[name] = root, ALL[name](root)
        return made[name]

    return build


def meant(name, n):
    "The ids picture n should have, and where that is beyond doubt."
    mask, everywhere = CARDS[n]["mask"][..., 0], np.ones((H, W), bool)
    if name in FILES: return mask, everywhere
    if name == "cityscapes": return np.array([0, 11, 13, 255, 18], np.uint8)[mask], everywhere
    if name in CODED: return np.array([255, 0, 1, 2, 3], np.uint8)[mask], everywhere
    return truth(n)


@pytest.mark.parametrize("name", ALL)
def test_masks_are_what_was_drawn(built, name):
    "Files to the last pixel; polygons wherever a centre is not within a fifth of a pixel of an outline, pycocotools' grid."
    root, source = built(name)
    assert len(source) == 3 and not source.skipped and check_source(source, show_progress=False) == []
    if name not in CODED: assert source.class_names == tuple(CARD_CLASSES)
    for n, mask in enumerate(masks_of(source)):
        ids, sure = meant(name, n)
        assert mask.dtype == np.uint8 and sure.mean() > 0.9 and (mask[sure] == ids[sure]).all(), f"{(mask != ids)[sure].sum()} pixels"


def content(path): return {p.name: p.read_bytes() for p in path.iterdir() if p.suffix != ".index"}


@pytest.mark.parametrize("name", ALL)
def test_written_by_any_number_of_workers_and_read_back(built, name, tmp_path):
    _, source = built(name)
    write_shards(plan_shards(source, tmp_path / "one", records_per_shard=1), workers=1, show_progress=False)
    sent = pickle.loads(pickle.dumps(plan_shards(source, tmp_path / "three", records_per_shard=1)))
    write_shards(sent, workers=3, show_progress=False)
    assert content(tmp_path / "one") == content(tmp_path / "three")
    assert load_info(tmp_path / "one").labels == source.labels
    for sample, mask in zip(read_dataset(tmp_path / "one"),
                            masks_of(source)): assert (sample["mask"].numpy()[..., 0] == mask).all()


@pytest.mark.parametrize("name", ("coco", "cityscapes", "panoptic"))
def test_resume_is_byte_equal_and_sees_a_changed_annotation(tmp_path, name):
    "Finished shards are kept; one whose annotation has changed since is written again."
    source = ALL[name](tmp_path / "in")
    plan = plan_shards(source, tmp_path / "out", records_per_shard=1)

    def power_cut(work, specs):
        for spec in list(specs)[:2]: work(spec)
        raise RuntimeError("power cut")

    def stop():
        with pytest.raises(RuntimeError): write_shards(plan, engine=power_cut, resume=True, show_progress=False)

    def go_on(plan):
        written = []
        write_shards(plan, engine=lambda work,
                     specs: [written.append(int(s.path.name[6:11])) or work(s) for s in specs], resume=True,
                     show_progress=False)
        return written, content(tmp_path / "out")

    write_shards(plan, show_progress=False)
    whole = content(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    stop()
    assert go_on(plan) == ([2], whole)
    shutil.rmtree(tmp_path / "out")
    stop()
    changed = replace(source, pairs=tuple(replace(p, mask=edited(p.mask)) if n == 1 else p for n,
                                          p in enumerate(source.pairs)))
    written, files = go_on(plan_shards(changed, tmp_path / "out", records_per_shard=1))
    assert written == [1, 2] and {k for k in whole if whole[k] != files[k]} == {"train-00001-of-00003.tfrecord",
                                                                                "dataset_info.json"}


def edited(mask):
    "The same annotation with one id another one."
    if isinstance(mask, MappedMask): return replace(mask, table=(*mask.table[:7], 3, *mask.table[8:]))
    if hasattr(mask, "segments"): return replace(mask, segments=((mask.segments[0][0], 3), *mask.segments[1:]))
    return replace(mask, shapes=mask.shapes[1:])


@pytest.mark.parametrize("name", ALL)
def test_class_map_works_with_every_layout(built, name):
    _, source = built(name)
    a, b, *rest = source.class_names
    merged = merge_classes(source, [f"{a}+{b}=both", f"{rest[0]}=ignore"])
    assert merged.class_names == ("both", *rest[1:]) and check_source(merged, show_progress=False) == []
    table = np.full(256, 255, np.uint8)
    table[: len(source.class_names)] = [0, 0, 255, *range(1, len(rest))]
    for before, after in zip(masks_of(source), masks_of(merged)): assert (table[before] == after).all()
    assert merge_classes(source, f"{a}=other").pairs == source.pairs


@pytest.mark.parametrize("name", ALL)
def test_split_source_divides_every_layout(built, name):
    parts = split_source(built(name)[1], train=0.6, val=0.4)
    assert sum(map(len, parts.values())) == 3


DETECTED = {"cvat masks": "voc", "coco rle": "coco", "panoptic": "coco_panoptic", "page": "pages", "alto": "pages"}


@pytest.mark.fault("a layout that does not fit the folder", "-",
                   "what was looked for, what is missing, and which layouts would fit")
@pytest.mark.parametrize("name", [n for n in ALL if n != "list"])
def test_the_layout_is_found_and_no_other(built, name):
    root, source = built(name)
    layout = DETECTED.get(name, name)
    assert detect_layouts(root) == [layout]
    other = "voc" if layout != "voc" else "yolo"
    with pytest.raises(DataError, match=f"not of the layout {other}.*missing: .*What is there fits {layout}"):
        open_layout(root, other)


def test_layouts_of_the_command_are_those_of_the_table():
    assert set(LAYOUT_NAMES) == {"folder", "auto", *LAYOUTS}


def test_one_file_of_cvat_by_any_name(tmp_path):
    "Datumaro calls it as the subset; with two of them one must be chosen."
    build_cvat(tmp_path)
    (tmp_path / "annotations.xml").rename(tmp_path / "train.xml")
    assert detect_layouts(tmp_path) == ["cvat"] and len(cvat_source(tmp_path)) == 3
    shutil.copy(tmp_path / "train.xml", tmp_path / "val.xml")
    with pytest.raises(DataError, match="2 files, such as train.xml and val.xml"): cvat_source(tmp_path)
    assert len(cvat_source(tmp_path / "val.xml")) == 3


def test_cityscapes_files_agree(built, tmp_path):
    "Ids, train ids and colours give the same masks; every id goes where the public table says."
    shutil.copytree(built("cityscapes")[0], tmp_path, dirs_exist_ok=True)
    every = np.arange(34, dtype=np.uint8)[:, None].repeat(100, 1)
    image = CARDS[0]["image"][:34].repeat(2, 1)[:, :100]
    save(image, tmp_path / "leftImg8bit/val/ulm/ulm_0_leftImg8bit.png")
    save(every, tmp_path / "gtFine/val/ulm/ulm_0_gtFine_labelIds.png")
    trains, colors = (np.array([row[k] for row in CITYSCAPES_LABELS.values()]) for k in (0, 1))
    for path in tmp_path.rglob("*_labelIds.png"):
        ids = np.asarray(Image.open(path))
        save(trains[ids], path.with_name(path.name.replace("labelIds", "labelTrainIds")))
        picture = Image.fromarray(colors[ids].astype(np.uint8)).convert("RGBA")
        picture.save(path.with_name(path.name.replace("labelIds", "color")))
    by_id, by_train, by_color = (masks_of(cityscapes_source(tmp_path, masks=kind))
                                 for kind in ("labelIds", "labelTrainIds", "color"))
    assert len(by_id) == 4 and all((a == b).all() for a, b in zip(by_id, by_train))
    polegroup = list(CITYSCAPES_LABELS).index("polegroup")
    for ids, colored in zip(by_id[:3], by_color[:3]): assert (ids == colored).all()
    assert (by_id[3] == trains[every]).all() and {i for i in range(34)
                                                  if (by_color[3][i] != by_id[3][i]).any()} == {polegroup}


def test_ade_zero_is_ignored_by_choice(built):
    root, source = built("ade20k")
    kept = ade20k_source(root, class_names=["other", *NAMES], reduce_zero_label=False)
    for reduced, whole, card in zip(masks_of(source), masks_of(kept), CARDS):
        assert (whole == card["mask"][..., 0]).all() and (reduced == np.where(whole == 0, 255, whole - 1)).all()


# Bad input: every finding at once, before anything is written

def spoil_coco(root):
    data = json.loads((root / "annotations/instances_default.json").read_text())
    rows = data["annotations"]
    rows[0]["segmentation"] = [[5, 5, 9, 9]]
    rows[1]["segmentation"] = [[5, 5, 9, 5, 700, 9]]
    rows[3]["segmentation"] = {"size": [W, H], "counts": [W * H]}
    rows[4]["category_id"] = 99
    rows[5]["segmentation"] = {"size": [H, W], "counts": "00"}
    rows.append({"id": 98, "image_id": 55, "category_id": 7, "segmentation": [[1, 1, 5, 5, 9, 1]]})
    rows.append({"id": 99, "image_id": 1, "category_id": 7, "bbox": [1, 1, 2, 2]})
    data["images"].append({"id": 4, "file_name": "lost.jpg", "height": H, "width": W})
    data["images"].append({"id": 5, "file_name": "../../etc/passwd", "height": H, "width": W})
    save_text(root / "annotations/instances_default.json", data)
    return ["annotation 98: no image has the number 55", "annotation 1: the polygon has a corner at x=700",
            "annotation 10: run lengths of 80 x 60 pixels", "annotation 11: no category has the number 99",
            "annotation 12: run lengths of 0 pixels", "image 4: no image 'lost.jpg'",
            "image 5: no image '../../etc/passwd'"], ["card-2"]


def spoil_labelme(root):
    data = json.loads((root / "card-0.json").read_text())
    data["shapes"][0]["points"] = data["shapes"][0]["points"][:2]
    data["shapes"][1]["label"] = "logo"
    data["shapes"].append({"label": "card", "points": [[1, 1]], "shape_type": "point"})
    save_text(root / "card-0.json", data)
    save_text(root / "card-1.json", '{"shapes": [')
    save_text(root / "nobody.json", {"shapes": [], "imagePath": "nobody.jpg", "imageHeight": 9, "imageWidth": 9})
    save_text(root / "odd.json", {"imagePath": "card-2.jpg"})
    return ["card-0.json: shape 2: no class is called 'logo'", "card-1.json: invalid JSON (Expecting value: line 1 column 13",
            "nobody.json: no image 'nobody.jpg'", "odd.json: no 'shapes'"], ["card-2"]


def spoil_cvat(root):
    save_text(root / "annotations.xml", cvat_text([
        '<polygon label="card" points="1,1;5,5"/>\n<polygon label="card" points="1,1;5,5;x,1"/>\n<polygon points="1,1;5,5;1,5"/>',
        '<polygon label="logo" points="1,1;5,5;1,5"/>\n<mask label="card" rle="5, 5" left="0" top="0" width="9" height="9"/>\n<points label="card" points="1,1"/>',
        '<box label="card" xtl="1" ytl="1" xbr="20" ybr="20"/>',
                                                   '<box label="card" xtl="1" ytl="1" xbr="20" ybr="20"/>']))
    return ["line 6: not understood", "line 7: no 'label'", "line 10: no class is called 'logo'",
            "line 11: run lengths of 10 pixels", "line 17: no image 'card-3.jpg'"], ["card-2"]


def spoil_yolo(root):
    save_text(root / "train/labels/card-0.txt",
              "0 0.1 0.1 0.2 0.2\n8 0 0 1 0 1 1\nx 0 0 1 0 1 1\n0 0 0 1 0 1 2\n0 0 0 1 0 1\n0 0.1 0.1\n")
    save_text(root / "train/labels/lost.txt", "0 0 0 1 0 1 1")
    return ["lost.txt: no image", "line 2: no class has the number 8", "line 3: 'x'; wanted a whole number",
            "line 4: the polygon has a corner at x=80, y=120", "line 5: 5 numbers"], ["card-1", "card-2"]


def spoil_datumaro(root):
    data = json.loads((root / "annotations/default.json").read_text())
    first, second, _ = data["items"]
    first["annotations"] = [{"id": 1, "type": "polygon", "label_id": 1, "points": [1, 1, 5, 5]},
                            {"id": 2, "type": "polygon", "label_id": 17, "points": [1, 1, 5, 5, 9, 1]},
                            {"id": 3, "type": "mask", "label_id": 1, "rle": {"size": [9, 9], "counts": "Q2"}}]
    second["annotations"][0]["type"] = "polyline"
    data["items"] += [{"id": "lost", "annotations": []}, {"id": "../up", "annotations": []}]
    save_text(root / "annotations/default.json", data)
    return ["item card-0, annotation 2: no label has the number 17", "item card-0, annotation 3: run lengths of 9 x 9",
            "item lost: no image 'lost'", "item ../up: '../up': the name leads out"], ["card-1", "card-2"]


def spoil_supervisely(root):
    path = root / "ds0/ann/card-0.jpg.json"
    data = json.loads(path.read_text())
    data["objects"][0]["points"]["exterior"] = [[1, 1]]
    data["objects"][1]["classTitle"] = "logo"
    packed = base64.b64encode(zlib.compress(b"no picture")).decode()
    data["objects"].append({"id": 7, "classTitle": "card", "geometryType": "bitmap",
                            "bitmap": {"data": packed, "origin": [0, 0]}})
    save_text(path, data)
    (root / "ds0/img/card-1.jpg").unlink()
    return ["object 1: no class is called 'logo'", "object 7: bitmap: cannot be read as an image",
            "card-1.jpg.json: no image 'card-1.jpg'"], ["ds0/card-2"]


def spoil_pages(root):
    save_text(root / "page/card-0.xml", page_text(0).replace('points="', 'points="7 ', 1))
    save_text(root / "page/card-1.xml", page_text(1, size=(W, H)))
    save_text(root / "page/card-3.xml", page_text(3))
    save_text(root / "page/card-4.xml", page_text(4, BOMB))
    save_text(root / "page/card-5.xml", page_text(5, THIEF))
    save_text(root / "page/card-6.xml", page_text(6)[:-10])
    return ["card-0.xml: line 4, TextRegion card0: 9 numbers",
            "card-1.xml: line 4, TextRegion card1: the polygon has a corner at x=", "card-3.xml: no image",
            "card-4.xml: XML with entities", "card-5.xml: XML with entities",
            "card-6.xml: line 6: invalid XML"], ["page/card-2"]


def spoil_panoptic(root):
    path = root / "annotations/panoptic_val2017.json"
    data = json.loads(path.read_text())
    data["annotations"][0]["segments_info"][1]["category_id"] = 4
    lost = data["annotations"][1]["segments_info"].pop()
    data["annotations"].append({"image_id": 66, "file_name": "x.png", "segments_info": []})
    data["images"].append({"id": 12, "file_name": "card-9.jpg"})
    save_text(path, data)
    return ["image 1: segment 1: no category has the number 4",
            f"card-1.png: segment {lost['id']} in the image, which is not in the list",
            "image 66: an annotation, but no image", "image 12: no annotation"], ["card-2"]


def spoil_voc(root):
    save_text(root / "ImageSets/Segmentation/train.txt", "card-0\ncard-1\nnothing\n")
    (root / "JPEGImages/card-0.jpg").unlink()
    save(CARDS[1]["mask"][:9], root / "SegmentationClass/card-1.png", CARD_PALETTE)
    return ["no image named 'card-0'", "'nothing' has neither",
            "the mask has 9 x 80 pixels; wanted 60 x 80"], None


def spoil_cityscapes(root):
    (root / "leftImg8bit/train/bonn/bonn_000000_000019_leftImg8bit.png").unlink()
    save(np.full((H, W), 77), root / "gtFine/train/bonn/bonn_000001_000019_gtFine_labelIds.png")
    return ["no image named", "label 77 on 4800 pixels"], ["val/bonn/bonn_000002_000019"]


def spoil_ade20k(root):
    (root / "annotations/training/ADE_00000000.png").unlink()
    save(np.full((H, W), 9), root / "annotations/training/ADE_00000001.png")
    return ["no mask named 'training/ADE_00000000'", "label 9 on 4800 pixels"], ["validation/ADE_00000002"]


def spoil_camvid(root):
    save(np.full((H, W, 3), (1, 2, 3)), root / "train_labels/0001TP_000000_L.png")
    (root / "train/0001TP_000001.png").write_bytes(b"no picture")
    return ["colour (1, 2, 3) is not in the palette", "cannot be read as an image"], ["val/0001TP_000002"]


def spoil_list(root):
    save_text(root / "all.txt", "im/card-0.jpg gt/0.png\nim/card-0.jpg gt/1.png\nim/none.jpg "
                                "gt/1.png\nim/card-1.jpg\n../x.jpg gt/1.png\n")
    return ["line 2: 'im/card-0' occurs twice", "line 3: no file", "line 4: 1 paths",
            "line 5: '../x.jpg': the name leads out"], ["im/card-0"]


READ = {"coco": coco_source, "labelme": lambda root, **k: labelme_source(root, class_names=NAMES, **k),
        "cvat": cvat_source, "yolo": yolo_source, "datumaro": datumaro_source,
        "supervisely": supervisely_source, "page": lambda root,
        **k: page_xml_source(root, levels=("region", "line", "word"), **k), "panoptic": panoptic_source,
        "voc": lambda root, **k: voc_source(root, "train", class_names=CARD_CLASSES, **k),
        "cityscapes": cityscapes_source, "camvid": camvid_source,
        "ade20k": lambda root, **k: ade20k_source(root, class_names=NAMES, reduce_zero_label=True, **k), "list": lambda root,
        **k: list_source(root / "all.txt", class_names=CARD_CLASSES, **k)}
SPOIL = {name: globals()[f"spoil_{'pages' if name == 'page' else name}"] for name in READ}


@pytest.mark.fault("annotation for a missing picture, a polygon with two corners or outside the picture, run lengths "
                   "of another size, an unknown category",
                   "pycocotools draws what it can, and run lengths that end early leave memory that was never filled",
                   "every finding at once with file and line or number, before anything is written; a skipped picture is told")
@pytest.mark.parametrize("name", READ)
def test_every_finding_at_once(tmp_path, name):
    "With file and line or id; what is left by skipping is what was right, and the rest is told."
    ALL[name](tmp_path)
    wanted, left = SPOIL[name](tmp_path)
    with pytest.raises(DataError) as caught: READ[name](tmp_path)
    told = [str(f) for f in caught.value.findings]
    for text in wanted: assert any(text in line for line in told), f"{text!r} not in\n" + "\n".join(told)
    assert all(str(tmp_path) in line for line in told)
    if left is None:
        with pytest.raises(DataError): READ[name](tmp_path, on_error="skip")
        return
    skipped = READ[name](tmp_path, on_error="skip")
    assert [p.name for p in skipped.pairs] == left and sorted(skipped.skipped) == sorted(told)
    assert check_source(skipped, show_progress=False) == []


@pytest.mark.fault("XML with entities that blow up, or that read other files", "-", "refused by name")
@pytest.mark.parametrize("head", (BOMB, THIEF))
def test_xml_with_entities_is_refused(tmp_path, head):
    write_images(tmp_path / "images")
    save_text(tmp_path / "annotations.xml", cvat_text([""], head))
    with pytest.raises(DataError, match="XML with entities"): cvat_source(tmp_path)


def test_the_command_writes_nothing_before_all_is_right(tmp_path, capfd):
    "All findings on stdout, one line on stderr; with skip what was left out is told."
    build_coco(tmp_path / "in")
    wanted, left = spoil_coco(tmp_path / "in")
    line = ["write", "--layout", "coco", str(tmp_path / "in"), str(tmp_path / "out")]
    assert main(line) == 1 and not (tmp_path / "out").exists()
    out, err = capfd.readouterr()
    assert len(out.strip().splitlines()) == 7 and all(any(text in row for row in out.splitlines()) for text in wanted)
    assert err.strip().splitlines()[-1].startswith("tfrseg: ") and "7 problems" in err and "--on-error skip" in err
    assert main([*line, "--on-error", "skip"]) == 0
    out, _ = capfd.readouterr()
    assert out.count("left out: ") == 7 and load_info(tmp_path / "out").records() == 1 and len(load_info(tmp_path / "out").skipped) == 7


def test_own_splits_and_new_ones_by_the_command(tmp_path, capfd):
    build_cityscapes(tmp_path / "in")
    assert main(["write", "--layout", "cityscapes", str(tmp_path / "in"), str(tmp_path / "out")]) == 0
    assert {split: len(shards) and sum(s.records for s in shards) for split,
            shards in load_info(tmp_path / "out").splits.items()} == {"train": 2, "val": 1}
    assert main(["write", "--layout=cityscapes", str(tmp_path / "in"), str(tmp_path / "new"), "--split", "a=0.5",
                 "b=0.5"]) == 0
    assert set(load_info(tmp_path / "new").splits) == {"a", "b"}


@pytest.mark.parametrize("words, status, said", (
    (["--layout", "voc", "IN", "OUT"], 1, "not of the layout voc, which wants JPEGImages, SegmentationClass"),
                                                 (["--layout", "auto", "IN/page", "OUT", "--option", "levels=glyph"], 2,
                                                  "wanted some of region"),
    (["--layout", "pages", "IN", "OUT", "--option", "masks=color"], 2, "the layout pages takes NAME=VALUE with images, levels"),
                                                 (["--layout", "pages", "IN", "OUT", "--map", "Nothing=x"], 2,
                                                  "--map: no class is called 'Nothing'"),
    (["--layout", "pages", "IN", "OUT", "--palette", "ff0000"], 2, "--palette: not for --layout pages"),
                                                 (["IN", "IN", "OUT", "--option", "a=b"], 2,
                                                  "--option: only with --layout"),
    (["--layout", "pages", "IN/none", "OUT"], 1, "no such file or folder"),
                                                 (["--layout", "auto", "IN/empty", "OUT"], 1,
                                                  "None of the known layouts fits")))
def test_what_the_command_says(tmp_path, capfd, words, status, said):
    build_pages(tmp_path / "in")
    (tmp_path / "in/empty").mkdir()
    assert main(["write", *(w.replace("IN", str(tmp_path / "in")).replace("OUT", str(tmp_path / "out"))
                            for w in words)]) == status
    lines = capfd.readouterr().err.strip().splitlines()
    assert said in lines[-1] and lines[-1].startswith("tfrseg: ") and not (tmp_path / "out").exists()


@pytest.mark.parametrize("words", (["--layout", "coco", "a"], ["--layout", "cocoa", "a", "b"],
                                   ["--layout", "coco", "a", "b", "c"], ["--layout"], ["a", "b"]))
def test_wrong_words_are_usage(words, capfd):
    with pytest.raises(SystemExit) as done: main(["write", *words])
    assert done.value.code == 2 and "usage: tfrseg" in capfd.readouterr().err


def test_missing_packages_are_named(tmp_path, monkeypatch, capfd):
    "Without the extra: one line that says what to install."
    build_coco(tmp_path / "in")
    monkeypatch.setitem(sys.modules, "pycocotools", None)
    assert main(["write", "--layout", "coco", str(tmp_path / "in"), str(tmp_path / "out")]) == 2
    assert "pip install 'tfrseg[coco]'" in capfd.readouterr().err


def test_a_class_map_keeps_what_labels_say():
    "Sixteen bits become eight where they suffice; a map over a map is a map."
    wide = LabelMap(tuple(f"c{i}" for i in range(400)), {3: (9, 9, 9)}, "ids", 65535, "uint16")
    narrow, table = merge_labels(wide, ["c3=c3", "c4+c5=four", "*=ignore"])
    assert (narrow.class_names, narrow.palette, narrow.dtype, narrow.ignore_label,
            set(table)) == (("c3", "four"), {0: (9, 9, 9)}, "uint8", 255, {0, 1, 255})
    with pytest.raises(ValueError,
                       match="'c3' occurs twice; no class is called 'd9'"): merge_labels(wide, ["c3=a", "c3=b", "d9=c"])


def test_pictures_of_annotations_are_read_once_a_pair(built, monkeypatch):
    "A source of shapes is made from headers: no mask is drawn before it is written."
    drawn = []
    real = PolygonMask.load
    monkeypatch.setattr(PolygonMask, "load", lambda self: drawn.append(1) or real(self))
    coco_source(built("coco")[0])
    assert not drawn


def test_base64_masks_of_labelme(tmp_path):
    stream = io.BytesIO()
    Image.fromarray(np.eye(9, dtype=bool)).save(stream, "PNG")
    save(CARDS[0]["image"], tmp_path / "a.jpg")
    row = {"label": "card", "points": [[3, 4], [11, 12]], "shape_type": "mask",
           "mask": base64.b64encode(stream.getvalue()).decode()}
    save_text(tmp_path / "a.json",
              {"shapes": [row], "imagePath": "elsewhere\\a.jpg", "imageHeight": None, "imageWidth": None})
    mask, = masks_of(labelme_source(tmp_path))
    assert mask.sum() == 9 and mask[4, 3] and mask[12, 11]
    save_text(tmp_path / "a.json", {"shapes": [row | {"mask": "%%%"}], "imagePath": "a.jpg"})
    with pytest.raises(DataError, match="shape 1"): labelme_source(tmp_path)


@pytest.mark.fault("names in annotation files that lead outside the data set", "-", "refused, or not found")
def test_names_lead_nowhere_outside(tmp_path):
    "A picture outside the root is not read, whatever the file says."
    secret = tmp_path / "secret.jpg"
    save(CARDS[0]["image"], secret)
    root = tmp_path / "root"
    save_text(root / "a.json", {"shapes": [], "imagePath": "../secret.jpg", "imageHeight": H, "imageWidth": W})
    with pytest.raises(DataError, match="no image '../secret.jpg'"): labelme_source(root)
    save_text(root / "c.json", {"images": [{"id": 1, "file_name": str(secret)}], "annotations": [], "categories": []})
    with pytest.raises(DataError, match="no image '.*secret.jpg'"): coco_source(root / "c.json")
    save_text(root / "annotations.xml",
              '<annotations><image name="../secret.jpg" width="80" height="60"/></annotations>')
    with pytest.raises(DataError, match="no image '../secret.jpg'"): cvat_source(root)
    save_text(root / "data.yaml", "train: ../../secret\nnames: [a]")
    (root / "labels").mkdir()
    with pytest.raises(DataError, match="none of its folders holds an image here: train"): yolo_source(Path(root), "train")


TABLES = (("coco", "annotations/instances_default.json"), ("panoptic", "annotations/panoptic_val2017.json"), ("labelme", "card-0.json"),
          ("datumaro", "annotations/default.json"), ("supervisely", "ds0/ann/card-0.jpg.json"), ("supervisely", "meta.json"))


@pytest.mark.fault("a JSON file in which any one value is missing or of another kind", "-", "read, or a DataError; never another exception")
@pytest.mark.parametrize("name, file", TABLES)
@pytest.mark.parametrize("most", (25, pytest.param(2000, marks=pytest.mark.slow)), ids=("some", "many"))
def test_any_value_of_a_json_file_may_be_strange(built, tmp_path, name, file, most):
    "Read, or refused with a `DataError`: never another exception, and never a mask of another size."
    root = tmp_path / "copy"
    shutil.copytree(built(name)[0], root)
    tree = json.loads((root / file).read_text())
    tries = [(path, value) for path in places(tree) for value in (*STRANGE, KeyError) if path]
    for k in np.random.default_rng(0).choice(len(tries), min(len(tries), most), replace=False):
        save_text(root / file, json.dumps(with_value(tree, *tries[k])))
        try: source = READ[name](root, show_progress=False, on_error="skip" if k % 2 else "raise")
        except (DataError, FileNotFoundError): continue
        except Exception as e: raise AssertionError(f"{tries[k]}: {e!r}") from e
        assert all(mask.shape == (H, W) for mask in masks_of(source)), tries[k]


@pytest.mark.parametrize("name, file", (("cvat", "annotations.xml"), ("page", "page/card-1.xml"), ("alto", "card-1.xml"), ("yolo", "train/labels/card-1.txt"),
                                        ("yolo", "data.yaml"), ("camvid", "label_colors.txt"), ("cvat masks", "labelmap.txt"), ("list", "all.txt")))
@pytest.mark.parametrize("most", (30, pytest.param(1000, marks=pytest.mark.slow)), ids=("some", "many"))
def test_any_piece_of_a_text_file_may_be_strange(built, tmp_path, name, file, most):
    "The same for XML, YAML and lists: pieces taken out, doubled, or exchanged for others."
    read = READ | {"alto": lambda root, **k: page_xml_source(root, levels=("region", "line", "word"), **k), "cvat masks": voc_source}
    root, rng = tmp_path / "copy", np.random.default_rng(1)
    shutil.copytree(built(name)[0], root)
    text = (root / file).read_text()
    for k in range(most):
        a, b = np.sort(rng.integers(0, len(text) + 1, 2))
        b = min(b, a + rng.integers(1, 40))
        piece = ("", text[a:b] * 2, "\x07", "nan", "-1", "999999999", "é<>&\"'", "\n", "[", "0")[rng.integers(10)]
        (root / file).write_text(text[:a] + piece + text[b:], encoding="utf-8")
        try: source = read[name](root, show_progress=False, on_error="skip" if k % 2 else "raise")
        except (DataError, FileNotFoundError): continue
        except Exception as e: raise AssertionError(f"{text[a:b]!r} as {piece!r} at {a}: {e!r}") from e
        assert all(mask.shape == (H, W) for mask in masks_of(source)), (text[a:b], piece)
