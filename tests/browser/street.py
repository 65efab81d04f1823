"""People in front of a running Shouxin: citizens with a phone, staff with a desk. They click, as people do.

Setting up accounts is all that is done behind the pages.
"""

from __future__ import annotations

import asyncio
import itertools
import re

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from bot.wiring import App
from cases.people import Role
from cases.ports.accounts import Staff
from tests.town.clock import RunningWatch
from tests.town.live.every_eye import DESK, PHONE
from tests.town.live.parts import PASSWORD, PASSWORD_HASH
from tests.town.places import FINANCE
from tests.town.words import NUMBER

WAIT = 30_000
ONWARD = (
    "确认提交",
    "仍作为新的一件提交",
    "没有问题，继续",
    "匿名（默认）",
    "没有材料，下一步",
    "不清楚",
    "跳过",
    "政府采购",
)

_serial = itertools.count(1)


async def comes_true(page: Page, question: str, about: object = None) -> None:
    """Ask the page until it says yes. Its own waiting for that is refused by our content security policy."""
    async with asyncio.timeout(WAIT / 1000):
        while True:
            if await page.evaluate(question, about):
                return
            await asyncio.sleep(0.05)


async def complain_without_script(page: Page, words: str) -> str:
    """By links and forms alone; what the chat shows once the case has a number."""
    await page.goto("/")
    await page.fill("#words", words)
    await page.get_by_role("button", name="发送", exact=True).click()
    log = page.locator("#log")
    for _ in range(12):
        offered = await log.get_by_role("button").all_inner_texts()
        if NUMBER.search(await log.inner_text()):
            break
        if label := next((one for one in ONWARD if one in offered), None):
            await log.get_by_role("button", name=label, exact=True).last.click()
        else:
            await page.get_by_role("link", name="刷新").click()
    await expect(log).to_contain_text(NUMBER)
    return await log.inner_text()


class Street:
    """Where stories find their people."""

    def __init__(self, chromium: Browser, app: App, watch: RunningWatch) -> None:
        self._chromium = chromium
        self._watch = watch
        self._contexts: list[BrowserContext] = []
        self.app = app

    async def everybody_leaves(self) -> None:
        for context in self._contexts:
            await context.close()
        self._contexts.clear()

    def later(self, **much: float) -> None:
        self._watch.later(**much)

    async def open_page(self, size: dict[str, int] = DESK, scheme: str = "light", **more: object) -> Page:
        context = await self._chromium.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            color_scheme=scheme,  # type: ignore[arg-type]
            **{"base_url": self.app.address, "locale": "zh-CN", **more},  # type: ignore[arg-type]
        )
        context.set_default_timeout(WAIT)
        self._contexts.append(context)
        return await context.new_page()

    async def citizen(self) -> Citizen:
        page = await self.open_page(PHONE)
        await page.goto("/")
        return Citizen(page)

    async def account(self, name: str, *roles: Role, department: str = FINANCE) -> Staff:
        index = next(_serial)
        staff = Staff(
            id=f"person-{index}",
            login=f"person{index}",
            name=name,
            department=department,
            roles=frozenset(roles or {Role.HANDLER}),
            password_hash=PASSWORD_HASH,
        )
        await self.app.core.storage.staff.add(staff)
        return staff

    async def official(self, name: str, *roles: Role, department: str = FINANCE) -> Official:
        """A member of staff who has just signed in."""
        staff = await self.account(name, *roles, department=department)
        official = Official(await self.open_page(), staff)
        await official.sign_in()
        return official


class Citizen:
    """Somebody with a phone and the chat page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.locator("#log")
        self.latest = self.log.locator("article").last

    async def say(self, words: str) -> None:
        await self.page.fill("#words", words)
        await self.page.press("#words", "Enter")
        await expect(self.page.locator("#words")).to_have_value("")

    async def reads(self, words: str) -> None:
        await expect(self.log).to_contain_text(words, timeout=WAIT)

    async def press(self, label: str) -> None:
        """The latest button with these words; it is put away or answered before this returns."""
        before = await self.log.inner_text()
        await self.log.get_by_role("button", name=label, exact=True).last.click()
        await self._something_new(before)

    async def complain(self, words: str) -> str:
        """Tell, go on by the buttons offered, confirm; the case number."""
        before = await self.log.inner_text()
        await self.say(words)
        await self._something_new(before)
        offered = self.log.get_by_role("button", name=re.compile("|".join(map(re.escape, ONWARD))))
        for _ in range(12):
            await offered.or_(self.log.get_by_text(NUMBER)).last.wait_for()
            if found := NUMBER.search(await self.log.inner_text()):
                return found.group()
            await self.press(await self._best_offer())
        raise AssertionError(f"no case number in: {await self.log.inner_text()}")

    async def _best_offer(self) -> str:
        offered = await self.log.get_by_role("button").all_inner_texts()
        return next(label for label in ONWARD if label in offered)

    async def _something_new(self, before: str) -> None:
        question = """before => {
          const log = document.querySelector('#log');
          return log.innerText !== before && log.lastElementChild.dataset.mine !== 'yes';
        }"""
        await comes_true(self.page, question, before)


class Official:
    """A member of staff at the desk."""

    def __init__(self, page: Page, staff: Staff) -> None:
        self.page = page
        self.staff = staff
        self.main = page.locator("main")

    async def sign_in(self) -> None:
        await self.page.goto("/login")
        await self.page.get_by_label("登录名").fill(self.staff.login)
        await self.page.get_by_label("密码").fill(PASSWORD)
        await self.page.get_by_role("button", name="登录").click()
        await self.page.wait_for_url(lambda url: "/login" not in url)

    async def open_from(self, number: str, view: str = "待办") -> None:
        """Go to the queue, choose a view, click the number."""
        await self.page.goto("/desk")
        await self.page.get_by_role("navigation", name="视图").get_by_role("link", name=view).click()
        await self.page.get_by_role("link", name=number).click()
        await self.page.wait_for_url(f"**/desk/cases/{number}")

    async def open(self, number: str) -> None:
        """By its address, as from an alert."""
        await self.page.goto(f"/desk/cases/{number}")

    async def reads(self, words: str) -> None:
        await expect(self.main).to_contain_text(words, timeout=WAIT)

    async def cannot(self, label: str) -> None:
        await expect(self._move(label)).to_have_count(0)

    async def do(self, label: str, **fields: str) -> None:
        """Unfold the move, fill in what is asked, press its button and say yes where it asks."""
        move = self._move(label)
        if await move.evaluate("node => node.closest('details.other-moves:not([open])') !== null"):
            await self.page.locator(".moves details.other-moves > summary").click()
        if await move.evaluate("node => node.tagName === 'DETAILS' && !node.open"):
            await move.locator("summary").first.click()
        for name, value in fields.items():
            await choose(move.locator(f"[name={name}]"), value)
        async with self.page.expect_navigation():
            await move.get_by_role("button", name=label, exact=True).click()
            question = self.page.locator("dialog[open]")
            if await question.count():
                await question.get_by_role("button", name="确定").click()
        await expect(self.page.locator(".notice-error, .error-page")).to_have_count(0)

    def _move(self, label: str) -> Locator:
        """What carries the button: the fold it lies in, or the form itself."""
        button = self.page.get_by_role("button", name=label, exact=True, include_hidden=True)
        fold = self.page.locator(".moves details.move").filter(has=button)
        form = self.page.locator(".moves form.move-plain").filter(has=button)
        return fold.or_(form)


async def choose(field: Locator, value: str) -> None:
    """Write it, choose it from a list, or tick it."""
    if await field.first.get_attribute("type") in {"checkbox", "radio"}:
        await field.and_(field.page.locator(f"[value='{value}']")).check()
    elif await field.evaluate("field => field.tagName") == "SELECT":
        await field.select_option(value)
    else:
        await field.fill(value)
