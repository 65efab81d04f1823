"""`docs/documents.md`: every measure of the five documents with where it lives."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cases.rules.jurisdictions import Jurisdictions

MEASURES = Path(__file__).with_name("documents.toml")
_HEAD = """# What the five documents ask for, and where it is

Every numbered paragraph of each document, what it asks for, and where that lives in Shouxin; or one sentence
why it lies outside. Sections are numbered as in the packs (`cases/rules/packs/`). What serves 公务员诚信教育
is an export: the masked typical cases of a report. Made from `tools/documents.toml` with
`python -m tools.written_pages`; a test holds it against packs, routes and tests.
"""


def load_measures() -> dict[str, dict[str, Any]]:
    """By jurisdiction: `sections`, and `rows` of measures."""
    return tomllib.loads(MEASURES.read_text("utf-8"))


def documents() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for id, measures in load_measures().items():
        home = Jurisdictions.load().get(id)
        number = f"（{home.document_number}）" if home.document_number else ""
        yield f"## {home.name}：《{home.document}》{number}"
        yield ""
        yield "| 段落 | 措施 | 在哪里 | 测试 |"
        yield "|---|---|---|---|"
        for row in measures["rows"]:
            places = "、".join(f"`{route}`" for route in row.get("where", ()))
            said = " ".join(filter(None, (row.get("outside", ""), places)))
            tests = "<br>".join(f"`{test}`" for test in row.get("tests", ()))
            yield f"| {row['section']} | {row['what']} | {said} | {tests} |"
        yield ""
