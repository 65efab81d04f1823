"""Selections and filters over rows of facts as MongoDB queries; each is served by an index.

Pure functions. What may be seen is the first condition of every query.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from cases.figures.cells import SHARE_STEP, SHARES_SHOWN
from cases.figures.facts import Condition, Happening
from cases.figures.statistics import AGE_LIMITS, LEFT_LIMITS, FactFilter, Period, Selection
from cases.instants import EPOCH, local_date, start_of
from cases.ports.cases import Scope
from storage.database.encoding import Document

MOMENTS = {
    Happening.FILED: "filed_at",
    Happening.CLOSED: "close.at",
    Happening.ANSWERED: "answer.at",
    Happening.ACCEPTED: "accept.at",
    Happening.RATED: "rated_at",
}
VERDICT_OF = {
    Happening.ACCEPT_KEPT: ("accept_verdict", True),
    Happening.ACCEPT_BROKEN: ("accept_verdict", False),
    Happening.HANDLE_KEPT: ("handle_verdict", True),
    Happening.HANDLE_BROKEN: ("handle_verdict", False),
}
"""Which promise, and whether it was kept."""
Steps = tuple[tuple[str, int | None], ...]
LEFT: Steps = tuple((key, limit) for key, _, limit in LEFT_LIMITS if key != "paused")
"""Each step ends after so many days from today; the last has no end."""
AGES: Steps = tuple((label, None if days is None else -days) for label, days in AGE_LIMITS)
"""Each step begins so many days before today, nearest first; the last has no beginning."""


def starts_of(steps: Steps, field: str, now: datetime) -> Document:
    """An expression that names the step in which a time lies."""
    branches: list[Document] = []
    if steps is LEFT:
        branches.append({"case": {"$not": [field]}, "then": "paused"})
    compare = "$lt" if steps is LEFT else "$gte"
    branches.extend(
        {"case": {compare: [field, _edge(limit, now)]}, "then": key}
        for key, limit in steps
        if limit is not None
    )
    return {"$switch": {"branches": branches, "default": steps[-1][0]}}


def _edge(days: int, now: datetime) -> datetime:
    """Where a step begins or ends, by dates as people count them; what is late is so from this instant on."""
    if days == 0:
        return now
    return start_of(local_date(now) + timedelta(days=days + (days > 0)))


def scoped(selection: Selection, shut_out: list[str], field: str) -> Document:
    """Only what may be seen and was chosen. `field`: by which department a case counts."""
    where: Document = {}
    allowed = selection.scope.departments
    chosen = selection.department
    wanted: list[str] | None
    if chosen is not None:
        wanted = [chosen] if allowed is None or chosen in allowed else []
    else:
        wanted = None if allowed is None else sorted(allowed)
    if wanted is not None:
        where[field] = {"$in": wanted}
    if shut_out:
        where["shut_out"] = {"$nin": shut_out}
    for name in ("jurisdiction", "domain", "place"):
        value = getattr(selection, name)
        if value is not None:
            where[name] = value
    return where


def matching(
    selection: Selection, where: FactFilter, now: datetime, marks: Callable[[Scope], list[str]]
) -> Document:
    """All conditions together."""
    now_based = bool(where.state or where.left or where.age is not None)
    field = "department" if now_based else "home"
    conditions = [scoped(selection, marks(selection.scope), field), *_now(where, now), *_then(where)]
    for name, value in (("bodies", where.body), ("person", where.person), ("band", where.band)):
        if value is not None:
            conditions.append({name: value})
    if where.outcome == "open":
        conditions.append({"outcome": None, "open": True})
    elif where.outcome:
        conditions.append({"outcome": where.outcome})
    return {"$and": [c for c in conditions if c] or [{}]}


def filed_within(selection: Selection, shut_out: list[str], period: Period) -> Document:
    """Cases filed in a period, whatever has become of them since."""
    return {**scoped(selection, shut_out, "home"), "filed_at": instants(period)}


def _now(where: FactFilter, now: datetime) -> list[Document]:
    states: dict[Condition | None, Document] = {
        None: {},
        Condition.OPEN: {"open": True},
        Condition.OVERDUE: {"open": True, "due_at": {"$lt": now}},
        Condition.AMBER: {"open": True, "due_at": {"$gte": now}, "amber_at": {"$lte": now}},
        Condition.ORDERED: {"order_due_at": {"$exists": True}},
        Condition.ACCOUNTABLE: {"accountable": True},
        Condition.TO_CHECK: {"to_check": True},
    }
    conditions = [states[where.state]]
    if where.left == "paused":
        conditions.append({"open": True, "due_at": None})
    elif where.left:
        conditions.append({"open": True, "due_at": _step(LEFT, where.left, now)})
    if where.age is not None and 0 <= where.age < len(AGES):
        newest, oldest = (AGES[where.age - 1][1] if where.age else None), AGES[where.age][1]
        filed: Document = {}
        if newest is not None:
            filed["$lt"] = _edge(newest, now)
        if oldest is not None:
            filed["$gte"] = _edge(oldest, now)
        conditions.append({"open": True, "filed_at": filed})
    return conditions


def _step(steps: Steps, key: str, now: datetime) -> Document:
    since: int | None = None
    for name, limit in steps:
        if name == key:
            bounds: Document = {} if since is None else {"$gte": _edge(since, now)}
            return bounds | ({} if limit is None else {"$lt": _edge(limit, now)})
        since = limit
    return {"$in": []}


def _then(where: FactFilter) -> list[Document]:
    """What happened in the period."""
    if where.event is None:
        return []
    bounds = instants(where.period) if where.period else {"$gte": EPOCH}
    if where.event in MOMENTS:
        return [{MOMENTS[where.event]: bounds}]
    if where.event not in VERDICT_OF:
        return [{"events": {"$elemMatch": {"name": where.event.value, "at": bounds}}}]
    verdict, kept = VERDICT_OF[where.event]
    condition: Document = {f"{verdict}.at": bounds, f"{verdict}.kept": kept}
    if where.share is not None:
        bounds = {"$gte": where.share * SHARE_STEP, "$lt": (where.share + SHARES_SHOWN.step) * SHARE_STEP}
        condition[f"{verdict}.share"] = bounds
    return [condition]


def order_of(where: FactFilter) -> tuple[str, int]:
    """What is due first comes first; otherwise the newest."""
    if where.state is Condition.ORDERED:
        return "order_due_at", 1
    if where.state in {Condition.OVERDUE, Condition.AMBER} or (where.left and where.left != "paused"):
        return "due_at", 1
    if where.age is not None:
        return "filed_at", 1
    if where.event in VERDICT_OF:
        return f"{VERDICT_OF[where.event][0]}.at", -1
    return (MOMENTS.get(where.event, "filed_at") if where.event else "filed_at"), -1


def instants(period: Period) -> Document:
    """The days of a period as instants: from midnight in China to midnight."""
    return {"$gte": start_of(period.since), "$lt": start_of(period.until)}
