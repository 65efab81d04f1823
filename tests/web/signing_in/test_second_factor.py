"""One-time codes: a password alone does not open an account that has them."""

from __future__ import annotations

import re
from datetime import datetime

import pyotp
import pytest

from cases.people import Role
from cases.ports.accounts import Staff
from handlers.web.signing_in.second_factor import accept_code
from storage.database.connection import Database
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.browser import Browser
from tests.town.live.parts import PASSWORD
from tests.web.conftest import Serve, account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
async def supervisor(storage: Storage) -> Staff:
    staff = account("li", Role.SUPERVISOR, totp_secret=SECRET)
    await storage.staff.add(staff)
    return staff


def code_at(moment: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(moment)


async def test_a_password_alone_opens_nothing(browser: Browser, supervisor: Staff) -> None:
    await browser.log_in("li", PASSWORD)
    for path in ("/only/supervisor", "/account", "/account/password", "/account/totp", "/account/totp.svg"):
        sent = await browser.get(path)
        assert (sent.status, sent.location) == (303, "/login/code"), path


async def test_the_code_completes_the_login_under_a_new_session(
    browser: Browser, supervisor: Staff, watch: Watch
) -> None:
    await browser.log_in("li", PASSWORD)
    before = browser.cookie("session")
    done = await browser.submit("/login/code", {"code": code_at(watch.now)})
    assert (done.status, done.location) == (303, "/board")
    assert browser.cookie("session") != before
    assert (await browser.get("/only/supervisor")).status == 200


async def test_a_code_seen_over_the_shoulder_cannot_be_used_again(
    browser: Browser, another: Browser, supervisor: Staff, watch: Watch
) -> None:
    code = code_at(watch.now)
    await browser.log_in("li", PASSWORD)
    await browser.submit("/login/code", {"code": code})
    await another.log_in("li", PASSWORD)
    again = await another.submit("/login/code", {"code": code})
    assert again.status == 401
    assert (await another.get("/only/supervisor")).location == "/login/code"


async def test_a_code_sent_to_two_processes_at_once_opens_one(
    serve: Serve, storage: Storage, supervisor: Staff, watch: Watch
) -> None:
    import asyncio

    two = [await serve(), await serve()]
    for browser in two:
        await browser.log_in("li", PASSWORD)
    code = {"code": code_at(watch.now)}
    done = await asyncio.gather(*(browser.submit("/login/code", code) for browser in two))
    assert sorted(answer.status for answer in done) == [303, 401]


async def test_guessing_codes_locks_the_account_and_ends_the_login(
    browser: Browser, storage: Storage, supervisor: Staff, watch: Watch
) -> None:
    await browser.log_in("li", PASSWORD)
    answers = [await browser.submit("/login/code", {"code": f"00000{n}"}) for n in range(5)]
    assert [a.status for a in answers] == [401, 401, 401, 401, 303]
    assert answers[-1].location == "/login"
    assert (await browser.log_in("li", PASSWORD)).status == 401
    assert (await storage.staff.get(supervisor.id)).locked_until is not None


async def test_a_new_password_login_does_not_reset_the_count_of_wrong_codes(
    browser: Browser, storage: Storage, supervisor: Staff
) -> None:
    for number in range(4):
        async with Browser(browser.address) as fresh:
            await fresh.log_in("li", PASSWORD)
            await fresh.submit("/login/code", {"code": f"00000{number}"})
    assert (await storage.staff.get(supervisor.id)).failed_logins == 4


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(0, True), (-30, True), (30, True), (-90, False), (90, False)]
)
def test_a_clock_half_a_minute_off_is_forgiven_and_more_is_not(
    watch: Watch, seconds: int, accepted: bool
) -> None:
    from datetime import timedelta

    staff = account("li", totp_secret=SECRET)
    code = code_at(watch.now + timedelta(seconds=seconds))
    assert (accept_code(staff, SECRET, code, watch.now) is not None) is accepted


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "٠٠٠٠٠٠", "－１"])
def test_what_is_not_a_code_is_refused(watch: Watch, code: str) -> None:
    assert accept_code(account("li"), SECRET, code, watch.now) is None


async def test_enrolment_shows_a_picture_and_keeps_the_secret_only_after_a_right_code(
    browser: Browser, storage: Storage, watch: Watch
) -> None:
    await storage.staff.add(account("li", Role.SUPERVISOR))
    await browser.log_in("li", PASSWORD)
    page = await browser.get("/account/totp")
    shown = re.search(r'class="mono wrap-anywhere">([A-Z2-7 ]+)<', page.text)
    assert shown is not None
    secret = shown[1].replace(" ", "")
    picture = await browser.get("/account/totp.svg")
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert picture.headers["Cache-Control"] == "no-store"
    assert b"<script" not in picture.body
    wrong = await browser.submit("/account/totp", {"code": "000000"})
    assert wrong.status == 422
    assert (await storage.staff.get("id-li")).totp_secret is None
    done = await browser.submit("/account/totp", {"code": code_at(watch.now, secret)})
    assert done.status == 303
    assert (await storage.staff.get("id-li")).totp_secret == secret
    assert (await browser.get("/only/supervisor")).status == 200


async def test_an_enrolled_secret_cannot_be_seen_or_replaced_from_the_page(
    browser: Browser, storage: Storage, supervisor: Staff, watch: Watch
) -> None:
    await browser.log_in("li", PASSWORD)
    await browser.submit("/login/code", {"code": code_at(watch.now)})
    assert (await browser.get("/account/totp.svg")).status == 404
    assert SECRET not in (await browser.get("/account/totp")).text.replace(" ", "")
    page = await browser.get("/account")
    await browser.post("/account/totp", {"code": code_at(watch.now), "csrf": page.csrf()})
    assert (await storage.staff.get(supervisor.id)).totp_secret == SECRET


async def test_the_secret_is_sealed_in_the_database(
    storage: Storage, database: Database, supervisor: Staff
) -> None:
    assert SECRET not in str(await database["staff"].find_one({"_id": supervisor.id}))
