"""How promises are judged, how a case came out, and which events are counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.figures.facts import CaseFacts, Event, Happening, Verdict
from cases.figures.measures import ENDING_NAMES, facts_of
from cases.people import CITIZEN, SYSTEM, Actor
from cases.records import FreeText
from cases.vocabulary import Channel, ClockKind, Move, Outcome, Status, WarningLevel
from tests.figures.courses import DAY, HOUR, accepted, answered, held
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after, in_status, prepared, reviewer_of
from tests.town.people import HANDLER, HEAD, RECEIVER, SUPERVISOR, TRIAGE


def names(facts: CaseFacts) -> list[str]:
    """Without that an answer came at once, as it does in stories that take no time."""
    return [event.name for event in facts.events if event.name is not Happening.INSTANT]


# -- promises -------------------------------------------------------------------------------------
def test_a_promise_kept_is_judged_when_it_was_kept() -> None:
    facts = facts_of(accepted())
    clock = accepted().clock(ClockKind.ACCEPT)
    assert clock is not None
    share = int(2 * HOUR / (clock.due_at - clock.started_at) * 100)
    assert facts.accept_verdict == Verdict(MONDAY + 2 * HOUR, True, share)
    assert facts.handle_verdict is None


def test_a_promise_kept_at_the_last_moment_is_kept_and_a_moment_later_broken() -> None:
    due = held().clocks[0].due_at
    for at, kept in ((due, True), (due + timedelta(milliseconds=1), False)):
        verdict = facts_of(after(held(), Move.ACCEPT, at=at)).accept_verdict
        assert verdict == Verdict(due, kept, 100)


def test_a_promise_broken_and_still_open_has_no_share_yet() -> None:
    case = prepared(accepted(), Move.WARN)
    clock = case.clocks[0]
    amber = after(case, Move.WARN, SYSTEM)
    red = after(amber, Move.WARN, SYSTEM, level=WarningLevel.RED)
    assert facts_of(amber).handle_verdict is None
    assert facts_of(red).handle_verdict == Verdict(clock.due_at, False, None)


def test_a_stopped_promise_is_judged_by_nobody_and_an_older_one_counts() -> None:
    case = accepted()
    stopped = case.clocks[0].model_copy(update={"met_at": None, "stopped_at": MONDAY})
    both = case.model_copy(update={"clocks": (*case.clocks, stopped)})
    assert facts_of(both).accept_verdict == facts_of(case).accept_verdict
    only = case.model_copy(update={"clocks": (stopped,)})
    assert facts_of(only).accept_verdict is None


@pytest.mark.parametrize(("days", "share"), [(3, 20), (6, 40), (15, 100), (30, 200), (900, 999)])
def test_the_share_leaves_pauses_out_on_both_sides(days: int, share: int) -> None:
    clock = (
        held()
        .clocks[0]
        .model_copy(
            update={
                "due_at": MONDAY + 20 * DAY,
                "paused_seconds": 5 * 86_400,
                "met_at": MONDAY + (days + 5) * DAY,
            }
        )
    )
    verdict = facts_of(registered(clocks=(clock,))).accept_verdict
    assert verdict is not None
    assert verdict.share == share


def test_a_promise_of_no_time_is_used_up_whole() -> None:
    clock = held().clocks[0].model_copy(update={"due_at": MONDAY, "met_at": MONDAY})
    verdict = facts_of(registered(clocks=(clock,))).accept_verdict
    assert verdict == Verdict(MONDAY, True, 100)


# -- outcomes and events --------------------------------------------------------------------------
def test_the_last_letter_says_how_a_case_came_out() -> None:
    assert facts_of(answered()).outcome == "support"
    reopened = after(answered(), Move.REOPEN, HEAD)
    assert facts_of(after(reopened, Move.ANSWER, outcome="reject")).outcome == "reject"


@pytest.mark.parametrize(
    ("move", "by", "ending"),
    [
        (Move.COUNTERSIGN_DECLINE, HEAD, "declined"),
        (Move.WITHDRAW, CITIZEN, "withdrawn"),
        (Move.MERGE, HANDLER, "merged"),
        (Move.ACCEPT, HANDLER, None),
    ],
)
def test_a_case_without_a_letter_came_out_as_it_ended(move: Move, by: Actor, ending: str | None) -> None:
    case = prepared(in_status(Status.REGISTERED), move)
    assert facts_of(after(case, move, by)).outcome == ending


def test_every_ending_has_a_name_of_its_own_and_no_other_is_known() -> None:
    named = {*Outcome, "declined", "withdrawn", "merged", "open"}
    assert ENDING_NAMES.keys() == named
    assert len(set(ENDING_NAMES.values())) == len(named)
    for outcome in Outcome:
        assert facts_of(after(accepted(), Move.ANSWER, outcome=outcome)).outcome == outcome


EVENTS = [
    (Move.COUNTERSIGN_DECLINE, Status.REGISTERED, HEAD, ["declined"]),
    (Move.ACCEPT_TRANSFER, Status.REGISTERED, RECEIVER, ["transferred"]),
    (Move.DECIDE_DISPUTE, Status.REGISTERED, SUPERVISOR, ["transferred"]),
    (Move.ROUTE, Status.REGISTERED, TRIAGE, ["transferred"]),
    (Move.RETURN_TRANSFER, Status.REGISTERED, RECEIVER, ["returned"]),
    (Move.APPROVE_EXTENSION, Status.ACCEPTED, HEAD, ["extended"]),
    (Move.ASK_SUPPLEMENT, Status.ACCEPTED, HANDLER, ["supplement"]),
    (Move.WITHDRAW, Status.ACCEPTED, CITIZEN, ["withdrawn"]),
    (Move.MERGE, Status.ACCEPTED, HANDLER, ["merged"]),
    (Move.ORDER, Status.ACCEPTED, SUPERVISOR, ["ordered"]),
    (Move.REOPEN, Status.ANSWERED, HEAD, ["reopened"]),
    (Move.ASK_REVIEW, Status.ANSWERED, CITIZEN, ["review_asked"]),
    (Move.ASK_FINAL_REVIEW, Status.ANSWERED, CITIZEN, ["review_asked"]),
    (Move.OPEN_ACCOUNTABILITY, Status.ACCEPTED, SUPERVISOR, ["accountable"]),
    (Move.NOTE, Status.ACCEPTED, HANDLER, []),
]


@pytest.mark.parametrize(("move", "status", "by", "expected"), EVENTS, ids=[m for m, *_ in EVENTS])
def test_these_moves_are_counted_when_they_happen(
    move: Move, status: Status, by: Actor, expected: list[str]
) -> None:
    case = prepared(in_status(status), move)
    done = after(case, move, by, MONDAY + DAY)
    new = facts_of(done).events[len(facts_of(case).events) :]
    assert list(new) == [Event(Happening(name), MONDAY + DAY) for name in expected]


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        ("support", "review_changed"),
        ("partly", "review_changed"),
        ("explain", "review_upheld"),
        ("reject", "review_upheld"),
    ],
)
def test_a_review_changes_the_answer_or_upholds_it(outcome: str, name: str) -> None:
    case = in_status(Status.IN_REVIEW)
    done = after(case, Move.ANSWER, reviewer_of(case), outcome=outcome)
    assert names(facts_of(done)) == ["review_asked", "answered_again", name]


def test_an_answer_outside_a_review_changes_nothing() -> None:
    assert names(facts_of(answered())) == []
    case = in_status(Status.IN_REVIEW)
    done = after(case, Move.ANSWER, reviewer_of(case), outcome="reject")
    head = HEAD.model_copy(update={"department": done.department})
    again = after(after(done, Move.REOPEN, head), Move.ANSWER, reviewer_of(done))
    assert names(facts_of(again)) == [
        "review_asked",
        "answered_again",
        "review_upheld",
        "reopened",
        "answered_again",
    ]


@pytest.mark.parametrize(("responded", "solved"), [(True, True), (True, False), (False, False)])
def test_a_rating_is_in_the_row(responded: bool, solved: bool) -> None:
    said = {"responded": responded, "solved": solved, "satisfied": 3}
    facts = facts_of(after(answered(), Move.RATE, CITIZEN, MONDAY + 6 * DAY, **said))
    assert facts.rated_at == MONDAY + 6 * DAY
    assert (facts.responded, facts.solved, facts.satisfied) == (responded, solved, 3)


def test_nothing_anybody_wrote_is_in_a_row() -> None:
    complaint = registered().complaint.model_copy(update={"text": FreeText("秘密的话")})
    case = after(registered(complaint=complaint), Move.NOTE, text="内部的话")
    dumped = facts_of(case).model_dump_json()
    assert "秘密的话" not in dumped
    assert "内部的话" not in dumped


# -- what is shown apart --------------------------------------------------------------------------
@pytest.mark.parametrize(("minutes", "at_once"), [(0, True), (59, True), (60, False), (600, False)])
def test_an_answer_within_the_hour_after_acceptance_is_shown_apart(minutes: int, at_once: bool) -> None:
    taken = accepted()
    at = taken.updated_at + timedelta(minutes=minutes)
    events = facts_of(after(taken, Move.ANSWER, at=at)).events
    assert [e.at for e in events if e.name is Happening.INSTANT] == [at] * at_once


@pytest.mark.parametrize("channel", Channel)
def test_what_was_filed_by_staff_is_shown_apart(channel: Channel) -> None:
    facts = facts_of(registered(channel=channel))
    by_staff = channel in {Channel.COUNTER, Channel.API}
    assert facts.by_staff is by_staff
    assert ("assisted" in names(facts)) is by_staff


def test_a_check_counts_when_it_is_drawn_and_when_it_is_made() -> None:
    drawn = after(in_status(Status.CLOSED), Move.SAMPLE, SYSTEM)
    assert facts_of(drawn).to_check
    assert names(facts_of(drawn))[:1] == ["sampled"]
    failed = after(drawn, Move.CHECK, SUPERVISOR, verdict="failed")
    assert not facts_of(failed).to_check
    assert {"check_failed", "accountable"} <= set(names(facts_of(failed)))
    assert facts_of(failed).accountable
    sound = facts_of(after(drawn, Move.CHECK, SUPERVISOR, verdict="sound"))
    assert "check_sound" in names(sound)
    assert not sound.accountable
