"""Reading bad data: errors name file and record wherever they arise, bad records can be left out and are counted, good ones are saved."""
import ast
import gzip
import io
import json
import shutil
import zlib

import numpy as np
import pytest
import tensorflow as tf
from conftest import PACKAGE, damaged_png
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tfrseg.augmenter.operation import Operation
from tfrseg.cli import main
from tfrseg.storage.image import encode_png, load_image, open_image, probe_image
from tfrseg.core import DataError, Limit
from tfrseg.reader.order import epoch_starts, record_order
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.shards import open_shards, read_sample
from tfrseg.storage.tfrecord import (compression_of, frame_record, index_records, scan_records,
    unpack_records, write_records)
from tfrseg.storage.check import check_shards, find_duplicates, repair_shards
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW, RAW_IDS, SCHEMAS, TFVISION
from tfrseg.storage.dataset import list_shards, load_info

pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")  # test_assumed holds them


def sample(name="x", height=4, width=5, value=0):
    return {"image": np.full((height, width, 3), value, np.uint8), "mask": np.full((height, width, 1), value % 3, np.uint8), "name": name}


def record(schema, roles=(), **options):
    "A record with some features replaced; None takes one away."
    features = encode_example(sample(**options), schema)
    for role, value in dict(roles).items():
        if value is None: del features[schema.key(role)]
        else: features[schema.key(role)] = value
    return serialize_example(features)


def file_of(tmp_path, *records):
    write_records(tmp_path / "some.tfrecord", records)
    return tmp_path / "some.tfrecord"


def twice(schema, role):
    "A record one feature of which has two values."
    example = tf.train.Example.FromString(record(schema))
    feature = example.features.feature[schema.key(role)]
    values = feature.int64_list.value or feature.bytes_list.value
    values.append(values[0])
    return example.SerializeToString()


def webp():
    frames, out = [Image.new("RGB", (5, 4), c) for c in ("red", "blue")], io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


BAD = {
    "nothing": (TFVISION, b"", "no feature image/encoded"), "no example": (TFVISION, b"\xff\xff\xff", "not a tf.train.Example"),
    "no key": (TFVISION, record(TFVISION, {"mask": None}), "no feature image/segmentation/class/encoded"),
    "wrong type": (RAW, record(RAW, {"height": b"4"}), "holds bytes; wanted int"), "two values": (RAW_IDS, twice(RAW_IDS, "height"), "holds 2 values"),
    "too few bytes": (RAW, record(RAW, {"image": b"abc"}), "has 3 bytes; wanted 4 x 5 x 3"), "negative": (RAW_IDS, record(RAW_IDS, {"height": -1}), "wanted positive"),
    "too high": (RAW_IDS, record(RAW_IDS, {"height": 5}), "wanted 5 x 5 x 3"), "no picture": (TFVISION, record(TFVISION, {"image": b"text"}), "cannot be read as an image"),
    "other mask": (TFVISION, record(TFVISION, {"mask": encode_png(np.zeros((5, 4, 1), np.uint8))}), "image is 4 x 5 and mask 5 x 4 pixels"),
    "animation": (TFVISION, record(TFVISION, {"image": webp()}), "more than one frame"), "wide mask": (TFVISION, record(TFVISION, {"mask": encode_png(np.zeros((4, 5, 1), np.uint16))}), "wanted PNG L"),
    "wrong pixels": (TFVISION, record(TFVISION, {"image": damaged_png(encode_png(sample()["image"]))}), "TensorFlow cannot decode it (Invalid PNG data"),
    "wrong mask": (TFVISION, record(TFVISION, {"mask": damaged_png(encode_png(sample()["mask"]))}), "TensorFlow cannot decode it (Invalid PNG data"),
}


@pytest.fixture(params=BAD)
def bad(request, tmp_path):
    "Three good records and a bad one between them; and what is said of it."
    schema, payload, said = BAD[request.param]
    good = [record(schema, name=str(k), value=k) for k in range(3)]
    return file_of(tmp_path, good[0], payload, *good[1:]), said


@pytest.mark.fault("zero-length record, missing key, wrong type, several values, no Example, bytes that do not fit the size, no picture",
                   "InvalidArgumentError or UnicodeDecodeError, without file or record", "an error that names file, record and byte, also inside tf.data")
def test_an_error_in_a_graph_names_file_and_record(bad):
    path, said = bad
    with pytest.raises(tf.errors.InvalidArgumentError) as error: list(read_dataset(path).batch(2))
    assert "DataError: " in error.value.message and f"{path}, record 1, byte" in error.value.message and said in error.value.message
    with pytest.raises(DataError) as error: read_sample(path, 1)
    said = said.replace("TensorFlow cannot decode it (Invalid PNG data", "cannot be ")
    assert f"{path}, record 1, byte" in str(error.value) and said in str(error.value)


def test_an_error_under_fit_names_file_and_record(tmp_path):
    path = file_of(tmp_path, record(TFVISION), record(TFVISION, {"image": b"text"}), record(TFVISION))
    model = tf.keras.Sequential([tf.keras.layers.Conv2D(3, 1)])
    model.compile("sgd", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    pairs = read_dataset(path).map(lambda s: (tf.cast(s["image"], tf.float32), s["mask"])).batch(1)
    with pytest.raises(tf.errors.InvalidArgumentError, match="some.tfrecord, record 1, byte"): model.fit(pairs, verbose=0)


@pytest.mark.fault("records that cannot be used, `ignore_errors`", "dropped without a word; with a missing file it never ends",
                   "raise, or skip: each is listed and an epoch ends with their number; files are checked first")
def test_skipping_lists_and_counts(bad, capfd):
    path, said = bad
    skipped = []
    dataset = read_dataset(path, on_error="skip", skipped=skipped)
    for epoch in range(2):
        assert [s["image"][0, 0, 0] for s in dataset.as_numpy_iterator()] == [0, 1, 2]
        assert "tfrseg: left out 1 of 4 records, the first: " in capfd.readouterr().err
    finding, = skipped
    assert (finding.record, finding.path) == (1, path) and said in finding.what


@pytest.mark.parametrize("place, shuffle", ((0, False), (2, True), *(
    pytest.param(*rest, marks=pytest.mark.slow) for rest in ((0, True), (2, False), (5, True), (5, False)))))
def test_a_stream_names_or_leaves_out_what_cannot_be_decoded(tmp_path, place, shuffle, capfd):
    "The first, one in the middle, the last: in order and shuffled, in every epoch, and with a training that goes on in the middle."
    records = [record(TFVISION, name=str(k), value=k) for k in range(6)]
    records[place] = record(TFVISION, {"image": damaged_png(encode_png(sample()["image"]))})
    path, options = file_of(tmp_path, *records), {"split": None, "batch_size": None, "size": (3, 3), "dtype": "uint8", "shuffle": shuffle}
    with pytest.raises(tf.errors.InvalidArgumentError, match=f"some.tfrecord, record {place}, byte .*cannot decode it .Invalid PNG"):
        list(make_dataset(path, start=(int(shuffle), 0), **options))
    values = lambda dataset: [int(image[0, 0, 0]) for image, _ in dataset.as_numpy_iterator()]
    dataset, good = make_dataset(path, on_error="skip", **options), [k for k in range(6) if k != place]
    epochs = np.split(np.array(values(dataset.repeat(3))), 3)
    assert [sorted(e) for e in epochs] == [good] * 3 and (len(set(map(tuple, epochs))) > 1) == shuffle
    assert capfd.readouterr().err.count(f"tfrseg: left out 1 of 6 records, the first: {path}, record {place}, byte") == 3
    again = make_dataset(path, on_error="skip", start=(1, 2), **options)
    order = [n for n in record_order(6, next(iter(epoch_starts(0, 1)))[0], shuffle, 2).unbatch().as_numpy_iterator() if n != place]
    assert values(again.repeat(2)) == [*order, *epochs[2]]


@pytest.mark.parametrize("policy", ("raise", "skip"))
def test_an_operation_that_fails_is_no_bad_record(tmp_path, policy):
    "It is not left out; the error says what failed, and at which record."
    class Picky(Operation):
        def apply(self, sample, seed):
            with tf.control_dependencies([tf.debugging.Assert(tf.reduce_all(sample["image"] != 2), ["no twos, please"])]):
                return sample | {"image": tf.identity(sample["image"])}

    path = file_of(tmp_path, *(record(TFVISION, name=str(k), value=k) for k in range(4)))
    dataset = make_dataset(path, None, size=(3, 3), augment=[Picky()], on_error=policy)
    with pytest.raises(tf.errors.InvalidArgumentError, match="some.tfrecord, record 2: augmentation failed on this record: .*no twos, please"): list(dataset)


def test_skipping_says_nothing_where_all_is_well(shards, capfd):
    capfd.readouterr()
    assert len(list(read_dataset(shards, on_error="skip"))) == 12 and "left out" not in capfd.readouterr().err
    with pytest.raises(ValueError, match="on_error='ignore'"): read_dataset(shards, on_error="ignore")


@pytest.mark.fault("bit flip in the data", "DataLossError; the rest of the shard is lost", "the error names file and record; skipping loses one record")
def test_a_flipped_bit_costs_one_record(shards, tmp_path):
    folder = shutil.copytree(shards, tmp_path / "s")
    path = list_shards(folder, "train")[1]
    data = bytearray(path.read_bytes())
    data[int(index_records(path)[1, 0]) + 40] ^= 1
    path.write_bytes(data)
    with pytest.raises(tf.errors.InvalidArgumentError, match=f"{path.name}, record 1, byte .*wrong checksum"): list(read_dataset(folder))
    skipped = []
    assert len(list(read_dataset(folder, on_error="skip", skipped=skipped))) == 11 and [f.record for f in skipped] == [1]


@pytest.mark.fault("a shard is missing", "found when its turn comes, or never", "found before the first batch")
def test_a_missing_shard_is_found_first(shards, tmp_path):
    folder = shutil.copytree(shards, tmp_path / "s")
    list_shards(folder, "val")[0].unlink()
    for policy in ("raise", "skip"):
        with pytest.raises(FileNotFoundError, match="the shard is missing"): read_dataset(folder, on_error=policy)


@pytest.mark.fault("wrong compression", "corrupted record at 0", "told by the first bytes; gzip and zlib are unpacked, their checksum verified")
@pytest.mark.parametrize("kind, pack", (("GZIP", gzip.compress), ("ZLIB", zlib.compress), ("GZIP", lambda data: gzip.compress(data[:999]) + gzip.compress(data[999:]))))
def test_compressed_shards_are_read_like_plain_ones(shards, tmp_path, kind, pack):
    plain = list_shards(shards, "train")[0]
    packed = tmp_path / plain.name
    packed.write_bytes(pack(plain.read_bytes()))
    assert compression_of(packed) == kind and compression_of(plain) == ""
    for ours, theirs in zip(read_dataset(packed).as_numpy_iterator(), read_dataset(plain).as_numpy_iterator(), strict=True):
        assert (ours["image"] == theirs["image"]).all() and (ours["mask"] == theirs["mask"]).all()
    assert check_shards(packed, deep=True, show_progress=False) == []
    from tfrseg.reader.pipeline import make_dataset

    assert len(list(make_dataset(packed, None, size=(32, 32), batch_size=1))) == 3


def test_what_tensorflow_compresses_is_read(tmp_path):
    for kind in ("GZIP", "ZLIB"):
        path = tmp_path / f"{kind}.tfrecord"
        with tf.io.TFRecordWriter(str(path), kind) as writer:
            for k in range(3): writer.write(record(TFVISION, name=str(k), value=k))
        assert compression_of(path) == kind and [s["name"] for s in read_dataset(path).as_numpy_iterator()] == [b"0", b"1", b"2"]


@pytest.mark.parametrize("pack", (gzip.compress, zlib.compress))
def test_cut_and_damaged_compressed_shards(shards, tmp_path, pack):
    whole = pack(list_shards(shards, "train")[0].read_bytes())
    for k, data in enumerate((whole[:-1], whole[:len(whole) // 2], whole[:20], whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:])):
        path = tmp_path / f"{k}.tfrecord"
        path.write_bytes(data)
        with pytest.raises(DataError, match=f"{k}.tfrecord.*the compressed file is cut or damaged"): read_dataset(path)
        finding, = check_shards(path, show_progress=False)
        assert finding.path == path


@pytest.mark.fault("gzip bomb", "fills the memory", "unpacked in pieces, up to a limit")
def test_a_bomb_is_capped(tmp_path):
    import resource

    path = tmp_path / "bomb.tfrecord"
    with gzip.open(path, "wb", 1) as file:
        for _ in range(300): file.write(bytes(1 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DataError, match="unpacks to more than 100 MiB"): unpack_records(path, Limit("unpacked", 100))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


@pytest.mark.fault("bit flip in a length", "DataLossError; the rest of the shard is lost", "the next whole record is searched for; what was lost is said")
def test_the_scan_finds_its_way_back(tmp_path):
    "Each bit of each header turned over: every other record is found, whatever lies in between."
    rng = np.random.default_rng(0)
    records = [rng.bytes(60), bytes(100), frame_record(b"a record in a record")[:30], rng.bytes(10)]
    path = file_of(tmp_path, *records)
    whole, offsets = path.read_bytes(), index_records(path)[:, 0] - 12
    for k, start in enumerate(offsets):
        for bit in range(96):
            data = bytearray(whole)
            data[start + bit // 8] ^= 1 << bit % 8
            path.write_bytes(data)
            found = list(scan_records(path))
            assert [d for *_, d, _ in found if d is not None] == records[:k] + records[k + 1:] and sum(f is not None for *_, f in found) == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=80), max_size=6), st.data())
def test_scanning_any_damage_never_lies(tmp_path_factory, records, data):
    "Random records, a random stretch overwritten: what the scan gives as good was written, in order, and all the damage is reported."
    path = tmp_path_factory.mktemp("scan") / "a.tfrecord"
    write_records(path, records)
    whole = path.read_bytes()
    assert [d for *_, d, _ in scan_records(path)] == records
    if not whole: return
    at = data.draw(st.integers(0, len(whole) - 1))
    new = data.draw(st.binary(min_size=1, max_size=30))
    changed = whole[:at] + new + whole[at + len(new):]
    path.write_bytes(changed)
    found = list(scan_records(path))
    left = iter(records)
    if len(new) < 12: assert all(any(d == r for r in left) for *_, d, _ in found if d is not None)
    if changed[:len(whole)] != whole: assert any(f for *_, f in found)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_as_a_shard(tmp_path_factory, data):
    "Arbitrary bytes crash nothing: findings, or a DataError."
    path = tmp_path_factory.mktemp("any") / "a.tfrecord"
    path.write_bytes(data)
    check_shards(path, show_progress=False)
    try: open_shards(path)
    except DataError: pass


PICTURES = {kind: out.getvalue() for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
            if not Image.fromarray(np.arange(240, dtype=np.uint8).reshape(8, 10, 3)).save(out := io.BytesIO(), kind)}


@pytest.mark.fault("truncated, damaged, empty pictures, no pictures at all", "assorted errors, or grey areas", "DataError that names the file")
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(PICTURES)), st.data())
def test_any_damage_to_a_picture_is_an_answer(kind, data):
    "Cut, overwritten, lengthened: a picture comes out, or one kind of error."
    whole = PICTURES[kind]
    at = data.draw(st.integers(0, len(whole)))
    changed = whole[:at] + data.draw(st.binary(max_size=12)) + whole[at + data.draw(st.integers(0, 40)):]
    for look in (probe_image, open_image, load_image):
        try: look(changed, "some")
        except DataError as e: assert str(e).startswith("some: ")


@pytest.mark.fault("animated WebP inside a record", "SIGABRT, heap corruption", "never handed to TensorFlow")
def test_an_animation_in_a_record_never_reaches_tensorflow(tmp_path):
    path = file_of(tmp_path, record(TFVISION), record(TFVISION, {"image": webp()}))
    with pytest.raises(tf.errors.InvalidArgumentError, match="more than one frame"): list(read_dataset(path))


@pytest.mark.fault("grey, LA, RGBA, CMYK, interlaced, progressive, wrong ending, TIFF, BMP, GIF", "ranks and channels vary; TIFF refused", "one rule: RGB uint8, alpha dropped")
@pytest.mark.parametrize("mode", ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I;16"))
@pytest.mark.parametrize("kind", ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"))
def test_images_of_every_mode(tmp_path, write, mode, kind):
    from tfrseg.sources.source import folder_source

    pixels = np.random.default_rng(0).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    picture = Image.fromarray(pixels[..., 0].astype(np.uint16) * 257) if mode == "I;16" else Image.fromarray(pixels).convert(mode)
    for sub in ("img", "seg"): (tmp_path / sub).mkdir()
    try: picture.save(tmp_path / "img" / "a.png", kind)  # the ending says PNG, whatever it is
    except (OSError, ValueError): pytest.skip(f"Pillow writes no {mode} as {kind}")
    try: Image.open(tmp_path / "img" / "a.png").load()
    except OSError: pytest.skip(f"this Pillow writes {mode} as {kind}, and cannot read it")
    Image.fromarray(pixels[..., 0] % 3).save(tmp_path / "seg" / "a.png")
    got = read_sample(write(folder_source(tmp_path / "img", tmp_path / "seg", show_progress=False)))
    assert got["image"].shape == (12, 16, 3) and got["image"].dtype == np.uint8 and (got["image"] == load_image(tmp_path / "img" / "a.png")).all()


def contents(folder):
    "The files of a data set by name; what is kept of them for readers is none."
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".index"}


class TestRepair:
    def test_all_good_records_are_saved(self, shards, tmp_path):
        "A flipped bit, a cut file, a missing shard: what is lost is said, the rest is there, and the old set is untouched."
        folder = shutil.copytree(shards, tmp_path / "s")
        one, two, three = list_shards(folder, "train")
        lone, = list_shards(folder, "val")
        names = [s["name"] for s in read_dataset(folder).as_numpy_iterator()]
        data = bytearray(one.read_bytes())
        data[int(index_records(one)[1, 0]) + 9] ^= 64
        one.write_bytes(data)
        two.write_bytes(two.read_bytes()[:-10])
        lone.unlink()
        before = {p.name: p.read_bytes() for p in folder.iterdir()}
        info = repair_shards(folder, tmp_path / "new", show_progress=False)
        assert {p.name: p.read_bytes() for p in folder.iterdir()} == before and check_shards(tmp_path / "new", deep=True, show_progress=False) == []
        assert [s["name"] for s in read_dataset(tmp_path / "new").as_numpy_iterator()] == [names[k] for k in (0, 2, 3, 4, 6, 7, 8)]
        assert len(info.skipped) == 3 and info.records("val") == 0 and info == load_info(tmp_path / "new")
        for line, said in zip(info.skipped, (f"{one}, record 1, byte", f"{two}, record 2, byte", f"{lone}: the shard is missing: 3 records are lost")):
            assert line.startswith(said)

    @pytest.mark.parametrize("schema", SCHEMAS.values(), ids=lambda s: s.name)
    def test_a_whole_data_set_comes_out_the_same(self, source, write, tmp_path, schema):
        out = write(source, schema=schema, records_per_shard=5)
        info = repair_shards(out, tmp_path / "new", show_progress=False)
        assert info == load_info(out) and contents(out) == contents(tmp_path / "new")

    def test_without_info(self, shards, tmp_path):
        folder = shutil.copytree(shards, tmp_path / "s")
        (folder / "dataset_info.json").unlink()
        info = repair_shards(folder, tmp_path / "new", show_progress=False)
        assert info.records() == 12 and info.skipped == () and info.total("pixels") == load_info(shards).total("pixels")

    def test_nothing_good(self, tmp_path):
        (tmp_path / "s").mkdir()
        file_of(tmp_path / "s", b"no example")
        with pytest.raises(DataError, match="not one good record"): repair_shards(tmp_path / "s", tmp_path / "new", show_progress=False)
        assert not (tmp_path / "new").exists()

    def test_the_command(self, shards, tmp_path, capsys):
        folder = shutil.copytree(shards, tmp_path / "s")
        assert main(["repair", str(folder), str(tmp_path / "a")]) == 0 and "12 records saved, 0 problems" in capsys.readouterr().out
        list_shards(folder, "val")[0].unlink()
        assert main(["repair", str(folder), str(tmp_path / "b")]) == 1 and "9 records saved, 1 problem\n" in capsys.readouterr().out


def test_check_as_json(shards, tmp_path, capsys):
    folder = shutil.copytree(shards, tmp_path / "s")
    assert main(["check", str(folder), "--json"]) == 0 and json.loads(capsys.readouterr().out) == {"path": str(folder), "problems": []}
    path = list_shards(folder, "train")[0]
    path.write_bytes(path.read_bytes()[:-1])
    assert main(["check", str(folder), "--json"]) == 1
    problem, = json.loads(capsys.readouterr().out)["problems"]
    assert problem["path"] == str(path) and problem["record"] == 2 and "ends inside the data" in problem["what"]


def test_duplicates_across_splits(shards, tmp_path, capsys):
    folder = shutil.copytree(shards, tmp_path / "s")
    assert find_duplicates(folder, show_progress=False) == [] and main(["check", str(folder), "--duplicates"]) == 0
    train, val = list_shards(folder, "train")[0], list_shards(folder, "val")[0]
    (folder / "dataset_info.json").unlink()
    write_records(val, [train.read_bytes()[o:o + n] for o, n in index_records(train)[:1]])
    finding, = find_duplicates(folder, show_progress=False)
    assert finding.path == val and finding.what == f"the same image as {train.name}, record 0"
    assert main(["check", str(folder), "--duplicates"]) == 1 and "the same image as" in capsys.readouterr().out


# The command opens Jupyter, the door starts a process that holds TensorFlow's log; work goes to an engine's nodes as pickles, and its address is tried.
STARTS = {"cli.py": {"subprocess"}, "door.py": {"subprocess"}, "writer/engines.py": {"pickle", "socket"}}
BANNED = {"pickle", "marshal", "shelve", "subprocess", "socket", "urllib.request", "http.client", "requests", "dill"}


def names_imported(node) -> set[str]:
    "What an import names: modules, and what is taken from them, but for a function that makes a path."
    if isinstance(node, ast.Import): names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom): names = [node.module or ""] * any(alias.name != "url2pathname" for alias in node.names)
    else: return set()
    return {part for name in names for part in (name, name.split(".")[0])}


@pytest.mark.fault("pickle, eval, shell, network", "-", "never")
def test_no_module_runs_what_it_reads():
    "No eval, exec, pickle, marshal, shell or socket anywhere in the package, but for `STARTS`."
    paths = sorted(PACKAGE.rglob("*.py"))
    assert len(paths) > 100
    for path in paths:
        where = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name): assert node.func.id not in ("eval", "exec", "compile", "__import__"), where
            assert not names_imported(node) & (BANNED - STARTS.get(where, set())), where
            if isinstance(node, ast.Attribute): assert node.attr not in ("system", "popen"), where
            if isinstance(node, ast.keyword): assert node.arg != "shell", where
            if isinstance(node, ast.keyword) and node.arg == "allow_pickle": assert node.value.value is False, where
