"""The web site as tools/docs.py builds it: links, search, alternative texts, and what a browser shows."""
import functools
import http.server
import json
import re
import subprocess
import sys
import threading
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from browsing import CHROMIUM, chromium
from conftest import ROOT

pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="smalldocs needs Python 3.11")
NOTEBOOKS = sorted((ROOT / "nbs").rglob("*.ipynb"))
FOR_USERS = [path for path in NOTEBOOKS if path.parent.name in ("howto", "nbs") and not path.name[0].isdigit()]

# what people type, and the page that answers; it is among the first three
WORDS = {"image": "", "label": "", "mask": "howto/mask_colours", "dataset": "start", "augmentation": "gallery",
         "class imbalance": "howto/rare_classes", "multi GPU": "howto/many_machines", "COCO": "howto/annotations",
         "YOLO": "howto/annotations", "LabelMe": "howto/annotations", "tile": "howto/large_images", "NaN": "howto/debugging",
         "out of memory": "howto/debugging", "PyTorch": "howto/pytorch_jax", "16 bits": "howto/many_bands", "speed": "howto/speed",
         "resume": "", "install": "start", "first model": "start", "DeepLab": "howto/others_shards", "old functions": "howto/old_functions", "write_tfrecords": "reference/writer",
         "make_dataset": "reference/reader", "RandomFlip": "reference/augmenter", "tfrseg bench": "reference/command",
         "fix masks": "howto/fix_masks", "wrong masks": "howto/fix_masks", "flagged": ""}


class Page(HTMLParser):
    "Links, names of places and pictures of a page."

    def __init__(self, path: Path):
        super().__init__()
        self.links, self.places, self.silent, self.text = [], set(), [], path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.places |= {found[key] for key in ("id", "name") if found.get(key)}
        self.links += [found[key] for key in ("href", "src") if found.get(key)]
        if tag == "img" and len(found.get("alt") or "") < 8: self.silent.append(found.get("src", "")[:60])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    "The site, built by the script from a copy of what it reads."
    import shutil

    pytest.importorskip("smalldocs", reason="wants smalldocs: pip install -e '.[docs]'")
    root = tmp_path_factory.mktemp("site")
    for name in ("nbs", "tfrseg", "tools"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    shutil.copy(ROOT / "settings.ini", root)
    done = subprocess.run([sys.executable, "tools/docs.py", "site"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-2000:]
    return root / "_docs"


@pytest.fixture(scope="module")
def pages(site): return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}


@pytest.mark.slow
def test_every_notebook_is_a_page(pages):
    wanted = {path.relative_to(ROOT / "nbs").with_suffix(".html").as_posix() for path in NOTEBOOKS}
    assert wanted <= pages.keys() and {"reference/index.html", "reference/training.html", "reference/command.html"} <= pages.keys()


@pytest.mark.slow
def test_links_lead_somewhere(site, pages):
    "Each relative link of each page, and the place in the page that it names."
    broken = []
    for name, page in pages.items():
        for link in page.links:
            if re.match(r"[a-z][a-z+.-]*:|//", link): continue
            path, _, place = unquote(link).partition("#")
            target = (site / name).parent / path.partition("?")[0] if path else site / name
            if target.is_dir(): target = target / "index.html"
            if not target.exists():
                broken.append(f"{name}: {link}")
            elif place and target.suffix == ".html":
                known = pages[target.resolve().relative_to(site.resolve()).as_posix()].places
                if place not in known: broken.append(f"{name}: no such place: {link}")
    assert not broken, "\n".join(sorted(set(broken))[:40])


def test_links_of_notebooks_and_readme_lead_somewhere():
    "Also where they are read in Jupyter or on GitHub."
    broken = []
    for path in [*NOTEBOOKS, ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown")
        text = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:|#", link): continue
            if not (path.parent / link.partition("#")[0]).exists(): broken.append(f"{path.relative_to(ROOT)}: {link}")
    assert not broken, "\n".join(broken)


@pytest.mark.slow
def test_pictures_have_a_text(pages):
    silent = {name: page.silent for name, page in pages.items() if page.silent}
    assert not silent, silent


@pytest.mark.parametrize("path", FOR_USERS, ids=lambda path: path.stem)
def test_pages_for_users_describe_their_pictures(path):
    "Start, how-to pages and README say what a picture shows in words of their own."
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        pictures = [output for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]
        if pictures: assert re.search(r'^#\| fig-alt: "[^"]{20,}"$', "".join(cell["source"]), re.M), cell["id"]


@pytest.mark.slow
def test_pages_are_whole(pages):
    "No widget as text, no link as raw Markdown, no private attribute in an example for users."
    for name, page in pages.items():
        assert "interactive(children=" not in page.text and "](https://" not in page.text, name
        shown = re.sub(r'<details class="code-fold">.*?</details>', "", page.text, flags=re.S)
        code = re.findall(r'<code class="sourceCode python">(.*?)</code>', shown, re.S)
        words = [re.sub(r"<[^>]+>", "", each) for each in code]
        private = [found for each in words for found in re.findall(r"\b(?!self\b|cls\b)\w+\._[a-z]\w*", each)]
        if name.startswith(("howto/", "tutorials/", "start", "index", "gallery", "7_explorer/03")): assert not private, (name, private)


@pytest.mark.parametrize("path", [p for p in FOR_USERS if p.name not in ("index.ipynb",)], ids=lambda path: path.stem)
def test_commands_of_pages_are_run_there(path):
    "A command in a how-to page stands in a cell of it, too, unless it needs a bucket, a browser or another program."
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = [line for cell in cells if cell["cell_type"] == "markdown"
             for block in re.findall(r"```sh\n(.*?)```", "".join(cell["source"]), re.S) for line in block.splitlines()]
    run = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    elsewhere = re.compile(r"tfrseg (browse|bench|evaluate)\b|://|~/|model\.keras large")
    missing = [line for line in shown if line.startswith("tfrseg ") and not elsewhere.search(line) and f'run("{line}")' not in run]
    assert not missing, missing


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words): pass


@pytest.fixture(scope="module")
def address(site):
    "The site on a port of this machine."
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if CHROMIUM is None: pytest.skip("no Chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright, chromium(playwright, tmp_path_factory.mktemp("profile")) as page: yield page


@pytest.mark.slow
def test_search_finds_what_people_type(browser, address):
    "Typed with real keys; the page that answers is among the first three, and the words are in it."
    browser.goto(f"{address}/index.html")
    missed, field = {}, browser.locator("#quarto-search input")
    field.fill("image")
    browser.wait_for_selector(".search-result")  # the list of words has come
    for words, wanted in WORDS.items():
        field.fill("")
        field.press_sequentially(words)
        browser.evaluate("document.querySelector('.smalldocs-search-results').replaceChildren()")
        field.dispatch_event("input")  # what comes now answers all of the words, however slowly they were typed
        browser.wait_for_selector(".search-result, .search-none")
        assert field.input_value() == words
        found = browser.eval_on_selector_all(".search-result", "all => all.map(each => each.getAttribute('href'))")
        first = [link.partition("#")[0].removesuffix(".html").lstrip("./") for link in found]
        pages = list(dict.fromkeys(first))
        if not pages or wanted and wanted not in pages[:3]: missed[words] = pages[:4]
    assert not missed, missed


LEGIBLE = """selector => [...document.querySelectorAll(selector)].map(each => {
  const channel = text => text.match(/[0-9.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = text => { const [r, g, b] = channel(text); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  let ground = each;
  while (ground && /rgba\\(.*, 0\\)|transparent/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
  const [a, b] = [light(getComputedStyle(each).color), light(ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)')];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); })"""


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ("light", "dark"))
@pytest.mark.parametrize("width", (1280, 400))
@pytest.mark.parametrize("name", ("index", "start", "howto/debugging", "reference/training"))
def test_pages_are_seen(browser, address, name, width, scheme):
    "Nothing is wider than the window, no picture is broken, no script fails, and text can be read."
    browser.errors.clear()
    browser.emulate_media(color_scheme=scheme)
    browser.set_viewport_size({"width": width, "height": 900})
    browser.goto(f"{address}/{name}.html")
    browser.wait_for_function("dark => document.documentElement.classList.contains('quarto-dark') === dark", arg=scheme == "dark")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width + 1
    broken = "[...document.images].filter(each => each.complete && !each.naturalWidth).map(each => each.src.slice(0, 80))"
    assert browser.evaluate(broken) == []
    assert min(browser.evaluate(LEGIBLE, "main p, main li, main dd, main td")) > 4
    assert not browser.errors
    if width > 1000:
        browser.locator("#quarto-search input").fill("image")
        browser.wait_for_selector(".search-result-text")
        assert min(browser.evaluate(LEGIBLE, ".search-result-title, .search-result-text")) > 4
