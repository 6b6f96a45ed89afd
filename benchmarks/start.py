"""How long `tfrseg info` takes to say what is in shards, beside what Python, NumPy and Pillow take to start.

    python benchmarks/start.py [--rounds 7] [--verbs info,check]

Each command is run in turns (A B A B ...) as a process of its own, on shards that are written for it; the medians of all rounds are
compared by wall time. `numpy, PIL.Image` is a process that imports these two and nothing else: no verb that looks at pixels can
start in less.
"""
from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

COMMAND = "import sys; from tfrseg.cli import main; sys.exit(main())"


def shards_in(folder: Path) -> Path:
    "Twelve cards as shards, written by the command itself."
    from tfrseg.cards import make_folder

    make_folder(folder / "cards", 12, (90, 120))
    words = ["write", folder / "cards/img", folder / "cards/seg", folder / "shards", "--quiet"]
    subprocess.run([sys.executable, "-c", COMMAND, *map(str, words)], check=True)
    return folder / "shards"


def seconds(words: list[str]) -> float:
    "What a process takes from its start to its end."
    start = perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return perf_counter() - start


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    "The median of each command; a first round, which fills the caches of the disk, does not count."
    taken = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, words in commands.items():
            each = seconds(words)
            if number: taken[name].append(each)
    return {name: median(values) for name, values in taken.items()}


def main() -> None:
    "Prints a line for each command: seconds, and how many times those of the imports."
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--verbs", default="info,check")
    options = parser.parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    base = "numpy, PIL.Image"
    with tempfile.TemporaryDirectory() as folder:
        shards = shards_in(Path(folder))
        commands = {"python": ["-c", ""], base: ["-c", "import numpy, PIL.Image"]}
        commands |= {f"tfrseg {verb}": ["-c", COMMAND, verb, str(shards)] for verb in options.verbs.split(",")}
        medians = measure(commands, options.rounds)
    for name, value in medians.items(): print(f"{name:<18} {value:6.3f} s  {value / medians[base]:5.1f} x")


if __name__ == "__main__": main()
