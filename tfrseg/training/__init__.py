"""What stands between batches and a trained model."""

from tfrseg.door import open_door as _open_door

_EXPORTS = {
    "loss": ["SegmentationLoss", "class_weights", "count_classes", "pixel_weights", "weights_by_id",
        "with_sample_weights"],
    "keras_layer": ["Augment", "augment_batch"],
    "multilabel": ["MultilabelIoU", "MultilabelLoss", "planes"],
    "small_unet": ["unet"],
    "resume": ["Resume", "TellEpoch"],
}
__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)
