"""Reads shards in processes that are forked and spawned, without TensorFlow. Run by tests/reader/test_other_frameworks.py.

    python tests/helpers/other_processes.py FOLDER...

Prints one JSON line: for each folder the hash of all samples, read here, forked and spawned; what a damaged record says in a child (the last
folder); how many files are open after many shards were read (the folder before it); and the heavy modules that were imported.
"""
import hashlib
import json
import multiprocessing
import os
import resource
import sys
from operator import itemgetter


class Middle:
    "A transform that can be pickled."
    def __call__(self, sample): return {"image": sample["image"][4:-4, ::-1], "mask": sample["mask"][4:-4, ::-1], "name": sample["name"]}


def digest(sample) -> str:
    parts = [(name, getattr(value, "dtype", None), getattr(value, "shape", None), bytes(memoryview(value).cast("B")) if hasattr(value, "dtype") else value)
             for name, value in sample.items()]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def of_child(shards) -> str:
    "The hash of all samples."
    numbers = [*range(0, len(shards), 2), *range(1, len(shards), 2)]
    return hashlib.sha256("".join(map(digest, shards.__getitems__(numbers))).encode()).hexdigest()


def failure(work):
    try: work[0][work[1]]
    except ValueError as e: return f"{type(e).__name__}: {e}"


def read_everywhere(sets) -> dict[str, list[str]]:
    found = {"here": [of_child(shards) for shards in sets]}
    for method in ("fork", "spawn"):
        with multiprocessing.get_context(method).Pool(2) as pool: found[method] = pool.map(of_child, sets, 1)
    return found


if __name__ == "__main__":
    import tfrseg

    *whole, many, damaged = sys.argv[1:]
    answer = {"read": read_everywhere([tfrseg.open_shards(path, transform=transform) for path in whole for transform in (None, Middle())])}
    resource.setrlimit(resource.RLIMIT_NOFILE, (400, 400))
    shards = tfrseg.open_shards(many, transform=itemgetter("mask"))
    for _ in range(2): last = [shards[n] for n in range(len(shards))]
    answer["open"], answer["many"] = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else 0, len(last)
    broken = tfrseg.open_shards(damaged)
    with multiprocessing.get_context("spawn").Pool(1) as pool: answer["failure"] = pool.map(failure, [(broken, 1)])[0]
    answer["heavy"] = sorted(name for name in ("tensorflow", "keras") if sys.modules.get(name))
    print(json.dumps(answer))
