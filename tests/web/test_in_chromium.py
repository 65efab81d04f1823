"""The pages in a real browser: readable by everyone, in both widths, light and dark."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Page

from cases.people import Role
from cases.ports.accounts import Staff
from storage.opening import Storage
from tests.town.live.browser import Browser
from tests.town.live.every_eye import DESK, PHONE, Look, faults_of
from tests.town.live.parts import PASSWORD
from tests.web.conftest import account

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture
async def open_page(chromium: Chromium, browser: Browser) -> AsyncIterator[OpenPage]:
    """A page of this width and scheme; anything its console complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    async def opened(width: int = 1440, **more: Any) -> Page:
        context = await chromium.new_context(
            viewport={"width": width, "height": 800},
            base_url=browser.address,
            **more,
        )
        contexts.append(context)
        page = await context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert [text for text in complaints if "404" not in text] == []


async def sign_in(page: Page, login: str) -> None:
    await page.goto("/login")
    await page.fill("#login", login)
    await page.fill("#password", PASSWORD)
    await page.click("main button[type=submit]")
    await page.wait_for_url(lambda url: not url.endswith("/login"))
    await page.wait_for_load_state("load")


@pytest.mark.parametrize("size", [PHONE, DESK])
async def test_the_shared_pages_are_accessible_and_fit(
    open_page: OpenPage, storage: Storage, size: dict[str, int]
) -> None:
    await storage.staff.add(account("wang", Role.HANDLER, Role.HEAD))
    await storage.staff.add(account("li", Role.SUPERVISOR))
    looks: tuple[Look, ...] = ((size, "light"), (size, "dark"))
    page, faults = await open_page(size["width"]), []
    for path in ("/login", "/missing", "/probe/docs"):
        await page.goto(path)
        await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        faults += await faults_of(page, looks)
    await sign_in(page, "wang")
    for path in ("/probe/gallery", "/account", "/account/password", "/account/totp"):
        await page.goto(path)
        faults += await faults_of(page, looks)
    assert not faults, "\n".join(faults)


async def test_everything_works_without_script(open_page: OpenPage, handler: Staff) -> None:
    page = await open_page(java_script_enabled=False)
    await sign_in(page, "wang")
    assert page.url.endswith("/desk")
    await page.click(".menu summary")
    await page.click(".menu >> text=深色")
    assert await page.get_attribute("html", "data-theme") == "dark"
    await page.click(".menu summary")
    await page.click("text=退出登录")
    assert page.url.endswith("/login")
    assert await page.is_visible("text=您已退出登录。")


async def test_a_question_is_asked_before_what_cannot_be_undone(open_page: OpenPage, handler: Staff) -> None:
    page = await open_page()
    await sign_in(page, "wang")
    await page.goto("/account")
    await page.click("text=在所有设备上退出")
    await page.click("dialog >> text=取消")
    assert page.url.endswith("/account")
    await page.click("text=在所有设备上退出")
    await page.click("dialog >> text=确定")
    await page.wait_for_url("**/login")


async def test_keys_reach_what_they_name_but_not_while_typing(open_page: OpenPage, handler: Staff) -> None:
    page = await open_page()
    await sign_in(page, "wang")
    await page.keyboard.press("/")
    assert await page.evaluate("document.activeElement.id") == "q"
    await page.keyboard.type("n?")
    assert await page.input_value("#q") == "n?"
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("?")
    assert await page.is_visible("dialog >> text=领取下一件")
    await page.keyboard.press("Escape")
    await page.locator("dialog").wait_for(state="detached")


async def test_the_first_tab_offers_to_skip_to_the_text(open_page: OpenPage) -> None:
    page = await open_page()
    await page.goto("/missing")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "main"
