"""Which kinds of entries the product can write, read from its source: calls that append to the trail."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("bot", "cases", "handlers")
WRITERS = {"AuditEntry": 2, "note": 1, "_note": 1, "record": 1, "_record": 0}
"""Callables that write an entry → place of the kind among their arguments."""
EXPORTS = {"board.exported.csv", "board.exported.xlsx"}


def actions_written() -> set[str]:
    found = {kind for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") for kind in _kinds(path)}
    return found | EXPORTS


def _kinds(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            for value in _candidates(node):
                for leaf in ast.walk(value):
                    if (
                        isinstance(leaf, ast.Constant)
                        and isinstance(leaf.value, str)
                        and _is_kind(leaf.value)
                    ):
                        yield leaf.value


def _candidates(call: ast.Call) -> Iterator[ast.expr]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in WRITERS:
        return
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "action")
    yield from call.args[WRITERS[name] : WRITERS[name] + 2]


def _is_kind(text: str) -> bool:
    whole = text.isascii() and not text.endswith(".")
    return whole and ("." in text or "_" in text or text in PLAIN)


PLAIN = {"login", "logout"}
