"""Lines to the level above: the same record gives the same bytes; what is wrong is refused by name."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from cases.integrity.breaches.exchange import (
    LineAnswer,
    Mark,
    Refusal,
    Result,
    compare,
    digest,
    digests_by_month,
    line_of,
    read_line,
)
from cases.integrity.breaches.record_model import BreachRecord, ShareState
from tests.integrity.worlds import worlds

AREA = ("630000",)
ELSEWHERE = {"name": "哈尔滨市教育局", "kind": "department", "region_code": "230100"}


@cache
def lines() -> tuple[tuple[BreachRecord, Any], ...]:
    records = [one for world in worlds() for one in world.dossiers.values() if isinstance(one, BreachRecord)]
    return tuple((one, line) for one in records if (line := line_of(one)) is not None)


def told(**changes: Any) -> str:
    line = next(line for _, line in lines() if line.content is not None)
    return json.dumps({**json.loads(line.text), **changes})


def test_a_record_travels_as_it_stands_and_is_read_as_it_was_written() -> None:
    assert {line.withdrawn for _, line in lines()} == {True, False}
    for record, line in lines():
        assert read_line(line.text, AREA) == line
        assert (line.id, line.status, line.subject.name) == (record.id, record.status, record.subject.name)
        assert line.mark == (str(record.found_on)[:7], record.id, line.revision, digest(line.text))
        if line.content is not None:
            assert (line.content.facts, line.content.catalogue) == (record.facts, record.catalogue or "")
            assert line.content.bases[0].number == record.bases[0].number
            assert line.content.confirmed_by == record.keeper_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "line-unreadable"),
        ("[]", "line-unreadable"),
        (told(more=1), "unknown-field"),
        (told(revision=0), "field-wrong"),
        (told(revision=1_000_000), "field-wrong"),
        (told(withdrawn=True), "field-wrong"),
        (told(content=None), "field-wrong"),
        (
            told(subject={"name": "哈尔滨市教育局", "kind": "department", "region_code": "230100"}),
            "foreign-region",
        ),
    ],
)
def test_a_line_that_is_wrong_is_refused_by_name(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_line(text, AREA)
    answer = refused.value.answer(3)
    assert code in answer.code
    assert (answer.n, answer.result, answer.state) == (3, Result.REFUSED, ShareState.REFUSED)
    assert "{" not in answer.said


@pytest.mark.parametrize("area", ["630000", "630100", "630102"])
def test_an_area_holds_all_places_in_it(area: str) -> None:
    region = json.loads(told())["subject"]["region_code"]
    inside = region.startswith(area.rstrip("0"))
    if inside:
        assert read_line(told(), ("230000", area))
    else:
        with pytest.raises(Refusal):
            read_line(told(), ("230000", area))


@pytest.mark.parametrize(
    ("revision", "known", "result"),
    [
        (0, "", Result.ACCEPTED),
        (1, "d1", Result.ACCEPTED),
        (2, "d2", Result.DUPLICATE),
        (2, "d9", None),
        (3, "", None),
    ],
)
def test_a_revision_is_newer_the_same_or_refused(revision: int, known: str, result: Result | None) -> None:
    new = Mark("2026-11", "JL1", 2, "d2")
    if result is None:
        with pytest.raises(Refusal):
            compare(new, revision, known)
    else:
        assert compare(new, revision, known) is result
        assert LineAnswer(n=1, result=result).state is ShareState.ACKNOWLEDGED


def test_a_month_has_one_digest_whatever_the_order() -> None:
    one, two, later = (Mark(m, id, 1, id) for m, id in (("2026-10", "a"), ("2026-10", "b"), ("2026-11", "c")))
    found = digests_by_month([later, two, one])
    assert found == {"2026-10": digest("a 1 a\nb 1 b"), "2026-11": digest("c 1 c")}
