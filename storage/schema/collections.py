"""Every collection, its indexes and the shape its documents must have: one place.

A test explains every query of the product and fails on a collection scan, so a new query usually means a new
line here. A layout that old records do not fit needs a step in `migrations`.
"""

from __future__ import annotations

from cases.vocabulary import OPEN
from storage.database.layout import DATE, FLAG, LIST, SEALED, TEXT, WHOLE, Layout, index, shape
from storage.schema.facts import FACTS

PULL_INDEX = "pull"
"""Serves the pull of the next case in its order, so the server never sorts a queue."""


AT_WORK_INDEX = "at_work"
AT_WORK = {"status": {"$in": sorted(status.value for status in OPEN)}}
"""A queue is read and counted among these alone, however many cases are over."""

QUEUE = shape({"department": TEXT, "open": FLAG, "rank": WHOLE, "due_at": DATE, "lease_until": DATE})
BOX = {"bsonType": "object", "properties": {"queue": LIST, "ready_at": DATE, "token": TEXT}}
FETCH = shape({"ready_at": DATE, "tries": WHOLE})

LAYOUTS: dict[str, Layout] = {
    "cases": Layout(
        shape(
            {
                "_id": TEXT,
                "version": WHOLE,
                "sealed": SEALED,
                "filing_key": TEXT,
                "filed_at": DATE,
                "updated_at": DATE,
                "status": TEXT,
                "department": TEXT,
                "jurisdiction": TEXT,
                "domain": TEXT,
                "channel": TEXT,
                "queue": QUEUE,
                "seen_by": LIST,
                "search": LIST,
                "shut_out": LIST,
                "flags": LIST,
            },
            {
                "notifications": {
                    "bsonType": "array",
                    "items": shape({"id": TEXT, "told": SEALED}, closed=True),
                },
                "region": TEXT,
                "holder": TEXT,
                "merged_into": TEXT,
                "similar": LIST,
                "letters": LIST,
                "outcomes": LIST,
                "files": LIST,
                "uncounted": FLAG,
                "next_due": DATE,
                "notify_at": DATE,
                "erase_at": DATE,
            },
            closed=True,
        ),
        (
            index("filing_key", unique=True),
            index(
                "queue.department",
                "queue.open",
                "queue.rank",
                "queue.due_at",
                "queue.lease_until",
                name=PULL_INDEX,
                partialFilterExpression={"queue.open": True},
            ),
            index("queue.rank", "queue.due_at", "_id"),
            index(
                "seen_by",
                "queue.rank",
                "queue.due_at",
                "_id",
                name=AT_WORK_INDEX,
                partialFilterExpression=AT_WORK,
            ),
            index("seen_by", "filed_at"),
            index("seen_by", "updated_at"),
            index("filed_at", "_id"),
            index("updated_at", "_id"),
            index("department", "filed_at"),
            index("status", "filed_at"),
            index("holder", "queue.due_at", partialFilterExpression={"holder": {"$exists": True}}),
            index("queue.due_at"),
            index("search"),
            index("flags", "filed_at"),
            index("similar", "-filed_at"),
            index("letters", sparse=True),
            index("merged_into", sparse=True),
            index("files", sparse=True),
            index("uncounted", sparse=True),
            index("channel", "filed_at", "_id"),
            index("next_due", sparse=True),
            index("erase_at", sparse=True),
            index("notify_at", sparse=True),
        ),
    ),
    "dossiers": Layout(
        shape(
            {
                "_id": TEXT,
                "kind": TEXT,
                "version": WHOLE,
                "filing_key": TEXT,
                "opened_at": DATE,
                "updated_at": DATE,
                "status": TEXT,
                "jurisdiction": TEXT,
                "keeper": TEXT,
                "subject": shape({"name": TEXT, "region_code": TEXT}),
                "history": LIST,
                "desk": shape({"open": FLAG, "waits_for": LIST, "due_at": DATE}),
                "seen_by": LIST,
                "shut_out": LIST,
                "public": FLAG,
                "bodies": LIST,
                "places": LIST,
            },
            {
                "search": LIST,
                "files": LIST,
                "claims": LIST,
                "wakes_at": DATE,
                "notify_at": DATE,
                "share_at": DATE,
            },
        ),
        (
            index("filing_key", unique=True),
            index("kind", "seen_by", "desk.due_at", "_id"),
            index("kind", "seen_by", "-opened_at", "-_id"),
            index("kind", "desk.due_at", "_id"),
            index("seen_by", "desk.due_at", "_id"),
            index("seen_by", "-opened_at", "-_id"),
            index("desk.due_at", "_id"),
            index("-opened_at", "-_id"),
            *(
                index(*by, "-opened_at", "-_id", name=name, partialFilterExpression={"public": True})
                for name, by in (
                    ("public", ("kind",)),
                    ("public_place", ("places",)),
                    ("public_domain", ("domain",)),
                    ("public_search", ("search",)),
                )
            ),
            *(
                index(by, "-updated_at", "-_id", name=name, partialFilterExpression={"public": True})
                for name, by in (("public_changed", "kind"), ("public_place_changed", "places"))
            ),
            index("bodies", "-opened_at", "-_id"),
            index("kind", "updated_at"),
            index("kind", "found_on", partialFilterExpression={"found_on": {"$exists": True}}),
            index("sharing.since", sparse=True),
            index("share_at", sparse=True),
            index("about", sparse=True),
            index("source", sparse=True),
            index("files", sparse=True),
            index("claims", unique=True, sparse=True),
            index("search", sparse=True),
            index("wakes_at", sparse=True),
            index("notify_at", sparse=True),
        ),
    ),
    "dossier_sources": Layout(shape({"_id": TEXT, "number": SEALED})),
    "exchange": Layout(
        shape({"_id": TEXT, "version": WHOLE}),
        (
            index("sender", "month", sparse=True),
            index("waits", "record", sparse=True),
            index("record", sparse=True),
        ),
    ),
    "reporters": Layout(
        shape(
            {"_id": TEXT, "receipt": TEXT, "sealed": SEALED},
            {"links": {"bsonType": "array", "items": shape({"mark": TEXT, "chat": SEALED}, closed=True)}},
            closed=True,
        ),
        (index("links.mark", unique=True, sparse=True), index("receipt", unique=True)),
    ),
    "conversations": Layout(
        shape(
            {"_id": TEXT, "address": SEALED, "channel": TEXT},
            {
                "inbox": BOX,
                "outbox": BOX,
                "fetch": FETCH,
                "active_at": DATE,
            },
        ),
        (
            index("inbox.ready_at", sparse=True),
            index("fetch.ready_at", sparse=True),
            index("active_at", sparse=True),
            index(
                "channel", "outbox.ready_at", partialFilterExpression={"outbox.ready_at": {"$exists": True}}
            ),
        ),
    ),
    "emergencies": Layout(
        shape(
            {"_id": TEXT, "version": WHOLE, "sealed": SEALED, "last_at": DATE, "erase_at": DATE},
            {"tell_at": DATE},
            closed=True,
        ),
        (
            index("tell_at", sparse=True),
            index("-last_at"),
            index("erase_at", expireAfterSeconds=0),
        ),
    ),
    "unsent": Layout(
        shape({"_id": TEXT, "number": TEXT, "staff": TEXT, "words": SEALED, "since": DATE, "erase_at": DATE}),
        (index("number", "since"), index("erase_at", expireAfterSeconds=0)),
    ),
    "lent": Layout(
        shape({"_id": TEXT, "sealed": SEALED, "erase_at": DATE}, closed=True),
        (index("erase_at", expireAfterSeconds=0),),
    ),
    "uploads": Layout(
        shape({"_id": TEXT, "sealed": SEALED, "erase_at": DATE}, closed=True),
        (index("erase_at", expireAfterSeconds=0),),
    ),
    "transcripts": Layout(
        shape({"_id": TEXT, "version": WHOLE, "last_id": WHOLE, "lines": LIST, "updated_at": DATE}),
        (index("updated_at", expireAfterSeconds=180 * 24 * 3600),),
    ),
    "set_aside": Layout(
        shape({"_id": TEXT, "conversation": TEXT, "box": TEXT, "payload": SEALED, "at": DATE}),
        (index("-at"), index("conversation")),
    ),
    "evidence": Layout(
        shape(
            {"_id": TEXT, "file": {"bsonType": "objectId"}},
            {"about": SEALED, "kept_at": DATE, "look_again_at": DATE},
        ),
        (index("file"), index("look_again_at", sparse=True)),
    ),
    "evidence.files": Layout(shape({"_id": {"bsonType": "objectId"}}), (index("filename", "uploadDate"),)),
    "evidence.chunks": Layout(
        shape({"files_id": {"bsonType": "objectId"}, "data": {"bsonType": "binData"}}),
        (index("files_id", "n", unique=True),),
    ),
    "staff": Layout(
        shape(
            {"_id": TEXT, "login": TEXT, "department": TEXT, "roles": LIST},
            {"totp_secret": SEALED, "name_head": TEXT},
        ),
        (
            index("login", unique=True),
            index("department", "login"),
            index("department", "roles"),
            index("roles"),
            index("conversation", sparse=True),
            index("name_head", sparse=True),
        ),
    ),
    "sessions": Layout(
        shape({"_id": TEXT, "staff": TEXT, "expires_at": DATE}),
        (index("staff"), index("expires_at", expireAfterSeconds=0)),
    ),
    "tokens": Layout(shape({"_id": TEXT, "name": TEXT, "staff": TEXT}), (index("created_at"),)),
    "audit": Layout(
        shape({"_id": WHOLE, "at": DATE, "actor": TEXT, "action": TEXT, "subject": TEXT, "hash": TEXT}),
        (index("subject", "-_id"), index("actor", "-_id"), index("action", "-_id"), index("at")),
    ),
    "log_days": Layout(shape({"_id": TEXT, "line": TEXT, "leaves": SEALED}, closed=True)),
    "audit_anchors": Layout(shape({"_id": TEXT, "seq": WHOLE, "hash": TEXT})),
    "erasures": Layout(shape({"_id": TEXT, "evidence": LIST, "at": DATE}), (index("at"),)),
    "counters": Layout(shape({"_id": TEXT})),
    "leases": Layout(shape({"_id": TEXT, "holder": TEXT, "until": DATE})),
    "budgets": Layout(shape({"_id": TEXT}, {"free_at": DATE, "held_until": DATE})),
    "rate_limits": Layout(
        shape({"_id": TEXT, "count": WHOLE, "expires_at": DATE}), (index("expires_at", expireAfterSeconds=0),)
    ),
    "alerts": Layout(
        shape({"_id": TEXT, "version": WHOLE}, {"recent": LIST, "held": LIST, "due_at": DATE}),
        (index("due_at", sparse=True),),
    ),
    "link_codes": Layout(
        shape({"_id": TEXT, "staff": TEXT, "expires_at": DATE, "used": FLAG}),
        (index("staff"), index("expires_at", expireAfterSeconds=0)),
    ),
    "webhooks": Layout(
        shape(
            {"_id": TEXT, "department": TEXT, "url": SEALED, "secret": SEALED, "events": LIST, "state": TEXT},
            {"ready_at": DATE, "token": TEXT, "appended": WHOLE, "failures": WHOLE},
        ),
        (index("department", "created_at"), index("ready_at", sparse=True)),
    ),
    "webhook_events": Layout(
        shape({"_id": TEXT, "subscription": TEXT, "body": SEALED, "at": DATE, "expires_at": DATE}),
        (
            index("subscription", "waiting", "at", "n"),
            index("expires_at", expireAfterSeconds=0),
        ),
    ),
    "letterheads": Layout(
        shape({"_id": TEXT, "code": TEXT, "second_person": LIST}),
        (index("code", unique=True, partialFilterExpression={"code": {"$gt": ""}}),),
    ),
    "ready_texts": Layout(
        shape({"_id": TEXT, "owner": TEXT, "place": TEXT, "since": DATE}), (index("owner", "since"),)
    ),
    "settings": Layout(shape({"_id": TEXT})),
    "facts": FACTS,
    "reports": Layout(shape({"_id": TEXT, "version": WHOLE}), ()),
    "cells": Layout(
        shape({"_id": TEXT, "view": TEXT, "span": TEXT, "at": TEXT}),
        (index("view", "at", "home", "domain"),),
    ),
    "alarms": Layout(shape({"_id": TEXT, "on": TEXT, "jurisdiction": TEXT}), (index("jurisdiction", "-on"),)),
}
