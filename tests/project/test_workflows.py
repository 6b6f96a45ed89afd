"""What GitHub runs: every action is one commit, every job ends, nothing may write that need not, and the Pythons are those of the metadata."""
import re
from configparser import ConfigParser

import pytest
from conftest import ROOT

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

FOLDER = ROOT / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
FORMS = sorted((FOLDER / "ISSUE_TEMPLATE").glob("*.yml"))
WRITES = {("docs.yml", "deploy"): {"pages": "write", "id-token": "write"}, ("release.yml", "publish"): {"id-token": "write"},
          ("release.yml", "notes"): {"contents": "write"}}


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request): return request.param, yaml.safe_load(request.param.read_text())


def test_an_action_is_a_commit_and_its_version_is_said(workflow):
    lines = [line for line in workflow[0].read_text().splitlines() if re.search(r"\buses:", line)]
    assert lines
    for line in lines: assert re.fullmatch(r" +(- )?uses: [\w.-]+/[\w.-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", line), line


def test_one_version_of_each_action():
    used = {}
    for path in WORKFLOWS:
        for name, rest in re.findall(r"uses: ([^@\s]+)@(.+)", path.read_text()): used.setdefault(name, set()).add(rest)
    assert not {name: rest for name, rest in used.items() if len(rest) > 1}


def test_jobs_end_and_only_read(workflow):
    path, content = workflow
    assert content["permissions"] == {"contents": "read"}
    for name, job in content["jobs"].items():
        assert 0 < job["timeout-minutes"] <= 120, name
        assert job.get("permissions") == WRITES.get((path.name, name)), name


def test_only_pull_requests_are_cancelled(workflow):
    assert workflow[1]["concurrency"]["cancel-in-progress"] in (False, "${{ github.event_name == 'pull_request' }}")


def test_the_pythons_are_those_of_the_metadata():
    settings = ConfigParser(delimiters=["="], interpolation=None)
    settings.read(ROOT / "settings.ini", encoding="utf-8")
    pythons = settings["DEFAULT"]["python_versions"].split()
    jobs = yaml.safe_load((FOLDER / "workflows" / "test.yml").read_text())["jobs"]
    assert jobs["test"]["strategy"]["matrix"]["python"] == pythons
    assert {each["versions"]: each["python"] for each in jobs["wheel"]["strategy"]["matrix"]["include"]}["lowest"] == pythons[0]


def test_files_that_workflows_name_are_there():
    for path in WORKFLOWS:
        for name in re.findall(r"(?<![\w/.-])((?:\.github|tests|tools|\.ci)/[\w./-]+)", path.read_text()):
            assert (ROOT / name).exists(), f"{path.name}: {name}"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_forms_ask_with_words(path):
    form = yaml.safe_load(path.read_text())
    if path.name == "config.yml": return
    assert form["name"] and form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert all(field["attributes"]["label"] for field in fields) and len({field["id"] for field in fields}) == len(fields)
    if path.name == "bug.yml": assert any("tfrseg doctor" in field["attributes"]["label"] and field["validations"]["required"] for field in fields)


def test_hooks_before_a_commit_have_the_versions_of_the_tests():
    settings = ConfigParser(delimiters=["="], interpolation=None)
    settings.read(ROOT / "settings.ini", encoding="utf-8")
    wanted = settings["DEFAULT"]["test_requirements"].split()
    nbdev, ruff = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert f"nbdev>={nbdev['rev']},<3" in wanted and re.fullmatch(r"v\d+\.\d+\.\d+", ruff["rev"])
    assert all({*hook["additional_dependencies"]} < {*wanted} for hook in nbdev["hooks"])
