"""What lies on disk: image files, labels, schemas, records, shards and the info beside them; without TensorFlow."""

from tfrseg.door import open_door as _open_door

_EXPORTS = {
    "files": ["RemotePath", "as_path", "atomic_file", "file_sha256", "lock_file", "locked_folder",
        "sync_file", "sync_folder"],
    "image": ["HOW_TO_REDUCE", "IMAGE_LIMIT", "IMAGE_SUFFIXES", "Header", "ImageProbe", "Loss", "PlainPng",
        "ReducedImage", "deep_pixels", "describe_file", "encode_image", "encode_png", "image_bytes",
        "image_kind", "image_name", "is_grey_png", "load_image", "lost_in_rgb", "lost_pixels", "open_header",
        "open_image", "plain_png", "probe_image", "read_header", "read_image", "reduce_image", "rgb_pixels"],
    "labels": ["LabelMap", "as_ids", "check_ids", "colors_to_ids", "count_ids", "ids_to_image", "load_mask",
        "mask_values", "palette_colors", "values_to_ids", "whole_numbers"],
    "schema": ["INSTANCES", "RAW", "RAW_IDS", "SCHEMAS", "TFVISION", "THIRD_PARTY_SCHEMAS", "TILE_FEATURES",
        "Feature", "Schema", "schema_from_keys"],
    "example": ["check_example", "check_features", "decode_features", "decode_record", "detect_schema",
        "encode_example", "kind_of", "one_value", "peek_feature", "raw_mask_dtype", "read_features",
        "rgb_mask_ids", "serialize_example", "serialize_parts", "stored_image"],
    "tfrecord": ["RECORD_LIMIT", "UNPACK_LIMIT", "Scanned", "compression_of", "frame_parts", "frame_record",
        "holds_records", "index_records", "masked_crc", "original", "read_record", "scan_records",
        "unpack_records", "walk_records", "write_records"],
    "shard_index": ["ShardFacts", "ShardIndex", "count_records", "index_fits", "index_layout", "index_path",
        "keep_index", "kept_indexes", "locate_features", "locate_pixels", "make_index", "map_bytes",
        "open_index", "read_index", "record_names", "spare_index_path", "write_index"],
    "flags": ["Flag", "change_flags", "check_flag_file", "first_column", "flag_line", "flagged_rows",
        "parse_flag", "read_flags", "write_flags"],
    "dataset": ["INFO_LIMIT", "INFO_NAME", "SPLIT_WORDS", "DatasetInfo", "FramedFile", "ShardCounts",
        "ShardInfo", "ShardList", "ShardWriter", "WriterAtWork", "clear_staging", "file_state", "find_shards",
        "find_unions", "job_of", "keep_only", "labels_of_json", "list_shards", "load_info", "same_split",
        "save_info", "settle_folder", "shard_names", "shard_path", "split_from_name", "split_told",
        "staging_folder", "why_missing", "writer_at_work"],
    "validity": ["check_object_size", "load_object_mask", "look_valid", "pixel_problems", "record_problems",
        "stored_ids"],
    "shards": ["RecordLocation", "RecordOffsets", "Shards", "open_shards", "read_sample"],
    "counts": ["Counts", "class_weights", "count_any_classes", "count_classes", "training_split"],
    "check": ["check_shards", "find_duplicates", "repair_shards"],
}
__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)
