"""Every update there can be, through intake, store, inbox and dialogue: answered, or set aside if unreadable.

`FUZZ_UPDATES` says how many; `make fuzz` runs twenty thousand.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.telegram.updates import chat_of
from bot.wiring.composition import Composition
from cases.ports.conversations import Address
from cases.vocabulary import Channel
from handlers.citizen.dialogue.edge_cases import _SILENT_KINDS
from storage.opening import Storage
from tests.fuzz.shapes import KINDS, Shapes
from tests.town.clock import Watch
from tests.town.words import STORY

UPDATES = int(os.environ.get("FUZZ_UPDATES", "300"))
BATCH = 20
MINUTE = timedelta(minutes=1)


@dataclass
class Flood:
    """The intake as the process wires it, over the test's own database."""

    parts: Composition
    watch: Watch
    count: Counter[str] = field(default_factory=Counter)
    numbers: int = 0
    """Updates given so far."""

    @property
    def bot(self) -> Bot:
        assert self.parts.telegram is not None
        return self.parts.telegram

    async def batch(self, seed: int) -> None:
        """One citizen writes whatever comes; half of the time what the bot offers is pressed."""
        chance = random.Random(seed)
        shapes, chat = Shapes(chance), 10**9 + chance.randrange(10**9)
        buttons: list[str] = []
        for _ in range(BATCH):
            body = _body(chance, shapes, chat, buttons)
            self.numbers += 1
            self.watch.later(seconds=4)
            buttons = await self._one({"update_id": self.numbers, **body}, chat) or buttons

    async def _one(self, update: dict[str, Any], chat: int) -> list[str]:
        readable = _read(update, self.bot)
        if chat_of(update) != str(chat):
            await self._elsewhere(update, readable)
            return []
        await self.parts.intake.receive(update)
        while await self.parts.inbox.step():
            self.watch.later(minutes=1)
        calls = await self._answers(chat)
        if readable is None:
            self.count["unreadable, set aside"] += 1
            return []
        kind = readable.event_type
        self.count[f"{kind}: {readable.message.content_type if readable.message else ''}"] += 1
        if _deserves_answer(readable):
            assert calls, (kind, update)
        return [data for call in calls for data in _buttons(call)]

    async def _elsewhere(self, update: dict[str, Any], readable: Update | None) -> None:
        """What the intake leaves alone, and other chats: the dialogue alone must cope."""
        self.count["of no chat or another one"] += 1
        await self.parts.intake.receive(update)
        if readable is not None:
            await self.parts.dialogue.handle(readable, self.bot, {}, conversation="c")

    async def _answers(self, chat: int) -> list[dict[str, Any]]:
        conversations = self.parts.core.storage.conversations
        found: list[dict[str, Any]] = []
        key = conversations.key(Address(Channel.TELEGRAM, str(chat)))
        while True:
            self.watch.later(minutes=1)
            delivery = await conversations.claim_delivery(
                self.watch(), self.watch() + MINUTE, Channel.TELEGRAM
            )
            if delivery is None:
                return found
            if delivery.conversation == key:
                found.append(delivery.call.payload)
            await conversations.ack(delivery, self.watch())


def _body(chance: random.Random, shapes: Shapes, chat: int, buttons: list[str]) -> dict[str, Any]:
    roll = chance.random()
    if roll < 0.3 and buttons:
        return {"callback_query": _press(chance, chat, chance.choice(buttons))}
    if roll < 0.4:
        return {"message": shapes.message(chat) | {"text": chance.choice((STORY, "不清楚", "12万元"))}}
    if roll < 0.75:
        return {"message": shapes.message(chat)}
    if roll < 0.85:
        return {"message": shapes.bend(shapes.message(chat), chance.choice((0.01, 0.1)))}
    if roll < 0.9:
        press = _press(chance, chat, "d:x:confirm:")
        return {"callback_query": shapes.bend(press, chance.choice((0.01, 0.1)))}
    kind = chance.choice(KINDS)
    model = Update.model_fields[kind].annotation
    return {kind: shapes.bend(shapes._value(model, 1), chance.choice((0.0, 0.1)))}


def _press(chance: random.Random, chat: int, data: str) -> dict[str, Any]:
    who = {"id": chat, "is_bot": False, "first_name": "某"}
    carrier = {"message_id": 1, "date": chance.choice((0, 1)), "chat": {"id": chat, "type": "private"}}
    return {"id": "1", "from": who, "chat_instance": "1", "data": data, "message": carrier}


def _read(update: dict[str, Any], bot: Bot) -> Update | None:
    try:
        return Update.model_validate(update, context={"bot": bot})
    except ValidationError:
        return None


def _deserves_answer(update: Update) -> bool:
    """Everything said in private but what is no saying: service notes, and later files of an album."""
    if update.callback_query is not None:
        return True
    message = update.message
    if message is None or message.chat.type != "private":
        return False
    return message.content_type not in _SILENT_KINDS and message.media_group_id is None


def _buttons(payload: dict[str, Any]) -> list[str]:
    rows = (payload.get("reply_markup") or {}).get("inline_keyboard") or []
    return [str(key["callback_data"]) for row in rows for key in row if "callback_data" in key]


@pytest.mark.timeout(7200)
async def test_fuzz_every_update_is_answered_or_set_aside(
    parts: Composition, storage: Storage, watch: Watch
) -> None:
    flood = Flood(parts, watch)
    loop, since = asyncio.get_running_loop(), time.monotonic()

    @settings(
        max_examples=max(1, UPDATES // BATCH),
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=UPDATES < 1000,
    )
    @given(st.integers(0, 2**48))
    def explore(seed: int) -> None:
        asyncio.run_coroutine_threadsafe(flood.batch(seed), loop).result(120)

    await asyncio.to_thread(explore)
    assert flood.numbers >= UPDATES * 0.9
    aside = await storage.conversations.list_set_aside(limit=100_000)
    assert not [row["reason"] for row in aside if not row["reason"].startswith("Unreadable")]
    for name, count in flood.count.most_common():
        print(f"  {count:6d}  {name}")  # noqa: T201 - the figures of `make fuzz`
    print(f"  {flood.numbers} updates in {time.monotonic() - since:.0f} s")  # noqa: T201
