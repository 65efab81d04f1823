"""The profile of a year, counted by hand: which parts there are, what they weigh, how sure the score is."""

from __future__ import annotations

from datetime import date

import pytest

from cases.figures.owed import counts_of
from cases.figures.profiles import add_up, profile_of, region_of
from cases.integrity.registers.evaluation_model import Profile
from cases.integrity.spine.vocabulary import BodyKind, Kind
from cases.ports.profiles import Counted
from cases.rules.evaluation_parts import load_evaluation_rules

RULES = load_evaluation_rules()
DAY = date(2026, 12, 31)


def owed(unit: str, of: str, whole: int, region: str = "630100", **hits: int) -> Counted:
    return Counted(unit, region, BodyKind.DEPARTMENT, of, whole, hits)


def profiled(own: str, *counted: Counted) -> Profile:
    return profile_of(own, add_up(counted, lambda one: one.unit), RULES, DAY)


def test_the_weights_make_a_hundred_and_every_part_can_be_counted() -> None:
    assert sum(part.weight for part in RULES.parts) == 100
    assert {part.of for part in RULES.parts} == {
        *("promise", "order", "answer", "clean", "repair"),
        *("disclosure", "motion", "mediation", "objection"),
    }


def test_parts_of_which_nobody_has_anything_are_left_out_and_the_rest_is_the_whole() -> None:
    found = profiled("a", owed("a", "order", 10, order=9), owed("b", "motion", 10, motion=5))
    assert [part.key for part in found.parts] == ["order", "motion"]
    assert found.formula.startswith("得分 = 整改完成率×80% + 建议提案按期答复率×20%。")
    assert found.parts[1].said == "没有，按总体平均计"


@pytest.mark.parametrize(
    ("complaints", "breaches", "good", "whole"), [(50, 2, 48, 50), (1, 3, 0, 3), (0, 0, 0, 0)]
)
def test_breaches_are_set_against_complaints(complaints: int, breaches: int, good: int, whole: int) -> None:
    taken = owed("a", "clean", 0, clean=-breaches)
    figures = add_up([owed("a", "clean", complaints, clean=complaints), taken], lambda one: one.unit)["a"]
    assert (figures.counts["clean"], figures.counts["clean_n"]) == (good, whole)


def test_a_year_without_anything_says_so() -> None:
    found = profiled("a")
    assert (found.parts, found.band, found.score) == ((), None, 0.0)
    assert found.formula.startswith("这一年还没有可以计算的事项。本辖区文件未规定")
    assert found.result.startswith("当年已有结果的事项0件")


def test_who_stands_alone_is_not_scored_however_much_was_counted() -> None:
    found = profiled("a", owed("a", "order", 500, order=400))
    assert (found.band, found.peers) == (None, 0)
    assert found.result.startswith("没有可以比较的对象，不评分")


def test_few_cases_that_all_went_well_are_not_told_as_certain() -> None:
    few = profiled("a", *(owed(unit, "order", 12, order=12) for unit in "ab"))
    many = profiled("a", *(owed(unit, "order", 1200, order=1200) for unit in "ab"))
    assert few.score == many.score == pytest.approx(100)
    assert few.margin > 5 > many.margin > 0
    assert (few.band, few.bands, few.best, few.worst) == (1, 1, 1, 2)
    assert few.result.startswith("同在一档，看不出高低，")


def test_complaints_alone_make_no_body_big_enough_to_be_compared() -> None:
    found = profiled("a", owed("a", "clean", 900, clean=900), owed("b", "order", 20, order=20))
    assert found.band is None
    assert "不足10件" in found.result


def test_a_place_holds_what_lies_in_it_and_nothing_wider() -> None:
    inside, wider = owed("a", "order", 1, "630104"), owed("b", "order", 1, "630000")
    assert region_of(4)(inside) == "6301"
    assert region_of(4)(wider) is None
    assert region_of(6)(inside) == "630104"


@pytest.mark.parametrize(
    ("kind", "row", "counted"),
    [
        (Kind.COMMITMENT, {"status": "kept", "due_on": "2026-05-01", "kept_on": "2026-05-01"}, (1, 1)),
        (Kind.COMMITMENT, {"status": "kept", "due_on": "2026-05-01", "kept_on": "2026-05-02"}, (1, 0)),
        (Kind.COMMITMENT, {"status": "late", "due_on": "2026-05-01"}, (0, 0)),
        (Kind.COMMITMENT, {"status": "changed", "due_on": "2026-05-01"}, None),
        (Kind.COMMITMENT, {"status": "unlawful", "due_on": "2026-05-01"}, None),
        (Kind.RECORD, {"status": "active", "found_on": "2026-05-01", "sealed": True}, None),
        (Kind.RECORD, {"status": "active", "found_on": "2026-05-01", "project": {"kept": True}}, None),
        (Kind.RECORD, {"status": "revoked", "found_on": "2026-05-01"}, None),
        (Kind.RECORD, {"status": "merged", "found_on": "2026-05-01"}, None),
        (Kind.RECORD, {"status": "notified"}, None),
        (Kind.DISCLOSURE, {"status": "due", "due_on": "2026-05-01"}, None),
        (Kind.MOTION, {"status": "running", "due_on": "2026-05-01"}, None),
        (Kind.MEDIATION, {"status": "settled", "settled_on": "2026-05-01"}, None),
        (Kind.ORDER, {"status": "cancelled"}, None),
    ],
)
def test_what_counts_of_an_object(
    kind: Kind, row: dict[str, object], counted: tuple[int, int] | None
) -> None:
    found = list(counts_of({"kind": kind.value, **row}))
    if counted is None:
        assert found == []
        return
    ((of, whole, hits),) = found
    assert (of, whole, (hits["promise"], hits["promise_in_time"])) == ("promise", 1, counted)
