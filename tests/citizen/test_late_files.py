"""A file the messenger does not deliver silences nobody: it is waited for beside the conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.surroundings.network import Network
from handlers.citizen.dialogue.report import fetching
from handlers.citizen.dialogue.report.fetching import GIVES_UP_AFTER
from tests.telegram_standin import StandIn
from tests.town.live.deployment import town_settings
from tests.town.live.names import TableOfNames
from tests.town.live.town import Town
from tests.town.live.writing import Writer
from tests.town.words import NUMBER, STORY

LIST = "欠款明细。".encode() * 10


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as standin:
        yield standin
        standin.files_come.set()


@pytest.fixture
def settings(tmp_path: Path, telegram: StandIn) -> Settings:
    return town_settings(tmp_path, bot_token=telegram.token, telegram_api_url=telegram.url)


@pytest.fixture
def network() -> Network:
    """Telegram is the stand-in."""
    return Network(resolver=TableOfNames())


@pytest.fixture
async def chat(town: Town) -> Writer:
    """Somebody who is asked for files."""
    made = Writer(town)
    for words in (STORY, "没有问题", "匿名"):
        await made.says(words)
        await made.is_answered()
    return made


async def send(chat: Writer, telegram: StandIn, name: str) -> None:
    file = telegram.world.add_file(LIST + name.encode(), name)
    await chat.sends(file.id, name, len(file.data))


async def fetch(chat: Writer) -> list[str]:
    """Everything that can be fetched now is, and told."""
    chat.town.later(seconds=15)
    while await chat.town.parts.fetcher.step():
        pass
    return await chat.is_answered()


async def names(chat: Writer) -> list[str]:
    return [str(item.name) for item in (await chat.draft()).evidence]


def fails(telegram: StandIn, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "silent":
        monkeypatch.setattr(fetching, "QUICKLY", 0.1)
        telegram.files_come.clear()
    else:
        telegram.files_fail = int(how)


def recovers(telegram: StandIn) -> None:
    telegram.files_fail = 0
    telegram.files_come.set()


@pytest.mark.parametrize("how", ["404", "500", "silent"])
async def test_a_late_file_is_told_at_once_and_others_are_answered_meanwhile(
    chat: Writer, telegram: StandIn, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(telegram, how, monkeypatch)
    await send(chat, telegram, "合同.pdf")
    await chat.says("/help")
    await chat.says("合同是2021年3月在局里签的，有公章")
    said = await chat.is_answered()
    assert "正在接收" in said[0]
    assert "/status" in said[1]
    assert "合同是2021年3月" in (await chat.draft()).text
    assert await names(chat) == []
    recovers(telegram)
    assert any("已收到" in text for text in await fetch(chat))
    draft = await chat.draft()
    assert len(draft.evidence) == 1
    assert await chat.town.storage.evidence.get(draft.evidence[0].id)
    assert (await chat.memory()).waited_for == []
    assert await fetch(chat) == [], "told once"


async def test_a_file_that_never_comes_is_said_so(chat: Writer, telegram: StandIn) -> None:
    telegram.files_fail = 500
    await send(chat, telegram, "合同.pdf")
    assert "正在接收" in (await chat.is_answered())[0]
    assert await fetch(chat) == []
    chat.town.watch.later(seconds=GIVES_UP_AFTER.total_seconds())
    assert any("重新发送" in text for text in await fetch(chat))
    assert (await chat.memory()).waited_for == []
    await chat.says("没有")
    await chat.says("确认提交")
    assert NUMBER.search((await chat.is_answered())[-1])


async def test_files_keep_the_order_in_which_they_were_sent(chat: Writer, telegram: StandIn) -> None:
    await send(chat, telegram, "第一.pdf")
    await chat.is_answered()
    telegram.files_fail = 500
    await send(chat, telegram, "第二.pdf")
    await send(chat, telegram, "第三.pdf")
    await chat.is_answered()
    telegram.files_fail = 0
    await fetch(chat)
    await send(chat, telegram, "第四.pdf")
    await chat.is_answered()
    sizes = [item.size for item in (await chat.draft()).evidence]
    stored = [await chat.town.storage.evidence.get(item.id) for item in (await chat.draft()).evidence]
    assert len(sizes) == 4
    assert stored == sorted(stored, key=lambda data: ["第一", "第二", "第三", "第四"].index(_mark(data)))


def _mark(data: bytes) -> str:
    return next(mark for mark in ("第一", "第二", "第三", "第四") if mark.encode() in data)


async def test_confirming_meanwhile_says_what_is_missing_and_leaves_the_choice(
    chat: Writer, telegram: StandIn
) -> None:
    telegram.files_fail = 500
    await send(chat, telegram, "合同.pdf")
    await chat.says("没有")
    await chat.says("确认提交")
    said = await chat.is_answered()
    assert "还有 1 份材料正在接收" in said[-1]
    await chat.says("再等等")
    assert "收到后我会告诉您" in (await chat.is_answered())[-1]
    telegram.files_fail = 0
    said = await fetch(chat)
    assert any("已收到" in text for text in said)
    assert "请确认要提交的内容" in said[-1]
    await chat.says("确认提交")
    number = NUMBER.search((await chat.is_answered())[-1])
    assert number
    assert len((await chat.town.storage.cases.get(number.group())).evidence) == 1


async def test_who_does_not_want_to_wait_files_without_and_is_told_what_is_missing(
    chat: Writer, telegram: StandIn
) -> None:
    telegram.files_fail = 500
    await send(chat, telegram, "合同.pdf")
    await chat.says("没有")
    await chat.says("确认提交")
    await chat.is_answered()
    await chat.says("不等了")
    said = await chat.is_answered()
    assert "有 1 份材料在提交时还没有收到" in said[0]
    assert "回执码" in said[-1]
    telegram.files_fail = 0
    assert await fetch(chat) == []
    assert (await chat.memory()).waited_for == []


async def test_a_crash_while_fetching_forgets_no_file(chat: Writer, telegram: StandIn) -> None:
    telegram.files_fail = 500
    await send(chat, telegram, "合同.pdf")
    await chat.is_answered()
    now = chat.town.now
    dead = await chat.town.storage.fetches.claim(now, now + timedelta(seconds=20))
    assert dead is not None, "a process took it and died"
    telegram.files_fail = 0
    assert not await chat.town.parts.fetcher.step(), "it is leased"
    chat.town.later(seconds=30)
    assert any("已收到" in text for text in await fetch(chat))
    await chat.town.storage.fetches.retry(dead, chat.town.now)
    assert await fetch(chat) == [], "the dead process comes too late"
    assert len(await names(chat)) == 1


async def test_a_file_of_a_dropped_draft_is_forgotten(chat: Writer, telegram: StandIn) -> None:
    telegram.files_fail = 500
    await send(chat, telegram, "合同.pdf")
    await chat.says("/cancel")
    await chat.is_answered()
    telegram.files_fail = 0
    assert await fetch(chat) == []
    assert (await chat.memory()).draft is None


async def test_a_supplement_waits_for_its_file_too(chat: Writer, telegram: StandIn) -> None:
    for words in ("没有", "确认提交"):
        await chat.says(words)
    number = NUMBER.search((await chat.is_answered())[-1])
    assert number
    await chat.says(f"/add {number.group()}")
    await chat.is_answered()
    telegram.files_fail = 404
    await send(chat, telegram, "合同.pdf")
    await chat.says("这是合同")
    await chat.is_answered()
    await chat.says("提交")
    assert "正在接收" in (await chat.is_answered())[-1]
    telegram.files_fail = 0
    assert any("已收到" in text for text in await fetch(chat))
    await chat.says("提交")
    assert "已补充" in (await chat.is_answered())[-1]
    case = await chat.town.storage.cases.get(number.group())
    assert len(case.evidence) == 1


async def test_a_file_added_later_is_not_called_like_one_that_is_there(
    chat: Writer, telegram: StandIn
) -> None:
    await send(chat, telegram, "合同.txt")
    await chat.is_answered()
    for words in ("没有了", "确认提交"):
        await chat.says(words)
    number = NUMBER.search((await chat.is_answered())[-1])
    assert number
    await chat.says(f"/add {number.group()}")
    await send(chat, telegram, "补充.txt")
    await chat.says("提交")
    assert "已补充" in (await chat.is_answered())[-1]
    names = [str(file.name) for file in (await chat.town.storage.cases.get(number.group())).evidence]
    assert len(set(names)) == 2
