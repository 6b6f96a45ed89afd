"""Does a model learn the same through tfrseg as through a plain pipeline of files, and what does the input cost?

    python benchmarks/train.py pairs IMAGES MASKS [--steps 150] [--seeds 3] [--crop 128] [--out FOLDER]     # curves, held-out mIoU, ms a step
    python benchmarks/train.py page FOLDER [FOLDER ...] [--results benchmarks/results]                     # of these, table and curves of the documentation
    python benchmarks/train.py gpu [--steps 60] [--size 512 512]                                           # samples/s of training by reader, waiting

`pairs`: `tfrseg.unet` on crops and flips, from shards (tfrseg) and from the files themselves (tf.io and tf.image, no TFRecord), in turns, so many seeds each, with the same
initial weights for a seed. Pixels are proven equal first: both pipelines, without augmentation, give the same images and ids. Every fifth pair is held out. Runs that are
finished are kept in FOLDER/runs.jsonl, and not run again; so are the times, in FOLDER/times.json, which want a quiet machine: of 5 turns the median, with the fastest and slowest. `gpu`: cards that are written first, mapped, streamed, cached and as uint8, on whatever device TensorFlow has.
"""
from __future__ import annotations

import argparse
import json
import os
import tempfile
from datetime import date
from pathlib import Path
from statistics import mean, median, stdev
from time import perf_counter

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tensorflow as tf

import tfrseg
from tfrseg.storage.schema import RAW_IDS, TFVISION

BATCH, FAST = 8, 10.0  # images, or fewer where there are fewer; ms of a step of a fast accelerator, to compare the input with
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


def decoded(path, channels):
    "Pixels of a file; of JPEG the exact ones, and not those of TensorFlow's fast default."
    content = tf.io.read_file(path)
    return tf.cond(tf.io.is_jpeg(content), lambda: tf.io.decode_jpeg(content, channels, dct_method="INTEGER_ACCURATE"),
                   lambda: tf.io.decode_image(content, channels, expand_animations=False))


def keys(mask, table):
    "A number for each value or colour of a mask."
    if len(table) == 256: return tf.cast(decoded(mask, 1), tf.int32)
    return tf.reduce_sum(tf.cast(decoded(mask, 3), tf.int32) * tf.constant([65536, 256, 1]), -1, keepdims=True)


def read_file(image, mask, table):
    "A pair of files as image [H, W, 3] and ids [H, W, 1], by TensorFlow alone."
    return decoded(image, 3), tf.gather(table, keys(mask, table))


def value_table(shards, files):
    "Which id each value of the mask files has, or each colour, learned from all pairs."
    is_grey = decoded(files[0][1], 0).shape[-1] == 1
    table = np.full(256 if is_grey else 1 << 24, 255, np.uint8)
    for n, (_, mask) in enumerate(files): table[keys(mask, table).numpy().ravel()] = shards[n]["mask"].ravel()
    return table


def plain(files, table, crop, seed):
    "Files to batches, by hand: shuffle, decode, one crop and one flip for both, batch."
    data = tf.data.Dataset.from_tensor_slices([*map(list, files)]).shuffle(len(files), seed, reshuffle_each_iteration=True).repeat().enumerate()

    def make(n, pair):
        image, mask = read_file(pair[0], pair[1], table)
        both = tf.image.stateless_random_crop(tf.concat([image, mask], -1), (crop, crop, 4), tf.stack([seed, tf.cast(n, tf.int32)]))
        both = tf.image.stateless_random_flip_left_right(both, tf.stack([seed + 10**6, tf.cast(n, tf.int32)]))
        return tf.cast(both[..., :3], tf.float32), both[..., 3:]

    return data.map(make, tf.data.AUTOTUNE).batch(min(BATCH, len(files))).prefetch(tf.data.AUTOTUNE)


def ours(shards, numbers, crop, seed):
    data = tfrseg.make_dataset(shards, None, records=numbers, augment=CROP_OPERATIONS(crop), batch_size=min(BATCH, len(numbers)), seed=seed, shuffle=True, drop_remainder=True,
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


def compiled(classes, seed, steps):
    keras.utils.set_random_seed(seed)
    model = tfrseg.unet(classes, width=12)
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-3, steps)), keras.losses.SparseCategoricalCrossentropy(ignore_class=255))
    return model


def train(data, held, classes, seed, steps):
    "Loss of each step, and held-out mIoU."
    model, losses = compiled(classes, seed, steps), []
    for batch in data.take(steps):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(*batch)))
    metric = keras.metrics.MeanIoU(classes, ignore_class=255, sparse_y_pred=False)
    for image, mask in held: metric.update_state(mask, model.predict_on_batch(image))
    return {"loss": losses, "miou": float(metric.result())}


def times(make, classes, rounds=5, steps=12):
    """Milliseconds a step, in turns: the input alone, the model alone on a batch that stays, and both together. Of a turn the median step counts, of turns the median."""
    model, iterators = compiled(classes, 0, 1000), {way: iter(one(0)) for way, one in make.items()}
    fixed = next(iterators["tfrseg"])
    found = {"model alone": [], **{f"{way}, {what}": [] for way in make for what in ("input", "both", "waits")}}
    def timed(work):
        start = perf_counter()
        return work(), 1e3 * (perf_counter() - start)

    for turn in range(-1, rounds):
        taken = {"model alone": [timed(lambda: model.train_on_batch(*fixed))[1] for _ in range(steps)][4:]}  # behind what still fills up
        for way, iterator in iterators.items():
            pairs = []
            for _ in range(steps):
                batch, waited = timed(lambda: next(iterator))
                pairs.append((waited, timed(lambda: model.train_on_batch(*batch))[1]))
            pairs = pairs[4:]  # behind what was made while another had its turn
            taken |= {f"{way}, both": [sum(pair) for pair in pairs], f"{way}, waits": [pair[0] for pair in pairs]}
        for way, one in make.items(): taken[f"{way}, input"] = [step_ms(one(1), 3 * steps)]
        for key, values in taken.items(): found[key] += [median(values)] * (turn >= 0)
    return found


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
            row = {"way": way, "seed": seed, "steps": args.steps} | train(make[way](seed), judged, classes, seed, args.steps)
            done.append(row)
            with runs.open("a") as file: file.write(json.dumps(row) + "\n")
            print(way, seed, f"mIoU {row['miou']:.4f}", flush=True)
    if not (args.out / "times.json").exists(): (args.out / "times.json").write_text(json.dumps(times(make, classes)))
    print(report({args.out.name: read(args.out)}, args.out / "curves.png"))


HEAD = ("data, steps", "way", "held-out mIoU, mean ± sd", "by seed", "loss of the last 20 steps", "input alone, ms a step", "model alone", "both", "of it, waits for input",
        f"input in a step of {FAST:g} ms")


def table(name, rows, times):
    "A line of the table for each way."
    for way in ("tfrseg", "files"):
        some = [r for r in rows if r["way"] == way]
        value = [r["miou"] for r in some]
        taken = [times[key] for key in (f"{way}, input", "model alone", f"{way}, both", f"{way}, waits")]
        cells = [f"{name}, {some[0]['steps']}", way, f"{mean(value):.3f} ± {stdev(value) if len(value) > 1 else float('nan'):.3f}", ", ".join(f"{v:.3f}" for v in value),
                 f"{mean(mean(r['loss'][-20:]) for r in some):.3f}", *(f"{median(t):.1f} ({min(t):.1f} to {max(t):.1f})" for t in taken), f"{median(taken[0]) / FAST:.0%}"]
        yield "| " + " | ".join(cells) + " |"


def read(folder):
    "The runs of a folder with the most steps, and its times."
    rows = [json.loads(line) for line in (folder / "runs.jsonl").read_text().splitlines()]
    return [r for r in rows if r["steps"] == max(r["steps"] for r in rows)], json.loads((folder / "times.json").read_text())


def report(found, path):
    "The table, and the curves as a picture."
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    figure, axes = plt.subplots(1, len(found), figsize=(4.5 * len(found), 3), layout="constrained", squeeze=False)
    for axis, (name, (rows, _)) in zip(axes[0], found.items()):
        for r in rows:
            color, label = ("tab:blue", "tfrseg") if r["way"] == "tfrseg" else ("tab:orange", "files")
            axis.plot(np.convolve(r["loss"], np.ones(15) / 15, "valid"), color=color, lw=1, alpha=0.8, label=label if r["seed"] == 0 else None)
        axis.set(title=name, xlabel="step", ylabel="loss, mean of 15 steps", ylim=(0, None))
        axis.legend()
    figure.savefig(path, dpi=80)
    plt.close(figure)
    lines = [line for name, (rows, times) in found.items() for line in table(name, rows, times)]
    return "\n".join(["| " + " | ".join(HEAD) + " |", "|" + " --- |" * len(HEAD), *lines]) + "\n"


def page(args):
    from peers import machine
    found, here = {folder.name: read(folder) for folder in args.folders}, machine()
    for name, (rows, _) in found.items(): print(name, len(rows), "runs")
    said = (f"Measured on {date.today().isoformat()}: {here['cpu']}, {here['cores']} cores, {here['memory_gib']} GiB, {here['system']}, Python {here['python']}; "
            f"times as median of the turns (fastest to slowest).\n\n")
    (args.results / "train.md").write_text(said + report(found, args.results / "train.png"))
    kept = {name: {"runs": rows, "times": times} for name, (rows, times) in found.items()}
    text = json.dumps({"date": date.today().isoformat(), "machine": here, "batch": BATCH, "found": kept}, default=float)
    (args.results / "train.json").write_text(json.dumps(json.loads(text, parse_float=lambda v: round(float(v), 4)), indent=1) + "\n")


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
    of = verbs.add_parser("page")
    of.add_argument("folders", type=Path, nargs="+")
    of.add_argument("--results", type=Path, default=Path(__file__).parent / "results")
    two = verbs.add_parser("gpu")
    two.add_argument("--steps", type=int, default=60)
    two.add_argument("--size", type=int, nargs=2, default=(512, 512))
    args = parser.parse_args()
    {"pairs": pairs, "gpu": gpu, "page": page}[args.verb](args)
