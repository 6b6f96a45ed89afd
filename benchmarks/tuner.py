"""Milliseconds from a moved slider to the new picture in `explore_augment`, in JupyterLab in headless Chromium.

    python benchmarks/tuner.py [--repeat 20] [--sizes 480x360 1280x815 1920x1080]

An arrow key on the low end of `RandomScale`'s slider, on a probability, and on `ColorJitter`'s brightness, in the preset `natural`, whose crop is 256 x 256; and on the
brightness of `ColorJitter` alone, which changes all pixels. A press is a key event of the browser's own driver; the picture is there when the canvas was drawn anew with the
answer to that press, and the frame after that has begun: the time includes the wait for a frame of 16.7 ms. Presses come one at a time, when the explanation of the last one
has arrived. Beside it, what the kernel alone spends: from the message to the picture that it sends. Medians and the slowest tenth.
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

from browsing import chromium, close_notebook, in_kernel, jupyterlab, open_notebook
from explore_latency import make_shards
from playwright.sync_api import sync_playwright

from tfrseg.storage.schema import TFVISION

WATCH = """() => {
  const canvas = document.querySelector('canvas.tfs-canvas'), context = canvas.getContext('2d'), clear = context.clearRect.bind(context);
  window.times = [];
  context.clearRect = (...box) => { clear(...box); if (window.pressed !== undefined) {
    const start = window.pressed, old = window.answer;
    requestAnimationFrame(() => { if (window.pressed === start && canvas.dataset.answer !== old) {
      window.times.push(performance.now() - start); window.pressed = undefined; } }); } };
  document.addEventListener('keydown', e => { window.answer = canvas.dataset.answer; window.pressed = e.timeStamp; }, true);
}"""
SPENT = """import time
def _timed(push):
    def timed(*given):
        start = time.perf_counter()
        push(*given)
        w._spent.append(1000 * (time.perf_counter() - start))
    return timed
w._spent = []
w._explained = 0
def _counted(explain):
    def counted():
        explain()
        w._explained += 1
    return counted
w._soon._act = _counted(w._explain)
w._push = _timed(w._push)"""
PRESET = "'natural'", ("scale, low", "probability", "brightness")
ALONE = "[ColorJitter()]", ("brightness",)


def press(page, label: str, key: str) -> float:
    "Milliseconds from a key on a slider to the picture; returns when it has been explained."
    before = in_kernel(page, "print(w._explained)")
    page.locator(f".tfs-panel input[type=range][aria-label='{label}']").first.focus()
    page.evaluate("window.times = []")
    page.keyboard.press(key)
    page.wait_for_function("window.times.length > 0")
    while in_kernel(page, "print(w._explained)") == before: page.wait_for_timeout(20)
    return page.evaluate("window.times[0]")


def tenth(times: list[float]) -> str: return f"{median(times):6.0f} {quantiles(times, n=10)[-1]:6.0f}"


def main() -> None:
    "Prints a table for each size."
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=20, help="presses of each kind (default: %(default)s)")
    parser.add_argument("--sizes", nargs="+", default=["480x360", "1280x815", "1920x1080"], help="width x height (default: %(default)s)")
    args = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, no GPU in the browser")
    with tempfile.TemporaryDirectory() as room, sync_playwright() as playwright:
        folder = Path(room)
        (folder / "lab").mkdir()
        with jupyterlab(folder / "lab") as address, chromium(playwright, folder / "profile") as page:
            for size in args.sizes:
                width, height = map(int, size.split("x"))
                shards = make_shards(folder / size, (height, width), TFVISION)
                for number, (operations, labels) in enumerate((PRESET, ALONE)):
                    code = f"from tfrseg import *\nw = explore_augment({str(shards)!r}, {operations})\nw"
                    open_notebook(page, address, folder / "lab", f"n{size}{number}", [code])
                    page.wait_for_selector(".tfs-card")
                    print(in_kernel(page, SPENT), end="")
                    page.evaluate(WATCH)
                    for label in labels:
                        press(page, label, "ArrowLeft"), press(page, label, "ArrowRight")  # what is traced is traced
                        in_kernel(page, "w._spent.clear()")
                        times = [press(page, label, ("ArrowLeft", "ArrowRight")[k % 2]) for k in range(args.repeat)]
                        spent = [float(n) for n in in_kernel(page, "print(*w._spent)").split()]
                        print(f"{size:10} {operations:14} {label:12} picture {tenth(times)}   kernel {tenth(spent)}", flush=True)
                    close_notebook(page)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
