"""What a newcomer tries in the first hour: a path where something else was wanted, class 0 that is no background, odd names."""
import io
import json
import os
import re
import shutil
import warnings
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

import tfrseg
from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card, make_folder
from tfrseg.codec import LabelMap
from tfrseg.explore import RecordBrowser, RecordFacts, explore_records
from tfrseg.figures import plot_summary
from tfrseg.plot import background_id, check_batch, colorize, cut_middle, overlay, show_batch, show_pair, show_steps
from tfrseg.policy import natural
from tfrseg.predictions import compare
from tfrseg.reader import open_shards, read_dataset
from tfrseg.report import Summary, class_weights, count_classes, summarize
from tfrseg.shards import load_info
from tfrseg.sources import folder_source
from tfrseg.tune import explore_augment
from tfrseg.viewer import Viewer, class_table, draw_pictures
from tfrseg.writer import plan_shards, write_shards

HOSTILE = ("$50%_$ note", "_background_", r"\frac{1", "a$b", "x^2_{", "%d {x:g} {0}", r"\$", "<b>&amp;", "two\nlines", "_", "$$", r"$\nosuch$")


def texts(figure): return {text.get_text() for text in figure.findobj(Text)}


def saved(figure):
    "A figure is drawn; what matplotlib has to say of missing letters does not matter here."
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure.savefig(io.BytesIO())
    return figure


@pytest.fixture(scope="module")
def named(source, tmp_path_factory):
    "Writes the cards with other names for the classes."
    def write(*names, masks=None):
        out = tmp_path_factory.mktemp("named") / "out"
        given = replace(source, labels=replace(source.labels, class_names=tuple(names), palette={}))
        write_shards(plan_shards(given, out), show_progress=False)
        return out

    return write


# ---- class 0

@pytest.mark.parametrize("name", ("background", "Background", "_background_", "__BACKGROUND__", "back-ground", "bg", "void", "Unlabelled", "unlabeled",
                                  "ignore", "ignored", "Ignore_Region"))
def test_names_of_the_background(name):
    assert background_id([name, "cat"], 0.0) == background_id({0: name}) == 0


@pytest.mark.parametrize("name", ("sky", "facade", "bag", "voiding", "avoid", "my background dog", "class 1", "0 dollars"))
def test_other_names_are_classes_whatever_their_share(name):
    assert background_id([name, "background"], 1.0) is None


@pytest.mark.parametrize("names", ((), ("",), ("class 0",), ("Class_0", "class_1"), ("0",), ("#000000",), None))
def test_without_a_name_the_share_decides(names):
    assert [background_id(names, share) for share in (0.31, 0.3, 0.0, None, lambda: 0.5)] == [0, None, None, None, 0]


def test_the_share_is_asked_for_only_where_it_matters():
    assert background_id(["sky"], lambda: 1 / 0) is None and background_id(["void"], lambda: 1 / 0) == 0


@pytest.mark.fault("class 0 is sky, or any other class", "-", "shown like any class; only its name makes it background, or 30 % of the pixels where it has none")
def test_a_class_0_that_is_no_background_is_shown_everywhere(named):
    sky, void = named("sky", *CARD_CLASSES[1:]), named("void", *CARD_CLASSES[1:])
    for path, hidden in ((sky, []), (void, [0])):
        browser, names = explore_records(path), load_info(path).labels.class_names
        first = next(c for c in browser.about["classes"] if c["id"] == 0)
        assert browser.view["hidden"] == explore_augment(path).viewer.view["hidden"] == hidden
        assert any(first["color"]) == (not hidden)
        sample = open_shards(path).sample(0)
        zero = sample["mask"][..., 0] == 0
        drawn = lambda figure: figure.axes[-1].images[0].get_array()
        over = overlay(sample["image"], sample["mask"], class_names=names)
        for picture in (over, drawn(show_pair(sample, names)), drawn(show_steps([[sample]], class_names=names)), drawn(browser.figure(0))):
            assert (np.asarray(picture)[zero] == sample["image"][zero]).all() == bool(hidden)
            assert not (np.asarray(picture)[~zero] == sample["image"][~zero]).all()
        bars = plot_summary(path).axes[0].patches
        assert any(bars[0].get_facecolor()[:3]) == (not hidden)


def test_the_largest_area_is_of_all_classes_where_none_is_background(named):
    for first, none in (("sky", True), ("background", False)):
        browser = explore_records(named(first, *CARD_CLASSES[1:]))
        assert browser.selection.scan.facts.background == (None if none else 0)
    facts = RecordFacts(255, None)
    for name, mask in (("a", [[0, 0, 0]]), ("b", [[1, 1]])): facts.add(name, np.array(mask))
    assert facts.select(sort="largest").tolist() == [0, 1]


def test_unnamed_class_0_goes_by_its_share():
    "Few pixels of 0: a class with a colour; many: the background. Shards, samples and masks alike."
    few, many = np.uint8([[[0], [1], [1], [2]]]), np.uint8([[[0], [0], [0], [2]]])
    for mask, hidden in ((few, []), (many, [0])):
        sample = {"image": np.full((1, 4, 3), 200, np.uint8), "mask": mask}
        assert explore_augment(sample, natural((1, 4))).viewer.view["hidden"] == hidden
        assert Viewer(lambda k: {"pictures": [sample]}, 1).view["hidden"] == hidden
        assert (overlay(sample["image"], mask)[0, 0] == 200).all() == bool(hidden)
        assert (draw_pictures([sample]).axes[1].images[0].get_array()[0, 0] == 200).all() == bool(hidden)
    assert Viewer(lambda k: 1 / 0, 3).view["hidden"] == []


def test_a_comparison_hides_nothing():
    "A prediction of class 0 is seen as one, also where 0 is the background."
    cards = [make_card(k, (45, 60)) for k in range(2)]
    comparison = compare(cards, [np.zeros((45, 60))] * 2, class_names=CARD_CLASSES)
    assert comparison.view["hidden"] == []
    image, truth, prediction, errors = (np.asarray(ax.images[0].get_array(), int) for ax in comparison.figure(0).axes)
    assert (prediction != image).any(-1).mean() > 0.9
    right = comparison.samples[comparison.order[0]]["mask"][..., 0] == 0
    assert (errors[right] == image[right]).all()  # what is right is clear


def test_a_mask_of_one_class_is_called_by_its_name():
    flat = [{"image": np.arange(12).reshape(2, 2, 3), "mask": np.zeros((2, 2, 1), np.uint8)}]
    said = lambda names: check_batch(flat, names)
    assert said(["sky", "b"]) == ["1 of 1 masks hold sky alone"] and said(["void", "b"]) == said(None) == ["1 of 1 masks hold background alone"]


# ---- weights

def test_weights_are_those_of_the_training_split(shards):
    info = load_info(shards)
    train = class_weights(info.total("pixels", "train"), ignore_label=255)
    assert class_weights(shards) == class_weights(str(shards)) == class_weights(info) == class_weights(count_classes(shards, "train")) == train
    assert train != class_weights(info.total("pixels"), ignore_label=255)
    assert class_weights(shards, split="val") == class_weights(info.total("pixels", "val"), ignore_label=255)
    median = class_weights(info.total("pixels", "train"), info.total("images", "train"), "median", 255)
    assert class_weights(shards, method="median") == class_weights(count_classes(shards, "train"), method="median") == median
    for split in (None, "val"):
        report = summarize(shards, split)
        assert {row[0]: row[-1] for row in report.classes} == train and "split train" in report.facts["weights"] and "split train" in str(report)


def test_weights_of_shards_without_an_info(shards, tmp_path):
    "Names of files tell the split; each record is read once for both counts."
    for file in shards.glob("*.tfrecord"): shutil.copy(file, tmp_path)
    assert class_weights(tmp_path) == class_weights(shards)
    here, there = summarize(tmp_path, show_progress=False), summarize(shards)
    assert [row[2:] for row in here.classes] == [row[2:] for row in there.classes] and "split train" in here.facts["weights"]
    alone = sorted(tmp_path.glob("val*"))
    assert "all records" in summarize(alone, show_progress=False).facts["weights"]
    assert class_weights(alone) == class_weights(shards, split="val")


def test_the_ignore_label_has_no_weight(cards, tmp_path):
    folder = shutil.copytree(cards, tmp_path / "c")
    for path in (folder / "seg").iterdir():
        mask = np.asarray(Image.open(path)).copy()
        mask[:9] = 255
        Image.fromarray(mask).save(path)
    source = folder_source(folder / "img", folder / "seg", class_names=CARD_CLASSES, show_progress=False)
    write_shards(plan_shards(source, tmp_path / "out"), show_progress=False)
    assert sorted(class_weights(tmp_path / "out")) == sorted(class_weights(count_classes(tmp_path / "out"))) == [0, 1, 2, 3, 4]
    assert 0 not in class_weights(tmp_path / "out", ignore_label=0)


@pytest.mark.parametrize("given, error", ((5, TypeError), (None, TypeError), ([1, 2], TypeError), ({"train": {0: 1}}, TypeError), ("nowhere", FileNotFoundError)))
def test_weights_of_something_else(given, error):
    with pytest.raises(error) as e: class_weights(given)
    assert "\n" not in str(e.value) and ("wanted a path of shards" in str(e.value) or "no such file" in str(e.value))


def test_a_loss_says_that_it_wants_weights():
    with pytest.raises(ValueError, match="class_weights 'shards'; wanted numbers by id"): tfrseg.SegmentationLoss("shards")


# ---- paths where other things were wanted

@pytest.mark.parametrize("form", (str, lambda p: p, lambda p: sorted(p.glob("*.tfrecord")), lambda p: [str(f) for f in p.glob("*.tfrecord")], open_shards),
                         ids=("text", "path", "files", "texts", "opened"))
def test_a_batch_of_shards(shards, form):
    figure = saved(show_batch(form(shards), 3))
    titles = [ax.get_title() for ax in figure.axes[:3]]
    assert titles == [open_shards(shards).sample(k)["name"].decode() for k in (0, 4, 8)] if form in (str, open_shards) else len(set(titles)) == 3
    said = [t.get_text().rsplit(" ", 2)[0] for t in figure.legends[0].get_texts()]
    assert said == (list(CARD_CLASSES) if form in (str, open_shards) or not isinstance(form(shards), list) else ["0", "1", "2", "3", "4"])


def test_comparing_shards(shards):
    "Names and colours come along; the split that is for judging is taken, and said; images are as `make_dataset` gives them."
    fed = []
    right = {s["image"].tobytes(): s["mask"] for s in read_dataset(shards).as_numpy_iterator()}
    comparison = compare(shards, lambda images: (fed.append(images), [right[i.astype(np.uint8).tobytes()] for i in images])[1])
    assert comparison.mean_iou == 1 and list(comparison.scores) == list(CARD_CLASSES)
    assert len(comparison.samples) == load_info(shards).records("val") and comparison.about["status"].endswith("of split val")
    assert fed[0].dtype == np.float32 and fed[0].shape == (1, 90, 120, 3)
    assert [s["name"] for s in comparison.samples] == [s["name"].decode() for s in read_dataset(shards, "val").as_numpy_iterator()]
    zeros = lambda images: np.zeros((len(images), 90, 120))
    assert len(compare(str(shards), zeros, split="train").samples) == load_info(shards).records("train")
    assert len(compare(shards, zeros, split="train", n=2).samples) == 2
    with pytest.raises(ValueError, match="no split 'tset'"): compare(shards, zeros, split="tset")


def test_augmenting_shards_without_a_word_about_how(shards):
    explorer = explore_augment(shards)
    assert explorer.operation.operations == natural((90, 120)).operations
    assert "natural" not in explorer.code and "RandomFlip" in explorer.code
    made = {}
    exec(explorer.code, made)
    sample = open_shards(shards).sample(0)
    assert (explorer._record(0)["pictures"][1]["image"] == tfrseg.Compose(made["augment"])(sample, 0)["image"].numpy()).all()


def test_a_preset_by_name(shards):
    from tfrseg import policy

    with pytest.raises(ValueError) as e: explore_augment(shards, "naturel:64")
    assert "naturel" in str(e.value) and all(name in str(e.value) for name in ("natural", "document", "aerial_or_cells", "origin"))
    if hasattr(policy, "preset_by_name"): assert explore_augment(shards, "natural:64").operation.operations == natural((64, 64)).operations


@pytest.mark.parametrize("call", (show_pair, lambda thing: explore_augment(thing), lambda thing: compare(thing, lambda images: images), show_batch),
                         ids=("show_pair", "explore_augment", "compare", "show_batch"))
@pytest.mark.parametrize("thing", (5, None, "nowhere", ["a", "b"]), ids=repr)
def test_what_is_wanted_is_said_on_one_line(call, thing):
    with pytest.raises((TypeError, ValueError, FileNotFoundError)) as e: call(thing)
    assert "\n" not in str(e.value) and re.search("wanted|no such file", str(e.value)), str(e.value)


# ---- what is printed

def test_an_info_in_few_words(shards, source):
    info = load_info(shards)
    assert repr(info) == "DatasetInfo(12 records: train 9 in 3 shards, val 3 in 1 shard; 5 classes, schema tfvision)"
    assert len(repr(replace(info, skipped=("a", "b"), masks=False))) < 160 and "2 left out" in repr(replace(info, skipped=("a", "b")))
    assert "0 records: no splits" in repr(replace(info, splits={}))


def test_a_summary_is_its_text(shards):
    report = summarize(shards)
    assert repr(report) == str(report) and "dict" not in repr(report) and "weights  inverse share" in repr(report)


def labelled(tmp_path, ids, names=(), ignore=65535):
    "One record whose mask has these ids, under these names."
    (tmp_path / "img").mkdir(), (tmp_path / "seg").mkdir()
    Image.new("RGB", (len(ids), 4)).save(tmp_path / "img" / "a.png")
    Image.fromarray(np.broadcast_to(np.uint8(np.arange(len(ids)) % 3), (4, len(ids))).copy()).save(tmp_path / "seg" / "a.png")
    source = folder_source(tmp_path / "img", tmp_path / "seg", class_names=["a", "b", "c"], show_progress=False)
    Image.fromarray(np.broadcast_to(np.uint16(ids), (4, len(ids))).copy()).save(tmp_path / "seg" / "a.png")
    names = names or [f"class {i}" for i in range(max(ids) + 1)]
    source = replace(source, labels=LabelMap(tuple(names), ignore_label=ignore, dtype="uint16"))
    write_shards(plan_shards(source, tmp_path / "out"), show_progress=False)
    return tmp_path / "out"


@pytest.mark.fault("ids 0 and 299, and none between", "-", "the report has two rows, and counts the ids that do not occur")
def test_ids_that_occur_are_listed(tmp_path):
    report = summarize(labelled(tmp_path, [0, 0, 299]))
    assert [(row[0], row[2]) for row in report.classes] == [(0, 8), (299, 4)]
    assert "298 without a name do not occur" in str(report) and "298 without a name do not occur" in report._repr_html_()
    assert "class 299" in str(report) and len(str(report).splitlines()) < 20


def test_named_classes_are_listed_also_without_a_pixel(tmp_path):
    report = summarize(labelled(tmp_path, [0, 2], ["road", "class 1", "car", "bus"]))
    assert [(row[1], row[2], row[5] is None) for row in report.classes] == [("road", 4, False), ("car", 4, False), ("bus", 0, True)]
    assert "1 without a name" in report.facts["ids"]


def test_of_many_names_those_that_occur_are_shown(tmp_path):
    names = [f"thing {i}" for i in range(300)]
    report = summarize(labelled(tmp_path, [0, 150, 299], names))
    for text in (str(report), report._repr_html_()):
        assert all(f"thing {i}" in text for i in (0, 150, 299)) and "and 297 more classes without a pixel" in text and "thing 7" not in text
    assert len(report.classes) == 300


def test_a_long_list_is_cut_in_the_middle(tmp_path):
    report = summarize(labelled(tmp_path, list(range(120))))
    lines = str(report).splitlines()
    table = lines[lines.index("") + 2:]
    assert len(table) == 101 and table[50].strip() == "and 20 more classes" and table[49].split()[0] == "49" and table[51].split()[0] == "70"
    assert report._repr_html_().count("<tr>") == 102


@pytest.mark.parametrize("length", range(0, 60, 7))
@pytest.mark.parametrize("most", (3, 4, 9, 20))
def test_nothing_is_cut_without_a_count(length, most):
    head, more, tail = cut_middle(list(range(length)), most)
    assert len(head) + len(tail) + bool(more) <= max(most, 0) and len(head) + more + len(tail) == length
    assert head == list(range(len(head))) and tail == list(range(length - len(tail), length))
    assert (more == 0) == (length <= most)


def test_figures_count_what_they_leave_out(tmp_path):
    figure = plot_summary(labelled(tmp_path, list(range(40))))
    assert [t.get_text() for t in figure.axes[0].get_yticklabels()][10] == "and 21 more" and len(figure.axes[0].patches) == 19
    assert any("and 32 more" in text for text in texts(figure))
    sample = open_shards(tmp_path / "out").sample(0)
    for figure in (show_pair(sample), show_batch([sample]), show_steps([[sample]], class_names=[f"c{i}" for i in range(40)])):
        said = [t.get_text() for t in figure.legends[0].get_texts()]
        assert len(said) == 20 and said[10] == "and 21 more"


def test_assumptions_are_in_the_report(shards, tmp_path):
    report = Summary("p", {"records": "1"}, (), ("0 and 255 stand for 0 and 1", "<b> is a name"))
    assert str(report).splitlines()[-3:] == ["  assumed", "    0 and 255 stand for 0 and 1", "    <b> is a name"]
    assert "<b>assumed</b><br>0 and 255 stand for 0 and 1<br>&lt;b&gt; is a name" in report._repr_html_()
    assert "assumed" not in str(summarize(shards)) + summarize(shards)._repr_html_()
    copy = shutil.copytree(shards, tmp_path / "copy")
    saved = json.loads((copy / "dataset_info.json").read_text())
    (copy / "dataset_info.json").write_text(json.dumps(saved | {"assumptions": ["0 is sky"]}))
    assert summarize(copy).assumptions == ("0 is sky",) and "    0 is sky" in str(summarize(copy))


# ---- names

@pytest.mark.fault("class names with `$`, `_`, `^` or a backslash", "matplotlib fails on a formula, or drops the name", "shown as they are written")
def test_hostile_names_are_shown_as_they_are(tmp_path):
    "Every figure can be saved, and its texts are the names."
    path = labelled(tmp_path, list(range(len(HOSTILE))), HOSTILE)
    sample = open_shards(path).sample(0) | {"name": "$x_y$ {%s}"}
    classes = class_table(HOSTILE)
    pictures = [{"image": sample["image"], "mask": sample["mask"], "title": name} for name in HOSTILE[:3]]
    comparison = compare([sample], [sample["mask"]], class_names=HOSTILE)
    for figure, said in ((show_pair(sample, HOSTILE), HOSTILE), (show_steps([[sample] * 3], HOSTILE[:3], class_names=HOSTILE), HOSTILE),
                         (show_batch([sample], class_names=HOSTILE), [f"{name} 8.3 %" for name in HOSTILE]), (show_batch(path), ()),
                         (plot_summary(path), HOSTILE), (draw_pictures(pictures, classes), HOSTILE[:3]), (comparison.figure(), ["truth"])):
        before = texts(figure)
        assert set(said) <= before, set(said) - before
        assert texts(saved(figure)) >= set(said)
        assert not any(text.get_parse_math() or text.get_usetex() for text in figure.findobj(Text) if text.get_text() in {*HOSTILE, *said})
    assert "$x_y$ {%s}" in texts(show_pair(sample, HOSTILE))
    assert all(name in str(summarize(path)) for name in HOSTILE)
    assert explore_records(path).png() and [c["name"] for c in explore_records(path).about["classes"]][:len(HOSTILE)] == list(HOSTILE)


def test_names_are_kept_where_the_user_writes_with_tex(monkeypatch):
    import matplotlib

    monkeypatch.setitem(matplotlib.rcParams, "text.usetex", True)
    saved(show_pair(make_card(0, (45, 60)) | {"name": "50 % _x"}, HOSTILE[:5]))


# ---- filter and sort, without a browser

def test_the_query_is_in_what_every_view_gets(shards):
    browser = explore_records(shards, "train")
    query = lambda: {key: value for key, value in browser.about["query"].items() if key != "asked"}
    assert query() == {"text": "", "filter": "", "sort": ""}
    browser.select("card", "stamp", "largest", only_flagged=True)
    assert query() == {"text": "card", "filter": "flagged 4", "sort": "largest"}
    browser._hear({"select": {"text": "", "filter": "flagged 4", "sort": "rarest", "asked": "7"}})
    assert browser.about["query"] == {"text": "", "filter": "flagged 4", "sort": "rarest", "asked": "7"}
    browser.select(with_class=1000)
    assert query()["filter"] == "1000" and browser.about["count"] == 0
    browser.index = 3
    assert query() == {"text": "", "filter": "", "sort": ""} and browser.about["count"] == 9
    browser._hear({"select": {"text": "", "filter": "'; drop", "sort": "__init__"}})
    assert query() == {"text": "", "filter": "", "sort": ""}


def test_who_sorts_stands_at_the_first(shards):
    browser = explore_records(shards, "train")
    order = RecordBrowser(browser.reader.shards).select(sort="largest")
    browser.index = int(order[-1])
    browser.select(sort="largest")
    assert (browser.about["position"], browser.position, browser.index) == (0, 0, order[0])
    browser._hear({"moved": int(order[2]), "position": 2})
    assert (browser.index, browser.position) == (order[2], 2)
    browser.select(sort="largest")
    assert (browser.about["position"], browser.index) == (0, order[0])
    browser._hear({"moved": int(order[2]), "position": 2})
    browser.select()
    assert (browser.about["position"], browser.index) == (order[2], order[2])  # back in order, the record stays in view


def test_lists_are_loaded_again_only_where_they_changed(shards):
    "The last step of a scan and the end of it tell the same; a page is not to blink, nor a key to be lost."
    browser = explore_records(shards, "train")
    browser.select(sort="largest")
    version = browser.about["version"]
    browser._apply()
    assert browser.about["version"] == version
    browser.select(sort="rarest")
    assert browser.about["version"] > version
