"""Laws of all operations on samples of any table: five kinds of arrays, all dtypes, any number of channels; and what is the default costs nothing."""
import json
from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf
from operations import INSTANCES, in_graphs, make_sample, values
from scipy.ndimage import map_coordinates
from test_laws import INSIDE, PRESETS, SEEDS, geometric, mixes

from tfrseg.augmenter.bands import BandDrop, BandJitter, OnBands
from tfrseg.augmenter.color import ColorJitter, LightGradient, Normalize, RandomGamma, RandomShadow, ToGray
from tfrseg.augmenter.compose import Compose, OneOf, RandomApply, SomeOf
from tfrseg.augmenter.elastic import ElasticTransform, GridDistortion
from tfrseg.augmenter.geometry import CropOrPad, PadToSize, RandomClassCrop, RandomCrop, RandomFlip, RandomRotate90, RandomShift, Resize
from tfrseg.augmenter.kernel import copy_cut
from tfrseg.augmenter.mix import CutMix, MixUp, Mosaic
from tfrseg.augmenter.noise import CutOut, GaussianBlur, GaussianNoise, JpegArtifacts, MotionBlur
from tfrseg.augmenter.operation import bind_targets, movements_of, with_ignore_label
from tfrseg.augmenter.presets import RandAugment, natural
from tfrseg.augmenter.regions import as_region, raw_region
from tfrseg.augmenter.seeds import as_seed, split_seed
from tfrseg.augmenter.warp import RandomAffine, RandomPerspective, RandomRotation, RandomScale, RegionPart, needed_source
from tfrseg.augmenter.window import cut_window, whole_window
from tfrseg.storage.target import IDS, RGB, Target
from tfrseg.training.keras_layer import Augment, augment_batch

UNKNOWN = 1 << 15
IMAGES = {"uint16x5": lambda ids: np.concatenate([1000 * ids + 10 * k for k in range(1, 6)], -1).astype(np.uint16),
          "float32x3": lambda ids: np.concatenate([ids / 7 + k for k in range(1, 4)], -1).astype(np.float32),
          "uint8x1": lambda ids: (20 * ids + 7).astype(np.uint8)}


def table_of(kind):
    dtype, channels = kind.split("x")
    return (Target("image", channels=int(channels), dtype=dtype), Target("mask", "bits", dtype="uint16"),
            Target("instances", "ids", dtype="int32", fill=-1), Target("depth", "field", fill=-5), Target("steps", "field", interpolation="nearest"))


def deep(kind, height=37, width=45):
    "A sample whose arrays all say the same: which of five labels a pixel has."
    ids = make_sample(height, width)["mask"].astype(int)
    return {"image": IMAGES[kind](ids), "mask": (1 << ids).astype(np.uint16), "instances": (70001 * ids).astype(np.int32),
            "depth": (1.5 * ids).astype(np.float32), "steps": (0.25 * ids).astype(np.float32), "name": "blobs"}


def beside(expected, reach):
    "Where all pixels up to `reach` away have the same value."
    padded, steps = np.pad(expected, reach, mode="edge"), range(2 * reach + 1)
    around = np.stack([padded[y:y + expected.shape[0], x:x + expected.shape[1]] for y in steps for x in steps])
    return (around == expected).all(0)


FIRST = in_graphs(INSTANCES, wanted=lambda op: op.is_geometric)
STEPS = {"depth": 1.5, "uint16x5": 1000, "float32x3": 1 / 7, "uint8x1": 20}  # from one label to the next


def in_turns(params, kinds):
    "Each operation with each kind; in the fast run with one of them, the next one for the next operation."
    cases = []
    for n, param in enumerate(params):
        for k, kind in enumerate(kinds):
            marks = [*param.marks, *[pytest.mark.slow] * (k != n % len(kinds))]
            cases.append(pytest.param(*param.values, kind, id=f"{param.id}-{kind}", marks=marks))
    return cases


@pytest.mark.parametrize("op, kind", in_turns(FIRST, IMAGES))
def test_all_targets_move_by_one_draw(op, kind):
    """Whole numbers and nearest fields say the same label at each pixel, or their fill; image and depth too, where pixels are not mixed, and up to
    a pixel from a border of labels where they are, but for what a thin corner of a label tinges. Nothing else is there; dtypes and channels stay."""
    op, sample = geometric(op), deep(kind)
    reach = 2 if "bicubic" in repr(op) or "Elastic" in repr(op) and isinstance(op, Compose) else 1  # sixteen pixels, or mixed twice
    bound = bind_targets(op, table_of(kind))
    assert bound == op and hash(bound) == hash(op) and repr(bound) == repr(op) and bound.get_config() == op.get_config()
    for seed in SEEDS[:2]:
        out = values(bound(sample, seed))
        assert {k: (v.dtype, v.shape[2]) for k, v in out.items() if k != "name"} == {k: (v.dtype, v.shape[2]) for k, v in sample.items() if k != "name"}
        bits = out["mask"].astype(int)
        known = bits != UNKNOWN
        ids = np.where(known, np.log2(bits), 0).round().astype(int)
        assert (bits[known] == 1 << ids[known]).all() and ids.max() <= 4
        assert (out["instances"] == np.where(known, 70001 * ids, -1)).all()
        assert (out["steps"] == np.where(known, np.float32(0.25) * ids, 0)).all()
        for name, expected in (("depth", np.where(known, 1.5 * ids, -5)), ("image", np.where(known, IMAGES[kind](ids), 0))):
            off, apart = np.abs(out[name] - expected.astype(np.float64)).max(-1), STEPS.get(name, STEPS[kind])
            if not mixes(op): assert (off <= 1e-6 * apart).all()
            off = off[beside(np.where(known, ids, -1)[..., 0], reach)]
            assert (off > 1e-3 * apart).sum() <= 0.03 * bits.size and (off > apart / 2).sum() <= 0.01 * bits.size, (name, seed)


@pytest.mark.parametrize("op", in_graphs(INSTANCES + INSIDE + PRESETS, wanted=lambda op: op.is_geometric))
def test_batches_are_the_members(op):
    "A table goes through `apply_batch` and `finish_batch` as it goes one by one."
    op, kind = geometric(op), "float32x3"
    sample = {k: v for k, v in deep(kind).items() if k != "name"}
    bound, seeds = bind_targets(op, table_of(kind)), tf.unstack(split_seed(as_seed(4), 2))
    alone, batch = [values(bound(sample, seed)) for seed in seeds], {k: np.stack([v, v]) for k, v in sample.items()}
    if len({a["mask"].shape for a in alone}) > 1:
        with pytest.raises(ValueError, match="different sizes"): augment_batch(bound, batch, 4)
        return
    for name, got in values(augment_batch(bound, batch, 4)).items(): assert np.allclose(got, np.stack([a[name] for a in alone]), atol=1e-4), name


MAPPED = RandomShift, RandomAffine, GridDistortion, Resize  # pixels that are copied, taken from a matrix, bent, and weighed; the others are slow


@pytest.mark.parametrize("op", [pytest.param(*each.values, id=each.id, marks=each.marks or [pytest.mark.slow] * (type(*each.values) not in MAPPED))
                                for each in in_graphs(INSTANCES + INSIDE + PRESETS, wanted=lambda op: op.is_geometric)])
def test_maps_are_the_members(op):
    "A table goes through tf.data as it goes eagerly."
    op, kind = geometric(op), "float32x3"
    sample = {k: v for k, v in deep(kind).items() if k != "name"}
    bound, seeds = bind_targets(op, table_of(kind)), tf.unstack(split_seed(as_seed(4), 2))
    for seed, got in zip(seeds, tf.data.Dataset.from_tensor_slices(seeds).map(lambda seed: bound(sample, seed)), strict=True):
        for name, wanted in values(bound(sample, seed)).items(): assert np.allclose(got[name], wanted, atol=1e-4), name


@pytest.mark.parametrize("op", [op for op in INSTANCES if not op.is_geometric][:1] + [GaussianNoise(), CutOut(), OnBands((1,), RandomGamma())], ids=repr)
def test_light_leaves_all_else_alone(op):
    sample = deep("float32x3")
    if isinstance(op, Normalize): op = Normalize((0.5,), (0.5,), 1.0)
    out = bind_targets(op, table_of("float32x3"))(sample, 1)
    assert all(out[name] is sample[name] for name in sample if name != "image") and out["image"].shape == sample["image"].shape


# ---- exact: NumPy's indexing, from arrays, from bytes, and by the kernel

DTYPES = (("uint8", 3), ("uint8", 1), ("uint16", 5), ("uint16", 1), ("int16", 2), ("int32", 1), ("int64", 1), ("float32", 3), ("float32", 13))
EXACT = Compose((RandomFlip(0.5, 0.5), RandomRotate90(), RandomShift(9, 14, 1.0), RandomCrop((30, 52)), RandomFlip()))


def noise(dtype, channels, size=(37, 45)):
    "Any bits at all; floats are finite."
    rng, dtype = np.random.default_rng(7), np.dtype(dtype)
    if dtype.kind == "f": return rng.normal(0, 1e3, (*size, channels)).astype(dtype)
    return rng.integers(np.iinfo(dtype).min, np.iinfo(dtype).max, (*size, channels), dtype, endpoint=True)


def indexed(window, pixels, fill):
    "What a window shows, by NumPy's indexing."
    (height, width), (h, w) = (int(n) for n in window.size), pixels.shape[:2]
    y, x = np.mgrid[:height, :width]
    left, top, _ = (window.to_source() @ np.stack([x.ravel(), y.ravel(), np.ones(x.size)])).round().astype(int)
    low_y, low_x, high_y, high_x = (int(n) for n in window.valid)
    inside = (top >= max(low_y, 0)) & (top < min(high_y, h)) & (left >= max(low_x, 0)) & (left < min(high_x, w))
    wanted = np.full((x.size, pixels.shape[2]), fill, pixels.dtype)
    wanted[inside] = pixels[top[inside], left[inside]]
    return wanted.reshape(height, width, -1)


@pytest.mark.parametrize("dtype, channels", DTYPES)
def test_exact_operations_are_numpys_indexing(dtype, channels):
    "From an array, from bytes that are read in part, and copied by the kernel: every bit, also of the fill."
    pixels, fill = noise(dtype, channels), {"int64": -1 << 63, "int32": -7, "int16": -1024, "float32": -0.5}.get(dtype, 200)
    moves = Target("image", channels=1, dtype="uint8"), Target("deep", "field", fill=fill) if dtype == "float32" else Target("deep", "ids", dtype="int32")
    movements = movements_of(moves) | {"deep": movements_of(moves)["deep"]._replace(fill=fill)}
    raw = raw_region(tf.constant(pixels.tobytes()), (tf.constant(37), tf.constant(45)), channels, dtype, (37, 45))
    for seed in range(4):
        window = EXACT.transform_window(whole_window((37, 45), (37, 45)), as_seed(seed))
        wanted = indexed(window, pixels, fill)
        for array in (pixels, raw):
            got = window.take_all([as_region(array)], [movements["deep"].fill], [None])[0].numpy()
            assert got.dtype == pixels.dtype and (got == wanted).all()
        cut = cut_window(window, (37, 45)).pack().numpy().tolist()
        target = np.zeros(wanted.shape, pixels.dtype)
        copy_cut(pixels[cut[0]:cut[0] + cut[2], cut[1]:cut[1] + cut[3]], cut, target, fill)
        assert (target == wanted).all()
        batch = tf.stack([pixels, pixels])
        both = EXACT.transform_window(whole_window((37, 45), (37, 45)), tf.stack([as_seed(seed)] * 2))
        assert (both.take_all([batch], [fill], [None])[0].numpy() == wanted).all()


# ---- warps: SciPy

TURNS = [RandomRotation((-90, 90)), RandomAffine(), RandomPerspective(0.15), Compose((RandomCrop((60, 60)), RandomRotation((-40, 40)), RandomFlip(1.0), RandomScale((0.8, 1.4))))]


def waves(height=70, width=84):
    "Smooth pictures of any dtype, and ids."
    y, x = np.mgrid[:height, :width].astype(float)
    smooth = np.stack([np.sin(x / (9 + c)) * np.cos(y / (7 + c)) for c in range(5)], -1)
    ids = np.random.default_rng(1).integers(0, 5, (height // 8 + 1, width // 8 + 1)).repeat(8, 0).repeat(8, 1)[:height, :width, None]
    return {"image": (2000 + 1900 * smooth).astype(np.uint16), "mask": (1 << ids).astype(np.uint16), "depth": (5 + smooth[..., :3]).astype(np.float32),
            "hu": (600 * smooth[..., :1] - 200).astype(np.int16), "far": (70000 * ids).astype(np.int32), "count": (1e6 * smooth[..., :2]).astype(np.int32)}


WAVES = (Target("image", channels=5, dtype="uint16"), Target("mask", "bits", dtype="uint16"), Target("depth", "field", channels=3), Target("hu", "field", dtype="int16", fill=-1024),
         Target("far", "ids", dtype="int32", fill=-1), Target("count", "field", channels=2, dtype="int32"))
WITHIN = {"image": 2.0, "depth": 0.0011, "hu": 1.0, "count": 1200.0}  # a 256th of a pixel of the steepest slope, and half a step


@pytest.mark.parametrize("op", TURNS, ids=repr)
def test_warps_are_where_scipy_says(op):
    "Bilinear at the true place, to 1/256 pixel; whole numbers by the nearest pixel; what is out of sight is the fill."
    sample, bound = waves(), bind_targets(op, WAVES)
    for seed in range(2):
        out = values(bound(sample, seed))
        window = op.transform_window(whole_window((70, 84)), as_seed(seed))
        height, width = out["mask"].shape[:2]
        y, x = np.mgrid[:height, :width]
        px, py, depth = window.to_source() @ np.stack([x.ravel(), y.ravel(), np.ones(x.size)]).astype(float)
        px, py = px / depth, py / depth
        low_y, low_x, high_y, high_x = (int(n) for n in window.seen)
        safe = (px > low_x + 1.01) & (py > low_y + 1.01) & (px < high_x - 2.01) & (py < high_y - 2.01)
        clear = safe & (np.abs(px % 1 - 0.5) > 0.01) & (np.abs(py % 1 - 0.5) > 0.01)
        beyond = (px < low_x - 1) | (px > high_x) | (py < low_y - 1) | (py > high_y)
        assert safe.mean() > 0.3
        for target in WAVES:
            got, source, fill = out[target.name].reshape(-1, target.channels), sample[target.name], target.border
            assert (got[beyond] == fill).all(), target.name
            if target.method == "nearest":
                assert (got[clear] == source[np.floor(py[clear] + 0.5).astype(int), np.floor(px[clear] + 0.5).astype(int)]).all()
                continue
            for k in range(target.channels):
                wanted = map_coordinates(source[..., k].astype(float), [py[safe], px[safe]], order=1)
                assert np.abs(got[safe, k] - wanted).max() <= WITHIN[target.name], (target.name, np.abs(got[safe, k] - wanted).max())


@pytest.mark.parametrize("op", (*TURNS, ElasticTransform(6.0, 4), GridDistortion(0.4)), ids=repr)
def test_what_was_read_in_part_gives_the_same(op):
    "From a part of the source, as mapped samples come: all dtypes and channel counts."
    sample, bound = waves(), bind_targets(op, WAVES)
    whole = values(bound(sample, 2))
    if not op.folds or isinstance(op, Compose): given = {name: as_region(pixels) for name, pixels in sample.items()}
    else:
        start, size = needed_source(op.transform_window(whole_window((70, 84)), as_seed(2)))
        (top, left), (height, width) = (tuple(int(n) for n in pair) for pair in (start, size))
        given = {name: RegionPart.of(tf.constant(pixels[top:top + height, left:left + width]), start, (70, 84), (70, 84)) for name, pixels in sample.items()}
    for name, got in values(bound(given, 2)).items(): assert (got == whole[name]).all(), name


def test_a_perspective_needs_all_that_may_be_seen():
    "Its corners do not bound what it shows; an affine view of the same canvas needs less."
    turned = RandomPerspective(0.2).transform_window(whole_window((70, 84)), as_seed(1))
    small = replace(turned, rect=(30, 40, 4, 5))
    assert needed_source(small) == ((0, 0), (70, 84))
    (top, left), (height, width) = needed_source(replace(small, affine=True))
    assert top > 0 and left > 0 and height < 35 and width < 42


KEPT = in_turns([pytest.param(*each, id="x".join(map(str, each))) for each in DTYPES if each[0] not in ("int32", "int64")], ("bilinear", "bicubic", "area"))


@pytest.mark.parametrize("dtype, channels, method", KEPT + [("int32", 1, method) for method in ("bilinear", "bicubic", "area")])
def test_a_place_in_the_grid_keeps_every_bit(dtype, channels, method):
    "A rotation by nothing, of any dtype: also of int32 beyond what float32 holds."
    pixels = noise(dtype, channels)
    kind = Target("image", channels=channels, dtype=dtype)
    got = bind_targets(RandomRotation((0, 0), interpolation=method), (kind,))({"image": pixels})["image"].numpy()
    assert got.dtype == pixels.dtype
    if method == "area" and dtype == "float32": assert np.abs(got - pixels).max() < 1e-2
    else: assert (got == pixels).all()


# ---- light and colour by dtype

LIGHT = (ColorJitter(0.3, 0.3, 0.5, 20.0), ColorJitter(0.3, 0.3, 0, 0), RandomGamma((0.4, 2.5)), ToGray(1.0), RandomShadow((0.3, 0.6)), LightGradient(0.5), GaussianBlur((0.5, 2.0)), MotionBlur((3, 9)),
         GaussianNoise((5, 10)), CutOut(3, fill=51), BandJitter((0.8, 1.2), (-20, 20)), BandDrop(1, 102, 1.0), OnBands((2, 0), BandJitter()))
LEVELS = {"uint16": (0, 65535), "int16": (-1000, 3000), "int32": (-10**9, 10**9), "float32": (0.25, 7.75)}


def levels_of(dtype):
    "A picture of 8 bits, the same in a dtype between its limits, and a table that says so."
    rng, (low, high) = np.random.default_rng(2), LEVELS[dtype]
    small = rng.integers(60, 190, (9, 11, 3))
    levels = np.kron(small, np.ones((5, 5, 1), int)).astype(np.uint8)
    scaled = low + levels / 255 * (high - low)
    image = scaled.astype(dtype) if dtype == "float32" else scaled.round().astype(dtype)
    return levels, image, (Target("image", dtype=dtype, limits=(low, high)), IDS)


def alike(got, wanted, dtype):
    "Whether pixels differ by no more than a float of the width of their limits is off, and whole numbers by one more."
    low, high = LEVELS[dtype]
    return np.abs(got.astype(float) - wanted).max() <= (high - low) * 1e-5 + (dtype != "float32")


@pytest.mark.parametrize("op, dtype", in_turns([pytest.param(op, id=repr(op)) for op in LIGHT], LEVELS))
def test_light_is_the_same_on_all_dtypes(op, dtype):
    "What it does to 8 bits it does in 255ths of the limits: to three levels, as 8 bits round weights and steps; of a batch as of its members."
    (levels, image, table), (low, high) = levels_of(dtype), LEVELS[dtype]
    bound = bind_targets(op, table)
    members = tf.unstack(split_seed(as_seed(1), 2))
    alone = [values(bound({"image": image}, seed))["image"] for seed in members]
    for seed, got in zip(members, alone):
        wanted = values(op({"image": levels}, seed))["image"]
        assert got.dtype == image.dtype and got.shape == image.shape
        found = (got.astype(np.float64) - low) / (high - low) * 255
        assert np.abs(found.clip(0, 255) - wanted).max() <= 3, np.abs(found.clip(0, 255) - wanted).max()
    batch = values(augment_batch(bound, {"image": np.stack([image, image])}, 1))["image"]
    assert batch.dtype == image.dtype and alike(batch, np.stack(alone), dtype)


@pytest.mark.parametrize("op, dtype", [pytest.param(op, dtype, id=f"{op!r}-{dtype}", marks=[pytest.mark.slow] * (n > 2))
                                       for n, (op, dtype) in enumerate(zip((LIGHT[0], LIGHT[7], LIGHT[-1], *LIGHT), [*LEVELS] * 4))])
def test_light_in_a_graph_is_what_it_is_eagerly(op, dtype):
    levels, image, table = levels_of(dtype)
    bound = bind_targets(op, table)
    mapped, = tf.data.Dataset.from_tensors({"image": image}).map(lambda s: bound(s, 2))
    assert alike(mapped["image"].numpy(), values(bound({"image": image}, 2))["image"], dtype)


def test_integers_are_held_within_the_dtype_and_floats_within_nothing():
    bright = ColorJitter(1.0, 0, 0, 0)
    seed = next(n for n in range(20) if float(bright.make_params(bright.draw_apply(as_seed(n))[1])["brightness"]) > 1.5)
    for dtype, value, most in (("uint16", 60000, 65535), ("uint16", 4000, None), ("float32", 0.9, None)):
        limits = (0, 4095) if value == 4000 else ()
        got = bind_targets(bright, (Target("image", dtype=dtype, limits=limits), IDS))({"image": np.full((4, 4, 3), value, dtype)}, seed)["image"].numpy()
        assert got.max() == most if most else got.max() > 1.5 * value


def test_without_strength_no_bit_changes():
    "16 bits and 32 bits survive the way through floats; so does what a probability leaves alone."
    for dtype, limits in (("uint16", ()), ("uint16", (7, 3000)), ("int16", ()), ("int32", ()), ("int32", (0, 70000))):
        image = noise(dtype, 3)
        for op in (ColorJitter(0, 0, 0, 0), RandomShadow((0, 0)), LightGradient(0.0), GaussianBlur((0, 0)), MotionBlur((1, 1)), GaussianNoise((0, 0)), BandJitter((1, 1), (0, 0)),
                   RandomGamma(probability=0.0), BandDrop(probability=0.0)):
            bound = bind_targets(op, (Target("image", dtype=dtype, limits=limits), IDS))
            assert (values(bound({"image": image}, 3))["image"] == image).all(), (op, dtype)


@pytest.mark.parametrize("op, dtype, channels, said", (
    (ToGray(), "uint8", 5, r"ToGray: image of 5 channels; wanted red, green, blue. OnBands\(\(2, 1, 0\), ToGray\(\)\) takes three of them."),
    (ToGray(), "uint16", 1, r"ToGray: image of 1 channel; wanted red, green, blue.$"),
    (ColorJitter(), "float32", 4, r"ColorJitter: image of 4 channels; wanted red, green, blue, or saturation=0 and hue=0. OnBands\(\(2, 1, 0\), ColorJitter\(\)\)"),
    (JpegArtifacts(), "uint8", 2, "JpegArtifacts: image of 2 channels; wanted one channel, or red, green, blue"),
    (JpegArtifacts(), "uint16", 3, "JpegArtifacts: image of uint16; wanted uint8, as JPEG has 8 bits"),
    (Normalize(), "uint16", 5, r"Normalize: 3 means for 5 channels; Normalize.of\(info\) has them"),
    (OnBands((0, 7), BandJitter()), "uint16", 5, "OnBands: band 7 of an image of 5 channels; wanted 0 to 4"),
    (OnBands(("nir",), BandJitter()), "uint16", 5, "OnBands: band 'nir'; no target that is bound names bands"),
    (BandDrop(4), "uint8", 4, "BandDrop: 4 of 4 channels dropped; wanted one to stay")))
@pytest.mark.parametrize("inside", (lambda op: op, lambda op: Compose((RandomFlip(), op)), lambda op: RandomApply(op, 1.0)), ids=("alone", "Compose", "RandomApply"))
def test_what_wants_other_channels_says_so(op, dtype, channels, said, inside):
    bound = bind_targets(inside(op), (Target("image", channels=channels, dtype=dtype), IDS))
    with pytest.raises(ValueError, match=said) as error: bound({"image": noise(dtype, channels)}, 1)
    assert "\n" not in str(error.value)


def test_a_dtype_that_nobody_said_is_not_guessed():
    for op in (GaussianNoise(), Compose((RandomFlip(), RandomGamma()))):
        with pytest.raises(ValueError, match=r"image of uint16; wanted uint8. Put Normalize last; bind_targets\(operation, \(Target\('image', dtype='uint16'\), IDS\)\) takes"):
            op({"image": noise("uint16", 3)})
        bind_targets(op, (Target("image", dtype="uint16"), IDS))({"image": noise("uint16", 3)})


def test_one_channel_goes_through_jpeg():
    image = make_sample()["image"][..., :1] * 50
    assert JpegArtifacts((90, 90))({"image": image}, 1)["image"].shape == image.shape


# ---- binding

def test_a_table_is_set_in_all_operations_inside():
    table = (RGB, Target("mask", "bits", dtype="uint16"), Target("depth", "field"))
    shift = RandomShift(20, 20, 1.0)
    inner = bind_targets(shift, table)
    for op in (Compose((shift, RandomApply(OneOf((shift, ElasticTransform())), 1.0))), SomeOf((shift, RandomFlip())), RandAugment(2, 0.9), natural((20, 20))):
        bound = bind_targets(op, table)
        assert bound.targets == table and op.targets == (RGB, IDS) and bound == op
    for op in (Compose((RandomFlip(), inner)), RandomApply(inner, 1.0), OneOf((inner, RandomFlip()))): assert op.targets == table
    assert bind_targets(shift, None) is shift and inner.border_label == UNKNOWN
    assert with_ignore_label(inner, 7).border_label == 7 and with_ignore_label(inner, 7).targets == table
    assert bind_targets(with_ignore_label(shift, 7), table).border_label == 7, "a label that was set stays"
    assert bind_targets(with_ignore_label(shift, 7), (RGB, replace(IDS, fill=9))).border_label == 9, "unless the table says another"
    assert Compose((inner,), mask_fill=3).border_label == 3


@pytest.mark.parametrize("table, error, said", (
    ((IDS,), ValueError, "wanted one named 'image'"), ((RGB, RGB), ValueError, "each name once"), ("depth", TypeError, "'d' is no Target"),
    ((RGB, Target("mask", "field")), ValueError, "the mask is of kind 'field'")))
def test_a_table_that_cannot_be_is_refused(table, error, said):
    with pytest.raises(error, match=said): bind_targets(RandomFlip(), table)
    with pytest.raises(TypeError, match="'flip' is not an Operation"): bind_targets("flip", (RGB, IDS))


def test_what_the_table_leaves_out_is_refused():
    told = bind_targets(RandomFlip(), (RGB,))
    with pytest.raises(ValueError, match="RandomFlip: mask: uint8"): told({k: v for k, v in make_sample().items() if k != "name"})
    told = bind_targets(RandomFlip(), (RGB, IDS, Target("depth", "field")))
    with pytest.raises(ValueError, match=r"RandomFlip: depth of shape \(37, 45\); wanted \[H, W, C\]"): told(make_sample() | {"depth": np.zeros((37, 45), np.float32)})
    told = bind_targets(RandomShift(5, 5, 1.0), (RGB, IDS, Target("depth", "field", dtype="int16", fill=-1)))
    with pytest.raises(ValueError, match=r"depth of uint8 cannot hold the fill -1; wanted 0 to 255. Target\('depth', fill=...\) sets another"):
        told(make_sample() | {"depth": make_sample()["mask"]})


def test_a_nearest_image_makes_no_new_values():
    image = noise("uint16", 2)
    told = bind_targets(RandomRotation((30, 30), interpolation="bicubic"), (Target("image", channels=2, dtype="uint16", interpolation="nearest"), IDS))
    assert {*np.unique(told({"image": image})["image"])} <= {*np.unique(image), 0}


def test_class_crops_look_for_bits():
    "Class k by bit k; what is unknown counts as none."
    mask = np.zeros((60, 60, 1), np.uint16)
    mask[5:12, 40:50], mask[50:, :] = 0b101, UNKNOWN
    sample = {"image": np.zeros((60, 60, 3), np.uint8), "mask": mask}
    table = (RGB, Target("mask", "bits", dtype="uint16"))
    for wanted in (0, 2):
        crop = bind_targets(RandomClassCrop((20, 20), (wanted,), 0.05, 30), table)
        assert all((values(crop(sample, seed))["mask"] == 0b101).mean() >= 0.05 for seed in SEEDS)
    with pytest.raises(ValueError, match="bits of uint16 have classes 0 to 14"): bind_targets(RandomClassCrop((9, 9), (15,)), table)(sample)


@pytest.mark.parametrize("op", (CutMix(probability=1.0), Mosaic(probability=1.0)), ids=repr)
def test_pasting_takes_all_targets_along(op):
    batch = {k: np.stack([np.roll(v, 7 * n, 1) for n in range(4)]) for k, v in deep("uint16x5").items() if k != "name"}
    out = values(bind_targets(op, table_of("uint16x5"))(batch, 3))
    ids = np.log2(out["mask"].astype(int)).round().astype(int)
    assert (out["instances"] == 70001 * ids).all() and (out["depth"] == 1.5 * ids).all() and (out["image"] == IMAGES["uint16x5"](ids)).all()
    assert (out["mask"] != batch["mask"]).any()


def test_mixup_says_what_it_cannot_blend():
    batch = {k: np.stack([np.roll(v, 7 * n, 1) for n in range(4)]) for k, v in deep("float32x3").items() if k != "name"}
    with pytest.raises(ValueError, match=r"MixUp: instances \(ids of int32\), steps \(field of float32\), mask \(bits of uint16\) cannot be blended; CutMix and Mosaic"):
        bind_targets(MixUp(5), table_of("float32x3"))(batch)
    fields = {"image": batch["image"], "depth": batch["depth"], "mask": (batch["instances"] // 70001).astype(np.uint8)}
    image = Target("image", dtype="float32")
    out = values(bind_targets(MixUp(5), (image, IDS, Target("depth", "field")))(fields, 2))
    assert np.allclose(out["depth"][..., 0] / 1.5, out["soft_mask"] @ np.arange(5), atol=1e-4) and np.allclose(out["image"][..., 0], out["depth"][..., 0] / 10.5 + 1, atol=1e-4)


def test_a_layer_moves_a_table_and_is_saved_with_it():
    table, batch = table_of("uint16x5"), {k: tf.constant(v[None]) for k, v in deep("uint16x5").items() if k != "name"}
    layer = Augment(bind_targets(RandomShift(20, 20, 1.0), table))
    for one in (layer, Augment.from_config(json.loads(json.dumps(layer.get_config())))):
        out = values(one(batch, training=True))
        assert one.operation.targets == table and ((out["mask"] == UNKNOWN) == (out["instances"] == -1)).all() and (out["instances"] == -1).any()
    assert "targets" not in Augment(RandomFlip()).get_config()


@pytest.mark.parametrize("op", (Resize((20, 30)), Resize((90, 80), "bicubic"), Resize((20, 30), "area")), ids=repr)
def test_resize_goes_by_the_table(op):
    "Whole numbers by the nearest pixel, fields by their own method, dtypes kept."
    sample = deep("uint16x5") | {"hu": np.full((37, 45, 1), -300, np.int16)}
    out = values(bind_targets(op, (*table_of("uint16x5"), Target("hu", "field", dtype="int16")))(sample))
    assert (out["hu"] == -300).all() and out["hu"].dtype == np.int16 and out["image"].dtype == np.uint16
    ids = np.log2(out["mask"].astype(int)).round().astype(int)
    assert (out["instances"] == 70001 * ids).all() and (out["steps"] == np.float32(0.25) * ids).all()


# ---- what is the default costs nothing

GRAPHS = {"crop": (Compose((RandomCrop((256, 256)),)), 250, 184), "crop and turns": (Compose((RandomFlip(0.5, 0.5), RandomRotate90(), RandomCrop((256, 256)))), 391, 391),
          "rotation and crop": (Compose((RandomRotation((-30, 30)), RandomCrop((256, 256)))), 830, 786),
          "light": (Compose((RandomCrop((256, 256)), ColorJitter(), RandomGamma(), ToGray(0.5), GaussianBlur(), GaussianNoise(), RandomShadow(), LightGradient(), MotionBlur(), CutOut(), JpegArtifacts(),
                             Normalize())), 1564, 1498)}


def count_nodes(op, size, channels=3, dtype=tf.uint8):
    "The nodes of the graph of one sample, with those of all functions in it."
    specs = tf.TensorSpec([*size, channels], dtype), tf.TensorSpec([*size, 1], tf.uint8), tf.TensorSpec([2], tf.int32)
    graph = tf.function(lambda image, mask, seed: op({"image": image, "mask": mask}, seed), autograph=False).get_concrete_function(*specs).graph.as_graph_def()
    return len(graph.node) + sum(len(function.node_def) for function in graph.library.function)


@pytest.mark.parametrize("name", GRAPHS)
def test_the_graph_of_rgb_and_ids_is_what_it_was(name):
    "Counted before there were tables; of another version of TensorFlow the numbers may differ, but bound and not bound are the same."
    (op, *counted), is_counted = GRAPHS[name], tf.__version__.startswith("2.21.")
    for size, count in zip(((None, None), (300, 400)), counted):
        bound = count_nodes(bind_targets(op, (RGB, IDS)), size)
        if is_counted: assert bound == count
        if not is_counted or size == (None, None): assert bound == count_nodes(op, size)


@pytest.mark.parametrize("op", in_graphs(INSTANCES))
def test_the_default_table_changes_no_pixel(op):
    for seed, sample in enumerate((make_sample(), make_sample(dtype=np.uint16))):
        plain, bound = values(op(sample, seed)), values(bind_targets(op, (RGB, IDS))(sample, seed))
        for name in ("image", "mask"): assert (plain[name] == bound[name]).all() and plain[name].dtype == bound[name].dtype


def test_padding_of_a_table():
    "PadToSize and CropOrPad bring each its own value."
    for op in (PadToSize((50, 60)), CropOrPad((50, 60))):
        out = values(bind_targets(op, table_of("uint16x5"))(deep("uint16x5")))
        beyond = out["mask"] == UNKNOWN
        assert beyond.sum() == 50 * 60 - 37 * 45 and (out["instances"][beyond] == -1).all() and (out["depth"][beyond] == -5).all() and (out["image"][beyond[..., 0]] == 0).all()
