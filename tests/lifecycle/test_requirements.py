"""What each requirement closes and opens, at the very moment at which it changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cases.clocks import Clock
from cases.errors import DomainError
from cases.instants import end_of, local_date
from cases.lifecycle.forms import Decline, Extension, Grounds, Opinion, OptionalRemark, Transfer
from cases.lifecycle.making import apply
from cases.lifecycle.requirements import days_to_extend
from cases.lifecycle.table import TABLE
from cases.model import Case
from cases.moves.table import Args
from cases.people import CITIZEN, Actor
from cases.records import FreeText
from cases.vocabulary import ClockKind, DeclineReason, Move, Outcome
from classify.types import Domain
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import before
from tests.town.people import HANDLER, HEAD, RECEIVER
from tests.town.places import REFORM
from tests.town.rules import RULES

DAY = timedelta(days=1)
WITHOUT_EXTENSION = [
    d for d in Domain if d.in_scope and not RULES.limits.for_case(d, ClockKind.HANDLE).max_extension
]
WITH_EXTENSION = [
    d for d in Domain if d.in_scope and RULES.limits.for_case(d, ClockKind.HANDLE).max_extension
]


def accepted_case(domain: Domain, at: datetime = MONDAY) -> Case:
    case = registered()
    complaint = case.complaint.model_copy(update={"domain": domain, "text": FreeText("承诺没有兑现")})
    claimed = apply(before(case.model_copy(update={"complaint": complaint}), HANDLER, at), Move.CLAIM, Args())
    return apply(before(claimed, HANDLER, at), Move.ACCEPT, OptionalRemark())


def handle_clock(case: Case) -> Clock:
    clock = case.clock(ClockKind.HANDLE)
    assert clock is not None
    return clock


def extension(days: int) -> Extension:
    return Extension(days=days, reason="等待审计结论")


def works(case: Case, move: Move, args: Args, actor: Actor, at: datetime) -> bool:
    try:
        apply(before(case, actor, at), move, args)
    except DomainError:
        return False
    return True


def opens(case: Case, move: Move, at: datetime) -> bool:
    """Whether the requirements of the move alone let it pass, for who has the role for it."""
    actor = {Move.APPROVE_EXTENSION: HEAD, Move.REFUSE_EXTENSION: HEAD, Move.REOPEN: HEAD}.get(move, HANDLER)
    actor = {Move.ASK_REVIEW: CITIZEN, Move.RETURN_TRANSFER: RECEIVER}.get(move, actor)
    return TABLE.obstacle(move, before(case, actor, at)) is None


def test_there_are_domains_of_both_kinds() -> None:
    assert Domain.PROCUREMENT in WITHOUT_EXTENSION
    assert {Domain.GENERAL, Domain.DEBT} <= set(WITH_EXTENSION)


@pytest.mark.parametrize("domain", WITHOUT_EXTENSION)
def test_no_extension_is_offered_where_the_law_knows_none(domain: Domain) -> None:
    case = accepted_case(domain)
    assert not opens(case, Move.REQUEST_EXTENSION, MONDAY)
    assert not works(case, Move.REQUEST_EXTENSION, extension(1), HANDLER, MONDAY)


@pytest.mark.parametrize("domain", WITH_EXTENSION)
def test_the_days_offered_are_exactly_those_the_law_allows(domain: Domain) -> None:
    case = accepted_case(domain)
    most = days_to_extend(case, RULES, MONDAY)
    assert works(case, Move.REQUEST_EXTENSION, extension(most), HANDLER, MONDAY)
    if most < 60:
        assert not works(case, Move.REQUEST_EXTENSION, extension(most + 1), HANDLER, MONDAY)


def test_a_time_that_was_extended_is_not_extended_again() -> None:
    case = accepted_case(Domain.GENERAL)
    asked = apply(before(case, HANDLER, MONDAY), Move.REQUEST_EXTENSION, extension(10))
    assert opens(asked, Move.APPROVE_EXTENSION, MONDAY)
    granted = apply(before(asked, HEAD, MONDAY), Move.APPROVE_EXTENSION, OptionalRemark())
    assert not opens(granted, Move.REQUEST_EXTENSION, MONDAY)


def test_nothing_is_extended_once_the_time_has_run_out() -> None:
    case = accepted_case(Domain.GENERAL)
    asked = apply(before(case, HANDLER, MONDAY), Move.REQUEST_EXTENSION, extension(10))
    due = handle_clock(case).due_at
    for at, lawful in ((due, True), (due + timedelta(milliseconds=1), False)):
        assert opens(case, Move.REQUEST_EXTENSION, at) is lawful
        assert opens(asked, Move.APPROVE_EXTENSION, at) is lawful
        assert works(asked, Move.APPROVE_EXTENSION, OptionalRemark(), HEAD, at) is lawful
        assert opens(asked, Move.REFUSE_EXTENSION, at)


def test_a_domain_corrected_after_acceptance_does_not_lend_its_extension_to_the_old_clock() -> None:
    case = accepted_case(Domain.BIDDING)
    general = case.complaint.model_copy(update={"domain": Domain.GENERAL})
    corrected = case.model_copy(update={"complaint": general})
    assert days_to_extend(corrected, RULES, MONDAY) == 0
    assert not works(corrected, Move.REQUEST_EXTENSION, extension(1), HANDLER, MONDAY)


def test_a_transfer_is_returned_within_five_working_days_or_not_at_all() -> None:
    held = apply(before(registered(), HANDLER, MONDAY), Move.CLAIM, Args())
    sent = apply(
        before(held, HANDLER, MONDAY), Move.TRANSFER, Transfer(department=REFORM, reason="属于贵单位")
    )
    clock = sent.clock(ClockKind.TRANSFER_RETURN)
    assert clock is not None
    for at, lawful in ((clock.due_at, True), (clock.due_at + DAY, False)):
        assert opens(sent, Move.RETURN_TRANSFER, at) is lawful
        assert works(sent, Move.RETURN_TRANSFER, Grounds(reason="不属于"), RECEIVER, at) is lawful


def test_a_review_is_offered_for_thirty_days_after_the_answer(answered: Case) -> None:
    last = end_of(local_date(MONDAY) + 30 * DAY)
    for at, lawful in ((MONDAY, True), (last, True), (last + 3 * DAY, False)):
        assert opens(answered, Move.ASK_REVIEW, at) is lawful
        assert works(answered, Move.ASK_REVIEW, Grounds(reason="不服"), CITIZEN, at) is lawful


def test_nothing_is_reopened_after_the_final_review(answered: Case) -> None:
    for reviews, lawful in ((0, True), (1, True), (2, False)):
        case = answered.model_copy(update={"reviews": reviews})
        assert opens(case, Move.REOPEN, MONDAY) is lawful
        assert works(case, Move.REOPEN, Grounds(reason="有新事实"), HEAD, MONDAY) is lawful


@pytest.fixture
def answered() -> Case:
    opinion = Opinion(
        outcome=Outcome.SUPPORT, request="付款", facts="属实", opinion="付清", legal_basis="《民法典》"
    )
    return apply(before(accepted_case(Domain.GENERAL), HANDLER, MONDAY), Move.ANSWER, opinion)


def test_a_case_is_not_accepted_while_a_refusal_waits_for_its_second_signature() -> None:
    held = apply(before(registered(), HANDLER, MONDAY), Move.CLAIM, Args())
    refusal = Decline(reason=DeclineReason.IN_COURT, legal_basis="《信访工作条例》", explanation="已立案")
    waiting = apply(before(held, HANDLER, MONDAY), Move.PROPOSE_DECLINE, refusal)
    for case, shown in ((held, True), (waiting, False)):
        moves = {spec.move for spec in TABLE.offers(before(case, HANDLER))}
        assert (Move.ACCEPT in moves) is shown
        assert works(case, Move.ACCEPT, OptionalRemark(), HANDLER, MONDAY) is shown
