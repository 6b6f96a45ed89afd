"""Kills every verb that writes, before each of its file operations, and looks at what is left. Run by test_kills.py.

    python tests/helpers/killed_verbs.py FOLDER POINTS [VERB ...]

POINTS is 'all', or how many operations of a verb are picked, evenly among all of them. One process imports everything and forks a process
for each run; it runs no TensorFlow itself, whose threads would not live on in a fork. An audit hook of Python counts the operations that change
the disk (opening to write, rename, link, mkdir, rmdir, unlink; fsync is wrapped), and ends the process before the wanted one as SIGKILL would.

The law: the target is absent, or what it was before, or whole; the same command again ends well; then the target is, byte by byte, what an undisturbed
run gives, and nothing lies beside it. Prints one JSON line: operations and killed runs by verb, and what broke the law.
"""
import contextlib
import io
import json
import os
import re
import shutil
import sys
import traceback
from pathlib import Path
from threading import RLock

import numpy as np
from PIL import Image
from tqdm.auto import tqdm

import tfrseg.cli, tfrseg.explorer.summary, tfrseg.reader.bench, tfrseg.reader.pipeline, tfrseg.storage.check, tfrseg.writer.convert, tfrseg.writer.export, tfrseg.writer.merge, tfrseg.writer.update  # noqa: E401,F401  all that a fork would import again
from tfrseg.reader.cache import cache_shards
from tfrseg.cards import make_folder
from tfrseg.cli import main
from tfrseg.storage.labels import load_mask
from tfrseg.storage.shards import open_shards

tqdm.set_lock(RLock())
tfrseg.cli._start_tensorflow = lambda: None  # it is imported already; what a verb needs of it starts in the fork
MARK, EVENTS = ".lock", {"os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.remove", "os.truncate"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def verb(line):
    "A command line, run in the folder."
    def run(): assert main(line.split()) == 0, line
    return run


def cached(): cache_shards(open_shards("shards"), "caches", show_progress=False)


WRITE = "write img seg out --records-per-shard 2 --workers 1 --split train=0.7,val=0.3 --schema "
VERBS = {  # by name: what is run, the target, and what makes the target that is there before
    "write": (verb(WRITE + "tfvision"), "out", None),
    "write --resume": (verb(WRITE + "tfvision --resume"), "out", None),
    "write --overwrite": (verb(WRITE + "tfvision --overwrite"), "out", verb(WRITE + "raw_ids")),
    "write --resume --overwrite": (verb(WRITE + "raw --resume --overwrite"), "out", verb(WRITE + "tfvision")),
    "convert": (verb("convert shards out --schema raw_ids --workers 1"), "out", None),
    "convert --resume": (verb("convert shards out --records-per-shard 2 --workers 1 --resume"), "out", None),
    "repair": (verb("repair shards out --workers 1"), "out", None),
    "export folder": (verb("export shards out"), "out", None),
    "export voc": (verb("export shards out --layout voc"), "out", None),
    "export coco": (verb("export shards out --layout coco"), "out", None),
    "export tfds": (verb("export shards out --layout tfds"), "out", None),
    "export labelme": (verb("export shards out --layout labelme --records listed.txt"), "out", None),
    "write --update": (verb("write corrected/img corrected/seg out --update --workers 1"), "out", verb(WRITE + "tfvision")),
    "write --append": (verb("write more/img more/seg out --append --workers 1"), "out", verb(WRITE + "tfvision")),
    "merge": (verb("merge shards other out"), "out", None),
    "cache": (cached, "caches", None),
    "demo": (verb("demo --out out -n 4"), "out", None),
}
WORK = {"demo": {"img", "seg", "demo.png", "report.txt", ".unfinished_demo"}}  # what is worked in, or tells times: not compared


def forked(run, before=None):
    "Runs in a process of its own, killed before operation number `before`; its exit status (9: killed), how many operations it did, and its errors."
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os._exit(in_child(run, before, writer))
    os.close(writer)
    with os.fdopen(reader, "r") as told: said = told.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status, int(said or 0) if status == 0 else 0, said


def in_child(run, before, told):
    "What the forked process does."
    count, here = 0, os.getcwd()

    def operation(path):
        nonlocal count
        if isinstance(path, (str, bytes, os.PathLike)) and not os.path.abspath(os.fsdecode(path)).startswith(here): return
        if count == before: os._exit(9)
        count += 1

    def hook(event, args):
        if event == "open" and isinstance(args[2], int) and args[2] & WRITES and not isinstance(args[0], int): operation(args[0])
        elif event in EVENTS: operation(args[0])

    synced = os.fsync
    os.fsync = lambda number: (operation(None), synced(number))[1]
    errors = io.StringIO()
    sys.addaudithook(hook)
    try:
        with contextlib.redirect_stdout(errors), contextlib.redirect_stderr(errors): run()
    except BaseException:
        os.write(told, (errors.getvalue()[-500:] + traceback.format_exc()[-1500:]).encode())
        return 1
    os.write(told, str(count).encode())
    return 0


def content(path, work=()):
    "Every file below a folder by its path; None where nothing is there. What a cache is known by, and indexes, tell which files they are of: not compared."
    path = Path(path)
    if not os.path.lexists(path): return None
    found = {p.relative_to(path): p for p in path.rglob("*") if p.relative_to(path).parts[0] not in work}
    found = {Path(*(re.sub("-[0-9a-f]{16}$", "", part) for part in name.parts)): p
             for name, p in found.items() if p.suffix != ".index" and p.name != "tfrseg_cache.json"}
    return {f"{name.as_posix()}/" if p.is_dir() else name.as_posix(): b"" if p.is_dir() else p.read_bytes() for name, p in sorted(found.items())}


def named(left):
    """What of a content has its final name: without the mark, without the staging folders that lie in a cache's or a demo's folder, and without the half
    of what a cache is known by, which the next run writes for a cache that is whole."""
    return {k: v for k, v in (left or {}).items()
            if Path(k).name != MARK and not Path(k).parts[0].endswith(".incomplete") and not Path(k).name.startswith(".tfrseg_cache.json.")}


def trial(folder, name, points):
    "Operations, kills, and what broke the law, of one verb."
    run, target, prepare = VERBS[name]
    work, broken = WORK.get(name, ()), []

    def start():
        shutil.rmtree(folder / "trial", ignore_errors=True)
        shutil.copytree(folder / "given", folder / "trial")
        os.chdir(folder / "trial")
        if prepare: assert forked(prepare)[0] == 0
        return content(target, work), set(os.listdir())

    older, beside = start()
    status, operations, errors = forked(run)
    assert status == 0, f"{name}: {errors}"
    whole = content(target, work)
    count = operations if points == "all" else int(points)
    picked = sorted({(2 * k + 1) * operations // (2 * count) for k in range(count)})
    for number in picked:
        start()
        status, _, errors = forked(run, number)
        if status != 9: broken.append(f"{name}, operation {number}: ended with {status} {errors}")
        left = named(content(target, work))
        if left and left not in (older, whole): broken.append(f"{name}, killed before operation {number}: the target is torn, {sorted(set(left) ^ set(whole))[:6]}")
        status, _, errors = forked(run)
        if status: broken.append(f"{name}, killed before operation {number}: the same again ends with {status}: {errors}")
        again = content(target, work)
        if again != whole: broken.append(f"{name}, killed before operation {number}: the same again gives another result, {sorted(set(again or ()) ^ set(whole))[:6]}")
        if (extra := set(os.listdir()) - beside - {target}): broken.append(f"{name}, killed before operation {number}: left beside {sorted(extra)}")
    return operations, len(picked), broken


def make_more(given):
    "A list, another dataset, new pairs, and corrected masks: of the card 1 and 3 the stamp is gone, that of 0 stays."
    (given / "listed.txt").write_text("card-0001\ncard-0003\n")
    make_folder(given / "more", 7, (40, 48))
    shutil.copytree(given / "more", given / "corrected")
    for part in ("img", "seg"):
        for number in range(7):
            if number < 5: (given / "more" / part / f"card-{number:04d}.png").unlink()
            if number not in (0, 1, 3): (given / "corrected" / part / f"card-{number:04d}.png").unlink()
    for number in (1, 3):
        file = given / "corrected/seg" / f"card-{number:04d}.png"
        ids = load_mask(file)
        Image.fromarray(np.where(ids == 4, 1, ids).astype(np.uint8)[..., 0]).save(file)
    assert forked(verb("write more/img more/seg other --workers 1"))[0] == 0


def run_all(folder, points, names):
    given = folder / "given"
    make_folder(given, 5, (40, 48))
    os.chdir(given)
    assert forked(verb("write img seg shards --records-per-shard 3 --workers 1 --split train=0.7,val=0.3"))[0] == 0
    make_more(given)
    found = {}
    for name in names or VERBS:
        found[name] = trial(folder, name, points)
        print(name, *found[name][:2], len(found[name][2]), file=sys.stderr, flush=True)
    os.chdir("/")
    print(json.dumps({"operations": {n: f[0] for n, f in found.items()}, "kills": {n: f[1] for n, f in found.items()}, "broken": [b for f in found.values() for b in f[2]]}))


if __name__ == "__main__": run_all(Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3:])
