"""Every promise of the pages and of the bot stands in docs/promises.md, and each with a test that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.serializer import serialize_pattern

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "promises.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE))
NO_PROMISE = (
    "says what is not promised",
    "a question",
    "a duty of the deployment, no promise",
    "held by",
    "---",
)
SAID = ("privacy", "privacy-web", "erase-ask", "erased", "proof-included", "log-lead")
"""Messages of the bot in which every sentence is a promise."""


def first_cells(page: str, heading: str) -> list[str]:
    section = (DOCS / page).read_text("utf-8").partition(f"\n| {heading} |")[2].partition("\n\n")[0]
    return [line.split(" | ")[0].removeprefix("| ") for line in section.split("\n")[2:]]


def sentences() -> Iterator[str]:
    english = FluentParser().parse((ROOT / "handlers/citizen/locales/en.ftl").read_text("utf-8"))
    told = {e.id.name: e.value for e in english.body if isinstance(e, ast.Message)}
    for name in SAID:
        pattern = told[name]
        assert pattern is not None
        plain = re.sub(r"<b>.*?</b>", "", serialize_pattern(pattern))
        for line in filter(None, map(str.strip, plain.split("\n"))):
            yield from re.split(r"(?<=[.?]) ", line)


@pytest.mark.parametrize(
    ("page", "heading"), [("threat-model.md", "threat"), ("privacy.md", "article"), ("privacy.md", "class")]
)
def test_every_row_of_the_pages_is_held_by_a_test(page: str, heading: str) -> None:
    cells = first_cells(page, heading)
    assert cells
    assert [cell for cell in cells if cell not in ROWS] == []


def test_every_sentence_of_the_bot_about_privacy_is_held_by_a_test() -> None:
    said = list(sentences())
    assert len(said) > 20
    assert [one for one in said if not one.startswith(tuple(ROWS))] == []


@pytest.mark.parametrize("held", sorted({held for held in ROWS.values() if held not in NO_PROMISE}))
def test_the_test_is_there(held: str) -> None:
    assert re.fullmatch(r"`tests/[\w/]+\.py(::test_\w+)?`", held), held
    file, _, name = held.strip("`").partition("::")
    source = (ROOT / file).read_text("utf-8")
    assert "def test_" in source
    assert not name or re.search(rf"^(async )?def {name}\(", source, re.MULTILINE), held


def test_nothing_is_held_that_nobody_promised() -> None:
    promised = {*first_cells("threat-model.md", "threat"), *first_cells("privacy.md", "article")}
    promised |= {*first_cells("privacy.md", "class"), "threat", "article", "class", "sentence", "---"}
    said = " ".join(sentences())
    assert [row for row in ROWS if row not in promised and row not in said] == []
