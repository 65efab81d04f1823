"""The updates behind `store`, as aggregation pipelines that the server applies in one step.

Pure: each function only builds a pipeline. Whatever comes from outside goes in as `$literal`, so that
no text is ever taken for an expression.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.database.encoding import Document

SEEN = 200
SENT = 200
INBOX_BYTES: dict[str, Any] = {"$bsonSize": "$inbox"}
LONGEST_QUIET = timedelta(seconds=30)
"""Whoever writes on and on without a pause is answered in between."""
LONGEST_REST = timedelta(seconds=1.5)
"""A call whose chat rests no longer is claimed ahead; whoever claims it waits."""
Pipeline = list[Document]


def _literal(value: Any) -> Document:
    return {"$literal": value}


def _list(path: str) -> Document:
    return {"$ifNull": [path, []]}


def _rest(path: str, count: int = 1) -> Document:
    """A list without its first items."""
    size = {"$size": _list(path)}
    return {"$cond": [{"$gt": [size, count]}, {"$slice": [path, count, size]}, []]}


def _only_while(queue: str, then: Any) -> Document:
    return {"$cond": [{"$gt": [{"$size": _list(queue)}, 0]}, then, "$$REMOVE"]}


def _pause(now: Document) -> Document:
    """When the newest words will have stood alone for a while; null if anything is to be answered at once."""
    pauses = _list("$inbox.queue.quiet_until")
    last, first = {"$last": pauses}, {"$first": "$inbox.queue.received_at"}
    longest = {"$add": [first, LONGEST_QUIET // timedelta(milliseconds=1)]}
    may_wait = {"$eq": [{"$size": pauses}, {"$size": _list("$inbox.queue")}]}
    return {"$cond": [{"$and": [may_wait, {"$gt": [last, now]}]}, {"$min": [last, longest]}, None]}


def _while(condition: Any) -> Document:
    return {"$cond": [condition, True, "$$REMOVE"]}


@dataclass(frozen=True, slots=True)
class Lease:
    """A box claimed by the write that filled it: one write less than claiming it afterwards."""

    token: str
    until: datetime

    def taken(self, box: str, condition: Any) -> Document:
        """The fields of the box, claimed if the condition holds; then its first item counts the try."""
        queue = f"${box}.queue"
        once_more = {"attempts": {"$add": [{"$ifNull": ["$$head.attempts", 0]}, 1]}}
        tried = {
            "$let": {"vars": {"head": {"$first": queue}}, "in": {"$mergeObjects": ["$$head", once_more]}}
        }
        return {
            f"{box}.token": {"$cond": [condition, _literal(self.token), f"${box}.token"]},
            f"{box}.ready_at": {"$cond": [condition, _literal(self.until), f"${box}.ready_at"]},
            f"{box}.queue": {"$cond": [condition, {"$concatArrays": [[tried], _rest(queue)]}, queue]},
        }


def receive(
    item: Document, opened: Document, mark: str, active_until: datetime, lease: Lease | None = None
) -> Pipeline:
    """Append to the inbox. A lease that is running, and a wait that is no pause, keep their `ready_at`.

    With a lease of one's own, an update that nothing waits before is claimed at once.
    """
    now = _literal(item["received_at"])
    alone = {"$eq": [{"$size": _list("$inbox.queue")}, 1]}
    claimed = [{"$set": lease.taken("inbox", alone)}] if lease else []
    waits = {"$and": [{"$gt": ["$inbox.ready_at", None]}, {"$ne": ["$inbox.pausing", True]}]}
    seen = {"$concatArrays": [_list("$inbox.seen"), [_literal(mark)]]}
    first = {name: {"$ifNull": [f"${name}", _literal(value)]} for name, value in opened.items()}
    return [
        {
            "$set": {
                **first,
                "inbox.queue": {"$concatArrays": [_list("$inbox.queue"), [_literal(item)]]},
                "inbox.seen": {"$slice": [seen, -SEEN]},
                "active_at": _literal(active_until),
                "blocked": "$$REMOVE",
            }
        },
        {
            "$set": {
                "inbox.ready_at": {"$cond": [waits, "$inbox.ready_at", {"$ifNull": [_pause(now), now]}]},
                "inbox.pausing": _while({"$and": [{"$not": waits}, {"$gt": [_pause(now), None]}]}),
            }
        },
        {"$set": {"inbox.bytes": INBOX_BYTES}},
        *claimed,
    ]


def drop_updates(next_at: datetime, count: int = 1) -> Pipeline:
    """Take the first updates off the inbox; the next is ready at `next_at`, words after their pause."""
    then = _literal(next_at)
    return [
        {
            "$set": {
                "inbox.queue": _rest("$inbox.queue", count),
                "inbox.token": "$$REMOVE",
                "inbox.alone": "$$REMOVE",
            }
        },
        {
            "$set": {
                "inbox.ready_at": _only_while("$inbox.queue", {"$ifNull": [_pause(then), then]}),
                "inbox.pausing": _while({"$gt": [_pause(then), None]}),
                "inbox.bytes": INBOX_BYTES,
            }
        },
    ]


def append_calls(items: list[Document], now: datetime, lease: Lease | None = None) -> Pipeline:
    """Append the calls that are neither queued nor among the last ones sent.

    With a lease, the first is claimed at once, unless others wait before it or the chat must rest for long.
    """
    if not items:
        return [{"$set": {"outbox.sent": _list("$outbox.sent")}}]
    known = {"$concatArrays": [_list("$outbox.sent"), _list("$outbox.queue.mark")]}
    fresh = {
        "$filter": {
            "input": _literal(items),
            "cond": {"$not": {"$in": ["$$this.mark", known]}},
        }
    }
    ready = {"$max": [_literal(now), "$outbox.not_before"]}
    first = {
        "$and": [
            {"$eq": [{"$size": _list("$outbox.queue")}, 0]},
            {"$lte": [ready, _literal(now + LONGEST_REST)]},
        ]
    }
    claimable = {"outbox.claimable": _while(first)} if lease else {}
    return [
        {"$set": {"outbox.queue": {"$concatArrays": [_list("$outbox.queue"), fresh]}, **claimable}},
        {"$set": {"outbox.ready_at": _only_while("$outbox.queue", {"$ifNull": ["$outbox.ready_at", ready]})}},
        *([_claim_call(lease, "$outbox.claimable")] if lease else []),
    ]


def _claim_call(lease: Lease, condition: Any) -> Document:
    some = {"$and": [condition, {"$gt": [{"$size": _list("$outbox.queue")}, 0]}]}
    return {"$set": {**lease.taken("outbox", some), "outbox.claimable": "$$REMOVE"}}


def finish_turn(
    dialogue: bytes | None,
    items: list[Document],
    now: datetime,
    next_at: datetime,
    count: int,
    lease: Lease | None = None,
) -> Pipeline:
    """Take the turn off, keep the dialogue, append the replies: what a turn leads to, in one step."""
    kept = _literal(dialogue) if dialogue is not None else "$$REMOVE"
    steps = [*drop_updates(next_at, count), {"$set": {"dialogue": kept}}]
    return [*steps, *append_calls(items, now, lease)] if items else steps


def keep_pace(pace: bytes) -> Document:
    """How fast the chat has been writing, for whichever process serves it next."""
    return {"$set": {"pace": _literal(pace)}}


def mark_fetch(ready_at: datetime | None) -> Document:
    """Files of this chat are to be fetched from that moment on, or none any more."""
    return {"$set": {"fetch": _literal({"ready_at": ready_at, "tries": 0}) if ready_at else "$$REMOVE"}}


def drop_call(next_at: datetime, lease: Lease | None = None) -> Pipeline:
    """Take the first call off the outbox and remember its mark; the chat rests until `next_at`.

    With a lease, the next one is claimed at once.
    """
    sent = {"$concatArrays": [_list("$outbox.sent"), {"$slice": ["$outbox.queue.mark", 1]}]}
    return [
        {
            "$set": {
                "outbox.sent": {"$slice": [sent, -SENT]},
                "outbox.queue": _rest("$outbox.queue"),
                "outbox.not_before": _literal(next_at),
                "outbox.token": "$$REMOVE",
            }
        },
        {"$set": {"outbox.ready_at": _only_while("$outbox.queue", _literal(next_at))}},
        *([_claim_call(lease, True)] if lease else []),
    ]


def block() -> Pipeline:
    """Nothing waits for somebody who does not want to hear from us."""
    return [
        {
            "$set": {
                "blocked": True,
                "outbox.queue": [],
                "outbox.token": "$$REMOVE",
                "outbox.ready_at": "$$REMOVE",
            }
        }
    ]
