"""Mapped reading and the cache: the same pixels as ever, whatever the files look like and whatever happens to them."""
import gc
import os
import shutil
import signal
import subprocess
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import tensorflow as tf
from crossing import crossed
from raw_shards import blobs, write_raw
from warm import warm

from tfrseg.augmenter.color import ColorJitter, LightGradient, Normalize, RandomGamma, RandomShadow, ToGray
from tfrseg.augmenter.compose import Compose, OneOf, RandomApply
from tfrseg.augmenter.elastic import ElasticTransform, GridDistortion
from tfrseg.augmenter.geometry import RandomCrop, RandomFlip, RandomRotate90, RandomShift, Resize
from tfrseg.augmenter.noise import CutOut, GaussianBlur, GaussianNoise, MotionBlur
from tfrseg.augmenter.warp import RandomAffine, RandomPerspective, RandomRotation, RandomScale, RandomShear
from tfrseg.reader.cache import cache_shards, cache_size, fingerprint
from tfrseg.core import DataError
from tfrseg.augmenter.kernel import MemoryPool
from tfrseg.reader.mapped import check_files, map_file, map_shards, most_mapped
from tfrseg.reader.order import record_order
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.samples import _copier, epoch_rows
from tfrseg.storage.dataset import load_info
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import frame_record, index_records, write_records
from tfrseg.storage.example import encode_example, read_features, serialize_example
from tfrseg.storage.schema import RAW, RAW_IDS
from tfrseg.storage.shard_index import ShardFacts, index_path, locate_pixels, open_index, write_index
from tfrseg.writer.write import plan_shards, write_shards

pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")  # test_assumed holds them

CROP = (RandomFlip(0.5, 0.5), RandomRotate90(), RandomCrop((64, 64)))


def epoch(dataset): return [tuple(np.asarray(part) for part in element) for element in dataset.as_numpy_iterator()]


def same(first, second):
    return len(first) == len(second) and all((a == b).all() for x, y in zip(first, second) for a, b in zip(x, y))


def example_by_hand(rng, features):
    "An example as other writers make it: keys in any order, integers packed or not, and features that nobody asked for."
    def varint(n):
        out = bytearray()
        while n > 127: out.append(n & 127 | 128); n >>= 7
        return bytes(out + bytes([n]))

    def piece(tag, data): return bytes([tag]) + varint(len(data)) + data

    entries = []
    for key, value in features.items():
        if isinstance(value, bytes): feature = piece(0x0A, piece(0x0A, value))
        else: feature = piece(0x1A, piece(0x0A, varint(value)) if rng.random() < 0.5 else b"\x08" + varint(value))
        entries.append(piece(0x0A, piece(0x0A, key.encode()) + piece(0x12, feature)))
    entries.append(piece(0x0A, piece(0x0A, b"weight") + piece(0x12, piece(0x12, piece(0x0A, np.float32([1, 2]).tobytes())))))
    entries.append(piece(0x0A, piece(0x0A, b"nothing") + piece(0x12, b"")))
    return piece(0x0A, b"".join(entries[k] for k in rng.permutation(len(entries))))


@pytest.mark.parametrize("schema", (RAW, RAW_IDS), ids=lambda s: s.name)
def test_pixels_are_found_where_protobuf_finds_them(tmp_path, schema):
    rng = np.random.default_rng(1)
    records = [example_by_hand(rng, encode_example(blobs(n, tuple(rng.integers(1, 90, 2))), schema)) for n in range(200)]
    write_records(tmp_path / "x.tfrecord", records)
    data = np.fromfile(tmp_path / "x.tfrecord", np.uint8)
    for record, (image, mask, height, width) in zip(records, locate_pixels(data, index_records(tmp_path / "x.tfrecord"), schema), strict=True):
        features = {key: values[0] for key, values in read_features(record).items() if values}
        assert [height, width] == [features[schema.key("height")], features[schema.key("width")]]
        for role, begin in (("image", image), ("mask", mask)):
            wanted = features[schema.key(role)]
            assert data[begin:begin + len(wanted)].tobytes() == wanted


def test_old_files_with_keys_in_any_order_are_mapped(tmp_path):
    samples = [blobs(n) for n in range(9)]
    records = []
    for n, s in enumerate(samples):
        example = tf.train.Example()
        items = list(encode_example(s, RAW).items())
        for key, value in items[n % 5:] + items[:n % 5]:
            feature = example.features.feature[key]
            if isinstance(value, bytes): feature.bytes_list.value.append(value)
            else: feature.int64_list.value.append(value)
        records.append(example.SerializeToString())
    write_records(tmp_path / "0000_images.tfrecords", records)
    dataset = make_dataset(tmp_path / "0000_images.tfrecords", None, batch_size=None, dtype="uint8")
    assert dataset.reader == "mapped"
    for (image, mask), s in zip(epoch(dataset), samples, strict=True): assert (image == s["image"]).all() and (mask == s["mask"]).all()


AUGMENT = (None, CROP, (Resize((40, 30)), RandomFlip()), (RandomShift(20, 30, 1.0), Normalize()))


@pytest.mark.parametrize("shards, augment", [(33, AUGMENT[3])] + [pytest.param(shards, augment, marks=pytest.mark.slow) for shards, augment in [
    *((4, augment) for augment in AUGMENT), (1, AUGMENT[3]), *product((1, 33), AUGMENT[:3])]])
def test_mapped_and_streamed_are_the_same(tmp_path, shards, augment):
    write_raw(tmp_path / "x", [blobs(n) for n in range(33)], shards)
    options = dict(batch_size=5, augment=augment, size=(48, 60), seed=3, shuffle=False, dtype="uint8")
    mapped, stream = (make_dataset(tmp_path / "x", None, reader=r, **options) for r in ("mapped", "stream"))
    assert len(mapped) == len(stream) == 7
    assert same(epoch(mapped.repeat(2)), epoch(stream.repeat(2)))


SMALL = RandomCrop((24, 28))
CHAINS = {
    "warp": (RandomRotation((-90, 90)), SMALL),
    "turned": (RandomFlip(0.5, 0.5), RandomRotate90(), RandomShear(interpolation="area"), SMALL, ToGray(0.5)),
    "turned warp": (RandomFlip(0.5, 0.5), RandomRotate90(), RandomAffine(interpolation="area"), SMALL, ElasticTransform(3.0, 4), ColorJitter()),
    "bicubic warp": (RandomScale((0.4, 1.7), interpolation="bicubic"), RandomShear(), SMALL, GridDistortion(), RandomGamma(), LightGradient(), ToGray(0.5)),
    "perspective": (RandomCrop((60, 60)), RandomPerspective(), RandomShift(3, 3, 1.0), SMALL, GaussianBlur(), GaussianNoise(), CutOut()),
    "out of sight": (RandomShift(60, 80, 1.0), RandomScale((0.05, 9)), SMALL),
    "one by one": (RandomRotation(), SMALL, MotionBlur(), RandomRotation(), Resize((20, 20)), RandomShadow(), Normalize()),
    "seldom": (SMALL, ColorJitter(probability=0.2), RandomRotation(), RandomShadow(probability=0.5), ElasticTransform()),
    "chosen": (OneOf((RandomRotation(), RandomFlip(1.0), RandomShift(20, 20, 1.0))), RandomApply(RandomScale(), 0.5), SMALL, RandomApply(RandomGamma(), 0.5)),
    "no crop": (RandomRotation(), Resize((30, 40)), ColorJitter())}


SIZES = ((70, 90), (40, 50), (24, 130), (9, 9))


FAST = ("turned", 1, (6,)), ("out of sight", 4, (None,))


@pytest.mark.parametrize("name, sizes, batches", [*FAST] + [pytest.param(name, sizes, (None, 6), marks=pytest.mark.slow) for name, sizes in product(CHAINS, (1, 4))])
def test_what_is_done_to_batches_is_what_is_done_to_records(tmp_path, name, sizes, batches):
    "Warps of parts of images, and operations on whole batches, to the last bit as the stream does it to whole images, record by record."
    write_raw(tmp_path / "x", [blobs(n, SIZES[n % sizes]) for n in range(21)], 3)
    options = dict(augment=CHAINS[name], dtype="uint8", seed=4, shuffle=False)
    stream = epoch(make_dataset(tmp_path / "x", None, reader="stream", batch_size=None, **options))
    for batch_size in batches:
        found = epoch(make_dataset(tmp_path / "x", None, reader="mapped", batch_size=batch_size, **options))
        members = found if batch_size is None else [pair for batch in found for pair in zip(*batch)]
        assert same(members, stream) and all(a.dtype == b.dtype for a, b in zip(members[0], stream[0]))


def test_a_warp_reads_the_part_that_its_crop_needs(tmp_path, monkeypatch):
    "The memory that a call takes is of parts, not of images."
    write_raw(tmp_path / "x", [blobs(n, (400, 500)) for n in range(8)])
    taken, take = [], MemoryPool.take
    monkeypatch.setattr(MemoryPool, "take", lambda pool, shape, dtype: taken.append(shape) or take(pool, shape, dtype))
    augment = RandomFlip(), RandomRotate90(), RandomShear(), RandomCrop((48, 60)), ToGray(0.5)
    assert len(epoch(make_dataset(tmp_path / "x", None, batch_size=4, augment=augment))) == 2
    assert len(taken) == 4 and all(48 < height < 120 and 60 < width < 120 for _, height, width, _ in taken)


@pytest.mark.parametrize("dtype, augment", crossed(("uint8", "uint16"), (None, RandomCrop((40, 60)))))
def test_mixed_sizes_smaller_and_larger_than_the_crop(tmp_path, dtype, augment):
    sizes = [(30, 40), (100, 90), (41, 61), (1, 1), (40, 60), (39, 200), (77, 64)]
    samples = [blobs(n, size, dtype, 60000 if dtype == "uint16" else 5) for n, size in enumerate(sizes)]
    write_raw(tmp_path / "x", samples, 2)
    found = [epoch(make_dataset(tmp_path / "x", None, reader=r, batch_size=None, augment=augment, dtype="uint8", seed=2)) for r in ("mapped", "stream")]
    assert same(*found)
    for (image, mask), s in zip(found[0], samples, strict=True):
        assert mask.dtype == dtype
        if augment is None: assert (image == s["image"]).all() and (mask == s["mask"]).all()
        else:
            assert image.shape == (40, 60, 3) and set(np.unique(mask)) <= set(np.unique(s["mask"])) | {255}
            beyond = 2400 - min(40, s["mask"].shape[0]) * min(60, s["mask"].shape[1])
            assert beyond <= (mask == 255).sum() <= beyond + (s["mask"] == 255).sum()


def test_colour_masks_by_palette(tmp_path):
    palette = {0: (0, 0, 0), 3: (9, 8, 7), 7: (200, 0, 1)}
    ids = np.random.default_rng(0).choice([0, 3, 7], (3, 40, 50, 1)).astype(np.uint8)
    table = np.zeros((8, 3), np.uint8)
    for i, color in palette.items(): table[i] = color
    write_raw(tmp_path / "x", [blobs(n, (40, 50)) | {"mask": table[m[..., 0]]} for n, m in enumerate(ids)], schema=RAW)
    found = epoch(make_dataset(tmp_path / "x", None, palette=palette, batch_size=3, reader="mapped"))
    assert (found[0][1] == ids).all()
    with pytest.raises(DataError, match=r"record 0, byte 12: the mask: colour \(200, 0, 1\) is not in the palette of 2 colours: \d+ pixels of 1 unknown colours"):
        make_dataset(tmp_path / "x", None, palette={0: (0, 0, 0), 3: (9, 8, 7)}, batch_size=3, reader="mapped")
    with pytest.raises(DataError, match="record 0.*the mask holds colours.*give palette="): make_dataset(tmp_path / "x", None, batch_size=3)


def test_images_alone(tmp_path):
    samples = [{k: v for k, v in blobs(n).items() if k != "mask"} for n in range(5)]
    write_raw(tmp_path / "x", samples)
    dataset = make_dataset(tmp_path / "x", None, batch_size=5, dtype="uint8", reader="mapped")
    assert (next(iter(dataset)).numpy() == np.stack([s["image"] for s in samples])).all()


@pytest.mark.parametrize("starts", (((1, 3),), pytest.param([*product(range(3), range(5))], marks=pytest.mark.slow)), ids=("one", "all"))
@pytest.mark.parametrize("reader", ("mapped", "stream"))
def test_resume_at_every_batch(tmp_path, reader, starts):
    write_raw(tmp_path / "x", [blobs(n) for n in range(11)], 3)
    make = lambda start: make_dataset(tmp_path / "x", None, reader=reader, batch_size=3, shuffle=True, seed=9, augment=CROP, start=start)
    whole = epoch(make((0, 0)).repeat(2 + starts[-1][0]))
    for number, step in starts:
        resumed = make((number, step))
        assert same(epoch(resumed), whole[4 * number + step:4 * number + 4])
        if step in (0, 2 + number % 2): assert same(epoch(resumed), whole[4 * number + 4:4 * number + 8])  # from the start, and from the middle


def test_an_epoch_is_a_permutation_and_repeats_by_its_seed(tmp_path):
    write_raw(tmp_path / "x", [blobs(n) for n in range(40)], 3)
    make = lambda seed: make_dataset(tmp_path / "x", None, batch_size=None, shuffle=True, seed=seed, dtype="uint8")
    first, again, other = ([image.tobytes() for image, _ in epoch(make(seed).repeat(2))] for seed in (1, 1, 2))
    orders = first[:40], first[40:], other[:40], other[40:]
    assert first == again and len(set(map(tuple, orders))) == 4 and all(sorted(o) == sorted(orders[0]) for o in orders)


@pytest.mark.parametrize("records", (1, 2, 3, 1023, 1024, 1025, 5000))
def test_orders_of_any_length(records):
    order = np.concatenate(list(record_order(records, tf.constant([4, records])).as_numpy_iterator()))
    assert sorted(order.tolist()) == list(range(records)) and (records < 4 or order.tolist() != list(range(records)))


class TestIndex:
    def test_is_kept_and_made_anew_when_the_shard_changes(self, tmp_path):
        file, = write_raw(tmp_path / "x", [blobs(n) for n in range(4)])
        first = open_index(file, RAW_IDS)
        kept = index_path(file)
        when = kept.stat().st_mtime_ns
        assert (open_index(file, RAW_IDS).places == first.places).all() and kept.stat().st_mtime_ns == when
        write_raw(tmp_path / "x", [blobs(n, (20, 30)) for n in range(7)])
        assert open_index(file, RAW_IDS).places.shape == (7, 4)

    @pytest.mark.parametrize("junk", (b"", b"junk", b"PK\x03\x04" + bytes(500)))
    def test_a_damaged_index_is_made_anew(self, tmp_path, junk):
        file, = write_raw(tmp_path / "x", [blobs(n) for n in range(4)])
        first = open_index(file, RAW_IDS)
        index_path(file).write_bytes(junk)
        assert (open_index(file, RAW_IDS).places == first.places).all()

    @pytest.mark.parametrize("place", ([10**6, 90, 50, 70], [40, 10**6, 50, 70], [40, 90, 2**40, 2**40], [-5, 90, 50, 70], [40, 90, 0, 70], [40, -1, 50, 70], [40, 90, 2**62, 4]))
    def test_an_index_that_points_outside_its_records_is_made_anew(self, tmp_path, place):
        "One that somebody laid there, for the size and time of the shard that they are."
        from dataclasses import replace

        file, = write_raw(tmp_path / "x", [blobs(n) for n in range(4)])
        first = open_index(file, RAW_IDS)
        table = first.table.copy()
        table[2:6] = np.array([place] * 4).T
        write_index(replace(first, table=table), index_path(file))
        again = open_index(file, RAW_IDS)
        assert again == first and again.places.dtype == np.int64

    def test_without_verify_a_later_open_still_verifies(self, tmp_path):
        file, = write_raw(tmp_path / "x", [blobs(n) for n in range(4)])
        data = bytearray(file.read_bytes())
        data[3000] ^= 4
        file.write_bytes(data)
        assert len(open_index(file, RAW_IDS, verify=False).places) == 4
        with pytest.raises(DataError, match="record 0, byte 12: the data has a wrong checksum"): open_index(file, RAW_IDS)

    def test_is_small(self, tmp_path):
        file, = write_raw(tmp_path / "x", [blobs(n, (2, 2)) for n in range(3000)])
        assert open_index(file, RAW_IDS).places.nbytes <= 64 * 3000 and index_path(file).stat().st_size <= 64 * 3000

    def test_writing_over_a_data_set_that_was_mapped(self, tmp_path, source):
        for _ in range(2):
            write_shards(plan_shards(source, tmp_path / "out", schema=RAW_IDS, records_per_shard=5), overwrite=True, show_progress=False)
            assert len(epoch(make_dataset(tmp_path / "out", batch_size=None, reader="mapped"))) == 12

    def test_every_problem_is_said(self, tmp_path):
        good = [serialize_example(encode_example(blobs(n), RAW_IDS)) for n in range(2)]
        bad = [serialize_example(encode_example(blobs(3), RAW_IDS) | {"image/height": h}) for h in (0, 51)]
        write_records(tmp_path / "x.tfrecord", [*good, *bad, b"\x0a\x03abc"])
        with pytest.raises(DataError) as error: open_index(tmp_path / "x.tfrecord", RAW_IDS)
        assert [f.record for f in error.value.findings] == [2, 3, 4] and "wanted 51 x 70 x 3" in error.value.findings[1].what


RELEASE = """
import gc, os, sys, time
from tfrseg.augmenter.geometry import RandomCrop
from tfrseg.reader.pipeline import make_dataset

def count(): return sum(sys.argv[1] in line for line in open("/proc/self/maps")), len(os.listdir("/proc/self/fd"))

def pass_once(how):
    dataset = make_dataset(sys.argv[1], None, batch_size=2, augment=RandomCrop((16, 16)), **how)
    assert sum(1 for _ in dataset) == 3 and count()[0] == before[0] + 3 * (how["reader"] == "mapped")

before = (0, 0)
pass_once({"reader": "stream"})  # what TensorFlow opens once is open now
before = count()
for _ in range(3): pass_once({"reader": "mapped"})
for _ in range(600):  # threads that read ahead end by themselves
    gc.collect()
    if count() == before: sys.exit()
    time.sleep(0.1)
sys.exit(f"{count()} mappings and files; {before} before")
"""


class TestChanges:
    @pytest.mark.parametrize("change", (lambda d: d[:-100], lambda d: d + frame_record(b"more"), lambda d: b"", lambda d: d[:5]))
    def test_a_shard_cut_or_grown_after_it_was_written(self, tmp_path, source, change):
        write_shards(plan_shards(source, tmp_path / "x", schema=RAW_IDS, records_per_shard=4), show_progress=False)
        make_dataset(tmp_path / "x")
        file = sorted((tmp_path / "x").glob("*.tfrecord"))[1]
        file.write_bytes(change(file.read_bytes()))
        with pytest.raises(DataError, match=file.name): make_dataset(tmp_path / "x")
        files = sorted((tmp_path / "x").glob("*.tfrecord"))
        if file.stat().st_size:
            with pytest.raises(DataError, match=file.name): make_dataset(files, None, size=(9, 9))
        else: assert len(make_dataset(files, None, size=(9, 9), batch_size=None)) == 8  # nothing says that it was not empty before

    def test_a_shard_of_the_same_size_with_other_bytes(self, tmp_path, source):
        write_shards(plan_shards(source, tmp_path / "x", schema=RAW_IDS), show_progress=False)
        make_dataset(tmp_path / "x")
        file = next((tmp_path / "x").glob("*.tfrecord"))
        data = bytearray(file.read_bytes())
        data[5000] ^= 1
        file.write_bytes(data)
        with pytest.raises(DataError, match="wrong checksum"): make_dataset(tmp_path / "x")

    def test_a_shard_that_changes_between_index_and_open(self, tmp_path):
        file, = write_raw(tmp_path / "x", [blobs(0)])
        with pytest.raises(DataError, match="cut, replaced or grew"): map_file(file, replace(ShardFacts.of(file), size=file.stat().st_size + 1), file)

    def test_rows_that_are_read_from_the_index_beside_a_shard(self, tmp_path, monkeypatch):
        "Of so many records that their places are not kept in memory; also where another process made the index anew meanwhile."
        samples = [blobs(n) for n in range(6)]
        files = write_raw(tmp_path / "x", samples, 2)
        monkeypatch.setattr("tfrseg.reader.mapped._MOST_ROWS", 0)
        data = make_dataset(tmp_path / "x", None, batch_size=None, dtype="uint8", shuffle=False)
        index_path(files[1]).unlink()
        open_index(files[1], RAW_IDS)
        for _ in range(2):
            for (image, _), s in zip(data.as_numpy_iterator(), samples, strict=True): assert (image == s["image"]).all()

    def test_a_data_set_that_is_replaced_or_removed_while_it_is_open(self, tmp_path):
        samples = [blobs(n) for n in range(6)]
        write_raw(tmp_path / "x", samples, 2)
        iterator = make_dataset(tmp_path / "x", None, batch_size=None, dtype="uint8").as_numpy_iterator()
        next(iterator)
        shutil.rmtree(tmp_path / "x")
        write_raw(tmp_path / "x", [blobs(n + 50) for n in range(6)], 2)
        for (image, _), s in zip(iterator, samples[1:], strict=True): assert (image == s["image"]).all()

    @pytest.mark.skipif(not os.path.exists("/proc/self/maps"), reason="needs /proc to count mappings")
    def test_mappings_and_files_are_released(self, tmp_path):
        "In a process of its own, where nothing else holds arrays, frames or threads."
        write_raw(tmp_path / "x", [blobs(n) for n in range(6)], 3)
        done = subprocess.run([*warm(), "-c", RELEASE, str(tmp_path / "x")], capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]


class TestShared:
    @pytest.mark.skipif(not os.path.exists("/proc/self/maps"), reason="needs /proc to count mappings")
    def test_a_shard_is_mapped_once_for_all_datasets(self, tmp_path):
        files = write_raw(tmp_path / "x", [blobs(n) for n in range(12)], 6)
        def count(): return sum(str(tmp_path) in line for line in open("/proc/self/maps"))

        gc.collect()
        before = count()
        whole = [map_shards(files, RAW_IDS, show_progress=False) for _ in range(5)]
        folds = [map_shards([f for k, f in enumerate(files) if k % 3 != fold], RAW_IDS, show_progress=False) for fold in range(3)]
        assert count() == before + 6
        for n in range(12): assert (whole[4][n]["image"] == blobs(n)["image"]).all()
        wanted = [n for n in range(12) if n // 2 % 3 != 1]
        for k, n in enumerate(wanted): assert (folds[1][k]["mask"] == blobs(n)["mask"]).all()
        del whole
        gc.collect()
        assert count() == before + 6 and (folds[0][0]["image"] == blobs(2)["image"]).all()
        del folds
        gc.collect()
        assert count() == before

    def test_shards_that_come_and_go(self, tmp_path):
        "Any some of them, opened and dropped in any order, from several threads: always the right pixels."
        from concurrent.futures import ThreadPoolExecutor

        files = write_raw(tmp_path / "x", [blobs(n, (9, 11)) for n in range(20)], 20)
        def work(seed):
            rng, held = np.random.default_rng(seed), []
            for _ in range(25):
                some = rng.permutation(20)[:rng.integers(1, 20)]
                held.append((some, map_shards([files[k] for k in some], RAW_IDS, show_progress=False)))
                if len(held) > 3: del held[rng.integers(4)]
                some, mapped = held[rng.integers(len(held))]
                k = rng.integers(len(some))
                assert (mapped[int(k)]["image"] == blobs(int(some[k]), (9, 11))["image"]).all()
            return True

        with ThreadPoolExecutor(4) as pool: assert all(pool.map(work, range(4)))

    @pytest.mark.fault("more shards than a process may map or open", plain="(maps nothing)", ours="as many as half of the files that it may open are mapped at a time; the pixels are right")
    def test_more_shards_than_are_mapped_at_a_time(self, tmp_path, monkeypatch):
        monkeypatch.setattr("tfrseg.reader.mapped.most_mapped", lambda: 5)
        write_raw(tmp_path / "x", [blobs(n, (9, 11)) for n in range(40)], 40)
        dataset = make_dataset(tmp_path / "x", None, batch_size=8, shuffle=True, dtype="uint8")
        seen = np.concatenate([image for image, _ in epoch(dataset)])
        assert sorted(i.tobytes() for i in seen) == sorted(blobs(n, (9, 11))["image"].tobytes() for n in range(40))
        if os.path.exists("/proc/self/maps"): assert 1 <= sum(str(tmp_path) in line for line in open("/proc/self/maps")) <= 5
        assert most_mapped() >= 64

    @pytest.mark.fault("a mapped shard is cut or written over in place between two epochs", plain="an error in the middle of the epoch, or other pixels",
                       ours="an error at the start of the next epoch")
    @pytest.mark.parametrize("change", (lambda f: os.truncate(f, 100), lambda f: os.utime(f, ns=(0, f.stat().st_mtime_ns + 1)), lambda f: f.write_bytes(b"")), ids=("cut", "touched", "emptied"))
    def test_a_shard_that_is_cut(self, tmp_path, change):
        file, = write_raw(tmp_path / "x", [blobs(0)])
        mapped = map_shards([file], RAW_IDS)
        check_files(mapped.files)
        change(file)
        with pytest.raises(DataError, match=f"{file.name}: .* It was cut or written over while it was read"): check_files(mapped.files)

    def test_a_shard_that_is_replaced_stays_what_it_was(self, tmp_path):
        file, = write_raw(tmp_path / "x", [blobs(0)])
        mapped = map_shards([file], RAW_IDS)
        write_raw(tmp_path / "x", [blobs(1)])
        check_files(mapped.files)
        assert (mapped[0]["image"] == blobs(0)["image"]).all() and (map_shards([file], RAW_IDS)[0]["image"] == blobs(1)["image"]).all()


class TestForced:
    def test_encoded(self, shards):
        with pytest.raises(DataError, match="reader='mapped' is not possible: schema tfvision holds encoded images; with cache=DIR"):
            make_dataset(shards, reader="mapped")

    @pytest.mark.parametrize("options, said", (({"reader": "fast"}, "reader='fast'"), ({"start": (0, -1)}, "start="), ({"start": (1, 2, 3, 4)}, "start=")))
    def test_wrong_arguments(self, shards, options, said):
        with pytest.raises(ValueError, match=said): make_dataset(shards, **options)


class TestCache:
    def test_gives_the_same_batches(self, shards, tmp_path):
        options = dict(batch_size=4, augment=RandomCrop((64, 64)), shuffle=False, seed=5)
        stream, cached = make_dataset(shards, **options), make_dataset(shards, cache=tmp_path, show_progress=False, **options)
        assert (stream.reader.split(":")[0], cached.reader) == ("stream", "mapped")
        assert same(epoch(stream.repeat(2)), epoch(cached.repeat(2)))

    def test_each_split_has_its_own_and_is_built_once(self, shards, tmp_path):
        for _ in range(2):
            for split in ("train", "val"): make_dataset(shards, split, cache=tmp_path, show_progress=False)
        assert len(list(tmp_path.iterdir())) == 2

    def test_space_is_estimated_first(self, shards, tmp_path, monkeypatch):
        opened = open_shards(shards)
        assert abs(cache_size(opened) - 12 * 90 * 120 * 4) < 1
        monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 9, 1))
        with pytest.raises(DataError, match="wants about 0 MiB, 0 MiB are free. Choose another cache="): cache_shards(opened, tmp_path)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root to mount a small disk")
    def test_full_disk(self, shards, tmp_path, monkeypatch):
        (tmp_path / "disk").mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "none", tmp_path / "disk"], capture_output=True).returncode:
            pytest.skip("tmpfs cannot be mounted here")
        try:
            monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1 << 40, 0, 1 << 40))
            with pytest.raises(DataError, match="the disk is full; no cache was made"): cache_shards(open_shards(shards), tmp_path / "disk", False)
            assert list((tmp_path / "disk").iterdir()) == []
        finally: subprocess.run(["umount", tmp_path / "disk"])

    def test_killed_at_any_moment_it_starts_over(self, shards, tmp_path):
        "A process that builds is killed before it opens, makes, renames or removes its n-th file; what is there afterwards is nothing, or whole."
        code = ("import os, signal, sys; from tfrseg.storage.shards import open_shards; from tfrseg.reader.cache import cache_shards; o = open_shards(sys.argv[1])\n"
                "for line in sys.stdin:\n"
                "    if pid := os.fork(): print(os.waitpid(pid, 0)[1], flush=True); continue\n"
                "    left = int(line)\n"
                "    def count(event, args):\n"
                "        global left\n"
                "        left -= event in ('open', 'os.mkdir', 'os.rename', 'os.remove', 'os.rmdir') and str(args[0]).startswith(sys.argv[2])\n"
                "        if left == 0: left = -1; os.kill(os.getpid(), signal.SIGKILL)  # which is an event, too\n"
                "    sys.addaudithook(count)\n"
                "    cache_shards(o, sys.argv[2], False); os._exit(0)")
        out = tmp_path / "cache" / f"{shards.name}-{fingerprint(open_shards(shards))}"
        process = subprocess.Popen([*warm(), "-c", code, str(shards), str(tmp_path / "cache")],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        begun = 0
        for moment in range(1, 200, 5):
            print(moment, file=process.stdin, flush=True)
            status = int(process.stdout.readline())
            if status == 0: break
            assert status == signal.SIGKILL and (not out.exists() or load_info(out).records() == 12)
            begun += (tmp_path / "cache").exists() and any((tmp_path / "cache").iterdir())
        process.communicate()
        assert status == 0 and begun > 4
        cached = cache_shards(open_shards(shards), tmp_path / "cache", False)
        assert [p.name for p in (tmp_path / "cache").iterdir()] == [out.name]
        for n in range(12): assert (cached[n]["mask"] == open_shards(shards)[n]["mask"]).all()

    def test_two_at_once(self, shards, tmp_path):
        "One builds, the other waits; both have it."
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: cache_shards(open_shards(shards), tmp_path, False).files, range(4)))
        assert len(set(found)) == 1 and len(list(tmp_path.iterdir())) == 1

    def test_wide_ids_and_names_are_kept(self, tmp_path):
        samples = [blobs(n, (20, 30), "uint16", 60000) for n in range(4)]
        (tmp_path / "x").mkdir()
        write_records(tmp_path / "x" / "a.tfrecord", [serialize_example(encode_example(s)) for s in samples])
        cached = cache_shards(open_shards(tmp_path / "x"), tmp_path / "cache", False)
        for n, s in enumerate(samples):
            found = cached.sample(n)
            assert (found["mask"] == s["mask"]).all() and found["mask"].dtype == np.uint16 and found["name"] == s["name"].encode()

    def test_a_folder_that_is_no_cache_is_left_alone(self, shards, tmp_path):
        opened = open_shards(shards)
        out = tmp_path / f"{shards.name}-{fingerprint(opened)}"
        out.mkdir()
        (out / "thesis.txt").write_text("precious")
        with pytest.raises(DataError, match="holds files, but no data set"): cache_shards(opened, tmp_path, False)
        assert (out / "thesis.txt").read_text() == "precious"


class TestGraph:
    "Pixels are no constant of the graph, and batches are nobody else's."

    def test_batches_that_are_held_do_not_change(self, tmp_path):
        write_raw(tmp_path / "x", [blobs(n) for n in range(40)], 3)
        dataset = make_dataset(tmp_path / "x", None, batch_size=2, augment=CROP, shuffle=True)
        held = [(image, image.numpy().copy(), mask, mask.numpy().copy()) for image, mask in dataset.repeat(3)]
        assert len(held) == 60
        for image, pixels, mask, ids in held: assert (image.numpy() == pixels).all() and (mask.numpy() == ids).all()

    @pytest.mark.slow  # test_passes saves iterators of both readers
    def test_an_iterator_is_saved_and_goes_on(self, tmp_path):
        write_raw(tmp_path / "x", [blobs(n) for n in range(12)], 3)
        dataset = make_dataset(tmp_path / "x", None, batch_size=2, augment=CROP, shuffle=True)
        iterator = iter(dataset)
        for _ in range(2): next(iterator)
        path = tf.train.Checkpoint(iterator).save(str(tmp_path / "saved"))
        wanted = [tuple(t.numpy() for t in batch) for batch in iterator]
        again = iter(dataset)
        tf.train.Checkpoint(again).restore(path)
        assert same([tuple(t.numpy() for t in batch) for batch in again], wanted)

    @pytest.mark.fault("a strategy or an option of tf.data that copies the graph of mapped shards", plain="(maps nothing)", ours="no pixel is in the graph")
    def test_the_graph_holds_no_pixels(self, tmp_path):
        write_raw(tmp_path / "x", [blobs(n, (200, 300)) for n in range(30)], 3)
        dataset = make_dataset(tmp_path / "x", None, batch_size=2, augment=CROP)
        assert len(dataset._as_serialized_graph().numpy()) < 300_000  # of 7 MB
        options = tf.data.Options()
        options.deterministic = False
        assert len(epoch(dataset.with_options(options))) == 15

    def test_a_strategy_gives_the_same(self, tmp_path):
        write_raw(tmp_path / "x", [blobs(n) for n in range(8)], 2)
        options = dict(batch_size=4, augment=RandomCrop((32, 32)), dtype="uint8", seed=1)
        dataset = make_dataset(tmp_path / "x", None, **options)
        distributed = tf.distribute.MirroredStrategy(["CPU:0"]).experimental_distribute_dataset(dataset)
        assert same([tuple(t.numpy() for t in batch) for batch in distributed], epoch(make_dataset(tmp_path / "x", None, **options)))

    def test_without_opencv_it_is_said_where_it_would_help(self, tmp_path, monkeypatch):
        write_raw(tmp_path / "x", [blobs(n) for n in range(4)])
        options = dict(batch_size=2, dtype="uint8", seed=3, shuffle=True)
        fast = make_dataset(tmp_path / "x", None, augment=CROP, **options)
        wanted = epoch(fast)
        monkeypatch.setattr("tfrseg.reader.pipeline.find_opencv", lambda: None)
        monkeypatch.setattr("tfrseg.augmenter.kernel.find_opencv", lambda: None)
        slow = make_dataset(tmp_path / "x", None, augment=CROP, **options)
        assert "without OpenCV; pip install 'tfrseg[fast]'" in slow.reader and same(epoch(slow), wanted)
        assert make_dataset(tmp_path / "x", None, augment=RandomCrop((9, 9)), **options).reader == "mapped"


def in_a_process(code, *arguments, limit=120):
    "What a Python process prints; it is killed after so many seconds."
    done = subprocess.run([*warm(), "-c", code, *map(str, arguments)], capture_output=True, text=True, timeout=limit)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.split("\n")


SERVER = """
import sys, tensorflow as tf
service = tf.data.experimental.service
dispatcher = service.DispatchServer(service.DispatcherConfig(port=0))
worker = service.WorkerServer(service.WorkerConfig(dispatcher_address=dispatcher.target.split("://")[1], heartbeat_interval_ms=100))
print(dispatcher.target, flush=True)
sys.stdin.read()
"""

FORK = """
import os, signal, sys, time
from tfrseg import RandomFlip, make_dataset
dataset = make_dataset(sys.argv[1], None, batch_size=4, augment=RandomFlip(1.0), size=(40, 40), dtype="uint8", shuffle=False)
wanted = [image.numpy() for image, _ in dataset]
iterator = iter(dataset)
next(iterator)
for way in ("old", "new"):
    child = os.fork()
    if not child:
        try:
            if way == "old": next(iterator)
            else: print(way, all((image.numpy() == w).all() for w, (image, _) in zip(wanted, dataset)), flush=True)
        except Exception as e: print(way, type(e).__name__, e, flush=True)
        os._exit(0)
    end = time.monotonic() + 30
    while not (gone := os.waitpid(child, os.WNOHANG)[0]) and time.monotonic() < end: time.sleep(0.05)
    if not gone: print(way, "hangs"); os.kill(child, signal.SIGKILL); os.waitpid(child, 0)
print("parent", (next(iterator)[0].numpy() == wanted[1]).all(), flush=True)
os._exit(0)
"""

STRATEGY = """
import sys
import tensorflow as tf
from tfrseg import RandomCrop, make_dataset

def anonymous(): return next(int(line.split()[1]) >> 10 for line in open("/proc/self/status") if line.startswith("RssAnon"))

options = dict(batch_size=4, augment=RandomCrop((32, 32)), verify=False, show_progress=False)
for _ in make_dataset(sys.argv[1], None, **options): pass
strategy, before = tf.distribute.MirroredStrategy(["CPU:0"]), anonymous()
dataset = make_dataset(sys.argv[2], None, **options)
for _ in strategy.experimental_distribute_dataset(dataset): pass
unordered = tf.data.Options()
unordered.deterministic = False
for _ in dataset.with_options(unordered): pass
print(anonymous() - before)
"""


class TestOtherProcesses:
    @pytest.mark.fault("the tf.data service over shards", plain="(maps nothing)", ours="an error that says that shards are read only by the process that opened them")
    @pytest.mark.parametrize("reader", ("mapped", "stream"))
    def test_the_service_gets_an_error(self, tmp_path, reader):
        write_raw(tmp_path / "x", [blobs(n) for n in range(8)], 2)
        server = subprocess.Popen([*warm(), "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            if not (target := server.stdout.readline().strip()): pytest.skip("no server can be started here")
            dataset = make_dataset(tmp_path / "x", None, batch_size=4, augment=CROP, reader=reader)
            far = dataset.apply(tf.data.experimental.service.distribute("parallel_epochs", target))
            with pytest.raises(tf.errors.InvalidArgumentError, match="shards are read only by the process that opened them"): next(iter(far))
            assert len(epoch(dataset)) == 2  # and here they are read as ever
        finally:
            server.kill()
            server.wait()

    @pytest.mark.fault("a process is forked while shards are read", plain="the child waits forever", ours="an iterator of before the fork raises an error in the child; another one reads the same pixels")
    @pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
    def test_a_fork_after_the_first_batch(self, tmp_path):
        write_raw(tmp_path / "x", [blobs(n) for n in range(12)], 2)
        lines = in_a_process(FORK, tmp_path / "x")
        assert lines[0].startswith("old RuntimeError this iterator was made before the process was forked")
        assert lines[1:3] == ["new True", "parent True"]

    @pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="no /proc")
    def test_a_strategy_does_not_copy_the_shards(self, tmp_path):
        "Two hundred MB of shards; memory grows by less than a quarter."
        big = blobs(1, (2000, 2200))
        write_raw(tmp_path / "x", [blobs(n) for n in range(8)], 2)
        write_raw(tmp_path / "big", [big] * 12, 2)
        assert sum(file.stat().st_size for file in (tmp_path / "big").rglob("*.tfrecord*")) > 200e6
        assert int(in_a_process(STRATEGY, tmp_path / "x", tmp_path / "big")[-2]) < 50

    @pytest.mark.fault("a mapped shard is cut in the middle of an epoch", plain="(maps nothing)", ours="an error that names it, for every block of records that is not being copied at that moment")
    def test_a_shard_that_is_cut_within_an_epoch(self, tmp_path):
        file, = write_raw(tmp_path / "x", [blobs(n) for n in range(40)])
        shards, operation = map_shards([file], RAW_IDS, show_progress=False), Compose(CROP)
        rows = next(iter(epoch_rows(shards, operation, tf.constant([1, 2])))).numpy()
        copier = _copier(shards, operation, ())
        assert len(copier(rows[:8])[0]) == 8
        os.truncate(file, 100_000)
        with pytest.raises(DataError, match="It was cut or written over while it was read"): copier(rows[8:16])
