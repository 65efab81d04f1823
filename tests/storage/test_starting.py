"""Starting on a database: refuse what cannot work, with a sentence, before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.errors import StorageUnavailable
from cases.model import Case
from storage.database.connection import Database, connect
from storage.database.failures import NoReplicaSet, RecordRefused
from storage.database.layout import index
from storage.opening import Storage, open_storage
from storage.schema.migrations import SCHEMA_VERSION
from storage.schema.preparing import DatabaseTooNew, prepare
from storage.sealed import keystone
from storage.sealed.key_ring import KeyRing, WrongKey
from storage.server.mongod import Member, find_mongod, free_port
from tests.town.cases import registered
from tests.town.clock import Watch
from tests.town.live.deployment import SECRET
from tests.town.live.query_recorder import QueryRecorder

OTHER = "another-secret-0123456789-abcdefghijk"


async def test_a_second_start_finds_what_the_first_one_left(
    mongo_uri: str, bare_database: Database, keys: KeyRing
) -> None:
    case = registered()
    async with open_storage(mongo_uri, bare_database.name, keys, Watch()) as storage:
        await storage.cases.insert(case)
    async with open_storage(mongo_uri, bare_database.name, keys, Watch()) as storage:
        assert await storage.cases.get(case.number) == case


async def test_the_wrong_key_is_refused_with_a_sentence(
    mongo_uri: str, bare_database: Database, keys: KeyRing
) -> None:
    async with open_storage(mongo_uri, bare_database.name, keys, Watch()):
        pass
    with pytest.raises(WrongKey, match="SECRET_KEY does not fit"):
        async with open_storage(mongo_uri, bare_database.name, KeyRing(OTHER), Watch()):
            pass


async def test_look_ups_work_with_a_new_key_in_front(bare_database: Database, keys: KeyRing) -> None:
    first = await keystone.unlock(bare_database, keys)
    both = await keystone.unlock(bare_database, KeyRing(OTHER, [SECRET]))
    assert both.digest("1001", "chat") == first.digest("1001", "chat")
    assert both.primary_id == KeyRing(OTHER).primary_id


async def test_two_first_starts_at_once_agree_on_the_look_up_key(bare_database: Database) -> None:
    one, two = KeyRing(OTHER, [SECRET]), KeyRing(SECRET, [OTHER])
    rings = [await keystone.unlock(bare_database, ring) for ring in (one, two)]
    assert rings[0].digest_root == rings[1].digest_root


async def test_a_server_without_replica_set_is_refused_with_a_sentence(tmp_path: Path, keys: KeyRing) -> None:
    key_file = tmp_path / "keyfile"
    key_file.touch(mode=0o600)
    key_file.write_text("keyfile0keyfile0")
    lone = Member(
        binary=find_mongod(),
        folder=tmp_path / "lone",
        key_file=key_file,
        set_name=None,
        port=free_port(),
        cache_gb=0.25,
    )
    await lone.start()
    try:
        with pytest.raises(NoReplicaSet, match="replica set"):
            async with open_storage(f"mongodb://{lone.host}", "x", keys, Watch()):
                pass
    finally:
        await lone.stop()


async def test_a_database_that_does_not_answer_is_unavailable() -> None:
    address = f"mongodb://127.0.0.1:{free_port()}/?replicaSet=none"
    async with connect(address, "x", serverSelectionTimeoutMS=100) as database:
        with pytest.raises(StorageUnavailable):
            await database.ping()
        with pytest.raises(StorageUnavailable):
            await database["cases"].find_one({"_id": "1"})


async def test_a_database_of_a_newer_version_is_refused(bare_database: Database) -> None:
    await prepare(bare_database)
    newer = {"$set": {"version": SCHEMA_VERSION + 1}}
    await bare_database["settings"].update({"_id": "schema"}, newer)
    with pytest.raises(DatabaseTooNew):
        await prepare(bare_database)


async def test_layouts_are_brought_up_to_date_and_stay_when_applied_again(bare_database: Database) -> None:
    await prepare(bare_database)
    before = await bare_database["cases"].indexes()
    await bare_database["cases"].drop_index("filing_key_1")
    await bare_database["cases"].drop_index("pull")
    another = index("queue.department", name="pull")
    await bare_database["cases"].create_indexes((another, index("of.old")))
    await bare_database.command({"collMod": "cases", "validator": {}})
    await bare_database["settings"].update({"_id": "schema"}, {"$set": {"fingerprint": "of old"}})
    await prepare(bare_database)
    await prepare(bare_database)
    assert await bare_database["cases"].indexes() == before, "also one of another shape by the same name"
    assert (await bare_database.collections())["cases"]["validator"]["$jsonSchema"]["required"]


async def test_every_collection_has_a_validator(database: Database) -> None:
    for name, options in (await database.collections()).items():
        assert "$jsonSchema" in options.get("validator", {}), name


async def test_a_case_with_readable_words_is_refused_by_the_database(storage: Storage) -> None:
    case: Case = await storage.cases.insert(registered())
    with pytest.raises(RecordRefused):
        await storage.database["cases"].update(
            {"_id": case.number}, {"$set": {"complaint.text": "readable words"}}
        )


async def test_a_record_that_is_too_large_is_refused_and_not_called_an_outage(storage: Storage) -> None:
    with pytest.raises(RecordRefused):
        await storage.cases.insert(registered(text="长" * 6_000_000))


async def test_the_query_recorder_sees_a_collection_scan(database: Database) -> None:
    recorder = QueryRecorder()
    recorder.queries["scan"] = ("cases", {"filter": {"language": "en"}})
    recorder.queries["fine"] = ("cases", {"filter": {"_id": "1"}})
    assert await recorder.collection_scans(database) == ["scan"]
