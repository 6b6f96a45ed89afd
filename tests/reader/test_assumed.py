"""What `make_dataset` decides without being asked: told in a line, once, and never 255 where that is a class."""
import subprocess
import warnings
from dataclasses import dataclass

import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT
from warm import warm

from tfrseg.augmenter.color import Normalize
from tfrseg.augmenter.compose import Compose, OneOf, RandomApply
from tfrseg.augmenter.geometry import (CropOrPad, PadToSize, RandomClassCrop, RandomCrop, RandomFlip,
    RandomRotate90, RandomShift, Resize)
from tfrseg.augmenter.operation import Operation, with_ignore_label
from tfrseg.storage.labels import LabelMap
from tfrseg.augmenter.noise import GaussianBlur, GaussianNoise
from tfrseg.reader.pipeline import AssumptionWarning, make_dataset, padded_share
from tfrseg.augmenter.compose import SomeOf
from tfrseg.augmenter.presets import RandAugment, aerial_or_cells, document, natural, origin
from tfrseg.storage.files import as_path
from tfrseg.storage.remote import upload_folder
from tfrseg.storage.tfrecord import write_records
from tfrseg.storage.example import encode_example, serialize_example
from tfrseg.storage.schema import RAW_IDS, TFVISION
from tfrseg.storage.dataset import DatasetInfo, ShardInfo, save_info
from tfrseg.explorer.tuner import explore_augment
from tfrseg.augmenter.elastic import ElasticTransform
from tfrseg.augmenter.warp import RandomRotation, RandomScale

pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")

BENT = Compose((RandomRotation((45, 45)), ElasticTransform(30.0, 4), GaussianNoise()))
PIPELINES = {"turned": [RandomRotation((45, 45))], "bent": [ElasticTransform(30.0)],
             "class crop": [RandomClassCrop((70, 70), (300,))], "shifted, bent": [RandomShift(20, 20, 1.0), ElasticTransform(10.0)],
             "sometimes": [RandomApply(BENT, 1.0)], "one of": [OneOf((BENT, RandomRotation((30, 30))))],
             "some of": [SomeOf((BENT, RandomFlip(1.0)), 2)], "policy": [RandAugment(1, 1.0)],
             "nested": Compose((Compose((Compose((RandomShift(9, 9, 1.0), BENT)),)),)),
             "another fill": Compose((RandomApply(Compose((BENT,), mask_fill=255), 1.0),), mask_fill=255),
             "presets": [OneOf((natural((64, 64)), origin((64, 64))))], "document": document((64, 64)),
             "aerial": aerial_or_cells((64, 64)), "old": origin((64, 64))}
QUICK = ("class crop", "old")  # the others take seconds each


@pytest.fixture
def write(tmp_path):
    "Writes samples as a dataset of one shard a split, and gives its folder."
    def write(samples, labels=LabelMap(("a", "b", "c")), splits=("train",), schema=RAW_IDS, info=True):
        found = {}
        for split in splits:
            file = tmp_path / f"{split}-00000-of-00001.tfrecord"
            write_records(file, [serialize_example(encode_example(s, schema)) for s in samples])
            sizes = [f"{s['image'].shape[0]}x{s['image'].shape[1]}" for s in samples]
            found[split] = (ShardInfo(file.name, len(samples), file.stat().st_size, "", {size: sizes.count(size) for size in sizes}),)
        if info: save_info(DatasetInfo(schema.name, labels, found, masks="mask" in samples[0]), tmp_path)
        return tmp_path

    return write


def samples_of(ids=(5, 300), dtype=np.uint16, sizes=((40, 50),) * 4):
    "Blobs of some ids."
    rng = np.random.default_rng(1)
    blobs = lambda h, w: np.kron(rng.choice(ids, (h // 10, w // 10)), np.ones((10, 10), int))[..., None].astype(dtype)
    masks = [blobs(*size) for size in sizes]
    return [{"image": np.repeat(m, 3, 2).astype(np.uint8), "mask": m, "name": str(k)} for k, m in enumerate(masks)]


WIDE = LabelMap(tuple(f"class {k}" for k in range(301)), ignore_label=65535, dtype="uint16")
SMALL = LabelMap(("a", "b", "nothing", "d"), ignore_label=2)


def ids_in(dataset): return set().union(*(np.unique(mask).tolist() for _, mask in dataset))


class TestIgnoreLabel:
    @pytest.mark.fault("masks of 16 bits, in which 255 is a class, turned or bent", "what comes in at the border is 0, or a constant: a class",
                       "the ignore label of the dataset, in every operation")
    @pytest.mark.parametrize("augment", [pytest.param(augment, id=name, marks=[] if name in QUICK else [pytest.mark.slow])
                                         for name, augment in PIPELINES.items()])
    def test_the_datasets_comes_from_beyond_the_border(self, write, augment):
        folder = write(samples_of(), WIDE)
        assert ids_in(make_dataset(folder, size=(64, 64), augment=augment, seed=3)) == {5, 300, 65535}

    @pytest.mark.parametrize("reader", ("mapped", "stream"))
    def test_whatever_it_is_and_however_it_is_read(self, write, reader):
        folder = write(samples_of((0, 1, 3), np.uint8), SMALL)
        assert ids_in(make_dataset(folder, size=(64, 64), augment=RandomApply(RandomShift(20, 20, 1.0), 1.0), reader=reader)) == {0, 1, 2, 3}

    def test_an_argument_comes_before_the_info(self, write):
        folder = write(samples_of(), WIDE)
        told = make_dataset(folder, size=(64, 64), augment=origin((64, 64)), ignore_label=7)
        assert ids_in(told) == {5, 7, 300} and not [line for line in told.assumptions if "beyond borders" in line]
        with pytest.raises(ValueError, match="a mask of uint16 cannot hold the ignore label -1"):
            make_dataset(folder, size=(64, 64), ignore_label=-1)

    @pytest.mark.parametrize("dtype", (pytest.param(np.uint8, marks=pytest.mark.slow), np.uint16))
    def test_without_an_info_it_is_assumed_and_told(self, write, tmp_path, dtype):
        folder = write(samples_of((5, 9), dtype), info=False)
        said = "no dataset_info.json tells the ignore label, so 255 comes from beyond borders; ignore_label= says another"
        with pytest.warns(AssumptionWarning, match=said): found = make_dataset(folder, size=(64, 64))
        assert ids_in(found) == {5, 9, 255} and ids_in(make_dataset(folder, size=(64, 64), ignore_label=7)) == {5, 7, 9}
        assert make_dataset(folder, size=(64, 64), cache=tmp_path / "cache").assumptions == found.assumptions
        assert not make_dataset(folder, size=(64, 64), ignore_label=255).assumptions
        assert not make_dataset(folder, augment=Normalize(), batch_size=None).assumptions

    def test_a_fill_that_loses_is_told(self, write):
        folder = write(samples_of(), WIDE)
        said = "augment would bring 0 from beyond borders, and the dataset's ignore label 65535 comes instead; ignore_label=0 keeps it"
        with pytest.warns(AssumptionWarning, match=said): make_dataset(folder, augment=origin((20, 20)))
        nines = with_ignore_label(RandomFlip(), 9), RandomApply(Compose((RandomFlip(), GaussianNoise()), mask_fill=9))
        for augment in nines:
            assert "bring 9" in " ".join(make_dataset(folder, augment=augment).assumptions)

    def test_the_explorer_shows_what_is_trained_with(self, write):
        folder = write(samples_of(), WIDE)
        explorer = explore_augment(folder, PIPELINES["sometimes"])
        sample = explorer._load(0)
        assert set(np.unique(explorer.operation(sample, 1)["mask"])) == {5, 300, 65535}
        explorer.mute(0)
        explorer.mute(0, False)
        assert set(np.unique(explorer.operation(sample, 1)["mask"])) == {5, 300, 65535} and "65535" not in explorer.code
        told = explore_augment(samples_of(), with_ignore_label(BENT, 65535)).operation
        assert set(np.unique(told(sample, 1)["mask"])) == {5, 300, 65535}


class TestShuffle:
    def test_another_split_than_train_says_that_it_comes_in_order(self, write):
        folder = write(samples_of((0, 1), np.uint8), splits=("train", "val", "training"))
        for split in ("val", "training"):
            with pytest.warns(AssumptionWarning, match=rf"^{folder}: split '{split}' comes in order, not shuffled") as told:
                found = make_dataset(folder, split)
            assert len(told) == 1 and "\n" not in str(told[0].message) and told[0].filename == __file__
            assert [line for line in found.assumptions if "shuffle=True or shuffle=False" in line] == [*found.assumptions]
        with pytest.warns(AssumptionWarning, match="all splits come in order"): make_dataset(folder, None)

    @pytest.mark.parametrize("options", (dict(split="train"), dict(split="val", shuffle=False), dict(split="val", shuffle=True),
                                         dict(split=None, shuffle=False)), ids=str)
    def test_who_says_it_is_not_told(self, write, options):
        folder = write(samples_of((0, 1), np.uint8), splits=("train", "val"))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert make_dataset(folder, **options).assumptions == ()

    def test_once_a_process_and_dataset(self, write):
        folder = write(samples_of((0, 1), np.uint8), splits=("train", "val"))
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            found = [make_dataset(path, "val") for path in (folder, str(folder), folder, folder / "." / "")]
        assert len(told) == 1 and all(len(f.assumptions) == 1 for f in found)

    def test_elsewhere(self, write):
        folder = write(samples_of((0, 1), np.uint8), splits=("val",))
        upload_folder(folder, as_path("memory://assumed"), "")
        with pytest.warns(AssumptionWarning, match="^memory://assumed: split 'val' comes in order"): make_dataset("memory://assumed", "val")

    def test_a_script_sees_it_on_stderr(self, write):
        folder = write(samples_of((0, 1), np.uint8), splits=("val",))
        code = f"from tfrseg import make_dataset\nfor _ in range(2): make_dataset({str(folder)!r}, 'val', size=(80, 80))"
        said = subprocess.run([*warm(), "-c", code], cwd=ROOT, capture_output=True, text=True).stderr
        assert said.count("comes in order, not shuffled") == said.count("69% of the mask becomes the ignore label 255") == 1, said


@dataclass(frozen=True)
class Halved(Operation):
    "Somebody's own operation, for one picture of a size that is known."
    exact = True

    def transform_window(self, window, seed): return window.crop(0, 0, *(int(n) // 2 for n in window.size))


class TestPadding:
    @pytest.mark.fault("a crop that is larger than every image", "random_crop fails; resize_with_crop_or_pad pads masks with 0, a class",
                       "padded with the ignore label, and the share is told: 75 % of the mask")
    def test_a_crop_larger_than_every_image_says_how_much_it_pads(self, write):
        folder = write(samples_of((0, 1), np.uint8))
        said = ("75% of the mask becomes the ignore label 255, and the image is black there: a crop of 80 x 100 reaches beyond "
                "images of 40 x 50; use a smaller one, or scale them up before")
        for options in (dict(size=(80, 100)), dict(augment=[RandomFlip(), RandomCrop((80, 100)), Normalize()]),
                        dict(augment=RandomClassCrop((80, 100), (0,)))):
            found = make_dataset(folder, **options)
            assert found.assumptions == (said,)
            (_, masks), = found
            assert np.mean(masks.numpy() == 255) == 0.75
        with pytest.warns(AssumptionWarning, match=rf"^{folder}: 60% of the mask becomes the ignore label 255"):
            make_dataset(folder, size=(50, 100))

    def test_images_alone(self, write):
        images = [{key: s[key] for key in ("image", "name")} for s in samples_of((0, 1), np.uint8)]
        found = make_dataset(write(images, schema=TFVISION.without("mask")), size=(80, 100))
        assert found.assumptions == ("75% of the image is black: a crop of 80 x 100 reaches beyond images of 40 x 50; "
                                     "use a smaller one, or scale them up before",)

    @pytest.mark.parametrize("options", (
        dict(size=(40, 50)), dict(size=(41, 51)), dict(augment=PadToSize((90, 90))), dict(augment=RandomShift(30, 30, 1.0)),
        dict(augment=RandomRotation((45, 45))), dict(augment=[Resize((90, 90)), RandomCrop((80, 80))]), dict(),
        dict(augment=[RandomRotate90((1,)), RandomCrop((50, 40))]), dict(augment=origin((40, 40)), ignore_label=0)), ids=str)
    def test_no_word_where_little_or_nothing_is_padded_or_it_was_asked_for(self, write, options):
        assert make_dataset(write(samples_of((0, 1), np.uint8)), **options).assumptions == ()

    @pytest.mark.parametrize("augment, share", (
        ([RandomScale((0.5, 0.5)), RandomCrop((40, 50))], 0.75), ([Resize((20, 20)), CropOrPad((40, 40))], 0.75),
        (Compose((Compose((RandomCrop((80, 50)),)),)), 0.5), ([RandomCrop((20, 20)), CropOrPad((40, 40))], 0.75),
        ([RandomApply(GaussianBlur()), ElasticTransform(), RandomApply(RandomCrop((80, 50)), 1.0)], 0.5)))
    def test_sizes_are_followed_through_the_operations(self, augment, share):
        assert abs(padded_share(Compose(augment), {"40x50": 7}) - share) < 0.01

    def test_sizes_count_by_their_images(self):
        assert abs(padded_share(RandomCrop((40, 50)), {"40x50": 3, "20x50": 1}) - 0.125) < 1e-6

    def test_a_preset_is_followed_too(self, write):
        "As much as masks show, to a few percent: what turns bring in is not counted."
        folder = write(samples_of((0, 1), np.uint8, ((40, 50),) * 12))
        found = make_dataset(folder, augment=[RandomScale((0.5, 2.0)), RandomCrop((40, 40))], batch_size=12)
        share = np.mean([mask == 255 for _, mask in found.repeat(20)])
        assert abs(padded_share(Compose((RandomScale((0.5, 2.0)), RandomCrop((40, 40)))), {"40x50": 12}) - share) < 0.04
        assert "reaches beyond images of 40 x 50, scaled by augment; use" in found.assumptions[0]

    def test_what_is_not_known_is_not_guessed(self):
        "An operation that may give another size ends the count, and so does one that knows no vectors of sizes."
        assert padded_share(Compose((OneOf((Resize((200, 200)), GaussianNoise())), RandomCrop((80, 80)))), {"40x50": 7}) == 0
        assert padded_share(Compose((Halved(), RandomCrop((80, 80)))), {"40x50": 7}) == 0


def test_arrays_of_other_names_do_not_come_out_of_records(write):
    "Nothing of the library's own stands in the way of `check_targets`."
    folder = write(samples_of((0, 1), np.uint8))
    from tfrseg.reader.stream import read_dataset

    out = next(iter(read_dataset(folder).map(lambda s: RandomFlip(1.0)(s, 1))))
    assert set(out) >= {"image", "mask", "name"} and isinstance(out["mask"], tf.Tensor)
