"""The pages of the web site: chapters as they are, a reference of the public names; nothing of them is run.

What is said of a name comes from the stubs (`tfrseg/**/*.pyi`), which tools/stubs.py makes from the comments.
"""

from __future__ import annotations

import ast
import configparser
import html
import json
import os
import re
import shutil
import sys
from functools import lru_cache
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
NBS = ROOT / "nbs"
PLAIN = ("*.yml", "*.css", "*.html", "images/*.png")  # what is copied as it is
WIDTH = 88  # columns of a signature on one line
ROOMS = {
    "ground": "words, colours, the running example, figures",
    "storage": "what lies on disk",
    "sources": "ways in",
    "writer": "into shards, and out of them",
    "augmenter": "operations",
    "reader": "records to batches",
    "training": "between batches and a trained model",
    "explorer": "look",
}


# ---- what the package says of its names


class Thing(NamedTuple):
    "A public name: where it is defined, and the statement of its stub, if it has one."

    name: str
    room: str
    module: str  # such as 'augmenter.warp'
    node: ast.stmt | None
    is_front: bool  # it can be written as tfrseg.NAME


def exports_of(path: Path) -> dict[str, list[str]]:
    "The table `_EXPORTS` of an `__init__.py`."
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_EXPORTS":
            return ast.literal_eval(node.value)
    return {}


def statements_of(path: Path) -> dict[str, ast.stmt]:
    "The functions and classes of a stub, by name."
    if not path.exists():
        return {}
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {
        node.name: node
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, kinds)
    }


@lru_cache(maxsize=None)
def things() -> dict[str, Thing]:
    "Every public name of the package, in the order of rooms and chapters."
    package, found = ROOT / "tfrseg", {}
    front = exports_of(package / "__init__.py")
    in_front = {name for names in front.values() for name in names}
    for module in [module for module in front if (package / f"{module}.py").exists()]:
        nodes = statements_of(package / f"{module}.pyi")
        for name in front[module]:
            found[name] = Thing(name, "ground", module, nodes.get(name), True)
    for room in [room for room in ROOMS if (package / room).is_dir()]:
        nodes = statements_of(package / room / "__init__.pyi")
        for module, names in exports_of(package / room / "__init__.py").items():
            for name in names:
                if name in found and name not in nodes:
                    continue  # handed on from another room
                found[name] = Thing(name, room, f"{room}.{module}", nodes.get(name), name in in_front)
    return found


@lru_cache(maxsize=None)
def notebooks() -> dict[str, Path]:
    "The notebook of each module, relative to nbs."
    found = {}
    for path in sorted(NBS.rglob("*.ipynb")):
        name = re.search(r'^\s*"#\|\s*default_exp (\S+?)(?:\\n)?"', path.read_text(encoding="utf-8"), re.M)
        if name:
            found[name[1]] = path.relative_to(NBS)
    return found


HIDDEN = Thing("", "", "", None, False)  # a name that no room exports


# ---- a name on a page

SECTION = re.compile(
    r"^(Parameters|Attributes|Returns)\n-+\n(.*?)(?=^\S[^\n]*\n-+\n|^\n(?! )|\Z)", re.M | re.S
)


class Said(NamedTuple):
    "A docstring, taken apart."

    summary: str
    rest: str
    sections: dict[str, list[tuple[str, str, str]]]  # by title, (name, type and default, text)


def read_docstring(text: str | None) -> Said:
    "Takes a docstring of a stub apart."
    text, sections = (text or "").strip() + "\n", {}
    for title, body in SECTION.findall(text):
        rows = []
        for line in body.splitlines():
            if not line.strip():
                continue
            if line.startswith("    ") and rows:
                rows[-1] = (*rows[-1][:2], f"{rows[-1][2]} {line.strip()}".strip())
            else:
                name, _, kind = line.partition(" : ") if title != "Returns" else ("", "", line)
                rows.append((name, kind, ""))
        sections[title] = rows
    plain = re.sub(r"\n{3,}", "\n\n", SECTION.sub("", text)).strip()
    summary, _, rest = plain.partition("\n")
    return Said(summary.strip(), rest.strip(), sections)


def signature(node: ast.stmt, name: str) -> str:
    "A function, or a class as it is made, as one would type it; broken into lines where it is too long."
    if isinstance(node, ast.ClassDef):
        start = next((part for part in node.body if getattr(part, "name", "") == "__init__"), None)
        if start is None:
            rows = read_docstring(ast.get_docstring(node)).sections.get("Parameters", [])
            parts = [re.sub(r", default (.*)$", r" = \1", f"{row[0]}: {row[1]}") for row in rows]
            return broken(name, parts, "")
        node = start
    arguments, returns = node.args, f" -> {ast.unparse(node.returns)}" if node.returns else ""
    if isinstance(node, ast.FunctionDef) and node.name == "__init__":
        returns = ""
    parts = [part for part in split_arguments(arguments) if part not in ("self", "cls")]
    return broken(name, parts, returns)


def split_arguments(arguments: ast.arguments) -> list[str]:
    "The parameters as they are written, one by one."
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + arguments.defaults
    parts = [written(arg, default) for arg, default in zip(positional, defaults)]
    if arguments.vararg:
        parts.append("*" + written(arguments.vararg, None))
    elif arguments.kwonlyargs:
        parts.append("*")
    parts += [written(arg, default) for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults)]
    if arguments.kwarg:
        parts.append("**" + written(arguments.kwarg, None))
    return parts


def written(arg: ast.arg, default: ast.expr | None) -> str:
    "One parameter."
    text = f"{arg.arg}: {ast.unparse(arg.annotation)}" if arg.annotation else arg.arg
    if default is None:
        return text
    return f"{text} = {ast.unparse(default)}" if arg.annotation else f"{text}={ast.unparse(default)}"


def broken(name: str, parts: list[str], returns: str) -> str:
    "A signature on one line, or on a line for each part."
    line = f"{name}({', '.join(parts)}){returns}"
    if len(line) <= WIDTH or not parts:
        return line
    return "\n".join([f"{name}(", *(f"    {part}," for part in parts), f"){returns}"])


def in_html(text: str) -> str:
    "A comment: what stands between backticks is code."
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def listed(rows: list[tuple[str, str, str]]) -> str:
    "Parameters or fields as a list of definitions."
    lines = ["```{=html}", '<dl class="said">']
    for name, kind, text in rows:
        head = " ".join(
            part
            for part in (
                name and f"<code>{html.escape(name)}</code>",
                kind and f'<span class="kind">{html.escape(kind)}</span>',
            )
            if part
        )
        lines.append(f"<dt>{head}</dt><dd>{in_html(text)}</dd>")
    return "\n".join([*lines, "</dl>", "```"])


def explained(node: ast.stmt, name: str, level: int = 3, note: str = "") -> str:
    "A function or class with its parameters, fields and methods, as Markdown."
    said = read_docstring(ast.get_docstring(node))
    titles = {"Parameters": "Parameters", "Attributes": "Attributes", "Returns": "Returns"}
    parts = [
        f"{'#' * level} {name} {{#{name}}}",
        f"{said.summary} {note}".strip(),
        f"```python\n{signature(node, name.rpartition('.')[2] if level > 3 else name)}\n```",
    ]
    for title, rows in said.sections.items():
        if any(row[1] or row[2] for row in rows):
            parts += [f"[{titles[title]}]{{.said-title}}", listed(rows)]
    if said.rest:
        parts.append(with_labels(said.rest))
    if isinstance(node, ast.ClassDef):
        for part in node.body:
            shown = getattr(part, "name", "_")
            if not isinstance(part, ast.FunctionDef) or shown.startswith("_") and shown != "__call__":
                continue
            is_property = any("property" in ast.unparse(each) for each in part.decorator_list)
            parts.append(
                property_line(part, name) if is_property else explained(part, f"{name}.{shown}", level + 1)
            )
    return "\n\n".join(parts)


def property_line(node: ast.FunctionDef, owner: str) -> str:
    "A property in a line."
    kind = f" *{ast.unparse(node.returns)}*" if node.returns else ""
    return f"`{owner}.{node.name}`{kind}: {read_docstring(ast.get_docstring(node)).summary}"


def with_labels(text: str) -> str:
    "The words `Raises:` and `Example:` stand out, and each begins a paragraph."
    return re.sub(
        r"\n?^(Raises|Examples?|Source|Sources|Note|Formula|Yields):", r"\n\n**\1:**", text, flags=re.M
    ).strip()


# ---- reference


def reference_pages() -> dict[str, str]:
    "The text of each page of the reference, by its path."
    pages = {"reference/index.md": index_of_names(), "reference/command.md": command_page()}
    for room, what in ROOMS.items():
        front = [thing for thing in things().values() if thing.room == room and thing.is_front]
        others = [thing for thing in things().values() if thing.room == room and not thing.is_front]
        parts = [
            f"---\ntitle: {room}\ndescription: 'Public names: {what}.'\n---",
            table_of(front, "reference"),
            *(reference_of(thing) for thing in front),
        ]
        if others:
            parts += [
                "## Names of the room",
                f"They are imported from their room, as in `from tfrseg.{room} import {others[0].name}`, and "
                "may change with a version. Each link leads to the chapter that defines it.",
                table_of(others, "inside"),
            ]
        pages[f"reference/{room}.md"] = "\n\n".join(parts) + "\n"
    return pages


def summary_of(thing: Thing) -> str:
    "One line about a name."
    if thing.node is None:
        return "a constant"
    return read_docstring(ast.get_docstring(thing.node)).summary


def reference_of(thing: Thing) -> str:
    "A name with all that is said of it, and the way to its chapter."
    path = notebooks().get(thing.module)
    note = f"[Chapter {thing.module.rpartition('.')[2]}](../{path.as_posix()}#{thing.name})." if path else ""
    if thing.node is None:
        return f"### {thing.name} {{#{thing.name}}}\n\nA constant. {note}"
    return explained(thing.node, thing.name, 3, note)


def table_of(names: list[Thing], where: str) -> str:
    "Names with a line each."
    rows = ["| name | |", "|---|---|"]
    for thing in names:
        path = notebooks().get(thing.module)
        link = (
            f"#{thing.name}" if where == "reference" else f"../{path.as_posix()}#{thing.name}" if path else ""
        )
        text = summary_of(thing).replace("|", r"\|")
        rows.append(f"| [`{thing.name}`]({link}) | {text} |" if link else f"| `{thing.name}` | {text} |")
    return "\n".join(rows)


def command_page() -> str:
    "The help of `tfrseg` and of each of its verbs."
    columns = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "100"  # argparse asks for it
    from tfrseg.cli import make_parser

    parser = make_parser()
    verbs = next(action for action in parser._actions if hasattr(action, "choices") and action.choices)
    parts = [
        "---\ntitle: command\ndescription: 'Every verb and option of the command tfrseg in a terminal.'\n---",
        f"```text\n{parser.format_help().strip()}\n```",
    ]
    for name, verb in verbs.choices.items():
        parts += [f"## tfrseg {name} {{#{name}}}", f"```text\n{verb.format_help().strip()}\n```"]
    if columns is None:
        del os.environ["COLUMNS"]
    else:
        os.environ["COLUMNS"] = columns
    return "\n\n".join(parts) + "\n"


def index_of_names() -> str:
    "All names of the front door in the order of the alphabet."
    front = sorted(
        (thing for thing in things().values() if thing.is_front), key=lambda thing: thing.name.lower()
    )
    rows = ["| name | room | |", "|---|---|---|"]
    for thing in front:
        text = summary_of(thing).replace("|", r"\|")
        rows.append(f"| [`{thing.name}`]({thing.room}.md#{thing.name}) | {thing.room} | {text} |")
    return (
        "---\ntitle: Reference\n"
        "description: 'Every public name of tfrseg, from A to Z: import tfrseg, then tfrseg.NAME.'\n---\n\n"
        "`import tfrseg` is enough for all of them. Each has its parameters with shape, dtype, unit or "
        "range; "
        "operations are also shown in the [gallery](../gallery.ipynb).\n\n" + "\n".join(rows) + "\n"
    )


# ---- chapters

DIRECTIVE = re.compile(r"^#\|\s*(.*)$", re.M)
ASSERTS = re.compile(r"test_\w+$|^raises$")


def markdown(text: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def directives(source: str) -> tuple[list[str], str]:
    "The lines `#|` of a cell, without their mark, and the rest of it."
    return DIRECTIVE.findall(source), DIRECTIVE.sub("", source).strip("\n")


def code(cell: dict, source: str, options: dict[str, str]) -> dict:
    "A code cell with Quarto's options."
    lines = [f"#| {key}: {value}" for key, value in options.items()]
    return {**cell, "source": "\n".join([*lines, source])}


def front_matter(path: Path, first: str) -> dict:
    "Title and promise of a first cell as the options of a page."
    found = re.fullmatch(r"# ([^\n]+)\n\n> ([^\n]+)", first.strip())
    if not found:
        raise SystemExit(f"{path}: its first cell is not a title and a promise.")
    front = (
        f"---\ntitle: {json.dumps(found[1])}\ndescription: {json.dumps(re.sub(r'[`*]', '', found[2]))}\n---"
    )
    return {"cell_type": "raw", "metadata": {}, "source": front}


def page_of(path: Path) -> dict:
    "A notebook as a page: names explained, tests folded, hidden cells left out; outputs as saved."
    notebook = json.loads(path.read_text(encoding="utf-8"))
    here = path.relative_to(NBS)
    module = next((module for module, place in notebooks().items() if place == here), "")
    cells, heading, prose = [], "", ""
    for number, cell in enumerate(notebook["cells"]):
        source = "".join(cell["source"])
        if number == 0:
            cells.append(front_matter(here, source))
            heading = re.match(r"# ([^\n]+)", source)[1]
            continue
        if cell["cell_type"] != "code":
            heading = (re.findall(r"^#+ (.+)$", source, re.M) or [heading])[-1]
            prose = source
            cells.append(markdown(with_links(source, here) if cell["cell_type"] == "markdown" else source))
            continue
        told, body = directives(source)
        if any(line.split()[0] in ("hide", "default_exp") for line in told if line):
            continue
        cell = {**cell, "source": source, "outputs": clean_outputs(cell.get("outputs", []), here)}
        cells += chapter_cells(cell, told, body, f"{heading}: {first_sentence(prose)}", module)
    language = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    return {"cells": cells, "metadata": language, "nbformat": 4, "nbformat_minor": 5}


def first_sentence(prose: str) -> str:
    "The first sentence of prose, for a picture that says nothing of itself."
    text = re.sub(
        r"^#+ .*$|^```.*?^```|^\|.*$", "", prose, flags=re.M | re.S if "```" in prose else re.M
    ).strip()
    text = re.sub(r"[`*_\[\]]|\(\S+\)", "", text.replace("\n", " ")).strip()
    return re.split(r"(?<=[.:;]) ", text)[0][:160].strip() or "a figure"


def chapter_cells(cell: dict, told: list[str], body: str, alt: str, module: str) -> list[dict]:
    "The cells of a page for a code cell."
    options = dict(re.split(r":\s*", line, maxsplit=1) for line in told if re.match(r"[\w-]+:", line))
    if any(re.match(r"exporti?\b", line) for line in told):
        return exported(cell, body, module)
    pictures = any({"image/png", "image/jpeg"} & output.get("data", {}).keys() for output in cell["outputs"])
    if pictures and "fig-alt" not in options:
        options["fig-alt"] = json.dumps(alt)
    if module and not cell["outputs"] and body and "code-fold" not in options:
        kind = folded_kind(body)
        if kind:
            options |= {"code-fold": "true", "code-summary": json.dumps(kind)}
    return [code(cell, body, options)] if body or cell["outputs"] else []


def folded_kind(body: str) -> str:
    "What a cell is that is folded: a test or imports; empty for others."
    try:
        tree = ast.parse(body)
    except SyntaxError:
        return ""
    if all(isinstance(node, (ast.Import, ast.ImportFrom)) for node in tree.body):
        return "Imports of the examples"
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [ast.unparse(call.func).rpartition(".")[2] for call in calls]
    is_test = any(ASSERTS.match(name) for name in names) or any(
        isinstance(n, ast.Assert) for n in ast.walk(tree)
    )
    return "Test" if is_test else ""


def exported(cell: dict, body: str, module: str) -> list[dict]:
    "What an exported cell of a module defines: names of the front door explained, the others folded."
    known = {name: thing for name, thing in things().items() if thing.module == module}
    definitions = [n for n in ast.parse(body).body if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
    cells = []
    for node in definitions:
        thing = known.get(node.name)
        if thing and thing.is_front and thing.node is not None:
            note = f"[Public](../reference/{thing.room}.md#{thing.name}): `tfrseg.{thing.name}`."
            where = notebooks()[thing.module].parent
            if not where.name:
                note = note.replace("../reference", "reference")
            cells.append(markdown(explained(thing.node, thing.name, 3, note)))
    shown = [
        n.name for n in definitions if not n.name.startswith("_") and not known.get(n.name, HIDDEN).is_front
    ]
    names = [node.name for node in definitions] + [name for name in assigned_in(body) if name in known]
    if shown:
        said = read_docstring(ast.get_docstring(next(n for n in definitions if n.name == shown[0]))).summary
        summary = f"Internal: {', '.join(shown)}. {said}"
    elif definitions:
        summary = f"Source of {', '.join(node.name for node in definitions)}"
    else:
        summary = "Source: imports and constants"
    headed = {name for name, thing in known.items() if thing.is_front and thing.node is not None}
    places = "".join(f'<a id="{name}"></a>' for name in names if name not in headed)
    if places:
        cells.append(markdown(f"```{{=html}}\n{places}\n```"))
    options = {"code-fold": "true", "code-summary": json.dumps(re.sub(r"[`\\\"{}]", "", summary))}
    return [*cells, code({**cell, "outputs": []}, body, options)]


def assigned_in(body: str) -> list[str]:
    "The names that the statements of a cell give values to."
    targets = [
        t
        for n in ast.parse(body).body
        if isinstance(n, (ast.Assign, ast.AnnAssign))
        for t in (n.targets if isinstance(n, ast.Assign) else [n.target])
    ]
    return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]


# ---- outputs and links

WIDGET = "application/vnd.jupyter.widget-view+json"


def clean_outputs(outputs: list[dict], here: Path) -> list[dict]:
    "Outputs without widgets that cannot live on a page, and with links that lead to pages."
    kept = []
    for output in outputs:
        data = dict(output.get("data", {}))
        is_widget = data.pop(WIDGET, None) is not None
        if is_widget and not {"image/png", "text/html", "image/jpeg"} & data.keys():
            note = "*A slider stands here when the notebook runs.*"
            kept.append({**output, "data": {"text/markdown": note}})
            continue
        if "text/markdown" in data:
            data["text/markdown"] = whole_numbers("".join(data["text/markdown"]))
        if "text/html" in data:
            data["text/html"] = re.sub(r"\.ipynb(?=[#\"'])", ".html", "".join(data["text/html"]))
        kept.append({**output, "data": data} if data else output)
    return kept


def whole_numbers(text: str) -> str:
    "Numbers such as 1 854 with a space that does not break."
    return re.sub(
        r"(?<![\d.,`])(\d{1,3})((?: \d{3})+)(?![\d`])", lambda found: found[0].replace(" ", "\u202f"), text
    )


FENCES = re.compile(r"(^```.*?^```[^\n]*$|^#+ [^\n]*$|\[[^\]\n]*\]\([^)\n]*\))", re.M | re.S)


def with_links(source: str, here: Path) -> str:
    "Prose in which public names lead to the reference."
    up = "../" * (len(here.parts) - 1)

    def linked(found: re.Match) -> str:
        thing = things().get(found[1])
        if not thing or not thing.is_front:
            return found[0]
        return f"[`{found[1]}{found[2]}`]({up}reference/{thing.room}.md#{thing.name})"

    parts = FENCES.split(source)
    for k in range(0, len(parts), 2):
        parts[k] = whole_numbers(re.sub(r"(?<!\[)`(?:tfrseg\.)?(\w+)((?:\(\))?)`", linked, parts[k]))
    return "".join(parts)


# ---- all of it


def write_site_sources(out: Path) -> int:
    "Fills a folder with all that a renderer needs; the number of pages."
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for pattern in PLAIN:
        for path in NBS.glob(pattern):
            (out / path.relative_to(NBS)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, out / path.relative_to(NBS))
    (out / "nbdev.yml").write_text(from_settings(), encoding="utf-8")
    pages = {path: text.encode() for path, text in reference_pages().items()}
    for path in sorted(NBS.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        pages[path.relative_to(NBS).as_posix()] = json.dumps(page_of(path), ensure_ascii=False).encode()
    for name, data in pages.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    return len(pages)


def from_settings() -> str:
    "The options of the site that settings.ini holds."
    settings = configparser.ConfigParser(delimiters=["="], interpolation=None)
    settings.read(ROOT / "settings.ini")
    s = settings["DEFAULT"]
    site = {
        "title": s["title"],
        "site-url": s["doc_host"] + s["doc_baseurl"],
        "description": s["description"],
        "repo-branch": s["branch"],
        "repo-url": s["git_url"],
    }
    return json.dumps({"project": {"output-dir": s["doc_path"]}, "website": site})


def finish(site: Path) -> None:
    "After rendering: the search knows the description of each page; every table can be scrolled."
    path = site / "search.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    seen: dict[str, str] = {}
    for entry in entries:
        page = entry["href"].partition("#")[0]
        if page not in seen:
            text = (site / page).read_text(encoding="utf-8")
            found = re.search(
                r'<meta (?:name="description" content="([^"]*)"|content="([^"]*)" name="description")', text
            )
            seen[page] = html.unescape((found[1] or found[2]) if found else "")
        entry["about"] = seen[page]
        entry["part"] = part_of(page)
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")


def part_of(page: str) -> str:
    "The part of the navigation that a page belongs to."
    if page in ("index.html", "start.html"):
        return "Start"
    folders = {"howto": "How-to", "tutorials": "Tutorials", "reference": "Reference"}
    if page == "gallery.html":
        return "Reference"
    return folders.get(page.split("/")[0], "Inside") if "/" in page else "Inside"


if __name__ == "__main__":
    os.chdir(ROOT)
    print(dedent(f"{write_site_sources(ROOT / '_proc')} pages in _proc/"))
