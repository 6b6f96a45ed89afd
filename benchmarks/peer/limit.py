"""The limit of read + augment: a random crop of an image and its mask, copied out of mapped files into batches, and nothing else.

No record is parsed, nothing is turned, shuffled ahead or handed to a framework; whatever makes such batches has to do this much. The
batches rotate, as those of a pipeline do, so that none stays in the CPU's cache. What counts is CPU time; it is one thread.
"""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from .contract import BATCH, CROP, Peer, Track

ROTATING = 8


def augment(track: Track, dtype: str) -> Iterator:
    images, masks, rng = track.pixels("img"), track.pixels("seg"), np.random.default_rng(0)
    batches = [(np.ones((BATCH, CROP, CROP, 3), dtype), np.ones((BATCH, CROP, CROP), np.uint8)) for _ in range(ROTATING)]
    images, masks = (np.asarray(pixels) for pixels in (images, masks))  # plain views of the mapped files
    while True:
        for batch in batches:
            draws = (rng.integers(0, n, BATCH).tolist() for n in (track.count, track.height - CROP + 1, track.width - CROP + 1))
            for image, mask, n, y, x in zip(*batch, *draws):
                image[:] = images[n, y:y + CROP, x:x + CROP]
                mask[:] = masks[n, y:y + CROP, x:x + CROP]
            yield batch


PEERS = (
    Peer("limit, copy", "crop and mask copied from mapped files into 8 batches in turn, one thread, not turned: a limit, not a reader",
         tracks=("raw",), augment=partial(augment, dtype="uint8"), pixels=False),
    Peer("limit, copy and cast", "the same with the image cast to float32 on the way", tracks=("raw",),
         augment=partial(augment, dtype="float32"), pixels=False),
)
