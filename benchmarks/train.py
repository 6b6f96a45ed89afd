"""Does a model learn the same through tfrseg as through a plain pipeline of files, and what does the input cost?

    python benchmarks/train.py pairs IMAGES MASKS [--steps 150] [--seeds 3] [--crop 128] [--out FOLDER]     # curves, held-out mIoU, ms a step
    python benchmarks/train.py gpu [--steps 60] [--size 512 512]                                           # samples/s of training by reader, waiting

`pairs`: `tfrseg.unet` on crops and flips, from shards (tfrseg) and from the files themselves (tf.io and tf.image, no TFRecord), in turns, so many seeds each, with the same
initial weights for a seed. Pixels are proven equal first: both pipelines, without augmentation, give the same images and ids. Every fifth pair is held out. Runs that are
finished are kept in FOLDER/runs.jsonl, and not run again. `gpu`: cards that are written first, mapped, streamed, cached and as uint8, on whatever device TensorFlow has.
"""
from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path
from statistics import mean, median, stdev
from time import perf_counter

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tensorflow as tf

import tfrseg
from tfrseg.storage.schema import RAW_IDS, TFVISION

BATCH, FAST = 8, 10.0  # images; ms of a step of a fast accelerator, to compare the input with
CROP_OPERATIONS = lambda crop: [tfrseg.RandomCrop((crop, crop)), tfrseg.RandomFlip()]


def prepare(images: Path, masks: Path, out: Path):
    "Writes shards once; gives them, the source's pairs by name, and which numbers are held out."
    source = tfrseg.folder_source(images, masks, show_progress=False)
    if not (out / "shards" / "dataset_info.json").exists():
        tfrseg.write_shards(tfrseg.plan_shards(source, out / "shards", schema=RAW_IDS), show_progress=False)
    shards = tfrseg.open_shards(out / "shards")
    names = [sample["name"].decode() for sample in shards]
    held = [n for n in range(len(names)) if n % 5 == 4]
    files = {Path(p).stem: (str(p), str(m)) for p in sorted(images.iterdir()) for m in masks.glob(f"{p.stem}.*")}
    return shards, [files[name] for name in names], held


def read_file(image, mask, table):
    "A pair of files as image [H, W, 3] and ids [H, W, 1], by TensorFlow alone."
    image = tf.io.decode_image(tf.io.read_file(image), 3, expand_animations=False)
    mask = tf.io.decode_image(tf.io.read_file(mask), 0, expand_animations=False)[..., :1]
    return image, tf.gather(table, tf.cast(mask, tf.int32))


def value_table(shards, files):
    "Which id each value of the mask files has, learned from the first pair on until all are known."
    table = np.full(256, 255, np.uint8)
    for n, (_, mask) in enumerate(files):
        values = tf.io.decode_image(tf.io.read_file(mask), 0, expand_animations=False)[..., 0].numpy()
        table[values.ravel()] = shards[n]["mask"][..., 0].ravel()
    return table


def plain(files, table, crop, seed):
    "Files to batches, by hand: shuffle, decode, one crop and one flip for both, batch."
    data = tf.data.Dataset.from_tensor_slices([*map(list, files)]).shuffle(len(files), seed, reshuffle_each_iteration=True).repeat().enumerate()

    def make(n, pair):
        image, mask = read_file(pair[0], pair[1], table)
        both = tf.image.stateless_random_crop(tf.concat([image, mask], -1), (crop, crop, 4), tf.stack([seed, tf.cast(n, tf.int32)]))
        both = tf.image.stateless_random_flip_left_right(both, tf.stack([seed + 10**6, tf.cast(n, tf.int32)]))
        return tf.cast(both[..., :3], tf.float32), both[..., 3:]

    return data.map(make, tf.data.AUTOTUNE).batch(BATCH).prefetch(tf.data.AUTOTUNE)


def ours(shards, numbers, crop, seed):
    data = tfrseg.make_dataset(shards, None, records=numbers, augment=CROP_OPERATIONS(crop), batch_size=BATCH, seed=seed, shuffle=True, drop_remainder=True,
                               show_progress=False)
    return data.repeat()


def check_pixels(shards, files, table):
    "Both ways give the same pixels, for every pair."
    differ = [name for n, (name, _) in enumerate(files) for image, mask in [read_file(*files[n], table)]
              if not (np.array_equal(image, shards[n]["image"]) and np.array_equal(mask, shards[n]["mask"]))]
    print(f"pixels: {len(files)} pairs, {len(differ)} differ between files and shards {differ[:3]}")


def step_ms(data, steps=30):
    iterator = iter(data)
    for _ in range(5): next(iterator)
    start = perf_counter()
    for _ in range(steps): next(iterator)
    return 1e3 * (perf_counter() - start) / steps


def train(data, held, classes, crop, seed, steps):
    "Loss of each step, held-out mIoU, ms of the input alone, of the model alone and of both."
    keras.utils.set_random_seed(seed)
    model = tfrseg.unet(classes, width=12)
    loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=255)
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-3, steps)), loss)
    iterator, losses = iter(data), []
    first = next(iterator)
    model.train_on_batch(*first)
    start = perf_counter()
    for _ in range(10): model.train_on_batch(*first)
    alone, start = 1e2 * (perf_counter() - start), perf_counter()
    keras.utils.set_random_seed(seed)
    model.set_weights(tfrseg.unet(classes, width=12).get_weights())
    for variable in model.optimizer.variables: variable.assign(variable * 0) if "learning" not in variable.path else None
    for _ in range(steps):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(*next(iterator))))
    both = 1e3 * (perf_counter() - start) / steps
    metric = keras.metrics.MeanIoU(classes, ignore_class=255, sparse_y_pred=False)
    for image, mask in held: metric.update_state(mask, model.predict_on_batch(image))
    return {"loss": losses, "miou": float(metric.result()), "model_ms": alone, "both_ms": both}


def pairs(args):
    args.out.mkdir(parents=True, exist_ok=True)
    shards, files, held = prepare(args.images, args.masks, args.out)
    kept = [n for n in range(len(files)) if n not in held]
    table, folder, runs = value_table(shards, files), args.out / "shards", args.out / "runs.jsonl"
    check_pixels(shards, files, table)
    judged = tfrseg.make_dataset(folder, None, records=held, size=(2 * args.crop, 2 * args.crop), batch_size=4, shuffle=False, show_progress=False)
    classes = len(tfrseg.load_info(folder).labels.class_names)
    make = {"tfrseg": lambda seed: ours(folder, kept, args.crop, seed), "files": lambda seed: plain([files[n] for n in kept], table, args.crop, seed)}
    done = [json.loads(line) for line in runs.read_text().splitlines()] if runs.exists() else []
    for seed in range(args.seeds):
        for way in ("tfrseg", "files") if seed % 2 == 0 else ("files", "tfrseg"):
            if any((r["way"], r["seed"], r["steps"]) == (way, seed, args.steps) for r in done): continue
            row = {"way": way, "seed": seed, "steps": args.steps, "input_ms": step_ms(make[way](seed))}
            row |= train(make[way](seed), judged, classes, args.crop, seed, args.steps)
            done.append(row)
            with runs.open("a") as file: file.write(json.dumps(row) + "\n")
            print(way, seed, f"mIoU {row['miou']:.4f}", flush=True)
    report([r for r in done if r["steps"] == args.steps], args.out)


def report(rows, out):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    print(f"\n| way | held-out mIoU, mean ± sd | by seed | loss, last 20 | input alone ms | model alone ms | both ms | input in a step of {FAST:g} ms |\n" + "|---" * 8 + "|")
    figure, axis = plt.subplots(figsize=(7, 3.5), layout="constrained")
    for way, color in (("tfrseg", "tab:blue"), ("files", "tab:orange")):
        some = [r for r in rows if r["way"] == way]
        value = [r["miou"] for r in some]
        middle = {key: median(r[key] for r in some) for key in ("input_ms", "model_ms", "both_ms")}
        print(f"| {way} | {mean(value):.4f} ± {stdev(value) if len(value) > 1 else float('nan'):.4f} | {', '.join(f'{v:.4f}' for v in value)} | "
              f"{mean(mean(r['loss'][-20:]) for r in some):.4f} | " + " | ".join(f"{v:.1f}" for v in middle.values()) + f" | {middle['input_ms'] / FAST:.0%} |")
        for k, r in enumerate(some):
            axis.plot(np.convolve(r["loss"], np.ones(15) / 15, "valid"), color=color, lw=1, alpha=0.8, label=way if not k else None)
    axis.set(xlabel="step", ylabel="loss, mean of 15 steps")
    axis.legend()
    figure.savefig(out / "curves.png", dpi=80)


def gpu(args):
    "Samples a second of training by reader, and the share of the time in which the device waits for input."
    folder = Path(tempfile.mkdtemp())
    cards = tfrseg.make_folder(folder / "cards", 64, tuple(args.size))
    source = tfrseg.folder_source(cards / "img", cards / "seg", show_progress=False)
    for schema in (RAW_IDS, TFVISION):
        tfrseg.write_shards(tfrseg.plan_shards(source, folder / schema.name, schema=schema), show_progress=False)
    crop = tuple(n // 32 * 16 for n in args.size)
    options = dict(augment=[tfrseg.RandomRotation(), tfrseg.RandomCrop(crop), tfrseg.RandomFlip(), tfrseg.ColorJitter()], batch_size=16, drop_remainder=True, show_progress=False)
    ways = {"mapped": (RAW_IDS, {}), "mapped, uint8": (RAW_IDS, {"dtype": "uint8"}), "stream": (TFVISION, {}), "cache": (TFVISION, {"cache": folder / "cache"})}
    model = tfrseg.unet(5, crop)
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(ignore_class=255))
    print("devices:", [d.device_type for d in tf.config.list_physical_devices()], "cores:", os.cpu_count(), "crop:", crop)
    print("| reader | input alone ms | model alone ms | training ms | samples/s | waits for input |\n|---|---|---|---|---|---|")
    for name, (schema, more) in ways.items():
        data = tfrseg.make_dataset(folder / schema.name, **options, **more).repeat()
        fixed = data.take(1).cache().repeat()
        def time(data):  # behind the first steps, in which graphs are made and pipelines fill up
            began = {}
            def on_batch(batch, logs): began.setdefault(batch, perf_counter())
            model.fit(data, steps_per_epoch=args.steps + 8, verbose=0, callbacks=[keras.callbacks.LambdaCallback(on_train_batch_end=on_batch)])
            return 1e3 * (perf_counter() - began[7]) / args.steps

        alone, both = time(fixed), time(data)
        print(f"| {name} | {step_ms(data):.1f} | {alone:.1f} | {both:.1f} | {16e3 / both:.0f} | {max(0, 1 - alone / both):.0%} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("pairs")
    one.add_argument("images", type=Path)
    one.add_argument("masks", type=Path)
    one.add_argument("--steps", type=int, default=150)
    one.add_argument("--seeds", type=int, default=3)
    one.add_argument("--crop", type=int, default=128)
    one.add_argument("--out", type=Path, default=Path("train_results"))
    two = verbs.add_parser("gpu")
    two.add_argument("--steps", type=int, default=60)
    two.add_argument("--size", type=int, nargs=2, default=(512, 512))
    args = parser.parse_args()
    {"pairs": pairs, "gpu": gpu}[args.verb](args)
