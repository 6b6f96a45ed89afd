"""Out: records to samples and batches."""

from tfrseg.door import open_door as _open_door

_EXPORTS = {
    "decode": ["decode_example", "decode_image", "decode_mask", "decode_part", "parse_example",
        "rgb_to_ids", "sample_of"],
    "permutation": ["epoch_order", "epoch_words", "philox_words", "shuffle_positions"],
    "order": ["RecordChoice", "WorkerRows", "epoch_seed", "epoch_starts", "record_order"],
    "stream": ["FLIGHT_LIMIT", "SkippedRecords", "StoredShards", "arrange_parts", "bare_error",
        "bare_errors", "call_python", "checked_records", "largest_image", "pixel_bytes", "read_dataset",
        "read_tfrecord", "side_by_side", "with_absolute_paths"],
    "clock": ["EpochClock", "clock_starts"],
    "mapped": ["MappedShards", "check_files", "map_file", "map_shards", "most_mapped"],
    "cache": ["CACHE_NAME", "KeptCache", "build_cache", "cache_shards", "cache_size", "decoded_samples",
        "find_cache", "fingerprint", "list_caches", "prune_caches"],
    "samples": ["epoch_rows", "training_samples"],
    "selection": ["chosen_numbers", "class_presence", "names_of", "open_weighted", "repeat_factors",
        "select_records"],
    "pipeline": ["AssumptionWarning", "make_dataset", "normalize_layer", "padded_share"],
    "bench": ["Bench", "Estimate", "Measured", "Rate", "advise", "bench_dataset", "estimate",
        "measure_rate", "split_costs"],
    "workers": ["distribute"],
}
__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)
