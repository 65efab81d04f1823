"""Promises that a plain clock does not keep: those about when an act is done, and those counted from receipt.

Which promise is of which kind is said in `rules/time_limits.toml`.
"""

from __future__ import annotations

from cases import clocks
from cases.clocks import Clock
from cases.lifecycle.change import CaseChange
from cases.lifecycle.effects.oversight import open_item
from cases.rules.time_limits import Keeping
from cases.vocabulary import AccountabilityKind, ClockKind
from cases.words import STEP_NAMES


def keep_time(change: CaseChange, kind: ClockKind, since: ClockKind) -> None:
    """The act is done now: was it in time, counted from where that other clock began? The first act counts.

    A late one stays on the case as a clock that was met too late, opens an item of accountability and is told
    to the supervisors.
    """
    case = change.case
    limit, begun = change.rules.limits.find(case.complaint.domain, kind), case.clock(since)
    before = any(entry.move is change.move for entry in case.history)
    if limit is None or limit.kept is not Keeping.ACT or begun is None or before:
        return
    clock = clocks.start(limit, begun.started_at, change.rules.calendar, case.department)
    kept = clocks.meet(clock, change.now)
    if clocks.is_late(kept, change.now):
        change.set(clocks=(*change.changes.get("clocks", case.clocks), kept))
        open_item(change, AccountabilityKind.MISSED_CLOCK, f"{STEP_NAMES[kind]}超过期限（{kept.basis}）")
        change.tell_supervisors("staff-red", clock=kind, due=kept.due_at.isoformat())


def start_handling(change: CaseChange) -> Clock:
    """The time to answer, from the event the law names: 收到投诉 in procurement, acceptance elsewhere."""
    started = change.start_clock(ClockKind.HANDLE)
    rest: tuple[Clock, ...] = change.changes["clocks"][:-1]
    received = next((c for c in reversed(rest) if c.kind is ClockKind.ACCEPT), None)
    limit = change.rules.limits.for_case(change.case.complaint.domain, ClockKind.HANDLE)
    if received is None or limit.starts_from != "received":
        return started
    counted = clocks.count_from(started, received, change.rules.calendar)
    change.set(clocks=(*rest, counted))
    return counted
