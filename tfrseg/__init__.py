"""Pictures and masks to TFRecord shards, and back as augmented TensorFlow batches, seen at every step."""

__version__ = "0.1.0"

from importlib import import_module

_EXPORTS = {
    "core": ["Annotation", "DataError", "Finding", "IGNORE_LABEL", "LazyPicture", "Pair", "inside", "progress", "raise_findings",
             "read_lines", "read_text", "text_encoding", "tick"],
    "cards": ["CARD_CLASSES", "CARD_PALETTE", "make_card", "make_folder"],
    "plot": ["as_rgb", "as_text", "background_id", "check_batch", "colorize", "cut_middle", "label_colors", "overlay", "plain_text",
             "show_batch", "show_pair", "show_steps", "zero_share"],
    "codec": ["HOW_TO_REDUCE", "LabelMap", "Loss", "PICTURE_SUFFIXES", "PictureFile", "ReducedImage", "ReducedTile", "check_ids",
              "colors_to_ids", "count_ids", "decode_image", "decode_mask", "deep_pixels", "describe_file", "encode_image", "encode_png",
              "ids_to_picture", "load_image", "load_mask", "lost_in_rgb", "mask_values", "open_picture", "palette_colors", "peek_picture",
              "picture_name", "read_image", "reduce_image", "values_to_ids", "whole_numbers"],
    "picture": ["Picture", "as_picture", "encoded_picture", "jpeg_picture", "raw_picture"],
    "grid": ["Tile", "show_grid", "stitch_tiles", "tile_depth", "tile_grid"],
    "schema": ["FOREIGN", "Feature", "INSTANCES", "RAW", "RAW_IDS", "SCHEMAS", "Schema", "TFVISION", "TILE_FEATURES", "check_example",
               "check_features", "decode_example", "detect_schema", "encode_example", "example_pictures", "parse_example", "raw_mask_dtype",
               "read_features", "rgb_to_ids", "schema_of_keys", "serialize_example", "serialize_parts", "stored_picture"],
    "record": ["RemotePath", "UNPACK_LIMIT", "as_path", "atomic_file", "compression_of", "file_sha256", "frame_parts", "frame_record",
               "index_records", "masked_crc", "read_record", "scan_records", "sync_folder", "unpack_records", "walk_records",
               "write_records"],
    "shards": ["DatasetInfo", "INFO_NAME", "ShardInfo", "index_path", "list_shards", "load_info", "save_info", "shard_path",
               "staging_folder"],
    "mapped": ["MappedShards", "PixelIndex", "locate_pixels", "map_files", "map_shards", "mapped_picture", "open_index"],
    "values": ["FoundLabels", "MASK_VALUES", "PairFacts", "find_labels"],
    "sources": ["Source", "check_source", "folder_source", "gather_source", "image_options", "list_pictures", "listed_names", "load_pair",
                "look_at", "match_pairs", "read_names", "same_ends", "verify_source"],
    "splits": ["Alike", "alike_hashes", "difference_hash", "drop_empty", "find_alike", "find_leaks", "group_names", "hash_place",
               "join_alike", "mask_classes", "read_groups", "read_splits", "split_source", "stratified_places"],
    "arrays": ["ElementPicture", "Elements", "array_source", "picture_of", "put_down"],
    "tiles": ["TileMask", "TilePicture", "Wholes", "tile_source"],
    "finder": ["ImageFinder", "file_stems", "is_hidden", "told_parts", "visible_files"],
    "classmap": ["MappedMask", "merge_classes", "merge_labels"],
    "layouts": ["ADE20K", "CAMVID", "CAMVID_CLASSES", "CITYSCAPES", "CITYSCAPES_LABELS", "Layout", "VOC", "VOC_CLASSES", "VOC_VOID",
                "ade20k_source", "camvid_source", "cityscapes_source", "list_source", "map_pairs", "read_class_table", "table_source",
                "voc_source"],
    "shapes": ["BACKGROUNDS", "BOXES", "BOX_ADVICE", "Drawing", "DrawnMask", "NoArea", "Shape", "UNDER", "as_label", "as_points", "as_size",
               "as_whole", "beyond_margin", "bits_rle", "box_points", "box_shape", "check_shape", "checked_rle", "counted", "draw_source",
               "ellipse_points", "findings_of", "hidden_shapes", "picture_size", "polygon_rle", "read_json", "read_shape", "read_xml",
               "shapes_with_area", "told_size", "turned"],
    "coco": ["COCO", "PANOPTIC", "PanopticMask", "coco_source", "panoptic_source"],
    "polygons": ["CVAT", "DATUMARO", "EmbeddedPicture", "LABELME", "SUPERVISELY", "YOLO", "check_window", "cvat_source", "datumaro_source",
                 "labelme_source", "supervisely_source", "window_rle", "yolo_source"],
    "pages": ["LEVELS", "PAGES", "pages_source", "read_alto", "read_page"],
    "detect": ["LAYOUTS", "choose_layout", "detect_layouts", "layout_options", "open_layout"],
    "writer": ["ShardSpec", "encode_pair", "plan_shards", "write_shard", "write_shards", "write_tfrecords"],
    "reader": ["Shards", "export_folder", "open_shards", "read_dataset", "read_sample", "read_tfrecord", "record_files", "record_name",
               "save_file", "save_record", "sound_records", "sound_samples"],
    "cache": ["build_cache", "cache_shards", "cache_size", "fingerprint"],
    "draws": ["as_seed", "fold_in", "split_seed", "uniform", "whole_number"],
    "window": ["Cut", "Window", "count_steps", "cut_window", "describe_window", "lines_of", "shape_like", "stack_numbers", "steps_of",
               "take_batch", "take_cut", "take_window", "whole_window"],
    "augmenter": ["Combined", "Compose", "CropOrPad", "FILL", "HOW", "INTERPOLATIONS", "Normalize", "OneOf", "Operation", "PadToSize",
                  "RandomApply", "RandomClassCrop", "RandomCrop", "RandomFlip", "RandomRotate90", "RandomShift", "RandomShiftCrop",
                  "Resize", "Step", "apply_aug_train", "check_interpolation", "check_mask", "check_one_size", "check_targets", "cut_sample",
                  "is_batch", "map_samples", "move_sample", "operation_kinds", "roles_of", "sample_window", "switch_sample", "whole_sample",
                  "with_ignore_label"],
    "warp": ["ElasticTransform", "GridDistortion", "RandomAffine", "RandomPerspective", "RandomRotation", "RandomScale", "RandomShear",
             "Warp", "affine_matrix", "as_warp", "check_range", "make_matrix", "perspective_matrix", "warp_window"],
    "color": ["ColorJitter", "CutOut", "GaussianBlur", "GaussianNoise", "JpegArtifacts", "LightGradient", "MotionBlur", "Photometric",
              "RandomGamma", "RandomShadow", "ToGray"],
    "mix": ["BatchOperation", "CutMix", "MixUp", "Mosaic"],
    "policy": ["PRESETS", "RandomPolicy", "SomeOf", "aerial_or_cells", "document", "natural", "operations_by_text", "origin",
               "preset_by_name"],
    "layer": ["Augment", "augment_batch"],
    "pipeline": ["AssumptionWarning", "BLOCK", "epoch_seeds", "looks_sound", "make_dataset", "mapped_sample", "mapped_samples",
                 "normalize_layer", "numbered_records", "padded_share", "record_order", "stream_sample", "why_stream"],
    "loss": ["SegmentationLoss", "weigh_ids", "weight_table", "with_sample_weights"],
    "report": ["Counts", "Summary", "check_shards", "class_weights", "count_classes", "find_duplicates", "repair_shards", "summarize"],
    "figures": ["mean_maps", "plot_summary"],
    "viewer": ["Viewer", "class_table", "draw_pictures", "make_page", "make_server_page", "pack_pictures"],
    "bench": ["Bench", "Rate", "advise", "bench_dataset", "measure_rate", "split_costs"],
    "convert": ["ENCODINGS", "RecordInstances", "RecordMask", "RecordPicture", "RecordTile", "ShardFile", "convert_shards", "given_schema",
                "merge_instances", "record_sources", "split_of", "tfds_schema"],
    "explore": ["Places", "RecordBrowser", "RecordFacts", "RecordReader", "Scan", "Selection", "explore_records"],
    "tune": ["AugmentExplorer", "OperationPanel", "Panels", "Several", "Typed", "as_code", "explore_augment", "make_control"],
    "predictions": ["Comparison", "as_ids", "class_iou", "compare", "count_confusion"],
    "serve": ["ViewerServer", "record_bytes", "serve_viewer"],
    "stitch": ["stitch_predictions", "tile_of"],
    "export": ["EXPORT_LAYOUTS", "Item", "VOID", "export_shards", "export_tfds", "named_labels", "read_items"],
}
_HOME = {name: module for module, names in _EXPORTS.items() for name in names}
__all__ = sorted(_HOME)


def __getattr__(name: str):
    """Imports a public name, and what it needs, when it is first used: `import tfrseg` itself stays light."""
    if name not in _HOME: raise AttributeError(f"module 'tfrseg' has no attribute {name!r}")
    return getattr(import_module(f"tfrseg.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
