"""Each test is named after what it prevents."""

from __future__ import annotations

import io
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import yarl
from loguru import logger

from cases.ports.accounts import Staff
from handlers.web.access import callers
from handlers.web.access.security import safe_path
from tests.town.live.browser import Browser
from tests.town.live.parts import PASSWORD
from tests.web.conftest import Serve


async def test_a_form_on_another_site_cannot_act_for_a_signed_in_person(
    browser: Browser, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    token = (await browser.get("/account")).csrf()
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        answer = await browser.post("/only/handler", {"csrf": token}, headers=headers)
        assert answer.status == 403, headers
        assert "页面已过期" in answer.text


MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("token", [None, "", "x", "é", "0" * 64])
async def test_a_form_without_the_sessions_own_token_does_nothing(
    browser: Browser, handler: Staff, token: str
) -> None:
    await browser.log_in("wang", PASSWORD)
    answer = await browser.post("/only/handler", {} if token is None else {"csrf": token})
    assert answer.status == 403


async def test_one_persons_token_does_not_work_in_anothers_session(
    browser: Browser, another: Browser, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    await another.log_in("wang", PASSWORD)
    token = (await another.get("/account")).csrf()
    assert (await browser.post("/only/handler", {"csrf": token})).status == 403


async def test_our_own_forms_and_scripts_pass(browser: Browser, handler: Staff) -> None:
    await browser.log_in("wang", PASSWORD)
    token = (await browser.get("/account")).csrf()
    origin = browser.address.rstrip("/")
    by_form = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    assert (await browser.post("/only/handler", {"csrf": token}, headers=by_form)).status == 200
    assert (await browser.post("/only/handler", headers={"X-CSRF-Token": token})).status == 200


async def test_a_login_cannot_be_forced_from_another_site(browser: Browser, handler: Staff) -> None:
    answer = await browser.post("/login", {"login": "wang", "password": PASSWORD})
    assert answer.status == 403
    assert not browser.has_cookie("session")


async def test_another_site_cannot_write_in_a_citizens_chat(browser: Browser, another: Browser) -> None:
    shown = json.loads((await browser.get("/chat")).text)
    theirs = json.loads((await another.get("/chat")).text)
    assert (await browser.post("/chat")).status == 403
    assert (await browser.post("/chat", {"csrf": theirs["csrf"]})).status == 403
    done = await browser.post("/chat", {"csrf": shown["csrf"]})
    assert done.status == 200
    assert shown["chat"] in done.text


async def test_a_chat_is_its_browsers_own_and_its_name_does_not_reveal_the_cookie(
    browser: Browser, another: Browser
) -> None:
    mine, theirs = await browser.get("/chat"), await another.get("/chat")
    assert mine.text != theirs.text
    assert (await browser.get("/chat")).text == mine.text
    assert browser.cookie("chat") not in mine.text


async def test_a_page_cannot_be_framed_scripted_sniffed_or_cached(browser: Browser) -> None:
    for path in ("/login", "/missing", "/broken/bug", "/healthz", "/only/handler"):
        headers = (await browser.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'"), path
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "aiohttp" not in headers["Server"].lower()


async def test_streams_carry_the_same_headers(browser: Browser, handler: Staff) -> None:
    await browser.log_in("wang", PASSWORD)
    answer = await browser.get("/stream")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"


async def test_https_is_remembered_only_where_there_is_https(browser: Browser, serve: Serve) -> None:
    secure = await serve(public_url="https://shouxin.example")
    assert "Strict-Transport-Security" not in (await browser.get("/login")).headers
    assert (await secure.get("/login")).headers["Strict-Transport-Security"].startswith("max-age=31536000")


async def test_no_page_holds_inline_script_or_style(browser: Browser, handler: Staff) -> None:
    await browser.log_in("wang", PASSWORD)
    for path in ("/account", "/account/password", "/account/totp", "/missing"):
        text = (await browser.get(path)).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", text), path


async def test_a_caller_cannot_choose_its_own_address(browser: Browser) -> None:
    answer = await browser.get("/whoami", headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.text == '{"address": "127.0.0.1"}'


async def test_behind_a_trusted_proxy_the_last_untrusted_hop_counts(serve: Serve) -> None:
    browser = await serve(trusted_proxies=("127.0.0.1", "10.0.0.2"))
    hops = {"X-Forwarded-For": "1.1.1.1, 203.0.113.9, 10.0.0.2"}
    assert (await browser.get("/whoami", headers=hops)).text == '{"address": "203.0.113.9"}'


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("1.1.1.1, 203.0.113.9:41234, 10.1.2.3", "203.0.113.9"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, unknown", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
async def test_a_network_of_proxies_is_trusted_as_one_address_is(
    serve: Serve, header: str, told: str
) -> None:
    browser = await serve(trusted_proxies=("127.0.0.0/8", "10.0.0.0/8"))
    answer = await browser.get("/whoami", headers={"X-Forwarded-For": header})
    assert json.loads(answer.text) == {"address": told}


@pytest.mark.parametrize(
    ("address", "other", "one"),
    [
        ("2400:3200:1:1::1", "2400:3200:1:1:9::2", True),
        ("2400:3200:1:1::1", "2400:3200:1:2::1", False),
        ("fc00:dead:beef:4dad::1:2", "fc00:dead:beef:4dad::1:3", False),  # circuits of Tor
        ("203.0.113.9", "203.0.113.10", False),
        ("::ffff:203.0.113.9", "::ffff:203.0.113.10", False),
    ],
)
def test_whoever_has_a_whole_network_of_addresses_is_one_caller(address: str, other: str, one: bool) -> None:
    assert (callers.one_caller(address) == callers.one_caller(other)) is one


@pytest.mark.parametrize(
    ("deployed", "addresses", "alerts"),
    [
        ({"public_url": "https://shouxin.example"}, 1, 1),
        ({"public_url": "https://shouxin.example", "trusted_proxies": ("127.0.0.1",)}, 2, 0),
        ({"public_url": None}, 1, 0),
    ],
)
async def test_a_proxy_that_was_not_named_is_noticed_once(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, deployed: dict[str, Any], addresses: int, alerts: int
) -> None:
    monkeypatch.setattr(callers, "ENOUGH", 3)
    heard: list[str] = []
    listening = logger.add(heard.append, level="WARNING", format="{message}")
    browser = await serve(**deployed)
    for turn in range(8):
        await browser.get("/login", headers={"X-Forwarded-For": f"203.0.113.{turn % addresses}"})
    logger.remove(listening)
    assert len([line for line in heard if "TRUSTED_PROXIES" in line]) == alerts


async def test_whoever_asks_under_another_name_does_not_choose_our_address(serve: Serve) -> None:
    browser = await serve(public_url="https://shouxin.example")
    told = await browser.get("/open311/discovery.json", headers={"Host": "evil.example"})
    assert "https://shouxin.example/open311/" in told.text
    assert "evil" not in told.text


async def test_a_form_too_large_is_refused_before_it_is_read(serve: Serve) -> None:
    browser = await serve()
    assert (await browser.post("/form", io.BytesIO(b"x" * (MEGABYTE + 1)))).status == 413


async def test_a_body_of_unannounced_length_is_refused_where_no_files_are_taken(browser: Browser) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 100

    assert (await browser.post("/hook", data=endless())).status == 411


async def test_an_upload_is_larger_than_a_form_but_limited_too(serve: Serve) -> None:
    browser = await serve()
    token = (await browser.get("/login")).csrf()

    def upload(size: int) -> aiohttp.FormData:
        form = aiohttp.FormData({"csrf": token})
        form.add_field("file", io.BytesIO(b"x" * size), filename="a.bin")
        return form

    assert (await browser.post("/upload", upload(2 * MEGABYTE))).status == 200
    assert (await browser.post("/upload", upload(22 * MEGABYTE))).status == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../setup.py",
        "/static/..%2fsetup.py",
        "/static/%2e%2e/%2e%2e/setup.py",
        "/static//etc/passwd",
        "/static/shouxin.css%00.png",
        "/static/",
    ],
)
async def test_static_files_cannot_reach_outside_their_folder(browser: Browser, path: str) -> None:
    answer = await browser.get(yarl.URL(path, encoded=True))
    assert answer.status == 404


async def test_what_people_type_is_escaped_on_the_page(browser: Browser, handler: Staff) -> None:
    answer = await browser.log_in("<script>alert(1)</script>", "x")
    assert "<script>alert(1)" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


async def test_a_planted_flash_cookie_cannot_inject_markup(browser: Browser) -> None:
    browser.set_cookie("flash", "error.%3Cimg%20src%3Dx%3E")
    text = (await browser.get("/login")).text
    assert "&lt;img src=x&gt;" in text
    browser.set_cookie("flash", "evil.text")
    assert "text" not in (await browser.get("/login")).text.split("<main")[0].split("flash-area")[1]


async def test_a_flash_is_shown_once(browser: Browser) -> None:
    await browser.get("/flash")
    assert "已保存 &lt;script&gt;。" in (await browser.get("/login")).text
    assert "已保存" not in (await browser.get("/login")).text


@pytest.mark.parametrize(
    ("target", "safe"),
    [
        ("/desk?tab=1#x", True),
        ("/", True),
        ("//evil", False),
        ("/\\evil", False),
        ("https:/evil", False),
        ("", False),
        (None, False),
        ("/a\nb", False),
        ("/[::bad", True),
        ("\\/evil", False),
    ],
)
def test_only_paths_of_our_own_are_safe_to_go_on_to(target: str, safe: str) -> None:
    assert safe_path(target, "/home") == (target if safe else "/home")
