# Written by tools/stubs.py from the sources; do not edit.

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from ..storage import LabelMap
from . import (
    ClassScores as ClassScores, Compared as Compared, PackedMask as PackedMask, PairCounts as PairCounts,
    Samples as Samples, answers_of as answers_of, class_scores as class_scores,
    compare_records as compare_records, pack_mask as pack_mask, record_iou as record_iou,
    samples_of as samples_of,
)

@dataclass(repr=False)
class _ComparedRecords:
    """What is known of all records.

    Parameters
    ----------
    labels : LabelMap
        names of the classes; `ignore_label` is that of the packed masks
    models : dict[str, PairCounts]
        counts by the name of what predicts
    where : str
        what the records are
    lines : list[str]
        what was taken for granted, found out, or left out
    total : int | None, default None
        records that there are; None: not known
    shards : Any, default None
        that they are of; None: none
    palette : Any, default None
        (r, g, b) by id
    names : list[str], default list()
        of each record
    numbers : list[int], default list()
        of each record, in the data
    truth : list[PackedMask], default list()
        of each record
    predicted : dict[str, list], default dict()
        packed masks by name of what predicts
    pictures : list, default list()
        image [H, W, 3] of each record; None: it is read again
    again : Callable | None, default None
        (number) to the image, read again
    """
    labels: LabelMap
    models: dict[str, PairCounts]
    where: str
    lines: list[str]
    total: int | None = None
    shards: Any = None
    palette: Any = None
    names: list[str] = ...
    numbers: list[int] = ...
    truth: list[PackedMask] = ...
    predicted: dict[str, list] = ...
    pictures: list = ...
    again: Callable | None = None
    def __len__(self) -> int: ...
