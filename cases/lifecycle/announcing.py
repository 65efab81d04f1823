"""What the systems of departments are told of a change: which event, to whom, as codes and dates.

The event travels inside the case like every other notification, so it is stored with the change or not at
all. Nothing a person wrote and nothing about who filed may get into it: the receiver reads the case itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.lifecycle.permissions import receiver_of
from cases.model import Case, HistoryEntry, Notification
from cases.people import Role
from cases.vocabulary import Audience, EventKind, Move, WarningLevel

_TO_ALL: dict[Move, EventKind] = {
    Move.REGISTER: EventKind.REGISTERED,
    Move.RELEASE_QUARANTINE: EventKind.REGISTERED,
    Move.ACCEPT: EventKind.ACCEPTED,
    Move.COUNTERSIGN_DECLINE: EventKind.DECLINED,
    Move.SUPPLEMENT: EventKind.SUPPLEMENTED,
    Move.WITHDRAW: EventKind.WITHDRAWN,
    Move.APPROVE_EXTENSION: EventKind.EXTENDED,
    Move.ORDER: EventKind.ORDERED,
    Move.ANSWER: EventKind.ANSWERED,
    Move.CLOSE: EventKind.CLOSED,
    Move.REOPEN: EventKind.REOPENED,
    Move.MERGE: EventKind.MERGED,
}
"""Moves that concern every department working on the case."""

_ASKS_REVIEW = frozenset({Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW})


def announce(before: Case | None, after: Case, entry: HistoryEntry) -> tuple[Notification, ...]:
    """One notification per kind of event. `after` is the changed case, still under its old version."""
    version = after.version if before is None else after.version + 1
    return tuple(
        Notification(
            id=f"{after.number}:{entry.seq}:{kind.value}",
            audience=Audience.SYSTEMS,
            template=kind.value,
            params=_params(after, entry, version, departments),
        )
        for kind, departments in _events(before, after, entry)
        if departments
    )


def _events(
    before: Case | None, after: Case, entry: HistoryEntry
) -> Iterator[tuple[EventKind, tuple[str, ...]]]:
    working = (after.department, *after.routing.participants)
    if entry.move == Move.TRANSFER and (receiver := receiver_of(after)):
        yield EventKind.TRANSFER_OFFERED, (receiver,)
    elif entry.move == Move.RETURN_TRANSFER:
        yield EventKind.TRANSFER_RETURNED, (after.department,)
    elif entry.move == Move.INVITE and before is not None:
        known = before.routing.participants
        yield EventKind.INVITED, tuple(d for d in after.routing.participants if d not in known)
    elif entry.move == Move.WRITE and Role.CITIZEN in entry.actor.roles:
        yield EventKind.MESSAGE, working
    elif entry.move == Move.WARN:
        amber = entry.data["level"] == WarningLevel.AMBER
        yield EventKind.CLOCK_AMBER if amber else EventKind.CLOCK_RED, working
    elif entry.move in _TO_ALL:
        yield _TO_ALL[entry.move], working
    if before is not None and before.department != after.department:
        yield EventKind.TRANSFERRED_OUT, (before.department,)
        yield (
            EventKind.REVIEW_ASKED if entry.move in _ASKS_REVIEW else EventKind.TRANSFERRED_IN,
            (after.department,),
        )


def _params(case: Case, entry: HistoryEntry, version: int, departments: tuple[str, ...]) -> dict[str, Any]:
    params: dict[str, Any] = {
        "to": list(departments),
        "at": entry.at.isoformat(),
        "status": case.status.value,
        "version": version,
        "department": case.department,
        "due": [
            {"kind": c.kind, "due_at": c.due_at.isoformat(), "provisional": c.provisional}
            for c in case.clocks
            if c.running
        ],
    }
    if entry.move == Move.WARN:
        params["clock"] = entry.data["clock"]
    return params
