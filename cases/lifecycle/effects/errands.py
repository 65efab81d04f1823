"""Moves that ask somebody within the handling: 领导批示, 会签 of participants, sub-tasks; and the reply.

Nothing asked here moves the case: whoever holds it stays responsible (首问责任制).
"""

from __future__ import annotations

from datetime import date

from cases.errors import InvalidInput
from cases.instants import end_of, local_date
from cases.lifecycle import forms
from cases.lifecycle.change import CaseChange
from cases.model import Errand
from cases.reasons import ALREADY_HERE, DATE_IN_THE_PAST, NO_SUCH_ERRAND, NOT_OF_THIS_DEPARTMENT
from cases.records import FreeText
from cases.vocabulary import Audience, ErrandKind, Move


def instruct(change: CaseChange) -> None:
    """领导批示: in the leader's words, to the department or somebody in it."""
    args = change.given(forms.Instruction)
    given = _errand(change, ErrandKind.INSTRUCTION, args.words, args.until, leader=args.leader)
    assignee = change.looked_up.assignee if args.staff else None
    if assignee is not None:
        if assignee.department != change.case.department:
            raise InvalidInput(NOT_OF_THIS_DEPARTMENT)
        given = given.model_copy(update={"staff": assignee.id, "staff_name": assignee.name})
    _give(change, given)


def consult(change: CaseChange) -> None:
    """会签: one opinion of each department, which sees the case from now on."""
    args = change.given(forms.Consultation)
    asked = [change.eligible(id) for id in dict.fromkeys(args.departments)]
    if any(department.id == change.case.department for department in asked):
        raise InvalidInput(ALREADY_HERE)
    routing = change.case.routing
    new = tuple(d.id for d in asked if d.id not in routing.participants)
    change.set(routing=routing.model_copy(update={"participants": (*routing.participants, *new)}))
    for place, department in enumerate(asked):
        given = _errand(change, ErrandKind.CONSULTATION, args.what, args.until, place=place)
        _give(
            change,
            given.model_copy(update={"department": department.id, "department_name": department.title}),
        )


def give_task(change: CaseChange) -> None:
    """A part of the work, for a colleague; the holder stays the holder."""
    args = change.given(forms.Task)
    assignee = change.looked_up.assignee
    if assignee is None or assignee.department != change.case.department:
        raise InvalidInput(NOT_OF_THIS_DEPARTMENT)
    given = _errand(change, ErrandKind.TASK, args.what, args.until)
    _give(change, given.model_copy(update={"staff": assignee.id, "staff_name": assignee.name}))


def _errand(
    change: CaseChange, kind: ErrandKind, words: str, until: date | None, *, leader: str = "", place: int = 0
) -> Errand:
    if until is not None and until < local_date(change.now):
        raise InvalidInput(DATE_IN_THE_PAST)
    return Errand(
        id=f"{change.case.number}-P{len(change.case.errands) + 1 + place}",
        kind=kind,
        what=FreeText(words),
        leader=leader,
        by=change.actor,
        at=change.now,
        department=change.case.department,
        department_name=change.case.department_name,
        due_at=end_of(until) if until else None,
    )


def _give(change: CaseChange, errand: Errand) -> None:
    given: tuple[Errand, ...] = change.changes.get("errands", change.case.errands)
    change.set(errands=(*given, errand))
    change.data.setdefault("errands", []).append(errand.id)
    change.data["to_name"] = "、".join(
        filter(None, (change.data.get("to_name"), errand.staff_name or errand.department_name))
    )
    if errand.due_at is not None:
        change.data["until"] = local_date(errand.due_at).isoformat()
    change.note = str(errand.what)
    if errand.staff is not None:
        change.tell(Audience.STAFF, "staff-errand", errand.staff)
    else:
        change.tell_department("staff-errand", errand.department)


def reply(change: CaseChange) -> None:
    args = change.given(forms.Reply)
    waiting = next(
        (e for e in change.case.errands if e.id == args.errand and e.waits_for(change.actor)), None
    )
    if waiting is None:
        raise InvalidInput(NO_SUCH_ERRAND)
    done = waiting.model_copy(
        update={"answered_at": change.now, "answered_by": change.actor.name, "answer": FreeText(args.opinion)}
    )
    change.set(errands=tuple(done if e.id == done.id else e for e in change.case.errands))
    change.data["errands"] = [done.id]
    change.note = args.opinion
    change.tell_holder("staff-errand-answered")


EFFECTS = {
    Move.INSTRUCT: instruct,
    Move.CONSULT: consult,
    Move.GIVE_TASK: give_task,
    Move.REPLY: reply,
}
