"""Mediation: both agree first, minutes are the parties' own, a settlement is kept, or broken and ordered."""

from __future__ import annotations

from typing import Any

import pytest

from cases.errors import IllegalMove
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from tests.town.dossiers import ARGS, FILE, OPENINGS
from tests.town.live.bureau import SUBJECT, Bureau
from tests.town.live.town import Town

CONSENT = ARGS[(Kind.MEDIATION, "enter_consent")]
SESSION = ARGS[(Kind.MEDIATION, "hold_session")]


async def settled(town: Town, bureau: Bureau, **given: Any) -> Any:
    mediation = await bureau.open(Kind.MEDIATION, **given)
    mediation = await bureau.act(mediation, "consent", Role.SUBJECT)
    with pytest.raises(IllegalMove, match="双方未同意"):
        await bureau.act(mediation, "begin", Role.REGISTRAR)
    mediation = await bureau.act(mediation, "enter_consent", Role.REGISTRAR, **CONSENT)
    mediation = await bureau.act(mediation, "begin", Role.REGISTRAR)
    settle = {**ARGS[(Kind.MEDIATION, "settle")]}
    with pytest.raises(IllegalMove, match="还没有开过调处会"):
        await bureau.act(mediation, "settle", Role.REGISTRAR, **settle)
    mediation = await bureau.act(mediation, "hold_session", Role.REGISTRAR, **SESSION)
    return await bureau.act(mediation, "settle", Role.REGISTRAR, **settle)


async def test_minutes_are_for_the_parties_and_a_kept_settlement_ends_well(town: Town) -> None:
    bureau = await Bureau.of(town)
    mediation = await settled(town, bureau)
    at = f"/credit/{mediation.id}"
    minutes = str(SESSION["minutes"])
    speaker = await town.person("戊代表", Role.SUBJECT, department=SUBJECT)
    inside = await town.page(at, await town.sign_in(speaker))
    assert minutes in inside
    outside = await town.page(at, await town.sign_in(await town.person("王督办", Role.SUPERVISOR)))
    assert "协议履行中" in outside
    assert minutes not in outside
    with pytest.raises(IllegalMove, match="没有履行证明"):
        await bureau.act(mediation, "keep")
    proven = await bureau.act(mediation, "perform", Role.SUBJECT, item=1, performed="已付清", proof=[FILE])
    kept = await bureau.act(proven, "keep")
    assert kept.status.value == "kept"


async def test_a_broken_settlement_is_told_and_becomes_an_order(town: Town) -> None:
    bureau = await Bureau.of(town)
    mediation = await settled(town, bureau)
    town.later(days=22)
    reminded = await bureau.wake(mediation)
    assert (reminded.status.value, reminded.reminded) == ("settled", True)
    town.later(days=60)
    with pytest.raises(IllegalMove, match="超过30日"):
        await bureau.act(reminded, "confirm", Role.REGISTRAR, confirmed_by="法院")
    broken = await bureau.wake(reminded)
    assert broken.status.value == "broken"
    ordered = await bureau.act(broken, "order", Role.REGISTRAR)
    order = await bureau.service.get(ordered.history[-1].data["order"], bureau.people[Role.REGISTRAR])
    assert "付清第一期" in str(order.dossier.required)
    with pytest.raises(IllegalMove, match="已经转为限期整改"):
        await bureau.act(ordered, "order", Role.REGISTRAR)


async def test_only_a_settlement_before_a_committee_goes_to_a_court(town: Town) -> None:
    bureau = await Bureau.of(town)
    assert OPENINGS[Kind.MEDIATION]["by"] == "committee"
    mediation = await settled(town, bureau, by="body")
    with pytest.raises(IllegalMove, match="只有人民调解委员会"):
        await bureau.act(mediation, "confirm", Role.REGISTRAR, confirmed_by="法院")
    other = await settled(town, bureau, mediator="另一委员会")
    confirmed = await bureau.act(other, "confirm", Role.REGISTRAR, confirmed_by="城东区人民法院")
    assert confirmed.confirmed_by == "城东区人民法院"
