"""A case between departments: it changes hands only when somebody takes it, and never reaches the accused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.errors import ConflictOfInterest
from cases.instants import EPOCH
from cases.model import Accused, Case
from cases.people import Actor
from cases.reasons import ALREADY_HERE, IS_ACCUSED, NO_SUCH_DEPARTMENT, NOT_INTO_ITSELF
from cases.vocabulary import DecidedBy, Move, ProposalKind, Status
from classify.types import Domain
from tests.town.clock import MONDAY
from tests.town.moves import after, in_status, prepared
from tests.town.people import HANDLER, RECEIVER, SUPERVISOR, TRIAGE
from tests.town.places import FINANCE, REFORM
from tests.town.refusing import refused

SOON = MONDAY + timedelta(hours=1)
AUDIT = "630000:省审计厅"
CITY = "630100:西宁市人民政府"
HARBIN = "230100:市财政局"
HELD = Status.REGISTERED
CHOOSING = [
    (Move.TRANSFER, HANDLER),
    (Move.DISPUTE, HANDLER),
    (Move.DECIDE_DISPUTE, SUPERVISOR),
    (Move.ROUTE, TRIAGE),
]


def accusing(case: Case, name: str) -> Case:
    complaint = case.complaint.model_copy(update={"accused": (Accused(name=name),)})
    return case.model_copy(update={"complaint": complaint})


@pytest.mark.parametrize(("move", "by"), CHOOSING, ids=[m for m, _ in CHOOSING])
@pytest.mark.parametrize("accused", ["西宁市人民政府", "西宁市政府领导班子"])
def test_no_move_gives_a_case_to_the_accused(move: Move, by: Actor, accused: str) -> None:
    case = accusing(prepared(in_status(HELD), move), accused)
    with pytest.raises(ConflictOfInterest, match="西宁市人民政府"):
        after(case, move, by, department=CITY)


@pytest.mark.parametrize(("move", "by"), CHOOSING, ids=[m for m, _ in CHOOSING])
def test_no_move_gives_a_case_to_a_department_that_does_not_exist(move: Move, by: Actor) -> None:
    with refused(NO_SUCH_DEPARTMENT):
        after(prepared(in_status(HELD), move), move, by, department="630000:没有的厅")


# -- transfer -------------------------------------------------------------------------------------
def test_an_offered_case_stays_where_it_is_until_it_is_taken() -> None:
    case = in_status(HELD)
    done = after(case, Move.TRANSFER, at=SOON)
    assert (done.department, done.holder) == (FINANCE, case.holder)
    proposal = done.proposal(ProposalKind.TRANSFER)
    assert proposal is not None
    assert (proposal.by, proposal.at) == (HANDLER, SOON)
    assert proposal.args == {"department": REFORM, "reason": "不属本单位"}
    assert done.history[-1].data == {"to": REFORM, "to_name": "青海省发展改革委"}
    assert done.history[-1].note == "不属本单位"


def test_a_case_is_not_offered_to_the_department_that_has_it() -> None:
    with refused(ALREADY_HERE):
        after(in_status(HELD), Move.TRANSFER, department=FINANCE)


def test_a_case_that_was_taken_lies_free_in_its_new_queue() -> None:
    offered = after(in_status(HELD), Move.TRANSFER)
    done = after(offered, Move.ACCEPT_TRANSFER, RECEIVER, remark="接收")
    assert (done.department, done.department_name) == (REFORM, "青海省发展改革委")
    assert (done.holder, done.lease_until) == (None, EPOCH)
    assert done.proposals == ()
    assert (done.routing.department, done.routing.department_name) == (REFORM, "青海省发展改革委")
    assert done.routing.reasons == (*offered.routing.reasons, "转办接收")
    assert done.history[-1].data == {"to": REFORM, "to_name": "青海省发展改革委"}
    assert done.history[-1].note == "接收"


def test_taking_needs_no_remark_and_leaves_other_proposals() -> None:
    offered = prepared(after(in_status(HELD), Move.TRANSFER), Move.COUNTERSIGN_DECLINE)
    done = after(offered, Move.ACCEPT_TRANSFER, RECEIVER)
    assert done.history[-1].note is None
    assert [p.kind for p in done.proposals] == [ProposalKind.DECLINE]


def test_who_takes_a_case_is_no_longer_a_participant_and_the_others_stay() -> None:
    case = after(in_status(HELD), Move.INVITE, departments=[REFORM, AUDIT])
    done = after(after(case, Move.TRANSFER), Move.ACCEPT_TRANSFER, RECEIVER)
    assert done.routing.participants == (AUDIT,)


def test_a_case_that_leaves_its_jurisdiction_belongs_to_the_new_one() -> None:
    offered = after(in_status(HELD), Move.TRANSFER, department=HARBIN)
    there = RECEIVER.model_copy(update={"department": HARBIN})
    assert after(offered, Move.ACCEPT_TRANSFER, there).routing.jurisdiction == "harbin"
    near = after(after(in_status(HELD), Move.TRANSFER), Move.ACCEPT_TRANSFER, RECEIVER)
    assert near.routing.jurisdiction == "qinghai"


def test_a_returned_case_stays_and_says_from_where_and_why() -> None:
    offered = after(in_status(HELD), Move.TRANSFER)
    done = after(offered, Move.RETURN_TRANSFER, RECEIVER)
    assert (done.department, done.holder, done.proposals) == (FINANCE, offered.holder, ())
    assert done.history[-1].data == {"from": REFORM}
    assert done.history[-1].note == "不属本单位"


# -- dispute --------------------------------------------------------------------------------------
def test_a_dispute_names_whose_case_it_should_be_and_moves_nothing() -> None:
    offered = after(in_status(HELD), Move.TRANSFER)
    done = after(offered, Move.DISPUTE, department=AUDIT)
    assert done.department == FINANCE
    assert [p.kind for p in done.proposals] == [ProposalKind.TRANSFER, ProposalKind.DISPUTE]
    assert done.history[-1].data == {"to": AUDIT, "to_name": "青海省审计厅"}
    assert done.history[-1].note == "请裁定"


@pytest.mark.parametrize("chosen", [FINANCE, REFORM])
def test_a_decision_settles_the_dispute_and_the_offer(chosen: str) -> None:
    offered = prepared(after(in_status(HELD), Move.TRANSFER), Move.COUNTERSIGN_DECLINE)
    disputed = after(offered, Move.DISPUTE)
    done = after(disputed, Move.DECIDE_DISPUTE, SUPERVISOR, department=chosen)
    assert done.department == chosen
    assert [p.kind for p in done.proposals] == [ProposalKind.DECLINE]
    assert done.history[-1].data["to"] == chosen
    assert done.history[-1].note == "由财政厅办理"
    assert (done.holder is None) is (chosen != FINANCE)


# -- triage ---------------------------------------------------------------------------------------
def test_triage_says_whose_case_it_is_and_it_is_no_longer_in_triage() -> None:
    case = prepared(in_status(HELD), Move.ROUTE).model_copy(update={"quarantined": True})
    done = after(case, Move.ROUTE, TRIAGE)
    assert (done.department, done.routing.triage, done.quarantined) == (REFORM, False, False)
    assert done.routing.reasons[-1] == "分办：分办"
    assert done.complaint == case.complaint
    assert done.corrected_from is None
    assert done.history[-1].data == {"to": REFORM, "to_name": "青海省发展改革委"}
    assert done.history[-1].note == "分办"


def test_triage_may_name_the_domain_and_what_was_understood_first_is_kept() -> None:
    case = prepared(in_status(HELD), Move.ROUTE)
    done = after(case, Move.ROUTE, TRIAGE, domain=Domain.BIDDING)
    assert (done.complaint.domain, done.complaint.domain_by) == (Domain.BIDDING, DecidedBy.STAFF)
    assert done.corrected_from is Domain.GENERAL
    assert done.history[-1].data["before"] == "general"
    assert done.history[-1].data["after"] == "bidding"
    known = case.model_copy(update={"corrected_from": Domain.SPAM})
    assert after(known, Move.ROUTE, TRIAGE, domain=Domain.BIDDING).corrected_from is Domain.SPAM


def test_naming_the_domain_that_it_has_corrects_nothing() -> None:
    done = after(prepared(in_status(HELD), Move.ROUTE), Move.ROUTE, TRIAGE, domain=Domain.GENERAL)
    assert done.complaint.domain_by is DecidedBy.CLASSIFIER
    assert done.corrected_from is None
    assert "before" not in done.history[-1].data


# -- working together -----------------------------------------------------------------------------
def test_invited_departments_take_part_each_once_and_never_the_own() -> None:
    first = after(in_status(HELD), Move.INVITE)
    done = after(first, Move.INVITE, departments=[REFORM, AUDIT, FINANCE])
    assert done.routing.participants == (REFORM, AUDIT)
    assert done.history[-1].data == {"departments": ["青海省发展改革委", "青海省审计厅", "青海省财政厅"]}
    assert done.history[-1].note == "协助"
    assert done.department == FINANCE


def test_the_accused_is_not_invited() -> None:
    with refused(IS_ACCUSED, ConflictOfInterest):
        after(accusing(in_status(HELD), "青海省审计厅"), Move.INVITE, departments=[REFORM, AUDIT])


def test_a_merged_case_points_to_the_other_and_is_nobodys() -> None:
    done = after(after(in_status(HELD), Move.TRANSFER), Move.MERGE)
    assert done.merged_into == "SX20261123-9000002-0"
    assert (done.holder, done.proposals) == (None, ())
    assert done.history[-1].data == {"into": "SX20261123-9000002-0"}


def test_a_case_is_not_merged_into_itself() -> None:
    case = in_status(HELD)
    with refused(NOT_INTO_ITSELF):
        after(case, Move.MERGE, into=case.number)


def test_a_divided_case_knows_its_parts() -> None:
    case = in_status(HELD).model_copy(update={"children": ("SX20261123-0000009-0",)})
    done = after(case, Move.SPLIT)
    assert done.children == ("SX20261123-0000009-0", "SX20261123-9000003-0")
    assert done.history[-1].data == {"children": ["SX20261123-9000003-0"]}


def test_no_part_goes_to_the_accused() -> None:
    with refused(IS_ACCUSED, ConflictOfInterest):
        after(accusing(in_status(HELD), "青海省发展改革委"), Move.SPLIT)
