"""What the citizen does with a case: add to it, take it back, rate it, have the answer looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.instants import EPOCH, end_of, local_date
from cases.lifecycle.making import apply
from cases.lifecycle.requirements import REQUIREMENTS
from cases.lifecycle.reviews import answered_at, find_reviewer, last_day_to_ask
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import TABLE
from cases.model import Accused, Case, Rating
from cases.people import CITIZEN
from cases.reasons import NOTHING_TO_ADD
from cases.rules.body_names import Places
from cases.rules.departments import ReviewEnd
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import Move, Status
from classify.types import AdminLevel
from handlers.department.case.letters import remedy_of
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after, args_of, before, in_status, looked_up_for, prepared, reviewer_of
from tests.town.people import HEAD
from tests.town.places import FINANCE
from tests.town.refusing import refused
from tests.town.rules import RULES

BOOKS = RULES.jurisdictions
SOON = MONDAY + timedelta(hours=1)
PROVINCE = "630000:青海省人民政府"
CITY = "630100:西宁市人民政府"
ANSWERED = Status.ANSWERED


# -- adding ---------------------------------------------------------------------------------------
def test_a_supplement_needs_words_or_a_file() -> None:
    waiting = in_status(Status.AWAITING_CITIZEN)
    with refused(NOTHING_TO_ADD):
        after(waiting, Move.SUPPLEMENT, CITIZEN, text="  \n")
    files = args_of(Move.ATTACH).evidence
    done = after(waiting, Move.SUPPLEMENT, CITIZEN, text=" ", evidence=[f.model_dump() for f in files])
    assert (done.history[-1].note, done.evidence) == (None, files)


def test_a_supplement_is_the_note_without_the_space_around_it() -> None:
    done = after(in_status(Status.AWAITING_CITIZEN), Move.SUPPLEMENT, CITIZEN, text=" 合同在此\n")
    assert (done.history[-1].note, done.history[-1].data) == ("合同在此", {})


@pytest.mark.parametrize("came_from", [Status.REGISTERED, Status.ACCEPTED])
def test_a_completed_case_goes_on_where_it_was(came_from: Status) -> None:
    waiting = after(in_status(came_from), Move.ASK_SUPPLEMENT)
    assert after(waiting, Move.SUPPLEMENT, CITIZEN).status is came_from


# -- taking back, rating --------------------------------------------------------------------------
def test_a_case_that_is_taken_back_keeps_its_holder_and_loses_what_waited() -> None:
    case = prepared(in_status(Status.REGISTERED), Move.COUNTERSIGN_DECLINE)
    done = after(case, Move.WITHDRAW, CITIZEN, remark="已经解决")
    assert (done.holder, done.proposals) == (case.holder, ())
    assert done.history[-1].note == "已经解决"


def test_a_rating_is_kept_as_it_was_given() -> None:
    done = after(in_status(ANSWERED), Move.RATE, CITIZEN, SOON)
    assert done.rating == Rating(responded=True, solved=False, satisfied=3, at=SOON)
    assert done.history[-1].data == {"responded": True, "solved": False, "satisfied": 3}
    assert after(done, Move.RATE, CITIZEN, satisfied=5).rating != done.rating


# -- reviews --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("move", "level"), [(Move.ASK_REVIEW, 1), (Move.ASK_FINAL_REVIEW, 2)], ids=["first", "final"]
)
def test_a_review_goes_to_the_superior_of_who_answered(move: Move, level: int) -> None:
    case = prepared(in_status(ANSWERED), move)
    done = after(case, move, CITIZEN, SOON)
    assert (done.department, done.department_name) == (PROVINCE, "青海省人民政府")
    assert (done.reviews, done.review_of) == (level, FINANCE)
    assert (done.holder, done.lease_until) == (None, EPOCH)
    assert done.history[-1].data == {"to": PROVINCE, "to_name": "青海省人民政府"}
    assert done.history[-1].note == {1: "不服", 2: "仍不服"}[level]


def test_the_final_review_goes_higher_than_the_first() -> None:
    case = in_status(Status.IN_REVIEW)
    reviewed = after(case, Move.ANSWER, reviewer_of(case))
    final = after(reviewed, Move.ASK_FINAL_REVIEW, CITIZEN)
    assert final.department not in {FINANCE, case.department}
    assert final.review_of == case.department


def where_reviewed(case: Case) -> str | None:
    found = find_reviewer(case, BOOKS)
    return found.id if found else None


def test_a_superior_that_is_accused_is_passed_over() -> None:
    case = in_status(ANSWERED)
    accused = case.complaint.model_copy(update={"accused": (Accused(name="青海省人民政府"),)})
    above = case.model_copy(update={"complaint": accused})
    assert where_reviewed(case) == PROVINCE
    assert where_reviewed(above) == "000000:国务院办公厅"


def test_a_superior_whose_answer_is_under_review_does_not_review_itself() -> None:
    case = in_status(ANSWERED).model_copy(update={"review_of": PROVINCE})
    assert where_reviewed(case) == "000000:国务院办公厅"


def test_where_no_superior_is_left_the_coordinator_reviews() -> None:
    top = in_status(ANSWERED).model_copy(update={"department": "630000:省法院"})
    assert BOOKS.department("630000:省法院").superior is None
    assert where_reviewed(top) == BOOKS.get("qinghai").coordinator
    unknown = top.model_copy(update={"department": "630000:没有的厅"})
    assert where_reviewed(unknown) == BOOKS.get("qinghai").coordinator


def test_nobody_reviews_where_the_coordinator_is_accused_too() -> None:
    top = in_status(ANSWERED).model_copy(update={"department": "630000:省法院"})
    coordinator = BOOKS.department(BOOKS.get("qinghai").coordinator)
    accused = top.complaint.model_copy(update={"accused": (Accused(name=coordinator.full_name),)})
    assert where_reviewed(top.model_copy(update={"complaint": accused})) is None


def test_the_time_to_ask_runs_from_the_last_decision_in_writing() -> None:
    case = in_status(ANSWERED)
    later = MONDAY + timedelta(days=3)
    again = after(after(case, Move.REOPEN, HEAD), Move.ANSWER, at=later)
    assert answered_at(registered()) is None
    assert answered_at(case) == MONDAY
    assert answered_at(again) == later
    assert answered_at(in_status(Status.DECLINED)) == MONDAY


def test_the_last_day_to_ask_is_the_thirtieth_or_the_next_working_day() -> None:
    """信访工作条例 第35条; MONDAY is Monday 2026-11-23, the thirtieth day a Wednesday."""
    case = in_status(ANSWERED)
    assert last_day_to_ask(case, RULES.calendar) == local_date(MONDAY) + timedelta(days=30)
    assert last_day_to_ask(registered(), RULES.calendar) is None


def obstacle_codes(case: Case, move: Move, at: datetime = MONDAY) -> list[str]:
    situation = before(case, CITIZEN, at)
    return [need.reason.code for need in REQUIREMENTS[move] if not need.holds(situation)]


def test_a_review_is_asked_once_and_then_only_the_final_one() -> None:
    case = in_status(ANSWERED)
    once, twice = (case.model_copy(update={"reviews": n}) for n in (1, 2))
    assert obstacle_codes(case, Move.ASK_REVIEW) == []
    assert obstacle_codes(once, Move.ASK_REVIEW) == ["not-reviewed-yet"]
    assert obstacle_codes(case, Move.ASK_FINAL_REVIEW) == ["reviewed-once"]
    assert obstacle_codes(once, Move.ASK_FINAL_REVIEW) == []
    assert obstacle_codes(twice, Move.ASK_FINAL_REVIEW) == ["no-final-opinion"]


def test_without_an_answer_in_writing_there_is_nothing_to_review() -> None:
    closed = registered(status=Status.CLOSED)
    assert obstacle_codes(closed, Move.ASK_REVIEW) == ["answered-in-writing"]


def test_the_window_closes_with_the_last_day_in_china() -> None:
    case = in_status(ANSWERED)
    last = end_of(local_date(MONDAY) + timedelta(days=30))
    for at, codes in ((last, []), (last + timedelta(milliseconds=1), ["still-time-to-ask"])):
        assert obstacle_codes(case, Move.ASK_REVIEW, at) == codes
        once = case.model_copy(update={"reviews": 1})
        assert obstacle_codes(once, Move.ASK_FINAL_REVIEW, at) == codes


def test_a_review_cannot_be_asked_where_nobody_could_decide_it() -> None:
    top = in_status(ANSWERED).model_copy(update={"department": "630000:省法院"})
    coordinator = BOOKS.department(BOOKS.get("qinghai").coordinator)
    accused = top.complaint.model_copy(update={"accused": (Accused(name=coordinator.full_name),)})
    stuck = top.model_copy(update={"complaint": accused})
    assert obstacle_codes(stuck, Move.ASK_REVIEW) == ["reviewer-can-be-named"]


def test_reviews_end_where_the_pack_says_and_the_answer_says_so_too() -> None:
    """A deployment may end them with the province; its source is told with the refusal."""
    source = "本省信访事项复查复核办法"
    home = BOOKS.get("qinghai")
    ends = home.model_copy(update={"review_ends": ReviewEnd(level=AdminLevel.PROVINCE, source=source)})
    rules = replace(RULES, jurisdictions=Jurisdictions([ends], BOOKS.departments(), Places({})))
    answered = in_status(ANSWERED)
    assert TABLE.obstacle(Move.ASK_REVIEW, Situation(answered, CITIZEN, rules, MONDAY)) is None
    case = in_status(Status.IN_REVIEW)
    at = Situation(case, reviewer_of(case), rules, MONDAY)
    reviewed = apply(at, Move.ANSWER, args_of(Move.ANSWER), looked_up=looked_up_for(case))
    assert reviewed.notifications[-2].params["last"] is True
    obstacle = TABLE.obstacle(Move.ASK_FINAL_REVIEW, Situation(reviewed, CITIZEN, rules, MONDAY))
    assert obstacle is not None
    assert source in str(obstacle.as_error())
    assert source in remedy_of(reviewed, reviewed.letters[-1], rules.jurisdictions)
    assert "复查" in remedy_of(reviewed, reviewed.letters[0], rules.jurisdictions)
