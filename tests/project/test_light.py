"""Below the augmenter nothing imports TensorFlow: data are written, read, checked, changed and looked at where it is not installed."""
import json
import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from importlib import metadata
from pathlib import Path

import pytest
from conftest import HELPERS, ROOT
from packaging.requirements import Requirement

STEPS = re.findall(r"^@step\ndef (\w+)", (HELPERS / "light_floors.py").read_text(), re.M)
NOWHERE = """
import sys

class Nowhere:
    "TensorFlow is nowhere to be found."
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("tensorflow", "keras"): raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Nowhere())
"""


def run_floors(folder: Path, environment: dict[str, str], *options) -> dict:
    "What each step of the helper failed with."
    command = [sys.executable, *options[:1], HELPERS / "light_floors.py", folder, *options[1:]]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def blocked(tmp_path_factory):
    "The steps in a process where importing TensorFlow raises."
    blocking, folder = tmp_path_factory.mktemp("blocking"), tmp_path_factory.mktemp("floors")
    (blocking / "sitecustomize.py").write_text(NOWHERE)
    return run_floors(folder, os.environ | {"PYTHONPATH": f"{blocking}{os.pathsep}{ROOT}"})


@pytest.mark.parametrize("step", STEPS)
def test_without_tensorflow(blocked, step): assert blocked["steps"][step] is None, blocked["steps"][step]


def light_distributions() -> set[str]:
    "The names of tfrseg's requirements without TensorFlow, and of all that these require."
    settings = ConfigParser(delimiters=["="], interpolation=None)
    settings.read(ROOT / "settings.ini")
    queue = [Requirement(text) for text in settings["DEFAULT"]["requirements"].split()]
    queue, found = [each for each in queue if each.name != "tensorflow"], set()
    while queue:
        requirement = queue.pop()
        if requirement.name in found or requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        found.add(requirement.name)
        queue += map(Requirement, metadata.requires(requirement.name) or ())
    return found


def link_distribution(name: str, folder: Path) -> None:
    "Links to what a distribution has put into the site's packages."
    distribution = metadata.distribution(name)
    for top in {file.parts[0] for file in distribution.files or ()
                if file.parts[0] not in ("..", "__pycache__")}:
        if not (folder / top).exists(): (folder / top).symlink_to(distribution.locate_file(top))


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_installed_with_light_requirements_only(tmp_path):
    "A wheel without dependencies, beside the packages that it needs but for TensorFlow, and nothing else."
    project, site, folder = tmp_path / "project", tmp_path / "site", tmp_path / "floors"
    for path in (project, site, folder): path.mkdir()
    for name in ("settings.ini", "pyproject.toml", "setup.py", "README.md", "LICENSE", "MANIFEST.in"):
        if (ROOT / name).exists(): shutil.copy(ROOT / name, project)
    shutil.copytree(ROOT / "tfrseg", project / "tfrseg", ignore=shutil.ignore_patterns("__pycache__"))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation",
               "--no-index", "--no-compile", "--target", site, project]
    done = subprocess.run(install, capture_output=True, text=True,
                          env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    assert done.returncode == 0, done.stderr[-3000:]
    for name in light_distributions(): link_distribution(name, site)
    assert not (site / "tensorflow").exists() and not (site / "keras").exists()
    found = run_floors(folder, os.environ | {"PYTHONPATH": str(site)}, "-S", site / "bin" / "tfrseg")
    assert not found["heavy"] and not any(found["steps"].values()), "\n".join(filter(None,
                                                                                     found["steps"].values()))


@pytest.mark.parametrize("verb", ("info", "check", "repair", "export"))
def test_what_a_verb_imports(shards, tmp_path, verb):
    "A verb that draws nothing starts without what draws or trains."
    words = {"repair": [tmp_path / "new"], "export": [tmp_path / "files"]}.get(verb, [])
    code = "import sys; from tfrseg.cli import main; status = main(sys.argv[1:]); print(*sys.modules); sys.exit(status)"
    done = subprocess.run([sys.executable, "-c", code, verb, shards, *words], capture_output=True, text=True,
                          timeout=240)
    assert done.returncode == 0, done.stderr
    heavy = {"tensorflow", "keras", "matplotlib", "scipy", "ipywidgets",
             "IPython"} & set(done.stdout.splitlines()[-1].split())
    assert not heavy
