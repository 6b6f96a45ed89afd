"""What `tfrseg diff` finds, and that it reads no more than it must."""
import json
import tracemalloc

import numpy as np
import pytest

from tfrseg.cards import CARD_CLASSES
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.storage.dataset import DatasetInfo, ShardWriter, save_info, shard_path
from tfrseg.storage.diff import diff_shards, difference_findings
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.schema import RAW_IDS, TFVISION
from tfrseg.storage.shards import Shards
from tfrseg.storage.tfrecord import write_records

QUIET = {"show_progress": False}


def sample(n, mask=None, name=None, size=(6, 8)):
    rng = np.random.default_rng(n)
    return {"image": rng.integers(0, 256, (*size, 3), np.uint8), "mask": rng.integers(0, 5, (*size, 1), np.uint8) if mask is None else mask, "name": f"s{n}" if name is None else name}


def dataset(folder, splits, labels=LabelMap(CARD_CLASSES), schema=TFVISION):
    folder.mkdir()
    infos = {}
    for split, shards in splits.items():
        for k, some in enumerate(shards):
            with ShardWriter(shard_path(folder, split, k, len(shards)), schema) as writer:
                for each in some: writer.add(encode_example(each, schema), each["mask"])
            infos[split] = (*infos.get(split, ()), writer.info())
    save_info(DatasetInfo(schema.name, labels, infos), folder)
    return folder


def test_every_kind_of_change(tmp_path):
    some = [sample(n) for n in range(8)]
    a = dataset(tmp_path / "a", {"train": [some[:4], some[4:6]], "val": [some[6:]]})
    painted = some[1]["mask"].copy()
    painted[:2, :3] = (painted[:2, :3] + 1) % 5
    other = some[2] | {"image": 255 - some[2]["image"]}
    b = dataset(tmp_path / "b", {"train": [[some[0], some[1] | {"mask": painted}], [other, some[6]]], "val": [[some[3], some[7], sample(9)]]})
    found = diff_shards(a, b, **QUIET)
    assert (found.only_a, found.only_b, found.images, found.same) == (("s4", "s5"), ("s9",), ("s2",), 4)
    assert found.changed == ("s2", "s1") and found.masks[0].pixels == 6 == sum(found.masks[0].classes.values())
    assert {(m.name, m.before, m.after) for m in found.moved} == {("s6", "val", "train"), ("s3", "train", "val")}
    assert len(difference_findings(found)) == 2 + 1 + 1 + 1 + 2
    back = diff_shards(b, a, **QUIET)
    assert back.masks[0].classes == {(after, before): n for (before, after), n in found.masks[0].classes.items()}
    assert not diff_shards(a, a, **QUIET)


def test_the_verb(tmp_path, capsys):
    mask = np.ones((6, 8, 1), np.uint8)
    a = dataset(tmp_path / "a", {"train": [[sample(n) for n in range(9)]]})
    b = dataset(tmp_path / "b", {"train": [[sample(n, mask) for n in range(9)]]}, LabelMap([*CARD_CLASSES, "pen"]))
    assert main(["diff", str(a), str(b), "--findings", str(tmp_path / "f.txt")]) == 1
    out = capsys.readouterr().out
    assert "9 with another mask" in out and "  and 4 more" in out and "class 'pen' (id 5) is new" in out and max(map(len, out.split("\n"))) <= 80
    assert len((tmp_path / "f.txt").read_text().splitlines()) == 10
    assert main(["diff", str(a), str(b), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert len(told["masks"]) == 9 and told["masks"][0]["classes"][0][1] == "card"
    assert main(["diff", str(a), str(a)]) == 0 and main(["diff", str(a), str(tmp_path / "no")]) == 1


def test_the_same_pixels_in_other_records(tmp_path):
    "Another schema, other bytes: nothing has changed."
    some = [sample(n) for n in range(3)]
    a, b = dataset(tmp_path / "a", {"train": [some]}), dataset(tmp_path / "b", {"train": [some]}, schema=RAW_IDS)
    found = diff_shards(a, b, **QUIET)
    assert not found and (found.same, found.recoded) == (3, 3)


def test_shards_of_one_checksum_are_not_read(tmp_path, monkeypatch):
    some = [sample(n) for n in range(6)]
    a = dataset(tmp_path / "a", {"train": [some[:3], some[3:]]})
    changed = some[4] | {"mask": 4 - some[4]["mask"]}
    b = dataset(tmp_path / "b", {"train": [some[:3], [some[3], changed, some[5]]]})
    read, plain = [], Shards._read
    monkeypatch.setattr(Shards, "_read", lambda self, number: read.append(number) or plain(self, number))
    assert diff_shards(a, b, **QUIET).changed == ("s4",)
    assert set(read) == {3, 4, 5}


def test_records_without_names_are_told_by_their_place(tmp_path):
    for folder, masks in (("a", (0, 0, 0)), ("b", (0, 1, 0))):
        (tmp_path / folder).mkdir()
        write_records(tmp_path / folder / "train-00000-of-00001.tfrecord", [
            serialize_example(encode_example(sample(n, np.full((6, 8, 1), mask, np.uint8), ""))) for n, mask in enumerate(masks)])
    found = diff_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert found.changed == ("train, record 1",) and found.classes == {("id 0", "id 1"): 48}


def test_a_name_in_two_splits(tmp_path):
    one, two = sample(1), sample(2, name="s1")
    a = dataset(tmp_path / "a", {"train": [[one]], "val": [[two]]})
    b = dataset(tmp_path / "b", {"train": [[one]], "val": [[two | {"mask": 4 - two["mask"]}]]})
    found = diff_shards(a, b, **QUIET)
    assert found.changed == ("val/s1",) and found.same == 1 and not found.moved


def test_another_size_and_no_mask(tmp_path):
    a = dataset(tmp_path / "a", {"train": [[sample(1), sample(2)]]})
    b = dataset(tmp_path / "b", {"train": [[sample(1, size=(3, 4)), sample(2)]]})
    found = diff_shards(a, b, **QUIET)
    assert found.masks == (("s1", 48, {}),) and found.images == ("s1",) and "another size" in str(found)


@pytest.mark.fault("a damaged record while two datasets are compared", "it counts as a change", "one error that names it")
def test_a_damaged_record_is_an_error(tmp_path):
    a, b = (dataset(tmp_path / name, {"train": [[sample(1), sample(2, None if name == "a" else np.zeros((6, 8, 1), np.uint8))]]}) for name in "ab")
    file = shard_path(b, "train", 0, 1)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(DataError, match="train-00000-of-00001.tfrecord, record"): diff_shards(a, b, **QUIET)


def test_memory_does_not_grow_with_records(tmp_path):
    "Twice as many records of 300 KB take no more of it, but for their names."
    peaks = []
    for count in (8, 32):
        a = dataset(tmp_path / f"a{count}", {"train": [[sample(n, size=(200, 320)) for n in range(count)]]}, schema=RAW_IDS)
        b = dataset(tmp_path / f"b{count}", {"train": [[sample(n, np.zeros((200, 320, 1), np.uint8), size=(200, 320)) for n in range(count)]]}, schema=RAW_IDS)
        diff_shards(a, b, **QUIET)
        tracemalloc.start()
        assert len(diff_shards(a, b, **QUIET).masks) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0] + 500_000, peaks
