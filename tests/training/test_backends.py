"""Keras on JAX and PyTorch: `fit` with our data, losses, weights and layer, each in a process of its own."""
import importlib.util
import os
import subprocess
import sys

import pytest
from warm import warm

CODE = """
import sys
import keras, numpy as np
import tfrseg
from tfrseg.cards import CARD_CLASSES
from tfrseg.storage.schema import RAW_IDS

folder = tfrseg.make_folder(sys.argv[1], 8, (32, 48))
source = tfrseg.folder_source(folder / "img", folder / "seg", class_names=CARD_CLASSES)
tfrseg.write_shards(tfrseg.plan_shards(source, folder / "shards", schema=RAW_IDS), show_progress=False)
train = tfrseg.make_dataset(folder / "shards", batch_size=4, augment=[tfrseg.RandomFlip(), tfrseg.RandomCrop((16, 16))], show_progress=False)

def fit(data, loss, *before):
    keras.utils.set_random_seed(0)
    model = tfrseg.unet(5, (16, 16), width=2, depth=1, activation=None)
    model = keras.Sequential([keras.Input((16, 16, 3)), *before, model]) if before else model
    model.compile("adam", loss)
    return model.fit(data, verbose=0).history["loss"][0]

weights = [1, 2, 1, 1, 1]
plain = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255, reduction="mean_with_sample_weight")
weighted, mapped = fit(train, tfrseg.SegmentationLoss(weights, from_logits=True)), fit(tfrseg.with_sample_weights(train, weights), plain)
assert np.isfinite([weighted, mapped]).all(), (weighted, mapped)
assert np.isfinite(fit(train, tfrseg.MultilabelLoss(from_logits=True)))
assert np.isfinite(fit(train, tfrseg.SegmentationLoss(weights, from_logits=True), tfrseg.normalize_layer()))
layer = tfrseg.Augment([tfrseg.RandomFlip()], images_only=True)
try: print("augmented", np.isfinite(fit(train, tfrseg.SegmentationLoss(weights, from_logits=True), layer)))
except ValueError as e: print("refused", "augment in make_dataset(augment=...)" in str(e))
"""


@pytest.mark.parametrize("backend", [pytest.param(name, marks=pytest.mark.skipif(
    not importlib.util.find_spec(name), reason=f"{name} is not installed")) for name in ("jax", "torch")] + [pytest.param("tensorflow", marks=pytest.mark.slow)])
def test_fit_on_every_backend(tmp_path, backend):
    env = os.environ | {"KERAS_BACKEND": backend, "PYTHONPATH": os.pathsep.join(sys.path), "TF_CPP_MIN_LOG_LEVEL": "3"}
    python = warm() if backend == "tensorflow" else [sys.executable]
    done = subprocess.run([*python, "-c", CODE, tmp_path], capture_output=True, text=True, timeout=600, env=env)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip() == ("augmented True" if backend == "tensorflow" else "refused True")
