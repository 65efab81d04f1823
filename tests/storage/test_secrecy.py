"""A thief with a full dump of the database reads nobody's words, names, contacts, chats or receipts."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import bson
import pytest
from bson import ObjectId

from cases.instants import local_date, start_of
from cases.model import Evidence
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditEntry
from cases.ports.conversations import Address, Incoming, Outgoing
from cases.ports.reporters import Reporter
from cases.records import FreeText
from cases.vocabulary import Channel, Language
from storage.database.connection import Database
from storage.opening import Storage, assemble
from storage.sealed.key_ring import KeyRing, WrongKey
from storage.upkeep.key_rotation import rotate
from tests.town.cases import CANARY, full_case, registered
from tests.town.clock import MONDAY, Watch
from tests.town.live.deployment import SECRET
from tests.town.places import FINANCE

CHAT = "7700112233"
PHONE = "13912345678"
RECEIPT = "4821990376515520"
TOTP = "JBSWY3DPEHPK3PXP"
CANARIES = (CANARY, CHAT, PHONE, RECEIPT, TOTP)
NEW = "a-new-secret-0123456789-abcdefghijklm"
BY_ID = [("_id", 1)]
LATER = MONDAY.replace(year=2099)
"""After whatever the stores' own clock says now."""
ADDRESS = Address(Channel.TELEGRAM, CHAT)


async def plant(storage: Storage, keys: KeyRing) -> None:
    """Every store, with a canary wherever people's words or identities go."""
    case = full_case()
    await storage.cases.insert(case)
    await storage.evidence.put(
        "e1", CANARY.encode() * 100, name=f"{CANARY}.png", media_type="image/png", stripped=True
    )
    await storage.conversations.receive(ADDRESS, Incoming("1", {"text": CANARY, "chat": CHAT}, MONDAY))
    await storage.conversations.receive(ADDRESS, Incoming("2", {"text": CANARY, "chat": CHAT}, MONDAY))
    await storage.conversations.receive(ADDRESS, Incoming("3", {"text": CANARY, "chat": CHAT}, MONDAY))
    for _ in range(2):
        work = await storage.conversations.claim_update(LATER, LATER)
        assert work is not None
        call = Outgoing(f"{work.update.id}:0", "SendMessage", {"text": CANARY, "chat_id": CHAT})
        await storage.conversations.commit(work, {"name": CANARY, "phone": PHONE}, [call])
    work = await storage.conversations.claim_update(LATER, LATER)
    assert work is not None
    await storage.conversations.set_aside(work, "ValueError")
    await storage.conversations.receive(ADDRESS, Incoming("4", {"text": CANARY}, MONDAY))
    await storage.transcripts.append(work.conversation, {"text": CANARY, "phone": PHONE}, MONDAY)
    await storage.reporters.put(
        Reporter(
            number=case.number,
            conversation=storage.conversations.key(ADDRESS),
            channel=Channel.TELEGRAM,
            language=Language.ZH_HANS,
            name=FreeText(CANARY),
            contact=FreeText(PHONE),
            receipt=keys.digest(RECEIPT, "receipt"),
            filed_at=MONDAY,
        )
    )
    await storage.staff.add(
        Staff("s1", "zhang", "张三", FINANCE, frozenset({Role.HANDLER}), totp_secret=TOTP)
    )
    await storage.audit.append(AuditEntry(MONDAY, "s1", "unsealed", case.number, {"why": CANARY, "p": PHONE}))
    await storage.rate_limits.allow(f"chat:{CHAT}", 10, MONDAY - MONDAY.replace(hour=3), MONDAY)


async def dump(database: Database) -> bytes:
    """All collections as stored, one after another."""
    parts = [
        bson.encode(document)
        for name in await database.collections()
        async for document in database[name].find({}, order=BY_ID)
    ]
    return b"".join(parts)


async def test_a_full_dump_holds_no_canary(storage: Storage, keys: KeyRing) -> None:
    await plant(storage, keys)
    raw = await dump(storage.database)
    assert FINANCE.encode() in raw
    found = [canary for canary in CANARIES if canary.encode() in raw or canary.encode("utf-16-le") in raw]
    assert found == []


async def test_a_file_name_or_its_bytes_are_not_in_the_file_collections(
    storage: Storage, keys: KeyRing
) -> None:
    await plant(storage, keys)
    chunks = [bson.encode(row) async for row in storage.database["evidence.chunks"].find({}, order=BY_ID)]
    assert chunks
    assert not any(re.search(CANARY.encode(), chunk) for chunk in chunks)


async def values(database: Database) -> list[object]:
    """Every value of every document, the bytes of files and of sealed words left out."""

    def within(value: object) -> Iterator[object]:
        if isinstance(value, dict):
            for item in value.values():
                yield from within(item)
        elif isinstance(value, list):
            for item in value:
                yield from within(item)
        elif not isinstance(value, bytes):
            yield value

    rows = [
        row for name in await database.collections() async for row in database[name].find({}, order=BY_ID)
    ]
    return [value for row in rows for value in within(row)]


async def test_whoever_holds_an_original_cannot_tell_that_it_is_here_nor_when_it_came(
    database: Database, keys: KeyRing
) -> None:
    """A leaked paper is known to the body it came from, byte for byte."""
    paper = os.urandom(54_321)
    digest = hashlib.sha256(paper).hexdigest()
    moment = datetime(2026, 11, 23, 13, 47, 11, 123000, tzinfo=UTC)
    storage = assemble(database, keys, lambda: moment)
    stored = await storage.evidence.put("e9", paper, name="通知.pdf", media_type="x/y", stripped=False)
    evidence = Evidence(
        id="e9", name=FreeText("通知.pdf"), media_type="x/y", size=len(paper), sha256=digest, added_at=moment
    )
    await storage.cases.insert(registered(evidence=(evidence,)))
    found = await values(database)
    assert stored.sha256 == digest
    assert not [value for value in found if value in {len(paper), moment, "x/y"}]
    assert not [value for value in found if isinstance(value, str) and digest[:12] in value]
    ids = [value for value in found if isinstance(value, ObjectId)]
    assert ids
    assert {id.generation_time for id in ids} == {start_of(local_date(moment))}
    lengths = {row["length"] async for row in database["evidence.files"].find({}, order=BY_ID)}
    await storage.evidence.put("e8", paper[:53_900], name="a", media_type="b", stripped=False)
    assert {row["length"] async for row in database["evidence.files"].find({}, order=BY_ID)} == lengths
    assert await storage.evidence.get("e9") == paper


async def test_records_of_files_from_before_open_and_a_rotation_seals_them(
    storage: Storage, keys: KeyRing
) -> None:
    paper = b"contract" * 1000
    file = await storage.database.files("evidence").put(MONDAY, "e7", keys.seal(paper, "e7/bytes"))
    about = {"media_type": "x/y", "size": len(paper), "sha256": hashlib.sha256(paper).hexdigest()}
    old = {"_id": "e7", "file": file, "name": keys.seal("合同", "e7/name"), "stripped": True, **about}
    await storage.database["evidence"].insert(old)
    before = await storage.evidence.find("e7")
    assert await storage.evidence.get("e7") == paper
    async for _ in rotate(storage.database, keys, lambda: LATER):
        continue
    assert await storage.evidence.find("e7") == before
    assert await storage.evidence.get("e7") == paper
    sealed = await storage.database["evidence"].find_one({"_id": "e7"})
    assert sealed is not None
    assert sealed.keys() == {"_id", "file", "about"}


async def test_after_a_rotation_everything_opens_with_the_new_key_alone(
    storage: Storage, keys: KeyRing
) -> None:
    await plant(storage, keys)
    case = (await storage.cases.list_notifying(1))[0]
    both = KeyRing(NEW, [SECRET]).with_digest_root(keys.digest_root)
    steps = [step async for step in rotate(storage.database, both, lambda: LATER)]
    assert {
        "cases",
        "conversations",
        "reporters",
        "evidence",
        "audit",
        "staff",
        "set_aside",
        "transcripts",
    } == {step.collection for step in steps}
    raw = await dump(storage.database)
    assert b"\x01" + bytes.fromhex(keys.primary_id) not in raw
    renewed = assemble(storage.database, KeyRing(NEW).with_digest_root(keys.digest_root), Watch())
    assert await renewed.cases.get(case.number) == case
    assert await renewed.evidence.get("e1") == CANARY.encode() * 100
    assert (await renewed.staff.get("s1")).totp_secret == TOTP
    assert await renewed.audit.verify() is None
    work = await renewed.conversations.claim_update(LATER, LATER)
    assert work is not None
    assert work.dialogue == {"name": CANARY, "phone": PHONE}
    delivery = await renewed.conversations.claim_delivery(MONDAY.replace(year=2099), MONDAY, Channel.TELEGRAM)
    assert delivery is not None
    assert delivery.call.payload["text"] == CANARY
    reporter = await renewed.reporters.find_by_receipt(renewed.keys.digest(RECEIPT, "receipt"))
    assert reporter is not None
    assert reporter.name == CANARY


async def test_with_another_key_nothing_opens(storage: Storage, keys: KeyRing) -> None:
    await plant(storage, keys)
    stranger = assemble(storage.database, KeyRing(os.urandom(32).hex()), Watch())
    with pytest.raises(WrongKey):
        await stranger.cases.list_notifying(1)
    with pytest.raises(WrongKey):
        await stranger.conversations.claim_update(LATER, LATER)


async def test_a_second_rotation_changes_nothing(storage: Storage, keys: KeyRing) -> None:
    await plant(storage, keys)
    both = KeyRing(NEW, [SECRET]).with_digest_root(keys.digest_root)
    assert [step async for step in rotate(storage.database, both, lambda: LATER)]
    once = await dump(storage.database)
    assert [step async for step in rotate(storage.database, both, lambda: LATER)]
    twice = await dump(storage.database)
    assert len(once) == len(twice)
