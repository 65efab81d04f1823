"""The stand-in refuses what Telegram refuses: otherwise the other tests would prove nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from tests.telegram_standin import StandIn

CHAT = 5_000_000_001


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn(burst=20) as standin:
        standin.user(CHAT)
        yield standin


@pytest.fixture
async def bot(telegram: StandIn) -> AsyncIterator[Bot]:
    async with new_bot(telegram) as bot:
        yield bot


def new_bot(telegram: StandIn, token: str | None = None) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    return Bot(token or telegram.token, session=session)


def keyboard(data: str, text: str = "好") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)]])


async def test_a_message_reaches_the_chat(telegram: StandIn, bot: Bot) -> None:
    sent = await bot.send_message(CHAT, "<b>您好</b> &lt;3", parse_mode="HTML")
    assert sent.chat.id == CHAT
    assert [seen.text for seen in telegram.user(CHAT).seen] == ["您好 <3"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ({"chat_id": CHAT, "text": ""}, "text is empty"),
        ({"chat_id": CHAT, "text": "字" * 4097}, "too long"),
        ({"chat_id": CHAT, "text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"chat_id": CHAT, "text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"chat_id": CHAT, "text": "<table>x</table>", "parse_mode": "HTML"}, "Unsupported start tag"),
        ({"chat_id": 999, "text": "x"}, "chat not found"),
        ({"chat_id": CHAT, "text": "x", "reply_markup": keyboard("字" * 22)}, "BUTTON_DATA_INVALID"),
    ],
)
async def test_a_wrong_message_is_refused(bot: Bot, call: dict[str, Any], words: str) -> None:
    with pytest.raises(TelegramBadRequest, match=words):
        await bot.send_message(**call)


async def test_the_longest_text_counts_after_parsing(bot: Bot) -> None:
    sent = await bot.send_message(CHAT, "<b>" + "字" * 4096 + "</b>", parse_mode="HTML")
    assert sent.text is not None
    assert len(sent.text) == 4096


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot) -> None:
    sent = await bot.send_message(CHAT, "一", reply_markup=keyboard("a"))
    await bot.edit_message_text("二", chat_id=CHAT, message_id=sent.message_id, reply_markup=keyboard("a"))
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text(
            "二", chat_id=CHAT, message_id=sent.message_id, reply_markup=keyboard("a")
        )


async def test_a_blocked_bot_hears_so(telegram: StandIn, bot: Bot) -> None:
    telegram.user(CHAT).blocks_the_bot()
    with pytest.raises(TelegramForbiddenError, match="blocked"):
        await bot.send_message(CHAT, "x")


async def test_a_wrong_token_opens_nothing(telegram: StandIn) -> None:
    async with new_bot(telegram, "7000000001:AAwrong-wrong-wrong-wrong-wrong-wro") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_too_many_messages_a_second_are_told_to_wait(telegram: StandIn, bot: Bot) -> None:
    telegram.burst = 1
    await bot.send_message(CHAT, "一")
    with pytest.raises(TelegramRetryAfter) as told:
        await bot.send_message(CHAT, "二")
    assert told.value.retry_after == 1


async def test_an_offset_confirms_what_came_before_it(telegram: StandIn, bot: Bot) -> None:
    user = telegram.user(CHAT)
    await user.says("一")
    await user.says("二")
    first, second = await bot.get_updates()
    assert [u.update_id for u in await bot.get_updates()] == [first.update_id, second.update_id]
    assert [u.update_id for u in await bot.get_updates(offset=second.update_id)] == [second.update_id]
    assert [u.update_id for u in await bot.get_updates()] == [second.update_id]
    assert await bot.get_updates(offset=second.update_id + 1) == []


async def test_long_polling_returns_when_something_arrives(telegram: StandIn, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    await telegram.user(CHAT).says("到了")
    (update,) = await asyncio.wait_for(waiting, 5)
    assert update.message is not None
    assert update.message.text == "到了"


async def test_a_second_poller_ends_the_first(telegram: StandIn, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(bot.get_updates(timeout=20))
    with pytest.raises(TelegramConflictError):
        await first
    second.cancel()


async def test_a_button_is_answered_once(telegram: StandIn, bot: Bot) -> None:
    await bot.send_message(CHAT, "选一个", reply_markup=keyboard("yes", "同意"))
    query = await telegram.user(CHAT).presses("同意")
    await bot.answer_callback_query(query)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(query)


async def test_files_go_both_ways(telegram: StandIn, bot: Bot) -> None:
    await telegram.user(CHAT).sends_document(b"%PDF-1.7 contract", "合同.pdf", "application/pdf")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    data = await bot.download(update.message.document)
    assert data is not None
    assert data.read() == b"%PDF-1.7 contract"
    sent = await bot.send_document(CHAT, BufferedInputFile(b"letter", "答复.pdf"), caption="请查收")
    assert sent.document is not None
    assert telegram.world.files[sent.document.file_id].data == b"letter"


async def test_unknown_parameters_are_mistakes(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="unknown parameters"):
        await bot(SendMessage.model_validate({"chat_id": CHAT, "text": "x", "colour": "red"}))


async def test_planned_failures_happen_before_anything_takes_effect(telegram: StandIn, bot: Bot) -> None:
    telegram.fail_rate = 1.0
    for _ in range(6):
        with pytest.raises(Exception, match=r"(Internal|decode|Disconnected|reset|ServerDisconnected)"):
            await bot.send_message(CHAT, "x")
    assert telegram.user(CHAT).seen == []


async def test_a_lost_answer_means_the_message_was_seen(telegram: StandIn, bot: Bot) -> None:
    telegram.lose_rate = 1.0
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(CHAT, "x")
    assert len(telegram.user(CHAT).seen) == 1
