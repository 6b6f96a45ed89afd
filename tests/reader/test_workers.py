"""Any number of workers read each record once: positions, samples, what each of them reads, and what is refused. Real processes: tests/system/test_worker_processes.py."""
import gc
import json

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from test_selection import SIZE, write

from tfrseg.augmenter.geometry import RandomCrop, RandomRotate90
from tfrseg.augmenter.seeds import as_seed
from tfrseg.augmenter.warp import RandomRotation
from tfrseg.core import DataError
from tfrseg.reader.mapped import MappedShards
from tfrseg.reader.order import RecordChoice, WorkerRows, record_order
from tfrseg.reader.pipeline import AssumptionWarning, make_dataset
from tfrseg.reader.stream import StoredShards
from tfrseg.reader.workers import distribute
from tfrseg.storage.schema import RAW_IDS, TFVISION

pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")
RECORDS = 37
whole_numbers = st.integers(1, 9)


def positions(records, workers, rows, first=0):
    "[steps, workers, rows]: the positions that workers read."
    every = [WorkerRows(index, workers, rows) for index in range(workers)]
    read = [worker.positions(np.arange(worker.share(records - first)), first) for worker in every]
    return np.stack(read).reshape(workers, -1, rows).swapaxes(0, 1)


class TestPositions:
    @given(st.integers(0, 10**12), st.integers(0, 400), whole_numbers, whole_numbers)
    def test_global_batches_are_those_of_one_machine(self, first, left, workers, rows):
        read = positions(first + left, workers, rows, first)
        steps = left // (workers * rows)
        assert read.shape == (steps, workers, rows)
        assert (read.ravel() == first + np.arange(steps * workers * rows)).all()

    @given(st.integers(1, 400), st.lists(st.tuples(whole_numbers, whole_numbers, st.integers(0, 9)), max_size=5), whole_numbers, whole_numbers)
    def test_other_workers_go_on_where_the_last_stopped(self, records, runs, workers, rows):
        "Each run: workers, rows of each, and the steps after which it is stopped; the last one comes to the end."
        read, first = [], 0
        for count, size, steps in [*runs, (workers, rows, None)]:
            some = positions(records, count, size, first)[:steps].ravel()
            read, first = [*read, *some.tolist()], first + some.size
        assert read == list(range(first)) and 0 <= records - first < workers * rows

    @pytest.mark.parametrize("records, workers, rows, first, shuffle", ((60, 3, 4, 0, True), (41, 2, 5, 40, True), (29, 4, 1, 7, False)))
    def test_the_order_of_a_graph_is_the_same(self, records, workers, rows, first, shuffle):
        seed = as_seed(records)
        def read(first, worker=None):
            blocks = record_order(records, seed, shuffle, first, 7, worker).as_numpy_iterator()
            return np.concatenate([*blocks, np.zeros(0, np.int64)]).astype(int).tolist()

        order = read(0)
        for index in (0, workers - 1):
            wanted = [order[p] for p in positions(records, workers, rows, first)[:, index].ravel()]
            assert read(first, WorkerRows(index, workers, rows)) == wanted == read(tf.constant(first, tf.int64), WorkerRows(index, workers, rows))

    def test_a_choice_tells_its_share(self):
        assert RecordChoice(13).share == 13 and RecordChoice(13, worker=WorkerRows(1, 2, 3)).share == 6


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    "A data set of raw pixels and one of encoded images."
    root = tmp_path_factory.mktemp("workers")
    return {name: write(root / name, range(RECORDS), schema, rare=(3, 17, 29)) for name, schema in (("raw", RAW_IDS), ("png", TFVISION))}


def make(path, **options):
    defaults = dict(batch_size=3, seed=6, outputs=("image", "mask", "name"), show_progress=False)
    return make_dataset(path, **defaults | options)


DRAWN = RandomRotate90(), RandomCrop((8, 8))


def batches(data): return [[part for part in batch] for batch in data.as_numpy_iterator()]


def same_as_one_machine(path, count=2, epochs=1, **options):
    "Whether the batches of all workers, side by side, are those of one machine in each epoch."
    size = options.pop("batch_size", 3)
    whole = make(path, batch_size=(size or 1) * count, drop_remainder=True, **options)
    workers = [make(path, batch_size=size, worker=(index, count), **options) for index in range(count)]
    assert {len(data) for data in workers} == {len(whole)}
    for batch, *parts in zip(*(batches(data.repeat(epochs)) for data in (whole, *workers)), strict=True):
        for k, part in enumerate(batch):
            joined = np.stack([p[k] for p in parts]) if size is None else np.concatenate([p[k] for p in parts])
            np.testing.assert_array_equal(joined, part)
    return True


class TestSamples:
    @pytest.mark.parametrize("kind, count", (("raw", 2), ("png", 2)))
    def test_readers(self, folders, kind, count): assert same_as_one_machine(folders[kind], count, epochs=2, augment=DRAWN)

    @pytest.mark.parametrize("options", (dict(batch_size=None, shuffle=False), dict(start=(1, 1), balance=0.4, dtype="uint8"),
                                         *(pytest.param(more, marks=pytest.mark.slow) for more in (
                                             dict(shuffle=False), dict(batch_size=None), dict(balance=0.4), dict(records=range(5, 30)),
                                             dict(augment=RandomRotation(), size=SIZE), dict(augment=DRAWN, batch_size=5)))),
                             ids=lambda options: "-".join(options))
    def test_options(self, folders, options): assert same_as_one_machine(folders["raw"], **options)

    def test_a_cache(self, folders, tmp_path): assert same_as_one_machine(folders["png"], cache=tmp_path)

    @pytest.mark.slow  # test_options has single raw images, test_readers encoded ones
    def test_single_encoded_images(self, folders): assert same_as_one_machine(folders["png"], batch_size=None, shuffle=False)

    def test_weights(self, tmp_path):
        paths = {write(tmp_path / "a", range(8), RAW_IDS): 3, write(tmp_path / "b", range(50, 70), RAW_IDS, rare=range(50, 70)): 1}
        assert same_as_one_machine(paths, augment=RandomRotate90(), size=SIZE)

    def test_batches_have_one_shape(self, folders):
        spec = make(folders["raw"], worker=(0, 1)).element_spec
        assert [part.shape for part in spec] == [(3, *SIZE, 3), (3, *SIZE, 1), (3,)]


def names(data): return [name.decode() for batch in data.as_numpy_iterator() for name in batch[2]]


class TestOneEpoch:
    @pytest.mark.parametrize("kind, count", (("raw", 3), pytest.param("raw", 4, marks=pytest.mark.slow), ("png", 2)))
    def test_each_record_once(self, folders, kind, count):
        each, workers = RECORDS // (3 * count) * 3, [make(folders[kind], worker=(index, count)) for index in range(count)]
        both = [names(data.repeat(2)) for data in workers]
        for read in ([part[:each] for part in both], [part[each:] for part in both]):
            assert {len(part) for part in read} == {each} and len(set(sum(read, []))) == each * count

    @pytest.mark.parametrize("before, after, steps", ((2, 1, 2), *(pytest.param(*more, marks=pytest.mark.slow) for more in ((2, 3, 2), (4, 3, 1), (3, 1, 3)))))
    def test_another_number_of_workers_reads_the_rest(self, folders, before, after, steps):
        def make_one(**more): return make(folders["raw"], **more)
        def run(count, **start): return [make_one(worker=(index, count), **start) for index in range(count)]

        read = sum((names(data.take(steps)) for data in run(before, start=(2, 0))), [])
        rest = [names(data.repeat(2)) for data in run(after, start=(2, 0, len(read)))]
        steps = (RECORDS - len(read)) // (3 * after) * 3
        read += sum((part[:steps] for part in rest), [])
        left = RECORDS - len(read)
        assert len(set(read)) == len(read) and 0 <= left < 3 * after
        order = names(make_one(batch_size=RECORDS, start=(2, 0)))
        assert set(read) == set(order[:len(read)])  # what is left out are the last ones of that order
        assert sorted(sum((part[steps:] for part in rest), [])) == sorted(names(make_one(batch_size=3 * after, drop_remainder=True, start=(3, 0))))  # then whole epochs

    def test_batches_and_records_are_added(self, folders):
        order = names(make(folders["raw"], batch_size=1, start=(1, 0)))
        assert names(make(folders["raw"], batch_size=4, start=(1, 2, 3))) == order[11:]
        assert names(make(folders["raw"], batch_size=2, worker=(1, 2), start=(1, 2, 3)))[:4] == [*order[13:15], *order[17:19]]

    @pytest.mark.parametrize("kind, reader", (("raw", MappedShards), ("png", StoredShards)))
    def test_a_worker_reads_its_own_records_alone(self, folders, kind, reader, monkeypatch):
        read, real = [], reader.pieces
        monkeypatch.setattr(reader, "pieces", lambda self, number, *box: read.append(number) or real(self, number, *box))
        wanted = names(make(folders[kind], worker=(1, 3)))
        assert sorted(read) == sorted(map(int, wanted)) and len(read) == 12


class TestRefused:
    @pytest.mark.parametrize("worker", ((3, 2), (2, 2), (-1, 2), (0, 0), (0, -1), (1,), (0, 1, 2), (), 1, "01", "auto", (0.0, 2), (True, 2), (None, 2), {0: 2}, ("0", "2")), ids=repr)
    def test_no_such_worker(self, folders, worker):
        with pytest.raises(ValueError, match=r"^worker=[^\n]*; wanted \(index, count\) with an index from 0 to count - 1[^\n]*$"): make(folders["raw"], worker=worker)

    def test_numbers_of_numpy(self, folders): assert len(make(folders["raw"], worker=np.array([1, 2]).tolist())) == len(make(folders["raw"], worker=(np.int64(1), np.int32(2))))

    def test_records_left_out_would_make_steps_unequal(self, folders):
        with pytest.raises(ValueError, match="on_error='skip' with worker=.*fewer batches than the others"): make(folders["raw"], worker=(0, 2), on_error="skip")

    @pytest.mark.parametrize("count, size", ((38, 1), (50, None), (2, 19), (1, 38)))
    def test_fewer_records_than_a_global_batch(self, folders, count, size):
        with pytest.raises(DataError, match=rf"37 records make no batch of {size or 1} for each of {count} workers. Use"): make(folders["raw"], worker=(0, count), batch_size=size)

    @pytest.mark.parametrize("start", ((0, 0, -1), (0,), (0, 0, 0, 0), (0, 0, 1.5), (0, True), (2**31, 0)))
    def test_no_such_start(self, folders, start):
        with pytest.raises(ValueError, match="wanted .epoch, batch. or .epoch, batch, records."): make(folders["raw"], start=start)


class TestSaid:
    def test_what_is_dropped(self, folders):
        with pytest.warns(AssumptionWarning, match="1 of 37 records are left out of each epoch, the last ones, as a step takes 4 x 9 of them"):
            assert len(make(folders["png"], worker=(2, 4), batch_size=9, shuffle=False)) == 1
        assert make(folders["raw"], worker=(0, 1), batch_size=37).assumptions == ()

    @pytest.mark.parametrize("name, told", (("WORLD_SIZE", "3"), ("TF_CONFIG", json.dumps({"cluster": {"chief": ["a:1"], "worker": ["b:1", "c:1"], "ps": ["d:1"]}}))))
    def test_workers_that_nobody_told_apart(self, folders, name, told, monkeypatch):
        monkeypatch.setenv(name, told)
        assert [line for line in make(folders["raw"]).assumptions if f"{name} tells of 3 workers, and each reads all records" in line]
        assert not make(folders["raw"], shuffle=False).assumptions
        assert not [line for line in make(folders["raw"], worker=(0, 3)).assumptions if name in line]

    @pytest.mark.parametrize("name, told", (("WORLD_SIZE", "1"), ("WORLD_SIZE", "many"), ("WORLD_SIZE", "²"), ("TF_CONFIG", ""), ("TF_CONFIG", "{"), ("TF_CONFIG", "[]"), ("TF_CONFIG", '{"cluster": 3}'),
                                            ("TF_CONFIG", '{"cluster": {"worker": ["a:1"]}}'), ("TF_CONFIG", '{"cluster": {"worker": 5}}')))
    def test_what_tells_of_none(self, folders, name, told, monkeypatch):
        monkeypatch.setenv(name, told)
        assert not make(folders["raw"]).assumptions


class TestSharding:
    def test_tensorflow_shares_nothing_out_again(self, folders):
        policy = make(folders["raw"], worker=(0, 2)).options().experimental_distribute.auto_shard_policy
        assert policy == tf.data.experimental.AutoShardPolicy.OFF

    def test_a_graph_without_workers_is_what_it_was(self, folders, monkeypatch):
        nodes = lambda data: data._as_serialized_graph().numpy().count(b"OptionsDataset")
        plain = nodes(make(folders["raw"]))
        monkeypatch.setenv("TF_CONFIG", '{"cluster": {"worker": ["a:1", "b:1"]}}')
        shared = make(folders["raw"])
        assert nodes(shared) > plain and shared.options().experimental_distribute.auto_shard_policy == tf.data.experimental.AutoShardPolicy.DATA


class TestStrategies:
    @pytest.mark.parametrize("strategy", (tf.distribute.get_strategy, lambda: tf.distribute.OneDeviceStrategy("CPU:0")), ids=("default", "one device"))
    def test_one_process(self, folders, strategy):
        options = dict(seed=6, dtype="uint8", show_progress=False)
        data = distribute(strategy(), folders["raw"], batch_size=5, **options)
        gc.collect()
        whole = make_dataset(folders["raw"], batch_size=5, drop_remainder=True, **options)
        for _ in range(2):
            for batch, parts in zip(whole, data, strict=True):
                for together, part in zip(batch, parts): np.testing.assert_array_equal(part, together)

    def test_another_split_and_no_split(self, folders):
        with pytest.raises(ValueError, match="no split 'val'"): distribute(tf.distribute.get_strategy(), folders["raw"], "val")

    def test_parameter_servers_are_refused(self, folders):
        strategy = object.__new__(tf.distribute.ParameterServerStrategy)
        with pytest.raises(ValueError, match="shards are read by Python in the process that opened them. Use MultiWorkerMirroredStrategy"): distribute(strategy, folders["raw"])

    @pytest.mark.parametrize("options, said", ((dict(batch_size=None), "batch_size=None; wanted the batch of one worker"), (dict(worker=(0, 1)), "worker= comes from the strategy"),
                                               (dict(batch_size=0), "batch_size=0; wanted the batch of one worker"), (dict(batch_size="4"), "batch_size='4'")))
    def test_options_that_are_refused(self, folders, options, said):
        with pytest.raises(ValueError, match=said): distribute(tf.distribute.get_strategy(), folders["raw"], **options)

    def test_no_strategy(self, folders):
        with pytest.raises(TypeError, match="strategy is a str; wanted one of tf.distribute"): distribute("mirrored", folders["raw"])
