"""A terminal of some columns: lines are wrapped by words there and nowhere else; findings are counted by kind, and a file has all of them."""
import json
import re
import shutil
from functools import lru_cache, partial

import pytest
from conftest import ROOT
from PIL import Image
from terminals import in_pipes, in_terminal

from tfrseg.cli import VERBS, _by_kind, main, make_parser
from tfrseg.core import Finding

DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    "468 names that do not fit, a data set with a long assumption, and damaged shards."
    root = tmp_path_factory.mktemp("columns")
    for name, form in (("images", "0016E5_{:05d}.png"), ("masks", "Seq05VD_f{:05d}.png")):
        (root / name).mkdir()
        for n in range(234): Image.new("L", (8, 6)).save(root / name / form.format(n))
    for sub in ("img", "seg"): (root / sub).mkdir()
    for n in range(8):
        Image.new("RGB", (8, 6)).save(root / "img" / f"{n}.png")
        Image.new("L", (8, 6), n % 2 * 255).save(root / "seg" / f"{n}.png")
    assert main(["write", str(root / "img"), str(root / "seg"), str(root / "out"), "--quiet"]) == 0
    assert main(["stats", str(root / "out"), "--quiet"]) == 0
    shutil.copytree(root / "out", root / "damaged")
    shard, = (root / "damaged").glob("*.tfrecord")
    data = bytearray(shard.read_bytes())
    for found in re.finditer(b"IHDR", bytes(data)): data[found.start()] ^= 1
    shard.write_bytes(data)
    return root


CALLED = ("info out", "write images masks new --quiet", "check damaged --quiet", "browse out --no-browser", "info out --jsn", "wite a b c",
          "write img seg img", "stats out", "show nowhere-at-all -o a-figure-with-a-long-name-in-a-folder.png", "info out --json")


@pytest.fixture(scope="module")
def plain(folders):
    "What the calls write into pipes."
    return in_pipes(CALLED, folders)


@pytest.fixture(scope="module")
def wrapped(folders):
    "What the calls write to a terminal of so many columns; made once."
    return lru_cache(None)(partial(in_terminal, CALLED, folders))


@pytest.mark.parametrize("columns", (80, pytest.param(40, marks=pytest.mark.slow)))
def test_wrapped_by_words(plain, wrapped, columns):
    "No row is wider than the terminal, and rows joined again are the words of the line: none is broken."
    wrapped = wrapped(columns)
    for stream in (0, 1):
        assert len(plain[stream]) == len(wrapped[stream]) == len(CALLED)
        for call, whole, text in zip(CALLED, plain[stream], wrapped[stream]):
            hide = re.compile(r"http://\S+")  # another port and key
            rows = [row for row in hide.sub("ADDRESS", text).split("\n") if len(row) >= columns and len(row.split()) > 1]
            if call != "info out --json": assert not rows, call
            if "usage:" not in whole: assert hide.sub("", text).split() == hide.sub("", whole).split(), call
    assert max(map(len, plain[0][0].split("\n"))) > 80 and "cache=DIR they are decoded once, then mapped)" in plain[0][0]
    assert plain[0][CALLED.index("info out --json")] == wrapped[0][CALLED.index("info out --json")]


def test_what_follows_hangs(wrapped):
    "Under its own column, or two columns further in."
    (info, write, *_), (_, error, *_) = wrapped(80)
    rows = info.split("\n")
    k, = (k for k, row in enumerate(rows) if row.startswith("  reader   stream"))
    assert rows[k + 1].startswith(" " * 11 + "are") and write.startswith("234 x no mask named ...\n  ")
    assert all(row.startswith("  ") for row in error.split("\n")[1:-1]) and error.startswith("tfrseg: images: 468 problems")


def test_a_pipe_is_not_wrapped(plain):
    "A line stays a line for those who search it: each error, each finding, each fact."
    out, errors = plain
    assert errors[1].count("\n") == 1 and len(errors[1]) > 300
    assert all(re.fullmatch(r"  \w+ +.+", row) for row in out[0].split("\n\n")[0].split("\n")[1:])
    assert out[3].startswith("out: 8 records at http://127.0.0.1:") and out[3].count("\n") == 2


def test_help_fits(monkeypatch):
    "Each row of each help: argparse wraps, and what it cannot wrap moves to the left."
    monkeypatch.setenv("COLUMNS", "80")
    parser = make_parser()
    for verb in VERBS:
        rows = parser.verbs[verb].format_help().split("\n")
        assert max(map(len, rows)) < 80, verb


@pytest.fixture
def run(run, folders, monkeypatch):
    "Runs a line beside the folders."
    monkeypatch.chdir(folders)
    return run


@pytest.mark.fault("`write` with the masks of another split: hundreds of names without a partner", "crash in mid-file, or silence",
                   "counted by kind, five of each shown, all of them in `--findings FILE`, and the question whether the folders fit")
def test_findings_are_counted_by_kind(run):
    "Five of each kind; the error says how many there are, where all are, and what the reason may be."
    status, out, error = run("write images masks new")
    rows = out.split("\n")
    assert status == 1 and [rows[k] for k in (0, 6, 7, 13)] == ["234 x no mask named ...", "  and 229 more", "234 x no image named ...", "  and 229 more"]
    assert len(rows) == 15 and rows[1] == "  images/0016E5_00000.png: no mask named '0016E5_00000'"
    for words in ("images: 468 problems", "are these folders of different splits?", "--findings FILE lists all 468."): assert words in error
    assert error.count("\n") == 1 and "on-error" not in error


def test_a_file_has_all_findings(run, tmp_path):
    "One a line, or as JSON; its folder has to be there before the work begins."
    assert run(f"write images masks new --findings {tmp_path}/found.txt")[2].endswith(f"{tmp_path}/found.txt lists all 468.\n")
    lines = (tmp_path / "found.txt").read_text().splitlines()
    assert len(lines) == len({*lines}) == 468 and lines[-1] == "masks/Seq05VD_f00233.png: no image named 'Seq05VD_f00233'"
    run(f"write images masks new --findings {tmp_path}/found.json")
    found = json.loads((tmp_path / "found.json").read_text())
    assert len(found) == 468 and found[0] == {"path": "images/0016E5_00000.png", "what": "no mask named '0016E5_00000'", "record": None, "offset": None}
    status, out, error = run(f"write images masks new --findings {tmp_path}/none/found.txt")
    assert (status, out) == (1, "") and error == f"tfrseg: {tmp_path}/none: no such folder\n"


def test_check_and_repair_count_too(run, tmp_path):
    "Every record is damaged: one kind. JSON holds them all, and so does the file."
    status, out, error = run("check damaged")
    assert status == 1 and out.startswith("8 x the data has a wrong checksum\n") and out.endswith("\n  and 3 more\n")
    assert error == "tfrseg: damaged: 8 problems; --findings FILE lists all 8\n"
    status, out, error = run(f"check damaged --json --findings {tmp_path}/found.json")
    problems = json.loads(out)["problems"]
    assert status == 1 and len(problems) == 8 and json.loads((tmp_path / "found.json").read_text()) == problems
    assert error == f"tfrseg: damaged: 8 problems; {tmp_path}/found.json lists all 8\n"
    assert run(f"check out --findings {tmp_path}/none.txt")[0] == 0 and (tmp_path / "none.txt").read_text() == ""
    assert run(f"convert damaged {tmp_path}/new --findings {tmp_path}/error.txt")[0] == 1
    assert "record 0" in (tmp_path / "error.txt").read_text()


def test_what_is_left_out_is_counted_too(run, folders, tmp_path):
    "As many lines as before where it is little; of much the number, and the file where all of it stands."
    for sub in ("img", "seg"): shutil.copytree(folders / sub, tmp_path / sub)
    for n in range(7): Image.new("RGB", (8, 6)).save(tmp_path / "img" / f"x{n}.png")
    line = f"write {tmp_path}/img {tmp_path}/seg {tmp_path}/new --on-error skip --overwrite"
    status, out, _ = run(f"{line} --findings {tmp_path}/found.txt")
    assert status == 0 and out.startswith("left out: 7 x no mask named ...\n") and f"\n{tmp_path}/found.txt lists all 7 that were left out\n" in out
    assert len((tmp_path / "found.txt").read_text().splitlines()) == 7
    assert f"\n{tmp_path}/new/dataset_info.json lists all 7 that were left out\n" in run(line)[1]
    assert len(json.loads((tmp_path / "new" / "dataset_info.json").read_text())["skipped"]) == 7


def test_kinds_are_few():
    "Twenty kinds are shown, the most frequent first; the rest is a number."
    words = [chr(97 + k // 26) + chr(97 + k % 26) for k in range(30)]
    findings = [Finding("a", f"{word} failed at byte {n}") for k, word in enumerate(words) for n in range(k + 1)]
    lines = _by_kind(findings)
    assert lines[0] == "30 x bd failed at byte N" and lines[-1] == "and 55 of 10 other kinds" and len(lines) < 160
    assert _by_kind([Finding("a", "it's 'gone'")] * 9)[0] == "9 x it's 'gone'"


def test_no_verb_is_help(run):
    status, out, error = run("")
    assert (status, error) == (0, "") and out.startswith("usage: tfrseg") and all(f"\n    {verb} " in out for verb in VERBS)


@pytest.mark.parametrize("line, usage, said", (
    ("info out --jsn", "info", "unrecognized arguments: --jsn; did you mean --json?"),
    ("write a b c --tiel=3", "write", "unrecognized arguments: --tiel=3; did you mean --tile?"),
    ("check --depe out", "check", "unrecognized arguments: --depe; did you mean --deep?"),
    ("info out --flying-circus", "info", "unrecognized arguments: --flying-circus"),
    ("info out more", "info", "unrecognized arguments: more"), ("--verson", "[-h]", "unrecognized arguments: --verson; did you mean --version?"),
    ("chek out", "[-h]", "; did you mean check?"), ("write a b c --pixels kep", "write", "; did you mean kept?")))
def test_what_nobody_knows(run, line, usage, said):
    "The usage is that of the verb, and the last line ends with the nearest word."
    status, out, error = run(line)
    assert (status, out) == (2, "") and error.startswith(f"usage: tfrseg {usage}") and error.endswith(f"{said}\n")


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no {DATA}")
def test_real_folders_in_a_terminal(tmp_path):
    "Two folders that fit, and two of different datasets."
    membrane, coco = DATA / "membrane", DATA / "coco_pixelwise"
    for name, path in (("m", membrane / "image"), ("s", membrane / "label"), ("p", coco / "pixelwise_masks")): (tmp_path / name).symlink_to(path)
    (good, bad), (_, error) = in_terminal(["write m s out", "write m p other --findings found.txt"], tmp_path, 80)
    assert max(map(len, good.split("\n"))) < 80 and "taken for two classes" in " ".join(good.split()) and bad.startswith("30 x no mask named ...\n")
    assert "different splits?" in " ".join(error.split()) and len((tmp_path / "found.txt").read_text().splitlines()) == 36
