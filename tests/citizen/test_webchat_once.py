"""What the page does once: a repeat is no second message, a receipt is shown one time, a computer forgets."""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

from cases.vocabulary import Channel
from storage.opening import Storage
from tests.town.live.browser import Browser, Reply
from tests.town.live.town import Town
from tests.town.words import NUMBER, RECEIPT, STORY

ANY = {"_id": {"$exists": True}}
JSON = {"Accept": "application/json"}
FILED_BY = ("没有问题", "匿名", "没有材料", "确认提交")


@pytest.fixture
async def browser(town: Town) -> AsyncIterator[Browser]:
    """In front of the page, with its workers at work."""
    working = asyncio.create_task(work(town))
    async with Browser(town.address) as made:
        yield made
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working


async def work(town: Town) -> None:
    inbox, outbox = town.parts.inbox, town.parts.outboxes[Channel.WEB]
    while True:
        town.later(milliseconds=20)
        busy = await inbox.step()
        busy = await outbox.step() or busy
        if not busy:
            await asyncio.sleep(0.01)


async def say(browser: Browser, text: str) -> Reply:
    return await browser.submit("/", {"text": text}, to="/chat/say", follow=True)


async def press(browser: Browser, label: str, page: Reply | None = None) -> Reply:
    page = page or await browser.get("/")
    found = re.findall(rf'name="button" value="([^"]+)">[^<]*{re.escape(label)}', page.text)
    assert found, f"no button {label}"
    return await browser.post("/chat/press", {"button": found[-1], "csrf": page.csrf()}, follow=True)


async def file_story(browser: Browser) -> Reply:
    page = await say(browser, STORY)
    for label in FILED_BY:
        page = await press(browser, label, page)
    return page


async def lines(browser: Browser) -> list[str]:
    return [line["html"] for line in json.loads((await browser.get("/chat/lines")).text)["lines"]]


def mine(shown: list[str]) -> int:
    return sum('data-mine="yes"' in line for line in shown)


async def test_a_repeat_after_a_lost_answer_is_one_message_one_press_and_one_file(
    browser: Browser, storage: Storage
) -> None:
    token = (await browser.get("/")).csrf()
    words = {"text": STORY, "csrf": token, "key": "k1"}
    answers = await asyncio.gather(*(browser.post("/chat/say", words, headers=JSON) for _ in range(3)))
    assert {answer.status for answer in answers} == {200}
    assert mine(await lines(browser)) == 1
    await browser.post("/chat/say", {**words, "key": "k2"}, headers=JSON)
    await browser.post("/chat/say", {**words, "text": "别的话", "key": "k1"}, headers=JSON)
    assert mine(await lines(browser)) == 3

    def file(key: str, content: bytes) -> aiohttp.FormData:
        form = aiohttp.FormData()
        for name, value in (("csrf", token), ("key", key)):
            form.add_field(name, value)
        form.add_field("file", content, filename="合同.txt")
        return form

    for content in (b"one", b"one", b"two"):
        assert (await browser.post("/chat/file", file("k1", content), headers=JSON)).status == 200
    for _ in range(200):
        shown = "".join(await lines(browser))
        if "现有 2 份材料" in shown:
            break
        await asyncio.sleep(0.05)
    assert "现有 2 份材料" in shown
    assert "现有 3 份材料" not in shown
    records = await storage.database["evidence"].find_all(ANY)
    assert sum(record["_id"].startswith("e") for record in records) == 2


async def test_a_page_sent_again_says_what_is_new_and_not_what_was_said(browser: Browser) -> None:
    """Without script: the back button shows an old page, whose form may carry other words."""
    page = await browser.get("/")
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page.text)
    assert key
    for words in ("第一句话。", "第一句话。", "第二句话。"):
        await browser.post("/chat/say", {"text": words, "csrf": page.csrf(), "key": key[1]}, headers=JSON)
    assert mine(await lines(browser)) == 2


async def test_numbers_of_updates_say_nothing_of_when_they_came(browser: Browser, storage: Storage) -> None:
    for words in ("一", "二", "三", "四"):
        await say(browser, words)
    stored = await storage.database["conversations"].find_one(ANY)
    assert stored is not None
    seen = stored["inbox"]["seen"]
    assert len(set(seen)) == 4
    assert all(re.fullmatch("[0-9a-f]{32}", mark) for mark in seen)
    given = {storage.conversations._mark(str(number)) for number in range(2000)}
    assert given.isdisjoint(seen)


async def test_a_receipt_is_shown_by_one_page_and_by_none_after_it(browser: Browser) -> None:
    page = await file_story(browser)
    assert RECEIPT.search(page.text)
    assert "data-once" in page.text
    again = await browser.get("/")
    assert NUMBER.search(again.text)
    assert not RECEIPT.search(again.text)
    assert "不再显示" in again.text
    assert not RECEIPT.search("".join(await lines(browser)))


async def test_what_a_live_page_has_shown_is_gone_from_reload_and_replay(
    browser: Browser, storage: Storage
) -> None:
    page = await say(browser, STORY)
    for label in FILED_BY[:-1]:
        page = await press(browser, label, page)
    token, button = page.csrf(), re.findall(r'name="button" value="([^"]+)">确认提交', page.text)[-1]
    await browser.post("/chat/press", {"button": button, "csrf": token}, headers=JSON)
    for _ in range(200):
        shown = await lines(browser)
        if RECEIPT.search(shown[-1]):
            break
        await asyncio.sleep(0.05)
    line = re.search(r'id="line-(\d+)"', shown[-1])
    assert line
    receipt = RECEIPT.search(shown[-1])
    assert receipt
    version = json.loads((await browser.get("/chat/lines")).text)["version"]
    await browser.post("/chat/shown", {"line": line[1], "csrf": token}, headers=JSON)
    fresh = json.loads((await browser.get(f"/chat/lines?after={version}")).text)
    assert fresh["lines"] == [], "the page that shows it is not told to take it away"
    assert not RECEIPT.search("".join(await lines(browser)))
    assert not RECEIPT.search((await browser.get("/")).text)
    stored = [line["text"] async for chat in storage.transcripts.iterate() for line in chat]
    assert receipt.group() not in "".join(stored)


async def test_noted_takes_the_receipt_off_the_page_and_leaves_the_number(browser: Browser) -> None:
    page = await file_story(browser)
    number = NUMBER.search(page.text)
    assert number
    page = await press(browser, "我已记下", page)
    for _ in range(100):
        page = await browser.get("/")
        if "已经收起" in page.text:
            break
        await asyncio.sleep(0.05)
    assert "已经收起" in page.text
    assert number.group() in page.text
    assert "我已记下" not in re.sub(r"已选：我已记下", "", page.text)


async def test_a_receipt_that_is_asked_with_is_not_shown_again(browser: Browser) -> None:
    receipt = RECEIPT.search((await file_story(browser)).text)
    assert receipt
    async with Browser(browser.address) as other:
        page = await say(other, receipt.group())
        assert NUMBER.search(page.text)
        assert receipt.group() not in page.text
        await say(other, "/status " + receipt.group().replace(" ", ""))
        assert receipt.group().replace(" ", "") not in (await other.get("/")).text


async def test_a_cookie_lives_as_long_as_the_citizen_chooses(browser: Browser) -> None:
    cookie = (await browser.get("/")).set_cookies()["chat"]
    assert "Max-Age" not in cookie
    assert "HttpOnly" in cookie
    await say(browser, STORY)
    for days, life in (("7", "Max-Age=604800"), ("180", "Max-Age=15552000"), ("9999", None), ("0", "")):
        answer = await browser.submit("/chat/device", {"days": days}, to="/chat/device")
        chosen = answer.set_cookies().get("chat")
        if life is None:
            assert chosen is None
        else:
            assert chosen is not None
            assert (life in chosen) if life else ("Max-Age" not in chosen)
        assert "住房和城乡建设局" in (await browser.get("/")).text, "it is the same chat"


async def test_leaving_a_computer_clears_it_and_the_chat(browser: Browser, storage: Storage) -> None:
    await say(browser, STORY)
    answer = await browser.submit("/chat/device", {}, to="/chat/forget")
    assert (answer.status, answer.location) == (303, "/cleared")
    assert all(kind in answer.headers["Clear-Site-Data"] for kind in ('"cache"', '"cookies"', '"storage"'))
    assert "Max-Age=0" in answer.set_cookies()["chat"]
    page = await browser.get("/cleared")
    assert page.status == 200
    assert not page.set_cookies(), "nothing is planted on the way out"
    assert "住房和城乡建设局" not in (await browser.get("/")).text
    assert [line async for chat in storage.transcripts.iterate() for line in chat] == []


async def test_every_page_of_citizens_has_the_way_out(browser: Browser) -> None:
    for path in ("/", "/chat/device", "/cleared", "/promises", "/verify", "/verify/proof"):
        page = await browser.get(path)
        assert re.search(r'id="exit" href="https://www\.weather\.com\.cn"', page.text), path
        assert "exit.js" in page.text, path


async def test_a_page_says_where_one_is_and_what_may_be_written(browser: Browser) -> None:
    page = await say(browser, STORY)
    assert "第1步，共5步" in page.text
    assert "还有要说的，接着写" in page.text
    page = await press(browser, "有不对的，更正", page)
    page = await press(browser, "更正地区", page)
    assert "第2步，共5步" in page.text
    assert "写省、市、县" in page.text
    await say(browser, "青海省西宁市城东区")
    for label, step in zip(FILED_BY, ("3", "4", "5", None), strict=True):
        page = await press(browser, label)
        assert step is None or f"第{step}步，共5步" in page.text


async def test_no_command_and_no_code_of_a_language_is_shown(browser: Browser) -> None:
    await say(browser, "/help")
    await say(browser, "/nonsense")
    await browser.submit("/", {"language": "zh-Hant"}, to="/chat/language", follow=True)
    page = html.unescape((await file_story_in_traditional(browser)).text)
    shown = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
    assert "已選：幫助" in shown
    assert "已選：繁體中文" in shown
    assert "zh-Hant" not in shown
    assert not re.search(r"(?<![\w/])/(help|status|new|add|rate|review|privacy|cancel|language)\b", shown)
    assert "地區：青海省西寧市城東區" in shown


async def file_story_in_traditional(browser: Browser) -> Reply:
    page = await say(browser, STORY)
    for label in ("沒有問題", "匿名", "沒有材料", "確認提交"):
        page = await press(browser, label, page)
    return page
