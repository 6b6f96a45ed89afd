"""One peer in a process of its own; it does what it is told on stdin, a JSON line at a time, and answers the same way.

    {"do": "prepare" | "check" | "open" | "round" | "close" | "write", "peer": ..., "job": ..., "track": {...}, "seconds": ...}
"""
from __future__ import annotations

import json
import os
import shutil
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from peer import all_peers
from peer.contract import check, cpu_seconds, measure, track_from


OPENCV = ("opencv-python", "opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless")


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    state = {}
    for line in sys.stdin:
        order = json.loads(line)
        try: answer = {"ok": True} | obey(order, state)
        except Exception as e: answer = {"ok": False, "error": one_line(e, state)}
        print(json.dumps(answer), file=answers, flush=True)


def one_line(error: Exception, state: dict) -> str:
    "An error without the paths of this machine."
    text = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    return text.replace(f"{state['track'].root}/", "") if "track" in state else text


def obey(order: dict, state: dict) -> dict:
    "Does one thing."
    if "track" in order: state["track"] = track_from(json.dumps(order["track"]))
    peer, track = all_peers()[order["peer"]], state.get("track")
    if order["do"] == "prepare":
        if peer.prepare: peer.prepare(track)
        return {}
    if order["do"] == "check": return {"check": check(peer, order["job"], track)}
    if order["do"] == "versions": return {"versions": versions(peer)}
    if order["do"] == "write": return write(peer, track)
    if order["do"] == "open":
        state["batches"] = getattr(peer, order["job"])(track)
        return measure(state["batches"], order["seconds"])
    if order["do"] == "round":
        measure(state["batches"], 0.3)  # what was made while others had their turn is no part of the round
        return measure(state["batches"], order["seconds"])
    state.pop("batches", None)
    return {}


def versions(peer) -> dict[str, str]:
    "What is installed of the packages that matter."
    found = {}
    for name in ("tensorflow", "keras", "numpy", *OPENCV, *(p.split("==")[0].split(">=")[0] for p in peer.packages)):
        try: found[name] = version(name)
        except PackageNotFoundError: pass
    return found


def write(peer, track) -> dict:
    "One whole writing of the track's pictures into a fresh folder."
    out = track.folder("written")
    shutil.rmtree(out, ignore_errors=True)
    start, cpu = time.perf_counter(), cpu_seconds()
    peer.write(track, out)
    found = {"images": track.count, "wall": time.perf_counter() - start, "cpu": cpu_seconds() - cpu}
    found["bytes"] = sum(f.stat().st_size for f in out.rglob("*") if f.is_file())
    shutil.rmtree(out)
    return found


if __name__ == "__main__":
    main()
