"Truth and predictions of every kind side by side: the counts are those of `evaluate`, the order is that of NumPy, and nothing is lost without a line."
import json
import re

import keras
import numpy as np
import pytest
from PIL import Image

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card
from tfrseg.core import DataError
from tfrseg.explorer.browser import explore_records
from tfrseg.explorer.compared import PackedMask, PairCounts, class_scores, pack_mask, record_iou
from tfrseg.explorer.compared import samples_of
from tfrseg.explorer.comparison import _error_table, compare
from tfrseg.explorer.viewer import class_table
from tfrseg.palette import as_lab, color_difference, label_colors
from tfrseg.reader.pipeline import make_dataset
from tfrseg.sources.arrays import array_source
from tfrseg.sources.splits import split_source
from tfrseg.storage.flags import read_flags
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.shards import open_shards
from tfrseg.training.evaluation import evaluate
from tfrseg.training.export import save_model
from tfrseg.training.metrics import Confusion
from tfrseg.training.prediction import predict
from tfrseg.training.small_unet import unet
from tfrseg.writer.write import plan_shards, write_shards


def quiet(*args, **options): return compare(*args, **{"show_progress": False} | options)


@pytest.fixture(scope="module")
def truth(shards): return {s["image"].tobytes(): s["mask"] for s in open_shards(shards)}


@pytest.fixture(scope="module")
def shifted(truth):
    "A model that draws all a few pixels too far to the right and takes stamps for cards."
    def shifted(images):
        masks = np.roll([truth[np.asarray(image, np.uint8).tobytes()] for image in images], 4, axis=2)
        return np.where(masks == 4, 1, masks).astype(np.uint8)

    return shifted


@pytest.fixture(scope="module")
def other(truth):
    "A model that draws all too far down."
    return lambda images: np.roll([truth[np.asarray(image, np.uint8).tobytes()] for image in images], 9, axis=1)


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(3)
    return unet(5, width=2, depth=1)


def written(samples, out, names=CARD_CLASSES, **options):
    source = array_source(samples, name="name", class_names=names, show_progress=False, **options)
    write_shards(plan_shards(source, out, records_per_shard=4), show_progress=False)
    return out


# ---- the same counts as evaluate

def test_it_counts_as_evaluate_does(shards, shifted):
    found, told = quiet(shards, shifted, split="train"), evaluate(shifted, shards, "train", show_progress=False)
    assert isinstance(found.confusion, Confusion)
    np.testing.assert_array_equal(found.confusion.matrix, told.confusion.matrix)
    assert (found.mean_iou, found.confusion.ignored) == (told.mean_iou, told.confusion.ignored)
    assert [found.samples[k]["name"] for k in found.order] == [record.name for record in told.records]
    np.testing.assert_allclose(found.sample_iou[found.order], [record.mean_iou for record in told.records])


def test_models_by_tiles_count_as_evaluate_does(shards, model):
    found = quiet(shards, model, split="val", tile=(32, 48), overlap=8)
    told = evaluate(model, shards, "val", (32, 48), 8, show_progress=False)
    np.testing.assert_array_equal(found.confusion.matrix, told.confusion.matrix)


def test_ignored_pixels_and_records_without_any(tmp_path):
    cards = [make_card(k, (40, 60)) for k in range(3)]
    cards[0]["mask"][:], cards[1]["mask"][:10] = 255, 255
    path, zeros = written(cards, tmp_path / "cards", ignore_label=255), lambda images: np.zeros(images.shape[:3], np.uint8)
    found = quiet(path, zeros)
    told = evaluate(zeros, path, show_progress=False, labels=LabelMap(CARD_CLASSES))
    np.testing.assert_array_equal(found.confusion.matrix, told.confusion.matrix)
    assert found.confusion.ignored == told.confusion.ignored == 40 * 60 + 10 * 60
    assert np.isnan(found.sample_iou[0]) and found.order[-1] == 0


@pytest.mark.parametrize("top", (5, 255, 1000))
def test_pairs_are_counted_as_a_table(top):
    rng, counts = np.random.default_rng(top), PairCounts()
    pairs = [rng.integers(0, top, (2, 30, 40, 1), np.uint16) for _ in range(3)]
    for true, found in pairs: counts.add(true, found, 65535)
    for k, (true, found) in enumerate(pairs):
        table, rows = Confusion(top, 65535).add(true, found), counts.rows[counts.rows[:, 0] == k]
        again = np.zeros_like(table.matrix)
        again[rows[:, 1], rows[:, 2]] = rows[:, 3]
        np.testing.assert_array_equal(again, table.matrix)
        assert record_iou(class_scores(counts.rows), 3)[k] == pytest.approx(table.mean_iou)


@pytest.mark.parametrize("dtype", (np.uint8, np.uint16))
def test_masks_come_back_as_they_were(dtype):
    mask = np.random.default_rng(0).integers(0, np.iinfo(dtype).max, (17, 31, 1), dtype)
    packed = pack_mask(mask)
    assert isinstance(packed, PackedMask) and packed.ids.dtype == dtype
    np.testing.assert_array_equal(packed.ids, mask)


# ---- the truth: paths, shards, sources, pipelines, arrays

def test_every_form_of_the_truth(shards, source, shifted):
    samples = list(open_shards(shards))
    batches = [(np.stack([s["image"] for s in samples]), np.stack([s["mask"] for s in samples]))]
    pipeline = make_dataset(shards, None, shuffle=False, batch_size=5, show_progress=False)
    forms = {"text": quiet(str(shards), shifted, n=None, split=None).compared.total, "opened": quiet(open_shards(shards), shifted),
             "source": quiet(source, shifted), "pipeline": quiet(pipeline, shifted), "samples": quiet(samples, shifted, class_names=CARD_CLASSES),
             "batches": quiet(batches, shifted, class_names=CARD_CLASSES)}
    assert forms.pop("text") == 3  # of split val
    tables = {name: form.confusion for name, form in forms.items()}
    for name, table in tables.items():
        np.testing.assert_array_equal(table.matrix, tables["opened"].matrix, name)
        assert table.labels.class_names == CARD_CLASSES
    names = [s["name"].decode() for s in samples]
    for name in ("opened", "pipeline", "samples"): assert forms[name].compared.names == names
    assert sorted(forms["source"].compared.names) == sorted(names) and forms["batches"].compared.names == [""] * 12


def test_a_pipeline_brings_classes_colours_and_names(shards, shifted):
    made = make_dataset(shards, "val", batch_size=2, show_progress=False)
    names = [open_shards(shards, "val").name(k) for k in range(3)]
    for data in (made, made.take(2), made.prefetch(2)):
        found = quiet(data, shifted)
        assert found.compared.names == names and list(found.scores) == list(CARD_CLASSES)
    mapped = quiet(made.map(lambda image, mask: (image, mask)), shifted)
    assert mapped.compared.names == [""] * 3 and list(mapped.scores) == list(CARD_CLASSES)
    assert any("outputs=('image', 'mask', 'name')" in line for line in mapped.lines)
    asked = make_dataset(shards, "train", outputs=("mask", {"image": "image"}, "name"), show_progress=False)
    assert sorted(quiet(asked, shifted).compared.names) == sorted(open_shards(shards, "train").name(k) for k in range(9))


def test_a_pipeline_without_masks_is_refused(shards):
    with pytest.raises(TypeError, match="without image or mask"):
        quiet(make_dataset(shards, "val", outputs="image", show_progress=False), lambda images: images)


def test_how_many_of_how_many_is_said(shards, shifted):
    found = quiet(shards, shifted, split="train", n=4)
    assert any(line.startswith("4 of 9 records of") and "n=None compares all" in line for line in found.lines)
    assert "4 of 9 records of split train" in found.meta["status"]
    assert len(quiet(shards, shifted, split="train", n=None).samples) == 9
    assert any("split val of train, val is compared" in line for line in quiet(shards, shifted).lines)


def test_little_is_kept_of_shards(shards, shifted):
    "Images are read again; masks are packed."
    found = quiet(shards, shifted, split="train")
    assert found.compared.pictures == [None] * 9
    packed = sum(len(mask.data) for mask in (*found.compared.truth, *found.compared.predicted["prediction"]))
    assert packed < 2 * 9 * 90 * 120 / 4
    assert found.samples[2]["image"] == open_shards(shards, "train").features(2)["image/encoded"][0]


# ---- the other side: models, folders, shards

def test_a_model_of_one_size_says_that_images_go_in_as_tiles():
    "One line, however many images."
    cards = [make_card(k, (60, 80)) for k in range(3)]
    model = keras.Sequential([keras.Input((64, 96, 3)), keras.layers.Conv2D(6, 1)])
    said = [line for line in compare(cards, model, show_progress=False).lines if "takes images of 64 x 96 pixels" in line]
    assert len(said) == 1 and "reflected at the border" in said[0]


def test_keras_draws_no_bar(shards, model, capsys):
    for given in (model, model.predict, model.predict_on_batch): quiet(shards, given)
    assert capsys.readouterr().out == ""


def test_every_form_of_a_model(shards, model, tmp_path):
    labels = open_shards(shards).info.labels
    save_model(model, tmp_path / "model.keras", labels)
    tables = [quiet(shards, given).confusion.matrix for given in (model, model.predict, tmp_path / "model.keras", str(tmp_path / "model.keras"))]
    scores = model.predict(np.stack([s["image"] for s in open_shards(shards, "val")]).astype(np.float32), verbose=0)
    tables.append(quiet(shards, scores).confusion.matrix)
    for table in tables: np.testing.assert_array_equal(table, tables[0])


def test_a_model_of_other_classes_is_refused(shards):
    with pytest.raises(DataError, match="tells 3 classes apart; the class table has 5"): quiet(shards, unet(3, width=2, depth=1))


@pytest.mark.parametrize("split", (None, "val"))
def test_a_folder_that_predict_wrote(shards, shifted, split, tmp_path):
    "Its masks, also where each split has a folder of its own."
    predict(shifted, shards, tmp_path / "masks", split=split, show_progress=False)
    np.testing.assert_array_equal(quiet(shards, tmp_path / "masks").confusion.matrix, quiet(shards, shifted).confusion.matrix)


def test_a_folder_of_any_masks(shards, shifted, tmp_path):
    "With any ending; what is missing is counted, and what does not fit is named."
    opened = open_shards(shards, "val")
    names, masks = [opened.name(k) for k in range(3)], shifted([opened.sample(k)["image"] for k in range(3)])[..., 0]
    Image.fromarray(masks[0]).save(tmp_path / f"{names[0]}.tif")
    Image.fromarray(masks[1]).save(tmp_path / f"{names[1]}.png")
    found = quiet(opened, tmp_path)
    assert found.compared.names == names[:2]
    assert any(line.startswith("1 record has no prediction in") and names[2] in line for line in found.lines)
    Image.fromarray(masks[2][:9]).save(tmp_path / f"{names[2]}.png")
    with pytest.raises(DataError, match=f"{names[2]}: a mask of 90 x 120 pixels and a prediction of 9 x 120"): quiet(opened, tmp_path)


def test_colours_in_a_folder_are_those_of_the_truth(tmp_path):
    cards = [make_card(0, (40, 60))]
    path = written(cards, tmp_path / "cards", palette=CARD_PALETTE)
    (tmp_path / "masks").mkdir()
    Image.fromarray(np.array([*CARD_PALETTE], np.uint8)[cards[0]["mask"][..., 0]]).save(tmp_path / "masks" / f"{cards[0]['name']}.png")
    assert quiet(path, tmp_path / "masks").confusion.pixel_accuracy == 1


def test_an_empty_folder_is_refused(shards, tmp_path):
    (tmp_path / "masks").mkdir()
    with pytest.raises(ValueError, match="0 samples to compare: 3 records have no prediction in"): quiet(shards, tmp_path / "masks")


def test_two_versions_of_labels(tmp_path):
    "Records are matched by name over all splits, classes by name whatever their ids; new classes and lost records are counted."
    old = [make_card(k, (40, 60)) for k in range(6)]
    order = ("stamp", "background", "card", "photo", "text", "hologram")
    table = np.array([order.index(name) for name in CARD_CLASSES])
    new = [card | {"mask": table[card["mask"]].astype(np.uint8)} for card in old[1:]][::-1]
    new[0]["mask"][:5] = 5
    written(old, tmp_path / "old")
    source = array_source(new, name="name", class_names=order, show_progress=False)
    write_shards(plan_shards(split_source(source, train=0.5, val=0.5), tmp_path / "new"), show_progress=False)
    found = quiet(tmp_path / "old", tmp_path / "new")
    assert found.compared.names == [card["name"] for card in old[1:]]
    assert found.confusion.labels.class_names == (*CARD_CLASSES, "hologram")
    wrong = found.confusion.matrix.sum() - np.trace(found.confusion.matrix)
    assert wrong == 5 * 60 == found.confusion.matrix[:, 5].sum()
    lines = "\n".join(found.lines)
    assert "5 of 6 have another id there" in lines and "1 class that the truth does not have: hologram" in lines
    assert f"1 record has no prediction in {tmp_path / 'new'}, such as {old[0]['name']}" in lines
    assert found.samples[int(found.order[0])]["name"] == new[0]["name"]


def test_pixels_that_one_version_ignores_do_not_count(tmp_path):
    cards = [make_card(k, (40, 60)) for k in range(2)]
    written(cards, tmp_path / "old")
    masks = [card | {"mask": np.where(card["mask"] == 4, 255, card["mask"]).astype(np.uint8)} for card in cards]
    written(masks, tmp_path / "new")
    found = quiet(tmp_path / "old", tmp_path / "new")
    stamps = sum(int((card["mask"] == 4).sum()) for card in cards)
    assert found.confusion.pixel_accuracy == 1 and found.confusion.ignored == stamps
    assert any(line.startswith(f"{stamps:,} pixels are ignored in") for line in found.lines)


def test_records_of_one_name_cannot_be_matched(tmp_path):
    cards = [make_card(k, (40, 60)) for k in range(2)]
    written(cards, tmp_path / "old")
    sources = [array_source(cards[:1], name="name", class_names=CARD_CLASSES, show_progress=False) for _ in range(2)]
    for k, each in enumerate(sources): write_shards(plan_shards(each, tmp_path / f"new{k}"), show_progress=False)
    both = open_shards([*(tmp_path / "new0").glob("*.tfrecord"), *(tmp_path / "new1").glob("*.tfrecord")])
    with pytest.raises(DataError, match="2 records with 1 names; they are matched by name"): quiet(tmp_path / "old", both)


@pytest.mark.parametrize("models", ({}, {"a": [], "b": [], "c": []}, {1: []}))
def test_one_or_two_models(shards, models):
    with pytest.raises(ValueError, match="wanted one or two, by name"): quiet(shards, models)


# ---- what is shown

def test_pictures_of_two_models(shards, shifted, other):
    found = quiet(shards, {"first": shifted, "second": other})
    pictures = found._record(0)["pictures"]
    assert [p["title"] for p in pictures] == ["truth", "first", "second", "errors of first", "errors of second"]
    assert len({id(p["image"]) for p in pictures}) == 1
    sample = found.samples[int(found.order[0])]
    for k in (1, 2):
        np.testing.assert_array_equal(pictures[2 + k]["mask"] == 1, pictures[k]["mask"] != sample["mask"])
    assert "first" in found.meta["status"] and "second" in found.meta["status"]


@pytest.mark.parametrize("palette", (CARD_PALETTE, label_colors(32), [(255, 0, 0), (255, 0, 255), (0, 0, 0), (255, 128, 0)]))
def test_errors_have_colours_that_no_class_has(palette):
    classes = class_table([f"class {k}" for k in range(len(palette))], palette)
    colors = as_lab(np.array([c["color"] for c in classes]))
    wrong, marked = (as_lab(np.array(row["color"])) for row in _error_table(classes) if row["name"] in ("wrong", "the marked confusion"))
    for one in (wrong, marked): assert color_difference(one, colors).min() > 10
    assert color_difference(wrong, marked) > 10


def test_no_class_is_taken_for_background(shards, other):
    found = quiet(shards, lambda images: np.zeros(images.shape[:3], np.uint8))
    assert found.meta["classes"][0]["name"] == "background" and found.view["hidden"] == []
    assert "background" in found.scores


def test_the_legend_has_iou_here_and_over_all(shards, shifted):
    found = quiet(shards, shifted, split="train")
    first, whole = found._record(0)["scores"], found.confusion.iou
    here = found.record_iou("prediction", 1)[found.order[0]]
    assert first["1"] == f"{here:.2f}  {whole[1]:.2f}" and found.meta["scores"]["4"].endswith("0.00")
    assert found._record(0)["note"].splitlines()[1].startswith("stamp 0.00")


# ---- selection

def test_sorted_by_any_class(shards, shifted):
    found = quiet(shards, shifted, split="train")
    for class_id, name in enumerate(CARD_CLASSES[:4]):
        order = found.select(sort=f"iou {name}")
        iou = found.record_iou("prediction", class_id)
        assert (np.diff(iou[order]) >= 0).all() and len(order) == 9 and found.position == 0
        assert list(found.select(sort=f"iou {class_id}")) == list(order)
    assert list(found.select(sort="order")) == list(range(9))


def test_a_class_that_a_record_lacks_comes_last():
    masks = [np.full((4, 4), k, np.uint8) for k in (0, 1, 0)]
    samples = [{"image": np.zeros((4, 4, 3), np.uint8), "mask": mask[..., None], "name": f"{k}"} for k, mask in enumerate(masks)]
    found = quiet(samples, [masks[0], np.roll(np.triu(masks[1]), 1), masks[2]])
    assert list(found.select(sort="iou class 1"))[0] == 1


def test_records_of_a_confusion(shards, shifted, truth):
    found = quiet(shards, shifted, split="train")
    order = found.select(cell=("stamp", "card"))
    shards = open_shards(shards, "train")
    pixels = [int(((s["mask"] == 4) & (shifted([s["image"]])[0] == 1)).sum()) for s in shards]
    assert list(order) == [k for k in np.argsort(-np.array(pixels), kind="stable") if pixels[k]]
    record = found._record(0)
    assert (record["pictures"][2]["mask"] == 2).sum() == pixels[order[0]] and "pixels of stamp taken for card" in record["note"]
    assert found.meta["query"]["cell"] == [4, 1] and found.meta["count"] == len(order)
    assert list(found.select(cell=(4, 1))) == list(order)
    assert len(found.select(cell=("card", "stamp"))) == 0 and found.meta["count"] == 0


def test_models_that_differ(shards, shifted, other):
    found = quiet(shards, {"a": shifted, "b": other}, split="train")
    order, gap = found.select(sort="difference"), np.abs(found.record_iou("a") - found.record_iou("b"))
    assert (np.diff(gap[order]) <= 0).all() and gap[order[0]] == gap.max()
    found.select(model="b")
    assert found.mean_iou == quiet(shards, other, split="train").mean_iou
    assert found.meta["scores"] != quiet(shards, shifted, split="train").meta["scores"]


def test_the_canvas_asks_in_words(shards, shifted):
    found = quiet(shards, shifted, split="train")
    names, version = found.compared.names, found.meta["version"]
    found._on_message({"select": {"text": names[5][-4:].upper(), "sort": "order", "size": [1, 2], "asked": "x"}})
    assert [names[k] for k in found.order] == [names[5]] and found.meta["version"] == version + 1
    assert found.meta["query"] == {"text": names[5][-4:].upper(), "sort": "order", "asked": "x"}
    found._on_message({"select": {"sort": "order", "reverse": True}})
    assert list(found.order) == list(range(9))[::-1]
    found._on_message({"flagged": [3]})
    found._on_message({"select": {"flagged": True, "asked": "y"}})
    assert list(found.order) == [3]


@pytest.mark.parametrize("words", ({"sort": "worst"}, {"cell": [1, 2, 3]}, {"cell": [1, 5]}, {"model": 1}, {"model": True}, {"text": 5}, {"cell": ["1", 2]}, "all", 7,
                                   {"sort": "iou"}, {"sort": "iou", "by": 5}, {"sort": "iou", "by": -1}, {"text": "a" * 2000}, {"cell": "1 2"}, {"flagged": "yes"}))
def test_what_is_no_query_changes_nothing(shards, shifted, words):
    found = quiet(shards, shifted)
    before, order = dict(found.meta), list(found.order)
    found._on_message({"select": words})
    assert found.meta == before and list(found.order) == order


def test_flags_are_those_of_the_browser(shards, shifted, tmp_path):
    "One list serves both: a record that is flagged here is flagged there."
    found = quiet(shards, shifted, split="train")
    found.keep_flags(tmp_path / "bad.txt")
    found._on_message({"flagged": [found._number(0)]})
    name = found.samples[int(found.order[0])]["name"]
    assert [flag.name for flag in read_flags(tmp_path / "bad.txt")] == found.flagged_names == [name]
    browser = explore_records(shards, "train")
    browser.keep_flags(tmp_path / "bad.txt")
    assert browser.flagged_names == [name]
    assert list(found.select(only_flagged=True)) == [found.order[0]]


def test_tags_and_notes_go_into_the_list(shards, shifted, tmp_path):
    found = quiet(shards, shifted, split="train")
    found.keep_flags(tmp_path / "bad.txt")
    found.tag(2, "wrong mask", note="the stamp is missing")
    found._on_message({"tag": {"numbers": [4], "add": ["cut"]}})
    found._on_message({"tag": {"numbers": [99], "add": ["cut"]}})
    listed = {flag.name: (flag.tags, flag.note) for flag in read_flags(tmp_path / "bad.txt")}
    assert listed == {found.compared.names[2]: ("wrong mask", "the stamp is missing"), found.compared.names[4]: ("cut", "")}
    assert explore_flags(shards, tmp_path / "bad.txt") == {2: ("wrong mask",), 4: ("cut",)}
    with pytest.raises(IndexError, match="record 77 is not compared"): found.tag(77, "x")


def explore_flags(shards, path):
    browser = explore_records(shards, "train")
    browser.keep_flags(path)
    return browser.tags


def test_samples_without_shards_are_flagged_by_name(tmp_path):
    cards = [make_card(k, (40, 60)) for k in range(3)]
    found = quiet(cards, [card["mask"] for card in cards])
    (tmp_path / "bad.txt").write_text(f"{cards[2]['name']}\nanother\n")
    found.keep_flags(tmp_path / "bad.txt")
    assert found.flagged == [2]
    found._on_message({"flagged": [0, 99]})
    assert sorted(flag.name for flag in read_flags(tmp_path / "bad.txt")) == sorted([cards[0]["name"], cards[2]["name"], "another"])


# ---- pages and figures

def data_of(page): return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


def test_a_page_keeps_matrix_and_order(shards, shifted):
    found = quiet(shards, shifted, split="train")
    found.select(sort="iou card")
    data = data_of(found.to_html())
    names = [found.samples[k]["name"] for k in found.order]
    assert [r["record"]["name"] for r in data["records"]] == names and data["meta"]["query"] == {"sort": "iou", "by": 1, "asked": ""}
    table = found.confusion.matrix
    ids = data["meta"]["matrix"]["ids"]
    assert data["meta"]["matrix"]["counts"][0] == table[np.ix_(ids, ids)].tolist() and ids == list(range(5))
    assert data["meta"]["finds"] and not data["meta"]["flags"] and found.meta["status"] in data["meta"]["about"][0]
    cells = data["records"][0]["record"]["facts"][0]["cells"]
    assert sum(pixels for *_, pixels in cells) == 90 * 120


def test_marks_of_a_page_are_made_in_the_page(shards, shifted):
    found = quiet(shards, shifted, split="train")
    plain = found.to_html()
    found.select(cell=("stamp", "card"))
    marked = found.to_html()
    buffers = [{r["record"]["name"]: r["buffers"] for r in data_of(page)["records"]} for page in (plain, marked)]
    for name, buffer in buffers[1].items(): assert buffer == buffers[0][name]
    assert found.query.cell == (4, 1)


def test_the_errors_have_a_legend(shards, shifted):
    found = quiet(shards, shifted)
    def words(figure): return [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    assert {"wrong", *CARD_CLASSES} <= set(words(found.figure(0)))
    found.select(cell=("stamp", "card"))
    assert {"wrong", "the marked confusion", *CARD_CLASSES} <= set(words(found.figure(0)))
    assert len(words(found.figure(0))) == len(set(words(found.figure(0))))


def test_rare_classes_are_left_out_of_the_matrix_with_a_count():
    rng = np.random.default_rng(0)
    mask = rng.integers(0, 60, (80, 80, 1)).astype(np.uint8)
    found = quiet([{"image": np.zeros((80, 80, 3), np.uint8), "mask": mask, "name": "a"}], [mask])
    assert len(found.meta["matrix"]["ids"]) == 48 and found.meta["matrix"]["left_out"] == 12


def test_classes_that_occur_nowhere_have_no_score(tmp_path):
    mask = np.eye(8, 9, dtype=np.uint8)[..., None]
    out = written([{"image": np.zeros((8, 9, 3), np.uint8), "mask": mask, "name": "one"}], tmp_path / "out", ("ground", "line", "nowhere"))
    found = quiet(out, lambda images: np.stack([mask] * len(images)))
    assert found.scores == {"ground": 1, "line": 1} and found.mean_iou == 1


def test_how_many_samples_a_list_holds():
    "One each, where none of them is a batch; of batches it is not known before they come."
    one, batch = {"image": np.zeros((4, 5, 3), np.uint8), "mask": np.zeros((4, 5, 1), np.uint8)}, {"image": np.zeros((2, 4, 5, 3), np.uint8), "mask": np.zeros((2, 4, 5, 1), np.uint8)}
    assert [samples_of(data).count for data in ([one] * 3, [batch] * 3, [one, batch], iter([one]))] == [3, None, None, None]
    assert len(list(samples_of([one, batch]).each)) == 3
