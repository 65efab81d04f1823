"""Cases on a real MongoDB: filed once, never overwritten unseen, watched as they change."""

from __future__ import annotations

import asyncio

import pytest

from cases.errors import NotFound
from cases.ports.cases import CaseFilter, NumberTaken
from cases.vocabulary import Status
from storage.opening import Storage
from tests.storage.stored_cases import HOUR, put, scope
from tests.town.cases import ALL, full_case, registered
from tests.town.clock import MONDAY
from tests.town.places import FINANCE


async def test_a_case_with_everything_in_it_comes_back_unchanged(storage: Storage) -> None:
    case = full_case()
    assert await storage.cases.insert(case) == case
    assert await storage.cases.get(case.number) == case


async def test_filing_twice_gives_the_first_case(storage: Storage) -> None:
    first = registered()
    await storage.cases.insert(first)
    again = await storage.cases.insert(registered(filing_key=first.filing_key))
    assert again == first
    assert await storage.cases.count(ALL, CaseFilter()) == 1


async def test_filing_twice_at_once_gives_one_case(storage: Storage) -> None:
    case = registered()
    results = await asyncio.gather(*(storage.cases.insert(case) for _ in range(20)))
    assert {result.number for result in results} == {case.number}
    assert await storage.cases.count(ALL, CaseFilter()) == 1


async def test_a_number_of_another_filing_is_refused(storage: Storage) -> None:
    case = registered()
    await storage.cases.insert(case)
    with pytest.raises(NumberTaken):
        await storage.cases.insert(registered(number=case.number))


async def test_get_raises_and_find_returns_none_for_an_unknown_number(storage: Storage) -> None:
    assert await storage.cases.find("SX0") is None
    with pytest.raises(NotFound):
        await storage.cases.get("SX0")


async def test_a_saved_case_has_the_next_version(storage: Storage) -> None:
    case = await storage.cases.insert(registered())
    saved = await storage.cases.save(case.model_copy(update={"status": Status.ACCEPTED}), expected_version=1)
    assert saved is not None
    assert saved.version == 2
    assert await storage.cases.get(case.number) == saved


async def test_a_stale_save_changes_nothing_and_returns_none(storage: Storage) -> None:
    case = await storage.cases.insert(registered())
    await storage.cases.save(case.model_copy(update={"status": Status.ACCEPTED}), expected_version=1)
    stale = await storage.cases.save(case.model_copy(update={"status": Status.WITHDRAWN}), expected_version=1)
    assert stale is None
    assert (await storage.cases.get(case.number)).status is Status.ACCEPTED


async def test_saving_an_unknown_case_returns_none(storage: Storage) -> None:
    assert await storage.cases.save(registered(), expected_version=1) is None


async def test_of_many_saves_at_once_exactly_one_wins(storage: Storage) -> None:
    case = await storage.cases.insert(registered())
    saves = [storage.cases.save(case, expected_version=1) for _ in range(20)]
    assert sum(saved is not None for saved in await asyncio.gather(*saves)) == 1


class TestWatching:
    """Live updates through one change stream."""

    async def test_each_watcher_hears_of_the_cases_in_its_scope(self, storage: Storage) -> None:
        named = scope(FINANCE, staff_name="王小明")
        watchers = [storage.cases.watch(each) for each in (ALL, scope(FINANCE), named)]
        waiting = [asyncio.ensure_future(anext(watcher)) for watcher in watchers]
        elsewhere = registered(department="housing")
        about_them = registered(persons=("王小明",))
        plain = registered()
        await storage.cases.listening()
        await put(storage, elsewhere, about_them, plain)
        heard = await asyncio.gather(*waiting)
        assert heard == [elsewhere.number, about_them.number, plain.number]

    async def test_a_lease_and_a_save_are_heard_of(self, storage: Storage) -> None:
        case = await storage.cases.insert(registered())
        watcher = storage.cases.watch(scope(FINANCE))
        first = asyncio.ensure_future(anext(watcher))
        await storage.cases.listening()
        leased = await storage.cases.lease_next(FINANCE, ALL, MONDAY, MONDAY + HOUR)
        assert leased is not None
        await storage.cases.save(leased, expected_version=leased.version)
        assert await first == case.number
        assert await anext(watcher) == case.number

    async def test_closing_ends_every_watcher(self, storage: Storage) -> None:
        watcher = storage.cases.watch(ALL)
        waiting = asyncio.ensure_future(anext(watcher, None))
        await storage.cases.listening()
        await storage.cases.close()
        assert await waiting is None
