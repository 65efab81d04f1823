"""What the systems of departments are told of an object: number, status, what is due; no word of it.

To its keeper, and to the body it is about where that may know of it. Of an official's record nobody is told.
"""

from __future__ import annotations

from typing import TypeVar

from cases.integrity.spine.blueprint import Blueprint
from cases.integrity.spine.dossier import AnyDossier
from cases.model import Notification
from cases.vocabulary import Audience, ClockKind, EventKind, WarningLevel

D = TypeVar("D", bound=AnyDossier)
OF_LEVEL = {
    WarningLevel.AMBER: EventKind.CREDIT_CLOCK_AMBER,
    WarningLevel.RED: EventKind.CREDIT_CLOCK_RED,
}


def announced(dossier: D, book: Blueprint, opened: bool = False) -> D:
    """With the event of its last move, if that changed how it stands. Under the version before the write."""
    entry = dossier.history[-1]
    if entry.before == entry.after:
        return dossier
    version = dossier.version if opened else dossier.version + 1
    told = event_of(dossier, book, EventKind.CREDIT_CHANGED, f"{entry.seq}", version)
    return dossier.model_copy(update={"notifications": (*dossier.notifications, *told)})


def event_of(
    dossier: AnyDossier,
    book: Blueprint,
    kind: EventKind,
    key: str,
    version: int,
    clock: ClockKind | None = None,
) -> tuple[Notification, ...]:
    """The key makes it one event however often it is told."""
    if dossier.sealed:
        return ()
    body = dossier.subject.department
    knows = body is not None and dossier.status not in book.hidden_from_subject
    params = {
        "to": sorted({dossier.keeper, *([body] if body and knows else [])}),
        "kind": dossier.kind.value,
        "at": dossier.updated_at.isoformat(),
        "status": dossier.status.value,
        "version": version,
        "department": dossier.keeper,
        "due": [
            {"kind": c.kind, "due_at": c.due_at.isoformat(), "provisional": c.provisional}
            for c in dossier.clocks
            if c.running
        ],
        **({"clock": clock} if clock else {}),
    }
    id = f"{dossier.id}:{key}:{kind.value}"
    return (Notification(id=id, audience=Audience.SYSTEMS, template=kind.value, params=params),)
