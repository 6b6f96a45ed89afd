"""A release in one command, and its rehearsal. Needs git and Python; .github/requirements says what builds.

python tools/release.py 0.2.0            checks, sets the version, dates CHANGELOG.md, commits, builds, tags
python tools/release.py 0.2.0 --dry-run  the same in a clone that is removed: this checkout stays as it is
python tools/release.py rehearse         also installs the wheel from a folder, and runs `tfrseg demo`
python tools/release.py notes 0.2.0      what CHANGELOG.md says of the version in settings.ini

Nothing is pushed: the last line says how, and the workflow `release` publishes what is pushed.
"""
from __future__ import annotations

import argparse
import datetime
import os
import re
import subprocess
import sys
import tempfile
import venv
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)((?:a|b|rc)\d+)?")
CHANGED = ("settings.ini", "tfrseg/__init__.py", "CITATION.cff", "CHANGELOG.md")


def order(version: str) -> tuple:
    "What sorts versions: 0.9.0 < 0.10.0a1 < 0.10.0rc1 < 0.10.0."
    found = VERSION.fullmatch(version)
    if not found: sys.exit(f"{version}: no version; wanted three numbers, such as 0.2.0 or 0.2.0rc1.")
    stage, number = re.fullmatch(r"([a-z]*)(\d*)", found[4] or "").groups()
    return (*map(int, found.groups()[:3]), stage or "z", int(number or 0))


def version_of(settings: str) -> str:
    "The version in the text of settings.ini."
    return re.search(r"^version = (.+)$", settings, re.M)[1]


def section(text: str, name: str) -> str:
    "What stands below `## [NAME]` in CHANGELOG.md, without the links at its end."
    found = re.search(rf"^## \[{re.escape(name)}\][^\n]*\n(.*?)(?=^## \[|^\[[^]]+\]: |\Z)", text, re.M | re.S)
    if not found: sys.exit(f"CHANGELOG.md: no heading ## [{name}].")
    return found[1].strip()


def dated(text: str, version: str, date: str, git_url: str) -> str:
    "CHANGELOG.md with the entries of Unreleased under a version, an empty Unreleased above, and their links."
    if not re.search(r"^- ", section(text, "Unreleased"), re.M):
        sys.exit("CHANGELOG.md: nothing under ## [Unreleased]; a release changes something.")
    if f"## [{version}]" in text: sys.exit(f"CHANGELOG.md: {version} is there already.")
    link = re.search(r"^\[Unreleased\]: .*\n", text, re.M)
    if not link: sys.exit("CHANGELOG.md: no link [Unreleased]: at the end.")
    before = re.search(r"^\[(\d[^]]*)\]: ", text[link.end():], re.M)
    since = f"compare/v{before[1]}...v{version}" if before else f"releases/tag/v{version}"
    links = f"[Unreleased]: {git_url}/compare/v{version}...HEAD\n[{version}]: {git_url}/{since}\n"
    text = text[:link.start()] + links + text[link.end():]
    return text.replace("## [Unreleased]\n", f"## [Unreleased]\n\n## [{version}] - {date}\n", 1)


def with_version(name: str, text: str, version: str, date: str) -> str:
    "A file of `CHANGED` with another version."
    cited = f"version: {version}\ndate-released: {date}"
    patterns = {"settings.ini": (r"^version = .+$", f"version = {version}"),
                "tfrseg/__init__.py": (r'^__version__ = ".+"$', f'__version__ = "{version}"'),
                "CITATION.cff": (r"^version: .+(\ndate-released: .+)?$", cited)}
    text, count = re.subn(*patterns[name], text, flags=re.M)
    if count != 1: sys.exit(f"{name}: {count} lines with the version; wanted one.")
    return text


def git(*words: str, root: Path = ROOT) -> str:
    "What git says."
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
    if done.returncode: sys.exit(f"git {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout.rstrip()


def check(version: str, root: Path) -> None:
    "Exits with one line where a release cannot begin."
    known = version_of((root / "settings.ini").read_text(encoding="utf-8"))
    tags = git("tag", "--list", "v*", root=root).split()
    if changed := git("status", "--porcelain", root=root).splitlines():
        sys.exit(f"not committed: {', '.join(line[3:] for line in changed[:3])}. Commit or stash first.")
    if (branch := git("rev-parse", "--abbrev-ref", "HEAD", root=root)) != "main":
        sys.exit(f"this is branch {branch}; releases are made of main.")
    if f"v{version}" in tags: sys.exit(f"v{version} is tagged already.")
    is_first = f"v{known}" not in tags
    if order(version) < order(known) or order(version) == order(known) and not is_first:
        sys.exit(f"{version} is not newer than {known}, the version in settings.ini.")


def write_version(version: str, root: Path) -> None:
    "Sets the version wherever it is said, dates CHANGELOG.md, and commits."
    date = datetime.date.today().isoformat()
    git_url = re.search(r"^git_url = (.+)$", (root / "settings.ini").read_text(encoding="utf-8"), re.M)[1]
    texts = {name: (root / name).read_text(encoding="utf-8") for name in CHANGED}
    log = dated(texts.pop("CHANGELOG.md"), version, date, git_url)
    texts = {name: with_version(name, text, version, date) for name, text in texts.items()}
    for name, text in {**texts, "CHANGELOG.md": log}.items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    git("commit", "--quiet", "--message", f"Version {version}", "--", *CHANGED, root=root)


def run(*words) -> None:
    "Runs a command, and exits where it fails."
    print("$", *words, flush=True)
    if subprocess.run([str(word) for word in words]).returncode: sys.exit(f"{words[0]}: failed; see above.")


def environment(folder: Path) -> Path:
    "A fresh virtual environment, as the folder of its programs."
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if os.name == "nt" else "bin")


def build(root: Path, folder: Path, out: Path) -> None:
    "Source archive and wheel, of what is committed, looked through by twine."
    programs = environment(folder / "build-tools")
    run(programs / "pip", "install", "--quiet", "-r", root / ".github" / "requirements" / "release.txt")
    git("clone", "--quiet", str(root), str(folder / "clean"))
    run(programs / "python", "-m", "build", "--outdir", out, folder / "clean")
    run(programs / "twine", "check", "--strict", *sorted(out.iterdir()))


def install(version: str, folder: Path, out: Path) -> None:
    "Installs the wheel by its name and runs the demo, where nothing of this checkout can be found."
    programs = environment(folder / "user")
    os.chdir(folder)
    os.environ.pop("PYTHONPATH", None)
    run(programs / "pip", "install", "--quiet", "--find-links", out, f"tfrseg=={version}")
    run(programs / "python", "-c", f"import tfrseg; assert tfrseg.__version__ == {version!r}")
    run(programs / "tfrseg", "demo")
    if not list(Path("tfrseg_demo").rglob("*.tfrecord*")): sys.exit("tfrseg demo wrote no shards.")


@contextmanager
def cloned(folder: Path):
    "A clone of what is committed here, as branch main, with the same tags."
    git("clone", "--quiet", str(ROOT), str(folder / "clone"))
    git("checkout", "--quiet", "-B", "main", root=folder / "clone")
    for key, value in {"user.name": "rehearsal", "user.email": "rehearsal@localhost"}.items():
        git("config", key, value, root=folder / "clone")
    yield folder / "clone"


def release(version: str, root: Path, folder: Path, out: Path) -> None:
    "The whole of it, but for the push. Where building fails, the commit is taken back."
    check(version, root)
    write_version(version, root)
    try:
        out.mkdir(parents=True, exist_ok=True)
        if there := sorted(out.iterdir()): sys.exit(f"{out}: holds {there[0].name}; wanted an empty folder.")
        build(root, folder, out)
    except BaseException:  # Ctrl-C among them
        git("reset", "--quiet", "--hard", "HEAD~1", root=root)
        raise
    git("tag", "--annotate", f"v{version}", "--message", f"tfrseg {version}", root=root)


def next_version(known: str) -> str:
    "The version after: 0.1.0 gives 0.1.1."
    major, minor, patch = order(known)[:3]
    return f"{major}.{minor}.{patch + 1}"


def notes(version: str) -> str:
    "What CHANGELOG.md says of the version that settings.ini has."
    known = version_of((ROOT / "settings.ini").read_text(encoding="utf-8"))
    if version != known: sys.exit(f"settings.ini has version {known}; wanted {version}.")
    return section((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version)


def rehearse(version: str, is_installed: bool) -> None:
    "A release in a clone that is removed, and installed in an environment of its own."
    with tempfile.TemporaryDirectory(prefix="tfrseg-release-") as name:
        folder = Path(name)
        with cloned(folder) as root: release(version, root, folder, folder / "dist")
        print("", *(path.name for path in sorted((folder / "dist").iterdir())), sep="\n")
        if is_installed: install(version, folder, folder / "dist")
        os.chdir(ROOT)
    print(f"{version}: all well; nothing was changed here.")


def main() -> None:
    "Runs one of the four."
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", metavar="VERSION|rehearse|notes")
    parser.add_argument("version", nargs="?", help="of notes; of rehearse, which else takes the next one")
    parser.add_argument("--dry-run", action="store_true", help="in a clone that is removed")
    args = parser.parse_args()
    known = version_of((ROOT / "settings.ini").read_text(encoding="utf-8"))
    if args.what == "notes": return print(notes(args.version or known))
    if args.what == "rehearse": return rehearse(args.version or next_version(known), True)
    if args.dry_run: return rehearse(args.what, False)
    with tempfile.TemporaryDirectory(prefix="tfrseg-release-") as name:
        release(args.what, ROOT, Path(name), ROOT / "dist")
    print(f"\nv{args.what} is committed, tagged and in dist/. Publish it:\n\n"
          f"    git push --atomic origin main v{args.what}\n")


if __name__ == "__main__":
    main()
