"""The tables of danger are true: what is heard, which numbers are given, and what only sounds alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from classify.acts.danger import Danger, find_danger
from handlers.citizen.help_lines import NATIONAL, read_help_lines

PAGE = Path(__file__).parents[2] / "docs" / "danger.md"


def rows(heading: str) -> list[list[str]]:
    part = PAGE.read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


HITS, ALIKE = rows("Danger"), rows("Only sounding alike")


def test_there_are_sixty_of_each_and_every_kind_is_there() -> None:
    assert len(HITS) == len(ALIKE) == 60
    assert {row[1] for row in HITS} == {danger.value for danger in Danger}


@pytest.mark.parametrize("row", HITS, ids=lambda row: row[0][:12])
def test_danger_is_heard_with_its_numbers(row: list[str]) -> None:
    said, kind, numbers, told, severity = row
    assert find_danger(said)[0].kind.value == kind
    given = read_help_lines()[NATIONAL].dangers[Danger(kind)]
    assert numbers == "、".join(given)
    assert (told, severity) == ("at once", "urgent")


@pytest.mark.parametrize("row", ALIKE, ids=lambda row: row[0][:12])
def test_what_only_sounds_alike_gives_no_alarm(row: list[str]) -> None:
    assert find_danger(row[0]) == ()
    assert row[1:] == ["none", "none", "none", "as read"]
