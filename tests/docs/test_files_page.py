"""The table of files says what the code does, and every kind that is taken stands in it."""

from __future__ import annotations

from pathlib import Path

from handlers.files.cleaning import TREATMENTS
from tests.files.makers import DOCUMENTS, RECORDINGS
from tools.files_page import with_table

PAGE = Path(__file__).parents[2] / "docs/files.md"


def test_the_page_is_as_the_code_says() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_table(page), "run: python -m tools.written_pages"
    assert all(f"| {about.names} |" in page for about in TREATMENTS.values())


def test_each_kind_says_what_is_taken_out_or_what_stays() -> None:
    assert all(about.note if about.strip else about.tells for about in TREATMENTS.values())
    tried = {kind for kind, _ in (*RECORDINGS.values(), *DOCUMENTS.values())}
    assert len(tried & set(TREATMENTS)) >= 15
