"""Mutants: one small fault at a time is put into a copy of the package, and the tests have to find it.

    python tools/mutants.py --state FILE            draws 80 mutants with seed 1 and runs them, two at a time
    python tools/mutants.py --state FILE            the same again: resumes, and prints the table
    python tools/mutants.py --state FILE --list     prints the table and runs nothing
    python tools/mutants.py --state FILE --only storage/files.py:120     runs what was drawn there anew
    python tools/mutants.py --state FILE --survivors --first TEST    after a test was written for survivors

A kill counts only if the test that failed passes in a copy without the mutant. Tests are found by words:
those that name the changed function, or what calls it, come first; then the notebook of the chapter, with the
mutant in its cell; then what else concerns the room. What changes nothing that can be observed stands in
`mutants_equivalent.json` beside this file, with the reason.
"""
from __future__ import annotations

import argparse
import ast
import copy
import json
import keyword
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EQUIVALENT = Path(__file__).with_name("mutants_equivalent.json")
LIMITS = {"tests": 50, "notebook": 120, "room": 60}  # seconds of a stage
HANG = 75                                             # seconds of one test, after which it is looked at
NOT_RUN = ("project/", "test_cluster", "test_walk", "test_large", "test_endurance", "test_fuzz", "test_bench")
SKIPPED = ("__repr__", "__str__", "_repr_html_", "_repr_mimebundle_", "__dir__")  # functions of looks alone
LOOKS = {"figsize", "dpi", "fontsize", "linewidth", "stacklevel", "desc", "help"}  # keywords of looks alone

# --- what can be mutated

COMPARED = {"Lt": ast.LtE, "LtE": ast.Lt, "Gt": ast.GtE, "GtE": ast.Gt, "Eq": ast.NotEq, "NotEq": ast.Eq,
            "In": ast.NotIn, "NotIn": ast.In, "Is": ast.IsNot, "IsNot": ast.Is}
COMPUTED = {"Add": ast.Sub, "Sub": ast.Add, "Mult": ast.FloorDiv, "Div": ast.Mult, "FloorDiv": ast.Mult,
            "Mod": ast.Mult, "Pow": ast.Mult, "BitAnd": ast.BitOr, "BitOr": ast.BitAnd, "LShift": ast.RShift,
            "RShift": ast.LShift, "BitXor": ast.BitOr}
SIGNS = {"Add": "-=", "Sub": "+=", "Mult": "//=", "BitAnd": "|=", "BitOr": "&="}
EXTREMES = {"min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum",
            "maximum": "minimum", "floor": "ceil", "ceil": "floor", "argmin": "argmax", "argmax": "argmin"}
TEXTS = (ast.JoinedStr, ast.List, ast.Tuple)


CELL = re.compile(r"^# %% [./]*(nbs/\S+\.ipynb) #(\S+)$", re.M)


@dataclass
class Mutant:
    "One change, and what became of it."
    module: str          # such as storage/files.py
    line: int            # from 1
    kind: str
    function: str        # dotted name of what it is in; '' at the top
    before: str          # text of the line
    old: str             # what is replaced
    new: str             # what stands there instead
    begin: int           # offset of `old` in the bytes of the module
    status: str = ""     # '': not yet run; killed, survived, equivalent
    by: str = ""         # what killed it
    seconds: float = 0
    ran: list = field(default_factory=list)  # stages, and how each ended

    @property
    def place(self) -> str: return f"{self.module}:{self.line}"

    @property
    def what(self) -> tuple: return self.kind, self.function, self.before, self.old, self.new

    @property
    def killer(self) -> str: return self.by.removesuffix(" (hang)")


def is_text(node: ast.expr) -> bool:
    return isinstance(node, TEXTS) or isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_type(node: ast.expr) -> bool:
    name = ast.unparse(node).rpartition(".")[2]
    return name[:1].isupper() or name in {"str", "int", "float", "bool", "list", "dict", "tuple", "bytes"}


class Finder(ast.NodeVisitor):
    "Collects the mutants of a module: (line, kind, function, begin, end, new text)."

    def __init__(self, text: str):
        self.data, self.found, self.inside = text.encode(), [], []
        self.starts = [0]
        for line in self.data.splitlines(keepends=True): self.starts.append(self.starts[-1] + len(line))
        self.visit(ast.parse(text))

    def span(self, node):
        begin, end = self.starts[node.lineno - 1], self.starts[node.end_lineno - 1]
        return begin + node.col_offset, end + node.end_col_offset

    def source(self, node):
        begin, end = self.span(node)
        return self.data[begin:end].decode()

    def put(self, kind, node, new, span=None):
        begin, end = span or self.span(node)
        self.found.append((node.lineno, kind, ".".join(self.inside), begin, end, new))

    def visit_def(self, node):
        if node.name in SKIPPED: return
        self.inside.append(node.name)
        if not isinstance(node, ast.ClassDef):
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None: self.visit(default)
        for part in node.body: self.visit(part)
        self.inside.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_def

    def nothing(self, node): "Texts, checks of the programmer's own, and imports are left alone."

    visit_Raise = visit_JoinedStr = visit_Assert = visit_Import = visit_ImportFrom = nothing

    def visit_AnnAssign(self, node):
        if node.value is not None: self.visit(node.value)

    def visit_Assign(self, node):
        if not ast.unparse(node.targets[0]).startswith("__"): self.visit(node.value)

    def visit_keyword(self, node):
        if node.arg not in LOOKS: self.visit(node.value)

    def visit_If(self, node):
        text = self.source(node.test)
        if "TYPE_CHECKING" in text or "__name__" in text: return
        check = all(isinstance(part, ast.Raise) for part in node.body)
        self.put("removed check" if check else "removed branch", node.test, f"(({text}) and False)")
        if not check: self.put("negated condition", node.test, f"(not ({text}))")
        self.generic_visit(node)

    def visit_IfExp(self, node):
        self.put("negated condition", node.test, f"(not ({self.source(node.test)}))")
        self.generic_visit(node)

    def visit_comprehension(self, node):
        for test in node.ifs: self.put("removed check", test, f"(({self.source(test)}) or True)")
        self.generic_visit(node)

    def visit_Return(self, node):
        value = node.value
        if value is None or isinstance(value, ast.Constant) and not value.value: return  # as false as None
        is_not = isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not)
        is_truth = is_not or isinstance(value, (ast.Compare, ast.BoolOp))
        self.put("returned value", value, f"(not ({self.source(value)}))" if is_truth else "None")
        self.generic_visit(node)

    def visit_Compare(self, node):
        for i, op in enumerate(node.ops):
            other = copy.deepcopy(node)
            other.ops[i] = COMPARED[type(op).__name__]()
            self.put("compare", node, f"({ast.unparse(other)})")
        self.generic_visit(node)

    def visit_BoolOp(self, node):
        other = copy.deepcopy(node)
        other.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self.put("and/or", node, f"({ast.unparse(other)})")
        self.generic_visit(node)

    def visit_BinOp(self, node):
        name, sides = type(node.op).__name__, (node.left, node.right)
        types = name == "BitOr" and any(map(is_type, sides))
        paths = name == "Div" and re.search("path|root|folder|out|home|dir|place|name", ast.unparse(node))
        if name in COMPUTED and not types and not paths and not any(map(is_text, sides)):
            other = copy.deepcopy(node)
            other.op = COMPUTED[name]()
            self.put("arithmetic", node, f"({ast.unparse(other)})")
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        sign = SIGNS.get(type(node.op).__name__)
        if sign and not is_text(node.value):
            self.put("arithmetic", node, f" {sign} ", (self.span(node.target)[1], self.span(node.value)[0]))
        self.generic_visit(node)

    def visit_Constant(self, node):
        value = node.value
        if isinstance(value, bool): self.put("constant", node, str(not value))
        elif isinstance(value, int): self.put("constant", node, str(value + 1))
        elif isinstance(value, float): self.put("constant", node, repr(value * 2 if value else 1.0))

    def visit_Call(self, node):
        name = ast.unparse(node.func).rpartition(".")[2]
        if name.endswith(("Error", "Warning", "warn", "print")): return
        if name in EXTREMES:
            end = self.span(node.func)[1]
            self.put("min/max", node, EXTREMES[name], (end - len(name), end))
        args = node.args[:2]
        if len(args) == 2 and name not in ("isinstance", "issubclass", "getattr", "hasattr", "cast"):
            one, two = map(self.source, args)
            if one != two and not any(isinstance(arg, ast.Starred) for arg in args):
                (begin, middle), (after, end) = map(self.span, args)
                self.put("swapped args", args[0], two + self.data[middle:after].decode() + one, (begin, end))
        self.generic_visit(node)


def mutants_of(package: Path, module: str) -> list[Mutant]:
    "All mutants of a module."
    text = (package / module).read_text(encoding="utf-8")
    lines, data = text.splitlines(), text.encode()
    return [Mutant(module, line, kind, function, lines[line - 1], data[begin:end].decode(), new, begin)
            for line, kind, function, begin, end, new in Finder(text).found]


def mutated(package: Path, mutant: Mutant) -> bytes:
    "The bytes of its module with the mutant; a `SyntaxError` where it is none."
    data, old = (package / mutant.module).read_bytes(), mutant.old.encode()
    assert data[mutant.begin:mutant.begin + len(old)] == old, f"{mutant.place} has changed since it was drawn"
    data = data[:mutant.begin] + mutant.new.encode() + data[mutant.begin + len(old):]
    ast.parse(data)
    return data


def chapter_with(mutant: Mutant, before: str, after: str, root: Path) -> tuple[str, str] | None:
    "The notebook of a module, and its text with the mutant: it runs its own cells, not the module."
    at = len(before.encode()[:mutant.begin].decode())
    if not (heads := [head for head in CELL.finditer(before) if head.end() <= at]): return None
    path, name = heads[-1].groups()
    cells = [CELL.split(text)[3 * len(heads)] for text in (before, after)]
    notebook = json.loads((root / path).read_text(encoding="utf-8"))
    cell, = (cell for cell in notebook["cells"] if cell.get("id") == name)
    old, source = cells[0].strip(), "".join(cell["source"])
    if source.count(old) != 1: return None
    cell["source"] = source.replace(old, cells[1].strip()).splitlines(keepends=True)
    return path, json.dumps(notebook)


def parses(package: Path, mutant: Mutant) -> bool:
    try: mutated(package, mutant)
    except SyntaxError: return False
    return True


def draw(package: Path, number: int, seed: int) -> list[Mutant]:
    "Rooms by their sizes; in a room a module twice only after each came once, large ones first; kinds alike."
    draws, rooms = random.Random(seed), defaultdict(dict)
    for path in sorted(package.rglob("*.py")):
        module = path.relative_to(package).as_posix()
        if path.name.startswith("_") or not (found := mutants_of(package, module)): continue
        rooms[module.rpartition("/")[0]][module] = found
    sizes = {room: sum(map(len, modules.values())) for room, modules in rooms.items()}
    shares = {room: number * size / sum(sizes.values()) for room, size in sizes.items()}
    counts = Counter({room: int(share) for room, share in shares.items()})
    counts.update(sorted(shares, key=lambda room: counts[room] - shares[room])[:number - counts.total()])
    drawn = []
    for room, modules in rooms.items():
        turn = []
        wanted = len(drawn) + counts[room]
        while len(drawn) < wanted:
            if not turn: turn = sorted(modules, key=lambda name: draws.random() ** (1 / len(modules[name])))
            by_kind = defaultdict(list)
            for each in modules[turn.pop()]: by_kind[each.kind].append(each)
            each = draws.choice(by_kind[draws.choice(sorted(by_kind))])
            if each not in drawn and parses(package, each): drawn.append(each)
    draws.shuffle(drawn)
    return drawn


# --- which tests

WORD = re.compile(r"[A-Za-z_]\w+")
KEYWORDS = {*keyword.kwlist, "int", "len", "min", "max", "any", "all", "np", "tf", "size", "name"}


@cache
def callers(package: Path) -> dict[str, set[str]]:
    "By the name of a function or class: the names of those, anywhere in the package, that use it."
    uses, defined = defaultdict(set), set()
    for path in package.rglob("*.py"):
        if path.name == "_modidx.py": continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)): continue
            parts = [node, *(part for part in ast.walk(node) if isinstance(part, ast.FunctionDef))]
            for part in parts:
                defined.add(part.name)
                uses[part.name] |= set(WORD.findall(ast.unparse(part))) - {part.name}
    found = defaultdict(set)
    for name, words in uses.items():
        for word in words & defined: found[word].add(name)
    return found


def names_of(mutant: Mutant, package: Path) -> dict[str, float]:
    "Words to look for in tests, with weights: the function itself 1, who calls it a third, and so on."
    weights, new = {}, set(mutant.function.split(".")) - {""}
    if not new:  # at the top: a constant
        new = set(WORD.findall(mutant.before.partition("=")[0]))
    for weight in (1, 1 / 3, 1 / 9, 1 / 27):
        weights |= {name: weight for name in new if not name.startswith("__")}
        new = {caller for name in new for caller in callers(package).get(name, ())} - weights.keys()
    return weights


def words_of_line(mutant: Mutant) -> list[str]:
    "Names and keys of the changed line, without sentences."
    line = re.sub(r"\"[^\"]* [^\"]*\"", "", mutant.before)
    return [word for word in WORD.findall(line) if word not in KEYWORDS]


@cache
def words_of(path: Path) -> frozenset[str]: return frozenset(WORD.findall(path.read_text(encoding="utf-8")))


def rank(mutant: Mutant, root: Path, package: Path, seconds: dict[str, float]) -> tuple[list[str], list[str]]:
    "Files of tests: the three that say most of what was changed for their cost, and what concerns the room."
    files = [path for path in sorted((root / "tests").rglob("test_*.py")) if not any(
        part in path.relative_to(root / "tests").as_posix() for part in NOT_RUN)]
    weights, room = names_of(mutant, package), mutant.module.rpartition("/")[0]
    stem = Path(mutant.module).stem
    weights |= {word: 1 / 3 for word in words_of_line(mutant) if word not in weights}
    held = {name: sum(name in words_of(path) for path in files) for name in weights}
    scores = {}
    for path in files:
        score = sum(weight / held[name] for name, weight in weights.items() if name in words_of(path))
        if stem in words_of(path): score += 0.1
        if stem in path.stem: score += 1
        if path.parent.name == (room or "system"): score *= 3
        if "browser" in path.stem: score /= 5
        name = path.relative_to(root).as_posix()
        scores[name] = score / (10 + seconds.get(name, 20)) ** 0.5
    order = sorted((name for name in scores if scores[name]), key=scores.get, reverse=True)
    others = [name for name in scores if f"tests/{room}/" in name and name not in order] if room else []
    return order[:3], order[:12] + others


# --- as a plugin of pytest, in the copy

def plan() -> dict: return json.loads(Path(os.environ["MUTANTS_PLAN"]).read_text())


def say(*words) -> None:
    with open(os.environ["MUTANTS_PROGRESS"], "a") as file: file.write(json.dumps(words) + "\n")


def pytest_collection_finish(session):
    module = sys.modules.get(plan()["package"])
    copied = module is None or Path(plan()["root"]) in Path(module.__file__).parents
    assert copied, f"{module.__file__} is not of the copy"


def words_by_test(path: Path) -> dict[str, set[str]]:
    "The words of each function of a file of tests, and of the functions of the file that it uses."
    tree, found = ast.parse(path.read_text(encoding="utf-8")), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef): found[node.name] = set(WORD.findall(ast.unparse(node)))
    helpers = {name: words for name, words in found.items() if not name.startswith("test_")}
    return {name: words.union(*map(helpers.get, words & helpers.keys())) for name, words in found.items()}


def pytest_collection_modifyitems(items):
    """Without what fails anyway. First what names the changed function, and most of the changed line; of each
    test first two rows of its table."""
    weights, files = plan()["weights"], plan()["files"]
    broken, line = set(plan()["broken"]), set(plan()["line"])
    texts, rows, keys = {}, Counter(), {}
    for item in items:
        if item.path not in texts: texts[item.path] = words_by_test(item.path)
        name, file = getattr(item, "originalname", item.name), item.nodeid.partition("::")[0]
        words = texts[item.path].get(name, set())
        rows[file, name] += 1
        score = max((weight for word, weight in weights.items() if word in words), default=0)
        place = files.index(file) if file in files else len(files)
        keys[item] = (rows[file, name] > 2, -score, -len(line & words), place)
    items[:] = sorted((item for item in items if item.nodeid not in broken), key=keys.get)


def pytest_runtest_logstart(nodeid): say("start", nodeid)


def pytest_runtest_logreport(report):
    say("end" if report.when == "teardown" else "part", report.nodeid, report.duration)
    if report.failed: say("fail", report.nodeid)


# --- runs

PRELOAD = "tensorflow keras pytest hypothesis.extra.numpy PIL.Image matplotlib.pyplot IPython nbdev.test"
SERVER = """
import importlib, json, os, sys
for name in sys.argv[1:]: importlib.import_module(name)
for line in sys.stdin:
    job = json.loads(line)
    child = os.fork()
    if child:
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    code = 99
    try:
        os.setsid()
        os.chdir(job["root"])
        os.environ.update(job["env"])
        sys.path[:0] = job["env"]["PYTHONPATH"].split(os.pathsep)
        for number, name in enumerate((os.devnull, job["out"], job["out"])):
            os.dup2(os.open(name, os.O_WRONLY if number else os.O_RDONLY), number)
        sys.argv[1:] = job["words"]
        if job["what"] == "pytest":
            import pytest
            code = int(pytest.main(job["words"]))
        else:
            from pathlib import Path
            from nbdev.test import test_nb
            code = int(not test_nb(Path(job["words"][0]).resolve(), ["notest"])[0])
    finally:
        sys.stdout.flush()
        os._exit(code)
"""
CHILDREN = set()


def in_a_test(progress: Path) -> bool:
    "Whether a test has begun and not ended."
    said = progress.read_text().splitlines()
    return bool(said) and not said[-1].startswith('["end"')


def stop(*signals) -> None:
    "Ends what runs, and then the tool: what was found is kept."
    for pid in tuple(CHILDREN):
        try: os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError: pass
    os._exit(130)


class Copies:
    "A copy of the project for a worker, with the mutant, and one without."

    def __init__(self, root: Path, where: Path, package: str, preload: list[str]):
        with open(where.parent / "server.log", "a") as log:
            self.server = subprocess.Popen([sys.executable, "-c", SERVER, *preload], text=True,
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                                           cwd=where.parent, start_new_session=True)
        CHILDREN.add(self.server.pid)
        self.root, self.where, self.package, self.changes = root, where, package, int(time.time()) - 10**6
        keep = shutil.ignore_patterns(".git", "__pycache__", "_docs", "_proc", ".hypothesis", ".pytest_cache")
        for name in ("mutant", "clean"):
            shutil.rmtree(where / name, ignore_errors=True)
            shutil.copytree(root, where / name / "project", ignore=keep, symlinks=True)
            data = root.parent / "shared"
            if data.exists(): (where / name / "shared").symlink_to(data.resolve())

    def write(self, module: str, data: bytes) -> None:
        "With a time of its own, or Python would take what it compiled before."
        path = self.where / "mutant" / "project" / self.package / module
        path.write_bytes(data)
        self.changes += 2
        os.utime(path, (self.changes, self.changes))

    def run(self, copy: str, what: str, words: list[str], limit: float, **plan) -> tuple[int | str, list]:
        """The code with which 'pytest' or a 'notebook' ended, or 'time', or 'hang', and what the plugin said.

        It runs in a fork of a process that has imported what is large, but nothing of the package."""
        base = self.where / copy
        root, progress = base / "project", base / "progress"
        progress.write_text("")
        (base / "out").write_text("")
        plan = {"weights": {}, "line": [], "files": [], "broken": []} | plan
        (base / "plan").write_text(json.dumps(plan | {"root": str(root), "package": self.package}))
        shutil.rmtree(base / "tmp", ignore_errors=True)
        (base / "tmp").mkdir()
        env = {"PYTHONPATH": f"{root}{os.pathsep}{Path(__file__).parent}", "MUTANTS_PLAN": str(base / "plan"),
               "MUTANTS_PROGRESS": str(progress), "TMPDIR": str(base / "tmp")}
        job = {"what": what, "words": words, "root": str(root), "env": env, "out": str(base / "out")}
        self.server.stdin.write(json.dumps(job) + "\n")
        self.server.stdin.flush()
        child, ended = int(self.server.stdout.readline()), []
        CHILDREN.add(child)
        waits = threading.Thread(target=lambda: ended.append(int(self.server.stdout.readline())))
        waits.start()
        begun, seen, since, code = time.monotonic(), 0, time.monotonic(), None
        while code is None:
            waits.join(0.5)
            now, size = time.monotonic(), progress.stat().st_size
            if size != seen: seen, since = size, now
            if ended: code = ended[0]
            elif now - begun > limit: code = "time"
            elif copy == "mutant" and now - since > HANG and in_a_test(progress): code = "hang"
        try: os.killpg(child, signal.SIGKILL)  # and what it left behind
        except ProcessLookupError: pass
        waits.join()
        CHILDREN.discard(child)
        return code, [json.loads(line) for line in progress.read_text().splitlines() if line.endswith("]")]

    def pytest(self, copy: str, names: list[str], limit: float, **plan) -> tuple[int | str, list]:
        words = ["-x", "-q", "--tb=line", "-o", "addopts=", "-p", "mutants", "-p", "no:cacheprovider"]
        return self.run(copy, "pytest", [*words, "-m", "not slow", *names], limit, files=names, **plan)

    def notebook(self, copy: str, path: str) -> int | str:
        return self.run(copy, "notebook", [path], LIMITS["notebook"])[0]


class Run:
    "What is known: mutants, times of files, and which tests pass without a mutant. Kept in a file."

    def __init__(self, path: Path, root: Path, package: str):
        self.path, self.root, self.package, self.lock = path, root, package, threading.RLock()
        self.chosen: list[str] = []  # tests that are run before others
        known = json.loads(path.read_text()) if path.exists() else {}
        self.seed = known.get("seed")
        self.seconds, self.sound = known.get("seconds", {}), known.get("sound", {})
        self.mutants = [Mutant(**each) for each in known.get("mutants", [])]

    def save(self) -> None:
        with self.lock:
            text = json.dumps({"seed": self.seed, "seconds": self.seconds, "sound": self.sound,
                               "mutants": [asdict(each) for each in self.mutants]}, indent=1)
            self.path.with_suffix(".new").write_text(text)
            self.path.with_suffix(".new").replace(self.path)

    def confirm(self, copies: Copies) -> None:
        "Runs what killed in the copy without a mutant; what fails there has killed nothing."
        killed = [each for each in self.mutants if each.status == "killed"]
        killers = {each.killer for each in killed} - self.sound.keys()
        tests = sorted(name for name in killers if "::" in name)
        while tests:
            _, said = copies.pytest("clean", tests, 60 + 20 * len(tests))
            self.sound |= {name: True for word, name, *_ in said if word == "end"}
            self.sound |= {name: False for word, name, *_ in said if word == "fail"}
            left = [name for name in tests if name not in self.sound]
            if len(left) == len(tests): self.sound |= {left[0]: False}  # it ended pytest
            tests = [name for name in left if name not in self.sound]
        for name in killers - self.sound.keys():
            self.sound[name] = not name.endswith(".ipynb") or copies.notebook("clean", name) == 0
        for each in killed:
            if not self.sound[each.killer]: each.status, each.by = "", ""

    def stage(self, mutant: Mutant, copies: Copies, stage: str, files: list[str], ran: set[str]) -> str:
        "Which test of some files kills, or ''; `ran` are those that have passed, and are not run again."
        weights, ends = names_of(mutant, self.root / self.package), time.monotonic() + LIMITS[stage]
        while files and (left := ends - time.monotonic()) > 0:
            broken = [*ran, *(name for name, good in self.sound.items() if not good)]
            code, said = copies.pytest("mutant", files, left, weights=weights, broken=broken,
                                       line=words_of_line(mutant))
            times = Counter()
            for word, name, *rest in said:
                if word in ("end", "part"): times[name.partition("::")[0]] += rest[0]
            failed = [name for word, name, *_ in said if word == "fail"]
            ran.update(name for word, name, *_ in said if word == "end")
            if code == "hang": failed = [said[-1][1]]
            if code in (0, "time"):
                for name, spent in times.items():
                    self.seconds[name] = round(max(spent, self.seconds.get(name, 0)), 1)
            for name in failed:
                return f"{name}{' (hang)' if code == 'hang' else ''}"
            if not failed and code not in (0, 1, 5, "time"):
                clean = copies.pytest("clean", ["--collect-only", *files], LIMITS[stage])[0]
                mutant.ran.append(f"{stage}: pytest ended with {code}")
                return f"{files[0]}, when it is collected" if clean == 0 else ""
            if not failed:
                count = sum(word == "end" for word, *_ in said)
                mutant.ran.append(f"{stage}: {count} tests, {'time is up' if code == 'time' else 'all'}")
                return ""
        return ""

    def judge(self, mutant: Mutant, copies: Copies) -> None:
        "Runs the tests of a mutant and notes what became of it."
        begun, package = time.monotonic(), self.root / self.package
        data, mutant.ran = (package / mutant.module).read_bytes(), []
        copies.write(mutant.module, mutated(package, mutant))
        direct, room = rank(mutant, copies.where / "mutant" / "project", package, self.seconds)
        chapter = chapter_with(mutant, data.decode(), mutated(package, mutant).decode(), self.root)
        ran = set()
        by = self.stage(mutant, copies, "tests", self.chosen, ran)
        if not by: by = self.stage(mutant, copies, "tests", direct, ran)
        if not by and chapter:
            path, there = chapter[0], copies.where / "mutant" / "project" / chapter[0]
            there.write_text(chapter[1], encoding="utf-8")
            code = copies.notebook("mutant", path)
            shutil.copyfile(self.root / path, there)
            mutant.ran.append(f"notebook: {code}")
            if code != 0 and self.sound.get(path, True): by = path + (" (hang)" if code == "time" else "")
        if not by: by = self.stage(mutant, copies, "room", room, ran)
        copies.write(mutant.module, data)
        mutant.status, mutant.by = "killed" if by else "survived", by
        mutant.seconds = round(time.monotonic() - begun, 1)


def follow(run: Run) -> None:
    "Finds mutants again in modules that changed, by line, function and what is replaced; or they are gone."
    for module in {each.module for each in run.mutants}:
        data = (run.root / run.package / module).read_bytes()
        now = mutants_of(run.root / run.package, module)
        for each in [each for each in run.mutants if each.module == module]:
            old = each.old.encode()
            there = data[each.begin:each.begin + len(old)], data[:each.begin].count(b"\n") + 1
            if there == (old, each.line): continue
            same = [other for other in now if other.what == each.what]
            if same: each.begin, each.line = same[0].begin, same[0].line
            elif not each.status: each.status, each.by = "gone", "the line is no longer there"


def equivalent() -> dict[tuple, str]:
    "Reasons by module, line and change."
    if not EQUIVALENT.exists(): return {}
    rows = json.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {(row["module"], row["line"], row["new"]): row["why"] for row in rows}


def told(mutant: Mutant, status: str, by: str) -> str:
    return f"{status:10} {mutant.place:36} {mutant.kind:17} {mutant.seconds:5.0f} s  {by}"


def report(run: Run) -> int:
    "Prints the table and the survivors; how many of these there are."
    reasons, counts = equivalent(), Counter()
    for each in sorted(run.mutants, key=lambda each: (each.module, each.line)):
        why = reasons.get((each.module, each.before.strip(), each.new)) if each.status == "survived" else None
        counts["equivalent" if why else each.status or "not run"] += 1
        print(told(each, "equivalent" if why else each.status or "-", why or each.by))
        if each.status == "survived" and not why:
            print(f"    in {each.function or 'the module'}; {'; '.join(each.ran)}")
            print(f"    {each.before.strip()}", f"  - {each.old}", f"  + {each.new}", sep="\n")
    real = counts["killed"] + counts["survived"]
    print(f"\nseed {run.seed}: {dict(counts)}; {counts['survived']} of {real} that are not equivalent survive"
          f" ({100 * counts['survived'] / max(real, 1):.1f} %)")
    return counts["survived"]


def main(argv: list[str] | None = None) -> int:
    look = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=look)
    parser.add_argument("--state", type=Path, required=True, help="JSON file of what was drawn and found")
    parser.add_argument("--number", type=int, default=80, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="mutants at a time")
    parser.add_argument("--work", type=Path, help="folder of the copies; by default beside the state")
    parser.add_argument("--only", action="append", metavar="FILE:LINE", help="run this anew; or a FILE")
    parser.add_argument("--first", action="append", default=[], metavar="TEST", help="to begin with")
    parser.add_argument("--survivors", action="store_true", help="run those anew that survived")
    parser.add_argument("--list", action="store_true", help="print what is known and stop")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the project")
    parser.add_argument("--package", default="tfrseg")
    parser.add_argument("--preload", default=PRELOAD, help="modules to import once, not in each run")
    args = parser.parse_args(argv)
    run = Run(args.state, args.root.resolve(), args.package)
    if not run.mutants:
        run.seed, run.mutants = args.seed, draw(run.root / run.package, args.number, args.seed)
        run.save()
    if args.list: return report(run) > 0
    run.chosen = args.first
    os.nice(5)
    for number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, stop)
    follow(run)
    for each in run.mutants:
        again = args.survivors and each.status == "survived"
        if again or args.only and any(each.place.startswith(place) for place in args.only): each.status = ""
    work = (args.work or args.state.with_suffix("")).resolve()
    work.mkdir(parents=True, exist_ok=True)
    free = [Copies(run.root, work / str(i), run.package, args.preload.split()) for i in range(args.workers)]

    def one(mutant):
        with run.lock: copies = free.pop()
        run.judge(mutant, copies)
        with run.lock:
            free.append(copies)
            run.save()
            print(told(mutant, mutant.status, mutant.by), flush=True)

    while todo := [each for each in run.mutants if not each.status]:
        with ThreadPoolExecutor(args.workers) as pool: list(pool.map(one, todo))
        run.confirm(free[0])
        run.save()
    for copies in free: copies.server.communicate()
    return report(run) > 0


if __name__ == "__main__": sys.exit(main())
