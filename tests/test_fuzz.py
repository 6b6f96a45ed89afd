"""Any bytes at the doors: what fuzzing has found stays found, and a few seconds of it run with the other tests."""
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image

HERE = Path(__file__).resolve().parent / "fuzz"
sys.path.insert(0, str(HERE))

import targets

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
KEPT = sorted((HERE / "corpus").glob("*/*"))


@pytest.fixture(autouse=True)
def pixels(monkeypatch):
    "What a target sets is set back."
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", targets.PIXELS)


@pytest.mark.parametrize("path", KEPT, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_was_found_stays_mended(path): targets.TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", targets.TARGETS)
def test_whole_files_and_each_of_their_cuts_keep_the_promise(target):
    for data in targets.seeds(target):
        for end in {*range(0, len(data), 1 + len(data) // 60), len(data)}: targets.TARGETS[target](data[:end])


@pytest.mark.fault("any bytes as a shard, a picture, a record or an info", "SIGSEGV, SIGABRT, or assorted errors",
                   "one kind of error, on one line, with bounded memory: fuzzed with atheris")
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed; it has wheels for Linux on x86-64")
@pytest.mark.parametrize("target", targets.TARGETS)
def test_ten_seconds_of_fuzzing(target, tmp_path):
    command = [sys.executable, HERE / "targets.py", target, "-max_total_time=10", "-print_final_stats=1"]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | {"TMPDIR": str(tmp_path)}, capture_output=True, timeout=900)
    said = done.stderr.decode(errors="replace")
    assert done.returncode == 0, said[-3000:]
    assert int(said.split("stat::number_of_executed_units:")[1].split()[0]) > 50 and not list(tmp_path.glob("crash-*"))
