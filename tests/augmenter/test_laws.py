"""The laws of every operation of the chapters on augmentation, whatever its name: add an instance for a new one."""
import json
import subprocess
import sys
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from importlib import import_module

import numpy as np
import pytest
import tensorflow as tf
from conftest import HELPERS
from operations import INSTANCES, MODULES, batch_of, eager_values, in_graphs, make_sample, mapped_values, mixing, names, values

from tfrseg.augmenter.bands import BandDrop, BandJitter, OnBands  # noqa: F401
from tfrseg.augmenter.color import Normalize
from tfrseg.augmenter.compose import Compose, OneOf, RandomApply
from tfrseg.augmenter.geometry import (CropOrPad, PadToSize,  # noqa: F401  `eval` wants them all
    RandomClassCrop, RandomCrop, RandomFlip,
    RandomRotate90, RandomShift, Resize)
from tfrseg.augmenter.operation import NOT_APPLIED, Operation, bind_targets, kind_of, with_ignore_label
from tfrseg.augmenter.presets import RandomShiftCrop
from tfrseg.augmenter.color import ColorJitter, LightGradient, Photometric, RandomGamma, RandomShadow, ToGray
from tfrseg.augmenter.noise import CutOut, GaussianBlur, GaussianNoise, JpegArtifacts, MotionBlur
from tfrseg.core import IGNORE_LABEL
from tfrseg.storage.target import IDS, RGB, Target
from tfrseg.augmenter.seeds import as_seed, split_seed
from tfrseg.training.keras_layer import Augment, augment_batch
from tfrseg.augmenter.from_numpy import FromNumpy
from tfrseg.augmenter.mix import MixUp
from tfrseg.augmenter.regions import as_region
from tfrseg.augmenter.compose import SomeOf
from tfrseg.augmenter.presets import RandAugment, aerial_or_cells, document, natural, origin
from tfrseg.augmenter.elastic import ElasticTransform, GridDistortion
from tfrseg.augmenter.warp import RandomAffine, RandomPerspective, RandomRotation, RandomScale, RandomShear

SEEDS = range(4)


def parts(op):
    "The operations that an operation holds."
    return [o for o in (*getattr(op, "operations", ()), getattr(op, "operation", None)) if o]


def holds(op, kinds): return isinstance(op, kinds) or any(holds(o, kinds) for o in parts(op))


def mixes(op):
    "Whether pixels may be interpolated."
    if isinstance(op, OnBands): return False
    return any(mixes(o) for o in parts(op)) if parts(op) else not op.exact and not isinstance(op, (Photometric, CutOut, Normalize))


def geometric(op):
    "The operation without what changes the image alone."
    if isinstance(op, (Photometric, CutOut, Normalize, OnBands)): return Compose()
    if isinstance(op, RandAugment): op = op.chain
    if parts(op) and hasattr(op, "operations"): return replace(op, operations=tuple(geometric(o) for o in op.operations))
    return RandomApply(geometric(op.operation), op.probability) if isinstance(op, RandomApply) else op


def as_lists(value):
    "A value with lists in place of tuples, at any depth."
    return [as_lists(part) for part in value] if isinstance(value, tuple) else value


def test_lists_are_tuples_also_in_operations_of_users_and_after_their_own_check():
    "Whatever a user's class checks sees what was given, so that its error shows it."
    @dataclass(frozen=True)
    class Own(Operation):
        sizes: tuple | list = ()
        seen: list = field(default_factory=list, compare=False)

        def __post_init__(self): object.__setattr__(self, "seen", f"{self.sizes}")

    assert Own([[1, 2], (3, [4])]) == Own(((1, 2), (3, (4,)))) and Own([[1, 2]]).seen == "[[1, 2]]"
    assert hash(Compose([Own([1]), RandomCrop([64, 96])])) == hash(Compose((Own((1,)), RandomCrop((64, 96)))))
    with pytest.raises(ValueError, match=r"size=\[64\]"): RandomCrop([64])


def test_every_operation_of_the_module_is_here():
    found = {c for m in MODULES for c in vars(import_module(f"tfrseg.augmenter.{m}")).values()
             if isinstance(c, type) and issubclass(c, Operation) and is_dataclass(c)}
    assert found - {FromNumpy} == {type(op) for op in INSTANCES}, "of a function there is no configuration: test_from_numpy"


NONSENSE = {"float": ("x", None, float("nan"), float("inf"), (1, 2)), "int": ("x", None, 1.5, (1, 2)), "str": (5, "lanczos", None), "bool": ("x",)}


def nonsense(kind):
    "Values that no field of this kind takes."
    singles = [value for value in NONSENSE[kind.kind] if not (kind.optional and value is None)]
    if kind.count is None: return singles
    wrong = [value for value in NONSENSE[kind.kind] if not isinstance(value, tuple)]
    return [5, "ab", None, object(), *[(1, value) for value in wrong], *[(1, 1, 1)] * (kind.count == 2), *[()] * (kind.count == 0)]


KINDS_OF_OPERATIONS = {type(op): op for op in INSTANCES + mixing()}


@pytest.mark.fault("a parameter that is no number, such as CutOut(mask_fill='x')", "the operation is made, and the first batch fails in TensorFlow's words",
                   "refused where it is written, by operation, parameter and value")
@pytest.mark.parametrize("op", KINDS_OF_OPERATIONS.values(), ids=[kind.__name__ for kind in KINDS_OF_OPERATIONS])
def test_nonsense_is_refused_where_it_is_written(op):
    "By every field, on one line that begins with the operation; operations inside are operations."
    for f in fields(op):
        kind, many = kind_of(f), isinstance(getattr(op, f.name), tuple)
        wrong = nonsense(kind) if kind else [(5,), ("x",)] if many and f.name != "bands" else [5, "x", None]
        for value in wrong:
            with pytest.raises((ValueError, TypeError)) as e: replace(op, **{f.name: value})
            assert "\n" not in str(e.value) and (type(op).__name__ in str(e.value) or "is not an Operation" in str(e.value)), (f.name, value, str(e.value))


@pytest.mark.parametrize("op", INSTANCES, ids=names(INSTANCES))
class TestLaws:
    def test_is_frozen_and_its_repr_makes_it_again(self, op):
        assert is_dataclass(op) and eval(repr(op)) == op and hash(op) == hash(eval(repr(op)))
        assert Operation.from_config(json.loads(json.dumps(op.get_config()))) == op
        with pytest.raises(FrozenInstanceError): setattr(op, fields(op)[0].name, None)

    def test_lists_are_taken_as_tuples(self, op):
        "An operation of lists is the one of tuples: equal, hashable, with the same `repr` and configuration."
        of_lists = type(op)(**{f.name: as_lists(getattr(op, f.name)) for f in fields(op)})
        assert of_lists == op and hash(of_lists) == hash(op) and repr(of_lists) == repr(op)
        assert of_lists.get_config() == op.get_config()

    def test_image_and_mask_move_alike(self, op):
        """Fed the mask as the image, the two come out equal; where pixels are mixed, up to one pixel from a border of labels,
        but for a corner of a label so thin (1 in 100 pixels at most) that the image is tinged by it and the mask's nearest pixels miss it.
        Bicubic looks two pixels far."""
        op, reach = geometric(op), 2 if "bicubic" in repr(op) else 1
        for seed in SEEDS:
            out = eager_values(op, seed)
            image, mask = out["image"].astype(int), out["mask"].astype(int)
            assert image.shape == (*mask.shape[:2], 3)
            expected = np.where(mask == IGNORE_LABEL, 0, mask)
            differs = (image != expected).any(-1)
            if mixes(op):
                padded, steps = np.pad(expected[..., 0], reach, mode="edge"), range(2 * reach + 1)
                around = np.stack([padded[y:y + mask.shape[0], x:x + mask.shape[1]] for y in steps for x in steps])
                differs &= (around == expected[..., 0]).all(0)
            assert differs.mean() <= (0.01 if mixes(op) else 0), f"seed {seed}: {differs.sum()} pixels"

    @pytest.mark.parametrize("dtype", (np.uint8, np.uint16))
    def test_no_label_is_made_up_and_dtypes_stay(self, op, dtype):
        sample = make_sample(dtype=dtype)
        for seed in SEEDS if dtype == np.uint8 else SEEDS[:2]:
            out = eager_values(op, seed) if dtype == np.uint8 else values(op(sample, seed))
            assert out["mask"].dtype == dtype and set(np.unique(out["mask"])) <= set(np.unique(sample["mask"])) | {IGNORE_LABEL}
            assert out["image"].dtype == (np.float32 if holds(op, Normalize) else np.uint8)
            assert out["name"] == "blobs"

    def test_the_same_seed_gives_the_same(self, op):
        for seed in SEEDS[:2]:
            first, second = eager_values(op, seed), values(op(make_sample(), (0, seed)))
            assert (first["image"] == second["image"]).all() and (first["mask"] == second["mask"]).all()


def test_the_largest_change_of_both_axes_is_told():
    op = GridDistortion(0.5, cells=3)
    for seed in range(4):
        step, = op.explain(make_sample(), seed)
        rows, columns = (np.abs(numbers).max() for numbers in op._drawn(tf.constant(step.seed))[1:])
        assert step.drawn == {"change of a cell": round(float(max(rows, columns)), 3)}


@pytest.mark.parametrize("op", in_graphs(INSTANCES))
class TestLawsOfEachClass:
    def test_what_is_said_to_be_done_changes_pixels_and_what_is_not_does_not(self, op):
        "A step that says `NOT_APPLIED` leaves the sample as it was; replayed, the steps say the same again."
        sample = make_sample()
        for seed in SEEDS[:3]:
            before = sample
            for step in op.explain(sample, seed):
                after = values(step.operation(before, step.seed))
                if step.drawn == NOT_APPLIED: assert all((after[role] == before[role]).all() for role in ("image", "mask")), step
                assert step.operation.describe(before, tf.constant(step.seed)) == step.drawn
                before = after

    def test_without_mask_and_on_one_pixel(self, op):
        with_mask, without = eager_values(op, 3), values(op({"image": make_sample()["image"]}, 3))
        assert "mask" not in without and (with_mask["image"] == without["image"]).all()
        assert values(op(make_sample(1, 1), 1))["mask"].ndim == 3


@pytest.mark.parametrize("op", in_graphs(INSTANCES))
class TestLawsInGraphs:
    def test_in_tf_data_in_parallel_as_eagerly_one_by_one(self, op):
        "Pixels are equal, and what tf.data is told of the shape before the draw is what comes out."
        spec, outs = mapped_values(op)
        for seed, out in zip(SEEDS, outs):
            wanted = eager_values(op, seed)
            for role in ("image", "mask"): assert spec[role].shape.is_compatible_with(out[role].shape)
            assert (out["mask"] == wanted["mask"]).all()
            if out["image"].dtype == np.uint8: assert (out["image"] == wanted["image"]).all()
            else: assert np.allclose(out["image"], wanted["image"], atol=1e-5)

    def test_a_batch_is_its_members(self, op):
        "`augment_batch` gives each member what the operation gives it alone, or says that they do not come out in one size."
        batch, seeds = rolled(), tf.unstack(split_seed(as_seed(5), 3))
        alone = [values(op({role: batch[role][n] for role in batch}, seed)) for n, seed in enumerate(seeds)]
        if len({a["mask"].shape for a in alone}) > 1:
            with pytest.raises(ValueError, match="different sizes"): augment_batch(op, batch, 5)
            return
        out = augment_batch(op, batch, 5)
        for role in batch: assert (out[role].numpy() == np.stack([a[role] for a in alone])).all()

    def test_shapes_are_known_before_any_draw(self, op):
        "Height and width too, unless they differ from draw to draw; those of an odd number of quarter turns are not promised."
        spec, outs = mapped_values(op)
        for role, channels in (("image", 3), ("mask", 1)):
            known, sizes = tuple(spec[role].shape), {out[role].shape for out in outs}
            assert known[2] == channels and (sizes == {known} or None in known and (len(sizes) > 1 or op == RandomRotate90((1, 3))))


def rolled(): return {role: np.stack([np.roll(make_sample()[role], n, 0) for n in range(3)]) for role in ("image", "mask")}


# One of each way to go through a batch: pixels moved at once, by a matrix, or resampled; light on all, or on some; single bands; holes; a chain; member by member.
BATCHED = {RandomFlip, RandomRotation, Resize, ColorJitter, OnBands, CutOut, Compose, RandomClassCrop}


@pytest.mark.parametrize("op", [pytest.param(*each.values, id=each.id, marks=each.marks or [pytest.mark.slow] * (type(*each.values) not in BATCHED)) for each in in_graphs(INSTANCES)])
@pytest.mark.parametrize("length", (None, pytest.param(3, marks=pytest.mark.slow)), ids=("unknown", "known"))
def test_a_batch_in_a_graph(op, length):
    "Is what it is eagerly, also where it is known only when they come of how many members it is."
    batch = rolled()
    try: out = augment_batch(op, batch, 5)
    except ValueError: return  # of different sizes, as above
    batches = tf.data.Dataset.from_tensor_slices(batch).batch(3, drop_remainder=length is not None)
    in_graph = next(iter(batches.map(lambda members: augment_batch(op, members, 5))))
    for role in batch: assert np.allclose(in_graph[role], out[role], atol=1e-5) and in_graph[role].dtype == out[role].dtype


BENDS = Compose((RandomRotation((45, 45)), ElasticTransform(30.0, 4)))
INSIDE = [RandomApply(Compose((BENDS, GaussianNoise())), 1.0), RandomApply(origin((50, 60)), 0.7), OneOf((BENDS, Compose((RandomShift(20, 20, 1.0), ColorJitter())))),
          SomeOf((BENDS, GaussianNoise(), RandomClassCrop((50, 60), (1,), 0.9, 2)), 2), Compose((Compose((RandomShift(9, 9, 1.0), ToGray(1.0)), mask_fill=5), RandomFlip())),
          OneOf((natural((50, 60)), origin((50, 60)), Compose((origin((50, 60)), GaussianNoise())))), RandomApply(RandAugment(1, 1.0), 1.0)]
PRESETS = [preset((50, 60)) for preset in (document, natural, aerial_or_cells, origin)]


def own_ids(op):
    "Ids that an operation is told to write into the mask, whatever the dataset's."
    if isinstance(op, CutOut): return {op.mask_fill} - {None}
    return set().union(*map(own_ids, parts(op)))


def odd_sample(dtype, height=37, width=45):
    "As `make_sample`, with ids among which are neither 255 nor 2."
    sample = make_sample(height, width)
    return {"image": sample["image"], "mask": np.array([1, 3, 4, 7, 9])[sample["mask"]].astype(dtype)}


def batch_masks(op, sample, label):
    "Masks of a batch of two, or none where they come out in different sizes."
    batch = {role: np.stack([pixels, np.roll(pixels, 5, 0)]) for role, pixels in sample.items()}
    try: return [augment_batch(op, batch, 3, ignore_label=label)["mask"].numpy()]
    except ValueError as e: assert "different sizes" in str(e)
    return []


class TestIgnoreLabel:
    @pytest.mark.parametrize("op", in_graphs(INSTANCES + INSIDE[5:] + PRESETS, INSIDE[:5], lambda op: op.is_geometric))
    def test_nothing_but_the_label_comes_from_beyond_the_border(self, op):
        "Alone and in a batch: no id that is neither in the mask nor the label, and the draws are what they were."
        for dtype, label in ((np.uint16, 65535), (np.uint8, 2)):
            sample, told, allowed = odd_sample(dtype), with_ignore_label(op, label), {1, 3, 4, 7, 9, label} | own_ids(op)
            assert told == op and hash(told) == hash(op) and repr(told) == repr(op) and told.get_config() == op.get_config()
            outs = [values(told(sample, seed))["mask"] for seed in SEEDS[:2]]
            if label == 2: outs += batch_masks(op, sample, label)
            for out in outs: assert out.dtype == dtype and set(np.unique(out)) <= allowed, (dtype, set(np.unique(out)))

    @pytest.mark.parametrize("op", [INSIDE[0]] + [pytest.param(op, marks=pytest.mark.slow) for op in INSTANCES + INSIDE[1:] + PRESETS if op.is_geometric])
    def test_nothing_else_comes_from_there_in_tf_data(self, op):
        sample, told = odd_sample(np.uint16), with_ignore_label(op, 65535)
        data = tf.data.Dataset.range(2).map(lambda n: told(sample, tf.cast(n, tf.int32))["mask"])
        for seed, out in enumerate(data.as_numpy_iterator()): assert (out == told(sample, seed)["mask"].numpy()).all()

    @pytest.mark.parametrize("op", INSIDE[:3] + [RandomShift(30, 30, 1.0), RandomScale((0.4, 0.5)), ElasticTransform(40.0, 3)])
    def test_the_label_comes_where_255_came(self, op):
        "Pixel by pixel, and the image does not change by it."
        for seed in SEEDS:
            plain, told = (values(o(odd_sample(np.uint16), seed)) for o in (with_ignore_label(op, 255), with_ignore_label(op, 65535)))
            assert (np.where(plain["mask"] == 255, 65535, plain["mask"]) == told["mask"]).all() and (plain["image"] == told["image"]).all()

    def test_who_names_a_label_first_from_outside_is_heard(self):
        shift = RandomShift(0, 44, 1.0)
        bent = Compose((shift, GaussianNoise()), mask_fill=7)
        sample = odd_sample(np.uint16)
        sample["mask"] = np.where(sample["mask"] == 7, np.uint16(1), sample["mask"])
        beyond = lambda op: set(np.unique(op(sample, 1)["mask"])) - {1, 3, 4, 9}
        assert beyond(bent) == {7} and beyond(Compose((bent, RandomFlip()))) == {7} and beyond(Compose((bent,), mask_fill=65535)) == {65535}
        assert beyond(with_ignore_label(Compose((bent,), mask_fill=8), 65535)) == {65535}
        told = with_ignore_label(shift, 65535)
        for op in (told, Compose((RandomFlip(), told)), RandomApply(told, 1.0), OneOf((told, told)), Compose((told, GaussianNoise(), ElasticTransform()))):
            assert beyond(op) == {65535}, op
        assert beyond(shift) == {255}, "the default, and the operation that was told is another one"

    def test_a_crop_does_not_count_the_border_as_a_class(self):
        "255 is a class of a wide mask: a crop that reaches beyond a picture without it does not look for it there."
        sample = odd_sample(np.uint16)
        sample["mask"][0, 0] = 255
        told = with_ignore_label(RandomClassCrop((60, 60), (255,), 0.1, 3), 65535)
        assert np.count_nonzero(told(sample, 1)["mask"] == 255) == 1

    def test_as_a_layer_and_saved_with_it(self):
        batch = {role: tf.constant(pixels[None]) for role, pixels in odd_sample(np.uint16).items()}
        op = RandomApply(Compose((RandomShift(20, 20, 1.0), ToGray(1.0))), 1.0)
        for layer in (Augment(op, ignore_label=65535), Augment(with_ignore_label(op, 65535)), Augment(Compose((op,), mask_fill=65535))):
            for one in (layer, Augment.from_config(json.loads(json.dumps(layer.get_config())))):
                assert set(np.unique(one(batch, training=True)["mask"])) <= {1, 3, 4, 7, 9, 65535}
        assert "ignore_label" not in Augment(RandomFlip()).get_config()

    def test_a_label_may_be_negative(self):
        assert set(np.unique(with_ignore_label(BENDS, -1)(odd_sample(np.int32), 1)["mask"])) == {1, 3, 4, 7, 9, -1}

    @pytest.mark.parametrize("op, sample, said", (
        (with_ignore_label(RandomShift(9, 9, 1.0), 65535), odd_sample(np.uint8), "a mask of uint8 cannot hold the ignore label 65535; wanted 0 to 255"),
        (Compose((RandomRotation(),), mask_fill=-1), odd_sample(np.uint16), "a mask of uint16 cannot hold the ignore label -1")))
    def test_a_label_that_does_not_fit_is_said(self, op, sample, said):
        with pytest.raises(ValueError, match=said): op(sample)

    def test_flips_need_no_label(self):
        assert with_ignore_label(RandomFlip(1.0), 65535)(odd_sample(np.uint8))["mask"].dtype == tf.uint8
        for label in (2.5, "255"):
            with pytest.raises(ValueError, match="wanted a whole number"): with_ignore_label(RandomFlip(), label)
        with pytest.raises(TypeError, match="is not an Operation"): with_ignore_label("flip", 2)
        assert with_ignore_label(RandomFlip(), None) == RandomFlip()

    def test_mixup_of_many_classes_wants_to_know(self):
        with pytest.raises(ValueError, match="wanted the dataset's ignore_label, such as 65535"): MixUp(301)
        batch = batch_of(dtype=np.uint16)
        batch["mask"][:, :9], batch["mask"][:, 9:12] = 255, 65535
        for op in (MixUp(301, ignore_label=65535), with_ignore_label(MixUp(301, ignore_label=300), 65535)):
            soft = values(op(batch, 2))["soft_mask"]
            assert np.allclose(soft[:, :9].sum(-1), 1) and (soft[:, 9:12] == 0).all()
        assert (values(with_ignore_label(MixUp(6), 2)(batch_of(), 2))["soft_mask"][..., 2] == 0).all()


DEPTH = np.linspace(0, 1, 37 * 45, dtype=np.float32).reshape(37, 45, 1)
GEOMETRIC = [op for op in INSTANCES + INSIDE + PRESETS if op.is_geometric]


class TestOtherArrays:
    @pytest.mark.fault("a depth map beside image and mask in a sample that is flipped", "it stays as it was, and no longer fits the image, without a word",
                       "refused before anything is drawn, by name, dtype and shape")
    @pytest.mark.parametrize("op", GEOMETRIC, ids=names(GEOMETRIC))
    def test_one_as_large_as_the_image_is_refused(self, op):
        "Alone, in tf.data when the graph is made, and in a batch, before anything is drawn."
        sample = odd_sample(np.uint8)
        said = rf"^{type(op).__name__}: depth: float32 \(37, 45, 1\), as large as the image, and no rule says how it moves. bind_targets\(operation, \(RGB, IDS, Target\('depth', 'field'\)\)\) says it"
        with pytest.raises(ValueError, match=said) as error: op(sample | {"depth": DEPTH}, 1)
        assert "\n" not in str(error.value)
        with pytest.raises(ValueError, match=said[1:]): tf.data.Dataset.from_tensors(sample | {"depth": DEPTH}).map(lambda s: op(s, 1))
        with pytest.raises(ValueError, match=r"depth: float32 \(2, 37, 45, 1\)"):
            augment_batch(op, {key: np.stack([v, v]) for key, v in (sample | {"depth": DEPTH}).items()}, 1)

    @pytest.mark.parametrize("op", [op for op in INSTANCES if not op.is_geometric], ids=names([op for op in INSTANCES if not op.is_geometric]))
    def test_what_does_not_move_lets_it_pass(self, op):
        assert not mixes(op) or isinstance(op, OneOf | RandomApply | Compose)
        assert (values(op(odd_sample(np.uint8) | {"depth": DEPTH}, 1))["depth"] == DEPTH).all()

    @pytest.mark.parametrize("key, value", (
        ("depth", DEPTH[..., 0]), ("normals", np.zeros((37, 45, 3, 2))), ("more", {"depth": DEPTH}), ("views", (1, [DEPTH])), ("valid", np.zeros((37, 45), bool)),
        ("soft_mask", DEPTH[..., 0])))
    def test_whatever_its_kind_and_wherever_it_is(self, key, value):
        with pytest.raises(ValueError, match=rf"RandomFlip: {key}[/\[\]a-z0-9]*: [a-z0-9]+ \(37, 45"): RandomFlip()(odd_sample(np.uint8) | {key: value})

    OTHERS = {"name": "blobs", "number": 3, "boxes": np.ones((7, 4)), "wide": np.ones((37, 44, 1)), "row": np.ones(37), "matrix": np.eye(3), "soft_mask": np.ones(45),
              "tile": {"offset": (3, 4), "size": np.array([37, 45])}, "none": None}

    @pytest.mark.parametrize("op", (RandomFlip(1.0), RandomRotation(), Resize((9, 9)), RandomClassCrop((9, 9)), BENDS), ids=repr)
    def test_all_else_passes(self, op):
        out = op(odd_sample(np.uint8) | self.OTHERS, 1)
        assert all(out[key] is self.OTHERS[key] for key in self.OTHERS)
        assert op({"image": odd_sample(np.uint8)["image"], "soft_mask": [0.1, 0.9]})["soft_mask"] == [0.1, 0.9]
        tensors = {key: v for key, v in self.OTHERS.items() if key not in ("none", "tile")}
        out = next(iter(tf.data.Dataset.from_tensors(odd_sample(np.uint8) | tensors).map(lambda s: op(s, 1))))
        assert set(out) == {"image", "mask", *tensors} and out["boxes"].shape == (7, 4)

    @pytest.mark.parametrize("image, depth, boxes", (([None, None, 3], [None, None, 1], [None, 4]), ([37, 45, 3], None, None), ([None, 45, 3], [37, None], [None, None])))
    def test_where_sizes_come_late_each_record_tells(self, image, depth, boxes):
        "The same answer, when the record is there; boxes of any number pass, though before they might be as large."
        def mapped(**others):
            spec = {"image": tf.TensorSpec(image, tf.uint8)} | {k: tf.TensorSpec(shape, tf.float32) for k, (shape, _) in others.items()}
            sample = {"image": odd_sample(np.uint8)["image"]} | {k: value for k, (_, value) in others.items()}
            return tf.data.Dataset.from_generator(lambda: iter([sample]), output_signature=spec).map(lambda s: RandomFlip(1.0)(s, 1))

        assert next(iter(mapped(boxes=(boxes, np.ones((7, 4), np.float32)))))["boxes"].shape == (7, 4)
        value = DEPTH if depth is None or len(depth) == 3 else DEPTH[..., 0]
        with pytest.raises((ValueError, tf.errors.InvalidArgumentError), match="as large as the image, and no rule says how it moves"):
            list(mapped(depth=(depth, value)))

    def test_known_sizes_put_nothing_into_the_graph(self):
        "Not one operation more for boxes that pass."
        def count(**others):
            spec = {"image": tf.TensorSpec([37, 45, 3], tf.uint8)} | others
            graph = tf.function(lambda s: RandomFlip()(s, 1)["image"], autograph=False).get_concrete_function(spec).graph
            return sum(node.type != "Placeholder" for node in graph.get_operations())

        assert count(boxes=tf.TensorSpec([7, 4]), name=tf.TensorSpec([], tf.string)) == count()

    def test_the_way_that_the_error_names_is_one(self):
        "Bound as it says, the array moves as the image does; and alone, as the image, it does so too."
        sample, op = odd_sample(np.uint8), Compose((RandomFlip(0.5, 0.5), RandomRotate90(), RandomCrop((30, 30))))
        told, deep = bind_targets(op, (RGB, IDS, Target("depth", "field"))), sample["image"][..., :1].astype(np.float32)
        for seed in SEEDS:
            wanted = values(op(sample, seed))["image"]
            assert (values(told(sample | {"depth": deep}, seed))["depth"] == wanted[..., :1]).all()
            assert (values(op({"image": sample["image"].astype(np.float32)}, seed))["image"] == wanted).all()

    def test_soft_masks_move_with_the_image(self):
        "What `MixUp` gives can be moved: whole pixels as the ids would be, others between pixels, 0 beyond the border."
        sample = make_sample()
        one_hot = tf.one_hot(sample["mask"][..., 0], 5)
        for op in (RandomFlip(0.5, 0.5), Compose((RandomRotate90(), RandomCrop((50, 20)))), RandomApply(Compose((RandomShift(9, 9, 1.0), ToGray(1.0))), 0.5), Resize((74, 90))):
            for seed in SEEDS:
                ids, soft = values(op(sample, seed))["mask"], values(op({"image": sample["image"], "soft_mask": one_hot}, seed))["soft_mask"]
                if isinstance(op, Resize): assert soft.shape == (74, 90, 5) and np.allclose(soft.sum(-1), 1)
                else: assert (soft == np.eye(5, dtype=np.float32)[np.minimum(ids[..., 0], 4)] * (ids != IGNORE_LABEL)).all()
        batch = {"image": np.stack([sample["image"]] * 2), "soft_mask": tf.stack([one_hot] * 2)}
        for op in (RandomRotation((30, 30)), BENDS, RandomFlip(1.0)):
            out = values(augment_batch(op, batch, 1))
            assert out["soft_mask"].shape == (2, 37, 45, 5) and (out["soft_mask"].sum(-1) < 1 + 1e-5).all() and out["soft_mask"].max() > 0.99

    def test_mixing_refuses_too(self):
        for op in mixing():
            with pytest.raises(ValueError, match=rf"{type(op).__name__}: depth: float32 \(5, 30, 45\)"): op(batch_of() | {"depth": np.zeros((5, 30, 45), np.float32)})
            assert op(batch_of() | {"boxes": np.ones((5, 7, 4))})["boxes"].shape == (5, 7, 4)


def test_autograph_does_not_rewrite_operations():
    "In a plain `map` it would take longer than the tracing itself, and find nothing: they are written for graphs."
    from tfrseg.augmenter.operation import Operation

    class Status(Operation):
        def apply(self, sample, seed):
            seen.append(tf.__internal__.autograph.control_status_ctx().status.name)
            return sample

    seen, samples = [], tf.data.Dataset.from_tensors({role: make_sample()[role] for role in ("image", "mask")})
    samples.map(lambda sample: Status()(sample, 1))
    samples.batch(1).map(lambda batch: augment_batch(Status(), batch, 1))
    assert set(seen) == {"DISABLED"}


@pytest.mark.slow
@pytest.mark.parametrize("which", ("of each class", "all"))
def test_a_map_by_a_plain_lambda_is_silent(which):
    "In a process of its own: AutoGraph warns of a function that it cannot rewrite once, and not again."
    done = subprocess.run([sys.executable, str(HELPERS / "operations.py"), which], capture_output=True, text=True)
    assert "all mapped" in done.stdout and "AutoGraph" not in done.stdout, done.stdout + done.stderr[-300:]


def position_picture(height, width):
    "A picture whose first two channels say where each pixel is, in 4 levels a pixel, and a mask that says the column."
    y, x = np.mgrid[:height, :width]
    return {"image": np.stack([4 * y, 4 * x, 0 * x], -1).astype(np.uint8), "mask": (x + 1)[..., None].astype(np.uint16), "place": (y, x)}


WARPS = [RandomRotation((-40, 40)), RandomShear((-20, 20), (-10, 10)), RandomScale((0.7, 1.8)), RandomAffine(), RandomPerspective(0.15),
         ElasticTransform(3.0, 4), GridDistortion(0.5, 3), Compose((RandomRotation(), RandomFlip(1.0), RandomPerspective(), RandomCrop((30, 34)))),
         RandomRotation((-40, 40), interpolation="bicubic"), RandomAffine(interpolation="area"), RandomPerspective(0.15, interpolation="area")]


@pytest.mark.parametrize("op", WARPS, ids=names(WARPS))
def test_positions_say_that_image_and_mask_come_from_the_same_place(op):
    "What the image says of its source place, to a quarter pixel, is the pixel whose label the mask has, to half a pixel."
    sample = position_picture(48, 60)
    for seed in SEEDS[:2]:
        out = values(op({k: sample[k] for k in ("image", "mask")}, seed))
        inside = out["mask"][..., 0] != IGNORE_LABEL
        assert (out["image"][~inside] == 0).all() and inside.mean() > 0.4
        assert np.abs(out["image"][..., 1][inside] / 4 - (out["mask"][..., 0][inside] - 1.0)).max() <= 0.5 + 0.13


def test_a_turn_is_where_scipy_says():
    "Bilinear, about the middle: within 1.5 levels of SciPy's float spline of order 1, away from the border, whose rules differ."
    ndimage = pytest.importorskip("scipy.ndimage")
    image = np.random.default_rng(0).integers(0, 256, (41, 57, 3), dtype=np.uint8)
    ours = values(RandomRotation((25, 25))({"image": image}))["image"].astype(float)
    turn = np.deg2rad(25)
    matrix, middle = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]), np.array([20, 28])
    theirs = np.stack([ndimage.affine_transform(image[..., k].astype(float), matrix, middle - matrix @ middle, order=1, cval=np.nan)
                       for k in range(3)], -1)
    inside = ~np.isnan(theirs).any(-1)
    assert inside.mean() > 0.5 and np.abs(ours - theirs)[inside].max() < 1.5


def test_a_tilt_is_where_pillow_says():
    "The same perspective by Pillow, bilinear: within 2 levels of 255 on a smooth picture (both round positions, Pillow in floats)."
    from PIL import Image
    from tfrseg.augmenter.sampling import perspective_matrix
    from tfrseg.augmenter.warp import warp_window
    from tfrseg.augmenter.window import whole_window
    y, x = np.mgrid[:80, :100]
    image = np.stack([2 * x, 3 * y, 100 + 50 * np.sin(x / 9) * np.cos(y / 7)], -1).astype(np.uint8)
    matrix = perspective_matrix((80, 100), [(-8., -5), (95, 4), (108, 83), (5, 75)])
    ours = warp_window(whole_window((80, 100), (80, 100)), matrix, affine=False).take(image).numpy().astype(int)
    centre = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    m = centre @ matrix.numpy() @ np.linalg.inv(centre)        # Pillow counts from the corner of a pixel
    theirs = np.asarray(Image.fromarray(image).transform((100, 80), Image.Transform.PERSPECTIVE, (m / m[2, 2]).ravel()[:8],
                                                         Image.Resampling.BILINEAR)).astype(int)
    seen = (theirs.sum(-1) > 0) & (ours.sum(-1) > 0)
    assert seen.mean() > 0.8 and np.abs(ours - theirs)[seen].max() <= 2


NOISE = np.random.default_rng(0).integers(0, 256, (41, 57, 3), dtype=np.uint8)


@pytest.mark.parametrize("how, by", (("bilinear", "BILINEAR"), ("bicubic", "BICUBIC")))
def test_enlarging_is_what_pillow_does(how, by):
    """The same cubic (a = -1/2), to 2 levels on noise: places are rounded to 1/256 pixel, weights to 1/1024, and Pillow rounds between
    rows and columns (and clips there, so nothing here is very dark or bright). Away from the border, where Pillow weighs what is left
    and we repeat the border."""
    image_of = pytest.importorskip("PIL.Image")
    soft = NOISE // 2 + 64
    ours = values(RandomScale((3, 3), interpolation=how)({"image": soft}))["image"].astype(int)
    theirs = np.asarray(image_of.fromarray(soft).resize((171, 123), getattr(image_of.Resampling, by))).astype(int)
    assert np.abs(ours - theirs)[6:-6, 6:-6].max() <= 2


def integrated(pixels, count):
    "The mean of what each of `count` pixels covers along the first axis, by NumPy's interpolation between running sums."
    sums = np.concatenate([np.zeros((1, *pixels.shape[1:])), np.cumsum(pixels.astype(float), 0)])
    ends, flat = np.linspace(0, len(pixels), count + 1), sums.reshape(len(sums), -1)
    at = np.stack([np.interp(ends, np.arange(len(sums)), column) for column in flat.T], 1).reshape(count + 1, *pixels.shape[1:])
    return np.diff(at, axis=0) * count / len(pixels)


@pytest.mark.parametrize("scale", (0.5, 0.37, 0.1))
def test_shrinking_by_area_is_the_mean(scale):
    "RandomScale and Resize, against running sums by NumPy: to 1 level, as places are rounded to 1/1024 pixel, and Resize is in float32."
    ours = values(RandomScale((scale, scale), interpolation="area")({"image": NOISE}))["image"]
    wanted = integrated(integrated(NOISE, ours.shape[0]).swapaxes(0, 1), ours.shape[1]).swapaxes(0, 1)
    assert np.abs(ours - wanted).max() <= 1
    assert np.abs(values(Resize(ours.shape[:2], "area")({"image": NOISE}))["image"] - wanted).max() <= 1


def test_shrinking_by_area_is_what_opencv_does():
    "INTER_AREA, to 1 level: OpenCV's weights are in float32."
    cv2 = pytest.importorskip("cv2")
    ours = values(RandomScale((0.37, 0.37), interpolation="area")({"image": NOISE}))["image"].astype(int)
    theirs = cv2.resize(NOISE, ours.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(ours - theirs).max() <= 1


@pytest.mark.parametrize("how", ("bilinear", "bicubic"))
def test_resize_is_what_pillow_does(how):
    "Both widen their kernel when they shrink; 1 level, as Pillow's weights are whole numbers and it rounds between rows and columns."
    image_of = pytest.importorskip("PIL.Image")
    soft = NOISE // 2 + 64
    theirs = np.asarray(image_of.fromarray(soft).resize((23, 17), image_of.Resampling[how.upper()])).astype(int)
    assert np.abs(values(Resize((17, 23), how)({"image": soft}))["image"] - theirs).max() <= 1


def test_a_cubic_turn_is_what_tensorflow_interpolates():
    "A quarter turn and twice the size, at once, against TensorFlow's cubic (a = -1/2) on the turned picture: to 2 levels, off the border."
    chain = Compose((RandomRotation((90, 90), interpolation="bicubic"), RandomScale((2, 2))))
    square = NOISE[:, :41]
    theirs = tf.image.resize(np.rot90(square), (82, 82), "bicubic").numpy().clip(0, 255)
    assert np.abs(values(chain({"image": square}))["image"] - theirs)[4:-4, 4:-4].max() <= 2


@pytest.mark.parametrize("op", WARPS + [RandomScale((3, 3), 1.0)], ids=names(WARPS) + ["enlarged"])
def test_a_picture_that_is_read_in_part_gives_the_same(op):
    "From a `RegionReader`, which a warp reads only where it needs to, comes what comes from an array."
    sample = {k: v for k, v in make_sample(50, 61).items() if k != "name"}
    then = Compose((op, RandomCrop((16, 20))))
    for seed in SEEDS[:2]:
        whole, part = values(then(sample, seed)), values(then({k: as_region(v) for k, v in sample.items()}, seed))
        for role in sample: assert (whole[role] == part[role]).all(), seed


STILL = [RandomRotation((0, 0)), RandomShear((0, 0), (0, 0)), RandomScale((1, 1)), RandomAffine((0, 0), (1, 1), (0, 0), (0, 0)), RandomPerspective(0.0),
         ElasticTransform(0.0), GridDistortion(0.0), ColorJitter(0, 0, 0, 0), RandomGamma((1, 1)), ToGray(0.0), GaussianBlur((0, 0)),
         RandomRotation((0, 0), interpolation="bicubic"), RandomPerspective(0.0, interpolation="area"), RandomScale((1, 1), interpolation="bicubic"),
         ElasticTransform(0.0, interpolation="area"), MotionBlur((1, 1)), GaussianNoise((0, 0)), RandomShadow((0, 0)), LightGradient(0.0), CutOut(size=(0, 0), mask_fill=255), CutOut(probability=0.0)]


@pytest.mark.parametrize("op", STILL, ids=names(STILL))
def test_without_strength_nothing_changes(op):
    image = np.random.default_rng(1).integers(0, 256, (37, 45, 3), dtype=np.uint8)
    sample = {"image": image, "mask": make_sample()["mask"]}
    for seed in SEEDS[:2]:
        out = values(op(sample, seed))
        for role in sample: assert (out[role] == sample[role]).all()


def test_label_255_of_the_source_stays():
    "255 inside the picture is carried along like any label, and no other id turns into it."
    mask = np.where(np.add.outer(np.arange(40) // 8, np.arange(40) // 8)[..., None] % 2, 255, 3).astype(np.uint8)
    for op in (RandomFlip(1.0), RandomRotation((180, 180)), RandomScale((2, 2))):
        assert set(np.unique(op({"image": np.zeros((40, 40, 3), np.uint8), "mask": mask})["mask"])) == {3, 255}


def test_a_huge_mask_is_cut_from_without_being_made():
    "A crop of an enlarged 3000 x 4000 picture: 12 million pixels in, 64 x 64 out."
    mask = np.repeat(np.arange(4000, dtype=np.uint16)[None, :, None], 3000, 0)
    out = values(Compose((RandomScale((1.5, 1.5)), RandomCrop((64, 64))))({"image": np.zeros((3000, 4000, 3), np.uint8), "mask": mask}, 1))
    assert out["mask"].shape == (64, 64, 1) and set(np.diff(out["mask"][0, :, 0].astype(int))) <= {0, 1}


def test_folding_changes_nothing():
    "Operations in one Compose give what they give one after another, with the seeds that Compose deals out."
    rng = np.random.default_rng(0)
    exact = [op for op in INSTANCES if op.exact and op.folds and not isinstance(op, (Compose, RandomCrop, RandomShiftCrop))]
    for trial in range(20):
        chain = tuple(exact[k] for k in rng.integers(len(exact), size=4))
        at_once = values(Compose(chain)(make_sample(), trial))
        sample = make_sample()
        for op, seed in zip(chain, tf.unstack(split_seed(as_seed(trial), len(chain)))): sample = op(sample, seed)
        for role in ("image", "mask"): assert (at_once[role] == values(sample)[role]).all(), f"{chain}, seed {trial}"


@pytest.mark.parametrize("op", [op for op in INSTANCES if not op.folds], ids=names([op for op in INSTANCES if not op.folds]))
def test_what_is_explained_is_what_was_done(op):
    "The single steps, one by one, give what the operation gives; each says its numbers."
    sample = make_sample()
    wanted = values(op(sample, 4))
    steps = op.explain(sample, 4)
    for step in steps: sample = step.operation(sample, step.seed)
    if sum(mixes(s.operation) for s in steps) < 2:
        for role in ("image", "mask"): assert np.allclose(values(sample)[role], wanted[role], atol=1e-5)
    assert all(str(step).startswith(type(step.operation).__name__) for step in steps)


def test_draws_have_the_promised_frequencies():
    "Each symmetry of RandomFlip and RandomRotate90 as often as it should be, over 600 seeds."
    sample = {"image": np.arange(12, dtype=np.uint8).reshape(2, 2, 3)}
    op = tf.function(Compose((RandomFlip(0.5, 0.5), RandomRotate90((0, 1, 3)))))
    corners = [int(op(sample, tf.constant([0, seed]))["image"][0, 0, 0]) for seed in range(600)]
    counts = np.unique(corners, return_counts=True)[1]
    assert len(counts) == 4 and abs(counts - 150).max() < 50


def test_crops_reach_every_place():
    sample = {"image": np.repeat(np.arange(20, dtype=np.uint8).reshape(4, 5, 1), 3, 2)}
    op = tf.function(RandomCrop((2, 3)))
    found = {int(op(sample, tf.constant([0, seed]))["image"][0, 0, 0]) for seed in range(200)}
    assert found == {0, 1, 2, 5, 6, 7, 10, 11, 12}


def test_the_ignore_label_of_a_data_set_fills_the_border():
    out = Compose(PadToSize((40, 60)), mask_fill=65535)(make_sample(dtype=np.uint16))  # and whatever is inside: TestIgnoreLabel
    assert set(np.unique(out["mask"])) == {0, 1, 2, 3, 4, 65535}


@pytest.mark.parametrize("make, said", (
    (lambda: RandomFlip(1.5), "horizontal=1.5"), (lambda: RandomRotate90((4,)), "turns=(4,)"), (lambda: RandomRotate90(()), "turns=()"),
    (lambda: RandomCrop((0, 5)), "size=(0, 5)"), (lambda: Resize((3,)), "size=(3,)"), (lambda: RandomShift(-1), "0 or more"),
    (lambda: RandomRotation((5, -5)), "RandomRotation: degrees=(5, -5)"), (lambda: RandomScale((0, 1)), "RandomScale: scale=(0, 1)"),
    (lambda: RandomPerspective(0.5), "distortion"), (lambda: RandomAffine(probability=1.1), "probability=1.1"), (lambda: RandomAffine(shift=(2, 0)), "shift"),
    (lambda: ElasticTransform(cells=0), "cells"), (lambda: GridDistortion(1.0), "distortion"), (lambda: ColorJitter(hue=200), "hue"),
    (lambda: GaussianBlur((3, 1)), "GaussianBlur: sigma=(3, 1)"), (lambda: JpegArtifacts((0, 101)), "quality"), (lambda: CutOut(0), "holes"),
    (lambda: RandomClassCrop(share=2), "share=2"), (lambda: SomeOf((RandomFlip(),), 0), "count=0"), (lambda: RandAugment(0), "count=0"),
    (lambda: Normalize(std=(0, 1, 1)), "above 0"), (lambda: OneOf(()), "at least one"), (lambda: RandomShiftCrop(shift=0), "at least 1"),
    (lambda: Resize(interpolation="nearest"), "Resize: interpolation='nearest'"), (lambda: RandomScale(interpolation=1), "RandomScale: interpolation=1"),
    (lambda: ElasticTransform(interpolation="cubic"), "'bilinear', 'bicubic' or 'area'"), (lambda: RandomApply(RandomFlip(), 2), "probability=2"), (lambda: Compose([tf.image.rot90]), "is not an Operation")))
def test_wrong_parameters_are_said(make, said):
    with pytest.raises((ValueError, TypeError)) as error: make()
    assert said in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("mask, said", ((np.zeros((4, 5, 1), np.float32), "mask float32 (4, 5, 1)"), (np.zeros((4, 5, 3), np.uint8), "mask uint8 (4, 5, 3)"),
                                        (np.zeros((4, 5), np.uint8), "mask uint8 (4, 5)")))
def test_wrong_masks_are_said(mask, said):
    for op in (RandomFlip(), RandomRotation(), ColorJitter(), Compose(RandomCrop((2, 2)))):
        with pytest.raises(ValueError) as error: op({"image": np.zeros((4, 5, 3), np.uint8), "mask": mask})
        assert type(op).__name__ in str(error.value) and said in str(error.value)


@pytest.mark.parametrize("op", mixing(), ids=repr)
class TestMixing:
    def test_is_frozen_and_its_repr_makes_it_again(self, op):
        scope = {type(op).__name__: type(op)}
        assert eval(repr(op), scope) == op and hash(op) == hash(eval(repr(op), scope))
        with pytest.raises(FrozenInstanceError): setattr(op, fields(op)[0].name, None)

    def test_lists_are_taken_as_tuples(self, op):
        of_lists = type(op)(**{f.name: as_lists(getattr(op, f.name)) for f in fields(op)})
        assert of_lists == op and hash(of_lists) == hash(op) and repr(of_lists) == repr(op)

    def test_image_and_labels_mix_alike(self, op):
        "Fed the mask as the image: pasted labels are the image, soft masks add up to it; nothing is made up."
        for seed in SEEDS:
            out = values(op(batch_of(), seed))
            assert out["image"].dtype == np.uint8 and (out["name"] == np.arange(5)).all()
            if "mask" in out:
                assert out["mask"].dtype == np.uint8 and (out["image"] == out["mask"]).all()
                continue
            assert (out["soft_mask"] >= 0).all() and np.allclose(out["soft_mask"].sum(-1), 1, atol=1e-5)
            assert np.abs(out["soft_mask"] @ np.arange(6) - out["image"][..., 0]).max() <= 0.5 + 1e-4

    @pytest.mark.parametrize("dtype", (np.uint8, np.uint16, np.int32))
    def test_ignored_pixels_stay_ignored(self, op, dtype):
        "An ignored pixel goes with its image, or takes the soft mask away."
        batch = batch_of(dtype=dtype) | {"mask": np.full((5, 30, 45, 1), IGNORE_LABEL, dtype)}
        out = values(op(batch, 1))
        if "mask" in out: assert out["mask"].dtype == dtype and (out["mask"] == IGNORE_LABEL).all()
        else: assert (out["soft_mask"] == 0).all()

    def test_equal_seeds_and_tf_data(self, op):
        "The same seed gives the same, eagerly and in a parallel map; another one gives something else."
        batch = {role: v for role, v in batch_of().items() if role != "name"}
        mapped = tf.data.Dataset.range(6).map(lambda n: op(batch, tf.cast(n, tf.int32)), num_parallel_calls=3)
        for n, got in enumerate(mapped):
            for key, value in values(op(batch, n)).items(): assert np.allclose(got[key], value, atol=1e-6), key
        assert len({values(op(batch, n))["image"].tobytes() for n in range(6)}) > 1

    def test_without_strength_without_mask_and_alone(self, op):
        batch = batch_of()
        still = replace(op, **{f.name: 0.0 for f in fields(op) if f.name in ("probability", "strength")})
        assert (values(still(batch, 3))["image"] == batch["image"]).all()
        out = values(op({"image": batch["image"]}, 3))
        assert set(out) == {"image"} and (out["image"] == values(op(batch, 3))["image"]).all()
        assert (values(op({"image": batch["image"][:1]}, 3))["image"] == batch["image"][:1]).all()
        with pytest.raises(ValueError, match=type(op).__name__): op({"image": batch["image"][0]})
