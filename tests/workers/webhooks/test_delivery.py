"""Events arrive at least once, in whatever state the receiver and we are."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from bot.workers.telling.webhooks import SCHEDULE
from cases.ports.subscriptions import Attempt
from cases.vocabulary import Move
from tests.town.live.receiver import HOST
from tests.town.places import REFORM
from tests.workers.webhooks.conftest import Post, types_of


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
