"""From a report to a case: what was confirmed wins over what was read, and the first promise begins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases import clocks
from cases.model import Accused, Case
from cases.moves.history import find_break
from cases.people import CITIZEN, SYSTEM
from cases.records import FreeText
from cases.service.intake import Preview, Report, complaint_of, open_case, preview, promises
from cases.vocabulary import (
    Audience,
    Channel,
    ClockKind,
    DecidedBy,
    EventKind,
    Language,
    Move,
    Status,
    Unit,
)
from classify.types import (
    AdminLevel,
    Classification,
    Domain,
    MatchedPhrase,
    NamedBody,
    Region,
    Severity,
    Span,
    StatedPeriod,
)
from tests.town.clock import MONDAY
from tests.town.places import FINANCE, REFORM
from tests.town.rules import RULES


def phrase(words: str, domain: Domain | None) -> MatchedPhrase:
    return MatchedPhrase(phrase=words, matched=words, span=Span(0, 1), score=100.0, domain=domain)


READ = Classification(
    domain=Domain.PROCUREMENT,
    confidence=0.9,
    candidates=(),
    phrases=(phrase("中标", Domain.PROCUREMENT), phrase("拖欠", None), phrase("中标", Domain.PROCUREMENT)),
    region=Region("630100", "青海省西宁市", AdminLevel.PREFECTURE),
    accused=(NamedBody("青海省教育厅", AdminLevel.PROVINCE),),
    amount_yuan=300_000,
    period=StatedPeriod(date(2025, 1, 1), None, "去年起"),
    wish="付款",
    severity=Severity.SERIOUS,
)
NOTHING = Classification(domain=Domain.GENERAL, confidence=0.2, candidates=(), phrases=())


def report(**changes: Any) -> Report:
    fields = {"channel": Channel.WEB, "language": Language.ZH_HANS, "text": FreeText("中标后不签合同")}
    return Report.model_validate(fields | changes)


# -- understanding --------------------------------------------------------------------------------
def test_what_nobody_corrected_is_as_it_was_read() -> None:
    found = complaint_of(report(), READ)
    assert (found.text, found.wish, found.period) == ("中标后不签合同", "付款", "去年起")
    assert (found.domain, found.domain_by, found.confidence) == (
        Domain.PROCUREMENT,
        DecidedBy.CLASSIFIER,
        0.9,
    )
    assert (found.region_code, found.region_name) == ("630100", "青海省西宁市")
    assert found.accused == (Accused(name="青海省教育厅", level=AdminLevel.PROVINCE),)
    assert (found.amount_yuan, found.severity, found.named) == (300_000, Severity.SERIOUS, False)
    assert isinstance(found.wish, FreeText)
    assert isinstance(found.period, FreeText)


def test_what_was_confirmed_wins() -> None:
    confirmed = report(
        wish="道歉",
        domain=Domain.DEBT,
        domain_by=DecidedBy.CITIZEN,
        region_code="630200",
        region_name="青海省海东市",
        accused=("海东市财政局",),
        amount_yuan=0,
        period="三年前",
    )
    found = complaint_of(confirmed, READ)
    assert (found.wish, found.period, found.amount_yuan) == ("道歉", "三年前", 0)
    assert (found.domain, found.domain_by, found.confidence) == (Domain.DEBT, DecidedBy.CITIZEN, 1.0)
    assert (found.region_code, found.region_name) == ("630200", "青海省海东市")
    assert found.accused == (Accused(name="海东市财政局", level=None),)


def test_a_domain_carried_along_from_the_classifier_is_not_a_choice() -> None:
    found = complaint_of(report(domain=Domain.DEBT), READ)
    assert (found.domain, found.domain_by, found.confidence) == (Domain.DEBT, DecidedBy.CLASSIFIER, 0.9)


def test_a_confirmed_body_that_was_also_read_keeps_its_level() -> None:
    found = complaint_of(report(accused=("青海省教育厅",)), READ)
    assert found.accused == (Accused(name="青海省教育厅", level=AdminLevel.PROVINCE),)


@pytest.mark.parametrize("told", [{"region_name": "某地"}, {"region_code": "630200"}])
def test_a_place_that_was_told_is_not_mixed_with_the_one_read(told: dict[str, str]) -> None:
    found = complaint_of(report(**told), READ)
    assert (found.region_code, found.region_name) == (told.get("region_code"), told.get("region_name"))


def test_what_is_not_in_the_text_stays_unknown() -> None:
    found = complaint_of(report(), NOTHING)
    assert (found.wish, found.period, found.region_code, found.accused) == (None, None, None, ())
    assert (found.amount_yuan, found.matched) == (None, ())


def test_phrases_of_the_domain_are_kept_each_once_and_at_most_eight() -> None:
    assert complaint_of(report(), READ).matched == ("中标",)
    many = tuple(phrase(f"词{n}", Domain.DEBT) for n in range(12))
    found = complaint_of(report(), Classification(Domain.DEBT, 0.9, (), many))
    assert found.matched == tuple(f"词{n}" for n in range(8))


@pytest.mark.parametrize("told", [{"name": "张三"}, {"contact": "电话"}])
def test_a_name_or_a_contact_makes_a_report_named(told: dict[str, str]) -> None:
    assert complaint_of(report(**told), NOTHING).named


# -- preview --------------------------------------------------------------------------------------
def test_a_preview_knows_our_department_where_it_goes_and_what_is_promised() -> None:
    seen = preview(complaint_of(report(), READ), RULES, MONDAY)
    assert seen.complaint.accused == (
        Accused(name="青海省教育厅", level=AdminLevel.PROVINCE, department="630000:省教育厅"),
    )
    assert seen.routing.department == FINANCE
    assert [p.kind for p in seen.promises] == [ClockKind.ACCEPT, ClockKind.HANDLE]


@pytest.mark.parametrize(("place", "meant"), [("230100", "230100:市财政局"), ("630100", None)])
def test_a_body_named_without_its_place_is_that_of_the_complaint(place: str, meant: str | None) -> None:
    given = report(accused=("市财政局",), region_code=place)
    accused = preview(complaint_of(given, NOTHING), RULES, MONDAY).complaint.accused
    assert accused == (Accused(name="市财政局", department=meant),)


def test_a_body_that_is_none_of_ours_has_no_department() -> None:
    seen = preview(complaint_of(report(accused=("某某公司",)), READ), RULES, MONDAY)
    assert seen.complaint.accused == (Accused(name="某某公司"),)
    assert preview(complaint_of(report(), NOTHING), RULES, MONDAY).complaint.accused == ()


def test_what_is_not_sure_goes_to_triage() -> None:
    vague = complaint_of(report(region_code="630100"), NOTHING)
    assert preview(vague, RULES, MONDAY).routing.triage
    chosen = report(
        region_code="630100",
        domain=Domain.GENERAL,
        domain_by=DecidedBy.CITIZEN,
        accused=("西宁市教育局",),
    )
    assert not preview(complaint_of(chosen, NOTHING), RULES, MONDAY).routing.triage


def test_the_times_of_a_domain_are_promised_with_their_law_and_the_first_with_its_day() -> None:
    accept, handle = promises(Domain.BIDDING, RULES, MONDAY)
    limit = RULES.limits.for_case(Domain.BIDDING, ClockKind.ACCEPT)
    assert (accept.basis, accept.amount, accept.unit) == (limit.basis, 3, Unit.WORKING_DAY)
    assert accept.due_at == clocks.start(limit, MONDAY, RULES.calendar).due_at
    assert not accept.provisional
    assert (handle.amount, handle.due_at, handle.provisional) == (30, None, False)
    assert [p.due_at for p in promises(Domain.BIDDING, RULES, None)] == [None, None]


def test_a_promise_into_a_year_without_a_calendar_says_so() -> None:
    accept, _ = promises(Domain.GENERAL, RULES, MONDAY + timedelta(days=35))
    assert accept.provisional


# -- opening --------------------------------------------------------------------------------------
def seen_of(given: Report, read: Classification) -> Preview:
    return preview(complaint_of(given, read), RULES, MONDAY)


def opened(read: Classification = READ, actor: Any = CITIZEN, **changes: Any) -> Case:
    given = report(**changes)
    return open_case("SX20261123-0000001-0", "key-1", given, seen_of(given, read), RULES, MONDAY, actor)


def test_a_new_case_lies_in_its_queue_with_its_first_clock() -> None:
    case = opened()
    assert (case.number, case.filing_key, case.version) == ("SX20261123-0000001-0", "key-1", 1)
    assert case.filed_at == case.updated_at == MONDAY
    assert (case.channel, case.language, case.status) == (Channel.WEB, Language.ZH_HANS, Status.REGISTERED)
    assert (case.department, case.department_name) == (FINANCE, "青海省财政厅")
    assert (case.holder, case.quarantined, case.evidence) == (None, False, ())
    limit = RULES.limits.for_case(Domain.PROCUREMENT, ClockKind.ACCEPT)
    assert case.clocks == (clocks.start(limit, MONDAY, RULES.calendar, FINANCE),)
    assert case.complaint == seen_of(report(), READ).complaint


def test_its_history_begins_with_why_it_lies_there() -> None:
    (entry,) = opened().history
    assert (entry.seq, entry.move, entry.before, entry.after) == (
        1,
        Move.REGISTER,
        None,
        Status.REGISTERED,
    )
    assert (entry.at, entry.actor) == (MONDAY, CITIZEN)
    assert entry.data == {
        "channel": "web",
        "domain": "procurement",
        "department": FINANCE,
        "reasons": list(opened().routing.reasons),
        "quarantined": False,
    }
    assert find_break([entry]) is None
    assert opened(actor=SYSTEM).history[0].actor == SYSTEM


def test_its_department_is_told_and_its_systems_too() -> None:
    people, systems = opened().notifications
    assert (people.audience, people.target, people.template) == (
        Audience.DEPARTMENT,
        FINANCE,
        "staff-new-case",
    )
    assert (people.id, people.params) == (
        "SX20261123-0000001-0:1:0",
        {"number": "SX20261123-0000001-0"},
    )
    assert (systems.audience, systems.template) == (Audience.SYSTEMS, EventKind.REGISTERED)
    assert FINANCE in systems.params["to"]


def test_the_accused_and_all_below_it_are_barred_from_the_beginning() -> None:
    case = opened(accused=("青海省人民政府",))
    assert {"630000:青海省人民政府", FINANCE, REFORM, "630100:西宁市人民政府"} <= set(case.barred)
    assert list(case.barred) == sorted(case.barred)
    assert opened(NOTHING).barred == ()


SPAM = Classification(Domain.SPAM, 0.99, (), ())


def test_what_looks_like_spam_waits_apart_without_a_promise_and_tells_nobody() -> None:
    case = opened(SPAM)
    assert case.quarantined
    assert (case.clocks, case.notifications) == ((), ())
    assert case.history[0].data["quarantined"] is True


def test_what_a_person_calls_spam_is_no_suspicion_of_the_classifier() -> None:
    case = opened(READ, domain=Domain.SPAM, domain_by=DecidedBy.STAFF)
    assert not case.quarantined
    assert case.clocks


def test_where_somebody_is_in_danger_the_supervisors_are_told_too() -> None:
    case = opened(danger=True)
    told = [(one.audience, one.target, one.template) for one in case.notifications[:2]]
    assert told == [
        (Audience.DEPARTMENT, FINANCE, "staff-danger"),
        (Audience.SUPERVISORS, "qinghai", "staff-danger"),
    ]
    assert [one.id.rpartition(":")[2] for one in case.notifications[:2]] == ["0", "1"]
    assert not opened(SPAM, danger=True).quarantined, "a cry for help is no spam"


def test_a_case_is_filed_at_an_instant_as_it_is_stored() -> None:
    given, late = report(), MONDAY + timedelta(microseconds=7)
    case = open_case("n", "k", given, seen_of(given, READ), RULES, late)
    assert (case.filed_at, case.updated_at, case.history[0].at) == (MONDAY, MONDAY, MONDAY)
