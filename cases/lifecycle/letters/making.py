"""One step of a letter: begun, moved along its table, or set aside. Pure; who may do it was asked before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cases.letters import Letter, LetterEntry
from cases.lifecycle.letters.courses import COURSES
from cases.lifecycle.letters.table import LETTERS
from cases.model import Case
from cases.moves.change import Change
from cases.moves.history import next_entry
from cases.moves.table import NoArgs
from cases.people import SYSTEM, Actor
from cases.vocabulary import LetterKind, LetterMove, LetterStatus, Status


def begin(case: Case, kind: LetterKind, by: Actor, at: datetime, words: Mapping[str, Any]) -> Letter:
    """A draft of the department that has the case."""
    entry = next_entry(LetterEntry, (), LetterMove.BEGIN, by, at, None, LetterStatus.DRAFT)
    return Letter(
        id=f"{case.number}-W{len(case.papers) + 1}",
        kind=kind,
        department=case.department,
        department_name=case.department_name,
        status=LetterStatus.DRAFT,
        words=dict(words),
        updated_at=at,
        history=(entry,),
    )


def step(
    letter: Letter, move: LetterMove, by: Actor, now: datetime, *, note: str | None = None, **changes: Any
) -> Letter:
    """The letter after this move of its table. Raises KeyError where the table has none."""
    change = Change(
        subject=letter, move=move, args=NoArgs(), actor=by, now=now, changes=changes, note=note or None
    )
    settled = change.settle(LETTERS.rows[letter.status, move], LetterEntry, "")
    return settled.model_copy(update={"version": letter.version + 1})


def without_what_is_past(before: Case, case: Case) -> tuple[Letter, ...]:
    """The letters of a case after a move: what can no longer be sent where it stands now is void.

    While the citizen supplements, drafts wait with the case.
    """
    if case.status is before.status and case.department == before.department:
        return case.papers
    return tuple(one if _still_of_use(one, case) else _void(one, case) for one in case.papers)


def _still_of_use(letter: Letter, case: Case) -> bool:
    fits = case.status in COURSES[letter.kind].begins or case.status is Status.AWAITING_CITIZEN
    return not letter.waits or (letter.department == case.department and fits)


def _void(letter: Letter, case: Case) -> Letter:
    entry = next_entry(
        LetterEntry,
        letter.history,
        LetterMove.DISCARD,
        SYSTEM,
        case.updated_at,
        letter.status,
        LetterStatus.VOID,
    )
    return letter.model_copy(update={"status": LetterStatus.VOID, "history": (*letter.history, entry)})


def without_words(letter: Letter) -> Letter:
    """As it stays when retention has ended: its course, without anybody's words."""
    delivery = letter.delivery
    return letter.model_copy(
        update={
            "words": {},
            "history": tuple(e.model_copy(update={"note": None, "note_salt": ""}) for e in letter.history),
            "delivery": delivery and delivery.model_copy(update={"receiver": None, "remark": None}),
        }
    )
