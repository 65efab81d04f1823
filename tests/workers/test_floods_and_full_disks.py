"""One who writes very fast slows only himself; and before the disk is full people are told, not lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Update

from bot.surroundings.disk import MEGABYTE, Disk
from bot.telegram.updates import Intake
from bot.workers.chat.inbox import Inbox
from bot.workers.chat.pace import BURST, PER_MINUTE, after_one_more, wait_of
from bot.workers.chat.plain_words import BUSY, NO_SPACE, TOO_FAST
from cases.errors import StorageUnavailable
from cases.ports.conversations import Delivery
from cases.vocabulary import Channel, Language
from storage.opening import Storage, assemble
from storage.sealed.key_ring import KeyRing
from tests.town.clock import SUNDAY, Watch
from tests.workers.one_by_one import OneByOne

FLOODER, OTHER = 5_500_000_001, 5_500_000_002


class Nods(OneByOne):
    """A dialogue that says "好" and remembers who was heard, in order."""

    def __init__(self) -> None:
        self.heard: list[int] = []

    async def handle(
        self, update: Update, bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> Sequence[TelegramMethod[Any]]:
        assert update.message is not None
        self.heard.append(update.message.chat.id)
        return [SendMessage(chat_id=update.message.chat.id, text="好")]


class Bench:
    """An inbox on a real store, with a clock and a disk of the test's own."""

    def __init__(self, storage: Storage, keys: KeyRing) -> None:
        self.watch = Watch()
        self.storage = assemble(storage.database, keys, self.watch)
        self.nods = Nods()
        self.free = 100
        disk = Disk(Path(), 40 * MEGABYTE, lambda folder: self.free * MEGABYTE)
        self._disk = disk
        self.inbox = self.inbox_over(self.nods)
        self.intake = Intake(self.storage.conversations.receive, self.watch, no_space=lambda: disk.spent)
        self._updates = 0

    def inbox_over(self, dialogue: Nods) -> Inbox:
        """One more process that serves the same chats by the same clock."""
        return Inbox(
            self.storage.conversations,
            dialogue,
            {Channel.TELEGRAM: Bot("123456789:" + "A" * 35)},
            self.watch,
            no_space=lambda: self._disk.low,
        )

    async def writes(self, chat: int, count: int = 1) -> None:
        for _ in range(count):
            self._updates += 1
            message = {
                "message_id": self._updates,
                "date": 1,
                "chat": {"id": chat, "type": "private", "first_name": "某"},
                "text": "在吗",
            }
            await self.intake.receive({"update_id": self._updates, "message": message})
            self.watch.later(milliseconds=1)

    async def presses(self, chat: int) -> None:
        self._updates += 1
        who = {"id": chat, "is_bot": False, "first_name": "某"}
        carrier = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private", "first_name": "某"}}
        query = {"id": "q", "from": who, "chat_instance": "1", "data": "x", "message": carrier}
        await self.intake.receive({"update_id": self._updates, "callback_query": query})

    async def works(self) -> None:
        while await self.inbox.step():
            self.watch.later(milliseconds=1)

    async def said(self) -> list[tuple[str, str]]:
        """Method and text of everything that waits to be sent."""
        found = []
        while (delivery := await self._next()) is not None:
            found.append((delivery.call.method, str(delivery.call.payload.get("text"))))
            await self.storage.conversations.ack(delivery, self.watch())
        return found

    async def _next(self) -> Delivery | None:
        until = self.watch() + timedelta(minutes=1)
        return await self.storage.conversations.claim_delivery(self.watch(), until, Channel.TELEGRAM)


@pytest.fixture
def bench(storage: Storage, keys: KeyRing) -> Bench:
    return Bench(storage, keys)


async def test_chats_take_turns_however_much_one_of_them_writes(bench: Bench) -> None:
    await bench.writes(FLOODER, 10)
    await bench.writes(OTHER)
    await bench.works()
    assert bench.nods.heard.index(OTHER) <= 2
    assert bench.nods.heard.count(FLOODER) == 10


async def test_after_a_burst_a_flood_is_served_slowly_completely_and_is_told_so_once(bench: Bench) -> None:
    await bench.writes(FLOODER, BURST + 10)
    await bench.works()
    assert bench.nods.heard.count(FLOODER) == BURST + 1
    for _ in range(10):
        bench.watch.later(seconds=60 / PER_MINUTE)
        await bench.works()
    assert bench.nods.heard.count(FLOODER) == BURST + 10
    texts = [text for _, text in await bench.said()]
    assert texts.count(TOO_FAST.told(Language.ZH_HANS)) == 1


async def test_a_flood_delays_nobody_else(bench: Bench) -> None:
    await bench.writes(FLOODER, BURST + 10)
    await bench.works()
    await bench.writes(OTHER)
    await bench.works()
    assert bench.nods.heard[-1] == OTHER


async def test_an_answer_that_comes_late_says_so_first(bench: Bench) -> None:
    await bench.writes(OTHER, 2)
    bench.watch.later(minutes=2)
    await bench.works()
    assert [text for _, text in await bench.said()] == [BUSY.told(Language.ZH_HANS), "好", "好"]


def test_a_pace_recovers_with_time() -> None:
    pace, waits = None, []
    for _ in range(4):
        pace = after_one_more(pace, SUNDAY, burst=2, per_minute=60)
        waits.append(wait_of(pace, per_minute=60).total_seconds())
    assert waits == [0, 0, 1, 2]
    later = after_one_more(pace, SUNDAY + timedelta(minutes=1), burst=2, per_minute=60)
    assert wait_of(later, per_minute=60) == timedelta(0)


async def test_two_processes_serve_a_flood_no_faster_than_one(bench: Bench) -> None:
    elsewhere = Nods()
    other = bench.inbox_over(elsewhere)
    await bench.writes(FLOODER, BURST + 10)
    while await bench.inbox.step():
        await other.step()
        bench.watch.later(milliseconds=1)
    assert elsewhere.heard
    assert len(bench.nods.heard) + len(elsewhere.heard) == BURST + 1
    texts = [text for _, text in await bench.said()]
    assert texts.count(TOO_FAST.told(Language.ZH_HANS)) == 1


async def test_with_little_space_a_message_is_refused_politely_and_the_dialogue_stays(bench: Bench) -> None:
    bench.free = 30
    await bench.writes(OTHER)
    await bench.presses(OTHER)
    await bench.works()
    words = NO_SPACE.told(Language.ZH_HANS)
    assert await bench.said() == [("SendMessage", words), ("AnswerCallbackQuery", words)]
    assert bench.nods.heard == []
    bench.free = 100
    await bench.writes(OTHER)
    await bench.works()
    assert bench.nods.heard == [OTHER]


async def test_with_no_space_at_all_the_update_stays_with_telegram(bench: Bench) -> None:
    bench.free = 5
    with pytest.raises(StorageUnavailable):
        await bench.writes(OTHER)
    bench.free = 100
    await bench.writes(OTHER)
    await bench.works()
    assert bench.nods.heard == [OTHER]


@pytest.mark.parametrize("language", list(Language))
def test_a_refusal_fits_into_the_answer_to_a_button(language: Language) -> None:
    assert len(NO_SPACE.told(language)) <= 200
