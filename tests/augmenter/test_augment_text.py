"""Presets and operations as a command line says them: what is printed can be read back, and nothing is run."""
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from operations import INSTANCES, names

from tfrseg.augmenter.color import Normalize
from tfrseg.augmenter.compose import Compose
from tfrseg.augmenter.geometry import RandomCrop, RandomFlip
from tfrseg.augmenter.presets import PRESETS, operations_by_text, preset_by_name
from tfrseg.augmenter.listing import as_code


@pytest.mark.parametrize("name, make", PRESETS.items())
@pytest.mark.parametrize("text, size", (("", (256, 256)), (":64", (64, 64)), (":256x384", (256, 384)), (": 64x96 ", (64, 96)), (":0064", (64, 64))))
def test_a_preset_and_its_size(name, make, text, size):
    assert preset_by_name(name + text) == operations_by_text(f" {name}{text}") == make(size)


@pytest.mark.parametrize("text", ("", "nature", "nature:256", "natural:", "natural:x", "natural:256x", "natural:0", "natural:256x0",
                                  "natural:-5", "natural:1.5", "natural:64x64x3", "natural 256"))
def test_what_is_no_preset_lists_them(text):
    for read in (preset_by_name, operations_by_text):
        with pytest.raises(ValueError) as error: read(text)
        assert all(name in str(error.value) for name in PRESETS) and "natural:256" in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("op", INSTANCES, ids=names(INSTANCES))
def test_what_is_printed_is_read_back(op):
    assert operations_by_text(repr(op)) == operations_by_text(as_code(op)) == op


def test_several_and_short_forms():
    chain = Compose((RandomFlip(), RandomCrop((64, 96))))
    for text in ("RandomFlip(), RandomCrop((64, 96))", "[RandomFlip(), RandomCrop([64, 96])]", "RandomFlip, RandomCrop(size=(64, 96))",
                 as_code(list(chain.operations))):
        assert operations_by_text(text) == chain
    assert operations_by_text("RandomFlip") == RandomFlip()
    assert operations_by_text("OnBands(('red', 2), BandJitter())").bands == ("red", 2)
    assert operations_by_text("natural((64, 64)), Normalize()") == Compose((PRESETS["natural"]((64, 64)), Normalize()))


@pytest.mark.parametrize("text, said", (
    ("RandomFlop()", "no operation or preset 'RandomFlop'"), ("RandomFlip(2)", "horizontal=2"), ("RandomFlip(hor=1)", "RandomFlip: "),
    ("RandomCrop(64)", "RandomCrop: "), ("RandomFlip(", "wanted a preset such as natural:256"), ("tf.abs(1)", "wanted a preset"),
    ("RandomFlip(x)", "'x' is not a value"), ("__import__('os').getcwd()", "wanted a preset"), ("RandomFlip(*[1])", "is not a value"),
    ("RandomFlip(print(1))", "no operation or preset 'print'"), ("3", "wanted a preset"), ("Compose((1,))", "1 is not an Operation"),
    ("RandomFlip() + RandomCrop()", "wanted a preset"), ("(" * 300, "wanted a preset")))
def test_what_cannot_be_read_is_said(text, said):
    with pytest.raises(ValueError) as error: operations_by_text(text)
    assert said in str(error.value) and "\n" not in str(error.value)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("RandomFlipCrop()[]{},.:x=*'\" 0123456789\\\n+-naturl"), max_size=40))
def test_any_text_is_read_or_refused_in_one_error(text):
    try: operations_by_text(text)
    except ValueError as e: assert repr(text) in str(e) or "\n" not in str(e)
