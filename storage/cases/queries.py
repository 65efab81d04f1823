"""Scope, filter, order and cursor as MongoDB queries: what may be seen is part of every query.

Pure functions; every field they ask for is served by an index of `storage.schema.collections`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cases.instants import EPOCH
from cases.model import Case
from cases.ports.cases import CaseFilter, CaseOrder, Scope
from cases.vocabulary import OPEN
from storage.cases.documents import CaseMapper, hand_mark, watch_mark
from storage.database import cursors
from storage.database.encoding import Document
from storage.sealed.rounding import day_after, day_of

KEYS_OF: dict[CaseOrder, list[tuple[str, int]]] = {
    CaseOrder.QUEUE: [("queue.rank", 1), ("queue.due_at", 1), ("_id", 1)],
    CaseOrder.NEWEST: [("filed_at", -1), ("_id", -1)],
    CaseOrder.OLDEST: [("filed_at", 1), ("_id", 1)],
    CaseOrder.UPDATED: [("updated_at", -1), ("_id", -1)],
}
NOTHING: Document = {"_id": {"$in": []}}
BEYOND = "\U0010ffff"


def in_scope(scope: Scope, mapper: CaseMapper) -> list[Document]:
    """The conditions a scope puts on every query."""
    conditions: list[Document] = []
    if scope.departments is not None:
        place = "seen_by" if scope.participants_too else "department"
        watched = map(watch_mark, scope.departments) if scope.overseer else ()
        hands = (hand_mark(scope.hands),) if scope.hands else ()
        conditions.append({place: {"$in": sorted({*scope.departments, *watched, *hands})}})
    marks = mapper.marks(scope)
    if marks:
        conditions.append({"shut_out": {"$nin": marks}})
    return conditions


def matching(scope: Scope, where: CaseFilter, mapper: CaseMapper) -> Document:
    """All conditions together. Cases in quarantine only show when asked for."""
    conditions = [*in_scope(scope, mapper), *_of_state(where), *_of_time(where), *_of_content(where, mapper)]
    return {"$and": conditions}


def _of_state(where: CaseFilter) -> list[Document]:
    conditions: list[Document] = []
    statuses = where.statuses
    if where.open_only:
        statuses = OPEN if statuses is None else statuses & OPEN
    if statuses is not None:
        conditions.append({"status": {"$in": sorted(status.value for status in statuses)}})
    conditions.append({"flags": "quarantined" if where.quarantined else {"$ne": "quarantined"}})
    if where.proposal is not None:
        conditions.append({"flags": f"proposal:{where.proposal}"})
    if where.stalled:
        conditions.append({"flags": "stalled"})
    if where.triage:
        conditions.append({"flags": "triage"})
    if where.accountability_open:
        conditions.append({"flags": "accountable"})
    if where.letter_waits:
        conditions.append({"flags": "letter"})
    if where.holder is not None:
        conditions.append({"holder": where.holder})
    if where.hands is not None:
        conditions.append({"seen_by": hand_mark(where.hands)})
    if where.unheld:
        conditions.append({"holder": None})
    return conditions


def _of_time(where: CaseFilter) -> list[Document]:
    """By whole days where it was filed: no more of that is readable."""
    filed: Document = {"$gte": day_of(where.filed_from or EPOCH)}
    if where.filed_until is not None:
        filed["$lt"] = day_after(where.filed_until)
    conditions: list[Document] = [{"filed_at": filed}]
    if where.due_before is not None:
        conditions.append({"queue.due_at": {"$lt": where.due_before}})
    if where.due_after is not None:
        conditions.append({"queue.due_at": {"$gte": where.due_after}})
    return conditions


def _of_content(where: CaseFilter, mapper: CaseMapper) -> list[Document]:
    conditions: list[Document] = []
    if where.domain is not None:
        conditions.append({"domain": where.domain.value})
    if where.department is not None:
        conditions.append({"department": where.department})
    if where.of_others is not None:
        conditions.append({"department": {"$ne": where.of_others}})
    if where.jurisdiction is not None:
        conditions.append({"jurisdiction": where.jurisdiction})
    if where.region_prefix:
        until = where.region_prefix + BEYOND
        conditions.append({"region": {"$gte": where.region_prefix, "$lt": until}})
    if where.channel is not None:
        conditions.append({"channel": where.channel.value})
    if where.letter is not None:
        conditions.append({"letters": mapper.letter(where.letter)})
    if where.outcomes is not None:
        conditions.append({"outcomes": {"$in": sorted(where.outcomes)}})
    if where.corrected:
        conditions.append({"flags": "corrected"})
    if where.cluster is not None:
        conditions.append({"similar": mapper.band(where.cluster)})
    if where.words and where.words.strip():
        hashes = mapper.search.of_words(where.words)
        conditions.append({"search": {"$all": hashes}} if hashes else NOTHING)
    return conditions


_KEYS: dict[str, Callable[[Case], Any]] = {
    "queue.rank": lambda case: CaseMapper.rank(case),
    "queue.due_at": lambda case: CaseMapper.queue_due(case),
    "filed_at": lambda case: day_of(case.filed_at),
    "updated_at": lambda case: day_of(case.updated_at),
    "_id": lambda case: case.number,
}


def cursor_after(case: Case, order: CaseOrder) -> str:
    """An opaque mark that continues a list after this case, whatever is added or removed meanwhile."""
    return cursors.write(order, [_KEYS[name](case) for name, _ in KEYS_OF[order]])


def after_cursor(cursor: str, order: CaseOrder) -> Document:
    """Raises InvalidInput when the cursor is not one of ours for this order."""
    return cursors.after(cursor, order, KEYS_OF[order])
