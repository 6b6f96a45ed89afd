"""Tiles: every pixel covered, cut and stitched to what they were, each picture decoded once, their place kept in the record."""
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import tfrseg.sources.tiles
from records import read_samples

from tfrseg.sources.arrays import array_source
from tfrseg.cards import CARD_CLASSES, make_card, make_folder
from tfrseg.cli import main
from tfrseg.storage.image import load_image
from tfrseg.storage.labels import load_mask
from tfrseg.core import DataError
from tfrseg.sources.tiles import Tile, stitch_tiles, tile_depth, tile_grid
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.shards import open_shards
from tfrseg.writer.export import export_shards
from tfrseg.explorer.summary import summarize
from tfrseg.storage.check import check_shards, repair_shards
from tfrseg.storage.example import detect_schema
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import folder_source
from tfrseg.sources.splits import split_source
from tfrseg.sources.tiles import stitch_predictions, sample_tile
from tfrseg.sources.tiles import tile_source
from tfrseg.writer.write import plan_shards, write_shards


@st.composite
def grids(draw):
    "(whole, size, overlap) that fit."
    size = draw(st.tuples(st.integers(1, 20), st.integers(1, 20)))
    whole = tuple(draw(st.integers(s, s + 60)) for s in size)
    return whole, size, draw(st.integers(0, min(size) - 1))


@settings(max_examples=80, deadline=None)
@given(grids())
def test_a_grid_covers_every_pixel_with_whole_tiles(grid):
    whole, size, overlap = grid
    tiles, covered = tile_grid(whole, size, overlap), np.zeros(whole, int)
    for tile in tiles:
        assert (tile.height, tile.width, tile.whole_height, tile.whole_width) == (*size, *whole)
        assert covered[tile.area].shape == size
        covered[tile.area] += 1
    assert covered.min() >= 1 and len(set(tiles)) == len(tiles)
    for axis in (0, 1):
        starts = sorted({(t.y, t.x)[axis] for t in tiles})
        assert starts[0] == 0 and starts[-1] + size[axis] == whole[axis]
        assert all(size[axis] - (b - a) >= overlap for a, b in zip(starts, starts[1:]))
        assert len(starts) == 1 or len(starts) - 1 <= (whole[axis] - size[axis]) / (size[axis] - overlap) + 1, "no more than needed"


@settings(max_examples=100, deadline=None)
@given(grids(), st.sampled_from(["uint8", "uint16", "int64", "bool", "float32"]), st.integers(0, 2), st.randoms())
def test_stitching_undoes_cutting_in_any_order(grid, dtype, channels, random):
    whole = (np.random.default_rng(0).random((*grid[0], *[3] * (channels > 0), *[2] * (channels > 1))) * 200).astype(dtype)
    parts = [(tile, whole[tile.area]) for tile in tile_grid(*grid)]
    random.shuffle(parts)
    back = stitch_tiles(parts)
    assert back.dtype == dtype
    if dtype == "float32": np.testing.assert_allclose(back, whole, rtol=1e-5)
    else: assert (back == whole).all()


@settings(max_examples=60, deadline=None)
@given(grids())
def test_the_deepest_tile_decides(grid):
    tiles = tile_grid(*grid)
    said = stitch_tiles((tile, np.full((tile.height, tile.width), k)) for k, tile in enumerate(tiles))
    depth = np.zeros((len(tiles), *grid[0]))
    for k, tile in enumerate(tiles): depth[k][tile.area] = tile_depth(tile)
    assert (said == depth.argmax(0)).all()


def test_blended_scores_lie_between_those_of_the_tiles():
    tiles = tile_grid((40, 100), (40, 60), 20)
    scores = stitch_tiles((tile, np.full((40, 60, 1), k, np.float32)) for k, tile in enumerate(tiles))
    assert (np.diff(scores[0, :, 0]) >= 0).all() and scores[0, 0] == 0 and scores[0, -1] == 1 and len(np.unique(scores)) > 15


@pytest.mark.parametrize("whole, size, overlap, error, text", [
    ((100, 100), (101, 50), 0, DataError, "100 x 100 pixels; wanted at least one tile of 101 x 50"), ((9, 9), (8, 4), 4, ValueError, "overlap from 0 to 3"),
    ((9, 9), (4, 4), -1, ValueError, "overlap from 0"), ((9, 9), (0, 4), 0, ValueError, "tiles of 0 x 4"), ((9, 9), (4, 4), 9, ValueError, "overlap by 9")])
def test_grids_that_cannot_be(whole, size, overlap, error, text):
    with pytest.raises(error, match=text): tile_grid(whole, size, overlap)


@pytest.mark.parametrize("parts, text", [
    ([(Tile(0, 0, 2, 2, 2, 4), np.zeros((2, 2)))], "4 of 8 pixels are in no tile"), ([], "no tiles"),
    ([(Tile(0, 0, 2, 2, 2, 2), np.zeros((2, 3)))], r"wanted floats \[2, 2"), ([(Tile(0, 0, 2, 2, 2, 2), np.zeros((2, 2), "u1")), (Tile(0, 0, 2, 2, 2, 2), np.zeros((2, 2)))], "wanted uint8"),
    ([(Tile(0, 0, 2, 2, 2, 2), np.zeros((2, 2))), (Tile(0, 0, 2, 2, 2, 3), np.zeros((2, 2)))], "among those of 2 x 2")])
def test_parts_that_do_not_fit(parts, text):
    with pytest.raises(ValueError, match=text): stitch_tiles(parts)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    "Three pictures, their source, and their tiles as shards."
    folder = make_folder(tmp_path_factory.mktemp("pages"), 3, (170, 230))
    return folder, folder_source(folder / "img", folder / "seg", class_names=CARD_CLASSES, show_progress=False)


@pytest.mark.parametrize("schema", [TFVISION, RAW_IDS], ids=lambda s: s.name)
def test_down_the_road_and_back(pages, tmp_path, schema):
    _, source = pages
    out = tmp_path / "out"
    info = write_shards(plan_shards(tile_source(source, (64, 96), 16), out, schema=schema, records_per_shard=7), show_progress=False)
    grid = tile_grid((170, 230), (64, 96), 16)
    assert info.tiles and info.records() == 3 * len(grid) and info.size() == (64, 96) and load_info(out) == info
    samples = read_samples(out)
    for k, sample in enumerate(samples):
        assert sample_tile(sample) == grid[k % len(grid)] and sample["parent"].decode() == source.pairs[k // len(grid)].name
        assert sample["name"].decode() == f"{source.pairs[k // len(grid)].name}_y{sample_tile(sample).y:05d}_x{sample_tile(sample).x:05d}"
    for role, load in (("image", load_image), ("mask", lambda path: load_mask(path, source.labels))):
        lookup = {s["image"].tobytes(): s[role] for s in samples}
        back = dict(stitch_predictions(samples, lambda images: np.stack([lookup[i.tobytes()] for i in images]), 5))
        for pair in source.pairs: assert (back[pair.name] == load(pair.image if role == "image" else pair.mask)).all()
    assert check_shards(out, deep=True) == [] and f"reader   {'mapped' if schema is RAW_IDS else 'stream'}" in str(summarize(out))
    assert detect_schema(open_shards(out).record(0)) == schema.tiled() == open_shards(out).schema
    without_info = open_shards([out / s.file for s in info.shards()])
    assert without_info.schema == schema.tiled() and sample_tile(without_info.sample(3)) == grid[3]


def test_batches_caches_export_and_repair(pages, tmp_path):
    _, source = pages
    out = tmp_path / "out"
    write_shards(plan_shards(tile_source(source, (64, 96), 16), out, records_per_shard=20), show_progress=False)
    first = {s["name"]: s for s in read_samples(out)}
    for options in ({}, {"cache": tmp_path / "cache"}):
        images, masks = next(iter(make_dataset(out, batch_size=4, shuffle=False, dtype="uint8", show_progress=False, **options)))
        assert images.shape == (4, 64, 96, 3) and (masks.numpy()[2] == list(first.values())[2]["mask"]).all()
    export_shards(out, tmp_path / "back", show_progress=False)
    names = sorted(p.stem for p in (tmp_path / "back" / "masks").iterdir())
    assert names == sorted(n.decode() for n in first)
    assert repair_shards(out, tmp_path / "whole", show_progress=False).tiles
    again = read_samples(tmp_path / "whole")
    assert [sample_tile(s) for s in again] == [sample_tile(s) for s in first.values()]


def test_readers_of_tfvision_do_not_mind(pages, tmp_path):
    "The keys of the plain schema give the plain sample; a data set without tiles has no such keys and no such roles."
    _, source = pages
    out = tmp_path / "out"
    write_shards(plan_shards(tile_source(source, (64, 96), 16), out), show_progress=False)
    sample = read_samples(out, schema=TFVISION)[0]
    assert set(sample) == {"image", "mask", "name"} and sample["mask"].shape == (64, 96, 1)
    spec = {key: tf.io.FixedLenFeature([], kind) for key, kind in (("image/encoded", tf.string), ("image/height", tf.int64), ("image/segmentation/class/encoded", tf.string))}
    parsed = tf.io.parse_single_example(next(iter(tf.data.TFRecordDataset(str(next(out.glob("*.tfrecord")))))), spec)
    assert tf.io.decode_png(parsed["image/segmentation/class/encoded"]).shape == (64, 96, 1)
    plain = tmp_path / "plain"
    write_shards(plan_shards(source, plain), show_progress=False)
    assert set(next(iter(read_dataset(plain)))) == {"image", "mask", "name"} and b"image/tile" not in next(plain.glob("*.tfrecord")).read_bytes()
    with pytest.raises(DataError, match="image/tile"): read_dataset(plain, schema=TFVISION.tiled())
    with pytest.raises(DataError, match="no tile"): list(stitch_predictions(read_samples(plain), lambda images: images))


def test_an_info_written_before_tiles_is_read(shards, tmp_path):
    saved = json.loads((shards / "dataset_info.json").read_text())
    del saved["tiles"]
    (tmp_path / "dataset_info.json").write_text(json.dumps(saved))
    assert load_info(tmp_path) == load_info(shards)


@pytest.mark.parametrize("workers", [1, 4])
def test_each_picture_is_decoded_once(pages, tmp_path, monkeypatch, workers):
    _, source = pages
    decoded = []
    for name in ("read_image", "load_mask"):
        plain = getattr(tfrseg.sources.tiles, name)
        monkeypatch.setattr(tfrseg.sources.tiles, name, lambda path, *rest, plain=plain: decoded.append(str(path)) or plain(path, *rest))
    plan = plan_shards(tile_source(source, (64, 96), 16), tmp_path / "out", records_per_shard=5)
    write_shards(plan, workers=workers, show_progress=False)
    most = 1 if workers == 1 else 2
    assert len(set(decoded)) == 6 and max(map(decoded.count, decoded)) <= most


def test_tiles_of_arrays_and_of_images_alone(pages, tmp_path):
    folder, _ = pages
    cards = [make_card(n, (170, 230)) for n in range(3)]
    tiled = tile_source(array_source([(c["image"], c["mask"].astype(np.uint16) * 1000) for c in cards], mask_values="ids", show_progress=False), (100, 100), 10)
    write_shards(plan_shards(tiled, tmp_path / "arrays", records_per_shard=5), show_progress=False)
    samples = read_samples(tmp_path / "arrays")
    whole = stitch_tiles((sample_tile(s), s["mask"]) for s in samples if s["parent"] == b"000002")
    assert whole.dtype == np.uint16 and (whole == cards[2]["mask"].astype(np.uint16) * 1000).all()
    alone = tile_source(folder_source(folder / "img", show_progress=False), (100, 100), 10)
    write_shards(plan_shards(alone, tmp_path / "alone"), show_progress=False)
    back = dict(stitch_predictions(read_samples(tmp_path / "alone"), lambda images: images))
    assert (back["card-0001"] == cards[1]["image"]).all()


def test_resume_tells_tiles_of_another_size(pages, tmp_path):
    _, source = pages
    plan = lambda size: plan_shards(tile_source(source, size, 8), tmp_path / "out", records_per_shard=6)
    def stopped(work, specs): return [work(spec) for spec in list(specs)[:2]] + [1 / 0]

    with pytest.raises(ZeroDivisionError): write_shards(plan((64, 64)), engine=stopped, resume=True, show_progress=False)
    made = []
    write_shards(plan((64, 64)), engine=lambda work, specs: [made.append(spec.path.name) or work(spec) for spec in specs], resume=True, show_progress=False)
    assert len(made) == len(plan((64, 64))) - 2
    (tmp_path / "out").rename(tmp_path / "first")
    with pytest.raises(ZeroDivisionError): write_shards(plan((64, 64)), engine=stopped, resume=True, show_progress=False)
    write_shards(plan((64, 80)), resume=True, show_progress=False)
    assert load_info(tmp_path / "out").size() == (64, 80)


def test_errors_come_before_the_first_byte(pages, tmp_path):
    _, source = pages
    with pytest.raises(DataError, match="3 problems.*170 x 230 pixels; wanted at least one tile of 512 x 512"): tile_source(source)
    with pytest.raises(DataError, match="schema raw has no keys for tiles"): plan_shards(tile_source(source, (64, 64), 8), tmp_path / "out", schema=RAW)
    parts = split_source(source, train=0.5, val=0.5)
    with pytest.raises(DataError, match="tiles and whole images"): plan_shards(parts | {"val": tile_source(parts["val"], (64, 64), 8)}, tmp_path / "out")
    mask = tile_source(source, (64, 64), 8).pairs[0].mask
    with pytest.raises(DataError, match="the mask has .*; wanted"): type(mask)(mask.whole, Tile(0, 0, 8, 8, 9, 9), mask.labels).load()


def test_command(pages, tmp_path, monkeypatch, capsys):
    folder, source = pages
    monkeypatch.chdir(tmp_path)
    write = f"write {folder}/img {folder}/seg out --classes background card photo text stamp "
    assert main((write + "--split train=0.5,val=0.5 --tile 64 96 --overlap 16").split()) == 0
    info = load_info("out")
    assert info.size() == (64, 96) and len(info.splits) == 2
    parents = [{s["parent"] for s in read_samples("out", split)} for split in info.splits]
    assert not parents[0] & parents[1] and len(parents[0] | parents[1]) == 3
    for flags, status, text in (("--tile 512", 1, "3 problems"), ("--overlap 3", 2, "wanted --tile"), ("--tile 64 --overlap 64", 2, "overlap from 0 to 63"),
                                ("--tile 1 2 3", 2, "wanted one number, or height and width"), ("--tile 64 --overlap 8 --schema raw", 1, "no keys for tiles")):
        assert main((write.replace(" out ", " other ") + flags).split()) == status
        errors = capsys.readouterr().err
        assert text in errors and errors.count("\n") == 1 and not (tmp_path / "other").exists()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is told by Linux only")
@pytest.mark.slow
def test_memory_is_that_of_one_picture(tmp_path):
    "A picture of 36 megapixels in 400 tiles: two threads share it, and no copy is made a tile."
    rng = np.random.default_rng(0)
    for kind in ("img", "seg"): (tmp_path / kind).mkdir()
    Image.fromarray(np.kron(rng.integers(0, 255, (60, 60, 3), np.uint8), np.ones((100, 100, 1), np.uint8))).save(tmp_path / "img" / "a.png")
    Image.fromarray(np.kron(rng.integers(0, 5, (60, 60), np.uint8), np.ones((100, 100), np.uint8))).save(tmp_path / "seg" / "a.png")
    script = """if True:
        import sys, tfrseg
        peak = lambda: next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM')) / 1024
        source = tfrseg.folder_source(sys.argv[1] + '/img', sys.argv[1] + '/seg', show_progress=False)
        looked = peak()
        tiles = tfrseg.tile_source(source, (320, 320), 16)
        tfrseg.write_shards(tfrseg.plan_shards(tiles, sys.argv[1] + '/out', records_per_shard=100), workers=2, show_progress=False)
        print(len(tiles), looked, peak())"""
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    tiles, looked, peak = map(float, done.stdout.split())
    assert tiles == 400 and peak - looked < 420, f"{looked} then {peak} MiB; image and mask are 137 MiB"
