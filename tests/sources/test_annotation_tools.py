"""CVAT for images and video, and YOLO with the paths of another machine."""
import pytest
from annotation_files import H, SQUARE, W, cvat, pixels, save, save_image, told, yolo, yolo_with

from tfrseg.core import DataError
from tfrseg.sources.detect import detect_layouts, open_layout
from tfrseg.sources.annotation_tools import YOLO, cvat_source, yolo_source


PATHS = {"absolute": "train: /Users/u/tmp/set/train/images\nval: /Users/u/tmp/set/valid/images",
         "brackets": "train: '/content/drive/My Drive/[Lab]/set/train/images'\nval: '/content/drive/My "
                     "Drive/[Lab]/set/valid/images'",
         "Windows": "train: C:\\Users\\u\\set\\train\\images\nval: C:\\Users\\u\\set\\valid\\images",
         "relative, Windows": "train: ..\\train\\images\nval: ..\\valid\\images",
         "lists": "train: [train/images]\nval:\n- valid/images",
         "files": "train: train.txt\nval: val.txt", "absolute files": "train: /x/y/train.txt\nval: "
                                                                      "D:\\y\\val.txt",
         "path": "path: ../datasets/set\ntrain: train/images\nval: valid/images",
         "path of here": "path: .\ntrain: train/images\nval: valid/images",
         "path, absolute": "path: /x/set\ntrain: train/images\nval: valid/images",
         "called valid": "train: train/images\nvalid: valid/images",
         "test is lost": "train: train/images\nval: valid/images\ntest: ../test/images",
         "slash at the end": "train: ./train/images/\nval: ./valid/images/",
         "names by text": "train: train/images\nval: valid/images\nnames: {'0': thing}",
         "names as text": "train: train/images\nval: valid/images\nnames: thing",
         "names in brackets": "train: train/images\nval: valid/images\nnames: \"['thing']\""}


@pytest.mark.fault("data.yaml with the paths of another machine", "a missing folder",
                   "the longest end of a path that exists is read, and told; a split that is nowhere is "
                   "told, and the others are read")
@pytest.mark.parametrize("what", PATHS)
def test_the_yaml_of_another_machine(tmp_path, what):
    root = yolo(tmp_path / "set", PATHS[what])
    save(root / "train.txt", "/home/u/set/train/images/a.png\n\n")
    save(root / "val.txt", "D:\\u\\set\\valid\\images\\b.png\r\n")
    assert YOLO.splits(root) == ["train", "val"]
    for split, name in (("train", "a"), ("val", "b")):
        source = yolo_source(root, split, show_progress=False)
        assert [p.name for p in source.pairs] == [name]
        assert pixels(source) == {"background": 1800, "thing": 600}
        if what == "test is lost":
            assert "data.yaml names test '../test/images', where no images are: left out" in told(source)
        if what in ("absolute", "Windows", "path"):
            assert "2 paths of data.yaml found by the end, such as" in told(source)
        if "files" in what: assert "2 images found by the end of the stated path" in told(source)
        if what in ("lists", "slash at the end", "called valid", "path of here"): assert told(source) == ""


def test_a_yaml_that_leads_nowhere(tmp_path):
    root = yolo(tmp_path / "set", "train: /x/nothing/images\nval: ''")
    with pytest.raises(DataError, match="none of its folders holds an image here: train '/x/nothing/images'; "
                                        "wanted folders of images below .* --option images=FOLDER"):
        yolo_source(root, show_progress=False)
    assert YOLO.splits(root) == ["train"]
    save_image(tmp_path / "else/nothing/images/a.png")
    save(tmp_path / "else/nothing/labels/a.txt", "0 0 0 1 0 1 1")
    assert len(yolo_source(root, "train", images=tmp_path / "else", show_progress=False)) == 1
    save(root / "data.yaml", "names: [thing]")
    with pytest.raises(DataError, match="no train, val or test"): yolo_source(root, show_progress=False)
    save(root / "data.yaml", "train: {a: b}\nnames: [thing]")
    with pytest.raises(DataError, match="train: wanted a path or a list of paths"):
        yolo_source(root, show_progress=False)
    save(root / "data.yaml", "names: [thing]\ntrain: [")
    with pytest.raises(DataError, match="data.yaml: invalid YAML"): yolo_source(root, show_progress=False)


def test_a_folder_of_all_is_not_one_split(tmp_path):
    "`../test/images` is not the `images/` that hold train and val."
    root = tmp_path / "set"
    yolo_with("")(root)
    save(root / "data.yaml", "train: images/train\ntest: ../test/images\nnames: [thing, other]")
    assert YOLO.splits(root) == ["train"]


@pytest.mark.fault("one image in two splits of data.yaml", "validation on images that were trained on",
                   "told, with the number")
def test_splits_that_share_images_are_told(tmp_path):
    root = yolo(tmp_path / "set", "train: train/images\nval: train/images\ntest: valid/images")
    for split in ("train", "val"):
        source = yolo_source(root, split, show_progress=False)
        assert "1 image is twice in data.yaml: train and val overlap and hold the same" in told(source)
    whole = yolo_source(root, show_progress=False)
    assert [p.name for p in whole.pairs] == ["train/a", "test/b"]


def test_lists_of_some_images_leave_the_others(tmp_path):
    "Text files of images that are not listed are no orphans; several folders keep their names apart."
    root = yolo(tmp_path / "set", "train: [train.txt]", (("train", "a"), ("train", "b"), ("more", "a")))
    save(root / "train.txt", "./train/images/a.png\nmore/images/a.png\n./train/images/a.png\n")
    assert [p.name for p in yolo_source(root, show_progress=False).pairs] == ["train/images/a",
                                                                              "more/images/a"]
    save(root / "train.txt", "./train/images/a.png\nnone.png\n")
    with pytest.raises(DataError, match="train.txt: line 2: no image 'none.png'"):
        yolo_source(root, show_progress=False)


# CVAT

def tracks(*by_frame, size=None, shape="polygon"):
    "A track for each argument: frames with a shape; a frame below 0 has it outside."
    body = "".join(f'<track id="{k}" label="thing">' + "".join(
        f'<{shape} frame="{abs(n)}" keyframe="1" outside="{int(n < 0)}" '
        f'points="{";".join(f"{x + 10 * k},{y}" for x, y in SQUARE)}"/>'
        for n in frames) + "</track>" for k, frames in enumerate(by_frame))
    meta = f"<size>{size}</size>" if size else ""
    return f"<annotations><meta><task>{meta}</task></meta>{body}</annotations>"


@pytest.mark.fault("CVAT for video", "-", "the frames that lie there as images are read, without made-up "
                                          "shapes; else it is said how to export")
def test_tracks_are_drawn_where_frames_are_images(tmp_path):
    for n in (2, 10, 9, 1): save_image(tmp_path / f"images/f{n}.png")
    file = save(tmp_path / "annotations.xml", tracks([0, 1, 2], [1, -2], size=4))
    assert detect_layouts(tmp_path) == detect_layouts(file) == ["cvat"]
    source = cvat_source(tmp_path, show_progress=False)
    assert [p.name for p in source.pairs] == ["f1", "f2", "f9"]
    assert [pixels(source, n)["thing"] for n in range(3)] == [600, 800, 600]
    assert "2 tracks of CVAT for video drawn on 3 frames: images in the order of their names" in told(source)
    assert "1 image left out, of frames without a track" in told(source)


def test_frames_by_their_numbers(tmp_path):
    for n in (5, 7, 8): save_image(tmp_path / f"images/frame_{n:06d}.PNG")
    save(tmp_path / "annotations.xml", tracks([5, 8], [7], size=100))
    source = cvat_source(tmp_path, show_progress=False)
    assert [p.name for p in source.pairs] == ["frame_000005", "frame_000008"]
    assert "images by their numbers" in told(source)
    assert "1 frame left out, between keyframes of a track" in told(source)
    save(tmp_path / "annotations.xml", tracks([5, -6, 8], [7], [99], size=100))
    with pytest.raises(DataError, match="frames have no image, such as frame 6"):
        cvat_source(tmp_path, show_progress=False)
    kept = cvat_source(tmp_path, on_error="skip", show_progress=False)
    assert [p.name for p in kept.pairs] == ["frame_000005", "frame_000007", "frame_000008"]
    assert len(kept.skipped) == 1


@pytest.mark.parametrize("text, images",
                         ((tracks([0]), 0), (tracks([0]), 1), (tracks([0], size=30), 3),
                          (tracks([9], size=3), 3),
                          ("<annotations><track id='0'/></annotations>", 1)))
def test_tracks_without_images_say_how_to_export(tmp_path, text, images):
    for n in range(images): save_image(tmp_path / f"images/f{n}.png")
    save(tmp_path / "annotations.xml", text)
    with pytest.raises(DataError, match="line 1: tracks, as of CVAT for video") as error:
        cvat_source(tmp_path, show_progress=False)
    assert "Export as 'CVAT for images'" in str(error.value) and error.value.findings


def test_lines_of_tracks_have_no_area(tmp_path):
    save_image(tmp_path / "images/a.png")
    save(tmp_path / "annotations.xml",
         tracks([0], size=1).replace("</annotations>", tracks([0], shape="polyline").partition("</meta>")[2]))
    source = cvat_source(tmp_path, show_progress=False)
    assert pixels(source)["thing"] == 600 and "1 polyline" in told(source)


def test_images_of_no_subset_are_not_lost(tmp_path):
    from tfrseg.sources.annotation_tools import CVAT
    for n in "ab": save_image(tmp_path / f"images/{n}.png")
    image = cvat().removeprefix("<annotations>").removesuffix("</annotations>")
    other = image.replace("a.png", "b.png").replace("<image ", '<image subset="Train" ')
    save(tmp_path / "annotations.xml", f"<annotations>{image}{other}</annotations>")
    assert CVAT.splits(tmp_path) == ["Train", "default"]
    assert [[p.name for p in cvat_source(tmp_path, split, show_progress=False).pairs]
            for split in CVAT.splits(tmp_path)] == [["b"], ["a"]]


POSE = "0 0.4 0.4 0.3 0.3 0.2 0.2 0.5 0.3"


def test_key_points_are_no_outline(tmp_path):
    save_image(tmp_path / "images/train/a.png")
    save(tmp_path / "labels/train/a.txt", POSE)
    save(tmp_path / "data.yaml", "train: images/train\nkpt_shape: [2, 2]\nnames: [thing]\n")
    with pytest.raises(DataError, match="1 box with key points"): yolo_source(tmp_path, show_progress=False)
    drawn = yolo_source(tmp_path, boxes="draw", show_progress=False)
    assert abs(pixels(drawn)["thing"] - 0.09 * H * W) < 20
    save(tmp_path / "labels/train/a.txt", POSE + " 0.5 0.5")
    with pytest.raises(DataError, match="10 numbers; wanted a box and 4 numbers of key points"):
        yolo_source(tmp_path, show_progress=False)


def test_pixels_are_no_fractions(tmp_path):
    yolo_with("1 10 10 60 10 60 40 10 40")(tmp_path)
    with pytest.raises(DataError, match="a number 10; wanted fractions from 0 to 1") as error:
        yolo_source(tmp_path, show_progress=False)
    assert "margin" not in str(error.value)


def test_the_yaml_of_the_set_is_taken(tmp_path):
    yolo(tmp_path, "train: train/images\nval: valid/images")
    (tmp_path / "data.yaml").rename(tmp_path / "my.yaml")
    save(tmp_path / "args.yaml", "task: segment\nnames: [wrong]\n")
    save(tmp_path / "broken.yaml", "names: [")
    assert yolo_source(tmp_path, show_progress=False).class_names == ("background", "thing")
    save(tmp_path / "z.yaml", "train: train/images\nnames: [other]\n")
    with pytest.raises(DataError, match="2 files with names and folders: my.yaml, z.yaml"):
        yolo_source(tmp_path, show_progress=False)
    (tmp_path / "my.yaml").rename(tmp_path / "data.yaml")
    source = yolo_source(tmp_path, show_progress=False)
    assert source.class_names == ("background", "thing") and "z.yaml" in told(source)


def test_yolo_labels_may_lie_anywhere(tmp_path):
    "A YAML file beside the set, by a path above it or a path of this machine; label files beside the images."
    there = yolo(tmp_path / "sets/x", "train: train/images")
    for n, path in enumerate(("../sets/x", there.as_posix())):
        save(tmp_path / f"cfg{n}/x.yaml", f"path: {path}\ntrain: train/images\nnames: [thing]\n")
        assert len(open_layout(tmp_path / f"cfg{n}", show_progress=False)["train"]) == 1
    moved = save(tmp_path / "cfg/x.yaml", "path: /gone\ntrain: train/images\nnames: [thing]\n").parent
    assert len(open_layout(moved, "yolo", images=there, show_progress=False)["train"]) == 1
    with pytest.raises(DataError, match="images=FOLDER"): open_layout(moved, show_progress=False)
    save_image(tmp_path / "d/train/a.png")
    save(tmp_path / "d/train/a.txt", (there / "train/labels/a.txt").read_text())
    save(tmp_path / "d/data.yaml", "train: train\nnames: [thing]\n")
    assert pixels(open_layout(tmp_path / "d", show_progress=False)["train"])["thing"] == 600
