"""What a `LabelMap` takes, and what it keeps of that."""
import numpy as np
import pytest
from PIL import Image

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card
from tfrseg.storage.labels import LabelMap, colors_to_ids, ids_to_image, load_mask, palette_colors

COLORS = [(0, 0, 0), (255, 0, 0), (0, 128, 255)]


@pytest.mark.parametrize("colors", (dict(enumerate(COLORS)), COLORS, tuple(COLORS), [list(c) for c in COLORS], np.array(COLORS),
                                    {np.int64(i): np.uint8(color) for i, color in enumerate(COLORS)},
                                    dict(reversed(list(enumerate(COLORS))))))
def test_a_palette_in_any_form(colors):
    "Sequences and mappings of any kind make equal objects that hash alike, in plain tuples and integers."
    labels, wanted = LabelMap(["a", "b", "c"], colors), LabelMap(("a", "b", "c"), dict(enumerate(COLORS)))
    assert labels == wanted and hash(labels) == hash(wanted) and len({labels, wanted}) == 1
    assert labels.palette == dict(enumerate(COLORS)) and labels.class_names == ("a", "b", "c")
    assert {type(value) for color in labels.palette.values() for value in (color, *color)} == {tuple, int}


@pytest.mark.parametrize("levels", ({0: 0, 1: 127, 2: 255}, [0, 127, 255], np.uint8([0, 127, 255]), {2: 255, 1: 127, 0: 0}))
def test_levels_in_any_form(levels):
    labels, wanted = LabelMap(coding="levels", levels=levels), LabelMap(coding="levels", levels={0: 0, 1: 127, 2: 255})
    assert labels == wanted and hash(labels) == hash(wanted) and {*map(type, labels.levels.values())} == {int}


def test_an_indexed_mask_is_read_by_its_colours(tmp_path):
    "Tools number a palette as they like; where its colours are those of the labels, they decide."
    mask = Image.fromarray(np.array([[0, 1, 2, 1]], np.uint8), "P")
    mask.putpalette([value for color in reversed(COLORS) for value in color])
    mask.save(tmp_path / "a.png")
    labels = LabelMap(["a", "b", "c"], COLORS, "colors")
    assert load_mask(tmp_path / "a.png", labels)[..., 0].tolist() == [[2, 1, 0, 1]]
    assert load_mask(tmp_path / "a.png")[..., 0].tolist() == [[0, 1, 2, 1]]
    opened = Image.open(tmp_path / "a.png")
    assert palette_colors(opened, np.asarray(opened)) == {color: 2 - n for n, color in enumerate(COLORS)}


def test_label_maps_that_differ_are_not_equal():
    maps = [LabelMap(), LabelMap(("a",)), LabelMap(palette=COLORS), LabelMap(palette=COLORS[:2]), LabelMap(unknown="ignore"),
            LabelMap(coding="levels", levels=[0, 127]), LabelMap(coding="levels", levels=[0, 128]), LabelMap(ignore_label=0)]
    assert len(set(maps)) == len(maps)


def test_a_palette_as_a_list_codes_masks():
    labels = LabelMap(list(CARD_CLASSES), [list(color) for color in CARD_PALETTE], "colors")
    mask = make_card(0, (60, 80))["mask"]
    assert (colors_to_ids(np.array(ids_to_image(mask, labels)), labels) == mask[..., 0]).all()


@pytest.mark.parametrize("options, error, words", (
    (dict(palette=[(0, 0)]), ValueError, r"palette\[0\]=\(0, 0\); wanted \(r, g, b\), each from 0 to 255"),
    (dict(palette={7: (0, 0, 256)}), ValueError, r"palette\[7\]"), (dict(palette=["red"]), ValueError, r"palette\[0\]='red'"),
    (dict(palette=[(0.0, 0.5, 1.0)]), ValueError, r"palette\[0\]"), (dict(palette=[COLORS[0], list(COLORS[0])]), ValueError, "share"),
    (dict(coding="levels", levels=[0, 0.5]), ValueError, r"levels\[1\]=0.5; wanted a whole number"),
    (dict(class_names="cell"), TypeError, "class_names='cell'; wanted a sequence of names"),
    (dict(class_names={0: "cell"}), TypeError, "wanted a sequence of names"), (dict(coding="colors", palette=[]), ValueError, "palette")))
def test_what_a_label_map_refuses(options, error, words):
    with pytest.raises(error, match=words): LabelMap(**options)
