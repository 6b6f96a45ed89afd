"""The order of an epoch in NumPy is the order in TensorFlow: every number of records, seed, epoch and worker."""
import os
import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT

from tfrseg.augmenter.seeds import uniform
from tfrseg.reader.permutation import epoch_order, epoch_words, philox_words, shuffle_positions
from tfrseg.reader.order import RecordChoice, epoch_seed, record_order

SIZES = [*range(1, 1101, 19), *(2**k + d for k in range(1, 41) for d in (-1, 0, 1)), 10**6, 10**9]
SEEDS = (0, 1, -1, -2**31, 2**31 - 1, 2**40 + 5, 2**63 - 1)


def in_tensorflow(records, seed, epoch, **options):
    return np.concatenate([*record_order(records, epoch_seed(seed, epoch), True, **options).as_numpy_iterator(), []])


def index_shuffle(positions, records, words):
    seed = tf.constant(np.uint32(words).view(np.int32))
    return tf.random.experimental.index_shuffle(tf.constant(positions, tf.int64), seed, tf.constant(records - 1, tf.int64)).numpy()


def is_power_of_four(number): return number.bit_count() == 1 and number.bit_length() % 2 == 1


def test_positions_of_every_number_of_records():
    draw = np.random.default_rng(1)
    for records in SIZES:
        words = draw.integers(0, 2**32, 2).tolist()
        positions = np.arange(records) if records < 1200 else np.r_[0, draw.integers(0, records, 60), records - 1]
        got = shuffle_positions(positions, records, words)
        if records > 1 << 16 and is_power_of_four(records - 1): continue  # the test after this one
        np.testing.assert_array_equal(got, index_shuffle(positions, records, words), err_msg=f"{records} records")


@pytest.mark.parametrize("records", (65_537, 262_145))
def test_one_more_than_a_power_of_four_is_a_permutation_nevertheless(records):
    "TensorFlow's `index_shuffle` gives one number twice and another one never."
    words = epoch_words(5, 2)
    assert len(np.unique(index_shuffle(np.arange(records), records, words))) == records - 1
    order = epoch_order(records, 5, 2)
    np.testing.assert_array_equal(np.sort(order), np.arange(records))
    np.testing.assert_array_equal(order, in_tensorflow(records, 5, 2, block=1 << 20))


@pytest.mark.parametrize("seed", SEEDS)
def test_seeds_of_epochs(seed):
    for epoch in (0, 1, 2, 7, 1000):
        assert np.uint32(epoch_words(seed, epoch)).view(np.int32).tolist() == epoch_seed(seed, epoch).numpy().tolist()
        start = (philox_words(epoch_words(seed, epoch)[0] | epoch_words(seed, epoch)[1] << 32, (0, 0))[0] & 0x7FFFFF) * 2.0**-23
        assert start == uniform(epoch_seed(seed, epoch), 1).numpy()[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_epochs_are_those_of_tensorflow(seed):
    for records, epoch, first in ((1, 0, 0), (2, 1, 0), (97, 3, 40), (5000, 12, 4000)):
        np.testing.assert_array_equal(epoch_order(records, seed, epoch, first=first), in_tensorflow(records, seed, epoch, first=first))


def test_shares_are_drawn_as_a_choice_draws_them():
    shares = np.random.default_rng(3).random(200) ** 3
    drawn = shares / shares.sum()
    ends = np.cumsum(drawn)
    choice = RecordChoice(200, None, ends / ends[-1])
    for epoch in range(20):
        wanted = choice.take(tf.constant(in_tensorflow(200, 8, epoch).astype(np.int64)), epoch_seed(8, epoch))
        np.testing.assert_array_equal(epoch_order(200, 8, epoch, shares=shares), wanted)


@pytest.mark.parametrize("counts", ((1, 2), (4, 3), (2, 5), (3, 1)))
def test_another_number_of_workers_goes_on(counts):
    "Every record of the whole global batches once, whoever reads it, in the order of one machine."
    records, rows, (before, after) = 1000, 7, counts
    whole = epoch_order(records, 4, 2)
    stop = 3 * rows * before
    def steps(count, **span): return np.concatenate([epoch_order(records, 4, 2, batch_size=rows, worker=(k, count), **span)
                                                     for k in range(count)], 1)
    parts = steps(before, stop=stop), steps(after, first=stop)
    read = np.concatenate([part.ravel() for part in parts])
    np.testing.assert_array_equal(read, whole[:len(read)])
    assert records - len(read) < rows * after


def test_a_billion_records_take_no_memory():
    whole = epoch_order(10**9, 1, first=10**9 - 1000)
    assert len(np.unique(whole)) == 1000 and whole.max() > 9 * 10**8
    np.testing.assert_array_equal(whole[-5:], epoch_order(10**9, 1, first=10**9 - 5))


def test_it_imports_no_tensorflow():
    code = ("import sys; sys.modules['tensorflow'] = sys.modules['keras'] = None\n"
            "from tfrseg.reader.permutation import epoch_order; print(epoch_order(5, shuffle=False).tolist())")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.stdout.strip() == "[0, 1, 2, 3, 4]", done.stderr


@pytest.mark.parametrize("worker", ((3, 2), (-1, 2), (0, 0), (0,), 3, (0.5, 2), None))
def test_bad_workers_are_refused(worker):
    with pytest.raises(ValueError, match="worker="): epoch_order(10, batch_size=1, worker=worker)


def test_bad_epochs_are_refused():
    with pytest.raises(ValueError, match="epoch=-1; wanted 0 or more"): epoch_order(10, epoch=-1)


@pytest.mark.parametrize("shares", ([], [0, 0], [1, -1], [1, np.nan], [1, 2, 3]))
def test_bad_shares_are_refused(shares):
    with pytest.raises(ValueError, match="shares"): epoch_order(2, shares=shares)
