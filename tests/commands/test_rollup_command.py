"""The command that computes the board's figures anew, with and without a running process."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.commands.rollups import _compute
from bot.wiring import utc_now
from bot.workers.board.rollups import RollupWorker
from storage.coordination.leases import MongoLeaseStore
from storage.figures.rollups import ALL_ROWS, Rollups
from storage.opening import Storage
from tests.town.stories import START, case_at

NOW = START + timedelta(days=80)
pytestmark = pytest.mark.timeout(60)


async def lose_the_figures(storage: Storage) -> Rollups:
    for serial in range(4):
        await storage.cases.insert(case_at(serial, NOW))
    figures = Rollups(storage.database, storage.keys)
    await figures.rebuild(NOW)
    await storage.database["facts"].delete_many(ALL_ROWS)
    await storage.database["cells"].delete_many(ALL_ROWS)
    return figures


async def test_without_a_running_process_the_command_computes_by_itself(storage: Storage) -> None:
    figures = await lose_the_figures(storage)
    seen: list[tuple[int, int]] = []
    count = await _compute(figures, storage.leases, lambda done, total: seen.append((done, total)))
    assert count == 4
    assert seen[-1] == (4, 4)
    assert await storage.database["facts"].count(ALL_ROWS) == 4


async def test_a_running_process_computes_and_the_command_watches(storage: Storage) -> None:
    figures = await lose_the_figures(storage)
    running = RollupWorker(figures, MongoLeaseStore(storage.database, "running"), utc_now)
    far_ahead = NOW + timedelta(days=36_500)
    assert await MongoLeaseStore(storage.database, "running").acquire("rollups", NOW, far_ahead)
    seen: list[tuple[int, int]] = []
    watching = asyncio.create_task(
        _compute(figures, storage.leases, lambda done, total: seen.append((done, total)))
    )
    await asyncio.wait([watching], timeout=1)
    assert not watching.done()
    assert await running.step()
    assert await watching == 4
    assert seen[0] == (0, 4)
    assert await storage.database["facts"].count(ALL_ROWS) == 4
