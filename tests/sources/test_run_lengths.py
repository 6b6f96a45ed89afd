"""Run lengths in tables, as of Kaggle."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import H, W, masks_of, save_text, write_images
from annotation_scenes import as_runs

from tfrseg.core import DataError
from tfrseg.sources.run_lengths import kaggle_rle_source, read_runs


# Run lengths

@given(st.integers(0, 2**32), st.sampled_from(("columns", "rows")), st.sampled_from((0, 1)))
@settings(deadline=None)
def test_run_lengths_of_any_mask_come_back(seed, order, first):
    bits = np.random.default_rng(seed).random((7, 5)) < 0.5
    bits[3, 2] = True
    assert (read_runs(as_runs(bits, order, first), bits.shape, order, first) == bits).all()


def rle_set(root, text, name="train.csv"):
    write_images(root / "train")
    save_text(root / name, text)
    return root


@pytest.mark.fault("run lengths that go along the rows, read as if down the columns",
                   "a mask of the same size that looks like rain",
                   "the table itself tells by its steps: refused, with the option")
def test_run_lengths_are_never_transposed(tmp_path):
    blob = np.zeros((H, W), bool)
    blob[10:40, 20:60] = True
    for order, other in (("columns", "rows"), ("rows", "columns")):
        root = rle_set(tmp_path / order, f"ImageId,EncodedPixels\ncard-0.jpg,{as_runs(blob, order)}\n")
        with pytest.raises(DataError, match=f"--option order={order}"): kaggle_rle_source(root, order=other)
        source = kaggle_rle_source(root, order=order)
        assert (masks_of(source)[0] == blob).all() and any("pixels are counted from 1" in line
                                                           for line in source.assumptions)


def test_empty_cells_are_images_without_objects(tmp_path):
    source = kaggle_rle_source(rle_set(tmp_path, "ImageId,EncodedPixels\ncard-0.jpg,1 "
                                                 "5\ncard-1.jpg,\ncard-2.jpg, -1\n"))
    assert [int(m.sum()) for m in masks_of(source)] == [5, 0, 0]


def test_rows_of_one_image_are_its_objects(tmp_path):
    source = kaggle_rle_source(rle_set(tmp_path, "ImageId,EncodedPixels\ncard-0,1 5\ncard-0,10 3\n"))
    assert len(source) == 1 and masks_of(source)[0].sum() == 8


def test_images_without_a_row_are_told(tmp_path):
    root = rle_set(tmp_path, "ImageId_ClassId,EncodedPixels\ncard-0.jpg_3,1 5\ncard-0.jpg_1,\n")
    source = kaggle_rle_source(root)
    assert len(source) == 1 and source.class_names == ("background", "class 1", "class 3")
    assert any("images without a row, which are left out: 2" in line and "unlisted=background" in line
               for line in source.assumptions)
    assert [int(m.max()) for m in masks_of(kaggle_rle_source(root, unlisted="background"))] == [2, 0, 0]


@pytest.mark.parametrize("row, said", (("card-0.jpg,1 2 3", "line 2: 3 numbers"),
                                       (f"card-0.jpg,{H * W} 2", "to pixel 4801; the image has 60 x 80"),
                                       ("card-0.jpg,0 2", "--option first=0"),
                                       ("card-0.jpg,9 2 1 2", "line 2: runs that go back"),
                                       ("card-9.jpg,1 2", "line 2: no image 'card-9.jpg'"),
                                       ("card-0.jpg,1 -2", "a length of -2"),
                                       ("card-0.jpg,a b", "line 2: not understood"),
                                       ("card-0.jpg,99999999999999999999 1", "line 2: a number of 20 digits"),
                                       ("card-0.jpg,1 2,3", "train.csv, line 2: 3 cells")))
def test_bad_run_lengths(tmp_path, row, said):
    with pytest.raises(DataError) as caught:
        kaggle_rle_source(rle_set(tmp_path, f"ImageId,EncodedPixels\n{row}\ncard-1.jpg,1 2\n"))
    assert said in str(caught.value) and "train.csv" in str(caught.value)


def test_a_submission_is_not_the_truth(tmp_path):
    root = rle_set(tmp_path, "ImageId,EncodedPixels\ncard-0.jpg,1 5\n")
    save_text(root / "sample_submission.csv", "ImageId,EncodedPixels\ncard-1.jpg,1 1\n")
    assert [p.name for p in kaggle_rle_source(root).pairs] == ["train/card-0"]
    save_text(root / "second.csv", "ImageId,EncodedPixels\ncard-1.jpg,1 1\n")
    with pytest.raises(DataError, match="2 tables of run lengths, such as second.csv and train.csv. Read "
                                        "one: tfrseg write --layout kaggle_rle"):
        kaggle_rle_source(root)
