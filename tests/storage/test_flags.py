"""Lists of records: any name comes back, an old list stays what it was, and exactly the flagged records are left out."""
import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfrseg.cli import main
from tfrseg.core import DataError, Pair
from tfrseg.explorer.browser import explore_records
from tfrseg.storage.flags import (Flag, change_flags, first_column, flag_line, parse_flag, read_flags,
    write_flags)
from tfrseg.storage.tfrecord import frame_record
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW

TEXT = st.text(st.characters(), max_size=20)


@given(TEXT, TEXT, st.none() | st.integers(0, 10**12), TEXT, TEXT)
def test_there_and_back(name, shard, number, tags, note):
    "Any text comes back from a line that every program takes for one line."
    flag = Flag(name, shard if number is not None else "", number if shard else None, tags, note)
    line = flag_line(flag)
    assert parse_flag(line) == flag and len(line.splitlines()) <= 1 and line.encode().decode() == line


@given(st.text(st.characters(blacklist_characters="\n\r", blacklist_categories=("Cs",)), min_size=1).filter(lambda t: t.count("\t") < 2))
def test_an_old_list_is_what_it_was(name):
    "In a list of names alone nothing is an escape, and a tab is part of the name."
    assert parse_flag(name) == Flag(name)


@pytest.mark.parametrize("text, names", (
    ("a\\tb\\\\c\t\t\t\t\n", ["a\tb\\c"]), ("a\\tb\n", ["a\\tb"]), ("a\\tb\tx.tfrecord\t3\n", ["a\tb"]), ("a\t\t\t\t\r\n", ["a"]),
    ("\ufeffa\tx\t0\t\tit's\n", ["a"]), ("a\tcat\n", ["a\tcat"])))
def test_first_columns(tmp_path, text, names):
    (tmp_path / "names.txt").write_bytes(text.encode())
    assert first_column(tmp_path / "names.txt") == names


def test_a_list_is_a_plain_file(tmp_path):
    "Neither a link nor a folder nor a pipe is written or replaced."
    import os

    (target := tmp_path / "target").write_text("kept")
    (tmp_path / "link").symlink_to(target)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "folder", "pipe", "no/bad.txt"):
        with pytest.raises(DataError, match=name.split("/")[0]): change_flags(tmp_path / name, [Flag("a")])
    assert target.read_text() == "kept"


@pytest.mark.fault("a flagged name with what some take for the end of a line", "-",
                   "exactly the flagged record is left out")
@pytest.mark.parametrize("separator", "\n\r\t\x0b\x0c\x85\u2028\\")
def test_the_innocent_stay(source, write, tmp_path, separator, capsys):
    "A name with what some take for the end of a line; beside it records that the halves of it are called."
    names = [f"a{separator}b", "a", "b", "c"]
    pairs = tuple(Pair(name, pair.image, pair.mask) for name, pair in zip(names, source.pairs))
    out = write(replace(source, pairs=pairs, sizes=source.sizes[:4], nbytes=source.nbytes[:4]))
    browser = explore_records(out)
    browser.flagged = [0]
    browser.save_flagged(tmp_path / "bad.txt")
    assert main(["convert", str(out), str(tmp_path / "clean"), "--leave-out", str(tmp_path / "bad.txt")]) == 0
    clean = explore_records(tmp_path / "clean")
    assert [clean.shards.name(k) for k in range(len(clean.shards))] == ["a", "b", "c"]


@pytest.mark.fault("flagged records without a name", "-",
                   "known by shard and number")
def test_nameless_records(tmp_path, capsys):
    "The first record of val is flagged, and it goes; the first one of train stays."
    import numpy as np

    for split in ("train", "val"):
        records = [{"image": np.full((4, 6, 3), 10 * k + (split == "val"), np.uint8), "mask": np.full((4, 6, 1), k, np.uint8)} for k in range(3)]
        data = b"".join(frame_record(serialize_example(encode_example(record | {"name": ""}, RAW))) for record in records)
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{split}-00000-of-00001.tfrecord").write_bytes(data)
    browser = explore_records(tmp_path / "in", "val")
    browser.flagged = [0]
    browser.save_flagged(tmp_path / "bad.txt")
    assert read_flags(tmp_path / "bad.txt") == [Flag("", "val-00000-of-00001.tfrecord", 0)]
    assert main(["convert", str(tmp_path / "in"), str(tmp_path / "out"), "--leave-out", str(tmp_path / "bad.txt"), "--mask-values", "ids"]) == 0, capsys.readouterr().err
    images = [explore_records(tmp_path / "out", split).shards.sample(0)["image"][0, 0, 0] for split in ("train", "val")]
    assert images == [0, 11]


def test_a_name_of_two_splits(source, tmp_path, capsys):
    "Who flags a record of val leaves the one of train of the same name."
    from tfrseg.cards import make_folder

    for split in ("train", "val"):
        make_folder(tmp_path / split, 3, (60, 80))
        for kind in ("img", "seg"):
            (tmp_path / "root" / kind).mkdir(parents=True, exist_ok=True)
    one = replace(source, pairs=source.pairs[:3], sizes=source.sizes[:3], nbytes=source.nbytes[:3])
    from tfrseg.cli import _without

    kept, left = _without({"train": one, "val": one}, [Flag(one.pairs[0].name, "val-00000-of-00001.tfrecord", 0), Flag(one.pairs[1].name)])
    assert ([len(kept["train"]), len(kept["val"])], left) == ([2, 1], [])


@pytest.mark.fault("a flagged record that cannot be read any longer", "-",
                   "all flags stay, each with the name it was shown with")
def test_one_bad_record_loses_nothing(shards, tmp_path):
    "A record that was shown keeps its name when it is damaged; one that was never readable is known by file and number."
    copy = shutil.copytree(shards, tmp_path / "copy")
    browser = explore_records(copy, "train")
    browser.keep_flags(tmp_path / "bad.txt")
    name = browser._packed(3)[0]["name"]
    path = sorted(copy.glob("train-*"))[1]
    path.write_bytes(path.read_bytes()[:3000])
    browser.flagged = [0, 3, 5]
    flags = read_flags(tmp_path / "bad.txt")
    assert [(flag.name, flag.number) for flag in flags][1:] == [(name, 0), ("", 2)] and flags[2].shard == path.name
    browser.flagged = [0]
    assert len(read_flags(tmp_path / "bad.txt")) == 1


def test_yesterdays_flags(shards, tmp_path):
    "They are seen, by number and by name; those of an earlier data set are not, and stay in the list."
    browser = explore_records(shards, "train")
    names = [browser.shards.name(k) for k in range(3)]
    shard = browser.shards.files[0].name
    lines = [Flag(names[0], shard, 0), Flag("another", shard, 1), Flag(names[2])]
    write_flags(lines, tmp_path / "bad.txt")
    browser.keep_flags(tmp_path / "bad.txt")
    assert browser.flagged == [0]
    browser._packed(2)
    assert browser.flagged == [0, 2] and set(lines) < set(read_flags(tmp_path / "bad.txt"))
    browser.flagged = []
    assert read_flags(tmp_path / "bad.txt") == lines[1:2]


def test_a_list_of_pairs(cards, tmp_path):
    "`--list` and `--leave-out` of `write` take a list of flags as well."
    from tfrseg.sources.source import folder_source

    write_flags([Flag("card-0003", "x.tfrecord", 1), Flag("card-0001", "x.tfrecord", 0)], tmp_path / "bad.txt")
    source = folder_source(cards / "img", cards / "seg", list_file=tmp_path / "bad.txt", show_progress=False)
    assert [pair.name for pair in source.pairs] == ["card-0003", "card-0001"]
