"""Whoever reads a filled database without the key learns what docs/privacy.md says, and no more."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import bson
import pytest

from cases.figures.early_warning import Alarm, SeriesKey
from cases.model import Accused, Case, Evidence
from cases.numbers import make_number
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditAction, AuditEntry
from cases.ports.conversations import Address, Awaits, Incoming, Outgoing, Pace
from cases.ports.emergencies import Emergency, Said
from cases.ports.reporters import Reporter
from cases.ports.subscriptions import Subscription, WebhookEvent
from cases.records import FreeText
from cases.vocabulary import Channel, Language
from storage.conversations.emergencies import MongoEmergencyStore
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.figures.alarms import MongoAlarmStore
from storage.figures.rollups import Rollups
from storage.opening import Storage
from storage.sealed.vault import Vault, put_vault
from tests.town.cases import clock_due, full_case, registered, told
from tests.town.clock import Watch
from tests.town.places import FINANCE
from tests.town.stories import START, case_at
from tools.privacy_table import plain_fields, with_plain_fields

PAGE = Path(__file__).parents[2] / "docs/privacy.md"
MOMENT = datetime(2026, 11, 23, 13, 47, 11, 123000, tzinfo=UTC)
LATER = MOMENT + timedelta(seconds=1)
CHAT = Address(Channel.WEB, "chat-of-anna")
BODY, AMOUNT, PLACE = "西宁市城西区某某局", 8_237_911, "青海省西宁市城西区"
STAFF_ONLY = {
    *("audit", "staff", "sessions", "tokens", "link_codes", "webhooks", "webhook_events", "alerts"),
    *("leases", "budgets", "settings", "audit_anchors", "alarms", "rate_limits", "counters", "erasures"),
}
"""Of staff and of the deployment: their times are exact, as the table says."""
EXACT = {
    "cases": {"queue.lease_until"},
    "conversations": {"outbox.not_before"},
    "emergencies": {"tell_at"},
}
"""Times of citizens that stand in plain to the millisecond, as the table says."""


def filed(serial: int, **changes: Any) -> Case:
    """A case as it is filed at the moment, `serial` seconds later."""
    at = MOMENT + timedelta(seconds=serial)
    number = make_number(os.urandom(32), date(2026, 11, 23))
    case = registered(number=number, filing_key=os.urandom(12).hex(), filed_at=at, updated_at=at, **changes)
    about = {"accused": (Accused(name=BODY),), "amount_yuan": AMOUNT, "region_name": PLACE}
    return case.model_copy(update={"complaint": case.complaint.model_copy(update=about)})


def reporter(case: Case, conversation: str) -> Reporter:
    return Reporter(
        number=case.number,
        conversation=conversation,
        channel=Channel.WEB,
        language=Language.EN,
        receipt=os.urandom(32).hex(),
        filed_at=case.filed_at,
    )


@pytest.fixture
async def filled(storage: Storage, watch: Watch) -> Storage:
    """Something in every store, everything that waits for an answer answered."""
    watch.now = MOMENT
    for serial in range(8):
        case = filed(serial)
        await storage.cases.insert(case)
        await storage.reporters.put(reporter(case, storage.conversations.key(CHAT)))
    await storage.cases.insert(
        full_case().model_copy(update={"merged_into": "SX1", "clocks": (clock_due(MOMENT),)})
    )
    now = START + timedelta(days=90)
    for serial in range(30):
        case = case_at(serial, now)
        alike = case.complaint.model_copy(update={"similar": (f"alike-{serial % 9}",)})
        await storage.cases.insert(case.model_copy(update={"complaint": alike}))
    await Rollups(storage.database, storage.keys).rebuild(now)
    await storage.cases.insert(filed(9, notifications=(told("n1"),), quarantined=True))
    await _talk(storage)
    await _work(storage)
    await _lend(storage)
    return storage


async def _talk(storage: Storage) -> None:
    chats = storage.conversations
    await storage.evidence.put("e1", b"paper", name="a", media_type="b", stripped=True)
    await storage.evidence.put("e1", b"paper", name="a", media_type="b", stripped=True)
    for id in ("81000001", "81000002"):
        await chats.receive(CHAT, Incoming(id, {"text": BODY}, MOMENT))
    await chats.set_language(chats.key(CHAT), Language.EN)
    call = Outgoing("81000001:0", "SendMessage", {"text": BODY})
    work = await chats.claim_update(LATER, LATER)
    assert work is not None
    await chats.commit(work, {"a": 1}, [call], pace=Pace(1.0, MOMENT), awaits=Awaits.NOTHING)
    work = await chats.claim_update(LATER, LATER)
    assert work is not None
    await chats.set_aside(work, "ValueError")
    delivery = await chats.claim_delivery(LATER, LATER, Channel.WEB)
    assert delivery is not None
    await chats.ack(delivery, LATER)
    await storage.transcripts.append(chats.key(CHAT), {"text": BODY}, MOMENT, key="k")
    said = Said(update=1, at=MOMENT, kinds=("threat",), text=FreeText(BODY))
    emergency = Emergency(
        id="e1", jurisdiction="qinghai", department=FINANCE, barred=(BODY,), said=(said,), tell_at=MOMENT
    )
    await MongoEmergencyStore(storage.database, storage.keys).change("e1", lambda _: emergency)


async def _lend(storage: Storage) -> None:
    vault, codes = Vault.make()
    await put_vault(storage.database, storage.keys, vault, None)
    case = filed(10)
    who = {"name": FreeText(BODY), "conversation": None}
    named = reporter(case, storage.conversations.key(CHAT)).model_copy(update=who)
    await storage.reporters.put(named)
    await storage.reporters.lend(case.number, " ".join(codes[:2]), MOMENT + timedelta(days=7))


async def _work(storage: Storage) -> None:
    key = SeriesKey("qinghai", "general", "630100", BODY)
    alarm = Alarm("0123456789abcdef", key, MOMENT.date(), MOMENT.date(), 5, 1.0, 0.5, 2.0)
    alarms = MongoAlarmStore(storage.database, storage.keys)
    await alarms.put([alarm])
    await alarms.acknowledge(alarm.id, BODY, "督办某", MOMENT)
    await storage.staff.add(Staff("s1", "zhang", "张三", FINANCE, frozenset({Role.HANDLER})))
    await storage.audit.append(AuditEntry(MOMENT, "s1", AuditAction.CASE_VIEWED, "SX1", {"why": BODY}))
    subscription = Subscription("w1", FINANCE, "s1", "https://a.example", frozenset(), "s", MOMENT)
    await storage.webhooks.add(subscription)
    await storage.webhooks.append("w1", WebhookEvent("n1", BODY), MOMENT)
    await storage.uploads.put("u", 0, b"piece", MOMENT)
    await storage.rate_limits.take("chat", 5, 10.0, MOMENT)


async def dump(database: Database) -> dict[str, list[Document]]:
    found = {}
    for name in await database.collections():
        found[name] = await database[name].find_all({}, order=[("_id", 1)])
    return found


def readable(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is not sealed, with where it stands; of the cells, the figures as one."""
    if isinstance(value, dict) and path not in {"n", "h", "q", "preferences"}:
        for name, item in value.items():
            yield from readable(item, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for item in value:
            yield from readable(item, path)
    elif not isinstance(value, bytes):
        yield path, value


async def test_every_readable_field_stands_in_the_table_and_none_that_is_not_there(filled: Storage) -> None:
    table = plain_fields()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, rows in (await dump(filled.database)).items():
        found[name] |= {path for row in rows for path, _ in readable(row)}
    whole = {name for name, paths in table.items() if "*" in paths} | {"settings"}
    told = {name: paths - table.get(name, {}).keys() for name, paths in found.items() if name not in whole}
    assert {name: paths for name, paths in told.items() if paths} == {}
    citizens = table.keys() - STAFF_ONLY - whole - {"log_days", "dossier_sources"}
    passing = {
        f"{name}.{path}"
        for name in citizens
        for path, (tells, _) in table[name].items()
        if "gone " in tells or "flood" in tells or path.startswith("fetch.")
    }
    unseen = {f"{name}.{path}" for name in citizens for path in table[name].keys() - found[name]}
    assert unseen - passing <= {
        "conversations.blocked",
        "evidence.look_again_at",
        "facts.order_due_at",
        "facts.to_check",
    }


async def test_times_of_citizens_are_days_or_hours(filled: Storage) -> None:
    exact: list[tuple[str, str, object]] = []
    for name, rows in (await dump(filled.database)).items():
        if name in STAFF_ONLY:
            continue
        for path, value in (pair for row in rows for pair in readable(row)):
            if isinstance(value, datetime) and path not in EXACT.get(name, ()):
                whole = (value.minute, value.second, value.microsecond) in {(0, 0, 0), (59, 59, 999000)}
                if not whole and path not in {"queue.due_at", "due_at", "next_due"}:
                    exact.append((name, path, value))
            if isinstance(value, bson.ObjectId) and value.generation_time.second:
                exact.append((name, path, value))
    assert exact == []


async def test_nobody_reads_who_is_accused_of_how_much_and_where(filled: Storage) -> None:
    rows = [row for rows in (await dump(filled.database)).values() for row in rows]
    raw = b"".join(map(bson.encode, rows))
    assert FINANCE.encode() in raw
    assert [word for word in (BODY, PLACE, "81000001") if word.encode() in raw] == []
    amounts = {value for row in rows if "at" not in row for _, value in readable(row) if value == AMOUNT}
    assert amounts == set()


async def test_cases_of_one_person_cannot_be_told_to_be_so(filled: Storage) -> None:
    stored = await dump(filled.database)
    chat = filled.conversations.key(CHAT)
    elsewhere = {name: rows for name, rows in stored.items() if chat in str(rows)}
    assert elsewhere.keys() <= {"conversations", "transcripts", "set_aside"}
    assert "SX" not in str([*readable(stored["reporters"])])
    values = [{value for path, value in readable(row) if path != "_id"} for row in stored["reporters"]]
    assert not set.intersection(*values)
    assert sum(map(len, values)) == len(set.union(*values))
    assert len(await filled.reporters.list_numbers(chat)) == 8


async def test_how_long_words_are_shows_roughly(storage: Storage) -> None:
    lengths = set()
    for serial in range(6):
        case = await storage.cases.insert(
            filed(serial, text="西宁市城西区承诺的补贴没有付。" + "元" * serial)
        )
        row = await storage.database["cases"].find_one({"_id": case.number})
        assert row is not None
        lengths.add(len(row["sealed"]))
    assert len(lengths) <= 2


def follow(values: Sequence[Any]) -> bool:
    """Whether they rise or fall all the way."""
    steps = list(pairwise(values))
    return all(a < b for a, b in steps) or all(a > b for a, b in steps)


async def test_nothing_rises_with_the_order_in_which_cases_of_a_day_came(storage: Storage) -> None:
    files, rows = [], defaultdict(list)
    for serial in range(9):
        file = Evidence(
            id=f"{random.randbytes(12).hex()}", name=FreeText("a"), media_type="b", size=1, sha256="0",
            added_at=MOMENT,
        )  # fmt: skip
        case = await storage.cases.insert(filed(serial, evidence=(file,)))
        await storage.reporters.put(reporter(case, storage.conversations.key(CHAT)))
        stored = await storage.evidence.put(file.id, b"x" * serial, name="a", media_type="b", stripped=True)
        files.append(stored)
        id = storage.reporters._id(case.number)
        for name, key in (("cases", case.number), ("reporters", id), ("evidence", file.id)):
            row = await storage.database[name].find_one({"_id": key})
            assert row is not None
            for path, value in readable(row):
                rows[f"{name}.{path}"].append(value)
    once = {path: values for path, values in rows.items() if len(values) == 9}
    assert {"cases._id", "reporters.links.mark", "evidence.file"} <= once.keys()
    assert [path for path, values in once.items() if follow(values)] == []


def test_the_page_holds_the_table() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_plain_fields(page), "run: python -m tools.written_pages"
    fields = plain_fields()
    assert all(f"| `{name}` | `{path}` |" in page for name, paths in fields.items() for path in paths)
    assert all(tells and because for paths in fields.values() for tells, because in paths.values())
