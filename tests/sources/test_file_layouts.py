"""Layouts that are recognized by the content of a file: detected, read, written; splits that overlap."""
import json
import shutil

import numpy as np
import pytest
from PIL import Image
from scenes import (CARDS, NAMES, STRANGE, H, W, masks_of, places, save, save_text, scene, truth, with_value,
    write_images)
from annotation_scenes import (as_runs, build_ade, build_geotiff, build_roboflow, feature, ids_of, shape,
    studio_task)

from tfrseg.sources.object_masks import object_masks_source
from tfrseg.cards import CARD_CLASSES
from tfrseg.sources.classes import merge_classes
from tfrseg.cli import main
from tfrseg.sources.class_codes import kitti_source
from tfrseg.core import DataError
from tfrseg.sources.detect import LAYOUTS, choose_layout, detect_layouts, layout_options, open_layout
from tfrseg.sources.geo import geojson_source
from tfrseg.reader.stream import read_dataset
from tfrseg.sources.run_lengths import kaggle_rle_source
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import check_source, load_pair
from tfrseg.sources.splits import split_source
from tfrseg.sources.label_studio import label_studio_source
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


def build_studio(root):
    write_images(root)
    save_text(root / "project-1.json", [studio_task(n, [studio_result(*s, k) for k, s in enumerate(scene(n))])
                                        for n in range(3)])
    return label_studio_source(root, class_names=NAMES)


def build_geojson(root):
    write_images(root)
    for n in range(3):
        save_text(root / f"card-{n}.geojson",
                  {"type": "FeatureCollection", "features": [feature(*s) for s in scene(n)]})
    return geojson_source(root, class_names=NAMES)


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


def test_options_are_of_the_kind_that_is_declared():
    "A choice of three that stands open is yes, no or none; a folder may have a comma in its name."
    options = layout_options("ade20k", ["reduce_zero_label=no"])
    assert options == {"reduce_zero_label": False}
    assert layout_options("ade20k", ["reduce_zero_label=none"]) == {"reduce_zero_label": None}
    assert layout_options("via", ["images=in, out", "margin=2"]) == {"images": "in, out", "margin": 2.0}
    with pytest.raises(ValueError, match="wanted yes or no"): layout_options("ade20k", ["reduce_zero_label=0.5"])


# Splits

def voc_set(root, **lists):
    for n, name in enumerate("abcdef"):
        save(CARDS[n % 3]["image"] // (n + 1), root / f"JPEGImages/{name}.jpg")
        if name != "f": save(CARDS[n % 3]["mask"], root / f"SegmentationClass/{name}.png")
    for split, names in lists.items():
        save_text(root / f"ImageSets/Segmentation/{split}.txt", "\n".join(names) + "\n")
    return root


def assumptions_of(sources): return [line for source in sources.values() for line in source.assumptions]


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
    told = [line for line in assumptions_of(sources) if "split" in line]
    assert sorted(sources) == left and len(told) == (said is not None) and (not said or said in told[0])


def test_every_layout_tells_images_in_two_splits(tmp_path):
    save(CARDS[0]["image"], tmp_path / "images/a.jpg")
    save_text(tmp_path / "labels/a.txt", "0 0.2 0.2 0.8 0.2 0.8 0.8\n")
    save_text(tmp_path / "data.yaml", "train: images\nval: images\nnames: [x]\n")
    sources = open_layout(tmp_path, "yolo")
    assert any("train and val both hold 'a'" in line for line in assumptions_of(sources))


@pytest.mark.fault("a list of images without masks, as VOC's test set", "-",
                   "the split is left out and told; the others are written")
@pytest.mark.parametrize("on_error", ("raise", "skip"))
def test_a_split_without_masks_costs_itself(tmp_path, on_error):
    sources = open_layout(voc_set(tmp_path, train="ab", val="c", test="f"), on_error=on_error)
    assert sorted(sources) == ["train", "val"]
    assert "split test is left out: none of its 1 images has a mask" in assumptions_of(sources)


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
@pytest.mark.parametrize("most", (25, pytest.param(2000, marks=pytest.mark.slow)), ids=("some", "many"))
def test_any_value_of_a_json_file_may_be_strange(made, tmp_path, name, file, most):
    root = tmp_path / "copy"
    shutil.copytree(made(name)[0], root)
    tree, read = json.loads((root / file).read_text()), LAYOUTS[name.split()[0]].source
    tries = [(path, value) for path in places(tree) for value in (*STRANGE, KeyError) if path]
    for k in np.random.default_rng(0).choice(len(tries), min(len(tries), most), replace=False):
        save_text(root / file, json.dumps(with_value(tree, *tries[k])))
        try: source = read(root, show_progress=False, on_error="skip" if k % 2 else "raise")
        except (DataError, FileNotFoundError): continue
        except Exception as e: raise AssertionError(f"{tries[k]}: {e!r}") from e
        assert all(mask.shape == (H, W) for mask in masks_of(source)), tries[k]


@pytest.mark.parametrize("name, file", (("via csv", "via.csv"), ("kaggle_rle", "train.csv"),
                                        ("roboflow_masks", "train/_classes.csv"),
                                        ("geojson map", "card-0.tfw"), ("kitti", "label_colors.txt")))
@pytest.mark.parametrize("most", (30, pytest.param(1000, marks=pytest.mark.slow)), ids=("some", "many"))
def test_any_piece_of_a_table_may_be_strange(made, tmp_path, name, file, most):
    root, rng = tmp_path / "copy", np.random.default_rng(1)
    shutil.copytree(made(name)[0], root)
    text, read = (root / file).read_text(), LAYOUTS[name.split()[0]].source
    for k in range(most):
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
