"""Real pictures down the whole road: masks equal to the source, pixel by pixel."""
import numpy as np
import pytest
from conftest import ROOT
from PIL import Image
from records import read_samples

from tfrseg.augmenter.geometry import RandomCrop, RandomFlip, RandomRotate90
from tfrseg.cli import main
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.check import check_shards
from tfrseg.storage.dataset import load_info

DATA = ROOT.parent / "shared" / "data"
SETS = {"membrane": ("image", "label"), "coco_pixelwise": ("images", "pixelwise_masks")}
QUICK = {"membrane": 6, "coco_pixelwise": 2}  # pictures; with `-m slow` all
COLORS = [(0, 0, 0), (0, 0, 255), (0, 255, 0), (255, 0, 0)]

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real pictures are not at {DATA}")


@pytest.fixture(scope="module", params=[*QUICK.items(), *(pytest.param((name, None), marks=pytest.mark.slow) for name in SETS)],
                ids=lambda param: f"{param[1] or 'all'} of {param[0]}")
def written(request, tmp_path_factory):
    "Name, folder of masks by name, and shards written by the command."
    name, count = request.param
    folder = tmp_path_factory.mktemp(name)
    for sub in SETS[name]:
        (folder / sub).mkdir()
        for path in sorted((DATA / name / sub).iterdir())[:count]: (folder / sub / path.name).symlink_to(path)
    images, masks = (folder / sub for sub in SETS[name])
    assert main(["write", str(images), str(masks), str(folder / "out")]) == 0
    return name, {p.stem: p for p in masks.iterdir()}, folder / "out"


@pytest.fixture(scope="module")
def samples(written): return read_samples(written[2])


def meant(name, path) -> np.ndarray:
    "The ids of a mask file, worked out from its pixels here."
    pixels = np.asarray(Image.open(path))
    if name == "membrane": return (pixels == 255).astype(np.uint8)
    ids = np.full(pixels.shape[:2], 99, np.uint8)
    for i, color in enumerate(COLORS): ids[(pixels == color).all(-1)] = i
    return ids


def test_masks_equal_the_source(written, samples):
    name, masks, _ = written
    assert sorted(s["name"].decode() for s in samples) == sorted(masks)
    for sample in samples: assert (sample["mask"][..., 0] == meant(name, masks[sample["name"].decode()])).all()


def test_images_equal_the_source(written, samples):
    name, *_ = written
    folder = DATA / name / SETS[name][0]
    files = {p.stem: p for p in folder.iterdir()}
    for sample in samples:
        assert (sample["image"] == np.asarray(Image.open(files[sample["name"].decode()]).convert("RGB"))).all()


def test_training_batches(written):
    "Shuffled, augmented batches hold only labels of the source; unaugmented ones are its masks."
    name, masks, out = written
    labels = {int(i) for path in masks.values() for i in np.unique(meant(name, path))}
    train = make_dataset(out, augment=[RandomFlip(), RandomRotate90(), RandomCrop((480, 480))], batch_size=4, seed=1)
    seen = set()
    for images, batch in train.as_numpy_iterator():
        assert images.shape[1:] == (480, 480, 3) and images.dtype == np.float32 and 0 <= images.min() and images.max() <= 255
        seen |= set(np.unique(batch))
    assert seen == labels and labels <= {"membrane": {0, 1}, "coco_pixelwise": set(range(4))}[name]
    got = [m[..., 0].tobytes() for _, m in make_dataset(out, batch_size=None, shuffle=False).as_numpy_iterator()]
    assert sorted(got) == sorted(meant(name, p).tobytes() for p in masks.values())


def test_info_check_show_export(written, tmp_path, capsys):
    name, masks, out = written
    assert main(["info", str(out)]) == 0 and f"{len(masks)} (train {len(masks)})" in capsys.readouterr().out
    total = np.zeros(4, int)
    for path in masks.values(): total += np.bincount(meant(name, path).ravel(), minlength=4)
    assert load_info(out).total("pixels") == {i: n for i, n in enumerate(total.tolist()) if n}
    assert check_shards(out, deep=True, show_progress=False) == []
    assert main(["show", str(out), "-o", str(tmp_path / "show.png"), "--augment"]) == 0
    assert Image.open(tmp_path / "show.png").size[0] > 800
    assert main(["export", str(out), str(tmp_path / "back")]) == 0
    for stem, path in masks.items():
        with Image.open(path) as before, Image.open(tmp_path / "back" / "masks" / f"{stem}.png") as after:
            assert (np.asarray(before) == np.asarray(after)).all()
