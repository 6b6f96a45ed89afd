"""New ways in: VIA, Label Studio, GeoJSON, run lengths, masks beside images, a mask for each object, codes;
what is known by name; splits that overlap."""
import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin
from test_layouts import (CARDS, NAMES, STRANGE, H, W, masks_of, places, save, save_text, scene, truth,
                          with_value, write_images)

from tfrseg.sources.object_masks import object_masks_source, roboflow_masks_source
from tfrseg.cards import CARD_CLASSES
from tfrseg.sources.classes import merge_classes
from tfrseg.cli import main
from tfrseg.sources.class_codes import ade20k_full_source, kitti_source
from tfrseg.core import DataError
from tfrseg.sources.detect import LAYOUTS, choose_layout, detect_layouts, layout_options, open_layout
from tfrseg.sources.geo import geojson_source, read_georeference
from tfrseg.sources.known_formats import name_format
from tfrseg.reader.stream import read_dataset
from tfrseg.sources.run_lengths import kaggle_rle_source, read_runs
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import check_source, load_pair
from tfrseg.sources.splits import split_source
from tfrseg.sources.label_studio import label_studio_source, unpack_brush
from tfrseg.sources.via import via_source
from tfrseg.writer.write import plan_shards, write_shards

# One builder a layout: files as their tools write them, with the classes of the cards in their order.

def via_region(label, points, kind="polygon"):
    return {"shape_attributes": {"name": kind, "all_points_x": points[:, 0].tolist(),
                                 "all_points_y": points[:, 1].tolist()}, "region_attributes": {"what": label}}


def via_data(n):
    return {"filename": f"card-{n}.jpg", "size": 100 + n, "regions": [via_region(*s) for s in scene(n)],
            "file_attributes": {}}


def build_via(root):
    write_images(root)
    save_text(root / "via_region_data.json", {f"card-{n}.jpg{100 + n}": via_data(n) for n in range(3)})
    return via_source(root, class_names=NAMES)


def build_via_1(root):
    write_images(root / "images")
    rows = {f"card-{n}.jpg{100 + n}": via_data(n) | {"fileref": "", "base64_img_data": ""} for n in range(3)}
    for row in rows.values(): row["regions"] = {str(k): r for k, r in enumerate(row["regions"])}
    save_text(root / "old.json", rows)
    return via_source(root, class_names=NAMES)


def build_via_project(root):
    write_images(root)
    options = {"type": "dropdown", "description": "", "options": dict.fromkeys(NAMES, "")}
    images = {f"card-{n}.jpg{100 + n}": via_data(n) for n in range(3)}
    save_text(root / "via_project.json", {
        "_via_settings": {"ui": {}}, "_via_attributes": {"region": {"what": options}, "file": {}},
        "_via_data_format_version": "2.0.10", "_via_img_metadata": images, "_via_image_id_list": []})
    return via_source(root)


def build_via_csv(root):
    write_images(root)
    cell = lambda value: '"' + json.dumps(value).replace('"', '""') + '"'
    rows = [f'card-{n}.jpg,9,"{{}}",3,{k},{cell(r["shape_attributes"])},{cell(r["region_attributes"])}'
            for n in range(3) for k, r in enumerate(via_data(n)["regions"])]
    head = ("filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,"
            "region_attributes\r\n")
    save_text(root / "via.csv", head + "\r\n".join(rows))
    return via_source(root, class_names=NAMES)


def studio_result(label, points, k):
    value = {"points": (points / (W, H) * 100).tolist(), "closed": True, "polygonlabels": [label]}
    return {"id": f"r{k}", "type": "polygonlabels", "from_name": "label", "to_name": "image",
            "original_width": W, "original_height": H, "image_rotation": 0, "value": value}


def studio_task(n, results, **more):
    told = {"id": 70 + n, "completed_by": 1, "was_cancelled": False, "ground_truth": False,
            "updated_at": "2024-01-01", "result": results}
    return {"id": n + 1, "data": {"image": f"/data/upload/1/0f0f0f0{n}-card-{n}.jpg"}, "annotations": [told],
            "predictions": []} | more


def build_studio(root):
    write_images(root)
    save_text(root / "project-1.json", [studio_task(n, [studio_result(*s, k) for k, s in enumerate(scene(n))])
                                        for n in range(3)])
    return label_studio_source(root, class_names=NAMES)


def feature(label, points, kind="Polygon"):
    ring = [*points.tolist(), points[0].tolist()]
    return {"type": "Feature", "id": "x", "properties": {"objectType": "annotation", "classification": {
        "name": label, "color": [1, 2, 3]}},
            "geometry": {"type": kind, "coordinates": [ring] if kind == "Polygon" else [[ring]]}}


def build_geojson(root):
    write_images(root)
    for n in range(3):
        save_text(root / f"card-{n}.geojson",
                  {"type": "FeatureCollection", "features": [feature(*s) for s in scene(n)]})
    return geojson_source(root, class_names=NAMES)


def build_geotiff(root):
    "On a map of EPSG:25832, in pixels of 0.25 m: by tags, by a world file, and in the list of older QuPath."
    to_map = lambda points: points * (0.25, -0.25) + (400000, 5700000)
    for n, card in enumerate(CARDS):
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[33550], tags[33922] = (0.25, 0.25, 0.0), (0.0, 0.0, 0.0, 400000.0, 5700000.0, 0.0)
        tags[34735] = (1, 1, 0, 2, 1025, 0, 1, 1, 3072, 0, 1, 25832)
        for tag, kind in ((33550, 12), (33922, 12), (34735, 3)): tags.tagtype[tag] = kind
        root.mkdir(parents=True, exist_ok=True)
        Image.fromarray(card["image"]).save(root / f"card-{n}.tif", **({"tiffinfo": tags} if n else {}))
        features = [feature(label, to_map(points), "MultiPolygon" if n else "Polygon")
                    for label, points in scene(n)]
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
        whole = {"type": "FeatureCollection", "features": features, "crs": crs}
        save_text(root / f"card-{n}.geojson", features if n == 2 else whole)
    save_text(root / "card-0.tfw", "0.25\n0\n0\n-0.25\n400000.125\n5699999.875\n")
    return geojson_source(root, class_names=NAMES)


def as_runs(bits, order="columns", first=1):
    flat = np.concatenate([[0], (bits.T if order == "columns" else bits).ravel(), [0]]).astype(int)
    edges = np.flatnonzero(np.diff(flat))
    return " ".join(f"{a + first} {b - a}" for a, b in edges.reshape(-1, 2))


def ids_of(n): return CARDS[n]["mask"][..., 0]


def build_rle(root):
    write_images(root / "train_images")
    rows = [f"card-{n}.jpg,{i},{as_runs(ids_of(n) == i)}" for n in range(3) for i in range(1, 5)]
    save_text(root / "train.csv", "ImageId,ClassId,EncodedPixels\n" + "\n".join(rows))
    return kaggle_rle_source(root, class_names=NAMES)


def build_rle_joined(root):
    write_images(root / "train")
    rows = [f"card-{n}.jpg_{CARD_CLASSES[i]};{as_runs(ids_of(n) == i, 'rows')}" for n in range(3)
            for i in range(1, 5)]
    save_text(root / "train.csv", "Image_Label;EncodedPixels\n" + "\n".join(rows))
    return kaggle_rle_source(root, order="rows", class_names=NAMES)


def build_roboflow(root):
    for n, card in enumerate(CARDS):
        part = ("train", "valid", "test")[n]
        save(card["image"], root / part / f"card-{n}_jpg.rf.{n:032x}.jpg")
        save(card["mask"], root / part / f"card-{n}_jpg.rf.{n:032x}_mask.png")
        save_text(root / part / "_classes.csv", "Pixel Value, Class\n"
                  + "\n".join(f"{i}, {name}" for i, name in enumerate(CARD_CLASSES)) + "\n")
    source = roboflow_masks_source(root)
    return source.take([source.pairs.index(next(p for p in source.pairs if f"card-{n}" in p.name))
                        for n in range(3)])


def ade_codes(): return [0, 77, 312, 2131, 2855]


def build_ade(root):
    for n, card in enumerate(CARDS):
        codes, part = np.array(ade_codes())[ids_of(n)], "validation" if n == 2 else "training"
        folder = root / "images/ADE" / part / "urban/street"
        stem = f"ADE_{'val' if n == 2 else 'train'}_0000000{n}"
        save(card["image"], folder / f"{stem}.jpg")
        save(np.stack([codes // 256 * 10, codes % 256, (np.arange(W) // 20 * 30)[None].repeat(H, 0)], -1),
             folder / f"{stem}_seg.png")
        objects = [{"name": f"{name}, synonym", "name_ndx": code, "parts": {"part_level": 0}}
                   for name, code in zip(NAMES, ade_codes()[1:])]
        save_text(folder / f"{stem}.json",
                  {"annotation": {
                      "object": [*objects, {"name": "knob", "name_ndx": 9, "parts": {"part_level": 1}}]}})
    return ade20k_full_source(root, unlabelled="background")


def build_kitti(root):
    for n, card in enumerate(CARDS):
        save(card["image"], root / f"default/image_2/card-{n}.png")
        values = ids_of(n).astype(np.uint16) * 256 + (np.arange(W, dtype=np.uint16) // 9)[None]
        (root / "default/instance").mkdir(parents=True, exist_ok=True)
        Image.fromarray(values).save(root / f"default/instance/card-{n}.png")
    save_text(root / "label_colors.txt",
              "\n".join(f"{i} {i} 9 {name}" for i, name in enumerate(CARD_CLASSES)))
    return kitti_source(root)


def build_objects(root):
    for n, card in enumerate(CARDS):
        save(card["image"], root / f"id{n}/images/id{n}.png")
        for i in range(1, 5): save((ids_of(n) == i) * 255, root / f"id{n}/masks/{'abcd'[i - 1]}{n}.png")
    return object_masks_source(root)


DRAWN = {"via": build_via, "via 1": build_via_1, "via project": build_via_project, "via csv": build_via_csv,
         "label_studio": build_studio, "geojson": build_geojson,
         "geojson map": build_geotiff}
FILES = {"kaggle_rle": build_rle, "kaggle_rle joined": build_rle_joined, "roboflow_masks": build_roboflow,
         "ade20k_full": build_ade, "kitti": build_kitti}
ALL = DRAWN | FILES | {"object_masks": build_objects}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    "Root and source of a layout, built once; not to be changed."
    kept = {}

    def build(name):
        if name not in kept:
            root = tmp_path_factory.mktemp(name.replace(" ", "_")) / "set"
            kept[name] = root, ALL[name](root)
        return kept[name]

    return build


def meant(name, n):
    "The ids image n should have, and where that is beyond doubt."
    if name == "object_masks": return (ids_of(n) > 0).astype(np.uint8), np.ones((H, W), bool)
    return truth(n) if name in DRAWN else (ids_of(n), np.ones((H, W), bool))


@pytest.mark.fault("a dataset of VIA, Label Studio, QuPath, Kaggle, Roboflow or the Data Science Bowl, "
                   "ADE20K or KITTI as published", "-",
                   "read to the pixel; what is taken for granted is told")
@pytest.mark.parametrize("name", ALL)
def test_masks_are_what_was_drawn(made, name):
    _, source = made(name)
    assert len(source) == 3 and not source.skipped and check_source(source, show_progress=False) == []
    if name != "object_masks": assert source.class_names == tuple(CARD_CLASSES)
    for n, mask in enumerate(masks_of(source)):
        ids, sure = meant(name, n)
        assert mask.dtype == np.uint8 and sure.mean() > 0.9
        assert (mask[sure] == ids[sure]).all(), f"{(mask != ids)[sure].sum()} pixels"


@pytest.mark.parametrize("name", ALL)
def test_written_and_read_back(made, name, tmp_path):
    _, source = made(name)
    for workers in (1, 3):
        write_shards(plan_shards(source, tmp_path / str(workers), records_per_shard=1), workers=workers,
                     show_progress=False)
    one, three = ({p.name: p.read_bytes() for p in (tmp_path / str(workers)).iterdir()} for workers in (1, 3))
    assert one == three and load_info(tmp_path / "1").assumptions == source.assumptions
    for sample, mask in zip(read_dataset(tmp_path / "1"), masks_of(source)):
        assert (sample["mask"].numpy()[..., 0] == mask).all()


@pytest.mark.parametrize("name", ALL)
def test_the_layout_is_found_and_no_other(made, name):
    root, _ = made(name)
    layout = name.split()[0]
    assert detect_layouts(root) == [layout] and choose_layout(root) == layout
    with pytest.raises(DataError, match=f"not of the layout voc.*missing: .*What is there fits {layout}"):
        open_layout(root, "voc")


@pytest.mark.parametrize("name", ("via", "via csv", "label_studio", "geojson", "kaggle_rle"))
def test_a_file_is_recognised_by_itself(made, name):
    root, _ = made(name)
    file = next(p for p in sorted(root.iterdir()) if p.suffix in (".json", ".csv", ".geojson"))
    assert choose_layout(file) == name.split()[0]
    assert len(open_layout(file)["train"]) == (1 if name == "geojson" else 3)


@pytest.mark.parametrize("name", ("via", "label_studio", "geojson", "kaggle_rle", "roboflow_masks",
                                  "ade20k_full", "kitti"))
def test_class_maps_and_splits_work(made, name):
    _, source = made(name)
    merged = merge_classes(source, [f"{CARD_CLASSES[1]}+{CARD_CLASSES[2]}=both", f"{CARD_CLASSES[3]}=ignore"])
    assert "both" in merged.class_names and check_source(merged, show_progress=False) == []
    assert sum(map(len, split_source(source, train=0.6, val=0.4).values())) == 3


def test_the_command_reads_them(made, tmp_path, capfd):
    for name in ("via", "roboflow_masks", "kaggle_rle"):
        root, _ = made(name)
        assert main(["write", "--layout", "auto", str(root), str(tmp_path / name)]) == 0
    assert sorted(load_info(tmp_path / "roboflow_masks").splits) == ["test", "train", "val"]
    assert "no file tells" not in capfd.readouterr().err


# VIA

def via_set(root, regions, **more):
    write_images(root)
    save_text(root / "via.json", {"a": {"filename": "card-0.jpg", "size": 1, "regions": regions,
                                        "file_attributes": {}}} | more)
    return root


def shape(name, **numbers):
    return {"shape_attributes": {"name": name, **numbers}, "region_attributes": {"class": "a"}}


@pytest.mark.parametrize("region, pixels", (
    (shape("rect", x=10, y=5, width=20, height=10), 200), (shape("circle", cx=30, cy=30, r=10), 314),
    (shape("ellipse", cx=40, cy=30, rx=20, ry=8), 503),
    (shape("ellipse", cx=40, cy=30, rx=20, ry=8, theta=1.0), 503),
    (shape("polygon", all_points_x=[10, 30, 30, 10], all_points_y=[5, 5, 15, 15]), 200)))
def test_shapes_of_via(tmp_path, region, pixels):
    mask, = masks_of(via_source(via_set(tmp_path, [region])))
    assert abs(int(mask.sum()) - pixels) <= 0.02 * pixels


def test_the_turn_of_a_via_ellipse_is_in_radians_clockwise(tmp_path):
    mask, = masks_of(
        via_source(via_set(tmp_path, [shape("ellipse", cx=40, cy=30, rx=25, ry=6, theta=np.pi / 4)])))
    assert mask[30 + 14, 40 + 14] == 1 and mask[30 - 14, 40 + 14] == 0


def test_lines_and_points_of_via_are_counted(tmp_path):
    source = via_source(via_set(tmp_path, [shape("rect", x=1, y=1, width=9, height=9),
                                           shape("point", cx=1, cy=1),
                                           shape("polyline", all_points_x=[1, 2, 9],
                                                 all_points_y=[1, 5, 9])]))
    assert masks_of(source)[0].sum() == 81 and any("1 point, 1 polyline" in line
                                                   for line in source.assumptions)


@pytest.mark.parametrize("names, attribute, said", (
    ([{"class": "x", "colour": "red"}], None, ("background", "x")),
    ([{"class": "x", "colour": "red"}], "colour", ("background", "red")),
    ([{}], None, ("background", "object")),
    ([{"species": {"cat": True, "dog": False}}], None, ("background", "cat")),
    ([{"a": "1", "b": "2"}], None, "Which one is the class?"),
    ([{"a": "1"}], "b", "no region has an attribute 'b'; there are 'a'")))
def test_which_attribute_is_the_class(tmp_path, names, attribute, said):
    root = via_set(tmp_path, [shape("rect", x=1, y=1, width=9, height=9) | {"region_attributes": name}
                              for name in names])
    if isinstance(said, tuple):
        source = via_source(root, attribute=attribute)
        assert source.class_names == said and (attribute
                                               or any("attribute" in line for line in source.assumptions))
    else:
        with pytest.raises(DataError, match=said.replace("?", r"\?") + ".*--option attribute="):
            via_source(root, attribute=attribute)


def test_regions_without_a_class_are_ignored_and_counted(tmp_path):
    box = shape("rect", x=1, y=1, width=9, height=9)
    source = via_source(via_set(tmp_path, [box, box, shape("rect", x=40, y=30, width=5, height=5)
                                           | {"region_attributes": {}}]))
    assert (masks_of(source)[0] == 255).sum() == 25 and any(line.endswith("1 of 3")
                                                            for line in source.assumptions)


def test_two_ticked_classes_are_a_finding(tmp_path):
    with pytest.raises(DataError, match="2 values of 'c' are ticked"):
        via_source(via_set(tmp_path, [shape("rect", x=1, y=1, width=9, height=9)
                                      | {"region_attributes": {"c": {"x": True, "y": True}}}]))


def test_splits_of_via_share_their_classes(tmp_path):
    for part, label in (("train", "x"), ("val", "y")):
        write_images(tmp_path / part)
        region = shape("rect", x=1, y=1, width=9, height=9) | {"region_attributes": {"class": label}}
        save_text(tmp_path / part / "via_region_data.json",
                  {"a": {"filename": "card-0.jpg", "regions": [region], "file_attributes": {}}})
    sources = open_layout(tmp_path)
    assert {split: source.class_names for split, source in sources.items()} == dict.fromkeys(
        ("train", "val"), ("background", "x", "y"))
    assert [int(mask.max()) for source in sources.values() for mask in masks_of(source)] == [1, 2]


# Label Studio

def pack(values, sizes):
    "Values of 8 bits as rle-pack has them, from the format: runs where two are alike, else single ones."
    bits, at = [], 0
    put = lambda number, width: bits.extend(number >> k & 1 for k in range(width - 1, -1, -1))
    put(len(values), 32)
    put(7, 5)
    for size in sizes: put(size - 1, 4)
    while at < len(values):
        run = 1
        while at + run < len(values) and values[at + run] == values[at]: run += 1
        single = 1
        while run == 1 and at + single + 1 < len(values) and values[at + single] != values[at + single + 1]:
            single += 1
        length = run if run > 1 else single
        k = next((k for k, size in enumerate(sizes) if length <= 1 << size), 3)
        length = min(length, 1 << sizes[k])
        put(int(run > 1), 1)
        put(k, 2)
        put(length - 1, sizes[k])
        for value in values[at:at + 1] if run > 1 else values[at:at + length]: put(int(value), 8)
        at += length
    bits += [0] * (-len(bits) % 8)
    return np.packbits(bits).tolist()


@given(st.integers(0, 2**32), st.integers(1, 12), st.integers(1, 12),
       st.sampled_from(((3, 4, 8, 16), (1, 2, 3, 4), (8, 8, 8, 8))))
@settings(deadline=None, max_examples=60)
def test_brushes_come_back(seed, height, width, sizes):
    "Any strokes, in pieces of any size, also where the colours of a pixel differ and only alpha counts."
    rng = np.random.default_rng(seed)
    pixels = np.where(rng.random((height, width, 4)) < 0.5, 0, rng.integers(1, 256, (height, width, 4)))
    assert (unpack_brush(pack(pixels.ravel().tolist(), sizes), (height, width)) == (pixels[..., 3] > 0)).all()


@pytest.mark.fault("brush strokes of Label Studio that break off, or are of another image", "-",
                   "a finding with task and region; nothing is allocated that the image does not need")
@pytest.mark.parametrize("packed, said", (
    ([], "breaks off after 0 bytes"), ([255] * 40, "a brush of 4294967295 values"), ([1, 2, 3], "breaks off"),
    (pack([0] * 4 * H * W, (3, 4, 8, 16))[:8], "breaks off after 8 bytes")))
def test_broken_brushes_are_refused(packed, said):
    with pytest.raises(DataError, match=said): unpack_brush(packed, (H, W))


def studio_set(root, *tasks):
    write_images(root)
    save_text(root / "x.json", list(tasks))
    return root


def value_result(kind, label="a", **value):
    return {"id": f"{kind}{label}", "type": kind, "original_width": W, "original_height": H, "value": value
            | {kind: [label]}}


@pytest.mark.parametrize("result, pixels", (
    (value_result("rectanglelabels", x=25, y=25, width=50, height=50), W * H // 4),
    (value_result("ellipselabels", x=50, y=50, radiusX=25, radiusY=25), round(np.pi * W * H / 16)),
    (value_result("polygonlabels", points=[[25, 25], [75, 25], [75, 75], [25, 75]]), W * H // 4),
    (value_result("brushlabels", format="rle", rle=pack(np.repeat((np.arange(H * W) < 500) * 255, 4).tolist(),
                                                        (3, 4, 8, 16))), 500)))
def test_results_of_label_studio(tmp_path, result, pixels):
    mask, = masks_of(label_studio_source(studio_set(tmp_path, studio_task(0, [result]))))
    assert abs(int(mask.sum()) - pixels) <= 0.02 * pixels


def test_a_turned_box_turns_about_its_corner_in_pixels(tmp_path):
    "20 x 10 pixels at (40, 20), a quarter turn clockwise: 10 to the left, 20 down."
    result = value_result("rectanglelabels", x=50, y=100 / 3, width=25, height=100 / 6, rotation=90)
    mask, = masks_of(label_studio_source(studio_set(tmp_path, studio_task(0, [result]))))
    wanted = np.zeros((H, W), bool)
    wanted[20:40, 30:40] = True
    assert (mask == wanted).all()


def test_labels_of_a_region_in_another_result(tmp_path):
    rows = [{"id": "r", "type": "rectangle", "value": {"x": 0, "y": 0, "width": 50, "height": 50}},
            {"id": "r", "type": "labels", "value": {"x": 0, "y": 0, "width": 50, "height": 50,
                                                    "labels": ["car"]}},
            {"id": "c", "type": "choices", "value": {"choices": ["day"]}}]
    source = label_studio_source(studio_set(tmp_path, studio_task(0, rows)))
    assert source.class_names == ("background", "car") and masks_of(source)[0].sum() == W * H // 4


@pytest.mark.fault("several people annotated one image", "-", "one annotation is taken, by a rule that is "
                                                              "told; an option takes those of one person")
def test_several_people(tmp_path):
    task = studio_task(0, [])
    box = lambda label: value_result("rectanglelabels", label, x=0, y=0, width=50, height=50)
    told = lambda who, when, label, **more: task["annotations"][0] | {
        "completed_by": who, "updated_at": when, "result": [box(label)]} | more
    root = studio_set(tmp_path, task
                      | {"annotations": [told({"id": 4, "email": "d@e.f"}, "2024-03-01", "old"),
                                         told(5, "2024-04-01", "new"),
                                         told(6, "2024-05-01", "skipped", was_cancelled=True)]})
    for who, label in ((None, "new"), ("4", "old"), ("d@e.f", "old"), ("5", "new")):
        assert label_studio_source(root, annotator=who).class_names == ("background", label)
    assert any("several annotations, of which the one changed last is taken: 1" in line
               for line in label_studio_source(root).assumptions)
    with pytest.raises(DataError, match="no pairs"): label_studio_source(root, annotator="77")


def test_tasks_that_nobody_did_are_left_out_and_counted(tmp_path):
    done = value_result("rectanglelabels", x=0, y=0, width=50, height=50)
    source = label_studio_source(studio_set(tmp_path, studio_task(0, [done]),
                                            studio_task(1, [], annotations=[]), studio_task(2, [done])))
    assert len(source) == 2 and "tasks without an annotation, which are left out: 1" in source.assumptions


def test_an_annotation_of_nothing_is_an_image_without_objects(tmp_path):
    assert [int(m.sum())
            for m in masks_of(
                label_studio_source(
                    studio_set(tmp_path,
                               studio_task(0,
                                           [value_result("rectanglelabels", x=0, y=0, width=50, height=50)]),
                               studio_task(1, []))))] == [W * H // 4, 0]


# GeoJSON

def geo_set(root, *features, **more):
    write_images(root)
    save_text(root / "card-0.geojson", {"type": "FeatureCollection", "features": list(features)} | more)
    return root


def ring(a, b, dx=0): return [[a + dx, a], [b + dx, a], [b + dx, b], [a + dx, b], [a + dx, a]]


def polygon(coordinates, kind="Polygon", **properties):
    return {"type": "Feature", "properties": properties,
            "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.mark.fault("polygons with holes, and islands in the holes", "drawn as if full, or the island is lost",
                   "a hole stays a hole, and an island in it an island")
def test_holes_stay_holes_and_islands_islands(tmp_path):
    source = geojson_source(geo_set(tmp_path, polygon([[ring(5, 45), ring(10, 40)], [ring(20, 30)]],
                                                      "MultiPolygon", **{"class": "a"})))
    assert masks_of(source)[0].sum() == 40 * 40 - 30 * 30 + 10 * 10


def test_small_features_lie_on_top(tmp_path):
    for features in ([polygon([ring(10, 20)], label="small"), polygon([ring(0, 50)], label="large")],) * 2:
        source = geojson_source(geo_set(tmp_path, *features))
        assert (masks_of(source)[0] == source.class_names.index("small")).sum() == 100
        features.reverse()


@pytest.mark.parametrize("properties, key, said", (
    ({"classification": {"name": "Tumor"}}, None, "Tumor"),
    ({"classification": '{"name": "Tumor"}'}, None, "Tumor"), ({"roof": "flat", "storeys": 2}, None, "flat"),
    ({"a": "x", "b": "y"}, "b", "y"), ({}, None, "object")))
def test_the_class_of_a_feature(tmp_path, properties, key, said):
    source = geojson_source(geo_set(tmp_path, polygon([ring(5, 15)], **properties)), key=key)
    assert source.class_names == ("background", said)
    assert key or any("property" in line or "class" in line for line in source.assumptions)


def test_two_properties_are_a_question(tmp_path):
    with pytest.raises(DataError, match=r"'a' \(1 features\), 'b' \(1 features\). Which one is the class\? "
                                        r"Say it with --option key=a"):
        geojson_source(geo_set(tmp_path, polygon([ring(5, 15)], a="x", b="y")))


def place(root, scale, x, y):
    save_text(root / "card-0.jgw", f"{scale}\n0\n0\n{-scale}\n{x + scale / 2}\n{y - scale / 2}\n")


def on_map(scale, x, y): return [[x + px * scale, y - py * scale] for px, py in ring(5, 15)]


@pytest.mark.fault("GeoJSON in another projection than the image", "-",
                   "refused in words: where the corner is, where the image lies, and into which map to "
                   "project")
@pytest.mark.parametrize("world, corners, crs, said", (
    ((0.5, 4e5, 5.7e6), [[13.40, 52.51], [13.41, 52.51], [13.41, 52.52]], None, "longitude and latitude"),
    ((0.5, 4e5, 5.7e6), on_map(0.5, 7e5, 5.1e6), None, "another projection, or another area"),
    (None, on_map(0.5, 4e5, 5.7e6), "urn:ogc:def:crs:EPSG::25832", "nothing says where on that map"),
    (None, [[13.40, 52.51], [13.41, 52.51], [13.41, 52.52]], None, "longitude and latitude")))
def test_coordinates_of_another_map(tmp_path, world, corners, crs, said):
    root = geo_set(tmp_path, polygon([corners], label="a"),
                   **({"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}))
    if world: place(root, *world)
    with pytest.raises(DataError, match=f"card-0.geojson: .*{said}"): geojson_source(root)


def test_projections_that_differ_by_name_are_refused(tmp_path):
    build_geotiff(tmp_path)
    data = json.loads((tmp_path / "card-1.geojson").read_text())
    save_text(tmp_path / "card-1.geojson", data
              | {"crs": {"type": "name", "properties": {"name": "EPSG:32632"}}})
    with pytest.raises(DataError,
                       match="coordinates of EPSG:32632, and the image lies on a map of EPSG:25832"):
        geojson_source(tmp_path)


def test_pixels_over_an_image_that_lies_on_a_map(tmp_path):
    root = geo_set(tmp_path, polygon([ring(5, 15)], label="a"))
    place(root, 0.5, 4e5, 5.7e6)
    assert masks_of(geojson_source(root))[0].sum() == 100
    place(root, 1, 0, 60)
    with pytest.raises(DataError, match="coordinates=pixels or coordinates=map"): geojson_source(root)
    assert masks_of(geojson_source(root, coordinates="pixels"))[0][5:15, 5:15].all()
    assert masks_of(geojson_source(root, coordinates="map"))[0][H - 15:H - 5, 5:15].all()


@pytest.mark.parametrize("turn", (0.0, 0.3, 2.0))
def test_places_of_turned_images(tmp_path, turn):
    "A world file, which says the middle of the first pixel, and sixteen numbers of a GeoTIFF say the same."
    c, s = 0.5 * np.cos(turn), 0.5 * np.sin(turn)
    a, d, b, e, x, y = c, s, s, -c, 1000.0, 2000.0
    save_text(tmp_path / "a.tfw", "\n".join(map(str, (a, d, b, e, x + (a + b) / 2, y + (d + e) / 2))))
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[34264], tags.tagtype[34264] = (a, b, 0.0, x, d, e, 0.0, y, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
                                        1.0), 12
    for name in "ab": Image.fromarray(CARDS[0]["image"]).save(tmp_path / f"{name}.tif", tiffinfo=tags)
    points = np.array([[x, y], [x + 20 * a + 10 * b, y + 20 * d + 10 * e]])
    for name in "ab":
        assert np.allclose(read_georeference(tmp_path / f"{name}.tif").pixels(points), [[0, 0], [20, 10]])


# Run lengths

@given(st.integers(0, 2**32), st.sampled_from(("columns", "rows")), st.sampled_from((0, 1)))
@settings(deadline=None)
def test_run_lengths_of_any_mask_come_back(seed, order, first):
    bits = np.random.default_rng(seed).random((7, 5)) < 0.5
    bits[3, 2] = True
    assert (read_runs(as_runs(bits, order, first), bits.shape, order, first) == bits).all()


def rle_set(root, text, name="train.csv"):
    write_images(root / "train")
    save_text(root / name, text)
    return root


@pytest.mark.fault("run lengths that go along the rows, read as if down the columns",
                   "a mask of the same size that looks like rain",
                   "the table itself tells by its steps: refused, with the option")
def test_run_lengths_are_never_transposed(tmp_path):
    blob = np.zeros((H, W), bool)
    blob[10:40, 20:60] = True
    for order, other in (("columns", "rows"), ("rows", "columns")):
        root = rle_set(tmp_path / order, f"ImageId,EncodedPixels\ncard-0.jpg,{as_runs(blob, order)}\n")
        with pytest.raises(DataError, match=f"--option order={order}"): kaggle_rle_source(root, order=other)
        source = kaggle_rle_source(root, order=order)
        assert (masks_of(source)[0] == blob).all() and any("pixels are counted from 1" in line
                                                           for line in source.assumptions)


def test_empty_cells_are_images_without_objects(tmp_path):
    source = kaggle_rle_source(rle_set(tmp_path, "ImageId,EncodedPixels\ncard-0.jpg,1 "
                                                 "5\ncard-1.jpg,\ncard-2.jpg, -1\n"))
    assert [int(m.sum()) for m in masks_of(source)] == [5, 0, 0]


def test_rows_of_one_image_are_its_objects(tmp_path):
    source = kaggle_rle_source(rle_set(tmp_path, "ImageId,EncodedPixels\ncard-0,1 5\ncard-0,10 3\n"))
    assert len(source) == 1 and masks_of(source)[0].sum() == 8


def test_images_without_a_row_are_told(tmp_path):
    root = rle_set(tmp_path, "ImageId_ClassId,EncodedPixels\ncard-0.jpg_3,1 5\ncard-0.jpg_1,\n")
    source = kaggle_rle_source(root)
    assert len(source) == 1 and source.class_names == ("background", "class 1", "class 3")
    assert any("images without a row, which are left out: 2" in line and "unlisted=background" in line
               for line in source.assumptions)
    assert [int(m.max()) for m in masks_of(kaggle_rle_source(root, unlisted="background"))] == [2, 0, 0]


@pytest.mark.parametrize("row, said", (("card-0.jpg,1 2 3", "line 2: 3 numbers"),
                                       (f"card-0.jpg,{H * W} 2", "to pixel 4801; the image has 60 x 80"),
                                       ("card-0.jpg,0 2", "--option first=0"),
                                       ("card-0.jpg,9 2 1 2", "line 2: runs that go back"),
                                       ("card-9.jpg,1 2", "line 2: no image 'card-9.jpg'"),
                                       ("card-0.jpg,1 -2", "a length of -2"),
                                       ("card-0.jpg,a b", "line 2: not understood"),
                                       ("card-0.jpg,99999999999999999999 1", "line 2: a number of 20 digits"),
                                       ("card-0.jpg,1 2,3", "train.csv, line 2: 3 cells")))
def test_bad_run_lengths(tmp_path, row, said):
    with pytest.raises(DataError) as caught:
        kaggle_rle_source(rle_set(tmp_path, f"ImageId,EncodedPixels\n{row}\ncard-1.jpg,1 2\n"))
    assert said in str(caught.value) and "train.csv" in str(caught.value)


def test_a_submission_is_not_the_truth(tmp_path):
    root = rle_set(tmp_path, "ImageId,EncodedPixels\ncard-0.jpg,1 5\n")
    save_text(root / "sample_submission.csv", "ImageId,EncodedPixels\ncard-1.jpg,1 1\n")
    assert [p.name for p in kaggle_rle_source(root).pairs] == ["train/card-0"]
    save_text(root / "second.csv", "ImageId,EncodedPixels\ncard-1.jpg,1 1\n")
    with pytest.raises(DataError, match="2 tables of run lengths, such as second.csv and train.csv. Read "
                                        "one: tfrseg write --layout kaggle_rle"):
        kaggle_rle_source(root)


# Masks beside images, and of objects

def test_roboflow_in_one_folder(tmp_path):
    build_roboflow(tmp_path)
    source = open_layout(tmp_path / "train")["train"]
    assert [p.name.split("_")[0]
            for p in source.pairs] == ["card-0"] and source.class_names == tuple(CARD_CLASSES)
    assert set(open_layout(tmp_path)) == {"train", "val", "test"}


@pytest.mark.parametrize("change, said", (
    (lambda r: (r / "train/extra.jpg").write_bytes(
        (r / "train" / f"card-0_jpg.rf.{0:032x}.jpg").read_bytes()), "no mask of the name 'extra'"),
    (lambda r: save(np.full((H, W), 9), r / f"train/card-0_jpg.rf.{0:032x}_mask.png"),
     "the value 9 on 4800 pixels"),
    (lambda r: save_text(r / "train/_classes.csv", "Pixel Value, Class\n0, background\n0, card\n"),
     "line 3: the grey level 0 is there a second time"),
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


def test_options_are_of_the_kind_that_is_declared():
    "A choice of three that stands open is yes, no or none; a folder may have a comma in its name."
    options = layout_options("ade20k", ["reduce_zero_label=no"])
    assert options == {"reduce_zero_label": False}
    assert layout_options("ade20k", ["reduce_zero_label=none"]) == {"reduce_zero_label": None}
    assert layout_options("via", ["images=in, out", "margin=2"]) == {"images": "in, out", "margin": 2.0}
    with pytest.raises(ValueError, match="wanted yes or no"): layout_options("ade20k", ["reduce_zero_label=0.5"])


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


# Splits

def voc_set(root, **lists):
    for n, name in enumerate("abcdef"):
        save(CARDS[n % 3]["image"] // (n + 1), root / f"JPEGImages/{name}.jpg")
        if name != "f": save(CARDS[n % 3]["mask"], root / f"SegmentationClass/{name}.png")
    for split, names in lists.items():
        save_text(root / f"ImageSets/Segmentation/{split}.txt", "\n".join(names) + "\n")
    return root


def axis_offsets(sources): return [line for source in sources.values() for line in source.assumptions]


@pytest.mark.fault("lists of splits that overlap", "an image is in train and in val",
                   "told with an example; a list that is the union of others is left out")
@pytest.mark.parametrize("lists, left, said", (
    ({"train": "ab", "val": "c", "trainval": "abc"}, ["train", "val"], "trainval is left out: its 3 images"),
    ({"train": "ab", "val": "c", "test": "d", "everything": "abcd"}, ["test", "train", "val"],
     "everything is left out: its 4 images"),
    ({"trainval": "abc", "val": "c", "test": "d"}, ["test", "trainval", "val"],
     "1 image in two splits or more: trainval and val both hold 'c'"),
    ({"train": "ab", "train_aug": "abd", "val": "c"}, ["train", "train_aug", "val"],
     "2 images in two splits or more: train and train_aug both hold 'a'"),
    ({"train": "ab", "val": "ab"}, ["train", "val"], "2 images in two splits or more"),
    ({"train": "ab", "val": "cd"}, ["train", "val"], None)))
def test_images_in_two_splits(tmp_path, lists, left, said):
    sources = open_layout(voc_set(tmp_path, **lists))
    told = [line for line in axis_offsets(sources) if "split" in line]
    assert sorted(sources) == left and len(told) == (said is not None) and (not said or said in told[0])


def test_every_layout_tells_images_in_two_splits(tmp_path):
    save(CARDS[0]["image"], tmp_path / "images/a.jpg")
    save_text(tmp_path / "labels/a.txt", "0 0.2 0.2 0.8 0.2 0.8 0.8\n")
    save_text(tmp_path / "data.yaml", "train: images\nval: images\nnames: [x]\n")
    sources = open_layout(tmp_path, "yolo")
    assert any("train and val both hold 'a'" in line for line in axis_offsets(sources))


@pytest.mark.fault("a list of images without masks, as VOC's test set", "-",
                   "the split is left out and told; the others are written")
@pytest.mark.parametrize("on_error", ("raise", "skip"))
def test_a_split_without_masks_costs_itself(tmp_path, on_error):
    sources = open_layout(voc_set(tmp_path, train="ab", val="c", test="f"), on_error=on_error)
    assert sorted(sources) == ["train", "val"]
    assert "split test is left out: none of its 1 images has a mask" in axis_offsets(sources)


@pytest.mark.fault("one split that cannot be used", "-", "with skip it is told, and the others are written; "
                                                         "without, all findings at once")
def test_a_bad_split_costs_itself_where_the_user_skips(tmp_path, capfd):
    root = voc_set(tmp_path / "set", train="ab", val="c", odd=["nobody"])
    with pytest.raises(DataError, match="'nobody' has neither image nor mask"): open_layout(root)
    sources = open_layout(root, on_error="skip")
    assert sorted(sources) == ["train", "val"] and sum("split odd: " in line for s in sources.values()
                                                       for line in s.skipped) == 1
    assert main(["write", "--layout", "voc", str(root), str(tmp_path / "out"), "--on-error", "skip"]) == 0
    assert "left out: split odd" in capfd.readouterr().out
    assert sorted(load_info(tmp_path / "out").splits) == ["train", "val"]


def test_where_no_split_is_left_all_is_said(tmp_path):
    root = voc_set(tmp_path, train=["x"], val=["y"])
    with pytest.raises(DataError, match="'x' has neither.*'y' has neither"):
        open_layout(root, on_error="skip")


@pytest.mark.fault("text in a code page of Windows", "UnicodeDecodeError without the name of the file",
                   "the file is named; an encoding can be said for all files of a dataset")
def test_an_encoding_holds_for_all_files(tmp_path):
    write_images(tmp_path)
    region = shape("rect", x=1, y=1, width=9, height=9) | {"region_attributes": {"class": "café"}}
    head = ("filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,"
            'region_attributes\n"card-0.jpg",1,"{}",1,0,')
    cells = [json.dumps(region[key], ensure_ascii=False).replace('"', '""') for key in region]
    (tmp_path / "via.csv").write_bytes((head + ",".join(f'"{cell}"' for cell in cells)).encode("cp1252"))
    with pytest.raises(DataError, match="via.csv: not UTF-8 text"): open_layout(tmp_path)
    assert open_layout(tmp_path, encoding="cp1252")["train"].class_names == ("background", "café")
    with pytest.raises(ValueError, match="encoding='klingon'"): open_layout(tmp_path, encoding="klingon")
    line = ["write", "--layout", "auto", str(tmp_path), str(tmp_path / "out")]
    assert main(line) == 1 and main([*line, "--text-encoding", "cp1252"]) == 0
    assert load_info(tmp_path / "out").labels.class_names == ("background", "café")


@pytest.mark.parametrize("name", ("via", "label_studio", "geojson", "roboflow_masks"))
def test_hidden_files_are_passed_over(made, tmp_path, name):
    root = tmp_path / "set"
    shutil.copytree(made(name)[0], root)
    for file in [p for p in root.rglob("*") if p.suffix in (".json", ".geojson", ".csv", ".jpg")]:
        for shadow in (file.with_name(f"._{file.name}"), root / "__MACOSX" / file.relative_to(root)):
            shadow.parent.mkdir(parents=True, exist_ok=True)
            shadow.write_bytes(b"\0\5\26\7" + file.read_bytes())
    assert choose_layout(root) == name and sum(map(len, open_layout(root).values())) == 3


# Whatever a file says

@pytest.mark.fault("a JSON file of VIA, Label Studio or GeoJSON in which any one value is missing or of "
                   "another kind", "-", "read, or a DataError; never another exception")
@pytest.mark.parametrize("name, file", (("via", "via_region_data.json"), ("via project", "via_project.json"),
                                        ("label_studio", "project-1.json"), ("geojson", "card-0.geojson"),
                                        ("geojson map", "card-1.geojson"),
                                        ("ade20k_full",
                                         "images/ADE/training/urban/street/ADE_train_00000000.json")))
def test_any_value_of_a_json_file_may_be_strange(made, tmp_path, name, file):
    root = tmp_path / "copy"
    shutil.copytree(made(name)[0], root)
    tree, read = json.loads((root / file).read_text()), LAYOUTS[name.split()[0]].source
    tries = [(path, value) for path in places(tree) for value in (*STRANGE, KeyError) if path]
    for k in np.random.default_rng(0).choice(len(tries), min(len(tries), 200), replace=False):
        save_text(root / file, json.dumps(with_value(tree, *tries[k])))
        try: source = read(root, show_progress=False, on_error="skip" if k % 2 else "raise")
        except (DataError, FileNotFoundError): continue
        except Exception as e: raise AssertionError(f"{tries[k]}: {e!r}") from e
        assert all(mask.shape == (H, W) for mask in masks_of(source)), tries[k]


@pytest.mark.parametrize("name, file", (("via csv", "via.csv"), ("kaggle_rle", "train.csv"),
                                        ("roboflow_masks", "train/_classes.csv"),
                                        ("geojson map", "card-0.tfw"), ("kitti", "label_colors.txt")))
def test_any_piece_of_a_table_may_be_strange(made, tmp_path, name, file):
    root, rng = tmp_path / "copy", np.random.default_rng(1)
    shutil.copytree(made(name)[0], root)
    text, read = (root / file).read_text(), LAYOUTS[name.split()[0]].source
    for k in range(100):
        a, b = np.sort(rng.integers(0, min(len(text), 4000) + 1, 2))
        b = min(b, a + rng.integers(1, 40))
        piece = ("", text[a:b] * 2, "\x07", "nan", "-1", "999999999", "é<>&\"'", "\n", "[", "0",
                 ",,")[rng.integers(11)]
        (root / file).write_text(text[:a] + piece + text[b:], encoding="utf-8")
        try: source = read(root, show_progress=False, on_error="skip" if k % 2 else "raise")
        except (DataError, FileNotFoundError): continue
        except Exception as e: raise AssertionError(f"{text[a:b]!r} as {piece!r} at {a}: {e!r}") from e
        assert all(load_pair(pair, source.labels)["mask"].shape == (H, W, 1)
                   for pair in source.pairs), (text[a:b], piece)


def test_an_empty_collection_keeps_its_image(tmp_path):
    for name in "ab": Image.new("RGB", (W, H)).save(tmp_path / f"{name}.png")
    ring = [[5, 5], [25, 5], [25, 15], [5, 15], [5, 5]]
    road = {"type": "Feature", "properties": {"class": "road"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}
    for name, rows in (("a", [road]), ("b", [])):
        (tmp_path / f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    source = open_layout(tmp_path, show_progress=False)["train"]
    assert len(source) == 2 and any("1 of 2 images holds no shape" in line for line in source.assumptions)


def test_utf_16_is_recognised(tmp_path):
    for folder in ("k", "s"):
        (tmp_path / folder).mkdir()
        Image.new("RGB", (W, H)).save(tmp_path / folder / "a.png")
    (tmp_path / "k/train.csv").write_text("ImageId\tClassId\tEncodedPixels\na.png\tcat\t1 5 20 5\n", "utf-16")
    points = [[10, 10], [50, 10], [50, 50]]
    task = {"id": 1, "data": {"image": "a.png"}, "annotations": [{"id": 1, "completed_by": 1, "result": [{
        "original_width": W, "original_height": H, "type": "polygonlabels", "id": "x", "from_name": "l",
        "to_name": "image", "value": {"points": points, "polygonlabels": ["cat"]}}]}]}
    (tmp_path / "s/x.json").write_text(json.dumps([task]), "utf-16")
    for folder, layout in (("k", "kaggle_rle"), ("s", "label_studio")):
        assert detect_layouts(tmp_path / folder) == [layout]
        source = open_layout(tmp_path / folder, show_progress=False)["train"]
        assert source.class_names == ("background", "cat")
