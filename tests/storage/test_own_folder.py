"What a process puts down for a while lies in one temporary folder of its own, and goes with it, or after it."
import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from conftest import hears_signals

from tfrseg.core import DataError
from tfrseg.sources.arrays import array_source
from tfrseg.storage import files
from tfrseg.storage.files import own_folder

WAITS = """
import os, signal, sys
from pathlib import Path
import numpy as np
from tfrseg.sources import arrays, source
def wait(*args, **kept):
    print("ready", flush=True)
    signal.pause()
if sys.argv[1] == "arrays":
    def elements():
        yield np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8), np.uint8)
        wait()
    arrays.array_source(elements(), class_names=["a", "b"], show_progress=False)
else:
    from tfrseg.writer import write
    write.upload_file = wait
    cards = source.folder_source(sys.argv[2] + "/img", sys.argv[2] + "/seg", show_progress=False)
    write.write_shards(write.plan_shards(cards, "memory://out"), workers=1, show_progress=False)
"""


def left(folder): return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name != ".lock")


@pytest.mark.parametrize("what, how", (("arrays", "SIGINT"), ("arrays", "SIGKILL"), ("bucket", "SIGTERM")))
def test_a_stopped_process_leaves_nothing_for_long(what, how, temporary, cards):
    "Ctrl-C removes at once; after a kill the next process that wants such a folder does."
    child = subprocess.Popen([sys.executable, "-c", WAITS, what, str(cards)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=hears_signals)
    assert child.stdout.readline() == "ready\n" and left(temporary)
    child.send_signal(getattr(signal, how))
    child.wait()
    if how == "SIGINT": assert list(temporary.iterdir()) == []
    mine = own_folder()
    assert list(temporary.iterdir()) == [mine] and left(temporary) == []


def test_refused_elements_go_at_once(temporary):
    def elements():
        yield np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8), np.uint8)
        yield np.zeros((8, 8, 3), np.uint8), np.zeros((9, 8), np.uint8)

    with pytest.raises(DataError, match="9 x 8"): array_source(elements(), class_names=["a", "b"], show_progress=False)
    assert left(temporary) == []
    source = array_source(elements(), class_names=["a", "b"], on_error="skip", show_progress=False)
    assert len(source.pairs) == 1 and os.path.exists(source.pairs[0].image)


def test_a_folder_that_was_tidied_away_is_made_again(temporary):
    first = own_folder()
    assert own_folder() == first
    files.shutil.rmtree(first)
    assert own_folder().is_dir() and own_folder() != first
