"""Colours of classes: far apart for three kinds of sight, of their own up to 65 536 ids, the same in Python and in the viewer, and never those of errors."""
import re
from pathlib import Path

import numpy as np
import pytest

import tfrseg
from tfrseg.palette import (CLASS_0_COLOR, ERROR_COLOR, IGNORE_COLOR, SIGHTS, as_lab, default_colors, color_difference, count_alike, error_color,
                            label_colors)
from tfrseg.plot import colorize, overlay
from tfrseg.sources.layouts import ADE20K_COLORS, CAMVID_COLORS, CITYSCAPES_LABELS

# From Sharma, Wu and Dalal (2005), table 1: two colours in CIELAB, and CIEDE2000.
PUBLISHED = np.array([
    (50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425), (50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615), (50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0),
    (50, 0, 0, 50, -1, 2, 2.3669), (50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792), (50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195),
    (50, -0.001, 2.49, 50, 0.0009, -2.49, 4.8045), (50, 2.5, 0, 50, 0, -2.5, 4.3065), (50, 2.5, 0, 73, 25, -18, 27.1492),
    (50, 2.5, 0, 61, -5, 29, 22.8977), (50, 2.5, 0, 50, 3.1736, 0.5854, 1.0), (60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644),
    (22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373), (2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082)])


def test_differences_are_those_of_the_paper():
    "Either way round, in one call for all pairs."
    one, other, wanted = PUBLISHED[:, :3], PUBLISHED[:, 3:6], PUBLISHED[:, 6]
    np.testing.assert_allclose(color_difference(one, other), wanted, atol=1e-4)
    np.testing.assert_allclose(color_difference(other, one), wanted, atol=1e-4)
    assert (color_difference(one, one) == 0).all()


@pytest.mark.parametrize("n, sight, most", [(12, "normal", 0), (12, "protan", 0.05), (12, "deutan", 0.05),
                                            (32, "normal", 0.02), (32, "protan", 0.15), (32, "deutan", 0.15)])
def test_classes_are_told_apart(n, sight, most):
    "At 50 % over grey 60, and never worse than VOC's; the same with the background as class 0 and n-1 others."
    assert count_alike(default_colors(n), sight) <= most * n * (n - 1) / 2
    assert count_alike(default_colors(n, background=0), sight) <= most * n * (n - 1) / 2
    assert count_alike(default_colors(n), sight) < count_alike(label_colors(n), sight)


def test_every_id_has_a_colour_of_its_own():
    "All ids of 16 bits but the ignore label of 8; neighbours differ, in the first rounds also for other sights."
    colors = default_colors(65536)
    assert colors.shape == (65536, 3) and colors.dtype == np.uint8
    assert len(np.unique(colors, axis=0)) == 65535 and (colors[255] == colors[65535]).all()
    assert color_difference(as_lab(colors[1:]), as_lab(colors[:-1])).min() > 10
    for sight in SIGHTS:
        seen = as_lab(colors[:255], sight)
        assert color_difference(seen[1:], seen[:-1]).min() > 9
    for n in (0, 1, 31, 32, 33, 256, 300):
        assert (default_colors(n) == colors[:n]).all()


def test_files_keep_the_palette_of_voc():
    assert label_colors(22)[[0, 1, 15, 20]].tolist() == [[0, 0, 0], [128, 0, 0], [192, 128, 128], [0, 64, 128]]
    assert tuple(label_colors()[255]) == IGNORE_COLOR


def test_background_is_black_and_a_class_is_not():
    "The colours of other ids do not depend on it."
    assert default_colors(40, background=0)[0].tolist() == [0, 0, 0] and tuple(default_colors(1)[0]) == CLASS_0_COLOR
    assert (default_colors(40, background=0)[1:] == default_colors(40)[1:]).all()
    ids = np.arange(40).reshape(5, 8)
    assert (colorize(ids) == default_colors(40, background=0)[ids]).all()
    assert (colorize(ids, background=None) == default_colors(40)[ids]).all()
    assert (colorize(np.array([[0, 65536 + 7]]), background=None)[0] == default_colors(8)[[0, 7]]).all()
    photo = np.full((5, 8, 3), 60, np.uint8)
    sky = overlay(photo, np.zeros((5, 8), int), class_names=["sky", "road"])
    assert (sky[0, 0] == np.round((60 + np.array(CLASS_0_COLOR)) / 2)).all()
    assert (overlay(photo, np.zeros((5, 8), int), class_names=["background", "road"]) == photo).all()


def test_the_viewer_has_the_same_table():
    script = (Path(tfrseg.__file__).parent / "explorer/canvas/base.js").read_text()
    table = re.findall("[0-9a-f]{6}", script[script.index("CLASS_COLORS = ("):script.index("function classColor")])
    assert [tuple(bytes.fromhex(color)) for color in table] == list(map(tuple, default_colors(32).tolist()))


CITY = {color for train, color in CITYSCAPES_LABELS.values() if train != 255}


@pytest.mark.parametrize("colors", [[], default_colors(12), default_colors(32), label_colors(21), CAMVID_COLORS, sorted(CITY)],
                         ids=("none", "12", "32", "voc", "camvid", "cityscapes"))
def test_errors_have_a_colour_of_their_own(colors):
    found = error_color(colors)
    assert len(colors) == 0 or color_difference(as_lab(np.array(colors)), as_lab(found)).min() > 12


def test_errors_are_red_where_no_class_is():
    assert error_color(default_colors(32)) == error_color([]) == ERROR_COLOR
    assert error_color(sorted(CITY)) != ERROR_COLOR and error_color(list(ADE20K_COLORS.values())) not in ADE20K_COLORS.values()
