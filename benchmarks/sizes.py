"""Sizes at the far ends: one picture of 100 megapixels with 16-bit ids, and a hundred thousand small ones.

    python benchmarks/sizes.py large           # written whole, written as tiles, read, stitched: seconds and peak memory of each
    python benchmarks/sizes.py small --n 100000

Each step is a process of its own, and its peak memory is the kernel's high-water mark of that process (ru_maxrss would begin at the
parent's); the peak of a process that only imports is taken off. Linux only.
"""
import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

STEPS = {
    "import": "import tfrseg.writer.write, tfrseg.reader.pipeline, tfrseg.sources.tiles",
    "look": "source = tfrseg.folder_source(base + '/img', base + '/seg', show_progress=False); told = str(source)",
    "write": "source = tfrseg.folder_source(base + '/img', base + '/seg', show_progress=False)\n"
             "told = tfrseg.write_shards(tfrseg.plan_shards(source, base + '/whole'), overwrite=True, show_progress=False).records()",
    "write tiles": "source = tfrseg.tile_source(tfrseg.folder_source(base + '/img', base + '/seg', show_progress=False), (1024, 1024), 64)\n"
                   "told = tfrseg.write_shards(tfrseg.plan_shards(source, base + '/tiles'), overwrite=True, show_progress=False).records()",
    "read": "told = sum(int(s['mask'][-1, -1, 0]) for s in tfrseg.read_dataset(base + '/whole').as_numpy_iterator())",
    "read tiles": "told = sum(int(s['mask'][-1, -1, 0]) for s in tfrseg.read_dataset(base + '/tiles').as_numpy_iterator())",
    "stitch masks": "from tfrseg.sources.tiles import sample_tile\nmask = tfrseg.stitch_tiles((sample_tile(s), s['mask']) for s in tfrseg.read_dataset(base + '/tiles').as_numpy_iterator())\n"
                    "told = bool((mask == tfrseg.load_mask(base + '/seg/page.png')).all())",
    "one epoch": "told = sum(1 for _ in tfrseg.make_dataset(base + '/whole', batch_size=64, size=(32, 32), show_progress=False))",
    "check": "told = len(tfrseg.check_shards(base + '/whole', show_progress=False))",
    "summarize": "told = tfrseg.summarize(base + '/whole').facts['records']",
}


def run(step: str, base: Path) -> tuple[float, float, float, str]:
    "Seconds of wall and CPU time, peak memory in MiB, and what the step told, of one step in its own process."
    script = f"import sys, warnings; warnings.simplefilter('ignore'); import tfrseg; base, told = sys.argv[1], ''\n{STEPS[step]}\n" \
             "peak = next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM'))\nprint(peak / 1024, told, sep='|')"
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script, str(base)], capture_output=True, text=True)
    if done.returncode: raise SystemExit(f"{step}: {done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, told = done.stdout.strip().split("|", 1)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, float(peak), told


def make_large(base: Path, height: int, width: int, classes: int) -> None:
    "A picture with noise and soft colours, and a mask of blocks with 16-bit ids, each of the classes somewhere."
    from PIL import Image

    rng = np.random.default_rng(0)
    for kind in ("img", "seg"): (base / kind).mkdir(parents=True, exist_ok=True)
    rough = Image.fromarray(rng.integers(0, 255, (height // 100, width // 100, 3), np.uint8)).resize((width, height), Image.Resampling.BILINEAR)
    image = np.asarray(rough) // 2 + rng.integers(0, 16, (height, width, 1), np.uint8)
    Image.fromarray(image).save(base / "img" / "page.png", compress_level=1)
    blocks = rng.permutation(np.arange(-(-height // 100) * -(-width // 100)) % classes).astype(np.uint16).reshape(-(-height // 100), -1)
    Image.fromarray(blocks.repeat(100, 0).repeat(100, 1)[:height, :width]).save(base / "seg" / "page.png", compress_level=1)


def make_small(base: Path, n: int) -> None:
    "Small pictures, a thousand kinds of them."
    from tfrseg.storage.image import encode_png

    rng = np.random.default_rng(0)
    for kind in ("img", "seg"): (base / kind).mkdir(parents=True, exist_ok=True)
    kinds = [(encode_png(rng.integers(0, 255, (32, 32, 3), np.uint8)), encode_png(rng.integers(0, 5, (32, 32, 1), np.uint8))) for _ in range(1000)]
    for k in range(n):
        for kind, data in zip(("img", "seg"), kinds[k % 1000]): (base / kind / f"{k:06d}.png").write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("large", "small"))
    parser.add_argument("--n", type=int, default=100_000, help="small pictures")
    parser.add_argument("--size", type=int, nargs=2, default=(10_000, 10_000), help="height and width of the large one, pixels")
    parser.add_argument("--classes", type=int, default=5000, help="ids in the mask of the large one")
    parser.add_argument("--json", help="file for the numbers")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        if args.what == "large": make_large(base, *args.size, args.classes)
        else: make_small(base, args.n)
        steps = ("look", "write", "read", "write tiles", "read tiles", "stitch masks") if args.what == "large" else ("look", "write", "summarize", "check", "read", "one epoch")
        idle, rows = run("import", base)[2], {}
        for step in steps:
            wall, cpu, peak, told = run(step, base)
            rows[step] = {"wall_s": round(wall, 1), "cpu_s": round(cpu, 1), "peak_mib": round(peak - idle), "told": told[:60]}
            print(f"{step:13} {wall:7.1f} s  {cpu:7.1f} s CPU  {peak - idle:6.0f} MiB above the {idle:.0f} of the imports   {told[:60]}", flush=True)
    if args.json: Path(args.json).write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__": main()
