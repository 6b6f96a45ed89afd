"""Paths as they were given: in errors and findings, also after the working folder has changed; and lists of folders."""
import os
from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf

from tfrseg.augmenter.geometry import RandomCrop
from tfrseg.augmenter.operation import Operation
from tfrseg.core import DataError
from tfrseg.reader.mapped import check_files, map_shards
from tfrseg.reader.pipeline import AssumptionWarning, make_dataset
from tfrseg.reader.stream import checked_records, read_dataset, read_tfrecord, with_absolute_paths
from tfrseg.storage.dataset import DatasetInfo, ShardInfo, find_shards, load_info, save_info
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.files import file_sha256
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import write_records

SHARD = "train-00000-of-00001.tfrecord"


def record(value, schema):
    image = np.full((8, 8, 3), value, np.uint8)
    mask = image[..., :1] % 3
    return serialize_example(encode_example({"image": image, "mask": mask, "name": str(value)}, schema))


def write(folder, values=range(4), schema=TFVISION, labels=LabelMap(("a", "b", "c")), split="train", break_one=False):
    "A data set of one shard; with `break_one` its record 2 is damaged."
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / SHARD.replace("train", split)
    write_records(file, [record(value, schema) for value in values])
    if break_one:
        data = bytearray(file.read_bytes())
        data[data.index(record(2, schema)) + 30] ^= 1
        file.write_bytes(data)
    count = len(list(values))
    shards = (ShardInfo(file.name, count, file.stat().st_size, file_sha256(file), {"8x8": count}),)
    save_info(DatasetInfo(schema.name, labels, {split: shards}), folder)
    return folder


def make(path, **options):
    return make_dataset(path, batch_size=2, dtype="uint8", shuffle=False, show_progress=False, **options)


@pytest.fixture
def here(tmp_path, monkeypatch):
    "A working folder with a damaged data set `out`, and a folder to change to."
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "out", break_one=True)
    (tmp_path / "other").mkdir()
    return tmp_path


@pytest.mark.parametrize("moves", (False, True))
def test_errors_and_findings_show_paths_as_they_were_given(here, moves, capfd):
    skipped = []
    every, left = make("out"), make("out", on_error="skip")
    listed = read_dataset("out", on_error="skip", skipped=skipped)
    if moves: os.chdir("other")
    with pytest.raises(tf.errors.InvalidArgumentError) as error: list(every)
    with pytest.raises(tf.errors.InvalidArgumentError) as read_error: list(read_dataset(str(here / "out")))
    assert f"out/{SHARD}, record 2, byte" in str(error.value) and str(here) not in str(error.value)
    assert f"{here}/out/{SHARD}, record 2, byte" in str(read_error.value)
    assert sum(len(image) for image, _ in left) == len(list(listed)) == 3
    assert [str(finding.path) for finding in skipped] == [f"out/{SHARD}"]
    assert str(here) not in capfd.readouterr().err


def test_a_shard_that_goes_away_is_named_as_it_was_given(here):
    shards = with_absolute_paths(open_shards("out"))
    assert with_absolute_paths(shards) is shards and [str(file) for file in shards.files] == [f"out/{SHARD}"]
    gone = checked_records(shards, tf.data.Dataset.range(1))
    os.chdir("other")
    os.unlink(here / "out" / SHARD)
    with pytest.raises(tf.errors.InvalidArgumentError) as error: list(gone)
    assert f" out/{SHARD}: it was there when the dataset was opened" in str(error.value)


def test_an_operation_that_fails_names_the_path_as_it_was_given(here):
    write(here / "good")

    class Fails(Operation):
        def apply(self, sample, seed):
            if tf.executing_eagerly(): raise ValueError("it fails")
            with tf.control_dependencies([tf.debugging.Assert(False, ["it fails"])]):
                return sample | {"image": tf.identity(sample["image"])}

    with pytest.raises(tf.errors.InvalidArgumentError) as error: list(make("good", augment=Fails()))
    assert f" good/{SHARD}, record 0: augmentation failed" in str(error.value)


def test_mapped_shards_are_named_as_they_were_given(here):
    write(here / "raw", schema=RAW_IDS)
    mapped = map_shards([f"raw/{SHARD}"], RAW_IDS, show_progress=False)
    batches = make("raw", reader="mapped")
    assert len(list(batches)) == 2
    os.chdir("other")
    assert len(list(batches)) == 2
    os.truncate(here / "raw" / SHARD, 500)
    with pytest.raises(DataError, match=f"^raw/{SHARD}: 500 bytes"): check_files(mapped.files)
    with pytest.raises(tf.errors.InvalidArgumentError, match=f"DataError: raw/{SHARD}: 500 bytes"): list(batches)
    os.chdir(here)
    write(here / "bad", schema=RAW_IDS, break_one=True)
    with pytest.raises(DataError) as error: make("bad", reader="mapped")
    assert str(here) not in str(error.value) and f"bad/{SHARD}, record 2" in str(error.value)


def test_old_loops_name_the_path_as_it_was_given(here):
    write_records("old.tfrecords", [record(0, RAW), record(1, RAW)])
    damaged = bytearray((here / "old.tfrecords").read_bytes())
    damaged[-9] ^= 1
    (here / "old.tfrecords").write_bytes(damaged)
    batches = read_tfrecord("old.tfrecords", batch_size=2)
    os.chdir("other")
    with pytest.raises(tf.errors.InvalidArgumentError, match="DataError: old.tfrecords, record 1"): list(batches)


# ---- lists of folders

@pytest.mark.filterwarnings(f"error::{AssumptionWarning.__module__}.AssumptionWarning")
def test_a_list_of_one_folder_is_that_folder(tmp_path):
    write(tmp_path / "a", labels=LabelMap(("a", "b", "c"), ignore_label=7))
    one, listed = (make(path, augment=RandomCrop((8, 8))) for path in (tmp_path / "a", [tmp_path / "a"]))
    assert listed.assumptions == one.assumptions == ()
    assert find_shards([tmp_path / "a"]) == find_shards(tmp_path / "a")
    assert open_shards(iter([str(tmp_path / "a")])).info.labels.ignore_label == 7


@pytest.mark.filterwarnings(f"error::{AssumptionWarning.__module__}.AssumptionWarning")
def test_folders_that_agree_share_one_info(tmp_path):
    folders = [write(tmp_path / name, values) for name, values in (("a", range(3)), ("b", range(3, 8)))]
    write(tmp_path / "c", range(2), split="val")
    shards = open_shards([*folders, tmp_path / "c"])
    assert shards.counts == (3, 5, 2) and shards.splits == ("train", "train", "val")
    assert [sample["image"][0, 0, 0] for sample in shards] == [*range(8), 0, 1]
    assert shards.info.records() == 10 and shards.info.size() == (8, 8)
    assert len(open_shards(folders, "train")) == len(shards.info.shards("train")) * 4 == 8
    with pytest.raises(ValueError, match="no split 'test'; there are train, val"):
        open_shards([*folders, tmp_path / "c"], "test")
    cached = make(folders, cache=tmp_path / "cache")
    assert cached.reader == "mapped" and [int(image[0, 0, 0, 0]) for image, _ in cached] == [0, 2, 4, 6]


def test_folders_that_differ_have_no_common_info(tmp_path):
    first, second = write(tmp_path / "a"), write(tmp_path / "b", labels=LabelMap(("a", "b", "other")))
    found = find_shards([first, second])
    assert found.info is None and len(found.files) == 2
    assert any("different labels" in line for line in found.assumptions)
    save_info(replace(load_info(second), labels=load_info(first).labels), second)
    assert find_shards([first, second]).info.records() == 8
