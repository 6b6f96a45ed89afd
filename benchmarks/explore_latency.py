"""Milliseconds from a key press to a changed picture in the record browser, in JupyterLab in headless Chromium.

    python benchmarks/explore_latency.py [--repeat 15]

For 480 x 360 and for 1920 x 1080 (raw pixels and PNG), on shards made for the purpose: another overlay strength, a class off and on,
outlines, zoom; the next record, which was fetched ahead; and a jump to a record far away, which is read, packed, sent, decoded and
drawn. A press is a key event sent by the browser's own driver; a picture has changed when the canvas was drawn anew with other pixels
asked for, and the frame after that has begun: the time includes the wait for frames of 16.7 ms. Medians and the slowest tenth.
"""
from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "helpers"))

from browsing import chromium, close_notebook, jupyterlab, open_notebook
from PIL import Image
from playwright.sync_api import sync_playwright

from tfrseg.cards import CARD_CLASSES, make_card
from tfrseg.storage.schema import RAW, TFVISION
from tfrseg.sources.source import folder_source
from tfrseg.writer.write import plan_shards, write_shards

WATCH = """() => {
  const canvas = document.querySelector('canvas.tfs-canvas'), context = canvas.getContext('2d'), clear = context.clearRect.bind(context);
  window.times = [];
  context.clearRect = (...box) => { clear(...box); if (window.pressed !== undefined) {
    const start = window.pressed, wanted = window.wanted;
    requestAnimationFrame(() => { if (window.pressed === start && (wanted === null || canvas.dataset.shown === wanted)) {
      window.times.push(performance.now() - start); window.pressed = undefined; } }); } };
  document.addEventListener('keydown', e => { window.pressed = e.timeStamp; }, true);
}"""
KEYS = {"overlay": ("[", "]"), "class off, on": ("2", "2"), "outline, fill": ("o", "o"), "zoom": ("+", "-")}


def make_shards(folder: Path, size: tuple[int, int], schema) -> Path:
    "Forty records of one size: eight cards, under five names each."
    for sub in ("img", "seg"): (folder / sub).mkdir(parents=True)
    for k in range(8):
        card = make_card(k, size)
        image, mask = Image.fromarray(card["image"]), Image.fromarray(card["mask"][..., 0])
        for n in range(5):
            image.save(folder / "img" / f"{n}-{k}.png", compress_level=1)
            mask.save(folder / "seg" / f"{n}-{k}.png", compress_level=1)
    source = folder_source(folder / "img", folder / "seg", class_names=CARD_CLASSES, show_progress=False)
    write_shards(plan_shards(source, folder / "out", schema=schema), show_progress=False)
    return folder / "out"


def press(page, key: str, wanted: int | None) -> float:
    "Milliseconds from a key to the picture it makes; `wanted` is the record that must be in view."
    page.evaluate("wanted => { window.wanted = wanted === null ? null : String(wanted); window.times = []; }", wanted)
    page.keyboard.press(key)
    page.wait_for_function("window.times.length > 0")
    return page.evaluate("window.times[0]")


def jump(page, number: int) -> float:
    "Milliseconds from Enter in the number box to a record that was not fetched before."
    box = page.locator("input.tfs-number")
    box.fill(str(number + 1))  # positions are counted from 1
    spent = press(page, "Enter", number)
    page.locator("canvas.tfs-canvas").focus()
    return spent


def measure(page, repeat: int) -> dict[str, list[float]]:
    "All times of one data set."
    page.evaluate(WATCH)
    page.locator("canvas.tfs-canvas").focus()
    times = {name: [press(page, key, None) for _ in range(repeat) for key in keys] for name, keys in KEYS.items()}
    times["next record, fetched ahead"], times["jump to any record"] = [], []
    for n in range(1, repeat):
        page.wait_for_timeout(400)
        times["next record, fetched ahead"].append(press(page, "ArrowRight", n))
    for n in range(repeat):
        page.wait_for_timeout(400)
        times["jump to any record"].append(jump(page, (n * 17 + 25) % 40))
    return times


def first_picture(page, address: str, folder: Path, path: Path) -> tuple[float, int]:
    "Seconds from running `explore_records` to its picture, after `import tfrseg`; and outputs on stderr."
    import json

    cells = [{"cell_type": "code", "id": f"c{k}", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
             for k, source in enumerate(("import tfrseg", f"tfrseg.explore_records({str(path)!r})"))]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (folder / "first.ipynb").write_text(json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}))
    page.goto(f"{address}/lab/tree/first.ipynb?reset")
    page.wait_for_function("globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected'")
    page.evaluate("jupyterapp.commands.execute('notebook:run-cell-and-select-next')")
    page.wait_for_function("document.querySelectorAll('.jp-InputPrompt')[0].textContent.includes('1')")
    page.evaluate("() => { window.began = performance.now(); jupyterapp.commands.execute('notebook:run-cell-and-select-next'); }")
    page.wait_for_selector("canvas.tfs-canvas[data-shown]")
    seconds = page.evaluate("(performance.now() - window.began) / 1000")
    red = page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count()
    close_notebook(page)
    return seconds, red


def main() -> None:
    "Prints a table for each size and schema."
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=15, help="presses of each kind (default: %(default)s)")
    args = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, no GPU in the browser")
    with tempfile.TemporaryDirectory() as room, sync_playwright() as playwright:
        folder = Path(room)
        (folder / "lab").mkdir()
        with jupyterlab(folder / "lab") as address, chromium(playwright, folder / "profile") as page:
            for name, size, schema in (("480 x 360, PNG", (360, 480), TFVISION), ("1920 x 1080, PNG", (1080, 1920), TFVISION),
                                       ("1920 x 1080, raw", (1080, 1920), RAW)):
                path = make_shards(folder / name.replace(" ", ""), size, schema)
                code = f"from tfrseg import explore_records\nw = explore_records({str(path)!r})\nw"
                open_notebook(page, address, folder / "lab", f"n{len(name)}", [code])
                print(f"\n{name}: ms from key press to picture, median and slowest tenth")
                for what, times in measure(page, args.repeat).items():
                    print(f"  {what:28} {median(times):6.0f} {quantiles(times, n=10)[-1]:6.0f}")
                close_notebook(page)
                if size != (360, 480): continue
                firsts = [first_picture(page, address, folder / "lab", path) for _ in range(3)]
                print(f"  first picture after import tfrseg: {median(s for s, _ in firsts):.1f} s, {max(n for _, n in firsts)} outputs on stderr")


if __name__ == "__main__":
    main()
