"""Names in figures: what is a formula elsewhere is text here, ids of any size have a colour; code that is copied runs."""
import numpy as np
import pytest

import tfrseg
from tfrseg.augmenter.color import Normalize
from tfrseg.augmenter.geometry import RandomFlip
from tfrseg.cards import CARD_CLASSES, make_card
from tfrseg.plot import colorize, overlay, show_pair
from tfrseg.augmenter.listing import _checked, program_of
from tfrseg.explorer.tuner import explore_augment

ODD = ("$\\foo$", "$" + "{" * 3000 + "x" + "}" * 3000 + "$", "_background_", "a\x1b[2J\u202eb", "__ignore__")


def drawn(figure):
    "A figure that was drawn: its renderer."
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return canvas.get_renderer()


@pytest.mark.fault("class names with $, _ or hundreds of letters in a figure", "-",
                   "drawn as they are, cut to their room")
def test_odd_names_are_drawn_as_text():
    figure = show_pair(make_card(0, (64, 64)) | {"name": "US$ 5_$6\n\u202e"}, ODD)
    drawn(figure)
    texts = [text.get_text() for text in figure.legends[0].get_texts()]
    assert len(texts) == 5 and texts[0] == "$\\foo$" and "_background_" in texts and "__ignore__" in texts
    assert max(map(len, texts)) <= 60 and not any(set("\x1b\u202e") & set(text) for text in texts)


def test_ids_of_any_size():
    "A colour costs what the picture does, not what the largest id would."
    mask = np.array([[0, 7, 3_000_000_000]])
    assert colorize(mask, {3_000_000_000: (9, 8, 7)})[0, 2].tolist() == [9, 8, 7]
    assert (colorize(mask)[0, :2] == colorize(mask[:, :2])[0]).all() and overlay(np.zeros((1, 3, 3), np.uint8), mask).shape == (1, 3, 3)


def test_copied_code_runs():
    "Also of numbers and arrays of NumPy; of what does not run, the code says so."
    mean = np.asarray(make_card(0, (64, 64))["image"]).mean((0, 1)) / 255
    for value in (mean, tuple(mean), tuple(np.float32(mean))):
        made = {}
        exec(program_of([Normalize(mean=value), RandomFlip(np.float64(0.25))]), made)
        assert made["augment"][0].mean == pytest.approx(tuple(mean), 1e-6) and made["augment"][1] == RandomFlip(0.25)
        assert "Normalize(mean=(" in explore_augment(make_card(0, (64, 64)), [Normalize(mean=value)]).code
    assert _checked("augment = nowhere()").startswith("# this does not run as it stands: nowhere")
    assert _checked("augment = [A(f=<function f at 0x1>)]").startswith("# this does not run as it stands: some value")
    assert tfrseg.Normalize is Normalize and CARD_CLASSES
