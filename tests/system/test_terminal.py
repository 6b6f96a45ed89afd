"""What reaches a terminal: text of strangers, of any encoding and to any reader, and the last words of a verb."""
import ast
import os
import re
import signal
import subprocess
import sys
from io import BytesIO, TextIOWrapper

import pytest
from conftest import hears_signals

from tfrseg import cli, demo
from tfrseg.cards import CARD_CLASSES
from tfrseg.core import mute, progress, quiet_progress, say
from tfrseg.explorer.summary import Summary
from tfrseg.sources.source import folder_source
from tfrseg.storage.files import lock_file
from tfrseg.writer.write import plan_shards, write_shards

HOSTILE = "a\x1b]0;owned\x07\x1b[2J\b\x9b1m\u202e\r\nforged"
ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # all that acts, but a line feed


def command(*words, code=None, **options):
    "Runs the command as a process of its own."
    words = [sys.executable, "-c", code or "import sys; from tfrseg.cli import main; sys.exit(main())", *map(str, words)]
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, **options)


def done(*words, **options):
    process = command(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


@pytest.fixture
def hostile(cards, tmp_path):
    "Shards whose classes and folder have names that act on a terminal."
    source = folder_source(cards / "img", cards / "seg", class_names=(HOSTILE, *CARD_CLASSES[1:]), show_progress=False)
    write_shards(plan_shards(source, tmp_path / "a\x1b[31mb\nc"), show_progress=False)
    return tmp_path / "a\x1b[31mb\nc"


@pytest.mark.fault("escape sequences, line breaks and bidirectional marks in names", "-",
                   "written out wherever a verb prints")
@pytest.mark.parametrize("verb", ("info", "check --deep", "check --json"))
def test_names_do_not_act(hostile, capsys, verb):
    "Escapes are written out, and no name makes a line of its own."
    word, *rest = verb.split()
    assert cli.main([word, str(hostile), *rest]) == 0
    out, err = capsys.readouterr()
    assert not ACTS.search(out + err) and not re.search("^forged", out, re.M) and (r"\x1b" in out + err or word == "check")
    with pytest.raises(SystemExit): cli.main(["info", str(hostile), f"--{HOSTILE}"])
    assert not ACTS.search(capsys.readouterr().err)
    assert cli.main(["info", HOSTILE]) == 1
    assert not ACTS.search(err := capsys.readouterr().err) and err.count("\n") == 1 and len(err) < 520


def test_columns_hold():
    "A name of any length leaves the columns of the table where they are."
    rows = [(0, "x" * 10**6, 1, 0.5, 1, 1.0), (1, "a\nb", 1, 0.5, 1, 1.0)]
    lines = str(Summary("out", {"records": "2"}, rows, ())).split("\n")[-2:]
    assert len(lines[0]) == len(lines[1]) < 200


def test_a_terminal_of_another_encoding():
    "What it cannot hold is written out, and lone surrogates are, too."
    file = TextIOWrapper(BytesIO(), "ascii", write_through=True)
    say("caf\u00e9 \ud800", file=file)
    assert file.buffer.getvalue() == rb"caf\xe9 \ud800" + b"\n"


@pytest.mark.fault("`tfrseg info OUT | head`", "-",
                   "ends quietly")
def test_the_reader_has_gone(shards, tmp_path):
    "`tfrseg info OUT | head -0`: no word, and the status of the work."
    read, write = os.pipe()
    os.close(read)
    process = command("info", shards, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert process.communicate(timeout=240)[1] == b"" and process.returncode == 0


def test_a_muted_stream(tmp_path):
    with open(tmp_path / "a", "w") as file:
        mute(file)
        say("nobody hears it", file=file)
    assert (tmp_path / "a").read_text() == ""
    mute(TextIOWrapper(BytesIO()))


def test_progress_without_a_terminal(monkeypatch, capsys):
    "No frames of a bar: nothing for short work, a line now and then for long work."
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)  # tests of notebooks import it
    with progress(3, "checking") as bar:
        for _ in range(3): bar.update()
    assert capsys.readouterr().err == ""
    with progress(3, "checking") as bar:
        bar.start_t -= 60
        bar.update()
        bar.refresh()
    out = capsys.readouterr().err
    assert re.match(r"tfrseg: checking: 1 of 3 rec after 01:0\d", out) and "\r" not in out and out.endswith("\n")


def test_quiet(cards, tmp_path, capsys):
    "A verb that makes something says nothing when it goes well; what is asked for is still said."
    line = ["write", str(cards / "img"), str(cards / "seg"), str(tmp_path / "out")]
    assert cli.main([*line, "--quiet"]) == 0 and capsys.readouterr() == ("", "")
    assert cli.main(["info", str(tmp_path / "out"), "--quiet"]) == 0 and "records" in capsys.readouterr().out
    assert cli.main([*line, "--quiet"]) == 1 and capsys.readouterr().err.startswith("tfrseg: ")
    with quiet_progress(), progress(3, "checking") as bar: assert bar.disable


@pytest.mark.fault("an exception that nobody thought of, in any verb", "-",
                   "one line that says how to report it, exit status 3")
@pytest.mark.parametrize("error, status, said", (
    (KeyError("x"), 3, "KeyError: 'x' (test_terminal.py, line"), (RecursionError("deep"), 3, "https://github.com/tfrseg/tfrseg/issues"),
    (MemoryError(), 1, "the memory is full"), (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), 1, "invalid Unicode"),
    (KeyboardInterrupt(), 130, "stopped"), (BrokenPipeError(), 1, "nobody reads"), (AssertionError("a\nb" * 1000), 3, "AssertionError: a b"),
    (ImportError("no numpy"), 3, "ImportError: no numpy"), (TypeError("wanted a dict"), 2, "wanted a dict")))
def test_whatever_is_raised_is_one_line(monkeypatch, capsys, error, status, said):
    def fail(**options): raise error

    monkeypatch.setattr(cli, "info", fail)
    assert cli.main(["info", "out"]) == status
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and said in err and len(err) <= 510


def test_an_error_of_an_operator_is_not_the_users(monkeypatch, capsys):
    "A TypeError that no line of ours raised is a fault of ours; the traceback is shown to whoever asks."
    monkeypatch.setattr(cli, "info", lambda **options: None + 1)
    monkeypatch.setenv("TFRSEG_DEBUG", "1")
    assert cli.main(["info", "out"]) == 3
    assert "Traceback" in (err := capsys.readouterr().err) and "This is a fault of tfrseg" in err.splitlines()[-1]


STOPPED = """
import sys, os, time, pathlib, tempfile
from tfrseg import cli

def wait(**options):
    with cli._own_folder() as folder:
        print(folder, flush=True)
        while True: time.sleep(60)

cli.info = wait
sys.exit(cli.main(["info", "out"]))
"""


@pytest.mark.fault("SIGTERM and SIGHUP in the middle of a verb", "-",
                   "ends as Ctrl-C does, exit status 143 or 129, nothing left")
@pytest.mark.parametrize("number, status", ((signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)))
def test_a_signal_ends_it_cleanly(number, status):
    "Temporary files are removed, and one line tells."
    process = command(code=STOPPED, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                      preexec_fn=hears_signals)
    folder = process.stdout.readline().strip()
    assert os.path.isdir(folder)
    process.send_signal(number)
    _, err = process.communicate(timeout=240)
    assert (process.returncode, err.count("\n"), os.path.exists(folder)) == (status, 1, False)


def test_sighup_that_is_ignored_stays_ignored():
    "Under nohup a closed terminal does not end the work."
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with cli._ended_by_signals():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            with pytest.raises(cli._Ended): signal.raise_signal(signal.SIGTERM)
    finally: signal.signal(signal.SIGHUP, before)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_folders_of_the_dead_are_removed(tmp_path, monkeypatch):
    "What a killed process left goes; what another one holds, or is young, stays; links are not followed."
    monkeypatch.setattr(cli.tempfile, "tempdir", str(tmp_path))
    for name in ("dead", "held", "young"):
        (folder := tmp_path / f"tfrseg-browse-{name}").mkdir()
        (folder / ".lock").touch()
        if name != "young": os.utime(folder, (0, 0))
    (tmp_path / "tfrseg-browse-link").symlink_to(tmp_path / "tfrseg-browse-held")
    with open(tmp_path / "tfrseg-browse-held" / ".lock", "wb") as lock:
        assert lock_file(lock, wait=False)
        with cli._own_folder() as own: left = {path.name.removeprefix("tfrseg-browse-") for path in tmp_path.iterdir()} - {own.name.removeprefix("tfrseg-browse-")}
    assert left == {"held", "young", "link"} and not own.exists()


def test_demo_prints_commands_that_can_be_pasted(tmp_path, monkeypatch, capsys):
    import shlex

    folder = tmp_path / "it's $(id) \"cards\""
    folder.joinpath("img").mkdir(parents=True), folder.joinpath("seg").mkdir()
    (folder / "demo.png").touch(), (folder / "shards").mkdir()

    class Written:
        splits = ("train",)
        shards = records = lambda *_: ()

    lines = demo._report(folder, [], Written()).split("Go on:\n")[1].splitlines()
    assert [shlex.split(line)[2] for line in lines[:3]] == [str(folder / "shards")] * 3
    assert [line.split()[1] for line in lines[:4]] == ["browse", "info", "show", "write"]
    called = next(node for node in ast.walk(ast.parse(shlex.split(lines[4])[2])) if isinstance(node, ast.Constant))
    assert called.value == str(folder / "shards")
