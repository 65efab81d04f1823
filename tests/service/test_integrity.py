"""The integrity side through its service, on a real database: from a case answered 属实 to an order."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from cases.errors import (
    ConflictOfInterest,
    IllegalMove,
    InvalidInput,
    NotAllowed,
    NotFound,
    SecondPersonNeeded,
)
from cases.integrity.breaches.order_model import OrderStatus
from cases.integrity.spine.vocabulary import Kind
from cases.moves.history import find_break
from cases.people import Role
from cases.ports.dossiers import DossierFilter
from cases.vocabulary import Audience
from tests.town.dossiers import FILE
from tests.town.live.bureau import FACTS, SUBJECT, TOLD, Bureau
from tests.town.live.town import Town, actor
from tests.town.places import FINANCE, REFORM

ORDERS = DossierFilter(kinds=frozenset({Kind.ORDER}))


async def test_an_order_goes_its_whole_way_and_the_complainant_is_told(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    order = await bureau.open(Kind.ORDER, case)
    assert (order.subject.department, order.keeper, order.status) == (SUBJECT, FINANCE, OrderStatus.DRAFTED)
    assert case.number not in str(order.model_dump()), "only a keyed reference to the case"
    order = await bureau.act(order, "issue")
    assert order.serial.endswith("〔2026〕1号")
    order = await bureau.act(order, "explain", Role.SUBJECT, excuse="funds", explanation="资金正在调度。")
    order = await bureau.act(order, "prove", Role.SUBJECT, note="已付清", proof=[FILE])
    order = await bureau.act(order, "fulfil")
    assert (order.status, find_break(order.history)) == (OrderStatus.FULFILLED, None)
    stored = await town.storage.dossiers.find(order.id)
    assert stored == order
    told = [n.template for n in order.notifications if n.audience is Audience.CITIZEN]
    assert told == ["told-order-issued", "told-order-fulfilled"]
    assert await town.storage.dossier_sources.resolve(order.source) == case.number


async def test_a_case_offers_its_findings_and_never_its_words(town: Town) -> None:
    bureau = await Bureau.of(town)
    registrar = bureau.people[Role.REGISTRAR]
    plain, copied = await bureau.answered(), await bureau.answered(facts=f"来件称：{TOLD}")
    found = await bureau.service.findings(registrar)
    assert {one.case.number for one in found} == {plain.number, copied.number}
    offered = await bureau.service.suggest_opening(Kind.ORDER, registrar, plain.number)
    assert (offered["facts"], offered["body"]) == (FACTS, "青海省教育厅")
    assert (await bureau.service.suggest_opening(Kind.ORDER, registrar, copied.number))["facts"] == ""
    await bureau.open(Kind.ORDER, plain)
    assert [one.case.number for one in await bureau.service.findings(registrar)] == [copied.number]
    assert await bureau.service.findings(bureau.people[Role.SUBJECT]) == ()


async def test_words_of_the_complaint_are_refused_and_private_numbers_masked(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    copies: list[dict[str, Any]] = [{"facts": f"查明：{TOLD[10:30]}"}, {"required": TOLD[14:27]}]
    for given in copies:
        with pytest.raises(InvalidInput, match="雷同"):
            await bureau.open(Kind.ORDER, case, **given)
    order = await bureau.open(Kind.ORDER, case, facts="经手人电话13812345678，青海省教育厅欠付货款。")
    assert "13812345678" not in order.facts
    order = await bureau.act(order, "issue")
    with pytest.raises(InvalidInput, match="雷同"):
        await bureau.act(order, "explain", Role.SUBJECT, excuse="other", explanation=TOLD)
    assert await town.storage.dossiers.find(order.id) == order, "nothing half-saved"


async def test_what_does_not_fit_is_refused_with_its_sentence(town: Town) -> None:
    bureau = await Bureau.of(town)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"code": "116300000150004530"}, "校验位不符"),
        ({"body": "张三", "code": ""}, "不是单位的全称"),
        ({"body": "海东市平安区河滩村村民委员会"}, "区划代码"),
    ]
    for given, said in wrong:
        with pytest.raises(InvalidInput, match=said):
            await bureau.open(Kind.ORDER, **given)
    with pytest.raises(IllegalMove, match="没有答复属实"):
        await bureau.open(Kind.ORDER, await bureau.answered(outcome="reject"))
    assert await bureau.service.count(bureau.people[Role.REGISTRAR], ORDERS) == 0
    village = await bureau.open(
        Kind.ORDER, body="海东市平安区河滩村村民委员会", code="", region="630203", body_kind="village"
    )
    assert village.subject.department is None


async def test_nobody_of_the_subject_and_nobody_named_handles_it(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    inside = actor(await town.person("戊处长", Role.REGISTRAR, Role.CONFIRMER, department=SUBJECT))
    with pytest.raises((ConflictOfInterest, NotFound)):
        await bureau.open(Kind.ORDER, case, inside)
    with pytest.raises(ConflictOfInterest):
        await bureau.open(Kind.ORDER, None, inside)
    order = await bureau.open(Kind.ORDER, case)
    with pytest.raises(ConflictOfInterest):
        await bureau.act(order, "issue", inside)
    with pytest.raises(ConflictOfInterest):
        await bureau.service.get(order.id, inside)
    assert await bureau.service.count(inside, ORDERS) == 0
    named = actor(await town.person("课桌椅", Role.CONFIRMER))
    with pytest.raises(ConflictOfInterest):
        await bureau.act(order, "issue", named)


async def test_two_people_issue_an_order(town: Town) -> None:
    bureau = await Bureau.of(town)
    both = actor(await town.person("己", Role.REGISTRAR, Role.CONFIRMER))
    order = await bureau.open(Kind.ORDER, None, both)
    with pytest.raises(SecondPersonNeeded):
        await bureau.act(order, "issue", both)
    with pytest.raises(NotAllowed):
        await bureau.act(order, "issue", Role.REGISTRAR)


async def test_who_sees_an_order(town: Town) -> None:
    bureau = await Bureau.of(town)
    order = await bureau.open(Kind.ORDER, await bureau.answered())
    seeing = {
        "lead": (Role.REGISTRAR, REFORM),
        "supervisor": (Role.SUPERVISOR, REFORM),
        "auditor": (Role.AUDITOR, "230000:省财政厅"),
    }
    blind = {
        "handler": (Role.HANDLER, FINANCE),
        "other": (Role.REGISTRAR, "230000:省财政厅"),
        "beside": (Role.REGISTRAR, "630000:省公安厅"),
        "admin": (Role.ADMIN, FINANCE),
    }
    for name, (role, department) in (seeing | blind).items():
        person = actor(await town.person(name, role, department=department))
        listed = await bureau.service.list_dossiers(person, ORDERS)
        assert [one.id for one in listed.dossiers] == ([order.id] if name in seeing else []), name
        if name in seeing:
            assert (await bureau.service.get(order.id, person)).dossier == order
        else:
            with pytest.raises(NotFound):
                await bureau.service.get(order.id, person)
    subject = bureau.people[Role.SUBJECT]
    with pytest.raises(NotFound):
        await bureau.service.get(order.id, subject)
    assert await bureau.service.count(subject, ORDERS) == 0
    await bureau.act(order, "issue")
    assert {spec.move for spec in bureau.service.offers(await bureau.service.get(order.id, subject))} == {
        "explain",
        "prove",
    }
    assert await bureau.service.count(subject, ORDERS) == 1


async def test_one_order_at_a_time_from_a_case_and_twice_asked_is_once(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    first = await bureau.open(Kind.ORDER, case, key="k")
    assert await bureau.open(Kind.ORDER, case, key="k") == first
    with pytest.raises(InvalidInput, match=first.id):
        await bureau.open(Kind.ORDER, case, key="other")
    await bureau.act(first, "cancel", reason="起草有误")
    second = await bureau.open(Kind.ORDER, case, key="other")
    assert second.id != first.id
    plain = await asyncio.gather(*(bureau.open(Kind.ORDER, key="same") for _ in range(5)))
    assert len({one.id for one in plain}) == 1


async def test_of_many_at_once_one_issues_it(town: Town) -> None:
    bureau = await Bureau.of(town)
    order = await bureau.open(Kind.ORDER)
    done = await asyncio.gather(*(bureau.act(order, "issue") for _ in range(6)), return_exceptions=True)
    assert sum(not isinstance(one, BaseException) for one in done) == 1
    stored = await town.storage.dossiers.find(order.id)
    assert stored is not None
    assert (len(stored.history), stored.version) == (2, 2)


async def test_time_makes_an_order_overdue_once(town: Town) -> None:
    bureau = await Bureau.of(town)
    order = await bureau.act(await bureau.open(Kind.ORDER, await bureau.answered()), "issue")
    assert await bureau.service.list_waking(10) == []
    assert await bureau.service.wake(order) is None
    town.later(days=40)
    (due,) = await bureau.service.list_waking(10)
    late = await bureau.service.wake(due)
    assert late is not None
    assert late.status is OrderStatus.OVERDUE
    assert await bureau.service.list_waking(10) == []
    assert [n.template for n in late.notifications if n.audience is Audience.CITIZEN][-1] == (
        "told-order-overdue"
    )


async def test_what_waits_for_whom_is_listed_by_due_day(town: Town) -> None:
    bureau = await Bureau.of(town)
    drafted = await bureau.open(Kind.ORDER, key="a")
    issued = await bureau.act(await bureau.open(Kind.ORDER, key="b"), "issue")
    confirmer = bureau.people[Role.CONFIRMER]
    listed = await bureau.service.list_dossiers(confirmer, DossierFilter(waits_for=Role.CONFIRMER))
    assert [one.id for one in listed.dossiers] == [issued.id, drafted.id]
    page = await bureau.service.list_dossiers(confirmer, ORDERS, limit=1)
    rest = await bureau.service.list_dossiers(confirmer, ORDERS, limit=1, cursor=page.next_cursor)
    assert {page.dossiers[0].id, rest.dossiers[0].id} == {drafted.id, issued.id}
    by_name = await bureau.service.list_dossiers(confirmer, DossierFilter(words="教育厅"))
    assert len(by_name.dossiers) == 2


async def test_government_above_may_act_where_the_keeper_has_nobody(town: Town) -> None:
    bureau = await Bureau.of(town)
    order = await bureau.open(Kind.ORDER)
    above = actor(await town.person("庚", Role.CONFIRMER, department="630000:青海省人民政府"))
    assert (await bureau.act(order, "issue", above)).status is OrderStatus.ISSUED


async def test_a_body_of_elsewhere_or_above_is_not_for_us(town: Town) -> None:
    bureau = await Bureau.of(town)
    wrong: list[dict[str, Any]] = [
        {"body": "230000:省财政厅", "code": ""},
        {"body": "惠州市惠城区某村村民委员会", "code": "", "region": "441302"},
    ]
    for given in wrong:
        with pytest.raises(InvalidInput, match="不在您单位所在的辖区"):
            await bureau.open(Kind.ORDER, **given)
    below = actor(await town.person("市里", Role.REGISTRAR, department="630100:西宁市人民政府"))
    with pytest.raises(ConflictOfInterest, match="级别高于您单位"):
        await bureau.open(Kind.ORDER, None, below)
    with pytest.raises(ConflictOfInterest, match="被记录单位或其下级"):
        await bureau.open(Kind.ORDER, None, below, body="630000:青海省人民政府", code="")
