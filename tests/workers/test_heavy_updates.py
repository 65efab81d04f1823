"""Heavy updates: a chat that would outgrow its record stops nobody, not even itself for long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Update

from bot.telegram.updates import Intake, Polling
from bot.workers.chat.inbox import MOST_TRIES, Inbox
from bot.workers.chat.plain_words import SORRY
from cases.ports.conversations import Address, Incoming
from cases.vocabulary import Channel, Language
from storage.opening import Storage
from tests.telegram_standin import StandIn
from tests.town.clock import Watch
from tests.workers.one_by_one import OneByOne

CHAT, OTHER = 5_310_000_001, 5_310_000_002
BOT = Bot("123456789:" + "A" * 35)


class Hoards(OneByOne):
    """A dialogue that remembers more than a record can hold when it is told to."""

    async def handle(
        self, update: Update, bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> Sequence[TelegramMethod[Any]]:
        assert update.message is not None
        if update.message.text == "全部记住":
            state["all"] = "x" * 17_000_000
        return [SendMessage(chat_id=update.message.chat.id, text="好")]


def said(number: int, text: str, chat: int = CHAT) -> dict[str, Any]:
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "text": text}
    return {"update_id": number, "message": message}


async def test_a_chat_of_heavy_updates_is_full_before_its_record_is(storage: Storage, watch: Watch) -> None:
    address = Address(Channel.TELEGRAM, str(CHAT))
    heavy = {"links": ["https://example.org/" + "a" * 2000] * 200}
    taken = [
        await storage.conversations.receive(address, Incoming(str(n), said(n, "长") | heavy, watch()))
        for n in range(60)
    ]
    assert taken[0]
    assert not taken[-1], "more of it is dropped and counted, as with any flood"
    row = await storage.database["conversations"].find_one({"_id": storage.conversations.key(address)})
    assert row is not None
    assert row["inbox"]["dropped"] == taken.count(False)
    inbox = Inbox(
        storage.conversations,
        Hoards(),
        {Channel.TELEGRAM: BOT},
        watch,
    )
    while await inbox.step():
        watch.later(minutes=1)
    assert await storage.conversations.receive(address, Incoming("99", said(99, "还在吗"), watch()))


@asynccontextmanager
async def polled(
    telegram: StandIn, receive: Callable[[dict[str, Any]], Awaitable[None]]
) -> AsyncIterator[None]:
    """Polls until Telegram has nothing left, or for half a minute."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(telegram.token, session=session) as bot:
        polling = Polling(bot, receive)
        polling.start()
        yield
        for _ in range(600):
            if not telegram.world.updates:
                break
            await asyncio.sleep(0.05)
        await polling.stop()


async def test_an_update_that_can_never_be_stored_does_not_end_polling(
    storage: Storage, watch: Watch
) -> None:
    intake = Intake(storage.conversations.receive, watch)
    async with StandIn(burst=100) as telegram:
        await telegram.user(CHAT).says("太大")
        telegram.world.updates[0]["message"]["extra"] = "x" * 17_000_000
        async with polled(telegram, intake.receive):
            await telegram.user(OTHER).says("后面的人")
    work = await storage.conversations.claim_update(watch(), watch() + timedelta(minutes=1))
    assert work is not None
    assert work.address.chat == str(OTHER)


async def test_a_fault_nobody_thought_of_does_not_end_polling() -> None:
    taken: list[int] = []

    async def receive(update: dict[str, Any]) -> None:
        taken.append(update["update_id"])
        if len(taken) == 1:
            raise RuntimeError("nobody thought of this")

    async with StandIn(burst=100) as telegram, polled(telegram, receive):
        await telegram.user(CHAT).says("你好")
    assert len(taken) == 2
    assert taken[0] == taken[1]


async def test_an_answer_that_cannot_be_kept_is_poison_as_well(storage: Storage, watch: Watch) -> None:
    intake = Intake(storage.conversations.receive, watch)
    inbox = Inbox(
        storage.conversations,
        Hoards(),
        {Channel.TELEGRAM: BOT},
        watch,
    )
    await intake.receive(said(1, "全部记住"))
    await intake.receive(said(2, "下一条"))
    for _ in range(MOST_TRIES + 1):
        assert await inbox.step()
        watch.later(minutes=1)
    [aside] = await storage.conversations.list_set_aside()
    assert aside["reason"].startswith("RecordRefused")
    delivery = await storage.conversations.claim_delivery(
        watch(), watch() + timedelta(minutes=1), Channel.TELEGRAM
    )
    assert delivery is not None
    assert delivery.call.payload["text"] == SORRY.told(Language.ZH_HANS)
