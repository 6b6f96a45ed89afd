"""Forks writers, kills them with SIGKILL at random moments, or when a shard is finished, and looks at what they leave. Run by test_trust.py.

    python tests/helpers/killed_writer.py FOLDER KILLS FRESH|OVERWRITE

One process imports everything, then forks a writer for every attempt. FOLDER holds img/ and seg/. After each kill there must be no data set
under the final name, or a whole one; the next writer goes on with `resume=True`, and what it completes is equal, byte by byte,
to what an undisturbed writer wrote. Prints one JSON line of counts.
"""
import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path
from threading import RLock

from tqdm.auto import tqdm

from tfrseg.storage.check import check_shards
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import folder_source
from tfrseg.writer.write import plan_shards, write_shards

tqdm.set_lock(RLock())  # its own lock is shared by forked processes: one that is killed while it holds it would stop all others

folder, kills, mode = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
out = folder / "out"
source = folder_source(folder / "img", folder / "seg", show_progress=False)


def write(target, records=1): write_shards(plan_shards(source, target, records_per_shard=records), workers=2, overwrite=mode == "OVERWRITE",
                                           resume=True, show_progress=False)


def content(path): return {p.name: p.read_bytes() for p in path.iterdir()}


def finished():
    "The finished shards of a writer that may be at work: the folder goes away when it is done."
    try: return sum(name.endswith(".done") for name in os.listdir(folder / "out.incomplete"))
    except FileNotFoundError: return 0


def start_over():
    shutil.rmtree(out, ignore_errors=True)
    if mode == "OVERWRITE": write(out, records=5)


start = time.perf_counter()
write(folder / "whole")
duration = time.perf_counter() - start
whole = content(folder / "whole")
start_over()
older = content(out) if mode == "OVERWRITE" else None
rng, found = random.Random(0), {"killed": 0, "completed": 0, "kept shards": 0, "nothing there": 0, "old there": 0, "new there": 0}
while found["killed"] < kills:
    left = finished()
    found["kept shards"] += left
    child = os.fork()
    if child == 0:
        try: write(out)
        except BaseException as e: print("writer failed:", repr(e), file=sys.stderr, flush=True); os._exit(1)
        os._exit(0)
    ended = 0
    if found["killed"] % 3 == 2:  # on a busy machine none of the others may be killed behind a shard
        while not ended and finished() <= left:
            time.sleep(0.001)
            ended, status = os.waitpid(child, os.WNOHANG)
    else: time.sleep(rng.uniform(0, duration * 0.7))
    if not ended:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0, status
        found["completed"] += 1
        assert content(out) == whole, "the completed data set differs"
        assert not list(folder.glob("out.*")), list(folder.glob("out.*"))
        start_over()
        continue
    found["killed"] += 1
    if not out.exists(): found["nothing there"] += 1
    else:
        there = {name: data for name, data in content(out).items() if name != ".lock"}
        assert there in (whole, older), sorted(there)
        assert load_info(out) is not None and not check_shards(out, show_progress=False)
        found["new there" if there == whole else "old there"] += 1
        if mode == "FRESH": start_over()
write(out) if mode == "OVERWRITE" or not out.exists() else None
assert content(out) == whole and not list(folder.glob("out.*"))
print(json.dumps(found))
