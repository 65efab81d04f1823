"""A move applies exactly when it is offered: every status × state × person × move, and both at two times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest

from cases.lifecycle.making import apply
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import TABLE
from cases.model import Case
from cases.people import Role
from cases.vocabulary import Move, Status
from tests.town.clock import MONDAY
from tests.town.moves import before, in_status, looked_up_for
from tests.town.people import ACCUSED
from tests.town.situations import LATER, cases_in_every_state, fitting_args, people_before

STATES = [*cases_in_every_state()]
TIMES = (MONDAY, LATER)


def everybody_before(case: Case, when: datetime) -> Iterator[Situation]:
    """Every person before the case; the B role both with the holder here and away."""
    for person in people_before(case):
        for away in (False, True) if person.has(Role.DEPUTY) else (False,):
            yield before(case, person, when, holder_away=away)


@pytest.mark.parametrize("when", TIMES, ids=["now", "later"])
@pytest.mark.parametrize("status", Status)
def test_a_move_applies_exactly_when_it_is_offered(status: Status, when: datetime) -> None:
    for name, case in STATES:
        if case.status is not status:
            continue
        looked_up = looked_up_for(case)
        for at in everybody_before(case, when):
            offered = {spec.move for spec in TABLE.offers(at)}
            free = {move for move in Move if TABLE.obstacle(move, at) is None}
            assert offered == free, f"{name}, before {at.actor}"
            assert not (offered and at.actor.name == ACCUSED), name
            for move in offered:
                apply(at, move, fitting_args(case, move, when), looked_up=looked_up)


def test_the_walk_leaves_nothing_out() -> None:
    """Situations × moves; a state, a status or a person more makes it more, never less."""
    situations = sum(1 for _, case in STATES for when in TIMES for _ in everybody_before(case, when))
    assert {case.status for _, case in STATES} == set(Status)
    assert situations * len(Move) >= 1_837_440


def test_making_a_move_asks_the_same_table() -> None:
    case = in_status(Status.ACCEPTED)
    for person in people_before(case):
        at = before(case, person)
        for move in Move:
            obstacle = TABLE.obstacle(move, at)
            if obstacle is None:
                continue
            with pytest.raises(obstacle.error, match=re.escape(str(obstacle.as_error()))):
                apply(at, move, fitting_args(case, move), looked_up=looked_up_for(case))
