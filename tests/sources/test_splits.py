"""Splits: the same names in the same split, groups whole, rare classes spread, and what looks alike found."""
import io
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from tfrseg.cards import CARD_CLASSES, make_card, make_folder
from tfrseg.cli import main
from tfrseg.storage.labels import LabelMap
from tfrseg.core import DataError, Pair
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import Source, folder_source
from tfrseg.sources.splits import (SimilarPair, difference_hashes, difference_hash, find_similar, find_leaks,
    merge_similar, classes_per_mask, read_groups, read_splits, split_source, stratified_fractions)

SHARES = {"train": 0.8, "val": 0.1, "test": 0.1}


def named(names) -> Source:
    "A source of these names, without files."
    return Source(tuple(Pair(n, f"{n}.png", f"{n}.png") for n in names), LabelMap(), ((8, 8),) * len(names), (1,) * len(names))


def where(parts) -> dict[str, str]:
    "Split by name."
    return {p.name: split for split, part in parts.items() for p in part.pairs}


names = st.lists(st.text("abcdef0123456789_", min_size=1, max_size=8), min_size=30, max_size=80, unique=True)


@settings(max_examples=40, deadline=None)
@given(names, st.integers(0, 9))
def test_every_pair_is_in_one_split_and_stays_there(found, seed):
    parts = split_source(named(found), seed, **SHARES)
    assert sorted(where(parts)) == sorted(found) and sum(map(len, parts.values())) == len(found)
    again = where(split_source(named(found[::-1]), seed, **SHARES))
    assert again == where(parts)
    grown = where(split_source(named([*found, *(f"new {n}" for n in range(50))]), seed, **SHARES))
    moved = [n for n, split in where(parts).items() if grown[n] != split]
    assert len(moved) <= 2, "only what filled an empty split may move"


@settings(max_examples=40, deadline=None)
@given(names, st.booleans(), st.data())
def test_groups_go_whole(found, stratified, data):
    classes = [frozenset(data.draw(st.sets(st.integers(0, 4)))) for _ in found] if stratified else None
    groups = {n: data.draw(st.sampled_from("uvwxyz")) for n in found} | dict(zip(found, "uvw"))
    parts = where(split_source(named(found), groups=groups, classes=classes, train=0.5, val=0.3, test=0.2))
    for group in groups.values(): assert len({parts[n] for n in found if groups[n] == group}) == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(20, 200), st.integers(1, 12), st.integers(0, 99))
def test_strata_get_their_share_to_the_pair(n, rare, seed):
    classes = [frozenset({0, 1} if k < rare else {0}) for k in range(n)]
    parts = where(split_source(named([f"p{k}" for k in range(n)]), seed, classes=classes, train=0.6, val=0.4))
    in_val = sum(parts[f"p{k}"] == "val" for k in range(rare))
    assert int(0.4 * rare) <= in_val <= int(0.4 * rare) + 1


def test_shares_are_met_on_average():
    found = [f"image {k}" for k in range(5000)]
    for classes in (None, [frozenset({k % 3}) for k in range(5000)]):
        parts = split_source(named(found), classes=classes, **SHARES)
        assert [round(len(s) / 5000, 2) for s in parts.values()] == pytest.approx([0.8, 0.1, 0.1], abs=0.011)


def test_strata_move_few_and_keep_moves_none():
    found = [f"image {k}" for k in range(1100)]
    classes = [frozenset({0, k % 7}) for k in range(1100)]
    before = where(split_source(named(found[:1000]), classes=classes[:1000], **SHARES))
    after = where(split_source(named(found), classes=classes, **SHARES))
    kept = where(split_source(named(found), classes=classes, keep=before, **SHARES))
    assert sum(after[n] != split for n, split in before.items()) < 50
    assert {n: kept[n] for n in before} == before and set(kept.values()) == set(SHARES)


def test_a_class_of_a_group_is_that_of_any_member():
    groups = ["a", "a", "b", "c", "d"]
    one = stratified_fractions(groups, [frozenset({0}), frozenset({1})] + [frozenset({0})] * 3)
    other = stratified_fractions(groups, [frozenset({1}), frozenset({0})] + [frozenset({0})] * 3)
    assert one == other


@pytest.mark.parametrize("options, error, text", [
    ({"train": 0.5, "val": 0.4}, ValueError, "add up to 1"), ({"train": 1.0, "val": 0.0}, ValueError, "positive"),
    ({"groups": r"(x)_\d+"}, DataError, "24 problems.*does not begin with"), ({"groups": "(card)"}, DataError, "1 groups for 2 splits"),
    ({"groups": {"card-0000": "a"}}, DataError, "23 problems.*has no group"), ({"groups": "[", }, ValueError, "regular expression"),
    ({"keep": {"card-0001": "tset"}}, ValueError, "'tset'; wanted one of train, val"), ({"classes": []}, ValueError, "classes of 0 masks"),
    ({"keep": {f"card-{n:04d}": "train" for n in range(24)}}, DataError, "would be empty")])
def test_errors_are_one_line(options, error, text):
    source = named([f"card-{n:04d}" for n in range(24)])
    with pytest.raises(error, match=text) as raised: split_source(source, **({"train": 0.8, "val": 0.2} if "train" not in options else {}), **options)
    assert "\n" not in str(raised.value)


def test_groups_from_a_table(tmp_path):
    (tmp_path / "t.csv").write_text("name,book\np1.png,A\np2,A\np3,B\n")
    assert read_groups(tmp_path / "t.csv", "book") == {"p1": "A", "p2": "A", "p3": "B"}
    for text, what in (("", "no rows"), ("name\na\n", "no column 'group'"), ("name,group\na,1\na.png,2\n", "'a' has the groups")):
        (tmp_path / "t.csv").write_text(text)
        with pytest.raises(DataError, match=what): read_groups(tmp_path / "t.csv")


def altered(image: np.ndarray) -> np.ndarray:
    "A smaller, brighter copy out of a JPEG file."
    out = io.BytesIO()
    picture = Image.fromarray(image)
    ImageEnhance.Brightness(picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))).enhance(1.1).save(out, "JPEG", quality=60)
    return np.asarray(Image.open(out))


def test_copies_are_alike_and_others_are_not():
    cards = [make_card(n, (180, 240))["image"] for n in range(40)]
    found = difference_hashes(np.array([difference_hash(c) for c in [*cards, *map(altered, cards)]]))
    assert [(a, b) for a, b, _ in found] == [(n, n + 40) for n in range(40)]


def test_many_hashes_are_compared_in_blocks():
    rng = np.random.default_rng(0)
    hashes = rng.random((700, 512)) < 0.5
    hashes[650], hashes[300] = hashes[3], hashes[299]
    assert difference_hashes(hashes) == [(3, 650, 1.0), (299, 300, 1.0)]


def test_blank_pages_are_alike_and_nearly_blank_ones_need_not_be():
    pages = np.full((4, 160, 160, 3), 255, np.uint8)
    pages[2, 20:40, 20:90], pages[3, 100:110, 60:150] = 0, 0
    assert [(a, b) for a, b, _ in difference_hashes(np.array([difference_hash(p) for p in pages]))] == [(0, 1)]


def test_the_hash_knows_exif_and_palettes(tmp_path):
    card = Image.fromarray(make_card(1, (120, 160))["image"])
    exif = Image.Exif()
    exif[0x0112] = 6
    card.rotate(90, expand=True).save(tmp_path / "turned.png", exif=exif)
    card.quantize(64).save(tmp_path / "palette.png")
    upright = difference_hash(np.asarray(card))
    for name in ("turned.png", "palette.png"): assert difference_hashes(np.array([upright, difference_hash(tmp_path / name)]))


def test_joining_is_transitive():
    alike = [SimilarPair("a", "b", 1.0), SimilarPair("c", "d", 1.0), SimilarPair("d", "a", 1.0)]
    groups = merge_similar({n: n for n in "abcde"}, alike)
    assert groups == {"a": "a", "b": "a", "c": "a", "d": "a", "e": "e"}


@pytest.fixture
def copies(tmp_path):
    "Twelve cards, and an altered copy of each third."
    make_folder(tmp_path, 12, (180, 240))
    for n in range(0, 12, 3):
        Image.fromarray(altered(make_card(n, (180, 240))["image"])).save(tmp_path / "img" / f"other-{n}.jpg")
        Image.open(tmp_path / "seg" / f"card-{n:04d}.png").resize((180, 135), 0).save(tmp_path / "seg" / f"other-{n}.png")
    return tmp_path


def test_leaks_are_found_and_cured(copies):
    source = folder_source(copies / "img", copies / "seg", class_names=CARD_CLASSES, show_progress=False)
    alike = find_similar(source, show_progress=False)
    assert {(a.name, a.other) for a in alike} == {(f"card-{n:04d}", f"other-{n}") for n in range(0, 12, 3)}
    parts = split_source(source, seed=3, train=0.5, val=0.5)
    at = where(parts)
    across = sum(at[a.name] != at[a.other] for a in alike)
    leaks = find_leaks(parts, show_progress=False)
    assert len(leaks) == across > 0 and "looks like" in str(leaks[0])
    groups = merge_similar({n: n for n in at}, alike)
    assert not find_leaks(split_source(source, seed=3, groups=groups, train=0.5, val=0.5), show_progress=False)


def test_classes_of_masks_leave_out_the_ignore_label(tmp_path):
    for kind, pixels in (("img", np.zeros((4, 4, 3), np.uint8)), ("seg", np.array([[0, 2], [255, 255]], np.uint8).repeat(2, 0).repeat(2, 1))):
        (tmp_path / kind).mkdir()
        Image.fromarray(pixels).save(tmp_path / kind / "a.png")
    source = folder_source(tmp_path / "img", tmp_path / "seg", class_names=["x", "y", "z"], ignore_label=255, show_progress=False)
    assert classes_per_mask(source, show_progress=False) == [frozenset({0, 2})]


def test_command(copies, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write = "write img seg {} --classes background card photo text stamp --split train=0.5,val=0.25 test=0.25"
    assert main(write.format("out").split()) == 0
    before = read_splits("out")
    assert sorted(set(before.values())) == ["test", "train", "val"] and len(before) == 16
    assert main([*write.format("strata --stratify --split-as out --alike report").split()]) == 0
    assert read_splits("strata") == before
    leaks = re.findall("^leak: .*looks like", capsys.readouterr().out, re.M)
    assert len(leaks) == sum(before[f"card-{n:04d}"] != before[f"other-{n}"] for n in range(0, 12, 3))
    assert main(write.format("one --alike together").split()) == 0
    after = read_splits("one")
    assert all(after[f"card-{n:04d}"] == after[f"other-{n}"] for n in range(0, 12, 3))
    assert main([*write.format("grouped").split(), "--group", r"(card-000|card-001|other)"]) == 0
    assert {n: s for n, s in read_splits("grouped").items() if n.startswith("other")} and len(load_info("grouped").splits) == 3


@pytest.mark.parametrize("flags, status, text", [
    ("--stratify", 2, "--stratify: wanted --split"), ("--group (.*)-\\d+", 2, "--group: wanted --split"),
    ("--split train=0.8,val", 2, "--split val; wanted"), ("--split train=0.8,val=0.1", 2, "add up to 1"),
    ("--split train=0.5,val=0.5 --group frame", 1, "does not begin with 'frame'"), ("--split train=0.5,val=0.5 --group-table no.csv x", 1, "no.csv"),
    ("--split train=0.5,val=0.5 --split-as nowhere", 1, "no dataset_info.json")])
def test_command_errors(cards, tmp_path, monkeypatch, capsys, flags, status, text):
    monkeypatch.chdir(tmp_path)
    assert main(["write", f"{cards}/img", f"{cards}/seg", "out", *flags.split()]) == status
    errors = capsys.readouterr().err
    assert text in errors and errors.count("\n") == 1 and not (tmp_path / "out").exists()


def test_a_class_that_a_split_never_shows_is_said(tmp_path, monkeypatch, capsys):
    for kind in ("img", "seg"): (tmp_path / kind).mkdir()
    for n in range(8):
        Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(tmp_path / "img" / f"{n}.png")
        Image.fromarray(np.full((8, 8), int(n == 0), np.uint8)).save(tmp_path / "seg" / f"{n}.png")
    monkeypatch.chdir(tmp_path)
    assert main("write img seg out --classes sky bird --split train=0.5,val=0.5".split()) == 0
    out = capsys.readouterr().out
    there = read_splits("out")["0"]
    assert f"split {'val' if there == 'train' else 'train'}: no image shows bird" in out and f"split {there}:" not in out
