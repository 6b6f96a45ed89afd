# Written by tools/stubs.py from the sources; do not edit.
"""Ways in: folders, arrays, tiles, and datasets as other tools write them; without TensorFlow."""

import numpy as np
from PIL import Image
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from matplotlib.figure import Figure
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element
from .. import DataError, Finding, Pair
from ..core import LazyImage, LazyMask, Limit
from ..storage import Flag, LabelMap, Loss, Schema

__all__ = [
    "ADE20K", "ADE20K_FULL", "AnnotatedImage", "ArrayElements", "BACKGROUNDS", "BOXES", "BOX_ADVICE",
    "BROKEN", "CAMVID", "CAMVID_CLASSES", "CITYSCAPES", "CITYSCAPES_LABELS", "COCO", "CVAT", "CodedMask",
    "DATUMARO", "DecodedImageCache", "ENCODINGS", "EXPORT_NAME", "ElementImage", "EmbeddedImage", "Exported",
    "FILE_LAYOUTS", "FileLayout", "FoundLabels", "GEOJSON", "ImageFinder", "KAGGLE_RLE", "KITTI",
    "KNOWN_FORMATS", "KnownFormat", "LABELME", "LABEL_STUDIO", "LAYOUTS", "Layout", "MASK_VALUES",
    "MOST_FINDINGS", "MappedMask", "NoArea", "OBJECTS_LIMIT", "OBJECT_MASKS", "PAGE_XML", "PANOPTIC",
    "PairStats", "PanopticMask", "Place", "PolygonMask", "ROBOFLOW_MASKS", "RecordImage", "RecordInstances",
    "RecordMask", "RecordTile", "Room", "SUPERVISELY", "Shape", "ShardFile", "SimilarPair", "Source",
    "StudioTask", "TEXT_LEVELS", "Tile", "TileImage", "TileMask", "UNDER", "VIA", "VOC", "VOC_CLASSES",
    "VOC_VOID_COLOR", "ViaImage", "YAML_LIMIT", "YOLO", "ade20k_full_source", "ade20k_source",
    "annotated_source", "array_source", "as_label", "as_points", "as_size", "as_whole", "beyond_margin",
    "bits_rle", "box_lines", "box_points", "box_shape", "build_source", "camvid_source", "check_boxes",
    "check_listed", "check_shape", "check_source", "check_window", "checked_rle", "choose_annotation",
    "choose_layout", "city_ids", "cityscapes_source", "class_attribute", "classes_per_mask", "coco_source",
    "code_names", "collect_findings", "counted", "cvat_source", "datumaro_source", "detect_layouts",
    "difference_hash", "difference_hashes", "drop_empty", "ellipse_points", "exported_sources",
    "feature_class", "feature_property", "few_shapes", "file_stems", "find_labels", "find_leaks",
    "find_similar", "folder_source", "folder_splits", "geojson_source", "group_names", "hash_fraction",
    "hidden_shapes", "hollow_voc", "home_layout", "image_entry", "image_key", "image_options", "image_size",
    "inspect_mask", "inspect_pair", "is_hidden", "is_home", "join_sources", "kaggle_rle_source",
    "kitti_source", "known_name", "label_studio_source", "labelme_source", "layout_options", "layouts_below",
    "list_images", "list_source", "listed_names", "load_exported", "load_pair", "map_pairs", "match_pairs",
    "match_schema", "merge_classes", "merge_instances", "merge_labels", "merge_objects", "merge_similar",
    "name_below", "name_format", "name_order", "object_masks_source", "one_file", "open_layout",
    "outline_length", "own_image", "pages_source", "panoptic_source", "polygon_rle", "polygons_of",
    "read_alto", "read_class_table", "read_codes", "read_geojson", "read_georeference", "read_groups",
    "read_json", "read_levels", "read_names", "read_objects", "read_page", "read_runs", "read_shape",
    "read_splits", "read_table", "read_tasks", "read_via", "read_xml", "reading", "record_sources",
    "repeated_images", "rle_spans", "roboflow_masks_source", "rotate_points", "run_columns", "run_numbers",
    "run_order", "same_ends", "sample_tile", "save_exported", "settle_box", "settle_coordinates",
    "settle_splits", "shapes_with_area", "show_grid", "spans_rle", "split_by_folder", "split_files",
    "split_source", "spool_elements", "stitch_predictions", "stitch_tiles", "stratified_fractions",
    "studio_shape", "supervisely_source", "table_source", "tfds_schema", "third_party_reader", "tile_depth",
    "tile_grid", "tile_source", "to_image", "told_parts", "told_size", "unpack_brush", "verify_source",
    "via_shape", "via_source", "visible_files", "voc_source", "window_rle", "window_spans", "yolo_source",
]

MASK_VALUES: tuple[str, str, str, str]

class FoundLabels(NamedTuple):
    """What masks mean, and a line for each thing that was taken for granted."""
    labels: LabelMap
    assumptions: tuple[str, ...] = ()

@dataclass(frozen=True)
class PairStats:
    """What was seen of one pair: `size` (height, width) in pixels, `nbytes` bytes of both files, `kind` of the mask as above, `values` pixels by
    id, grey level or colour (r, g, b), `palette` colours by index, `turned` whether EXIF turns the image, `loss` what RGB of 8 bits would lose, `mask_loss` whether
    the mask's alpha or further bands are left out.
    """
    size: tuple[int, int]
    nbytes: int
    kind: str = "none"
    values: Mapping = ...
    palette: tuple = ()
    turned: bool = False
    loss: Loss = ...
    mask_loss: bool = False

def find_labels(
    facts: Sequence[PairStats],
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    unknown: str = "raise",
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
) -> FoundLabels:
    """What the masks of a dataset mean. Raises `DataError` that names the options where that cannot be told.

    Parameters
    ----------
    facts : Sequence[PairStats]
        what was seen of every pair
    class_names : Sequence[str] | None, default None
        K names by id, if known
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, if known
    unknown : str, default "raise"
        for values the labels lack: 'raise', 'ignore', 'nearest'
    mask_values : str | None, default None
        what values are: 'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        value that means ignore; 'none': no value does; None: 255 or 65535 beside ids

    Returns
    -------
    FoundLabels
        labels, and what was assumed
    """

BROKEN: tuple[Any, ...]

MOST_FINDINGS: int

class Room:
    """Room for so many pixels; whoever wants more than is left waits, and what is larger than all of it has it alone.

    Parameters
    ----------
    pixels : int, default 1 << 27
        that may be decoded at a time
    """
    def __init__(self, pixels: int = ...) -> None: ...

    @contextmanager
    def taken(self, pixels: int) -> Iterator[None]:
        """Takes room for pixels, and gives it back.

        Parameters
        ----------
        pixels : int
            of what is decoded in the block
        """

@dataclass(frozen=True)
class Source:
    """Pairs and what their labels mean; `sizes` are (height, width) in pixels, `nbytes` bytes of image and mask file, `turned` names of
    images that EXIF turns. `assumptions` are lines that say what was taken for granted and which option changes it.
    """
    pairs: tuple[Pair, ...]
    labels: LabelMap
    sizes: tuple[tuple[int, int], ...]
    nbytes: tuple[int, ...]
    skipped: tuple[str, ...] = ()
    turned: frozenset[str] = ...
    assumptions: tuple[str, ...] = ()
    def __len__(self) -> int: ...

    @property
    def class_names(self) -> tuple[str, ...]:
        """Class names by id."""

    @property
    def palette(self) -> dict[int, tuple[int, int, int]]:
        """Colours (r, g, b) by id."""
    def take(self, numbers: Sequence[int]) -> Source:
        """The same source with only the pairs of these numbers."""

def build_source(
    pairs: Sequence[Pair],
    labels: LabelMap | Callable,
    where: Path | str,
    findings: Sequence[Finding] = (),
    on_error: str = "raise",
    show_progress: bool = True,
    assumptions: Sequence[str] = (),
    beside: Sequence[Pair] = (),
) -> Source:
    """Looks at every pair. Raises one `DataError` with all findings, or leaves out what does not fit.

    Parameters
    ----------
    pairs : Sequence[Pair]
        of names that differ
    labels : LabelMap | Callable
        what the masks mean, or what finds it from a list of `PairStats`, such as `find_labels`
    where : Path | str
        folder or file that was read, for errors
    findings : Sequence[Finding], default ()
        what is known to be wrong already
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work
    assumptions : Sequence[str], default ()
        what was taken for granted already, a line each
    beside : Sequence[Pair], default ()
        pairs of other splits: their masks decide, too, what values mean

    Returns
    -------
    Source
        pairs that fit, in their order
    """

def check_listed(root: Path | str) -> None:
    """Raises `PermissionError` that names a folder below it which may not be listed: what is in there would be left out in silence.

    Parameters
    ----------
    root : Path | str
        a folder
    """

def check_source(source: Source, show_progress: bool = True) -> list[Finding]:
    """Loads every pair in full and returns all problems instead of stopping at the first.

    Parameters
    ----------
    source : Source
        pairs to check
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[Finding]
        every problem; empty when all is well
    """

def folder_source(
    images: Path | str,
    masks: Path | str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    labels: LabelMap | None = None,
    mask_suffix: str = "",
    list_file: Path | str | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    pixels: str | None = None,
    alpha: str | None = None,
    unknown: str = "raise",
    allow_lossy_mask: bool = False,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Pairs the pictures of two folders by name, checks them, and finds out what the masks mean.

    Parameters
    ----------
    images : Path | str
        folder of images
    masks : Path | str | None, default None
        folder of masks; None: images alone, for prediction
    class_names : Sequence[str] | None, default None
        K names by id; None: made up from what occurs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: found where masks hold colours
    labels : LabelMap | None, default None
        settled labels, such as those of another split
    mask_suffix : str, default ""
        what mask names have behind the image's, such as '_mask'
    list_file : Path | str | None, default None
        text file with the names to take, one a line
    mask_values : str | None, default None
        what mask values are: 'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value that means ignore; 'none': no value does; None: 255 beside ids
    pixels : str | None, default None
        images of more than 8 bits: 'stretch', 'high'; None: refused
    alpha : str | None, default None
        alpha and further bands: 'drop'; None: refused
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    allow_lossy_mask : bool, default False
        True: JPEG masks, each pixel to the nearest class
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs that fit, sorted by name
    """

@contextmanager
def image_options(pixels: str | None = None, alpha: str | None = None) -> Iterator[None]:
    """What becomes, in the block, of images that RGB of 8 bits cannot hold: for every source that is made there.

    Parameters
    ----------
    pixels : str | None, default None
        'stretch' or 'high', of images of more than 8 bits; None: they are refused
    alpha : str | None, default None
        'drop', of alpha and further bands; None: they are refused
    """

def inspect_mask(path: Path | str) -> PairStats | None:
    """The facts of a mask alone. Each state of a file is decoded once, however many splits ask for it.

    Parameters
    ----------
    path : Path | str
        a mask file

    Returns
    -------
    PairStats | None
        its kind, values and palette, without an image; None where it cannot be read
    """

def inspect_pair(
    pair: Pair,
    pixels: str | None = None,
    alpha: str | None = None,
    room: Room | None = None,
) -> PairStats | Finding:
    """The facts of one pair, or what is wrong with it: unreadable, image and mask of different size, or pixels that would be lost.

    Parameters
    ----------
    pair : Pair
        files to look at
    pixels : str | None, default None
        what becomes of images of more than 8 bits: 'stretch', 'high'; None: a finding
    alpha : str | None, default None
        what becomes of alpha and further bands: 'drop'; None: a finding
    room : Room | None, default None
        where its pixels wait until there is room; None: at once
    """

def known_name(line: str, known: set[str]) -> str | None:
    """A name as it is, without its ending, or with its letters encoded in another way (NFC, NFD).

    Parameters
    ----------
    line : str
        a name as a list tells it, with or without a picture's ending
    known : set[str]
        names that exist

    Returns
    -------
    str | None
        the one that is meant
    """

def list_images(folder: Path | str, suffix: str = "") -> dict[str, list[Path]]:
    """Picture files by name. Raises `FileNotFoundError` where there is no such folder, `DataError` where it has none.

    Parameters
    ----------
    folder : Path | str
        a folder of pictures, also in folders below it
    suffix : str, default ""
        only names that end with this, which is cut off

    Returns
    -------
    dict[str, list[Path]]
        files by name, sorted
    """

def listed_names(
    path: Path | str,
    known: Iterable[str],
    missing: str = "raise",
) -> tuple[list[str], tuple[str, ...]]:
    """The known names that a list names. Raises `DataError` with every line that names none.

    Parameters
    ----------
    path : Path | str
        a text file, a name a line, with or without ending
    known : Iterable[str]
        names that exist
    missing : str, default "raise"
        names that do not exist: 'raise', 'keep' them in the result, or 'skip' them and tell

    Returns
    -------
    tuple[list[str], tuple[str, ...]]
        known names in the order of the list, and what was assumed
    """

def load_pair(pair: Pair, labels: LabelMap | None = None) -> dict:
    """Reads one pair as a sample. Raises `DataError` when image and mask differ in size.

    Parameters
    ----------
    pair : Pair
        files of the pair
    labels : LabelMap | None, default None
        what its mask means; None: values are ids

    Returns
    -------
    dict
        image [H, W, 3] uint8, mask [H, W, 1] ids (where there is one), name
    """

def match_pairs(
    images: dict[str, list[Path]],
    masks: dict[str, list[Path]] | None,
) -> tuple[list[Pair], list[Finding]]:
    """Pairs of the same name; every orphan and every name that stands twice is a finding.

    Parameters
    ----------
    images : dict[str, list[Path]]
        from `list_images`
    masks : dict[str, list[Path]] | None
        the same for masks; None: images alone

    Returns
    -------
    tuple[list[Pair], list[Finding]]
        pairs by name, and what did not fit
    """

def read_names(path: Path | str) -> list[str]:
    """The lines of a list file. Raises `DataError` for names that lead outside and for an empty list.

    Parameters
    ----------
    path : Path | str
        a text file, a name a line

    Returns
    -------
    list[str]
        the lines as they are
    """

@contextmanager
def reading(path: Path | str) -> Iterator[None]:
    """Inside the block, whatever broken data raises is a `DataError` that names the file.

    Parameters
    ----------
    path : Path | str
        what is read
    """

def same_ends(sources: Mapping[str, Source]) -> dict[str, Source]:
    """One linear map for all splits: the darkest and the brightest value of any of them become 0 and 255.

    Parameters
    ----------
    sources : Mapping[str, Source]
        a source by split

    Returns
    -------
    dict[str, Source]
        the same, whose stretched images share their ends
    """

def third_party_reader(source: Callable) -> Callable:
    """Decorates what reads files of strangers.

    Parameters
    ----------
    source : Callable
        gets a path first, and gives a `Source`

    Returns
    -------
    Callable
        the same, inside `reading`
    """

def verify_source(source: Source, on_error: str = "raise", show_progress: bool = True) -> Source:
    """Loads every pair in full. Raises one `DataError` with all findings, or leaves out what cannot be loaded.

    Parameters
    ----------
    source : Source
        pairs to load
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs that can be loaded
    """

@dataclass(frozen=True)
class SimilarPair:
    """Two pairs by name whose images look alike; `similarity` is 1 for equal hashes."""
    name: str
    other: str
    similarity: float

def classes_per_mask(source: Source, show_progress: bool = True) -> list[frozenset[int]]:
    """Which classes each mask shows. Reads every mask.

    Parameters
    ----------
    source : Source
        pairs with masks
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[frozenset[int]]
        class ids in each pair's mask, in order, without the ignore label
    """

def difference_hash(image: Path | str | LazyImage | np.ndarray) -> np.ndarray:
    """For each of 16 x 16 places, whether the picture is brighter right of it, then below it, by more than one level.

    Parameters
    ----------
    image : Path | str | LazyImage | np.ndarray
        a picture file, what makes one, or [H, W, 3] uint8

    Returns
    -------
    np.ndarray
        [512] bool
    """

def difference_hashes(hashes: np.ndarray, similarity: float = 0.75) -> list[tuple[int, int, float]]:
    """All pairs of hashes that are alike.

    Parameters
    ----------
    hashes : np.ndarray
        [N, 512] bool, from `difference_hash`
    similarity : float, default 0.75
        least share of common bits, above 0 to 1

    Returns
    -------
    list[tuple[int, int, float]]
        numbers of two pictures, the lower first, and their similarity
    """

def drop_empty(source: Source, show_progress: bool = True) -> Source:
    """Leaves out pairs whose masks hold background and ignore label alone. Reads every mask. Raises `DataError` where none is left.

    Parameters
    ----------
    source : Source
        pairs with masks; tiles are pairs as well
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs whose masks show another class than the background, id 0
    """

def find_leaks(
    splits: Mapping[str, Source],
    similarity: float = 0.75,
    show_progress: bool = True,
) -> list[Finding]:
    """Images of different splits that look alike.

    Parameters
    ----------
    splits : Mapping[str, Source]
        a source by split
    similarity : float, default 0.75
        least share of common bits of two hashes, above 0 to 1
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[Finding]
        one for each two images, the most alike first
    """

def find_similar(
    source: Source,
    similarity: float = 0.75,
    show_progress: bool = True,
) -> list[SimilarPair]:
    """Pairs whose images look alike. Reads every image.

    Parameters
    ----------
    source : Source
        pairs
    similarity : float, default 0.75
        least share of common bits of two hashes, above 0 to 1
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    list[SimilarPair]
        the most alike first
    """

def group_names(
    names: Sequence[str],
    rule: str | Mapping[str, str],
    where: Path | str = "groups",
) -> dict[str, str]:
    """The group of each name. Raises `DataError` with all names that have none.

    Parameters
    ----------
    names : Sequence[str]
        names of pairs
    rule : str | Mapping[str, str]
        a regular expression whose brackets hold the group, or the group by name
    where : Path | str, default "groups"
        what errors call the rule, such as the file of a table

    Returns
    -------
    dict[str, str]
        group by name
    """

def hash_fraction(name: str, seed: int = 0) -> float:
    """A number that only the name and the seed decide.

    Parameters
    ----------
    name : str
        of a pair or a group
    seed : int, default 0
        another seed gives another place

    Returns
    -------
    float
        from 0 to 1, the same everywhere
    """

def merge_similar(groups: Mapping[str, str], alike: Sequence[SimilarPair]) -> dict[str, str]:
    """Groups that pictures which look alike tie together.

    Parameters
    ----------
    groups : Mapping[str, str]
        group by name
    alike : Sequence[SimilarPair]
        from `find_similar`

    Returns
    -------
    dict[str, str]
        group by name; joined ones have the name of the first of them
    """

def read_groups(path: Path | str, column: str = "group", names: str = "name") -> dict[str, str]:
    """Groups from a table. Raises `DataError` for a missing column and for a name with two groups.

    Parameters
    ----------
    path : Path | str
        a CSV file whose first line names the columns
    column : str, default "group"
        the column with the groups
    names : str, default "name"
        the column with the pairs' names, with or without a picture's ending

    Returns
    -------
    dict[str, str]
        group by name
    """

def read_splits(path: Path | str) -> dict[str, str]:
    """Which pairs are in which split of a data set. Raises `DataError` where its records have no names.

    Parameters
    ----------
    path : Path | str
        folder of a data set

    Returns
    -------
    dict[str, str]
        split by name
    """

def split_by_folder(source: Source) -> dict[str, Source]:
    """Divides a source by the folders its names begin with. Raises `DataError` for names without.

    Parameters
    ----------
    source : Source
        pairs whose names begin with a folder, such as train/0001

    Returns
    -------
    dict[str, Source]
        a source by first folder, with names below it; `valid` and `validation` are val, `training` is train
    """

def split_source(
    source: Source,
    seed: int = 0,
    *,
    groups: str | Mapping[str, str] | None = None,
    classes: Sequence[frozenset[int]] | None = None,
    keep: Mapping[str, str] | None = None,
    **shares: float,
) -> dict[str, Source]:
    """Divides a source by the hash of each pair's name, or of its group.

    Parameters
    ----------
    source : Source
        pairs to divide
    seed : int, default 0
        another seed gives another division
    groups : str | Mapping[str, str] | None, default None
        as for `group_names`: what goes together; None: each pair alone
    classes : Sequence[frozenset[int]] | None, default None
        from `classes_per_mask`, to spread rare classes; None: the hash alone decides
    keep : Mapping[str, str] | None, default None
        split by name, settled before, such as from `read_splits`
    **shares : float
        share of each split, such as train=0.8, val=0.2; they add up to 1

    Returns
    -------
    dict[str, Source]
        a source by split, none of them empty
    """

def stratified_fractions(
    groups: Sequence[str],
    classes: Sequence[frozenset[int]],
    seed: int = 0,
) -> dict[str, float]:
    """Places in equal steps within the groups of one rarest class, each as wide as the group has pairs.

    Parameters
    ----------
    groups : Sequence[str]
        the group of each pair
    classes : Sequence[frozenset[int]]
        class ids in each pair's mask
    seed : int, default 0
        another seed gives other places

    Returns
    -------
    dict[str, float]
        a place from 0 to 1 by group
    """

@dataclass(frozen=True)
class MappedMask(LazyMask):
    """A mask whose ids are looked up in a table: id `i` becomes `table[i]`, the ignore label `ignore_label`."""
    mask: Path | str | LazyMask
    labels: LabelMap
    table: tuple[int, ...]
    ignore_label: int = ...
    dtype: str = "uint8"
    @property
    def path(self) -> Path | str: ...
    @property
    def nbytes(self) -> int: ...
    def load(self) -> np.ndarray: ...
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]: ...

def merge_classes(source: Source, class_map: str | Sequence[str] | Mapping) -> Source:
    """Renames, merges and ignores classes of a source. Raises `ValueError` for names that do not fit.

    Parameters
    ----------
    source : Source
        pairs with classes
    class_map : str | Sequence[str] | Mapping
        'old+old=new', some of these, or {new: (old, ...)}

    Returns
    -------
    Source
        the same pairs, with other classes
    """

def merge_labels(
    labels: LabelMap,
    class_map: str | Sequence[str] | Mapping,
) -> tuple[LabelMap, tuple[int, ...]]:
    """What becomes of classes under a class map. Raises `ValueError` that names every name that does not fit.

    Parameters
    ----------
    labels : LabelMap
        K classes, each of another name
    class_map : str | Sequence[str] | Mapping
        'old+old=new', some of these, or {new: (old, ...)}

    Returns
    -------
    tuple[LabelMap, tuple[int, ...]]
        new labels, and the new id of each old one
    """

class DecodedImageCache:
    """Decoded pictures: each thread keeps its last image and its last mask, and shares them with others at the same."""
    def __init__(self) -> None: ...
    def get(self, kind: str, key: str, decode: Callable[[], np.ndarray]) -> np.ndarray:
        """The array of this kind and key, decoded where no thread has it."""

@dataclass(frozen=True)
class Tile:
    """A rectangle of a larger picture, in pixels: corner (y, x), height, width, and the height and width of the whole."""
    y: int
    x: int
    height: int
    width: int
    whole_height: int
    whole_width: int

    @property
    def area(self) -> tuple[slice, slice]:
        """Its rows and columns in the whole."""

@dataclass(frozen=True)
class TileImage(LazyImage):
    """A tile of an image, which is a file or made itself; `parent` is the name of the whole."""
    whole: Path | str | LazyImage
    tile: Tile
    parent: str
    wholes: DecodedImageCache = ...

    @property
    def path(self) -> Path | str:
        """Where the whole comes from."""
    def open(self) -> Image.Image:
        """The tile's pixels."""
    def place(self) -> dict:
        """What a sample says of it: its parent, and (y, x, whole height, whole width) in pixels."""

@dataclass(frozen=True)
class TileMask(LazyMask):
    """A tile of a mask, which is read by its `labels`."""
    whole: Path | str | LazyImage | LazyMask
    tile: Tile
    labels: LabelMap
    wholes: DecodedImageCache = ...

    @property
    def path(self) -> Path | str:
        """Where the whole comes from."""

    @property
    def nbytes(self) -> int:
        """About what it takes as a PNG file."""
    def load(self) -> np.ndarray:
        """Its ids [h, w, 1]. Raises `DataError` where the whole mask is not as large as the image."""
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]:
        """(height, width) and the ids that occur."""

def sample_tile(sample: Mapping) -> Tile:
    """The tile that a sample is. Raises `DataError` for one that is none.

    Parameters
    ----------
    sample : Mapping
        image [h, w, 3], and tile: y, x, whole height and whole width in pixels

    Returns
    -------
    Tile
        where it lies
    """

def show_grid(image: np.ndarray, tiles: Sequence[Tile]) -> Figure:
    """Tiles drawn over a picture: lighter where they overlap, one of them marked.

    Parameters
    ----------
    image : np.ndarray
        [H, W, 3] uint8
    tiles : Sequence[Tile]
        from `tile_grid`

    Returns
    -------
    Figure
        the picture under the tiles
    """

def stitch_predictions(
    samples: Iterable[Mapping],
    predict: Callable[[np.ndarray], Any],
    batch_size: int = 8,
) -> Iterator[tuple[str, np.ndarray]]:
    """What a model says of whole pictures, from what it says of their tiles.

    Parameters
    ----------
    samples : Iterable[Mapping]
        of a tiled data set, in order, such as from `read_dataset`
    predict : Callable[[np.ndarray], Any]
        images [B, h, w, 3] uint8 to ids [B, h, w, 1] or scores [B, h, w, K]
    batch_size : int, default 8
        tiles B that go through the model at a time

    Returns
    -------
    Iterator[tuple[str, np.ndarray]]
        name of each whole picture, and its ids [H, W, 1] or scores [H, W, K]
    """

def stitch_tiles(parts: Iterable[tuple[Tile, np.ndarray]]) -> np.ndarray:
    """Tiles put together: whole numbers from the tile where a pixel lies deepest, floats as a mean. Raises `DataError` where pixels are missing.

    Parameters
    ----------
    parts : Iterable[tuple[Tile, np.ndarray]]
        tiles of one picture, each with ids or pixels [h, w, C] or [h, w] of whole numbers, or scores [h, w, K] of floats

    Returns
    -------
    np.ndarray
        [H, W, C] of the parts' dtype; scores as float32
    """

def tile_depth(tile: Tile) -> np.ndarray:
    """How far each pixel is from the tile's inner edges, in pixels.

    Parameters
    ----------
    tile : Tile
        where it lies

    Returns
    -------
    np.ndarray
        [height, width] float32, 1 at the edge, more inside
    """

def tile_grid(
    whole: tuple[int, int],
    size: tuple[int, int] = (512, 512),
    overlap: int = 64,
) -> list[Tile]:
    """Cuts a picture's area into tiles. Raises `DataError` where a tile is larger than the picture.

    Parameters
    ----------
    whole : tuple[int, int]
        (height, width) of the picture, pixels
    size : tuple[int, int], default (512, 512)
        (height, width) of a tile, pixels
    overlap : int, default 64
        pixels that neighbours share, at least

    Returns
    -------
    list[Tile]
        row by row; together they cover every pixel
    """

def tile_source(source: Source, size: tuple[int, int] = (512, 512), overlap: int = 64) -> Source:
    """Cuts every picture of a source into tiles. Reads nothing: pixels are cut when they are written.

    Parameters
    ----------
    source : Source
        whole pictures
    size : tuple[int, int], default (512, 512)
        (height, width) of a tile, pixels
    overlap : int, default 64
        pixels that neighbours share, at least

    Returns
    -------
    Source
        a pair for each tile, picture after picture
    """

class ArrayElements:
    """The elements of a container by number, fetched one at a time; each thread keeps its last. Its `repr` is its own."""
    data: Sequence
    token: Any
    def __init__(self, data: Sequence) -> None: ...
    def __getitem__(self, number: int) -> Any: ...

@dataclass(frozen=True)
class ElementImage(LazyImage):
    """The image or the mask of one element; `key` is where in the element it is, None where the element is the image."""
    elements: ArrayElements
    number: int
    key: str | int | None = None
    mask: bool = False

    @property
    def path(self) -> str:
        """What errors call it."""
    def open(self) -> Image.Image | bytes:
        """The picture, fetched now."""

def array_source(
    data: Iterable,
    *,
    image: str | int | None = None,
    mask: str | int | None = None,
    name: str | int | None = None,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    labels: LabelMap | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    pixels: str | None = None,
    alpha: str | None = None,
    unknown: str = "raise",
    spool: Path | str | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Pairs from memory, a generator, or a Hugging Face data set, checked like files.

    Parameters
    ----------
    data : Iterable
        elements: (image, mask), dicts, or images; a list, a generator, a data set of Hugging Face, PyTorch or `tf.data`
    image : str | int | None, default None
        key of the image in an element; None: 'image', or 0, or the element itself
    mask : str | int | None, default None
        key of the mask; None: 'mask' where there is one, or 1; '': there are none
    name : str | int | None, default None
        key of the name; None: numbers such as 000007
    class_names : Sequence[str] | None, default None
        K names by id; None: made up from what occurs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: found where masks hold colours
    labels : LabelMap | None, default None
        settled labels, such as those of another split
    mask_values : str | None, default None
        what mask values are: 'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value that means ignore; 'none': no value does; None: 255 beside ids
    pixels : str | None, default None
        uint16 images: 'stretch', 'high'; None: refused
    alpha : str | None, default None
        alpha and further bands: 'drop'; None: refused
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    spool : Path | str | None, default None
        folder for what can be walked through only once; None: one that goes when Python ends
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the elements
    """

def spool_elements(
    data: Iterable,
    folder: Path | str,
    keys: tuple,
    show_progress: bool = True,
) -> tuple[list[Pair], list[Finding]]:
    """Writes each element as files, one at a time.

    Parameters
    ----------
    data : Iterable
        elements
    folder : Path | str
        gets images/ and masks/
    keys : tuple
        where in an element image, mask and name are; None: nowhere, and an image that is the element itself
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    tuple[list[Pair], list[Finding]]
        pairs of files, and what could not be put down
    """

def to_image(value: Any, mask: bool = False, name: str = "element") -> Image.Image | bytes:
    """A picture, or the bytes of its file. Raises `DataError` for what can be neither.

    Parameters
    ----------
    value : Any
        array [H, W], [H, W, C], PIL.Image, path, bytes of a file, or {'bytes', 'path'}
    mask : bool, default False
        True: a mask, whose values are ids, 0 and 255, or colours
    name : str, default "element"
        what errors call it

    Returns
    -------
    Image.Image | bytes
        as `LazyImage.open` gives it
    """

class ImageFinder:
    """Finds images below a folder, its neighbours, or `images`; counts how each was found.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    images : Path | str | None, default None
        folder of the images, where the user says it; None: found
    above : bool, default False
        images may lie in the parent folder itself, as of Transkribus
    """
    root: Any
    beside: Any
    above: bool
    def __init__(self, root: Path | str, images: Path | str | None = None, above: bool = False) -> None: ...

    def find(
        self,
        told: str,
        file: Path | str,
        places: Iterable[Path | str] = (),
        single: bool = True,
    ) -> Path:
        """The image that is meant. Raises `DataError` where there is none, or where several have its name.

        Parameters
        ----------
        told : str
            path of the image as the file tells it; '' where it does not
        file : Path | str
            the annotation file, whose stem may be the image's
        places : Iterable[Path | str], default ()
            folders to start from, the likeliest first
        single : bool, default True
            the file tells of one image alone: its stem may be the image's

        Returns
        -------
        Path
            an existing image
        """

    def as_told(self, told: str, file: Path | str, places: Iterable[Path | str] = ()) -> Path | None:
        """The image at a plain relative path below a place or the root; None where there is none.

        Parameters
        ----------
        told : str
            path of the image as the file tells it
        file : Path | str
            the annotation file
        places : Iterable[Path | str], default ()
            folders to start from, the likeliest first
        """

    def name_of(self, told: str, found: Path) -> str:
        """The name of a pair: as told where the image lies at such a path, else as it lies in the dataset.

        Parameters
        ----------
        told : str
            path of the image as the file tells it
        found : Path
            where `find` found it

        Returns
        -------
        str
            with forward slashes, without the ending
        """
    def assumptions(self) -> tuple[str, ...]:
        """A line for each kind of detour: how many images, an example, and the option that decides."""

    def untold(self, found: Iterable[Path], told: Iterable[str]) -> tuple[str, ...]:
        """Tells of images beside the found ones that no annotation file tells of.

        Parameters
        ----------
        found : Iterable[Path]
            images that were found
        told : Iterable[str]
            paths or names that the annotation files tell, also of what was not found

        Returns
        -------
        tuple[str, ...]
            a line; empty where there is none
        """

def file_stems(file: Path | str) -> list[str]:
    """Stems that the image of an annotation file may have: its own, and without what converters add.

    Parameters
    ----------
    file : Path | str
        an annotation file, such as page.ocr.xml

    Returns
    -------
    list[str]
        'page.ocr', 'page'
    """

def folder_splits(root: Path | str, files: Iterable[Path]) -> list[str]:
    """Splits that a dataset tells by folders called train, val or test, as it spells them.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    files : Iterable[Path]
        annotation files below it

    Returns
    -------
    list[str]
        such as ['train', 'val']; empty where a file lies in no such folder
    """

def is_hidden(path: Path, root: Path) -> bool:
    """Whether a path is hidden below a root, such as `._a.json`, or lies in `__MACOSX`.

    Parameters
    ----------
    path : Path
        a file or folder
    root : Path
        folder of the dataset, which may be hidden itself
    """

def split_files(root: Path | str, files: Iterable[Path], split: str) -> list[Path]:
    """The files of a split. Raises `DataError` where there are none.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    files : Iterable[Path]
        annotation files below it
    split : str
        one of `folder_splits`

    Returns
    -------
    list[Path]
        in the same order
    """

def told_parts(told: str) -> list[tuple[str, ...]]:
    """The ways to read a told path, without drive, host, leading slashes and `..`.

    Parameters
    ----------
    told : str
        a path or a URL as an annotation file tells it

    Returns
    -------
    list[tuple[str, ...]]
        folders and name, as they are and unquoted; empty for a blank
    """

def visible_files(root: Path | str, *patterns: str) -> list[Path]:
    """Files below a folder that are not hidden.

    Parameters
    ----------
    root : Path | str
        folder of the dataset
    *patterns : str
        of `Path.glob`, such as '**/*.json'

    Returns
    -------
    list[Path]
        sorted by pattern, then path
    """

def image_key(image: Any) -> Hashable:
    """What an image is known by: its file behind all links, or what makes it.

    Parameters
    ----------
    image : Any
        file of an image, or what makes one

    Returns
    -------
    Hashable
        equal for the same file
    """

def name_order(
    labels: Iterable[str | None],
    class_names: Sequence[str] | None = None,
    background: str | None = None,
) -> tuple[list[str], tuple[str, ...]]:
    """The names that the user gives, or those that occur by the alphabet, and the line that says so.

    Parameters
    ----------
    labels : Iterable[str | None]
        names that occur, with repetitions; None is not one
    class_names : Sequence[str] | None, default None
        names in the order of their ids, where the user says it
    background : str | None, default None
        the name of id 0, which is not one of them

    Returns
    -------
    tuple[list[str], tuple[str, ...]]
        names in the order of their ids, and what to tell
    """

def read_table(path: Path | str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """A table with the line of each row. Raises `DataError` without a header, and for rows longer than it.

    Parameters
    ----------
    path : Path | str
        a CSV file with a header

    Returns
    -------
    tuple[list[str], list[tuple[int, dict[str, str]]]]
        names of columns; line and cells of each row
    """

def repeated_images(told: Iterable[tuple[Any, Any]]) -> dict[Hashable, list]:
    """Images that are told more than once.

    Parameters
    ----------
    told : Iterable[tuple[Any, Any]]
        an image and what tells it, each

    Returns
    -------
    dict[Hashable, list]
        what tells it, by image; only where that is several
    """

def settle_splits(sources: Mapping[str, Source]) -> tuple[dict[str, Source], tuple[str, ...]]:
    """Leaves out splits that are the union of others; tells of images in more than one, or twice in one.

    Parameters
    ----------
    sources : Mapping[str, Source]
        a source by split

    Returns
    -------
    tuple[dict[str, Source], tuple[str, ...]]
        the splits that stay, and what to tell
    """

ADE20K: Layout

CAMVID: Layout

CAMVID_CLASSES: list[str]

CITYSCAPES: Layout

CITYSCAPES_LABELS: Any

VOC: Layout

VOC_CLASSES: list[str]

VOC_VOID_COLOR: tuple[int, int, int]

@dataclass(frozen=True)
class Layout:
    """How a data set lies on disk, and how that is told."""
    name: str
    source: Callable
    wants: tuple[str, ...]
    marks: tuple[str, ...] = ()
    splits: Callable[[Path], Sequence[str]] = ...
    same: tuple[str, ...] = ()

    def missing(self, root: Path | str) -> list[str]:
        """What was looked for and not found.

        Parameters
        ----------
        root : Path | str
            folder of a data set

        Returns
        -------
        list[str]
            what is not there; empty where the layout fits
        """

    def holds(self, path: Path) -> bool:
        """Whether a file holds all `marks`.

        Parameters
        ----------
        path : Path
            a file
        """

    def check(self, root: Path | str) -> Path:
        """Raises `DataError` where the layout does not fit.

        Parameters
        ----------
        root : Path | str
            folder of a data set

        Returns
        -------
        Path
            the same as a path
        """

def ade20k_source(
    root: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    reduce_zero_label: bool | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads ADE20K's scene parsing benchmark, and what lies like it.

    Parameters
    ----------
    root : Path | str
        folder with images/ and annotations/
    split : str | None, default None
        a folder in both, such as 'training'; None: all
    class_names : Sequence[str] | None, default None
        K names, of grey level 1 on where 0 is ignored; None: those of objectInfo150.txt
    reduce_zero_label : bool | None, default None
        True: 0 is ignored and 1 is id 0; False: 0 is a class; None: True where objectInfo150.txt is
    mask_values : str | None, default None
        what mask values are: 'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value that means ignore; 'none': no value does; None: 255 beside ids
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

def camvid_source(
    root: Path | str,
    split: str | None = None,
    *,
    ignore: Sequence[str] | None = None,
    class_names: Sequence[str] | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    unknown: str = "raise",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads CamVid, its usual copies, and what lies like them.

    Parameters
    ----------
    root : Path | str
        folder with images, masks, and a table of colours
    split : str | None, default None
        a folder of images, such as 'train'; None: all
    ignore : Sequence[str] | None, default None
        classes of the table that become the ignore label; None: 'Void' where there is one
    class_names : Sequence[str] | None, default None
        other names for the rows of the table, or names by id where there is none
    mask_values : str | None, default None
        what mask values are: 'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value that means ignore; 'none': no value does; None: 255 beside ids
    unknown : str, default "raise"
        colours the table lacks: 'raise', 'ignore', 'nearest'
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

def cityscapes_source(
    root: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    masks: str = "labelIds",
    gt: str = "gtFine",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Cityscapes with its 19 train ids; all else is ignored.

    Parameters
    ----------
    root : Path | str
        folder with leftImg8bit/ and gtFine/
    split : str | None, default None
        'train', 'val', or another folder of leftImg8bit/; None: all but 'test'
    class_names : Sequence[str] | None, default None
        K names by mask value of other classes; None: Cityscapes' 19
    masks : str, default "labelIds"
        which files: 'labelIds', 'labelTrainIds' or 'color'
    gt : str, default "gtFine"
        folder of masks: 'gtFine' or 'gtCoarse'
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs of 19 classes, by city
    """

def list_source(
    list_file: Path | str,
    root: Path | str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    unknown: str = "raise",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Pairs from a list file. Raises `DataError` with every bad line.

    Parameters
    ----------
    list_file : Path | str
        text file, an image and a mask a line
    root : Path | str | None, default None
        folder the paths start from; None: the list's
    class_names : Sequence[str] | None, default None
        K names by id; None: made up from what occurs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: found where masks hold colours
    mask_values : str | None, default None
        what mask values are: 'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value that means ignore; 'none': no value does; None: 255 beside ids
    unknown : str, default "raise"
        values the labels lack: 'raise', 'ignore', 'nearest'
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the list's order
    """

def map_pairs(pairs: Sequence[Pair], labels: LabelMap, table: tuple[int, ...]) -> list[Pair]:
    """The same pairs with other ids.

    Parameters
    ----------
    pairs : Sequence[Pair]
        pairs with masks
    labels : LabelMap
        what these mean
    table : tuple[int, ...]
        new id of each class, `IGNORE_LABEL` among them

    Returns
    -------
    list[Pair]
        pairs with a `MappedMask` each
    """

def read_class_table(path: Path | str) -> dict[str, tuple[int, int, int]]:
    """Names and colours of classes. Raises `DataError` with every bad line.

    Parameters
    ----------
    path : Path | str
        label_colors.txt, class_dict.csv or labelmap.txt

    Returns
    -------
    dict[str, tuple[int, int, int]]
        (r, g, b) by class name, in order
    """

def table_source(
    pairs: Sequence[Pair],
    table: Mapping[str, tuple[int, int, int]],
    where: Path | str,
    *,
    findings: Sequence[Finding] = (),
    ignore: Sequence[str] | None = (),
    class_names: Sequence[str] | None = None,
    answers: Mapping | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
    assumptions: Sequence[str] = (),
    beside: Sequence[Pair] = (),
) -> Source:
    """A source whose masks are coded by a table of classes and colours.

    Parameters
    ----------
    pairs : Sequence[Pair]
        pairs with mask files
    table : Mapping[str, tuple[int, int, int]]
        (r, g, b) by class name; the place is the id
    where : Path | str
        folder or file that was read, for errors
    findings : Sequence[Finding], default ()
        what is known to be wrong already
    ignore : Sequence[str] | None, default ()
        classes of the table that become the ignore label; None: 'Void' where there is one
    class_names : Sequence[str] | None, default None
        other names for the rows of the table
    answers : Mapping | None, default None
        further arguments of `find_labels`
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work
    assumptions : Sequence[str], default ()
        what was taken for granted already, a line each
    beside : Sequence[Pair], default ()
        pairs of other splits, whose masks are coded alike

    Returns
    -------
    Source
        pairs in their order
    """

def voc_source(
    root: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    unknown: str = "raise",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Pascal VOC, the mask export of CVAT and Datumaro, and what LabelMe's labelme2voc makes.

    Parameters
    ----------
    root : Path | str
        folder with JPEGImages/ and SegmentationClass/
    split : str | None, default None
        a list of ImageSets/Segmentation, such as 'train'; None: every mask
    class_names : Sequence[str] | None, default None
        K names by id; None: those of labelmap.txt or class_names.txt, or VOC's 21
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id; None: those of labelmap.txt, or VOC's
    mask_values : str | None, default None
        what mask values are: 'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value that means ignore; 'none': no value does; None: 255 beside ids
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the list's order
    """

BACKGROUNDS: tuple[str, str]

BOXES: tuple[str, str, str]

BOX_ADVICE: dict[str, str]

UNDER: Any

@dataclass(frozen=True)
class AnnotatedImage:
    """A picture and its shapes, as `path` tells at `where`. `size`: (height, width), None where the file is silent."""
    name: str
    image: Path | LazyImage
    path: Path
    shapes: tuple[Shape, ...]
    size: tuple[int, int] | None = None
    where: str = ""

class NoArea(DataError):
    """A shape that covers no pixel by its kind, such as a line. `kind` is what the report counts.

    Parameters
    ----------
    kind : str
        such as 'line', 'point', 'box'
    """
    kind: str
    def __init__(self, kind: str) -> None: ...

@dataclass(frozen=True)
class PolygonMask(LazyMask):
    """A mask of shapes: (id, run lengths) each, drawn in this order on `background`. `size`: (height, width), pixels."""
    path: Path | str
    size: tuple[int, int]
    shapes: tuple[tuple[int, bytes], ...]
    background: int = 0
    dtype: str = "uint8"
    @property
    def nbytes(self) -> int: ...
    def load(self) -> np.ndarray: ...
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]: ...

@dataclass(frozen=True)
class Shape:
    """An area as a file tells it: `polygons` without `holes`, [N, 2] of x, y in pixels each, or run lengths."""
    label: str | None
    where: str
    polygons: tuple = ()
    holes: tuple = ()
    rle: Mapping | None = None
    order: float = 0
    wrong: str = ""
    left_out: str = ""

def annotated_source(
    drawings: Iterable[AnnotatedImage],
    class_names: Sequence[str] | None,
    where: Path | str,
    *,
    findings: Sequence[Finding] = (),
    background: str | None = "background",
    smaller_on_top: bool = False,
    margin: float = 1.0,
    palette: Mapping | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
    assumptions: Sequence[str] = (),
    advice: Mapping[str, str] | None = None,
    empty: bool = False,
) -> Source:
    """Checks all shapes and makes a source of the pictures on which everything fits.

    Parameters
    ----------
    drawings : Iterable[AnnotatedImage]
        pictures with their shapes
    class_names : Sequence[str] | None
        names of shapes by id; None: those that occur, sorted
    where : Path | str
        folder or file that was read, for errors
    findings : Sequence[Finding], default ()
        what is known to be wrong already
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    smaller_on_top : bool, default False
        True: among shapes of one order, those of smaller area
    margin : float, default 1.0
        how far corners may lie outside, pixels
    palette : Mapping | None, default None
        (r, g, b) by class name
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work
    assumptions : Sequence[str], default ()
        what was taken for granted already, a line each
    advice : Mapping[str, str] | None, default None
        what to do about shapes left out, by kind; '': about none
    empty : bool, default False
        True: no shape at all is fine, as other splits hold some

    Returns
    -------
    Source
        pairs whose masks are drawn
    """

def as_label(name: str | int) -> str:
    """The name of a class. Raises `DataError` for none at all.

    Parameters
    ----------
    name : str | int
        of a class, as a file tells it
    """

def as_points(numbers: Sequence[float]) -> np.ndarray:
    """Corners from a flat list. Raises `DataError` where a number is left over.

    Parameters
    ----------
    numbers : Sequence[float]
        x, y, x, y, ...

    Returns
    -------
    np.ndarray
        [N, 2]
    """

def as_size(height: int | str | None, width: int | str | None) -> tuple[int, int]:
    """The size a file tells. Raises `DataError` for what no picture has that Pillow would open.

    Parameters
    ----------
    height : int | str | None
        as a file tells it
    width : int | str | None
        likewise

    Returns
    -------
    tuple[int, int]
        (height, width) in pixels
    """

def as_whole(value: int | float | str) -> int:
    """A whole number from what a file tells. Raises `DataError` for anything else.

    Parameters
    ----------
    value : int | float | str
        such as 96, 96.0, '96' or '96.0'
    """

def beyond_margin(size: tuple[int, int], margin: float, beyond: float) -> str:
    """Why a shape is refused, and the option that cuts it at the edge.

    Parameters
    ----------
    size : tuple[int, int]
        (height, width) of the image, pixels
    margin : float
        how far a shape may lie outside, pixels
    beyond : float
        how far it does
    """

def bits_rle(bits: np.ndarray) -> bytes:
    """A mask of one shape as run lengths.

    Parameters
    ----------
    bits : np.ndarray
        [H, W] bool

    Returns
    -------
    bytes
        COCO's compressed run lengths
    """

def box_points(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    """A box as a polygon.

    Parameters
    ----------
    left : float
        x of a corner, pixels
    top : float
        y of it
    right : float
        x of the corner across, pixels
    bottom : float
        y of it

    Returns
    -------
    np.ndarray
        [4, 2] corners x, y
    """

def box_shape(label: str, where: str, points: np.ndarray, boxes: str) -> Shape:
    """What becomes of a box among polygons. Raises `NoArea` where boxes are left out.

    Parameters
    ----------
    label : str
        its class
    where : str
        what findings call it
    points : np.ndarray
        [4, 2] corners x, y in pixels, as of `box_points`
    boxes : str
        one of `BOXES`
    """

def check_shape(shape: Shape, size: tuple[int, int], margin: float = 1.0) -> list[str]:
    """Everything that is wrong with the corners of a shape, or with its run lengths.

    Parameters
    ----------
    shape : Shape
        what a file tells
    size : tuple[int, int]
        (height, width) of its picture in pixels
    margin : float, default 1.0
        how far corners may lie outside, pixels

    Returns
    -------
    list[str]
        what is wrong; empty when it can be drawn
    """

def checked_rle(rle: Mapping, size: tuple[int, int] | None = None) -> bytes:
    """Run lengths that fit. Raises `DataError` where size or sum is another.

    Parameters
    ----------
    rle : Mapping
        {'size': [height, width], 'counts': list, text or bytes}
    size : tuple[int, int] | None, default None
        (height, width) of the picture; None: any

    Returns
    -------
    bytes
        COCO's compressed run lengths
    """

@contextmanager
def collect_findings(findings: list[Finding], path: Path | str, where: str = ""):
    """Turns what a broken entry raises into a finding.

    Parameters
    ----------
    findings : list[Finding]
        gets what is wrong
    path : Path | str
        file that is read
    where : str, default ""
        place in it
    """

def counted(n: int, thing: str) -> str:
    """Such as '1 shape' and '2 shapes'.

    Parameters
    ----------
    n : int
        how many
    thing : str
        one of them
    """

def ellipse_points(x: float, y: float, rx: float, ry: float, angle: float = 0.0) -> np.ndarray:
    """An ellipse as a polygon. Raises `DataError` for radii that no picture has.

    Parameters
    ----------
    x : float
        centre from the left, pixels
    y : float
        centre from above, pixels
    rx : float
        radius along x before the turn, pixels
    ry : float
        radius along y before the turn, pixels
    angle : float, default 0.0
        turn, degrees, clockwise on the screen

    Returns
    -------
    np.ndarray
        [N, 2] corners x, y
    """

def few_shapes(rows: Sequence) -> Sequence:
    """Raises `DataError` where there are more than anybody has drawn on a picture.

    Parameters
    ----------
    rows : Sequence
        what tells the shapes of one picture, one each

    Returns
    -------
    Sequence
        the same
    """

def hidden_shapes(
    rows: Sequence[tuple[str | None, bytes]],
    size: tuple[int, int],
) -> tuple[bool, Counter]:
    """What the order of drawing decides. Few shapes are drawn only where one may be covered altogether, many at once.

    Parameters
    ----------
    rows : Sequence[tuple[str | None, bytes]]
        label and run lengths, in the order of drawing
    size : tuple[int, int]
        (height, width) in pixels

    Returns
    -------
    tuple[bool, Counter]
        whether different labels overlap; hidden shapes by label
    """

def image_size(path: Path) -> tuple[int, int] | None:
    """The size of a picture, for files that do not say it.

    Parameters
    ----------
    path : Path
        a picture

    Returns
    -------
    tuple[int, int] | None
        (height, width) in pixels, upright; None where there is no such file
    """

def outline_length(points: np.ndarray) -> float:
    """How long the way along a polygon is.

    Parameters
    ----------
    points : np.ndarray
        [N, 2] corners x, y in pixels

    Returns
    -------
    float
        pixels, the larger of both directions at each step
    """

def polygon_rle(
    polygons: Sequence[np.ndarray],
    size: tuple[int, int],
    holes: Sequence[np.ndarray] = (),
) -> bytes:
    """Filled polygons as run lengths; what reaches beyond the picture is cut off. Raises `DataError` for outlines without end.

    Parameters
    ----------
    polygons : Sequence[np.ndarray]
        N corners x, y in pixels each, [N, 2]; their union is filled
    size : tuple[int, int]
        (height, width) in pixels
    holes : Sequence[np.ndarray], default ()
        [N, 2] each; cut out of the union

    Returns
    -------
    bytes
        COCO's compressed run lengths
    """

def read_json(path: Path | str) -> dict | list:
    """What a JSON file holds. Raises `DataError` that names the file.

    Parameters
    ----------
    path : Path | str
        a file
    """

def read_shape(where: str, read: Callable[[], Shape]) -> Shape:
    """A shape, or one that says why it could not be read: then the others on its picture are checked as well.

    Parameters
    ----------
    where : str
        what findings call it
    read : Callable[[], Shape]
        reads it
    """

def read_xml(path: Path | str) -> Element:
    """What an XML file holds. Raises `DataError` for invalid XML, and for entities, which are traps.

    Parameters
    ----------
    path : Path | str
        a file

    Returns
    -------
    Element
        names without their namespace; the line of each element as its attribute ':line'
    """

def rle_spans(counts: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Where an area lies, without unpacking its pixels.

    Parameters
    ----------
    counts : bytes
        COCO's compressed run lengths

    Returns
    -------
    tuple[np.ndarray, np.ndarray]
        first pixel of each run inside and the one behind its last, N each, down the columns
    """

def rotate_points(points: np.ndarray, angle: float) -> np.ndarray:
    """Corners turned about their middle.

    Parameters
    ----------
    points : np.ndarray
        [N, 2] corners x, y
    angle : float
        degrees, clockwise on the screen, about the middle of their box

    Returns
    -------
    np.ndarray
        [N, 2]
    """

def shapes_with_area(shapes: Iterable[Shape]) -> tuple[list[Shape], Counter]:
    """Leaves out shapes without area, and rings without area among good ones.

    Parameters
    ----------
    shapes : Iterable[Shape]
        as they were read

    Returns
    -------
    tuple[list[Shape], Counter]
        those that can cover a pixel, and how many were left out by kind
    """

def spans_rle(starts: np.ndarray, ends: np.ndarray, size: tuple[int, int]) -> bytes:
    """An area from its runs, without unpacking its pixels.

    Parameters
    ----------
    starts : np.ndarray
        [N] first pixel of each run, ascending, counted down the columns
    ends : np.ndarray
        [N] the pixel behind its last, no more than the next start
    size : tuple[int, int]
        (height, width) in pixels

    Returns
    -------
    bytes
        COCO's compressed run lengths
    """

def told_size(height: int | str | None, width: int | str | None) -> tuple[int, int] | None:
    """The size a file tells, if it does. Raises `DataError` as `as_size`.

    Parameters
    ----------
    height : int | str | None
        as a file tells it; None, '' or 0 where it does not
    width : int | str | None
        likewise

    Returns
    -------
    tuple[int, int] | None
        (height, width) in pixels; None where the file is silent
    """

def window_spans(bits: np.ndarray, left: int, top: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """The runs of a small mask in a picture.

    Parameters
    ----------
    bits : np.ndarray
        [h, w] bool
    left : int
        x of its corner in the picture, pixels
    top : int
        y of it
    height : int
        of the picture, pixels

    Returns
    -------
    tuple[np.ndarray, np.ndarray]
        as of `rle_spans`
    """

COCO: Layout

PANOPTIC: Layout

@dataclass(frozen=True)
class PanopticMask(LazyMask):
    """A PNG file of segment numbers: `segments` are (number, id) each; number 0 is ignored."""
    path: Path | str
    segments: tuple[tuple[int, int], ...]
    ignore_label: int = ...
    dtype: str = "uint8"
    @property
    def nbytes(self) -> int: ...
    def load(self) -> np.ndarray: ...
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]: ...

def coco_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    crowd: str | None = None,
    boxes: str = "leave",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads COCO's instances: polygons and run lengths, small on top.

    Parameters
    ----------
    path : Path | str
        the JSON file, or a folder that holds it, in annotations/ or not
    split : str | None, default None
        of a folder: which file, such as 'val2017'; None: all
    images : Path | str | None, default None
        folder of pictures; None: found
    class_names : Sequence[str] | None, default None
        categories by id, without the background; None: by their numbers
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    crowd : str | None, default None
        of crowds: 'ignore' or 'draw'; None: decided and told
    boxes : str, default "leave"
        of annotations without area: 'leave' out, 'draw', 'ignore'
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file
    """

def panoptic_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    masks: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads COCO's panoptic segmentation: categories as ids, crowds and unlabelled pixels ignored.

    Parameters
    ----------
    path : Path | str
        the JSON file, or a folder that holds it, in annotations/ or not
    split : str | None, default None
        of a folder: which file, such as 'val2017'; None: all
    images : Path | str | None, default None
        folder of pictures; None: found
    masks : Path | str | None, default None
        folder of PNG files; None: called as the JSON file, beside it
    class_names : Sequence[str] | None, default None
        categories by id; None: by their numbers
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file
    """

CVAT: Layout

DATUMARO: Layout

LABELME: Layout

SUPERVISELY: Layout

YAML_LIMIT: Limit

YOLO: Layout

@dataclass(frozen=True)
class EmbeddedImage(LazyImage):
    """The picture that a JSON file holds in base64 under a `key`, as LabelMe saves it; decoded when asked for."""
    path: Path
    key: str = "imageData"
    def open(self) -> bytes:
        """The bytes of a picture file. Raises `DataError` that names the JSON file."""

def check_window(
    window: tuple[int, int],
    left: int,
    top: int,
    size: tuple[int, int],
    margin: float = 0.0,
) -> None:
    """Raises `DataError` where a window reaches too far over the edge.

    Parameters
    ----------
    window : tuple[int, int]
        (height, width) of a small mask, pixels
    left : int
        x of its corner, pixels
    top : int
        y of it
    size : tuple[int, int]
        (height, width) of the picture
    margin : float, default 0.0
        how far it may reach over the edge, pixels
    """

def cvat_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads CVAT's annotations by their z-order, for images, and for video where its frames are images.

    Parameters
    ----------
    path : Path | str
        annotations.xml, or a folder that holds it
    split : str | None, default None
        a subset of the task, such as 'Train'; None: all
    images : Path | str | None, default None
        folder of pictures; None: images/ beside the file, or beside it
    class_names : Sequence[str] | None, default None
        names by id, the background not among them; None: those of the task
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file
    """

def datumaro_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Datumaro's JSON: polygons, boxes, ellipses and masks by their z-order.

    Parameters
    ----------
    root : Path | str
        folder with annotations/ and images/
    split : str | None, default None
        a file of annotations/, such as 'train'; None: all
    images : Path | str | None, default None
        folder of pictures; None: found
    class_names : Sequence[str] | None, default None
        names by id, the background not among them; None: those of the file
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the files
    """

def labelme_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads LabelMe's JSON files, and the XML files of the first LabelMe; what was drawn later lies on top.

    Parameters
    ----------
    root : Path | str
        folder with JSON files, also in folders below it
    split : str | None, default None
        of folders such as train/ and val/: which; None: all
    images : Path | str | None, default None
        folder of pictures; None: found
    class_names : Sequence[str] | None, default None
        names by id, without the background; None: labels.txt, or what occurs
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

def supervisely_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Supervisely's JSON; what was drawn later lies on top.

    Parameters
    ----------
    root : Path | str
        folder with meta.json
    split : str | None, default None
        one of its data sets; None: all
    images : Path | str | None, default None
        folder of pictures; None: img/ beside ann/
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

def window_rle(bits: np.ndarray, left: int, top: int, size: tuple[int, int], margin: float = 0.0) -> dict:
    """A small mask in a picture, as run lengths. Raises `DataError` where it reaches further.

    Parameters
    ----------
    bits : np.ndarray
        [h, w] bool
    left : int
        x of its corner, pixels
    top : int
        y of it
    size : tuple[int, int]
        (height, width) of the picture
    margin : float, default 0.0
        how far it may reach over the edge, pixels

    Returns
    -------
    dict
        {'size', 'counts'}, as a `Shape` has it
    """

def yolo_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    background: str | None = "background",
    boxes: str = "leave",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads YOLO's segmentation sets: a line a polygon, small on top.

    Parameters
    ----------
    root : Path | str
        folder with data.yaml
    split : str | None, default None
        'train', 'val' or 'test', as in data.yaml; None: all
    images : Path | str | None, default None
        folder where the paths of data.yaml begin; None: its own
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    boxes : str, default "leave"
        of boxes among the polygons: 'leave' out, 'draw', 'ignore'
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

PAGE_XML: Layout

TEXT_LEVELS: tuple[str, str, str]

def pages_source(
    root: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    levels: Sequence[str] = ('region',),
    by_type: bool = False,
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads PAGE-XML and ALTO as masks. Raises `DataError` where several files tell one image.

    Parameters
    ----------
    root : Path | str
        folder of XML files, also in folders below it
    split : str | None, default None
        of folders such as train/ and val/: which; None: all
    images : Path | str | None, default None
        folder of images; None: beside the XML files, or near them
    levels : Sequence[str], default ("region",)
        what is drawn: 'region', 'line', 'word'; finer over coarser
    by_type : bool, default False
        True: classes such as 'TextRegion/heading'
    class_names : Sequence[str] | None, default None
        names by id, without background; None: what occurs, sorted
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

def read_alto(
    path: Path | str,
    levels: Sequence[str] = ('region',),
    by_type: bool = False,
    size: tuple[int, int] | None = None,
) -> tuple[str, tuple[int, int] | None, list[Shape]]:
    """The shapes of a page in ALTO (Library of Congress, versions 2 to 4), coarse before fine.

    Parameters
    ----------
    path : Path | str
        an ALTO file
    levels : Sequence[str], default ("region",)
        of 'region', 'line', 'word'
    by_type : bool, default False
        True: classes such as 'TextBlock/Heading' where a tag is told
    size : tuple[int, int] | None, default None
        (height, width) of the image, pixels; None: the page's

    Returns
    -------
    tuple[str, tuple[int, int] | None, list[Shape]]
        name of the image or '', its (height, width), shapes
    """

def read_page(
    path: Path | str,
    levels: Sequence[str] = ('region',),
    by_type: bool = False,
) -> tuple[str, tuple[int, int] | None, list[Shape]]:
    """The shapes of a page in PAGE-XML (PRImA, versions of 2010 to 2019), coarse before fine.

    Parameters
    ----------
    path : Path | str
        a PAGE-XML file
    levels : Sequence[str], default ("region",)
        of 'region', 'line', 'word'
    by_type : bool, default False
        True: classes such as 'TextRegion/heading' where a type is told

    Returns
    -------
    tuple[str, tuple[int, int] | None, list[Shape]]
        name of the image or '', its (height, width), shapes
    """

@dataclass(frozen=True)
class FileLayout(Layout):
    """A layout of marked files, in a folder or one below for each split. `test` looks for what `told` says."""
    test: Callable[[Path], bool] | None = None
    told: str = ""

    def holds(self, path: Path) -> bool:
        """Whether a file is of the kind.

        Parameters
        ----------
        path : Path
            a file
        """

    def missing(self, root: Path | str) -> list[str]:
        """What was looked for and not found.

        Parameters
        ----------
        root : Path | str
            folder of a dataset

        Returns
        -------
        list[str]
            what is not there; empty where the layout fits
        """

    def found(self, path: Path | str, split: str | None = None) -> list[Path]:
        """The files that a source is made of. Raises `DataError` where there are none.

        Parameters
        ----------
        path : Path | str
            a file of the kind, or a folder of a dataset
        split : str | None, default None
            a folder below; None: the folder itself, or all below

        Returns
        -------
        list[Path]
            files of the kind, sorted
        """

    def own_splits(self, root: Path | str) -> list[str]:
        """The splits that a dataset comes with.

        Parameters
        ----------
        root : Path | str
            folder of a dataset

        Returns
        -------
        list[str]
            folders below; empty where the folder itself has a file of the kind
        """

def box_lines(count: int, others: int, boxes: str) -> tuple[str, ...]:
    """What to tell of boxes: nothing where there are none.

    Parameters
    ----------
    count : int
        areas that are boxes
    others : int
        areas that are not
    boxes : str
        what becomes of boxes
    """

def check_boxes(boxes: str) -> str:
    """Raises `ValueError` for what is not 'draw', 'ignore' or 'leave'.

    Parameters
    ----------
    boxes : str
        what a user wants of boxes

    Returns
    -------
    str
        the same
    """

def name_below(image: Path, folders: Sequence[Path]) -> str:
    """The name of an image below the first of some folders that holds it; else its file name.

    Parameters
    ----------
    image : Path
        file of an image
    folders : Sequence[Path]
        folders that may hold it, in order of preference

    Returns
    -------
    str
        with forward slashes, without the ending
    """

def one_file(files: Sequence[Path], layout: str) -> Sequence[Path]:
    """Raises `DataError` where a folder holds two files that both tell images.

    Parameters
    ----------
    files : Sequence[Path]
        files of a kind
    layout : str
        name of the layout

    Returns
    -------
    Sequence[Path]
        the same, one in each folder
    """

def own_image(file: Path, finder: ImageFinder, places: Sequence[Path]) -> Path:
    """The image that has the name of an annotation file. Raises `DataError` where there is none.

    Parameters
    ----------
    file : Path
        an annotation file
    finder : ImageFinder
        finds what does not lie where it should
    places : Sequence[Path]
        folders where it should lie

    Returns
    -------
    Path
        an existing image
    """

def settle_box(shape: Shape, boxes: str) -> Shape:
    """A box as the user wants it. Raises `NoArea` where it shall be left out.

    Parameters
    ----------
    shape : Shape
        made of a box
    boxes : str
        what becomes of it: 'draw' as an area, 'ignore' its pixels, or 'leave' it out
    """

VIA: FileLayout

@dataclass(frozen=True)
class ViaImage:
    """An image of a VIA file: the name that is told, where, and (place, shape, attributes) of each region."""
    told: str
    where: str
    regions: tuple[tuple[str, Mapping, Mapping], ...] = ()

def class_attribute(
    attributes: Iterable[Mapping],
    where: Path | str,
    attribute: str | None = None,
) -> tuple[str | None, tuple[str, ...]]:
    """The attribute whose values are the classes. Raises `DataError` where that cannot be told.

    Parameters
    ----------
    attributes : Iterable[Mapping]
        those of every region
    where : Path | str
        file or folder that was read, for errors
    attribute : str | None, default None
        what the user says

    Returns
    -------
    tuple[str | None, tuple[str, ...]]
        the attribute; None where regions have none; and what to tell
    """

def read_via(
    path: Path | str,
    findings: list[Finding],
) -> tuple[list[ViaImage], dict[str, dict[str, str]]]:
    """The images and regions of a VIA file.

    Parameters
    ----------
    path : Path | str
        a JSON or CSV file of VIA 1 or 2, or a project
    findings : list[Finding]
        gets what is wrong

    Returns
    -------
    tuple[list[ViaImage], dict[str, dict[str, str]]]
        images, and names by value of declared attributes
    """

def via_shape(shape: Mapping, label: str | None, where: str, boxes: str = "draw") -> Shape:
    """A region as an area. Raises `NoArea` for lines and points.

    Parameters
    ----------
    shape : Mapping
        `shape_attributes` of a region
    label : str | None
        its class; None: its pixels are ignored
    where : str
        what findings call it
    boxes : str, default "draw"
        what becomes of rectangles: 'draw', 'ignore', 'leave'
    """

def via_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    attribute: str | None = None,
    boxes: str = "draw",
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads VIA's polygons, rectangles, circles and ellipses; what was drawn later lies on top.

    Parameters
    ----------
    path : Path | str
        a VIA file, or a folder with one, or with one for each split
    split : str | None, default None
        a folder below, such as 'train'; None: all
    images : Path | str | None, default None
        folder of images; None: beside the file, or near it
    attribute : str | None, default None
        which attribute of a region is its class; None: found
    boxes : str, default "draw"
        rectangles: 'draw', 'ignore' their pixels, or 'leave' out
    class_names : Sequence[str] | None, default None
        names by id, without the background; None: as the file says
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file
    """

LABEL_STUDIO: FileLayout

@dataclass(frozen=True)
class StudioTask:
    """A task: its number, what it says of its data, and the annotations that count, each with a list `result`."""
    where: str
    data: Mapping
    annotations: tuple[Mapping, ...] = ()

def choose_annotation(task: StudioTask, annotator: str | None = None) -> tuple[Mapping | None, str]:
    """The annotation of a task that counts.

    Parameters
    ----------
    task : StudioTask
        with one annotation or more
    annotator : str | None, default None
        number or address of the person to take; None: as the task says

    Returns
    -------
    tuple[Mapping | None, str]
        the annotation, None where there is none; and why this of several, or ''
    """

def image_entry(tasks: Sequence[StudioTask], where: Path | str, key: str | None = None) -> str:
    """Which entry of the data is the image. Raises `DataError` where that cannot be told.

    Parameters
    ----------
    tasks : Sequence[StudioTask]
        of one export
    where : Path | str
        file that was read, for errors
    key : str | None, default None
        what the user says

    Returns
    -------
    str
        a key of each task's data
    """

def label_studio_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    key: str | None = None,
    annotator: str | None = None,
    boxes: str = "draw",
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Label Studio's polygons, boxes, ellipses and brushes; what was drawn later lies on top.

    Parameters
    ----------
    path : Path | str
        an export, or a folder with one, or with one for each split
    split : str | None, default None
        a folder below, such as 'train'; None: all
    images : Path | str | None, default None
        folder of images; None: beside the file, or near it
    key : str | None, default None
        entry of a task's data that is its image; None: found
    annotator : str | None, default None
        number or address of the one who counts; None: as tasks say
    boxes : str, default "draw"
        boxes: 'draw', 'ignore' their pixels, or 'leave' out
    class_names : Sequence[str] | None, default None
        names by id, without background; None: what occurs, sorted
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the file
    """

def read_tasks(path: Path | str, findings: list[Finding]) -> list[StudioTask]:
    """The tasks of an export, without annotations that were cancelled.

    Parameters
    ----------
    path : Path | str
        a JSON or JSON-MIN export of Label Studio
    findings : list[Finding]
        gets what is wrong

    Returns
    -------
    list[StudioTask]
        in the order of the file
    """

def studio_shape(
    value: Mapping,
    label: str | None,
    where: str,
    size: tuple[int, int],
    boxes: str = "draw",
) -> Shape:
    """A result as an area. Raises `NoArea` for points, lines, and what was never painted.

    Parameters
    ----------
    value : Mapping
        `value` of a result
    label : str | None
        its class; None: its pixels are ignored
    where : str
        what findings call it
    size : tuple[int, int]
        (height, width) of the image in pixels
    boxes : str, default "draw"
        what becomes of boxes: 'draw', 'ignore', 'leave'
    """

def unpack_brush(packed: Sequence[int] | bytes, size: tuple[int, int]) -> np.ndarray:
    """Brush strokes of Label Studio, packed as rle-pack of thi.ng does. Raises `DataError` for another size.

    Parameters
    ----------
    packed : Sequence[int] | bytes
        the bytes of `value.rle`
    size : tuple[int, int]
        (height, width) of the image in pixels

    Returns
    -------
    np.ndarray
        [H, W] bool: what is painted
    """

KAGGLE_RLE: FileLayout

def kaggle_rle_source(
    path: Path | str,
    *,
    images: Path | str | None = None,
    order: str = "columns",
    first: int | str = 1,
    unlisted: str = "leave",
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads run lengths in a table, as Kaggle has them: small objects on top.

    Parameters
    ----------
    path : Path | str
        the table, or a folder that holds it
    images : Path | str | None, default None
        folder of images; None: beside the table, or below it
    order : str, default "columns"
        pixels are counted down 'columns', or along 'rows'
    first : int | str, default 1
        number of the first pixel: 1 or 0
    unlisted : str, default "leave"
        images without a row: 'leave' out, or 'background'
    class_names : Sequence[str] | None, default None
        names by id, without the background; None: what occurs
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs in the order of the table
    """

def read_runs(text: str, size: tuple[int, int], order: str = "columns", first: int = 1) -> np.ndarray:
    """Run lengths as a mask. Raises `DataError` where they do not fit, and `NoArea` where there are none.

    Parameters
    ----------
    text : str
        a cell: starts and lengths by turns; empty or -1: no object
    size : tuple[int, int]
        (height, width) of the image in pixels
    order : str, default "columns"
        pixels are counted down 'columns', or along 'rows'
    first : int, default 1
        number of the first pixel

    Returns
    -------
    np.ndarray
        [H, W] bool
    """

def run_columns(names: Sequence[str]) -> tuple[str, str, str | None] | None:
    """Which columns are what. Where the class stands behind the image's name, both are one column.

    Parameters
    ----------
    names : Sequence[str]
        columns of a table

    Returns
    -------
    tuple[str, str, str | None] | None
        those of the runs, the image and the class; None: another table
    """

def run_numbers(text: str) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of a cell. Raises `NoArea` for an empty one.

    Parameters
    ----------
    text : str
        a cell

    Returns
    -------
    tuple[np.ndarray, np.ndarray]
        starts and lengths, N each
    """

def run_order(cells: Iterable[tuple[str, tuple[int, int]]]) -> tuple[int, int]:
    """How many neighbouring runs lie a column apart, and how many a row.

    Parameters
    ----------
    cells : Iterable[tuple[str, tuple[int, int]]]
        text and (height, width) of its image each

    Returns
    -------
    tuple[int, int]
        steps from run to run that are about a height, and about a width
    """

ADE20K_FULL: FileLayout

KITTI: Layout

@dataclass(frozen=True)
class CodedMask(LazyMask):
    """A mask file of codes: `codes` are (code, id) each, and `scheme` is 'grey', 'ade20k' or 'kitti'."""
    path: Path | str
    scheme: str
    codes: tuple[tuple[int, int], ...]
    dtype: str = "uint8"
    @property
    def nbytes(self) -> int: ...
    def load(self) -> np.ndarray: ...
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]: ...

def ade20k_full_source(
    root: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    unlabelled: str = "ignore",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads ADE20K as it is published (MIT, 2016 and 2021): colours decoded to classes, objects dropped.

    Parameters
    ----------
    root : Path | str
        folder with *_seg.png beside *.jpg, also in folders below it
    split : str | None, default None
        a folder that holds a part, such as 'training'; None: all
    class_names : Sequence[str] | None, default None
        K names by ascending code; None: those beside the images
    unlabelled : str, default "ignore"
        code 0: 'ignore', or the name of a class that gets id 0
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

def code_names(codes: Sequence[int], names: Mapping[int, str]) -> list[str]:
    """A name for each code: the first of its names, all where two codes share the first, or its number.

    Parameters
    ----------
    codes : Sequence[int]
        codes that occur
    names : Mapping[int, str]
        all names of a class by its code, between commas

    Returns
    -------
    list[str]
        one a code, in their order; no two are alike
    """

def kitti_source(
    root: Path | str,
    split: str | None = None,
    *,
    masks: str | None = None,
    class_names: Sequence[str] | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads KITTI's semantic segmentation, from masks of classes or of objects.

    Parameters
    ----------
    root : Path | str
        with image_2/ and semantic/ or instance/, or the one above
    split : str | None, default None
        a folder that has them, such as 'training'; None: all
    masks : str | None, default None
        'semantic' or 'instance'; None: semantic where it is there
    class_names : Sequence[str] | None, default None
        K names by id; None: of label_colors.txt, or Cityscapes' 19
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

def read_codes(path: Path | str, scheme: str) -> np.ndarray:
    """The class codes of a mask, without the number of the object.

    Parameters
    ----------
    path : Path | str
        a mask
    scheme : str
        'grey': values as they are; 'ade20k': R / 10 * 256 + G; 'kitti': value / 256

    Returns
    -------
    np.ndarray
        [H, W] int32
    """

def read_objects(mask: Path | str) -> dict[int, str]:
    """The names of the classes of one image, from the JSON or text file beside it.

    Parameters
    ----------
    mask : Path | str
        a file `*_seg.png` of ADE20K

    Returns
    -------
    dict[int, str]
        names by code; empty where nothing says them
    """

OBJECT_MASKS: Layout

ROBOFLOW_MASKS: FileLayout

def merge_objects(
    files: Sequence[Path],
    size: tuple[int, int] | None,
    findings: list[Finding],
) -> tuple[np.ndarray, int, int]:
    """The union of objects, each in a file of its own.

    Parameters
    ----------
    files : Sequence[Path]
        mask files of one image, one for each object
    size : tuple[int, int] | None
        (height, width) of the image in pixels; None: that of the first file
    findings : list[Finding]
        gets what is wrong

    Returns
    -------
    tuple[np.ndarray, int, int]
        [H, W] bool; pixels of two objects or more; files without an object
    """

def object_masks_source(
    root: Path | str,
    *,
    class_names: Sequence[str] | None = None,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads a mask file for each object, as the Data Science Bowl of 2018 has them, and merges them by image.

    Parameters
    ----------
    root : Path | str
        with ID/images/, ID/masks/, or images/ID.png, masks/ID/
    class_names : Sequence[str] | None, default None
        of background and object; None: 'background' and 'object'
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

def read_levels(path: Path | str) -> dict[int, str]:
    """Grey levels and names of Roboflow's table. Raises `DataError` with every bad line.

    Parameters
    ----------
    path : Path | str
        `_classes.csv`

    Returns
    -------
    dict[int, str]
        class names by grey level, in ascending order
    """

def roboflow_masks_source(
    path: Path | str,
    split: str | None = None,
    *,
    class_names: Sequence[str] | None = None,
    mask_suffix: str = "_mask",
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads Roboflow's semantic segmentation masks: a mask beside each image, and names of grey levels.

    Parameters
    ----------
    path : Path | str
        folder with _classes.csv, or with one below for each split
    split : str | None, default None
        a folder below, such as 'train' or 'valid'; None: all
    class_names : Sequence[str] | None, default None
        K names by id, with the background; None: those of the table
    mask_suffix : str, default "_mask"
        what the names of masks have behind those of images
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

GEOJSON: FileLayout

@dataclass(frozen=True)
class Place:
    """Where on a map an image lies: x, y = matrix @ (column, row) + corner, in `projection`, '' where untold."""
    matrix: tuple[tuple[float, float], tuple[float, float]]
    corner: tuple[float, float]
    told: str
    projection: str = ""

    def pixels(self, points: np.ndarray) -> np.ndarray:
        """Pixels of points on the map.

        Parameters
        ----------
        points : np.ndarray
            [N, 2] x, y on the map

        Returns
        -------
        np.ndarray
            [N, 2] columns and rows, from the upper left corner of the image
        """

def feature_class(properties: Mapping, key: str | None) -> str | None:
    """The class of a feature.

    Parameters
    ----------
    properties : Mapping
        of a feature
    key : str | None
        the property that says the class

    Returns
    -------
    str | None
        None where it says nothing
    """

def feature_property(
    rows: Iterable[Mapping],
    where: Path | str,
    key: str | None = None,
) -> tuple[str | None, tuple[str, ...]]:
    """The property that says the class. Raises `DataError` where that cannot be told.

    Parameters
    ----------
    rows : Iterable[Mapping]
        properties of every feature
    where : Path | str
        file or folder that was read, for errors
    key : str | None, default None
        what the user says

    Returns
    -------
    tuple[str | None, tuple[str, ...]]
        the property, None where all are of one class; and what to tell
    """

def geojson_source(
    path: Path | str,
    split: str | None = None,
    *,
    images: Path | str | None = None,
    key: str | None = None,
    coordinates: str = "auto",
    class_names: Sequence[str] | None = None,
    background: str | None = "background",
    margin: float = 1.0,
    on_error: str = "raise",
    show_progress: bool = True,
) -> Source:
    """Reads GeoJSON in pixels or on a map: polygons with their holes, small ones on top.

    Parameters
    ----------
    path : Path | str
        a file, or a folder of files, or of a folder for each split
    split : str | None, default None
        a folder below, such as 'train'; None: all
    images : Path | str | None, default None
        folder of images; None: beside the files, or near them
    key : str | None, default None
        property of a feature that says its class; None: found
    coordinates : str, default "auto"
        'pixels', 'map', or 'auto', which looks where corners are
    class_names : Sequence[str] | None, default None
        names by id, without background; None: what occurs, sorted
    background : str | None, default "background"
        name of id 0; None: no such class, the rest is ignored
    margin : float, default 1.0
        how far corners may lie outside, pixels
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    Source
        pairs sorted by name
    """

def polygons_of(geometry: Mapping) -> list[list[np.ndarray]]:
    """The polygons of a geometry, also of a collection. Raises `NoArea` for lines and points.

    Parameters
    ----------
    geometry : Mapping
        a geometry of GeoJSON

    Returns
    -------
    list[list[np.ndarray]]
        for each polygon its outline and its holes, [N, 2] of x, y each
    """

def read_geojson(path: Path | str) -> tuple[list[tuple[str, Mapping, Mapping]], str]:
    """The features of a file. Raises `DataError` for what is not GeoJSON.

    Parameters
    ----------
    path : Path | str
        a GeoJSON file

    Returns
    -------
    tuple[list[tuple[str, Mapping, Mapping]], str]
        place, properties, geometry of each; projection or ''
    """

def read_georeference(image: Path | str) -> Place | None:
    """Where an image lies, by its world file or its tags. Raises `DataError` for a world file that is none.

    Parameters
    ----------
    image : Path | str
        an image

    Returns
    -------
    Place | None
        None where nothing says it
    """

def settle_coordinates(
    points: np.ndarray,
    crs: str,
    place: Place | None,
    size: tuple[int, int],
    wanted: str = "auto",
) -> str:
    """What the coordinates of a file are. Raises `DataError` for another projection, and where both fit.

    Parameters
    ----------
    points : np.ndarray
        [N, 2] x, y of all corners of a file
    crs : str
        the projection that the file tells, '' for none
    place : Place | None
        where the image lies
    size : tuple[int, int]
        (height, width) of the image in pixels
    wanted : str, default "auto"
        what the user says: 'pixels', 'map' or 'auto'

    Returns
    -------
    str
        'pixels' or 'map'
    """

KNOWN_FORMATS: tuple[Any, ...]

@dataclass(frozen=True)
class KnownFormat:
    """A format that is not read: endings of its files, words that they hold and do not hold, and what to do."""
    name: str
    endings: tuple[str, ...]
    instead: str
    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def fits(self, path: Path) -> bool:
        """Whether a file is of this format.

        Parameters
        ----------
        path : Path
            a file
        """

def hollow_voc(path: Path | str) -> str:
    """What to read where an old labelme2voc wrote arrays to SegmentationClass/ and images beside it.

    Parameters
    ----------
    path : Path | str
        folder of a dataset

    Returns
    -------
    str
        one line, '' where SegmentationClass/ has images
    """

def name_format(path: Path | str) -> str:
    """What files are that no layout reads, and what to do: folders of images and masks come first.

    Parameters
    ----------
    path : Path | str
        a file, or a folder, two levels of which are looked through

    Returns
    -------
    str
        one line, '' where nothing is known
    """

EXPORT_NAME: str

@dataclass(frozen=True)
class Exported:
    """What was exported: the layout, what mask files hold (None: colours of which nobody said what they mean), the splits in order, and where
    file names are not those of records the names by split and file.
    """
    layout: str
    labels: LabelMap | None
    splits: tuple[str, ...]
    masks: bool = True
    names: Mapping[str, Mapping[str, str]] = ...

def city_ids(labels: LabelMap) -> tuple[int, ...]:
    """The ids that Cityscapes gives to classes of these names.

    Parameters
    ----------
    labels : LabelMap
        of a dataset

    Returns
    -------
    tuple[int, ...]
        Cityscapes' id of each class; () where not all classes are called as there
    """

def exported_sources(
    folder: Path | str,
    on_error: str = "raise",
    show_progress: bool = True,
) -> dict[str, Source]:
    """Reads what `export_shards` wrote. Raises `DataError` where it is no export, or with all that is wrong with its files.

    Parameters
    ----------
    folder : Path | str
        of an export
    on_error : str, default "raise"
        'raise' or 'skip'
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    dict[str, Source]
        a source by split, in the order in which they went out
    """

def home_layout(folder: Path | str) -> str | None:
    """Under which layout an export is read again. Raises `DataError` for one that is read by `convert`.

    Parameters
    ----------
    folder : Path | str
        perhaps of an export

    Returns
    -------
    str | None
        a name of `LAYOUTS`; None where it is no export, or not as it was written
    """

def is_home(folder: Path | str) -> Exported | None:
    """The note of an export whose splits are still those that were written.

    Parameters
    ----------
    folder : Path | str
        perhaps of an export

    Returns
    -------
    Exported | None
        None where it is none, or where its lists are others by now
    """

def join_sources(sources: Mapping[str, Source]) -> Source:
    """The pairs of all splits in one source.

    Parameters
    ----------
    sources : Mapping[str, Source]
        by split, of the same labels

    Returns
    -------
    Source
        names with the split before them, where a name stands in two
    """

def load_exported(folder: Path | str) -> Exported | None:
    """Reads the note of an export. Raises `DataError` where it cannot be understood.

    Parameters
    ----------
    folder : Path | str
        perhaps of an export

    Returns
    -------
    Exported | None
        None where there is no note
    """

def save_exported(exported: Exported, folder: Path | str) -> Path:
    """Writes the note of an export: complete, or not at all.

    Parameters
    ----------
    exported : Exported
        what was exported
    folder : Path | str
        to where

    Returns
    -------
    Path
        the note
    """

ENCODINGS: tuple[str, str, str]

OBJECTS_LIMIT: Limit

@dataclass(frozen=True)
class RecordImage(LazyImage):
    """An image or a mask inside a record; an image in the encoding that is wanted."""
    shard: ShardFile
    row: int
    schema: Schema
    role: str = "image"
    encoding: str = "keep"

    @property
    def path(self) -> str:
        """File, record and key."""

    @property
    def nbytes(self) -> int:
        """Bytes of the picture as it is kept."""
    def open(self) -> bytes | Image.Image:
        """A PNG or JPEG file, or raw pixels."""

@dataclass(frozen=True)
class RecordInstances(LazyMask):
    """The class mask of a record that has one mask for each object; masks, labels and image must fit."""
    path: RecordImage
    dtype: str = "uint8"

    @property
    def nbytes(self) -> int:
        """Bytes of all masks as they are kept."""
    def load(self) -> np.ndarray:
        """Class ids, [H, W, 1] uint8 or uint16."""
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]:
        """(height, width) in pixels, and the ids that occur."""

@dataclass(frozen=True)
class RecordMask(LazyMask):
    """The ids that a record of ours holds."""
    path: RecordImage
    dtype: str = "uint8"

    @property
    def nbytes(self) -> int:
        """Bytes of the mask as it is kept."""
    def load(self) -> np.ndarray:
        """Class ids, [H, W, 1] uint8 or uint16."""
    def scan(self) -> tuple[tuple[int, int], frozenset[int]]:
        """(height, width) in pixels, and the ids that occur."""

class RecordTile(RecordImage):
    """An image that is a tile of a larger picture, which its record tells."""
    def place(self) -> dict:
        """Its parent, and (y, x, whole height, whole width) in pixels."""

@dataclass(frozen=True, eq=False)
class ShardFile:
    """A shard to be read by row: `places` [N, 3] has number, byte and length of records, `version` is its `file_state`."""
    file: Path
    plain: Path
    places: np.ndarray
    findings: tuple[Finding, ...] = ()
    version: tuple[int, ...] = (0,)

    @classmethod
    def open(cls, file: Path) -> ShardFile:
        """Finds the records of a file."""
    def where(self, row: int) -> str:
        """File and number of a record, as errors name it."""
    def features(self, row: int) -> dict[str, list]:
        """What a record holds, by key. Raises `DataError` that names it."""

def match_schema(keys: Mapping[str, str], features: Mapping[str, list], where: str = "record") -> Schema:
    """The schema of keys that a user gives; the record tells whether pixels are files, or raw, or tensors.

    Parameters
    ----------
    keys : Mapping[str, str]
        key by role: 'image', 'mask', 'name', 'height', 'width', 'mask_format'
    features : Mapping[str, list]
        of one record, from `read_features`
    where : str, default "record"
        what errors call it
    """

def merge_instances(masks: Sequence[np.ndarray], ids: Sequence[int], size: tuple[int, int]) -> np.ndarray:
    """One mask of classes from a mask for each object: the smaller one lies on top, of equals the later.

    Parameters
    ----------
    masks : Sequence[np.ndarray]
        [H, W] each, not 0 where the object is
    ids : Sequence[int]
        class of each object
    size : tuple[int, int]
        (height, width), pixels

    Returns
    -------
    np.ndarray
        [H, W, 1] ids, 0 where no object is; uint16 where an id needs it
    """

def record_sources(
    path: Path | str | Sequence[Path | str],
    split: str | None = None,
    *,
    schema: Schema | Mapping[str, str] | None = None,
    class_names: Sequence[str] | None = None,
    palette: Mapping | Sequence | None = None,
    unknown: str = "raise",
    allow_lossy_mask: bool = False,
    encoding: str = "keep",
    mask_values: str | None = None,
    ignore_label: int | str | None = None,
    pixels: str | None = None,
    alpha: str | None = None,
    leave_out: Sequence[str | Flag] = (),
    on_error: str = "raise",
    show_progress: bool = True,
) -> dict[str, Source]:
    """The records of shards as pairs, all of them looked at. Raises `DataError` with all findings.

    Parameters
    ----------
    path : Path | str | Sequence[Path | str]
        a data set, a folder, a file, a pattern, or a list of them
    split : str | None, default None
        only this split; None: all
    schema : Schema | Mapping[str, str] | None, default None
        keys of the records: a schema, or key by role; None: found
    class_names : Sequence[str] | None, default None
        K names by id; None: as the data says, or made up from what occurs
    palette : Mapping | Sequence | None, default None
        (r, g, b) by id, for masks that hold colours
    unknown : str, default "raise"
        colours the palette lacks: 'raise', 'ignore', 'nearest'
    allow_lossy_mask : bool, default False
        True: JPEG masks, each pixel to the nearest class
    encoding : str, default "keep"
        images that are files: 'keep' byte for byte, 'png' or 'jpeg'
    mask_values : str | None, default None
        what mask values are: 'ids', 'levels', 'colors', 'objects'; None: found, or asked
    ignore_label : int | str | None, default None
        mask value that means ignore; 'none': no value does; None: 255 beside ids
    pixels : str | None, default None
        images of more than 8 bits: 'stretch', 'high'; None: refused
    alpha : str | None, default None
        alpha and further bands: 'drop'; None: refused
    leave_out : Sequence[str | Flag], default ()
        names of records to leave out, or flags from a list
    on_error : str, default "raise"
        'raise', or 'skip' to leave out what is damaged or does not fit
    show_progress : bool, default True
        a bar on stderr for long work

    Returns
    -------
    dict[str, Source]
        a source by split, in order
    """

def tfds_schema(folder: Path | str) -> tuple[Schema, tuple[str, ...]] | None:
    """Which keys hold image and mask, as `features.json` says. Raises `DataError` where none does, or where more than one may.

    Parameters
    ----------
    folder : Path | str
        with shards of TensorFlow Datasets

    Returns
    -------
    tuple[Schema, tuple[str, ...]] | None
        its keys, and class names where told; None without `features.json`
    """

FILE_LAYOUTS: tuple[str, ...]

LAYOUTS: Any

def choose_layout(path: Path | str, layout: str = "auto") -> str:
    """The layout of a folder. Raises `DataError` that says what was looked for and what would fit.

    Parameters
    ----------
    path : Path | str
        a folder, or a file that such a layout begins with
    layout : str, default "auto"
        a name of `LAYOUTS`; 'auto': the one that fits

    Returns
    -------
    str
        a name of `LAYOUTS` that fits
    """

def detect_layouts(path: Path | str) -> list[str]:
    """Which layouts a folder can be of, by the files that are there.

    Parameters
    ----------
    path : Path | str
        a folder, or a file that such a layout begins with

    Returns
    -------
    list[str]
        names of layouts that fit; empty where none does
    """

def layout_options(layout: str, words: Sequence[str]) -> dict[str, Any]:
    """Arguments from text. Raises `ValueError` for what the layout does not take.

    Parameters
    ----------
    layout : str
        a name of `LAYOUTS`
    words : Sequence[str]
        NAME=VALUE each, such as 'levels=line,word' or 'reduce_zero_label=no'

    Returns
    -------
    dict[str, Any]
        arguments of the layout's function
    """

def layouts_below(path: Path | str, levels: int = 2) -> dict[Path, list[str]]:
    """Which folders below a folder fit which layouts; of many the first hundred are looked at.

    Parameters
    ----------
    path : Path | str
        a folder
    levels : int, default 2
        how far down

    Returns
    -------
    dict[Path, list[str]]
        names of layouts that fit, by folder; nothing below a folder that fits
    """

def open_layout(
    path: Path | str,
    layout: str = "auto",
    by_split: bool = True,
    encoding: str | None = None,
    **options: Any,
) -> dict[str, Source]:
    """Opens a dataset of any layout. Raises `DataError` where it does not fit, saying what would.

    Parameters
    ----------
    path : Path | str
        what the layout's function reads: a folder, or a file
    layout : str, default "auto"
        a name of `LAYOUTS`; 'auto': the one that fits
    by_split : bool, default True
        False: all splits as one, 'train'
    encoding : str | None, default None
        codec of text without a byte order mark, such as 'cp1252'; None: UTF-8
    **options : Any
        further arguments of the layout's function

    Returns
    -------
    dict[str, Source]
        a source by split
    """
