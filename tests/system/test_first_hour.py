"""What a newcomer tries first: a path where more was wanted, a class 0 that is no background, odd names."""
import io
import json
import re
import shutil
import warnings
from dataclasses import replace

import matplotlib
import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

import tfrseg
from records import read_samples

from tfrseg.augmenter import presets as policy
from tfrseg.cards import CARD_CLASSES, make_card
from tfrseg.storage.labels import LabelMap
from tfrseg.core import shown
from tfrseg.explorer.browser import RecordBrowser, explore_records
from tfrseg.explorer.facts import RecordFacts
from tfrseg.explorer.query import Known, Query, select_records
from tfrseg.explorer.look import show_batch
from tfrseg.explorer.summary import plot_summary
from tfrseg.palette import background_id
from tfrseg.plot import check_batch, cut_middle, overlay, show_pair, show_steps
from tfrseg.explorer.comparison import compare
from tfrseg.storage.shards import open_shards
from tfrseg.explorer.summary import summarize
from tfrseg.storage.counts import class_weights, count_classes
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import folder_source
from tfrseg.explorer.tuner import explore_augment
from tfrseg.explorer.viewer import Viewer, class_table, draw_images
from tfrseg.writer.write import plan_shards, write_shards

HOSTILE = ("$50%_$ note", "_background_", r"\frac{1", "a$b", "x^2_{", "%d {x:g} {0}", r"\$", "<b>&amp;",
           "two\nlines", "_", "$$", r"$\nosuch$")


def texts(figure): return {text.get_text() for text in figure.findobj(Text)}


def legend_of(figure): return [text.get_text() for text in figure.legends[0].get_texts()]


def saved(figure):
    "A figure is drawn; what matplotlib has to say of missing letters does not matter here."
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure.savefig(io.BytesIO())
    return figure


@pytest.fixture(scope="module")
def called(source, tmp_path_factory):
    "Writes the cards with another name for class 0."
    def write(first):
        out = tmp_path_factory.mktemp("called") / "out"
        labels = replace(source.labels, class_names=(first, *CARD_CLASSES[1:]), palette={})
        write_shards(plan_shards(replace(source, labels=labels), out), show_progress=False)
        return out

    return write


def labelled(folder, ids, names=()):
    "One record whose mask has these ids, side by side, under these names."
    (folder / "img").mkdir(), (folder / "seg").mkdir()
    rows = lambda values: Image.fromarray(np.broadcast_to(values, (4, len(ids))).copy())
    Image.new("RGB", (len(ids), 4)).save(folder / "img" / "a.png")
    rows(np.uint8(np.arange(len(ids)) % 3)).save(folder / "seg" / "a.png")
    source = folder_source(folder / "img", folder / "seg", class_names=["a", "b", "c"], show_progress=False)
    rows(np.uint16(ids)).save(folder / "seg" / "a.png")
    names = tuple(names) or tuple(f"class {i}" for i in range(max(ids) + 1))
    source = replace(source, labels=LabelMap(names, ignore_label=65535, dtype="uint16"))
    write_shards(plan_shards(source, folder / "out"), show_progress=False)
    return folder / "out"


# ---- class 0

@pytest.mark.parametrize("name", ("background", "Background", "_background_", "__BACKGROUND__", "back-ground",
                                  "bg", "void", "Unlabelled", "unlabeled", "ignore", "ignored", "Ignore_Region"))
def test_names_of_the_background(name):
    assert background_id([name, "cat"], 0.0) == background_id({0: name}) == 0


@pytest.mark.parametrize("name", ("sky", "facade", "bag", "voiding", "avoid", "background dog", "class 1", "0 cats"))
def test_other_names_are_classes_whatever_their_share(name):
    assert background_id([name, "background"], 1.0) is None


@pytest.mark.parametrize("names", ((), [""], ["class 0"], ["Class_0", "class_1"], ["0"], ["#000000"], None))
def test_without_a_name_the_share_decides(names):
    assert [background_id(names, share) for share in (0.31, 0.3, 0.0, None)] == [0, None, None, None]
    assert background_id(names, lambda: 0.5) == 0


def test_the_share_is_asked_for_only_where_it_matters():
    assert background_id(["sky"], lambda: 1 / 0) is None and background_id(["void"], lambda: 1 / 0) == 0


@pytest.mark.fault("class 0 is sky, or any other class", "-",
                   "shown like any class; its name makes it background, or where it has none 30 % of the pixels")
@pytest.mark.parametrize("name, hidden", (("sky", []), ("void", [0])))
def test_class_0_is_shown_everywhere_or_nowhere(called, name, hidden):
    "The viewer, overlays, their legends and the bars agree."
    path = called(name)
    browser, names = explore_records(path), load_info(path).labels.class_names
    assert browser.view["hidden"] == explore_augment(path).view["hidden"] == hidden
    assert any(next(c["color"] for c in browser.meta["classes"] if c["id"] == 0)) == (not hidden)
    sample = open_shards(path).sample(0)
    zero = sample["mask"][..., 0] == 0
    pictures = [overlay(sample["image"], sample["mask"], class_names=names)]
    for figure in (show_pair(sample, names), show_steps([[sample]], class_names=names), browser.figure(0)):
        pictures.append(np.asarray(figure.axes[-1].images[0].get_array()))
    for picture in pictures:
        assert (picture[zero] == sample["image"][zero]).all() == bool(hidden)
        assert not (picture[~zero] == sample["image"][~zero]).all()
    assert any(plot_summary(path).axes[0].patches[0].get_facecolor()[:3]) == (not hidden)


@pytest.mark.parametrize("name, background", (("sky", None), ("background", 0)))
def test_the_largest_area_is_of_all_classes_where_none_is_background(called, name, background):
    assert explore_records(called(name)).selection.scan.facts.background == background
    facts = RecordFacts(255, background)
    for name, mask in (("a", [[1, 1]]), ("b", [[0, 0, 0]])): facts.add(name, np.array(mask))
    order = select_records(Query(sort="largest"), Known(facts, 2)).numbers.tolist()
    assert order == ([1, 0] if background is None else [0, 1])


@pytest.mark.parametrize("ids, hidden", (([0, 1, 1, 2], []), ([0, 0, 0, 2], [0])))
def test_unnamed_class_0_goes_by_its_share(ids, hidden):
    "Few pixels of 0: a class with a colour; many: the background. Samples, records and masks alike."
    mask = np.uint8(ids).reshape(1, 4, 1)
    sample = {"image": np.full((1, 4, 3), 200, np.uint8), "mask": mask}
    assert explore_augment(sample).view["hidden"] == hidden
    assert Viewer(lambda k: {"pictures": [sample]}, 1).view["hidden"] == hidden
    drawn = draw_images([sample]).axes[1].images[0].get_array()
    for picture in (overlay(sample["image"], mask), drawn):
        assert (picture[0, 0] == 200).all() == bool(hidden)


def test_a_first_record_that_cannot_be_loaded_hides_nothing():
    assert Viewer(lambda k: 1 / 0, 3).view["hidden"] == []


def test_a_comparison_hides_nothing():
    "A prediction of class 0 is seen as one, also where 0 is the background; what is right is clear among errors."
    cards = [make_card(k, (45, 60)) for k in range(2)]
    comparison = compare(cards, [np.zeros((45, 60))] * 2, class_names=CARD_CLASSES)
    assert comparison.view["hidden"] == []
    drawn = [np.asarray(ax.images[0].get_array(), int) for ax in comparison.figure(0).axes]
    image, predicted, errors = drawn[0], drawn[2], drawn[3]
    assert (predicted != image).any(-1).mean() > 0.9
    right = comparison.samples[comparison.order[0]]["mask"][..., 0] == 0
    assert (errors[right] == image[right]).all() and (errors[~right] != image[~right]).any()


def test_a_mask_of_one_class_is_called_by_its_name():
    flat = [{"image": np.arange(12).reshape(2, 2, 3), "mask": np.zeros((2, 2, 1), np.uint8)}]
    assert check_batch(flat, ["sky", "b"]) == ["1 of 1 masks hold sky alone"]
    assert check_batch(flat, ["void", "b"]) == check_batch(flat) == ["1 of 1 masks hold background alone"]


# ---- weights

def test_weights_are_those_of_the_training_split(shards):
    info = load_info(shards)
    train = class_weights(info.total("pixels", "train"), ignore_label=255)
    assert train != class_weights(info.total("pixels"), ignore_label=255)
    for given in (shards, str(shards), info, count_classes(shards, "train")):
        assert class_weights(given) == train
    assert class_weights(shards, split="val") == class_weights(info.total("pixels", "val"), ignore_label=255)
    median = class_weights(info.total("pixels", "train"), info.total("images", "train"), "median", 255)
    for given in (shards, count_classes(shards, "train")):
        assert class_weights(given, method="median") == median


@pytest.mark.parametrize("split", (None, "train", "val"))
def test_the_report_has_the_weights_of_the_training_split(shards, split):
    report = summarize(shards, split)
    assert {row[0]: row[-1] for row in report.classes} == class_weights(shards)
    assert report.facts["weights"] == "inverse share of pixels in split train"
    assert report.facts["weights"] in str(report)


def test_weights_of_shards_without_an_info(shards, tmp_path):
    "Names of files tell the split; the counts are those of all records."
    for file in shards.glob("*.tfrecord"): shutil.copy(file, tmp_path)
    assert class_weights(tmp_path) == class_weights(shards)
    here, there = summarize(tmp_path, show_progress=False), summarize(shards)
    assert [row[2:] for row in here.classes] == [row[2:] for row in there.classes]
    assert "split train" in here.facts["weights"]
    alone = sorted(tmp_path.glob("val*"))
    assert "all records" in summarize(alone, show_progress=False).facts["weights"]
    assert class_weights(alone) == class_weights(shards, split="val")


def test_the_ignore_label_has_no_weight(cards, tmp_path):
    folder = shutil.copytree(cards, tmp_path / "cards")
    for path in (folder / "seg").iterdir():
        mask = np.asarray(Image.open(path)).copy()
        mask[:9] = 255
        Image.fromarray(mask).save(path)
    source = folder_source(folder / "img", folder / "seg", class_names=CARD_CLASSES, show_progress=False)
    write_shards(plan_shards(source, tmp_path / "out"), show_progress=False)
    for given in (tmp_path / "out", count_classes(tmp_path / "out")):
        assert sorted(class_weights(given)) == [0, 1, 2, 3, 4]
    assert 0 not in class_weights(tmp_path / "out", ignore_label=0)


@pytest.mark.parametrize("given, error", ((5, TypeError), (None, TypeError), ([1, 2], TypeError),
                                          ({"train": {0: 1}}, TypeError), ("nowhere", FileNotFoundError)))
def test_weights_of_something_else(given, error):
    with pytest.raises(error, match="wanted a path of shards|no such file") as e: class_weights(given)
    assert "\n" not in str(e.value)


def test_a_loss_says_that_it_wants_weights():
    with pytest.raises(ValueError, match="'shards'; wanted numbers by id"): tfrseg.SegmentationLoss("shards")


# ---- paths where other things were wanted

@pytest.mark.parametrize("form", (str, lambda path: path, open_shards), ids=("text", "path", "opened"))
def test_a_batch_of_shards(shards, form):
    "Records from all over, with the names of their classes."
    figure = saved(show_batch(form(shards), 3))
    names = [open_shards(shards).sample(k)["name"].decode() for k in (0, 4, 8)]
    assert [ax.get_title() for ax in figure.axes[:3]] == names
    assert [text.rsplit(" ", 2)[0] for text in legend_of(figure)] == list(CARD_CLASSES)


@pytest.mark.parametrize("kind", (str, lambda path: path), ids=("texts", "paths"))
def test_a_batch_of_files(shards, kind):
    figure = saved(show_batch([kind(file) for file in sorted(shards.glob("*.tfrecord"))], 2))
    assert [text.split()[0] for text in legend_of(figure)] == list("01234")  # nobody names them here


def test_a_batch_of_one_sample():
    assert [ax.get_title() for ax in show_batch(make_card(0, (45, 60))).axes] == ["card-0000", ""]


def test_comparing_shards(shards):
    "Names come along; the split for judging is taken, and said; images are as `make_dataset` gives them."
    right, fed = {s["image"].tobytes(): s["mask"] for s in read_samples(shards)}, []

    def know(images):
        fed.append(images)
        return [right[image.astype(np.uint8).tobytes()] for image in images]

    comparison = compare(shards, know)
    names = [s["name"].decode() for s in read_samples(shards, "val")]
    assert comparison.mean_iou == 1 and list(comparison.scores) == list(CARD_CLASSES)
    assert [s["name"] for s in comparison.samples] == names
    assert comparison.meta["status"].endswith("of split val")
    assert (fed[0].dtype, fed[0].shape) == (np.float32, (3, 90, 120, 3))


def test_comparing_another_split(shards):
    zeros = lambda images: np.zeros((len(images), 90, 120))
    assert len(compare(str(shards), zeros, split="train").samples) == load_info(shards).records("train")
    assert len(compare(shards, zeros, split="train", n=2).samples) == 2
    with pytest.raises(ValueError, match="no split 'tset'"): compare(shards, zeros, split="tset")


def test_augmenting_shards_without_a_word_about_how(shards):
    "It begins with a preset, and its code makes what it shows."
    explorer, made = explore_augment(shards), {}
    assert explorer.operation.operations == policy.natural((90, 120)).operations
    exec(explorer.code, made)
    shown = explorer.load(0)["pictures"][1]["image"]
    assert (shown == made["augment"](open_shards(shards).sample(0), 0)["image"].numpy()).all()


def test_a_preset_by_name(shards):
    with pytest.raises(ValueError, match="naturel") as e: explore_augment(shards, "naturel:64")
    assert all(name in str(e.value) for name in ("natural", "document", "aerial_or_cells", "origin"))
    assert explore_augment(shards, "natural:64").operation.operations == policy.natural((64, 64)).operations
    assert explore_augment(shards, "RandomFlip()").operation.operations == (tfrseg.RandomFlip(),)


CALLS = {"show_pair": show_pair, "show_batch": show_batch, "explore_augment": explore_augment,
         "compare": lambda thing: compare(thing, lambda images: images)}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("thing", (5, None, "nowhere", ["a", "b"]), ids=repr)
def test_what_is_wanted_is_said_on_one_line(call, thing):
    with pytest.raises((TypeError, ValueError, FileNotFoundError)) as e: CALLS[call](thing)
    assert "\n" not in str(e.value) and re.search("wanted|no such file", str(e.value)), str(e.value)


# ---- what is printed

def test_an_info_in_few_words(shards):
    info = load_info(shards)
    held = "12 records: train 9 in 3 shards, val 3 in 1 shard"
    assert repr(info) == f"DatasetInfo({held}; 5 classes, schema tfvision)"
    bare = replace(info, skipped=("a", "b"), masks=False)
    assert repr(bare) == f"DatasetInfo({held}; no masks, schema tfvision, 2 left out)"
    assert "0 records: no splits" in repr(replace(info, splits={}))


def test_a_summary_is_its_text(shards):
    report = summarize(shards)
    assert repr(report) == str(report) and "weights  inverse share" in repr(report)


@pytest.mark.fault("ids 0 and 299, and none between", "-",
                   "two rows in the report, and a count of the ids that do not occur")
def test_ids_that_occur_are_listed(tmp_path):
    report = summarize(labelled(tmp_path, [0, 0, 299]))
    assert [(row[0], row[2]) for row in report.classes] == [(0, 8), (299, 4)]
    for text in (str(report), report._repr_html_()):
        assert "298 without a name do not occur" in text and "class 299" in text
    assert len(str(report).splitlines()) < 20


def test_named_classes_are_listed_also_without_a_pixel(tmp_path):
    report = summarize(labelled(tmp_path, [0, 2], ["road", "class 1", "car", "bus"]))
    assert [(row[1], row[2], row[5]) for row in report.classes] == [("road", 4, 1.0), ("car", 4, 1.0), ("bus", 0, None)]
    assert "1 without a name" in report.facts["ids"]


def test_of_many_names_those_that_occur_are_shown(tmp_path):
    report = summarize(labelled(tmp_path, [0, 150, 299], [f"thing {i}" for i in range(300)]))
    for text in (str(report), report._repr_html_()):
        assert all(f"thing {i}" in text for i in (0, 150, 299)) and "thing 7" not in text
        assert "and 297 more classes without a pixel" in text
    assert len(report.classes) == 300


def test_a_long_list_is_cut_in_the_middle(tmp_path):
    report = summarize(labelled(tmp_path, list(range(120))))
    lines = str(report).splitlines()
    table = [line.split() for line in lines[lines.index("") + 2:]]
    assert len(table) == 101 and [table[k][0] for k in (0, 49, 51, 100)] == ["0", "49", "70", "119"]
    assert table[50] == "and 20 more classes".split() and report._repr_html_().count("<tr>") == 102


@pytest.mark.parametrize("length", range(0, 60, 7))
@pytest.mark.parametrize("most", (3, 4, 9, 20))
def test_nothing_is_cut_without_a_count(length, most):
    head, more, tail = cut_middle(list(range(length)), most)
    assert len(head) + len(tail) + bool(more) <= most and len(head) + more + len(tail) == length
    assert head == list(range(len(head))) and tail == list(range(length - len(tail), length))
    assert (more == 0) == (length <= most)


def test_figures_count_what_they_leave_out(tmp_path):
    path = labelled(tmp_path, list(range(80)))
    figure, sample = plot_summary(path), open_shards(path).sample(0)
    bars = figure.axes[0]
    assert bars.get_yticklabels()[20].get_text() == "and 41 more" and len(bars.patches) == 39
    assert any("and 49 more" in text for text in texts(figure))
    names = [f"c{i}" for i in range(80)]
    for figure in (show_pair(sample, names), show_batch([sample]), show_steps([[sample]], class_names=names)):
        assert len(legend_of(figure)) == 60 and legend_of(figure)[-1] == "and 21 more"


def test_what_was_assumed_is_in_the_report(shards, tmp_path):
    copy = shutil.copytree(shards, tmp_path / "copy")
    info = json.loads((copy / "dataset_info.json").read_text())
    (copy / "dataset_info.json").write_text(json.dumps(info | {"assumptions": ["0 is sky", "<b> is a name"]}))
    report = summarize(copy)
    assert "\n  assumed\n    0 is sky\n    <b> is a name\n" in str(report)
    assert "<b>assumed</b><br>0 is sky<br>&lt;b&gt; is a name" in report._repr_html_()
    (copy / "dataset_info.json").write_text(json.dumps(info | {"assumptions": []}))
    assert "  assumed" not in str(summarize(copy)) and "<b>assumed" not in summarize(copy)._repr_html_()


# ---- names

@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    "Shards whose classes are called as nobody would like them, and a sample of them."
    path = labelled(tmp_path_factory.mktemp("hostile"), list(range(len(HOSTILE))), HOSTILE)
    return path, open_shards(path).sample(0) | {"name": "$x_y$ {%s}"}


def titled(sample): return [sample | {"title": name} for name in HOSTILE[:3]]


SHARES = [f"{name} 8.3 %" for name in HOSTILE]
FIGURES = {  # what draws a path or a sample, and the texts that are to be seen
    "show_pair": (lambda _, sample: show_pair(sample, HOSTILE), (*HOSTILE, "$x_y$ {%s}")),
    "show_steps": (lambda _, sample: show_steps([[sample] * 3], HOSTILE[:3], class_names=HOSTILE), HOSTILE),
    "show_batch": (lambda _, sample: show_batch([sample], class_names=HOSTILE), SHARES),
    "show_batch of a path": (lambda path, _: show_batch(path), SHARES),
    "plot_summary": (lambda path, _: plot_summary(path), HOSTILE),
    "draw_images": (lambda _, sample: draw_images(titled(sample), class_table(HOSTILE)), HOSTILE[:3]),
    "compare": (lambda _, sample: compare([sample], [sample["mask"]], class_names=HOSTILE).figure(), ("truth", "errors")),
}


@pytest.mark.fault("class names with `$`, `_`, `^` or a backslash",
                   "matplotlib fails on a formula, or drops the name", "shown as they are written")
@pytest.mark.parametrize("kind", FIGURES)
def test_hostile_names_are_shown_as_they_are(hostile, kind):
    "Every figure can be saved, and its texts are the names."
    draw, said = FIGURES[kind]
    figure, said = draw(*hostile), [*map(shown, said)]
    assert set(said) <= texts(figure), set(said) - texts(figure)
    assert set(said) <= texts(saved(figure))
    named = [text for text in figure.findobj(Text) if text.get_text() in said]
    assert named and not any(text.get_parse_math() or text.get_usetex() for text in named)


def test_hostile_names_in_words_and_on_the_canvas(hostile):
    path, _ = hostile
    browser = explore_records(path)
    assert all(shown(name) in str(summarize(path)) for name in HOSTILE)
    assert browser.png() and [c["name"] for c in browser.meta["classes"]][:len(HOSTILE)] == list(HOSTILE)


def test_names_are_kept_where_the_user_writes_with_tex(monkeypatch):
    monkeypatch.setitem(matplotlib.rcParams, "text.usetex", True)
    saved(show_pair(make_card(0, (45, 60)) | {"name": "50 % _x"}, HOSTILE[:5]))


# ---- filter and sort, without a browser

def query(browser): return {key: value for key, value in browser.meta["query"].items() if key != "asked"}


EVERYTHING = {}


def test_the_query_is_in_what_every_view_gets(shards):
    browser = explore_records(shards, "train")
    assert query(browser) == EVERYTHING
    browser.select("card", "stamp", "largest", only_flagged=True)
    assert query(browser) == {"text": "card", "classes": [[4, 0, 1]], "flagged": True, "sort": "largest"}
    asked = {"classes": [[4, 0, 0.5]], "flagged": True, "sort": "rarest", "asked": "7"}
    browser._on_message({"select": asked})
    assert browser.meta["query"] == asked
    browser.select(with_class=1000)
    assert query(browser) == {"classes": [[1000, 0, 1]]} and browser.meta["count"] == 0
    browser.index = 3
    assert query(browser) == EVERYTHING and browser.meta["count"] == 9
    browser._on_message({"select": {"classes": "'; drop", "sort": "__init__"}})
    assert query(browser) == EVERYTHING


def test_who_sorts_stands_at_the_first(shards):
    browser = explore_records(shards, "train")
    order = RecordBrowser(browser.shards).select(sort="largest")
    browser.index = int(order[-1])
    for _ in range(2):  # the second time from the third place
        browser.select(sort="largest")
        assert (browser.meta["position"], browser.position, browser.index) == (0, 0, order[0])
        browser._on_message({"moved": int(order[2]), "position": 2})
        assert (browser.index, browser.position) == (order[2], 2)
    browser.select()
    assert (browser.meta["position"], browser.index) == (order[2], order[2])  # in order again: it stays


def test_lists_are_loaded_again_only_where_they_changed(shards):
    "The last step of a scan and the end of it tell the same; no page is to blink, no key to be lost."
    browser = explore_records(shards, "train")
    browser.select(sort="largest")
    version = browser.meta["version"]
    browser._apply()
    assert browser.meta["version"] == version
    browser.select(sort="rarest")
    assert browser.meta["version"] > version
