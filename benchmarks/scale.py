"""What it costs to go beyond one machine, a section each.

    python benchmarks/scale.py engine [--pairs 512] [--rounds 5] [--size 360 480] [--workers 2]
    python benchmarks/scale.py workers | large | frameworks ...    # scale_workers.py, scale_large.py, scale_frameworks.py, with their options

`engine`: the same plan is written by Ray on this machine, by local processes and by threads, so many workers each, in turns (A B C A B C ...). Wall
seconds of `write_shards` and the ratio of the medians, target: Ray at least 0.85 of local processes. What starts once - Ray itself, a process with its imports -
is told apart. Writers, nodes and drivers that are killed are tests: `pytest -m slow tests/system/test_cluster.py tests/storage/test_buckets.py`.
"""
from __future__ import annotations

import argparse
import runpy
import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter

from tfrseg.cards import make_folder
from tfrseg.sources.source import folder_source
from tfrseg.storage.schema import RAW_IDS
from tfrseg.writer.engines import ray_engine
from tfrseg.writer.write import plan_shards, write_shards


def seconds(work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def content(folder: Path) -> dict[str, bytes]: return {path.name: path.read_bytes() for path in folder.iterdir()}


def engine_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pairs", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=int, nargs=2, default=(360, 480))
    parser.add_argument("--workers", type=int, default=2)


def engine(args: argparse.Namespace) -> None:
    "Shards on Ray against local processes and threads."
    folder = make_folder(Path(tempfile.mkdtemp()), 32, tuple(args.size))
    try:
        for path in [*folder.glob("*/*.png")]:
            for n in range(1, args.pairs // 32): path.with_name(f"{n}-{path.name}").hardlink_to(path)
        source = folder_source(folder / "img", folder / "seg", show_progress=False)
        with ProcessPoolExecutor(args.workers, get_context("spawn")) as pool, ray_engine(workers=args.workers) as ray:
            ways = {"ray": {"engine": ray}, "processes": {"engine": pool.map}, "threads": {"workers": args.workers}}

            def write(name: str, plan_size: int = 16) -> None:
                plan = plan_shards(source, folder / name, schema=RAW_IDS, records_per_shard=plan_size)
                write_shards(plan, overwrite=True, show_progress=False, **ways[name])

            first = {name: seconds(lambda: write(name)) for name in ways}
            assert content(folder / "ray") == content(folder / "threads") == content(folder / "processes")
            found = {name: [] for name in ways}
            for _ in range(args.rounds):
                for name in ways: found[name].append(seconds(lambda: write(name)))
        middle = {name: median(times) for name, times in found.items()}
        print(f"{len(source)} pairs of {args.size[0]} x {args.size[1]}, {args.workers} workers, {args.rounds} rounds")
        for name, times in found.items():
            print(f"{name:10} {middle[name]:7.2f} s ({min(times):.2f} to {max(times):.2f}), {len(source) / middle[name]:6.0f} records/s; "
                  f"first time {first[name]:.1f} s; speed {middle['processes'] / middle[name]:.2f} of local processes")
    finally: shutil.rmtree(folder)


SECTIONS = {"engine": (engine, engine_options)}

OTHERS = ("workers", "large", "frameworks")

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in OTHERS:
        script = Path(__file__).with_name(f"scale_{sys.argv.pop(1)}.py")
        sys.path.insert(0, str(script.parent))
        sys.argv[0] = str(script)
        runpy.run_path(str(script), run_name="__main__")
        sys.exit()
    parser = argparse.ArgumentParser(description="What it costs to go beyond one machine.")
    sections = parser.add_subparsers(dest="section", required=True)
    for name, (function, options) in SECTIONS.items(): options(sections.add_parser(name, help=function.__doc__))
    args = parser.parse_args()
    SECTIONS[args.section][0](args)
