"""What is asked of the objects, as conditions of the database; who sees what is inside every one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import MAXYEAR, date

from cases.instants import FOREVER, start_of
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.standing import Sight
from cases.ports.dossiers import DossierFilter, DossierOrder
from cases.rules.departments import trim
from storage.database import cursors
from storage.database.encoding import Document

KEYS_OF: dict[DossierOrder, list[tuple[str, int]]] = {
    DossierOrder.DUE: [("desk.due_at", 1), ("_id", 1)],
    DossierOrder.NEWEST: [("opened_at", -1), ("_id", -1)],
    DossierOrder.CHANGED: [("updated_at", -1), ("_id", -1)],
}


FIRST_YEAR = 1900
_NUMBER = re.compile(r"[A-Z]{2}\d{8}-\d{7}-\d")
NOTHING: Document = {"_id": ""}
"""No object has it: of words too short to be searched for."""


def matching(sight: Sight, where: DossierFilter, words: Sequence[Document] = ()) -> Document:
    """One query for both; `$and` holds what is asked, so that more may be added. `words`: see `holding`."""
    asked = [condition for condition in (*_seen(sight), *_asked(where, words)) if condition]
    return {"$and": asked or [{}]}


def _seen(sight: Sight) -> list[Document]:
    if sight.marks is None:
        return []
    by_place: Document = {
        "seen_by": {"$in": sorted(sight.marks)},
        "shut_out": {"$nin": sorted(sight.shut_out)},
    }
    persons = sorted(mark for mark in sight.own if mark.startswith("person:"))
    bodies = sorted(sight.own.difference(persons))
    ways: list[Document] = [by_place] if sight.marks or not sight.own else []
    if persons:
        ways.append({"seen_by": {"$in": persons}})
    if bodies:
        # of the archive of officials nothing, whatever mark an earlier version left on it
        ways.append({"seen_by": {"$in": bodies}, "sealed": {"$ne": True}})
    return [{"$or": ways}] if len(ways) > 1 else ways


def _asked(where: DossierFilter, words: Sequence[Document]) -> list[Document]:
    plain: Document = {
        "desk.waits_for": where.waits_for,
        "keeper": where.keeper,
        "jurisdiction": where.jurisdiction,
        "bodies": where.body,
        "domain": where.domain,
        "about": where.about,
    }
    asked: list[Document] = [{name: _stored(value)} for name, value in plain.items() if value is not None]
    if where.kinds is not None:
        asked.append({"kind": {"$in": sorted(kind.value for kind in where.kinds)}})
    if where.statuses is not None:
        asked.append({"status": {"$in": sorted(where.statuses)}})
    if where.sources is not None:
        asked.append({"source": {"$in": sorted(where.sources)}})
    if where.open_only:
        asked.append({"desk.open": True})
    if where.public:
        asked.append({"public": True})
    if where.region_prefix:
        asked.append({"places": trim(where.region_prefix)})
    if where.year is not None:
        asked.append({"opened_at": _within(where.year)} if FIRST_YEAR <= where.year < MAXYEAR else NOTHING)
    if where.due_before is not None:
        asked.append({"desk.due_at": {"$lt": where.due_before}})
    if where.words and where.words.strip():
        asked += words or [NOTHING]
    return asked


def holding(words: str, pairs: Sequence[int], bodies: Sequence[str] | None) -> list[Document]:
    """What asks for objects by words: by a number, its own or of what it is about; else for all pairs.

    `bodies`: keys of those that are meant; None for so many that the newest objects soon show enough of them.
    """
    held: Document = {"$expr": {"$setIsSubset": [pairs, {"$ifNull": ["$search", []]}]}}
    number = words.strip().upper()
    if _NUMBER.fullmatch(number):
        return [{"$or": [{"_id": number}, {"about": number}]}, {"search": {"$exists": True}}]
    if bodies is None:
        return [held]
    return [{"bodies": {"$in": sorted(bodies)}}, held] if bodies else [{"search": {"$all": pairs}}]


def _within(year: int) -> Document:
    """As a span of what lists are ordered by, so that one index answers both."""
    return {"$gte": start_of(date(year, 1, 1)), "$lt": start_of(date(year + 1, 1, 1))}


def _stored(value: object) -> object:
    """Members of the vocabulary as they are stored."""
    return str(value) if isinstance(value, str) else value


def cursor_after(dossier: AnyDossier, order: DossierOrder) -> str:
    at = {
        DossierOrder.DUE: dossier.due_at or FOREVER,
        DossierOrder.NEWEST: dossier.opened_at,
        DossierOrder.CHANGED: dossier.updated_at,
    }
    return cursors.write(order, [at[order], dossier.id])


def after_cursor(cursor: str, order: DossierOrder) -> Document:
    """Raises InvalidInput for what is no cursor of ours."""
    return cursors.after(cursor, order, KEYS_OF[order])
