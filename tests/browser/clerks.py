"""People of the integrity side at the pages of its objects."""

from __future__ import annotations

import asyncio

from playwright.async_api import FilePayload, expect

from cases.people import Role
from tests.browser.street import WAIT, Official, Street, choose

BODY, EDUCATION = "青海省教育厅", "630000:省教育厅"
PAPER = FilePayload(name="凭证.txt", mimeType="text/plain", buffer="付款凭证".encode())


class Clerk:
    """Somebody of the integrity side at the pages of one object."""

    def __init__(self, official: Official) -> None:
        self.official, self.page = official, official.page

    async def open(self, id: str) -> None:
        await self.page.goto(f"/credit/{id}")

    async def do(self, label: str, papers: str = "", **fields: str) -> None:
        """Fill in the form of this move, hand in a paper where one is asked for, and send it."""
        button = self.page.get_by_role("button", name=label, exact=True, include_hidden=True)
        form = self.page.locator("form").filter(has=button)
        fold = self.page.locator("details.move").filter(has=form)
        if await fold.count():
            await fold.locator("summary").click()
        for name, value in fields.items():
            await choose(form.locator(f"[name='{name}']"), value)
        if papers:
            await form.locator(f"[name='{papers}']").set_input_files(PAPER)
        async with self.page.expect_navigation():
            await button.click()
        await expect(self.page.locator(".notice-error, .error-page")).to_have_count(0)

    async def reads(self, words: str) -> None:
        await expect(self.page.locator("main")).to_contain_text(words, timeout=WAIT)

    async def reads_in_time(self, words: str) -> None:
        """What a worker does by itself shows when the page is asked for again."""
        for _ in range(60):
            if words in await self.page.locator("main").inner_text():
                return
            await asyncio.sleep(0.5)
            await self.page.reload()
        await self.reads(words)

    @property
    def id(self) -> str:
        """Of the object whose page is open."""
        return self.page.url.rpartition("/")[2].partition("#")[0]

    async def newest(self, kind: str) -> str:
        """Go to what belongs to this object and was opened last."""
        link = self.page.locator("#h-relatives ~ ul a").filter(has_text=kind).first
        await self.page.goto(await link.get_attribute("href") or "")
        return self.id


async def clerks(street: Street) -> tuple[Clerk, Clerk, Clerk, Clerk]:
    """Registrar, confirmer and releaser, and the representative of the body."""
    return (
        Clerk(await street.official("周经办", Role.REGISTRAR)),
        Clerk(await street.official("吴认定", Role.CONFIRMER)),
        Clerk(await street.official("郑复核", Role.RELEASER)),
        Clerk(await street.official("冯代表", Role.SUBJECT, department=EDUCATION)),
    )
