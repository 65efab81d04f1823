"""The integrity side for every eye: wide and narrow, light and dark, nothing serious for axe."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.async_api import Browser, Page

from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from tests.credit.test_evaluations import published
from tests.credit.test_public_records import released
from tests.town.dossiers import FIRM
from tests.town.live.bureau import Bureau
from tests.town.live.every_eye import faults_of
from tests.town.live.town import Town

pytestmark = pytest.mark.timeout(300)


async def opened(chromium: Browser, town: Town, cookie: str) -> Page:
    context = await chromium.new_context(base_url=town.address, locale="zh-CN")
    if cookie:
        await context.add_cookies([{"name": "session", "value": cookie, "url": town.address}])
    return await context.new_page()


async def test_work_objects_forms_and_public_pages(chromium: Browser, town: Town) -> None:
    bureau = await Bureau.of(town)
    record, proposed = await released(bureau)
    await bureau.act(proposed, "release", Role.RELEASER)
    order = await bureau.act(await bureau.open(Kind.ORDER, await bureau.answered()), "issue")
    order = await bureau.act(order, "explain", Role.SUBJECT, excuse="staff", explanation="负责人已调离。")
    draft = await bureau.open(Kind.RECORD, key="two", body="630000:省公安厅", code="")
    promise = await bureau.act(await bureau.open(Kind.COMMITMENT), "publish", Role.RELEASER)
    evaluation = await published(bureau)
    names = await bureau.open(Kind.BLACKLIST)
    for title in (FIRM["title"], "某某招标代理有限公司"):
        names = await bureau.act(names, "add", Role.REGISTRAR, **{**FIRM, "title": title})
        names = await bureau.act(names, "publish", Role.RELEASER, reason=f"列入{title}")
    body = f"/bodies/{quote(record.subject.department)}"
    public = [
        "/records",
        "/records/figures",
        f"/records/{record.id}",
        "/bodies?words=省教育厅",
        body,
        "/commitments",
        f"/commitments/{promise.id}",
        "/evaluations",
        f"/evaluations/{evaluation.id}",
        f"/lists/{names.id}",
    ]
    registrar = await town.person("周经办", Role.REGISTRAR, Role.CONFIRMER)
    session = (await town.sign_in(registrar))["Cookie"].removeprefix("session=")
    desk = [
        "/credit?view=mine",
        "/credit?view=all",
        "/credit/new/order",
        "/credit/new/record",
        "/credit/import/record",
        "/credit/awards",
        "/credit/received",
        "/board/credit?period=year",
        "/credit/new/evaluation",
        "/credit/aggregates",
        *(f"/credit/{one.id}" for one in (order, record, draft, proposed, promise, evaluation, names)),
    ]
    faults = []
    for cookie, paths in ((session, desk), ("", public)):
        page = await opened(chromium, town, cookie)
        for path in paths:
            answer = await page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            faults += await faults_of(page)
        await page.context.close()
    assert faults == []
