"""Doors import a name when it is first used, and hand it out with all that comments say of it."""
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT

import tfrseg
from tfrseg.door import Comment, _field_comments, _function_comments, document, open_door

SOURCE = '''
from __future__ import annotations
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, overload


@dataclass(frozen=True)
class Point:
    "A point."
    x: int           # column
    # row,
    # from the top
    y: int = 0
    names: dict[str, int] = field(default_factory=dict)  # by word
    kept: int = field(default=1, init=False)             # no parameter
    exact = True     # False: rounded

    @property
    def norm(self) -> float:  # pixels
        "How far from the origin."
        return 0.0

    @classmethod
    def parse(cls, text: str,  # "x, y"
              *, sep: str = ",") -> Point:
        "A point of a text."
        return cls(1)

    @staticmethod
    def zero() -> Point:  # the origin
        "Nought."
        return Point(0)

    def __call__(self, by: float,  # pixels
                 ):                # what is left
        "Moves it."

    def _private(self, by: float):  # not documented
        "Not documented."


@dataclass(frozen=True)
class Pixel(Point):
    """A point with a value.

    Raises: `ValueError` if it is negative.
    Example: `Pixel(1)`
    """
    value: float = 0.0  # 0 to 1


class Row(NamedTuple):
    "A row."
    first: int      # where it begins
    last: int = -1  # where it ends, or -1


class Reader:
    "A reader."
    path: str  # where it reads

    def __init__(self, path: str, limit: int = 3):  # records
        self.path = path


class Late(Reader):
    "A reader with comments."
    def __init__(
        self, path: str,
        limit: int = 3,  # records
    ): super().__init__(path, limit)


class Later(Late):
    "It inherits its constructor."


class Bare: pass


@contextmanager
def opened(
    path: str,  # a file
):
    "Opens."
    yield


@lru_cache(maxsize=2)
def counted(
    n: int,  # how many
) -> int:    # as many
    "Counts."
    return n


@overload
def both(value: int) -> int: ...
@overload
def both(value: str) -> str: ...
def both(
    value
):  # the same
    "Gives back."
    return value


async def later(
    key: Any = lambda a, b: (a, b),  # sorts
    *words: str,                     # any
    table: dict[
        str, tuple[int, ...]] = {"#": (1,)},  # not a comment: #
) -> None:
    "Waits."


def quiet(value: int) -> int:
    "Says nothing more."


def _wide(): "first line of a docstring with\\n\\n    a margin"


double = lambda n: 2 * n
ANSWER = 42
'''

POINT = """A point.

Parameters
----------
x : int
    column
y : int, default 0
    row, from the top
names : dict[str, int], default dict()
    by word

Attributes
----------
kept : int, default field(default=1, init=False)
    no parameter
exact : default True
    False: rounded"""

DOCSTRINGS = {
    "Point": POINT,
    "Point.norm": "How far from the origin.\n\nReturns\n-------\nfloat\n    pixels",
    "Point.parse": 'A point of a text.\n\nParameters\n----------\ntext : str\n    "x, y"\nsep : str, default ","',
    "Point.zero": "Nought.\n\nReturns\n-------\nPoint\n    the origin",
    "Point.__call__": "Moves it.\n\nParameters\n----------\nby : float\n    pixels\n\nReturns\n-------\nobject\n    what is left",
    "Point._private": "Not documented.",
    "Pixel": "A point with a value.\n\nParameters\n----------\nx : int\n    column\ny : int, default 0\n    row, from the top\n"
             "names : dict[str, int], default dict()\n    by word\nvalue : float, default 0.0\n    0 to 1\n\n"
             "Raises: `ValueError` if it is negative.\nExample: `Pixel(1)`",
    "Row": "A row.\n\nParameters\n----------\nfirst : int\n    where it begins\nlast : int, default -1\n    where it ends, or -1",
    "Reader": "A reader.\n\nParameters\n----------\npath : str\n    where it reads\nlimit : int, default 3\n    records",
    "Late": "A reader with comments.\n\nParameters\n----------\npath : str\nlimit : int, default 3\n    records",
    "Later": "It inherits its constructor.\n\nParameters\n----------\npath : str\nlimit : int, default 3\n    records",
    "opened": "Opens.\n\nParameters\n----------\npath : str\n    a file",
    "counted": "Counts.\n\nParameters\n----------\nn : int\n    how many\n\nReturns\n-------\nint\n    as many",
    "both": "Gives back.\n\nReturns\n-------\nobject\n    the same",
    "later": "Waits.\n\nParameters\n----------\nkey : Any, default lambda a, b: (a, b)\n    sorts\n*words : str\n    any\n"
             'table : dict[str, tuple[int, ...]], default {"#": (1,)}\n    not a comment: #',
    "quiet": "Says nothing more.",
}


def docstring_of(module, name: str) -> str:
    "The docstring of `name` or `Class.method`."
    thing = module
    for part in name.split("."): thing = vars(thing)[part]
    return getattr(thing, "__func__", thing).__doc__


@pytest.fixture
def package(tmp_path, monkeypatch):
    "A function that writes a package of these files and gives its name; it is forgotten afterwards."
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def write(name: str, **files: str) -> str:
        for file, text in files.items():
            path = tmp_path / name / f"{file.replace('__in__', '/')}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return name

    yield write
    for name in set(sys.modules) - before:
        if name.startswith("sample_"): del sys.modules[name]


OPEN = "from tfrseg.door import open_door as _open_door\n_EXPORTS = {}\n__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)\n"


def test_document(package):
    module = import_module(package("sample_documents", __init__="", all=SOURCE) + ".all")
    for _ in range(2):  # what was done stays
        for name in {name.split(".")[0] for name in DOCSTRINGS}: document(getattr(module, name))
        for name, docstring in DOCSTRINGS.items(): assert docstring_of(module, name) == docstring, name
    assert module.counted(3) == 3 and module.Pixel(1)(2.0) is None and module.Point.zero().norm == 0.0


def test_what_has_no_comments_stays(package, tmp_path):
    module = import_module(package("sample_stays", __init__="", all=SOURCE) + ".all")
    for thing in (len, int, 3, None, "text", module.ANSWER, module.double, module.Bare, print, ValueError, Path): assert document(thing) is thing
    assert module.Bare.__doc__ is None and module.ANSWER == 42
    made = {}
    exec("def f(a: int):\n  'Of no file.'\nclass C:\n  'Of no file.'\n  def m(self, a: int): pass", made)
    assert document(made["f"]).__doc__ == document(made["C"]).__doc__ == "Of no file."


@pytest.mark.parametrize("text", ("", "def f(", "class Point:\n", "x = 1\n" * 200, "def other(\n    a: int,  # wrong\n): pass\n" * 60, "'''", "\x00"))
def test_a_file_that_changed_after_its_import(package, tmp_path, text):
    module = import_module(package("sample_changed", __init__="", all=SOURCE) + ".all")
    (tmp_path / "sample_changed" / "all.py").write_text(text)
    before = {name: docstring_of(module, name) for name in ("counted", "later", "Row", "Late")}
    for name in before: document(getattr(module, name))
    assert {name: docstring_of(module, name) for name in before} == before


def test_only_headers_are_tokenized():
    "What follows a header or a field need not be Python."
    name, parameters, _ = _function_comments(["def f(\n", "  a: int,  # one\n", "): ? ' \"\"\" $\n", "\x00"], 0)
    assert (name, parameters) == ("f", [Comment("a", "int", "", "one")])
    assert _field_comments(["class C:\n", "    a: int  # one\n", "    def f(self): ' $ ?\n", "        b: int\n"], 0) == [Comment("a", "int", "", "one")]


def test_names_are_imported_when_used(package):
    name = package("sample_lazy", __init__=OPEN.replace("{}", "{'light': ['small'], 'room': ['part'], 'other.deep': ['far']}"),
                   light="def small(\n    n: int,  # how many\n): 'Small.'\nhidden = 1\n",
                   room__in____init__=OPEN.replace("{}", "{'inner': ['part', 'more']}"), room__in__inner="part, more = [], 2\n",
                   other__in____init__="", other__in__deep="far = 5\n")
    door = import_module(name)
    assert [n for n in dir(door) if not n.startswith("__")] == ["far", "other", "part", "room", "small"]
    assert "__getattr__" in dir(door) and "__name__" in dir(door)
    assert door.__all__ == ["far", "part", "small"]
    assert not [m for m in sys.modules if m.startswith(f"{name}.")]
    assert door.small.__doc__.endswith("n : int\n    how many") and vars(door)["small"] is door.small
    assert [m for m in sys.modules if m.startswith(f"{name}.")] == [f"{name}.light"]
    assert door.part is door.room.part is import_module(f"{name}.room.inner").part
    assert dir(door.room)[-2:] == ["more", "part"] and door.far == 5
    assert [n for n in dir(door) if not n.startswith("__")] == ["far", "other", "part", "room", "small"]


def test_names_that_are_not_there(package):
    door = import_module(package("sample_missing", __init__=OPEN.replace("{}", "{'light': ['small', 'gone']}"), light="small = 1\nhidden = 2\n"))
    for name in ("nothing", "hidden", "open_door", "smal"):
        with pytest.raises(AttributeError) as caught: getattr(door, name)
        assert str(caught.value) == f"module 'sample_missing' has no attribute '{name}'"
        assert caught.value.name == name and caught.value.obj is door  # Python suggests from these
    with pytest.raises(ImportError, match="cannot import name 'nothing' from 'sample_missing'"): exec("from sample_missing import nothing")
    with pytest.raises(AttributeError, match="module 'sample_missing.light' has no attribute 'gone'"): door.gone
    assert not hasattr(door, "nothing")


@pytest.mark.parametrize("line, words", (
    ("import tensorflow", "sample_errors.name needs TensorFlow, which is not installed. Run pip install tensorflow."),
    ("from tensorflow.data import Dataset", "sample_errors.name needs TensorFlow, which is not installed. Run pip install tensorflow."),
    ("import keras", "sample_errors.name needs TensorFlow, which is not installed. Run pip install tensorflow."),
    ("import tensorflow_of_others", "No module named 'tensorflow_of_others'"),
    ("from json import nothing", "cannot import name 'nothing' from 'json'"),
    ("raise ImportError('not today')", "not today"),
))
def test_modules_that_are_missing(package, monkeypatch, line, words):
    class Nowhere:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] in ("tensorflow", "keras"): raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    for module in [m for m in sys.modules if m.partition(".")[0] in ("tensorflow", "keras")]: monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "meta_path", [Nowhere(), *sys.meta_path])
    import_module(package("sample_errors", __init__=OPEN.replace("{}", "{'heavy': ['name']}"), heavy=f"{line}\nname = 1\n"))
    for statement in ("import sample_errors; sample_errors.name", "from sample_errors import name"):
        with pytest.raises(ImportError) as caught: exec(statement)
        assert str(caught.value).startswith(words) and "\n" not in str(caught.value)


def run(code: str) -> str:
    "What code prints in a process of its own."
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_doors_of_tfrseg_are_light():
    rooms = "storage, sources, writer, augmenter, reader, training, explorer".split(", ")
    out = run(f"import sys, tfrseg\nfor room in {rooms}: dir(getattr(tfrseg, room))\nprint(*sys.modules)").split()
    assert not {"numpy", "tensorflow", "keras", "PIL", "matplotlib", "inspect", "dataclasses"} & set(out)
    assert {m for m in out if m.startswith("tfrseg.")} == {"tfrseg.door", *(f"tfrseg.{room}" for room in rooms)}


def test_tfrseg_without_tensorflow():
    out = run("""
import sys
class Nowhere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "tensorflow": raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Nowhere())
import tfrseg
for name in ("Finding", "make_dataset", "RandomFlip", "Augment"):
    try: print(getattr(tfrseg, name).__name__)
    except ImportError as error: print(error)
""").splitlines()
    assert out[0] == "Finding"
    for line, name in zip(out[1:], ("reader.make_dataset", "augmenter.RandomFlip", "training.Augment"), strict=True):
        assert line == f"tfrseg.{name} needs TensorFlow, which is not installed. Run pip install tensorflow."


def test_a_package_without_a_folder_of_its_own_opens():
    "A name in the list may be a module's alone."
    assert open_door("tfrseg", {"core": ["Pair"]})[2] == ["Pair"]


def test_an_overridden_method_has_the_first_lines_of_what_it_overrides():
    pytest.importorskip("tensorflow")
    from tfrseg.augmenter.operation import Operation
    summary = Operation.transform_window.__doc__.partition("\n")[0]
    assert summary and tfrseg.RandomFlip.transform_window.__doc__.startswith(summary + "\n\nParameters\n")


STARTS = """import os, sys
from types import SimpleNamespace

def find():
    os.write(2, b"I0000 00:00:17.1 12 port.cc:153] oneDNN custom operations are on.\\n")
    {ends}

config = SimpleNamespace(list_physical_devices=find)
constant = float
"""


@pytest.mark.parametrize("ends, level, status, is_told", (("pass", None, 0, False), ("pass", "0", 0, True), ("os.abort()", None, -6, True),
                                                          ("raise OSError(5, 'no device')", None, 1, True), ("raise KeyboardInterrupt", None, 130, False)))
def test_the_search_for_devices_is_quiet(tmp_path, ends, level, status, is_told):
    "The log comes out where it was asked for, and where the search fails or ends the process; not where the user stops it."
    (tmp_path / "tensorflow.py").write_text(STARTS.format(ends=ends))
    code = "import sys; from tfrseg import cli; cli.doctor = lambda **options: cli._start_tensorflow() or 0; sys.exit(cli.main(['doctor']))"
    env = {key: value for key, value in os.environ.items() if key != "TF_CPP_MIN_LOG_LEVEL"}
    env |= {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"} | ({"TF_CPP_MIN_LOG_LEVEL": level} if level else {})
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.returncode == status and ("oneDNN" in done.stderr) == is_told, done.stderr
