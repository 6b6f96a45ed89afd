"""Inside `one_pass` the writer checks what it writes: the same bytes and infos as after a scan, the same errors, and nothing published before all is checked."""
import io
import os
import pickle
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from tfrseg.core import DataError
from tfrseg.sources import source as sources
from tfrseg.sources.source import folder_source, image_options, one_pass
from tfrseg.sources.splits import split_source
from tfrseg.storage import image as images
from tfrseg.storage.check import check_shards
from tfrseg.storage.image import encode_png, open_image, plain_png, read_image
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION
from tfrseg.writer import write as writer
from tfrseg.writer.write import plan_shards, write_shard, write_shards

QUIET = dict(show_progress=False)
TABLE = LabelMap(("ground", "thing", "other"))


def ids(n=0, top=3): return (np.indices((40, 48)).sum(0) // 8 + n).astype(np.uint8) % top


def saved(picture, **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", **options)
    return out.getvalue()


def palette_png(pixels, bits=8) -> bytes:
    picture = Image.fromarray(pixels).convert("P")
    picture.putpalette(list(range(3 * 2**bits)) if bits < 8 else list(range(256)) * 3)
    return saved(picture, bits=bits)


def chunk(kind, body): return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def file_of(packed, size, kind, *extras):
    "A PNG file of 8 bits with these compressed pixels, in pieces, and chunks before them."
    header = struct.pack(">II5B", size[1], size[0], 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join([chunk(b"IHDR", header), *extras, *(chunk(b"IDAT", p) for p in packed), chunk(b"IEND", b"")])


@pytest.fixture
def folder(tmp_path):
    "Seven pairs: images in PNG and JPEG, grey and RGB; masks grey, with palettes of 8 and 2 bits, and stored without compression."
    (tmp_path / "img").mkdir(), (tmp_path / "seg").mkdir()
    rng = np.random.default_rng(0)
    for n in range(7):
        pixels = rng.integers(0, 256, (40, 48, 3), np.uint8)
        Image.fromarray(pixels[..., 0] if n == 4 else pixels).save(tmp_path / "img" / f"{n}.{('png', 'jpg')[n % 2]}")
        masks = encode_png(ids(n)[..., None]), palette_png(ids(n)), palette_png(ids(n), 2), saved(Image.fromarray(ids(n)), compress_level=0)
        (tmp_path / "seg" / f"{n}.png").write_bytes(masks[n % 4])
    return tmp_path


def make(folder, labels=TABLE, **options): return folder_source(folder / "img", folder / "seg", labels=labels, **QUIET, **options)


def unseen(folder, labels=TABLE, **options):
    with one_pass(): return make(folder, labels, **options)


def written(source, out, schema=TFVISION, **options):
    info = write_shards(plan_shards(source, out, schema=schema, records_per_shard=2), **QUIET, **options)
    return info, {p.name: p.read_bytes() for p in sorted(out.iterdir())}


@pytest.mark.parametrize("schema", (TFVISION, RAW_IDS, RAW), ids=lambda s: s.name)
@pytest.mark.parametrize("workers", (1, 2, 5))
def test_the_same_bytes_as_after_a_scan(folder, schema, workers):
    source, scanned = unseen(folder), make(folder)
    assert source.unchecked and not source.seen and source == scanned and not scanned.unchecked
    assert written(source, folder / "one", schema, workers=workers) == written(scanned, folder / "two", schema)
    assert check_shards(folder / "one", deep=True, **QUIET) == []


def test_no_file_is_read_twice(folder, monkeypatch):
    "The first look reads the beginning of each file, the writer all of it, once; nothing is scanned."
    read, real = [], sources.image_bytes
    source = unseen(folder)
    monkeypatch.setattr(sources, "image_bytes", lambda path: read.append(str(path)) or real(path))
    for module, name in ((sources, "_scanned"), (writer, "load_mask"), (writer, "read_image"), (writer, "encode_image")): monkeypatch.delattr(module, name)
    written(source, folder / "out")
    assert sorted(read) == sorted(str(path) for pair in source.pairs for path in (pair.image, pair.mask))


def test_an_engine_gets_no_more_than_its_shards(folder):
    expected, sent = written(make(folder), folder / "two"), []

    def engine(work, specs):
        for spec in specs: sent.append(pickle.dumps((work, spec)))
        with ThreadPoolExecutor(2) as pool: return list(pool.map(work, specs))

    assert written(unseen(folder), folder / "one", engine=engine) == expected
    assert all(pickle.loads(data)[1].unchecked is None for data in sent)


def test_splits_share_one_scan(folder, monkeypatch):
    parts, expected = (split_source(s, train=0.6, val=0.4) for s in (unseen(folder), make(folder)))
    assert written(parts, folder / "one") == written(expected, folder / "two")
    calls, real = [], sources._scanned
    monkeypatch.setattr(sources, "_scanned", lambda *args: calls.append(1) or real(*args))
    (folder / "img" / "2.png").write_bytes(saved(Image.open(folder / "img" / "2.png"), exif=rotation()))
    (folder / "img" / "4.png").write_bytes(saved(Image.open(folder / "img" / "4.png"), exif=rotation()))
    written(split_source(unseen(folder), train=0.6, val=0.4), folder / "three")
    assert len(calls) == 1


def rotation(turn=3):
    exif = Image.Exif()
    exif[0x0112] = turn
    return exif


def damage(folder, kind):
    "Damages two pairs."
    for n in (2, 4):
        image, mask = folder / "img" / f"{n}.png", folder / "seg" / f"{n}.png"
        if kind == "an unknown id": mask.write_bytes(encode_png(ids(n)[..., None] + 5))
        if kind == "a damaged image": image.write_bytes(image.read_bytes()[:-20] + bytes(20))
        if kind == "a damaged mask": mask.write_bytes(mask.read_bytes()[:60] + bytes(9) + mask.read_bytes()[69:])
        if kind == "alpha": image.write_bytes(saved(Image.fromarray(np.zeros((40, 48, 4), np.uint8))))
        if kind == "another size": mask.write_bytes(encode_png(ids(n)[:-1, :, None]))
        if kind == "a colour that is clear": image.write_bytes(file_of([zlib.compress(bytes(40 * 145))], (40, 48), 2, chunk(b"tRNS", bytes(6))))
        if kind == "pixels that are damaged": mask.write_bytes(file_of([b"\0" * 40], (40, 48), 0))


BAD = ("an unknown id", "a damaged image", "a damaged mask", "alpha", "another size", "a colour that is clear", "pixels that are damaged")


@pytest.mark.fault("bad file in a source that is not scanned", "found one at a time, or written",
                   "the scan comes after all: all findings at once, nothing is published")
@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("schema", (TFVISION, RAW_IDS), ids=lambda s: s.name)
def test_the_same_error_as_the_scan(folder, kind, schema):
    "Whether the file was bad when the source was made, or became bad afterwards."
    source = unseen(folder)
    damage(folder, kind)
    with pytest.raises(DataError) as expected: make(folder)
    with pytest.raises(DataError) as late: written(source, folder / "out", schema, workers=2)
    with pytest.raises(DataError) as early: written(unseen(folder), folder / "out", schema, workers=2)
    assert len(expected.value.findings) == 2
    for error in (early, late): assert str(error.value) == str(expected.value) and error.value.findings == expected.value.findings
    assert sorted(os.listdir(folder)) == ["img", "seg"]


def test_a_pair_that_is_only_rotated_is_scanned_and_written(folder):
    for n in (2, 6):
        image = folder / "img" / f"{n}.png"
        image.write_bytes(saved(Image.open(image), exif=rotation()))
    source = unseen(folder)
    assert source.unchecked
    found = written(source, folder / "one")
    assert found == written(make(folder), folder / "two") and sum(shard.exif_rotated for shard in found[0].shards()) == 2


def test_numbers_that_fit_are_reduced_with_their_line(folder):
    "16 bits that hold 0 to 255 alone, behind a header of 8 bits at the first look: the line stands where the scan puts it."
    source = unseen(folder)
    Image.fromarray(np.arange(40 * 48, dtype=np.uint16).reshape(40, 48) % 256).save(folder / "img" / "2.png")
    assert written(source, folder / "one") == written(make(folder), folder / "two")


@pytest.mark.parametrize("why", ("skip", "options", "names", "levels", "16 bits", "no masks", "colours", "sizes"))
def test_what_cannot_be_one_pass_is_scanned(folder, why):
    if why == "skip": assert not unseen(folder, on_error="skip").unchecked
    if why == "options": assert not unseen(folder, alpha="drop").unchecked
    if why == "names": assert not unseen(folder, None, class_names=TABLE.class_names).unchecked
    if why == "levels": assert not unseen(folder, LabelMap(TABLE.class_names, {}, "levels", levels={0: 0, 1: 1, 2: 2})).unchecked
    if why == "16 bits": assert not unseen(folder, replace(TABLE, dtype="uint16", ignore_label=65535)).unchecked
    with one_pass(), image_options():
        if why == "no masks": assert not folder_source(folder / "img", **QUIET).unchecked
    if why == "colours":
        Image.fromarray(np.repeat(ids(1)[..., None], 3, 2)).save(folder / "seg" / "1.png")
        assert not unseen(folder).unchecked
    if why == "sizes":
        (folder / "seg" / "1.png").write_bytes(encode_png(ids()[:-1, :, None]))
        with pytest.raises(DataError, match="wanted 40 x 48"): unseen(folder)


def test_findings_that_are_known_are_reported_at_once(folder):
    (folder / "seg" / "3.png").unlink()
    with pytest.raises(DataError, match="no mask named '3'"): unseen(folder)


def test_resuming_and_skipping_look_at_all_pairs_first(folder):
    expected = written(make(folder), folder / "two")
    assert written(unseen(folder), folder / "one", resume=True) == expected
    assert written(unseen(folder), folder / "three", on_error="skip")[1] == expected[1]


def test_what_was_stopped_in_one_pass_is_resumed(folder):
    "Finished shards of a killed writer count, though the next one looks at all pairs first."
    def power_cut(work, specs):
        work(specs[0])
        raise SystemExit
    plan, kept = plan_shards(unseen(folder), folder / "out", records_per_shard=2), []
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr("tfrseg.storage.dataset.clear_staging", lambda folder: None)  # as after SIGKILL
        write_shards(plan, engine=power_cut, **QUIET)
    again = lambda work, specs: kept.extend(spec.path.name for spec in specs) or list(map(work, specs))
    assert written(make(folder), folder / "out", resume=True, engine=again) == written(make(folder), folder / "two")
    assert plan[0].path.name not in kept and len(kept) == len(plan) - 1


def test_one_shard_alone_is_checked_too(folder):
    plan = plan_shards(unseen(folder), folder, records_per_shard=2)
    shard = write_shard(plan[0])
    assert shard.sha256 == written(make(folder), folder / "two")[0].shards()[0].sha256
    damage(folder, "an unknown id")
    with pytest.raises(DataError, match="label"): write_shard(plan_shards(unseen(folder), folder, records_per_shard=2)[0])


def test_the_command_writes_a_layout_with_a_table_in_one_pass(folder, monkeypatch):
    "Its errors are those of the scan, exit status and all."
    from tfrseg import cli

    made = []
    monkeypatch.setattr(cli, "_source", lambda *args: made.append(make(folder)) or made[0])
    assert cli.main(["write", str(folder / "img"), str(folder / "seg"), str(folder / "one")]) == 0 and made[0].unchecked
    made.clear()
    assert cli.main(["write", str(folder / "img"), str(folder / "seg"), str(folder / "two"), "--resume"]) == 0 and not made[0].unchecked
    assert {p.name: p.read_bytes() for p in (folder / "one").iterdir()} == {p.name: p.read_bytes() for p in (folder / "two").iterdir()}
    made.clear()
    damage(folder, "an unknown id")
    assert cli.main(["write", str(folder / "img"), str(folder / "seg"), str(folder / "three")]) == 1 and not (folder / "three").exists()


def random_png(rng, damaged):
    "A small PNG file with all filters, whole or damaged inside its compressed pixels, and its size."
    height, width, kind = int(rng.integers(1, 20)), int(rng.integers(1, 20)), int(rng.choice((0, 2)))
    row = width * (1 if kind == 0 else 3)
    data = b"".join(bytes([rng.integers(0, 5)]) + rng.integers(0, 256, row, np.uint8).tobytes() for _ in range(height))
    if damaged == "short": data = data[:rng.integers(len(data))]
    if damaged == "filter": data = b"\x09" + data[1:]
    packed = bytearray(zlib.compress(data, int(rng.choice((0, 6)))))
    if damaged == "bit": packed[rng.integers(len(packed))] ^= 1 << int(rng.integers(8))
    if damaged == "cut": packed = packed[:rng.integers(len(packed))]
    if damaged == "long": packed += bytes(9)
    return file_of([bytes(packed)], (height, width), kind)


@pytest.mark.parametrize("damaged", ("", "short", "filter", "bit", "cut", "long"))
@pytest.mark.parametrize("opencv", (True, False), ids=("with OpenCV", "without OpenCV"))
def test_plain_files_decode_as_others_do(damaged, opencv, monkeypatch):
    if not opencv: monkeypatch.setattr(images, "_opencv", lambda: None)
    rng = np.random.default_rng(len(damaged))

    def outcome(decode):
        try: return decode()
        except DataError as e: return str(e)

    for _ in range(300):
        data = random_png(rng, damaged)
        expected = outcome(lambda: np.asarray(open_image(data).convert("RGB")))
        found = outcome(lambda: plain_png(data).rgb())
        assert (found == expected) if isinstance(expected, str) or isinstance(found, str) else (found == expected).all()


ODD = {"a profile": chunk(b"iCCP", b"a\0\0x"), "a rotation": chunk(b"eXIf", b"MM\0*"), "transparency": chunk(b"tRNS", bytes(6)), "frames": chunk(b"acTL", bytes(8)),
       "a rotation in a text": chunk(b"tEXt", b"Raw profile type exif\0x"), "a packed text": chunk(b"zTXt", b"Comment\0\0x"),
       "a bad gamma": chunk(b"gAMA", b"\0"), "two headers": chunk(b"IHDR", bytes(13)), "a palette": chunk(b"PLTE", bytes(9))}


@pytest.mark.parametrize("kind", ODD)
def test_files_that_could_show_something_else_are_not_plain(kind):
    assert plain_png(file_of([zlib.compress(bytes(4 * 13))], (4, 4), 2, ODD[kind])) is None


@pytest.mark.parametrize("extra", (chunk(b"gAMA", bytes(4)), chunk(b"tEXt", b"Software\0x"), chunk(b"tIME", bytes(7)), chunk(b"sRGB", b"\0")))
def test_chunks_that_change_nothing_are_plain(extra, tmp_path):
    data = file_of([zlib.compress(bytes(range(52)).replace(b"\x0d", b"\0").replace(b"\x1a", b"\0").replace(b"\x27", b"\0"))], (4, 4), 2, extra)
    (tmp_path / "a.png").write_bytes(data)
    assert plain_png(data) and (read_image(tmp_path / "a.png") == np.asarray(open_image(data))).all()


@pytest.mark.parametrize("bits", (1, 2, 4, 8))
def test_palettes_of_any_depth(bits):
    data = palette_png(ids(top=2), bits)
    assert data[24] == bits and plain_png(data) is None
    assert (plain_png(data, indexed=True).decode()[..., 0] == np.asarray(open_image(data))).all()


def test_more_pixels_than_pillow_opens_are_not_plain(monkeypatch):
    data = encode_png(ids()[..., None])
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 40 * 48 // 2 - 1)
    assert plain_png(data) is None
