"""Brings a database to what `collections` declares, at every start: records, validators, indexes.

Idempotent, and quick when nothing changed. One process does it while the others wait.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from typing import Any

from loguru import logger

from storage.database.connection import Database
from storage.database.encoding import encode
from storage.database.failures import StillWorking
from storage.database.layout import Index
from storage.schema import migrations
from storage.schema.collections import LAYOUTS
from storage.schema.migrations import SCHEMA_VERSION, Step

OPTIONS = ("unique", "sparse", "partialFilterExpression", "expireAfterSeconds")


class DatabaseTooNew(Exception):
    """A newer Shouxin has used this database; going back is not supported."""


async def without_keys(database: Database) -> None:
    """For databases that are known to be new."""
    raise ValueError(f"{database.name} is of an earlier version and can only be brought up with its keys")


def fingerprint() -> str:
    """Changes whenever a layout changes."""
    parts = {
        name: [layout.schema, [dict(model.document) for model in layout.indexes]]
        for name, layout in LAYOUTS.items()
    }
    return hashlib.sha256(encode(parts)).hexdigest()


async def prepare(database: Database, seal: Step = without_keys) -> None:
    """Bring records, collections, validators and indexes to what is declared here; one process does it.

    `seal` is the step of the migrations that needs the keys. Raises DatabaseTooNew when the database was used
    by a later schema version.
    """
    if await _is_current(database):
        return
    async with migrations.alone(database):
        if not await _is_current(database):
            await _bring_up(database, seal)


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


async def _bring_up(database: Database, seal: Step) -> None:
    mark = await _mark(database, await database.collections())
    if mark is not None and mark["version"] < SCHEMA_VERSION:
        await migrations.bring_up(database, mark["version"], seal)
    present = await database.collections()  # read after the migrations, which take validators away
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


async def _apply_indexes(database: Database, name: str, wanted: tuple[Index, ...]) -> None:
    collection = database[name]
    named = {model.document["name"]: model.document for model in wanted}
    if name in await database.collections():
        for there, index in (await collection.indexes()).items():
            if there != "_id_" and _told(index) != _told(named.get(there, {})):
                await collection.drop_index(there)
    await _build(database, name, wanted)


def _told(index: Mapping[str, Any]) -> tuple[Any, ...]:
    """All by which one index differs from another, whatever it is called."""
    return list(dict(index.get("key", {})).items()), *map(index.get, OPTIONS)


async def _build(database: Database, name: str, wanted: tuple[Index, ...]) -> None:
    """A large collection takes longer than a connection waits; the build goes on, asking again joins it."""
    while True:
        try:
            return await database[name].create_indexes(wanted)
        except StillWorking:
            logger.info("indexes of {} are being built", name)
