"""Who may know of a case, who stands to it how, and who never may."""

from __future__ import annotations

import pytest

from cases.lifecycle.permissions import (
    HOLDERS,
    has_sight,
    is_conflicted,
    is_involved,
    may_see,
    oversees,
    receiver_of,
    stands,
)
from cases.model import Accused, Case, Holder
from cases.people import CITIZEN, SYSTEM, Actor, Role
from cases.records import FreeText
from cases.vocabulary import By, Move, ProposalKind
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after
from tests.town.people import HANDLER, HEAD, SUPERVISOR, staff
from tests.town.places import ELSEWHERE, FINANCE, REFORM
from tests.town.rules import RULES

BOOKS = RULES.jurisdictions
CULTURE = "630000:省文化新闻出版厅"
CITY = "630100:西宁市人民政府"
RELATIONS = [By.HOLDER, By.DEPARTMENT, By.RECEIVER, By.INVOLVED, By.OVERSEER, By.CITIZEN, By.SYSTEM]


def relations(case: Case, actor: Actor) -> set[By]:
    return {by for by in RELATIONS if stands(case, actor, by, BOOKS)}


def about(name: str, text: str = "承诺没有兑现", **more: object) -> Case:
    complaint = registered().complaint.model_copy(
        update={"accused": (Accused(name=name),), "text": FreeText(text), **more}
    )
    return registered(complaint=complaint)


@pytest.fixture
def offered() -> Case:
    """Held by a handler of the finance department, offered to the reform commission."""
    return after(after(registered(), Move.CLAIM), Move.TRANSFER)


@pytest.fixture
def shared() -> Case:
    """With the reform commission taking part."""
    routing = registered().routing.model_copy(update={"participants": (REFORM,)})
    return registered(routing=routing)


# -- relations ------------------------------------------------------------------------------------
def test_who_holds_a_case_stands_to_it_as_holder_and_a_colleague_does_not() -> None:
    held = after(registered(), Move.CLAIM)
    assert relations(held, HANDLER) == {By.HOLDER, By.DEPARTMENT, By.INVOLVED}
    assert relations(held, staff("s-other", "别人", Role.HANDLER)) == {By.DEPARTMENT, By.INVOLVED}


def test_the_head_of_the_department_stands_in_for_every_holder() -> None:
    assert By.HOLDER in relations(registered(), HEAD)
    assert By.HOLDER in relations(after(registered(), Move.CLAIM), HEAD)


def test_a_case_nobody_holds_has_no_holder() -> None:
    assert By.HOLDER not in relations(registered(), HANDLER)
    assert By.HOLDER not in relations(registered(), CITIZEN)


def test_neither_the_holder_nor_a_head_of_another_department_holds_it() -> None:
    held = after(registered(), Move.CLAIM)
    moved = held.model_copy(update={"department": REFORM})
    assert By.HOLDER not in relations(moved, HANDLER)
    assert By.HOLDER not in relations(registered(), staff("s-head-2", "外单位负责人", Role.HEAD, REFORM))


def test_who_works_where_a_transfer_was_offered_is_the_receiver(offered: Case) -> None:
    assert receiver_of(offered) == REFORM
    assert relations(offered, staff("s-r", "接收人", Role.HANDLER, REFORM)) == {By.RECEIVER, By.INVOLVED}
    assert relations(offered, staff("s-x", "外人", Role.HANDLER, CULTURE)) == set()


def test_without_an_offer_nobody_is_the_receiver_not_even_who_has_no_department() -> None:
    assert receiver_of(registered()) is None
    assert By.RECEIVER not in relations(registered(), CITIZEN)
    assert By.RECEIVER not in relations(registered(), staff("s-r", "接收人", Role.HANDLER, REFORM))


def test_a_participant_is_involved_and_nothing_more(shared: Case) -> None:
    assert relations(shared, staff("s-p", "协办人", Role.HANDLER, REFORM)) == {By.INVOLVED}
    assert is_involved(shared, FINANCE)
    assert not is_involved(shared, CULTURE)
    assert not is_involved(shared, None)


def test_the_citizen_and_the_system_stand_to_a_case_as_such_only() -> None:
    assert relations(registered(), CITIZEN) == {By.CITIZEN}
    assert relations(registered(), SYSTEM) == {By.SYSTEM}


# -- oversight ------------------------------------------------------------------------------------
def test_a_supervisor_at_the_top_of_a_jurisdiction_oversees_all_of_it() -> None:
    assert oversees(registered(), SUPERVISOR, BOOKS)
    assert oversees(registered(department=CITY), SUPERVISOR, BOOKS)
    assert not oversees(registered(department=ELSEWHERE), SUPERVISOR, BOOKS)


def test_a_supervisor_of_a_city_oversees_the_city_and_not_the_province() -> None:
    of_the_city = staff("s-c", "市督办", Role.SUPERVISOR, CITY)
    assert oversees(registered(department=CITY), of_the_city, BOOKS)
    assert not oversees(registered(), of_the_city, BOOKS)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_nobody_but_a_supervisor_oversees(role: Role) -> None:
    assert not oversees(registered(), staff("s-1", "某人", role, REFORM), BOOKS)


def test_a_supervisor_without_a_department_oversees_nothing() -> None:
    assert not oversees(registered(), Actor(roles=frozenset({Role.SUPERVISOR}), id="s"), BOOKS)


# -- sight ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.HANDLER, Role.DEPUTY, Role.HEAD, Role.TRIAGE])
def test_who_may_hold_cases_sees_those_of_the_own_department(role: Role) -> None:
    assert role in HOLDERS
    assert has_sight(registered(), staff("s-1", "本单位", role), BOOKS)
    assert not has_sight(registered(), staff("s-1", "外单位", role, CULTURE), BOOKS)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN, Role.CITIZEN])
def test_who_may_not_hold_cases_sees_none(role: Role) -> None:
    assert role not in HOLDERS
    assert not has_sight(registered(), staff("s-1", "本单位", role), BOOKS)


def test_the_system_and_a_supervisor_see_without_taking_part() -> None:
    assert has_sight(registered(), SYSTEM, BOOKS)
    assert has_sight(registered(), SUPERVISOR, BOOKS)


def test_seeing_needs_both_a_place_to_stand_and_no_conflict() -> None:
    assert may_see(registered(), HANDLER, BOOKS)
    assert not may_see(registered(), staff("s-1", "外单位", Role.HANDLER, CULTURE), BOOKS)
    assert not may_see(about("青海省财政厅"), HANDLER, BOOKS)


# -- conflicts ------------------------------------------------------------------------------------
def test_the_accused_body_and_what_is_below_it_are_in_conflict() -> None:
    assert is_conflicted(about("青海省财政厅"), HANDLER, BOOKS)
    assert is_conflicted(about("青海省人民政府"), staff("s-1", "市里的人", Role.HANDLER, CITY), BOOKS)
    assert not is_conflicted(registered(), HANDLER, BOOKS)


@pytest.mark.parametrize(
    "case",
    [
        about("教育局", "李承办收了钱不办事"),
        about("教育局", wish=FreeText("请处理李承办")),
        about("教育局", persons=(FreeText("李承办"),)),
    ],
    ids=["in the text", "in the wish", "as a person"],
)
def test_whoever_is_named_in_the_complaint_is_in_conflict(case: Case) -> None:
    assert is_conflicted(case, HANDLER, BOOKS)
    assert not is_conflicted(case, staff("s-1", "王某某", Role.HANDLER), BOOKS)


def test_a_name_of_two_characters_counts_and_a_single_one_does_not() -> None:
    case = about("教育局", "李明说过要付款")
    assert is_conflicted(case, staff("s-1", "李明", Role.HANDLER), BOOKS)
    assert not is_conflicted(case, staff("s-1", "李", Role.HANDLER), BOOKS)


def test_a_system_and_a_citizen_without_a_department_are_never_in_conflict() -> None:
    case = about("投诉人", "系统和投诉人都在这里")
    assert not is_conflicted(case, CITIZEN, BOOKS)
    assert not is_conflicted(case, SYSTEM, BOOKS)


def test_somebody_of_a_department_we_do_not_know_is_judged_by_the_name_alone() -> None:
    stranger = staff("s-1", "李承办", Role.HANDLER, "999999:没有这个单位")
    assert not is_conflicted(registered(), stranger, BOOKS)
    assert is_conflicted(about("教育局", "李承办"), stranger, BOOKS)


def test_only_an_offered_transfer_makes_a_receiver() -> None:
    declined = after(after(registered(), Move.CLAIM), Move.PROPOSE_DECLINE)
    assert declined.proposal(ProposalKind.DECLINE) is not None
    assert receiver_of(declined) is None
    holder = Holder(staff="s-r", name="接收人", since=MONDAY)
    assert not stands(registered(holder=holder), staff("s-q", "别人", Role.HANDLER), By.HOLDER, BOOKS)
