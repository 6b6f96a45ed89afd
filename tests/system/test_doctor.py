"""What `tfrseg doctor` finds: on this machine, and on machines that lack something."""
import json
import os
import sys
import tempfile
from importlib import metadata

import pytest
from terminals import in_terminal

from tfrseg import checkup
from tfrseg.checkup import CheckUp, check_up

STATES = {"ok", "missing", "slow", "broken"}


@pytest.fixture
def all_import(monkeypatch):
    "No process is started: every module can be imported."
    monkeypatch.setattr(checkup, "_imported", lambda modules, seconds: dict.fromkeys(modules, {}))


def found_by_name(found: CheckUp) -> dict: return {check[:2]: check for check in found.checks}


def without(monkeypatch, *names):
    "The metadata of some packages are not to be found."
    def hidden(real):
        def asked(name):
            if name in names: raise metadata.PackageNotFoundError(name)
            return real(name)
        return asked

    for name in ("version", "requires", "metadata"): monkeypatch.setattr(metadata, name, hidden(getattr(metadata, name)))


def test_this_machine(run):
    "Nothing is broken where the tests run; the last line is the sum, and JSON holds the same checks."
    status, out, errors = run("doctor --no-tensorflow")
    assert status == 0 and errors == "" and "broken" not in out and out.splitlines()[0] == "tfrseg"
    status, text, _ = run("doctor --no-tensorflow --json")
    told = json.loads(text)
    assert status == 0 and set(told) == {"schema", "well", "checks"} and told["schema"] == 1 and told["well"] is True
    assert all(set(check) == {"area", "name", "value", "state", "mend"} and check["state"] in STATES for check in told["checks"])
    assert len({(check["area"], check["name"]) for check in told["checks"]}) == len(told["checks"])
    assert not any("could not be looked at" in check["value"] for check in told["checks"])
    for check in told["checks"]: assert check["state"] != "slow" or check["mend"], check
    assert ("imports", "imported") in {(check["area"], check["name"]) for check in told["checks"]}


def test_a_terminal_of_80_columns(tmp_path):
    (out,), (errors,) = in_terminal(["doctor --no-tensorflow"], tmp_path, 80)
    assert errors == "" and max(map(len, out.split("\n"))) < 80 and "\nextras\n" in out and "\x1b" not in out


@pytest.mark.slow
def test_tensorflow_and_its_devices(run):
    "The one test here that starts it."
    status, out, _ = run("doctor --json")
    told = {(check["area"], check["name"]): check for check in json.loads(out)["checks"]}
    assert status == 0 and told["tensorflow", "devices"]["value"].startswith("CPU")


@pytest.mark.fault("a TensorFlow that ends the process or never starts", "no line, or no end", "a finding of `tfrseg doctor`, with its last words and the command that mends it")
@pytest.mark.parametrize("code, seconds, said", (
    ("import os\nos.write(2, b'no AVX\\n')\nos.abort()", 60, "ended the process, signal SIGABRT: no AVX"),
    ("import threading\nthreading.Event().wait()", 0.5, "its import took longer than 0.5 s, and was stopped"),
    ("import nowhere_at_all", 60, "ModuleNotFoundError: No module named 'nowhere_at_all'")))
def test_a_tensorflow_that_does_not_start(tmp_path, monkeypatch, code, seconds, said):
    (tmp_path / "tensorflow.py").write_text(code)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(checkup, "_importable", lambda with_tensorflow: {"tensorflow": "tensorflow"})
    found = check_up(seconds=seconds)
    broken, = found.in_state("broken")
    assert broken[:2] == ("imports", "tensorflow") and said in broken.value and "pip install" in broken.mend and not found.is_well


def test_no_tensorflow(monkeypatch, all_import):
    "It is wanted unless it was left out."
    without(monkeypatch, "tensorflow", "tensorflow-cpu", "tensorflow-intel", "tensorflow-macos", "tf-nightly")
    broken, = check_up().in_state("broken")
    assert broken.name == "tensorflow" and broken.mend.startswith("pip install 'tensorflow>=")
    left_out = check_up(tensorflow=False)
    assert left_out.is_well and found_by_name(left_out)["requirements", "tensorflow"].state == "missing"


def test_an_old_package_and_damaged_metadata(monkeypatch, all_import, run):
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: {"numpy": "1.20", "tqdm": None}.get(name, real(name)) if name in ("numpy", "tqdm") else real(name))
    status, out, _ = run("doctor --no-tensorflow --quiet")
    assert status == 1 and "broken: requirements, numpy: 1.20; wanted >=1.26\n    pip install 'numpy>=1.26'\n" in out
    assert "tqdm: version unknown, its metadata are damaged" in out and out.splitlines()[-1].startswith("2 broken")


def test_tfrseg_was_copied_and_not_installed(monkeypatch, all_import):
    "Its metadata are missing: that is the one finding, and all else is looked at."
    without(monkeypatch, "tfrseg")
    found = check_up()
    broken, = found.in_state("broken")
    assert broken[:2] == ("tfrseg", "tfrseg") and "pip install" in broken.mend
    assert {"machine", "files", "jupyter", "imports"} <= {check.area for check in found.checks}


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="wants /proc, where even root cannot write")
def test_a_temporary_folder_that_cannot_be_written(monkeypatch, all_import):
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", "/proc/self")
        found = check_up()
    broken, = found.in_state("broken")
    assert broken[:2] == ("files", "temp") and broken.value.startswith("nothing can be written: ") and broken.mend.startswith("export TMPDIR=")


def test_no_programs_in_path(monkeypatch, all_import):
    monkeypatch.setenv("PATH", "")
    found = check_up()
    assert found.is_well and "no Chromium" in found_by_name(found)["jupyter", "programs"].value


def test_no_secrets(monkeypatch, all_import):
    "Names of variables, and values that are numbers and switches."
    for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "TFRSEG_TOKEN", "TF_SECRET", "HUNTER_TOKEN"): monkeypatch.setenv(name, "hunter2")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "12345678")
    monkeypatch.setenv("https_proxy", "http://me:hunter2@proxy:80")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0,1")
    found = check_up(path="/nowhere/http://me:hunter2@host/x")
    text = f"{found}{json.dumps(found.to_dict())}"
    assert "hunter2" not in text and "12345678" not in text and "HUNTER_TOKEN" not in text
    assert "AWS_SECRET_ACCESS_KEY" in text and found_by_name(found)["environment", "CUDA_VISIBLE_DEVICES"].value == "0,1"


def test_graphics_cards(tmp_path, monkeypatch):
    "One that TensorFlow does not use is told, and one that was hidden on purpose, too."
    (tmp_path / "dev").mkdir()
    for name in ("nvidia0", "nvidia1", "nvidiactl"): (tmp_path / "dev" / name).touch()
    assert checkup._graphics_cards(tmp_path) == 2
    facts = {"devices": [["CPU", ""]], "cuda": False, "works": True}
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    *_, check = checkup._check_devices(facts, 2)
    assert check.state == "slow" and "built without CUDA" in check.value and check.mend == "pip install 'tensorflow[and-cuda]'"
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    *_, check = checkup._check_devices(facts, 2)
    assert check.mend == "unset CUDA_VISIBLE_DEVICES"
    *_, check = checkup._check_devices(facts | {"devices": [["CPU", ""], ["GPU", "H100"]]}, 2)
    assert check.value == "CPU, GPU H100" and check.state == "ok"


def test_a_dataset(run, shards, all_import):
    "Which reader it gets and why; nothing is written there."
    before = sorted((path, path.stat().st_mtime_ns) for path in shards.rglob("*"))
    told = {check.name: check for check in check_up(shards).checks if check.area == "dataset"}
    assert told["shards"].value.startswith("12 records in ") and told["reader"].value.startswith("stream (schema tfvision holds encoded")
    assert set(told) == {"shards", "reader", "indexes", "disk"} and told["disk"].value.endswith("may be written")
    assert sorted((path, path.stat().st_mtime_ns) for path in shards.rglob("*")) == before
    status, out, _ = run("doctor nowhere")
    assert status == 1 and "broken: dataset, shards: nowhere: no such file or folder" in out


def test_a_network_disk(monkeypatch, shards, all_import):
    monkeypatch.setattr(checkup, "_file_system", lambda path: "fuse.gcsfuse")
    disk = found_by_name(check_up(shards))["dataset", "disk"]
    assert disk.state == "slow" and "a network disk" in disk.value and disk.mend.startswith("cp -r ")


def test_a_part_that_fails_is_told(monkeypatch, all_import):
    "The others are looked at; the exit status says it."
    def fails(): raise RuntimeError("the floor is gone")

    monkeypatch.setattr(checkup, "_core_limit", fails)
    found = check_up()
    broken, = found.in_state("broken")
    assert broken.area == "machine" and "RuntimeError: the floor is gone" in broken.value and ("files", "temp") in found_by_name(found)


@pytest.mark.parametrize("module, mend", (("packaging.requirements", "pip install packaging"), ("PIL", "pip install pillow")))
def test_a_module_that_is_missing(monkeypatch, all_import, module, mend):
    "In the middle of a part: it is one to install, and no fault of tfrseg."
    def missing(path): raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    monkeypatch.setattr(checkup, "_check_dataset", lambda path: (missing(path) for _ in (1,)))
    if "packaging" in module: monkeypatch.setitem(sys.modules, module, None)
    broken = check_up(path="out").in_state("broken")
    assert {check.mend for check in broken} == {mend} and ("dataset", "all") in {check[:2] for check in broken}
