"""Images and masks to TFRecord shards, and back as augmented TensorFlow batches, seen at every step."""

__version__ = "0.1.0"

from tfrseg.door import lend_to_keras as _lend_to_keras
from tfrseg.door import open_door as _open_door
from tfrseg.door import quiet_tensorflow as _quiet_tensorflow

_EXPORTS = {
    "core": ["IGNORE_LABEL", "DataError", "Finding", "Pair"],
    "cards": ["CARD_CLASSES", "CARD_PALETTE", "make_card", "make_folder"],
    "plot": ["colorize", "overlay", "show_pair", "show_steps"],
    "storage": ["RAW", "RAW_IDS", "TFVISION", "LabelMap", "Schema", "Target", "check_shards", "class_weights", "count_classes",
                "find_duplicates", "load_image", "load_info", "load_mask", "open_shards", "read_sample",
                "repair_shards", "with_targets", "write_records"],
    "sources": ["Source", "array_source", "find_leaks", "find_similar", "folder_source", "load_pair", "merge_classes", "merge_similar", "open_layout",
                "pattern_source", "scan_on", "split_source", "stitch_predictions", "stitch_tiles", "tile_source"],
    "writer": ["convert_shards", "export_shards", "plan_shards", "ray_engine", "write_shards", "write_tfrecords"],
    "augmenter": ["BandDrop", "BandJitter", "ColorJitter", "Compose", "CropOrPad", "CutMix", "CutOut", "ElasticTransform",
                  "FromNumpy", "GaussianBlur", "GaussianNoise", "GridDistortion", "JpegArtifacts", "LightGradient", "MixUp",
                  "Mosaic", "MotionBlur", "Normalize", "OnBands", "OneOf", "Operation", "PadToSize", "RandAugment", "RandomAffine", "RandomApply", "RandomClassCrop", "RandomCrop",
                  "RandomFlip", "RandomGamma", "RandomPerspective", "RandomRotate90", "RandomRotation", "RandomScale",
                  "RandomShadow", "RandomShear", "RandomShift", "RandomShiftCrop", "Resize", "SomeOf", "ToGray",
                  "aerial_or_cells", "apply_aug_train", "bind_targets", "document", "natural", "origin"],
    "reader": ["bench_dataset", "distribute", "epoch_order", "make_dataset", "normalize_layer", "read_dataset", "read_tfrecord"],
    "training": ["Augment", "Confusion", "MeanIoU", "MultilabelIoU", "MultilabelLoss", "Resume", "SegmentationLoss",
                "augment_batch", "evaluate", "export_model", "load_model", "planes", "predict",
                "predict_image", "save_model", "unet", "with_sample_weights"],
    "explorer": ["compare", "explore_augment", "explore_records", "plot_summary", "serve_viewer", "show_batch", "summarize"],
}
__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)
_lend_to_keras(__name__, {
    "Augment": "training.keras_layer", "BoundaryF1": "training.keras_metrics", "MeanDice": "training.keras_metrics",
    "MaskedLoss": "training.loss", "MeanIoU": "training.keras_metrics", "MultilabelIoU": "training.multilabel", "MultilabelLoss": "training.multilabel",
    "PixelAccuracy": "training.keras_metrics", "SegmentationLoss": "training.loss"})
_quiet_tensorflow()
