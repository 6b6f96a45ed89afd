"tools/trust.py: it goes on where it was stopped, and tells what failed and how to repeat it."
import json
import signal
import subprocess
import sys

import pytest
from conftest import ROOT, hears_signals

CASES = """
def test_one(): pass
def test_two(): pass
def test_seed(request):
    print("said" * 5000)
    assert request.config.getoption("randomly_seed") != 3
"""


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    pytest.importorskip("pytest_randomly", reason="wants pytest-randomly: pip install -e '.[test]'")
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases/test_cases.py").write_text(CASES)
    (tmp_path / "cases/pytest.ini").write_text("[pytest]\n")
    state = tmp_path / "state.json"
    command = [sys.executable, ROOT / "tools/trust.py", "--state", state, "--runs", "3", "--slowest", "0", "--times", "2", "--load", "1", "."]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path / "cases", preexec_fn=hears_signals)
    assert first.stdout.readline().startswith("run of seed 1: status 0, {'passed': 3, 'failed': 0, 'skipped': 0}")
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path / "cases")
    assert done.returncode == 1, done.stdout + done.stderr
    kept = json.loads(state.read_text())
    assert [(run["seed"], run["status"]) for run in kept["runs"]] == [(1, 0), (2, 0), (3, 1)]
    assert "request.config.getoption" in kept["runs"][2]["said"]  # the line that failed
    name, = kept["chosen"]
    assert name.endswith("test_cases.py::test_seed") and [(each["seed"], each["status"]) for each in kept["rounds"]] == [(1, 0), (2, 0)]
    assert "seed 3: status 1" in done.stdout and "--randomly-seed=3" in done.stdout and f"failed   {name}" in done.stdout
    again = subprocess.run([*command, "--show"], capture_output=True, text=True, cwd=tmp_path / "cases")
    assert again.returncode == 1 and "3 whole runs and 2 rounds of 1 tests, 1 of them red" in again.stdout
    other = subprocess.run([*command[:-1], "test_cases.py"], capture_output=True, text=True, cwd=tmp_path / "cases")
    assert other.returncode == 1 and "wanted the same, or another --state" in other.stderr
