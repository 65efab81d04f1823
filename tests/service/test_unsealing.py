"""Two people let one person look once: nobody else, not again, not by another door."""

from __future__ import annotations

import pytest

from cases.errors import NotAllowed, NotFound, SecondPersonNeeded
from cases.model import Case
from cases.people import Actor, Role
from cases.ports.accounts import Staff
from cases.records import FreeText
from cases.vocabulary import Move
from classify.types import Domain
from tests.town.live.town import Town, actor
from tests.town.places import REFORM

NAME, PHONE = "欧阳明月", "13811112222"


async def approved(town: Town) -> tuple[Case, Staff, Staff]:
    """A named case whose holder asked to see the reporter and was allowed to."""
    handler = await town.person("李承办")
    supervisor = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.filed(name=FreeText(NAME), contact=FreeText(PHONE))
    case = await town.act(case, Move.CLAIM, handler)
    await town.act(case, Move.REQUEST_UNSEAL, handler, reason="需要当面核实")
    return await town.act(case, Move.APPROVE_UNSEAL, supervisor), handler, supervisor


async def test_who_asked_reads_it_once_and_both_are_in_history_and_audit(town: Town) -> None:
    case, handler, _ = await approved(town)
    services = town.core.services
    reporter = await services.desk.reporter_for(case.number, actor(handler))
    assert (reporter.name, reporter.contact) == (NAME, PHONE)
    with pytest.raises(NotFound):
        await services.desk.reporter_for(case.number, actor(handler))
    moves = [entry.move for entry in (await town.reread(case)).history]
    assert moves[-3:] == [Move.REQUEST_UNSEAL, Move.APPROVE_UNSEAL, Move.UNSEAL]
    entries = await town.storage.audit.list_entries(subject=case.number)
    assert [entry.actor for entry in entries if entry.action == "reporter.unsealed"] == [handler.id]


async def test_a_new_approval_allows_one_more_look(town: Town) -> None:
    case, handler, supervisor = await approved(town)
    services = town.core.services
    await services.desk.reporter_for(case.number, actor(handler))
    await town.act(case, Move.REQUEST_UNSEAL, handler, reason="电话没有打通")
    await town.act(case, Move.APPROVE_UNSEAL, supervisor)
    assert (await services.desk.reporter_for(case.number, actor(handler))).name == NAME


async def test_nobody_else_can_look(town: Town) -> None:
    case, _, supervisor = await approved(town)
    everyone = [
        supervisor,
        await town.person("王同事"),
        await town.person("赵主任", Role.HEAD),
        await town.person("孙审计", Role.AUDITOR),
        await town.person("钱管理", Role.ADMIN, department=REFORM),
        await town.person("外单位", Role.HANDLER, Role.HEAD, department=REFORM),
    ]
    for person in everyone:
        with pytest.raises(NotFound):
            await town.core.services.desk.reporter_for(case.number, actor(person))
        who = await town.sign_in(person)
        answer = await town.post(f"/desk/cases/{case.number}/reporter", person, who)
        assert answer.status in {403, 404}, person.name
        assert NAME not in await answer.text()
    with pytest.raises(NotFound):
        await town.core.services.desk.reporter_for(
            case.number, Actor(roles=frozenset(Role), id=None, department=case.department)
        )
    assert (await town.client.post(f"/desk/cases/{case.number}/reporter", allow_redirects=False)).status in {
        303,
        403,
    }


async def test_who_asked_cannot_approve_and_cannot_look_before(town: Town) -> None:
    town = town
    both = await town.person("两职", Role.HANDLER, Role.SUPERVISOR, department=REFORM)
    case = await town.filed(
        name=FreeText(NAME), contact=FreeText(PHONE), domain=Domain.BIDDING, text=_bidding_words()
    )
    case = await town.act(case, Move.CLAIM, both)
    await town.act(case, Move.REQUEST_UNSEAL, both, reason="核实")
    with pytest.raises(SecondPersonNeeded):
        await town.act(case, Move.APPROVE_UNSEAL, both)
    with pytest.raises(NotFound):
        await town.core.services.desk.reporter_for(case.number, actor(both))
    with pytest.raises(NotAllowed):
        await town.act(case, Move.UNSEAL, both)


def _bidding_words() -> str:
    return "西宁市城西区教育局发布中标通知后拒绝与我公司签订合同，要求赔偿损失。"
