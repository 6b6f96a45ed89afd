"""What stands between batches and a trained model."""

from tfrseg.door import open_door as _open_door

_EXPORTS = {
    "loss": ["MaskedLoss", "SegmentationLoss", "class_weights", "count_classes", "pixel_weights",
        "weights_by_id", "with_sample_weights"],
    "keras_layer": ["Augment", "augment_batch"],
    "multilabel": ["MultilabelIoU", "MultilabelLoss", "planes"],
    "metrics": ["Confusion", "as_labels", "class_iou", "count_confusion"],
    "keras_metrics": ["BoundaryF1", "MeanDice", "MeanIoU", "PixelAccuracy"],
    "small_unet": ["unet"],
    "resume": ["Resume", "TellEpoch"],
    "export": ["ExportedModel", "export_model", "load_model", "model_labels", "save_model"],
    "predictor": ["KINDS_OF_SCORES", "Predicted", "Predictor", "TilePlan", "as_predictor",
        "as_probabilities", "ask", "check_image", "inner_rows", "kind_line", "plan_tiles", "predict_each",
        "predict_image", "predict_rows", "read_ahead", "scores_kind", "scores_to_ids", "tell", "tile_pixels"],
    "prediction": ["Images", "NOTE_NAME", "Predictions", "check_classes", "images_of", "predict",
        "settled_labels"],
    "truth": ["Truth", "truth_of"],
    "evaluation": ["Evaluation", "RecordScore", "evaluate", "table_lines"],
}
__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)
