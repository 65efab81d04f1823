"""Writes docs/lifecycle.md from the table of the life cycle."""

from __future__ import annotations

from pathlib import Path

from cases.lifecycle.diagram import LIFECYCLE_PAGE

if __name__ == "__main__":
    Path("docs/lifecycle.md").write_text(LIFECYCLE_PAGE.text(), "utf-8")
