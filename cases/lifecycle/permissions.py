"""Who may know of a case and how somebody stands to it; never the accused, nobody who is named in it.

Pure functions over a case and an actor. Which move may be made is the table's answer, with the requirements.
"""

from __future__ import annotations

from cases.lifecycle.conflicts import barred
from cases.model import Case, Complaint
from cases.people import Actor, Role
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import By, ProposalKind

DESK = (Role.HANDLER, Role.DEPUTY, Role.HEAD)
HOLDERS = (*DESK, Role.TRIAGE)
"""Who may hold cases."""


def receiver_of(case: Case) -> str | None:
    """The department to which a transfer was offered, if one is waiting."""
    proposal = case.proposal(ProposalKind.TRANSFER)
    return str(proposal.args["department"]) if proposal else None


def is_involved(case: Case, department: str | None) -> bool:
    return department is not None and (
        department in {case.department, receiver_of(case)} or department in case.routing.participants
    )


def oversees(case: Case, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """Whether a supervisor answers for the department that holds the case, or that a stalled step left."""
    if not actor.has(Role.SUPERVISOR) or actor.department is None:
        return False
    answers_for = {case.department, *([case.stalled.watched] if case.stalled else [])}
    return not answers_for.isdisjoint(jurisdictions.overseen_by(actor.department))


def is_conflicted(case: Case, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """True for the accused body, what is below it, and a person named in the complaint."""
    if actor.department is None:
        return False
    if names(case.complaint, actor.name):
        return True
    department = jurisdictions.find_by_id(actor.department)
    return department is not None and barred(department, case.complaint.accused, jurisdictions)


def names(complaint: Complaint, person: str) -> bool:
    """Whether the complaint speaks of this person."""
    words = (complaint.text, complaint.wish or "")
    return len(person) >= 2 and (person in complaint.persons or any(person in w for w in words))


def may_see(case: Case, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """Whether this member of staff may know that the case exists."""
    return not is_conflicted(case, actor, jurisdictions) and has_sight(case, actor, jurisdictions)


def has_sight(case: Case, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """By place and role alone, conflicts aside."""
    if oversees(case, actor, jurisdictions) or actor.has(Role.SYSTEM):
        return True
    if is_involved(case, actor.department) and actor.has(*HOLDERS):
        return True
    return passed_through(case, actor, jurisdictions)


def passed_through(case: Case, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """Whether it went through this person's hands, or through those a supervisor answers for: to be read.

    Nothing may be done with it any more; that is what the other relations are for.
    """
    if actor.has(Role.SUPERVISOR) and actor.department is not None:
        return not hands_of(case).isdisjoint(jurisdictions.overseen_by(actor.department))
    return actor.has(*HOLDERS) and actor.id is not None and any(e.actor.id == actor.id for e in case.history)


def hands_of(case: Case) -> frozenset[str]:
    """Departments that had the case before: their clocks ran, they answered, their answer is reviewed."""
    had = (case.review_of, *(c.department for c in case.clocks), *(x.department for x in case.letters))
    return frozenset(id for id in had if id is not None)


def stands(case: Case, actor: Actor, by: By, jurisdictions: Jurisdictions) -> bool:
    """Whether the actor stands in this relation to the case."""
    own = actor.department == case.department
    match by:
        case By.HOLDER:
            holds = case.holder is not None and case.holder.staff == actor.id
            return own and (holds or actor.has(Role.HEAD))
        case By.DEPARTMENT:
            return own
        case By.RECEIVER:
            return actor.department is not None and actor.department == receiver_of(case)
        case By.INVOLVED:
            return is_involved(case, actor.department)
        case By.OVERSEER:
            return oversees(case, actor, jurisdictions)
        case By.CITIZEN:
            return actor.has(Role.CITIZEN)
        case By.SYSTEM:
            return actor.has(Role.SYSTEM)
