"""Records sealed whole: whatever is not named for a query is not readable.

Generic on purpose: a new field or record of the core needs no change here. How long a sealed record is tells
its length only roughly (see `padding.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from storage.database.encoding import Document, decode, encode
from storage.database.failures import RecordRefused, RecordUnreadable
from storage.sealed.key_ring import KeyRing
from storage.sealed.padding import fill

AS_IS = frozenset({str, int, float, bool, datetime, type(None)})
ODD_TEXT = "$odd"
"""Marks a text that is not valid Unicode (a lone surrogate), which the database's encoding does not know."""

R = TypeVar("R", bound=BaseModel)


class WholeRecords:
    """Seals and opens records of the core under one key ring."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._trees: dict[type, Callable[[Any], Any]] = {}

    def seal(self, record: BaseModel, context: str) -> bytes:
        """`context` names the record and what it is; it opens only under it."""
        return self.seal_tree(self._tree(record), context)

    def open(self, kind: type[R], sealed: bytes, context: str, **changed: Any) -> R:
        """With these fields instead of the sealed ones. Raises WrongKey or RecordUnreadable."""
        return _validated(kind, {**self.open_tree(sealed, context), **changed}, context)

    def seal_tree(self, value: Mapping[str, Any], context: str) -> bytes:
        """A free-form dictionary; `open_tree` gives back lists for all sequences and texts for enums."""
        return self._keys.seal(self.pack(value), context)

    def pack(self, value: Mapping[str, Any]) -> bytes:
        """What `seal_tree` seals, for whoever seals it otherwise first."""
        tree = self._tree(value)
        try:
            plain = encode(tree)
        except (RecordRefused, UnicodeEncodeError):
            plain = encode(_with_odd_texts(tree))
        return fill(plain)

    def open_tree(self, sealed: bytes, context: str) -> Document:
        """Raises WrongKey."""
        plain = self._keys.open(sealed, context)
        tree = decode(plain[: int.from_bytes(plain[:4], "little")])
        return _from_odd_texts(tree) if ODD_TEXT.encode() in plain else tree

    def _tree(self, value: Any) -> Any:
        kind = type(value)
        if kind in AS_IS:
            return value
        make = self._trees.get(kind)
        if make is None:
            make = self._trees[kind] = self._tree_of(kind)
        return make(value)

    def _tree_of(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, BaseModel):
            plan = [(name, field.default is None) for name, field in kind.model_fields.items()]
            return lambda record: {
                name: self._tree(value)
                for name, skip_none in plan
                if (value := record.__dict__[name]) is not None or not skip_none
            }
        if issubclass(kind, Enum):
            return lambda value: value.value
        if issubclass(kind, str):
            return str
        if issubclass(kind, Mapping):
            return lambda value: {str(key): self._tree(item) for key, item in value.items()}
        if issubclass(kind, frozenset | set):
            return lambda value: sorted(map(self._tree, value))
        if issubclass(kind, tuple | list):
            return lambda value: [self._tree(item) for item in value]
        if issubclass(kind, date) and not issubclass(kind, datetime):
            return lambda value: value.isoformat()
        return lambda value: value


def _validated(kind: type[R], fields: Mapping[str, Any], context: str) -> R:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        places = sorted({".".join(map(str, fault["loc"])) for fault in error.errors(include_input=False)})
        raise RecordUnreadable(f"{kind.__name__} {context}: {', '.join(places[:5])}") from None


def _with_odd_texts(tree: Any) -> Any:
    if isinstance(tree, str):
        return {ODD_TEXT: tree.encode("utf-8", "surrogatepass")}
    if isinstance(tree, dict):
        return {key: _with_odd_texts(item) for key, item in tree.items()}
    return [_with_odd_texts(item) for item in tree] if isinstance(tree, list) else tree


def _from_odd_texts(tree: Any) -> Any:
    if isinstance(tree, dict):
        if ODD_TEXT in tree:
            return tree[ODD_TEXT].decode("utf-8", "surrogatepass")
        return {key: _from_odd_texts(item) for key, item in tree.items()}
    return [_from_odd_texts(item) for item in tree] if isinstance(tree, list) else tree
