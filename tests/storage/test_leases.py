"""What processes share: one leader at a time, one pace of sending, one count per window."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from storage.coordination.leases import MongoLeaseStore
from storage.coordination.rate_limits import MongoRateLimits
from storage.coordination.send_budget import MongoSendBudget
from storage.opening import Storage
from storage.sealed.key_ring import KeyRing
from tests.town.clock import MONDAY

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
MILLISECOND = timedelta(milliseconds=1)


async def test_of_many_processes_one_becomes_leader(storage: Storage) -> None:
    processes = [MongoLeaseStore(storage.database) for _ in range(16)]
    won = await asyncio.gather(*(process.acquire("clocks", MONDAY, MONDAY + MINUTE) for process in processes))
    assert won.count(True) == 1


async def test_a_leader_renews_and_others_wait_for_the_exact_end(storage: Storage) -> None:
    one, two = MongoLeaseStore(storage.database), MongoLeaseStore(storage.database)
    assert await one.acquire("clocks", MONDAY, MONDAY + MINUTE)
    assert await one.acquire("clocks", MONDAY, MONDAY + 2 * MINUTE)
    assert not await two.acquire("clocks", MONDAY + 2 * MINUTE - MILLISECOND, MONDAY + 9 * MINUTE)
    assert await two.acquire("clocks", MONDAY + 2 * MINUTE, MONDAY + 9 * MINUTE)
    assert not await one.acquire("clocks", MONDAY + 2 * MINUTE, MONDAY + 9 * MINUTE)


async def test_only_the_holder_can_release(storage: Storage) -> None:
    one, two = MongoLeaseStore(storage.database), MongoLeaseStore(storage.database)
    await one.acquire("clocks", MONDAY, MONDAY + MINUTE)
    await two.release("clocks")
    assert not await two.acquire("clocks", MONDAY, MONDAY + MINUTE)
    await one.release("clocks")
    assert await two.acquire("clocks", MONDAY, MONDAY + MINUTE)


async def test_leases_of_different_names_do_not_touch(storage: Storage) -> None:
    one, two = MongoLeaseStore(storage.database), MongoLeaseStore(storage.database)
    assert await one.acquire("clocks", MONDAY, MONDAY + MINUTE)
    assert await two.acquire("rollups", MONDAY, MONDAY + MINUTE)


async def test_all_processes_together_keep_the_pace(storage: Storage) -> None:
    processes = [MongoSendBudget(storage.database, "telegram", per_second=20) for _ in range(4)]
    moments = await asyncio.gather(*(processes[index % 4].reserve(5, MONDAY) for index in range(12)))
    assert sorted(moments) == [MONDAY + index * timedelta(milliseconds=250) for index in range(12)]


async def test_an_idle_budget_does_not_save_up(storage: Storage) -> None:
    budget = MongoSendBudget(storage.database, "telegram", per_second=20)
    assert await budget.reserve(1, MONDAY) == MONDAY
    assert await budget.reserve(1, MONDAY + MINUTE) == MONDAY + MINUTE
    assert await budget.reserve(1, MONDAY + MINUTE) == MONDAY + MINUTE + timedelta(milliseconds=50)


async def test_nobody_sends_before_a_pause_is_over(storage: Storage) -> None:
    budget = MongoSendBudget(storage.database, "telegram")
    await budget.hold(MONDAY + MINUTE)
    await budget.hold(MONDAY)
    assert await budget.reserve(1, MONDAY) == MONDAY + MINUTE


async def test_a_clock_that_is_far_ahead_does_not_stop_the_others(storage: Storage) -> None:
    budget = MongoSendBudget(storage.database, "telegram", per_second=20)
    await budget.reserve(1, MONDAY + 60 * MINUTE)
    assert await budget.reserve(1, MONDAY) == MONDAY


async def test_a_bucket_is_shared_by_all_processes_and_fills_again(storage: Storage, keys: KeyRing) -> None:
    two = (storage.rate_limits, MongoRateLimits(storage.database, keys))
    taken = await asyncio.gather(*(two[turn % 2].take("chat:1", 5, 60.0, MONDAY) for turn in range(12)))
    assert taken.count(True) == 5
    assert await two[0].take("chat:2", 5, 60.0, MONDAY)
    again = [await two[turn % 2].take("chat:1", 5, 60.0, MONDAY + 2 * SECOND) for turn in range(4)]
    assert again == [True, True, False, False]


async def test_a_full_bucket_holds_its_burst_however_long_nobody_came(storage: Storage) -> None:
    limits = storage.rate_limits
    await limits.take("chat:1", 3, 60.0, MONDAY)
    later = [await limits.take("chat:1", 3, 60.0, MONDAY + 60 * MINUTE) for _ in range(4)]
    assert later == [True, True, True, False]


async def test_a_clock_that_runs_behind_does_not_fill_a_bucket(storage: Storage) -> None:
    limits = storage.rate_limits
    assert await limits.take("chat:1", 1, 60.0, MONDAY)
    assert not await limits.take("chat:1", 1, 60.0, MONDAY - MINUTE)


async def test_two_processes_count_into_one_window(storage: Storage, keys: KeyRing) -> None:
    two = (storage.rate_limits, MongoRateLimits(storage.database, keys))
    allowed = await asyncio.gather(*(two[turn % 2].allow("login:1", 7, MINUTE, MONDAY) for turn in range(20)))
    assert allowed.count(True) == 7
    assert await two[1].used("login:1", MINUTE, MONDAY) == 20
    assert await two[1].used("login:1", MINUTE, MONDAY + MINUTE) == 0


async def test_a_window_allows_its_limit_and_the_next_one_starts_anew(storage: Storage) -> None:
    limits: MongoRateLimits = storage.rate_limits
    allowed = [await limits.allow("chat:1", 3, MINUTE, MONDAY) for _ in range(5)]
    assert allowed == [True, True, True, False, False]
    assert await limits.allow("chat:2", 3, MINUTE, MONDAY)
    assert await limits.allow("chat:1", 3, MINUTE, MONDAY + MINUTE)
