"""Every verb is killed before its file operations: nothing or whole, the same command again ends whole, nothing is left beside."""
import json
import os
import subprocess

import pytest
from conftest import HELPERS
from warm import warm

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
VERBS = ("write", "write --resume", "write --overwrite", "write --resume --overwrite", "convert",
         "convert --resume", "repair", "export folder", "export voc",
         "export coco", "export labelme", "export tfds", "write --update", "write --append", "merge", "cache", "demo")
QUICK = ("export folder", "write --update", "cache")  # killed writers: writer/test_trust.py


def killed(tmp_path, points, *names):
    "What the harness found of some verbs."
    done = subprocess.run([*warm(), HELPERS / "killed_verbs.py", tmp_path, points, *names],
                          capture_output=True, text=True, timeout=7200)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.fault("kill -9 before an operation on files, of any verb that writes",
                   "half a result, or what hinders the next run",
                   "nothing or whole; the same command again ends whole, with nothing beside")
def test_a_kill_of_some_verbs(tmp_path):
    "In the middle of what each does to the disk."
    found = killed(tmp_path, "1", *QUICK)
    assert not found["broken"] and set(found["kills"].values()) == {1} and min(found["operations"].values()) > 10, found


@pytest.mark.slow
@pytest.mark.parametrize("name", VERBS)
def test_a_kill_before_every_operation(tmp_path, name):
    found = killed(tmp_path, "all", name)
    assert not found["broken"] and found["kills"] == found["operations"], found
