"""The whole story in a real Chromium: the web chat on a phone, the desk, the board. Screenshots are kept.

The pictures go to `build/screenshots`; those in `docs/pictures` show the same pages of the demo.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, TimeoutError, expect

from tests.browser.street import comes_true
from tests.town.live.parts import PASSWORD
from tests.town.live.running import ROOT, RunningShouxin, run_command
from tests.town.words import NUMBER

pytestmark = pytest.mark.timeout(300)

PICTURES = ROOT / "build" / "screenshots"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
WAIT = 30_000
COMPLAINT = (
    "我们公司2019年跟海东市乐都区政府签了投资协议，区政府承诺给200亩土地和税收返还，"
    "现在换了领导就不认账了，厂房建到一半停工，损失一千二百多万元。希望政府履行协议。"
)
DEPARTMENT = "青海省经济和信息化委"
ONWARD = ("确认提交", "没有问题，继续", "匿名（默认）", "没有材料，下一步", "完成，下一步", "不清楚", "跳过")


@pytest.fixture
async def shouxin(tmp_path: Path) -> AsyncIterator[RunningShouxin]:
    async with RunningShouxin(tmp_path) as running:
        yield running


async def open_page(chromium: Browser, shouxin: RunningShouxin, size: dict[str, int]) -> Page:
    context = await chromium.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale="zh-CN",
        base_url=shouxin.address,
    )
    context.set_default_timeout(WAIT)
    return await context.new_page()


async def keep(page: Page, name: str, *, whole: bool = False) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)


async def file_by_chat(page: Page) -> str:
    """Say it, go on by the buttons offered, confirm; the case number."""
    await page.goto("/")
    await page.fill("#words", COMPLAINT)
    await page.click(".chat-compose button")
    log = page.locator("#log")
    await expect(log).to_contain_text("我是这样理解的", timeout=WAIT)
    await keep(page, "chat")
    for _ in range(30):
        said = await log.inner_text()
        if found := NUMBER.search(said):
            return found.group()
        await press_next(page)
        await comes_true(page, "before => document.querySelector('#log').innerText !== before", said)
    raise AssertionError(f"no case number in: {await log.inner_text()}")


async def press_next(page: Page) -> None:
    """The best of the buttons offered now. Used ones are put away, so one may vanish under the finger."""
    offered = re.compile("|".join(map(re.escape, ONWARD)))
    await (
        page.locator("#log button", has_text=offered)
        .or_(page.locator("#log", has_text=NUMBER))
        .last.wait_for()
    )
    for label in ONWARD:
        button = page.get_by_role("button", name=label, exact=True)
        if await button.count():
            with suppress(TimeoutError):
                await button.last.click(timeout=3_000)
            return


async def sign_in(page: Page, login: str, password: str) -> None:
    """With the password given out, then one of one's own."""
    await page.goto("/login")
    await page.fill("#login", login)
    await page.fill("#password", password)
    await page.press("#password", "Enter")
    await page.wait_for_url(re.compile("/account/password"))
    await page.fill("#current", password)
    await page.fill("#new", PASSWORD)
    await page.fill("#again", PASSWORD)
    await page.press("#again", "Enter")
    await page.wait_for_url(lambda url: "/account/password" not in url)


async def add_staff(shouxin: RunningShouxin, login: str, name: str, department: str, roles: str) -> str:
    """The first password that `staff add` prints."""
    code, said = await run_command(shouxin.data, "staff", "add", login, name, department, "--roles", roles)
    found = re.search(r"密码 (\S+)", said)
    assert code == 0, said
    assert found is not None, said
    return found.group(1)


async def handle(page: Page, number: str) -> None:
    """Pull, accept, write the opinion and send it to be checked."""
    await page.goto("/desk")
    await keep(page, "desk")
    await page.get_by_role("button", name=re.compile("领取下一件")).click()
    await page.wait_for_url(re.compile(number))
    await keep(page, "case", whole=True)
    await press_move(page, "accept")
    await expect(page.locator("main")).to_contain_text("已受理")
    await page.get_by_role("button", name="写处理意见书").click()
    form = page.locator("#letter-form")
    await choose(form.locator("[name=outcome]"), "support")
    await form.locator("[name=request]").fill("履行投资协议")
    await form.locator("[name=facts]").fill("经查，协议有效，承诺的土地和税收返还没有兑现。")
    await form.locator("[name=opinion]").fill("责成有关单位三十日内兑现承诺。")
    await form.locator("[name=legal_basis]").fill("《优化营商环境条例》第三十一条")
    await form.get_by_role("button", name="送核稿").click()
    await expect(page.locator("main")).to_contain_text("正在核稿")


async def sign(page: Page, number: str) -> None:
    """As the head does: from the case to its letter, read it, sign it."""
    await page.goto(f"/desk/cases/{number}")
    await page.get_by_role("link", name="核稿、签发处理意见书").click()
    await expect(page.locator("main")).to_contain_text("承诺的土地和税收返还没有兑现")
    await page.get_by_role("button", name="签发").click()
    await page.locator("dialog[open]").get_by_role("button", name="确定").click()
    await expect(page.locator("main")).to_contain_text("已答复")


async def choose(field: Locator, value: str) -> None:
    """From a list, or by a round button."""
    if await field.first.evaluate("field => field.tagName") == "SELECT":
        await field.first.select_option(value)
    else:
        await field.and_(field.page.locator(f"[value={value}]")).check()


async def press_move(page: Page, move: str) -> None:
    form = page.locator(f"form[action$='/moves/{move}']").first
    await form.evaluate("form => { const d = form.closest('details'); if (d) d.open = true }")
    await submit(page, form)


async def submit(page: Page, form: Locator) -> None:
    """Press the form's button and say yes where it asks."""
    await form.locator("button:not([type=button])").last.click()
    question = page.locator("dialog[open]")
    if await question.count():
        await question.locator("button").last.click()
    await page.wait_for_load_state()


async def test_a_complaint_goes_from_the_chat_to_the_desk_to_the_board(
    chromium: Browser, shouxin: RunningShouxin
) -> None:
    citizen = await open_page(chromium, shouxin, PHONE)
    number = await file_by_chat(citizen)
    await expect(citizen.locator("#log")).to_contain_text(DEPARTMENT)
    await keep(citizen, "chat-filed", whole=True)

    first = await add_staff(shouxin, "chengban", "钱文静", DEPARTMENT, "handler")
    desk = await open_page(chromium, shouxin, DESK)
    await sign_in(desk, "chengban", first)
    await handle(desk, number)
    first = await add_staff(shouxin, "fuze", "王负责", DEPARTMENT, "head")
    head = await open_page(chromium, shouxin, DESK)
    await sign_in(head, "fuze", first)
    await sign(head, number)

    await expect(citizen.locator("#log")).to_contain_text("三十日内兑现", timeout=WAIT)
    await keep(citizen, "chat-answered")

    first = await add_staff(shouxin, "duban", "孙立新", "青海省发展改革委", "supervisor")
    board = await open_page(chromium, shouxin, DESK)
    await sign_in(board, "duban", first)
    await board.goto("/board")
    await expect(board.locator("main")).to_contain_text("省经济和信息化委", timeout=WAIT)
    await keep(board, "board", whole=True)
    await board.goto("/board/cases")
    await expect(board.locator("main")).to_contain_text(number)
