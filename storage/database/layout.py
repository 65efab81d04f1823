"""The words in which collections are described: types, shapes of documents, indexes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pymongo import ASCENDING, DESCENDING
from pymongo import IndexModel as Index

__all__ = [
    "DATE",
    "FLAG",
    "LIST",
    "SEALED",
    "SEALED_LIST",
    "TEXT",
    "WHOLE",
    "Index",
    "Layout",
    "index",
    "shape",
]

TEXT: dict[str, Any] = {"bsonType": "string"}
DATE: dict[str, Any] = {"bsonType": "date"}
WHOLE: dict[str, Any] = {"bsonType": ["int", "long"]}
FLAG: dict[str, Any] = {"bsonType": "bool"}
SEALED: dict[str, Any] = {"bsonType": "binData"}
LIST: dict[str, Any] = {"bsonType": "array"}
SEALED_LIST: dict[str, Any] = {"bsonType": "array", "items": SEALED}


def shape(
    required: dict[str, Any], optional: dict[str, Any] | None = None, *, closed: bool = False
) -> dict[str, Any]:
    """`closed`: a field that is not named is refused."""
    return {
        **({"additionalProperties": False} if closed else {}),
        "bsonType": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
    }


def index(*keys: str, **options: Any) -> Index:
    """`-name` sorts descending."""
    order = [(key.lstrip("-"), DESCENDING if key.startswith("-") else ASCENDING) for key in keys]
    return Index(order, **options)


@dataclass(frozen=True)
class Layout:
    schema: dict[str, Any]
    indexes: tuple[Index, ...] = field(default=())
