"Where classes lie, over several samples."
import numpy as np

from tfrseg.explorer.summary import mean_maps


def test_classes_that_overlap_and_occur_nowhere_have_no_map():
    "As for ids: a class has a map where one of the samples holds it."
    masks = np.array([[[1, 3], [0, 2]], [[1, 0], [0, 0]]], np.uint8)[..., None]
    samples = [{"image": np.zeros((2, 2, 3), np.uint8), "mask": mask} for mask in masks]
    _, shares = mean_maps(samples, (2, 2), classes=4)
    assert {k: share.tolist() for k, share in shares.items()} == {0: [[1, 0.5], [0, 0]], 1: [[0, 0.5], [0, 0.5]]}
