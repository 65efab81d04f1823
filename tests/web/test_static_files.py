"""Style and script reach the browser once, and again only when they change."""

from __future__ import annotations

import re

from tests.town.live.browser import Browser


async def test_files_are_kept_for_ever_under_an_address_that_changes_with_them(browser: Browser) -> None:
    page = await browser.get("/login")
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert len(set(addresses)) == 3
    for address in addresses:
        answer = await browser.get(address)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_address_without_the_right_version_is_checked_every_time(browser: Browser) -> None:
    answer = await browser.get("/static/shouxin.css?v=old")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    unchanged = await browser.get("/static/shouxin.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert (unchanged.status, unchanged.body) == (304, b"")


async def test_browsers_that_can_unpack_get_less_to_load(browser: Browser) -> None:
    packed = await browser.get("/static/shouxin.css", headers={"Accept-Encoding": "gzip"})
    plain = await browser.get("/static/shouxin.css", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.body == plain.body
    assert int(packed.headers["Content-Length"]) < len(plain.body) / 3


async def test_no_file_of_ours_loads_anything_from_elsewhere(browser: Browser) -> None:
    for name in ("shouxin.css", "app.js"):
        text = (await browser.get(f"/static/{name}")).text
        assert not re.search(r"https?://|@import|url\(", text), name


async def test_the_theme_is_remembered_and_only_known_themes_are(browser: Browser) -> None:
    token = (await browser.get("/login")).csrf()
    done = await browser.post("/theme", {"theme": "dark", "next": "/login", "csrf": token})
    assert (done.status, done.location) == (303, "/login")
    assert 'data-theme="dark"' in (await browser.get("/login")).text
    await browser.post("/theme", {"theme": '"><script>', "next": "//evil", "csrf": token})
    assert 'data-theme="dark"' in (await browser.get("/login")).text
