"""Who of the staff is told, and how often: on real stores, with every chat's outbox read back."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.settings import Settings
from bot.wiring.composition import Composition
from bot.workers.telling.alerts import MOST, WINDOW, summary
from cases.errors import InvalidInput
from cases.model import Case, Notification
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.conversations import Address, Incoming
from cases.service.staff.links import TRIES_AN_HOUR, VALID, StaffLinks
from cases.vocabulary import Audience, Channel, Move
from storage.coordination.alert_ledger import MongoAlertLedger
from tests.town.clock import MONDAY, Watch
from tests.town.live.town import Town
from tests.town.places import FINANCE, REFORM
from tests.town.rules import RULES
from tests.town.words import OPINION

OF_ANOTHER_PROVINCE = "230000:省发展改革委"


class Switchboard(Town):
    """People with linked chats, and what they are told."""

    async def linked(self, name: str, *roles: Role, department: str = FINANCE, **more: Any) -> Staff:
        return await self.person(name, *roles, department=department, conversation=await self.chat(), **more)

    async def chat(self) -> str:
        address = Address(Channel.TELEGRAM, secrets.token_hex(4))
        await self.storage.conversations.receive(address, Incoming("1", {}, MONDAY))
        return self.storage.conversations.key(address)

    @property
    def links(self) -> StaffLinks:
        assert self.parts.links is not None
        return self.parts.links

    async def tell(self, case: Case, *told: Notification) -> None:
        """Put more notifications on the stored case."""
        fresh = case.model_copy(update={"notifications": (*case.notifications, *told)})
        assert await self.storage.cases.save(fresh, expected_version=case.version)

    async def told(self, person: Staff) -> list[str]:
        """Everything that waits to be sent to the person's chat or was sent to it, oldest first."""
        await self.parts.relay.step()
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
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": "https://sx.example"})


@pytest.fixture
def board(parts: Composition, watch: Watch) -> Switchboard:
    watch.now = MONDAY
    return Switchboard(parts, watch)


def supervisors(case: Case, id: str = "n-1", template: str = "staff-red") -> Notification:
    return Notification(
        id=f"{case.number}:{id}",
        audience=Audience.SUPERVISORS,
        target=case.routing.jurisdiction,
        template=template,
        params={"due": MONDAY.isoformat()},
    )


async def test_administrators_hear_of_a_department_without_accounts_and_nothing_of_the_case(
    board: Switchboard,
) -> None:
    admin = await board.linked("系统管理员", Role.ADMIN, department=REFORM)
    case = await board.filed()
    await board.filed(accused="西宁市城中区教育局")
    (line,) = await board.told(admin)
    assert case.department_name in line
    assert "没有可用的账号" in line
    assert case.number not in line


async def test_a_department_with_an_account_is_no_news_to_administrators(board: Switchboard) -> None:
    admin = await board.linked("系统管理员", Role.ADMIN, department=REFORM)
    await board.linked("李承办")
    await board.filed()
    assert await board.told(admin) == []


async def test_a_new_case_is_told_to_its_department_by_number_and_address_only(board: Switchboard) -> None:
    handler = await board.linked("李承办")
    case = await board.filed()
    assert case.department == FINANCE
    (text,) = await board.told(handler)
    assert text == f"您单位的队列有新件 {case.number}，请领取。\nhttps://sx.example/desk/cases/{case.number}"


@pytest.mark.parametrize(
    ("role", "department"), [(Role.HANDLER, FINANCE), (Role.SUPERVISOR, REFORM)], ids=["desk", "supervisor"]
)
async def test_danger_is_told_at_once_however_much_came_before(
    board: Switchboard, role: Role, department: str
) -> None:
    person = await board.linked("值班的人", role, department=department)
    for n in range(MOST + 1):
        case = await board.filed()
        await board.tell(case, supervisors(case, f"n-{n}"))
    assert len(await board.told(person)) == MOST
    case = await board.filed(danger=True)
    assert not case.quarantined
    (text,) = await board.told(person)
    assert text.startswith(f"{case.number} 的投诉人可能有危险，请立即查看")


async def test_another_department_is_not_told(board: Switchboard) -> None:
    stranger = await board.linked("周旁人", department=REFORM)
    await board.filed()
    assert await board.told(stranger) == []


async def test_a_person_named_in_the_complaint_is_not_told(board: Switchboard) -> None:
    named = await board.linked("李被指")
    await board.filed(text="西宁市城西区教育局和财政厅李被指承诺付款八十万元，采购款至今未付。")
    assert await board.told(named) == []


async def test_a_department_that_is_the_accused_body_is_not_told_even_when_addressed(
    board: Switchboard,
) -> None:
    accused = await board.linked("赵被投诉")
    overseer = await board.linked("钱督办", Role.SUPERVISOR)
    case = await board.filed(accused="青海省财政厅")
    assert case.department != FINANCE
    wrong = Notification(
        id=f"{case.number}:x", audience=Audience.DEPARTMENT, target=FINANCE, template="staff-new-case"
    )
    personal = Notification(
        id=f"{case.number}:y", audience=Audience.STAFF, target=accused.id, template="staff-assigned"
    )
    await board.tell(case, wrong, personal, supervisors(case))
    assert await board.told(accused) == []
    assert await board.told(overseer) == []


async def test_supervisors_are_told_of_what_they_oversee_only(board: Switchboard) -> None:
    here = await board.linked("杜督办", Role.SUPERVISOR, department=REFORM)
    away = await board.linked("别督办", Role.SUPERVISOR, department=OF_ANOTHER_PROVINCE)
    county = await board.linked("县督办", Role.SUPERVISOR, department="630100:市政府")
    case = await board.filed()
    await board.tell(case, supervisors(case))
    assert REFORM in RULES.jurisdictions.departments_of("qinghai")
    await board.parts.relay.step()
    overseers = [p.name for p in (here, away, county) if await _has_red(board, p, case)]
    assert overseers == ["杜督办"]


async def _has_red(board: Switchboard, person: Staff, case: Case) -> bool:
    document = await board.storage.database["conversations"].find_one({"_id": person.conversation})
    assert document is not None
    return any(case.number in call["id"] for call in document.get("outbox", {}).get("queue", []))


async def test_somebody_who_left_or_linked_no_chat_is_not_told(board: Switchboard) -> None:
    left = await board.linked("已离职", active=False)
    await board.person("未绑定")
    await board.filed()
    assert await board.told(left) == []


async def test_a_citizen_whose_filing_was_interrupted_is_told_when_it_is_completed(
    board: Switchboard,
) -> None:
    case = await board.filed()
    await board.parts.relay.step()
    reporter = await board.storage.reporters.find(case.number)
    assert reporter is not None
    await board.storage.reporters.erase(case.number)
    case = await board.storage.cases.get(case.number)
    word = Notification(id=f"{case.number}:z", audience=Audience.CITIZEN, template="told-message")
    await board.tell(case, word)
    await board.parts.relay.step()
    assert [n.id for n in (await board.storage.cases.get(case.number)).notifications] == [word.id]
    await board.storage.reporters.put(reporter)
    await board.parts.relay.step()
    assert (await board.storage.cases.get(case.number)).notifications == ()


async def test_whoever_was_merged_is_told_all_of_the_main_case_under_the_own_number(
    board: Switchboard,
) -> None:
    li, mine = await board.linked("李承办", Role.HEAD), await board.linked("某投诉人", department=REFORM)
    own = await board.filed(conversation=mine.conversation)
    main = await board.claimed(li)
    await board.act(await board.claimed(li, own), Move.MERGE, li, into=main.number)
    await board.act(main, Move.WRITE, li, text="请等待")
    await board.act(main, Move.ACCEPT, li)
    await board.act(main, Move.ANSWER, li, **OPINION)
    told = await board.told(mine)
    for words in ("并案办理", "给您留言", "请等待", "受理", OPINION["opinion"]):
        assert any(words in line for line in told), words
    assert all(own.number in line for line in told if "<code>SX" in line)


async def test_telling_again_after_a_crash_tells_nothing_twice(board: Switchboard) -> None:
    handler = await board.linked("李承办")
    case = await board.filed()
    await board.parts.relay.step()
    await board.tell(await board.storage.cases.get(case.number), *case.notifications)
    assert len(await board.told(handler)) == 1
    await board.tell(await board.storage.cases.get(case.number), *case.notifications)
    assert await board.told(handler) == []


async def test_a_flood_comes_as_a_few_alerts_and_one_summary_when_the_hour_is_over(
    board: Switchboard,
) -> None:
    handler = await board.linked("李承办")
    for _ in range(MOST + 3):
        await board.filed()
    late = await board.storage.cases.get((await board.filed()).number)
    amber = Notification(
        id=f"{late.number}:a", audience=Audience.DEPARTMENT, target=FINANCE, template="staff-amber"
    )
    await board.tell(late, amber)
    assert len(await board.told(handler)) == MOST
    board.watch.now = MONDAY + WINDOW - timedelta(milliseconds=1)
    assert await board.told(handler) == []
    board.watch.now = MONDAY + WINDOW
    assert await board.told(handler) == [
        "过去一小时还有：即将到期1，新件4。请登录办理台查看。\nhttps://sx.example/desk"
    ]
    board.watch.later(seconds=WINDOW.total_seconds())
    assert await board.told(handler) == []
    case = await board.filed()
    assert case.number in (await board.told(handler))[0]


async def test_each_person_has_a_flood_of_their_own(board: Switchboard) -> None:
    handler = await board.linked("李承办")
    for _ in range(MOST + 1):
        await board.filed()
    assert len(await board.told(handler)) == MOST
    newcomer = await board.linked("周新人")
    await board.filed()
    assert len(await board.told(newcomer)) == 1


async def test_a_summary_interrupted_by_a_crash_is_made_again_and_loses_nothing(board: Switchboard) -> None:
    ledger = MongoAlertLedger(board.storage.database, WINDOW, 1)
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
async def test_a_code_links_the_chat_once_and_within_ten_minutes(board: Switchboard) -> None:
    person = await board.person("李承办")
    chat, other = await board.chat(), await board.chat()
    code = await board.links.new_code(person.id)
    assert len(code) == 8
    assert code.isdecimal()
    linked = await board.links.link(f" {code[:4]} {code[4:]}", chat)
    assert linked is not None
    assert (await board.storage.staff.get(person.id)).conversation == chat
    assert await board.links.link(code, other) is None
    late = await board.links.new_code(person.id)
    board.watch.later(seconds=VALID.total_seconds())
    assert await board.links.link(late, other) is None


async def test_only_the_newest_code_works_and_none_is_stored_as_it_is(board: Switchboard) -> None:
    person = await board.person("李承办")
    first, second = await board.links.new_code(person.id), await board.links.new_code(person.id)
    rows = await board.storage.database["link_codes"].find_all({"staff": person.id})
    assert len(rows) == 1
    assert second not in str(rows)
    assert await board.links.link(first, await board.chat()) is None
    assert await board.links.link(second, await board.chat()) is not None


async def test_guessing_is_stopped(board: Switchboard) -> None:
    chat = await board.chat()
    for _ in range(TRIES_AN_HOUR):
        assert await board.links.link("00000000", chat) is None
    person = await board.person("李承办")
    code = await board.links.new_code(person.id)
    with pytest.raises(InvalidInput):
        await board.links.link(code, chat)
    board.watch.later(hours=1)
    fresh = await board.links.new_code(person.id)
    assert await board.links.link(fresh, chat) is not None


async def test_a_chat_serves_one_account_and_unlinking_ends_the_alerts(board: Switchboard) -> None:
    first = await board.linked("李承办")
    second = await board.person("周同事")
    assert first.conversation
    assert await board.links.link(await board.links.new_code(second.id), first.conversation)
    assert (await board.storage.staff.get(first.id)).conversation is None
    await board.links.unlink(second.id)
    assert (await board.storage.staff.get(second.id)).conversation is None
    await board.filed()
    assert await board.told(replace(second, conversation=None)) == []
    actions = [entry.action for entry in await board.storage.audit.list_entries(subject=second.id)]
    assert {"staff.chat_linked", "staff.chat_unlinked"} <= set(actions)
