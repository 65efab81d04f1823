"""The page about the integrity side says what the tables, the packs and the terms say."""

from __future__ import annotations

from pathlib import Path

from tools.integrity_page import with_tables

PAGE = Path(__file__).parents[2] / "docs" / "integrity.md"


def test_the_page_is_made_from_the_code() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_tables(page), "run: python -m tools.written_pages"
