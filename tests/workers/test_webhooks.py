"""Departments' own systems are told: signed, at least once, never more than they may know."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.settings import Settings
from bot.surroundings.network import Network
from bot.surroundings.outgoing_addresses import OutgoingAddresses
from bot.workers.loop import Worker
from bot.workers.telling.webhooks import SCHEDULE, sign
from cases.clocks import amber_at
from cases.lifecycle.forms import Warn
from cases.model import Case
from cases.people import CITIZEN, SYSTEM, Role
from cases.ports.accounts import Staff
from cases.ports.subscriptions import Attempt, Subscription
from cases.records import FreeText
from cases.service.intake import Report
from cases.vocabulary import Channel, ClockKind, EventKind, Language, Move
from classify.types import Domain
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.names import TableOfNames
from tests.town.live.parts import put_together
from tests.town.live.receiver import HOST, Received, Receiver
from tests.town.live.town import Town, open_town
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION

LOOPBACK = ("127.0.0.0/8",)
STRICT: dict[str, Any] = {"webhook_allow_private": ()}


@dataclass
class Post:
    """A desk whose relay and webhook worker are run by the test, and a receiver that is there."""

    town: Town
    worker: Worker
    receiver: Receiver

    async def subscribed(
        self, *events: EventKind, department: str = FINANCE, name: str = "王负责"
    ) -> Subscription:
        head = await self.town.person(name, Role.HEAD, department=department)
        made = Subscription(
            id=f"{head.id:0>16}"[-16:],
            department=department,
            owner=head.id,
            url=self.receiver.url,
            events=frozenset(events or EventKind),
            secret="whsec_" + "QUFB" * 8,
            created_at=self.town.now,
        )
        await self.town.storage.webhooks.add(made)
        return made

    async def delivered(self) -> list[Received]:
        """Everything the receiver got, once nothing is left to do now."""
        while await self.town.parts.relay.step():
            pass
        while await self.worker.step():
            pass
        return self.receiver.got

    async def deliver_with(
        self, settings: Settings, names: TableOfNames | None, trust: ssl.SSLContext
    ) -> None:
        """From now on by another process."""
        town = self.town
        network = Network(None, names, trust)
        other = await put_together(town.storage, town.watch, settings, network=network)
        self.worker = other.webhooks
        await other.close()

    async def state(self, subscription: Subscription) -> Subscription:
        found = await self.town.storage.webhooks.find(subscription.id)
        assert found is not None
        return found


@pytest.fixture
async def post(storage: Storage, watch: Watch, settings: Settings, tmp_path: Path) -> AsyncIterator[Post]:
    allowing = settings.model_copy(update={"webhook_allow_private": LOOPBACK})
    async with Receiver(tmp_path) as receiver:
        parts = await put_together(
            storage, watch, allowing, network=Network(None, names_with_receiver(), receiver.trust)
        )
        async with open_town(parts, watch) as town:
            yield Post(town, parts.webhooks, receiver)


def names_with_receiver() -> TableOfNames:
    return TableOfNames(**{HOST.replace(".", "_"): "127.0.0.1"})


def types_of(got: list[Received]) -> list[str]:
    return [one.said["type"] for one in got]


# -- what is told ---------------------------------------------------------------------------------------


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
    page = (Path(__file__).parent.parent.parent / "docs" / "webhooks.md").read_text("utf-8")
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


# -- what is not told -----------------------------------------------------------------------------------


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


# -- how it is delivered --------------------------------------------------------------------------------


async def test_what_was_refused_is_sent_again_later_with_the_same_id(post: Post) -> None:
    subscription = await post.subscribed()
    post.receiver.answers = [web.Response(status=500)]
    await post.town.filed()
    assert len(await post.delivered()) == 1
    failing = await post.state(subscription)
    assert (failing.failures, failing.answer, failing.waiting) == (1, 500, 1)
    post.town.later(seconds=4)
    assert len(await post.delivered()) == 1
    post.town.later(seconds=3)
    first, second = await post.delivered()
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert second.is_signed_with(subscription.secret)
    assert (await post.state(subscription)).waiting == 0


async def test_a_receiver_that_never_answers_well_is_paused_and_a_ping_sets_it_going(post: Post) -> None:
    subscription = await post.subscribed()
    case = await post.town.filed()
    post.receiver.answers = [web.Response(status=503) for _ in range(len(SCHEDULE) + 1)]
    for _ in range(len(SCHEDULE) + 1):
        await post.delivered()
        post.town.later(days=1.2)
    paused = await post.state(subscription)
    assert (paused.state, paused.pause, paused.waiting) == ("paused", "unreachable", 1)
    head = await post.town.storage.staff.get(subscription.owner)
    page = await post.town.page("/desk/workload", await post.town.sign_in(head))
    for words in (HOST, "已暂停", "多次没有送达", "1条等待送达"):
        assert words in page
    tries = len(post.receiver.got)
    assert tries == len(SCHEDULE) + 1
    await post.town.act(case, Move.WITHDRAW)
    assert len(await post.delivered()) == tries

    who = await post.town.token(head, "webhooks:manage")
    answer = await post.town.client.post(f"/api/v1/webhooks/{subscription.id}/ping", headers=who)
    assert answer.status == 202
    assert types_of((await post.delivered())[tries:]) == ["case.registered", "case.withdrawn", "webhook.ping"]
    assert (await post.state(subscription)).state == "active"


async def test_a_receiver_that_is_gone_is_paused_at_once(post: Post) -> None:
    subscription = await post.subscribed()
    post.receiver.answers = [web.Response(status=410)]
    await post.town.filed()
    await post.delivered()
    assert (await post.state(subscription)).pause == "gone"


async def test_a_receiver_may_say_how_long_to_wait(post: Post) -> None:
    await post.subscribed()
    post.receiver.answers = [web.Response(status=429, headers={"Retry-After": "3600"})]
    await post.town.filed()
    await post.delivered()
    post.town.later(minutes=59)
    assert len(await post.delivered()) == 1
    post.town.later(minutes=2)
    assert len(await post.delivered()) == 2


async def test_a_crash_between_telling_and_noting_tells_once(post: Post) -> None:
    """The relay put the event in, then died before it took it off the case."""
    await post.subscribed()
    case = await post.town.filed()
    [first] = await post.delivered()
    again = (await post.town.reread(case)).model_copy(update={"notifications": case.notifications})
    assert await post.town.storage.cases.save(again, expected_version=case.version)
    assert await post.delivered() == [first]


async def test_a_crash_while_sending_sends_again_after_the_lease(post: Post) -> None:
    await post.subscribed()
    await post.town.filed()
    while await post.town.parts.relay.step():
        pass
    lost = await claimed(post)
    assert await post.delivered() == []
    post.town.later(seconds=61)
    [told] = await post.delivered()
    assert told.headers["webhook-id"] == lost.event.id


async def test_an_event_that_comes_while_the_receiver_goes_to_rest_is_not_left_behind(post: Post) -> None:
    """Between looking for work and going to rest another process puts an event in."""
    subscription = await post.subscribed()
    store = post.town.storage.webhooks
    await post.town.filed()
    await post.delivered()
    row = await store._lease(post.town.now, post.town.now + timedelta(minutes=1))
    assert row is None
    await post.town.filed()
    while await post.town.parts.relay.step():
        pass
    row = await store._lease(post.town.now, post.town.now + timedelta(minutes=1))
    assert row is not None
    await post.town.filed()
    while await post.town.parts.relay.step():
        pass
    await store._rest(row, post.town.now)
    assert len(await post.delivered()) == 3
    assert (await post.state(subscription)).waiting == 0


async def claimed(post: Post) -> Attempt:
    now = post.town.now
    attempt = await post.town.storage.webhooks.claim(now, now + timedelta(seconds=60))
    assert attempt is not None
    return attempt


async def test_a_receiver_that_fails_does_not_hold_up_another_department(post: Post) -> None:
    await post.subscribed(department=REFORM)
    await post.subscribed()
    post.receiver.answers = [web.Response(status=500)]
    case = await post.town.filed()
    li = await post.town.person("李承办")
    await post.town.act(
        await post.town.claimed(li, case), Move.INVITE, li, departments=[REFORM], reason="协办"
    )
    got = await post.delivered()
    assert sorted(types_of(got)) == ["case.invited", "case.registered"]


# -- protections ----------------------------------------------------------------------------------------


async def test_a_redirect_into_the_network_is_not_followed(post: Post) -> None:
    subscription = await post.subscribed()
    inside = web.Response(status=307, headers={"Location": f"https://127.0.0.1:{post.receiver.port}/inside"})
    post.receiver.answers = [inside]
    await post.town.filed()
    assert len(await post.delivered()) == 1
    assert (await post.state(subscription)).answer == 307


async def test_dns_rebinding_cannot_reach_a_private_address(post: Post) -> None:
    """The name was public when it was registered and is private when the event is sent."""
    subscription = await post.subscribed()
    names = TableOfNames()
    await post.deliver_with(post.town.parts.settings.model_copy(update=STRICT), names, post.receiver.trust)
    assert await OutgoingAddresses(resolver=names).admits(post.receiver.url)
    names.known[HOST] = "127.0.0.1"
    await post.town.filed()
    while await post.town.parts.relay.step():
        pass
    assert await post.worker.step()
    assert post.receiver.got == []
    failing = await post.state(subscription)
    assert (failing.fault, failing.waiting) == ("unreachable", 1)


async def test_a_literal_private_address_is_refused_at_the_socket_too(post: Post) -> None:
    """A literal address never passes a resolver."""
    subscription = await post.subscribed()
    await post.town.storage.webhooks.remove(subscription.id)
    literal = replace(subscription, url=f"https://127.0.0.1:{post.receiver.port}/")
    await post.town.storage.webhooks.add(literal)
    await post.deliver_with(post.town.parts.settings.model_copy(update=STRICT), None, post.receiver.trust)
    await post.town.filed()
    assert await post.delivered() == []


async def test_a_receiver_with_a_certificate_of_nobody_we_trust_gets_nothing(post: Post) -> None:
    subscription = await post.subscribed()
    await post.deliver_with(post.town.parts.settings, names_with_receiver(), ssl.create_default_context())
    await post.town.filed()
    assert await post.delivered() == []
    assert (await post.state(subscription)).fault == "tls"


async def test_a_huge_answer_is_not_read(post: Post) -> None:
    subscription = await post.subscribed()
    post.receiver.answers = [web.Response(body=b"x" * 50_000_000)]
    await post.town.filed()
    await post.delivered()
    assert (await post.state(subscription)).waiting == 0


async def test_secret_and_address_are_sealed_in_the_database(post: Post) -> None:
    subscription = await post.subscribed()
    row = await post.town.storage.database["webhooks"].find_one({"_id": subscription.id})
    assert subscription.secret not in repr(row)
    assert HOST not in repr(row)


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
