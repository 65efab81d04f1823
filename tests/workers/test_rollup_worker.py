"""The worker takes in what changed, and only one process does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.workers.board.rollups import RollupWorker, rebuild
from storage.coordination.leases import MongoLeaseStore
from storage.figures.rollups import ALL_ROWS, Rollups
from storage.opening import Storage
from tests.town.stories import START, case_at

NOW = START + timedelta(days=80)


async def test_a_filed_case_is_in_the_figures_after_one_step(storage: Storage) -> None:
    await storage.cases.insert(case_at(1, NOW).model_copy(update={"updated_at": NOW}))
    worker = RollupWorker(
        Rollups(storage.database, storage.keys), MongoLeaseStore(storage.database), lambda: NOW
    )
    assert await worker.step()
    assert await storage.database["facts"].count({"_id": {"$gt": ""}}) == 1
    assert not await worker.step()


async def test_while_one_process_holds_the_lease_another_does_nothing(storage: Storage) -> None:
    await storage.cases.insert(case_at(1, NOW).model_copy(update={"updated_at": NOW}))
    first, second = (
        RollupWorker(
            Rollups(storage.database, storage.keys), MongoLeaseStore(storage.database, name), lambda: NOW
        )
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
        Rollups(storage.database, storage.keys), MongoLeaseStore(storage.database), lambda: clock[0], look
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
    leases = MongoLeaseStore(storage.database)
    rollups = Rollups(storage.database, storage.keys)
    assert await rebuild(rollups, leases, lambda: NOW, lambda done, total: seen.append((done, total))) == 3
    assert seen[-1] == (3, 3)


async def test_nobody_rebuilds_while_a_worker_is_at_it(storage: Storage) -> None:
    rollups = Rollups(storage.database, storage.keys)
    assert await RollupWorker(rollups, MongoLeaseStore(storage.database, "one"), lambda: NOW).step()
    assert await rebuild(rollups, MongoLeaseStore(storage.database, "two"), lambda: NOW) is None


async def test_after_a_rebuild_another_process_goes_on(storage: Storage) -> None:
    rollups = Rollups(storage.database, storage.keys)
    assert await rebuild(rollups, MongoLeaseStore(storage.database, "one"), lambda: NOW) == 0
    await storage.cases.insert(case_at(1, NOW).model_copy(update={"updated_at": NOW}))
    assert await RollupWorker(rollups, MongoLeaseStore(storage.database, "two"), lambda: NOW).step()
    assert await storage.database["facts"].count(ALL_ROWS) == 1


async def test_a_rebuild_that_was_cut_off_is_made_again(storage: Storage) -> None:
    for serial in range(3):
        await storage.cases.insert(case_at(serial, NOW))
    rollups = Rollups(storage.database, storage.keys)
    assert await rollups.rebuild(NOW) == 3
    whole = await storage.database["cells"].find_all(ALL_ROWS, order=[("_id", 1)])

    def cut(done: int, total: int) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await rollups.rebuild(NOW, cut)
    await storage.database["facts"].delete({"_id": case_at(1, NOW).number})
    worker = RollupWorker(rollups, MongoLeaseStore(storage.database), lambda: NOW)
    assert not await rollups.are_whole()
    assert await worker.step()
    assert await rollups.are_whole()
    assert await storage.database["cells"].find_all(ALL_ROWS, order=[("_id", 1)]) == whole


async def test_cases_made_with_earlier_dates_are_in_the_first_figures(storage: Storage) -> None:
    """As the demo makes them: newer ones are stored before older ones."""
    for days in (0, 40, 20):
        moved = case_at(days + 1, NOW).model_copy(update={"updated_at": NOW - timedelta(days=days)})
        await storage.cases.insert(moved)
    worker = RollupWorker(
        Rollups(storage.database, storage.keys), MongoLeaseStore(storage.database), lambda: NOW
    )
    assert await worker.step()
    assert await storage.database["facts"].count(ALL_ROWS) == 3
