"""The last words of a verb: closed streams, files that were half written, sets of no record, processes that end while readers are at work."""
import os
import signal
import subprocess
import sys

import pytest
from warm import warm

from tfrseg import cli
from tfrseg.storage.flags import Flag, read_flags, write_flags

COMMAND = "import sys; from tfrseg.cli import main; sys.exit(main())"


def gone():
    "The number of a process that has ended."
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of Unix")
@pytest.mark.parametrize("closed", ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"))
def test_closed_streams(shards, tmp_path, closed):
    """A stream that was closed before the process began costs no traceback, and no file gets its number
    and its text."""
    line = f'exec "$0" -c "$1" check "$2" {closed}'
    done = subprocess.run(["sh", "-c", line, sys.executable, COMMAND, shards], capture_output=True, text=True,
                          timeout=240)
    assert done.returncode == 0 and done.stderr == "", done
    assert ("all well" in done.stdout) == (closed in ("<&-", "2>&-")), done


def test_a_quiet_prune(tmp_path, capsys):
    assert cli.main(["cache", str(tmp_path), "--prune", "--quiet"]) == 0 and capsys.readouterr() == ("", "")
    assert cli.main(["cache", str(tmp_path), "--prune"]) == 0 and "0 caches" in capsys.readouterr().out


def test_flags_of_a_killed_process(tmp_path):
    "What a killed process left of a list goes when the list is written again; what a living one is at stays."
    left, alive, others = (tmp_path / f".{name}.incomplete"
                           for name in (f"flags.txt.{gone()}", f"flags.txt.{os.getppid()}",
                                        f"other.txt.{gone()}"))
    for path in (left, alive, others): path.write_text("half")
    write_flags([Flag("a", "a.tfrecord", 0)], tmp_path / "flags.txt")
    assert (not left.exists() and alive.exists() and others.exists()
            and len(read_flags(tmp_path / "flags.txt")) == 1)


@pytest.mark.parametrize("words",
                         (["show", "--html", "p.html"], ["show", "-o", "p.png", "--count", "1"],
                          ["info", "--plot", "p.png"]))
def test_pictures_and_pages_are_whole_or_as_they_were(shards, tmp_path, monkeypatch, capsys, words):
    "Ctrl-C while a file is written leaves the old one, and nothing beside it."
    words, path = [words[0], str(shards), *words[1:]], tmp_path / words[2]
    monkeypatch.chdir(tmp_path)
    path.write_text("old")

    def stopped(*_): raise KeyboardInterrupt
    with monkeypatch.context() as m:
        m.setattr(os, "fsync", stopped)
        assert cli.main(words) == 130
    assert path.read_text() == "old" and os.listdir(tmp_path) == [path.name]
    (left := tmp_path / f".{path.name}.{gone()}.incomplete").write_text("half")
    assert cli.main(words) == 0
    assert path.stat().st_size > 1000 and not left.exists()


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_links_devices_and_folders(shards, tmp_path, capsys):
    "A link stays one, a device stays what it is, and an error names what was asked for."
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    assert cli.main(["show", str(shards), "--html", str(tmp_path / "link.html"), "--count", "1"]) == 0
    assert (tmp_path / "link.html").is_symlink() and (tmp_path / "real.html").stat().st_size > 1000
    os.mkfifo(pipe := tmp_path / "pipe.html")
    reader = subprocess.Popen([sys.executable, "-c", "import sys; print(len(open(sys.argv[1], 'rb').read()))",
                               pipe], stdout=subprocess.PIPE)
    assert (cli.main(["show", str(shards), "--html", str(pipe), "--count", "1"]) == 0
            and int(reader.communicate(timeout=240)[0]) > 1000 and pipe.is_fifo())
    capsys.readouterr()
    for bad in (tmp_path / "none" / "p.html", tmp_path):
        assert cli.main(["show", str(shards), "--html", str(bad), "--count", "1"]) == 1
        assert (said := capsys.readouterr().err).startswith(f"tfrseg: {bad}: ") and said.count("\n") == 1, said


def test_no_record_is_not_all_well(tmp_path, capsys):
    (tmp_path / "test-00000-of-00001.tfrecord").touch()
    cli.main(["check", str(tmp_path), "--split", "test"])
    said = capsys.readouterr()
    assert "all well" not in said.out and "no records" in said.out + said.err, said


ENDS = """
import sys
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.stream import read_dataset
path, = sys.argv[1:]
read = read_dataset(path, on_error="skip")
made = make_dataset(path, None, size=(64, 64), batch_size=1, on_error="skip", shuffle=True).repeat()
several = [iter(data) for data in (read, made) for _ in range(4)]
for found in several: next(found)
sys.exit(7)
"""


@pytest.mark.fault("a process that ends while TensorFlow reads ahead by Python", "it hangs now and then",
                   "it ends")
def test_a_process_ends_while_readers_are_at_work(shards):
    "Iterators, as they are read and as they are made for training, go while Python still lets their threads end."
    done = subprocess.run([*warm(), "-c", ENDS, str(shards)], capture_output=True, text=True,
                          timeout=240)
    errors = [line for line in done.stderr.splitlines() if "Error" in line]
    # TensorFlow 2.16 says this of its functions in a fork that ends
    assert done.returncode == 7 and set(errors) <= {"TypeError: 'NoneType' object is not subscriptable"}, done.stderr[-500:]


ERRS = """
import sys, time
import tensorflow as tf
from tfrseg.reader.stream import call_python
how, = sys.argv[1:]

def read(number):
    if number == 9 and how != "interrupted": raise ValueError("record 9")
    time.sleep(0.02)
    return number

def loop():
    for number in data:
        if number == 5 and how == "interrupted": raise KeyboardInterrupt

def fit():
    import keras
    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(data.map(lambda n: (tf.ones((2, 3)), tf.cast(tf.fill((2, 1), n), tf.float32))), verbose=0)

data = tf.data.Dataset.range(10**6).map(lambda n: call_python(read, [n], tf.int64, ()), num_parallel_calls=8).prefetch(8)
if how == "kept":
    kept = []
    try: loop()
    except Exception as error: kept.append(error)
    raise SystemExit(1)
fit() if how == "fit" else loop()
"""


@pytest.mark.fault("a process that ends with an error while TensorFlow reads ahead by Python", "it says the error, and never ends", "it ends")
@pytest.mark.parametrize("how", ("loop", "fit", "interrupted", "kept"))
def test_a_process_ends_with_an_error_while_readers_are_at_work(tmp_path, how):
    "What the traceback of an error holds does not keep an iterator."
    done = subprocess.run([*warm(), "-c", ERRS, how], cwd=tmp_path, capture_output=True, text=True, timeout=240)
    wanted = {"interrupted": -signal.SIGINT}.get(how, 1)
    assert done.returncode == wanted and (how == "kept" or "record 9" in done.stderr or "KeyboardInterrupt" in done.stderr), done.stderr[-2000:]


@pytest.mark.parametrize("seconds", ("nan", "inf", "0", "-1"))
def test_bench_seconds(shards, capsys, seconds):
    assert cli.main(["bench", str(shards), "--size", "32", "32", f"--seconds={seconds}"]) == 2
    assert capsys.readouterr().err.startswith(f"tfrseg: seconds={float(seconds)}")
