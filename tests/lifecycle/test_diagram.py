"""The documentation of the life cycle is the life cycle."""

from __future__ import annotations

from pathlib import Path

from cases.lifecycle.diagram import LIFECYCLE_PAGE
from cases.lifecycle.table import MOVES, TRANSITIONS

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"


def test_the_page_in_the_docs_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == LIFECYCLE_PAGE.text(), "run: python -m tools.written_pages"


def test_every_move_and_every_change_of_status_is_on_the_page() -> None:
    page = LIFECYCLE_PAGE.text()
    for move in MOVES:
        assert f"`{move.value}`" in page
    for row in TRANSITIONS.values():
        if row.to is not None and row.to is not row.status:
            assert f"{row.status.value} --> {row.to.value}" in page
