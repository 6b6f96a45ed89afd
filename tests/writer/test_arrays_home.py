"""Arrays of any kind go out as files or as tensors of TensorFlow Datasets, and come home bit by bit; what a layout cannot hold is refused by name."""
import json

import numpy as np
import pytest
from crossing import crossed
from PIL import Image

from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.sources.arrays import array_source
from tfrseg.sources.detect import open_layout
from tfrseg.sources.exported import EXPORT_NAME, FACTS_NAME
from tfrseg.sources.medical import nnunet_source
from tfrseg.sources.patterns import pattern_source
from tfrseg.storage.dataset import load_info
from tfrseg.storage.schema import RAW_IDS, TFVISION
from tfrseg.storage.shards import open_shards
from tfrseg.storage.target import Target
from tfrseg.writer import export_files
from tfrseg.writer.convert import convert_shards
from tfrseg.writer.export import export_shards, export_tfds
from tfrseg.writer.export_files import npy_line
from tfrseg.writer.write import plan_shards, write_shards

QUIET = {"show_progress": False}
SIZES = {"train": ((19, 21), (8, 13)), "val": ((19, 21),)}
OTHERS = {"depth": Target("depth", "field", nodata=-1), "masks": "field", "objects": "ids", "classes": "ids"}
FACTS = ("patient", "hour", "temperature")


def pixels(rng, dtype, *shape):
    if dtype == "float32": return rng.normal(size=shape).astype(dtype)
    info = np.iinfo(dtype)
    return rng.integers(max(info.min, -30000), min(info.max, 60000), shape, endpoint=True).astype(dtype)


def element(rng, name, size, image, mask, more):
    made = {"image": pixels(rng, *image[:1], *size, image[1]), "name": name}
    if mask in ("ids", "ids, ignored"): made["mask"] = rng.integers(0, 4, (*size, 1)).astype(np.uint8)
    if mask == "ids, ignored": made["mask"][0] = 255
    if mask == "16 bits": made["mask"] = rng.integers(0, 300, (*size, 1)).astype(np.uint16)
    if mask == "bits": made["mask"] = rng.integers(0, 2, (*size, 3)).astype(np.uint8)
    if mask == "9 bits": made["mask"] = rng.integers(0, 2, (*size, 9)).astype(np.uint8)
    if more:
        depth = pixels(rng, "float32", *size, 1)
        depth[:2] = -1
        made |= {"depth": depth, "masks": pixels(rng, "uint16", *size, 1), "classes": pixels(rng, "uint16", *size, 1),
                 "objects": rng.integers(0, 99999, (*size, 1)).astype(np.int32), "patient": f'"{name}", \u00e9;\r\n ', "hour": len(name) - 2**40, "temperature": 0.1 * size[0]}
    return made


def make(out, image=("uint16", 5), mask="ids", more=False, schema=RAW_IDS, bands=False):
    "A data set of ours with arrays of these kinds."
    rng, sources, count = np.random.default_rng(5), {}, {"16 bits": 300, "bits": 3, "9 bits": 9}.get(mask, 4)
    for split, sizes in SIZES.items():
        elements = [element(rng, f"d/{split}{n}", size, image, mask, more) for n, size in enumerate(sizes)]
        how = dict(mask=None) if mask == "none" else dict(class_names=[f"class {k}" for k in range(count)], overlap="bits" in mask and mask != "16 bits")
        how |= dict(others=OTHERS, facts=FACTS) if more else {}
        sources[split] = array_source(elements, name="name", pixels="kept", **how, **QUIET)
        if bands: sources[split] = sources[split].with_target("image", bands=tuple(f"B{k} & <x>" for k in range(image[1])), nodata=7, limits=(0, 900), shown=(0,))
    return write_shards(plan_shards(sources, out, schema=schema), **QUIET)


def same(one, other):
    "Every array, every fact, the table, the classes and the splits."
    one, other = open_shards(one), open_shards(other)
    assert one.targets == other.targets
    assert [(s, one.info.records(s)) for s in one.info.splits] == [(s, other.info.records(s)) for s in other.info.splits]
    assert one.info.labels == other.info.labels
    for first, second in zip(one, other, strict=True):
        assert first.keys() == second.keys()
        for name in first:
            first_value, second_value = np.asarray(first[name]), np.asarray(second[name])
            assert first_value.dtype == second_value.dtype and np.array_equal(first_value, second_value), name


def there_and_back(first, layout, home, schema, *flags):
    out = home.with_name("out")
    assert main(["export", str(first), str(out), "--layout", layout, *flags]) == 0
    if layout == "tfds": convert_shards(out, home, schema=schema, **QUIET)
    else: write_shards(plan_shards(open_layout(out, **QUIET), home, schema=schema), **QUIET)
    same(first, home)
    return out


IMAGES = {"16 bits x 5": ("uint16", 5), "16 bits, grey": ("uint16", 1), "16 bits x 2": ("uint16", 2), "8 bits x 4": ("uint8", 4), "8 bits, grey": ("uint8", 1), "RGB": ("uint8", 3), "int16": ("int16", 1),
          "int32 x 2": ("int32", 2), "float32 x 3": ("float32", 3)}
MASKS = ("ids", "ids, ignored", "16 bits", "bits", "9 bits", "none")


@pytest.mark.parametrize("image, way", crossed(IMAGES, [("folder", ()), ("folder", ("--files", "npy")), ("folder", ("--files", "tiff")), ("nnunet", ()), ("tfds", ())]))
def test_images_of_any_kind_come_home(tmp_path, image, way):
    layout, flags = way
    schema = TFVISION if len(image) % 2 else RAW_IDS
    make(tmp_path / "first", IMAGES[image], "bits", schema=schema)
    there_and_back(tmp_path / "first", layout, tmp_path / "home", schema, *flags)


@pytest.mark.parametrize("mask, layout, schema", crossed(MASKS, ("folder", "nnunet", "tfds"), (RAW_IDS, TFVISION)))
def test_masks_of_any_kind_come_home(tmp_path, mask, layout, schema):
    make(tmp_path / "first", mask=mask, schema=schema, bands=True)
    there_and_back(tmp_path / "first", layout, tmp_path / "home", schema)


@pytest.mark.parametrize("image, way, schema", crossed(("RGB", "float32 x 3"), [("folder", ()), ("folder", ("--files", "npy")), ("tfds", ())], (RAW_IDS, TFVISION)))
def test_further_arrays_and_facts_come_home(tmp_path, image, way, schema):
    layout, flags = way
    make(tmp_path / "first", IMAGES[image], more=True, schema=schema)
    there_and_back(tmp_path / "first", layout, tmp_path / "home", schema, *flags)


@pytest.mark.parametrize("layout", ("folder", "nnunet", "tfds"))
def test_pixels_of_which_nothing_is_known_come_home(tmp_path, layout):
    from tfrseg.core import LazyArray, Pair
    from tfrseg.sources.found_targets import bit_labels
    from tfrseg.sources.source import build_source

    class Held(LazyArray):
        def __init__(self, array): self.array, self.path = array, "held"
        def load(self): return self.array
        def __repr__(self): return f"Held({self.array.tobytes().hex()})"

    bits = np.random.default_rng(2).integers(0, 8, (9, 11, 1)).astype(np.uint8)
    bits[:3] = 128
    pair = Pair("a", Held(pixels(np.random.default_rng(1), "uint16", 9, 11, 2)), Held(bits))
    source = build_source([pair], bit_labels(("x", "y", "z")), "here", **QUIET)
    write_shards(plan_shards(source, tmp_path / "first"), **QUIET)
    out = there_and_back(tmp_path / "first", layout, tmp_path / "home", RAW_IDS)
    assert layout != "folder" or (out / "unknown" / "a.png").is_file()


@pytest.mark.parametrize("mask, begin, end", crossed(("ids", "bits"), (RAW_IDS, TFVISION), (RAW_IDS, TFVISION)))
def test_another_schema_keeps_table_statistics_and_facts(tmp_path, mask, begin, end):
    "The records are, byte for byte, those that would have been written from the files."
    info = make(tmp_path / "a", mask=mask, more=True, schema=begin, bands=True)
    made, wanted = convert_shards(tmp_path / "a", tmp_path / "b", schema=end, **QUIET), make(tmp_path / "c", mask=mask, more=True, schema=end, bands=True)
    assert [s.sha256 for s in made.shards()] == [s.sha256 for s in wanted.shards()]
    assert made.targets == wanted.targets and made.stats == info.stats and info.stats["depth"].nodata > 0
    assert convert_shards(tmp_path / "a", tmp_path / "b", schema=end, resume=True, **QUIET) == load_info(tmp_path / "b")
    part = convert_shards(tmp_path / "a", tmp_path / "d", "val", schema=end, **QUIET)
    assert part.stats.keys() == info.stats.keys() and part.records() == 1


def test_a_compressed_image_becomes_plain_pixels(tmp_path):
    source = array_source([element(np.random.default_rng(0), "a", (9, 11), ("uint16", 5), "ids", False)], name="name", pixels="kept", **QUIET).with_target("image", encoding="zlib")
    write_shards(plan_shards(source, tmp_path / "a", schema=TFVISION), **QUIET)
    assert convert_shards(tmp_path / "a", tmp_path / "b", schema=RAW_IDS, **QUIET).targets[0].encoding == "raw"
    assert np.array_equal(open_shards(tmp_path / "a")[0]["image"], open_shards(tmp_path / "b")[0]["image"])


@pytest.mark.parametrize("layout", ("voc", "cityscapes", "coco"))
def test_layouts_of_rgb_refuse_other_pixels_by_name(tmp_path, layout):
    make(tmp_path / "a")
    with pytest.raises(DataError, match=f"layout {layout}: .*hold image uint16 x 5, mask ids uint8. Take --layout folder, nnunet or tfds"): export_shards(tmp_path / "a", tmp_path / "b", layout, **QUIET)
    assert not list(tmp_path.glob("b*"))


def test_what_nnunet_has_no_place_for(tmp_path):
    make(tmp_path / "a", more=True)
    with pytest.raises(DataError, match="layout nnunet: has no place for depth, masks, objects, classes, patient, hour, temperature. Take --layout folder or tfds"):
        export_shards(tmp_path / "a", tmp_path / "b", "nnunet", **QUIET)


@pytest.mark.parametrize("mask", ("ids", "ids, ignored", "bits"))
def test_the_reader_of_nnunet_reads_the_same_pixels(tmp_path, mask):
    "Without our note: a channel each, values by dataset.json."
    make(tmp_path / "a", mask=mask, bands=True)
    export_shards(tmp_path / "a", tmp_path / "b", "nnunet", **QUIET)
    (tmp_path / "b" / EXPORT_NAME).unlink()
    source = nnunet_source(tmp_path / "b", **QUIET)
    write_shards(plan_shards(source, tmp_path / "c", schema=RAW_IDS), **QUIET)
    found = {sample["name"].decode(): sample for sample in open_shards(tmp_path / "c")}
    for sample in open_shards(tmp_path / "a"):
        other = found[sample["name"].decode().replace("/", "__")]
        assert np.array_equal(sample["image"], other["image"]) and np.array_equal(sample["mask"], other["mask"])
    said = json.loads((tmp_path / "b" / "dataset.json").read_text())
    assert said["channel_names"] == {str(k): f"B{k} & <x>" for k in range(5)} and said["numTraining"] == 3 and said["file_ending"] == ".png"
    assert json.loads((tmp_path / "b" / "splits_final.json").read_text()) == [{"train": ["d__train0", "d__train1"], "val": ["d__val0"]}]


def test_a_file_a_class_is_read_by_its_pattern(tmp_path):
    make(tmp_path / "a", mask="bits")
    export_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    source = pattern_source(tmp_path / "b", image="images/d/{name}.tif", mask="masks/{class}/d/{name}.png", overlap=True, **QUIET)
    assert source.class_names == ("class 0", "class 1", "class 2")
    for pair, sample in zip(source.pairs, open_shards(tmp_path / "a"), strict=True):
        assert np.array_equal(pair.image.load(), sample["image"]) and np.array_equal(pair.mask.load(), sample["mask"])


def test_gdal_reads_names_of_bands_and_nodata(tmp_path):
    rasterio = pytest.importorskip("rasterio", reason="rasterio is not installed")
    make(tmp_path / "a", bands=True)
    export_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    with rasterio.open(tmp_path / "b" / "images" / "d" / "train0.tif") as file:
        assert file.descriptions == tuple(f"B{k} & <x>" for k in range(5)) and file.nodata == 7
        assert np.array_equal(np.moveaxis(file.read(), 0, -1), open_shards(tmp_path / "a")[0]["image"])


def test_without_tifffile_there_is_npy_and_a_line_says_so(tmp_path, monkeypatch, capsys):
    make(tmp_path / "a", more=True)
    monkeypatch.setattr(export_files, "find_spec", lambda name: None)
    there_and_back(tmp_path / "a", "folder", tmp_path / "home", RAW_IDS)
    assert "image, depth, objects: written as .npy, since tifffile is missing; pip install 'tfrseg[bands]' for TIFF" in capsys.readouterr().err
    assert not list((tmp_path / "out").rglob("*.tif")) and npy_line(open_shards(tmp_path / "a").targets, "npy") == ""
    with pytest.raises(ValueError, match="files='tiff' wants tifffile"): export_shards(tmp_path / "a", tmp_path / "c", files="tiff", **QUIET)


def test_files_that_cannot_hold_an_array_and_predictions(tmp_path):
    make(tmp_path / "a")
    with pytest.raises(ValueError, match="files='png': image is uint16 with 5 channels; PNG holds"): export_shards(tmp_path / "a", tmp_path / "b", files="png", **QUIET)
    with pytest.raises(ValueError, match="wanted one of png, tiff, npy"): export_shards(tmp_path / "a", tmp_path / "b", files="exr", **QUIET)
    with pytest.raises(ValueError, match="predict=: these records hold image uint16 x 5"): export_shards(tmp_path / "a", tmp_path / "b", predict=lambda x: x, **QUIET)
    assert main(["export", str(tmp_path / "a"), str(tmp_path / "b"), "--layout", "tfds", "--files", "npy"]) == 2


def test_classes_that_can_be_no_folder(tmp_path):
    rng = np.random.default_rng(0)
    for names in (("a/b", "c", "d"), ("..", "c", "d")):
        out = tmp_path / str(len(names[0]))
        source = array_source([element(rng, "a", (5, 6), ("uint16", 2), "bits", False)], name="name", pixels="kept", overlap=True, class_names=names, **QUIET)
        write_shards(plan_shards(source, out), **QUIET)
        with pytest.raises(DataError, match="the class name '.*' is no name of a folder"): export_shards(out, tmp_path / "out", **QUIET)


def test_what_went_missing_is_named(tmp_path):
    make(tmp_path / "a", mask="bits", more=True)
    export_shards(tmp_path / "a", tmp_path / "b", **QUIET)
    (tmp_path / "b" / "depth" / "d" / "train0.tif").unlink()
    (tmp_path / "b" / "masks" / "class 1" / "d" / "train1.png").unlink()
    with pytest.raises(DataError) as e: open_layout(tmp_path / "b", **QUIET)
    assert "no file of depth named 'd/train0'" in str(e.value) and "class 1/d/train1.png" in str(e.value)
    table = tmp_path / "b" / FACTS_NAME
    table.write_text(table.read_text().replace("temperature", "other"))
    with pytest.raises(DataError, match="not a table of facts"): open_layout(tmp_path / "b", **QUIET)


# --- TensorFlow Datasets itself ---

@pytest.mark.parametrize("image, schema", crossed(("16 bits x 2", "8 bits x 4", "float32 x 3", "RGB"), (RAW_IDS, TFVISION)))
def test_tensorflow_datasets_reads_every_array(tmp_path, image, schema):
    tfds = pytest.importorskip("tensorflow_datasets", reason="tensorflow-datasets is not installed")
    make(tmp_path / "a", IMAGES[image], "ids" if image == "RGB" else "bits", more=True, schema=schema)
    export_tfds(tmp_path / "a", tmp_path / "b")
    end = "raw" if schema is RAW_IDS else "encoded"
    builder = tfds.builder_from_directory(str(tmp_path / "b"))
    for split in ("train", "val"):
        read = tfds.as_numpy(builder.as_dataset(split, shuffle_files=False, read_config=tfds.ReadConfig(interleave_cycle_length=1)))
        for sample, example in zip(open_shards(tmp_path / "a", split), read, strict=True):
            theirs = {"image": example["image"]["image_raw" if schema is RAW_IDS else "encoded"], "mask": example["image"]["segmentation"]["class"][end]}
            theirs |= {name: example["image"][name][end] for name in OTHERS} | {name: example["image"][name] for name in FACTS}
            for name, array in theirs.items():
                wanted = np.asarray(sample[name])
                assert np.asarray(array).dtype == wanted.dtype and np.array_equal(array, wanted), name


def test_we_read_every_array_of_tensorflow_datasets(tmp_path):
    tfds = pytest.importorskip("tensorflow_datasets", reason="tensorflow-datasets is not installed")
    f, rng = tfds.features, np.random.default_rng(0)
    data = [{"image": pixels(rng, "uint16", 7 + n, 9, 3), "segmentation_mask": pixels(rng, "uint8", 7 + n, 9, 1) % 4, "depth": pixels(rng, "float32", 7 + n, 9, 1), "relief": pixels(rng, "float32", 7 + n, 9, 1),
             "cube": pixels(rng, "uint16", 7 + n, 9, 5), "file_name": f"a{n}.png"} for n in range(3)]

    class Arrays(tfds.core.GeneratorBasedBuilder):
        "Noise."
        VERSION, MODULE_NAME = tfds.core.Version("1.0.0"), "arrays"

        def _info(self):
            features = {"image": f.Image(shape=(None, None, 3), dtype=np.uint16), "segmentation_mask": f.LabeledImage(labels=4, shape=(None, None, 1)),
                        "depth": f.Tensor(shape=(None, None, 1), dtype=np.float32, encoding="zlib"), "relief": f.Image(shape=(None, None, 1), dtype=np.float32),
                        "cube": f.Tensor(shape=(None, 9, 5), dtype=np.uint16, encoding="bytes"), "file_name": f.Text()}
            return tfds.core.DatasetInfo(builder=self, features=f.FeaturesDict(features))

        def _split_generators(self, _): return {"train": self._generate_examples()}

        def _generate_examples(self): yield from enumerate(data)

    builder = Arrays(data_dir=str(tmp_path / "tfds"))
    builder.download_and_prepare()
    keys = {name: name for name in ("depth", "relief", "cube")}
    convert_shards(builder.data_dir, tmp_path / "a", pixels="kept", features=keys, **QUIET)
    convert_shards(builder.data_dir, tmp_path / "b", features={"image": "cube", "mask": "segmentation_mask", "name": "file_name"}, **QUIET)
    by_name = {one["file_name"].removesuffix(".png"): one for one in data}
    for sample, cube in zip(open_shards(tmp_path / "a"), open_shards(tmp_path / "b"), strict=True):
        one = by_name[sample["name"].decode()]
        for name in ("image", *keys): assert sample[name].dtype == one[name].dtype and np.array_equal(sample[name], one[name]), name
        assert np.array_equal(sample["mask"], one["segmentation_mask"]) and np.array_equal(cube["image"], by_name[cube["name"].decode()]["cube"])


def test_the_ignore_value_of_nnunet_is_above_classes_that_do_not_occur(tmp_path):
    mask = np.array([[0, 1], [255, 1]], np.uint8)[..., None]
    source = array_source([{"image": np.zeros((2, 2, 3), np.uint8), "mask": mask}], class_names=("a", "b", "c", "nowhere"), ignore_label=255, **QUIET)
    write_shards(plan_shards(source, tmp_path / "s"), **QUIET)
    export_shards(tmp_path / "s", tmp_path / "n", "nnunet", **QUIET)
    assert json.loads((tmp_path / "n" / "dataset.json").read_text())["labels"]["ignore"] == 4
    file, = (tmp_path / "n" / "labelsTr").iterdir()
    assert np.asarray(Image.open(file)).tolist() == [[0, 1], [4, 1]]
