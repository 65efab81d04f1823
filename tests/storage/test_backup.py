"""The restore drill: what comes back equals what was there, and a damaged backup is never used."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import bson
import pytest

from cases.ports.cases import CaseFilter
from storage.backups.copying import LONGEST_BACKUP, back_up, check_backup, restore
from storage.backups.sealed_file import BackupFault
from storage.database.connection import Database
from storage.opening import Storage, assemble, open_storage
from storage.schema.collections import LAYOUTS
from storage.sealed.key_ring import KeyRing
from tests.storage.test_secrecy import CANARIES, plant
from tests.town.cases import ALL, registered
from tests.town.clock import Watch
from tests.town.live.deployment import SECRET

PASSPHRASE = "灯火阑珊处 2026"


async def everything(database: Database) -> dict[str, list[bytes]]:
    """All documents of all collections as raw BSON."""
    return {
        name: [bson.encode(row) async for row in database[name].find({}, order=[("_id", 1)])]
        for name in await database.collections()
    }


@pytest.fixture
async def full(mongo_uri: str, bare_database: Database, keys: KeyRing) -> Storage:  # type: ignore[misc]
    """A database with every kind of record, opened as at a start."""
    async with open_storage(mongo_uri, bare_database.name, keys, Watch()) as storage:
        await plant(storage, storage.keys)
        await storage.evidence.put(
            "big", secrets.token_bytes(5_000_000), name="大.bin", media_type="video/mp4", stripped=False
        )
        yield storage


@pytest.fixture
async def empty(mongo_client: Database):  # type: ignore[no-untyped-def]
    database = mongo_client.sibling(f"restored_{secrets.token_hex(6)}")
    yield database
    await database.drop()


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
async def test_a_restored_database_equals_the_one_that_was_backed_up(
    full: Storage, empty: Database, mongo_uri: str, tmp_path: Path, passphrase: str | None
) -> None:
    file = tmp_path / "today.backup"
    before = await everything(full.database)
    made = await back_up(full.database, full.keys, file, passphrase)
    done = await restore(empty, full.keys, file, passphrase)
    after = await everything(empty)
    assert {name: rows for name, rows in before.items() if rows} == after
    assert made.counts == done.counts == {name: len(rows) for name, rows in after.items()}
    async with open_storage(mongo_uri, empty.name, KeyRing(SECRET), Watch()) as storage:
        assert await storage.audit.verify() is None
        assert await storage.evidence.get("big") == await full.evidence.get("big")
        assert [case async for case in storage.cases.iterate(ALL, CaseFilter())] == [
            case async for case in full.cases.iterate(ALL, CaseFilter())
        ]
        assert await storage.database["cases"].index_names() == await full.database["cases"].index_names()
        assert LAYOUTS.keys() <= (await empty.collections()).keys()


async def test_a_backup_shows_one_moment_while_people_go_on_writing(
    full: Storage, empty: Database, tmp_path: Path
) -> None:
    """Every filing writes a reporter first and its case second: no case may come back without one."""
    stop = asyncio.Event()

    async def file_on() -> int:
        written = 0
        while not stop.is_set():
            case = registered()
            await full.database["leases"].insert(
                {"_id": f"pair:{case.number}", "holder": "x", "until": case.filed_at}
            )
            await full.cases.insert(case)
            written += 1
        return written

    writing = asyncio.create_task(file_on())
    try:
        for index in range(3):
            await back_up(full.database, full.keys, tmp_path / f"{index}.backup")
    finally:
        stop.set()
        assert await writing > 10
    await restore(empty, full.keys, tmp_path / "2.backup")
    numbers = {row["_id"] async for row in empty["cases"].find({}, {"_id": 1}, order=[("_id", 1)])}
    firsts = {
        row["_id"].removeprefix("pair:")
        async for row in empty["leases"].find({"_id": {"$gte": "pair:"}}, {"_id": 1}, order=[("_id", 1)])
        if row["_id"].startswith("pair:")
    }
    planted = 1
    assert len(numbers) - planted <= len(firsts) <= len(numbers) - planted + 1
    assert len(numbers & firsts) == len(numbers) - planted


async def test_a_backup_file_holds_nothing_readable_and_is_for_its_owner_alone(
    full: Storage, tmp_path: Path
) -> None:
    file = tmp_path / "today.backup"
    await back_up(full.database, full.keys, file)
    raw = file.read_bytes()
    assert not [canary for canary in (*CANARIES, "青海省财政厅") if canary.encode() in raw]
    assert file.stat().st_mode & 0o777 == 0o600
    assert not file.with_name("today.backup.part").exists()


async def test_any_change_to_the_file_is_noticed_and_nothing_is_restored(
    full: Storage, empty: Database, tmp_path: Path
) -> None:
    file, broken = tmp_path / "today.backup", tmp_path / "broken.backup"
    await back_up(full.database, full.keys, file)
    raw = file.read_bytes()
    places = range(0, len(raw), max(1, len(raw) // 40))
    flipped = [raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :] for place in places]
    changed = [raw[: len(raw) - 1], raw[: len(raw) // 2], raw + b"x", b"", raw[:40], *flipped]
    for version in changed:
        broken.write_bytes(version)
        with pytest.raises(BackupFault):
            check_backup(broken, full.keys)
    with pytest.raises(BackupFault):
        await restore(empty, full.keys, broken)
    assert await empty.collections() == {}


async def test_the_wrong_key_or_passphrase_opens_nothing(full: Storage, tmp_path: Path) -> None:
    by_ring, by_words = tmp_path / "ring", tmp_path / "words"
    await back_up(full.database, full.keys, by_ring)
    await back_up(full.database, full.keys, by_words, PASSPHRASE)
    stranger = KeyRing("k" * 40)
    with pytest.raises(BackupFault, match="SECRET_KEY"):
        check_backup(by_ring, stranger)
    with pytest.raises(BackupFault, match="passphrase"):
        check_backup(by_words, full.keys, "wrong")
    with pytest.raises(BackupFault, match="passphrase"):
        check_backup(by_words, full.keys)
    with pytest.raises(BackupFault, match="could not be read"):
        check_backup(by_words, stranger, PASSPHRASE)


async def test_a_database_in_use_is_never_overwritten(full: Storage, tmp_path: Path) -> None:
    await back_up(full.database, full.keys, tmp_path / "b")
    with pytest.raises(BackupFault, match="not empty"):
        await restore(full.database, full.keys, tmp_path / "b")
    assert assemble(full.database, full.keys, Watch()).cases is not None
    assert await full.audit.verify() is None


async def test_the_server_keeps_the_moment_as_long_as_a_backup_takes_and_not_after_it(
    storage: Storage, tmp_path: Path
) -> None:
    database = storage.database

    def told(collection: str, done: int) -> None:
        asking.append(asyncio.ensure_future(database._moments_kept()))

    asking: list[asyncio.Future[int | None]] = []
    before = await database._moments_kept()
    assert before is not None
    await back_up(database, storage.keys, tmp_path / "b", told=told)
    during = await asking[0]
    assert (during, await database._moments_kept()) == (LONGEST_BACKUP, before)


async def test_a_moment_older_than_the_server_kept_at_first_is_still_read(storage: Storage) -> None:
    """The window is made a second long; without asking for more, the second read would be too old."""
    database = storage.database
    before = await database._moments_kept()
    assert before is not None
    assert await database._keep_moments(1)
    try:
        await database["settings"].insert({"_id": "moment", "n": 0})
        async with database.long_moments(600) as kept, database.snapshot() as moment:
            assert kept
            first = [raw async for raw in moment.documents("settings")]
            for n in range(1, 30):
                await database["settings"].update({"_id": "moment"}, {"$set": {"n": n}})
                await asyncio.sleep(0.1)
            assert [raw async for raw in moment.documents("settings")] == first
    finally:
        await database._keep_moments(before)
