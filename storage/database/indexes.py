"""Every collection, its indexes and the shape its documents must have: one place, applied at start.

Applying is idempotent and quick when nothing changed. A test explains every query of the product and
fails on a collection scan, so a new query usually means a new line here.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import bson
from loguru import logger
from pymongo import IndexModel
from pymongo.errors import NetworkTimeout

from cases.errors import StorageUnavailable
from storage.database import migrations
from storage.database.connection import Database
from storage.database.layout import DATE, FLAG, LIST, SEALED, SEALED_LIST, TEXT, WHOLE, Layout, index, shape
from storage.figures.fact_indexes import FACTS

SCHEMA_VERSION = 2
"""Raised together with a step in `migrations.py` that brings older records along."""
PULL_INDEX = "pull"
"""Serves the pull of the next case in its order, so the server never sorts a queue."""


class DatabaseTooNew(Exception):
    """A newer Shouxin has used this database; going back is not supported."""


COMPLAINT = shape(
    {"text": SEALED, "domain": TEXT, "severity": TEXT},
    {"wish": SEALED, "persons": SEALED_LIST, "region_code": TEXT, "amount_yuan": WHOLE},
)
QUEUE = shape({"department": TEXT, "open": FLAG, "rank": WHOLE, "due_at": DATE, "lease_until": DATE})
BOX = {"bsonType": "object", "properties": {"queue": LIST, "ready_at": DATE, "token": TEXT}}

LAYOUTS: dict[str, Layout] = {
    "cases": Layout(
        shape(
            {
                "_id": TEXT,
                "version": WHOLE,
                "filing_key": TEXT,
                "filed_at": DATE,
                "updated_at": DATE,
                "status": TEXT,
                "department": TEXT,
                "complaint": COMPLAINT,
                "routing": shape({"jurisdiction": TEXT, "department": TEXT}),
                "lease_until": DATE,
                "history": LIST,
                "queue": QUEUE,
            },
            {
                "next_due": DATE,
                "notify_at": DATE,
                "erase_at": DATE,
                "search": LIST,
                "seen_by": LIST,
                "shut_out": LIST,
            },
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
            ),
            index("queue.rank", "queue.due_at", "_id"),
            index("seen_by", "queue.rank", "queue.due_at", "_id"),
            index("seen_by", "filed_at"),
            index("seen_by", "updated_at"),
            index("filed_at", "_id"),
            index(
                "filed_at",
                "_id",
                name="corrected",
                partialFilterExpression={"corrected_from": {"$exists": True}},
            ),
            index("updated_at", "_id"),
            index("department", "filed_at"),
            index("status", "filed_at"),
            index(
                "holder.staff", "queue.due_at", partialFilterExpression={"holder.staff": {"$exists": True}}
            ),
            index("queue.due_at"),
            index("search"),
            index("flags", "filed_at"),
            index("complaint.similar", "-filed_at"),
            index("letters.verification", sparse=True),
            index("evidence.id", sparse=True),
            index("channel", "filed_at", "_id"),
            index("next_due", sparse=True),
            index("erase_at", sparse=True),
            index("notify_at", sparse=True),
        ),
    ),
    "reporters": Layout(
        shape(
            {"_id": TEXT, "conversations": LIST, "receipt": TEXT, "filed_at": DATE, "channel": TEXT},
            {"name": SEALED, "contact": SEALED},
        ),
        (index("conversations", "-filed_at"), index("receipt", unique=True)),
    ),
    "conversations": Layout(
        shape(
            {"_id": TEXT, "address": SEALED, "channel": TEXT},
            {"inbox": BOX, "outbox": BOX, "active_at": DATE},
        ),
        (
            index("inbox.ready_at", sparse=True),
            index("active_at", sparse=True),
            index(
                "channel", "outbox.ready_at", partialFilterExpression={"outbox.ready_at": {"$exists": True}}
            ),
        ),
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
            {"_id": TEXT, "file": {"bsonType": "objectId"}, "name": SEALED, "size": WHOLE, "sha256": TEXT},
            {"kept_at": DATE, "look_again_at": DATE},
        ),
        (index("file"), index("look_again_at", sparse=True)),
    ),
    "evidence.files": Layout(shape({"_id": {"bsonType": "objectId"}}), (index("filename", "uploadDate"),)),
    "evidence.chunks": Layout(
        shape({"files_id": {"bsonType": "objectId"}, "data": {"bsonType": "binData"}}),
        (index("files_id", "n", unique=True),),
    ),
    "staff": Layout(
        shape({"_id": TEXT, "login": TEXT, "department": TEXT, "roles": LIST}, {"totp_secret": SEALED}),
        (index("login", unique=True), index("department", "login"), index("conversation", sparse=True)),
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
        shape({"_id": TEXT, "subscription": TEXT, "body": TEXT, "at": DATE, "expires_at": DATE}),
        (
            index("subscription", "waiting", "at", "n"),
            index("expires_at", expireAfterSeconds=0),
        ),
    ),
    "settings": Layout(shape({"_id": TEXT})),
    "facts": FACTS,
    "cells": Layout(
        shape({"_id": TEXT, "view": TEXT, "span": TEXT, "at": TEXT}),
        (index("view", "at", "home", "domain"),),
    ),
    "alarms": Layout(shape({"_id": TEXT, "on": TEXT, "jurisdiction": TEXT}), (index("jurisdiction", "-on"),)),
}


def fingerprint() -> str:
    """Changes whenever a layout changes."""
    parts = {
        name: [layout.schema, [dict(model.document) for model in layout.indexes]]
        for name, layout in LAYOUTS.items()
    }
    return hashlib.sha256(bson.encode(parts)).hexdigest()


async def apply(database: Database) -> None:
    """Bring records, collections, validators and indexes to what is declared here; one process does it.

    Raises DatabaseTooNew when the database was used by a later schema version.
    """
    if await _is_current(database):
        return
    async with migrations.alone(database):
        if not await _is_current(database):
            await _bring_up(database)


async def _is_current(database: Database) -> bool:
    present = await database.collections()
    mark = await _mark(database, present)
    if mark and mark["version"] > SCHEMA_VERSION:
        raise DatabaseTooNew(
            f"The database {database.name} was used by a newer version of Shouxin "
            f"(schema {mark['version']}, this one knows {SCHEMA_VERSION}). Please install that version."
        )
    known = mark is not None and mark["version"] == SCHEMA_VERSION and mark["fingerprint"] == fingerprint()
    return known and LAYOUTS.keys() <= present.keys()


async def _mark(database: Database, present: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    return await database["settings"].find_one({"_id": "schema"}) if "settings" in present else None


async def _bring_up(database: Database) -> None:
    present = await database.collections()
    mark = await _mark(database, present)
    if mark is not None and mark["version"] < SCHEMA_VERSION:
        await migrations.bring_up(database, mark["version"])
    await asyncio.gather(*(_apply_one(database, name, present) for name in LAYOUTS))
    document = {"_id": "schema", "version": SCHEMA_VERSION, "fingerprint": fingerprint()}
    await database["settings"].replace({"_id": "schema"}, document, upsert=True)


async def _apply_one(database: Database, name: str, present: dict[str, dict[str, Any]]) -> None:
    layout = LAYOUTS[name]
    validator = {"$jsonSchema": layout.schema}
    if name not in present:
        await database.create(name, validator)
    elif present[name].get("validator") != validator:
        await database.command({"collMod": name, "validator": validator})
    if layout.indexes:
        await _apply_indexes(database, name, layout.indexes)


async def _apply_indexes(database: Database, name: str, wanted: tuple[IndexModel, ...]) -> None:
    collection = database[name]
    names = {model.document["name"] for model in wanted}
    if name in await database.collections():
        for stale in await collection.index_names() - names - {"_id_"}:
            await collection.drop_index(stale)
    await _build(database, name, wanted)


async def _build(database: Database, name: str, wanted: tuple[IndexModel, ...]) -> None:
    """A large collection takes longer than a connection waits; the build goes on, asking again joins it."""
    while True:
        try:
            return await database[name].create_indexes(wanted)
        except StorageUnavailable as error:
            if not isinstance(error.__cause__, NetworkTimeout):
                raise
            logger.info("indexes of {} are being built", name)
