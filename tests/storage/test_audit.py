"""The audit trail: whole under many writers, and broken by any change to any byte."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import bson
import pytest

from cases.errors import StorageUnavailable
from cases.ports.audit import AuditEntry
from storage.audit.trail import MongoAuditStore
from storage.database.collection import Collection
from storage.database.connection import Database
from storage.database.encoding import CODEC, Document
from storage.database.failures import RecordRefused
from storage.opening import Storage
from storage.sealed.key_ring import KeyRing
from tests.town.clock import MONDAY


def seen(number: int, **data: Any) -> AuditEntry:
    return AuditEntry(MONDAY + timedelta(seconds=number), "s1", "seen", f"SX{number}", data)


async def fill(storage: Storage, count: int = 5) -> None:
    for number in range(count):
        await storage.audit.append(seen(number, why="办理", at=MONDAY))


async def rows(database: Database) -> list[Document]:
    return await database["audit"].find_all({"_id": {"$gte": 0}}, order=[("_id", 1)])


async def test_entries_come_back_newest_first_and_by_subject(storage: Storage) -> None:
    await fill(storage)
    entries = await storage.audit.list_entries(limit=2)
    assert entries == [seen(4, why="办理", at=MONDAY), seen(3, why="办理", at=MONDAY)]
    assert await storage.audit.list_entries(subject="SX1") == [seen(1, why="办理", at=MONDAY)]


async def test_an_empty_trail_is_whole(storage: Storage) -> None:
    assert await storage.audit.verify() is None
    assert await storage.audit.anchor(date(2026, 11, 22)) is None


async def test_the_trail_stays_whole_with_several_processes_writing_at_once(
    storage: Storage, keys: KeyRing
) -> None:
    processes = [MongoAuditStore(storage.database, keys) for _ in range(4)]
    entries = [seen(number) for number in range(80)]
    await asyncio.gather(
        *(processes[index % len(processes)].append(entry) for index, entry in enumerate(entries))
    )
    assert await storage.audit.verify() is None
    stored = await storage.audit.list_entries(limit=200)
    assert sorted(entry.subject for entry in stored) == sorted(entry.subject for entry in entries)


async def test_an_outage_loses_no_entry_of_those_that_waited_together(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Collection.insert_in_order
    outages = iter([True])

    async def insert_in_order(self: Collection, documents: list[Document]) -> int:
        if next(outages, False):
            raise StorageUnavailable
        return await real(self, documents)

    monkeypatch.setattr(Collection, "insert_in_order", insert_in_order)
    results = await asyncio.gather(
        *(storage.audit.append(seen(number)) for number in range(20)), return_exceptions=True
    )
    failed = [result for result in results if result is not None]
    assert [type(failure) for failure in failed] == [StorageUnavailable]
    assert len(await storage.audit.list_entries()) == 19
    assert await storage.audit.verify() is None


async def test_any_changed_byte_of_any_field_is_found(storage: Storage) -> None:
    await fill(storage, 3)
    victim = (await rows(storage.database))[1]
    for field, value in victim.items():
        if field == "_id":
            continue
        await storage.database["audit"].replace({"_id": 2}, {**victim, field: changed(value)})
        assert "2" in (await storage.audit.verify() or "whole"), field
    await storage.database["audit"].replace({"_id": 2}, victim)
    assert await storage.audit.verify() is None


def changed(value: Any) -> Any:
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1)
    return value + timedelta(milliseconds=1)


async def test_every_flipped_byte_of_a_stored_entry_is_found(storage: Storage) -> None:
    await fill(storage, 2)
    raw = bson.encode((await rows(storage.database))[0])
    unnoticed = []
    for place in range(4, len(raw) - 1):
        damaged = bytearray(raw)
        damaged[place] ^= 1
        try:
            row = bson.decode(bytes(damaged), codec_options=CODEC)
        except (bson.errors.BSONError, OverflowError):
            continue
        if storage.audit.fault_of(row, 1, "") is None:
            unnoticed.append(place)
    assert unnoticed == []


async def test_an_added_field_is_found(storage: Storage) -> None:
    await fill(storage, 2)
    await storage.database["audit"].update({"_id": 1}, {"$set": {"note": "x"}})
    assert await storage.audit.verify() == "audit entry 1 was changed after it was written"


async def test_a_removed_entry_is_found(storage: Storage) -> None:
    await fill(storage)
    await storage.database["audit"].delete({"_id": 3})
    assert await storage.audit.verify() == "audit entry 3 is missing"


async def test_swapped_entries_are_found(storage: Storage) -> None:
    await fill(storage)
    second, third = (await rows(storage.database))[1:3]
    await storage.database["audit"].replace({"_id": 2}, {**third, "_id": 2})
    await storage.database["audit"].replace({"_id": 3}, {**second, "_id": 3})
    assert "entry 2" in (await storage.audit.verify() or "")


async def test_a_cut_off_end_is_found_once_it_was_anchored(storage: Storage) -> None:
    await fill(storage)
    anchor = await storage.audit.anchor(date(2026, 11, 22))
    assert anchor is not None
    assert anchor.seq == 5
    await storage.database["audit"].delete({"_id": 5})
    assert "2026-11-22" in (await storage.audit.verify() or "")


async def test_a_chain_that_was_written_anew_does_not_fit_its_anchors(
    storage: Storage, keys: KeyRing
) -> None:
    await fill(storage)
    await storage.audit.anchor(date(2026, 11, 22))
    await storage.database["audit"].delete_many({"_id": {"$gte": 0}})
    forger = MongoAuditStore(storage.database, keys)
    for number in range(5):
        await forger.append(seen(number, why="别的"))
    assert "anchor of 2026-11-22" in (await storage.audit.verify() or "")


async def test_a_day_has_one_anchor(storage: Storage) -> None:
    await fill(storage, 1)
    first = await storage.audit.anchor(date(2026, 11, 22))
    await fill(storage, 1)
    assert await storage.audit.anchor(date(2026, 11, 22)) == first
    assert await storage.audit.anchor(date(2026, 11, 23)) != first
    kept = await storage.database["audit_anchors"].find_all(
        {"_id": {"$gte": ""}}, {"_id": 1}, order=[("_id", 1)]
    )
    assert [anchor["_id"] for anchor in kept] == ["2026-11-22", "2026-11-23"]


async def test_an_entry_that_could_not_be_written_leaves_the_trail_usable(storage: Storage) -> None:
    await fill(storage, 1)
    with pytest.raises(RecordRefused):
        await storage.audit.append(AuditEntry(MONDAY, "s1", "seen", "SX1", {"x": object()}))
    await fill(storage, 1)
    assert await storage.audit.verify() is None
