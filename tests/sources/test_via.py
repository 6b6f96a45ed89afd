"""VIA: shapes, attributes, splits."""
import numpy as np
import pytest
from scenes import masks_of, save_text, write_images
from annotation_scenes import shape

from tfrseg.core import DataError
from tfrseg.sources.detect import open_layout
from tfrseg.sources.via import via_source


# VIA

def via_set(root, regions, **more):
    write_images(root)
    save_text(root / "via.json", {"a": {"filename": "card-0.jpg", "size": 1, "regions": regions,
                                        "file_attributes": {}}} | more)
    return root


@pytest.mark.parametrize("region, pixels", (
    (shape("rect", x=10, y=5, width=20, height=10), 200), (shape("circle", cx=30, cy=30, r=10), 314),
    (shape("ellipse", cx=40, cy=30, rx=20, ry=8), 503),
    (shape("ellipse", cx=40, cy=30, rx=20, ry=8, theta=1.0), 503),
    (shape("polygon", all_points_x=[10, 30, 30, 10], all_points_y=[5, 5, 15, 15]), 200)))
def test_shapes_of_via(tmp_path, region, pixels):
    mask, = masks_of(via_source(via_set(tmp_path, [region])))
    assert abs(int(mask.sum()) - pixels) <= 0.02 * pixels


def test_the_turn_of_a_via_ellipse_is_in_radians_clockwise(tmp_path):
    mask, = masks_of(
        via_source(via_set(tmp_path, [shape("ellipse", cx=40, cy=30, rx=25, ry=6, theta=np.pi / 4)])))
    assert mask[30 + 14, 40 + 14] == 1 and mask[30 - 14, 40 + 14] == 0


def test_lines_and_points_of_via_are_counted(tmp_path):
    source = via_source(via_set(tmp_path, [shape("rect", x=1, y=1, width=9, height=9),
                                           shape("point", cx=1, cy=1),
                                           shape("polyline", all_points_x=[1, 2, 9],
                                                 all_points_y=[1, 5, 9])]))
    assert masks_of(source)[0].sum() == 81 and any("1 point, 1 polyline" in line
                                                   for line in source.assumptions)


@pytest.mark.parametrize("names, attribute, said", (
    ([{"class": "x", "colour": "red"}], None, ("background", "x")),
    ([{"class": "x", "colour": "red"}], "colour", ("background", "red")),
    ([{}], None, ("background", "object")),
    ([{"species": {"cat": True, "dog": False}}], None, ("background", "cat")),
    ([{"a": "1", "b": "2"}], None, "Which one is the class?"),
    ([{"a": "1"}], "b", "no region has an attribute 'b'; there are 'a'")))
def test_which_attribute_is_the_class(tmp_path, names, attribute, said):
    root = via_set(tmp_path, [shape("rect", x=1, y=1, width=9, height=9) | {"region_attributes": name}
                              for name in names])
    if isinstance(said, tuple):
        source = via_source(root, attribute=attribute)
        assert source.class_names == said and (attribute
                                               or any("attribute" in line for line in source.assumptions))
    else:
        with pytest.raises(DataError, match=said.replace("?", r"\?") + ".*--option attribute="):
            via_source(root, attribute=attribute)


def test_regions_without_a_class_are_ignored_and_counted(tmp_path):
    box = shape("rect", x=1, y=1, width=9, height=9)
    source = via_source(via_set(tmp_path, [box, box, shape("rect", x=40, y=30, width=5, height=5)
                                           | {"region_attributes": {}}]))
    assert (masks_of(source)[0] == 255).sum() == 25 and any(line.endswith("1 of 3")
                                                            for line in source.assumptions)


def test_two_ticked_classes_are_a_finding(tmp_path):
    with pytest.raises(DataError, match="2 values of 'c' are ticked"):
        via_source(via_set(tmp_path, [shape("rect", x=1, y=1, width=9, height=9)
                                      | {"region_attributes": {"c": {"x": True, "y": True}}}]))


def test_splits_of_via_share_their_classes(tmp_path):
    for part, label in (("train", "x"), ("val", "y")):
        write_images(tmp_path / part)
        region = shape("rect", x=1, y=1, width=9, height=9) | {"region_attributes": {"class": label}}
        save_text(tmp_path / part / "via_region_data.json",
                  {"a": {"filename": "card-0.jpg", "regions": [region], "file_attributes": {}}})
    sources = open_layout(tmp_path)
    assert {split: source.class_names for split, source in sources.items()} == dict.fromkeys(
        ("train", "val"), ("background", "x", "y"))
    assert [int(mask.max()) for source in sources.values() for mask in masks_of(source)] == [1, 2]
