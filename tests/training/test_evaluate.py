"""A model against the truth, over every pixel: the counts of NumPy, whatever the sizes, splits, tiles and batches."""
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfrseg.cards import CARD_CLASSES, make_card
from tfrseg.core import DataError
from tfrseg.sources.arrays import array_source
from tfrseg.sources.source import folder_source
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.shards import open_shards
from tfrseg.training.evaluation import evaluate

K = 4
NAMES = tuple(f"class {k}" for k in range(K))


def scores(images):
    "Scores of four classes: the class is the red value modulo four."
    return np.eye(K, dtype=np.float32)[np.asarray(images)[..., 0].astype(int) % K]


def pairs(seed, sizes, ignored=0.1, classes=K):
    "Random images [H, W, 3] and masks [H, W, 1], some of whose pixels are ignored."
    rng = np.random.default_rng(seed)
    for size in sizes:
        mask = rng.integers(0, classes, (*size, 1), np.uint8)
        mask[rng.random(size) < ignored] = 255
        yield {"image": rng.integers(0, 256, (*size, 3), np.uint8), "mask": mask, "name": f"r{size[0]}-{size[1]}-{rng.integers(10**9)}"}


def by_hand(samples):
    "The table, counted pixel by pixel."
    table = np.zeros((K, K), np.int64)
    for s in samples:
        use = s["mask"][..., 0] != 255
        np.add.at(table, (s["mask"][..., 0][use], s["image"][..., 0][use] % K), 1)
    return table


def source_of(samples): return array_source(samples, name="name", class_names=NAMES, ignore_label=255, show_progress=False)


def quiet(*args, **options): return evaluate(*args, **{"show_progress": False} | options)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.tuples(st.integers(8, 40), st.integers(8, 40)), min_size=1, max_size=4), st.sampled_from([None, 8, (7, 11)]), st.integers(1, 3))
def test_every_pixel_counts_once(seed, sizes, tile, batch_size):
    samples = list(pairs(seed, sizes))
    found = quiet(scores, source_of(samples), tile=tile, batch_size=batch_size)
    np.testing.assert_array_equal(found.confusion.matrix, by_hand(samples))
    assert found.confusion.ignored == sum(int((s["mask"] == 255).sum()) for s in samples)
    assert [record.number for record in found.records] == sorted(range(len(samples)), key=lambda k: next(r.mean_iou for r in found.records if r.number == k))


def test_splits_add_up(shards):
    def five(images): return np.eye(5, dtype=np.float32)[np.asarray(images)[..., 0].astype(int) % 5]
    splits = {split: quiet(five, shards, split) for split in ("train", "val")}
    whole = quiet(five, shards)
    np.testing.assert_array_equal(whole.confusion.matrix, sum(e.confusion.matrix for e in splits.values()))
    assert {(r.split, r.name) for r in whole.records} == {(split, r.name) for split, e in splits.items() for r in e.records}
    assert len(whole.records) == open_shards(shards).records and whole.names == CARD_CLASSES
    assert f"{shards}, split val: 3 records" in repr(splits["val"])


def test_worst_first_and_drawn():
    "The record that is all wrong is first, the one without a counted pixel last; pictures show them again."
    right = np.zeros((20, 30, 3), np.uint8)
    samples = [{"image": right, "mask": np.full((20, 30, 1), value, np.uint8), "name": name} for name, value in (("right", 0), ("ignored", 255), ("wrong", 1))]
    samples[0]["mask"][:5] = 2
    found = quiet(scores, source_of(samples))
    assert [record.name for record in found.records] == ["wrong", "right", "ignored"]
    assert found.records[0].mean_iou == 0 and np.isnan(found.records[2].mean_iou) and found.records[2].pixels == 0
    assert any("in 1 of 3 records every pixel is ignored" in line for line in found.lines)
    assert any("1 classes occur neither in truth nor in prediction, and in no mean: class 3" in line for line in found.lines)
    figure = found.worst(2)
    assert [ax.get_title() for ax in figure.axes[:4]] == ["image", "truth", "prediction", "errors"] and len(figure.axes) == 8
    errors = np.asarray(figure.axes[3].images[0].get_array())
    assert (errors == (255, 0, 0)).all() and (np.asarray(figure.axes[7].images[0].get_array())[5:] == 0).all()
    assert found.plot().axes


def test_to_dict_is_json():
    found = quiet(scores, source_of(list(pairs(3, [(9, 9), (8, 12)]))))
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["mean_iou"] == pytest.approx(found.mean_iou) and [r["name"] for r in told["records"]] == [r.name for r in found.records]
    assert told["classes"]["class 1"]["iou"] == pytest.approx(found.iou[1]) and told["ignored"] == found.confusion.ignored


def test_the_table_fits_a_terminal(shards):
    lines = repr(quiet(lambda images: np.zeros((*images.shape[:3], 5), np.float32), shards)).split("\n")
    assert max(map(len, lines[1:])) <= 80 and any(line.startswith("stamp") for line in lines)


def test_binary_scores():
    "A sigmoid of one channel tells two classes apart; so do ids."
    samples = list(pairs(5, [(16, 16)] * 2, classes=2))
    source = array_source(samples, class_names=("no", "yes"), ignore_label=255, show_progress=False)
    tables = [quiet(model, source, scores=kind).confusion.matrix for model, kind in (
        (lambda images: images[..., :1] / 255, None), (lambda images: images[..., :1] - 127.5, None), (lambda images: images[..., 0] > 127.5, None))]
    for table in tables[1:]: np.testing.assert_array_equal(table, tables[0])
    assert tables[0].sum() == sum(int((s["mask"] != 255).sum()) for s in samples)


def test_what_is_refused(shards, source, cards, tmp_path):
    "Another number of classes, other names, no masks, ids beyond the classes: before the first step where that is known."
    def three(images): return np.asarray(images)
    with pytest.raises(DataError, match="tells 3 classes apart; the class table has 5: background, card"): quiet(three, shards)
    with pytest.raises(DataError, match="classes background, .*; the model's are a, b"): quiet(three, shards, labels=LabelMap(("a", "b", "c", "d", "e")))
    with pytest.raises(ValueError, match="no split 'test'"): quiet(three, shards, "test")
    with pytest.raises(DataError, match="without masks"): quiet(three, folder_source(cards / "img", show_progress=False))
    with pytest.raises(DataError, match="id 7 in .* of the prediction; wanted 0 to 4"): quiet(lambda images: np.full(images.shape[:3], 7), shards)
    with pytest.raises(DataError, match="classes that overlap"):
        planes = [(make_card(0, (32, 32))["image"], np.zeros((32, 32, 2), np.uint8))]
        quiet(three, array_source(planes, class_names=("cell", "nucleus"), overlap=True, show_progress=False))


def test_tiles_in_shards_are_told(source, write):
    from tfrseg.sources.tiles import tile_source

    def five(images): return np.eye(5, dtype=np.float32)[np.asarray(images)[..., 0].astype(int) % 5]
    found = quiet(five, write(tile_source(source.take([0, 1]), (64, 64), 16)))
    assert any("several tiles have are counted several times" in line for line in found.lines)
