"""Cuts copied by NumPy and by OpenCV: the pixels that TensorFlow takes, to the last bit, and memory that nobody else holds."""
import gc
from functools import lru_cache
from itertools import product

import numpy as np
import pytest

from tfrseg.augmenter import kernel
from tfrseg.augmenter.compose import Compose, OneOf, RandomApply, SomeOf
from tfrseg.augmenter.geometry import CropOrPad, PadToSize, RandomCrop, RandomFlip, RandomRotate90, RandomShift
from tfrseg.augmenter.kernel import MemoryPool, copy_cut, turn_pixels
from tfrseg.augmenter.presets import RandomShiftCrop
from tfrseg.augmenter.regions import as_region
from tfrseg.augmenter.seeds import as_seed
from tfrseg.augmenter.window import cut_window, take_cut, whole_window

TURNS = (RandomFlip(0.5, 0.5), RandomRotate90())
WINDOWS = [Compose(op) for op in ((), (RandomFlip(1.0),), (RandomFlip(0.0, 1.0),), TURNS, (*TURNS, RandomCrop((17, 23))), (RandomCrop((90, 30)), *TURNS),
                                  (RandomShift(30, 40, 1.0), *TURNS, CropOrPad((40, 40))), (PadToSize((70, 80)), RandomShiftCrop((33, 41)), *TURNS),
                                  (OneOf(TURNS), RandomApply(RandomShift(60, 80, 1.0), 0.7)), SomeOf((*TURNS, RandomShift(9, 9, 1.0)), 2))]


@pytest.fixture(params=("opencv", "numpy", "opencv that fails", "opencv with memory of its own"))
def library(request, monkeypatch):
    "How pixels are turned."
    cv2 = None if request.param == "numpy" else pytest.importorskip("cv2")

    class Fails:
        error = ValueError if cv2 is None else cv2.error
        @staticmethod
        def flip(source, code, dst): raise cv2.error("no such dtype")
        @staticmethod
        def transpose(source, dst): raise cv2.error("no such dtype")

    class Allocates:
        error = Fails.error
        @staticmethod
        def flip(source, code, dst): return cv2.flip(source, code)
        @staticmethod
        def transpose(source, dst): return cv2.transpose(source)

    used = {"opencv": cv2, "numpy": None, "opencv that fails": Fails, "opencv with memory of its own": Allocates}[request.param]
    monkeypatch.setattr(kernel, "find_opencv", lambda: used)
    return request.param


def pixels_of(height, width, channels, dtype):
    "Noise that lies at an odd address, read-only, as in a mapped file."
    dtype = np.dtype(dtype)
    size = height * width * channels * dtype.itemsize
    data = np.random.default_rng(size).integers(0, 256, size + 1, dtype=np.uint8)
    data.flags.writeable = False
    return data[1:].view(dtype).reshape(height, width, channels)


@lru_cache(maxsize=None)
def taken(channels, dtype, size, k, seed):
    "(the numbers of a cut, what TensorFlow takes) of a window; made once, for all libraries."
    cut = cut_window(WINDOWS[k].transform_window(whole_window(size), as_seed(seed)), size)
    wanted, = take_cut([as_region(pixels_of(*size, channels, dtype))], cut, [200])
    return cut.pack().numpy().tolist(), wanted.numpy()


@pytest.mark.parametrize("channels, dtype", ((3, "uint8"), (1, "uint8"), (1, "uint16")))
@pytest.mark.parametrize("size", ((50, 60), (1, 1), (40, 1), (7, 90)))
def test_cuts_are_what_tensorflow_takes(library, channels, dtype, size):
    pixels = pixels_of(*size, channels, dtype)
    for op, seed in product(range(len(WINDOWS)), range(4)):
        numbers, wanted = taken(channels, dtype, size, op, seed)
        piece = pixels[numbers[0]:numbers[0] + numbers[2], numbers[1]:numbers[1] + numbers[3]]
        for kind in (dtype, "float32"):
            target = np.full(wanted.shape, 77, kind)
            copy_cut(piece, numbers, target, 200)
            assert (target == wanted).all(), (WINDOWS[op], seed, kind)


def test_ways_are_numpys(library):
    for way, channels in product(product((False, True), repeat=3), (1, 2, 3, 4)):
        source = pixels_of(9, 14, channels, "uint8")
        vertical, horizontal, transposed = way
        wanted = source[::-1 if vertical else 1, ::-1 if horizontal else 1]
        if transposed: wanted = wanted.transpose(1, 0, 2)
        target = np.zeros((30, 30, channels), np.uint8)
        turn_pixels(source, target[3:3 + wanted.shape[0], 5:5 + wanted.shape[1]], *way)
        assert (target[3:3 + wanted.shape[0], 5:5 + wanted.shape[1]] == wanted).all() and target.astype(int).sum() == wanted.astype(int).sum()


@pytest.mark.fault("an OpenCV that cannot be loaded (a system library is missing)", plain="ImportError", ours="NumPy does all, the same pixels")
def test_an_opencv_that_does_not_load(monkeypatch):
    import builtins
    real = builtins.__import__

    def broken(name, *rest):
        if name == "cv2": raise ImportError("libGL.so.1: cannot open shared object file")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", broken)
    kernel.find_opencv.cache_clear()
    try: assert kernel.find_opencv() is None
    finally: kernel.find_opencv.cache_clear()


def test_memory_is_not_used_while_anything_holds_it():
    memory = MemoryPool()
    held = [memory.take((4, 5), np.float32) for _ in range(50)]
    addresses = [array.ctypes.data for array in held]
    assert len(set(addresses)) == 50 and all(address % 64 == 0 for address in addresses)
    views = [array[1:, ::2].T for array in held]
    del held
    gc.collect()
    assert memory.take((4, 5), np.float32).ctypes.data not in addresses
    views.clear()
    gc.collect()
    assert memory.take((4, 5), np.float32).ctypes.data in addresses


def test_memory_of_about_that_size_is_used_again():
    memory = MemoryPool()
    address = memory.take((300, 300, 3), np.uint8).ctypes.data
    assert memory.take((310, 290, 3), np.uint8).ctypes.data == address     # as large, about
    assert memory.take((100, 300, 3), np.uint8).ctypes.data != address     # much too large for it
    assert memory.take((300, 300, 4), np.uint8).ctypes.data != address     # too small for it
    for size in range(1, 3000, 17): assert len(memory.take_block(size)) >= size
    assert len(memory._free) <= 8


def test_scratch_memory_goes_back(library):
    "Whatever a call takes for steps between, the next one has again, from any thread."
    source, pool = pixels_of(40, 50, 3, "uint8"), kernel._SCRATCH._free
    pool.clear()
    for _ in range(20): turn_pixels(source, np.empty((50, 40, 3), np.float32), True, False, True)
    assert 1 <= len(pool) <= 2
