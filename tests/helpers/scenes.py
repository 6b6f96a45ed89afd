"""Data sets of the same cards in the layouts of many tools, and what their masks hold."""
import json

import numpy as np
from matplotlib.path import Path as Outline
from PIL import Image

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card
from tfrseg.sources.layouts import camvid_source, cityscapes_source, voc_source
from tfrseg.plot import colorize
from tfrseg.sources.source import load_pair


H, W = 60, 80
CARDS = [make_card(i, (H, W)) for i in range(3)]
NAMES = CARD_CLASSES[1:]


def save(pixels, path, palette=None):
    "Pixels as a picture file, in a folder that is made."
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(np.squeeze(pixels).astype(np.uint8))
    if palette is not None: picture.putpalette(np.array(palette, np.uint8).tobytes().ljust(768, b"\0"))
    picture.save(path)


def save_text(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if isinstance(text, str) else json.dumps(text))


# Scenes of polygons, the truth of which is worked out here: three shapes, later ones on top, by the centres of pixels.

def scene(n):
    "Class names and corners of the shapes of picture n, on quarters of a pixel so that no centre lies on an outline."
    rng = np.random.default_rng(n)
    quarter = lambda points: np.round(np.asarray(points) * 4) / 4
    box = np.array([(4, 4), (70, 6), (72, 52), (6, 50)]) + rng.integers(-2, 3, (4, 2))
    star = [(40 + r * np.cos(t), 28 + r * np.sin(t)) for t, r in zip(np.linspace(0, 6.283, 11)[:-1], [20, 9] * 5)]
    return [("card", quarter(box)), ("photo", quarter(star)), ("stamp", quarter([(30 + n, 20), (52, 24), (36, 44)]))]


def centres_inside(points, size=(H, W)):
    "Which pixels have their centre inside an outline, by matplotlib."
    rows, columns = np.mgrid[:size[0], :size[1]] + 0.5
    return Outline(np.vstack([points, points[:1]]),
                   closed=True).contains_points(np.stack([columns, rows], -1).reshape(-1, 2)).reshape(size)


def near_outline(points, size=(H, W), within=0.5):
    "Which pixels have their centre this close to an outline."
    rows, columns = np.mgrid[:size[0], :size[1]] + 0.5
    centres, near = np.stack([columns, rows], -1), np.zeros(size, bool)
    for a, b in zip(points, np.roll(points, -1, 0)):
        t = np.clip(((centres - a) @ (b - a)) / max((b - a) @ (b - a), 1e-9), 0, 1)[..., None]
        near |= np.linalg.norm(centres - a - t * (b - a), axis=-1) <= within
    return near


def truth(n):
    "Ids of scene n, and where they are beyond doubt: no centre within a fifth of a pixel of an outline, which pycocotools rounds to."
    ids, sure = np.zeros((H, W), np.uint8), np.ones((H, W), bool)
    for label, points in scene(n):
        ids[centres_inside(points)] = CARD_CLASSES.index(label)
        sure &= ~near_outline(points, within=0.2)
    return ids, sure


def write_images(folder, suffix=".jpg", names="card-{}"):
    for n, card in enumerate(CARDS): save(card["image"], folder / f"{names.format(n)}{suffix}")


# One builder a layout: files as their tools write them, and the source with the classes of the cards in their order.

def build_voc(root):
    write_images(root / "JPEGImages")
    for n, card in enumerate(CARDS): save(card["mask"], root / "SegmentationClass" / f"card-{n}.png", CARD_PALETTE)
    save_text(root / "ImageSets/Segmentation/train.txt", "card-0\ncard-1\n")
    save_text(root / "ImageSets/Segmentation/val.txt", "card-2\n")
    return voc_source(root, class_names=CARD_CLASSES)


def build_cityscapes(root):
    ids = np.array([7, 24, 26, 4, 33])
    for n, card in enumerate(CARDS):
        stem = f"bonn/bonn_00000{n}_000019"
        save(card["image"], root / f"leftImg8bit/{'val' if n == 2 else 'train'}/{stem}_leftImg8bit.png")
        save(ids[card["mask"]], root / f"gtFine/{'val' if n == 2 else 'train'}/{stem}_gtFine_labelIds.png")
    return cityscapes_source(root)


def build_camvid(root):
    for n, card in enumerate(CARDS):
        part = "val" if n == 2 else "train"
        save(card["image"], root / part / f"0001TP_{n:06d}.png")
        save(colorize(card["mask"], CARD_PALETTE), root / f"{part}_labels" / f"0001TP_{n:06d}_L.png")
    save_text(root / "label_colors.txt",
              "\n".join(f"{r} {g} {b}\t\t{n}" for n, (r, g, b) in zip(("Void", *NAMES), CARD_PALETTE)))
    return camvid_source(root)


def coco_data(area):
    "COCO's tables of the scenes; `area` makes a segmentation of corners. The largest is last in the file."
    categories = [{"id": 7 * i, "name": CARD_CLASSES[i]} for i in range(1, 5)]
    images = [{"id": n + 1, "file_name": f"card-{n}.jpg", "height": H, "width": W} for n in range(3)]
    rows = [{"id": 10 * n + k, "image_id": n + 1, "category_id": 7 * CARD_CLASSES.index(label), "iscrowd": 0,
             "segmentation": area(points)}
            for n in range(3) for k, (label, points) in enumerate(scene(n)[::-1])]
    return {"images": images, "annotations": rows, "categories": categories}


def masks_of(source): return [load_pair(pair, source.labels)["mask"][..., 0] for pair in source.pairs]


# Whatever a file says

STRANGE = (None, True, -1, 0, 1e30, float("nan"), "", "x", "../x", [], {}, [1], [[1, 2]], {"a": 1}, "1", [[]], "\0", 10**30)


def places(node, path=()):
    "The way to every value in a tree of JSON, lists of numbers only at their ends."
    yield path
    keys = list(node) if isinstance(node, dict) else range(len(node))[:: max(len(node) - 1, 1)] if isinstance(node, list) else ()
    for key in keys: yield from places(node[key], (*path, key))


def with_value(tree, path, value):
    "The tree with another value at one place, or without it."
    tree = node = json.loads(json.dumps(tree))
    for key in path[:-1]: node = node[key]
    if not path: return value
    if value is KeyError: del node[path[-1]]
    else: node[path[-1]] = value
    return tree
