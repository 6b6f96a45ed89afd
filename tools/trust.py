"""Whole runs in random order on a busy machine, then the slowest tests again and again.

    python tools/trust.py --state trust.json            3 whole runs, then 20 rounds of the 40 slowest tests
    python tools/trust.py --state trust.json --show     what was done so far, and what failed
    python tools/trust.py --state trust.json --runs 2 --slowest 5 --times 3 tests/ground

It is run in the checkout. All that is done stands in the file, so that the same command goes on after it was
stopped or killed: what was under way begins again. The machine is kept busy by --load processes of the same
priority. A round runs, in random order too, the tests that took longest, those that failed in any whole run,
and those that --also names, one a line. Exits 1 where anything failed. The summary says how a run that failed
is repeated: by its seed.
"""
from __future__ import annotations

import argparse
import ctypes
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

HERE = Path(__file__).resolve().parent
BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent:\n    for _ in range(10**6): pass"


# In pytest, as a plugin: a line for each test that begins or ends, in the process that sees all of them

def pytest_configure(config):
    if hasattr(config, "workerinput") or "TRUST_LINES" not in os.environ: return
    config.pluginmanager.register(Lines(os.environ["TRUST_LINES"]))


class Lines:
    "Writes what happens to a file: what was begun when a run hangs is seen there."

    def __init__(self, path): self.file = open(path, "w", buffering=1)

    def say(self, *what): self.file.write(json.dumps(what) + "\n")

    def pytest_runtest_logstart(self, nodeid, location): self.say("start", nodeid)

    def pytest_runtest_logreport(self, report):
        self.say(report.when, report.nodeid, report.outcome, report.duration)

    def pytest_collectreport(self, report):
        if report.failed: self.say("collect", report.nodeid, "failed", 0.0)


# The runs

@contextmanager
def busy(count):
    "So many processes that compute, of the same priority; they end with this one, even when it is killed."
    processes = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(count)]
    try: yield
    finally:
        for process in processes: process.kill()
        for process in processes: process.wait()


def end_with_parent():
    "Asks Linux to end this process when the one that started it is gone."
    if sys.platform == "linux": ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def run_tests(arguments, minutes):
    "Runs pytest; gives what is kept of it: status, seconds, counts, what failed, and seconds by test."
    with tempfile.TemporaryDirectory(prefix="trust-") as folder:
        lines, begun = Path(folder) / "lines", monotonic()
        search = os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])
        environment = os.environ | {"TRUST_LINES": str(lines), "TMPDIR": folder, "PYTHONPATH": search}
        command = [sys.executable, "-m", "pytest", "-p", "trust", "-p", "no:cacheprovider", *arguments]
        with open(Path(folder) / "said", "w+") as said:
            process = subprocess.Popen(command, env=environment, stdout=said, stderr=subprocess.STDOUT,
                                       start_new_session=True, preexec_fn=end_with_parent)
            try: status = process.wait(60 * minutes)
            except BaseException as e:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                if not isinstance(e, subprocess.TimeoutExpired): raise
                status = "hung"
            said.seek(0)
            words = said.read()
        found = [json.loads(line) for line in lines.read_text().splitlines()] if lines.exists() else []
    kept = {"status": status, "seconds": round(monotonic() - begun)} | told(found)
    return kept if status == 0 else kept | {"said": what_failed(words)}


def what_failed(words):
    "Of what pytest said: how the tests failed, or else the end."
    begun = words.find("= FAILURES =")
    return words[-3000:] if begun < 0 else words[begun:begun + 30_000]


def told(found):
    "What the lines of a run say."
    seconds, begun, failed, outcomes = {}, set(), [], {}
    for what, name, *rest in found:
        if what == "start": begun.add(name)
        else:
            outcome, duration = rest
            seconds[name] = round(seconds.get(name, 0) + duration, 2)
            if outcome == "failed": failed.append(name)
            if what in ("call", "collect") or outcome != "passed":
                outcomes[name] = "failed" if name in failed else outcome
        if what == "teardown": begun.discard(name)
    counts = {outcome: list(outcomes.values()).count(outcome) for outcome in ("passed", "failed", "skipped")}
    return {"counts": counts, "failed": sorted(set(failed)), "unfinished": sorted(begun), "tests": seconds}


class State:
    "What was done, in a file that is whole at every moment."

    def __init__(self, path, paths):
        self.path = path
        self.kept = {"paths": paths, "runs": [], "slow": {}, "chosen": [], "rounds": []}
        if path.exists():
            self.kept = json.loads(path.read_text())
        if self.kept["paths"] == paths: return
        begun = " ".join(self.kept["paths"])
        raise SystemExit(f"{path}: begun with {begun}; wanted the same, or another --state")

    def save(self):
        part = self.path.with_name(self.path.name + ".part")
        part.write_text(json.dumps(self.kept, indent=1))
        os.replace(part, self.path)

    def add(self, kind, seed, result):
        for name, seconds in result.pop("tests").items():
            self.kept["slow"][name] = max(seconds, self.kept["slow"].get(name, 0))
        self.kept[kind].append({"seed": seed} | result)
        self.save()

    def choose(self, slowest, also):
        "Chooses once what the rounds run: what failed, what is named, and the slowest."
        failed = [name for run in self.kept["runs"] for name in (*run["failed"], *run["unfinished"])]
        slow = sorted(self.kept["slow"], key=self.kept["slow"].get, reverse=True)
        self.kept["chosen"] = self.kept["chosen"] or list(dict.fromkeys([*failed, *also, *slow[:slowest]]))
        self.save()


def is_red(result): return result["status"] != 0


def show(state):
    "Prints what was done and what failed; gives the number of failures."
    runs, rounds, chosen = (state.kept[key] for key in ("runs", "rounds", "chosen"))
    of_kinds = (runs, state.kept["paths"]), (rounds, chosen)
    reds = [(each, names) for each_of, names in of_kinds for each in each_of if is_red(each)]
    print(f"{len(runs)} whole runs and {len(rounds)} rounds of {len(chosen)} tests, {len(reds)} of them red")
    for each, names in reds:
        print(f"  seed {each['seed']}: status {each['status']}, {each['counts']}; again:")
        print(f"    pytest -p randomly --randomly-seed={each['seed']} {shlex.join(names)}")
        for name in each["failed"]: print(f"    failed   {name}")
        for name in each["unfinished"]: print(f"    not done {name}")
    return len(reds)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=["tests"], help="what pytest runs")
    parser.add_argument("--state", type=Path, required=True, metavar="FILE", help="keeps what was done")
    parser.add_argument("--runs", type=int, default=3, help="whole runs, each of another seed")
    parser.add_argument("--seed", type=int, default=1, help="of the first run")
    parser.add_argument("--slowest", type=int, default=40, metavar="N", help="slow tests in a round")
    parser.add_argument("--times", type=int, default=20, help="rounds")
    parser.add_argument("--also", type=Path, metavar="FILE", help="more tests of a round, one a line")
    parser.add_argument("--load", type=int, default=os.cpu_count(), metavar="N",
                        help="processes that keep the machine busy")
    parser.add_argument("--minutes", type=float, default=120, help="after which a run is stopped, as hung")
    parser.add_argument("--show", action="store_true", help="only say what was done")
    args = parser.parse_args()
    try: import pytest_randomly  # noqa: F401
    except ImportError: raise SystemExit("wants pytest-randomly: pip install -e '.[test]'") from None
    state = State(args.state, args.paths)
    also = args.also.read_text().split("\n") if args.also else []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if not args.show:
        with busy(args.load): work(args, state, [name for name in also if name])
    return 1 if show(state) else 0


def work(args, state, also):
    "Does what is not done yet: whole runs, then rounds, each of a seed of its own."
    for kind, count in (("runs", args.runs), ("rounds", args.times)):
        if kind == "rounds": state.choose(args.slowest, also)
        names = args.paths if kind == "runs" else state.kept["chosen"]
        if not names: return
        for seed in range(args.seed + len(state.kept[kind]), args.seed + count):
            result = run_tests(["-p", "randomly", f"--randomly-seed={seed}", *names], args.minutes)
            state.add(kind, seed, result)
            said = f"{kind[:-1]} of seed {seed}: status {result['status']}, {result['counts']}"
            print(f"{said}, {result['seconds']} s", *result["failed"], sep="\n  ", flush=True)


if __name__ == "__main__": sys.exit(main())
