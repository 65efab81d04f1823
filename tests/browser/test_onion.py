"""Tor Browser at its safest level: no script, no font, no picture, and nobody else's server asked.

The process is the browser's proxy, so that the address in the line is the onion address itself.
"""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser, Request, Route

from storage.database.connection import Database
from tests.browser.street import Street, complain_without_script
from tests.town.clock import RunningWatch
from tests.town.live.every_eye import PHONE
from tests.town.live.parts import whole_process
from tests.town.words import RECEIPT, WISH, purchase

ONION = "http://" + "shouxin7" * 7 + ".onion"
REFUSED = frozenset({"script", "font", "image", "media"})
PUBLIC_PAGES = ("/", "/promises", "/records", "/verify", "/verify/proof", "/verify/log")


async def test_a_complaint_is_filed_over_the_onion_address_with_everything_switched_off(
    chromium: Browser, mongo_uri: str, mongo_client: Database, tmp_path: Path
) -> None:
    watch = RunningWatch()
    async with whole_process(
        mongo_uri,
        mongo_client,
        tmp_path,
        now=watch,
        bot_token=None,
        public_url="https://shouxin.example",
        onion_url=ONION,
    ) as app:
        street = Street(chromium, app, watch)
        page = await street.open_page(
            PHONE, base_url=ONION, proxy={"server": app.address}, java_script_enabled=False
        )
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))

        async def refuse(route: Route) -> None:
            await (route.abort() if route.request.resource_type in REFUSED else route.continue_())

        await page.route("**/*", refuse)
        for path in PUBLIC_PAGES:
            answer = await page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            assert await page.get_by_role("heading").first.is_visible(), path
            assert "shouxin.example" not in await page.content()
        shown = await complain_without_script(page, purchase("西宁市城中区水务局") + WISH)
        assert RECEIPT.search(shown)
        assert {request.url.split("/")[2] for request in asked if "//" in request.url} == {ONION[7:]}
        assert not [request for request in asked if request.resource_type == "font"]
        await street.everybody_leaves()
