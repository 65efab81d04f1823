"""A move applies exactly when it is offered: every status × state × person × move, and both at two times."""

from __future__ import annotations

import re

import pytest

from cases.lifecycle.making import apply
from cases.lifecycle.table import TABLE
from cases.model import Case
from cases.people import Role
from cases.vocabulary import Move, Status
from tests.town.situations import LATER, cases_in_every_state, fitting_args, people_before
from tests.town.story import NOW, before, in_status, looked_up_for

SITUATIONS = list(cases_in_every_state())


@pytest.mark.parametrize("when", [NOW, LATER], ids=["now", "later"])
@pytest.mark.parametrize("case", [case for _, case in SITUATIONS], ids=[name for name, _ in SITUATIONS])
def test_a_move_applies_exactly_when_it_is_offered(case: Case, when: object) -> None:
    for person in people_before(case):
        for away in (False, True) if person.has(Role.DEPUTY) else (False,):
            at = before(case, person, when, holder_away=away)
            offered = {spec.move for spec in TABLE.offers(at)}
            assert offered == {move for move in Move if TABLE.obstacle(move, at) is None}
            for move in offered:
                apply(at, move, fitting_args(case, move, when), looked_up=looked_up_for(case))


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
