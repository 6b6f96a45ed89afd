"""A data set in a bucket: the same source, in the same order, as from a copy on a disk."""
import sys
from collections import Counter

import nibabel
import numpy as np
import pytest
import test_deep_pixels
import test_file_layouts
import test_layouts
from buckets import copied, in_memory, outcome  # noqa: F401
from scenes import CARDS, coco_data, save, save_text, write_images

from tfrseg.bucket_path import listed_once
from tfrseg.cards import CARD_CLASSES
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.sources.classes import merge_classes
from tfrseg.sources.coco import coco_source, panoptic_source
from tfrseg.sources.detect import LAYOUTS, detect_layouts, open_layout
from tfrseg.sources.layouts import list_source
from tfrseg.sources.patterns import pattern_source
from tfrseg.sources.source import folder_source
from tfrseg.sources.splits import split_source
from tfrseg.sources.tiles import tile_source
from tfrseg.storage.array_files import open_array
from tfrseg.storage.files import as_path, file_stat, list_folder
from tfrseg.storage.volumes import volume_slices
from tfrseg.writer.convert import convert_shards
from tfrseg.writer.export import export_shards
from tfrseg.writer.write import plan_shards, write_shards


def build_nnunet(root): test_deep_pixels.nnunet(root, {"background": 0, "whole": [1, 2], "core": [2]}, parts=("Tr", "Ts"))


def build_decathlon(root):
    volume = np.arange(8 * 6 * 4 * 2, dtype=np.float32).reshape(8, 6, 4, 2)
    test_deep_pixels.save_file(root / "imagesTr/b_1.nii.gz", volume)
    test_deep_pixels.save_file(root / "labelsTr/b_1.nii.gz", (volume[..., 0] > 99).astype(np.uint8))
    row = {"image": "./imagesTr/b_1.nii.gz", "label": "./labelsTr/b_1.nii.gz"}
    save_text(root / "dataset.json", {"modality": {"0": "FLAIR", "1": "T1w"}, "training": [row],
                                      "labels": {"0": "background", "1": "tumour"}})


SCENES = test_layouts.ALL | test_file_layouts.ALL | {
    "nnunet": build_nnunet, "decathlon": build_decathlon, "cloud38": test_deep_pixels.cloud}
LAYOUT_OF = {"cvat masks": "voc", "coco rle": "coco", "panoptic": "coco_panoptic", "page": "pages", "alto": "pages"}


def layout_of(name): return LAYOUT_OF.get(name, name.split()[0])


def test_a_scene_for_each_layout(): assert {*map(layout_of, SCENES)} == {*LAYOUTS}


def files_of(folder): return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}


def options_of(name):
    return {"ade20k": {"class_names": CARD_CLASSES[1:], "reduce_zero_label": True}, "kaggle_rle joined": {"order": "rows"}
            }.get(name, {"levels": ("region", "line", "word")} if layout_of(name) == "pages" else {})


@pytest.mark.parametrize("name", SCENES)
def test_a_layout_is_the_same(name, tmp_path, in_memory):  # noqa: F811
    "Found, read and written: the bytes of the shards are those of a copy on a disk."
    SCENES[name](tmp_path / "in")
    there = in_memory(tmp_path / "in")

    def read(root):
        path = root / "all.txt" if name == "list" else root
        return open_layout(str(path), **options_of(name), show_progress=False)

    assert outcome(read, there) == outcome(read, tmp_path / "in")
    assert detect_layouts(str(there)) == detect_layouts(tmp_path / "in")
    written = {}
    for place, root in (("here", tmp_path / "in"), ("there", there)):
        write_shards(plan_shards(read(root), tmp_path / place, records_per_shard=2), show_progress=False)
        written[place] = files_of(tmp_path / place)
    assert {n: d for n, d in written["here"].items() if n.endswith(".tfrecord")} == {
        n: d for n, d in written["there"].items() if n.endswith(".tfrecord")} and len(written["here"]) > 1


ODD = ("a b/1", "a-b/1", "a/1", "a/10", "a/2", "A/1", "ä/1", "a#b?c%20d/1", "[x]/*", ".hidden/1", "lost+found/1")


def test_odd_names_have_the_order_of_a_disk(tmp_path, in_memory):  # noqa: F811
    for name in ODD:
        save(CARDS[0]["image"], tmp_path / "in" / f"img/{name}.png")
        save(CARDS[0]["mask"], tmp_path / "in" / f"seg/{name}.png")
    there = in_memory(tmp_path / "in")
    read = lambda root: folder_source(root / "img", f"{root}/seg", show_progress=False)
    assert [pair.name for pair in read(there).pairs] == [pair.name for pair in read(tmp_path / "in").pairs]
    assert outcome(read, there) == outcome(read, tmp_path / "in")
    folders = ["**"] if sys.version_info < (3, 13) else []  # files as well, on a disk, from then on
    for pattern in ("*", "*/*.png", "**/*.png", *folders, "seg/a*/1.png", "seg/[[]x]/*"):
        paths = [[p.relative_to(root).as_posix() for p in sorted(root.glob(pattern))] for root in (there, tmp_path / "in")]
        assert paths[0] == paths[1], pattern


@pytest.mark.parametrize("stated", ("s3://other/secret.jpg", "memory://other/secret.jpg", "http://host/secret.jpg",
                                    "../../other/secret.jpg", "/other/secret.jpg", "secret.jpg"))
def test_names_of_data_stay_below(stated, tmp_path, in_memory):  # noqa: F811
    "What an annotation file names is no address, whatever it looks like."
    write_images(tmp_path / "in/images")
    data = coco_data(lambda points: [points.ravel().tolist()])
    data["images"][0]["file_name"] = stated
    save_text(tmp_path / "in/annotations/instances_default.json", data)
    there = in_memory(tmp_path / "in")
    secret = as_path("memory://other/secret.jpg")
    secret.fs.pipe_file(secret.path, (tmp_path / "in/images/card-0.jpg").read_bytes())
    try:
        with pytest.raises(DataError, match="no image"): coco_source(there, show_progress=False)
    finally: secret.fs.rm(secret.parent.path, recursive=True)
    assert outcome(coco_source, there) == outcome(coco_source, tmp_path / "in")


@pytest.mark.parametrize("line", ("memory://x/a.jpg gt/0.png", "../data/im/card-0.jpg gt/0.png", "im/none.jpg gt/0.png"))
def test_lines_of_a_list_stay_below(line, tmp_path, in_memory):  # noqa: F811
    test_layouts.build_list(tmp_path / "in")
    save_text(tmp_path / "in/all.txt", line)
    there, read = in_memory(tmp_path / "in"), lambda root: list_source(root / "all.txt", show_progress=False)
    assert outcome(read, there) == outcome(read, tmp_path / "in") and outcome(read, there)[0] == "DataError"


def test_options_name_addresses(tmp_path, in_memory):  # noqa: F811
    "What the user types may lie elsewhere: images, masks and lists."
    test_layouts.build_panoptic(tmp_path / "in")
    here, there = tmp_path / "in", in_memory(tmp_path / "in")
    read = lambda root: panoptic_source(str(root / "annotations/panoptic_val2017.json"), images=f"{root}/val2017",
                                        masks=f"{root}/annotations/panoptic_val2017", show_progress=False)
    assert outcome(read, there) == outcome(read, here)
    save_text(tmp_path / "two/list.txt", "card-2\ncard-0\n")
    for n, card in enumerate(CARDS): save(card["mask"], tmp_path / f"two/seg/card-{n}.png")
    write_images(tmp_path / "two/img")
    there = in_memory(tmp_path / "two")
    read = lambda root: folder_source(f"{root}/img", f"{root}/seg", list_file=f"{root}/list.txt", show_progress=False)
    assert outcome(read, there) == outcome(read, tmp_path / "two")


def test_arrays_and_volumes(tmp_path, in_memory):  # noqa: F811
    pixels = np.arange(24 * 36 * 5, dtype=np.uint16).reshape(24, 36, 5)
    for name in ("a.npy", "t.tif"): test_deep_pixels.save_file(tmp_path / "in" / name, pixels)
    np.save(tmp_path / "in/f.npy", np.asfortranarray(pixels))
    np.savez(tmp_path / "in/p.npz", pixels)
    nibabel.save(nibabel.Nifti1Image(pixels.astype(np.int16), np.eye(4)), tmp_path / "in/v.nii")
    there = in_memory(tmp_path / "in")
    for name in ("a.npy", "f.npy", "p.npz", "t.tif"):
        here, far = open_array(tmp_path / "in" / name), open_array(f"{there}/{name}")
        assert here.look() == far.look() and (far.load() == pixels).all()
        assert (far.read(3, 4, 5, 6) == pixels[3:8, 4:10]).all()
    for here, far in zip(volume_slices(tmp_path / "in/v.nii", 1), volume_slices(str(there / "v.nii"), 1)):
        assert here.look() == far.look() and (here.load() == far.load()).all()


def test_patterns_and_tiles(tmp_path, in_memory):  # noqa: F811
    test_deep_pixels.cloud(tmp_path / "in")
    there = in_memory(tmp_path / "in")
    read = lambda root: pattern_source(str(root), image="train_{band}/{band}_{name}.TIF", bands=("nir", "red"),
                                       mask="train_gt/gt_{name}.TIF", mask_values="levels", show_progress=False)
    assert outcome(read, there) == outcome(read, tmp_path / "in")
    tiled = lambda root: tile_source(read(root), (16, 16), 4)
    assert outcome(tiled, there) == outcome(tiled, tmp_path / "in")


def test_what_was_exported_comes_back(source, tmp_path, in_memory):  # noqa: F811
    write_shards(plan_shards(split_source(source, train=0.75, val=0.25), tmp_path / "shards"), show_progress=False)
    for layout in ("folder", "voc", "coco"):
        export_shards(tmp_path / "shards", tmp_path / layout, layout, show_progress=False)
        there = in_memory(tmp_path / layout)
        read = lambda root: open_layout(root, show_progress=False)
        assert outcome(read, there) == outcome(read, tmp_path / layout), layout


def test_shards_are_converted(shards, tmp_path, in_memory):  # noqa: F811
    convert_shards(shards, tmp_path / "here", show_progress=False)
    convert_shards(str(in_memory(shards)), tmp_path / "there", show_progress=False)
    assert {n: d for n, d in files_of(tmp_path / "here").items() if n.endswith(".tfrecord")} == {
        n: d for n, d in files_of(tmp_path / "there").items() if n.endswith(".tfrecord")}


def test_classes_are_merged_and_masks_weighed(tmp_path, in_memory):  # noqa: F811
    test_layouts.build_voc(tmp_path / "in")
    read = lambda root: merge_classes(open_layout(root, show_progress=False, class_names=CARD_CLASSES)["train"],
                                      ["card+photo=thing"])
    there = in_memory(tmp_path / "in")
    assert outcome(read, there) == outcome(read, tmp_path / "in")
    assert [p.mask.nbytes for p in read(there).pairs] == [p.mask.nbytes for p in read(tmp_path / "in").pairs]


# ---- S3

@pytest.fixture
def asked(monkeypatch):
    "How many questions of each kind S3 is asked."
    from s3fs import S3FileSystem

    if not hasattr(S3FileSystem, "_list_pages"): pytest.skip("pages are counted in newer versions of s3fs")
    counts, real, pages = Counter(), S3FileSystem._call_s3, S3FileSystem._list_pages

    async def call(self, method, *args, **options):
        counts[method] += 1
        return await real(self, method, *args, **options)

    async def listed(self, *args, **options):
        counts["pages"] += 1
        async for page in pages(self, *args, **options): yield page

    monkeypatch.setattr(S3FileSystem, "_call_s3", call)
    monkeypatch.setattr(S3FileSystem, "_list_pages", listed)
    return counts


def test_a_folder_in_s3(s3, asked, cards, tmp_path):
    "The same source, by one question a file and a few for the folders; written by the command, the same bytes."
    root = copied(cards, f"{s3}/cards")
    read = lambda root: folder_source(f"{root}/img", f"{root}/seg", class_names=CARD_CLASSES, show_progress=False)
    asked.clear()
    there = read(root)
    assert asked["get_object"] == 24 and asked["head_object"] + asked["list_objects_v2"] + asked["pages"] <= 12
    assert outcome(lambda root: there, root) == outcome(read, cards)
    names = ["--classes", *CARD_CLASSES, "--quiet"]
    assert main(["write", f"{root}/img", f"{root}/seg", str(tmp_path / "there"), *names]) == 0
    assert main(["write", str(cards / "img"), str(cards / "seg"), str(tmp_path / "here"), *names]) == 0
    shards = [{n: d for n, d in files_of(tmp_path / place).items() if n.endswith(".tfrecord")} for place in ("here", "there")]
    assert shards[0] == shards[1]


@pytest.mark.parametrize("name", ("coco", "yolo", "supervisely", "voc"))
def test_a_layout_in_s3(name, s3, asked, tmp_path):
    SCENES[name](tmp_path / "in")
    root = copied(tmp_path / "in", f"{s3}/deep/er")
    asked.clear()
    read = lambda root: open_layout(root, show_progress=False)
    there = outcome(read, root)
    assert asked["pages"] <= 8 and there == outcome(read, tmp_path / "in")
    assert main(["write", "--layout", "auto", str(root), str(tmp_path / "out"), "--quiet"]) == 0


def test_a_data_set_that_fills_a_bucket(s3, tmp_path):
    test_layouts.build_coco(tmp_path / "in")
    read = lambda root: open_layout(str(root), show_progress=False)
    assert outcome(read, copied(tmp_path / "in", s3)) == outcome(read, tmp_path / "in")


def test_sizes_come_with_a_listing(s3, asked, cards):
    root = copied(cards, f"{s3}/cards") / "img"
    with listed_once():
        files = sorted(root.iterdir())
        asked.clear()
        listed = [file_stat(path) for path in files]
        assert not asked
    assert [file_stat(path) for path in files] == listed
    assert [stat.st_size for stat in listed] == [p.stat().st_size for p in sorted((cards / "img").iterdir())]


def test_folders_that_are_made_by_a_console(s3, cards):
    "An empty object with a slash at its end is a folder, and no file."
    root = copied(cards, f"{s3}/cards")
    bucket, _, key = root.path.partition("/")
    root.fs.call_s3("put_object", Bucket=bucket, Key=f"{key}/img/", Body=b"")  # older versions of s3fs take the slash away
    root.fs.invalidate_cache()
    assert len(folder_source(root / "img", root / "seg", show_progress=False)) == 12
    assert {"img", "seg"} <= {path.name for path in list_folder(root)} and (root / "img").is_dir()
    assert not [path for path in root.rglob("*") if path.name == ""]


def test_an_empty_file(s3):
    path = as_path(f"{s3}/img/a.png")
    path.fs.pipe_file(path.path, b"")
    with pytest.raises(DataError, match=r"a\.png: .*(empty|0 bytes)"): folder_source(path.parent, show_progress=False)


@pytest.mark.parametrize("read", (folder_source, open_layout, coco_source, detect_layouts))
def test_a_bucket_that_is_not_there(s3, read):
    with pytest.raises(FileNotFoundError, match="^s3://no-such-bucket/cards: no such f") as told: read("s3://no-such-bucket/cards")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("read", (folder_source, open_layout))
def test_what_a_bucket_refuses(s3, read, monkeypatch, capsys):
    "One line with the path, in the words of the library, without a secret."
    root = as_path(f"{s3}/cards")
    for method in ("info", "ls", "find"): monkeypatch.setattr(root.fs, method, refuses)
    with pytest.raises(PermissionError, match=rf"^{root}: Access Denied\. Look at the rights") as told: read(root)
    assert "secret" not in str(told.value)
    assert main(["write", "--layout", "auto", str(root), "out"]) == 1
    said = capsys.readouterr().err
    assert "Access Denied" in said and "secret" not in said and "Traceback" not in said


def refuses(*args, **options): raise PermissionError("Access Denied")


def test_credentials_that_are_missing(s3, monkeypatch):
    from s3fs import S3FileSystem

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"): monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "none")
    S3FileSystem.clear_instance_cache()
    with pytest.raises(DataError, match=rf"^{s3}/cards: Unable to locate credentials"): folder_source(f"{s3}/cards")
