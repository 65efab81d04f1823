"""What the integrity side tells: the citizen through the source case, staff and subject in their chats."""

from __future__ import annotations

import asyncio
import re
import secrets
from pathlib import Path
from typing import Any

import pytest

from cases.integrity.breaches import orders
from cases.integrity.spine.told import FOR_STAFF
from cases.integrity.spine.vocabulary import Kind
from cases.lifecycle.table import MOVES
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.conversations import Address, Incoming
from cases.vocabulary import Channel, ClockKind, Move
from tests.town.clock import MONDAY
from tests.town.dossiers import FILE
from tests.town.live.bureau import SUBJECT, TOLD, Bureau
from tests.town.live.town import Town
from tests.town.places import FINANCE


async def linked(town: Town, name: str, role: Role, department: str) -> Staff:
    """Somebody with a chat."""
    address = Address(Channel.TELEGRAM, secrets.token_hex(4))
    await town.storage.conversations.receive(address, Incoming("1", {}, MONDAY))
    chat = town.storage.conversations.key(address)
    return await town.person(name, role, department=department, conversation=chat)


async def lines_of(town: Town, person: Staff) -> list[str]:
    work = await town.storage.conversations.claim_delivery(town.now, MONDAY, Channel.TELEGRAM)
    found = []
    while work is not None:
        if work.conversation == person.conversation:
            found.append(str(work.call.payload["text"]))
        await town.storage.conversations.ack(work, town.now)
        work = await town.storage.conversations.claim_delivery(town.now, MONDAY, Channel.TELEGRAM)
    return found


async def test_the_citizen_hears_through_the_case_and_once(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    await town.parts.relay.step()
    order = await bureau.act(await bureau.open(Kind.ORDER, case), "issue")
    await asyncio.gather(*(town.parts.dossier_relay.step() for _ in range(3)))
    stored = await town.storage.cases.get(case.number)
    (told,) = stored.notifications
    assert (told.template, told.params["number"]) == ("told-order-issued", case.number)
    assert order.id not in str(told.params)
    kept: Any = await town.storage.dossiers.find(order.id)
    assert kept.notifications == ()
    assert kept.version == order.version


async def test_a_change_of_the_case_in_between_loses_nothing(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    await bureau.act(await bureau.open(Kind.ORDER, case), "issue")
    read = await town.storage.cases.get(case.number)
    await town.parts.dossier_relay.step()
    assert await town.storage.cases.save(read, expected_version=read.version) is None, "it reads again"
    handler = next(e.actor for e in read.history if e.move is Move.ANSWER)
    note = MOVES[Move.NOTE].args.model_validate({"text": "已转整改"})
    changed = await town.services.acting.act(case.number, Move.NOTE, note, handler)
    assert "told-order-issued" in [n.template for n in changed.notifications]


async def test_the_subject_and_the_confirmer_hear_the_number_and_no_facts(town: Town) -> None:
    bureau = await Bureau.of(town)
    subject = await linked(town, "代表", Role.SUBJECT, SUBJECT)
    inside = await linked(town, "内部人", Role.REGISTRAR, SUBJECT)
    order = await bureau.act(await bureau.open(Kind.ORDER, await bureau.answered()), "issue")
    await town.parts.dossier_relay.step()
    (line,) = await lines_of(town, subject)
    assert order.id in line
    assert "2026年12月" in line
    assert not any(piece in line for piece in (order.facts, TOLD))
    assert await lines_of(town, inside) == []


async def test_time_is_told_too(town: Town) -> None:
    bureau = await Bureau.of(town)
    await bureau.act(await bureau.open(Kind.ORDER, await bureau.answered()), "issue")
    town.later(days=40)
    await asyncio.gather(*(town.parts.dossier_watch.step() for _ in range(3)))
    await town.parts.dossier_relay.step()
    case = (await town.storage.cases.list_notifying(10))[0]
    assert [n.template for n in case.notifications][-2:] == ["told-order-issued", "told-order-overdue"]


async def test_a_clock_is_told_at_amber_and_at_red_once_each(town: Town) -> None:
    """Of an order, whose end a move of time tells, and of an objection nobody looks at."""
    bureau = await Bureau.of(town)
    subject = await linked(town, "代表", Role.SUBJECT, SUBJECT)
    registrar = await linked(town, "经办", Role.REGISTRAR, FINANCE)
    confirmer = await linked(town, "认定", Role.CONFIRMER, FINANCE)
    order = await bureau.act(await bureau.open(Kind.ORDER, await bureau.answered()), "issue")

    async def told_after(days: int, person: Staff) -> list[str]:
        town.later(days=days)
        for _ in range(3):
            await asyncio.gather(*(town.parts.dossier_watch.step() for _ in range(2)))
            await town.parts.dossier_relay.step()
        return await lines_of(town, person)

    await told_after(0, subject)
    assert await told_after(10, subject) == []
    (line,) = [one for one in await told_after(16, subject) if "时限将到" in one]
    assert order.id in line
    assert await told_after(1, confirmer) == []
    kept: Any = await town.storage.dossiers.find(order.id)
    assert [len(clock.warned) for clock in kept.clocks if clock.kind is ClockKind.RECTIFY] == [1]
    late = await told_after(10, subject)
    assert ["整改期限已过" in one for one in late] == [True], "not twice, by the move and by the clock"

    record = await bureau.open(Kind.RECORD)
    record = await bureau.act(record, "notify", Role.REGISTRAR, consequences="拟定一般失信")
    town.later(days=10)
    record = await bureau.act(
        record, "confirm", severity="general", severity_reason="金额较大", catalogue="other"
    )
    await bureau.act(record, "object", Role.SUBJECT, reason="已付清", documents=[FILE])
    await told_after(0, registrar)
    (line,) = [one for one in await told_after(6, registrar) if "已过" in one]
    assert "请尽快办理" in line
    assert await told_after(3, registrar) == []


def test_every_template_has_its_words() -> None:
    """As the sources name them."""
    folder = Path(str(orders.__file__)).parents[1]
    source = "".join(path.read_text("utf-8") for path in folder.rglob("*.py") if path.name != "told.py")
    assert set(re.findall(r'"((?:staff|subject)-[a-z-]+)"', source)) == set(FOR_STAFF)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.SUBJECT])
async def test_who_may_not_know_is_not_told(town: Town, role: Role) -> None:
    bureau = await Bureau.of(town)
    stranger = await linked(town, "外省", role, "230000:省财政厅")
    order = await bureau.act(await bureau.open(Kind.ORDER), "issue")
    await bureau.act(order, "explain", Role.SUBJECT, excuse="funds", explanation="资金正在调度。")
    await town.parts.dossier_relay.step()
    assert await lines_of(town, stranger) == []
