"""Reached by the onion address a visitor stays there; the open web tells Tor Browser of it."""

from __future__ import annotations

import pytest
from aiohttp import web

from cases.ports.accounts import Staff
from handlers.web.access.policy import Door, routes_of
from tests.town.live.parts import PASSWORD
from tests.web.conftest import BuildPages, Serve

ONION = "http://" + "shouxin7" * 7 + ".onion"
BY_ONION = {"Host": ONION.removeprefix("http://")}
OPENLY = {"Host": "shouxin.example"}
STREAMS = {"/chat/live"}


def everybodys_addresses(pages: web.Application) -> list[str]:
    """What anybody may read whose address needs no number."""
    doors = {Door.PUBLIC, Door.CITIZEN, Door.MACHINE}
    return [
        rule.path
        for rule in routes_of(pages)
        if rule.policy is not None
        and rule.policy.door in doors
        and rule.method == "GET"
        and "{" not in rule.path
        and rule.path not in STREAMS
    ]


async def test_neither_address_is_named_by_what_is_reached_by_the_other(
    build_pages: BuildPages, serve: Serve
) -> None:
    pages = await build_pages(public_url="https://shouxin.example", onion_url=ONION, publish_motions=True)
    addresses = [*everybodys_addresses(pages), "/open311/v2/discovery.json"]
    browser = await serve(pages)
    assert len(addresses) > 12
    named = set()
    for path in addresses:
        hidden, open_one = await browser.get(path, headers=BY_ONION), await browser.get(path, headers=OPENLY)
        assert b"shouxin.example" not in hidden.body, path
        assert "shouxin.example" not in str(hidden.headers), path
        assert b".onion" not in open_one.body, path
        page = open_one.headers.get("Content-Type", "").startswith("text/html")
        assert open_one.headers.get("Onion-Location") == (ONION + path if page else None), path
        assert "Onion-Location" not in hidden.headers, path
        named |= {path} if ONION.encode() in hidden.body else set()
    assert named == {"/records.atom", "/open311/v2/discovery.json"}


async def test_the_same_page_is_named_with_what_was_asked_for(serve: Serve) -> None:
    browser = await serve(public_url="https://shouxin.example", onion_url=ONION)
    shown = await browser.get("/records?domain=procurement&body=%E5%8E%BF", headers=OPENLY)
    assert shown.headers["Onion-Location"] == ONION + "/records?domain=procurement&body=%E5%8E%BF"


@pytest.mark.parametrize(
    ("settings_changed", "headers", "path"),
    [
        ({"onion_url": None}, OPENLY, "/login"),
        ({"public_url": "http://shouxin.example"}, OPENLY, "/login"),
        ({}, {"Host": "127.0.0.1"}, "/login"),
        ({}, OPENLY, "/no-such-page"),
        ({}, OPENLY, "/account"),
    ],
)
async def test_tor_browser_is_told_only_over_https_and_only_on_everybodys_pages(
    serve: Serve,
    handler: Staff,
    settings_changed: dict[str, object],
    headers: dict[str, str],
    path: str,
) -> None:
    settings = {"public_url": "https://shouxin.example", "onion_url": ONION} | settings_changed
    browser = await serve(**settings)
    assert "Onion-Location" not in (await browser.get(path, headers=headers)).headers


async def test_a_login_by_the_onion_address_is_kept_by_a_browser_that_sees_no_https(
    serve: Serve, handler: Staff
) -> None:
    browser = await serve(public_url="https://shouxin.example", onion_url=ONION)
    form = await browser.get("/login", headers=BY_ONION)
    assert "Strict-Transport-Security" not in form.headers
    assert not any(name.startswith("__Host-") for name in form.set_cookies())
    fields = {"login": "wang", "password": PASSWORD, "csrf": form.csrf()}
    origin = {**BY_ONION, "Origin": ONION}
    assert (await browser.post("/login", fields, headers=origin)).status == 303
    assert (await browser.get("/account", headers=BY_ONION)).status == 200
    openly = await browser.get("/login", headers=OPENLY)
    assert all("Secure" in line and name.startswith("__Host-") for name, line in openly.set_cookies().items())


async def test_what_others_will_read_on_paper_names_the_public_address(serve: Serve, handler: Staff) -> None:
    browser = await serve(public_url="http://shouxin.example", onion_url=ONION)
    await browser.log_in("wang", PASSWORD)
    codes = [await browser.get("/desk/file/site.svg", headers=where) for where in (BY_ONION, OPENLY)]
    assert [code.status for code in codes] == [200, 200]
    assert codes[0].body == codes[1].body
