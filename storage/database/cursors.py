"""Pages of a list that goes on while it is read: an opaque mark says after which document to continue.

The order of the list is in the mark, so that a mark of another list is refused.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from cases import reasons
from cases.errors import InvalidInput
from storage.database.encoding import Document

Keys = Sequence[tuple[str, int]]
"""The fields a list is sorted by, the last of them unique: 1 rising, -1 falling."""


def write(order: str, values: Sequence[Any]) -> str:
    """`values`: of the last document shown, one per key of the order."""
    plain = [int(value.timestamp() * 1000) if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps([str(order), *plain]).encode()).decode().rstrip("=")


def after(cursor: str, order: str, keys: Keys) -> Document:
    """What comes later in this order. Raises InvalidInput when the cursor is not one of ours for it."""
    values = _read(cursor, order, keys)
    options: list[Document] = []
    for place, (name, direction) in enumerate(keys):
        same = {earlier: values[i] for i, (earlier, _) in enumerate(keys[:place])}
        options.append({**same, name: {"$gt" if direction > 0 else "$lt": values[place]}})
    return {"$or": options}


def _read(cursor: str, order: str, keys: Keys) -> list[Any]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        stored_order, *values = json.loads(raw)
        if stored_order != order or len(values) != len(keys):
            raise ValueError(stored_order)
        return [_typed(name, value) for (name, _), value in zip(keys, values, strict=True)]
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise InvalidInput(reasons.PAGE_MARK_INVALID) from error


def _typed(name: str, value: Any) -> Any:
    if name == "_id":
        return str(value)
    number = int(value)
    return datetime.fromtimestamp(number / 1000, UTC) if name.endswith("_at") else number
