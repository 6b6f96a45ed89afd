"""Lists of records: by flag, name, number and tag; what a list names in vain is told."""
import numpy as np
import pytest

from tfrseg.core import DataError
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.flags import Flag, TagChange, change_flags, flag_line, parse_flag, read_flags, tag_list, write_flags
from tfrseg.storage.listed import find_listed, record_rows
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import write_records


@pytest.fixture
def shards(tmp_path):
    "Two splits that share the name 'b'; one record has none."
    for split, names in (("train", ("a", "b", "")), ("val", ("b", "c"))):
        write_records(tmp_path / f"{split}-00000-of-00001.tfrecord", [
            serialize_example(encode_example({"image": np.zeros((3, 4, 3), np.uint8), "mask": np.zeros((3, 4, 1), np.uint8), "name": name})) for name in names])
    return open_shards(tmp_path)


def test_what_an_entry_means(shards, tmp_path):
    assert [name for *_, name in record_rows(shards)] == ["a", "b", "", "b", "c"]
    val = "val-00000-of-00001.tfrecord"
    for entries, numbers in ((["b"], (1, 3)), ([Flag("b", val, 0)], (3,)), ([Flag("", "train-00000-of-00001.tfrecord", 2)], (2,)), ([4, 0, -1, np.int64(1)], (0, 1, 4)),
                             ([Flag("c", val, 0), "a"], (0, 4))):
        assert find_listed(shards, entries) == (numbers, ()), entries
    path = write_flags([Flag("b", val, 0, "dark"), Flag("gone", tags="dark"), Flag("a")], tmp_path / "list.txt")
    assert find_listed(shards, path) == ((0, 3), (Flag("gone", tags="dark"),)) and find_listed(shards, path, "dark")[0] == (3,)


@pytest.mark.fault("the list of another dataset", "an empty selection, or other records of the same number", "an error that says so")
def test_lists_that_fit_nothing(shards, tmp_path):
    (tmp_path / "list.txt").write_text("x\ny\n")
    with pytest.raises(DataError, match=r"list.txt: none of the 2 records it names is here, such as 'x'; it looks like the list of another dataset"): find_listed(shards, tmp_path / "list.txt")
    for entries, error, said in (([], DataError, "names no record"), ([9], IndexError, "no record 9"), ([None], TypeError, "wanted names, numbers or flags"), ([b"a"], TypeError, "wanted names")):
        with pytest.raises(error, match=said): find_listed(shards, entries)


def test_tags_and_notes_are_changed(tmp_path):
    assert tag_list(Flag("", tags="too dark,b  c,a, a")) == ("too dark", "b c", "a") and tag_list(Flag("", tags=" , ")) == ()
    path = tmp_path / "list.txt"
    old, new = Flag("a", "s", 0, "old", "first"), Flag("b", tags="dark")
    change_flags(path, [old])
    change_flags(path, [Flag("a", "s", 0)])
    assert read_flags(path) == [old]
    wanted = [Flag("a", "s", 0, "blurred, too dark", "a\tb\nc"), new]
    assert change_flags(path, tagged=[TagChange(old, ("blurred", "too dark"), ("old",), "a\tb\nc"), TagChange(new)]) == wanted == read_flags(path)
    assert parse_flag(flag_line(wanted[0])) == wanted[0]
