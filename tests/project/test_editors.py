"""What an editor sees: stubs in step with the sources, and a type checker that finds what a user does wrong."""
import ast
import inspect
import re
import subprocess
import sys
from importlib import import_module

import pytest
from conftest import ROOT

ROOMS = ("storage", "sources", "writer", "augmenter", "reader", "training", "explorer")
DOORS = ("tfrseg", *(f"tfrseg.{room}" for room in ROOMS))


def stub_of(door: str) -> ast.Module:
    "The stub of a package, parsed."
    return ast.parse((ROOT / door.replace(".", "/") / "__init__.pyi").read_text(encoding="utf-8"))


def test_stubs_are_in_step():
    done = subprocess.run([sys.executable, "tools/stubs.py", "check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("door", DOORS)
def test_stubs_say_what_python_says(door):
    "Each name of a door has the parameters and the docstring that `help` shows, and so have its methods."
    package, stub = import_module(door), stub_of(door)
    handed_on = {alias.name for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names if alias.asname}
    values = {node.target.id for node in stub.body if isinstance(node, ast.AnnAssign)}
    values |= {node.targets[0].id for node in stub.body if isinstance(node, ast.Assign)}
    nodes = {node.name: node for node in stub.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    assert set(package.__all__) <= {*nodes, *values, *handed_on}
    for name, node in nodes.items():
        thing = getattr(package, name)
        assert_same(thing, node, f"{door}.{name}")
        for method in node.body if isinstance(node, ast.ClassDef) else []:
            if not isinstance(method, ast.FunctionDef) or method.name.startswith("_"): continue
            if any(ast.unparse(d).endswith(".setter") for d in method.decorator_list): continue
            assert_same(inspect.getattr_static(thing, method.name), method, f"{door}.{name}.{method.name}")


def assert_same(thing, node, where: str) -> None:
    "A stub's docstring and parameters are those at run time."
    function = getattr(thing, "fget", None) or getattr(thing, "__func__", thing)
    assert (ast.get_docstring(node) or "") == (thing.__doc__ or function.__doc__ or ""), where
    if not inspect.isfunction(function): return
    args = node.args
    names = [arg.arg for arg in (*args.posonlyargs, *args.args, *filter(None, [args.vararg]), *args.kwonlyargs, *filter(None, [args.kwarg]))]
    assert names == list(inspect.signature(function).parameters), where


VALID = """
from pathlib import Path

import tfrseg
from tfrseg.core import Pair
from tfrseg.storage.labels import LabelMap

folder = tfrseg.make_folder(Path("cards"), n=8, size=(96, 128))
source = tfrseg.folder_source(folder / "img", "cards/seg", class_names=list(tfrseg.CARD_CLASSES), ignore_label=255)
pair: tfrseg.Pair = Pair("a", folder / "img" / "card-0000.png", "cards/seg/card-0000.png")
sample = tfrseg.load_pair(pair, LabelMap(tfrseg.CARD_CLASSES, ignore_label=255))
splits = tfrseg.split_source(source, train=0.75, val=0.25)
plan = tfrseg.plan_shards(splits, "shards", schema=tfrseg.RAW_IDS, records_per_shard=4)
info = tfrseg.write_shards(plan, workers=2, show_progress=False)
print(len(source.pairs), sample["image"].shape, info.labels.num_classes, [finding.path for finding in tfrseg.check_shards("shards")])
augment = [tfrseg.RandomFlip(vertical=0.5), tfrseg.ColorJitter(hue=8), tfrseg.RandomCrop((64, 64))]
train = tfrseg.make_dataset(["shards"], "train", augment=augment, batch_size=2, seed=1, ignore_label=255)
test = tfrseg.make_dataset(Path("shards"), None, size=(64, 64), augment=tfrseg.OneOf(tuple(augment)), shuffle=False)
weights = tfrseg.class_weights(info, method="effective")
layer = tfrseg.Augment(tfrseg.Compose(tuple(augment)), seed=3)
loss = tfrseg.SegmentationLoss(weights, ignore_label=255, from_logits=True)
tfrseg.show_pair(sample, tfrseg.CARD_CLASSES).savefig("pair.png")
browser = tfrseg.explore_records("shards", split="val")
try: tfrseg.export_shards("shards", "shards", "voc")
except (tfrseg.DataError, FileExistsError) as error: print(error)
print(train.element_spec, test, layer, loss, browser, tfrseg.storage.load_image("pair.png").mean())
""".strip()

MISTAKES = {  # what is right, what is wrong, and what the checker says of it
    "a wrong type": ("batch_size=2", 'batch_size="2"', r'"batch_size" .*incompatible type "str"'),
    "a misspelt keyword": ("records_per_shard=4", "record_per_shard=4", r'Unexpected keyword argument "record_per_shard"'),
    "a missing argument": ('plan_shards(splits, "shards", ', "plan_shards(splits, ", r'Missing positional argument "out"|Too few arguments'),
    "a wrong type of a field": ("hue=8", 'hue="8"', r'"hue" to "ColorJitter" has incompatible type "str"'),
    "a name that is not there": ("tfrseg.class_weights(", "tfrseg.class_weight(", r'Module has no attribute "class_weight"'),
    "an attribute that is not there": ("info.labels", "info.classes", r'"DatasetInfo" has no attribute "classes"'),
    "a field that is not there": ("finding.path", "finding.file", r'"Finding" has no attribute "file"'),
    "a path that is none": ('"cards/seg"', "17", r'Argument 2 to "folder_source" has incompatible type "int"'),
    "a number of a name": ('split="val"', "split=1", r'"split" .*incompatible type "int"'),
}

CONFIG = """
[mypy]
python_executable = {python}
cache_dir = {cache}
[mypy-tfrseg.*]
ignore_errors = {ignore}
[mypy-tensorflow.*,keras.*,numpy.*,matplotlib.*,PIL.*,ipywidgets.*,anywidget.*,traitlets.*,tqdm.*]
follow_imports = skip
ignore_missing_imports = True
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    "A function that runs mypy on files of a folder: its lines without the folder."
    folder = tmp_path_factory.mktemp("editor")

    def run(*files: str, ignore: bool = True) -> list[str]:
        (folder / "mypy.ini").write_text(CONFIG.format(python=sys.executable, cache=folder / "cache", ignore=ignore))
        done = subprocess.run([sys.executable, "-m", "mypy", "--config-file", folder / "mypy.ini", "--no-error-summary", *files],
                              cwd=folder, env={"MYPYPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True)
        assert not done.stderr, done.stderr
        return done.stdout.splitlines()

    run.folder = folder
    return run


def test_the_valid_script_is_valid(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(compile(VALID, "valid.py", "exec"), {})


def test_a_checker_finds_mistakes_and_nothing_else(checked):
    "All in one run of mypy, a file for each mistake."
    (checked.folder / "valid.py").write_text(VALID)
    files = {"valid.py": None}
    for number, (right, wrong, _) in enumerate(MISTAKES.values()):
        assert VALID.count(right) == 1, right
        (checked.folder / f"mistake_{number}.py").write_text(VALID.replace(right, wrong))
        files[f"mistake_{number}.py"] = VALID[:VALID.index(right)].count("\n") + 1
    lines = checked(*files)
    assert not [line for line in lines if not line.startswith("mistake_")], "\n".join(lines)
    for (name, line), (title, (_, _, words)) in zip(list(files.items())[1:], MISTAKES.items(), strict=True):
        found = [text for text in lines if text.startswith(f"{name}:") and " error: " in text]
        assert len(found) == 1 and found[0].startswith(f"{name}:{line}:") and re.search(words, found[0]), f"{title}: {lines}"


def test_stubs_use_no_unknown_name(checked):
    "What a class does to its base is the source's matter; a name or module that is not there would be the stub's."
    paths = [str(path) for path in sorted((ROOT / "tfrseg").rglob("*.pyi"))]
    wrong = [line for line in checked(*paths, ignore=False) if not line.endswith(("[override]", "[assignment]", "[misc]"))]
    assert not wrong, "\n".join(wrong)


SAMPLE = {  # a package of a ground module, a room of two modules, and another room that hands a name on
    "__init__": """'All.'\n__version__ = '1'\n_EXPORTS = {'ground': ['Limit'], 'room': ['Point', 'join'], 'other': ['Again']}\n""",
    "ground": """
        from dataclasses import dataclass, field
        __all__ = ["Limit", "HIDDEN", "Size"]
        HIDDEN = {"a": (1, 2.0), "b": (3, 4.5)}
        Size = tuple[int, int]
        @dataclass(frozen=True)
        class Limit:
            "A limit."
            most: int = 1 << 20  # bytes
            kind: str = "file"   # of what
            seen: set = field(default_factory=set, init=False)
            _told: bool = False
            fixed = True
        """,
    "room/__init__": """_EXPORTS = {'shapes': ['Point', 'Mode', 'ORIGIN', 'Cell'], 'texts': ['join', 'opened']}\n""",
    "room/shapes": r"""
        from __future__ import annotations
        from enum import Enum
        from typing import Any
        from ..ground import Limit, HIDDEN, Size
        __all__ = ["Point", "Mode", "ORIGIN", "Cell"]
        class _Base:
            "A base."
            def moved(self, by: Size) -> _Base: return self
        class Point(_Base):
            '''A \\ and a "quote"'''
            limit = Limit()
            def __init__(self, x: int, limits: Limit | None = None, *, wide=HIDDEN):
                self.x, self.y = x, [1, 2]
                self._z: int = 3
                self.anything = self.either = x + 1
                self.either = "text"
            @property
            def z(self) -> int: return self._z
            @z.setter
            def z(self, value: int) -> None: self._z = value
            @staticmethod
            def made() -> Point: return Point(1)
            def __len__(self) -> int: return 2
            def _hidden(self): pass
        class Mode(Enum):
            FAST = "fast"
            SLOW = "slow"
        class Cell(Point): pass
        ORIGIN = Point(0)
        """,
    "room/texts": """
        from collections.abc import Iterator
        from contextlib import contextmanager
        from functools import lru_cache
        from typing import overload
        __all__ = ["join", "opened"]
        @overload
        def join(part: int) -> int: ...
        @overload
        def join(part: str, *parts: str) -> str: ...
        def join(
            part,     # the first
            *parts):  # all of them
            "Joins."
        @contextmanager
        def opened(path: str) -> Iterator[int]:
            yield 1
        @lru_cache
        def unused(): pass
        """,
    "other/__init__": """_EXPORTS = {'more': ['Again', 'Point']}\n""",
    "other/more": """
        from ..room.shapes import Point
        __all__ = ["Again"]
        class Again(Point):
            def twice(self, other: Point) -> "tuple[Point, Point]": return self, other
        """,
}

EXPECTED = {
    "__init__": r'''
        __all__ = ["Again", "Limit", "Point", "join"]

        __version__: str

        @dataclass(frozen=True)
        class Limit:
            """A limit.

            Parameters
            ----------
            most : int, default 1 << 20
                bytes
            kind : str, default "file"
                of what
            """
            most: int = ...
            kind: str = "file"
            seen: set = field(default_factory=set, init=False)
            _told: bool = False
            fixed = True
        ''',
    "ground": r'''
        from . import Limit as Limit

        Size = tuple[int, int]

        HIDDEN: dict[str, tuple[int, float]]
        ''',
    "room/__init__": r'''
        class Point(_Base):
            """A \\ and a "quote\""""
            limit: Limit
            x: int
            y: list[int]
            anything: Any
            either: Any
            def __init__(self, x: int, limits: Limit | None = None, *, wide=...) -> None: ...

            @property
            def z(self) -> int: ...
            @z.setter
            def z(self, value: int) -> None: ...
            @staticmethod
            def made() -> Point: ...
            def __len__(self) -> int: ...
        ''',
    "room/texts": r'''
        from . import join as join, opened as opened
        ''',
    "room/shapes": r'''
        class _Base:
            """A base."""
            def moved(self, by: Size) -> _Base: ...
        ''',
    "other/__init__": r'''
        from ..room import Point as Point

        __all__ = ["Again", "Point"]

        class Again(Point):
            def twice(self, other: Point) -> 'tuple[Point, Point]': ...
        ''',
}


def stubs(verb: str, folder) -> subprocess.CompletedProcess:
    "Runs the tool on a package."
    return subprocess.run([sys.executable, ROOT / "tools" / "stubs.py", verb, folder], capture_output=True, text=True)


@pytest.fixture
def sample(tmp_path):
    "A package of several modules."
    for name, text in SAMPLE.items():
        path = tmp_path / "sample" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(inspect.cleandoc(text))
    (tmp_path / "sample" / "door.py").write_text((ROOT / "tfrseg" / "door.py").read_text())
    return tmp_path / "sample"


def test_stubs_of_a_sample(sample, checked):
    "The stubs hold what is expected, the same when made again, and mypy takes them."
    done = stubs("write", sample)
    assert done.returncode == 0 and done.stdout == "7 stubs, 7 of them changed\n", done.stdout + done.stderr
    for name, text in EXPECTED.items(): assert inspect.cleandoc(text) in (sample / f"{name}.pyi").read_text(), name
    first = {path: path.read_bytes() for path in sample.rglob("*.pyi")}
    assert stubs("write", sample).stdout == "7 stubs, 0 of them changed\n"
    assert first == {path: path.read_bytes() for path in sample.rglob("*.pyi")}
    assert checked(*map(str, first), ignore=False) == []


def test_stubs_of_a_sample_are_checked(sample):
    stubs("write", sample)
    assert stubs("check", sample).stdout == "7 stubs are in step with the sources\n"
    (sample / "room" / "texts.py").write_text((sample / "room" / "texts.py").read_text().replace("the first", "one"))
    (sample / "other" / "gone.pyi").write_text("")
    done = stubs("check", sample)
    assert done.returncode == 1 and done.stderr == (
        "sample/other/gone.pyi, sample/room/__init__.pyi: not in step with the sources. Run python tools/stubs.py write.\n")
    assert stubs("write", sample).stdout == "7 stubs, 2 of them changed\n" and not (sample / "other" / "gone.pyi").exists()
    assert stubs("check", sample).returncode == 0


@pytest.mark.parametrize("file, old, new, words", (
    ("__init__", "'ground'", "'under'", "__init__.py: 'under': no such module or package."),
    ("room/__init__", "'Mode'", "'Made'", "shapes.py: Made is neither defined nor imported there."),
    ("room/texts", "def opened(path: str)", "def opened(path: Path)", "texts.py: Path stands in an annotation, and is not imported at the top."),
))
def test_stubs_of_a_wrong_list(sample, file, old, new, words):
    path = sample / f"{file}.py"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    done = stubs("write", sample)
    assert done.returncode == 1 and done.stderr.strip().endswith(words) and "\n" not in done.stderr.strip(), done.stderr
