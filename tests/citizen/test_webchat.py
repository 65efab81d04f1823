"""The web chat: the same dialogue on a page, with script and without, sealed, limited and safe."""

from __future__ import annotations

import asyncio
import contextlib
import html
import io
import json
import re
from collections.abc import AsyncIterator
from datetime import datetime

import aiohttp
import bson
import pytest
from PIL import Image

from cases.ports.conversations import Address, Outgoing
from cases.vocabulary import Channel, Language
from handlers.citizen.notifications import render_notification
from handlers.citizen.webchat.limits import EVERYBODY, PER_ADDRESS, PER_CHAT, SELDOM, may_write
from handlers.citizen.webchat.markup import tidy
from handlers.citizen.webchat.updates import Visitor
from storage.coordination.rate_limits import MongoRateLimits
from storage.opening import Storage
from storage.sealed.key_ring import KeyRing
from tests.town.live.browser import Browser, Reply
from tests.town.live.town import Town
from tests.town.words import NUMBER, RECEIPT, STORY

ANY = {"_id": {"$exists": True}}
JSON = {"Accept": "application/json"}


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
    """Both workers until cancelled; time goes on with every round."""
    inbox, outbox = town.parts.inbox, town.parts.outboxes[Channel.WEB]
    while True:
        town.later(milliseconds=20)
        busy = await inbox.step()
        busy = await outbox.step() or busy
        if not busy:
            await asyncio.sleep(0.01)


async def say(browser: Browser, text: str) -> Reply:
    """Write and see the page again, as without script."""
    token = (await browser.get("/")).csrf()
    return await browser.post("/chat/say", {"text": text, "csrf": token}, follow=True)


async def press(browser: Browser, label: str) -> Reply:
    page = await browser.get("/")
    found = re.findall(rf'name="button" value="([^"]+)">[^<]*{re.escape(label)}', page.text)
    assert found, f"no button {label}"
    return await browser.post("/chat/press", {"button": found[-1], "csrf": page.csrf()}, follow=True)


def shown(page: Reply) -> str:
    return html.unescape(page.text)


async def test_a_complaint_is_filed_without_any_script(browser: Browser, storage: Storage) -> None:
    page = await say(browser, STORY)
    assert "我是这样理解的" in shown(page)
    assert "城东区" in shown(page)
    for label in ("没有问题", "匿名", "没有材料"):
        await press(browser, label)
    page = await press(browser, "确认提交")
    number = NUMBER.search(shown(page))
    assert number
    assert RECEIPT.search(shown(page))
    case = await storage.cases.get(number.group())
    assert case.channel is Channel.WEB
    assert case.complaint.text == STORY


async def test_the_page_reads_a_complaint_once(browser: Browser, readings: list[str]) -> None:
    await say(browser, STORY)
    await press(browser, "有不对的，更正")
    await press(browser, "更正单位")
    await say(browser, "某某街道办事处")
    for label in ("没有问题", "匿名", "没有材料"):
        await press(browser, label)
    assert NUMBER.search(shown(await press(browser, "确认提交")))
    assert readings == [STORY]


async def test_the_page_has_no_inline_script_and_a_strict_policy(browser: Browser) -> None:
    page = await browser.get("/")
    assert page.status == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.text)
    assert not re.search(r"\son\w+=|\sstyle=", page.text)
    assert 'role="log"' in page.text
    assert 'aria-live="polite"' in page.text


async def test_lines_can_be_fetched_from_where_one_stopped(browser: Browser) -> None:
    await say(browser, STORY)
    all_lines = json.loads((await browser.get("/chat/lines?after=0")).text)
    assert len(all_lines["lines"]) == 2
    nothing = json.loads((await browser.get(f"/chat/lines?after={all_lines['version']}")).text)
    assert nothing["lines"] == []
    assert json.loads((await browser.get("/chat/lines?after=-1x")).text) == all_lines


async def test_answers_arrive_live(browser: Browser) -> None:
    token = (await browser.get("/")).csrf()
    url = browser.address + "chat/live?after=0"
    async with browser._session.get(url) as stream:
        assert stream.content_type == "text/event-stream"
        sent = await browser.post("/chat/say", {"text": STORY, "csrf": token}, headers=JSON)
        assert json.loads(sent.text) == {"ok": True}
        seen = ""
        async with asyncio.timeout(20):
            while "我是这样理解的" not in seen:
                line = (await stream.content.readline()).decode()
                if line.startswith("data:"):
                    seen += json.dumps(json.loads(line[5:]), ensure_ascii=False)
    assert 'name=\\"button\\"' in seen


async def test_a_photo_sent_from_the_page_loses_its_metadata_and_the_upload_is_forgotten(
    browser: Browser, storage: Storage
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "JPEG", exif=exif)
    await say(browser, STORY)
    form = aiohttp.FormData()
    form.add_field("csrf", (await browser.get("/")).csrf())
    form.add_field("file", out.getvalue(), filename="照片.jpg", content_type="image/jpeg")
    page = await browser.post("/chat/file", form, follow=True)
    assert "已经去除" in shown(page)
    for label in ("没有问题", "匿名", "完成"):
        await press(browser, label)
    number = NUMBER.search(shown(await press(browser, "确认提交")))
    assert number
    evidence = (await storage.cases.get(number.group())).evidence[0]
    assert b"SecretCamera" not in await storage.evidence.get(evidence.id)
    records = await storage.database["evidence"].find_all(ANY)
    assert [record["_id"] for record in records] == [evidence.id]


async def test_a_file_over_twenty_megabytes_is_refused_in_words(browser: Browser, storage: Storage) -> None:
    form = aiohttp.FormData()
    form.add_field("csrf", (await browser.get("/")).csrf())
    form.add_field("file", io.BytesIO(b"%PDF" + b"\0" * (20 * 1024 * 1024)), filename="大.pdf")
    page = await browser.post("/chat/file", form, follow=True)
    assert "超过20 MB" in shown(page)
    assert await storage.database["evidence"].count(ANY) == 0


async def test_what_visitors_write_never_becomes_markup(browser: Browser) -> None:
    page = await say(browser, STORY + "<img src=x onerror=alert(1)></div>")
    assert "<img src=x" not in page.text
    await press(browser, "有不对的，更正")
    page = await press(browser, "更正单位")
    page = await say(browser, "<script>alert(1)</script>局")
    assert "<script>alert" not in page.text
    assert "<script>alert(1)</script>局" in shown(page)


async def test_two_visitors_do_not_see_each_other(browser: Browser) -> None:
    await say(browser, STORY)
    async with Browser(browser.address) as other:
        assert "住房和城乡建设局" not in shown(await other.get("/"))


async def test_a_post_without_the_pages_token_is_refused(browser: Browser, storage: Storage) -> None:
    await browser.get("/")
    for path in ("/chat/say", "/chat/press", "/chat/language"):
        assert (await browser.post(path, {"text": "x", "csrf": "wrong"})).status == 403
    assert (await browser.post("/chat/say", {"text": "x"})).status == 403
    assert await storage.database["conversations"].count(ANY) == 0


async def test_a_button_that_was_never_shown_does_nothing(browser: Browser) -> None:
    await say(browser, STORY)
    token = (await browser.get("/")).csrf()
    before = json.loads((await browser.get("/chat/lines")).text)
    for place in ("", "9:9:9", "2:0:99", "a:b:c", "2:0:0:0:0x", "9" * 30):
        answer = await browser.post("/chat/press", {"button": place, "csrf": token}, headers=JSON)
        assert answer.status == 200
        assert json.loads((await browser.get("/chat/lines")).text) == before


async def test_the_language_is_switched_on_the_page_and_in_the_dialogue(
    browser: Browser, storage: Storage
) -> None:
    await say(browser, STORY)
    token = (await browser.get("/")).csrf()
    page = await browser.post("/chat/language", {"language": "en", "csrf": token}, follow=True)
    assert "The language is now English" in shown(page)
    assert '<html lang="en"' in page.text
    assert "Please check" in shown(await say(browser, "还有一句"))
    stored = await storage.database["conversations"].find_one(ANY)
    assert stored is not None
    assert await storage.conversations.language(stored["_id"]) is Language.EN
    assert isinstance(stored["language"], bytes)


async def test_a_language_chosen_on_a_public_page_reaches_the_chat_and_leads_back(
    browser: Browser, storage: Storage
) -> None:
    await say(browser, STORY)
    token = (await browser.get("/verify")).csrf()
    form = {"language": "en", "csrf": token, "next": "/verify?code=1"}
    page = await browser.post("/language", form, follow=True)
    assert '<html lang="en"' in page.text
    assert 'value="1"' in page.text
    assert "The language is now English" in shown(await say(browser, "还有一句"))
    stored = await storage.database["conversations"].find_one(ANY)
    assert stored is not None
    assert await storage.conversations.language(stored["_id"]) is Language.EN
    assert isinstance(stored["language"], bytes)


async def test_a_language_is_chosen_without_a_chat_and_leads_nowhere_else(
    browser: Browser, storage: Storage
) -> None:
    token = (await browser.get("/verify")).csrf()
    away = {"language": "zh-Hant", "csrf": token, "next": "https://example.org/"}
    answer = await browser.post("/language", away)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert '<html lang="zh-Hant"' in (await browser.get("/verify")).text
    await browser.post("/language", {"language": "tlh", "csrf": token})
    assert '<html lang="zh-Hant"' in (await browser.get("/verify")).text
    assert (await browser.post("/language", {"language": "en", "csrf": "wrong"})).status == 403
    assert await storage.database["conversations"].count(ANY) == 0


async def test_the_page_follows_the_browsers_language(browser: Browser) -> None:
    page = await browser.get("/", headers={"Accept-Language": "zh-TW,zh;q=0.9"})
    assert '<html lang="zh-Hant"' in page.text
    page = await browser.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert "Write what happened" in page.text


async def test_a_flood_from_one_chat_is_slowed_politely(browser: Browser) -> None:
    token = (await browser.get("/")).csrf()
    answers = [
        await browser.post("/chat/say", {"text": "/help", "csrf": token}, headers=JSON) for _ in range(40)
    ]
    refused = [answer for answer in answers if answer.status == 429]
    assert refused
    assert "太快" in json.loads(refused[0].text)["text"]
    page = await browser.post("/chat/say", {"text": "/help", "csrf": token}, follow=True)
    assert "太快" in shown(page)


async def test_a_notice_from_the_relay_appears_in_the_chat(browser: Browser, storage: Storage) -> None:
    await say(browser, STORY)
    stored = await storage.database["conversations"].find_one(ANY)
    assert stored is not None
    params = {"number": "SX20261122-4839205-7", "department": "某某局", "text": "请补充合同"}
    payloads = render_notification("told-message", params, Language.ZH_HANS)
    calls = [Outgoing(f"n:{i}", "SendMessage", payload) for i, payload in enumerate(payloads)]
    assert await storage.conversations.send(stored["_id"], calls)
    for _ in range(100):
        text = shown(await browser.get("/"))
        if "请补充合同" in text:
            break
        await asyncio.sleep(0.05)
    assert "请补充合同" in text
    assert "给承办人留言" in text


async def test_nothing_of_a_conversation_is_stored_in_plain(browser: Browser, storage: Storage) -> None:
    await say(browser, STORY + "金丝雀词")
    for name in await storage.database.collections():
        for document in await storage.database[name].find_all(ANY):
            assert "金丝雀词".encode() not in bson.encode(document), name


async def test_erasing_contact_data_empties_the_page_too(browser: Browser, storage: Storage) -> None:
    await say(browser, STORY)
    for label in ("没有问题", "留下姓名"):
        await press(browser, label)
    await say(browser, "李四金丝雀")
    await say(browser, "13900000000")
    await press(browser, "没有材料")
    assert "李四金丝雀" in shown(await press(browser, "确认提交"))
    await say(browser, "/privacy")
    await press(browser, "删除联系方式")
    page = await press(browser, "确认删除")
    assert "已删除" in shown(page)
    assert "李四金丝雀" not in shown(page)
    assert "13900000000" not in shown(page)


async def test_a_long_text_arrives_in_parts_like_from_a_messenger(browser: Browser) -> None:
    page = await say(browser, "拖欠工程款。\n" * 900)
    assert page.text.count('class="bubble bubble-mine"') == 2


async def test_an_empty_message_is_nothing(browser: Browser) -> None:
    await say(browser, "  \r\n ")
    assert json.loads((await browser.get("/chat/lines")).text)["lines"] == []


def test_markup_of_ours_passes_and_all_else_is_shown_as_letters() -> None:
    assert tidy("<b>x</b> &lt;i&gt; &amp;") == "<b>x</b> &lt;i&gt; &amp;"
    assert tidy("<a href=x>y</a>") == "&lt;a href=x&gt;y"
    assert tidy("<b>open") == "<b>open</b>"
    assert tidy("</b><code>1</code>") == "<code>1</code>"
    assert tidy("<b onclick=x>y</b>") == "<b>y</b>"


async def test_two_processes_let_a_visitor_write_as_often_as_one(storage: Storage, keys: KeyRing) -> None:
    two = (storage.rate_limits, MongoRateLimits(storage.database, keys))
    at = datetime.fromisoformat("2026-11-22T04:00:00+00:00")
    allowed = [await may_write(two[n % 2], "a", "192.0.2.1", at) for n in range(PER_CHAT.burst + 5)]
    assert allowed == [True] * PER_CHAT.burst + [False] * 5
    assert await may_write(two[0], "b", "192.0.2.1", at)


async def test_an_address_with_many_chats_is_slowed_and_other_addresses_are_not(storage: Storage) -> None:
    at = datetime.fromisoformat("2026-11-22T04:00:00+00:00")
    limits = storage.rate_limits
    allowed = [await may_write(limits, f"chat {n}", "192.0.2.1", at) for n in range(PER_ADDRESS.burst + 5)]
    assert allowed == [True] * PER_ADDRESS.burst + [False] * 5
    assert await may_write(limits, "another", "192.0.2.2", at)


async def test_a_flood_from_many_addresses_does_not_silence_who_writes_now_and_then(storage: Storage) -> None:
    at, limits = datetime.fromisoformat("2026-11-22T04:00:00+00:00"), storage.rate_limits
    await asyncio.gather(*(limits.take("web-everybody", *EVERYBODY, at) for _ in range(EVERYBODY.burst)))
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        allowed = [await may_write(limits, f"{address} {n}", address, at) for n in range(SELDOM.burst + 5)]
        assert allowed == [True] * SELDOM.burst + [False] * 5
    assert await may_write(limits, "citizen", "198.51.100.7", at)


async def test_visitors_have_stable_numbers_that_fit_telegrams_ids(storage: Storage) -> None:
    one, same, two = Visitor.of("a" * 64, "zh-Hans"), Visitor.of("a" * 64, "en"), Visitor.of("b" * 64, "en")
    assert one.chat == same.chat != two.chat
    assert 0 < one.chat < 2**60
    key = storage.conversations.key
    assert key(Address(Channel.WEB, str(one.chat))) != key(Address(Channel.TELEGRAM, str(one.chat)))
