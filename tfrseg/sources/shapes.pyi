# Written by tools/stubs.py from the sources; do not edit.

from . import (
    AnnotatedImage as AnnotatedImage, BACKGROUNDS as BACKGROUNDS, BOXES as BOXES, BOX_ADVICE as BOX_ADVICE,
    NoArea as NoArea, PolygonMask as PolygonMask, Shape as Shape, UNDER as UNDER,
    annotated_source as annotated_source, as_label as as_label, as_points as as_points, as_size as as_size,
    as_whole as as_whole, beyond_margin as beyond_margin, bits_rle as bits_rle, box_points as box_points,
    box_shape as box_shape, check_shape as check_shape, checked_rle as checked_rle,
    collect_findings as collect_findings, counted as counted, ellipse_points as ellipse_points,
    few_shapes as few_shapes, hidden_shapes as hidden_shapes, image_size as image_size,
    outline_length as outline_length, polygon_rle as polygon_rle, read_json as read_json,
    read_shape as read_shape, read_xml as read_xml, rle_spans as rle_spans, rotate_points as rotate_points,
    shapes_with_area as shapes_with_area, spans_rle as spans_rle, told_size as told_size,
    window_spans as window_spans,
)
