"""Wherever a schema is wanted, its name will do, and an unknown name is one line."""
import inspect

import pytest

import tfrseg
from tfrseg import make_folder

QUIET = {"show_progress": False}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    root = tmp_path_factory.mktemp("schemas")
    make_folder(root, 4, (40, 48))
    return tfrseg.folder_source(root / "img", root / "seg", **QUIET)


@pytest.fixture(scope="module")
def shards(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("schemas") / "shards"
    tfrseg.write_shards(tfrseg.plan_shards(source, out, schema="raw_ids"), **QUIET)
    return out


CALLS = {  # name: what it does with the shards, a folder for what is written, and a schema
    "check_shards": lambda shards, out, schema: tfrseg.check_shards(shards, schema=schema, **QUIET) == [],
    "convert_shards": lambda shards, out, schema: tfrseg.convert_shards(shards, out, schema=schema, **QUIET).schema == "raw_ids",
    "count_classes": lambda shards, out, schema: len(tfrseg.count_classes(shards, schema=schema, **QUIET)) > 0,
    "explore_records": lambda shards, out, schema: tfrseg.explore_records(shards, schema=schema) is not None,
    "export_shards": lambda shards, out, schema: tfrseg.export_shards(shards, out, schema=schema, **QUIET) is not None,
    "find_duplicates": lambda shards, out, schema: tfrseg.find_duplicates(shards, schema=schema, **QUIET) == [],
    "make_dataset": lambda shards, out, schema: len(tfrseg.make_dataset(shards, schema=schema, batch_size=2, **QUIET)) == 2,
    "open_shards": lambda shards, out, schema: len(tfrseg.open_shards(shards, schema=schema)) == 4,
    "plot_summary": lambda shards, out, schema: tfrseg.plot_summary(shards, schema=schema) is not None,
    "read_dataset": lambda shards, out, schema: len(list(tfrseg.read_dataset(shards, schema=schema))) == 4,
    "read_sample": lambda shards, out, schema: tfrseg.read_sample(shards, schema=schema)["image"].shape == (40, 48, 3),
    "repair_shards": lambda shards, out, schema: tfrseg.repair_shards(shards, out, schema=schema, **QUIET).records() == 4,
    "summarize": lambda shards, out, schema: tfrseg.summarize(shards, schema=schema) is not None,
}


def test_every_function_with_a_schema_is_here():
    takes = {name for name in tfrseg.__all__ if inspect.isfunction(getattr(tfrseg, name))
             and "schema" in inspect.signature(getattr(tfrseg, name)).parameters}
    assert takes - {"plan_shards", "with_targets"} == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_name_is_a_schema(name, shards, tmp_path):
    assert CALLS[name](shards, tmp_path / "named", "raw_ids")
    with pytest.raises(ValueError, match="schema='png'; there are raw, raw_ids, tfvision"):
        CALLS[name](shards, tmp_path / "unknown", "png")
    assert not (tmp_path / "unknown").exists()


def test_plan_by_name(source, tmp_path):
    with pytest.raises(ValueError, match="schema='png'"): tfrseg.plan_shards(source, tmp_path / "x", schema="png")
    with pytest.raises(TypeError, match="wanted a Schema, or its name"): tfrseg.plan_shards(source, tmp_path / "x", schema=1)
