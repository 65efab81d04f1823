"""The worker takes in what changed, and only one process does."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.workers.rollups import RollupWorker, rebuild
from storage.leases import MongoLeaseStore
from storage.opening import Storage
from storage.rollups import Rollups
from tests.board.stories import START, case_at

NOW = START + timedelta(days=80)


async def test_a_filed_case_is_in_the_figures_after_one_step(storage: Storage) -> None:
    await storage.cases.insert(case_at(1, NOW).model_copy(update={"updated_at": NOW}))
    worker = RollupWorker(Rollups(storage.database), MongoLeaseStore(storage.database), lambda: NOW)
    assert await worker.step()
    assert await storage.database["facts"].count({"_id": {"$gt": ""}}) == 1
    assert not await worker.step()


async def test_while_one_process_holds_the_lease_another_does_nothing(storage: Storage) -> None:
    await storage.cases.insert(case_at(1, NOW).model_copy(update={"updated_at": NOW}))
    first, second = (
        RollupWorker(Rollups(storage.database), MongoLeaseStore(storage.database, name), lambda: NOW)
        for name in ("one", "two")
    )
    assert await first.step()
    assert not await second.step()


async def test_once_an_hour_it_looks_for_rises(storage: Storage) -> None:
    looks: list[datetime] = []
    clock = [NOW]

    async def look(now: datetime) -> None:
        looks.append(now)

    worker = RollupWorker(
        Rollups(storage.database), MongoLeaseStore(storage.database), lambda: clock[0], look
    )
    for _ in range(3):
        await worker.step()
    clock[0] += timedelta(hours=1)
    await worker.step()
    assert looks == [NOW, NOW + timedelta(hours=1)]


async def test_a_rebuild_tells_how_far_it_is(storage: Storage) -> None:
    for serial in range(3):
        await storage.cases.insert(case_at(serial, NOW))
    seen: list[tuple[int, int]] = []
    assert await rebuild(Rollups(storage.database), NOW, lambda done, total: seen.append((done, total))) == 3
    assert seen[-1] == (3, 3)
