"""How letters go with the moves of a case: effects say that one is submitted, signed or sent back.

A letter written beforehand is the one the service names; where a move is made without, its letter is made
here, so that no move that writes to a citizen leaves none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.instants import local_date
from cases.letters import OPINIONS, Letter, Letterhead, replaced
from cases.lifecycle.change import CaseChange
from cases.lifecycle.letters.making import begin, step
from cases.moves.table import Args
from cases.people import Actor
from cases.vocabulary import LetterKind, LetterMove, LetterStatus


def submit(change: CaseChange, kind: LetterKind) -> None:
    """Proposed: the letter waits for whoever decides."""
    words = change.args.model_dump(mode="json")
    draft = _named(change) or begin(change.case, kind, change.actor, change.now, words)
    _keep(change, step(draft, LetterMove.SUBMIT, change.actor, change.now, words=words))


def send_back(change: CaseChange, kind: LetterKind) -> None:
    """Not agreed to: it is a draft again, with the reason."""
    letter = _named(change) or _waiting(change, kind)
    if letter is not None:
        _keep(change, step(letter, LetterMove.RETURN, change.actor, change.now, note=change.note))


def sign(change: CaseChange, kind: LetterKind, args: Args, drafter: Actor | None = None) -> Letter:
    """Signed with the number taken for it, and from now on nobody's to change.

    `drafter`: who proposed it, for a proposal from the time before there were letters.
    """
    words = args.model_dump(mode="json")
    letter = _named(change) or _waiting(change, kind)
    if letter is None:
        letter = begin(change.case, kind, drafter or change.actor, change.now, words)
        if drafter is not None:
            letter = step(letter, LetterMove.SUBMIT, drafter, change.now)
    return _signed(change, letter, words)


def issue(change: CaseChange, kind: LetterKind, words: Mapping[str, Any]) -> Letter:
    """Written and signed at once, whatever other letter of the kind there is."""
    return _signed(change, begin(change.case, kind, change.actor, change.now, words), words)


def _signed(change: CaseChange, letter: Letter, words: Mapping[str, Any]) -> Letter:
    checked = letter.status is LetterStatus.CHECKING
    head = change.looked_up.letterhead or Letterhead(department=change.case.department)
    signed = step(
        letter,
        LetterMove.SIGN if checked else LetterMove.SIGN_ALONE,
        change.actor,
        change.now,
        words={} if letter.kind in OPINIONS else dict(words),
        serial=head.serial(letter.department_name, local_date(change.now).year, change.looked_up.serial),
        verification=change.looked_up.verification,
        signed_by=change.actor.name,
        at=change.now,
        contact=head.contact,
        phone=head.phone,
    )
    _keep(change, signed)
    return signed


def _named(change: CaseChange) -> Letter | None:
    return change.case.paper(change.looked_up.letter) if change.looked_up.letter else None


def _waiting(change: CaseChange, kind: LetterKind) -> Letter | None:
    """The letter of this kind in checking."""
    letter = change.case.waiting_paper(kind)
    return letter if letter is not None and letter.status is LetterStatus.CHECKING else None


def _keep(change: CaseChange, letter: Letter) -> None:
    change.set(papers=replaced(change.case.papers, letter))
