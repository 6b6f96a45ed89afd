"""A folder in a bucket, and what two sources have in common."""
from pathlib import Path
from uuid import uuid4

import pytest

from tfrseg.sources.source import Source, load_pair
from tfrseg.storage.files import as_path


def copied(folder: Path, address: str):
    "The files of a local folder below an address, such as s3://bucket/cards."
    there = as_path(address)
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            path = there.joinpath(*file.relative_to(folder).parts)
            path.fs.pipe_file(path.path, file.read_bytes())
    return there


@pytest.fixture
def in_memory():
    "A function that copies a folder to a place of its own below memory://, which is gone afterwards."
    places = []

    def put(folder):
        places.append(as_path(f"memory://{uuid4().hex}"))
        return copied(folder, f"{places[-1]}/data")

    yield put
    for place in places: place.fs.rm(place.path, recursive=True)


def without(root, text) -> str:
    "A line with the same word for the folder it speaks of."
    return str(text).replace(str(root), "ROOT")


def told(source: Source, root) -> tuple:
    "All that a source says, but for the place of its files."
    samples = [{key: getattr(value, "tolist", lambda value=value: value)() for key, value in
                load_pair(pair, source.labels).items()} for pair in source.pairs]
    lines = [[without(root, line) for line in lines] for lines in (source.assumptions, source.skipped)]
    return (samples, source.labels, source.sizes, source.targets, source.exif_rotated, lines)


def outcome(read, root):
    "What a reader of a folder gives by split, or its error."
    try: found = read(root)
    except (OSError, ValueError) as e:
        # an error shortens its text where the folder is a long one; its findings are whole
        said = [(str(f.path), f.what) for f in getattr(e, "findings", ())] or [(str(e),)]
        return type(e).__name__, [tuple(without(root, text) for text in texts) for texts in said]
    return {split: told(part, root) for split, part in
            (found.items() if isinstance(found, dict) else [("", found)])}
