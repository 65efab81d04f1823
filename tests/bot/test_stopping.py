"""Told to stop in the middle of a crowd while Telegram is silent, it ends and nothing said is lost."""

from __future__ import annotations

import asyncio
import secrets
import signal
from pathlib import Path

import pytest

from cases.ports.conversations import Address
from cases.vocabulary import Channel
from handlers.citizen.dialogue.drafts import Memory
from storage.database.connection import Database
from storage.opening import open_storage
from storage.sealed.key_ring import KeyRing
from tests.telegram_standin import ScriptedUser, StandIn
from tests.town.clock import Watch
from tests.town.live.deployment import SECRET
from tests.town.live.running import RunningShouxin

FIRST, CROWD, PIECES = 6_700_000_000, 20, 4
SILENCE = 3_000.0
"""Seconds for which a call is left without an answer: far longer than this test may take."""


def words(person: int, piece: int) -> str:
    return f"第{piece}句：某县住建局拖欠工程款{person + 10}万元，合同{person:03d}-{piece}。"


async def chat_away(user: ScriptedUser, person: int) -> None:
    for piece in range(PIECES):
        await user.says(words(person, piece))
        await asyncio.sleep(0.05)


@pytest.mark.timeout(300)
async def test_a_stop_under_load_waits_for_nobody_and_every_word_is_there_in_order_afterwards(
    tmp_path: Path, mongo_uri: str, mongo_client: Database
) -> None:
    name = f"stopping_{secrets.token_hex(4)}"
    async with StandIn(burst=50, ways_to_fail=("silence",), silence=SILENCE) as telegram:
        settings = {
            "BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "MONGODB_URI": mongo_uri,
            "MONGODB_DATABASE": name,
            "SECRET_KEY": SECRET,
        }
        people = [telegram.user(FIRST + person) for person in range(CROWD)]
        shouxin = RunningShouxin(tmp_path, **settings)
        await shouxin.start()
        talking = [asyncio.create_task(chat_away(user, n)) for n, user in enumerate(people)]
        await people[0].reads("工程款", within=60)
        telegram.fail_rate = 1.0
        assert await shouxin.stop(signal.SIGTERM) == 0
        telegram.fail_rate = 0.0
        held = await mongo_client.sibling(name)["leases"].count({"_id": {"$gte": ""}})
        assert held == 0, "whoever starts next need not wait for leases to run out"
        await asyncio.gather(*talking)
        async with RunningShouxin(tmp_path, **settings):
            for user in people:
                await user.reads("", within=90)
            await settled(mongo_uri, name)
    async with open_storage(mongo_uri, name, KeyRing(SECRET), Watch()) as storage:
        for person in range(CROWD):
            key = storage.conversations.key(Address(Channel.TELEGRAM, str(FIRST + person)))
            row = await storage.database["conversations"].find_one({"_id": key})
            assert row is not None
            draft = Memory.load(storage.conversations.open_dialogue(row)).draft
            assert draft is not None
            assert [part.text for part in draft.parts] == [words(person, piece) for piece in range(PIECES)]
    await mongo_client.sibling(name).drop()


async def settled(uri: str, name: str) -> None:
    """Until every update that Telegram had has been handled."""
    async with open_storage(uri, name, KeyRing(SECRET), Watch()) as storage:
        chats = storage.database["conversations"]
        async with asyncio.timeout(120):
            while True:
                boxes = [row["inbox"] for row in await chats.find_all({"_id": {"$gte": ""}}, {"inbox": 1})]
                heard = [len(box["seen"]) for box in boxes if not box["queue"]]
                if heard == [PIECES] * CROWD:
                    return
                await asyncio.sleep(0.3)
