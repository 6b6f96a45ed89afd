"Every look at files that takes long goes through the engine of `scan_on`: nothing is left to threads, and what is found is the same."
import shutil
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

import pytest
from annotation_scenes import build_ade
from test_file_layouts import build_objects

from tfrseg.cards import CARD_CLASSES, make_folder
from tfrseg.core import DataError
from tfrseg.sources.class_codes import ade20k_full_source
from tfrseg.sources.object_masks import object_masks_source
from tfrseg.sources.source import check_source, folder_source, one_pass, scan_on
from tfrseg.sources.splits import classes_per_mask, drop_empty, find_leaks, find_similar, split_source
from tfrseg.storage.labels import LabelMap
from tfrseg.writer.write import plan_shards, write_shards

QUIET = {"show_progress": False}


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, get_context("spawn")) as pool: yield pool.map


@pytest.fixture(params=["map", "processes"])
def engine(request):
    "An engine that notes what it is given, which can be sent to a process."
    run, given = map if request.param == "map" else request.getfixturevalue("processes"), []

    def counting(work, chunks):
        given.extend(item for chunk in chunks for item in chunk)
        return run(work, chunks)

    counting.given = given
    return counting


@contextmanager
def scanned_on(engine):
    "Refuses threads of this process."
    with scan_on(engine), pytest.MonkeyPatch.context() as patch:
        for name in ("source", "splits", "class_codes", "object_masks"):
            patch.setattr(f"tfrseg.sources.{name}.ThreadPoolExecutor", None, raising=False)
        yield


def names_in(given): return " ".join(map(repr, given))


@pytest.fixture(scope="module")
def cards(tmp_path_factory): return make_folder(tmp_path_factory.mktemp("cards"), 9, (40, 48))


@pytest.fixture(scope="module")
def source(cards): return folder_source(cards / "img", cards / "seg", **QUIET)


LOOKS = {"classes": classes_per_mask, "empty": drop_empty, "similar": partial(find_similar, similarity=0.3), "check": check_source,
         "leaks": lambda source, **options: find_leaks(split_source(source), 0.3, **options)}


@pytest.fixture(scope="module")
def on_threads(source): return {name: look(source, **QUIET) for name, look in LOOKS.items()}


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_at_a_source(name, source, on_threads, engine):
    with scanned_on(engine): assert LOOKS[name](source, **QUIET) == on_threads[name]
    assert len(engine.given) == len(source) and all(pair.name in names_in(engine.given) for pair in source.pairs)


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    "Folders of files, and how they are read; with the sources, made on threads."
    root = tmp_path_factory.mktemp("scenes")
    build_ade(root / "ade"), build_objects(root / "objects")
    make_folder(root / "cards", 5, (40, 48))
    readers = {"ade": ade20k_full_source, "objects": object_masks_source,
               "cards": lambda root, **options: folder_source(root / "img", root / "seg", **options)}
    return {name: (root / name, read, read(root / name, **QUIET)) for name, read in readers.items()}


def masks(root): return sorted(path for path in root.rglob("*.png") if {"seg", "masks"} & {*path.parts} or path.stem.endswith("_seg"))


def content(folder): return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("name", ("ade", "objects", "cards"))
def test_a_source_has_the_same_bytes(name, scenes, engine, tmp_path):
    root, read, wanted = scenes[name]
    with scanned_on(engine): found = read(root, **QUIET)
    assert found == wanted and found.assumptions == wanted.assumptions
    assert masks(root) and all(repr(str(path)) in names_in(engine.given) for path in masks(root))
    for place, source in (("wanted", wanted), ("found", found)): write_shards(plan_shards(source, tmp_path / place), **QUIET)
    assert content(tmp_path / "found") == content(tmp_path / "wanted")


@pytest.mark.parametrize("name", ("ade", "objects", "cards"))
def test_findings_are_the_same(name, scenes, engine, tmp_path):
    root, read, _ = scenes[name]
    root = shutil.copytree(root, tmp_path / name)
    for path in root.rglob("*.json"): path.unlink()
    for path in masks(root)[:3:2]: path.write_bytes(b"\x89PNG nothing")
    with pytest.raises(DataError) as wanted: read(root, **QUIET)
    with scanned_on(engine), pytest.raises(DataError) as found: read(root, **QUIET)
    assert str(found.value) == str(wanted.value) and len(found.value.findings) == len(wanted.value.findings) >= 2


def test_first_looks(cards, engine):
    with scanned_on(engine), one_pass():
        assert folder_source(cards / "img", cards / "seg", labels=LabelMap(CARD_CLASSES), **QUIET).unchecked
    assert len(engine.given) == 9
