"""Metrics on the backend of KERAS_BACKEND: as the table of NumPy, and in `fit`. Run by tests/training/test_keras_metrics.py.

    KERAS_BACKEND=jax python tests/helpers/metrics_on_backend.py MASKS_AND_SCORES.npz
"""
import sys

import keras
import numpy as np

from tfrseg.training.keras_metrics import BoundaryF1, MeanDice, MeanIoU, PixelAccuracy
from tfrseg.training.metrics import Confusion

data = np.load(sys.argv[1])
masks, scores = data["masks"][:, :64, :64], data["scores"][:, :64, :64]
table = Confusion(4).add(masks, scores.argmax(-1))


def close(found, wanted): assert abs(float(found) - wanted) < 1e-5, (found, wanted)


for metric, wanted in ((MeanIoU, table.mean_iou), (MeanDice, table.mean_dice), (PixelAccuracy, table.pixel_accuracy)):
    close(metric(4, by_class=False)(masks, scores), wanted)
iou = MeanIoU(4)
iou.update_state(masks, scores)
assert (iou.confusion().matrix == table.matrix).all() and iou.confusion().ignored == table.ignored
close(BoundaryF1(4, by_class=False)(masks, np.where(masks == 255, 0, masks)), 1.0)

model = keras.Sequential([keras.Input((64, 64, 4)), keras.layers.Conv2D(4, 1)])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255)
model.compile("adam", loss, metrics=[MeanIoU(4), BoundaryF1(4, tolerance=2, by_class=False)])
history = model.fit(scores, masks, batch_size=2, epochs=1, validation_data=(scores, masks), verbose=0).history
expected = Confusion(4).add(masks, model.predict(scores, verbose=0).argmax(-1))
close(history["val_mean_iou"][0], expected.mean_iou)
close(history["val_iou_0"][0], expected.iou[0])
assert 0 < history["val_boundary_f1"][0] <= 1
print(keras.backend.backend(), "agrees")
