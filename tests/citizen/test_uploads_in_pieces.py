"""A file comes in pieces: each once, in any order, sealed; a broken line costs one, a stranger sees none."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator

import aiohttp
import pytest

from handlers.citizen.webchat.uploads import PIECE
from handlers.web.access.bodies import BUDGET
from storage.opening import Storage
from tests.town.live.browser import Browser, Reply
from tests.town.live.town import Town

ANY = {"_id": {"$exists": True}}
JSON = {"Accept": "application/json"}
KEY = "k" * 32


@pytest.fixture
async def browser(town: Town) -> AsyncIterator[Browser]:
    async with Browser(town.address) as made:
        yield made


def told(reply: Reply) -> dict[str, int]:
    answer: dict[str, int] = json.loads(reply.text)
    return answer


async def send(browser: Browser, place: object, piece: bytes, key: str = KEY) -> Reply:
    form = aiohttp.FormData({"csrf": (await browser.get("/")).csrf(), "key": key, "place": str(place)})
    form.add_field("piece", piece, filename="blob")
    return await browser.post("/chat/file/pieces", form, headers=JSON)


async def finish(browser: Browser, pieces: int, key: str = KEY) -> Reply:
    said = {"csrf": (await browser.get("/")).csrf(), "key": key, "pieces": str(pieces), "name": "合同.txt"}
    return await browser.post("/chat/file", said, headers=JSON)


async def arrived(browser: Browser) -> int:
    return told(await browser.get(f"/chat/file/pieces?key={KEY}"))["next"]


async def test_pieces_come_in_any_order_and_twice_and_are_one_file(
    browser: Browser, storage: Storage
) -> None:
    whole = secrets.token_hex(PIECE + 50).encode()[: 2 * PIECE + 77]
    pieces = [whole[:PIECE], whole[PIECE : 2 * PIECE], whole[2 * PIECE :]]
    assert await arrived(browser) == 0
    for place, comes_next in ((0, 1), (2, 1), (0, 1)):
        assert told(await send(browser, place, pieces[place]))["next"] == comes_next
    assert (await finish(browser, 3)).status == 409
    assert told(await send(browser, 1, pieces[1]))["next"] == 3
    assert whole[:40] not in str(await storage.database["uploads"].find_all(ANY)).encode()
    async with Browser(browser.address) as stranger:
        assert await arrived(stranger) == 0
        assert (await finish(stranger, 3)).status == 409
    assert told(await finish(browser, 3))["ok"]
    (record,) = await storage.database["evidence"].find_all(ANY)
    assert await storage.evidence.get(record["_id"]) == whole
    assert await storage.database["uploads"].count(ANY) == 0
    for place, piece in enumerate(pieces):  # the answer was lost, so all of it comes again
        await send(browser, place, piece)
    assert told(await finish(browser, 3))["ok"]
    assert "合同.txt" in (page := (await browser.get("/")).text)
    assert page.count("合同.txt") == 1


@pytest.mark.parametrize(
    ("place", "size"), [(0, 0), (0, PIECE + 1), (80, 5), (10**20, 5), ("x", 5), ("-1", 5)]
)
async def test_a_piece_that_is_none_is_refused(browser: Browser, place: object, size: int) -> None:
    assert (await send(browser, place, b"x" * size)).status == 400


async def test_a_file_put_together_is_within_the_memory_for_uploads(browser: Browser, town: Town) -> None:
    await send(browser, 0, b"x" * PIECE)
    budget = town.parts.pages[BUDGET]
    with budget.holding(budget.most, "somebody else"):
        assert (await finish(browser, 1)).status == 503
    assert told(await finish(browser, 1))["ok"]


async def test_pieces_whose_rest_never_comes_go_by_themselves(browser: Browser, town: Town) -> None:
    await send(browser, 0, b"x")
    (row,) = await town.storage.database["uploads"].find_all(ANY)
    assert 24 <= (row["erase_at"] - town.watch()).total_seconds() / 3600 <= 25
    indexes = await town.storage.database["uploads"].index_names()
    assert any("erase_at" in name for name in indexes)


async def test_more_pieces_than_a_line_can_carry_are_asked_to_wait(browser: Browser) -> None:
    token = (await browser.get("/")).csrf()

    async def one(place: int) -> int:
        form = aiohttp.FormData({"csrf": token, "key": KEY, "place": str(place % 80)})
        form.add_field("piece", b"x", filename="blob")
        return (await browser.post("/chat/file/pieces", form, headers=JSON)).status

    answers = await asyncio.gather(*(one(place) for place in range(200)))
    assert set(answers) == {200, 429}
    assert answers.count(200) >= 160
