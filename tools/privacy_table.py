"""What stands readable in the database, as a table of docs/privacy.md, made from `plain_fields.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

FIELDS = Path(__file__).parents[1] / "storage/schema/plain_fields.toml"
_TABLE = re.compile(
    r"(?<=\| collection \| field \| tells \| because \|\n\|---\|---\|---\|---\|\n).*?(?=\n\n|\Z)", re.DOTALL
)

PlainFields = dict[str, dict[str, tuple[str, str]]]


def plain_fields() -> PlainFields:
    """Collection → path of the field → what it tells, and what it is needed for."""
    read = tomllib.loads(FIELDS.read_text("utf-8"))
    return {
        collection: {path: (tells, because) for path, (tells, because) in fields.items()}
        for collection, fields in read.items()
    }


def with_plain_fields(page: str) -> str:
    """The page with that table made anew."""
    rows = [
        f"| `{collection}` | `{path}` | {tells} | {because} |"
        for collection, fields in plain_fields().items()
        for path, (tells, because) in fields.items()
    ]
    return _TABLE.sub(lambda _: "\n".join(rows), page, count=1)
