"""Several matters in one message are offered as complaints of their own, one after the other."""

from __future__ import annotations

import asyncio

import pytest

from handlers.citizen.dialogue.drafts import Memory
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.citizen.test_talks import say_together
from tests.citizen.test_webchat import browser, press, say, shown
from tests.town.live.browser import Browser
from tests.town.live.chats import CitizenChat
from tests.town.words import NUMBER

__all__ = ["browser"]

OWED = "西宁市城东区住房和城乡建设局欠我们公司道路工程款50万元，2023年验收后至今没有支付，请尽快支付。"
PROMISED = "城东区商务局招商引资时承诺的税收奖励一直不兑现，请兑现。"
BOTH = f"{OWED}还有一件事，{PROMISED}"
NOISE = "楼下烧烤摊天天吵到半夜。"


async def filed(chat: CitizenChat, storage: Storage) -> tuple[str, list[str]]:
    """By words, until it is filed: what is filed, and what is said then."""
    for _ in range(8):
        said = await chat.say(next((w for k, w in WAY.items() if any(k in b for b in chat.buttons())), "好"))
        if "已提交" in said[0] or "Submitted" in said[0] or "回执码" in said[0]:
            number = NUMBER.search(said[0])
            assert number
            return str((await storage.cases.get(number.group())).complaint.text), said
    raise AssertionError(chat.sent[-1].text)


WAY = {
    "没有问题": "没有问题",
    "匿名": "匿名",
    "没有材料": "没有",
    "确认提交": "确认提交",
    "跳过": "跳过",
    "不清楚": "不知道",
}


@pytest.mark.parametrize("words", ["分开", "好的", "第一个"])
async def test_the_weightier_goes_on_and_the_other_is_offered_after_it_is_filed(
    chat: CitizenChat, storage: Storage, words: str
) -> None:
    assert "不止一件事" in (await chat.say(BOTH))[-1]
    assert "先办下面这一件" in (await chat.say(words))[-1]
    first, said = await filed(chat, storage)
    (waits,) = Memory.load(chat.state).later
    assert {first, waits.text} == {OWED, PROMISED}
    assert len(said) == 2
    assert waits.text[:10] in said[-1]
    await chat.say("接着反映")
    second, said = await filed(chat, storage)
    assert {first, second} == {OWED, PROMISED}
    assert len(said) == 1


async def test_pieces_that_only_join_two_matters_belong_to_neither(
    chat: CitizenChat, storage: Storage
) -> None:
    await say_together(chat, [OWED, "还有一件事", PROMISED])
    await chat.say("分开")
    first, _ = await filed(chat, storage)
    (waits,) = Memory.load(chat.state).later
    assert {first, waits.text} == {OWED, PROMISED}


async def test_what_is_not_ours_is_told_so_when_its_turn_comes(chat: CitizenChat, storage: Storage) -> None:
    await chat.say(f"{NOISE}另外，{OWED}")
    await chat.say("分开")
    text, _ = await filed(chat, storage)
    assert text == OWED
    assert "12345" in (await chat.say("好"))[-1]


@pytest.mark.parametrize("no", ["不", "放在一起", "是一件事"])
async def test_who_does_not_want_it_divided_loses_no_word(
    chat: CitizenChat, storage: Storage, no: str
) -> None:
    await chat.say(BOTH)
    await chat.say(no)
    text, said = await filed(chat, storage)
    assert text == BOTH
    assert len(said) == 1


@pytest.mark.parametrize("no", ["不用了", "不", "算了", "/cancel"])
async def test_the_other_one_can_be_left_and_taken_back(chat: CitizenChat, storage: Storage, no: str) -> None:
    await chat.say(BOTH)
    await chat.say("分开")
    await filed(chat, storage)
    (waits,) = Memory.load(chat.state).later
    assert waits.text.rstrip("。") in (await chat.say(no))[0]
    assert Memory.load(chat.state).later == []
    assert "已撤销" in (await chat.say("撤销"))[0]
    draft = Memory.load(chat.state).draft
    assert draft is not None
    assert draft.text == waits.text


async def test_another_story_comes_first_and_the_other_one_is_offered_again(
    chat: CitizenChat, storage: Storage
) -> None:
    await chat.say(BOTH)
    await chat.say("分开")
    await filed(chat, storage)
    offered = chat.data_of("接着反映")
    await chat.say("哈尔滨市道里区教育局拖欠我们校舍维修工程款12万元，希望尽快付款。")
    assert "先把正在写的" in (await chat.press_data(offered))[0]
    _, said = await filed(chat, storage)
    assert "另一件事" in said[-1]


async def test_in_english_and_with_a_name_given_once(make_chat: MakeChat, storage: Storage) -> None:
    chat = make_chat(language="en")
    owed = "The Chengdong District Housing Bureau in Xining owes our company 500,000 yuan for road works."
    promised = "the district promised us a tax rebate when we invested and never honoured it."
    assert "more than one matter" in (await chat.say(f"{owed} Also, {promised}"))[-1]
    for words in ("yes", "go on", "skip", "named", "John Li", "john@example.org", "none"):
        await chat.say(words)
    await chat.say("submit")
    (waits,) = Memory.load(chat.state).later
    assert (waits.text, waits.named, waits.name) == (promised, True, "John Li")


async def read_until(browser: Browser, words: str) -> None:
    """What is told in several messages comes to the page one after the other."""
    for _ in range(200):
        if words in (page := shown(await browser.get("/"))):
            return
        await asyncio.sleep(0.05)
    assert words in page


async def test_on_the_page_too_by_buttons_and_by_words(browser: Browser, storage: Storage) -> None:
    page = shown(await say(browser, BOTH))
    assert "不止一件事" in page
    page = shown(await press(browser, "分开反映"))
    assert "先办下面这一件" in page
    for words in ("没有问题", "匿名", "没有", "确认提交"):
        await say(browser, words)
    await read_until(browser, "您还说了另一件事")
    await say(browser, "不用了")
    await read_until(browser, "没有提交")
    assert await storage.database["cases"].count({"_id": {"$gt": ""}}) == 1
