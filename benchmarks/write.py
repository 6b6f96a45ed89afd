"""Records per second of writing a folder of PNG images and masks, against other ways to write the same folder.

    python benchmarks/write.py [--pairs 256] [--rounds 5] [--size 360 480] [--only raw|png]

All write the same cards to the same disk, in turns (A B A B ...) in one process; the medians of all rounds are compared, by wall
time and by CPU time. tfrseg is measured in full: looking at the folder and writing it, with masks decoded and
counted once, checksums, `fsync`. `origin` restates plainly what `write_tfrecords` did of old: Keras's `load_img` for both files, an array,
bytes, an Example, `tf.io.TFRecordWriter`. `deeplab` does as `build_data.py` of DeepLab: both files decoded for their size,
their bytes into an Example. `tfds` is a builder of TensorFlow Datasets with two `Image` features, where that is installed.
"""
from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

from tfrseg.cards import make_folder
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION
from tfrseg.sources.source import folder_source
from tfrseg.writer.write import plan_shards, write_shards


def of_bytes(value: bytes) -> tf.train.Feature: return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))


def of_int(value: int) -> tf.train.Feature: return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))


def serialized(features: dict) -> bytes:
    return tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString()


def origin(folder: Path, out: Path) -> None:
    "Raw RGB of image and mask, one file."
    out.mkdir()
    with tf.io.TFRecordWriter(str(out / "0000_images.tfrecords")) as writer:
        for name in sorted(os.listdir(folder / "img")):
            image, mask = (tf.keras.utils.img_to_array(tf.keras.utils.load_img(folder / sub / name)).astype(np.uint8) for sub in ("img", "seg"))
            writer.write(serialized({
                "image/image_raw": of_bytes(image.tobytes()), "image/segmentation_raw": of_bytes(mask.tobytes()),
                "image/format": of_bytes(b"png"), "image/height": of_int(image.shape[0]), "image/width": of_int(image.shape[1])}))


def deeplab(folder: Path, out: Path) -> None:
    "The files' bytes, each decoded for its size; four files."
    out.mkdir()
    names = sorted(os.listdir(folder / "img"))
    for shard in range(4):
        with tf.io.TFRecordWriter(str(out / f"train-{shard:05d}-of-00004.tfrecord")) as writer:
            for name in names[shard * len(names) // 4:(shard + 1) * len(names) // 4]:
                data, label = (tf.io.gfile.GFile(str(folder / sub / name), "rb").read() for sub in ("img", "seg"))
                height, width = tf.io.decode_png(data, channels=3).shape[:2]
                if tf.io.decode_png(label, channels=1).shape[:2] != (height, width): raise RuntimeError("shape mismatch")
                writer.write(serialized({
                    "image/encoded": of_bytes(data), "image/filename": of_bytes(name.encode()), "image/format": of_bytes(b"png"),
                    "image/height": of_int(height), "image/width": of_int(width), "image/channels": of_int(3),
                    "image/segmentation/class/encoded": of_bytes(label), "image/segmentation/class/format": of_bytes(b"png")}))


def make_tfds() -> Callable | None:
    "A builder of TensorFlow Datasets, or None where it is not installed."
    try: import tensorflow_datasets as tfds
    except ImportError: return None
    tfds.disable_progress_bar()

    class Cards(tfds.core.GeneratorBasedBuilder):
        VERSION = tfds.core.Version("1.0.0")
        folder: Path

        def _info(self):
            return tfds.core.DatasetInfo(builder=self, features=tfds.features.FeaturesDict({
                "image": tfds.features.Image(shape=(None, None, 3), encoding_format="png"),
                "segmentation_mask": tfds.features.Image(shape=(None, None, 1), encoding_format="png"),
                "file_name": tfds.features.Text()}))

        def _split_generators(self, dl_manager): return {"train": self._generate_examples()}

        def _generate_examples(self):
            for name in sorted(os.listdir(self.folder / "img")):
                yield name, {"image": self.folder / "img" / name, "segmentation_mask": self.folder / "seg" / name, "file_name": name}

    def write(folder, out):
        Cards.folder = folder
        Cards(data_dir=str(out)).download_and_prepare()

    return write


def ours(schema, workers: int | None = None) -> Callable:
    "tfrseg from the folder to the finished data set."
    def write(folder, out):
        source = folder_source(folder / "img", folder / "seg", show_progress=False)
        write_shards(plan_shards(source, out, schema=schema, shard_mib=16), workers=workers, show_progress=False)

    return write


def measure(write: Callable, folder: Path, out: Path, pairs: int) -> tuple[float, float, float]:
    "(records per second, CPU microseconds a record, MB written)."
    shutil.rmtree(out, ignore_errors=True)
    os.sync()
    wall, cpu = perf_counter(), process_time()
    write(folder, out)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
    shutil.rmtree(out)
    return pairs / wall, cpu * 1e6 / pairs, size / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=int, nargs=2, default=(360, 480), metavar=("H", "W"))
    parser.add_argument("--only", choices=("raw", "png"))
    options = parser.parse_args()
    runners = {"origin": origin}
    if options.only != "png": runners |= {"tfrseg raw": ours(RAW), "tfrseg raw_ids": ours(RAW_IDS), "tfrseg raw_ids, 1 worker": ours(RAW_IDS, 1)}
    if options.only != "raw": runners |= {"deeplab": deeplab, "tfds": make_tfds(), "tfrseg png": ours(TFVISION), "tfrseg png, 1 worker": ours(TFVISION, 1)}
    runners = {name: write for name, write in runners.items() if write}
    found = {name: [] for name in runners}
    with tempfile.TemporaryDirectory() as root:
        folder = make_folder(Path(root) / "cards", options.pairs, tuple(options.size))
        for write in runners.values(): measure(write, folder, Path(root) / "out", options.pairs)
        for k in range(options.rounds):
            for name, write in runners.items(): found[name].append(measure(write, folder, Path(root) / "out", options.pairs))
            print(f"round {k + 1}: " + ", ".join(f"{name} {found[name][-1][0]:.0f}/s" for name in runners), flush=True)
    rate, cpu, size = ({name: median(f[k] for f in found[name]) for name in runners} for k in range(3))
    print(f"{'':26} {'records/s':>9} {'x origin':>9} {'CPU us':>8} {'x origin':>9} {'MB':>7}")
    for name in runners:
        print(f"{name:26} {rate[name]:9.0f} {rate[name] / rate['origin']:9.2f} {cpu[name]:8.0f} {cpu['origin'] / cpu[name]:9.2f} {size[name]:7.0f}")


if __name__ == "__main__":
    main()
