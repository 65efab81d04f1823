"""The table is the law: every status × move × role, what it allows and what it refuses."""

from __future__ import annotations

import itertools

import pytest

from cases.errors import DomainError, IllegalMove, NotAllowed, NotFound
from cases.lifecycle.making import apply
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import MOVES, TABLE, TRANSITIONS
from cases.model import Case, Holder
from cases.moves.history import find_break
from cases.people import Actor, Role
from cases.vocabulary import By, Move, Status
from tests.town.clock import MONDAY
from tests.town.moves import args_of, before, in_status, looked_up_for, prepared, stands
from tests.town.people import staff
from tests.town.places import ELSEWHERE

CASES: dict[Status, Case] = {status: in_status(status) for status in Status}
PAIRS = list(itertools.product(Status, Move))
STAFF_ROLES = tuple(r for r in Role if r not in {Role.CITIZEN, Role.SYSTEM})


def ready(status: Status, move: Move) -> Case:
    """With a holder where the table speaks of one: a merged case has none by itself."""
    case, row = CASES[status], TRANSITIONS.get((status, move))
    if row is not None and By.HOLDER in row.by and case.holder is None:
        case = case.model_copy(update={"holder": Holder(staff="s-handler", name="李承办", since=MONDAY)})
    return prepared(case, move)


@pytest.mark.parametrize(("status", "move"), PAIRS)
def test_what_the_table_does_not_name_nobody_may_do(status: Status, move: Move) -> None:
    if (status, move) in TRANSITIONS:
        return
    case = ready(status, move)
    for role in Role:
        for by in By:
            with pytest.raises((IllegalMove, NotFound)):
                TABLE.check(move, at(case, stands(case, role, by), move))


@pytest.mark.parametrize(("status", "move"), sorted(TRANSITIONS))
def test_only_the_roles_of_the_table_may_make_the_move(status: Status, move: Move) -> None:
    row, case = TRANSITIONS[status, move], ready(status, move)
    for role in Role:
        allowed = {by for by in By if _passes(case, move, stands(case, role, by))}
        if role not in row.roles:
            assert not allowed, f"{role} may {move} in {status} as {allowed}"
        elif role in STAFF_ROLES:
            assert allowed & set(row.by), f"{role} may never {move} in {status}"
        else:
            assert allowed


@pytest.mark.parametrize(("status", "move"), sorted(TRANSITIONS))
def test_nobody_elsewhere_may_make_any_move(status: Status, move: Move) -> None:
    case = ready(status, move)
    for role in STAFF_ROLES:
        stranger = staff("s-stranger", "外省人", role, ELSEWHERE)
        with pytest.raises((NotFound, NotAllowed)):
            TABLE.check(move, before(case, stranger))


@pytest.mark.parametrize(("status", "move"), sorted(TRANSITIONS))
def test_each_move_leads_where_the_table_says_and_keeps_the_chain(status: Status, move: Move) -> None:
    row, case = TRANSITIONS[status, move], ready(status, move)
    actor = next(
        person
        for role in sorted(row.roles)
        for by in sorted(row.by)
        if _passes(case, move, person := stands(case, role, by))
    )
    done = apply(at(case, actor, move), move, args_of(move), looked_up=looked_up_for(case))
    assert done.status is (row.to or Status.ACCEPTED)
    assert len(done.history) == len(case.history) + 1
    assert done.history[-1].move == move
    assert done.history[-1].actor == actor
    assert find_break(done.history) is None


@pytest.mark.parametrize(("status", "move"), sorted(TRANSITIONS))
def test_a_button_is_shown_only_where_the_move_would_be_allowed(status: Status, move: Move) -> None:
    case = ready(status, move)
    for role in STAFF_ROLES:
        for by in By:
            person = stands(case, role, by)
            shown = {spec.move for spec in TABLE.offers(before(case, person))}
            if move in shown:
                TABLE.check(move, before(case, person))


def test_every_move_has_words_a_form_and_a_place_in_the_table() -> None:
    named = {move for _, move in TRANSITIONS} | {Move.REGISTER}
    assert named == set(Move) == set(MOVES)
    for spec in MOVES.values():
        assert spec.label
        assert spec.past
        for name, field in spec.args.model_fields.items():
            extra = field.json_schema_extra
            is_told = isinstance(extra, dict) and ("label" in extra or extra.get("widget") == "hidden")
            assert is_told or spec.move is Move.WARN, f"{spec.move}.{name} has no words"


def test_an_auditor_and_an_administrator_change_nothing() -> None:
    for row in TRANSITIONS.values():
        assert not row.roles & {Role.AUDITOR, Role.ADMIN}


def at(case: Case, actor: Actor, move: Move) -> Situation:
    """Before the case, on the page that the move asks for."""
    return before(case, actor, holder_away=True, on_reporter_page=move is Move.UNSEAL)


def _passes(case: Case, move: Move, actor: Actor) -> bool:
    try:
        TABLE.check(move, at(case, actor, move))
    except DomainError:
        return False
    return True
