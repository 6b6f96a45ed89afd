"""Bands, depth, overlapping classes, objects, negative numbers and facts through writer and readers, bit by bit."""
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from conftest import HELPERS
from crossing import crossed

from tfrseg.augmenter import (Compose, CropOrPad, FromNumpy, RandomCrop, RandomFlip, RandomRotate90, RandomRotation,
                              RandomShift, Resize)
from tfrseg.core import DataError
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.check import check_shards, repair_shards
from tfrseg.storage.dataset import load_info
from tfrseg.storage.schema import RAW_IDS, TFVISION, with_targets
from tfrseg.storage.shards import open_shards
from tfrseg.storage.target import Target, as_table, count_bits, unknown_bit
from tfrseg.writer.write import plan_shards, write_shards

sys.path.insert(0, str(HELPERS))
from tables import CLASSES, TABLE, make_source  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")  # test_assumed holds them

ARRAYS = [t.name for t in TABLE if t.moves]
OUTPUTS = ({name: name for name in ARRAYS if name != "mask"}, "mask", ("patient", "age", "dose", "name"))
FILLS = {t.name: t.border for t in TABLE if t.moves}


def written(folder, schema=RAW_IDS, **how):
    source, samples = make_source(**how)
    info = write_shards(plan_shards(source, folder, schema=schema, records_per_shard=4), show_progress=False)
    return info, samples


KINDS = "raw_ids", "tfvision"
MAPPED_AT_ONCE = "raw_ids", pytest.param("tfvision", marks=pytest.mark.slow)


@pytest.fixture(scope="module", params=KINDS)
def shards(request, tmp_path_factory):
    "A data set of all kinds, images of different sizes, and the arrays that went in."
    folder = tmp_path_factory.mktemp("tables") / request.param
    return folder, *written(folder, {"raw_ids": RAW_IDS, "tfvision": TFVISION}[request.param])


def same(got, wanted):
    for name in ARRAYS:
        np.testing.assert_array_equal(got[name], wanted[name], err_msg=name)
        assert np.asarray(got[name]).dtype == wanted[name].dtype


def by_name(batch):
    "The parts of a batch of `OUTPUTS` by name."
    arrays, mask, (patient, age, dose, name) = batch
    return arrays | {"mask": mask, "patient": patient, "age": age, "dose": dose, "name": name}


# ---- down and up

def test_every_number_comes_back(shards):
    folder, info, samples = shards
    stored = open_shards(folder)
    assert [t.name for t in stored.targets] == [t.name for t in TABLE] and info == load_info(folder)
    for number, wanted in enumerate(samples):
        same(stored[number], wanted)
        assert (stored[number]["patient"], stored[number]["age"], stored[number]["dose"]) == \
            (f"P{number}".encode(), 40 + number, number / 2)
    assert check_shards(folder, deep=True, show_progress=False) == []


def test_a_whole_sample_in_a_graph(shards):
    folder, _, samples = shards
    for number, got in enumerate(read_dataset(folder).as_numpy_iterator()):
        same(got, samples[number])
        assert (got["patient"], got["age"], got["dose"]) == (f"P{number}".encode(), 40 + number, number / 2)
    assert number == len(samples) - 1


def test_the_graph_decoder_is_the_numpy_decoder(shards):
    from tfrseg.reader.decode import sample_of
    folder, _, samples = shards
    stored = open_shards(folder)
    for number in range(2): same({k: v.numpy() for k, v in sample_of(stored.record(number), stored).items()}, samples[number])


def test_classes_are_counted_by_bit(shards):
    _, info, samples = shards
    wanted = {}
    for sample in samples:
        for k, count in count_bits(sample["mask"], 9).items(): wanted[k] = wanted.get(k, 0) + count
    assert info.total("pixels") == wanted and 1 << 15 in wanted and info.labels.class_names == CLASSES


def test_statistics_are_those_of_numpy(shards):
    _, info, samples = shards
    assert set(info.stats) == {"image", "depth", "scan", "weight"}
    for name, stats in info.stats.items():
        rows = np.concatenate([s[name].reshape(-1, s[name].shape[2]) for s in samples]).astype(np.float64)
        np.testing.assert_allclose(stats.mean, rows.mean(0), rtol=1e-6)
        np.testing.assert_allclose(stats.std, rows.std(0), rtol=1e-6)
        assert (stats.low, stats.high) == (tuple(rows.min(0)), tuple(rows.max(0)))
        if name != "depth": np.testing.assert_allclose(stats.percentiles[0], np.percentile(rows[:, 0], (1, 2, 5, 25, 50, 75, 95, 98, 99)))


# ---- batches

def ways(folder, tmp_path):
    "The same data set, mapped or streamed, and from a cache."
    yield {"reader": "auto"}
    yield {"reader": "stream"}
    yield {"reader": "auto", "cache": tmp_path / "cache"}


def test_all_readers_give_the_same(shards, tmp_path):
    folder, *_ = shards
    how = dict(size=(40, 48), augment=[RandomFlip(0.5, 0.5)], batch_size=4, outputs=OUTPUTS, dtype="kept",
               shuffle=True, seed=3, show_progress=False)
    first, *others = [list(make_dataset(folder, **how, **way).as_numpy_iterator()) for way in ways(folder, tmp_path)]
    assert len(first) == 2
    for other in others:
        for one, two in zip(first, other, strict=True):
            for name, part in by_name(one).items(): np.testing.assert_array_equal(part, by_name(two)[name], err_msg=name)


def test_a_cache_of_targets_is_mapped(shards, tmp_path):
    folder, *_ = shards
    batches = make_dataset(folder, size=(40, 48), cache=tmp_path, show_progress=False)
    assert batches.reader.startswith("mapped")


ALONE = RandomFlip(1.0, 1.0), RandomRotate90((1,)), RandomShift(30, 30, 1.0)


@pytest.mark.parametrize("shards, operation", [*crossed(KINDS, (CropOrPad((100, 30)), Compose((RandomFlip(0.5, 0.5), RandomRotate90(), RandomShift(20, 20, 1.0), RandomCrop((70, 90)))))),
                                               *(pytest.param(kind, op, marks=pytest.mark.slow) for kind in KINDS for op in ALONE)], indirect=["shards"])
def test_exact_operations_are_indexing(shards, operation):
    "What moves is a view of the array with its fill around; every target by the same draw."
    folder, _, samples = shards
    got = [by_name(sample) for sample in make_dataset(folder, None, batch_size=None, augment=operation, outputs=OUTPUTS, dtype="kept",
                                                      shuffle=False, show_progress=False, ignore_label=None).as_numpy_iterator()]
    for sample, wanted in zip(got, samples, strict=True):
        height, width = wanted["image"].shape[:2]
        known = find_places(sample["image"], wanted["image"])
        for name in ARRAYS:
            flat = wanted[name].reshape(height * width, -1)
            expected = np.where(known[..., None] >= 0, flat[np.maximum(known, 0)], np.array(FILLS[name], wanted[name].dtype))
            np.testing.assert_array_equal(sample[name], expected, err_msg=name)


def find_places(image, source):
    "For each pixel of an image, where in the source its five bands come from; -1 for the fill."
    table = {pixel.tobytes(): k for k, pixel in enumerate(source.reshape(-1, source.shape[2]))}
    flat = image.reshape(-1, image.shape[2])
    return np.array([table.get(pixel.tobytes(), -1) for pixel in flat]).reshape(image.shape[:2])


@pytest.mark.parametrize("shards", MAPPED_AT_ONCE, indirect=True)
def test_warps_keep_ids_and_bits(shards):
    folder, _, samples = shards
    how = dict(augment=[RandomRotation((20, 50)), RandomCrop((40, 40))], batch_size=3, outputs=OUTPUTS, dtype="kept", show_progress=False)
    for batch in make_dataset(folder, **how).as_numpy_iterator():
        parts = by_name(batch)
        for row, name in enumerate(parts["name"]):
            source = samples[int(name[1:])]
            for ids in ("mask", "objects", "weight"):
                assert set(np.unique(parts[ids][row])) <= {*np.unique(source[ids]).tolist(), FILLS[ids]}, ids
            assert parts["image"][row].max() <= source["image"].max() and parts["scan"][row].min() >= -1024
            assert 0 <= parts["depth"][row].min() and parts["depth"][row].max() <= source["depth"].max() * 1.0001
        assert (parts["mask"] == unknown_bit("uint16")).any(), "something comes from beyond the border"


def test_what_nobody_asks_for_is_not_read(shards, monkeypatch):
    from tfrseg.reader import stream
    folder, _, samples = shards
    seen, whole = [], stream.stored_array
    monkeypatch.setattr(stream, "stored_array", lambda features, schema, name: seen.append(name) or whole(features, schema, name))
    batches = make_dataset(folder, size=(40, 40), outputs=("image", "depth"), reader="stream", show_progress=False)
    next(iter(batches))
    assert set(seen) == {"image", "mask", "depth"}


STRUCTURES = "image", ["image", "mask"], {"x": "depth"}, (("image",), {"a": ("mask", "age")})


@pytest.mark.parametrize("shards, size, outputs", crossed(KINDS, (None, 5), STRUCTURES, every=3), indirect=["shards"])
def test_any_structure(shards, size, outputs):
    folder, *_ = shards
    made = make_dataset(folder, size=(40, 40), outputs=outputs, batch_size=size, show_progress=False)
    assert isinstance(made.element_spec, tf.TensorSpec if outputs == "image" else dict if isinstance(outputs, dict) else tuple)
    next(iter(made))


@pytest.mark.parametrize("shards", MAPPED_AT_ONCE, indirect=True)
def test_float32_is_for_the_image_alone(shards):
    folder, *_ = shards
    for augment in (None, Resize((40, 40))):
        spec = make_dataset(folder, size=(40, 40), augment=augment, outputs={n: n for n in ARRAYS}, show_progress=False).element_spec
        assert {n: s.dtype.name for n, s in spec.items()} == {"image": "float32", "mask": "uint16", "depth": "float32",
                                                             "objects": "int32", "scan": "int16", "weight": "uint8"}


def test_a_function_of_arrays_sees_all_targets(shards):
    folder, _, samples = shards

    def brighter(sample, seed):
        assert {*sample} >= {*ARRAYS}
        return sample | {"scan": sample["scan"] + np.int16(1)}

    got = next(iter(make_dataset(folder, None, batch_size=None, augment=FromNumpy(brighter), outputs=OUTPUTS, dtype="kept", shuffle=False,
                                 show_progress=False)))
    np.testing.assert_array_equal(got[0]["scan"], samples[0]["scan"] + 1)


@pytest.mark.parametrize("bad, text", [(dict(outputs=("image", "dpth")), "'dpth'; wanted some of image, mask, depth, objects, scan, weight"),
                                       (dict(outputs="age"), "no array"), (dict(dtype="uint8"), "images are uint16; wanted 'kept'"),
                                       (dict(dtype="int8"), "kept")])
def test_what_cannot_be_asked_for(shards, bad, text):
    with pytest.raises(ValueError, match=text.replace("'", ".")): make_dataset(shards[0], size=(40, 40), show_progress=False, **bad)


# ---- what is wrong is said

def test_shards_without_their_info(shards, tmp_path):
    folder, _, samples = shards
    file = next(folder.glob("*.tfrecord"))
    alone = tmp_path / file.name
    alone.write_bytes(file.read_bytes())
    with pytest.raises(DataError, match="no dataset_info.json says which.*with_targets"): open_shards(alone)
    keys = {"raw_ids": RAW_IDS, "tfvision": TFVISION}[folder.name]
    number = int(file.name[6:11]) * 4
    same(open_shards(alone, schema=with_targets(keys, TABLE))[0], samples[number])
    other = with_targets(keys, [replace(t, channels=4, bands=()) if t.name == "image" else t for t in TABLE])
    with pytest.raises(DataError, match="channels and dtype 5, uint16; wanted 4, uint16"): open_shards(alone, schema=other)


def test_a_bit_that_is_no_class(tmp_path):
    source, samples = make_source(2)
    labels = replace(source.labels, class_names=CLASSES[:4])
    with pytest.raises(DataError, match="mask 0: value .* 4 classes that overlap go up to 15"):
        write_shards(plan_shards(replace(source, labels=labels), tmp_path / "out"), show_progress=False)
    assert not (tmp_path / "out").exists()


def test_damaged_records_are_found_and_left_out(shards, tmp_path):
    folder, info, samples = shards
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in folder.iterdir():
        if not file.name.endswith(".index"): (broken / file.name).write_bytes(file.read_bytes())
    file = sorted(broken.glob("*.tfrecord"))[0]
    data = bytearray(file.read_bytes())
    data[5000] ^= 255
    file.write_bytes(bytes(data))
    findings = check_shards(broken, deep=True, show_progress=False)
    assert len(findings) == 1 and findings[0].record == 0 and "checksum" in findings[0].what
    repaired = repair_shards(broken, tmp_path / "repaired", show_progress=False)
    assert repaired.records() == len(samples) - 1 and repaired.targets == info.targets
    same(open_shards(tmp_path / "repaired")[0], samples[1])
    with pytest.raises(DataError, match="record 0"): open_shards(broken)[0]


def test_nodata_becomes_the_fill_and_is_counted(tmp_path):
    table = as_table([Target("image", channels=2, dtype="int16", nodata=-9999, fill=-1), Target("depth", "field", nodata=float("nan"))])
    image = np.arange(48, dtype=np.int16).reshape(4, 6, 2)
    depth = np.ones((4, 6, 1), np.float32)
    image[0, 0], image[1, 1, 0], depth[2:] = -9999, -9999, np.nan
    source, _ = make_source(1, (4, 6))
    pair = replace(source.pairs[0], image=replace(source.pairs[0].image, array=image), mask=None,
                   others=(("depth", replace(source.pairs[0].image, array=depth)),), facts=())
    source = replace(source, pairs=(pair,), targets=table)
    info = write_shards(plan_shards(source, tmp_path / "out"), show_progress=False)
    got = open_shards(tmp_path / "out")[0]
    assert got["image"][0, 0].tolist() == [-1, -1] and got["image"][1, 1].tolist() == [-1, 15] and not got["depth"][2:].any()
    assert (info.stats["image"].nodata, info.stats["image"].pixels, info.stats["depth"].nodata) == (2, 22, 12)
    assert info.stats["image"].low == (2.0, 3.0) and info.stats["depth"].mean == (1.0,)


def test_floats_that_are_not_finite(tmp_path):
    source, samples = make_source(2)
    samples[1]["depth"][3, 3] = np.inf
    with pytest.raises(DataError, match="p1: depth has 1 of .* values that are not finite"):
        write_shards(plan_shards(source, tmp_path / "out"), show_progress=False)


# ---- a writer that is stopped

def test_a_stopped_writer_goes_on_with_what_it_counted(tmp_path, monkeypatch):
    from tfrseg.writer import write as writer
    source, _ = make_source(6)
    plan = plan_shards(source, tmp_path / "a", records_per_shard=2)
    whole = write_shards(plan, show_progress=False)
    encode = writer.encode_pair

    def stopping(pair, *given):
        if pair.name == "p5": raise KeyboardInterrupt
        return encode(pair, *given)

    monkeypatch.setattr(writer, "encode_pair", stopping)
    plan = plan_shards(source, tmp_path / "b", records_per_shard=2)
    with pytest.raises(KeyboardInterrupt): write_shards(plan, workers=1, resume=True, show_progress=False)
    monkeypatch.setattr(writer, "encode_pair", encode)
    assert write_shards(plan, resume=True, show_progress=False) == whole
    for file in sorted((tmp_path / "a").iterdir()): assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
    assert write_shards(plan, resume=True, show_progress=False) == whole


def test_splits_of_other_pixels(tmp_path):
    source, _ = make_source(3)
    other, _ = make_source(3, table=as_table([replace(t, channels=3, dtype="uint8", bands=()) if t.name == "image" else t for t in TABLE]))
    with pytest.raises(DataError, match="split 'train' holds image uint16 x 5.*split 'val' holds image uint8 x 3"):
        plan_shards({"train": source, "val": other}, tmp_path / "out")


def test_the_default_table_is_no_table(tmp_path):
    "RGB of 8 bits and ids are written as they always were, whoever says that they are the table."
    from tfrseg.cards import CARD_CLASSES, make_folder
    from tfrseg.sources.source import folder_source
    folder = make_folder(tmp_path / "cards", 4, (48, 64))
    source = folder_source(folder / "img", folder / "seg", class_names=CARD_CLASSES)
    for name, one in (("a", source), ("b", replace(source, targets=as_table([Target("image"), Target("mask", "ids")])))):
        write_shards(plan_shards(one, tmp_path / name, schema=RAW_IDS), show_progress=False)
    for file in sorted((tmp_path / "a").iterdir()): assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
    assert not load_info(tmp_path / "a").targets and '"format_version": 1' in Path(tmp_path / "a" / "dataset_info.json").read_text()


# ---- what was there before works for them, too

def test_bad_records_are_left_out(shards, tmp_path):
    folder, _, samples = shards
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in folder.iterdir():
        if not file.name.endswith(".index"): (broken / file.name).write_bytes(file.read_bytes())
    file = sorted(broken.glob("*.tfrecord"))[0]
    data = bytearray(file.read_bytes())
    data[5000] ^= 255
    file.write_bytes(bytes(data))
    batches = make_dataset(broken, size=(40, 40), batch_size=2, outputs=OUTPUTS, shuffle=False, on_error="skip", show_progress=False)
    names = [name for batch in batches.as_numpy_iterator() for name in by_name(batch)["name"]]
    assert names == [f"p{k}".encode() for k in range(1, len(samples))]


def test_classes_of_bits_are_balanced_and_weighted(tmp_path):
    from tfrseg.storage.counts import class_weights
    source, samples = make_source(6, (40, 48))
    for k, sample in enumerate(samples):
        sample["mask"][:] = np.uint16(1) if k else np.uint16(3)
        sample["mask"][0] = 1 << 15
    info = write_shards(plan_shards(source, tmp_path / "out"), show_progress=False)
    made = make_dataset(tmp_path / "out", balance=0.5, outputs=("image", "name"), batch_size=None, show_progress=False)
    assert made.draws and "class 1 is in 16.7% of the images" in made.draws[0]
    assert set(class_weights(info)) == {0, 1} and class_weights(info)[1] > class_weights(info)[0]
    assert info.total("pixels") == {0: 6 * 39 * 48, 1: 39 * 48, 1 << 15: 6 * 48}


@pytest.mark.parametrize("shards", MAPPED_AT_ONCE, indirect=True)
def test_a_subset_by_name_and_a_resumed_epoch(shards):
    folder, *_ = shards
    how = dict(size=(40, 40), batch_size=1, outputs=("depth", "name"), seed=5, show_progress=False)
    some = make_dataset(folder, records=["p3", "p1"], shuffle=False, **how)
    assert [name[0] for _, name in some.as_numpy_iterator()] == [b"p3", b"p1"]
    whole = list(make_dataset(folder, **how).repeat(2).as_numpy_iterator())
    rest = list(make_dataset(folder, start=(1, 2), **how).as_numpy_iterator())
    for one, other in zip(whole[-len(rest):], rest, strict=True):
        np.testing.assert_array_equal(one[0], other[0])
        assert one[1] == other[1]


def test_light_is_meant_for_the_values_that_are_there(tmp_path):
    "12 bits in 16: noise of 10 grey levels is 10 of 255 parts of 0 to 4095, unless the table says limits."
    from tfrseg.augmenter import GaussianNoise
    from tfrseg.reader.pipeline import AssumptionWarning
    source, samples = make_source(2, (64, 64))
    for sample in samples:
        sample["image"][:] = 2000
        sample["image"][0, 0], sample["image"][0, 1] = 0, 4095
    how = dict(augment=GaussianNoise((10.0, 10.0)), dtype="kept", batch_size=None, shuffle=False, show_progress=False)
    for limits, spread in (((), 4095), ((0, 65535), 65535)):
        out = tmp_path / str(spread)
        write_shards(plan_shards(source.with_target("image", limits=limits), out), show_progress=False)
        if limits: batches = make_dataset(out, **how)
        else:
            with pytest.warns(AssumptionWarning, match="values for 0 to 4095"): batches = make_dataset(out, **how)
        noise = next(iter(batches))[0].numpy()[1:].astype(float).std()
        assert 0.5 < noise / (10 / 255 * spread) < 1.5
