"""Metrics in `fit`: equal to the table of NumPy and to other libraries on real masks, on every backend, saved and loaded with the model."""
import os
import subprocess
import sys
from importlib.util import find_spec

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import HELPERS, ROOT
from PIL import Image
from scipy.ndimage import distance_transform_edt

from tfrseg.core import DataError
from tfrseg.storage.labels import LabelMap
from tfrseg.training.keras_metrics import _CARRY, BoundaryF1, MeanDice, MeanIoU, PixelAccuracy, _add_exactly
from tfrseg.training.metrics import Confusion

K = 4
MASKS = ROOT.parent / "shared/data/coco_pixelwise/pixelwise_masks"


@pytest.fixture(scope="module")
def real():
    "Small real masks of 4 classes with ignored rows, and scores of a model that errs: ([B, 128, 128, 1], [B, 128, 128, 4])."
    if not MASKS.is_dir(): pytest.skip(f"no real masks in {MASKS}")
    masks = [np.array(Image.open(file).resize((128, 128), Image.Resampling.NEAREST)) for file in sorted(MASKS.glob("*.png"))[:3]]
    masks = np.stack([mask if mask.ndim == 2 else mask[..., 0] for mask in masks])[..., None].astype(np.uint8) % K
    draw = np.random.default_rng(0)
    scores = np.eye(K, dtype="float32")[np.roll(masks[..., 0], 3, 2)] * 2 + draw.normal(0, 0.7, (*masks.shape[:3], K)).astype("float32")
    masks[:, :9] = 255
    return masks, scores


def of(metric): return {name: float(value) for name, value in metric.result().items()}


def test_real_masks_as_the_table_of_numpy(real):
    "In three batches, as scores, probabilities, ids and half precision."
    masks, scores = real
    table = Confusion(K).add(masks, scores.argmax(-1))
    for given in (scores, tf.nn.softmax(scores).numpy(), scores.argmax(-1), scores.argmax(-1)[..., None].astype("uint8"), scores.astype("float16")):
        metrics = MeanIoU(K), MeanDice(K), PixelAccuracy(K)
        for k in range(len(masks)):
            for metric in metrics: metric.update_state(masks[k:k + 1], given[k:k + 1])
        if given.dtype != "float16": assert (metrics[0].confusion().matrix == table.matrix).all()
        iou, dice, accuracy = map(of, metrics)
        close = 1e-3 if given.dtype == "float16" else 1e-6
        assert [iou["mean_iou"], dice["mean_dice"], accuracy["pixel_accuracy"]] == pytest.approx([table.mean_iou, table.mean_dice, table.pixel_accuracy], abs=close)
        for name, values, expected in (("iou", iou, table.iou), ("dice", dice, table.dice), ("accuracy", accuracy, table.recall)):
            assert [values[f"{name}_{i}"] for i in range(K)] == pytest.approx(expected, abs=close, nan_ok=True)
    assert metrics[0].confusion().ignored == (masks == 255).sum() > 0


def test_real_masks_as_keras(real):
    own = keras.metrics.MeanIoU(K, ignore_class=255, sparse_y_pred=False)
    assert float(MeanIoU(K, by_class=False)(*real)) == pytest.approx(float(own(*real)), abs=1e-6)


def boundary(ids, known):
    "Where a pixel has a known neighbour of another class, pixel by pixel."
    found = np.zeros(ids.shape, bool)
    for y, x in np.argwhere(known):
        around = [(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)]
        found[y, x] = any(0 <= r < ids.shape[0] and 0 <= c < ids.shape[1] and known[r, c] and ids[r, c] != ids[y, x] for r, c in around)
    return found


def boundary_f1_by_hand(true, found, classes, pixels):
    "Of each class in one image, from distances of SciPy; NaN where it has no boundary."
    known, values = true != 255, []
    edges = boundary(true, known), boundary(found, known)
    for i in range(classes):
        first, second = edges[0] & (true == i), edges[1] & (found == i)
        if not first.any() and not second.any(): values.append(np.nan)
        elif not first.any() or not second.any(): values.append(0.0)
        else:
            recall = (distance_transform_edt(~second)[first] <= pixels).mean()
            precision = (distance_transform_edt(~first)[second] <= pixels).mean()
            values.append(2 * precision * recall / max(precision + recall, 1e-12))
    return values


@pytest.mark.parametrize("tolerance, pixels", [(0, 0), (3, 3), (0.0075, 2)])  # the diagonal is 181 pixels
def test_boundaries_of_real_masks_by_hand(real, tolerance, pixels):
    masks, scores = real
    masks[0, 20:40, 60:90] = 255  # inside
    metric, found = BoundaryF1(K + 1, tolerance=tolerance), np.roll(np.where(masks == 255, 0, masks), 2, 2)[..., 0]
    metric.update_state(masks[:2], found[:2])
    metric.update_state(masks[2:], found[2:])
    by_hand = np.array([boundary_f1_by_hand(mask[..., 0], each, K + 1, pixels) for mask, each in zip(masks, found)])
    by_class = np.array([np.nanmean(column) if not np.isnan(column).all() else np.nan for column in by_hand.T])
    values = of(metric)
    assert [values[f"boundary_f1_{i}"] for i in range(K + 1)] == pytest.approx(by_class, abs=1e-5, nan_ok=True)
    assert values["boundary_f1"] == pytest.approx(np.nanmean(by_class), abs=1e-5) and np.isnan(by_class[K])


def test_sums_beyond_float_and_int():
    "More pixels than float32 counts exactly (2^24) and than int32 holds (2^31)."
    parts = np.zeros((2, 2), "float32")
    for step in (1, 2**31 - 2, 2**31 - 1, 5, 2**30 + 3): parts = np.array(_add_exactly(parts, np.array([step, 1], "int32")))
    assert (parts[0].astype(int) + parts[1].astype(int) * _CARRY).tolist() == [1 + 2**31 - 2 + 2**31 - 1 + 5 + 2**30 + 3, 5]


def model_of(channels, size=(32, 32)):
    keras.utils.set_random_seed(0)
    return keras.Sequential([keras.Input((*size, 3)), keras.layers.Conv2D(8, 3, padding="same", activation="relu"), keras.layers.Conv2D(channels, 1)])


@pytest.fixture(scope="module")
def batch():
    draw = np.random.default_rng(1)
    return draw.random((6, 32, 32, 3)).astype("float32"), draw.choice([0, 1, 2, 255], (6, 32, 32, 1)).astype("uint8")


@pytest.mark.parametrize("policy", ["mixed_float16", *(pytest.param(policy, marks=pytest.mark.slow) for policy in ("float32", "mixed_bfloat16"))])
def test_fit_in_mixed_precision(batch, policy, tmp_path):
    "Batches of unequal size; a checkpoint by the mean; loaded in the same state and evaluated alike."
    keras.config.set_dtype_policy(policy)
    try:
        model = model_of(3)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255)
        labels = LabelMap(("sky", "sea", "land"))
        model.compile("adam", loss, metrics=[MeanIoU(labels), PixelAccuracy(labels, by_class=False), BoundaryF1(labels, tolerance=1)], jit_compile=False)
        best = keras.callbacks.ModelCheckpoint(tmp_path / "best.keras", monitor="val_mean_iou", mode="max", save_best_only=True)
        history = model.fit(*batch, batch_size=4, validation_data=batch, epochs=2, verbose=0, callbacks=[best]).history
    finally: keras.config.set_dtype_policy("float32")
    assert {"val_mean_iou", "val_iou_sky", "iou_land", "pixel_accuracy", "val_boundary_f1_sea"} <= set(history) and "accuracy_sky" not in history
    loaded = keras.models.load_model(tmp_path / "best.keras")
    ids = np.argmax(keras.ops.convert_to_numpy(loaded(batch[0])), -1)
    expected = Confusion(3).add(batch[1], ids).mean_iou
    loaded.run_eagerly = True
    measured = loaded.evaluate(*batch, verbose=0, return_dict=True)
    close = 2e-3 if "mixed" in policy else 1e-5
    assert measured["mean_iou"] == pytest.approx(expected, abs=close) == pytest.approx(max(history["val_mean_iou"]), abs=close)


def test_compiled_by_xla(real):
    ours, others = [[kind(K) for kind in (MeanIoU, BoundaryF1)] for _ in range(2)]

    @tf.function(jit_compile=True)
    def step(masks, scores):
        for metric in ours: metric.update_state(masks, scores)
        return [metric.result() for metric in ours]

    for other, found in zip(others, step(*real)):
        other.update_state(*real)
        assert {name: float(value) for name, value in found.items()} == pytest.approx(of(other), abs=1e-6)


def test_callbacks_know_that_more_is_better(batch):
    model = model_of(3)
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255), metrics=[MeanIoU(3)])
    stop = keras.callbacks.EarlyStopping(monitor="val_mean_iou", patience=9)
    model.run_eagerly = True
    model.fit(*batch, validation_data=batch, epochs=1, verbose=0, callbacks=[stop])
    assert stop.monitor_op(2.0, 1.0) and not stop.monitor_op(1.0, 2.0)


@pytest.mark.parametrize("channels, labels, text", [
    (5, 3, r"a model of 5 channels for 3 classes \(0, 1, 2\); wanted one channel a class"),
    (1, 2, "wanted threshold=0.5 for probabilities, threshold=0 for logits"),
    (1, ["a", "b", "c", "d"], r"a model of 1 channel for 4 classes \(a, b, c, ...\)")])
def test_a_model_of_other_channels_is_refused_before_a_step(batch, channels, labels, text):
    model = model_of(channels)
    model.compile("sgd", "mse", metrics=[MeanIoU(labels)])
    before = [np.array(each) for each in model.get_weights()]
    with pytest.raises(ValueError, match=text): model.fit(batch[0], batch[1], verbose=0)
    assert all((a == b).all() for a, b in zip(before, model.get_weights()))


def test_one_channel_with_a_threshold(batch):
    truth = (batch[1] == 1).astype("uint8")
    logits = np.random.default_rng(2).normal(size=truth.shape).astype("float32")
    expected = Confusion(2).add(truth, logits > 0).mean_iou
    for scores, threshold in ((logits, 0), (1 / (1 + np.exp(-logits)), 0.5), (logits[..., 0], 0)):
        assert float(MeanIoU(2, threshold=threshold, by_class=False)(truth, scores)) == pytest.approx(expected, abs=1e-6)
    with pytest.raises(ValueError, match="which is for one channel"): MeanIoU(2, threshold=0)(truth, np.zeros((6, 32, 32, 2)))


def test_masks_of_another_size_are_refused():
    with pytest.raises(ValueError, match=r"masks \(1, 8, 8, 1\) and predictions \(1, 4, 4, 3\)"): MeanIoU(3)(np.zeros((1, 8, 8, 1)), np.zeros((1, 4, 4, 3)))
    with pytest.raises(ValueError, match="wanted masks"): MeanIoU(3)(np.zeros((1, 8, 8, 3)), np.zeros((1, 8, 8, 3)))


@pytest.mark.parametrize("metric", [MeanIoU, MeanDice, PixelAccuracy, BoundaryF1])
def test_what_is_no_class_is_never_a_number(metric):
    "Wrong ids, of masks or predicted, and scores that are NaN: NaN; everything ignored: NaN; one good pixel: a number."
    ids, nan = np.zeros((1, 4, 4, 1), "uint8"), np.full((1, 4, 4, 2), np.nan, "float32")
    ids[0, 0] = 1
    for truth, found in ((ids + 7, ids), (ids, ids + 7), (ids, nan)):
        wrong = metric(2, by_class=False)
        wrong.update_state(ids, ids)
        assert float(wrong.result()) == 1.0
        wrong.update_state(truth, found)
        assert np.isnan(float(wrong.result()))
        if hasattr(wrong, "confusion"):
            with pytest.raises(DataError, match="16 in all, are no class; wanted ids 0 to 1"): wrong.confusion()
        wrong.reset_state()
        wrong.update_state(ids, ids)
        assert float(wrong.result()) == 1.0
    assert np.isnan(float(metric(2, by_class=False)(np.full((1, 4, 4, 1), 255), nan)))


def test_weights():
    "0 leaves a pixel out; all alike change nothing; one an image."
    draw = np.random.default_rng(5)
    truth, found, weights = draw.integers(0, 3, (2, 6, 6, 1)), draw.integers(0, 3, (2, 6, 6)), draw.integers(0, 2, (2, 6, 6))
    without = Confusion(3).add(np.where(weights[..., None] == 0, 255, truth), found)
    assert float(MeanIoU(3, by_class=False)(truth, found, weights)) == pytest.approx(without.mean_iou)
    assert float(MeanIoU(3, by_class=False)(truth, found, weights[..., None] * 0.5)) == pytest.approx(without.mean_iou)
    one = Confusion(3).add(truth[:1], found[:1])
    for metric in (MeanIoU, BoundaryF1):
        assert float(metric(3, by_class=False)(truth, found, [1.0, 0.0])) == pytest.approx(float(metric(3, by_class=False)(truth[:1], found[:1])))
    assert float(MeanIoU(3, by_class=False)(truth, found, [1.0, 0.0])) == pytest.approx(one.mean_iou)


def test_a_share_of_a_size_that_is_not_fixed():
    step = tf.function(BoundaryF1(2, by_class=False).update_state, input_signature=[tf.TensorSpec((None, None, None, 1), tf.int32)] * 2)
    with pytest.raises(ValueError, match="wanted pixels, such as tolerance=3"): step(np.zeros((1, 4, 4, 1)), np.zeros((1, 4, 4, 1)))
    metric = BoundaryF1(2, tolerance=2, by_class=False)
    step = tf.function(metric.update_state, input_signature=[tf.TensorSpec((None, None, None, 1), tf.int32)] * 2)
    for size in (4, 9): step(*[np.eye(size, dtype="int32")[None, ..., None]] * 2)
    assert float(metric.result()) == 1.0 and metric.sums.numpy()[1].tolist() == [2, 2, 0]


def test_configurations_come_back():
    for metric in (MeanIoU(["a", "b"], 9, by_class=False, threshold=0.5, name="fine"), BoundaryF1(3, tolerance=2), MeanDice(2), PixelAccuracy(2)):
        again = type(metric).from_config(metric.get_config())
        assert again.get_config() == metric.get_config() and again.labels == metric.labels
    assert list(MeanIoU(["a", "b"], name="fine").result()) == ["fine", "fine_a", "fine_b"]


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_other_backends(backend, real, tmp_path):
    if find_spec(backend) is None: pytest.skip(f"{backend} is not installed")
    np.savez(tmp_path / "real.npz", masks=real[0], scores=real[1])
    environment = os.environ | {"KERAS_BACKEND": backend, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, HELPERS / "metrics_on_backend.py", tmp_path / "real.npz"], env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.strip() == f"{backend} agrees", done.stdout + done.stderr
