"""What is fuzzed: the doors through which untrusted bytes come in. Each function takes any bytes and keeps quiet, or the promise is broken.

    TMPDIR=/dev/shm python tests/system/fuzz/targets.py frames -max_total_time=600      # or pictures, records, infos, indexes; Ctrl-C ends it
    TMPDIR=/dev/shm python tests/system/fuzz/targets.py frames,infos -max_total_time=600  # side by side, each in a folder of its own

Promised: what is wrong ends in `DataError` or `OSError`, one line each; what is given as good is what the bytes say; memory stays bounded;
the process lives. What atheris (https://github.com/google/atheris) finds is written to the working folder; put the file into `tests/system/fuzz/corpus/<target>/`, where
`tests/system/test_fuzz.py` runs it again for ever, and mend the fault.
"""
from __future__ import annotations

import atexit
import gzip
import io
import os
import resource
import shutil
import struct
import sys
import tempfile
import warnings
import zlib
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
WATCHED = ["tfrseg.storage", "tfrseg.reader", "zipfile", "numpy.lib.format"]

if __name__ == "__main__":
    import atheris

    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    with atheris.instrument_imports(include=WATCHED, enable_loader_override=False):
        import tfrseg.reader.mapped
        import tfrseg.reader.stream  # noqa: F401  these import the others

import numpy as np
import tensorflow as tf
from PIL import Image

from tfrseg.reader.decode import decode_image
from tfrseg.storage.image import encode_png, load_image, open_image, probe_image
from tfrseg.storage.labels import LabelMap, load_mask
from tfrseg.core import DataError, Limit
from tfrseg.storage.shards import Shards
from tfrseg.storage.tfrecord import (frame_record, index_records, masked_crc, scan_records, unpack_records,
    walk_records, write_records)
from tfrseg.storage.example import check_example, encode_example, read_features, serialize_example
from tfrseg.storage.schema import RAW, RAW_IDS, TFVISION, Schema
from tfrseg.storage.shard_index import ShardFacts, ShardIndex, locate_pixels, read_index, write_index
from tfrseg.storage.dataset import INFO_NAME, DatasetInfo, ShardInfo, list_shards, load_info, save_info

HOME = Path(tempfile.mkdtemp(prefix=f"tfrseg-fuzz-{os.getpid()}-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
PICTURE, PIXELS = encode_png(np.zeros((4, 5, 3), np.uint8)), 1 << 18
BOUND = 192 << 10  # KiB of memory that one input may add to the most that was ever used


@contextmanager
def promised():
    "One kind of error, on one line, without memory beyond bounds."
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try: yield
    except (DataError, OSError) as e: assert "\n" not in str(e) and str(e), repr(e)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most
    assert grown < BOUND, f"{grown >> 10} MiB of memory"


def file_of(data: bytes) -> Path:
    "A file of these bytes."
    path = HOME / "any.tfrecord"
    path.write_bytes(data)
    return path


def with_checksums(data: bytes) -> bytes:
    "Frames as they stand, with right checksums: damage that no checksum tells."
    data, at = bytearray(data), 0
    while at + 12 <= len(data):
        length = int.from_bytes(data[at:at + 8], "little")
        data[at + 8:at + 12] = struct.pack("<I", masked_crc(bytes(data[at:at + 8])))
        end = at + 12 + length
        if end + 4 <= len(data): data[end:end + 4] = struct.pack("<I", masked_crc(bytes(data[at + 12:end])))
        at = end + 4
    return bytes(data)


def frames(data: bytes) -> None:
    "The framing: walk, index, scan, unpack, on bytes as they are and with their checksums mended."
    for some in (data, with_checksums(data)):
        path, walked = file_of(some), None
        with promised(): unpack_records(path, Limit("unpacked", 1))
        with promised():
            walked = list(walk_records(path))
            assert index_records(path).tolist() == [list(place) for place in walked]
        found = list(scan_records(path))
        assert [number for number, *_ in found] == list(range(len(found)))
        for _, offset, got, finding in found:
            assert ((got is None) == (finding is not None) and 0 <= offset < max(len(some), 1)
                    and "\n" not in str(finding))
            assert (got is None or some[offset:offset + len(got)] == got
                    and some[offset + len(got):][:4] == struct.pack("<I", masked_crc(got)))
        if walked is not None: assert [offset for _, offset, *_ in found] == [offset for offset, _ in walked]
        if some: assert found


def with_chunk_checksums(data: bytes) -> bytes:
    "A PNG file as it stands, with right checksums; anything else as it is."
    data, at = bytearray(data), 8
    while data[:4] == b"\x89PNG" and at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at:at + 4], "big")
        if end + 4 > len(data): break
        data[end:end + 4] = struct.pack(">I", zlib.crc32(data[at + 4:end]))
        at = end + 4
    return bytes(data)


def same(data: bytes, image: np.ndarray) -> None:
    "What is kept byte for byte is to TensorFlow what it was here, or nothing at all."
    try: decoded = decode_image(data).numpy()
    except tf.errors.InvalidArgumentError: return
    assert (decoded == image).all()


def pictures(data: bytes) -> None:
    "The door for pictures, and behind it TensorFlow's decoders as the reader uses them."
    Image.MAX_IMAGE_PIXELS = PIXELS
    for some in {data, with_chunk_checksums(data)}:
        size, plain = None, False
        with promised():
            file = probe_image(some, "some")
            size, plain = file.size, file.plain
        with promised(): open_image(some, "some")
        with promised():
            image = load_image(some, "some")
            assert (image.ndim == 3 and image.shape[2] == 3 and image.dtype == np.uint8
                    and image.shape[:2] == size)
            if plain: same(some, image)
        with promised():
            mask = load_mask(some, None, "some")
            assert mask.ndim == 3 and mask.shape[2] == 1 and mask.dtype in (np.uint8, np.uint16)
        for role, schema in (("image", TFVISION.without("mask")), ("mask", TFVISION)):
            features = {TFVISION.key("image"): PICTURE} | {TFVISION.key(role): some}
            with promised():
                Shards((file_of(frame_record(serialize_example(features))),), (1,), schema).sample(0)


def records(data: bytes) -> None:
    "The walk over an example's wire format, held against protobuf."
    whole = np.frombuffer(b"before" + data + b"behind" * 4, np.uint8)
    index = np.array([[6, len(data)]], np.int64)
    for schema in (RAW, RAW_IDS):
        with promised(): check_example(data, schema)
        (image, mask, height, width), = locate_pixels(whole, index, schema).tolist()
        if height < 1: continue
        for begin, depth in ((image, 3), (mask, schema.mask_channels)):
            assert 6 <= begin <= 6 + len(data) - height * width * depth
        try: features = read_features(data)
        except DataError: continue  # a text that is no UTF-8, which the walk does not look at
        (height_, width_), pixels = ([features[schema.key(role)] for role in roles]
                                     for roles in (("height", "width"), ("image", "mask")))
        assert (height_, width_) == ([height], [width])
        for begin, (wanted,) in zip((image, mask), pixels):
            assert whole[begin:begin + len(wanted)].tobytes() == wanted


def infos(data: bytes) -> None:
    "`dataset_info.json`, and what is asked of it."
    folder = HOME / "set"
    folder.mkdir(exist_ok=True)
    (folder / INFO_NAME).write_bytes(data)
    with promised():
        info = load_info(folder)
        for split in (None, *info.splits):
            assert info.records(split) >= 0 and (info.size(split) is None or len(info.size(split)) == 2)
            for what in ("sizes", "pixels", "images", "formats"):
                assert all(n >= 0 for n in info.total(what, split).values())
        list_shards(folder)


def indexes(data: bytes) -> None:
    "The index that a reader finds beside a shard: one that can be used, or none."
    for schema in (RAW_IDS, TFVISION):
        with promised():
            if index := read_index(file_of(data), "1", schema): usable(index, schema)


def usable(index: ShardIndex, schema: Schema) -> None:
    "Records without a gap, and every picture inside its own."
    end = 0
    for (offset, length), (image, mask, height, width) in zip(index.records.tolist(), index.places.tolist()):
        assert offset == end + 12
        end = offset + length + 4
        if schema is TFVISION: continue
        assert 0 < height and 0 < width and offset <= image <= offset + length - height * width * 3
        assert offset <= mask <= offset + length - height * width
    assert end == index.facts.size


def seeds(target: str) -> list[bytes]:
    "Whole files to begin with."
    rng = np.random.default_rng(0)
    sample = {"image": rng.integers(0, 256, (4, 5, 3), dtype=np.uint8),
              "mask": rng.integers(0, 3, (4, 5, 1), dtype=np.uint8), "name": "x"}
    if target == "frames":
        write_records(HOME / "seed", [b"card", b"", bytes(30)])
        plain = (HOME / "seed").read_bytes()
        return [plain, gzip.compress(plain), zlib.compress(plain), frame_record(frame_record(b"inside"))]
    if target == "records":
        return [serialize_example(encode_example(sample, schema)) for schema in (RAW, RAW_IDS)]
    if target == "indexes":
        table = np.array([[12, 128, 20, 90, 4, 5], [156, 140, 160, 240, 4, 5]], np.int64).T
        names = ("offset", "length", "image", "mask", "height", "width")
        write_index(ShardIndex(names, np.ascontiguousarray(table), "1", ShardFacts(300, 7, 7, 7),
                               checked=True), HOME / "seed")
        return [(HOME / "seed").read_bytes()]
    if target == "infos":
        shard = ShardInfo("train-00000-of-00001.tfrecord", 2, 300, "0" * 64, {"4x5": 2}, {0: 30, 1: 10},
                          {0: 2, 1: 1}, {"png": 2}, ("left out",))
        save_info(DatasetInfo("tfvision", LabelMap(("a", "b"), {0: (0, 0, 0)}), {"train": (shard,)}), HOME)
        return [(HOME / INFO_NAME).read_bytes()]
    return [*map(picture, *zip(*KINDS))]


KINDS = (("RGB", "PNG", {}), ("RGB", "JPEG", {}), ("RGB", "GIF", {}), ("RGB", "BMP", {}),
         ("RGB", "TIFF", {"compression": "tiff_lzw"}), ("RGB", "WEBP", {}), ("RGB", "PPM", {}),
         ("RGB", "JPEG2000", {}), ("RGB", "TGA", {}), ("P", "PNG", {}), ("1", "PNG", {}), ("LA", "PNG", {}),
         ("I;16", "PNG", {}), ("I;16", "TIFF", {}), ("L", "PNG", {}),
         ("RGBA", "WEBP", {"lossless": True}), ("CMYK", "JPEG", {}), ("L", "JPEG", {"progressive": True}),
         ("RGB", "PNG", {"save_all": True}), ("RGB", "MPO", {"save_all": True}))


def picture(mode: str, kind: str, options: dict) -> bytes:
    """A small picture of a mode and kind; with `save_all` of two frames; with the note that it lies on
    its side, where the kind has notes."""
    pixels, out, note = Image.fromarray(np.arange(60, dtype=np.uint8).reshape(4, 5, 3)), io.BytesIO(), Image.Exif()
    note[0x0112] = 6
    some = (Image.fromarray(np.asarray(pixels)[..., 0].astype(np.uint16) * 257) if mode == "I;16"
            else pixels.convert(mode))
    if options.get("save_all"):
        options = options | {"append_images": [some.transpose(Image.Transpose.ROTATE_180)]}
    some.save(out, kind, **options, **({"exif": note} if kind in ("JPEG", "WEBP") else {}))
    return out.getvalue()


TARGETS = {f.__name__: f for f in (frames, pictures, records, infos, indexes)}


def main(target: str, *options: str) -> None:
    """Fuzzes a target until it breaks, or the options of libFuzzer say stop. What atheris traces of
    arrays stays in memory: see `promised` for the bound."""
    warnings.simplefilter("ignore")
    begin = HOME / "seeds"
    begin.mkdir()
    for k, data in enumerate(seeds(target)): (begin / str(k)).write_bytes(data)
    kept = Path(__file__).parent / "corpus" / target
    folders = [str(begin), *([str(kept)] if kept.exists() else [])]
    grown = [o for o in options if not o.startswith("-")] or [tempfile.mkdtemp(dir=HOME)]
    limits = ["-max_len=4096", "-rss_limit_mb=6000", "-timeout=60",
              *(o for o in options if o.startswith("-"))]
    atheris.Setup([sys.argv[0], *limits, *grown, *folders], TARGETS[target])
    atheris.Fuzz()


def side_by_side(targets: list[str], *options: str) -> int:
    """Fuzzes each target in a forked process and a folder of its name, where `log` holds what it says;
    gives how many failed."""
    children = {}
    for target in targets:
        if child := os.fork():
            children[child] = target
            continue
        global HOME
        HOME = Path(tempfile.mkdtemp(prefix=f"tfrseg-fuzz-{os.getpid()}-"))
        os.makedirs(target, exist_ok=True)
        os.chdir(target)
        log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2): os.dup2(log, stream)
        try: main(target, *options)
        finally:
            shutil.rmtree(HOME, ignore_errors=True)
            os._exit(1)  # libFuzzer ends the process itself where all is well
    return sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children)


if __name__ == "__main__":
    if "," in sys.argv[1]: sys.exit(side_by_side(sys.argv[1].split(","), *sys.argv[2:]))
    main(*sys.argv[1:])
