"""Arrays that are made of arrays: bands and classes in files of their own, casts, windows."""
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from PIL import Image

from tfrseg.core import ArrayHeader, DataError, LazyArray, Pair
from tfrseg.sources.source import Source
from tfrseg.sources.tiles import sample_tile, stitch_tiles, tile_source
from tfrseg.storage import array_parts
from tfrseg.storage.array_files import open_array
from tfrseg.storage.array_parts import (BandFiles, CastArray, DecodedImageCache, PlaneFiles, WindowArray, cast_pixels, read_window, reads_parts,
                                        storable_dtype)
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.target import KINDS, bits_to_planes, unknown_bit

RNG = np.random.default_rng(0)


@dataclass(frozen=True)
class InMemory(LazyArray):
    "A lazy array of any kind: no window, no header of its own."
    array: np.ndarray = field(repr=False, compare=False)
    path: str = "memory"

    def load(self): return self.array


def saved(folder, name, array):
    np.save(folder / name, array)
    return open_array(folder / name)


def test_bands_are_channels(tmp_path):
    bands = [RNG.integers(0, 65536, (40, 50), np.uint16) for _ in range(4)]
    array = BandFiles(tuple(saved(tmp_path, f"b{k}.npy", band) for k, band in enumerate(bands)), ("r", "g", "b", "nir"))
    assert array.look() == ArrayHeader((40, 50), 4, "uint16", ("r", "g", "b", "nir"), None, 4 * (128 + 4000))
    assert (array.load() == np.dstack(bands)).all() and (array.read(3, 4, 5, 6) == np.dstack(bands)[3:8, 4:10]).all()
    assert array.in_parts and str(array) == str(tmp_path / "b0.npy")
    mixed = BandFiles((array.files[0], InMemory(bands[1][..., None])), ("r", "g"))
    assert not mixed.in_parts and (mixed.read(3, 4, 5, 6) == np.dstack(bands[:2])[3:8, 4:10]).all()


@pytest.mark.fault("files of the bands of one image that differ in size or depth", plain="an exception of NumPy, or a stretched band",
                   ours="each file that differs is named, with what it is and what the others are")
def test_bands_that_differ_are_named_at_once(tmp_path):
    usual = [saved(tmp_path, f"{k}.npy", np.zeros((40, 50), np.uint16)) for k in range(2)]
    small, deep = saved(tmp_path, "small.npy", np.zeros((40, 49), np.uint16)), saved(tmp_path, "deep.npy", np.zeros((40, 50), np.float32))
    with pytest.raises(DataError) as told: BandFiles((small, *usual, deep), tuple("abcd")).load()
    assert "small.npy: uint16 40 x 49; wanted uint16 40 x 50" in str(told.value) and "deep.npy: float32 40 x 50" in str(told.value)
    assert len(told.value.findings) == 2
    wide = saved(tmp_path, "wide.npy", np.zeros((40, 50, 3), np.uint16))
    with pytest.raises(DataError, match="wide.npy: 3 channels; wanted one"): BandFiles((wide,), ("a",)).look()
    with pytest.raises(ValueError, match="2 files for the bands a; wanted one each"): BandFiles(tuple(usual), ("a",))


def test_planes_are_bits(tmp_path):
    there = RNG.integers(0, 2, (40, 50, 9)).astype(bool)
    planes = []
    for k in range(9):
        value = (1, 255, 7)[k % 3]
        Image.fromarray(there[..., k] * np.uint8(value)).save(tmp_path / f"{k}.png")
        planes.append(open_array(tmp_path / f"{k}.png"))
    array = PlaneFiles((*planes, None))
    assert array.look()[:3] == ((40, 50), 1, "uint16")
    assert (bits_to_planes(array.load(), 10) == np.dstack([there, there[..., 0] & False])).all()
    assert (array.read(3, 4, 5, 6) == array.load()[3:8, 4:10]).all()
    whole = PlaneFiles((saved(tmp_path, "all.npy", there),), "int32")
    assert whole.load().dtype == np.int32 and (whole.load() == array.load()).all()
    one = PlaneFiles((planes[0],))
    assert one.look().dtype == "uint8" and (one.load() == there[..., :1]).all()


def test_planes_in_colours(tmp_path):
    there = RNG.integers(0, 2, (40, 50)).astype(bool)
    red = np.where(there[..., None], np.uint8([200, 0, 0]), np.uint8(0))
    Image.fromarray(red).save(tmp_path / "rgb.png")
    Image.fromarray(np.dstack([red, np.full((40, 50), 255, np.uint8)])).save(tmp_path / "rgba.png")
    indexed = Image.fromarray(there.astype(np.uint8), "P")
    indexed.putpalette([0, 0, 0, 0, 255, 0])
    indexed.save(tmp_path / "palette.png")
    Image.fromarray(there).save(tmp_path / "bit.png")
    for name in ("rgb", "rgba", "palette", "bit"):
        assert (PlaneFiles((open_array(tmp_path / f"{name}.png"), None)).load() == there[..., None]).all(), name


@pytest.mark.fault("a mask of one class with soft edges, or with two values", plain="any value but 0 is the class",
                   ours="refused with each value and its pixels")
def test_a_third_value_is_refused_with_counts(tmp_path):
    mask = np.zeros((10, 10), np.uint8)
    mask[:2], mask[2, :3] = 255, 128
    array = PlaneFiles((saved(tmp_path, "a.npy", mask), None))
    with pytest.raises(DataError, match=r"a.npy: 2 values besides 0 \(pixels: 128 on 3, 255 on 20\)"): array.load()
    with pytest.raises(DataError, match=r"a2.npy, channel 1: 2 values besides 0"):
        PlaneFiles((saved(tmp_path, "a2.npy", np.dstack([mask * 0, mask])),)).load()
    clear = np.dstack([mask, mask])
    Image.fromarray(clear, "LA").save(tmp_path / "clear.png")
    with pytest.raises(DataError, match="clear.png: alpha on"): PlaneFiles((open_array(tmp_path / "clear.png"), None)).load()
    with pytest.raises(DataError, match="different sizes"):
        PlaneFiles((saved(tmp_path, "b.npy", mask[1:]), saved(tmp_path, "c.npy", mask))).look()
    with pytest.raises(ValueError, match="one class at least"): PlaneFiles((None,))
    with pytest.raises(DataError, match="64 classes that overlap"): PlaneFiles((array.planes[0],) * 64).look()
    with pytest.raises(DataError, match="9 classes that overlap; uint8 has bits for 7"): PlaneFiles((None,) * 8 + (saved(tmp_path, "d.npy", mask // 128),), "uint8").load()


def test_the_top_bit_stays_free():
    for classes, dtype in ((7, "uint8"), (8, "uint16"), (15, "uint16"), (16, "int32"), (31, "int32"), (32, "int64")):
        array = PlaneFiles((InMemory(np.ones((2, 2, classes), bool)),))
        assert array.look().dtype == dtype and (array.load() != unknown_bit(dtype)).all()


@pytest.mark.parametrize("before, after, fit, lost", (
    ("uint32", "int32", (0, 2**31 - 1), (2**31,)), ("int64", "int32", (-2**31, 2**31 - 1), (2**31, -2**31 - 1, 2**40)),
    ("uint64", "int32", (0, 5), (2**63,)), ("int32", "uint16", (0, 65535), (-1, 65536)), ("int32", "float32", (-2**24, 2**24), (2**24 + 1,)),
    ("float64", "int32", (-2**31, 5.0), (0.5, 2.0**31, float("nan"), float("inf"))), ("float64", "float32", (0.1, float("nan"), float("-inf"), 3e38), (1e39, -1e300)),
    ("float16", "float32", (0.5, float("inf")), ()), ("bool", "uint8", (0, 1), ()), ("int8", "int16", (-128, 127), ()), ("uint16", "uint8", (255,), (256,))))
def test_casts_keep_values_or_refuse_them(before, after, fit, lost):
    values = np.array(fit).astype(before).reshape(1, -1, 1)
    cast = cast_pixels(values, after, "a")
    assert cast.dtype == after and np.array_equal(cast, values.astype(np.float64).astype(after), equal_nan=after[0] == "f")
    for bad in lost:
        with pytest.raises(DataError, match=f"a: 1 of {len(fit) + 1} values \\({before}, .*none that {after} has"):
            cast_pixels(np.append(values, np.array(bad, before)).reshape(1, -1, 1), after, "a")


def test_every_dtype_of_a_file_has_one_in_records():
    for dtype in ("bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float16", "float32", "float64"):
        assert storable_dtype(dtype) in KINDS["image"].dtypes


def test_cast_of_a_lazy_array(tmp_path):
    array = CastArray(saved(tmp_path, "a.npy", np.arange(20.).reshape(4, 5)), "float32")
    assert array.look()[:3] == ((4, 5), 1, "float32") and array.load().dtype == np.float32 and array.in_parts
    assert array.read(1, 2, 2, 2)[..., 0].tolist() == [[7, 8], [12, 13]]
    part = CastArray(WindowArray(array.array, 1, 1, 2, 2, "whole"), "float32")
    assert part.is_tile and part.fields() == {"parent": "whole", "tile": (1, 1, 4, 5)}


# Windows and tiles

@pytest.mark.parametrize("keeps", ("whole", "rows", "nothing"))
def test_windows_from_any_cache(tmp_path, monkeypatch, keeps):
    monkeypatch.setattr(array_parts, "_KEPT_WHOLE", 1 << 30 if keeps == "whole" else 0)
    monkeypatch.setattr(array_parts, "_KEPT_ROWS", 0 if keeps == "nothing" else 1 << 30)
    pixels = RNG.integers(0, 65536, (90, 110, 3), np.uint16)
    whole, reads = saved(tmp_path, "a.npy", pixels), []
    plain = type(whole).read
    monkeypatch.setattr(type(whole), "read", lambda self, *window: reads.append(window) or plain(self, *window))
    source = Source((Pair("a", whole, others=(("depth", whole),)),), LabelMap(("a",)), ((90, 110),), (1,))
    tiles = tile_source(source, (32, 40), 8).pairs
    samples = [{"image": pair.image.load(), "depth": dict(pair.others)["depth"].load(), **pair.image.fields()} for pair in tiles]
    for name in ("image", "depth"):
        assert (stitch_tiles((sample_tile(sample), sample[name]) for sample in samples) == pixels).all()
    rows, columns = 4, 4
    assert len(tiles) == rows * columns and len(reads) == {"whole": 2, "rows": 2 * rows, "nothing": 2 * rows * columns}[keeps]


def test_threads_share_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(array_parts, "_KEPT_WHOLE", 0)
    pixels = RNG.integers(0, 65536, (128, 256, 3), np.uint16)
    whole = saved(tmp_path, "a.npy", pixels)
    cache = DecodedImageCache()
    windows = [WindowArray(whole, y, x, 32, 32, cache=cache) for y in range(0, 128, 32) for x in range(0, 256, 32)]
    start = threading.Barrier(4)
    with ThreadPoolExecutor(4, initializer=start.wait) as pool: found = list(pool.map(WindowArray.load, windows * 5))
    for window, part in zip(windows * 5, found):
        assert (part == pixels[window.top:window.top + 32, window.left:window.left + 32]).all()


def test_arrays_that_cannot_be_keys_are_read_alone():
    array = InMemory(RNG.integers(0, 9, (20, 30, 2)))
    assert not reads_parts(array) and (read_window(array, 1, 2, 3, 4) == array.array[1:4, 2:6]).all()
    assert (WindowArray(array, 1, 2, 3, 4, cache=DecodedImageCache()).load() == array.array[1:4, 2:6]).all()
    with pytest.raises(ValueError, match="the whole has 20 x 30"): read_window(array, 18, 0, 3, 3)


def test_a_mask_of_another_size_than_its_image_is_named(tmp_path):
    image, mask = saved(tmp_path, "a.npy", np.zeros((60, 70, 3), np.uint16)), saved(tmp_path, "b.npy", np.zeros((60, 71), np.int32))
    source = Source((Pair("a", image, mask),), LabelMap(("a",)), ((60, 70),), (1,))
    pair = tile_source(source, (32, 32), 0).pairs[0]
    with pytest.raises(DataError, match="b.npy: 60 x 71 pixels; wanted 60 x 70, as the image has"): pair.mask.load()
    with pytest.raises(DataError, match="b.npy: 60 x 71"): pair.mask.look()


def test_tiles_of_images_stay_what_they_were(tmp_path):
    Image.fromarray(RNG.integers(0, 256, (60, 70, 3), np.uint8)).save(tmp_path / "a.png")
    depth = saved(tmp_path, "d.npy", np.zeros((60, 70), np.float32))
    source = Source((Pair("a", tmp_path / "a.png", others=(("depth", depth),), facts=(("place", "attic"),)),), LabelMap(("a",)), ((60, 70),), (1,))
    pair = tile_source(source, (32, 32), 0).pairs[-1]
    assert pair.name == "a_y00028_x00038" and pair.facts == (("place", "attic"),) and pair.image.fields()["tile"] == (28, 38, 60, 70)
    assert dict(pair.others)["depth"].load().shape == (32, 32, 1)
    assert replace(pair, others=()).others == ()
