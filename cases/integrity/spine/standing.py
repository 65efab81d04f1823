"""How somebody stands to an object, and who may know of it (INTEGRITY: who sees what).

Pure. The rule of conflicts is the case's own (`cases/lifecycle/conflicts.py`): the body and all below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.vocabulary import By
from cases.lifecycle.conflicts import barred
from cases.people import Actor, Role
from cases.rules.departments import Jurisdiction
from cases.rules.jurisdictions import Jurisdictions

DESK = frozenset({Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER})
"""Who works on the integrity side; they need a one-time code."""


def is_concerned(dossier: AnyDossier, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """True for the subject body, what is below it, and who was named in the source case or is the person."""
    if actor.id is not None and actor.id in {dossier.person, *dossier.named}:
        return True
    department = jurisdictions.find_by_id(actor.department) if actor.department else None
    return department is not None and barred(department, dossier.subject.bodies, jurisdictions)


def is_subject(dossier: AnyDossier, actor: Actor) -> bool:
    body = dossier.subject.department
    return not dossier.sealed and actor.has(Role.SUBJECT) and body is not None and actor.department == body


def is_person(dossier: AnyDossier, actor: Actor) -> bool:
    return actor.id is not None and actor.id == dossier.person


def is_assigned(dossier: AnyDossier, actor: Actor) -> bool:
    return actor.id is not None and actor.id == dossier.assignee


def has_sight(dossier: AnyDossier, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """By place and role alone, the subject and conflicts aside."""
    if actor.has(Role.SYSTEM, Role.AUDITOR) or is_assigned(dossier, actor):
        return True
    if not dossier.sealed and stands(dossier, actor, By.OVERSEER, jurisdictions):
        return True
    seeing = {Role.REGISTRAR} if dossier.sealed else DESK
    return actor.has(*seeing) and can_reach(actor, dossier.keeper, dossier.jurisdiction, jurisdictions)


def stands(dossier: AnyDossier, actor: Actor, by: By, jurisdictions: Jurisdictions) -> bool:
    """Whether the actor stands in this relation to the object."""
    match by:
        case By.KEEPER:
            return actor.department == dossier.keeper
        case By.LEAD:
            return _leads(actor, dossier.jurisdiction, jurisdictions)
        case By.SUPERIOR:
            return actor.department != dossier.keeper and _answers_for(actor, dossier.keeper, jurisdictions)
        case By.OVERSEER:
            return _oversees(actor, dossier.keeper, jurisdictions)
        case By.SUBJECT:
            return is_subject(dossier, actor)
        case By.PERSON:
            return is_person(dossier, actor)
        case By.ASSIGNEE:
            return is_assigned(dossier, actor)
        case By.SYSTEM:
            return actor.has(Role.SYSTEM)


def can_reach(actor: Actor, department: str, jurisdiction: str, jurisdictions: Jurisdictions) -> bool:
    """Whether the actor works in the department, leads on credit in the jurisdiction, or answers for it."""
    return (
        actor.department == department
        or _leads(actor, jurisdiction, jurisdictions)
        or _answers_for(actor, department, jurisdictions)
    )


def reach_of(actor: Actor, jurisdictions: Jurisdictions) -> frozenset[str]:
    """Ids of all departments for which `can_reach` holds."""
    if actor.department is None or jurisdictions.find_by_id(actor.department) is None:
        return frozenset()
    led = (jurisdictions.departments_of(home.id) for home in _led_by(actor.department, jurisdictions))
    return frozenset({actor.department}).union(jurisdictions.below(actor.department), *led)


def _led_by(department: str, jurisdictions: Jurisdictions) -> Iterator[Jurisdiction]:
    return (home for home in jurisdictions.all() if department in {home.record_keeper, home.coordinator})


def _leads(actor: Actor, jurisdiction: str, jurisdictions: Jurisdictions) -> bool:
    home = jurisdictions.get(jurisdiction)
    return actor.department in {home.record_keeper, home.coordinator}


def _answers_for(actor: Actor, department: str, jurisdictions: Jurisdictions) -> bool:
    return actor.department is not None and department in jurisdictions.below(actor.department)


def _oversees(actor: Actor, department: str, jurisdictions: Jurisdictions) -> bool:
    own = actor.department
    known = own is not None and jurisdictions.find_by_id(own) is not None
    return actor.has(Role.SUPERVISOR) and known and department in jurisdictions.overseen_by(str(own))


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see, put inside every query: an object is seen that bears one of the marks."""

    marks: frozenset[str] | None
    """By place and role; None: everything."""
    own: frozenset[str] = frozenset()
    """As the subject, or the official."""
    shut_out: frozenset[str] = frozenset()
    """The viewer's department and account: objects that bar one of them are seen as own ones only."""


EVERYTHING = Sight(marks=None)
"""For the system itself; never for somebody who reads."""


def marks_of(dossier: AnyDossier, *, hidden: bool) -> Iterator[str]:
    """What `sight_of` asks for; `hidden`: the subject does not know of it yet."""
    head = "sealed-" if dossier.sealed else ""
    yield f"{head}keeper:{dossier.keeper}"
    yield f"{head}home:{dossier.jurisdiction}"
    if dossier.assignee is not None:
        yield f"person:{dossier.assignee}"
    if hidden:
        return
    if dossier.person is not None:
        yield f"person:{dossier.person}"
    elif dossier.subject.department is not None and not dossier.sealed:
        yield f"subject:{dossier.subject.department}"


def sight_of(actor: Actor, jurisdictions: Jurisdictions) -> Sight:
    """The same as `has_sight`, and the subject's own, as marks."""
    if actor.has(Role.SYSTEM, Role.AUDITOR):
        return EVERYTHING
    own = {f"person:{actor.id}"} if actor.id else set()
    if actor.has(Role.SUBJECT) and actor.department:
        own.add(f"subject:{actor.department}")
    marks: set[str] = set()
    if actor.has(*DESK):
        places = set(_places(actor, jurisdictions))
        marks |= places
        if actor.has(Role.REGISTRAR):
            marks |= {f"sealed-{place}" for place in places}
    if actor.has(Role.SUPERVISOR) and actor.department and jurisdictions.find_by_id(actor.department):
        marks |= {f"keeper:{id}" for id in jurisdictions.overseen_by(actor.department)}
    shut_out = {mark for mark in (actor.department, actor.id) if mark}
    return Sight(frozenset(marks), frozenset(own), frozenset(shut_out))


def sealed_sight_of(actor: Actor, jurisdictions: Jurisdictions) -> Sight:
    """Of what `sight_of` lets somebody see, the archive of officials alone."""
    own = frozenset({f"person:{actor.id}"} if actor.id else ())
    if actor.has(Role.AUDITOR):
        return Sight(frozenset(f"sealed-home:{home.id}" for home in jurisdictions.all()), own)
    sight = sight_of(actor, jurisdictions)
    sealed = frozenset(mark for mark in sight.marks or () if mark.startswith("sealed-"))
    return Sight(sealed, own, sight.shut_out)


def _places(actor: Actor, jurisdictions: Jurisdictions) -> Iterator[str]:
    if actor.department is None:
        return
    for department in {actor.department, *jurisdictions.below(actor.department)}:
        yield f"keeper:{department}"
    for home in _led_by(actor.department, jurisdictions):
        yield f"home:{home.id}"
