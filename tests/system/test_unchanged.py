"""What a change of the code's structure must not change: pixels of every operation, bytes of every file, names at the front door.

`tests/system/golden.json` holds what is expected: hashes, block means and names. A failing test names the key that differs. Where a change is
meant (a class or an option gets another name, an operation is added), edit that line by hand, or write the whole file anew and look at
its diff:

    python tests/system/test_unchanged.py

Inputs are drawn here in whole numbers, so that they are the same with every version of Pillow and NumPy. Where an operation only moves
pixels, the image is held by a hash. Where it calculates in floats, whose last bit may differ from processor to processor, the image is
held by the means of 4 x 4 blocks, within a tolerance; masks are held by a hash always. On one machine nothing may differ at all:

    TFRSEG_EXACT=1 pytest tests/system/test_unchanged.py

compares the hashes of these images, too. Compressed bytes depend on the version of zlib: a PNG is held by its pixels, raw records byte
for byte."""
import hashlib
import inspect
import io
import json
import os
import re
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import is_dataclass
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

import tfrseg as t
from tfrseg.augmenter import BatchOperation
from tfrseg.storage import SCHEMAS
from tfrseg.writer import export_tfds

GOLDEN = Path(__file__).with_name("golden.json")
SEEDS = range(8)
SIZE = 40, 52  # height and width of a scene, pixels
SOFT = "soft_mask"  # the key under which a batch holds soft masks
CLASSES, PALETTE = ("background", "card", "photo", "text", "stamp"), ((0, 0, 0), (58, 124, 196), (240, 148, 52), (246, 214, 84), (214, 62, 110))

def upside_down(arrays: dict, seed: int) -> dict:
    "A function of others: every second seed turns all arrays upside down."
    return {name: array[::-1] if seed % 2 else array for name, array in arrays.items()}


# Operations that only move pixels, or fill them.
EXACT = [
    t.FromNumpy(upside_down),
    t.RandomFlip(0.5, 0.5), t.RandomFlip(1.0), t.RandomRotate90(), t.RandomRotate90((1, 3)), t.RandomShift(9, 14, 0.8),
    t.RandomShift(60, 80, 1.0), t.RandomCrop((17, 23)), t.RandomCrop((64, 20)), t.CropOrPad((20, 60)), t.CropOrPad((33, 31)),
    t.PadToSize((50, 60)), t.RandomShiftCrop((24, 32), 20, 0.7), t.RandomClassCrop((20, 24), (2, 4), 0.3, 2),
    t.CutOut(3), t.CutOut(4, (0.1, 0.5), mask_fill=255), t.RandomApply(t.RandomRotate90(), 0.6),
    t.OneOf((t.RandomFlip(1.0), t.RandomRotate90((2,)), t.RandomCrop((10, 12)))),
    t.SomeOf((t.RandomFlip(1.0), t.RandomRotate90((2,)), t.RandomShift(5, 5, 1.0)), 2),
    t.Compose((t.RandomRotate90(), t.RandomCrop((21, 30)), t.RandomFlip(0.5, 0.5), t.RandomShift(4, 4, 1.0), t.PadToSize((40, 40)))),
    t.Compose((t.RandomShift(9, 9, 1.0), t.RandomFlip()), mask_fill=5),
]
# Operations that calculate pixels in floats.
FLOAT = [
    t.Resize((24, 60)), t.Resize((24, 60), "bicubic"), t.Resize((20, 30), "area"), t.Normalize(), t.ColorJitter(0.3, 0.3, 0.5, 20.0),
    t.RandomGamma(), t.ToGray(0.5), t.GaussianBlur(), t.MotionBlur(), t.GaussianNoise(probability=0.6), t.JpegArtifacts(),
    t.RandomShadow(), t.LightGradient(), t.RandomRotation((-90, 90)), t.RandomRotation((-90, 90), interpolation="bicubic"),
    t.RandomShear((-20, 20), (-10, 10), 0.7), t.RandomScale((0.6, 1.7)), t.RandomScale((0.4, 0.8), interpolation="area"),
    t.RandomAffine(probability=0.8), t.RandomPerspective(0.2), t.ElasticTransform(3.0, 4), t.GridDistortion(0.6, 3),
    t.BandJitter(), t.BandDrop(1), t.OnBands((0, 2), t.RandomGamma()), t.RandAugment(1, 0.7), t.RandomApply(t.RandomGamma(), 0.5), t.OneOf((t.Resize((9, 9)), t.RandomFlip(1.0))),
    t.SomeOf((t.RandomFlip(1.0), t.GaussianNoise(), t.Resize((20, 20))), 1),
    t.Compose((t.RandomCrop((30, 30)), t.RandomPerspective(), t.RandomShift(3, 3, 1.0), t.CropOrPad((33, 33)), t.ElasticTransform(2.0))),
    t.Compose((t.RandomRotation(), t.RandomCrop((20, 20)), t.ColorJitter(), t.CutOut(mask_fill=255))),
]
# Operations that mix the members of a batch.
BATCHES = [t.CutMix(), t.CutMix((0.2, 0.3), 1.0), t.Mosaic(), t.Mosaic((0.4, 0.6), 1.0), t.MixUp(5), t.MixUp(5, 0.2)]
PRESETS = {"document": t.document, "natural": t.natural, "aerial_or_cells": t.aerial_or_cells, "origin": t.origin}


def scene(number: int, size=SIZE) -> dict:
    "An image with slopes and edges, and a mask of five labels, in whole numbers alone."
    y, x = np.mgrid[:size[0], :size[1]]
    ids = (y // 9 * 3 + x // 11 * 2 + (y - 20) ** 2 // 90 + number) % 5
    image = np.stack([40 * ids + y + x // 2, 220 - 30 * ids - y + 3 * number, (x * 4 + y * 3 + 60 * number) % 256], -1)
    return {"image": image.astype(np.uint8), "mask": ids[..., None].astype(np.uint8), "name": f"card-{number:04d}"}


# What stands in the golden file.


def digest(data: bytes) -> str: return hashlib.sha256(data).hexdigest()[:16]


def exact(pixels) -> str:
    "Shape, type and a hash."
    pixels = np.asarray(pixels)
    return f"{'x'.join(map(str, pixels.shape))} {pixels.dtype} {digest(pixels.tobytes())}"


def blocks(pixels) -> str:
    "As `exact`, and the mean of each of 4 x 4 blocks, in which channels do not weigh alike."
    pixels, digits = np.asarray(pixels), 2 if np.asarray(pixels).dtype == np.uint8 else 4
    weights = np.arange(1, pixels.shape[-1] + 1)
    parts = [part for rows in np.array_split(pixels.astype(float), 4, -3) for part in np.array_split(rows, 4, -2)]
    means = ((part * weights / weights.mean()).mean() for part in parts)
    return f"{exact(pixels)} ~ {' '.join(f'{mean:.{digits}f}' for mean in means)}"


def differences(wanted, got, path="") -> list[str]:
    "The keys whose values differ, with both values."
    if isinstance(wanted, dict) and isinstance(got, dict):
        both = list(dict.fromkeys([*wanted, *got]))
        return [line for key in both for line in differences(wanted.get(key), got.get(key), f"{path} / {key}" if path else key)]
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        return [line for n, pair in enumerate(zip(wanted, got)) for line in differences(*pair, f"{path} / {n}")]
    return [] if wanted == got or alike(wanted, got) else [f"{path}: wanted {json.dumps(wanted)}, got {json.dumps(got)}"]


def alike(wanted, got) -> bool:
    "Whether block means of the same shape and type differ by no more than floats do on another processor."
    if os.environ.get("TFRSEG_EXACT") or not all(isinstance(text, str) and " ~ " in text for text in (wanted, got)): return False
    (head, numbers), (other_head, other_numbers) = (text.split(" ~ ") for text in (wanted, got))
    tolerance = 0.05 if "uint8" in head else 0.002
    return head.split()[:2] == other_head.split()[:2] and np.allclose(*(np.array(some.split(), float) for some in (numbers, other_numbers)), rtol=0, atol=tolerance)


# Pixels.


def operations() -> dict:
    "By name of the class or the preset: each operation, and how its images are held."
    found = {}
    for show, some in ((exact, EXACT), (blocks, FLOAT), (None, BATCHES)):
        for op in some: found.setdefault(type(op).__name__, []).append((op, show))
    return found | {name: [(preset((32, 40)), exact if name == "origin" else blocks)] for name, preset in PRESETS.items()}


def batch(dtype=np.uint8) -> dict:
    "Three scenes; wide masks hold an id beyond 255."
    scenes = [scene(n) for n in range(3)]
    masks = np.stack([s["mask"] for s in scenes]).astype(dtype)
    return {"image": np.stack([s["image"] for s in scenes]), "mask": np.where(masks == 3, 300, masks).astype(dtype) if dtype == np.uint16 else masks}


def held(out, show) -> dict: return {"image": show(out["image"]), "mask": exact(out["mask"])}


def single_and_batch(op, show) -> dict:
    "A sample with each seed, and a batch of masks of 16 bits with another ignore label."
    singles = {role: [] for role in ("image", "mask")}
    for sample in (held(op(scene(seed % 3), seed), show) for seed in SEEDS):
        for role in singles: singles[role].append(sample[role])
    if isinstance(op, t.RandAugment): return singles  # its batches take 5 s; test_laws.py holds them against single samples
    try: together = held(t.augment_batch(op, batch(np.uint16), 3, ignore_label=77), show)
    except ValueError: together = {"image": "members differ in size", "mask": "members differ in size"}
    return singles | {f"batch {role}": text for role, text in together.items()}


def mixed(op) -> dict:
    "A batch with each seed; what is blended is held by block means."
    outs = [op(batch(), seed) for seed in SEEDS]
    kinds = {"image": blocks if SOFT in outs[0] else exact, "mask": exact, SOFT: blocks}
    return {role: [kinds[role](out[role]) for out in outs] for role in kinds if role in outs[0]}


def pixels_of(name: str) -> list: return [single_and_batch(op, show) if show else mixed(op) for op, show in operations()[name]]


def trained() -> dict:
    "`apply_aug_train` on three raw records of several sizes."
    scenes = [scene(n, size) for n, size in enumerate(((40, 52), (30, 36), (61, 45)))]
    raw = {"image/image_raw": [s["image"].tobytes() for s in scenes], "image/segmentation_raw": [np.repeat(s["mask"], 3, 2).tobytes() for s in scenes],
           "image/height": [s["mask"].shape[0] for s in scenes], "image/width": [s["mask"].shape[1] for s in scenes]}
    args = SimpleNamespace(batch_size=3, target_height=32, target_width=40)
    outs = [t.apply_aug_train({key: tf.constant(value) for key, value in raw.items()}, args, seed) for seed in SEEDS]
    return {key: [exact(out[key]) for out in outs] for key in sorted(outs[0])}


# Bytes.


def write_scenes(folder: Path) -> Path:
    "Four scenes as PNG files, masks with a palette, the last with a strip to be ignored; img/ and seg/."
    for part in ("img", "seg"): (folder / part).mkdir(parents=True)
    for n in range(4):
        sample = scene(n, (SIZE[0] + n, SIZE[1]))
        if n == 3: sample["mask"][:5] = 255
        Image.fromarray(sample["image"]).save(folder / "img" / f"{sample['name']}.png")
        mask = Image.fromarray(sample["mask"][..., 0]).convert("P")
        mask.putpalette(bytes(np.array(PALETTE, np.uint8)).ljust(768, b"\xc8"))  # whole: a short one would make ids of 4 bits
        mask.save(folder / "seg" / f"{sample['name']}.png")
    return folder


def picture(data: bytes) -> str:
    "Mode, palette and pixels of a PNG or JPEG file."
    image = Image.open(io.BytesIO(data))
    colors = f" palette {digest(bytes(image.getpalette()[:15]))}" if image.mode == "P" else ""
    return f"{image.format} {image.mode}{colors} {exact(image)}"


def is_picture(data: bytes) -> bool: return data[:4] == b"\x89PNG" or data[:3] == b"\xff\xd8\xff"


def features(record: bytes, files: dict) -> dict:
    "The features of a record whose pictures are compressed; `files` are the images it was made of, name by bytes."
    found = {key: list(f.bytes_list.value) or list(f.int64_list.value) for key, f in tf.train.Example.FromString(record).features.feature.items()}
    data = found["image/encoded"][0]

    def said(value):
        if isinstance(value, int): return str(value)
        if value in files: return f"the file {files[value]}"
        if value == hashlib.sha256(data).hexdigest().encode(): return "sha256 of image/encoded"
        return picture(value) if is_picture(value) else value.decode()

    return {key: ", ".join(map(said, values)) for key, values in sorted(found.items())}


def index_head(data: bytes) -> dict:
    "What an index says at its beginning, without what depends on compressed bytes."
    text, at = data[:4096], data.index(b"{")
    head = json.JSONDecoder().raw_decode(text[at:].decode(errors="replace"))[0]
    return {"magic": text[:8].hex()} | {key: json.dumps(value) for key, value in head.items() if key not in ("size", "sha256", "checksums")}


def dataset(folder: Path, files=None) -> dict:
    "Every file of a data set: byte for byte where its records are raw, else without compressed bytes."
    info = json.loads((folder / "dataset_info.json").read_text())
    compressed = info["schema"] == "tfvision"
    found = {}
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        if not compressed: found[path.name] = digest(data)
        elif path.suffix == ".index": found[path.name] = index_head(data)
        elif path.name == "dataset_info.json": found[path.name] = digest(re.sub(rb'"(bytes|sha256)": [^,]*,', b"", data))
        else: found[path.name] = [features(r.numpy(), files or {}) for r in tf.data.TFRecordDataset(str(path))]
    return found


def exported(folder: Path, files: dict) -> dict:
    "Every file of a folder: pictures by their pixels, or the file they were, text by its bytes."
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        said = f"the file {files[data]}" if data in files else picture(data) if is_picture(data) else f"{len(data)} bytes {digest(data)}"
        found[path.relative_to(folder).as_posix()] = said
    return found


def written(folder: Path) -> dict:
    "What every way to write leaves on disk."
    scenes, found = write_scenes(folder / "cards"), {}
    files = {p.read_bytes(): p.name for p in sorted((scenes / "img").iterdir())}
    source = t.folder_source(scenes / "img", scenes / "seg", class_names=CLASSES, show_progress=False)
    for schema in (t.RAW, t.RAW_IDS, t.TFVISION):
        plan = t.plan_shards(t.split_source(source, train=0.75, val=0.25), folder / schema.name, schema=schema, records_per_shard=2)
        t.write_shards(plan, show_progress=False)
        found[f"write_shards {schema.name}"] = dataset(folder / schema.name, files)
    found["write_shards of JPEG"] = of_jpeg(folder, scenes)
    old = t.write_tfrecords(7, folder, scenes / "img", scenes / "seg", [f"card-{n:04d}.png" for n in (3, 1, 2)])
    found["write_tfrecords"] = {old.relative_to(folder).as_posix(): digest(old.read_bytes())}
    ways = (("raw_ids", t.TFVISION, {}), ("tfvision", t.RAW_IDS, {}), ("raw", t.RAW_IDS, {"palette": PALETTE, "class_names": CLASSES, "unknown": "nearest"}))
    for before, schema, options in ways:
        t.convert_shards(folder / before, folder / f"{before}-new", schema=schema, show_progress=False, **options)
        found[f"convert_shards {before} to {schema.name}"] = dataset(folder / f"{before}-new", files)
    for layout in ("folder", "voc", "cityscapes", "coco"):
        t.export_shards(folder / "tfvision", folder / layout, layout, show_progress=False)
        found[f"export_shards {layout}"] = exported(folder / layout, files)
    export_tfds(folder / "tfvision", folder / "tfds")
    found["export_tfds"] = {p.name: digest(re.sub(rb'"numBytes": "\d+"', b"", p.read_bytes()))
                            for p in sorted((folder / "tfds").iterdir()) if p.suffix in (".json", ".txt")}
    return found


def of_jpeg(folder: Path, scenes: Path) -> dict:
    "A data set of one JPEG file, which is kept as it is."
    for part in ("img", "seg"): (folder / "jpeg" / part).mkdir(parents=True)
    file = folder / "jpeg" / "img" / "card-0001.jpg"
    Image.open(scenes / "img" / "card-0001.png").save(file, quality=90)
    (folder / "jpeg" / "seg" / "card-0001.png").write_bytes((scenes / "seg" / "card-0001.png").read_bytes())
    source = t.folder_source(file.parent, folder / "jpeg" / "seg", class_names=CLASSES, show_progress=False)
    t.write_shards(t.plan_shards(source, folder / "jpeg-out"), show_progress=False)
    return dataset(folder / "jpeg-out", {file.read_bytes(): file.name})


# Names.


def command_line() -> dict:
    "By verb: its options and arguments with what argparse knows of them, words of help apart."
    from tfrseg.cli import make_parser

    def said(action):
        facts = {"nargs": action.nargs, "default": action.default, "type": action.type, "choices": action.choices}
        shown = {key: getattr(value, "__name__", value) for key, value in facts.items() if value is not None and value is not False}
        return " ".join([*action.option_strings, *(f"{key}={value}" for key, value in shown.items()), *["required"] * bool(action.option_strings and action.required)])

    def verbs(layout):
        actions = make_parser(layout)._actions
        subparsers, = (a for a in actions if isinstance(a.choices, dict))
        top = [said(a) for a in actions if a.option_strings and a.dest != "help"]
        parsers = {name: [a for a in parser._actions if a.dest != "help"] for name, parser in subparsers.choices.items()}
        options = {name: sorted(said(a) for a in some if a.option_strings) for name, some in parsers.items()}
        arguments = {name: [said(a) or "one" for a in some if not a.option_strings] for name, some in parsers.items()}
        return {"tfrseg": top} | {name: arguments[name] + options[name] for name in parsers}

    of_folders, of_layouts = verbs("folder"), verbs("voc")
    return of_folders | {"write --layout": [line for line in of_layouts["write"] if line == "one" or line not in of_folders["write"]]}


def exit_codes(folder: Path) -> dict:
    "Statuses of calls that do their work, that meet bad data, and that are wrong."
    from tfrseg.cli import main

    write_scenes(folder / "cards")
    write = f"write {folder}/cards/img {folder}/cards/seg {folder}/out --classes {' '.join(CLASSES)} --records-per-shard 2"
    lines = {
        "write": write, "info": f"info {folder}/out", "check": f"check {folder}/out", "check --deep --json": f"check {folder}/out --deep --json",
        "export": f"export {folder}/out {folder}/back", "convert": f"convert {folder}/out {folder}/raw --schema raw_ids", "--version": "--version", "write --help": "write --help",
        "write over other data": write.replace("--records-per-shard 2", "--records-per-shard 3"), "info of nothing": f"info {folder}/nothing", "info of an unknown split": f"info {folder}/out --split nowhere",
        "export into a full folder": f"export {folder}/raw {folder}/cards",
        "no verb": "", "unknown verb": "paint", "unknown option": f"info {folder}/out --colour", "write without out": "write img seg",
        "unknown schema": f"convert {folder}/out {folder}/other --schema png", "unknown preset": f"show {folder}/out -o {folder}/all.png --augment=nature:32",
        "shares that are none": f"{write} --split train=2 --overwrite", "show nowhere": f"show {folder}/out",
    }
    found = {name: exit_code(main, line) for name, line in lines.items()}
    shard = sorted((folder / "out").glob("*.tfrecord"))[0]
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    for name, line in {"check of a damaged shard": f"check {folder}/out", "repair": f"repair {folder}/out {folder}/mended", "check of the repaired": f"check {folder}/mended"}.items():
        found[name] = exit_code(main, line)
    return found


def exit_code(main, line: str) -> int:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        try: return main(line.split())
        except SystemExit as e: return e.code


def parameters(function) -> str:
    "Names and defaults in order, without types."
    return ", ".join(p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in inspect.signature(function).parameters.values())


def schemas() -> dict:
    "Role, key and kind of every feature, and what must be there."
    line = lambda f: f"{f.role} {f.key} {f.kind.__name__}{' required' * bool(f.required)}"
    tables = {schema.name: [f"{schema.pixels}, {schema.mask_channels} mask channels", *map(line, schema.features)] for schema in SCHEMAS.values()}
    tiled = t.TFVISION.tiled().features
    return tables | {"tiles": [line(f) for f in tiled[len(t.TFVISION.features):]]}


def named(folder: Path) -> dict:
    functions = (t.write_tfrecords, t.read_tfrecord, t.apply_aug_train)
    return {"command line": command_line(), "exit codes": exit_codes(folder), "functions": {f.__name__: parameters(f) for f in functions}, "schemas": schemas()}


# Tests.


@pytest.fixture(scope="module")
def golden() -> dict: return json.loads(GOLDEN.read_text())


def check(wanted, got, path):
    found = differences(wanted, got, path)
    assert not found, "\n".join([f"{len(found)} differences from {GOLDEN.name}:", *found[:20]])


def kinds(kind) -> set:
    "Names of all classes of tfrseg that are operations and can be made."
    found = {kind.__name__} if is_dataclass(kind) and kind.__module__.startswith("tfrseg") else set()
    return found.union(*map(kinds, kind.__subclasses__()))


def test_every_operation_is_held(golden):
    "A new operation needs an instance here, and its lines in the golden file."
    assert kinds(t.Operation) | kinds(BatchOperation) | set(PRESETS) == set(operations()) == set(golden["pixels"]) - {"apply_aug_train"}


@pytest.mark.parametrize("name", operations())
def test_pixels(golden, name): check(golden["pixels"][name], pixels_of(name), f"pixels / {name}")


def test_pixels_of_apply_aug_train(golden): check(golden["pixels"]["apply_aug_train"], trained(), "pixels / apply_aug_train")


def test_bytes(golden, tmp_path): check(golden["bytes"], written(tmp_path), "bytes")


def test_names(golden, tmp_path): check(golden["names"], named(tmp_path), "names")


def test_a_difference_is_named(monkeypatch):
    "Hashes are compared as they are, block means within their tolerance, and only among those of one shape."
    monkeypatch.delenv("TFRSEG_EXACT", raising=False)
    wanted = {"a": ["1x1 uint8 12ab ~ 1.00 2.00", "x"], "b": {"c": 1}}
    near, far = ({"a": [f"1x1 uint8 34cd ~ {mean} 2.00", text], **rest} for mean, text, rest in (("1.04", "x", {"b": {"c": 1}}), ("1.06", "y", {"b": {}, "d": 2})))
    assert not differences(wanted, near)
    assert [line.split(":")[0] for line in differences(wanted, far)] == ["a / 0", "a / 1", "b / c", "d"]
    assert differences("1x1 uint8 12ab ~ 1.00", "1x2 uint8 12ab ~ 1.00") and differences("1x1 float32 12ab ~ 1.00", "1x1 float32 34cd ~ 1.04")
    monkeypatch.setenv("TFRSEG_EXACT", "1")
    assert differences(wanted, near) and not differences(wanted, wanted)


def make() -> dict:
    "Everything, as the golden file holds it."
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        pixels = {name: pixels_of(name) for name in operations()} | {"apply_aug_train": trained()}
        return {"pixels": pixels, "bytes": written(Path(first)), "names": named(Path(second))}


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(make(), indent=1, sort_keys=True) + "\n")
    print(f"{GOLDEN}: written. Look at its diff.")
