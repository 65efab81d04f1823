"""Finds every reason of the product by walking its modules, so that a new one cannot be forgotten."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import NamedTuple

import bot
import cases
import handlers
import storage
from bot.telegram.quick_import import import_aiogram
from cases.errors import DomainError, Reason


@cache
def modules() -> tuple[ModuleType, ...]:
    import_aiogram()
    roots = (bot, cases, handlers, storage)
    found = (info for root in roots for info in pkgutil.walk_packages(root.__path__, f"{root.__name__}."))
    return tuple(importlib.import_module(info.name) for info in found if not info.name.endswith("__main__"))


@cache
def reasons() -> tuple[Reason, ...]:
    """Each once, wherever modules keep them: by themselves, in tables, requirements or classes of errors."""
    seen: set[int] = set()
    found = {reason for module in modules() for reason in _within(vars(module), seen)}
    return tuple(sorted(found, key=lambda reason: reason.code))


def _within(value: object, seen: set[int]) -> Iterator[Reason]:
    if isinstance(value, Reason):
        yield value
    elif id(value) not in seen:
        seen.add(id(value))
        for part in _parts(value):
            yield from _within(part, seen)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name, None) for field in fields(value)]
    if isinstance(value, type) and issubclass(value, DomainError):
        return [value.otherwise]
    return ()


def parameters(reason: Reason) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(reason.sentence) if name)


class Raised(NamedTuple):
    """An error as a line of code makes it."""

    place: str
    argument: object
    """The reason; None when there is none or it is known only when it is made; a string would be bare."""
    given: frozenset[str]
    whole: bool
    """Whether `given` is all there is to see: no `**`."""


def raised() -> Iterator[Raised]:
    for module in modules():
        source = Path(str(module.__file__)).read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and _makes_an_error(node.func, module):
                names = [keyword.arg for keyword in node.keywords]
                argument = _resolve(node.args[0], module) if node.args else None
                given = frozenset(name for name in names if name)
                yield Raised(f"{module.__name__}:{node.lineno}", argument, given, None not in names)


def _makes_an_error(called: ast.expr, module: ModuleType) -> bool:
    made = _resolve(called, module)
    return isinstance(made, type) and issubclass(made, DomainError) and made.__init__ is DomainError.__init__


def _resolve(node: ast.expr, module: ModuleType) -> object:
    if isinstance(node, ast.Constant | ast.JoinedStr):
        return ast.unparse(node)
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        return getattr(_resolve(node.value, module), node.attr, None)
    return None
