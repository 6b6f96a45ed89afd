"""The three functions of old, held against a plain restatement of what they always did."""
import shutil
from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from tfrseg.augmenter.presets import apply_aug_train
from tfrseg.core import DataError
from tfrseg.reader.stream import read_dataset, read_tfrecord
from tfrseg.storage.tfrecord import index_records, write_records
from tfrseg.writer.write import write_tfrecords

KEYS = ["image/format", "image/height", "image/image_raw", "image/segmentation_raw", "image/width"]
SPEC = {key: tf.io.FixedLenFeature([], tf.int64 if key in ("image/height", "image/width") else tf.string) for key in KEYS}


def old_features(image_path, mask_path) -> dict:
    "The five features as the old writer made them: both pictures as RGB bytes, row by row."
    image, mask = (np.asarray(Image.open(p).convert("RGB"), np.uint8) for p in (image_path, mask_path))
    return {"image/image_raw": image.tobytes(), "image/segmentation_raw": mask.tobytes(), "image/format": b"png",
            "image/height": image.shape[0], "image/width": image.shape[1]}


def write_as_of_old(path, records) -> None:
    "A file by TensorFlow's own writer."
    with tf.io.TFRecordWriter(str(path)) as writer:
        for features in records:
            example = tf.train.Example()
            for key, value in features.items():
                kind = example.features.feature[key]
                (kind.bytes_list if isinstance(value, bytes) else kind.int64_list).value.append(value)
            writer.write(example.SerializeToString())


def read_as_of_old(path) -> list[dict]:
    "All records by TensorFlow's own reader."
    return [{k: v.numpy() for k, v in tf.io.parse_single_example(r, SPEC).items()} for r in tf.data.TFRecordDataset(str(path))]


@pytest.fixture
def old_shard(cards, tmp_path):
    "A file of twelve cards as of old."
    write_as_of_old(tmp_path / "old.tfrecords", [old_features(p, cards / "seg" / p.name) for p in sorted((cards / "img").iterdir())])
    return tmp_path / "old.tfrecords"


class TestWrite:
    def test_records_equal_those_of_old(self, cards, tmp_path):
        names = ["card-0003.png", "card-0001.png", "card-0002.png"]
        path = write_tfrecords(7, str(tmp_path), str(cards / "img"), str(cards / "seg"), names)
        assert path == tmp_path / "tfrecords" / "0007_images.tfrecords"
        assert read_as_of_old(path) == [old_features(cards / "img" / n, cards / "seg" / n) for n in names]

    def test_each_record_has_just_the_five_features(self, cards, tmp_path):
        path = write_tfrecords(0, tmp_path, cards / "img", cards / "seg", ["card-0000.png"])
        record, = tf.data.TFRecordDataset(str(path))
        assert sorted(tf.train.Example.FromString(record.numpy()).features.feature) == KEYS

    def test_pictures_of_other_modes_become_rgb_as_of_old(self, tmp_path):
        rng = np.random.default_rng(0)
        for folder in ("a", "b"): (tmp_path / folder).mkdir()
        modes = {"L": (5, 7), "RGBA": (5, 7, 4), "LA": (5, 7, 2), "RGB": (5, 7, 3)}
        for mode, shape in modes.items():
            for folder in ("a", "b"): Image.fromarray(rng.integers(0, 256, shape, dtype=np.uint8), mode).save(tmp_path / folder / f"{mode}.png")
        names = [f"{mode}.png" for mode in modes]
        path = write_tfrecords(0, tmp_path, tmp_path / "a", tmp_path / "b", names)
        assert read_as_of_old(path) == [old_features(tmp_path / "a" / n, tmp_path / "b" / n) for n in names]

    def test_nothing_appears_when_it_fails(self, cards, tmp_path):
        (tmp_path / "seg").mkdir()
        (tmp_path / "seg" / "card-0000.png").write_bytes((cards / "seg" / "card-0000.png").read_bytes())
        (tmp_path / "seg" / "card-0001.png").write_bytes(b"no picture")
        names = ["card-0000.png", "card-0001.png"]
        with pytest.raises(DataError, match="card-0001.png: cannot be read"): write_tfrecords(0, tmp_path, cards / "img", tmp_path / "seg", names)
        assert list((tmp_path / "tfrecords").iterdir()) == []

    @pytest.mark.parametrize("names, error, said", (
        ([], ValueError, "is empty"), (["../x.png"], DataError, "leads out"), (["/etc/passwd"], DataError, "leads out"),
        (["card-0000.png", "card-9999.png"], FileNotFoundError, "card-9999.png: no such file")))
    def test_bad_names(self, cards, tmp_path, names, error, said):
        with pytest.raises(error, match=said): write_tfrecords(0, tmp_path, cards / "img", cards / "seg", names)
        assert not (tmp_path / "tfrecords").exists()


class TestRead:
    def test_reads_what_was_written_of_old(self, old_shard):
        batch, = read_tfrecord(str(old_shard), batch_size=12)
        assert sorted(batch) == KEYS
        got = {batch["image/image_raw"][n].numpy(): batch["image/segmentation_raw"][n].numpy() for n in range(12)}
        assert got == {r["image/image_raw"]: r["image/segmentation_raw"] for r in read_as_of_old(old_shard)}

    @pytest.mark.parametrize("form", ("list", "path", "glob"))
    def test_takes_a_list_a_path_or_a_pattern(self, old_shard, form):
        files = {"list": [str(old_shard)], "path": old_shard, "glob": str(old_shard.parent / "*.tfrecords")}[form]
        dataset = read_tfrecord(files, batch_size=5)
        assert len(dataset) == 2 and [b["image/height"].shape for b in dataset] == [(5,), (5,)]

    def test_the_modern_reader_reads_it_too(self, old_shard):
        samples = list(read_dataset(old_shard, palette=[(0, 0, 0), (58, 124, 196), (240, 148, 52), (246, 214, 84), (214, 62, 110)]))
        assert len(samples) == 12 and all(set(np.unique(s["mask"])) == set(range(5)) for s in samples)

    @pytest.mark.parametrize("files, error, said", (
        ("nowhere.tfrecords", FileNotFoundError, "no such file"), ("no-*.tfrecords", FileNotFoundError, "no file fits"),
        ([], ValueError, "is empty")))
    def test_no_file(self, files, error, said):
        with pytest.raises(error, match=said): read_tfrecord(files)

    def test_fewer_records_than_a_batch(self, old_shard):
        with pytest.raises(DataError, match="12 records .* wanted at least batch_size=16"): read_tfrecord(old_shard)

    @pytest.mark.fault("a damaged record, or one without a feature, in the files of `read_tfrecord`", "DataLossError or InvalidArgumentError, without file or record",
                       "an error that names file, record and byte")
    @pytest.mark.parametrize("number", (1, 7, 11))
    @pytest.mark.parametrize("missing", (None, "image/width", "image/segmentation_raw"))
    def test_an_error_in_the_middle_names_file_and_record(self, old_shard, tmp_path, number, missing):
        index, data = index_records(old_shard), bytearray(old_shard.read_bytes())
        whole = [bytes(data[at:at + length]) for at, length in index]
        if missing:
            example = tf.train.Example.FromString(whole[number])
            del example.features.feature[missing]
            write_records(tmp_path / "1_images.tfrecords", whole[:number] + [example.SerializeToString()] + whole[number + 1:])
        else:
            data[int(index[number].sum()) - 40] ^= 4
            (tmp_path / "1_images.tfrecords").write_bytes(data)
        batches, seen = read_tfrecord([str(old_shard), str(tmp_path / "1_images.tfrecords")], batch_size=4), 0
        with pytest.raises(tf.errors.InvalidArgumentError) as error:
            for _ in batches: seen += 1
        assert seen < 6 == len(batches) and f"{tmp_path / '1_images.tfrecords'}, record {number}, byte {index[number, 0]}: " in error.value.message
        assert (f"no feature {missing}" if missing else "wrong checksum") in error.value.message

    def test_files_are_read_side_by_side_and_shuffled(self, old_shard, tmp_path):
        "Every record once, in another order each epoch; with one file at a time and a buffer of one, the files' own order."
        shutil.copy(old_shard, tmp_path / "again.tfrecords")
        files = [str(old_shard), str(tmp_path / "again.tfrecords")]
        epochs = [[image for b in read_tfrecord(files, batch_size=1, **options) for image in b["image/image_raw"].numpy()]
                  for options in ({}, {}, {"num_parallel_reads": 1, "shuffle_buffer_size": 1})]
        order = [r["image/image_raw"] for r in read_as_of_old(old_shard)]
        assert epochs[2] == order * 2 and sorted(epochs[0]) == sorted(epochs[1]) == sorted(order * 2) and epochs[0] != epochs[1]

    def test_files_of_another_schema(self, shards):
        with pytest.raises(DataError, match="no feature image/image_raw; schema raw wants it. Try schema=TFVISION"):
            read_tfrecord(str(shards / "train-*"), batch_size=1)
        with pytest.raises(DataError, match="no feature image/image_raw"): read_tfrecord(shards, batch_size=1)


def raw_batch(sizes, seed=0) -> tuple[dict, list]:
    "Random pictures as a raw batch, and the arrays: the mask is the image, other side up in its values."
    rng = np.random.default_rng(seed)
    images = [rng.integers(0, 256, (*size, 3), dtype=np.uint8) for size in sizes]
    return {"image/image_raw": tf.constant([i.tobytes() for i in images]),
            "image/segmentation_raw": tf.constant([(255 - i).tobytes() for i in images]),
            "image/format": tf.constant([b"png"] * len(images)),
            "image/height": tf.constant([i.shape[0] for i in images], tf.int64),
            "image/width": tf.constant([i.shape[1] for i in images], tf.int64)}, images


def crop_or_pad(picture, height, width):
    return tf.image.resize_with_crop_or_pad(picture, height, width).numpy()


def outcomes(picture, height, width) -> dict:
    "Every outcome that the old augmentation had in mind, by (flipped across, flipped down, turns, offset)."
    found = {}
    for across, down, turns in product((0, 1), (0, 1), (0, 1, 3)):
        moved = picture[:, ::-1] if across else picture
        moved = np.rot90(moved[::-1] if down else moved, turns)
        found[across, down, turns, None] = crop_or_pad(moved, height, width)
        if moved.shape[0] < height or moved.shape[1] < width: continue
        for offset in range(50):
            left = offset // 2
            shifted = np.zeros((height, width, 3), np.uint8)
            shifted[:, left:left + max(width - offset, 0)] = moved[:height, offset:max(width, offset)]
            found[across, down, turns, offset] = shifted
    return found


class TestAugment:
    args = SimpleNamespace(batch_size=4, target_height=56, target_width=60)
    sizes = [(64, 80), (80, 64), (60, 60), (40, 90)]

    def test_every_picture_is_one_of_the_outcomes(self):
        "Mixed sizes; image and mask by one draw, float32, and all of the outcomes' kinds occur."
        features, images = raw_batch(self.sizes)
        known = [{out.tobytes(): draw for draw, out in reversed(outcomes(i, 56, 60).items())} for i in images]
        others = [outcomes(255 - i, 56, 60) for i in images]
        drawn = []
        for seed in range(24):
            data = apply_aug_train(features, self.args, seed=seed)
            assert sorted(data) == ["img", "seg"] and data["img"].dtype == data["seg"].dtype == tf.float32
            assert data["img"].shape == data["seg"].shape == (4, 56, 60, 3)
            for n in range(4):
                image, mask = data["img"][n].numpy(), data["seg"][n].numpy()
                draw = known[n].get(image.astype(np.uint8).tobytes())
                assert draw is not None, f"seed {seed}, picture {n} is none of the outcomes"
                assert (mask == others[n][draw]).all(), f"seed {seed}, picture {n}: the mask moved otherwise"
                drawn.append(draw)
        assert len({d[:3] for d in drawn}) == 8  # the twelve draws make the eight symmetries of a rectangle
        shifts = [d[3] for d in drawn[::4]]
        assert 4 < sum(s is not None for s in shifts) < 20

    def test_a_batch_of_one(self):
        features, _ = raw_batch([(64, 80)])
        data = apply_aug_train(features, SimpleNamespace(batch_size=1, target_height=32, target_width=48), seed=0)
        assert data["img"].shape == (1, 32, 48, 3)

    def test_any_args_with_the_three_names(self):
        @dataclass
        class Args:
            batch_size: int = 4
            target_width: int = 60
            target_height: int = 56

        features, _ = raw_batch(self.sizes)
        first, second = (apply_aug_train(features, args, seed=3)["img"].numpy() for args in (Args(), self.args))
        assert (first == second).all()

    def test_seeded_or_not(self):
        features, _ = raw_batch(self.sizes)
        draw = lambda seed: apply_aug_train(features, self.args, seed)["img"].numpy()
        assert (draw(5) == draw(5)).all() and (draw(5) != draw(6)).any()
        assert len({draw(None).tobytes() for _ in range(5)}) == 5

    def test_inside_tf_data_as_eagerly(self):
        features, _ = raw_batch(self.sizes)
        dataset = tf.data.Dataset.from_tensors(features).repeat(4)
        eager = apply_aug_train(features, self.args, seed=9)
        for data in dataset.map(lambda f: apply_aug_train(f, self.args, seed=9), num_parallel_calls=2):
            assert all((data[k].numpy() == eager[k].numpy()).all() for k in ("img", "seg"))
        draws = {d["img"].numpy().tobytes() for d in dataset.map(lambda f: apply_aug_train(f, self.args))}
        assert len(draws) == 4

    def test_on_batches_as_they_are_read(self, old_shard):
        args = SimpleNamespace(batch_size=6, target_height=64, target_width=64)
        data = list(read_tfrecord(old_shard, batch_size=6).map(lambda f: apply_aug_train(f, args)))
        assert [d["seg"].shape for d in data] == [(6, 64, 64, 3)] * 2

    def test_wrong_batch_size(self):
        features, _ = raw_batch(self.sizes)
        with pytest.raises(ValueError, match="batch_size=8, but the batch has shape"):
            apply_aug_train(features, SimpleNamespace(batch_size=8, target_height=8, target_width=8))
