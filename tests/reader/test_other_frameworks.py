"""Shards without TensorFlow: a source for PyTorch, Grain and JAX, in any process, with the samples of `make_dataset`.

The real packages are not in `[dev]`; install `.[peers]` to run all of it. All but the comparisons with TensorFlow runs where TensorFlow is not installed.
"""
import gzip
import io
import json
import os
import pickle
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial
from operator import itemgetter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from conftest import HELPERS, ROOT
from raw_shards import blobs, write_raw

from tfrseg.core import DataError
from tfrseg.reader.permutation import epoch_order
from tfrseg.sources.arrays import array_source
from tfrseg.sources.tiles import tile_source
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION
from tfrseg.storage.shards import _MOST_MAPPED, Shards, open_shards
from tfrseg.storage.tfrecord import index_records, write_records
from tfrseg.writer.write import plan_shards, write_shards

sys.path.insert(0, str(HELPERS))
from tables import TABLE, make_source  # noqa: E402

KINDS = ("raw_ids", "tfvision", "jpeg", "wide", "tiles_raw", "tiles_png", "table_raw", "table_png", "third_raw", "third_png")


def tidy(sample): return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in sample.items()}


def same(got, wanted):
    assert [*got] == [*wanted]
    for name in wanted:
        np.testing.assert_array_equal(got[name], wanted[name], err_msg=name)
        if isinstance(wanted[name], np.ndarray): assert got[name].dtype == wanted[name].dtype, name


def write(source, folder, schema): write_shards(plan_shards(source, folder, schema=schema, records_per_shard=4), show_progress=False)


def pairs(count=10, **how):
    return array_source([(s["image"], s["mask"][..., 0]) for s in (blobs(n, (40, 60), **how) for n in range(count))],
                        class_names=[f"c{k}" for k in range(how.get("top", 5))], mask_values="ids", ignore_label="none", show_progress=False)


def as_jpeg(image):
    Image.fromarray(image).save(file := io.BytesIO(), "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    "One data set of each kind, all of local files."
    home, plain = tmp_path_factory.mktemp("sets"), pairs()
    wide = pairs(dtype="uint16", top=400)
    for name, schema in (("raw", RAW_IDS), ("png", TFVISION)):
        write(tile_source(plain, (24, 24), 8), home / f"tiles_{name}", schema)
        write(make_source()[0], home / f"table_{name}", schema)
    write(plain, home / "raw_ids", RAW_IDS)
    write(plain, home / "tfvision", TFVISION)
    write(wide, home / "wide", RAW_IDS)
    samples = [blobs(n, (40, 60)) for n in range(10)]
    write_raw(home / "third_raw", samples, 3, RAW)
    write_raw(home / "third_png", samples, 3, TFVISION)
    photos = [serialize_example(encode_example(s, TFVISION, (as_jpeg(s["image"]), "jpeg", (40, 60)))) for s in samples]
    (home / "jpeg").mkdir()
    write_records(home / "jpeg" / "train-00000-of-00001.tfrecord", photos)
    return home


@pytest.fixture(scope="module", params=KINDS)
def shards(request, home): return open_shards(home / request.param)


def middle(sample): return {"image": sample["image"][4:-4, ::-1], "mask": sample["mask"][4:-4, ::-1]}


# ---- the samples

def test_samples_are_those_of_make_dataset(shards):
    pytest.importorskip("tensorflow", reason="it is compared with TensorFlow's samples")
    from tfrseg.reader.pipeline import make_dataset
    from tfrseg.reader.stream import read_dataset

    folder = shards.files[0].parent
    for got, wanted in zip(shards, read_dataset(folder).as_numpy_iterator(), strict=True): assert tidy(got) == tidy(wanted)
    arrays = [target.name for target in shards.targets if target.moves]
    for dtype in ("kept", "float32") if folder.name in ("raw_ids", "tfvision") else ("kept",):
        made = make_dataset(folder, None, batch_size=None, shuffle=False, dtype=dtype, outputs={name: name for name in arrays})
        for got, wanted in zip(shards, made.as_numpy_iterator(), strict=True):
            for name in arrays:
                np.testing.assert_array_equal(got[name], wanted[name], err_msg=f"{dtype} {name}")
                if dtype == "kept" or name != "image": assert got[name].dtype == wanted[name].dtype


def test_a_shuffled_epoch_is_that_of_make_dataset(home):
    pytest.importorskip("tensorflow", reason="it is compared with TensorFlow's order")
    from tfrseg.reader.pipeline import make_dataset

    for name in ("raw_ids", "tfvision"):
        shards, made = open_shards(home / name), make_dataset(home / name, None, batch_size=4, seed=3, shuffle=True, drop_remainder=True,
                                                              dtype="uint8")
        for epoch in range(3):
            batches = epoch_order(len(shards), seed=3, epoch=epoch, batch_size=4)
            for numbers, (image, _) in zip(batches, made.as_numpy_iterator(), strict=True):
                np.testing.assert_array_equal(np.stack([s["image"] for s in shards.__getitems__(numbers)]), image)


def test_every_way_to_read_gives_the_same(shards):
    "One by one, several, mapped and parsed, and whatever the transform leaves alone."
    numbers = [3, 0, np.int64(5), -1]
    for got, number in zip(shards.__getitems__(numbers), numbers, strict=True): same(got, shards[number])
    for got, number in zip(replace(shards, transform=dict), range(len(shards)), strict=True): same(got, shards[number])
    for number in range(len(shards)):
        parsed = Shards._sample(_NeverMapped(**vars_of(shards)), number)
        same(shards[number], parsed)
    with pytest.raises(IndexError): shards[len(shards)]


class _NeverMapped(Shards):
    "Shards whose records are all read and parsed."
    _map_raw = staticmethod(lambda *version: None)


def vars_of(shards): return {name: getattr(shards, name) for name in Shards.__dataclass_fields__}


def test_raw_pixels_are_views_for_a_transform(home):
    seen = []
    for name in ("raw_ids", "third_raw", "table_raw", "tiles_raw", "wide"):
        shards = open_shards(home / name, transform=seen.append)
        assert shards[1] is None
        arrays = [target.name for target in shards.targets if target.moves]
        assert not any(seen[-1][array].flags.owndata for array in arrays if array != "mask" or name != "third_raw"), name


def test_what_is_handed_out_is_the_users(shards):
    "Writable arrays of their own, row by row, in the machine's order of bytes; a record that is changed is not changed in the file."
    for reader in (shards, replace(shards, transform=middle)):
        first, again = reader[2], reader[2]
        for name, value in first.items():
            if not isinstance(value, np.ndarray): continue
            assert value.flags.writeable and value.flags.c_contiguous and value.dtype.isnative
            value[...] = 1
            np.testing.assert_array_equal(again[name], reader[2][name])
    same(replace(shards, transform=middle)[3], {name: np.ascontiguousarray(part) for name, part in middle(shards[3]).items()})


def test_a_transform_may_not_change_its_sample(shards):
    def paint(sample): sample["image"][:] = 0
    with pytest.raises(ValueError, match="read-only"): replace(shards, transform=paint)[0]


def test_tuples_and_named_tuples_of_a_transform(home):
    from collections import namedtuple
    Pair = namedtuple("Pair", "image mask")
    got = open_shards(home / "raw_ids", transform=lambda s: (Pair(s["image"], [s["mask"]]), 7))[0]
    assert isinstance(got[0], Pair) and got[0].image.flags.writeable and got[0].mask[0].flags.writeable and got[1] == 7


# ---- other processes

NOWHERE = "import sys\nsys.modules['tensorflow'] = sys.modules['keras'] = None\n"  # importing one of them raises


def test_forked_and_spawned_without_tensorflow(home, tmp_path):
    "All kinds, in processes where TensorFlow cannot be imported; with more shards than files may be open; with a damaged record."
    many, broken = tmp_path / "many", tmp_path / "broken"
    write_raw(many, [blobs(n, (9, 11)) for n in range(600)], 600)
    write_raw(broken, [blobs(n) for n in range(3)])
    spoil(broken / "train-00000-of-00001.tfrecord", 1)
    (tmp_path / "sitecustomize.py").write_text(NOWHERE)
    command = [sys.executable, HELPERS / "other_processes.py", *(home / kind for kind in KINDS), many, broken]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300,
                          env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    assert done.returncode == 0, done.stderr[-3000:]
    answer = json.loads(done.stdout.splitlines()[-1])
    assert [*answer["read"]] == ["here", "fork", "spawn"] and answer["read"]["here"][:2] == answer["read"]["here"][2:4]
    for way, digests in answer["read"].items(): assert digests == answer["read"]["here"], way
    assert answer["many"] == 600 and answer["open"] < _MOST_MAPPED + 40
    assert answer["failure"].startswith(f"DataError: {broken / 'train-00000-of-00001.tfrecord'}, record 1, byte")
    assert answer["heavy"] == []


def spoil(file: Path, number: int) -> None:
    "Flips one bit in the middle of a record."
    data, (offset, length) = bytearray(file.read_bytes()), index_records(file)[number].tolist()
    data[offset + length // 2] ^= 1
    file.write_bytes(data)


def test_what_is_pickled_is_small_and_reads_on(home, tmp_path, monkeypatch):
    for kind in KINDS:
        shards = open_shards(home / kind, transform=middle)
        assert shards[0] and len(pickle.dumps(shards)) < 30_000  # of class names, most of it
    monkeypatch.chdir(home)
    sent = pickle.dumps(open_shards("raw_ids"))
    monkeypatch.chdir(tmp_path)
    same(pickle.loads(sent)[7], open_shards(home / "raw_ids")[7])


def test_unpacked_copies_are_found_or_made_again(home, tmp_path):
    file = tmp_path / "train-00000-of-00001.tfrecord"
    write_records(file, [serialize_example(encode_example(blobs(n), RAW_IDS)) for n in range(3)])
    file.write_bytes(gzip.compress(file.read_bytes()))
    shards = open_shards(tmp_path)
    sent = pickle.dumps(shards)
    same(pickle.loads(sent)[2], shards[2])
    wanted = shards[1]
    shards.files[0].unlink()
    same(pickle.loads(sent)[1], wanted)
    assert pickle.loads(sent).record_error(1, "odd").findings[0].path == file


# ---- files that change while they are open

def test_a_shard_that_is_damaged_later_is_named(home, tmp_path):
    for kind in ("raw_ids", "tfvision"):
        folder = shutil.copytree(home / kind, tmp_path / kind)
        file = sorted(folder.glob("*.tfrecord"))[1]
        shards = open_shards(folder)
        wanted = [shards[n] for n in range(len(shards))]
        spoil(file, 2)
        with pytest.raises(DataError, match=f"{file.name}, record 2, byte"): shards[6]
        same(shards[5], wanted[5])
        os.truncate(file, file.stat().st_size // 2)
        with pytest.raises(DataError, match=f"{file.name}, record 3"): shards[7]
        same(shards[3], wanted[3])
        file.unlink()
        with pytest.raises(FileNotFoundError, match=file.name): shards[4]


def test_a_shard_that_is_replaced_is_read_anew(home, tmp_path):
    folder = shutil.copytree(home / "raw_ids", tmp_path / "raw")
    shards, file = open_shards(folder), sorted(folder.glob("*.tfrecord"))[0]
    assert len(shards[0]["image"])
    other = [serialize_example(encode_example(blobs(n + 50), RAW_IDS)) for n in range(shards.counts[0])]
    write_records(file, other)
    np.testing.assert_array_equal(shards[0]["image"], blobs(50)["image"])


def test_repr_is_the_same_in_each_run(home):
    "Grain compares it when it goes on from a checkpoint."
    shards = open_shards(home / "raw_ids", transform=lambda sample: sample)
    assert repr(shards) == f"Shards(10 records of raw_ids in 3 files from {home / 'raw_ids'}/train-00000-of-00003.tfrecord on)"


# ---- PyTorch

@pytest.fixture
def torch(): return pytest.importorskip("torch", reason="PyTorch is not installed; pip install 'tfrseg[peers]'")


def arrays_of(batch): return {name: value.numpy() if hasattr(value, "numpy") else value for name, value in batch.items()}


@pytest.mark.parametrize("workers", (0, "fork", "spawn"))
@pytest.mark.parametrize("kind", ("raw_ids", "tfvision", "third_raw", "table_raw"))
def test_torch_reads_every_record(home, torch, kind, workers):
    ways = {"num_workers": 2, "multiprocessing_context": workers} if workers else {}
    shards = open_shards(home / kind, transform=partial(dict))
    loader = torch.utils.data.DataLoader(shards, batch_size=None, **ways)
    for got, wanted in zip(loader, open_shards(home / kind), strict=True):
        for name, value in arrays_of(got).items(): np.testing.assert_array_equal(value, wanted[name])


@pytest.mark.parametrize("workers", (0, 2))
def test_torch_reads_the_order_of_an_epoch(home, torch, workers):
    shards = open_shards(home / "raw_ids", transform=middle)
    batches = epoch_order(len(shards), seed=1, epoch=2, batch_size=3, worker=(1, 2))
    loader = torch.utils.data.DataLoader(shards, batch_sampler=batches, num_workers=workers)
    assert len(loader) == len(batches) == 1
    for numbers, batch in zip(batches, loader, strict=True):
        wanted = np.stack([shards[n]["image"] for n in numbers])
        assert batch["image"].dtype == torch.uint8 and batch["image"].is_contiguous()
        np.testing.assert_array_equal(batch["image"], wanted)
    rest = torch.utils.data.DataLoader(shards, batch_size=4, sampler=epoch_order(len(shards), seed=1), num_workers=workers)
    assert [len(batch["mask"]) for batch in rest] == [4, 4, 2]


@pytest.mark.filterwarnings("error")
def test_torch_does_not_warn(home, torch):
    for kind in ("raw_ids", "tfvision", "wide"):
        for transform in (middle, itemgetter("image")): torch.utils.data.default_collate([open_shards(home / kind, transform=transform)[n] for n in (0, 1)])


def test_torch_distributed_sampler(home, torch):
    shards = open_shards(home / "raw_ids", transform=itemgetter("image"))
    samplers = [torch.utils.data.DistributedSampler(shards, 2, k, shuffle=False) for k in range(2)]
    assert [len(torch.utils.data.DataLoader(shards, 1, sampler=sampler)) for sampler in samplers] == [5, 5]


@pytest.mark.parametrize("workers", (0, "fork", "spawn"))
def test_a_damaged_record_is_named_by_torch(home, tmp_path, torch, workers):
    for kind in ("raw_ids", "tfvision"):
        folder = shutil.copytree(home / kind, tmp_path / kind)
        file = sorted(folder.glob("*.tfrecord"))[0]
        spoil(file, 2)
        ways = {"num_workers": 1, "multiprocessing_context": workers} if workers else {}
        with pytest.raises(DataError, match=f"{file.name}, record 2, byte"): list(torch.utils.data.DataLoader(open_shards(folder), **ways))


# ---- Grain

@pytest.fixture
def grain(): return pytest.importorskip("grain", reason="Grain is not installed; pip install 'tfrseg[peers]'")


@pytest.mark.parametrize("kind", ("raw_ids", "tfvision", "table_raw"))
def test_grain_reads_every_record(home, grain, kind):
    shards = open_shards(home / kind)
    assert isinstance(shards, grain.sources.RandomAccessDataSource)
    for got, wanted in zip(grain.MapDataset.source(shards), shards, strict=True): same(got, wanted)


def test_grain_shuffles_batches_and_goes_on(home, grain):
    def pipeline(): return (grain.MapDataset.source(open_shards(home / "raw_ids", transform=middle)).seed(3).shuffle()
                            .to_iter_dataset().batch(4))
    batches = [batch["image"] for batch in pipeline()]
    assert [len(batch) for batch in batches] == [4, 4, 2]
    steps = iter(pipeline())
    next(steps)
    state, again = steps.get_state(), iter(pipeline())
    again.set_state(state)
    np.testing.assert_array_equal(next(again)["image"], batches[1])


def test_grain_takes_the_order_of_an_epoch(home, grain):
    shards, order = open_shards(home / "tfvision", transform=itemgetter("image")), epoch_order(10, seed=4, epoch=1)
    got = grain.MapDataset.source(order).map(shards.__getitem__)
    for image, number in zip(got, order, strict=True): np.testing.assert_array_equal(image, shards[number])


def test_grain_data_loader_with_workers(home, tmp_path, grain):
    "Workers are processes that Grain starts, which is why it runs in a script of its own."
    script = tmp_path / "load.py"
    script.write_text(GRAIN_SCRIPT)
    done = subprocess.run([sys.executable, script, home / "raw_ids"], capture_output=True, text=True, timeout=200,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0 and done.stdout.split() == ["10", "10"], done.stderr[-3000:]


GRAIN_SCRIPT = """
import sys
import grain
from absl import flags
import numpy as np
from operator import itemgetter
from tfrseg import open_shards

if __name__ == "__main__":
    flags.FLAGS(sys.argv[:1])
    shards = open_shards(sys.argv[1], transform=itemgetter("image"))
    sampler = grain.samplers.IndexSampler(len(shards), shuffle=False, num_epochs=1)
    read = list(grain.DataLoader(data_source=shards, sampler=sampler, worker_count=2))
    print(sum((a == b).all() for a, b in zip(read, shards, strict=True)))
    fetched = grain.MapDataset.source(shards).to_iter_dataset().mp_prefetch(grain.multiprocessing.MultiprocessingOptions(num_workers=2))
    print(sum((a == b).all() for a, b in zip(fetched, shards, strict=True)))
"""


# ---- JAX

def test_jax_trains_on_batches(home):
    jax = pytest.importorskip("jax", reason="JAX is not installed; pip install 'tfrseg[peers]'")
    shards = open_shards(home / "raw_ids")

    @jax.jit
    def step(weight, image, mask):
        def loss(weight): return jax.numpy.mean((image[..., :1] / 255 * weight - mask) ** 2)
        return weight - 0.1 * jax.grad(loss)(weight)

    weight = jax.numpy.zeros(())
    for epoch in range(2):
        for numbers in epoch_order(len(shards), epoch=epoch, batch_size=5):
            samples = shards.__getitems__(numbers)
            weight = step(weight, *(np.stack([sample[part] for sample in samples]) for part in ("image", "mask")))
    assert float(weight) > 0


def test_the_table_of_facts_goes_through(home):
    sample = open_shards(home / "table_raw")[2]
    assert [*sample] == [*(t.name for t in TABLE), "name"] and sample["patient"] == b"P2" and sample["age"].dtype == np.int64
