"""The gallery shows every operation."""
import ast
import json

import pytest
from conftest import ROOT

import tfrseg

CELLS = {cell["id"]: cell for cell in json.loads((ROOT / "nbs" / "gallery.ipynb").read_text(encoding="utf-8"))["cells"]}
LISTS = {name: cell for name, cell in CELLS.items() if name.endswith("-list")}
NO_OPERATIONS = {"Operation", "apply_aug_train", "bind_targets"}  # of the front door of the augmenter


def rows_of(cell):
    "(seed, call, line) of a list of the gallery."
    return ast.literal_eval("".join(cell["source"]).partition(" = ")[2])


def test_every_operation_is_in_the_gallery():
    shown = {call.partition("(")[0] for cell in LISTS.values() for _, call, _ in rows_of(cell)}
    assert shown == {*tfrseg._EXPORTS["augmenter"]} - NO_OPERATIONS


@pytest.mark.parametrize("name", LISTS)
def test_each_has_a_picture_a_line_and_a_link(name):
    "The saved output is that of the list."
    output = "".join(CELLS[name.replace("-list", "-see")]["outputs"][0]["data"]["text/html"])
    for _, call, line in rows_of(LISTS[name]):
        operation = call.partition("(")[0]
        assert f'alt="{operation}: ' in output and 10 < len(line) < 90, call
        assert f".ipynb#{operation}" in output
    assert output.count("<img ") == len(rows_of(LISTS[name]))
