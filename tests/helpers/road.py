"""Small images, and masks of every kind that is read."""
import numpy as np
from PIL import Image

COLORS = np.array([(0, 0, 0), (255, 0, 0), (10, 20, 30), (0, 0, 255)], np.uint8)
KINDS = ("ids", "void", "palette", "colors", "rgba", "binary", "binary rgb", "bits", "wide")


def paint(folder, kind, n=3, size=(24, 31), suffix="png"):
    "Random images, and masks of one kind; gives the ids that the masks stand for."
    rng = np.random.default_rng(5)
    for sub in ("img", "seg"): (folder / sub).mkdir()
    truth = {}
    for k in range(n):
        image = rng.integers(0, 256, (*size, 3), dtype=np.uint8)
        Image.fromarray(image).save(folder / "img" / f"p{k}.{suffix}")
        ids = rng.integers(0, 2 if kind in ("binary", "bits", "binary rgb") else 4, size).astype(np.uint8)
        ids.flat[:4] = [0, 1, 0, 1] if ids.max() < 2 else [0, 1, 2, 3]
        if kind == "ids": mask = Image.fromarray(ids)
        elif kind == "void": ids[:, 0], mask = 255, None
        elif kind == "palette":
            mask = Image.fromarray(ids).convert("P")
            mask.putpalette(COLORS.tobytes())
        elif kind in ("colors", "rgba"):
            mask = Image.fromarray(COLORS[ids]).convert("RGBA" if kind == "rgba" else "RGB")
        elif kind == "binary": mask = Image.fromarray(ids * 255)
        elif kind == "binary rgb": mask = Image.fromarray(np.repeat(ids[..., None] * 255, 3, 2))
        elif kind == "bits": mask = Image.fromarray(ids * 255).convert("1")
        elif kind == "wide":
            ids = ids.astype(np.uint16) * 300
            mask = Image.fromarray(ids)
        (mask or Image.fromarray(ids)).save(folder / "seg" / f"p{k}.png")
        truth[f"p{k}"] = ids
    return truth
