"""The table of what can go wrong, from the marks of the tests, in FAULTS.md and a tutorial.

    python tools/faults.py         writes both
    python tools/faults.py check   exits 1 when one is not in step with the tests

The page of the tutorial is nbs/tutorials/trust.ipynb. A test says what it proves, once or more often:
`@pytest.mark.fault(case, what plain TensorFlow does, what tfrseg does)`.
"""
from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "FAULTS.md"
NOTEBOOK = ROOT / "nbs" / "tutorials" / "trust.ipynb"
CHAPTERS = {  # headings by the name of the file of tests
    "test_reading": "Reading",
    "test_faults": "Files, masks and records",
    "test_writing": "Pictures and threads",
    "test_trust": "Writing",
    "test_road": "The whole road",
    "test_laws": "Augmentation",
    "test_assumed": "What is decided",
    "test_cli": "The command",
    "test_damage": "Damage",
    "test_endurance": "Endurance",
    "test_fuzz": "Any bytes",
    "test_origin": "The three functions of old",
    "test_layouts": "Layouts of others",
    "test_convert": "Shards of others",
    "test_bytes": "Records and infos from strangers",
    "test_hostile_files": "Images and annotation files from strangers",
    "test_index": "Indexes",
    "test_cache": "Decoded caches",
    "test_staging": "Targets, and every verb twice",
    "test_kills": "Kills",
    "test_passes": "Passes and streams",
    "test_flags": "Lists of records",
    "test_served": "What is served",
    "test_doctor": "A machine that lacks something",
    "test_kernel": "Cuts by NumPy and OpenCV",
    "test_annotation_json": "JSON of annotation tools",
    "test_annotation_tools": "Annotation tools",
    "test_class_codes": "Codes of classes",
    "test_coco": "COCO",
    "test_data_sets": "VOC, Cityscapes, ADE20K and CamVid",
    "test_file_layouts": "Layouts of one file",
    "test_filling": "Filled polygons",
    "test_finder": "Where images lie",
    "test_geo": "GeoJSON and maps",
    "test_known_formats": "Formats that cannot be read",
    "test_label_studio": "Label Studio",
    "test_object_masks": "Masks of objects",
    "test_page_xml": "PAGE-XML",
    "test_record_arrays": "Arrays in records",
    "test_run_lengths": "Run lengths",
    "test_shapes": "Shapes",
    "test_buckets": "Buckets",
    "test_diff": "Differences of datasets",
    "test_listed": "Entries of lists",
    "test_misled": "Misleading files",
    "test_cluster": "Many machines",
    "test_columns": "Lines of a terminal",
    "test_last_words": "The end of a process",
    "test_worker_processes": "Workers of a training",
    "test_engines": "Engines",
    "test_growing": "Datasets that grow",
    "test_one_pass": "Writing in one pass",
    "test_seen": "What was looked at before",
    "test_terminal": "What a terminal is sent",
    "test_figures_of_names": "Names in figures",
    "test_ways_in_shapes": "Annotation tools",
    "test_ways_in_pages": "Pages",
    "test_ways_in_new": "More ways in",
    "test_values": "Values of masks",
    "test_first_hour": "The first hour",
    "test_home": "Out and back",
    "test_finding_shards": "Finding shards",
    "test_third_party_records": "Third-party records",
    "test_detection": "Which layout it is",
    "test_augment_text": "Operations as text",
    "test_mapped": "Mapped reading",
    "test_explore": "The explorer",
    "test_array_files": "Arrays from files",
    "test_array_parts": "Arrays of arrays",
    "test_volumes": "Volumes",
}
HEAD = """# What can go wrong, and the test that proves the answer

Made by `python tools/faults.py` from the marks of the tests. \
What plain TensorFlow does was measured with TensorFlow 2.21.
"""


def rows_of(path: Path) -> list[tuple[str, ...]]:
    "case, plain TensorFlow, tfrseg, test: for every mark in a file of tests."
    rows = []
    for node in ast.walk(ast.parse(path.read_text())):
        for mark in getattr(node, "decorator_list", ()):
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault":
                rows.append((*(a.value for a in mark.args), f"`{path.name}`: {node.name}", node.lineno))
    return [row[:-1] for row in sorted(rows, key=lambda row: row[-1])]


def make_tables(level: str) -> str:
    "All tables, under headings of a level such as '##'."
    parts = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if not (rows := rows_of(path)): continue
        heading = CHAPTERS.get(path.stem, path.stem)
        parts.append(f"\n{level} {heading}\n\n| case | plain TensorFlow | tfrseg | test |\n"
                     "|---|---|---|---|\n")
        parts += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in rows]
    return "".join(parts)


def make_notebook() -> str:
    "The text of the notebook with the tables in its last cell."
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    cell, = (cell for cell in notebook["cells"] if cell["id"] == "faults")
    cell["source"] = make_tables("###").strip().splitlines(keepends=True)
    return json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    made = {PAGE: HEAD + make_tables("##"), NOTEBOOK: make_notebook()}
    if sys.argv[1:] != ["check"]:
        for path, text in made.items(): path.write_text(text, encoding="utf-8", newline="\n")
    elif stale := [path.name for path, text in made.items()
                   if not path.exists() or path.read_text(encoding="utf-8") != text]:
        sys.exit(f"{' and '.join(stale)}: not in step with the tests; run python tools/faults.py")
