"""Random objects of the Bot API, grown from the models of aiogram, so that new content types come along.

`bend` breaks some of it afterwards: parts missing, of another type, or far too large.
"""

from __future__ import annotations

import random
import types
import typing
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from aiogram.types import Message, Update
from pydantic import BaseModel

DEEPEST = 4
WORDS = (
    *("在吗", "拖欠工程款50万元", "青海省西宁市城东区", "12万", "1" * 16, "SX20261122-1234567-8", "９９９"),
    *("/start", "/new", "/status", "/add", "/cancel", "/rate x", "/privacy", "/language", "/help", "/x"),
    *("<b>", "{{7*7}}", "$where", "\u202e反", "\x00", "🙂" * 30, "一" * 4096, "", " ", "\ud7ff", "null"),
)
NUMBERS = (0, 1, -1, 2, 41, 2**31, 2**53, -(2**40))
BENT: tuple[Any, ...] = (None, [], {}, "x", -1, 2**63, 1e308, True, ["x"], {"$gt": ""}, "一" * 5000)
STRUCTURE = frozenset(
    {"message_id", "date", "chat", "from_user", "message_thread_id", "business_connection_id"}
)
CONTENT = tuple(name for name in Message.model_fields if name not in STRUCTURE)
KINDS = tuple(name for name in Update.model_fields if name != "update_id")


class Shapes:
    """One source of chance, many objects."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def message(self, chat: int) -> dict[str, Any]:
        """A message of one or two kinds of content in a private chat."""
        body = {
            "message_id": self._chance.randrange(1, 40),
            "date": 1,
            "chat": {"id": chat, "type": "private", "first_name": "某"},
            "from": {"id": chat, "is_bot": False, "first_name": "某"},
        }
        for name in self._chance.sample(CONTENT, self._chance.choice((1, 1, 1, 2))):
            body |= self._field(Message, name, 1)
        return body

    def of(self, model: type[BaseModel], depth: int = 0) -> dict[str, Any]:
        """Required fields and those that tell kinds apart always, the others now and then."""
        made: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            needed = field.is_required() or typing.get_origin(field.annotation) is typing.Literal
            if needed or (depth < DEEPEST and self._chance.random() < 0.15):
                made |= self._field(model, name, depth + 1)
        return made

    def bend(self, body: Any, share: float) -> Any:
        """The same with some of it missing or replaced."""
        if self._chance.random() < share:
            return self._chance.choice(BENT)
        if isinstance(body, dict):
            return {
                key: self.bend(value, share)
                for key, value in body.items()
                if self._chance.random() > share / 2
            }
        return [self.bend(item, share) for item in body] if isinstance(body, list) else body

    def _field(self, model: type[BaseModel], name: str, depth: int) -> dict[str, Any]:
        field = model.model_fields[name]
        value = self._value(field.annotation, depth)
        return {} if value is None else {field.alias or name: value}

    def _value(self, kind: Any, depth: int) -> Any:
        origin, inside = typing.get_origin(kind), typing.get_args(kind)
        if origin in {typing.Union, types.UnionType}:
            return self._value(self._chance.choice([one for one in inside if one is not type(None)]), depth)
        if origin is typing.Literal:
            return self._chance.choice(inside)
        if origin is list:
            return [] if depth > DEEPEST else [self._value(inside[0], depth) for _ in range(self._few())]
        if origin is typing.Annotated:
            return self._value(inside[0], depth)
        return self._plain(kind, depth)

    def _few(self) -> int:
        return self._chance.choice((0, 1, 1, 2, 3))

    def _plain(self, kind: Any, depth: int) -> Any:
        if not isinstance(kind, type):
            return None
        if issubclass(kind, BaseModel):
            return self.of(kind, depth)
        if issubclass(kind, Enum):
            return self._chance.choice(list(kind)).value
        if kind is bool:
            return self._chance.random() < 0.5
        if issubclass(kind, datetime | timedelta | int):
            return self._chance.choice(NUMBERS if kind is int else (0, 1, 1_700_000_000))
        if kind is float:
            return self._chance.choice((0.0, 1.5, -90.0, 1e9))
        return self._chance.choice(WORDS) if kind is str else None
