"""Every step of `docs/a-complaints-way.md` is where the page says."""

from __future__ import annotations

import re

import pytest

from tests.docs.test_glossary import ROOT, defines

PAGE = (ROOT / "docs/a-complaints-way.md").read_text("utf-8")
STEPS = re.findall(r"`([\w/]+\.py):([\w.]+)`", PAGE)


def test_the_page_has_its_ways() -> None:
    assert len(STEPS) > 50


@pytest.mark.parametrize(("file", "name"), STEPS)
def test_a_step_is_where_the_page_says(file: str, name: str) -> None:
    assert defines(ROOT / file, name)
