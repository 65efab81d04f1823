"""Subscriptions of departments' systems and the events they are still owed.

A subscription is leased as a whole, so each receiver gets one event at a time in order, and one that does
not answer delays nobody else. It has `ready_at` while something may be waiting; `appended` counts what was
put in, so that a receiver is never left to sleep by somebody who did not see the newest event.
"""

from __future__ import annotations

import contextlib
import itertools
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from cases.ports.subscriptions import Attempt, PauseReason, Subscription, SubscriptionState, WebhookEvent
from cases.vocabulary import EventKind
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError
from storage.sealed.key_ring import KeyRing

KEPT = timedelta(days=30)
"""How long an event is remembered, delivered or not."""


class MongoSubscriptionStore:
    """Fulfils `cases.ports.subscriptions.SubscriptionStore`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._webhooks = database["webhooks"]
        self._events = database["webhook_events"]
        self._keys = keys
        self._count = itertools.count()
        """Keeps the order of what was put in at the same moment."""

    async def add(self, subscription: Subscription) -> None:
        await self._webhooks.insert(
            {
                "_id": subscription.id,
                "department": subscription.department,
                "owner": subscription.owner,
                "url": self._keys.seal(subscription.url, f"{subscription.id}/url"),
                "secret": self._keys.seal(subscription.secret, f"{subscription.id}/secret"),
                "events": sorted(kind.value for kind in subscription.events),
                "created_at": subscription.created_at,
                "state": subscription.state.value,
                "failures": 0,
                "appended": 0,
            }
        )

    async def list_own(self, department: str) -> Sequence[Subscription]:
        rows = await self._webhooks.find_all({"department": department}, order=[("created_at", 1)])
        return [self._record(row, await self._waiting(row["_id"])) for row in rows]

    async def find(self, id: str) -> Subscription | None:
        row = await self._webhooks.find_one({"_id": id})
        return self._record(row, await self._waiting(id)) if row is not None else None

    async def remove(self, id: str) -> None:
        await self._webhooks.delete({"_id": id})
        await self._events.delete_many({"subscription": id})

    async def list_wanting(self, departments: Collection[str], kind: EventKind) -> Sequence[Subscription]:
        where = {"department": {"$in": sorted(departments)}, "events": kind.value}
        return [self._record(row) for row in await self._webhooks.find_all(where)]

    async def append(self, id: str, event: WebhookEvent, now: datetime) -> None:
        document = {
            "_id": f"{id}:{event.id}",
            "subscription": id,
            "body": event.body,
            "at": now,
            "n": next(self._count),
            "waiting": True,
            "expires_at": now + KEPT,
        }
        with contextlib.suppress(DuplicateKeyError):
            # Told again after a crash: whether it was also noted below is not known.
            await self._events.insert(seal_event(document, self._keys))
        ready = {"$cond": [_IS_ACTIVE, {"$ifNull": ["$ready_at", now]}, "$$REMOVE"]}
        change = [{"$set": {"appended": {"$add": ["$appended", 1]}, "ready_at": ready}}]
        await self._webhooks.update({"_id": id}, change)

    async def resume(self, id: str, now: datetime) -> None:
        leased = {"$gt": [{"$ifNull": ["$token", ""]}, ""]}
        change = {
            "state": SubscriptionState.ACTIVE.value,
            "pause": "$$REMOVE",
            "failures": {"$cond": [_IS_ACTIVE, "$failures", 0]},
            "ready_at": {"$cond": [leased, "$ready_at", now]},
        }
        await self._webhooks.update({"_id": id}, [{"$set": change}])

    async def pause(self, id: str, why: PauseReason) -> None:
        await self._webhooks.update({"_id": id}, _paused(why))

    async def claim(self, now: datetime, until: datetime) -> Attempt | None:
        while (row := await self._lease(now, until)) is not None:
            found = await self._events.find_all(
                {"subscription": row["_id"], "waiting": True}, order=[("at", 1), ("n", 1)], limit=1
            )
            if found:
                event = self._event(found[0])
                return Attempt(self._record(row), event, row["token"])
            await self._rest(row, now)
        return None

    def _event(self, row: Document) -> WebhookEvent:
        key = row["_id"]
        return WebhookEvent(key.partition(":")[2], self._keys.open_text(row["body"], f"{key}/body"))

    async def _lease(self, now: datetime, until: datetime) -> Document | None:
        change = {"$set": {"ready_at": until, "token": secrets.token_hex(8)}}
        return await self._webhooks.find_and_update(
            {"ready_at": {"$lte": now}}, change, order=[("ready_at", 1)]
        )

    async def _rest(self, row: Document, now: datetime) -> None:
        """Nothing was waiting; if something came in since, look again."""
        mine = {"_id": row["_id"], "token": row["token"]}
        idle = await self._webhooks.update(
            {**mine, "appended": row["appended"]}, {"$unset": {"ready_at": "", "token": ""}}
        )
        if not idle:
            await self._webhooks.update(mine, {"$set": {"ready_at": now}, "$unset": {"token": ""}})

    async def delivered(self, attempt: Attempt, now: datetime, answer: int) -> None:
        await self._events.update({"_id": _event_key(attempt)}, {"$unset": {"waiting": ""}})
        change = {"failures": 0, "tried_at": now, "answer": answer, "fault": "", "ready_at": now}
        await self._webhooks.update(_holding(attempt), {"$set": change, "$unset": {"token": ""}})

    async def failed(
        self,
        attempt: Attempt,
        now: datetime,
        *,
        answer: int | None,
        fault: str,
        again_at: datetime | None,
        why: PauseReason = PauseReason.UNREACHABLE,
    ) -> None:
        change: dict[str, Any] = {
            "failures": attempt.subscription.failures + 1,
            "tried_at": now,
            "answer": answer,
            "fault": fault,
        }
        if again_at is None:
            paused = _paused(why)
            paused["$set"] |= change
            await self._webhooks.update(_holding(attempt), paused)
            return
        await self._webhooks.update(
            _holding(attempt), {"$set": {**change, "ready_at": again_at}, "$unset": {"token": ""}}
        )

    async def _waiting(self, id: str) -> int:
        return await self._events.count({"subscription": id, "waiting": True})

    def _record(self, row: Document, waiting: int = 0) -> Subscription:
        id = row["_id"]
        return Subscription(
            id=id,
            department=row["department"],
            owner=row["owner"],
            url=self._keys.open_text(row["url"], f"{id}/url"),
            events=frozenset(map(EventKind, row["events"])),
            secret=self._keys.open_text(row["secret"], f"{id}/secret"),
            created_at=row["created_at"],
            state=SubscriptionState(row["state"]),
            pause=PauseReason(row["pause"]) if row.get("pause") else None,
            failures=row["failures"],
            tried_at=row.get("tried_at"),
            answer=row.get("answer"),
            fault=row.get("fault", ""),
            waiting=waiting,
        )


def seal_event(document: Document, keys: KeyRing) -> Document:
    """As it is kept; what earlier versions stored readable comes the same way."""
    body = document["body"]
    return (
        document
        if isinstance(body, bytes)
        else {**document, "body": keys.seal(body, f"{document['_id']}/body")}
    )


_IS_ACTIVE: Document = {"$eq": ["$state", SubscriptionState.ACTIVE.value]}


def _paused(why: PauseReason) -> Document:
    return {
        "$set": {"state": SubscriptionState.PAUSED.value, "pause": why.value},
        "$unset": {"ready_at": "", "token": ""},
    }


def _holding(attempt: Attempt) -> Document:
    return {"_id": attempt.subscription.id, "token": attempt.token}


def _event_key(attempt: Attempt) -> str:
    return f"{attempt.subscription.id}:{attempt.event.id}"
