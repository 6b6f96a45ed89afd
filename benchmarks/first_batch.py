"""How long a training waits: from after the imports of TensorFlow and tfrseg to the first batch, and `make_dataset` on many shards.

    python benchmarks/first_batch.py [--rounds 5] [--cases mapped,natural] [--beside OTHER/TREE]

Every round starts a process of its own for each case, in turns (A B A B ...). The clock runs from after `import tensorflow, tfrseg` and so
holds the modules of tfrseg that are imported when a name is first used. Shown are the best and the median of all rounds, in seconds; a first
round, which fills the caches of the disk, does not count. With `--beside`, the same cases are run with the package in another folder, in turns
with this one, and the ratio of the medians is shown: on a busy machine it is what counts.
"""
from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parents[1]
SIZE = (256, 256)
CASES = {  # name: (shards, operations, what is timed)
    "mapped": ("raw", None, "first"),
    "mapped, crop and symmetries": ("raw", "symmetries", "first"),
    "png, crop and symmetries": ("png", "symmetries", "first"),
    **{f"mapped, {name}": ("raw", name, "first") for name in ("document", "natural", "aerial_or_cells", "origin")},
    "png, natural": ("png", "natural", "first"),
    "1000 mapped shards, made": ("raw1000", None, "made"),
    "1000 png shards, made": ("png1000", None, "made"),
    "1000 mapped shards, made without indexes": ("raw1000 without indexes", None, "made"),
}


def write_data(folder: Path) -> None:
    "96 cards of 360 x 480 and 1000 of 32 x 40, as raw pixels and as PNG, with indexes."
    import tfrseg
    from tfrseg.writer import plan_shards, write_shards

    for end, count, size, each in (("", 96, (360, 480), 16), ("1000", 1000, (32, 40), 1)):
        tfrseg.make_folder(folder / f"cards{end}", count, size)
        source = tfrseg.folder_source(folder / f"cards{end}/img", folder / f"cards{end}/seg")
        for name, schema in (("raw", tfrseg.RAW_IDS), ("png", tfrseg.TFVISION)):
            write_shards(plan_shards(source, folder / f"{name}{end}", schema=schema, records_per_shard=each), show_progress=False)


def time_case(folder: Path, shards: str, operations: str | None, what: str) -> float:
    "Runs in a fresh process: the seconds from after the imports to the first batch, or to the data set."
    import tensorflow  # noqa: F401
    import tfrseg

    start = perf_counter()
    augment = getattr(tfrseg, operations)(SIZE) if operations in ("document", "natural", "aerial_or_cells", "origin") else None
    if operations == "symmetries":
        augment = [tfrseg.RandomCrop(SIZE), tfrseg.RandomFlip(), tfrseg.RandomRotate90()]
    dataset = tfrseg.make_dataset(folder / shards, augment=augment, show_progress=False)
    if what == "first":
        next(iter(dataset))
    return perf_counter() - start


def measure(folder: Path, case: str, tree: Path) -> float:
    "Starts the process of one case, with the package from a folder."
    shards = CASES[case][0]
    if shards.endswith(" without indexes"):
        shards = shards.split()[0]
        for index in (folder / shards).glob(".*.index"): index.unlink()
    words = [sys.executable, __file__, "--one", json.dumps([str(folder), shards, *CASES[case][1:]])]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(words, check=True, capture_output=True, text=True, env=environment | {"PYTHONPATH": str(tree)})
    return float(done.stdout.split()[-1])


def main() -> None:
    "Prints a line for each case."
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cases", default="", help="only those whose names hold one of these, separated by commas")
    parser.add_argument("--beside", type=Path, help="a folder with another tfrseg")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        folder, *case = json.loads(options.one)
        print(time_case(Path(folder), *case), flush=True)
        os._exit(0)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    cases = [case for case in CASES if any(part in case for part in options.cases.split(","))]
    trees = [ROOT] + ([options.beside] if options.beside else [])
    taken = {(case, tree): [] for case in cases for tree in trees}
    with tempfile.TemporaryDirectory() as folder:
        write_data(Path(folder))
        for number in range(options.rounds + 1):
            for case, tree in taken:
                each = measure(Path(folder), case, tree)
                if number: taken[case, tree].append(each)
    for case in cases:
        here, *others = (taken[case, tree] for tree in trees)
        ratio = "".join(f"   beside {min(o):5.2f}, median {median(o):5.2f}: {median(here) / median(o):4.2f} of it" for o in others)
        print(f"{case:<42} best {min(here):5.2f} s, median {median(here):5.2f} s{ratio}")


if __name__ == "__main__": main()
