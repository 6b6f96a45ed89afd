"""Records to NumPy samples, without TensorFlow and equal to what it gives."""
import io
import struct
import subprocess
import sys
import zlib
from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from tfrseg.cards import make_card
from tfrseg.core import DataError
from tfrseg.reader.decode import decode_example, decode_image, parse_example
from tfrseg.storage.example import decode_record, encode_example, read_features, serialize_example, stored_image
from tfrseg.storage.image import encode_png, rgb_pixels
from tfrseg.storage.schema import RAW, RAW_IDS, SCHEMAS, TFVISION, as_schema

CARD = make_card(3, (61, 47))


def by_tensorflow(record, schema=TFVISION, mask_dtype="uint8", palette=None):
    "A sample as TensorFlow gives it, or None where it refuses the record."
    try: sample = decode_example(parse_example(record, schema), schema, mask_dtype, palette)
    except tf.errors.OpError: return None
    return {key: value.numpy() for key, value in sample.items()}


def same(sample, wanted):
    "Keys, dtypes, shapes and values are equal."
    assert sample.keys() == wanted.keys()
    for key, value in wanted.items():
        assert type(sample[key]) is type(value), key
        if isinstance(value, np.ndarray): assert sample[key].dtype == value.dtype and sample[key].flags.writeable, key
        np.testing.assert_array_equal(sample[key], value, key)


def saved(image, kind="JPEG", **options):
    image.save(out := io.BytesIO(), kind, **options)
    return out.getvalue()


def noisy(size, seed=0):
    "Photo and noise side by side, so that all frequencies occur."
    rng = np.random.default_rng(seed)
    image = make_card(seed, (120, 160))["image"][-size[0]:, -size[1]:].copy()
    image[:, size[1] // 2:] = rng.integers(0, 256, image[:, size[1] // 2:].shape, dtype=np.uint8)
    return Image.fromarray(image)


JPEGS = [dict(quality=quality, subsampling=subsampling, progressive=progressive)
         for quality in (5, 50, 95, 100) for subsampling in (0, 1, 2) for progressive in (False, True)]


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (16, 17), (33, 65), (61, 47), (120, 160)])
def test_jpeg_pixels_equal_tensorflow(size):
    image = noisy(size)
    files = [saved(image, **options) for options in JPEGS]
    files += [saved(image.convert("L"), quality=quality, progressive=progressive) for quality in (5, 75, 100) for progressive in (False, True)]
    files += [saved(image, restart_marker_blocks=2), saved(image, restart_marker_rows=1, progressive=True), saved(image, keep_rgb=True)]
    files += [saved(image, "MPO", save_all=True, append_images=[image.rotate(180)]), saved(image, optimize=True), saved(image.convert("CMYK"))]
    for k, data in enumerate(files):
        decoded = Image.open(io.BytesIO(data))
        np.testing.assert_array_equal(rgb_pixels(decoded), decode_image(data).numpy(), str(k))


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize("with_mask", [True, False])
def test_samples_equal_tensorflow(schema, dtype, with_mask):
    if schema is RAW and dtype == "uint16": return
    sample = CARD | {"mask": CARD["mask"].astype(dtype) * (1 if dtype == "uint8" else 9000)}
    if not with_mask: sample, schema = {"image": CARD["image"], "name": "a"}, schema.without("mask")
    record = serialize_example(encode_example(sample, schema))
    same(decode_record(record, schema, dtype), by_tensorflow(record, schema, dtype))
    if schema.name == "raw": return
    tiled = schema.tiled()
    record = serialize_example(encode_example(sample | {"parent": "p", "tile": (1, 2, 300, 400)}, tiled))
    same(decode_record(record, tiled, dtype), by_tensorflow(record, tiled, dtype))


def png(pixels, **options): return saved(Image.fromarray(pixels), "PNG", **options)


PICTURES = {"grey": png(CARD["mask"][..., 0]), "RGBA": saved(Image.fromarray(CARD["image"]).convert("RGBA"), "PNG"), "palette": saved(Image.fromarray(CARD["image"]).quantize(9), "PNG", transparency=2),
            "16 bits": encode_png(CARD["mask"].astype(np.uint16) * 9999), "16 bits, RGB": encode_png(CARD["image"].astype(np.uint16) * 251), "JPEG": saved(noisy((61, 47))),
            "progressive": saved(noisy((61, 47)), progressive=True), "grey JPEG": saved(noisy((61, 47)).convert("L")), "two bits": saved(Image.fromarray(CARD["image"]).quantize(4), "PNG", bits=2)}


@pytest.mark.parametrize("data", PICTURES.values(), ids=PICTURES)
def test_image_files_equal_tensorflow(data):
    record = serialize_example(encode_example(CARD) | {"image/encoded": data})
    same(decode_record(record), by_tensorflow(record))


def test_raw_masks_of_three_channels():
    palette = {0: (0, 0, 0), 7: (200, 10, 3), 5: (1, 2, 3)}
    colors = np.array([palette[i] for i in (0, 7, 5)], np.uint8)[CARD["mask"][..., 0] % 3]
    record = serialize_example(encode_example(CARD | {"mask": colors}, RAW))
    same(decode_record(record, RAW, palette=palette), by_tensorflow(record, RAW, palette=palette))
    with pytest.raises(DataError, match="^a, record 3: the mask holds colours, not ids; give palette="): decode_record(record, RAW, where="a, record 3")
    with pytest.raises(DataError, match="a mask colour is not in the palette"): decode_record(record, RAW, palette={0: (0, 0, 0)})


DAMAGE = {"no key": lambda f: f.pop("image/encoded"), "a number": lambda f: f.update({"image/encoded": 3}), "a text": lambda f: f.update({"image/height": b"3"}),
          "no image": lambda f: f.update({"image/encoded": b"text"}), "cut": lambda f: f.update({"image/encoded": f["image/encoded"][:-40]}),
          "a cut mask": lambda f: f.update({"image/segmentation/class/encoded": f["image/segmentation/class/encoded"][:-20]}),
          "another size": lambda f: f.update({"image/segmentation/class/encoded": encode_png(CARD["mask"][:-1])})}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_tensorflow_refuses_is_refused(damage):
    features = encode_example(CARD)
    damage(features)
    record = serialize_example(features)
    assert by_tensorflow(record) is None
    with pytest.raises(DataError, match="^record: "): decode_record(record)


def test_raw_bytes_that_do_not_fit():
    for change in ({"image/height": 62}, {"image/height": -61, "image/width": -47}, {"image/height": 0}, {"image/width": 1 << 62, "image/height": 4}, {"image/image_raw": b""}):
        record = serialize_example(encode_example(CARD, RAW_IDS) | change)
        assert by_tensorflow(record, RAW_IDS) is None
        with pytest.raises(DataError): decode_record(record, RAW_IDS)


def test_optional_values_that_are_empty():
    for key, named in (("image/filename", "bytes_list"), ("image/channels", "int64_list"), ("image/channels", "float_list")):
        made = tf.train.Example.FromString(serialize_example(encode_example(CARD)))
        made.features.feature[key].Clear()
        same(decode_record(made.SerializeToString()), by_tensorflow(made.SerializeToString()))  # of no kind
        getattr(made.features.feature[key], named).SetInParent()
        assert by_tensorflow(made.SerializeToString()) is None
        with pytest.raises(DataError, match=f"{key} holds no value"): decode_record(made.SerializeToString())


# The wire: the same verdict and the same values as `tf.train.Example`.

def varint(n):
    out = b""
    while n > 127: out, n = out + bytes((n & 127 | 128,)), n >> 7
    return out + bytes((n,))


def part(number, data): return varint(number << 3 | 2) + varint(len(data)) + data


BYTES = st.lists(st.binary(max_size=5), max_size=3).map(lambda values: b"".join(part(1, v) for v in values))
FLOATS = st.lists(st.floats(width=32), max_size=3)
PACKED = FLOATS.map(lambda values: part(1, struct.pack(f"<{len(values)}f", *values)))
LOOSE = FLOATS.map(lambda values: b"".join(b"\x0d" + struct.pack("<f", v) for v in values))
INTS = st.lists(st.integers(0, (1 << 64) - 1), max_size=3)
LISTS = st.one_of(st.tuples(st.just(1), BYTES), st.tuples(st.just(2), PACKED | LOOSE), st.tuples(st.just(3), INTS.map(lambda v: part(1, b"".join(map(varint, v))))),
                  st.tuples(st.just(3), INTS.map(lambda v: b"".join(b"\x08" + varint(n) for n in v))), st.tuples(st.integers(4, 9), st.binary(max_size=4)))
FEATURE = st.lists(LISTS, max_size=3).map(lambda lists: b"".join(part(*each) for each in lists))
KEY = st.sampled_from([b"a", b"b", "\u00e9".encode(), b"\xff", b""])
ENTRY = st.lists(st.tuples(st.just(1), KEY) | st.tuples(st.just(2), FEATURE) | st.tuples(st.just(5), st.binary(max_size=3)), max_size=4).map(lambda fields: b"".join(part(*f) for f in fields))
RECORD = st.lists(st.lists(ENTRY, max_size=4).map(lambda entries: part(1, b"".join(part(1, e) for e in entries))), max_size=3).map(b"".join)


def tensorflows(record):
    "Values by key of `tf.train.Example`, or None where it refuses the bytes."
    from google.protobuf.message import DecodeError
    try: made = tf.train.Example.FromString(record)
    except (DecodeError, UnicodeDecodeError): return None
    return {key: list(getattr(value, value.WhichOneof("kind") or "bytes_list").value) for key, value in made.features.feature.items()}


def agrees(record):
    wanted = tensorflows(record)
    try: got = read_features(record)
    except DataError: got = None
    assert repr(got and sorted(got.items())) == repr(wanted and sorted(wanted.items())), record  # `repr`, for NaN


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(RECORD, st.binary(max_size=3), st.integers(0, 400))
@example(part(1, part(1, part(1, b"a") + part(2, part(1, part(1, b"x")))) + part(1, part(1, b"a") + part(2, part(3, b"\x08\x07")))), b"", 400)  # a key twice
def test_any_message_is_read_as_tensorflow_reads_it(record, tail, cut):
    for data in (record, record + tail, record[:cut]): agrees(data)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damaged_records_are_read_as_tensorflow_reads_them(data):
    record = bytearray(serialize_example({"a/b": b"xyz", "c": 300, "d": -1, "e": b""}))
    for _ in range(data.draw(st.integers(1, 3))): record[data.draw(st.integers(0, len(record) - 1))] = data.draw(st.integers(0, 255))
    agrees(bytes(record))


NO_TENSORFLOW = """
import sys
class Refuses:
    def find_spec(self, name, *rest):
        if name.split(".")[0] in ("tensorflow", "keras", "matplotlib"): raise ImportError(name + " is not to be imported")
sys.meta_path.insert(0, Refuses())
"""


def test_storage_reads_and_writes_without_tensorflow(tmp_path):
    code = NO_TENSORFLOW + f"""
import importlib, numpy as np
for name in "files image labels schema example tfrecord shard_index flags".split(): importlib.import_module("tfrseg.storage." + name)
heavy = [name for name in ("google.protobuf", "matplotlib", "asyncio", "multiprocessing") if name in sys.modules]
assert not heavy, heavy
from tfrseg.storage.example import *
from tfrseg.storage.image import *
from tfrseg.storage.image import _deep_png
from tfrseg.storage.labels import load_mask
from tfrseg.storage.schema import SCHEMAS
from tfrseg.storage.tfrecord import write_records, read_record
from tfrseg.storage.shard_index import open_index
pixels = np.arange(90, dtype=np.uint8).reshape(5, 6, 3)
sample = {{"image": pixels, "mask": pixels[..., :1] % 3, "name": "a"}}
for schema in SCHEMAS.values():
    file = {str(tmp_path)!r} + "/" + schema.name
    write_records(file, [serialize_example(encode_example(sample, schema))])
    back = decode_record(read_record(file, 0), schema)
    assert (back["image"] == pixels).all() and (back["mask"] == sample["mask"]).all()
    assert open_index(file, schema, count=True).counted
assert (load_image(encode_png(pixels)) == pixels).all() and (load_mask(encode_png(sample["mask"])) == sample["mask"]).all()
assert (_deep_png(encode_png(pixels.astype(np.uint16) << 7)) == pixels.astype(np.uint16) << 7).all() and lost_pixels(encode_png(pixels.astype(np.uint16) << 7))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def interlaced(pixels):
    "A PNG file in Adam7's seven passes, its rows unfiltered."
    height, width, channels = pixels.shape
    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for top, left, down, right in passes for row in pixels[top::down, left::right] if row.size)
    header = struct.pack(">II5B", width, height, 16, {2: 4, 3: 2, 4: 6}[channels], 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("channels", [2, 3, 4])
@pytest.mark.parametrize("write", [encode_png, interlaced, lambda p: tf.io.encode_png(p).numpy()], ids=("plain", "interlaced", "filtered"))
@pytest.mark.parametrize("size", [(1, 1), (9, 13), (40, 31)])
def test_all_bits_of_deep_png_files(channels, write, size):
    from tfrseg.storage.image import _deep_png
    data = write(np.random.default_rng(0).integers(0, 65536, (*size, channels)).astype(np.uint16))
    np.testing.assert_array_equal(_deep_png(data), tf.io.decode_png(data, channels=3, dtype=tf.uint16).numpy())


def test_raw_pixels_have_the_size_of_the_image_or_mask_beside_them():
    schema = replace(as_schema("tfds"), pixels="any")
    image, mask = schema.key("image"), schema.key("mask")
    raw_mask = {image: [encode_png(CARD["image"])], mask: [CARD["mask"].tobytes()]}
    np.testing.assert_array_equal(stored_image(raw_mask, schema, "mask"), CARD["mask"])
    raw_image = {image: [CARD["image"].tobytes()], mask: [encode_png(CARD["mask"])]}
    np.testing.assert_array_equal(stored_image(raw_image, schema, "image"), CARD["image"])
    with pytest.raises(DataError, match="has 2866 bytes; wanted 61 x 47 x 1"): stored_image(raw_mask | {mask: [bytes(2866)]}, schema, "mask")
