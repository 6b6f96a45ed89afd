"""tfrseg, by `make_dataset` alone. Rows: mapped reading, with and without OpenCV, the same handing out uint8, the stream, the mapped cache."""
from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from .contract import BATCH, CORES, CROP, Peer, Track, once


def write(track: Track, out: Path) -> None:
    "Raw pixels with masks of one channel, or PNG bytes as they are."
    from tfrseg.cards import CARD_CLASSES
    from tfrseg.sources.source import folder_source, one_pass
    from tfrseg.storage.labels import LabelMap
    from tfrseg.storage.schema import RAW_IDS, TFVISION
    from tfrseg.writer.write import plan_shards, write_shards

    with one_pass():  # the class table is given, as every other peer is told what its pixels mean
        source = folder_source(track.pictures / "img", track.pictures / "seg", labels=LabelMap(CARD_CLASSES), show_progress=False)
    plan = plan_shards(source, out, schema=RAW_IDS if track.encoding == "raw" else TFVISION,
                       records_per_shard=-(-track.count // track.shards))
    write_shards(plan, workers=CORES, show_progress=False)


def prepare(track: Track) -> None:
    once(track, "tfrseg", partial(write, track))


def batches(track: Track, augment: bool, reader: str, dtype: str = "float32", cache: bool = False, opencv: bool = True):
    "An endless tf.data of (image, mask). Without `opencv`, Python finds no `cv2`, as where it is not installed."
    if not opencv: sys.modules["cv2"] = None
    from tfrseg import RandomCrop, RandomFlip, RandomRotate90, make_dataset

    operations = [RandomCrop((CROP, CROP)), RandomFlip(), RandomRotate90()] if augment else None
    return make_dataset(track.folder("tfrseg"), batch_size=BATCH, augment=operations, shuffle=augment, drop_remainder=True,
                        dtype=dtype if augment else "uint8", reader=reader,
                        cache=track.folder("tfrseg-cache") if cache else None).repeat()


def read(track: Track, **how) -> Iterator: return iter(batches(track, False, **how))
def augment(track: Track, **how) -> Iterator: return iter(batches(track, True, **how))


def peer(name: str, setting: str, **fields) -> Peer:
    "A row of ours."
    how = {key: fields.pop(key) for key in ("reader", "dtype", "cache", "opencv") if key in fields}
    reads = None if how.get("dtype") else partial(read, **how)
    return Peer(name, setting, prepare=prepare, read=reads, augment=partial(augment, **how), **fields)


PEERS = (
    Peer("tfrseg", "write_shards(workers=cores), schema raw_ids or PNG bytes as they are", prepare=prepare, write=write),
    peer("tfrseg mapped", "make_dataset(reader='mapped'), with OpenCV where it is installed", tracks=("raw",), reader="mapped"),
    peer("tfrseg mapped, uint8 out", "the same with dtype='uint8'", tracks=("raw",), reader="mapped", dtype="uint8"),
    peer("tfrseg mapped, without OpenCV", "the same, float32, where `import cv2` finds nothing", tracks=("raw",), reader="mapped", opencv=False),
    peer("tfrseg mapped, without OpenCV, uint8 out", "the same with dtype='uint8'", tracks=("raw",), reader="mapped", dtype="uint8", opencv=False),
    peer("tfrseg stream", "make_dataset(reader='stream')", reader="stream"),
    peer("tfrseg cache", "make_dataset(cache=...), from the second epoch on", tracks=("png",), reader="auto", cache=True),
    peer("tfrseg cache, uint8 out", "the same with dtype='uint8'", tracks=("png",), reader="auto", cache=True, dtype="uint8"),
)
