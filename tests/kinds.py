"""Which kind a test is: seen in the fixtures it asks for and in what its file imports, never said by hand.

`pytest -m pure` reads only files that can hold a pure test, so that it starts quickly, and there a test
fails when aiogram or Motor were imported after all. This file must not import anything of ours.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"bot", "handlers", "classify", "cases", "storage", "tests", "bench", "tools"}
KINDS = ("pure", "framework", "database", "browser", "slow")
FRAMEWORKS = {"aiogram", "motor"}
QUICKLY = "bot.telegram.quick_import"
"""Imports aiogram for whoever walks over all modules."""
STARTERS = {"subprocess", "tests.town.live.running", "tests.chaos", "storage.server.embedded"}
"""Who starts processes and servers beside the test."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Before `-m` chooses by it."""
    item.add_marker(kind_of(item))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        _longest_first(items)


def _longest_first(items: list[pytest.Item]) -> None:
    """Files that may take longest begin first: no worker is left alone with one at the end."""
    weights: dict[Path, tuple[float, int]] = {}
    for item in items:
        allowed = item.get_closest_marker("timeout")
        weight = (allowed.args[0] if allowed else 0, KINDS.index(kind_of(item)))
        weights[item.path] = max(weights.get(item.path, weight), weight)
    items.sort(key=lambda item: weights[item.path], reverse=True)


def kind_of(item: pytest.Item) -> str:
    asked = getattr(item, "fixturenames", ())
    if "chromium" in asked:
        return "browser"
    if _starts_something(item.path):
        return "slow"
    if "mongo_uri" in asked:
        return "database"
    return "framework" if _needs_framework(item.path) else "pure"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`-m pure` reads files and conftests only where a pure test can be."""
    if not _only_pure(config) or not collection_path.is_relative_to(ROOT / "tests"):
        return None
    files = collection_path.rglob("test_*.py") if collection_path.is_dir() else [collection_path]
    return None if any(_can_be_pure(file) for file in files) else True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    yield
    imported = sorted(FRAMEWORKS & sys.modules.keys())
    if imported and _only_pure(item.config):
        pytest.fail(f"a pure test imported {' and '.join(imported)}")


def _only_pure(config: pytest.Config) -> bool:
    return bool(config.getoption("markexpr") == "pure")


def _can_be_pure(file: Path) -> bool:
    return not _needs_framework(file) and not _starts_something(file)


@cache
def _starts_something(file: Path) -> bool:
    return any(
        name == starter or name.startswith(starter + ".")
        for name in (*_imports(file), _name(file))
        for starter in STARTERS
    )


@cache
def _needs_framework(file: Path) -> bool:
    """Whether reading this test file brings in aiogram or Motor, by itself or by a conftest above it."""
    above = [folder / "conftest.py" for folder in file.parents if folder.is_relative_to(ROOT / "tests")]
    return any(_brings_framework(name) for name in map(_name, [file, *filter(Path.exists, above)]))


def _brings_framework(first: str) -> bool:
    seen: set[str] = set()
    left = [first]
    while left:
        name = left.pop()
        if name in FRAMEWORKS or name == QUICKLY:
            return True
        file = _file(name)
        if name not in seen and file is not None:
            seen.add(name)
            left += _imports(file)
    return False


@cache
def _imports(file: Path) -> frozenset[str]:
    """The modules that reading this file imports, with the packages they lie in; ours and foreign."""
    found: set[str] = set()
    for node in _read_at_import(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        else:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    names = {name.rsplit(".", cut)[0] for name in found for cut in range(name.count(".") + 1)}
    return frozenset(names)


def _read_at_import(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Imports outside of functions and of what only the type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.expr):
            yield from _read_at_import(node)


@cache
def _file(name: str) -> Path | None:
    if name.split(".")[0] not in OURS:
        return None
    path = ROOT.joinpath(*name.split("."))
    return next((p for p in (path / "__init__.py", path.with_suffix(".py")) if p.exists()), None)


def _name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)
