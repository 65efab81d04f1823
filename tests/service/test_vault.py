"""Who filed lies in a vault: database and keys together do not open it; an officer's code does, once."""

from __future__ import annotations

import itertools

import pytest

from cases.errors import InvalidInput, NotFound
from cases.lifecycle.forms import ApproveLook
from cases.model import Case
from cases.people import Role
from cases.ports.accounts import Staff
from cases.records import FreeText
from cases.vocabulary import Move
from handlers.web.forms.fields import fields_of, is_secret
from storage.cases.reporters import MongoReporterStore
from storage.sealed.key_ring import KeyRing
from storage.sealed.vault import Vault, WrongCode, find_vault, put_vault
from storage.upkeep.key_rotation import rotate
from tests.town.live.deployment import SECRET
from tests.town.live.town import Town, actor
from tests.town.places import REFORM

NAME, PHONE = "欧阳明月", "13811112222"


def test_any_two_recovery_codes_open_it_and_no_one_alone() -> None:
    vault, codes = Vault.make()
    sealed = vault.seal(b"who")
    for one, other in itertools.permutations(codes, 2):
        assert vault.open(sealed, f" {one.upper()}  {other.replace('-', ' - ').replace(' ', '')} ") == b"who"
    for code in (*codes, f"{codes[0]} {codes[0]}", " ".join(codes), "", "wrong"):
        with pytest.raises(WrongCode):
            vault.open(sealed, code)


def test_an_officer_has_a_code_of_their_own_until_it_is_taken_away() -> None:
    vault, codes = Vault.make()
    sealed = vault.seal(b"who")
    more, first = vault.admit("du", " ".join(codes[:2]))
    more, second = more.admit("li", first)
    assert more.open(sealed, second) == b"who"
    fewer = more.dismiss("li")
    assert fewer.open(sealed, first) == b"who"
    with pytest.raises(WrongCode):
        fewer.open(sealed, second)
    with pytest.raises(WrongCode):
        vault.admit("zhao", "no code")


async def asked(town: Town) -> tuple[Case, Staff, Staff]:
    handler = await town.person("李承办")
    supervisor = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.filed(name=FreeText(NAME), contact=FreeText(PHONE))
    case = await town.act(case, Move.CLAIM, handler)
    return await town.act(case, Move.REQUEST_UNSEAL, handler, reason="需要当面核实"), handler, supervisor


async def vault_of(town: Town) -> tuple[str, ...]:
    """Made in the town's database; its recovery codes."""
    vault, codes = Vault.make()
    await put_vault(town.storage.database, town.storage.keys, vault, None)
    return codes


async def test_what_was_filed_before_and_after_is_locked_and_opens_for_one_look(town: Town) -> None:
    before, handler, supervisor = await asked(town)
    codes = await vault_of(town)
    reporters, desk = town.storage.reporters, town.core.services.desk
    assert await reporters.lock_all() == 1
    assert await reporters.lock_all() == 0
    after = await town.filed(name=FreeText(NAME), contact=FreeText(PHONE))
    for case in (before, after):
        stored = await reporters.find(case.number)
        assert stored is not None
        assert (stored.name, stored.contact, stored.original) == (None, None, None)
        assert NAME.encode() not in (stored.locked or b"")

    for wrong in ({}, {"opening_code": codes[0]}):
        with pytest.raises(InvalidInput):
            await town.act(before, Move.APPROVE_UNSEAL, supervisor, **wrong)
    with pytest.raises(NotFound):
        await desk.reporter_for(before.number, actor(handler))
    case = await town.act(before, Move.APPROVE_UNSEAL, supervisor, opening_code=" ".join(codes[1:]))
    assert codes[1] not in str(case.history[-1])
    seen = await desk.reporter_for(before.number, actor(handler))
    assert (seen.name, seen.contact) == (NAME, PHONE)
    assert await town.storage.database["lent"].count({"_id": {"$exists": True}}) == 0
    with pytest.raises(NotFound):
        await desk.reporter_for(before.number, actor(handler))


async def test_who_does_not_look_within_a_week_asks_again(town: Town) -> None:
    codes = await vault_of(town)
    case, handler, supervisor = await asked(town)
    await town.act(case, Move.APPROVE_UNSEAL, supervisor, opening_code=" ".join(codes[:2]))
    town.watch.later(days=9)
    with pytest.raises(NotFound) as lapsed:
        await town.core.services.desk.reporter_for(case.number, actor(handler))
    assert "再次申请" in str(lapsed.value)
    await town.act(case, Move.REQUEST_UNSEAL, handler, reason="再次核实")
    await town.act(case, Move.APPROVE_UNSEAL, supervisor, opening_code=" ".join(codes[:2]))
    assert (await town.core.services.desk.reporter_for(case.number, actor(handler))).name == NAME


async def test_a_new_key_of_the_house_leaves_the_vault_as_it_is(town: Town) -> None:
    codes = await vault_of(town)
    case, _, _ = await asked(town)
    database, root = town.storage.database, town.storage.keys.digest_root
    ring = KeyRing("new-" + "n" * 40, [SECRET], digest_root=root)
    async for _ in rotate(database, ring, town.watch):
        pass
    alone = KeyRing("new-" + "n" * 40, digest_root=root)
    vault, stored = (
        await find_vault(database, alone),
        await MongoReporterStore(database, alone).find(case.number),
    )
    assert vault is not None
    assert stored is not None
    assert NAME.encode() in vault.open(stored.locked or b"", " ".join(codes[:2]))


def test_the_code_is_never_kept_or_shown_again() -> None:
    assert [field.widget for field in fields_of(ApproveLook)] == ["textarea", "password"]
    secret = {name for name, info in ApproveLook.model_fields.items() if is_secret(info)}
    assert secret == {"opening_code"}
