"""No two words of a figure touch, whatever things are called and however many there are; each colour is explained; a notebook shows two pixels a point."""
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from crossing import crossed
from matplotlib.text import Text

from tfrseg.cards import CARD_CLASSES, make_card
from tfrseg.display import Style, draw_samples
from tfrseg.explorer.comparison import compare
from tfrseg.explorer.look import draw_records
from tfrseg.explorer.summary import plot_summary, plot_values
from tfrseg.explorer.tuner import MODES, explore_augment
from tfrseg.explorer.viewer import Viewer, class_table, draw_images
from tfrseg.augmenter.warp import RandomRotation
from tfrseg.plot import colorize, draw_batch, show_pair, show_steps
from tfrseg.storage.counts import value_counts
from tfrseg.storage.labels import LabelMap
from tfrseg.training.metrics import Confusion

LONG = [f"{letter * 57}{k:03d}" for k, letter in enumerate("Wim" * 20)]  # 60 letters each


@lru_cache(maxsize=None)
def drawn(k): return make_card(k, (48, 64))


def card(k=0, name=LONG[0]):
    sample = drawn(k) | {"mask": drawn(k)["mask"].copy(), "name": name}
    sample["mask"][:6] = 255
    return sample


def words_of(figure):
    "(text, box in pixels) of all that is written on a figure; it is inside of the figure."
    figure.canvas.draw()
    renderer, found = figure.canvas.get_renderer(), []
    ticks = {label for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels(which="both")}
    shown = {label for ax in figure.axes if ax.axison for axis, (low, high) in ((ax.xaxis, sorted(ax.get_xlim())), (ax.yaxis, sorted(ax.get_ylim())))
             for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high for label in (tick.label1,)}
    for text in figure.findobj(Text):
        if not text.get_visible() or not text.get_text().strip() or (text in ticks and text not in shown): continue
        if text.axes is not None and not text.axes.axison and text in (text.axes.xaxis.label, text.axes.yaxis.label): continue
        found.append((text.get_text(), text.get_window_extent(renderer)))
    return found


def assert_apart(figure):
    words = words_of(figure)
    assert words
    for text, box in words:
        assert -1 <= box.x0 and box.x1 <= figure.bbox.width + 1 and -1 <= box.y0 and box.y1 <= figure.bbox.height + 1, f"{text!r} leaves the figure"
    for (one, a), (other, b) in combinations(words, 2):
        across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 1 or down <= 1, f"{one!r} and {other!r} overlap by {across:.0f} x {down:.0f} pixels"


def of_targets(n):
    "Samples with a field, which has a bar, and bands with long names."
    usual = dict(bands=(), shown=(), limits=(), nodata=None, border=255, moves=True, channels=1)
    bands = usual | {"channels": 3, "bands": tuple(LONG[:3])}
    table = [SimpleNamespace(name="image", kind="image", dtype="uint8", **bands), SimpleNamespace(name="mask", kind="ids", dtype="uint8", **usual)]
    table += [SimpleNamespace(name=LONG[k], kind="field", dtype="float32", **usual) for k in range(n)]
    fields = {LONG[k]: np.linspace(-12345.678, 98765.4321, 48 * 64, dtype=np.float32).reshape(48, 64, 1) for k in range(n)}
    return draw_samples([card(0) | fields, card(1) | fields], Style(table, LONG[:5]))


FIGURES = {
    "show_pair": lambda n: show_pair(card(), LONG[:5]),
    "show_steps": lambda n: show_steps([[card(k) for k in range(n)]] * 2, LONG[:n], class_names=LONG[:5]),
    "show_batch": lambda n: draw_batch([card(k, LONG[k]) for k in range(n)], n, LONG[:3]),
    "draw_records": lambda n: draw_records([card(k) for k in range(n)], LabelMap(tuple(LONG[:5])), lambda sample, seed: sample),
    "draw_samples": lambda n: of_targets(min(n, 4)),
    "draw_images": lambda n: draw_images([card(k) | {"title": LONG[k]} for k in range(n)], class_table(LONG[:5]), name=LONG[7]),
    "Viewer": lambda n: Viewer(lambda k: {"pictures": [card(j) | {"title": LONG[j]} for j in range(n)], "name": LONG[0]}, 2, class_table(LONG[:5])).figure(1),
    "compare": lambda n: compare([card(k) for k in range(n)], [np.where(card(k)["mask"] == 255, 0, card(k)["mask"])[::-1] for k in range(n)], class_names=LONG[:5]).figure(0),
    "Confusion": lambda n: Confusion(LONG[:n * 3]).add(np.arange(n * 3), np.arange(n * 3)[::-1]).plot(),
}


@pytest.mark.parametrize(("kind", "columns"), [*crossed(FIGURES, (4, 9)), *(pytest.param(kind, 1, marks=pytest.mark.slow) for kind in FIGURES)])
def test_no_words_touch(kind, columns):
    figure = FIGURES[kind](columns)
    assert_apart(figure)
    if columns != 4: return
    shown = figure._repr_png_()[1]
    assert figure.bbox.width == pytest.approx(2 * shown["width"], abs=2)


def test_words_that_touch_are_found():
    figure = show_steps([[card(), card()]], ["a", "b"])
    figure.axes[0].set_title("W" * 60)
    with pytest.raises(AssertionError, match="overlap|leaves"): assert_apart(figure)


@pytest.mark.parametrize("names", (LONG[:5], ("vegetation", "traffic light", "traffic sign", "motorcycle", "building")))
def test_no_words_of_a_summary_touch(source, write, names):
    out = write(replace(source, labels=replace(source.labels, class_names=tuple(names))))
    figure = plot_summary(out)
    assert_apart(figure)
    assert "all 90 x 120 pixels" in figure.get_suptitle(), "one size is a line of text"
    assert_apart(plot_values(value_counts(out, show_progress=False), LONG[0] * 4))


def test_the_rarest_class_comes_first_among_maps(shards):
    from tfrseg.explorer.summary import summarize

    figure = plot_summary(shards)
    titles = [ax.get_title().split("\n")[0] for ax in figure.axes]
    rarest = [row.name for row in sorted(summarize(shards).classes, key=lambda row: row.pixels)]
    assert titles[titles.index("mean image") + 1:] == rarest
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == rarest[::-1]


def test_nine_draws_stand_in_three_rows():
    explorer = explore_augment([card()], [RandomRotation((-30.0, 30.0))], class_names=CARD_CLASSES)
    explorer.mode = MODES[1]
    figure = explorer.figure()
    places = [ax.get_position() for ax in figure.axes]
    assert len({round(p.x0, 3) for p in places}) == len({round(p.y0, 3) for p in places}) == 3 and len(places) == 9
    assert [ax.get_title() for ax in figure.axes] == [f"seed {k}" for k in range(9)]
    assert figure.bbox.width >= 900 and LONG[0][-3:] in figure.get_suptitle()
    data, metadata = explorer._repr_mimebundle_()
    assert "image/png" in data and metadata["image/png"]["width"] * 2 == figure.bbox.width


@pytest.mark.parametrize("classes", (2, 32))
def test_each_colour_of_a_mask_is_in_the_legend(classes):
    ids = np.arange(classes, dtype=np.uint8).repeat(12).reshape(1, -1).repeat(30, 0)
    ids[:10, :8] = 255
    names = [f"thing {k}" for k in range(classes)]
    image = np.full((*ids.shape, 3), 90, np.uint8)
    figure = show_pair({"image": image, "mask": ids}, names)
    legend = figure.legends[0]
    patches = {text.get_text(): patch for text, patch in zip(legend.get_texts(), legend.get_patches())}
    drawn = np.asarray(figure.axes[1].images[0].get_array())
    assert [*patches] == [*names, "ignored (255)"]
    for k, name in enumerate(names):
        color = drawn[20, 12 * k + 5]
        assert np.round(np.array(patches[name].get_facecolor()[:3]) * 255).tolist() == color.tolist(), name
    assert patches["ignored (255)"].get_hatch()


@pytest.mark.parametrize("draw", (
    lambda sample: show_pair(sample, CARD_CLASSES).axes[1:], lambda sample: show_steps([[sample]], class_names=CARD_CLASSES).axes,
    lambda sample: draw_batch([sample], 1, CARD_CLASSES).axes[1:], lambda sample: draw_images([sample], class_table(CARD_CLASSES)).axes[1:],
    lambda sample: draw_images([{"mask": sample["mask"]}], class_table(CARD_CLASSES)).axes, lambda sample: draw_records([sample], LabelMap(CARD_CLASSES)).axes[1:]))
def test_the_ignore_label_is_striped_everywhere(draw):
    "Dark and light in turn, where the mask holds it, and no colour of a class."
    for ax in draw(card() | {"image": np.full((48, 64, 3), 90, np.uint8)}):
        picture = np.asarray(ax.images[0].get_array())
        ignored = picture[:6].reshape(-1, 3).astype(int)
        assert (np.ptp(ignored, 1) == 0).all(), "grey"
        assert {*ignored[:, 0]} in ({40, 155}, {40, 180}), {*ignored[:, 0]}


def test_an_id_that_is_a_class_is_not_ignored():
    mask = np.full((30, 30, 1), 255, np.uint8)
    named = show_pair({"image": np.zeros((30, 30, 3), np.uint8), "mask": mask}, [f"c{k}" for k in range(256)])
    told = show_pair({"image": np.zeros((30, 30, 3), np.uint8), "mask": mask}, ignore_label=None)
    for figure, name in ((named, "c255"), (told, "255")):
        assert [text.get_text() for text in figure.legends[0].get_texts()] == [name]
        assert (np.asarray(figure.axes[1].images[0].get_array()) == colorize(mask)).all()
