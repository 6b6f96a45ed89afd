"Components of masks against OpenCV's, and against a flood that takes pixel by pixel."
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfrseg.storage.components import find_components, reassign_component


def flooded(ids):
    "Numbers of components by a flood of each, in the order of first pixels."
    numbers, count = np.full(ids.shape, -1), 0
    for start in np.ndindex(ids.shape):
        if numbers[start] >= 0: continue
        todo = [start]
        while todo:
            y, x = todo.pop()
            if not (0 <= y < ids.shape[0] and 0 <= x < ids.shape[1]) or numbers[y, x] >= 0 or ids[y, x] != ids[start]: continue
            numbers[y, x] = count
            todo += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
        count += 1
    return numbers


@given(arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 2)))
def test_as_by_a_flood(ids):
    found = find_components(ids)
    assert (found.numbers == flooded(ids)).all()
    assert (found.ids[found.numbers] == ids).all() and (found.pixels == np.bincount(found.numbers.ravel())).all()


@pytest.mark.parametrize("classes", (2, 5))
def test_as_by_opencv(classes):
    cv2 = pytest.importorskip("cv2", reason="wants OpenCV: pip install -e '.[fast]'")
    ids = np.random.default_rng(classes).integers(0, classes, (150, 211)).astype(np.uint16)
    found = find_components(ids[..., None])
    for label in range(classes):
        count, _, stats, _ = cv2.connectedComponentsWithStats((ids == label).astype(np.uint8), connectivity=4)
        assert sorted(found.pixels[found.ids == label]) == sorted(stats[1:count, 4])


def test_a_long_snake_is_one():
    snake = np.zeros((199, 200), np.uint8)
    snake[::2], snake[1::4, -1], snake[3::4, 0] = 1, 1, 1
    found = find_components(snake)
    assert (found.ids == 1).sum() == 1
    assert (reassign_component(snake[..., None], 0, 0, 9) == 9).sum() == (snake == 1).sum()
