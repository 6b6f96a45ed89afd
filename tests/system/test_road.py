"""From files to shards to batches and back, for every kind of picture and mask."""
import hashlib
import json
import shutil

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image
from road import COLORS, KINDS, paint
from records import read_samples

from tfrseg.augmenter.color import Normalize
from tfrseg.augmenter.geometry import RandomCrop, RandomFlip, RandomRotate90
from tfrseg.storage.labels import LabelMap
from tfrseg.core import DataError
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.shards import open_shards, read_sample
from tfrseg.writer.export import export_shards
from tfrseg.storage.tfrecord import read_record
from tfrseg.explorer.summary import summarize
from tfrseg.storage.check import check_shards
from tfrseg.storage.counts import count_classes
from tfrseg.storage.example import detect_schema, read_features
from tfrseg.storage.schema import RAW, RAW_IDS, SCHEMAS, TFVISION
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import check_source, folder_source, load_pair
from tfrseg.sources.splits import split_source
from tfrseg.sources.tiles import tile_source
from tfrseg.writer.write import plan_shards, write_shard, write_shards

pytestmark = pytest.mark.filterwarnings("ignore::tfrseg.reader.pipeline.AssumptionWarning")  # test_assumed holds them


@pytest.mark.fault("palette, RGB, 16-bit, 1-bit, binary masks", "38 for 1, colours, high bytes, 255",
                   "ids kept, 16 bits kept, 0 and 1 by rule; exported they are the source again")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=lambda s: s.name)
def test_masks_of_every_kind_there_and_back(tmp_path, write, kind, schema):
    "Shards hold the ids that were meant; exported, the files hold the values that went in."
    truth = paint(tmp_path, kind)
    palette = dict(enumerate(map(tuple, COLORS.tolist()))) if kind in ("colors", "rgba") else None
    source = folder_source(tmp_path / "img", tmp_path / "seg", palette=palette, mask_values="ids" if kind == "wide" else None, show_progress=False)
    assert check_source(source, show_progress=False) == []
    if kind == "wide" and schema is RAW:
        with pytest.raises(DataError, match="schema raw holds uint8. Use RAW_IDS or TFVISION"): plan_shards(source, tmp_path / "out", schema=RAW)
        return
    out = write(source, schema=schema, records_per_shard=2)
    assert check_shards(out, deep=True, show_progress=False) == []
    for pair, sample in zip(source.pairs, read_samples(out), strict=True):
        ids = truth[pair.name]
        assert (sample["mask"][..., 0] == ids).all() and sample["mask"].dtype == ids.dtype
        assert (sample["image"] == load_pair(pair, source.labels)["image"]).all()
    export_shards(out, tmp_path / "back", show_progress=False)
    names = [p.name for p in source.pairs] if "name" in schema else [f"{n:06d}" for n in range(3)]
    for pair, name in zip(source.pairs, names):
        with Image.open(pair.mask) as before, Image.open(tmp_path / "back" / "masks" / f"{name}.png") as after:
            assert after.mode == {"bits": "L", "binary rgb": "L", "rgba": "RGB"}.get(kind, before.mode)
            same = "L" if kind == "bits" else "RGB" if kind in ("colors", "rgba", "binary rgb") else before.mode
            assert (np.asarray(before.convert(same)) == np.asarray(after.convert(same))).all()


@pytest.mark.parametrize("kind", ("ids", "wide"))
def test_raw_ids_take_a_third_of_raw_masks(tmp_path, write, kind):
    "One or two bytes an id, low byte first; without an info the record says how wide ids are, and what schema it is."
    truth = paint(tmp_path, kind)
    source = folder_source(tmp_path / "img", tmp_path / "seg", mask_values="ids", show_progress=False)
    out = write(source, schema=RAW_IDS)
    depth = 3 + source.labels.dtype.count("16") + 1
    assert plan_shards(source, tmp_path, schema=RAW_IDS)[0].nbytes == 3 * 24 * 31 * depth
    file, = out.glob("*.tfrecord")
    assert 0 < file.stat().st_size - 3 * 24 * 31 * depth < 3 * 400
    record = read_record(file, 1)
    key = RAW_IDS.key("mask")
    assert read_features(record)[key] == [truth["p1"].astype("<u2" if kind == "wide" else "u1").tobytes()]
    (out / "dataset_info.json").unlink()
    assert open_shards(file).schema == RAW_IDS and open_shards(file).mask_dtype == truth["p1"].dtype.name
    for sample in read_samples(file):
        assert (sample["mask"][..., 0] == truth[sample["name"].decode()]).all() and sample["mask"].dtype == truth["p1"].dtype
    assert "raw_ids" in str(summarize(file, show_progress=False))
    assert check_shards(file, deep=True, show_progress=False) == []
    export_shards(file, tmp_path / "back", show_progress=False)
    assert (np.asarray(Image.open(tmp_path / "back" / "masks" / "p1.png")) == truth["p1"]).all()
    images, masks = next(iter(make_dataset(file, None, size=(24, 31), batch_size=3)))
    assert images.shape == (3, 24, 31, 3) and masks.dtype.name == source.labels.dtype


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=lambda s: s.name)
def test_images_alone_in_every_schema(cards, source, write, schema):
    "Without masks the schema is found by the keys that are there, and every reader goes on without them."
    alone = folder_source(cards / "img", show_progress=False)
    out = write(alone, schema=schema)
    file, = out.glob("*.tfrecord")
    assert detect_schema(read_record(file, 0)) == schema.without("mask")
    assert check_shards(out, deep=True, show_progress=False) == [] == check_shards(file, deep=True, show_progress=False)
    for path in (out, file):
        for pair, sample in zip(alone.pairs, read_samples(path), strict=True):
            assert "mask" not in sample and (sample["image"] == load_pair(pair)["image"]).all()
    assert export_shards(file, out.parent / "back", show_progress=False) == 12 and not (out.parent / "back" / "masks").exists()


@pytest.mark.parametrize("suffix", ("png", "jpg", "bmp", "tif", "webp", "JPEG"))
def test_images_of_any_kind(tmp_path, write, suffix):
    "What the reader gives is what Pillow sees; PNG and JPEG files pass through byte for byte, and come back so."
    paint(tmp_path, "ids", suffix=suffix)
    source = folder_source(tmp_path / "img", tmp_path / "seg", show_progress=False)
    out = write(source)
    for pair, sample in zip(source.pairs, read_samples(out), strict=True):
        assert (sample["image"] == np.asarray(Image.open(pair.image).convert("RGB"))).all()
    export_shards(out, tmp_path / "back", show_progress=False)
    if suffix in ("png", "jpg", "JPEG"):
        ending = "png" if suffix == "png" else "jpg"
        assert all((tmp_path / "back" / "images" / f"{p.name}.{ending}").read_bytes() == p.image.read_bytes() for p in source.pairs)


@pytest.mark.fault("EXIF orientation", "ignored: the mask no longer fits",
                   "the image is stored upright, the mask untouched; counted in the report")
def test_exif_turns_the_image_and_not_the_mask(tmp_path, write):
    for sub in ("img", "seg"): (tmp_path / sub).mkdir()
    upright = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.rot90(upright)).save(tmp_path / "img" / "a.png", exif=exif)
    Image.fromarray(upright[..., 0] % 5).save(tmp_path / "seg" / "a.png")
    Image.fromarray(upright).save(tmp_path / "img" / "b.png")
    Image.fromarray(upright[..., 0] % 5).save(tmp_path / "seg" / "b.png")
    source = folder_source(tmp_path / "img", tmp_path / "seg", show_progress=False)
    for schema in (TFVISION, RAW_IDS):
        sample = read_sample(out := write(source, schema=schema))
        assert (sample["image"] == upright).all() and (sample["mask"][..., 0] == upright[..., 0] % 5).all()
        assert [s.exif_rotated for s in load_info(out).shards()] == [1]
        assert "(1 turned upright, as EXIF says)" in str(summarize(out, show_progress=False))
        shutil.rmtree(out)
    tiles = tile_source(source, (20, 20), 4)
    assert len(tiles) == 4 and load_info(write(tiles)).shards()[0].exif_rotated == 2


def test_the_same_plan_gives_the_same_bytes(source, tmp_path):
    plans = [plan_shards(source, tmp_path / name, records_per_shard=5) for name in ("a", "b")]
    for plan in plans: write_shards(plan, show_progress=False)
    files = [{p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / name).iterdir() if p.suffix != ".index"} for name in ("a", "b")]
    assert files[0] == files[1] and len(files[0]) == 4


def test_an_engine_is_anything_like_map(source, tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(3) as pool:
        written = write_shards(plan_shards(source, tmp_path / "out", records_per_shard=2), engine=pool.map, show_progress=False)
    assert written.records() == 12 and check_shards(tmp_path / "out", show_progress=False) == []


@pytest.mark.parametrize("options, counts", (({"records_per_shard": 5}, [5, 5, 2]), ({"shard_mib": 1000}, [12])))
def test_shards_by_count_or_size(source, tmp_path, options, counts):
    assert [len(spec.pairs) for spec in plan_shards(source, tmp_path / "out", **options)] == counts


def test_shards_by_size_are_of_about_one_size(source, tmp_path):
    sizes = [spec.nbytes for spec in plan_shards(source, tmp_path / "out", shard_mib=sum(source.nbytes) / 2**20 / 4)]
    assert len(sizes) == 4 and max(sizes) < 2 * min(sizes)


def test_splits_do_not_depend_on_what_else_is_there(source):
    splits = split_source(source, train=0.5, val=0.3, test=0.2)
    assert sorted(p.name for s in splits.values() for p in s.pairs) == sorted(p.name for p in source.pairs)
    fewer = split_source(source.take(range(8)), train=0.5, val=0.3, test=0.2)
    where = {p.name: name for name, s in splits.items() for p in s.pairs}
    moved = [p.name for name, s in fewer.items() for p in s.pairs if where[p.name] != name]
    assert len(moved) <= 1


def test_info_says_what_the_shards_hold(source, shards):
    info = load_info(shards)
    masks = [load_pair(p, source.labels)["mask"] for p in source.pairs]
    assert info.total("pixels") == {i: sum(int((m == i).sum()) for m in masks) for i in range(5)}
    assert info.total("images") == dict.fromkeys(range(5), 12) and info.total("sizes") == {"90x120": 12}
    assert info.labels == source.labels and info.schema == "tfvision" and info.records() == 12
    counted = count_classes(shards, show_progress=False)
    assert counted["pixels"] == info.total("pixels") and counted["images"] == info.total("images")
    for shard in info.shards():
        data = (shards / shard.file).read_bytes()
        assert (shard.bytes, shard.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert "12 (train 9, val 3)" in str(summarize(shards))


def test_other_readers_understand_the_shards(source, shards):
    "Plain TensorFlow, by the keys of TF Vision."
    keys = ["image/encoded", "image/segmentation/class/encoded", "image/filename", "image/format", "image/source_id", "image/key/sha256"]
    spec = {k: tf.io.FixedLenFeature([], tf.string) for k in keys} | {f"image/{k}": tf.io.FixedLenFeature([], tf.int64) for k in ("height", "width", "channels")}
    pairs = {p.name: p for p in source.pairs}
    for record in tf.data.TFRecordDataset(sorted(map(str, shards.glob("*.tfrecord")))):
        parsed = tf.io.parse_single_example(record, spec)
        sample = load_pair(pairs[parsed["image/filename"].numpy().decode()], source.labels)
        assert (tf.io.decode_png(parsed["image/encoded"]).numpy() == sample["image"]).all()
        assert (tf.io.decode_png(parsed["image/segmentation/class/encoded"]).numpy() == sample["mask"]).all()
        assert [int(parsed[f"image/{k}"]) for k in ("height", "width", "channels")] == [90, 120, 3]
        assert parsed["image/key/sha256"] == hashlib.sha256(parsed["image/encoded"].numpy()).hexdigest()


class TestMakeDataset:
    ops = (RandomFlip(0.5, 0.5), RandomRotate90(), RandomCrop((64, 64)))

    def test_plain_batches_are_the_records(self, source, shards):
        train = split_source(source, train=0.75, val=0.25)["train"]
        dataset = make_dataset(shards, shuffle=False, batch_size=4)
        assert len(dataset) == 3
        images, masks = (np.concatenate(parts) for parts in zip(*dataset.as_numpy_iterator()))
        expected = [load_pair(p, train.labels) for p in train.pairs]
        assert images.dtype == np.float32 and (images == np.stack([s["image"] for s in expected])).all()
        assert masks.dtype == np.uint8 and (masks == np.stack([s["mask"] for s in expected])).all()

    def test_repeatable_and_new_each_epoch(self, shards):
        def epochs(seed):
            dataset = make_dataset(shards, augment=self.ops, batch_size=3, seed=seed)
            batches = [(i.tobytes(), m.tobytes()) for i, m in dataset.repeat(3).as_numpy_iterator()]
            return batches[:3], batches[3:6], batches[6:]

        first = epochs(4)
        assert first == epochs(4)
        assert len({str(e) for e in (*first, *epochs(5))}) == 6

    def test_every_record_once_an_epoch_in_another_order(self, shards):
        dataset = make_dataset(shards, None, batch_size=None, dtype="uint8", shuffle=True)
        orders = [[hashlib.sha256(i.tobytes()).hexdigest() for i, _ in dataset.as_numpy_iterator()] for _ in range(2)]
        assert len(set(orders[0])) == len(dataset) == 12 and sorted(orders[0]) == sorted(orders[1]) and orders[0] != orders[1]

    def test_a_draw_is_the_records_own(self, shards):
        "What a record is turned into does not depend on the order in which records come."
        both = [{m.tobytes() for _, m in make_dataset(shards, augment=self.ops, batch_size=None, seed=2, shuffle=s).as_numpy_iterator()}
                for s in (False, True)]
        assert both[0] == both[1]

    @pytest.mark.parametrize("split, moves", (("train", True), ("val", False)))
    def test_shuffles_only_training(self, shards, split, moves):
        dataset = make_dataset(shards, split, batch_size=1)
        images = [i.tobytes() for i, _ in dataset.repeat(4).as_numpy_iterator()]
        orders = {tuple(images[k:k + len(dataset)]) for k in range(0, len(images), len(dataset))}
        assert len(images) == 4 * len(dataset) and (len(orders) > 1) == moves

    def test_without_augment_size_crops_or_pads_the_middle(self, shards):
        (image, mask), = make_dataset(shards, "val", size=(100, 60), batch_size=3)
        raw, raw_mask = next(iter(make_dataset(shards, "val", batch_size=3)))
        assert (image == tf.image.resize_with_crop_or_pad(raw, 100, 60)).numpy().all()
        assert (mask[:, 5:95] == raw_mask[:, :, 30:90]).numpy().all() and (mask[:, :5] == 255).numpy().all()

    def test_options(self, shards):
        images, _ = make_dataset(shards, dtype="uint8", batch_size=4, drop_remainder=True).element_spec
        assert images.dtype == tf.uint8 and images.shape == (4, 90, 120, 3)
        assert len(make_dataset(shards, batch_size=4, drop_remainder=True)) == 2
        images, _ = next(iter(make_dataset(shards, augment=Normalize())))
        assert images.dtype == tf.float32 and images.numpy().min() < 0

    def test_without_masks(self, cards, write):
        out = write(folder_source(cards / "img", show_progress=False))
        batch = next(iter(make_dataset(out, augment=self.ops, batch_size=5)))
        assert batch.shape == (5, 64, 64, 3) and "none" in str(summarize(out))

    @pytest.mark.fault("pictures of mixed sizes in a batch", "Cannot add tensor to the batch",
                       "an error that names the ways out")
    def test_mixed_sizes_need_a_size(self, tmp_path, write):
        for sub in ("img", "seg"): (tmp_path / sub).mkdir()
        for k, size in enumerate([(20, 30), (30, 20)]):
            for sub in ("img", "seg"): Image.new("L", size, 1).save(tmp_path / sub / f"{k}.png")
        out = write(folder_source(tmp_path / "img", tmp_path / "seg", show_progress=False))
        with pytest.raises(DataError, match="2 sizes from 20x30 to 30x20.*Pass size="): make_dataset(out)
        assert next(iter(make_dataset(out, size=(24, 24))))[1].shape == (2, 24, 24, 1)
        assert [m.shape for _, m in make_dataset(out, batch_size=None, shuffle=False)] == [(30, 20, 1), (20, 30, 1)]

    @pytest.mark.fault("5 records, batch 16, drop_remainder", "0 batches, silent",
                       "DataError")
    @pytest.mark.parametrize("options, error, said", (
        ({"split": "test"}, ValueError, "no split 'test'; there are train, val"), ({"dtype": "int"}, ValueError, "dtype='int'"),
        ({"batch_size": 0}, ValueError, "batch_size=0"), ({"batch_size": 10, "drop_remainder": True}, DataError, "no full batch of 10"),
        ({"augment": [RandomRotate90()]}, DataError, "cannot make a batch")))
    def test_wrong_arguments(self, shards, options, error, said):
        with pytest.raises(error, match=said): make_dataset(shards, **options)


def test_skipping_says_what_was_left_out(tmp_path, write):
    paint(tmp_path, "ids")
    (tmp_path / "img" / "p1.png").write_bytes(b"no picture")
    Image.new("L", (3, 3)).save(tmp_path / "seg" / "orphan.png")
    source = folder_source(tmp_path / "img", tmp_path / "seg", on_error="skip", show_progress=False)
    info = load_info(write(source))
    assert info.records() == 2 and len(info.skipped) == 2
    assert any("p1.png" in line for line in info.skipped) and any("orphan.png" in line for line in info.skipped)


def test_a_shard_written_alone_is_the_one_of_the_plan(source, tmp_path):
    plan = plan_shards(source, tmp_path / "out", records_per_shard=6)
    info = write_shards(plan, show_progress=False)
    from dataclasses import replace

    again = write_shard(replace(plan[1], path=tmp_path / plan[1].path.name))
    assert again == info.shards("train")[1]


def test_info_is_plain_json(shards):
    saved = json.loads((shards / "dataset_info.json").read_text())
    assert saved["format_version"] == 1 and LabelMap(**saved["labels"] | {"palette": {}}).num_classes == 5


def test_a_summary_of_many_classes_is_cut(tmp_path, write):
    for sub in ("img", "seg"): (tmp_path / sub).mkdir()
    Image.new("RGB", (20, 10)).save(tmp_path / "img" / "a.png")
    Image.fromarray(np.arange(200, dtype=np.uint16).reshape(10, 20)).save(tmp_path / "seg" / "a.png")
    summary = summarize(write(folder_source(tmp_path / "img", tmp_path / "seg", mask_values="ids", show_progress=False)))
    assert len(summary.classes) == 200 and "and 100 more classes" in str(summary) and "and 100 more classes" in summary._repr_html_()
