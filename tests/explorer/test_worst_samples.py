"A training that keeps its worst samples: those of `evaluate`, in bounded room, and readable by others."
import json
import shutil

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from tfrseg.cards import CARD_CLASSES, make_card
from tfrseg.core import DataError
from tfrseg.explorer.comparison import compare
from tfrseg.explorer.worst_samples import WorstSamples
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.shards import open_shards
from tfrseg.training.evaluation import evaluate
from tfrseg.training.loss import SegmentationLoss
from tfrseg.training.resume import Resume
from tfrseg.training.small_unet import unet


@pytest.fixture
def model():
    keras.utils.set_random_seed(5)
    model = unet(5, width=2, depth=1)
    model.compile(keras.optimizers.Adam(1e-2), SegmentationLoss([1] * 5), run_eagerly=True)
    return model


def train(shards): return make_dataset(shards, size=(64, 96), batch_size=4, show_progress=False)


@pytest.fixture(scope="module")
def batches(shards):
    "What a pipeline gives in a pass, as data that starts at once."
    return tf.data.Dataset.from_tensor_slices(tuple(tf.concat(part, 0) for part in zip(*train(shards)))).batch(4)


def test_what_fit_keeps_is_what_evaluate_finds(shards, batches, model, tmp_path, capsys):
    worst = WorstSamples(shards, tmp_path / "worst", k=2)
    model.run_eagerly = False  # in a graph, as trainings are
    model.fit(batches, epochs=2, verbose=0, callbacks=[worst])
    assert capsys.readouterr().out == ""
    told, last = evaluate(model, shards, "val", show_progress=False), worst.epochs[-1]
    assert last.names == [record.name for record in told.records[:2]]
    np.testing.assert_allclose([*last.iou, last.mean_iou], [*(r.mean_iou for r in told.records[:2]), told.mean_iou], atol=1e-6)
    again = compare(shards, tmp_path / "worst" / "epoch-0002", show_progress=False)
    assert [again.samples[k]["name"] for k in again.order] == last.names
    assert worst.show().size == worst.show(1).size and worst.show(2).width > 600


def test_the_weights_are_those_of_a_training_without_it(shards, batches, model, tmp_path):
    "Looking on changes nothing."
    first = model.get_weights()
    model.fit(batches, epochs=1, verbose=0, callbacks=[WorstSamples(shards, tmp_path / "worst")])
    with_it = model.get_weights()
    model.set_weights(first)
    model.compile(keras.optimizers.Adam(1e-2), SegmentationLoss([1] * 5), run_eagerly=True)
    model.fit(batches, epochs=1, verbose=0)
    for one, other in zip(with_it, model.get_weights()): np.testing.assert_allclose(one, other, atol=1e-6)


def test_a_training_that_goes_on_goes_on_with_the_list(shards, model, tmp_path):
    "As with `Resume`: epochs that are trained again replace what was kept of them."
    for epochs in (1, 2):
        model.fit(train(shards), epochs=epochs, verbose=0, callbacks=[Resume(tmp_path / "state"), WorstSamples(shards, tmp_path / "worst", k=1)])
    assert [row["epoch"] for row in json.loads((tmp_path / "worst" / "worst.json").read_text())] == [1, 2]
    again = WorstSamples(shards, tmp_path / "worst", k=1)
    again.set_model(model)
    again.on_epoch_end(1)
    assert [epoch.epoch for epoch in again.epochs] == [1, 2]


def test_old_epochs_go_and_nothing_else(model, tmp_path):
    cards = [make_card(k, (32, 48)) for k in range(3)]
    worst = WorstSamples(cards, tmp_path, k=1, keep=2, every=2, class_names=CARD_CLASSES)
    worst.set_model(model)
    worst.on_epoch_end(0)
    (tmp_path / "epoch-notes.txt").write_text("mine")
    for epoch in range(1, 7): worst.on_epoch_end(epoch)
    assert [epoch.epoch for epoch in worst.epochs] == [5, 7]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["epoch-0005", "epoch-0005.png", "epoch-0007", "epoch-0007.png", "epoch-notes.txt", "worst.json"]
    assert len(list((tmp_path / "epoch-0007").iterdir())) == 1


def test_tensorboard_gets_pictures_and_a_curve(model, tmp_path):
    cards = [make_card(k, (32, 48)) for k in range(2)]
    worst = WorstSamples(cards, tmp_path / "worst", k=1, tensorboard=tmp_path / "logs", class_names=CARD_CLASSES)
    worst.set_model(model)
    for epoch in range(2): worst.on_epoch_end(epoch)
    found = {}
    for record in tf.data.TFRecordDataset(sorted(map(str, (tmp_path / "logs").iterdir()))).as_numpy_iterator():
        event = tf.compat.v1.Event.FromString(record)
        for value in event.summary.value: found[event.step, value.tag] = value
    assert {tag for _, tag in found} == {"worst_samples", "worst_samples_mean_iou"} and {step for step, _ in found} == {0, 1}
    width, height, png = tf.make_ndarray(found[1, "worst_samples"].tensor)
    assert png == (tmp_path / "worst" / "epoch-0002.png").read_bytes() and (int(width), int(height)) == worst.show().size
    assert tf.make_ndarray(found[1, "worst_samples_mean_iou"].tensor) == pytest.approx(worst.epochs[1].mean_iou, abs=1e-6)


def test_tensorboard_itself_reads_it(model, tmp_path):
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator", reason="wants tensorboard")
    worst = WorstSamples([make_card(0, (32, 48))], tmp_path / "worst", tensorboard=tmp_path / "logs", class_names=CARD_CLASSES)
    worst.set_model(model)
    worst.on_epoch_end(0)
    events = accumulator.EventAccumulator(str(tmp_path / "logs"))
    events.Reload()
    assert events.summary_metadata["worst_samples"].plugin_data.plugin_name == "images"
    assert events.PluginTagToContent("images").keys() == {"worst_samples"} and events.PluginTagToContent("scalars").keys() == {"worst_samples_mean_iou"}
    *_, png = tf.make_ndarray(events.Tensors("worst_samples")[0].tensor_proto)
    assert png == (tmp_path / "worst" / "epoch-0001.png").read_bytes()


def test_samples_without_names_are_numbered(model, tmp_path):
    batch = np.stack([make_card(k, (32, 48))["image"] for k in range(3)]), np.stack([make_card(k, (32, 48))["mask"] for k in range(3)])
    worst = WorstSamples(batch, tmp_path, k=3, class_names=CARD_CLASSES)
    worst.set_model(model)
    worst.on_epoch_end(0)
    assert sorted(worst.epochs[0].names) == ["000000", "000001", "000002"]
    names = {path.stem: np.asarray(Image.open(path)) for path in (tmp_path / "epoch-0001").iterdir()}
    ids = np.argmax(model.predict_on_batch(batch[0].astype(np.float32)), -1)
    for k in range(3): np.testing.assert_array_equal(names[f"{k:06d}"], ids[k])


def test_names_that_are_paths_stay_in_the_folder(model, tmp_path):
    cards = [make_card(0, (32, 48)) | {"name": name} for name in ("a/b", "../c")]
    worst = WorstSamples(cards[:1], tmp_path / "worst", class_names=CARD_CLASSES)
    worst.set_model(model)
    worst.on_epoch_end(0)
    assert (tmp_path / "worst" / "epoch-0001" / "a" / "b.png").is_file()
    with pytest.raises(DataError, match=r"\.\./c"): WorstSamples(cards[1:], tmp_path / "other", class_names=CARD_CLASSES)
    assert not (tmp_path / "other").exists()


def test_what_is_refused(shards, tmp_path):
    cards = [make_card(0, (32, 48))]
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="the folder is not empty"): WorstSamples(shards, tmp_path / "full")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "worst.json").write_text('[{"epoch": 1}]')
    with pytest.raises(DataError, match="not a list of worst samples"): WorstSamples(shards, tmp_path / "odd")
    with pytest.raises(DataError, match="2 samples with 1 names"): WorstSamples(cards * 2, tmp_path / "new")
    with pytest.raises(ValueError, match="keep=0; wanted at least 1"): WorstSamples(cards, tmp_path / "new", keep=0)
    with pytest.raises(FileNotFoundError): WorstSamples(tmp_path / "nothing", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_samples_are_held_and_no_file_is_read_again(shards, model, tmp_path):
    folder = shutil.copytree(shards, tmp_path / "cards")
    worst = WorstSamples(folder, tmp_path / "worst", n=2)
    names = [open_shards(folder, "val").name(k) for k in range(2)]
    shutil.rmtree(folder)
    worst.set_model(model)
    worst.on_epoch_end(0)
    assert sorted(worst.epochs[0].names) == names
