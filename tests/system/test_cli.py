"""The command: what it prints, what it leaves, and its exit status."""
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import damaged_png
from PIL import Image

from tfrseg.cards import make_folder
from tfrseg.sources.source import folder_source
from tfrseg.storage.flags import first_column
from tfrseg.writer.write import plan_shards, write_shards


def test_demo(run, tmp_path):
    "It replaces its own folder, here an earlier one of more cards, and no other."
    folder = make_folder(tmp_path / "d", 6, (90, 120))
    write_shards(plan_shards(folder_source(folder / "img", folder / "seg", show_progress=False), folder / "shards"), show_progress=False)
    status, out, _ = run("demo --out d -n 4")
    assert status == 0 and (tmp_path / "d" / "report.txt").read_text() == out
    for stage in ("draw", "write", "check", "read", "augment"): assert re.search(rf"^  {stage} +\d+ images +[\d.]+ s +\d+ images/s", out, re.M)
    assert len(list((tmp_path / "d" / "img").iterdir())) == len(list((tmp_path / "d" / "seg").iterdir())) == 4
    assert max(map(len, out.splitlines())) < 80 and "  tfrseg browse d/shards" in out
    picture = np.asarray(Image.open(tmp_path / "d" / "demo.png").convert("RGB"))
    assert picture.shape[1] > 800 and len(np.unique(picture.reshape(-1, 3), axis=0)) > 1000
    for line in re.findall(r"^  tfrseg ((?:info|show) .+)$", out, re.M): assert run(line)[0] == 0

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious")
    status, _, errors = run("demo --out mine")
    assert status == 1 and "mine: the folder is not empty" in errors and [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_write_info_show_check_export(run, cards, tmp_path):
    status, out, _ = run(f"write {cards}/img {cards}/seg out --classes background card photo text stamp --split train=0.7 val=0.3 "
                         "--records-per-shard 4")
    assert status == 0 and (tmp_path / "out" / "dataset_info.json").exists()
    assert run("info out")[:2] == (0, out)
    for word in ("records", "12 (train", "90 x 120 (12)", "tfvision", "stamp", "weight"): assert word in out
    assert run("info out --plot info.png")[:2] == (0, out) and Image.open(tmp_path / "info.png").size[0] > 900
    assert run("check out --deep")[0] == 0
    assert run("show out -o all.png --augment")[0] == run("show out -o one.jpg --record 3 --split train")[0] == 0
    assert Image.open(tmp_path / "all.png").size[0] > Image.open(tmp_path / "all.png").size[1] > 300
    assert Image.open(tmp_path / "one.jpg").format == "JPEG"
    status, out, _ = run("show out --html page.html --count 5")
    assert status == 0 and re.fullmatch(r"page.html: 5 records of 12, [\d.]+ MiB\n", out)
    page = (tmp_path / "page.html").read_text()
    assert page.count('"buffers"') == 5 and "stamp" in page and "://" not in page
    assert run("export out back")[:2] == (0, "back: 12 records\n")
    for path in sorted((cards / "seg").iterdir()):
        with Image.open(path) as before, Image.open(tmp_path / "back" / "masks" / path.name) as after:
            assert (np.asarray(before) == np.asarray(after)).all() and after.mode == "P"
        assert (tmp_path / "back" / "images" / path.name).read_bytes() == (cards / "img" / path.name).read_bytes()


@pytest.mark.fault("a PNG file whose compressed pixels are wrong, in a folder", "Invalid PNG data in the middle of a training",
                   "found by write --deep before the first byte, or left out; else kept, and named by whoever reads it")
def test_write_deep(run, cards, tmp_path):
    for sub in ("img", "seg"): shutil.copytree(cards / sub, tmp_path / sub)
    file = sorted((tmp_path / "img").iterdir())[3]
    file.write_bytes(damaged_png(file.read_bytes()))
    status, _, errors = run("write img seg out --deep")
    assert status == 1 and f"pairs: 1 problem: img/{file.name}: " in errors and ".. " not in errors and not (tmp_path / "out").exists()
    for splits in ("", " --split train=0.5,val=0.5"):
        status, out, _ = run(f"write img seg out --deep --on-error skip --overwrite{splits}")
        assert status == 0 and f"left out: img/{file.name}: " in out and re.search(r"records +11 ", out)
    status, out, _ = run("write img seg kept")
    assert status == 0 and "12 (train 12)" in out
    assert run("check kept")[0] == 0 and run("check kept --deep")[0] == 1


def test_browse(run, shards, tmp_path, monkeypatch):
    "Serves all records at an address of this machine until Ctrl-C; what was flagged is printed, or kept. The browser is led to the address by a page of ours."
    from threading import Event

    opened, there = [], Event()
    monkeypatch.setattr("webbrowser.open", lambda page: (opened.append(Path(page.removeprefix("file://")).read_text()), there.set()))

    def user(server):
        server.tell({"flagged": [2, 5]})
        if not opened: assert there.wait(60)
        raise KeyboardInterrupt

    monkeypatch.setattr("tfrseg.explorer.server.ViewerServer.serve_forever", user)
    status, out, _ = run(f"browse {shards} --split train")
    address, = re.findall(r"9 records at (http://127\.0\.0\.1:\d+/[\w-]{20,}/)", out)
    assert status == 0 and len(opened) == 1 and f"url={address}" in opened[0]
    names = re.search(r"^flagged: (.+)$", out, re.M)[1].split()
    assert len(names) == 2 and run(f"browse {shards} --split train --flagged bad.txt --no-browser")[0] == 0
    assert first_column(tmp_path / "bad.txt") == names and len(opened) == 1


def test_what_was_flagged_is_left_out(run, cards, tmp_path):
    "The list that `browse --flagged` writes is one that `write --leave-out` reads."
    from tfrseg.explorer.browser import explore_records

    assert run(f"write {cards}/img {cards}/seg out")[0] == 0
    explorer = explore_records(tmp_path / "out")
    explorer.flagged = [0, 4]
    explorer.save_flagged(tmp_path / "bad.txt")
    status, out, _ = run(f"write {cards}/img {cards}/seg clean --leave-out bad.txt")
    assert status == 0 and re.search(r"records +10 ", out)
    clean = explore_records(tmp_path / "clean").selection.scan.run(show_progress=False).names[:]
    assert len(clean) == 10 and not set(clean) & set(explorer.flagged_names)
    (tmp_path / "bad.txt").write_text("nobody\n")
    status, _, errors = run(f"write {cards}/img {cards}/seg other --leave-out bad.txt")
    assert status == 1 and "no pair is called 'nobody'" in errors and not (tmp_path / "other").exists()


def test_browse_in_jupyter(run, shards, monkeypatch):
    "JupyterLab is started on this machine's own address, with a key, over a notebook with one cell; nothing is left."
    called = []

    class Server:
        def __init__(self, command):
            folder = Path(command[3]).parent
            called.append((command, json.loads((folder / "browse.json").read_text()), json.loads((folder / "browse.ipynb").read_text()), folder))

        def wait(self): return 0

        def poll(self): return 0

    monkeypatch.setattr("subprocess.Popen", Server)
    assert run(f"browse {shards} --split train --jupyter --no-browser --flagged bad.txt")[0] == 0
    (command, config, notebook, folder), = called
    assert "--no-browser" in command and not folder.exists() and config["IdentityProvider"]["token"] not in " ".join(command)
    assert config["ServerApp"]["ip"] == "127.0.0.1" and not config["ServerApp"]["allow_remote_access"]
    cell, = notebook["cells"]
    assert f"explore_records({str(shards)!r}, 'train')" in cell["source"] and "browser.keep_flags(" in cell["source"]


def test_write_with_palette_and_without_masks(run, tmp_path):
    for sub in ("img", "seg"): (tmp_path / sub).mkdir()
    Image.new("RGB", (8, 6)).save(tmp_path / "img" / "a.png")
    Image.new("RGB", (8, 6), (255, 128, 0)).save(tmp_path / "seg" / "a_mask.png")
    status, out, errors = run("write img seg out --palette 000000 ff8000 --classes no yes --mask-suffix _mask")
    assert status == 0 and re.search(r"1  yes +48", out), errors
    status, out, _ = run("write img - bare --schema tfvision")
    assert status == 0 and "no masks" in out
    assert run("show bare -o bare.png")[0] == 0


def test_skipping_is_told(run, cards, tmp_path):
    shutil.copytree(cards, tmp_path / "c")
    (tmp_path / "c" / "img" / "card-0002.png").write_bytes(b"x")
    status, out, _ = run("write c/img c/seg out --on-error skip")
    assert status == 0 and "left out: " in out and "card-0002.png" in out and re.search(r"records +11 ", out)


def test_check_says_file_record_and_offset(run, shards, tmp_path):
    shutil.copytree(shards, tmp_path / "s")
    path = sorted((tmp_path / "s").glob("train-*"))[1]
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    status, out, errors = run("check s")
    assert status == 1 and out == f"s/{path.name}, record 0, byte 12: the data has a wrong checksum\n"
    assert errors == "tfrseg: s: 1 problem\n"
    assert run("show s -o x.png --record 0 --split train")[0] == 0
    status, _, errors = run("export s back")
    assert status == 1 and path.name in errors and "record 0" in errors


@pytest.mark.parametrize("line, status, said", (
    ("write nowhere seg out", 1, "nowhere: no such folder"), ("info nowhere", 1, "nowhere: no such file or folder"),
    ("write img seg img", 1, "img: the folder is not empty"), ("show out -o x.png --record 99", 2, "no record 99; wanted 0 to 3"),
    ("show out -o x.png --split test", 2, "no split 'test'"), ("write img seg new --palette red", 2, "six hexadecimal digits"),
    ("write img seg new --split train", 2, "wanted NAME=SHARE"), ("write img seg new --split train=0.5", 2, "add up to 1"),
    ("show out -o x.nothing", 2, "nothing"), ("show out --html x.html --record 99", 2, "no record 99; wanted 0 to 3"), ("browse nowhere", 1, "nowhere"),
    ("show out --html nowhere/x.html", 1, "nowhere/x.html"), ("show out -o nowhere/x.png", 1, "nowhere/x.png"), ("demo -n 1", 2, "at least 2 cards"),
    ("export out img", 1, "img: the folder is not empty"), ("write img seg out", 1, "overwrite"), ("check img", 1, "no shards")))
def test_errors_are_one_line(run, cards, tmp_path, line, status, said):
    for sub in ("img", "seg"):
        (tmp_path / sub).mkdir()
        for k in range(4): shutil.copy(cards / sub / f"card-{k:04d}.png", tmp_path / sub)
    assert run("write img seg out")[0] == 0
    before = sorted(tmp_path.rglob("*"))
    got, _, errors = run(line)
    assert got == status and said in errors and errors.startswith("tfrseg: ") and errors.count("\n") == 1, errors
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("line", ("fly", "write a b", "info", "show out", "write a b c --schema best", "show out -o x.png --html x.html"))
def test_usage(run, line):
    status, _, errors = run(line)
    assert status == 2 and errors.startswith("usage: tfrseg")


def test_as_a_process_an_error_is_one_line_on_stderr(tmp_path):
    "TensorFlow's start-up lines do not come in between."
    done = subprocess.run([sys.executable, "-c", "import sys; from tfrseg.cli import main; sys.exit(main(['info', 'nowhere']))"],
                          cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.count("\n") == 1 and done.stderr.startswith("tfrseg: nowhere")


def test_version(run):
    from tfrseg import __version__

    assert run("--version")[:2] == (0, f"tfrseg {__version__}\n")
