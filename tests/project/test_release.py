"""A release: which version may come, what becomes of CHANGELOG.md, and what is left alone where something is wrong."""
import subprocess
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import release

URL = "https://example.org/x"
FIRST = f"# Changelog\n\n## [Unreleased]\n\n### Added\n\n- One thing.\n\n[Unreleased]: {URL}/commits/main\n"


def git(*words, root): subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path):
    "A project with version 0.1.0 on main, all of it committed."
    (tmp_path / "tfrseg").mkdir()
    texts = {"settings.ini": f"[DEFAULT]\nversion = 0.1.0\ngit_url = {URL}\n", "tfrseg/__init__.py": '"Doc."\n\n__version__ = "0.1.0"\n',
             "CITATION.cff": "version: 0.1.0\nlicense: Apache-2.0\n", "CHANGELOG.md": FIRST}
    for name, text in texts.items(): (tmp_path / name).write_text(text)
    git("init", "--initial-branch", "main", root=tmp_path)
    for key, value in (("user.name", "x"), ("user.email", "x@example.org")): git("config", key, value, root=tmp_path)
    git("add", ".", root=tmp_path)
    git("commit", "--message", "x", root=tmp_path)
    return tmp_path


def refused(call, *words):
    with pytest.raises(SystemExit) as caught: call(*words)
    assert isinstance(caught.value.code, str) and "\n" not in caught.value.code
    return caught.value.code


def test_entries_move_under_the_version():
    first = release.dated(FIRST, "0.1.0", "2026-01-02", URL)
    assert first == ("# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-02\n\n### Added\n\n- One thing.\n\n"
                     f"[Unreleased]: {URL}/compare/v0.1.0...HEAD\n[0.1.0]: {URL}/releases/tag/v0.1.0\n")
    second = release.dated(first.replace("## [Unreleased]\n", "## [Unreleased]\n\n### Fixed\n\n- Another.\n"), "0.2.0", "2026-02-03", URL)
    assert second.index("## [Unreleased]") < second.index("## [0.2.0] - 2026-02-03") < second.index("- Another.") < second.index("## [0.1.0]")
    assert second.endswith(f"[Unreleased]: {URL}/compare/v0.2.0...HEAD\n[0.2.0]: {URL}/compare/v0.1.0...v0.2.0\n[0.1.0]: {URL}/releases/tag/v0.1.0\n")
    assert release.section(second, "0.2.0") == "### Fixed\n\n- Another." and release.section(second, "0.1.0") == "### Added\n\n- One thing."


def test_a_release_changes_something():
    first = release.dated(FIRST, "0.1.0", "2026-01-02", URL)
    assert "nothing under ## [Unreleased]" in refused(release.dated, first, "0.2.0", "2026-01-02", URL)
    assert "no heading" in refused(release.dated, "# Changelog\n", "0.2.0", "2026-01-02", URL)


def test_the_changelog_of_this_project_is_of_this_form():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.count("\n## [Unreleased]\n") == text.count("\n[Unreleased]: ") == 1
    headings = [line for line in text.splitlines() if line.startswith("### ")]
    assert {*headings} <= {f"### {kind}" for kind in ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")}
    if release.section(text, "Unreleased"): assert "## [99.0.0] - 2099-01-01" in release.dated(text, "99.0.0", "2099-01-01", URL)


def test_versions_have_an_order():
    versions = ["0.9.0", "0.10.0a1", "0.10.0b2", "0.10.0rc1", "0.10.0rc10", "0.10.0", "0.10.1", "1.0.0"]
    assert sorted(reversed(versions), key=release.order) == versions
    for wrong in ("1.0", "v1.0.0", "1.0.0-rc1", "1.0.0.dev0"): assert "no version" in refused(release.order, wrong)


def test_what_stops_a_release(project):
    release.check("0.1.0", project)  # the first one may have the version that is there
    assert "not newer than 0.1.0" in refused(release.check, "0.0.9", project)
    git("tag", "v0.1.0", root=project)
    assert "tagged already" in refused(release.check, "0.1.0", project)
    assert "not newer" in refused(release.check, "0.1.0rc1", project)
    release.check("0.1.1", project)
    (project / "new").write_text("x")
    assert refused(release.check, "0.2.0", project) == "not committed: new. Commit or stash first."
    (project / "new").unlink()
    git("checkout", "-b", "other", root=project)
    assert "this is branch other" in refused(release.check, "0.2.0", project)


def test_the_version_is_set_wherever_it_is_said(project, tmp_path_factory, monkeypatch):
    monkeypatch.setattr(release, "build", lambda root, folder, out: (out / "made").write_text(version_in(root)))
    version_in = lambda root: release.version_of((root / "settings.ini").read_text())
    out = tmp_path_factory.mktemp("out")
    release.release("0.2.0", project, out, out / "dist")
    assert (out / "dist" / "made").read_text() == "0.2.0"
    assert '__version__ = "0.2.0"' in (project / "tfrseg" / "__init__.py").read_text() and "## [0.2.0] - " in (project / "CHANGELOG.md").read_text()
    assert (project / "CITATION.cff").read_text().startswith("version: 0.2.0\ndate-released: 20")
    assert release.git("describe", root=project) == "v0.2.0" and not release.git("status", "--porcelain", root=project)
    assert release.with_version("CITATION.cff", (project / "CITATION.cff").read_text(), "0.3.0", "2099-01-01") == "version: 0.3.0\ndate-released: 2099-01-01\nlicense: Apache-2.0\n"


def test_what_cannot_be_built_is_taken_back(project, tmp_path_factory, monkeypatch):
    monkeypatch.setattr(release, "build", lambda *_: sys.exit("twine: failed; see above."))
    before, out = release.git("rev-parse", "HEAD", root=project), tmp_path_factory.mktemp("out")
    assert refused(release.release, "0.2.0", project, out, out / "dist") == "twine: failed; see above."
    assert release.git("rev-parse", "HEAD", root=project) == before and not release.git("status", "--porcelain", root=project)
    assert not release.git("tag", root=project)


def test_notes_are_of_the_version_that_is_set():
    assert "settings.ini has version" in refused(release.notes, "99.0.0")
