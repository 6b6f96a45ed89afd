# Written by tools/stubs.py from the sources; do not edit.

from collections.abc import Mapping
from dataclasses import dataclass
from .. import Pair
from . import SeenFile
from ..storage import LabelMap, Target
from . import (
    BROKEN as BROKEN, MOST_FINDINGS as MOST_FINDINGS, PixelBudget as PixelBudget, PlainPair as PlainPair,
    Source as Source, Unchecked as Unchecked, array_ending as array_ending, build_source as build_source,
    check_listed as check_listed, check_source as check_source, folder_source as folder_source,
    image_options as image_options, inspect_mask as inspect_mask, inspect_pair as inspect_pair,
    kept_image as kept_image, known_name as known_name, list_images as list_images,
    listed_names as listed_names, load_pair as load_pair, look_at_all as look_at_all,
    match_pairs as match_pairs, nodata_by_target as nodata_by_target, one_pass as one_pass,
    read_names as read_names, read_plain_pair as read_plain_pair, reading as reading, same_ends as same_ends,
    same_targets as same_targets, scan_on as scan_on, seen_before as seen_before,
    table_in_words as table_in_words, third_party_reader as third_party_reader,
    verify_source as verify_source,
)

@dataclass(frozen=True)
class _SourceFields:
    """What a source says of its pairs.

    Parameters
    ----------
    pairs : tuple[Pair, ...]
        in the order in which they are written
    labels : LabelMap
        what mask values mean, for all pairs
    sizes : tuple[tuple[int, int], ...]
        (height, width) of each image, pixels
    nbytes : tuple[int, ...]
        of image and mask file of each pair
    skipped : tuple[str, ...], default ()
        a line for each file that was left out
    exif_rotated : frozenset[str], default frozenset()
        names of images that EXIF rotates or flips
    assumptions : tuple[str, ...], default ()
        what was taken for granted, and the option that changes it
    seen : Mapping[str, SeenFile], default field(default_factory=dict, repr=False, compare=False)
        files that the writer need not decode again, by path
    unchecked : Unchecked | None, default field(default=None, repr=False, compare=False)
        what the writer has still to check; None: every pair was looked at
    targets : tuple[Target, ...], default ()
        the whole table; (): images are RGB of 8 bits, masks are class ids
    """
    pairs: tuple[Pair, ...]
    labels: LabelMap
    sizes: tuple[tuple[int, int], ...]
    nbytes: tuple[int, ...]
    skipped: tuple[str, ...] = ()
    exif_rotated: frozenset[str] = ...
    assumptions: tuple[str, ...] = ()
    seen: Mapping[str, SeenFile] = ...
    unchecked: Unchecked | None = ...
    targets: tuple[Target, ...] = ()
    def __len__(self) -> int: ...

    @property
    def class_names(self) -> tuple[str, ...]:
        """Class names by id."""

    @property
    def palette(self) -> dict[int, tuple[int, int, int]]:
        """Colours (r, g, b) by id."""
