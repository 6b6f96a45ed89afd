"""`tfrseg predict` and `tfrseg evaluate`: a saved model and nothing else of the training."""
import json

import keras
import numpy as np
import pytest
from PIL import Image

from tfrseg.cards import CARD_CLASSES
from tfrseg.cli import main
from tfrseg.storage.labels import load_mask


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    "Bright is card, dark is background; a file."
    path = tmp_path_factory.mktemp("model") / "bright.keras"
    made = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Rescaling(1 / 255), keras.layers.Dense(5, "softmax")], name="bright")
    kernel = np.zeros((3, 5), np.float32)
    kernel[:, 1] = 4
    made.set_weights([kernel, np.float32([5, 0, -9, -9, -9])])
    made.save(path)
    return path


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    "Runs words in an empty folder: exit status, stdout, stderr."
    monkeypatch.chdir(tmp_path)

    def run(*words):
        capfd.readouterr()
        try: status = main([str(word) for word in words])
        except SystemExit as e: status = e.code
        out, errors = capfd.readouterr()
        return status, out, "".join(line for line in errors.splitlines(True) if line.startswith(("tfrseg", "usage")))

    return run


def test_predict(run, model, cards, shards, tmp_path):
    status, out, errors = run("predict", model, cards / "img", "masks", "--labels", shards, "--tile", 64, 64, "--overlap", 16, "--batch-size", 3, "--probabilities")
    assert (status, out) == (0, "masks: 12 masks written\n")
    assert "tfrseg: its scores are probabilities, as its last activation says" in errors
    assert len(list((tmp_path / "masks").glob("*.png"))) == len(list((tmp_path / "masks").glob("*.npy"))) == 12
    assert Image.open(tmp_path / "masks/card-0000.png").mode == "P" and set(np.unique(load_mask(tmp_path / "masks/card-0000.png"))) <= {0, 1}
    words = ("predict", model, cards / "img", "masks", "--labels", shards, "--tile", 64, 64, "--overlap", 16, "--probabilities")
    assert run(*words) == (0, "masks: 0 masks written, 12 were there already\n", "")
    assert run(*words, "--quiet") == (0, "", "")
    status, _, errors = run("predict", model, cards / "img", "masks")
    assert status == 1 and "masks: holds masks of another run: tile [64, 64], now None" in errors and errors.count("\n") == 1


def test_predict_of_shards(run, model, shards, tmp_path):
    assert run("predict", model, shards, "val", "--split", "val")[:2] == (0, "val: 3 masks written\n")
    assert run("predict", model, shards, "all")[:2] == (0, "all: 12 masks written\n")
    for path in (tmp_path / "val").glob("*.png"): assert path.read_bytes() == (tmp_path / "all/val" / path.name).read_bytes()


def test_evaluate(run, model, shards, tmp_path):
    status, out, _ = run("evaluate", model, shards, "--split", "val", "--plot", "plot.png", "--pictures", "worst.png", "--worst", 2)
    lines = out.split("\n")
    assert status == 0 and lines[0].startswith(f"{shards}, split val: 3 records, mean IoU 0.") and max(map(len, lines[1:])) <= 80
    assert [line.split()[0] for line in lines[2:7]] == list(CARD_CLASSES) and len(lines) == 13
    assert Image.open(tmp_path / "plot.png").size[0] > 300 and Image.open(tmp_path / "worst.png").size[0] > 800
    status, out, _ = run("evaluate", model, shards, "--json", "--quiet")
    told = json.loads(out)
    assert status == 0 and len(told["records"]) == 12 and set(told["classes"]) == {*CARD_CLASSES}
    assert told["classes"]["stamp"]["iou"] == 0 and told["pixels"] == 12 * 90 * 120


@pytest.mark.parametrize("words, status, said", (
    (("predict", "MODEL", "nowhere", "masks"), 1, "nowhere: no such file or folder"), (("predict", "nowhere.keras", "IMG", "masks"), 1, "nowhere.keras: no such model"),
    (("predict", "MODEL", "IMG", "IMG/masks"), 2, "wanted one beside it"), (("predict", "MODEL", "IMG", "masks", "--split", "val"), 2, "only shards have splits"),
    (("predict", "MODEL", "IMG", "masks", "--overlap", "9"), 2, "wanted --tile H W, too"), (("predict", "MODEL", "IMG", "masks", "--tile", "8", "8", "--overlap", "9"), 2, "an overlap from 0 to 7"),
    (("predict", "MODEL", "IMG", "masks", "--multiple", "32", "--tile", "40", "40"), 2, "--tile 40 40: "), (("predict", "MODEL", "IMG", "masks", "--labels", "IMG"), 1, "no dataset_info.json"),
    (("predict", "MODEL", "IMG", "masks", "--batch-size", "0"), 2, "--batch-size"), (("predict", "MODEL", "IMG", "IMG/../seg"), 1, "the folder is not empty"),
    (("predict", "MODEL", "IMG", "masks", "--scores", "ids"), 1, "wanted ids"), (("evaluate", "MODEL", "IMG"), 1, "no shards"), (("evaluate", "MODEL", "OUT", "--split", "test"), 2, "no split 'test'"),
    (("evaluate", "MODEL", "OUT", "--worst", "-1"), 2, "--worst -1"), (("evaluate", "three.keras", "OUT"), 1, "tells 3 classes apart; the class table has 5")))
def test_errors_are_one_line(run, model, cards, shards, tmp_path, words, status, said):
    keras.Sequential([keras.Input((None, None, 3)), keras.layers.Dense(3, "softmax")]).save(tmp_path / "three.keras")
    places = {"MODEL": str(model), "IMG": str(cards / "img"), "OUT": str(shards)}
    words = [word.replace("IMG", places["IMG"]) if word.startswith("IMG") else places.get(word, word) for word in words]
    got, out, errors = run(*words)
    last = errors.splitlines()[-1]
    assert (got, out) == (status, "") and said in last, (got, out, errors)
    assert not list(tmp_path.glob("masks/*.png")) and not (cards / "img/masks").exists()


@pytest.mark.parametrize("words", (("predict",), ("predict", "a", "b"), ("evaluate", "a"), ("predict", "a", "b", "c", "--tile", "9"), ("predict", "a", "b", "c", "--scores", "votes")))
def test_usage(run, words):
    status, _, errors = run(*words)
    assert status == 2 and errors.startswith("usage: tfrseg")
