"""A stranger goes from images and masks to a trained, evaluated, exported model with the commands of README and Start alone."""
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from PIL import Image

from tfrseg.cards import make_folder

NOT_HERE = re.compile(r"git clone|pip install|tfrseg (demo|browse)\b")  # the first two are done, the last wants a browser
COMMAND = "import sys; from tfrseg.cli import main; sys.exit(main())"


def steps_of_readme():
    "(language, lines) of each block of the first screen of README.md, in its order."
    first = (ROOT / "README.md").read_text(encoding="utf-8").partition("**Next:**")[0]
    return re.findall(r"```(sh|python)\n(.*?)```", first, re.S)


def steps_of_start():
    "(language, lines) of Start: commands in its prose and cells that are shown, in their order."
    steps = []
    for cell in json.loads((ROOT / "nbs" / "start.ipynb").read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown": steps += re.findall(r"```(sh|python)\n(.*?)```", source, re.S)
        elif "#| hide" not in source and "#| echo: false" not in source: steps.append(("python", source))
    return steps


def walk(steps, folder, smaller, started=True):
    "Runs the steps in one Python process, which starts the commands or, faster, calls them; what they print."
    lines = ["import subprocess, sys, matplotlib", "matplotlib.use('Agg')"]
    for language, text in steps:
        if language == "python": lines.append(text)
        for line in text.splitlines() if language == "sh" else []:
            if NOT_HERE.search(line): continue
            words = shlex.split(line.partition("#")[0])
            assert words[0] == "tfrseg", line
            lines.append(f"print('$', {line!r}, flush=True)")
            if started: lines.append(f"subprocess.run({[sys.executable, '-c', COMMAND, *words[1:]]!r}, check=True)")
            else: lines.append(f"from tfrseg.cli import main; assert main({words[1:]!r}) == 0")
    script = "\n".join(lines)
    for old, new in smaller.items():
        assert old in script, f"{old!r}: the page says it no more"
        script = script.replace(old, new)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "KERAS_BACKEND": "tensorflow"}
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def check_masks(folder, count, size):
    "A mask of class ids for each image."
    masks = sorted(folder.rglob("*.png"))
    assert len(masks) == count
    for path in masks:
        with Image.open(path) as mask: assert mask.size == size and np.array(mask.convert("P")).max() < 5


@pytest.mark.slow
def test_the_first_screen_of_the_readme(tmp_path):
    "With a folder of images and one of masks, as a stranger has them; smaller, and one epoch."
    make_folder(tmp_path, 12, (96, 128))
    (tmp_path / "img").rename(tmp_path / "images"), (tmp_path / "seg").rename(tmp_path / "masks")
    smaller = {"(256, 256)": "(64, 64)", "(512, 512)": "(64, 64)", "epochs=20": "epochs=1", "class_names))  ": "class_names), width=4)  "}
    said = walk(steps_of_readme(), tmp_path, smaller, started=False)
    assert [line.split()[2] for line in said.splitlines() if line.startswith("$ tfrseg")] == ["write", "evaluate", "predict"]
    assert re.search(r"\bIoU\b", said)
    check_masks(tmp_path / "predicted", 12, (128, 96))


@pytest.mark.slow
def test_start(tmp_path):
    "Start as it stands (its cells run with the notebooks), with two epochs of a smaller model; what it exports answers in a process without tfrseg."
    said = walk(steps_of_start(), tmp_path, {"epochs=10": "epochs=2", "width=8": "width=4"})
    assert [line.split()[2] for line in said.splitlines() if line.startswith("$ tfrseg")] == ["write", "evaluate", "predict"]
    check_masks(tmp_path / "predicted", 48, (128, 96))
    code = ("import sys, numpy as np, tensorflow as tf\n"
            "model = tf.saved_model.load('exported')\n"
            "answer = model.serve(np.zeros((1, 96, 128, 3), np.float32))\n"
            "assert 'tfrseg' not in sys.modules\n"
            "print(answer.shape)")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and "(1, 96, 128, 5)" in done.stdout, done.stderr[-2000:]


def test_pages_give_the_same_commands():
    "README and Start use the same verbs, and no option that the command lacks."
    from tfrseg.cli import make_parser

    parser = make_parser()
    for language, text in [*steps_of_readme(), *steps_of_start()]:
        for line in text.splitlines() if language == "sh" else []:
            words = shlex.split(line.partition("#")[0].rpartition("&& ")[2])
            if words[:1] == ["tfrseg"]: assert parser.parse_args(words[1:]).verb == words[1]


def test_the_picture_of_the_viewer_is_there():
    "README and the site find one and the same file."
    readme, start = (ROOT / "README.md").read_text(encoding="utf-8"), (ROOT / "nbs" / "start.ipynb").read_text(encoding="utf-8")
    assert "(nbs/images/viewer.png)" in readme and "(images/viewer.png)" in start
    with Image.open(ROOT / "nbs" / "images" / "viewer.png") as picture: assert picture.width >= 1000
    assert Path(ROOT / "nbs" / "images" / "viewer.png").stat().st_size < 200_000
