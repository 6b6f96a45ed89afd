"""Pairs to shards, shards to shards, shards to files; without TensorFlow."""

from tfrseg.door import open_door as _open_door

_EXPORTS = {
    "write": ["ShardSpec", "encode_pair", "plan_shards", "write_shard", "write_shards", "write_tfrecords"],
    "convert": ["convert_shards"],
    "outlines": ["BACKGROUND", "IGNORE", "Ring", "cvat_head", "cvat_image", "cvat_masks", "labelme_file",
        "labelme_shapes", "odd_label", "odd_letters", "outer_rings"],
    "export_files": ["FILES", "array_file", "file_kind", "npy_line", "plane_files", "recoded",
        "region_labels", "region_values"],
    "export": ["EXPORT_LAYOUTS", "Item", "export_shards", "export_tfds", "named_labels", "read_items",
        "save_file"],
    "engines": ["ray_engine"],
    "merge": ["Merged", "joined_info", "label_difference", "link_shard", "merge_shards", "rewrite_shard",
        "values_of"],
    "update": ["Updated", "append_shards", "dataset_there", "update_shards"],
}
__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)
