"""What several tests need: cards as files, their shards, and where real pictures may lie."""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# oneDNN's pass looks through all kernels for each node of each graph, a third of what the start of a pass over data takes.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")  # workers share the cores; threads that wait for each other take 5 % more
os.environ.setdefault("WARM_OWNER", str(os.getpid()))  # the workers of pytest have it from who starts them
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # containers set it; hundreds of processes would each compile the package

import functools
import gc
import itertools
import signal
import struct
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path

import pytest
from canvas_pages import alone, lab, page, playwright  # noqa: F401  fixtures for tests of the canvas
from hypothesis import settings

import tfrseg
from tfrseg import cards as drawing
from tfrseg.sources.source import folder_source
from tfrseg.sources.splits import split_source
from tfrseg.storage.files import _own_folder, _sweep
from tfrseg.writer.write import plan_shards, write_shards


def drawn_once(make_card):
    "Small cards are drawn once a process: 12 ms each, thousands of times. Who gets one may change it."
    kept = functools.lru_cache(maxsize=1000)(make_card)

    @functools.wraps(make_card)
    def copied(i, size=(360, 480)):
        if len(size) != 2 or size[0] * size[1] > 1 << 16: return make_card(i, size)
        return {name: value.copy() if name != "name" else value for name, value in kept(i, tuple(size)).items()}

    return copied


drawing.make_card = drawn_once(drawing.make_card)  # before a module of tests takes it
CARD_CLASSES, make_folder = drawing.CARD_CLASSES, drawing.make_folder
sys.dont_write_bytecode = False
gc.set_threshold(100_000, 50, 100)  # tracing makes millions of objects, and leaves few of them

ROOT = Path(__file__).resolve().parents[1]
HELPERS = ROOT / "tests" / "helpers"
PACKAGE = Path(tfrseg.__file__).parent  # in the checkout, or installed


# Under CI the draws of Hypothesis are the same in each run.
settings.register_profile("ci", derandomize=True)
settings.register_profile("read-only", database=None)
if os.environ.get("CI"): settings.load_profile("ci")
elif not os.access(ROOT, os.W_OK): settings.load_profile("read-only")


def hears_signals() -> None:
    """For `preexec_fn`: the child can be stopped by signals also where the tests run in the background or
    under nohup, which ignore some."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM): signal.signal(number, signal.SIG_DFL)


def damaged_png(data: bytes) -> bytes:
    "A PNG file whose checksums are right, and whose compressed pixels are not."
    at = data.index(b"IDAT")
    length = int.from_bytes(data[at - 4:at], "big")
    body = bytearray(data[at:at + 4 + length])
    body[-1] ^= 1  # the checksum of the compressed pixels
    return data[:at] + bytes(body) + struct.pack(">I", zlib.crc32(bytes(body))) + data[at + 8 + length:]


def pytest_configure(config):
    config.addinivalue_line("markers",
                            "fault(case, plain, ours): a row of the table in FAULTS.md: what goes wrong, what plain TensorFlow does, what tfrseg does")


def pytest_addoption(parser):
    parser.addoption("--slow-disk", type=float, default=0, metavar="MS",
                     help="each opening of an image takes so many milliseconds longer")


LONG = ("test_browser", "test_gallery_browser", "test_matrix_browser", "test_tuner_browser", "test_worker_processes", "test_kills", "test_backends",
        "test_resume", "test_addresses", "test_worst_samples", "test_export")  # few tests that take long


def pytest_collection_modifyitems(config, items):
    """Workers take modules and classes in this order: first those of long tests, then those of many, so that none
    is still at work when the others have ended. An order by chance stays one."""
    if not hasattr(config, "workerinput") or config.pluginmanager.hasplugin("randomly"): return
    def scope(item): return item.nodeid.rpartition("::")[0]

    many = Counter(map(scope, items))
    items.sort(key=lambda item: (item.path.stem not in LONG, -many[scope(item)], scope(item)))


def pytest_collection_finish():
    "What was imported is not looked through at each collection."
    gc.collect()
    gc.freeze()


LEFT = ("tfrseg-*", "ray-*", "tmp*", "trust-*")  # in the temporary folder: what is ours, or may be
BEFORE: set = set()


def temporary_files() -> set[str]:
    "What of ours lies in the temporary folder, but for what this process removes at its own end."
    own = tuple(f"tfrseg-{what}-{os.getpid()}-" for what in ("scratch", "fuzz"))
    return {p.name for pattern in LEFT for p in Path(tempfile.gettempdir()).glob(pattern) if not p.name.startswith(own)}


def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"): BEFORE.update(temporary_files())


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    "Says what the tests left in the temporary folder; under CI, where nobody else uses it, it is an error."
    if hasattr(session.config, "workerinput"): return
    _sweep(Path(tempfile.gettempdir()))  # as the next process would, after those that the tests kill
    left = sorted(temporary_files() - BEFORE)
    if not left: return
    session.config.pluginmanager.get_plugin("terminalreporter").write_line(f"\nleft in {tempfile.gettempdir()}: {', '.join(left[:9])}, {len(left)} in all")
    if os.environ.get("CI") and session.exitstatus == 0: session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="module", autouse=True)
def light_collections():
    "What a module of tests leaves alive is not looked through again at each collection: TensorFlow keeps millions of objects."
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def drawing_bar():
    "A progress bar that draws at every step, as in long work: tqdm's `update` then returns True."
    import tqdm.std

    real = tqdm.std.tqdm.update

    def update(self, n=1):
        real(self, n)
        return None if self.disable else True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tqdm.std.tqdm, "update", update)
        yield


@pytest.fixture(scope="session", autouse=True)
def light_sync():
    "No wait for the disk: no test cuts the power. A descriptor that is none stays an error. Processes that tests start do wait."
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: os.fstat(file) and None)
        yield


@pytest.fixture(scope="session", autouse=True)
def slow_disk(request):
    "With `--slow-disk MS`: what a network disk does to the order of threads."
    delay = request.config.getoption("--slow-disk") / 1000
    if not delay:
        yield
        return
    from time import sleep

    from PIL import Image

    real = Image.open

    def opened(*args, **kwargs):
        sleep(delay)
        return real(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image, "open", opened)
        yield


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    "A temporary folder of its own, for this process and its children."
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    _own_folder.cache_clear()
    yield folder
    _own_folder.cache_clear()


@pytest.fixture(scope="session")
def cards(tmp_path_factory) -> Path:
    "Twelve small cards in img/ and seg/; not to be changed."
    return make_folder(tmp_path_factory.mktemp("cards"), 12, (90, 120))


@pytest.fixture(scope="session")
def source(cards):
    "The cards as a source."
    return folder_source(cards / "img", cards / "seg", class_names=CARD_CLASSES, show_progress=False)


@pytest.fixture(scope="session")
def shards(source, tmp_path_factory) -> Path:
    "The cards as shards, three to a shard, in train and val; not to be changed."
    out = tmp_path_factory.mktemp("shards") / "cards"
    write_shards(plan_shards(split_source(source, train=0.75, val=0.25), out, records_per_shard=3),
                 show_progress=False)
    return out


@pytest.fixture
def write(tmp_path):
    "Writes a source under a fresh name and gives the folder."
    def write(source, **options):
        out = tmp_path / "written"
        write_shards(plan_shards(source, out, **options), show_progress=False)
        return out

    return write


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    "Runs a line of the command in an empty folder: exit status, stdout, stderr."
    from tfrseg.cli import main

    monkeypatch.chdir(tmp_path)

    def run(line):
        capfd.readouterr()
        try: status = main(line.split())
        except SystemExit as e: status = e.code
        return status, *capfd.readouterr()

    return run


@pytest.fixture(scope="session")
def s3_server():
    "The address of an S3 server of moto, which stops with the tests."
    for package in ("moto", "s3fs", "upath"):
        pytest.importorskip(package, reason=f"tests of S3 want {package}; pip install -e '.[test]' brings it")
    from moto_server import moto_server

    with moto_server() as address: yield address


BUCKETS = itertools.count()


@pytest.fixture
def s3(s3_server, monkeypatch) -> str:
    "The address of a fresh, empty bucket, such as s3://bucket-3; credentials and server are in the environment."
    from moto_server import make_bucket
    from s3fs import S3FileSystem

    for name in [name for name in os.environ if name.startswith("AWS_")]: monkeypatch.delenv(name)
    for name, value in {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "secret-of-tests",
                        "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": s3_server}.items():
        monkeypatch.setenv(name, value)
    S3FileSystem.clear_instance_cache()
    bucket = f"bucket-{next(BUCKETS)}"
    make_bucket(s3_server, bucket)
    yield f"s3://{bucket}"
    S3FileSystem.clear_instance_cache()
