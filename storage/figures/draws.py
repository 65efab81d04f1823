"""The seeds by which samples were drawn, and which draws are complete: one small document for each month."""

from __future__ import annotations

import secrets

from storage.database.connection import Database


class MongoDrawLedger:
    """Fulfils `cases.figures.sampling.DrawLedger`. Whoever comes first makes the seed; it never changes."""

    def __init__(self, database: Database) -> None:
        self._settings = database["settings"]

    async def seed(self, month: str) -> tuple[str, bool]:
        fresh = secrets.token_hex(16)
        first = {"$setOnInsert": {"seed": fresh}}
        await self._settings.update({"_id": _id(month)}, first, upsert=True)
        found = await self._settings.find_one({"_id": _id(month)}) or {}
        return str(found["seed"]), found["seed"] == fresh

    async def is_drawn(self, month: str) -> bool:
        found = await self._settings.find_one({"_id": _id(month)})
        return bool(found and found.get("drawn"))

    async def mark_drawn(self, month: str) -> None:
        await self._settings.update({"_id": _id(month)}, {"$set": {"drawn": True}})


def _id(month: str) -> str:
    return f"draw:{month}"
