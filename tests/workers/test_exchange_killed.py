"""The level above is a process of its own that is killed again and again while batches go up to it."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.workers.telling.exchange import UpperLevel
from cases.integrity.breaches.exchange import line_of
from cases.integrity.breaches.record_model import ShareState
from cases.people import SYSTEM
from cases.ports.exchange import Place
from storage.server.mongod import free_port
from tests.town.live.bureau import Bureau
from tests.town.live.deployment import SECRET
from tests.town.live.running import RunningShouxin
from tests.workers.levels import NAME, Levels, entered, numbered

KILLS = int(os.environ.get("EXCHANGE_KILLS", "4"))
"""Every one costs a whole start of the process: `EXCHANGE_KILLS=20` is the long trial."""
RECORDS = 12
LONGEST = 0.15
"""Seconds: about what a batch takes above, so that some kills meet it half taken."""


def above(levels: Levels, folder: Path) -> Callable[[int], RunningShouxin]:
    """The town's deployment as a process of its own on a fixed port, over the database of the town."""
    partners = folder / "senders.toml"
    key = levels.lower.core.signer.public_key.hex()
    partners.write_text(f'[senders.{NAME}]\nkey = "{key}"\nregions = ["630000"]')
    return lambda port: RunningShouxin(
        folder / str(port),
        HTTP_PORT=str(port),
        MONGODB_URI=levels.uri,
        MONGODB_DATABASE=levels.upper.storage.database.name,
        SECRET_KEY=SECRET,
        EXCHANGE_NAME="qinghai",
        EXCHANGE_PARTNERS=str(partners),
        DISK_RESERVE_MB="0",
    )


@pytest.mark.timeout(60 + 20 * KILLS)
async def test_a_level_above_killed_again_and_again_loses_and_doubles_nothing(
    levels: Levels, tmp_path: Path
) -> None:
    chance, port, start = random.Random(15), free_port(), above(levels, tmp_path)
    reporting = levels.over(UpperLevel(f"http://127.0.0.1:{port}").post)
    bureau = await Bureau.of(levels.lower)
    records = await entered(bureau, *map(numbered, range(RECORDS)))
    cut = 0
    for n in range(KILLS):
        upper = start(port)
        await asyncio.gather(
            upper.start(),
            *(bureau.act(one, "correct", SYSTEM, facts=f"未付工程款，第{n}次核对。") for one in records),
        )
        sending = asyncio.create_task(levels.works(reporting, steps=3))
        await asyncio.sleep(chance.uniform(0, LONGEST))
        cut += not sending.done()
        await upper.kill()
        await sending
    async with start(port):
        await levels.works(reporting, steps=6)
        assert not await reporting.compare()

    assert cut, "every batch was answered before the kill"
    received: dict[str, Any] = await levels.received()
    assert received.keys() == {one.id for one in records}
    for record in records:
        stored: Any = await levels.lower.storage.dossiers.find(record.id)
        line = line_of(stored)
        assert line is not None
        assert (received[record.id].revision, str(received[record.id].line)) == (KILLS + 1, line.text)
    assert await levels.states() == {(ShareState.ACKNOWLEDGED, None)}
    place = await levels.upper.storage.exchange.find(Place, f"place:{NAME}")
    assert place is not None
    assert place.sequence == (await levels.below.outgoing()).sequence
