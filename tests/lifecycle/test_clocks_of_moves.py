"""Which clocks each move starts, meets, stops, pauses and lengthens; every other clock is left as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import clocks
from cases.clocks import Clock
from cases.model import Case
from cases.people import CITIZEN, SYSTEM, Actor
from cases.vocabulary import ClockKind, Move, Status, WarningLevel
from classify.types import Domain
from tests.town.clock import MONDAY
from tests.town.moves import after, in_status, prepared, reviewer_of
from tests.town.people import HANDLER, HEAD, RECEIVER, SUPERVISOR, TRIAGE
from tests.town.places import FINANCE, REFORM
from tests.town.rules import RULES

SOON = MONDAY + timedelta(hours=1)
CLOCKLESS = [
    (Move.CLAIM, Status.ACCEPTED, HANDLER),
    (Move.RELEASE, Status.ACCEPTED, HANDLER),
    (Move.ASSIGN, Status.ACCEPTED, HEAD),
    (Move.PROPOSE_DECLINE, Status.REGISTERED, HANDLER),
    (Move.REFUSE_DECLINE, Status.REGISTERED, HEAD),
    (Move.SUPPLEMENT, Status.ACCEPTED, CITIZEN),
    (Move.DISPUTE, Status.REGISTERED, HANDLER),
    (Move.CORRECT, Status.REGISTERED, HANDLER),
    (Move.INVITE, Status.ACCEPTED, HANDLER),
    (Move.WRITE, Status.ACCEPTED, HANDLER),
    (Move.NOTE, Status.ACCEPTED, HANDLER),
    (Move.ATTACH, Status.ACCEPTED, HANDLER),
    (Move.REQUEST_EXTENSION, Status.ACCEPTED, HANDLER),
    (Move.REFUSE_EXTENSION, Status.ACCEPTED, HEAD),
    (Move.SPLIT, Status.REGISTERED, HANDLER),
    (Move.RATE, Status.ANSWERED, CITIZEN),
    (Move.FOLLOW_UP, Status.ANSWERED, SYSTEM),
    (Move.RECORD_RATING, Status.ANSWERED, SUPERVISOR),
    (Move.SAMPLE, Status.CLOSED, SYSTEM),
    (Move.CHECK, Status.CLOSED, SUPERVISOR),
    (Move.ORDER, Status.ACCEPTED, SUPERVISOR),
    (Move.ANSWER_ORDER, Status.ACCEPTED, HANDLER),
    (Move.OPEN_ACCOUNTABILITY, Status.ACCEPTED, SUPERVISOR),
    (Move.CLOSE_ACCOUNTABILITY, Status.ACCEPTED, SUPERVISOR),
    (Move.HOLD, Status.ACCEPTED, SUPERVISOR),
    (Move.ANONYMISE, Status.CLOSED, SYSTEM),
]


def clock(case: Case, kind: ClockKind) -> Clock:
    found = case.clock(kind)
    assert found is not None
    return found


def running(case: Case) -> list[tuple[ClockKind, str | None]]:
    return [(c.kind, c.department) for c in case.clocks if c.running]


def started(case: Case, kind: ClockKind, domain: Domain = Domain.GENERAL, department: str = FINANCE) -> Clock:
    """What the law gives from SOON on."""
    return clocks.start(RULES.limits.for_case(domain, kind), SOON, RULES.calendar, department)


@pytest.mark.parametrize(("move", "status", "by"), CLOCKLESS, ids=[m for m, *_ in CLOCKLESS])
def test_these_moves_touch_no_clock(move: Move, status: Status, by: Actor) -> None:
    case = prepared(in_status(status), move)
    assert after(case, move, by, SOON).clocks == case.clocks


def test_acceptance_keeps_one_promise_and_gives_the_next() -> None:
    done = after(in_status(Status.REGISTERED), Move.ACCEPT, at=SOON)
    assert clock(done, ClockKind.ACCEPT).met_at == SOON
    assert clock(done, ClockKind.HANDLE) == started(done, ClockKind.HANDLE)
    assert running(done) == [(ClockKind.HANDLE, FINANCE)]


def test_a_refusal_in_time_keeps_the_promise_and_leaves_nothing_running() -> None:
    case = prepared(in_status(Status.REGISTERED), Move.COUNTERSIGN_DECLINE)
    done = after(case, Move.COUNTERSIGN_DECLINE, HEAD, SOON)
    assert clock(done, ClockKind.ACCEPT).met_at == SOON
    assert clock(done, ClockKind.ACCEPT).stopped_at is None
    assert running(done) == []


def test_a_refusal_stops_the_clock_of_an_offered_transfer() -> None:
    offered = after(in_status(Status.REGISTERED), Move.TRANSFER)
    declined = after(prepared(offered, Move.COUNTERSIGN_DECLINE), Move.COUNTERSIGN_DECLINE, HEAD, SOON)
    assert clock(declined, ClockKind.TRANSFER_RETURN).stopped_at == SOON


def test_asking_for_papers_pauses_and_their_arrival_resumes() -> None:
    waiting = after(in_status(Status.ACCEPTED), Move.ASK_SUPPLEMENT, at=SOON)
    assert clock(waiting, ClockKind.HANDLE).paused_at == SOON
    assert clock(waiting, ClockKind.ACCEPT).paused_at is None
    assert running(waiting) == []
    back = SOON + timedelta(days=4)
    resumed = clock(after(waiting, Move.SUPPLEMENT, CITIZEN, back), ClockKind.HANDLE)
    assert (resumed.paused_at, resumed.running) == (None, True)
    assert resumed == clocks.resume(clock(waiting, ClockKind.HANDLE), back, RULES.calendar)


def test_an_answer_meets_the_time_to_handle_and_stops_what_else_runs() -> None:
    offered = after(in_status(Status.ACCEPTED), Move.TRANSFER)
    done = after(offered, Move.ANSWER, at=SOON)
    assert clock(done, ClockKind.HANDLE).met_at == SOON
    assert clock(done, ClockKind.TRANSFER_RETURN).stopped_at == SOON
    assert clock(done, ClockKind.TRANSFER_RETURN).met_at is None
    assert running(done) == []


@pytest.mark.parametrize(
    ("status", "kind"),
    [(Status.IN_REVIEW, ClockKind.REVIEW), (Status.IN_FINAL_REVIEW, ClockKind.FINAL_REVIEW)],
)
def test_a_review_runs_against_the_reviewer_and_ends_with_the_answer(status: Status, kind: ClockKind) -> None:
    case = in_status(status)
    assert running(case) == [(kind, case.department)]
    assert clock(case, kind) == clocks.start(
        RULES.limits.for_case(Domain.GENERAL, kind), MONDAY, RULES.calendar, case.department
    )
    done = after(case, Move.ANSWER, reviewer_of(case), SOON)
    assert clock(done, kind).met_at == SOON
    assert running(done) == []


@pytest.mark.parametrize(
    ("move", "by"), [(Move.WITHDRAW, CITIZEN), (Move.MERGE, HANDLER)], ids=["withdrawn", "merged"]
)
def test_a_case_that_ends_without_a_decision_stops_its_clocks(move: Move, by: Actor) -> None:
    done = after(in_status(Status.ACCEPTED), move, by, SOON)
    assert clock(done, ClockKind.HANDLE).stopped_at == SOON
    assert clock(done, ClockKind.HANDLE).met_at is None
    assert running(done) == []


def test_a_case_withdrawn_while_it_waits_for_papers_stops_its_clock_too() -> None:
    done = after(in_status(Status.AWAITING_CITIZEN), Move.WITHDRAW, CITIZEN, SOON)
    assert clock(done, ClockKind.HANDLE).stopped_at == SOON


def test_closing_stops_whatever_still_runs() -> None:
    case = in_status(Status.ANSWERED)
    again = case.model_copy(update={"clocks": (*case.clocks, started(case, ClockKind.REVIEW))})
    assert running(after(again, Move.CLOSE, at=SOON)) == []


def test_reopening_gives_the_time_to_handle_anew() -> None:
    case = in_status(Status.ANSWERED)
    done = after(case, Move.REOPEN, HEAD, SOON)
    assert done.clocks == (*case.clocks, started(case, ClockKind.HANDLE))


def test_an_extension_lengthens_the_time_to_handle_once_it_is_approved() -> None:
    case = in_status(Status.ACCEPTED)
    asked = after(case, Move.REQUEST_EXTENSION, at=SOON, days=20)
    granted = after(asked, Move.APPROVE_EXTENSION, HEAD, SOON)
    limit = RULES.limits.for_case(Domain.GENERAL, ClockKind.HANDLE)
    expected = clocks.extend(clock(case, ClockKind.HANDLE), 20, RULES.calendar, limit, SOON)
    assert clock(granted, ClockKind.HANDLE) == expected
    assert clock(granted, ClockKind.ACCEPT) == clock(case, ClockKind.ACCEPT)


def test_an_offered_transfer_gives_the_receiver_five_working_days_and_the_rest_runs_on() -> None:
    case = in_status(Status.REGISTERED)
    done = after(case, Move.TRANSFER, at=SOON)
    expected = started(case, ClockKind.TRANSFER_RETURN, department=REFORM)
    assert done.clocks == (*case.clocks, expected)
    assert (expected.amount, expected.unit) == (5, "working_day")


@pytest.mark.parametrize("move", [Move.ACCEPT_TRANSFER, Move.RETURN_TRANSFER])
def test_a_transfer_taken_or_returned_meets_its_clock(move: Move) -> None:
    offered = after(in_status(Status.REGISTERED), Move.TRANSFER)
    done = after(offered, move, RECEIVER, SOON)
    assert clock(done, ClockKind.TRANSFER_RETURN).met_at == SOON


def test_a_returned_transfer_leaves_the_first_promise_running() -> None:
    offered = after(in_status(Status.REGISTERED), Move.TRANSFER)
    done = after(offered, Move.RETURN_TRANSFER, RECEIVER, SOON)
    assert running(done) == [(ClockKind.ACCEPT, FINANCE)]


def test_who_takes_a_case_over_before_acceptance_has_the_whole_time_to_accept() -> None:
    offered = after(in_status(Status.REGISTERED), Move.TRANSFER)
    done = after(offered, Move.ACCEPT_TRANSFER, RECEIVER, SOON)
    first, last = (c for c in done.clocks if c.kind is ClockKind.ACCEPT)
    assert (first.stopped_at, first.met_at) == (SOON, None)
    assert last == started(done, ClockKind.ACCEPT, department=REFORM)
    assert running(done) == [(ClockKind.ACCEPT, REFORM)]


def test_who_takes_an_accepted_case_over_inherits_the_time_that_is_left() -> None:
    case = in_status(Status.ACCEPTED)
    done = after(after(case, Move.TRANSFER), Move.ACCEPT_TRANSFER, RECEIVER, SOON)
    was, now = clock(case, ClockKind.HANDLE), clock(done, ClockKind.HANDLE)
    assert now == was.model_copy(update={"department": REFORM})
    assert [c for c in done.clocks if c.kind is ClockKind.ACCEPT] == [clock(case, ClockKind.ACCEPT)]


@pytest.mark.parametrize("chosen", [FINANCE, REFORM])
def test_a_decided_dispute_stops_the_clock_of_the_transfer(chosen: str) -> None:
    offered = after(in_status(Status.REGISTERED), Move.TRANSFER)
    case = prepared(offered, Move.DECIDE_DISPUTE)
    done = after(case, Move.DECIDE_DISPUTE, SUPERVISOR, SOON, department=chosen)
    assert clock(done, ClockKind.TRANSFER_RETURN).stopped_at == SOON
    assert running(done) == [(ClockKind.ACCEPT, chosen)]


def test_triage_gives_the_time_that_belongs_to_the_domain_it_names() -> None:
    case = prepared(in_status(Status.REGISTERED), Move.ROUTE)
    done = after(case, Move.ROUTE, TRIAGE, SOON, domain=Domain.BIDDING)
    assert clock(done, ClockKind.ACCEPT) == started(done, ClockKind.ACCEPT, Domain.BIDDING, REFORM)
    kept = after(case, Move.ROUTE, TRIAGE, SOON)
    assert clock(kept, ClockKind.ACCEPT) == started(kept, ClockKind.ACCEPT, Domain.GENERAL, REFORM)


def quarantined() -> Case:
    """As a complaint that looked like spam is filed: no clock runs, and triage must decide."""
    case = prepared(in_status(Status.REGISTERED), Move.ROUTE)
    return case.model_copy(update={"clocks": (), "quarantined": True})


def test_a_case_let_out_of_quarantine_gets_its_first_promise() -> None:
    done = after(quarantined(), Move.RELEASE_QUARANTINE, TRIAGE, SOON)
    assert done.clocks == (started(done, ClockKind.ACCEPT),)


def test_a_case_that_triage_takes_out_of_quarantine_gets_its_first_promise() -> None:
    done = after(quarantined(), Move.ROUTE, TRIAGE, SOON)
    assert done.clocks == (started(done, ClockKind.ACCEPT, department=REFORM),)


def test_a_warning_marks_the_clock_it_is_about() -> None:
    case = prepared(in_status(Status.ACCEPTED), Move.WARN)
    case = case.model_copy(update={"clocks": (*case.clocks, started(case, ClockKind.TRANSFER_RETURN))})
    amber = after(case, Move.WARN, SYSTEM, SOON)
    assert clock(amber, ClockKind.HANDLE).warned == (WarningLevel.AMBER,)
    assert clock(amber, ClockKind.TRANSFER_RETURN).warned == ()
    red = after(amber, Move.WARN, SYSTEM, SOON, level=WarningLevel.RED)
    assert clock(red, ClockKind.HANDLE).warned == (WarningLevel.AMBER, WarningLevel.RED)


def test_days_that_were_unsure_are_counted_anew_and_the_rest_stays() -> None:
    case = prepared(in_status(Status.ACCEPTED), Move.RECOUNT)
    sure = started(case, ClockKind.TRANSFER_RETURN)
    case = case.model_copy(update={"clocks": (*case.clocks, sure)})
    done = after(case, Move.RECOUNT, SYSTEM, SOON)
    assert done.clocks == tuple(clocks.recompute(c, RULES.calendar) for c in case.clocks)
    assert clock(done, ClockKind.HANDLE).due_at != clock(case, ClockKind.HANDLE).due_at
    assert clock(done, ClockKind.TRANSFER_RETURN) == sure
