# Written by tools/stubs.py from the sources; do not edit.

from . import (
    KINDS_OF_SCORES as KINDS_OF_SCORES, Predicted as Predicted, Predictor as Predictor, TilePlan as TilePlan,
    as_predictor as as_predictor, as_probabilities as as_probabilities, ask as ask,
    check_image as check_image, inner_rows as inner_rows, kind_line as kind_line, plan_tiles as plan_tiles,
    predict_each as predict_each, predict_image as predict_image, predict_rows as predict_rows,
    read_ahead as read_ahead, scores_kind as scores_kind, scores_to_ids as scores_to_ids, tell as tell,
    tile_pixels as tile_pixels,
)
