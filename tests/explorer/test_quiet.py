"""A notebook without stderr: TensorFlow is imported without its log, unless that is asked for; a notebook that is opened again shows its pictures."""
import os
import re
from importlib.metadata import version

import pytest
from browsing import CHROMIUM, chromium, close_notebook, in_kernel, open_notebook

from tfrseg.cards import make_folder

LOOK = ["import tfrseg\nfrom pathlib import Path",
        "tfrseg.make_folder('cards', 3, (45, 60))\n"
        "source = tfrseg.folder_source('cards/img', 'cards/seg', class_names=tfrseg.CARD_CLASSES, show_progress=False)\n"
        "tfrseg.write_shards(tfrseg.plan_shards(source, 'out'), show_progress=False)",
        "tfrseg.explore_records('out')",
        "tfrseg.explore_augment('out', 'natural:32')",
        "next(iter(tfrseg.make_dataset('out', augment=tfrseg.RandomFlip(), batch_size=2, show_progress=False)))[0].shape",
        "tfrseg.plot_summary('out')"]


def run(folder, monkeypatch, level=None, cells=LOOK):
    "The outputs of a notebook that looks at cards, in a kernel of its own."
    import nbformat
    from nbclient import NotebookClient

    for name in ("TF_CPP_MIN_LOG_LEVEL", "CUDA_VISIBLE_DEVICES", "PYTEST_CURRENT_TEST"):  # with the last one, a kernel leaves stderr alone
        monkeypatch.delenv(name, raising=False)
    if level is not None: monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", level)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    NotebookClient(notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return [output for cell in notebook.cells for output in cell.outputs]


def stderr_of(outputs): return "".join(output.text for output in outputs if output.get("name") == "stderr")


def without_old_xla(text):
    "TensorFlow 2.16 writes some lines of its compiler whatever it is asked for."
    is_old = version("tensorflow").split(".")[:2] == ["2", "16"]
    return re.sub(r"^(WARNING: All log messages before absl.*|[IW]0000 00:00.*)\n", "", text, flags=re.M) if is_old else text


@pytest.mark.slow
def test_a_notebook_is_quiet(tmp_path, monkeypatch):
    "No line on stderr in a fresh kernel; every widget has a picture beside it, as wide as on the page. Quick: `assert_quiet` in JupyterLab."
    outputs = run(tmp_path, monkeypatch)
    assert without_old_xla(stderr_of(outputs)) == ""
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(pictures) == 3 and all(output.metadata["image/png"]["width"] >= 450 for output in pictures)
    assert sum("application/vnd.jupyter.widget-view+json" in output.data for output in pictures) == 2


@pytest.mark.slow
def test_who_asks_for_the_log_gets_it(tmp_path, monkeypatch):
    assert re.search(r"^[IWE]\d{4} |: [IWE] tensorflow", stderr_of(run(tmp_path, monkeypatch, "0", ["import tfrseg", "tfrseg.RandomFlip"])), re.M)


PLACES = """() => [...document.querySelectorAll('.jp-OutputArea-child')].map(e => [e.innerText.includes('model not found'),
  e.querySelector('.tfs-still')?.offsetHeight ?? 0, e.querySelector('canvas.tfs-canvas')?.offsetHeight ?? 0])"""
REOPENED = """() => document.querySelectorAll('.jp-OutputArea-child > .jp-OutputArea-output.jupyter-widgets').length > 0"""


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="wants a Chromium on the path: apt-get install chromium")
def test_a_notebook_that_is_opened_again_shows_the_picture(lab, tmp_path):
    "In JupyterLab, when the kernel has ended: no 'model not found', and the picture in its place. A live viewer is alone."
    playwright = pytest.importorskip("playwright.sync_api", reason="wants playwright: pip install -e '.[browser]'")
    make_folder(tmp_path / "cards", 3, (45, 60))
    address, folder = lab
    code = (f"import os, tfrseg\nos.chdir({str(tmp_path)!r})\nsource = tfrseg.folder_source('cards/img', 'cards/seg', show_progress=False)\n"
            "tfrseg.write_shards(tfrseg.plan_shards(source, 'out'), show_progress=False)")
    with playwright.sync_playwright() as p, chromium(p, tmp_path / "profile") as page:
        open_notebook(page, address, folder, "look", [code, "tfrseg.explore_records('out')"])
        page.wait_for_function("document.querySelectorAll('.tfs-still').length == 1")
        live = page.evaluate(PLACES)
        assert [still for _, still, _ in live] == [0] * len(live) and max(canvas for *_, canvas in live) > 100
        assert in_kernel(page, "print(1)") == "1"
        page.evaluate("jupyterapp.commands.execute('docmanager:save')")
        close_notebook(page)
        page.goto(f"{address}/lab/tree/look.ipynb?reset")
        page.wait_for_function(REOPENED)
        page.wait_for_function("document.querySelector('.tfs-still')?.offsetHeight > 100")
        assert not any(broken for broken, *_ in page.evaluate(PLACES))
        style = page.locator(".tfs-still").evaluate("e => getComputedStyle(e).backgroundImage")
        assert style.startswith('url("data:image/jpeg')
        if shots := os.environ.get("TFRSEG_SCREENSHOTS"): page.screenshot(path=f"{shots}/reopened.png")
