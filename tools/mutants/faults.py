"""The small ways in which code can be wrong: a list of faults, each put into the tree and taken out again.

Sentences for people (whatever has Chinese characters, and the words of reasons) are left alone: what they say
is checked by reading, and a test that repeats a sentence proves nothing. So are types and docstrings.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_TEXTS = frozenset({"Reason", "Law", "TypeVar", "getLogger"})
"""Calls that only hold words or names."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list", "reversed": "list"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to be wrong: fields of one node that get other values."""

    node: ast.AST
    line: int
    words: str
    """What was written → what stands there now."""
    fields: Mapping[str, Any]

    def compiled_in(self, tree: ast.Module, filename: str) -> Any:
        """The code of the tree with the fault; the tree is left as it was."""
        right = {name: getattr(self.node, name) for name in self.fields}
        self._put(self.fields)
        try:
            return compile(ast.fix_missing_locations(tree), filename, "exec")
        finally:
            self._put(right)

    def _put(self, fields: Mapping[str, Any]) -> None:
        for name, value in fields.items():
            setattr(self.node, name, value)


def faults_of(tree: ast.Module) -> Iterator[Fault]:
    """In the order of the source."""
    yield from _in(tree)


def _in(node: ast.AST) -> Iterator[Fault]:
    if _is_left_alone(node):
        return
    for was, fields in _at(node):
        yield _fault(node, was, fields)
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "type_params", "bases"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _in(child)


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Pass():
            return True
        case ast.Expr(value=ast.Constant()):
            return True  # a docstring
        case ast.Raise(exc=ast.Call(args=words, keywords=[])) if all(map(_is_text, words)):
            return True  # what an error says to programmers; that it is raised has a fault of its own
        case ast.Call(func=ast.Name(id=name)) if name in _TEXTS | {"dataclass"}:
            return True
        case ast.JoinedStr() | ast.Constant():
            return _is_sentence(node)
        case ast.ClassDef(bases=bases):
            return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in bases)
    return False


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_sentence(node: ast.AST | None) -> bool:
    match node:
        case ast.Constant(value=str(text)):
            return bool(_CHINESE.search(text)) or text in {"", "utf-8"}  # the encoding of any machine of ours
        case ast.JoinedStr(values=values):
            return any(_is_sentence(value) for value in values if getattr(value, "value", None) != "")
    return False


Change = tuple[ast.AST, dict[str, Any]]
"""The part that is meant, for the report, and the node's fields with the fault."""


def _at(node: ast.AST) -> Iterator[Change]:
    """The faults of this very node; those of its parts come by themselves."""
    match node:
        case ast.Compare():
            for place, op in enumerate(node.ops):
                yield node, {"ops": _with(node.ops, place, _COMPARED[type(op)]())}
        case ast.BoolOp():
            other = ast.Or if isinstance(node.op, ast.And) else ast.And
            yield node, {"op": other()}
            for place, value in enumerate(node.values):
                if not isinstance(value, ast.Constant):  # `or None` only says of what kind nothing is
                    neutral = ast.Constant(isinstance(node.op, ast.And))
                    yield node, {"values": _with(node.values, place, neutral)}
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _COUNTED:
            yield node, {"op": _COUNTED[type(node.op)]()}
        case ast.UnaryOp(op=ast.Not()):
            yield node, {"operand": _negated(node.operand)}
        case ast.UnaryOp(op=ast.USub()):
            yield node, {"op": ast.UAdd()}
        case ast.Constant(value=bool(value)):
            yield node, {"value": not value}
        case ast.Constant(value=int(value) | float(value)):
            yield node, {"value": value + 1}
        case ast.Constant(value=str(value)):
            yield node, {"value": f"XX{value}XX"}
        case ast.Call():
            yield from _of_call(node)
        case ast.IfExp() | ast.If() | ast.While():
            yield node.test, {"test": _negated(node.test)}
        case ast.comprehension():
            for place, condition in enumerate(node.ifs):
                yield condition, {"ifs": _without(node.ifs, place)}
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield node, {"value": ast.Constant(None)}
        case ast.Lambda():
            yield node, {"body": ast.Constant(None)}
        case ast.Tuple() | ast.List() | ast.Set() if not isinstance(getattr(node, "ctx", None), ast.Store):
            for place, element in enumerate(node.elts):
                if not _is_sentence(element):
                    yield element, {"elts": _without(node.elts, place)}
        case ast.Dict():
            for place, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
                if not _is_sentence(value):
                    fields = {"keys": _without(node.keys, place), "values": _without(node.values, place)}
                    yield key or value, fields
        case ast.Match() if len(node.cases) > 1:
            for place, one in enumerate(node.cases):
                yield one.pattern, {"cases": _without(node.cases, place)}
        case _:
            pass
    yield from _of_statements(node)


def _of_call(node: ast.Call) -> Iterator[Change]:
    if isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        yield node, {"func": ast.Name(_CALLED[node.func.id], ast.Load())}
    for place, value in enumerate(node.args):
        if not isinstance(value, ast.Starred | ast.GeneratorExp) and not _says_nothing(value):
            yield node, {"args": _with(node.args, place, ast.Constant(None))}
    for place, keyword in enumerate(node.keywords):
        if not _is_sentence(keyword.value) and keyword.arg != "strict":
            yield keyword, {"keywords": _without(node.keywords, place)}


def _of_statements(node: ast.AST) -> Iterator[Change]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if not isinstance(block, list):
            continue
        for place, statement in enumerate(block):
            match statement:
                case ast.Expr(value=ast.Constant()):
                    pass
                case ast.Expr() | ast.Raise() | ast.Break() | ast.Continue() | ast.AugAssign():
                    yield statement, {name: _with(block, place, ast.Pass())}
                case ast.Assign(value=value, targets=[target]) if _is_variable(target, value):
                    nothing = ast.Assign([target], ast.Constant(None))
                    yield statement, {name: _with(block, place, nothing)}
                case _:
                    pass


def _is_variable(target: ast.expr, value: ast.expr) -> bool:
    """Not a name for a type, and not a mere number or word (which have faults of their own)."""
    is_type = isinstance(target, ast.Name) and target.id[:1].isupper() and not target.id.isupper()
    return not is_type and not isinstance(value, ast.Constant) and not isinstance(target, ast.Tuple)


def _says_nothing(value: ast.expr) -> bool:
    return _is_none(value) or _is_sentence(value)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _with(items: list[Any], place: int, other: ast.AST) -> list[Any]:
    return [*items[:place], other, *items[place + 1 :]]


def _without(items: list[Any], place: int) -> list[Any]:
    return [*items[:place], *items[place + 1 :]]


def _fault(node: ast.AST, part: ast.AST, fields: dict[str, Any]) -> Fault:
    before = ast.unparse(part)
    right = {name: getattr(node, name) for name in fields}
    for name, value in fields.items():
        setattr(node, name, value)
    after = ast.unparse(node) if part is node else "gone"
    for name, value in right.items():
        setattr(node, name, value)
    if part is not node and "test" in fields:
        after = "the opposite"
    line = getattr(part, "lineno", 0) or getattr(node, "lineno", 0)
    return Fault(node, line, f"{_short(before)} → {_short(after)}", fields)


def _short(code: str) -> str:
    return " ".join(code.split())[:90]
