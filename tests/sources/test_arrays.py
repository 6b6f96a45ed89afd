"""Pairs from memory, generators and Hugging Face data sets: equal to what files give, checked like files."""
import io
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image
from records import read_samples

from tfrseg.sources.arrays import ArrayElements, array_source, to_image
from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card
from tfrseg.storage.image import encode_png
from tfrseg.storage.labels import LabelMap
from tfrseg.core import DataError
from tfrseg.reader.pipeline import make_dataset
from tfrseg.plot import colorize
from tfrseg.reader.stream import read_dataset
from tfrseg.storage.schema import RAW_IDS, TFVISION
from tfrseg.storage.dataset import load_info
from tfrseg.sources.source import check_source, folder_source
from tfrseg.sources.splits import find_similar, classes_per_mask, split_source
from tfrseg.writer.write import plan_shards, write_shards

CARDS = [make_card(n, (60, 80)) for n in range(8)]
PAIRS = [(c["image"], c["mask"]) for c in CARDS]


def png(array) -> bytes:
    out = io.BytesIO()
    Image.fromarray(array.squeeze()).save(out, "PNG")
    return out.getvalue()


def pil(array, palette=None):
    picture = Image.fromarray(array.squeeze())
    if palette is not None: picture.putpalette(np.array(palette, np.uint8).tobytes())
    return picture


CONTAINERS = {
    "list of arrays": lambda: PAIRS, "generator": lambda: iter(PAIRS), "tensors": lambda: tf.data.Dataset.from_generator(
        lambda: iter(PAIRS), output_signature=(tf.TensorSpec([None, None, 3], tf.uint8), tf.TensorSpec([None, None, 1], tf.uint8))),
    "list of tensors": lambda: [(tf.constant(i), tf.constant(m)) for i, m in PAIRS],
    "int64 masks": lambda: [(i, m[..., 0].astype(np.int64)) for i, m in PAIRS], "pillow": lambda: [(pil(i), pil(m)) for i, m in PAIRS],
    "palette pictures": lambda: ((pil(i), pil(m, CARD_PALETTE)) for i, m in PAIRS), "bytes": lambda: [(png(i), png(m)) for i, m in PAIRS],
    "dicts": lambda: [{"image": i, "mask": m} for i, m in PAIRS], "undecoded": lambda: [{"image": {"bytes": png(i), "path": None}, "mask": m} for i, m in PAIRS]}


@pytest.mark.parametrize("schema", [TFVISION, RAW_IDS], ids=lambda s: s.name)
@pytest.mark.parametrize("kind", CONTAINERS)
def test_what_goes_in_comes_out(kind, schema, write):
    source = array_source(CONTAINERS[kind](), class_names=CARD_CLASSES, show_progress=False)
    assert check_source(source, show_progress=False) == []
    out = write(source, schema=schema, records_per_shard=3)
    for k, sample in enumerate(read_samples(out)):
        assert (sample["image"] == CARDS[k]["image"]).all() and (sample["mask"] == CARDS[k]["mask"]).all() and sample["name"] == f"{k:06d}".encode()
    assert k == 7 and load_info(out).labels.class_names == tuple(CARD_CLASSES)


@pytest.mark.parametrize("again", [True, False])
def test_shards_equal_those_of_files(again, tmp_path, write):
    "A mask file keeps its bytes; a mask from memory is encoded by the writer, or by Pillow into a file if it comes but once."
    encode = encode_png if again else png
    for kind in ("img", "seg"): (tmp_path / kind).mkdir()
    for k, card in enumerate(CARDS):
        (tmp_path / "img" / f"{k:06d}.png").write_bytes(png(card["image"]))
        (tmp_path / "seg" / f"{k:06d}.png").write_bytes(encode(card["mask"]))
    files = write(folder_source(tmp_path / "img", tmp_path / "seg", class_names=CARD_CLASSES, show_progress=False), records_per_shard=8)
    expected = next(files.glob("*.tfrecord")).read_bytes()
    data = PAIRS if again else iter(PAIRS)
    source = array_source(data, class_names=CARD_CLASSES, spool=tmp_path / "spool", show_progress=False)
    write_shards(plan_shards(source, tmp_path / "mine", records_per_shard=8), show_progress=False)
    assert next((tmp_path / "mine").glob("*.tfrecord")).read_bytes() == expected


def test_files_in_memory_are_not_encoded_again(tmp_path, write):
    out = io.BytesIO()
    Image.fromarray(CARDS[0]["image"]).save(out, "JPEG", quality=80)
    record = write(array_source([(out.getvalue(), CARDS[0]["mask"])], show_progress=False))
    assert out.getvalue() in next(record.glob("*.tfrecord")).read_bytes() and load_info(record).total("formats") == {"jpeg": 1}


@pytest.mark.parametrize("mask, coding, dtype", [
    (CARDS[0]["mask"] > 0, "binary", "uint8"), ((CARDS[0]["mask"] > 0) * np.uint8(255), "binary", "uint8"),
    (colorize(CARDS[0]["mask"], CARD_PALETTE), "colors", "uint8"), (CARDS[0]["mask"] * np.int32(1000), "ids", "uint16")])
def test_masks_mean_what_they_mean_in_files(mask, coding, dtype, tmp_path):
    Image.fromarray(CARDS[0]["image"]).save(tmp_path / "000000.png")
    (tmp_path / "masks").mkdir()
    Image.fromarray(mask.squeeze().astype(np.uint16 if mask.dtype == np.int32 else mask.dtype)).save(tmp_path / "masks" / "000000.png")
    (tmp_path / "images").mkdir()
    (tmp_path / "000000.png").rename(tmp_path / "images" / "000000.png")
    answer = "ids" if dtype == "uint16" else None
    of_files = folder_source(tmp_path / "images", tmp_path / "masks", mask_values=answer, show_progress=False)
    for data in ([(CARDS[0]["image"], mask)], iter([(CARDS[0]["image"], mask)])):
        source = array_source(data, mask_values=answer, show_progress=False)
        assert source.labels == of_files.labels and (source.labels.coding, source.labels.dtype) == (coding, dtype)


def test_images_alone(write, tmp_path):
    "Arrays and a folder of images without masks, for prediction, down to batches."
    images = [c["image"] for c in CARDS]
    for k, image in enumerate(images): Image.fromarray(image).save(tmp_path / f"{k:06d}.png")
    for source in (array_source(images, show_progress=False), array_source(iter(images), show_progress=False),
                   array_source([{"image": i, "mask": 0} for i in images], mask="", show_progress=False), folder_source(tmp_path, show_progress=False)):
        out = tmp_path / f"out{id(source)}"
        info = write_shards(plan_shards(source, out, records_per_shard=3), show_progress=False)
        assert not info.masks and [s["image"].tolist() for s in read_samples(out)] == [i.tolist() for i in images]
        batch = next(iter(make_dataset(out, batch_size=4, shuffle=False, dtype="uint8")))
        assert (batch.numpy() == np.stack(images[:4])).all()


class Counted(list):
    "A list that counts how many of its elements are alive at once, and how often each is fetched."
    def __init__(self, n): super().__init__(range(n)); self.fetched = [0] * n
    def __getitem__(self, k): self.fetched[k] += 1; return PAIRS[k % 8]


def test_each_element_is_fetched_once_to_look_and_once_to_write(write):
    data = Counted(30)
    source = array_source(data, class_names=CARD_CLASSES, show_progress=False)
    assert sum(data.fetched) == 31, "the first tells the keys"
    write(source)
    assert max(data.fetched[1:]) == 2


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is told by Linux only")
@pytest.mark.parametrize("again", [pytest.param(True, marks=pytest.mark.slow), False])
def test_memory_stays_flat(again, tmp_path):
    "Forty pictures of 3 MB are never in memory together: peak of another process, against that of three pictures."
    script = """if True:
        import sys, numpy as np
        from tfrseg.sources.arrays import array_source
        from tfrseg.writer.write import plan_shards, write_shards
        class Drawn:
            def __len__(self): return int(sys.argv[1])
            def __getitem__(self, k):
                if k >= len(self): raise IndexError
                return np.full((1000, 1000, 3), k, np.uint8), np.full((1000, 1000), k % 5, np.uint8)
        data = Drawn() if sys.argv[2] == 'True' else (Drawn()[k] for k in range(len(Drawn())))
        source = array_source(data, class_names='abcde', spool=sys.argv[3] + '/spool' + sys.argv[1], show_progress=False)
        write_shards(plan_shards(source, sys.argv[3] + '/out' + sys.argv[1]), show_progress=False)
        print(next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM')) / 1024)"""
    peaks = [float(subprocess.run([sys.executable, "-c", script, str(n), str(again), str(tmp_path)], capture_output=True, text=True, check=True).stdout) for n in (4, 40)]
    assert peaks[1] - peaks[0] < 80, f"{peaks} MiB; 36 pictures more are 144 MB"


def test_splits_and_hashes_take_arrays():
    source = array_source([*PAIRS, PAIRS[3]], class_names=CARD_CLASSES, show_progress=False)
    assert [(a.name, a.other) for a in find_similar(source, 0.9, show_progress=False)] == [("000003", "000008")]
    assert len(classes_per_mask(source, show_progress=False)) == 9
    assert {len(s) for s in split_source(source, train=0.6, val=0.4).values()} != {0}


def test_threads_and_processes_get_the_right_elements(tmp_path):
    elements = ArrayElements(list(range(1000)))
    with ThreadPoolExecutor(8) as pool: assert list(pool.map(elements.__getitem__, range(1000))) == list(range(1000))
    assert pickle.loads(pickle.dumps(elements))[7] == 7
    source = array_source(PAIRS, class_names=CARD_CLASSES, show_progress=False)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        write_shards(plan_shards(source, tmp_path / "out", records_per_shard=4), engine=pool.map, show_progress=False)
    assert len(list(read_dataset(tmp_path / "out"))) == 8


def test_resume_writes_arrays_again(tmp_path):
    "Whether arrays are those of the writer that was stopped cannot be told, so its shards are not taken over."
    def stopped(work, specs): return [work(spec) for spec in list(specs)[:1]] + [1 / 0]

    plan = plan_shards(array_source(PAIRS, class_names=CARD_CLASSES, show_progress=False), tmp_path / "out", records_per_shard=4)
    with pytest.raises(ZeroDivisionError): write_shards(plan, engine=stopped, resume=True, show_progress=False)
    other = array_source(PAIRS[::-1], class_names=CARD_CLASSES, show_progress=False)
    write_shards(plan_shards(other, tmp_path / "out", records_per_shard=4), resume=True, show_progress=False)
    assert (read_samples(tmp_path / "out")[0]["mask"] == PAIRS[-1][1]).all()


BLANK = np.zeros((8, 8), np.uint8)


@pytest.mark.parametrize("image, mask, text", [
    (BLANK.astype("float32"), BLANK, "image float32"), (np.zeros((8, 8, 3), np.uint16), BLANK, "image uint16"), (np.zeros((8, 8, 2), np.uint8), BLANK, r"\[8, 8, 2\]"),
    (np.zeros((0, 8, 3), np.uint8), BLANK, r"\[0, 8, 3\]"), (BLANK, BLANK + 0.5, "fractions from"),
    (BLANK, BLANK.astype(np.int64) + 70000, "values from 0 to 7"), (BLANK, BLANK[:5], "the mask has 5 x 8 pixels; wanted 8 x 8"),
    (b"not a picture", BLANK, "cannot be read as an image"), (png(BLANK)[:-20], BLANK, "cannot be read"), (object(), BLANK, "image object"),
    (BLANK, np.zeros((8, 8, 7), np.float32), r"take argmax")])
@pytest.mark.parametrize("again", [True, False])
def test_bad_elements_are_findings(image, mask, text, again):
    data = [(BLANK, BLANK), (image, mask), (BLANK, BLANK)]
    with pytest.raises(DataError, match=text) as raised: array_source(data if again else iter(data), show_progress=False)
    assert "\n" not in str(raised.value) and len(raised.value.findings) == 1
    if again: assert str(raised.value.findings[0]).startswith("element 1")
    source = array_source(data if again else iter(data), on_error="skip", show_progress=False)
    assert [p.name for p in source.pairs] == ["000000", "000002"] and len(source.skipped) == 1


def test_ids_beyond_the_classes_are_findings():
    with pytest.raises(DataError, match="8 problems: element 0, mask: label 3 on 794 pixels; wanted 0 to 2"): array_source(PAIRS, class_names=list("abc"), show_progress=False)


@pytest.mark.parametrize("data, error, text", [
    ([], DataError, "no elements"), (iter(()), DataError, "no elements"), ({"train": PAIRS}, ValueError, "data\\['train'\\]"), ("img", TypeError, "str; wanted an iterable"),
    (7, TypeError, "int; wanted"), ([{"picture": BLANK}], DataError, "no 'image' in it \\(keys picture\\)")])
def test_what_is_no_data(data, error, text):
    with pytest.raises(error, match=text): array_source(data, show_progress=False)


@pytest.mark.parametrize("name", ["../x", "/etc/x"])
@pytest.mark.parametrize("again", [True, False])
def test_names_that_lead_outside(name, again, tmp_path):
    data = [{"image": BLANK, "mask": BLANK, "id": name}]
    with pytest.raises(DataError, match="leads out"): array_source(data if again else iter(data), name="id", spool=tmp_path / "spool", show_progress=False)
    assert not list(tmp_path.parent.glob("x*"))


datasets = None
try: import datasets
except ImportError: pass


@pytest.mark.skipif(datasets is None, reason="Hugging Face datasets is not installed")
@pytest.mark.parametrize("stream", [False, True])
def test_hugging_face(write, tmp_path, stream):
    "A table of pictures, PNG and JPEG: its masks exact, its JPEG files not encoded again, from memory and as a stream."
    out = io.BytesIO()
    Image.fromarray(CARDS[0]["image"]).save(out, "JPEG")
    rows = {"pixels": [out.getvalue(), *(png(c["image"]) for c in CARDS[1:])], "label": [png(c["mask"]) for c in CARDS], "id": [f"row-{k}" for k in range(8)]}
    table = datasets.Dataset.from_dict({k: [{"bytes": b, "path": None} for b in v] if k != "id" else v for k, v in rows.items()},
                                       features=datasets.Features({"pixels": datasets.Image(), "label": datasets.Image(), "id": datasets.Value("string")}))
    assert isinstance(table[0]["pixels"], Image.Image)
    source = array_source(table.to_iterable_dataset() if stream else table, image="pixels", mask="label", name="id", class_names=CARD_CLASSES, show_progress=False)
    folder = write(source)
    samples = read_samples(folder)
    assert [s["name"].decode() for s in samples] == rows["id"]
    for sample, card in zip(samples, CARDS): assert (sample["mask"] == card["mask"]).all()
    for sample, card in zip(samples[1:], CARDS[1:]): assert (sample["image"] == card["image"]).all()
    assert load_info(folder).total("formats") == {"jpeg": 1, "png": 7} and out.getvalue() in next(folder.glob("*.tfrecord")).read_bytes()
    with pytest.raises(ValueError, match="data\\['train'\\]"): array_source(datasets.DatasetDict({"train": table}))


def test_masks_of_jpeg_pictures_are_refused():
    out = io.BytesIO()
    Image.fromarray(CARDS[0]["mask"].squeeze()).save(out, "JPEG")
    for mask in (out.getvalue(), Image.open(io.BytesIO(out.getvalue()))):
        for data in ([(CARDS[0]["image"], mask)], iter([(CARDS[0]["image"], mask)])):
            with pytest.raises(DataError, match="JPEG"): array_source(data, show_progress=False)


def test_exif_of_pictures_is_applied(write):
    exif, turned = Image.Exif(), Image.fromarray(CARDS[0]["image"]).rotate(90, expand=True)
    exif[0x0112] = 6
    out = io.BytesIO()
    turned.save(out, "PNG", exif=exif)
    for image in (out.getvalue(), Image.open(io.BytesIO(out.getvalue()))):
        assert (np.asarray(next(iter(read_dataset(write(array_source([(image, CARDS[0]["mask"])], show_progress=False), schema=RAW_IDS))))["image"])
                == CARDS[0]["image"]).all()
        break


def test_labels_may_be_settled_before():
    labels = LabelMap(tuple(CARD_CLASSES), dict(enumerate(CARD_PALETTE)), "colors")
    source = array_source([(c["image"], colorize(c["mask"], CARD_PALETTE)) for c in CARDS], labels=labels, show_progress=False)
    assert source.labels is labels
    assert to_image(CARDS[0]["mask"], True).mode == "L"
