"""Stubs for editors and type checkers: signatures, and docstrings with what comments say of each parameter.

python tools/stubs.py write   writes __init__.pyi beside each __init__.py that has a list of exports,
                              and a .pyi beside each module that holds one of these names
python tools/stubs.py check   exits 1 when one of them is stale

The sources are parsed, not imported. The stub of a package defines what its modules hold under the names of
its door; the stub of a module takes these names from there, so that `tfrseg.storage.LabelMap` and
`tfrseg.storage.labels.LabelMap` are one class.
"""
from __future__ import annotations

import argparse
import ast
import builtins
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 110
WRITTEN = "# Written by tools/stubs.py from the sources; do not edit."
KNOWN = {"tf": ("tensorflow", ""), "np": ("numpy", ""),  # also where a source does not import them
         "Any": ("typing", "Any"), "ClassVar": ("typing", "ClassVar")}
DECORATORS = {"overload", "contextmanager", "property", "setter", "classmethod", "staticmethod", "dataclass",
              "cached_property", "abstractmethod", "total_ordering", "final", "runtime_checkable"}
NOT_SHOWN = {"__post_init__", "__repr__", "__str__", "__hash__", "__del__", "__reduce__", "__getstate__",
             "__setstate__"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


# --- sources

def value_of(tree: ast.Module, name: str) -> object:
    "The literal that a module gives to a name, or None."
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    return None


def names_in(node: ast.AST) -> list[str]:
    "The names that an expression uses."
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]


def last_name(node: ast.expr) -> str:
    "`name` of `a.b.name` and of `name(...)`."
    if isinstance(node, ast.Call): node = node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_decorated(node: ast.stmt, name: str) -> bool:
    "Whether a decorator has this name."
    return name in map(last_name, node.decorator_list)


def has_fields(node: ast.ClassDef) -> bool:
    "Whether the annotations in a class are parameters of its constructor."
    return is_decorated(node, "dataclass") or "NamedTuple" in map(last_name, node.bases)


def first_line(node: ast.stmt) -> int:
    "The number, from 0, of the line where a function or its decorators begin."
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1


@dataclass(eq=False)
class Source:
    "A source file, parsed."
    name: str   # with dots, from the top package on
    path: Path

    @property
    def is_package(self) -> bool: return self.path.name == "__init__.py"

    @property
    def package(self) -> str:
        "The package that relative imports start from."
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @cached_property
    def lines(self) -> list[str]: return self.path.read_text(encoding="utf-8").splitlines(keepends=True)

    @cached_property
    def tree(self) -> ast.Module: return ast.parse("".join(self.lines), str(self.path))

    @cached_property
    def exports(self) -> dict[str, list[str]]: return value_of(self.tree, "_EXPORTS") or {}

    @cached_property
    def public(self) -> list[str]: return value_of(self.tree, "__all__") or []

    @cached_property
    def statements(self) -> list[ast.stmt]:
        "Those of the module's own level, and those in an `if` or a `try` there."
        found, waiting = [], list(self.tree.body)
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, (ast.If, ast.Try)): waiting = [*node.body, *node.orelse, *waiting]
            else: found.append(node)
        return found

    @cached_property
    def definitions(self) -> dict[str, list[ast.stmt]]:
        "The statements that define each name; an overloaded function has several."
        found: dict[str, list[ast.stmt]] = {}
        for node in self.statements:
            names = []
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)): names = [node.name]
            if isinstance(node, ast.Assign): names = [n for target in node.targets for n in names_in(target)]
            if isinstance(node, ast.AnnAssign): names = names_in(node.target)
            for name in names: found.setdefault(name, []).append(node)
        return found

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        "(module, name in it) by the name here; an empty name for a module itself."
        found = {}
        for node in self.statements:
            if not isinstance(node, (ast.Import, ast.ImportFrom)): continue
            for alias in node.names:
                is_module = isinstance(node, ast.Import)
                here = alias.asname or (alias.name.partition(".")[0] if is_module else alias.name)
                found[here] = (alias.name, "") if is_module else (self.absolute(node), alias.name)
        return found

    def absolute(self, node: ast.ImportFrom) -> str:
        "The module that names are imported from."
        parts = self.package.split(".")
        above = parts[:len(parts) - node.level + 1] if node.level else []
        return ".".join([*above, *filter(None, [node.module])])


# --- a package

def load_door(folder: Path) -> ModuleType:
    "A package's module `door`, which makes docstrings, without the package."
    spec = spec_from_file_location("door", folder / "door.py")
    door = module_from_spec(spec)
    sys.modules["door"] = door
    spec.loader.exec_module(door)
    return door


class Package:
    "All sources of a package, and the stubs that are made of them."

    def __init__(self, folder: Path):
        self.door, self.stubs = load_door(folder), {}
        self.sources: dict[str, Source] = {}
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder.parent).with_suffix("").parts
            name = ".".join(parts[:-1] if path.name == "__init__.py" else parts)
            self.sources[name] = Source(name, path)
        self.doors = [source for source in self.sources.values() if source.is_package and source.exports]
        self.homes = self.find_homes()

    def find_homes(self) -> dict[tuple[str, str], str]:
        "The door whose stub defines a name, by (module, name); that of the module's own package first."
        homes: dict[tuple[str, str], str] = {}
        handed_on: dict[tuple[str, str], str] = {}
        for door in self.doors:
            for key, names in door.exports.items():
                module = f"{door.name}.{key}"
                if module not in self.sources: sys.exit(f"{door.path}: {key!r}: no such module or package.")
                if self.sources[module].is_package: continue
                for name in names:
                    definer = self.definer(module, name)
                    if definer[0] == module: homes[definer] = door.name
                    else: handed_on.setdefault(definer, door.name)
        return handed_on | homes

    def definer(self, module: str, name: str) -> tuple[str, str]:
        "(module, name) where a name is defined that a module defines, imports or hands on."
        source = self.sources[module]
        if name in source.definitions: return module, name
        imported, original = source.imports.get(name, ("", ""))
        if imported in self.sources: return self.definer(imported, original)
        for key, names in source.exports.items():
            if name in names: return self.definer(f"{module}.{key}", name)
        sys.exit(f"{source.path}: {name} is neither defined nor imported there.")

    def home(self, module: str, name: str) -> tuple[str, str]:
        "(the source whose stub defines it, name) for a name of a module."
        module, name = self.definer(module, name)
        return self.homes.get((module, name), module), name

    def stub(self, name: str) -> Stub:
        "The stub of a source, begun where it is not there yet."
        if name not in self.stubs: self.stubs[name] = Stub(self, self.sources[name])
        return self.stubs[name]

    def write(self) -> dict[Path, str]:
        "The text of each stub by its path."
        for source in self.doors: self.stub(source.name).add_exports()
        for module, _ in self.homes: self.stub(module)
        done: set[str] = set()
        while waiting := sorted(set(self.stubs) - done):
            for name in waiting: self.stub(name).add_public_names()
            done |= set(waiting)
        return {stub.source.path.with_suffix(".pyi"): stub.text() for _, stub in sorted(self.stubs.items())}


# --- a stub

@dataclass(eq=False)
class Stub:
    "One .pyi file."
    package: Package
    source: Source
    imports: set[tuple[str, str, str]] = field(default_factory=set)        # (module, name in it, name here)
    handed_on: dict[str, list[str]] = field(default_factory=dict)          # names by module
    definitions: dict[tuple[str, str], str] = field(default_factory=dict)  # text by (module, name)

    def add_exports(self) -> None:
        "The names of a package's list: what its own modules define, and what other packages do."
        for key, names in self.source.exports.items():
            module = f"{self.source.name}.{key}"
            is_package = self.package.sources[module].is_package
            for name in names:
                home, original = (module, name) if is_package else self.package.home(module, name)
                if home == self.source.name: self.define(*self.package.definer(module, name))
                else: self.handed_on.setdefault(home, []).append(original)

    def add_public_names(self) -> None:
        "The public names of a module: those of its package's door from there, the others defined here."
        if self.source.exports: return
        for name in self.source.public:
            home, original = self.package.home(self.source.name, name)
            if home == self.source.name: self.define(home, name)
            else: self.handed_on.setdefault(home, []).append(original)

    def define(self, module: str, name: str) -> None:
        "Adds the definition of a name of a module."
        if (module, name) in self.definitions: return
        self.definitions[module, name] = ""  # a class may name itself
        self.definitions[module, name] = Writer(self, self.package.sources[module]).definition(name)

    def need(self, source: Source, name: str) -> None:
        "Makes known in this stub what a name means in a source."
        if name in source.definitions or source.imports.get(name, ("",))[0] in self.package.sources:
            home, original = self.package.home(source.name, name)
            is_module = not self.package.sources[home].exports
            if is_module: self.package.stub(home).define(home, original)
            if home != self.source.name: self.imports.add((home, original, name))
        elif name in source.imports: self.imports.add((*source.imports[name], name))
        elif name in KNOWN: self.imports.add((*KNOWN[name], name))
        elif not hasattr(builtins, name):
            sys.exit(f"{source.path}: {name} stands in an annotation, and is not imported at the top.")

    def text(self) -> str:
        "The whole file."
        begin = [WRITTEN]
        documented = ast.get_docstring(self.source.tree) if self.source.exports else None
        if documented: begin += docstring_lines(documented, "")
        parts = ["\n".join(begin), "\n".join(self.import_lines())]
        if self.source.exports:
            names = sorted(name for names in self.source.exports.values() for name in names)
            parts.append("\n".join(filled("__all__ = [", [f'"{name}"' for name in names], "]")))
        if value_of(self.source.tree, "__version__"): parts.append("__version__: str")
        return "\n\n".join([*filter(None, parts), *self.definitions.values()]) + "\n"

    def import_lines(self) -> list[str]:
        "What definitions use, from other packages first; then packages inside, and what is handed on."
        lines = []
        for module, name, here in sorted(self.imports):
            if not name: lines.append(f"import {module}" + (f" as {here}" if here != module else ""))
        used: dict[str, list[str]] = {}
        for module, name, here in sorted(self.imports, key=lambda row: (row[0] in self.package.sources, row)):
            if not name or name == here and name in self.handed_on.get(module, ()): continue
            used.setdefault(module, []).append(name if name == here else f"{name} as {here}")
        for module, names in used.items():
            lines += filled(f"from {self.relative(module)} import (", names, ")")
        parts = {key.partition(".")[0] for key in self.source.exports}
        rooms = [part for part in parts if self.package.sources[f"{self.source.name}.{part}"].is_package]
        handed_on = ({self.source.name: rooms} if rooms else {}) | self.handed_on
        for module, names in handed_on.items():
            parts = [f"{name} as {name}" for name in sorted(set(names))]
            lines += filled(f"from {self.relative(module)} import (", parts, ")")
        return lines

    def relative(self, module: str) -> str:
        "A module as it is imported here: with dots, where it is of this package."
        if module not in self.package.sources: return module
        here, there = self.source.package.split("."), module.split(".")
        common = 0
        while common < min(len(here), len(there)) and here[common] == there[common]: common += 1
        return "." * (len(here) - common + 1) + ".".join(there[common:])


# --- definitions

@dataclass
class Writer:
    "Writes definitions of one source for one stub."
    stub: Stub
    source: Source

    def definition(self, name: str) -> str:
        "What stands in the stub for a name."
        nodes = self.source.definitions[name]
        if isinstance(nodes[-1], ast.ClassDef): return "\n".join(self.class_lines(nodes[-1], ""))
        if isinstance(nodes[-1], FUNCTIONS): return "\n".join(self.function_lines(nodes, ""))
        if isinstance(nodes[0], ast.AnnAssign): return f"{name}: {self.written(nodes[0].annotation)}"
        if self.is_type(nodes[0].value): return f"{name} = {self.written(nodes[0].value)}"
        return f"{name}: {self.type_text(nodes[0].value)}"

    def written(self, node: ast.expr) -> str:
        "An annotation, a base or a decorator as it is written, what it uses made known."
        for name in names_in(node): self.stub.need(self.source, name)
        return ast.unparse(node)

    def is_type(self, node: ast.expr) -> bool:
        "Whether a value is a type, such as `dict[str, int]` or `Path | str`."
        names = names_in(node)
        is_union = isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr)
        if not names or not (is_union or isinstance(node, ast.Subscript)): return False
        classes = [name for name in names if name[:1].isupper() and not name.isupper()]
        return all(name in classes or isinstance(getattr(builtins, name, None), type) for name in names)

    # functions

    def function_lines(self, nodes: list, margin: str, summary: str = "") -> list[str]:
        "A function, its overloads, or a property with its setter. The first has the docstring."
        overloads = [node for node in nodes if is_decorated(node, "overload")]
        if not overloads and not is_decorated(nodes[-1], "setter"): nodes = nodes[-1:]
        lines = []
        for node in overloads or nodes: lines += self.one_function(node, margin, summary)
        if overloads and not self.function_docstring(overloads[0]):
            documented = docstring_lines(self.function_docstring(nodes[-1], summary), margin + "    ")
            k = next(k for k, line in enumerate(lines) if line.endswith(" ..."))
            lines[k:k + 1] = [lines[k].removesuffix(" ..."), *documented]
        return lines

    def one_function(self, node: ast.FunctionDef, margin: str, summary: str) -> list[str]:
        "Decorators, signature and docstring."
        lines = self.decorators(node, margin)
        keyword = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
        returns = self.written(node.returns) if node.returns else "None" if node.name == "__init__" else ""
        end = f") -> {returns}:" if returns else "):"
        lines += broken(f"{margin}{keyword} {node.name}(", self.parameters(node.args), end)
        documented = self.function_docstring(node, summary)
        if documented: return lines + docstring_lines(documented, margin + "    ")
        return [*lines[:-1], f"{lines[-1]} ..."]

    def decorators(self, node: ast.stmt, margin: str) -> list[str]:
        "Those that say something about types."
        lines = []
        for decorator in node.decorator_list:
            if last_name(decorator) not in DECORATORS: continue
            is_setter = last_name(decorator) == "setter"  # its name is the property's
            lines.append(f"{margin}@{ast.unparse(decorator) if is_setter else self.written(decorator)}")
        return lines

    def parameters(self, args: ast.arguments) -> list[str]:
        "Each parameter with annotation and default, and the stars and strokes between them."
        positional = [*args.posonlyargs, *args.args]
        defaults = [None] * (len(positional) - len(args.defaults)) + args.defaults
        parts = [self.parameter(arg, default) for arg, default in zip(positional, defaults)]
        if args.posonlyargs: parts.insert(len(args.posonlyargs), "/")
        if args.vararg: parts.append("*" + self.parameter(args.vararg))
        elif args.kwonlyargs: parts.append("*")
        parts += [self.parameter(arg, default) for arg, default in zip(args.kwonlyargs, args.kw_defaults)]
        if args.kwarg: parts.append("**" + self.parameter(args.kwarg))
        return parts

    def parameter(self, arg: ast.arg, default: ast.expr | None = None) -> str:
        "`name: type = default`."
        text = f"{arg.arg}: {self.written(arg.annotation)}" if arg.annotation else arg.arg
        if default is None: return text
        return f"{text} = {literal(default)}" if arg.annotation else f"{text}={literal(default)}"

    def function_docstring(self, node: ast.FunctionDef, summary: str = "") -> str:
        "A function's docstring as `document` makes it; a summary stands in for one that is missing."
        door, parameters, returned = self.stub.package.door, [], None
        if not node.name.startswith("_") or node.name == "__call__":
            _, parameters, returned = door._function_comments(self.source.lines, first_line(node))
        return door._full_docstring(ast.get_docstring(node, clean=False) or summary, parameters, returned)

    # classes

    def class_lines(self, node: ast.ClassDef, margin: str) -> list[str]:
        "A class with its docstring, fields, attributes and public methods."
        bases = [self.written(base) for base in node.bases]
        bases += [f"{keyword.arg}={self.written(keyword.value)}" for keyword in node.keywords]
        begin = f"{margin}class {node.name}"
        lines = self.decorators(node, margin)
        lines += broken(f"{begin}(", bases, "):") if bases else [f"{begin}:"]
        documented = self.class_docstring(node)
        body = docstring_lines(documented, margin + "    ") if documented else []
        body += self.attributes(node, margin + "    ")
        for method in self.methods(node, margin + "    "):
            body += [*([""] if body and len(method) > 2 else []), *method]
        return [*lines, *body] if body else [*lines[:-1], f"{lines[-1]} ..."]

    def attributes(self, node: ast.ClassDef, margin: str) -> list[str]:
        "Fields, attributes of the class, and what methods set on `self`."
        is_enum = any(last_name(base) in ("Enum", "IntEnum", "StrEnum", "IntFlag") for base in node.bases)
        lines = {part.name: "" for part in node.body if isinstance(part, (*FUNCTIONS, ast.ClassDef))}
        for part in node.body:
            for target, value, annotation in assignments(part):
                name = getattr(target, "id", "_")
                if name.startswith("_") and not (has_fields(node) and annotation): continue
                default = f" = {self.field_default(value)}" if has_fields(node) and value else ""
                if annotation: lines[name] = f"{name}: {self.written(annotation)}{default}"
                elif is_enum or has_fields(node) and literal(value) != "...":
                    lines[name] = f"{name} = {literal(value)}"
                elif has_fields(node): lines[name] = f"{name}: {self.class_var(value)}"
                else: lines[name] = f"{name}: {self.type_text(value)}"
        for name, kind in self.set_on_self(node).items(): lines.setdefault(name, f"{name}: {kind}")
        return [margin + line for line in lines.values() if line]

    def class_var(self, value: ast.expr) -> str:
        "The annotation of what is no field of a dataclass."
        self.stub.need(self.source, "ClassVar")
        return f"ClassVar[{self.type_text(value)}]"

    def field_default(self, value: ast.expr) -> str:
        "A field's default; `field(...)` where it says more than that there is a default."
        if not isinstance(value, ast.Call) or last_name(value) != "field": return literal(value)
        return self.written(value) if {"init", "kw_only"} & {k.arg for k in value.keywords} else "..."

    def set_on_self(self, node: ast.ClassDef) -> dict[str, str]:
        "The types of public attributes that methods give to `self`."
        found: dict[str, set[str]] = {}
        for method in node.body:
            if not isinstance(method, FUNCTIONS) or not method.args.args: continue
            annotations = {arg.arg: arg.annotation for arg in [*method.args.args, *method.args.kwonlyargs]}
            for statement in ast.walk(method):
                for target, value, annotation in assignments(statement):
                    owner = getattr(target, "value", None)
                    if not isinstance(target, ast.Attribute) or target.attr.startswith("_"): continue
                    if getattr(owner, "id", "") != method.args.args[0].arg: continue
                    annotation = annotation or annotations.get(getattr(value, "id", None))
                    kind = self.written(annotation) if annotation else self.type_text(value)
                    found.setdefault(target.attr, set()).add(kind)
        return {name: min(kinds) if len(kinds) == 1 else self.any_type() for name, kinds in found.items()}

    def methods(self, node: ast.ClassDef, margin: str) -> list[list[str]]:
        "Public methods, properties and classes inside, and what Python calls by names of its own."
        grouped: dict[str, list] = {}
        for part in node.body:
            if isinstance(part, (*FUNCTIONS, ast.ClassDef)): grouped.setdefault(part.name, []).append(part)
        texts = []
        for name, parts in grouped.items():
            if name in NOT_SHOWN or name.startswith("_") and not name.endswith("__"): continue
            if isinstance(parts[-1], ast.ClassDef): texts.append(self.class_lines(parts[-1], margin))
            else: texts.append(self.function_lines(parts, margin, self.inherited_summary(node, name)))
        return texts

    def inherited_summary(self, node: ast.ClassDef, name: str) -> str:
        "The first lines of a public method's docstring in the nearest base that has one."
        if name.startswith("_") and name != "__call__": return ""
        for _, base in self.family(node)[1:]:
            for part in base.body:
                if isinstance(part, FUNCTIONS) and part.name == name and ast.get_docstring(part):
                    return ast.get_docstring(part, clean=False).strip().partition("\n\n")[0]
        return ""

    def class_docstring(self, node: ast.ClassDef) -> str:
        "A class's docstring as `document` makes it."
        door, family, parameters = self.stub.package.door, self.family(node), []
        for writer, base in family:
            init = next((part for part in base.body if getattr(part, "name", "") == "__init__"), None)
            if init: parameters = door._function_comments(writer.source.lines, first_line(init))[1]
            elif has_fields(base): parameters = self.constructor(family)
            else: continue
            break
        own = door._field_comments(self.source.lines, node.lineno - 1)
        return door._full_docstring(ast.get_docstring(node, clean=False), parameters, attributes=own)

    def constructor(self, family: list[tuple[Writer, ast.ClassDef]]) -> list:
        "What comments say of each field that a constructor takes, in its order."
        names, comments = {}, {}
        for writer, base in family[::-1]:
            declared = self.stub.package.door._field_comments(writer.source.lines, base.lineno - 1)
            comments |= {comment.name: comment for comment in declared}
            if not has_fields(base): continue
            for part in base.body:
                if not isinstance(part, ast.AnnAssign) or "ClassVar" in names_in(part.annotation): continue
                options = {k.arg: literal(k.value) for k in getattr(part.value, "keywords", [])}
                names[part.target.id] = options.get("init") != "False"
        return [comments[name] for name, is_given in names.items() if is_given and name in comments]

    def family(self, node: ast.ClassDef) -> list[tuple[Writer, ast.ClassDef]]:
        "A class and its bases in the package, nearest first, each with the writer of its source."
        found = [(self, node)]
        for base in node.bases:
            definition = self.definition_of(ast.unparse(base))
            if definition and isinstance(definition[1], ast.ClassDef):
                found += definition[0].family(definition[1])
        return found

    def definition_of(self, name: str) -> tuple[Writer, ast.stmt] | None:
        "The statement that defines a name of this source in the package, with the writer of its source."
        imported = self.source.imports.get(name, ("", ""))[0]
        if name not in self.source.definitions and imported not in self.stub.package.sources: return None
        module, original = self.stub.package.definer(self.source.name, name)
        source = self.stub.package.sources[module]
        return Writer(self.stub, source), source.definitions[original][-1]

    # types of values

    def type_text(self, value: ast.expr | None) -> str:
        "The type of a value in an annotation."
        return self.written(ast.parse(self.type_of(value), mode="eval").body)

    def any_type(self) -> str:
        "`Any`, made known."
        self.stub.need(self.source, "Any")
        return "Any"

    def type_of(self, node: ast.expr | None) -> str:
        "The type of a value, as far as that is plain to see; else `Any`."
        if isinstance(node, ast.Constant) and node.value is not None and node.value is not ...:
            return type(node.value).__name__
        if isinstance(node, ast.JoinedStr): return "str"
        if isinstance(node, ast.Tuple): return self.type_of_tuple(node)
        if isinstance(node, ast.List): return f"list[{self.common_type(node.elts)}]"
        if isinstance(node, ast.Set): return f"set[{self.common_type(node.elts)}]"
        if isinstance(node, ast.Dict):
            return f"dict[{self.common_type(node.keys)}, {self.common_type(node.values)}]"
        if isinstance(node, ast.UnaryOp):
            return "bool" if isinstance(node.op, ast.Not) else self.type_of(node.operand)
        if isinstance(node, ast.BinOp):
            kind = self.common_type([node.left, node.right])
            return kind if kind in ("int", "float", "str") else "Any"
        if isinstance(node, ast.Call): return self.type_of_call(node)
        named = self.source.definitions.get(getattr(node, "id", None), [None])[0]
        return self.type_of(named.value) if isinstance(named, ast.Assign) else "Any"

    def type_of_tuple(self, node: ast.Tuple) -> str:
        "The types of a short tuple; the one of a long one."
        if 0 < len(node.elts) < 5 and not any(isinstance(element, ast.Starred) for element in node.elts):
            return f"tuple[{', '.join(map(self.type_of, node.elts))}]"
        return f"tuple[{self.common_type(node.elts)}, ...]"

    def common_type(self, nodes: list[ast.expr]) -> str:
        "The type of all, or a union of up to three."
        kinds = sorted({self.type_of(node) for node in nodes})
        return " | ".join(kinds) if 0 < len(kinds) < 4 and "Any" not in kinds else "Any"

    def type_of_call(self, node: ast.Call) -> str:
        "What a class makes and what a function returns; of a private class, its public base."
        name = ast.unparse(node.func)
        if last_name(node) == "split" and isinstance(node.func, ast.Attribute): return "list[str]"
        if name in ("frozenset", "set", "list"): return f"{name}[Any]"
        if name in ("tuple", "dict"): return {"tuple": "tuple[Any, ...]", "dict": "dict[Any, Any]"}[name]
        definition = self.definition_of(name)
        while definition and name.startswith("_") and getattr(definition[1], "bases", ()):
            name = ast.unparse(definition[1].bases[0])
            definition = self.definition_of(name)
        if not definition: return "Any"
        if isinstance(definition[1], ast.ClassDef): return name
        returns = getattr(definition[1], "returns", None)
        is_plain = returns is not None and not definition[1].decorator_list
        return ast.unparse(returns) if is_plain and all(map(self.means, names_in(returns))) else "Any"

    def means(self, name: str) -> bool:
        "Whether a name means something in this source."
        return name in self.source.definitions or name in self.source.imports or hasattr(builtins, name)


def assignments(statement: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None, ast.expr | None]]:
    "Yields (target, value, annotation) of an assignment; those of tuples one by one."
    if isinstance(statement, ast.AnnAssign): yield statement.target, statement.value, statement.annotation
    if not isinstance(statement, ast.Assign): return
    for target in statement.targets:
        targets = target.elts if isinstance(target, ast.Tuple) else [target]
        values = statement.value.elts if isinstance(statement.value, ast.Tuple) else []
        if not isinstance(target, ast.Tuple): values = [statement.value]
        elif len(values) != len(targets): values = [None] * len(targets)
        for part, value in zip(targets, values): yield part, value, None


# --- text

def literal(node: ast.expr) -> str:
    "A short literal as it is written; else three dots."
    plain = (ast.Constant, ast.Tuple, ast.UnaryOp, ast.USub, ast.Load)
    text = ast.unparse(node)
    if len(text) > 50 or not all(isinstance(part, plain) for part in ast.walk(node)): return "..."
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return f'"{text[1:-1]}"' if is_text and '"' not in text else text


def docstring_lines(text: str, margin: str) -> list[str]:
    "The lines of a docstring."
    text = text.replace("\\", "\\\\").replace('"""', r"\"\"\"")
    lines = [margin + line if line else "" for line in f'"""{text}'.split("\n")]
    if len(lines) > 1: return [*lines, f'{margin}"""']
    return [(lines[0][:-1] + r"\"" if text.endswith('"') else lines[0]) + '"""']


def broken(begin: str, parts: list[str], end: str) -> list[str]:
    "A signature on one line, or with a line for each part where that is too long."
    line = begin + ", ".join(parts) + end
    if len(line) + 4 <= WIDTH: return [line]
    margin = " " * (len(begin) - len(begin.lstrip()))
    return [begin, *(f"{margin}    {part}," for part in parts), margin + end]


def filled(begin: str, parts: list[str], end: str) -> list[str]:
    "A list on one line, without the brackets of an import, or filled into lines that are not too long."
    line = begin + ", ".join(parts) + end
    if len(line) <= WIDTH: return [line.replace("import (", "import ").removesuffix(")")]
    lines = [begin, "   "]
    for part in parts:
        if len(lines[-1]) + len(part) + 2 > WIDTH: lines.append("   ")
        lines[-1] += f" {part},"
    return [*lines, end]


def main() -> None:
    "Writes or checks."
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("verb", choices=("write", "check"))
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "tfrseg", help="a package's folder")
    args = parser.parse_args()
    folder = args.folder.resolve()
    texts = Package(folder).write()
    saved = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.pyi"))}
    stale = sorted(path for path in texts.keys() | saved.keys() if texts.get(path) != saved.get(path))
    if args.verb == "check":
        names = ", ".join(str(path.relative_to(folder.parent)) for path in stale)
        if stale: sys.exit(f"{names}: not in step with the sources. Run python tools/stubs.py write.")
        print(f"{len(texts)} stubs are in step with the sources")
        return
    for path in stale:
        if path in texts: path.write_text(texts[path], encoding="utf-8", newline="\n")
        else: path.unlink()
    print(f"{len(texts)} stubs, {len(stale)} of them changed")


if __name__ == "__main__": main()
