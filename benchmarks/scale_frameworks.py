"""Shards under PyTorch and Grain beside `make_dataset` and a folder of PNG files: a random crop of 256 and a flip, batches of 16.

    python benchmarks/scale_frameworks.py [--peers PYTHON] [--rounds 5] [--epochs 4] [--cases raw]

300 cards of 480 x 640 are written as PNG files, raw shards and PNG shards. Each case is a process of its own that reads all of them `--epochs` times in each round; the processes
take turns (A B A B ...) and sleep in between, and the first round, which fills caches, does not count. Shown are the medians of all rounds: pictures a second in relation to the first case, and CPU time
a picture, with that of worker processes. `--peers` names the Python that has PyTorch and Grain, and NumPy's and Pillow's requirements of tfrseg; TensorFlow need not be there. A case whose
packages are missing is left out and said.
"""
from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

COUNT, SIZE, CROP, BATCH = 300, (480, 640), 256, 16
CASES = {  # name: (reader, what it reads, worker processes)
    "make_dataset, mapped raw": ("tensorflow", "raw", 0),
    "make_dataset, streamed PNG": ("tensorflow", "png", 0),
    "shards raw, Grain": ("grain", "raw", 0),
    "shards raw, PyTorch, 0 workers": ("torch", "raw", 0),
    "shards raw, PyTorch, 2 workers": ("torch", "raw", 2),
    "shards raw, a plain loop": ("loop", "raw", 0),
    "shards PNG, PyTorch, 0 workers": ("torch", "png", 0),
    "shards PNG, PyTorch, 2 workers": ("torch", "png", 2),
    "folder of PNG, PyTorch, 0 workers": ("torch", "folder", 0),
    "folder of PNG, PyTorch, 2 workers": ("torch", "folder", 2),
}


def write_data(folder: Path) -> None:
    "The cards as files, as raw shards and as PNG shards."
    import tfrseg

    tfrseg.make_folder(folder / "cards", COUNT, SIZE)
    source = tfrseg.folder_source(folder / "cards/img", folder / "cards/seg", class_names=tfrseg.CARD_CLASSES, show_progress=False)
    for name, schema in (("raw", tfrseg.RAW_IDS), ("png", tfrseg.TFVISION)):
        tfrseg.write_shards(tfrseg.plan_shards(source, folder / name, schema=schema, records_per_shard=38), show_progress=False)


def crop(sample):
    "A random square, mirrored or not."
    import numpy as np

    draw = np.random.default_rng()
    top, left = (int(draw.integers(n - CROP + 1)) for n in SIZE)
    step = int(draw.choice((1, -1)))
    return {part: sample[part][top:top + CROP, left:left + CROP][:, ::step] for part in ("image", "mask")}


class Folder:
    "What one writes without shards."

    def __init__(self, folder):
        self.files = [sorted((folder / kind).iterdir()) for kind in ("img", "seg")]

    def __len__(self): return COUNT

    def __getitem__(self, number):
        import numpy as np
        from PIL import Image

        image, mask = (np.asarray(Image.open(files[number])) for files in self.files)
        return {part: np.ascontiguousarray(pixels) for part, pixels in crop({"image": image, "mask": mask[..., None]}).items()}


def batches(reader: str, data, workers: int, epochs: int):
    "So many epochs of batches."
    import numpy as np

    if reader == "tensorflow":
        import tfrseg

        made = tfrseg.make_dataset(data, augment=[tfrseg.RandomCrop((CROP, CROP)), tfrseg.RandomFlip()], batch_size=BATCH, dtype="uint8",
                                   shuffle=True, show_progress=False)
        return made.repeat(epochs)
    order = np.concatenate([np.random.default_rng(epoch).permutation(COUNT) for epoch in range(epochs)])
    rows = np.split(order, range(BATCH, len(order), BATCH))
    if reader == "loop":
        return ({part: np.stack([s[part] for s in samples]) for part in ("image", "mask")} for samples in map(data.__getitems__, rows))
    if reader == "grain":
        import grain

        return grain.MapDataset.source(data).seed(1).shuffle().repeat(epochs).to_iter_dataset().batch(BATCH)
    from torch.utils.data import DataLoader

    return DataLoader(data, batch_sampler=rows, num_workers=workers)


def open_data(reader: str, folder: Path, name: str):
    "What a reader takes."
    if reader == "tensorflow": return folder / name
    if name == "folder": return Folder(folder / "cards")
    import tfrseg

    return tfrseg.open_shards(folder / name, transform=crop)


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def serve(name: str, folder: Path, epochs: int) -> None:
    "Runs in a process of its own: reads all pictures whenever a line comes, and says how long it took."
    reader, what, workers = CASES[name]
    data = open_data(reader, folder, what)
    for _ in sys.stdin:
        wall, cpu, seen = perf_counter(), cpu_seconds(), 0
        for batch in batches(reader, data, workers, epochs):
            image = batch[0] if reader == "tensorflow" else batch["image"]
            assert tuple(image.shape[1:]) == (CROP, CROP, 3)
            seen += len(image)
        assert seen == COUNT * epochs, seen
        print(json.dumps([(perf_counter() - wall) / seen, (cpu_seconds() - cpu) / seen]), flush=True)


def has(python: str, package: str) -> bool:
    code = f"import importlib.util, sys; sys.exit(not importlib.util.find_spec({package!r}))"
    return package == "loop" or not subprocess.run([python, "-c", code], check=False).returncode


def main() -> None:
    "Prints a line for each case: its rate in relation to the first one's, and its CPU time a picture."
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--cases", default="")
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if options.serve: return serve(options.serve[0], Path(options.serve[1]), options.epochs)
    pythons = {"tensorflow": sys.executable}
    with tempfile.TemporaryDirectory() as folder:
        write_data(Path(folder))
        living, taken = {}, {}
        for name, (reader, *_) in CASES.items():
            python = pythons.get(reader, options.peers)
            if options.cases not in name: continue
            if not has(python, reader):
                print(f"{name}: {reader} is not installed for {python}")
                continue
            command = [python, __file__, "--serve", name, folder, "--epochs", str(options.epochs)]
            living[name] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            taken[name] = []
        for number in range(options.rounds + 1):
            for name, process in living.items():
                print("go", file=process.stdin, flush=True)
                answer = json.loads(process.stdout.readline())
                if number: taken[name].append(answer)
        for process in living.values(): process.communicate()
    first = None
    for name, rounds in taken.items():
        wall, cpu = (median(column) for column in zip(*rounds))
        first = first or (wall, cpu)
        print(f"{name:36} {first[0] / wall:6.2f} of the rate  {1000 * wall:7.2f} ms  {first[1] / cpu:6.2f} per CPU  {1000 * cpu:7.2f} CPU ms")


if __name__ == "__main__": main()
