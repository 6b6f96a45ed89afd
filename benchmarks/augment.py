"""What each operation costs, in CPU milliseconds for a 512 x 512 uint8 image and mask, against the same by others.

    python benchmarks/augment.py [--rounds 5] [--seconds 0.5] [--peers PYTHON] [--only NAME ...] [--out FOLDER]

Every library runs in a process of its own that stays; the operations are measured in turns, A B A B ..., and medians are compared.
CPU time counts all threads. Each is fed by a `tf.data` map of two workers: ours and Keras's layers as graphs, Albumentations by
`numpy_function`; Albumentations, torchvision v2 and kornia are called in a bare Python loop, without any pipeline, which is the best that
they can do: torchvision on uint8 tensors, kornia on the float32 batch of one that it wants, made beforehand. `--peers` names the Python
that has them (for instance of a virtual environment with albumentations, tensorflow-cpu, torchvision, kornia); whatever it lacks is left
out, and said. The row "nothing" is the pipeline alone. `--out` keeps the table there, as augment.md and augment.json, with date and machine.
"""
from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", NO_ALBUMENTATIONS_UPDATE="1", OMP_NUM_THREADS="1")

import numpy as np

SIZE = 512
WORKERS = 2


def make_pair() -> tuple[np.ndarray, np.ndarray]:
    "A smooth image with noise, and a mask of blobs."
    rng = np.random.default_rng(0)
    y, x = np.mgrid[:SIZE, :SIZE]
    image = 120 + 60 * np.sin(x / 40)[..., None] * np.cos(y / 30)[..., None] + rng.normal(0, 12, (SIZE, SIZE, 3))
    return image.clip(0, 255).astype(np.uint8), np.kron(rng.integers(0, 5, (16, 16)), np.ones((32, 32), int)).astype(np.uint8)[..., None]


def tfrseg_operations() -> dict[str, Callable]:
    "Ours, as (image, mask, number) to (image, mask)."
    import tensorflow as tf
    import tfrseg

    ops = {"nothing": tfrseg.Compose(()), "flip": tfrseg.RandomFlip(1.0), "quarter turn": tfrseg.RandomRotate90((1, 2, 3)), "crop 256": tfrseg.RandomCrop((256, 256)),
           "scale": tfrseg.Compose((tfrseg.RandomScale((0.8, 1.2)), tfrseg.CropOrPad((SIZE, SIZE)))), "rotation": tfrseg.RandomRotation((-30, 30)),
           "affine": tfrseg.RandomAffine((-30, 30), (0.8, 1.2), (0.1, 0.1), (-10, 10)), "perspective": tfrseg.RandomPerspective(0.1),
           "elastic": tfrseg.ElasticTransform(20.0, 5), "grid": tfrseg.GridDistortion(0.3, 5),
           "affine + perspective + flip": tfrseg.Compose((tfrseg.RandomAffine((-30, 30)), tfrseg.RandomPerspective(0.1), tfrseg.RandomFlip(1.0))),
           "affine, then crop 256": tfrseg.Compose((tfrseg.RandomAffine((-30, 30), (0.8, 1.2)), tfrseg.RandomCrop((256, 256)))),
           "colour jitter": tfrseg.ColorJitter(0.2, 0.2, 0.2, 10.0), "gamma": tfrseg.RandomGamma(), "grey": tfrseg.ToGray(1.0),
           "gaussian noise": tfrseg.GaussianNoise((5, 15)), "gaussian blur": tfrseg.GaussianBlur((0.5, 1.5)), "motion blur": tfrseg.MotionBlur((3, 7)),
           "jpeg": tfrseg.JpegArtifacts((40, 90)), "cutout": tfrseg.CutOut(4, (0.1, 0.2)), "normalize": tfrseg.Normalize()}

    def wrapped(op):
        def run(image, mask, number):
            out = op({"image": image, "mask": mask}, tf.cast(number, tf.int32))
            return out["image"], out["mask"]
        return run

    return {name: wrapped(op) for name, op in ops.items()}


def albumentations_operations() -> dict[str, Callable]:
    "Theirs, as (image, mask) to (image, mask)."
    import albumentations as A
    import cv2

    cv2.setNumThreads(1)
    affine = lambda: A.Affine(rotate=(-30, 30), scale=(0.8, 1.2), translate_percent=(-0.1, 0.1), shear=(-10, 10), fill_mask=255, p=1)
    ops = {"nothing": [A.NoOp()], "flip": [A.HorizontalFlip(p=1)], "quarter turn": [A.RandomRotate90(p=1)], "crop 256": [A.RandomCrop(256, 256)],
           "scale": [A.Affine(scale=(0.8, 1.2), fill_mask=255, p=1)], "rotation": [A.Rotate(30, fill_mask=255, p=1)], "affine": [affine()],
           "perspective": [A.Perspective(0.1, fill_mask=255, p=1)], "elastic": [A.ElasticTransform(alpha=300, sigma=20, fill_mask=255, p=1)],
           "grid": [A.GridDistortion(5, 0.3, fill_mask=255, p=1)],
           "affine + perspective + flip": [affine(), A.Perspective(0.1, fill_mask=255, p=1), A.HorizontalFlip(p=1)],
           "affine, then crop 256": [affine(), A.RandomCrop(256, 256)], "colour jitter": [A.ColorJitter(0.2, 0.2, 0.2, 0.03, p=1)],
           "gamma": [A.RandomGamma((70, 150), p=1)], "grey": [A.ToGray(p=1)], "gaussian noise": [A.GaussNoise((0.02, 0.06), p=1)],
           "gaussian blur": [A.GaussianBlur(sigma_limit=(0.5, 1.5), blur_limit=(9, 9), p=1)], "motion blur": [A.MotionBlur((3, 7), p=1)],
           "jpeg": [A.ImageCompression(quality_range=(40, 90), p=1)],
           "cutout": [A.CoarseDropout((4, 4), (0.1, 0.2), (0.1, 0.2), p=1)], "normalize": [A.Normalize()]}

    def wrapped(steps):
        chain = A.Compose(steps)
        def run(image, mask):
            out = chain(image=image, mask=mask)
            return out["image"], out["mask"]
        return run

    return {name: wrapped(steps) for name, steps in ops.items()}


def in_numpy_function(operations: dict) -> dict[str, Callable]:
    "Python functions as parts of a pipeline."
    import tensorflow as tf

    def wrapped(run, image_type):
        return lambda image, mask, number: tf.numpy_function(run, [image, mask], [image_type, tf.uint8])

    return {name: wrapped(run, tf.float32 if name == "normalize" else tf.uint8) for name, run in operations.items()}


def keras_operations() -> dict[str, Callable]:
    "Keras's layers that take masks, as (image, mask, number) to (image, mask)."
    import keras

    make = keras.layers
    layers = {"nothing": lambda pair, training: pair, "flip": make.RandomFlip("horizontal"), "crop 256": make.RandomCrop(256, 256),
              "rotation": make.RandomRotation(30 / 360, fill_mode="constant"),
              "scale": make.RandomZoom(0.2, fill_mode="constant"), "perspective": make.RandomPerspective(1.0, 0.1),
              "affine": keras.Sequential([make.RandomRotation(30 / 360, "constant"), make.RandomZoom(0.2, fill_mode="constant"),
                                          make.RandomTranslation(0.1, 0.1, "constant"), make.RandomShear(0.1, 0.1, fill_mode="constant")]),
              "colour jitter": make.RandomColorJitter(brightness_factor=0.2, contrast_factor=0.2, saturation_factor=0.2, hue_factor=0.03),
              "gaussian blur": make.RandomGaussianBlur(1.0, 9, (0.5, 1.5)), "grey": make.RandomGrayscale(1.0)}

    def wrapped(layer):
        def run(image, mask, number):
            out = layer({"images": image, "segmentation_masks": mask}, training=True)
            return out["images"], out["segmentation_masks"]
        return run

    return {name: wrapped(layer) for name, layer in layers.items()}


def torchvision_operations() -> dict[str, Callable]:
    "torchvision v2 on tensors, one thread, as (image, mask) to (image, mask)."
    import torch
    from torchvision import tv_tensors as tv
    from torchvision.transforms import v2

    torch.set_num_threads(1)
    smooth = {"interpolation": v2.InterpolationMode.BILINEAR}
    ops = {"flip": v2.RandomHorizontalFlip(1.0), "crop 256": v2.RandomCrop(256), "rotation": v2.RandomRotation(30, **smooth),
           "affine": v2.RandomAffine(30, (0.1, 0.1), (0.8, 1.2), 10, **smooth), "perspective": v2.RandomPerspective(0.2, 1.0, **smooth),
           "elastic": v2.ElasticTransform(), "colour jitter": v2.ColorJitter(0.2, 0.2, 0.2, 0.03), "grey": v2.RandomGrayscale(1.0),
           "gaussian blur": v2.GaussianBlur(9, (0.5, 1.5)), "jpeg": v2.JPEG((40, 90))}
    inputs = {}

    def wrapped(op):
        def run(image, mask):
            if not inputs: inputs.update(image=tv.Image(torch.tensor(image).permute(2, 0, 1)), mask=tv.Mask(torch.tensor(mask[..., 0])))
            return op(inputs["image"], inputs["mask"])
        return run

    return {name: wrapped(op) for name, op in ops.items()}


def kornia_operations() -> dict[str, Callable]:
    "kornia on float32 tensors, a batch of one, one thread, as (image, mask) to (image, mask)."
    import kornia.augmentation as K
    import torch

    torch.set_num_threads(1)
    ops = {"flip": K.RandomHorizontalFlip(p=1.0), "quarter turn": K.RandomRotation90((0, 3), p=1.0), "crop 256": K.RandomCrop((256, 256)),
           "scale": K.RandomAffine(0.0, scale=(0.8, 1.2), p=1.0), "rotation": K.RandomRotation(30.0, p=1.0),
           "affine": K.RandomAffine(30.0, (0.1, 0.1), (0.8, 1.2), 10.0, p=1.0), "perspective": K.RandomPerspective(0.2, p=1.0),
           "elastic": K.RandomElasticTransform((63, 63), (20.0, 20.0), p=1.0), "colour jitter": K.ColorJitter(0.2, 0.2, 0.2, 0.03, p=1.0),
           "gamma": K.RandomGamma((0.7, 1.5), p=1.0), "grey": K.RandomGrayscale(p=1.0), "gaussian noise": K.RandomGaussianNoise(std=0.04, p=1.0),
           "gaussian blur": K.RandomGaussianBlur((9, 9), (0.5, 1.5), p=1.0), "motion blur": K.RandomMotionBlur((3, 7), 180.0, 0.5, p=1.0),
           "jpeg": K.RandomJPEG((40.0, 90.0), p=1.0),
           "normalize": K.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))}
    inputs = {}

    def wrapped(op):
        chain = K.AugmentationSequential(op, data_keys=["input", "mask"])
        def run(image, mask):
            if not inputs: inputs["pair"] = [torch.tensor(p).permute(2, 0, 1)[None].float() / d for p, d in ((image, 255), (mask, 1))]
            with torch.no_grad(): return chain(*inputs["pair"])
        return run

    return {name: wrapped(op) for name, op in ops.items()}


LIBRARIES = {"tfrseg": (tfrseg_operations, True), "albumentations": (lambda: in_numpy_function(albumentations_operations()), True),
             "albumentations, bare": (albumentations_operations, False), "keras": (keras_operations, True),
             "torchvision, bare": (torchvision_operations, False), "kornia, bare": (kornia_operations, False)}


def pipeline_runner(run: Callable, image: np.ndarray, mask: np.ndarray) -> Callable:
    "A function that takes the next sample of a pipeline with two workers."
    import tensorflow as tf

    images, masks = tf.constant(image), tf.constant(mask)
    options = tf.data.Options()
    options.threading.private_threadpool_size = WORKERS
    options.autotune.enabled = False
    data = tf.data.Dataset.range(2**40).map(lambda n: run(images, masks, n), num_parallel_calls=WORKERS).with_options(options)
    stream = iter(data)
    return lambda: next(stream)


def work(name: str) -> None:
    "A worker: a line of JSON, [operation, seconds], comes in; CPU ms a sample, or null, goes out."
    make, piped = LIBRARIES[name]
    image, mask = make_pair()
    try: operations = make()
    except ImportError as e: return print(json.dumps({"missing": str(e)}), flush=True)
    print(json.dumps({"has": list(operations)}), flush=True)
    ready = {}
    for line in sys.stdin:
        operation, seconds = json.loads(line)
        try:
            if operation not in ready:
                run = operations[operation]
                ready[operation] = pipeline_runner(run, image, mask) if piped else lambda run=run: run(image, mask)
                for _ in range(8): ready[operation]()
            start, cpu, count = perf_counter(), process_time(), 0
            while perf_counter() - start < seconds or count < 5:
                ready[operation]()
                count += 1
            print(json.dumps((process_time() - cpu) * 1000 / count), flush=True)
        except Exception as e: print(json.dumps({"failed": f"{type(e).__name__}: {str(e).splitlines()[0][:120]}"}), flush=True)


class Worker:
    "A library in a process of its own."

    def __init__(self, name: str, python: str):
        self.process = subprocess.Popen([python, __file__, "--worker", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.has = self._answer()

    def measure(self, operation: str, seconds: float) -> float | dict:
        "CPU ms a sample, or what failed."
        self.process.stdin.write(json.dumps([operation, seconds]) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"missing": "the process ended"}


def start_workers(peers: str) -> dict[str, Worker]:
    "Those that have what they need; of the others, why not."
    workers = {name: Worker(name, sys.executable if name in ("tfrseg", "keras") else peers) for name in LIBRARIES}
    for name, worker in list(workers.items()):
        if "missing" in worker.has: print(f"{name}: left out, {workers.pop(name).has['missing']}")
    return workers


def save(options: argparse.Namespace, measured: dict) -> None:
    "The table as Markdown, and every figure of every round as JSON."
    from peers import machine as describe
    machine, names = describe(), list(next(iter(measured.values())))
    said = f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}, Python {machine['python']}"
    lines = [f"Measured on {date.today()}: {said}; {options.rounds} rounds of {options.seconds} s in turns, load {os.getloadavg()[1]:.1f}.", "",
             "| CPU ms a sample | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    for operation, found in measured.items():
        ours = median(found["tfrseg"])
        cells = [f"**{ours:.2f}**"] + [f"{median(f):.2f} ({median(f) / ours:.1f}×)" if f else "" for n, f in found.items() if n != "tfrseg"]
        lines.append(f"| {operation} | " + " | ".join(cells) + " |")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "augment.md").write_text("\n".join(lines) + "\n")
    rounds = {"date": str(date.today()), "machine": machine, "rounds": options.rounds, "seconds": options.seconds, "cpu_ms": measured}
    (options.out / "augment.json").write_text(json.dumps(rounds, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--worker")
    options = parser.parse_args()
    if options.worker: return work(options.worker)
    workers = start_workers(options.peers)
    names = [n for n in workers["tfrseg"].has["has"] if not options.only or n in options.only]
    measured = {}
    print(f"{'CPU ms, image + mask':28}" + "".join(f"{name:>22}" for name in workers))
    for operation in names:
        found, failed = {name: [] for name in workers}, {}
        for _ in range(options.rounds):
            for name, worker in workers.items():
                if operation not in worker.has["has"] or name in failed: continue
                got = worker.measure(operation, options.seconds)
                if isinstance(got, dict): failed[name] = got
                else: found[name].append(got)
        measured[operation] = {name: [round(ms, 3) for ms in f] for name, f in found.items()}
        if options.out: save(options, measured)
        ours = median(found["tfrseg"])
        cells = [f"{median(f):.2f} ({median(f) / ours:.2f}x)" if f else "fails" if name in failed else "-" for name, f in found.items()]
        print(f"{operation:28}" + "".join(f"{cell:>22}" for cell in cells), flush=True)
        for name, why in failed.items(): print(f"    {name}: {next(iter(why.values()))}")
    for worker in workers.values(): worker.process.stdin.close()


if __name__ == "__main__":
    main()
