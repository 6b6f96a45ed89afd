"""The house stands: imports go down, the package is what the notebooks say, and the notebooks are clean."""
import ast
import inspect
import json
import re
import shutil
import subprocess
import sys
import tempfile
from configparser import ConfigParser
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT
from fastcore.docments import docments

import tfrseg
from tfrseg import door

NOTEBOOKS = sorted((ROOT / "nbs").rglob("*.ipynb"))
CHAPTERS = {}  # module: (room, number), such as 'storage.schema': ('storage', 3)
NOTEBOOK_OF = {}  # module: its notebook
for _path in NOTEBOOKS:
    _found = re.fullmatch(r"(?:[1-7]_([a-z]+)/)?([0-9]{2})_([a-z_]+)\.ipynb",
                          _path.relative_to(ROOT / "nbs").as_posix())
    if _found:
        _room = _found[1] or ("ground" if int(_found[2]) < 80 else "top")
        _module = f"{_found[1]}.{_found[3]}" if _found[1] else _found[3]
        CHAPTERS[_module], NOTEBOOK_OF[_module] = (_room, int(_found[2])), _path

# The law of the door: which rooms a room may import. Inside a room, chapters import lower numbers alone.
LAW = {"ground": "", "storage": "ground", "sources": "ground storage", "writer": "ground storage sources",
       "augmenter": "ground storage", "reader": "ground storage augmenter", "training": "ground storage sources writer augmenter reader",
       "explorer": "ground storage sources writer augmenter reader training",
       "top": "ground storage sources writer augmenter reader training explorer"}


@lru_cache(None)
def cells_in(path: Path) -> list[dict]:
    "The cells of a notebook, as they stand in its file."
    return json.loads(path.read_text())["cells"]


@lru_cache(None)
def source_of(module: str) -> tuple[list[str], ast.Module]:
    "The lines of a module, each with its line feed, and its tree."
    text = (ROOT / "tfrseg" / f"{module.replace('.', '/')}.py").read_text()
    return text.splitlines(keepends=True), ast.parse(text)


@lru_cache(None)
def nodes_of(module: str) -> list[ast.AST]: return [*ast.walk(source_of(module)[1])]


def in_every_chapter(test):
    "Makes a test of a module one of each room, for all of its modules: hundreds of tests cost more than what they look at."
    @pytest.mark.parametrize("room", sorted({room for room, _ in CHAPTERS.values()}))
    def of_a_room(room):
        for module, (own, _) in CHAPTERS.items():
            if own == room: test(module)

    of_a_room.__doc__ = test.__doc__
    return of_a_room


def imports_of(module: str) -> set[str]:
    "The tfrseg modules that a module imports, anywhere in its text."
    found, names = set(), f"tfrseg.{module}".split(".")
    for node in nodes_of(module):
        if isinstance(node, ast.Import): found.update(a.name for a in node.names)
        if not isinstance(node, ast.ImportFrom): continue
        base = ".".join([*(names[:-node.level] if node.level else ()), *filter(None, [node.module])])
        found.add(base)
        found.update(f"{base}.{a.name}" for a in node.names)
    return {name.removeprefix("tfrseg.") for name in found
            if name.startswith("tfrseg.")} & {*CHAPTERS, *LAW} - {module}


@in_every_chapter
def test_the_law_of_the_door(module):
    room, number = CHAPTERS[module]
    for other in imports_of(module):
        theirs, below = CHAPTERS.get(other, (other, 0))
        allowed = below < number if theirs == room else theirs in LAW[room].split()
        assert allowed, f"{module} imports {other}"


@in_every_chapter
def test_what_update_returns_is_never_a_value(module):
    "tqdm's `update` returns True when it has drawn: `bar.update() or x` loses x in long work; `core.tick` does not."
    statements = {id(node.value) for node in nodes_of(module) if isinstance(node, ast.Expr)}
    used = [node.lineno for node in nodes_of(module) if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "update" and id(node) not in statements]
    assert not used, f"{module}.py, lines {used}: the value of update() is used"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    "A copy of the project to export and clean in."
    root = tmp_path_factory.mktemp("copy")
    for name in ("settings.ini", "pyproject.toml", "setup.py", "README.md", "_quarto.yml"):
        shutil.copy(ROOT / name, root)
    for name in ("nbs", "tfrseg"):
        shutil.copytree(ROOT / name, root / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def run_tool(root, *words):
    "A tool that reads notebooks, started by this Python."
    done = subprocess.run([sys.executable, *words], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_package_is_in_step_with_notebooks(copy):
    "Exported anew from nothing, the modules are the ones that stand here."
    for path in (copy / "tfrseg").rglob("*.py"):
        if path.name != "__init__.py": path.unlink()
    run_tool(copy, Path(sys.executable).with_name("nbdev_export"))
    here, there = ({p.relative_to(root).as_posix(): p.read_text() for p in (root / "tfrseg").rglob("*.py")}
                   for root in (ROOT, copy))
    assert sorted(here) == sorted(there)
    stale = [name for name in here if here[name] != there[name]]
    assert not stale, f"{stale} differ from what the notebooks export; run nbdev_export"


def test_notebooks_are_clean(copy):
    "nbdev_clean would change nothing; outputs hold no errors, no stderr, no paths of one machine."
    run_tool(copy, Path(sys.executable).with_name("nbdev_clean"))
    dirty = [p.name for p in NOTEBOOKS if p.read_text() != (copy / p.relative_to(ROOT)).read_text()]
    assert not dirty, f"{dirty}: run nbdev_clean"
    for path in NOTEBOOKS:
        for cell in cells_in(path):
            for output in cell.get("outputs", []):
                assert output["output_type"] != "error" and output.get("name") != "stderr", f"{path.name}, {cell['id']}"
                for place in (tempfile.gettempdir(), str(Path.home()), str(ROOT)):
                    assert f"{place}/" not in json.dumps(output), f"{path.name}, {cell['id']}: a path of this machine"


def test_every_notebook_was_run():
    "Each code cell that ends in an expression to be seen has run: a notebook has outputs."
    for path in NOTEBOOKS:
        assert any(cell.get("outputs") for cell in cells_in(path)), f"{path.name} has no outputs"


def test_notebooks_are_small():
    large = [p.name for p in NOTEBOOKS if p.stat().st_size > 500_000]
    assert not large, f"{large}: over 500 KB; run python tools/docs.py pictures, or show less"


ROOMS = sorted(room for room in LAW if room not in ("ground", "top"))
OPERATIONS = {*tfrseg._EXPORTS["augmenter"]} - {"apply_aug_train"}  # with the four presets


def test_the_front_door_is_small():
    code = "import tfrseg; print(*(name for name in dir(tfrseg) if not name.startswith('_')))"
    names = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                               check=True).stdout.split())
    assert names <= {*tfrseg.__all__, *ROOMS}, "something leaks in"
    assert len(names - OPERATIONS) <= 90
    assert all(getattr(tfrseg, name) is not None for name in tfrseg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"): tfrseg.nothing


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_hand_on_the_names_of_their_chapters(room):
    package = import_module(f"tfrseg.{room}")
    modules = [module.split(".")[1] for module in CHAPTERS if module.startswith(f"{room}.")]
    assert sorted(package._EXPORTS) == sorted(modules)
    for module in modules:
        assert sorted(import_module(f"tfrseg.{room}.{module}").__all__) == sorted(package._EXPORTS[module]), module
    names = [name for names in package._EXPORTS.values() for name in names]
    assert len(names) == len(set(names)), "one name stands for two things"
    assert not {*names} & {*modules, *ROOMS}, "a name and a module are called alike"


@in_every_chapter
def test_public_names_are_documented(module):
    "A docstring on everything public, and a comment on every parameter and return of a function."
    if module == "cli": return
    chapter = import_module(f"tfrseg.{module}")
    for name in chapter.__all__:
        thing = getattr(chapter, name)
        if not (inspect.isfunction(thing) or inspect.isclass(thing)): continue
        assert thing.__doc__, f"{module}: {name}"
        if not inspect.isfunction(thing): continue
        said = docments(thing)
        for p in inspect.signature(thing).parameters.values():
            assert p.annotation is not p.empty, f"{module}: {name}: {p.name} has no type"
            assert said.get(p.name) or p.kind is p.VAR_KEYWORD, f"{module}: {name}: {p.name} has no comment"


@pytest.mark.parametrize("words",
                         (["-c", "import tfrseg, sys; tfrseg.__all__"],
                          ["-c", "import sys; from tfrseg.cli import main\n"
                                   "try: main(['--help'])\nexcept SystemExit as e: assert e.code == 0"]))
def test_light_start(words):
    "Neither the import nor the help imports TensorFlow, NumPy or matplotlib."
    words = [words[0], words[1]
             + "\nimport sys; print('heavy:', {'tensorflow', 'numpy', 'matplotlib', 'PIL'} & set(sys.modules))"]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True)
    assert done.returncode == 0 and "heavy: set()" in done.stdout, done.stdout + done.stderr


def test_every_chapter_is_a_page_of_the_site():
    "In `_quarto.yml`, in the order of numbers."
    pages = re.findall(r"^ +- (?!section)(\S+\.ipynb)$", (ROOT / "nbs" / "_quarto.yml").read_text(), re.M)
    assert sorted(pages) == sorted(path.relative_to(ROOT / "nbs").as_posix() for path in NOTEBOOKS)
    chapters = [page for page in pages if page[0].isdigit()]
    assert chapters == sorted(chapters, key=lambda page: (page[:1], page))


def test_readme_is_in_step(): run_tool(ROOT, "tools/docs.py", "check")


def test_faults_page_is_in_step(): run_tool(ROOT, "tools/faults.py", "check")


def test_readme_holds_both_commands():
    readme = (ROOT / "README.md").read_text()
    assert readme.count("pip install . && tfrseg demo") == 1
    assert len(re.findall(r"pip install -e '\.\[dev\]' && .*pytest", readme)) == 1


def test_version_is_said_once():
    settings = ConfigParser(delimiters=["="], interpolation=None)
    settings.read(ROOT / "settings.ini")
    assert settings["DEFAULT"]["version"] == tfrseg.__version__
    assert f"\nversion: {tfrseg.__version__}\n" in (ROOT / "CITATION.cff").read_text()
    released = re.findall(r"^## \[(\d[^]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert not released or released[0] == tfrseg.__version__


def test_imports_stand_alone():
    "A cell that imports does nothing else: the docs are made by running such cells."
    for path in NOTEBOOKS:
        for cell in cells_in(path):
            source = "".join(cell["source"])
            if cell["cell_type"] != "code" or "#| hide" in source: continue
            kinds = {isinstance(node, (ast.Import, ast.ImportFrom)) for node in ast.parse(source).body}
            assert len(kinds) < 2, f"{path.name}, {cell['id']}"


def test_chapters_begin_with_title_and_promise_alone():
    "Web pages take these two from the first cell; whatever else it held would be lost."
    for path in NOTEBOOKS:
        first = cells_in(path)[0]
        assert re.fullmatch(r"# [^\n]+\n\n> [^\n]+", "".join(first["source"])), path.name


# ---- how a chapter reads

def cells_of(path: Path) -> list[tuple[str, str, str]]:
    "(id, kind, source) of each cell; the kind is markdown, raw, code or exported."
    cells = []
    for cell in cells_in(path):
        source = "".join(cell["source"])
        exported = cell["cell_type"] == "code" and re.match(r"#\|\s*exporti?\b", source)
        cells.append((cell["id"], "exported" if exported else cell["cell_type"], source))
    return cells


def definitions_in(path: Path) -> list[tuple[str, str, ast.Module] | None]:
    "(id, source, tree) of the exported cells that define something, and None for what lies between them."
    found = []
    for name, kind, source in cells_of(path):
        if kind != "exported":
            found.append(None)
            continue
        tree = ast.parse(source)
        if not all(isinstance(node, (ast.Import, ast.ImportFrom)) for node in tree.body):
            found.append((name, source, tree))
    return found


def length(source: str) -> int:
    "Lines of a cell without the first, which says that it is exported."
    return len(source.splitlines()) - 1


@in_every_chapter
def test_the_beat_of_cells(module):
    "An exported cell has at most 45 lines and 3 definitions; after two of them comes prose or an example."
    findings, in_a_row = [], 0
    for cell in definitions_in(NOTEBOOK_OF[module]):
        in_a_row = in_a_row + 1 if cell else 0
        if not cell: continue
        name, source, tree = cell
        definitions = sum(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for node in tree.body)
        if length(source) > 45: findings.append(f"{name}: {length(source)} lines; wanted 45 at most")
        if definitions > 3: findings.append(f"{name}: {definitions} definitions; wanted 3 at most")
        if in_a_row > 2:
            findings.append(f"{name}: exported cell number {in_a_row} in a row; wanted something between")
    assert not findings, "\n".join([module, *findings])


def test_exported_cells_are_short_in_the_mean():
    lengths = [length(cell[1]) for path in NOTEBOOK_OF.values() for cell in definitions_in(path) if cell]
    assert sum(lengths) / len(lengths) <= 16


# ---- what a definition says of itself

def is_public(name: str) -> bool: return not name.startswith("_")


def has_fields(node: ast.ClassDef) -> bool:
    "It is a dataclass or a NamedTuple."
    words = [*map(ast.unparse, node.decorator_list), *map(ast.unparse, node.bases)]
    return any("dataclass" in word or "NamedTuple" in word for word in words)


@in_every_chapter
def test_fields_and_parameters_of_methods_have_comments(module):
    "Public fields of dataclasses, and parameters of public methods, `__init__` and `__call__` among them."
    lines, tree = source_of(module)
    findings = []
    for node in tree.body:
        if not isinstance(node, ast.ClassDef) or not is_public(node.name): continue
        fields = {item.target.id for item in node.body if isinstance(item, ast.AnnAssign)
                  and "ClassVar" not in ast.unparse(item.annotation)}
        for comment in door._field_comments(lines, node.lineno - 1) if has_fields(node) else []:
            if comment.name in fields and not comment.text:
                findings.append(f"{node.name}.{comment.name}: a field without a comment")
        for method in node.body:
            if not isinstance(method, ast.FunctionDef): continue
            if not (is_public(method.name) or method.name in ("__init__", "__call__")): continue
            for comment in door._function_comments(lines, method.lineno - 1)[1]:
                if comment.text or comment.name.startswith("*"): continue
                findings.append(f"{node.name}.{method.name}({comment.name}): a parameter without a comment")
    assert not findings, "\n".join([module, *findings])


@in_every_chapter
def test_what_a_public_function_raises_is_said(module):
    findings = []
    for node in source_of(module)[1].body:
        if not isinstance(node, ast.FunctionDef) or not is_public(node.name): continue
        raises = any(isinstance(inner, ast.Raise) and inner.exc is not None for inner in ast.walk(node))
        if raises and "Raises" not in (ast.get_docstring(node) or ""):
            findings.append(f"{node.name}: its docstring does not say what it raises")
    assert not findings, "\n".join([module, *findings])


@pytest.mark.parametrize("room", sorted({module.partition(".")[0] for module in tfrseg._EXPORTS}))
def test_names_of_the_front_door_have_an_example(room):
    "One line that can be typed, of each function and class."
    names = [name for module, names in tfrseg._EXPORTS.items() if module.partition(".")[0] == room
             for name in names]
    things = {name: getattr(tfrseg, name) for name in names}
    missing = [name for name, thing in things.items() if (inspect.isfunction(thing) or inspect.isclass(thing))
               and not re.search(r"^Examples?:|^>>> ", thing.__doc__ or "", re.M)]
    assert not missing, f"no line that begins with 'Example:' in the docstrings of {', '.join(missing)}"


# ---- how a line reads; columns, names and imports are held by ruff

GUARDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def is_beside(lines: list[str], statement: ast.stmt) -> bool:
    "The statement stands on the line of the `if`, `for` or `try` that it belongs to."
    return lines[statement.lineno - 1][:statement.col_offset].strip() not in ("", "el")


def one_liners(lines: list[str], nodes: list[ast.AST]):
    "The statements beside their `if`, `else`, `for`, `while`, `try`, `except` or `finally`, but for guards."
    for node in nodes:
        if not isinstance(node, (ast.If, ast.For, ast.While, ast.Try, ast.ExceptHandler)): continue
        for part in ("body", "orelse", "finalbody"):
            statements = getattr(node, part, [])
            if not statements or not is_beside(lines, statements[0]): continue
            tries = part == "body" and isinstance(node, ast.Try)  # it guards where each of its handlers does
            guarded = [handler.body[0] for handler in node.handlers] if tries else [statements[0]]
            if not guarded or not all(isinstance(each, GUARDS) for each in guarded): yield statements[0]


@in_every_chapter
def test_lines_are_plain(module):
    "One line `if x: ...` is a guard; no conditional is inside another, no lambda has a name, no long tuple is returned."
    lines = source_of(module)[0]
    findings = [(statement.lineno, "only a guard stands beside its condition")
                for statement in one_liners(lines, nodes_of(module))]
    for node in nodes_of(module):
        if isinstance(node, ast.IfExp) and sum(isinstance(each, ast.IfExp) for each in ast.walk(node)) > 1:
            findings.append((node.lineno, "a conditional inside another"))
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Lambda):
            findings.append((node.lineno, "a lambda with a name; wanted a function"))
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) > 3:
            findings.append((node.lineno, f"{len(node.value.elts)} values are returned; wanted a NamedTuple"))
    assert not findings, "\n".join(f"{module}, line {row}: {text}: {lines[row - 1].strip()}"
                                   for row, text in sorted(findings))


@pytest.mark.parametrize("folder", ("nbs", "tests", "tools", "benchmarks", "setup.py"))
def test_ruff_finds_nothing(folder):
    "110 columns, no name that is not defined, none that is not used: `[tool.ruff]` in pyproject.toml."
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", folder],
                          cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
