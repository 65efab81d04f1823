"""The chat page in the hand: by keyboard, by thumb, with files, without script, and when the line drops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.street import ONWARD, WAIT, Citizen, Street, comes_true, complain_without_script
from tests.town.live.every_eye import PHONE
from tests.town.words import NUMBER, WISH, purchase

pytestmark = pytest.mark.timeout(120)

THUMB = 44
"""Pixels that a finger needs."""
TOO_SMALL = """least => [...document.querySelectorAll('a, button, summary, textarea, label[for=file]')]
  .map(node => [node, node.getBoundingClientRect()])
  .filter(([node, box]) => box.width > 1 && !node.matches('.visually-hidden, .skip')
    && (box.width < least || box.height < least))
  .map(([node, box]) => `${node.innerText || node.id} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
WATCH_PROGRESS = """() => {
  const bar = document.getElementById('progress');
  new MutationObserver(() => { if (!bar.hidden) window.progressSeen = true; })
    .observe(bar, { attributes: true });
}"""

WATCH_STREAM = """window.EventSource = class extends EventSource {
  constructor(...address) {
    super(...address);
    this.addEventListener('open', () => { window.opened = true; });
  }
};"""
WATCH_STATE = """() => {
  const state = document.getElementById('state');
  window.said = [];
  new MutationObserver(() => window.said.push(state.textContent)).observe(state, { childList: true });
}"""


@pytest.fixture(autouse=True)
async def everybody_goes_home(street: Street) -> AsyncIterator[None]:
    yield
    await street.everybody_leaves()


async def focus_is_on(page: Page, *labels: str) -> None:
    await comes_true(page, "labels => labels.includes(document.activeElement.innerText)", list(labels))


async def test_a_complaint_is_filed_by_keyboard_alone(street: Street) -> None:
    citizen = await street.citizen()
    page = citizen.page
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    for _ in range(15):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.id") == "words":
            break
    await page.keyboard.type(purchase("西宁市城中区教育局") + WISH)
    await page.keyboard.press("Enter")
    await citizen.reads("我是这样理解的")
    for _ in range(40):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.innerText") == "没有问题，继续":
            break
    for _ in range(8):
        await focus_is_on(page, *ONWARD, "查看进度")
        if NUMBER.search(await citizen.log.inner_text()):
            break
        before = await citizen.log.locator("article").count()
        await page.keyboard.press("Enter")
        await comes_true(
            page, "before => document.querySelectorAll('#log article').length > before + 1", before
        )
    assert NUMBER.search(await citizen.log.inner_text())


async def test_answers_come_into_one_live_region_that_is_announced(street: Street) -> None:
    citizen = await street.citizen()
    await expect(citizen.log).to_have_attribute("role", "log")
    await expect(citizen.log).to_have_attribute("aria-live", "polite")
    await expect(citizen.page.get_by_role("status")).to_have_count(1)
    await citizen.page.evaluate("document.getElementById('log').dataset.same = 'yes'")
    await citizen.say("/help")
    await citizen.reads("怎么用")
    await expect(citizen.log).to_have_attribute("data-same", "yes")


async def test_everything_to_touch_is_large_enough_for_a_thumb(street: Street) -> None:
    citizen = await street.citizen()
    assert await citizen.page.evaluate(TOO_SMALL, THUMB) == []
    await citizen.say(purchase("西宁市城中区财政局") + WISH)
    await citizen.reads("我是这样理解的")
    assert await citizen.page.evaluate(TOO_SMALL, THUMB) == []


async def test_a_file_goes_up_with_its_progress_shown_and_one_too_large_does_not_go(
    street: Street, tmp_path: Path
) -> None:
    citizen = await street.citizen()
    await citizen.page.evaluate(WATCH_PROGRESS)
    contract = tmp_path / "合同.txt"
    contract.write_text("甲方承诺三十日内付款。\n" * 50_000, encoding="utf-8")
    await citizen.page.set_input_files("#file", contract)
    await citizen.reads("已收到“合同.txt”")
    assert await citizen.page.evaluate("window.progressSeen === true")
    await expect(citizen.page.locator("#progress")).to_be_hidden()
    film = tmp_path / "录像.mp4"
    film.write_bytes(b"\0" * (20 * 1024 * 1024 + 1))
    await citizen.page.set_input_files("#file", film)
    await expect(citizen.page.locator("#state")).to_contain_text("超过20 MB")
    await expect(citizen.log).not_to_contain_text("录像.mp4")


async def test_the_chat_works_without_script(street: Street) -> None:
    page = await street.open_page(PHONE, java_script_enabled=False)
    await complain_without_script(page, purchase("西宁市城中区水务局") + WISH)


async def test_a_dropped_line_is_said_in_words_and_nothing_written_is_lost(street: Street) -> None:
    citizen = await street.citizen()
    state, words = citizen.page.locator("#state"), citizen.page.locator("#words")
    await citizen.page.context.set_offline(True)
    await expect(state).to_have_text("连接中断，正在重新连接")
    await words.fill("县里答应的补贴没有兑现。")
    await words.press("Enter")
    await expect(state).to_have_text("连接中断，正在重新连接")
    await expect(words).to_have_value("县里答应的补贴没有兑现。")
    await citizen.page.context.set_offline(False)
    await expect(state).to_have_text("已重新连接", timeout=WAIT)
    await words.press("Enter")
    await expect(words).to_have_value("", timeout=WAIT)
    await expect(citizen.latest).to_be_visible()


async def test_an_answer_asked_for_before_the_line_dropped_is_no_proof_of_a_line(street: Street) -> None:
    page = await street.open_page(PHONE)
    dropped = asyncio.Event()

    async def answer_late(route: Route) -> None:
        await dropped.wait()
        await route.fulfill(content_type="text/event-stream", body=": late\n\n")

    await page.add_init_script(WATCH_STREAM)
    await page.route("**/chat/live**", answer_late)
    await page.goto("/")
    await page.evaluate(WATCH_STATE)
    await page.context.set_offline(True)
    await expect(page.locator("#state")).to_have_text("连接中断，正在重新连接")
    dropped.set()
    await comes_true(page, "window.opened")
    assert await page.evaluate("window.said") == ["连接中断，正在重新连接"]


async def test_the_words_of_the_page_follow_the_language_chosen(street: Street) -> None:
    citizen = Citizen(await street.open_page(PHONE))
    await citizen.page.goto("/")
    await citizen.page.get_by_role("button", name="English").click()
    await expect(citizen.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    await citizen.page.goto("/no-such-page")
    await expect(citizen.page.get_by_role("heading", name="Page not found")).to_be_visible()
    await citizen.page.get_by_role("link", name="Back to the chat").click()
    await expect(citizen.page.locator("#words")).to_be_visible()
