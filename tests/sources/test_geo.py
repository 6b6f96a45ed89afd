"""GeoJSON in pixels and on maps."""
import json

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin
from scenes import CARDS, H, W, masks_of, save_text, write_images
from annotation_scenes import build_geotiff, polygon, ring

from tfrseg.core import DataError
from tfrseg.sources.detect import open_layout
from tfrseg.sources.geo import geojson_source, read_georeference


# GeoJSON

def geo_set(root, *features, **more):
    write_images(root)
    save_text(root / "card-0.geojson", {"type": "FeatureCollection", "features": list(features)} | more)
    return root


@pytest.mark.fault("polygons with holes, and islands in the holes", "drawn as if full, or the island is lost",
                   "a hole stays a hole, and an island in it an island")
def test_holes_stay_holes_and_islands_islands(tmp_path):
    source = geojson_source(geo_set(tmp_path, polygon([[ring(5, 45), ring(10, 40)], [ring(20, 30)]],
                                                      "MultiPolygon", **{"class": "a"})))
    assert masks_of(source)[0].sum() == 40 * 40 - 30 * 30 + 10 * 10


def test_a_file_that_cannot_be_read_is_told_beside_the_others(tmp_path):
    geo_set(tmp_path, polygon([ring(5, 45)], label="roof"))
    (tmp_path / "card-1.geojson").write_text("{")
    with pytest.raises(DataError, match="1 problem: .*card-1.geojson") as caught: geojson_source(tmp_path)
    assert [finding.path.name for finding in caught.value.findings] == ["card-1.geojson"]


def test_small_features_lie_on_top(tmp_path):
    for features in ([polygon([ring(10, 20)], label="small"), polygon([ring(0, 50)], label="large")],) * 2:
        source = geojson_source(geo_set(tmp_path, *features))
        assert (masks_of(source)[0] == source.class_names.index("small")).sum() == 100
        features.reverse()


@pytest.mark.parametrize("properties, key, said", (
    ({"classification": {"name": "Tumor"}}, None, "Tumor"),
    ({"classification": '{"name": "Tumor"}'}, None, "Tumor"), ({"roof": "flat", "storeys": 2}, None, "flat"),
    ({"a": "x", "b": "y"}, "b", "y"), ({}, None, "object")))
def test_the_class_of_a_feature(tmp_path, properties, key, said):
    source = geojson_source(geo_set(tmp_path, polygon([ring(5, 15)], **properties)), key=key)
    assert source.class_names == ("background", said)
    assert key or any("property" in line or "class" in line for line in source.assumptions)


def test_two_properties_are_a_question(tmp_path):
    with pytest.raises(DataError, match=r"'a' \(1 features\), 'b' \(1 features\). Which one is the class\? "
                                        r"Say it with --option key=a"):
        geojson_source(geo_set(tmp_path, polygon([ring(5, 15)], a="x", b="y")))


def place(root, scale, x, y):
    save_text(root / "card-0.jgw", f"{scale}\n0\n0\n{-scale}\n{x + scale / 2}\n{y - scale / 2}\n")


def on_map(scale, x, y): return [[x + px * scale, y - py * scale] for px, py in ring(5, 15)]


@pytest.mark.fault("GeoJSON in another projection than the image", "-",
                   "refused in words: where the corner is, where the image lies, and into which map to "
                   "project")
@pytest.mark.parametrize("world, corners, crs, said", (
    ((0.5, 4e5, 5.7e6), [[13.40, 52.51], [13.41, 52.51], [13.41, 52.52]], None, "longitude and latitude"),
    ((0.5, 4e5, 5.7e6), on_map(0.5, 7e5, 5.1e6), None, "another projection, or another area"),
    (None, on_map(0.5, 4e5, 5.7e6), "urn:ogc:def:crs:EPSG::25832", "nothing says where on that map"),
    (None, [[13.40, 52.51], [13.41, 52.51], [13.41, 52.52]], None, "longitude and latitude")))
def test_coordinates_of_another_map(tmp_path, world, corners, crs, said):
    root = geo_set(tmp_path, polygon([corners], label="a"),
                   **({"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}))
    if world: place(root, *world)
    with pytest.raises(DataError, match=f"card-0.geojson: .*{said}"): geojson_source(root)


def test_projections_that_differ_by_name_are_refused(tmp_path):
    build_geotiff(tmp_path)
    data = json.loads((tmp_path / "card-1.geojson").read_text())
    save_text(tmp_path / "card-1.geojson", data
              | {"crs": {"type": "name", "properties": {"name": "EPSG:32632"}}})
    with pytest.raises(DataError,
                       match="coordinates of EPSG:32632, and the image lies on a map of EPSG:25832"):
        geojson_source(tmp_path)


def test_pixels_over_an_image_that_lies_on_a_map(tmp_path):
    root = geo_set(tmp_path, polygon([ring(5, 15)], label="a"))
    place(root, 0.5, 4e5, 5.7e6)
    assert masks_of(geojson_source(root))[0].sum() == 100
    place(root, 1, 0, 60)
    with pytest.raises(DataError, match="coordinates=pixels or coordinates=map"): geojson_source(root)
    assert masks_of(geojson_source(root, coordinates="pixels"))[0][5:15, 5:15].all()
    assert masks_of(geojson_source(root, coordinates="map"))[0][H - 15:H - 5, 5:15].all()


@pytest.mark.parametrize("turn", (0.0, 0.3, 2.0))
def test_places_of_turned_images(tmp_path, turn):
    "A world file, which says the middle of the first pixel, and sixteen numbers of a GeoTIFF say the same."
    c, s = 0.5 * np.cos(turn), 0.5 * np.sin(turn)
    a, d, b, e, x, y = c, s, s, -c, 1000.0, 2000.0
    save_text(tmp_path / "a.tfw", "\n".join(map(str, (a, d, b, e, x + (a + b) / 2, y + (d + e) / 2))))
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[34264], tags.tagtype[34264] = (a, b, 0.0, x, d, e, 0.0, y, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
                                        1.0), 12
    for name in "ab": Image.fromarray(CARDS[0]["image"]).save(tmp_path / f"{name}.tif", tiffinfo=tags)
    points = np.array([[x, y], [x + 20 * a + 10 * b, y + 20 * d + 10 * e]])
    for name in "ab":
        assert np.allclose(read_georeference(tmp_path / f"{name}.tif").pixels(points), [[0, 0], [20, 10]])


def test_an_empty_collection_keeps_its_image(tmp_path):
    for name in "ab": Image.new("RGB", (W, H)).save(tmp_path / f"{name}.png")
    ring = [[5, 5], [25, 5], [25, 15], [5, 15], [5, 5]]
    road = {"type": "Feature", "properties": {"class": "road"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}
    for name, rows in (("a", [road]), ("b", [])):
        (tmp_path / f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    source = open_layout(tmp_path, show_progress=False)["train"]
    assert len(source) == 2 and any("1 of 2 images holds no shape" in line for line in source.assumptions)
