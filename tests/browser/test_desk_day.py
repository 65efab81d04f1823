"""A day at the desk with the keyboard: lists by keys, words that survive, copies side by side."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.street import Street, comes_true
from tests.town.live.every_eye import faults_of
from tests.town.words import WISH, purchase

pytestmark = pytest.mark.timeout(180)

WORDS = "您好，我们已经联系教育局核实"


async def test_keys_unsent_words_and_copies_beside_each_other(street: Street) -> None:
    for copy in ("", "请尽快"):
        citizen = await street.citizen()
        await citizen.complain(purchase("西宁市城西区教育局") + copy + WISH)
    li = await street.official("李承办")
    page = li.page
    await page.goto("/desk?view=all")
    number = await page.locator("[data-row] a").first.inner_text()
    await page.keyboard.press("?")
    sheet = page.get_by_role("dialog")
    for line in ("下一行", "打开这一行", "窗口代办"):
        await expect(sheet).to_contain_text(line)
    await page.keyboard.press("Escape")
    for key in "jjk":
        await page.keyboard.press(key)
    await page.keyboard.press("o")
    await expect(page.locator("h1.mono")).to_have_text(number)
    await page.keyboard.press("a")
    await expect(page.locator(".flash-area")).to_contain_text(number)
    await page.fill("#write-text", WORDS)
    await expect(page.locator("#write-form .autosaved")).to_contain_text("只有您能看到")
    await page.reload()
    await expect(page.locator("#write-text")).to_have_value(WORDS)
    zhao = await street.official("赵同事")
    await zhao.page.goto(f"/desk/cases/{number}")
    await expect(zhao.page.locator("#writing")).to_contain_text("李承办正在起草")
    await expect(zhao.page.locator("main")).not_to_contain_text(WORDS)
    await page.locator("#write-form [data-forget]").click()
    await expect(page.locator("#write-text")).to_have_value("")
    await page.fill("#write-text", WORDS)
    await page.locator("#write-form button[type=submit]").click()
    await expect(page.locator("#dialogue")).to_contain_text(WORDS)
    await expect(page.locator("#write-text")).to_have_value("")
    await page.goto("/desk/file")
    told = page.locator("[name=text]")
    await told.fill(WORDS)
    await expect(page.locator(".autosaved")).to_contain_text("只有您能看到")
    await page.reload()
    await expect(told).to_have_value(WORDS)
    await page.locator("[data-forget]").click()
    await expect(told).to_have_value("")
    await page.goto(f"/desk/cases/{number}/alike")
    await expect(page.locator(".beside mark").first).to_be_visible()
    faults = await faults_of(page)
    await page.goto("/desk/calendar")
    assert not [*faults, *await faults_of(page)]
    await page.goto("/desk?view=all")
    await page.locator("details.bulk > summary").click()
    await page.locator(".bulk .choice-search").fill("发展改革委")
    await comes_true(page, "document.querySelectorAll('#bulk-department option').length < 20")
    await page.locator(".bulk .choice-search").fill("黑龙江省财政厅")
    await expect(page.locator(".bulk .choice-warning")).to_contain_text("不在本辖区")
