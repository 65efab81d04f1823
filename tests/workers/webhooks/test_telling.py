"""Departments' own systems are told what they asked for, signed, and never more than they may know."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.workers.telling.webhooks import sign
from cases.clocks import amber_at
from cases.integrity.books import BOOKS
from cases.integrity.breaches.record_model import BreachRecord, RecordStatus
from cases.integrity.spine.announcing import event_of
from cases.integrity.spine.vocabulary import Kind
from cases.lifecycle.forms import Warn
from cases.model import Case
from cases.people import CITIZEN, SYSTEM, Role
from cases.ports.accounts import Staff
from cases.records import FreeText
from cases.service.intake import Report
from cases.vocabulary import Channel, ClockKind, EventKind, Language, Move
from classify.types import Domain
from tests.town.clock import MONDAY
from tests.town.live.bureau import SUBJECT, TOLD, Bureau
from tests.town.live.receiver import HOST, Received
from tests.town.live.town import Town
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION
from tests.workers.webhooks.conftest import Post, types_of

A_RECORD = {
    "id": "JL-1",
    "kind": Kind.RECORD,
    "filing_key": "1",
    "opened_at": MONDAY,
    "updated_at": MONDAY,
    "status": RecordStatus.DRAFT,
    "history": (),
    "jurisdiction": "qinghai",
    "subject": {"name": "示例县水务局", "region_code": "630102"},
    "keeper": FINANCE,
    "keeper_name": "青海省财政厅",
    "facts": "未付",
}
CREDIT = tuple(kind for kind in EventKind if kind.value.startswith("credit."))


async def test_a_new_case_is_told_with_a_signature_the_receiver_can_check(post: Post) -> None:
    subscription = await post.subscribed()
    case = await post.town.filed()
    [told] = await post.delivered()
    assert told.is_signed_with(subscription.secret)
    assert not told.is_signed_with("whsec_" + "QkJC" * 8)
    assert told.headers["webhook-id"].startswith("msg_")
    assert int(told.headers["webhook-timestamp"]) == int(post.town.now.timestamp())
    accept = case.clock(ClockKind.ACCEPT)
    assert accept is not None
    assert told.said == {
        "type": "case.registered",
        "timestamp": case.filed_at.isoformat(),
        "data": {
            "number": case.number,
            "status": "registered",
            "version": 1,
            "department": FINANCE,
            "due": [{"kind": "accept", "due_at": accept.due_at.isoformat(), "provisional": False}],
        },
    }


async def test_the_example_of_the_specification_is_signed_as_it_says() -> None:
    """The published test vector of the Standard Webhooks libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signature = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_the_code_in_the_documentation_checks_a_delivery(post: Post) -> None:
    page = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text("utf-8")
    code = page.split("```python")[1].split("```")[0]
    published: dict[str, Any] = {}
    exec(compile(code, "docs/webhooks.md", "exec"), published)  # noqa: S102
    subscription = await post.subscribed()
    await post.town.filed()
    [told] = await post.delivered()
    given = subscription.secret, dict(told.headers), told.body
    now = post.town.now.timestamp()
    assert published["is_genuine"](*given, now=now)
    assert not published["is_genuine"](*given, now=now + 301)
    assert not published["is_genuine"](given[0], given[1], told.body + b" ", now=now)


async def test_the_course_of_a_case_is_told_in_order(post: Post) -> None:
    town = post.town
    await post.subscribed()
    li = await town.person("李承办")
    case = await town.accepted(li)
    await town.act(case, Move.WRITE, CITIZEN, text="补充一句")
    await town.act(case, Move.ANSWER, li, **OPINION)
    await town.act(case, Move.CLOSE, li)
    got = await post.delivered()
    assert types_of(got) == [
        "case.registered",
        "case.accepted",
        "case.message",
        "case.answered",
        "case.closed",
    ]
    stored = await town.reread(case)
    assert got[-1].said["data"]["version"] == stored.version
    assert got[-1].said["data"]["status"] == "closed"


async def test_only_the_events_that_were_asked_for_are_sent(post: Post) -> None:
    await post.subscribed(EventKind.ACCEPTED)
    await post.town.accepted(await post.town.person("李承办"))
    assert types_of(await post.delivered()) == ["case.accepted"]


async def test_a_transfer_tells_the_receiver_and_then_both(post: Post) -> None:
    town = post.town
    await post.subscribed(department=REFORM)
    li, zhang = await town.person("李承办"), await town.person("张接收", department=REFORM)
    case = await town.claimed(li)
    await town.act(case, Move.TRANSFER, li, department=REFORM, reason="属于贵单位")
    assert types_of(await post.delivered()) == ["case.transfer_offered"]
    await post.subscribed(EventKind.TRANSFERRED_OUT)
    await town.act(case, Move.ACCEPT_TRANSFER, zhang)
    got = await post.delivered()
    assert sorted(types_of(got[1:])) == ["case.transferred_in", "case.transferred_out"]


async def test_a_red_clock_is_told_with_its_name(post: Post) -> None:
    town = post.town
    await post.subscribed(EventKind.CLOCK_AMBER, EventKind.CLOCK_RED)
    case = await town.filed()
    clock = case.clocks[0]
    for level, at in (("amber", amber_at(clock)), ("red", clock.due_at + timedelta(seconds=1))):
        town.watch.now = at
        await town.services.acting.act(case.number, Move.WARN, Warn(clock="accept", level=level), SYSTEM)
    got = await post.delivered()
    assert types_of(got) == ["case.clock_amber", "case.clock_red"]
    assert got[1].said["data"]["clock"] == "accept"


async def test_no_event_carries_words_or_who_filed(post: Post) -> None:
    town = post.town
    await post.subscribed()
    li = await town.person("李承办")
    case = await town.filed(
        text="某局拖欠货款八十万元，此句为暗记甲乙丙丁。", name="赵实名", contact="13900001111"
    )
    case = await town.accepted(li, case)
    await town.act(case, Move.WRITE, CITIZEN, text="暗记甲乙丙丁再次出现")
    await town.act(case, Move.WRITE, li, text="暗记甲乙丙丁由承办人写")
    await town.act(case, Move.WITHDRAW, CITIZEN, remark="暗记甲乙丙丁撤回")
    sent = b"".join(one.body for one in await post.delivered()).decode("unicode_escape")
    assert case.number in sent
    for word in ("暗记", "赵实名", "13900001111", "李承办"):
        assert word not in sent


async def test_the_accused_never_gets_an_event_of_the_case(post: Post) -> None:
    town = post.town
    await post.subscribed(department=FINANCE)
    case = await town.filed(accused="青海省财政厅")
    assert FINANCE in case.barred
    forged = case.notifications[-1].model_copy(
        update={"params": {**case.notifications[-1].params, "to": [FINANCE]}}
    )
    fresh = case.model_copy(update={"notifications": (forged,)})
    assert await town.storage.cases.save(fresh, expected_version=case.version)
    assert await post.delivered() == []


async def test_a_department_with_nothing_to_do_with_a_case_hears_nothing_of_it(post: Post) -> None:
    await post.subscribed(department=REFORM)
    await post.town.filed()
    assert await post.delivered() == []


async def test_who_is_named_in_a_complaint_gets_no_event_of_it(post: Post) -> None:
    await post.subscribed(name="钱某某")
    await post.town.filed(text="财政厅钱某某承诺三十日付清采购款八十万元，至今未付。", accused=None)
    assert await post.delivered() == []


async def test_a_case_in_quarantine_is_told_when_it_is_let_out(post: Post) -> None:
    town = post.town
    case = (await town.services.filing.file(spam_report(), key="spam-1", conversation=None)).case
    assert case.quarantined
    await post.subscribed(department=case.department)
    assert await post.delivered() == []
    sorter = await town.person("孙分办", Role.TRIAGE, department=case.department)
    await town.act(case, Move.RELEASE_QUARANTINE, sorter)
    assert types_of(await post.delivered()) == ["case.registered"]


def spam_report() -> Report:
    return Report(
        channel=Channel.WEB,
        language=Language.ZH_HANS,
        text=FreeText("加微信领红包，日赚三千，稳赚不赔，点击链接立即领取优惠券"),
        domain=Domain.SPAM,
        region_code="630000",
    )


async def test_a_subscription_ends_when_its_owner_leaves(post: Post) -> None:
    subscription = await post.subscribed()
    await leave(post.town, subscription.owner)
    await post.town.filed()
    assert await post.delivered() == []
    assert (await post.state(subscription)).pause == "owner_left"


async def leave(town: Town, id: str) -> None:
    owner: Staff = await town.storage.staff.get(id)
    changed = await town.storage.database["staff"].update({"_id": owner.id}, {"$set": {"active": False}})
    assert changed


def case_of(got: list[Received]) -> list[str]:
    return [one.said["data"]["number"] for one in got]


async def test_only_the_head_sees_where_events_go(post: Post) -> None:
    await post.subscribed()
    li = await post.town.person("李承办")
    assert HOST not in await post.town.page("/desk/workload", await post.town.sign_in(li))


async def test_events_of_several_cases_keep_their_numbers(post: Post) -> None:
    await post.subscribed()
    filed: list[Case] = [await post.town.filed() for _ in range(3)]
    assert sorted(case_of(await post.delivered())) == sorted(case.number for case in filed)


async def test_objects_of_the_integrity_side_are_told_to_keeper_and_body_and_nobody_else(post: Post) -> None:
    """What the body does not know of yet is not told to it; of an official's record nobody is told."""
    for department, name in ((FINANCE, "财政"), (SUBJECT, "教育"), (REFORM, "发改")):
        await post.subscribed(*CREDIT, department=department, name=name)
    bureau = await Bureau.of(post.town)
    order = await bureau.open(Kind.ORDER, await bureau.answered())

    async def told() -> list[tuple[str, str, str]]:
        known = len(post.receiver.got)
        await post.town.parts.dossier_watch.step()
        await post.town.parts.dossier_relay.step()
        got = [one.said for one in (await post.delivered())[known:]]
        assert not any(piece in str(got) for piece in (TOLD, order.facts, "SX2026", "教育厅把"))
        return sorted((one["type"], one["data"]["number"], one["data"]["status"]) for one in got)

    assert await told() == [("credit.changed", order.id, "drafted")]
    order = await bureau.act(order, "issue")
    assert await told() == [("credit.changed", order.id, "issued")] * 2
    post.town.later(days=26)
    pressing = [("credit.clock_amber", order.id, "issued")] * 2 + [
        ("credit.clock_red", order.id, "issued")
    ] * 2
    assert await told() == pressing
    assert {one.said["data"].get("clock") for one in post.receiver.got[-4:]} == {"rectify", "explain"}
    kept = await post.town.storage.dossiers.find(order.id)
    assert kept is not None
    assert post.receiver.got[-1].said["data"]["version"] == kept.version
    post.town.later(days=10)
    assert await told() == [("credit.changed", order.id, "overdue")] * 2


def test_of_the_archive_of_officials_nobody_is_told() -> None:
    """As its objects are made; another of the same kind has its event."""
    told: dict[bool, int] = {}
    for sealed in (True, False):
        record = BreachRecord.model_validate({**A_RECORD, "sealed": sealed})
        told[sealed] = len(event_of(record, BOOKS[Kind.RECORD], EventKind.CREDIT_CHANGED, "1", 1))
    assert told == {True: 0, False: 1}
