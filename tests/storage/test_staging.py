"""Inside the target, and nobody else's: what lies in a writer's way, what it does when its work is done already, and folders that cannot be listed."""
import json
import os
import shutil
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tfrseg.cards import make_folder
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.sources.detect import open_layout
from tfrseg.writer.export import export_shards, export_tfds
from tfrseg.storage.check import check_shards, repair_shards
from tfrseg.storage.dataset import WriterAtWork, find_shards, load_info, settle_folder, staging_folder
from tfrseg.sources.source import folder_source
from tfrseg.sources.splits import split_source
from tfrseg.writer.write import plan_shards, write_shards

QUIET = {"show_progress": False}


def tree(folder):
    "Every file below a folder with its bytes, and every folder and link."
    return {p.relative_to(folder).as_posix(): os.readlink(p) if p.is_symlink() else p.read_bytes() if p.is_file() else "" for p in sorted(Path(folder).rglob("*"))}


def said(run, *words, exc=FileExistsError):
    with pytest.raises(exc) as error: run()
    text = str(error.value)
    assert "\n" not in text and len(text) <= 500
    for word in words: assert word in text, text
    return text


@pytest.fixture
def victim(tmp_path):
    "A folder of somebody's, in which nothing may change."
    folder = tmp_path / "victim"
    (folder / "sub").mkdir(parents=True)
    (folder / "precious.txt").write_text("precious")
    (folder / "sub" / "deep.txt").write_text("deep")
    before = tree(folder)
    yield folder
    assert tree(folder) == before


@pytest.fixture
def verbs(source, shards, tmp_path):
    "Every function that fills a folder, by name."
    out = tmp_path / "home" / "out"
    out.parent.mkdir()
    return out, {"write": lambda **how: write_shards(plan_shards(source, out), **QUIET, **how), "repair": lambda: repair_shards(shards, out, **QUIET),
                 "export": lambda: export_shards(shards, out, "voc", **QUIET), "tfds": lambda: export_tfds(shards, out),
                 "export folder": lambda: export_shards(shards, out, **QUIET)}


class TestInTheWay:
    @pytest.mark.fault("a link, or a folder of somebody's, where a writer puts what is not complete", "-", "refused in words; what is there stays as it is")
    @pytest.mark.parametrize("name, word", (("out", "a file or link of this name"), ("out.incomplete", "a link has the name"), ("out.replaced", "a link has the name")))
    def test_links_are_refused_by_every_verb(self, verbs, victim, name, word):
        out, runs = verbs
        out.with_name(name).symlink_to(victim)
        for verb, run in runs.items(): said(run, out.with_name(name).name, word)
        for how in ({"overwrite": True}, {"resume": True}): said(lambda: runs["write"](**how), word)
        assert [p.name for p in out.parent.iterdir()] == [name]

    @pytest.mark.parametrize("name", ("out.incomplete", "out.replaced"))
    def test_folders_of_somebody_are_refused_and_kept(self, verbs, victim, name):
        out, runs = verbs
        shutil.copytree(victim, out.with_name(name))
        before = tree(out.parent)
        for run in (*runs.values(), lambda: runs["write"](resume=True), lambda: runs["write"](overwrite=True)): said(run, name, "precious.txt", "Move it away")
        assert tree(out.parent) == before

    @pytest.mark.parametrize("make", (lambda lock, victim: lock.symlink_to(victim / "precious.txt"), lambda lock, victim: os.link(victim / "precious.txt", lock),
                                      lambda lock, victim: lock.symlink_to(victim / "new.txt"), lambda lock, victim: os.mkfifo(lock),
                                      lambda lock, victim: lock.mkdir(), lambda lock, victim: lock.write_text('{"tfrseg": "something else"}')))
    def test_a_lock_that_is_no_mark(self, verbs, victim, make):
        "A link, a hard link to somebody's file, a pipe: neither written nor waited for."
        out, runs = verbs
        out.with_name("out.incomplete").mkdir()
        make(out.with_name("out.incomplete") / ".lock", victim)
        for run in (*runs.values(), lambda: runs["write"](resume=True)): said(run, "out.incomplete", "not made by tfrseg", "Move")
        shutil.rmtree(out.with_name("out.incomplete"))
        out.mkdir()
        make(out / ".lock", victim)
        for run in (*runs.values(), lambda: runs["write"](overwrite=True)): said(run, "out: ", exc=(FileExistsError, PermissionError))

    def test_what_a_stopped_writer_left_is_emptied_but_not_through_links(self, verbs, victim, source):
        out, runs = verbs
        with pytest.raises(RuntimeError): stop(lambda **how: write_shards(plan_shards(source, out, records_per_shard=3), **how))
        staging = out.with_name("out.incomplete")
        (staging / "images").symlink_to(victim)
        (staging / "train-00003-of-00004.tfrecord").symlink_to(victim / "precious.txt")
        (staging / "deep" / "er").mkdir(parents=True)
        (staging / "deep" / "er" / "left.png").write_bytes(b"half")
        assert runs["write"](resume=True).records() == 12
        assert sorted(p.name for p in out.iterdir()) == [".train-00000-of-00001.tfrecord.index", "dataset_info.json", "train-00000-of-00001.tfrecord"] and os.listdir(out.parent) == ["out"]

    def test_links_among_finished_shards_are_written_again(self, verbs, victim, source):
        out, _ = verbs
        plan = plan_shards(source, out, records_per_shard=3)
        with pytest.raises(RuntimeError): stop(lambda **how: write_shards(plan, **how))
        first = out.with_name("out.incomplete") / plan[0].path.name
        first.rename(victim.parent / "moved")
        first.symlink_to(victim.parent / "moved")
        kept = (victim.parent / "moved").read_bytes()
        write_shards(plan, resume=True, **QUIET)
        assert not (out / first.name).is_symlink() and (out / first.name).read_bytes() == kept == (victim.parent / "moved").read_bytes()

    @pytest.mark.parametrize("out", (".", "..", "a/.."))
    def test_a_folder_without_a_name(self, source, out): said(lambda: write_shards(plan_shards(source, out), **QUIET), "wanted the name of a folder", exc=ValueError)

    def test_a_planted_temporary_name_is_not_written_through(self, tmp_path, victim):
        "An `atomic_file` takes a name that can be guessed."
        from tfrseg.storage.files import atomic_file

        (tmp_path / f".a.txt.{os.getpid()}.incomplete").symlink_to(victim / "precious.txt")
        with atomic_file(tmp_path / "a.txt") as file: file.write(b"new")
        assert (tmp_path / "a.txt").read_bytes() == b"new" and not (tmp_path / "a.txt").is_symlink()


def stop(write, after=3):
    "A resuming write that ends with a RuntimeError after some shards."
    def power_cut(work, specs):
        for spec in list(specs)[:after]: yield work(spec)
        raise RuntimeError("power cut")

    return write(engine=power_cut, resume=True, **QUIET)


class TestTwoWriters:
    def test_who_holds_the_lock_is_said(self, tmp_path):
        with staging_folder(tmp_path / "out"):
            text = said(lambda: staging_folder(tmp_path / "out").__enter__(), "another writer is at work here", f"process {os.getpid()} on {platform.node()}, since 20", exc=WriterAtWork)
            assert said(lambda: find_shards(tmp_path / "out"), "not there yet: a writer is at work", str(os.getpid()), exc=FileNotFoundError)
        assert "Wait for it" in text and os.listdir(tmp_path) == ["out"]

    def test_a_refused_writer_leaves_the_other_one_alone(self, tmp_path):
        with staging_folder(tmp_path / "out") as staging:
            (staging / "a").write_text("mine")
            for keep in (False, True): said(lambda: staging_folder(tmp_path / "out", keep=keep).__enter__(), "at work")
            assert sorted(os.listdir(staging)) == [".lock", "a"]
        assert os.listdir(tmp_path / "out") == ["a"]

    def test_without_locks_the_process_is_asked_for(self, tmp_path, monkeypatch):
        "A file system such as some Lustre mounts have no locks: the mark tells the process, which lives or not."
        import errno

        from tfrseg.storage import files as module

        def none(*_): raise OSError(errno.ENOTSUP, "no locks here")

        monkeypatch.setattr(module.fcntl, "flock", none)
        sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        with staging_folder(tmp_path / "out") as staging: mark = json.loads((staging / ".lock").read_text())
        (tmp_path / "out").rename(tmp_path / "out.incomplete")
        (tmp_path / "out.incomplete" / ".lock").write_text(json.dumps(mark | {"process": sleeper.pid}))
        said(lambda: staging_folder(tmp_path / "out").__enter__(), f"process {sleeper.pid} on", exc=WriterAtWork)
        sleeper.communicate(b"\n")
        with staging_folder(tmp_path / "out"): pass
        assert os.listdir(tmp_path) == ["out"]


class TestTwice:
    @pytest.fixture
    def run(self, tmp_path, monkeypatch, capsys):
        "Runs a command line in a folder of pictures; its status, and all that it says."
        make_folder(tmp_path, 6, (40, 48))
        monkeypatch.chdir(tmp_path)

        def run(line):
            status = main(line.split())
            out = capsys.readouterr()
            return status, out.out + out.err
        return run

    @pytest.mark.fault("write --resume or convert --resume of a data set that is finished", "-", "says that it is complete, and ends with status 0")
    @pytest.mark.parametrize("line", ("write img seg out --records-per-shard 2 --resume", "convert shards out --records-per-shard 2 --resume"))
    def test_resuming_what_is_complete(self, run, line):
        assert run("write img seg shards")[0] == 0 and run(line)[0] == 0
        before = tree("out"), [p.stat().st_ino for p in sorted(Path("out").iterdir())]
        for more in ("", " --overwrite"):
            status, text = run(line + more)
            assert status == 0 and "out: complete already" in text
            assert (tree("out"), [p.stat().st_ino for p in sorted(Path("out").iterdir())]) == before and sorted(os.listdir()) == ["img", "out", "seg", "shards"]

    def test_a_copy_without_the_fingerprint_is_compared(self, run):
        line = "write img seg out --records-per-shard 2 --resume"
        run(line)
        shutil.copytree("out", "copy", copy_function=shutil.copyfile)
        before = [p.stat().st_ino for p in sorted(Path("copy").iterdir())]
        for _ in range(2):
            status, text = run(line.replace("out", "copy"))
            assert status == 0 and "complete already" in text and [p.stat().st_ino for p in sorted(Path("copy").iterdir())] == before
        assert not list(Path().glob("*.incomplete"))

    @pytest.mark.parametrize("change, word", ((lambda: Path("img/card-0001.png").write_bytes(Path("img/card-0002.png").read_bytes()), "changed since"),
                                              (lambda: (Path("img/card-0001.png").unlink(), Path("seg/card-0001.png").unlink()), "of other pairs")))
    def test_what_was_made_from_other_sources_is_an_error(self, run, change, word):
        line = "write img seg out --resume"
        run(line)
        before = tree("out")
        change()
        status, text = run(line)
        assert status == 1 and "holds a finished dataset" in text and word in text and "--overwrite" in text
        assert tree("out") == before and not list(Path().glob("out.*"))
        assert run(line + " --overwrite")[0] == 0 and tree("out") != before
        assert "complete already" in run(line)[1]

    def test_a_replaced_source_of_the_same_size_and_time(self, run):
        picture = Image.open("img/card-0001.png")
        picture.save("img/card-0001.png", compress_level=0)  # of one size, whatever its pixels
        run("write img seg out --records-per-shard 2 --resume")
        found = os.stat("img/card-0001.png")
        picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save("new.png", compress_level=0)
        assert os.path.getsize("new.png") == found.st_size
        os.utime("new.png", ns=(found.st_atime_ns, found.st_mtime_ns))
        os.replace("new.png", "img/card-0001.png")
        status, text = run("write img seg out --records-per-shard 2 --resume")
        assert status == 1 and "changed since" in text

    def test_a_damaged_shard_is_said(self, run):
        run("write img seg out --resume")
        shard = next(Path("out").glob("*.tfrecord"))
        data = bytearray(shard.read_bytes())
        data[500] ^= 1
        shard.write_bytes(data)
        status, text = run("write img seg out --resume")
        assert status == 1 and "is not as it was written" in text and "--overwrite" in text
        assert run("write img seg out --resume --overwrite")[0] == 0 and not check_shards("out", **QUIET)

    @pytest.mark.parametrize("stray", ("..train-00000-of-00001.tfrecord.index.4242.incomplete", ".train-00007-of-00009.tfrecord.index", ".train-00000-of-00001.tfrecord.index",
                                       ".dataset_info.json.17.incomplete", ".train-00000-of-00001.tfrecord.99.incomplete"))
    def test_what_killed_readers_left_is_no_obstacle(self, run, stray):
        run("write img seg out")
        Path("out", stray).write_bytes(b"half an index")
        assert run("write img seg out --overwrite")[0] == 0 and len(os.listdir("out")) == 3

    def test_what_only_looks_like_it_is(self, run):
        run("write img seg out")
        for name in ("notes.index", ".notes.txt.17.incomplete", "train-00007-of-00009.tfrecord"):
            Path("out", name).write_bytes(b"somebody's")
            status, text = run("write img seg out --overwrite")
            assert status == 1 and name in text
            Path("out", name).unlink()

    @pytest.mark.parametrize("verb", ("info out", "check out", "convert out x", "repair out x", "export out x", "export out x --layout tfds", "show out -o x.png", "bench out",
                                      "write img seg x --split train=0.7,val=0.3 --split-as out"))
    def test_who_reads_what_is_not_finished_is_told(self, run, verb):
        source = folder_source("img", "seg", **QUIET)
        with pytest.raises(RuntimeError): stop(lambda **how: write_shards(plan_shards(source, "out", records_per_shard=2), **how), 2)
        status, text = run(verb)
        assert status == 1 and "out: not there: its writer was stopped, and left out.incomplete; 2 finished shards are kept" in text and "--resume" in text and "Traceback" not in text

    def test_exports_of_the_same_are_known_after_a_kill_alone(self, run):
        "A finished export is not written over, as before; one whose writer was killed at its last step is settled."
        run("write img seg shards")
        for line in ("export shards out", "export shards voc --layout voc", "repair shards again"):
            assert run(line)[0] == 0
            status, text = run(line)
            assert status == 1 and "not empty" in text

    @pytest.mark.slow
    def test_demo_goes_on(self, run):
        os.mkdir("demo")
        Path("demo/.unfinished_demo").touch()
        make_folder("demo", 3, (40, 48))
        Path("demo/img/card-mine.png").write_bytes(Path("demo/img/card-0000.png").read_bytes())
        Path("demo/img/card-mine.png").rename("demo/mine.png")
        assert run("demo --out demo -n 4")[0] == 0
        assert sorted(os.listdir("demo")) == ["demo.png", "img", "mine.png", "report.txt", "seg", "shards"] and len(os.listdir("demo/img")) == 4

    @pytest.mark.parametrize("name", ("img", "seg", "shards", "demo.png", "report.txt", ".unfinished_demo"))
    def test_demo_writes_through_no_link(self, run, victim, name):
        os.mkdir("demo")
        Path("demo/.unfinished_demo").touch() if name != ".unfinished_demo" else None
        Path("demo", name).symlink_to(victim if "." not in name else victim / "precious.txt")
        status, text = run("demo --out demo -n 4")
        assert status == 1 and "link" in text


class TestDisks:
    @pytest.mark.fault("write --overwrite over a data set whose files may not be removed", "-", "the old one stays as it was, in one line")
    def test_a_folder_that_is_read_only(self, source, tmp_path, monkeypatch):
        plan = plan_shards(source, tmp_path / "out")
        write_shards(plan, **QUIET)
        before = tree(tmp_path)
        asked = os.access
        monkeypatch.setattr(os, "access", lambda path, mode, **how: False if Path(path) == tmp_path / "out" and mode & os.W_OK else asked(path, mode, **how))
        said(lambda: write_shards(plan, overwrite=True, **QUIET), "out: the folder is read-only", exc=PermissionError)
        assert tree(tmp_path) == before

    @pytest.mark.parametrize("after, word", ((0, "nothing was changed"), (1, "Remove it by hand")))
    def test_files_that_cannot_be_removed(self, source, tmp_path, monkeypatch, after, word):
        "As of an immutable file: everything is put back, or what is left of the old one is named."
        write_shards(plan_shards(source, tmp_path / "out", records_per_shard=6), **QUIET)
        before, removed, unlink = tree(tmp_path), [], os.unlink

        def refuse(path, **how):
            if ".replaced" in str(path):
                if len(removed) >= after: raise PermissionError(1, "Operation not permitted", str(path))
                removed.append(path)
            return unlink(path, **how)

        monkeypatch.setattr(os, "unlink", refuse)
        said(lambda: write_shards(plan_shards(source, tmp_path / "out"), overwrite=True, **QUIET), word, "Operation not permitted", exc=PermissionError)
        monkeypatch.undo()
        if not after: assert tree(tmp_path) == before
        else: assert load_info(tmp_path / "out").records() == 12 and not check_shards(tmp_path / "out", **QUIET) and not (tmp_path / "out" / ".lock").exists()
        write_shards(plan_shards(source, tmp_path / "out"), overwrite=True, **QUIET)
        assert os.listdir(tmp_path) == ["out"]

    @pytest.mark.parametrize("name", ("write", "repair", "export", "tfds", "export folder"))
    def test_a_full_disk_is_said_by_every_verb(self, verbs, monkeypatch, name):
        import errno

        out, runs = verbs
        calls, fsync = [], os.fsync

        def full(number):
            calls.append(number)
            if len(calls) == 2: raise OSError(errno.ENOSPC, "No space left on device")
            return fsync(number)

        monkeypatch.setattr(os, "fsync", full)
        said(runs[name], "out: the disk is full; nothing was written", exc=DataError)
        assert not os.listdir(out.parent)

    @pytest.mark.parametrize("where", ("seg", "img", "img/deep", "seg/deep"))
    def test_a_folder_that_may_not_be_listed(self, tmp_path, monkeypatch, where):
        "Never 'no images', and never fewer in silence; root may list everything, so the system's call is replaced."
        make_folder(tmp_path, 3, (40, 48))
        for sub in ("img", "seg"): shutil.copytree(tmp_path / sub, tmp_path / sub / "deep")
        scan = os.scandir

        def refuse(path="."):
            if Path(path) == tmp_path / where: raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refuse)
        said(lambda: folder_source(tmp_path / "img", tmp_path / "seg", **QUIET), where, "cannot be listed (Permission denied)", exc=PermissionError)
        said(lambda: open_layout(tmp_path, "auto", **QUIET), where, "cannot be listed (Permission denied)", exc=PermissionError)

    def test_linked_shards_are_exported_as_files(self, shards, tmp_path):
        "`os.link` of a relative link would make a link to nothing."
        (tmp_path / "set").mkdir()
        for file in shards.iterdir():
            if file.name.endswith(".tfrecord"): (tmp_path / "set" / file.name).symlink_to(os.path.relpath(file, tmp_path / "set"))
            elif file.name == "dataset_info.json": shutil.copy(file, tmp_path / "set")
        export_tfds(tmp_path / "set", tmp_path / "out")
        assert [p.name for p in (tmp_path / "out").iterdir() if p.is_symlink() or not p.exists()] == []


@pytest.mark.parametrize("shares", ({"a": float("nan"), "b": float("nan")}, {"a": float("inf"), "b": float("-inf")}, {"a": 1.0, "b": float("nan")}, {"a": 0.0, "b": 1.0}))
def test_shares_that_are_no_numbers(source, shares):
    with pytest.raises(ValueError, match="wanted positive numbers"): split_source(source, **shares)


def test_a_forked_child_leaves_the_folders_of_arrays(tmp_path):
    "What is registered to go at exit goes with the process that made it."
    script = "import os, sys; from tfrseg.storage.files import own_folder; f = own_folder(); pid = os.fork()\nif not pid: sys.exit()\nos.waitpid(pid, 0); print(os.path.isdir(f), f)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    there, folder = done.stdout.split()
    assert there == "True" and not os.path.exists(folder)


def test_settling_leaves_other_folders_alone(tmp_path):
    for name, text in (("a", "{}"), ("b", "x" * 5000), ("c", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".lock").write_text(text)
        assert settle_folder(tmp_path / name, "job") is False and (tmp_path / name / ".lock").read_text() == text
    assert settle_folder(tmp_path / "none") is False
