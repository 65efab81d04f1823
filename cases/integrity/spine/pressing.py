"""Clocks of objects that run out: amber and red are told once each, as of a case's clocks.

A warning changes nothing of the object but that it was told: no move, no step of its course. It must not
tell anybody who could not know of the object, nor of a time that somebody has moved the object since.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cases.clocks import RIGHTS, Clock, amber_at, level_to_tell
from cases.instants import local_date
from cases.integrity.spine.announcing import OF_LEVEL, event_of
from cases.integrity.spine.blueprint import Blueprint
from cases.integrity.spine.dossier import AnyDossier
from cases.model import Notification
from cases.people import Role
from cases.vocabulary import Audience, ClockKind, WarningLevel

DUTIES = frozenset({ClockKind.RECTIFY, ClockKind.EXPLAIN})
"""In which the subject has to do something."""
TEMPLATES = {WarningLevel.AMBER: "staff-amber", WarningLevel.RED: "staff-red"}


def next_warning(dossier: AnyDossier) -> datetime | None:
    """From when on somebody must be warned about one of its clocks."""
    return min((at for clock in dossier.clocks for at in _moments(clock, dossier)), default=None)


def warn(dossier: AnyDossier, book: Blueprint, now: datetime) -> AnyDossier | None:
    """The object with what is to be told; None when nothing is."""
    told: list[Notification] = []
    clocks: list[Clock] = []
    for clock in dossier.clocks:
        level = level_to_tell(clock, now) if any(at <= now for at in _moments(clock, dossier)) else None
        if level is not None:
            # a right that ran out before its end was told: nobody is late, and nothing is said
            if not (clock.kind in RIGHTS and level is WarningLevel.RED):
                told += _words(dossier, book, clock, level)
                key = f"{clock.kind}:{clock.due_at:%Y%m%dT%H%M}"
                kind, version = OF_LEVEL[level], dossier.version + 1
                told += event_of(dossier, book, kind, key, version, clock.kind)
            clock = clock.model_copy(update={"warned": (*clock.warned, level)})
        clocks.append(clock)
    if tuple(clocks) == dossier.clocks:
        return None
    return dossier.model_copy(
        update={"clocks": tuple(clocks), "notifications": (*dossier.notifications, *told)}
    )


def _moments(clock: Clock, dossier: AnyDossier) -> Iterator[datetime]:
    """When it is to be told. Whoever moved the object after that has seen how late it is."""
    if not clock.running or WarningLevel.RED in clock.warned:
        return
    if WarningLevel.AMBER not in clock.warned and dossier.updated_at < (amber := amber_at(clock)):
        yield amber
    if clock.kind not in RIGHTS and dossier.updated_at < clock.due_at:
        yield clock.due_at


def _words(dossier: AnyDossier, book: Blueprint, clock: Clock, level: WarningLevel) -> Iterator[Notification]:
    places: list[tuple[Audience, str, list[str]]] = []
    if clock.kind not in RIGHTS:
        desk = {Role.REGISTRAR} if dossier.sealed else book.waits_for(dossier.status) - {Role.SUBJECT}
        places.append((Audience.DEPARTMENT, dossier.keeper, sorted(desk or {Role.REGISTRAR})))
    if clock.kind in RIGHTS | DUTIES and dossier.status not in book.hidden_from_subject:
        if dossier.person is not None:
            places.append((Audience.STAFF, dossier.person, []))
        elif dossier.subject.department is not None and not dossier.sealed:
            places.append((Audience.DEPARTMENT, dossier.subject.department, [Role.SUBJECT.value]))
    for audience, target, roles in places:
        yield Notification(
            id=f"{dossier.id}:{clock.kind}:{clock.due_at:%Y%m%dT%H%M}:{level}:{audience}:{target}",
            audience=audience,
            target=target,
            template=TEMPLATES[level],
            params={
                "id": dossier.id,
                "until": local_date(clock.due_at).isoformat(),
                **({"roles": roles} if roles else {}),
            },
        )
