"""Milliseconds of the gallery, of filters and of histograms over very many records, in headless Chromium on a page that is served.

    python benchmarks/gallery.py [--records 100000] [--shards FOLDER]

The shards hold cards of 180 x 240 pixels, JPEG with PNG masks, 64 of them under ever new names, ten thousand to a shard; with `--shards`
they are kept in a folder, and used again. Timed are: the first screen, from the request for the page to the last thumbnail in view; a jump of
the scroll bar to a random place, until the thumbnails there are drawn; the scan, once as it counts masks and once as it reads the indexes; queries and
histograms by themselves; and a filter from the key press to the records that it leaves. Medians and the slowest.
"""
from __future__ import annotations

import argparse
import io
import os
import platform
import random
import sys
import tempfile
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "helpers"))

import numpy as np
from browsing import chromium
from PIL import Image
from playwright.sync_api import sync_playwright

from tfrseg.cards import CARD_CLASSES, make_card
from tfrseg.explorer.browser import explore_records
from tfrseg.explorer.facts import RecordFacts
from tfrseg.explorer.query import ClassRange, Known, Query, make_facets, select_records
from tfrseg.explorer.server import serve_viewer
from tfrseg.storage.dataset import DatasetInfo, ShardInfo, save_info
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.schema import TFVISION
from tfrseg.storage.tfrecord import frame_record

SHARD = 10_000
QUERIES = {"all": Query(), "text": Query("777"), "class": Query(classes=(ClassRange(4),)), "share of two": Query(classes=(ClassRange(4, 0.02), ClassRange(2, 0.01))),
           "size, not empty": Query(size=(100, 300), empty=False), "rarest first": Query(sort="rarest"), "by share": Query(sort="share", by=4),
           "by name": Query(sort="name", reverse=True), "everything": Query("7", (ClassRange(4, 0.02),), (100, 300), False, sort="largest")}


def make_shards(folder: Path, records: int) -> Path:
    "Shards of so many records."
    folder.mkdir(parents=True, exist_ok=True)
    cards = []
    for k in range(64):
        card, file = make_card(k, (180, 240)), io.BytesIO()
        Image.fromarray(card["image"]).save(file, "JPEG", quality=85)
        cards.append(encode_example(card, TFVISION) | {"image/encoded": file.getvalue(), "image/format": b"jpeg"})
    shards, count = [], -(-records // SHARD)
    for shard in range(count):
        path = folder / f"train-{shard:05d}-of-{count:05d}.tfrecord"
        numbers = range(shard * SHARD, min((shard + 1) * SHARD, records))
        data = b"".join(frame_record(serialize_example(cards[n % 64] | {TFVISION.key("name"): f"card-{n:07d}".encode()})) for n in numbers)
        path.write_bytes(data)
        shards.append(ShardInfo(path.name, len(numbers), len(data), ""))
    save_info(DatasetInfo("tfvision", LabelMap(CARD_CLASSES), {"train": tuple(shards)}), folder)
    return folder


def clock(act, repeat: int = 7) -> str:
    times = []
    for _ in range(repeat):
        start = perf_counter()
        act()
        times.append(1000 * (perf_counter() - start))
    return f"{median(times):8.1f} ms, slowest {max(times):.1f}"


def queries(browser) -> None:
    "Queries and histograms over facts that are known."
    known = browser.selection.known()
    for name, query in QUERIES.items(): print(f"  query {name:<18} {clock(lambda: select_records(query, known))}")
    found = select_records(QUERIES["class"], known).numbers
    print(f"  histograms               {clock(lambda: make_facets(found, known, 4))}", flush=True)


def screens(browser, repeat: int) -> None:
    "The first screen, places of the scroll bar, and a filter, in Chromium."
    rng, count = random.Random(0), len(browser.shards)
    with sync_playwright() as p, tempfile.TemporaryDirectory() as profile, serve_viewer(browser) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        with chromium(p, Path(profile)) as page:
            ready = lambda: page.wait_for_selector(".tfs-gallery[data-missing='0']")
            first = []
            for k in range(3):
                page.goto("about:blank")
                browser._thumbs._kept.clear()
                start = perf_counter()
                page.goto(f"{server.url}#gallery=1&record={k * count // 5}")
                ready()
                first.append(1000 * (perf_counter() - start))
            print(f"  first screen             {median(first):8.0f} ms, slowest {max(first):.0f}, {page.locator('.tfs-thumb').count()} thumbnails", flush=True)
            jump = """place => new Promise(done => { const g = document.querySelector('.tfs-gallery'), start = performance.now(), before = g.dataset.from;
                g.scrollTop = place * (g.scrollHeight - g.clientHeight);
                const look = () => g.dataset.from !== before && g.dataset.missing === '0' ? done(performance.now() - start) : requestAnimationFrame(look); look(); })"""
            times = [page.evaluate(jump, rng.random()) for _ in range(repeat)] + [page.evaluate(jump, 1.0)]
            print(f"  a jump of the scroll bar {median(times):8.0f} ms, slowest {max(times):.0f}", flush=True)
            pick = """value => new Promise(done => { const box = document.querySelector('.tfs-filter'), start = performance.now();
                box.value = value; box.dispatchEvent(new Event('change'));
                const look = () => document.querySelector('.tfs [aria-busy]') ? requestAnimationFrame(look) : done(performance.now() - start); look(); })"""
            times = [page.evaluate(pick, value) for value in ("4", "", "2", "", "3", "")]
            print(f"  a filter, key to list    {median(times):8.0f} ms, slowest {max(times):.0f}", flush=True)
            assert not page.errors, page.errors
        server.shutdown()


def a_million() -> None:
    "Facts of a million records with six classes each, of a thousand classes."
    rows, facts = np.random.default_rng(0).integers(0, 1000, (SHARD, 6)), RecordFacts(255, None)
    counts = {i: ((rows == i) * 1000).sum(1) for i in range(1000)}
    for start in range(0, 1_000_000, SHARD):
        rolled = {i: np.roll(part, start // SHARD) for i, part in counts.items()}
        facts.add_all([f"scan-{n:08d}" for n in range(start, start + SHARD)], rolled, (480, 640))
    table = facts.table()
    held = sum(part.nbytes for part in table) + len(facts.names._bytes) + 8 * len(facts) + sum(map(len, facts.names._folded))
    print(f"1,000,000 records, 1,000 classes: facts hold {held / 2**20:.0f} MiB")
    known = Known(facts, len(facts))
    for query in (Query("777"), Query(classes=(ClassRange(7, 0.001),)), Query(sort="rarest")):
        print(f"  {json_of(query):<40} {clock(lambda: select_records(query, known), 3)}")
    print(f"  histograms {'':<29} {clock(lambda: make_facets(None, known, 7), 3)}", flush=True)


def json_of(query: Query) -> str:
    import json

    return json.dumps(query.to_json())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--shards", type=Path, help="folder of the shards, made where it is not there")
    parser.add_argument("--repeat", type=int, default=15, help="jumps of the scroll bar")
    args = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        path = args.shards or Path(folder) / "shards"
        if not (path / "dataset_info.json").exists(): make_shards(path, args.records)
        start = perf_counter()
        browser = explore_records(path)
        print(f"{len(browser.shards):,} records; opened in {1000 * (perf_counter() - start):.0f} ms")
        for what in ("first scan", "scan again"):
            browser = explore_records(path)
            start = perf_counter()
            browser.selection.scan.run(show_progress=False)
            print(f"  {what:<24} {perf_counter() - start:8.2f} s", flush=True)
        queries(browser)
        screens(browser, args.repeat)
    a_million()


if __name__ == "__main__": main()
