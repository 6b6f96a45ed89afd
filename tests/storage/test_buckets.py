"Data sets in buckets: the same verbs, the same bytes, the same samples as on a local disk; and what is answered when a bucket refuses."
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from unittest.mock import patch

import numpy as np
import pytest
from crossing import crossed
from upath import UPath

from conftest import HELPERS
from tfrseg.cards import make_folder
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.sources import source as sources
from tfrseg.sources.source import folder_source, seen_before
from tfrseg.storage import remote
from tfrseg.storage.bucket import bucket_folder, read_job
from tfrseg.storage.check import check_shards, repair_shards
from tfrseg.storage.dataset import load_info
from tfrseg.storage.files import WriterAtWork, as_path, list_folder
from tfrseg.storage.image import encode_png
from tfrseg.storage.labels import load_mask
from tfrseg.storage.remote import CLAIM_NAME, claim_folder, create_file, fetch_file, upload_file
from tfrseg.storage.schema import RAW_IDS, TFVISION
from tfrseg.storage.shards import open_shards
from tfrseg.writer.convert import convert_shards
from tfrseg.writer.export import export_shards, export_tfds
from tfrseg.writer.write import plan_shards, write_shards

QUIET = {"show_progress": False}


@pytest.fixture(params=[pytest.param("memory", marks=pytest.mark.slow), "s3"])
def bucket(request, tmp_path_factory):
    "The address of an empty folder on a server, and with `-m slow` in memory, too."
    if request.param == "s3": return request.getfixturevalue("s3")
    return f"memory://{tmp_path_factory.mktemp('bucket').name}"


@pytest.fixture(scope="module")
def source(cards): return folder_source(cards / "img", cards / "seg", **QUIET)


@pytest.fixture(scope="module")
def local(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("local") / "out"
    write_shards(plan_shards(source, folder, records_per_shard=4), **QUIET)
    return folder


def content(folder): return {p.name: p.read_bytes() for p in list_folder(as_path(folder)) if p.name != ".made_from"}


def write(source, out, **options): return write_shards(plan_shards(source, out, records_per_shard=4), **QUIET, **options)


def remove(out, name): (path := as_path(out) / name).fs.rm_file(path.path)


# Writing

def test_the_same_bytes_as_on_a_local_disk(bucket, source, local):
    info = write(source, f"{bucket}/out")
    assert info == load_info(local) == load_info(f"{bucket}/out")
    assert content(f"{bucket}/out") == content(local)


def test_nothing_is_done_twice(bucket, source, capfd):
    info = write(source, f"{bucket}/out")
    with patch("tfrseg.writer.write._write_noted", side_effect=AssertionError("written again")):
        assert write(source, f"{bucket}/out") == info
    write(source, f"{bucket}/out", overwrite=True)
    with pytest.raises(FileExistsError, match="of other pairs|the folder is not empty"):
        write_shards(plan_shards(source, f"{bucket}/out", records_per_shard=5), **QUIET)
    assert [p.name for p in list_folder(as_path(bucket))] == ["out"]


def test_a_failure_leaves_nothing_and_a_resumed_one_its_shards(bucket, source):
    sent = []

    def fail(local, path):
        if path.name.startswith("train-00001") and not path.name.endswith(".done"): raise DataError("the bucket refuses")
        sent.append(path.name)
        upload_file(local, path)

    for resume, left in ((False, set()), (True, {"train-00000"})):
        with patch("tfrseg.writer.write.upload_file", fail), pytest.raises(DataError, match="refuses"):
            write(source, f"{bucket}/out", resume=resume, workers=1)
        found = [p.name for p in list_folder(as_path(f"{bucket}/out"))] if as_path(f"{bucket}/out").exists() else []
        done = {name[:11] for name in found if name.endswith(".done")}
        assert done - {"train-00001"} >= left and "train-00001" not in done and load_info(f"{bucket}/out") is None
        assert resume or not found
    with pytest.raises(FileNotFoundError, match="not there yet: process .*resume=True"): open_shards(f"{bucket}/out")
    sent.clear()
    write(source, f"{bucket}/out", resume=True)
    assert not any(".done" in name for name in content(f"{bucket}/out"))


@pytest.fixture(scope="module")
def grey(tmp_path_factory):
    "Six cards with grey masks, which the writer passes as they are."
    folder = make_folder(tmp_path_factory.mktemp("grey"), 6, (40, 48))
    for path in (folder / "seg").iterdir(): path.write_bytes(encode_png(load_mask(path)))
    return folder


@pytest.mark.parametrize("older", [False, True])
def test_what_a_stopped_writer_has_seen_is_not_scanned_again(bucket, grey, older, tmp_path, monkeypatch):
    "It is kept beside the shards until the data set is complete, also where that replaces an older one."
    out, read = f"{bucket}/out", partial(folder_source, grey / "img", grey / "seg", **QUIET)
    source, options = read(), {"resume": True, "overwrite": older}
    if older: write_shards(plan_shards(source, out, records_per_shard=100), **QUIET)

    def power_cut(work, specs):
        yield work(specs[0])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt): write(source, out, engine=power_cut, **options)
    with monkeypatch.context() as patch, seen_before(out):
        for name in ("open_image", "probe_image", "read_plain_pair"): patch.delattr(sources, name)
        again = read()
    assert again == source and again.seen == source.seen and len(source.seen) == 12
    write(again, out, **options)
    write(source, tmp_path / "local")
    assert content(out) == content(tmp_path / "local")
    assert {path.parent.name for path in as_path(bucket).files()} == {"out"}
    with seen_before(out): assert sources._earlier_seen.get() == {}


def test_a_complete_data_set_loses_what_was_seen(bucket, grey):
    "A writer that was killed after the info leaves it; the next one removes it."
    from tfrseg.storage.bucket import SEEN_NAME

    source, out = folder_source(grey / "img", grey / "seg", **QUIET), f"{bucket}/out"
    with patch("tfrseg.writer.write._clean", side_effect=[None, KeyboardInterrupt]), pytest.raises(KeyboardInterrupt):
        write(source, out, resume=True)
    assert load_info(out) and SEEN_NAME in content(out)
    write(source, out, resume=True)
    assert SEEN_NAME not in content(out) and CLAIM_NAME not in content(out)


def test_what_is_not_a_data_set_stays(bucket, source):
    other = as_path(f"{bucket}/out") / "thesis.txt"
    other.fs.pipe_file(other.path, b"mine")
    for options in ({}, {"overwrite": True}, {"resume": True}):
        with pytest.raises(FileExistsError, match="not empty: it holds 'thesis.txt'"): write(source, f"{bucket}/out", **options)
    assert content(f"{bucket}/out") == {"thesis.txt": b"mine"}
    write(source, f"{bucket}/two")
    other = as_path(f"{bucket}/two") / "thesis.txt"
    other.fs.pipe_file(other.path, b"mine")
    with pytest.raises(FileExistsError, match="holds 'thesis.txt', which is no part"):
        write_shards(plan_shards(source, f"{bucket}/two", records_per_shard=5), overwrite=True, **QUIET)
    assert other.read_bytes() == b"mine" and check_shards(f"{bucket}/two", **QUIET) == []


# Two writers

def test_one_of_two_writers_is_refused(bucket, source):
    out = as_path(f"{bucket}/out")
    with bucket_folder(out, job="mine"):
        for resume, way in ((False, "overwrite=True takes its place"), (True, "overwrite=True takes its place")):
            with pytest.raises(WriterAtWork, match=way): write(source, f"{bucket}/out", resume=resume)
    assert read_job(out) == "mine"


def test_of_many_that_claim_one_succeeds(bucket):
    out = as_path(f"{bucket}/out")

    def claim(job):
        try: return claim_folder(out, job) or job
        except WriterAtWork: return None

    with ThreadPoolExecutor(8) as pool: won = [job for job in pool.map(claim, map(str, range(16))) if job]
    assert len(won) == 1


def test_two_writers_of_one_plan_end_with_one_data_set(bucket, source, local):
    def one(_):
        try: return write(source, f"{bucket}/out", resume=True)
        except WriterAtWork as e: return e

    with ThreadPoolExecutor(2) as pool: found = list(pool.map(one, range(2)))
    assert load_info(local) in found
    assert content(f"{bucket}/out") == content(local)


@pytest.mark.fault("two writers of one plan in a bucket, one of which is done while the other sends a note", "-", "both end with the data set")
def test_a_note_that_another_writer_removes_meanwhile(bucket, source, local, monkeypatch):
    "Whoever is done removes the notes of all shards, also one that was sent this moment."
    real, removed = remote.file_stat, []

    def stat(path):
        if path.name.endswith(".done"):
            removed.append(path.name)
            path.fs.rm_file(path.path)
        return real(path)

    monkeypatch.setattr(remote, "file_stat", stat)
    assert write(source, f"{bucket}/out", resume=True) == load_info(local) and len(removed) == 3
    assert content(f"{bucket}/out") == content(local)


def test_an_info_is_made_by_one_writer_alone(bucket):
    path = as_path(f"{bucket}/out") / "dataset_info.json"
    with ThreadPoolExecutor(8) as pool: made = list(pool.map(lambda k: create_file(path, b"%d" % k), range(16)))
    assert sum(made) == 1 and path.read_bytes() == b"%d" % made.index(True)


def test_what_another_writer_completed_is_not_removed_by_one_that_fails(bucket):
    out = as_path(f"{bucket}/out")
    with pytest.raises(FileExistsError, match="was first"), bucket_folder(out, job="late") as stage:
        create_file(stage / "dataset_info.json", b"of another")
        raise FileExistsError("another writer was first")
    assert content(out)["dataset_info.json"] == b"of another"


@pytest.mark.slow
@pytest.mark.parametrize("mode, kills", [("FRESH", 40), ("OVERWRITE", 80)])
def test_a_killed_writer_leaves_a_whole_data_set_or_none(s3, cards, mode, kills):
    done = subprocess.run([sys.executable, HELPERS / "killed_bucket_writer.py", cards, f"{s3}/x/out", mode, str(kills)],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert f'"resumed": {kills}' in done.stdout


# Reading

@pytest.mark.parametrize("bucket, schema", crossed(("memory", "s3"), (TFVISION, RAW_IDS)), indirect=["bucket"])
def test_the_same_samples(bucket, local, tmp_path, schema):
    from tfrseg.reader.pipeline import make_dataset

    convert_shards(local, tmp_path / "local", schema=schema, **QUIET)
    convert_shards(local, f"{bucket}/{schema.name}", schema=schema, **QUIET)
    options = {"batch_size": 4, "size": (24, 24), "seed": 3, **QUIET}
    wanted = [images.numpy() for images, _ in make_dataset(tmp_path / "local", **options)]
    for cache in (None, tmp_path / "cache"):
        data = make_dataset(f"{bucket}/{schema.name}", cache=cache, **options)
        assert data.reader.startswith("mapped" if cache else "stream: remote records are read by number")
        assert all(np.array_equal(one, other.numpy()) for one, (other, _) in zip(wanted, data, strict=True))
    cached, = (tmp_path / "cache").iterdir()
    assert not [path for path in cached.rglob("*") if "fetched" in path.name]


def test_records_are_read_by_number_not_by_shard(bucket, source):
    write(source, f"{bucket}/out")
    shards = open_shards(f"{bucket}/out")
    fs = type(shards.files[0].fs)
    with patch.object(fs, "open", side_effect=AssertionError("a shard was read from its begin on")):
        sample = shards[6]
    assert sample["image"].ndim == 3


@pytest.mark.parametrize("bucket, schema", crossed(("memory", "s3"), (TFVISION, RAW_IDS)), indirect=["bucket"])
def test_a_changed_shard_makes_no_cache(bucket, local, tmp_path, schema):
    from tfrseg.reader.pipeline import make_dataset

    convert_shards(local, f"{bucket}/out", schema=schema, **QUIET)
    path = as_path(f"{bucket}/out") / load_info(f"{bucket}/out").shards()[0].file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.fs.pipe_file(path.path, bytes(data))
    with pytest.raises(DataError, match="train-00000-of-0000.*its bytes are not those that its dataset_info.json states"):
        make_dataset(f"{bucket}/out", cache=tmp_path, **QUIET)
    assert not list(tmp_path.iterdir())


def test_a_shard_that_goes_while_it_is_read(bucket, source):
    import tensorflow as tf

    from tfrseg.reader.pipeline import make_dataset

    write(source, f"{bucket}/out")
    data = make_dataset(f"{bucket}/out", batch_size=1, **QUIET)
    remove(f"{bucket}/out", "train-00001-of-00003.tfrecord")
    with pytest.raises(tf.errors.InvalidArgumentError, match="out/train-00001-of-00003.tfrecord: it was there when the dataset"):
        for _ in data: pass
    with pytest.raises(FileNotFoundError, match="train-00001-of-00003.tfrecord: the shard is missing"): open_shards(f"{bucket}/out")


# All verbs

def test_every_verb(bucket, local, tmp_path):
    convert_shards(local, f"{bucket}/out", **QUIET)
    assert check_shards(f"{bucket}/out", deep=True, **QUIET) == []
    path = as_path(f"{bucket}/out") / "train-00000-of-00001.tfrecord"
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.fs.pipe_file(path.path, bytes(data))
    found = check_shards(f"{bucket}/out", deep=True, **QUIET)
    assert [str(f) for f in found] == [f"{path}, record 0, byte 12: the data has a wrong checksum"]
    info = repair_shards(f"{bucket}/out", f"{bucket}/repaired", **QUIET)
    assert info.records() == load_info(local).records() - 1 and repair_shards(f"{bucket}/out", f"{bucket}/repaired", **QUIET) == info
    assert check_shards(f"{bucket}/repaired", deep=True, **QUIET) == []
    for _ in range(2): assert export_shards(f"{bucket}/repaired", f"{bucket}/voc", "voc", **QUIET) == info.records()
    assert export_tfds(f"{bucket}/repaired", f"{bucket}/tfds") == info.records()
    export_shards(f"{bucket}/repaired", tmp_path / "voc", "voc", **QUIET)
    names = {str(p.relative_to(tmp_path / "voc")): p.read_bytes() for p in (tmp_path / "voc").rglob("*") if p.is_file()}
    there = as_path(f"{bucket}/voc")
    found = {name[len(there.path):].strip("/"): there.fs.cat_file(name) for name in there.fs.find(there.path)}
    assert {name: data for name, data in found.items() if name != ".made_from"} == names


def test_the_command(bucket, local, tmp_path, capsys):
    convert_shards(local, f"{bucket}/out", **QUIET)
    for words in (["info"], ["check", "--deep"], ["stats"], ["show", "-o", str(tmp_path / "a.png")]):
        assert main([words[0], f"{bucket}/out", *words[1:]]) == 0, words
    assert main(["info", f"{bucket}/none"]) == 1
    assert f"{bucket}/none: no such file or folder" in capsys.readouterr().err


# Refusals

def test_no_folder_of_the_name_of_an_address_is_made(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    write(source, "memory://named/out")
    export_shards("memory://named/out", "memory://named/voc", **QUIET)
    from tfrseg.reader.pipeline import make_dataset
    with pytest.raises(DataError, match="a bucket; wanted a folder for caches on a local disk"):
        make_dataset("memory://named/out", cache="memory://named/cache", **QUIET)
    assert not list(tmp_path.iterdir())


def test_a_bucket_that_is_not_there(s3, source):
    with pytest.raises((FileNotFoundError, DataError), match="s3://none-of-this-name/out"): write(source, "s3://none-of-this-name/out")
    with pytest.raises(FileNotFoundError, match="s3://none-of-this-name/out"): open_shards("s3://none-of-this-name/out")
    with pytest.raises(ValueError, match="a whole bucket; wanted a folder in it, such as"): write(source, s3)


def test_missing_credentials_are_told_in_the_words_of_the_library(s3, source, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"): monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    import s3fs
    s3fs.S3FileSystem.clear_instance_cache()
    for work in (lambda: open_shards(f"{s3}/out"), lambda: write(source, f"{s3}/out")):
        with pytest.raises((DataError, PermissionError), match=f"{s3}/out.*[Cc]redentials"): work()


def test_a_bucket_that_refuses(bucket, source):
    fs = as_path(f"{bucket}/out").fs
    with patch.object(fs, "pipe_file", side_effect=PermissionError("Access Denied")):
        with pytest.raises(PermissionError, match="/out.*: Access Denied. Look at the rights"): write(source, f"{bucket}/out")
    for name in ("secret-of-tests", "tests:"):
        with patch.object(fs, "pipe_file", side_effect=RuntimeError("lost\nmore")), pytest.raises(DataError) as e:
            write(source, f"{bucket}/out")
        assert name not in str(e.value) and "lost (RuntimeError)" in str(e.value)


def test_options_of_a_path_are_used_and_not_printed(source, s3, monkeypatch):
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    import os
    out = UPath(f"{s3}/out", key="tests", secret="secret-of-tests", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    write(source, out)
    shards = open_shards(out)
    assert len(shards) == 12 and "secret-of-tests" not in repr(shards) and "secret-of-tests" not in str(shards.files)


def test_a_lock_of_another_program_stays(bucket, source):
    lock = as_path(f"{bucket}/out") / CLAIM_NAME
    lock.fs.pipe_file(lock.path, b"not yours")
    with pytest.raises(FileExistsError, match="not made by tfrseg"): write(source, f"{bucket}/out")
    assert lock.read_bytes() == b"not yours"


def test_a_file_that_many_threads_fetch(bucket, tmp_path):
    data, file = bytes(range(256)) * 1024, as_path(f"{bucket}/many/a.bin")
    (tmp_path / "a.bin").write_bytes(data)
    upload_file(tmp_path / "a.bin", file)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool: list(pool.map(lambda n: fetch_file(file, tmp_path / str(n)), range(24)))
    finally: sys.setswitchinterval(before)
    assert all((tmp_path / str(n)).read_bytes() == data for n in range(24))
