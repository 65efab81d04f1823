"""A chat's inbox and outbox on a real MongoDB: nothing twice, nothing lost, nobody waits for another."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from cases.ports.conversations import Address, Delivery, Incoming, Outgoing, Work
from cases.vocabulary import Channel, Language
from storage.conversations import store as conversation_store
from storage.conversations.store import MongoConversationStore
from storage.database.connection import Database
from storage.sealed.key_ring import KeyRing
from tests.town.cases import CANARY
from tests.town.clock import MONDAY

SECOND = timedelta(seconds=1)
MILLISECOND = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)
ANNA = Address(Channel.TELEGRAM, "1001")
BORIS = Address(Channel.TELEGRAM, "1002")


class Chats:
    """A store with a clock that only moves when told, and the shortest words for each step."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self.now = MONDAY
        self.store = MongoConversationStore(database, keys, lambda: self.now)

    async def receive(self, address: Address, *ids: str) -> list[bool]:
        return [
            await self.store.receive(address, Incoming(id, {"text": f"{CANARY}{id}"}, self.now)) for id in ids
        ]

    async def claim(self) -> Work | None:
        return await self.store.claim_update(self.now, self.now + MINUTE)

    async def must_claim(self) -> Work:
        work = await self.claim()
        assert work is not None
        return work

    async def deliver(self, channel: Channel = Channel.TELEGRAM) -> Delivery | None:
        return await self.store.claim_delivery(self.now, self.now + MINUTE, channel)

    async def must_deliver(self) -> Delivery:
        delivery = await self.deliver()
        assert delivery is not None
        return delivery


@pytest.fixture
async def desk(database: Database, keys: KeyRing) -> Chats:
    return Chats(database, keys)


def call(id: str, **payload: Any) -> Outgoing:
    return Outgoing(id, "SendMessage", {"text": CANARY, **payload})


class TestInbox:
    async def test_an_update_is_stored_once_however_often_it_comes(self, desk: Chats) -> None:
        assert await desk.receive(ANNA, "1", "1", "2", "1") == [True, False, True, False]
        first = await desk.must_claim()
        assert await desk.store.commit(first, {}, [])
        second = await desk.must_claim()
        assert await desk.store.commit(second, {}, [])
        assert await desk.receive(ANNA, "1", "2") == [False, False]
        assert await desk.claim() is None

    async def test_an_update_that_comes_many_times_at_once_is_stored_once(self, desk: Chats) -> None:
        update = Incoming("1", {}, MONDAY)
        stored = await asyncio.gather(*(desk.store.receive(ANNA, update) for _ in range(16)))
        assert stored.count(True) == 1

    async def test_first_updates_of_a_chat_that_come_at_once_are_all_stored(self, desk: Chats) -> None:
        updates = [Incoming(str(index), {}, MONDAY) for index in range(16)]
        stored = await asyncio.gather(*(desk.store.receive(ANNA, update) for update in updates))
        assert stored == [True] * 16

    async def test_an_update_is_handed_out_as_it_came(self, desk: Chats) -> None:
        payload = {"message": {"text": "$set 你好", "entities": [{"offset": 0}], "none": None}}
        await desk.store.receive(ANNA, Incoming("7", payload, MONDAY))
        work = await desk.must_claim()
        assert work.update == Incoming("7", payload, MONDAY, attempts=1)
        assert work.address == ANNA
        assert work.conversation == desk.store.key(ANNA)
        assert work.dialogue == {}

    async def test_a_chat_is_worked_on_in_order_and_by_one_worker(self, desk: Chats) -> None:
        await desk.receive(ANNA, "1", "2", "3")
        order = []
        while work := await desk.claim():
            assert await desk.claim() is None
            order.append(work.update.id)
            assert await desk.store.commit(work, {"seen": order}, [])
        assert order == ["1", "2", "3"]

    async def test_a_new_update_does_not_end_a_running_lease(self, desk: Chats) -> None:
        await desk.receive(ANNA, "1")
        work = await desk.must_claim()
        desk.now += SECOND
        await desk.receive(ANNA, "2")
        assert await desk.claim() is None
        assert await desk.store.commit(work, {}, [])
        assert (await desk.must_claim()).update.id == "2"

    async def test_one_busy_chat_does_not_hold_up_another(self, desk: Chats) -> None:
        await desk.receive(ANNA, "1", "2")
        await desk.must_claim()
        await desk.receive(BORIS, "3")
        assert (await desk.must_claim()).address == BORIS

    async def test_the_chat_that_waits_longest_comes_first(self, desk: Chats) -> None:
        await desk.receive(BORIS, "1", "2")
        desk.now += SECOND
        await desk.receive(ANNA, "3")
        work = await desk.must_claim()
        await desk.store.commit(work, {}, [])
        assert [(await desk.must_claim()).address for _ in range(2)] == [BORIS, ANNA]

    async def test_many_workers_take_every_update_once_and_in_order(self, desk: Chats) -> None:
        chats = [Address(Channel.TELEGRAM, str(index)) for index in range(8)]
        for number in range(6):
            await asyncio.gather(*(desk.receive(chat, f"{chat.chat}-{number}") for chat in chats))
        taken: list[str] = []

        async def work_on() -> None:
            while work := await desk.claim():
                taken.append(work.update.id)
                assert await desk.store.commit(work, {}, [])

        await asyncio.gather(*(work_on() for _ in range(16)))
        while len(taken) < 48:
            await work_on()
        for chat in chats:
            assert [id for id in taken if id.startswith(f"{chat.chat}-")] == [
                f"{chat.chat}-{number}" for number in range(6)
            ]

    async def test_work_that_was_never_committed_is_handed_out_again_at_the_end_of_its_lease(
        self, desk: Chats
    ) -> None:
        await desk.receive(ANNA, "1")
        lost = await desk.must_claim()
        desk.now = MONDAY + MINUTE - MILLISECOND
        assert await desk.claim() is None
        desk.now = MONDAY + MINUTE
        again = await desk.must_claim()
        assert again.update.id == "1"
        assert again.update.attempts == 2
        assert not await desk.store.commit(lost, {"from": "lost"}, [call("1:0")])
        assert await desk.deliver() is None
        assert await desk.store.commit(again, {"from": "again"}, [call("1:0")])
        assert await desk.deliver() is not None

    async def test_a_commit_counts_once(self, desk: Chats) -> None:
        await desk.receive(ANNA, "1", "2")
        work = await desk.must_claim()
        assert await desk.store.commit(work, {}, [])
        assert not await desk.store.commit(work, {}, [])
        assert (await desk.must_claim()).update.id == "2"

    async def test_the_dialogue_is_kept_from_one_update_to_the_next(self, desk: Chats) -> None:
        state = {"state": "asking_place", "draft": {"text": CANARY}, "步骤": [1, None]}
        await desk.receive(ANNA, "1", "2")
        await desk.store.commit(await desk.must_claim(), state, [])
        work = await desk.must_claim()
        assert work.dialogue == state
        await desk.store.commit(work, {}, [])
        await desk.receive(ANNA, "3")
        assert (await desk.must_claim()).dialogue == {}

    async def test_a_retry_waits_for_its_time_and_keeps_its_place(self, desk: Chats) -> None:
        await desk.receive(ANNA, "1", "2")
        await desk.store.retry_update(await desk.must_claim(), MONDAY + SECOND)
        assert await desk.claim() is None
        desk.now += SECOND
        again = await desk.must_claim()
        assert again.update.id == "1"
        assert again.update.attempts == 2

    async def test_a_poison_update_is_set_aside_and_blocks_nobody(self, desk: Chats) -> None:
        await desk.receive(ANNA, "1", "2")
        poison = await desk.must_claim()
        await desk.store.set_aside(poison, "ValueError")
        assert (await desk.must_claim()).update.id == "2"
        (kept,) = await desk.store.list_set_aside()
        assert (kept["box"], kept["reason"]) == ("in", "ValueError")
        assert "payload" not in kept
        assert await desk.receive(ANNA, "1") == [False]

    async def test_a_flood_fills_only_its_own_inbox(
        self, desk: Chats, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(conversation_store, "LONGEST_INBOX", 20)
        stored = await desk.receive(ANNA, *map(str, range(25)))
        assert stored == [True] * 20 + [False] * 5
        assert await desk.receive(BORIS, "b") == [True]


class TestOutbox:
    async def start(self, desk: Chats, address: Address, *ids: str) -> str:
        """A chat that wrote once and is owed these calls."""
        await desk.receive(address, f"from-{address.chat}")
        work = await desk.must_claim()
        assert await desk.store.commit(work, {}, [call(id) for id in ids])
        return work.conversation

    async def test_replies_are_delivered_as_they_were_given(self, desk: Chats) -> None:
        await desk.receive(ANNA, "1")
        work = await desk.must_claim()
        await desk.store.commit(work, {}, [call("1:0", chat_id=1001, none=None)])
        delivery = await desk.must_deliver()
        assert delivery.call == Outgoing(
            "1:0", "SendMessage", {"text": CANARY, "chat_id": 1001, "none": None}, 1
        )
        assert delivery.address == ANNA

    async def test_calls_of_a_chat_go_out_in_order_one_at_a_time(self, desk: Chats) -> None:
        await self.start(desk, ANNA, "a", "b", "c")
        order = []
        while delivery := await desk.deliver():
            assert await desk.deliver() is None
            order.append(delivery.call.id)
            assert await desk.store.ack(delivery, desk.now)
        assert order == ["a", "b", "c"]

    async def test_one_slow_chat_never_delays_another(self, desk: Chats) -> None:
        await self.start(desk, ANNA, "a1", "a2")
        await self.start(desk, BORIS, "b1", "b2")
        slow = await desk.must_deliver()
        for _ in range(2):
            delivery = await desk.must_deliver()
            assert delivery.address != slow.address
            await desk.store.ack(delivery, desk.now)

    async def test_the_same_call_is_queued_once_before_and_after_it_was_sent(self, desk: Chats) -> None:
        key = await self.start(desk, ANNA, "a")
        assert await desk.store.send(key, [call("a"), call("b")])
        for _ in range(2):
            await desk.store.ack(await desk.must_deliver(), desk.now)
        assert await desk.store.send(key, [call("a"), call("b")])
        assert await desk.deliver() is None

    async def test_only_the_lease_that_is_running_can_acknowledge(self, desk: Chats) -> None:
        await self.start(desk, ANNA, "a")
        lost = await desk.must_deliver()
        desk.now += MINUTE
        again = await desk.must_deliver()
        assert again.call.attempts == 2
        assert not await desk.store.ack(lost, desk.now)
        assert await desk.store.ack(again, desk.now)
        assert not await desk.store.ack(again, desk.now)

    async def test_a_delivery_lease_lapses_at_its_exact_instant(self, desk: Chats) -> None:
        await self.start(desk, ANNA, "a")
        await desk.must_deliver()
        desk.now = MONDAY + MINUTE - MILLISECOND
        assert await desk.deliver() is None
        desk.now = MONDAY + MINUTE
        assert await desk.deliver() is not None

    async def test_a_retry_waits_for_its_time_and_keeps_its_place(self, desk: Chats) -> None:
        await self.start(desk, ANNA, "a", "b")
        await desk.store.retry_delivery(await desk.must_deliver(), MONDAY + 5 * SECOND)
        assert await desk.deliver() is None
        desk.now += 5 * SECOND
        assert (await desk.must_deliver()).call.id == "a"

    async def test_a_chat_rests_between_two_messages_even_when_its_outbox_was_empty(
        self, desk: Chats
    ) -> None:
        key = await self.start(desk, ANNA, "a")
        await desk.store.ack(await desk.must_deliver(), MONDAY + SECOND)
        await desk.store.send(key, [call("b")])
        assert await desk.deliver() is None
        desk.now += SECOND
        assert (await desk.must_deliver()).call.id == "b"

    async def test_a_call_that_is_given_up_is_set_aside_and_the_next_one_goes(self, desk: Chats) -> None:
        await self.start(desk, ANNA, "a", "b")
        await desk.store.give_up(await desk.must_deliver(), "chat not found")
        assert (await desk.must_deliver()).call.id == "b"
        (kept,) = await desk.store.list_set_aside()
        assert (kept["box"], kept["reason"]) == ("out", "chat not found")

    async def test_nothing_is_kept_for_somebody_who_blocked_us_until_they_write_again(
        self, desk: Chats
    ) -> None:
        key = await self.start(desk, ANNA, "a", "b")
        await desk.store.give_up(await desk.must_deliver(), "blocked", blocked=True)
        assert await desk.deliver() is None
        assert not await desk.store.send(key, [call("c")])
        await desk.receive(ANNA, "back")
        assert await desk.store.send(key, [call("d")])
        assert (await desk.must_deliver()).call.id == "d"

    async def test_an_unknown_chat_is_told_nothing(self, desk: Chats) -> None:
        assert not await desk.store.send("0" * 64, [call("a")])

    async def test_each_channel_is_delivered_by_its_own_worker(self, desk: Chats) -> None:
        await self.start(desk, Address(Channel.WEB, "w"), "a")
        assert await desk.deliver(Channel.TELEGRAM) is None
        assert await desk.deliver(Channel.WEB) is not None

    async def test_many_workers_deliver_every_call_once(self, desk: Chats) -> None:
        for index in range(6):
            address = Address(Channel.TELEGRAM, str(index))
            await self.start(desk, address, *(f"{index}-{number}" for number in range(5)))
        sent: list[str] = []

        async def work() -> None:
            while delivery := await desk.deliver():
                sent.append(delivery.call.id)
                assert await desk.store.ack(delivery, desk.now)

        await asyncio.gather(*(work() for _ in range(12)))
        while len(sent) < 30:
            await work()
        assert sorted(sent) == sorted(f"{index}-{number}" for index in range(6) for number in range(5))


async def test_the_language_of_a_chat_is_remembered(desk: Chats) -> None:
    await desk.receive(ANNA, "1")
    key = desk.store.key(ANNA)
    assert await desk.store.language(key) is None
    await desk.store.set_language(key, Language.ZH_HANT)
    assert await desk.store.language(key) is Language.ZH_HANT
    assert await desk.store.language("unknown") is None


async def test_an_erased_chat_leaves_nothing(desk: Chats, database: Database) -> None:
    await desk.receive(ANNA, "1", "2")
    await desk.store.set_aside(await desk.must_claim(), "ValueError")
    await desk.store.erase(desk.store.key(ANNA))
    assert await database["conversations"].count({"_id": desk.store.key(ANNA)}) == 0
    assert await desk.store.list_set_aside() == []
    assert await desk.claim() is None
