"What an error says where folders have long names: the file, what is wrong, and the whole way out."
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tfrseg.core import DataError, Finding, raise_findings
from tfrseg.sources.source import folder_source
from tfrseg.storage.files import as_path

REMEDY = "Fix or remove these files, or leave them out with on_error='skip'."


def long_folder(tmp_path, length):
    "A folder whose path has so many letters."
    while len(str(tmp_path)) < length: tmp_path /= "long-name"[:max(1, length - len(str(tmp_path)) - 1)]
    return tmp_path


@pytest.mark.parametrize("length", (150, 200, 300, 700))
@pytest.mark.parametrize("count", (1, 5))
def test_what_to_do_stays_whole(tmp_path, length, count):
    folder = long_folder(tmp_path, length)
    for name in ("img", "seg"): (folder / name).mkdir(parents=True)
    for k in range(count):
        Image.fromarray(np.linspace(100, 800, 240).reshape(12, 20).astype(np.uint16)).save(folder / f"img/a{k}.tif")
        Image.fromarray(np.zeros((12, 20), np.uint8)).save(folder / f"seg/a{k}.png")
    with pytest.raises(DataError) as error: folder_source(folder / "img", folder / "seg", show_progress=False)
    text = str(error.value)
    assert len(text) <= 500 and "\n" not in text and text.endswith(REMEDY) and f"{count} problem" in text
    assert "/img/a0.tif: 16-bit" in text and "would be left" in text
    for option in ("--pixels kept (", "--pixels stretch (", "--pixels high (", "--alpha drop ("): assert option in text
    assert (f"; and {count - 1} more. " in text) == (count > 1)
    assert [Path(found.path) for found in error.value.findings] == [folder / f"img/a{k}.tif" for k in range(count)]


def test_the_place_stays_as_long_as_it_fits(tmp_path):
    folder = long_folder(tmp_path, 300)
    with pytest.raises(DataError) as error: raise_findings([Finding(folder / "a/b.png", "wrong " * 3)] * 3, folder / "a", REMEDY)
    assert str(error.value).startswith(f"{folder}/a: 3 problems: …/a/b.png: wrong")
    assert str(error.value).count("…/a/b.png") == 3


@pytest.mark.parametrize("text", ("x" * 900, "a. B" * 300, "/" * 900, "/a/b/c" * 200, " " * 900 + "/a/b/c/", "…" * 900, "/a/b/c\x1b" * 90, f"{'a/' * 400}b. What to do."))
def test_any_text_fits(text):
    for error in (DataError(text), Finding(text, "x"), Finding("/a/b/c", text, 3)):
        assert len(str(error)) <= 500 and str(error).isprintable()


def test_addresses_of_buckets_are_paths():
    folder = as_path(f"memory://{'/'.join(['a-long-folder'] * 20)}")
    with pytest.raises(DataError) as error: raise_findings([Finding(folder / "b.png", "wrong " * 30)], folder / "b.png", REMEDY)
    assert str(error.value).startswith("memory://a-long-folder/") and ": 1 problem: …/b.png: wrong" in str(error.value)
    assert str(error.value).endswith(REMEDY)


def test_a_short_text_stays_as_it_is():
    text = "/data/set/img: 1 problem: /data/set/img/a.png: wrong. Fix it."
    assert str(DataError(text)) == text and str(Finding("/data/set/img/a.png", "wrong")) == "/data/set/img/a.png: wrong"
