# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ADE20K as ADE20K, ADE20K_COLORS as ADE20K_COLORS, CAMVID as CAMVID, CAMVID_CLASSES as CAMVID_CLASSES,
    CAMVID_COLORS as CAMVID_COLORS, CITYSCAPES as CITYSCAPES, CITYSCAPES_LABELS as CITYSCAPES_LABELS,
    Layout as Layout, VOC as VOC, VOC_CLASSES as VOC_CLASSES, VOC_VOID_COLOR as VOC_VOID_COLOR,
    ade20k_source as ade20k_source, camvid_source as camvid_source, cityscapes_labels as cityscapes_labels,
    cityscapes_source as cityscapes_source, holds_markers as holds_markers, list_source as list_source,
    map_pairs as map_pairs, read_class_table as read_class_table, table_source as table_source,
    voc_source as voc_source,
)
