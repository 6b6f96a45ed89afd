"""Images of any size through models of any kind, and folders of them to folders of masks: exact, bounded, whole, continued."""
import json
import os
import signal
import subprocess
from pathlib import Path

import keras
import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from warm import warm

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE
from tfrseg.core import DataError
from tfrseg.sources.layouts import read_class_table
from tfrseg.sources.source import folder_source, load_pair
from tfrseg.sources.tiles import tile_source
from tfrseg.storage.image import load_image
from tfrseg.storage.labels import LabelMap, load_mask
from tfrseg.storage.shards import open_shards
from tfrseg.training.export import save_model
from tfrseg.training.prediction import NOTE_NAME, predict, settled_labels
from tfrseg.training.predictor import Predictor, as_predictor, plan_tiles, predict_image, predict_rows

CARDS = LabelMap(CARD_CLASSES, CARD_PALETTE)
DATA = ROOT / "../shared/data"


def echo(images): return images


def light(images):
    "Logits of five classes, by how bright a pixel is."
    return -abs(np.asarray(images, np.float32).mean(-1, keepdims=True) / 64 - np.arange(5, dtype=np.float32))


def unet(levels=2, size=(None, None), channels=3, classes=5, scale=1 / 255, activation="softmax"):
    "A U-Net of few channels, whose weights are drawn from one seed."
    keras.utils.set_random_seed(0)
    layers, kept = keras.layers, []
    x = image = keras.Input((*size, channels))
    if scale: x = layers.Rescaling(scale)(x)
    for _ in range(levels):
        kept.append(x := layers.Conv2D(4, 3, padding="same", activation="relu")(x))
        x = layers.MaxPooling2D()(x)
    for skipped in kept[::-1]: x = layers.Concatenate()([layers.UpSampling2D()(x), skipped])
    return keras.Model(image, layers.Conv2D(classes, 1, activation=activation)(x), name="unet")


def files(folder):
    "Names of all files below a folder."
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def quiet(*args, **options): return predict(*args, **{"show_progress": False} | options)


def take_photos(folder):
    "Four images of three sizes in two folders, and their pixels by name."
    found, rng = {}, np.random.default_rng(0)
    for name, size in (("a.png", (40, 60)), ("b.png", (40, 60)), ("sub/a.png", (33, 70)), ("sub/deep/c.bmp", (90, 41))):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = rng.integers(0, 256, (size[0] // 3 + 1, size[1] // 3 + 1, 3), np.uint8).repeat(3, 0).repeat(3, 1)[:size[0], :size[1]]
        Image.fromarray(pixels).save(path)
        found[name.rpartition(".")[0]] = pixels
    return folder, found


@pytest.fixture
def photos(tmp_path): return take_photos(tmp_path / "photos")


# ---- one image

@settings(max_examples=120, deadline=None)
@given(st.data())
def test_the_law_of_identity(data):
    "A model that answers with its input gives back every bit, whatever size, tile and overlap are."
    height, width, channels = (data.draw(st.integers(1, n)) for n in (90, 90, 5))
    tile = data.draw(st.none() | st.tuples(st.integers(1, 64), st.integers(1, 64)))
    overlap = None if tile is None else data.draw(st.none() | st.integers(0, min(tile) - 1))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    image = rng.normal(size=(height, width, channels)).astype(np.float32) * 10.0**data.draw(st.integers(-6, 6))
    size = data.draw(st.sampled_from([1, 2, 3, 8]))
    if tile is not None and -(-(height + 64) // (tile[0] - (overlap or 0))) * -(-(width + 64) // (tile[1] - (overlap or 0))) > 3000: return
    multiple = data.draw(st.sampled_from([1, 4, 16])) if tile is None else None
    np.testing.assert_array_equal(predict_image(echo, image, tile, overlap, batch_size=size, multiple=multiple), image)
    ids = rng.integers(0, 900, (height, width, 1), np.int32)
    as_ids = Predictor(lambda images: images.astype(np.int32), dtype="int32")
    np.testing.assert_array_equal(predict_image(as_ids, ids, tile, overlap), ids)


def test_tiles_of_a_fixed_size_are_told_and_exact(capfd):
    "A quarter of the shorter side overlaps; the border is reflected."
    seen = []

    def look(images):
        seen.extend(images)
        return images

    fixed = Predictor(look, size=(32, 48), channels=3, name="model fixed")
    image = np.random.default_rng(1).integers(0, 256, (20, 100, 3), np.uint8)
    plan = plan_tiles(fixed, (20, 100))
    assert plan.line == ("model fixed takes images of 32 x 48 pixels; those of another size go through in tiles of that size that "
                         "overlap by 8, reflected at the border")
    np.testing.assert_array_equal(predict_image(fixed, image), image)
    padded = np.pad(image, ((6, 6), (0, 0), (0, 0)), "reflect")
    assert all(tile.shape == (32, 48, 3) for tile in seen) and len(seen) == 3
    np.testing.assert_array_equal(seen[0], padded[:, :48])
    assert plan_tiles(fixed, (32, 48)).line == "" and plan_tiles(fixed, (32, 48)).is_whole


def test_not_more_than_a_batch_and_a_row_of_tiles_are_kept():
    "The model is asked for one row of tiles before the first rows are handed on, and never for more than a batch."
    calls = []

    def count(images):
        calls.append(len(images))
        return images[..., :1]

    predictor, image = as_predictor(count), np.zeros((800, 250, 3), np.uint8)
    plan = plan_tiles(predictor, image.shape[:2], 64, 16)
    across = len([tile for tile in plan.tiles if tile.y == 0])
    rows, heights, asked = predict_rows(predictor, image, plan, batch_size=3), [], []
    for part in rows:
        heights.append(len(part))
        asked.append(sum(calls))
    assert sum(heights) == 800 and max(heights) <= 64 and max(calls) == 3 and sum(calls) == len(plan.tiles)
    assert all(n <= (k + 2) * across + 3 for k, n in enumerate(asked)), "rows wait for tiles that are not beside them"


@pytest.mark.parametrize("levels", (0, 1, 3))
def test_multiples_are_found_from_shapes(levels):
    assert as_predictor(unet(levels)).multiple == 2**levels
    assert as_predictor(unet(levels, (64, 96))).multiple == 1, "of a fixed size, nothing else is taken"


def test_a_unet_takes_odd_sizes():
    model, image = unet(3), np.random.default_rng(0).integers(0, 256, (50, 61, 3), np.uint8)
    padded = np.pad(image, ((3, 3), (1, 2), (0, 0)), "reflect")
    whole = model.predict_on_batch(padded[None].astype(np.float32))[0, 3:-3, 1:-2]
    np.testing.assert_allclose(predict_image(model, image), whole, atol=1e-6)


def test_tiles_of_a_real_model_agree_inside():
    "Where the seams fade, a convolution of two levels gives what it gives of the whole."
    model, image = unet(1), np.random.default_rng(0).integers(0, 256, (96, 96, 3), np.uint8)
    whole, tiled = predict_image(model, image), predict_image(model, image, 64, 32)
    assert np.abs(whole - tiled).max() < 0.05 and np.abs(whole - tiled)[:16, :16].max() < 1e-5


@pytest.mark.parametrize("image, said", (
    (np.zeros((9, 9, 4), np.uint8), "4 channels; model unet takes 3"), (np.full((9, 9, 3), 9000, np.uint16), "values up to 9000 (uint16)"),
    (np.ones((9, 9, 3), np.float32), "values up to 1 (float32)"), (np.zeros((9, 9), np.uint8), "wanted pixels [height, width, channels]"),
    (np.zeros((0, 9, 3), np.uint8), "wanted pixels")))
def test_images_that_the_model_does_not_take(image, said):
    "Said with both numbers, before the model is asked."
    predictor = as_predictor(unet())
    never = Predictor(pytest.fail, channels=predictor.channels, top=predictor.top, name=predictor.name)
    with pytest.raises(DataError) as error: predict_image(never, image)
    assert said in str(error.value)


def test_models_that_fail():
    def picky(images):
        if images.shape[1] % 32: raise RuntimeError("shapes do not match")
        return images

    image = np.zeros((33, 40, 3), np.uint8)
    with pytest.raises(ValueError, match="function .*picky fails at a batch of 1 x 33 x 40 x 3 .*multiple=32"): predict_image(picky, image)
    assert predict_image(picky, image, multiple=32).shape == (33, 40, 3)
    with pytest.raises(ValueError, match="wanted a score or an id for each pixel"): predict_image(lambda images: images[:, 1:], image)
    with pytest.raises(ValueError, match="one of .* each"): as_predictor(keras.Model([a := keras.Input((8, 8, 3)), b := keras.Input((8, 8, 3))], a + b))


# ---- folders

def test_masks_lie_as_the_images_do(photos, tmp_path):
    folder, pixels = photos
    done = quiet(light, folder, tmp_path / "out", labels=CARDS, batch_size=2)
    assert (done.written, done.kept, done.scores) == (4, 0, "logits")
    assert files(tmp_path / "out") == ["a.png", "b.png", "label_colors.txt", "sub/a.png", "sub/deep/c.png", NOTE_NAME]
    for name, image in pixels.items():
        mask = Image.open(tmp_path / "out" / f"{name}.png")
        assert mask.mode == "P" and np.reshape(mask.getpalette()[:15], (5, 3)).tolist() == [list(CARD_PALETTE[k]) for k in range(5)]
        np.testing.assert_array_equal(np.asarray(mask), light(image).argmax(-1))
    assert list(read_class_table(tmp_path / "out/label_colors.txt").items()) == [(name, tuple(color)) for name, color in zip(CARD_CLASSES, CARD_PALETTE)]


def test_masks_are_read_again_with_their_images(photos, tmp_path):
    folder, pixels = photos
    quiet(light, folder, tmp_path / "out", labels=CARDS)
    source = folder_source(folder, tmp_path / "out", class_names=CARD_CLASSES, show_progress=False)
    assert [pair.name for pair in source.pairs] == sorted(pixels)
    for pair in source.pairs: np.testing.assert_array_equal(load_pair(pair, source.labels)["mask"][..., 0], light(pixels[pair.name]).argmax(-1))


def test_images_of_one_size_go_together_and_no_batch_is_larger(photos, tmp_path):
    calls = []

    def count(images):
        calls.append(images.shape[:3])
        return light(images)

    quiet(count, photos[0], tmp_path / "out", batch_size=2)
    assert calls == [(2, 40, 60), (1, 33, 70), (1, 90, 41)]
    calls.clear()
    quiet(count, photos[0], tmp_path / "tiles", tile=32, batch_size=3)
    assert {size for _, *size in map(tuple, calls) for size in [tuple(size)]} == {(32, 32)} and max(n for n, *_ in calls) == 3


@pytest.mark.parametrize("classes, mode", ((2, "P"), (255, "P"), (256, "I;16"), (300, "I;16")))
def test_many_classes_take_sixteen_bits(photos, tmp_path, classes, mode):
    def last(images): return np.eye(classes, dtype=np.float32)[np.minimum(images[..., 0].astype(int) + (classes - 256) * (classes > 256), classes - 1)]

    quiet(last, photos[0], tmp_path / "out", labels=LabelMap([f"c{k}" for k in range(classes)], dtype="uint16" if classes > 255 else "uint8"))
    with Image.open(tmp_path / "out/a.png") as mask: assert mask.mode == mode
    np.testing.assert_array_equal(load_mask(tmp_path / "out/a.png")[..., 0], last(photos[1]["a"]).argmax(-1))


def test_probabilities(photos, tmp_path):
    "Logits become probabilities; files are read in parts, and classes are chosen before the rounding."
    folder, pixels = photos
    quiet(light, folder, tmp_path / "out", probabilities=True, tile=32)
    found = np.load(tmp_path / "out/sub/a.npy", mmap_mode="r")
    powers = np.exp(light(pixels["sub/a"]))
    assert found.dtype == np.float16
    np.testing.assert_allclose(found, powers / powers.sum(-1, keepdims=True), atol=1e-3)
    (tmp_path / "out/b.npy").unlink()
    assert quiet(light, folder, tmp_path / "out", probabilities=True, tile=32).written == 1


@pytest.mark.parametrize("kind, model", (("logits", lambda images: images[..., :1] - 127.5), ("probabilities", lambda images: images[..., :1] / 255),
                                         ("ids", lambda images: images[..., 0] > 127.5), ("ids", lambda images: (images[..., :1] > 127.5).astype("int64"))))
def test_scores_of_one_channel(photos, tmp_path, capfd, kind, model):
    folder, pixels = photos
    done = quiet(model, folder, tmp_path / "out")
    assert done.scores == kind and f"taken for {kind}" in capfd.readouterr().err
    np.testing.assert_array_equal(load_mask(tmp_path / "out/a.png")[..., 0], pixels["a"][..., 0] > 127.5)


def test_kinds_that_do_not_hold(tmp_path):
    "A later image whose scores are no probabilities is refused, not thresholded at a half."
    for name, value in (("a", 0), ("b", 255)):
        (tmp_path / "photos").mkdir(exist_ok=True)
        Image.fromarray(np.full((8, 8, 3), value, np.uint8)).save(tmp_path / f"photos/{name}.png")
    with pytest.raises(DataError, match="b: scores from .* 255; those before were probabilities.*scores='logits'"):
        quiet(lambda images: images[..., :1], tmp_path / "photos", tmp_path / "out", batch_size=1)
    with pytest.raises(DataError, match="64 pixels have scores that are not numbers"): quiet(lambda images: images * np.nan, tmp_path / "photos", tmp_path / "nan")
    with pytest.raises(DataError, match="label 255 on 64 pixels; wanted 0 to 4"):
        quiet(lambda images: images[..., :1].astype(int), tmp_path / "photos", tmp_path / "ids", labels=LabelMap(CARD_CLASSES, ignore_label=254))
    with pytest.raises(ValueError, match="answers with ids"): quiet(lambda images: images[..., 0] > 4, tmp_path / "photos", tmp_path / "no", probabilities=True)


def test_what_is_there_is_not_done_again(photos, tmp_path):
    folder, _ = photos
    model = unet()
    quiet(model, folder, tmp_path / "out", labels=CARDS)
    before = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in files(tmp_path / "out")}
    again = Predictor(pytest.fail, identity=as_predictor(model).identity, multiple=4, scores="probabilities", channels=3)
    assert quiet(again, folder, tmp_path / "out", labels=CARDS).kept == 4
    assert before == {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in files(tmp_path / "out")}
    Image.fromarray(np.zeros((7, 9, 3), np.uint8)).save(folder / "new.png")
    young = before["a.png"] + 10**9
    os.utime(folder / "a.png", ns=(young, young))
    assert quiet(model, folder, tmp_path / "out", labels=CARDS).written == 2, "a new image, and one that is younger than its mask"


@pytest.fixture(scope="module")
def predicted(tmp_path_factory):
    "Photographs, a model, and the folder of its masks; not to be changed."
    folder = take_photos(tmp_path_factory.mktemp("predicted") / "photos")[0]
    quiet(model := unet(), folder, folder.parent / "out", labels=CARDS)
    return folder, model, folder.parent / "out"


@pytest.mark.parametrize("change, said", (
    ({"tile": 64}, r"tile None, now \[64, 64\]"), ({"labels": LabelMap(tuple("abcde"))}, "classes"), ({"scores": "logits"}, "scores"),
    ({"multiple": 8}, "multiple"), ({"probabilities": True}, "probabilities False, now True"), ({"model": "other"}, "model"), ({"what": "other"}, "images")))
def test_another_run_is_refused(predicted, change, said):
    folder, model, out = predicted
    before = files(out)
    if change.pop("model", None): model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Rescaling(1 / 255), keras.layers.Dense(5, "softmax")])
    if change.pop("what", None): folder = folder / "sub"
    with pytest.raises(FileExistsError, match=f"out: holds masks of another run: {said}"): quiet(model, folder, out, **{"labels": CARDS} | change)
    assert files(out) == before


def test_folders_of_others_are_left_alone(photos, tmp_path):
    folder, _ = photos
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("precious")
    with pytest.raises(FileExistsError, match="mine: the folder is not empty"): quiet(light, folder, tmp_path / "mine")
    assert files(tmp_path / "mine") == ["thesis.txt"]
    with pytest.raises(FileExistsError, match="file or link"): quiet(light, folder, tmp_path / "mine/thesis.txt")
    with pytest.raises(ValueError, match="wanted one beside it"): quiet(light, folder, folder / "masks")
    with pytest.raises(ValueError, match="wanted a local folder"): quiet(light, folder, "memory://bucket/masks")
    assert not (folder / "masks").exists()


@pytest.mark.parametrize("model, options, said", (
    (lambda: unet(classes=3), {"labels": CARDS}, "tells 3 classes apart; the class table has 5"), (lambda: unet(channels=4), {}, "3 channels; .* takes 4"),
    (lambda: unet(scale=1 / 65535), {}, r"values up to 255 \(uint8\)"), (lambda: unet(), {"tile": 30}, r"multiples of 4 pixels; wanted such as \(32, 32\)"),
    (lambda: unet(), {"overlap": 8}, "wanted tile="), (lambda: unet(), {"tile": 64, "overlap": 64}, "overlap from 0 to 63"), (lambda: unet(), {"batch_size": 0}, "batch_size=0"),
    (lambda: unet(), {"split": "val"}, "only shards have splits"), (lambda: unet(), {"pixels": "stretch"}, "pixels='stretch'"), (lambda: "nowhere.keras", {}, "no such model"),
    (lambda: __file__, {}, "not a saved model"), (lambda: 5, {}, "wanted a Keras model")))
def test_refused_before_the_first_step(photos, tmp_path, model, options, said):
    with pytest.raises((ValueError, TypeError, FileNotFoundError), match=said): quiet(model(), photos[0], tmp_path / "out", **options)
    assert not list((tmp_path / "out").glob("*.png"))


def test_images_of_one_name(photos, tmp_path):
    Image.fromarray(photos[1]["a"]).save(photos[0] / "a.bmp")
    with pytest.raises(DataError, match="'a'"): quiet(light, photos[0], tmp_path / "out")


def test_shards_and_sources(shards, source, tmp_path):
    "The same masks from a source and from shards; splits become folders, and the classes are known."
    done = quiet(light, shards, tmp_path / "all")
    splits = open_shards(shards).info.splits
    assert done.written == 12 and {name.split("/")[0] for name in files(tmp_path / "all")} == {*splits, NOTE_NAME, "label_colors.txt"}
    assert done.labels.class_names == CARD_CLASSES
    quiet(light, source, tmp_path / "source")
    assert quiet(light, shards, tmp_path / "val", split="val").written == open_shards(shards, "val").records
    for path in (tmp_path / "val").glob("*.png"):
        assert path.read_bytes() == (tmp_path / "all/val" / path.name).read_bytes() == (tmp_path / "source" / path.name).read_bytes()
    tiles = tile_source(source.take([0]), (64, 64), 16)
    assert quiet(light, tiles, tmp_path / "tiles").written == len(tiles)


def test_saved_models(photos, tmp_path, capfd):
    "A file, a SavedModel and the model itself give the same masks, and the same run goes on with the file."
    model = unet()
    model.save(tmp_path / "model.keras")
    ways, masks = {"itself": model, "file": tmp_path / "model.keras"}, {}
    if keras.backend.backend() == "tensorflow":  # Keras exports no model of free size from the others
        model.export(tmp_path / "saved", verbose=False)
        ways["folder"] = tmp_path / "saved"
    for name, what in ways.items():
        quiet(what, photos[0], tmp_path / name, labels=CARDS, multiple=4, scores="probabilities")
        masks[name] = [(tmp_path / name / f"{k}.png").read_bytes() for k in photos[1]]
    assert all(each == masks["itself"] for each in masks.values())
    for old in ("file", "itself"): assert quiet(tmp_path / "model.keras", photos[0], tmp_path / old, labels=CARDS, multiple=4, scores="probabilities").written == 0


def test_sixteen_bits_and_one_band(tmp_path):
    "Images are read as RGB of 8 bits, or as they are where that is asked for; the model takes one of both."
    (tmp_path / "deep").mkdir()
    for k in range(2): Image.fromarray(np.arange(k, 3000 + k, dtype=np.uint16).reshape(50, 60) * 20).save(tmp_path / f"deep/{k}.png")
    model = keras.Sequential([keras.Input((None, None, 1)), keras.layers.Rescaling(1 / 65535), keras.layers.Dense(1, "sigmoid")])
    model.set_weights([np.float32([[100]]), np.float32([-50])])
    with pytest.raises(DataError, match="16 bits|--pixels"): quiet(model, tmp_path / "deep", tmp_path / "out")
    with pytest.raises(DataError, match="3 channels; .* takes 1.*pixels='kept'"): quiet(model, tmp_path / "deep", tmp_path / "out", pixels="high")
    quiet(model, tmp_path / "deep", tmp_path / "kept", pixels="kept")
    np.testing.assert_array_equal(load_mask(tmp_path / "kept/1.png").ravel(), np.arange(1, 3001) * 20 > 65535 / 2)


def test_the_model_may_know_its_classes(photos, tmp_path):
    done = quiet(Predictor(light, labels=CARDS), photos[0], tmp_path / "out")
    assert done.labels.class_names == CARD_CLASSES and (tmp_path / "out/label_colors.txt").exists()
    save_model(unet(), tmp_path / "model.keras", CARDS)
    with Image.open(tmp_path / "out/a.png") as mask: colors = mask.getpalette()[:15]
    assert quiet(tmp_path / "model.keras", photos[0], tmp_path / "saved").labels.class_names == CARD_CLASSES
    with Image.open(tmp_path / "saved/a.png") as mask: assert mask.getpalette()[:15] == colors
    with pytest.raises(DataError, match="classes a, b, c, d, e; the model's are background"):
        settled_labels(None, LabelMap(tuple("abcde")), as_predictor(tmp_path / "model.keras"))


KILLED = """
import os, signal, sys
import numpy as np
from tfrseg.training.prediction import predict

real, left = os.replace, int(sys.argv[3])
def replace(source, target):
    global left
    if str(target).endswith(".png"):
        left -= 1
        if left < 0: os.kill(os.getpid(), signal.SIGKILL)
    real(source, target)
os.replace = replace

def light(images): return -abs(images.mean(-1, keepdims=True) / 64 - np.arange(5, dtype=np.float32))
predict(light, sys.argv[1], sys.argv[2], probabilities=True, show_progress=False)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_killed_and_continued(photos, tmp_path):
    "What a killed process had finished stays as it is; what it was at is not there, half or whole."
    folder, _ = photos
    def run(n): return subprocess.run([*warm(), "-c", KILLED, folder, tmp_path / "out", str(n)], capture_output=True, text=True)
    assert run(2).returncode == -signal.SIGKILL
    left = files(tmp_path / "out")
    assert [name for name in left if name.endswith(".png")] == ["a.png", "b.png"]
    assert any(name.endswith(".incomplete") for name in left), "it was killed in the middle of a file"
    before = (tmp_path / "out/a.png").stat().st_mtime_ns
    done = run(99)
    assert done.returncode == 0, done.stderr
    assert "2 masks are there already" in done.stderr
    assert [name for name in files(tmp_path / "out") if name.endswith((".png", ".npy"))] == [
        "a.npy", "a.png", "b.npy", "b.png", "sub/a.npy", "sub/a.png", "sub/deep/c.npy", "sub/deep/c.png"]
    assert (tmp_path / "out/a.png").stat().st_mtime_ns == before and not any(".incomplete" in name for name in files(tmp_path / "out"))
    assert json.loads((tmp_path / "out" / NOTE_NAME).read_text())["probabilities"] is True


@pytest.mark.skipif(not (DATA / "coco_pixelwise").is_dir(), reason="the photographs are not here")
def test_real_photographs(tmp_path):
    "Whole and by tiles: a model of single pixels gives the same masks, of every size."
    images = sorted((DATA / "coco_pixelwise/images").iterdir())[:3]
    (tmp_path / "photos").mkdir()
    for path in images: (tmp_path / "photos" / path.name).symlink_to(path.resolve())
    for name, tile in (("whole", None), ("tiles", (256, 320))): quiet(light, tmp_path / "photos", tmp_path / name, tile=tile)
    for path in images:
        whole, tiled = (load_mask(tmp_path / name / f"{path.stem}.png") for name in ("whole", "tiles"))
        assert whole.shape[:2] == load_image(path).shape[:2]
        np.testing.assert_array_equal(whole, tiled)
