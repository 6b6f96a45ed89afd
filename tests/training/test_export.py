"""Models in files: Keras alone loads them, the classes come back, other formats give the same masks, names are found without imports."""
import json
import os
import subprocess
import sys
import zipfile

import keras
import numpy as np
import pytest
from conftest import ROOT
from warm import warm

import tfrseg
from tfrseg.augmenter.geometry import RandomFlip
from tfrseg.core import DataError
from tfrseg.reader.pipeline import normalize_layer
from tfrseg.storage.labels import LabelMap
from tfrseg.training.export import export_model, load_model, model_labels, save_model
from tfrseg.training.keras_layer import Augment
from tfrseg.training.export import _has_litert
from tfrseg.training.keras_metrics import MeanIoU
from tfrseg.training.loss import SegmentationLoss
from tfrseg.training.metrics import as_labels

LABELS = LabelMap(("sky", "sea", "land"), palette={0: (1, 2, 3), 1: (4, 5, 6), 2: (7, 8, 9)}, ignore_label=9)
IMAGES = np.random.default_rng(0).integers(0, 256, (3, 40, 56, 3), dtype=np.uint8)


def two_layers(*first, channels=3, size=(None, None)):
    keras.utils.set_random_seed(0)
    return keras.Sequential([keras.Input((*size, 3)), *first, keras.layers.Conv2D(6, 3, padding="same", activation="relu"), keras.layers.Conv2D(channels, 1)])


@pytest.fixture(scope="module")
def model(): return two_layers(normalize_layer())


def run(code, folder, python=(sys.executable,)):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([*python, "-c", code], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_keras_alone_predicts_from_bytes(tmp_path):
    "Augment and the loss of tfrseg are left out; the given model keeps them, and is trained on afterwards."
    inner = two_layers(Augment(RandomFlip(), images_only=True), size=(40, 56))
    inner.compile("sgd", SegmentationLoss([1, 1, 1], ignore_label=9, from_logits=True), metrics=[MeanIoU(LABELS)])
    save_model(inner, tmp_path / "m.keras", LABELS, preprocessing=normalize_layer())
    np.save(tmp_path / "images.npy", IMAGES)
    run("import sys, keras, numpy as np\n"
        "for name in [*sys.modules]:\n    if name.split('.')[0] == 'tfrseg': del sys.modules[name]\n"
        "sys.modules['tfrseg'] = None\nkeras.saving.get_custom_objects().clear()\nm = keras.models.load_model('m.keras')\n"
        "np.save('scores.npy', m.predict_on_batch(np.load('images.npy')))", tmp_path, warm())
    expected = inner(np.asarray(normalize_layer()(IMAGES)), training=False).numpy()
    assert np.load(tmp_path / "scores.npy") == pytest.approx(expected, abs=1e-5)
    assert isinstance(inner.layers[0], Augment) and np.isfinite(inner.fit(IMAGES / 255, IMAGES[..., :1] % 3, verbose=0).history["loss"][0])
    assert os.listdir(tmp_path).count("m.keras") == 1 and not [name for name in os.listdir(tmp_path) if "incomplete" in name]


def test_the_classes_come_back(model, tmp_path):
    path = save_model(model, tmp_path / "m.keras", LABELS)
    assert model_labels(path) == as_labels(LABELS) == load_model(path).labels
    saved = json.loads(zipfile.ZipFile(path).read("tfrseg.json"))
    assert saved["image"] == {"size": [None, None], "channels": 3, "dtype": "uint8"} and saved["labels"]["ignore_label"] == 9
    model.save(tmp_path / "plain.keras")
    assert load_model(tmp_path / "plain.keras").labels is None


@pytest.mark.parametrize("text", ["{", "[]", '{"labels": {"class_names": 5}}', '{"labels": {"class_names": ["a"], "palette": {"0": [1]}}}'])
def test_a_damaged_table(model, tmp_path, text):
    model.save(tmp_path / "m.keras")
    with zipfile.ZipFile(tmp_path / "m.keras", "a") as archive: archive.writestr("tfrseg.json", text)
    with pytest.raises(DataError, match="tfrseg.json in it is damaged"): model_labels(tmp_path / "m.keras")


def test_what_cannot_be_saved(model, tmp_path):
    class Own(keras.layers.Layer):
        def call(self, x): return x

    cases = [(two_layers(channels=5), LABELS, ValueError, "a model of 5 channels for 3 classes"), (two_layers(Own(name="mine")), LABELS, ValueError, "Keras alone does not know: mine"),
             (keras.Sequential([keras.layers.Conv2D(3, 1)]), LABELS, TypeError, "wanted a built Sequential"), (model, "shards", TypeError, "classes as 'shards'")]
    for given, labels, kind, text in cases:
        with pytest.raises(kind, match=text): save_model(given, tmp_path / "m.keras", labels)
    assert os.listdir(tmp_path) == []


def test_a_model_that_scales_nothing_is_told(tmp_path, capsys):
    save_model(two_layers(), tmp_path / "m.keras", LABELS)
    assert "it gets images as they are" in capsys.readouterr().out


@pytest.mark.parametrize("format, name, packages", [("tf_saved_model", "saved", ()), ("litert", "m.tflite", ()), ("onnx", "m.onnx", ("onnx", "tf2onnx", "onnxruntime"))])
def test_other_formats_give_the_same_masks(model, tmp_path, format, name, packages):
    for package in packages: pytest.importorskip(package, reason=f"{package} is not installed")
    if format == "litert" and not _has_litert(): pytest.skip("Keras exports LiteRT from 3.13 on")
    path = save_model(model, tmp_path / "m.keras", LABELS)
    done = export_model(path, tmp_path / name, format, IMAGES)
    assert done.pixels == 3 * 40 * 56 and done.differing == 0 and done.score_error < 1e-4 and done.path.exists()
    with pytest.raises(FileExistsError, match="wanted a new name"): export_model(path, tmp_path / name, format)


def test_an_export_that_differs_is_removed(model, tmp_path, monkeypatch):
    from tfrseg.training import export

    monkeypatch.setitem(export._FORMATS, "tf_saved_model", (lambda path, images: -model.predict(images, verbose=0), ()))
    with pytest.raises(ValueError, match="of 6,720 pixels get another class"): export_model(model, tmp_path / "m", images=IMAGES)
    monkeypatch.setitem(export._FORMATS, "tf_saved_model", (lambda path, images: 1 / 0, ()))
    with pytest.raises(ZeroDivisionError): export_model(model, tmp_path / "m", images=IMAGES)
    monkeypatch.setattr(keras, "__version__", "3.12.4")
    with pytest.raises(ImportError, match="needs Keras 3.13 or later; here is 3.12.4"): export_model(model, tmp_path / "m.tflite", "litert")
    monkeypatch.setitem(export._FORMATS, "onnx", (None, ("no_such_package",)))
    with pytest.raises(ImportError, match="needs no_such_package; run pip install"): export_model(model, tmp_path / "m.onnx", "onnx")
    assert os.listdir(tmp_path) == []


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    "A model as `model.save` writes it, with tfrseg's layer, loss and metric."
    folder, model = tmp_path_factory.mktemp("compiled"), two_layers(Augment(RandomFlip()))
    model.compile("sgd", SegmentationLoss([1, 1, 1], from_logits=True), metrics=[MeanIoU(3)])
    model.save(folder / "m.keras")
    return folder


@pytest.mark.parametrize("imports", ["import keras, tfrseg"] + [
    pytest.param(imports, marks=pytest.mark.slow) for imports in ("import tfrseg, keras", "import tfrseg, tensorflow as tf; keras = tf.keras")])
def test_import_tfrseg_is_enough(compiled, imports):
    "No module of tfrseg is imported before a model asks for it; every class that is registered is lent."
    from tfrseg.training import keras_layer, keras_metrics, loss, multilabel  # noqa: F401

    registered = {name: thing for name, thing in keras.saving.get_custom_objects().items() if name.startswith("tfrseg>")}
    said = run(f"import sys\n{imports}\nprint('tfrseg.training.loss' in sys.modules)\n"
               "print(*sorted(name for name in keras.utils.get_custom_objects() if name.startswith('tfrseg>')))\nm = keras.models.load_model('m.keras')\n"
               "print(type(m.loss).__module__, type(m.layers[0]).__module__, type(m.loss).__name__)", compiled)
    assert said == f"False\n{' '.join(sorted(registered))}\ntfrseg.training.loss tfrseg.training.keras_layer SegmentationLoss\n"
    assert all(getattr(tfrseg.training, name.removeprefix("tfrseg>")) is thing for name, thing in registered.items())
