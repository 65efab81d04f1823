"""Every published time is watched: by a clock, at the act, or as the citizen's window.

Each published promise is kept here by a course of moves in which its clock is found, begun at the event the
law names; what nobody watches is not published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cases import clocks
from cases.clocks import Clock
from cases.lifecycle.table import TABLE
from cases.model import Case
from cases.people import CITIZEN
from cases.rules.time_limits import ABOUT_RECORDS, Keeping, TimeLimit
from cases.vocabulary import ClockKind, Move, Status
from classify.types import Domain
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after, before, in_status, reviewer_of
from tests.town.people import HEAD, RECEIVER, TRIAGE
from tests.town.places import FINANCE
from tests.town.rules import RULES

SOON, LATE = MONDAY + timedelta(hours=1), MONDAY + timedelta(days=40)
TIMES = RULES.limits


def of_domain(case: Case, domain: Domain) -> Case:
    """As it would stand had it been filed under this domain: with that domain's time to accept."""
    limit = TIMES.for_case(domain, ClockKind.ACCEPT)
    first = clocks.start(limit, MONDAY, RULES.calendar, case.department)
    complaint = case.complaint.model_copy(update={"domain": domain})
    return case.model_copy(update={"complaint": complaint, "clocks": (first,)})


def held(domain: Domain) -> Case:
    return after(of_domain(registered(), domain), Move.CLAIM)


def reviewed(domain: Domain) -> Case:
    return after(after(after(held(domain), Move.ACCEPT), Move.ANSWER), Move.ASK_REVIEW, CITIZEN, SOON)


def final(domain: Domain) -> Case:
    case = after(reviewed(domain), Move.CLAIM, reviewer_of(reviewed(domain)))
    return after(after(case, Move.ANSWER, reviewer_of(case)), Move.ASK_FINAL_REVIEW, CITIZEN, SOON)


COURSES: dict[ClockKind, Callable[[Domain], Case]] = {
    ClockKind.ACCEPT: held,
    ClockKind.HANDLE: lambda domain: after(held(domain), Move.ACCEPT, at=SOON),
    ClockKind.SUPPLEMENT_ASK: lambda domain: after(held(domain), Move.ASK_SUPPLEMENT, at=LATE),
    ClockKind.DECLINE_NOTICE: lambda domain: after(held(domain), Move.PROPOSE_DECLINE, at=SOON),
    ClockKind.TRANSFER: lambda domain: after(after(held(domain), Move.ACCEPT), Move.TRANSFER, at=LATE),
    ClockKind.TRANSFER_RETURN: lambda domain: after(held(domain), Move.TRANSFER, at=SOON),
    ClockKind.REVIEW: reviewed,
    ClockKind.FINAL_REVIEW: final,
}
"""How a clock of each kind comes to run; the window of the citizen and the triage have tests of their own."""


def promised() -> Iterator[tuple[Domain, TimeLimit]]:
    for domain in (d for d in Domain if d.in_scope):
        for limit in TIMES.promised(domain):
            if limit.kept is not Keeping.WINDOW and limit.kind in COURSES:
                yield domain, limit


@pytest.mark.parametrize(("domain", "limit"), list(promised()), ids=lambda one: getattr(one, "id", str(one)))
def test_each_published_promise_has_its_clock(domain: Domain, limit: TimeLimit) -> None:
    clock: Clock | None = COURSES[limit.kind](domain).clock(limit.kind)
    assert clock is not None
    assert (clock.amount, clock.unit, clock.basis) == (limit.amount, limit.unit, limit.basis)
    if limit.kept is Keeping.ACT or limit.kind is ClockKind.ACCEPT:
        assert clock.started_at == MONDAY, "counted from the event, whenever the act was"
    else:
        expected = MONDAY if limit.starts_from == "received" else SOON
        assert clock.started_at == expected
    assert (clock.met_at == LATE) == (limit.kept is Keeping.ACT)


def test_what_waits_for_triage_is_registered_and_forwarded_under_a_clock() -> None:
    limit = TIMES.for_case(Domain.GENERAL, ClockKind.REGISTER)
    clock = clocks.start(limit, MONDAY, RULES.calendar, FINANCE)
    waiting = registered()
    waiting = waiting.model_copy(
        update={
            "clocks": (*waiting.clocks, clock),
            "routing": waiting.routing.model_copy(update={"triage": True}),
        }
    )
    for move, by in ((Move.ROUTE, TRIAGE), (Move.ACCEPT, HEAD)):
        case = waiting if move is Move.ROUTE else after(waiting, Move.CLAIM)
        done = after(case, move, by if move is Move.ROUTE else before(case, HEAD).actor, SOON)
        kept = done.clock(ClockKind.REGISTER)
        assert kept is not None
        assert kept.met_at == SOON


@pytest.mark.parametrize(
    ("kind", "domain", "move", "status"),
    [
        (ClockKind.SUPPLEMENT_ASK, Domain.GENERAL, Move.ASK_SUPPLEMENT, Status.REGISTERED),
        (ClockKind.TRANSFER, Domain.DEBT, Move.TRANSFER, Status.ACCEPTED),
    ],
)
def test_an_act_that_comes_too_late_opens_an_item_once(
    kind: ClockKind, domain: Domain, move: Move, status: Status
) -> None:
    case = held(domain)
    if status is Status.ACCEPTED:
        case = after(case, Move.ACCEPT)
    in_time = after(case, move, at=SOON)
    assert (in_time.clock(kind), in_time.accountability) == (None, ())
    late = after(case, move, at=LATE)
    clock = late.clock(kind)
    assert clock is not None
    assert clocks.is_late(clock, LATE)
    assert [item.opened_at for item in late.accountability] == [LATE]
    assert clock.basis in late.accountability[0].reason
    if move is Move.TRANSFER:
        again = after(after(late, Move.RETURN_TRANSFER, RECEIVER, LATE), move, at=LATE + timedelta(days=9))
        assert len(again.accountability) == 1


def test_papers_asked_for_while_the_matter_is_examined_are_not_held_against_anybody() -> None:
    done = after(in_status(Status.ACCEPTED), Move.ASK_SUPPLEMENT, at=LATE)
    assert done.clock(ClockKind.SUPPLEMENT_ASK) is None
    assert done.accountability == ()


def test_the_notice_of_a_refusal_ends_its_clock_whichever_way_it_is_decided() -> None:
    proposed = after(held(Domain.PROCUREMENT), Move.PROPOSE_DECLINE, at=SOON)
    told = after(proposed, Move.COUNTERSIGN_DECLINE, HEAD, LATE).clock(ClockKind.DECLINE_NOTICE)
    refused = after(proposed, Move.REFUSE_DECLINE, HEAD, LATE).clock(ClockKind.DECLINE_NOTICE)
    assert told is not None
    assert refused is not None
    assert (told.met_at, refused.stopped_at) == (LATE, LATE)


def test_time_from_receipt_does_not_begin_anew_with_acceptance_and_pauses_are_not_counted() -> None:
    """政府采购法 第五十六条: thirty working days from receipt, without the time for missing papers."""
    at = [MONDAY + timedelta(days=n) for n in (0, 1, 4, 5)]
    case = after(held(Domain.PROCUREMENT), Move.ASK_SUPPLEMENT, at=at[1])
    case = after(after(case, Move.SUPPLEMENT, CITIZEN, at[2]), Move.ACCEPT, at=at[3])
    clock = case.clock(ClockKind.HANDLE)
    assert clock is not None
    assert clock.started_at == MONDAY
    limit = TIMES.for_case(Domain.PROCUREMENT, ClockKind.HANDLE)
    paused = clocks.pause(clocks.start(limit, MONDAY, RULES.calendar), at[1])
    assert clock.due_at == clocks.resume(paused, at[2], RULES.calendar).due_at


@pytest.mark.parametrize("kind", [ClockKind.REVIEW_APPLY, ClockKind.FINAL_REVIEW_APPLY])
def test_the_citizens_own_time_is_a_move_that_is_offered_until_it_is_over(kind: ClockKind) -> None:
    limit = TIMES.for_case(Domain.GENERAL, kind)
    assert limit.kept is Keeping.WINDOW
    case, move = in_status(Status.ANSWERED), Move.ASK_REVIEW
    if kind is ClockKind.FINAL_REVIEW_APPLY:
        review = in_status(Status.IN_REVIEW)
        case, move = after(review, Move.ANSWER, reviewer_of(review)), Move.ASK_FINAL_REVIEW
    end = clocks.start(limit, MONDAY, RULES.calendar).due_at
    assert TABLE.obstacle(move, before(case, CITIZEN, end)) is None
    assert TABLE.obstacle(move, before(case, CITIZEN, end + timedelta(days=1))) is not None


def test_what_nobody_watches_is_not_published_and_what_is_started_is() -> None:
    """Whoever makes a clock of a kind that is not published yet changes its `kept` in `time_limits.toml`."""
    silent = {limit.kind for limit in TIMES.all() if limit.kept is Keeping.NOBODY}
    shown = {limit.kind for domain in Domain if domain.in_scope for limit in TIMES.promised(domain)}
    assert not silent & shown
    for file in (Path(__file__).parents[2] / "cases").rglob("*.py"):
        if file.name not in {"vocabulary.py", "words.py"}:
            started = {kind for kind in silent if f"ClockKind.{kind.name}" in file.read_text("utf-8")}
            assert not started, f"{file.name} uses {started}: publish it"
    windows = {ClockKind.REVIEW_APPLY, ClockKind.FINAL_REVIEW_APPLY}
    assert shown == {*COURSES, ClockKind.REGISTER, *windows, *ABOUT_RECORDS}


@pytest.mark.parametrize("kind", sorted(ABOUT_RECORDS))
def test_promises_about_records_are_kept_by_the_integrity_side(kind: str) -> None:
    """Its own tests see the clocks run; here it is seen that it has them at all."""
    rooms = (Path(__file__).parents[2] / "cases" / "integrity").rglob("*.py")
    assert any(f"ClockKind.{ClockKind(kind).name}" in file.read_text("utf-8") for file in rooms)
