"""The decoded cache: whose it is, what it depends on, and what it does where something is in the way."""
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr
from dataclasses import replace

import numpy as np
import pytest
from raw_shards import blobs, write_raw
from warm import warm

import tfrseg.reader.cache
from tfrseg.reader.cache import CACHE_NAME, cache_shards, find_cache, fingerprint, list_caches, prune_caches
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import index_records
from tfrseg.storage.dataset import INFO_NAME, load_info, save_info
from tfrseg.writer.write import plan_shards, write_shards


@pytest.fixture
def data(source, tmp_path):
    "A dataset of twelve records in three shards."
    write_shards(plan_shards(source, tmp_path / "data", records_per_shard=5), show_progress=False)
    return tmp_path / "data"


def caches(folder): return sorted(p.name for p in folder.iterdir())


def cached(data, folder, **options): return cache_shards(open_shards(data), folder, False, **options)


def said_by(function, *arguments):
    "What a function says on stderr, and what it gives."
    with redirect_stderr(io.StringIO()) as said: found = function(*arguments)
    return said.getvalue(), found


def change_info(data, **changes):
    info = load_info(data)
    save_info(replace(info, labels=replace(info.labels, **changes)), data)


class TestKey:
    @pytest.mark.fault("a dataset states the sha256 of another one, and shares its cache folder", plain="(has no cache)",
                       ours="refused while the cache is built: the bytes are not those that the info states")
    def test_a_stated_checksum_is_not_believed(self, data, tmp_path):
        theirs = shutil.copytree(data, tmp_path / "theirs" / "data")
        shard = min(theirs.glob("*.tfrecord"))
        info = load_info(theirs)
        other = info.shards()[1]
        shutil.copy(theirs / other.file, shard)
        save_info(replace(info, splits={"train": (replace(info.shards()[0], bytes=other.bytes, records=other.records), *info.shards()[1:])}), theirs)
        with pytest.raises(DataError, match=f"{shard.name}: its bytes are not those that {INFO_NAME} states"): cached(theirs, tmp_path / "cache")
        assert caches(tmp_path / "cache") == []
        for n in range(12): assert (cached(data, tmp_path / "cache").sample(n)["image"] == open_shards(data).sample(n)["image"]).all()

    def test_other_ignore_labels_share_nothing(self, data, tmp_path):
        first = cached(data, tmp_path / "cache")
        change_info(data, ignore_label=9)
        second = cached(data, tmp_path / "cache")
        assert len(caches(tmp_path / "cache")) == 2 and (first.info.labels.ignore_label, second.info.labels.ignore_label) == (255, 9)

    def test_names_and_colours_do_not_matter_and_are_the_present_ones(self, data, tmp_path):
        first = cached(data, tmp_path / "cache")
        names = tuple(f"new {n}" for n in range(len(first.info.labels.class_names)))
        change_info(data, class_names=names, palette={})
        second = cached(data, tmp_path / "cache")
        assert second.files == first.files and second.info.labels.class_names == names and len(caches(tmp_path / "cache")) == 1

    def test_a_moved_dataset_finds_its_cache(self, data, tmp_path):
        first = cached(data, tmp_path / "cache")
        moved = data.rename(tmp_path / "moved")
        assert cached(moved, tmp_path / "cache").files == first.files
        copied = shutil.copytree(moved, tmp_path / "copied")
        assert cached(copied, tmp_path / "cache").files == first.files and len(caches(tmp_path / "cache")) == 1
        assert find_cache(open_shards(copied), tmp_path / "cache") == first.files[0].parent

    def test_other_bytes_of_the_same_size_and_time_do_not(self, tmp_path):
        from tfrseg.storage.schema import RAW
        for n, name in enumerate("ab"): write_raw(tmp_path / name, [blobs(0, (20, 30)) | {"image": np.full((20, 30, 3), n + 1, np.uint8)}], schema=RAW)
        a, b = (tmp_path / name / "train-00000-of-00001.tfrecord" for name in "ab")
        assert (cached(a, tmp_path / "cache").sample(0)["image"] == 1).all()
        times = a.stat()
        os.utime(b, ns=(times.st_atime_ns, times.st_mtime_ns))
        os.replace(b, a)
        assert (cached(a, tmp_path / "cache").sample(0)["image"] == 2).all() and len(caches(tmp_path / "cache")) == 2

    def test_packed_shards_have_one_cache(self, data, tmp_path):
        packed = tmp_path / "packed"
        packed.mkdir()
        for file in data.glob("*.tfrecord"): (packed / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes()))
        code = "import sys\nfrom tfrseg.storage.shards import open_shards\nfrom tfrseg.reader.cache import cache_shards\nprint(cache_shards(open_shards(sys.argv[1]), sys.argv[2], False).files[0])"
        found = {subprocess.run([*warm(), "-c", code, packed, tmp_path / "cache"], capture_output=True, text=True, check=True).stdout for _ in range(2)}
        assert len(found) == 1 and len(caches(tmp_path / "cache")) == 1 and caches(tmp_path / "cache")[0].startswith("packed-")

    def test_palettes_of_colour_masks_matter(self, tmp_path):
        from tfrseg.storage.schema import RAW
        colors = np.where(np.random.default_rng(0).random((20, 30, 1)) < 0.5, np.uint8([9, 8, 7]), np.uint8(0))
        file, = write_raw(tmp_path / "x", [blobs(0, (20, 30)) | {"mask": colors}], schema=RAW)
        for ids in ((0, 1), (0, 5)):
            shards = open_shards(file, palette={ids[0]: (0, 0, 0), ids[1]: (9, 8, 7)})
            assert set(np.unique(cache_shards(shards, tmp_path / "cache", False).sample(0)["mask"])) == set(ids)


class TestBroken:
    @pytest.mark.parametrize("spoil", (lambda f: os.truncate(f, 5000), lambda f: f.unlink(), lambda f: (f.parent / INFO_NAME).unlink(), lambda f: (f.parent / INFO_NAME).write_text("{")),
                             ids=("cut", "gone", "no info", "bad info"))
    def test_a_cache_that_is_not_whole_is_built_again(self, data, tmp_path, spoil):
        first = cached(data, tmp_path / "cache")
        spoil(first.files[0])
        said, again = said_by(cached, data, tmp_path / "cache")
        assert "The cache is built again." in said and said.count("\n") == 1
        for n in range(12): assert (again.sample(n)["image"] == open_shards(data).sample(n)["image"]).all()
        assert len(caches(tmp_path / "cache")) == 1

    def test_a_cache_that_lost_its_mark_gets_it_again(self, data, tmp_path):
        "As one has whose builder was killed at the very end."
        first = cached(data, tmp_path / "cache")
        (first.files[0].parent / CACHE_NAME).unlink()
        when = first.files[0].stat().st_mtime_ns
        assert cached(data, tmp_path / "cache").files[0].stat().st_mtime_ns == when and len(list_caches(tmp_path / "cache")) == 1

    @pytest.mark.fault("a damaged record under cache=", plain="an error without a file, in the middle of the first epoch",
                       ours="an error that names file and record, before the first batch; on_error='skip' leaves it out and counts it")
    @pytest.mark.parametrize("back", (-10, 300), ids=("length", "data"))
    def test_a_damaged_record(self, data, tmp_path, back):
        file = sorted(data.glob("*.tfrecord"))[1]
        bytes_, offsets = bytearray(file.read_bytes()), index_records(file)
        bytes_[int(offsets[2, 0]) + back] ^= 1
        file.write_bytes(bytes_)
        info = load_info(data)
        from tfrseg.storage.files import file_sha256
        save_info(replace(info, splits={"train": tuple(replace(s, sha256=file_sha256(data / s.file)) for s in info.shards())}), data)
        with pytest.raises(DataError, match=f"{file.name}, record 2, byte"): make_dataset(data, size=(9, 9), cache=tmp_path / "cache", show_progress=False)
        assert caches(tmp_path / "cache") == []
        said, left = said_by(lambda: make_dataset(data, size=(9, 9), batch_size=None, cache=tmp_path / "cache", on_error="skip", show_progress=False))
        assert "left out 1 of 12 records" in said and "record " in said
        assert sum(1 for _ in left) == 11


class TestInTheWay:
    @pytest.mark.parametrize("make, said", (
        (lambda f: f.symlink_to(f.parent / "no disk"), "a link that leads nowhere"), (lambda f: f.write_bytes(b""), "a file; wanted a folder for caches")), ids=("link", "file"))
    def test_the_folder_is_none(self, data, tmp_path, make, said):
        make(tmp_path / "cache")
        with pytest.raises(DataError, match=said): cached(data, tmp_path / "cache")

    @pytest.mark.parametrize("ending", ("", ".incomplete", ".replaced"))
    @pytest.mark.parametrize("make", (lambda f: f.symlink_to(f.parent / "no disk"), lambda f: f.write_bytes(b""), lambda f: (f.mkdir(), (f / "thesis.txt").write_text("precious"))),
                             ids=("link", "file", "folder"))
    def test_something_of_the_name(self, data, tmp_path, ending, make):
        path = tmp_path / "cache" / f"data-{fingerprint(open_shards(data))}{ending}"
        path.parent.mkdir()
        make(path)
        with pytest.raises(DataError, match=path.name): cached(data, tmp_path / "cache")
        assert path.is_symlink() or path.is_file() or (path / "thesis.txt").read_text() == "precious"


class TestWaiting:
    HOLD = ("import sys\nfrom tfrseg.storage.dataset import staging_folder\n"
            "with staging_folder(sys.argv[1]): print('held', flush=True); sys.stdin.read(); sys.exit()")

    @pytest.fixture
    def out(self, data, tmp_path):
        return tmp_path / "cache" / f"data-{fingerprint(open_shards(data))}"

    @pytest.fixture
    def holder(self, out):
        "Another process that builds the cache, and does nothing."
        process = subprocess.Popen([sys.executable, "-c", self.HOLD, out], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdout.readline()
        yield process
        if process.poll() is None: process.communicate()

    def test_says_for_whom_and_ends(self, data, out, holder, monkeypatch):
        monkeypatch.setattr(tfrseg.reader.cache, "_PATIENCE", 0)
        with redirect_stderr(io.StringIO()) as said, pytest.raises(DataError, match="written nothing. End it, or choose another cache="): cached(data, out.parent)
        assert f"process {holder.pid} on " in said.getvalue() and "waiting for it" in said.getvalue()

    def test_goes_on_when_the_other_has_gone(self, data, out, holder, monkeypatch):
        "It goes as soon as somebody looks whether it still writes."
        written = tfrseg.reader.cache._folder_bytes
        monkeypatch.setattr(tfrseg.reader.cache, "_folder_bytes", lambda folder: (holder.poll() is None and holder.communicate(), written(folder))[1])
        said, found = said_by(cached, data, out.parent)
        assert "builds this cache" in said and found.records == 12 and caches(out.parent) == [out.name]


class TestPrune:
    def test_list_and_prune(self, data, tmp_path, capsys):
        folder = tmp_path / "cache"
        cached(data, folder)
        kept, = list_caches(folder)
        assert (kept.records, kept.whole, kept.needed, kept.dataset) == (12, True, True, str(data)) and kept.bytes > 12 * 90 * 120 * 4
        assert prune_caches(folder) == [] and main(["cache", str(folder)]) == 0
        assert "12 records" in (out := capsys.readouterr().out) and "1 cache," in out
        shutil.rmtree(data)
        (folder / "thesis").mkdir()
        (folder / "thesis" / INFO_NAME).write_text("{}")
        assert not list_caches(folder)[0].needed
        assert main(["cache", str(folder), "--prune"]) == 0 and "removed data-" in capsys.readouterr().out
        assert caches(folder) == ["thesis"] and main(["cache", str(folder / "nothing")]) == 1

    def test_by_age_and_size(self, data, tmp_path):
        folder = tmp_path / "cache"
        cached(data, folder)
        change_info(data, ignore_label=9)
        new = cached(data, folder).files[0].parent
        old = next(p for p in folder.iterdir() if p != new)
        os.utime(old / CACHE_NAME, (0, 0))
        assert [k.path for k in list_caches(folder)] == [old, new]
        assert [k.path for k in prune_caches(folder, mib=list_caches(folder)[0].bytes * 1.5 / 2**20)] == [old]
        assert prune_caches(folder, days=1) == []
        os.utime(new / CACHE_NAME, (0, 0))
        assert [k.path for k in prune_caches(folder, days=1)] == [new] and caches(folder) == []

    def test_a_cache_that_holds_other_things_is_left(self, data, tmp_path):
        out = cached(data, tmp_path / "cache").files[0].parent
        (out / "thesis.txt").write_text("precious")
        with pytest.raises(DataError, match="holds 'thesis.txt', which is no part of a cache"): prune_caches(tmp_path / "cache", mib=0)
        assert (out / "thesis.txt").exists() and len(list(out.glob("*.tfrecord"))) == 1

    @pytest.mark.parametrize("mark", ("", "{", "[]", '{"made_by": "tfrseg cache"}', '{"made_by": "other"}', json.dumps({"made_by": "tfrseg cache", "settings": {}, "sha256": [], "sources": [[["x"]], 5],
                                                                                                                       "records": 1, "dataset": "\x1b[31m"})))
    def test_marks_of_all_kinds(self, data, tmp_path, mark, capsys):
        (tmp_path / "cache" / "x").mkdir(parents=True)
        (tmp_path / "cache" / "x" / CACHE_NAME).write_text(mark)
        assert cached(data, tmp_path / "cache").records == 12
        assert main(["cache", str(tmp_path / "cache")]) == 0 and "\x1b" not in capsys.readouterr().out

    def test_arguments(self, tmp_path, capsys):
        assert main(["cache", str(tmp_path), "--days", "3"]) == 2 and "only with --prune" in capsys.readouterr().err
        assert main(["cache", str(tmp_path), "--prune", "--mib", "-1"]) == 2
