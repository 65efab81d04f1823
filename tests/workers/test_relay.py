"""Who of the staff is told, and how often: on real stores, with every chat's outbox read back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.wiring import Core, build_core
from bot.wiring.core import build_links
from bot.workers.telling.alerts import MOST, WINDOW, Alerts, summary
from bot.workers.telling.relay import Relay
from bot.workers.telling.systems import Systems
from cases.errors import InvalidInput
from cases.model import Case, Notification
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.conversations import Address, Incoming
from cases.records import FreeText
from cases.rules.calendar import WorkCalendar
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from cases.rules.time_limits import load_time_limits
from cases.service.intake import Report
from cases.service.staff_links import TRIES_AN_HOUR, VALID, StaffLinks
from cases.vocabulary import Audience, Channel, Language
from classify.types import Domain
from handlers.citizen.notifications import render_notification
from storage.coordination.alert_ledger import MongoAlertLedger
from storage.opening import Storage
from tests.town.clock import MONDAY, Watch

RULES = Rules(calendar=WorkCalendar(), limits=load_time_limits(), jurisdictions=Jurisdictions.load())
FINANCE = "630000:省财政厅"
REFORM = "630000:省发展改革委"
ELSEWHERE = "230000:省发展改革委"
WORDS = "{body}采购办公设备，货物验收一年有余，八十万元采购款至今未付。"


@dataclass
class Desk:
    """People with linked chats, a relay, and the present."""

    storage: Storage
    core: Core
    relay: Relay
    links: StaffLinks
    watch: Watch

    async def person(
        self, name: str, *roles: Role, department: str = FINANCE, linked: bool = True, **more: Any
    ) -> Staff:
        id = secrets.token_hex(4)
        chat = await self.chat() if linked else None
        granted = frozenset(roles or {Role.HANDLER})
        staff = Staff(id, id, name, department, granted, conversation=chat, **more)
        await self.storage.staff.add(staff)
        return staff

    async def chat(self) -> str:
        address = Address(Channel.TELEGRAM, secrets.token_hex(4))
        await self.storage.conversations.receive(address, Incoming("1", {}, MONDAY))
        return self.storage.conversations.key(address)

    async def filed(self, accused: str = "西宁市城西区教育局", text: str | None = None, **more: Any) -> Case:
        report = Report(
            channel=Channel.WEB,
            language=Language.ZH_HANS,
            text=FreeText(text or WORDS.format(body=accused)),
            domain=Domain.PROCUREMENT,
            domain_by="citizen",
            region_code="630000",
            accused=accused,
            **more,
        )
        return (
            await self.core.services.filing.file(report, key=secrets.token_hex(8), conversation=None)
        ).case

    async def tell(self, case: Case, *told: Notification) -> None:
        """Put more notifications on the stored case."""
        fresh = case.model_copy(update={"notifications": (*case.notifications, *told)})
        assert await self.storage.cases.save(fresh, expected_version=case.version)

    async def told(self, person: Staff) -> list[str]:
        """Everything that waits to be sent to the person's chat or was sent to it, oldest first."""
        await self.relay.step()
        chat = (await self.storage.staff.get(person.id)).conversation
        texts: list[str] = []
        while True:
            # All chats' outboxes are emptied in turn; the other ones' calls are put back.
            now = self.watch.now + timedelta(days=1)
            work = await self.storage.conversations.claim_delivery(
                now, now + timedelta(days=1), Channel.TELEGRAM
            )
            if work is None:
                return texts
            if work.conversation == chat:
                texts.append(work.call.payload["text"])
                await self.storage.conversations.ack(work, self.watch.now)


@pytest.fixture
async def desk(storage: Storage, watch: Watch) -> Desk:
    watch.now = MONDAY
    core = await build_core(storage, RULES, watch)
    ledger = MongoAlertLedger(storage.database, WINDOW, MOST)
    alerts = Alerts(ledger, storage.staff, storage.conversations, watch, "https://sx.example")
    relay = Relay(
        storage.cases,
        storage.reporters,
        storage.staff,
        storage.conversations,
        RULES.jurisdictions,
        render_notification,
        alerts,
        Systems(storage.webhooks, storage.staff, RULES.jurisdictions, watch),
        wake_outboxes=lambda: None,
        now=watch,
        public_url="https://sx.example",
    )
    return Desk(storage, core, relay, build_links(storage, watch), watch)


def supervisors(case: Case, id: str = "n-1", template: str = "staff-red") -> Notification:
    return Notification(
        id=f"{case.number}:{id}",
        audience=Audience.SUPERVISORS,
        target=case.routing.jurisdiction,
        template=template,
        params={"due": MONDAY.isoformat()},
    )


async def test_administrators_hear_of_a_department_without_accounts_and_nothing_of_the_case(
    desk: Desk,
) -> None:
    admin = await desk.person("系统管理员", Role.ADMIN, department=REFORM)
    case = await desk.filed()
    await desk.filed("西宁市城中区教育局")
    (line,) = await desk.told(admin)
    assert case.department_name in line
    assert "没有可用的账号" in line
    assert case.number not in line


async def test_a_department_with_an_account_is_no_news_to_administrators(desk: Desk) -> None:
    admin = await desk.person("系统管理员", Role.ADMIN, department=REFORM)
    await desk.person("李承办")
    await desk.filed()
    assert await desk.told(admin) == []


async def test_a_new_case_is_told_to_its_department_by_number_and_address_only(desk: Desk) -> None:
    handler = await desk.person("李承办")
    case = await desk.filed()
    assert case.department == FINANCE
    (text,) = await desk.told(handler)
    assert text == f"您单位的队列有新件 {case.number}，请领取。\nhttps://sx.example/desk/cases/{case.number}"


@pytest.mark.parametrize(
    ("role", "department"), [(Role.HANDLER, FINANCE), (Role.SUPERVISOR, REFORM)], ids=["desk", "supervisor"]
)
async def test_danger_is_told_at_once_however_much_came_before(
    desk: Desk, role: Role, department: str
) -> None:
    person = await desk.person("值班的人", role, department=department)
    for n in range(MOST + 1):
        case = await desk.filed()
        await desk.tell(case, supervisors(case, f"n-{n}"))
    assert len(await desk.told(person)) == MOST
    case = await desk.filed(danger=True)
    assert not case.quarantined
    (text,) = await desk.told(person)
    assert text.startswith(f"{case.number} 的投诉人可能有危险，请立即查看")


async def test_another_department_is_not_told(desk: Desk) -> None:
    stranger = await desk.person("周旁人", department=REFORM)
    await desk.filed()
    assert await desk.told(stranger) == []


async def test_a_person_named_in_the_complaint_is_not_told(desk: Desk) -> None:
    named = await desk.person("李被指")
    await desk.filed(text="西宁市城西区教育局和财政厅李被指承诺付款八十万元，采购款至今未付。")
    assert await desk.told(named) == []


async def test_a_department_that_is_the_accused_body_is_not_told_even_when_addressed(desk: Desk) -> None:
    accused = await desk.person("赵被投诉")
    overseer = await desk.person("钱督办", Role.SUPERVISOR)
    case = await desk.filed(accused="青海省财政厅")
    assert case.department != FINANCE
    wrong = Notification(
        id=f"{case.number}:x", audience=Audience.DEPARTMENT, target=FINANCE, template="staff-new-case"
    )
    personal = Notification(
        id=f"{case.number}:y", audience=Audience.STAFF, target=accused.id, template="staff-assigned"
    )
    await desk.tell(case, wrong, personal, supervisors(case))
    assert await desk.told(accused) == []
    assert await desk.told(overseer) == []


async def test_supervisors_are_told_of_what_they_oversee_only(desk: Desk) -> None:
    here = await desk.person("杜督办", Role.SUPERVISOR, department=REFORM)
    away = await desk.person("别督办", Role.SUPERVISOR, department=ELSEWHERE)
    county = await desk.person("县督办", Role.SUPERVISOR, department="630100:市政府")
    case = await desk.filed()
    await desk.tell(case, supervisors(case))
    assert REFORM in RULES.jurisdictions.departments_of("qinghai")
    await desk.relay.step()
    overseers = [p.name for p in (here, away, county) if await _has_red(desk, p, case)]
    assert overseers == ["杜督办"]


async def _has_red(desk: Desk, person: Staff, case: Case) -> bool:
    document = await desk.storage.database["conversations"].find_one({"_id": person.conversation})
    assert document is not None
    return any(case.number in call["id"] for call in document.get("outbox", {}).get("queue", []))


async def test_somebody_who_left_or_linked_no_chat_is_not_told(desk: Desk) -> None:
    left = await desk.person("已离职", active=False)
    await desk.person("未绑定", linked=False)
    await desk.filed()
    assert await desk.told(left) == []


async def test_a_citizen_whose_filing_was_interrupted_is_told_when_it_is_completed(desk: Desk) -> None:
    case = await desk.filed()
    await desk.relay.step()
    reporter = await desk.storage.reporters.find(case.number)
    assert reporter is not None
    await desk.storage.reporters.erase(case.number)
    case = await desk.storage.cases.get(case.number)
    word = Notification(id=f"{case.number}:z", audience=Audience.CITIZEN, template="told-message")
    await desk.tell(case, word)
    await desk.relay.step()
    assert [n.id for n in (await desk.storage.cases.get(case.number)).notifications] == [word.id]
    await desk.storage.reporters.put(reporter)
    await desk.relay.step()
    assert (await desk.storage.cases.get(case.number)).notifications == ()


async def test_telling_again_after_a_crash_tells_nothing_twice(desk: Desk) -> None:
    handler = await desk.person("李承办")
    case = await desk.filed()
    await desk.relay.step()
    await desk.tell(await desk.storage.cases.get(case.number), *case.notifications)
    assert len(await desk.told(handler)) == 1
    await desk.tell(await desk.storage.cases.get(case.number), *case.notifications)
    assert await desk.told(handler) == []


async def test_a_flood_comes_as_a_few_alerts_and_one_summary_when_the_hour_is_over(desk: Desk) -> None:
    handler = await desk.person("李承办")
    for _ in range(MOST + 3):
        await desk.filed()
    late = await desk.storage.cases.get((await desk.filed()).number)
    amber = Notification(
        id=f"{late.number}:a", audience=Audience.DEPARTMENT, target=FINANCE, template="staff-amber"
    )
    await desk.tell(late, amber)
    assert len(await desk.told(handler)) == MOST
    desk.watch.now = MONDAY + WINDOW - timedelta(milliseconds=1)
    assert await desk.told(handler) == []
    desk.watch.now = MONDAY + WINDOW
    assert await desk.told(handler) == [
        "过去一小时还有：即将到期1，新件4。请登录办理台查看。\nhttps://sx.example/desk"
    ]
    desk.watch.later(seconds=WINDOW.total_seconds())
    assert await desk.told(handler) == []
    case = await desk.filed()
    assert case.number in (await desk.told(handler))[0]


async def test_each_person_has_a_flood_of_their_own(desk: Desk) -> None:
    handler = await desk.person("李承办")
    for _ in range(MOST + 1):
        await desk.filed()
    assert len(await desk.told(handler)) == MOST
    newcomer = await desk.person("周新人")
    await desk.filed()
    assert len(await desk.told(newcomer)) == 1


async def test_a_summary_interrupted_by_a_crash_is_made_again_and_loses_nothing(desk: Desk) -> None:
    ledger = MongoAlertLedger(desk.storage.database, WINDOW, 1)
    assert await ledger.admit("p", "a-1", "新件", MONDAY)
    assert not await ledger.admit("p", "a-2", "新件", MONDAY)
    assert not await ledger.admit("p", "a-2", "新件", MONDAY)
    (first,) = await ledger.close_due(MONDAY + WINDOW)
    assert not await ledger.admit("p", "a-2", "新件", MONDAY + WINDOW)
    assert await ledger.admit("p", "a-3", "新件", MONDAY + WINDOW)
    assert not await ledger.admit("p", "a-4", "已超期", MONDAY + WINDOW)
    (again,) = await ledger.close_due(MONDAY + WINDOW)
    assert again == first
    assert again.kinds == ("新件",)
    await ledger.settle(again)
    (second,) = await ledger.close_due(MONDAY + 2 * WINDOW)
    assert second.kinds == ("已超期",)
    assert second.id != first.id


def test_a_summary_names_kinds_and_counts_worst_first() -> None:
    assert summary(["新件", "已超期", "新件"], None) == "过去一小时还有：已超期1，新件2。请登录办理台查看。"


# -- linking ----------------------------------------------------------------------------------------
async def test_a_code_links_the_chat_once_and_within_ten_minutes(desk: Desk) -> None:
    person = await desk.person("李承办", linked=False)
    chat, other = await desk.chat(), await desk.chat()
    code = await desk.links.new_code(person.id)
    assert len(code) == 8
    assert code.isdecimal()
    linked = await desk.links.link(f" {code[:4]} {code[4:]}", chat)
    assert linked is not None
    assert (await desk.storage.staff.get(person.id)).conversation == chat
    assert await desk.links.link(code, other) is None
    late = await desk.links.new_code(person.id)
    desk.watch.later(seconds=VALID.total_seconds())
    assert await desk.links.link(late, other) is None


async def test_only_the_newest_code_works_and_none_is_stored_as_it_is(desk: Desk) -> None:
    person = await desk.person("李承办", linked=False)
    first, second = await desk.links.new_code(person.id), await desk.links.new_code(person.id)
    rows = await desk.storage.database["link_codes"].find_all({"staff": person.id})
    assert len(rows) == 1
    assert second not in str(rows)
    assert await desk.links.link(first, await desk.chat()) is None
    assert await desk.links.link(second, await desk.chat()) is not None


async def test_guessing_is_stopped(desk: Desk) -> None:
    chat = await desk.chat()
    for _ in range(TRIES_AN_HOUR):
        assert await desk.links.link("00000000", chat) is None
    person = await desk.person("李承办", linked=False)
    code = await desk.links.new_code(person.id)
    with pytest.raises(InvalidInput):
        await desk.links.link(code, chat)
    desk.watch.later(hours=1)
    fresh = await desk.links.new_code(person.id)
    assert await desk.links.link(fresh, chat) is not None


async def test_a_chat_serves_one_account_and_unlinking_ends_the_alerts(desk: Desk) -> None:
    first = await desk.person("李承办")
    second = await desk.person("周同事", linked=False)
    assert first.conversation
    assert await desk.links.link(await desk.links.new_code(second.id), first.conversation)
    assert (await desk.storage.staff.get(first.id)).conversation is None
    await desk.links.unlink(second.id)
    assert (await desk.storage.staff.get(second.id)).conversation is None
    await desk.filed()
    assert await desk.told(replace(second, conversation=None)) == []
    actions = [entry.action for entry in await desk.storage.audit.list_entries(subject=second.id)]
    assert {"staff.chat_linked", "staff.chat_unlinked"} <= set(actions)
