"""Workers: 1, 2 and 4 processes read an epoch, and three go on where four stopped; each record once, and what it costs.

    python benchmarks/scale_workers.py [--records 240]

The processes are real and read side by side; their figures are CPU seconds of an epoch, so that other work on the machine matters less. An epoch costs
each worker a sixth of a second besides its samples, whatever their number.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path
from time import process_time

SIZE, BATCH, SEED, ROUNDS = (180, 240), 5, 11, 6


def read(pipe, folder, index, count, start, steps):
    "The names that a worker reads in an epoch, and its CPU seconds for each of the epochs after it."
    from tfrseg.augmenter.color import ColorJitter
    from tfrseg.augmenter.geometry import RandomCrop, RandomFlip
    from tfrseg.augmenter.warp import RandomRotation
    from tfrseg.reader.pipeline import make_dataset

    operations = [RandomFlip(), RandomRotation(), ColorJitter(), RandomCrop((160, 160))]
    data = make_dataset(folder, augment=operations, batch_size=BATCH, seed=SEED, worker=(index, count), start=start,
                        outputs=("image", "name"), show_progress=False)

    names = [name.decode() for _, batch in data.take(steps).as_numpy_iterator() for name in batch]
    before = process_time()
    for _ in data.repeat(ROUNDS if start == (0, 0) else 0): pass
    pipe.send((names, (process_time() - before) / ROUNDS))


def side_by_side(folder, count, start=(0, 0), steps=-1):
    "What each of some processes reads: [(names, CPU seconds)]."
    processes, pipes = get_context("fork"), []
    for index in range(count):
        ours, theirs = processes.Pipe()
        processes.Process(target=read, args=(theirs, folder, index, count, start, steps), daemon=True).start()
        pipes.append(ours)
    return [pipe.recv() for pipe in pipes]


def measure(folder):
    "Prints what workers read as JSON, with TensorFlow imported once and forked before it is used."
    import tensorflow  # noqa: F401

    import tfrseg.reader.workers  # noqa: F401

    found = {str(count): side_by_side(folder, count) for count in (1, 2, 4)}
    begun = side_by_side(folder, 4, (1, 0), 3)
    found["4, then 3"] = begun + side_by_side(folder, 3, (1, 0, sum(len(names) for names, _ in begun)))
    print(json.dumps(found), flush=True)


def run(records: int = 240, folder: Path | None = None) -> dict[str, dict]:
    "Writes a data set, reads it, checks it and prints a table; returns its rows by name."
    from tfrseg.cards import make_folder
    from tfrseg.sources.source import folder_source
    from tfrseg.storage.schema import RAW_IDS
    from tfrseg.writer.write import plan_shards, write_shards

    with tempfile.TemporaryDirectory() as made:
        root = make_folder(Path(folder or made), records, SIZE)
        source = folder_source(root / "img", root / "seg", show_progress=False)
        write_shards(plan_shards(source, root / "shards", schema=RAW_IDS), show_progress=False)
        env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
        done = subprocess.run([sys.executable, __file__, "--measure", str(root / "shards")], env=env, text=True,
                              stdout=subprocess.PIPE, check=True)
    rows = {}
    for name, workers in json.loads(done.stdout.splitlines()[-1]).items():
        read = [record for names, _ in workers for record in names]
        last = 3 if "," in name else int(name)
        rows[name] = {"records": records, "read": len(read), "twice": len(read) - len(set(read)),
                      "left out": records - len(set(read)), "dropped at most": last * BATCH - 1,
                      "samples of each": sorted({len(names) for names, _ in workers}),
                      "CPU seconds of each": [round(seconds, 2) for _, seconds in workers] if last != 3 else []}
        right = not rows[name]["twice"] and rows[name]["left out"] < last * BATCH
        print(f"workers {name:10s} {'each record once' if right else 'WRONG':18s}", rows[name], flush=True)
        assert right, rows[name]
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=240)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure)
    else:
        run(given.records)
