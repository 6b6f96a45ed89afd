"""Small annotation files of many tools, with one square on a grey image."""
import json

import numpy as np
from PIL import Image

from tfrseg.sources.source import load_pair


H, W = 40, 60
SQUARE = [[5, 5], [35, 5], [35, 25], [5, 25]]  # 30 x 20 = 600 pixels
DOT = [[10, 10], [14, 10], [14, 14], [10, 14]]
FLAT = [v for corner in SQUARE for v in corner]


def save_image(path, size=(H, W), seed=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.random.default_rng(seed).integers(0, 256, (*size, 3), dtype=np.uint8)).save(path)


def save(path, what):
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(what, bytes): path.write_bytes(what)
    else: path.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
    return path


def labelme(*shapes, **more):
    rows = [{"label": label, "shape_type": kind, "points": points} | (extra[0] if extra else {})
            for label, kind, points, *extra in shapes]
    return {"shapes": rows, "imagePath": "a.png", "imageData": None, "imageHeight": H, "imageWidth": W} | more


def coco(*rows, image=None, categories=({"id": 1, "name": "thing"},), **more):
    rows = [{"id": k, "image_id": 1, "category_id": 1, "iscrowd": 0, "area": 600,
             "bbox": [5, 5, 30, 20]} | row
            for k, row in enumerate(rows, 1)]
    return {"images": [{"id": 1, "width": W, "height": H, "file_name": "a.png"} | (image or {})],
            "annotations": rows,
            "categories": list(categories)} | more


def cvat(*tags):
    corners = ";".join(f"{x},{y}" for x, y in SQUARE)
    good = f'<polygon label="thing" points="{corners}" z_order="0"/>'
    return (f'<annotations><image id="0" name="a.png" width="{W}" height="{H}">{good}{"".join(tags)}'
            "</image></annotations>")


def pixels(source, n=0):
    "Pixels by class name of one pair."
    names, mask = source.class_names, load_pair(source.pairs[n], source.labels)["mask"]
    return {names[i] if i < len(names) else "ignored": int(k)
            for i, k in zip(*np.unique(mask, return_counts=True))}


def told(source): return "\n".join(source.assumptions)


def datumaro_with(row):
    def build(root):
        rows = [{"id": 0, "type": "polygon", "label_id": 0, "points": FLAT}, {"id": 1, "label_id": 1} | row]
        save(root / "annotations/train.json",
             {"categories": {"label": {"labels": [{"name": "thing"}, {"name": "other"}]}},
                                               "items": [{"id": "a", "annotations": rows}]})
    return build


def yolo_with(line):
    def build(root):
        corners = " ".join(f"{x / W:.8f} {y / H:.8f}" for x, y in SQUARE)
        save_image(root / "images/train/a.png")
        save(root / "labels/train/a.txt", f"0 {corners}\n{line}\n")
        save(root / "data.yaml", "train: images/train\nnames: [thing, other]\n")
    return build


RUNS = [5 * H + 5, *[20, 20] * 29, 20, 15 + 24 * H + 0]


RUNS[-1] = H * W - sum(RUNS[:-1])


# data.yaml

def yolo(root, yaml, splits=(("train", "a"), ("valid", "b")), box=""):
    for split, name in splits:
        save_image(root / split / "images" / f"{name}.png", seed=ord(name))
        save(root / split / "labels" / f"{name}.txt",
             "0 " + " ".join(f"{x / W:.8f} {y / H:.8f}" for x, y in SQUARE) + box)
    save(root / "data.yaml", yaml if "names" in yaml else f"{yaml}\nnames: [thing]\n")
    return root


def supervisely(*rows):
    return {"size": {"height": H, "width": W}, "objects": list(rows)}


def supervisely_polygon(kind="polygon", **more):
    return {"classTitle": "thing", "geometryType": kind,
            "points": {"exterior": SQUARE, "interior": []}} | more
