"""What `tfrseg bench` says: the structure of a measurement, advice from made-up figures, errors. No time is asserted."""
import re

import numpy as np
import pytest

from tfrseg.augmenter.color import RandomGamma
from tfrseg.augmenter.geometry import RandomCrop, RandomFlip, RandomRotate90
from tfrseg.reader.bench import Bench, Rate, advise, bench_dataset, estimate, measure_rate, split_costs
from tfrseg.cli import main
from tfrseg.core import DataError
from tfrseg.storage.schema import RAW
from tfrseg.storage.dataset import list_shards

CAST = "dtype='uint8' and the cast on the accelerator"
QUICK = dict(seconds=0.05, rounds=1, batch_size=4)


NOISE = (1.0, 0.99, 1.01, 1.0, 1.02)


def rounds(cost: float, noise=NOISE) -> tuple[Rate, ...]:
    "Rates of an image that costs so many CPU microseconds, on two busy cores."
    return tuple(Rate(1000, cost * n / 2000, cost * n / 1000) for n in noise)


def made_up(costs: dict[str, float], tried=None, bare_busy: float = 1.0, fetched: float = 0.0, **fields) -> Bench:
    "A measurement whose stages cost so many CPU microseconds an image, and what was tried."
    turns, total = {}, 0.0
    for stage, cost in costs.items():
        total += cost
        turns[stage] = rounds(total)
    common = dict(path="x", split="train", reader="stream: as asked", encoding="PNG", size=(64, 64), batch_size=16, dtype="float32",
                  records=100, first_batch=0.5, turns=turns, tried=tried or {}, copy=rounds(50), bytes=1e5,
                  bare=(Rate(1000, 0.1, 0.1 * bare_busy, int(fetched * 1e8)),) * 5)
    return Bench(**common | fields)


PNG = {"read": 200, "decode": 5000, "augment": 500, "cast": 300}


@pytest.mark.parametrize("tried, fields, wanted", [
    ({"cache=DIR": rounds(1000), "dtype": rounds(5700)}, {}, r"decode takes 83% of the CPU; cache=DIR gives 6.00 times as many images a second .*measured here$"),
    ({"cache=DIR": rounds(7000), "dtype": rounds(5000)}, {}, "dtype gives 1.20 times"),
    ({"cache=DIR": rounds(5950), "dtype": rounds(6000)}, {}, "cache=DIR and dtype tried: no gain that is measurable here$"),
    ({"cache=DIR": rounds(6500)}, {}, "cache=DIR tried: no gain"),
    ({"cache=DIR": rounds(5000, (0.2, 3.0, 1.0, 0.5, 2.0))}, {}, "no gain that is measurable"),
    ({}, {}, "nothing is known here that would help$"),
    ({}, {"reader": "mapped, without OpenCV"}, r"; pip install 'tfrseg\[fast\]' brings OpenCV \(not tried\)$"),
    ({"cache=DIR": rounds(1000)}, {"bare_busy": 0.1, "fetched": 0.9}, "^storage-bound: 90%.*only 10%.*measure again"),
])
def test_advice_is_a_change_whose_gain_was_measured(tried, fields, wanted):
    advice = advise(made_up(PNG, tried, **fields))
    assert re.search(wanted, advice) and "\n" not in advice, advice


def test_less_cpu_counts_where_the_clock_shows_nothing():
    same_time = tuple(Rate(r.images, w.wall, r.cpu) for r, w in zip(rounds(3000), rounds(6000)))
    assert "cache=DIR gives 50% less CPU an image" in advise(made_up(PNG, {"cache=DIR": same_time}))


@pytest.mark.parametrize("fields", [dict(bare_busy=0.1), dict(fetched=0.9)])
def test_an_idle_thread_or_a_cold_file_alone_is_no_proof_of_a_slow_disk(fields):
    "A thread may wait for a core that others use, and a fast disk keeps it busy."
    assert advise(made_up(PNG, **fields)).startswith("decode takes")


def test_a_difference_below_the_noise_is_not_stated():
    "Three runs of one command gave 0, 258 and 2 070 µs for one stage."
    turns = {"decode": rounds(5000), "augment": tuple(Rate(1000, 1, r.cpu + n / 1e3) for r, n in zip(rounds(5000), (0, 258, 2070, -300, 10)))}
    bench = made_up(PNG, turns=turns)
    assert not bench.costs["augment"].is_clear and list(bench.shares) == ["decode"]
    line = str(bench).splitlines()[2]
    assert line.split()[:5] == ["augment", "-", "not", "measurable", "here"] and "%" not in line and "#" not in line
    assert "µs CPU an image, spread" in line and "not measurable here" in bench._repr_html_()


def test_one_round_shows_no_difference():
    bench = made_up(PNG, {"cache=DIR": rounds(10, (1,))}, turns={s: rounds(c, (1,)) for s, c in PNG.items()}, bare=rounds(1, (1,)), copy=rounds(1, (1,)))
    assert bench.shares == {} and "fewer than 3 rounds" in bench.advice and "inf" not in str(bench) and "nan" not in str(bench)


def test_costs_are_differences_round_by_round():
    "A load that comes and goes with a round hits both pipelines, and their difference keeps its sign."
    load = (1, 2, 1, 3, 1)
    costs = split_costs({"a": rounds(100, load), "b": rounds(130, load)})
    assert costs["b"].value == pytest.approx(30) and costs["a"].value == pytest.approx(100)
    assert estimate([5, 5, 5]).is_clear and not estimate([5, 5]).is_clear and not estimate([0, 0, 0]).is_clear


def test_noise_alone_is_seldom_stated():
    draws = np.random.default_rng(0).normal(size=(2000, 5))
    assert np.mean([estimate(row).is_clear for row in draws]) < 0.03
    assert np.mean([estimate(row + 4).is_clear for row in draws]) > 0.8


def test_measuring_pays_for_what_is_made_ahead():
    "A batch that was ready costs as much as another, in the turn that took it."
    work = Ahead()
    rate = measure_rate(work, 5, lambda: work.now, lambda: work.cpu, work.pause)
    assert rate.images == 40 and rate.cpu == pytest.approx(10, abs=0.1) and rate.wall == pytest.approx(15, abs=0.1)
    assert measure_rate(work, 5, lambda: work.now, lambda: work.cpu, work.pause, step=7).images == 4 * 14


class Ahead:
    "Batches of four that are ready, half a second each; a second of CPU makes the next one, while nobody asks."
    now = cpu = todo = 0.0
    def __iter__(self): return self
    def __next__(self):
        self.todo, self.now = self.todo + 1, self.now + 0.5
        return _Batch(4)
    def pause(self, seconds):
        done = min(self.todo, seconds)
        self.todo, self.now, self.cpu = self.todo - done, self.now + seconds, self.cpu + done


class _Batch:
    def __init__(self, n): self.shape = (n, 2, 2, 3)


def test_a_data_set_is_measured_stage_by_stage(shards):
    bench = bench_dataset(shards, augment=[RandomFlip(), RandomCrop((32, 48))], **QUICK)
    assert (bench.split, bench.records, bench.encoding, bench.size, bench.batch_size) == ("train", 9, "PNG", (32, 48), 4)
    assert bench.reader.startswith("stream: ") and list(bench.turns) == ["read", "decode", "augment", "cast"]
    assert list(bench.tried) == ["cache=DIR", CAST] and all(len(rates) == 1 for rates in [*bench.turns.values(), *bench.tried.values()])
    assert all(rate.images > 0 and rate.wall > 0 for rates in bench.turns.values() for rate in rates)


def test_nothing_is_left_behind(shards, tmp_path, monkeypatch):
    "The cache that is tried lies in a temporary folder, and goes."
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = sorted(p.name for p in shards.iterdir())
    assert "cache=DIR" in bench_dataset(shards, **QUICK).tried and not list(tmp_path.iterdir())
    assert sorted(p.name for p in shards.iterdir() if not p.name.startswith(".")) == [n for n in before if not n.startswith(".")]


def test_without_a_split_train_is_measured(shards, monkeypatch):
    "Files of both splits are those of train; a file, a pattern and a list are measured as a folder is."
    def measure(make, whole, batch, opened, *given):
        assert len(whole) == -(-opened.records // 4)
        return dict(turns={"map": rounds(10)}, bare=(), copy=rounds(1), tried={})

    monkeypatch.setattr("tfrseg.reader.bench._measure", measure)
    one = list_shards(shards, "train")[0]
    assert bench_dataset(shards, "val", **QUICK).records == 3
    assert bench_dataset(one, **QUICK).records == 3
    assert bench_dataset(str(shards / "*.tfrecord"), **QUICK).records == 9
    assert bench_dataset(list_shards(shards), **QUICK).path.endswith("and 3 more")


def test_a_crop_is_tried_before_operations_on_each_pixel(shards):
    "Behind a flip it stays where it is: test_a_data_set_is_measured_stage_by_stage."
    tried = bench_dataset(shards, "val", augment=[RandomGamma(), RandomCrop((32, 32))], dtype="uint8", **QUICK).tried
    assert list(tried) == ["cache=DIR", "RandomCrop before RandomGamma"]


@pytest.mark.parametrize("reader, stages, tried", [("auto", ["map"], []), ("stream", ["read", "decode"], ["reader='mapped'"])])
def test_raw_pixels_mapped_and_streamed(source, write, reader, stages, tried):
    bench = bench_dataset(write(source, schema=RAW), dtype="uint8", reader=reader, **QUICK)
    assert (bench.encoding, bench.dtype, bench.size) == ("raw", "uint8", (90, 120))
    assert list(bench.turns) == stages and bench.reader.split(":")[0].startswith({"auto": "mapped"}.get(reader, reader))
    assert list(bench.tried) == tried


def test_a_cache_is_measured_mapped(shards, tmp_path):
    bench = bench_dataset(shards, cache=tmp_path / "cache", **QUICK)
    assert bench.reader.startswith("mapped") and (bench.encoding, bench.records) == ("PNG", 9)
    assert list(bench.turns) == ["map", "cast"] and list(bench.tried) == [CAST]


def test_it_prints_as_a_table():
    bench = made_up(PNG, path="<b>&")
    lines = str(bench).splitlines()
    assert repr(bench) == str(bench) and lines[-1] == bench.advice and all(len(line) < 200 for line in lines)
    assert [line.split()[0] for line in lines[1:5]] == ["read", "decode", "augment", "cast"]
    page = bench._repr_html_()
    assert "&lt;b&gt;&amp;" in page and "<b>&" not in page and page.count("<tr>") == 8 and "83%" in page


def test_shares_are_of_the_whole():
    bench = made_up(PNG)
    assert sum(bench.shares.values()) == pytest.approx(1, abs=0.02) and bench.whole.cost == pytest.approx(6000)


def test_errors(shards, tmp_path):
    for wrong in (dict(seconds=0), dict(rounds=0), dict(batch_size=0)):
        with pytest.raises(ValueError, match="wanted positive numbers"): bench_dataset(shards, **QUICK | wrong)
    with pytest.raises(ValueError, match="no split 'dev'"): bench_dataset(shards, "dev", **QUICK)
    with pytest.raises(FileNotFoundError): bench_dataset(tmp_path / "nothing", **QUICK)
    with pytest.raises(DataError, match="Pass size="): bench_dataset(shards, augment=RandomRotate90(), **QUICK)
    with pytest.raises(ValueError, match="dtype="): bench_dataset(shards, dtype="float16", **QUICK)
    with pytest.raises(DataError, match="reader='mapped' is not possible"): bench_dataset(shards, reader="mapped", **QUICK)


def test_the_command(shards, tmp_path, capsys):
    assert main(["bench", str(shards), "--split", "train", "--augment", "--size", "32", "32", "--batch-size", "4", "--seconds", "0.05"]) == 0
    said = capsys.readouterr().out
    assert "9 records" in said and "32 x 32" in said and "bare records" in said
    assert main(["bench", str(shards / "nothing")]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert main(["bench", str(shards), "--cache", str(tmp_path), "--batch-size", "4", "--seconds", "0.05"]) == 0
    assert "split train, 9 records, PNG, reader mapped" in capsys.readouterr().out


@pytest.mark.parametrize("wrong, code", [("--seconds 0", 2), ("--batch-size 0", 2), ("--size 0 5", 2), ("--size -1 5", 2),
                                         ("--split dev", 2), ("--cache /dev/null/x", 1), ("--reader mapped", 1)])
def test_a_wrong_option_is_answered_in_a_line(shards, capsys, wrong, code):
    assert main(["bench", str(shards), *wrong.split()]) == code
    said = capsys.readouterr()
    assert len(said.err.strip().splitlines()) == 1 and not said.out, said.err


def test_shares_stay_below_the_whole_where_the_machine_was_disturbed():
    bench = made_up(PNG, turns={"decode": rounds(4000), "cast": rounds(2000)})
    assert all(0 < abs(share) <= 1 for share in bench.shares.values())
