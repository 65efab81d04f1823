"""Watchers: a roster with terms and recusals, tasks of their own, and nothing else in sight."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.errors import IllegalMove, InvalidInput, NotFound
from cases.instants import local_date
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from tests.town.dossiers import ARGS, BODY, FILE
from tests.town.live.bureau import Bureau
from tests.town.live.town import Town, actor


async def harbin(town: Town) -> tuple[Bureau, str]:
    """A bureau where a document has watchers, and the id of a body there."""
    home = town.services.rules.jurisdictions.get("harbin")
    bureau = await Bureau.of(town, home.coordinator)
    other = next(one for one in home.departments if one.id not in {home.coordinator, home.government})
    return bureau, other.id


def task(body: str, **given: Any) -> dict[str, Any]:
    return {**ARGS[(Kind.WATCHER, "give_task")], **BODY, "body": body, "code": "", **given}


async def test_a_watcher_sees_the_own_task_reports_and_the_report_is_a_lead(town: Town) -> None:
    bureau, body = await harbin(town)
    department = bureau.people[Role.REGISTRAR].department or ""
    person = await town.person("赵监督", Role.WATCHER, department=department)
    stranger = await town.person("钱监督", Role.WATCHER, department=department)
    watcher = await bureau.open(Kind.WATCHER, account=person.id)
    given = await bureau.act(watcher, "give_task", Role.REGISTRAR, **task(body))
    visit = (await bureau.service.get(given.history[-1].data["visit"], actor(person))).dossier
    who = await town.sign_in(person)
    assert visit.id in await town.page("/credit", who)
    page = await town.page(f"/credit/{visit.id}", who)
    assert "提交报告" in page
    assert watcher.id not in await town.page("/credit?view=all", who)
    with pytest.raises(NotFound):
        await bureau.service.get(visit.id, actor(stranger))
    with pytest.raises(NotFound):
        await bureau.service.get(watcher.id, actor(person))
    for closed in ("/desk", "/board", "/credit/awards"):
        assert (await town.client.get(closed, headers=who, allow_redirects=False)).status == 403
    told = await bureau.act(visit, "report", actor(person), rating=2, found="路面未铺。", photos=[FILE])
    again = await bureau.act(told, "return", Role.REGISTRAR, reason="请补充日期")
    told = await bureau.act(again, "report", actor(person), rating=2, found="11月20日路面未铺。")
    assert len(told.photos) == 1, "what was sent before stays"
    done = await bureau.act(told, "accept", Role.REGISTRAR, lead="转承诺台账核实")
    assert done.status.value == "accepted"
    assert not [one async for one in town.storage.dossiers.iterate_shared()], "a report is no record"


async def test_who_is_connected_with_a_body_is_not_sent_there_and_terms_end(town: Town) -> None:
    bureau, body = await harbin(town)
    name = town.services.rules.jurisdictions.department(body).full_name
    today = local_date(town.watch.now)
    watcher = await bureau.open(
        Kind.WATCHER,
        recusals=[name.removeprefix("哈尔滨市")],
        begins_on=today,
        ends_on=today + timedelta(days=30),
        account="",
    )
    with pytest.raises(InvalidInput, match="应当回避"):
        await bureau.act(watcher, "give_task", Role.REGISTRAR, **task(body))
    with pytest.raises(InvalidInput, match="任期的结束日期"):
        await bureau.act(watcher, "prolong", Role.REGISTRAR, ends_on=today)
    town.later(days=32)
    with pytest.raises(IllegalMove, match="任期已满"):
        await bureau.act(watcher, "give_task", Role.REGISTRAR, **task(body))
    ended = await bureau.wake(watcher)
    assert ended.status.value == "ended"
