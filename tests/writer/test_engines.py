"""One law for all engines: whoever writes, on how many workers, however often, the bytes are those of one thread."""
import errno
import os
import pickle
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

import pytest
from waiting import until

from tfrseg.cards import CARD_CLASSES, make_folder
from tfrseg.core import DataError, Pair, run_engine
from tfrseg.sources.source import build_source, check_source, folder_source, one_pass, scan_on
from tfrseg.storage import dataset as staging
from tfrseg.storage.check import check_shards, repair_shards
from tfrseg.storage.image import encode_png
from tfrseg.storage.labels import LabelMap, load_mask
from tfrseg.storage.schema import RAW_IDS, TFVISION
from tfrseg.writer import engines, write as writer
from tfrseg.writer.convert import convert_shards
from tfrseg.writer.engines import ray_engine
from tfrseg.writer.write import plan_shards, write_shards

QUIET = dict(show_progress=False)
TABLE = LabelMap(CARD_CLASSES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory): return make_folder(tmp_path_factory.mktemp("cards"), 9, (40, 48))


@pytest.fixture(scope="module")
def source(folder): return folder_source(folder / "img", folder / "seg", labels=TABLE, **QUIET)


@pytest.fixture(scope="module")
def ray():
    pytest.importorskip("ray", reason="Ray is not installed")
    with ray_engine(workers=2) as engine: yield engine


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, get_context("spawn")) as pool: yield pool.map


@pytest.fixture(scope="module")
def threads():
    with ThreadPoolExecutor(3) as pool: yield pool.map


@pytest.fixture(scope="module")
def dask():
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    with distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        yield lambda work, items: client.gather(client.map(work, items, pure=False))


@pytest.fixture(scope="module")
def spark():
    pyspark = pytest.importorskip("pyspark", reason="Spark is not installed")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")): pytest.skip("Spark wants Java")
    context = pyspark.SparkContext("local[2]")
    yield lambda work, items: context.parallelize(items, len(items)).map(work).collect()
    context.stop()


RAY = pytest.param("ray", marks=pytest.mark.slow)  # starts a cluster; what is asked of it is asked of the others by default


@pytest.fixture(params=("threads", "processes", RAY, "dask", "spark"))
def engine(request): return request.getfixturevalue(request.param)


def content(path): return {p.name: p.read_bytes() for p in sorted(Path(path).iterdir())}


def written(source, out, schema=TFVISION, **options):
    info = write_shards(plan_shards(source, out, schema=schema, records_per_shard=2), **QUIET, **options)
    return info, content(out)


@pytest.fixture(scope="module")
def expected(source, tmp_path_factory): return written(source, tmp_path_factory.mktemp("one") / "thread", workers=1)


def test_the_bytes_of_one_thread(engine, source, expected, tmp_path):
    "Shards, their indexes and the info."
    assert written(source, tmp_path / "out", engine=engine) == expected


def test_the_bytes_of_one_pass(engine, folder, expected, tmp_path):
    with one_pass(): unseen = folder_source(folder / "img", folder / "seg", labels=TABLE, **QUIET)
    assert unseen.unchecked and written(unseen, tmp_path / "out", engine=engine) == expected


def test_an_odd_pair_in_one_pass_is_scanned_on_the_engine(engine, tmp_path):
    make_folder(tmp_path, 5, (40, 48))
    with one_pass(): unseen = folder_source(tmp_path / "img", tmp_path / "seg", labels=TABLE, **QUIET)
    image = tmp_path / "img" / "card-0003.png"
    image.write_bytes(image.read_bytes()[:-20] + bytes(20))
    with pytest.raises(DataError) as found: written(unseen, tmp_path / "out", engine=engine)
    with pytest.raises(DataError) as wanted: folder_source(tmp_path / "img", tmp_path / "seg", labels=TABLE, **QUIET)
    assert str(found.value) == str(wanted.value) and found.value.findings == wanted.value.findings
    assert not (tmp_path / "out").exists()


def test_sources_scanned_on_an_engine_are_the_same(engine, folder, source):
    with scan_on(engine):
        scanned = folder_source(folder / "img", folder / "seg", labels=TABLE, **QUIET)
        assert check_source(scanned, **QUIET) == []
        with one_pass(): assert folder_source(folder / "img", folder / "seg", labels=TABLE, **QUIET).unchecked
    assert scanned == source and scanned.seen == source.seen and scanned.sizes == source.sizes


def test_findings_of_a_scan_are_the_same(engine, tmp_path):
    make_folder(tmp_path, 5, (40, 48))
    for name in ("card-0001", "card-0004"): (tmp_path / "img" / f"{name}.png").write_bytes(b"\x89PNG nothing")
    with pytest.raises(DataError) as wanted: folder_source(tmp_path / "img", tmp_path / "seg", **QUIET)
    with scan_on(engine), pytest.raises(DataError) as found: folder_source(tmp_path / "img", tmp_path / "seg", **QUIET)
    assert str(found.value) == str(wanted.value) and len(found.value.findings) == 2


def test_what_is_seen_is_not_scanned_again(tmp_path):
    "The facts of a scan on an engine lie beside the staging; a source that resumes asks the engine only for the state of files."
    from tfrseg.sources.source import seen_before

    make_folder(tmp_path, 9, (40, 48))
    for path in (tmp_path / "seg").iterdir(): path.write_bytes(encode_png(load_mask(path)))
    make = partial(folder_source, tmp_path / "img", tmp_path / "seg", labels=TABLE, **QUIET)
    with scan_on(map): source = make()
    expected, plan = written(source, tmp_path / "one"), plan_shards(source, tmp_path / "out", records_per_shard=2)

    def power_cut(work, specs):
        yield work(specs[0])
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError): write_shards(plan, engine=power_cut, resume=True, **QUIET)
    with pytest.MonkeyPatch.context() as patch, seen_before(tmp_path / "out"), scan_on(map):
        patch.setattr("tfrseg.sources.source.inspect_pair", lambda *args, **options: pytest.fail("a file was scanned again"))
        again = make()
    assert written(again, tmp_path / "out", engine=map, resume=True) == expected


def test_resumed_by_another_engine(engine, source, expected, tmp_path):
    plan, asked = plan_shards(source, tmp_path / "out", records_per_shard=2), []

    def power_cut(work, specs):
        yield from map(work, specs[:2])
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError): write_shards(plan, engine=power_cut, resume=True, **QUIET)

    def others(work, specs):
        asked.extend(spec.path.name for spec in specs)
        return engine(work, specs)

    assert written(source, tmp_path / "out", engine=others, resume=True) == expected
    assert asked == [spec.path.name for spec in plan[2:]]


def test_skipping_on_an_engine(engine, tmp_path):
    make_folder(tmp_path, 5, (40, 48))
    source = folder_source(tmp_path / "img", tmp_path / "seg", **QUIET)
    (tmp_path / "img" / "card-0002.png").write_bytes(b"gone")
    wanted = written(source, tmp_path / "one", on_error="skip")
    assert written(source, tmp_path / "two", on_error="skip", engine=engine) == wanted and wanted[0].records() == 4


def test_checked_and_repaired_on_an_engine(engine, source, tmp_path):
    written(source, tmp_path / "out")
    assert check_shards(tmp_path / "out", deep=True, engine=engine, **QUIET) == []
    shard = sorted((tmp_path / "out").glob("train*"))[1]
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    found = check_shards(tmp_path / "out", deep=True, engine=engine, **QUIET)
    assert found and found == check_shards(tmp_path / "out", deep=True, **QUIET)
    saved = [repair_shards(tmp_path / "out", tmp_path / name, engine=how, **QUIET) for name, how in (("a", engine), ("b", None))]
    assert saved[0] == saved[1] and content(tmp_path / "a") == content(tmp_path / "b")


def test_converted_on_an_engine(engine, source, tmp_path):
    written(source, tmp_path / "out")
    made = [convert_shards(tmp_path / "out", tmp_path / name, schema=RAW_IDS, records_per_shard=4, engine=how, **QUIET)
            for name, how in (("a", engine), ("b", None))]
    assert made[0] == made[1] and content(tmp_path / "a") == content(tmp_path / "b")


def test_an_error_names_the_file(engine, tmp_path):
    make_folder(tmp_path, 5, (40, 48))
    source = folder_source(tmp_path / "img", tmp_path / "seg", **QUIET)
    (tmp_path / "img" / "card-0002.png").write_bytes(b"gone")
    with pytest.raises(Exception, match="card-0002.png"): written(source, tmp_path / "out", engine=engine)
    assert not (tmp_path / "out").exists()


def test_workers_import_no_tensorflow(engine, source, tmp_path):
    def look(work, spec):
        import sys
        work(spec)
        return "tensorflow" in sys.modules, work(spec)

    if isinstance(getattr(engine, "__self__", None), (ThreadPoolExecutor, ProcessPoolExecutor)): pytest.skip("shares this process, or pickles by name")

    def asked(work, specs):
        found = list(engine(partial(look, work), specs))
        assert not any(imported for imported, _ in found)
        return [shard for _, shard in found]

    written(source, tmp_path / "out", engine=asked)


def test_specs_are_small(folder, tmp_path):
    "A spec takes its own pairs along, and nothing of the others."
    pairs = [Pair(f"p{n}", folder / "img" / "card-0000.png", folder / "seg" / "card-0000.png") for n in range(200)]
    scanned = build_source(pairs, TABLE, folder, show_progress=False)
    with one_pass(): unseen = build_source(pairs, TABLE, folder, show_progress=False)
    many = tuple(f"left out {n}" for n in range(10_000))
    for source in (scanned, unseen):
        source = source.__class__(**{**vars(source), "skipped": many, "exif_rotated": frozenset(many)})
        plan, sent = plan_shards(source, tmp_path / "out", records_per_shard=2), []

        def weighed(work, specs):
            sent.extend(len(pickle.dumps((work, spec))) for spec in specs)
            return map(work, specs)

        write_shards(plan, engine=weighed, overwrite=True, **QUIET)
        assert len(sent) == 100 and max(sent) < 4000


@pytest.mark.slow
def test_the_bar_moves_by_record_and_by_shard(ray, source, tmp_path, monkeypatch):
    "On Ray as on threads; a plain `map` moves it by whole shards."
    from tqdm.auto import tqdm

    for engine in (None, ray, map):
        bars = []
        real = writer.progress
        monkeypatch.setattr(writer, "progress", lambda *args, **options: bars.append(real(*args, **options)) or bars[-1])
        write_shards(plan_shards(source, tmp_path / str(engine is None) / str(engine is map), records_per_shard=2), engine=engine)
        monkeypatch.undo()
        assert bars[0].total == 9 and bars[0].n in (0, 9) and isinstance(bars[0], tqdm)
        if engine: assert bars[0].desc.startswith("writing, 5 of 5 shards")


@pytest.mark.slow
def test_steps_are_counted_once(ray):
    def work(n, step):
        for k in range(n): step(k)
        return n

    told = []
    assert list(ray.counted(work, [3, 0, 5], told.append)) == [3, 0, 5]
    assert len(told) == 8 and sum(told) == 3 + 10


@pytest.mark.slow
def test_results_come_in_the_order_of_the_items(ray):
    def work(n):
        time.sleep((5 - n) / 20)
        return n

    assert list(ray(work, range(6))) == list(range(6))


@pytest.mark.slow
def test_so_many_in_flight(ray, monkeypatch):
    at_once, real = [], engines._wait
    monkeypatch.setattr(engines, "_wait", lambda run: at_once.append(len(run.numbers)) or real(run))
    monkeypatch.setattr(ray, "in_flight", 3)
    assert list(ray(abs, range(20))) == list(range(20)) and max(at_once) == 3


def test_what_is_almost_done_is_not_cancelled():
    "Ray ends this process where a task is cancelled in the moment in which it ends."
    running, cancelled = {"done at once": 0, "done in time": 1, "long": 60}, []

    class Ray:
        def wait(self, refs, num_returns, timeout):
            return [ref for ref in refs if running[ref] < timeout], [ref for ref in refs if running[ref] >= timeout]

        def cancel(self, ref, force=False): cancelled.append((ref, force))

    engines._stop(SimpleNamespace(ray=Ray(), numbers=running))
    assert cancelled == [("long", False), ("long", True)]


@pytest.mark.fault("a worker dies with a shard in work", "the job ends", "the shard is written by another worker, with the same bytes")
@pytest.mark.slow
def test_a_worker_that_dies_once(ray, source, expected, tmp_path):
    mark = tmp_path / "died"

    def die_once(work, spec, step=None):
        import os
        if "00002" in spec.path.name and not mark.exists():
            mark.touch()
            os._exit(1)
        return work(spec)

    engine = lambda work, specs: ray(partial(die_once, work), specs)
    assert written(source, tmp_path / "out", engine=engine) == expected and mark.exists()


@pytest.mark.slow
def test_a_worker_that_always_dies(ray, source, tmp_path, monkeypatch):
    monkeypatch.setattr(ray, "retries", 1)
    tries = tmp_path / "tries"

    def die(spec):
        import os
        with open(tries, "a") as file: file.write("x")
        os._exit(1)

    plan = plan_shards(source, tmp_path / "out", records_per_shard=9)
    with pytest.raises(ChildProcessError, match="train-00000-of-00001.tfrecord: 2 workers died with it"): list(ray(die, plan))
    assert tries.read_text() == "xx"


@pytest.mark.parametrize("error, count", ((OSError(errno.EIO, "tired"), 3), (OSError(errno.ENOSPC, "full"), 1), (DataError("a.png: damaged"), 1), (KeyError("x"), 1)))
@pytest.mark.slow
def test_only_what_may_pass_is_tried_again(ray, error, count, tmp_path, monkeypatch):
    monkeypatch.setattr(ray, "retries", 2)

    def fail(path):
        with open(path, "a") as file: file.write("x")
        raise error

    with pytest.raises(type(error)) as found: list(ray(fail, [str(tmp_path / "tries")]))
    assert str(found.value) == str(error) and (tmp_path / "tries").read_text() == "x" * count


@pytest.mark.slow
def test_an_error_of_many_nodes_names_the_node(ray, monkeypatch):
    def fail(n): raise DataError("a.png: damaged", ["a finding"])

    list(ray(abs, [1]))
    monkeypatch.setattr(engines, "_check_nodes", lambda *args: {})
    nodes = dict.fromkeys(engines._nodes(engines._import_ray()), "10.0.0.7")
    monkeypatch.setattr(engines, "_nodes", lambda ray: {**nodes, "another": "10.0.0.8"})
    with pytest.raises(DataError, match=r"a.png: damaged \(on node 10.0.0.7\)") as found: list(ray(fail, [1]))
    assert found.value.findings == ("a finding",)


@pytest.mark.slow
def test_an_error_that_cannot_be_sent(ray):
    def fail(n):
        class Odd(Exception):
            def __init__(self, a, b): super().__init__(f"{a} {b}")

        raise Odd(1, 2)

    with pytest.raises(Exception, match="1 2"): list(ray(fail, [1]))


@pytest.mark.slow
def test_an_engine_that_is_left_stops_its_work(ray, tmp_path):
    "What begins to write is stopped; nothing appears afterwards."
    def work(n):
        if n == 0: return 0
        (tmp_path / f"began {n}").touch()
        while True: time.sleep(0.01)

    results = ray(work, range(8))
    assert next(results) == 0
    until(lambda: list(tmp_path.iterdir()), "no item has begun")
    results.close()
    before = len(list(tmp_path.iterdir()))
    assert list(ray(abs, range(4))) == [0, 1, 2, 3] and len(list(tmp_path.iterdir())) == before


def test_an_engine_that_forgets_items():
    with pytest.raises(ValueError, match="1 results for 2 items"): run_engine(lambda work, items: [1], abs, [1, 2], print, lambda *what: None)


def test_what_an_engine_has_begun_is_ended_where_the_caller_fails():
    ended = []

    def engine(work, items):
        try: yield from map(work, items)
        finally: ended.append(True)

    def fails(item, is_counted): raise KeyError(item)

    with pytest.raises(KeyError) as error: run_engine(engine, abs, [1, 2], print, fails)
    assert ended and error.tb, "while the traceback still holds the generator"


def test_an_engine_does_not_count_what_nobody_looks_at(source, tmp_path):
    "A counter is a process of its own, and takes a second to begin: without a bar the engine is called like `map`."
    class Engine:
        called = ()

        def __call__(self, work, items):
            self.called += ("like map",)
            return map(work, items)

        def counted(self, work, items, on_step):
            self.called += ("counted",)
            return (work(item, on_step) for item in items)

    quiet, shown = Engine(), Engine()
    written(source, tmp_path / "quiet", engine=quiet)
    check_shards(tmp_path / "quiet", engine=quiet, **QUIET)
    write_shards(plan_shards(source, tmp_path / "shown", records_per_shard=2), engine=shown)
    check_shards(tmp_path / "shown", engine=shown)
    assert set(quiet.called) == {"like map"} and len(quiet.called) > 1 and set(shown.called) == {"counted"}


def test_two_words_of_who_works(source, tmp_path):
    with pytest.raises(ValueError, match="workers=2"): written(source, tmp_path / "out", engine=map, workers=2)
    written(source, tmp_path / "out")
    with pytest.raises(ValueError, match="workers=2"): check_shards(tmp_path / "out", engine=map, workers=2, **QUIET)


def test_ray_that_is_not_installed(monkeypatch, capsys, folder, tmp_path):
    from tfrseg.cli import main

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ImportError, match=r"pip install 'tfrseg\[ray\]'"): ray_engine()(abs, [1])
    assert main(["write", str(folder / "img"), str(folder / "seg"), str(tmp_path / "out"), "--engine", "ray"]) == 2
    assert "Ray is not installed" in capsys.readouterr().err and not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_command_on_ray(ray, folder, tmp_path, capsys):
    "Scan, write, check, repair and convert, on the Ray that runs already."
    from tfrseg.cli import main

    crew = ["--engine", "ray", "--workers", "2", "--quiet"]
    for out, more in (("a", crew), ("b", ["--quiet"])):
        assert main(["write", str(folder / "img"), str(folder / "seg"), str(tmp_path / out), "--records-per-shard", "2", *more]) == 0
        assert main(["check", str(tmp_path / out), "--deep", *more]) == 0
        assert main(["repair", str(tmp_path / out), str(tmp_path / f"{out}2"), *more]) == 0
        assert main(["convert", str(tmp_path / out), str(tmp_path / f"{out}3"), *more]) == 0
    for name in ("", "2", "3"): assert content(tmp_path / f"a{name}") == content(tmp_path / f"b{name}")
    assert main(["check", str(tmp_path / "a"), "--address", "127.0.0.1:1"]) == 2
    assert "--address: wanted --engine ray" in capsys.readouterr().err


@pytest.mark.fault("a writer that was believed dead goes on beside its successor", "one renames what the other is still writing",
                   "each has a temporary file of its own; whoever ends last, the bytes are the same")
def test_a_zombie_is_harmless(source, expected, tmp_path):
    "A writer that was believed dead ends beside its successor, or after the data set is published: nothing changes."
    def engine(work, specs):
        for spec in specs:
            again = [spec]
            # the whole shard once more while this one is half written, by a process of the same number: as on another machine
            yield work(spec, lambda nbytes: again and work(again.pop()))

    assert written(source, tmp_path / "out", engine=engine) == expected
    spec = plan_shards(source, tmp_path / "out.incomplete", records_per_shard=2)[0]
    with pytest.raises(FileNotFoundError): writer.write_shard(spec)
    assert content(tmp_path / "out") == expected[1] and not (tmp_path / "out.incomplete").exists()
    assert not staging.writer_at_work(tmp_path / "out") and os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("engine", ("processes", RAY))
def test_a_bucket_is_written_by_an_engine(engine, request, s3, s3_server, source, expected):
    "Each worker uploads its shards; scan, check and bytes are the same. The address takes its credentials along."
    from upath import UPath

    engine, out = request.getfixturevalue(engine), UPath(f"{s3}/out", key="tests", secret="secret-of-tests", endpoint_url=s3_server)
    info = write_shards(plan_shards(source, out, records_per_shard=2), engine=engine, **QUIET)
    assert info == expected[0] and check_shards(out, deep=True, engine=engine, **QUIET) == []
    wanted = {name: data for name, data in expected[1].items() if name.endswith((".tfrecord", ".json"))}
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name in wanted} == wanted


@pytest.mark.slow
def test_a_bucket_whose_credentials_a_node_lacks(ray, s3, source):
    "Ray began before the environment had them: its workers know none. Nothing is uploaded."
    from tfrseg.storage.files import as_path

    list(ray(abs, [1]))
    with pytest.raises(FileNotFoundError, match="NoCredentialsError.*does not see it|does not see it") as found:
        write_shards(plan_shards(source, as_path(f"{s3}/out"), records_per_shard=2), engine=ray, **QUIET)
    assert "secret-of-tests" not in str(found.value) and not list(as_path(s3).glob("**/*.tfrecord"))
