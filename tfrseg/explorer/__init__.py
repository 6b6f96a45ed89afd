"""Look: summaries, a viewer, and explorers of records, augmentations and predictions."""

from tfrseg.door import open_door as _open_door

_EXPORTS = {
    "summary": ["ClassRow", "Summary", "ValueRow", "mean_maps", "plot_summary", "plot_values", "summarize",
        "targets_in_words", "value_lines", "value_rows"],
    "viewer": ["Viewer", "class_table", "draw_images", "number_of", "pack_images"],
    "page": ["PageImages", "asset", "canvas_script", "for_page", "make_page", "make_server_page",
        "page_policy"],
    "browser": ["Query", "RecordBrowser", "RecordFacts", "Scan", "Selection", "canvas_sample",
        "explore_records", "target_pictures"],
    "tuner": ["AugmentExplorer", "OperationPanel", "Panels", "as_code", "explore_augment", "make_control",
        "plain_value"],
    "comparison": ["Comparison", "compare"],
    "server": ["ViewerServer", "record_bytes", "serve_viewer"],
    "look": ["draw_records", "save_figure", "show_batch", "write_whole"],
}
__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)
