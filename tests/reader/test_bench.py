"""What `tfrseg bench` says: the structure of a measurement, advice from made-up figures, errors. No time is asserted."""
import re

import pytest

from tfrseg.augmenter.color import Normalize
from tfrseg.augmenter.geometry import RandomCrop, RandomFlip, RandomRotate90, Resize
from tfrseg.reader.bench import Bench, Rate, advise, bench_dataset, measure_rate, split_costs
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.storage.schema import RAW
from tfrseg.storage.dataset import list_shards

QUICK = dict(seconds=0.2, rounds=1, batch_size=4)


def made_up(costs: dict[str, float], bare_busy: float = 1.0, fetched: float = 0.0, **fields) -> Bench:
    "A measurement whose stages cost so many CPU microseconds an image, on two busy cores."
    rates, total = {}, 0.0
    for stage, cost in costs.items():
        total += cost
        rates[stage] = Rate(1000, total * 1000 / 2e6, total * 1000 / 1e6)
    common = dict(path="x", reader="stream: as asked", encoding="PNG", size=(64, 64), batch_size=16, dtype="float32", records=100,
                  first_batch=0.5, rates=rates, bare=Rate(1000, 0.1, 0.1 * bare_busy, int(fetched * 1e8)), copy=40_000.0, bytes=1e5)
    return Bench(**common | fields)


@pytest.mark.parametrize("costs, fields, wanted", [
    ({"read": 200, "decode": 5000, "augment": 500, "batch": 300}, {}, "decode-bound: 83% of the CPU is PNG decoding; use cache=.*the rest costs 800 µs"),
    ({"read": 200, "decode": 5000, "augment": 500, "batch": 300}, {"encoding": "JPEG"}, "JPEG decoding"),
    ({"read": 300, "decode+augment": 900, "batch": 100}, {"encoding": "raw"}, r"decode\+augment-bound: 69%.*reader='mapped'"),
    ({"read": 100, "decode+augment": 2000, "batch": 100}, {"encoding": "JPEG"}, r"decode\+augment-bound: 91%.*JPEG.*cache="),
    ({"read": 700, "decode+augment": 500, "batch": 100}, {"encoding": "raw"}, "read-bound: 54%.*reader='mapped'"),
    ({"read": 700, "decode": 500, "augment": 10, "batch": 100}, {}, "read-bound: 53%.*the bytes themselves"),
    ({"read": 100, "decode": 300, "augment": 900, "batch": 100}, {"mixes": True}, "augment-bound: 64%.*RandomCrop before"),
    ({"read": 100, "decode": 300, "augment": 900, "batch": 100}, {}, "augment-bound: 64%.*only move pixels"),
    ({"read": 100, "decode": 300, "augment": 100, "batch": 900}, {}, "batch-bound: 64%.*dtype='uint8'"),
    ({"read": 100, "decode": 300, "augment": 100, "batch": 900}, {"dtype": "uint8"}, "batch-bound: 64%.*as uint8 already"),
    ({"map": 300, "batch": 100}, {"reader": "mapped", "encoding": "raw"}, "map-bound: 75%.*12% of a bare memory copy"),
    ({"read": 300, "decode": 300, "augment": 300, "batch": 300}, {}, "no stage stands out: read 25%, decode 25%, augment 25%, batch 25%"),
    ({"read": 200, "decode": 5000, "augment": 500, "batch": 300}, {"bare_busy": 0.1, "fetched": 0.9}, "storage-bound: 90%.*only 10%"),
])
def test_advice_follows_the_figures(costs, fields, wanted):
    advice = advise(made_up(costs, **fields))
    assert re.search(wanted, advice) and "\n" not in advice, advice


@pytest.mark.parametrize("fields", [dict(bare_busy=0.1), dict(fetched=0.9)])
def test_an_idle_thread_or_a_cold_file_alone_is_no_proof_of_a_slow_disk(fields):
    "A thread may wait for a core that others use, and a fast disk keeps it busy."
    assert advise(made_up({"read": 200, "decode": 5000, "augment": 500, "batch": 300}, **fields)).startswith("decode-bound")


@pytest.mark.parametrize("cpu, wanted", [((1, 2, 4), (100_000, 100_000, 200_000)), ((3, 2, 4), (200_000, 0, 200_000)),
                                         ((1, 5, 4), (100_000, 300_000, 0)), ((5, 4, 3), (300_000, 0, 0))])
def test_stages_add_up_and_never_cost_less_than_nothing(cpu, wanted):
    costs = split_costs({stage: Rate(10, 1, n) for stage, n in zip("abc", cpu)})
    assert tuple(costs.values()) == pytest.approx(wanted) and sum(costs.values()) == pytest.approx(cpu[-1] * 1e5)


def test_shares_are_of_a_whole():
    bench = made_up({"read": 200, "decode": 5000, "augment": 500, "batch": 300})
    assert sum(bench.shares.values()) == pytest.approx(1)
    assert bench.whole.cost == pytest.approx(6000) and bench.whole.busy == pytest.approx(2)


def test_measuring_counts_batches_and_leaves_out_the_first():
    looks, asked = iter(range(1000)), []
    batches = iter(lambda: asked.append(1) or [1] * 4 and _Batch(4), None)
    rate = measure_rate(batches, 20, clock=lambda: float(next(looks)), cpu_clock=lambda: 1.0)
    assert rate.images == 4 * 19 and len(asked) > 19, "four a look; what was ready before does not count"


class _Batch:
    def __init__(self, n): self.shape = (n, 2, 2, 3)


def test_a_data_set_is_measured_stage_by_stage(shards):
    bench = bench_dataset(shards, "train", augment=[RandomFlip(), RandomCrop((32, 48))], **QUICK)
    assert (bench.records, bench.encoding, bench.size, bench.batch_size) == (9, "PNG", (32, 48), 4)
    assert bench.reader.startswith("stream: ") and list(bench.rates) == ["read", "decode", "augment", "batch"]
    assert all(rate.images > 0 and rate.wall > 0 for rate in bench.rates.values()) and bench.copy > 0
    assert not bench.mixes


def test_operations_that_mix_pixels_are_known(shards):
    assert bench_dataset(shards, augment=[Resize((32, 32)), Normalize()], **QUICK).mixes


def test_a_shard_and_a_pattern_are_measured_too(shards):
    one = list_shards(shards, "train")[0]
    assert bench_dataset(one, **QUICK).records == 3
    assert bench_dataset(str(shards / "*.tfrecord"), **QUICK).records == 12
    assert bench_dataset(list_shards(shards), **QUICK).path.endswith("and 3 more")


@pytest.mark.parametrize("reader, stages", [("auto", ["map", "batch"]), ("stream", ["read", "decode+augment", "batch"])])
def test_raw_pixels_mapped_and_streamed(source, write, reader, stages):
    bench = bench_dataset(write(source, schema=RAW), dtype="uint8", reader=reader, **QUICK)
    assert (bench.encoding, bench.dtype, bench.size) == ("raw", "uint8", (90, 120))
    assert list(bench.rates) == stages and bench.reader.split(":")[0] == {"auto": "mapped"}.get(reader, reader)


def test_a_cache_is_measured_mapped(shards, tmp_path):
    bench = bench_dataset(shards, "train", cache=tmp_path / "cache", **QUICK)
    assert (bench.reader, bench.encoding, bench.records) == ("mapped", "PNG", 9) and list(bench.rates) == ["map", "batch"]


def test_it_prints_as_a_table():
    bench = made_up({"read": 200, "decode": 5000, "augment": 500, "batch": 300}, path="<b>&")
    lines = str(bench).splitlines()
    assert repr(bench) == str(bench) and lines[-1] == bench.advice and all(len(line) < 200 for line in lines)
    assert [line.split()[0] for line in lines[1:5]] == ["read", "decode", "augment", "batch"]
    page = bench._repr_html_()
    assert "&lt;b&gt;&amp;" in page and "<b>&" not in page and page.count("<tr>") == 8 and "83%" in page


def test_errors(shards, tmp_path):
    for wrong in (dict(seconds=0), dict(rounds=0), dict(batch_size=0)):
        with pytest.raises(ValueError, match="wanted positive numbers"): bench_dataset(shards, **QUICK | wrong)
    with pytest.raises(ValueError, match="no split 'dev'"): bench_dataset(shards, "dev", **QUICK)
    with pytest.raises(FileNotFoundError): bench_dataset(tmp_path / "nothing", **QUICK)
    with pytest.raises(DataError, match="Pass size="): bench_dataset(shards, augment=RandomRotate90(), **QUICK)
    with pytest.raises(ValueError, match="dtype="): bench_dataset(shards, dtype="float16", **QUICK)
    with pytest.raises(DataError, match="reader='mapped' is not possible"): bench_dataset(shards, reader="mapped", **QUICK)


def test_the_command(shards, tmp_path, capsys):
    assert main(["bench", str(shards), "--split", "train", "--augment", "--size", "32", "32", "--batch-size", "4", "--seconds", "0.2"]) == 0
    said = capsys.readouterr().out
    assert "9 records" in said and "32 x 32" in said and "bare records" in said
    assert main(["bench", str(shards / "nothing")]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert main(["bench", str(shards), "--cache", str(tmp_path), "--batch-size", "4", "--seconds", "0.2"]) == 0
    assert "reader mapped" in capsys.readouterr().out
    assert main(["bench", str(shards), "--seconds", "0"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
