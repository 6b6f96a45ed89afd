"""Label Studio: brushes, results, people, tasks."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import H, W, masks_of, save_text, write_images
from annotation_scenes import studio_task

from tfrseg.core import DataError
from tfrseg.sources.label_studio import label_studio_source, unpack_brush


# Label Studio

def pack(values, sizes):
    "Values of 8 bits as rle-pack has them, from the format: runs where two are alike, else single ones."
    bits, at = [], 0
    put = lambda number, width: bits.extend(number >> k & 1 for k in range(width - 1, -1, -1))
    put(len(values), 32)
    put(7, 5)
    for size in sizes: put(size - 1, 4)
    while at < len(values):
        run = 1
        while at + run < len(values) and values[at + run] == values[at]: run += 1
        single = 1
        while run == 1 and at + single + 1 < len(values) and values[at + single] != values[at + single + 1]:
            single += 1
        length = run if run > 1 else single
        k = next((k for k, size in enumerate(sizes) if length <= 1 << size), 3)
        length = min(length, 1 << sizes[k])
        put(int(run > 1), 1)
        put(k, 2)
        put(length - 1, sizes[k])
        for value in values[at:at + 1] if run > 1 else values[at:at + length]: put(int(value), 8)
        at += length
    bits += [0] * (-len(bits) % 8)
    return np.packbits(bits).tolist()


@given(st.integers(0, 2**32), st.integers(1, 12), st.integers(1, 12),
       st.sampled_from(((3, 4, 8, 16), (1, 2, 3, 4), (8, 8, 8, 8))))
@settings(deadline=None, max_examples=60)
def test_brushes_come_back(seed, height, width, sizes):
    "Any strokes, in pieces of any size, also where the colours of a pixel differ and only alpha counts."
    rng = np.random.default_rng(seed)
    pixels = np.where(rng.random((height, width, 4)) < 0.5, 0, rng.integers(1, 256, (height, width, 4)))
    assert (unpack_brush(pack(pixels.ravel().tolist(), sizes), (height, width)) == (pixels[..., 3] > 0)).all()


@pytest.mark.fault("brush strokes of Label Studio that break off, or are of another image", "-",
                   "a finding with task and region; nothing is allocated that the image does not need")
@pytest.mark.parametrize("packed, said", (
    ([], "breaks off after 0 bytes"), ([255] * 40, "a brush of 4294967295 values"), ([1, 2, 3], "breaks off"),
    (pack([0] * 4 * H * W, (3, 4, 8, 16))[:8], "breaks off after 8 bytes")))
def test_broken_brushes_are_refused(packed, said):
    with pytest.raises(DataError, match=said): unpack_brush(packed, (H, W))


def studio_set(root, *tasks):
    write_images(root)
    save_text(root / "x.json", list(tasks))
    return root


def value_result(kind, label="a", **value):
    return {"id": f"{kind}{label}", "type": kind, "original_width": W, "original_height": H, "value": value
            | {kind: [label]}}


@pytest.mark.parametrize("result, pixels", (
    (value_result("rectanglelabels", x=25, y=25, width=50, height=50), W * H // 4),
    (value_result("ellipselabels", x=50, y=50, radiusX=25, radiusY=25), round(np.pi * W * H / 16)),
    (value_result("polygonlabels", points=[[25, 25], [75, 25], [75, 75], [25, 75]]), W * H // 4),
    (value_result("brushlabels", format="rle", rle=pack(np.repeat((np.arange(H * W) < 500) * 255, 4).tolist(),
                                                        (3, 4, 8, 16))), 500)))
def test_results_of_label_studio(tmp_path, result, pixels):
    mask, = masks_of(label_studio_source(studio_set(tmp_path, studio_task(0, [result]))))
    assert abs(int(mask.sum()) - pixels) <= 0.02 * pixels


def test_a_turned_box_turns_about_its_corner_in_pixels(tmp_path):
    "20 x 10 pixels at (40, 20), a quarter turn clockwise: 10 to the left, 20 down."
    result = value_result("rectanglelabels", x=50, y=100 / 3, width=25, height=100 / 6, rotation=90)
    mask, = masks_of(label_studio_source(studio_set(tmp_path, studio_task(0, [result]))))
    wanted = np.zeros((H, W), bool)
    wanted[20:40, 30:40] = True
    assert (mask == wanted).all()


def test_labels_of_a_region_in_another_result(tmp_path):
    rows = [{"id": "r", "type": "rectangle", "value": {"x": 0, "y": 0, "width": 50, "height": 50}},
            {"id": "r", "type": "labels", "value": {"x": 0, "y": 0, "width": 50, "height": 50,
                                                    "labels": ["car"]}},
            {"id": "c", "type": "choices", "value": {"choices": ["day"]}}]
    source = label_studio_source(studio_set(tmp_path, studio_task(0, rows)))
    assert source.class_names == ("background", "car") and masks_of(source)[0].sum() == W * H // 4


@pytest.mark.fault("several people annotated one image", "-", "one annotation is taken, by a rule that is "
                                                              "told; an option takes those of one person")
def test_several_people(tmp_path):
    task = studio_task(0, [])
    box = lambda label: value_result("rectanglelabels", label, x=0, y=0, width=50, height=50)
    told = lambda who, when, label, **more: task["annotations"][0] | {
        "completed_by": who, "updated_at": when, "result": [box(label)]} | more
    root = studio_set(tmp_path, task
                      | {"annotations": [told({"id": 4, "email": "d@e.f"}, "2024-03-01", "old"),
                                         told(5, "2024-04-01", "new"),
                                         told(6, "2024-05-01", "skipped", was_cancelled=True)]})
    for who, label in ((None, "new"), ("4", "old"), ("d@e.f", "old"), ("5", "new")):
        assert label_studio_source(root, annotator=who).class_names == ("background", label)
    assert any("several annotations, of which the one changed last is taken: 1" in line
               for line in label_studio_source(root).assumptions)
    with pytest.raises(DataError, match="no pairs"): label_studio_source(root, annotator="77")


def test_tasks_that_nobody_did_are_left_out_and_counted(tmp_path):
    done = value_result("rectanglelabels", x=0, y=0, width=50, height=50)
    source = label_studio_source(studio_set(tmp_path, studio_task(0, [done]),
                                            studio_task(1, [], annotations=[]), studio_task(2, [done])))
    assert len(source) == 2 and "tasks without an annotation, which are left out: 1" in source.assumptions


def test_an_annotation_of_nothing_is_an_image_without_objects(tmp_path):
    assert [int(m.sum())
            for m in masks_of(
                label_studio_source(
                    studio_set(tmp_path,
                               studio_task(0,
                                           [value_result("rectanglelabels", x=0, y=0, width=50, height=50)]),
                               studio_task(1, []))))] == [W * H // 4, 0]
