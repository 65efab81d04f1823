"""What was noticed in the figures: alarms with the notes on them, and departments on amber."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from cases.figures.amber_departments import AmberDepartment
from cases.figures.early_warning import Alarm, SeriesKey
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.figures.documents import FactsMapper
from storage.sealed.key_ring import KeyRing

CROSSINGS = "crossings"
OLD_ID = 16
"""Signs of an id up to version 4, which was a plain digest."""


class MongoAlarmStore:
    """Fulfils `cases.figures.early_warning.AlarmStore`. Departments across amber are one small document."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._alarms = database["alarms"]
        self._keys = keys
        self._rows = FactsMapper(keys)
        self._settings = database["settings"]

    async def put(self, alarms: Sequence[Alarm]) -> int:
        new = 0
        for alarm in alarms:
            same = {**self._key(alarm), "on": {"$gte": alarm.since.isoformat()}}
            known = await self._alarms.find_all(same, {"_id": 1}, order=[("on", -1)], limit=1)
            id = known[0]["_id"] if known else self._id(alarm.id)
            done = await self._alarms.update({"_id": id}, {"$set": self._to_document(alarm)}, upsert=True)
            new += done.inserted
        return new

    async def list_alarms(
        self, jurisdictions: Sequence[str] | None, since: date, *, limit: int = 100
    ) -> list[Alarm]:
        places: Document = {"$gt": ""} if jurisdictions is None else {"$in": list(jurisdictions)}
        where = {"jurisdiction": places, "on": {"$gte": since.isoformat()}}
        rows = await self._alarms.find_all(where, order=[("on", -1), ("strength", -1)], limit=limit)
        return [self._alarm(row) for row in rows]

    async def acknowledge(self, id: str, note: str, by: str, at: datetime) -> Alarm | None:
        id = self._id(id)
        sealed = self._keys.seal(note, f"{id}/note")
        change = {"$set": {"note": sealed, "acknowledged_by": by, "acknowledged_at": at}}
        row = await self._alarms.find_and_update({"_id": id}, change)
        return self._alarm(row) if row else None

    async def list_amber(self) -> list[AmberDepartment]:
        found = await self._settings.find_one({"_id": CROSSINGS})
        return [AmberDepartment(**row) for row in found["across"]] if found else []

    async def keep_amber(self, departments: Sequence[AmberDepartment]) -> None:
        rows = [department._asdict() for department in departments]
        await self._settings.update({"_id": CROSSINGS}, {"$set": {"across": rows}}, upsert=True)

    async def bring_up(self) -> None:
        """What was kept before version 5, with readable bodies under ids that told them."""
        for row in await self._alarms.find_all({"_id": {"$gt": ""}}):
            if len(row["_id"]) == OLD_ID:
                coded = {"_id": self._id(row["_id"]), "body": self._rows.body(row["body"])}
                alarm = self._alarm({**row, **coded})
                await self.put([alarm])
                if alarm.acknowledged_at is not None:
                    await self.acknowledge(alarm.id, alarm.note, alarm.acknowledged_by, alarm.acknowledged_at)
                await self._alarms.delete({"_id": row["_id"]})

    def _id(self, id: str) -> str:
        """An alarm's own id is a digest that whoever guesses the body can make too."""
        return self._keys.blind(id, "alarm")

    def _key(self, alarm: Alarm) -> dict[str, str]:
        return {**alarm.key._asdict(), "body": self._rows.body(alarm.key.body)}

    def _to_document(self, alarm: Alarm) -> Document:
        """Without the note: writing an alarm again never takes away what somebody wrote."""
        return {
            **self._key(alarm),
            "on": alarm.on.isoformat(),
            "since": alarm.since.isoformat(),
            "seen": alarm.seen,
            "expected": alarm.expected,
            "usual": alarm.usual,
            "strength": alarm.strength,
        }

    def _alarm(self, row: Document) -> Alarm:
        note = row.get("note", "")
        return Alarm(
            id=self._keys.unblind(row["_id"], "alarm"),
            key=SeriesKey(row["jurisdiction"], row["domain"], row["place"], self._rows.name_of(row["body"])),
            on=date.fromisoformat(row["on"]),
            since=date.fromisoformat(row["since"]),
            seen=row["seen"],
            expected=row["expected"],
            usual=row["usual"],
            strength=row["strength"],
            acknowledged_at=row.get("acknowledged_at"),
            acknowledged_by=row.get("acknowledged_by", ""),
            note=self._keys.open_text(note, f"{row['_id']}/note") if isinstance(note, bytes) else note,
        )
