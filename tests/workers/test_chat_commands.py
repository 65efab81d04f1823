"""What a turn of a chat costs in commands to the database: counts are no noise, so they are held here."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import AnswerCallbackQuery, SendMessage, TelegramMethod
from aiogram.types import Message
from pymongo import monitoring

from bot.wiring import utc_now
from bot.wiring.composition import Composition
from cases.ports.conversations import Address, Committed, Incoming, Outgoing
from cases.vocabulary import Channel
from storage.database.connection import Database, connect
from storage.opening import assemble
from storage.schema.preparing import prepare
from storage.sealed.key_ring import KeyRing
from tests.town.live.deployment import town_settings
from tests.town.live.nowhere import Unreachable, nowhere
from tests.town.live.parts import put_together

STORY = "青海省西宁市城东区住房和城乡建设局拖欠我公司道路工程款50万元，2023年5月竣工验收后至今没有支付。"
WRITES = {"insert", "update", "delete", "findAndModify"}
CHAT = {"id": 4_100_000_001, "type": "private"}


class Commands(monitoring.CommandListener):
    """Writes that waited for a majority, claims that found nothing, and writes to chats without their key."""

    def __init__(self) -> None:
        self.majority: list[str] = []
        self.in_vain: list[str] = []
        self.without_key: list[str] = []

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        concern = event.command.get("writeConcern", {})
        if event.command_name in WRITES and concern.get("w") == "majority":
            self.majority.append(f"{event.command_name} {event.command[event.command_name]}")
        if event.command_name in WRITES and event.command[event.command_name] == "conversations":
            asked = event.command.get("query") or event.command["updates"][0]["q"]
            if not isinstance(asked.get("_id"), str):
                self.without_key.append(str(asked))

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        if event.command_name == "findAndModify" and event.reply.get("value") is None:
            self.in_vain.append("findAndModify")

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        return

    def forget(self) -> None:
        self.majority.clear()
        self.in_vain.clear()


class Telegram(Unreachable):
    """A Bot API that takes every call."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        self.calls.append(method)
        answer = {"message_id": len(self.calls), "date": 1, "chat": CHAT, "text": "x"}
        return Message.model_validate(answer) if isinstance(method, SendMessage) else True


class Talk:
    """One citizen's chat with a process whose chat workers run."""

    def __init__(self, parts: Composition, commands: Commands, telegram: Telegram) -> None:
        self.parts = parts
        self.commands = commands
        self.telegram = telegram
        self._chats = parts.core.storage.database["conversations"]
        self._updates = 0

    async def says(self, text: str) -> None:
        await self._gives({"message": {**self._message(), "text": text}})

    async def presses(self, label: str) -> None:
        shown = [call for call in self.telegram.calls if isinstance(call, SendMessage)]
        rows = getattr(shown[-1].reply_markup, "inline_keyboard", [])
        data = next(button.callback_data for row in rows for button in row if label in button.text)
        query = {"id": str(self._updates), "from": self._who(), "chat_instance": "1", "data": data}
        await self._gives({"callback_query": {**query, "message": {**self._message(), "text": "x"}}})

    async def _gives(self, body: dict[str, Any]) -> None:
        self.commands.forget()
        self._updates += 1
        before = len(self.telegram.calls)
        await self.parts.intake.receive({"update_id": self._updates, **body})
        for _ in range(1000):
            if len(self.telegram.calls) > before and not await self._chats.count(WAITING):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("the chat was not answered")

    def _who(self) -> dict[str, Any]:
        return {"id": CHAT["id"], "is_bot": False, "first_name": "某"}

    def _message(self) -> dict[str, Any]:
        return {"message_id": self._updates + 1, "date": 1, "chat": CHAT, "from": self._who()}


WAITING = {"_id": {"$gt": ""}, "$or": [{"inbox.queue.0.id": {"$gt": ""}}, {"outbox.queue.0.id": {"$gt": ""}}]}


@pytest.fixture
async def talk(mongo_uri: str, mongo_client: Database, keys: KeyRing, tmp_path: Path) -> AsyncIterator[Talk]:
    commands, telegram = Commands(), Telegram()
    name = f"counted_{secrets.token_hex(4)}"
    async with connect(mongo_uri, name, event_listeners=[commands]) as database:
        await prepare(database)
        network = replace(nowhere(), telegram=telegram)
        parts = await put_together(
            assemble(database, keys, utc_now), utc_now, town_settings(tmp_path), network=network
        )
        workers = (parts.inbox, *parts.outboxes.values())
        for worker in workers:
            worker.start()
        await asyncio.sleep(0.5)  # their first looks
        yield Talk(parts, commands, telegram)
        for worker in workers:
            await worker.stop(5)
        await parts.close()
        await mongo_client.sibling(name).drop()


async def test_what_a_stopped_worker_is_given_is_let_go(talk: Talk) -> None:
    """A stop between a claim and its work delays nobody by a lease."""
    parts, chats = talk.parts, talk.parts.core.storage.conversations
    inbox, outbox = parts.inbox, parts.outboxes[Channel.TELEGRAM]
    await talk.says("在吗")
    address = Address(Channel.TELEGRAM, str(CHAT["id"]))
    key = chats.key(address)
    await outbox.stop(5)
    await chats.send(key, [Outgoing("late", "SendMessage", {"text": "x"})])
    later = utc_now() + timedelta(seconds=2)
    claimed = await chats.claim_delivery(later, later + timedelta(minutes=5), Channel.TELEGRAM, key)
    assert claimed is not None
    await parts.deliveries[Channel.TELEGRAM].go_on(key, Committed(delivery=claimed))
    assert await chats.claim_delivery(later, later, Channel.TELEGRAM, key) is not None
    await inbox.stop(5)
    assert await parts.take(address, Incoming("900", {"update_id": 900}, utc_now()))
    assert await chats.claim_update(utc_now(), utc_now()) is not None


async def test_a_text_is_three_writes_and_a_tap_is_five(talk: Talk) -> None:
    """Stored and claimed; answered, with the first call claimed; each call that was made noted."""
    await talk.says("在吗")
    await talk.says(STORY)
    assert len(talk.commands.majority) <= 3, talk.commands.majority
    assert talk.commands.in_vain == []
    await talk.says("补充一句：请尽快支付。")
    assert len(talk.commands.majority) <= 3, talk.commands.majority
    made = len(talk.telegram.calls)
    await talk.presses("继续")
    kinds = [type(call) for call in talk.telegram.calls[made:]]
    assert talk.commands.without_key == [], "with chats on several shards such a write asks all of them"
    assert AnswerCallbackQuery in kinds
    assert SendMessage in kinds
    assert len(talk.commands.majority) <= 5, talk.commands.majority
    assert talk.commands.in_vain == []
