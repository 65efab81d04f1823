"""What outside evaluators are told: nothing of few, and nothing that a sum would tell of few."""

from __future__ import annotations

import pytest

from cases.integrity.registers.evaluation_model import SMALLEST_SHOWN
from cases.integrity.spine.vocabulary import BodyKind
from cases.ports.profiles import Counted
from cases.rules.evaluation_parts import load_evaluation_rules
from cases.service.credit.aggregates import OWN_LEVEL, By, aggregated, hidden_in, place_in
from tests.town.rules import RULES

HOME = RULES.jurisdictions.get("qinghai")
PARTS = load_evaluation_rules().parts


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9}, {"a", "b"}),
        ({"a": 4, "b": 9, "c": 7}, {"a", "c"}),
        ({"a": 1, "b": 1, "c": 7, "d": 9}, {"a", "b", "c"}),
        ({"a": 3, "b": 3, "c": 7}, {"a", "b"}),
        ({"a": 0, "b": 9}, set()),
        ({"a": 2}, {"a"}),
        ({}, set()),
    ],
)
def test_few_are_hidden_and_as_many_more_as_hide_them(counts: dict[str, int], hidden: set[str]) -> None:
    found = hidden_in(counts)
    assert found == hidden
    rest = sum(counts[one] for one in found)
    told = sum(counts.values()) >= SMALLEST_SHOWN
    assert not found or not told or (len(found) > 1 and rest >= SMALLEST_SHOWN)


def test_no_cell_and_no_total_of_few_is_told() -> None:
    counted = [
        *(Counted("x", "630100", BodyKind.DEPARTMENT, "order", 1, {"order": 1}) for _ in range(3)),
        *(Counted("y", "632500", BodyKind.DEPARTMENT, "order", 1, {"order": 0}) for _ in range(8)),
        *(Counted("z", "630000", BodyKind.DEPARTMENT, "motion", 1, {"motion": 1}) for _ in range(4)),
    ]
    table = aggregated(counted, HOME, 2026, By.PLACE, PARTS)
    order, motion = range(2)
    assert [part.key for part in table.parts] == ["order", "motion"]
    rows = dict(table.rows)
    assert rows["630100"][order] == rows["632500"][order] == (None, None)
    assert table.totals[order] == (11, 3)
    assert rows[OWN_LEVEL][motion] == table.totals[motion] == (None, None)
    assert "x" not in str(table.rows)


@pytest.mark.parametrize(
    ("home", "region", "place"),
    [
        ("qinghai", "630104", "630100"),
        ("qinghai", "630000", OWN_LEVEL),
        ("qinghai", "440100", OWN_LEVEL),
        ("harbin", "230102", "230102"),
        ("harbin", "230100", OWN_LEVEL),
        ("huicheng", "441302003", "441302003"),
        ("huicheng", "441302", OWN_LEVEL),
    ],
)
def test_places_are_those_directly_inside(home: str, region: str, place: str) -> None:
    assert place_in(RULES.jurisdictions.get(home), region) == place
