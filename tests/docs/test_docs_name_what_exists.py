"""Comments, docstrings and pages of documentation name files, folders and names that are there.

A decision tells of the time it was taken and may name what is gone since.
"""

from __future__ import annotations

import ast
import builtins
import io
import keyword
import re
import subprocess
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "classify", "cases", "storage", "tests", "bench", "tools")
HISTORY = ("docs/decisions/", "CHANGELOG.md")

_FILE = re.compile(
    r"(?<![\w/.*<{:@-])((?:[\w-]+/)*[\w-]+\.(?:py|toml|md|html|ftl|tsv|js|css|csv))(?![\w/.*-])"
)
_FOLDER = re.compile(r"`((?:[a-z][\w-]*/)+)`")
_DOTTED = re.compile(rf"(?<![\w./-])((?:{'|'.join(ROOMS)})(?:\.\w+)+)(?![\w/(-])")
_TARGET = re.compile(r"`make ([a-z][a-z-]*)")
_NAME = re.compile(r"`([A-Za-z_]\w*(?:\.\w+)*)(?:\(\))?`")
OTHERS = frozenset({"2027.toml"})
"""What an operator brings, or what belongs to somebody else."""


@cache
def tracked() -> frozenset[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return frozenset(listed.stdout.split())


@cache
def folders() -> frozenset[str]:
    return frozenset(f"{parent}/" for file in tracked() for parent in Path(file).parents)


def is_there(name: str, known: frozenset[str]) -> bool:
    """As a path from the root, or as the end of one: `table.py` in a room means the room's own.

    A template goes by its face, without the folder of templates between.
    """
    face, _, file = name.partition("/")
    ends = ("/" + name, f"handlers/{face}/templates/{file}", f"handlers/{face}/static/{file}")
    return name in known or any(path.endswith(ends) for path in known)


@cache
def sources() -> dict[str, ast.Module]:
    return {
        file: ast.parse((ROOT / file).read_text("utf-8"))
        for file in tracked()
        if file.endswith(".py") and file.startswith(ROOMS)
    }


def words_of_source(file: str) -> Iterator[str]:
    """Docstrings (also those below a name) and comments."""
    for node in ast.walk(sources()[file]):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text
            case _:
                pass
    source = (ROOT / file).read_text("utf-8")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


@cache
def names() -> frozenset[str]:
    """Every name that the sources define, use or spell out."""
    found: set[str] = {*dir(builtins), *keyword.kwlist, "chinesecalendar"}
    for tree in sources().values():
        for node in ast.walk(tree):
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                    found.add(name)
                case ast.keyword(arg=str(name)) | ast.alias(name=name):
                    found.update(name.split("."))
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    found.add(name)
                case ast.Constant(value=str(text)) if len(text) < 60 and "`" not in text:
                    found.update(re.findall(r"\w+", text))
                case _:
                    pass
    return frozenset(found)


def is_importable(dotted: str) -> bool:
    """A module of ours, or a name at the top of one."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        path = "/".join(parts[:length])
        if f"{path}/" in folders() or f"{path}.py" in tracked():
            rest = parts[length:]
            return not rest or rest[0] in names()
    return False


def is_known(name: str) -> bool:
    """Whether each part of a name is one of ours; files and modules are looked for by their paths."""
    if _FILE.fullmatch(name) or _DOTTED.fullmatch(name):
        return True
    return all(part in names() or part.isdigit() for part in name.split("."))


def missing_in(text: str) -> list[str]:
    gone = [name for name in _FILE.findall(text) if name not in OTHERS and not is_there(name, tracked())]
    gone += [name for name in _FOLDER.findall(text) if not is_there(name, folders())]
    return gone + [name for name in _DOTTED.findall(text) if not is_importable(name)]


PAGES = sorted(
    file
    for file in tracked()
    if file.endswith((".md", ".example", ".yml", ".service")) and not file.startswith(HISTORY)
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_what_exists(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert missing_in(text) == []
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert [name for name in linked if not (ROOT / page).parent.joinpath(name).exists()] == []
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(_TARGET.findall(text)) <= set(targets)


@pytest.mark.parametrize("room", ROOMS)
def test_docstrings_and_comments_name_what_exists(room: str) -> None:
    gone: dict[str, list[str]] = {}
    for file in sorted(sources()):
        if file.startswith(f"{room}/"):
            text = "\n".join(words_of_source(file))
            if found := missing_in(text) + [name for name in _NAME.findall(text) if not is_known(name)]:
                gone[file] = found
    assert gone == {}
