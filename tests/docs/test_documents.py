"""The page of the documents' measures: whole against the packs, and every route and test it names exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.town.rules import RULES
from tools.documents_page import documents, load_measures

ROOT = Path(__file__).parents[2]
ROUTES = set(re.findall(r"`(?:GET|POST) ([^`]+)`", (ROOT / "docs/access.md").read_text("utf-8")))
MEASURES = load_measures()


def test_the_page_is_up_to_date() -> None:
    page = (ROOT / "docs/documents.md").read_text("utf-8")
    assert page == documents(), "run: python -m tools.written_pages"


def test_each_document_is_there() -> None:
    assert set(MEASURES) == {home.id for home in RULES.jurisdictions.all()}


@pytest.mark.parametrize("id", MEASURES)
def test_every_paragraph_has_its_measures_in_order(id: str) -> None:
    sections = MEASURES[id]["sections"]
    rows = [row["section"] for row in MEASURES[id]["rows"]]
    assert set(rows) == set(sections)
    assert rows == sorted(rows, key=sections.index)


@pytest.mark.parametrize("id", MEASURES)
def test_everything_that_a_pack_names_has_its_row(id: str) -> None:
    home = RULES.jurisdictions.get(id)
    named = {key: mechanism.section for key, mechanism in home.mechanisms.items()}
    named |= {domain.value: rule.section or "" for domain, rule in home.domains.items() if rule.section}
    carried: dict[str, set[str]] = {}
    for row in MEASURES[id]["rows"]:
        for key in row.get("keys", ()):
            carried.setdefault(key, set()).add(row["section"])
    assert set(carried) == set(named)
    for key, section in named.items():
        parts = section.split("、")
        assert any(row.startswith(p) or p.startswith(row) for row in carried[key] for p in parts), key


ROWS = [row for measures in MEASURES.values() for row in measures["rows"]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_a_measure_lives_somewhere_or_says_why_not(row: dict[str, Any]) -> None:
    assert row.get("outside") or (row.get("where") and row.get("tests")), row["what"]
    assert set(row.get("where", ())) <= ROUTES
    for test in row.get("tests", ()):
        assert (ROOT / test).is_file(), test
