"""Evidence on a real MongoDB: stored once, sealed, and never handed out when it has changed."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta

import pytest
from bson import ObjectId

from cases.errors import EvidenceDamaged, InvalidInput, NotFound
from cases.ports.evidence import MOST_BYTES, StoredFile
from storage.database.connection import Database
from storage.database.encoding import encode
from storage.evidence.store import MongoEvidenceStore
from storage.opening import Storage
from storage.sealed.key_ring import KeyRing
from tests.town.clock import Watch


async def put(storage: Storage, data: bytes, id: str = "e1") -> StoredFile:
    return await storage.evidence.put(id, data, name="合同.pdf", media_type="application/pdf", stripped=False)


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
async def test_a_file_comes_back_byte_for_byte(storage: Storage, size: int) -> None:
    data = os.urandom(size)
    stored = await put(storage, data)
    assert await storage.evidence.get("e1") == data
    assert (stored.size, stored.name, stored.media_type) == (size, "合同.pdf", "application/pdf")
    assert await storage.evidence.find("e1") == stored


async def test_a_file_of_the_largest_size_fits_and_one_byte_more_does_not(storage: Storage) -> None:
    assert (await put(storage, bytes(MOST_BYTES))).size == MOST_BYTES
    with pytest.raises(InvalidInput):
        await put(storage, bytes(MOST_BYTES + 1), "e2")


async def test_the_same_file_is_stored_once(storage: Storage) -> None:
    results = await asyncio.gather(*(put(storage, b"same") for _ in range(8)))
    assert len(set(results)) == 1
    assert await put(storage, b"later") == results[0]
    assert await storage.database["evidence.files"].count({"filename": "e1"}) == 1


async def test_an_unknown_file_is_not_found(storage: Storage) -> None:
    with pytest.raises(NotFound):
        await storage.evidence.get("e9")
    assert await storage.evidence.find("e9") is None


async def file_of(storage: Storage) -> ObjectId:
    record = await storage.database["evidence"].find_one({"_id": "e1"})
    assert record is not None
    file: ObjectId = record["file"]
    return file


async def test_changed_bytes_are_never_handed_out(storage: Storage) -> None:
    await put(storage, b"contract" * 100)
    chunk = {"files_id": await file_of(storage), "n": 0}
    stored = await storage.database["evidence.chunks"].find_one(chunk)
    assert stored is not None
    changed = bytearray(stored["data"])
    changed[-20] ^= 1
    await storage.database["evidence.chunks"].update(chunk, {"$set": {"data": bytes(changed)}})
    with pytest.raises(EvidenceDamaged):
        await storage.evidence.get("e1")


async def test_missing_bytes_are_reported_as_damage(storage: Storage) -> None:
    await put(storage, b"contract")
    await storage.database["evidence.chunks"].delete_many({"files_id": await file_of(storage)})
    with pytest.raises(EvidenceDamaged):
        await storage.evidence.get("e1")


async def test_a_changed_digest_is_reported_as_damage(storage: Storage) -> None:
    await put(storage, b"contract")
    about = {"name": "", "media_type": "", "size": 8, "sha256": "0" * 64, "stripped": False}
    sealed = storage.keys.seal(encode(about), "e1/about")
    await storage.database["evidence"].update({"_id": "e1"}, {"$set": {"about": sealed}})
    with pytest.raises(EvidenceDamaged):
        await storage.evidence.get("e1")


async def test_bytes_of_one_file_cannot_be_passed_off_as_another(storage: Storage) -> None:
    await put(storage, b"contract")
    await put(storage, b"blackmail", "e2")
    record = await storage.database["evidence"].find_one({"_id": "e2"})
    assert record is not None
    swapped = {"file": record["file"]}
    await storage.database["evidence"].update({"_id": "e1"}, {"$set": swapped})
    with pytest.raises(EvidenceDamaged):
        await storage.evidence.get("e1")


async def test_a_deleted_file_leaves_nothing(storage: Storage) -> None:
    await put(storage, b"contract")
    await storage.evidence.delete("e1")
    await storage.evidence.delete("e1")
    assert await storage.evidence.find("e1") is None
    assert await storage.database["evidence.chunks"].count({"files_id": {"$exists": True}}) == 0


async def test_bytes_that_a_crash_left_without_a_record_are_swept_after_a_day(
    storage: Storage, watch: Watch
) -> None:
    await put(storage, b"contract")
    await storage.database["evidence"].delete({"_id": "e1"})
    now = watch()
    assert await storage.evidence.sweep(now + timedelta(days=1)) == 0
    assert await storage.evidence.sweep(now + timedelta(days=2)) == 1
    assert await storage.database["evidence.files"].count({"filename": "e1"}) == 0


async def test_how_old_a_file_is_goes_by_the_given_clock_alone(database: Database, keys: KeyRing) -> None:
    now = datetime(2019, 1, 7, tzinfo=UTC)
    evidence = MongoEvidenceStore(database, keys, lambda: now)
    about = {"name": "合同.pdf", "media_type": "application/pdf", "stripped": False}
    await evidence.put("e1", b"contract", **about)  # type: ignore[arg-type]
    await evidence.put("e2", b"left by a crash", **about)  # type: ignore[arg-type]
    await database["evidence"].delete({"_id": "e2"})
    file = await database["evidence"].find_one({"_id": "e1"})
    assert file is not None
    assert await evidence.sweep(now + timedelta(hours=39)) == 0
    assert await evidence.sweep(now + timedelta(hours=41)) == 1
    await evidence.put("e1", b"contract", **about)  # type: ignore[arg-type]
    assert not await evidence.delete_unless_kept("e1", file["file"], now)
    assert not await evidence.delete_unless_kept("e1", file["file"], now + timedelta(hours=16))
    assert await evidence.delete_unless_kept("e1", file["file"], now + timedelta(hours=16, milliseconds=1))


async def test_sweeping_keeps_files_that_have_a_record(storage: Storage) -> None:
    await put(storage, b"contract")
    assert await storage.evidence.sweep(datetime.now(UTC) + timedelta(days=30)) == 0
    assert await storage.evidence.get("e1") == b"contract"
