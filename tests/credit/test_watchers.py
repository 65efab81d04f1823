"""Watchers: a roster with terms and recusals, tasks of their own, and nothing else in sight."""

from __future__ import annotations

import html
from datetime import date, timedelta
from typing import Any

import pytest
from aiohttp import FormData

from cases.errors import IllegalMove, InvalidInput, NotFound
from cases.instants import local_date
from cases.integrity.registers.watchers import Watcher
from cases.integrity.spine.standing import EVERYTHING
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.ports.dossiers import DossierFilter
from handlers.web.pages.filters import chinese_date
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
    listed = await town.page("/credit", who)
    assert visit.id in listed
    assert chinese_date(visit.due_on) in listed
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
    again = await bureau.act(told, "return", Role.REGISTRAR, reason="请补充日期", due_on=date(2099, 12, 2))
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


async def test_a_task_that_is_late_is_told_once_and_its_report_is_still_taken(town: Town) -> None:
    bureau, body = await harbin(town)
    person = await town.person(
        "赵监督", Role.WATCHER, department=str(bureau.people[Role.REGISTRAR].department)
    )
    watcher = await bureau.open(Kind.WATCHER, account=person.id)
    until = local_date(town.watch.now) + timedelta(days=3)
    given = await bureau.act(watcher, "give_task", Role.REGISTRAR, **task(body, due_on=until))
    (told,) = [one for one in given.notifications if one.template == "staff-visit-given"]
    visit = (await bureau.service.get(told.params["id"], actor(person))).dossier
    assert told.target == visit.assignee == person.id
    town.later(days=4)
    late = await bureau.wake(visit)
    assert late.status.value == "late"
    assert await bureau.service.wake(late) is None
    said = [one.template for one in late.notifications if one.template.startswith("staff")]
    assert said == ["staff-visit-late", "staff-visit-yours-late"]
    reported = await bureau.act(late, "report", actor(person), rating=2, found="路面未铺。")
    with pytest.raises(InvalidInput, match="不能早于今天"):
        await bureau.act(reported, "return", Role.REGISTRAR, reason="补照片", due_on=until)


@pytest.mark.parametrize("account", ["nobody", "handler", "gone"])
async def test_a_form_names_working_accounts_of_the_right_role_alone(town: Town, account: str) -> None:
    bureau, _ = await harbin(town)
    await town.person("经办", Role.HANDLER, id="handler")
    await town.person("离任", Role.WATCHER, id="gone", active=False)
    with pytest.raises(InvalidInput, match=f"没有“{account}”这个社会监督员账号"):
        await bureau.open(Kind.WATCHER, account=account)


async def test_an_account_is_named_by_its_login_and_shown_as_people_know_it(town: Town) -> None:
    bureau, _ = await harbin(town)
    person = await town.person("林监督", Role.WATCHER)
    watcher = await bureau.open(Kind.WATCHER, account=person.login)
    assert isinstance(watcher, Watcher)
    assert watcher.account == person.id
    shown = await town.services.integrity.account_words(watcher)
    assert shown == {person.id: f"林监督（{person.login}）"}


async def test_a_promise_to_be_looked_at_is_a_public_one(town: Town) -> None:
    bureau, body = await harbin(town)
    watcher = await bureau.open(Kind.WATCHER, account="")
    promise = await bureau.open(Kind.COMMITMENT, body=body, code="")
    for wrong in ("CN20260101-0000000-0", promise.id):
        with pytest.raises(InvalidInput, match="没有编号为"):
            await bureau.act(watcher, "give_task", Role.REGISTRAR, **task(body, commitment=wrong))
    await bureau.act(promise, "publish", Role.RELEASER)
    given = await bureau.act(watcher, "give_task", Role.REGISTRAR, **task(body, commitment=promise.id))
    visit = (await bureau.service.get(given.history[-1].data["visit"], bureau.people[Role.REGISTRAR])).dossier
    assert visit.commitment == promise.id


async def test_a_roster_of_two_hundred_and_ten_comes_from_one_table(town: Town) -> None:
    bureau, _ = await harbin(town)
    department = str(bureau.people[Role.REGISTRAR].department)
    staff = await town.person("登记", Role.REGISTRAR, department=department)
    who = await town.sign_in(staff)
    heads = "姓名,来自,监督领域,应当回避的单位,任期自,任期至"
    rows = [
        f"监督员{n},市人大代表,招商引资,示例区财政局；示例区住建局,2026-01-01,2028年12月31日"
        for n in range(210)
    ]
    form = FormData()
    form.add_field("csrf", f"csrf-{staff.id}")
    form.add_field("table", "\n".join([heads, *rows]).encode(), filename="名册.csv")
    page = await (await town.client.post("/credit/import/watcher", data=form, headers=who)).text()
    ready = html.unescape(page.partition('name="rows" value="')[2].partition('"')[0])
    await town.post("/credit/import/watcher/confirm", staff, who, rows=ready)
    roster = DossierFilter(kinds=frozenset({Kind.WATCHER}))
    stored: list[Any] = [one async for one in town.storage.dossiers.iterate(EVERYTHING, roster)]
    assert len({one.name for one in stored}) == 210
    assert {one.recusals for one in stored} == {("示例区财政局", "示例区住建局")}
