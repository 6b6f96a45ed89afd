"""Look: summaries, a viewer, and explorers of records, augmentations and predictions."""

from tfrseg.door import open_door as _open_door

_EXPORTS = {
    "summary": ["ClassRow", "Summary", "ValueRow", "mean_maps", "plot_summary", "plot_values", "summarize",
        "targets_in_words", "value_lines", "value_rows"],
    "facts": ["FactTable", "NameList", "RecordFacts", "Scan", "canvas_sample"],
    "query": ["ClassRange", "Found", "Group", "Known", "MOST_BARS", "Query", "SHARES", "SORTS", "Selection",
        "make_facets", "select_records"],
    "marks": ["FlagChanges", "FlagTable", "Tagging", "ThreadRoles", "tag_words"],
    "thumbs": ["THUMB", "ThumbMaker", "make_thumb", "small_image", "small_mask"],
    "label_report": ["LabelFacts", "Pieces", "label_facts", "plot_label_facts"],
    "repairs": ["MaskRepairs", "Repair", "RepairKeeping", "Repairing", "keep_repairs", "repaired_source"],
    "viewer": ["Viewer", "class_table", "draw_images", "number_of", "pack_images"],
    "page": ["PageImages", "asset", "canvas_script", "for_page", "make_page", "make_server_page",
        "page_policy"],
    "groups": ["FoundGroups", "RecordNames", "group_records"],
    "browser": ["MOST_THUMBS", "RecordBrowser", "explore_records", "target_pictures"],
    "tuner": ["AugmentExplorer", "MODES", "OperationRow", "OperationRows", "explore_augment", "rows_of"],
    "model_answers": ["ModelAnswers"],
    "compared": ["ClassScores", "Compared", "PackedMask", "PairCounts", "Samples", "answers_of",
        "class_scores", "compare_records", "pack_mask", "record_iou", "samples_of"],
    "comparison": ["Comparison", "ComparisonQuery", "compare", "query_from_json"],
    "server": ["ViewerServer", "record_bytes", "serve_viewer"],
    "worst_samples": ["WorstEpoch", "WorstSamples"],
    "look": ["draw_records", "save_figure", "show_batch", "write_whole"],
}
__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)
