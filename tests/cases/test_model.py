"""What a case says of itself: how sure it is, whether it is open, which clock and proposal is meant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from cases.model import Accused, Case, Complaint, Rating
from cases.people import CITIZEN, SYSTEM, Actor, Role
from cases.records import FreeText
from cases.vocabulary import ClockKind, Move, ProposalKind, Status
from classify.types import CONFIDENT
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after, in_status
from tests.town.people import HANDLER

DAY = timedelta(days=1)


@pytest.mark.parametrize(("confidence", "sure"), [(1.0, True), (CONFIDENT, True), (CONFIDENT - 0.001, False)])
def test_a_domain_is_sure_from_a_certain_confidence_on(confidence: float, sure: bool) -> None:
    complaint = registered().complaint
    assert complaint.model_copy(update={"confidence": confidence}).sure is sure
    assert complaint.confidence == 1.0


@pytest.mark.parametrize(
    ("stored", "opened"),
    [
        (None, ()),
        ({"name": "某县教育局", "level": "county"}, (Accused(name="某县教育局", level="county"),)),
        ([{"name": "甲局"}, {"name": "乙局"}], (Accused(name="甲局"), Accused(name="乙局"))),
    ],
)
def test_a_complaint_kept_when_there_was_one_accused_at_most_opens(stored: object, opened: object) -> None:
    fields = registered().complaint.model_dump(mode="json") | {"accused": stored}
    fields.pop("named_too")
    complaint = Complaint.model_validate(fields)
    assert (complaint.accused, complaint.named_too) == (opened, ())


@pytest.mark.parametrize("status", Status)
def test_a_case_is_open_while_something_is_owed(status: Status) -> None:
    owed = {"registered", "accepted", "awaiting_citizen", "in_review", "in_final_review"}
    assert in_status(status).is_open is (status in owed)


def test_the_clock_that_ends_first_is_the_one_that_is_due() -> None:
    (first,) = registered().clocks
    later = first.model_copy(update={"due_at": first.due_at + DAY})
    sooner = first.model_copy(update={"due_at": first.due_at - DAY})
    stopped = sooner.model_copy(update={"due_at": MONDAY, "stopped_at": MONDAY})
    assert registered(clocks=(later, sooner, stopped)).due_at == sooner.due_at
    assert registered(clocks=(stopped,)).due_at is None
    assert registered(clocks=()).due_at is None


def test_the_newest_clock_of_a_kind_is_meant() -> None:
    (first,) = registered().clocks
    second = first.model_copy(update={"due_at": first.due_at + DAY})
    assert registered(clocks=(first, second)).clock(ClockKind.ACCEPT) == second
    assert registered().clock(ClockKind.HANDLE) is None


def test_a_proposal_is_found_by_its_kind() -> None:
    case = after(after(registered(), Move.CLAIM), Move.TRANSFER)
    found = case.proposal(ProposalKind.TRANSFER)
    assert found is not None
    assert found.by == HANDLER
    assert case.proposal(ProposalKind.DECLINE) is None


def test_nothing_in_a_case_can_be_changed_or_added() -> None:
    case = registered()
    with pytest.raises(ValidationError):
        case.__setattr__("status", Status.CLOSED)
    with pytest.raises(ValidationError):
        Case.model_validate({**case.model_dump(), "secret": "x"})


def test_words_of_people_are_marked_as_such() -> None:
    case = registered()
    read_back = Case.model_validate_json(case.model_dump_json())
    assert isinstance(read_back.complaint.text, FreeText)
    assert isinstance(read_back.complaint.persons[0], FreeText)
    assert read_back == case


@pytest.mark.parametrize(("satisfied", "possible"), [(0, False), (1, True), (5, True), (6, False)])
def test_satisfaction_is_one_to_five(satisfied: int, possible: bool) -> None:
    rating = {"responded": True, "solved": True, "satisfied": satisfied, "at": MONDAY}
    if possible:
        assert Rating.model_validate(rating).satisfied == satisfied
    else:
        with pytest.raises(ValidationError):
            Rating.model_validate(rating)


def test_an_actor_has_any_of_several_roles() -> None:
    both = Actor(roles=frozenset({Role.HEAD, Role.TRIAGE}))
    assert both.has(Role.TRIAGE)
    assert both.has(Role.HANDLER, Role.HEAD)
    assert not both.has(Role.HANDLER, Role.DEPUTY)
    assert not both.has()


def test_the_citizen_and_the_system_have_no_account() -> None:
    assert (CITIZEN.roles, CITIZEN.id, CITIZEN.department) == (frozenset({Role.CITIZEN}), None, None)
    assert (SYSTEM.roles, SYSTEM.id, SYSTEM.department) == (frozenset({Role.SYSTEM}), None, None)
