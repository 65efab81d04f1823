"""A chat's inbox, dialogue and outbox in one document, so that one write commits all three.

A box is ready when its `ready_at` has come; it has one only while something is queued. Claiming moves
`ready_at` to the end of the lease and sets a new token; every later step asks for that token. Hence order
per chat in both directions, no step done twice, and no chat that waits for another.
Payloads, addresses, language and dialogue are sealed. What was seen and sent is remembered by keyed marks,
because ids of updates rise with time; ids and times of what waits stand in plain until it is done.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from cases.ports.conversations import (
    Address,
    Awaits,
    Committed,
    Delivery,
    Incoming,
    Outgoing,
    Pace,
    Received,
    Work,
)
from cases.vocabulary import Channel, Language
from storage.conversations import pipelines as updates
from storage.conversations.chat_records import ChatRecords
from storage.database.connection import Database
from storage.database.encoding import Document, encode
from storage.database.failures import DuplicateKeyError
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import day_after, day_of

LONGEST_INBOX = 400
"""Updates a chat may have waiting; more is a flood, and the rest of it is dropped and counted."""
HEAVIEST_INBOX = 4 * 1024 * 1024
"""Bytes a chat may have waiting before the next one: a record holds 16 MB, dialogue and outbox included."""
AT_A_LOOK = 8
"""Chats looked up at once: who loses one to another process tries the next."""
MOST_JOINED = 20
"""Messages of one turn."""
TURN_FIELDS: Document = {
    **dict.fromkeys(("address", "dialogue", "pace", "inbox.alone", "inbox.ready_at", "inbox.token"), 1),
    "inbox.queue": {"$slice": MOST_JOINED},
}
CALL_FIELDS: Document = {"outbox.queue": {"$slice": 1}, "outbox.token": 1, "outbox.not_before": 1}
AFTERWARDS: Document = {"inbox.ready_at": 1, "outbox.ready_at": 1}


class MongoConversationStore(ChatRecords):
    """Fulfils `cases.ports.conversations.ConversationStore`. `clock`: when something appended is ready."""

    def __init__(self, database: Database, keys: KeyRing, clock: Callable[[], datetime]) -> None:
        self._conversations = database["conversations"]
        self._claims = database.fleeting("conversations")
        self._set_aside = database["set_aside"]
        super().__init__(keys)
        self._clock = clock

    def key(self, address: Address) -> str:
        return self._keys.digest(f"{address.channel.value}:{address.chat}", "conversation")

    async def receive(self, address: Address, update: Incoming) -> bool:
        return bool(await self.take_in(address, update))

    async def take_in(
        self, address: Address, update: Incoming, lease_until: datetime | None = None
    ) -> Received:
        """Also lifts a block: who writes to us can be written to again."""
        key, lease = self.key(address), _lease(lease_until)
        item = {
            "id": update.id,
            "payload": self._seal(update.payload, f"{key}/in/{update.id}/payload"),
            "received_at": update.received_at,
            "attempts": update.attempts,
            **({"joins": True} if update.joins else {}),
            **({"quiet_until": update.quiet_until} if update.quiet_until is not None else {}),
        }
        opened = {
            "address": self._keys.seal(f"{address.channel.value}:{address.chat}", f"{key}/address"),
            "channel": address.channel.value,
        }
        where = {
            "_id": key,
            "inbox.seen": {"$nin": [self._mark(update.id), update.id]},
            f"inbox.queue.{LONGEST_INBOX - 1}": {"$exists": False},
            "inbox.bytes": {"$not": {"$gte": HEAVIEST_INBOX}},
        }
        change = updates.receive(item, opened, self._mark(update.id), day_after(update.received_at), lease)
        fields = TURN_FIELDS if lease else {"inbox.ready_at": 1}
        try:
            stored = await self._conversations.find_and_update(where, change, upsert=True, fields=fields)
        except DuplicateKeyError:
            stored = await self._receive_known(where, change, key, fields)
        if stored is None:
            return Received()
        claimed = lease if lease and stored["inbox"].get("token") == lease.token else None
        return Received(stored["inbox"]["ready_at"], self._work(stored, claimed) if claimed else None)

    async def _receive_known(
        self, where: Document, change: list[Document], key: str, fields: Document
    ) -> Document | None:
        """The chat exists: either it was begun this instant, or it has this update, or it is full."""
        if stored := await self._conversations.find_and_update(where, change, fields=fields):
            return stored
        full = {
            "_id": key,
            "$or": [
                {f"inbox.queue.{LONGEST_INBOX - 1}": {"$exists": True}},
                {"inbox.bytes": {"$gte": HEAVIEST_INBOX}},
            ],
            "inbox.seen": where["inbox.seen"],
        }
        await self._conversations.update(full, {"$inc": {"inbox.dropped": 1}})
        return None

    async def claim_update(
        self, now: datetime, lease_until: datetime, conversation: str | None = None
    ) -> Work | None:
        """`update.attempts` counts this try: 1 the first time, crashes included.

        The claim itself waits for no majority: should it be lost, nothing that rests on it is committed.
        """
        lease = updates.Lease(secrets.token_hex(12), lease_until)
        change: Document = {
            "$set": {"inbox.ready_at": lease.until, "inbox.token": lease.token},
            "$unset": {"inbox.pausing": ""},
            "$inc": {"inbox.queue.0.attempts": 1},
        }
        due: Document = {"inbox.ready_at": {"$lte": now}}
        async for chat in self._due(due, "inbox.ready_at", conversation):
            if found := await self._claims.find_and_update({**chat, **due}, change, fields=TURN_FIELDS):
                return self._work(found, lease)
        return None

    async def _due(self, due: Document, by: str, conversation: str | None) -> AsyncIterator[Document]:
        """The keys of chats to try, longest waiting first: looking writes nothing, and claims go by key."""
        if conversation is not None:
            yield {"_id": conversation}
            return
        while rows := await self._claims.find_all(due, {"_id": 1}, order=[(by, 1)], limit=AT_A_LOOK):
            for row in rows:
                yield row

    async def renew_update(self, work: Work, until: datetime) -> bool:
        return bool(await self._conversations.update(_holding(work), {"$set": {"inbox.ready_at": until}}))

    async def commit(
        self,
        work: Work,
        dialogue: dict[str, Any],
        calls: Sequence[Outgoing],
        next_at: datetime | None = None,
        pace: Pace | None = None,
        awaits: Awaits = Awaits.AS_BEFORE,
        deliver_until: datetime | None = None,
    ) -> Committed | None:
        """Whoever writes much goes to the end of the line after each turn."""
        key, now, lease = work.conversation, self._clock(), _lease(deliver_until)
        sealed = self.seal_dialogue(key, dialogue) if dialogue else None
        items = self._items(key, calls)
        change = updates.finish_turn(sealed, items, now, next_at or now, len(work.turn), lease)
        if pace is not None:
            change.append(updates.keep_pace(self._keys.seal(encode(asdict(pace)), f"{key}/pace")))
        if awaits is not Awaits.AS_BEFORE:
            change.append(updates.mark_fetch(now if awaits is Awaits.MORE else None))
        return await self._finish(_holding(work), change, lease, work.address)

    async def _finish(
        self, where: Document, change: list[Document], lease: updates.Lease | None, address: Address
    ) -> Committed | None:
        """One write; what the chat waits for afterwards, and its next call if that was claimed."""
        fields = AFTERWARDS if lease is None else {**AFTERWARDS, **CALL_FIELDS}
        stored = await self._conversations.find_and_update(where, change, fields=fields)
        if stored is None:
            return None
        inbox, outbox = stored.get("inbox", {}), stored.get("outbox", {})
        claimed = lease is not None and outbox.get("token") == lease.token
        delivery = self._delivery(stored, outbox["token"], address) if claimed else None
        return Committed(inbox.get("ready_at"), outbox.get("ready_at"), delivery)

    async def retry_update(self, work: Work, ready_at: datetime, *, alone: bool = False) -> None:
        again = {"inbox.ready_at": ready_at, **({"inbox.alone": True} if alone else {})}
        await self._conversations.update(_holding(work), {"$set": again, "$unset": {"inbox.token": ""}})

    async def set_aside(self, work: Work, reason: str, calls: Sequence[Outgoing] = ()) -> None:
        key, now = work.conversation, self._clock()
        await self._keep_aside("in", key, work.update.id, work.update.payload, reason)
        change = [*updates.drop_updates(now), *updates.append_calls(self._items(key, calls), now)]
        await self._conversations.update(_holding(work), change)

    async def send(self, conversation: str, calls: Sequence[Outgoing]) -> bool:
        where = {"_id": conversation, "blocked": {"$ne": True}}
        change = updates.append_calls(self._items(conversation, calls), self._clock())
        return bool(await self._conversations.update(where, change))

    async def claim_delivery(
        self, now: datetime, lease_until: datetime, channel: Channel, conversation: str | None = None
    ) -> Delivery | None:
        """`call.attempts` counts this try: 1 the first time."""
        token = secrets.token_hex(12)
        change: Document = {
            "$set": {"outbox.ready_at": lease_until, "outbox.token": token},
            "$inc": {"outbox.queue.0.attempts": 1},
        }
        due: Document = {"channel": channel.value, "outbox.ready_at": {"$lte": now}}
        fields = {"address": 1, **CALL_FIELDS}
        async for chat in self._due(due, "outbox.ready_at", conversation):
            if found := await self._conversations.find_and_update({**chat, **due}, change, fields=fields):
                return self._delivery(found, token, self.open_address(found))
        return None

    async def renew_delivery(self, delivery: Delivery, until: datetime) -> bool:
        return bool(
            await self._conversations.update(_sending(delivery), {"$set": {"outbox.ready_at": until}})
        )

    async def ack(
        self, delivery: Delivery, next_at: datetime, deliver_until: datetime | None = None
    ) -> Committed | None:
        """`next_at`: nothing more goes to this chat before then, queued already or not."""
        lease = _lease(deliver_until)
        change = updates.drop_call(next_at, lease)
        return await self._finish(_sending(delivery), change, lease, delivery.address)

    async def retry_delivery(self, delivery: Delivery, ready_at: datetime) -> None:
        await self._conversations.update(
            _sending(delivery), {"$set": {"outbox.ready_at": ready_at}, "$unset": {"outbox.token": ""}}
        )

    async def give_up(self, delivery: Delivery, reason: str, *, blocked: bool = False) -> None:
        """Set one call aside; when the citizen blocked us, forget all that waits for them."""
        key, call = delivery.conversation, delivery.call
        await self._keep_aside("out", key, call.id, {"method": call.method, **call.payload}, reason)
        change = updates.block() if blocked else updates.drop_call(self._clock())
        await self._conversations.update(_sending(delivery), change)

    async def language(self, conversation: str) -> Language | None:
        found = await self._conversations.find_one({"_id": conversation}, {"language": 1})
        if not found or "language" not in found:
            return None
        return Language(self._keys.open_text(found["language"], f"{conversation}/language").rstrip())

    async def set_language(self, conversation: str, language: Language) -> None:
        sealed = self._keys.seal(language.value.ljust(7), f"{conversation}/language")
        await self._conversations.update({"_id": conversation}, {"$set": {"language": sealed}})

    async def erase(self, conversation: str) -> None:
        """Forget a chat: its address, what it wrote and what it is owed."""
        await self._set_aside.delete_many({"conversation": conversation})
        await self._conversations.delete({"_id": conversation})

    async def list_set_aside(self, limit: int = 50) -> list[Document]:
        """Newest first: what was set aside, in which box and why; never what it said."""
        return await self._set_aside.find_all({}, {"payload": 0}, order=[("at", -1)], limit=limit)

    async def _keep_aside(self, box: str, key: str, id: str, payload: Document, reason: str) -> None:
        aside = self._keys.mark(f"{key}:{box}:{id}", "aside")
        document = {
            "_id": aside,
            "conversation": key,
            "box": box,
            "payload": self._seal(payload, f"{aside}/payload"),
            "reason": reason[:200],
            "at": day_of(self._clock()),
        }
        await self._set_aside.replace({"_id": aside}, document, upsert=True)


def _lease(until: datetime | None) -> updates.Lease | None:
    return updates.Lease(secrets.token_hex(12), until) if until else None


def _holding(work: Work) -> Document:
    return {"_id": work.conversation, "inbox.token": work.token, "inbox.queue.0.id": work.update.id}


def _sending(delivery: Delivery) -> Document:
    return {
        "_id": delivery.conversation,
        "outbox.token": delivery.token,
        "outbox.queue.0.id": delivery.call.id,
    }
