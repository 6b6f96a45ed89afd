"""Polygons, run lengths and ellipses: drawn as by COCO, and checked before."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO as CocoApi
from scenes import CARDS, H, W, near_outline, save_text

from tfrseg.core import DataError
from tfrseg.sources.annotation_json import labelme_source
from tfrseg.sources.shapes import Shape, check_shape, checked_rle, ellipse_points, polygon_rle
from tfrseg.sources.source import load_pair


# Geometry

def some_polygon():
    return st.lists(st.tuples(st.floats(-0.9, 40.9), st.floats(-0.9, 30.9)), min_size=3, max_size=8)


@settings(max_examples=80, deadline=None)
@given(some_polygon())
def test_a_pixel_belongs_to_a_polygon_that_encloses_its_centre(corners):
    "Against an even-odd rule worked out here, wherever the centre is more than half a pixel from the outline: corners are rounded to a fifth."
    points, size = np.array(corners), (30, 40)
    rows, columns = np.mgrid[:30, :40] + 0.5
    crossings = np.zeros(size, int)
    for (x0, y0), (x1, y1) in zip(points, np.roll(points, -1, 0)):
        spans = (y0 > rows) != (y1 > rows)
        with np.errstate(all="ignore"): at = x0 + (rows - y0) / (y1 - y0) * (x1 - x0)
        crossings += spans & (at > columns)
    mine = coco_mask.decode({"size": size, "counts": polygon_rle([points], size)})
    sure = ~near_outline(points, size)
    assert (mine[sure] == (crossings % 2)[sure]).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(some_polygon(), min_size=1, max_size=3))
def test_polygons_are_drawn_as_by_cocos_own_tools(polygons):
    "The union of the parts, as `COCO.annToMask` has it."
    flat = [np.array(p).ravel().tolist() for p in polygons]
    api = CocoApi()
    api.imgs = {1: {"height": 30, "width": 40}}
    theirs = api.annToMask({"image_id": 1, "segmentation": flat})
    assert (coco_mask.decode({"size": (30, 40), "counts": polygon_rle(polygons, (30, 40))}) == theirs).all()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=20) | st.text(st.characters(min_codepoint=48, max_codepoint=112), max_size=20)
       | st.lists(st.integers(-5, 200), max_size=8))
def test_run_lengths_fit_or_are_refused(counts):
    "Whatever a file says: never pixels of memory that was not filled, never a crash."
    try: packed = checked_rle({"size": [10, 12], "counts": counts}, (10, 12))
    except DataError: return
    bits = coco_mask.decode({"size": [10, 12], "counts": packed})
    assert bits.shape == (10, 12) and bits.max() <= 1 and (bits == coco_mask.decode({"size": [10, 12],
                                                                                     "counts": packed})).all()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=50, deadline=None)
def test_run_lengths_of_any_mask_come_back(seed):
    rng = np.random.default_rng(seed)
    bits = np.asfortranarray(rng.random((rng.integers(1, 50), rng.integers(1, 50))) < rng.random(), np.uint8)
    packed = coco_mask.encode(bits)
    assert checked_rle(packed, bits.shape) == packed["counts"]
    flat = bits.T.ravel()
    runs = np.diff([0, *np.flatnonzero(np.diff(flat, prepend=0)), flat.size])
    assert checked_rle({"size": bits.shape, "counts": runs.tolist()}) == packed["counts"]


def test_ellipses_are_round():
    for rx, ry, angle in ((3, 3, 0), (30, 10, 30), (120, 80, 77)):
        points = ellipse_points(150, 150, rx, ry, angle)
        area = coco_mask.area({"size": (300, 300), "counts": polygon_rle([points], (300, 300))})
        assert abs(area - np.pi * rx * ry) < 0.05 * 2 * np.pi * max(rx, ry) + 3


@pytest.mark.parametrize("shape, said", (
    (Shape("a", "", ([[1, 1], [5, 5]],)), "2 corners; wanted three"), (Shape("a", "", ()), "no polygon"),
    (Shape("a", "", ([[1, 1], [5, 5], [81.5, 3]],)), "a corner at x=81.5, y=3, outside the image of 60 x 80"),
    (Shape("a", "", ([[1, 1], [5, 5], [9, -2]],)), "a corner at x=9, y=-2"),
                                         (Shape("a", "", ([[1, 1], [5, 5], [float("inf"), 0]],)), "not finite"),
    (Shape("a", "", rle={"size": [80, 60], "counts": [4800]}), "80 x 60 pixels; wanted 60 x 80"),
    (Shape("a", "", rle={"size": [60, 80], "counts": [4799]}), "4799 pixels in all; wanted 60 x 80 = 4800"),
    (Shape("a", "", rle={"size": [60, 80], "counts": [5000, -200]}), "none below 0"),
                                         (Shape("a", "", rle={"size": [60, 80]}), "invalid run lengths"),
    (Shape("a", "", error="not understood"), "not understood")))
def test_what_is_wrong_with_a_shape(shape, said):
    problem, = check_shape(shape, (H, W))
    assert said in problem
    assert check_shape(Shape("a", "", ([[0, 0], [80.9, 0], [80, 60.9]],)), (H, W)) == []


@pytest.mark.fault("outlines for a picture that its EXIF note turns", "-",
                   "they are those of the upright picture; a size that lies down is a finding")
def test_coordinates_are_those_of_the_upright_picture(tmp_path):
    "A picture that its EXIF note turns: the tools show it upright and so their outlines are; the image is turned at write."
    note = Image.Exif()
    note[0x0112] = 6
    Image.fromarray(np.rot90(CARDS[0]["image"])).save(tmp_path / "card-0.png", exif=note)
    box = {"label": "card", "points": [[70, 2], [79, 9]], "shape_type": "rectangle"}
    save_text(tmp_path / "card-0.json", {"shapes": [box], "imagePath": "card-0.png", "imageHeight": H, "imageWidth": W})
    source = labelme_source(tmp_path)
    sample = load_pair(source.pairs[0], source.labels)
    assert (sample["image"] == CARDS[0]["image"]).all() and sample["mask"][2:9,
                                                                           70:79].all() and sample["mask"].sum() == 63
    save_text(tmp_path / "card-0.json", {"shapes": [], "imagePath": "card-0.png", "imageHeight": W, "imageWidth": H})
    with pytest.raises(DataError, match="80 x 60 pixels; wanted 60 x 80, as .*card-0.png has after its EXIF rotation"):
        labelme_source(tmp_path)
