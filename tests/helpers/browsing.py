"""JupyterLab and Chromium for the tests that look at what users see, and for the script that times it."""
from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

FLAGS = ("--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
         "--disable-sync --force-color-profile=srgb").split()
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
TOLD = "TF_CPP_MIN_LOG_LEVEL", "CUDA_VISIBLE_DEVICES", "PYTEST_CURRENT_TEST"  # with these a kernel says less than a user's
HASH = """canvas => { const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let sum = 7; for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] * 65536 + data[i + 1] * 256 + data[i + 2]) | 0;
  return sum; }"""
RUN = """async code => { const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel; let said = '';
  const future = kernel.requestExecute({ code });
  future.onIOPub = m => { said += m.content.text ?? (m.content.traceback ?? []).join('\\n'); };
  await future.done; return said; }"""


@contextmanager
def chromium(playwright, folder: Path, **options):
    "A page of a browser with a fresh profile; whatever goes wrong in its scripts is listed in `page.errors`."
    context = playwright.chromium.launch_persistent_context(str(folder), executable_path=CHROMIUM, headless=True, args=FLAGS,
                                                            viewport={"width": 1400, "height": 1000}, **options)
    page = context.pages[0]
    page.errors = []
    page.on("pageerror", lambda e: page.errors.append(str(e)))
    page.set_default_timeout(120_000)
    try: yield page
    finally: context.close()


@contextmanager
def jupyterlab(folder: Path):
    "The address of a JupyterLab that serves a folder."
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    settings = folder / ".config" / "labconfig" / "page_config.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}))
    places = {f"JUPYTER_{name}_DIR": str(folder / f".{name.lower()}") for name in ("CONFIG", "RUNTIME")} | {"IPYTHONDIR": str(folder / ".ipython")}
    usual = {name: value for name, value in os.environ.items() if name not in TOLD}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip", "127.0.0.1", f"--port={port}",
               "--IdentityProvider.token=", "--expose-app-in-browser", "--ServerApp.root_dir", str(folder), "--LabApp.extension_manager=readonly"]
    with open(folder / "jupyter.log", "w") as log:
        server = subprocess.Popen(command, env=usual | places, stdout=log, stderr=log)
    try:
        for _ in range(300):
            try:
                urlopen(f"http://127.0.0.1:{port}/api").close()
                break
            except OSError: time.sleep(0.2)
        else: raise RuntimeError((folder / "jupyter.log").read_text()[-2000:])
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def open_notebook(page, address: str, folder: Path, name: str, cells: list[str]) -> None:
    "Writes a notebook, opens it in JupyterLab and runs it; the widget stands there when this returns."
    code = [{"cell_type": "code", "id": f"cell-{k}", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
            for k, source in enumerate(cells)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (folder / f"{name}.ipynb").write_text(json.dumps({"cells": code, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}))
    page.goto(f"{address}/lab/tree/{name}.ipynb?reset")
    page.wait_for_function("globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected'")
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector("canvas.tfs-canvas[data-shown]", timeout=120_000)


def in_kernel(page, code: str) -> str:
    "What some code prints in the notebook's kernel."
    return page.evaluate(RUN, code).strip()


def saved_outputs(page, folder: Path, name: str) -> list[dict]:
    "Saves a notebook whose cells have run, and gives the outputs in its file."
    in_kernel(page, "pass")
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    return [output for cell in json.loads((folder / f"{name}.ipynb").read_text())["cells"] for output in cell["outputs"]]


def assert_quiet(outputs: list[dict]) -> None:
    "No line on stderr; one widget, and a picture beside it, as wide as on the page."
    assert not [output["text"] for output in outputs if output.get("name") == "stderr"]
    widget, = (output for output in outputs if "application/vnd.jupyter.widget-view+json" in output.get("data", {}))
    assert widget["data"]["image/png"] and widget["metadata"]["image/png"]["width"] >= 450


def close_notebook(page) -> None:
    "Ends the notebook's kernel."
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
