"""A real Ray cluster: three nodes in a network namespace, nodes and drivers that are killed while they write, nodes that differ."""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import HELPERS, PACKAGE, ROOT, hears_signals

from tfrseg import __version__
from tfrseg.cards import make_folder
from tfrseg.sources.source import folder_source
from tfrseg.storage.check import check_shards
from tfrseg.writer.write import plan_shards, write_shards

SHARDS = 40


class ClusterOfThree:
    "What the helper runs, and processes in its network."

    def __init__(self):
        self.process = subprocess.Popen(["unshare", "-rn", sys.executable, HELPERS / "ray_cluster.py"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, env=environment(), preexec_fn=hears_signals)
        self.read()

    def read(self):
        line = self.process.stdout.readline()
        assert line, "the cluster did not start"
        self.__dict__ |= json.loads(line)

    def popen(self, *words, **options):
        "A process in the cluster's network."
        enter = ["nsenter", "-t", str(self.process.pid), "-U", "-n", "--preserve-credentials"]
        return subprocess.Popen([*enter, *map(str, words)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/",
                                preexec_fn=hears_signals, **{"env": environment(), **options})

    def write(self, folder, out, *words, before=(), **options):
        "The command that writes on the cluster."
        return self.popen(*before, sys.executable, "-c", "from tfrseg.cli import main; raise SystemExit(main())", "write", folder / "img", folder / "seg", folder / out, "--records-per-shard", 3,
                          "--engine", "ray", "--address", self.address, "--quiet", *words, **options)

    def kill(self, name):
        "kill -9 of all processes of a node."
        for process in tree(self.nodes[name]): end(process)

    def add(self, name):
        self.process.stdin.write(f"add {name}\n")
        self.process.stdin.flush()
        self.read()

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)


def environment(**more): return {**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3", **more}


def tree(process) -> list[int]:
    "A process and all below it."
    try: children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError: children = []
    return [process, *(below for child in children for below in tree(int(child)))]


def end(process):
    try: os.kill(process, signal.SIGKILL)
    except ProcessLookupError: pass


@pytest.fixture(scope="module")
def cluster():
    pytest.importorskip("ray", reason="Ray is not installed")
    if not shutil.which("unshare") or not shutil.which("nsenter") or subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
        pytest.skip("this system allows no network namespaces")
    made = ClusterOfThree()
    yield made
    made.close()


@pytest.fixture
def folder(pairs):
    "The pairs, from which whatever a test wrote is removed."
    yield pairs
    for path in pairs.glob("out*"): shutil.rmtree(path)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    "120 pairs, which are links to 12, and what one machine writes of them."
    folder = make_folder(tmp_path_factory.mktemp("pairs"), 12, (240, 320))
    for path in [*folder.glob("*/*.png")]:
        for n in range(1, 10): os.link(path, path.with_name(f"{n}-{path.name}"))
    write_shards(plan_shards(folder_source(folder / "img", folder / "seg", show_progress=False), folder / "whole", records_per_shard=3), show_progress=False)
    return folder


def content(path): return {p.name: p.read_bytes() for p in path.iterdir()}


def done(process) -> str:
    "Waits for a process that ends well."
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out + err


def wait_for(folder, count, process):
    "Waits until so many shards are finished; False where the writer ended before."
    while len(list((folder / "out.incomplete").glob("*.done"))) < count:
        if process.poll() is not None: return False
        time.sleep(0.005)
    return True


def is_whole(folder):
    assert content(folder / "out") == content(folder / "whole") and not list(folder.glob("out.*"))
    shutil.rmtree(folder / "out")
    return True


@pytest.mark.fault("a machine of a cluster dies while it writes", "the job ends, or a file is short or twice there",
                   "its shards are written by the others; the data set has the same bytes as from one machine")
@pytest.mark.slow
def test_a_node_is_killed_in_mid_write(cluster, folder):
    writer = cluster.write(folder, "out")
    assert wait_for(folder, 6, writer)
    cluster.kill("127.0.0.3")
    done(writer)
    assert check_shards(folder / "out", show_progress=False) == [] and is_whole(folder)
    cluster.add("127.0.0.3")


@pytest.mark.fault("the program that started the work on a cluster is killed", "files of which nobody knows whether they are whole",
                   "no data set; resume=True keeps the finished shards and completes it with the same bytes")
@pytest.mark.slow
@pytest.mark.parametrize("how", ("SIGKILL", "SIGINT"))
def test_the_driver_is_stopped_and_resumed(cluster, folder, how):
    writer = cluster.write(folder, "out", "--resume")
    assert wait_for(folder, 6, writer)
    writer.send_signal(getattr(signal, how))
    err = writer.communicate(timeout=300)[1]
    assert not (folder / "out").exists()
    if how == "SIGINT": assert (writer.returncode, err) == (130, "tfrseg: stopped\n")
    kept = {p.name: p.stat().st_ino for p in (folder / "out.incomplete").glob("*.done")}
    assert 6 <= len(kept) < SHARDS
    assert SHARDS == len(list((folder / "whole").glob("train-*")))
    done(cluster.write(folder, "out", "--resume"))
    assert is_whole(folder)


@pytest.mark.slow
def test_a_place_that_only_the_driver_sees(cluster, folder, tmp_path):
    "A disk that is mounted for the driver alone: images, or the target. Found before the first shard, with the name of a node."
    secret = tmp_path / "secret"
    secret.mkdir()
    mount = f"mount -t tmpfs none {secret} && cp -r {folder}/img {folder}/seg {secret} && exec \"$@\""
    alone = ("unshare", "-m", "sh", "-c", mount, "sh")
    for writer, what in ((cluster.write(secret, "out", before=alone), secret / "img" / "1-card-0000.png"),
                         (cluster.write(folder, secret / "out", before=alone), secret / "out.incomplete")):
        out, err = writer.communicate(timeout=300)
        assert writer.returncode == 1 and "127.0.0." in err and "does not see" in err and str(what) in err and err.count("\n") == 1, err
    assert not list(secret.iterdir()) and not list(folder.glob("out*"))


@pytest.mark.slow
def test_nodes_with_another_version(cluster, folder, tmp_path):
    "Another number, or other files under the same number."
    copy = shutil.copytree(PACKAGE, tmp_path / "tfrseg")
    known = (copy / "__init__.py").read_text()
    for change, told in ((known.replace("__version__ = \"", "__version__ = \"9."), f"has tfrseg {__version__}; wanted 9.{__version__}"), (known + "\n", "has the files of tfrseg ")):
        (copy / "__init__.py").write_text(change)
        writer = cluster.write(folder, "out", env=environment(PYTHONPATH=str(tmp_path)))
        out, err = writer.communicate(timeout=300)
        assert writer.returncode == 2 and "node 127.0.0." in err and told in err and "pip install" in err and err.count("\n") == 1, err
        assert not list(folder.glob("out*"))


@pytest.mark.slow
@pytest.mark.parametrize("what", ("node", "driver"))
def test_killed_at_random_moments(cluster, folder, what, kills=20):
    "kill -9 twenty times: nothing is lost, nothing doubled, the bytes are those of one machine."
    rng, killed = random.Random(what), 0
    while killed < kills:
        writer = cluster.write(folder, "out", "--resume")
        wait_for(folder, rng.randint(0, SHARDS - 2), writer)
        time.sleep(rng.uniform(0, 0.1))
        if writer.poll() is None and not (folder / "out").exists():
            killed += 1
            name = rng.choice(("127.0.0.3", "127.0.0.4"))
            if what == "node": cluster.kill(name)
            else: writer.kill()
            if what == "driver":
                writer.wait()
                assert not (folder / "out").exists() or content(folder / "out") == content(folder / "whole")
                done(cluster.write(folder, "out", "--resume"))
            else:
                done(writer)
                cluster.add(name)
        else: done(writer)
        assert is_whole(folder)
        print(what, killed, flush=True)
