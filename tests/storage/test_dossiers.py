"""Objects of the integrity side as they lie in the database: sealed, and together or not at all."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import bson
import pytest

from bot.wiring.upkeep import build_janitor
from cases.integrity.books import BOOKS
from cases.integrity.spine.standing import EVERYTHING
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from cases.people import Role
from cases.ports.dossiers import ClaimedAlready, DossierFilter, DossierNumberTaken
from cases.records import FreeText
from storage.integrity.documents import DERIVED
from storage.opening import assemble
from storage.schema.migrations import MIGRATIONS
from storage.sealed.key_ring import KeyRing
from storage.upkeep.key_rotation import rotate
from tests.town.clock import MONDAY, Watch
from tests.town.dossiers import FILE, OPENINGS
from tests.town.live.bureau import TOLD, Bureau
from tests.town.live.deployment import SECRET
from tests.town.live.town import Town

CANARY = "欧阳金丝雀"
DOCUMENT = OPENINGS[Kind.RECORD]["bases"][0]


async def everything(town: Town) -> bytes:
    """All documents of the integrity side as stored."""
    found = b""
    for name in ("dossiers", "dossier_sources"):
        async for row in town.storage.database[name].find({"_id": {"$gte": ""}}):
            found += bson.encode(row)
    return found


def test_no_field_of_an_object_is_lost_under_a_derived_one() -> None:
    for kind, blueprint in BOOKS.items():
        assert not DERIVED & set(blueprint.model.model_fields), kind


async def test_nothing_of_a_complaint_or_an_official_can_be_read_in_the_database(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    await bureau.act(await bureau.open(Kind.ORDER, case, facts=f"{CANARY}，款项未付。"), "issue")
    await bureau.open(Kind.RECORD, official=CANARY, post=CANARY, facts=CANARY)
    await bureau.open(
        Kind.RECORD,
        project="某路桥项目",
        responsible=CANARY,
        loss=CANARY,
        bases=[{**DOCUMENT, "number": "二号"}],
    )
    raw = await everything(town)
    for secret in (CANARY, case.number, *(TOLD[n : n + 8] for n in range(0, len(TOLD) - 8, 4))):
        assert secret.encode() not in raw
    searched = DossierFilter(words=CANARY)
    assert await town.storage.dossiers.count(EVERYTHING, searched) == 0


async def test_a_rotation_seals_them_with_the_new_key_alone(town: Town) -> None:
    bureau = await Bureau.of(town)
    order = await bureau.act(await bureau.open(Kind.ORDER, await bureau.answered()), "issue")
    storage, new = town.storage, os.urandom(32).hex()
    both = KeyRing(new, [SECRET]).with_digest_root(storage.keys.digest_root)
    async for _ in rotate(storage.database, both, lambda: MONDAY):
        continue
    assert b"\x01" + bytes.fromhex(storage.keys.primary_id) not in await everything(town)
    renewed = assemble(storage.database, KeyRing(new).with_digest_root(storage.keys.digest_root), Watch())
    assert await renewed.dossiers.find(order.id) == order
    assert await renewed.dossier_sources.resolve(order.source) is not None


async def test_objects_of_version_5_are_found_by_body_and_place_as_new_ones_are(town: Town) -> None:
    bureau = await Bureau.of(town)
    honour = await bureau.act(await bureau.open(Kind.HONOUR), "confirm")
    village: dict[str, Any] = {"body": "示例村村民委员会", "code": "", "region": "630102001"}
    await bureau.open(Kind.RECORD, **village)
    await bureau.open(Kind.BLACKLIST)
    rows, ids = town.storage.database["dossiers"], {"_id": {"$gt": ""}}
    now = await rows.find_all(ids)
    checked = (await town.storage.database.collections())["dossiers"]["validator"]
    await town.storage.database.command({"collMod": "dossiers", "validator": {}})
    then: Any = {"$set": {"year": 2026, "public": False}, "$unset": {"bodies": 1, "places": 1}}
    await rows.update_many(ids, then)
    for _ in range(2):
        await next(step.run for step in MIGRATIONS if step.version == 6 and step.run)(town.storage.database)
        assert await rows.find_all(ids) == now
    await town.storage.database.command({"collMod": "dossiers", "validator": checked})
    for key in honour.subject.keys:
        found = await town.services.integrity.honours.list_newest(body=key, region="63")
        assert [one.id for one in found[0]] == [honour.id], key


async def test_several_change_together_or_none_does(town: Town) -> None:
    bureau, store = await Bureau.of(town), town.storage.dossiers
    one = await bureau.open(Kind.ORDER, key="1")
    two = await bureau.open(Kind.ORDER, key="2")
    changed = [each.model_copy(update={"legal_basis": "新依据"}) for each in (one, two)]
    assert await store.save([(changed[0], one.version), (changed[1], two.version + 1)]) is None
    assert [await store.find(each.id) for each in (one, two)] == [one, two]
    opened = one.model_copy(update={"id": "ZG20261123-0000001-0", "filing_key": "new"})
    taken = opened.model_copy(update={"filing_key": "another", "id": two.id})
    with pytest.raises(DossierNumberTaken):
        await store.save([(changed[0], one.version)], [opened, taken])
    assert [await store.find(each.id) for each in (one, opened)] == [one, None]
    saved = await store.save([(changed[0], one.version), (changed[1], two.version)], [opened])
    assert saved is not None
    assert [each.version for each in saved] == [one.version + 1, two.version + 1]
    assert await store.find(opened.id) == opened


async def test_a_claim_is_free_again_once_the_object_counts_no_more(town: Town) -> None:
    bureau, store = await Bureau.of(town), town.storage.dossiers
    first = await bureau.open(Kind.RECORD)
    twin = first.model_copy(update={"id": "JL20261123-0000001-0", "filing_key": "twin"})
    with pytest.raises(ClaimedAlready) as taken:
        await store.insert(twin)
    assert taken.value.id == first.id
    await bureau.act(first, "drop", reason="事实不清")
    assert await store.insert(twin) == twin


async def test_files_of_an_object_are_no_strays(town: Town) -> None:
    bureau = await Bureau.of(town)
    for id in ("e-1", "e-stray"):
        await town.storage.evidence.put(id, b"x", name="a", media_type="text/plain", stripped=False)
    await bureau.open(Kind.RECORD, bases=[{**DOCUMENT, "file": FILE}])
    later = town.now + timedelta(days=30)
    await build_janitor(town.core, lambda: later).run()
    kept = {row["_id"] async for row in town.storage.database["evidence"].find({"_id": {"$gte": ""}})}
    assert kept == {"e-1"}


async def test_an_object_with_everything_in_it_comes_back_unchanged(town: Town) -> None:
    bureau = await Bureau.of(town)
    record: Any = await bureau.open(Kind.RECORD, project="某项目", responsible="某人", loss="一百万")
    file = Evidence.model_validate(FILE)
    record = await bureau.act(record, "notify", Role.REGISTRAR, consequences="拟定")
    record = await bureau.act(record, "state", Role.SUBJECT, statement="已付", files=[file])
    assert await town.storage.dossiers.find(record.id) == record
    assert isinstance(record.facts, FreeText)
