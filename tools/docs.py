"""README and web site from the notebooks, without Quarto.

python tools/docs.py pictures the pictures saved in notebooks at 256 colours each, and smaller where need be
python tools/docs.py viewer   the picture of the viewer, nbs/images/viewer.png, taken with Chromium
python tools/docs.py chapters the table of chapters in nbs/index.ipynb, from the first cells of the notebooks
python tools/docs.py readme   README.md and index_files/ from nbs/index.ipynb
python tools/docs.py check    exits 1 when README.md or the table of chapters is not in step
python tools/docs.py pages    chapters and reference into _proc/, ready for a renderer
python tools/docs.py site     pages, then _docs/ by smalldocs (Python 3.11 or later)
"""
from __future__ import annotations

import argparse
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INDEX = ROOT / "nbs" / "index.ipynb"
README = ROOT / "README.md"
FIGURES = "index_files"
MOST_BYTES = 480_000  # of a notebook
SITE = ROOT / "nbs" / "_quarto.yml"  # the navigation; _quarto.yml is its copy, for tools that look there


def title_and_promise(path: Path) -> tuple[str, str]:
    "The first cell of a notebook: its title, and the line in a blockquote below."
    from execnb.nbio import read_nb

    found = re.fullmatch(r"# ([^\n]+)\n\n> ([^\n]+)", read_nb(path).cells[0].source.strip())
    if not found: sys.exit(f"{path.relative_to(ROOT)}: its first cell is not a title and a promise.")
    return found[1], found[2]


def chapter_table() -> str:
    "The chapters in the order of their numbers, room by room, each with its promise."
    lines, seen = ["| chapter | what it holds |", "|---|---|"], None
    for room, paths in rooms().items():
        for path in paths:
            title, promise = title_and_promise(path)
            if room != seen: lines.append(f"| **{room}** | |")
            seen = room
            where = path.relative_to(ROOT / "nbs").as_posix()
            lines.append(f"| [{title}]({where}) | {promise.replace('|', chr(92) + '|')} |")
    return "\n".join(lines)


def rooms() -> dict[str, list[Path]]:
    "The notebooks of each room in the order of their numbers, ground first and the command last."
    flat = sorted((ROOT / "nbs").glob("[0-9][0-9]_*.ipynb"))
    folders = sorted(path for path in (ROOT / "nbs").glob("[1-7]_*") if path.is_dir())
    between = {path.name.partition("_")[2]: sorted(path.glob("*.ipynb")) for path in folders}
    return {"ground": [path for path in flat if path.name < "80"], **between,
            "command": [path for path in flat if path.name >= "80"]}


def navigation() -> str:
    "nbs/_quarto.yml with every chapter of the code in its sidebar."
    text = SITE.read_text(encoding="utf-8")
    begin, end = text.index("    - id: inside\n"), text.index("\nmetadata-files:")
    lines = ["    - id: inside", "      style: floating", "      contents:"]
    for room, paths in rooms().items():
        lines += [f"        - section: {room.capitalize()}", "          contents:"]
        lines += [f"            - {path.relative_to(ROOT / 'nbs').as_posix()}" for path in paths]
    return text[:begin] + "\n".join(lines) + "\n" + text[end:]


def table_cell(notebook):
    "The cell of nbs/index.ipynb that holds the table."
    found = [cell for cell in notebook.cells if cell.id == "chapters"]
    if len(found) != 1: sys.exit("nbs/index.ipynb: wanted one cell with the id 'chapters', for the table.")
    return found[0]


def chapters() -> None:
    "Writes the table of chapters into nbs/index.ipynb, and the chapters of the navigation."
    from execnb.nbio import read_nb, write_nb

    notebook = read_nb(INDEX)
    table_cell(notebook).source = chapter_table()
    write_nb(notebook, INDEX)
    text = navigation()
    for path in (SITE, ROOT / "_quarto.yml"): path.write_text(text, encoding="utf-8", newline="\n")


def readme_filter():
    "nbdev's filter for pages, without its links to documentation sites: a README is read where it lies."
    from nbdev.processors import FilterDefaults, add_links

    class Filter(FilterDefaults):
        def base_procs(self):
            return [p for p in super().base_procs() if p is not add_links]

    return Filter()


def plain_heading(cell) -> None:
    "The filter turns title and promise into front matter for web pages; a README wants them as text."
    import yaml

    if cell.cell_type != "raw" or not cell.source.startswith("---"): return
    front = yaml.safe_load(cell.source.strip().strip("-"))
    promise = f"\n\n> {front['description']}" if front.get("description") else ""
    cell.cell_type, cell.source = "markdown", f"# {front['title']}{promise}"


def from_the_top(cell) -> None:
    "Links and pictures of a page in nbs/, as they are reached from the top folder of the project."
    if cell.cell_type == "markdown":
        cell.source = re.sub(r"\]\((?![a-z]+:|#|/)([^)\s]+)\)", r"](nbs/\1)", cell.source)


def apply_options(cell) -> None:
    "Obeys the Quarto options echo, output and include, and takes the `#|` lines out of the source."
    if cell.cell_type != "code": return
    options = dict(re.findall(r"^#\|\s*([\w-]+):\s*(.+?)\s*$", cell.source, re.M))
    if "fig-alt" in options: cell.metadata["alt"] = options["fig-alt"].strip('"')
    cell.source = re.sub(r"^#\|.*\n?", "", cell.source, flags=re.M).strip("\n")
    off = {name for name, value in options.items() if value == "false"}
    if off & {"output", "include"}: cell.outputs = []
    page_in_page = lambda output: "<iframe" in "".join(output.get("data", {}).get("text/html", ""))
    cell.outputs = [output for output in cell.outputs if not page_in_page(output)]
    if off & {"echo", "include"} or not cell.source: cell.metadata["transient"] = {"remove_source": True}


def make_readme() -> tuple[str, dict[str, bytes]]:
    "The text of README.md and its pictures by file name, from the saved outputs of nbs/index.ipynb."
    import nbformat
    from execnb.nbio import nb2str, read_nb
    from nbconvert import MarkdownExporter

    if not INDEX.exists(): sys.exit("nbs/index.ipynb: no such notebook; README.md is made from it.")
    filtered = read_nb(INDEX)
    readme_filter()(filtered)
    notebook = nbformat.reads(nb2str(filtered), as_version=4)
    notebook.metadata = {"language_info": {"name": "python"}}
    for cell in notebook.cells:
        plain_heading(cell)
        from_the_top(cell)
        apply_options(cell)
    resources = {"unique_key": "index", "output_files_dir": FIGURES}
    text, resources = MarkdownExporter().from_notebook_node(notebook, resources)
    text = re.sub(r"[ \t]+$", "", text, flags=re.M)
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    for alt in alternatives(notebook): text = text.replace("![png](", f"![{alt}](", 1)
    return text, {Path(name).name: data for name, data in resources["outputs"].items()}


def alternatives(notebook) -> list[str]:
    "What each picture among the outputs shows, in their order: the option `fig-alt` of its cell."
    found = []
    for cell in notebook.cells:
        pictures = sum("image/png" in output.get("data", {}) for output in cell.get("outputs", []))
        found += [cell.metadata.get("alt") or "a figure"] * pictures
    return found


def saved_readme() -> tuple[str, dict[str, bytes]]:
    "What `make_readme` gave when the README was last made."
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    return text, {path.name: path.read_bytes() for path in sorted((ROOT / FIGURES).glob("*"))}


def pictures() -> None:
    """Saves the pictures in the outputs of notebooks at 256 colours each; those that are small already stay.

    Where a notebook stays too large, its largest pictures keep half of their pixels: one a point of the page;
    where that is not enough, 64 colours."""
    from execnb.nbio import nb2str, read_nb, write_nb

    for path in sorted((ROOT / "nbs").rglob("*.ipynb")):
        notebook = read_nb(path)
        outputs = [o for c in notebook.cells for o in c.get("outputs", [])
                   if "image/png" in o.get("data", {})]
        for o in outputs: o.data["image/png"] = fewer_colors(o.data["image/png"])
        outputs = sorted(outputs, key=lambda o: -len(o.data["image/png"]))
        for o, colors in [(o, 256) for o in outputs] + [(o, 64) for o in outputs]:
            if len(nb2str(notebook).encode()) <= MOST_BYTES: break
            width = o.get("metadata", {}).get("image/png", {}).get("width")
            if width: o.data["image/png"] = fewer_colors(o.data["image/png"], width, colors)
        write_nb(notebook, path)


def fewer_colors(encoded: str, width: int | None = None, colors: int = 256) -> str:
    "A picture, base64 in and out, with a palette of so many colours, and at most so many pixels wide."
    from base64 import b64decode, b64encode
    from io import BytesIO

    from PIL import Image

    picture, small = Image.open(BytesIO(b64decode("".join(encoded)))), BytesIO()
    is_wide = width is not None and picture.width > width
    if picture.mode == "P" and not is_wide and len(picture.getpalette()) <= 3 * colors: return encoded
    picture = picture.convert("RGB")
    if is_wide:
        height = round(picture.height * width / picture.width)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    # keeps the rare colours of legends
    picture.quantize(colors, Image.Quantize.MAXCOVERAGE, kmeans=2).save(small, "PNG", optimize=True)
    return b64encode(small.getvalue()).decode()


def readme() -> None:
    "Writes README.md and its pictures."
    text, figures = make_readme()
    shutil.rmtree(ROOT / FIGURES, ignore_errors=True)
    if figures: (ROOT / FIGURES).mkdir()
    for name, data in figures.items(): (ROOT / FIGURES / name).write_bytes(data)
    README.write_text(text, encoding="utf-8", newline="\n")
    print(f"README.md: {len(text.splitlines())} lines, {len(figures)} pictures")


def check() -> None:
    "Exits 1, with one line, when README.md, its pictures or the table of chapters is not in step."
    from execnb.nbio import read_nb

    if table_cell(read_nb(INDEX)).source != chapter_table():
        sys.exit("nbs/index.ipynb: the table of chapters is not in step. Run python tools/docs.py chapters.")
    navigated = navigation()
    if {SITE.read_text(encoding="utf-8"), (ROOT / "_quarto.yml").read_text(encoding="utf-8")} != {navigated}:
        sys.exit("nbs/_quarto.yml or its copy: not in step. Run python tools/docs.py chapters.")
    (text, figures), (old_text, old_figures) = make_readme(), saved_readme()
    stale = ["README.md"] if text != old_text else []
    names = sorted(figures.keys() | old_figures.keys())
    stale += [f"{FIGURES}/{name}" for name in names if figures.get(name) != old_figures.get(name)]
    if stale:
        sys.exit(f"{', '.join(stale)}: not in step with nbs/index.ipynb. Run python tools/docs.py readme.")
    print("README.md is in step with nbs/index.ipynb")


def pages() -> None:
    "Fills _proc/ with the pages and everything else that a site renderer needs."
    from pages import write_site_sources

    print(f"_proc/: {write_site_sources(ROOT / '_proc')} pages")


def site() -> None:
    "Renders _proc/ into _docs/."
    try: from smalldocs import cli
    except ImportError:
        sys.exit("smalldocs: not installed. On Python 3.11 or later, pip install -e '.[dev]'.")
    from pages import finish

    pages()
    if cli.main(["render", "--quiet", "--strict", str(ROOT / "_proc")]):
        sys.exit("smalldocs: the site is not as it should be")
    shutil.rmtree(ROOT / "_docs", ignore_errors=True)
    shutil.move(ROOT / "_proc" / "_docs", ROOT / "_docs")
    finish(ROOT / "_docs")
    print(f"_docs/: {len(list((ROOT / '_docs').rglob('*.html')))} pages")


def viewer() -> None:
    "Takes the picture of the viewer that README and the page Start show, with Chromium."
    import tempfile
    from threading import Thread

    from PIL import Image
    from playwright.sync_api import sync_playwright

    import tfrseg

    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    picture = ROOT / "nbs" / "images" / "viewer.png"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        tfrseg.make_folder(folder / "cards", 24)
        images, masks = folder / "cards/img", folder / "cards/seg"
        source = tfrseg.folder_source(images, masks, class_names=tfrseg.CARD_CLASSES)
        splits = tfrseg.split_source(source, train=0.8, val=0.2)
        tfrseg.write_shards(tfrseg.plan_shards(splits, folder / "shards"))
        records = tfrseg.explore_records(folder / "shards")
        with tfrseg.serve_viewer(records) as server, sync_playwright() as playwright:
            Thread(target=server.serve_forever, daemon=True).start()
            chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = chromium.new_page(viewport={"width": 1060, "height": 640}, color_scheme="light")
            page.goto(server.url)
            page.wait_for_selector("canvas.tfs-canvas[data-shown]")
            for _ in range(6): page.keyboard.press("ArrowRight")
            page.wait_for_timeout(1500)
            picture.parent.mkdir(exist_ok=True)
            page.screenshot(path=picture, clip={"x": 0, "y": 0, "width": 1060, "height": 552})
            chromium.close()
            server.shutdown()
    Image.open(picture).convert("RGB").quantize(128).save(picture, optimize=True)
    print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size / 1024:.0f} KiB")


def main() -> None:
    "Runs one verb in the top folder of the project, where nbdev looks for settings.ini."
    import os

    verbs = {f.__name__: f for f in (pictures, viewer, chapters, readme, check, pages, site)}
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=verbs)
    args = parser.parse_args()
    os.chdir(ROOT)
    verbs[args.verb]()


if __name__ == "__main__":
    main()
