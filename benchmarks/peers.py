"""tfrseg against every peer, side by side: images per second and CPU time for reading, augmenting and writing.

    python benchmarks/peers.py setup all          an environment for each peer (or: setup dali); about 3 GB
    python benchmarks/peers.py prepare            pictures, each peer's own copy of them, and a pixel-exact check of each peer
    python benchmarks/peers.py run [--quick]      rounds in turns, A B A B, each peer in a process of its own; table, picture
    python benchmarks/peers.py page               the results of the last run into the documentation

What is measured, and what each peer must give back, stands in `benchmarks/peer/contract.py`; how a peer is set, in its file there.
A peer that will not install, gives wrong pixels, or fails costs its own row, which says so. Results are saved as they come.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import threading
import time
import venv
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from peer import all_peers
from peer.contract import CORES, Peer, Track
from peer.pictures import kilobytes, make_pictures
from peer.report import rates, save_report

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "tfrseg-bench"
PEERS = all_peers()
SIZES = {(360, 480): 1000, (960, 1280): 240}
QUICK = {(360, 480): 64, (960, 1280): 32}
SCALED = ("tfrseg mapped", "tfrseg stream")
THREADED = ("tfrseg mapped", "tfrseg mapped, uint8 out", "tfrseg stream", "tf.data, by an expert", "tf.data, .cache() in memory")
WRITTEN = {(360, 480): 128, (960, 1280): 32}


class Worker:
    """A peer's process. `ask` sends an order and waits for the answer; a process that dies or hangs answers with an error.

    Between orders the process, with all its own, is stopped: what it would make ahead then would cost the next peer its cores.
    """

    def __init__(self, peer: Peer, envs: Path, log, threads: int | None = None):
        only = threads and partial(os.sched_setaffinity, 0, sorted(os.sched_getaffinity(0))[:threads])
        self.peer, self.python = peer, python_of(peer, envs)
        self.process = subprocess.Popen([self.python, HERE / "peer" / "worker.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=log, text=True, start_new_session=True, preexec_fn=only)

    def ask(self, timeout: float = 300, **order) -> dict:
        watch = threading.Timer(timeout, self.kill)
        watch.start()
        self.signal(signal.SIGCONT)
        try:
            self.process.stdin.write(json.dumps(order | {"peer": self.peer.name}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError: line = ""
        finally: watch.cancel()
        self.signal(signal.SIGSTOP)
        if line: return json.loads(line)
        return {"ok": False, "error": f"the process ended or took over {timeout:.0f} s", "dead": True}

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.process.wait()

    def signal(self, number: int) -> None:
        "To the process and those that it started."
        try: os.killpg(self.process.pid, number)
        except ProcessLookupError: pass


def python_of(peer: Peer, envs: Path) -> Path:
    "The interpreter of a peer's environment; ours, where it needs none of its own."
    return envs / peer.environment / "bin" / "python" if peer.environment else Path(sys.executable)


def as_order(track: Track) -> dict:
    "A track as JSON can hold it."
    return asdict(track) | {"root": str(track.root)}


def tracks_of(args, sizes: dict) -> list[Track]:
    "The tracks asked for."
    found = [Track(args.data, encoding, *size, count) for size, count in sizes.items() for encoding in ("raw", "png")]
    return [t for t in found if not args.tracks or t.name in args.tracks]


def chosen(args) -> list[Peer]:
    "The peers asked for."
    unknown = set(args.peers or ()) - set(PEERS)
    if unknown: sys.exit(f"no peer {sorted(unknown)[0]!r}; there are {', '.join(PEERS)}")
    return [peer for peer in PEERS.values() if not args.peers or peer.name in args.peers]


def setup(args) -> None:
    "Makes environments, each by one pip command; one that fails is said and left out."
    wanted = {peer.environment: peer.packages for peer in PEERS.values() if peer.environment}
    if args.name != "all" and args.name not in wanted: sys.exit(f"no environment {args.name!r}; there are {', '.join(wanted)}, all")
    for name in wanted if args.name == "all" else [args.name]:
        folder = args.envs / name
        venv.create(folder, with_pip=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "-q", *wanted[name]]
        done = subprocess.run(pip, capture_output=True, text=True)
        why = "" if done.returncode == 0 else ": " + (done.stderr.strip().splitlines() or ["pip failed"])[-1]
        print(f"{name}: {'ready' if not why else 'would not install'}{why}", flush=True)


def prepare(args) -> None:
    "Pictures, copies and checks; what is there already stays. The checks are kept with the data."
    sizes = QUICK if args.quick else SIZES
    checks = load(args.data / "checks.json", {})
    scaling = [replace(t, shards=n) for t in tracks_of(args, sizes) if t.name == "raw 480x360" for n in shard_counts(t)]
    for track in [*tracks_of(args, sizes), *tracks_of(args, WRITTEN), *scaling]: make_pictures(track)
    with open(args.data / "log.txt", "a") as log:
        for peer in sorted(chosen(args), key=lambda p: p.prepare is None or p.environment == "dali"):
            worker = start(peer, args.envs, log)
            for track in [*tracks_of(args, sizes), *(scaling if peer.name in SCALED else ())]:
                if worker is None or track.encoding not in peer.tracks: continue
                said = [worker.ask(900, do="prepare", track=as_order(track))]
                jobs = [job for job in ("read", "augment") if getattr(peer, job) and peer.pixels]
                if said[0]["ok"]: said = [worker.ask(900, do="check", job=job, track=as_order(track)) for job in jobs] or said
                wrong = [answer["error"] for answer in said if not answer["ok"]]
                checks[checked_name(peer.name, track)] = wrong[0] if wrong else "well"
                print(f"{peer.name:32} {track.name:14} {track.count} in {track.shards}: "
                      f"{wrong[0] if wrong else said[-1].get('check', 'well')}", flush=True)
                save(args.data / "checks.json", checks)
                if any("dead" in answer for answer in said): worker = start(peer, args.envs, log)
            if worker: worker.kill()


def checked_name(peer: str, track: Track) -> str:
    "Under which name a check is kept."
    return f"{peer}, {track.name}, {track.count} in {track.shards}"


def shard_counts(track: Track) -> list[int]:
    "1, 10, 100, 1 000 shards, as far as there are records."
    return [n for n in (1, 10, 100, 1000) if n <= track.count]


def start(peer: Peer, envs: Path, log, threads: int | None = None) -> Worker | None:
    "A peer's process, on so many hardware threads (None: all), or None where its environment is missing or broken."
    if not python_of(peer, envs).exists(): return None
    return Worker(peer, envs, log, threads)


def run(args) -> None:
    "Everything, in turns. Saves after each job, so that a run that is stopped has its results until then."
    began, results = time.perf_counter(), {
        "date": date.today().isoformat(), "machine": machine(), "rounds": args.rounds, "seconds": args.seconds, "note": args.note,
        "settings": {p.name: p.setting for p in PEERS.values()}, "versions": {}, "tracks": {}, "cells": [], "single": []}
    args.out.mkdir(parents=True, exist_ok=True)
    args.checks = load(args.data / "checks.json", {})
    parts = {"tracks": run_tracks, "write": run_writing, "scale": run_scaling, "threads": run_threads, "single": run_single}
    with open(args.data / "log.txt", "w") as log:
        for name, part in parts.items():
            if args.parts and name not in args.parts: continue
            for _ in part(args, results, log):
                results["minutes"] = (time.perf_counter() - began) / 60
                save(args.out / "results.json", results)
    save_report(args.out)
    print(f"{results['minutes']:.1f} minutes; table and picture in {args.out}")


def run_tracks(args, results: dict, log):
    "Reading and augmenting, a track at a time, all peers in turns; every peer keeps its process throughout."
    tracks = tracks_of(args, QUICK if args.quick else SIZES)
    workers = {peer.name: start(peer, args.envs, log) for peer in chosen(args)}
    for name, worker in workers.items():
        results["versions"][name] = worker.ask(do="versions").get("versions", {}) if worker else {}
    for track in tracks:
        warm(track)
        results["tracks"][track.name] = {"count": track.count, "kilobytes": kilobytes(track)}
        for job in ("read", "augment"):
            cells = [{"peer": p.name, "track": track.name, "job": job, "rounds": []} for p in chosen(args)
                     if getattr(p, job) and track.encoding in p.tracks]
            in_turns(args, cells, workers, dict.fromkeys((c["peer"] for c in cells), track), log)
            results["cells"] += cells
            yield
    for worker in workers.values():
        if worker: worker.kill()


def warm(track: Track) -> None:
    "Reads every copy of a track once, so that memory holds it for everyone."
    folders = [*track.folder("*").parent.glob(track.folder("*").name), *([track.pictures] if track.shards == 8 else [])]
    for file in (f for folder in folders for f in folder.rglob("*") if f.is_file()):
        with open(file, "rb", buffering=0) as data:
            while data.read(1 << 24): pass


def in_turns(args, cells: list[dict], workers: dict, tracks: dict, log) -> None:
    "Opens a job in every process, then round after round, A B A B; what went wrong is noted in the cell as its error."
    for cell in cells:
        name, key = cell["peer"], cell.get("worker", cell["peer"])
        track = tracks[key]
        checked = args.checks.get(checked_name(name, track))
        if workers[key] is None: cell["error"] = "not installed"
        elif PEERS[name].pixels and checked != "well": cell["error"] = checked or "not prepared"
        else:
            opened = workers[key].ask(120, do="open", job=cell["job"], track=as_order(track), seconds=args.seconds)
            take(cell, opened, keep=False)
    for _ in range(args.rounds):
        for cell in cells:
            if "error" in cell: continue
            take(cell, workers[cell.get("worker", cell["peer"])].ask(60 + args.seconds, do="round", seconds=args.seconds))
    for cell in cells:
        name, key = cell["peer"], cell.get("worker", cell["peer"])
        if workers[key] and workers[key].ask(60, do="close").get("dead"): workers[key] = start(PEERS[name], args.envs, log)
        print(say(cell), flush=True)


def take(cell: dict, answer: dict, keep: bool = True) -> None:
    "An answer into its cell."
    if not answer.pop("ok"): cell["error"] = answer["error"]
    elif keep: cell["rounds"].append(answer)


def say(cell: dict) -> str:
    "A cell in a line."
    what = cell.get("error") or f"{median(rates(cell)):8.0f} images/s ({rates(cell)[0]:.0f} to {rates(cell)[-1]:.0f})"
    return f"{cell['track']:14} {cell['job']:8} {cell['peer']:32} {cell.get('shards', cell.get('threads', '')):>5} {what}"


def run_writing(args, results: dict, log):
    "Picture files to each peer's format, all in turns."
    for track in tracks_of(args, WRITTEN):
        cells = [{"peer": p.name, "track": track.name, "job": "write", "rounds": []} for p in chosen(args)
                 if p.write and track.encoding in p.tracks]
        workers = {c["peer"]: start(PEERS[c["peer"]], args.envs, log) for c in cells}
        for n in range(1 + min(args.rounds, 3)):  # the first is a warm-up
            for cell in cells:
                worker = workers[cell["peer"]]
                if worker is None: cell["error"] = "not installed"
                if "error" not in cell: take(cell, worker.ask(120, do="write", track=as_order(track)), keep=n > 0)
        for worker in workers.values():
            if worker: worker.kill()
        for cell in cells: print(say(cell), flush=True)
        results["cells"] += cells
        yield


def run_scaling(args, results: dict, log):
    "Ours on 1, 10, 100 and 1 000 shards of the same pictures."
    track = next((t for t in tracks_of(args, QUICK if args.quick else SIZES) if t.name == "raw 480x360"), None)
    names = [p.name for p in chosen(args) if p.name in SCALED]
    if track is None or not names: return
    cells = [{"peer": name, "worker": f"{name} {n}", "track": track.name, "job": "augment", "shards": n, "rounds": []}
             for n in shard_counts(track) for name in names]
    workers = {c["worker"]: start(PEERS[c["peer"]], args.envs, log) for c in cells}
    copies = {c["worker"]: replace(track, shards=c["shards"]) for c in cells}
    for copy in copies.values(): warm(copy)
    in_turns(args, cells, workers, copies, log)
    for worker in workers.values():
        if worker: worker.kill()
    results["cells"] += cells
    yield


def thread_counts() -> list[int]:
    "1, 2, 4, ... hardware threads, and all that this process may use; none where a process cannot be bound to some."
    if not hasattr(os, "sched_setaffinity"): return []
    most = len(os.sched_getaffinity(0))
    return sorted({2 ** k for k in range(most.bit_length()) if 2 ** k <= most} | {most})


def run_threads(args, results: dict, log):
    "Ours and ordinary pipelines on 1, 2, 4, ... hardware threads, in turns."
    track = next((t for t in tracks_of(args, QUICK if args.quick else SIZES) if t.name == "raw 480x360"), None)
    names = [p.name for p in chosen(args) if p.name in THREADED]
    if track is None or not names: return
    warm(track)
    cells = [{"peer": name, "worker": f"{name}, {n} threads", "track": track.name, "job": "augment", "threads": n, "rounds": []}
             for n in thread_counts() for name in names]
    workers = {c["worker"]: start(PEERS[c["peer"]], args.envs, log, c["threads"]) for c in cells}
    in_turns(args, cells, workers, dict.fromkeys(workers, track), log)
    for worker in workers.values():
        if worker: worker.kill()
    results["cells"] += cells
    yield


def run_single(args, results: dict, log):
    "A million records, and the first batch, each in a fresh process."
    size, count = next(iter((QUICK if args.quick else SIZES).items()))
    shards = str(Track(args.data, "raw", *size, count).folder("tfrseg"))
    turns = [("million", reader, str(args.data)) for reader in ("mapped, new", "mapped", "stream")]
    turns += [("start", reader, shards) for _ in range(min(args.rounds, 3)) for reader in ("mapped", "stream")]
    for what, reader, target in turns:
        command = [sys.executable, HERE / "peer" / "single.py", what, reader, target]
        try: done = subprocess.run(command, stdout=subprocess.PIPE, stderr=log, text=True, timeout=300)
        except subprocess.TimeoutExpired: done = None
        found = json.loads(done.stdout) if done and done.returncode == 0 else {"reader": reader, "error": "failed, or took over 300 s"}
        results["single"].append({"what": what} | found)
        print(what, found, flush=True)
        yield


def machine() -> dict:
    "What the figures depend on; no names."
    cpu, memory = platform.processor() or platform.machine(), 0
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), cpu)
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"cores": CORES, "cpu": cpu, "memory_gib": round(memory), "system": f"{platform.system()} {platform.machine()}",
            "python": platform.python_version()}


def page(args) -> None:
    "Runs the page of the documentation anew; it shows the table and picture that lie in --out."
    save_report(args.out)
    notebook = HERE.parent / "nbs" / "tutorials" / "benchmarks.ipynb"
    subprocess.run([sys.executable, "-m", "jupyter", "nbconvert", "--execute", "--inplace", str(notebook)], check=True)
    subprocess.run([sys.executable, HERE.parent / "tools" / "docs.py", "pictures"], check=True)
    subprocess.run([Path(sys.executable).with_name("nbdev_clean"), "--fname", str(notebook)], check=True, cwd=HERE.parent)


def load(path: Path, default):
    return json.loads(path.read_text()) if path.exists() else default


def save(path: Path, value) -> None:
    "Whole, or not at all."
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value, indent=1) + "\n")
    part.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in (setup, prepare, run, page):
        sub = verbs.add_parser(verb.__name__, help=verb.__doc__)
        sub.set_defaults(verb=verb)
        sub.add_argument("--envs", type=Path, default=HOME / "envs", help="folder of the environments (default: %(default)s)")
        sub.add_argument("--data", type=Path, default=HOME / "data", help="folder of pictures and copies (default: %(default)s)")
        sub.add_argument("--out", type=Path, default=HERE / "results", help="folder of the results (default: %(default)s)")
        if verb is setup: sub.add_argument("name", help="a peer's environment, or all")
        if verb in (prepare, run):
            sub.add_argument("--quick", action="store_true", help="fewer pictures; with run, fewer and shorter rounds")
            sub.add_argument("--peers", nargs="+", metavar="NAME", help="only these rows")
            sub.add_argument("--tracks", nargs="+", metavar="TRACK", help="only these, such as 'raw 480x360'")
        if verb is run:
            sub.add_argument("--rounds", type=int, help="of each peer and job (default: 5, quick: 2)")
            sub.add_argument("--seconds", type=float, help="of each round (default: 1.2, quick: 0.5)")
            sub.add_argument("--note", default="", help="a sentence about this run, for the table")
            sub.add_argument("--parts", nargs="+", choices=("tracks", "write", "scale", "threads", "single"), help="only these parts")
    args = parser.parse_args()
    args.envs, args.data, args.out = (p.expanduser().resolve() for p in (args.envs, args.data, args.out))
    if args.verb is run:
        args.rounds = args.rounds or (2 if args.quick else 5)
        args.seconds = args.seconds or (0.5 if args.quick else 1.2)
    args.data.mkdir(parents=True, exist_ok=True)
    args.verb(args)


if __name__ == "__main__":
    main()
