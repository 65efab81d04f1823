"""Objects counted for figures, in the database: statuses reached, records by body, days between two steps.

No word of anybody is read; officials' archives are left out. What else is counted, the caller says.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from cases.instants import start_of
from cases.integrity.breaches.order_model import OrderStatus
from cases.integrity.breaches.record_model import COUNTED, RecordStatus
from cases.integrity.spine.vocabulary import Kind
from cases.ports.dossiers import BodyRecords, Tally
from classify.types import Domain
from storage.database.collection import Collection
from storage.database.encoding import Document

ZONE = "+08:00"
MOVED = (Kind.ORDER, Kind.RECORD, Kind.OBJECTION, Kind.EVALUATION)


async def tally(dossiers: Collection, matching: Document, since: date, until: date) -> Tally:
    """Of the objects that match; `until` is the day after the last one."""
    ours: Document = {"$and": [*matching["$and"], {"sealed": {"$ne": True}}, {"project.kept": {"$ne": True}}]}
    records, to_record = await _records(dossiers, ours, since, until)
    reached, to_repair = await _reached(dossiers, ours, since, until)
    overdue = {**ours, "kind": Kind.ORDER.value, "status": OrderStatus.OVERDUE.value}
    return Tally(await dossiers.count(overdue), reached, records, to_record, to_repair)


async def _records(
    dossiers: Collection, ours: Document, since: date, until: date
) -> tuple[tuple[BodyRecords, ...], Counter[int]]:
    found: Document = {
        "kind": Kind.RECORD.value,
        "status": {"$in": sorted(COUNTED)},
        "found_on": {"$gte": since.isoformat(), "$lt": until.isoformat()},
    }
    by: Document = {
        "body": {"$arrayElemAt": ["$bodies", 0]},
        "domain": "$domain",
        "days": _days(_midnight("$breach_on"), _midnight("$found_on")),
    }
    grouped: Document = {"_id": by, "name": {"$last": "$subject.name"}, "n": {"$sum": 1}}
    bodies: dict[tuple[str, str | None], tuple[str, int]] = {}
    days: Counter[int] = Counter()
    async for row in dossiers.aggregate([{"$match": {**ours, **found}}, {"$group": grouped}]):
        body, domain = row["_id"]["body"], row["_id"].get("domain")
        bodies[body, domain] = (row["name"], bodies.get((body, domain), ("", 0))[1] + row["n"])
        if row["_id"]["days"] is not None:
            days[row["_id"]["days"]] += row["n"]
    made = (
        BodyRecords(body, name, Domain(domain) if domain else None, n)
        for (body, domain), (name, n) in bodies.items()
    )
    return tuple(made), days


async def _reached(
    dossiers: Collection, ours: Document, since: date, until: date
) -> tuple[Counter[tuple[Kind, str]], Counter[int]]:
    """How many reached each status in these days; of those repaired, after how many days."""
    moved = {"kind": {"$in": [kind.value for kind in MOVED]}, "updated_at": {"$gte": start_of(since)}}
    within: Document = {"$gte": start_of(since), "$lt": start_of(until)}
    is_repair: Document = {"$eq": ["$history.after", RecordStatus.REPAIRED.value]}
    took = _days(_midnight("$found_on"), "$history.at")
    by: Document = {"kind": "$kind", "after": "$history.after", "days": {"$cond": [is_repair, took, None]}}
    stages: list[Document] = [
        {"$match": {**ours, **moved, "history.at": within}},
        {"$project": {"kind": 1, "found_on": 1, "history.at": 1, "history.before": 1, "history.after": 1}},
        {"$unwind": "$history"},
        {"$match": {"history.at": within, "$expr": {"$ne": ["$history.before", "$history.after"]}}},
        {"$group": {"_id": by, "n": {"$sum": 1}}},
    ]
    reached: Counter[tuple[Kind, str]] = Counter()
    days: Counter[int] = Counter()
    async for row in dossiers.aggregate(stages):
        kind, after = Kind(row["_id"]["kind"]), row["_id"]["after"]
        reached[kind, after] += row["n"]
        if row["_id"]["days"] is not None:
            days[row["_id"]["days"]] += row["n"]
    return reached, days


def _midnight(field: str) -> Document:
    return {"$dateFromString": {"dateString": field, "timezone": ZONE, "onNull": None}}


def _days(start: Document | str, end: Document | str) -> Document:
    """Null when one of them is not known."""
    return {"$dateDiff": {"startDate": start, "endDate": end, "unit": "day", "timezone": ZONE}}
