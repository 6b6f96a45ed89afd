"Verbs that look at a data set of a bucket: an address stays an address, and nothing of its name is made on the local disk."
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from buckets import copied
from PIL import Image

from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.explorer.browser import explore_records
from tfrseg.explorer.look import write_whole
from tfrseg.reader.bench import bench_dataset
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.flags import change_flags, write_flags

QUIET = {"show_progress": False}
QUICK = dict(seconds=0.02, rounds=1, batch_size=4)


@pytest.fixture(params=["memory", "s3"])
def there(request, shards, tmp_path_factory, tmp_path, monkeypatch):
    "The address of a data set; the working folder is empty, and must stay so."
    monkeypatch.chdir(tmp_path)
    place = request.getfixturevalue("s3") if request.param == "s3" else f"memory://{tmp_path_factory.mktemp('bucket').name}"
    yield copied(shards, f"{place}/cards")
    assert not list(tmp_path.glob("*:*"))


@pytest.mark.parametrize("there", ["s3"], indirect=True)
def test_bench(there, capsys):
    "The comparison with TensorFlow's own reading is left out, and said."
    bench = bench_dataset(str(there), size=(32, 48), **QUICK)
    assert bench.bare == () and list(bench.turns) == ["fetch+decode", "cast"] and bench.reader.startswith("stream: remote")
    assert "cache=DIR" in bench.tried and bench.from_disk == 0 and bench.advice
    line, = (line for line in str(bench).splitlines() if line.startswith("  bare records"))
    assert "TensorFlow does not open files of a bucket" in line and "does not open" in bench._repr_html_()
    assert main(["bench", str(there), "--seconds", "0.02", "--size", "32", "48"]) == 0
    assert "TensorFlow does not open files of a bucket" in capsys.readouterr().out


@pytest.mark.parametrize("there", ["memory"], indirect=True)
def test_bench_with_a_cache(there, tmp_path):
    bench = bench_dataset(there, size=(32, 48), cache=tmp_path / "cache", **QUICK)
    assert bench.bare == () and list(bench.turns) == ["map", "cast"]


def test_browse_in_jupyter(there, monkeypatch):
    cells = []

    class Server:
        def __init__(self, command): cells.append(json.loads(Path(command[3]).with_name("browse.ipynb").read_text())["cells"][0]["source"])
        def wait(self): return 0
        def poll(self): return 0

    monkeypatch.setattr("subprocess.Popen", Server)
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "2")  # or a process would hold TensorFlow's log
    assert main(["browse", str(there), "--split", "train", "--jupyter", "--no-browser", "--flagged", "bad.txt"]) == 0
    made = {}
    exec(cells[0], made)
    assert f"explore_records({str(there)!r}, 'train')" in cells[0] and len(made["browser"].shards) == 9
    assert f"keep_flags({str(Path.cwd() / 'bad.txt')!r})" in cells[0]


@pytest.mark.parametrize("there", [pytest.param("memory", marks=pytest.mark.slow), "s3"], indirect=True)
def test_figures_and_pages(there):
    for words in (["show", "-o", "a.png"], ["info", "--plot", "b.jpg"], ["stats", "-o", "c"], ["show", "--html", "d.html"]):
        assert main([words[0], str(there), words[1], str(there.parent / words[2])]) == 0, words
    for name in ("a.png", "b.jpg", "c.png"): assert Image.open(io.BytesIO((there.parent / name).read_bytes())).size[0] > 300
    assert b'"buffers"' in (there.parent / "d.html").read_bytes()


def test_what_must_lie_on_a_disk(there, capsys):
    "A list of flags is locked while it changes, and the demo makes a folder."
    address = f"{there.parent}/bad.txt"
    for refused in (lambda: write_flags([], address), lambda: change_flags(address), lambda: explore_records(there).keep_flags(address)):
        with pytest.raises(DataError, match="bad.txt: a bucket; wanted a local file"): refused()
    assert main(["browse", str(there), "--no-browser", "--flagged", address]) == 1
    assert main(["demo", "--out", f"{there.parent}/demo"]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert re.search("bad.txt: a bucket; wanted a local file", errors[0]) and re.search("demo: a bucket; wanted a local folder", errors[1])


def test_a_figure_that_cannot_be_sent(s3):
    with pytest.raises(FileNotFoundError, match="s3://no-such-bucket/a.png"): write_whole("s3://no-such-bucket/a.png", b"data")


def test_weighted(there, shards):
    "Shards of buckets and of disks beside each other; a data set of a bucket twice is refused."
    with pytest.raises(ValueError, match="a shard is in two of them"): make_dataset({there: 1, str(there): 2}, size=(32, 48), **QUIET)
    mixed = make_dataset({there: 1, shards: 1}, "train", size=(32, 48), batch_size=2, seed=1, **QUIET)
    assert np.isfinite(next(iter(mixed))[0].numpy()).all()
