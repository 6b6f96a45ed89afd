"""Pictures and masks to TFRecord shards, and back as augmented TensorFlow batches, seen at every step."""

__version__ = "0.1.0"

from importlib import import_module

_EXPORTS = {
    "core": ["Annotation", "DataError", "Finding", "IGNORE_LABEL", "LazyPicture", "Pair", "inside", "progress", "raise_findings", "read_lines",
             "read_text", "text_encoding", "tick"],
    "cards": ["CARD_CLASSES", "CARD_PALETTE", "make_card", "make_folder"],
    "plot": ["as_rgb", "as_text", "check_batch", "colorize", "label_colors", "overlay", "show_batch", "show_pair", "show_steps"],
    "codec": ["LabelMap", "PICTURE_SUFFIXES", "PictureFile", "check_ids", "colors_to_ids", "count_ids", "decode_image", "decode_mask",
              "encode_image", "encode_png", "ids_to_picture", "load_image", "load_mask", "mask_values", "open_picture", "peek_picture", "read_image",
              "picture_name",
              "values_to_ids"],
    "picture": ["Picture", "as_picture", "encoded_picture", "jpeg_picture", "raw_picture"],
    "grid": ["Tile", "show_grid", "stitch_tiles", "tile_depth", "tile_grid"],
    "schema": ["FOREIGN", "Feature", "INSTANCES", "RAW", "RAW_IDS", "SCHEMAS", "Schema", "TFVISION", "TILE_FEATURES", "check_example", "check_features", "decode_example", "detect_schema",
               "encode_example", "example_pictures", "kind_of", "one_value", "parse_example", "peek_feature", "raw_mask_dtype", "read_features", "rgb_to_ids",
               "schema_of_keys", "serialize_example", "serialize_parts", "stored_picture"],
    "headers": ["Header", "loses_nothing", "lost_pixels", "read_header"],
    "record": ["RemotePath", "UNPACK_LIMIT", "as_path", "atomic_file", "compression_of", "file_sha256", "frame_parts", "frame_record", "holds_records", "index_records",
               "masked_crc", "read_record", "scan_records", "sync_folder", "unpack_records",
               "walk_records", "write_records"],
    "shards": ["DatasetInfo", "INFO_NAME", "SPLIT_WORDS", "ShardInfo", "ShardList", "find_shards", "find_unions", "index_path", "list_shards", "load_info", "same_split", "save_info",
               "shard_path", "split_of", "split_told", "staging_folder"],
    "mapped": ["MappedShards", "PixelIndex", "locate_pixels", "map_files", "map_shards", "mapped_picture", "open_index"],
    "sources": ["PairFacts", "Source", "check_source", "find_labels", "folder_source", "gather_source", "list_pictures",
                "load_pair", "look_at", "match_pairs", "read_names", "verify_source"],
    "finder": ["ImageFinder", "file_stems", "told_parts"],
    "files": ["image_key", "is_hidden", "name_order", "read_table", "repeated_images", "settle_splits", "visible_files"],
    "arrays": ["ElementPicture", "Elements", "array_source", "picture_of", "put_down"],
    "tiles": ["TileMask", "TilePicture", "Wholes", "tile_source"],
    "splits": ["Alike", "alike_hashes", "difference_hash", "find_alike", "find_leaks", "group_names", "hash_place", "join_alike",
               "mask_classes", "read_groups", "read_splits", "split_source", "stratified_places"],
    "classmap": ["MappedMask", "merge_classes", "merge_labels"],
    "layouts": ["ADE20K", "CAMVID", "CAMVID_CLASSES", "CITYSCAPES", "CITYSCAPES_LABELS", "Layout", "VOC", "VOC_CLASSES", "ade20k_source",
                "camvid_source", "cityscapes_source", "list_source", "map_pairs", "read_class_table", "table_pairs", "voc_source"],
    "shapes": ["DrawnMask", "Drawing", "NoArea", "Shape", "as_points", "as_size", "bits_rle", "box_points", "check_shape", "checked_rle", "draw_source",
               "ellipse_points", "findings_of", "picture_size", "polygon_rle", "read_json",
               "read_shape", "read_xml", "turned"],
    "coco": ["COCO", "PANOPTIC", "PanopticMask", "coco_source", "panoptic_source"],
    "polygons": ["CVAT", "DATUMARO", "LABELME", "SUPERVISELY", "YOLO", "cvat_source", "datumaro_source", "labelme_source", "supervisely_source",
                 "window_rle", "yolo_source"],
    "pages": ["LEVELS", "PAGES", "pages_source", "read_alto", "read_page"],
    "marked": ["FileLayout", "box_lines", "check_boxes", "name_below", "one_file", "own_image", "settle_box"],
    "via": ["VIA", "ViaImage", "class_attribute", "read_via", "via_shape", "via_source"],
    "studio": ["LABEL_STUDIO", "StudioTask", "choose_annotation", "image_entry", "label_studio_source", "read_tasks", "studio_shape",
               "unpack_brush"],
    "codes": ["ADE20K_FULL", "CodedMask", "KITTI", "ade20k_full_source", "code_names", "kitti_source", "read_codes", "read_objects"],
    "runs": ["KAGGLE_RLE", "kaggle_rle_source", "read_runs", "run_columns", "run_numbers", "run_order"],
    "beside": ["OBJECT_MASKS", "ROBOFLOW_MASKS", "merge_objects", "object_masks_source", "read_levels", "roboflow_masks_source"],
    "geo": ["GEOJSON", "Place", "feature_class", "feature_property", "geojson_source", "polygons_of", "read_features", "read_place",
            "settle_coordinates"],
    "known": ["KNOWN_FORMATS", "KnownFormat", "name_format"],
    "home": ["EXPORT_NAME", "Exported", "city_ids", "exported_sources", "home_layout", "is_home", "join_sources", "load_exported", "save_exported"],
    "detect": ["FILE_LAYOUTS", "LAYOUTS", "choose_layout", "detect_layouts", "layout_options", "layouts_below", "open_layout"],
    "writer": ["ShardSpec", "encode_pair", "plan_shards", "write_shard", "write_shards", "write_tfrecords"],
    "reader": ["Shards", "bare_error", "bare_errors", "export_folder", "open_shards", "read_dataset", "read_sample", "read_tfrecord", "record_files", "record_name", "save_file", "save_record",
               "sound_records", "sound_samples"],
    "cache": ["build_cache", "cache_shards", "cache_size", "fingerprint"],
    "draws": ["as_seed", "fold_in", "split_seed", "uniform", "whole_number"],
    "window": ["Cut", "Window", "count_steps", "cut_window", "describe_window", "lines_of", "shape_like", "stack_numbers", "steps_of", "take_batch",
               "take_cut", "take_window", "whole_window"],
    "augmenter": ["Combined", "Compose", "CropOrPad", "FILL", "HOW", "INTERPOLATIONS", "Normalize", "OneOf", "Operation", "PadToSize",
                  "RandomApply", "RandomClassCrop", "RandomCrop", "RandomFlip", "RandomRotate90", "RandomShift", "RandomShiftCrop", "Resize",
                  "Step", "apply_aug_train", "check_interpolation", "check_mask", "check_one_size", "cut_sample", "is_batch", "map_samples",
                  "move_sample", "sample_window", "switch_sample", "whole_sample"],
    "warp": ["ElasticTransform", "GridDistortion", "RandomAffine", "RandomPerspective", "RandomRotation", "RandomScale", "RandomShear",
             "Warp", "affine_matrix", "as_warp", "check_range", "make_matrix", "perspective_matrix", "warp_window"],
    "color": ["ColorJitter", "CutOut", "GaussianBlur", "GaussianNoise", "JpegArtifacts", "LightGradient", "MotionBlur", "Photometric",
              "RandomGamma", "RandomShadow", "ToGray"],
    "mix": ["BatchOperation", "CutMix", "MixUp", "Mosaic"],
    "policy": ["RandomPolicy", "SomeOf", "aerial_or_cells", "document", "natural", "origin"],
    "layer": ["Augment", "augment_batch"],
    "pipeline": ["BLOCK", "epoch_seeds", "make_dataset", "mapped_sample", "mapped_samples", "normalize_layer", "numbered_records",
                 "record_order", "stream_sample", "why_stream", "looks_sound"],
    "loss": ["SegmentationLoss", "weigh_ids", "weight_table", "with_sample_weights"],
    "report": ["Summary", "check_shards", "class_weights", "count_classes", "find_duplicates", "repair_shards", "summarize"],
    "figures": ["mean_maps", "plot_summary"],
    "viewer": ["Viewer", "class_table", "draw_pictures", "make_page", "make_server_page", "pack_pictures"],
    "bench": ["Bench", "Rate", "advise", "bench_dataset", "measure_rate", "split_costs"],
    "convert": ["ENCODINGS", "RecordInstances", "RecordMask", "RecordPicture", "RecordTile", "ShardFile", "convert_shards", "given_schema",
                "merge_instances", "record_sources", "tfds_schema"],
    "explore": ["Places", "RecordBrowser", "RecordFacts", "RecordReader", "Scan", "Selection", "explore_records"],
    "tune": ["AugmentExplorer", "OperationPanel", "Panels", "Several", "Typed", "as_code", "explore_augment", "make_control"],
    "predictions": ["Comparison", "as_ids", "class_iou", "compare", "count_confusion"],
    "export": ["EXPORT_LAYOUTS", "Item", "VOID", "export_shards", "export_tfds", "named_labels", "read_items"],
    "stitch": ["stitch_predictions", "tile_of"],
    "serve": ["ViewerServer", "record_bytes", "serve_viewer"],
}
_HOME = {name: module for module, names in _EXPORTS.items() for name in names}
__all__ = sorted(_HOME)


def __getattr__(name: str):
    """Imports a public name, and what it needs, when it is first used: `import tfrseg` itself stays light."""
    if name not in _HOME: raise AttributeError(f"module 'tfrseg' has no attribute {name!r}")
    return getattr(import_module(f"tfrseg.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
