"""An open page learns that something changed, for its own cases only, and stops with the session."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import ClientResponse

from cases.people import Role
from cases.vocabulary import Move
from handlers.web.keys import WebOptions
from tests.town.live.town import Town
from tests.town.places import REFORM


async def listen(town: Town, staff: Any, query: str = "") -> ClientResponse:
    answer = await town.client.get(f"/desk/events{query}", headers=await town.sign_in(staff))
    assert answer.status == 200
    assert answer.content_type == "text/event-stream"
    assert (await answer.content.readline()).startswith(b"retry:")
    await answer.content.readline()
    return answer


async def next_number(answer: ClientResponse) -> str:
    async with asyncio.timeout(20):
        while not (line := (await answer.content.readline()).decode()).startswith("data: "):
            continue
    return line.removeprefix("data: ").strip()


async def test_every_page_of_the_department_hears_of_a_change(town: Town) -> None:
    li, zhou = await town.person("李承办"), await town.person("周同事")
    pages = [await listen(town, li), await listen(town, zhou)]
    await asyncio.sleep(0.5)
    case = await town.filed()
    assert [await next_number(page) for page in pages] == [case.number, case.number]
    await town.act(case, Move.CLAIM, li)
    assert await next_number(pages[1]) == case.number
    for page in pages:
        page.close()


async def test_another_department_hears_nothing_of_it(town: Town) -> None:
    other = await town.person("外单位", department=REFORM)
    page = await listen(town, other)
    await asyncio.sleep(0.5)
    await town.filed()
    mine = await town.filed(domain="bidding")
    assert await next_number(page) == mine.number
    page.close()


async def test_a_case_page_hears_only_of_its_case(town: Town) -> None:
    li = await town.person("李承办", Role.HANDLER)
    case = await town.filed()
    page = await listen(town, li, f"?number={case.number}")
    await asyncio.sleep(0.5)
    await town.filed()
    await town.act(case, Move.CLAIM, li)
    assert await next_number(page) == case.number
    page.close()


async def test_without_a_session_there_is_no_stream(town: Town) -> None:
    answer = await town.client.get("/desk/events", headers={"Accept": "text/event-stream"})
    assert answer.status == 401


async def test_one_address_may_hold_so_many_streams_and_no_more(town: Town) -> None:
    li = await town.person("李承办", Role.HANDLER)
    pages = [await listen(town, li) for _ in range(WebOptions().streams_of_one)]
    refused = await town.client.get("/desk/events", headers=await town.sign_in(li))
    assert refused.status == 429
    assert refused.headers["Retry-After"] == "60"
    pages.pop().close()
    await asyncio.sleep(0.1)
    pages.append(await listen(town, li))
    for page in pages:
        page.close()
