"""A class that says which port it fulfils names one that is there, and has all it asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FULFILS = re.compile(r"Fulfils `([\w.]+)\.(\w+)`")


def classes_of(module: Path) -> dict[str, ast.ClassDef]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def public_methods(node: ast.ClassDef) -> set[str]:
    functions = (n for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return {function.name for function in functions if not function.name.startswith("_")}


def claims() -> Iterator[tuple[ast.ClassDef, str, str]]:
    """Class, module of the port, name of the port."""
    for module in sorted((ROOT / "storage").rglob("*.py")):
        for node in classes_of(module).values():
            if port := FULFILS.search(ast.get_docstring(node) or ""):
                yield node, port[1], port[2]


def test_every_port_that_is_claimed_is_fulfilled() -> None:
    lacking = []
    for node, module, name in claims():
        port = classes_of((ROOT / module.replace(".", "/")).with_suffix(".py"))[name]
        if lacks := public_methods(port) - public_methods(node):
            lacking.append(f"{node.name} lacks {sorted(lacks)} of {module}.{name}")
    assert lacking == []


def test_every_port_of_the_core_is_claimed_by_one_store() -> None:
    claimed = [f"{module}.{name}" for _, module, name in claims()]
    assert len(claimed) == len(set(claimed))
    asked = {
        f"cases.ports.{module.stem}.{name}"
        for module in (ROOT / "cases" / "ports").glob("*.py")
        for name, node in classes_of(module).items()
        if any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)
    }
    elsewhere = {"cases.ports.subscriptions.Reach", "cases.ports.profiles.Profiles"}
    assert asked - set(claimed) == elsewhere, "the network, and figures that are reckoned, are not storage's"
