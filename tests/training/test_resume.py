"""A training that is killed goes on where it was: the same weights, bit by bit, and the same logs; and what cannot go on says why."""
import importlib.util
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import keras
import killed_training
import numpy as np
import pytest
import tensorflow as tf
from warm import warm

from tfrseg.cards import CARD_CLASSES, make_folder
from tfrseg.core import DataError
from tfrseg.reader.pipeline import make_dataset
from tfrseg.sources.source import folder_source
from tfrseg.storage.schema import RAW_IDS
from tfrseg.training.loss import with_sample_weights
from tfrseg.training.resume import Resume, TellEpoch
from tfrseg.writer.write import plan_shards, write_shards

SCRIPT = Path(__file__).parents[1] / "helpers" / "killed_training.py"
BACKENDS = [pytest.param(name, marks=pytest.mark.skipif(
    name != "tensorflow" and not importlib.util.find_spec(name), reason=f"{name} is not installed")) for name in ("tensorflow", "jax", "torch")]


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    "26 cards: 6 batches of 4, and a rest."
    folder = make_folder(tmp_path_factory.mktemp("cards"), 26, (32, 40))
    source = folder_source(folder / "img", folder / "seg", class_names=CARD_CLASSES)
    write_shards(plan_shards(source, folder / "shards", schema=RAW_IDS), show_progress=False)
    return folder / "shards"


def train(shards, folder, way, backend="tensorflow", when=""):
    "Starts a training; gives its process and the file of its weights."
    out = folder / f"{way}.npz"
    env = os.environ | {"KERAS_BACKEND": backend, "PYTHONPATH": os.pathsep.join(sys.path), "TF_CPP_MIN_LOG_LEVEL": "3"}
    words = [*(warm() if backend == "tensorflow" else [sys.executable]), SCRIPT, shards, folder / f"run-{way.split()[0]}", out, way, when]
    return subprocess.Popen([*map(str, words)], stderr=subprocess.PIPE, text=True, env=env), out


def trained(shards, folder, way, backend="tensorflow"):
    "What a training leaves that nothing ends; of the backend that is loaded here in this process."
    if backend != "tensorflow": return ended(train(shards, folder, way, backend))[0]
    out = folder / f"{way}.npz"
    killed_training.main(str(shards), folder / f"run-{way.split()[0]}", out, way)
    return read(out)


def read(out):
    with np.load(out) as file: return {name: file[name] for name in file.files}


def ended(started, code=0):
    "What a training left; None of one that was killed."
    process, out = started
    said = process.communicate(timeout=600)[1]
    assert process.returncode == code, said[-3000:]
    if code: return None, said
    return read(out), said


def assert_same(one, two):
    assert sorted(one) == sorted(two)
    different = [name for name in one if name != "logs" and not np.array_equal(one[name], two[name])]
    assert not different, f"{len(different)} of {len(one)} variables differ"
    logs, rest = (json.loads(part["logs"].tobytes()) for part in (one, two))
    assert logs["loss"] and {key: value[-len(rest[key]):] for key, value in logs.items()} == rest


@pytest.mark.parametrize("backend", BACKENDS)
def test_killed_trainings_end_with_the_same_weights(shards, tmp_path, backend):
    "Killed while it saves in the middle of the second epoch, for the fifth time, and then left alone."
    whole = trained(shards, tmp_path, "whole", backend)
    ended(train(shards, tmp_path, "resume", backend, "save:5"), -signal.SIGKILL)
    assert len([*(tmp_path / "run-resume").iterdir()]) == 2, "half a file lies beside the whole one"
    last, said = ended(train(shards, tmp_path, "resume", backend))
    assert "goes on in epoch 2 of 2, behind 2 of 6 batches" in said
    assert_same(whole, last)
    assert [path.name for path in (tmp_path / "run-resume").iterdir()] == ["resume.npz"]


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("way", ("backup", "steps"))
def test_other_ways_to_go_on(shards, tmp_path, way, backend):
    "Under Keras's own callback at the end of an epoch; and where an epoch is so many steps, fewer than the data has."
    whole = trained(shards, tmp_path, f"{way} whole", backend)
    ended(train(shards, tmp_path, way, backend, when="1:3" if way == "backup" else "1:2"), -signal.SIGKILL)
    last = ended(train(shards, tmp_path, way, backend))[0]
    assert_same(whole, last)


def model(width=2, **options):
    "A small model, trained eagerly unless steps are joined, as processes that are killed train in graphs."
    keras.utils.set_random_seed(1)
    layers = keras.layers
    made = keras.Sequential([keras.Input((16, 16, 3)), layers.Conv2D(width, 3, padding="same"), layers.BatchNormalization(), layers.Dropout(0.2),
                             layers.Conv2D(5, 1, activation="softmax")])
    made.compile("adam", keras.losses.SparseCategoricalCrossentropy(ignore_class=255), metrics=["accuracy"],
                 run_eagerly="steps_per_execution" not in options, **options)
    return made


def data(shards, **options): return make_dataset(shards, **{"size": (16, 16), "batch_size": 4, "seed": 3} | options)


def fit(data, callback, made=None, **options):
    return (made or model()).fit(data, **{"epochs": 1, "verbose": 0, "callbacks": [callback]} | options)


class Interrupt(keras.callbacks.Callback):
    "Ends a training at the end of a batch, as the keys Ctrl-C do."

    def __init__(self, epoch, batch): self.wanted, self.epoch = (epoch, batch), None

    def on_epoch_begin(self, epoch, logs=None): self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self.epoch, batch) == self.wanted: raise KeyboardInterrupt


@pytest.mark.parametrize(("reads", "compiled", "fitted"), [
    pytest.param({}, {"steps_per_execution": 2}, {}, marks=pytest.mark.slow), ({}, {}, {"validation_data": True}), pytest.param({}, {}, {"initial_epoch": 1}, marks=pytest.mark.slow),
    pytest.param({"worker": (0, 2), "batch_size": 2}, {}, {}, marks=pytest.mark.slow)], ids=("two steps at once", "validation", "initial_epoch", "worker"))
def test_an_interrupted_training_ends_alike(shards, tmp_path, capsys, reads, compiled, fitted):
    "Ended behind the fourth batch of the second epoch, and started again."
    if fitted.get("validation_data"): fitted = {"validation_data": tf.data.Dataset.from_tensors(next(iter(data(shards, shuffle=False))))}
    epoch = fitted.get("initial_epoch", 0) + 1

    def run(*callbacks):
        made = model(**compiled)
        history = fit(data(shards, **reads), None, made, epochs=epoch + 1, callbacks=[*callbacks], **fitted).history
        return [keras.ops.convert_to_numpy(v) for v in [*made.variables, *made.optimizer.variables]], history

    whole, logs = run(TellEpoch())
    with pytest.raises(KeyboardInterrupt): run(Resume(tmp_path, every=2), Interrupt(epoch, 3))
    again, rest = run(Resume(tmp_path, every=2))
    assert f"goes on in epoch {epoch + 1} of {epoch + 1}, behind 4 of {len(data(shards, **reads))} batches" in capsys.readouterr().err
    assert all(map(np.array_equal, whole, again)) and rest and {key: values[-1:] for key, values in logs.items()} == rest


def test_steps_that_do_not_divide_are_refused(shards, tmp_path):
    with pytest.raises(ValueError, match="steps_per_epoch=3; wanted a multiple of steps_per_execution=2"):
        fit(data(shards).repeat(), Resume(tmp_path), model(steps_per_execution=2), steps_per_epoch=3)


def test_keras_keeps_no_random_numbers_of_dropout(tmp_path):
    "Why its own callback, which saves by `save_weights`, is not enough for a model with dropout."
    made = keras.Sequential([keras.Input((1,)), keras.layers.Dropout(0.5, seed=1)])
    seed = made.layers[0].seed_generator.state
    wanted = keras.ops.convert_to_numpy(seed).copy()
    made(np.ones((1, 1)), training=True)
    assert not np.array_equal(keras.ops.convert_to_numpy(seed), wanted), "a call draws"
    drawn = keras.ops.convert_to_numpy(seed).copy()
    made.save_weights(tmp_path / "x.weights.h5")
    seed.assign(wanted)
    made.load_weights(tmp_path / "x.weights.h5")
    assert not np.array_equal(keras.ops.convert_to_numpy(seed), drawn)


@pytest.fixture(scope="module")
def kept(shards, tmp_path_factory):
    "The folder of a training of one epoch."
    folder = tmp_path_factory.mktemp("kept")
    fit(data(shards), Resume(folder))
    return folder


@pytest.mark.parametrize(("options", "said"), [
    ({"batch_size": 2}, "batch 4, here 2"), ({"seed": 4}, "seed 3, here 4"), ({"shuffle": False}, "shuffled True, here False"),
    ({"records": [*range(25)]}, "other files or records")])
def test_other_data_is_refused(shards, kept, options, said):
    with pytest.raises(ValueError, match=said): fit(data(shards, **options), Resume(kept), epochs=2)


def test_another_model_is_refused(shards, kept):
    with pytest.raises(ValueError, match="kept from another model: .* choose another folder"): fit(data(shards), Resume(kept), model(3), epochs=2)
    other = model()
    other.compile(keras.optimizers.SGD(), other.loss)
    with pytest.raises(ValueError, match="kept from another optimizer"): fit(data(shards), Resume(kept), other, epochs=2)


def test_a_damaged_file_is_said(shards, kept, tmp_path):
    whole = (kept / "resume.npz").read_bytes()
    for content in (b"", whole[:len(whole) // 2], whole[:900] + bytes([whole[900] ^ 1]) + whole[901:]):
        (tmp_path / "resume.npz").write_bytes(content)
        with pytest.raises(DataError, match="not the whole state of a training"): fit(data(shards), Resume(tmp_path))


@pytest.mark.parametrize(("change", "options", "said"), [
    (lambda d: d.shuffle(4), {}, "ShuffleDataset stands between"), (lambda d: d.take(2), {}, "TakeDataset stands between"),
    (lambda d: d.unbatch().batch(2), {}, "stands between"), (lambda d: d.repeat(2), {}, "repeats, without steps_per_epoch"),
    (lambda d: d, {"steps_per_epoch": 3}, "a data set that ends"), (lambda d: tf.data.Dataset.from_tensors(next(iter(d))), {}, "no data set of make_dataset")])
def test_what_cannot_be_told_is_refused(shards, tmp_path, change, options, said):
    with pytest.raises(ValueError, match=said) as e: fit(change(data(shards)), Resume(tmp_path / "x"), **options)
    assert "\n" not in str(e.value)


def test_batches_of_unknown_places_are_kept_at_the_end_of_epochs_alone(shards, tmp_path):
    batches = data(shards, records=[*range(8)], on_error="skip")
    with pytest.raises(ValueError, match="every=None"): fit(batches, Resume(tmp_path / "x"))
    fit(batches, Resume(tmp_path / "x", every=None))
    assert (tmp_path / "x" / "resume.npz").exists()


def test_callbacks_beside_it(shards, tmp_path, capsys):
    backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
    few = data(shards, records=[*range(8)])
    with pytest.raises(ValueError, match="BackupAndRestore does the same"): fit(few, Resume(tmp_path / "x"), callbacks=[backup, Resume(tmp_path / "x")])
    fit(few, None, callbacks=[keras.callbacks.EarlyStopping("loss"), Resume(tmp_path / "x")])
    assert "EarlyStopping begins to watch anew" in capsys.readouterr().err


def test_one_callback_is_for_one_fit(shards, tmp_path):
    resume = Resume(tmp_path)
    few = data(shards, records=[*range(8)])
    fit(few, resume)
    with pytest.raises(ValueError, match="trained already; one Resume is for one fit"): fit(few, resume)
    assert fit(data(shards, records=[*range(8)]), resume, epochs=2).epoch == [1]


def test_a_training_that_a_callback_ends_goes_on_behind_its_batch(shards, tmp_path, capsys):
    class Stop(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None): self.model.stop_training = batch == 3

    fit(data(shards), None, callbacks=[Resume(tmp_path), Stop()])
    fit(data(shards), Resume(tmp_path))
    assert "behind 4 of 7 batches" in capsys.readouterr().err


def test_a_data_set_counts_again_behind_fit_and_keeps_its_length_behind_map(shards):
    few = {"records": [*range(12)]}
    batches = data(shards, **few)
    first, second = (next(iter(data(shards, start=(n, 0), **few)))[1].numpy() for n in (2, 3))
    fit(batches, TellEpoch(), epochs=2)
    assert np.array_equal([m for _, m in batches.take(1)][0], first) and np.array_equal([m for _, m in batches.take(1)][0], second)
    late = with_sample_weights(data(shards, start=(1, 1), **few), [1])
    assert [len(late), len([*late]), len([*late])] == [3, 2, 3]
