"""A hundred thousand shards and a thousand million records, by simulation; and a million pairs to be planned.

    python benchmarks/scale_large.py read [--shards 100000 --records 10000] [--readers mapped,stream]
    python benchmarks/scale_large.py plan [--pairs 1000000] [--write 200000]

`read`: two real shards and their indexes under a hundred thousand names (see tests/helpers/large.py), on the local disk, in its cache. A fresh process
reads a data set of 1000 records first, then the large one: shown are seconds (by the clock and of the processor) to `make_dataset`, to the first batch, to
300 more batches of 16 in random order, to a start in the middle of an epoch, to `open_shards` and one record; and by how many MiB the process is
larger than after the small data set. `plan`: folders of so many pairs of PNG files of 32 x 32 pixels; the peak of memory above that of a process that has
imported Python and NumPy alone. Linux only.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HELPERS = Path(__file__).parents[1] / "tests" / "helpers"
sys.path.insert(0, str(HELPERS))
from large import simulate_pairs, simulate_shards  # noqa: E402

REACH = {"open, s": 2, "first batch, s": 3, "first batch, MiB": 300, "first batch, peak MiB": 300}


def run(*command) -> dict:
    done = subprocess.run([sys.executable, HELPERS / "large.py", *map(str, command)], capture_output=True, text=True)
    if done.returncode: raise SystemExit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def show_reading(told: dict, reader: str) -> None:
    print(f"\n{reader}: {told['large']['records']:,} records, above {told['small']['records']:,} of the same process")
    for name, value in told["large"].items():
        if name in ("records", "batches"): continue
        value = told["growth"].get(name, value)
        wanted = f"   wanted < {REACH[name]}" if name in REACH else ""
        print(f"  {name:32} {value:9.2f}{wanted}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("read", "plan"))
    parser.add_argument("--shards", type=int, default=100_000)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--readers", default="mapped,stream")
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--write", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.what == "read":
            small = simulate_shards(folder / "small", 10, 100)
            large = simulate_shards(folder / "large", given.shards, given.records)
            print(f"dataset_info.json: {(large / 'dataset_info.json').stat().st_size / 2**20:.1f} MiB")
            for reader in given.readers.split(","): show_reading(run("read", small, large, reader), reader)
            return
        for count, more in ((given.pairs, ()), (given.write, ("write",))):
            if not count: continue
            told = run("plan", simulate_pairs(folder / str(count), count), *more)
            peak = max(value for name, value in told.items() if name.endswith("peak MiB")) - told["before, MiB"]
            print(f"\n{count:,} pairs: {peak:.0f} MiB above, {peak * 2**20 / count:.0f} bytes a pair")
            for name, value in told.items(): print(f"  {name:32} {value:9.1f}")


if __name__ == "__main__": main()
