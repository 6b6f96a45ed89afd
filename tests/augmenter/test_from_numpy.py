"""Functions of NumPy arrays as operations: own ones, and a pipeline of Albumentations."""
import numpy as np
import pytest
import tensorflow as tf
from crossing import crossed
from operations import make_sample, values

from tfrseg.augmenter.compose import Compose, OneOf, RandomApply
from tfrseg.augmenter.from_numpy import FromNumpy
from tfrseg.augmenter.geometry import RandomCrop, RandomFlip
from tfrseg.augmenter.operation import bind_targets
from tfrseg.augmenter.seeds import as_seed, split_seed
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.schema import SCHEMAS
from tfrseg.storage.target import IDS, RGB, Target
from tfrseg.training.keras_layer import augment_batch
from tfrseg.writer.write import plan_shards, write_shards


def roll(arrays, seed):
    way = np.random.default_rng(seed).integers(0, 45)
    return {name: np.roll(array, way, 1) for name, array in arrays.items()}


def crop(arrays, seed): return {name: array[:20, seed % 5:30 + seed % 5] for name, array in arrays.items()}


def spoil(arrays, seed):
    for array in arrays.values(): array[...] = seed % 7
    return arrays


INSIDE = {"alone": lambda op: op, "after": lambda op: Compose((RandomFlip(), op)), "perhaps": lambda op: RandomApply(op, 0.7),
          "or": lambda op: OneOf((op, RandomFlip(1.0))), "before": lambda op: Compose((op, RandomCrop((16, 18))))}


@pytest.mark.parametrize("function, inside", crossed((roll, crop, spoil), INSIDE))
def test_eagerly_in_tf_data_and_inside_others(function, inside):
    "The same seed gives the same, wherever it runs; what was given is not changed by it."
    op, sample = INSIDE[inside](FromNumpy(function)), make_sample()
    before = sample["image"].copy()
    tensors = {k: tf.constant(v) for k, v in sample.items()}
    for n, got in enumerate(tf.data.Dataset.from_tensors(tensors).repeat(6).enumerate().map(lambda n, s: op(s, tf.cast(n, tf.int32)), num_parallel_calls=4)):
        wanted = values(op(sample, n))
        for name in ("image", "mask"): assert (got[name].numpy() == wanted[name]).all() and got[name].dtype == wanted[name].dtype
    assert (sample["image"] == before).all() and (tensors["image"].numpy() == before).all() and op(sample, 1)["name"] == "blobs"


@pytest.mark.parametrize("function", (roll, crop, spoil))
def test_in_batches(function):
    op, sample = FromNumpy(function), make_sample()
    given = {k: np.stack([sample[k]] * 2) for k in ("image", "mask")}
    batch = augment_batch(op, given, 3)
    for n, seed in enumerate(tf.unstack(split_seed(as_seed(3), 2))):
        assert (batch["image"][n].numpy() == values(op(sample, seed))["image"]).all() and (given["image"][n] == sample["image"]).all()


def test_one_call_at_a_time_and_a_seed_of_32_bits():
    "A pipeline that keeps its generator in itself is not shared by two threads."
    inside, seen = [], []

    def function(arrays, seed):
        inside.append(1)
        assert len(inside) == 1
        seen.append(seed)
        np.sort(np.random.default_rng(seed).random(200_000))  # lets other threads in
        inside.pop()
        return arrays

    op, sample = FromNumpy(function), {k: make_sample()[k] for k in ("image", "mask")}
    data = tf.data.Dataset.range(40).map(lambda n: op(sample, tf.cast(n, tf.int32))["mask"], num_parallel_calls=8)
    assert len(list(data)) == 40
    assert len({*seen}) == 40 and all(type(seed) is int and 0 <= seed < 2**32 for seed in seen) and max(seen) > 2**31


def test_all_targets_that_it_is_bound_to():
    seen = {}

    def look(arrays, seed):
        seen.update({name: (array.dtype.name, array.shape) for name, array in arrays.items()})
        return {name: array[::-1] for name, array in arrays.items()}

    table = (Target("image", channels=5, dtype="uint16"), Target("mask", "bits", dtype="uint16"), Target("depth", "field"))
    sample = {"image": np.zeros((6, 7, 5), np.uint16), "mask": np.ones((6, 7, 1), np.uint16), "depth": np.arange(42, dtype=np.float32).reshape(6, 7, 1), "name": "a"}
    out = bind_targets(FromNumpy(look), table)(sample)
    assert seen == {"image": ("uint16", (6, 7, 5)), "mask": ("uint16", (6, 7, 1)), "depth": ("float32", (6, 7, 1))}
    assert (out["depth"].numpy() == sample["depth"][::-1]).all()
    with pytest.raises(ValueError, match="FromNumpy: depth: float32"): FromNumpy(look)(sample)


def halve(arrays, seed): return arrays | {"image": arrays["image"][::2]}
def scale(arrays, seed): return {name: array / 255 for name, array in arrays.items()}
def widen(arrays, seed): return arrays | {"image": np.repeat(arrays["image"], 2, 2)}
def forget(arrays, seed): return {"image": arrays["image"]}
def break_down(arrays, seed): raise KeyError("no such thing")
def nothing(arrays, seed): pass


@pytest.mark.parametrize("function, said", (
    (halve, r"FromNumpy\(halve\): image 19 x 45, mask 37 x 45; wanted one size"), (scale, r"FromNumpy\(scale\): image float64 \(37, 45, 3\); wanted uint8 \[H, W, 3\]"),
    (widen, r"FromNumpy\(widen\): image uint8 \(37, 45, 6\); wanted uint8 \[H, W, 3\]"), (forget, r"FromNumpy\(forget\): gave image; wanted image, mask"),
    (break_down, r"FromNumpy\(break_down\): KeyError: 'no such thing'"), (nothing, r"FromNumpy\(nothing\): gave NoneType; wanted image, mask")))
def test_what_does_not_fit_is_said_with_the_functions_name(function, said):
    with pytest.raises(ValueError, match=said) as error: FromNumpy(function)(make_sample())
    assert "\n" not in str(error.value)
    tensors = {k: make_sample()[k] for k in ("image", "mask")}
    with pytest.raises(tf.errors.InvalidArgumentError, match=said):
        list(tf.data.Dataset.from_tensors(tensors).map(lambda s: FromNumpy(function)(s, 1)))


def test_it_is_an_operation_without_a_configuration():
    op = FromNumpy(roll)
    assert op == FromNumpy(roll) and hash(op) == hash(FromNumpy(roll)) and op != FromNumpy(crop) and repr(op) == "FromNumpy(roll)"
    for saved in (op, Compose((RandomFlip(), op))):
        with pytest.raises(TypeError, match=r"FromNumpy\(roll\): a function cannot be saved"): saved.get_config()
    assert bind_targets(op, (RGB, IDS)) == op and op.explain(make_sample(), 3)[0].drawn["seed"] >= 0
    with pytest.raises(TypeError, match="FromNumpy: 'flip'; wanted a function"): FromNumpy("flip")


def albumentations():
    "A pipeline that moves and colours."
    library = pytest.importorskip("albumentations", reason="albumentations is not installed")
    return library.Compose([library.HorizontalFlip(p=0.5), library.Rotate((-40, 40), p=1, fill_mask=255), library.RandomBrightnessContrast(p=1)])


def by(pipeline):
    def augment(arrays, seed):
        pipeline.set_random_seed(seed)
        return pipeline(**arrays)

    return FromNumpy(augment)


def test_albumentations_is_one_operation():
    "The seed decides, in parallel too; image and mask move together."
    op, sample = by(albumentations()), make_sample()
    sample["image"] = sample["image"] * 40 + 40
    wanted = [values(op(sample, n)) for n in range(8)]
    again = tf.data.Dataset.range(8).map(lambda n: op({k: sample[k] for k in ("image", "mask")}, tf.cast(n, tf.int32)), num_parallel_calls=4)
    for one, got in zip(wanted, again): assert (one["image"] == got["image"].numpy()).all() and (one["mask"] == got["mask"].numpy()).all()
    assert len({one["mask"].tobytes() for one in wanted}) == 8 and wanted[0]["mask"].shape == (37, 45, 1)
    for one in wanted:
        ids, light = one["mask"][..., 0], one["image"].astype(int).mean(-1)
        levels = [np.median(light[ids == k]) for k in range(5)]
        assert (np.diff(levels) > 5).all() and 255 in ids, "each label has its own grey level, wherever it went"
        nearest = np.abs(light[..., None] - levels).argmin(-1)
        assert (nearest == ids)[ids < 5].mean() > 0.8


def test_albumentations_in_make_dataset(source, tmp_path):
    write_shards(plan_shards(source, tmp_path / "out", schema=SCHEMAS["raw_ids"]), show_progress=False)
    pipeline = albumentations()
    batches = [[*make_dataset(tmp_path / "out", None, size=(48, 64), augment=[RandomCrop((48, 64)), by(pipeline)], batch_size=4, dtype="uint8", seed=5, shuffle=False)] for _ in range(2)]
    assert len(batches[0]) > 0
    for (image, mask), (other, its) in zip(*batches, strict=True):
        assert image.shape == (4, 48, 64, 3) and (image == other).numpy().all() and (mask == its).numpy().all()
