"""The page on which staff link a chat: a code that works once, shown once, to its owner only."""

from __future__ import annotations

import re

import pytest

from cases.ports.accounts import Staff
from cases.service.staff.links import CODES_AN_HOUR, StaffLinks
from storage.accounts.link_codes import MongoLinkCodes
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.browser import Browser, Reply
from tests.town.live.parts import PASSWORD

PAGE = "/account/alerts"
CHAT = "the-keyed-hash-of-a-chat"


@pytest.fixture
def links(storage: Storage, watch: Watch) -> StaffLinks:
    codes = MongoLinkCodes(storage.database, storage.keys)
    return StaffLinks(codes, storage.staff, storage.audit, storage.rate_limits, watch)


@pytest.fixture
async def signed_in(
    browser: Browser,
    handler: Staff,
) -> Browser:
    await browser.log_in(handler.login, PASSWORD)
    return browser


def code_on(answer: Reply) -> str | None:
    found = re.search(r"/link (\d{8})<", answer.text)
    return found.group(1) if found else None


async def new_code(browser: Browser) -> str:
    answer = await browser.submit(PAGE, {}, to=f"{PAGE}/code")
    assert answer.status == 200
    code = code_on(answer)
    assert code is not None
    return code


async def test_the_page_is_closed_to_who_is_not_signed_in(signed_in: Browser) -> None:
    async with Browser(signed_in.address) as stranger:
        answer = await stranger.get(PAGE)
        assert answer.status == 303
        assert answer.location.startswith("/login")


async def test_a_code_from_the_page_links_the_chat_and_the_page_says_so(
    signed_in: Browser, links: StaffLinks, handler: Staff, storage: Storage
) -> None:
    assert "未绑定" in (await signed_in.get(PAGE)).text
    linked = await links.link(await new_code(signed_in), CHAT)
    assert linked is not None
    assert linked.id == handler.id
    assert (await storage.staff.get(handler.id)).conversation == CHAT
    page = (await signed_in.get(PAGE)).text
    assert "已绑定" in page
    assert CHAT not in page


async def test_a_code_is_shown_on_one_answer_only_and_not_kept_by_the_browser(signed_in: Browser) -> None:
    answer = await signed_in.submit(PAGE, {}, to=f"{PAGE}/code")
    assert code_on(answer) is not None
    assert "no-store" in answer.headers["Cache-Control"]
    assert code_on(await signed_in.get(PAGE)) is None


async def test_a_new_code_ends_the_one_before(signed_in: Browser, links: StaffLinks) -> None:
    first, second = await new_code(signed_in), await new_code(signed_in)
    assert await links.link(first, CHAT) is None
    assert await links.link(second, CHAT) is not None


async def test_a_code_is_over_after_ten_minutes(signed_in: Browser, links: StaffLinks, watch: Watch) -> None:
    code = await new_code(signed_in)
    watch.later(minutes=10, seconds=1)
    assert await links.link(code, CHAT) is None


async def test_unlinking_on_the_page_ends_the_alerts(
    signed_in: Browser, links: StaffLinks, handler: Staff, storage: Storage
) -> None:
    await links.link(await new_code(signed_in), CHAT)
    answer = await signed_in.submit(PAGE, {}, to=f"{PAGE}/unlink")
    assert (answer.status, answer.location) == (303, PAGE)
    assert (await storage.staff.get(handler.id)).conversation is None
    assert "已解除绑定" in (await signed_in.get(PAGE)).text


async def test_too_many_codes_are_answered_with_a_sentence(signed_in: Browser) -> None:
    for _ in range(CODES_AN_HOUR):
        await new_code(signed_in)
    answer = await signed_in.submit(PAGE, {}, to=f"{PAGE}/code")
    assert (answer.status, answer.location) == (303, PAGE)
    assert "生成的绑定码过多" in (await signed_in.get(PAGE)).text


async def test_a_form_from_another_site_makes_no_code(signed_in: Browser) -> None:
    for path in ("code", "unlink"):
        assert (await signed_in.post(f"{PAGE}/{path}", {})).status == 403
