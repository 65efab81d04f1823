"""With which move of the case each kind of letter goes, and what is filled in for it.

Where a case's own move already lets one person propose and another decide, that is the letter's checking and
signing; else the letter is checked by itself, and its signing makes the move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from cases.errors import InvalidInput
from cases.letters import OPINION_IN
from cases.lifecycle import forms
from cases.moves.table import Args
from cases.reasons import LETTER_UNREADABLE
from cases.text_lengths import LONGEST_COMPLAINT
from cases.vocabulary import LetterKind, LetterMove, Move, Status


@dataclass(frozen=True, slots=True)
class Course:
    """`begins`: the statuses of a case in which such a letter is written."""

    args: type[Args]
    begins: frozenset[Status]
    sign: Move
    submit: Move | None = None
    send_back: Move | None = None

    def move_of(self, move: LetterMove) -> Move | None:
        """The move of the case that this step of the letter is."""
        steps = {
            LetterMove.SUBMIT: self.submit,
            LetterMove.RETURN: self.send_back,
            LetterMove.SIGN: self.sign,
            LetterMove.SIGN_ALONE: self.sign,
        }
        return steps.get(move)


_S = Status
_BEFORE_ANSWER = frozenset({_S.REGISTERED, _S.ACCEPTED})

COURSES: dict[LetterKind, Course] = {
    kind: Course(
        forms.Opinion if kind is LetterKind.OPINION else forms.ReviewOpinion, frozenset({status}), Move.ANSWER
    )
    for status, kind in OPINION_IN.items()
} | {
    LetterKind.SUPPLEMENT: Course(forms.SupplementRequest, _BEFORE_ANSWER, Move.ASK_SUPPLEMENT),
    LetterKind.DECLINE: Course(
        forms.Decline,
        frozenset({_S.REGISTERED}),
        Move.COUNTERSIGN_DECLINE,
        Move.PROPOSE_DECLINE,
        Move.REFUSE_DECLINE,
    ),
    LetterKind.EXTENSION: Course(
        forms.Extension,
        frozenset({_S.ACCEPTED}),
        Move.APPROVE_EXTENSION,
        Move.REQUEST_EXTENSION,
        Move.REFUSE_EXTENSION,
    ),
    LetterKind.TRANSFER: Course(
        forms.Transfer, _BEFORE_ANSWER, Move.ACCEPT_TRANSFER, Move.TRANSFER, Move.RETURN_TRANSFER
    ),
}

SIGNED_APART = frozenset(kind for kind, course in COURSES.items() if course.submit is None)
"""Kinds for which a department may choose whether a second person signs; for others the law did."""


def kept(kind: LetterKind, words: Mapping[str, Any]) -> dict[str, Any]:
    """Words as a draft keeps them: fields of its form alone, as text or lists of it. Raises InvalidInput."""
    for name, value in words.items():
        parts = value if isinstance(value, list | tuple) else [value]
        plain = all(part is None or isinstance(part, str | int) for part in parts)
        long = sum(len(str(part)) for part in parts) > LONGEST_COMPLAINT
        if name not in COURSES[kind].args.model_fields or not plain or long:
            raise InvalidInput(LETTER_UNREADABLE)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in words.items()}


def read(kind: LetterKind, words: Mapping[str, Any]) -> Args | None:
    """What was filled in, as the move's arguments; None while something is missing or cannot be read."""
    try:
        return COURSES[kind].args.model_validate(
            {name: value for name, value in words.items() if value not in ("", [], None)}
        )
    except ValidationError:
        return None
