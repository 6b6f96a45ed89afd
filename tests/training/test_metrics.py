"""Tables of true and predicted classes: equal to other libraries on real masks, nothing lost without a count, edges answered."""
import json
import math
import subprocess
import sys

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tfrseg.core import DataError
from tfrseg.storage.labels import LabelMap
from tfrseg.training.metrics import Confusion, _AT_ONCE, as_labels, class_iou, count_confusion

DATA = ROOT.parent / "shared/data"
MEASURES = ("iou", "dice", "precision", "recall")


@pytest.fixture(scope="module")
def real():
    "Real masks of classes 0 to 22 with ignored pixels, and what a bad model might say: (truth, predicted, K)."
    if not (DATA / "coco_pixelwise/pixelwise_masks").is_dir(): pytest.skip(f"no real masks in {DATA}")
    files = sorted((DATA / "coco_pixelwise/pixelwise_masks").glob("*.png"))[:6]
    masks = [np.array(Image.open(file)) for file in files]
    masks = [mask if mask.ndim == 2 else mask[..., 0] for mask in masks]
    ids = sorted({int(i) for mask in masks for i in np.unique(mask)} - {255})
    table = np.full(256, 255, np.uint8)
    table[ids] = np.arange(len(ids))
    draw = np.random.default_rng(1)
    truth = [table[mask] for mask in masks]
    for mask in truth: mask[:9] = 255
    found = [np.where(draw.random(mask.shape) < 0.2, draw.integers(0, len(ids), mask.shape), np.roll(np.where(mask == 255, 0, mask), 5, 1))
             for mask in truth]
    return truth, found, len(ids) + 1  # the last class occurs nowhere


def counted(real):
    truth, found, classes = real
    confusion = Confusion(classes)
    for pair in zip(truth, found): confusion.add(*pair)
    return confusion


def flat(real):
    "True and predicted ids of the pixels that count."
    truth, found = (np.concatenate([each.ravel() for each in masks]) for masks in real[:2])
    return truth[truth != 255].astype(int), found[truth != 255].astype(int)


def test_real_masks_pixel_by_pixel(real):
    "The formulas by hand, from sets of pixels."
    confusion, (truth, found), classes = counted(real), flat(real), real[2]
    assert confusion.ignored == sum(int((mask == 255).sum()) for mask in real[0]) > 0
    assert confusion.matrix.sum() == truth.size
    for i in range(classes):
        true, said = truth == i, found == i
        both, either = (true & said).sum(), (true | said).sum()
        by_hand = [both / either, 2 * both / (true.sum() + said.sum()), both / said.sum() if said.any() else np.nan,
                   both / true.sum() if true.any() else np.nan] if either else [np.nan] * 4
        assert [getattr(confusion, name)[i] for name in MEASURES] == pytest.approx(by_hand, nan_ok=True), i
    assert confusion.pixel_accuracy == pytest.approx((truth == found).mean())
    assert confusion.mean_iou == pytest.approx(np.nanmean(confusion.iou)) and np.isnan(confusion.iou).sum() == 1


def test_real_masks_as_scikit_learn(real):
    sklearn = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed")
    confusion, (truth, found), labels = counted(real), flat(real), [*range(real[2])]
    assert (confusion.matrix == sklearn.confusion_matrix(truth, found, labels=labels)).all()
    precision, recall, f1, _ = sklearn.precision_recall_fscore_support(truth, found, labels=labels, zero_division=np.nan)
    occurs = ~np.isnan(confusion.iou)
    assert confusion.iou[occurs] == pytest.approx(sklearn.jaccard_score(truth, found, labels=np.flatnonzero(occurs), average=None))
    assert confusion.dice == pytest.approx(f1, nan_ok=True)
    assert confusion.precision == pytest.approx(precision, nan_ok=True) and confusion.recall == pytest.approx(recall, nan_ok=True)


def test_real_masks_as_torchmetrics(real):
    "Its mean counts a class that occurs nowhere as absent_score, so that class by class is compared."
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    torchmetrics = pytest.importorskip("torchmetrics", reason="torchmetrics is not installed")
    confusion, classes = counted(real), real[2]
    matrix = torchmetrics.ConfusionMatrix(task="multiclass", num_classes=classes, ignore_index=255)
    jaccard = torchmetrics.JaccardIndex(task="multiclass", num_classes=classes, ignore_index=255, average="none")
    accuracy = torchmetrics.Accuracy(task="multiclass", num_classes=classes, ignore_index=255, average="micro")
    for truth, found in zip(*real[:2]):
        pair = torch.tensor(found.astype(int)), torch.tensor(truth.astype(int))
        for metric in (matrix, jaccard, accuracy): metric.update(*pair)
    assert (matrix.compute().numpy() == confusion.matrix).all()
    occurs = ~np.isnan(confusion.iou)
    assert jaccard.compute().numpy()[occurs] == pytest.approx(confusion.iou[occurs], abs=1e-6)
    assert float(accuracy.compute()) == pytest.approx(confusion.pixel_accuracy, abs=1e-6)


def test_real_masks_as_the_scripts_of_cityscapes(real):
    evaluation = pytest.importorskip("cityscapesscripts.evaluation.evalPixelLevelSemanticLabeling", reason="cityscapesScripts is not installed")
    from cityscapesscripts.helpers.labels import id2label

    confusion, (truth, found), classes = counted(real), flat(real), [i for i in id2label if i >= 0 and not id2label[i].ignoreInEval][:real[2]]
    if len(classes) < real[2]: pytest.skip("more classes than Cityscapes evaluates")
    size = max(id2label) + 1
    matrix, ids = np.zeros((size, size), np.ulonglong), np.array(classes)
    np.add.at(matrix, (ids[truth], ids[found]), 1)
    scores = [evaluation.getIouScoreForLabel(i, matrix, evaluation.args) for i in classes]
    assert scores == pytest.approx(confusion.iou, nan_ok=True)
    assert evaluation.getScoreAverage(dict(enumerate(scores)), evaluation.args) == pytest.approx(confusion.mean_iou)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.integers(0, 2**32 - 1), st.sampled_from(["uint8", "uint16", "int32", "int64", "float32"]))
def test_batches_images_and_sums_are_one(classes, seed, dtype):
    "In one batch, one by one, and joined: the same; rows are truth, and the table of the exchanged is the transposed one."
    draw = np.random.default_rng(seed)
    truth, found = draw.integers(0, classes, (2, 3, 4, 5, 1)).astype(dtype)
    whole = Confusion(classes).add(truth, found)
    one_by_one = Confusion(classes)
    for pair in zip(truth, found[..., 0]): one_by_one.add(*pair)
    joined = Confusion(classes).add(truth[:1], found[:1]) + Confusion(classes).add(truth[1:], found[1:])
    assert (whole.matrix == one_by_one.matrix).all() and (whole.matrix == joined.matrix).all()
    assert (Confusion(classes).add(found, truth).matrix == whole.matrix.T).all()
    assert whole.matrix.sum() == truth.size and whole.matrix[truth[0, 0, 0, 0].astype(int), found[0, 0, 0, 0].astype(int)] > 0


def test_more_pixels_than_are_taken_at_once():
    truth = np.arange(_AT_ONCE + 7, dtype=np.uint32) % 3
    assert count_confusion(truth.astype(np.uint8), np.zeros(truth.size, np.uint8), 3).sum(1).tolist() == np.bincount(truth).tolist()


def test_one_pixel_and_none():
    one = Confusion(2).add([[[[1]]]], [[[[1]]]])
    assert one.mean_iou == one.pixel_accuracy == one.mean_dice == 1.0 and math.isnan(one.iou[0])
    none = Confusion(2).add(np.zeros((0, 4, 4, 1), np.uint8), np.zeros((0, 4, 4), np.uint8))
    assert none.ignored == 0 and math.isnan(none.mean_iou) and repr(none).endswith("mean IoU -)")


def test_everything_ignored():
    confusion = Confusion(LabelMap(("a", "b"), ignore_label=9)).add(np.full((2, 3, 3, 1), 9), np.full((2, 3, 3, 1), 77))
    assert confusion.ignored == 18 and confusion.matrix.sum() == 0 and math.isnan(confusion.pixel_accuracy)
    assert json.loads(json.dumps(confusion.as_dict(), allow_nan=False))["mean_iou"] is None


@pytest.mark.parametrize("truth, found, text", [
    ([[5]], [[0]], "id 5 in 1 pixels of the truth; wanted 0 to 2, as there are 3 classes, or the ignore label"),
    ([[0]], [[255]], "id 255 in 1 pixels of the prediction; wanted 0 to 2, as there are 3 classes$"),
    ([[-1, -1]], [[0, 0]], "id -1 in 2 pixels of the truth")])
def test_ids_beyond_the_classes(truth, found, text):
    confusion = Confusion(3)
    with pytest.raises(DataError, match=text): confusion.add(truth, found)
    assert confusion.matrix.sum() == 0 and confusion.ignored == 0


@pytest.mark.parametrize("truth, found, text", [
    (np.zeros((2, 4, 4, 1)), np.zeros((2, 4, 4, 5)), r"wanted ids of one shape \(scores become ids by argmax"),
    (np.zeros((4, 6)), np.zeros((6, 4)), "one shape"), (np.zeros(4), np.full(4, 0.25), "prediction holds 0.25"),
    (np.array([np.nan]), np.zeros(1), "truth holds nan")])
def test_what_is_not_ids(truth, found, text):
    with pytest.raises(ValueError, match=text): Confusion(5).add(truth, found)
    with pytest.raises(TypeError, match="wanted class ids"): Confusion(5).add(np.array(["a"]), np.zeros(1))


def test_names_are_one_each():
    "Nothing is lost in a dict by name, and a figure of odd names is drawn."
    labels = as_labels(["a", "", "a", "$x_"])
    assert labels.class_names == ("a 0", "1", "a 2", "$x_") and len(Confusion(labels).as_dict()["classes"]) == 4
    Confusion(labels).add([0, 1, 2, 3], [0, 1, 2, 3]).plot().canvas.draw()
    assert class_iou(np.eye(2)).tolist() == [1, 1]


def test_no_tensorflow():
    code = "import sys, numpy as np; from tfrseg.training.metrics import Confusion; Confusion(2).add([1], [0]).mean_iou; print({'tensorflow', 'keras'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
