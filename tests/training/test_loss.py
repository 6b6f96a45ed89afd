"""Loss, sample weights and metric: what is ignored does not count, what is rare counts more, in `fit` and after loading."""
import subprocess
from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from warm import warm

from tfrseg.training.loss import MaskedLoss, SegmentationLoss, pixel_weights, weights_by_id, with_sample_weights
from tfrseg.training.metrics import class_iou, count_confusion
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.counts import class_weights
from tfrseg.storage.dataset import load_info
from tfrseg.augmenter.warp import RandomRotation

K = 4


@st.composite
def batches(draw):
    "Masks [2, 3, 5, 1] with ignored pixels, scores [2, 3, 5, K], weights [K]."
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    masks = rng.choice([*range(K), 255], (2, 3, 5, 1)).astype(draw(st.sampled_from(["uint8", "uint16", "int32", "int64"])))
    return masks, rng.normal(size=(2, 3, 5, K)).astype("float32") * 3, rng.uniform(0.1, 9, K)


def by_hand(masks, scores, weights, ignore=255, clip=0.0):
    "Weighted mean cross-entropy in NumPy and float64; Keras clips probabilities, not logits."
    ids, scores = masks[..., 0].astype(int), scores.astype("float64")
    logs = scores - np.log(np.exp(scores - scores.max(-1, keepdims=True)).sum(-1, keepdims=True)) - scores.max(-1, keepdims=True)
    if clip: logs = np.log(np.clip(np.exp(logs), clip, 1 - clip))
    use = ids != ignore
    if not use.any(): return 0.0
    return float(np.average(-np.take_along_axis(logs[use], ids[use][:, None], 1)[:, 0], weights=np.asarray(weights)[ids[use]]))


@settings(max_examples=40, deadline=None)
@given(batches(), st.booleans())
def test_the_loss_is_the_weighted_mean_of_what_counts(batch, from_logits):
    masks, scores, weights = batch
    given_scores = scores if from_logits else tf.nn.softmax(scores)
    got = float(SegmentationLoss(weights, from_logits=from_logits)(masks, given_scores))
    clip = 0.0 if from_logits else keras.config.epsilon()
    assert got == pytest.approx(by_hand(masks, scores, weights, clip=clip), rel=1e-3, abs=1e-5)


@settings(max_examples=25, deadline=None)
@given(batches())
def test_equal_weights_give_the_loss_of_keras(batch):
    masks, scores, _ = batch
    own = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255)
    for weight in (1, 0.2): assert float(SegmentationLoss([weight] * K, from_logits=True)(masks, scores)) == pytest.approx(float(own(masks, scores)), rel=1e-5, abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(batches())
def test_sample_weights_give_the_same_loss(batch):
    masks, scores, weights = batch
    own = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255, reduction="mean_with_sample_weight")
    _, y, w = next(iter(with_sample_weights(tf.data.Dataset.from_tensors((scores, masks)), weights)))
    assert float(own(y, scores, w)) == pytest.approx(float(SegmentationLoss(weights, from_logits=True)(masks, scores)), rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("jit", [False, True])
@pytest.mark.parametrize("ignore", [255, 65535, 0])
def test_ignored_pixels_pull_at_nothing(jit, ignore):
    rng = np.random.default_rng(1)
    masks = tf.constant(rng.choice([1, 2, 3, ignore], (2, 6, 6, 1)).astype("uint16"))
    scores = tf.Variable(rng.normal(size=(2, 6, 6, K)).astype("float32"))
    loss = SegmentationLoss({1: 2.0}, ignore, from_logits=True)

    @tf.function(jit_compile=jit)
    def pull():
        with tf.GradientTape() as tape: value = loss(masks, scores)
        return value, tape.gradient(value, scores)

    value, gradient = pull()
    ignored = masks.numpy()[..., 0] == ignore
    assert np.isfinite(value) and (gradient.numpy()[ignored] == 0).all() and (np.abs(gradient.numpy()[~ignored]).sum(-1) > 0).all()


def test_a_class_of_no_weight_pulls_at_nothing():
    masks, scores = np.uint8([[[[0], [1]]]]), tf.Variable(np.float32([[[[1, 2], [np.inf, 3]]]]))
    with tf.GradientTape() as tape: value = SegmentationLoss([1, 0], from_logits=True)(masks, scores)
    assert np.isfinite(value) and (tape.gradient(value, scores).numpy()[0, 0, 0] != 0).all()


def test_a_batch_of_nothing_but_ignored_pixels_has_no_loss_and_no_gradient():
    scores = tf.Variable(tf.ones([1, 4, 4, K]))
    with tf.GradientTape() as tape: value = SegmentationLoss([1] * K, from_logits=True)(tf.fill([1, 4, 4, 1], 255), scores)
    assert float(value) == 0 and not np.any(tape.gradient(value, scores))


def test_sample_weights_of_fit_multiply():
    masks, scores = np.zeros((2, 2, 2, 1), np.uint8), np.random.default_rng(0).normal(size=(2, 2, 2, K)).astype("float32")
    loss = SegmentationLoss([2, 1, 1, 1], from_logits=True)
    halves = [float(loss(masks, scores, np.float32([[[1]], [[0]]]) * np.ones((2, 2, 2), "float32"))),
              float(loss(masks, scores, np.float32([[[0]], [[1]]]) * np.ones((2, 2, 2), "float32")))]
    assert sum(halves) == pytest.approx(float(loss(masks, scores)), rel=1e-5)


@pytest.mark.parametrize("weights, text", [([1, -2], "-2"), ({0: np.nan}, "nan"), ({0: np.inf}, "inf"), ([], "one above 0"), ([0, 0], "one above 0"), ({-1: 1}, "-1")])
def test_wrong_weights(weights, text):
    with pytest.raises(ValueError, match="wanted numbers of 0 or more") as raised: weights_by_id(weights)
    assert text in str(raised.value)


def test_ids_without_weight_count_one():
    assert weights_by_id({2: 3.0}).tolist() == [1, 1, 3]
    assert pixel_weights(np.uint16([0, 2, 7, 65535]), weights_by_id({2: 3.0}), 65535).numpy().tolist() == [1, 3, 1, 0]


def test_scores_of_one_channel_are_refused():
    with pytest.raises(ValueError, match="one a class"): SegmentationLoss([1, 1])(np.zeros((1, 2, 2, 1)), np.zeros((1, 2, 2, 1)))


def test_keras_metric_agrees_with_the_comparison():
    rng = np.random.default_rng(3)
    masks, scores = rng.choice([*range(K), 255], (3, 8, 8, 1)).astype("uint8"), rng.normal(size=(3, 8, 8, K)).astype("float32")
    metric = keras.metrics.MeanIoU(K, ignore_class=255, sparse_y_pred=False)
    ours = np.nanmean(class_iou(count_confusion(masks[..., 0], scores.argmax(-1), K)))
    assert float(metric(masks, scores)) == pytest.approx(ours, abs=1e-6)


def trained(shards, folder, way):
    "A model learns on batches with ignored pixels, and is saved with a batch and its loss."
    weights = class_weights(load_info(shards).total("pixels", "train"), ignore_label=255)
    batches = [*make_dataset(shards, "train", augment=[RandomRotation((-45, 45))], batch_size=3, seed=1)]
    assert any((masks.numpy() == 255).any() for _, masks in batches)
    data = tf.data.Dataset.from_tensor_slices(tuple(tf.concat(part, 0) for part in zip(*batches))).batch(3)
    loss = SegmentationLoss(weights, from_logits=True)
    if way == "sample weights":
        loss, data = keras.losses.SparseCategoricalCrossentropy(True, 255, "mean_with_sample_weight"), with_sample_weights(data, weights)
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Rescaling(1 / 255), keras.layers.Conv2D(8, 3, padding="same", activation="relu"),
                              keras.layers.Conv2D(5, 1)])
    model.compile(keras.optimizers.Adam(0.02), loss, metrics=[keras.metrics.MeanIoU(5, ignore_class=255, sparse_y_pred=False)],
                  run_eagerly=way == "sample weights")
    history = model.fit(data, epochs=3, verbose=0).history
    assert np.isfinite(history["loss"]).all() and history["loss"][-1] < 0.98 * history["loss"][0]
    folder.mkdir()
    model.save(folder / "model.keras")
    x, y, *_ = next(iter(data))
    np.savez(folder / "batch.npz", x=x, y=y, loss=model.loss(y, model(x)))
    return folder


def test_fit_save_and_load(shards, tmp_path):
    "Models learn by either way, and come back with their losses in another process."
    folders = [trained(shards, tmp_path / way, way) for way in ("loss", "sample weights")]
    script = ("import sys, keras, numpy as np, tfrseg.training.loss\n"
              "for folder in sys.argv[1:]:\n"
              "    b = np.load(folder + '/batch.npz')\n    m = keras.models.load_model(folder + '/model.keras')\n"
              "    assert abs(float(m.loss(b['y'], m(b['x']))) - float(b['loss'])) < 1e-5\n    m.run_eagerly = True\n    m.fit(b['x'], b['y'], verbose=0)")
    done = subprocess.run([*warm(), "-c", script, *map(str, folders)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_plain_way_fails_on_ignored_pixels():
    masks, scores = np.full((1, 2, 2, 1), 255, np.uint8), np.zeros((1, 2, 2, K), np.float32)
    naive = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with pytest.raises(tf.errors.InvalidArgumentError, match="outside the valid range"): naive(masks, scores)
    assert np.isnan(tf.function(naive, jit_compile=True)(masks, scores))


def test_weights_by_their_formulas():
    pixels, images = {0: 900, 1: 90, 2: 10, 255: 5000}, {0: 10, 1: 5, 2: 1, 255: 10}
    inverse = class_weights(pixels, ignore_label=255)
    assert inverse == pytest.approx({i: 1000 / 3 / pixels[i] for i in range(3)})
    median = class_weights(pixels, images, "median", 255)
    assert median == pytest.approx({0: 18 / 90, 1: 1.0, 2: 18 / 10})
    effective = class_weights(pixels, images, "effective", 255, beta=0.9)
    raw = {i: (1 - 0.9) / (1 - 0.9 ** images[i]) for i in range(3)}
    assert effective == pytest.approx({i: 3 * w / sum(raw.values()) for i, w in raw.items()})


def test_the_room_hands_on_what_makes_weights():
    from tfrseg import storage, training
    assert training.class_weights is storage.class_weights and training.count_classes is storage.count_classes


def keras_losses(axis=None):
    return [keras.losses.Dice(axis=axis), keras.losses.Tversky(0.7, 0.3, axis=axis), keras.losses.CategoricalFocalCrossentropy(alpha=0.5)]


@settings(max_examples=20, deadline=None)
@given(batches(), st.integers(0, 2), st.booleans())
def test_losses_of_keras_without_ignored_pixels(batch, which, by_class):
    "As if the ignored pixels were not there at all; they get no gradient; a batch of them alone has the loss 0."
    masks, scores, _ = batch
    chances, use = tf.nn.softmax(scores), masks[..., 0] != 255
    loss = MaskedLoss(keras_losses((0, 1, 2) if by_class else None)[which])
    if use.any():
        flat = keras_losses(0 if by_class else None)[which](tf.one_hot(masks[..., 0][use].astype(int), K), chances[use])
        assert float(loss(masks, chances)) == pytest.approx(float(flat), rel=1e-4, abs=1e-6)
    with tf.GradientTape() as tape:
        tape.watch(chances)
        value = loss(masks, chances)
    gradient = tape.gradient(value, chances).numpy()
    assert np.isfinite(gradient).all() and not gradient[~use].any()
    assert float(loss(np.full_like(masks, 255), chances)) == 0.0


def test_a_masked_loss_is_saved(tmp_path):
    model = keras.Sequential([keras.Input((4, 4, 2)), keras.layers.Conv2D(3, 1)])
    model.compile("sgd", MaskedLoss(keras.losses.Dice(axis=(0, 1, 2)), ignore_label=9, from_logits=True))
    x, y = np.random.default_rng(0).random((2, 4, 4, 2)).astype("float32"), np.full((2, 4, 4, 1), 9)
    y[0] = 1
    before = model.evaluate(x, y, verbose=0)
    model.save(tmp_path / "m.keras")
    assert keras.models.load_model(tmp_path / "m.keras").evaluate(x, y, verbose=0) == pytest.approx(before) and 0 < before < 1
    with pytest.raises(ValueError, match="wanted one a class"): MaskedLoss(keras.losses.Dice())(y, np.zeros((2, 4, 4, 1)))


def test_weights_name_classes_that_never_occur(shards, capsys):
    info = load_info(shards)
    class_weights(info)
    assert capsys.readouterr().out == ""
    more = replace(info, labels=replace(info.labels, class_names=(*info.labels.class_names, "bridge")))
    assert class_weights(more, split="train") == class_weights(info, split="train")
    assert "no pixels of bridge (5): no weight" in capsys.readouterr().out
    bare = replace(info, splits={"train": tuple(replace(shard, pixels={}, images={}) for shard in info.splits["train"])})
    with pytest.raises(ValueError, match="count them: class_weights\\(count_classes"): class_weights(bare)
