"""What texts of the package tell a user to type is there to be typed."""
import ast
import re
from functools import lru_cache

import pytest
from conftest import ROOT

from tfrseg.cli import OPTIONS, VERBS, options_of

FLAG = r"(?<![\w-])--[a-z][a-z-]+"
OTHERS = {"--version", "--help", "--quiet",  # of tfrseg itself and of each verb
          "--no-browser", "--allow-root", "--chunks", "--config", "--head",  # of JupyterLab and other programs
          "--force-reinstall", "--no-cache-dir"}  # of pip
MODULES = sorted((ROOT / "tfrseg").rglob("*.py"))
# Where folders and files are read for the first time: what is advised there, `tfrseg write` takes.
READING = ["core", "storage/image", "storage/labels",
           *(f"sources/{name}" for name in ("values", "source", "layouts", "shapes", "finder"))]


@lru_cache(maxsize=None)
def flags_of(verb: str) -> frozenset[str]:
    "The flags of a verb."
    return frozenset(word for option in options_of(verb) for word in option.typed.split() if word.startswith("-"))


def texts_in(tree: ast.Module):
    "(line, text) of each string; what stands in braces is left out."
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
             for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(part.value if isinstance(part, ast.Constant) else "{}"
                                       for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.lineno, node.value


def wrong_advice(text: str) -> list[str]:
    "The flags of a text that the verb before them does not take, or no verb where none is named."
    verb, wrong, of_any = None, [], {flag for verb in VERBS for flag in flags_of(verb)}
    for word in re.findall(rf"tfrseg (?:{'|'.join(VERBS)})\b|{FLAG}", text):
        if word.startswith("tfrseg "): verb = word.split()[1]
        elif word not in (flags_of(verb) if verb else of_any) | OTHERS:
            wrong.append(f"{word} of {verb or 'any verb'}")
    return wrong


def test_wrong_advice_is_found():
    assert wrong_advice("run tfrseg check OUT --deep, or --split val") == []
    assert wrong_advice("run tfrseg info OUT --deep") == ["--deep of info"]
    assert wrong_advice("--deeply, or tfrseg write --resume, then tfrseg check --resume") == ["--deeply of any verb", "--resume of check"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "tfrseg").as_posix())
def test_flags_in_texts_are_taken(path):
    wrong = [f"line {line}: {each}" for line, text in texts_in(ast.parse(path.read_text()))
             for each in wrong_advice(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", READING)
def test_what_reading_advises_is_taken_by_write(name):
    unknown = set(re.findall(FLAG, (ROOT / "tfrseg" / f"{name}.py").read_text())) - flags_of("write")
    assert not unknown, f"write takes no {sorted(unknown)}"


def test_each_option_belongs_to_verbs():
    for option in OPTIONS: assert option.verbs and set(option.verbs.split()) <= set(VERBS), option.typed
