"""Which records are trained on, and how often: subsets and folds, data sets with weights, rare classes more often; the same for both readers."""
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf

from tfrseg.augmenter.geometry import RandomCrop, RandomRotate90
from tfrseg.core import DataError
from tfrseg.reader.order import RecordChoice
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.selection import chosen_numbers, names_of, select_records
from tfrseg.storage.dataset import DatasetInfo, ShardInfo, load_info, save_info
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.files import file_sha256
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.schema import RAW_IDS, TFVISION
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import index_records, write_records

SIZE = (16, 20)


def write(folder, values, schema=TFVISION, classes=("a", "b", "c"), rare=(), shards=2):
    "Image n is all n, its name 'n'; class 2 is in the images of `rare`, class 1 in every one."
    folder.mkdir(parents=True)
    infos = []
    for k, part in enumerate(np.array_split(np.array(values), shards)):
        path, records = folder / f"train-{k:05d}-of-{shards:05d}.tfrecord", []
        for n in part.tolist():
            mask = np.ones((*SIZE, 1), np.uint8)
            if n in rare: mask[:3] = 2
            records.append(serialize_example(encode_example({"image": np.full((*SIZE, 3), n, np.uint8), "mask": mask, "name": str(n)}, schema)))
        write_records(path, records)
        infos.append(ShardInfo(path.name, len(part), path.stat().st_size, file_sha256(path), {"16x20": len(part)}))
    save_info(DatasetInfo(schema.name, LabelMap(classes), {"train": tuple(infos)}), folder)
    return folder


@pytest.fixture(params=(TFVISION, RAW_IDS), ids=("stream", "mapped"))
def folder(request, tmp_path): return write(tmp_path / "x", range(30), request.param, rare=(3, 17, 29))


def make(path, **options): return make_dataset(path, **{"batch_size": 4, "dtype": "uint8", "seed": 2, "show_progress": False} | options)


def values(dataset): return [int(n) for image, _ in dataset.as_numpy_iterator() for n in image[:, 0, 0, 0]]


def epochs(dataset, number):
    "The values of so many epochs, in a list each."
    return np.split(np.array(values(dataset.repeat(number))), number)


class TestRecords:
    def test_numbers_and_names_in_their_order(self, folder):
        assert values(make(folder, records=[7, 2, 21], shuffle=False)) == [7, 2, 21]
        assert values(make(folder, records=np.array([5, 5, 1]), shuffle=False)) == [5, 5, 1]
        assert values(make(folder, records=["21", "7", b"8"], shuffle=False)) == [21, 7, 8]

    def test_folds_are_a_partition_in_every_epoch(self, folder):
        folds = [make(folder, records=lambda name, k=k: int(name) % 2 == k) for k in range(2)]
        assert [len(fold) for fold in folds] == [4, 4]
        for k, fold in enumerate(folds):
            for epoch in epochs(fold, 2): assert sorted(epoch) == list(range(k, 30, 2)) != epoch.tolist()

    def test_the_draws_of_a_record_do_not_depend_on_the_choice(self, folder):
        options = dict(augment=RandomRotate90(), batch_size=None, shuffle=False)
        whole = list(make(folder, **options).as_numpy_iterator())
        for (image, mask), number in zip(make(folder, records=[29, 3, 17], **options).as_numpy_iterator(), (29, 3, 17), strict=True):
            assert np.array_equal(image, whole[number][0]) and np.array_equal(mask, whole[number][1])

    def test_start_is_exact(self, folder):
        chosen = list(range(0, 30, 2))
        _, second = epochs(make(folder, records=chosen), 2)
        assert values(make(folder, records=chosen, start=(1, 2))) == second[8:].tolist()

    def test_last_batches(self, folder):
        full = make(folder, records=range(10), drop_remainder=True)
        assert len(full) == 2 == len(list(full))
        with pytest.raises(DataError, match="3 records make no full batch of 4"): make(folder, records=range(3), drop_remainder=True)

    @pytest.mark.parametrize("wrong, said", (([30], "no record 30; wanted 0 to 29"), ([-1], "no record -1"), (["x", "3"], "1 of 2 names are of no record, such as 'x'"),
                                             ([], "chooses none of 30"), (lambda name: False, "chooses none of 30")))
    def test_what_does_not_exist_is_said(self, folder, wrong, said):
        with pytest.raises(ValueError, match=said): make(folder, records=wrong)

    def test_other_kinds(self, folder):
        for wrong in ([1, "2"], [1.5], [True, False]):
            with pytest.raises(TypeError, match="wanted one kind, or a function of a name"): make(folder, records=wrong)

    def test_names_of_damaged_shards(self, folder):
        path = folder / "train-00000-of-00002.tfrecord"
        data = bytearray(path.read_bytes())
        data[int(index_records(path)[3, 0]) - 12] ^= 1  # its length
        path.write_bytes(data)
        shards = open_shards(folder)
        with pytest.raises(DataError, match="train-00000-of-00002.tfrecord, record 3"): names_of(shards)

    def test_names_are_those_of_the_samples(self, folder):
        shards = open_shards(folder)
        assert names_of(shards) == [sample["name"].decode() for sample in shards]
        assert chosen_numbers(shards, lambda name: name.startswith("2")).tolist() == [2, *range(20, 30)]

    def test_with_a_cache(self, tmp_path):
        folder = write(tmp_path / "x", range(12))
        cached = make(folder, records=["3", "11"], shuffle=False, cache=tmp_path / "cache")
        assert cached.reader == "mapped" and values(cached) == [3, 11]

    def test_a_cache_that_leaves_records_out_is_not_chosen_from(self, tmp_path):
        folder = write(tmp_path / "x", range(12))
        path = folder / "train-00000-of-00002.tfrecord"
        data = bytearray(path.read_bytes())
        data[int(index_records(path)[2, 0]) + 40] ^= 1
        path.write_bytes(data)
        info = load_info(folder)
        infos = [replace(info.splits["train"][0], sha256=file_sha256(path)), info.splits["train"][1]]
        save_info(replace(info, splits={"train": tuple(infos)}), folder)
        options = dict(cache=tmp_path / "cache", on_error="skip")
        assert sorted(values(make(folder, **options))) == [n for n in range(12) if n != 2]
        with pytest.raises(ValueError, match="1 records are left out of the cache"): make(folder, records=[5], **options)

    def test_skipping(self, tmp_path, capfd):
        folder = write(tmp_path / "x", range(12))
        path = folder / "train-00000-of-00002.tfrecord"
        data = bytearray(path.read_bytes())
        data[int(index_records(path)[2, 0]) + 40] ^= 1
        path.write_bytes(data)
        assert values(make(folder, records=[1, 2, 3, 7], shuffle=False, on_error="skip")) == [1, 3, 7]
        assert "left out 1 of" in capfd.readouterr().err


class TestWeights:
    @pytest.fixture(params=(TFVISION, RAW_IDS), ids=("stream", "mapped"))
    def two(self, request, tmp_path): return write(tmp_path / "a", range(30), request.param), write(tmp_path / "b", range(100, 110), request.param)

    @pytest.mark.parametrize("weights", ((3, 1), (0.2, 0.6), pytest.param((1, 1), marks=pytest.mark.slow)))
    def test_each_has_its_share_in_every_epoch(self, two, weights):
        share = weights[0] / sum(weights)
        for drawn in epochs(make(dict(zip(two, weights))), 3):
            counts = Counter(drawn)
            assert len(drawn) == 40 and abs(sum(n < 100 for n in drawn) - 40 * share) <= 1
            for first, count, total in ((0, 30, share), (100, 10, 1 - share)):
                assert all(abs(counts[n] - 40 * total / count) < 1 for n in range(first, first + count))

    def test_draws_of_one_record_differ(self, two, tmp_path):
        "A record that is drawn several times in an epoch is cropped anew each time, and alike for the same seed."
        one = write(tmp_path / "c", [200], open_shards(two[0]).schema, rare=(200,), shards=1)

        def drawn():
            dataset = make({two[0]: 1, one: 1}, augment=RandomCrop((8, 8)), batch_size=None)
            return [mask.tobytes() for image, mask in dataset.as_numpy_iterator() if image[0, 0, 0] == 200]

        first = drawn()
        assert len(first) in (15, 16) and len(set(first)) > 1 and drawn() == first

    def test_start_is_exact(self, two):
        weights = {two[0]: 1, two[1]: 2}
        _, second, third = (epoch.tolist() for epoch in epochs(make(weights), 3))
        assert values(make(weights, start=(1, 3)).repeat(2)) == second[12:] + third and second != third

    def test_other_classes_are_refused(self, two, tmp_path):
        other = write(tmp_path / "c", range(4), open_shards(two[0]).schema, classes=("a", "c", "b"))
        with pytest.raises(DataError, match="c and .*a have different classes or schemas; wanted one class table"): make({two[0]: 1, other: 1})

    @pytest.mark.parametrize("weight", (0, -1, float("nan"), float("inf"), "1", None))
    def test_weights_are_above_0(self, two, weight):
        with pytest.raises(ValueError, match="wanted a number above 0"): make({two[0]: 1, two[1]: weight})
        with pytest.raises(ValueError, match="no data set"): make({})

    def test_one_shard_is_not_in_two(self, two):
        with pytest.raises(ValueError, match="a shard is in two of them"): make({two[0]: 1, f"{two[0]}/": 1})


class TestBalance:
    def test_rare_classes_come_more_often(self, folder, capfd):
        dataset = make(folder, balance=0.5, show_progress=True)
        line, = dataset.draws
        assert line == "class c is in 10.0% of the images and in 19.9% of the samples" and f"tfrseg: {line}" in capfd.readouterr().err
        counts = Counter(values(dataset.repeat(10)))
        share = sum(counts[n] for n in (3, 17, 29)) / sum(counts.values())
        assert abs(share - 0.199) < 0.01 and sum(counts.values()) == 300 and set(counts) == set(range(30))

    def test_nothing_rare_changes_nothing(self, folder):
        selection, lines = select_records(open_shards(folder), balance=0.05, show_progress=False)
        assert lines == [] and np.allclose(np.diff(selection.ends, prepend=0), 1 / 30)

    def test_within_chosen_records_and_shares(self, tmp_path):
        one, two = write(tmp_path / "a", range(20), rare=(1,)), write(tmp_path / "b", range(100, 110), rare=(105,))
        dataset = make({one: 3, two: 1}, balance=0.5)
        drawn = values(dataset.repeat(12))
        assert abs(np.mean([n < 100 for n in drawn]) - 0.75) < 1 / 30
        counts = Counter(drawn)
        assert counts[1] > 2 * counts[2] and counts[105] > 2 * counts[106]
        chosen = make(one, records=[1, 2, 3], balance=1)
        assert set(values(chosen)) <= {1, 2, 3} and "class c is in 33.3% of the images" in chosen.draws[0]

    def test_what_cannot_be_balanced(self, folder):
        for wrong in (-0.1, 1.5, float("nan")):
            with pytest.raises(ValueError, match="wanted a share of the images"): make(folder, balance=wrong)
        with pytest.raises(ValueError, match="balance= needs masks"): make(folder, balance=0.5, schema=open_shards(folder).schema.without("mask"))


@pytest.mark.parametrize("length", (1, 7, 1000))
def test_every_draw_is_within_one_of_its_share(length):
    "Any shares, any seed: each record as often as its share says, a fraction more or less; also far beyond 32 bits."
    rng = np.random.default_rng(length)
    for seed in range(10):
        shares = rng.random(rng.integers(1, 50)) ** 4
        ends = np.cumsum(shares) / shares.sum()
        selection = RecordChoice(length, None, ends)
        taken = selection.take(tf.range(length, dtype=tf.int64), tf.constant([seed, 3])).numpy()
        counts = np.bincount(taken, minlength=len(shares))
        assert (np.abs(counts - length * shares / shares.sum()) < 1 + 1e-9).all() and (np.diff(taken) >= 0).all()
    large = RecordChoice(10**12, None, np.array([0.25, 1.0]))
    assert large.take(tf.constant([0, 10**12 // 4 - 2, 10**12 // 4 + 1, 10**12 - 1], tf.int64), tf.constant([1, 2])).numpy().tolist() == [0, 0, 1, 1]
