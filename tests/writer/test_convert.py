"""Shards of others in, from any schema to any, and back out to the layouts of others: pixels, names, splits and classes stay."""
import gzip
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from crossing import crossed
from PIL import Image
from records import example
from records import read_samples as samples
from road import KINDS, paint

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card
from tfrseg.cli import main
from tfrseg.storage.image import encode_png, load_image
from tfrseg.storage.labels import load_mask
from tfrseg.storage.dataset import split_from_name
from tfrseg.sources.records import merge_instances
from tfrseg.writer.convert import convert_shards
from tfrseg.core import DataError
from tfrseg.writer.export import EXPORT_LAYOUTS, export_shards, export_tfds
from tfrseg.sources.layouts import CITYSCAPES_LABELS, camvid_source, cityscapes_source, voc_source
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.shards import open_shards
from tfrseg.storage.files import as_path
from tfrseg.storage.tfrecord import frame_record, write_records
from tfrseg.storage.check import check_shards
from tfrseg.storage.example import encode_example, read_features, serialize_example
from tfrseg.storage.schema import RAW, RAW_IDS, SCHEMAS
from tfrseg.storage.dataset import load_info, staging_folder
from tfrseg.sources.source import folder_source, load_pair
from tfrseg.sources.splits import split_source
from tfrseg.writer.write import plan_shards, write_shards

QUIET = {"show_progress": False}
SIZE = (36, 40)


def png(pixels, mode=None, palette=None) -> bytes:
    "A PNG file."
    picture = Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels)
    if palette is not None:
        picture = picture.convert("P")
        picture.putpalette(np.uint8(palette).tobytes())
    picture.save(out := io.BytesIO(), "PNG")
    return out.getvalue()


def jpeg(pixels, **how) -> bytes:
    "A JPEG file."
    Image.fromarray(pixels).save(out := io.BytesIO(), "JPEG", quality=90, **how)
    return out.getvalue()


def card(n) -> dict:
    "A small card."
    return make_card(n, SIZE)


def deeplab(n, **others) -> bytes:
    "A record with DeepLab's keys: JPEG, and the mask a palette PNG."
    told = dict(image__encoded=jpeg(card(n)["image"]), image__filename=f"card-{n:04d}.jpg".encode(), image__format=b"jpeg", image__height=SIZE[0],
                image__width=SIZE[1], image__segmentation__class__encoded=png(card(n)["mask"], palette=CARD_PALETTE),
                image__segmentation__class__format=b"png")
    return example(**(told | others))


def objects(n, **others) -> bytes:
    "A record of the Object Detection API: two objects, the smaller one before the larger, and a crowd."
    large, small, crowd = (np.zeros((*SIZE, 1), np.uint8) for _ in range(3))
    large[2:20, 2:20], small[15:22, 15:28], crowd[:10, 10:] = 1, 1, 1
    told = dict(image__encoded=jpeg(card(n)["image"]), image__filename=f"o{n}.jpg".encode(), image__object__mask=[png(small), png(large), png(crowd)],
                image__object__class__label=[3, 1, 1], image__object__class__text=[b"cup", b"plate", b"plate"], image__object__is_crowd=[0, 0, 1])
    return example(**(told | others))


def write(folder, records, name="train-00000-of-00001.tfrecord") -> Path:
    "A folder with a shard."
    folder.mkdir(exist_ok=True)
    write_records(folder / name, records)
    return folder


@pytest.mark.parametrize("begin, end", crossed(SCHEMAS.values(), SCHEMAS.values()))
def test_from_any_schema_to_any(source, tmp_path, begin, end):
    "Pixels, splits, order, classes and colours stay; names too, where both keep them."
    first = write_shards(plan_shards(split_source(source, train=0.7, val=0.3), tmp_path / "a", schema=begin, records_per_shard=2), **QUIET)
    second = convert_shards(tmp_path / "a", tmp_path / "b", schema=end, records_per_shard=3, **QUIET)
    assert second.labels == first.labels and list(second.splits) == list(first.splits) and second.schema == end.name
    assert check_shards(tmp_path / "b", deep=True, **QUIET) == [] and second.skipped == ()
    for split in first.splits:
        for before, after in zip(samples(tmp_path / "a", split=split), samples(tmp_path / "b", split=split), strict=True):
            assert (before["image"] == after["image"]).all() and (before["mask"] == after["mask"]).all()
            if "name" in begin and "name" in end: assert before["name"] == after["name"]
    assert first.total("pixels") == second.total("pixels")


@pytest.mark.parametrize("kind, schema", crossed(KINDS, SCHEMAS.values()))
def test_coding_of_the_source_is_kept(tmp_path, kind, schema):
    "Converted and exported, the mask files hold the values that the source's hold."
    if kind == "wide" and schema is RAW: return
    paint(tmp_path, kind)
    source = folder_source(tmp_path / "img", tmp_path / "seg", mask_values="ids" if kind == "wide" else None, **QUIET)
    write_shards(plan_shards(source, tmp_path / "a"), **QUIET)
    convert_shards(tmp_path / "a", tmp_path / "b", schema=schema, **QUIET)
    assert load_info(tmp_path / "b").labels == source.labels
    export_shards(tmp_path / "b", tmp_path / "back", **QUIET)
    for pair, after in zip(source.pairs, sorted((tmp_path / "back" / "masks").iterdir()), strict=True):
        with Image.open(pair.mask) as before, Image.open(after) as after:
            same = "L" if kind == "bits" else "RGB" if kind in ("colors", "rgba", "binary rgb") else before.mode
            assert (np.asarray(before.convert(same)) == np.asarray(after.convert(same))).all()


def test_images_pass_byte_for_byte(tmp_path):
    write(tmp_path / "a", map(deeplab, range(3)))
    info = convert_shards(tmp_path / "a", tmp_path / "b", class_names=CARD_CLASSES, **QUIET)
    shards = open_shards(tmp_path / "b")
    assert [read_features(shards.record(n))["image/encoded"] for n in range(3)] == [[jpeg(card(n)["image"])] for n in range(3)]
    assert info.labels.class_names == tuple(CARD_CLASSES) and info.labels.palette[2] == tuple(CARD_PALETTE[2])


@pytest.mark.fault("shards whose masks are palette PNG", "ids 1, 2 become 38, 75, without a word", "palette indices are kept by tfrseg convert")
def test_palette_masks_keep_their_ids(tmp_path):
    write(tmp_path / "a", map(deeplab, range(3)))
    with pytest.raises(DataError, match="has a palette"): open_shards(tmp_path / "a")
    convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    for n, sample in enumerate(samples(tmp_path / "b")): assert (sample["mask"] == card(n)["mask"]).all() and sample["name"] == f"card-{n:04d}".encode()


def test_masks_of_0_and_255_alone_are_of_two_classes_under_any_keys(tmp_path):
    "As in a folder, and said; beside other ids 255 is the ignore label by DeepLab's agreement."
    mask = (card(0)["mask"] > 0).astype(np.uint8) * 255
    write(tmp_path / "a", [deeplab(0, image__segmentation__class__encoded=png(mask))])
    info = convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert info.labels.class_names == ("background", "foreground") and any("0 and 255" in line for line in info.assumptions)
    assert (samples(tmp_path / "b")[0]["mask"] == mask // 255).all()
    ignored = card(0)["mask"].copy()
    ignored[:5] = 255
    write(tmp_path / "i", [deeplab(0, image__segmentation__class__encoded=png(ignored))])
    assert convert_shards(tmp_path / "i", tmp_path / "j", **QUIET).labels.num_classes == 5 and (samples(tmp_path / "j")[0]["mask"] == ignored).all()
    assert convert_shards(tmp_path / "a", tmp_path / "c", class_names=("table", "card"), **QUIET).labels.coding == "binary"
    assert (samples(tmp_path / "c")[0]["mask"] == mask // 255).all()
    write(tmp_path / "d", [example(pic=jpeg(card(0)["image"]), seg=png(mask))])
    convert_shards(tmp_path / "d", tmp_path / "e", features={"image": "pic", "mask": "seg"}, **QUIET)
    assert (samples(tmp_path / "e")[0]["mask"] == mask // 255).all()


def test_flat_keys_of_tfds_are_read_and_converted(tmp_path):
    records = [example(image=jpeg(card(n)["image"]), segmentation_mask=png(card(n)["mask"]), file_name=f"c{n}.jpg".encode(), label=n) for n in range(4)]
    write(tmp_path / "a", records[:3], "pets-train.tfrecord-00000-of-00001")
    write(tmp_path / "a", records[3:], "pets-test.tfrecord-00000-of-00001")
    (tmp_path / "a" / "dataset_info.json").write_text('{"fileFormat": "tfrecord", "splits": [{"name": "train", "shardLengths": ["3"]}]}')
    assert open_shards(tmp_path / "a").schema.name == "tfds" and open_shards(tmp_path / "a", "test").records == 1
    info = convert_shards(tmp_path / "a", tmp_path / "b", schema=RAW_IDS, **QUIET)
    assert {s: info.records(s) for s in info.splits} == {"train": 3, "test": 1}
    for sample in samples(tmp_path / "b"): assert (sample["mask"] == card(int(sample["name"][1:]))["mask"]).all()


def test_features_json_says_keys_and_classes(tmp_path):
    picture = lambda channels: {"image": {"shape": {"dimensions": ["-1", "-1", channels]}}}
    inner = {"pythonClassName": "FeaturesDict", "featuresDict": {"features": {"left": picture("3"), "title": {"text": {}}}}}
    write(tmp_path / "a", [example(view__left=jpeg(card(0)["image"]), view__title=b"x.png", ids=png(card(0)["mask"]))])
    (tmp_path / "a" / "features.json").write_text(json.dumps({"content": {"features": {"view": inner, "ids": picture("1"), "n": {"tensor": {}}}}}))
    (tmp_path / "a" / "ids.labels.txt").write_text("".join(f"{n}\n" for n in CARD_CLASSES))
    info = convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert info.labels.class_names == tuple(CARD_CLASSES) and samples(tmp_path / "b")[0]["name"] == b"x"
    (tmp_path / "a" / "features.json").write_text("[]")
    with pytest.raises(DataError, match="features.json: not the features of TensorFlow Datasets"): convert_shards(tmp_path / "a", tmp_path / "c", **QUIET)


def test_a_mask_for_each_object_becomes_one_of_classes(tmp_path):
    write(tmp_path / "a", [objects(0), objects(1, image__object__mask=[], image__object__class__label=[], image__object__class__text=[], image__object__is_crowd=[])])
    with pytest.raises(DataError, match="record 0: .*one mask per object.*tfrseg convert"): open_shards(tmp_path / "a")
    info = convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert info.labels.class_names == ("background", "plate", "class 2", "cup")
    first, second = (s["mask"][..., 0] for s in samples(tmp_path / "b"))
    wanted = np.zeros(SIZE, np.uint8)
    wanted[:10, 10:], wanted[2:20, 2:20], wanted[15:22, 15:28] = 255, 1, 3
    assert (first == wanted).all() and not second.any()


def test_many_object_classes_want_sixteen_bits(tmp_path):
    write(tmp_path / "a", [objects(0, image__object__class__label=[300, 1, 1])])
    info = convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert (info.labels.dtype, info.labels.ignore_label) == ("uint16", 65535)
    assert sorted(np.unique(samples(tmp_path / "b")[0]["mask"]).tolist()) == [0, 1, 300, 65535]


@pytest.mark.parametrize("change,wrong", [(dict(image__object__class__label=[1]), "3 masks and 1 class labels; wanted one label per mask"),
                                          (dict(image__object__class__label=[0, 1, 1]), "class labels 0 to 1; wanted 1 to 65534"),
                                          (dict(image__object__mask=[b"x", b"y", b"z"]), "object 0: cannot be read as an image"),
                                          (dict(image__object__mask=[png(np.zeros((9, 9, 1), np.uint8))] * 3), r"object 0: the mask has \(9, 9\) pixels")])
def test_objects_that_do_not_fit(tmp_path, change, wrong):
    write(tmp_path / "a", [objects(0, **change)])
    with pytest.raises(DataError, match=f"train-00000-of-00001.tfrecord, record 0, .*{wrong}") as e:
        convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert "\n" not in str(e.value) and not (tmp_path / "b").exists()


def test_of_overlapping_objects_the_smaller_lies_on_top():
    rng = np.random.default_rng(0)
    masks = [rng.random((8, 9)) < share for share in (0.9, 0.2, 0.5)]
    merged = merge_instances(masks, [1, 2, 3], (8, 9))[..., 0]
    for k in (1, 2, 3): assert (merged[masks[k - 1]] >= {1: 1, 3: 2, 2: 2}[k]).all()
    assert (merged[masks[1]] == 2).all() and (merged[masks[2] & ~masks[1]] == 3).all() and (merged[~(masks[0] | masks[1] | masks[2])] == 0).all()


@pytest.mark.parametrize("channels,dtype", [(1, "uint8"), (3, "uint8"), (1, "uint16")])
def test_raw_pixels_under_given_keys(tmp_path, channels, dtype):
    mask = np.repeat(card(0)["mask"].astype(dtype), channels, 2)
    keys = {"image": "x", "mask": "y", "height": "h", "width": "w", "name": "id"} | ({"mask_format": "dtype"} if dtype == "uint16" else {})
    record = dict(x=card(0)["image"].tobytes(), y=mask.tobytes(), h=SIZE[0], w=SIZE[1], id=b"a/b.png", dtype=dtype.encode())
    write(tmp_path / "a", [example(**record)])
    convert_shards(tmp_path / "a", tmp_path / "b", features=keys, **QUIET)
    sample, = samples(tmp_path / "b")
    assert (sample["image"] == card(0)["image"]).all() and (sample["mask"] == card(0)["mask"]).all() and sample["name"] == b"a/b"
    write(tmp_path / "a", [example(**(record | {"h": SIZE[0] + 1}))])
    with pytest.raises(DataError, match="record 0, byte .*x has 4320 bytes; wanted 37 x 40 x 3 = 4440"):
        convert_shards(tmp_path / "a", tmp_path / "c", features=keys, **QUIET)


def test_colour_masks_by_palette_or_by_what_occurs(tmp_path):
    palette = np.uint8(CARD_PALETTE)
    write(tmp_path / "a", [serialize_example(encode_example(card(n) | {"mask": palette[card(n)["mask"][..., 0]]}, RAW)) for n in range(2)])
    convert_shards(tmp_path / "a", tmp_path / "b", palette=CARD_PALETTE, class_names=CARD_CLASSES, **QUIET)
    for n, sample in enumerate(samples(tmp_path / "b")): assert (sample["mask"] == card(n)["mask"]).all() and sample["name"] == f"{n:06d}".encode()
    found = convert_shards(tmp_path / "a", tmp_path / "c", **QUIET)
    assert set(found.labels.palette.values()) <= set(map(tuple, CARD_PALETTE))
    with pytest.raises(DataError, match="record 0, image/segmentation_raw: colour .* is not in the palette"):
        convert_shards(tmp_path / "a", tmp_path / "d", palette=CARD_PALETTE[:2], **QUIET)


def test_encodings(tmp_path):
    write(tmp_path / "a", map(deeplab, range(2)))
    same = convert_shards(tmp_path / "a", tmp_path / "png", encoding="png", **QUIET)
    assert same.total("formats") == {"png": 2}
    for n, sample in enumerate(samples(tmp_path / "png")): assert (sample["image"] == load_image(jpeg(card(n)["image"]))).all()
    assert convert_shards(tmp_path / "png", tmp_path / "jpeg", encoding="jpeg", **QUIET).total("formats") == {"jpeg": 2}
    for n, sample in enumerate(samples(tmp_path / "jpeg")):
        assert 0 < np.abs(sample["image"].astype(int) - load_image(jpeg(card(n)["image"]))).mean() < 3 and (sample["mask"] == card(n)["mask"]).all()
    assert convert_shards(tmp_path / "a", tmp_path / "still", encoding="jpeg", **QUIET).total("formats") == {"jpeg": 2}
    assert (samples(tmp_path / "still")[0]["image"] == samples(tmp_path / "png")[0]["image"]).all()
    with pytest.raises(ValueError, match="encoding='webp'; wanted one of keep, png, jpeg"): convert_shards(tmp_path / "a", tmp_path / "x", encoding="webp")
    with pytest.raises(ValueError, match="schema raw_ids keeps plain pixels"): convert_shards(tmp_path / "a", tmp_path / "x", schema=RAW_IDS, encoding="png")


@pytest.mark.fault("a JPEG with an EXIF turn inside a record", "read as its pixels stand, as everywhere in TensorFlow", "converted to just these pixels")
def test_exif_turn_inside_a_record(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = jpeg(card(0)["image"], exif=exif)
    write(tmp_path / "a", [deeplab(0, image__encoded=turned)])
    convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert (samples(tmp_path / "b")[0]["image"] == load_image(jpeg(card(0)["image"]))).all() and (samples(tmp_path / "b")[0]["mask"] == card(0)["mask"]).all()


@pytest.mark.fault("converting shards with a damaged record", "DataLossError; the rest of the shard lost",
                   "DataError names file and record; on_error='skip' leaves it out and says so")
def test_a_damaged_record_is_named_or_left_out(tmp_path):
    folder = write(tmp_path / "a", map(deeplab, range(4)))
    file = folder / "train-00000-of-00001.tfrecord"
    spoiled = bytearray(file.read_bytes())
    spoiled[len(deeplab(0)) + len(deeplab(1))] ^= 1  # in the data of record 1
    file.write_bytes(spoiled)
    with pytest.raises(DataError, match=r"record 1, byte \d+: the data has a wrong checksum") as e: convert_shards(folder, tmp_path / "b", **QUIET)
    assert "\n" not in str(e.value) and not list(tmp_path.glob("b*"))
    info = convert_shards(folder, tmp_path / "b", on_error="skip", **QUIET)
    assert info.records() == 3 and len(info.skipped) == 1 and "wrong checksum" in info.skipped[0]


def test_records_behind_a_broken_frame_are_had(tmp_path):
    folder = write(tmp_path / "a", map(deeplab, range(4)))
    file = folder / "train-00000-of-00001.tfrecord"
    data, length = bytearray(file.read_bytes()), len(deeplab(0)) + 16
    data[length + 2] ^= 255  # in the length of record 1
    file.write_bytes(data)
    with pytest.raises(DataError, match="record 1, byte .*the length has a wrong checksum"): convert_shards(folder, tmp_path / "b", **QUIET)
    convert_shards(folder, tmp_path / "b", on_error="skip", **QUIET)
    assert [s["name"] for s in samples(tmp_path / "b")] == [b"card-0000", b"card-0002", b"card-0003"]


BAD = {"another schema": (lambda: serialize_example(encode_example(card(1), RAW_IDS)), "schema raw_ids; wanted tfvision, as before it"),
       "no mask": (lambda: example(image__encoded=jpeg(card(1)["image"])), "schema tfvision without masks; wanted tfvision, as before it"),
       "no example": (lambda: b"\xff\xffnothing", "not a tf.train.Example"),
       "no such key": (lambda: example(x=1), "no feature image/encoded; schema tfvision wants it"),
       "two images": (lambda: deeplab(1, image__encoded=[b"a", b"b"]), "image/encoded holds 2 values; wanted one"),
       "a number for a mask": (lambda: deeplab(1, image__segmentation__class__encoded=7), "holds int; wanted bytes"),
       "mask of another size": (lambda: deeplab(1, image__segmentation__class__encoded=png(card(1)["mask"][:9])), "the mask has 9 x 40 pixels; wanted 36 x 40"),
       "mask as JPEG": (lambda: deeplab(1, image__segmentation__class__encoded=jpeg(card(1)["image"])), "a mask stored as JPEG"),
       "no picture": (lambda: deeplab(1, image__encoded=b"nothing"), "image/encoded: cannot be read as an image"),
       "the same name": (lambda: deeplab(0), "a second record named 'card-0000' in train"),
       "an unknown label": (lambda: deeplab(1, image__segmentation__class__encoded=png(card(1)["mask"] + 9)), "label 9 on .* pixels; wanted 0 to 4")}


@pytest.mark.fault("converting shards with a record that does not fit", "InvalidArgumentError without file or record, or a wrong picture",
                   "every finding at once, with file and record, before anything is written")
@pytest.mark.parametrize("case", BAD)
def test_records_that_do_not_fit(tmp_path, case):
    make, wrong = BAD[case]
    write(tmp_path / "a", [deeplab(0), make(), deeplab(2)])
    with pytest.raises(DataError, match=f"train-00000-of-00001.tfrecord, record 1.*{wrong}") as e:
        convert_shards(tmp_path / "a", tmp_path / "b", class_names=CARD_CLASSES, **QUIET)
    assert "\n" not in str(e.value) and str(e.value).count("record 1") <= 2 and not list(tmp_path.glob("b*"))
    info = convert_shards(tmp_path / "a", tmp_path / "b", class_names=CARD_CLASSES, on_error="skip", **QUIET)
    assert [s["name"] for s in samples(tmp_path / "b")] == [b"card-0000", b"card-0002"]
    assert len(info.skipped) + sum(len(s.skipped) for s in info.shards()) == 1


def test_masks_are_not_lost_where_the_first_record_has_none(tmp_path):
    write(tmp_path / "a", [example(image__encoded=jpeg(card(1)["image"])), deeplab(0)])
    with pytest.raises(DataError, match="record 1, .*schema tfvision; wanted tfvision without masks"): convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)


def test_keys_that_no_one_knows(tmp_path):
    write(tmp_path / "a", [example(pic=jpeg(card(0)["image"]), seg=png(card(0)["mask"]))])
    with pytest.raises(DataError, match=r"record 0: keys \['pic', 'seg'\] fit no schema"): convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    with pytest.raises(DataError, match=r"record 0: no feature sg; it has \['pic', 'seg'\]"):
        convert_shards(tmp_path / "a", tmp_path / "b", features={"image": "pic", "mask": "sg"}, **QUIET)
    assert convert_shards(tmp_path / "a", tmp_path / "b", features={"image": "pic"}, **QUIET).masks is False
    assert main(f"convert {tmp_path}/a {tmp_path}/c --features image=pic,mask=seg".split()) == 0
    assert (samples(tmp_path / "c")[0]["mask"] == card(0)["mask"]).all()


@pytest.mark.parametrize("name,kept", [(b"/home/me/x.jpg", b"x"), (b"../../etc/x.png", b"x"), (b"sub/x.jpeg", b"sub/x"), (b"", b"000000"), (b"v1.2", b"v1.2")])
def test_names(tmp_path, name, kept):
    write(tmp_path / "a", [deeplab(0, image__filename=name)])
    convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert samples(tmp_path / "b")[0]["name"] == kept


def test_equal_names_in_two_splits(tmp_path):
    for split in ("train", "val"): write(tmp_path / "a", [deeplab(split == "val", image__filename=b"1.jpg")], f"{split}-00000-of-00001.tfrecord")
    info = convert_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    assert {s: info.records(s) for s in info.splits} == {"train": 1, "val": 1}
    assert (samples(tmp_path / "b", split="val")[0]["mask"] == card(1)["mask"]).all()
    assert list(convert_shards(tmp_path / "a", tmp_path / "c", "val", **QUIET).splits) == ["val"]


def test_names_of_splits():
    names = {"train-00000-of-00010.tfrecord": "train", "pets-test.tfrecord-00000-of-00001": "test", "train_fine-00000-of-00010.tfrecord": "train_fine",
             "voc_trainval.record": "trainval", "data.validation.tfrecords": "val", "0001_images.tfrecords": "train", "a-b.c-00000-of-00002": "b_c"}
    assert {name: split_from_name(Path("somewhere") / name) for name in names} == names


def test_flagged_records_are_left_out(tmp_path, shards, capsys):
    (tmp_path / "flagged.txt").write_text("card-0003\ncard-0007\n")
    assert main(f"convert {shards} {tmp_path}/b --leave-out {tmp_path}/flagged.txt --schema raw_ids".split()) == 0
    assert load_info(tmp_path / "b").records() == 10 and b"card-0003" not in {s["name"] for s in samples(tmp_path / "b")}
    (tmp_path / "flagged.txt").write_text("nobody\n")
    assert main(f"convert {shards} {tmp_path}/c --leave-out {tmp_path}/flagged.txt".split()) == 1
    assert "no record is called 'nobody'" in capsys.readouterr().err
    with pytest.raises(DataError, match="nothing would be left"): convert_shards(shards, tmp_path / "c", leave_out=[f"card-{n:04d}" for n in range(12)], **QUIET)


def test_compressed_and_older_files(tmp_path, cards):
    folder = write(tmp_path / "a", map(deeplab, range(3)))
    file = folder / "train-00000-of-00001.tfrecord"
    file.write_bytes(gzip.compress(file.read_bytes()))
    convert_shards(folder, tmp_path / "b", **QUIET)
    assert len(samples(tmp_path / "b")) == 3
    with pytest.raises(DataError, match=f"{file}, record 0: no feature x"): convert_shards(folder, tmp_path / "c", features={"image": "x"}, **QUIET)


def test_tiles_keep_their_place(tmp_path, source):
    "From schema to schema each tile says of which picture it is and where it lies there; RAW has no place for that."
    from tfrseg.sources.tiles import tile_source

    write_shards(plan_shards(tile_source(source.take([0, 1]), (48, 64), 8), tmp_path / "a"), **QUIET)
    info = convert_shards(tmp_path / "a", tmp_path / "b", schema=RAW_IDS, **QUIET)
    assert info.tiles and info.records() > 8
    for before, after in zip(samples(tmp_path / "a"), samples(tmp_path / "b"), strict=True):
        for key in before: assert np.array_equal(before[key], after[key]), key
    with pytest.raises(DataError, match="schema raw has no keys for tiles"): convert_shards(tmp_path / "a", tmp_path / "c", schema=RAW, **QUIET)


def test_shards_that_lie_elsewhere(tmp_path):
    "In a bucket, here one in memory, with the files of TFDS beside them."
    record = example(pic=jpeg(card(0)["image"]), ids=png(card(0)["mask"]), file_name=b"far.jpg")
    picture = lambda channels: {"image": {"shape": {"dimensions": ["-1", "-1", channels]}}}
    pets = as_path("memory://pets")
    pets.fs.pipe_file(f"{pets.path}/pets-val.tfrecord-00000-of-00001", frame_record(record))
    for name, text in (("features.json", json.dumps({"content": {"features": {"pic": picture("3"), "ids": picture("1"), "file_name": {"text": {}}}}})),
                       ("ids.labels.txt", "".join(f"{n}\n" for n in CARD_CLASSES)), ("dataset_info.json", '{"splits": []}')):
        pets.fs.pipe_file(f"{pets.path}/{name}", text.encode())
    info = convert_shards("memory://pets", tmp_path / "b", **QUIET)
    assert list(info.splits) == ["val"] and info.labels.class_names == tuple(CARD_CLASSES)
    assert (samples(tmp_path / "b")[0]["mask"] == card(0)["mask"]).all() and samples(tmp_path / "b")[0]["name"] == b"far"


def test_shards_without_masks(tmp_path, cards):
    write_shards(plan_shards(folder_source(cards / "img", **QUIET), tmp_path / "a"), **QUIET)
    info = convert_shards(tmp_path / "a", tmp_path / "b", schema=RAW, **QUIET)
    assert not info.masks and info.records() == 12 and "mask" not in samples(tmp_path / "b")[0]


def test_a_target_that_is_taken_and_a_set_onto_itself(tmp_path, shards):
    shutil.copytree(shards, tmp_path / "a")
    before = samples(tmp_path / "a")
    with pytest.raises(FileExistsError, match="not empty"): convert_shards(tmp_path / "a", tmp_path / "a", schema=RAW_IDS, **QUIET)
    info = convert_shards(tmp_path / "a", tmp_path / "a", schema=RAW_IDS, overwrite=True, **QUIET)
    assert info.schema == "raw_ids" and all((b["mask"] == a["mask"]).all() for b, a in zip(before, samples(tmp_path / "a"), strict=True))


def test_the_same_bytes_with_any_number_of_workers(tmp_path, shards):
    for workers in (1, 3): convert_shards(shards, tmp_path / str(workers), schema=RAW_IDS, workers=workers, records_per_shard=2, **QUIET)
    for file in sorted((tmp_path / "1").iterdir()): assert file.read_bytes() == (tmp_path / "3" / file.name).read_bytes()


def test_a_stopped_conversion_goes_on_with_its_finished_shards(tmp_path, shards, monkeypatch):
    from tfrseg.writer import write as writer

    stop, whole, written = "card-0005", writer.encode_pair, []

    def encode(pair, labels, schema, seen, values):
        if pair.name == stop: raise KeyboardInterrupt
        written.append(pair.name)
        return whole(pair, labels, schema)

    monkeypatch.setattr(writer, "encode_pair", encode)
    how = dict(records_per_shard=2, workers=1, resume=True, **QUIET)
    with pytest.raises(KeyboardInterrupt): convert_shards(shards, tmp_path / "b", encoding="jpeg", **how)
    assert not (tmp_path / "b").exists() and list((tmp_path / "b.incomplete").glob("*.done"))
    stop, first = None, len(written)
    convert_shards(shards, tmp_path / "b", encoding="jpeg", **how)
    assert 0 < len(written) - first < 12
    assert load_info(tmp_path / "b").total("formats") == {"jpeg": 12} and check_shards(tmp_path / "b", deep=True, **QUIET) == []


def test_another_encoding_does_not_go_on_with_old_shards(tmp_path, shards, monkeypatch):
    from tfrseg.writer import write as writer

    monkeypatch.setattr(writer, "_make_info", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt): convert_shards(shards, tmp_path / "b", encoding="jpeg", resume=True, **QUIET)
    monkeypatch.undo()
    assert convert_shards(shards, tmp_path / "b", encoding="png", resume=True, **QUIET).total("formats") == {"png": 12}


# --- back out ---

READERS = {"folder": camvid_source, "voc": voc_source}


@pytest.mark.parametrize("layout, schema", crossed(("folder", "voc", "cityscapes", "coco"), SCHEMAS.values()))
def test_what_went_out_comes_in_again(tmp_path, source, layout, schema):
    write_shards(plan_shards(split_source(source, train=0.7, val=0.3), tmp_path / "a", schema=schema, records_per_shard=4), **QUIET)
    assert export_shards(tmp_path / "a", tmp_path / "out", layout, **QUIET) == 12
    truth = {s["name"].decode() or f"{n:06d}": s for n, s in enumerate(samples(tmp_path / "a"))}
    assert not (tmp_path / "out.incomplete").exists() and not (tmp_path / "out" / ".lock").exists()
    if layout in READERS: found = {p.name: load_pair(p, back.labels) for back in [READERS[layout](tmp_path / "out", **QUIET)] for p in back.pairs}
    elif layout == "cityscapes":
        found = {}
        for path in (tmp_path / "out" / "leftImg8bit").rglob("*.png"):
            mask = str(path).replace("leftImg8bit/", "gtFine/").replace("_leftImg8bit", "_gtFine_labelTrainIds")
            assert (load_mask(mask) == load_mask(mask.replace("TrainIds", "Ids"))).all()
            assert (np.asarray(Image.open(mask.replace("labelTrainIds", "color"))) == np.uint8(CARD_PALETTE)[load_mask(mask)[..., 0]]).all()
            found[path.name.removesuffix("_leftImg8bit.png")] = {"image": load_image(path), "mask": load_mask(mask)}
    else: found = read_coco(tmp_path / "out", ("train", "val"))
    assert set(found) == set(truth)
    for name, sample in found.items():
        assert (sample["image"] == truth[name]["image"]).all() and (sample["mask"] == truth[name]["mask"]).all()


def read_coco(root, splits) -> dict[str, dict]:
    "Pictures and masks, drawn by pycocotools."
    COCO = pytest.importorskip("pycocotools.coco", reason="pycocotools is not installed").COCO
    found = {}
    for split in splits:
        coco = COCO(root / "annotations" / f"instances_{split}.json")
        for number, row in coco.imgs.items():
            mask = np.zeros((row["height"], row["width"], 1), np.uint16)
            for area in coco.imgToAnns[number]: mask[coco.annToMask(area) == 1] = 255 if area["iscrowd"] else area["category_id"]
            found[row["file_name"].rsplit(".", 1)[0]] = {"image": load_image(root / "images" / split / row["file_name"]), "mask": mask}
    return found


def test_coco_again_by_our_reader(tmp_path, source):
    "Categories, crowds for what is ignored, and a class table without a background."
    coco_source = pytest.importorskip("tfrseg.sources.coco", reason="the chapter on COCO is not there").coco_source
    pytest.importorskip("pycocotools", reason="pycocotools is not installed")
    mask = card(0)["mask"].copy()
    mask[:3] = 255
    for k, names in enumerate((("background", "card", "photo", "text", "stamp"), ("table", "card", "photo", "text", "stamp"))):
        write(tmp_path / f"{k}", [deeplab(0, image__segmentation__class__encoded=png(mask))])
        convert_shards(tmp_path / f"{k}", tmp_path / f"{k}a", class_names=names, **QUIET)
        export_shards(tmp_path / f"{k}a", tmp_path / f"{k}b", "coco", **QUIET)
        back = coco_source(tmp_path / f"{k}b", background="background" if k == 0 else None, **QUIET)
        assert back.class_names == names and (load_mask(back.pairs[0].mask, back.labels) == mask).all()


def test_cityscapes_classes_get_their_ids(tmp_path):
    learned = sorted((train, name) for name, (train, _) in CITYSCAPES_LABELS.items() if train != 255)
    mask = np.arange(20, dtype=np.uint8).repeat(72).reshape(*SIZE, 1)
    mask[mask == 19] = 255
    write(tmp_path / "a", [deeplab(0, image__filename=b"aachen_000000_000019", image__segmentation__class__encoded=png(mask))], "val-00000-of-00001.tfrecord")
    convert_shards(tmp_path / "a", tmp_path / "b", class_names=[name for _, name in learned], **QUIET)
    export_shards(tmp_path / "b", tmp_path / "c", "cityscapes", **QUIET)
    ids = load_mask(tmp_path / "c/gtFine/val/aachen/aachen_000000_000019_gtFine_labelIds.png")
    assert ids[0, 0, 0] == 7 and ids[-1, -1, 0] == 0, "road is 7, unlabeled 0"
    for masks in ("labelIds", "labelTrainIds"):
        back = cityscapes_source(tmp_path / "c", "val", masks=masks, **QUIET)
        assert (load_mask(back.pairs[0].mask, back.labels) == mask).all() and back.pairs[0].name == "aachen/aachen_000000_000019"


def test_sixteen_bits_out(tmp_path):
    paint(tmp_path, "wide")
    write_shards(plan_shards(folder_source(tmp_path / "img", tmp_path / "seg", mask_values="ids", **QUIET), tmp_path / "a", schema=RAW_IDS), **QUIET)
    for layout, place in (("folder", "masks/p0.png"), ("voc", "SegmentationClass/p0.png"), ("cityscapes", "gtFine/train/train/p0_gtFine_labelIds.png")):
        export_shards(tmp_path / "a", tmp_path / layout, layout, **QUIET)
        assert (load_mask(tmp_path / layout / place) == samples(tmp_path / "a")[0]["mask"]).all()


def test_predictions_out(tmp_path, shards):
    "Scores, ids, and a sigmoid; shown in batches of one size."
    seen = []

    def scores(images):
        seen.append(images.shape)
        return np.eye(5)[images[..., 0].astype(int) % 5]

    export_shards(shards, tmp_path / "scores", predict=scores, batch_size=5, **QUIET)
    assert max(shape[0] for shape in seen) == 5 and sum(shape[0] for shape in seen) == 12
    export_shards(shards, tmp_path / "ids", predict=lambda images: images[..., :1] % 5, **QUIET)
    export_shards(shards, tmp_path / "tensor", predict=lambda images: tf.cast(tf.constant(images)[..., :1] % 5, tf.int64), **QUIET)
    for path in sorted((tmp_path / "ids" / "masks").iterdir()):
        image = load_image(tmp_path / "ids" / "images" / path.name)
        for other in ("ids", "scores", "tensor"): assert (load_mask(tmp_path / other / "masks" / path.name) == image[..., :1] % 5).all()
    with pytest.raises(ValueError, match="1 predictions for 8 images"): export_shards(shards, tmp_path / "x", predict=lambda images: images[:1, ..., :1] % 5, **QUIET)
    assert not list(tmp_path.glob("x*"))


def test_pictures_without_masks_and_a_model(tmp_path, cards):
    write_shards(plan_shards(folder_source(cards / "img", **QUIET), tmp_path / "a"), **QUIET)
    export_shards(tmp_path / "a", tmp_path / "b", "voc", predict=lambda images: images[..., :1] // 128, **QUIET)
    assert "class 1:" in (tmp_path / "b" / "labelmap.txt").read_text()
    assert (load_mask(tmp_path / "b/SegmentationClass/card-0000.png") == load_image(cards / "img/card-0000.png")[..., :1] // 128).all()
    for layout in EXPORT_LAYOUTS: assert export_shards(tmp_path / "a", tmp_path / layout, layout, **QUIET) == 12


def test_what_cannot_go_out(tmp_path, shards):
    write(tmp_path / "a", [deeplab(n, image__filename=b"../x", image__segmentation__class__encoded=png(card(n)["mask"])) for n in range(2)])
    with pytest.raises(DataError, match="leads out"): export_shards(tmp_path / "a", tmp_path / "out", "voc", **QUIET)
    write(tmp_path / "a", [deeplab(n, image__filename=b"x", image__segmentation__class__encoded=png(card(n)["mask"])) for n in range(2)])
    with pytest.raises(DataError, match="two records have this name"): export_shards(tmp_path / "a", tmp_path / "out", "cityscapes", **QUIET)
    write(tmp_path / "a", [serialize_example(encode_example(card(0) | {"mask": card(0)["image"]}, RAW))])
    with pytest.raises(DataError, match="000000: the mask holds colours"): export_shards(tmp_path / "a", tmp_path / "out", "coco", **QUIET)
    with pytest.raises(ValueError, match="layout='yolo'; wanted one of folder, voc, cityscapes, coco"): export_shards(shards, tmp_path / "out", "yolo")
    with pytest.raises(DataError, match="schema raw_ids; TFDS wants images that are files"):
        convert_shards(shards, tmp_path / "raw", schema=RAW_IDS, **QUIET)
        export_tfds(tmp_path / "raw", tmp_path / "out")
    assert not list(tmp_path.glob("out*"))


def test_an_export_that_was_killed_is_no_obstacle(tmp_path, shards):
    with staging_folder(tmp_path / "out") as staging:
        (staging / "images" / "deep").mkdir(parents=True)
        (staging / "images" / "deep" / "left.png").write_bytes(b"half")
        shutil.copytree(staging, tmp_path / "killed")
    shutil.rmtree(tmp_path / "out")
    (tmp_path / "killed").rename(tmp_path / "out.incomplete")
    assert export_shards(shards, tmp_path / "out", "voc", **QUIET) == 12
    assert not list((tmp_path / "out").rglob("left.png")) and not (tmp_path / "out.incomplete").exists()


def test_the_command(tmp_path, shards, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write(Path("deeplab"), map(deeplab, range(3)))
    assert main("convert deeplab ours --classes background card photo text stamp --encoding png".split()) == 0
    assert "stamp" in capsys.readouterr().out
    for layout in ("folder", "voc", "cityscapes", "tfds"):
        assert main(f"export ours {layout} --layout {layout}".split()) == 0
        assert capsys.readouterr().out == f"{layout}: 3 records\n"
    for line, status, said in (("convert deeplab ours", 1, "ours: the folder is not empty. Choose another, or pass --overwrite."),
                               ("convert deeplab x --features image", 2, "--features image; wanted ROLE=KEY"),
                               ("convert nothing x", 1, "nothing: no such file"), ("export ours voc --layout voc", 1, "voc: the folder is not empty. Choose another."),
                               ("export ours y --layout tfds --split train", 2, "TFDS reads all splits")):
        assert main(line.split()) == status
        errors = capsys.readouterr().err
        assert said in errors and errors.count("\n") == 1
    write(Path("odd"), [example(pic=b"x", seg=b"y")])
    assert main("convert odd x".split()) == 1 and "Name them with tfrseg convert IN OUT --features image=KEY,mask=KEY." in capsys.readouterr().err
    with pytest.raises(SystemExit): main("convert deeplab x --encoding webp".split())


# --- what values mean ---

def _levels_set(folder, values, *flags):
    "A dataset of two images whose masks hold these values, a third each, written with flags."
    for sub in ("img", "seg"): (folder / sub).mkdir(parents=True)
    mask = np.array(values)[np.arange(12 * 16).reshape(12, 16) * len(values) // 192]
    for k in range(2):
        Image.fromarray(np.full((12, 16, 3), 9 * k, np.uint8)).save(folder / f"img/{k}.png")
        Image.fromarray(mask.astype(np.uint8 if mask.min() >= 0 and mask.max() < 256 else np.int32)).save(folder / (f"seg/{k}.tif" if mask.min() < 0 else f"seg/{k}.png"))
    return main(["write", str(folder / "img"), str(folder / "seg"), str(folder / "out"), *flags])


@pytest.mark.parametrize("values,flags,said", [
    ((0, 127, 255), ("--mask-values", "levels"), "levels 0, 127, 255 stand for ids 0, 1, 2"), ((0, 3, 9), ("--mask-values", "objects"), "0 and the rest stand for 0 and 1"),
    ((0, 127, 255), ("--mask-values", "ids"), "values are ids"), ((0, 1, 2), ("--ignore-label", "0"), "levels 1, 2 stand for ids 0, 1"),
    ((0, 1, -1), ("--ignore-label", "-1"), "levels 0, 1 stand for ids 0, 1"), ((0, 1, 255), ("--ignore-label", "none"), "values are ids")])
def test_every_answer_is_told_and_comes_home(tmp_path, capsys, values, flags, said):
    assert _levels_set(tmp_path, values, *flags) == 0
    assert said in capsys.readouterr().out
    for layout in ("folder", "voc"):
        assert main(["export", str(tmp_path / "out"), str(tmp_path / layout), "--layout", layout]) == 0
        assert main(["write", "--layout", "auto", str(tmp_path / layout), str(tmp_path / f"{layout}_home")]) == 0
        assert load_info(tmp_path / f"{layout}_home").total("pixels") == load_info(tmp_path / "out").total("pixels")


@pytest.mark.parametrize("flags", (("--mask-values", "objects"), ("--ignore-label", "1")))
def test_answers_that_an_info_has_given_are_refused(tmp_path, capsys, flags):
    assert _levels_set(tmp_path, (0, 1, 2)) == 0
    capsys.readouterr()
    assert main(["convert", str(tmp_path / "out"), str(tmp_path / "new"), *flags]) == 1
    err = capsys.readouterr().err
    assert " ".join(flags) in err and "says what mask values mean" in err and err.count("\n") == 1 and not (tmp_path / "new").exists()


def _binary_shards(folder, *masks):
    "Third-party shards of DeepLab's keys."
    folder.mkdir()
    write_records(folder / "train.tfrecord", [example(image__encoded=encode_png(np.full((4, 6, 3), k, np.uint8)), image__filename=b"%d" % k, image__height=4, image__width=6,
                                                      image__segmentation__class__encoded=encode_png(np.array(m, np.uint8).reshape(4, 6, 1))) for k, m in enumerate(masks)])
    return folder


def test_masks_of_0_and_255_alone_are_refused_by_readers(tmp_path):
    from tfrseg.reader.pipeline import make_dataset
    from tfrseg.explorer.summary import summarize
    from tfrseg.storage.counts import class_weights

    asked, ids = _binary_shards(tmp_path / "a", [0] * 24, [0] * 12 + [255] * 12), _binary_shards(tmp_path / "b", [0] * 24, [0] * 12 + [1] * 6 + [255] * 6)
    for read in (lambda path: make_dataset(path, size=(4, 4)), read_dataset, class_weights):
        with pytest.raises(DataError, match="0 and 255 alone.*tfrseg convert IN OUT"): read(asked)
        read(ids)
    assert any("tfrseg convert IN OUT" in line for line in summarize(asked, show_progress=False).assumptions) and not summarize(ids, show_progress=False).assumptions
    make_dataset(asked, size=(4, 4), ignore_label=254)
    convert_shards(asked, tmp_path / "out", show_progress=False)
    assert load_info(tmp_path / "out").total("pixels") == {0: 36, 1: 12}


def test_object_masks_that_are_cut_are_found(tmp_path):
    whole, keys = encode_png(np.ones((4, 6, 1), np.uint8)), dict(image__encoded=encode_png(np.zeros((4, 6, 3), np.uint8)), image__filename=b"a")
    masks = ([whole], [whole[:-20]], [encode_png(np.ones((3, 6, 1), np.uint8))], [whole, whole], [encode_png(np.full((4, 6, 1), 7, np.uint8))])
    write_records(tmp_path / "train.tfrecord", [example(**keys, image__object__mask=m, image__object__class__label=[1]) for m in masks])
    assert [f.record for f in check_shards(tmp_path, deep=True, show_progress=False)] == [1, 2, 3, 4]


def test_a_repair_is_not_written_over(tmp_path, capsys):
    assert _levels_set(tmp_path, (0, 1, 2)) == 0 and main(["repair", str(tmp_path / "out"), str(tmp_path / "new")]) == 0
    assert main(["repair", str(tmp_path / "out"), str(tmp_path / "new")]) == 1 and "--overwrite" not in capsys.readouterr().err


@pytest.mark.parametrize("keys,flags,ignored", [
    (dict(seg=np.where(np.arange(24) < 6, -1, np.arange(24) % 2).astype("<i4").tobytes()), ("--ignore-label", "-1"), 6),
    (dict(pic=(np.arange(72, dtype="<u2") * 300).tobytes()), ("--pixels", "stretch"), 0),
    (dict(pic=(np.arange(24, dtype="<u2") * 300).tobytes()), ("--pixels", "high"), 0),
    (dict(pic=np.random.default_rng(0).integers(0, 256, 96, np.uint8).tobytes()), ("--alpha", "drop"), 0)])
def test_raw_numbers_take_the_option_that_is_advised(tmp_path, capsys, keys, flags, ignored):
    (tmp_path / "s").mkdir()
    made = dict(pic=bytes(range(72)), seg=(np.arange(24) % 2).astype(np.uint8).tobytes(), h=4, w=6) | keys
    write_records(tmp_path / "s/train.tfrecord", [example(**made)])
    words = ["convert", str(tmp_path / "s"), str(tmp_path / "out"), "--features", "image=pic,mask=seg,height=h,width=w"]
    assert main(words) == 1 and flags[0] in capsys.readouterr().err
    assert main([*words, *flags]) == 0
    info = load_info(tmp_path / "out")
    assert info.total("pixels").get(info.labels.ignore_label, 0) == ignored


def test_splits_come_home_from_tfds_in_order(tmp_path):
    assert _levels_set(tmp_path, (0, 1, 2)) == 0
    parts = split_source(folder_source(tmp_path / "img", tmp_path / "seg", show_progress=False), zz=0.5, train=0.5)
    write_shards(plan_shards(parts, tmp_path / "two"), show_progress=False)
    export_tfds(tmp_path / "two", tmp_path / "tfds")
    assert list(convert_shards(tmp_path / "tfds", tmp_path / "home", show_progress=False).splits) == ["zz", "train"]
