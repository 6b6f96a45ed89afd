"""A script that trains: `python killed_training.py SHARDS FOLDER OUT WAY [WHEN]`. WAY is 'resume', 'steps' (an epoch is so many steps of data that repeats), 'whole',
'backup' (Keras's own callback, which does not keep the random numbers of dropout). WHEN kills it with SIGKILL: '1:4' at the end of that epoch and batch, 'save:2' while it writes for the second time. The
weights, and what the epochs' logs said, go to OUT."""
import json
import os
import signal
import sys

import keras
import numpy as np

import tfrseg
from tfrseg.training.small_unet import unet

EPOCHS, STEPS = 2, 4


class Kill(keras.callbacks.Callback):
    "Ends the process at once at the end of a batch."

    def __init__(self, epoch, batch):
        super().__init__()
        self.wanted, self.epoch = (epoch, batch), None

    def on_epoch_begin(self, epoch, logs=None): self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self.epoch, batch) == self.wanted: os.kill(os.getpid(), signal.SIGKILL)


def die_while_saving(time, saved=np.savez, count=[0]):
    "Lets the n-th file be half written."
    def half(file, **arrays):
        count[0] += 1
        if count[0] < time: return saved(file, **arrays)
        saved(file, **dict([*arrays.items()][:len(arrays) // 2]))
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    np.savez = half


def main(shards, folder, out, way, when=""):
    kind, _, number = when.partition(":")
    if kind == "save": die_while_saving(int(number))
    augment = [tfrseg.RandomFlip(), tfrseg.RandomCrop((16, 16))]
    train = tfrseg.make_dataset(shards, batch_size=4, augment=augment, seed=3, drop_remainder=True, show_progress=False)
    keras.utils.set_random_seed(1)
    model = unet(5, (16, 16), width=2, depth=1, dropout=0.0 if way.startswith("backup") else 0.2, activation=None)
    rate = keras.optimizers.schedules.ExponentialDecay(1e-2, 3, 0.9)
    model.compile(keras.optimizers.Adam(rate), tfrseg.SegmentationLoss([1, 2, 3, 1, 1], from_logits=True), metrics=["accuracy"])
    callbacks = {"resume": [tfrseg.Resume(folder, every=2)], "whole": [tfrseg.training.TellEpoch()], "backup whole": [tfrseg.training.TellEpoch()], "steps": [tfrseg.Resume(folder, every=2)],
                 "steps whole": [tfrseg.training.TellEpoch()], "backup": [keras.callbacks.BackupAndRestore(folder, delete_checkpoint=False), tfrseg.training.TellEpoch()]}[way]
    if kind.isdigit(): callbacks.append(Kill(int(kind), int(number)))
    options = {"steps_per_epoch": STEPS} if way.startswith("steps") else {}
    data = train.repeat() if options else train
    history = model.fit(data, epochs=EPOCHS, verbose=0, callbacks=callbacks, **options).history
    values = [keras.ops.convert_to_numpy(v) for v in [*model.variables, *model.optimizer.variables]]
    np.savez(out, *values, logs=np.frombuffer(json.dumps(history).encode(), np.uint8))


if __name__ == "__main__": main(*sys.argv[1:])
