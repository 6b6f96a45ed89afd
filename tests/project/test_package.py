"""What is installed: wheel and source archive, their metadata, the extras, and the lowest versions that are allowed."""
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from configparser import ConfigParser
from email.parser import Parser

import pytest
from conftest import ROOT
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

SETTINGS = ConfigParser(delimiters=["="], interpolation=None)
SETTINGS.read(ROOT / "settings.ini", encoding="utf-8")
SETTINGS = SETTINGS["DEFAULT"]
PARTS = {key.removesuffix("_requirements"): value.split() for key, value in SETTINGS.items() if key.endswith("_requirements")}
DEV = SETTINGS["dev_parts"].split()


def tracked(*paths) -> list[str]:
    "Files that git knows, below some folders."
    return subprocess.run(["git", "ls-files", *paths], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    "A wheel and a source archive, made of copies of what git knows."
    if not (ROOT / ".git").exists(): pytest.skip("wants a checkout: what git knows is compared with what is packed")
    project, out = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("dist")
    for name in tracked("settings.ini", "pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "CHANGELOG.md", "tfrseg", "tests"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists(): shutil.copy(ROOT / name, project / name)
    code = f"from setuptools import build_meta as b; b.build_wheel({str(out)!r}); b.build_sdist({str(out)!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True,
                          env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"})
    assert done.returncode == 0, done.stderr[-3000:]
    return {path.suffix: path for path in out.iterdir()}


@pytest.fixture(scope="module")
def metadata(built):
    with zipfile.ZipFile(built[".whl"]) as wheel:
        name, = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(wheel.read(name).decode())


def test_the_wheel_holds_the_package_and_nothing_else(built):
    "Each file below tfrseg/: modules, stubs, scripts, styles, py.typed."
    with zipfile.ZipFile(built[".whl"]) as wheel: names = wheel.namelist()
    assert sorted(name for name in names if ".dist-info/" not in name) == sorted(tracked("tfrseg"))
    assert [name for name in names if name.endswith("LICENSE")]


def test_the_source_archive_holds_what_builds_and_no_tests(built):
    "Tests want notebooks, helpers and a corpus beside them: they are in the repository."
    with tarfile.open(built[".gz"]) as archive: names = {name.partition("/")[2] for name in archive.getnames() if "/" in name}
    assert {*tracked("tfrseg")} | {"settings.ini", "setup.py", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"} <= names
    assert not [name for name in names if name.startswith(("tests", "nbs"))]


def test_the_page_on_the_index_reaches_everything(metadata):
    "Pictures and links are absolute, those of the tag of this version, and each names a file that is here."
    text, url = metadata.get_payload(), SETTINGS["git_url"]
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    assert targets and not [target for target in targets if not target.startswith(("https://", "#"))]
    raw = url.replace("github.com", "raw.githubusercontent.com") + f"/v{SETTINGS['version']}/"
    for kind, base in ((r"!\[[^]]*\]\(([^)]+)\)", raw), (r"(?<!\])\]\(([^)]+)\)", f"{url}/blob/v{SETTINGS['version']}/")):
        ours = [target.removeprefix(base) for target in re.findall(kind, text) if target.startswith(base)]
        assert ours and not [name for name in ours if not (ROOT / name.partition("#")[0]).is_file()]


def test_metadata(metadata):
    assert metadata["Name"] == "tfrseg" and metadata["Version"] == SETTINGS["version"]
    assert metadata["License-Expression"] == "Apache-2.0" or metadata["License"] == "Apache-2.0"  # setuptools before 77 knows no expression
    links = dict(line.split(", ") for line in metadata.get_all("Project-URL"))
    assert {"Documentation", "Changelog", "Issues", "Source"} <= {*links} and "Typing :: Typed" in metadata.get_all("Classifier")
    pythons = [line.split(" :: ")[-1] for line in metadata.get_all("Classifier") if re.search(r"Python :: 3\.\d", line)]
    assert pythons == SETTINGS["python_versions"].split() and pythons[0] == SETTINGS["min_python"]


def test_classifiers_are_those_of_the_index(metadata):
    known = pytest.importorskip("trove_classifiers", reason="trove-classifiers is not installed").classifiers
    assert {*metadata.get_all("Classifier")} <= known


def plain(requirement) -> tuple:
    "What is asked for, in one spelling."
    return canonicalize_name(requirement.name), str(requirement.specifier), *sorted(requirement.extras)


def test_every_extra_can_be_installed(metadata):
    "Each list of settings.ini is an extra, with all its requirements, and `dev` is all of its parts."
    told = {name: set() for name in metadata.get_all("Provides-Extra")}
    for text in metadata.get_all("Requires-Dist"):
        requirement = Requirement(text)
        for extra in told:
            with_extra = requirement.marker and requirement.marker.evaluate(default_environment() | {"extra": extra})
            without = requirement.marker and requirement.marker.evaluate(default_environment() | {"extra": ""})
            if with_extra and not without: told[extra].add(plain(requirement))
    assert {*told} == {*PARTS, "dev"}
    for name, texts in {**PARTS, "dev": [text for part in DEV for text in PARTS[part]]}.items():
        assert told[name] == {plain(r) for r in map(Requirement, texts) if not r.marker or r.marker.evaluate()}, name


def test_extras_are_told_once():
    "The table of README names each extra and its packages as settings.ini does."
    rows = re.findall(r"^\| `\[(\w+)\]` \| [^|]+ \| ([^|]+) \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    told = {extra: {*re.findall(r"`([^`]+)`", packages)} for extra, packages in rows}
    assert len(rows) == len(told) and {*told} == {*PARTS, "dev"}
    for extra, texts in PARTS.items():
        if extra not in ("test", *DEV): assert told[extra] == {Requirement(text).name for text in texts}, extra
    assert told["dev"] == {f"[{part}]" for part in DEV}


def lowest() -> dict[str, str]:
    "Versions by the names of .github/lowest.txt."
    lines = (ROOT / ".github" / "lowest.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def test_the_lowest_versions_are_tested():
    "Each lower bound that users meet stands in .github/lowest.txt: 4.8 as 4.8, 4.8.0, 4.8.0.76."
    pinned, bounds = lowest(), {}
    for texts in (SETTINGS["requirements"].split(), *(PARTS[name] for name in PARTS if name not in (*DEV, "peers"))):
        for requirement in map(Requirement, texts):
            bound, = (each.version for each in requirement.specifier if each.operator == ">=")
            assert bounds.setdefault(requirement.name, bound) == bound, f"{requirement.name}: two lower bounds"
            assert requirement.specifier.contains(pinned[requirement.name])
            assert re.fullmatch(rf"{re.escape(bound)}(\.\d+)*", pinned[requirement.name]), requirement.name
    assert bounds.keys() == pinned.keys()
