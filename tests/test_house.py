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
CHAPTERS = {p.stem.split("_", 1)[1]: p.stem.split("_", 1)[0] for p in NOTEBOOKS if p.stem[:2].isdigit()}  # '12', '12a', '12b', '13', ...
IN, OUT = range(7, 11), range(11, 14)


def floor(module: str) -> int:
    "The number of a module's chapter without its letter."
    return int(CHAPTERS[module][:2])


def imports_of(module: str) -> set[str]:
    "The tfrseg modules that a module imports, anywhere in its text."
    found = set()
    for node in ast.walk(ast.parse((ROOT / "tfrseg" / f"{module}.py").read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 1: found.add(node.module)
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == "tfrseg": found.update(a.name for a in node.names)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tfrseg."): found.add(node.module.split(".")[1])
        if isinstance(node, ast.Import): found.update(a.name.split(".")[1] for a in node.names if a.name.startswith("tfrseg."))
    return found - {"__version__"}


@pytest.mark.parametrize("module", CHAPTERS)
def test_modules_import_only_lower_numbers(module):
    higher = [m for m in imports_of(module) if CHAPTERS[m] >= CHAPTERS[module]]
    assert not higher, f"{module} imports {higher}"


@pytest.mark.parametrize("module", CHAPTERS)
def test_what_update_returns_is_never_a_value(module):
    "tqdm's `update` returns True when it has drawn: `bar.update() or x` loses x in long work. `core.tick` hands values on."
    tree = ast.parse((ROOT / "tfrseg" / f"{module}.py").read_text())
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    used = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            and node.func.attr == "update" and id(node) not in statements]
    assert not used, f"{module}.py, lines {used}: the value of update() is used"


def test_out_never_imports_in():
    for module in CHAPTERS:
        if floor(module) in OUT: assert not [m for m in imports_of(module) if floor(m) in IN], module


def test_the_ground_knows_no_tensorflow():
    for module in ("core", "cards", "plot"):
        assert "tensorflow" not in (ROOT / "tfrseg" / f"{module}.py").read_text().replace("TensorFlow", ""), module


def test_records_want_tensorflow_for_remote_files_alone():
    tree = ast.parse((ROOT / "tfrseg" / "record.py").read_text())
    wanting = [name.name for name in ast.walk(tree) if isinstance(name, (ast.ClassDef, ast.FunctionDef)) and "import tensorflow" in ast.unparse(name)]
    assert wanting == ["RemotePath", "_files"] and "import tensorflow" not in "".join(ast.unparse(n) for n in tree.body if not isinstance(n, ast.ClassDef))


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
    for path in (copy / "tfrseg").glob("*.py"):
        if path.name != "__init__.py": path.unlink()
    run_nbdev("nbdev_export", copy)
    here, there = ({p.name: p.read_text() for p in (root / "tfrseg").glob("*.py")} for root in (ROOT, copy))
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


def test_public_names_are_those_of_the_modules():
    for module, names in tfrseg._EXPORTS.items():
        assert sorted(import_module(f"tfrseg.{module}").__all__) == sorted(names), module
    assert set(tfrseg._EXPORTS) == set(CHAPTERS) - {"cli"}
    assert len(tfrseg._HOME) == sum(map(len, tfrseg._EXPORTS.values())), "one name stands for two things"
    assert all(getattr(tfrseg, name) is not None for name in tfrseg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"): tfrseg.nothing


@pytest.mark.parametrize("module", tfrseg._EXPORTS)
def test_public_names_are_documented(module):
    "A docstring on everything public, and a comment on every parameter and return of a function."
    for name in tfrseg._EXPORTS[module]:
        thing = getattr(tfrseg, name)
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
