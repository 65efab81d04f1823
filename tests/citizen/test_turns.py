"""Messages that come close together are one turn: answered once, after a pause, whatever dies meanwhile."""

from __future__ import annotations

import tomllib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.wiring.secret_hashes import web_hash
from cases.vocabulary import Channel
from handlers.citizen.webchat.updates import Visitor
from handlers.web.access.cookies import CHAT_COOKIE
from storage.conversations.pipelines import LONGEST_QUIET
from storage.database.connection import Database
from tests.town.live.browser import Browser
from tests.town.live.deployment import town_settings
from tests.town.live.town import Town
from tests.town.live.writing import Writer
from tests.town.words import STORY

STORIES = tomllib.loads((Path(__file__).parents[1] / "town" / "pieces.toml").read_text(encoding="utf-8"))[
    "story"
]
PAUSE = 4


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return town_settings(tmp_path, turn_pause=PAUSE)


@pytest.fixture
def chat(town: Town) -> Writer:
    return Writer(town)


def pause(town: Town) -> None:
    town.later(seconds=PAUSE + 1)


# -- stories in pieces ----------------------------------------------------------------------------
async def by_telegram(town: Town) -> tuple[Writer, Callable[[str], Awaitable[None]]]:
    chat = Writer(town)
    return chat, chat.says


async def by_page(town: Town) -> tuple[Writer, Callable[[str], Awaitable[None]]]:
    """Through the page's own door, as its script does."""
    async with Browser(town.address) as browser:
        page = await browser.get("/")
        secret = page.set_cookies()[CHAT_COOKIE].split(";")[0].removeprefix(f"{CHAT_COOKIE}=")
    chat = Writer(town, Channel.WEB)
    chat.chat = Visitor.of(web_hash(town.storage.keys, "chat:" + secret), "zh-Hans").chat

    async def says(text: str) -> None:
        async with Browser(town.address) as browser:
            reply = await browser.post(
                "/chat/say",
                {"text": text, "csrf": page.csrf()},
                headers={"Accept": "application/json", "Cookie": cookies},
            )
            assert reply.status == 200, reply.text

    cookies = "; ".join(line.split(";")[0] for line in page.set_cookies().values())

    return chat, says


@pytest.mark.timeout(120)
@pytest.mark.parametrize("begin", [by_telegram, by_page])
async def test_stories_in_pieces_are_understood_with_at_most_three_replies(
    town: Town, begin: Callable[[Town], Awaitable[tuple[Writer, Callable[[str], Awaitable[None]]]]]
) -> None:
    """Slowly enough that the pieces fall into three turns, each with a pause behind it."""
    wrong = []
    for story in STORIES:
        chat, says = await begin(town)
        pieces = story["pieces"]
        assert len(pieces) >= 5
        for place, piece in enumerate(pieces):
            await says(piece)
            town.later(seconds=1)
            await chat.is_answered()
            if place in {2, 6}:
                pause(town)
                await chat.is_answered()
        pause(town)
        await chat.is_answered()
        seen = await chat.understood()
        name = seen.accused[0].name if seen.accused else ""
        right = (
            seen.domain.value == story["domain"],
            story["place"] in (seen.region_name or ""),
            story["body"] in name,
            seen.amount_yuan == story["yuan"],
            1 <= len(chat.replies) <= 3,
            not any("不属于" in said or "看起来不像" in said for said in chat.replies),
        )
        if not all(right):
            wrong.append((story["name"], right, seen.domain, seen.region_name, name, chat.replies))
    assert wrong == []


async def test_pieces_that_come_at_once_get_one_reply(town: Town, chat: Writer) -> None:
    for piece in STORIES[0]["pieces"]:
        await chat.says(piece)
    assert await chat.is_answered() == [], "it waits for more"
    pause(town)
    assert len(await chat.is_answered()) == 1
    draft = (await chat.memory()).draft
    assert draft is not None
    assert draft.text == "\n".join(STORIES[0]["pieces"][1:]), "the greeting is no part of it"


@pytest.mark.parametrize(
    "greeting", ["你好", "您好，", "hello", "在吗", "领导好", "早上好！", "你好，我想反映"]
)
@pytest.mark.parametrize("story", STORIES[:3], ids=lambda story: str(story["name"]))
async def test_a_greeting_changes_nothing_in_what_is_understood(
    town: Town, greeting: str, story: dict[str, Any]
) -> None:
    understood = []
    told = [piece for piece in story["pieces"] if piece not in {"你好", "您好", "在吗", "hi", "领导好"}]
    for pieces in (told, [greeting, *told]):
        chat = Writer(town)
        for piece in pieces:
            await chat.says(piece)
        pause(town)
        await chat.is_answered()
        seen = await chat.understood()
        understood.append((seen.domain, seen.region_code, seen.accused, seen.amount_yuan, seen.wish))
    assert understood[0] == understood[1]


@pytest.mark.parametrize("moving_on", ["没有问题", "理解得都对，接着往下走吧"])
async def test_words_before_a_button_of_the_same_turn_are_kept(
    town: Town, chat: Writer, moving_on: str
) -> None:
    """Named, or meant by words that only the reader of acts knows; what is asked next does not take them."""
    begun = "2021年望奎县住建局欠我工程款八万元"
    await chat.says(begun)
    pause(town)
    assert "我是这样理解的" in (await chat.is_answered())[-1]
    told = ("招商引资合同写明", "设备投资补助150万元", "也通过了验收")
    for words in (*told[:2], moving_on, told[2]):
        await chat.says(words)
    pause(town)
    await chat.is_answered()
    draft = (await chat.memory()).draft
    assert draft is not None
    assert draft.text == "\n".join((begun, *told))


# -- what never waits -----------------------------------------------------------------------------
async def test_danger_is_answered_at_once_and_alone(town: Town, chat: Writer) -> None:
    await chat.says("望奎县住建局欠我工程款")
    await chat.says("我不想活了")
    said = await chat.is_answered()
    assert len(said) == 1
    assert "12356" in said[0]
    draft = (await chat.memory()).draft
    assert draft is not None
    assert "工程款" in draft.text
    assert draft.danger


async def test_commands_and_buttons_never_wait_and_the_words_before_them_come_first(
    town: Town, chat: Writer
) -> None:
    await chat.says(STORY)
    await chat.says("/help")
    said = await chat.is_answered()
    assert "我是这样理解的" in said[0]
    assert "/status" in said[1]
    await chat.presses("没有问题") if chat.buttons else None


async def test_a_button_is_answered_at_once(town: Town, chat: Writer) -> None:
    await chat.says(STORY)
    pause(town)
    await chat.is_answered()
    await chat.presses("没有问题")
    assert "匿名" in (await chat.is_answered())[-1]


async def test_words_for_a_button_are_answered_at_once(town: Town, chat: Writer) -> None:
    await chat.says(STORY)
    pause(town)
    await chat.is_answered()
    for words in ("没有问题", "匿名", "没有"):
        await chat.says(words)
        assert len(await chat.is_answered()) == 1
    await chat.says("确认")
    assert "回执码" in (await chat.is_answered())[-1]


async def test_who_says_that_all_is_told_is_answered_at_once(town: Town, chat: Writer) -> None:
    for piece in (*STORIES[0]["pieces"], "说完了"):
        await chat.says(piece)
    said = await chat.is_answered()
    assert len(said) == 1
    assert "我是这样理解的" in said[0]
    draft = (await chat.memory()).draft
    assert draft is not None
    assert "说完了" not in draft.text


async def test_buttons_typed_in_one_breath_are_all_pressed(town: Town, chat: Writer) -> None:
    await chat.says(STORY)
    pause(town)
    await chat.is_answered()
    for words in ("没有问题", "匿名", "没有", "确认", "谢谢"):
        await chat.says(words)
    said = await chat.is_answered()
    assert sum("回执码：" in text for text in said) == 1
    assert len(said) <= 2


async def test_an_answer_in_two_pieces_is_one_answer(town: Town, chat: Writer) -> None:
    await chat.says("招商引资时承诺给企业的奖励资金一直不兑现，招商引资优惠政策写明的补贴都不给")
    pause(town)
    await chat.is_answered()
    await chat.presses("没有问题")
    assert "哪里" in (await chat.is_answered())[-1]
    await chat.says("吉林省")
    await chat.says("长春市")
    pause(town)
    assert "哪个单位" in (await chat.is_answered())[-1]
    draft = (await chat.memory()).draft
    assert draft is not None
    assert draft.region_name == "吉林省长春市"


async def test_who_writes_on_without_a_pause_is_answered_in_between(town: Town, chat: Writer) -> None:
    for _ in range(int(LONGEST_QUIET.total_seconds()) + 1):
        await chat.says("望奎县住建局欠我们工程款")
        town.later(seconds=1)
        await chat.is_answered()
    assert len(chat.replies) == 1


async def test_an_edit_changes_its_own_piece(town: Town, chat: Writer) -> None:
    await chat.says("望奎县住建局欠我们工程款18万元")
    await chat.says("验收三年了")
    pause(town)
    await chat.is_answered()
    draft = (await chat.memory()).draft
    assert draft is not None
    first = draft.parts[0].message
    edited = chat.message_of({"text": "望奎县住建局欠我们工程款28万元", "edit_date": 2}) | {
        "message_id": first
    }
    await chat.gives({"edited_message": edited})
    assert "28万元" in (await chat.is_answered())[-1]


# -- crashes --------------------------------------------------------------------------------------
async def test_a_crash_at_any_moment_changes_nothing(town: Town, chat: Writer) -> None:
    """A process takes the turn and dies; more pieces come; another answers everything, once."""
    pieces = STORIES[0]["pieces"]
    chats = town.storage.conversations
    for piece in pieces[:4]:
        await chat.says(piece)
    pause(town)
    dead = await chats.claim_update(town.now, town.now + timedelta(seconds=20))
    assert dead is not None
    assert len(dead.turn) == 4
    for piece in pieces[4:]:
        await chat.says(piece)
    assert await chat.is_answered() == [], "it is leased"
    town.later(seconds=30)
    assert len(await chat.is_answered()) == 1
    assert await chats.commit(dead, {}, []) is None, "the dead process comes too late"
    draft = (await chat.memory()).draft
    assert draft is not None
    assert [part.text for part in draft.parts] == pieces[1:]


async def test_words_that_come_while_a_turn_is_answered_are_the_next_turn(town: Town, chat: Writer) -> None:
    chats = town.storage.conversations
    await chat.says("望奎县住建局欠我们工程款18万元")
    pause(town)
    work = await chats.claim_update(town.now, town.now + timedelta(seconds=20))
    assert work is not None
    await chat.says("验收三年了")
    assert await chats.commit(work, {}, [])
    assert await chats.claim_update(town.now, town.now) is None, "it waits for more"
    pause(town)
    later = await chats.claim_update(town.now, town.now + timedelta(seconds=20))
    assert later is not None
    assert [update.payload["message"]["text"] for update in later.turn] == ["验收三年了"]


# -- what it costs --------------------------------------------------------------------------------
async def test_a_turn_costs_no_more_commands_than_an_update_did(
    town: Town, chat: Writer, database: Database
) -> None:
    """One write per message taken in; one to claim and one to commit the turn, however many messages."""
    counted = await _updates_of(database)
    for piece in STORIES[0]["pieces"]:
        await chat.says(piece)
    assert await _updates_of(database) - counted <= len(STORIES[0]["pieces"])
    pause(town)
    before = await _updates_of(database)
    assert await town.parts.inbox.step()
    assert await _updates_of(database) - before <= 2


async def _updates_of(database: Database) -> int:
    """Writes the server has been asked for."""
    status = await database.command({"serverStatus": 1})
    counters = status["metrics"]["commands"]
    return int(counters["update"]["total"]) + int(counters["findAndModify"]["total"])
