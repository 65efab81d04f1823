"""回访: whether the citizen was asked, some days after the newest answer, what came of it.

Asks nobody itself: when it is time, the system makes the move FOLLOW_UP.
"""

from __future__ import annotations

from cases.model import Case
from cases.vocabulary import Move


def followed_up(case: Case) -> bool:
    """Since the newest answer."""
    newest = next((e for e in reversed(case.history) if e.move in {Move.FOLLOW_UP, Move.ANSWER}), None)
    return newest is not None and newest.move is Move.FOLLOW_UP
