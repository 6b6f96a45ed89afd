"""Forks writers of a bucket, kills them with SIGKILL before a request that changes something, and looks at what they leave. Run by
test_buckets.py.

    python tests/helpers/killed_bucket_writer.py FOLDER ADDRESS FRESH|OVERWRITE KILLS

FOLDER holds img/ and seg/; ADDRESS is an empty folder of a bucket. After each kill there must be no data set, the older one, or the whole new
one; a writer that resumes completes it, equal, byte by byte, to a local one. Prints one JSON line of counts.
"""
import json
import os
import random
import signal
import sys
from functools import partial
from pathlib import Path

import s3fs

from tfrseg.sources.source import folder_source
from tfrseg.storage.check import check_shards
from tfrseg.storage.dataset import load_info
from tfrseg.storage.files import as_path, list_folder
from tfrseg.writer.write import plan_shards, write_shards

CHANGES = ("put_object", "delete_object", "delete_objects", "copy_object", "create_multipart_upload")
folder, address, mode, kills = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
source = folder_source(folder / "img", folder / "seg", show_progress=False)


def write(target, records, **options):
    return write_shards(plan_shards(source, target, records_per_shard=records), workers=2, show_progress=False, **options)


def content(path): return {p.name: p.read_bytes() for p in list_folder(path) if p.name != ".made_from"}


def in_child(work):
    "The result of work in a forked process, as JSON. fsspec must not be used in a process that forks."
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try: os.write(writing, json.dumps(work()).encode())
        except BaseException as e: print("child failed:", repr(e), file=sys.stderr, flush=True); os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe: text = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(text) if text else ("killed" if os.WIFSIGNALED(status) else "failed")


def counted(work, at=None):
    "Work that is killed before a change of this number; without, the number of changes that it makes."
    call, done = s3fs.S3FileSystem._call_s3, 0

    async def counting(self, method, *args, **options):
        nonlocal done
        if method in CHANGES:
            done += 1
            if done == at: os.kill(os.getpid(), signal.SIGKILL)
        return await call(self, method, *args, **options)

    s3fs.S3FileSystem._call_s3 = counting
    work()
    return done


def look(whole, older):
    "What is there: nothing, the older data set, or the new one. Anything else is an error."
    out = as_path(address)
    info = load_info(out)
    if info is None: return "nothing"
    assert check_shards(out, deep=True, show_progress=False) == [], "damaged"
    if len(info.shards()) == older: return "old"
    there = content(out)
    assert all(there[name] == data for name, data in whole.items()), "neither old nor new"
    return "new"


write(folder / mode, 2)
whole = content(folder / mode)
older = 1 if mode == "OVERWRITE" else None
rng, found = random.Random(len(mode)), {"killed": 0, "nothing": 0, "old": 0, "new": 0, "resumed": 0}


def start_over():
    out = as_path(address)
    if out.parent.exists(): out.fs.rm(out.parent.path + "/", recursive=True) if out.fs.find(out.parent.path) else None
    if older: write(address, 100)
    return True


def new_write(resume): return write(address, 2, overwrite=mode == "OVERWRITE", resume=resume) and True


changes = {}
for resume in (False, True):
    assert in_child(start_over) is True
    changes[resume] = in_child(lambda: counted(partial(new_write, resume)))
    assert in_child(lambda: look(whole, older)) == "new"
assert source.seen and changes[True] > changes[False], "a writer that may be resumed keeps what was seen"
for kill in range(kills):
    assert in_child(start_over) is True
    resume, again = rng.random() < 0.5, rng.random() < 0.7
    at = rng.randint(1, changes[resume]) if kills < changes[resume] else kill % changes[resume] + 1
    where = f"{at} of {changes[resume]} changes, resume={resume}, then {again}"
    state = in_child(lambda: counted(partial(new_write, resume), at))
    assert state == "killed", f"{state} at {where}"
    found["killed"] += 1
    state = in_child(lambda: look(whole, older))
    assert state in ("nothing", "old", "new"), f"{state} after {where}"
    found[state] += 1
    assert in_child(lambda: new_write(again)) is True, f"not resumed after {where}"
    assert in_child(lambda: look(whole, older)) == "new", where
    left = in_child(lambda: sorted(p.name for p in list_folder(as_path(address).parent)))
    assert left == [address.rpartition("/")[2]], left  # an address becomes no path here: some versions of s3fs then start a thread
    assert set(in_child(lambda: sorted(content(as_path(address))))) == set(whole), "more than the data set"
    found["resumed"] += 1
print(json.dumps(found | {"changes": changes[False]}))
