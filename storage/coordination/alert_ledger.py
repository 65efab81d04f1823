"""How many alerts each member of staff got lately and what was held back: one small document a person.

Every change is one write conditional on the version read, so several processes may tell the same person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases import reasons
from cases.errors import StorageUnavailable
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError

DUE = 100
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Digest:
    """What was held back for one person; `id` stays the same until it is settled."""

    id: str
    staff: str
    kinds: tuple[str, ...]


class MongoAlertLedger:
    """Fulfils `bot.workers.telling.alerts.AlertLedger`: at most `most` alerts one by one within `window`."""

    def __init__(self, database: Database, window: timedelta, most: int) -> None:
        self._alerts = database["alerts"]
        self._window = window
        self._most = most

    async def admit(
        self, staff: str, alert: str, kind: str, now: datetime, not_before: datetime | None = None
    ) -> bool:
        for _ in range(_ATTEMPTS):
            known = await self._alerts.find_one({"_id": staff}) or {"_id": staff, "version": 0}
            if (before := _decided(known, alert)) is not None:
                return before
            fresh, told = self._with(known, alert, kind, now, not_before)
            if await self._put(fresh, known["version"]):
                return told
        raise StorageUnavailable(reasons.ALERTS_CONTENDED)

    def _with(
        self, known: Document, alert: str, kind: str, now: datetime, not_before: datetime | None
    ) -> tuple[Document, bool]:
        recent = [item for item in known.get("recent", []) if item["at"] > now - self._window]
        held = known.get("held", [])
        fresh = {**known, "recent": recent}
        if len(recent) < self._most and not held and not_before is None:
            fresh["recent"] = [*recent, {"id": alert, "at": now}]
            return fresh, True
        fresh["held"] = [*held, {"id": alert, "kind": kind}]
        due_at = known.get("due_at") or min((item["at"] for item in recent), default=now) + self._window
        fresh["due_at"] = max(due_at, not_before) if not_before else due_at
        return fresh, False

    async def close_due(self, now: datetime) -> Sequence[Digest]:
        """Held back alerts are closed first, so that what comes meanwhile is not lost with them."""
        rows = await self._alerts.find_all({"due_at": {"$lte": now}}, order=[("due_at", 1)], limit=DUE)
        closed = [row if "closing" in row else await self._close(row) for row in rows]
        return [
            Digest(row["closing"]["id"], row["_id"], tuple(i["kind"] for i in row["closing"]["held"]))
            for row in closed
            if row is not None
        ]

    async def _close(self, row: Document) -> Document | None:
        id = f"digest:{row['_id']}:{row['version']}"
        closed = {**row, "closing": {"id": id, "held": row.get("held", [])}, "held": []}
        return closed if await self._put(closed, row["version"]) else None

    async def settle(self, digest: Digest) -> None:
        """Takes the closed alerts off; those held back since then are due next time."""
        where = {"_id": digest.staff, "closing.id": digest.id}
        change: list[Document] = [
            {"$unset": ["closing"]},
            {
                "$set": {
                    "version": {"$add": ["$version", 1]},
                    "due_at": {
                        "$cond": [{"$gt": [{"$size": {"$ifNull": ["$held", []]}}, 0]}, "$due_at", "$$REMOVE"]
                    },
                }
            },
        ]
        await self._alerts.update(where, change)

    async def _put(self, document: Document, version: int) -> bool:
        """False when somebody else changed it since it was read."""
        fresh = {**document, "version": version + 1}
        try:
            if version == 0:
                await self._alerts.insert(fresh)
                return True
            return bool(await self._alerts.replace({"_id": fresh["_id"], "version": version}, fresh))
        except DuplicateKeyError:
            return False


def _decided(known: Document, alert: str) -> bool | None:
    """What was decided about this alert before."""
    if any(item["id"] == alert for item in known.get("recent", [])):
        return True
    waiting = [*known.get("held", []), *known.get("closing", {}).get("held", [])]
    return False if any(item["id"] == alert for item in waiting) else None
