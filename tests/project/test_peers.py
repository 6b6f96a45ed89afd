"""The benchmark's judge and its report: wrong pixels are refused, and a failing peer costs its own row alone. Nothing is timed."""
import json
import sys
from functools import partial

import numpy as np
import pytest
from conftest import ROOT
from PIL import Image

sys.path.insert(0, str(ROOT / "benchmarks"))

from peer import all_peers
from peer.contract import BATCH, CROP, Peer, Track, check, locate, symmetries
from peer.pictures import make_pictures
from peer.report import best, save_report, table

TRACK = dict(encoding="raw", height=300, width=320, count=20)


@pytest.fixture(scope="module")
def track(tmp_path_factory):
    "Twenty pictures of noise, which stand in no two places."
    track, rng = Track(tmp_path_factory.mktemp("track"), **TRACK), np.random.default_rng(0)
    for kind, shape in (("img", (20, 300, 320, 3)), ("seg", (20, 300, 320))):
        track.pictures.mkdir(exist_ok=True)
        np.save(track.pictures / f"{kind}.npy", rng.integers(0, 256 if kind == "img" else 5, shape, np.uint8))
    return track


def cut(track, image_dtype="float32", turns=8, shift=0):
    "A peer's batches; `shift` moves the mask by so many pixels."
    images, masks, rng = track.pixels("img"), track.pixels("seg"), np.random.default_rng(1)
    while True:
        batch = []
        for _ in range(BATCH):
            n, y, x, k = (int(rng.integers(high)) for high in (20, 300 - CROP + 1, 320 - CROP - 8, turns))
            pieces = images[n, y:y + CROP, x:x + CROP], masks[n, y:y + CROP, x + shift:x + shift + CROP]
            batch.append([list(symmetries(piece))[k] for piece in pieces])
        image, mask = (np.stack(part) for part in zip(*batch))
        yield image.astype(image_dtype), mask


def test_an_honest_peer_is_believed(track):
    assert "24 pictures found" in check(Peer("fair", "", augment=cut), "augment", track)


@pytest.mark.parametrize("how, wrong", [(dict(shift=1), "the mask is not that of the image"), (dict(image_dtype="float64"), "images float64"),
                                        (dict(image_dtype="uint8"), "images uint8"), (dict(turns=1), "symmetries")])
def test_a_peer_that_does_other_work_is_refused(track, how, wrong):
    with pytest.raises(AssertionError, match=wrong): check(Peer("unfair", "", augment=partial(cut, **how)), "augment", track)


def test_interpolated_pixels_are_no_plain_crop(track):
    blurred = lambda track: ((image * 0.5, mask) for image, mask in cut(track))
    with pytest.raises(AssertionError, match="in no picture"): check(Peer("blurred", "", augment=blurred), "augment", track)


def test_the_eight_symmetries_are_eight():
    pixels = np.arange(9).reshape(3, 3)
    assert len({turned.tobytes() for turned in map(np.ascontiguousarray, symmetries(pixels))}) == 8


def test_pictures_hold_what_the_arrays_hold(tmp_path):
    track = Track(tmp_path, "raw", 64, 80, 3)
    make_pictures(track)
    for kind in ("img", "seg"):
        assert np.array_equal(np.stack([np.asarray(Image.open(f)) for f in track.files(kind)]), track.pixels(kind))


def test_every_peer_says_how_it_is_set():
    peers = all_peers()
    assert len(peers) > 10 and all(p.setting and (p.read or p.augment or p.write) for p in peers.values())
    assert all(bool(p.environment) == bool(p.packages) for p in peers.values())


def results() -> dict:
    "A run with made-up figures and one peer that failed."
    cell = lambda peer, *rates, **fields: dict(peer=peer, track="raw 480x360", job="augment",
                                               rounds=[dict(images=100, wall=100 / r, cpu=0.1) for r in rates]) | fields
    cells = [cell("tfrseg mapped", 4000, 5000, 6000), cell("other", 1000, 2000, 3000), cell("bare TFRecordDataset", 9000),
             cell("broken", error="a|b"), cell("tfrseg mapped", 10, shards=1), cell("other", 50, job="write")]
    machine = dict(cpu="a CPU", cores=2, memory_gib=8, system="Linux", python="3.11")
    return dict(date="2026-01-01", machine=machine, rounds=3, seconds=1, minutes=1.0, settings={"other": "as they say"}, cells=cells,
                versions={"other": {"numpy": "2"}}, tracks={"raw 480x360": dict(count=9, kilobytes=240)}, single=[])


def test_the_table_says_who_is_how_fast_and_who_failed():
    text = table(results())
    assert "tfrseg mapped is 2.5 times as fast as the best peer, other" in text
    row = next(line for line in text.splitlines() if line.startswith("| other | - "))
    assert "**2 000** (1 000 to 3 000)" in row and row.endswith("| 1.00 |")
    assert "| broken | - |  | a/b |" in text and "as they say" in text and "| **50** (50 to 50) |" in text
    assert best({c["peer"]: c for c in results()["cells"][:4]}, ours=False) == "other", "a limit is no peer"


def test_table_and_picture_lie_beside_the_results(tmp_path):
    (tmp_path / "results.json").write_text(json.dumps(results()))
    save_report(tmp_path)
    assert Image.open(tmp_path / "results.png").width > 500 and (tmp_path / "results.md").read_text() == table(results())


def test_the_limit_is_no_peer_and_our_share_of_it_is_told():
    made = results()
    limit = dict(peer="limit, copy and cast", track="raw 480x360", job="augment", rounds=[dict(images=100, wall=0.01, cpu=0.06)])
    uint8 = dict(made["cells"][0], peer="tfrseg mapped, uint8 out")
    text = table(made | {"cells": [*made["cells"], limit, uint8]})
    assert "Share of the limit, by CPU a pair: tfrseg mapped 60%." in text and "best peer, other" in text
    assert "Share of the limit" not in table(made), "no share of what was not measured"


def test_threads_have_a_table_of_their_own():
    made = results()
    cells = [dict(made["cells"][0], threads=n, rounds=[dict(images=100 * n, wall=1, cpu=1)]) for n in (1, 2)]
    text = table(made | {"cells": [*made["cells"], *cells]})
    assert "| tfrseg mapped | **100** (100 to 100) | **200** (200 to 200) |" in text and "**5 000**" in text


def test_the_limit_makes_the_batches_of_the_contract(track):
    for name, dtype in (("limit, copy", "uint8"), ("limit, copy and cast", "float32")):
        batches = all_peers()[name].augment(track)
        (first, mask), (second, _) = next(batches), next(batches)
        assert first.shape == (BATCH, CROP, CROP, 3) and first.dtype == dtype and mask.shape == (BATCH, CROP, CROP)
        assert first is not second and not np.array_equal(first, second), "batches rotate"
        assert locate(first[0].astype(np.uint8), mask[0], track)[1] == 0, "not turned"
