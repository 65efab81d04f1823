"""What was noticed in the figures: alarms with the notes on them, and departments on amber."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from cases.figures.amber_departments import AmberDepartment
from cases.figures.early_warning import Alarm, SeriesKey
from storage.database.connection import Database
from storage.database.encoding import Document

CROSSINGS = "crossings"


class MongoAlarmStore:
    """Fulfils `cases.figures.early_warning.AlarmStore`. Departments across amber are one small document."""

    def __init__(self, database: Database) -> None:
        self._alarms = database["alarms"]
        self._settings = database["settings"]

    async def put(self, alarms: Sequence[Alarm]) -> int:
        new = 0
        for alarm in alarms:
            same = {**alarm.key._asdict(), "on": {"$gte": alarm.since.isoformat()}}
            known = await self._alarms.find_all(same, {"_id": 1}, order=[("on", -1)], limit=1)
            id = known[0]["_id"] if known else alarm.id
            done = await self._alarms.update({"_id": id}, {"$set": _to_document(alarm)}, upsert=True)
            new += done.inserted
        return new

    async def list_alarms(
        self, jurisdictions: Sequence[str] | None, since: date, *, limit: int = 100
    ) -> list[Alarm]:
        places: Document = {"$gt": ""} if jurisdictions is None else {"$in": list(jurisdictions)}
        where = {"jurisdiction": places, "on": {"$gte": since.isoformat()}}
        rows = await self._alarms.find_all(where, order=[("on", -1), ("strength", -1)], limit=limit)
        return [_to_alarm(row) for row in rows]

    async def acknowledge(self, id: str, note: str, by: str, at: datetime) -> Alarm | None:
        change = {"$set": {"note": note, "acknowledged_by": by, "acknowledged_at": at}}
        row = await self._alarms.find_and_update({"_id": id}, change)
        return _to_alarm(row) if row else None

    async def list_amber(self) -> list[AmberDepartment]:
        found = await self._settings.find_one({"_id": CROSSINGS})
        return [AmberDepartment(**row) for row in found["across"]] if found else []

    async def keep_amber(self, departments: Sequence[AmberDepartment]) -> None:
        rows = [department._asdict() for department in departments]
        await self._settings.update({"_id": CROSSINGS}, {"$set": {"across": rows}}, upsert=True)


def _to_document(alarm: Alarm) -> Document:
    """Without the note: writing an alarm again never takes away what somebody wrote."""
    return {
        **alarm.key._asdict(),
        "on": alarm.on.isoformat(),
        "since": alarm.since.isoformat(),
        "seen": alarm.seen,
        "expected": alarm.expected,
        "usual": alarm.usual,
        "strength": alarm.strength,
    }


def _to_alarm(row: Document) -> Alarm:
    return Alarm(
        id=row["_id"],
        key=SeriesKey(row["jurisdiction"], row["domain"], row["place"], row["body"]),
        on=date.fromisoformat(row["on"]),
        since=date.fromisoformat(row["since"]),
        seen=row["seen"],
        expected=row["expected"],
        usual=row["usual"],
        strength=row["strength"],
        acknowledged_at=row.get("acknowledged_at"),
        acknowledged_by=row.get("acknowledged_by", ""),
        note=row.get("note", ""),
    )
