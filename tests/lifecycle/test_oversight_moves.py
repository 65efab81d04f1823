"""Oversight and the system: orders, warnings, accountability, reopening, the sealed name, holds, erasure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.instants import EPOCH, FOREVER, end_of, local_date
from cases.lifecycle.making import apply
from cases.lifecycle.requirements import look_was_granted
from cases.lifecycle.retention import ENDED_CASES, QUARANTINED, expires_at
from cases.model import Case
from cases.moves.history import find_break
from cases.moves.table import NoArgs
from cases.people import CITIZEN, SYSTEM, Actor
from cases.reasons import DATE_IN_THE_PAST, NO_SUCH_ITEM, NO_SUCH_ORDER, NOT_TO_BE_TOLD
from cases.records import FreeText
from cases.vocabulary import (
    ENDED,
    AccountabilityKind,
    ClockKind,
    Move,
    OrderKind,
    ProposalKind,
    Status,
    WarningLevel,
)
from tests.lifecycle.news import news_for_people
from tests.town.clock import MONDAY
from tests.town.moves import after, before, in_status, prepared
from tests.town.people import COLLEAGUE, HANDLER, HEAD, SUPERVISOR, TRIAGE
from tests.town.places import FINANCE
from tests.town.refusing import refused

SOON = MONDAY + timedelta(hours=1)
WORKED_ON = Status.ACCEPTED


# -- orders ---------------------------------------------------------------------------------------
def test_an_order_is_numbered_and_due_at_the_end_of_its_day() -> None:
    case = in_status(WORKED_ON)
    first = after(case, Move.ORDER, SUPERVISOR, SOON)
    (order,) = first.orders
    assert (order.id, order.kind, order.what) == (f"{case.number}-D1", OrderKind.SUPERVISE, "抓紧")
    assert (order.department, order.by, order.at) == (FINANCE, SUPERVISOR, SOON)
    assert order.due_at == end_of(local_date(MONDAY).replace(month=12, day=31))
    assert order.answered_at is None
    assert first.history[-1].data == {"order": order.id, "kind": "supervise", "until": "2026-12-31"}
    assert first.history[-1].note == "抓紧"
    assert [o.id for o in after(first, Move.ORDER, SUPERVISOR).orders][1] == f"{case.number}-D2"


def test_an_order_may_be_due_today_and_not_yesterday() -> None:
    today = local_date(MONDAY)
    assert after(in_status(WORKED_ON), Move.ORDER, SUPERVISOR, until=today).orders
    with refused(DATE_IN_THE_PAST):
        after(in_status(WORKED_ON), Move.ORDER, SUPERVISOR, until=today - timedelta(days=1))


def test_an_answered_order_is_done_and_the_others_wait() -> None:
    case = after(after(in_status(WORKED_ON), Move.ORDER, SUPERVISOR), Move.ORDER, SUPERVISOR)
    second = case.orders[1].id
    done = after(case, Move.ANSWER_ORDER, at=SOON, order=second)
    assert [o.answered_at for o in done.orders] == [None, SOON]
    assert done.orders[1] == case.orders[1].model_copy(update={"answered_at": SOON})
    assert done.history[-1].data == {"order": second}
    assert done.history[-1].note == "已落实"


@pytest.mark.parametrize("order", ["o-2", "o-1"], ids=["unknown", "answered"])
def test_an_order_that_does_not_wait_is_not_answered(order: str) -> None:
    case = prepared(in_status(WORKED_ON), Move.ANSWER_ORDER)
    waiting = case.orders[0].model_copy(update={"id": "o-3"})
    both = after(case, Move.ANSWER_ORDER).model_copy(update={"orders": (*case.orders, waiting)})
    answered = both.model_copy(
        update={"orders": (case.orders[0].model_copy(update={"answered_at": MONDAY}), waiting)}
    )
    with refused(NO_SUCH_ORDER):
        after(answered, Move.ANSWER_ORDER, order=order)


# -- warnings and accountability ------------------------------------------------------------------
def test_a_warning_is_written_down_and_amber_blames_nobody() -> None:
    case = prepared(in_status(WORKED_ON), Move.WARN)
    done = after(case, Move.WARN, SYSTEM)
    due = case.clocks[0].due_at.isoformat()
    assert done.history[-1].data == {"clock": "handle", "level": "amber", "due": due}
    assert done.accountability == ()


def test_a_clock_of_before_does_not_hide_the_one_that_runs() -> None:
    reopened = after(in_status(Status.ANSWERED), Move.REOPEN, HEAD)
    done = after(reopened, Move.WARN, SYSTEM)
    assert [c.warned for c in done.clocks if c.kind is ClockKind.HANDLE] == [(), (WarningLevel.AMBER,)]


def test_a_missed_clock_is_held_against_who_held_the_case() -> None:
    case = prepared(in_status(WORKED_ON), Move.WARN)
    done = after(case, Move.WARN, SYSTEM, SOON, level=WarningLevel.RED)
    (item,) = done.accountability
    assert (item.id, item.kind) == (f"{case.number}-Z1", AccountabilityKind.MISSED_CLOCK)
    assert (item.department, item.staff, item.staff_name) == (FINANCE, "s-handler", "李承办")
    assert (item.opened_at, item.closed_at, item.outcome) == (SOON, None, None)
    assert case.clocks[0].basis in item.reason
    assert done.history[-1].data["item"] == item.id
    assert done.history[-1].data["person"] == "李承办"


def test_a_missed_clock_of_a_case_nobody_held_names_nobody() -> None:
    case = prepared(in_status(WORKED_ON), Move.WARN).model_copy(update={"holder": None})
    (item,) = after(case, Move.WARN, SYSTEM, level=WarningLevel.RED).accountability
    assert (item.staff, item.staff_name, item.department) == (None, None, FINANCE)


@pytest.mark.parametrize(
    "changes",
    [{"clock": ClockKind.REVIEW}, {"level": WarningLevel.AMBER}],
    ids=["a clock that does not run", "told before"],
)
def test_what_need_not_be_told_is_not(changes: dict[str, Any]) -> None:
    case = after(prepared(in_status(WORKED_ON), Move.WARN), Move.WARN, SYSTEM)
    with refused(NOT_TO_BE_TOLD):
        after(case, Move.WARN, SYSTEM, **changes)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(WORKED_ON, AccountabilityKind.CONDUCT), (Status.DECLINED, AccountabilityKind.UNFOUNDED_REFUSAL)],
)
def test_a_supervisor_opens_an_item_and_its_kind_follows_the_case(
    status: Status, kind: AccountabilityKind
) -> None:
    done = after(in_status(status), Move.OPEN_ACCOUNTABILITY, SUPERVISOR)
    assert [item.kind for item in done.accountability] == [kind]
    assert done.history[-1].note == "无故拖延"
    again = after(done, Move.OPEN_ACCOUNTABILITY, SUPERVISOR)
    assert [item.id[-3:] for item in again.accountability] == ["-Z1", "-Z2"]


def test_a_closed_item_keeps_its_outcome_and_the_others_stay_open() -> None:
    case = prepared(in_status(WORKED_ON), Move.CLOSE_ACCOUNTABILITY)
    case = after(case, Move.OPEN_ACCOUNTABILITY, SUPERVISOR)
    done = after(case, Move.CLOSE_ACCOUNTABILITY, SUPERVISOR, SOON)
    first, second = done.accountability
    assert (first.closed_at, first.outcome) == (SOON, "批评教育")
    assert second == case.accountability[1]
    assert done.history[-1].data == {"item": "z-1"}
    assert done.history[-1].note == "批评教育"
    for gone in ("z-1", "z-9"):
        with refused(NO_SUCH_ITEM):
            after(done, Move.CLOSE_ACCOUNTABILITY, SUPERVISOR, item=gone)


# -- reopening, quarantine, holds -----------------------------------------------------------------
def test_a_reopened_case_stays_with_who_held_it() -> None:
    case = in_status(Status.DECLINED).model_copy(update={"lease_until": EPOCH})
    done = after(case, Move.REOPEN, HEAD)
    assert (done.holder, done.lease_until) == (case.holder, FOREVER)
    assert done.history[-1].note == "发现新事实"
    free = after(case.model_copy(update={"holder": None}), Move.REOPEN, HEAD)
    assert free.lease_until == EPOCH


def test_a_case_let_out_of_quarantine_is_an_ordinary_one() -> None:
    done = after(
        prepared(in_status(Status.REGISTERED), Move.RELEASE_QUARANTINE), Move.RELEASE_QUARANTINE, TRIAGE
    )
    assert not done.quarantined


def test_a_hold_begins_and_ends_with_its_reason() -> None:
    held = after(in_status(WORKED_ON), Move.HOLD, SUPERVISOR)
    assert (held.legal_hold, held.history[-1].note) == (True, "诉讼需要")
    free = after(held, Move.LIFT_HOLD, SUPERVISOR)
    assert (free.legal_hold, free.history[-1].note) == (False, "诉讼结束")


# -- the sealed name ------------------------------------------------------------------------------
def may_look(case: Case, who: Actor) -> bool:
    return look_was_granted.holds(before(case, who))


def test_one_approval_is_one_look_for_who_asked() -> None:
    asked = after(in_status(WORKED_ON), Move.REQUEST_UNSEAL)
    assert asked.proposal(ProposalKind.UNSEAL) is not None
    assert asked.history[-1].note == "需要当面核实"
    granted = after(asked, Move.APPROVE_UNSEAL, SUPERVISOR, remark="同意")
    assert granted.history[-1].data == {"granted_to": "s-handler", "granted_name": "李承办"}
    assert granted.history[-1].note == "同意"
    assert granted.proposals == ()
    assert [may_look(c, HANDLER) for c in (asked, granted)] == [False, True]
    assert not may_look(granted, COLLEAGUE)
    seen = looked(granted, HANDLER)
    assert not may_look(seen, HANDLER)
    again = after(after(seen, Move.REQUEST_UNSEAL), Move.APPROVE_UNSEAL, SUPERVISOR)
    assert may_look(again, HANDLER)


def looked(case: Case, who: Actor) -> Case:
    return apply(before(case, who, on_reporter_page=True), Move.UNSEAL, NoArgs())


def test_a_look_of_somebody_else_spends_nothing() -> None:
    granted = after(after(in_status(WORKED_ON), Move.REQUEST_UNSEAL), Move.APPROVE_UNSEAL, SUPERVISOR)
    both = after(after(granted, Move.REQUEST_UNSEAL, HEAD), Move.APPROVE_UNSEAL, SUPERVISOR)
    assert may_look(looked(both, HEAD), HANDLER)


def test_nobody_without_an_account_may_look() -> None:
    granted = after(after(in_status(WORKED_ON), Move.REQUEST_UNSEAL), Move.APPROVE_UNSEAL, SUPERVISOR)
    nameless = granted.history[-1].model_copy(update={"data": {"granted_to": None}})
    case = granted.model_copy(update={"history": (*granted.history[:-1], nameless)})
    assert not may_look(case, CITIZEN)


def test_a_refused_look_is_off_the_table() -> None:
    refused = after(after(in_status(WORKED_ON), Move.REQUEST_UNSEAL), Move.REFUSE_UNSEAL, SUPERVISOR)
    assert (refused.proposals, refused.history[-1].note) == ((), "没有必要")
    assert not may_look(refused, HANDLER)


# -- how long words are kept ----------------------------------------------------------------------
@pytest.mark.parametrize("status", Status)
def test_words_expire_three_years_after_the_last_change_of_an_ended_case(status: Status) -> None:
    case = in_status(status)
    assert expires_at(case) == (case.updated_at + ENDED_CASES if status in ENDED else None)
    assert timedelta(days=1095) == ENDED_CASES


def test_what_lies_in_quarantine_expires_after_half_a_year() -> None:
    case = in_status(Status.REGISTERED).model_copy(update={"quarantined": True, "updated_at": SOON})
    assert expires_at(case) == MONDAY + QUARANTINED == MONDAY + timedelta(days=180)


@pytest.mark.parametrize("changes", [{"legal_hold": True}, {"anonymised_at": MONDAY}])
def test_what_is_held_or_erased_does_not_expire(changes: dict[str, object]) -> None:
    assert expires_at(in_status(Status.CLOSED).model_copy(update=changes)) is None


def test_every_word_of_people_goes_and_the_course_stays() -> None:
    case = in_status(Status.CLOSED)
    case = after(prepared(case, Move.ANSWER_ORDER), Move.NOTE)
    complaint = case.complaint.model_copy(
        update={"wish": FreeText("付款"), "period": FreeText("去年"), "similar": ("band",)}
    )
    late = MONDAY + timedelta(days=4 * 365)
    full = case.model_copy(
        update={"complaint": complaint, "evidence": in_status(WORKED_ON).evidence, "updated_at": MONDAY}
    )
    done = after(full, Move.ANONYMISE, SYSTEM, late)
    gone = done.complaint.text
    assert isinstance(gone, FreeText)
    assert gone != full.complaint.text
    assert (done.complaint.wish, done.complaint.period) == (None, None)
    assert (done.complaint.persons, done.complaint.similar) == ((), ())
    assert done.complaint.domain is full.complaint.domain
    assert (done.evidence, done.proposals, done.anonymised_at) == ((), (), late)
    (letter,) = done.letters
    assert {letter.request, letter.facts, letter.opinion} == {gone}
    assert letter.serial == full.letters[0].serial
    assert [order.what for order in done.orders] == [gone]
    assert all(entry.note is None and entry.note_salt == "" for entry in done.history)
    assert [entry.move for entry in done.history] == [*(e.move for e in full.history), Move.ANONYMISE]
    assert find_break(done.history) is None


# -- recounting -----------------------------------------------------------------------------------
def test_a_recount_that_moves_a_day_is_told_and_written_down() -> None:
    case = prepared(in_status(WORKED_ON), Move.RECOUNT)
    done = after(case, Move.RECOUNT, SYSTEM)
    assert done.history[-1].data == {"due": {"handle": done.clocks[0].due_at.isoformat()}}
    assert [news.template for news in news_for_people(case, done)] == ["staff-recounted"]


def test_a_recount_that_only_makes_a_day_certain_is_told_to_nobody() -> None:
    case = in_status(Status.REGISTERED)
    unsure = case.clocks[0].model_copy(update={"provisional": True})
    assert not case.clocks[0].provisional
    vague = case.model_copy(update={"clocks": (unsure,)})
    done = after(vague, Move.RECOUNT, SYSTEM)
    assert done.clocks == case.clocks
    assert list(done.history[-1].data["due"]) == ["accept"]
    assert news_for_people(vague, done) == []
