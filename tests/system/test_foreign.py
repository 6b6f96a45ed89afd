"""The real packages of others read our shards, and ours read theirs: pixels are compared, not only counts.

Python packages are used where the environment has them: `pip install tfrecord tfrecords tensorflow-datasets pycocotools`, and
`pip install --no-deps tf-models-official tf_keras gin-config opencv-python-headless` for the Model Garden.
No test asks the network, but for those of packages of node: pytest -m npm runs them, and TFRSEG_NODE names a folder in which the packages stay.
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image
from records import read_samples

from tfrseg.cards import CARD_CLASSES
from tfrseg.storage.image import load_image
from tfrseg.sources.records import tfds_schema
from tfrseg.writer.convert import convert_shards
from tfrseg.writer.export import export_shards, export_tfds
from tfrseg.storage.shards import open_shards
from tfrseg.storage.example import read_features
from tfrseg.storage.schema import SCHEMAS, TFVISION
from tfrseg.storage.dataset import list_shards, load_info
from tfrseg.sources.source import folder_source
from tfrseg.sources.splits import split_source
from tfrseg.writer.write import plan_shards, write_shards

QUIET = {"show_progress": False}
NODE = {"tfrecord": "0.2.0", "@roboflow/tfrecords": "1.0.4"}


@pytest.fixture(scope="module", params=SCHEMAS.values(), ids=lambda s: s.name)
def written(request, source, tmp_path_factory):
    "The cards in each of our schemas, three to a shard, in train and val."
    out = tmp_path_factory.mktemp("foreign") / "cards"
    write_shards(plan_shards(split_source(source, train=0.75, val=0.25), out, schema=request.param, records_per_shard=3), **QUIET)
    return out


def ours(folder, split=None) -> list[dict]:
    "Our features of every record, by key."
    shards = open_shards(folder, split)
    return [read_features(shards.record(n)) for n in range(shards.records)]


def samples(folder, split=None) -> list[dict]:
    return read_samples(folder, split)


def alone(package, code, *files) -> list:
    "What a program prints, a JSON value a line. These packages bring their own copy of TensorFlow's messages, and cannot be in a process with it."
    if not find_spec(package): pytest.skip(f"PyPI {package} is not installed")
    done = subprocess.run([sys.executable, "-c", f"import hashlib, json, sys\nsha = lambda data: hashlib.sha256(data).hexdigest()\n{code}", *map(str, files)],
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def summed(rows) -> list[dict]:
    "Features with checksums in the place of bytes."
    return [{k: [hashlib.sha256(v).hexdigest() if isinstance(v, bytes) else v] for k, (v,) in row.items()} for row in rows]


LOADER = """
from tfrecord.reader import tfrecord_loader
tell = lambda row: print(json.dumps({k: [sha(bytes(v)) if isinstance(v, bytes) or v.dtype == 'uint8' else int(v[0])] for k, v in row.items()}))
"""


def test_pypi_tfrecord(written):
    "Every feature, by its key."
    code = LOADER + "for file in sys.argv[1:]:\n    for row in tfrecord_loader(file, None): tell(row)"
    assert alone("tfrecord", code, *list_shards(written)) == summed(ours(written))


def test_pypi_tfrecord_with_its_index(written, tmp_path):
    "Its own index file leads to our records, a third at a time."
    code = LOADER + ("from tfrecord.tools.tfrecord2idx import create_index\nfile, index = sys.argv[1:]\ncreate_index(file, index)\n"
                     "for shard in range(3):\n    for row in tfrecord_loader(file, index, shard=(shard, 3)): tell(row)")
    assert alone("tfrecord", code, list_shards(written)[0], tmp_path / "index") == summed(ours(list_shards(written)[0]))


def test_pypi_tfrecords(written):
    "The bytes of every record."
    code = ("import tfrecords\noptions = tfrecords.TFRecordOptions(compression_type=tfrecords.TFRecordCompressionType.NONE)\n"
            "for file in sys.argv[1:]:\n    for data in tfrecords.tf_record_iterator(file, options=options): print(json.dumps(sha(data)))")
    shards = open_shards(written)
    assert alone("tfrecords", code, *list_shards(written)) == [hashlib.sha256(shards.record(n)).hexdigest() for n in range(shards.records)]


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory):
    "The folder with the packages of node, which are fetched once."
    folder = Path(os.environ.get("TFRSEG_NODE") or tmp_path_factory.mktemp("node"))
    if not shutil.which("node"): pytest.skip("node is not installed")
    if not all((folder / "node_modules" / name / "package.json").exists() for name in NODE):
        if not shutil.which("npm"): pytest.skip("npm is not installed")
        folder.mkdir(exist_ok=True, parents=True)
        (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": NODE}))
        done = subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True, timeout=300)
        if done.returncode: pytest.skip(f"npm cannot install {', '.join(NODE)}: {done.stderr.strip().splitlines()[-1:]}")
    return folder


SCRIPTS = {"tfrecord": """
const {createHash} = require('crypto'), {createReader} = require('tfrecord');
const sha = bytes => createHash('sha256').update(bytes).digest('hex');
(async () => { for (const file of process.argv.slice(2)) {
  const reader = await createReader(file);
  let example;
  while (example = await reader.readExample()) {
    const out = {};
    for (const [key, value] of Object.entries(example.features.feature))
      out[key] = value.bytesList ? value.bytesList.value.map(sha) : value.int64List.value.map(Number);
    console.log(JSON.stringify(out));
  }
} })();
""", "@roboflow/tfrecords": """
const fs = require('fs'), {createHash} = require('crypto'), {TFRecordsReader} = require('@roboflow/tfrecords/src/tensorFlowReader.js');
const sha = text => createHash('sha256').update(Buffer.from(text, 'base64')).digest('hex');
for (const file of process.argv.slice(2))
  for (const message of new TFRecordsReader(fs.readFileSync(file)).toArray()) {
    const out = {};
    for (const [key, value] of message.context.featureMap)
      out[key] = value.bytesList ? value.bytesList.valueList.map(sha) : value.int64List.valueList;
    console.log(JSON.stringify(out));
  }
"""}


@pytest.mark.npm
@pytest.mark.parametrize("package", NODE)
def test_node_packages(written, node_modules, package):
    "Every feature of every record: numbers, and checksums of bytes. (`getFeature` of the second reaches into a protobuf of 2018; `toArray` reads any.)"
    script = node_modules / f"{package.replace('/', '-')}.js"
    script.write_text(SCRIPTS[package])
    done = subprocess.run(["node", str(script), *map(str, list_shards(written))], cwd=node_modules, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == summed(ours(written))


def test_tensorflow_datasets_reads_ours(source, tmp_path):
    "`builder_from_directory` on an exported folder: both splits, pixels, names, class names; the shards are the same files."
    tfds = pytest.importorskip("tensorflow_datasets", reason="tensorflow-datasets is not installed")
    write_shards(plan_shards(split_source(source, train=0.75, val=0.25), tmp_path / "a", records_per_shard=3), **QUIET)
    export_tfds(tmp_path / "a", tmp_path / "cards")
    builder = tfds.builder_from_directory(str(tmp_path / "cards"))
    assert {name: split.num_examples for name, split in builder.info.splits.items()} == {"train": 9, "val": 3}
    assert builder.info.features["image"]["segmentation"]["class"]["encoded"].names == list(CARD_CLASSES)
    for split in ("train", "val"):
        read = builder.as_dataset(split, shuffle_files=False, read_config=tfds.ReadConfig(interleave_cycle_length=1))
        for theirs, sample in zip(read, samples(tmp_path / "a", split), strict=True):
            image = theirs["image"]
            assert (image["encoded"].numpy() == sample["image"]).all() and (image["segmentation"]["class"]["encoded"].numpy() == sample["mask"]).all()
            assert image["filename"].numpy() == sample["name"] and image["height"].numpy() == 90
    schema, names = tfds_schema(tmp_path / "cards")
    assert schema.key("mask") == TFVISION.key("mask") and names == tuple(CARD_CLASSES)


def test_tensorflow_datasets_reads_sixteen_bits_and_no_masks(cards, tmp_path):
    tfds = pytest.importorskip("tensorflow_datasets", reason="tensorflow-datasets is not installed")
    for sub in ("img", "seg"): (tmp_path / sub).mkdir()
    ids = np.arange(120, dtype=np.uint16).reshape(10, 12) * 40
    Image.fromarray(np.zeros((10, 12, 3), np.uint8)).save(tmp_path / "img" / "a.png")
    Image.fromarray(ids).save(tmp_path / "seg" / "a.png")
    write_shards(plan_shards(folder_source(tmp_path / "img", tmp_path / "seg", **QUIET), tmp_path / "wide"), **QUIET)
    write_shards(plan_shards(folder_source(cards / "img", **QUIET), tmp_path / "alone"), **QUIET)
    for name in ("wide", "alone"): export_tfds(tmp_path / name, tmp_path / f"{name}_tfds")
    example, = tfds.builder_from_directory(str(tmp_path / "wide_tfds")).as_dataset("train")
    assert (example["image"]["segmentation"]["class"]["encoded"].numpy()[..., 0] == ids).all()
    example = next(iter(tfds.builder_from_directory(str(tmp_path / "alone_tfds")).as_dataset("train", shuffle_files=False)))
    assert "segmentation" not in example["image"] and (example["image"]["encoded"].numpy() == load_image(cards / "img" / "card-0000.png")).all()


def test_we_read_what_tensorflow_datasets_wrote(tmp_path):
    "A data set made by TFDS itself, with class names, JPEG images and a key of its own for masks."
    tfds = pytest.importorskip("tensorflow_datasets", reason="tensorflow-datasets is not installed")

    class Pets(tfds.core.GeneratorBasedBuilder):
        "Noise."
        VERSION, MODULE_NAME = tfds.core.Version("1.0.0"), "pets"

        def _info(self):
            features = {"image": tfds.features.Image(shape=(None, None, 3), encoding_format="jpeg"), "species": tfds.features.ClassLabel(names=["cat", "dog"]),
                        "trimap": tfds.features.LabeledImage(labels=["pet", "background", "border"], shape=(None, None, 1)),
                        "file_name": tfds.features.Text()}
            return tfds.core.DatasetInfo(builder=self, features=tfds.features.FeaturesDict(features))

        def _split_generators(self, _): return {"train": self._generate_examples(6), "test": self._generate_examples(2)}

        def _generate_examples(self, count):
            for n in range(count):
                rng = np.random.default_rng(n + 100 * count)
                yield n, {"image": rng.integers(0, 256, (20, 30, 3), np.uint8), "trimap": rng.integers(0, 3, (20, 30, 1), np.uint8), "species": n % 2,
                          "file_name": f"pet_{count}_{n}.jpg"}

    builder = Pets(data_dir=str(tmp_path / "tfds"))
    builder.download_and_prepare()
    info = convert_shards(builder.data_dir, tmp_path / "ours", **QUIET)
    assert info.labels.class_names == ("pet", "background", "border") and {s: info.records(s) for s in info.splits} == {"train": 6, "test": 2}
    files = {"decoders": {"image": tfds.decode.SkipDecoding()}}
    for split in ("train", "test"):
        theirs = {e["file_name"].decode().removesuffix(".jpg"): e for e in tfds.as_numpy(builder.as_dataset(split, **files))}
        for sample, features in zip(samples(tmp_path / "ours", split), ours(tmp_path / "ours", split), strict=True):
            example = theirs[sample["name"].decode()]
            assert (sample["mask"] == example["trimap"]).all() and features["image/encoded"] == [example["image"]]


# official/vision/dataloaders/segmentation_input.py, class Decoder, and official/vision/data/tfrecord_lib.py, of tf-models-official 2.20
MODEL_GARDEN = {"image/encoded": tf.string, "image/height": tf.int64, "image/width": tf.int64, "image/segmentation/class/encoded": tf.string}


def test_the_specification_of_the_model_garden(shards):
    "Its decoder asks for these keys, and takes a default for those that are not there: so they must be, each with one value."
    for features in ours(shards):
        assert MODEL_GARDEN.keys() <= features.keys()
        parsed = tf.io.parse_single_example(open_shards(shards).record(0), {k: tf.io.FixedLenFeature((), t) for k, t in MODEL_GARDEN.items()})
        assert set(parsed) == set(MODEL_GARDEN)


def test_the_parser_of_the_model_garden(shards):
    "Its own decoder and parser, evaluated at the picture's size, give our pixels and ids."
    garden = pytest.importorskip("official.vision.dataloaders.segmentation_input", reason="tf-models-official is not installed", exc_type=ImportError)
    decoder = garden.Decoder()
    parser = garden.Parser(output_size=[90, 120], resize_eval_groundtruth=False, groundtruth_padded_size=[90, 120])
    for n, sample in enumerate(samples(shards)):
        image, labels = parser.parse_fn(is_training=False)(decoder.decode(tf.constant(open_shards(shards).record(n))))
        assert (labels["masks"].numpy() == sample["mask"]).all()
        unmade = image.numpy() * np.array([0.229, 0.224, 0.225]) * 255 + np.array([0.485, 0.456, 0.406]) * 255
        assert np.abs(unmade - sample["image"]).max() < 0.01


def test_pycocotools_reads_the_export(shards, tmp_path):
    "Every mask of every class, its area and its box."
    COCO = pytest.importorskip("pycocotools.coco", reason="pycocotools is not installed").COCO
    export_shards(shards, tmp_path / "coco", "coco", **QUIET)
    for split in load_info(shards).splits:
        coco = COCO(tmp_path / "coco" / "annotations" / f"instances_{split}.json")
        assert [c["name"] for c in coco.loadCats(coco.getCatIds())] == list(CARD_CLASSES[1:])
        for number, sample in enumerate(samples(shards, split), 1):
            for area in coco.loadAnns(coco.getAnnIds(imgIds=number)):
                bits = sample["mask"][..., 0] == area["category_id"]
                left, top, width, height = area["bbox"]
                assert (coco.annToMask(area) == bits).all() and area["area"] == bits.sum() == bits[top:top + height, left:left + width].sum()
