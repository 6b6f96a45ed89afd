"""Sizes at the far ends: 16-bit masks of 5 000 classes through every verb, and many small pictures. What is larger is in benchmarks/sizes.py."""
import re

import numpy as np
import pytest
from PIL import Image
from records import read_samples

from tfrseg.augmenter.compose import Compose
from tfrseg.augmenter.geometry import RandomCrop, RandomFlip
from tfrseg.cli import main
from tfrseg.storage.labels import count_ids
from tfrseg.core import DataError
from tfrseg.reader.pipeline import make_dataset
from tfrseg.plot import draw_batch, show_pair
from tfrseg.explorer.summary import summarize
from tfrseg.storage.check import check_shards
from tfrseg.storage.counts import class_weights
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import folder_source
from tfrseg.augmenter.warp import RandomRotation
from tfrseg.writer.write import plan_shards, write_shards

K = 5000


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    "Four pictures of 80 x 100 whose masks show all of 5 000 classes, and the ignore label 65535."
    folder, rng = tmp_path_factory.mktemp("many"), np.random.default_rng(0)
    for kind in ("img", "seg"): (folder / kind).mkdir()
    ids = rng.permutation(np.r_[np.arange(K), rng.integers(0, K, 4 * 8000 - K - 50), np.full(50, 65535)]).astype(np.uint16).reshape(4, 80, 100)
    for k in range(4):
        Image.fromarray(rng.integers(0, 255, (80, 100, 3), np.uint8)).save(folder / "img" / f"{k}.png")
        Image.fromarray(ids[k]).save(folder / "seg" / f"{k}.png")
    return folder, ids[..., None]


@pytest.mark.parametrize("schema", [TFVISION, pytest.param(RAW_IDS, marks=pytest.mark.slow)], ids=lambda s: s.name)
def test_five_thousand_classes_go_every_way(many, tmp_path, monkeypatch, capsys, schema):
    folder, ids = many
    monkeypatch.chdir(tmp_path)
    assert main(["write", str(folder / "img"), str(folder / "seg"), "out", "--schema", schema.name, "--records-per-shard", "2"]) == 0
    info = load_info("out")
    assert info.labels.dtype == "uint16" and info.labels.ignore_label == 65535 and info.labels.num_classes == K
    values, counts = np.unique(ids, return_counts=True)
    assert info.total("pixels") == dict(zip(values.tolist(), counts.tolist()))
    for sample, wanted in zip(read_samples("out"), ids): assert sample["mask"].dtype == np.uint16 and (sample["mask"] == wanted).all()
    images, masks = next(iter(make_dataset("out", augment=[RandomRotation((-30, 30)), RandomFlip(), RandomCrop((64, 64))], batch_size=4, show_progress=False)))
    assert masks.dtype == "uint16" and set(np.unique(masks)) <= {*range(K), 65535} and (masks.numpy() == 65535).sum() > 60, "corners hold the ignore label"
    assert len(class_weights(info.total("pixels"), ignore_label=65535)) == K
    assert "and 4901 more classes" in str(summarize("out")) and check_shards("out", deep=True) == []
    for line in ("show out -o one.png --augment --dpi 40", "show out --html page.html --count 2", "info out --plot info.png", "check out --deep", "export out back"):
        assert main(line.split()) == 0, line
    for k, wanted in enumerate(ids): assert (np.asarray(Image.open(tmp_path / "back" / "masks" / f"{k}.png")) == wanted[..., 0]).all()
    assert re.search(r"4,?999|class 9", capsys.readouterr().out)


def test_figures_of_many_classes_stay_readable(many):
    folder, ids = many
    sample = {"image": np.zeros((80, 100, 3), np.uint8), "mask": ids[0], "name": "a"}
    for figure in (show_pair(sample, [f"class {i}" for i in range(K)]), draw_batch([sample, sample], 2)):
        assert max(figure.get_size_inches()) < 12 and len(figure.legends[0].get_texts() if figure.legends else ()) <= 60


def test_raw_refuses_sixteen_bits(many, tmp_path):
    folder, _ = many
    with pytest.raises(DataError, match="masks are uint16; schema raw holds uint8"):
        plan_shards(folder_source(folder / "img", folder / "seg", show_progress=False), tmp_path / "out", schema=RAW)


def test_eager_and_mapped_operations_keep_ids_of_sixteen_bits(many):
    _, ids = many
    sample = {"image": np.zeros((80, 100, 3), np.uint8), "mask": ids[1]}
    for seed in range(3):
        out = Compose((RandomFlip(), RandomCrop((40, 50))))(sample, seed)["mask"].numpy()
        assert out.dtype == np.uint16 and set(np.unique(out)) <= set(np.unique(ids[1]))


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int64", "bool"])
def test_ids_are_counted_in_blocks(dtype):
    ids = np.random.default_rng(0).integers(0, 2 if dtype == "bool" else 200, (1500, 1500)).astype(dtype)
    values, counts = np.unique(ids, return_counts=True)
    assert count_ids(ids) == dict(zip(values.astype(int).tolist(), counts.tolist()))


@pytest.mark.slow
def test_two_thousand_small_pictures(tmp_path):
    "Many shards and many names: everything is there once, and in order."
    for kind in ("img", "seg"): (tmp_path / kind).mkdir()
    for k in range(2000):
        Image.fromarray(np.full((6, 6, 3), (k % 256, k // 256, 7), np.uint8)).save(tmp_path / "img" / f"{k:05d}.png")
        Image.fromarray(np.full((6, 6), k % 5, np.uint8)).save(tmp_path / "seg" / f"{k:05d}.png")
    source = folder_source(tmp_path / "img", tmp_path / "seg", class_names="abcde", show_progress=False)
    info = write_shards(plan_shards(source, tmp_path / "out", records_per_shard=20), show_progress=False)
    assert len(info.shards()) == 100 and info.records() == 2000 and info.total("pixels") == dict.fromkeys(range(5), 36 * 400)
    seen = [(int(s["image"][0, 0, 1]) * 256 + int(s["image"][0, 0, 0]), int(s["mask"][0, 0, 0]), s["name"].decode()) for s in read_samples(tmp_path / "out")]
    assert seen == [(k, k % 5, f"{k:05d}") for k in range(2000)]
    numbers = [int(i[0, 0, 1]) * 256 + int(i[0, 0, 0]) for i, _ in make_dataset(tmp_path / "out", batch_size=None, dtype="uint8", show_progress=False)]
    assert sorted(numbers) == list(range(2000)) and numbers != sorted(numbers)
