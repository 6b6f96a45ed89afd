"""Streams, passes and what they hold: an epoch is counted when its first batch is asked for; a shard that goes away ends in words; memory does not grow
with the sizes of images; operations run eagerly; seeds are whole numbers, and nothing of them is cut."""
import os
import pickle
import subprocess

import keras
import numpy as np
import pytest
import tensorflow as tf
from crossing import crossed
from operations import INSTANCES, eager_values, in_graphs, make_sample, names
from warm import warm

from tfrseg.augmenter import color, elastic, geometry, noise, sampling, warp, window
from tfrseg.augmenter.geometry import RandomCrop
from tfrseg.storage.labels import LabelMap
from tfrseg.augmenter.color import ColorJitter
from tfrseg.core import DataError
from tfrseg.augmenter.seeds import as_seed
from tfrseg.reader.order import epoch_seed, epoch_starts
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.stream import FLIGHT_LIMIT, side_by_side
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.tfrecord import masked_crc, write_records
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW_IDS, TFVISION
from tfrseg.storage.dataset import DatasetInfo, ShardInfo, save_info
from tfrseg.augmenter.warp import RandomRotation

pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")  # test_assumed holds them

RECORDS, BATCH = 10, 2


def record(value, schema=RAW_IDS, size=(8, 8)):
    image = np.full((*size, 3), value, np.uint8)
    return serialize_example(encode_example({"image": image, "mask": image[..., :1] % 3, "name": str(value)}, schema))


def dataset(folder, schema=RAW_IDS, counts=(4, 6), told=None):
    "A data set of small images, image n all n; `told` are the counts that its info tells."
    folder.mkdir(exist_ok=True)
    infos, numbers = [], iter(range(RECORDS))
    for k, count in enumerate(counts):
        path = folder / f"train-{k:05d}-of-{len(counts):05d}.tfrecord"
        write_records(path, [record(next(numbers), schema) for _ in range(count)])
        infos.append(ShardInfo(path.name, told[k] if told else count, path.stat().st_size, "", {"8x8": told[k] if told else count}))
    save_info(DatasetInfo(schema.name, LabelMap(("a", "b", "c")), {"train": tuple(infos)}), folder)
    return folder


def values(batches): return [image[:, 0, 0, 0].astype(int).tolist() for image, _ in batches]


def make(folder, **options): return make_dataset(folder, batch_size=BATCH, dtype="uint8", seed=4, show_progress=False, **options)


@pytest.fixture(scope="module", params=("mapped", "stream"))
def passes(request, tmp_path_factory):
    "How to make a dataset, and its first four passes."
    folder = dataset(tmp_path_factory.mktemp("passes"))
    again = lambda **options: make(folder, reader=request.param, **options)
    whole = again()
    return again, [values(whole.as_numpy_iterator()) for _ in range(4)]


class TestEpochs:
    def test_an_iterator_that_is_not_used_is_no_epoch(self, passes):
        again, epochs = passes
        data = again()
        unused = iter(data)
        assert values(data.as_numpy_iterator()) == epochs[0] and unused

    def test_one_batch_begins_an_epoch(self, passes):
        again, epochs = passes
        data = again()
        first = [values(data.take(1).as_numpy_iterator()) for _ in range(2)]
        assert first == [epoch[:1] for epoch in epochs[:2]]

    def test_start_is_where_it_would_have_been(self, passes):
        again, epochs = passes
        data = again(start=(1, 3))
        assert [values(data.as_numpy_iterator()) for _ in range(2)] == [epochs[1][3:], epochs[2]] and len(data) == RECORDS // BATCH

    @pytest.mark.fault("`fit` over a dataset that begins in the middle of an epoch", "every later epoch is cut to the length of the first",
                       "only the first is shorter; epochs are counted when their first batch is asked for")
    @pytest.mark.parametrize("passes", ("mapped", pytest.param("stream", marks=pytest.mark.slow)), indirect=True)
    def test_fit_goes_through_the_same_epochs(self, passes):
        again, epochs = passes
        data, fit = again(), make_fit()
        assert fit(data, epochs=2) + fit(data, epochs=1) == sum(epochs[:3], [])
        assert fit(again(start=(1, 3)), initial_epoch=1, epochs=4) == epochs[1][3:] + epochs[2] + epochs[3]

    def test_a_seed_is_that_of_its_number(self):
        for seed in (0, 7, 2**40 + 1, -3):
            drawn = epoch_starts(seed, 3)
            assert [next(iter(drawn))[0].numpy().tolist() for _ in range(2)] == [epoch_seed(seed, e).numpy().tolist() for e in (3, 4)]

    def test_a_late_epoch_is_begun_without_all_earlier_iterators(self):
        assert next(iter(epoch_starts(1, 3000)))[0].numpy().tolist() == epoch_seed(1, 3000).numpy().tolist()


def make_fit():
    "`fit` of one model, which gives the batches that it takes, as `values` tells them."
    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.layer, self.seen = keras.layers.Conv2D(3, 1), []

        def call(self, images): return self.layer(keras.ops.cast(images, "float32"))

        def train_step(self, batch):
            tf.numpy_function(lambda images: self.seen.append(images[:, 0, 0, 0].astype(int).tolist()) or np.int64(0), [batch[0]], tf.int64)
            return super().train_step(batch)

    model = Model()
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))

    def fit(data, **options):
        model.seen.clear()
        model.fit(data, verbose=0, **options)
        return list(model.seen)

    return fit


LEAVE = """
import os, sys
from tfrseg.reader.pipeline import make_dataset
reader, *ways = sys.argv[1:]
root = os.getcwd()
for how in ways:
    os.chdir(root)
    data = make_dataset(how, batch_size=2, reader=reader, show_progress=False)
    print(how, sum(1 for _ in data), flush=True)
    if how == "chdir": os.chdir("/")
    if how == "deleted": os.unlink(f"{how}/train-00001-of-00002.tfrecord")
    if how == "moved": os.rename(how, "elsewhere")
    if how == "cut": os.truncate(f"{how}/train-00001-of-00002.tfrecord", 700)
    try: print(sum(1 for _ in data), flush=True)
    except Exception as error:
        if how == ways[-1]: raise
        print("DataError" in str(error) and "train-0000" in str(error), flush=True)
"""


@pytest.mark.fault("a shard is deleted, moved or cut between epochs", "`ignore_errors` over it never ends; mapped, the process ends",
                   "the next epoch ends with an error that names it, or reads on what is mapped; a relative path is made absolute at once")
@pytest.mark.parametrize("reader", ("stream", "mapped"))
def test_a_shard_that_goes_away_ends_in_words(tmp_path, reader):
    "In one process, one after the other; the last error ends it."
    ways = ("chdir", "deleted", "moved", "cut")
    for how in ways: dataset(tmp_path / how)
    done = subprocess.run([*warm(), "-c", LEAVE, reader, *ways], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    gone = "5" if reader == "mapped" else "True"  # mapped shards are there as long as they are mapped
    assert done.stdout.split("\n") == ["chdir 5", "5", "deleted 5", gone, "moved 5", gone, "cut 5", ""], done.stderr[-2000:]
    assert done.returncode == 1 and "DataError" in done.stderr and "train-0000" in done.stderr, done.stderr[-2000:]


@pytest.mark.fault("a length of 2**62 with the right checksum, in a stream", "the process ends (SIGSEGV)", "an error with file and record")
@pytest.mark.parametrize("length", (1 << 40, 1 << 62))
def test_a_length_beyond_the_file_never_reaches_tensorflow(tmp_path, length):
    folder, head = dataset(tmp_path / "x", TFVISION), length.to_bytes(8, "little")
    file = folder / "train-00001-of-00002.tfrecord"
    first = record(4, TFVISION)
    sound = len(first) + 16
    size = file.stat().st_size
    forged = file.read_bytes()[:sound] + head + masked_crc(head).to_bytes(4, "little")
    file.write_bytes(forged + bytes(size - len(forged)))
    with pytest.raises(tf.errors.InvalidArgumentError, match="train-00001-of-00002.tfrecord, record 1, byte .*the file ends inside the data"):
        list(make(folder, reader="stream", shuffle=False))
    skipped = []
    assert len(list(read_dataset(folder, on_error="skip", skipped=skipped))) == 5  # what stands before it is kept, each of the others counted
    assert [(f.path.name, f.record) for f in skipped] == [(file.name, n) for n in range(1, 6)]


@pytest.mark.parametrize("told", ((4, 5), (3, 6)))
def test_a_count_that_is_wrong_is_said(tmp_path, told):
    folder = dataset(tmp_path / "x", TFVISION, told=told)
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"records; \d are expected"): list(make(folder, reader="stream"))


def test_an_image_that_pillow_would_not_open_is_not_decoded(tmp_path, monkeypatch):
    folder = dataset(tmp_path / "x", TFVISION)
    write_records(folder / "some.tfrecord", [record(1, TFVISION), record(2, TFVISION, (40, 50))])
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 999)
    with pytest.raises(tf.errors.InvalidArgumentError, match="some.tfrecord, record 1.*2000 pixels. exceeds limit"):
        list(make_dataset(folder / "some.tfrecord", None, size=(8, 8), shuffle=False))


def test_what_is_in_flight_is_bounded_by_bytes(monkeypatch):
    assert side_by_side(1) == tf.data.AUTOTUNE and side_by_side(FLIGHT_LIMIT.bytes) == (1 if os.cpu_count() > 1 else tf.data.AUTOTUNE)
    monkeypatch.setenv(FLIGHT_LIMIT.variable, "1")
    assert side_by_side(8 << 20) == 1


def test_no_records_are_said(tmp_path):
    folder = dataset(tmp_path / "x", counts=(0,))
    with pytest.raises(DataError, match="no records"): make(folder)


@pytest.mark.parametrize("op", in_graphs(INSTANCES))
def test_operations_run_eagerly(op):
    "TensorFlow's switch for debugging: nothing leans on what XLA does with places behind the end."
    wanted = eager_values(op, 2)
    tf.config.run_functions_eagerly(True)
    try: got = op(make_sample(), 2)
    finally: tf.config.run_functions_eagerly(False)
    for role in ("image", "mask"): np.testing.assert_array_equal(np.asarray(got[role]), np.asarray(wanted[role]))


@pytest.mark.fault("operations on images of many sizes, eagerly", "each size is compiled and kept", "sizes grow to a few before they are compiled")
@pytest.mark.parametrize("op", (RandomRotation(), ColorJitter(), RandomCrop((40, 40))), ids=repr)
def test_images_of_many_sizes_share_compiled_functions(op):
    modules = color, elastic, geometry, noise, sampling, warp, window
    compiled = {f for m in modules for f in vars(m).values() if hasattr(f, "experimental_get_tracing_count")}
    traces = lambda: sum(f.experimental_get_tracing_count() for f in compiled)
    before = traces()
    for k in range(24): op(make_sample(70 + k, 100 + 2 * k), k)
    assert traces() - before <= 16


class TestSeeds:
    @pytest.mark.parametrize("seed", (1.9, 2**63, -2**31 - 1, "1", True, None, [1, 2, 3], [0, 2**32], [0.5, 1], np.float32(1)))
    def test_what_is_no_seed_is_refused(self, seed):
        with pytest.raises(ValueError, match="seed"): as_seed(seed)

    def test_no_two_numbers_are_one_seed(self):
        seeds = [0, 1, 7, 2**31, 2**32, 2**32 + 1, 2**62, 2**63 - 1]
        assert len({tuple(as_seed(seed).numpy()) for seed in seeds}) == len(seeds)
        for kind in (int, np.int64, lambda n: tf.constant(n, tf.int64)):
            assert [as_seed(kind(seed)).numpy().tolist() for seed in seeds] == [as_seed(seed).numpy().tolist() for seed in seeds]

    def test_seeds_of_32_bits_are_what_they_were(self):
        assert [as_seed(n).numpy().tolist() for n in (5, -1, 2**31)] == [[0, 5], [0, -1], [0, -2**31]]
        assert as_seed([3, -4]).numpy().tolist() == [3, -4]

    def test_a_dataset_takes_the_same(self, tmp_path):
        folder = dataset(tmp_path / "x")
        for seed in (1.9, 2**63, "a"):
            with pytest.raises(ValueError, match="seed="): make_dataset(folder, seed=seed)


@pytest.mark.parametrize("op", INSTANCES, ids=names(INSTANCES))
def test_operations_are_pickled(op): assert pickle.loads(pickle.dumps(op)) == op


@pytest.mark.parametrize("options, schema", crossed(({}, {"on_error": "skip"}, {"reader": "stream"}), (RAW_IDS, TFVISION)))
def test_a_saved_iterator_goes_on_to_the_end_of_its_pass(tmp_path, schema, options):
    "A fresh data set, as another process makes it; a bad record before and one behind."
    folder, options = dataset(tmp_path / "x", schema), {"split": None, "augment": RandomCrop((4, 4))} | options
    if "on_error" in options:
        path = sorted(folder.glob("*.tfrecord"))[1]
        records = [record(n, schema) for n in range(4, RECORDS)]
        write_records(path, [r.replace(b"IEND", b"IDAT") if n in (0, 5) else r for n, r in enumerate(records)] if schema is TFVISION else records)
        (folder / "dataset_info.json").unlink()
    iterator = iter(make(folder, shuffle=True, **options))
    for _ in range(2): next(iterator)
    saved = tf.train.Checkpoint(iterator).save(str(tmp_path / "saved"))
    wanted = [image.numpy().tolist() for image, _ in iterator]
    again = iter(make(folder, shuffle=True, **options))
    tf.train.Checkpoint(again).restore(saved)
    assert [image.numpy().tolist() for image, _ in again] == wanted and len(wanted) == (2 if "on_error" in options and schema is TFVISION else 3)
