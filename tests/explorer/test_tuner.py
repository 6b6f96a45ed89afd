"""The explorer of augmentations without a browser: rows, controls, messages, code."""
import json
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache

import numpy as np
import pytest
from operations import INSTANCES, in_graphs

import tfrseg
from tfrseg.augmenter.bands import BandJitter, OnBands
from tfrseg.augmenter.color import ColorJitter, ToGray
from tfrseg.augmenter.compose import Compose, OneOf, RandomApply, SomeOf
from tfrseg.augmenter.from_numpy import FromNumpy
from tfrseg.augmenter.geometry import RandomClassCrop, RandomCrop, RandomFlip, RandomRotate90
from tfrseg.augmenter.noise import CutOut
from tfrseg.augmenter.operation import Operation, operation_kinds
from tfrseg.augmenter.parameters import accepts, parameters_of, with_defaults
from tfrseg.augmenter.presets import PRESETS
from tfrseg.augmenter.warp import RandomAffine, RandomRotation, RandomScale
from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card
from tfrseg.explorer.tuner import MODES, _new, _told, explore_augment, rows_of
from tfrseg.explorer.viewer import class_table

CLASSES = class_table(CARD_CLASSES, CARD_PALETTE)
KINDS = [kind for name, kind in sorted(operation_kinds().items()) if is_dataclass(kind) and kind.__module__.startswith("tfrseg.") and name[0] != "_"]


card = lru_cache(maxsize=None)(lambda k: make_card(k, (90, 120)))


def cards(count=3): return [dict(card(k)) for k in range(count)]


def tuned(*operations, data=None, **options):
    "An explorer that lists what it sends."
    explorer = explore_augment(cards() if data is None else data, list(operations) or None, **options)
    explorer.sent = []
    explorer.send = lambda message, buffers=(): explorer.sent.append((message, buffers))
    return explorer


def ask(explorer, do, place=None, **asked):
    row = {} if place is None else {"row": explorer._rows[place].number}
    explorer._on_message(json.loads(json.dumps({"tune": {"do": do, **row, **asked}})))


def controls_of(op): return {c["name"]: c for c in _told(rows_of([op]), CLASSES)[0]["controls"]}


@pytest.mark.parametrize("op", in_graphs(INSTANCES))
def test_rows_and_the_panel_hold_every_operation(op):
    "Rows make the operation again, what the panel is told is JSON, and what it would send back changes nothing."
    rows = rows_of([op])
    assert rows.operations() == (op,)
    told = json.loads(json.dumps(_told(rows, CLASSES)))
    assert told[0]["doc"].endswith(".")
    explorer = tuned(op)
    explorer._push = lambda heard=0: None  # no pictures: those of the tests below
    for control in told[0]["controls"]:
        assert control["tip"], f"{control['name']}: no comment"
        if control["control"] != "rows": ask(explorer, "set", 0, name=control["name"], value=control["value"])
    explorer._show_panel()
    assert explorer.operation.operations == (op,) and not explorer.panel["rows"][0]["error"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_control_offers_what_the_operation_refuses(kind):
    "Both ends of each slider are taken, the step leads to the last, and what the comment excludes is refused."
    if kind in (FromNumpy, Compose): return
    op = _new(kind.__name__)
    for name, control in controls_of(op).items():
        if control["control"] in ("choice", "set"):
            for value, _ in control["choices"]: assert accepts(op, **{name: (value,) if control["control"] == "set" else value}), (name, value)
        if control["control"] not in ("number", "numbers", "range"): continue
        low, high = control["low"], control["high"]
        pair = (lambda a, b: (a, b)) if control["control"] != "number" else (lambda a, b: a)
        for ends in ((low, low), (high, high), (low, high)): assert accepts(op, **{name: pair(*ends)}), (name, ends)
        assert low <= np.min(control["value"]) <= np.max(control["value"]) <= high
        if not control["log"]: assert abs((high - low) / control["step"] % 1 - 0.5) > 0.499, (name, low, high, control["step"])
        for end, beyond in ((control["least"], -1e-3), (control["most"], 1e-3)):
            if end is not None and "above" not in control["tip"]:
                outside = end + (round(np.sign(beyond)) if control["whole"] else beyond)
                assert not accepts(op, **{name: pair(outside, outside)}), f"{kind.__name__}.{name} takes {outside}; its comment: {control['tip']}"


def test_labels_say_units_and_ends():
    told = {f"{type(op).__name__}.{name}": c for op in (RandomScale(), RandomRotation(), RandomCrop(), RandomAffine(), CutOut(), RandomRotate90(), SomeOf((RandomFlip(),) * 3),
                                                        RandomClassCrop(classes=(1, 4))) for name, c in controls_of(op).items()}
    assert told["RandomScale.scale"]["control"] == "range" and told["RandomScale.scale"]["log"] and told["RandomScale.scale"]["unit"] == "factor"
    assert told["RandomScale.interpolation"]["choices"] == [[word, word] for word in ("bilinear", "bicubic", "area")]
    assert (told["RandomCrop.size"]["ends"], told["RandomCrop.size"]["unit"]) == (["height", "width"], "pixels")
    assert told["RandomAffine.shift"]["ends"] == ["height", "width"] and told["RandomRotation.degrees"]["unit"] == ""
    assert told["CutOut.mask_fill"]["choices"][:2] == [[None, "as it was"], [0, "background"]] and told["CutOut.mask_fill"]["choices"][-1] == [255, "ignored"]
    assert told["RandomRotate90.turns"]["control"] == "set" and told["SomeOf.count"]["high"] == 3
    assert told["RandomClassCrop.classes"]["choices"][4] == [4, CARD_CLASSES[4]]
    assert controls_of(RandomRotate90((0, 1, 1)))["turns"]["control"] == "text", "a weight that buttons would lose"


@dataclass(frozen=True)
class Own(Operation):
    "One of a user, without a word about its fields."
    strength: float = 0.5
    bounds: tuple[float, float] = (1.0, 3.0)
    deep: bool = False
    more: dict = ()

    def __post_init__(self):
        if not 0.25 <= self.strength or not 0 < self.bounds[0] <= self.bounds[1] < 5: raise ValueError(f"Own: {self.strength}, {self.bounds}")

    def apply(self, sample, seed): return sample


def test_an_operation_of_a_user():
    "Its sliders offer what it takes, found by trying; it can be added by name, and its code names its module."
    told = controls_of(Own())
    assert (round(told["strength"]["low"], 3), told["strength"]["high"]) == (0.25, 1) and told["bounds"]["control"] == "range"
    assert 0 < told["bounds"]["low"] < 0.01 and 4.99 < told["bounds"]["high"] < 5
    assert (told["deep"]["control"], told["more"]["control"]) == ("check", "text")
    explorer = tuned(RandomFlip())
    ask(explorer, "add", kind="Own")
    assert explorer.operation.operations == (RandomFlip(), Own()) and f"from {__name__} import Own" in explorer.code


def test_the_list_is_changed_by_messages():
    "Add, mute, move, remove, operations inside of others, presets; the code always makes what is shown."
    explorer = tuned(RandomFlip(), RandomCrop((40, 50)))
    ask(explorer, "add", kind="OneOf")
    ask(explorer, "add", 2, name="operations", kind="RandomCrop")
    assert explorer.operation.operations[2] == OneOf((RandomFlip(), RandomRotate90(), RandomCrop((40, 50)))), "the size that the list has"
    inner = explorer._rows[2].values["operations"]
    explorer._on_message({"tune": {"do": "remove", "row": inner[0].number}})
    explorer._on_message({"tune": {"do": "move", "row": inner[1].number, "by": -5}})
    ask(explorer, "move", 2, by=-1)
    ask(explorer, "mute", 0, on=True)
    assert explorer.operation.operations == (Compose(), OneOf((RandomCrop((40, 50)), RandomRotate90())), RandomCrop((40, 50)))
    ask(explorer, "add", kind="RandomApply")
    ask(explorer, "add", 3, name="operation", kind="ToGray")
    only = explorer._rows[3].values["operation"]
    explorer._on_message({"tune": {"do": "remove", "row": only[0].number}})
    assert explorer.operation.operations[3] == RandomApply(ToGray()), "what holds one always holds one"
    made = {}
    exec(explorer.code, made)
    assert tuple(made["augment"]) == explorer.operation.operations and "# muted: RandomFlip()" in explorer.code
    ask(explorer, "preset", kind="origin")
    assert explorer.code.endswith("augment = origin((40, 50))")
    for message, _ in explorer.sent: json.dumps({k: v for k, v in message.items() if k != "record"})


def test_muting_leaves_all_other_draws():
    explorer = tuned(RandomFlip(0.5, 0.5), ColorJitter(), CutOut(3, fill=9), seed=4)
    alone = explorer.operation.explain(cards()[0], 4)
    explorer.mute(1)
    assert [step.drawn for step in explorer.operation.explain(cards()[0], 4)] == [alone[0].drawn, alone[2].drawn]
    explorer.mute(1, False)
    assert explorer.operation.explain(cards()[0], 4) == alone


@pytest.mark.parametrize("name", [pytest.param(name, marks=[] if name in ("natural", "origin") else pytest.mark.slow) for name in PRESETS])
def test_pasted_code_gives_the_pixels_that_were_seen(name):
    "A preset by its name, and once it is changed as a list; at the same seed."
    for change in (False, True):
        explorer, made = tuned(data=cards(), seed=11), {}
        ask(explorer, "preset", kind=name)
        if change: explorer.change(0, **{parameters_of(type(explorer._rows[0].valid))[0].name: explorer._rows[0].values[parameters_of(type(explorer._rows[0].valid))[0].name]})
        if change: explorer.mute(1)
        exec(explorer.code, made)
        assert (f"augment = {name}((90, 120))" in explorer.code) != change
        augment = made["augment"] if isinstance(made["augment"], Operation) else Compose(made["augment"])
        for key in ("image", "mask"):
            assert (np.asarray(augment(cards()[1], 11)[key]) == np.asarray(explorer.load(1)["pictures"][1][key])).all()


def test_what_is_refused_stands_at_its_row_and_changes_nothing():
    explorer = tuned(RandomScale(), CutOut())
    before = explorer.operation
    explorer.sent.clear()
    ask(explorer, "set", 0, name="scale", value=[3, 1], n=7)
    assert explorer.panel["rows"][0]["error"] == "RandomScale: scale=(3.0, 1.0); wanted (low, high), the lower first, within 0.05 to 20"
    assert explorer.operation == before and [message for message, _ in explorer.sent] == [{"heard": 7}], "no picture, but an answer"
    ask(explorer, "set", 1, name="mask_fill", value="x(")
    assert "is not a value of Python" in explorer.panel["rows"][1]["error"]
    ask(explorer, "set", 1, name="mask_fill", value=3)
    ask(explorer, "set", 0, name="scale", value=[1, 3])
    assert [row["error"] for row in explorer.panel["rows"]] == ["", ""] and explorer.operation.operations == (RandomScale((1.0, 3.0)), CutOut(mask_fill=3))
    with pytest.raises(ValueError, match="probability=2"): explorer.change(0, probability=2)


def test_what_the_image_does_not_suit_stands_at_its_row():
    "The picture before stays; with the operation gone, all is well."
    explorer = tuned(RandomFlip(), ToGray(1.0), data={"image": np.zeros((9, 9, 5), np.uint8)})
    explorer._on_message({"load": 0})
    assert len(explorer.sent[0][0]["record"]["pictures"]) == 1
    assert explorer.panel["rows"][1]["error"].startswith("ToGray: image of 5 channels")
    explorer.remove(1)
    assert [row["error"] for row in explorer.panel["rows"]] == [""] and len(explorer.load(0)["pictures"]) == 2
    explorer.mode = "nine draws"
    ask(explorer, "add", kind="ToGray")
    ask(explorer, "set", 1, name="probability", value=1)
    assert "5 channels" in explorer.sent[-2][0]["record"]["error"] if "record" in explorer.sent[-2][0] else "5 channels" in explorer.panel["rows"][1]["error"]


def test_only_what_changed_is_sent():
    "The picture before goes once; what was drawn comes after the picture."
    explorer = tuned(RandomFlip(1.0), RandomCrop((30, 30)))
    explorer._on_message({"load": 1})
    ask(explorer, "set", 0, name="horizontal", value=0.5, n=3)
    (full, buffers), (said, _), (push, fewer), (later, _) = explorer.sent
    assert len(full["record"]["pictures"]) == 2 and len(buffers) == 4 and "note" not in full["record"]
    assert said["told"]["note"].startswith("seed 0") and len(said["told"]["frame"]) == 4
    assert push["record"]["pictures"][0] == {"kept": full["record"]["pictures"][0]["kept"], "same": True}
    assert len(fewer) == 2 and (push["heard"], push["record"]["answer"], push["push"]) == (3, 3, True)
    assert sum(map(len, fewer)) < sum(map(len, buffers)) / 3 and "note" in later["told"]


def test_other_views():
    "Nine seeds in a row; a batch of several records, or a word that there is none."
    explorer = tuned(RandomCrop((30, 40)))
    ask(explorer, "mode", value=1)
    assert [p["title"] for p in explorer.load(0)["pictures"]] == [f"seed {k}" for k in range(9)]
    ask(explorer, "mode", value=2)
    record = explorer.load(1)
    assert [p["title"].split(" ")[0] for p in record["pictures"]] == [f"card-000{(1 + k) % 3}" for k in range(9)]
    assert record["note"] == "a batch of 9 images of 30 x 40 pixels"
    ask(explorer, "add", kind="RandomRotate90")
    assert explorer.load(0)["note"].startswith("no batch: images of ")
    for wrong in (3, -1, "x", True, None): ask(explorer, "mode", value=wrong)
    assert explorer.mode == "batch"
    with pytest.raises(ValueError, match="wanted one of before"): explorer.mode = "after"
    explorer.mode = MODES[0]
    assert len(explorer.load(0)["pictures"]) == 2


def test_odd_messages_do_nothing():
    explorer = tuned(RandomFlip(), RandomCrop((40, 50)))
    before = explorer.operation
    for tune in ({}, {"do": "nothing"}, {"do": "set"}, {"do": "set", "row": 10**9, "name": "horizontal", "value": 1}, {"do": "__init__"}, {"do": ["set"], "row": []},
                 {"do": "add", "kind": "_Kind"}, {"do": "add", "kind": "Operation"}, {"do": "add", "kind": 3}, {"do": "preset", "kind": "x"}, {"do": "seed", "value": "x"},
                 {"do": "seed", "value": True}, {"do": "back"}, {"do": "add", "kind": "FromNumpy"}):
        explorer._on_message({"tune": tune})
    for name in ("valid", "__class__", None, ["horizontal"]): ask(explorer, "set", 0, name=name, value=1)
    ask(explorer, "move", 0, by="x")
    ask(explorer, "move", 0, by=-9)
    assert (explorer.operation, explorer.seed) == (before, 0)


def test_seeds_go_and_come_back():
    explorer = tuned(RandomFlip())
    ask(explorer, "seed", value=5)
    ask(explorer, "dice")
    assert explorer.panel["back"] and 0 <= explorer.seed < 2**31
    ask(explorer, "back")
    ask(explorer, "back")
    assert explorer.seed == 0 and not explorer.panel["back"]


def test_every_operation_of_the_house_can_be_added_and_shown():
    "With its defaults, on a card: each gives a picture or says why not."
    explorer = tuned(RandomFlip())
    offered = {name for group in explorer.meta["tuner"]["menu"].values() for name, _ in group}
    front = {name for name in tfrseg.__all__ if isinstance(getattr(tfrseg, name), type) and issubclass(getattr(tfrseg, name), Operation)}
    assert front - {"Operation", "FromNumpy"} <= offered
    for name in sorted(front - {"Operation", "FromNumpy", "RandAugment"}):
        with pytest.MonkeyPatch.context() as patch:  # one picture an operation
            patch.setattr(explorer, "_push", lambda heard=0: None)
            ask(explorer, "add", kind=name)
        explorer._on_message({"tune": {"do": "remove", "row": explorer._rows[0].number}})
        assert type(explorer.operation.operations[0]).__name__ == name and not explorer.panel["rows"][0]["error"] and not explorer.panel["fault"]
    assert OnBands((2, 1, 0), ToGray(1.0)) == _new("OnBands") and with_defaults(BandJitter) == BandJitter()
    assert not [f for f in fields(RandomFlip) if f.name not in {p.name for p in parameters_of(RandomFlip)}]
