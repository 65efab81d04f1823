"""A database of the first released schema opens with this version, and nothing in it is lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from cases.ports.conversations import Address, Incoming
from cases.ports.emergencies import Emergency, Said
from cases.ports.reporters import Reporter
from cases.records import FreeText
from cases.vocabulary import Channel, Language, Status
from storage.cases.documents import CaseMapper
from storage.conversations.emergencies import MongoEmergencyStore
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.figures.alarms import MongoAlarmStore
from storage.opening import assemble, open_storage
from storage.schema import migrations
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing
from storage.upkeep.sealing import seal_records
from tests.storage.version_4 import Version4
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
    written = Version4(keys)
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
        await bare_database["cases"].insert(as_version_1(written.case(case)))
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
            for name in {*row, *derived} - {"sealed", "notifications"}:
                assert row.get(name) == derived.get(name), (case.status, name)
        chat = await first_schema["conversations"].find_one(
            {"active_at": {"$gt": MONDAY - timedelta(days=3650)}}
        )
        assert chat is not None


async def test_who_filed_what_is_found_by_case_receipt_and_chat_as_before(
    mongo_uri: str, first_schema: Database, keys: KeyRing
) -> None:
    written, told = Version4(keys), {}
    for serial in range(5):
        told[f"SX{serial}"] = Reporter(
            number=f"SX{serial}",
            conversation="chat-1" if serial else None,
            channel=Channel.WEB,
            language=Language.EN,
            name=FreeText("安娜"),
            receipt=f"receipt-{serial}",
            filed_at=MONDAY + timedelta(hours=serial),
        )
        also = ["chat-2"] if serial == 2 else []
        await first_schema["reporters"].insert(written.reporter(told[f"SX{serial}"], *also))
    for _ in range(2):
        async with open_storage(mongo_uri, first_schema.name, keys, Watch()) as storage:
            assert {number: await storage.reporters.find(number) for number in told} == told
            assert await storage.reporters.find_by_receipt("receipt-3") == told["SX3"]
            assert await storage.reporters.list_numbers("chat-1") == ["SX4", "SX3", "SX2", "SX1"]
            assert await storage.reporters.list_numbers("chat-2") == ["SX2"]
            assert await storage.reporters.list_conversations("SX2") == ["chat-1", "chat-2"]
            assert await storage.reporters.list_conversations("SX0") == []
        await first_schema["settings"].update({"_id": "schema"}, {"$set": {"version": 4}})
    assert "chat-1" not in str(await first_schema["reporters"].find_all({"_id": {"$gt": ""}}))


async def test_alarms_events_and_emergencies_of_version_4_open(
    mongo_uri: str, first_schema: Database, keys: KeyRing
) -> None:
    alarm: Document = {
        **{"_id": "0123456789abcdef", "jurisdiction": "qinghai", "domain": "general", "place": ""},
        **{"body": "某某局", "on": "2026-11-23", "since": "2026-11-20", "seen": 5, "expected": 1.0},
        **{"usual": 0.5, "strength": 2.0, "note": "已约谈", "acknowledged_by": "督办某"},
    }
    await first_schema["alarms"].insert({**alarm, "acknowledged_at": MONDAY})
    emergency = Emergency(
        **{"id": "e1", "jurisdiction": "qinghai", "department": "d", "tell_at": MONDAY},
        said=(Said(update=1, at=MONDAY, kinds=("threat",), text=FreeText("有人威胁我")),),
    )
    kept = RecordMapper(keys).to_document(emergency, "e1")
    kept["_id"] = kept.pop("id")
    await first_schema["emergencies"].insert({**kept, "last_at": MONDAY, "erase_at": MONDAY})
    event = {"_id": "w:n1", "subscription": "w", "body": "{}", "at": MONDAY, "n": 0, "waiting": True}
    await first_schema["webhook_events"].insert({**event, "expires_at": MONDAY})
    async with open_storage(mongo_uri, first_schema.name, keys, Watch()) as storage:
        (found,) = await MongoAlarmStore(storage.database, keys).list_alarms(None, MONDAY.date())
        assert (found.id, found.key.body, found.note) == ("0123456789abcdef", "某某局", "已约谈")
        assert found.acknowledged_at == MONDAY
        assert await MongoEmergencyStore(storage.database, keys).get("e1") == emergency
        row = await storage.database["webhook_events"].find_one({"_id": "w:n1"})
        assert row is not None
        assert keys.open_text(row["body"], "w:n1/body") == "{}"
        rows = [
            await storage.database[name].find_all({"_id": {"$gt": ""}}) for name in ("alarms", "emergencies")
        ]
        assert not [word for word in ("某某局", "0123456789abcdef", "已约谈", "threat") if word in str(rows)]


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


async def test_a_step_may_be_cut_off_and_run_again(first_schema: Database, keys: KeyRing) -> None:
    async def seal(database: Database) -> None:
        await seal_records(database, keys, Watch())

    async def everything() -> dict[str, list[Document]]:
        names = await first_schema.collections()
        return {name: await first_schema[name].find_all({}, order=[("_id", 1)]) for name in names}

    for step in migrations.MIGRATIONS:
        await (step.run or seal)(first_schema)
        once = await everything()
        await (step.run or seal)(first_schema)
        assert await everything() == once, step.what


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
