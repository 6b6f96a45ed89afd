"""A dataset that changes: corrected masks, new pairs, merges. What is not meant keeps its bytes; what does not fit changes nothing."""
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from PIL import Image

from tfrseg.cards import CARD_CLASSES, make_folder
from tfrseg.cli import _background_option, main
from tfrseg.core import DataError
from tfrseg.sources.arrays import array_source
from tfrseg.sources.detect import open_layout
from tfrseg.sources.source import folder_source
from tfrseg.storage.check import check_shards, repair_shards
from tfrseg.storage.dataset import load_info, save_info
from tfrseg.storage.diff import diff_shards
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.files import WriterAtWork, file_sha256
from tfrseg.storage.flags import Flag, write_flags
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.shard_index import open_index
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import write_records
from tfrseg.writer.export import export_shards
from tfrseg.writer.outlines import labelme_shapes
from tfrseg.writer.merge import merge_shards
from tfrseg.writer.update import append_shards, update_shards
from tfrseg.writer.write import plan_shards, write_shards

QUIET = {"show_progress": False}
COCO = ROOT.parent / "shared" / "data" / "coco_pixelwise"


def hashes(folder): return {p.name: file_sha256(p) for p in Path(folder).iterdir() if p.suffix != ".index"}


def records(folder): return {s["name"].decode(): bytes(open_shards(folder)._read(n)) for n, s in enumerate(open_shards(folder))}


def cards(folder, n=8, size=(40, 52)): return folder_source(*(make_folder(folder, n, size) / part for part in ("img", "seg")), class_names=CARD_CLASSES, **QUIET)


@pytest.fixture
def source(tmp_path): return cards(tmp_path / "cards")


@pytest.fixture
def out(source, tmp_path):
    "Six cards in three shards, one in another split; card 7 is not in."
    write_shards(plan_shards({"train": source.take(range(6)), "val": source.take([6])}, tmp_path / "out", records_per_shard=2), **QUIET)
    return tmp_path / "out"


def repaint(source, *numbers):
    "Masks of some pairs lose their stamp."
    for n in numbers:
        ids = np.asarray(Image.open(source.pairs[n].mask))
        Image.fromarray(np.where(ids == 4, 2, ids).astype(np.uint8)).save(source.pairs[n].mask)


@pytest.mark.parametrize("schema", ("tfvision", "raw_ids"))
def test_only_what_changed_is_another_one(source, tmp_path, schema):
    write_shards(plan_shards(source, tmp_path / "out", schema=schema, records_per_shard=3), **QUIET)
    before, old = hashes(tmp_path / "out"), records(tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "first")
    repaint(source, 1)
    done = update_shards(cards_again(source), tmp_path / "out", **QUIET)
    assert (done.changed, done.unchanged, done.added, done.shards_written) == (("card-0001",), 7, 0, 1)
    after, new = hashes(tmp_path / "out"), records(tmp_path / "out")
    assert {name for name in before if before[name] != after[name]} == {"train-00000-of-00003.tfrecord", "dataset_info.json"}
    assert {name for name in old if old[name] != new[name]} == {"card-0001"} and list(old) == list(new)
    assert check_shards(tmp_path / "out", deep=True) == [] and load_info(tmp_path / "out") == done.info
    found = diff_shards(tmp_path / "first", tmp_path / "out", **QUIET)
    assert found.changed == ("card-0001",) and found.masks[0].classes.keys() == {("stamp", "photo")} and found.same == 7
    # what a writer of the corrected masks gives from nothing
    again = write_shards(plan_shards(cards_again(source), tmp_path / "again", schema=schema, records_per_shard=3), **QUIET)
    assert [(s.records, s.pixels, s.images, s.sizes, s.formats, s.empty) for s in done.info.shards()] == [(s.records, s.pixels, s.images, s.sizes, s.formats, s.empty) for s in again.shards()]
    assert hashes(tmp_path / "again") == after


def test_records_without_names_cannot_be_told(source, tmp_path):
    write_shards(plan_shards(source, tmp_path / "out", schema="raw"), **QUIET)
    for change in (update_shards, append_shards):
        with pytest.raises(DataError, match="its records have no names.*--schema raw_ids"): change(source, tmp_path / "out", **QUIET)


def cards_again(source): return folder_source(Path(source.pairs[0].image).parent, Path(source.pairs[0].mask).parent, class_names=CARD_CLASSES, **QUIET)


def test_the_index_of_a_changed_shard_is_counted(source, out):
    repaint(source, 0)
    update_shards(cards_again(source).take(range(7)), out, **QUIET)
    shards = open_shards(out)
    for file in shards.files:
        index = open_index(file, shards.schema)
        assert index.counted and len(index) == 2 - (file.name[:3] == "val")


@pytest.mark.fault("corrected masks of records that are not there, of another size, or of another image", "new shards by hand, and whatever goes wrong",
                   "every one is named at once, and the dataset stays as it is")
def test_what_does_not_fit_changes_nothing(source, out, tmp_path):
    before = hashes(out)
    repaint(source, 0)
    Image.fromarray(np.zeros((9, 9, 3), np.uint8)).save(source.pairs[2].image)
    Image.fromarray(np.zeros((9, 9), np.uint8)).save(source.pairs[2].mask)
    Image.fromarray(np.zeros((40, 52, 3), np.uint8)).save(source.pairs[3].image)
    with pytest.raises(DataError, match="out: 3 problems") as e: update_shards(cards_again(source), out, **QUIET)
    assert sorted(f.what.split(";")[0] for f in e.value.findings) == ["9 x 9 pixels", "no record is called 'card-0007'", "the image 'card-0003' differs from that of the record. Pass images='keep' to take the mask alone, or images='replace' to take both"]
    assert hashes(out) == before and not list(tmp_path.glob("out.*"))
    done = update_shards(cards_again(source), out, on_error="skip", **QUIET)
    assert (done.changed, done.unchanged, len(done.skipped)) == (("card-0000",), 4, 3)


def test_an_image_is_kept_or_replaced(source, out):
    Image.fromarray(np.full((40, 52, 3), 7, np.uint8)).save(source.pairs[3].image)
    changed = cards_again(source).take([3])
    old = records(out)["card-0003"]
    assert update_shards(changed, out, images="keep", **QUIET).unchanged == 1 and records(out)["card-0003"] == old
    assert update_shards(changed, out, images="replace", **QUIET).changed == ("card-0003",)
    assert (open_shards(out)[3]["image"] == 7).all() and check_shards(out, deep=True) == []
    with pytest.raises(ValueError, match="images='both'; wanted"): update_shards(changed, out, images="both", **QUIET)


@pytest.mark.parametrize("labels,said", [
    (LabelMap(CARD_CLASSES[:4]), "4 classes, not 5; one side alone has stamp"), (LabelMap([*CARD_CLASSES[:3], "stamp", "text"]), "class 3 is 'stamp', not 'text'"),
    (LabelMap(CARD_CLASSES, ignore_label=9), "ignore label 9, not 255")])
def test_other_classes_are_refused(source, out, labels, said):
    before, other = hashes(out), replace(source, labels=labels)
    for change in (update_shards, append_shards):
        with pytest.raises(DataError, match=f"other classes come in: {said}"): change(other, out, **QUIET)
    assert hashes(out) == before


def test_new_pairs_go_into_their_splits(source, out, tmp_path):
    old = hashes(out)
    more = cards(tmp_path / "more", 12).take(range(7, 12))
    done = append_shards({"val": more.take([0]), "test": more.take([1, 2, 3, 4])}, out, records_per_shard=3, **QUIET)
    assert (done.added, done.shards_written) == (5, 0)
    assert {split: [s.file for s in shards] for split, shards in done.info.splits.items()} == {
        "train": [f"train-{k:05d}-of-00003.tfrecord" for k in range(3)], "val": [f"val-{k:05d}-of-00002.tfrecord" for k in range(2)],
        "test": [f"test-{k:05d}-of-00002.tfrecord" for k in range(2)]}
    new = hashes(out)
    assert new["val-00000-of-00002.tfrecord"] == old["val-00000-of-00001.tfrecord"] and new["train-00001-of-00003.tfrecord"] == old["train-00001-of-00003.tfrecord"]
    assert check_shards(out, deep=True) == [] and open_shards(out, "test").records == 4
    with pytest.raises(DataError, match="'card-0007' already; update=True") as e: append_shards(more, out, **QUIET)
    assert len(e.value.findings) == 5
    kept = append_shards(cards(tmp_path / "most", 13).take(range(11, 13)), out, on_error="skip", **QUIET)
    assert (kept.added, len(kept.skipped)) == (1, 1)


def test_another_schema_is_refused(source, out):
    deep = [{"image": np.zeros((4, 5, 4), np.uint16), "mask": np.zeros((4, 5, 1), np.uint8), "name": "deep"}]
    other = array_source(deep, name="name", pixels="kept", labels=source.labels, **QUIET)
    with pytest.raises(DataError, match="holds tfvision; what is to be added is"): append_shards(other, out, **QUIET)


def test_other_arrays_stay_as_they_are(tmp_path):
    "Of a dataset of 16 bits, with a depth map and a fact, only the mask of the changed record is another one."
    rng = np.random.default_rng(0)
    elements = [{"image": rng.integers(0, 9000, (10, 12, 4)).astype(np.uint16), "mask": rng.integers(0, 3, (10, 12, 1)).astype(np.uint8), "name": f"s{n}",
                 "depth": rng.random((10, 12, 1)).astype(np.float32), "place": f"field {n}"} for n in range(4)]
    def make(): return array_source(elements, name="name", pixels="kept", class_names=("a", "b", "c"), others={"depth": "field"}, facts=["place"], **QUIET)
    write_shards(plan_shards(make(), tmp_path / "out", records_per_shard=2), **QUIET)
    stats = load_info(tmp_path / "out").stats
    shutil.copytree(tmp_path / "out", tmp_path / "first")
    elements[2] = elements[2] | {"mask": 2 - elements[2]["mask"]}
    done = update_shards(make(), tmp_path / "out", **QUIET)
    assert done.changed == ("s2",) and stats and load_info(tmp_path / "out").stats == stats and not done.lost_stats
    found = diff_shards(tmp_path / "first", tmp_path / "out", **QUIET)
    assert (found.changed, found.images, found.others, found.same) == (("s2",), (), (), 3)
    assert check_shards(tmp_path / "out", deep=True) == []
    elements[:] = [elements[0] | {"name": "s9"}]
    assert append_shards(make(), tmp_path / "out", **QUIET).lost_stats


def test_masks_of_classes_that_overlap(tmp_path):
    rng = np.random.default_rng(0)
    elements = [{"image": rng.integers(0, 255, (6, 7, 3), np.uint8), "mask": rng.integers(0, 2, (6, 7, 2), np.uint8), "name": f"s{n}"} for n in range(3)]
    def make(): return array_source(elements, name="name", overlap=True, class_names=("cell", "nucleus"), **QUIET)
    write_shards(plan_shards(make(), tmp_path / "out"), **QUIET)
    shutil.copytree(tmp_path / "out", tmp_path / "first")
    changed = elements[1]["mask"].copy()
    changed[0, 0] = 1 - changed[0, 0]
    elements[1] = elements[1] | {"mask": changed}
    assert update_shards(make(), tmp_path / "out", **QUIET).changed == ("s1",) and check_shards(tmp_path / "out", deep=True) == []
    mask, = diff_shards(tmp_path / "first", tmp_path / "out", **QUIET).masks
    assert mask.pixels == 1 and sum(mask.classes.values()) == 2


def test_a_name_in_two_splits_is_told_by_the_split(source, tmp_path):
    write_shards(plan_shards({"train": source.take([0, 1]), "val": source.take([1, 2])}, tmp_path / "out"), **QUIET)
    repaint(source, 1)
    corrected = cards_again(source).take([1])
    with pytest.raises(DataError, match="2 records are called 'card-0001'; wanted the split"): update_shards(corrected, tmp_path / "out", **QUIET)
    update_shards({"val": corrected}, tmp_path / "out", **QUIET)
    masks = [s["mask"] for s in open_shards(tmp_path / "out") if s["name"] == b"card-0001"]
    assert 4 in masks[0] and 4 not in masks[1]


def test_background_around_and_between_shapes_is_no_polygon():
    "It is what is not drawn; a hole is drawn over its shape."
    ids = np.zeros((9, 12, 1), np.uint8)
    ids[2:7, 3:9] = 1
    assert [shape["label"] for shape in labelme_shapes(ids, ("background", "card"), 255)] == ["card"]
    ids[4, 5] = 0
    assert [shape["label"] for shape in labelme_shapes(ids, ("background", "card"), 255)] == ["card", "_background_"]


def test_the_background_of_shapes_is_named_where_no_export_says_it(source, out, tmp_path):
    assert main(["export", str(out), str(tmp_path / "there"), "--layout", "labelme"]) == 0
    assert _background_option("labelme", tmp_path / "there", CARD_CLASSES) == ""
    (tmp_path / "there/tfrseg_export.json").unlink()
    assert _background_option("labelme", tmp_path / "there", CARD_CLASSES) == f"background={CARD_CLASSES[0]}"
    assert _background_option("labelme", tmp_path / "there", ()) == ""


@pytest.mark.parametrize("layout", ("labelme", "cvat"))
def test_out_to_a_tool_and_back_without_its_note(source, out, tmp_path, layout, capsys):
    "As a tool saves it: the files alone, read by the classes of the dataset; a list says which records go out."
    write_flags([Flag("card-0005", "train-00002-of-00003.tfrecord", 1, "blurred"), Flag("card-0002", tags="dark, blurred"), Flag("card-0006", tags="dark")], tmp_path / "bad.txt")
    assert main(["export", str(out), str(tmp_path / "there"), "--layout", layout, "--records", str(tmp_path / "bad.txt"), "--tagged", "blurred"]) == 0
    (tmp_path / "there/tfrseg_export.json").unlink()
    before = hashes(out)
    assert main(["write", "--layout", layout, str(tmp_path / "there"), str(out), "--update"]) == 0
    assert "0 changed, 2 unchanged, 0 added; 0 of 4 shards written anew" in capsys.readouterr().out and hashes(out) == before
    if layout == "labelme":
        file = tmp_path / "there/card-0002.json"
        data = json.loads(file.read_text())
        data["shapes"].append({"label": "stamp", "points": [[0, 0], [5, 0], [5, 4], [0, 4]], "shape_type": "polygon"})
        file.write_text(json.dumps(data))
    else:
        file = tmp_path / "there/annotations.xml"
        mask = '<mask label="stamp" source="manual" occluded="0" rle="0, 20" left="0" top="0" width="5" height="4" z_order="1"></mask>'
        text = file.read_text()
        at = text.index(">", text.index('name="card-0002.png"')) + 1
        file.write_text(text[:at] + mask + text[at:])
    assert main(["write", "--layout", layout, str(tmp_path / "there"), str(out), "--update"]) == 0
    assert "1 changed, 1 unchanged" in capsys.readouterr().out and (open_shards(out)[2]["mask"][:4, :5] == 4).all()


def test_the_command_line_says_what_is_wrong(source, out, tmp_path, capsys):
    folder = str(Path(source.pairs[0].image).parents[1])
    words = ["write", f"{folder}/img", f"{folder}/seg"]
    for line, said in ((["--update", "--overwrite"], "--overwrite: not with --update"), (["--append", "--schema", "raw"], "--schema: not with --append"),
                       (["--append", "--images", "keep"], "--images: only with --update"), (["--update"], "--append adds it"), (["--append"], "--update replaces its mask")):
        assert main([*words, str(out), *line]) in (1, 2)
        assert said in capsys.readouterr().err, line
    assert main([*words, str(tmp_path / "none"), "--update"]) == 1 and "no dataset of tfrseg is there" in capsys.readouterr().err
    assert main(["diff", str(out), str(out)]) == 0 and "7 records are the same" in capsys.readouterr().out
    assert main([*words, str(out), "--update", "--append", "--findings", str(tmp_path / "f.json")]) == 0 and json.loads((tmp_path / "f.json").read_text()) == []
    assert "0 changed, 7 unchanged, 1 added" in capsys.readouterr().out


def test_a_list_of_another_dataset_is_told(source, out, tmp_path):
    write_flags([Flag("x", "train-00000-of-00001.tfrecord", 3), Flag("y")], tmp_path / "other.txt")
    with pytest.raises(DataError, match=r"none of the 2 records it names is here, such as 'x'; it looks like the list of another dataset"):
        export_shards(out, tmp_path / "back", records=tmp_path / "other.txt", **QUIET)
    assert not (tmp_path / "back").exists()


def test_two_writers_do_not_meet(source, out):
    "While one holds the folder, another is refused; the first ends well."
    repaint(source, 0)
    corrected = cards_again(source).take(range(7))
    class Meeting(dict):
        "Sources that start another update in the middle of the first one."
        def items(self):
            if not self.get("met") and (out.parent / "out.incomplete").exists():
                with pytest.raises(WriterAtWork): update_shards(corrected, out, **QUIET)
                met.append(True)
            return super().items()
    met = []
    import tfrseg.writer.update as module
    by_split = module._by_split
    module._by_split = lambda source: Meeting(by_split(source)) if not met and source is first else by_split(source)
    first = {"train": corrected.take(range(6)), "val": corrected.take([6])}
    try:
        assert update_shards(first, out, **QUIET).changed == ("card-0000",) and met
    finally:
        module._by_split = by_split


# ---- merges

def test_a_merge_links_and_says_so(source, out, tmp_path, capsys):
    write_shards(plan_shards({"val": source.take([7])}, tmp_path / "more"), **QUIET)
    assert main(["merge", str(out), str(tmp_path / "more"), str(tmp_path / "all")]) == 0
    assert "8 records in 5 shards: 5 linked, 0 copied, 0 written" in capsys.readouterr().out
    assert records(tmp_path / "all") == records(out) | records(tmp_path / "more") and check_shards(tmp_path / "all", deep=True) == []
    assert main(["merge", str(out), str(tmp_path / "more"), str(tmp_path / "all")]) == 0 and "nothing to do" in capsys.readouterr().out
    assert [s.file for s in load_info(tmp_path / "all").splits["val"]] == ["val-00000-of-00002.tfrecord", "val-00001-of-00002.tfrecord"]
    # the old ones may change or go; the new one stays
    repaint(source, 7)
    update_shards(cards_again(source).take([7]), tmp_path / "more", **QUIET)
    shutil.rmtree(out)
    assert check_shards(tmp_path / "all", deep=True) == []


def test_where_links_are_not_to_be_had_shards_are_copied(source, out, tmp_path, monkeypatch):
    import tfrseg.writer.merge as module
    write_shards(plan_shards(source.take([7]), tmp_path / "more"), **QUIET)
    def refuse(*paths): raise OSError(18, "Invalid cross-device link")
    monkeypatch.setattr(module.os, "link", refuse)
    made = merge_shards([out, tmp_path / "more"], tmp_path / "all", **QUIET)
    assert (made.linked, made.copied) == (0, 5) and check_shards(tmp_path / "all", deep=True) == []


def test_records_without_names_among_named_ones_stay(tmp_path):
    samples = [{"image": np.full((4, 5, 3), n, np.uint8), "mask": np.eye(4, 5, dtype=np.uint8)[..., None], "name": name} for n, name in enumerate(("a", ""))]
    write_records(tmp_path / "some.tfrecord", [serialize_example(encode_example(sample)) for sample in samples])
    info = repair_shards(tmp_path / "some.tfrecord", tmp_path / "out", **QUIET)
    corrected = array_source([samples[0] | {"mask": 1 - samples[0]["mask"]}], name="name", class_names=("a", "b"), **QUIET)
    save_info(replace(info, labels=corrected.labels), tmp_path / "out")
    update_shards(corrected, tmp_path / "out", **QUIET)
    shards = open_shards(tmp_path / "out")
    assert [s["name"].decode() for s in shards] == ["a", ""]
    assert [s["mask"][0, 0, 0] for s in shards] == [0, 1]


def test_records_of_other_targets_are_told_apart(source, tmp_path):
    noise = np.random.default_rng(1)
    def samples(names): return [{"image": noise.integers(0, 256, (8, 9, 3), np.uint8), "mask": np.eye(8, 9, dtype=np.uint8)[..., None],
                                 "depth": noise.random((8, 9, 1), np.float32), "name": name} for name in names]
    for folder, others in (("deep", {"depth": "field"}), ("plain", {})):
        write_shards(plan_shards(array_source(samples((f"{folder} 1",)), pixels="kept", others=others, class_names=("a", "b"), **QUIET), tmp_path / folder, schema="raw_ids"), **QUIET)
    deep = load_info(tmp_path / "deep").targets
    assert [t.name for t in deep] == ["image", "mask", "depth"]
    told = ", ".join(f"{t.name} {t.dtype}" for t in deep)
    for names, said in ((("plain", "deep"), f"targets {told}, not"), (("deep", "plain"), f", not {told}")):
        with pytest.raises(DataError) as e: merge_shards([tmp_path / name for name in names], tmp_path / "all", **QUIET)
        assert said in str(e.value), str(e.value)


def test_one_name_in_both(source, out, tmp_path):
    write_shards(plan_shards(source.take([0, 7]), tmp_path / "more"), **QUIET)
    with pytest.raises(DataError, match="merge: 1 problem: .*the name 'card-0000' is in .*out, too.*--prefix"): merge_shards([out, tmp_path / "more"], tmp_path / "all", **QUIET)
    assert not list(tmp_path.glob("all*"))
    made = merge_shards([out, tmp_path / "more"], tmp_path / "all", prefix=("", "b/"), **QUIET)
    assert {"b/card-0000", "b/card-0007", "card-0000"} <= set(records(tmp_path / "all")) and made.written == 1
    assert not merge_shards([out, tmp_path / "more"], tmp_path / "all", prefix=("", "b/"), **QUIET).is_new
    with pytest.raises(FileExistsError): merge_shards([out, tmp_path / "more"], tmp_path / "all", prefix=("", "c/"), **QUIET)


def test_the_way_that_other_ids_go(source, tmp_path, capsys):
    "The error names the commands that put classes into the order of the other dataset; they are run here as they stand."
    write_shards(plan_shards(source.take([0, 1]), tmp_path / "a"), **QUIET)
    order = [0, 2, 1, 3, 4]
    names = [CARD_CLASSES[i] for i in order]
    elements = [{"image": s["image"], "mask": np.array(order, np.uint8)[s["mask"]], "name": f"x{n}"} for n, s in enumerate(open_shards(tmp_path / "a"))]
    write_shards(plan_shards({"val": array_source(elements, name="name", class_names=names, **QUIET)}, tmp_path / "b"), **QUIET)
    with pytest.raises(DataError, match="class 1 is 'photo', not 'card'.*export IN FILES --layout cvat, then tfrseg write --layout cvat FILES NEW --classes NAME"):
        merge_shards([tmp_path / "a", tmp_path / "b"], tmp_path / "all", **QUIET)
    assert main(["export", str(tmp_path / "b"), str(tmp_path / "files"), "--layout", "cvat"]) == 0
    assert main(["write", "--layout", "cvat", str(tmp_path / "files"), str(tmp_path / "new"), "--classes", *CARD_CLASSES[1:]]) == 0
    made = merge_shards([tmp_path / "a", tmp_path / "new"], tmp_path / "all", **QUIET)
    assert list(made.info.splits) == ["train", "val"]
    masks = {s["name"]: s["mask"] for s in open_shards(tmp_path / "all")}
    assert (masks[b"x0"] == masks[b"card-0000"]).all() and (masks[b"x1"] == masks[b"card-0001"]).all()


@pytest.mark.skipif(not COCO.is_dir(), reason="the photographs are not here")
def test_photographs_go_out_are_corrected_and_come_back(tmp_path):
    "Masks of a million pixels with regions that touch at corners: exact through both tools, and one correction is one record."
    source = folder_source(COCO / "images", COCO / "pixelwise_masks", **QUIET)
    write_shards(plan_shards(source, tmp_path / "out", records_per_shard=2), **QUIET)
    shutil.copytree(tmp_path / "out", tmp_path / "first")
    names = [s["name"].decode() for s in open_shards(tmp_path / "out")]
    for layout in ("labelme", "cvat"):
        export_shards(tmp_path / "out", tmp_path / layout, layout, records=names[1:4], **QUIET)
        back = open_layout(tmp_path / layout, **QUIET)
        assert update_shards(back, tmp_path / "out", **QUIET)[1:5] == ((), 3, 0, 0), layout
    file = tmp_path / "labelme" / f"{names[2]}.json"
    data = json.loads(file.read_text())
    data["shapes"].append({"label": data["shapes"][0]["label"], "points": [[10, 20], [50, 20], [50, 60], [10, 60]], "shape_type": "polygon"})
    file.write_text(json.dumps(data))
    assert update_shards(open_layout(tmp_path / "labelme", **QUIET), tmp_path / "out", **QUIET)[1:5] == ((names[2],), 2, 0, 1)
    found = diff_shards(tmp_path / "first", tmp_path / "out", **QUIET)
    assert found.changed == (names[2],) and 0 < found.masks[0].pixels <= 1600 and found.same == len(names) - 1
    assert check_shards(tmp_path / "out", deep=True) == []


def test_other_colours_are_told(source, out, tmp_path):
    other = replace(source.take([7]), labels=replace(source.labels, palette=[(9, 9, k) for k in range(5)]))
    write_shards(plan_shards(other, tmp_path / "more"), **QUIET)
    made = merge_shards([out, tmp_path / "more"], tmp_path / "all", **QUIET).info
    assert made.labels == load_info(out).labels and [line for line in made.assumptions if "other colours" in line]
    assert not merge_shards([out, tmp_path / "more"], tmp_path / "all", **QUIET).is_new


@pytest.mark.parametrize("layout", ("labelme", "cvat"))
def test_what_was_added_to_an_export_and_what_is_gone_is_told(out, tmp_path, layout):
    export_shards(out, tmp_path / "there", layout, **QUIET)
    root, images = tmp_path / "there", tmp_path / "there" / ("images" if layout == "cvat" else "")
    if layout == "labelme":
        (root / "card-0001.json").rename(root / "new.json")
        (images / "card-0001.png").rename(images / "new.png")
    else:
        text = (root / "annotations.xml").read_text()
        (root / "annotations.xml").write_text(text.replace("card-0001.png", "new.png"))
        (images / "card-0001.png").rename(images / "new.png")
    home = open_layout(root, **QUIET)
    assert sum(len(part) for part in home.values()) == 6
    lines = [line for part in home.values() for line in part.assumptions]
    assert any("1 records of this export are no longer there, such as card-0001" in line for line in lines)
    assert any("1 images are of no record of this export, such as new" in line for line in lines)


def test_tiles_are_corrected_like_images(source, tmp_path):
    from tfrseg.sources.tiles import tile_source
    def tiles(): return tile_source(cards_again(source).take([0, 1]), (32, 32), 4)
    write_shards(plan_shards(tiles(), tmp_path / "out", records_per_shard=3), **QUIET)
    before = records(tmp_path / "out")
    assert update_shards(tiles(), tmp_path / "out", **QUIET)[1:4] == ((), len(before), 0)
    ids = np.asarray(Image.open(source.pairs[1].mask)).copy()
    ids[:2, :2] = 3
    Image.fromarray(ids).save(source.pairs[1].mask)
    done = update_shards(tiles(), tmp_path / "out", **QUIET)
    after = records(tmp_path / "out")
    assert len(done.changed) == 1 and done.changed[0].startswith("card-0001") and [name for name in before if before[name] != after[name]] == list(done.changed)
    assert check_shards(tmp_path / "out", deep=True) == []


def test_names_with_a_folder_of_a_tool(source, out):
    "A split or images/ before the name is what tools put there; any other folder makes another name."
    repaint(source, 6)
    pair, = cards_again(source).take([6]).pairs
    for name, changed in (("images/card-0006", ("card-0006",)), ("val/card-0006", ())):
        assert update_shards(replace(source.take([6]), pairs=(replace(pair, name=name),)), out, **QUIET).changed == changed
    with pytest.raises(DataError, match="no record is called 'other/card-0006'"):
        update_shards(replace(source.take([6]), pairs=(replace(pair, name="other/card-0006"),)), out, **QUIET)


def test_what_a_source_left_out_and_assumed_is_told(source, out, tmp_path, capsys):
    folder = Path(source.pairs[0].image).parents[1]
    (folder / "seg/card-0003.png").write_bytes(b"no image")
    assert main(["write", f"{folder}/img", f"{folder}/seg", str(out), "--update", "--append", "--on-error", "skip"]) == 0
    told = capsys.readouterr().out
    assert "left out: " in told and "card-0003" in told and "0 changed, 6 unchanged, 1 added" in told
    export_shards(out, tmp_path / "there", "labelme", **QUIET)
    (tmp_path / "there/tfrseg_export.json").unlink()
    (tmp_path / "there/labels.txt").unlink()
    assert main(["write", "--layout", "auto", str(tmp_path / "there"), str(out), "--update"]) == 0
    assert "assumed: read as layout labelme" in capsys.readouterr().out


def test_many_classes_that_overlap_are_compared(tmp_path):
    "Bits of 32 take no table of all their values."
    rng = np.random.default_rng(0)
    elements = [{"image": rng.integers(0, 255, (6, 7, 3), np.uint8), "mask": rng.integers(0, 2, (6, 7, 20), np.uint8), "name": f"s{n}"} for n in range(2)]
    def make(): return array_source(elements, name="name", overlap=True, class_names=[f"c{k}" for k in range(20)], **QUIET)
    write_shards(plan_shards(make(), tmp_path / "a"), **QUIET)
    elements[1] = elements[1] | {"mask": 1 - elements[1]["mask"]}
    write_shards(plan_shards(make(), tmp_path / "b"), **QUIET)
    found = diff_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert found.changed == ("s1",) and sum(found.masks[0].classes.values()) == 6 * 7 * 20
