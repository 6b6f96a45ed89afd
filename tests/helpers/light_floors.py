"""All that goes without TensorFlow, one step after the other. Run by tests/project/test_light.py.

    python tests/helpers/light_floors.py FOLDER [TFRSEG_SCRIPT]

Prints one JSON line: what each step failed with by its name, or null; and the heavy modules that were imported by all of them.
"""
import contextlib
import io
import json
import os
import runpy
import signal
import sys
import threading
import traceback
from importlib import import_module
from pathlib import Path
from urllib.request import urlopen

folder = Path(sys.argv[1]).resolve()
steps = {}


def step(f):
    "A function is a step, run in the order of this page."
    steps[f.__name__] = f
    return f


def run(*words) -> str:
    "What a command line prints; it ends well."
    from tfrseg.cli import main

    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        status = main([str(word) for word in words])
    assert status == 0, f"{' '.join(map(str, words))} ends with {status}: {errors.getvalue()}"
    return out.getvalue()


@step
def tensorflow_is_not_there():
    try: import_module("tensorflow")
    except ModuleNotFoundError: return
    raise AssertionError("TensorFlow can be imported here")


@step
def names_of_the_rooms():
    for name in ("core", "palette", "cards", "plot"): import_module(f"tfrseg.{name}")
    for room in ("storage", "sources", "writer"):
        package = import_module(f"tfrseg.{room}")
        for name in package.__all__: getattr(package, name)


@step
def write():
    from tfrseg.cards import make_folder

    make_folder(folder / "cards", 6, (45, 60))
    run("write", folder / "cards/img", folder / "cards/seg", folder / "out", "--split", "train=0.7,val=0.3",
        "--records-per-shard", 2)
    run("write", folder / "cards/img", folder / "cards/seg", folder / "raw", "--schema", "raw_ids", "--deep",
        "--workers", 2)


@step
def info(): assert "6 (train" in run("info", folder / "out") and "6" in run("info", folder / "raw")


@step
def info_plot():
    run("info", folder / "out", "--plot", folder / "info.png")
    assert (folder / "info.png").stat().st_size > 1000


@step
def doctor(): assert "\ndataset\n" in run("doctor", folder / "out", "--no-tensorflow")


@step
def check(): assert "all well" in run("check", folder / "out", "--deep", "--duplicates")


@step
def repair(): run("repair", folder / "out", folder / "repaired")


@step
def convert():
    run("convert", folder / "out", folder / "converted", "--schema", "raw")
    run("convert", folder / "raw", folder / "as_jpeg", "--encoding", "jpeg")


@step
def export():
    for layout in ("folder", "voc", "cityscapes"):
        run("export", folder / "out", folder / f"as_{layout}", "--layout", layout)


@step
def show():
    run("show", folder / "out", "-o", folder / "show.png", "--count", 2)
    run("show", folder / "raw", "--html", folder / "show.html", "--record", 1)
    assert (folder / "show.png").stat().st_size > 1000 and (folder / "show.html").stat().st_size > 1000


class Ending(io.StringIO):
    "Asks for the page whose address is printed, and ends the server as Ctrl-C does."
    def write(self, text):
        if "http://" in text:
            address = text[text.index("http://"):].split()[0]
            threading.Thread(target=self.visit, args=(address,), daemon=True).start()
        return super().write(text)

    def visit(self, address):
        try: self.page = urlopen(address, timeout=30).read()
        finally: os.kill(os.getpid(), signal.SIGINT)


@step
def browse():
    from tfrseg.cli import main

    out = Ending()
    with contextlib.redirect_stdout(out): assert main(["browse", str(folder / "out"), "--no-browser"]) == 0
    assert b"<html" in out.page.lower()


@step
def explore_records():
    import tfrseg

    explorer = tfrseg.explore_records(folder / "out", split="val")
    explorer.index = 1
    assert explorer.png()


@step
def summarize():
    import tfrseg

    assert "records" in str(tfrseg.summarize(folder / "out"))
    tfrseg.plot_summary(folder / "out").savefig(folder / "summary.png")


@step
def load_pair_and_show_pair():
    import tfrseg

    source = tfrseg.folder_source(folder / "cards/img", folder / "cards/seg", class_names=tfrseg.CARD_CLASSES,
                                  show_progress=False)
    sample = tfrseg.load_pair(source.pairs[0], source.labels)
    assert sample["image"].shape == (45, 60, 3) and sample["mask"].shape == (45, 60, 1)
    tfrseg.show_pair(sample, source.class_names, source.palette).savefig(folder / "pair.png")


@step
def open_shards():
    import tfrseg

    for name in ("out", "raw", "converted", "as_jpeg"):
        shards = tfrseg.open_shards(folder / name)
        sample = shards[len(shards) - 1]
        assert len(shards) == 6 and sample["image"].shape == (45, 60, 3) and sample["mask"].dtype == "uint8", name


@step
def layouts():
    import tfrseg

    for name in ("as_voc", "as_cityscapes"): assert tfrseg.open_layout(folder / name)


@step
def the_script():
    "The command as it is installed, where its path is given."
    if len(sys.argv) < 3: return
    sys.argv[:] = [sys.argv[2], "info", str(folder / "out")]
    with contextlib.redirect_stdout(io.StringIO()):
        try: runpy.run_path(sys.argv[0], run_name="__main__")
        except SystemExit as end: assert not end.code


def result(f):
    "What a step failed with."
    try: f()
    except BaseException: return traceback.format_exc()[-1500:]


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    found = {name: result(f) for name, f in steps.items()}
    print(json.dumps({"steps": found, "heavy": sorted({"tensorflow", "keras"} & set(sys.modules))}))
