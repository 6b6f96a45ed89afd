"""No silent loss, no half data set, no wrong pixel: killed and stopped writers, full disks, two at once."""
import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HELPERS
from PIL import Image

from tfrseg.cards import make_folder
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.storage.check import check_shards
from tfrseg.storage.dataset import INFO_NAME, load_info
from tfrseg.sources.source import folder_source
from tfrseg.writer.write import plan_shards, write_shards



def content(path): return {p.name: p.read_bytes() for p in Path(path).iterdir()}


@pytest.mark.fault("kill -9 at any moment", "a short file under its final name, which reads clean",
                   "no data set or a whole one; resume=True completes it byte by byte")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize("kills", (12, pytest.param(50, marks=pytest.mark.slow)))
@pytest.mark.parametrize("mode", ("FRESH", "OVERWRITE"))
def test_killed_at_random_moments(tmp_path, mode, kills):
    "kill -9: no data set or a whole one is left, and resuming completes it byte by byte."
    make_folder(tmp_path, 12, (90, 120))
    done = subprocess.run([sys.executable, HELPERS / "killed_writer.py", tmp_path, str(kills), mode], capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["killed"] == kills and found["kept shards"] > 0, found


@pytest.fixture
def stopped(source, tmp_path):
    "A plan of four shards, a writer of which was stopped after three; and what a whole run writes."
    plan = plan_shards(source, tmp_path / "out", records_per_shard=3)

    def power_cut(write, specs):
        for spec in list(specs)[:3]: yield write(spec)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"): write_shards(plan, engine=power_cut, resume=True, show_progress=False)
    whole = plan_shards(source, tmp_path / "whole", records_per_shard=3)
    write_shards(whole, show_progress=False)
    return plan, content(tmp_path / "whole")


def resumed(plan, **options):
    "Resumes a plan and gives the number of each shard that was written anew."
    seen = []

    def engine(write, specs):
        specs = list(specs)
        seen.extend(int(s.path.name.split("-")[1]) for s in specs)
        return map(write, specs)

    write_shards(plan, engine=engine, resume=True, show_progress=False, **options)
    return seen


def test_resuming_writes_only_what_is_missing(stopped):
    plan, whole = stopped
    assert not plan[0].path.parent.exists()
    assert resumed(plan) == [3] and content(plan[0].path.parent) == whole


@pytest.mark.fault("a finished shard damaged or exchanged before resuming", "-",
                   "written again")
@pytest.mark.parametrize("damage, anew", (
    (lambda folder: (folder / "train-00001-of-00004.tfrecord").write_bytes(b"x" * 5000), [1, 3]),
    (lambda folder: (folder / "train-00002-of-00004.tfrecord").unlink(), [2, 3]),
    (lambda folder: (folder / "train-00000-of-00004.tfrecord.done").write_text("[1]"), [0, 3]),
    (lambda folder: (folder / "train-00000-of-00004.tfrecord.done").write_text("{"), [0, 3]),
    (lambda folder: (folder / "stray.tfrecord").write_bytes(b"from another plan"), [3]),
    (lambda folder: shutil.copy(folder / "train-00000-of-00004.tfrecord.done", folder / "train-00001-of-00004.tfrecord.done"), [1, 3])))
def test_what_is_kept_was_verified(stopped, damage, anew):
    "A shard that was damaged, exchanged or is not of this plan is written again."
    plan, whole = stopped
    damage(plan[0].path.parent.with_name("out.incomplete"))
    assert resumed(plan) == anew and content(plan[0].path.parent) == whole


@pytest.mark.fault("source files changed before resuming", "-",
                   "written again")
def test_what_was_made_from_other_files_is_written_again(stopped, tmp_path, source):
    "A source file that was touched since, other labels, another schema."
    from dataclasses import replace

    plan, whole = stopped
    folder = shutil.copytree(Path(source.pairs[0].image).parents[1], tmp_path / "copy")
    pairs = [replace(p, image=folder / "img" / Path(p.image).name, mask=folder / "seg" / Path(p.mask).name) for p in source.pairs]
    moved = [replace(spec, pairs=tuple(pairs[3 * k:3 * k + 3])) for k, spec in enumerate(plan)]
    assert resumed(moved) == [0, 1, 2, 3] and content(plan[0].path.parent) == whole


def test_without_resume_nothing_of_a_stopped_writer_is_used(stopped, monkeypatch):
    plan, whole = stopped
    (plan[0].path.parent.with_name("out.incomplete") / "train-00001-of-00004.tfrecord").write_bytes(b"spoiled")
    write_shards(plan, show_progress=False)
    assert content(plan[0].path.parent) == whole and not list(plan[0].path.parent.parent.glob("out.*"))


def test_the_command_resumes(stopped, cards, capsys):
    plan, whole = stopped
    line = ["write", f"{cards}/img", f"{cards}/seg", str(plan[0].path.parent), "--records-per-shard", "3", "--resume", "--classes",
            *plan[0].labels.class_names]
    assert main(line) == 0 and content(plan[0].path.parent) == whole


@pytest.fixture
def small_disk(tmp_path):
    "A disk of 160 KiB."
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.fault("not enough room on the disk", "a partial file stays",
                   "space is estimated first")
def test_a_small_disk_is_seen_before_the_first_byte(source, small_disk):
    with pytest.raises(DataError, match="0.2 MiB wanted, 0.2 MiB free. Free some space"): write_shards(plan_shards(source, small_disk / "out"), show_progress=False)
    assert not list(small_disk.iterdir())


@pytest.mark.fault("the disk fills up in mid-shard", "a partial file stays",
                   "temporary files removed, DataError, what was there is whole")
@pytest.mark.parametrize("workers", (1, 3))
def test_a_disk_that_fills_up(source, small_disk, monkeypatch, workers):
    "Really full, in the middle of a shard: one line, nothing left, and what was there before is whole."
    write_shards(plan_shards(source.take([0, 1]), small_disk / "old"), show_progress=False)
    before = content(small_disk / "old")
    usage = shutil.disk_usage(small_disk)._replace(free=1 << 40)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(DataError, match="out: the disk is full; nothing was written. Free some space"):
        write_shards(plan_shards(source, small_disk / "out", records_per_shard=4), workers=workers, show_progress=False)
    assert [p.name for p in small_disk.iterdir()] == ["old"] and content(small_disk / "old") == before
    with pytest.raises(DataError, match="the disk is full"):
        write_shards(plan_shards(source, small_disk / "old", records_per_shard=4), workers=workers, overwrite=True, show_progress=False)
    assert content(small_disk / "old") == before and not check_shards(small_disk / "old", show_progress=False)


def test_on_a_full_disk_skipping_does_not_skip(source, tmp_path, monkeypatch):
    "`on_error='skip'` is for bad pairs, not for a disk that takes no more."
    from tfrseg.writer import write as writer

    def full(*args): raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writer, "encode_pair", full)
    with pytest.raises(DataError, match="the disk is full"): write_shards(plan_shards(source, tmp_path / "out"), on_error="skip", show_progress=False)


RIVAL = """
import sys
from tfrseg.sources.source import folder_source
from tfrseg.writer.write import plan_shards, write_shards
source = folder_source(sys.argv[1] + "/img", sys.argv[1] + "/seg", show_progress=False)
print("ready", flush=True)
sys.stdin.readline()
try: write_shards(plan_shards(source, sys.argv[2], records_per_shard=1), show_progress=False)
except FileExistsError as e: print("refused", flush=True)
else: print("wrote", flush=True)
"""


@pytest.mark.fault("several writers, one target", "40 of 80 records, reads clean",
                   "one writes, the others get FileExistsError")
def test_writers_racing_for_one_target(cards, tmp_path):
    "Three processes at once: one writes, the others are refused, and the data set is whole."
    rivals = [subprocess.Popen([sys.executable, "-c", RIVAL, str(cards), str(tmp_path / "out")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
              for _ in range(3)]
    for rival in rivals: assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        rival.stdin.write("go\n")
        rival.stdin.flush()
    said = sorted(rival.communicate(timeout=240)[0].strip() for rival in rivals)
    assert said == ["refused", "refused", "wrote"] and [p.name for p in tmp_path.iterdir()] == ["out"]
    assert load_info(tmp_path / "out").records() == 12 and not check_shards(tmp_path / "out", deep=True, show_progress=False)


@pytest.mark.fault("the target is a symbolic link", "the victim is overwritten",
                   "refused")
def test_a_link_is_never_written_through(source, tmp_path):
    (tmp_path / "victim").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "victim")
    for overwrite in (False, True):
        with pytest.raises(FileExistsError, match="a file or link of this name"):
            write_shards(plan_shards(source, tmp_path / "out"), overwrite=overwrite, show_progress=False)
    assert not list((tmp_path / "victim").iterdir())


def test_a_folder_of_the_users_named_replaced_is_left_alone(source, tmp_path):
    "The name that the old data set bears for a moment may be taken."
    (tmp_path / "out.replaced").mkdir()
    (tmp_path / "out.replaced" / "thesis.txt").write_text("precious")
    with pytest.raises(FileExistsError, match="thesis.txt"): write_shards(plan_shards(source, tmp_path / "out"), show_progress=False)
    assert (tmp_path / "out.replaced" / "thesis.txt").read_text() == "precious"


@pytest.mark.fault("PNG of 20000 x 20000 pixels in 50 KB", "+399 to +1210 MB",
                   "refused by its header, before memory is taken")
def test_bombs_are_refused_by_their_header(tmp_path):
    "A PNG of 20000 x 20000 pixels in 50 KB: no memory is taken for its pixels."
    import resource
    import struct
    import zlib

    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">II5B", 20000, 20000, 8, 2, 0, 0, 0)) + chunk(b"IDAT", bytes(50000)) + chunk(b"IEND", b"")
    for sub in ("img", "seg"): (tmp_path / sub).mkdir()
    (tmp_path / "img" / "a.png").write_bytes(bomb)
    Image.new("L", (4, 4)).save(tmp_path / "seg" / "a.png")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DataError, match="a.png.*MAX_IMAGE_PIXELS"): folder_source(tmp_path / "img", tmp_path / "seg", show_progress=False)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_indexes_of_readers_do_not_hinder_a_new_version(source, tmp_path):
    plan = plan_shards(source, tmp_path / "out")
    write_shards(plan, show_progress=False)
    (tmp_path / "out" / f".{plan[0].path.name}.index").write_bytes(b"kept by a reader")
    write_shards(plan, overwrite=True, show_progress=False)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted([INFO_NAME, plan[0].path.name, f".{plan[0].path.name}.index"])
    assert (tmp_path / "out" / f".{plan[0].path.name}.index").read_bytes() != b"kept by a reader"
