"""Writing fast and writing right: the same bytes by any number of threads, files kept only when they are whole, clean ends."""
import io
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf
from conftest import hears_signals
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tfrseg.reader.decode import decode_image
from tfrseg.storage.image import encode_image, encode_png, load_image, open_image, probe_image
from tfrseg.core import DataError
from tfrseg.storage.tfrecord import frame_parts, frame_record
from tfrseg.storage.dataset import ShardWriter
from tfrseg.storage.example import encode_example, serialize_example, serialize_parts
from tfrseg.storage.files import file_sha256
from tfrseg.storage.labels import count_ids
from tfrseg.storage.schema import RAW, SCHEMAS
from tfrseg.storage.shard_index import ShardFacts, index_path, make_index, write_index
from tfrseg.sources.source import folder_source
from tfrseg.writer.write import plan_shards, write_shard, write_shards

VALUES = st.one_of(st.binary(max_size=300), st.integers(-2**63, 2**63 - 1), st.sampled_from((b"x" * 16383, b"x" * 16384, 127, 128)))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), VALUES, max_size=6))
def test_wire_bytes_are_those_of_protobuf(features):
    "Any keys and values: parsed by protobuf they come back, and the bytes are its own."
    example = tf.train.Example()
    for key, value in features.items():
        feature = example.features.feature[key]
        (feature.bytes_list if isinstance(value, bytes) else feature.int64_list).value.append(value)
    record = serialize_example(features)
    assert tf.train.Example.FromString(record) == example
    if any(a != b and a.startswith(b) for a in features for b in features): return  # there protobuf's implementations differ
    assert record == example.SerializeToString(deterministic=True)
    assert b"".join(frame_parts(serialize_parts(features))) == frame_record(record)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=lambda s: s.name)
def test_any_number_of_workers_writes_the_same_bytes(source, tmp_path, schema):
    def written(workers):
        out = tmp_path / str(workers)
        write_shards(plan_shards(source, out, schema=schema, records_per_shard=2), workers=workers, show_progress=False)
        return {p.name: p.read_bytes() for p in out.iterdir()}

    assert written(1) == written(2) == written(5) and len(written(None)) == 13  # six shards, their indexes, the info


@pytest.mark.parametrize("masks", (True, False), ids=("masks", "no masks"))
@pytest.mark.parametrize("dtype", ("uint8", "uint16"))
@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=lambda s: s.name)
def test_an_index_made_while_writing_is_that_of_the_shard(tmp_path, schema, dtype, masks):
    "Byte for byte what a look at the finished file gives: of all schemas, of tiles and of long names."
    if schema is RAW and dtype == "uint16": return
    rng, counts, path = np.random.default_rng(0), [], tmp_path / "a.tfrecord"
    plain = schema if masks else schema.without("mask")
    for used in (plain, plain.tiled()) if "name" in plain else (plain,):
        with ShardWriter(path, used, dtype) as writer:
            for n in range(5):
                height, width = (1, 1) if n == 4 else rng.integers(1, 200, 2).tolist()
                sample = {"image": rng.integers(0, 256, (height, width, 3), dtype=np.uint8), "name": "n" * (n * 40)}
                if masks: sample["mask"] = rng.integers(0, 7, (height, width, 1)).astype(dtype)
                if used is not plain: sample |= {"parent": "p", "tile": (1, n, height, width)}
                writer.add(encode_example(sample, used), sample.get("mask"))
                counts.append(count_ids(sample["mask"]) if masks else {})
        writer.save_index()
        found = make_index(path, used, dtype, verify=False).with_pixels(counts)
        write_index(replace(found, facts=ShardFacts(found.facts.size), sha256=file_sha256(path), checked=True), tmp_path / "found")
        assert index_path(path).read_bytes() == (tmp_path / "found").read_bytes()
        assert writer.info().sha256 == file_sha256(path) and writer.info().bytes == path.stat().st_size
        counts.clear()


def test_a_shard_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError), ShardWriter(tmp_path / "a.tfrecord") as writer:
        writer.add(encode_example({"image": np.zeros((2, 2, 3), np.uint8), "mask": np.zeros((2, 2, 1), np.uint8)}))
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_shards_are_cut_for_eight_workers(source):
    "From 128 MiB on there are eight shards, from a GiB on they have 128 MiB, below 16 MiB there is one."
    for mib, shards in ((1, 1), (15, 1), (33, 3), (128, 8), (1000, 8), (2048, 16)):
        large = replace(source, nbytes=(mib * 2**20 // 12,) * 12, pairs=source.pairs)
        plan = plan_shards(large, "out") if mib < 2000 else plan_shards(replace(large, nbytes=large.nbytes * 16, sizes=large.sizes * 16,
                           pairs=tuple(replace(p, name=f"{p.name}-{k}") for k in range(16) for p in large.pairs)).take(range(192)), "out", shard_mib=2048)
        assert abs(len(plan) - shards) <= 1, (mib, len(plan))


@pytest.mark.fault("an error in one of several threads", "-",
                   "all stop at their next record, and nothing stays")
def test_the_first_error_stops_every_worker(source, tmp_path, monkeypatch):
    "A bad pair in the second shard: the others stop at their next record, and nothing stays."
    from tfrseg.writer import write as writer

    seen, real = [], writer.encode_pair

    def slow(pair, *rest):
        seen.append(pair.name)
        if pair.name == source.pairs[6].name: raise DataError(f"{pair.image}: spoiled")
        time.sleep(0.05)
        return real(pair, *rest)

    monkeypatch.setattr(writer, "encode_pair", slow)
    with pytest.raises(DataError, match="spoiled"):
        write_shards(plan_shards(source, tmp_path / "out", records_per_shard=6), workers=2, show_progress=False)
    assert len(seen) < 6 and not list(tmp_path.iterdir()) and threading.active_count() < 20


@pytest.mark.parametrize("options", ({"workers": 0}, {"workers": 2, "engine": map}))
def test_wrong_workers(source, tmp_path, options):
    with pytest.raises(ValueError, match="workers="): write_shards(plan_shards(source, tmp_path / "out"), **options)


def test_a_shard_tells_each_record(source, tmp_path):
    sizes, spec = [], plan_shards(source, tmp_path)[0]
    assert sum(sizes) == 0 and write_shard(spec, on_record=sizes.append).bytes == sum(sizes) and len(sizes) == 12


SLOWED = """
import signal, sys, time
import {module}
from tfrseg.cli import main
real, pressed = {module}.{step}, []
def press(*args):
    pressed.append(1)
    raise KeyboardInterrupt
signal.signal(signal.SIGINT, press)
def slow(*args):
    print("at work\\n", end="", flush=True)
    while not pressed: time.sleep(0.01)
    time.sleep(0.3)
    return real(*args)
{module}.{step} = slow
sys.exit(main(sys.argv[1:]))
"""


def interrupted(module, step, *line):
    "What a command prints that gets a Ctrl-C at its first step; it ends with status 130 and one line."
    done = subprocess.Popen([sys.executable, "-c", SLOWED.format(module=module, step=step), *map(str, line)],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hears_signals)
    assert done.stdout.readline().startswith("at work")
    done.send_signal(signal.SIGINT)
    seen, errors = done.communicate(timeout=240)
    assert done.returncode == 130 and errors.strip().splitlines()[-1] == "tfrseg: stopped", errors
    return seen


@pytest.mark.fault("Ctrl-C while writing", "a short file under its final name",
                   "nothing under the final name, exit status 130")
def test_ctrl_c_leaves_nothing_and_exits_130(cards, tmp_path):
    interrupted("tfrseg.writer.write", "encode_pair", "write", cards / "img", cards / "seg", tmp_path / "out", "--records-per-shard", 3, "--workers", 2)
    assert not list(tmp_path.iterdir())


@pytest.mark.fault("Ctrl-C while checking or repairing", "-", "stops at the next record, exit status 130; no new data set, the old one untouched")
@pytest.mark.parametrize("command", (("check",), ("repair", "out")))
def test_ctrl_c_while_looking_at_shards(shards, tmp_path, command):
    before = {p: p.read_bytes() for p in shards.iterdir()}
    verb, *out = command
    seen = interrupted("tfrseg.storage.check", "_check_record", verb, shards, *(tmp_path / name for name in out))
    assert seen.count("at work") < 11 and not list(tmp_path.iterdir())
    assert {p: p.read_bytes() for p in shards.iterdir()} == before


def jpeg(pixels, **options):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", **options)
    return out.getvalue()


def png(picture, **options):
    out = io.BytesIO()
    picture.save(out, "PNG", **options)
    return out.getvalue()


PIXELS = np.random.default_rng(0).integers(0, 256, (40, 56, 3), dtype=np.uint8)
NOTE = Image.Exif()
NOTE[0x0112] = 6
KEPT = {
    "baseline": jpeg(PIXELS), "progressive": jpeg(PIXELS, progressive=True), "grey jpeg": jpeg(PIXELS[..., 0]), "restart": jpeg(PIXELS, restart_marker_blocks=2),
    "optimized": jpeg(PIXELS, optimize=True, quality=30), "rgb": png(Image.fromarray(PIXELS)), "grey": png(Image.fromarray(PIXELS[..., 0])),
    "rgba": png(Image.fromarray(PIXELS).convert("RGBA")), "said upright": jpeg(PIXELS, exif=Image.Exif()), "comment": jpeg(PIXELS, comment=b"\xff\xd9 \xff\xda"),
}
REMADE = {
    "turned jpeg": jpeg(PIXELS, exif=NOTE), "turned png": png(Image.fromarray(PIXELS), exif=NOTE), "cmyk": None, "palette": png(Image.fromarray(PIXELS).quantize(16)),
    "bits": png(Image.fromarray(PIXELS[..., 0]).convert("1")), "16 bits": png(Image.fromarray(PIXELS[..., 0].astype(np.uint16) * 257)),
    "junk between marks": jpeg(PIXELS).replace(b"\xff\xdb", b"\0\0\0\xff\xdb", 1),
}
out = io.BytesIO()
Image.fromarray(PIXELS).convert("CMYK").save(out, "JPEG")
REMADE["cmyk"] = out.getvalue()


@pytest.mark.parametrize("kind", KEPT)
def test_files_that_need_no_change_are_kept(tmp_path, kind):
    (tmp_path / "a").write_bytes(KEPT[kind])
    assert encode_image(tmp_path / "a")[::2] == (KEPT[kind], (40, 56)) and probe_image(KEPT[kind]).plain
    assert (decode_image(KEPT[kind]).numpy() == load_image(KEPT[kind])).all()


@pytest.mark.parametrize("kind", REMADE)
def test_files_that_need_a_change_are_made_anew(tmp_path, kind):
    (tmp_path / "a").write_bytes(REMADE[kind])
    data, ending, size = encode_image(tmp_path / "a")
    expected = load_image(REMADE[kind])
    assert ending == "png" and data != REMADE[kind] and size == expected.shape[:2] == probe_image(REMADE[kind]).size
    assert (decode_image(data).numpy() == expected).all()


@pytest.mark.fault("EXIF note behind the pixels of a PNG", "ignored",
                   "obeyed")
def test_an_exif_note_behind_the_pixels_is_found():
    "A PNG may carry its EXIF chunk at the end, where a reader of the header does not see it."
    import struct
    import zlib

    whole, body = png(Image.fromarray(PIXELS)), NOTE.tobytes()[6:]
    chunk = struct.pack(">I", len(body)) + b"eXIf" + body + struct.pack(">I", zlib.crc32(b"eXIf" + body))
    late = whole[:-12] + chunk + whole[-12:]
    assert probe_image(late).orientation == 6 and not probe_image(late).plain and load_image(late).shape == (56, 40, 3) == (*probe_image(late).size, 3)


@pytest.mark.fault("truncated PNG or JPEG that is kept byte for byte", "fails in training",
                   "refused at write, by name")
@pytest.mark.parametrize("kind", ("rgb", "baseline", "progressive", "restart"))
def test_cut_files_are_refused_without_decoding(kind):
    for length in (*range(0, len(KEPT[kind]) - 2, 97), len(KEPT[kind]) - 5):
        for look in (probe_image, open_image):
            with pytest.raises(DataError, match="^cut: "): look(KEPT[kind][:length], "cut")


@pytest.mark.fault("a flipped bit in a PNG file", "decoded over",
                   "refused at write, by name")
def test_every_flipped_bit_of_a_png_is_found():
    data = bytearray(png(Image.fromarray(PIXELS[:6, :7])))
    for place in range(len(data) - 12):  # but for the last chunk, which holds nothing
        for bit in range(8):
            data[place] ^= 1 << bit
            with pytest.raises(DataError): probe_image(bytes(data), "flipped")
            data[place] ^= 1 << bit


def test_looking_finds_what_decoding_finds_in_damaged_jpeg_files():
    "Random bytes changed: whatever a full decoding refuses, the look refuses or hands to the decoder."
    rng, whole = np.random.default_rng(1), KEPT["baseline"]
    refused = 0
    for _ in range(300):
        data = bytearray(whole)
        for place in rng.integers(0, len(data), 3): data[place] = rng.integers(0, 256)
        try: open_image(bytes(data))
        except DataError:
            refused += 1
            try: assert not probe_image(bytes(data)).plain
            except DataError: pass
    assert refused > 10


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(("uint8", "uint16")), st.integers(0, 2**32 - 1))
def test_masks_as_png_come_back(height, width, dtype, seed):
    rng = np.random.default_rng(seed)
    ids = rng.integers(0, np.iinfo(dtype).max, (height, width, 1), dtype=dtype, endpoint=True)
    for mask in (ids, ids[::-1, ::-1], ids % 3):
        data = encode_png(mask)
        assert (tf.io.decode_png(data, 1, dtype).numpy() == mask).all() and open_image(data).mode == ("L" if dtype == "uint8" else "I;16")
        assert (np.asarray(open_image(data)) == mask[..., 0]).all()


def test_a_damaged_image_is_found_before_the_first_byte(cards, tmp_path):
    import shutil

    shutil.copytree(cards, tmp_path / "c")
    path = tmp_path / "c" / "img" / "card-0004.png"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    with pytest.raises(DataError, match="card-0004.png: cannot be read as an image .wrong checksum at byte"):
        folder_source(tmp_path / "c" / "img", tmp_path / "c" / "seg", show_progress=False)
