"""Every page for every eye: wide and narrow, light and dark, nothing serious for axe, nothing too wide."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from cases.model import Case
from cases.people import Role
from cases.ports.cases import EVERY_CASE, CaseFilter
from tests.browser.street import Citizen, Official, Street
from tests.town.live.every_eye import DESK, PHONE, faults_of
from tests.town.places import REFORM
from tests.town.words import WISH, purchase

pytestmark = pytest.mark.timeout(300)

LEFTOVERS = ("undefined", "None", "Invalid Date", "NaN", "{{", "}}")


async def faults_shown(page: Page) -> list[str]:
    """Whatever the eye, nothing is said that nobody wrote."""
    text = await page.inner_text("body")
    return [f"{page.url} shows {word!r}" for word in LEFTOVERS if word in text] + await faults_of(page)


async def faults_on(page: Page, *paths: str) -> list[str]:
    faults = []
    for path in paths:
        answer = await page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        faults += await faults_shown(page)
    return faults


async def open_and_answered(street: Street) -> tuple[Case, Case]:
    """Two invented cases of one department, whichever that is."""
    cases = [case async for case in street.app.core.storage.cases.iterate(EVERY_CASE, CaseFilter())]
    return next(
        (o, a) for a in cases if a.letters for o in cases if o.is_open and o.department == a.department
    )


async def test_the_desk_is_for_every_eye(busy_street: Street) -> None:
    open_case, answered = await open_and_answered(busy_street)
    roles = (Role.HANDLER, Role.HEAD, Role.TRIAGE, Role.DEPUTY)
    head: Official = await busy_street.official("方主任", *roles, department=answered.department)
    at = "/desk/cases/"
    faults = await faults_on(
        head.page,
        "/desk",
        "/desk?view=all&q=没有这样的词语",
        "/desk/workload",
        "/desk/file",
        f"{at}{open_case.number}",
        f"{at}{answered.number}",
        f"{at}{answered.number}/letters/1",
        "/account",
        "/account/password",
        "/account/totp",
    )
    assert not faults, "\n".join(faults)


async def test_the_board_is_for_every_eye(busy_street: Street) -> None:
    supervisor = await busy_street.official("杜督办", Role.SUPERVISOR, Role.AUDITOR, department=REFORM)
    pages = ("", "/cases", "/attention", "/warning", "/ranking", "/digest", "/reports", "/measures")
    faults = await faults_on(supervisor.page, *(f"/board{page}" for page in pages), "/audit")
    await supervisor.page.goto("/board/reports")
    links = await supervisor.page.locator("main a[href^='/board/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    for kind in ("/board/report/", "/board/yearly/"):
        link = next(one for one in links if one.startswith(kind) and not one.endswith(".pdf"))
        faults += await faults_on(supervisor.page, link)
    assert not faults, "\n".join(faults)


async def test_the_administrators_pages_are_for_every_eye(busy_street: Street) -> None:
    admin = await busy_street.official("何管理", Role.ADMIN)
    pages = ("", "/accounts", "/accounts/new", f"/accounts/{admin.staff.id}", "/tokens")
    faults = await faults_on(admin.page, *(f"/admin{page}" for page in pages))
    assert not faults, "\n".join(faults)


async def test_the_public_pages_are_for_every_eye(busy_street: Street) -> None:
    _, answered = await open_and_answered(busy_street)
    page = await busy_street.open_page(DESK)
    faults = await faults_on(page, "/login")
    for language in ("zh-CN", "zh-TW", "en"):
        await page.set_extra_http_headers({"Accept-Language": language})
        faults += await faults_on(
            page,
            "/promises?jurisdiction=qinghai",
            "/verify",
            "/verify?code=000000000000",
            f"/verify?code={answered.letters[0].verification}",
            "/verify/proof",
        )
        await page.goto("/no-such-page")
        faults += await faults_shown(page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW", "en-GB"])
async def test_the_chat_is_for_every_eye(busy_street: Street, locale: str) -> None:
    page = await busy_street.open_page(PHONE, locale=locale)
    faults = await faults_on(page, "/")
    citizen = Citizen(page)
    await citizen.say(purchase("西宁市城西区教育局") + WISH)
    await page.locator("#log .chat-buttons").last.wait_for()
    faults += await faults_shown(page)
    assert not faults, "\n".join(faults)
