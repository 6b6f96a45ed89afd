"tests/helpers/warm.py: as `python` does, and nothing is left."
import os
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import HELPERS
from warm import warm

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="a process is watched by Linux only")
CODE = "import os, signal, sys; print(sys.argv[1], os.getcwd(), os.environ['ASKED'], input()); sys.stdout.flush(); exec(sys.argv[2])"


@pytest.mark.parametrize("last, code", (("pass", 0), ("sys.exit(7)", 7), ("1 / 0", 1), ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL)))
def test_as_python(tmp_path, last, code):
    "Words, folder, environment, input, output and return code."
    told = [subprocess.run([*python, "-c", CODE, "word", last], input="typed\n", capture_output=True, text=True, cwd=tmp_path, env=os.environ | {"ASKED": "here"})
            for python in (warm(), [sys.executable])]
    assert [each.returncode for each in told] == [code, code] and told[0].stdout == told[1].stdout == f"word {tmp_path} here typed\n"
    assert told[0].stderr.splitlines()[-1:] == told[1].stderr.splitlines()[-1:]


@pytest.fixture
def folder():
    "A temporary folder with a short name."
    with tempfile.TemporaryDirectory(prefix="w-") as name: yield Path(name)


def test_a_fork_that_ends_takes_nothing_away(folder):
    "Forks of the test process leave the loaded one alone; it goes with the process that started it, and its folder too."
    code = ("import os, subprocess, sys\nfrom warm import warm\npython = warm()\nif not (fork := os.fork()): sys.exit()\nos.waitpid(fork, 0)\n"
            "print(subprocess.run([*python, '-c', 'print(5)'], capture_output=True, text=True).stdout)")
    environment = {name: value for name, value in os.environ.items() if name != "WARM_OWNER"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment | {"PYTHONPATH": str(HELPERS), "TMPDIR": str(folder), "WARM_LOADED": "json"})
    assert done.stdout == "5\n\n", done.stderr[-2000:]
    assert not [*folder.glob("warm-*")]


def test_workers_share_one_that_ends_with_its_owner(folder):
    "Two processes of one owner are served by the same loaded process, also behind the end of that which started it; then it goes with its folder."
    owner = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    environment = os.environ | {"PYTHONPATH": str(HELPERS), "TMPDIR": str(folder), "WARM_LOADED": "json", "WARM_OWNER": str(owner.pid)}
    code = ("import subprocess, sys\nfrom warm import warm\nask = 'import os; print(os.getsid(0))'\n"
            "print(subprocess.run([*warm(), '-c', ask], capture_output=True, text=True).stdout)")
    told = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment).stdout for _ in range(2)]
    assert told[0] == told[1] != "\n"
    end = os.pidfd_open(int(told[0]))  # the session is called like the loaded process
    owner.communicate(b"\n")
    assert select.select([end], [], [], 240)[0] and not [*folder.glob("warm-*")]
    os.close(end)


def test_a_long_name_of_the_temporary_folder(tmp_path):
    "No socket has such a name; then processes are started as always."
    (long := tmp_path / ("long" * 30)).mkdir()
    code = "import sys\nfrom warm import warm\nprint(warm() == [sys.executable])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(HELPERS), "TMPDIR": str(long)})
    assert done.stdout == "True\n" and not [*long.iterdir()], done.stderr
