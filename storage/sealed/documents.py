"""Records to documents and back: every `FreeText`, wherever it is nested, is sealed on the way in.

Generic on purpose: a new field or record of the core needs no change here. A sealed value is the only
kind of binary in a document, so opening needs no schema either. Free-form dictionaries are stricter
than typed fields, because nobody declared what is in them (see `SEALED_WHOLE` and `CODE`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cases.letters import Letter
from cases.model import Complaint, Evidence, Notification, Proposal, Routing
from cases.moves.history import Entry
from cases.records import FreeText
from storage.database.encoding import Document, decode, encode
from storage.database.failures import RecordUnreadable
from storage.sealed.key_ring import KeyRing

AS_IS = frozenset({str, int, float, bool, datetime, type(None)})
TEXT_MARK = b"t"
TREE_MARK = b"d"
VALUE_MARK = b"v"

SEALED_WHOLE: frozenset[tuple[type, str]] = frozenset(
    {(Notification, "params"), (Proposal, "args"), (Letter, "words")}
)
"""Free-form fields that are sealed in one piece: nothing ever searches inside them."""

SEALED_VALUES: frozenset[tuple[type, str]] = frozenset(
    {
        *((Complaint, name) for name in ("matched", "named", "masked", "confidence")),
        *((Evidence, name) for name in ("sha256", "size", "media_type", "added_at")),
        (Routing, "reasons"),
    }
)
"""Typed fields that tell more than statistics and lists need: of papers that somebody else may hold too, of
words, of who gave a name. Each has a default, with which figures read it."""

SEALED_WORDS: frozenset[tuple[type, str]] = frozenset({(Entry, "data")})
"""Free-form fields whose codes stay readable for statistics and whose words are sealed."""

CODE = re.compile(r"[A-Za-z0-9_.:\-]{0,40}")
"""What counts as a code: ids, statuses, dates. Anything else is taken for somebody's words."""

R = TypeVar("R", bound=BaseModel)
Encoder = Callable[[Any, str, str], Any]
Sealer = Callable[["RecordMapper", Any, str, str], Any]
Plan = tuple[tuple[str, bool, "Sealer | None"], ...]


def _plan(kind: type[BaseModel]) -> Plan:
    """Per field: name, left out when None, and how it is sealed if not by its type alone."""
    return tuple(
        (name, field.default is None, _sealer_of(kind, name)) for name, field in kind.model_fields.items()
    )


def _sealer_of(kind: type, name: str) -> Sealer | None:
    for fields, sealer in (
        (SEALED_WHOLE, RecordMapper.seal_tree),
        (SEALED_WORDS, RecordMapper.codes_only),
        (SEALED_VALUES, RecordMapper.seal_value),
    ):
        if any((base, name) in fields for base in kind.__mro__):
            return sealer
    return None


class RecordMapper:
    """Translates records of the core under one key ring."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._plans: dict[type, Plan] = {}
        self._encoders: dict[type, Encoder] = {}

    def to_document(self, record: BaseModel, context: str) -> Document:
        """`context` names the record (such as its number); sealed values open only under it."""
        kind = type(record)
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = _plan(kind)
        values = record.__dict__
        document: Document = {}
        for name, skip_none, sealer in plan:
            value = values[name]
            if value is None:
                if not skip_none:
                    document[name] = None
            elif sealer is not None:
                sealed = sealer(self, value, context, name)
                if sealed is not None:
                    document[name] = sealed
            else:
                document[name] = self._encode(value, context, name)
        return document

    def seal_tree(self, value: Any, context: str, name: str) -> Any:
        """A free-form dictionary in one piece; an empty one is left out."""
        tree = encode(_plain_tree(value))
        return self._keys.seal(TREE_MARK + tree, f"{context}/{name}") if value else None

    def seal_value(self, value: Any, context: str, name: str) -> bytes:
        """Whatever it is; how many it holds does not show in the document, but in its length."""
        return self._keys.seal(VALUE_MARK + encode({"": _plain_tree(value)}), f"{context}/{name}")

    def to_record(self, kind: type[R], document: Mapping[str, Any], context: str) -> R:
        """Raises WrongKey when something in it does not open, RecordUnreadable when its shape is unknown."""
        try:
            return kind.model_validate(self._open_all(document, context, ""))
        except ValidationError as error:
            places = sorted({".".join(map(str, fault["loc"])) for fault in error.errors(include_input=False)})
            raise RecordUnreadable(f"{kind.__name__} {context}: {', '.join(places[:5])}") from None

    def reseal(self, value: Any, context: str, name: str = "") -> Any:
        """The same document with every sealed value under the primary key."""
        if isinstance(value, bytes):
            return self._keys.reseal(value, f"{context}/{name}")
        if isinstance(value, Mapping):
            return {key: self.reseal(item, context, key) for key, item in value.items()}
        if isinstance(value, list):
            return [self.reseal(item, context, name) for item in value]
        return value

    def _encode(self, value: Any, context: str, name: str) -> Any:
        kind = type(value)
        if kind in AS_IS:
            return value
        encoder = self._encoders.get(kind)
        if encoder is None:
            encoder = self._encoders[kind] = self._encoder_of(kind)
        return encoder(value, context, name)

    def _encoder_of(self, kind: type) -> Encoder:
        if issubclass(kind, FreeText):
            return self._seal_text
        if issubclass(kind, BaseModel):
            return lambda value, context, _: self.to_document(value, context)
        if issubclass(kind, Enum):
            return lambda value, _, __: value.value
        if issubclass(kind, tuple | list):
            return lambda value, context, name: [self._encode(item, context, name) for item in value]
        if issubclass(kind, frozenset | set):
            return lambda value, context, name: sorted(self._encode(item, context, name) for item in value)
        if issubclass(kind, dict):
            return lambda value, context, _: {
                str(key): self._encode(item, context, key) for key, item in value.items()
            }
        return lambda value, _, __: _plain(value)

    def codes_only(self, value: Any, context: str, name: str) -> Any:
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, str):
            is_code = type(value) is not FreeText and CODE.fullmatch(value)
            return str(value) if is_code else self._seal_text(value, context, name)
        if isinstance(value, Mapping):
            return {str(key): self.codes_only(item, context, key) for key, item in value.items()}
        if isinstance(value, list | tuple | frozenset | set):
            return [self.codes_only(item, context, name) for item in value]
        return _plain(value)

    def _seal_text(self, text: str, context: str, name: str) -> bytes:
        return self._keys.seal(TEXT_MARK + text.encode("utf-8", "surrogatepass"), f"{context}/{name}")

    def _open_all(self, value: Any, context: str, name: str) -> Any:
        kind = type(value)
        if kind in AS_IS:
            return value
        if kind is bytes:
            plain = self._keys.open(value, f"{context}/{name}")
            if plain[:1] == TREE_MARK:
                return decode(plain[1:])
            if plain[:1] == VALUE_MARK:
                return decode(plain[1:])[""]
            return FreeText(plain[1:].decode("utf-8", "surrogatepass"))
        if kind is dict:
            return {key: self._open_all(item, context, key) for key, item in value.items()}
        if kind is list:
            return [self._open_all(item, context, name) for item in value]
        return value


def _plain(value: Any) -> Any:
    """Scalars MongoDB does not know."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value


def _plain_tree(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _plain_tree(dict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain_tree(item) for key, item in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [_plain_tree(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return str(value)
    return _plain(value)
