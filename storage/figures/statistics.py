"""Answers the board's questions from cells and rows, so that a million cases are a few thousand cells.

Reads only; what may be seen is part of every query.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cases import reasons
from cases.errors import InvalidInput
from cases.figures.cells import DAY, MONTH, SPANS, Figures, at_of, lies_in_quarantine
from cases.figures.facts import CaseFacts, Happening
from cases.figures.statistics import (
    AGE_LIMITS,
    ALL_PARTS,
    TREND,
    Backlog,
    FactFilter,
    FactPage,
    Period,
    Selection,
    Standing,
    units,
)
from cases.instants import start_of
from cases.ports.cases import Scope
from cases.vocabulary import Status
from storage.cases.documents import WITHOUT_SEARCH, CaseMapper
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.figures.documents import FactsMapper
from storage.figures.queries import AGES, LEFT, filed_within, matching, order_of, scoped, starts_of
from storage.figures.rollups import GROUP, STATE
from storage.sealed.key_ring import KeyRing

COUNTED: Document = {"$or": [{"open": True}, {"status": {"$ne": Status.REGISTERED.value}}]}
"""Without what lies in quarantine, as in the cells."""
MOST_READ = 10_000
"""Cases of a period of which the newest are opened for their phrases."""
REMEMBERED = 64
"""Backlogs kept for the next reader of the same page."""


class MongoStatistics:
    """Fulfils `cases.figures.statistics.Statistics`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._facts = database["facts"]
        self._cases = database["cases"]
        self._cells = database["cells"]
        self._state = database["settings"]
        self._mapper = CaseMapper(keys)
        self._marks = self._mapper.marks
        self._rows = FactsMapper(keys)
        self._backlogs: dict[tuple[Selection, datetime, int | None], Backlog] = {}

    async def figures(
        self,
        view: str,
        selection: Selection,
        period: Period,
        by: Sequence[str],
        parts: Sequence[str] = ALL_PARTS,
    ) -> dict[tuple[str, ...], Figures]:
        groups: dict[tuple[str, ...], Figures] = {}
        fields = dict.fromkeys((*by, *parts), 1) | {"_id": 0}
        spans = (MONTH, DAY) if "at" in by else SPANS
        where = _cells_of(view, units(period, spans)) | scoped(selection, [], "home")
        for cell in await self._cells.find_all(where, fields):
            key = tuple(cell[name] for name in by)
            group = groups.get(key)
            if group is None:
                group = groups[key] = Figures()
            group.add(cell)
        return groups

    async def trend(self, selection: Selection, period: Period, span: str) -> dict[str, Figures]:
        points: dict[str, Figures] = {}
        fields = dict.fromkeys(("at", *(f"n.{name}" for name in TREND)), 1) | {"_id": 0}
        touched = {at_of(span, (period.since + timedelta(days=n)).isoformat()) for n in range(period.days)}
        view = "place" if selection.place else "work"
        where = _cells_of(view, sorted(touched)) | scoped(selection, [], "home")
        for cell in await self._cells.find_all(where, fields):
            points.setdefault(cell["at"], Figures()).add(cell)
        return points

    async def backlog(self, selection: Selection, now: datetime) -> Backlog:
        """Counted anew when a case has changed or the minute is over: nothing on a full board costs more."""
        minute = now.replace(second=0, microsecond=0)
        mark = await self._state.find_one({"_id": STATE}) or {}
        asked = (selection, minute, mark.get("changes"))
        known = self._backlogs.get(asked)
        if known is None:
            known = await self._count_backlog(selection, minute)
            self._backlogs[asked] = known
            while len(self._backlogs) > REMEMBERED:
                self._backlogs.pop(next(iter(self._backlogs)))
        return known

    async def _count_backlog(self, selection: Selection, now: datetime) -> Backlog:
        """Counted from the index alone; then the few cases the viewer may not know of are taken off."""
        where = scoped(selection, [], "department") | {"open": True}
        standing: Counter[tuple[Any, ...]] = Counter()
        ages: Counter[str] = Counter()
        await self._count_open(where, now, standing, ages, 1)
        marks = self._marks(selection.scope)
        if marks:
            await self._count_open(where | {"shut_out": {"$in": marks}}, now, standing, ages, -1)
        ordered = {label: ages[label] for label, _ in AGE_LIMITS}
        return Backlog(tuple(Standing._make((*kind, n)) for kind, n in standing.items() if n), ordered)

    async def _count_open(
        self,
        where: Document,
        now: datetime,
        standing: Counter[tuple[Any, ...]],
        ages: Counter[str],
        sign: int,
    ) -> None:
        key = {
            "department": "$department",
            "domain": "$domain",
            "place": "$place",
            "left": starts_of(LEFT, "$due_at", now),
            "amber": {"$and": [{"$lte": ["$amber_at", now]}, {"$gte": ["$due_at", now]}]},
            "age": starts_of(AGES, "$filed_at", now),
        }
        async for row in self._facts.aggregate(
            [{"$match": where}, {"$group": {"_id": key, "n": {"$sum": 1}}}]
        ):
            one, n = row["_id"], sign * row["n"]
            left = one["left"]
            amber = one["amber"] and left != "paused"
            standing[one["department"], one["domain"], one["place"], left, amber] += n
            ages[one["age"]] += n

    async def list_facts(
        self,
        selection: Selection,
        where: FactFilter,
        now: datetime,
        *,
        limit: int = 50,
        cursor: str | None = None,
    ) -> FactPage:
        field, direction = order_of(where)
        query: Document = {"$and": [self._matching(selection, where, now)]}
        if cursor:
            query["$and"].append(_after(cursor, field, direction))
        limit = max(1, min(limit, 500))
        order = [(field, direction), ("_id", direction)]
        rows = await self._facts.find_all(query, order=order, limit=limit + 1)
        shown = rows[:limit]
        mark = _cursor(shown[-1], field) if len(rows) > limit else None
        return FactPage(tuple(self._rows.to_facts(row) for row in shown), mark)

    async def iterate_facts(
        self, selection: Selection, where: FactFilter, now: datetime
    ) -> AsyncIterator[CaseFacts]:
        query = self._matching(selection, where, now)
        field, direction = order_of(where)
        async for row in self._facts.find(query, order=[(field, direction)], batch=1000):
            yield self._rows.to_facts(row)

    def _matching(self, selection: Selection, where: FactFilter, now: datetime) -> Document:
        """Body and group are asked for as they are stored."""
        coded = replace(
            where,
            body=self._rows.body(where.body) if where.body else where.body,
            band=self._rows.band(where.band) if where.band else where.band,
        )
        return matching(selection, coded, now, self._marks)

    async def daily_filings(
        self, scope: Scope, period: Period
    ) -> dict[tuple[str, str, str, str], dict[str, int]]:
        where = filed_within(Selection(scope), self._marks(scope), period)
        key = {
            "j": "$jurisdiction",
            "domain": "$domain",
            "place": "$place",
            "body": "$bodies",
            "day": {"$dateToString": {"date": "$filed_at", "format": "%Y-%m-%d", "timezone": "+08:00"}},
        }
        series: dict[tuple[str, str, str, str], dict[str, int]] = {}
        each = {"$unwind": {"path": "$bodies", "preserveNullAndEmptyArrays": True}}
        stages: list[Document] = [{"$match": where}, each, {"$group": {"_id": key, "n": {"$sum": 1}}}]
        names: dict[str, str] = {}
        async for row in self._facts.aggregate(stages):
            one = row["_id"]
            body = one.get("body") or ""
            if body not in names:
                names[body] = self._rows.name_of(body)
            kind = (one["j"], one["domain"], one.get("place") or "", names[body])
            series.setdefault(kind, {})[one["day"]] = row["n"]
        return series

    async def top_bodies(self, selection: Selection, year: int, limit: int) -> list[tuple[str, int]]:
        """Counted from the cells; then the few cases the viewer may not know of are taken off."""
        period = Period(date(year, 1, 1), date(year + 1, 1, 1))
        cells = await self.figures("body", selection, period, ("bodies",), ("n.filed",))
        bodies = Counter({key[0]: figures.counts["filed"] for key, figures in cells.items()})
        marks = self._marks(selection.scope)
        if marks:
            hidden = {**filed_within(selection, [], period), "shut_out": {"$in": marks}, **COUNTED}
            for row in await self._facts.find_all(hidden, {"bodies": 1}):
                bodies.subtract(row.get("bodies", ()))
        known = [(self._rows.name_of(body), n) for body, n in bodies.items() if body and n > 0]
        return sorted(known, key=lambda one: (-one[1], one[0]))[:limit]

    async def clusters(
        self, selection: Selection, period: Period, limit: int
    ) -> list[tuple[str, int, CaseFacts]]:
        where = filed_within(selection, self._marks(selection.scope), period)
        stages: list[Document] = [
            {"$match": {**where, "in_group": True}},
            {"$group": {"_id": "$band", "n": {"$sum": 1}, "newest": {"$max": "$_id"}}},
            {"$match": {"n": {"$gte": GROUP}}},
            {"$sort": {"n": -1, "_id": 1}},
            {"$limit": limit},
        ]
        groups = [row async for row in self._facts.aggregate(stages)]
        rows = await self._facts.find_all({"_id": {"$in": [group["newest"] for group in groups]}})
        newest = {row["_id"]: self._rows.to_facts(row) for row in rows}
        found = [(g["n"], newest[g["newest"]]) for g in groups if g["newest"] in newest]
        told = [(facts.band or "", n, facts) for n, facts in found]
        return sorted(told, key=lambda one: (-one[1], one[0]))

    async def by_county(self, selection: Selection, period: Period) -> dict[tuple[str, str], int]:
        found = Counter[tuple[str, str]]()
        async for facts in self._filed(selection, period):
            found[facts.place or "", facts.county or ""] += 1
        return found

    async def phrases(self, selection: Selection, period: Period) -> AsyncIterator[tuple[str, ...]]:
        """Cases are opened for it, and which phrase stood in which is kept nowhere."""
        numbers: list[str] = []
        async for facts in self._filed(selection, period):
            numbers.append(facts.number)
            if len(numbers) == MOST_READ:
                break
        for start in range(0, len(numbers), 200):
            for phrases in await self._phrases_of(numbers[start : start + 200]):
                yield phrases

    async def _phrases_of(self, numbers: list[str]) -> list[tuple[str, ...]]:
        rows = await self._cases.find_all({"_id": {"$in": numbers}}, WITHOUT_SEARCH)
        cases = await asyncio.to_thread(lambda: [self._mapper.to_case(row) for row in rows])
        return [case.complaint.matched for case in cases]

    async def _filed(self, selection: Selection, period: Period) -> AsyncIterator[CaseFacts]:
        """The newest first, without what lies in quarantine."""
        filed = FactFilter(event=Happening.FILED, period=period)
        async for facts in self.iterate_facts(selection, filed, start_of(period.until)):
            if not lies_in_quarantine(facts):
                yield facts

    async def names_of(self, selection: Selection, people: Sequence[str]) -> dict[str, str]:
        stages: list[Document] = [
            {"$match": {"person": {"$in": list(people)}}},
            {"$sort": {"person": 1, "filed_at": -1}},
            {"$group": {"_id": "$person", "newest": {"$first": {"_id": "$_id", "sealed": "$sealed"}}}},
        ]
        return {
            row["_id"]: self._rows.to_facts(row["newest"]).person_name
            async for row in self._facts.aggregate(stages)
        }

    async def caught_up_to(self) -> datetime | None:
        mark = await self._state.find_one({"_id": STATE}) or {}
        return mark.get("until")


def _cells_of(view: str, ats: Sequence[str]) -> Document:
    return {"view": view, "at": {"$in": list(ats)}}


def _cursor(row: Document, field: str) -> str:
    value: Any = row
    for part in field.split("."):
        value = value[part]
    plain = int(value.timestamp() * 1000)
    return base64.urlsafe_b64encode(json.dumps([plain, row["_id"]]).encode()).decode().rstrip("=")


def _after(cursor: str, field: str, direction: int) -> Document:
    try:
        plain, number = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        at = datetime.fromtimestamp(int(plain) / 1000, UTC)
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise InvalidInput(reasons.PAGE_MARK_INVALID) from error
    beyond, until = ("$lt", "$lte") if direction < 0 else ("$gt", "$gte")
    later = {"$or": [{field: {beyond: at}}, {field: at, "_id": {beyond: str(number)}}]}
    return {field: {until: at}, **later}
