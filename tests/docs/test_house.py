"""The map of the house is what the rooms say of themselves, and the map of the docs leaves none out."""

from __future__ import annotations

from pathlib import Path

from tools.house_page import house

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_up_to_date() -> None:
    assert (DOCS / "house.md").read_text("utf-8") == house(), "run: python -m tools.written_pages"


def test_every_page_is_on_the_map_of_the_docs() -> None:
    shown = (DOCS / "README.md").read_text("utf-8")
    pages = [page.name for page in DOCS.glob("*.md") if page.name != "README.md"]
    assert [name for name in pages if f"]({name})" not in shown] == []
