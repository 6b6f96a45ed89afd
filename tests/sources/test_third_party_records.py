"""Records that somebody else made: read as they are, whatever kind of bytes they hold, or refused in one line with what would be lost; never reduced in silence."""
import argparse
import io
import json
import re

import numpy as np
import pytest
import tensorflow as tf
from crossing import crossed
from PIL import Image
from records import example
from records import read_samples as samples

from tfrseg.cli import main, make_parser
from tfrseg.storage.image import encode_png, load_image
from tfrseg.storage.example import serialize_example
from tfrseg.storage.labels import LabelMap
from tfrseg.storage.schema import TFVISION
from tfrseg.storage.validity import look_valid, record_problems
from tfrseg.sources.records import tfds_schema
from tfrseg.writer.convert import convert_shards
from tfrseg.core import DataError
from tfrseg.storage.image import lost_pixels, read_header
from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.shards import open_shards
from tfrseg.storage.tfrecord import write_records
from tfrseg.explorer.summary import summarize
from tfrseg.storage.check import check_shards
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import folder_source
from tfrseg.writer.write import plan_shards, write_shards

pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")  # test_assumed holds them

QUIET = {"show_progress": False}
IMAGE = np.random.default_rng(0).integers(0, 256, (12, 16, 3), dtype=np.uint8)
MASK = (np.arange(192).reshape(12, 16) // 48).astype(np.uint8)
KEYS = {"image": "pic", "mask": "seg", "height": "h", "width": "w"}


def saved(picture, kind="PNG", **how):
    picture = Image.fromarray(picture) if isinstance(picture, np.ndarray) else picture
    picture.save(out := io.BytesIO(), kind, **how)
    return out.getvalue()


def write(folder, *records, name="train.tfrecord"):
    folder.mkdir(exist_ok=True)
    write_records(folder / name, records)
    return folder


# --- kinds of features ---

def mine(pic=None, seg=None, size=(12, 16)):
    "A record of somebody's own keys; a list of floats makes a float_list."
    made = tf.train.Example.FromString(example(h=size[0], w=size[1]))
    for key, value in (("pic", pic), ("seg", seg)):
        if isinstance(value, bytes): made.features.feature[key].bytes_list.value.append(value)
        elif value is not None and len(value) and isinstance(value[0], float): made.features.feature[key].float_list.value.extend(value)
        elif value is not None and len(value): made.features.feature[key].int64_list.value.extend(value)
        elif value is not None: made.features.feature[key].SetInParent()
    return made.SerializeToString()


@pytest.mark.fault("pixels as a float_list or int64_list, a feature without a value", "InvalidArgumentError of the parser", "one line that names key, kind and length")
@pytest.mark.parametrize("key", ("pic", "seg"))
@pytest.mark.parametrize("value,said", [([0.5] * 192, "a float_list of 192 values"), ([7] * 192, "an? int64_list of 192 values"), ([], "no value"), ([7], "an? int64_list of 1 value")])
def test_features_of_another_kind_are_named(tmp_path, key, value, said, capsys):
    good = {"pic": encode_png(IMAGE), "seg": encode_png(MASK[..., None])}
    write(tmp_path / "s", mine(**(good | {key: value})), mine(**good))
    with pytest.raises(DataError, match=f"train.tfrecord, record 0.*{key} holds {said}; wanted one of bytes|train.tfrecord, record 0.*{key} holds (192 int|{said}|int)") as e:
        convert_shards(tmp_path / "s", tmp_path / "out", features=KEYS, **QUIET)
    assert "\n" not in str(e.value)
    assert main(["convert", str(tmp_path / "s"), str(tmp_path / "out"), "--features", ",".join(f"{r}={k}" for r, k in KEYS.items())]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    info = convert_shards(tmp_path / "s", tmp_path / "out", features=KEYS, on_error="skip", **QUIET)
    assert info.records() == 1 and len(info.skipped) == 1


@pytest.mark.parametrize("read", (open_shards, summarize, read_dataset))
def test_keys_that_no_reader_knows_lead_to_convert(tmp_path, read):
    write(tmp_path / "s", mine(encode_png(IMAGE), encode_png(MASK[..., None])))
    with pytest.raises(DataError, match=r"record 0: keys \['h', 'pic', 'seg', 'w'\] fit no schema that is known. Convert the shards first, with tfrseg convert") as e: read(tmp_path / "s")
    assert "--features" not in str(e.value)


# --- pixels of every kind ---

RAW_MASKS = {"uint8": MASK.tobytes(), "uint16": (MASK.astype("<u2") * 300).tobytes(), "int32": MASK.astype("<i4").tobytes(), "int64": MASK.astype("<i8").tobytes(), "whole floats": MASK.astype("<f4").tobytes(),
             "doubles": MASK.astype("<f8").tobytes(), "int32, high byte first": MASK.astype(">i4").tobytes(), "three channels": np.repeat(MASK[..., None], 3, 2).tobytes(), "PNG": encode_png(MASK[..., None]),
             "tensor [H, W] int64": tf.io.serialize_tensor(MASK.astype(np.int64)).numpy(), "tensor [H, W, 1] uint8": tf.io.serialize_tensor(MASK[..., None]).numpy(),
             "tensor of floats": tf.io.serialize_tensor(MASK.astype(np.float32)).numpy(), "tensor of bool": tf.io.serialize_tensor(MASK > 1).numpy()}
IMAGES = {"raw": IMAGE.tobytes(), "PNG": encode_png(IMAGE), "tensor": tf.io.serialize_tensor(IMAGE).numpy(), "tensor of int32": tf.io.serialize_tensor(IMAGE.astype(np.int32)).numpy(),
          "opaque RGBA": np.dstack([IMAGE, np.full((12, 16, 1), 255, np.uint8)]).tobytes(), "grey": IMAGE[..., 0].tobytes(), "BMP": saved(IMAGE, "BMP")}


@pytest.mark.parametrize("image, kept", crossed(IMAGES, RAW_MASKS, every=3))
def test_pixels_of_any_kind_are_read(tmp_path, image, kept):
    write(tmp_path / "s", mine(IMAGES[image], RAW_MASKS[kept]))
    info = convert_shards(tmp_path / "s", tmp_path / "out", features=KEYS, mask_values="ids", **QUIET)
    sample, = samples(tmp_path / "out")
    assert (sample["image"] == (np.repeat(IMAGE[..., :1], 3, 2) if image == "grey" else IMAGE)).all()
    assert (sample["mask"][..., 0] == {"uint16": MASK.astype(np.uint16) * 300, "tensor of bool": MASK > 1}.get(kept, MASK)).all()
    wide = [line for line in info.assumptions if "bytes per pixel" in line]
    assert bool(wide) == (kept in ("uint16", "int32", "int64", "whole floats", "doubles", "int32, high byte first")), info.assumptions


@pytest.mark.parametrize("image,mask", [("PNG", "int32"), ("tensor", "uint8"), ("PNG", "tensor [H, W] int64"), ("raw", "PNG"), ("tensor", "PNG")])
def test_one_picture_tells_the_size_of_the_other(tmp_path, image, mask):
    write(tmp_path / "s", mine(IMAGES[image], RAW_MASKS[mask]))
    convert_shards(tmp_path / "s", tmp_path / "out", features={"image": "pic", "mask": "seg"}, **QUIET)
    assert (samples(tmp_path / "out")[0]["mask"][..., 0] == MASK).all() and (samples(tmp_path / "out")[0]["image"] == IMAGE).all()


def test_without_a_mask_nothing_else_tells_the_size(tmp_path):
    write(tmp_path / "s", example(pic=IMAGE.tobytes()))
    with pytest.raises(DataError, match="record 0: pic has 576 bytes.*raw pixels want height=KEY, width=KEY"): convert_shards(tmp_path / "s", tmp_path / "out", features={"image": "pic"}, **QUIET)


def test_raw_keys_that_are_known_may_hold_wider_numbers(tmp_path):
    record = example(image__image_raw=IMAGE.tobytes(), image__segmentation__class__raw=MASK.astype("<i4").tobytes(), image__segmentation__class__format=b"int32", image__height=12, image__width=16)
    write(tmp_path / "s", record)
    with pytest.raises(DataError, match="is 'int32'; wanted 'uint8' or 'uint16'"): open_shards(tmp_path / "s")
    convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    assert (samples(tmp_path / "out")[0]["mask"][..., 0] == MASK).all()


UNFIT = {"floats": (dict(pic=(IMAGE / np.float32(255)).tobytes()), "pic is 12 bytes a pixel, float32 from .* to .*; wanted whole numbers"),
         "32 bits": (dict(pic=(IMAGE.astype("<f4") * 300).tobytes()), "pic is 12 bytes a pixel, float32: .* values from .* to .*; 8 bits hold 0 to 255"),
         "five bands": (dict(pic=bytes(192 * 5)), "pic has 5 bytes a pixel"), "a tensor of floats": (dict(pic=tf.io.serialize_tensor(IMAGE / np.float32(255)).numpy()), r"a tensor of float32 \[12, 16, 3\] from .* wanted whole"),
         "five channels": (dict(pic=tf.io.serialize_tensor(np.zeros((12, 16, 5), np.uint8)).numpy()), r"a tensor of uint8 \[12, 16, 5\]; wanted \[H, W, 3\], or one channel"),
         "ids far below 0": (dict(seg=(MASK.astype("<i4") * 20000 - 40000).tobytes()), "seg is 4 bytes a pixel, int32 from -40000 to 20000; wanted ids from 0 to 65535"),
         "ids too high": (dict(seg=(MASK.astype("<i8") + 10**6).tobytes()), r"int64 from 1e\+06 to .*; wanted ids from 0 to 65535"),
         "soft": (dict(seg=(MASK / np.float32(7)).tobytes()), "float32 from 0 to 0.429; wanted whole numbers|int32 from 0 to"),
         "one-hot": (dict(seg=tf.io.serialize_tensor(np.zeros((12, 16, 5), np.uint8)).numpy()), r"seg is a tensor of uint8 \[12, 16, 5\]"),
         "too short": (dict(seg=bytes(100)), "seg has 100 bytes; wanted 12 x 16 x 1 = 192, or 2, 3, 4 or 8 times as many")}


@pytest.mark.parametrize("case", UNFIT)
def test_pixels_that_would_lose_something_are_refused(tmp_path, case):
    change, said = UNFIT[case]
    good = {"pic": IMAGE.tobytes(), "seg": MASK.tobytes()}
    write(tmp_path / "s", mine(**good), mine(**(good | change)))
    with pytest.raises(DataError, match=f"train.tfrecord, record 1, byte .*({said})") as e: convert_shards(tmp_path / "s", tmp_path / "out", features=KEYS, **QUIET)
    assert "\n" not in str(e.value) and not list(tmp_path.glob("out*"))
    assert convert_shards(tmp_path / "s", tmp_path / "out", features=KEYS, on_error="skip", **QUIET).records() == 1


# --- nothing is reduced in silence ---

DEEP = (np.arange(192, dtype=np.uint16).reshape(12, 16) * 4 + 100)
FAINT = Image.fromarray(IMAGE).convert("RGBA")
FAINT.putpixel((3, 4), (1, 2, 3, 254))


def deep_rgb():
    "A PNG file of 16 bits and three channels."
    return tf.io.encode_png(np.repeat(DEEP[..., None], 3, 2)).numpy()


LOST = {"16 bits": (saved(DEEP), "16-bit integer pixels: 192 grey values from 100 to 864, 4 would be left"), "16 bits, RGB": (deep_rgb(), "16 bits a channel, values 100 to 864, of which 8 bits would be left"),
        "alpha": (saved(FAINT), "alpha that is not opaque on 1 of 192 pixels"), "grey and alpha": (saved(Image.fromarray(np.dstack([MASK, MASK]), "LA")), "alpha that is not opaque on 192 of 192 pixels"),
        "a transparent colour": (saved(IMAGE, transparency=tuple(IMAGE[0, 0].tolist())), "alpha that is not opaque on .* pixels"),
        "a palette with a transparent entry": (saved(Image.fromarray(IMAGE).quantize(8), transparency=2), "alpha that is not opaque on .* pixels")}
SPREAD = {"16 bits, 257 times 8": saved(IMAGE[..., 0].astype(np.uint16) * 257), "16 bits, RGB, 256 times 8": tf.io.encode_png(IMAGE.astype(np.uint16) << 8).numpy()}
KEPT = {"RGB": saved(IMAGE), "grey": saved(IMAGE[..., 0]), "opaque RGBA": saved(Image.fromarray(IMAGE).convert("RGBA")), "JPEG": saved(IMAGE, "JPEG"), "grey JPEG": saved(IMAGE[..., 0], "JPEG"),
        "palette": saved(Image.fromarray(IMAGE).quantize(8)), "one bit": saved(Image.fromarray(IMAGE).convert("1")), "an opaque palette entry": saved(Image.fromarray(IMAGE).quantize(8), transparency=bytes([255] * 8))} | SPREAD


def deeplab(image, mask=None, name=b"a"): return example(image__encoded=image, image__filename=name, image__segmentation__class__encoded=mask or encode_png(MASK[..., None]))


READERS = {"sample": lambda path: open_shards(path).sample(1), "read_dataset": lambda path: list(read_dataset(path)), "count": lambda path: summarize(path),
           "stream": lambda path: list(make_dataset(path, size=(4, 4), reader="stream")), "cache": lambda path: make_dataset(path, size=(4, 4), cache=path.with_name("kept")),
           "convert": lambda path: convert_shards(path, path.with_name("out"), **QUIET)}


@pytest.mark.fault("records with images of 16 bits, or with transparency", "the upper eight bits, alpha dropped, without a word", "refused with counts by every reader, file and record named")
@pytest.mark.parametrize("kind, reader", crossed(LOST, READERS))
def test_images_that_would_lose_something_are_refused(tmp_path, kind, reader):
    image, said = LOST[kind]
    write(tmp_path / "s", deeplab(KEPT["RGB"], name=b"0"), deeplab(image, name=b"1"), deeplab(KEPT["RGB"], name=b"2"))
    with pytest.raises((DataError, tf.errors.InvalidArgumentError), match=f"train.tfrecord, record 1.*image/encoded.* {said}.*(wanted 8 bits and 3 channels, opaque|Say what to do with --(pixels|alpha keep))"): READERS[reader](tmp_path / "s")


def test_deep_images_that_are_opaque_but_for_a_pixel_want_a_word(tmp_path):
    "All bits are kept; alpha that says nothing goes, alpha that says something does not."
    deep = np.dstack([DEEP, DEEP + 1, DEEP + 2, np.full_like(DEEP, 65535)])
    write(tmp_path / "opaque", deeplab(tf.io.encode_png(deep).numpy()))
    convert_shards(tmp_path / "opaque", tmp_path / "kept", pixels="kept", **QUIET)
    assert (samples(tmp_path / "kept")[0]["image"] == deep[..., :3]).all()
    deep[3, 4, 3] -= 1
    write(tmp_path / "faint", deeplab(tf.io.encode_png(deep).numpy()))
    with pytest.raises(DataError, match="record 0.*--alpha drop"): convert_shards(tmp_path / "faint", tmp_path / "out", pixels="kept", **QUIET)


@pytest.mark.parametrize("reader", READERS)
def test_images_that_lose_nothing_are_read(tmp_path, reader):
    write(tmp_path / "s", *(deeplab(data, name=kind.encode()) for kind, data in KEPT.items()))
    READERS[reader](tmp_path / "s")
    shards = open_shards(tmp_path / "s")
    for number, data in enumerate(KEPT.values()): assert shards.sample(number)["image"].tolist() == load_image(data).tolist()


def test_skipping_leaves_them_out_and_counts(tmp_path):
    write(tmp_path / "s", *(deeplab(image, name=str(k).encode()) for k, image in enumerate((KEPT["RGB"], LOST["alpha"][0], KEPT["grey"], LOST["16 bits"][0]))))
    skipped = []
    assert [s["name"] for s in read_dataset(tmp_path / "s", on_error="skip", skipped=skipped).as_numpy_iterator()] == [b"0", b"2"]
    assert ["on 1 of 192 pixels" in skipped[0].what, "192 grey values" in skipped[1].what] == [True, True]
    info = convert_shards(tmp_path / "s", tmp_path / "out", on_error="skip", **QUIET)
    assert info.records() == 2 and len(info.skipped) == 2
    assert [f.record for f in check_shards(tmp_path / "s", deep=True, **QUIET)] == [1, 3]


@pytest.mark.parametrize("mask,said", [(saved(Image.fromarray(np.dstack([MASK, MASK]), "LA")), "alpha that is not opaque on 192 of 192 pixels: a mask has one channel of ids"),
                                       (saved(FAINT), "alpha that is not opaque on 1 of 192 pixels.*a mask has one channel of ids"), (deep_rgb(), "16 bits a channel")])
def test_a_second_plane_of_a_mask_is_refused(tmp_path, mask, said):
    write(tmp_path / "s", deeplab(KEPT["RGB"], mask))
    with pytest.raises(DataError, match=f"image/segmentation/class/encoded has {said}"): convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    with pytest.raises(DataError): open_shards(tmp_path / "s").sample(0)


def test_masks_of_16_bits_and_opaque_ones_are_ids(tmp_path):
    write(tmp_path / "s", deeplab(KEPT["RGB"], saved(MASK.astype(np.uint16) * 300)))
    with pytest.raises(DataError, match="--mask-values"): convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    convert_shards(tmp_path / "s", tmp_path / "out", mask_values="ids", **QUIET)
    assert (samples(tmp_path / "out")[0]["mask"][..., 0] == MASK.astype(np.uint16) * 300).all() and (open_shards(tmp_path / "s").sample(0)["mask"][..., 0] == MASK.astype(np.uint16) * 300).all()
    write(tmp_path / "t", deeplab(KEPT["RGB"], saved(Image.merge("LA", (Image.fromarray(MASK), Image.new("L", (16, 12), 255))))))
    convert_shards(tmp_path / "t", tmp_path / "o2", **QUIET)
    assert (samples(tmp_path / "o2")[0]["mask"][..., 0] == MASK).all()


def test_cmyk_is_converted_and_said_or_refused_where_tensorflow_would_read_it(tmp_path):
    picture = Image.fromarray(IMAGE).convert("CMYK")
    write(tmp_path / "s", deeplab(saved(picture, "JPEG", quality=95)), deeplab(KEPT["RGB"], name=b"b"))
    for read in (lambda: open_shards(tmp_path / "s").sample(0), lambda: samples(tmp_path / "s"), lambda: list(make_dataset(tmp_path / "s", size=(4, 4)))):
        with pytest.raises((DataError, tf.errors.InvalidArgumentError), match="record 0.*4 channels .CMYK."): read()
    info = convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    assert info.records() == 2 and any("1 images of 4 channels (CMYK) are made RGB" in line for line in info.assumptions)


def test_shards_of_ours_are_trusted(tmp_path):
    "An RGBA file that is opaque was kept byte for byte; its info says who wrote it, and no reader decodes it twice."
    for sub in ("img", "seg"): (tmp_path / sub).mkdir()
    (tmp_path / "img/a.png").write_bytes(KEPT["opaque RGBA"])
    (tmp_path / "seg/a.png").write_bytes(encode_png(MASK[..., None]))
    write_shards(plan_shards(folder_source(tmp_path / "img", tmp_path / "seg", **QUIET), tmp_path / "out"), **QUIET)
    assert open_shards(tmp_path / "out").sample(0)["image"].tolist() == IMAGE.tolist() and len(list(make_dataset(tmp_path / "out", size=(4, 4)))) == 1


@pytest.mark.parametrize("kind", (*LOST, *KEPT))
def test_a_training_asks_what_a_check_asks(kind):
    "The quick look at a record never says that an image is as most are where something of it would be lost."
    data = (LOST.get(kind) or [KEPT.get(kind)])[0]
    features = {feature.key: [data if feature.role == "image" else encode_png(MASK[..., None])] for feature in TFVISION.features if feature.required}
    assert (not lost_pixels(data)) == (kind in KEPT) and not (look_valid(features, TFVISION) and kind in LOST)
    assert not look_valid(features, TFVISION) or record_problems(serialize_example({key: values[0] for key, values in features.items()}), TFVISION) == []


def test_a_quick_look_at_a_record_without_a_mask():
    schema, image = TFVISION.without("mask"), encode_png(IMAGE)
    features = {feature.key: [image] for feature in schema.features if feature.required}
    assert look_valid(features, schema) and not look_valid(features, TFVISION)
    assert not look_valid(features | {schema.key("image"): [image[:-20]]}, schema)


@pytest.mark.parametrize("data", (b"", b"\xff\xd8", b"\xff\xd8\xff\xff\xff\xc0", b"\x89PNG\r\n\x1a\n" + bytes(99), saved(IMAGE, "JPEG")[:30], bytes(60)))
def test_headers_of_anything(data):
    assert read_header(data).kind in ("", "png", "jpeg")
    try: lost_pixels(data)
    except DataError as e: assert "\n" not in str(e)


# --- objects ---

def objects(*masks, labels=None): return example(image__encoded=KEPT["RGB"], image__filename=b"a.jpg", image__object__mask=list(masks), image__object__class__label=labels or list(range(1, len(masks) + 1)))


@pytest.mark.fault("a trimap of 1, 2, 3 for the mask of an object", "all that is not 0 is the object", "only 0 and 1, or 0 and 255; other values are listed")
def test_only_0_and_1_or_255_are_an_object(tmp_path):
    one, high = (MASK == 1).astype(np.uint8), (MASK == 2).astype(np.uint8) * 255
    write(tmp_path / "s", objects(saved(one), saved(high), saved(Image.fromarray(MASK == 3)), labels=[1, 2, 3]))
    convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    assert (samples(tmp_path / "out")[0]["mask"][..., 0] == MASK).all()
    for k, (values, said) in enumerate(((MASK, "0, 1, 2, 3"), (MASK + 1, "1, 2, 3, 4"), (one + high, "0, 1, 255"), (np.arange(192).reshape(12, 16).astype(np.uint8), "0, 1, 2, 3, 4 and 187 more"))):
        write(tmp_path / "t", objects(saved(one), saved(values)))
        with pytest.raises(DataError, match=f"record 0, image/object/mask: object 1: values {said}; wanted 0 and 1, or 0 and 255"): convert_shards(tmp_path / "t", tmp_path / f"o{k}", **QUIET)


def test_boxes_without_masks_are_said(tmp_path):
    box = {f"image__object__bbox__{side}": [1] for side in ("xmin", "xmax", "ymin", "ymax")}
    write(tmp_path / "s", example(image__encoded=KEPT["RGB"], image__object__class__label=[1], **box))
    info = convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    assert not info.masks and "no key of a mask is known (there are boxes): images alone (--features image=image/encoded,mask=KEY names one)" in info.assumptions


# --- TensorFlow Datasets ---

def described(folder, labelled=(), **channels):
    folder.mkdir(exist_ok=True)
    image = lambda name, n: {"image": {"shape": {"dimensions": ["-1", "-1", str(n)]}} | ({"label": {"numClasses": "3"}} if name in labelled else {})}
    (folder / "features.json").write_text(json.dumps({"content": {"features": {name: image(name, n) for name, n in channels.items()}}}))
    return folder


@pytest.mark.parametrize("labelled,channels,image,mask", [
    ((), dict(image=3, instance_map=1, segmentation_mask=1), "image", "segmentation_mask"), ((), dict(image=3, panoptic=1, semantic=1), "image", "semantic"),
    (("b",), dict(image=3, a=1, b=1), "image", "b"), ((), dict(photo=3, depth=1, annotation=1), "photo", "annotation"), ((), dict(image=1, seg=1), "image", "seg"),
    ((), dict(image_right=3, image_left=3, segmentation_label=1), "image_left", "segmentation_label")])
def test_of_several_masks_one_is_called_like_a_mask_of_classes(tmp_path, labelled, channels, image, mask):
    schema, _ = tfds_schema(described(tmp_path / "s", labelled, **channels))
    assert (schema.key("image"), schema.key("mask")) == (image, mask)


@pytest.mark.parametrize("channels", (dict(image=3, a=1, b=1), dict(image=3, instance_map=1, object_mask=1), dict(image=3, segmentation=1, semantic=1)))
def test_masks_that_cannot_be_told_apart_are_a_question(tmp_path, channels, capsys):
    first, second = (key for key, n in channels.items() if n == 1)
    write(described(tmp_path / "s", **channels), example(image=KEPT["RGB"], **{first: encode_png(MASK[..., None]), second: encode_png(MASK[..., None] * 0)}), name="x-train.tfrecord-00000-of-00001")
    assert main(["convert", str(tmp_path / "s"), str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert f"masks {first} and {second}; which one is of classes?" in said
    flag = re.search(r"--features (\S+)", said)[1]
    assert main(["convert", str(tmp_path / "s"), str(tmp_path / "out"), "--features", flag]) == 0
    assert (samples(tmp_path / "out")[0]["mask"][..., 0] == MASK).all()


def test_a_choice_is_said_and_info_makes_the_same(tmp_path):
    folder = described(tmp_path / "s", image=3, instance_map=1, segmentation_mask=1)
    write(folder, example(image=KEPT["RGB"], instance_map=encode_png(MASK[..., None] * 9), segmentation_mask=encode_png(MASK[..., None])), name="x-train.tfrecord-00000-of-00001")
    info = convert_shards(folder, tmp_path / "out", **QUIET)
    assert info.labels.num_classes == 4 and any("of the masks instance_map and segmentation_mask, segmentation_mask is taken (--features image=image,mask=KEY" in line for line in info.assumptions)
    assert (open_shards(folder).sample(0)["mask"][..., 0] == MASK).all()


# --- one line, and advice that is taken ---

def flags_of(verb):
    "All flags of a verb of the command line."
    verbs = next(action for action in make_parser()._actions if isinstance(action, argparse._SubParsersAction))
    return set(verbs.choices[verb]._option_string_actions)


def wrong_advice(text, verb):
    "Flags that a text advises for a verb, or for the one it names before them, and that this verb does not have."
    found = []
    for word in re.findall(r"tfrseg [a-z]+|(?<![\w-])--[a-z][a-z-]+", text):
        if word.startswith("tfrseg "): verb = word.split()[1]
        elif word not in flags_of(verb): found.append(f"{word} of {verb}")
    return found


SPOILED = {"no picture": deeplab(b"text"), "a cut picture": deeplab(KEPT["RGB"][:-20]), "mask as JPEG": deeplab(KEPT["RGB"], saved(MASK, "JPEG")), "a mask of colours": deeplab(KEPT["RGB"], saved(IMAGE)),
           "another size": deeplab(KEPT["RGB"], encode_png(MASK[:5, :, None])), "palette": deeplab(KEPT["RGB"], saved(Image.fromarray(MASK).convert("P"))), "16 bits": deeplab(LOST["16 bits"][0]), "alpha": deeplab(LOST["alpha"][0]),
           "blurred": deeplab(KEPT["RGB"], encode_png((np.arange(192).reshape(12, 16, 1) + 64).astype(np.uint8))), "keys": mine(b"x", b"y"), "floats": mine([0.5] * 9, b"y"), "no example": b"\xff\xff\xff",
           "objects": objects(saved(MASK)), "two kinds": None}


@pytest.mark.parametrize("verb, case", crossed(("info", "convert", "show", "check", "export", "bench"), SPOILED))
def test_bad_records_are_one_line_and_advice_is_taken(tmp_path, verb, case, capfd):
    "Whatever is wrong with records of others, each verb says it in a line of its own kind, and every flag it advises it has."
    records = (deeplab(KEPT["RGB"], name=b"0"), SPOILED[case] or deeplab(KEPT["RGB"], saved(Image.fromarray(MASK).convert("P"))), SPOILED[case] or deeplab(KEPT["RGB"], saved(IMAGE), b"2"))
    write(tmp_path / "s", *(records[1:2] if case in ("keys", "floats", "objects") else records))
    more = {"convert": [str(tmp_path / "out")], "export": [str(tmp_path / "out")], "show": ["-o", str(tmp_path / "a.png")], "check": ["--deep"], "bench": ["--seconds", "0.02", "--size", "4", "4"]}
    capfd.readouterr()
    status = main([verb, str(tmp_path / "s"), *more.get(verb, [])])
    out, err = capfd.readouterr()
    lines = [line for line in err.splitlines() if line.startswith("tfrseg:")]
    assert "Traceback" not in out + err and status in (0, 1, 2) and (status == 0 or len(lines) == 1 and len(lines[0]) < 2000), err
    assert not (wrong := wrong_advice("\n".join(lines), verb)), f"{verb} advises {wrong}: {lines}"


def test_a_lossy_mask_may_be_taken(tmp_path):
    "Of JPEG masks each pixel goes to the nearest class, where that is asked for, by the verb that advises it."
    mask = np.repeat(np.repeat(np.uint8([[0, 255], [255, 0]]), 8, 0), 8, 1)
    write(tmp_path / "s", deeplab(saved(IMAGE[:, :, :].repeat(2, 0)[:16, :16]), saved(mask, "JPEG")))
    with pytest.raises(DataError, match="allow_lossy_mask=True"): convert_shards(tmp_path / "s", tmp_path / "out", **QUIET)
    assert main(["convert", str(tmp_path / "s"), str(tmp_path / "out"), "--allow-lossy-mask"]) == 0
    assert (samples(tmp_path / "out")[0]["mask"][..., 0] == mask // 255).all() and load_info(tmp_path / "out").labels.coding == "binary"
    assert LabelMap().unknown == "raise"
