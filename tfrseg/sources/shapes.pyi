# Written by tools/stubs.py from the sources; do not edit.

from . import (
    AnnotatedImage as AnnotatedImage, BACKGROUNDS as BACKGROUNDS, BOX_ADVICE as BOX_ADVICE,
    BOX_CHOICES as BOX_CHOICES, DRAWN_FIRST as DRAWN_FIRST, NoAreaError as NoAreaError,
    PolygonMask as PolygonMask, Shape as Shape, annotated_source as annotated_source, bits_rle as bits_rle,
    box_points as box_points, box_shape as box_shape, check_shape as check_shape,
    check_shape_count as check_shape_count, checked_rle as checked_rle, collect_findings as collect_findings,
    ellipse_points as ellipse_points, hidden_shapes as hidden_shapes, image_size as image_size,
    margin_problem as margin_problem, optional_size as optional_size, outline_length as outline_length,
    parse_int as parse_int, parse_label as parse_label, parse_points as parse_points,
    parse_size as parse_size, pluralize as pluralize, polygon_rle as polygon_rle, read_json as read_json,
    read_shape as read_shape, read_xml as read_xml, rle_spans as rle_spans, rotate_points as rotate_points,
    shapes_with_area as shapes_with_area, spans_rle as spans_rle, window_spans as window_spans,
)
