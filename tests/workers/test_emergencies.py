"""Danger that is heard reaches a person: at once, filed or not, level by level until acknowledged."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.wiring.composition import Composition
from bot.workers.telling.emergencies import words_for_emergency
from cases.errors import InvalidInput, NotFound
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditAction, AuditSearch
from cases.ports.conversations import Address, Incoming
from cases.ports.emergencies import Emergency
from cases.service.emergencies import Where
from cases.vocabulary import Channel, Move
from cases.words import DANGER_NAMES
from classify.acts.danger import Danger
from classify.types import Severity
from storage.conversations.emergencies import MongoEmergencyStore
from tests.town.clock import MONDAY, Watch
from tests.town.live.chats import CitizenChat
from tests.town.live.town import Town, actor
from tests.town.places import ELSEWHERE, FINANCE, REFORM
from tests.town.words import NUMBER

WHERE = Where("qinghai", FINANCE, ())
DANGER = "我不想活了，钱要不回来"
STORY = (
    "青海省财政厅发布办公设备政府采购公告，我公司中标后货物早已验收，八十万元采购款一直没有支付，请尽快支付。"
)


class Watchroom(Town):
    """People with linked chats, a citizen, and the worker that tells."""

    async def linked(self, name: str, *roles: Role, department: str = FINANCE) -> Staff:
        address = Address(Channel.TELEGRAM, secrets.token_hex(4))
        await self.storage.conversations.receive(address, Incoming("1", {}, MONDAY))
        chat = self.storage.conversations.key(address)
        return await self.person(name, *roles, department=department, conversation=chat)

    async def citizen(self) -> CitizenChat:
        assert self.parts.telegram is not None
        chat = CitizenChat(self.parts.dialogue, self.parts.telegram, {}, "", id=secrets.randbelow(10**9) + 1)
        address = Address(Channel.TELEGRAM, str(chat.id))
        chat.conversation = self.storage.conversations.key(address)
        await self.storage.conversations.receive(address, Incoming("1", {}, MONDAY))
        return chat

    async def heard(self, where: Where = WHERE, text: str = DANGER, update: int = 1) -> str:
        id = secrets.token_hex(8)
        await self.services.emergencies.hear(id, where, update, ["self_harm"], text)
        return id

    async def kept(self) -> Sequence[Emergency]:
        store = MongoEmergencyStore(self.storage.database, self.storage.keys)
        return await store.list_since(self.now - timedelta(days=1), 10)

    async def rung(self, *people: Staff) -> set[str]:
        """Whose outbox got something in one step."""
        before = {person.id: await self._waiting(person) for person in people}
        await self.parts.emergencies.step()
        return {person.name for person in people if await self._waiting(person) > before[person.id]}

    async def _waiting(self, person: Staff) -> int:
        assert person.conversation is not None
        chats = self.storage.database["conversations"]
        row = await chats.find_one({"_id": person.conversation}, {"outbox.queue": 1})
        return len((row or {}).get("outbox", {}).get("queue", []))


@pytest.fixture
def room(parts: Composition, watch: Watch) -> Watchroom:
    watch.now = MONDAY
    return Watchroom(parts, watch)


async def test_an_emergency_climbs_until_a_person_acknowledges_it(room: Watchroom) -> None:
    duty = await room.linked("值班")
    head = await room.linked("负责", Role.HEAD)
    supervisor = await room.linked("督办", Role.SUPERVISOR, department=REFORM)
    stranger = await room.linked("旁人", department=REFORM)
    far = await room.linked("外省", Role.SUPERVISOR, department=ELSEWHERE)
    everybody = (duty, head, supervisor, stranger, far)
    id = await room.heard()
    assert await room.rung(*everybody) == {"值班", "负责", "督办"}
    assert await room.rung(*everybody) == set(), "once per level"
    room.later(minutes=9)
    assert await room.rung(*everybody) == set()
    room.later(minutes=1)
    assert await room.rung(*everybody) == {"负责", "督办"}
    room.later(minutes=10)
    assert await room.rung(*everybody) == {"值班", "负责", "督办"}
    room.later(minutes=59)
    assert await room.rung(*everybody) == set()
    room.later(minutes=1)
    assert await room.rung(*everybody) == {"值班", "负责", "督办"}, "nobody is left in peace"
    with pytest.raises(InvalidInput):
        await room.services.emergencies.acknowledge(id, " ", actor(duty))
    with pytest.raises(NotFound):
        await room.services.emergencies.acknowledge(id, "已联系110", actor(stranger))
    await room.services.emergencies.acknowledge(id, "已联系110", actor(duty))
    with pytest.raises(InvalidInput):
        await room.services.emergencies.acknowledge(id, "已联系110", actor(supervisor))
    room.later(days=1)
    assert await room.rung(*everybody) == set()
    found = await room.storage.audit.search(AuditSearch(subject=id), limit=10)
    assert AuditAction.EMERGENCY_ACKNOWLEDGED in {row.entry.action for row in found}


async def test_new_words_open_it_again_and_the_same_message_is_kept_once(room: Watchroom) -> None:
    duty = await room.linked("值班")
    id = await room.heard()
    await room.services.emergencies.hear(id, WHERE, 1, ["self_harm"], DANGER)
    await room.rung(duty)
    await room.services.emergencies.acknowledge(id, "已通话", actor(duty))
    await room.services.emergencies.hear(id, WHERE, 2, ["self_harm"], "我在楼顶")
    assert await room.rung(duty) == {"值班"}
    (kept,) = await room.services.emergencies.list_for(actor(duty))
    assert [said.text for said in kept.said] == [DANGER, "我在楼顶"]
    assert kept.is_open


async def test_never_the_accused_and_nobody_who_is_named(room: Watchroom) -> None:
    duty = await room.linked("值班")
    named = await room.linked("赵德柱")
    supervisor = await room.linked("督办", Role.SUPERVISOR, department=REFORM)
    await room.heard(Where("qinghai", FINANCE, (FINANCE,)), "财政厅赵德柱逼得我不想活了")
    assert await room.rung(duty, named, supervisor) == {"督办"}
    await room.heard(WHERE, "赵德柱逼得我不想活了")
    assert await room.rung(duty, named, supervisor) == {"值班", "督办"}
    assert await room.services.emergencies.list_for(actor(named)) == []


async def test_words_alone_raise_the_alarm_and_the_case_takes_it_over(room: Watchroom) -> None:
    citizen = await room.citizen()
    said = await citizen.say(DANGER)
    assert len(said) == 1
    (raised,) = await room.kept()
    assert raised.number is None
    assert [one.text for one in raised.said] == [DANGER]
    for words in (STORY, "没有问题", "匿名", "没有材料"):
        told = (await citizen.say(words))[-1]
    told = (await citizen.say("确认提交"))[-1]
    number = NUMBER.search(told)
    assert number is not None, told
    case = await room.storage.cases.get(number.group())
    assert case.complaint.severity is Severity.URGENT
    (kept,) = await room.kept()
    assert (kept.id, kept.number, kept.department) == (raised.id, case.number, case.department)
    assert set(kept.barred) == set(case.barred)
    assert FINANCE in kept.barred


async def test_danger_said_on_a_case_goes_to_who_has_it(room: Watchroom) -> None:
    citizen = await room.citizen()
    case = await room.filed(conversation=citizen.conversation)
    await citizen.say(f"/add {case.number}")
    said = await citizen.say("再不处理我就从楼上跳下去")
    assert len(said) == 1
    (raised,) = await room.kept()
    assert (raised.number, raised.department) == (case.number, case.department)


async def test_danger_said_on_a_case_makes_it_urgent_once(room: Watchroom) -> None:
    citizen = await room.citizen()
    case = await room.filed(conversation=citizen.conversation)
    assert case.complaint.severity is not Severity.URGENT
    for words in ("再不处理我就从楼上跳下去", "我真的不想活了"):
        await citizen.say(f"/add {case.number}")
        await citizen.say(words)
    urgent = await room.reread(case)
    assert urgent.complaint.severity is Severity.URGENT
    assert [entry.move for entry in urgent.history].count(Move.MARK_URGENT) == 1
    assert urgent.status is case.status


async def test_the_desk_shows_it_and_takes_the_acknowledgement(town: Town) -> None:
    duty = await town.person("值班", Role.HANDLER)
    outsider = await town.person("旁人", Role.HANDLER, department=REFORM)
    id = secrets.token_hex(8)
    await town.services.emergencies.hear(id, WHERE, 1, ["self_harm"], DANGER)
    who, other = await town.sign_in(duty), await town.sign_in(outsider)
    assert "1条还没有人确认" in await town.page("/desk", who)
    assert "还没有人确认" not in await town.page("/desk", other)
    assert DANGER in await town.page("/desk/emergencies", who)
    assert DANGER not in await town.page("/desk/emergencies", other)
    refused = await town.post(f"/desk/emergencies/{id}", outsider, other, note="看过了")
    assert refused.status == 404
    done = await town.post(f"/desk/emergencies/{id}", duty, who, note="已联系110和家人")
    assert done.status == 303
    assert "还没有人确认" not in await town.page("/desk", who)
    assert "已联系110和家人" in await town.page("/desk/emergencies", who)


async def test_what_was_said_is_sealed_and_nothing_says_who_said_it(room: Watchroom) -> None:
    citizen = await room.citizen()
    await citizen.say(DANGER)
    (row,) = await room.storage.database["emergencies"].find_all(
        {"last_at": {"$gte": MONDAY - timedelta(days=1)}}
    )
    assert row.keys() == {"_id", "version", "sealed", "last_at", "erase_at", "tell_at"}
    assert DANGER.encode() not in row["sealed"]
    assert citizen.conversation not in repr(row)
    assert str(citizen.id) not in repr(row)


def test_staff_are_told_kind_and_address_and_never_the_words() -> None:
    assert DANGER_NAMES.keys() == {danger.value for danger in Danger}
    said = {"update": 1, "at": MONDAY, "kinds": ("self_harm",), "text": DANGER}
    emergency = Emergency.model_validate(
        {"id": "e1", "jurisdiction": "qinghai", "department": FINANCE, "said": (said,), "tell_at": MONDAY}
    )
    line = words_for_emergency(emergency, "https://sx.example")
    assert "可能轻生" in line
    assert "https://sx.example/desk/emergencies" in line
    assert DANGER not in line
