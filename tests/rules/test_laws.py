"""A law's name stands in one file; whoever cites it takes it from there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from cases.lifecycle.reviews import REVIEW_WINDOW_DAYS
from cases.rules import laws
from cases.rules.time_limits import days_for, load_time_limits
from cases.vocabulary import ClockKind
from classify.types import Domain

ROOT = Path(__file__).parents[2]
NAMED = [law for law in vars(laws).values() if isinstance(law, laws.Law)]


def said_in(path: Path) -> str:
    """What a file may show to people: of code its strings without its documentation."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return text
    tree = ast.parse(text)
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return "\n".join(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    )


@cache
def everything_said() -> dict[Path, str]:
    return {
        path: said_in(path)
        for room in ("bot", "cases", "handlers", "storage")
        for kind in ("*.py", "*.toml", "*.ftl", "*.html")
        for path in (ROOT / room).rglob(kind)
    }


@pytest.mark.parametrize("law", NAMED, ids=lambda law: law.name)
def test_a_law_is_named_in_one_file(law: laws.Law) -> None:
    title = re.search("《.*?》", law.name)
    name = title.group() if title else law.name
    files = [path for path, said in everything_said().items() if name in said]
    assert [path.relative_to(ROOT).as_posix() for path in files] == ["cases/rules/laws.py"]


def test_a_citation_reads_as_people_write_it_and_is_explained_in_english() -> None:
    limit = load_time_limits().for_case(Domain.GENERAL, ClockKind.REVIEW)
    assert limit.basis == "《信访工作条例》第三十五条"
    assert limit.en.basis == "Regulations on Petitions, art. 35"


def test_days_that_the_law_sets_come_from_the_time_limits() -> None:
    assert days_for(ClockKind.REVIEW_APPLY) == REVIEW_WINDOW_DAYS == 30
    assert days_for(ClockKind.TRANSFER_RETURN) == 5
