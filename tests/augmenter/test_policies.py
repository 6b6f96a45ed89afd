"""Policies in the pipeline, against other implementations, and for sizes that nobody chose."""
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from tfrseg.augmenter.compose import Compose
from tfrseg.augmenter.geometry import CropOrPad, RandomCrop, RandomFlip, RandomRotate90, RandomShift
from tfrseg.augmenter.color import ColorJitter
from tfrseg.augmenter.seeds import as_seed
from tfrseg.training.keras_layer import augment_batch
from tfrseg.reader.pipeline import make_dataset
from tfrseg.augmenter.compose import SomeOf, select_branch
from tfrseg.augmenter.operation import Operation
from tfrseg.augmenter.presets import RandAugment, aerial_or_cells, document, natural, origin
from tfrseg.storage.schema import SCHEMAS
from tfrseg.augmenter.warp import RandomPerspective, RandomRotation, as_warp
from tfrseg.augmenter.window import take_window, whole_window
from tfrseg.writer.write import plan_shards, write_shards
from tfrseg.cards import make_card

POLICIES = {"document": document((48, 64)), "natural": natural((48, 64)), "aerial_or_cells": aerial_or_cells((48, 64)), "origin": origin((48, 64)),
            "crop first": Compose((RandomCrop((80, 80)), RandomPerspective(), ColorJitter(), CropOrPad((48, 64)))),
            "flip, turn, crop": Compose((RandomFlip(), RandomRotation(), RandomCrop((48, 64)))),
            "some": Compose((SomeOf((RandomRotation(), RandomFlip(1.0), RandomPerspective())), RandAugment(1), RandomCrop((48, 64))))}


@pytest.fixture(scope="module")
def raw_shards(source, tmp_path_factory):
    "The cards as raw shards, which can be mapped."
    out = tmp_path_factory.mktemp("raw") / "cards"
    write_shards(plan_shards(source, out, schema=SCHEMAS["raw_ids"], records_per_shard=5), show_progress=False)
    return out


@pytest.mark.parametrize("policy, told", (
    (document, "Compose(operations=(RandomScale(scale=(0.75, 1.5), probability=1.0, interpolation='bilinear'), RandomRotation(degrees=(-8, 8), probability=1.0, interpolation='bilinear'), RandomPerspective(distortion=0.08, probability=0.7, interpolation='bilinear'), RandomCrop(size=(64, 64)), RandomShadow(strength=(0.15, 0.5), softness=0.1, probability=0.3), LightGradient(strength=0.3, probability=0.3), ColorJitter(brightness=0.2, contrast=0.2, saturation=0.2, hue=6.0, probability=1.0), ToGray(probability=0.1), RandomApply(operation=OneOf(operations=(GaussianBlur(sigma=(0.3, 1.2), probability=1.0), MotionBlur(length=(3.0, 7.0), probability=1.0))), probability=0.3), GaussianNoise(std=(1.0, 6.0), probability=0.3), JpegArtifacts(quality=(40, 95), probability=0.3)), mask_fill=255)"),
    (natural, "Compose(operations=(RandomScale(scale=(0.5, 2.0), probability=1.0, interpolation='bilinear'), RandomRotation(degrees=(-10, 10), probability=0.3, interpolation='bilinear'), RandomFlip(horizontal=0.5, vertical=0.0), RandomCrop(size=(64, 64)), ColorJitter(brightness=0.3, contrast=0.3, saturation=0.3, hue=10.0, probability=0.8), ToGray(probability=0.05), GaussianBlur(sigma=(0.3, 1.5), probability=0.2), CutOut(holes=1, size=(0.1, 0.3), fill=0, mask_fill=None, probability=0.2)), mask_fill=255)"),
    (aerial_or_cells, "Compose(operations=(RandomRotation(degrees=(-180, 180), probability=0.5, interpolation='bilinear'), RandomScale(scale=(0.8, 1.25), probability=1.0, interpolation='bilinear'), RandomFlip(horizontal=0.5, vertical=0.5), RandomRotate90(turns=(0, 1, 2, 3)), RandomCrop(size=(64, 64)), ElasticTransform(strength=8.0, cells=4, probability=0.3, interpolation='bilinear'), ColorJitter(brightness=0.15, contrast=0.15, saturation=0.15, hue=5.0, probability=1.0), LightGradient(strength=0.2, probability=0.3), GaussianNoise(std=(1.0, 6.0), probability=0.3)), mask_fill=255)"),
    (origin, "Compose(operations=(RandomFlip(horizontal=0.5, vertical=0.5), RandomRotate90(turns=(0, 1, 3)), RandomShiftCrop(size=(64, 64), shift=50, probability=0.5)), mask_fill=0)")))
def test_a_policy_of_a_name_stays_what_it_is(policy, told):
    "Whoever trained with it wants it again: a change is meant, and stands in the changelog."
    assert str(policy((64, 64))) == told


@pytest.mark.parametrize("name", ("origin", *(pytest.param(name, marks=pytest.mark.slow) for name in ("document", "crop first", "flip, turn, crop"))))
def test_mapped_and_streamed_give_the_same(raw_shards, name):
    "Read in part from mapped files, or whole from records: the same pixels, in the same batches."
    batches = [[*make_dataset(raw_shards, None, augment=POLICIES[name], batch_size=4, dtype="uint8", seed=5, shuffle=False, reader=reader)]
               for reader in ("mapped", "stream")]
    for (image, mask), (other_image, other_mask) in zip(*batches, strict=True):
        assert image.shape == (4, 48, 64, 3) and (image == other_image).numpy().all() and (mask == other_mask).numpy().all()


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in ("origin", "some") else pytest.mark.slow) for name in POLICIES])
def test_a_batch_is_its_members(name):
    "`augment_batch` gives each member what the operation gives the sample with that member's seed."
    from tfrseg.cards import make_card
    from tfrseg.augmenter.seeds import split_seed
    policy, cards = POLICIES[name], [make_card(n, (90, 120)) for n in range(3)]
    out = augment_batch(policy, {role: np.stack([c[role] for c in cards]) for role in ("image", "mask")}, 7)
    for k, seed in enumerate(tf.unstack(split_seed(as_seed(7), 3))):
        alone = policy(cards[k], seed)
        for role in out: assert (out[role][k] == alone[role]).numpy().all()


@settings(max_examples=8, deadline=None, derandomize=True)
@given(height=st.integers(1, 40), width=st.integers(1, 40), seed=st.integers(0, 2**31 - 1))
def test_exact_windows_are_exact_as_matrices(height, width, seed):
    "Whatever flips, turns, shifts and crops make of a picture of any size, a matrix makes the same of it, pixel by pixel."
    pixels = tf.constant(np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8))
    chain = Compose((RandomFlip(0.5, 0.5), RandomRotate90(), RandomShift(5, 5, 1.0), RandomCrop((13, 17)), RandomFlip()))
    window = chain.transform_window(whole_window(tf.shape(pixels)[:2]), as_seed(seed))
    assert (take_window(pixels, window, 9) == as_warp(window).take(pixels, 9)).numpy().all()


@settings(max_examples=6, deadline=None, derandomize=True)
@given(size=st.sampled_from([(1, 1), (1, 30), (7, 3), (33, 50)]), seed=st.integers(0, 2**31 - 1),
       top=st.sampled_from([255, 65535]))
def test_any_draw_keeps_labels_and_shapes(size, seed, top):
    rng = np.random.default_rng(seed)
    mask = rng.choice([0, 7, top], (*size, 1)).astype(np.uint8 if top == 255 else np.uint16)
    sample = {"image": rng.integers(0, 256, (*size, 3), dtype=np.uint8), "mask": mask}
    for policy in (document((20, 24)), natural((20, 24)), aerial_or_cells((20, 24))):
        out = policy(sample, seed)
        assert out["image"].shape == (20, 24, 3) and out["mask"].shape == (20, 24, 1) and out["mask"].dtype == mask.dtype
        assert set(np.unique(out["mask"])) <= {0, 7, top, 255}


def test_explained_steps_name_what_was_chosen():
    card = {"image": np.zeros((40, 50, 3), np.uint8), "mask": np.zeros((40, 50, 1), np.uint8)}
    for seed in range(3):
        names = [type(step.operation).__name__ for step in document((20, 20)).explain(card, seed)]
        assert names[:4] == ["RandomScale", "RandomRotation", "RandomPerspective", "RandomCrop"]
        assert len([n for n in names if n in ("GaussianBlur", "MotionBlur")]) <= 1


def test_a_turn_is_where_albumentations_says():
    """The same turn by Albumentations (OpenCV): its positions are rounded to 1/32 pixel, which on a smooth picture is worth
    at most 3 levels; the mask, nearest, differs at no more than 1 in 100 pixels, all on borders of labels."""
    albumentations = pytest.importorskip("albumentations")
    y, x = np.mgrid[:96, :120]
    image = np.stack([2 * x, 2 * y, 100 + 50 * np.sin(x / 9) * np.cos(y / 7)], -1).astype(np.uint8)
    mask = np.kron(np.random.default_rng(0).integers(0, 4, (8, 10)), np.ones((12, 12), int)).astype(np.uint8)
    ours = RandomRotation((20, 20))({"image": image, "mask": mask[..., None]})
    turn = albumentations.Compose([albumentations.Affine(rotate=(20, 20), fill_mask=255, p=1)])
    theirs = turn(image=image, mask=mask)
    known = np.pad((ours["mask"].numpy()[..., 0] != 255) & (theirs["mask"] != 255), 2)
    inside = np.all([np.roll(known, (dy, dx), (0, 1)) for dy in range(-2, 3) for dx in range(-2, 3)], 0)[2:-2, 2:-2]  # its rim fades to black
    assert inside.mean() > 0.5
    assert np.abs(ours["image"].numpy().astype(int) - theirs["image"])[inside].max() <= 3
    assert (ours["mask"].numpy()[..., 0] != theirs["mask"])[inside].mean() < 0.01


def test_a_class_of_the_same_name_does_not_replace_an_operation():
    "A configuration means tfrseg's operation, whatever else somebody called so in the same process."
    saved = ColorJitter(hue=3.0).get_config()
    mine = type("ColorJitter", (Operation,), {})
    assert mine in Operation.__subclasses__() and Operation.from_config(saved) == ColorJitter(hue=3.0)


def test_each_branch_is_traced_once():
    sample, traced = make_card(0), []

    def branch(k): return lambda: traced.append(k) or sample

    def chosen(index): return select_branch(index, [branch(k) for k in range(3)], sample)["image"]

    tf.function(chosen, autograph=False).get_concrete_function(tf.TensorSpec([], tf.int32))
    assert sorted(traced) == [0, 1, 2]
