"""Outlines and run lengths give the mask back: any mask, through the files and the readers of both tools."""
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tfrseg.core import DataError
from tfrseg.sources.annotation_json import labelme_source
from tfrseg.sources.annotation_tools import cvat_source
from tfrseg.writer.outlines import cvat_head, cvat_image, cvat_masks, labelme_file, labelme_shapes, outer_rings

NAMES = ("background", "a", "b", 'c"<&>')
QUIET = {"show_progress": False}


@st.composite
def masks(draw):
    "Noise, or blocks and rings in each other, with islands, holes, corners that touch, and ignored pixels."
    height, width, seed = draw(st.integers(1, 14)), draw(st.integers(1, 14)), draw(st.integers(0, 1 << 30))
    rng = np.random.default_rng(seed)
    if draw(st.booleans()): return rng.choice([0, 1, 2, 3, 255], (height, width, 1)).astype(np.uint8)
    ids = np.zeros((height, width, 1), np.uint8)
    for _ in range(draw(st.integers(0, 6))):
        y, x = rng.integers(0, height), rng.integers(0, width)
        ids[y:y + rng.integers(1, 9), x:x + rng.integers(1, 9)] = rng.choice([0, 1, 2, 3, 255])
    return ids


def through(tool, ids, root, names=NAMES):
    "A mask on its way through a file of a tool; None where nothing is drawn."
    Image.fromarray(np.zeros((*ids.shape[:2], 3), np.uint8)).save(root / "x.png")
    bare = names[0] == "background"
    how = {"class_names": names[1:] if bare else names, "background": "background" if bare else None, **QUIET}
    if tool == "labelme":
        shapes = labelme_shapes(ids, names, 255)
        (root / "x.json").write_text(json.dumps(labelme_file(shapes, "x.png", ids.shape[:2])))
        return labelme_source(root, **how).pairs[0].mask.load() if shapes else None
    shapes = cvat_masks(ids, names, 255)
    text = cvat_head({name: (1, 2, 3) for name in names}, 1) + cvat_image(0, "x.png", "train", ids.shape[:2], shapes)
    (root / "annotations.xml").write_text(f"{text}</annotations>\n")
    return cvat_source(root, **how).pairs[0].mask.load() if shapes else None


@pytest.mark.parametrize("names", (NAMES, ("road", *NAMES[1:])), ids=("background", "road"))
@pytest.mark.parametrize("tool", ("labelme", "cvat"))
def test_any_mask_comes_back(tool, names, tmp_path_factory):
    root = tmp_path_factory.mktemp(tool)

    @settings(max_examples=60, deadline=None)
    @given(masks())
    def law(ids):
        back = through(tool, ids, root, names)
        assert (ids == 0).all() if back is None else (back == ids).all()

    law()


@settings(max_examples=60, deadline=None)
@given(masks())
def test_rings_enclose_their_regions(ids):
    "Closed, along the sides of pixels, clockwise, corners alone; larger ones first."
    rings = outer_rings(ids)
    areas = [ring.area for ring in rings]
    assert areas == sorted(areas, reverse=True) and min(areas) > 0 and sum(ring.id == 0 for ring in rings) <= (ids == 0).sum()
    for ring in rings:
        steps = np.diff(ring.points, axis=0, append=ring.points[:1])
        assert ((steps == 0).sum(1) == 1).all() and (steps * np.roll(steps, 1, 0)).sum() == 0
        assert (ring.points >= 0).all() and (ring.points <= ids.shape[1::-1]).all()


def test_a_region_that_encloses_others_is_drawn_first():
    "A spiral and a ring in a ring: no region may hide one that it encloses."
    ids = np.zeros((15, 15), np.uint8)
    for k in range(7): ids[k:15 - k, k:15 - k] = k % 3
    rings = outer_rings(ids)
    assert [ring.area for ring in rings] == [(15 - 2 * k) ** 2 for k in range(7)] and [ring.id for ring in rings] == [k % 3 for k in range(7)]


def test_too_many_regions_are_refused_by_name(monkeypatch):
    monkeypatch.setattr("tfrseg.writer.outlines._MOST_SHAPES", 10_000)
    ids = (np.indices((105, 105)).sum(0) % 2).astype(np.uint8)[..., None]
    with pytest.raises(DataError, match="field-7: 1[01][0-9]{3} regions; 10000 polygons are the most. Take --layout cvat"):
        labelme_shapes(ids, ("a", "b"), 255, "field-7")
