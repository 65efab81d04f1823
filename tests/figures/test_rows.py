"""The row that statistics keep of a case, field by field: what counts, for whom, and from when to when."""

from __future__ import annotations

import pytest

from cases.clocks import amber_at
from cases.figures.facts import Spell
from cases.figures.measures import elapsed, facts_of, prefecture
from cases.instants import to_instant
from cases.model import Accused, Case
from cases.people import CITIZEN, Actor
from cases.vocabulary import ClockKind, Move, Status
from classify.types import Domain, Severity
from tests.figures.courses import DAY, HOUR, accepted, answered, held
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after, in_status, prepared, reviewer_of
from tests.town.people import DEPUTY, HANDLER, HEAD, RECEIVER, SUPERVISOR, TRIAGE
from tests.town.places import FINANCE, REFORM


# -- what is copied -------------------------------------------------------------------------------
def test_a_row_says_what_where_and_how_much() -> None:
    complaint = registered().complaint.model_copy(
        update={
            "domain": Domain.DEBT,
            "severity": Severity.URGENT,
            "region_code": "630104",
            "amount_yuan": 300_000,
            "similar": ("band-1", "band-2"),
        }
    )
    case = registered(complaint=complaint, version=7)
    facts = facts_of(case)
    assert (facts.number, facts.version, facts.status) == (case.number, 7, Status.REGISTERED)
    assert (facts.jurisdiction, facts.department, facts.channel) == ("qinghai", FINANCE, "web")
    assert (facts.domain, facts.severity, facts.place) == ("debt", "urgent", "630100")
    assert (facts.bodies, facts.amount, facts.band) == (("西宁市城西区教育局",), 300_000, "band-1")
    assert facts.filed_at == MONDAY


def test_a_row_names_every_accused_body_once() -> None:
    accused = tuple(Accused(name=name) for name in ("甲局", "乙镇", "甲局"))
    complaint = registered().complaint.model_copy(update={"accused": accused})
    assert facts_of(registered(complaint=complaint)).bodies == ("甲局", "乙镇")


def test_what_is_not_known_is_left_empty() -> None:
    complaint = registered().complaint.model_copy(update={"accused": (), "region_code": None})
    facts = facts_of(registered(complaint=complaint))
    assert (facts.bodies, facts.amount, facts.band, facts.place) == ((), None, None, None)
    assert (facts.person, facts.person_name) == (None, "")
    assert (facts.rated_at, facts.responded, facts.solved, facts.satisfied) == (None, False, False, 0)
    assert (facts.outcome, facts.events, facts.order_due_at) == (None, (), None)
    assert (facts.read, facts.accept, facts.reply, facts.answer, facts.close) == (None,) * 5


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, None),
        ("", None),
        ("63010", None),
        ("630000", None),
        ("630100", "630100"),
        ("630104", "630100"),
        ("632801", "632800"),
        ("441302001", "441300"),
    ],
)
def test_a_place_is_its_prefecture(code: str | None, expected: str | None) -> None:
    assert prefecture(code) == expected


# -- open and due ---------------------------------------------------------------------------------
@pytest.mark.parametrize("status", Status)
def test_a_case_is_open_while_a_department_owes_something(status: Status) -> None:
    open_ones = {"registered", "accepted", "awaiting_citizen", "in_review", "in_final_review"}
    assert facts_of(in_status(status)).open is (status in open_ones)


def test_the_clock_that_runs_out_first_decides_when_a_case_is_due() -> None:
    case = after(accepted(), Move.TRANSFER, at=MONDAY + 3 * HOUR)
    soonest = case.clock(ClockKind.TRANSFER_RETURN)
    assert soonest is not None
    facts = facts_of(case)
    assert facts.due_at == soonest.due_at
    assert facts.amber_at == to_instant(amber_at(soonest))


def test_what_is_closed_or_in_quarantine_is_due_at_no_time() -> None:
    for case in (in_status(Status.CLOSED), registered(quarantined=True)):
        facts = facts_of(case)
        assert (facts.open, facts.due_at, facts.amber_at) == (False, None, None)


def test_the_next_unanswered_order_is_remembered() -> None:
    case = accepted()
    for until in ("2026-12-20", "2026-12-10", "2026-12-01"):
        case = after(case, Move.ORDER, SUPERVISOR, until=until)
    first = case.orders[2]
    done = after(case, Move.ANSWER_ORDER, order=first.id)
    assert facts_of(case).order_due_at == first.due_at
    assert facts_of(done).order_due_at == case.orders[1].due_at


def test_an_open_item_marks_the_row_and_a_closed_one_does_not() -> None:
    case = prepared(accepted(), Move.CLOSE_ACCOUNTABILITY)
    assert not facts_of(accepted()).accountable
    assert facts_of(case).accountable
    assert not facts_of(after(case, Move.CLOSE_ACCOUNTABILITY, SUPERVISOR)).accountable


# -- times ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("move", "by"),
    [(Move.CLAIM, HANDLER), (Move.ASSIGN, HEAD), (Move.ROUTE, TRIAGE), (Move.ACCEPT, HEAD)],
)
def test_a_case_is_read_when_somebody_of_the_department_takes_it_up(move: Move, by: Actor) -> None:
    case = after(prepared(registered(), move), move, by, MONDAY + 3 * HOUR)
    assert facts_of(case).read == Spell(MONDAY + 3 * HOUR, 3 * 3600)


def test_a_deputy_or_a_receiver_who_takes_it_up_has_read_it() -> None:
    case = in_status(Status.REGISTERED).model_copy(update={"history": registered().history})
    late = MONDAY + 9 * DAY
    assert facts_of(after(case, Move.TAKE_OVER, DEPUTY, late)).read == Spell(late, 9 * 86_400)
    offered = prepared(registered(), Move.ACCEPT_TRANSFER)
    assert facts_of(after(offered, Move.ACCEPT_TRANSFER, RECEIVER, late)).read == Spell(late, 9 * 86_400)


def test_a_note_is_neither_reading_nor_reply() -> None:
    facts = facts_of(after(registered(), Move.NOTE, at=MONDAY + HOUR))
    assert (facts.read, facts.reply) == (None, None)


def test_each_time_is_counted_from_filing_to_the_first_time_it_happened() -> None:
    facts = facts_of(
        after(after(answered(), Move.REOPEN, HEAD, MONDAY + 6 * DAY), Move.ANSWER, at=MONDAY + 7 * DAY)
    )
    assert facts.read == Spell(MONDAY + HOUR, 3600)
    assert facts.accept == facts.reply == Spell(MONDAY + 2 * HOUR, 7200)
    assert facts.answer == Spell(MONDAY + 5 * DAY, 5 * 86_400)
    assert facts.close is None


@pytest.mark.parametrize("move", [Move.WRITE, Move.ASK_SUPPLEMENT])
def test_a_word_to_the_citizen_is_the_first_reply(move: Move) -> None:
    assert facts_of(after(held(), move, at=MONDAY + 4 * HOUR)).reply == Spell(MONDAY + 4 * HOUR, 4 * 3600)


def test_what_staff_write_down_at_the_counter_is_no_reply() -> None:
    (entry,) = registered().history
    at_the_counter = registered(history=(entry.model_copy(update={"actor": HANDLER}),))
    assert facts_of(at_the_counter).reply is None


def test_the_citizens_own_words_are_no_reply() -> None:
    case = after(after(held(), Move.WRITE, CITIZEN), Move.SUPPLEMENT, CITIZEN)
    assert facts_of(case).reply is None


@pytest.mark.parametrize("move", [Move.ROUTE, Move.ACCEPT_TRANSFER, Move.SPLIT])
def test_what_happens_between_departments_is_no_reply(move: Move) -> None:
    by = {Move.ROUTE: TRIAGE, Move.ACCEPT_TRANSFER: RECEIVER}.get(move, HANDLER)
    assert facts_of(after(prepared(held(), move), move, by)).reply is None


def test_the_time_to_close_ends_with_the_last_end() -> None:
    closed = after(answered(), Move.CLOSE, at=MONDAY + 6 * DAY)
    assert facts_of(closed).close == Spell(MONDAY + 6 * DAY, 6 * 86_400)
    again = after(closed, Move.REOPEN, HEAD, MONDAY + 7 * DAY)
    assert facts_of(again).close is None
    ended = after(after(again, Move.ANSWER, at=MONDAY + 8 * DAY), Move.CLOSE, at=MONDAY + 9 * DAY)
    later = after(ended, Move.NOTE, at=MONDAY + 20 * DAY)
    assert facts_of(later).close == Spell(MONDAY + 9 * DAY, 9 * 86_400)


@pytest.mark.parametrize(
    ("move", "by", "outcome"),
    [
        (Move.WITHDRAW, CITIZEN, "withdrawn"),
        (Move.MERGE, HANDLER, "merged"),
        (Move.COUNTERSIGN_DECLINE, HEAD, "declined"),
    ],
)
def test_whatever_ends_a_case_closes_it(move: Move, by: Actor, outcome: str) -> None:
    case = after(prepared(held(), move), move, by, MONDAY + DAY)
    facts = facts_of(case)
    assert (facts.close, facts.outcome) == (Spell(MONDAY + DAY, 86_400), outcome)


def test_the_answer_of_the_final_review_closes_the_case() -> None:
    case = in_status(Status.IN_FINAL_REVIEW)
    done = after(case, Move.ANSWER, reviewer_of(case), MONDAY + 3 * DAY)
    assert done.status is Status.CLOSED
    assert facts_of(done).close == Spell(MONDAY + 3 * DAY, 3 * 86_400)


def paused() -> Case:
    """Asked for papers on the second day, completed on the fifth."""
    waiting = after(held(), Move.ASK_SUPPLEMENT, at=MONDAY + DAY)
    return after(waiting, Move.SUPPLEMENT, CITIZEN, MONDAY + 4 * DAY)


@pytest.mark.parametrize(("until", "counted"), [(0, 0), (1, 1), (2, 1), (4, 1), (5, 2), (9, 6)])
def test_days_of_waiting_for_the_citizen_do_not_count(until: int, counted: int) -> None:
    assert elapsed(paused(), MONDAY + until * DAY) == counted * DAY


def test_waiting_that_goes_on_does_not_count_either() -> None:
    waiting = after(held(), Move.ASK_SUPPLEMENT, at=MONDAY + DAY)
    written = after(waiting, Move.WRITE, at=MONDAY + 2 * DAY)
    assert elapsed(written, MONDAY + 9 * DAY) == DAY


def test_two_pauses_are_both_left_out() -> None:
    again = after(paused(), Move.ASK_SUPPLEMENT, SUPERVISOR, MONDAY + 6 * DAY)
    done = after(again, Move.SUPPLEMENT, CITIZEN, MONDAY + 8 * DAY)
    assert elapsed(done, MONDAY + 10 * DAY) == 5 * DAY


# -- whose work it is -----------------------------------------------------------------------------
def test_who_answered_else_accepted_else_holds_is_the_person() -> None:
    assert facts_of(held()).person == HANDLER.id
    taken = after(registered(), Move.ACCEPT, HEAD)
    assert (facts_of(taken).person, facts_of(taken).person_name) == (HEAD.id, HEAD.name)
    by_head = after(accepted(), Move.ANSWER, HEAD)
    assert (facts_of(by_head).person, facts_of(by_head).person_name) == (HEAD.id, HEAD.name)


def test_in_a_review_the_department_that_answered_first_is_measured() -> None:
    for status in (Status.IN_REVIEW, Status.IN_FINAL_REVIEW):
        facts = facts_of(in_status(status))
        assert (facts.home, facts.home_name) == (FINANCE, "青海省财政厅")
        assert facts.department != FINANCE


def test_without_a_review_the_department_that_has_the_case_is_measured() -> None:
    moved = after(prepared(held(), Move.ACCEPT_TRANSFER), Move.ACCEPT_TRANSFER, RECEIVER)
    assert (facts_of(moved).home, facts_of(moved).home_name) == (REFORM, "青海省发展改革委")
    assert facts_of(answered()).home == FINANCE


def test_a_refusal_under_review_is_measured_where_it_was_promised() -> None:
    """It has no letter; its first clock says who owed it."""
    case = after(in_status(Status.DECLINED), Move.ASK_REVIEW, CITIZEN)
    assert (facts_of(case).home, facts_of(case).home_name) == (FINANCE, "青海省财政厅")
    reviewer = reviewer_of(case)
    answered_above = after(after(case, Move.CLAIM, reviewer), Move.ANSWER, reviewer)
    assert answered_above.letters[0].department != FINANCE
    assert (facts_of(answered_above).home, facts_of(answered_above).home_name) == (FINANCE, "青海省财政厅")
    bare = case.model_copy(update={"clocks": ()})
    assert (facts_of(bare).home, facts_of(bare).home_name) == (case.department, case.department_name)
    no_department = tuple(c.model_copy(update={"department": None}) for c in case.clocks)
    assert facts_of(case.model_copy(update={"clocks": no_department})).home == case.department
