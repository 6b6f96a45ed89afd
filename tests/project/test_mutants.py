"""The tool that makes mutants: what it changes, what kills, what survives, and that it resumes."""
import json
import subprocess
import sys
from dataclasses import asdict
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from conftest import ROOT

CODE = '''"""Some sums; 1 + 1 in a docstring stays."""
def larger(
    one,  # a number
    two,  # another
):
    "The larger one."
    return one if one > two else two


def count(n):
    if n < 0: raise ValueError(f"{n + 1} is below 0")
    at = 0
    while at < n:
        at += 1
    return at


def unseen(n): return n + 40
'''
TESTS = '''import pytest
from tiny.room.sums import larger, count

def test_fails_anyway(): assert larger(1, 2) == 3
def test_larger(): assert (larger(1, 2), larger(2, 1)) == (2, 2)
def test_count(): assert count(10) == 10
def test_below(): pytest.raises(ValueError, count, -1)
'''


@pytest.fixture(scope="module")
def tool():
    spec = spec_from_file_location("mutants", ROOT / "tools" / "mutants.py")
    sys.modules["mutants"] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tiny(tmp_path):
    "A project with a package of one module and a file of tests."
    for name, text in {"tiny/__init__.py": "", "tiny/room/__init__.py": "", "tiny/room/sums.py": CODE, "tests/room/test_sums.py": TESTS}.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "project"


def state(path, mutants):
    path.write_text(json.dumps({"seed": 0, "mutants": [asdict(each) for each in mutants]}))


def run(root, state, *options):
    "The tool in a process of its own, which looks at a test that says nothing for seconds."
    code = "import sys, mutants; mutants.HANG = 4; sys.exit(mutants.main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", code, "--root", root, "--package", "tiny", "--state", state, "--workers", "1",
                           "--preload", "pytest", *options],
                          cwd=ROOT / "tools", capture_output=True, text=True)


def test_what_is_drawn(tool, tiny):
    found = {(each.line, each.kind, each.new) for each in tool.mutants_of(tiny / "tiny", "room/sums.py")}
    assert (7, "compare", "(one >= two)") in found and (11, "removed check", "((n < 0) and False)") in found
    assert (13, "compare", "(at <= n)") in found and (14, "arithmetic", " -= ") in found and (12, "constant", "1") in found
    assert not [each for each in found if each[0] < 7 or each[0] == 11 and "+" in each[2]], "texts and errors stay"
    drawn = tool.draw(tiny / "tiny", 6, 1)
    assert len(drawn) == 6 and drawn == tool.draw(tiny / "tiny", 6, 1) != tool.draw(tiny / "tiny", 6, 2)


@pytest.mark.slow
def test_killed_survived_hung_and_resumed(tool, tiny, tmp_path):
    wanted = {"(not (one > two))": "killed", "((n < 0) and False)": "killed", " -= ": "killed", "(n - 40)": "survived"}
    mutants = [each for each in tool.mutants_of(tiny / "tiny", "room/sums.py") if each.new in wanted]
    state(tmp_path / "run.json", mutants)
    done = run(tiny, tmp_path / "run.json")
    assert done.returncode == 1, done.stderr
    known = json.loads((tmp_path / "run.json").read_text())["mutants"]
    assert {each["new"]: each["status"] for each in known} == wanted
    killers = {each["new"]: each["by"].partition("::")[2] for each in known}
    assert killers == {"(not (one > two))": "test_larger", "((n < 0) and False)": "test_below", " -= ": "test_count (hang)", "(n - 40)": ""}
    assert "1 of 4 that are not equivalent survive (25.0 %)" in done.stdout and "  + (n - 40)" in done.stdout
    assert (tiny / "tiny" / "room" / "sums.py").read_text() == CODE, "the checkout is not touched"

    known[0] |= {"status": "", "by": ""}  # stopped before this one; and a test that sees more, for the survivor
    (tiny / "tests" / "room" / "test_more.py").write_text("from tiny.room.sums import unseen\ndef test_unseen(): assert unseen(2) == 42\n")
    (tmp_path / "run.json").write_text(json.dumps({"seed": 0, "mutants": known}))
    done = run(tiny, tmp_path / "run.json", "--only", "room/sums.py:18")
    again = [line.split()[1] for line in done.stdout.partition("\n\n")[0].splitlines()[:2]]
    assert sorted(again) == ["room/sums.py:18", "room/sums.py:7"] and "0 of 4" in done.stdout and done.returncode == 0, done.stdout + done.stderr


def test_a_mutant_is_found_again_where_lines_moved(tool, tiny, tmp_path):
    mutants = [each for each in tool.mutants_of(tiny / "tiny", "room/sums.py") if each.new in ("(n - 40)", " -= ")]
    mutants[1].status = "survived"
    state(tmp_path / "run.json", mutants)
    (tiny / "tiny" / "room" / "sums.py").write_text("# a line\n" + CODE.replace("at += 1", "at = at + 1"))
    found = tool.Run(tmp_path / "run.json", tiny, "tiny")
    tool.follow(found)
    assert [(each.line, each.status) for each in found.mutants] == [(14, "gone"), (19, "survived")]


def test_the_cell_of_the_chapter_has_the_mutant(tool, tiny):
    "A notebook runs its own cells, so the module alone would not be enough."
    cell = "def unseen(n): return n + 40"
    (tiny / "nbs").mkdir()
    notebook = {"cells": [{"id": "one", "source": ["# text"]}, {"id": "two", "source": ["#| export\n", cell]}]}
    (tiny / "nbs" / "00_sums.ipynb").write_text(json.dumps(notebook))
    module = f"# %% ../../nbs/00_sums.ipynb #one\nimport re\n\n# %% ../../nbs/00_sums.ipynb #two\n{cell}\n"
    (tiny / "tiny" / "room" / "sums.py").write_text(module)
    mutant, = (each for each in tool.mutants_of(tiny / "tiny", "room/sums.py") if each.new == "(n - 40)")
    path, text = tool.chapter_with(mutant, module, tool.mutated(tiny / "tiny", mutant).decode(), tiny)
    assert path == "nbs/00_sums.ipynb"
    assert ["".join(part["source"]) for part in json.loads(text)["cells"]] == ["# text", "#| export\ndef unseen(n): return (n - 40)"]
