"""What is shown of other pixels than RGB of 8 bits: bands, fields, overlapping classes, objects; and what is counted of their values."""
import json
import os
import shutil
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from browsing import CHROMIUM, HASH, chromium
from crossing import crossed
from PIL import Image

import tfrseg
from tfrseg.augmenter.geometry import RandomFlip
from tfrseg.cards import CARD_CLASSES, make_card
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.display import Style, class_planes, draw_bits, draw_samples, draw_target, field_colors, style_of
from tfrseg.explorer.browser import explore_records
from tfrseg.explorer.comparison import compare
from tfrseg.explorer.look import draw_records, show_batch
from tfrseg.explorer.summary import plot_summary, summarize
from tfrseg.explorer.tuner import explore_augment
from tfrseg.explorer.viewer import class_table, pack_images
from tfrseg.plot import _PERCENTS, as_rgb
from tfrseg.reader.pipeline import make_dataset
from tfrseg.sources.arrays import array_source
from tfrseg.storage.counts import add_stats, count_values
from tfrseg.storage.dataset import load_info, save_info
from tfrseg.storage.schema import RAW_IDS
from tfrseg.storage.shards import open_shards
from tfrseg.storage.target import PERCENTS, Target, unknown_bit
from tfrseg.writer.write import plan_shards, write_shards

H, W = 60, 80
NAMES = ("round", "left")


def sample_of(k):
    "Four bands of 16 bits, depth with a hole, two classes that overlap, numbers of objects, a fact."
    card, (y, x) = make_card(k, (H, W)), np.indices((H, W))
    bands = np.concatenate([card["image"], 255 - card["image"][..., :1]], -1).astype(np.uint16) * 12 + 700
    depth = (2 + 3 * y / H - 1.5 * (card["mask"][..., 0] > 0)).astype(np.float32)[..., None]
    depth[:10, :10] = -1
    planes = np.stack([np.hypot(y - 30, x - 40) < 20, x < 40 + k], -1)
    return {"image": bands, "mask": planes, "depth": depth, "patient": f"A{k}",
            "objects": np.where(card["mask"] > 0, 7000 * card["mask"].astype(np.int32), 0)}


@pytest.fixture(scope="module")
def bands(tmp_path_factory):
    "A data set of such samples; not to be changed."
    out = tmp_path_factory.mktemp("bands") / "out"
    source = array_source([sample_of(k) for k in range(6)], pixels="kept", others={"depth": "field", "objects": "ids"},
                          facts=("patient",), overlap=True, class_names=NAMES, nodata={"depth": -1}, show_progress=False)
    source = source.with_target("image", bands=("red", "green", "blue", "nir"))
    write_shards(plan_shards(source, out, schema=RAW_IDS), show_progress=False)
    return out


def images_of(figure): return [np.asarray(ax.images[0].get_array()) for ax in figure.axes if ax.images]


# ---- pixels as pictures

@pytest.mark.parametrize("dtype", ("uint8", "bool", "int64", "float32"))
@pytest.mark.parametrize("channels", (1, 3))
def test_rgb_of_8_bits_stays_byte_for_byte(dtype, channels):
    "Also where its table is known, and after a cast."
    image = np.random.default_rng(0).integers(0, 2 if dtype == "bool" else 256, (9, 7, channels)).astype(dtype)
    wanted = np.broadcast_to(image * (255 if dtype == "float32" and image.max() <= 1 else 1), (9, 7, 3)).astype(np.uint8)
    assert (as_rgb(image) == wanted).all() and (as_rgb(image, Target("image", channels=channels)) == wanted).all()


@pytest.mark.parametrize("low, high, dtype", [(100, 800, "uint16"), (0, 60000, "uint16"), (-1000, 3000, "int16"),
                                              (0, 100000, "int32"), (-0.5, 0.5, "float32"), (0, 4000, "float32")])
@pytest.mark.parametrize("channels", (1, 2, 3, 5))
def test_no_picture_is_black_or_white(low, high, dtype, channels):
    rng = np.random.default_rng(1)
    drawn = as_rgb((low + (high - low) * rng.random((40, 50, channels))).astype(dtype))
    assert drawn.dtype == np.uint8 and drawn.shape == (40, 50, 3)
    shown = drawn[..., :min(channels, 3)]
    assert 60 < shown.mean() < 200 and (shown == 0).mean() < 0.2 and (shown == 255).mean() < 0.2


def test_limits_then_the_data_set_then_the_picture():
    "And a stretch that is asked for stands above all of them."
    image = np.full((4, 4, 1), 1000, np.uint16)
    image[0, 0], image[0, 1] = 0, 2000
    told = Target("image", channels=1, dtype="uint16", limits=(0, 4000))
    assert as_rgb(image, told)[3, 3, 0] == 63
    stats = tfrseg.storage.TargetStats(9, 0, [0], [0], [0], [8000], [[0, 500, 600, 700, 800, 900, 1000, 1500, 8000]])
    assert as_rgb(image, replace(told, limits=()), stats=stats)[3, 3, 0] == 127
    assert as_rgb(image, told, stretch=(0, 100))[3, 3, 0] == 127
    assert (as_rgb(image[1:]) == 127).all(), "one value is grey, not black"
    assert _PERCENTS == PERCENTS


def test_what_was_not_measured_is_chequered():
    "NaN, infinity and nodata, and they do not count in percentiles."
    image = np.linspace(0, 500, 400, dtype=np.float32).reshape(20, 20, 1).copy()
    image[0], image[1], image[2] = np.nan, np.inf, -9999
    drawn = as_rgb(image, Target("image", channels=1, dtype="float32", nodata=-9999))
    assert set(np.unique(drawn[:3])) == {96, 144} and drawn[3].max() < 30 and drawn[-1].min() > 240


def test_bands_by_name_and_number(bands):
    shards = open_shards(bands)
    shown = [draw_target(shards[0], "image", style_of(shards, names)) for names in (("nir", "red", "green"), (3, 0, 1))]
    assert (shown[0] == shown[1]).all() and not (shown[0] == draw_target(shards[0], "image", style_of(shards))).all()
    with pytest.raises(ValueError, match="shown=thermal; wanted one to three of red, green, blue, nir, or 0 to 3"):
        style_of(shards, ("thermal",))


@pytest.mark.parametrize("dtype", ("uint8", "uint16", "int32", "int64"))
def test_overlapping_classes_add_their_colours(dtype):
    "In every dtype of bits; what is unknown is hatched, and has no class."
    bits = np.array([[0, 1, 2, 3, unknown_bit(dtype)]] * 8, dtype)[..., None]
    planes, unknown = class_planes(bits, 2)
    assert planes[:, 0].tolist() == [[False, True, False, True, False], [False, False, True, True, False]]
    assert unknown[0].tolist() == [False] * 4 + [True]
    drawn = draw_bits(bits, 2, {0: (200, 0, 10), 1: (100, 80, 0)})
    assert drawn[0, :4].tolist() == [[0, 0, 0], [200, 0, 10], [100, 80, 0], [255, 80, 10]]
    assert len(np.unique(drawn[:, 4], axis=0)) == 2


def test_every_target_is_in_the_figure(bands):
    "The image, the mask, the overlay, depth with its bar, objects; the fact as text."
    shards = open_shards(bands)
    figure = draw_records([shards[0], shards[1]], shards.info.labels, style=style_of(shards))
    titles = [ax.get_title() for ax in figure.axes if ax.get_title()]
    assert titles == ["image\nred green blue", "mask", "overlay", "depth", "objects"]
    assert len(images_of(figure)) == 10 and len(figure.axes) == 12
    said = [text.get_text() for ax in figure.axes for text in ax.texts]
    assert any("patient A0" in line for line in said) and any("patient A1" in line for line in said)
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert [line.split()[0] for line in legend] == ["round", "left"]
    field = images_of(figure)[3]
    assert {tuple(c) for c in field.reshape(-1, 3).tolist()} <= {tuple(c) for c in field_colors().tolist()} | {(96,) * 3, (144,) * 3}
    assert (field[2, 2] == field[2, 2, 0]).all(), "the hole in the depth map is grey"


def test_usual_samples_are_drawn_as_ever(shards):
    "With a style or without one."
    opened = open_shards(shards)
    samples = [opened[0], opened[5]]
    one, other = draw_records(samples, opened.info.labels), draw_records(samples, opened.info.labels, style=style_of(opened))
    assert all((a == b).all() for a, b in zip(images_of(one), images_of(other), strict=True))


@pytest.mark.parametrize("batch_size, outputs", crossed((3, None), (None, "image", ("depth", "image"), ({"x": "image", "z": {"a": "depth"}}, "mask", "objects"),
                                                                     {"m": "mask", "i": "image", "p": "patient", "n": "name"})))
def test_batches_of_any_structure(bands, outputs, batch_size):
    "The pipeline knows the names, so each array is drawn as what it is."
    data = make_dataset(bands, batch_size=batch_size, outputs=outputs, augment=RandomFlip(1.0), show_progress=False)
    figure = show_batch(data, shown=("nir", "red", "green"))
    names = {"image", "mask"} if outputs is None else {name for name in ("image", "mask", "depth", "objects") if name in str(outputs)}
    titles = {ax.get_title().partition("\n")[0] for ax in figure.axes} - {"", "overlay"}
    assert titles == names and figure.axes[0].images
    assert not figure.legends or figure.legends[0].get_title().get_text() == ""


def test_a_batch_that_was_taken_out(bands):
    "Only arrays are left: five bands are drawn all the same, and nothing white."
    batch = next(iter(make_dataset(bands, batch_size=2, show_progress=False)))
    drawn = images_of(show_batch(batch))[0]
    assert 30 < drawn.mean() < 220
    assert len(show_batch(bands).axes) >= 20
    assert not (images_of(show_batch(batch, shown=(3, 0, 1)))[0] == drawn).all()


def test_rgb_with_a_weight_stays_as_it_is():
    "A third array is the weight, and the figure that of a plain batch; names of a dict are known, and drawn beside it."
    cards = [make_card(k, (60, 80)) for k in range(2)]
    image, mask = (np.stack([card[name] for card in cards]) for name in ("image", "mask"))
    weight = np.ones(mask.shape, np.float32)
    plain = images_of(show_batch((image, mask)))
    found = images_of(show_batch((image.astype(np.float32), mask, weight)))
    assert len(found) == len(plain) == 4 and all((a == b).all() for a, b in zip(found, plain))
    figure = show_batch({"image": image, "mask": mask, "depth": weight * 3})
    found = images_of(figure)
    assert len(found) == 8 and (found[0] == plain[0]).all() and (found[4] == plain[1]).all()
    assert "2 of 2: depth is one flat value" in figure.legends[0].get_title().get_text()


def test_normalised_bands_are_undone(bands):
    norm = tfrseg.Normalize.of(load_info(bands))
    plain, told = (make_dataset(bands, batch_size=2, shuffle=False, augment=augment, show_progress=False) for augment in (None, norm))
    one, other = images_of(show_batch(plain))[0], images_of(show_batch(told, normalize=norm))[0]
    assert np.abs(one.astype(int) - other).max() <= 1


# ---- words and numbers

def test_shares_of_overlapping_classes_are_of_the_image(bands):
    "They add up to more than all pixels; each is what NumPy counts."
    rows = {row.name: row for row in summarize(bands).classes}
    planes = np.stack([sample_of(k)["mask"] for k in range(6)])
    for k, name in enumerate(NAMES):
        assert rows[name].share == pytest.approx(planes[..., k].mean()) and rows[name].pixels == planes[..., k].sum()
    text = str(summarize(bands))
    assert "targets  image uint16 x 4 (red green blue nir), mask bits uint8 (2 classes that overlap), depth float32 field" in text
    assert "bits of classes that overlap, uint8, unknown 128" in text and "values of  channel" in text
    bars = plot_summary(bands)
    assert len(bars.axes) == 4 and "all 60 x 80 pixels" in bars.get_suptitle()


def test_statistics_are_those_of_numpy(bands):
    found = count_values(bands, show_progress=False)
    image = np.concatenate([sample_of(k)["image"].reshape(-1, 4) for k in range(6)]).astype(np.float64)
    depth = np.concatenate([sample_of(k)["depth"].ravel() for k in range(6)])
    depth = depth[depth != -1].astype(np.float64)
    assert {*found} == {"image", "depth"} and found["image"] == load_info(bands).stats["image"]
    np.testing.assert_allclose([found["image"].mean, found["image"].std], [image.mean(0), image.std(0)])
    np.testing.assert_allclose(found["image"].percentiles, np.percentile(image, PERCENTS, 0).T)
    np.testing.assert_allclose([found["depth"].mean[0], found["depth"].std[0]], [depth.mean(), depth.std()], rtol=1e-6)
    assert found["depth"].nodata == 600 and found["depth"].low[0] > 0


def run(capsys, *words):
    status = main([str(word) for word in words])
    return status, capsys.readouterr().out


def test_stats_are_added_once(write, source, tmp_path, capsys):
    "To the info of RGB, whose format stays version 1 and whose other lines stay as they are; twice is once."
    out = write(source)
    before = json.loads((out / "dataset_info.json").read_text())
    status, text = run(capsys, "stats", out, "-o", tmp_path / "hist.png")
    assert status == 0 and "kept in" in text and "image      blue" in text
    assert np.asarray(Image.open(tmp_path / "hist.png").convert("L")).std() > 10
    after = json.loads((out / "dataset_info.json").read_text())
    stats = after.pop("stats")
    assert after == before and after["format_version"] == 1 and {*stats} == {"image"}
    pixels = np.concatenate([s["image"].reshape(-1, 3) for s in open_shards(out)]).astype(np.float64)
    np.testing.assert_allclose(stats["image"]["mean"], pixels.mean(0))
    saved = (out / "dataset_info.json").read_bytes()
    status, text = run(capsys, "stats", out)
    assert status == 0 and "already" in text and (out / "dataset_info.json").read_bytes() == saved
    assert main(["check", str(out), "--deep"]) == 0
    told = json.loads(run(capsys, "info", out, "--json")[1].splitlines()[-1])
    assert [row["channel"] for row in told["values"]] == ["red", "green", "blue"] and told["classes"][1]["name"] == CARD_CLASSES[1]
    assert tfrseg.Normalize.of(load_info(out)).mean == pytest.approx(tuple(pixels.mean(0)))


def test_only_the_training_split_is_kept(shards, tmp_path, capsys):
    "A model must not learn from the others; their statistics are printed."
    out = Path(shutil.copytree(shards, tmp_path / "copy"))
    status, text = run(capsys, "stats", out, "--split", "val")
    assert status == 0 and "not kept" in text and not load_info(out).stats
    run(capsys, "stats", out)
    assert load_info(out).stats["image"] == count_values(out, "train", show_progress=False)["image"]


def test_a_dataset_that_changed_meanwhile_keeps_its_info(write, source):
    out = write(source)
    counted, found = load_info(out), count_values(out, show_progress=False)
    save_info(replace(counted, skipped=("another",)), out)
    saved = (out / "dataset_info.json").read_bytes()
    with pytest.raises(DataError, match="changed in the meantime"): add_stats(out, found, counted)
    assert (out / "dataset_info.json").read_bytes() == saved


def test_show_takes_bands_and_stretch(bands, tmp_path, capsys):
    files = [tmp_path / f"{k}.png" for k in range(3)]
    for file, words in zip(files, ((), ("--shown", "nir", "red", "green"), ("--stretch", "30", "70"))):
        assert main(["show", str(bands), "-o", str(file), "--record", "0", *words]) == 0
    pictures = [Image.open(file).convert("RGB") for file in files]
    assert len({picture.tobytes() for picture in pictures}) == 3
    assert main(["show", str(bands), "-o", str(files[0]), "--shown", "swir"]) == 2
    assert "wanted one to three of red, green, blue, nir" in capsys.readouterr().err
    assert main(["show", str(bands), "-o", str(files[0]), "--augment", "--count", "1"]) == 0


def test_what_cannot_be_compared_is_said(bands):
    with pytest.raises(DataError, match="classes that overlap; wanted one class a pixel"): compare(bands, lambda x: x)


# ---- the canvas

def test_the_canvas_gets_values_and_sets(bands):
    "16 bits a value, so that bands and stretch are chosen without a kernel; a wide integer is a set of classes."
    browser = explore_records(bands)
    record, buffers = browser._packed(0)
    image, depth, objects = record["pictures"]
    assert (image["of"], depth["of"], objects["of"]) == ("image", "depth", "objects") and record["note"] == "patient A0"
    assert image["bands"]["names"] == ["red", "green", "blue", "nir"] and image["sets"] == [[], [0], [1], [0, 1]]
    values = np.frombuffer(zlib.decompress(buffers[depth["bands"]["buffer"]]), "<u2").reshape(H, W)
    found = depth["bands"]["low"][0] + (values.astype(float) - 1) * depth["bands"]["step"][0]
    wanted = sample_of(0)["depth"][..., 0]
    assert (values[:10, :10] == 0).all() and np.abs(found - wanted)[wanted != -1].max() < 1e-4
    drawn = images_of(browser.figure(0))
    browser.show(hidden=[0, 1])
    hidden = images_of(browser.figure(0))
    assert not (drawn[1] == drawn[0]).all() and (hidden[1] == hidden[0]).all() and browser.select(with_class="left").tolist() == [*range(6)]


def test_the_tuner_shows_every_target(bands):
    tuner = explore_augment(bands, [RandomFlip(1.0)])
    pictures = tuner._packed(0)[0]["pictures"]
    assert [p["of"] for p in pictures] == ["image", "depth", "objects"] * 2 and pictures[3]["title"] == "after"


@pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="wants a Chromium on the path")
def test_targets_and_bands_are_chosen_by_mouse_and_keys(bands, tmp_path):
    "In a page without a kernel: other pixels on the canvas, the value below the pointer, names of both classes."
    pytest.importorskip("playwright")
    from playwright.sync_api import sync_playwright

    (tmp_path / "page.html").write_text(explore_records(bands).to_html(), encoding="utf-8")
    with sync_playwright() as p, chromium(p, tmp_path / "profile") as page:
        page.goto((tmp_path / "page.html").as_uri())
        page.wait_for_selector("canvas[data-shown]", timeout=20_000)
        canvas, seen = page.locator("canvas.tfs-canvas"), []

        def changed():
            "Waits for a picture that was not there before."
            page.wait_for_function(f"([canvas, old]) => !old.includes(({HASH})(canvas))", arg=[canvas.element_handle(), seen])
            seen.append(canvas.evaluate(HASH))

        def at(x, y):
            "What is said of a pixel of the picture, by its share of width and height."
            size = canvas.evaluate("c => [c.clientWidth, c.clientHeight]")
            scale = min(size[0] / W, size[1] / H)
            canvas.hover(position={"x": size[0] / 2 + (x - 0.5) * W * scale, "y": size[1] / 2 + (y - 0.5) * H * scale})
            return page.locator(".tfs-readout").inner_text()

        changed()
        assert page.locator("select.tfs-band").nth(0).evaluate("b => [...b.options].map(o => o.textContent)") == ["red", "green", "blue", "nir", "–"]
        bits = sample_of(0)["mask"]
        assert bits[30, 35].all() and "round + left" in at(35.5 / W, 30.5 / H)
        page.locator("select.tfs-band").nth(0).select_option(label="nir")
        changed()
        value = sample_of(0)["image"][30, 35]
        said = at(35.5 / W, 30.5 / H)
        assert f"nir {value[3]}" in said and f"green {value[1]}" in said and f"blue {value[2]}" in said
        page.locator("button.tfs-stretch").click()
        changed()
        canvas.focus()
        page.keyboard.press("b")  # the stretch is on again, as it was before
        page.wait_for_selector(".tfs-stretch[aria-pressed='true']")
        page.keyboard.press("d")
        changed()
        assert page.locator("select.tfs-target").input_value() == "depth" and page.locator("select.tfs-band:visible").count() == 0
        depth = sample_of(0)["depth"][..., 0]
        assert float(at(70.5 / W, 50.5 / H).split("·")[1]) == pytest.approx(depth[50, 70], abs=1e-3)
        assert "not measured" in at(5.5 / W, 5.5 / H)
        page.locator("select.tfs-target").select_option("objects")
        changed()
        page.keyboard.press("d")
        page.locator("select.tfs-target").focus()
        page.keyboard.press("i")  # a select takes letters itself
        canvas.focus()
        page.keyboard.press("o")
        changed()
        assert page.locator(".tfs-class span").all_inner_texts()[0] == "round" and not page.errors


@pytest.mark.parametrize("dtype", ("uint16", "int16", "float32"))
def test_a_picture_of_nothing_is_chequered(dtype):
    "Where no pixel was measured, in figures and on the canvas."
    told, image = Target("image", channels=4, dtype=dtype, nodata=7), np.full((8, 9, 4), 7, dtype)
    assert set(np.unique(as_rgb(image, told))) == {96, 144}
    described, _ = pack_images([{"image": image, "target": told}])
    assert json.loads(json.dumps(described, allow_nan=False))[0]["bands"]["ends"] == [[0, 0]] * 4


def test_wide_bits_on_the_canvas():
    "Sets of classes are numbered, so bits of 64 find room; more than a mask can hold is refused."
    bits = np.array([[1 << 40, unknown_bit("int64"), 3, 0]], np.int64)[..., None]
    picture = {"mask": bits, "classes": 41, "ignore": unknown_bit("int64")}
    described, _ = pack_images([picture])
    assert described[0]["sets"] == [[unknown_bit("int64")], [], [0, 1], [40]] and described[0]["bits"] == 16
    table = class_table([f"c{k}" for k in range(41)], None, unknown_bit("int64"), "unknown")
    assert table[-1] == {"id": unknown_bit("int64"), "name": "unknown", "color": [150, 150, 150]}


def test_nothing_to_draw():
    with pytest.raises(ValueError, match="no images to show"): draw_samples([], Style())
