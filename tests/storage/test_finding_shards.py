"""Which files are shards, and of which split: by what they hold and by one table of names, the same for every reader."""
import gzip
import json
import re
import zlib

import numpy as np
import pytest
from records import read_samples

from tfrseg.cli import main
from tfrseg.storage.image import encode_png
from tfrseg.writer.convert import convert_shards
from tfrseg.core import DataError
from tfrseg.writer.export import export_shards
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.shards import open_shards
from tfrseg.storage.files import as_path
from tfrseg.storage.tfrecord import frame_record, holds_records, write_records
from tfrseg.explorer.summary import summarize
from tfrseg.storage.check import check_shards, repair_shards
from tfrseg.storage.example import serialize_example
from tfrseg.storage.dataset import (SPLIT_WORDS, find_shards, find_unions, list_shards, load_info,
    same_split, split_from_name, split_told)

pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")  # test_assumed holds them

QUIET = {"show_progress": False}


def record(name, value=None, **more):
    "A record with DeepLab's keys, the image of one value."
    value = sum(name.encode()) % 200 if value is None else value
    return serialize_example({"image/encoded": encode_png(np.full((8, 9, 3), value, np.uint8)), "image/filename": name.encode(),
                              "image/segmentation/class/encoded": encode_png(np.full((8, 9, 1), value % 3, np.uint8))} | more)


def put(folder, pack=None, **names):
    "Shards by file name ('__' stands for '.', '___' for '-'), each with records of these names."
    for file, some in names.items():
        path = folder / file.replace("___", "-").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_records(path, [record(name) for name in some.split()])
        if pack: path.write_bytes(pack(path.read_bytes()))
    return folder


def names(path, split=None): return [s["name"].decode() for s in read_samples(path, split)]


# --- by what they hold ---

NAMES = ("train.record", "train.record-00000-of-00001", "train-00.tfrec", "a.tfr", "a.TFRECORD", "train-00000-of-00001", "a.tfrecord.gz", "a.gz", "train/a.tfrecord", "train/0", "part-r-00000",
         "x/y/z", "train.zip", "noending")


@pytest.mark.parametrize("pack", (bytes, gzip.compress, zlib.compress), ids=("plain", "gzip", "zlib"))
@pytest.mark.parametrize("name", NAMES)
def test_a_shard_is_found_by_what_it_holds(tmp_path, name, pack):
    path = tmp_path / "set" / name
    path.parent.mkdir(parents=True)
    write_records(path, [record("a"), record("b")])
    path.write_bytes(pack(path.read_bytes()))
    (tmp_path / "set" / "notes.txt").write_text("no shard")
    assert list_shards(tmp_path / "set") == list_shards(tmp_path / "set", "train") == [path] and names(tmp_path / "set") == ["a", "b"]
    assert load_info(tmp_path / "out") is None and convert_shards(tmp_path / "set", tmp_path / "out", **QUIET).records("train") == 2


def test_compressions_beside_each_other_are_all_read(tmp_path):
    put(tmp_path / "s", train__tfrecord="a b")
    put(tmp_path / "s", gzip.compress, val__tfrecord__gz="c")
    put(tmp_path / "s", zlib.compress, test__tfrecord__zz="d")
    assert sorted(names(tmp_path / "s")) == list("abcd") and names(tmp_path / "s", "val") == ["c"]
    assert main(["convert", str(tmp_path / "s"), str(tmp_path / "out")]) == 0 and load_info(tmp_path / "out").records() == 4


def test_what_is_no_shard_is_named(tmp_path, capsys):
    "Event files of TensorBoard hold records, but no examples; a packed file that holds something else is none either."
    put(tmp_path / "s", train__tfrecord="a")
    (tmp_path / "s/other.gz").write_bytes(gzip.compress(b"something else"))
    (tmp_path / "s/picture.png").write_bytes(encode_png(np.zeros((4, 5, 3), np.uint8)))
    (tmp_path / "s/features.txt").write_text("told")
    write_records(tmp_path / "s/events.out.tfevents.1.host", [b"x"])
    found = find_shards(tmp_path / "s")
    assert [f.name for f in found.files] == ["train.tfrecord"] and found.assumptions == ("passed over, not shards: other.gz, picture.png (give the path of one to read it)",)
    assert main(["info", str(tmp_path / "s")]) == 0 and "passed over, not shards: other.gz, picture.png" in capsys.readouterr().out
    assert convert_shards(tmp_path / "s", tmp_path / "out", **QUIET).assumptions[:1] == found.assumptions
    (tmp_path / "s/train.tfrecord").unlink()
    with pytest.raises(FileNotFoundError, match="no shards and no dataset_info.json here; there are events.* and 1 more"): list_shards(tmp_path / "s")
    with pytest.raises(FileNotFoundError, match="no shards fit this pattern; it fits features.txt, other.gz, picture.png"): list_shards(tmp_path / "s" / "[fop]*")


def test_a_damaged_shard_is_not_passed_over(tmp_path):
    "The first length of a shard that is called like one is broken: it is an error, not a file less."
    put(tmp_path / "s", train__record="a b", val__record="c")
    data = bytearray((tmp_path / "s/val.record").read_bytes())
    data[3] ^= 255
    (tmp_path / "s/val.record").write_bytes(data)
    assert not holds_records(tmp_path / "s/val.record") and len(list_shards(tmp_path / "s")) == 2
    with pytest.raises(DataError, match="val.record, record 0"): open_shards(tmp_path / "s")
    with pytest.raises(DataError, match="val.record, record 0"): convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    assert len(check_shards(tmp_path / "s", **QUIET)) == 1


def test_data_sets_below_are_their_own(tmp_path, shards):
    "A folder of shards may hold a data set of ours: its records are not read twice, and it is named."
    import shutil

    put(tmp_path / "s", train__tfrecord="a")
    shutil.copytree(shards, tmp_path / "s/converted")
    put(tmp_path / "s/backup", train__tfrecord="a")
    found = find_shards(tmp_path / "s")
    assert len(found.files) == 1 and "backup/" in found.assumptions[0] and "converted/ (a dataset of its own)" in found.assumptions[0]
    (tmp_path / "s/train.tfrecord").unlink()
    assert list_shards(tmp_path / "s") == [tmp_path / "s/backup/train.tfrecord"]
    shutil.rmtree(tmp_path / "s/backup")
    with pytest.raises(FileNotFoundError, match="there are converted/ .a dataset of its own."): list_shards(tmp_path / "s")


@pytest.mark.fault("a shard of 0 bytes among others", "counts as no records, without a word", "a finding that names it, for check, convert and repair")
def test_an_empty_shard_is_a_finding(tmp_path, capsys):
    put(tmp_path / "s", train___00000___of___00002__tfrecord="a b")
    empty = tmp_path / "s/train-00001-of-00002.tfrecord"
    empty.write_bytes(b"")
    assert [str(f) for f in check_shards(tmp_path / "s", **QUIET)] == [f"{empty}: the file holds no records"] and names(tmp_path / "s") == ["a", "b"]
    with pytest.raises(DataError, match="00001-of-00002.tfrecord: the file is empty: 0 bytes"): convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    info = convert_shards(tmp_path / "s", tmp_path / "out", on_error="skip", **QUIET)
    assert info.records() == 2 and info.skipped == (f"{empty}: the file is empty: 0 bytes",)
    assert main(["repair", str(tmp_path / "s"), str(tmp_path / "new")]) == 1 and "2 records saved, 1 problem\n" in capsys.readouterr().out
    (tmp_path / "s/train-00000-of-00002.tfrecord").unlink()
    for verb in (["repair", str(tmp_path / "s"), str(tmp_path / "x")], ["info", str(tmp_path / "s")], ["convert", str(tmp_path / "s"), str(tmp_path / "x"), "--on-error", "skip"]):
        capsys.readouterr()
        assert main(verb) == 1
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and empty.name in said, verb
    assert not list(tmp_path.glob("x*"))


def test_a_split_without_records_is_an_error(tmp_path, shards):
    "As a repair leaves it, whose every record of a split was lost."
    info = load_info(shards)
    for where in ("empty", "gone"):
        (tmp_path / where).mkdir()
        for shard in info.shards("train"): (tmp_path / where / shard.file).write_bytes((shards / shard.file).read_bytes())
        told = json.loads((shards / "dataset_info.json").read_text())
        told["splits"]["val"] = told["splits"]["val"][:1] if where == "empty" else []
        for shard in told["splits"]["val"]:
            shard |= {"records": 0, "bytes": 0, "sizes": {}, "pixels": {}, "images": {}, "formats": {}}
            (tmp_path / where / shard["file"]).write_bytes(b"")
        (tmp_path / where / "dataset_info.json").write_text(json.dumps(told))
        for read in (open_shards, read_dataset, make_dataset, summarize):
            with pytest.raises(DataError, match="no records in split 'val'; train has 9, val has 0"): read(tmp_path / where, "val")
        assert open_shards(tmp_path / where).records == 9


# --- one rule for splits ---

TOLD = {"train-00003-of-00010.tfrecord": "train", "pets-train.tfrecord-00000-of-00001": "train", "TRAIN.tfrecord": "train", "cards_train.tfrecord": "train", "my-train-set.tfrecord": "train",
        "train2017.tfrecord": "train", "training.record": "train", "train_00.tfrec": "train", "train-b.tfrecords": "train", "train (2).tfr": "train", "trainset.gz": "train", "train": "train",
        "train_images": "train", "train00-512x512-798.tfrec": "train", "train-550e8400-e29b-41d4-a716-446655440000.tfrecord": "train", "valid.tfrecord": "val", "validation-00000-of-00001.tfrecord": "val",
        "val2012": "val", "eval.tfrecord": "val", "testing.tfrecord": "test", "a-test.record-00001-of-00002": "test", "trainval.tfrecord": "trainval", "train_val.tfrecord": "trainval", "voc-trainval.record": "trainval",
        "train_fine-00000-of-00010.tfrecord": "train_fine", "train-coarse.tfrecord": "train_coarse", "test_dev.tfrecord": "test_dev", "testdev.tfrecord": "testdev", "trainaug": "trainaug", "fold1_train": "train_fold1",
        "train_fold_2": "train_fold2", "dev.tfrecord": "dev", "holdout-00000-of-00001.tfrecord": "holdout", "cards-00000-of-00002.tfrecord": "cards", "a-b.c-00000-of-00002": "b_c", "0001_images.tfrecords": None,
        "valley.tfrecord": None, "tesla": None, "trap.record": None, "data-00000-of-00010.tfrecord": None, "constraint.tfrecord": None, "latest.tfrecord": None}


def test_the_table_of_names():
    assert {name: split_told(name) for name in TOLD} == TOLD
    assert {name: split_from_name(name) for name in TOLD} == {name: split or "train" for name, split in TOLD.items()}
    assert all(split_told(word) == split for word, split in SPLIT_WORDS.items())


def test_a_split_of_ours_is_told_by_the_name_of_its_shard(tmp_path):
    "Whatever splits are called, without the info their shards still say it."
    from tfrseg.storage.dataset import shard_path

    for split in ("train", "val", "test", "trainval", "train_fine", "train_coarse", "holdout", "fold_3", "a1", "Night"):
        assert split_told(shard_path(tmp_path, split, 3, 8)) == split


READERS = {"list_shards": lambda path, split: [f.name for f in list_shards(path, split)], "open_shards": lambda path, split: [f.name for f in open_shards(path, split).files],
           "find_shards": lambda path, split: [f.name for f in find_shards(path, split, unions=False).files]}


@pytest.mark.fault("shards of train_fine and train_coarse, and train is wanted", "whatever the pattern fits", "one table of names for every reader; what is not there is an error that lists what is")
def test_every_reader_has_the_same_rule(tmp_path):
    "Names of all kinds in one folder: what one reader takes for a split, all do, convert included."
    for k, name in enumerate(n for n in TOLD if "/" not in n): write_records(tmp_path / name, [record(f"r{k}")])
    there = sorted({split_from_name(name) for name in TOLD})
    converted = convert_shards(tmp_path, tmp_path.with_name(f"{tmp_path.name}-out"), **QUIET)
    assert sorted(converted.splits) == there
    for split in there:
        wanted = sorted(name for name in TOLD if split_from_name(name) == split)
        for reader, read in READERS.items(): assert sorted(read(tmp_path, split)) == wanted, (reader, split)
        assert converted.records(split) == len(wanted) == len(names(tmp_path, split))
        assert list(convert_shards(tmp_path, tmp_path.with_name(f"{tmp_path.name}-{split}"), split, **QUIET).splits) == [split]
    for split in there[:3]: assert len(list(make_dataset(tmp_path, split, batch_size=None))) == converted.records(split)
    for split in ("tra", "valley", "tesla", "trap", "train_f", "trainval2", "Fold", ""):
        if same_split(split, there) or not split: continue
        for read in (*READERS.values(), read_dataset, make_dataset, summarize, lambda p, s: convert_shards(p, tmp_path.with_name("x"), s, **QUIET)):
            with pytest.raises(ValueError, match=f"no split '{split}'; there are {find_shards(tmp_path).splits[0]}"): read(tmp_path, split)


@pytest.mark.parametrize("asked,given", [("training", "train"), ("validation", "val"), ("valid", "val"), ("testing", "test"), ("TRAIN", "train"), ("train2017", "train")])
def test_a_split_may_be_asked_for_by_another_of_its_names(tmp_path, asked, given):
    put(tmp_path, train__record="a", val__record="b", test__record="c")
    assert list_shards(tmp_path, asked) == [tmp_path / f"{given}.record"]


def test_folders_tell_the_split(tmp_path):
    put(tmp_path / "s/train", a__tfrecord="a", b__tfrecord="b")
    put(tmp_path / "s/validation", a__tfrecord="c")
    put(tmp_path / "s/train_fine", shard___00000___of___00001="d")
    assert {split: len(files) for split, files in find_shards(tmp_path / "s").by_split().items()} == {"train": 2, "train_fine": 1, "val": 1}
    info = convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    assert {split: info.records(split) for split in info.splits} == {"train": 2, "train_fine": 1, "val": 1}
    assert names(tmp_path / "s/validation", "val") == ["c"] and names(tmp_path / "s/validation/a.tfrecord", "val") == ["c"]
    with pytest.raises(ValueError, match="no split 'train'; there are val"): make_dataset(tmp_path / "s/validation")
    export_shards(tmp_path / "s", tmp_path / "files", **QUIET)
    assert (tmp_path / "files/val.txt").read_text() == "c\n" and (tmp_path / "files/train.txt").read_text() == "a\nb\n"


@pytest.mark.fault("a folder whose shards tell no split", "the same records as train and as val", "taken as train, which is said; val is an error")
def test_nameless_shards_are_never_train_and_val(tmp_path, capsys):
    put(tmp_path / "s", **{"1": "a", "2": "b"})
    assert names(tmp_path / "s", "train") == ["a", "b"] and len(make_dataset(tmp_path / "s", size=(4, 4), batch_size=1)) == 2
    for path in (tmp_path / "s", str(tmp_path / "s/*")):
        with pytest.raises(ValueError, match="no split 'val'; there are train .the names of 2 shards such as 1 tell no split, taken as train"): make_dataset(path, "val")
    assert "tell no split, taken as train" in convert_shards(tmp_path / "s", tmp_path / "out", **QUIET).assumptions[0]
    assert main(["info", str(tmp_path / "s"), "--split", "val"]) == 2 and "there are train" in capsys.readouterr().err
    assert names([tmp_path / "s/1"], "val") == ["a"], "a file that is named is what it is called by whoever names it"


def test_patterns_and_lists_follow_the_rule(tmp_path):
    put(tmp_path / "s", train___1__tfrecord="a", val___1__tfrecord="b")
    assert names(str(tmp_path / "s/*.tfrecord"), "val") == names([tmp_path / "s/train-1.tfrecord", tmp_path / "s/val-1.tfrecord"], "val") == ["b"]
    for path in (tmp_path / "s/val-1.tfrecord", [tmp_path / "s/val-1.tfrecord"], str(tmp_path / "s/val-*")):  # what is named is meant
        found = make_dataset(path, size=(4, 4), batch_size=1)
        assert len(found) == 1 and found.assumptions[0] == "no file here is of the split 'train', so all are read, which are of val; split=None says so"
    assert len(make_dataset(str(tmp_path / "s/*"), size=(4, 4), batch_size=1)) == 1, "a pattern that has train gives train"
    with pytest.raises(ValueError, match="no split 'test'; there are val"): make_dataset(tmp_path / "s/val-1.tfrecord", "test")


def test_the_info_of_tfds_names_its_splits(tmp_path):
    "Also such as no table knows."
    put(tmp_path / "s", cards___rare_ones__tfrecord___00000___of___00001="a", cards___validation__tfrecord___00000___of___00001="b")
    (tmp_path / "s/dataset_info.json").write_text(json.dumps({"splits": [{"name": "rare_ones"}, {"name": "validation"}]}))
    assert list(convert_shards(tmp_path / "s", tmp_path / "out", **QUIET).splits) == ["rare_ones", "validation"]
    assert names(tmp_path / "s", "val") == names(tmp_path / "s", "validation") == ["b"]
    for broken in ("[]", "{", '{"splits": 3}', '{"splits": [3]}'):
        (tmp_path / "s/dataset_info.json").write_text(broken)
        try: assert len(list_shards(tmp_path / "s")) == 2
        except DataError as e: assert "invalid JSON" in str(e) or "not a dataset info" in str(e)


# --- unions ---

@pytest.fixture
def deeplab(tmp_path):
    "train, val, and trainval that joins them."
    return put(tmp_path / "deeplab", train___00000___of___00001__tfrecord="a b", val___00000___of___00001__tfrecord="c", trainval___00000___of___00002__tfrecord="b c", trainval___00001___of___00002__tfrecord="a")


@pytest.mark.fault("DeepLab's folder: trainval beside train and val", "every record twice, without a word", "left out where all are read or converted, and said; to be had by its name")
def test_a_union_is_left_out_and_said(deeplab, tmp_path, capsys):
    said = "split trainval is left out, since it joins the records of train and val (--split trainval takes it; Python split='trainval')"
    assert open_shards(deeplab).records == 3 and open_shards(deeplab).assumptions == (said,) and len(list_shards(deeplab)) == 4
    assert len(list(read_dataset(deeplab))) == 3 and said in capsys.readouterr().err
    assert sorted(names(deeplab, "trainval")) == ["a", "b", "c"] and len(read_dataset(deeplab, "trainval")) == 3 and said not in capsys.readouterr().err
    assert main(["info", str(deeplab)]) == 0 and said in capsys.readouterr().out
    assert main(["info", str(deeplab), "--split", "trainval"]) == 0 and re.search(r"records +3 \(trainval 3\)", capsys.readouterr().out)
    info = convert_shards(deeplab, tmp_path / "out", **QUIET)
    assert {s: info.records(s) for s in info.splits} == {"train": 2, "val": 1} and info.assumptions[:1] == (said,)
    assert convert_shards(deeplab, tmp_path / "both", "trainval", **QUIET).records("trainval") == 3
    assert convert_shards(str(deeplab / "*"), tmp_path / "pattern", **QUIET).assumptions[:1] == (said,)
    assert check_shards(deeplab, **QUIET) == [] and repair_shards(deeplab, tmp_path / "new", **QUIET).records("trainval") == 3


def test_unions_by_names_where_the_bytes_differ(tmp_path):
    "Made by another run, with another value beside: the names tell."
    put(tmp_path, train__record="a b", val__record="c")
    write_records(tmp_path / "trainval.record", [record(n, **{"image/source_id": b"again"}) for n in "abc"])
    assert find_unions(find_shards(tmp_path).by_split()) == {"trainval": ("train", "val")}


def test_unions_without_names_by_checksums(tmp_path):
    bare = lambda value: serialize_example({"image/encoded": encode_png(np.full((8, 9, 3), value, np.uint8)), "image/segmentation/class/encoded": encode_png(np.zeros((8, 9, 1), np.uint8))})
    for split, values in {"train": (1, 2), "val": (3,), "test": (4,), "all": (1, 2, 3, 4), "holdout": (3, 4)}.items(): write_records(tmp_path / f"{split}.tfrecord", map(bare, values))
    (tmp_path / "all.tfrecord").write_bytes(gzip.compress((tmp_path / "all.tfrecord").read_bytes()))
    assert find_unions(find_shards(tmp_path).by_split()) == {"holdout": ("test", "val"), "all": ("test", "train", "val")}
    assert open_shards(tmp_path).records == 4


@pytest.mark.parametrize("case", ("more in it", "one only", "numbers that begin anew", "a copy", "damaged"))
def test_what_is_no_union_stays(tmp_path, case):
    put(tmp_path, train__record="a b", val__record="c")
    if case == "more in it": put(tmp_path, trainval__record="a b c d")
    if case == "one only": (put(tmp_path, trainval__record="a b"), (tmp_path / "val.record").unlink())
    if case == "numbers that begin anew": write_records(tmp_path / "test.record", [record(n, 150 + k) for k, n in enumerate("abc")])
    if case == "a copy": put(tmp_path, test__record="c")
    if case == "damaged":
        put(tmp_path, trainval__record="a b c")
        (tmp_path / "trainval.record").write_bytes((tmp_path / "trainval.record").read_bytes()[:-9])
    assert find_unions(find_shards(tmp_path).by_split()) == {}


def test_images_that_stand_twice_are_told(tmp_path, capsys):
    "A split that shares some images with another, and one that has an image twice: counted, and the way to leave them out is named."
    put(tmp_path / "s", train__record="a b c", train_aug__record="a b c d")
    write_records(tmp_path / "s/val.record", [record("e", 77), record("f", 77)])
    assert main(["convert", str(tmp_path / "s"), str(tmp_path / "out")]) == 0
    lines = load_info(tmp_path / "out").assumptions
    assert any(line.startswith("3 images occur in more than one split, such as a of train as a of train_aug (--split") for line in lines)
    assert any(line.startswith("1 images occur more than once in a split, such as e of val as f of val") for line in lines)
    assert "3 images occur in more than one split" in capsys.readouterr().out


def test_records_of_frames_are_no_examples(tmp_path):
    "What holds records of another kind is an error that names it."
    (tmp_path / "s").mkdir()
    (tmp_path / "s/train").write_bytes(frame_record(b"\xff\xff no example"))
    with pytest.raises(DataError, match="train, record 0: not a tf.train.Example"): open_shards(tmp_path / "s")


def test_far_folders_are_looked_through_alike():
    for name, text in (("train.rec", "a"), ("val/0001", "b"), ("notes.txt", None)):
        data = frame_record(record(text)) if text else b"no shard"
        (path := as_path(f"memory://finding/{name}")).fs.pipe_file(path.path, data)
    assert {s: [f.name for f in some] for s, some in find_shards("memory://finding").by_split().items()} == {"train": ["train.rec"], "val": ["0001"]}
    assert names("memory://finding", "val") == ["b"]
