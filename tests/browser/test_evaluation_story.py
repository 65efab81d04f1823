"""An evaluation from the draft to the public page, clicked by all who have a hand in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Page, expect

from cases.instants import local_date
from cases.integrity.books import book
from cases.integrity.spine.vocabulary import Kind
from cases.people import Actor, Role
from cases.service.credit.integrity import find_move
from tests.browser.street import Official, Street
from tests.town.dossiers import OPENINGS

pytestmark = pytest.mark.timeout(180)
SUBJECT, OTHER = "630000:省教育厅", "630000:省公安厅"


@pytest.fixture(autouse=True)
async def everybody_goes_home(street: Street) -> AsyncIterator[None]:
    yield
    await street.everybody_leaves()


async def on_record(street: Street, clerk: Actor, body: str, number: int, *, late: bool) -> str:
    """A licence that was made public, in time or not; its id."""
    integrity, today = street.app.core.services.integrity, local_date(street.app.core.now())
    opening = book(Kind.DISCLOSURE).opening
    assert opening is not None
    given: dict[str, Any] = {**OPENINGS[Kind.DISCLOSURE], "body": body, "code": "", "number": f"{number}号"}
    given["decided_on"] = today - timedelta(days=20 if late else 1)
    opened = await integrity.open(
        Kind.DISCLOSURE, opening.args.model_validate(given), clerk, key=f"{body}{number}"
    )
    post = book(Kind.DISCLOSURE).spec(find_move(book(Kind.DISCLOSURE), "post")).args
    posted = {"posted_on": today, "address": "https://credit.example.org/1"}
    await integrity.act(opened.id, "post", post.model_validate(posted), clerk)
    return opened.id


async def press(page: Page, label: str, **fields: str) -> None:
    """A move of the page: its fold opened, its form filled, its button pressed."""
    form = page.locator(".moves form").filter(
        has=page.get_by_role("button", name=label, exact=True, include_hidden=True)
    )
    if not await form.is_visible():
        await page.locator(".moves summary", has_text=label).click()
    for name, value in fields.items():
        await form.locator(f"[name={name}]").fill(value)
    async with page.expect_navigation():
        await form.get_by_role("button", name=label, exact=True).click()
        question = page.locator("dialog[open]")
        if await question.count():
            await question.get_by_role("button", name="确定").click()
    await expect(page.locator(".notice-error, .error-page")).to_have_count(0)


async def test_an_evaluation_is_drafted_shown_objected_to_settled_and_published(street: Street) -> None:
    registrar = await street.official("周经办", Role.REGISTRAR)
    clerk = Actor(
        roles=registrar.staff.roles,
        id=registrar.staff.id,
        name=registrar.staff.name,
        department=registrar.staff.department,
    )
    for n in range(12):
        await on_record(street, clerk, SUBJECT, n, late=False)
        await on_record(street, clerk, OTHER, 100 + n, late=True)
    wrong = await on_record(street, clerk, SUBJECT, 99, late=True)

    page, year = registrar.page, str(local_date(street.app.core.now()).year)
    await page.goto("/credit/new/evaluation")
    await page.get_by_label("评价对象").select_option("body")
    await page.get_by_label("被评价单位").fill("青海省教育厅")
    await page.get_by_label("评价年度").fill(year)
    await page.get_by_role("button", name="保存").click()
    await page.wait_for_url("**/credit/PJ*")
    await registrar.reads("92%（12/13")
    await registrar.reads("第1档（共2档")
    await expect(page.get_by_role("button", name="送达被评价单位")).to_have_count(0)
    at = page.url

    confirmer = await street.official("钱认定", Role.CONFIRMER)
    speaker = await street.official("丁代表", Role.SUBJECT, department=SUBJECT)
    assert (await speaker.page.goto(at)).status == 404  # type: ignore[union-attr]
    await confirmer.page.goto(at)
    await press(confirmer.page, "送达被评价单位")
    await confirmer.reads("待被评价单位查看")

    await speaker.page.goto(at)
    await press(speaker.page, "提出异议", reason=f"{wrong} 登记重复，应当不计。")
    await speaker.reads("有异议，待决定")
    await confirmer.page.goto(at)
    await confirmer.reads("登记重复")
    await press(confirmer.page, "异议成立，重新计算", reason="核对属实，该项不计。", left_out=wrong)
    await confirmer.reads("100%（12/12")

    await speaker.page.goto(at)
    await speaker.reads("100%（12/12")
    await press(speaker.page, "没有异议")
    releaser = await street.official("孙复核", Role.RELEASER)
    await releaser.page.goto(at)
    await press(releaser.page, "公布")
    await releaser.reads("绩效考核附件（PDF）")

    everybody = Official(await street.open_page(), releaser.staff)
    await everybody.page.goto("/evaluations")
    await everybody.page.get_by_role("link", name=f"青海省教育厅 {year}").click()
    await everybody.reads(f"{year}年度诚信评价")
    await everybody.reads("100%（12/12）")
    await everybody.reads("本辖区文件未规定")
    assert wrong not in await everybody.page.inner_text("body")
