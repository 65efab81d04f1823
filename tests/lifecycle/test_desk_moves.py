"""Everyday work on a case: who holds it and for how long, what is written down, what is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cases.instants import EPOCH, FOREVER
from cases.lifecycle.holding import CLAIM_LEASE, is_idle
from cases.lifecycle.making import apply
from cases.model import Case, Holder
from cases.people import CITIZEN, Actor
from cases.reasons import NOT_OF_THIS_DEPARTMENT, OTHER_NEEDS_WORDS, SAME_DOMAIN
from cases.vocabulary import DecidedBy, Move, Outcome, ProposalKind, Status
from classify.types import Domain
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import LOOKED_UP, after, args_of, before, in_status, prepared
from tests.town.people import COLLEAGUE, DEPUTY, HANDLER, HEAD, RECEIVER, TRIAGE
from tests.town.places import FINANCE
from tests.town.refusing import refused
from tests.town.rules import RULES
from tests.town.words import OPINION

SOON = MONDAY + timedelta(hours=1)
HELD, WORKED_ON = Status.REGISTERED, Status.ACCEPTED


def told_in_history(case: Case) -> tuple[dict[str, object], str | None]:
    entry = case.history[-1]
    return entry.data, entry.note


# -- holding --------------------------------------------------------------------------------------
def test_who_claims_a_new_case_holds_it_for_four_hours() -> None:
    done = after(registered(), Move.CLAIM, at=SOON)
    assert done.holder == Holder(staff="s-handler", name="李承办", since=SOON, as_deputy=False)
    assert done.lease_until == SOON + CLAIM_LEASE == SOON + timedelta(hours=4)


def test_who_claims_a_case_on_which_work_has_begun_keeps_it() -> None:
    free = after(in_status(WORKED_ON), Move.RELEASE)
    assert after(free, Move.CLAIM, at=SOON).lease_until == FOREVER


def test_acceptance_makes_the_hold_last() -> None:
    assert after(in_status(HELD), Move.ACCEPT).lease_until == FOREVER


def test_a_released_case_is_free_at_once() -> None:
    done = after(in_status(WORKED_ON), Move.RELEASE, remark="出差")
    assert (done.holder, done.lease_until) == (None, EPOCH)
    assert told_in_history(done) == ({}, "出差")


def test_a_head_hands_a_case_to_somebody_of_the_department() -> None:
    done = after(in_status(HELD), Move.ASSIGN, HEAD, SOON)
    assert done.holder == Holder(staff="s-colleague", name="周同事", since=SOON)
    assert done.lease_until == SOON + CLAIM_LEASE
    assert told_in_history(done) == ({"to": "周同事", "staff": "s-colleague"}, None)


@pytest.mark.parametrize("assignee", [None, RECEIVER], ids=["nobody", "of another department"])
def test_a_case_is_handed_to_nobody_else(assignee: Actor | None) -> None:
    looked_up = replace(LOOKED_UP, assignee=assignee)
    with refused(NOT_OF_THIS_DEPARTMENT):
        apply(before(in_status(HELD), HEAD), Move.ASSIGN, args_of(Move.ASSIGN), looked_up=looked_up)


def test_a_deputy_takes_over_as_deputy_and_the_history_says_from_whom() -> None:
    late = MONDAY + timedelta(days=9)
    done = after(in_status(WORKED_ON), Move.TAKE_OVER, DEPUTY, late, remark="A岗休假")
    assert done.holder == Holder(staff="s-deputy", name="赵副岗", since=late, as_deputy=True)
    assert done.lease_until == FOREVER
    assert told_in_history(done) == ({"from": "李承办"}, "A岗休假")


def test_a_holder_is_idle_after_two_working_days_without_an_act() -> None:
    """MONDAY is a Monday."""
    case = in_status(WORKED_ON)
    days = [is_idle(case, RULES.calendar, MONDAY + timedelta(days=n)) for n in range(4)]
    assert days == [False, False, True, True]
    assert not is_idle(case.model_copy(update={"holder": None}), RULES.calendar, MONDAY + timedelta(days=9))


def test_an_act_of_the_holder_begins_the_count_anew_and_one_of_another_does_not() -> None:
    case, later = in_status(WORKED_ON), MONDAY + timedelta(days=2)
    assert not is_idle(after(case, Move.NOTE, at=later), RULES.calendar, later)
    assert is_idle(after(case, Move.NOTE, HEAD, later), RULES.calendar, later)


def test_a_holder_who_never_acted_is_counted_from_the_day_of_taking() -> None:
    fresh = Holder(staff="s-new", name="新人", since=MONDAY + timedelta(days=2))
    case = in_status(WORKED_ON).model_copy(update={"holder": fresh})
    assert not is_idle(case, RULES.calendar, MONDAY + timedelta(days=3))
    assert is_idle(case, RULES.calendar, MONDAY + timedelta(days=4))


# -- refusing -------------------------------------------------------------------------------------
def test_a_refusal_is_proposed_and_waits() -> None:
    done = after(in_status(HELD), Move.PROPOSE_DECLINE, at=SOON)
    proposal = done.proposal(ProposalKind.DECLINE)
    assert proposal is not None
    assert (proposal.by, proposal.at) == (HANDLER, SOON)
    assert proposal.args == {"reason": "in_court", "legal_basis": "条例第十九条", "explanation": "已经起诉"}
    assert {type(value) for value in proposal.args.values()} == {str}
    assert told_in_history(done) == ({"reason": "in_court", "legal_basis": "条例第十九条"}, "已经起诉")


@pytest.mark.parametrize(
    ("explanation", "enough"), [("九个字的说明不够", False), ("一二三四五六七八九十", True)]
)
def test_another_reason_needs_ten_characters_of_explanation(explanation: str, enough: bool) -> None:
    def propose() -> Case:
        return after(in_status(HELD), Move.PROPOSE_DECLINE, reason="other", explanation=explanation)

    if enough:
        assert propose().proposal(ProposalKind.DECLINE)
    else:
        with refused(OTHER_NEEDS_WORDS):
            propose()


def test_a_named_reason_needs_no_long_explanation() -> None:
    assert after(in_status(HELD), Move.PROPOSE_DECLINE, explanation="短").proposals


def test_a_countersigned_refusal_ends_the_case_and_says_whose_it_was() -> None:
    case = prepared(in_status(HELD), Move.COUNTERSIGN_DECLINE)
    done = after(case, Move.COUNTERSIGN_DECLINE, HEAD, remark="同意")
    data = {"reason": "in_court", "legal_basis": "条例第十九条", "proposed_by": "提议人"}
    assert told_in_history(done) == (data, "同意")
    assert (done.status, done.proposals) == (Status.DECLINED, ())
    assert (done.holder, done.lease_until) == (case.holder, FOREVER)


def test_a_refused_refusal_leaves_the_other_proposals_alone() -> None:
    case = prepared(after(in_status(HELD), Move.TRANSFER), Move.REFUSE_DECLINE)
    done = after(case, Move.REFUSE_DECLINE, HEAD)
    assert [p.kind for p in done.proposals] == [ProposalKind.TRANSFER]
    assert told_in_history(done) == ({}, "应当受理")


# -- papers, words, files -------------------------------------------------------------------------
def test_a_request_for_papers_is_counted_and_listed() -> None:
    done = after(in_status(WORKED_ON), Move.ASK_SUPPLEMENT, items=["合同", "发票"], until="2026-12-10")
    assert done.supplements_asked == 1
    assert told_in_history(done) == ({"items": ["合同", "发票"], "until": "2026-12-10"}, None)


def test_a_request_for_papers_may_leave_the_day_open() -> None:
    assert told_in_history(after(in_status(WORKED_ON), Move.ASK_SUPPLEMENT))[0]["until"] is None


@pytest.mark.parametrize(
    ("move", "by", "words"),
    [
        (Move.WRITE, HANDLER, {"text": "附上回执"}),
        (Move.WRITE, CITIZEN, {"text": "附上合同"}),
        (Move.ATTACH, HANDLER, {"remark": "现场照片"}),
        (Move.SUPPLEMENT, CITIZEN, {"text": "附上合同"}),
    ],
)
def test_files_are_added_to_those_that_are_there(move: Move, by: Actor, words: dict[str, Any]) -> None:
    files = args_of(Move.ATTACH).evidence
    first = after(in_status(WORKED_ON), Move.ATTACH)
    second = files[0].model_copy(update={"id": "e-2"})
    done = after(first, move, by, evidence=[second.model_dump()], **words)
    assert done.evidence == (*files, second)
    assert told_in_history(done) == ({"evidence": ["e-2"]}, next(iter(words.values())))


@pytest.mark.parametrize("move", [Move.WRITE, Move.NOTE])
def test_words_without_a_file_say_nothing_of_files(move: Move) -> None:
    done = after(in_status(WORKED_ON), move, text="电话核实")
    assert told_in_history(done) == ({}, "电话核实")
    assert done.evidence == ()


def test_an_attached_file_needs_no_remark() -> None:
    assert after(in_status(WORKED_ON), Move.ATTACH).history[-1].note is None


# -- domain ---------------------------------------------------------------------------------------
def test_a_corrected_domain_remembers_what_was_understood_first() -> None:
    once = after(in_status(HELD), Move.CORRECT)
    assert (once.complaint.domain, once.complaint.domain_by) == (Domain.PROCUREMENT, DecidedBy.STAFF)
    assert once.corrected_from is Domain.GENERAL
    assert told_in_history(once) == ({"before": "general", "after": "procurement"}, "系采购合同")
    twice = after(once, Move.CORRECT, domain="bidding")
    assert twice.corrected_from is Domain.GENERAL


def test_a_domain_is_not_corrected_to_itself() -> None:
    with refused(SAME_DOMAIN):
        after(in_status(HELD), Move.CORRECT, domain="general")


# -- more time ------------------------------------------------------------------------------------
def test_a_wish_for_more_time_waits_and_changes_no_clock() -> None:
    case = in_status(WORKED_ON)
    done = after(case, Move.REQUEST_EXTENSION)
    proposal = done.proposal(ProposalKind.EXTEND)
    assert proposal is not None
    assert proposal.args == {"days": 10, "reason": "情况复杂"}
    assert told_in_history(done) == ({"days": 10}, "情况复杂")


def test_approved_days_are_in_the_history_with_the_new_day() -> None:
    done = after(after(in_status(WORKED_ON), Move.REQUEST_EXTENSION), Move.APPROVE_EXTENSION, HEAD)
    due = next(c.due_at for c in done.clocks if c.kind == "handle")
    assert told_in_history(done) == ({"days": 10, "due": due.isoformat()}, "情况复杂")
    assert done.proposals == ()


def test_refused_days_are_off_the_table() -> None:
    done = after(after(in_status(WORKED_ON), Move.REQUEST_EXTENSION), Move.REFUSE_EXTENSION, HEAD)
    assert (done.proposals, done.history[-1].note) == ((), "不复杂")


# -- answering ------------------------------------------------------------------------------------
def test_an_answer_is_a_numbered_letter_of_the_department() -> None:
    case = after(in_status(WORKED_ON), Move.REQUEST_EXTENSION)
    done = after(case, Move.ANSWER, at=SOON)
    (letter,) = done.letters
    assert letter.serial == "青海省财政厅〔2026〕第1号"
    assert letter.verification == "0123456789AB"
    assert (letter.outcome, letter.legal_basis) == (Outcome.SUPPORT, OPINION["legal_basis"])
    written = (letter.request, letter.facts, letter.opinion)
    assert written == (OPINION["request"], OPINION["facts"], OPINION["opinion"])
    assert (letter.department, letter.department_name) == (FINANCE, "青海省财政厅")
    assert (letter.signed_by, letter.at) == ("李承办", SOON)
    assert done.proposals == ()
    data = {"serial": letter.serial, "outcome": "support", "verification": "0123456789AB"}
    assert told_in_history(done) == (data, None)


def test_the_year_of_a_letter_is_that_of_china() -> None:
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert "〔2027〕" in after(in_status(WORKED_ON), Move.ANSWER, at=new_year).letters[0].serial


def test_a_second_answer_is_a_second_letter() -> None:
    case = in_status(Status.IN_REVIEW)
    done = after(
        case, Move.ANSWER, RECEIVER.model_copy(update={"department": case.department, "id": "s-reviewer"})
    )
    assert [letter.department for letter in done.letters] == [FINANCE, case.department]


@pytest.mark.parametrize(
    ("move", "status", "by"),
    [
        (Move.ACCEPT, HELD, HANDLER),
        (Move.CLOSE, Status.ANSWERED, HANDLER),
        (Move.RELEASE, HELD, HANDLER),
        (Move.WITHDRAW, HELD, CITIZEN),
        (Move.RELEASE_QUARANTINE, HELD, TRIAGE),
        (Move.COUNTERSIGN_DECLINE, HELD, HEAD),
    ],
)
def test_a_remark_is_kept_as_the_note_and_none_is_no_note(move: Move, status: Status, by: Actor) -> None:
    case = prepared(in_status(status), move)
    assert after(case, move, by, remark="说明").history[-1].note == "说明"
    assert after(case, move, by).history[-1].note is None


def test_a_colleague_may_claim_what_was_pulled_and_left_lying() -> None:
    pulled = after(registered(), Move.CLAIM)
    done = after(pulled, Move.CLAIM, COLLEAGUE, MONDAY + CLAIM_LEASE)
    assert done.holder is not None
    assert done.holder.staff == COLLEAGUE.id
