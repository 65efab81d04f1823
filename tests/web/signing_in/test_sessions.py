"""Sessions: what the cookie is, how long it lasts, what ends it."""

from __future__ import annotations

from dataclasses import replace

from cases.ports.accounts import Staff
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.browser import Browser
from tests.town.live.parts import PASSWORD
from tests.web.conftest import Serve


async def test_the_session_cookie_is_closed_to_scripts_and_other_sites(
    browser: Browser, handler: Staff
) -> None:
    done = await browser.log_in("wang", PASSWORD)
    line = done.set_cookies()["session"]
    assert "HttpOnly" in line
    assert "SameSite=Lax" in line
    assert "Path=/" in line
    assert "Domain" not in line
    assert "Secure" not in line


async def test_under_https_every_cookie_is_secure_and_bound_to_the_host(serve: Serve) -> None:
    browser = await serve(public_url="https://shouxin.example")
    answers = [await browser.get("/login"), await browser.get("/chat"), await browser.get("/flash")]
    lines = [line for answer in answers for line in answer.set_cookies().values()]
    assert len(lines) == 3
    for line in lines:
        assert line.startswith("__Host-")
        assert "Secure" in line
        assert "HttpOnly" in line
        assert "SameSite=Lax" in line


async def test_the_database_never_holds_what_the_browser_holds(
    browser: Browser, storage: Storage, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    assert await storage.sessions.find(browser.cookie("session")) is None


async def test_a_login_changes_the_session_id_so_a_planted_one_is_worth_nothing(
    browser: Browser, another: Browser, handler: Staff
) -> None:
    planted = "p" * 43
    browser.set_cookie("session", planted)
    await browser.log_in("wang", PASSWORD)
    assert browser.cookie("session") != planted
    another.set_cookie("session", planted)
    assert (await another.get("/only/handler")).status == 303


async def test_a_second_login_ends_the_session_it_came_with(
    browser: Browser, another: Browser, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    first = browser.cookie("session")
    page = await browser.get("/account")
    await browser.post("/login", {"login": "wang", "password": PASSWORD, "csrf": page.csrf()})
    another.set_cookie("session", first)
    assert (await another.get("/only/handler")).status == 303
    assert (await browser.get("/only/handler")).status == 200


async def test_half_an_hour_without_a_request_ends_the_session(
    browser: Browser, handler: Staff, watch: Watch
) -> None:
    await browser.log_in("wang", PASSWORD)
    for _ in range(3):
        watch.later(minutes=29)
        assert (await browser.get("/only/handler")).status == 200
    watch.later(minutes=30)
    assert (await browser.get("/only/handler")).status == 303


async def test_twelve_hours_end_even_a_busy_session(browser: Browser, handler: Staff, watch: Watch) -> None:
    await browser.log_in("wang", PASSWORD)
    for _ in range(35):
        watch.later(minutes=20)
        assert (await browser.get("/only/handler")).status == 200
    watch.later(minutes=20)
    assert (await browser.get("/only/handler")).status == 303


async def test_a_page_that_refreshes_itself_does_not_keep_an_abandoned_session_alive(
    browser: Browser, handler: Staff, watch: Watch
) -> None:
    await browser.log_in("wang", PASSWORD)
    for headers in ({"X-Live-Refresh": "1"}, {"Accept": "text/event-stream"}):
        watch.later(minutes=14)
        assert (await browser.get("/only/handler", headers=headers)).status == 200
    watch.later(minutes=2)
    assert (await browser.get("/only/handler")).status == 303


async def test_logging_out_ends_the_session_on_the_server_too(
    browser: Browser, another: Browser, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    secret = browser.cookie("session")
    done = await browser.submit("/account", {}, to="/logout")
    assert done.location == "/login"
    another.set_cookie("session", secret)
    assert (await another.get("/only/handler")).status == 303


async def test_logging_out_everywhere_ends_the_sessions_of_all_devices(
    browser: Browser, another: Browser, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    await another.log_in("wang", PASSWORD)
    await browser.submit("/account", {}, to="/account/logout-everywhere")
    assert (await browser.get("/only/handler")).status == 303
    assert (await another.get("/only/handler")).status == 303


async def test_a_dismissed_account_is_out_at_its_next_request(
    browser: Browser, storage: Storage, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    await storage.staff.change(handler.id, lambda staff: replace(staff, active=False))
    assert (await browser.get("/only/handler")).status == 303


async def test_a_malformed_session_cookie_is_no_session_and_no_error(browser: Browser) -> None:
    for value in ("", "x", "a" * 5000, "{$ne: null}", "../../etc"):
        answer = await browser.ask("GET", "/only/handler", headers={"Cookie": f"session={value}"})
        assert answer.status == 303, value


async def test_a_live_stream_of_a_stranger_is_refused_instead_of_redirected(browser: Browser) -> None:
    answer = await browser.get("/stream", headers={"Accept": "text/event-stream"})
    assert answer.status == 401
