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
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT
from fastcore.docments import docments

import tfrseg

NOTEBOOKS = sorted((ROOT / "nbs").rglob("*.ipynb"))
CHAPTERS = {}  # module: (room, number), such as 'storage.schema': ('storage', 3)
for _path in NOTEBOOKS:
    _found = re.fullmatch(r"(?:[1-7]_([a-z]+)/)?([0-9]{2})_([a-z_]+)\.ipynb", _path.relative_to(ROOT / "nbs").as_posix())
    if _found:
        _room = _found[1] or ("ground" if int(_found[2]) < 80 else "top")
        CHAPTERS[f"{_found[1]}.{_found[3]}" if _found[1] else _found[3]] = (_room, int(_found[2]))

# The law of the door: which rooms a room may import. Inside a room, chapters import lower numbers alone.
LAW = {"ground": "", "storage": "ground", "sources": "ground storage", "writer": "ground storage sources",
       "augmenter": "ground storage", "reader": "ground storage augmenter", "training": "ground storage augmenter reader",
       "explorer": "ground storage sources writer augmenter reader training",
       "top": "ground storage sources writer augmenter reader training explorer"}


def imports_of(module: str) -> set[str]:
    "The tfrseg modules that a module imports, anywhere in its text."
    found, names = set(), f"tfrseg.{module}".split(".")
    for node in ast.walk(ast.parse((ROOT / "tfrseg" / f"{module.replace('.', '/')}.py").read_text())):
        if isinstance(node, ast.Import): found.update(a.name for a in node.names)
        if not isinstance(node, ast.ImportFrom): continue
        base = ".".join([*(names[:-node.level] if node.level else ()), *filter(None, [node.module])])
        found.add(base)
        found.update(f"{base}.{a.name}" for a in node.names)
    return {name.removeprefix("tfrseg.") for name in found if name.startswith("tfrseg.")} & {*CHAPTERS, *LAW} - {module}


@pytest.mark.parametrize("module", CHAPTERS)
def test_the_law_of_the_door(module):
    room, number = CHAPTERS[module]
    for other in imports_of(module):
        theirs, below = CHAPTERS.get(other, (other, 0))
        allowed = below < number if theirs == room else theirs in LAW[room].split()
        assert allowed, f"{module} imports {other}"


@pytest.mark.parametrize("module", CHAPTERS)
def test_what_update_returns_is_never_a_value(module):
    "tqdm's `update` returns True when it has drawn: `bar.update() or x` loses x in long work. `core.tick` hands values on."
    tree = ast.parse((ROOT / "tfrseg" / f"{module.replace('.', '/')}.py").read_text())
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    used = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            and node.func.attr == "update" and id(node) not in statements]
    assert not used, f"{module}.py, lines {used}: the value of update() is used"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    "A copy of the project to export and clean in."
    root = tmp_path_factory.mktemp("copy")
    for name in ("settings.ini", "pyproject.toml", "setup.py", "README.md", "_quarto.yml"): shutil.copy(ROOT / name, root)
    for name in ("nbs", "tfrseg"): shutil.copytree(ROOT / name, root / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def run_nbdev(command, root):
    done = subprocess.run([Path(sys.executable).with_name(command)], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_package_is_in_step_with_notebooks(copy):
    "Exported anew from nothing, the modules are the ones that stand here."
    for path in (copy / "tfrseg").rglob("*.py"):
        if path.name != "__init__.py": path.unlink()
    run_nbdev("nbdev_export", copy)
    here, there = ({p.relative_to(root).as_posix(): p.read_text() for p in (root / "tfrseg").rglob("*.py")} for root in (ROOT, copy))
    assert sorted(here) == sorted(there)
    stale = [name for name in here if here[name] != there[name]]
    assert not stale, f"{stale} differ from what the notebooks export; run nbdev_export"


def test_notebooks_are_clean(copy):
    "nbdev_clean would change nothing; outputs hold no errors, no stderr, no paths of one machine."
    run_nbdev("nbdev_clean", copy)
    dirty = [p.name for p in NOTEBOOKS if p.read_text() != (copy / p.relative_to(ROOT)).read_text()]
    assert not dirty, f"{dirty}: run nbdev_clean"
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text())["cells"]:
            for output in cell.get("outputs", []):
                assert output["output_type"] != "error" and output.get("name") != "stderr", f"{path.name}, {cell['id']}"
                for place in (tempfile.gettempdir(), str(Path.home()), str(ROOT)):
                    assert f"{place}/" not in json.dumps(output), f"{path.name}, {cell['id']}: a path of this machine"


def test_every_notebook_was_run():
    "Each code cell that ends in an expression to be seen has run: a notebook has outputs."
    for path in NOTEBOOKS:
        assert any(cell.get("outputs") for cell in json.loads(path.read_text())["cells"]), f"{path.name} has no outputs"


def test_notebooks_are_small():
    large = [p.name for p in NOTEBOOKS if p.stat().st_size > 500_000]
    assert not large, f"{large}: over 500 KB; run python tools/docs.py pictures, or show less"


ROOMS = sorted(room for room in LAW if room not in ("ground", "top"))
OPERATIONS = {*tfrseg._EXPORTS["augmenter"]} - {"apply_aug_train"}  # with the four presets


def test_the_front_door_is_small():
    code = "import tfrseg; print(*(name for name in dir(tfrseg) if not name.startswith('_')))"
    names = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
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


@pytest.mark.parametrize("module", [module for module in CHAPTERS if module != "cli"])
def test_public_names_are_documented(module):
    "A docstring on everything public, and a comment on every parameter and return of a function."
    chapter = import_module(f"tfrseg.{module}")
    for name in chapter.__all__:
        thing = getattr(chapter, name)
        if not (inspect.isfunction(thing) or inspect.isclass(thing)): continue
        assert thing.__doc__, name
        if not inspect.isfunction(thing): continue
        said = docments(thing)
        for p in inspect.signature(thing).parameters.values():
            assert p.annotation is not p.empty, f"{name}: {p.name} has no type"
            assert said.get(p.name) or p.kind is p.VAR_KEYWORD, f"{name}: {p.name} has no comment"


@pytest.mark.parametrize("words", (["-c", "import tfrseg, sys; tfrseg.__all__"], ["-c", "import sys; from tfrseg.cli import main\n"
                                   "try: main(['--help'])\nexcept SystemExit as e: assert e.code == 0"]))
def test_light_start(words):
    "Neither the import nor the help imports TensorFlow, NumPy or matplotlib."
    words = [words[0], words[1] + "\nimport sys; print('heavy:', {'tensorflow', 'numpy', 'matplotlib', 'PIL'} & set(sys.modules))"]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True)
    assert done.returncode == 0 and "heavy: set()" in done.stdout, done.stdout + done.stderr


def test_readme_is_in_step():
    done = subprocess.run([sys.executable, "tools/docs.py", "check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_faults_page_is_in_step():
    done = subprocess.run([sys.executable, "tools/faults.py", "check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_readme_holds_both_commands():
    readme = (ROOT / "README.md").read_text()
    assert readme.count("pip install . && tfrseg demo") == 1
    assert len(re.findall(r"pip install -e '\.\[dev\]' && .*pytest", readme)) == 1


def test_version_is_said_once():
    settings = ConfigParser(delimiters=["="], interpolation=None)
    settings.read(ROOT / "settings.ini")
    assert settings["DEFAULT"]["version"] == tfrseg.__version__
    assert f"## {tfrseg.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_imports_stand_alone():
    "A cell that imports does nothing else: the docs are made by running such cells."
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text())["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] != "code" or "#| hide" in source: continue
            kinds = {isinstance(node, (ast.Import, ast.ImportFrom)) for node in ast.parse(source).body}
            assert len(kinds) < 2, f"{path.name}, {cell['id']}"


def test_chapters_begin_with_title_and_promise_alone():
    "Web pages take these two from the first cell; whatever else it held would be lost."
    for path in NOTEBOOKS:
        first = json.loads(path.read_text())["cells"][0]
        assert re.fullmatch(r"# [^\n]+\n\n> [^\n]+", "".join(first["source"])), path.name
