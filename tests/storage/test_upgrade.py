"""A database of the first released schema opens with this version, and nothing in it is lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from cases.ports.conversations import Address, Incoming
from cases.vocabulary import Channel, Status
from storage.cases.documents import CaseMapper
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.opening import assemble, open_storage
from storage.schema import migrations
from storage.sealed.key_ring import KeyRing
from tests.town.cases import clock_due, full_case, registered
from tests.town.clock import MONDAY, Watch

VERSION_1_ADDED = ("erase_at",)
"""Fields of a case document that version 1 did not have."""


def as_version_1(document: Document) -> Document:
    """A case document as the first schema's mapping wrote it."""
    old = {name: value for name, value in document.items() if name not in VERSION_1_ADDED}
    old["seen_by"] = [seer for seer in old["seen_by"] if not seer.startswith(("hand:", "watch:"))]
    return {**old, "flags": [flag for flag in old["flags"] if flag != "provisional"]}


@pytest.fixture
async def first_schema(bare_database: Database, keys: KeyRing) -> Database:
    """Collections without validators, cases of every kind, a chat, and the mark of version 1."""
    mapper = CaseMapper(keys)
    cases = [
        full_case(),
        registered(status=Status.CLOSED),
        registered(status=Status.CLOSED, legal_hold=True),
        registered(quarantined=True),
        registered(status=Status.DECLINED, anonymised_at=MONDAY),
        registered(clocks=(clock_due(MONDAY, provisional=True),)),
        registered(clocks=(clock_due(MONDAY, provisional=True, met_at=MONDAY),)),
    ]
    for case in cases:
        await bare_database["cases"].insert(as_version_1(mapper.to_document(case)))
    chats = assemble(bare_database, keys, Watch()).conversations
    await chats.receive(Address(Channel.TELEGRAM, "1"), Incoming("1", {"text": "您好"}, MONDAY))
    await bare_database["conversations"].update_many({"_id": {"$gte": ""}}, {"$unset": {"active_at": ""}})
    for name in ("欧阳建国", "李", "Tom"):
        account: Document = {
            "_id": name,
            "login": name,
            "name": name,
            "department": "d",
            "roles": [],
            "deputy_for": [],
        }
        await bare_database["staff"].insert(account)
    await bare_database["settings"].insert({"_id": "schema", "version": 1, "fingerprint": "of version 1"})
    return bare_database


async def test_cases_of_the_first_schema_read_the_same_and_get_what_this_version_derives(
    mongo_uri: str, first_schema: Database, keys: KeyRing
) -> None:
    mapper = CaseMapper(keys)
    before = {row["_id"]: row async for row in first_schema["cases"].find({}, order=[("_id", 1)])}
    async with open_storage(mongo_uri, first_schema.name, keys, Watch()) as storage:
        after = {row["_id"]: row async for row in first_schema["cases"].find({}, order=[("_id", 1)])}
        assert after.keys() == before.keys()
        for number, row in after.items():
            case = await storage.cases.get(number)
            assert case == mapper.to_case(before[number])
            derived = mapper.to_document(case)
            assert row.get("erase_at") == derived.get("erase_at"), case.status
            assert sorted(row["seen_by"]) == sorted(derived["seen_by"])
            assert sorted(row["flags"]) == sorted(derived["flags"])
        chat = await first_schema["conversations"].find_one(
            {"active_at": {"$gt": MONDAY - timedelta(days=3650)}}
        )
        assert chat is not None


async def test_a_complaint_finds_accounts_of_the_first_schema_by_name(
    mongo_uri: str, first_schema: Database, keys: KeyRing
) -> None:
    async with open_storage(mongo_uri, first_schema.name, keys, Watch()) as storage:
        named = await storage.staff.named_in("是欧阳建国和李处长让Tom办的")
        assert {staff.name for staff in named} == {"欧阳建国", "Tom"}


async def test_the_upgrade_is_marked_and_layouts_are_in_force(
    mongo_uri: str, first_schema: Database, keys: KeyRing
) -> None:
    async with open_storage(mongo_uri, first_schema.name, keys, Watch()):
        mark = await first_schema["settings"].find_one({"_id": "schema"})
        assert mark is not None
        assert mark["version"] == migrations.SCHEMA_VERSION == migrations.MIGRATIONS[-1].version
        assert "erase_at_1" in await first_schema["cases"].index_names()
        options = (await first_schema.collections())["cases"]
        assert "erase_at" in options["validator"]["$jsonSchema"]["properties"]


async def test_a_step_may_be_cut_off_and_run_again(first_schema: Database) -> None:
    await migrations.bring_up(first_schema, 1)
    once = [row async for row in first_schema["cases"].find({}, order=[("_id", 1)])]
    await first_schema["settings"].update({"_id": "schema"}, {"$set": {"version": 1}})
    await migrations.bring_up(first_schema, 1)
    assert [row async for row in first_schema["cases"].find({}, order=[("_id", 1)])] == once


async def test_two_processes_that_start_at_once_upgrade_once(
    mongo_uri: str, first_schema: Database, keys: KeyRing
) -> None:
    async def start() -> int:
        async with open_storage(mongo_uri, first_schema.name, keys, Watch()) as storage:
            return await storage.database["cases"].count({"_id": {"$gte": ""}})

    assert list(await asyncio.gather(start(), start(), start())) == [7, 7, 7]


async def test_the_second_process_waits_for_the_first(
    first_schema: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "WAIT", 0.01)
    async with migrations.alone(first_schema):
        waiting = asyncio.create_task(_enter(first_schema))
        await asyncio.sleep(0.1)
        assert not waiting.done()
    await asyncio.wait_for(waiting, 10)


async def _enter(database: Database) -> None:
    async with migrations.alone(database):
        return


def test_steps_are_numbered_without_gaps() -> None:
    assert [step.version for step in migrations.MIGRATIONS] == list(range(2, migrations.SCHEMA_VERSION + 1))
