"""A department sees a case once it was invited; being listed for the domain is a suggestion, no key."""

from __future__ import annotations

import pytest

from cases.errors import NotFound
from cases.ports.cases import CaseFilter
from cases.vocabulary import Audience, Move
from classify.types import Domain
from handlers.department.case.move_forms import departments_for
from tests.town.live.town import Town, actor


async def test_whoever_is_listed_sees_the_case_only_once_invited(town: Town) -> None:
    case = await town.filed(domain=Domain.DEBT)
    li = await town.person("李承办", department=case.department)
    case = await town.claimed(li, case)
    listed = case.routing.suggested
    assert listed
    assert case.routing.participants == ()
    there = await town.person("孙参加", department=listed[0])
    with pytest.raises(NotFound):
        await town.services.desk.get(case.number, actor(there))
    assert await town.services.desk.count(actor(there), CaseFilter()) == 0
    systems = [n.params["to"] for n in case.notifications if n.audience is Audience.SYSTEMS]
    assert all(listed[0] not in to for to in systems)
    offered = [d.id for d in departments_for(case, town.services.rules.jurisdictions)]
    assert set(offered[: len(listed)]) == set(listed)
    invited = await town.act(case, Move.INVITE, li, departments=[listed[0]], reason="核对账目")
    assert invited.routing.participants == (listed[0],)
    assert (await town.services.desk.get(case.number, actor(there))).number == case.number
