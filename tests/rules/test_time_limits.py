"""The times the law sets: as long as the law says, cited, checked, and each found for its domain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cases.errors import NotFound
from cases.rules.time_limits import TimeLimit, TimeLimits, load_time_limits
from cases.vocabulary import ClockKind, Unit
from classify.types import Domain
from tests.rules.invented_limits import limit

LIMITS = load_time_limits()
REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "deadlines.json"

AS_IN_LAW = {
    (Domain.BIDDING, ClockKind.ACCEPT): (3, Unit.WORKING_DAY, 0),
    (Domain.BIDDING, ClockKind.HANDLE): (30, Unit.WORKING_DAY, 0),
    (Domain.PROCUREMENT, ClockKind.ACCEPT): (5, Unit.WORKING_DAY, 0),
    (Domain.PROCUREMENT, ClockKind.HANDLE): (30, Unit.WORKING_DAY, 0),
    (Domain.PROCUREMENT, ClockKind.SUPPLEMENT_ASK): (5, Unit.WORKING_DAY, 0),
    (Domain.PROCUREMENT, ClockKind.DECLINE_NOTICE): (3, Unit.WORKING_DAY, 0),
    (Domain.DEBT, ClockKind.TRANSFER): (10, Unit.WORKING_DAY, 0),
    (Domain.DEBT, ClockKind.ACCEPT): (15, Unit.CALENDAR_DAY, 0),
    (Domain.DEBT, ClockKind.HANDLE): (30, Unit.CALENDAR_DAY, 60),
    (Domain.GENERAL, ClockKind.ACCEPT): (15, Unit.CALENDAR_DAY, 0),
    (Domain.GENERAL, ClockKind.HANDLE): (60, Unit.CALENDAR_DAY, 30),
    (Domain.TOWNSHIP, ClockKind.HANDLE): (60, Unit.CALENDAR_DAY, 30),
    (Domain.INVESTMENT, ClockKind.HANDLE): (60, Unit.CALENDAR_DAY, 30),
    (Domain.PPP, ClockKind.HANDLE): (60, Unit.CALENDAR_DAY, 30),
    (Domain.GENERAL, ClockKind.TRANSFER_RETURN): (5, Unit.WORKING_DAY, 0),
    (Domain.GENERAL, ClockKind.SUPPLEMENT_ASK): (5, Unit.WORKING_DAY, 0),
    (Domain.GENERAL, ClockKind.REVIEW): (30, Unit.CALENDAR_DAY, 0),
    (Domain.GENERAL, ClockKind.REVIEW_APPLY): (30, Unit.CALENDAR_DAY, 0),
    (Domain.GENERAL, ClockKind.FINAL_REVIEW): (30, Unit.CALENDAR_DAY, 0),
    (Domain.GENERAL, ClockKind.FINAL_REVIEW_APPLY): (30, Unit.CALENDAR_DAY, 0),
    (Domain.GENERAL, ClockKind.OBJECTION): (5, Unit.WORKING_DAY, 0),
    (Domain.GENERAL, ClockKind.REPAIR_ACCEPT): (3, Unit.WORKING_DAY, 0),
    (Domain.GENERAL, ClockKind.REPAIR): (10, Unit.WORKING_DAY, 0),
}


@pytest.mark.parametrize(("key", "expected"), AS_IN_LAW.items(), ids=str)
def test_a_limit_has_the_length_and_the_unit_of_the_law(
    key: tuple[Domain, ClockKind], expected: tuple[int, Unit, int]
) -> None:
    found = LIMITS.for_case(*key)
    assert (found.amount, found.unit, found.max_extension) == expected


def test_every_limit_cites_its_law_and_was_checked() -> None:
    for each in LIMITS.all():
        assert "第" in each.basis or "〔" in each.basis
        assert each.status.startswith("V")


def test_every_limit_agrees_with_the_reference_list() -> None:
    """Where the reference is not at hand the table above stands in: it holds the same figures."""
    if not REFERENCE.exists():
        assert {(limit.kind) for limit in LIMITS.all()} >= {kind for _, kind in AS_IN_LAW}
        return
    entries = {entry["id"]: entry for entry in json.loads(REFERENCE.read_text("utf-8"))}
    for each in LIMITS.all():
        entry = entries[each.reference or each.id]
        assert entry["status"].startswith("V")
        assert (each.amount, each.unit) == (entry["n"], entry["unit"])
        most = entry.get("total_max", entry["n"] + entry.get("ext_max", 0)) - entry["n"]
        assert each.max_extension == most


def test_a_figure_that_was_only_recalled_cannot_become_a_limit() -> None:
    with pytest.raises(ValueError, match="not checked"):
        TimeLimit(**(limit(5).model_dump() | {"status": "R"}))


NEEDED = (
    *(ClockKind.ACCEPT, ClockKind.HANDLE, ClockKind.TRANSFER_RETURN),
    *(ClockKind.REVIEW, ClockKind.FINAL_REVIEW, ClockKind.SUPPLEMENT_ASK),
)


def test_every_domain_has_the_clocks_a_case_needs() -> None:
    for domain in Domain:
        for kind in NEEDED:
            assert LIMITS.for_case(domain, kind).amount > 0


def test_a_kind_that_no_law_sets_is_not_found() -> None:
    with pytest.raises(NotFound):
        LIMITS.for_case(Domain.GENERAL, ClockKind.DECLINE_NOTICE)
    assert LIMITS.find(Domain.GENERAL, ClockKind.DECLINE_NOTICE) is None


def test_promised_times_name_each_kind_once_with_the_unit_of_the_law() -> None:
    promised = LIMITS.promised(Domain.BIDDING)
    assert len({each.kind for each in promised}) == len(promised)


def test_two_limits_for_the_same_thing_are_refused() -> None:
    with pytest.raises(ValueError, match="two limits"):
        TimeLimits([limit(5), limit(6)])


def test_a_domain_without_a_rule_of_its_own_has_the_general_one() -> None:
    own, general = LIMITS.find(Domain.BIDDING, ClockKind.ACCEPT), LIMITS.find(Domain.PPP, ClockKind.ACCEPT)
    assert own is not None
    assert general is not None
    assert own.domains == {Domain.BIDDING}
    assert general.domains == frozenset()


def test_the_promised_times_of_a_domain_are_its_own_and_no_other_domains() -> None:
    accept, handle = ClockKind.ACCEPT, ClockKind.HANDLE
    for domain in (Domain.BIDDING, Domain.GENERAL):
        promised = LIMITS.promised(domain)
        assert {LIMITS.find(domain, accept), LIMITS.find(domain, handle)} <= set(promised)
        assert all(not each.domains or domain in each.domains for each in promised)
    assert [each.id for each in LIMITS.all() if each in LIMITS.promised(Domain.DEBT)] == [
        each.id for each in LIMITS.promised(Domain.DEBT)
    ]


def test_the_same_limit_may_stand_for_several_domains() -> None:
    both = limit(5).model_copy(update={"domains": frozenset({Domain.PPP, Domain.DEBT})})
    limits = TimeLimits([both])
    assert limits.find(Domain.PPP, ClockKind.HANDLE) is limits.find(Domain.DEBT, ClockKind.HANDLE) is both
    assert limits.find(Domain.GENERAL, ClockKind.HANDLE) is None
    assert limits.all() == (both,)


@pytest.mark.parametrize("wrong", [{"amount": 0}, {"max_extension": -1}, {"unknown": 1}])
def test_a_limit_that_makes_no_sense_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        TimeLimit.model_validate(limit(5).model_dump() | wrong)


def test_a_kind_without_a_limit_is_named() -> None:
    with pytest.raises(NotFound) as missing:
        LIMITS.for_case(Domain.GENERAL, ClockKind.DECLINE_NOTICE)
    assert missing.value.params == {"kind": ClockKind.DECLINE_NOTICE}
