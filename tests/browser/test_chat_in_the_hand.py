"""The chat as one would give it to one's parents: one thing to press, always in view, and nothing lost."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.street import ONWARD, WAIT, Citizen, Street, comes_true
from tests.town.words import NUMBER, RECEIPT, WISH, purchase

pytestmark = pytest.mark.timeout(180)

PHONE = {"width": 390, "height": 844}
WITH_KEYBOARD = {"width": 390, "height": 480}
COLOURED_IN_VIEW = """() => {
  const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
  const probe = document.createElement('i');
  probe.style.color = accent;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return [...document.querySelectorAll('button')].filter((button) => {
    const box = button.getBoundingClientRect();
    if (!box.width || getComputedStyle(button).backgroundColor !== colour) return false;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const onTop = document.elementFromPoint(x, y);
    return box.top >= 0 && box.bottom <= window.innerHeight && (onTop === button || button.contains(onTop));
  }).map((button) => button.innerText.trim());
}"""
TWICE_THE_SIZE = "document.documentElement.style.fontSize = '200%'; document.body.style.fontSize = '1rem'"
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
LOSE_ONE_ANSWER = """
  const listen = XMLHttpRequest.prototype.addEventListener;
  let lost = false;
  XMLHttpRequest.prototype.addEventListener = function (kind, does) {
    if (kind !== 'load' || lost) return listen.call(this, kind, does);
    lost = true;
    return listen.call(this, 'load', () => this.dispatchEvent(new Event('error')));
  };
"""
A_MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext();
  const out = sound.createMediaStreamDestination();
  const tone = sound.createOscillator();
  tone.connect(out);
  tone.start();
  return out.stream;
};"""


@pytest.fixture(autouse=True)
async def everybody_goes_home(street: Street) -> AsyncIterator[None]:
    yield
    await street.everybody_leaves()


async def in_front(street: Street, **more: Any) -> Citizen:
    page = await street.open_page(PHONE, **more)
    await page.goto("/")
    return Citizen(page)


async def one_thing_to_press(page: Page, label: str) -> None:
    """In the hand, with the keyboard open, and with letters of twice the size."""
    await page.mouse.move(5, 300)  # what a mouse rests on has another colour
    for twice in (False, True):
        await page.evaluate(TWICE_THE_SIZE if twice else "document.documentElement.style.fontSize = ''")
        for size in (PHONE, WITH_KEYBOARD):
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            await comes_true(
                page, f"label => JSON.stringify(({COLOURED_IN_VIEW})()) === label", f'["{label}"]'
            )
            assert await page.evaluate(TOO_WIDE) <= 0
    await page.evaluate("document.documentElement.style.fontSize = ''; document.body.style.fontSize = ''")
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]


async def test_one_coloured_action_is_in_view_at_every_step(street: Street) -> None:
    citizen = await in_front(street)
    page = citizen.page
    await one_thing_to_press(page, "发送")
    await citizen.say(purchase("西宁市城北区教育局") + WISH)
    await citizen.reads("我是这样理解的")
    for label in ("没有问题，继续", "匿名（默认）", "没有材料，下一步", "确认提交", "我已记下"):
        await one_thing_to_press(page, label)
        if label == "匿名（默认）":
            await page.fill("#words", "等一下")
            await one_thing_to_press(page, "发送")
            await page.fill("#words", "")
        if label != "我已记下":
            before = await citizen.log.locator("article").count()
            # the copy in the dock, or the button itself once it is in view
            await page.locator("#next button:visible, .chat-onward:visible").last.click()
            question = "before => document.querySelectorAll('#log article').length > before + 1"
            await comes_true(page, question, before)
    away = page.locator(".chat-away").first
    onward = await page.locator(".chat-onward").first.evaluate(
        "node => getComputedStyle(node).backgroundColor"
    )
    if await away.count():
        assert await away.evaluate("node => getComputedStyle(node).backgroundColor") != onward


async def test_a_receipt_leaves_the_page_when_noted_and_when_left(street: Street) -> None:
    citizen = await in_front(street)
    await citizen.complain(purchase("西宁市城北区水务局") + WISH)
    assert RECEIPT.search(await citizen.log.inner_text())
    await expect(citizen.page.get_by_role("button", name="复制回执码")).to_be_visible()
    async with citizen.page.expect_download() as picture:
        await citizen.page.get_by_role("button", name="存为图片").click()
    assert (await picture.value).suggested_filename == "receipt.png"
    await citizen.page.get_by_role("button", name="我已记下").first.click()
    await citizen.reads("已经收起")
    shown = await citizen.log.inner_text()
    assert NUMBER.search(shown)
    assert not RECEIPT.search(shown)

    other = await in_front(street)
    await other.complain(purchase("西宁市城北区民政局") + WISH)
    other.page.on("dialog", lambda dialog: dialog.accept())
    await other.page.goto("/promises")
    await other.page.go_back()
    await expect(other.log).to_contain_text("不再显示")
    assert not RECEIPT.search(await other.log.inner_text())


async def test_every_tool_is_in_view_with_large_letters_and_what_leads_elsewhere_is_folded(
    street: Street,
) -> None:
    citizen = await in_front(street)
    page = citizen.page
    login = page.get_by_role("link", name="工作人员登录")
    await expect(login).to_be_hidden()
    await page.get_by_text("公示、核验与登录").click()
    await expect(login).to_be_visible()
    await page.get_by_text("公示、核验与登录").click()
    for language in ("English", "繁體中文"):
        await page.get_by_role("button", name=language).click()
        await comes_true(
            page, "language => document.querySelector('[aria-current=true]').innerText === language", language
        )
        await page.evaluate(TWICE_THE_SIZE)
        for tool in await page.locator(".chat-tools > :visible").all():
            box = await tool.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]


async def test_unsent_words_survive_a_reload_and_a_change_of_language(street: Street) -> None:
    citizen = await in_front(street)
    words = citizen.page.locator("#words")
    await words.fill("写了一半的话")
    await citizen.page.reload()
    await expect(words).to_have_value("写了一半的话")
    await citizen.page.get_by_role("button", name="English").click()
    await expect(citizen.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    await expect(words).to_have_value("写了一半的话")


async def test_a_lost_cookie_heals_without_losing_the_words(street: Street) -> None:
    citizen = await in_front(street)
    await citizen.say(purchase("西宁市城北区财政局") + WISH)
    await citizen.reads("我是这样理解的")
    await citizen.page.context.clear_cookies()
    await citizen.say("县里答应的另一笔补贴也没有兑现，希望兑现。")
    await expect(citizen.log.locator("article[data-mine=yes]").last).to_contain_text("另一笔补贴")
    await comes_true(citizen.page, "document.querySelector('#log').lastElementChild.dataset.mine === 'no'")
    assert await citizen.log.get_by_role("button").count() > 0


async def test_a_file_that_fails_is_kept_and_goes_by_itself_when_the_line_is_back(
    street: Street, tmp_path: Path
) -> None:
    page = await street.open_page(PHONE)
    await page.add_init_script(LOSE_ONE_ANSWER)
    await page.goto("/")
    one, two = tmp_path / "一.txt", tmp_path / "二.txt"
    for file in (one, two):
        file.write_text(f"甲方承诺三十日内付款。{file.name}\n" * 200, encoding="utf-8")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/chat/file" in request.url else None)
    await page.set_input_files("#file", [one, two])
    await expect(page.locator("#files")).to_be_hidden(timeout=WAIT)
    await comes_true(page, "document.querySelectorAll('#log article[data-mine=yes]').length === 2")
    assert len(sent) == 3, "one was sent twice, and is there once"
    await page.context.set_offline(True)
    await page.set_input_files("#file", [one])
    await expect(page.locator("#files")).to_contain_text("没有发出")
    await expect(page.get_by_role("button", name="再发")).to_be_visible()
    await expect(page.locator("#state")).to_contain_text("连接中断")
    await page.context.set_offline(False)
    await expect(page.locator("#files")).to_be_hidden(timeout=WAIT)
    await comes_true(page, "document.querySelectorAll('#log article[data-mine=yes]').length === 3")


async def test_a_large_file_goes_on_where_the_line_broke_also_after_a_reload(
    street: Street, tmp_path: Path
) -> None:
    page = await street.open_page(PHONE)
    asked: list[str] = []

    async def break_twice(route: Route) -> None:
        asked.append("cut" if len(asked) in {2, 4} else "through")
        await (route.abort() if asked[-1] == "cut" else route.continue_())

    await page.route("**/chat/file/pieces", break_twice)
    page.on("dialog", lambda dialog: dialog.accept())
    await page.goto("/")
    large = tmp_path / "合同.txt"
    large.write_text("甲方承诺三十日内付款。\n" * 40_000, encoding="utf-8")
    await page.set_input_files("#file", large)
    await page.get_by_role("button", name="再发").click()
    await expect(page.get_by_role("button", name="再发")).to_be_visible()
    await page.reload()
    await page.set_input_files("#file", large)
    await Citizen(page).reads("已收到“合同.txt”")
    pieces = -(-large.stat().st_size // (256 * 1024))
    assert asked.count("through") == pieces
    assert asked.count("cut") == 2
    await expect(page.locator("#files")).to_be_hidden()


async def test_a_voice_message_is_recorded_in_the_page(street: Street) -> None:
    page = await street.open_page(PHONE)
    await page.add_init_script(A_MICROPHONE)
    answer = await page.goto("/")
    assert answer is not None
    assert "microphone=(self)" in answer.headers["permissions-policy"]
    citizen = Citizen(page)
    await page.get_by_role("button", name="录音", exact=True).click()
    await expect(page.locator("#recording")).to_contain_text("正在录音")
    await page.wait_for_timeout(1500)
    await page.get_by_role("button", name="停止录音，发出").click()
    await expect(citizen.log.locator("article[data-mine=yes]")).to_contain_text(re.compile(r"录音\.\w+"))
    await comes_true(page, "document.querySelector('#log').lastElementChild.dataset.mine === 'no'")
    assert "已收到" in await citizen.log.inner_text()


@pytest.mark.parametrize("way", ["button", "Escape", "Shift"])
async def test_the_way_out_leaves_at_once_and_back_leads_nowhere(street: Street, way: str) -> None:
    page = await street.open_page(PHONE)
    await page.route("https://www.weather.com.cn/**", lambda route: route.fulfill(body="<p>天气</p>"))
    await page.goto("/promises")
    await page.goto("/")
    await page.fill("#words", "不想让人看到的话")
    if way == "button":
        await page.get_by_role("link", name="快速离开").click()
    else:
        for _ in range(3):
            await page.keyboard.press(way)
    await page.wait_for_url("https://www.weather.com.cn/**")
    await page.go_back()
    await page.wait_for_url("https://www.weather.com.cn/**")
    await page.goto("/")
    await expect(page.locator("#words")).to_have_value("")


async def test_giving_up_can_be_taken_back(street: Street) -> None:
    citizen = await in_front(street)
    await citizen.say(purchase("西宁市城北区体育局") + WISH)
    await citizen.reads("我是这样理解的")
    assert await citizen.log.locator("article").last.get_by_role("button").count() <= 4
    await citizen.page.context.set_offline(True)
    await citizen.log.get_by_role("button", name="放弃", exact=True).click()
    await expect(citizen.page.locator("#state")).to_have_text("连接中断，正在重新连接")
    await citizen.page.context.set_offline(False)
    await expect(citizen.page.locator("#state")).to_have_text("已重新连接", timeout=WAIT)
    await citizen.press("放弃")
    await citizen.press("撤销放弃")
    await citizen.reads("已撤销放弃")
    assert "没有问题，继续" in ONWARD
    await citizen.press("没有问题，继续")
    await citizen.reads("匿名")
