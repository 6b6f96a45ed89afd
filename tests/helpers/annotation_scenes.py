"""Data sets of the same cards as VIA, Label Studio, GeoJSON, run lengths, codes and masks of objects."""
import numpy as np
from PIL import Image, TiffImagePlugin
from scenes import CARDS, NAMES, H, W, save, save_text, scene

from tfrseg.sources.object_masks import roboflow_masks_source
from tfrseg.cards import CARD_CLASSES
from tfrseg.sources.class_codes import ade20k_full_source
from tfrseg.sources.geo import geojson_source


def studio_task(n, results, **more):
    told = {"id": 70 + n, "completed_by": 1, "was_cancelled": False, "ground_truth": False,
            "updated_at": "2024-01-01", "result": results}
    return {"id": n + 1, "data": {"image": f"/data/upload/1/0f0f0f0{n}-card-{n}.jpg"}, "annotations": [told],
            "predictions": []} | more


def feature(label, points, kind="Polygon"):
    ring = [*points.tolist(), points[0].tolist()]
    return {"type": "Feature", "id": "x", "properties": {"objectType": "annotation", "classification": {
        "name": label, "color": [1, 2, 3]}},
            "geometry": {"type": kind, "coordinates": [ring] if kind == "Polygon" else [[ring]]}}


def build_geotiff(root):
    "On a map of EPSG:25832, in pixels of 0.25 m: by tags, by a world file, and in the list of older QuPath."
    to_map = lambda points: points * (0.25, -0.25) + (400000, 5700000)
    for n, card in enumerate(CARDS):
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[33550], tags[33922] = (0.25, 0.25, 0.0), (0.0, 0.0, 0.0, 400000.0, 5700000.0, 0.0)
        tags[34735] = (1, 1, 0, 2, 1025, 0, 1, 1, 3072, 0, 1, 25832)
        for tag, kind in ((33550, 12), (33922, 12), (34735, 3)): tags.tagtype[tag] = kind
        root.mkdir(parents=True, exist_ok=True)
        Image.fromarray(card["image"]).save(root / f"card-{n}.tif", **({"tiffinfo": tags} if n else {}))
        features = [feature(label, to_map(points), "MultiPolygon" if n else "Polygon")
                    for label, points in scene(n)]
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
        whole = {"type": "FeatureCollection", "features": features, "crs": crs}
        save_text(root / f"card-{n}.geojson", features if n == 2 else whole)
    save_text(root / "card-0.tfw", "0.25\n0\n0\n-0.25\n400000.125\n5699999.875\n")
    return geojson_source(root, class_names=NAMES)


def as_runs(bits, order="columns", first=1):
    flat = np.concatenate([[0], (bits.T if order == "columns" else bits).ravel(), [0]]).astype(int)
    edges = np.flatnonzero(np.diff(flat))
    return " ".join(f"{a + first} {b - a}" for a, b in edges.reshape(-1, 2))


def ids_of(n): return CARDS[n]["mask"][..., 0]


def build_roboflow(root):
    for n, card in enumerate(CARDS):
        part = ("train", "valid", "test")[n]
        save(card["image"], root / part / f"card-{n}_jpg.rf.{n:032x}.jpg")
        save(card["mask"], root / part / f"card-{n}_jpg.rf.{n:032x}_mask.png")
        save_text(root / part / "_classes.csv", "Pixel Value, Class\n"
                  + "\n".join(f"{i}, {name}" for i, name in enumerate(CARD_CLASSES)) + "\n")
    source = roboflow_masks_source(root)
    return source.take([source.pairs.index(next(p for p in source.pairs if f"card-{n}" in p.name))
                        for n in range(3)])


def ade_codes(): return [0, 77, 312, 2131, 2855]


def build_ade(root):
    for n, card in enumerate(CARDS):
        codes, part = np.array(ade_codes())[ids_of(n)], "validation" if n == 2 else "training"
        folder = root / "images/ADE" / part / "urban/street"
        stem = f"ADE_{'val' if n == 2 else 'train'}_0000000{n}"
        save(card["image"], folder / f"{stem}.jpg")
        save(np.stack([codes // 256 * 10, codes % 256, (np.arange(W) // 20 * 30)[None].repeat(H, 0)], -1),
             folder / f"{stem}_seg.png")
        objects = [{"name": f"{name}, synonym", "name_ndx": code, "parts": {"part_level": 0}}
                   for name, code in zip(NAMES, ade_codes()[1:])]
        save_text(folder / f"{stem}.json",
                  {"annotation": {
                      "object": [*objects, {"name": "knob", "name_ndx": 9, "parts": {"part_level": 1}}]}})
    return ade20k_full_source(root, unlabelled="background")


def shape(name, **numbers):
    return {"shape_attributes": {"name": name, **numbers}, "region_attributes": {"class": "a"}}


def ring(a, b, dx=0): return [[a + dx, a], [b + dx, a], [b + dx, b], [a + dx, b], [a + dx, a]]


def polygon(coordinates, kind="Polygon", **properties):
    return {"type": "Feature", "properties": properties,
            "geometry": {"type": kind, "coordinates": coordinates}}
